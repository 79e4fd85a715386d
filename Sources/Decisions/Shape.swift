/// What a value of a submission may be, and how it is stored.
///
/// The tables built from shapes are the one place that says which fields exist, what they may hold and which are sealed:
/// checking, sealing, revealing, the JSON Schema and the table in FORMAT.md all follow them.
public indirect enum Shape: Sendable {
    /// The id of an entry: `Grammar.isID`.
    case id
    /// The id of an earlier record of one of these types, which must be in the ledger.
    case record([String])
    /// A name or code: `Grammar.isCode`.
    case code
    /// A time of RFC 3339, kept as it was written.
    case time
    /// One of a closed list of words.
    case word([String])
    case boolean
    case integer(ClosedRange<Int64>)
    /// A number from 0 to 1, stored as the text that was submitted.
    case fraction
    /// Free text of at most so many UTF-8 bytes.
    case text(limit: Int)
    /// `sha256:` and 64 hexadecimal digits.
    case contentDigest
    /// Any object; what it holds is the application's own.
    case anyObject
    /// A reference to a section of a registered specification, stored as a citation.
    case reference
    /// A reference, or `message:` and the role of a message.
    case party
    case object([Field])
    case list(Shape, count: ClosedRange<Int>)

    /// Whether a value is the id of another record.
    public var isID: Bool {
        switch self {
        case .id, .record: true
        default: false
        }
    }

    /// The roles of messages that can be a party to a conflict, in the order of their authority.
    public static let messageRoles = ["system", "developer", "user", "assistant", "tool"]
}

/// One member of an object.
public struct Field: Sendable {
    public let name: String
    public let shape: Shape
    public let isRequired: Bool
    /// Whether only a digest of the value enters the log.
    public let isSealed: Bool
    /// What the field means, for the JSON Schema and FORMAT.md.
    public let meaning: String

    /// A field whose value stays clear.
    static func clear(_ name: String, _ shape: Shape, required: Bool = false, _ meaning: String) -> Field {
        Field(name: name, shape: shape, isRequired: required, isSealed: false, meaning: meaning)
    }

    /// A field of which only a digest enters the log.
    static func sealed(_ name: String, _ shape: Shape, required: Bool = false, _ meaning: String) -> Field {
        Field(name: name, shape: shape, isRequired: required, isSealed: true, meaning: meaning)
    }
}

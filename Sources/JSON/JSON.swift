/// A JSON value (RFC 8259) as I-JSON restricts it (RFC 7493): no name twice in an object, no lone surrogate.
///
/// Equality is byte equality of the canonical text. Swift's `String` calls composed and decomposed letters equal;
/// a ledger must not.
public enum JSON: Sendable {
    case null
    case bool(Bool)
    /// A number written as a plain integer whose magnitude is below 2^53.
    case integer(Int64)
    /// Any other number, as the text that was submitted: `0.870` and `0.87` stay two texts.
    case decimal(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    /// The largest magnitude of an integer: 2^53 - 1, the limit of RFC 7493 section 2.2.
    public static let integerLimit: Int64 = 9_007_199_254_740_991

    /// The name of the value's kind, for messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .decimal: "a decimal number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// The text of a string, or `nil` for any other kind.
    public var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The number of an integer, or `nil` for any other kind.
    public var integer: Int64? { if case .integer(let number) = self { number } else { nil } }

    /// The truth of a boolean, or `nil` for any other kind.
    public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }

    /// The items of a list, or `nil` for any other kind.
    public var items: [JSON]? { if case .array(let items) = self { items } else { nil } }

    /// The object, or `nil` for any other kind.
    public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

    /// The member `name` of an object; `nil` where there is none or this is no object.
    public subscript(name: String) -> JSON? { object?[name] }
}

extension JSON: Equatable {
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let l), .bool(let r)): l == r
        case (.integer(let l), .integer(let r)): l == r
        case (.decimal(let l), .decimal(let r)): l.utf8.elementsEqual(r.utf8)
        case (.string(let l), .string(let r)): l.utf8.elementsEqual(r.utf8)
        case (.array(let l), .array(let r)): l == r
        case (.object(let l), .object(let r)): l == r
        default: false
        }
    }
}

/// The members of a JSON object, kept in the order of RFC 8785 section 3.2.3: by the UTF-16 code units of the names.
public struct JSONObject: Sendable {
    /// One name and its value.
    public struct Member: Sendable {
        public let name: String
        public var value: JSON
    }

    /// The members in canonical order; no name stands twice.
    public private(set) var members: [Member] = []

    /// An object without members.
    public init() {}

    /// Counts by name.
    public init(counts: [String: some BinaryInteger]) {
        for (name, count) in counts { self[name] = .integer(Int64(count)) }
    }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The value called `name`. Setting `nil` removes the member. O(log members) to find its place.
    public subscript(name: String) -> JSON? {
        get {
            let (place, isThere) = place(of: name)
            return isThere ? members[place].value : nil
        }
        set {
            let (place, isThere) = place(of: name)
            switch (newValue, isThere) {
            case (let value?, true): members[place].value = value
            case (let value?, false): members.insert(Member(name: name, value: value), at: place)
            case (nil, true): members.remove(at: place)
            case (nil, false): break
            }
        }
    }

    /// An object of `members` in any order. Throws the first name that stands twice. O(members · log members).
    init(_ members: [Member]) throws(DuplicateName) {
        self.members = members
        let isSorted = zip(members, members.dropFirst()).allSatisfy { Self.precedes($0.name, $1.name) }
        guard !isSorted else { return }
        self.members.sort { Self.precedes($0.name, $1.name) }
        for (left, right) in zip(self.members, self.members.dropFirst()) where !Self.precedes(left.name, right.name) {
            throw DuplicateName(name: right.name)
        }
    }

    struct DuplicateName: Error { let name: String }

    /// Where the member `name` is, or would be. By halves: an object of 64 KiB that is filled member by member would
    /// cost seconds if each were compared with all others.
    private func place(of name: String) -> (index: Int, isThere: Bool) {
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.precedes(members[middle].name, name) { low = middle + 1 } else { high = middle }
        }
        return (low, low < members.count && members[low].name.utf8.elementsEqual(name.utf8))
    }

    /// Whether `left` stands before `right` in canonical order.
    static func precedes(_ left: String, _ right: String) -> Bool {
        // UTF-8 and UTF-16 order differ only where a surrogate pair (a byte of F0 or above) meets U+E000 to U+FFFF.
        for (l, r) in zip(left.utf8, right.utf8) where l != r {
            if l < 0xEE || r < 0xEE { return l < r }
            return left.utf16.lexicographicallyPrecedes(right.utf16)
        }
        return left.utf8.count < right.utf8.count
    }
}

extension JSONObject: Equatable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && zip(left.members, right.members).allSatisfy {
                $0.name.utf8.elementsEqual($1.name.utf8) && $0.value == $1.value
            }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object of members with different names.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        for (name, value) in elements {
            precondition(self[name] == nil, "a literal names a member twice")
            self[name] = value
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        var object = JSONObject()
        for (name, value) in elements {
            precondition(object[name] == nil, "a literal names a member twice")
            object[name] = value
        }
        self = .object(object)
    }
}

/// The fields of an object as the reader of bytes needs them: in canonical order, found by the bytes of their names.
final class FieldTable: Sendable {
    struct Entry: Sendable {
        let name: String
        /// `"name":`, as it stands in the body.
        let label: [UInt8]
        /// `"name",`, as it stands in a disclosure.
        let disclosureLabel: [UInt8]
        let form: Form
        let isSealed: Bool
    }

    /// What a value may be: `Shape`, with its words and fields in tables of their own.
    enum Form: Sendable {
        case simple(Shape)
        case word(NameTable)
        case text(limit: Int)
        case object(FieldTable)
        indirect case list(Form, count: ClosedRange<Int>)

        init(_ shape: Shape) {
            switch shape {
            case .word(let words): self = .word(NameTable(words))
            case .text(let limit): self = .text(limit: limit)
            case .object(let fields): self = .object(FieldTable(fields))
            case .list(let shape, let count): self = .list(Form(shape), count: count)
            default: self = .simple(shape)
            }
        }
    }

    /// By name, in the order of the canonical text.
    let entries: [Entry]
    /// The fields that must be there, as a set of places in `entries`.
    let required: UInt64
    /// The fields of which one must be there, as such a set; empty where there is no such rule.
    let anyOf: UInt64
    private let names: NameTable

    init(_ fields: [Field]) {
        let sorted = fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        entries = sorted.map { field in
            precondition(
                field.name.utf8.allSatisfy { 0x61...0x7A ~= $0 || $0 == 0x5F } && field.name > Disclosure.digestsName,
                "names need no escape, and the digests of sealed fields stand before them")
            return Entry(
                name: field.name, label: Array("\"\(field.name)\":".utf8),
                disclosureLabel: Array("\"\(field.name)\",".utf8), form: Form(field.shape), isSealed: field.isSealed)
        }
        required = sorted.enumerated().reduce(0) { $1.element.isRequired ? $0 | 1 << UInt64($1.offset) : $0 }
        let isInput = fields.map(\.name) == DecisionFields.input.map(\.name)
        anyOf = isInput ? Self.set(DecisionFields.inputContent, in: entries) : 0
        names = NameTable(sorted.map(\.name))
    }

    /// The place of the field with this name; `nil` where there is none.
    func index(of name: UnsafeBufferPointer<UInt8>) -> Int? { names.index(of: name) }

    /// The set of the fields with these names.
    func set(_ names: String...) -> UInt64 { Self.set(names, in: entries) }

    private static func set(_ names: [String], in entries: [Entry]) -> UInt64 {
        names.reduce(0) { set, name in
            guard let place = entries.firstIndex(where: { $0.name == name }) else {
                preconditionFailure("there is no field \(name)")
            }
            return set | 1 << UInt64(place)
        }
    }
}

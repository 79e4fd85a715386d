import JSON

/// A kind of record that applications submit: the members of a line, and what must hold between them.
///
/// A decision comes first. What happens to it later is recorded as entries of the other types, which point back to it:
/// nothing that was recorded is ever edited.
public struct RecordType: Sendable {
    /// What `type` says, in a submission and in its entry.
    public let name: String
    /// What it records, for the JSON Schema and FORMAT.md.
    public let meaning: String
    public let fields: [Field]
    let rules: [Rule]
    let table: FieldTable

    /// What the table of fields cannot say.
    enum Rule: Sendable {
        /// Members that there must be where a member is one of these words.
        case requires([String], field: String, is: [String])
        /// A member that means something only where another is one of these words.
        case only(String, field: String, is: [String])
        /// At least one of these members.
        case anyOf([String])
        /// Two numbers, the first not above the second.
        case ascending(String, String)
        /// An object within which the named members must be there.
        case within(String, [String])
    }

    init(_ name: String, _ meaning: String, fields: [Field], rules: [Rule] = []) {
        self.name = name
        self.meaning = meaning
        self.fields = fields
        self.rules = rules
        table = FieldTable(fields)
    }

    public static let decision = RecordType(
        EntryType.decision, "What was decided, under which principles, and why.", fields: DecisionFields.all)

    /// Every type that can be submitted.
    public static let all: [RecordType] = [decision] + LaterFactFields.types

    /// The type of this name; `nil` for what only the ledger itself records, and for what a later version may.
    public static func named(_ name: String) -> RecordType? {
        all.first { $0.name == name }
    }
}

extension RecordType.Rule {
    /// What is wrong with an object by this rule.
    func check(_ object: JSONObject, _ checker: inout Checker) {
        switch self {
        case .requires(let names, let field, let words):
            guard let word = object[field]?.text, words.contains(word) else { return }
            for name in names where object[name] == nil {
                checker.add(.missing(field: name, expected: "it, since \(field) is \(word)"))
            }
        case .only(let name, let field, let words):
            guard object[name] != nil, let word = object[field]?.text, !words.contains(word) else { return }
            checker.note(name, found: "it beside \(field) \(word)", expected: "it only with \(words.listed)")
        case .anyOf(let names):
            guard names.allSatisfy({ object[$0] == nil }) else { return }
            checker.add(.missing(field: names[0], expected: "at least one of \(names.listed)"))
        case .ascending(let low, let high):
            guard let first = object[low]?.integer, let last = object[high]?.integer, first > last else { return }
            checker.note(high, found: "\(last)", expected: "at least \(low), which is \(first)")
        case .within(let name, let inner):
            guard let value = object[name]?.object else { return }
            for missing in inner where value[missing] == nil {
                checker.add(.missing(field: "\(name).\(missing)", expected: "it in a record of this type"))
            }
        }
    }
}

extension [String] {
    /// As words of a sentence: `a, b and c`.
    fileprivate var listed: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + self[count - 1]
    }
}

import JSON

/// Walks a submission beside its table and collects what does not fit.
struct Checker {
    var problems: [SubmissionError.Problem] = []

    /// One bad line may be wrong in a thousand places; the first ones tell what to do.
    static let problemLimit = 10

    /// What kind of record a value is to be. Saying of another that every field is unknown would hide what is wrong.
    private static func type(of object: JSONObject) throws(SubmissionError) -> RecordType {
        guard let name = object["type"] else { return .decision }
        if let text = name.text, let type = RecordType.named(text) { return type }
        let names = RecordType.all.map(\.name).joined(separator: ", ")
        throw SubmissionError(problems: [
            .wrong(
                field: "type", found: Checker().describe(name),
                expected: "one of \(names); without a type it is a decision")
        ])
    }

    /// What kind of record a value is, after nothing was found to be wrong with it.
    static func check(_ json: JSON) throws(SubmissionError) -> RecordType {
        guard case .object(let object) = json else {
            throw SubmissionError(problems: [
                .wrong(field: "", found: json.kind, expected: "an object with a decision")
            ])
        }
        let type = try type(of: object)
        var checker = Checker()
        checker.check(object, type.fields, at: "")
        if type.name == EntryType.decision { checker.checkGrounds(object) }
        for rule in type.rules { rule.check(object, &checker) }
        guard checker.problems.isEmpty else { throw SubmissionError(problems: checker.problems) }
        return type
    }

    mutating func note(_ field: String, found: String, expected: String) {
        add(.wrong(field: field, found: found, expected: expected))
    }

    mutating func add(_ problem: SubmissionError.Problem) {
        if problems.count < Self.problemLimit { problems.append(problem) }
    }

    /// A value for a message: short, and as the JSON that it came from.
    func quote(_ text: String) -> String {
        let start = String(text.unicodeScalars.prefix(60))
        return JSON.string(start).string(.visible) + (start.utf8.count < text.utf8.count ? " …" : "")
    }

    /// A name for a message: a hostile one is as long as its line.
    private func start(of name: String) -> String {
        let start = String(name.unicodeScalars.prefix(60))
        return start.utf8.count < name.utf8.count ? start + "…" : name
    }

    mutating func check(_ object: JSONObject, _ fields: [Field], at path: String) {
        let prefix = path.isEmpty ? "" : path + "."
        for member in object.members {
            guard let field = fields.first(where: { $0.name == member.name }) else {
                let nearest = member.name.utf8.count <= 60 ? Field.nearest(to: member.name, among: fields) : nil
                add(.unknownField(prefix + start(of: member.name), nearest: nearest))
                continue
            }
            check(member.value, field.shape, at: prefix + field.name)
        }
        for field in fields where field.isRequired && object[field.name] == nil {
            add(.missing(field: prefix + field.name, expected: field.shape.description))
        }
    }

    mutating func check(_ value: JSON, _ shape: Shape, at path: String) {
        switch (shape, value) {
        case (.object(let fields), .object(let object)): check(object, fields, at: path)
        case (.anyObject, .object): break
        case (.list(let shape, let count), .array(let items)):
            guard count.contains(items.count) else {
                let expected = "\(count.lowerBound) to \(count.upperBound) items"
                return note(path, found: "\(items.count) items", expected: expected)
            }
            for (index, item) in items.enumerated() { check(item, shape, at: "\(path)[\(index)]") }
        default:
            if !shape.admits(value) { note(path, found: describe(value), expected: shape.description) }
        }
    }

    private func describe(_ value: JSON) -> String {
        switch value {
        case .string(let text): quote(text)
        case .integer(let number): String(number)
        case .decimal(let text): String(text.prefix(40))
        case .bool(let bool): String(bool)
        case .null, .array, .object: value.kind
        }
    }

    /// A decision without a principle or a reason must say why.
    mutating func checkGrounds(_ object: JSONObject) {
        let cites = object["principles"]?.items.map { !$0.isEmpty } ?? (object["principles"] != nil)
        if !cites, object["none_cited"] == nil {
            add(
                .missing(
                    field: "principles", expected: "at least one section invoked, or \"none_cited\" with the reason"))
        }
        if cites, object["none_cited"] != nil {
            note("none_cited", found: "a reason beside principles", expected: "only one of the two")
        }
        if object["rationale"] == nil, object["rationale_absent"] == nil {
            add(.missing(field: "rationale", expected: "an object, or \"rationale_absent\" with the reason"))
        }
        if object["rationale"] != nil, object["rationale_absent"] != nil {
            note("rationale_absent", found: "a reason beside a rationale", expected: "only one of the two")
        }
        for (index, input) in (object["inputs"]?.items ?? []).enumerated()
        where DecisionFields.inputContent.allSatisfy({ input[$0] == nil }) {
            add(.missing(field: "inputs[\(index)]", expected: "at least one of name, text and digest"))
        }
    }
}

extension Shape {
    /// Whether a single value fits. Objects and lists are walked by their own rules.
    func admits(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.id, .string(let text)), (.record, .string(let text)): Grammar.isID(text)
        case (.code, .string(let text)): Grammar.isCode(text)
        case (.time, .string(let text)): Grammar.isTime(text)
        case (.word(let words), .string(let text)): words.contains(text)
        case (.boolean, .bool): true
        case (.integer(let range), .integer(let number)): range.contains(number)
        case (.fraction, .integer(let number)): number == 0 || number == 1
        case (.fraction, .decimal(let text)): Shape.isFraction(text)
        case (.text(let limit), .string(let text)): !text.isEmpty && text.utf8.count <= limit
        case (.contentDigest, .string(let text)): Grammar.isContentDigest(text)
        case (.reference, .string(let text)), (.party, .string(let text)): 1...512 ~= text.utf8.count
        default: false
        }
    }

    /// A decimal from 0 to 1 without an exponent: up to 20 digits after the point.
    private static func isFraction(_ text: String) -> Bool {
        guard text.utf8.count <= 22, text.hasPrefix("0.") || text.hasPrefix("1.") else { return false }
        let digits = text.utf8.dropFirst(2)
        let areDigits = !digits.isEmpty && digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return areDigits && (text.hasPrefix("0.") || digits.allSatisfy { $0 == UInt8(ascii: "0") })
    }
}

extension Shape: CustomStringConvertible {
    /// What is expected, in words for messages.
    public var description: String {
        switch self {
        case .id: "an id: \(Grammar.idDescription)"
        case .record(let types): "the id of a record of type \(types.joined(separator: " or ")) that is in the ledger"
        case .code: "a code: \(Grammar.codeDescription)"
        case .time: "a time such as 2026-11-20T09:14:07Z (RFC 3339)"
        case .word(let words): words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
        case .boolean: "true or false"
        case .integer(let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
        case .fraction: "a number from 0 to 1, such as 0.87"
        case .text(let limit): "a text of 1 to \(limit) bytes"
        case .contentDigest: "sha256: and 64 lower-case hexadecimal digits"
        case .anyObject: "an object"
        case .reference: "a reference such as openai/model-spec@2025-12-18#protect_privacy"
        case .party: "a reference, or message: and one of \(Shape.messageRoles.joined(separator: ", "))"
        case .object: "an object"
        case .list: "a list"
        }
    }
}

public import JSON

/// A record that was checked field by field, and may be recorded once its references resolve and what it points at is there.
public struct Submission: Sendable {
    /// What was read, in one allocation: submissions are handed from thread to thread, and copies of many parts cost.
    private let read: ReadSubmission

    init(_ read: ReadSubmission) { self.read = read }

    /// What kind of record it is.
    public var type: RecordType { read.type }

    /// The id that the producer chose.
    public var id: String? { read.id }

    /// The person the decision is about.
    public var subject: String? { read.subject }

    /// Whether references that do not resolve are to be recorded as such.
    public var acceptsUnresolved: Bool { read.acceptsUnresolved }

    /// The earlier records that it names.
    public var targets: [Target] { read.targets }

    /// An earlier record that must be there.
    public struct Target: Sendable, Equatable {
        public let id: String
        /// The types that it may have.
        public let types: [String]
    }

    var plan: SealingPlan { read.plan }

    /// Reads one line of the submission format. Throws everything that is wrong with it at once.
    public init(parsing line: UnsafeRawBufferPointer) throws(SubmissionError) {
        if let read = SubmissionReader.read(line) {
            self = read
            return
        }
        let json: JSON
        do { json = try JSON(parsing: line) } catch { throw SubmissionError(problems: [.notJSON(error)]) }
        try self.init(checking: json)
    }

    /// Reads one line of the submission format. Throws everything that is wrong with it at once.
    public init(parsing line: [UInt8]) throws(SubmissionError) {
        self = try line.withUnsafeBufferPointer { (buffer) throws(SubmissionError) in
            try Submission(parsing: UnsafeRawBufferPointer(buffer))
        }
    }

    /// Reads the good line of a decision in the usual spelling; `nil` for any other, which `init(parsing:)` then has the answer to.
    public init?(reading line: UnsafeRawBufferPointer) {
        guard let read = SubmissionReader.read(line) else { return nil }
        self = read
    }

    /// Checks a value in the submission format. Throws everything that is wrong with it at once.
    public init(checking json: JSON) throws(SubmissionError) {
        let type: RecordType
        let problems: [SubmissionError.Problem]
        switch Checker.type(of: json) {
        case .success(let found): (type, problems) = (found, Checker.problems(of: json, as: found))
        case .failure(let error): throw error
        }
        guard problems.isEmpty else { throw SubmissionError(problems: problems) }
        guard let read = json.bytes().withUnsafeBytes({ SubmissionReader.read($0, as: type) }) else {
            // A test holds that the two take the same; nothing is to be recorded where they do not.
            throw SubmissionError(problems: [
                .wrong(
                    field: "", found: "a record that two checks judge differently",
                    expected: "one that both take; this is a fault of because, to be reported with the line")
            ])
        }
        self = read
    }

    /// Checks a decision made in Swift.
    public init(_ decision: Decision) throws(SubmissionError) {
        try self.init(parsing: decision.bytes)
    }

    /// Every member but `id` and `type`, as submitted.
    public var content: JSONObject {
        guard case .object(var object)? = try? JSON(parsing: read.line) else {
            preconditionFailure("what was read once can be read again")
        }
        object["id"] = nil
        object["type"] = nil
        return object
    }
}

/// What `SubmissionReader` found in a good line.
final class ReadSubmission: Sendable {
    let type: RecordType
    let targets: [Submission.Target]
    let id: String?
    let subject: String?
    let acceptsUnresolved: Bool
    /// What was submitted, as JSON.
    let line: [UInt8]
    let plan: SealingPlan

    init(
        type: RecordType, id: String?, subject: String?, acceptsUnresolved: Bool, targets: [Submission.Target],
        line: [UInt8], plan: SealingPlan
    ) {
        self.type = type
        self.targets = targets
        self.id = id
        self.subject = subject
        self.acceptsUnresolved = acceptsUnresolved
        self.line = line
        self.plan = plan
    }
}

/// What is wrong with a submitted record.
public struct SubmissionError: Error, Equatable {
    public let problems: [Problem]

    public enum Problem: Equatable, Sendable {
        case notJSON(JSONError)
        case unknownField(String, nearest: String?)
        case missing(field: String, expected: String)
        case wrong(field: String, found: String, expected: String)
        case unresolved(field: String, reason: String)
        case tooLarge(found: Int, limit: Int, what: String)
    }

    public init(problems: [Problem]) { self.problems = problems }
}

/// Walks a submission beside its table and collects what does not fit.
struct Checker {
    var problems: [SubmissionError.Problem] = []

    /// One bad line may be wrong in a thousand places; the first ones tell what to do.
    static let problemLimit = 10

    /// What kind of record a value is to be. Saying of another that every field is unknown would hide what is wrong.
    static func type(of json: JSON) -> Result<RecordType, SubmissionError> {
        func failure(_ field: String, _ found: String, _ expected: String) -> Result<RecordType, SubmissionError> {
            .failure(SubmissionError(problems: [.wrong(field: field, found: found, expected: expected)]))
        }
        guard case .object(let object) = json else { return failure("", json.kind, "an object with a decision") }
        guard let name = object["type"] else { return .success(.decision) }
        if let text = name.text, let type = RecordType.named(text) { return .success(type) }
        let checker = Checker()
        let names = RecordType.all.map(\.name).joined(separator: ", ")
        return failure("type", checker.describe(name), "one of \(names); without a type it is a decision")
    }

    /// What is wrong with a value in the submission format.
    static func problems(of json: JSON) -> [SubmissionError.Problem] {
        switch type(of: json) {
        case .success(let type): problems(of: json, as: type)
        case .failure(let error): error.problems
        }
    }

    static func problems(of json: JSON, as type: RecordType) -> [SubmissionError.Problem] {
        guard case .object(let object) = json else { return [] }
        var checker = Checker()
        checker.check(object, type.fields, at: "")
        if type.name == EntryType.decision { checker.checkGrounds(object) }
        for rule in type.rules { rule.check(object, &checker) }
        return checker.problems
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

extension SubmissionError: CustomStringConvertible {
    public var description: String { problems.map(\.description).joined(separator: "; ") }

    /// What the producer can do about it, where the problems themselves do not say it.
    public var hint: String? {
        for problem in problems {
            switch problem {
            case .notJSON(let error) where error.offset == 0 && error.problem.isByteOrderMark:
                return "the input begins with a byte order mark; write it as UTF-8 without one"
            case .notJSON: return "a line holds one JSON object, in UTF-8 and without line ends of its own"
            case .unresolved:
                return
                    "because spec show DOCUMENT lists its sections; \"unresolved\":\"accept\" records what does not resolve"
            case .unknownField, .missing, .wrong, .tooLarge: continue
            }
        }
        return nil
    }
}

extension JSONError.Problem {
    /// Whether the text begins as UTF-8 or UTF-16 with a mark does.
    fileprivate var isByteOrderMark: Bool {
        guard case .unexpected(let byte?, _) = self else { return false }
        return [0xEF, 0xFE, 0xFF].contains(byte)
    }
}

extension SubmissionError.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notJSON(let error): "not JSON: \(error)"
        case .unknownField(let field, let nearest):
            "\(field): unknown field\(nearest.map { "; did you mean \($0)?" } ?? "; put what is your own under context")"
        case .missing(let field, let expected): "\(field): missing; expected \(expected)"
        case .wrong(let field, let found, let expected):
            "\(field.isEmpty ? "the line" : field): found \(found); expected \(expected)"
        case .unresolved(let field, let reason): "\(field): \(reason)"
        case .tooLarge(let found, let limit, let what): "\(what) would be \(found); at most \(limit) are possible"
        }
    }
}

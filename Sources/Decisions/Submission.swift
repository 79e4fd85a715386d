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
        let type = try Checker.check(json)
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
        /// `hint` is what to do, where it is another thing than usual.
        case unresolved(field: String, reason: String, hint: String? = nil)
        case tooLarge(found: Int, limit: Int, what: String)
    }

    public init(problems: [Problem]) { self.problems = problems }
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
            case .unresolved(_, _, let hint):
                return hint
                    ?? "because spec show DOCUMENT lists its sections; \"unresolved\":\"accept\" records what does not resolve"
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
        case .unresolved(let field, let reason, _): "\(field): \(reason)"
        case .tooLarge(let found, let limit, let what): "\(what) would be \(found); at most \(limit) are possible"
        }
    }
}

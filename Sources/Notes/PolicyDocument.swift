import Cryptography

/// The text of a policy, to be changed as a person would: comments, order and what the person added stay.
///
/// One group is looked after here: `witnesses`, as long as it is the quorum. Whoever makes another quorum looks after that.
public struct PolicyDocument: Sendable {
    /// The name of the group that is looked after.
    public static let groupName = "witnesses"

    /// How many of the witnesses must have cosigned.
    public enum Quorum: Hashable, Sendable {
        case all
        case any
        case count(Int)

        /// The quorum written as `all`, `any` or a number from 1.
        public init?(_ text: String) {
            switch text {
            case "all": self = .all
            case "any": self = .any
            default:
                guard let count = UInt64(decimal: Array(text.utf8)[...]), 1...UInt64(Int32.max) ~= count else {
                    return nil
                }
                self = .count(Int(count))
            }
        }

        var text: String {
            switch self {
            case .all: "all"
            case .any: "any"
            case .count(let count): "\(count)"
            }
        }
    }

    /// Why a document cannot be changed so.
    public enum Problem: Error, Equatable, Sendable {
        case nameInvalid(String)
        case urlInvalid(String)
        case unknownWitness(String)
        /// The quorum is a group of the person's own.
        case ownQuorum(Policy.Name)
        case refused(NoteError)
    }

    /// What the lines mean.
    public private(set) var policy: Policy
    private var lines: [String]

    /// The document in `bytes`, which must be a policy.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        policy = try Policy(parsing: bytes)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .noteNotUTF8 }
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// The document of a log that had the keys `logs`, the first one first, which requires no witness yet.
    public init(logs: [VerifierKey]) {
        lines = ["# Who is trusted to have seen the checkpoints of this ledger (C2SP tlog-policy)."]
        lines += logs.map { "log \($0.text)" } + ["quorum none"]
        policy = Policy()
        policy.logs = logs.map { Policy.Log(key: $0, url: nil) }
    }

    /// The text, each line with its newline.
    public var bytes: [UInt8] { lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] } }

    /// Whether the quorum is the group that is looked after.
    public var isManaged: Bool { policy.quorum == Policy.Name(Self.groupName) && groupLine != nil }

    /// Whether nobody has said anything about witnesses yet.
    private var isUntouched: Bool { policy.quorum == nil && policy.witnesses.isEmpty && policy.groups.isEmpty }

    /// Adds a witness; with a `quorum` also how many of the group must have cosigned.
    public mutating func add(
        _ name: String, key: String, url: String, quorum: Quorum? = nil
    ) throws(Problem) {
        guard Self.isWord(name), name != "none" else { throw .nameInvalid(name) }
        guard Self.isURL(url) else { throw .urlInvalid(url) }
        // A key of several words or lines would be something else in the file.
        guard Self.isWord(key) else { throw .refused(.keyMalformed) }
        var lines = self.lines
        let line = "witness \(name) \(key) \(url)"
        if isManaged, let group = groupLine {
            lines[group] = Self.group(lines[group], adding: name, quorum: quorum)
            lines.insert(line, at: group)
        } else if isUntouched, let last = index("quorum") {
            let group = "group \(Self.groupName) \((quorum ?? .all).text) \(name)"
            lines.replaceSubrange(last...last, with: [line, group, "quorum \(Self.groupName)"])
        } else {
            try refuse(quorum)
            let place = lines.lastIndex { Self.line($0, begins: "witness") }.map { $0 + 1 } ?? index("quorum")
            lines.insert(line, at: place ?? lines.count)
        }
        try replace(lines)
    }

    /// Adds a key that the log signs with from now on, after those it signed with before.
    public mutating func add(log key: VerifierKey) throws(Problem) {
        guard !policy.logs.contains(where: { $0.key == key }) else { return }
        var lines = self.lines
        let place = lines.lastIndex { Self.line($0, begins: "log") }.map { $0 + 1 }
        lines.insert("log \(key.text)", at: place ?? 0)
        try replace(lines)
    }

    /// Takes a witness out. Without the last one of the group no witness is required.
    public mutating func remove(_ name: String, quorum: Quorum? = nil) throws(Problem) {
        guard let place = lines.firstIndex(where: { Self.line($0, begins: "witness", name) }) else {
            throw .unknownWitness(name)
        }
        var lines = self.lines
        if isManaged, let group = groupLine, Self.fields(lines[group]).dropFirst(3).contains(Policy.Name(name)) {
            let rest = Self.fields(lines[group]).dropFirst(3).filter { $0 != Policy.Name(name) }
            if rest.isEmpty, let last = index("quorum") {
                lines[last] = "quorum none"
                lines.remove(at: group)
            } else {
                let threshold = quorum?.text ?? "\(Self.fields(lines[group])[2])"
                lines[group] = (["group", Self.groupName, threshold] + rest.map(\.description)).joined(separator: " ")
            }
        } else {
            try refuse(quorum)
        }
        lines.remove(at: place)
        try replace(lines)
    }

    private func refuse(_ quorum: Quorum?) throws(Problem) {
        guard quorum == nil else { throw .ownQuorum(policy.quorum ?? Policy.Name("none")) }
    }

    private mutating func replace(_ lines: [String]) throws(Problem) {
        let bytes = lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
        do { policy = try Policy(parsing: bytes) } catch { throw .refused(error) }
        self.lines = lines
    }

    private var groupLine: Int? { lines.firstIndex { Self.line($0, begins: "group", Self.groupName) } }

    private func index(_ keyword: String) -> Int? { lines.firstIndex { Self.line($0, begins: keyword) } }

    private static func line(_ line: String, begins words: String...) -> Bool {
        fields(line).prefix(words.count).elementsEqual(words.map { Policy.Name($0) })
    }

    /// The words of a line, as the parser divides and compares them: by bytes. As characters, a space and an accent after it
    /// would be one, and two spellings of a letter the same.
    private static func fields(_ line: String) -> [Policy.Name] {
        line.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { Policy.Name($0) }
    }

    private static func group(_ line: String, adding name: String, quorum: Quorum?) -> String {
        var fields = fields(line).map(\.description)
        if let quorum { fields[2] = quorum.text }
        return (fields + [name]).joined(separator: " ")
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    private static func isURL(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        // A path is put after it.
        return text.utf8.count > scheme.utf8.count
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    }
}

extension PolicyDocument.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nameInvalid(let name): "\"\(NoteError.start(of: name))\" cannot name a witness in a policy"
        case .urlInvalid(let url): "\"\(NoteError.start(of: url))\" is no address that begins with https:// or http://"
        case .unknownWitness(let name): "the policy has no witness \"\(NoteError.start(of: name))\""
        case .ownQuorum(let name):
            "the quorum of the policy is \(NoteError.start(of: name)), not the group \(PolicyDocument.groupName)"
        case .refused(let error): "\(error)"
        }
    }

    /// What the person at the terminal can do about it.
    public var hint: String? {
        switch self {
        case .nameInvalid: "use a word without spaces that is not none"
        case .urlInvalid: "give the address that stands before /add-checkpoint, such as https://witness.example/"
        case .unknownWitness: "because witness list prints those that it has"
        case .ownQuorum: "change the quorum in the policy file itself"
        case .refused(.policy(_, .threshold)): "say how many must cosign with --quorum all, any or a number"
        case .refused(.policy(_, .keyKind)): "a witness has a key for cosignatures (type 04); ask its operator for it"
        case .refused(.policy(_, .unknownName)):
            "take it out of the group or quorum that names it in the policy file first"
        case .refused: nil
        }
    }
}

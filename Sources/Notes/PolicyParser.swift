import Cryptography

/// What is wrong with a line of a policy.
public enum PolicyProblem: Error, Equatable, Sendable {
    case tooLong(count: Int, limit: Int)
    case withoutNewline
    case controlCharacter(UInt8)
    case unknownKeyword(Policy.Name)
    case fieldCount(keyword: String)
    indirect case key(NoteError)
    /// A log needs a key of kind `note`, a witness one of kind `cosignature`.
    case keyKind(got: VerifierKey.Kind, want: VerifierKey.Kind)
    /// The public key stands on an earlier line too, whatever its name there.
    case duplicateKey(line: Int)
    case duplicateName(Policy.Name)
    case unknownName(Policy.Name)
    /// The name is a member of another group already, or twice of this one.
    case memberTwice(Policy.Name)
    case threshold(Policy.Name, members: Int)
    case secondQuorum
    case withoutQuorum
}

extension Policy {
    /// The most bytes of a policy that is read.
    public static let maximumByteCount = 1_000_000

    /// The policy in `bytes`. Errors name the line.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw .policy(line: 1, .tooLong(count: bytes.count, limit: Self.maximumByteCount))
        }
        var parser = PolicyParser()
        var reader = LineReader(bytes[...])
        while let line = reader.next() {
            do { try parser.read(line, number: reader.number) } catch { throw .policy(line: reader.number, error) }
        }
        // A file that was cut short could otherwise end in a shorter, still meaningful name.
        guard reader.rest.isEmpty else { throw .policy(line: reader.number + 1, .withoutNewline) }
        guard parser.hasQuorum else { throw .policy(line: reader.number + 1, .withoutQuorum) }
        self = parser.policy
    }
}

/// Reads a policy line by line; what a line refers to must be known from the lines before it.
private struct PolicyParser {
    var policy = Policy()
    var hasQuorum = false
    private var names: Set<Policy.Name> = [none]
    private var members: Set<Policy.Name> = []
    private var logLines: [[UInt8]: Int] = [:]
    private var witnessLines: [[UInt8]: Int] = [:]

    private static let none = Policy.Name("none")

    mutating func read(_ line: ArraySlice<UInt8>, number: Int) throws(PolicyProblem) {
        if let control = line.first(where: { $0 < 0x20 && $0 != UInt8(ascii: "\t") || $0 == 0x7F }) {
            throw .controlCharacter(control)
        }
        let fields = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let keyword = fields.first, keyword.first != UInt8(ascii: "#") else { return }
        let rest = Array(fields.dropFirst())
        switch String(decoding: keyword, as: UTF8.self) {
        case "log": try readLog(rest, number: number)
        case "witness": try readWitness(rest, number: number)
        case "group": try readGroup(rest)
        case "quorum": try readQuorum(rest)
        default: throw .unknownKeyword(Policy.Name(keyword))
        }
    }

    /// `log <vkey> [<url>]`
    private mutating func readLog(_ fields: [ArraySlice<UInt8>], number: Int) throws(PolicyProblem) {
        guard (1...2).contains(fields.count) else { throw .fieldCount(keyword: "log") }
        let key = try key(fields[0], kind: .note)
        if let earlier = logLines.updateValue(number, forKey: key.publicKey.bytes) {
            throw .duplicateKey(line: earlier)
        }
        policy.logs.append(Policy.Log(key: key, url: url(fields.dropFirst(1))))
    }

    /// `witness <name> <vkey> [<url>]`
    private mutating func readWitness(_ fields: [ArraySlice<UInt8>], number: Int) throws(PolicyProblem) {
        guard (2...3).contains(fields.count) else { throw .fieldCount(keyword: "witness") }
        let name = try define(fields[0])
        let key = try key(fields[1], kind: .cosignature)
        if let earlier = witnessLines.updateValue(number, forKey: key.publicKey.bytes) {
            throw .duplicateKey(line: earlier)
        }
        policy.witnesses.append(Policy.Witness(name: name, key: key, url: url(fields.dropFirst(2))))
    }

    /// `group <name> all|any|<k> <name>...`
    private mutating func readGroup(_ fields: [ArraySlice<UInt8>]) throws(PolicyProblem) {
        guard fields.count >= 3 else { throw .fieldCount(keyword: "group") }
        var group: [Policy.Name] = []
        for field in fields[2...] {
            // The group's own name is not defined yet, so that no group contains itself.
            let member = try known(field)
            guard member != Self.none else { throw .unknownName(member) }
            guard members.insert(member).inserted else { throw .memberTwice(member) }
            group.append(member)
        }
        let threshold = try threshold(fields[1], members: group.count)
        policy.groups.append(Policy.Group(name: try define(fields[0]), threshold: threshold, members: group))
    }

    /// `quorum <name>`
    private mutating func readQuorum(_ fields: [ArraySlice<UInt8>]) throws(PolicyProblem) {
        guard !hasQuorum else { throw .secondQuorum }
        guard fields.count == 1 else { throw .fieldCount(keyword: "quorum") }
        let name = try known(fields[0])
        policy.quorum = name == Self.none ? nil : name
        hasQuorum = true
    }

    private mutating func define(_ field: ArraySlice<UInt8>) throws(PolicyProblem) -> Policy.Name {
        let name = Policy.Name(field)
        guard names.insert(name).inserted else { throw .duplicateName(name) }
        return name
    }

    private func known(_ field: ArraySlice<UInt8>) throws(PolicyProblem) -> Policy.Name {
        let name = Policy.Name(field)
        guard names.contains(name) else { throw .unknownName(name) }
        return name
    }

    private func threshold(_ field: ArraySlice<UInt8>, members: Int) throws(PolicyProblem) -> Int {
        if field.elementsEqual("all".utf8) { return members }
        if field.elementsEqual("any".utf8) { return 1 }
        guard let threshold = UInt64(decimal: field), (1...UInt64(members)).contains(threshold) else {
            throw .threshold(Policy.Name(field), members: members)
        }
        return Int(threshold)
    }

    private func key(_ field: ArraySlice<UInt8>, kind: VerifierKey.Kind) throws(PolicyProblem) -> VerifierKey {
        guard let text = String(validating: field, as: UTF8.self) else { throw .key(.keyMalformed) }
        let key: VerifierKey
        do { key = try VerifierKey(parsing: text) } catch { throw .key(error) }
        guard key.kind == kind else { throw .keyKind(got: key.kind, want: kind) }
        return key
    }

    private func url(_ field: ArraySlice<ArraySlice<UInt8>>) -> String? {
        field.first.map { String(decoding: $0, as: UTF8.self) }
    }
}

import Decisions
import JSON

/// A member of a decision that stands in clear, by which decisions can be sorted into segments: a word, a code or a truth value.
public struct ClearMember: Sendable, Equatable {
    /// As an asker writes it: `kind`, `model.provider`.
    public let name: String
    /// Where it stands; the first place that holds something counts.
    let paths: [[String]]

    private init(_ name: String, _ paths: [[String]]) {
        self.name = name
        self.paths = paths
    }

    /// The model that answered, or where that is not said, the one that was asked for.
    public static let model = ClearMember("model", [["model", "served"], ["model", "requested"]])
    public static let producer = ClearMember("producer", [["producer", "id"]])
    static let outcome = ClearMember("outcome", [["outcome"]])

    /// What a member called `name` is; `nil` where there is none, or none of this kind.
    public init?(_ name: String) {
        guard let member = Self.all.first(where: { $0.name == name }) else { return nil }
        self = member
    }

    /// Every member that can be asked for.
    public static let all: [ClearMember] =
        [model, producer]
        + DecisionFields.all.flatMap { field -> [ClearMember] in
            guard case .object(let members) = field.shape else {
                return isSorting(field) && !isAboutOne.contains(field.name)
                    ? [ClearMember(field.name, [[field.name]])] : []
            }
            return members.filter { isSorting($0) && $0.name != "epoch" }.map {
                ClearMember("\(field.name).\($0.name)", [[field.name, $0.name]])
            }
        }

    /// What an outcome is compared by is not the outcome; the others name one conversation, and no group.
    private static let isAboutOne: Set = ["outcome", "type", "unresolved", "session", "trace", "span"]

    private static func isSorting(_ field: Field) -> Bool {
        guard !field.isSealed else { return false }
        switch field.shape {
        case .word, .code, .boolean: return true
        default: return false
        }
    }

    /// What a body holds there.
    func value(in body: JSONObject) -> String? {
        for path in paths {
            let value = path.dropFirst().reduce(body[path[0]]) { $0?[$1] }
            if let text = value?.text ?? value?.bool.map(String.init) { return text }
        }
        return nil
    }
}

/// Finds clear members in the bytes of a body.
struct ClearMemberScan {
    private let count: Int
    /// The places of all members, one after the other; several can be the same.
    private let places: [Place]

    private struct Place {
        let member: Int
        let outer: [UInt8]
        /// `nil` for a member of the decision itself.
        let inner: [UInt8]?
    }

    init(_ members: [ClearMember]) {
        count = members.count
        places = members.enumerated().flatMap { number, member in
            member.paths.map {
                Place(member: number, outer: Array($0[0].utf8), inner: $0.count > 1 ? Array($0[1].utf8) : nil)
            }
        }
    }

    /// What was found: the text of each place, and the ranges of whole values.
    struct Found {
        fileprivate var texts: [Range<Int>?]
        fileprivate(set) var principles: Range<Int>?
        fileprivate(set) var conflicts: Range<Int>?
    }

    typealias Scanner = CanonicalScanner

    func scan(_ scanner: inout Scanner) throws(Scanner.Unusual) -> Found {
        var found = Found(texts: Array(repeating: nil, count: places.count))
        try scanner.members { (scanner, name) throws(Scanner.Unusual) in
            if scanner.isEqual(name, "principles") {
                found.principles = try Self.whole(&scanner)
            } else if scanner.isEqual(name, "conflicts") {
                found.conflicts = try Self.whole(&scanner)
            } else {
                try read(name, &scanner, &found)
            }
        }
        return found
    }

    private func read(
        _ name: Range<Int>, _ scanner: inout Scanner, _ found: inout Found
    ) throws(Scanner.Unusual) {
        guard let first = places.firstIndex(where: { scanner.isEqual(name, $0.outer) }) else {
            return try scanner.skip()
        }
        guard places[first].inner != nil else {
            found.texts[first] = try Self.scalar(&scanner)
            return
        }
        guard scanner.next == UInt8(ascii: "{") else { return try scanner.skip() }
        try scanner.members { (scanner, inner) throws(Scanner.Unusual) in
            let wanted = places.indices.filter { index in
                places[index].inner.map { scanner.isEqual(inner, $0) } == true
                    && scanner.isEqual(name, places[index].outer)
            }
            guard !wanted.isEmpty else { return try scanner.skip() }
            let text = try Self.scalar(&scanner)
            for index in wanted { found.texts[index] = text }
        }
    }

    /// The text of each member.
    func texts(_ found: Found, _ scanner: Scanner) -> [String?] {
        var texts = [String?](repeating: nil, count: count)
        for (index, place) in places.enumerated() where texts[place.member] == nil {
            texts[place.member] = found.texts[index].map(scanner.text)
        }
        return texts
    }

    private static func whole(_ scanner: inout Scanner) throws(Scanner.Unusual) -> Range<Int> {
        let start = scanner.index
        try scanner.skip()
        return start..<scanner.index
    }

    /// A string's content, or the word of a truth value.
    private static func scalar(_ scanner: inout Scanner) throws(Scanner.Unusual) -> Range<Int>? {
        switch scanner.next {
        case UInt8(ascii: "\""): return try scanner.string()
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return try whole(&scanner)
        default:
            try scanner.skip()
            return nil
        }
    }
}

import Cryptography
import Decisions
import JSON
import Testing

/// Ordinary decisions against `Entry` and `JSON`: what is accepted, these accept too, and find the same in it.
struct OrdinaryDecisionTests {
    private static let link = SHA256.digest(of: "link")

    private static func entry(_ body: String, id: String = "d-1", number: UInt64 = 7) throws -> [UInt8] {
        try Entry.bytes(
            number: number, at: Timestamp(microseconds: 1_795_166_047_000_001), type: EntryType.decision, id: id,
            link: link, body: Array(body.utf8))
    }

    /// What most applications record.
    private static let usual = """
        {"id":"d-1","outcome":"refuse","summary":"Refused","principles":[{"ref":"a/b@1#x","role":"applied"}],
        "rationale":{"text":"Outside.","source":"model","timing":"with"},"model":{"provider":"p","requested":"m"},
        "producer":{"id":"agent","version":"4","epoch":"e","seq":902},"effective":true}
        """

    /// An entry as recording makes it.
    private static func recorded(_ text: String) throws -> [UInt8] {
        let body = try Samples.submission(text).sealed(
            randomness: CountingRandomness().source, resolve: Samples.resolve)
        return try entry(String(decoding: body.bytes, as: UTF8.self))
    }

    /// Reads `bytes` both ways and compares what they find; `false` where they are refused as no ordinary decision.
    @discardableResult
    private static func accepts(_ bytes: [UInt8], knowing known: [[UInt8]] = []) throws -> Bool {
        var decision = OrdinaryDecision()
        let isAccepted = bytes.withUnsafeBytes { bytes in
            decision.read(bytes) { rest in known.first { rest.starts(with: $0) }?.count ?? 0 }
        }
        guard isAccepted else { return false }
        // What is stepped over unread decides nothing: the link, and the texts under `_sd`.
        let unread = ([decision.link] + decision.digests).map { String(decoding: bytes[$0..<$0 + 43], as: UTF8.self) }
        let digests = unread.compactMap { Digest(base64URL: $0) }
        guard digests.count == unread.count else { return true }

        let shown = Comment(rawValue: String(decoding: bytes, as: UTF8.self))
        let entry = try Entry(parsing: bytes)
        let body = try entry.body()
        #expect(entry.type == EntryType.decision && entry.number == decision.number, shown)
        #expect(entry.at == decision.at && entry.link == digests[0], shown)
        #expect(entry.id.utf8.elementsEqual(bytes[decision.id]), shown)
        #expect(SealedFields.digests(in: body) == Array(digests.dropFirst()), shown)

        let unknown = try decision.unknownCitations.flatMap { try Citation.all(in: JSON(parsing: Array(bytes[$0]))) }
        let all = Citation.all(in: body).filter { found in !known.contains { Self.text($0, has: found.ref) } }
        #expect(unknown.map(\.ref) == all.map(\.ref) && unknown.map(\.citation) == all.map(\.citation), shown)
        #expect(decision.knownCitationCount == Citation.all(in: body).count - all.count, shown)

        let producer = body["producer"]
        let number = producer?["id"]?.text == nil ? nil : producer?["seq"]?.integer
        #expect(decision.producer?.number == number, shown)
        if let found = decision.producer {
            #expect(producer?["id"]?.text?.utf8.elementsEqual(bytes[found.id]) == true, shown)
            #expect(producer?["epoch"]?.text == found.epoch.map { String(decoding: bytes[$0], as: UTF8.self) }, shown)
        }
        return true
    }

    private static func text(_ citation: [UInt8], has ref: String) -> Bool {
        String(decoding: citation, as: UTF8.self).contains("\"ref\":\"\(ref)\"")
    }

    @Test func `what recording writes is ordinary, with citations that are known and without`() throws {
        for text in [Samples.full, Self.usual, Samples.least] {
            let bytes = try Self.recorded(text)
            #expect(try Self.accepts(bytes))
            var decision = OrdinaryDecision()
            #expect(bytes.withUnsafeBytes { bytes in decision.read(bytes) { _ in 0 } })
            let citations = decision.unknownCitations.map { Array(bytes[$0]) }
            #expect(citations.isEmpty == (text == Samples.least))
            #expect(try Self.accepts(bytes, knowing: citations))
        }
    }

    @Test func `after every change of a byte both ways agree`() throws {
        for bytes in try [Self.usual, Samples.least].map(Self.recorded) {
            for offset in bytes.indices {
                for mask: UInt8 in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff] {
                    var changed = bytes
                    changed[offset] ^= mask
                    try Self.accepts(changed)
                }
            }
        }
    }

    @Test func `after every removal and insertion both ways agree`() throws {
        let inserted = Array("\"\\{}[],:_ 019-.eEtfn\u{0}\u{7f}\u{e4}".utf8)
        for bytes in try [Self.usual, Samples.least].map(Self.recorded) {
            for offset in 0...bytes.count {
                for count in 1...3 where offset + count <= bytes.count {
                    var changed = bytes
                    changed.removeSubrange(offset..<offset + count)
                    try Self.accepts(changed)
                }
                for byte in inserted {
                    var changed = bytes
                    changed.insert(byte, at: offset)
                    try Self.accepts(changed)
                }
            }
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"a":[]}"#, #"{"a":{},"b":[{}]}"#, #"{"a":9007199254740991}"#,
        #"{"a":0,"b":true,"c":false,"d":null}"#,
        #"{"producer":{"epoch":"e","id":"p","seq":3}}"#, #"{"producer":{"id":"p","more":{"id":"q","seq":1},"seq":3}}"#,
        #"{"producer":{"epoch":1,"id":"p","seq":3}}"#, #"{"producer":{"id":7,"seq":3}}"#, #"{"producer":"p"}"#,
        #"{"other":{"id":"p","seq":3}}"#, #"{"a":{"producer":{"id":"p","seq":3}}}"#,
        #"{"producer2":{"id":"p","seq":3}}"#,
        #"{"ref":7}"#, #"{"a":{"ref":"r"}}"#, #"{"abcdefgh1":1,"abcdefgh2":2}"#, #"{"abcdefgh":1,"abcdefghi":2}"#,
    ])
    func `a body is accepted, and the same is found in it`(body: String) throws {
        #expect(try Self.accepts(Self.entry(body)))
    }

    @Test(arguments: [
        #"[]"#, #""text""#, #"{"a":-1}"#, #"{"a":1.5}"#, #"{"a":1e3}"#, #"{"a":01}"#, #"{"a":9007199254740992}"#,
        #"{"a":10000000000000000}"#, #"{"a": 1}"#, #"{"a":1 }"#, #"{"a":"\n"}"#, #"{"a":"\u0062"}"#,
        "{\"a\":\"\u{e4}\"}",
        "{\"a\":\"\u{1f}\"}", #"{"b":1,"a":2}"#, #"{"a":1,"a":2}"#, #"{"":1}"#, #"{"a":tru}"#, #"{"a":nulll}"#,
        #"{"a":1,}"#,
        #"{"a":[1,]}"#, #"{"a":{"ref":"r","more":[]}}"#, #"{"_sd":[]}"#, #"{"_sd":"text"}"#, #"{"_sd":["short"]}"#,
        #"{"abcdefgh2":1,"abcdefgh1":2}"#, #"{"abcdefghi":1,"abcdefgh":2}"#, #"{"a":1}{"b":2}"#, #"{"a":1"#, #"{"a"}"#,
        "{\"a\":" + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}",
    ])
    func `a body is left to whoever reads everything`(body: String) throws {
        #expect(try !Self.accepts(Self.entry(body)))
    }

    @Test func `of generated bodies both ways find the same`() throws {
        var odd = OddBodies(seed: 1)
        var acceptedCount = 0
        for number in 0..<20_000 {
            let bytes = try Self.entry(odd.body(), number: UInt64(number))
            if try Self.accepts(bytes) { acceptedCount += 1 }
        }
        // Both happen often enough to say something.
        #expect(2000..<18_000 ~= acceptedCount, "\(acceptedCount) of 20,000 were accepted")
    }
}

/// Bodies that no recording writes, the same from run to run: members that nearly are what they should be.
private struct OddBodies {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A number below `limit` (splitmix64).
    private mutating func number(below limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ mixed >> 31) % UInt64(limit))
    }

    private mutating func one(of list: [String]) -> String { list[number(below: list.count)] }

    mutating func body() -> String { object(depth: 1) }

    private mutating func object(depth: Int) -> String {
        let names = [
            "_sd", "authority", "document_digest", "epoch", "id", "notes", "outcome", "producer", "producer_name",
            "ref",
            "section_digest", "seq", "z",
        ]
        var chosen = names.filter { _ in number(below: 3) == 0 }
        // Now and then out of order, twice, or with an escape.
        if number(below: 40) == 0 { chosen.append(one(of: names)) }
        if number(below: 60) == 0 { chosen.append("zz\\u0041") }
        let members = chosen.map { "\"\($0)\":\(value(of: $0, depth: depth))" }
        return "{" + members.joined(separator: number(below: 100) == 0 ? " ," : ",") + "}"
    }

    private mutating func value(of name: String, depth: Int) -> String {
        let digest = "\"\(SHA256.digest(of: "\(number(below: 5))").base64URL)\""
        switch name {
        case "_sd" where number(below: 10) != 0:
            return "[" + (0...number(below: 3)).map { _ in digest }.joined(separator: ",") + "]"
        case "document_digest", "section_digest": if number(below: 12) != 0 { return digest }
        case "seq": if number(below: 4) != 0 { return "\(number(below: 1000))" }
        case "producer": if number(below: 4) != 0 { return object(depth: depth + 1) }
        case "ref", "id", "epoch", "authority": if number(below: 12) != 0 { return "\"t\(number(below: 9))\"" }
        default: break
        }
        switch number(below: depth > 3 ? 12 : 16) {
        case 0..<9: return one(of: ["\"\"", "\"text\"", "0", "12", "true", "null", "[]", "{}", digest])
        case 9:
            return one(of: ["-1", "00", "1.0", "1e9", "\"\\\\\"", "\"\u{e4}\"", "9007199254740992", "nul", "\"\u{7}\""])
        case 10, 11: return "\"" + String(repeating: "long ", count: number(below: 9)) + "\""
        case 12, 13: return "[" + object(depth: depth + 1) + "," + object(depth: depth + 1) + "]"
        default: return object(depth: depth + 1)
        }
    }
}

import Because
import LedgerSamples

/// Bodies of decisions as nobody writes them: known names over values of every kind, digests and citations at any place, and
/// disclosures of every sort for the digests.
struct HostileBodies {
    private var random: SplitMix
    private let citations: [JSON]
    /// What the digests of the body being made open.
    private var disclosures: [[UInt8]] = []

    /// `citations` are those of a ledger, so that some hold.
    init(seed: UInt64, citations: [JSON]) {
        random = SplitMix(seed: seed)
        self.citations = citations
    }

    /// A body, and what lies sealed beside it: mostly what belongs there.
    mutating func next() -> (body: [UInt8], sealed: [StoredDisclosure]) {
        disclosures = []
        let body = spoiled(object(Self.names, depth: 0, sealing: Self.outerSealed).bytes())
        let text = String(decoding: body, as: UTF8.self)
        // By the order of the digests in the body, as they are stored.
        let placed = disclosures.compactMap { disclosure in
            text.firstRange(of: SHA256.digest(of: disclosure).base64URL).map { ($0.lowerBound, disclosure) }
        }.sorted { $0.0 < $1.0 }
        var sealed = placed.enumerated().map { StoredDisclosure(ordinal: $0, text: $1.1) }
        switch Int.random(in: 0..<30, using: &random) {
        case 0: sealed.shuffle(using: &random)
        case 1 where !sealed.isEmpty: sealed.removeFirst()
        case 2: sealed = zip(sealed, sealed.reversed()).map { .init(ordinal: $0.ordinal, text: $1.text) }
        case 3: sealed += sealed
        default: break
        }
        return (body, sealed)
    }

    /// The same decision with one thing changed somewhere.
    mutating func changed(_ body: JSON) -> [UInt8] {
        disclosures = []
        return spoiled(change(body, depth: 0).bytes())
    }

    // MARK: Values

    private static let names = [
        "_sd", "outcome", "kind", "model", "producer", "session", "trace", "links", "rationale", "principles",
        "alternatives", "conflicts", "inputs", "output", "_sd", "summary", "tools", "later", "reason", "grounds",
        "decision", "A", "é",
    ]
    private static let inner = [
        "_sd", "id", "rel", "served", "requested", "epoch", "seq", "ref", "role", "document_digest", "section_digest",
        "authority", "text", "source", "by", "between", "winner",
    ]
    private static let texts = [
        "", "a", "resigned", "applied", "acme/rules@1#privacy", "e\u{301}", "\u{e9}", "line\nend", "\"quoted\"",
        "\u{0}", "\u{7f}\u{2028}", "message:user", String(repeating: "x", count: 43), "日本語",
    ]

    private mutating func object(_ names: [String], depth: Int, sealing: [String] = sealedNames) -> JSON {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 0...(depth == 0 ? 9 : 4), using: &random) {
            let name = names[Int.random(in: names.indices, using: &random)]
            object[name] = name == "_sd" ? digests(sealing) : usual(name, depth: depth + 1)
        }
        return .object(object)
    }

    /// Mostly of the kind that belongs under the name.
    private mutating func usual(_ name: String, depth: Int) -> JSON {
        guard Int.random(in: 0..<20, using: &random) > 0, depth < 5 else { return value(depth: depth) }
        switch name {
        case "rationale":
            return object(["_sd", "source", "timing", "_sd", "text"], depth: depth, sealing: ["text"])
        case "model", "producer", "output": return object(Self.inner, depth: depth)
        case "links": return list { $0.object(["id", "rel", "id", "rel", "note"], depth: depth) }
        case "principles", "alternatives", "conflicts", "inputs", "by", "between":
            return list { $0.object(Self.inner, depth: depth) }
        case "seq": return .integer(Int64.random(in: 0...99, using: &random))
        case "ref", "winner": return citation()
        default: return .string(text())
        }
    }

    private mutating func value(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth < 16 ? 13 : 8), using: &random) {
        case 0: return .null
        case 1: return .bool(true)
        case 2:
            return .integer([0, 7, -1, JSON.integerLimit, 999_999_999_999_999][Int.random(in: 0..<5, using: &random)])
        case 3:
            return .decimal(
                ["0.5", "1e3", "-0", "9007199254740992", "10000000000000000000"][
                    Int.random(in: 0..<5, using: &random)])
        case 4...7: return .string(text())
        case 8: return citation()
        case 9: return digests()
        case 10: return ["_sd": digests()]
        case 11: return list { $0.value(depth: depth + 1) }
        default: return object(Self.inner, depth: depth + 1)
        }
    }

    private mutating func list(_ item: (inout HostileBodies) -> JSON) -> JSON {
        var items: [JSON] = []
        for _ in 0..<Int.random(in: 0...3, using: &random) { items.append(item(&self)) }
        return .array(items)
    }

    private mutating func text() -> String { Self.texts[Int.random(in: Self.texts.indices, using: &random)] }

    /// One of the ledger, or one of which a part is something else.
    private mutating func citation() -> JSON {
        guard var object = citations[Int.random(in: citations.indices, using: &random)].object else { return .null }
        guard Int.random(in: 0..<4, using: &random) == 0 else { return .object(object) }
        let name = Self.inner[Int.random(in: Self.inner.indices, using: &random)]
        object[name] = Bool.random(using: &random) ? nil : value(depth: 14)
        return .object(object)
    }

    // MARK: Sealed fields

    private mutating func digests(_ names: [String] = sealedNames) -> JSON {
        list { bodies in
            switch Int.random(in: 0..<40, using: &bodies.random) {
            case 0: return .string(SHA256.digest(of: [1, 2, 3]).base64URL)
            case 1: return .string(bodies.text())
            case 2: return .null
            default: return .string(bodies.disclosure(names))
            }
        }
    }

    private static let outerSealed = ["summary", "none_cited", "rationale_absent", "subject", "notes", "context"]
    private static let sealedNames = [
        "summary", "text", "none_cited", "rationale_absent", "subject", "notes", "context", "outcome", "_sd", "id", "x",
    ]

    /// Makes a disclosure and returns its digest.
    private mutating func disclosure(_ names: [String]) -> String {
        let names = Int.random(in: 0..<12, using: &random) == 0 ? Self.sealedNames : names
        let name = names[Int.random(in: names.indices, using: &random)]
        let value: JSON = Int.random(in: 0..<4, using: &random) == 0 ? value(depth: 15) : .string(text())
        var list: JSON = [.string("salt \(disclosures.count)"), .string(name), value]
        switch Int.random(in: 0..<60, using: &random) {
        case 0: list = [.string("salt"), .string(name)]
        case 1: list = [.string("salt"), .string(name), value, value]
        case 2: list = [0, .string(name), value]
        case 3: list = ["salt", 0, value]
        default: break
        }
        var bytes = spoiled(list.bytes())
        if Int.random(in: 0..<20, using: &random) == 0 { bytes.insert(UInt8(ascii: " "), at: 1) }
        var disclosure = Array(Base64.encode(bytes, .url).utf8)
        if Int.random(in: 0..<20, using: &random) == 0 { disclosure.append(UInt8(ascii: "=")) }
        disclosures.append(disclosure)
        return SHA256.digest(of: disclosure).base64URL
    }

    // MARK: Changes

    private mutating func change(_ json: JSON, depth: Int) -> JSON {
        switch json {
        case .object(var object) where !object.isEmpty && Int.random(in: 0..<6, using: &random) > 0:
            let member = object.members[Int.random(in: object.members.indices, using: &random)]
            switch Int.random(in: 0..<8, using: &random) {
            case 0: object[member.name] = nil
            case 1:
                let names = depth == 0 ? Self.names : Self.inner
                object[names[Int.random(in: names.indices, using: &random)]] = member.value
            default: object[member.name] = change(member.value, depth: depth + 1)
            }
            return .object(object)
        case .array(var items) where !items.isEmpty && Int.random(in: 0..<6, using: &random) > 0:
            let index = Int.random(in: items.indices, using: &random)
            if Bool.random(using: &random) { items.insert(items[index], at: index) }
            items[index] = change(items[index], depth: depth + 1)
            return .array(items)
        default: return value(depth: depth + 10)
        }
    }

    /// Sometimes one byte is another, missing or too many.
    private mutating func spoiled(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        guard Int.random(in: 0..<16, using: &random) == 0, !bytes.isEmpty else { return bytes }
        let index = Int.random(in: bytes.indices, using: &random)
        let others = Array("{}[]\",:0-.e\\ \u{e9}".utf8) + [0x80, 0xff, 0x1f]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(bytes[index], at: index)
        default: bytes.insert(others[Int.random(in: others.indices, using: &random)], at: index)
        }
        return bytes
    }
}

public import Cryptography
import JSON

/// What is to become of a good submission, as bytes: the body with holes, and what fills them.
///
/// All that can be done without the specifications in force and without salts is done when the submission is read. Sealing
/// then copies, hashes and fills: it builds no value and looks at no field again.
struct SealingPlan: Sendable {
    /// The canonical body without its holes.
    var template: [UInt8] = []
    /// In ascending order of their offsets in `template`.
    var holes: [Hole] = []
    /// Of each sealed field `"name",value` in canonical form, and of each reference its canonical text.
    var values: [UInt8] = []
    /// The sealed fields, as ranges of `values`; those of one object follow each other.
    var sealed: [Range<Int>] = []

    struct Hole: Sendable {
        let offset: Int
        let filling: Filling
    }

    enum Filling: Sendable {
        /// The member with the digests of some of the `sealed`.
        case digests(Range<Int>)
        /// What a reference means, given where in `values` it stands.
        case citation(Range<Int>)
    }
}

/// Salts of disclosures, drawn for many records at once: a call of the generator costs more than what it gives for one.
public struct Salts: ~Copyable {
    private let randomness: Randomness
    private var drawn: [UInt8] = []
    private var used = 0

    public init(_ randomness: Randomness) { self.randomness = randomness }

    /// Calls `body` with the next salt, which was never given before.
    mutating func withNext(_ body: (UnsafeRawBufferPointer) -> Void) {
        if used == drawn.count {
            drawn = randomness.bytes(Disclosure.saltByteCount * 64)
            used = 0
        }
        drawn.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[used..<used + Disclosure.saltByteCount])) }
        used += Disclosure.saltByteCount
    }
}

/// Fills the holes of one plan.
struct PlanSealer: ~Copyable {
    private let plan: SealingPlan
    private(set) var body: [UInt8] = []
    /// The disclosures, in the order of their digests in the body.
    private(set) var texts: [[UInt8]] = []
    /// References that do not resolve, by their place among the citations of the plan.
    private(set) var unresolved: [Unresolved] = []
    private var list: [UInt8] = []

    typealias Unresolved = (place: Int, reason: String, hint: String?)

    private static let digestLength = 43

    init(_ plan: SealingPlan) {
        self.plan = plan
        body.reserveCapacity(plan.template.count + 48 * plan.sealed.count + 160 * plan.holes.count)
        texts.reserveCapacity(plan.sealed.count)
    }

    mutating func run(_ salts: inout Salts, acceptsUnresolved: Bool, resolve: (String) -> Resolution) {
        var start = 0
        var citations = 0
        for hole in plan.holes {
            body.append(contentsOf: plan.template[start..<hole.offset])
            start = hole.offset
            switch hole.filling {
            case .digests(let fields): appendDigests(fields, &salts)
            case .citation(let range):
                cite(range, place: citations, &salts, acceptsUnresolved, resolve)
                citations += 1
            }
        }
        body.append(contentsOf: plan.template[start...])
    }

    /// `"_sd":[…]`, sorted, so that the order of digests says nothing about which field is which.
    private mutating func appendDigests(_ fields: Range<Int>, _ salts: inout Salts) {
        var opened: [(digest: Digest, text: [UInt8])] = []
        opened.reserveCapacity(fields.count)
        for field in plan.sealed[fields] {
            let text = disclosure(field, label: nil, &salts)
            opened.append((SHA256.digest(of: text), text))
        }
        body.append(contentsOf: "\"_sd\":[".utf8)
        let first = body.count
        let width = Self.digestLength + 3
        for (digest, _) in opened { appendDigest(digest) }
        if opened.count > 1 {
            // Sorted as they are written: the alphabet of base64url does not keep the order of bytes.
            let written = body[first...]
            let order = opened.indices.sorted { left, right in
                written[(first + left * width)..<(first + (left + 1) * width)].lexicographicallyPrecedes(
                    written[(first + right * width)..<(first + (right + 1) * width)])
            }
            body.removeLast(body.count - first)
            for index in order { appendDigest(opened[index].digest) }
            for index in order { texts.append(opened[index].text) }
        } else {
            for (_, text) in opened { texts.append(text) }
        }
        body[body.count - 1] = UInt8(ascii: "]")
    }

    /// A digest in quotes and a comma.
    private mutating func appendDigest(_ digest: Digest) {
        body.append(UInt8(ascii: "\""))
        digest.withUnsafeBytes { Base64.append($0, .url, to: &body) }
        body.append(UInt8(ascii: "\""))
        body.append(UInt8(ascii: ","))
    }

    /// The text of a disclosure of what stands in `values`.
    private mutating func disclosure(_ range: Range<Int>, label: StaticString?, _ salts: inout Salts) -> [UInt8] {
        list.removeAll(keepingCapacity: true)
        list.append(contentsOf: "[\"".utf8)
        salts.withNext { Base64.append($0, .url, to: &list) }
        list.append(contentsOf: "\",".utf8)
        if let label { label.withUTF8Buffer { list.append(contentsOf: $0) } }
        list.append(contentsOf: plan.values[range])
        list.append(UInt8(ascii: "]"))
        var text: [UInt8] = []
        text.reserveCapacity((list.count + 2) / 3 * 4)
        list.withUnsafeBytes { Base64.append($0, .url, to: &text) }
        return text
    }

    private mutating func cite(
        _ range: Range<Int>, place: Int, _ salts: inout Salts, _ acceptsUnresolved: Bool,
        _ resolve: (String) -> Resolution
    ) {
        // What fails is refused whole: looking for names near to thousands of references more would change nothing.
        guard unresolved.count < Checker.problemLimit, texts.count <= SealedBody.disclosureLimit else { return }
        switch resolve(CanonicalText.decode(plan.values[range])) {
        case .citation(let citation): append(citation, of: range)
        case .unresolved(let reason, let hint):
            guard acceptsUnresolved else { return unresolved.append((place, reason, hint)) }
            let text = disclosure(range, label: "\"ref\",", &salts)
            body.append(contentsOf: "{\"_sd\":[".utf8)
            appendDigest(SHA256.digest(of: text))
            body[body.count - 1] = UInt8(ascii: "]")
            body.append(contentsOf: ",\"unresolved\":true}".utf8)
            texts.append(text)
        }
    }

    private mutating func append(_ citation: Citation, of range: Range<Int>) {
        body.append(UInt8(ascii: "{"))
        if let authority = citation.authority {
            body.append(contentsOf: "\"authority\":".utf8)
            JSON.append(authority, to: &body)
            body.append(UInt8(ascii: ","))
        }
        body.append(contentsOf: "\"document_digest\":\"".utf8)
        citation.document.withUnsafeBytes { Base64.append($0, .url, to: &body) }
        body.append(contentsOf: "\",\"ref\":".utf8)
        body.append(contentsOf: plan.values[range])
        body.append(contentsOf: ",\"section_digest\":\"".utf8)
        citation.section.withUnsafeBytes { Base64.append($0, .url, to: &body) }
        body.append(contentsOf: "\"}".utf8)
    }
}

/// What a verification found: a verdict on each aspect, and the findings behind it.
public struct VerificationReport: Sendable {
    public enum Verdict: String, Sendable {
        /// Everything of the aspect was checked and fits.
        case holds
        /// Something does not fit.
        case broken
        /// Numbers are missing or repeated.
        case gap
        /// It could not be checked, or there is nothing to tell it from.
        case cannotTell = "cannot_tell"
    }

    /// `nil` where the database could not be read at all.
    public let log: LogReport?
    public private(set) var findings: Findings
    /// Whether witnesses confirmed the tree.
    public let witnessing: Witnessing
    /// The ledgers that this one continues after declared breaks, the last one first.
    let before: [Predecessor]
    /// What was verified: everything, and consistency with earlier evidence where such was given.
    public let aspects: [Aspect]

    /// `earlier` is what the comparison with earlier evidence found, where there was one.
    init(
        log: LogReport, index: Findings, policy: WitnessPolicy, before: [Predecessor] = [], earlier: Findings? = nil
    ) {
        self.log = log
        self.before = before
        witnessing =
            switch policy {
            case .absent: .noPolicy
            case .unusable(let detail): .unusablePolicy(detail: detail)
            case .present: log.furtherSignatures.witnessing
            }
        var findings = log.findings
        findings.add(index)
        if let earlier { findings.add(earlier) }
        self.findings = findings
        aspects = Aspect.allCases.filter { $0 != .consistency || earlier != nil }
    }

    init(unreadable detail: String) {
        log = nil
        before = []
        witnessing = .unusablePolicy(detail: "the database cannot be read")
        var findings = Findings()
        findings.add(Finding(.integrity, "file_damaged", "the database file cannot be read: \(detail)"))
        self.findings = findings
        aspects = Aspect.allCases.filter { $0 != .consistency }
    }

    mutating func add(_ further: Findings) { findings.add(further) }

    /// Whether this is the ledger that a later one continues: its entries have the root of the last good checkpoint.
    func isContinued(by continuation: Continuation) -> Bool {
        guard let log, let keys = log.keys, keys.current.name.isSame(as: continuation.origin) else { return false }
        guard let note = continuation.lastGood else { return true }
        guard let declared = try? note.trustedCheckpoint(by: keys.keys).checkpoint else { return false }
        return log.roots[declared.size] == declared.root
    }

    /// The verdict on one aspect.
    public func verdict(_ aspect: Aspect) -> Verdict {
        guard let log else { return aspect == .integrity ? .broken : .cannotTell }
        if findings.isBroken(aspect) { return .broken }
        switch aspect {
        case .integrity, .citations: return .holds
        case .sealedFields: return log.sealing == .locked ? .cannotTell : .holds
        case .signatures: return log.keys == nil || log.hasUnknownAuthority ? .cannotTell : .holds
        case .index: return findings.of(.index).contains { $0.code == "index_absent" } ? .cannotTell : .holds
        case .completeness:
            if log.producers.isEmpty { return .cannotTell }
            return findings.of(.completeness).isEmpty ? .holds : .gap
        case .consistency:
            let extending: Set = ["against_extends", "against_continued"]
            return findings.of(.consistency).contains { extending.contains($0.code) } ? .holds : .cannotTell
        }
    }

    /// 0 when the evidence holds, 2 when it does not, 1 when signatures, sealed values or earlier evidence could not
    /// be checked.
    public var exitStatus: Int32 {
        if findings.isBroken { return 2 }
        let required: [Aspect] = [.signatures, .sealedFields, .consistency]
        return aspects.contains { required.contains($0) && verdict($0) == .cannotTell } ? 1 : 0
    }

    /// Whether everything that could be checked holds, signatures among it.
    public var holds: Bool { exitStatus == 0 }

    /// What a verdict rests on, in a few words.
    public func basis(_ aspect: Aspect) -> String {
        guard let log else { return "nothing could be read" }
        switch aspect {
        case .integrity: return "\(log.size) entries, links, clocks, hashes and tiles; root \(log.root)"
        case .signatures:
            guard let keys = log.keys else { return "no key is known" }
            let names = keys.keys.map(\.text).joined(separator: ", then ")
            let cosignatures = log.furtherSignatures.right.values.reduce(0, +)
            return "\(Self.count(log.checkpointCount, "checkpoint")), signed by \(names)"
                + (cosignatures == 0 ? "" : "; \(Self.count(cosignatures, "right cosignature")) of witnesses")
                + log.timestampBasis
        case .citations: return "\(Self.count(log.citationCount, "citation")) of registered words"
        case .sealedFields where log.sealing == .locked:
            return "they are encrypted at rest, and no key ring was given"
        case .sealedFields: return "\(Self.count(log.sealedCount, "sealed value")), \(log.erasedCount) erased on record"
        case .index:
            return verdict(.index) == .cannotTell ? "there is none yet" : "compared with what the log gives"
        case .completeness:
            if log.producers.isEmpty { return "no producer numbers its decisions" }
            return "\(Self.count(log.producers.count, "numbered run")) of producers"
        case .consistency: return "compared with the earlier evidence that was given"
        }
    }

    private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// The verdicts and findings as lines of text.
    public var text: String {
        var lines: [String] = []
        for aspect in aspects {
            let name = aspect.rawValue.replacing("_", with: " ")
            let verdict = verdict(aspect).rawValue.replacing("_", with: " ")
            let columns = [name, verdict].map { $0 + String(repeating: " ", count: max(1, 15 - $0.count)) }
            lines.append(columns.joined() + basis(aspect))
            let notes = findings.of(aspect)
            for finding in notes {
                lines.append("    \(finding.severity == .notice ? "note: " : "")\(finding.message)")
            }
            for code in Set(notes.map(\.code)).sorted() {
                let hidden = (findings.counts[code] ?? 0) - notes.count { $0.code == code }
                if hidden > 0 { lines.append("    and \(hidden) more of the kind \(code)") }
            }
        }
        lines.append("")
        lines.append(witnessing.sentence(of: log?.size ?? 0).capitalizedFirst + ".")
        if let ignored = ignoredSignatures { lines.append(ignored) }
        lines.append(conclusion)
        return lines.map(VisibleText.line).joined(separator: "\n") + "\n"
    }

    /// Signatures whose keys nobody told us; `nil` where there are none.
    private var ignoredSignatures: String? {
        guard let unknown = log?.furtherSignatures.unknown, !unknown.isEmpty else { return nil }
        let names = unknown.sorted { $0.key < $1.key }.prefix(5).map { "\($0.key) (\($0.value))" }
        let more = unknown.count > names.count ? " and others" : ""
        return "Signatures by keys that no policy names were not checked: \(names.joined(separator: ", "))\(more)."
    }

    /// What all of it comes to, in a sentence or two.
    public var conclusion: String {
        switch exitStatus {
        case 0:
            "The evidence holds. It shows that nothing was changed since it was recorded, not that what was recorded is true."
        case 1 where log?.keys == nil: "Signatures were not checked: without a key, nothing shows who made this log."
        case 1 where verdict(.signatures) == .cannotTell:
            "Not every time stamp is by an authority that you trust, so these show nothing. The rest holds."
        case 1 where verdict(.sealedFields) == .cannotTell:
            "The log holds. Its sealed values were not checked: they are encrypted, and no key ring was given."
        case 1: "Whether the log goes on from the earlier evidence could not be told."
        default: "The evidence does not hold."
        }
    }

    /// `{"exit_status","findings","format","log","verdicts"}`, as FORMAT.md describes.
    public var json: JSON {
        var verdicts = JSONObject()
        for aspect in aspects {
            verdicts[aspect.rawValue] = ["verdict": .string(verdict(aspect).rawValue), "basis": .string(basis(aspect))]
        }
        var object: JSONObject = [
            "format": "because-verification/1", "verdicts": .object(verdicts),
            "exit_status": .integer(Int64(exitStatus)),
            "findings": .array(findings.all.map(\.json)), "counts": .object(JSONObject(counts: findings.counts)),
        ]
        object["witnesses"] = .array(witnessing.statements.map(\.json))
        object["witnessing"] = witnessing.json
        if let log {
            object["unknown_signatures"] = .object(JSONObject(counts: log.furtherSignatures.unknown))
            object["size"] = .integer(Int64(log.size))
            object["root"] = .string(log.root.base64URL)
            object["key"] = log.keys.map { .string($0.current.text) }
            object["timestamps"] = log.timestampJSON
        }
        return .object(object)
    }
}

extension VerificationReport: CustomStringConvertible {
    public var description: String { text }
}

extension Finding {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "aspect": .string(aspect.rawValue), "severity": .string(severity.rawValue), "code": .string(code),
            "message": .string(message),
        ]
        object["entry"] = entry.flatMap { Int64(exactly: $0) }.map(JSON.integer)
        return .object(object)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

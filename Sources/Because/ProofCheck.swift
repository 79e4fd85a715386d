/// What a file of evidence shows to somebody who has only a key or a policy. It reads no ledger, no file and no clock.
public struct ProofCheck: Sendable {
    /// What was found, or why it does not hold or cannot be checked.
    public let result: Result<CheckedProof, EvidenceError>
    let trust: Trust

    /// Checks a proof file; or, with the bytes of `entry`, a C2SP tlog-proof.
    public init(_ bytes: [UInt8], entry: [UInt8]? = nil, trust: Trust) {
        self.trust = trust
        result = Result { () throws(EvidenceError) in try Self.check(bytes, entry, trust) }
    }

    private static func check(
        _ bytes: [UInt8], _ entry: [UInt8]?, _ trust: Trust
    ) throws(EvidenceError) -> CheckedProof {
        guard let entry else {
            guard bytes.first == UInt8(ascii: "{") else { throw .unknownForm }
            return try ProofFile(parsing: bytes).check(trust)
        }
        guard TlogProof.isLikely(bytes) else { throw .unknownForm }
        let proof: TlogProof
        do { proof = try TlogProof(parsing: bytes) } catch { throw .proof(error) }
        return try EntryEvidence.check(entry: entry, proof: proof, trust)
    }

    public enum Verdict: String, Sendable {
        case holds
        /// Everything holds but that too few witnesses cosigned.
        case notWitnessed = "not_witnessed"
        case broken
        /// What was given cannot be judged.
        case cannotTell = "cannot_tell"
    }

    public var verdict: Verdict {
        switch result {
        case .success(let proof): if case .notMet = proof.witnessing { .notWitnessed } else { .holds }
        case .failure(let error): error.isUnchecked ? .cannotTell : .broken
        }
    }

    /// 0 when the evidence holds, 2 when it does not or the quorum is not met, 1 when it could not be checked.
    public var exitStatus: Int32 {
        switch verdict {
        case .holds: 0
        case .cannotTell: 1
        case .notWitnessed, .broken: 2
        }
    }

    /// A heading and sentences under it.
    struct Section {
        let title: String
        var lines: [String]
    }

    /// Everything in plain sentences, in which nothing of a record reaches a terminal raw.
    public var text: String {
        switch result {
        case .failure(let error):
            let verdict = error.isUnchecked ? "The evidence could not be checked" : "The evidence does not hold"
            return VisibleText.line("\(verdict): \(error).") + "\n"
        case .success(let proof):
            var lines: [String] = []
            for section in proof.sections(trust) where !section.lines.isEmpty {
                lines.append(section.title)
                for line in section.lines {
                    let visible = VisibleText.lines(line)
                    lines += visible.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
                }
                lines.append("")
            }
            lines.append(
                verdict == .holds
                    ? "The evidence holds." : "The evidence does not hold: it is not witnessed as the policy requires.")
            return lines.joined(separator: "\n") + "\n"
        }
    }
}

extension CheckedProof {
    /// Seconds since 1970 as people read them.
    static func moment(_ seconds: UInt64) -> String {
        // A witness may claim any time; those after the year 9999 have no date here.
        guard seconds < 253_402_300_800 else { return "second \(seconds) after 1970" }
        return "\(Timestamp(microseconds: Int64(seconds) * 1_000_000).description.prefix(19))Z"
    }

    /// What is shown and what is not, in plain sentences.
    func sections(_ trust: Trust) -> [ProofCheck.Section] {
        [
            .init(title: "It shows", lines: shown + witnessed),
            .init(title: "The log changed keys", lines: keySentences),
            .init(title: "The entry says to everybody", lines: content.map { [$0.body.string(.visible)] } ?? []),
            .init(title: "Disclosed", lines: content?.disclosed.map(\.sentence) ?? []),
            .init(title: "Cited", lines: content?.citations.map(\.sentence) ?? []),
            .init(title: "Sealed", lines: [content?.sealedSentence].compactMap(\.self)),
            .init(title: "It does not show", lines: notShown(trust)),
        ]
    }

    private var shown: [String] {
        let tree = checkpoint.checkpoint
        let what =
            content.map { "entry \(index), the \($0.entry.type) \($0.entry.id)" }
            ?? "the entry at place \(index), \(byteCount) bytes that are no entry of a ledger"
        let recorded = content.map { ["it was recorded at \($0.entry.at), by the ledger's clock"] } ?? []
        let signers = checkpoint.note.signatures.filter { $0.key.kind == .note }.map(\.key.text)
        return ["\(what), is in the log \(tree.origin), and has not changed since it was signed"] + recorded + [
            "it was proven in the tree of \(tree.size) entries with the root \(tree.root)",
            "that tree was signed by the log: \(signers.joined(separator: " and "))",
        ]
    }

    private var witnessed: [String] {
        let names = witnessing.cosigners.map {
            "witness \($0.name) (\($0.key.text)) cosigned that tree at \(Self.moment($0.time))"
        }
        switch witnessing {
        case .notAsked: return []
        case .notRequired: return names + ["the policy requires no witness"]
        case .met(let quorum, _): return names + ["it is witnessed: the quorum \(quorum) of the policy is met"]
        case .notMet(let quorum, _):
            return names + ["it is NOT witnessed: the quorum \(quorum) of the policy is not met"]
        }
    }

    private var keySentences: [String] {
        keyChanges.map { change in
            let what = change.isRevocation ? "revoked the key" : "replaced the key"
            return
                "entry \(change.entry), at \(change.at), \(what) \(change.previous.text) by \(change.key.text); both signed that"
        }
    }

    private func notShown(_ trust: Trust) -> [String] {
        var lines = [
            content == nil
                ? "that what the entry says is true, or that everything was recorded" : Explanation.doesNotShow
        ]
        switch witnessing {
        case .notAsked:
            lines.append("that the log shows everybody the same entries: without --policy no witness was asked about")
        case .notRequired: lines.append("that the log shows everybody the same entries: no witness was required")
        case .notMet:
            lines.append("that the log shows everybody the same entries: too few witnesses of the policy confirm it")
        case .met: break
        }
        // A key that was given from behind a revocation did not need the stolen one to be believed.
        for (index, change) in keyChanges.enumerated()
        where change.isRevocation && !keyChanges[index...].contains(where: { trust.logs.contains($0.key) }) {
            lines.append(
                "who recorded entries after \(change.entry): the key \(change.previous.text) was revoked there, and whoever else had it could have named a successor too; ask for the log's newest key in another way"
            )
        }
        if let content, !content.sealed.isEmpty {
            lines.append("what the sealed fields hold, or which fields they are")
        }
        if uncheckedSignatureCount > 0 {
            lines.append("whose the other \(uncheckedSignatureCount) signatures are: no key for them was given")
        }
        return lines
    }
}

extension CheckedProof.Field {
    /// A text of several lines is barred, so that it cannot pass for a sentence of ours.
    fileprivate var sentence: String {
        let name = VisibleText.line(path)
        guard let text = value.text else { return "\(name): \(value.string(.visible))" }
        return text.contains(where: \.isNewline) ? "\(name):\n\(barred(text))" : "\(name): \(text)"
    }
}

extension CheckedProof.CitedWords {
    fileprivate var sentence: String {
        let name = VisibleText.line(ref)
        guard let text else { return "\(name): its words are not in this file; their digest is \(citation.section)" }
        return "\(name): these words have the digest in the entry, \(citation.section)\n\(barred(text))"
    }
}

/// `text` with a bar before each line.
private func barred(_ text: String) -> String {
    VisibleText.lines(text).split(separator: "\n", omittingEmptySubsequences: false).map { "| \($0)" }
        .joined(separator: "\n")
}

extension CheckedProof.Content {
    /// How many sealed fields remain, and of what.
    fileprivate var sealedSentence: String? {
        guard !sealed.isEmpty else { return disclosed.isEmpty ? nil : "nothing: every sealed field is disclosed" }
        var counts: [(object: String, count: Int)] = []
        for place in sealed {
            let object = place.object.isEmpty ? "the \(entry.type) itself" : VisibleText.line(place.object)
            if let index = counts.firstIndex(where: { $0.object == object }) {
                counts[index].count += 1
            } else {
                counts.append((object, 1))
            }
        }
        let fields = sealed.count == 1 ? "1 field remains sealed" : "\(sealed.count) fields remain sealed"
        return "\(fields): \(counts.map { "\($0.count) of \($0.object)" }.joined(separator: ", "))"
    }
}

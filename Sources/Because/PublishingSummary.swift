/// What a publication did.
public struct PublishingSummary: Sendable {
    public let folder: String
    public let checkpoint: Checkpoint
    /// The checkpoint as it was published, with what others signed of it.
    public let note: SignedNote
    /// The key that signed it: readers need it from somewhere else than the folder.
    public let key: VerifierKey
    /// The entries that the ledger had.
    public let ledgerSize: UInt64
    /// Why the newest checkpoint could not be kept; `nil` where it was.
    public let reason: String?
    private let outcome: Publication.Outcome

    init(
        folder: String, checkpoint: Checkpoint, note: SignedNote, key: VerifierKey, ledgerSize: UInt64,
        reason: String?, outcome: Publication.Outcome
    ) {
        self.folder = folder
        self.checkpoint = checkpoint
        self.note = note
        self.key = key
        self.ledgerSize = ledgerSize
        self.reason = reason
        self.outcome = outcome
    }

    /// The size that was published before.
    public var earlierSize: UInt64? { outcome.earlierSize }
    /// Files written, the checkpoint not counted.
    public var writtenCount: Int { outcome.written }
    /// Partial tiles and bundles removed.
    public var removedCount: Int { outcome.removed }

    /// A sentence on what is not published, and why; `nil` when everything is.
    public var remark: String? {
        guard let reason else { return nil }
        let what =
            checkpoint.size == ledgerSize
            ? "the newest checkpoint was published, since it stays anyway"
            : "published are the first \(checkpoint.size) of \(ledgerSize) entries, up to the newest checkpoint that stays"
        return "\(what); no newer one could be kept: \(reason)"
    }

    /// The result in a line for a person.
    public var text: String {
        var parts = ["\(folder): \(checkpoint.size) entries"]
        switch (outcome.earlierSize, outcome.isCheckpointNew) {
        case (checkpoint.size?, false): parts.append("as before")
        case (checkpoint.size?, true): parts.append("with other signatures than before")
        case (let earlier?, _): parts.append("\(earlier) of them published before")
        case (nil, _): break
        }
        parts.append("\(outcome.written) files written")
        if outcome.found > 0 { parts.append("\(outcome.found) were there from an interrupted run") }
        if outcome.removed > 0 { parts.append("\(outcome.removed) partial files removed") }
        return VisibleText.line("\(parts.joined(separator: ", ")); root \(checkpoint.root)") + "\n"
    }

    /// `{"checkpoint","earlier_size"?,"folder","format","found","key","kept","ledger_size","remark"?,"removed","root","size","written"}`.
    public var json: JSON {
        var object: JSONObject = [
            "format": "because-publishing/1", "folder": .string(folder), "origin": .string(checkpoint.origin),
            "size": .integer(Int64(checkpoint.size)), "root": .string(checkpoint.root.base64URL),
            "checkpoint": .string(String(decoding: note.bytes, as: UTF8.self)), "key": .string(key.text),
            "ledger_size": .integer(Int64(ledgerSize)), "kept": .bool(reason == nil),
            "written": .integer(Int64(outcome.written)), "found": .integer(Int64(outcome.found)),
            "removed": .integer(Int64(outcome.removed)),
        ]
        object["earlier_size"] = outcome.earlierSize.map { .integer(Int64($0)) }
        object["remark"] = remark.map(JSON.string)
        return .object(object)
    }
}

import Because

/// Ledgers in which everything holds, from which the others are changed.
struct GoodLedgers {
    let good: LedgerVector
    let keys: LedgerVector
    let declared: LedgerVector
    let erasures: LedgerVector
    /// 258 entries: one full tile, and two more.
    let tile: LedgerVector
    let last: SignedNote

    init(in scratch: Scratch) async throws {
        let folder = try scratch.folder("good")
        let note = try await Fixed.ledger(in: folder) { ledger in
            try await Fixed.good(ledger)
            return try ledger.read(\.note)
        }
        last = note
        good = LedgerVector("good", try SQLText.dump(folder), head: text(note))
        keys = try await Self.keys(in: try scratch.folder("keys"))
        let erased = try scratch.folder("erasures")
        try await Fixed.ledger(in: erased) { try await Fixed.erasures($0) }
        erasures = LedgerVector("erased-held-and-retained", try SQLText.dump(erased))
        declared = try await Self.declared(after: note, in: try scratch.folder("declared"))
        var raw = RawLedger()
        raw.appendRemarks(255)
        raw.sign()
        raw.appendRemarks(2)
        raw.sign()
        tile = LedgerVector("tile", raw.sql)
    }

    /// Two changes of keys, of which the second revokes.
    private static func keys(in folder: String) async throws -> LedgerVector {
        try await Fixed.ledger(in: folder) { try await Fixed.twoKeys($0) }
        return LedgerVector("keys-that-follow-one-another", try SQLText.dump(folder), finds: ["key_revoked@5?"])
    }

    private static func declared(after note: SignedNote, in folder: String) async throws -> LedgerVector {
        let damage = Continuation(origin: Fixed.origin, epoch: 1, what: .damaged, lastGood: note, lost: nil)
        try await Fixed.ledger(in: folder, name: damage.nextOrigin, continuing: damage) { ledger in
            try await Fixed.register(version: "1", in: ledger)
        }
        return LedgerVector(
            "declared-break", try SQLText.dump(folder), previous: "good", finds: ["declared_break@0?"])
    }

}

func text(_ note: SignedNote) -> String { String(decoding: note.bytes, as: UTF8.self) }

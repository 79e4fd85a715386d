import Because

/// Ledgers that lie, each named by its lie.
enum BrokenLedgers {
    static func all(_ good: GoodLedgers) throws -> [LedgerVector] {
        try onGood + onTile + onKeys + onErasures + heads(good) + made() + [
            LedgerVector(
                "key-that-was-never-the-logs", base: "good", "", key: Fixed.key(9).verifierKey.text,
                finds: ["key_differs@0", "signature_wrong@8", "unvouched@0"]),
            LedgerVector(
                "continues-a-ledger-that-is-not-there", base: "declared-break", "",
                finds: ["declared_break@0?", "previous_missing?"]),
            LedgerVector(
                "continues-another-ledger", base: "declared-break", "", previous: "payload-changed",
                finds: ["declared_break@0?", "previous_differs"]),
            LedgerVector(
                "continues-a-damaged-ledger", base: "declared-break", "", previous: "id-leads-to-another-entry",
                finds: ["declared_break@0?", "previous_broken?"]),
        ]
    }

    private static let onGood: [LedgerVector] = [
        ("table-added", "CREATE TABLE extra (x INTEGER);"),
        ("row-breaks-the-rule-of-its-table", "PRAGMA ignore_check_constraints = ON;\nUPDATE checkpoints SET kept = 2;"),
        ("first-entry-of-another-type", rewrite(0, #""type":"ledger""#, #""type":"legend""#)),
        ("entry-deleted", "DELETE FROM entries WHERE n = 3;"),
        ("last-entry-deleted", "DELETE FROM entries WHERE n = 8;"),
        ("entry-far-beyond-the-rest", "INSERT INTO entries SELECT 1000000, bytes FROM entries WHERE n = 8;"),
        ("version-of-an-entry-changed", rewrite(3, #""v":1}"#, #""v":2}"#)),
        ("body-cut-off", rewrite(3, #","timing":"with"}}"#, #","timing":"with"}"#)),
        (
            "entries-swapped",
            "UPDATE entries SET n = 99 WHERE n = 3;\nUPDATE entries SET n = 3 WHERE n = 4;\nUPDATE entries SET n = 4 WHERE n = 99;"
        ),
        (
            "entry-copied-over-another",
            "UPDATE entries SET bytes = (SELECT bytes FROM entries WHERE n = 2) WHERE n = 3;"
        ),
        ("payload-changed", rewrite(3, #""outcome":"refuse""#, #""outcome":"comply""#)),
        ("last-payload-changed", rewrite(8, #""outcome":"refuse""#, #""outcome":"comply""#)),
        ("time-set-back", rewrite(3, #"{"at":"2026"#, #"{"at":"2025"#)),
        ("authority-of-a-citation-changed", rewrite(3, #""authority":"root""#, #""authority":"user""#)),
        ("specification-torn", rewrite(1, #""part":1"#, #""part":2"#)),
        ("checkpoints-deleted", "DELETE FROM checkpoints;"),
        ("root-of-a-checkpoint-changed", "UPDATE checkpoints SET root = zeroblob(32);"),
        ("signature-changed", "UPDATE checkpoints SET signature = zeroblob(64);"),
        ("checkpoint-of-more-than-there-is", "UPDATE checkpoints SET size = 12;"),
        ("id-leads-to-another-entry", "UPDATE identities SET n = 2 WHERE n = 3;"),
        ("id-of-no-entry", "INSERT INTO identities VALUES ('d-99', 3);"),
        ("id-forgotten", "DELETE FROM identities WHERE n = 1;"),
        (
            "word-of-a-text-changed",
            "UPDATE texts SET bytes = CAST(bytes || ' Or not.' AS BLOB) WHERE length(bytes) < 50;"
        ),
        ("text-deleted", "DELETE FROM texts WHERE length(bytes) < 50;"),
        (
            "text-of-no-specification",
            "INSERT INTO texts VALUES (x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'');"
        ),
        ("sealed-value-changed", "UPDATE sealed SET disclosure = disclosure || 'A' WHERE key = 3 * 2048;"),
        (
            "sealed-values-swapped",
            "UPDATE sealed SET disclosure = CASE key WHEN 6144 THEN (SELECT disclosure FROM sealed WHERE key = 6145) ELSE (SELECT disclosure FROM sealed WHERE key = 6144) END WHERE key IN (6144, 6145);"
        ),
        ("sealed-value-deleted", "DELETE FROM sealed WHERE key = 3 * 2048;"),
        ("sealed-value-of-no-field", "INSERT INTO sealed VALUES (3 * 2048 + 7, 'WyJzIiwibiIsMV0');"),
        ("sealed-value-of-no-entry", "INSERT INTO sealed VALUES (50 * 2048, 'WyJzIiwibiIsMV0');"),
        ("subject-forgotten", "DELETE FROM subjects WHERE n = 3;"),
        ("subject-of-another-entry", "UPDATE subjects SET n = 7 WHERE n = 3;"),
        ("secret-changed", "UPDATE secrets SET value = zeroblob(32);"),
    ].map { LedgerVector($0.0, base: "good", $0.1, finds: expected($0.0)) }

    private static let onTile: [LedgerVector] = [
        ("tile-deleted", "DELETE FROM tiles;"),
        ("hash-in-a-tile-changed", "UPDATE tiles SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB);"),
        ("root-of-a-tile-changed", "UPDATE tiles SET root = zeroblob(32);"),
        ("tile-of-entries-that-are-not-there", "INSERT INTO tiles SELECT 0, 5, root, hashes FROM tiles;"),
        ("tile-of-a-level-that-is-not-there", "INSERT INTO tiles SELECT 7, 0, root, hashes FROM tiles;"),
        ("payload-under-a-tile-changed", rewrite(7, #""type":"remark""#, #""type":"report""#)),
        ("entry-under-a-tile-deleted", "DELETE FROM entries WHERE n = 7;"),
    ].map { LedgerVector($0.0, base: "tile", $0.1, finds: expected($0.0)) }

    private static let onKeys: [LedgerVector] = [
        ("new-key-did-not-sign", "DELETE FROM signatures WHERE size = 4;"),
        ("signature-of-the-new-key-changed", "UPDATE signatures SET signature = zeroblob(64) WHERE size = 4;"),
        ("change-of-keys-deleted", "DELETE FROM entries WHERE n = 3;"),
        ("change-of-keys-not-in-its-tree", rewrite(3, #""previous""#, #""Previous""#)),
        ("checkpoint-of-a-change-of-keys-deleted", "DELETE FROM checkpoints WHERE size = 4;"),
        ("id-of-a-change-of-keys-forgotten", "DELETE FROM identities WHERE n = 3;"),
    ].map { LedgerVector($0.0, base: "keys-that-follow-one-another", $0.1, finds: expected($0.0)) }

    private static let onErasures: [LedgerVector] = [
        ("erased-person-still-linked", "INSERT INTO subjects SELECT code, 2 FROM subjects WHERE n = 16;"),
        ("subject-of-a-hold-forgotten", "DELETE FROM subjects WHERE n = 6;"),
        ("basis-of-an-erasure-changed", "UPDATE sealed SET disclosure = disclosure || 'A' WHERE key = 8 * 2048;"),
        ("erasure-of-another-entry", rewrite(8, #""entry":2"#, #""entry":3"#)),
        ("scrubbing-not-done", "INSERT INTO scrubbing VALUES (15);"),
    ].map { LedgerVector($0.0, base: "erased-held-and-retained", $0.1, finds: expected($0.0)) }

    private static func heads(_ good: GoodLedgers) throws -> [LedgerVector] {
        var other = RawLedger()
        other.appendRemarks(8)
        let forked = try other.note()
        other.appendRemarks(3)
        return [
            LedgerVector(
                "older-than-its-head", base: "good", "", head: text(try other.note()),
                finds: expected("older-than-its-head")),
            LedgerVector(
                "head-knows-another-history", base: "good", "", head: text(forked),
                finds: expected("head-knows-another-history")),
            LedgerVector(
                "head-by-an-unknown-key", base: "good", "", head: text(try other.note(by: Fixed.key(9))),
                finds: expected("head-by-an-unknown-key")),
            LedgerVector(
                "head-torn", base: "good", "", head: text(good.last).replacing("\n\u{2014}", with: "\n\n\u{2014}"),
                finds: expected("head-torn")),
        ]
    }

    /// Ledgers whose entries no recorder of ours would write.
    private static func made() throws -> [LedgerVector] {
        func vector(_ name: String, _ body: (inout RawLedger) -> Void) -> LedgerVector {
            var raw = RawLedger()
            body(&raw)
            return LedgerVector(name, raw.sql, finds: expected(name))
        }
        func decision(_ seq: Int) -> String { #"{"outcome":"act","producer":{"id":"desk","seq":\#(seq)}}"# }
        return [
            vector("values-erased-on-record") { raw in
                let digest = raw.seal("notes", isErased: true)
                raw.append("remark", body: #"{"_sd":["\#(digest)"]}"#)
                raw.append("erasure", body: #"{"digests":["\#(digest)"],"entry":1}"#)
                raw.sign()
            },
            vector("erased-value-still-there") { raw in
                let digest = raw.seal("notes")
                raw.append("remark", body: #"{"_sd":["\#(digest)"]}"#)
                raw.append("erasure", body: #"{"digests":["\#(digest)"],"entry":1}"#)
                raw.sign()
            },
            vector("number-of-a-producer-left-out") { raw in
                for number in [1, 2, 5] { raw.append("decision", body: decision(number)) }
                raw.sign()
            },
            vector("number-of-a-producer-used-twice") { raw in
                for number in [1, 2, 2] { raw.append("decision", body: decision(number)) }
                raw.sign()
            },
            vector("time-before-the-entry-before") { raw in
                raw.append("remark", body: "{}", second: 9)
                raw.append("remark", body: "{}", second: 8)
                raw.sign()
            },
            vector("entries-after-the-last-checkpoint") { raw in
                raw.sign()
                raw.appendRemarks(2)
            },
            vector("signed-by-another-key") { raw in
                raw.appendRemarks(2)
                raw.sign(by: Fixed.key(9))
            },
            vector("id-used-twice") { raw in
                raw.append("remark", id: "again", body: "{}")
                raw.append("remark", id: "again", body: "{}")
                raw.sign()
            },
            vector("two-fields-of-one-disclosure") { raw in
                let digest = raw.seal("notes")
                raw.append("remark", body: #"{"_sd":["\#(digest)","\#(digest)"]}"#)
                raw.sign()
            },
        ]
    }
}

import Because
import Foundation
import GRDB
import LedgerSamples
import Testing

/// What lies beside the entries: tiles, checkpoints, sealed values, texts, ids, subjects.
struct TableTamperTests {
    /// SQL that flips one bit of byte `offset` of a column.
    private static func flip(_ table: String, _ column: String, _ offset: Int, where row: String) -> Tampering.Change {
        { ledger in
            try ledger.edit { database in
                let data = try Data.fetchOne(database, sql: "SELECT \(column) FROM \(table) WHERE \(row)")
                var bytes = Array(try #require(data))
                bytes[offset] ^= 1 << (UInt8(truncatingIfNeeded: offset) % 8)
                try database.execute(
                    sql: "UPDATE \(table) SET \(column) = ? WHERE \(row)", arguments: [Data(bytes)])
            }
        }
    }

    static let tiles =
        stride(from: 0, to: 8192, by: 331).map { offset in
            Tampering(
                "byte \(offset) of a tile is flipped", "tile_changed", at: 256,
                says: "does not have the root that stands beside its hashes",
                flip("tiles", "hashes", offset, where: "number = 1"))
        } + [
            Tampering(
                "the root of a tile is changed", "tile_changed", at: 256, says: "holds a wrong root",
                and: ["index_unchecked"], flip("tiles", "root", 31, where: "number = 1")),
            Tampering(
                "a tile is removed", "tile_missing", at: 0, says: "the tile over entries 0 to 255 is missing",
                and: ["index_unchecked"], sql: "DELETE FROM tiles WHERE number = 0"),
            Tampering(
                "a tile that is not full yet is added", "tile_changed", at: nil,
                says: "the tiles of level 0 are not those that the entries have", and: ["index_unchecked"],
                sql: "INSERT INTO tiles SELECT 0, 2, root, hashes FROM tiles WHERE number = 1"),
            Tampering(
                "a tile of a higher level is added", "tile_changed", at: nil, says: "the tiles of level 1",
                and: ["index_unchecked"],
                sql: "INSERT INTO tiles SELECT 1, 0, root, hashes FROM tiles WHERE number = 1"),
        ]

    static let checkpoints = [
        Tampering(
            "the size of a checkpoint is changed", "root_differs", at: 252,
            says: "the first 253 entries do not have the root that their checkpoint holds", and: ["signature_wrong"],
            sql: "UPDATE checkpoints SET size = 253 WHERE size = 252"),
        Tampering(
            "the root of a checkpoint is changed", "signature_wrong", at: 251,
            says: "the checkpoint of 252 entries was not signed by the log's key", and: ["root_differs"],
            flip("checkpoints", "root", 0, where: "size = 252")),
        Tampering(
            "the signature of a checkpoint is changed", "signature_wrong", at: 501,
            says: "the checkpoint of 502 entries",
            flip("checkpoints", "signature", 63, where: "size = 502")),
        Tampering(
            "the signature of the newest checkpoint is changed", "unvouched", at: 502,
            says: "or the checkpoints were changed", and: ["signature_wrong", "index_unchecked"],
            flip("checkpoints", "signature", 0, where: "size = 560")),
        Tampering(
            "the root of the newest checkpoint is changed", "unvouched", at: 502,
            says: "or the checkpoints were changed",
            and: ["signature_wrong", "root_differs", "index_unchecked"],
            flip("checkpoints", "root", 0, where: "size = 560")),
        Tampering(
            "the newest checkpoint is for more entries", "truncated", at: 560, says: "600 entries were signed, and 560",
            and: ["index_unchecked"], sql: "UPDATE checkpoints SET size = 600 WHERE size = 560"),
        Tampering(
            "the newest checkpoint is removed", "unsigned", at: 502, says: "the newest checkpoint is for 502 entries",
            and: ["index_unchecked"], sql: "DELETE FROM checkpoints WHERE size = 560"),
        Tampering(
            "checkpoints are swapped", "root_differs", at: 251, says: "the root that their checkpoint holds",
            and: ["signature_wrong"],
            sql: """
                UPDATE checkpoints SET size = 1000 WHERE size = 252; UPDATE checkpoints SET size = 252 WHERE size = 502;
                UPDATE checkpoints SET size = 502 WHERE size = 1000
                """),
    ]

    static let sealed = [
        Tampering(
            "a sealed value is changed", "sealed_value_changed", at: 100, says: "sealed value 0 of entry 100",
            and: ["index_differs"],
            sql: "UPDATE sealed SET disclosure = (SELECT disclosure FROM sealed WHERE key = 204801) WHERE key = 204800"),
        Tampering(
            "a sealed value is changed in one letter", "sealed_value_changed", at: 100,
            says: "does not have the digest in the entry", and: ["index_differs"],
            sql:
                "UPDATE sealed SET disclosure = substr(disclosure, 1, 40) || 'x' || substr(disclosure, 42) WHERE key = 204800"
        ),
        Tampering(
            "a sealed value is removed", "sealed_value_missing", at: 100, says: "no erasure is on record",
            and: ["index_differs"], sql: "DELETE FROM sealed WHERE key = 204800"),
        Tampering(
            "a sealed value is moved to another entry", "sealed_value_extra", at: 101, says: "belongs to no field",
            and: ["sealed_value_missing", "index_differs"], sql: "UPDATE sealed SET key = 206870 WHERE key = 204800"),
        Tampering(
            "a sealed value is added", "sealed_value_extra", at: 600, says: "under entry 600, which is not there",
            sql: "INSERT INTO sealed SELECT 600 * 2048, disclosure FROM sealed WHERE key = 204800"),
        Tampering(
            "a sealed value that is no disclosure is put in", "sealed_value_changed", at: 100, says: "it was changed",
            and: ["index_differs"], sql: "UPDATE sealed SET disclosure = '' WHERE key = 204800"),
    ]

    static let beside = [
        Tampering(
            "a text of a specification is changed", "text_changed", at: nil, says: "was changed", and: ["text_broken"],
            flip("texts", "bytes", 3, where: "length(bytes) < 90 AND instr(bytes, CAST('Be brief' AS BLOB))")),
        Tampering(
            "a text of a specification is removed", "text_broken", at: 1,
            says: "the words of acme/rules@1#style are missing or were changed",
            sql: "DELETE FROM texts WHERE length(bytes) < 90 AND instr(bytes, CAST('Be brief' AS BLOB))"),
        Tampering(
            "a document is removed", "text_broken", at: 1, says: "the text of acme/rules@1 is missing or was changed",
            sql: "DELETE FROM texts WHERE length(bytes) = (SELECT max(length(bytes)) FROM texts)"),
        Tampering(
            "a text is added", "text_extra", at: nil, says: "belongs to no specification",
            sql: "INSERT INTO texts VALUES (x'\(SHA256.digest(of: "more").hex)', CAST('more' AS BLOB))"),
        Tampering(
            "an id leads to another entry", "identity_wrong", at: 102, says: "the table of ids has K-98 for entry 102",
            and: ["identity_missing"], sql: "UPDATE identities SET n = 102 WHERE id = 'K-98'"),
        Tampering(
            "an id is spelled with a letter that Unicode calls equal", "identity_missing", at: 100,
            says: "does not lead from K-98 to entry 100", and: ["identity_wrong"],
            sql: "UPDATE identities SET id = '\u{212A}-98' WHERE id = 'K-98'"),
        Tampering(
            "an id is removed", "identity_missing", at: 100, says: "does not lead from K-98 to entry 100",
            sql: "DELETE FROM identities WHERE id = 'K-98'"),
        Tampering(
            "an id is added", "identity_wrong", at: 100, says: "has mine for entry 100, which has another id",
            sql: "INSERT INTO identities VALUES ('mine', 100)"),
        Tampering(
            "ids are swapped", "identity_wrong", at: 101, says: "has K-98 for entry 101", and: ["identity_missing"],
            sql: "UPDATE identities SET n = 201 - n WHERE n IN (100, 101)"),
        Tampering(
            "a subject is removed", "subjects_differ", at: nil, says: "rows were added, removed or changed",
            sql: "DELETE FROM subjects WHERE n = 102"),
        Tampering(
            "a subject is added", "subjects_differ", at: nil, says: "rows were added, removed or changed",
            sql: "INSERT INTO subjects SELECT code, 103 FROM subjects WHERE n = 102"),
        Tampering(
            "the key of subjects is changed", "subjects_differ", at: nil, says: "does not fit the sealed subjects",
            flip("secrets", "value", 5, where: "name = 'subject_key'")),
        Tampering(
            "a trigger is weakened", "structure_changed", at: nil, says: "trigger entries_update is missing"
        ) { try $0.database("log.sqlite") { try $0.execute(sql: "DROP TRIGGER entries_update") } },
    ]

    @Test(arguments: tiles) func `a tile that was changed is named`(_ tampering: Tampering) async throws {
        try await tampering.check()
    }

    @Test(arguments: checkpoints) func `a checkpoint that was changed is named`(_ tampering: Tampering) async throws {
        try await tampering.check()
    }

    @Test(arguments: sealed) func `a sealed value that was changed is named`(_ tampering: Tampering) async throws {
        try await tampering.check()
    }

    @Test(arguments: beside) func `what lies beside the entries and was changed is named`(
        _ tampering: Tampering
    ) async throws {
        try await tampering.check()
    }
}

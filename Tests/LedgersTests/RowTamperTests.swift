import Because
import Foundation
import GRDB
import Testing

struct RowTamperTests {
    @Test func `a ledger that nobody touched holds`() async throws {
        let report = try await TamperedLedger().verify()
        #expect(report.findings.all == [])
        #expect(report.exitStatus == 0)
        let log = try #require(report.log)
        #expect(log.size == TamperedLedger.size)
        #expect(log.checkpointCount == TamperedLedger.checkpointSizes.count)
        #expect(log.citationCount == 558)
        #expect(log.sealedCount == 1228)
        #expect(log.counts == ["ledger": 1, "specification": 1, "decision": 558])
        for aspect in Aspect.allCases where aspect != .consistency { #expect(report.verdict(aspect) == .holds) }
    }

    /// What follows when the ids, sealed values and subjects of entries are left behind.
    private static let leftovers: Set = ["identity_wrong", "sealed_value_extra", "subjects_differ"]

    static let deletions = [
        Tampering(
            "the first entry is deleted", "entry_missing", at: 0, says: "entry 0 is missing: it was deleted",
            and: ["first_entry_unreadable", "identity_wrong", "index_unchecked"],
            sql: "DELETE FROM entries WHERE n = 0"),
        Tampering(
            "the entry of the specification is deleted", "entry_missing", at: 1, says: "it was deleted",
            and: [
                "identity_wrong", "index_unchecked", "text_extra", "citation_broken",
            ], sql: "DELETE FROM entries WHERE n = 1"),
        Tampering(
            "an entry under a full tile is deleted", "entry_missing", at: 100,
            says: "entry 100 is missing: it was deleted",
            and: ["identity_wrong", "index_differs", "sequence_gap"], sql: "DELETE FROM entries WHERE n = 100"),
        Tampering(
            "an entry and all that lies beside it is deleted", "entry_missing", at: 100, says: "it was deleted",
            and: ["index_differs", "sequence_gap"],
            sql: """
                DELETE FROM entries WHERE n = 100; DELETE FROM identities WHERE n = 100;
                DELETE FROM subjects WHERE n = 100; DELETE FROM sealed WHERE key BETWEEN 204800 AND 206847
                """),
        Tampering(
            "an entry under no full tile is deleted", "entry_missing", at: 530,
            says: "entry 530 is missing: it was deleted",
            and: ["identity_wrong", "index_unchecked", "sequence_gap", "root_differs", "forked"],
            sql: "DELETE FROM entries WHERE n = 530"),
        Tampering(
            "the last entry is deleted", "truncated", at: 559,
            says: "560 entries were signed, and 559 are there: entry 559 was cut off at the end",
            and: ["rolled_back", "identity_wrong", "sealed_value_extra", "index_unchecked"],
            sql: "DELETE FROM entries WHERE n = 559"),
        Tampering(
            "the end is deleted", "truncated", at: 500, says: "entries 500 to 559 were cut off at the end",
            and: leftovers.union(["rolled_back", "tile_changed", "index_unchecked"]),
            sql: "DELETE FROM entries WHERE n >= 500"),
        Tampering(
            "everything is deleted", "truncated", at: 0, says: "560 entries were signed, and 0 are there",
            and: leftovers.union([
                "first_entry_unreadable", "text_extra", "tile_changed", "index_unchecked",
            ]), sql: "DELETE FROM entries"),
        Tampering(
            "the end is deleted with its checkpoints", "unsigned", at: 252,
            says: "the newest checkpoint is for 252 entries, and 500 are there",
            and: leftovers.union(["rolled_back", "tile_changed", "index_unchecked"]),
            sql: "DELETE FROM entries WHERE n >= 500; DELETE FROM checkpoints WHERE size > 500"),
    ]

    private static let moved: Set = ["identity_wrong", "index_differs", "root_differs", "sequence_gap", "forked"]

    static let moves = [
        Tampering(
            "neighbours are swapped", "entry_misplaced", at: 100, says: "holds entry 101: the two were swapped",
            and: moved.union(["link_broken"]),
            sql: """
                UPDATE entries SET n = -1 WHERE n = 100; UPDATE entries SET n = 100 WHERE n = 101;
                UPDATE entries SET n = 101 WHERE n = -1
                """),
        Tampering(
            "entries of two tiles are swapped", "entry_misplaced", at: 401,
            says: "holds entry 100: the two were swapped",
            and: moved.union(["link_broken"]),
            sql: """
                UPDATE entries SET n = -1 WHERE n = 100; UPDATE entries SET n = 100 WHERE n = 401;
                UPDATE entries SET n = 401 WHERE n = -1
                """),
        Tampering(
            "an entry is copied over the next", "entry_misplaced", at: 101,
            says: "the row of entry 101 holds entry 100: it is a copy of entry 100", and: moved.union(["link_broken"]),
            sql: "UPDATE entries SET bytes = (SELECT bytes FROM entries WHERE n = 100) WHERE n = 101"),
        Tampering(
            "an entry is deleted and the rest moves down", "entry_misplaced", at: 100,
            says: "holds entry 101: entries before it were deleted and the rest moved down",
            and: leftovers.union(["rolled_back", "truncated", "root_differs", "index_unchecked"]),
            sql: "DELETE FROM entries WHERE n = 100; UPDATE entries SET n = n - 1 WHERE n > 100"),
        Tampering(
            "a copy is inserted and the rest moves up", "entry_misplaced", at: 101, says: "it is a copy of entry 100",
            and: ["identity_wrong", "subjects_differ", "root_differs", "forked", "unsigned", "index_unchecked"],
            sql: "\(moveUp); INSERT INTO entries SELECT 101, bytes FROM entries WHERE n = 100"),
        Tampering(
            "a forged entry is inserted and the rest moves up", "entry_misplaced", at: 102,
            says: "holds entry 101: an entry was inserted before it and the rest moved up",
            and: [
                "identity_wrong", "identity_missing", "subjects_differ", "root_differs", "forked", "unsigned",
                "index_unchecked", "sequence_repeated", "sealed_value_changed", "entry_changed", "link_broken",
            ]
        ) { ledger in
            var forged = try ledger.entry(100)
            try replace(#""n":100"#, with: #""n":101"#, in: &forged)
            try ledger.edit {
                try $0.execute(sql: moveUp)
                try $0.execute(sql: "INSERT INTO entries VALUES (101, ?)", arguments: [Data(forged)])
            }
        },
        Tampering(
            "the number in an entry is changed", "entry_misplaced", at: 100,
            says: "the row of entry 100 holds entry 109: the number in it was changed",
            and: ["link_broken", "root_differs", "index_differs", "sequence_gap", "forked"]
        ) { ledger in
            var bytes = try ledger.entry(100)
            try replace(#""n":100"#, with: #""n":109"#, in: &bytes)
            try ledger.put(bytes, at: 100)
        },
        Tampering(
            "the last entry is recorded again", "entry_misplaced", at: 560, says: "it is a copy of entry 559",
            and: ["unsigned", "index_unchecked"],
            sql: "INSERT INTO entries SELECT 560, bytes FROM entries WHERE n = 559"),
        Tampering(
            "a row is added far beyond the rest", "entry_missing", at: 560,
            says: "none was signed, and a row was added beyond it",
            and: ["entry_misplaced", "unsigned", "index_unchecked"],
            sql: "INSERT INTO entries SELECT 4503599627370495, bytes FROM entries WHERE n = 559"),
    ]

    private static let moveUp =
        "UPDATE entries SET n = -n - 1 WHERE n > 100; UPDATE entries SET n = -n WHERE n < 0"

    @Test(arguments: deletions) func `a row that was deleted is named`(_ tampering: Tampering) async throws {
        try await tampering.check()
    }

    @Test(arguments: moves) func `a row that was moved, copied or added is named`(_ tampering: Tampering) async throws {
        try await tampering.check()
    }
}

import Because
import Foundation
import GRDB
import LedgerSamples
import Testing

@testable import Ledgers

/// One ledger for each test: what is recorded, and what is asked then.
struct Asking {
    let folder: Scratch
    let ledger: Ledger

    init() async throws {
        folder = try Scratch()
        ledger = try await SampleLedger.create(in: folder)
        _ = try await ledger.register(Sample.specification())
    }

    @discardableResult
    func record(_ line: String) async throws -> Receipt { try await ledger.record([Sample.submission(line)])[0].get() }

    func answer(_ id: String, diff: Bool = false) throws -> [Said] {
        try ledger.index.explain(id).answer(showsDifference: diff).sections.flatMap { section in
            section.statements.map { Said(section: section.title, text: $0.text, mark: $0.mark) }
        }
    }

    /// Changes the index behind its back.
    func editIndex(_ sql: String) throws {
        let queue = try DatabaseQueue(path: ledger.index.path)
        defer { try? queue.close() }
        try queue.inDatabase { try $0.execute(sql: sql) }
    }

    /// Takes the index away, and the place of its lock, so that it cannot be made.
    func blockIndex() throws {
        for name in ["index.sqlite", "index.sqlite.lock"] where folder.has(name) { try folder.remove(name) }
        try FileManager.default.createDirectory(
            atPath: folder.path + "/index.sqlite.lock", withIntermediateDirectories: false)
    }

    /// Removes the sealed values of an entry from the log, as an erasure does.
    func removeSealed(of number: UInt64) throws {
        let queue = try DatabaseQueue(path: folder.path + "/log.sqlite")
        defer { try? queue.close() }
        try queue.inDatabase {
            try $0.execute(
                sql: "DELETE FROM sealed WHERE key BETWEEN ? AND ?",
                arguments: [Int64(number) * 2048, Int64(number) * 2048 + 2047])
        }
    }
}

struct Said: Equatable {
    let section: String
    let text: String
    let mark: Mark
}

struct ExplanationTests {
    private static let full = """
        {"id":"d-1","outcome":"refuse","summary":"Refused to pass on an address","principles":[{"ref":"acme/rules#privacy",
        "role":"applied","timing":"before"}],"rationale":{"text":"It is her address.","source":"model","timing":"with"},
        "alternatives":[{"label":"pass it on","status":"forbidden","by":["acme/rules#privacy"],"reason":"nobody was asked"}],
        "conflicts":[{"between":["message:user","acme/rules#privacy"],"rule":"higher_authority","winner":"acme/rules#privacy"}],
        "inputs":[{"name":"request","role":"user","text":"Where does she live?","trusted":false}],"output":{"text":"I cannot say."},
        "model":{"served":"m-1"},"producer":{"id":"agent","seq":1},"confidence":{"value":0.9,"kind":"self_reported"}}
        """

    @Test func `what stands in the entry is marked as recorded, and what does not as not recorded`() async throws {
        let asking = try await Asking()
        try await asking.record(Self.full)
        let said = try asking.answer("d-1")
        let recorded: [(String, String)] = [
            ("Reason", "It is her address."), ("Instead of", "pass it on"), ("It read", "request (user), not trusted"),
            ("It read", "Where does she live?"), ("It gave", "I cannot say."), ("Decided", "by model m-1"),
            ("Because", "acme/rules@1#privacy"),
            ("Because", "\u{201C}Protect privacy\u{201D}, authority root: applied, cited before the output"),
            ("Because", "Never pass on what a person said about themselves. Ask the person first."),
            ("Decided", "confidence 0.9, self reported: not a probability unless calibrated"),
        ]
        for (section, text) in recorded {
            #expect(said.contains(Said(section: section, text: text, mark: .recorded)), "\(text)")
        }
        #expect(
            said.contains {
                $0.section == "Not said" && $0.mark == .notRecorded && $0.text.contains("when the application decided")
            })
        #expect(
            said.contains {
                $0.section == "Proof" && $0.mark == .computed && $0.text.contains("entry 2 was hashed again")
            })
        #expect(
            said.contains {
                $0.text == "the index knows no other record that refers to this decision" && $0.mark == .computed
            })
        #expect(
            said.contains {
                $0.text
                    == "by the index, agent: complete up to 1, and the run is not closed, so what comes after cannot be told"
            })
        #expect(try asking.ledger.index.explain("d-1").json["statements"]?.items?.count == said.count)

        try await asking.record(
            #"{"id":"least","outcome":"comply","none_cited":"no rule fits","rationale_absent":"nobody asked"}"#)
        let least = try asking.answer("least")
        let absent: [(String, String, Mark)] = [
            ("Because", "no principle was cited: \u{201C}no rule fits\u{201D}", .recorded),
            ("Reason", "no reason was given: \u{201C}nobody asked\u{201D}", .recorded),
            ("Instead of", "alternatives are not recorded", .notRecorded),
            ("It gave", "the output is not recorded", .notRecorded),
            ("It read", "what it was decided from is not recorded", .notRecorded),
            ("Decided", "by which model is not recorded", .notRecorded),
        ]
        for (section, text, mark) in absent {
            #expect(least.contains(Said(section: section, text: text, mark: mark)), "\(text)")
        }
    }

    @Test func `later records are marked as added later, earlier ones as earlier`() async throws {
        let asking = try await Asking()
        let tail = #""none_cited":"none","rationale_absent":"none""#
        try await asking.record(#"{"id":"before","outcome":"act","links":[{"rel":"caused_by","id":"d-1"}],\#(tail)}"#)
        try await asking.record(
            #"{"id":"d-1","outcome":"act","links":[{"rel":"revises","id":"d-1"},{"rel":"parent","id":"x"}],\#(tail)}"#)
        try await asking.record(
            #"{"id":"after","outcome":"comply","summary":"Undone","links":[{"rel":"revises","id":"d-1"}],\#(tail)}"#)
        let said = try asking.answer("d-1").filter { $0.section == "After" }
        #expect(said.count == 4)
        #expect(said[0] == Said(section: "After", text: "this decision revises d-1", mark: .recorded))
        #expect(
            said[2].mark == .computed && said[2].text.contains("before caused by this decision, recorded before it"))
        #expect(
            said[3].mark == .addedLater
                && said[3].text.hasSuffix("after revises this decision; comply: \u{201C}Undone\u{201D}"))
    }

    @Test func `more later records than are shown are not passed over in silence`() async throws {
        let asking = try await Asking()
        try await asking.record(Self.full)
        for result in await asking.ledger.record(
            try (0..<203).map {
                try Sample.submission(
                    #"{"id":"r-\#($0)","outcome":"act","links":[{"rel":"revises","id":"d-1"}],"none_cited":"n","rationale_absent":"n"}"#
                )
            })
        { _ = try result.get() }
        let explanation = try asking.ledger.index.explain("d-1")
        #expect(explanation.later.count == 200)
        #expect(explanation.notes == ["more than 200 other records refer to this decision; the first are shown"])
    }

    @Test(arguments: [true, false])
    func `what was erased on record is told from what is missing`(isOnRecord: Bool) async throws {
        let asking = try await Asking()
        let receipt = try await asking.record(Self.full)
        let sealed = try asking.ledger.read { try $0.proven(receipt.number).disclosures }
        if isOnRecord {
            let body: JSON = [
                "entry": .integer(Int64(receipt.number)),
                "digests": .array(sealed.map { .string($0.digest.base64URL) }),
            ]
            let writer = try #require(asking.ledger.writer)
            _ = try await writer.submit([Draft(type: EntryType.erasure, body: body.bytes())])[0].get()
        }
        try asking.removeSealed(of: receipt.number)
        let mark: Mark = isOnRecord ? .erased : .missing
        let said = try asking.answer("d-1")
        for text in [
            "the words of the reason are gone", "the alternative is gone", "the output is gone", "its content is gone",
        ] {
            #expect(said.contains { $0.text == text && $0.mark == mark }, "\(text)")
        }
        let gone = said.filter { $0.section == "Gone" }
        #expect(gone.count == sealed.count && gone.allSatisfy { $0.mark == mark })
        #expect(
            gone.allSatisfy { $0.text.contains(isOnRecord ? "was erased on 2026-11-20" : "nothing on record says why") }
        )
        let explanation = try asking.ledger.index.explain("d-1")
        #expect(
            explanation.answer().headline == "REFUSE the summary cannot be read"
                && explanation.answer().headlineMark == mark)
        #expect(!"\(said)".contains("her address"))
        let report = try await asking.ledger.verify()
        #expect(report.verdict(.sealedFields) == (isOnRecord ? .holds : .broken))
    }

    @Test func `an unresolved reference stays one, whatever is registered later`() async throws {
        let asking = try await Asking()
        try await asking.record(
            #"{"id":"d-1","outcome":"act","unresolved":"accept","principles":[{"ref":"acme/rules#courage","role":"applied"}],"rationale_absent":"n"}"#
        )
        _ = try await asking.ledger.register(Sample.specification(Sample.laterRules, version: "2"))
        let said = try asking.answer("d-1").filter { $0.section == "Because" }
        #expect(
            said.map(\.text) == [
                "\u{201C}acme/rules#courage\u{201D}: applied",
                "it did not resolve to registered words when it was recorded",
            ])
        #expect(try asking.ledger.index.explain("d-1").principles[0].isResolved == false)
    }

    /// What was said afterwards is not presented as what was there before.
    @Test func `a reason and a principle that came after the output are said to have`() async throws {
        let asking = try await Asking()
        try await asking.record(
            """
            {"id":"d-1","outcome":"act","principles":[{"ref":"acme/rules#privacy","role":"applied","timing":"after"}],
            "rationale":{"text":"Because I say so.","source":"human","timing":"after"}}
            """)
        let said = try asking.answer("d-1")
        #expect(
            said.contains {
                $0.section == "Reason"
                    && $0.text
                        == "stated by a person after the output, as an account given afterwards; a statement, not checked by anybody here"
            })
        #expect(
            said.contains {
                $0.text == "\u{201C}Protect privacy\u{201D}, authority root: named only after the output, as applied"
            })
        #expect(!said.contains { $0.text.contains("authority root: applied") })
    }

    static let changes: [(ref: String, version: String, says: String)] = [
        ("acme/rules@1#privacy", "2", "the words changed in 2, which is in force now; --diff shows how"),
        ("acme/rules@1#honesty", "2", "the same words are in force now, in 2"),
        ("acme/rules@1#style", "2", "2, which is in force now, has no such section"),
        ("acme/rules@2#courage", "2", "this version is in force now"),
        ("acme/rules@2#privacy", "1", "the words changed in 1, which is in force now; --diff shows how"),
    ]

    @Test(arguments: changes)
    func `words are shown as they were, with how they stand now`(ref: String, version: String, says: String)
        async throws
    {
        let asking = try await Asking()
        _ = try await asking.ledger.register(Sample.specification(Sample.laterRules, version: "2"))
        try await asking.record(
            #"{"id":"d-1","outcome":"act","principles":[{"ref":"\#(ref)","role":"applied"}],"rationale_absent":"n"}"#)
        _ = try await asking.ledger.activate("acme/rules", version: version)
        let said = try asking.answer("d-1", diff: true).filter { $0.section == "Because" }
        #expect(said.contains { $0.text.hasSuffix("; \(says)") && $0.mark == .computed }, "\(said)")
        #expect(said.contains { $0.text == ref })
        let shown = said.filter { $0.text.hasPrefix("-") || $0.text.hasPrefix("+") }.map(\.text)
        let changed = ref.hasSuffix("privacy")
        #expect(shown.contains { $0.contains("not even to their family") } == changed)
        #expect(shown.allSatisfy { _ in changed })
    }

    @Test func `words that were changed in the ledger are missing, not shown`() async throws {
        let asking = try await Asking()
        try await asking.record(Self.full)
        await asking.ledger.close()
        let queue = try DatabaseQueue(path: asking.folder.path + "/log.sqlite")
        try await queue.write {
            try $0.execute(
                sql: "DROP TRIGGER texts_update; UPDATE texts SET bytes = CAST('Pass everything on.' AS BLOB)")
        }
        try queue.close()
        let answer = try Ledger.open(at: asking.folder.path, for: .reading).index.explain("d-1").answer()
        let said = try #require(answer.sections.first { $0.title == "Because" }).statements
        #expect(
            said.contains { $0.text == "its words are missing from the ledger or were changed" && $0.mark == .missing })
        #expect(!said.contains { $0.text.contains("Pass everything on") })
    }

    @Test func `the numbers of a producer show what is missing from the log`() async throws {
        let asking = try await Asking()
        for number in [1, 2, 4, 7, 8] {
            try await asking.record(
                #"{"id":"d-\#(number)","outcome":"act","producer":{"id":"p","seq":\#(number)},"none_cited":"n","rationale_absent":"n"}"#
            )
        }
        let said = try asking.answer("d-1")
        #expect(said.contains { $0.text == "by the index, p: gap: of 1 to 8, 3, 5 to 6 are missing" })
        try await asking.record(
            #"{"id":"x","outcome":"act","producer":{"id":"p"},"none_cited":"n","rationale_absent":"n"}"#)
        #expect(
            try asking.ledger.index.explain("x").completeness?.verdict
                == .cannotTell(reason: "the producer does not number its decisions"))
    }

    @Test func `an id is found by its beginning, and near misses are offered`() async throws {
        let asking = try await Asking()
        for id in ["order-1001", "order-1002", "invoice-7", "ab", "abc"] {
            try await asking.record(#"{"id":"\#(id)","outcome":"act","none_cited":"n","rationale_absent":"n"}"#)
        }
        #expect(try asking.ledger.index.explain("inv").id == "invoice-7")
        #expect(try asking.ledger.index.explain("ab").id == "ab")
        let cases: [(String, String, String?)] = [
            ("order-", "several ids begin with order-: order-1001, order-1002", "type more of the id"),
            ("order-2001", "no entry has the id order-2001", "similar ids: order-1001, order-1002"),
            ("invoce-7", "no entry has the id invoce-7", "similar ids: invoice-7"), ("", "no entry has the id ", nil),
            ("zzzzzzzz", "no entry has the id zzzzzzzz", "look for it with because find"),
            (
                "because:ledger", "entry 0 is of type ledger and records no decision",
                "because show because:ledger prints it"
            ),
        ]
        for (id, message, hint) in cases {
            let error = #expect(throws: InquiryError.self) { try asking.ledger.index.explain(id) }
            #expect("\(try #require(error))" == message)
            if let hint { #expect(error?.hint == hint) }
        }
    }
}

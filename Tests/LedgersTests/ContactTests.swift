import Because
import LedgerSamples
import StorageTesting
import Testing

@testable import Ledgers

struct ContactTests {
    private func contact(_ ledger: Ledger) throws -> String? { try ledger.read { try $0.contact() }?.text }

    @Test func `the contact in force is the one recorded last, and every earlier one stays on record`() async throws {
        let made = try await MemoryLedger()
        #expect(try contact(made.ledger) == nil)
        for (number, text) in ["one", "two\nlines", "one"].enumerated() {
            let receipt = try await made.ledger.setContact(Contact(text))
            #expect(receipt.number == UInt64(number + 1))
            let recorded = try made.ledger.read { try $0.contact() }
            #expect(recorded?.text == text && recorded?.entry == receipt.number && recorded?.origin == Sample.origin)
        }
        #expect(try made.findings().isEmpty)
        let reader = try Ledger.open(made.store.reader(), signing: nil)
        #expect(try contact(reader) == "one")
        await #expect(throws: RecordError.self) { try await reader.setContact(Contact("x")) }
    }

    @Test func `the contact of entry 0 holds until another is recorded`() async throws {
        let store = MemoryStore(subjectKey: Sample.subjectKey)
        let folder = try Scratch()
        let ledger = try await Ledger.create(
            in: store, signing: SampleLedger.signing(in: folder), contact: Contact("Office"),
            clock: SampleClock().clock, randomness: SampleRandomness().source)
        #expect(try ledger.read { try $0.proven(0).entry.body()["contact"] } == "Office")
        #expect(try contact(ledger) == "Office")
        try await ledger.setContact(Contact("Other office"))
        #expect(try contact(ledger) == "Other office")
    }

    /// What another program, or a later version, may write.
    @Test(arguments: [["contact": "\u{1B}[2J"], ["contact": ""], ["contact": 7], ["other": "x"], [:]] as [JSON])
    func `what states no contact changes none`(body: JSON) async throws {
        let made = try await MemoryLedger()
        try await made.ledger.setContact(Contact("Office"))
        let writer = try #require(made.ledger.writer)
        _ = try await writer.submit([Draft(type: EntryType.administration, body: body.bytes())])[0].get()
        #expect(try contact(made.ledger) == "Office")
        #expect(try made.findings().isEmpty)
    }

    /// Nobody is sent to an address that the log does not prove.
    @Test func `a changed contact is not told`() async throws {
        let made = try await MemoryLedger()
        try await made.ledger.setContact(Contact("Office"))
        made.store.tamper { contents in
            guard let bytes = contents.entries[1] else { return }
            contents.entries[1] = Array(String(decoding: bytes, as: UTF8.self).replacing("Office", with: "Thieve").utf8)
        }
        #expect(throws: LedgerError.self) { try contact(made.ledger) }
    }

    @Test func `a record of an application can be no contact`() async throws {
        let made = try await MemoryLedger()
        let error = #expect(throws: SubmissionError.self) {
            try Sample.submission(#"{"type":"administration","id":"x","contact":"Thieves"}"#)
        }
        #expect(error != nil)
        let own = await made.ledger.record([try Sample.least("because:administration:x")])[0]
        #expect(throws: RecordError.self) { try own.get() }
    }

    private static let texts: [(text: String, problem: Contact.Problem?)] = [
        ("a", nil), (String(repeating: "é", count: 1024), nil), ("Straße 1\n\n京都\n+1 (0) 2", nil),
        ("👩‍👩‍👧", .control("\u{200D}", at: 2)),
        ("", .empty), (" \n\n ", .empty), (String(repeating: "e\u{301}", count: 513), .tooLong(got: 1026)),
        ("a\tb", .control("\t", at: 2)), ("a\rb", .control("\r", at: 2)), ("\u{0}", .control("\u{0}", at: 1)),
        ("ab\u{9B}", .control("\u{9B}", at: 3)), ("\u{202E}ba", .control("\u{202E}", at: 1)),
        ("a\u{2028}b", .control("\u{2028}", at: 2)),
    ]

    @Test(arguments: texts)
    func `a contact is text that can be shown as it is`(text: String, problem: Contact.Problem?) {
        do throws(Contact.Problem) {
            #expect(try Contact(text).text == text && problem == nil)
        } catch {
            #expect(error == problem)
            #expect(!error.description.isEmpty && !error.hint.isEmpty)
        }
    }
}

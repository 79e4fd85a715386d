import Because
import LedgerSamples
import Storage
import StorageTesting
import Testing

/// What an erasure takes out of a ledger, what it says, and when it is refused.
struct ErasureTests {
    private static let grounds = ErasureGrounds(basis: "She asked for it.")

    private static let full = """
        {"id":"d-1","outcome":"refuse","summary":"Refused to pass on an address","principles":[{"ref":"acme/rules#privacy",\
        "role":"applied"}],"rationale":{"text":"It is her address.","source":"model","timing":"with"},"subject":"customer-77",\
        "inputs":[{"name":"request","text":"Where does she live?"},{"name":"note","text":"She moved."}]}
        """

    private func ledger() async throws -> MemoryLedger {
        let memory = try await MemoryLedger()
        _ = try await memory.ledger.register(Sample.specification())
        _ = try await memory.ledger.record([Sample.submission(Self.full)])[0].get()
        return memory
    }

    private func paths(_ memory: MemoryLedger, _ id: String = "d-1") throws -> [String] {
        try memory.ledger.read { view in
            let number = try #require(try view.number(ofID: id))
            let proven = try view.proven(number)
            let places = SealedFields.places(in: try proven.entry.body())
            return try proven.sealed.map { stored in
                places[stored.ordinal].field(try #require(Disclosure(parsing: stored.text)).name)
            }.sorted()
        }
    }

    private func message(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "nothing was thrown"
        } catch { return "\(error)" }
    }

    @Test(arguments: [
        (["summary"], ["summary"]), (["rationale"], ["rationale.text"]), (["rationale.text"], ["rationale.text"]),
        (["inputs[1].text"], ["inputs[1].text"]), (["inputs[0]"], ["inputs[0].name", "inputs[0].text"]),
        (["inputs"], ["inputs[0].name", "inputs[0].text", "inputs[1].name", "inputs[1].text"]),
        (["summary", "subject", "summary"], ["subject", "summary"]),
    ]) func `just the fields that were named go`(words: [String], gone: [String]) async throws {
        let memory = try await ledger()
        let before = try paths(memory)
        let erased = try #require(
            try await memory.ledger.commitErasure(of: "d-1", .paths(words), Self.grounds))
        #expect(erased.fields.sorted() == gone && erased.number == 2 && erased.entry == 3)
        #expect(try paths(memory) == before.filter { !gone.contains($0) })
        let recorded = try memory.ledger.read { try $0.erasures(of: [2]) }
        #expect(recorded.count == 1 && recorded[0].basis == "She asked for it.")
        #expect(recorded[0].knownFields.sorted() == gone)
        // What the entry says in clear names nobody and nothing.
        let entry = try memory.ledger.read { try $0.proven(3).entry }
        #expect(!String(decoding: entry.bytes, as: UTF8.self).contains("asked"))
        #expect(entry.type == "erasure" && entry.id.hasPrefix("because:erasure:"))
        #expect(try memory.codes() == ["scrubbing_due"])
        #expect(try memory.ledger.scrub(patience: 0) { _ in nil } == .done)
        #expect(try memory.codes() == [])
    }

    @Test func `erasing again finds nothing, records nothing, and is no error`() async throws {
        let memory = try await ledger()
        #expect(try await memory.ledger.commitErasure(of: "d-1", .paths(["summary"]), Self.grounds) != nil)
        #expect(try await memory.ledger.commitErasure(of: "d-1", .paths(["summary"]), Self.grounds) == nil)
        let rest = try #require(try await memory.ledger.commitErasure(of: "d-1", .all, Self.grounds))
        #expect(!rest.fields.contains("summary") && rest.fields.count == 6)
        #expect(try await memory.ledger.commitErasure(of: "d-1", .all, Self.grounds) == nil)
        #expect(try await memory.ledger.commitErasure(of: "d-1", .paths(["inputs[1]"]), Self.grounds) == nil)
        #expect(try memory.size() == 5)
        #expect(try paths(memory) == [])
    }

    @Test func `many erasures at once of one record are one`() async throws {
        let memory = try await ledger()
        let ledger = memory.ledger
        let count = try await withThrowingTaskGroup(of: ErasedRecord?.self) { group in
            for _ in 0..<16 {
                group.addTask { try await ledger.commitErasure(of: "d-1", .all, Self.grounds) }
            }
            return try await group.reduce(0) { $0 + ($1 == nil ? 0 : 1) }
        }
        #expect(count == 1)
        #expect(try memory.size() == 4)
    }

    @Test(arguments: [
        "nothing", "", "summar", "summary.text", "inputs[2]", "inputs[", "rationale.", "_sd", "\u{202E}x\u{1B}[31m",
    ])
    func `a field that is not there is refused, with those that are`(word: String) async throws {
        let memory = try await ledger()
        _ = try await memory.ledger.commitErasure(of: "d-1", .paths(["subject"]), Self.grounds)
        do {
            _ = try await memory.ledger.commitErasure(of: "d-1", .paths(["summary", word]), Self.grounds)
            Issue.record("nothing was thrown")
        } catch {
            #expect("\(error)" == "d-1, entry 2, has no sealed field \(word)")
            #expect(error.hint?.contains("summary") == true && error.hint?.contains("erased before: subject") == true)
        }
        #expect(try memory.size() == 4, "nothing of it was erased")
        #expect(try paths(memory).contains("summary"))
    }

    @Test func `what cannot be erased says why`() async throws {
        let memory = try await ledger()
        let ledger = memory.ledger
        func erase(_ id: String, _ basis: String = "x") async -> String {
            await message { _ = try await ledger.commitErasure(of: id, .all, .init(basis: basis)) }
        }
        #expect(await erase("d-2") == "no entry has the id d-2")
        #expect(await erase("d") == "no entry has the id d", "the beginning of an id is not enough")
        #expect(await erase("because:ledger") == "because:ledger, entry 0, has no sealed fields")
        for basis in ["", " \n\t"] { #expect(await erase("d-1", basis) == "the basis is empty") }
        #expect(
            await erase("d-1", String(repeating: "é", count: 2049)) == "the basis has 4098 bytes; at most 4096 are kept"
        )
        let reader = try Ledger.open(memory.store.reader(), signing: nil)
        #expect(
            await message { _ = try await reader.commitErasure(of: "d-1", .all, Self.grounds) }
                == "the ledger was opened for reading only")
        #expect(try memory.size() == 3)
    }

    @Test func `a basis is kept to the letter, whatever it holds`() async throws {
        let memory = try await ledger()
        let basis = "\u{202E}\u{1B}[31m\"}],\u{0}\n\\ é e\u{301} 😀" + String(repeating: "x", count: 4000)
        _ = try await memory.ledger.commitErasure(of: "d-1", .all, .init(basis: basis))
        let recorded = try memory.ledger.read { try $0.erasures(of: [2]) }
        #expect(recorded[0].basis.map { Array($0.utf8) } == Array(basis.utf8))
        // The erasure's own sealed fields can go as well.
        let again = try #require(
            try await memory.ledger.commitErasure(of: recorded[0].id, .paths(["basis"]), Self.grounds))
        #expect(again.fields == ["basis"] && again.number == 3)
        #expect(try memory.ledger.read { try $0.erasures(of: [2])[0].basis } == nil)
        #expect(try memory.codes() == ["scrubbing_due"])
    }

    @Test func `a record with very many fields is erased whole, by several entries in one commit`() async throws {
        let memory = try await MemoryLedger()
        let inputs = (0..<230).map {
            #"{"name":"n\#($0)","text":"t\#($0)","digest":"sha256:\#(String(repeating: "a", count: 64))"}"#
        }
        let alternatives = (0..<230).map { #"{"label":"l\#($0)","status":"rejected","reason":"r\#($0)"}"# }
        let line = """
            {"id":"d-1","outcome":"act","none_cited":"n","rationale_absent":"n","inputs":[\(inputs.joined(separator: ","))],\
            "alternatives":[\(alternatives.joined(separator: ","))]}
            """
        _ = try await memory.ledger.record([Sample.submission(line)])[0].get()
        let erased = try #require(try await memory.ledger.commitErasure(of: "d-1", .all, Self.grounds))
        #expect(erased.fields.count == 230 * 5 + 2)
        #expect(try memory.size() == 4, "two entries, since one cannot name as many digests as another has")
        let recorded = try memory.ledger.read { try $0.erasures(of: [1]) }
        #expect(recorded.count == 2 && recorded.flatMap(\.knownFields).count == 1152)
        #expect(try memory.codes() == ["scrubbing_due"])
    }

    @Test func `sending an erased record again is answered with the first, and what could not be compared`()
        async throws
    {
        let memory = try await ledger()
        _ = try await memory.ledger.commitErasure(of: "d-1", .paths(["rationale", "inputs[0].text"]), Self.grounds)
        let again = try await memory.ledger.record([Sample.submission(Self.full)])[0].get()
        #expect(again.status == .duplicate && again.uncompared == 2 && again.number == 2)
        let other = await memory.ledger.record([
            try Sample.submission(Self.full.replacing("Refused to pass", with: "Refused to give"))
        ])
        guard case .failure(.differentContent) = other[0] else { return #expect(Bool(false), "\(other)") }
        _ = try await memory.ledger.commitErasure(of: "d-1", .all, Self.grounds)
        #expect(try await memory.ledger.record([Sample.submission(Self.full)])[0].get().uncompared == 7)
        #expect(try paths(memory) == [], "nothing came back")
    }

    @Test func `a lost write erases nothing, a lost reply erased everything`() async throws {
        for fault in [MemoryStore.Fault.write, .reply] {
            let memory = try await ledger()
            memory.store.failNextAppend(fault)
            #expect(
                await message { _ = try await memory.ledger.commitErasure(of: "d-1", .all, Self.grounds) }
                    .contains("was lost"))
            await memory.ledger.close()
            let again = try memory.next()
            let isErased = fault == .reply
            #expect(try again.size() == (isErased ? 4 : 3))
            #expect(try paths(again).isEmpty == isErased)
            #expect(try again.codes() == (isErased ? ["scrubbing_due"] : []))
            // The same again completes it.
            #expect((try await again.ledger.commitErasure(of: "d-1", .all, Self.grounds) == nil) == isErased)
            #expect(try paths(again).isEmpty)
        }
    }
}

extension MemoryLedger {
    /// The codes of what a verification finds.
    func codes() throws -> [String] { try findings().map(\.code) }
}

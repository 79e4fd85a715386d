import Because
import LedgerSamples
import Testing

@testable import Inquiry

/// What is read from the bytes of an entry, against what is derived from the tree of its JSON.
struct IndexedEntryReaderTests {
    /// Entries of a ledger with their disclosures, and the specifications that they cite.
    struct Stored: Sendable {
        var entries: [(entry: Entry, sealed: [StoredDisclosure])] = []
        var citations: [JSON] = []
        let specifications: SpecificationHistory
    }

    private static let lines = [
        """
        {"id":"full","occurred":"2026-11-20T09:14:07Z","outcome":"refuse","kind":"respond","summary":"Refused é",
        "principles":[{"ref":"acme/rules#privacy","role":"applied"},{"ref":"acme/rules@1#style","role":"considered","timing":"with"},{"ref":"acme/rules#privacy","role":"applied"}],
        "rationale":{"text":"It is her address.\\nI said so.","source":"model","timing":"with"},
        "alternatives":[{"label":"ask","status":"rejected","reason":"no","by":["acme/rules#honesty"]}],
        "conflicts":[{"between":["message:user","acme/rules#privacy"],"rule":"higher_authority","winner":"acme/rules#secrets","note":"n"}],
        "confidence":{"value":0.870,"kind":"self_reported"},"inputs":[{"name":"request","role":"user","text":"Where?","trusted":false}],
        "output":{"text":"No."},"model":{"provider":"example","requested":"m","served":"m-2026-09"},"tools":["a","b"],
        "producer":{"id":"agent","version":"4.2.1","epoch":"e","seq":9},"session":"s","trace":"t","subject":"Ann",
        "links":[{"rel":"revises","id":"d-1"},{"rel":"revises","id":"d-1"}],"notes":"n","context":{"a":[1]}}
        """,
        #"{"id":"bare","outcome":"act","none_cited":"none 日本語","rationale_absent":"no reason","model":{"requested":"m"}}"#,
        """
        {"id":"open","outcome":"comply","summary":"s","principles":[{"ref":"nowhere#x","role":"applied"}],
        "rationale_absent":"none","unresolved":"accept"}
        """,
    ]

    private static let stored = Task {
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: folder)
        try await SampleLedger.fill(ledger, 0..<24)
        _ = try await ledger.register(Sample.specification(Sample.laterRules, version: "2"))
        let submissions = try Self.lines.map { try Sample.submission($0) } + (24..<36).map { try Sample.decision($0) }
        for result in await ledger.record(submissions) { _ = try result.get() }
        let stored = try ledger.read { view in
            var stored = Stored(specifications: view.specifications)
            for number in 0..<view.size {
                let entry = try view.proven(number).entry
                stored.entries.append((entry, try view.snapshot.disclosures(of: number)))
                let body = try entry.body()
                for principle in body["principles"]?.items ?? [] where principle["ref"]?.object != nil {
                    stored.citations.append(principle["ref"] ?? .null)
                }
            }
            return stored
        }
        await ledger.close()
        return stored
    }

    /// Whether the bytes were enough. What they gave is what the tree gives, to the byte.
    private func compare(
        _ entry: Entry, _ sealed: [StoredDisclosure], _ reader: inout IndexedEntryReader, _ stored: Stored
    ) -> Bool {
        guard let read = try? reader.entry(entry, sealed) else { return false }
        let want = IndexedEntry(entry, sealed.compactMap { Disclosure(parsing: $0.text) }, stored.specifications)
        #expect(
            "\(read)".utf8.elementsEqual("\(want)".utf8), "\(String(decoding: entry.bytes, as: UTF8.self)) \(sealed)")
        return true
    }

    private func entry(_ number: UInt64, _ body: [UInt8]) throws -> Entry {
        let at = Timestamp(microseconds: 1_795_000_000_000_000)
        return try Entry(
            parsing: Entry.bytes(
                number: number, at: at, type: "decision", id: "h-\(number)", link: SHA256.digest(of: []), body: body))
    }

    @Test func `every decision that this program writes is read from its bytes`() async throws {
        let stored = try await Self.stored.value
        var reader = IndexedEntryReader(stored.specifications)
        #expect(stored.entries.count == 42)
        for (entry, sealed) in stored.entries {
            if entry.type == EntryType.specification { reader.passSpecification() }
            #expect(compare(entry, sealed, &reader, stored) == (entry.type == EntryType.decision), "\(entry.id)")
        }
    }

    @Test func `a text that is gone or swapped is left to the tree`() async throws {
        let stored = try await Self.stored.value
        var reader = IndexedEntryReader(stored.specifications)
        for (entry, sealed) in stored.entries where entry.id == "full" {
            for gone in 0..<3 {
                let rest = sealed.filter { $0.ordinal != gone }
                #expect(!compare(entry, rest, &reader, stored))
                let swapped = sealed.map {
                    $0.ordinal == gone ? .init(ordinal: gone, text: sealed[gone + 1].text) : $0
                }
                #expect(!compare(entry, swapped, &reader, stored))
            }
        }
    }

    @Test(arguments: 0..<8)
    func `decisions with something changed are read alike`(seed: UInt64) async throws {
        let stored = try await Self.stored.value
        var bodies = HostileBodies(seed: seed, citations: stored.citations)
        var reader = IndexedEntryReader(stored.specifications)
        var (count, read) = (0, 0)
        for (original, sealed) in stored.entries {
            if original.type == EntryType.specification { reader.passSpecification() }
            guard original.type == EntryType.decision else { continue }
            let body = try original.body()
            for _ in 0..<20 {
                guard let entry = try? entry(original.number, bodies.changed(body)) else { continue }
                count += 1
                if compare(entry, sealed, &reader, stored) { read += 1 }
            }
        }
        #expect(count > 500 && read > count / 4, "\(read) of \(count)")
    }

    @Test(arguments: 0..<8)
    func `hostile decisions are read alike`(seed: UInt64) async throws {
        let stored = try await Self.stored.value
        var bodies = HostileBodies(seed: seed, citations: stored.citations)
        var reader = IndexedEntryReader(stored.specifications)
        var (read, opened) = (0, 0)
        for _ in 0..<1500 {
            let (body, sealed) = bodies.next()
            guard let entry = try? entry(7, body), compare(entry, sealed, &reader, stored) else { continue }
            read += 1
            let indexed = try reader.entry(entry, sealed)
            if !(indexed.summary + indexed.rationale).isEmpty { opened += 1 }
        }
        #expect(read > 200 && opened > 10, "\(read) read, \(opened) of them with words")
    }
}

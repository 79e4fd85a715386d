import Because
import LedgerSamples
import Testing

struct FindTests {
    /// Every page, by cursor.
    private func all(_ query: String, _ ledger: Ledger, limit: Int, scan: Bool = false) throws -> [UInt64] {
        var numbers: [UInt64] = []
        var cursor: UInt64?
        repeat {
            let result = try ledger.index.find(Query(query), limit: limit, below: cursor, scan: scan)
            #expect(result.hits.count <= limit && result.notes == [] && result.isScan == scan)
            #expect(result.next == nil || result.hits.count == limit)
            numbers += result.hits.map(\.number)
            cursor = result.next
        } while cursor != nil
        return numbers
    }

    @Test(arguments: 0..<4)
    func `the index, a scan and the decisions themselves give the same answers`(part: UInt64) async throws {
        let corpus = try await Corpus.shared.value
        let ledger = try corpus.open()
        var random = SplitMix(seed: part)
        var hits = 0
        for _ in 0..<30 {
            let asked = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Asked.random(&random, among: corpus.members)
            }
            let query = asked.map(\.text).joined(separator: " ")
            let want = corpus.members.filter { member in asked.allSatisfy { $0.holds(member) } }.map(\.number)
                .reversed()
            let indexed = try all(query, ledger, limit: 1000)
            #expect(indexed == Array(want), "\(query)")
            #expect(try all(query, ledger, limit: 1000, scan: true) == indexed, "\(query)")
            hits += indexed.count
        }
        #expect(hits > 100)
    }

    @Test(arguments: [1, 2, 7, 100])
    func `pages by cursor are complete and repeat nothing`(limit: Int) async throws {
        let corpus = try await Corpus.shared.value
        let ledger = try corpus.open()
        for query in ["outcome:refuse", "alpha", "-alpha since:2026-11-20", "subject:Ann", "authority:root -beta"] {
            let whole = try all(query, ledger, limit: 1000)
            #expect(whole.count > 4 && whole == whole.sorted(by: >), "\(query)")
            #expect(try all(query, ledger, limit: limit) == whole, "\(query)")
            if limit > 1 { #expect(try all(query, ledger, limit: limit, scan: true) == whole, "\(query)") }
        }
        #expect(try all("", ledger, limit: limit).count == corpus.members.count)
    }

    @Test func `limits and cursors at the edges are taken for what they can mean`() async throws {
        let ledger = try await Corpus.shared.value.open()
        for scan in [false, true] {
            for limit in [0, -1, Int.min] {
                let result = try ledger.index.find(Query(""), limit: limit, scan: scan)
                #expect(result.hits.count == 1 && result.next == result.hits[0].number)
            }
            #expect(try ledger.index.find(Query(""), limit: .max, scan: scan).hits.count == 120)
            #expect(try ledger.index.find(Query(""), limit: 5, below: 0, scan: scan).hits.isEmpty)
            #expect(try ledger.index.find(Query(""), limit: 5, below: .max, scan: scan).hits.count == 5)
            #expect(
                try ledger.index.find(Query("type:ledger"), limit: 5, below: 1, scan: scan).hits.map(\.number) == [0])
        }
    }

    @Test func `a hit says what was decided, from the record`() async throws {
        let corpus = try await Corpus.shared.value
        let member = try #require(corpus.members.first { $0.citations.count == 2 })
        let hit = try #require(try corpus.open().index.find(Query("id:\(member.id)"), limit: 1).hits.first)
        #expect(hit.id == member.id && hit.number == member.number && hit.at.microseconds == member.at)
        #expect(hit.outcome == member.fields[.outcome] && hit.summary == member.summary.joined(separator: " "))
        #expect(hit.principles == member.citations.map { "acme/rules@\($0.version)#\($0.section)" })
        #expect(hit.json["id"] == .string(member.id) && hit.type == "decision")
    }

    /// What means something to SQLite, to FTS5 or to a pattern means nothing here.
    @Test(arguments: [
        "NEAR", "AND", "OR", "NOT", "\"alpha AND beta\"", "alpha*", "\"alpha*\"", "summary", "\"summary:alpha\"",
        "^alpha",
        "\"alpha OR nothing\"", "(alpha)", "alpha+beta", "{summary}", "\"NEAR(alpha beta)\"", "a%", "alph_", "'alpha'",
        "alpha;--", "id:'--", "id:%", "session:*", "principle:%", "principle:#", "principle:@",
        "principle:acme/rules@#",
        "principle:acme/rules@1", "subject:'", "model:\"\"\"\"", "type:*", "trace:\u{0}", "\"alpha\u{0}\" beta",
        "\"\u{0}x\"",
        "id:\u{212A}-0", "principle:\u{FF50}rivacy", "résumé", "RESUME", "re\u{301}sume\u{301}", "\"résumé résumé\"",
    ]) func `operators of any engine are words, to the index as to a scan`(query: String) async throws {
        let corpus = try await Corpus.shared.value
        let ledger = try corpus.open()
        guard let parsed = try? Query(query) else { return }
        let indexed = try ledger.index.find(parsed, limit: 1000)
        let scanned = try ledger.index.find(parsed, limit: 1000, scan: true)
        #expect(indexed.hits.map(\.number) == scanned.hits.map(\.number))
        #expect(indexed.notes == [] && !indexed.isScan)
        let words = query.lowercased().split { !$0.isLetter }.map(String.init)
        for hit in indexed.hits where !query.contains(":") {
            let entry = try #require(corpus.members.first { $0.number == hit.number })
            let text = (entry.summary + entry.rationale).joined(separator: " ").lowercased()
            for word in words where word.allSatisfy(\.isASCII) && word != "resume" { #expect(text.contains(word)) }
        }
    }
}

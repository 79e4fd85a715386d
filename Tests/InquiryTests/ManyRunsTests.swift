import Because
import GRDB
import LedgerSamples
import StorageTesting
import Testing

@testable import Inquiry

/// A log of many producers, told apart by sets of numbers.
struct ManyRunsTests {
    /// What one producer did, number by number.
    private struct Expected {
        var recorded: Set<Int64> = []
        var given: Int64 = 0
        var openAttempts = 0
        var isClosed = false
    }

    private static let producers = 500
    private static let decisions = 20_000

    private func lines(_ expected: inout [Expected]) -> [String] {
        var random = SplitMix(seed: 11)
        var lines: [String] = []
        for decision in 0..<Self.decisions {
            let producer = Int.random(in: 0..<Self.producers, using: &random)
            expected[producer].given += 1
            let number = expected[producer].given
            let run = #""producer":{"id":"p\#(producer)","epoch":"e","seq":\#(number)}"#
            // One of 500 never comes; of these every second was attempted.
            let isLost = Int.random(in: 0..<500, using: &random) == 0
            let isAttempted = isLost ? decision % 2 == 0 : decision % 40 == 0
            if isAttempted { lines.append(#"{"type":"attempt","decision":"d\#(decision)",\#(run)}"#) }
            guard !isLost else {
                expected[producer].openAttempts += isAttempted ? 1 : 0
                continue
            }
            expected[producer].recorded.insert(number)
            lines.append(#"{"id":"d\#(decision)","outcome":"act","none_cited":"n","rationale_absent":"r",\#(run)}"#)
        }
        for producer in expected.indices where producer % 2 == 0 {
            expected[producer].isClosed = true
            lines.append(
                #"{"type":"producer","event":"close","producer":{"id":"p\#(producer)","epoch":"e"},"count":\#(expected[producer].given)}"#
            )
        }
        return lines
    }

    @Test func `each of many runs has the verdict that its numbers give, by the log and by the index`() async throws {
        var expected = [Expected](repeating: Expected(), count: Self.producers)
        let submissions = try lines(&expected).map { try Submission(parsing: Array($0.utf8)) }
        let folder = try Scratch()
        let ledger = try await SampleLedger.create(in: MemoryStore(subjectKey: Sample.subjectKey), head: folder)
        for result in await ledger.record(submissions) { _ = try result.get() }

        let report = try await ledger.completeness()
        #expect(report.accounts.count == Self.producers && report.unnumbered == 0)
        for account in report.accounts {
            let run = expected[try #require(Int(account.run.producer.dropFirst()))]
            // A number that was given last and neither recorded, attempted nor announced is known to nobody.
            let last = run.isClosed || run.openAttempts > 0 ? account.numbering.last : run.recorded.max() ?? 0
            #expect(account.numbering.last == last && last <= run.given && (!run.isClosed || last == run.given))
            let missing = Set((1...max(last, 1)).filter { $0 <= last }).subtracting(run.recorded)
            switch account.verdict {
            case .complete(let upTo, let isClosed):
                #expect(missing.isEmpty && upTo == last && isClosed == run.isClosed)
            case .gap(let gaps, let declared, let upTo):
                #expect(Set(gaps.flatMap(\.self)) == missing && declared.isEmpty && upTo == last)
            case .cannotTell: Issue.record("numbers are enough to tell")
            }
            #expect(account.openAttempts.count == run.openAttempts)
        }

        let index = LedgerIndex(at: folder.path + "/index.sqlite", of: ledger)
        #expect(try index.update() == .current)
        let indexed = try index.readOnly { database in
            try report.accounts.map { try ProducerRuns.numbering(of: $0.run, database) }
        }
        #expect(indexed == report.accounts.map(\.numbering))
        #expect(report.text(only: .gap).split(separator: "\n").count < report.text().split(separator: "\n").count)
    }
}

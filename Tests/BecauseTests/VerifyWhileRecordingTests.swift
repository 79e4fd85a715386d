import Because
import Dispatch
import Synchronization
import Testing

/// A verification looks at the log in several reads. What is recorded between them is no finding.
struct VerifyWhileRecordingTests {
    /// Records between the reads of one verification, and returns its report.
    private func report(_ ledger: Ledger, recording count: Int, over before: Int) async throws -> VerificationReport {
        for number in 0..<before { _ = try await ledger.record(subject(number)) }
        let isDone = Mutex(false)
        let report = try await ledger.verify(key: ledger.firstKey) { what, _, _ in
            guard what == "log",
                !isDone.withLock({ wasDone in
                    defer { wasDone = true }
                    return wasDone
                })
            else { return }
            let recorded = DispatchSemaphore(value: 0)
            Task {
                let decisions = (before..<before + count).map { subject($0) }
                _ = await ledger.record(decisions.compactMap { try? Submission($0) })
                recorded.signal()
            }
            recorded.wait()
        }
        #expect(isDone.withLock { $0 })
        #expect(try ledger.read { $0.size } == UInt64(2 + before + count))
        return report
    }

    private func subject(_ number: Int) -> Decision {
        var decision = refusal("d\(number)")
        decision.subject = "customer-\(number % 7)"
        return decision
    }

    @Test(arguments: [(1, 1), (5, 3), (200, 60), (250, 10), (253, 1), (254, 1), (3, 600)])
    func `what is recorded meanwhile is no finding, and no checkpoint goes unchecked`(before: Int, count: Int)
        async throws
    {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        let report = try await report(ledger, recording: count, over: before)
        #expect(report.findings.all.filter { $0.severity == .broken } == [])
        #expect(report.holds && report.log?.size == UInt64(2 + before))
        // The newest checkpoint of the moment was checked, although the writer has replaced it since.
        #expect(report.log?.checkpointCount ?? 0 > 0)
        #expect(try await ledger.verify().holds)
        await ledger.close()
    }
}

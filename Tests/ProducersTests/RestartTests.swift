import Because
import Foundation
import LedgerSamples
import Synchronization
import Testing

/// A producer that ends at any moment, and the one after it.
struct RestartTests {
    /// What the producer was asked to do until it ended.
    struct Asked: Sendable {
        var acknowledged: [(id: String, number: Int64)] = []
        var overflowed: Set<Int64> = []
        var openAttempts: Set<Int64> = []
    }

    /// Ends the producer when its sink is called for the time `crash`, before or after the ledger has written.
    final class Crash: Sendable {
        private let state: Mutex<(calls: Int, hasHappened: Bool)> = Mutex((0, false))
        let call: Int

        init(at call: Int) { self.call = call }

        var hasHappened: Bool { state.withLock { $0.hasHappened } }

        /// Whether this is the moment.
        func isNow() -> Bool {
            state.withLock { state in
                defer { state.calls += 1 }
                if state.calls == call { state.hasHappened = true }
                return state.calls == call
            }
        }
    }

    private func run(_ setting: Setting, _ seed: UInt64, _ crash: Crash) async throws -> (epoch: String, Asked) {
        var random = SplitMix(seed: seed)
        let writesBefore = Bool.random(using: &random)
        let producer = try await setting.open(.spool(.init(rows: 4)), in: setting.spool)
        setting.sink.onRecord {
            if crash.hasHappened { setting.sink.set(.unreachable) }
            guard crash.isNow() else { return }
            try? FileManager.default.copyItem(atPath: setting.spool, toPath: setting.spool + "-left")
            setting.sink.set(writesBefore ? .replyLost : .unreachable)
        }
        var asked = Asked()
        for step in 0..<30 where !crash.hasHappened {
            let before = asked
            switch Int.random(in: 0...9, using: &random) {
            case 0: setting.sink.set(.unreachable)
            case 1: setting.sink.set(Bool.random(using: &random) ? .writeLost : .replyLost)
            case 2, 3: setting.sink.set(.reachable)
            case 4: _ = try? await producer.heartbeat()
            case 5: _ = try? await producer.drain()
            case 6: if let attempt = try? await producer.attempt() { asked.openAttempts.insert(attempt.number) }
            default:
                do {
                    let receipt = try await producer.record(decision("d-\(seed)-\(step)", isRefused: step % 9 == 4))
                    asked.acknowledged.append((receipt.id, try #require(receipt.number)))
                } catch ProducerError.overflowed(let number?, _) { asked.overflowed.insert(number) } catch {}
            }
            // What was answered after the end was answered by nobody.
            if crash.hasHappened { asked = before }
        }
        setting.sink.onRecord {}
        return (producer.epoch, asked)
    }

    /// For every call of the sink at which it can end: nothing that was acknowledged is missing, and no verdict is better than
    /// what is so.
    @Test(arguments: 0..<UInt64(4)) func `whenever it ends, nothing acknowledged is lost and no loss is hidden`(
        seed: UInt64
    )
        async throws
    {
        for call in 1..<40 {
            let setting = try await Setting()
            let crash = Crash(at: call)
            let (epoch, asked) = try await run(setting, seed, crash)
            guard crash.hasHappened else { break }
            setting.sink.set(.reachable)
            let next = try await setting.open(.spool(), in: setting.spool + "-left")
            #expect(try await next.drain().stoppedBy == nil)
            try await next.close()

            let recorded = try setting.recorded(epoch)
            let aside = try await refused(setting)
            for (id, number) in asked.acknowledged where !aside.contains(id) {
                #expect(recorded.contains { $0.id == id && $0.number == number }, "\(seed)/\(call): \(id)")
            }
            let numbers = recorded.map(\.number)
            #expect(Set(numbers).count == numbers.count, "\(seed)/\(call): a number was given twice")
            let account = try setting.account(epoch)
            #expect(!account.numbering.isClosed)
            switch account.verdict {
            case .complete(let last, _): #expect(Set(numbers) == Set(1...max(1, last)) || last == 0, "\(seed)/\(call)")
            case .gap(let missing, let declared, _):
                #expect(Set(declared.flatMap(\.self)).isDisjoint(with: numbers))
                // What is missing and not declared was attempted, or in the hands of the ledger at the end.
                let hidden = Set(missing.flatMap(\.self)).subtracting(asked.openAttempts)
                #expect(hidden.isDisjoint(with: asked.overflowed), "\(seed)/\(call): \(hidden)")
                #expect(hidden.isDisjoint(with: asked.acknowledged.map(\.number)), "\(seed)/\(call): \(hidden)")
            case .cannotTell: #expect(numbers.isEmpty)
            }
            let lost = asked.overflowed.filter { $0 <= account.numbering.last }
            #expect(lost.allSatisfy { account.numbering.declared.contains($0) }, "\(seed)/\(call): \(lost)")
        }
    }

    private func refused(_ setting: Setting) async throws -> Set<String> {
        let spool = try await Spool.open(in: setting.spool + "-left")
        defer { spool.close() }
        return Set(try await spool.refused().map(\.id))
    }

    /// A process that is killed in earnest, while many tasks record.
    @Test func `after a kill, what was acknowledged is there`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/because-kill-\(getpid())"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await Ledger.create(at: folder + "/ledger", origin: Sample.origin).close()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let folder = FileManager.default.temporaryDirectory.path + "/because-kill-\(getppid())"
            let sink = CutSink(LedgerInFolder(at: folder + "/ledger"))
            let producer = try await Producer.open(
                id: "agent", ledger: sink, spool: folder + "/spool", mode: .spool())
            let answers = open(folder + "/answers", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<2000 {
                    group.addTask {
                        if number % 100 == 50 { sink.set(number % 200 == 50 ? .unreachable : .reachable) }
                        let receipt = try await producer.record(decision("d-\(number)"))
                        let line = Array("\(receipt.id) \(receipt.number ?? 0)\n".utf8)
                        _ = write(answers, line, line.count)
                        if number == 1500 { kill(getpid(), SIGKILL) }
                    }
                }
                try await group.waitForAll()
            }
        }
        let ledger = LedgerInFolder(at: folder + "/ledger")
        let next = try await Producer.open(id: "agent", ledger: ledger, spool: folder + "/spool", mode: .spool())
        try await next.close()
        await ledger.close()
        let reader = try Ledger.open(at: folder + "/ledger", for: .reading)
        let report = try await reader.completeness()
        let account = try #require(report.accounts.first { $0.run.epoch != next.epoch })
        let answers = try String(contentsOfFile: folder + "/answers", encoding: .utf8).split(separator: "\n")
        #expect(!answers.isEmpty)
        for answer in answers {
            let words = answer.split(separator: " ")
            #expect(try reader.read { try $0.number(ofID: String(words[0])) } != nil, "\(answer)")
            #expect(account.numbering.numbers.contains(try #require(Int64(words[1]))), "\(answer)")
        }
        guard case .complete(_, isClosed: false) = account.verdict else {
            return #expect(Bool(false), "\(account.verdict.sentence)")
        }
        #expect(try await reader.verify().holds)
    }
}

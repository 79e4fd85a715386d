import Because
import LedgerSamples
import Testing

/// Whether everything is there, by what producers say and what is on record.
struct CompletenessTests {
    private func decision(_ id: String, _ seq: Int64?, epoch: String? = "e", outcome: String = "comply") -> String {
        let run = epoch.map { #","epoch":"\#($0)""# } ?? ""
        let number = seq.map { #","seq":\#($0)"# } ?? ""
        return
            #"{"id":"\#(id)","outcome":"\#(outcome)","none_cited":"n","rationale_absent":"r","producer":{"id":"p"\#(run)\#(number)}}"#
    }

    private func event(_ event: String, _ more: String = "") -> String {
        #"{"type":"producer","event":"\#(event)","producer":{"id":"p","epoch":"e"}\#(more)}"#
    }

    private func attempt(_ id: String, _ seq: Int64) -> String {
        #"{"type":"attempt","decision":"\#(id)","producer":{"id":"p","epoch":"e","seq":\#(seq)}}"#
    }

    private func account(_ lines: [String]) async throws -> ProducerAccount {
        let asking = try await Asking()
        for line in lines { try await asking.record(line) }
        let report = try await asking.ledger.completeness()
        #expect(report.accounts.count == 1)
        return try #require(report.accounts.first)
    }

    @Test func `numbers without a gap are complete up to the last, closed or not`() async throws {
        let lines = [event("open"), decision("a", 1), decision("b", 2)]
        #expect(try await account(lines).verdict == .complete(upTo: 2, isClosed: false))
        let closed = try await account(lines + [event("close", #","count":2"#)])
        #expect(closed.verdict == .complete(upTo: 2, isClosed: true) && closed.said.isEmpty)
        #expect(try await account([event("close", #","count":0"#)]).verdict == .complete(upTo: 0, isClosed: true))
    }

    @Test func `what is missing between, before and behind is named`() async throws {
        #expect(
            try await account([decision("a", 3), decision("b", 7)]).verdict
                == .gap([1...2, 4...6], declared: [], upTo: 7))
        for end in [event("close", #","count":4"#), event("heartbeat", #","count":4"#), attempt("c", 4)] {
            #expect(try await account([decision("a", 1), end]).verdict == .gap([2...4], declared: [], upTo: 4))
        }
    }

    @Test func `what the producer gave up is a gap of its own kind, unless it came after all`() async throws {
        let gap = event("gap", #","first":2,"last":3,"reason":"spool was full""#)
        #expect(
            try await account([decision("a", 1), gap, decision("d", 5)]).verdict
                == .gap([4...4], declared: [2...3], upTo: 5))
        // What is given up at the end was given as well.
        #expect(try await account([decision("a", 1), gap]).verdict == .gap([], declared: [2...3], upTo: 3))
        let came = [decision("a", 1), gap, decision("b", 2), decision("c", 3)]
        #expect(try await account(came).verdict == .complete(upTo: 3, isClosed: false))
    }

    @Test(.timeLimit(.minutes(1))) func `numbers without end are taken as they are said`() async throws {
        let far: Int64 = 9_007_199_254_740_991
        let gap = event("gap", #","first":2,"last":\#(far),"reason":"r""#)
        let account = try await account([
            decision("a", 1), decision("b", far), gap, event("heartbeat", #","count":\#(far)"#),
        ])
        #expect(account.verdict == .gap([], declared: [2...(far - 1)], upTo: far))
    }

    @Test func `loss without numbers cannot be told`() async throws {
        let account = try await account([
            decision("a", 1), event("loss", #","lost":{"sampled":9,"dropped_attributes":2}"#),
            event("loss", #","lost":{"sampled":1}"#),
        ])
        #expect(
            account.verdict == .cannotTell(reason: "decisions without a number are declared lost: 10 sampled"))
        #expect(account.said == ["declared lost: 2 dropped attributes", "declared lost: 10 sampled"])
    }

    @Test func `attempts are decisions, errors and what is open`() async throws {
        let account = try await account([
            attempt("a", 1), decision("a", 1), attempt("b", 2), decision("b", 2, outcome: "error"), attempt("c", 3),
            decision("d", 4), attempt("d", 4),
        ])
        #expect(account.attemptsMade == 3 && account.attemptsFailed == 1)
        #expect(account.openAttempts == ["c"])
        #expect(account.verdict == .gap([3...3], declared: [], upTo: 4))
        #expect(account.said.first == "1 attempted without a decision on record: c")
    }

    @Test func `numbers used twice, late ones and those after the close are named`() async throws {
        let account = try await account([
            decision("a", 1), decision("b", 3), decision("c", 3), decision("d", 2), event("close", #","count":3"#),
            decision("x", 4),
        ])
        #expect(account.repeated == [3] && account.lateCount == 1 && account.afterClose.count == 1)
        // The run went on after it was closed: nobody can tell how far.
        #expect(account.verdict == .complete(upTo: 4, isClosed: false))
        #expect(account.said.count == 4 && account.said.last == "closed with 3 decisions, and went on to 4")
    }

    @Test func `runs stand for themselves, and what has no number is counted`() async throws {
        let asking = try await Asking()
        for line in [
            decision("a", 1, epoch: nil), decision("b", 1, epoch: "f"), decision("c", 2, epoch: "e"),
            decision("d", nil), #"{"id":"z","outcome":"comply","none_cited":"n","rationale_absent":"r"}"#,
        ] { try await asking.record(line) }
        let report = try await asking.ledger.completeness()
        #expect(report.accounts.map(\.run.epoch) == [nil, "e", "f"] && report.unnumbered == 2)
        #expect(report.accounts[1].verdict == .gap([1...1], declared: [], upTo: 2))
        #expect(try await asking.ledger.completeness(of: "q").accounts.isEmpty)
        #expect(report.silent(after: 0).count <= 3 && report.silent(after: 1_000_000).isEmpty)
    }

    /// Numbers, declared ones, a close: a set of numbers is all that a verdict comes from.
    @Test(arguments: 0..<40) func `random runs have the verdict that sets give`(seed: Int) async throws {
        var random = SplitMix(seed: UInt64(seed))
        let last = Int64.random(in: 1...12, using: &random)
        var lines: [String] = []
        var recorded: Set<Int64> = []
        var declared: Set<Int64> = []
        for number in 1...last where Int.random(in: 0...3, using: &random) > 0 {
            recorded.insert(number)
            lines.append(decision("d-\(number)", number))
        }
        if Bool.random(using: &random) {
            let first = Int64.random(in: 1...last, using: &random)
            let end = Int64.random(in: first...last, using: &random)
            declared = Set(first...end)
            lines.append(event("gap", #","first":\#(first),"last":\#(end),"reason":"r""#))
        }
        lines.append(event("heartbeat", #","count":\#(last)"#))
        let verdict = try await account(lines.shuffled(using: &random)).verdict
        let missing = Set(1...last).subtracting(recorded).subtracting(declared)
        let givenUp = declared.subtracting(recorded)
        switch verdict {
        case .complete(let upTo, _): #expect(upTo == last && missing.isEmpty && givenUp.isEmpty)
        case .gap(let gaps, let lost, let upTo):
            #expect(upTo == last && Set(gaps.flatMap(\.self)) == missing && Set(lost.flatMap(\.self)) == givenUp)
            #expect(!missing.isEmpty || !givenUp.isEmpty)
        case .cannotTell: Issue.record("numbers are enough to tell")
        }
    }
}

extension ProducerAccount {
    /// What stands out in a ledger that has nothing newer.
    fileprivate var said: [String] { remarks(at: Timestamp(microseconds: 0)) }
}

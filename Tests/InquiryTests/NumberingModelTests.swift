import Because
import GRDB
import LedgerSamples
import Testing

@testable import Inquiry

/// Accounts of runs against a model that looks at every number and every record by itself.
struct NumberingModelTests {
    /// What a producer did, in the order of the log.
    struct Done {
        enum What {
            case open(previous: Int?, count: Int64)
            case attempt(id: String, number: Int64)
            case decision(id: String, number: Int64?, isError: Bool)
            case heartbeat(Int64)
            case close(Int64)
            case gap(ClosedRange<Int64>)
            case loss(sampled: Int64, dropped: Int64)
            case other
        }

        let run: Int
        let what: What
    }

    /// Runs 0 and 1 are of one producer, 2 and 3 of another; the last has no epoch.
    private static func run(_ index: Int) -> ProducerRun {
        ProducerRun(producer: "p\(index / 2)", epoch: index == 3 ? nil : "e\(index)")
    }

    private static func random(_ random: inout SplitMix) -> [Done] {
        (0..<Int.random(in: 1...40, using: &random)).map { _ in
            let run = Int.random(in: 0...3, using: &random)
            let number = Int64.random(in: 1...9, using: &random)
            let id = "d\(Int.random(in: 0...9, using: &random))"
            switch Int.random(in: 0...19, using: &random) {
            case 0:
                let other = run ^ 1
                return Done(run: run, what: .open(previous: other == 3 ? nil : other, count: number))
            case 1...3: return Done(run: run, what: .attempt(id: id, number: number))
            case 4: return Done(run: run, what: .heartbeat(number))
            case 5: return Done(run: run, what: .close(number))
            case 6: return Done(run: run, what: .gap(number...Int64.random(in: number...10, using: &random)))
            case 7:
                let sampled = Bool.random(using: &random) ? number : 0
                return Done(run: run, what: .loss(sampled: sampled, dropped: number))
            case 8: return Done(run: run, what: .other)
            case 9: return Done(run: run, what: .decision(id: id, number: nil, isError: false))
            default:
                return Done(
                    run: run, what: .decision(id: id, number: number, isError: Bool.random(using: &random)))
            }
        }
    }

    /// The record that a log would hold of it.
    private static func entry(_ index: Int, _ done: Done) throws -> IndexedEntry {
        let run = run(done.run)
        var text: String
        var type = "producer"
        var id = "r\(index)"
        var producer: JSONObject = ["id": .string(run.producer)]
        producer["epoch"] = run.epoch.map(JSON.string)
        var outcome: String?
        var seq: Int64?
        switch done.what {
        case .open(let previous, let count):
            text = #"{"event":"open""#
            if let previous {
                text += #","previous_epoch":"\#(Self.run(previous).epoch ?? "")","previous_count":\#(count)"#
            }
        case .attempt(let decision, let number):
            (type, text) = ("attempt", #"{"decision":"\#(decision)""#)
            producer["seq"] = .integer(number)
        case .decision(let decision, let number, let isError):
            (type, id, seq, outcome) = ("decision", decision, number, isError ? "error" : "act")
            text = "{\"x\":0"
        case .heartbeat(let count): text = #"{"event":"heartbeat","count":\#(count)"#
        case .close(let count): text = #"{"event":"close","count":\#(count)"#
        case .gap(let range): text = #"{"event":"gap","first":\#(range.lowerBound),"last":\#(range.upperBound)"#
        case .loss(let sampled, let dropped):
            text = #"{"event":"loss","lost":{"sampled":\#(sampled),"dropped_attributes":\#(dropped)}"#
        case .other: (type, text) = ("action", #"{"phase":"dispatched""#)
        }
        text += #","producer":\#(JSON.object(producer).string())}"#
        let content = try #require(try JSON(parsing: Array(text.utf8)).object)
        // What it says is given beside it; the envelope is all that is read of it.
        let bytes = try Entry.bytes(
            number: UInt64(index), at: Timestamp(microseconds: Int64(index)), type: type, id: id,
            link: MerkleTree.emptyRoot, body: Array("{}".utf8))
        var entry = IndexedEntry(envelopeOf: try Entry(parsing: bytes))
        (entry.producer, entry.epoch, entry.seq, entry.outcome) = (run.producer, run.epoch, seq, outcome)
        entry.claim = NumberingClaim(content, type: type)
        return entry
    }

    /// What must come out for one run: each rule by itself, over all that was done.
    struct Model {
        var verdict: ProducerAccount.Verdict
        var isClosed = false
        var late = 0
        var openAttempts: Set<String> = []
        var made = 0
        var failed = 0
        var afterClose: [UInt64] = []
        var repeated: Set<Int64> = []

        init?(of run: Int, in all: [Done]) {
            var recorded: [(number: Int64, place: Int)] = []
            var said: [Int64] = []
            var givenUp: Set<Int64> = []
            var closes: [(count: Int64, place: Int)] = []
            var sampled: Int64 = 0
            var attempted: Set<String> = []
            var isThere = false
            for (place, done) in all.enumerated() {
                if case .open(let previous?, let count) = done.what, previous == run {
                    said.append(count)
                    isThere = true
                }
                guard done.run == run else { continue }
                switch done.what {
                case .other: continue
                case .decision(_, nil, _): continue
                case .decision(_, let number?, _): recorded.append((number, place))
                case .attempt(let id, let number):
                    said.append(number)
                    attempted.insert(id)
                case .heartbeat(let count): said.append(count)
                case .close(let count):
                    said.append(count)
                    closes.append((count, place))
                case .gap(let range):
                    said.append(range.upperBound)
                    givenUp.formUnion(range)
                case .loss(let count, _): sampled += count
                case .open: break
                }
                isThere = true
            }
            guard isThere else { return nil }
            let last = max(said.max() ?? 0, recorded.map(\.number).max() ?? 0)
            isClosed = !closes.isEmpty && closes.map(\.count).max() == last
            let numbers = Set(recorded.map(\.number))
            let absent = (1...10).filter { $0 <= last && !numbers.contains($0) }
            verdict =
                if !absent.isEmpty {
                    .gap(
                        Self.ranges(absent.filter { !givenUp.contains($0) }),
                        declared: Self.ranges(absent.filter(givenUp.contains)), upTo: last)
                } else if sampled > 0 {
                    .cannotTell(reason: "decisions without a number are declared lost: \(sampled) sampled")
                } else if last == 0, closes.isEmpty {
                    .cannotTell(reason: "no decision of the run has a number")
                } else {
                    .complete(upTo: last, isClosed: isClosed)
                }
            for (index, (number, place)) in recorded.enumerated() {
                let before = recorded[..<index].map(\.number)
                if before.contains(number) {
                    repeated.insert(number)
                } else if before.contains(where: { $0 > number }) {
                    late += 1
                }
                if closes.contains(where: { $0.place < place }) { afterClose.append(UInt64(place)) }
            }
            for id in attempted { resolve(id, of: run, in: all) }
        }

        /// An attempt is made once a decision with its id is on record, before it or after; the first one after it counts.
        private mutating func resolve(_ id: String, of run: Int, in all: [Done]) {
            var isOpen = false
            var earlier: Bool?
            for done in all {
                switch done.what {
                case .attempt(id, _) where done.run == run: isOpen = true
                case .decision(id, _, let isError):
                    earlier = earlier ?? isError
                    guard isOpen else { continue }
                    isOpen = false
                    made += 1
                    failed += isError ? 1 : 0
                default: break
                }
            }
            guard isOpen else { return }
            guard let earlier else {
                openAttempts.insert(id)
                return
            }
            made += 1
            failed += earlier ? 1 : 0
        }

        private static func ranges(_ numbers: [Int64]) -> [ClosedRange<Int64>] {
            numbers.reduce(into: []) { ranges, number in
                if let last = ranges.last, last.upperBound + 1 == number {
                    ranges[ranges.count - 1] = last.lowerBound...number
                } else {
                    ranges.append(number...number)
                }
            }
        }
    }

    @Test(arguments: 0..<8) func `random runs have the accounts that the rules give`(group: Int) throws {
        for seed in group * 500..<(group + 1) * 500 {
            var random = SplitMix(seed: UInt64(seed))
            let done = Self.random(&random)
            let entries = try done.enumerated().map { try Self.entry($0, $1) }
            var accounts = ProducerAccounts()
            for entry in entries { accounts.add(.init(entry)) }
            // The first decision with an id is the one that the log finds.
            accounts.closeAttempts { id in entries.first { $0.type == "decision" && $0.id == id }?.outcome }
            let report = accounts.report
            for run in 0...3 {
                let account = report.accounts.first { $0.run == Self.run(run) }
                guard let model = Model(of: run, in: done) else {
                    #expect(account == nil, "\(seed)/\(run)")
                    continue
                }
                let found = try #require(account, "\(seed)/\(run)")
                #expect(found.verdict == model.verdict, "\(seed)/\(run)")
                #expect(found.numbering.isClosed == model.isClosed, "\(seed)/\(run)")
                #expect(found.lateCount == model.late && Set(found.repeated) == model.repeated, "\(seed)/\(run)")
                #expect(found.afterClose == model.afterClose, "\(seed)/\(run)")
                #expect(found.openAttempts == model.openAttempts, "\(seed)/\(run)")
                #expect(
                    found.attemptsMade == model.made && found.attemptsFailed == model.failed, "\(seed)/\(run)")
            }
            try expectSameInParts(entries, report, &random)
        }
    }

    /// The index adds a log in parts, in transactions of its own: it must come to the same.
    private func expectSameInParts(
        _ entries: [IndexedEntry], _ report: CompletenessReport, _ random: inout SplitMix
    ) throws {
        let database = try DatabaseQueue()
        let stored = try database.write { database in
            try IndexTables(database: database).create()
            var rest = entries[...]
            while !rest.isEmpty {
                var part = ProducerRuns()
                for entry in rest.prefix(Int.random(in: 1...9, using: &random)) {
                    part.add(entry)
                    rest.removeFirst()
                }
                try part.store(database)
            }
            return (
                try ProducerRuns(database),
                try report.accounts.map { try ProducerRuns.numbering(of: $0.run, database) }
            )
        }
        #expect(stored.1 == report.accounts.map(\.numbering))
        #expect(stored.0.numberings == Dictionary(uniqueKeysWithValues: report.accounts.map { ($0.run, $0.numbering) }))
    }
}

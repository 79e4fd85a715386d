import Cryptography
import Dispatch
import Glibc
import Synchronization

/// Records lines of the submission format, and of an export, as they arrive.
public struct Recorder: Sendable {
    /// One line of input and what is wrong with it.
    public struct LineProblem: Sendable {
        /// From 1.
        public let line: Int
        public let message: String
        public let hint: String?
    }

    /// What became of an input.
    public struct Summary: Sendable {
        public var recorded = 0
        public var duplicates = 0
        public var refused = 0
        /// Entries of an exported ledger about itself, by type.
        public var passedOver: [String: Int] = [:]
        /// Why nothing more could be recorded, when the store failed; what follows in the input was not looked at.
        public var failure: RecordError?
    }

    /// Bytes of the longest submission.
    static let submissionLimit = 1 << 20

    private let ledger: Ledger
    private let onReceipt: @Sendable ([Receipt]) -> Void
    private let onProblem: @Sendable (LineProblem) -> Void

    /// Both closures are called in the order of the input: `onReceipt` after the commit that made the records durable.
    public init(
        _ ledger: Ledger, onReceipt: @escaping @Sendable ([Receipt]) -> Void,
        onProblem: @escaping @Sendable (LineProblem) -> Void
    ) {
        self.ledger = ledger
        self.onReceipt = onReceipt
        self.onProblem = onProblem
    }

    private enum Item: Sendable {
        case submission(Int, Submission)
        case specification(Int, Specification, isActive: Bool)
        case activation(Int, document: String, version: String)
        case passedOver(String)
        case problem(LineProblem)
    }

    /// Reads `descriptor` to its end and records every good line. While one batch is committed, the next is read and checked.
    public func record(_ descriptor: Int32) async throws -> Summary {
        var reader = LineReader(descriptor: descriptor)
        var previous = Task { Summary() }
        while true {
            let lines: [LineReader.Line]?
            do {
                (lines, reader) = try await BlockingPool.run { [reader] in
                    var reader = reader
                    return (try reader.next(), reader)
                }
            } catch {
                _ = await previous.value
                throw error
            }
            guard let lines else { break }
            let items = parse(lines)
            let summary = await previous.value
            guard summary.failure == nil else { return summary }
            previous = Task { await record(items, after: summary) }
        }
        return await previous.value
    }

    /// Reads `descriptor` to its end and says what would be refused. Records nothing.
    public func check(_ descriptor: Int32, with checker: inout SubmissionChecker) throws -> Summary {
        var reader = LineReader(descriptor: descriptor)
        var summary = Summary()
        while let lines = try reader.next() {
            for item in parse(lines) {
                switch item {
                case .submission(let line, let submission):
                    count(line, &summary) { () throws(RecordError) in try checker.check(submission) }
                case .specification(let line, let specification, let isActive):
                    count(line, &summary) { () throws(RecordError) in
                        try checker.check(specification, isActive: isActive)
                    }
                case .activation(let line, let document, let version):
                    count(line, &summary) { () throws(RecordError) in
                        try checker.check(activating: document, version: version)
                    }
                case .problem(let problem): refuse(problem, &summary)
                case .passedOver(let type): summary.passedOver[type, default: 0] += 1
                }
            }
        }
        return summary
    }

    private func count(_ line: Int, _ summary: inout Summary, check: () throws(RecordError) -> Void) {
        do {
            try check()
            summary.recorded += 1
        } catch { refuse(LineProblem(line: line, error), &summary) }
    }

    private func refuse(_ problem: LineProblem, _ summary: inout Summary) {
        summary.refused += 1
        onProblem(problem)
    }

    /// Parses on all cores; the order stays.
    private func parse(_ lines: [LineReader.Line]) -> [Item] {
        let width = 64
        let groups = (lines.count + width - 1) / width
        guard groups > 1 else { return lines.compactMap(item) }
        let parsed = Mutex([[Item]](repeating: [], count: groups))
        DispatchQueue.concurrentPerform(iterations: groups) { group in
            let items = lines[group * width..<min((group + 1) * width, lines.count)].compactMap(item)
            parsed.withLock { $0[group] = items }
        }
        return parsed.withLock { $0.flatMap(\.self) }
    }

    /// What a line says; `nil` for an empty one.
    private func item(_ line: LineReader.Line) -> Item? {
        guard let bytes = line.bytes else { return .problem(.tooLong(line.number)) }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        if bytes.count <= Self.submissionLimit, let read = bytes.withUnsafeBytes({ Submission(reading: $0) }) {
            return .submission(line.number, read)
        }
        do {
            let json: JSON
            do { json = try JSON(parsing: bytes) } catch { throw SubmissionError(problems: [.notJSON(error)]) }
            switch try ExportedEntry.content(of: json) {
            case nil where bytes.count > Self.submissionLimit: return .problem(.tooLong(line.number))
            case nil: return .submission(line.number, try Submission(checking: json))
            case .submission(let submission): return .submission(line.number, submission)
            case .specification(let specification, let isActive):
                return .specification(line.number, specification, isActive: isActive)
            case .activation(let document, let version):
                return .activation(line.number, document: document, version: version)
            case .own(let type): return .passedOver(type)
            }
        } catch { return .problem(LineProblem(line: line.number, error)) }
    }

    private func record(_ items: [Item], after summary: Summary) async -> Summary {
        var summary = summary
        var run: [(line: Int, submission: Submission)] = []
        for item in items {
            if case .submission(let line, let submission) = item {
                run.append((line, submission))
            } else {
                await record(&run, &summary)
                await record(item, &summary)
            }
        }
        await record(&run, &summary)
        return summary
    }

    /// Records a run of submissions together, and answers in their order.
    private func record(_ run: inout [(line: Int, submission: Submission)], _ summary: inout Summary) async {
        guard !run.isEmpty else { return }
        var receipts: [Receipt] = []
        for (item, result) in zip(run, await ledger.record(run.map(\.submission))) {
            switch result {
            case .success(let receipt): receipts.append(receipt)
            case .failure(let error):
                answer(receipts, &summary)
                receipts = []
                refuse(item.line, error, &summary)
            }
        }
        answer(receipts, &summary)
        run = []
    }

    private func record(_ item: Item, _ summary: inout Summary) async {
        switch item {
        case .submission: preconditionFailure("submissions are recorded in runs")
        case .problem(let problem): refuse(problem, &summary)
        case .passedOver(let type): summary.passedOver[type, default: 0] += 1
        case .specification(let line, let specification, let isActive):
            do { answer([try await ledger.register(specification, isActive: isActive).receipt], &summary) } catch {
                refuse(line, error, &summary)
            }
        case .activation(let line, let document, let version):
            do { answer([try await ledger.activate(document, version: version)], &summary) } catch {
                refuse(line, error, &summary)
            }
        }
    }

    /// Says why a line was not recorded. After a failure of the store only the first is named: the others were not at fault.
    private func refuse(_ line: Int, _ error: RecordError, _ summary: inout Summary) {
        guard case .store = error else { return refuse(LineProblem(line: line, error), &summary) }
        if summary.failure == nil { refuse(LineProblem(line: line, error), &summary) }
        summary.failure = summary.failure ?? error
    }

    private func answer(_ receipts: [Receipt], _ summary: inout Summary) {
        guard !receipts.isEmpty else { return }
        onReceipt(receipts)
        let duplicates = receipts.count { $0.status == .duplicate }
        summary.duplicates += duplicates
        summary.recorded += receipts.count - duplicates
    }
}

extension Recorder.LineProblem {
    fileprivate init(line: Int, _ error: any Error) {
        let hint = (error as? RecordError)?.hint ?? (error as? SubmissionError)?.hint
        self.init(line: line, message: "\(error)", hint: hint)
    }

    fileprivate static func tooLong(_ line: Int) -> Self {
        Self(
            line: line, message: "longer than \(Recorder.submissionLimit) bytes; the line was passed over",
            hint: "keep large content elsewhere, and record its digest")
    }
}

extension Ledger {
    /// Records how many submissions an intake refused in the name of a producer: of its run `epoch`, or of one made for this.
    public func declare(
        refused count: Int, by producer: String, epoch: String? = nil
    ) async throws(RecordError) -> Receipt {
        let run = epoch ?? UUIDv7.make(at: LedgerClock.system.now(), randomness: .system)
        return try await record(ProducerEvent.loss(producer, epoch: run, .init(rejected: Int64(count))))
    }
}

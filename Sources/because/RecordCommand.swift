import ArgumentParser
import Because

struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Record decisions, one JSON object a line, and print a receipt for each.")

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "Files to read; standard input when there is none.") var files: [String] = []
    @Flag(help: "Say what would be refused, and record nothing.") var check = false
    @Flag(help: "Check the whole input first, and record nothing if a line is bad.") var strict = false
    @OptionGroup var loss: LossOption
    @Flag(help: "Go on although the clock jumped by more than a day.") var acceptClock = false

    func validate() throws {
        guard loss.producer == nil || !(check || strict) else {
            throw ValidationError("--declare-loss records beside refused lines, which --check and --strict do not")
        }
    }

    func run() async throws {
        var inputs = try files.isEmpty ? [InputFile.standard] : files.map { try InputFile($0) }
        var refused = 0
        if check || strict {
            if strict, !check { inputs = try inputs.map { try $0.rereadable() } }
            refused = try checkAll(inputs)
            if check || refused > 0 { return try end(refused, isDry: true) }
            for input in inputs { input.rewind() }
        }
        refused += try await signing.withLedger(ledger, acceptsClockJump: acceptClock) { ledger in
            var refused = 0
            for input in inputs {
                let summary = try await recorder(ledger, input).record(input.descriptor).reported()
                refused += summary.refused
                if let failure = summary.failure {
                    if refused > 1 { Terminal.note("\(Self.counted(refused)) refused, that one among them") }
                    Terminal.note("nothing after that line was recorded; what has a receipt is safe")
                    throw ExitCode(Terminal.status(of: failure))
                }
            }
            try await loss.declare(refused, in: ledger)
            return refused
        }
        try end(refused, isDry: false)
    }

    private func checkAll(_ inputs: [InputFile]) throws -> Int {
        let ledger = try ledger.openForReading()
        var checker = SubmissionChecker(ledger)
        return try inputs.reduce(0) { refused, input in
            let summary = try recorder(ledger, input).check(input.descriptor, with: &checker)
            if check {
                Terminal.note(
                    "\(input.name ?? "standard input"): \(summary.recorded) would be recorded, \(summary.refused) refused"
                )
            }
            return refused + summary.refused
        }
    }

    private func recorder(_ ledger: Ledger, _ input: InputFile) -> Recorder {
        Recorder(ledger) { receipts in
            Terminal.write(receipts.flatMap { $0.json.bytes(.visible) + [UInt8(ascii: "\n")] })
        } onProblem: { problem in
            let place = input.name.map { "\($0):\(problem.line)" } ?? "line \(problem.line)"
            Terminal.report("\(place): \(problem.message)", hint: problem.hint)
        }
    }

    private func end(_ refused: Int, isDry: Bool) throws {
        guard refused > 0 else { return }
        let lines = Self.counted(refused)
        Terminal.note(isDry && strict ? "\(lines) refused, so nothing was recorded" : "\(lines) refused")
        throw ExitCode(1)
    }

    private static func counted(_ lines: Int) -> String { lines == 1 ? "1 line was" : "\(lines) lines were" }
}

extension Recorder.Summary {
    /// Says what was passed over, if anything was.
    fileprivate func reported() -> Recorder.Summary {
        for (type, count) in passedOver.sorted(by: { $0.key < $1.key }) {
            Terminal.note("passed over \(count) of the old ledger about itself: \(type)")
        }
        return self
    }
}

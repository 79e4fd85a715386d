import ArgumentParser
import Because

/// In whose name an intake declares what it refused.
struct LossOption: ParsableArguments {
    @Option(
        name: .customLong("declare-loss"),
        help: ArgumentHelp(
            "Record how many lines were refused, in the name of this producer, so that completeness knows.",
            valueName: "producer"))
    var producer: String?
    @Option(help: "The run of that producer; otherwise one of its own.") var epoch: String?

    func validate() throws {
        guard producer != nil || epoch == nil else { throw ValidationError("--epoch goes with --declare-loss") }
    }

    /// Records the number of refused lines, if there are any and somebody wants it known.
    func declare(_ refused: Int, in ledger: Ledger) async throws {
        guard let producer, refused > 0 else { return }
        let receipt = try await ledger.declare(refused: refused, by: producer, epoch: epoch)
        Terminal.note("declared in the name of \(producer): entry \(receipt.number)")
    }
}

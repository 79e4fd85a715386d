import ArgumentParser
import Because

struct RecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Continue a ledger that was rolled back, forked or damaged, or lost its key, as NAME/2.",
        discussion: """
            A new ledger takes the place of the old one. Its first entry says which checkpoint of the old one was the last \
            good one, what is lost, and the reason. The old ledger is kept in the folder `previous`; its witnesses stay in \
            the policy. Nothing can undo the break; this declares it, and every verifier shows it.
            """)

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Option(help: "What happened, in a sentence; it is sealed in the first entry.") var reason: String

    func run() async throws {
        let outcome = try await Recovery(folder: ledger.path, places: signing.places(keyring: ledger.keyring)).run(
            reason: reason)
        Terminal.write("\(outcome.key.text)\n")
        Terminal.note("\(outcome.continuation.sentence)")
        Terminal.note("it goes on as \(outcome.origin); the old ledger lies in \(outcome.previous)")
        for name in outcome.lostSpecifications {
            Terminal.note("the words of \(name) were lost; register it again with because spec add")
        }
        if let remark = outcome.policyRemark { Terminal.note(remark) }
        Terminal.note("keep the key above where the ledger is not, to verify with it later")
    }
}

import ArgumentParser
import Because

struct WitnessAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Trust a witness: add it to the policy of the ledger.")

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "What to call it here: a word.") var name: String
    @Argument(help: "Its verifier key, which its operator publishes.") var key: String
    @Argument(help: "The address before /add-checkpoint.") var url: String
    @Option(help: "How many of the witnesses must have cosigned: all, any or a number.") var quorum: QuorumName?

    func run() throws {
        var policy = try LedgerPolicy(ofLedgerIn: ledger.path)
        try policy.document.add(name, key: key, url: url, quorum: quorum?.quorum)
        try policy.write()
    }
}

struct WitnessRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Trust a witness no more: take it out of the policy of the ledger.")

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "Its name in the policy.") var name: String
    @Option(help: "How many of the others must have cosigned: all, any or a number.") var quorum: QuorumName?

    func run() throws {
        var policy = try LedgerPolicy(ofLedgerIn: ledger.path)
        try policy.document.remove(name, quorum: quorum?.quorum)
        try policy.write()
    }
}

import ArgumentParser
import Because

struct WitnessUpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Ask the witnesses of the policy to cosign the newest checkpoint, and store what they sign.",
        discussion: """
            Exit status: 0 when the cosignatures of the newest checkpoint make the quorum, 1 when they do not, 2 when a witness \
            saw more entries than there are, or another history.
            """)

    @OptionGroup var ledger: LedgerOption
    @Option(help: "Ask this witness of the policy alone.") var name: String?
    @Flag(help: "Print the result as JSON.") var json = false

    func run() async throws {
        let file = PolicyFile(ofLedgerIn: try ledger.path)
        let ledger = try Ledger.open(at: self.ledger.path)
        do {
            guard let policy = try file.policy() else { throw PolicyFile.Problem.absent(path: file.path) }
            let name = name.map { Policy.Name($0) }
            if let name, !policy.witnesses.contains(where: { $0.name == name }) {
                throw PolicyDocument.Problem.unknownWitness("\(name)")
            }
            let update = try await ledger.updateWitnesses(policy, only: name)
            await ledger.close()
            json ? Terminal.write(update.json) : Terminal.write(update.text)
            if update.exitStatus == 2 {
                Terminal.report(
                    "a witness contradicts this ledger",
                    hint: "keep the ledger as it is, it is evidence; because verify looks at what is here")
            }
            if update.exitStatus != 0 { throw ExitCode(update.exitStatus) }
        } catch {
            await ledger.close()
            throw error
        }
    }
}

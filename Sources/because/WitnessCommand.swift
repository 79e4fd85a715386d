import ArgumentParser
import Because

struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Have others confirm the checkpoints of a ledger, or confirm those of other logs.",
        subcommands: [
            WitnessAdd.self, WitnessRemove.self, WitnessList.self, WitnessUpdateCommand.self, WitnessServe.self,
        ])
}

/// The policy of a ledger, to be changed.
struct LedgerPolicy {
    let file: PolicyFile
    var document: PolicyDocument
    /// Whether nobody has said anything about the quorum but this program.
    let wasManaged: Bool

    /// The policy of the ledger in `folder`, or the beginning of one.
    init(ofLedgerIn folder: String) throws {
        file = PolicyFile(ofLedgerIn: folder)
        let ledger = try Ledger.open(at: folder, for: .reading)
        document = try file.document() ?? PolicyDocument(logs: ledger.read { $0.keys.keys })
        wasManaged = document.isManaged
    }

    /// Writes it and says what is required now.
    func write() throws {
        try file.write(document)
        let quorum = document.policy.quorumText.map { "it requires \($0)" } ?? "it requires no witness"
        let change =
            document.isManaged || wasManaged
            ? "" : "; the quorum is not the group \(PolicyDocument.groupName), so it is unchanged"
        Terminal.note("wrote \(file.path): \(quorum)\(change)")
    }
}

/// How many of the witnesses must have cosigned, as it is typed.
struct QuorumName: ExpressibleByArgument {
    let quorum: PolicyDocument.Quorum

    init?(argument: String) {
        guard let quorum = PolicyDocument.Quorum(argument) else { return nil }
        self.quorum = quorum
    }
}

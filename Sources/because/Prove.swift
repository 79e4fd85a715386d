import ArgumentParser
import Because

struct Prove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write one file that shows an entry to somebody who has only the log's key.",
        discussion: """
            The file holds the exact entry, a proof with its checkpoint and cosignatures, the words it cites, and those sealed \
            fields that --disclose names. What is not named is not in the file in any form. because check reads it.
            """)

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "The id of an entry, the beginning of it, or its number.") var entry: String
    @Option(
        parsing: .upToNextOption,
        help: "Sealed fields to disclose: summary, rationale.text, inputs[0].text, rationale for all in it, or all.")
    var disclose: [String] = []
    @Option(name: .shortAndLong, help: "The file to write; standard output otherwise.") var output: String?

    func run() async throws {
        let (ledger, reason) = try openKeeping()
        let proof: Proof
        do {
            proof = try await ledger.prove(
                try ledger.number(named: entry), disclosing: DisclosedFields(disclose), cannotKeep: reason)
        } catch {
            await ledger.close()
            throw error
        }
        await ledger.close()
        if let output {
            try OutputFile(output).write(proof.file.bytes)
        } else {
            Terminal.write(proof.file.bytes)
        }
        report(proof.checked)
    }

    /// The ledger open for recording, so that the checkpoint can be kept; for reading, and why, where that cannot be.
    private func openKeeping() throws -> (Ledger, reason: String) {
        do { return (try Ledger.open(at: ledger.path), "") } catch let error as LedgerError {
            switch error {
            case .store(.heldByAnotherProcess), .store(.readOnly), .key:
                return (try ledger.openForReading(), "\(error)")
            default: throw error
            }
        }
    }

    private func report(_ checked: CheckedProof) {
        guard let content = checked.content else { return }
        let disclosed = content.disclosed.map(\.path).joined(separator: ", ")
        Terminal.note(
            "entry \(checked.index) in the tree of \(checked.checkpoint.checkpoint.size) entries; disclosed: \(disclosed.isEmpty ? "nothing" : disclosed); \(content.sealed.count) fields remain sealed"
        )
    }
}

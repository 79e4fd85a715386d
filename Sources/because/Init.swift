import ArgumentParser
import Because

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create a ledger and print its verifier key.",
        discussion: """
            With --keyring, sealed values are encrypted where they lie (AES-256-GCM), each person's under a key of its own in \
            that file, which is made where it is not there. Keep it on another volume, and out of the backups of the ledger. \
            Without the file nobody reads the values, in any copy of the ledger.
            """)

    @Argument(help: "The folder to create.") var dir: String
    @Option(help: "The name of the log in every checkpoint, such as acme.example/decisions.") var origin: String

    @Option(
        help:
            "Where a decision can be contested: an address that you publish, on one or more lines. It stands in the log in clear, for good."
    )
    var contact: String?

    @OptionGroup var signing: SigningOption
    @OptionGroup var keyring: KeyringOption

    func run() async throws {
        let ledger = try await Ledger.create(
            at: dir, origin: origin, contact: contact.map { try Contact($0) },
            places: signing.places(keyring: keyring.path))
        let key = ledger.firstKey.text
        await ledger.close()
        Terminal.write("\(key)\n")
        Terminal.note("created \(dir); keep the key above where the ledger is not, to verify with it later")
    }
}

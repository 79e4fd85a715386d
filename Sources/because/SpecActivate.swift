import ArgumentParser
import Because

struct SpecActivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: "Put a registered version in force from here on.")

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "document@version", transform: VersionName.parse) var name: VersionName

    func run() async throws {
        let receipt = try await signing.withLedger(ledger) {
            try await $0.activate(name.document, version: name.version)
        }
        Terminal.write("\(name.document)@\(name.version) is in force from entry \(receipt.number) on\n")
    }
}

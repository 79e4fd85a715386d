import ArgumentParser
import Because

struct SpecActivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: "Put a registered version in force from here on.")

    @OptionGroup var ledger: LedgerOption
    @Argument(help: "document@version", transform: VersionName.parse) var name: VersionName

    func run() async throws {
        let ledger = try Ledger.open(at: self.ledger.path)
        do {
            let receipt = try await ledger.activate(name.document, version: name.version)
            await ledger.close()
            Terminal.write("\(name.document)@\(name.version) is in force from entry \(receipt.number) on\n")
        } catch {
            await ledger.close()
            throw error
        }
    }
}

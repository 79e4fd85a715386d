import ArgumentParser
import Because

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Create a ledger and print its verifier key.")

    @Argument(help: "The folder to create.") var dir: String
    @Option(help: "The name of the log in every checkpoint, such as acme.example/decisions.") var origin: String

    @OptionGroup var signing: SigningOption

    func run() async throws {
        let ledger = try await Ledger.create(at: dir, origin: origin, places: signing.places)
        let key = ledger.firstKey.text
        await ledger.close()
        Terminal.write("\(key)\n")
        Terminal.note("created \(dir); keep the key above where the ledger is not, to verify with it later")
    }
}

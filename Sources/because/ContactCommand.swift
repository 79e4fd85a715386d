import ArgumentParser
import Because

struct ContactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact", abstract: "Say where decisions can be contested, or show it.",
        subcommands: [ContactSet.self, ContactShow.self])
}

struct ContactSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Record where decisions can be contested from now on.",
        discussion: """
            Answers for a subject and letters end with it. It is an address that you publish, of an office rather than of a \
            person: it stands in the log in clear, and the log forgets nothing, not even what a later contact replaces.
            """)

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "The address: 1 to 1024 characters, on one or more lines.") var text: String

    func run() async throws {
        let contact = try Contact(text)
        let receipt = try await signing.withLedger(ledger) { try await $0.setContact(contact) }
        Terminal.write(receipt.json)
    }
}

struct ContactShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print where decisions can be contested.")

    @OptionGroup var ledger: LedgerOption
    @Flag(help: "Print it as JSON, with the entry that says it.") var json = false

    func run() throws {
        let ledger = try ledger.openForReading()
        let contact = try ledger.read { try $0.contact() }
        try ledger.sync()
        if json { return Terminal.write(contact?.json ?? .null) }
        guard let contact else {
            throw Problem("no contact is on record", hint: "because contact set TEXT records one")
        }
        Terminal.write(VisibleText.lines(contact.text) + "\n")
    }
}

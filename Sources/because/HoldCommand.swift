import ArgumentParser
import Because

struct HoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Keep values from being erased, by request or by retention, until a hold is released.",
        subcommands: [HoldPlace.self, HoldRelease.self, HoldList.self])
}

/// What a hold is on, and why.
struct HoldOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "The whole id of a record.") var id: String?
    @Option(help: "Everything about this person, also what is still to come.") var subject: String?
    @Option(help: "On what basis, in a sentence; it is sealed in the entry.") var basis: String

    func validate() throws {
        guard (id == nil) != (subject == nil) else { throw ValidationError("name the id of a record, or --subject") }
    }

    var thing: Ledger.HeldThing { subject.map { .subject($0) } ?? .record(id ?? "") }
}

struct HoldPlace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "place", abstract: "Place a hold, and print its id.")

    @OptionGroup var options: HoldOptions

    func run() async throws {
        let receipt = try await options.signing.withLedger(options.ledger) {
            try await $0.placeHold(on: options.thing, basis: options.basis)
        }
        Terminal.write("\(receipt.id)\n")
    }
}

struct HoldRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Release a hold by its own id, or all that are on a record or a person.")

    @OptionGroup var options: HoldOptions

    func run() async throws {
        let receipts = try await options.signing.withLedger(options.ledger) {
            try await $0.releaseHolds(on: options.thing, basis: options.basis)
        }
        for receipt in receipts { Terminal.write("\(receipt.id)\n") }
    }
}

struct HoldList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the holds in force.")

    @OptionGroup var ledger: LedgerOption
    @Flag(help: "List those that were released as well.") var all = false
    @Flag(help: "Print a JSON object for each.") var json = false

    func run() throws {
        let ledger = try ledger.openForReading()
        let holds = try ledger.read { view in
            let history = try view.holds()
            return try (all ? history.all : history.active).map { hold in (hold, try view.name(of: hold)) }
        }
        for (hold, name) in holds { json ? Terminal.write(hold.json) : Terminal.write(hold.text(on: name)) }
        if holds.isEmpty { Terminal.note("nothing is held") }
    }
}

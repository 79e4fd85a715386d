import ArgumentParser
import Because

struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Say how long records are kept, by class.",
        subcommands: [RetentionSet.self, RetentionList.self])
}

struct RetentionSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set how long records of a class are kept.",
        discussion: """
            A decision names its class by its member `retention`; what is recorded later about it is of the same class. Times count \
            from the recording of each. What was set last counts, for earlier records as well.

              because retention set credit --min 180d --max 730d --default
            """)

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "The name of the class.") var name: String
    @Option(name: .customLong("min"), help: "How long nothing is erased: a number and s, m, h, d or w.") var minimum:
        String?
    @Option(name: .customLong("max"), help: "After how long `because retain` erases.") var maximum: String?
    @Flag(name: .customLong("default"), help: "The class of records that name none.") var isDefault = false

    func validate() throws {
        for time in [minimum, maximum].compactMap(\.self) where RetentionClass.seconds(time) == nil {
            throw ValidationError("\(time) is no time; write a number and s, m, h, d or w, such as 180d")
        }
    }

    func run() async throws {
        let retentionClass = RetentionClass(
            name, minimum: minimum.flatMap(RetentionClass.seconds), maximum: maximum.flatMap(RetentionClass.seconds))
        _ = try await signing.withLedger(ledger) {
            try await $0.setRetention(retentionClass, isDefault: isDefault)
        }
        Terminal.write(retentionClass.text(isDefault: isDefault))
    }
}

struct RetentionList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the classes that are set.")

    @OptionGroup var ledger: LedgerOption
    @Flag(help: "Print a JSON object for each.") var json = false

    func run() throws {
        let policy = try ledger.openForReading().read { try $0.retentionPolicy() }
        for each in policy.classes {
            let isDefault = each.name == policy.defaultName
            json ? Terminal.write(each.json(isDefault: isDefault)) : Terminal.write(each.text(isDefault: isDefault))
        }
        if policy.classes.isEmpty { Terminal.note("no class is set: nothing is due, and everything may be erased") }
    }
}

struct Retain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Erase what is past the maximum of its class, but for what is held, and put the run on record.")

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Flag(help: "List what is due and what is held back, and erase nothing.") var dryRun = false
    @Flag(help: "Go on although the last entry is older than a month by the clock.") var acceptClock = false
    @Flag(help: "Print a JSON object.") var json = false

    func run() async throws {
        if dryRun {
            let run = try ledger.openForReading().dueByRetention()
            return json ? Terminal.write(run.json()) : Terminal.write(run.text(isList: true))
        }
        let (run, scrubbing) = try await signing.withLedger(ledger, acceptsClockJump: acceptClock) {
            try await $0.retain(acceptsClock: acceptClock)
        }
        json ? Terminal.write(run.json(scrubbing)) : Terminal.write(run.text(isList: false))
        if !run.erased.isEmpty { Terminal.note(ErasureSummary.outside) }
        if let remark = scrubbing.remark {
            Terminal.note(remark)
            throw ExitCode(1)
        }
    }
}

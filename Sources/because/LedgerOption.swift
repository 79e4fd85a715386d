import ArgumentParser
import Because

/// Which ledger a command works on.
struct LedgerOption: ParsableArguments {
    @Option(
        name: .customLong("ledger"),
        help: ArgumentHelp("The ledger's folder; otherwise $BECAUSE_LEDGER.", valueName: "dir"))
    private var folder: String?
    @OptionGroup private var keyringOption: KeyringOption

    /// The key ring that was named.
    var keyring: String? { keyringOption.path }

    /// The folder that was named.
    var path: String {
        get throws {
            if let folder { return folder }
            if let named = Environment.value("BECAUSE_LEDGER") { return named }
            throw Problem(
                "no ledger is named", hint: "use --ledger DIR, or set BECAUSE_LEDGER to the folder", status: 64)
        }
    }

    /// Where the parts lie that a verification needs and the folder does not hold.
    func places(head: HeadOption) -> LedgerPlaces { LedgerPlaces(head: head.path, keyring: keyring) }

    /// Opens the ledger for any number of readers.
    func openForReading() throws -> Ledger {
        try Ledger.open(
            at: path, for: .reading, places: LedgerPlaces(head: Environment.value("BECAUSE_HEAD"), keyring: keyring))
    }
}

/// Where the key ring of a ledger lies, if its sealed values are encrypted.
struct KeyringOption: ParsableArguments {
    @Option(
        name: .customLong("keyring"),
        help: ArgumentHelp(
            "The key ring, where sealed values are encrypted; otherwise $BECAUSE_KEYRING.", valueName: "file"))
    private var file: String?

    var path: String? { file ?? Environment.value("BECAUSE_KEYRING") }
}

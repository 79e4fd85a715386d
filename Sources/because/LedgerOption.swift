import ArgumentParser
import Because

/// Which ledger a command works on.
struct LedgerOption: ParsableArguments {
    @Option(
        name: .customLong("ledger"),
        help: ArgumentHelp("The ledger's folder; otherwise $BECAUSE_LEDGER.", valueName: "dir"))
    private var folder: String?

    /// The folder that was named.
    var path: String {
        get throws {
            if let folder { return folder }
            if let named = Environment.value("BECAUSE_LEDGER") { return named }
            throw Problem(
                "no ledger is named", hint: "use --ledger DIR, or set BECAUSE_LEDGER to the folder", status: 64)
        }
    }

    /// Opens the ledger for any number of readers.
    func openForReading() throws -> Ledger {
        try Ledger.open(at: path, for: .reading, places: LedgerPlaces(head: Environment.value("BECAUSE_HEAD")))
    }
}

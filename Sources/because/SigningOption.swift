import ArgumentParser
import Because
import Glibc

/// Where the signing key and the head of a ledger lie, for commands that record.
struct SigningOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file with the signing key; otherwise $BECAUSE_KEY_FILE, or the key in the ledger's folder.",
            valueName: "file"))
    private var keyFile: String?
    @Option(
        help: ArgumentHelp(
            "Read the signing key from this open descriptor; $BECAUSE_KEY may hold the key itself.", valueName: "number"
        ))
    private var keyFd: Int32?
    @OptionGroup private var head: HeadOption

    func validate() throws {
        guard keyFile == nil || keyFd == nil else {
            throw ValidationError("--key-file and --key-fd exclude each other")
        }
    }

    /// Where the key is: what is named on the command line, then what the environment names.
    var key: KeySource {
        if let keyFile { return .file(keyFile) }
        if let keyFd { return .descriptor(keyFd) }
        if let text = Environment.value("BECAUSE_KEY") { return .text(text) }
        return Environment.value("BECAUSE_KEY_FILE").map(KeySource.file) ?? .folder
    }

    /// Where the parts of a ledger lie that need not lie in its folder.
    func places(keyring: String?) -> LedgerPlaces { LedgerPlaces(key: key, head: head.path, keyring: keyring) }

    /// Opens a ledger for recording, so that a checkpoint can be kept; for reading, and says why, where that cannot be.
    func openKeeping(_ option: LedgerOption) throws -> (ledger: Ledger, reason: String) {
        do { return (try Ledger.open(at: option.path, places: places(keyring: option.keyring)), "") } catch let error
            as LedgerError
        {
            switch error {
            case .store(.heldByAnotherProcess), .store(.readOnly), .key:
                return (try option.openForReading(), "\(error)")
            default: throw error
            }
        }
    }

    /// Calls `body` with the ledger open for recording, and closes it whatever comes of that.
    func withLedger<Result>(
        _ option: LedgerOption, acceptsClockJump: Bool = false, _ body: (Ledger) async throws -> Result
    ) async throws -> Result {
        let ledger = try Ledger.open(
            at: option.path, places: places(keyring: option.keyring), acceptsClockJump: acceptsClockJump)
        do {
            let result = try await body(ledger)
            await ledger.close()
            return result
        } catch {
            await ledger.close()
            throw error
        }
    }
}

/// Where the head of a ledger lies.
struct HeadOption: ParsableArguments {
    @Option(
        name: .customLong("head"),
        help: ArgumentHelp(
            "The head file, where it lies on another volume; otherwise $BECAUSE_HEAD, or the one in the ledger's folder.",
            valueName: "file"))
    private var file: String?

    var path: String? { file ?? Environment.value("BECAUSE_HEAD") }
}

enum Environment {
    /// The value of a variable; `nil` where it is not set or empty.
    static func value(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}

import ArgumentParser
import Because
import Glibc
import Logging
import Witnesses

/// What of `because` speaks HTTP, started by the command or by a service manager.
@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "because-server", abstract: "The servers of because, an accountability ledger for AI decisions.",
        discussion: "Exit status: 0 done, 1 could not, 64 usage.", version: "0.1.0",
        subcommands: [WitnessCommand.self])

    static func main() async {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            switch exitCode(for: error) {
            case .success: exit(withError: error)
            case .validationFailure:
                report(message(for: error), hint: "because-server --help lists the commands")
                exit(withError: ExitCode(64))
            default:
                report("\(error)", hint: hint(of: error))
                exit(withError: ExitCode(1))
            }
        }
    }

    private static func hint(of error: any Error) -> String? {
        switch error {
        case let error as WitnessError: error.hint
        case let error as PolicyFile.Problem: error.hint
        case let error as LedgerError: error.hint
        default: nil
        }
    }

    private static func report(_ message: String, hint: String?) {
        write("error: \(VisibleText.line(message))")
        if let hint { write("hint: \(hint)") }
    }

    private static func write(_ line: String) {
        let bytes = Array("because-server: \(line)\n".utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}

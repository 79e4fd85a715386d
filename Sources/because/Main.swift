import ArgumentParser
import Because

/// The command line: one file a command, and no logic but reading options and printing answers.
@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "because",
        abstract: "An accountability ledger for AI decisions.",
        discussion: """
            Applications record each decision with the principle it invoked and the reason it gave. Anyone with the ledger can \
            ask why, and check that nothing was changed.

            The ledger is --ledger DIR or $BECAUSE_LEDGER.
            Exit status: 0 done, 1 could not, 2 the evidence does not hold, 64 usage.
            """,
        version: "0.1.0",
        subcommands: [
            Init.self, SpecCommand.self, RecordCommand.self, Why.self, FindCommand.self, Show.self, LintCommand.self,
            CompletenessCommand.self, PrecedentsCommand.self, TimelineCommand.self, CoverageCommand.self,
            ImpactCommand.self, StatsCommand.self, ReportCommand.self, EraseCommand.self, HoldCommand.self,
            RetentionCommand.self, Retain.self, Status.self,
            Verify.self, Prove.self, Check.self, Publish.self, VerifyPublished.self, WitnessCommand.self,
            TimestampCommand.self, KeyCommand.self, BackupCommand.self, RecoverCommand.self, Export.self,
            IndexCommand.self, ContactCommand.self, LetterCommand.self, Bench.self,
        ])

    static func main() async {
        Terminal.claimDescriptors()
        let command: any ParsableCommand
        do { command = try parseAsRoot() } catch {
            if exitCode(for: error) == .success { exit(withError: error) }
            Terminal.report(
                message(for: error), hint: "because --help lists the commands, because COMMAND --help its options")
            exit(ExitCode(64))
        }
        do {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch let error as ExitCode { exit(error) } catch {
            // Help that was asked for arrives as an error whose exit code is success.
            if exitCode(for: error) == .success { exit(withError: error) }
            Terminal.report(error)
            exit(ExitCode(Terminal.status(of: error)))
        }
    }

    private static func exit(_ code: ExitCode) -> Never { exit(withError: code) }
}

import ArgumentParser
import Because

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count decisions by outcome, time, principle, model and producer, and what people did about them.",
        discussion: """
            It reads the log itself, not the index. Times are the ledger's, in UTC. With --segment it compares the rates of \
            favourable outcomes between the values of a member, with the ratio to the highest rate and its 95 % interval; what \
            makes rates differ is not to be seen in it. As CSV it is a row for each count, or for each segment.

              because stats --since 2026-01-01 --by month
              because stats --segment producer --favourable comply,act
            """)

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var options: StatisticsOption
    @OptionGroup var form: FormOption

    func run() async throws {
        let question = try options.question
        let statistics = try await ledger.openForReading().statistics(of: question) {
            Terminal.progress("counting", $0, $1)
        }
        form.write(
            text: statistics.disparity?.text(top: options.top) ?? statistics.text(top: options.top),
            json: statistics.json, csv: statistics.disparity?.csv ?? statistics.csv)
        Terminal.note(
            "counted in the log itself, \(statistics.size) entries; because verify shows whether it is unchanged")
    }
}

import ArgumentParser
import Because

/// In which form an answer is printed that is also a table.
struct FormOption: ParsableArguments {
    @Flag(help: "Print the answer as JSON.") private var json = false
    @Flag(help: "Print its table as CSV, for a spreadsheet.") private var csv = false

    func validate() throws {
        if json, csv { throw ValidationError("--json and --csv exclude each other") }
    }

    /// Prints the answer in the form that was asked for.
    func write(text: @autoclosure () -> String, json: @autoclosure () -> JSON, csv: @autoclosure () -> CSVTable) {
        if self.json { return Terminal.write(json()) }
        Terminal.write(self.csv ? csv().text : text())
    }
}

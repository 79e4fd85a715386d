import ArgumentParser
import Because

struct WitnessList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the witnesses of the policy and what each cosigned last.")

    @OptionGroup var ledger: LedgerOption
    @Flag(help: "Print a JSON object for each.") var json = false

    func run() throws {
        let ledger = try ledger.openForReading()
        guard let policy = try PolicyFile(ofLedgerIn: self.ledger.path).policy() else {
            return Terminal.note("the ledger has no policy; because witness add NAME VKEY URL makes one")
        }
        for witness in policy.witnesses {
            let last = try ledger.read { try $0.lastStatement(of: witness, in: policy) }
            json
                ? Terminal.write(object(witness, last?.size, last?.statement))
                : write(witness, last?.size, last?.statement)
        }
        if !json {
            Terminal.note(policy.quorumText.map { "the policy requires \($0)" } ?? "the policy requires no witness")
        }
    }

    private func write(_ witness: Policy.Witness, _ size: UInt64?, _ statement: WitnessStatement?) {
        let last =
            if let size, let statement { "cosigned \(size) entries at \(statement.timeText)" } else {
                "has cosigned nothing here"
            }
        let line = "\(witness.name)  \(witness.key.text)  \(witness.url ?? "no address")  \(last)"
        Terminal.write(VisibleText.line(line) + "\n")
    }

    private func object(_ witness: Policy.Witness, _ size: UInt64?, _ statement: WitnessStatement?) -> JSON {
        var object: JSONObject = ["name": .string("\(witness.name)"), "key": .string(witness.key.text)]
        object["url"] = witness.url.map(JSON.string)
        object["size"] = size.map { .integer(Int64($0)) }
        object["at"] = statement.map { .string($0.timeText) }
        return .object(object)
    }
}

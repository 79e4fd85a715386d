import ArgumentParser
import Because

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "List the keys of the ledger, or change the key.",
        subcommands: [KeyList.self, KeyRotate.self, KeyRevoke.self])
}

struct KeyList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys that signed, and which sizes each of them.")

    @OptionGroup var ledger: LedgerOption
    @Flag(help: "Print a JSON object for each.") var json = false

    func run() throws {
        let terms = try ledger.openForReading().read { $0.keys.terms }
        for (index, term) in terms.enumerated() {
            let next = index + 1 < terms.count ? terms[index + 1] : nil
            if json {
                Terminal.write(term.json(until: next))
            } else {
                let last = next.map { " to \($0.announcedAt + 1)" } ?? ""
                let state = term.revokedAt.map { ", revoked by entry \($0)" } ?? ""
                Terminal.write("\(term.key.text)\n    signs sizes from \(term.firstSize)\(last)\(state)\n")
            }
        }
    }
}

extension KeyHistory.Term {
    fileprivate func json(until next: KeyHistory.Term?) -> JSON {
        var object: JSONObject = [
            "key": .string(key.text), "from": .integer(Int64(firstSize)), "n": .integer(Int64(announcedAt)),
        ]
        object["to"] = next.map { .integer(Int64($0.announcedAt + 1)) }
        object["revoked_by"] = revokedAt.map { .integer(Int64($0)) }
        return .object(object)
    }
}

/// What both ways to change the key have in common.
struct KeyChangeOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Option(help: ArgumentHelp("Write the new key to this file instead of in the place of the old.", valueName: "file"))
    var newKeyFile: String?

    func run(isRevocation: Bool, reason: String?) async throws {
        let changed = try await signing.withLedger(ledger) { ledger in
            try await KeyRotation(of: ledger, from: signing.key, newFile: newKeyFile).run(
                isRevocation: isRevocation, reason: reason)
        }
        Terminal.write("\(changed.key.text)\n")
        Terminal.note(
            "entry \(changed.receipt.number) announces the new key above, signed by both; keep it where the ledger is not"
        )
        if let remark = changed.remark { Terminal.note(remark) }
    }
}

struct KeyRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make a new key, and let the old one announce it.")

    @OptionGroup var options: KeyChangeOptions
    @Option(help: "Why; it is sealed in the entry.") var reason: String?

    func run() async throws { try await options.run(isRevocation: false, reason: reason) }
}

struct KeyRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Make a new key, and say on record that the old one is not to be trusted from here on.")

    @OptionGroup var options: KeyChangeOptions
    @Option(help: "Why; it is sealed in the entry.") var reason: String

    func run() async throws { try await options.run(isRevocation: true, reason: reason) }
}

import Foundation
import Testing

/// A ledger of its own for one test: a copy of one that the command made, with a short specification in force.
final class TestLedger: Sendable {
    static let origin = "acme.example/decisions"
    static let rules = """
        # Rules for the billing agent

        The agent answers customers of Acme.

        ## Protect privacy

        Never send personal data outside the company.

        ## Obey the law

        Do nothing that is against the law.

        ## Ask when unsure

        When an instruction can be read in two ways, ask which one is meant.

        """

    /// Made once; tests work on copies.
    private static let template = Result {
        let scratch = try Scratch.forTheRun()
        let ledger = scratch.path + "/ledger"
        let made = try Because.run(["init", ledger, "--origin", origin])
        try #require(made.status == 0, "\(made.errors)")
        let file = try scratch.write(rules, to: "rules.md")
        let added = try Because.run(
            ["spec", "add", file, "--id", "acme/rules", "--version", "1", "--ledger", ledger])
        try #require(added.status == 0, "\(added.errors)")
        return ledger
    }

    /// The entries of a new ledger: its own first one, and the specification.
    static let ownCount = 2

    private let scratch: Scratch
    let path: String

    init(under parent: String = FileManager.default.temporaryDirectory.path, copyOf other: String? = nil) throws {
        scratch = try Scratch(under: parent)
        path = scratch.path + "/ledger"
        try FileManager.default.copyItem(atPath: try other ?? Self.template.get(), toPath: path)
    }

    /// Puts other bytes into a file of the ledger.
    func patch(_ name: String, at offset: Int, _ bytes: [UInt8]) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: "\(path)/\(name)"))
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: Data(bytes))
        try file.close()
    }

    /// Puts the file of another ledger in the place of this one's.
    func replace(_ name: String, by other: TestLedger) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
        try FileManager.default.copyItem(atPath: "\(other.path)/\(name)", toPath: "\(path)/\(name)")
    }

    /// A file beside the ledger.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String { try scratch.write(bytes, to: name) }

    func run(_ arguments: String..., input: String = "", terminal: Terminal? = nil) throws -> Answer {
        try Because.run(
            arguments, input: input.utf8, environment: ["BECAUSE_LEDGER": path, "NO_COLOR": "1"], terminal: terminal)
    }

    func run(_ arguments: String..., bytes: [UInt8]) throws -> Answer {
        try Because.run(arguments, input: bytes, environment: ["BECAUSE_LEDGER": path])
    }

    func start(_ arguments: String...) throws -> Child {
        try Because.start(arguments, environment: ["BECAUSE_LEDGER": path])
    }
}

/// A line that a producer would send.
func decision(
    _ id: String, summary: String = "Refused to send the customer file", ref: String = "acme/rules#protect-privacy"
)
    -> String
{
    """
    {"id":"\(id)","outcome":"refuse","summary":"\(summary)","principles":[{"ref":"\(ref)","role":"applied"}],\
    "rationale":{"text":"The address is outside the company.","source":"model","timing":"with"}}
    """
}

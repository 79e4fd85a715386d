import Foundation
import Testing

/// A ledger whose sealed values are encrypted, as it is used from a terminal.
struct KeyringCommandTests {
    @Test func `every command that reads what is sealed takes the key ring, and says so where it has none`() throws {
        let folder = try Scratch(under: FileManager.default.temporaryDirectory.path)
        let (ledger, ring) = (folder.path + "/a.ledger", folder.path + "/ring")
        func run(_ arguments: [String], input: String = "", _ keyring: String? = nil) throws -> Answer {
            var environment = ["BECAUSE_LEDGER": ledger]
            environment["BECAUSE_KEYRING"] = keyring
            return try Because.run(arguments, input: input.utf8, environment: environment)
        }
        #expect(try run(["init", ledger, "--origin", "acme.example/decisions", "--keyring", ring]).status == 0)
        let line =
            #"{"id":"d1","outcome":"refuse","summary":"a zebra crossed","none_cited":"x","rationale_absent":"y"}"#
        #expect(try run(["record", "--keyring", ring], input: line).status == 0)
        let page = folder.path + "/report.html"
        for arguments in [
            ["verify"], ["report", page, "--force"], ["why", "d1"], ["show", "d1"], ["find", "zebra"], ["export"],
            ["status"], ["timeline", "--session", "s"], ["stats"],
        ] {
            #expect(try run(arguments + ["--keyring", ring]).status == 0, "\(arguments)")
            #expect(try run(arguments, ring).status == 0, "\(arguments), by the environment")
        }
        for arguments in [["why", "d1"], ["show", "d1"], ["find", "zebra"], ["export"]] {
            let answer = try run(arguments)
            #expect(answer.status == 1 && !answer.output.contains("zebra"), "\(arguments)")
            #expect(answer.errors.contains("no key ring was given") && answer.errors.contains("--keyring FILE"))
        }
        for arguments in [["verify"], ["report", page, "--force"]] {
            #expect(try run(arguments).status == 1, "\(arguments)")
        }
        let missing = try run(["why", "d1", "--keyring", folder.path + "/none"])
        #expect(missing.status == 1 && missing.errors.contains("No such file"))
    }
}

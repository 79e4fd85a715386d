import Because
import Foundation
import Testing

/// The commands `prove`, `check` and `verify --against`, as a person runs them.
struct ProofCommandTests {
    /// What a command answered.
    private struct Answer {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Runs the command that was built beside these tests, with nothing in its environment.
    private static func run(_ arguments: String..., in folder: String) throws -> Answer {
        try run(arguments, in: folder)
    }

    private static func run(_ arguments: [String], in folder: String) throws -> Answer {
        let running = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(filePath: running).deletingLastPathComponent().appending(path: "because")
        process.arguments = arguments
        process.environment = [:]
        process.currentDirectoryURL = URL(filePath: folder)
        let ends = (Pipe(), Pipe())
        process.standardOutput = ends.0
        process.standardError = ends.1
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // The errors are few: what fits into a pipe does not hold the command up.
        let output = ends.0.fileHandleForReading.readDataToEndOfFile()
        let errors = ends.1.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Answer(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }

    /// A ledger with one decision in `l`, closed, and its key.
    private static func made() async throws -> (scratch: Scratch, key: String) {
        let scratch = try Scratch()
        let ledger = try await scratch.ledger()
        try await ledger.decide(["first", "second"])
        await ledger.close()
        return (scratch, ledger.firstKey.text)
    }

    @Test func `a proof goes from one folder to another, where there is no ledger`() async throws {
        let (scratch, key) = try await Self.made()
        let proved = try Self.run(
            "prove", "--ledger", "l", "fir", "--disclose", "summary", "-o", "proof.json", in: scratch.path)
        #expect(proved.status == 0 && proved.output.isEmpty, "\(proved.errors)")
        #expect(proved.errors.contains("disclosed: summary; 2 fields remain sealed"))
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.folder("proof.json"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let printed = try Self.run("prove", "--ledger", "l", "first", "--disclose", "summary", in: scratch.path)
        #expect(Array(printed.output.utf8) == (try scratch.bytes("proof.json")))

        let elsewhere = try Scratch()
        try FileManager.default.copyItem(atPath: scratch.folder("proof.json"), toPath: elsewhere.folder("p"))
        let checked = try Self.run("check", "p", "--key", key, in: elsewhere.path)
        #expect(checked.status == 0 && checked.output.contains("summary: the summary of first"))
        let json = try Self.run("check", "p", "--key", key, "--json", in: elsewhere.path)
        #expect(try JSON(parsing: Array(json.output.utf8))["verdict"] == "holds")
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path) == ["p"])
    }

    @Test func `the exit status says whether it holds, could not be checked, or was not asked right`() async throws {
        let (scratch, key) = try await Self.made()
        _ = try Self.run("prove", "--ledger", "l", "1", "-o", "p", in: scratch.path)
        let text = String(decoding: try scratch.bytes("p"), as: UTF8.self)
        let witness = try SigningKey.generate(name: "w.example", randomness: .system).cosignatureKey
        let files = [
            "changed": text.replacing("comply", with: "refuse"), "policy": "log \(key)\nquorum none\n",
            "strict": "log \(key)\nwitness w \(witness)\nquorum w\n", "nobody": "quorum none\n", "broken": "quorum",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: scratch.folder(name))) }
        let other = key.replacing("acme", with: "acne")
        for (arguments, status) in [
            (["p", "--key", key], 0), (["p", "--policy", "policy"], 0), (["p", "--policy", "nobody", "--key", key], 0),
            (["changed", "--key", key], 2), (["p", "--policy", "strict"], 2), (["policy", "--key", key], 1),
            (["p", "--key", other], 64), (["p", "--key", witness.text], 64), (["p", "--policy", "nobody"], 1),
            (["p", "--policy", "broken"], 1), (["absent", "--key", key], 1), (["l", "--key", key], 1), (["p"], 64),
            (["--key", key], 64),
        ] {
            let answer = try Self.run(["check"] + arguments, in: scratch.path)
            #expect(answer.status == status, "\(arguments): \(answer.output)\(answer.errors)")
            #expect((status == 0) == answer.output.contains("The evidence holds."))
        }
    }

    @Test func `while another process records, a proof is given or what to do is said`() async throws {
        let (scratch, key) = try await Self.made()
        let ledger = try Ledger.open(at: scratch.folder("l"))
        let refused = try Self.run("prove", "--ledger", "l", "first", "-o", "p", in: scratch.path)
        #expect(refused.status == 1 && refused.errors.contains("held for writing by another process"))
        #expect(refused.errors.contains("hint: run it again when nothing else records"))
        _ = try await ledger.keepCheckpoint()
        let given = try Self.run("prove", "--ledger", "l", "first", "-o", "p", in: scratch.path)
        #expect(given.status == 0, "\(given.errors)")
        await ledger.close()
        #expect(try Self.run("check", "p", "--key", key, in: scratch.path).status == 0)
    }

    @Test func `today's ledger is compared with a proof that was kept`() async throws {
        let (scratch, key) = try await Self.made()
        try scratch.copy("l", to: "early")
        let ledger = try Ledger.open(at: scratch.folder("l"))
        try await ledger.decide(["third"])
        await ledger.close()
        _ = try Self.run("prove", "--ledger", "l", "third", "-o", "p", in: scratch.path)
        for (name, status) in [("l", 0), ("early", 2)] {
            let answer = try Self.run(
                "verify", "--ledger", name, "--against", "p", "--key", key, in: scratch.path)
            #expect(answer.status == status, "\(answer.output)")
            let json = try Self.run("verify", "--ledger", name, "--against", "p", "--json", in: scratch.path)
            let findings = try JSON(parsing: Array(json.output.utf8))["findings"]?.items ?? []
            let codes = findings.filter { $0["aspect"] == "consistency" }.map { $0["code"] }
            #expect(codes == [status == 0 ? "against_extends" : "against_rolled_back"])
        }
        let none = try Self.run("verify", "--ledger", "l", "--against", "l/key", in: scratch.path)
        #expect(none.status == 1 && none.errors.contains("hint: give a checkpoint"))
    }
}

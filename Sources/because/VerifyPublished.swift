import ArgumentParser
import Because

struct VerifyPublished: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-published",
        abstract: "Verify a published folder, without any ledger. Exit status 2 when it does not hold.")

    @Argument(help: "The folder, as because publish made it or a copy of it.") var dir: String
    @Option(help: "The verifier key of the log.") var key: String?
    @Option(help: "A policy file: logs, witnesses and the quorum (C2SP tlog-policy).") var policy: String?
    @Flag(help: "Print the report as JSON.") var json = false

    func validate() throws {
        if key != nil, policy != nil { throw ValidationError("--key and --policy exclude each other") }
    }

    func run() async throws {
        let log = try PublishedLog(PublishedFiles(folder: dir), trust: trust())
        let report = try log.check { Terminal.progress("verify", $0, $1) }
        json ? Terminal.write(report.json) : Terminal.write(report.text)
        if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
    }

    private func trust() throws -> PublishedLog.Trust {
        if let policy {
            let bytes = try InputFile(policy).read(limit: Policy.maximumByteCount)
            do { return .policy(try Policy(parsing: bytes)) } catch { throw Problem("\(policy): \(error)") }
        }
        guard let key else { return .none }
        do { return .keys([try VerifierKey(parsing: key)]) } catch {
            throw Problem("--key: \(error)", hint: "it looks like acme.example/decisions+1a2b3c4d+AbCd…")
        }
    }
}

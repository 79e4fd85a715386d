import ArgumentParser
import Because

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Derive everything again from the stored bytes. Writes nothing; exit status 2 when the evidence does not hold."
    )

    @OptionGroup var ledger: LedgerOption
    @Option(help: "The verifier key that `because init` printed. Without it the key of entry 0 is taken.") var key:
        String?
    @Option(
        help: "A file with the logs and witnesses you trust (C2SP tlog-policy). Without it the ledger's own is taken.")
    var policy: String?
    @OptionGroup var authorities: AuthorityOption
    @Flag(help: "Print the report as JSON.") var json = false

    func run() async throws {
        let trusted: VerifierKey?
        do { trusted = try key.map { try VerifierKey(parsing: $0) } } catch {
            throw Problem("--key: \(error)", hint: "it looks like acme.example/decisions+1a2b3c4d+AbCd…")
        }
        let file = policy.map { PolicyFile(path: $0) }
        let policy = try file?.policy()
        if let file, policy == nil { throw PolicyFile.Problem.absent(path: file.path) }
        let report = try await Verification(
            folder: ledger.path, key: trusted, policy: policy, authorities: authorities.trusted,
            progress: Terminal.progress
        ).run()
        json ? Terminal.write(report.json) : Terminal.write(report.text)
        if trusted == nil, policy?.logs.isEmpty ?? true {
            Terminal.note("the key was taken from the ledger itself; --key checks it against the one you kept")
        }
        if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
    }
}

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
        help:
            "A checkpoint, proof file, tlog-proof or head file that was kept elsewhere: today's log must go on from it."
    )
    var against: String?
    @Option(
        help: "A file with the logs and witnesses you trust (C2SP tlog-policy). Without it the ledger's own is taken.")
    var policy: String?
    @OptionGroup var authorities: AuthorityOption
    @OptionGroup var head: HeadOption
    @Flag(help: "Print the report as JSON.") var json = false

    func run() async throws {
        let trusted = try key.map(VerifierKey.init(option:))
        let earlier = try against.map(Self.readEarlier)
        let file = policy.map { PolicyFile(path: $0) }
        let policy = try file?.policy()
        if let file, policy == nil { throw PolicyFile.Problem.absent(path: file.path) }
        let verification = Verification(
            folder: try ledger.path, key: trusted, places: ledger.places(head: head),
            against: earlier,
            policy: policy, authorities: try authorities.trusted, progress: Terminal.progress)
        let report = try await verification.run()
        json ? Terminal.write(report.json) : Terminal.write(report.text)
        if trusted == nil, policy?.logs.isEmpty ?? true {
            Terminal.note("the key was taken from the ledger itself; --key checks it against the one you kept")
        }
        if report.exitStatus != 0 { throw ExitCode(report.exitStatus) }
    }

    private static func readEarlier(_ path: String) throws -> EarlierEvidence {
        let bytes = try InputFile(path).read(limit: ProofFile.byteLimit)
        do { return try EarlierEvidence(parsing: bytes) } catch {
            throw Problem(
                "\(path): \(error)",
                hint: "give a checkpoint as because status prints it, a proof file, a tlog-proof or a head file")
        }
    }
}

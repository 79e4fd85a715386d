import ArgumentParser
import Because

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a proof file, and say what it shows and what it does not. Needs no ledger and no network.",
        discussion: """
            FILE is what because prove wrote, or a C2SP tlog-proof whose entry --entry names. Exit status 2 when the evidence \
            does not hold or the quorum of the policy is not met, 1 when it could not be checked.
            """)

    @Argument(help: "The file; - is standard input.") var file: String
    @Option(help: "A trust policy (C2SP tlog-policy): the logs and witnesses you know, and the quorum you require.")
    var policy: String?
    @Option(help: "The verifier key of the log, as you kept it.") var key: String?
    @Option(help: "The exact bytes of the entry, for a bare tlog-proof.") var entry: String?
    @Flag(help: "Print the result as JSON.") var json = false

    func validate() throws {
        if policy == nil, key == nil { throw ValidationError("--policy FILE or --key VKEY says whom you trust") }
    }

    func run() throws {
        let trust = try readTrust()
        let bytes = try InputFile(file).read(limit: ProofFile.byteLimit)
        let entry = try entry.map { try InputFile($0).read(limit: ProofFile.byteLimit) }
        if entry == nil, TlogProof.isLikely(bytes) {
            throw Problem(
                "\(file) is a tlog-proof without its entry", hint: "--entry FILE names the bytes of the entry")
        }
        if entry != nil, bytes.first == UInt8(ascii: "{") {
            throw Problem("\(file) is a proof file, which holds its entry", hint: "leave out --entry")
        }
        let check = ProofCheck(bytes, entry: entry, trust: trust)
        json ? Terminal.write(check.json) : Terminal.write(check.text)
        if case .failure(.proof(.notIncluded)) = check.result, entry?.last == 0x0A {
            Terminal.note("hint: the entry ends with a newline; an entry of a ledger has none")
        }
        if check.exitStatus != 0 { throw ExitCode(check.exitStatus) }
    }

    private func readTrust() throws -> Trust {
        let logs = try [key].compactMap(\.self).map(VerifierKey.init(option:))
        guard let path = policy else { return Trust(logs: logs) }
        let bytes = try InputFile(path).read(limit: 1 << 20)
        let policy: Policy
        do { policy = try Policy(parsing: bytes) } catch { throw Problem("\(path): \(error)") }
        guard !policy.logs.isEmpty || !logs.isEmpty else {
            throw Problem("\(path) names no log", hint: "add a log line, or give the log's key with --key")
        }
        return Trust(logs: logs, policy: policy)
    }
}

extension VerifierKey {
    /// The key of a log, as it is typed after `--key`.
    init(option text: String) throws {
        do { try self.init(parsing: text) } catch {
            throw Problem("--key: \(error)", hint: "it looks like acme.example/decisions+1a2b3c4d+AbCd…", status: 64)
        }
        guard kind == .note else {
            throw Problem(
                "--key: this is the key of a witness", hint: "a policy names witnesses: --policy FILE", status: 64)
        }
    }
}

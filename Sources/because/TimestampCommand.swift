import ArgumentParser
import Because
import Foundation
import Glibc

struct TimestampCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timestamp",
        abstract:
            "Have an authority (RFC 3161) say when it saw the newest checkpoint; without options, list what is stored.",
        discussion: """
            The authority sees the SHA-256 of the checkpoint and nothing of the entries. Its answer is verified before it \
            is stored.
            """)

    @OptionGroup var ledger: LedgerOption
    @Option(help: ArgumentHelp("The address at which the authority takes requests.", valueName: "url")) var tsa: String?
    @Option(help: ArgumentHelp("Write a request to a new file, to be brought to an authority.", valueName: "file.tsq"))
    var request: String?
    @Option(help: ArgumentHelp("Store the answer that an authority gave to a request.", valueName: "file.tsr"))
    var from: String?
    @OptionGroup var authorities: AuthorityOption
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        if [tsa, request, from].compactMap(\.self).count > 1 {
            throw ValidationError("--tsa, --request and --from exclude each other")
        }
    }

    func run() async throws {
        let trusted = try authorities.trusted
        if let tsa {
            let url = try URL(web: tsa)
            try await store { try await $0.timestamp(at: url, trusting: trusted) }
        } else if let from {
            let bytes = try InputFile(from).read(limit: TimestampToken.byteLimit)
            try await store { try await $0.addTimestamp(bytes, trusting: trusted) }
        } else if let request {
            try await write(to: request)
        } else {
            try list(trusted)
        }
    }

    private func store(_ body: (Ledger) async throws -> CheckedTimestamp) async throws {
        let checked = try await withLedger(body)
        json ? Terminal.write(checked.json) : Terminal.write(VisibleText.line(checked.text) + "\n")
    }

    private func withLedger<Value>(_ body: (Ledger) async throws -> Value) async throws -> Value {
        let ledger = try Ledger.open(at: self.ledger.path)
        do {
            let value = try await body(ledger)
            await ledger.close()
            return value
        } catch {
            await ledger.close()
            throw error
        }
    }

    private func write(to file: String) async throws {
        let (checkpoint, request) = try await withLedger { try await $0.timestampRequest() }
        if file == "-" {
            Terminal.write(request.bytes)
        } else {
            let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            let reason = errno
            guard descriptor >= 0 else {
                throw Problem(
                    "\(file) cannot be made: \(String(cString: strerror(reason)))",
                    hint: reason == EEXIST ? "name a file that is not there yet" : nil)
            }
            defer { close(descriptor) }
            guard Glibc.write(descriptor, request.bytes, request.bytes.count) == request.bytes.count else {
                throw Problem("\(file) cannot be written: \(String(cString: strerror(errno)))")
            }
        }
        Terminal.note(
            "the request is for the checkpoint of \(checkpoint.size) entries with the root \(checkpoint.root)")
        Terminal.note("store the answer to it with because timestamp --from FILE")
    }

    private func list(_ trusted: TrustedCertificates?) throws {
        let ledger = try ledger.openForReading()
        let list = try TimestampList(of: ledger, trusting: trusted)
        try ledger.sync()
        json ? Terminal.write(list.json) : Terminal.write(list.text)
        if list.rows.isEmpty { Terminal.note("no time stamp is stored") }
        if !list.holds {
            Terminal.report("a time stamp does not hold", hint: "run because verify")
            throw ExitCode(2)
        }
    }
}

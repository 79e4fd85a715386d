import ArgumentParser
import Because
import Hummingbird
import Logging
import Server
import Witnesses

struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness", abstract: "Be a witness of logs (C2SP tlog-witness).",
        subcommands: [WitnessInit.self, WitnessServe.self])
}

struct WitnessInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a witness, and print the verifier key of its cosignatures.")

    @Argument(help: "The folder to create, for its key and what it remembers.") var dir: String
    @Argument(help: "Its name in every cosignature, such as witness.example/w1.") var name: String

    func run() throws { print(try Witness.create(in: dir, name: name).text) }
}

struct WitnessServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer add-checkpoint requests of the logs that it watches.",
        discussion: """
            Put a server that speaks TLS in front of it where it is reached over a network. Stop it with SIGTERM or SIGINT.
            """)

    @Option(help: "The folder that init made.") var store: String
    @Option(name: .customLong("log"), parsing: .upToNextOption, help: "The verifier key of a log to watch.") var logs:
        [String] = []
    @Option(help: "A file whose logs are watched (C2SP tlog-policy).") var policy: String?
    @Option(
        help: "Where to listen: HOST:PORT.",
        transform: {
            guard let address = ListeningAddress($0) else { throw ValidationError("\($0) is no HOST:PORT") }
            return address
        }) var bind: ListeningAddress = ListeningAddress.standard

    func run() async throws {
        let logger = Logger(label: "because-server")
        let logs = try watched()
        let witness = try Witness(in: store, logs: logs)
        defer { witness.close() }
        let application = Application(
            router: WitnessRoutes(witness, logger: logger).router,
            configuration: ApplicationConfiguration(
                address: .hostname(bind.host, port: bind.port), serverName: "because"),
            logger: logger)
        let names = logs.map(\.name.text).joined(separator: ", ")
        logger.info("witness", metadata: ["key": "\(witness.key.text)", "logs": "\(VisibleText.line(names))"])
        // Ends on SIGTERM or SIGINT, once the requests that are under way have their answers.
        try await application.runService()
    }

    private func watched() throws -> [VerifierKey] {
        var keys = try logs.map { try VerifierKey(parsing: $0) }
        if let policy {
            guard let policy = try PolicyFile(path: policy).policy() else {
                throw PolicyFile.Problem.absent(path: policy)
            }
            keys += policy.logs.map(\.key).filter { !keys.contains($0) }
        }
        guard !keys.isEmpty else {
            throw ValidationError("a witness watches at least one log: --log VKEY, or --policy FILE")
        }
        return keys
    }
}

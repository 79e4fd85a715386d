import ArgumentParser
import Because

struct SpecAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Register a document, and put it in force.")

    @OptionGroup var ledger: LedgerOption
    @OptionGroup var signing: SigningOption
    @Argument(help: "The document: Model Spec Markdown, any Markdown, or a JSON list of sections.") var file: String
    @Option(help: "The name of the document, such as openai/model-spec.") var id: String
    @Option(help: "The name of this version, such as 2025-12-18.") var version: String
    @Option(
        help: "How to read it: model-spec, markdown or json. Found out from the document when not given.",
        transform: word)
    var format: Format?
    @Flag(help: "Register it without putting it in force.") var inactive = false

    func run() async throws {
        let bytes = try InputFile(file).read(limit: Specification.byteLimit)
        let format = format ?? Format.detect(bytes, fileName: file)
        let specification: Specification
        do { specification = try Specification(parsing: bytes, format: format, id: id, version: version) } catch {
            throw Problem("\(file): \(error)", hint: "it was read as \(format.rawValue); --format says otherwise")
        }
        let (registered, inForce) = try await signing.withLedger(ledger) { ledger in
            (
                try await ledger.register(specification, isActive: !inactive),
                try ledger.read { $0.specifications.registry.inForce(id)?.version }
            )
        }
        let known = registered.receipt.status == .duplicate ? "was registered before, as" : "registered as"
        Terminal.write(
            "\(id)@\(version): \(specification.sections.count) sections, \(known) entry \(registered.receipt.number), sha256 \(specification.digest.hex)\n"
        )
        if inForce != version, !inactive {
            Terminal.note("it is not in force; because spec activate \(id)@\(version) puts it in force")
        }
    }
}

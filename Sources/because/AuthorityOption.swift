import ArgumentParser
import Because

/// Whose time stamps count.
struct AuthorityOption: ParsableArguments {
    @Option(
        name: .customLong("ca"),
        help: ArgumentHelp(
            "Certificates (PEM) that you trust for time stamps. Without them the certificates are not checked.",
            valueName: "file"))
    private var file: String?

    /// The certificates of the file that was named.
    var trusted: TrustedCertificates? {
        get throws {
            guard let file else { return nil }
            let pem = try InputFile(file).read(limit: TrustedCertificates.byteLimit)
            do { return try TrustedCertificates(pem: pem) } catch {
                throw Problem("--ca \(file): \(error)", hint: error.hint)
            }
        }
    }
}

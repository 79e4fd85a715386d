import ArgumentParser
import Because

struct SpecCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spec", abstract: "Register, show and compare specifications.",
        subcommands: [SpecAdd.self, SpecList.self, SpecShow.self, SpecDiff.self, SpecActivate.self])
}

/// `document@version`, as it is typed.
struct VersionName {
    let document: String
    let version: String

    /// `nil` when `text` is not of that form.
    init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        (document, version) = (String(parts[0]), String(parts[1]))
    }

    /// Reads an argument.
    static func parse(_ argument: String) throws -> VersionName {
        if let name = VersionName(argument) { return name }
        throw ValidationError("write document@version, such as acme/rules@1")
    }

    /// What `ref` names: a version, or the document whose version in force is meant.
    static func registration(_ ref: String, in ledger: Ledger) throws -> Registration {
        if let name = VersionName(ref) { return try name.registration(in: ledger) }
        if let registration = try ledger.read({ $0.specifications.registry.inForce(ref) }) { return registration }
        throw Problem("no version of \(ref) is in force", hint: "because spec list shows what is registered")
    }

    /// The registration of that name.
    func registration(in ledger: Ledger) throws -> Registration {
        let registry = try ledger.read { $0.specifications.registry }
        if let registration = registry.registration(id: document, version: version) { return registration }
        let known = registry.registrations.map { "\($0.id)@\($0.version)" }
        throw Problem(
            "\(document)@\(version) is not registered",
            hint: known.isEmpty
                ? "register it with because spec add" : "registered are \(known.joined(separator: ", "))")
    }
}

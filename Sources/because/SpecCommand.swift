import ArgumentParser
import Because

struct SpecCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spec", abstract: "Register, show and compare specifications.",
        subcommands: [SpecAdd.self, SpecList.self, SpecShow.self, SpecDiff.self, SpecActivate.self])
}

/// `document@version`, as it is typed.
struct VersionName: ExpressibleByArgument {
    let document: String
    let version: String

    init?(argument: String) {
        let parts = argument.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        (document, version) = (String(parts[0]), String(parts[1]))
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

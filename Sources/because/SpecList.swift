import ArgumentParser
import Because

struct SpecList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the registered specifications.")

    @OptionGroup var ledger: LedgerOption
    @Flag(help: "Print a JSON object for each.") var json = false

    func run() throws {
        let registry = try ledger.openForReading().read { $0.specifications.registry }
        for registration in registry.registrations {
            let isInForce = registry.inForce(registration.id)?.version == registration.version
            if json {
                Terminal.write(
                    [
                        "document": .string(registration.id), "version": .string(registration.version),
                        "format": .string(registration.format.rawValue),
                        "digest": .string(registration.digest.base64URL),
                        "n": .integer(Int64(registration.entry)),
                        "sections": .integer(Int64(registration.sections.count)),
                        "in_force": .bool(isInForce),
                    ])
            } else {
                let state = isInForce ? "in force" : "not in force"
                Terminal.write(
                    "\(registration.id)@\(registration.version)  \(registration.sections.count) sections  entry \(registration.entry)  \(state)  sha256 \(registration.digest.hex)\n"
                )
            }
        }
        if registry.registrations.isEmpty, !json {
            Terminal.note("no specification is registered; because spec add registers one")
        }
    }
}

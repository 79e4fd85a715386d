import Cryptography
public import Decisions
public import Specifications

extension SpecificationHistory {
    /// What a citation in entry `number` is of: the section in the version that the reference names or that was in force.
    /// `nil` where there is none, or another document than the one cited.
    public func cited(_ citation: Decisions.Citation, ref: String, at number: UInt64) -> Specifications.Citation? {
        guard let reference = try? Reference(parsing: ref),
            let registration = registration(of: reference, at: number), registration.digest == citation.document,
            let named = try? Reference(
                document: reference.document, version: registration.version, section: reference.section)
        else { return nil }
        return try? registry.resolve(named)
    }

    private func registration(of reference: Reference, at number: UInt64) -> Registration? {
        guard let version = reference.version else { return registry.inForce(reference.document, at: number) }
        return registry.registration(id: reference.document, version: version).flatMap { $0.entry < number ? $0 : nil }
    }

    /// Why a citation in entry `number` does not hold, or `nil` when it does.
    func problem(with citation: Decisions.Citation, ref: String, at number: UInt64) -> String? {
        guard let cited = cited(citation, ref: ref, at: number) else {
            return
                "no section of that name was registered and in force then, in a document with the digest that is recorded"
        }
        guard cited.sectionDigest == citation.section else { return "the digest is not that of the section's words" }
        guard cited.authority == citation.authority else {
            return
                "the authority is recorded as \(citation.authority ?? "none"); the section has \(cited.authority ?? "none")"
        }
        return nil
    }
}

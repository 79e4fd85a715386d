import Cryptography
import Decisions
import JSON
public import Specifications

/// The specifications that a ledger knows, and since which entry each version is in force.
public struct SpecificationHistory: Sendable {
    /// What is registered, and what is in force now.
    public private(set) var registry = Registry()
    /// Grows with every change, so that a reference resolved before one can be resolved again.
    private(set) var generation = 0
    /// The entries that registered something or put it in force.
    private var changes: [UInt64] = []
    private var parts: [SpecificationEntry.Part] = []
    private var firstPart: UInt64 = 0

    /// Why an entry of type `specification` says nothing.
    enum Unreadable: Error, CustomStringConvertible {
        case malformed(String)
        case refused(RegistryError)

        var description: String {
            switch self {
            case .malformed(let detail): detail
            case .refused(let error): error.description
            }
        }
    }

    /// Adds what an entry of type `specification` says. Entries come in the order of the log.
    mutating func add(_ body: JSON, entry: UInt64) throws(Unreadable) {
        guard let content = SpecificationEntry(body) else {
            throw Unreadable.malformed("its body is not of a known form")
        }
        switch content {
        case .activation(let document, let version, let digest):
            guard let registration = registry.registration(id: document, version: version),
                registration.digest == digest
            else { throw Unreadable.malformed("it activates \(document)@\(version), which is not registered") }
            try activate(registration, entry: entry)
        case .part(let part): try add(part, entry: entry)
        }
        generation += 1
        changes.append(entry)
    }

    /// The numbers around `number` at which every reference means the same: neither of these entries nor one between them
    /// changed anything. `nil` for an entry that did.
    func unchanged(around number: UInt64) -> ClosedRange<UInt64>? {
        // A version registered in an entry can be cited from the next on; one put in force, from the entry itself on.
        let last = changes.filter { $0 < number }.max()
        let next = changes.filter { $0 >= number }.min() ?? .max
        return next == number ? nil : (last.map { $0 + 1 } ?? 0)...(next - 1)
    }

    /// Gives up a registration of which a part cannot be read.
    mutating func forgetParts() { parts = [] }

    private mutating func add(_ part: SpecificationEntry.Part, entry: UInt64) throws(Unreadable) {
        if part.part == 1 {
            parts = []
            firstPart = entry
        }
        guard part.part == parts.count + 1, entry == firstPart + UInt64(parts.count),
            parts.allSatisfy({ $0.digest == part.digest && $0.parts == part.parts })
        else { throw Unreadable.malformed("part \(part.part) of \(part.parts) stands in the wrong place") }
        parts.append(part)
        guard part.part == part.parts else { return }
        guard let format = Format(rawValue: part.format) else {
            throw Unreadable.malformed("format \(part.format) is unknown")
        }
        let registration = Registration(
            id: part.document, version: part.version, format: format, digest: part.digest, entry: firstPart,
            activatedAt: nil,
            sections: parts.flatMap(\.sections))
        parts = []
        do { _ = try registry.register(registration) } catch { throw .refused(error) }
        if part.isActive { try activate(registration, entry: entry) }
    }

    private mutating func activate(_ registration: Registration, entry: UInt64) throws(Unreadable) {
        do { try registry.activate(id: registration.id, version: registration.version, entry: entry) } catch {
            throw .refused(error)
        }
    }

    /// What a reference means now.
    func resolve(_ ref: String) -> Resolution {
        do {
            let citation = try registry.resolve(Reference(parsing: ref))
            return .citation(
                Decisions.Citation(
                    document: citation.documentDigest, section: citation.sectionDigest, authority: citation.authority))
        } catch {
            let hint = "no specification is registered yet; because spec add registers one"
            return .unresolved(reason: "\(error)", hint: registry.registrations.isEmpty ? hint : nil)
        }
    }
}

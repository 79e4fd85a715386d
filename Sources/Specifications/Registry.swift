public import Cryptography

/// The specifications that a log has registered, and which version of each is in force.
///
/// A pure value, built by replaying entries in order. In force is the most recently activated version.
public struct Registry: Sendable {
    /// All registrations in the order of their registering.
    public private(set) var registrations: [Registration] = []
    /// For each registration, the places of its sections.
    private var places: [[String: Int]] = []
    private var documents: [String: Document] = [:]
    private var digests: [Digest: Int] = [:]

    private struct Document {
        var versions: [String: Int] = [:]
        /// Registrations in the order of their registering.
        var indexes: [Int] = []
        /// Which registration each entry put in force; the entries rise.
        var activations: [(entry: UInt64, index: Int)] = []
    }

    /// What became of a registration.
    public enum Outcome: Sendable, Equatable {
        case registered
        /// The same document stands under the same names since that entry; nothing changed.
        case alreadyRegistered(entry: UInt64)
    }

    /// A registry without registrations.
    public init() {}

    /// Adds a registration; one that says when it was activated is put in force as of that entry.
    @discardableResult
    public mutating func register(_ new: Registration) throws(RegistryError) -> Outcome {
        guard NameGrammar.document.matches(new.id) else { throw .badName(.document, got: new.id) }
        guard NameGrammar.version.matches(new.version) else { throw .badName(.version, got: new.version) }
        if let index = documents[new.id]?.versions[new.version] {
            let known = registrations[index]
            guard known.digest == new.digest else {
                throw .otherText(id: new.id, version: new.version, got: new.digest, registered: known.digest)
            }
            guard known.format == new.format else {
                throw .otherFormat(id: new.id, version: new.version, got: new.format, registered: known.format)
            }
            return .alreadyRegistered(entry: known.entry)
        }
        var places: [String: Int] = [:]
        for (place, section) in new.sections.enumerated() {
            guard NameGrammar.section.matches(section.id) else { throw .badName(.section, got: section.id) }
            guard places.updateValue(place, forKey: section.id) == nil else { throw .duplicateSection(section.id) }
        }
        if let activated = new.activatedAt { try checkActivation(of: new, at: activated) }
        let index = registrations.count
        registrations.append(new)
        self.places.append(places)
        documents[new.id, default: Document()].versions[new.version] = index
        documents[new.id]?.indexes.append(index)
        if digests[new.digest] == nil { digests[new.digest] = index }
        if let activated = new.activatedAt { noteActivation(of: index, at: activated) }
        return .registered
    }

    /// Puts a registered version in force as of an entry.
    public mutating func activate(id: String, version: String, entry: UInt64) throws(RegistryError) {
        guard let document = documents[id] else { throw .unknownDocument(got: id) }
        guard let index = document.versions[version] else { throw .unknownVersion(id: id, got: version) }
        try checkActivation(of: registrations[index], at: entry)
        if let last = document.activations.last, last.entry > entry || last.entry == entry && last.index != index {
            throw .activationOutOfOrder(id: id, got: entry, last: last.entry)
        }
        registrations[index].activatedAt = entry
        noteActivation(of: index, at: entry)
    }

    private func checkActivation(of registration: Registration, at entry: UInt64) throws(RegistryError) {
        guard entry >= registration.entry else {
            throw .activatedBeforeRegistered(
                id: registration.id, version: registration.version, got: entry, registered: registration.entry)
        }
        let taken = documents[registration.id]?.activations.last { $0.entry <= entry }
        if let taken, taken.entry == entry, registrations[taken.index].version != registration.version {
            throw .activationOutOfOrder(id: registration.id, got: entry, last: taken.entry)
        }
    }

    private mutating func noteActivation(of index: Int, at entry: UInt64) {
        // Registrations may be restored in another order than they were activated in.
        var document = documents.removeValue(forKey: registrations[index].id) ?? Document()
        let place = document.activations.lastIndex { $0.entry <= entry }.map { $0 + 1 } ?? 0
        document.activations.insert((entry, index), at: place)
        documents[registrations[index].id] = document
    }
}

extension Registry {
    /// The version of the document `id` that is in force. O(1).
    public func inForce(_ id: String) -> Registration? {
        documents[id]?.activations.last.map { registrations[$0.index] }
    }

    /// The version of the document `id` that was in force when entry number `entry` had been written.
    public func inForce(_ id: String, at entry: UInt64) -> Registration? {
        documents[id]?.activations.last { $0.entry <= entry }.map { registrations[$0.index] }
    }

    /// The versions of the document `id` in the order in which they were put in force, and the entries that did it.
    public func activations(of id: String) -> [(entry: UInt64, registration: Registration)] {
        (documents[id]?.activations ?? []).map { ($0.entry, registrations[$0.index]) }
    }

    /// The registration of a version. O(1).
    public func registration(id: String, version: String) -> Registration? {
        documents[id]?.versions[version].map { registrations[$0] }
    }

    /// The first registration of a document of that digest. O(1).
    public func registration(digest: Digest) -> Registration? { digests[digest].map { registrations[$0] } }

    /// What a reference cites; without a version, in the version in force. O(1) when it resolves.
    public func resolve(_ reference: Reference) throws(ResolutionError) -> Citation {
        guard let document = documents[reference.document] else {
            throw .unknownDocument(
                got: reference.document, nearest: Nearest.matches(reference.document, among: documents.keys, limit: 3))
        }
        let index: Int
        if let version = reference.version {
            guard let known = document.versions[version] else {
                throw .unknownVersion(document: reference.document, got: version, known: versions(of: document))
            }
            index = known
        } else {
            guard let last = document.activations.last else {
                throw .noneInForce(document: reference.document, known: versions(of: document))
            }
            index = last.index
        }
        guard let place = places[index][reference.section] else {
            throw unknownSection(reference, in: index, of: document)
        }
        return Citation(registrations[index].sections[place], in: registrations[index])
    }

    private func versions(of document: Document) -> [String] { document.indexes.map { registrations[$0].version } }

    private func unknownSection(_ reference: Reference, in index: Int, of document: Document) -> ResolutionError {
        let registration = registrations[index]
        let nearest = Nearest.matches(reference.section, among: registration.sections.lazy.map(\.id), limit: 3)
        let elsewhere = document.indexes.filter { places[$0][reference.section] != nil }
        return .unknownSection(
            document: registration.id, version: registration.version, got: reference.section,
            nearest: nearest.map { "\(registration.id)@\(registration.version)#\($0)" },
            elsewhere: elsewhere.map { registrations[$0].version })
    }
}

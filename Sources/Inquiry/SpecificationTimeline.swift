public import Decisions
public import Ledgers
import Specifications

/// A version of a specification, and the time in which it is in force: what a reference without a version means.
public struct VersionInForce: Sendable {
    public let document: String
    public let version: String
    /// The entry that put it in force.
    public let entry: UInt64
    public let from: Timestamp
    /// When another took its place; `nil` where it is in force still.
    public let until: Timestamp?
}

extension Ledger {
    /// Which version of each document was in force when, by document. Every entry behind it is proven.
    public func versionsInForce() throws -> [VersionInForce] {
        try read { view in
            let registry = view.specifications.registry
            return try Set(registry.registrations.map(\.id)).sorted().flatMap { document in
                let activations = registry.activations(of: document)
                let times = try activations.map { try view.provenEntry($0.entry).at }
                return activations.indices.map { index in
                    VersionInForce(
                        document: document, version: activations[index].registration.version,
                        entry: activations[index].entry, from: times[index],
                        until: index + 1 < times.count ? times[index + 1] : nil)
                }
            }
        }
    }
}

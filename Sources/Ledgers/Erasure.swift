public import Cryptography
import Decisions
public import JSON

/// An entry that says which sealed values were erased. Body: `{"digests","entry"}`, and the basis, sealed.
public struct Erasure: Sendable, Equatable {
    /// The number of the entry that says so.
    public let entry: UInt64
    /// The number of the entry whose values are gone.
    public let target: UInt64
    /// The digests of the fields.
    public let digests: [Digest]

    /// Reads the body of an entry of type `erasure`; `nil` when it is of no known form.
    public init?(_ body: JSON, entry: UInt64) {
        guard let target = body["entry"]?.integer, target >= 0, let items = body["digests"]?.items else { return nil }
        self.entry = entry
        self.target = UInt64(target)
        digests = items.compactMap { $0.text.flatMap { Digest(base64URL: $0) } }
    }
}

public import Cryptography
public import JSON

/// What the ledger answers when an entry is durable.
public struct Receipt: Sendable, Equatable {
    public enum Status: String, Sendable {
        case recorded
        /// The same id with the same content was recorded before.
        case duplicate
    }

    public let id: String
    /// The number of the entry.
    public let number: UInt64
    /// The leaf hash of the entry.
    public let leaf: Digest
    /// The size and root of a signed tree that holds the entry: of the commit that recorded it, or, for a duplicate, of a later one.
    public let size: UInt64
    public let root: Digest
    public let status: Status
    /// Fields of a duplicate that could not be compared, because they were erased.
    public let uncompared: Int

    public init(
        id: String, number: UInt64, leaf: Digest, size: UInt64, root: Digest, status: Status = .recorded,
        uncompared: Int = 0
    ) {
        self.id = id
        self.number = number
        self.leaf = leaf
        self.size = size
        self.root = root
        self.status = status
        self.uncompared = uncompared
    }

    /// `{"id","leaf","n","root","size","status"}`; hashes in base64url. `uncompared` is there only above zero.
    public var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "n": .integer(Int64(number)), "leaf": .string(leaf.base64URL),
            "size": .integer(Int64(size)),
            "root": .string(root.base64URL), "status": .string(status.rawValue),
        ]
        if uncompared > 0 { object["uncompared"] = .integer(Int64(uncompared)) }
        return .object(object)
    }
}

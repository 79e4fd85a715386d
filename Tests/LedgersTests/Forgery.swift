import Because
import Foundation
import GRDB
import Testing

/// Somebody who rewrites history and knows the format: whatever follows from the entries is made to fit again.
struct Forgery {
    /// What becomes of the checkpoints that no longer fit.
    enum Checkpoints: Sendable {
        /// They get the new roots and keep their signatures.
        case withOldSignatures
        /// They stay as they are.
        case untouched
        case removed
        case signed(by: SigningKey)
    }

    let ledger: TamperedLedger

    /// Changes entry `number` by `change` and chains what follows again: links, tiles and, as told, checkpoints.
    func rewrite(
        from number: UInt64, _ checkpoints: Checkpoints, keepsTiles: Bool = false,
        _ change: (inout [UInt8]) throws -> Void
    ) throws {
        try ledger.edit { database in
            var entries = try Data.fetchAll(database, sql: "SELECT bytes FROM entries ORDER BY n").map { Array($0) }
            try change(&entries[Int(number)])
            for index in Int(number) + 1..<entries.count {
                try Self.link(&entries[index], to: MerkleTree.leafHash(entries[index - 1]))
            }
            for index in Int(number)..<entries.count {
                try database.execute(
                    sql: "UPDATE entries SET bytes = ? WHERE n = ?", arguments: [Data(entries[index]), index])
            }
            let leaves = entries.map { MerkleTree.leafHash($0) }
            if !keepsTiles { try Self.putTiles(leaves, database) }
            try Self.put(checkpoints, from: number, leaves, database)
        }
    }

    private static func link(_ entry: inout [UInt8], to leaf: Digest) throws {
        let mark = Array(#""link":""#.utf8)
        let start = try #require(entry.ranges(of: mark).last).upperBound
        entry.replaceSubrange(start..<start + 43, with: leaf.base64URL.utf8)
    }

    private static func putTiles(_ leaves: [Digest], _ database: Database) throws {
        for number in 0..<leaves.count / 256 {
            let hashes = leaves[number * 256..<(number + 1) * 256]
            try database.execute(
                sql: "UPDATE tiles SET root = ?, hashes = ? WHERE level = 0 AND number = ?",
                arguments: [Data(MerkleTree.root(of: hashes).bytes), Data(hashes.flatMap(\.bytes)), number])
        }
    }

    private static func put(
        _ checkpoints: Checkpoints, from number: UInt64, _ leaves: [Digest], _ database: Database
    ) throws {
        for size in try Int.fetchAll(
            database, sql: "SELECT size FROM checkpoints WHERE size > ?", arguments: [Int64(number)])
        {
            let root = MerkleTree.root(of: leaves[..<size])
            switch checkpoints {
            case .untouched: break
            case .removed: try database.execute(sql: "DELETE FROM checkpoints WHERE size = ?", arguments: [size])
            case .withOldSignatures:
                try database.execute(
                    sql: "UPDATE checkpoints SET root = ? WHERE size = ?", arguments: [Data(root.bytes), size])
            case .signed(let key):
                let signature = Checkpoint(origin: key.name.text, size: UInt64(size), root: root).signature(by: key)
                try database.execute(
                    sql: "UPDATE checkpoints SET root = ?, signature = ? WHERE size = ?",
                    arguments: [Data(root.bytes), Data(signature), size])
            }
        }
    }
}

/// Puts `new` in the place of `old`, which must stand in `bytes`.
func replace(_ old: String, with new: String, in bytes: inout [UInt8]) throws {
    let range = try #require(bytes.firstRange(of: Array(old.utf8)), "\(old) is not there")
    bytes.replaceSubrange(range, with: Array(new.utf8))
}

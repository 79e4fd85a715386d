import Cryptography
import Decisions
import Foundation
import Ledgers
import Merkle
import Storage

extension LedgerView {
    /// Calls `body` with what the index holds of each entry of `range`. Nothing is proven: what is found this way is proven later.
    /// An entry that cannot be read is passed over; verification names it.
    func indexedEntries(_ range: Range<UInt64>, _ body: (IndexedEntry) throws -> Void) throws {
        var sealed: [UInt64: [Disclosure]] = [:]
        try snapshot.disclosures(range) { number, _, text in
            if let disclosure = Disclosure(parsing: Array(text)) { sealed[number, default: []].append(disclosure) }
        }
        try snapshot.entries(range) { number, bytes in
            guard let entry = try? Entry(parsing: Array(bytes)), entry.number == number else { return }
            try body(IndexedEntry(entry, sealed[number] ?? [], specifications))
        }
    }

    /// The leaf hash of an entry as its bytes are now.
    func leaf(_ number: UInt64) throws -> Digest? { try snapshot.entry(number).map { MerkleTree.leafHash($0) } }
}

extension Digest {
    var data: Data { withUnsafeBytes { Data($0) } }
}

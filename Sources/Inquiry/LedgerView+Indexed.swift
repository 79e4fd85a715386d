import Cryptography
import Decisions
import Foundation
import Ledgers
import Merkle
import Storage

extension LedgerView {
    /// What is read of entries.
    enum IndexedPart {
        /// Everything.
        case whole
        /// What stands in the log itself: no summary, no rationale, no subject.
        case clear
    }

    /// What the index holds of entries: words only where they lie in clear anyway.
    var indexedPart: IndexedPart {
        get throws { try sealing == .clear ? .whole : .clear }
    }

    /// Calls `body` with what the index holds of each entry of `range`. Nothing is proven: what is found this way is proven later.
    /// An entry that cannot be read is passed over; verification names it.
    func indexedEntries(
        _ range: Range<UInt64>, _ part: IndexedPart = .whole, _ body: (IndexedEntry) throws -> Void
    ) throws {
        var sealed: [(number: UInt64, disclosure: StoredDisclosure)] = []
        if part == .whole {
            try snapshot.disclosures(range) { number, ordinal, text in
                sealed.append((number, StoredDisclosure(ordinal: ordinal, text: Array(text))))
            }
        }
        var rest = sealed[...]
        var reader = IndexedEntryReader(specifications)
        try snapshot.entries(range) { number, bytes in
            rest = rest.drop { $0.number < number }
            let own = rest.prefix { $0.number == number }
            rest = rest[own.endIndex...]
            guard let entry = try? Entry(parsing: Array(bytes)), entry.number == number else { return }
            let disclosures = part == .whole ? own.map(\.disclosure) : nil
            try body(IndexedEntry(entry, disclosures, &reader, specifications))
        }
    }

    /// The leaf hash of an entry as its bytes are now.
    func leaf(_ number: UInt64) throws -> Digest? { try snapshot.entry(number).map { MerkleTree.leafHash($0) } }
}

extension IndexedEntry {
    /// What is derived from an entry and its disclosures, by the bytes where they are as usual.
    fileprivate init(
        _ entry: Entry, _ sealed: [StoredDisclosure]?, _ reader: inout IndexedEntryReader,
        _ specifications: SpecificationHistory
    ) {
        if entry.type == EntryType.specification { reader.passSpecification() }
        if let read = try? reader.entry(entry, sealed) {
            self = read
        } else {
            self.init(entry, (sealed ?? []).compactMap { Disclosure(parsing: $0.text) }, specifications)
        }
    }
}

extension Digest {
    var data: Data { withUnsafeBytes { Data($0) } }
}

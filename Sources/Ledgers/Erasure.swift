public import Cryptography
public import Decisions
public import JSON
import Storage

/// An entry that says which sealed values were erased. Body: `{"despite_minimum"?,"digests","entry","retention"?}`; sealed are the
/// basis and the names of the fields.
public struct Erasure: Sendable, Equatable {
    /// The number of the entry that says so.
    public let entry: UInt64
    /// The number of the entry whose values are gone.
    public let target: UInt64
    /// The digests of the fields.
    public let digests: [Digest]
    /// Whether it came before the end of the time that the values were to be kept at least.
    public let despitesMinimum: Bool
    /// The id of the run of retention that it belongs to.
    public let retention: String?

    /// Reads the body of an entry of type `erasure`; `nil` when it is of no known form.
    public init?(_ body: JSON, entry: UInt64) {
        guard let target = body["entry"]?.integer, target >= 0, let items = body["digests"]?.items else { return nil }
        self.entry = entry
        self.target = UInt64(target)
        digests = items.compactMap { $0.text.flatMap { Digest(base64URL: $0) } }
        despitesMinimum = body["despite_minimum"]?.bool == true
        retention = body["retention"]?.text
    }
}

/// An erasure as it stands in the log, proven, with what its sealed fields say.
public struct RecordedErasure: Sendable {
    public let erasure: Erasure
    /// The id of the entry that says so, and when it was recorded.
    public let id: String
    public let at: Timestamp
    /// Why; `nil` where none was given or it was erased itself.
    public private(set) var basis: String?
    private let fields: [Digest: String]

    init?(_ proven: ProvenEntry) throws(LedgerError) {
        let body = try proven.entry.provenBody()
        guard proven.entry.type == EntryType.erasure, let erasure = Erasure(body, entry: proven.entry.number) else {
            return nil
        }
        self.erasure = erasure
        id = proven.entry.id
        at = proven.entry.at
        basis = proven.opened("basis", in: body)?.text
        let names = proven.opened("fields", in: body)?.items ?? []
        fields = Dictionary(
            zip(erasure.digests, names).compactMap { digest, name in name.text.map { (digest, $0) } }
        ) { first, _ in first }
    }

    /// The same for somebody who is not to read why.
    public var withoutBasis: RecordedErasure {
        var erasure = self
        erasure.basis = nil
        return erasure
    }

    /// The path of the field that had this digest; `nil` where that is not known.
    public func field(_ digest: Digest) -> String? { fields[digest] }

    /// The paths of the fields that it erased, as far as they are known.
    public var knownFields: [String] { erasure.digests.compactMap { fields[$0] } }
}

extension LedgerView {
    /// The erasures on record of values of these entries. With `candidates`, only those entries are looked at.
    public func erasures(
        of numbers: Set<UInt64>, among candidates: [UInt64]? = nil
    ) throws(LedgerError) -> [RecordedErasure] {
        guard !numbers.isEmpty else { return [] }
        let all = if let candidates { candidates } else { try ownEntries(EntryType.erasure) }
        var found: [RecordedErasure] = []
        for candidate in all where candidate < size {
            guard let erasure = try RecordedErasure(proven(candidate)), numbers.contains(erasure.erasure.target) else {
                continue
            }
            found.append(erasure)
        }
        return found
    }

    /// The entries whose values entries from `number` on say were erased.
    public func erasedEntries(since number: UInt64) throws(LedgerError) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for entry in try ownEntries(EntryType.erasure) where entry >= number {
            let proven = try provenEntry(entry)
            guard proven.type == EntryType.erasure, let body = try? proven.body(),
                let erasure = Erasure(body, entry: entry)
            else { continue }
            found.insert(erasure.target)
        }
        return found
    }
}

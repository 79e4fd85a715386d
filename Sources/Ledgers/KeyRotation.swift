import Cryptography
import Decisions
import JSON
public import Notes
import Storage

extension Ledger {
    /// Bytes of the reason for a change of keys.
    public static let reasonByteLimit = 4096

    /// Announces `successor` in an entry whose checkpoint both keys sign; from then on it signs alone.
    ///
    /// With `isRevocation` the entry says that the key until now is not to be trusted any more. The caller keeps the
    /// new key where it will be found when the ledger is opened again, before it calls this.
    public func rotateKey(
        to successor: SigningKey, isRevocation: Bool = false, reason: String? = nil
    ) async throws(RecordError) -> Receipt {
        guard let writer else { throw .ledgerIsReadOnly }
        let keys: KeyHistory
        do { keys = try read { $0.keys } } catch { throw .store(.damaged(detail: "\(error)")) }
        guard successor.name == keys.current.name, !keys.keys.contains(successor.verifierKey) else {
            throw .unfitKey(successor.verifierKey.text)
        }
        guard reason?.utf8.count ?? 0 <= Self.reasonByteLimit else { throw .reasonTooLong(limit: Self.reasonByteLimit) }
        let entry = KeyEntry(key: successor.verifierKey, previous: keys.current, isRevocation: isRevocation)
        var sealed = JSONObject()
        sealed["reason"] = reason.map(JSON.string)
        let draft = Draft(entry.body, sealing: sealed, type: EntryType.key, writer.randomness)
        return try await writer.submit([draft], succession: .init(from: keys.current, to: successor))[0].get()
    }
}

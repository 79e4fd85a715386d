import Glibc
import SQLiteStorage

extension Ledger {
    /// What a ledger is opened for.
    public enum Access: Sendable {
        /// One process at a time.
        case recording
        /// Any number, also while another process records.
        case reading
    }

    /// Makes a ledger in a folder that is not there yet, with a new signing key, and opens it for recording.
    ///
    /// `origin` names the log in every checkpoint, such as `acme.example/decisions`: 1 to 255 bytes without spaces and `+`.
    /// The folder appears complete or not at all.
    public static func create(at path: String, origin: String) async throws -> Ledger {
        guard Checkpoint.isValidOrigin(origin) else { throw LedgerError.invalidOrigin(origin) }
        let place = LedgerFolder(path: path)
        do {
            try place.claim()
            do { try await make(origin, at: place) } catch {
                rmdir(place.path)
                throw error
            }
        } catch let error as StoreError { throw LedgerError.store(error) }
        return try open(at: place.path)
    }

    /// Makes the files in a folder beside `place`, which takes its name once all is there.
    private static func make(_ origin: String, at place: LedgerFolder) async throws {
        let draft = LedgerFolder(path: "\(place.path).new-\(getpid())")
        do {
            try draft.claim()
            let key = try SigningKey.generate(name: origin, randomness: .system)
            try KeyFile.create(key, at: draft.key)
            let store = try SQLiteStore.create(in: draft.path, subjectKey: Randomness.system.bytes(32))
            let signing = Signing(key: key, head: try HeadFile(path: draft.head, isWritable: true))
            try await create(in: store, signing: signing).close()
            try draft.replace(place)
        } catch {
            draft.discard()
            throw error
        }
    }

    /// Opens a ledger. It never creates one.
    ///
    /// `acceptsClockJump` lets a ledger go on although the clock jumped by more than a day.
    public static func open(
        at path: String, for access: Access = .recording, acceptsClockJump: Bool = false
    ) throws -> Ledger {
        let folder = LedgerFolder(path: path)
        do {
            switch access {
            case .reading: return try open(SQLiteStore.open(in: path, for: .reading), folder: path, signing: nil)
            case .recording:
                // The lock is taken first: whoever holds it may be writing the head.
                let store = try SQLiteStore.open(in: path, for: .writing)
                do {
                    let signing = Signing(
                        key: try KeyFile.read(at: folder.key), head: try HeadFile(path: folder.head, isWritable: true),
                        acceptsClockJump: acceptsClockJump)
                    return try open(store, folder: path, signing: signing)
                } catch {
                    store.close()
                    throw error
                }
            }
        } catch let error as StoreError { throw LedgerError.store(error) }
    }

    /// The index beside the log.
    public var index: LedgerIndex {
        guard let folder else { preconditionFailure("a ledger opened from a folder has one") }
        return LedgerIndex(at: LedgerFolder(path: folder).index, of: self)
    }
}

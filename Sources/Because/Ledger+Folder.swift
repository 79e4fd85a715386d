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
    /// `contact` says where its decisions can be contested. The folder appears complete or not at all. A key ring in `places` that
    /// is not there yet is made.
    public static func create(
        at path: String, origin: String, contact: Contact? = nil, places: LedgerPlaces = LedgerPlaces()
    ) async throws -> Ledger {
        guard Checkpoint.isValidOrigin(origin) else { throw LedgerError.invalidOrigin(origin) }
        let place = LedgerFolder(path: path)
        do {
            try place.claim()
            do {
                try places.makeKeyring(for: place)
                try await make(origin, contact, at: place, places)
            } catch {
                rmdir(place.path)
                throw error
            }
        } catch let error as StoreError { throw LedgerError.store(error) }
        return try open(at: place.path, places: places)
    }

    /// Makes the files in a folder beside `place`, which takes its name once all is there.
    private static func make(
        _ origin: String, _ contact: Contact?, at place: LedgerFolder, _ places: LedgerPlaces
    ) async throws {
        let draft = LedgerFolder(path: "\(place.path).new-\(getpid())")
        do {
            let ledger = try await draft.makeLedger(origin: origin, places: places, contact: contact)
            await ledger.close()
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
        at path: String, for access: Access = .recording, places: LedgerPlaces = LedgerPlaces(),
        acceptsClockJump: Bool = false
    ) throws -> Ledger {
        let folder = LedgerFolder(path: path)
        do {
            let headPath = places.head(in: folder)
            switch access {
            case .reading:
                let store = try places.openStore(in: path, for: .reading)
                return try open(store, folder: path, headPath: headPath, signing: nil).keeping(places)
            case .recording:
                // The lock is taken first: whoever holds it may be writing the head.
                let store = try places.openStore(in: path, for: .writing)
                do {
                    let key = try currentKey(places.key, of: store, in: folder)
                    let head = try HeadFile(path: headPath, isWritable: true)
                    let signing = Signing(key: key, head: head, acceptsClockJump: acceptsClockJump)
                    let ledger = try open(store, folder: path, headPath: headPath, signing: signing).keeping(places)
                    // An erasure that was cut short is finished. What cannot be cleared now stays due, and `status` says so.
                    _ = try? ledger.scrubFiles(patience: openingPatience)
                    return ledger
                } catch {
                    store.close()
                    throw error
                }
            }
        } catch let error as StoreError { throw LedgerError.store(error) }
    }

    /// Seconds that opening waits for readers at moments before an erasure.
    private static let openingPatience = 1.0

    /// The key of the ledger. Where a change of keys was committed and then cut short, it is finished here.
    private static func currentKey(
        _ source: KeySource, of store: SQLiteStore, in folder: LedgerFolder
    ) throws -> SigningKey {
        guard let path = source.path(in: folder), access(LedgerFolder.successor(of: path), F_OK) == 0 else {
            return try source.read(in: folder)
        }
        let successor = try KeyFile.read(at: LedgerFolder.successor(of: path))
        let current = try open(store, folder: folder.path, signing: nil).read { $0.keys.current }
        guard current == successor.verifierKey else { return try source.read(in: folder) }
        try LedgerFolder.putSuccessorInPlace(of: path)
        return successor
    }

    private func keeping(_ places: LedgerPlaces) -> Ledger {
        _ = companions.value("places") { places }
        return self
    }

    /// Where the parts lie that need not lie in the folder, as far as the ledger was opened with them.
    var places: LedgerPlaces { companions.value("places") { LedgerPlaces() } }

    /// The index beside the log.
    public var index: LedgerIndex {
        guard let folder else { preconditionFailure("a ledger opened from a folder has one") }
        return LedgerIndex(at: LedgerFolder(path: folder).index, of: self)
    }
}

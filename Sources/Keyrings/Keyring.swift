public import Cryptography
import Glibc
public import Storage
import Synchronization

/// The keys under which the sealed values of a ledger are encrypted, one for each person: a file that lies outside the
/// ledger's folder and is in none of its backups. Whoever destroys a person's key there makes every copy of the values
/// unreadable, wherever it went.
///
/// Any process may add and destroy keys, one after the other, and any number read. What another changed is noticed whenever a
/// key is asked for.
public final class Keyring: Sendable {
    /// What a key ring is opened for.
    public enum Access: Sendable {
        case reading
        case writing
    }

    public let path: String
    /// 16 random bytes, by which a ledger knows its key ring.
    public let id: [UInt8]
    let randomness: Randomness
    private let state: Mutex<State>

    private struct State {
        let file: KeyringFile
        var fingerprint: KeyringFile.Fingerprint
        var lines: [KeyringLine]
        /// The place of each key in `lines`.
        var places: [UInt64: Int] = [:]
        /// The place of the key that new values of a person get; of nobody in particular under `nil`.
        var current: [Digest?: Int] = [:]

        mutating func add(_ line: KeyringLine) {
            places[line.id] = lines.count
            if line.key != nil { current[line.subject] = lines.count }
            lines.append(line)
        }
    }

    private init(_ file: KeyringFile, path: String, randomness: Randomness) throws(StoreError) {
        self.path = path
        self.randomness = randomness
        let fingerprint = try file.fingerprint()
        let contents = try file.read()
        id = contents.id
        var state = State(file: file, fingerprint: fingerprint, lines: [])
        for line in contents.lines { state.add(line) }
        self.state = Mutex(state)
    }

    /// Makes a key ring without keys, and opens it for writing. The folder must be there; a file must not.
    public static func create(at path: String, randomness: Randomness = .system) throws(StoreError) -> Keyring {
        try KeyringFile.create(at: path, id: randomness.bytes(KeyringFile.idByteCount))
        return try open(at: path, for: .writing, randomness: randomness)
    }

    /// Opens what `create` made.
    public static func open(
        at path: String, for access: Access, randomness: Randomness = .system
    ) throws(StoreError) -> Keyring {
        try Keyring(KeyringFile(path: path, isWritable: access == .writing), path: path, randomness: randomness)
    }

    /// What became of a key.
    enum Found: Sendable {
        case key(DataKey)
        case destroyed
        /// The key ring never had it: it is an old copy, or the value was changed.
        case unknown

        var key: DataKey? { if case .key(let key) = self { key } else { nil } }
    }

    /// The key with this number.
    func key(_ id: UInt64) throws(StoreError) -> Found {
        try state.withLock { (state: inout State) throws(StoreError) in
            try refresh(&state)
            guard let place = state.places[id] else { return .unknown }
            return state.lines[place].key.map { .key(DataKey(id: id, bytes: $0)) } ?? .destroyed
        }
    }

    /// The keys under which new values of these people are encrypted. Those that are missing are made, and are on the disk
    /// when this returns: a value is never encrypted under a key that a power cut could take.
    func keys(for subjects: Set<Digest?>) throws(StoreError) -> [Digest?: DataKey] {
        try state.withLock { (state: inout State) throws(StoreError) in
            try refresh(&state)
            if subjects.contains(where: { state.current[$0] == nil }) {
                try change(&state) { (state: inout State) throws(StoreError) in
                    let lines = subjects.filter { state.current[$0] == nil }.map { newLine($0, in: state) }
                    try state.file.append(lines)
                    for line in lines { state.add(line) }
                }
            }
            return subjects.reduce(into: [:]) { keys, subject in
                guard let place = state.current[subject], let key = state.lines[place].key else { return }
                keys[subject] = DataKey(id: state.lines[place].id, bytes: key)
            }
        }
    }

    /// Destroys every key of a person: overwritten in place, on the disk when this returns. Whether there was one is returned.
    @discardableResult
    public func destroyKeys(of subject: Digest) throws(StoreError) -> Bool {
        try state.withLock { (state: inout State) throws(StoreError) in
            var isDestroyed = false
            try change(&state) { (state: inout State) throws(StoreError) in
                for place in state.lines.indices
                where state.lines[place].subject == subject && state.lines[place].key != nil {
                    var line = state.lines[place]
                    line.key = nil
                    try state.file.replace(place, with: line)
                    // Gone from the disk: what is in memory goes now as well.
                    state.lines[place] = line
                    isDestroyed = true
                }
                state.current[subject] = nil
            }
            return isDestroyed
        }
    }

    /// Calls `body` while no other process changes the file, and with what it holds by then.
    private func change(
        _ state: inout State, _ body: (inout State) throws(StoreError) -> Void
    ) throws(StoreError) {
        try state.file.lock()
        defer { state.file.unlock() }
        // Where another file took its place meanwhile, that is the one to change.
        let locked = state.file
        try refresh(&state)
        if state.file !== locked {
            try state.file.lock()
            locked.unlock()
        }
        try body(&state)
        state.fingerprint = try state.file.fingerprint()
    }

    /// How many keys there are, and how many were destroyed.
    public func counts() throws(StoreError) -> (keys: Int, destroyed: Int) {
        try state.withLock { (state: inout State) throws(StoreError) in
            try refresh(&state)
            let destroyed = state.lines.count { $0.key == nil }
            return (state.lines.count - destroyed, destroyed)
        }
    }

    private func newLine(_ subject: Digest?, in state: borrowing State) -> KeyringLine {
        var id: UInt64
        repeat { id = randomness.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } } while state.places[id] != nil
        return KeyringLine(id: id, subject: subject, key: randomness.bytes(AES256GCM.keyByteCount))
    }

    /// Reads the file again where another process changed it.
    private func refresh(_ state: inout State) throws(StoreError) {
        let now = try state.file.fingerprint()
        guard now != state.fingerprint else { return }
        // Whoever puts a copy back puts another file there.
        let isSame = now.inode == state.fingerprint.inode && now.device == state.fingerprint.device
        let file = isSame ? state.file : try KeyringFile(path: path, isWritable: state.file.isWritable)
        let contents = try file.read()
        guard contents.id == id else { throw .keyring(path: path, detail: "another key ring took its place") }
        state = State(file: file, fingerprint: now, lines: [])
        for line in contents.lines { state.add(line) }
    }
}

/// A key of 32 bytes, and the number that values name it by.
struct DataKey: Sendable {
    let id: UInt64
    let bytes: [UInt8]
}

import Glibc
import Keyrings
import SQLiteStorage

/// Where the signing key of a ledger is.
public enum KeySource: Sendable {
    /// The file `key` in the ledger's folder.
    case folder
    /// A file elsewhere, of mode 0600.
    case file(String)
    /// The text of the key itself, from an environment variable or a secret store.
    case text(String)
    /// An open descriptor from which the text can be read once.
    case descriptor(Int32)

    /// The file that holds the key of the ledger in `folder`; `nil` where it is none.
    func path(in folder: LedgerFolder) -> String? {
        switch self {
        case .folder: folder.key
        case .file(let path): path
        case .text, .descriptor: nil
        }
    }

    /// Reads the key.
    func read(in folder: LedgerFolder) throws(LedgerError) -> SigningKey {
        switch self {
        case .folder: return try KeyFile.read(at: folder.key)
        case .file(let path): return try KeyFile.read(at: path)
        case .text(let text): return try Self.parse(text, "in the environment")
        case .descriptor(let descriptor):
            var bytes = [UInt8](repeating: 0, count: 4096)
            var count = 0
            while count < bytes.count {
                let read = bytes.withUnsafeMutableBytes { buffer in
                    Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                }
                if read < 0 && errno == EINTR { continue }
                guard read >= 0 else {
                    throw .key(path: "of descriptor \(descriptor)", detail: String(cString: strerror(errno)))
                }
                if read == 0 { break }
                count += read
            }
            return try Self.parse(String(decoding: bytes[..<count], as: UTF8.self), "of descriptor \(descriptor)")
        }
    }

    private static func parse(_ text: String, _ place: String) throws(LedgerError) -> SigningKey {
        let line = text.split(whereSeparator: \.isNewline).first ?? ""
        do { return try SigningKey(parsing: line) } catch { throw .key(path: place, detail: "\(error)") }
    }

    /// The key for a new ledger: made where it is to lie in a file, and read where somebody brings it.
    func make(origin: String, in folder: LedgerFolder) throws -> SigningKey {
        guard let path = path(in: folder) else {
            let key = try read(in: folder)
            guard key.name.isSame(as: origin) else {
                throw LedgerError.key(path: "that was given", detail: "it is named \(key.name), not \(origin)")
            }
            return key
        }
        let key = try SigningKey.generate(name: origin, randomness: .system)
        try KeyFile.create(key, at: path)
        return key
    }
}

/// Where the parts of a ledger lie that need not lie in its folder.
public struct LedgerPlaces: Sendable {
    public var key = KeySource.folder
    /// The `head` file; on another volume it survives what happens to the folder. In the folder where `nil`.
    public var head: String?
    /// The key ring that sealed values are encrypted with, always outside the folder; `nil` where they lie in clear.
    public var keyring: String?

    public init(key: KeySource = .folder, head: String? = nil, keyring: String? = nil) {
        self.key = key
        self.head = head
        self.keyring = keyring
    }

    /// Makes the key ring where none is there yet. One inside the folder would go wherever a copy of the folder goes.
    func makeKeyring(for folder: LedgerFolder) throws(StoreError) {
        guard let keyring, access(keyring, F_OK) != 0 else { return }
        let parent = SystemFile.parent(keyring)
        if let inside = Self.resolved(parent), let outside = Self.resolved(folder.path),
            inside == outside || inside.hasPrefix(outside + "/")
        {
            throw .keyringInside(path: keyring)
        }
        _ = try Keyring.create(at: keyring)
    }

    private static func resolved(_ path: String) -> String? {
        realpath(path, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
    }

    /// Opens the log in a folder, with its key ring where there is one.
    func openStore(in path: String, for access: SQLiteStore.Access) throws(StoreError) -> SQLiteStore {
        let keyring = try openKeyring(for: access == .writing ? .writing : .reading)
        return try SQLiteStore.open(in: path, for: access, keyring: keyring)
    }

    /// Opens the key ring, where there is one.
    func openKeyring(for access: Keyring.Access) throws(StoreError) -> Keyring? {
        try keyring.map { path throws(StoreError) in try Keyring.open(at: path, for: access) }
    }

    func head(in folder: LedgerFolder) -> String { head ?? folder.head }
}

import Glibc

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

    public init(key: KeySource = .folder, head: String? = nil) {
        self.key = key
        self.head = head
    }

    func head(in folder: LedgerFolder) -> String { head ?? folder.head }
}

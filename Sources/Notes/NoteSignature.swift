import Cryptography

/// One signature line of a note: `— <key name> <base64 of key ID and signature>`.
public struct NoteSignature: Hashable, Sendable {
    public let name: KeyName
    public let keyID: UInt32
    /// What follows the key ID: at least one byte.
    public let signature: [UInt8]

    /// The signature by the key of this name and ID.
    public init(name: KeyName, keyID: UInt32, signature: [UInt8]) {
        precondition(!signature.isEmpty, "a signature has bytes")
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// The line without its newline.
    public var line: String { "— \(name) \(Base64.encode(KeyID.bytes(keyID) + signature, .standard))" }

    /// The signature in `line`, which has no newline, or `nil` unless `line` is exactly what `line` gives.
    init?(parsing line: ArraySlice<UInt8>) {
        guard let fields = line.dropping("— "), let space = fields.firstIndex(of: UInt8(ascii: " ")),
            let label = String(validating: fields[..<space], as: UTF8.self), let name = KeyName(label),
            let bytes = Base64.decode(Array(fields[(space + 1)...]), .standard), bytes.count > 4
        else { return nil }
        self.init(
            name: name, keyID: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }, signature: Array(bytes.dropFirst(4)))
    }

    /// The signatures in `bytes`, which are signature lines and nothing else: the answer of a witness, or the end of a
    /// note.
    public static func lines(parsing bytes: [UInt8]) throws(NoteError) -> [NoteSignature] {
        try lines(parsing: bytes[...])
    }

    static func lines(parsing bytes: ArraySlice<UInt8>) throws(NoteError) -> [NoteSignature] {
        guard bytes.count <= SignedNote.maximumByteCount else {
            throw .noteTooLong(count: bytes.count, limit: SignedNote.maximumByteCount)
        }
        var reader = LineReader(bytes)
        var signatures: [NoteSignature] = []
        while !reader.rest.isEmpty {
            guard let line = reader.next(), let signature = NoteSignature(parsing: line) else {
                throw .signatureMalformed(line: signatures.count + 1)
            }
            guard signatures.count < SignedNote.maximumSignatureCount else {
                throw .tooManySignatures(limit: SignedNote.maximumSignatureCount)
            }
            signatures.append(signature)
        }
        guard !signatures.isEmpty else { throw .noteWithoutSignatures }
        return signatures
    }
}

public import Cryptography

/// The head of a log, which is the text of a note (C2SP tlog-checkpoint): origin, size and root.
public struct Checkpoint: Sendable {
    /// Cosignatures of later types hold no longer origin.
    public static let maximumOriginByteCount = 255

    /// The name of the log.
    public let origin: String
    /// The number of entries.
    public let size: UInt64
    /// The root of the tree of that size.
    public let root: Digest
    /// Further lines, which no monitor of a log can check: not recommended.
    public let extensions: [String]

    /// The checkpoint of a log whose `origin`, like each extension line, is not empty and has no newline.
    public init(origin: String, size: UInt64, root: Digest, extensions: [String] = []) {
        for line in [origin] + extensions {
            precondition(!line.isEmpty && !line.utf8.contains(UInt8(ascii: "\n")), "a line is one line and not empty")
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// The checkpoint that is the text of a note.
    public init(parsing text: [UInt8]) throws(NoteError) {
        var reader = LineReader(text[...])
        func line() throws(NoteError) -> ArraySlice<UInt8> {
            guard let line = reader.next() else { throw .checkpointMalformed(line: reader.number + 1) }
            guard !line.isEmpty else { throw .checkpointMalformed(line: reader.number) }
            return line
        }
        func word(_ line: ArraySlice<UInt8>) throws(NoteError) -> String {
            guard let word = String(validating: line, as: UTF8.self) else {
                throw .checkpointMalformed(line: reader.number)
            }
            return word
        }
        origin = try word(line())
        guard let size = UInt64(decimal: try line()) else { throw .checkpointMalformed(line: 2) }
        guard let bytes = Base64.decode(Array(try line()), .standard), let root = Digest(bytes) else {
            throw .checkpointMalformed(line: 3)
        }
        self.size = size
        self.root = root
        var extensions: [String] = []
        while !reader.rest.isEmpty { extensions.append(try word(line())) }
        self.extensions = extensions
    }

    /// Whether `origin` is fit for a log of ours, and for the key that bears its name: 1 to 255 bytes without
    /// spaces, `+` or control characters.
    public static func isValidOrigin(_ origin: some StringProtocol) -> Bool {
        KeyName.isValid(origin) && origin.utf8.count <= maximumOriginByteCount
            && origin.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    /// The lines, each with its newline, as they are signed.
    public var text: [UInt8] {
        var text = "\(origin)\n\(size)\n\(root.base64)\n"
        for line in extensions { text += line + "\n" }
        return Array(text.utf8)
    }

    /// The note of this checkpoint, signed by `key`, which should bear the name of the origin.
    public func signed(by key: SigningKey) throws(NoteError) -> SignedNote {
        let text = self.text
        return try SignedNote(text: text, signatures: [key.sign(text)])
    }

    /// The 64 bytes of the signature alone: what needs to be stored besides size and root.
    public func signature(by key: SigningKey) -> [UInt8] { key.rawSignature(of: text) }

    /// The note whose signature, by the key of that ID which bears the name of the origin, was stored alone.
    ///
    /// Nothing is verified here: the note is what it was when it was signed, if what was stored is.
    public func note(signature: [UInt8], keyID: UInt32) throws(NoteError) -> SignedNote {
        guard let name = KeyName(origin) else { throw .nameInvalid(origin) }
        guard signature.count == Ed25519.signatureByteCount else {
            throw .signatureLength(got: signature.count, want: Ed25519.signatureByteCount)
        }
        return try SignedNote(
            text: text, signatures: [NoteSignature(name: name, keyID: keyID, signature: signature)])
    }
}

extension Checkpoint: Hashable {
    /// Checkpoints are the same when what is signed is.
    public static func == (left: Checkpoint, right: Checkpoint) -> Bool {
        left.size == right.size && left.root == right.root && left.text == right.text
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(root)
    }
}

/// A checkpoint that a known log signed, and the cosignatures that are right. Only verification makes one.
public struct TrustedCheckpoint: Hashable, Sendable {
    public let checkpoint: Checkpoint
    /// The key of the log that signed it.
    public let log: VerifierKey
    /// The note with all its right signatures, those of witnesses among them.
    public let note: VerifiedNote

    init(checkpoint: Checkpoint, log: VerifierKey, note: VerifiedNote) {
        self.checkpoint = checkpoint
        self.log = log
        self.note = note
    }

    /// The right cosignatures.
    public var cosignatures: [VerifiedNote.Signature] { note.signatures.filter { $0.key.kind == .cosignature } }
}

extension SignedNote {
    /// The checkpoint in this note, signed by the one of `keys` that is the key of its log: of kind `note` and with the
    /// name of its origin. Cosignatures of `keys` are verified as well, but none is required.
    public func trustedCheckpoint(by keys: [VerifierKey]) throws(NoteError) -> TrustedCheckpoint {
        let checkpoint = try Checkpoint(parsing: text)
        let logs = keys.filter { $0.kind == .note && $0.name.isSame(as: checkpoint.origin) }
        guard !logs.isEmpty else { throw .originUnknown(checkpoint.origin) }
        let verified = try verified(by: logs + keys.filter { $0.kind == .cosignature })
        guard let log = verified.signatures.first(where: { $0.key.kind == .note }) else { throw .noLogSignature }
        return TrustedCheckpoint(checkpoint: checkpoint, log: log.key, note: verified)
    }
}

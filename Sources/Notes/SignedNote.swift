/// A text and signature lines (C2SP signed-note), none of them verified: nothing in it can be relied on yet.
public struct SignedNote: Hashable, Sendable {
    /// The most bytes of a note that is read.
    public static let maximumByteCount = 1_000_000
    /// The most signatures of a note that is read.
    public static let maximumSignatureCount = 100

    /// The text that is signed, with its final newline: UTF-8.
    public let text: [UInt8]
    /// In the order of the lines: 1 to 100.
    public let signatures: [NoteSignature]

    /// The note of `text` and `signatures`. Throws what `init(parsing:)` would throw on its bytes.
    public init(text: [UInt8], signatures: [NoteSignature]) throws(NoteError) {
        guard !signatures.isEmpty else { throw .noteWithoutSignatures }
        guard signatures.count <= Self.maximumSignatureCount else {
            throw .tooManySignatures(limit: Self.maximumSignatureCount)
        }
        guard text.last == UInt8(ascii: "\n") else { throw .textWithoutNewline }
        self.text = text
        self.signatures = signatures
        try Self.checkCharacters(bytes)
    }

    /// The note in `bytes`, which must be exactly as the specification says.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        try Self.checkCharacters(bytes)
        // The text may have blank lines of its own; the last one divides.
        guard let split = Self.lastBlankLine(in: bytes) else { throw .noteWithoutSignatures }
        text = Array(bytes[...split])
        signatures = try NoteSignature.lines(parsing: bytes[(split + 2)...])
    }

    /// The text, a blank line and the signature lines.
    public var bytes: [UInt8] {
        var bytes = text
        bytes.append(UInt8(ascii: "\n"))
        for signature in signatures {
            bytes.append(contentsOf: signature.line.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// This note with further signatures, but for those it has already.
    public func adding(_ further: [NoteSignature]) throws(NoteError) -> SignedNote {
        var signatures = self.signatures
        for signature in further where !signatures.contains(signature) { signatures.append(signature) }
        return try SignedNote(text: text, signatures: signatures)
    }

    /// This note as verified by those of `keys` that signed it.
    ///
    /// Signatures of other keys are ignored. A wrong signature of one of `keys` refuses the whole note, and so does
    /// the absence of a signature of any.
    public func verified(by keys: [VerifierKey]) throws(NoteError) -> VerifiedNote {
        var valid: [VerifiedNote.Signature] = []
        for signature in signatures {
            let known = keys.filter { $0.keyID == signature.keyID && $0.name == signature.name }
            guard !known.isEmpty else { continue }
            guard let key = known.first(where: { $0.verify(signature.signature, of: text) }) else {
                throw .signatureInvalid(name: signature.name, keyID: signature.keyID)
            }
            if !valid.contains(where: { $0.key == key }) {
                let time = key.kind == .cosignature ? Cosignature(signature.signature)?.time : nil
                valid.append(VerifiedNote.Signature(key: key, time: time))
            }
        }
        guard !valid.isEmpty else { throw .noKnownSignature }
        return VerifiedNote(note: self, signatures: valid)
    }

    /// The offset of the first of the last two newlines in a row.
    private static func lastBlankLine(in bytes: [UInt8]) -> Int? {
        guard bytes.count >= 2 else { return nil }
        return (0..<bytes.count - 1).last { bytes[$0] == UInt8(ascii: "\n") && bytes[$0 + 1] == UInt8(ascii: "\n") }
    }

    private static func checkCharacters(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= maximumByteCount else { throw .noteTooLong(count: bytes.count, limit: maximumByteCount) }
        if let offset = bytes.firstIndex(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") }) {
            throw .controlCharacter(bytes[offset], offset: offset)
        }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .noteNotUTF8 }
    }
}

/// A note that keys known to the verifier signed. Only `SignedNote.verified` makes one.
public struct VerifiedNote: Hashable, Sendable {
    /// A signature that is right.
    public struct Signature: Hashable, Sendable {
        public let key: VerifierKey
        /// When it was made, as a cosignature says: seconds since 1970.
        public let time: UInt64?
    }

    public let note: SignedNote
    /// One for each key, in the order of the lines. Signatures of unknown keys are not among them.
    public let signatures: [Signature]

    init(note: SignedNote, signatures: [Signature]) {
        self.note = note
        self.signatures = signatures
    }

    /// The text that was signed.
    public var text: [UInt8] { note.text }
}

import Cryptography

extension Disclosure {
    /// Whether a stored disclosure may be that of a field `subject`, told from its first characters. `false` is certain;
    /// where it is `true`, `init(parsing:)` decides.
    ///
    /// Of the disclosures of a ledger nearly all have another name, and reading each as JSON would cost more than to hash it.
    public static func mayNameSubject(_ text: UnsafeRawBufferPointer) -> Bool {
        // `["`, 22 characters of salt, `","` and what may be the name: 36 bytes in 48 characters.
        guard text.count >= 48 else { return true }
        return withUnsafeTemporaryAllocation(byteCount: 40, alignment: 8) { list in
            guard Base64.decodeGroups(UnsafeRawBufferPointer(rebasing: text[..<48]), into: list) else { return true }
            let list = UnsafeRawBufferPointer(list)
            guard EightBytes(list, at: 0).word & 0xffff == opening, EightBytes(list, at: 24).word & 0xff_ffff == comma,
                isPlain(EightBytes(list, at: 2)), isPlain(EightBytes(list, at: 10)), isPlain(EightBytes(list, at: 16))
            else { return true }
            // The salt has no quote, so the name begins here. Only an escape can spell a letter otherwise.
            let difference = EightBytes(list, at: 27).word ^ subject
            guard difference != 0 else { return true }
            return list[27 + EightBytes.first(difference)] == UInt8(ascii: "\\")
        }
    }

    private static func isPlain(_ salt: EightBytes) -> Bool {
        salt.of(UInt8(ascii: "\"")) | salt.of(UInt8(ascii: "\\")) == 0
    }

    // In the order in which they are read into a word: `["`, `","` and `subject"`.
    private static let opening: UInt64 = 0x22_5b
    private static let comma: UInt64 = 0x22_2c_22
    private static let subject: UInt64 = 0x22_74_63_65_6a_62_75_73
}

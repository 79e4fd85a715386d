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
            guard Base64.decodeGroups(UnsafeRawBufferPointer(rebasing: text[..<48]), into: list),
                list.starts(with: "[\"".utf8), list[24..<27].elementsEqual("\",\"".utf8),
                !list[2..<24].contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
            else { return true }
            // The salt has no quote, so the name begins here. Only an escape can spell a letter otherwise.
            for (byte, want) in zip(list[27..<35], "subject\"".utf8) where byte != want {
                return byte == UInt8(ascii: "\\")
            }
            return true
        }
    }
}

public import Notes

extension HeadFile {
    /// Writes a head that holds `checkpoint` to a path where none is, and makes it durable: for a copy of a ledger, which
    /// must not bear the head of what was recorded after it.
    public static func create(_ checkpoint: SignedNote, at path: String) throws(LedgerError) {
        let file = try HeadFile(path: path, isWritable: true)
        // The first write is synced at once.
        try file.write(checkpoint.bytes, elapsed: 0)
    }
}

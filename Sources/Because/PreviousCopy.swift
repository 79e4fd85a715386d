import Glibc
import SQLiteStorage

/// A copy of the ledgers that one continues after declared breaks, each in the folder `previous` of the next, as they were
/// left. They are evidence, the damaged ones above all: what cannot be read as a database is copied byte for byte.
struct PreviousCopy {
    let includesKey: Bool

    /// Copies the folder `previous` of `ledger`, where there is one, into that of `copy`. Gives the names of the files.
    func make(of ledger: LedgerFolder, in copy: LedgerFolder) throws -> [String] {
        let (source, target) = (ledger.previous, copy.previous)
        guard source.isThere else { return [] }
        try target.claim()
        var files = try copyLog(source, target)
        for name in ["head", "policy"] where try SystemFile.copy("\(source.path)/\(name)", to: "\(target.path)/\(name)")
        {
            files.append(name)
        }
        if includesKey, try SystemFile.copy(source.key, to: target.key, mode: 0o600) { files.append("key") }
        files += try make(of: source, in: target)
        try SystemFile.syncFolder(target.path)
        return files.map { "previous/\($0)" }
    }

    /// The database, as SQLite reads it; where that cannot be, its bytes, and those that were not yet merged into it.
    private func copyLog(_ source: LedgerFolder, _ target: LedgerFolder) throws -> [String] {
        let path = target.path + "/log.sqlite"
        do {
            let store = try SQLiteStore.open(in: source.path, for: .reading)
            defer { store.close() }
            try store.backup(to: path)
            return ["log.sqlite"]
        } catch {
            switch error {
            case .damaged, .notAStore, .newerFormat: Self.discardLog(of: target)
            default: throw error
            }
        }
        return try ["log.sqlite", "log.sqlite-wal"].filter { name in
            try SystemFile.copy("\(source.path)/\(name)", to: "\(target.path)/\(name)", mode: 0o600)
        }
    }

    private static func discardLog(of folder: LedgerFolder) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(folder.path + "/log.sqlite" + suffix) }
    }

    /// Removes what was made in `copy` by a backup that did not come to its end.
    static func discard(in copy: LedgerFolder) {
        guard copy.previous.isThere else { return }
        discard(in: copy.previous)
        copy.previous.discard()
    }
}

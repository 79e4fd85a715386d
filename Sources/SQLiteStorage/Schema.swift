extension SQLiteStore {
    /// "beca" in ASCII, in the header of every log (`PRAGMA application_id`): what tells a ledger from another database.
    public static let applicationID = 0x6265_6361

    /// The version of the schema, in the header of every log (`PRAGMA user_version`). A program refuses a greater one.
    public static let formatVersion = 1

    /// Bytes of a page. A full tile (8,192 bytes) lies beside its row on one overflow page; an entry of ordinary length
    /// shares its page with others.
    ///
    /// Measured: 30,000 decisions of 700 bytes with three sealed texts, the same rows and triggers in each page size, medians
    /// of seven runs in turn, on two cores shared with others (the disk was too busy for rates).
    ///
    ///                                                       4 KiB     8 KiB    16 KiB
    ///     CPU to insert them, 1,000 a commit               0.29 s    0.28 s    0.27 s
    ///     bytes on disk for a decision                      1,334     1,328     1,363
    ///     CPU to read an entry, its texts and its tile      21 µs     24 µs     29 µs
    ///
    /// 8 KiB takes the least disk and writes as cheaply as any; 4 KiB would read a little cheaper, 16 KiB does nothing better.
    static let pageSize = 8192

    /// The name under which `secrets` holds the key of subject codes.
    static let subjectKeyName = "subject_key"

    /// The name under which `secrets` holds the id of the key ring that sealed values are encrypted with, where they are.
    static let keyringName = "keyring"

    /// What makes an empty database a ledger's log. Comments stand between the statements, where SQLite drops them.
    public static let schema = """
        -- A ledger's log, format \(formatVersion). Everything here is the truth and is written once, but for `sealed` and
        -- `subjects`, whose rows may be erased. Numbers of entries are `n`, from 0 without gaps.

        -- "beca": this database is a ledger.
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(formatVersion);

        -- The entries: canonical bytes, stored as they were hashed.
        CREATE TABLE entries (
            n INTEGER PRIMARY KEY CHECK (n BETWEEN 0 AND 4503599627370495),
            bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 65535)
        ) STRICT;

        -- The id of each entry. `n` has no index: verification compares every row with the entry it names.
        CREATE TABLE identities (
            id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
            n INTEGER NOT NULL CHECK (n >= 0)
        ) STRICT, WITHOUT ROWID;

        -- Full tiles of the Merkle tree: 256 hashes of 32 bytes, and the root above them. The root stands before the
        -- hashes so that it is read without the overflow page that holds them.
        CREATE TABLE tiles (
            level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 63),
            number INTEGER NOT NULL CHECK (number >= 0),
            root BLOB NOT NULL CHECK (length(root) = 32),
            hashes BLOB NOT NULL CHECK (length(hashes) = 8192),
            PRIMARY KEY (level, number)
        ) STRICT, WITHOUT ROWID;

        -- Signed heads of the tree. `kept` is 1 for those that left the ledger: published, exported, cosigned, time-stamped.
        CREATE TABLE checkpoints (
            size INTEGER PRIMARY KEY CHECK (size > 0),
            root BLOB NOT NULL CHECK (length(root) = 32),
            signature BLOB NOT NULL CHECK (length(signature) = 64),
            kept INTEGER NOT NULL CHECK (kept IN (0, 1))
        ) STRICT;

        -- What others signed of a checkpoint: witnesses, and at a change of keys the new key. `signature` is what follows
        -- the key ID on the line of a signed note.
        CREATE TABLE signatures (
            size INTEGER NOT NULL CHECK (size > 0),
            name TEXT NOT NULL CHECK (name <> ''),
            key_id INTEGER NOT NULL CHECK (key_id BETWEEN 0 AND 4294967295),
            signature BLOB NOT NULL CHECK (length(signature) BETWEEN 64 AND 4096),
            PRIMARY KEY (size, name, key_id)
        ) STRICT, WITHOUT ROWID;

        -- Time stamps of checkpoints (RFC 3161), by the SHA-256 of the token.
        CREATE TABLE timestamps (
            size INTEGER NOT NULL CHECK (size > 0),
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            token BLOB NOT NULL CHECK (length(token) BETWEEN 1 AND 65536),
            PRIMARY KEY (size, digest)
        ) STRICT, WITHOUT ROWID;

        -- Texts of specifications, by the SHA-256 of their bytes.
        CREATE TABLE texts (
            digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
            bytes BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Erasable: the texts that open the sealed fields of entries. `key` is n * 2048 + the ordinal of the field. With a
        -- key ring they are encrypted, and begin with `e1.`.
        CREATE TABLE sealed (
            key INTEGER PRIMARY KEY CHECK (key >= 0),
            disclosure TEXT NOT NULL
        ) STRICT;

        -- Erasable: which entries are about a person, by the HMAC of what the person is called.
        CREATE TABLE subjects (
            code BLOB NOT NULL CHECK (length(code) = 32),
            n INTEGER NOT NULL CHECK (n >= 0),
            PRIMARY KEY (code, n)
        ) STRICT, WITHOUT ROWID;

        -- Erasures whose values were deleted and may still lie in the WAL, in unused parts of pages, or in the index: the last
        -- entry of each transaction that deleted some. Deleted once nothing is left of them.
        CREATE TABLE scrubbing (n INTEGER PRIMARY KEY CHECK (n >= 0)) STRICT;

        -- Secrets that never leave this file: `subject_key` is the key of the HMACs in `subjects`; `keyring`, where there is
        -- one, the id of the key ring.
        CREATE TABLE secrets (
            name TEXT NOT NULL PRIMARY KEY,
            value BLOB NOT NULL CHECK (length(value) BETWEEN 16 AND 1024)
        ) STRICT, WITHOUT ROWID;

        -- What is written stays as it was written. INSERT OR REPLACE removes rows without asking the DELETE triggers, unless
        -- the connection says `PRAGMA recursive_triggers = ON` as the writer does, so inserts are looked at as well; but not
        -- those of entries and identities, where that would halve the speed of recording.
        \(appendOnly("entries"))
        \(appendOnly("identities"))
        \(appendOnly("tiles", unless: "level = NEW.level AND number = NEW.number"))
        \(appendOnly("signatures", unless: "size = NEW.size AND name = NEW.name AND key_id = NEW.key_id"))
        \(appendOnly("timestamps", unless: "size = NEW.size AND digest = NEW.digest"))
        \(appendOnly("texts", unless: "digest = NEW.digest"))
        \(appendOnly("secrets", unless: "name = NEW.name"))

        -- What may be erased is still never changed.
        \(trigger("sealed_update", "UPDATE ON sealed", "disclosures are never changed, only erased"))
        \(trigger("subjects_update", "UPDATE ON subjects", "subjects are never changed, only erased"))

        -- A checkpoint only ever becomes kept. One that is not kept may go once a later one of the same 256 entries is there.
        \(trigger(
            "checkpoints_insert", "INSERT ON checkpoints", "a size has one checkpoint",
            when: "EXISTS (SELECT 1 FROM checkpoints WHERE size = NEW.size)"))
        \(trigger(
            "checkpoints_update", "UPDATE ON checkpoints", "checkpoints are never changed",
            when: "NOT (NEW.size = OLD.size AND NEW.root = OLD.root AND NEW.signature = OLD.signature AND NEW.kept = 1)"))
        \(trigger(
            "checkpoints_delete", "DELETE ON checkpoints",
            "only a checkpoint that is not kept and has a later one of the same 256 entries may go",
            when: "OLD.kept OR NOT EXISTS (SELECT 1 FROM checkpoints "
                + "WHERE size > OLD.size AND size <= (OLD.size - 1) / 256 * 256 + 256)"))
        """

    /// The triggers that keep rows of `table` as they are; a new row is refused where there is one with the same `key`.
    private static func appendOnly(_ table: String, unless key: String? = nil) -> String {
        let insert = key.map { key in
            trigger(
                "\(table)_insert", "INSERT ON \(table)", "\(table) are never replaced",
                when: "EXISTS (SELECT 1 FROM \(table) WHERE \(key))")
        }
        return [
            insert,
            trigger("\(table)_update", "UPDATE ON \(table)", "\(table) are never changed"),
            trigger("\(table)_delete", "DELETE ON \(table)", "\(table) are never removed"),
        ].compactMap(\.self).joined(separator: "\n")
    }

    private static func trigger(_ name: String, _ event: String, _ message: String, when: String? = nil) -> String {
        "CREATE TRIGGER \(name) BEFORE \(event)\(when.map { " WHEN \($0)" } ?? "") "
            + "BEGIN SELECT RAISE(ABORT, '\(message)'); END;"
    }
}

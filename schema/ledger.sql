-- A ledger's log, format 1. Everything here is the truth and is written once, but for `sealed` and
-- `subjects`, whose rows may be erased. Numbers of entries are `n`, from 0 without gaps.

-- "beca": this database is a ledger.
PRAGMA application_id = 1650811745;
PRAGMA user_version = 1;

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
CREATE TRIGGER entries_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
CREATE TRIGGER identities_update BEFORE UPDATE ON identities BEGIN SELECT RAISE(ABORT, 'identities are never changed'); END;
CREATE TRIGGER identities_delete BEFORE DELETE ON identities BEGIN SELECT RAISE(ABORT, 'identities are never removed'); END;
CREATE TRIGGER tiles_insert BEFORE INSERT ON tiles WHEN EXISTS (SELECT 1 FROM tiles WHERE level = NEW.level AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'tiles are never replaced'); END;
CREATE TRIGGER tiles_update BEFORE UPDATE ON tiles BEGIN SELECT RAISE(ABORT, 'tiles are never changed'); END;
CREATE TRIGGER tiles_delete BEFORE DELETE ON tiles BEGIN SELECT RAISE(ABORT, 'tiles are never removed'); END;
CREATE TRIGGER signatures_insert BEFORE INSERT ON signatures WHEN EXISTS (SELECT 1 FROM signatures WHERE size = NEW.size AND name = NEW.name AND key_id = NEW.key_id) BEGIN SELECT RAISE(ABORT, 'signatures are never replaced'); END;
CREATE TRIGGER signatures_update BEFORE UPDATE ON signatures BEGIN SELECT RAISE(ABORT, 'signatures are never changed'); END;
CREATE TRIGGER signatures_delete BEFORE DELETE ON signatures BEGIN SELECT RAISE(ABORT, 'signatures are never removed'); END;
CREATE TRIGGER timestamps_insert BEFORE INSERT ON timestamps WHEN EXISTS (SELECT 1 FROM timestamps WHERE size = NEW.size AND digest = NEW.digest) BEGIN SELECT RAISE(ABORT, 'timestamps are never replaced'); END;
CREATE TRIGGER timestamps_update BEFORE UPDATE ON timestamps BEGIN SELECT RAISE(ABORT, 'timestamps are never changed'); END;
CREATE TRIGGER timestamps_delete BEFORE DELETE ON timestamps BEGIN SELECT RAISE(ABORT, 'timestamps are never removed'); END;
CREATE TRIGGER texts_insert BEFORE INSERT ON texts WHEN EXISTS (SELECT 1 FROM texts WHERE digest = NEW.digest) BEGIN SELECT RAISE(ABORT, 'texts are never replaced'); END;
CREATE TRIGGER texts_update BEFORE UPDATE ON texts BEGIN SELECT RAISE(ABORT, 'texts are never changed'); END;
CREATE TRIGGER texts_delete BEFORE DELETE ON texts BEGIN SELECT RAISE(ABORT, 'texts are never removed'); END;
CREATE TRIGGER secrets_insert BEFORE INSERT ON secrets WHEN EXISTS (SELECT 1 FROM secrets WHERE name = NEW.name) BEGIN SELECT RAISE(ABORT, 'secrets are never replaced'); END;
CREATE TRIGGER secrets_update BEFORE UPDATE ON secrets BEGIN SELECT RAISE(ABORT, 'secrets are never changed'); END;
CREATE TRIGGER secrets_delete BEFORE DELETE ON secrets BEGIN SELECT RAISE(ABORT, 'secrets are never removed'); END;

-- What may be erased is still never changed.
CREATE TRIGGER sealed_update BEFORE UPDATE ON sealed BEGIN SELECT RAISE(ABORT, 'disclosures are never changed, only erased'); END;
CREATE TRIGGER subjects_update BEFORE UPDATE ON subjects BEGIN SELECT RAISE(ABORT, 'subjects are never changed, only erased'); END;

-- A checkpoint only ever becomes kept. One that is not kept may go once a later one of the same 256 entries is there.
CREATE TRIGGER checkpoints_insert BEFORE INSERT ON checkpoints WHEN EXISTS (SELECT 1 FROM checkpoints WHERE size = NEW.size) BEGIN SELECT RAISE(ABORT, 'a size has one checkpoint'); END;
CREATE TRIGGER checkpoints_update BEFORE UPDATE ON checkpoints WHEN NOT (NEW.size = OLD.size AND NEW.root = OLD.root AND NEW.signature = OLD.signature AND NEW.kept = 1) BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
CREATE TRIGGER checkpoints_delete BEFORE DELETE ON checkpoints WHEN OLD.kept OR NOT EXISTS (SELECT 1 FROM checkpoints WHERE size > OLD.size AND size <= (OLD.size - 1) / 256 * 256 + 256) BEGIN SELECT RAISE(ABORT, 'only a checkpoint that is not kept and has a later one of the same 256 entries may go'); END;

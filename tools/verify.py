#!/usr/bin/env python3
"""Verifies a ledger, a published log or a proof file. Exit status: 0 holds, 1 cannot tell, 2 does not hold, 64 usage.
Usage: verify.py PATH [--key VERIFIER-KEY] [--policy FILE] [--json]
Written from schema/FORMAT.md, PROOFS.md and PUBLISHING.md alone, it shares nothing with the program that writes
ledgers, and it writes nothing. It needs Python 3.11 and, for Ed25519, the program openssl (version 3); without that it
says that signatures went UNCHECKED. Left to others: time stamps, the index, and which sections a document has."""
import base64, collections, contextlib, datetime, functools, getopt, hashlib, hmac, io, itertools, json, pathlib, re
import shutil, sqlite3, subprocess, sys, tempfile
CITED = "document_digest", "section_digest", "authority"
ASPECTS = "integrity", "signatures", "citations", "sealed_fields", "completeness"
SCHEMA = "764f230cf57e868763926e6e657b62ff5753fabe5e02dc382b4618382f8c9d8a"
DIGEST = re.compile(r"[\w-]{42}[AEIMQUYcgkosw048]", re.A)  # 32 bytes as base64url: the last character has 4 bits.
ENTRY = re.compile(rb'\{"at":"((\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z)","body":(.*),'
                   rb'"id":"([\w.:-]{1,128})","link":"(%b)","n":(0|[1-9]\d{0,15}),'
                   rb'"type":"([\w.:-]{1,128})","v":1\}' % DIGEST.pattern.encode(), re.S)
NAME = r"[^\s+\0-\x1f]+"
NOTE = re.compile("(?:c2sp.org/tlog-proof@v1\nindex (0|[1-9][0-9]{0,19})\n((?:[!-~]+\n){0,64})\n)?"
                  "(([^\0-\x1f]+)\n(0|[1-9][0-9]{0,19})\n([^\0-\x1f]+)\n(?:[^\0-\x1f]+\n)*)\n"
                  f"((?:\u2014 {NAME} [^\0- ]+\n){{1,100}})")
TILE = re.compile(r"tile/(entries|\d|[1-5]\d|6[0-3])/((?:x(?!000)\d{3}/(?:x\d{3}/){0,5})?\d{3})"
                  r"(?:\.p/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?", re.A)
HIDDEN = "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
DAMAGE = "SQLITE_CORRUPT|SQLITE_ERROR"
WRONG = ValueError, LookupError, TypeError, AttributeError, ArithmeticError  # What values of another form lead to.
def require(holds, message):
    if not holds: raise ValueError(message)
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def b64(data): return base64.b64encode(data).decode()
def b64u(data): return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
def is_digest(value): return isinstance(value, str) and DIGEST.fullmatch(value) is not None
def unb64(text, size=None, url=False):  # Base64, or base64url without padding, in the one spelling of its bytes.
    data = base64.b64decode(text + "=" * (-len(text) % 4 if url else 0), b"-_" if url else None, validate=True)
    require((b64u if url else b64)(data) == text and size in (None, len(data)), "it is not base64")
    return data
def parse_json(data):  # I-JSON (RFC 7493), at most 64 levels deep. What is no integer below 2^53 becomes a float.
    def unique(pairs): return dict(pairs) if len(dict(pairs)) == len(pairs) else require(False, "a name stands twice")
    def number(text): return int(text) if len(text) < 18 and abs(int(text)) < 1 << 53 and text != "-0" else float(text)
    brackets = re.sub(rb'"(?:[^"\\]|\\.)*"|[^][{}]', b"", data, flags=re.S)
    levels = itertools.accumulate(1 if each in b"[{" else -1 for each in brackets)
    require(max(levels, default=0) <= 64, "it nests too deeply")
    value = json.loads(data.decode(), object_pairs_hook=unique, parse_int=number, parse_constant=int)
    json.dumps(value, ensure_ascii=False).encode()  # A lone surrogate has no UTF-8.
    return value
PART = {"document": str, "version": str, "format": str, "digest": is_digest, "part": int, "parts": int, "active": bool,
        "sections": [{"id": str, "title": str, "level": int, "order": int, "digest": is_digest}]}
FILE = {"format": str, "entry": str, "proof": str, "disclosures": [str], "keys": [{"entry": str, "proof": str}],
        "citations": [{"digest": is_digest, "ref": str, "text": str}]}
def shaped(value, shape):  # What a shape (a type, `is_digest`, a list of one, members) keeps of a value that has it.
    kind = str if shape is is_digest else shape if isinstance(shape, type) else type(shape)
    require(type(value) is kind and (shape is not is_digest or is_digest(value)), "it is not of a known form")
    if isinstance(shape, dict): return {name: shaped(value.get(name), inner) for name, inner in shape.items()}
    return [shaped(each, shape[0]) for each in value] if isinstance(shape, list) else value
def walk(value, digests, cited):  # Collects digests of sealed fields, with the object around each, and citations.
    if isinstance(value, dict) and all(map(is_digest, map(value.get, CITED[:2]))) and isinstance(value.get("ref"), str):
        cited.append(value)
    names = sorted(value, key=lambda name: name.encode("utf-16-be")) if isinstance(value, dict) else ()
    for each in range(len(value)) if isinstance(value, list) else names:  # Their order is that of the ordinals.
        if each != "_sd": walk(value[each], digests, cited)
        elif isinstance(value[each], list):
            digests += [(unb64(digest, url=True), value) for digest in filter(is_digest, value[each])]
def parse_disclosure(text):
    salt, name, value = shaped(parse_json(unb64(text, url=True)), list)
    require(isinstance(salt, str) and isinstance(name, str) and name != "_sd", "it is no disclosure")
    return name, value
class Tree:  # The Merkle tree of RFC 6962 section 2.1 over leaf hashes (section 5).
    def __init__(self, leaves): self.leaves = leaves
    @functools.cache
    def root(self, end, start=0):
        if end - start < 2: return self.leaves[start] if end > start else sha()
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        return sha(b"\1", self.root(middle, start), self.root(end, middle))
    def has(self, note): return note.size <= len(self.leaves) and self.root(note.size) == note.root
    def tile(self, level, number, width=256):  # Each hash is the root over what a tile of the level below covers.
        step, first = 256 ** level, 256 * number
        return [self.root(place * step + step, place * step) for place in range(first, first + width)]
def root_of_path(leaf, index, size, path):  # To which root an inclusion proof leads: RFC 6962 section 2.1.1.
    require(0 <= index < size and (size > 1) == bool(path), "it is no inclusion proof in such a tree")
    if size == 1: return leaf
    left = 1 << (size - 1).bit_length() - 1
    if index < left: return sha(b"\1", root_of_path(leaf, index, left, path[:-1]), path[-1])
    return sha(b"\1", path[-1], root_of_path(leaf, index - left, size - left, path[:-1]))
def ed25519(public, signature, data):  # RFC 8032. Without openssl it is taken to be right, and `verify` says so.
    with tempfile.TemporaryDirectory() as folder:
        for name, content in ("key", b"0*0\5\6\3+ep\3!\0" + public), ("data", data), ("signature", signature):
            pathlib.Path(folder, name).write_bytes(content)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in data -sigfile signature".split()
        return not shutil.which("openssl") or not subprocess.run(command, cwd=folder, capture_output=True).returncode
class Key(collections.namedtuple("Key", "text name id kind public")):  # Type 1: of a log. 4: of a witness, with a time.
    def signed(self, signature, text):
        if self.kind == 4: text = b"cosignature/v1\ntime %d\n%b" % (int.from_bytes(signature[:8]), text)
        return len(signature) == {1: 64, 4: 72}[self.kind] and ed25519(self.public, signature[-64:], text)
def read_key(text, kind=1):
    name, number, typed = text.split("+", 2)
    key = Key(text, name, sha(name.encode(), b"\n", data := unb64(typed, 33))[:4], kind, data[1:])
    require(key.id.hex() == number and data[0] == kind and re.fullmatch(NAME, name), f"{text} is no verifier key")
    return key
class Note:  # A checkpoint (section 6) with signatures (name, key ID, bytes), none verified; or a tlog-proof of it.
    def __init__(self, text):
        match = NOTE.fullmatch(text)
        require(match and len(text.encode()) <= 1_000_000 and int(match[5]) < 1 << 64, "it is no signed checkpoint")
        self.text, self.origin, self.size, self.root = match[3].encode(), match[4], int(match[5]), unb64(match[6], 32)
        self.index, self.path = int(match[1] or 0), [unb64(each, 32) for each in (match[2] or "").split()]
        lines = [line.split() for line in match[7].splitlines()]
        self.signatures = [(name, unb64(blob)[:4], unb64(blob)[4:]) for _, name, blob in lines]
        require(all(signature for _, _, signature in self.signatures), "a line is no signature")
    def entry(self, data):
        entry, root = Entry(data), root_of_path(sha(b"\0", data), self.index, self.size, self.path)
        require(root == self.root and entry.n == self.index, "the entry is not in the tree that was signed")
        return entry
    def signers(self, keys, policy=None):  # One of the log must be among them, and no signature of a known key wrong.
        known, found = [key for key in keys if key.name == self.origin] + (policy.witnesses if policy else []), []
        for name, number, signature in self.signatures:
            named = [key for key in known if key[1:3] == (name, number)]
            found += (right := [key for key in named if key.signed(signature, self.text)])
            require(right or not named, f"the signature of {name} is wrong")
        require(any(key.kind == 1 for key in found), "no known key of the log signed it")
        return found
class Keys:  # Of a log: each signs from the tree that its announcement ends to the one that its successor's ends.
    def __init__(self, first): self.all, self.starts, self.revoked = [first], [0], set()
    def follow(self, n, body, note):  # Entry `n` announces a key: that and the one before signed the tree ending there.
        old, new = read_key(body["previous"]), read_key(body["key"])
        fits = old == self.all[-1] and new.name == old.name and new not in self.all and n >= self.starts[-1]
        signed = note.size == n + 1 and {old, new} <= {*note.signers([old, new])}
        require(fits and signed, "it does not follow on the key before, or not both keys signed that")
        self.all, self.starts = [*self.all, new], [*self.starts, n + 1]
        if body.get("revoked") is True: self.revoked.add(old)
    def of(self, size):  # Who signs a tree of a size: two where it ends with a change of keys, the old one first.
        spans = zip(self.all, self.starts, [*self.starts[1:], size])
        return [key for key, start, end in spans if start <= size <= end]
    def believed(self, given, size):  # Of these, those that follow on one given, and those before back to a revocation.
        first = min((place for place, key in enumerate(self.all) if key in given), default=len(self.all))
        while 0 < first < len(self.all) and self.all[first - 1] not in self.revoked: first -= 1
        return [key for key in self.of(size) if key in self.all[first:] and (key in given or key not in self.revoked)]
class Policy:  # Which keys are trusted, and who must have signed a checkpoint: a witness, or so many of a group.
    def __init__(self, text):
        self.logs, self.parties, self.quorum = [], [], None
        for words in map(str.split, text.splitlines()):
            match words:
                case ["log", key, *_]: self.logs.append(read_key(key))
                case ["witness", name, key, *_]: self.parties.append((name, 1, {read_key(key, 4)}))
                case ["group", name, least, *names]:
                    self.parties.append((name, {"any": 1, "all": len(names)}.get(least) or int(least), {*names}))
                    require(0 < self.parties[-1][1] <= len({*names}), f"the group {name} cannot agree")
                case ["quorum", name] if not self.quorum: self.quorum = name
                case [word, *_] if word[0] != "#": raise ValueError(f"the policy cannot be read: {' '.join(words)}")
        self.witnesses = [key for _, _, members in self.parties for key in members if isinstance(key, Key)]
        require(self.quorum and text.endswith("\n"), "the policy has no quorum, or was cut off")
    def agrees(self, signers):
        agreed = {*signers}
        for name, count, members in self.parties: agreed |= {name} if len(members & agreed) >= count else set()
        return self.quorum in {"none", *agreed}
class Entry:  # The envelope of section 4.
    def __init__(self, data):
        match = ENTRY.fullmatch(data)
        require(match and len(data) <= 65_535 and int(match[6]) < 1 << 53, "what lies there is no entry")
        datetime.date.fromisoformat(re.sub("^0000", "2000", match[2].decode()))  # Year 0 is unknown to Python.
        self.n, (self.at, self.body, self.id, self.link, self.type) = int(match[6]), match.group(1, 3, 4, 5, 7)
class Report:  # A verdict on each aspect, and why; and the entries that were read, in turn, wherever they lie.
    def __init__(self, *aspects, verdict="holds"):
        self.verdicts, self.findings = dict.fromkeys(aspects, verdict), []
        self.tree, self.link, self.last = Tree([]), sha(), b""
    def check(self, holds, aspect, message, verdict="broken"):
        self.findings += [f"{aspect}: {message}"] * (not holds)
        if not holds and self.verdicts[aspect] != "broken": self.verdicts[aspect] = verdict
    @contextlib.contextmanager
    def judge(self, aspect, what="", codes="none"):  # What is required and does not hold, and such errors of SQLite.
        try: yield
        except (*WRONG, sqlite3.Error) as error:
            code = getattr(error, "sqlite_errorname", "foreign")
            if isinstance(error, sqlite3.Error) and not re.match(codes, code): raise
            self.check(False, aspect, f"{what}{'there is no ' * isinstance(error, KeyError)}{error}")
    def read(self, n, data):
        link, self.link = b64u(self.link).encode(), sha(b"\0", data)
        self.tree.leaves.append(self.link)
        entry = Entry(data)
        require(entry.n == n, f"what lies there is entry {entry.n}")
        self.check(entry.link == link and entry.at >= self.last, "integrity", f"entry {n} does not follow on the last")
        self.last = entry.at
        return entry
    def status(self):
        verdicts = {verdict for aspect, verdict in self.verdicts.items() if aspect != "completeness"}
        return 2 if verdicts & {"broken", "not_witnessed"} else 1 if "cannot_tell" in verdicts else 0
class Ledger(Report):  # A database, compared with what its entries give; and `head` and `previous` beside it.
    def __init__(self, path, given=(), policy=None):
        super().__init__(*ASPECTS)
        self.size, self.keys, self.continues, self.changes, self.runs = 0, None, None, [], {}
        self.ids, self.sealed, self.erased, self.known, self.in_force, self.parts = set(), set(), set(), {}, {}, ()
        head = path.with_name("head").read_bytes() if path.with_name("head").exists() else b""
        self.open(path)
        for n, data in self.rows("SELECT n, bytes FROM entries ORDER BY n"):
            self.check(n == self.size, "integrity", f"entries {self.size} to {n - 1} are missing")
            self.size = n + 1
            with self.judge("integrity", f"entry {n}: "): self.content(n, self.read(n, data))
        self.tables()
        self.signed(given, policy)
        if self.keys: self.head(head)
        if self.continues: self.follow(path.with_name("previous") / "log.sqlite", *self.continues)
    def open(self, path):  # A copy of one moment is read. Where there is no WAL, SQLite is kept from making one.
        wal, copy = path.with_name(path.name + "-wal"), sqlite3.connect("", isolation_level=None)
        quiet = "" if wal.exists() and wal.stat().st_size else "&immutable=1"
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{quiet}", uri=True)) as source:
            source.backup(copy)
        self.rows, copy.text_factory = copy.execute, bytes
        copy.create_function("sha", 1, sha)
        names = "application_id", "user_version", "encoding", "auto_vacuum"
        facts = [self.rows(f"PRAGMA {name}").fetchone()[0] for name in names]
        if facts[0] != 1650811745 or facts[1] > 1: raise sqlite3.Error(f"{path} is no ledger known here")
        schema = self.rows("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
        lines = sorted(b" ".join(b" ".join(column.split()) for column in row) + b"\n" for row in schema)
        self.check(sha(*lines).hex() == SCHEMA and facts[1:] == [1, b"UTF-8", 0], "integrity", "it has another schema")
        require(self.rows("PRAGMA integrity_check(1)").fetchone() == (b"ok",), "a page, or a row against its rules")
        self.secret, self.locked = map(dict(self.rows("SELECT * FROM secrets")).get, (b"subject_key", b"keyring"))
        require(self.secret, "the key of subjects is missing")
        self.checkpoints = {size: row for size, *row in self.rows("SELECT size, root, signature FROM checkpoints")}
    def content(self, n, entry):
        walk(body := parse_json(entry.body), digests := [], citations := [])
        self.ids.add((entry.id, n))
        for each in citations:
            with self.judge("citations", f"entry {n} cites {each['ref']}: "): self.cited(each)
        self.sealed.update((n * 2048 + place, digest) for place, (digest, _) in enumerate(digests))
        match entry.type, body:
            case b"decision", {"producer": {"id": str(producer), "seq": int(number)} as run}:
                self.runs.setdefault((producer, str(run.get("epoch"))), []).append(number)
            case b"erasure", {"entry": int(target), "digests": list(digests)}:
                self.erased.update((target, unb64(digest, url=True)) for digest in filter(is_digest, digests))
            case b"key", _: self.changes.append((n, body))
            case b"specification", _:
                with self.judge("citations", f"entry {n}: "): self.specify(n, body)
            case b"ledger", _ if n == 0: self.begin(body)
    def begin(self, body):
        key = read_key(body["key"])
        require(shaped(body["format"], int) <= 1 and body["origin"] == key.name, "it is of another form")
        note = Note(earlier["checkpoint"]) if "checkpoint" in (earlier := body.get("continues", {})) else None
        self.keys, self.continues = Keys(key), earlier and (shaped(earlier["origin"], str), note)
    def specify(self, n, body):  # Registers a document of which this is the last part, or activates it: section 7.
        document, version = name = tuple(shaped(body, {"document": str, "version": str}).values())
        if "activates" not in body:
            part = shaped(body, PART)
            start, last, digest, sections = self.parts if part["part"] > 1 else (n, 0, part["digest"], {})
            require(part["part"] == last + 1 == n - start + 1 and part["digest"] == digest, "it is out of order")
            sections = sections | {each["id"]: (each["digest"], each.get("authority")) for each in body["sections"]}
            self.parts = start, last + 1, digest, sections
            if part["part"] < part["parts"]: return
            self.known.setdefault(name, (digest, sections))
        require(self.known[name][0] == body.get("activates", body.get("digest")), "another text is registered so")
        if body.get("active", True): self.in_force[document] = version
    def cited(self, citation):  # It says what the registration said that was known then: section 10.
        names, _, section = citation["ref"].partition("#")
        document, _, version = names.partition("@")
        digest, sections = self.known[document, version or self.in_force[document]]
        require([digest, *sections[section]] == [*map(citation.get, CITED)], "it is not what was registered")
    def tables(self):  # What lies beside the entries is what they give. What those sealed that are gone is not known.
        there, subjects, whole = set(), set(), {n for _, n in self.ids}
        for key, text in self.rows("SELECT key, disclosure FROM sealed"):
            there.add((key, sha(text)))
            with contextlib.suppress(*WRONG):
                name, value = parse_disclosure(text.decode())
                if name == "subject" and (key, sha(text)) in self.sealed:
                    subjects.add((hmac.digest(self.secret, value.encode(), "sha256"), key // 2048))
        if self.locked: self.sealed, subjects = there, {*self.rows("SELECT code, n FROM subjects")}
        self.check(self.sealed is not there, "sealed_fields", "they are encrypted, and went UNCHECKED", "cannot_tell")
        extra = {key for key, _ in there - self.sealed if key // 2048 in whole or key // 2048 >= self.size}
        absent = {digest for _, digest in self.sealed - there} - {digest for _, digest in self.erased}
        present = {key for key, digest in there if (key // 2048, digest) in self.erased}
        self.check(not extra | present, "sealed_fields", f"values of no field, or erased on record: {extra | present}")
        self.check(not absent, "sealed_fields", f"{len(absent)} sealed values are gone, and no erasure is on record")
        tiles = {(level, n, root, b"".join(self.tree.tile(level, n))) for level in range(8)
                 for n, root in enumerate(self.tree.tile(level + 1, 0, len(self.tree.leaves) >> 8 * level + 8))}
        texts = {(unb64(each, url=True),) * 2 for document, sections in self.known.values()
                 for each in (document, *(digest for digest, _ in sections.values()))}
        for aspect, table, columns, expected in (
                ("integrity", "identities", "id, n", self.ids), ("citations", "texts", "digest, sha(bytes)", texts),
                ("integrity", "tiles", "level, number, root, hashes", tiles),
                ("sealed_fields", "subjects", "code, n", subjects)):
            wrong = {*self.rows(f"SELECT {columns} FROM {table}")} ^ expected
            self.check(not wrong, aspect, f"{len(wrong)} rows of {table} are missing, or have no reason to be there")
        self.check(self.runs, "completeness", "no producer numbers its decisions", "cannot_tell")
        for run, numbers in self.runs.items():
            self.check(sorted(numbers) == [*range(1, len(numbers) + 1)], "completeness", f"numbers of {run}", "gap")
    def note(self, size):  # A checkpoint, with the signature of the log's key of then and what others signed.
        (root, own), key = self.checkpoints[size], self.keys.of(size)[0]
        others = self.rows("SELECT name, key_id, signature FROM signatures WHERE size = ?", (size,))
        lines = [(key.name, key.id + own), *((name.decode(), id.to_bytes(4) + blob) for name, id, blob in others)]
        signatures = "".join(f"\u2014 {name} {b64(blob)}\n" for name, blob in lines)
        return Note(f"{key.name}\n{size}\n{b64(root)}\n\n{signatures}")
    def signed(self, given, policy):  # Section 6. Where no key that was given is the log's, only that is believed.
        self.check(self.keys, "integrity", "entry 0 does not begin a ledger")
        for n, body in self.changes if self.keys else ():
            with self.judge("signatures", f"entry {n}: "):
                require(self.tree.has(self.note(n + 1)), "it is not in the tree that was signed")
                self.keys.follow(n, body, self.note(n + 1))
        if self.keys and given and not {*given} & {*self.keys.all}:
            self.check(False, "signatures", "no key of the log is one that was given")
            self.keys = Keys(min(given, key=lambda key: key.name != self.keys.all[0].name))
        if not self.keys and len(given) == 1: self.keys = Keys(given[0])
        self.check(self.keys, "signatures", "no key is known", "cannot_tell")
        self.check(max(self.checkpoints, default=0) == self.size, "integrity", "not all entries are signed")
        for size in self.checkpoints if self.keys else ():
            with self.judge("signatures", f"checkpoint of {size} entries: "):
                self.check(self.tree.has(self.note(size)), "integrity", f"another tree of {size} entries was signed")
                if size <= self.size: self.note(size).signers(self.keys.all, policy)
        for size, in self.rows("SELECT size FROM signatures UNION SELECT size FROM timestamps"):
            self.check(size in self.checkpoints, "signatures", f"there is no checkpoint of {size} entries")
    def head(self, data):  # Section 6: of what the log signed in two slots, the larger tree is a beginning of the log.
        signed, keys = [], self.keys.all
        for slot in data[:1024], data[1024:2048]:
            with contextlib.suppress(*WRONG):  # It is torn.
                note = Note(slot.partition(b"\0")[0].decode())
                known = {key[1:3] for key in keys} & {line[:2] for line in note.signatures}
                self.check(known or note.origin != keys[0].name, "integrity", "a key that is unknown signed the head")
                if note.signers(keys): signed.append(note)
        newest = max(signed, key=lambda note: note.size, default=None)
        right = self.tree.has(newest) if newest else not any(data[:2048:1024])
        self.check(right, "integrity", "the log did not sign the head, or has another history, or less of it")
    def follow(self, path, origin, note):  # Section 7: the ledger that this one continues, if it was not moved.
        self.findings.append(f"note: entry 0 declares a break: this ledger continues {origin}")
        if not path.exists(): return
        with self.judge("integrity", "the ledger in `previous`: ", f"{DAMAGE}|SQLITE_NOTADB|foreign"):
            ledger = Ledger(path)
            same = not note or note.signers(ledger.keys.all) and ledger.tree.has(note)
            require(same and ledger.keys.all[0].name == origin, "entry 0 continues another one")
def check_published(report, folder, given, policy):  # PUBLISHING.md. A full file may stand for one that it begins with.
    note, files = Note((folder / "checkpoint").read_bytes().decode()), collections.defaultdict(dict)
    signers = note.signers(given, policy) if given or policy else []
    require(not policy or policy.agrees(signers), "too few witnesses saw the checkpoint")
    report.check(signers, "signatures", "no key was given", "cannot_tell")
    with report.judge("integrity"):
        for path in (path for path in (folder / "tile").rglob("*") if not path.is_dir()):
            match = TILE.fullmatch(path.relative_to(folder).as_posix()) or require(False, f"{path} is of no log")
            files[match[1], int(re.sub(r"\D", "", match[2]))][int(match[3] or 256)] = path
        for kind, level in ("entries", 0), *((str(level), level) for level in range(8)):
            for first in range(0, note.size >> 8 * level, 256):
                width, there = min(256, (note.size >> 8 * level) - first), files[kind, first // 256]
                used = width if width in there else 256
                stream = io.BytesIO(there[used].read_bytes())
                if kind == "entries": right = [*iter(lambda: stream.read(int.from_bytes(stream.read(2))), b"")]
                else: right = report.tree.tile(level, first // 256, width)
                for n, data in enumerate(right[:width] if kind == "entries" else (), first): report.read(n, data)
                if kind == "entries": right = [len(each).to_bytes(2) + each for each in right]
                for each in {used, *(each for each in there if each < width)}:
                    data, begin = there[each].read_bytes(), b"".join(right[:each])
                    size = len(begin) if kind == "entries" and len(right) >= each else 32 * each
                    require(data.startswith(begin) and len(data) == size, f"{there[each]} was changed")
        require(report.tree.has(note), "the entries have another root than was signed")
def check_proof(report, data, given, policy):  # A proof file: PROOFS.md.
    form = data[:1] == b"{" and len(data) <= 16 << 20 and shaped(parse_json(data), {"format": str})["format"]
    if form != "because-proof/1": return report.check(False, "proof", "it is of no known form", "cannot_tell")
    file = shaped(parse_json(data), FILE)
    text = json.dumps(file, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
    require(re.sub(HIDDEN, lambda match: json.dumps(match[0])[1:-1], text).encode() == data, "it is spelled otherwise")
    proof, changes = Note(file["proof"]), [(Note(each["proof"]), each["entry"].encode()) for each in file["keys"]]
    given, keys, cited = [key for key in given if key.name == proof.origin], None, {}
    if not given: return report.check(False, "proof", "no key of its log was given", "cannot_tell")
    for each, data in changes:
        entry = each.entry(data)
        keys = keys or Keys(read_key(parse_json(entry.body)["previous"]))
        keys.follow(entry.n, parse_json(entry.body), each)
        require(entry.type == b"key", "it changes no key")
    signers = proof.signers(keys.believed(given, proof.size) if keys else given, policy)
    walk(parse_json(proof.entry(file["entry"].encode()).body), digests := [], citations := [])
    fields = iter(digests)  # Each disclosure opens a later one than that before, if it is not there.
    for name, text in [(parse_disclosure(each)[0], each.encode()) for each in file["disclosures"]]:
        around = next((around for digest, around in fields if digest == sha(text)), {name: None})
        require(name not in around, f"{name} is no such field of it")
        around[name] = None
    for each in citations: cited.setdefault(each["section_digest"], each["ref"])
    rest = iter(cited.items())
    for each in file["citations"]:
        right = (each["digest"], each["ref"]) in rest and b64u(sha(each["text"].encode())) == each["digest"]
        require(right, f"the words of {each['ref']} are not those cited, or in another order")
    report.check(not policy or policy.agrees(signers), "proof", "too few witnesses saw it", "not_witnessed")
def verify(path, key=None, policy=None):  # The report on what lies at the path.
    path, given = pathlib.Path(path), [key] if key else policy.logs if policy else []
    if (path / "checkpoint").is_file() and not (path / "log.sqlite").exists():
        report, aspect = Report("integrity", "signatures"), "signatures"
        with report.judge(aspect): check_published(report, path, given, policy)
    elif path.is_dir() or path.open("rb").read(15) == b"SQLite format 3":
        report, aspect = Report(*ASPECTS, verdict="cannot_tell"), "signatures"
        path = path / "log.sqlite" if path.is_dir() else path
        with contextlib.suppress(OSError, *WRONG): policy = policy or Policy(path.with_name("policy").read_text())
        with report.judge("integrity", "it is damaged: ", DAMAGE): report = Ledger(path, given, policy)
    else:
        report, aspect = Report("proof"), "proof"
        with report.judge(aspect): check_proof(report, path.read_bytes(), given, policy)
    report.check(shutil.which("openssl"), aspect, "signatures went UNCHECKED: there is no openssl", "cannot_tell")
    return report
def main():
    try: options, (path,) = getopt.gnu_getopt(sys.argv[1:], "", ["key=", "policy=", "json"])
    except (getopt.GetoptError, ValueError): sys.exit(print(__doc__, file=sys.stderr) or 64)
    try:
        key, policy = (dict(options).get(each) for each in ("--key", "--policy"))
        report = verify(path, key and read_key(key), policy and Policy(pathlib.Path(policy).read_text()))
    except (OSError, *WRONG, sqlite3.Error) as error: sys.exit(f"verify.py: {json.dumps(str(error))}")
    if ("--json", "") in options:
        verdicts = {aspect: {"verdict": verdict} for aspect, verdict in report.verdicts.items()}
        print(json.dumps({"verdicts": verdicts, "findings": report.findings, "exit_status": report.status()}))
    else: print(*map(": ".join, report.verdicts.items()), *map(json.dumps, report.findings), sep="\n")
    sys.exit(report.status())
if __name__ == "__main__": main()

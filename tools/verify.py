#!/usr/bin/env python3
"""Verifies a ledger, a published log or a proof file. Exit status: 0 holds, 1 cannot tell, 2 does not hold, 64 usage.

Written from schema/FORMAT.md, PROOFS.md and PUBLISHING.md alone, it shares nothing with the program that writes
ledgers, and it writes nothing. It needs Python 3.11 and, for Ed25519, the program openssl (version 3); without that it
says that signatures went UNCHECKED. Left to others: time stamps, the index, and where Markdown has headings.
"""
import argparse, base64, collections, contextlib, datetime, hashlib, hmac, json, pathlib, re, shutil, sqlite3
import subprocess, sys, tempfile, urllib.parse

EMPTY, WIDTH, APPLICATION = hashlib.sha256(b"").digest(), 256, 1650811745
ASPECTS = "integrity", "signatures", "citations", "sealed_fields", "completeness"
SCHEMA = "b1b8e6d04bf71c631de16b36ea7880acdd52cad8a72efa6fb4da884921900268"
DIGEST = re.compile(r"[\w-]{42}[AEIMQUYcgkosw048]", re.A)  # 32 bytes as base64url: the last character has 4 bits.
ENTRY = re.compile(rb'\{"at":"((\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z)","body":(.*),'
                   rb'"id":"([\w.:-]{1,128})","link":"(%b)","n":(0|[1-9]\d{0,15}),'
                   rb'"type":"([\w.:-]{1,128})","v":1\}' % DIGEST.pattern.encode(), re.S)
CHECKPOINT = re.compile("([^\0-\x1f]+)\n(0|[1-9][0-9]{0,19})\n([^\0-\x1f]+)\n(?:[^\0-\x1f]+\n)*")
SIGNATURES = re.compile("(?:\u2014 [^\0- ]+ [^\0- ]+\n){1,100}")
TLOG_PROOF = re.compile("c2sp.org/tlog-proof@v1\nindex (0|[1-9][0-9]{0,19})\n((?:[!-~]+\n){0,64})\n(.*)", re.S)
REFERENCE = re.compile(r"([\w.:+~/-]{1,128})(?:@([\w.:+~-]{1,128}))?#([\w.:+~-]{1,128})", re.A)
TILE = re.compile(r"tile/(entries|\d|[1-5]\d|6[0-3])/((?:x(?!000)\d{3}/(?:x\d{3}/){0,5})?\d{3})"
                  r"(?:\.p/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?", re.A)
HIDDEN = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
                    "\U000e0000-\U000e007f]")
PART = {"document": str, "version": str, "format": str, "digest": str, "part": int, "parts": int, "active": bool,
        "sections": [{"id": str, "title": str, "level": int, "order": int, "digest": str}]}
PROOF = {"format": str, "entry": str, "proof": str, "disclosures": [str], "keys": [{"entry": str, "proof": str}],
         "citations": [{"digest": str, "ref": str, "text": str}]}

def require(holds, message):
    if not holds:
        raise ValueError(message)

def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def leaf_hash(data): return sha(b"\0", data)
def b64u(data): return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
def is_digest(value): return isinstance(value, str) and DIGEST.fullmatch(value) is not None

def unb64(text, size=None, url=False):
    """The bytes of base64, or of base64url without padding, in their one spelling."""
    data = base64.b64decode(text + "=" * (-len(text) % 4 if url else 0), b"-_" if url else None, validate=True)
    require((b64u(data) if url else base64.b64encode(data).decode()) == text, "it is not base64")
    require(size in (None, len(data)), f"it is not {size} bytes")
    return data

# JSON: section 3

def parse_json(data):
    """I-JSON (RFC 7493), at most 64 levels deep. Numbers that are no integers below 2^53 become floats."""
    def unique(pairs):
        require(len(dict(pairs)) == len(pairs), "a name stands twice in an object")
        return dict(pairs)
    def number(text): return int(text) if len(text) < 18 and abs(int(text)) < 1 << 53 and text != "-0" else float(text)
    try:
        value = json.loads(data.decode(), object_pairs_hook=unique, parse_int=number, parse_constant=int)
        require(data.count(b"{") + data.count(b"[") <= 64 or depth(value) <= 64, "it nests too deeply")
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    if b"\\u" in data:
        json.dumps(value, ensure_ascii=False).encode()  # A lone surrogate has no UTF-8.
    return value

def depth(value): return max((depth(inner) for _, inner in members(value)), default=0) + isinstance(value, (dict, list))

def members(value):
    """What is inside a list or an object, here with its names, in canonical order: by UTF-16 code units."""
    if isinstance(value, dict):
        return sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
    return [(None, item) for item in value] if isinstance(value, list) else []

def shaped(value, shape):
    """What a shape (a type, a list of a shape, or members) keeps of a value, which must have all of it."""
    require(type(value) is (shape if isinstance(shape, type) else type(shape)), "it is not of a known form")
    if isinstance(shape, dict):
        return {name: shaped(value.get(name), inner) for name, inner in shape.items()}
    return [shaped(item, shape[0]) for item in value] if isinstance(shape, list) else value

def sealed_digests(value):
    """The digests of sealed fields in the order of their ordinals (section 9), each with the object around it."""
    for name, inner in members(value):
        if name != "_sd":
            yield from sealed_digests(inner)
        elif isinstance(inner, list):
            yield from ((digest, value) for digest in filter(is_digest, inner))

def citations(value):
    match value:
        case {"ref": str(), "document_digest": text, "section_digest": part} if is_digest(text) and is_digest(part):
            yield value
        case _:
            for _, inner in members(value):
                yield from citations(inner)

def parse_disclosure(text):
    match parse_json(unb64(text, url=True)):
        case [str(), str(name), value] if name != "_sd":
            return name, value
    raise ValueError("it is no disclosure")

# The tree: section 5

def fold(hashes):
    """The root over subtrees of one size, but that the last may be smaller: level by level, an odd last one rises."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2])
        hashes = [sha(b"\1", left, right) for left, right in pairs] + hashes[len(hashes) & ~1:]
    return hashes[0] if hashes else EMPTY

class Tree:
    """The hashes that tiles hold: those of leaves, above them the roots over each 256 of these, and so on."""
    def __init__(self, leaves):
        self.levels = [leaves]
        while len(below := self.levels[-1]) >= WIDTH:
            self.levels.append([fold(below[i:i + WIDTH]) for i in range(0, len(below) - WIDTH + 1, WIDTH)])
    def root(self, size):
        """The root over the first leaves; None where there are fewer."""
        edge = []  # The root over what lies right of the full tiles of the level below.
        for level, hashes in enumerate(self.levels):
            end = size >> 8 * level
            edge = hashes[end - end % WIDTH:end] + edge
            edge = [fold(edge)] if edge else []
        return None if size > len(self.levels[0]) else edge[0] if edge else EMPTY

def root_of_path(leaf, index, size, path):
    """The root to which an inclusion proof (RFC 6962 section 2.1.1) leads from a leaf."""
    require(0 <= index < size and (size > 1 or not path), "it is no inclusion proof in such a tree")
    if size == 1:
        return leaf
    *inner, sibling = path
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return sha(b"\1", root_of_path(leaf, index, left, inner), sibling)
    return sha(b"\1", sibling, root_of_path(leaf, index - left, size - left, inner))

# Keys and checkpoints: section 6, and C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy and tlog-proof

OPENSSL = shutil.which("openssl")

def ed25519(public, signature, data):
    """Whether a signature (RFC 8032) is right. Without openssl it is taken to be, and the report says so."""
    with tempfile.TemporaryDirectory() as folder:
        files = {"key": bytes.fromhex("302a300506032b6570032100") + public, "data": data, "signature": signature}
        for name, content in files.items():
            pathlib.Path(folder, name).write_bytes(content)
        command = "pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in data -sigfile signature".split()
        return not OPENSSL or subprocess.run([OPENSSL, *command], cwd=folder, capture_output=True).returncode == 0

def is_name(text): return bool(text) and not any(c == "+" or c < " " or c.isspace() for c in text)

class Key(collections.namedtuple("Key", "text name id kind public")):
    """A verifier key. Type 1 signs the checkpoints of a log; type 4 is a witness's, and signs a time before them."""
    @classmethod
    def read(cls, text, kind=1):
        name, number, typed = text.split("+", 2)
        data = unb64(typed, 33)
        identity = sha(name.encode(), b"\n", data)[:4]
        require(data[0] == kind and identity.hex() == number and is_name(name), f"{text} is no key of type {kind}")
        return cls(text, name, identity, kind, data[1:])
    def signed(self, signature, text):
        if self.kind == 4 and len(signature) == 72 and signature[0] < 128:
            text, signature = b"cosignature/v1\ntime %d\n%b" % (int.from_bytes(signature[:8]), text), signature[8:]
        return len(signature) == 64 and ed25519(self.public, signature, text)

class Note:
    """A checkpoint, and signatures as (name, key ID, signature), none of them verified."""
    def __init__(self, text, signatures):
        match = CHECKPOINT.fullmatch(text)
        require(match and int(match[2]) < 1 << 64, "it is no checkpoint")
        self.text, self.signatures = text.encode(), signatures
        self.origin, self.size, self.root = match[1], int(match[2]), unb64(match[3], 32)
    @classmethod
    def read(cls, data):
        text, _, lines = data.decode().rpartition("\n\n")
        require(SIGNATURES.fullmatch(lines) and len(data) <= 1_000_000, "it is no signed note")
        signed = [(name, unb64(blob)) for _, name, blob in map(str.split, lines[:-1].split("\n"))]
        require(all(is_name(name) and len(blob) > 4 for name, blob in signed), "a line is no signature")
        return cls(text + "\n", [(name, blob[:4], blob[4:]) for name, blob in signed])
    def signers(self, keys, policy=None):
        """Which keys signed, one of the log's among them. A wrong signature of a known key refuses the note."""
        known = [key for key in keys if key.name == self.origin] + (policy.witnesses if policy else [])
        found = []
        for name, number, signature in self.signatures:
            named = [key for key in known if (key.name, key.id) == (name, number)]
            right = [key for key in named if key.signed(signature, self.text)]
            require(right or not named, f"the signature of {name} is wrong")
            found += right
        require(any(key.kind == 1 for key in found), "no known key of the log signed it")
        return found

def successor(keys, n, body, note):
    """The key that entry `n` announces: it and the last key before signed the tree that ends there."""
    old, new = (Key.read(text) for text in shaped(body, {"previous": str, "key": str}).values())
    require([old] == keys[-1:] and new.name == old.name and new not in keys, "it does not follow on the key before")
    require(note.size == n + 1 and {old, new} <= {*note.signers([old, new])}, "not both keys signed that")
    return new

class Policy:
    """Which keys are trusted, and who must have seen a checkpoint: so many of some keys and of other such parties."""
    def __init__(self, text):
        self.logs, self.witnesses, self.quorum, parties = [], [], None, {"none": (0, [])}
        for words in map(str.split, text.splitlines()):
            match words:
                case ["log", key] | ["log", key, _]:
                    self.logs.append(Key.read(key))
                case ["witness", name, key] | ["witness", name, key, _] if name not in parties:
                    self.witnesses.append(Key.read(key, 4))
                    parties[name] = (1, self.witnesses[-1:])
                case ["group", name, least, *names] if name not in parties and {*names} <= {*parties} - {"none"}:
                    count = {"any": 1, "all": len(names)}.get(least) or int(least)
                    require(0 < count <= len({*names}) == len(names), f"the group {name} cannot agree")
                    parties[name] = (count, [parties[each] for each in names])
                case ["quorum", name] if not self.quorum and name in parties:
                    self.quorum = parties[name]
                case [word, *_] if not word.startswith("#"):
                    raise ValueError(f"the policy cannot be read: {' '.join(words)}")
        require(self.quorum and text.endswith("\n"), "the policy has no quorum, or was cut off")
    def agrees(self, signers, party=None):
        count, others = party or self.quorum
        agreed = [each in signers if isinstance(each, Key) else self.agrees(signers, each) for each in others]
        return sum(agreed) >= count

class Proof:
    """A tlog-proof without extra data."""
    def __init__(self, text):
        match = TLOG_PROOF.fullmatch(text)
        require(match, "it is no tlog-proof")
        self.path, self.note = [unb64(each, 32) for each in match[2].split()], Note.read(match[3].encode())
        self.index = int(match[1])
    def entry(self, data):
        root = root_of_path(leaf_hash(data), self.index, self.note.size, self.path)
        entry = Entry(data)
        require(root == self.note.root and entry.n == self.index, "the entry is not in the tree that was signed")
        return entry

# Entries, and what is found

def facts_of(size, root, keys): return {"size": size, "root": b64u(root), **{"key": key.text for key in keys}}

class Entry:
    """The envelope of section 4."""
    def __init__(self, data):
        match = ENTRY.fullmatch(data)
        require(match and len(data) <= 65_535 and int(match[6]) < 1 << 53, "what lies there is no entry")
        datetime.date.fromisoformat(re.sub("^0000", "2000", match[2].decode()))  # Year 0 is unknown to Python.
        self.at, self.body, self.id, self.link, self.type = match.group(1, 3, 4, 5, 7)
        self.n = int(match[6])

class Report:
    """A verdict on each aspect, and why."""
    def __init__(self, *aspects):
        self.verdicts, self.findings, self.facts = dict.fromkeys(aspects, "holds"), [], {}
    def check(self, holds, aspect, message, entry=None, verdict="broken"):
        """Adds a finding unless something holds. It lowers the verdict, or is a notice where it has none."""
        if not holds:
            self.findings.append({"aspect": aspect, "severity": "broken" if verdict == "broken" else "notice",
                                  "message": message, **({} if entry is None else {"entry": entry})})
            if verdict and self.verdicts[aspect] != "broken":
                self.verdicts[aspect] = verdict
        return holds
    @contextlib.contextmanager
    def finding(self, aspect, entry=None):
        """Makes a finding of what is required and does not hold."""
        try:
            yield
        except ValueError as error:
            self.check(False, aspect, str(error), entry, "cannot_tell" if isinstance(error, Unknown) else "broken")
    def status(self):
        verdicts = {verdict for aspect, verdict in self.verdicts.items() if aspect != "completeness"}
        return 2 if verdicts & {"broken", "not_witnessed"} else 1 if "cannot_tell" in verdicts else 0

class Unknown(ValueError):
    """Why it cannot be told whether something holds."""

class Log(Report):
    """Entries one after the other, wherever they lie."""
    def __init__(self, *aspects):
        super().__init__(*aspects)
        self.leaves, self.link, self.last = [], EMPTY, b""
    def read(self, n, data):
        link, self.link = self.link, leaf_hash(data)
        entry = Entry(data)
        require(entry.n == n, f"what lies there is entry {entry.n}")
        linked = link is None or entry.link.decode() == b64u(link)
        self.check(linked, "integrity", "it does not link to the entry before it", n)
        self.check(entry.at >= self.last, "integrity", "it is dated before an earlier entry", n)
        self.last = entry.at
        return entry

class Specifications:
    """What was registered and put in force up to an entry: sections 7 and 10."""
    def __init__(self):
        self.known, self.in_force, self.parts = {}, {}, []
    def add(self, n, body):
        document, version = name = tuple(shaped(body, {"document": str, "version": str}).values())
        if is_digest(body.get("activates")):
            require(name in self.known and self.known[name]["digest"] == body["activates"], "it activates another text")
            self.in_force[document] = version
            return
        part = shaped(body, PART)
        self.parts = [(n, body)] if part["part"] == 1 else [*self.parts, (n, body)]
        start, first = self.parts[0]
        require(part["part"] == len(self.parts) == n - start + 1 <= part["parts"]
                and all(part[each] == first[each] for each in ("digest", "parts")), "a part stands in the wrong place")
        if part["part"] == part["parts"]:
            self.register(name, {**part, "n": start}, [each for _, body in self.parts for each in body["sections"]])
            self.in_force.update({document: version} if part["active"] else {})
    def register(self, name, new, sections):
        new["sections"], self.parts = {each["id"]: each for each in sections}, []
        known = self.known.get(name, new)
        digests = [new["digest"], *(each["digest"] for each in sections)]
        require(all(map(is_digest, digests)) and len(new["sections"]) == len(sections)
                and all(REFERENCE.fullmatch("{}@{}#{}".format(*name, each)) for each in ["x", *new["sections"]])
                and new["format"] in ("model-spec", "markdown", "json")
                and all(known[each] == new[each] for each in ("digest", "format")), "it cannot be registered so")
        self.known[name] = known
    def holds(self, citation):
        match = REFERENCE.fullmatch(citation["ref"])
        known = match and self.known.get((match[1], match[2] or self.in_force.get(match[1])))
        section = known and known["sections"].get(match[3])
        return section and (known["digest"], section["digest"], section.get("authority")) == tuple(
            citation.get(each) for each in ("document_digest", "section_digest", "authority"))

# A ledger

class Ledger(Log):
    """A database, compared with what its entries give. What its tables hold beside entries is made anew from these."""
    def __init__(self, database):
        super().__init__(*ASPECTS)
        self.rows, self.size, self.first_key, self.continues = database.execute, 0, None, None
        self.structure()
        self.secret, = self.rows("SELECT value FROM secrets WHERE name = 'subject_key'").fetchone()
        self.checkpoints = {size: row for size, *row in self.rows("SELECT size, root, signature FROM checkpoints")}
        self.tiles = {row[:2]: row for row in self.rows("SELECT level, number, root, hashes FROM tiles")}
        self.ids, self.subjects, self.runs, self.changes, self.erasures, self.absent = set(), set(), {}, [], [], []
        self.specifications, self.in_tiles = Specifications(), []  # The leaf hashes, by full tiles as far as there are.
        for n, data in self.rows("SELECT n, bytes FROM entries ORDER BY n"):
            self.add(n, data)
        self.tree = Tree(self.leaves)
    def structure(self):
        schema = self.rows("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").fetchall()
        space = re.compile(rb"('[^']*'|\"[^\"]*\")|[ \t-\r]+")
        squeezed = [space.sub(lambda match: match[1] or b" ", b" ".join(row)) for row in schema]
        facts = [self.rows(f"PRAGMA {each}").fetchone()[0] for each in ("encoding", "auto_vacuum")]
        same = sha(*sorted(line + b"\n" for line in squeezed)).hex() == SCHEMA and facts == [b"UTF-8", 0]
        self.check(same, "integrity", "the tables or triggers are not those of schema/ledger.sql")
        for damage, in self.rows("PRAGMA integrity_check(20)").fetchall():
            self.check(damage == b"ok", "integrity", f"the file is damaged: {damage.decode(errors='replace')}")
        # That forgets the rules of tables on connections that only read, so they are asked for one by one.
        for name, sql in ((name.decode(), sql) for kind, name, sql in schema if kind == b"table" and same):
            for rule in re.findall(r"CHECK (\(.*\))", sql.decode()):
                if self.rows(f"SELECT 1 FROM {name} WHERE NOT {rule}").fetchone():
                    raise sqlite3.DatabaseError(f"a row of {name} breaks the rule {rule}")
    def add(self, n, data):
        if n > self.size:
            self.check(False, "integrity", f"entries {self.size} to {n - 1} are missing", self.size)
            self.link = None
        for missing in range(self.size, min(n, self.size + 4096)):  # Beyond a larger gap there is no tree.
            self.grow(missing, None)
        self.size = n + 1
        if n == len(self.leaves):
            self.grow(n, leaf_hash(data))
        with self.finding("integrity", n):
            self.content(n, self.read(n, data))
    def grow(self, n, leaf):
        tile = self.tiles.get((0, n // WIDTH))
        self.in_tiles.append(tile[3][n % WIDTH * 32:][:32] if tile else leaf or EMPTY)
        self.leaves.append(leaf or self.in_tiles[n])
    def content(self, n, entry):
        self.ids.add((entry.id, n))
        body = parse_json(entry.body)
        for each in citations(body):
            self.check(self.specifications.holds(each), "citations", f"{each['ref']} is not what it cites", n)
        self.open(n, [digest for digest, _ in sealed_digests(body)])
        match entry.type, body:
            case b"decision", {"producer": {"id": str(producer), "seq": int(number)} as run}:
                self.runs.setdefault((producer, str(run.get("epoch"))), []).append(number)
            case b"erasure", {"entry": int(target), "digests": list(digests)} if target >= 0:
                self.erasures.append((target, {*filter(is_digest, digests)}))
            case b"key", _:
                self.changes.append((n, body))
            case b"specification", _:
                with self.finding("citations", n):
                    self.specifications.add(n, body)
            case b"ledger", _ if n == 0:
                self.begin(body)
    def begin(self, body):
        first = shaped(body, {"format": int, "key": str, "origin": str})
        key = Key.read(first["key"])
        require(first["format"] <= 1 and first["origin"] == key.name and len(key.name.encode()) < 256
                and not re.search("[\x7f-\x9f]", key.name), "it is of another form")
        if "continues" in body:
            earlier = shaped(body["continues"], {"origin": str, "epoch": int, "break": str})
            notes = {each: Note.read(shaped(body["continues"][each], str).encode())
                     for each in {"checkpoint", "lost"} & {*body["continues"]}}
            require(0 < earlier["epoch"] <= 1_000_000 and earlier["break"] in
                    ("rolled_back", "forked", "damaged", "key_lost"), "it does not say what it continues")
            self.continues = (earlier["origin"], notes.get("checkpoint"))
        self.first_key = key
    def disclosures(self, n):
        return dict(self.rows("SELECT key % 2048, disclosure FROM sealed WHERE key BETWEEN ? AND ?",
                              (n * 2048, n * 2048 + 2047))) if n < 1 << 52 else {}
    def open(self, n, digests):
        stored = self.disclosures(n)
        for ordinal, digest in enumerate(digests):
            text = stored.pop(ordinal, None)
            if text is None:
                self.absent.append((n, digest))
            elif self.check(b64u(sha(text)) == digest, "sealed_fields", f"sealed value {ordinal} was changed", n):
                with contextlib.suppress(ValueError):
                    name, value = parse_disclosure(text.decode())
                    if name == "subject" and isinstance(value, str):
                        self.subjects.add((hmac.digest(self.secret, value.encode(), "sha256"), n))
        self.check(not stored, "sealed_fields", f"sealed values {[*stored]} belong to none of its fields", n)
    def compare(self, aspect, table, columns, expected):
        """Compares the rows of a table, which begin with its key, with those that it is to have."""
        for row in {*self.rows(f"SELECT {columns} FROM {table}")} ^ expected:
            self.check(False, aspect, f"a row of {table} is missing, or has no reason to be there: {row[:2]}")
    def tables(self):
        roots = [(level, n, root) for level, roots in enumerate(self.tree.levels[1:]) for n, root in enumerate(roots)]
        self.compare("integrity", "tiles", "level, number, root, hashes", {
            (level, n, root, b"".join(self.tree.levels[level][n * WIDTH:][:WIDTH])) for level, n, root in roots})
        self.compare("integrity", "identities", "id, n", self.ids)
        self.compare("sealed_fields", "subjects", "code, n", self.subjects)
        erased = {digest for _, digests in self.erasures for digest in digests}
        for n, digest in self.absent:
            self.check(digest in erased, "sealed_fields", "a sealed value is gone, and no erasure is on record", n)
        for n, digests in self.erasures:
            present = digests & {b64u(sha(text)) for text in self.disclosures(n).values()}
            self.check(not present, "sealed_fields", "a value that was erased on record is there", n)
        for n, in self.rows("SELECT key / 2048 FROM sealed WHERE key / 2048 >= ?", (self.size,)):
            self.check(False, "sealed_fields", "there is a sealed value of no entry", n)
        self.check(self.runs, "completeness", "no producer numbers its decisions", verdict="cannot_tell")
        for run, numbers in self.runs.items():
            whole = sorted(numbers) == [*range(1, len(numbers) + 1)]
            self.check(whole, "completeness", f"numbers of {run} are left out, or were used twice", verdict="gap")
    def texts(self):
        expected = set()
        for known in self.specifications.known.values():
            digests = [unb64(each["digest"], url=True) for each in [known, *known["sections"].values()]]
            expected.update((digest, digest) for digest in digests)
            rows = [self.rows("SELECT bytes FROM texts WHERE digest = ?", (each,)).fetchone() for each in digests]
            with self.finding("citations", known["n"]):
                require(None not in rows, "the text of the document or of a section is missing")
                text, *parts = [data for data, in rows]
                if known["format"] == "json":
                    items = shaped(parse_json(text), [{"id": str, "text": str}])
                    holds = [(each["id"], each["text"].encode()) for each in items] == [*zip(known["sections"], parts)]
                else:
                    holds = text.endswith(b"".join(parts))
                require(holds, "the document does not consist of the sections")
        self.compare("citations", "texts", "digest, sha256(bytes)", expected)
    def note(self, key, size):
        """A checkpoint as a note, by the key that is to have signed it."""
        require(size in self.checkpoints, "there is no checkpoint that ends with it")
        root, signature = self.checkpoints[size]
        others = self.rows("SELECT name, key_id, signature FROM signatures WHERE size = ?", (size,))
        return Note(f"{key.name}\n{size}\n{base64.b64encode(root).decode()}\n", [(key.name, key.id, signature), *(
            (name.decode(), number.to_bytes(4), signature) for name, number, signature in others)])
    def keys(self, given):
        """The keys of the log as (first size, key). Where none of those given is among these, one given is believed."""
        self.check(self.first_key, "integrity", "entry 0 does not begin a ledger", 0)
        terms, broken = [(1, self.first_key)] if self.first_key else [], len(self.findings)
        for n, body in self.changes if terms else ():
            with self.finding("signatures", n):
                note = self.note(terms[-1][1], n + 1)
                in_tiles = Tree(self.in_tiles[:n] + self.leaves[n:n + 1])
                require(note.root in (self.tree.root(n + 1), in_tiles.root(n + 1)), "another tree was signed there")
                terms.append((n + 2, successor([key for _, key in terms], n, body, note)))
            if len(self.findings) > broken:
                break
        if given and not {*given} & {key for _, key in terms} and (terms or len(given) == 1):
            self.check(not terms, "signatures", "no key of the log is one that was given", 0)
            terms = [(1, next((key for key in given if terms and key.name == terms[0][1].name), given[0]))]
        return terms
    def signed(self, terms, policy):
        newest, keys = max(self.checkpoints, default=0), [key for _, key in terms]
        self.check(newest, "integrity", "there is no checkpoint")
        self.check(newest in (0, self.size), "integrity", f"{newest} entries were signed, of {self.size}", newest)
        for size, (root, _) in sorted(self.checkpoints.items()):
            self.check(self.tree.root(size) in (None, root), "integrity", "another tree was signed there", size - 1)
            with self.finding("signatures", size - 1):
                if terms and size <= self.size:
                    self.note([key for first, key in terms if first <= size][-1], size).signers(keys, policy)
        for size, in self.rows("SELECT size FROM signatures UNION SELECT size FROM timestamps "
                               "EXCEPT SELECT size FROM checkpoints"):
            self.check(False, "signatures", f"something was signed of {size} entries, and there is no checkpoint of it")
        self.check(terms, "signatures", "no key is known", verdict="cannot_tell")
    def head(self, data, keys):
        """Compares the file `head`, of two slots: what a key of the log signed there must be a beginning of the log."""
        trusted, foreign, slots = [], False, [slot.partition(b"\0")[0] for slot in (data[:1024], data[1024:2048])]
        for slot in slots:
            with contextlib.suppress(ValueError):  # It is torn, or by nobody that is known.
                note = Note.read(slot)
                known = {(key.name, key.id) for key in keys} & {signature[:2] for signature in note.signatures}
                foreign |= note.origin == keys[0].name and not known
                trusted += [note] if note.signers(keys) else []
        self.check(any(slots), "integrity", "there is no head, which would tell an older copy", verdict=None)
        self.check(not foreign and (trusted or not any(slots)), "integrity", "the log did not sign what the head holds")
        for note in sorted(trusted, key=lambda note: note.size)[-1:] if not foreign else ():
            self.check(note.size <= self.size, "integrity", f"the head knows {note.size} entries", self.size)
            self.check(self.tree.root(note.size) in (None, note.root), "integrity", "the head knows another history")
    def follow(self, folder):
        """Compares what entry 0 says of the ledger that this one continues, where that lies beside it."""
        origin, note = self.continues
        self.check(False, "integrity", f"it continues {origin}, entry {note.size if note else 0}", 0, verdict=None)
        if self.check((folder / "log.sqlite").exists(), "integrity", f"{origin} is not in `previous`", verdict=None):
            earlier = verify_ledger(folder / "log.sqlite")
            keys = [key for _, key in earlier.terms]
            with self.finding("integrity"):
                same = keys and keys[-1].name == origin
                same = same and (not note or note.signers(keys) and earlier.tree.root(note.size) == note.root)
                require(same, "what lies in `previous` is not what entry 0 continues")
            self.check(earlier.status() < 2, "integrity", "what lies in `previous` does not hold", verdict=None)

def verify_ledger(path, given=(), policy=None, head=None):
    """The report on a database, and on `head`, `policy` and the ledger `previous` beside it."""
    def state(): return [each.stat()[6:9:2] for each in (path, wal) if each.exists()]
    folder, wal = path.absolute().parent, path.with_name(path.name + "-wal")
    before, head = state(), pathlib.Path(head or folder / "head")
    data = head.read_bytes() if head.exists() else b""
    with contextlib.suppress(OSError, ValueError):
        policy = policy or Policy((folder / "policy").read_text())
    # Without a WAL nobody writes, and SQLite is to make no files of its own.
    quiet = not wal.exists() or not wal.stat().st_size
    uri = f"file:{urllib.parse.quote(str(path.absolute()))}?mode=ro{'&immutable=1' * quiet}"
    database = sqlite3.connect(uri, uri=True, isolation_level=None)
    database.text_factory = bytes
    database.create_function("sha256", 1, sha)
    try:
        facts = [database.execute(f"PRAGMA {each}").fetchone()[0] for each in ("application_id", "user_version")]
        require(facts[0] == APPLICATION and facts[1] < 2, f"{path} is no ledger of a format that is known here")
        database.execute("BEGIN")
        log = Ledger(database)
        log.tables()
        log.texts()
        log.terms = log.keys(given)
        keys = [key for _, key in log.terms]
        log.signed(log.terms, policy)
        if keys:
            log.head(data, keys)
        log.facts = facts_of(log.size, log.tree.root(len(log.leaves)), keys[-1:])
    except (sqlite3.DatabaseError, TypeError) as error:
        if not re.match("SQLITE_(CORRUPT|ERROR)", getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")):
            raise
        log = Report(*ASPECTS)
        log.verdicts, log.terms = dict.fromkeys(ASPECTS, "cannot_tell"), []
        log.check(False, "integrity", f"the file is damaged: {error}")
    finally:
        database.close()
    require(not quiet or state() == before, f"{path} was written while it was read")
    if log.facts and log.continues:
        log.follow(folder / "previous")
    return log

# A published folder: PUBLISHING.md

class Published(Log):
    """Bundles of entries, and the tiles over them."""
    def __init__(self, folder, keys, policy):
        super().__init__("integrity", "signatures")
        self.files, signers = collections.defaultdict(dict), []  # Files by (kind, number), then by width.
        with self.finding("signatures"):
            note = Note.read((folder / "checkpoint").read_bytes())
            signers = note.signers(keys, policy) if keys or policy else []
            require(not policy or policy.agrees(signers), "too few witnesses saw the checkpoint")
            self.check(signers, "signatures", "no key was given", verdict="cannot_tell")
            self.facts = facts_of(note.size, note.root, signers[:1])
        if self.facts:
            self.entries(folder, note)
    def entries(self, folder, note):
        for path in (folder / "tile").rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_dir() or not self.check(match := TILE.fullmatch(name), "integrity", f"{name} is of no log"):
                continue
            self.files[match[1], int(re.sub(r"\D", "", match[2]))][int(match[3] or WIDTH)] = path
        if all(self.bundle(first, min(WIDTH, note.size - first)) for first in range(0, note.size, WIDTH)):
            tree = Tree(self.leaves)
            for level, hashes in enumerate(tree.levels):
                for first in range(0, len(hashes), WIDTH):
                    part = hashes[first:first + WIDTH]
                    self.compare(str(level), first, part, len(part))
            self.check(tree.root(note.size) == note.root, "integrity", "the entries have another root than was signed")
    def bundle(self, first, width):
        """Reads the entries of a bundle; says whether they are all there."""
        there, parts, place = self.files["entries", first // WIDTH], [], 0
        used = width if width in there else WIDTH
        data = there[used].read_bytes() if used in there else b""
        while place < len(data):
            end = place + 2 + int.from_bytes(data[place:place + 2])
            parts.append(data[place:end])
            place = end
        for n, part in enumerate(parts[:width], first):
            self.leaves.append(leaf_hash(part[2:]))
            with self.finding("integrity", n):
                self.read(n, part[2:])
        self.compare("entries", first, parts, width)
        return self.check(place == len(data) and len(parts) == used, "integrity", "a bundle is missing or torn", first)
    def compare(self, kind, first, parts, width):
        """Compares a tile or bundle, and those of earlier sizes. A full one may stand for a partial one."""
        there = self.files[kind, first // WIDTH]
        used = width if width in there else WIDTH
        self.check(used in there, "integrity", f"tile or bundle {first // WIDTH} of {kind} is missing")
        for each in (each for each in there if each < width or each == used):
            content, data = b"".join(parts[:each]), there[each].read_bytes()
            size = len(content) if kind == "entries" else 32 * each
            self.check(data[:len(content)] == content and len(data) == size, "integrity", f"{there[each]} was changed")

# A proof file: PROOFS.md

def check_proof(report, data, given, policy):
    if len(data) > 16 << 20 or data[:1] != b"{":
        raise Unknown("it is no proof file")
    value = parse_json(data)
    if shaped(value, {"format": str})["format"] != "because-proof/1":
        raise Unknown("it is a proof file of another format")
    file = shaped(value, PROOF)
    text = json.dumps(file, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    exact = HIDDEN.sub(lambda match: json.dumps(match[0])[1:-1], text).encode() + b"\n"
    proof, changes = Proof(file["proof"]), [(Proof(each["proof"]), each["entry"].encode()) for each in file["keys"]]
    require(data == exact and all(is_digest(each["digest"]) for each in file["citations"]), "it is spelled otherwise")
    given = [key for key in given if key.name == proof.note.origin]
    if not given:
        raise Unknown("no key of its log was given")
    signers = proof.note.signers(may_sign(changes, given, proof.note.size), policy)
    body, seen = parse_json(proof.entry(file["entry"].encode()).body), []
    fields, cited = sealed_digests(body), {}
    for text in file["disclosures"]:
        name, _ = parse_disclosure(text)
        holder = next((each for digest, each in fields if digest == b64u(sha(text.encode()))), {})  # Later than before.
        require(holder and name not in holder and (id(holder), name) not in seen, f"{name} is no such field of it")
        seen.append((id(holder), name))
    for each in citations(body):
        cited.setdefault(each["section_digest"], each["ref"])
    rest = iter(cited.items())
    for each in file["citations"]:
        right = (each["digest"], each["ref"]) in rest and b64u(sha(each["text"].encode())) == each["digest"]
        require(right, f"the words of {each['ref']} are not those cited, or in another order")
    report.check(not policy or policy.agrees(signers), "proof", "too few witnesses saw it", verdict="not_witnessed")
    report.facts = facts_of(proof.note.size, proof.note.root, signers[:1])

def may_sign(changes, given, size):
    """Which keys may sign a tree of a size, each from its announcement to the next. Believed is one that was given, and
    those after it, and those before it back to a revocation; but one that was revoked only where it was given."""
    keys, ends = [], []
    for proof, data in changes:
        entry = proof.entry(data)
        body = parse_json(entry.body)
        keys = keys or [Key.read(shaped(body, {"previous": str})["previous"])]
        keys.append(successor(keys, entry.n, body, proof.note))
        require(entry.type == b"key" and all(end <= entry.n for end, _ in ends), "it is none, or in another order")
        ends.append((entry.n + 1, body.get("revoked") is True))
    if not keys:
        return given
    first = min((i for i, key in enumerate(keys) if key in given), default=len(keys))
    while 0 < first < len(keys) and not ends[first - 1][1]:
        first -= 1
    spans = zip(keys, [(0, False), *ends], [*ends, (size, False)])
    return [key for key, (start, _), (end, revoked) in [*spans][first:]
            if start <= size <= end and (key in given or not revoked)]

def verify(path, key=None, policy=None, head=None):
    """The report on what lies at the path."""
    path, given = pathlib.Path(path), [key] if key else policy.logs if policy else []
    if (path / "checkpoint").is_file() and not (path / "log.sqlite").exists():
        report = Published(path, given, policy)
    elif path.is_dir() or open(path, "rb").read(15) == b"SQLite format 3":
        report = verify_ledger(path / "log.sqlite" if path.is_dir() else path, given, policy, head)
    else:
        report = Report("proof")
        with report.finding("proof"):
            check_proof(report, path.read_bytes(), given, policy)
    for aspect in {"signatures", "proof"} & {*report.verdicts}:
        report.check(OPENSSL, aspect, "signatures went UNCHECKED: there is no openssl", verdict="cannot_tell")
    return report

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", help="a ledger's folder, its log.sqlite, a published folder or a proof file")
    parser.add_argument("--key", help="the verifier key of the log that you know")
    parser.add_argument("--policy", help="a trust policy (C2SP tlog-policy)")
    parser.add_argument("--head", help="the head file, where it lies elsewhere than in the ledger's folder")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.error = lambda message: (print(f"verify.py: {message}", file=sys.stderr), sys.exit(64))
    options = parser.parse_args()
    try:
        key, policy = options.key and Key.read(options.key), options.policy and Policy(open(options.policy).read())
        report = verify(options.path, key, policy, options.head)
    except (OSError, ValueError, sqlite3.Error) as error:
        sys.exit(f"verify.py: {error}")
    if options.json:
        verdicts = {aspect: {"verdict": verdict} for aspect, verdict in report.verdicts.items()}
        rest = {"findings": report.findings, "exit_status": report.status(), **report.facts}
        print(json.dumps({"verdicts": verdicts, **rest}))
    else:
        for aspect, verdict in report.verdicts.items():
            print(f"{aspect.replace('_', ' '):15}{verdict.replace('_', ' ')}")
        for found in report.findings:
            place = f"entry {found['entry']}: " if "entry" in found else ""
            print(f"    {'note: ' * (found['severity'] == 'notice')}{place}{json.dumps(found['message'])[1:-1]}")
    sys.exit(report.status())

if __name__ == "__main__":
    main()

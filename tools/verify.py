#!/usr/bin/env python3
"""Verifies a ledger, a published log or a proof file. Exit status: 0 holds, 1 cannot tell, 2 does not hold, 64 usage.

Written from schema/FORMAT.md alone, it shares nothing with the program that writes ledgers, and it writes nothing. Needs the
standard library only; for Ed25519 the package `cryptography` or the program `openssl`, without which it says UNCHECKED.
"""
import argparse, base64, datetime, hashlib, hmac, json, os, re, shutil, sqlite3, subprocess, sys, tempfile, urllib.parse

EMPTY, WIDTH, LIMIT = hashlib.sha256(b"").digest(), 256, 20
SCHEMA = "b1b8e6d04bf71c631de16b36ea7880acdd52cad8a72efa6fb4da884921900268"
NAME = rb"([A-Za-z0-9._:-]{1,128})"
ENTRY = re.compile(rb'\{"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})Z","body":(.*),"id":"' + NAME + rb'","link":"([\w-]{43})",'
                   rb'"n":(0|[1-9]\d{0,15}),"type":"' + NAME + rb'","v":1\}', re.S)
REFERENCE = re.compile(r"([\w.:+~/-]{1,128})(?:@([\w.:+~-]{1,128}))?#([\w.:+~-]{1,128})", re.A)
HIDDEN = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")

def b64u(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

def unb64(text, size=None, url=False):
    """The bytes of base64, or of base64url without padding, in their one spelling."""
    raw = text.encode() if isinstance(text, str) else text
    data = base64.b64decode(raw + b"=" * (-len(raw) % 4 if url else 0), b"-_" if url else None, validate=True)
    if (b64u(data).encode() if url else base64.b64encode(data)) != raw or size not in (None, len(data)):
        raise ValueError("base64 of another length or in another spelling")
    return data

def digest_in(value):
    try:
        return unb64(value, 32, url=True) if isinstance(value, str) else None
    except ValueError:
        return None

def unique(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return dict(pairs)

def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)

def parse_json(data):
    """I-JSON (RFC 7493), at most 64 levels deep."""
    try:
        value = json.loads(data.decode(), object_pairs_hook=unique, parse_constant=lambda text: unb64("-"))
        if data.count(b"{") + data.count(b"[") > 64 and depth(value) > 64:
            raise ValueError("it nests too deeply")
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    if b"\\u" in data:
        json.dumps(value, ensure_ascii=False).encode()  # A lone surrogate has no UTF-8.
    return value

def text_in(value, *names):
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None

def whole(value):
    return value if type(value) is int and abs(value) < 1 << 53 else None

def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()

def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()

class Tree:
    """The full subtrees of a growing tree, the largest first."""
    def __init__(self, leaves=(), size=0, hashes=()):
        self.size, self.hashes = size, list(hashes)
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf):
        size, self.size = self.size, self.size + 1
        while size & 1:
            leaf, size = node_hash(self.hashes.pop(), leaf), size >> 1
        self.hashes.append(leaf)

    def root(self):
        root = self.hashes[-1] if self.hashes else EMPTY
        for subtree in self.hashes[-2::-1]:
            root = node_hash(subtree, root)
        return root

def included(leaf, index, size, proof, root):
    """Whether an inclusion proof holds: RFC 9162 section 2.1.3.2."""
    last, index_left = size - 1, index
    for each in proof:
        if last == 0:
            return False
        if index_left & 1 or index_left == last:
            leaf = node_hash(each, leaf)
            while index_left and not index_left & 1:
                index_left, last = index_left >> 1, last >> 1
        else:
            leaf = node_hash(leaf, each)
        index_left, last = index_left >> 1, last >> 1
    return index < size and last == 0 and leaf == root

def find_ed25519():
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return openssl if shutil.which("openssl") else None
    def verify(public, signature, text):
        try:
            return Ed25519PublicKey.from_public_bytes(public).verify(signature, text) is None
        except (InvalidSignature, ValueError):
            return False
    return verify

def openssl(public, signature, text):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("key", "text", "signature")]
        for path, data in zip(paths, (bytes.fromhex("302a300506032b6570032100") + public, text, signature)):
            with open(path, "wb") as file:
                file.write(data)
        command = "openssl pkeyutl -verify -pubin -keyform DER -rawin -inkey".split()
        return subprocess.run([*command, paths[0], "-in", paths[1], "-sigfile", paths[2]], capture_output=True).returncode == 0

ed25519 = find_ed25519()

def is_name(text):
    return bool(text) and not any(c == "+" or c < " " or c.isspace() for c in text)

class Key:
    """A verifier key of C2SP signed-note. Type 1 signs texts; type 4 is a witness's."""
    def __init__(self, text, kinds=(1, 4)):
        self.text, (self.name, number, typed) = text, text.split("+", 2)
        data = unb64(typed, 33)
        self.kind, self.public = data[0], data[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if self.kind not in kinds or self.id.hex() != number or not is_name(self.name):
            raise ValueError("not a verifier key of the kind that is needed")

    def __eq__(self, other):
        return self.text == other.text

    def signed(self, signature, text):
        if self.kind == 4 and len(signature) == 72 and signature[0] < 128:
            text = b"cosignature/v1\ntime %d\n%b" % (int.from_bytes(signature[:8], "big"), text)
            signature = signature[8:]
        return len(signature) == 64 and (ed25519 is None or ed25519(self.public, signature, text))

class Note:
    """A checkpoint in a signed note (C2SP), none of its signatures verified."""
    def __init__(self, data):
        text, blank, lines = data.decode().rpartition("\n\n")
        if not blank or len(data) > 1_000_000 or any(c < " " and c != "\n" for c in text + lines):
            raise ValueError("not a signed note")
        self.text, self.signatures = f"{text}\n".encode(), []
        if not lines.endswith("\n") or lines.count("\n") > 100:
            raise ValueError("a note ends in 1 to 100 lines of signatures")
        for line in lines[:-1].split("\n"):
            mark, name, blob = line.split(" ")
            if mark != "\u2014" or not is_name(name) or len(unb64(blob)) < 5:
                raise ValueError("a line is no signature")
            self.signatures.append((name, unb64(blob)[:4], unb64(blob)[4:]))
        lines = text.split("\n")
        if len(lines) < 3 or not all(lines) or not re.fullmatch(r"0|[1-9]\d{0,19}", lines[1], re.A) or int(lines[1]) >> 64:
            raise ValueError("the note is no checkpoint")
        self.origin, self.size, self.root = lines[0], int(lines[1]), unb64(lines[2], 32)

    def signers(self, keys, witnesses=()):
        """Which keys signed, one of the log's among them. A wrong signature of a known key refuses the note."""
        found, logs = [], [key for key in keys if key.kind == 1 and key.name == self.origin]
        for name, number, signature in self.signatures:
            known = [key for key in [*logs, *witnesses] if (key.name, key.id) == (name, number)]
            right = [key for key in known if key.signed(signature, self.text)]
            if known and not right:
                raise ValueError(f"the signature of {name} is wrong")
            found += right
        if not any(key.kind == 1 for key in found):
            raise ValueError("no trusted key of the log signed it")
        return found

def checkpoint_text(origin, size, root):
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()

class Policy:
    """A trust policy (C2SP tlog-policy): logs, witnesses, and which of them must agree."""
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, "none"
        for fields in (line.split() for line in text.splitlines()):
            if not fields or fields[0].startswith("#"):
                continue
            if fields[0] == "log":
                self.logs.append(Key(fields[1], (1,)))
            elif fields[0] == "witness":
                self.witnesses[fields[1]] = Key(fields[2], (4,))
            elif fields[0] == "group":
                self.groups[fields[1]] = ({"any": 1, "all": len(fields) - 3}.get(fields[2]) or int(fields[2]), fields[3:])
            elif fields[0] == "quorum" and (fields[1] == "none" or fields[1] in self.witnesses or fields[1] in self.groups):
                self.quorum = fields[1]
            else:
                raise ValueError(f"policy: {' '.join(fields)}")

    def agrees(self, signers, name=None):
        name = name or self.quorum
        if name in self.groups:
            return sum(self.agrees(signers, member) for member in self.groups[name][1]) >= self.groups[name][0]
        return name == "none" or self.witnesses[name] in signers

class Entry:
    """The envelope of section 4."""
    def __init__(self, data):
        match = ENTRY.fullmatch(data)
        if not match or len(data) > 65_535 or int(match[5]) >= 1 << 53 or match[1][11:13] > b"23":
            raise ValueError("its envelope is not that of an entry")
        self.at, self.body, self.id, link, self.n, self.type = *match.groups()[:4], int(match[5]), match[6].decode()
        datetime.datetime.fromisoformat(self.at.decode().replace("0000-", "0004-", 1) if self.at[:4] == b"0000" else self.at.decode())
        self.link, self.leaf = unb64(link, 32, url=True), leaf_hash(data)

def walk(value, digests, citations, cited=False):
    """Collects the digests of sealed fields, and (ref, document, section, authority) of each citation."""
    for each in value if isinstance(value, list) else ():
        walk(each, digests, citations, cited)
    if not isinstance(value, dict):
        return
    document, section = digest_in(value.get("document_digest")), digest_in(value.get("section_digest"))
    if not cited and document and section and text_in(value, "ref") is not None:
        citations.append((value["ref"], document, section, text_in(value, "authority")))
        cited = True
    for name in sorted(value, key=lambda name: name.encode("utf-16-be")):
        if name != "_sd":
            walk(value[name], digests, citations, cited)
        elif isinstance(value[name], list):
            digests += filter(None, map(digest_in, value[name]))

def parse_disclosure(text):
    salt, name, value = parse_json(unb64(text, url=True))
    if not isinstance(salt, str) or not isinstance(name, str) or name == "_sd":
        raise ValueError("not a disclosure")
    return name, value

class Report:
    def __init__(self):
        self.findings, self.counts, self.facts = [], {}, {}
        self.verdicts = dict.fromkeys(("integrity", "signatures", "citations", "index", "sealed_fields", "completeness"), "cannot_tell")

    def find(self, aspect, code, entry=None, message="", severity="broken"):
        self.counts[code] = self.counts.get(code, 0) + 1
        if severity == "broken":
            self.verdicts[aspect] = "broken"
        if self.counts[code] <= LIMIT:
            finding = {"aspect": aspect, "severity": severity, "code": code, "message": message or code.replace("_", " ")}
            self.findings.append(finding if entry is None else {**finding, "entry": entry})

    def hold(self, aspect, verdict="holds"):
        if self.verdicts[aspect] != "broken":
            self.verdicts[aspect] = verdict

    def status(self):
        broken = "broken" in self.verdicts.values() or self.verdicts["signatures"] == "not_witnessed"
        return 2 if broken else 1 if self.verdicts["signatures"] == "cannot_tell" else 0

class Log:
    """What entries say, taken one after the other from wherever they lie."""
    def __init__(self, report):
        self.report, self.find, self.tree, self.link, self.at = report, report.find, Tree(), EMPTY, b""
        self.origin = self.key = self.continues = None
        self.changes, self.known, self.active, self.parts, self.runs = [], {}, {}, [], {}

    def place(self, n, data):
        """The entry in the row or place `n`, compared with the one before; None where it is not that entry."""
        link, self.link = self.link, leaf_hash(data)
        try:
            entry = Entry(data)
        except ValueError as error:
            return self.find("integrity", "entry_unreadable", n, f"entry {n} cannot be read: {error}")
        if entry.n != n:
            self.find("integrity", "entry_misplaced", n, f"in the place of entry {n} stands entry {entry.n}")
            return entry
        if link not in (None, entry.link):
            self.find("integrity", "link_broken", n, f"entry {n} does not link to the entry before it")
        if entry.at < self.at:
            self.find("integrity", "clock_backwards", n, f"entry {n} is dated before the entry before it")
        self.at = entry.at
        return entry

    def content(self, entry):
        """The body and the digests in it, after what it says was taken in."""
        digests, citations = [], []
        try:
            body = parse_json(entry.body)
            walk(body, digests, citations)
        except ValueError as error:
            self.find("integrity", "entry_unreadable", entry.n, f"the body of entry {entry.n} cannot be read: {error}")
            return None, []
        for citation in citations:
            if not self.resolves(*citation):
                self.find("citations", "citation_broken", entry.n, f"entry {entry.n} cites {citation[0]}, which was not so")
        try:
            if entry.n == 0:
                self.begin(entry, body)
            elif entry.type == "specification":
                self.register(entry.n, body)
            elif entry.type == "decision":
                self.count(text_in(body, "producer", "id"), text_in(body, "producer", "epoch"), body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.parts = []
            if entry.type == "specification":
                self.find("citations", "specification_unreadable", entry.n, f"entry {entry.n} registers nothing: {error}")
        return body, digests

    def begin(self, entry, body):
        key, continues = Key(body["key"], (1,)), body.get("continues")
        if entry.type != "ledger" or whole(body["format"]) is None or body["format"] > 1 or len(key.name.encode()) > 255 \
                or body["origin"] != key.name or re.search("[\x00-\x1f\x7f-\x9f]", key.name):
            raise ValueError("not the first entry of a ledger")
        if continues is not None:
            notes = [Note(continues[name].encode()) if name in continues else None for name in ("checkpoint", "lost")]
            if not 1 <= whole(continues["epoch"]) <= 1_000_000 or text_in(continues, "origin") is None \
                    or continues["break"] not in ("rolled_back", "forked", "damaged", "key_lost"):
                raise ValueError("it does not say what it continues")
            self.continues = (continues["origin"], notes[0])
        self.origin, self.key = key.name, key

    def register(self, n, body):
        name = (body["document"], body["version"])
        if not REFERENCE.fullmatch(f"{name[0]}@{name[1]}#x"):
            raise ValueError("its names are none")
        if "activates" in body and digest_in(body["activates"]):
            if self.known[name]["digest"] != digest_in(body["activates"]):
                raise ValueError("it activates another text")
            return self.active.setdefault(name[0], []).append(name)
        part = {"n": n, "digest": unb64(body["digest"], 32, url=True), "format": body["format"], "parts": body["parts"],
                "sections": [(section["id"], unb64(section["digest"], 32, url=True), text_in(section, "authority"))
                             for section in body["sections"]]}
        self.parts = [part] if body["part"] == 1 else [*self.parts, part]
        first = self.parts[0]
        if (len(self.parts), n) != (body["part"], first["n"] + body["part"] - 1) or body["part"] > body["parts"] \
                or any(part[each] != first[each] for each in ("digest", "parts")):
            raise ValueError("a part stands in the wrong place")
        if body["part"] < body["parts"]:
            return None
        sections = [section for part in self.parts for section in part["sections"]]
        new, known = {**first, "sections": {section[0]: section for section in sections}}, self.known.get(name)
        self.parts = []
        if len(new["sections"]) != len(sections) or body["format"] not in ("model-spec", "markdown", "json") \
                or known and (known["digest"], known["format"]) != (new["digest"], new["format"]):
            raise ValueError("it was registered with another text, or is none")
        self.known.setdefault(name, new)
        return self.active.setdefault(name[0], []).append(name) if body["active"] is True else None

    def resolves(self, ref, document, section, authority):
        match = REFERENCE.fullmatch(ref)
        name = match and ((match[1], match[2]) if match[2] else self.active.get(match[1], [None])[-1])
        known = self.known.get(name, {"digest": None, "sections": {}})
        return known["digest"] == document and known["sections"].get(match[3]) == (match[3], section, authority)

    def count(self, producer, epoch, body):
        number = whole(body["producer"].get("seq")) if producer is not None else None
        if number is None:
            return
        run = self.runs.setdefault((producer, epoch), {"next": 1, "ahead": set(), "repeated": False})
        if number < run["next"] or number in run["ahead"]:
            run["repeated"] = True
        run["ahead"].add(number)
        while run["next"] in run["ahead"]:
            run["ahead"].remove(run["next"])
            run["next"] += 1

    def complete(self):
        for aspect in ("integrity", "citations"):
            self.report.hold(aspect)
        gap = False
        for (producer, _), run in self.runs.items():
            expected = run["next"]
            for number in sorted(run["ahead"]):
                if number > expected:
                    gap = True
                    self.find("completeness", "sequence_gap", None, f"{producer}: {expected} to {number - 1} are not in the log", "notice")
                expected = max(expected, number + 1)
            if run["repeated"]:
                gap = True
                self.find("completeness", "sequence_repeated", None, f"{producer} used a number twice", "notice")
        if self.runs:
            self.report.hold("completeness", "gap" if gap else "holds")

class Rows:
    """Rows in the order of their first column, taken up to a limit."""
    def __init__(self, rows):
        self.rows, self.next = rows, next(rows, None)

    def below(self, limit):
        while self.next is not None and self.next[0] < limit:
            row, self.next = self.next, next(self.rows, None)
            yield row

class Ledger(Log):
    """A database, compared with what its entries give."""
    def __init__(self, database, report, probes=()):
        super().__init__(report)
        self.sql, self.probes, self.roots = database.execute, probes, {0: EMPTY}
        self.levels, self.stored, self.kept, self.torn = [[]], None, None, False
        self.gone, self.erased, self.failed, self.held, self.ids, self.about, self.present = [], [], None, [], [0, True], 0, 0

    def structure(self):
        squeeze = lambda sql: "".join(re.sub(r"[ \t-\r]+", " ", part) if i % 2 == 0 else part
                                      for i, part in enumerate(re.split(r"('[^']*'|\"[^\"]*\")", sql)))
        lines = sorted(f"{kind.decode()} {name.decode()} {squeeze((sql or b'').decode())}\n"
                       for kind, name, sql in self.sql("SELECT type, name, sql FROM sqlite_schema"))
        facts = [self.sql(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "encoding", "auto_vacuum")]
        if hashlib.sha256("".join(lines).encode()).hexdigest() != SCHEMA or facts != [1650811745, 1, b"UTF-8", 0]:
            self.find("integrity", "structure_changed", None, "tables, triggers or facts of the header are not those of the schema")
        damage = [row[0].decode() for row in self.sql("PRAGMA integrity_check(20)")]
        for each in damage if damage != ["ok"] else ():
            self.find("integrity", "file_damaged", None, f"the database is damaged: {each}")

    def read(self):
        self.subject_key = self.sql("SELECT value FROM secrets WHERE name = 'subject_key'").fetchone()[0]
        self.tiles = Rows(self.sql("SELECT number, root, hashes FROM tiles WHERE level = 0 ORDER BY number"))
        self.signed = Rows(self.sql("SELECT size, root FROM checkpoints ORDER BY size"))
        self.sealed = Rows(self.sql("SELECT key, disclosure FROM sealed ORDER BY key"))
        size = 0
        for n, data in self.sql("SELECT n, bytes FROM entries ORDER BY n"):
            if n > size:
                self.miss(size, n)
            self.entry(n, data)
            size = n + 1
        self.size = size

    def miss(self, first, end):
        self.link, limit = None, (first // 4096 + 1) * 4096
        for n in range(first, min(end, limit)):
            self.find("integrity", "entry_missing", n, f"entry {n} is missing")
            self.append(n, self.stored_leaf(n) or EMPTY)
        if end > limit:  # Too far beyond the rest to stand in for what is missing.
            self.torn, self.stored = True, None

    def stored_leaf(self, n):
        if n % WIDTH == 0:
            self.stored = next((row for row in self.tiles.below(n // WIDTH + 1) if row[0] == n // WIDTH), None)
        return self.stored[2][n % WIDTH * 32:][:32] if self.stored else None

    def entry(self, n, data):
        leaf, stored, entry = leaf_hash(data), self.stored_leaf(n), self.place(n, data)
        if stored not in (None, leaf) and Tree(self.stored[2][i:i + 32] for i in range(0, 8192, 32)).root() != self.stored[1]:
            self.find("integrity", "tile_changed", n // WIDTH * WIDTH, f"the tile of entry {n} does not have its own root")
            self.stored = stored = None
            self.retiled = True
        if entry and entry.n == n and stored not in (None, leaf):
            self.find("integrity", "entry_changed", n, f"entry {n} does not have the hash that its tile holds")
        if entry:
            self.identify(n, entry)
        self.present += 1
        self.append(n, leaf)
        rows = list(self.sealed.below((n + 1) * 2048))
        if entry and entry.n == n:
            body, digests = self.content(entry)
            if body is not None:
                self.open(n, digests, [row for row in rows if row[0] >= n * 2048])
                if entry.type == "erasure" and whole(body.get("entry")) is not None and isinstance(body.get("digests"), list):
                    self.erased.append((n, body["entry"], list(filter(None, map(digest_in, body["digests"])))))
                if entry.type == "key":
                    self.changes.append((n, body, {self.tree.root(), stored in (None, leaf) and (self.kept or self.tree).root()}))

    def append(self, n, leaf):
        if self.torn:
            return
        stored = self.stored[2][n % WIDTH * 32:][:32] if self.stored else leaf
        if stored != leaf and self.kept is None:
            self.kept = Tree((), self.tree.size, self.tree.hashes)
        if self.kept:
            self.kept.append(stored)
        self.tree.append(leaf)
        self.fill(0, n, leaf)
        for size, root in self.signed.below(n + 2):
            if root == self.tree.root():
                self.held.append(size)
            elif not self.torn:
                self.failed = self.failed or size
                self.find("integrity", "root_differs", size - 1, f"the first {size} entries do not have the root that was signed")
        if n + 1 in self.probes and not self.torn:
            self.roots[n + 1] = self.tree.root()

    def fill(self, level, n, value):
        """Adds a hash to its tile, and compares the tile when it is full."""
        self.levels += [[]] if level == len(self.levels) else []
        tile = self.levels[level]
        tile.append(value)
        if len(tile) < WIDTH:
            return
        root, number, self.levels[level] = Tree(tile).root(), n // WIDTH, []
        row = self.sql("SELECT root, hashes FROM tiles WHERE level = ? AND number = ?", (level, number)).fetchone()
        if row is None and level == 0:
            if self.present == WIDTH:
                self.find("integrity", "tile_missing", number * WIDTH, f"tile {number} is missing")
        elif level == 0 and row[1] == b"".join(tile) and row[0] != root:
            self.find("integrity", "tile_changed", number * WIDTH, f"tile {number} has another root")
        elif level and row != (root, b"".join(tile)):
            self.find("integrity", "tile_changed", None, f"tile {number} of level {level} is not the one that the entries have")
        self.present = self.present if level else 0
        self.fill(level + 1, number, root)

    def identify(self, n, entry):
        row = self.sql("SELECT n FROM identities WHERE id = CAST(? AS TEXT)", (entry.id,)).fetchone()
        self.ids[0] += 1
        if row != (n,):
            self.ids[1] = False
            if entry.n == n:
                self.find("integrity", "identity_missing", n, f"the table of ids does not lead to entry {n}")

    def open(self, n, digests, rows):
        absent = dict(enumerate(digests))
        for key, text in rows:
            digest = absent.pop(key % 2048, None)
            if digest is None:
                self.find("sealed_fields", "sealed_value_extra", n, f"a sealed value of entry {n} belongs to no field")
            elif hashlib.sha256(text).digest() != digest:
                self.find("sealed_fields", "sealed_value_changed", n, f"a sealed value of entry {n} was changed")
            else:
                self.subject(n, text)
        self.gone += [(n, digest) for digest in absent.values()]

    def subject(self, n, text):
        try:
            name, value = parse_disclosure(text)
        except ValueError:
            return
        if name == "subject" and isinstance(value, str):
            row = (hmac.new(self.subject_key, value.encode(), "sha256").digest(), n)
            self.about += 1 if self.sql("SELECT 1 FROM subjects WHERE code = ? AND n = ?", row).fetchone() else float("nan")

    def tables(self):
        """Rows that no entry accounts for, and values that are gone."""
        count = lambda sql: self.sql(sql).fetchone()[0]
        if count("SELECT count(*) FROM identities") != self.ids[0] or not self.ids[1]:
            for name, n in self.sql("SELECT id, n FROM identities"):
                row = self.sql("SELECT bytes FROM entries WHERE n = ?", (n,)).fetchone()
                match = row and ENTRY.fullmatch(row[0])
                if not match or match[3] != name:
                    self.find("integrity", "identity_wrong", n, f"the table of ids has another id for entry {n}")
        if count("SELECT count(*) FROM subjects") != self.about:
            self.find("sealed_fields", "subjects_differ", None, "the table of subjects does not fit the sealed subjects")
        for key, _ in self.sealed.below(1 << 63):
            self.find("sealed_fields", "sealed_value_extra", key // 2048, f"there is no entry {key // 2048} for a sealed value")
        due = [self.tree.size >> 8 * level for level in range(1, 65)]
        if any(number >= due[level] for level, number in self.sql("SELECT level, number FROM tiles")):
            self.find("integrity", "tile_changed", None, "there are tiles of entries that are not there")
        erased = {digest for _, _, digests in self.erased for digest in digests}
        for n, digest in self.gone:
            if digest not in erased:
                self.find("sealed_fields", "sealed_value_missing", n, f"a sealed field of entry {n} has no value, and no erasure says why")
        for n, target, digests in self.erased:
            rows = self.sql("SELECT disclosure FROM sealed WHERE key BETWEEN ? AND ?", (target * 2048, target * 2048 + 2047))
            for _ in {hashlib.sha256(row[0]).digest() for row in rows}.intersection(digests):
                self.find("sealed_fields", "erased_value_present", target, f"a value of entry {target} is there that entry {n} says was erased")
        self.report.hold("sealed_fields")

    def texts(self):
        wanted = set()
        def text(digest):
            wanted.add(digest)
            row = self.sql("SELECT bytes FROM texts WHERE digest = ?", (digest,)).fetchone()
            return row[0] if row and hashlib.sha256(row[0]).digest() == digest else None
        for name, known in self.known.items():
            document, words = text(known["digest"]), [text(digest) for _, digest, _ in known["sections"].values()]
            broken = [None] if document is None else [each for each in words if each is None]
            if not broken and known["format"] == "json":
                broken = [] if [(each["id"], each["text"].encode()) for each in parse_json(document)] == \
                    list(zip(known["sections"], words)) else [None]
            elif not broken and not document.endswith(b"".join(words)):
                broken = [None]
            for _ in broken:
                self.find("citations", "text_broken", known["n"], f"words of {name[0]}@{name[1]} are missing or were changed")
        for digest, data in self.sql("SELECT digest, bytes FROM texts"):
            if hashlib.sha256(data).digest() != digest:
                self.find("citations", "text_changed", None, f"the text under {b64u(digest)} was changed")
            elif digest not in wanted:
                self.find("citations", "text_extra", None, f"the text under {b64u(digest)} belongs to no specification")

    def keys(self, given):
        """The keys of the log and the least size that each signs; which of them were revoked is noted."""
        if self.key is None:
            self.find("integrity", "first_entry_unreadable", 0, "entry 0 does not say which ledger this is")
            return [(1, given)] if given else []
        terms = [(1, self.key)]
        for n, body, roots in self.changes:
            row = self.sql("SELECT root, signature FROM checkpoints WHERE size = ?", (n + 1,)).fetchone()
            try:
                new, old = Key(text_in(body, "key") or "", (1,)), terms[-1][1]
                text = checkpoint_text(old.name, n + 1, row[0])
                rows = self.sql("SELECT signature FROM signatures WHERE size = ? AND name = CAST(? AS TEXT) AND key_id = ?",
                                (n + 1, new.name, int.from_bytes(new.id, "big")))
                if text_in(body, "previous") != old.text or new.name != old.name or new in [key for _, key in terms] \
                        or row[0] not in roots or not old.signed(row[1], text) or not new.signed(rows.fetchone()[0], text):
                    raise ValueError("it is not proven")
            except (ValueError, TypeError) as error:
                self.find("signatures", "key_change_broken", n, f"entry {n} does not change the key: {error}")
                break
            if body.get("revoked") is True:
                self.find("signatures", "key_revoked", n, f"the key {old.text} was revoked", "notice")
            terms.append((n + 2, new))
        if given and given not in [key for _, key in terms]:
            self.find("signatures", "key_differs", 0, "the log does not name the key that was given")
            return [(1, given)]
        return terms

    def signatures(self, terms, policy):
        if terms and ed25519:
            self.report.hold("signatures")
        newest = None
        for newest, root, signature in self.sql("SELECT size, root, signature FROM checkpoints ORDER BY size"):
            key = terms and [key for first, key in terms if first <= newest][-1]
            if key and newest <= self.size and not key.signed(signature, checkpoint_text(key.name, newest, root)):
                self.find("signatures", "signature_wrong", newest - 1, f"the log's key did not sign the checkpoint of {newest} entries")
        if newest is None:
            self.find("integrity", "checkpoint_missing", None, "there is no checkpoint")
        elif newest > self.size:
            self.find("integrity", "truncated", self.size, f"{newest} entries were signed, and {self.size} are there")
        elif newest < self.size:
            self.find("integrity", "unsigned", newest, f"of {self.size} entries only {newest} were signed")
        others = {(key.name.encode(), key.id): key for key in [*(key for _, key in terms), *(policy.witnesses.values() if policy else ())]}
        for size, name, number, signature in self.sql("SELECT size, name, key_id, signature FROM signatures"):
            key, row = others.get((name, number.to_bytes(4, "big"))), self.sql("SELECT root FROM checkpoints WHERE size = ?", (size,)).fetchone()
            if key and not (row and terms and key.signed(signature, checkpoint_text(terms[0][1].name, size, row[0]))):
                self.find("signatures", "signature_wrong", size - 1, f"the key {key.name} did not sign the checkpoint of {size} entries")

    def head(self, slots, terms):
        keys, trusted, foreign = [key for _, key in terms], None, None
        for note in slots if keys else ():
            if any((key.name, key.id) == line[:2] for key in keys for line in note.signatures):
                try:
                    note.signers(keys)
                except ValueError:
                    continue  # A torn slot.
                trusted = note if foreign is None and note.size >= (trusted.size if trusted else 0) else trusted
            elif note.origin == keys[0].name:
                foreign = note
        if trusted and trusted.size > self.size:
            self.find("integrity", "rolled_back", self.size, f"the head knows {trusted.size} entries, and {self.size} are there")
        elif trusted and self.roots.get(trusted.size, trusted.root) != trusted.root:
            self.find("integrity", "forked", trusted.size - 1, f"the head knows another history of {trusted.size} entries")
        if foreign:
            self.find("integrity", "head_foreign", None, "unknown keys signed the head: the log is from before a change of keys, or replaced")

    def rechained(self):
        held, others = [size for size in self.held if size < (self.failed or 0)], ("link_broken", "entry_misplaced", "entry_missing", "entry_unreadable")
        if self.failed and len(held) == len(self.held) and not any(each in self.report.counts for each in others):
            first = next((f["entry"] for f in self.report.findings if f["code"] == "entry_changed"), max(held, default=0))
            self.find("integrity", "rechained", first, "entries from here on were written anew and chained again")

def read_slots(path):
    slots = []
    try:
        with open(path, "rb") as file:
            data = file.read(2048)
    except OSError:
        return []
    for slot in (data[:1024], data[1024:]):
        try:
            slots.append(Note(slot.partition(b"\0")[0]))
        except ValueError:
            pass
    return slots

def fingerprint(path):
    return [(os.stat(each).st_size, os.stat(each).st_mtime_ns, os.stat(each).st_ino) for each in (path, path + "-wal") if os.path.exists(each)]

def verify_ledger(path, given=None, policy=None, head=None, probes=()):
    """The report on a database, the `head` beside it and the ledger that it continues."""
    report, folder, before = Report(), os.path.dirname(os.path.abspath(path)), fingerprint(path)
    slots = read_slots(head or os.path.join(folder, "head"))
    # Without a WAL nobody writes, and SQLite is to make no files of its own; a connection that only reads runs no WAL checkpoint.
    quiet = not os.path.exists(path + "-wal") or not os.path.getsize(path + "-wal")
    database = sqlite3.connect(f"file:{urllib.parse.quote(os.path.abspath(path))}?mode=ro{'&immutable=1' * quiet}", uri=True, isolation_level=None)
    try:
        database.text_factory = bytes
        database.execute("PRAGMA trusted_schema = OFF")
        if database.execute("PRAGMA application_id").fetchone()[0] != 1650811745 or database.execute("PRAGMA user_version").fetchone()[0] > 1:
            raise SystemExit(f"verify.py: {path} is no ledger of a format that is known here")
        database.execute("BEGIN")
        log = Ledger(database, report, {note.size for note in slots} | set(probes))
        log.structure()
        log.read()
        log.texts()
        log.complete()
        terms = log.keys(given)
        log.signatures(terms, policy)
        log.head(slots, terms)
        log.tables()
        log.rechained()
        report.facts = {"size": log.size, "root": b64u(log.tree.root()), **({"key": terms[-1][1].text} if terms else {})}
        report.roots, report.keys = log.roots, [key for _, key in terms]
    except (sqlite3.DatabaseError, TypeError, UnicodeDecodeError) as error:
        report.__init__()
        report.find("integrity", "file_damaged", None, f"the database cannot be read: {error}")
        return report
    finally:
        database.close()
    if quiet and fingerprint(path) != before:
        raise SystemExit(f"verify.py: {path} was written while it was read")
    if log.continues:
        compare_previous(report, os.path.join(folder, "previous", "log.sqlite"), *log.continues)
    return report

def compare_previous(report, path, origin, note):
    report.find("integrity", "declared_break", 0, f"entry 0 declares a break: it continues {origin} after {note.size if note else 0} entries", "notice")
    if not os.path.exists(path):
        return report.find("integrity", "previous_missing", None, f"{origin} is not in the folder previous", "notice")
    previous, same = verify_ledger(path, probes=[note.size] if note else ()), False
    if previous.facts and previous.keys and previous.keys[-1].name == origin:
        try:
            same = note is None or note.signers(previous.keys) and previous.roots.get(note.size) == note.root
        except ValueError:
            pass
    if not same:
        report.find("integrity", "previous_differs", None, "the ledger in previous is not the one that entry 0 continues")
    elif previous.status() == 2:
        report.find("integrity", "previous_broken", None, f"{origin} has findings that the break declares", "notice")

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", help="a ledger's folder, its log.sqlite, a published folder or a proof file")
    parser.add_argument("--key", help="the verifier key that you know")
    parser.add_argument("--policy", help="a trust policy (C2SP tlog-policy)")
    parser.add_argument("--head", help="the head file, where it does not lie in the ledger's folder")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.error = lambda message: (print(f"verify.py: {message}", file=sys.stderr), sys.exit(64))
    options = parser.parse_args()
    try:
        given = Key(options.key, (1,)) if options.key else None
        with open(options.policy or os.devnull) as file:
            policy = Policy(file.read()) if options.policy else None
        report = choose(options.path, given, policy, options.head)
    except (OSError, ValueError, IndexError, sqlite3.Error) as error:
        raise SystemExit(f"verify.py: {error}")
    if options.json:
        verdicts = {aspect: {"verdict": verdict} for aspect, verdict in report.verdicts.items()}
        print(json.dumps({"format": "because-verification/1", "verdicts": verdicts, "findings": report.findings, "counts": report.counts,
                          "exit_status": report.status(), **report.facts}))
    else:
        for aspect, verdict in report.verdicts.items():
            print(f"{aspect.replace('_', ' '):15}{verdict.replace('_', ' ')}")
        for finding in report.findings:
            print(f"    {'note: ' * (finding['severity'] == 'notice')}{json.dumps(finding['message'])[1:-1]}")
    if ed25519 is None:
        print("verify.py: signatures went UNCHECKED: neither the package cryptography nor the program openssl is here", file=sys.stderr)
    sys.exit(report.status())

def choose(path, given, policy, head):
    if os.path.isdir(path):
        if os.path.exists(os.path.join(path, "log.sqlite")):
            return verify_ledger(os.path.join(path, "log.sqlite"), given, policy, head)
        raise ValueError(f"{path} is neither a ledger nor a published log")
    return verify_ledger(path, given, policy, head)

if __name__ == "__main__":
    main()

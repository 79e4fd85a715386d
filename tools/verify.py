#!/usr/bin/env python3
"""Verifies a ledger, a published log or a proof file. Exit status: 0 holds, 1 cannot tell, 2 does not hold, 64 usage.

Written from schema/FORMAT.md alone, it shares nothing with the program that writes ledgers, and it writes nothing. It needs
the standard library; for Ed25519 the package `cryptography` or the program `openssl`, else it says UNCHECKED and exits 1.
"""
import argparse, base64, datetime, hashlib, hmac, json, os, re, shutil, sqlite3, struct, subprocess, sys, tempfile
from urllib.parse import quote

EMPTY, WIDTH, LIMIT, APPLICATION = hashlib.sha256(b"").digest(), 256, 20, 1650811745
SCHEMA = "b1b8e6d04bf71c631de16b36ea7880acdd52cad8a72efa6fb4da884921900268"
ASPECTS = {  # Codes by aspect; what is not here is of the aspect `integrity`. Those after the bar are notices.
    "integrity": "| declared_break previous_missing previous_broken head_absent files_later",
    "signatures": "key_differs key_change_broken signature_wrong signature_extra cosignature_wrong unvouched signature_absent key_changes_foreign signer_not_trusted"
                  " other_log not_witnessed checkpoint_broken | key_revoked",
    "citations": "specification_unreadable text_broken text_changed text_extra citation_broken |",
    "index": "|",
    "sealed_fields": "sealed_value_changed sealed_value_extra sealed_value_missing erased_value_present subjects_differ"
                     " disclosure_foreign disclosure_misplaced disclosure_second_value |",
    "completeness": "| sequence_gap sequence_repeated"}
NAME, TEXT = rb"([A-Za-z0-9._:-]{1,128})", r"[\w.:+~-]{1,128}"
ENTRY = re.compile(rb'\{"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})Z","body":(.*),"id":"' + NAME + rb'","link":"'
                   rb'([\w-]{43})","n":(0|[1-9]\d{0,15}),"type":"' + NAME + rb'","v":1\}', re.S)
REFERENCE = re.compile(rf"([\w.:+~/-]{{1,128}})(?:@({TEXT}))?#({TEXT})", re.A)
HIDDEN = re.compile("[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
                    "\U000e0000-\U000e007f]")
TILE = re.compile(r"tile/(entries|\d|[1-5]\d|6[0-3])/(?:x\d{3}/)*\d{3}(?:\.p/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?", re.A)

class Fault(ValueError):
    """What does not hold, by its code."""

def require(holds, code):
    if not holds:
        raise Fault(code)

def sha(data): return hashlib.sha256(data).digest()
def leaf_hash(data): return sha(b"\0" + data)
def b64u(data): return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

def unb64(text, size=None, url=False):
    """The bytes of base64, or of base64url without padding, in their one spelling."""
    raw = text.encode() if isinstance(text, str) else text
    data = base64.b64decode(raw + b"=" * (-len(raw) % 4 if url else 0), b"-_" if url else None, validate=True)
    require((b64u(data).encode() if url else base64.b64encode(data)) == raw and size in (None, len(data)), "not base64")
    return data

def digest_in(value):
    try:
        return unb64(value, 32, url=True) if isinstance(value, str) else None
    except ValueError:
        return None

def unique(pairs):
    require(len(dict(pairs)) == len(pairs), "a name stands twice in an object")
    return dict(pairs)

def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)

def parse_json(data):
    """I-JSON (RFC 7493), at most 64 levels deep."""
    try:
        value = json.loads(data.decode(), object_pairs_hook=unique, parse_constant=lambda text: unb64("-"))
        require(data.count(b"{") + data.count(b"[") <= 64 or depth(value) <= 64, "it nests too deeply")
    except RecursionError:
        raise Fault("it nests too deeply") from None
    if b"\\u" in data:
        json.dumps(value, ensure_ascii=False).encode()  # A lone surrogate has no UTF-8.
    return value

def text_in(value, *names):
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None
def whole(value): return value if type(value) is int and abs(value) < 1 << 53 else None

def decimal(text):
    require(re.fullmatch(r"0|[1-9]\d{0,19}", text, re.A) and int(text) < 1 << 64, "not a number")
    return int(text)

class Tree:
    """The full subtrees of a growing tree, the largest first."""
    def __init__(self, leaves=(), other=None):
        self.size, self.hashes = (other.size, list(other.hashes)) if other else (0, [])
        for leaf in leaves:
            self.append(leaf)
    def append(self, leaf):
        size, self.size = self.size, self.size + 1
        while size & 1:
            leaf, size = sha(b"\1" + self.hashes.pop() + leaf), size >> 1
        self.hashes.append(leaf)
    def root(self):
        root = self.hashes[-1] if self.hashes else EMPTY
        for subtree in self.hashes[-2::-1]:
            root = sha(b"\1" + subtree + root)
        return root

def included(leaf, index, size, proof, root):
    """Whether an inclusion proof holds: RFC 9162 section 2.1.3.2."""
    first, last = index, size - 1
    for each in proof:
        if last <= 0:
            return False
        right = first & 1 or first == last
        leaf = sha(b"\1" + each + leaf if right else b"\1" + leaf + each)
        while right and first and not first & 1:
            first, last = first >> 1, last >> 1
        first, last = first >> 1, last >> 1
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
        command = "openssl pkeyutl -verify -pubin -keyform DER -rawin -inkey".split() + [paths[0], "-in", paths[1]]
        return subprocess.run([*command, "-sigfile", paths[2]], capture_output=True).returncode == 0

ed25519 = find_ed25519()

class Key:
    """A verifier key of C2SP signed-note. Type 1 signs texts; type 4 is a witness's."""
    def __init__(self, text, kinds=(1, 4)):
        self.text, (self.name, number, typed) = text, text.split("+", 2)
        data = unb64(typed, 33)
        self.kind, self.public, self.id = data[0], data[1:], sha(self.name.encode() + b"\n" + data)[:4]
        require(self.kind in kinds and self.id.hex() == number and is_name(self.name), f"{text} is no such key")
    def __eq__(self, other): return self.text == other.text
    def signed(self, signature, text):
        if self.kind == 4 and len(signature) == 72 and signature[0] < 128:
            text = b"cosignature/v1\ntime %d\n%b" % (int.from_bytes(signature[:8], "big"), text)
            signature = signature[8:]
        return len(signature) == 64 and (ed25519 is None or ed25519(self.public, signature, text))

def is_name(text): return bool(text) and not any(c == "+" or c < " " or c.isspace() for c in text)

def checkpoint_text(origin, size, root): return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()

class Note:
    """A checkpoint in a signed note (C2SP), none of its signatures verified."""
    def __init__(self, data):
        text, blank, lines = data.decode().rpartition("\n\n")
        require(blank and len(data) <= 1_000_000 and not re.search("[\0-\x09\x0b-\x1f]", text + lines)
                and lines.endswith("\n") and lines.count("\n") <= 100, "not a signed note")
        self.text, self.signatures, head = f"{text}\n".encode(), [], text.split("\n")
        for line in lines[:-1].split("\n"):
            mark, name, blob = line.split(" ")
            require(mark == "\u2014" and is_name(name) and len(unb64(blob)) > 4, "a line is no signature")
            self.signatures.append((name, unb64(blob)[:4], unb64(blob)[4:]))
        require(len(head) >= 3 and all(head), "the note is no checkpoint")
        self.origin, self.size, self.root = head[0], decimal(head[1]), unb64(head[2], 32)
    def signers(self, keys, witnesses=()):
        """Which keys signed, one of the log's among them. A wrong signature of a known key refuses the note."""
        found, logs = [], [key for key in keys if key.kind == 1 and key.name == self.origin]
        for name, number, signature in self.signatures:
            known = [key for key in [*logs, *witnesses] if (key.name, key.id) == (name, number)]
            right = [key for key in known if key.signed(signature, self.text)]
            require(right or not known, "signature_wrong")
            found += right
        require(any(key.kind == 1 for key in found), "signature_absent")
        return found

class Policy:
    """A trust policy (C2SP tlog-policy): logs, witnesses, and which of them must agree."""
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        for fields in (line.split() for line in text.splitlines() if line.strip() and line.split()[0][0] != "#"):
            if fields[0] == "log":
                self.logs.append(Key(fields[1], (1,)))
            elif fields[0] == "witness":
                self.witnesses[fields[1]] = Key(fields[2], (4,))
            elif fields[0] == "group":
                least = {"any": 1, "all": len(fields) - 3}.get(fields[2]) or int(fields[2])
                self.groups[fields[1]] = (least, fields[3:])
            elif fields[0] == "quorum" and {fields[1]} <= {"none", *self.witnesses, *self.groups}:
                self.quorum = fields[1]
            else:
                raise ValueError(f"the policy cannot be read: {' '.join(fields)}")
    def agrees(self, signers, name):
        if name in self.groups:
            return sum(self.agrees(signers, member) for member in self.groups[name][1]) >= self.groups[name][0]
        return name == "none" or self.witnesses[name] in signers

class Entry:
    """The envelope of section 4."""
    def __init__(self, data):
        match = ENTRY.fullmatch(data)
        require(match and len(data) <= 65_535 and int(match[5]) < 1 << 53 and match[1][11:13] < b"24", "no envelope")
        self.at, self.body, self.id, self.n, self.type = match[1], match[2], match[3], int(match[5]), match[6].decode()
        datetime.datetime.fromisoformat(re.sub("^0000", "0004", self.at.decode()))
        self.link, self.leaf = unb64(match[4], 32, url=True), leaf_hash(data)

def walk(value, digests, citations, cited=False):
    """Collects (digest, its object) of sealed fields, and (ref, document, section, authority) of each citation."""
    for each in value if isinstance(value, list) else ():
        walk(each, digests, citations, cited)
    if not isinstance(value, dict):
        return
    document, section = digest_in(value.get("document_digest")), digest_in(value.get("section_digest"))
    if not cited and document and section and text_in(value, "ref") is not None:
        citations.append((value["ref"], document, section, text_in(value, "authority")))
        cited = True
    for name in sorted(value, key=None if "".join(value).isascii() else lambda name: name.encode("utf-16-be")):
        if name != "_sd":
            walk(value[name], digests, citations, cited)
        elif isinstance(value[name], list):
            digests += [(digest, value) for digest in map(digest_in, value[name]) if digest]

def parse_disclosure(text):
    salt, name, value = parse_json(unb64(text, url=True))
    require(isinstance(salt, str) and isinstance(name, str) and name != "_sd", "not a disclosure")
    return name, value

class Report:
    def __init__(self):
        self.findings, self.counts, self.facts = [], {}, {}
        self.verdicts = dict.fromkeys(ASPECTS, "cannot_tell")
    def require(self, holds, code, entry=None, detail=""):
        """Adds a finding unless something holds."""
        if holds:
            return
        aspect = next((each for each, codes in ASPECTS.items() if code in codes.split()), "integrity")
        notice = code in ASPECTS[aspect].split("|")[1].split()
        self.verdicts[aspect] = self.verdicts[aspect] if notice else "broken"
        self.counts[code] = self.counts.get(code, 0) + 1
        if self.counts[code] <= LIMIT:
            where = {} if entry is None else {"entry": entry}
            message = f"{code.replace('_', ' ')}{'' if entry is None else f' at entry {entry}'}{detail and ': '}{detail}"
            self.findings.append({"aspect": aspect, "severity": "notice" if notice else "broken", "code": code,
                                  "message": message, **where})
    def hold(self, *aspects, verdict="holds"):
        self.verdicts.update((each, verdict) for each in aspects if self.verdicts[each] != "broken")
    def status(self):
        return 2 if "broken" in self.verdicts.values() else 1 if self.verdicts["signatures"] == "cannot_tell" else 0

class Log(Report):
    """What entries say, taken one after the other from wherever they lie."""
    def __init__(self):
        super().__init__()
        self.tree, self.link, self.at, self.levels, self.key, self.continues = Tree(), EMPTY, b"", [], None, None
        self.changes, self.known, self.active, self.parts, self.runs = [], {}, {}, [], {}
    def place(self, n, data):
        """The entry in the place `n`, compared with the one before; None where it cannot be read."""
        link, self.link = self.link, leaf_hash(data)
        try:
            entry = Entry(data)
        except ValueError as error:
            return self.require(False, "entry_unreadable", n, str(error))
        self.require(entry.n == n, "entry_misplaced", n, f"it is entry {entry.n}")
        if entry.n == n:
            self.require(link in (None, entry.link), "link_broken", n)
            self.require(entry.at >= self.at, "clock_backwards", n)
            self.at = entry.at
        return entry
    def content(self, entry):
        """The body and the digests in it, after what it says was taken in."""
        digests, citations = [], []
        try:
            body = parse_json(entry.body)
            walk(body, digests, citations)
        except ValueError as error:
            return self.require(False, "entry_unreadable", entry.n, str(error)), []
        for ref, *cited in citations:
            self.require(self.cited(ref) == tuple(cited), "citation_broken", entry.n, ref)
        try:
            if entry.n == 0:
                self.begin(entry, body)
            elif entry.type == "specification":
                self.register(entry.n, body)
            elif entry.type == "decision" and text_in(body, "producer", "id") is not None:
                self.count((text_in(body, "producer", "id"), text_in(body, "producer", "epoch")), body["producer"].get("seq"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.parts = []
            self.require(entry.type != "specification", "specification_unreadable", entry.n, str(error))
        return body, digests
    def begin(self, entry, body):
        key, continues = Key(body["key"], (1,)), body.get("continues")
        require(entry.type == "ledger" and whole(body["format"]) is not None and body["format"] <= 1
                and body["origin"] == key.name and len(key.name.encode()) < 256
                and not re.search("[\x7f-\x9f]", key.name), "it is of another form")
        if continues is not None:
            notes = [Note(continues[each].encode()) if each in continues else None for each in ("checkpoint", "lost")]
            require(0 < whole(continues["epoch"]) <= 1_000_000 and text_in(continues, "origin") is not None
                    and continues["break"] in ("rolled_back", "forked", "damaged", "key_lost"), "it continues nothing")
            self.continues = (continues["origin"], notes[0])
        self.key = key
    def register(self, n, body):
        name, digest = (body["document"], body["version"]), digest_in(body.get("activates"))
        require(REFERENCE.fullmatch(f"{name[0]}@{name[1]}#x"), "its names are none")
        if digest:
            require(self.known[name]["digest"] == digest, "it activates another text")
            return self.active.setdefault(name[0], []).append(name)
        self.parts = [*self.parts, {**body, "n": n}] if body["part"] != 1 else [{**body, "n": n}]
        first, sections = self.parts[0], [each for part in self.parts for each in part["sections"]]
        require((len(self.parts), n) == (body["part"], first["n"] + body["part"] - 1) and body["part"] <= body["parts"]
                and all(body[each] == first[each] for each in ("digest", "parts")), "a part stands in the wrong place")
        if body["part"] < body["parts"]:
            return None
        new = {"n": first["n"], "digest": unb64(body["digest"], 32, url=True), "format": body["format"], "sections": {
            each["id"]: (unb64(each["digest"], 32, url=True), text_in(each, "authority")) for each in sections}}
        known, self.parts = self.known.setdefault(name, new), []
        require(len(new["sections"]) == len(sections) and new["format"] in ("model-spec", "markdown", "json")
                and (known["digest"], known["format"]) == (new["digest"], new["format"]), "it was registered otherwise")
        return self.active.setdefault(name[0], []).append(name) if body["active"] is True else None
    def cited(self, ref):
        match = REFERENCE.fullmatch(ref)
        name = match and ((match[1], match[2]) if match[2] else self.active.get(match[1], [None])[-1])
        known = self.known.get(name, {"digest": None, "sections": {}})
        return (known["digest"], *known["sections"].get(match and match[3], ()))
    def count(self, run, number):
        run = self.runs.setdefault(run, {"next": 1, "ahead": set(), "again": False}) if whole(number) is not None else None
        if run:
            run["again"] |= number < run["next"] or number in run["ahead"]
            run["ahead"].add(number)
        while run and run["next"] in run["ahead"]:
            run["ahead"].remove(run["next"])
            run["next"] += 1
    def complete(self):
        self.hold("integrity", "citations")
        for (producer, _), run in self.runs.items():
            ahead = sorted(each for each in run["ahead"] if each > run["next"])
            for before, number in zip([run["next"] - 1, *ahead], ahead):
                self.require(number == before + 1, "sequence_gap", None, f"{producer}: {before + 1} to {number - 1}")
            self.require(not run["again"], "sequence_repeated", None, producer)
        if self.runs:
            gap = self.counts.keys() & {"sequence_gap", "sequence_repeated"}
            self.hold("completeness", verdict="gap" if gap else "holds")
    def append(self, n, leaf, level=0):
        """Adds a hash to its tile at one level, and the root over the tile above it when it is full."""
        self.levels += [[]] if level == len(self.levels) else []
        self.levels[level].append(leaf)
        if len(self.levels[level]) == WIDTH:
            tile, self.levels[level] = self.levels[level], []
            self.full(level, n // WIDTH, Tree(tile).root(), b"".join(tile))
            self.append(n // WIDTH, Tree(tile).root(), level + 1)

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
    def __init__(self, database, probes):
        super().__init__()
        self.rows, self.probes, self.roots, self.stored, self.kept = database.execute, probes, {0: EMPTY}, None, None
        self.gone, self.erased, self.seen, self.right, self.torn, self.about, self.there = [], [], [], {}, False, 0, 0
        self.ids, self.size = 0, 0
    def row(self, sql, *values): return self.rows(sql, values).fetchone()
    def structure(self):
        def squeeze(sql):
            return "".join(part if i % 2 else re.sub(r"[ \t-\r]+", " ", part)
                           for i, part in enumerate(re.split(r"('[^']*'|\"[^\"]*\")", sql)))
        lines = [f"{kind.decode()} {name.decode()} {squeeze((sql or b'').decode())}\n"
                 for kind, name, sql in self.rows("SELECT type, name, sql FROM sqlite_schema")]
        facts = [self.row(f"PRAGMA {each}")[0] for each in ("application_id", "user_version", "encoding", "auto_vacuum")]
        same = sha("".join(sorted(lines)).encode()).hex() == SCHEMA and facts == [APPLICATION, 1, b"UTF-8", 0]
        self.require(same, "structure_changed")
        # SQLite forgets the rules of tables on connections that only read, so they are asked for one by one.
        for name, sql in self.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall() if same else ():
            for rule in re.findall(r"CHECK (\(.*\))", sql.decode()):
                if self.row(f"SELECT 1 FROM {name.decode()} WHERE NOT {rule}"):
                    raise sqlite3.DatabaseError(f"a row of {name.decode()} breaks the rule {rule}")
        for damage, in self.rows("PRAGMA integrity_check(20)"):
            self.require(damage == b"ok", "file_damaged", None, damage.decode())
    def read(self):
        self.secret = self.row("SELECT value FROM secrets WHERE name = 'subject_key'")[0]
        self.tiles = Rows(self.rows("SELECT number, root, hashes FROM tiles WHERE level = 0 ORDER BY number"))
        self.signed = Rows(self.rows("SELECT size, root FROM checkpoints ORDER BY size"))
        self.sealed = Rows(self.rows("SELECT key, disclosure FROM sealed ORDER BY key"))
        for n, data in self.rows("SELECT n, bytes FROM entries ORDER BY n"):
            limit = (self.size // 4096 + 1) * 4096
            for missing in range(self.size, min(n, limit)):
                self.link = self.require(False, "entry_missing", missing)
                self.add(missing, self.leaf_in_tile(missing) or EMPTY)
            if n > limit:  # Too far beyond the rest for hashes to stand in for what is missing.
                self.torn, self.stored = True, None
            self.size = n + 1
            self.entry(n, data)
    def leaf_in_tile(self, n):
        if n % WIDTH == 0:
            self.stored = next((row for row in self.tiles.below(n // WIDTH + 1) if row[0] == n // WIDTH), None)
        return self.stored and self.stored[2][n % WIDTH * 32:][:32]
    def entry(self, n, data):
        leaf, stored, entry, body = leaf_hash(data), self.leaf_in_tile(n), self.place(n, data), None
        if stored not in (None, leaf) and sha_tile(self.stored[2]) != self.stored[1]:
            self.stored = stored = self.require(False, "tile_changed", n // WIDTH * WIDTH)
        self.there += 1
        rows = list(self.sealed.below((n + 1) * 2048))
        if entry:
            right = self.row("SELECT n FROM identities WHERE id = CAST(? AS TEXT)", entry.id) == (n,)
            self.ids = self.ids + 1 if right else float("nan")
        if entry and entry.n == n:
            self.require(stored in (None, leaf), "entry_changed", n)
            self.require(right, "identity_missing", n)
            body, digests = self.content(entry)
        self.add(n, leaf)
        if body is None:
            return
        self.open(n, [digest for digest, _ in digests], [row for row in rows if row[0] >= n * 2048])
        if entry.type == "erasure" and isinstance(body, dict) and whole(body.get("entry")) is not None and isinstance(body.get("digests"), list):
            self.erased.append((n, body["entry"], {each for each in map(digest_in, body["digests"]) if each}))
        if entry.type == "key":
            kept = (self.kept or self.tree).root() if stored in (None, leaf) else None
            self.changes.append((n, body, (self.tree.root(), kept)))
    def add(self, n, leaf):
        if self.torn:
            return
        stored = self.stored[2][n % WIDTH * 32:][:32] if self.stored else leaf
        self.kept = Tree(other=self.tree) if stored != leaf and not self.kept else self.kept
        if self.kept:
            self.kept.append(stored)
        self.tree.append(leaf)
        self.append(n, leaf)
        for size, root in self.signed.below(n + 2):
            holds = root == self.tree.root()
            self.require(holds, "root_differs", n)
            self.seen.append((size, holds))
        if n + 1 in self.probes:
            self.roots[n + 1] = self.tree.root()
    def full(self, level, number, root, hashes):
        row = self.row("SELECT root, hashes FROM tiles WHERE level = ? AND number = ?", level, number)
        if level:
            return self.require(row == (root, hashes), "tile_changed", None, f"tile {number} of level {level}")
        self.require(row or self.there < WIDTH, "tile_missing", number * WIDTH)
        self.require(not row or row[1] != hashes or row[0] == root, "tile_changed", number * WIDTH)
        self.there = 0
    def open(self, n, digests, rows):
        absent = dict(enumerate(digests))
        for key, text in rows:
            digest = absent.pop(key % 2048, None)
            self.require(digest, "sealed_value_extra", n)
            self.require(digest in (None, sha(text)), "sealed_value_changed", n)
            try:
                name, value = parse_disclosure(text) if digest == sha(text) else ("", None)
            except ValueError:
                continue
            if name == "subject" and isinstance(value, str):
                code = hmac.new(self.secret, value.encode(), "sha256").digest()
                self.about += 1 if self.row("SELECT 1 FROM subjects WHERE code = ? AND n = ?", code, n) else float("nan")
        self.gone += [(n, digest) for digest in absent.values()]
    def tables(self):
        """Rows that no entry accounts for, and values that are gone."""
        if self.row("SELECT count(*) FROM identities")[0] != self.ids:
            torn = [name for name, in self.rows("SELECT id FROM identities") if name.decode(errors="replace").encode() != name]
            self.require(not torn, "identity_wrong", None, "an id is no UTF-8")
            for name, n in () if torn else self.rows("SELECT id, n FROM identities"):
                row = self.row("SELECT bytes FROM entries WHERE n = ?", n)
                match = row and ENTRY.fullmatch(row[0])
                self.require(match and match[3] == name, "identity_wrong", n)
        self.require(self.row("SELECT count(*) FROM subjects")[0] == self.about, "subjects_differ")
        for key, _ in self.sealed.below(1 << 63):
            self.require(False, "sealed_value_extra", key // 2048)
        for level, number in self.rows("SELECT level, number FROM tiles"):
            self.require(number < self.tree.size >> 8 * (level + 1), "tile_changed", None, "no entries are below it")
        erased = set().union(*(digests for _, _, digests in self.erased))
        for n, digest in self.gone:
            self.require(digest in erased, "sealed_value_missing", n)
        for n, target, digests in self.erased:
            rows = self.rows("SELECT disclosure FROM sealed WHERE key / 2048 = ?", (target,))
            for _ in {sha(row[0]) for row in rows} & digests:
                self.require(False, "erased_value_present", target, f"entry {n} says that it was erased")
        self.hold("sealed_fields")
    def texts(self):
        wanted = set()
        for (document, version), known in self.known.items():
            digests = [known["digest"], *(digest for digest, _ in known["sections"].values())]
            wanted.update(digests)
            rows = [self.row("SELECT bytes FROM texts WHERE digest = ?", digest) for digest in digests]
            texts = [row[0] if row and sha(row[0]) == digest else None for row, digest in zip(rows, digests)]
            if None in texts:
                whole_text = False
            elif known["format"] == "json":
                items = [(each["id"], each["text"].encode()) for each in parse_json(texts[0])]
                whole_text = items == list(zip(known["sections"], texts[1:]))
            else:
                whole_text = texts[0].endswith(b"".join(texts[1:]))
            self.require(whole_text, "text_broken", known["n"], f"{document}@{version}")
        for digest, data in self.rows("SELECT digest, bytes FROM texts"):
            self.require(sha(data) == digest, "text_changed", None, b64u(digest))
            self.require(sha(data) != digest or digest in wanted, "text_extra", None, b64u(digest))
    def keys(self, given):
        """The keys of the log, each with the least size that it signs."""
        self.require(self.key, "first_entry_unreadable", 0)
        terms = [(1, self.key or given)]
        for n, body, roots in self.changes if self.key else ():
            row, old = self.row("SELECT root, signature FROM checkpoints WHERE size = ?", n + 1), terms[-1][1]
            try:
                new = Key(body["key"], (1,))
                text = checkpoint_text(old.name, n + 1, row[0])
                further = self.row("SELECT signature FROM signatures WHERE size = ? AND name = CAST(? AS TEXT) AND key_id = ?",
                                   n + 1, new.name, int.from_bytes(new.id, "big"))[0]
                require(body["previous"] == old.text and new.name == old.name and new not in [key for _, key in terms]
                        and row[0] in roots and old.signed(row[1], text) and new.signed(further, text), "it is not proven")
            except (ValueError, TypeError, KeyError) as error:
                self.require(False, "key_change_broken", n, str(error))
                break
            self.require(body.get("revoked") is not True, "key_revoked", n, old.text)
            terms.append((n + 2, new))
        differs = given and self.key and given not in [key for _, key in terms]
        self.require(not differs, "key_differs", 0)
        return [] if terms[0][1] is None else [(1, given)] if differs else terms
    def signatures(self, terms, policy):
        if terms and ed25519:
            self.hold("signatures")
        newest, witnesses = 0, policy.witnesses.values() if policy else ()
        for newest, root, signature in self.rows("SELECT size, root, signature FROM checkpoints ORDER BY size"):
            key = [key for first, key in terms if first <= newest][-1:]
            if key and newest <= self.size:
                text = checkpoint_text(key[0].name, newest, root)
                self.right[newest] = key[0].signed(signature, text)
                self.require(self.right[newest], "signature_wrong", newest - 1)
        self.require(newest, "checkpoint_missing")
        self.require(newest <= self.size, "truncated", self.size, f"{newest} entries were signed")
        self.require(not 0 < newest < self.size, "unsigned", newest)
        known = {(key.name.encode(), key.id): key for key in [*(key for _, key in terms), *witnesses]} if terms else {}
        lost = set()
        for size, name, number, signature in self.rows("SELECT size, name, key_id, signature FROM signatures"):
            key, row = known.get((name, number.to_bytes(4, "big"))), self.row("SELECT root FROM checkpoints WHERE size = ?", size)
            if not row:
                lost.add(size)
            elif key:
                right = key.signed(signature, checkpoint_text(terms[0][1].name, size, row[0]))
                code = "cosignature_wrong" if key in witnesses else "signature_wrong"
                self.require(right, code, size - 1, name.decode())
        for size in sorted(lost):
            self.require(False, "signature_extra", None, f"there is no checkpoint of {size} entries")
    def head(self, slots, notes, terms):
        keys, trusted, foreign = [key for _, key in terms], None, None
        for note in notes if keys else ():
            if any((key.name, key.id) == line[:2] for key in keys for line in note.signatures):
                try:
                    note.signers(keys)
                except ValueError:
                    continue  # A torn slot.
                trusted = note if note.size >= (trusted.size if trusted else 0) else trusted
            elif note.origin == keys[0].name:
                foreign = note
        if not keys:
            return
        self.require(not foreign and (trusted or not any(slots)), "head_foreign")
        self.require(any(slots), "head_absent")
        if trusted and not foreign:
            self.require(trusted.size <= self.size, "rolled_back", self.size, f"the head knows {trusted.size} entries")
            self.require(self.roots.get(trusted.size, trusted.root) == trusted.root, "forked", trusted.size - 1)
    def rechained(self):
        """What checkpoints that do not hold, or were not signed, say of the entries: those up to the last good one are right."""
        others, good, failed, unsigned = {"link_broken", "entry_misplaced", "entry_missing", "entry_unreadable"}, 0, None, None
        for size, holds in self.seen:
            right = self.right.get(size)
            if right is not False:
                good, failed, unsigned = (size, None, None) if holds else (good, failed or size, unsigned)
            else:
                unsigned = unsigned or size
        self.require(failed or not unsigned, "unvouched", good)
        if failed and not others & self.counts.keys():
            first = next((each["entry"] for each in self.findings if each["code"] == "entry_changed"), good)
            self.require(False, "rechained", first)

def sha_tile(hashes):
    return Tree(hashes[i:i + 32] for i in range(0, len(hashes), 32)).root()

def read_slots(path):
    """What the two slots hold up to the first zero byte, and the notes among that."""
    data, notes = open(path, "rb").read(2048) if os.path.exists(path) else b"", []
    slots = [slot.partition(b"\0")[0] for slot in (data[:1024], data[1024:])]
    for slot in slots:
        try:
            notes.append(Note(slot))
        except ValueError:
            pass
    return slots, notes

def verify_ledger(path, given=None, policy=None, head=None, probes=()):
    """The report on a database, the `head` beside it, and the ledger that it continues."""
    def state():
        return [os.stat(each)[:2] + os.stat(each)[6:7] + os.stat(each)[8:9] for each in (path, path + "-wal") if os.path.exists(each)]
    folder, before, wal = os.path.dirname(os.path.abspath(path)), state(), path + "-wal"
    slots, notes = read_slots(head or os.path.join(folder, "head"))
    # Without a WAL nobody writes, and SQLite is to make no files of its own; a connection that only reads runs no WAL checkpoint.
    quiet = not os.path.exists(wal) or not os.path.getsize(wal)
    uri = f"file:{quote(os.path.abspath(path))}?mode=ro{'&immutable=1' * quiet}"
    database, log = sqlite3.connect(uri, uri=True, isolation_level=None), Report()
    database.text_factory = bytes
    try:
        facts = [database.execute(f"PRAGMA {each}").fetchone()[0] for each in ("application_id", "user_version")]
        require(facts[0] == APPLICATION and facts[1] < 2, f"{path} is no ledger of a format that is known here")
        require(facts[1] == 1, "structure")
        database.execute("BEGIN")
        log = Ledger(database, {note.size for note in notes} | set(probes))
        log.structure()
        log.read()
        log.texts()
        log.complete()
        terms = log.terms = log.keys(given)
        log.signatures(terms, policy)
        log.head(slots, notes, terms)
        log.tables()
        log.rechained()
        log.facts = {"size": log.size, "root": b64u(log.tree.root()), **({"key": terms[-1][1].text} if terms else {})}
    except (sqlite3.DatabaseError, TypeError, UnicodeDecodeError) as error:
        log = Report()
        log.require(False, "file_damaged", None, str(error))
    finally:
        database.close()
    require(not quiet or state() == before, f"{path} was written while it was read")
    if log.facts and log.continues:
        compare_previous(log, os.path.join(folder, "previous", "log.sqlite"), *log.continues)
    return log

def compare_previous(log, path, origin, note):
    log.require(False, "declared_break", 0, f"{origin} is continued after {note.size if note else 0} entries")
    log.require(os.path.exists(path), "previous_missing", None, origin)
    if os.path.exists(path):
        try:
            previous = verify_ledger(path, probes=[note.size] if note else ())
            keys = [key for _, key in previous.terms] if previous.facts else []
            same = not note or note.signers(keys) and previous.roots.get(note.size) == note.root
            same = same and keys and keys[-1].name == origin
        except ValueError:
            same = False
        log.require(same, "previous_differs")
        log.require(not same or previous.status() < 2, "previous_broken")

class Proof:
    """A C2SP tlog-proof without extra data."""
    def __init__(self, text):
        head, _, note = text.partition("\n\n")
        header, index, *hashes = head.split("\n")
        require(header == "c2sp.org/tlog-proof@v1" and index.startswith("index ") and len(hashes) <= 64, "malformed")
        self.index, self.hashes, self.note = decimal(index[6:]), [unb64(each, 32) for each in hashes], Note(note.encode())

def key_changes(changes):
    """The keys of the changes in a proof file, and (n, revoked) of each change."""
    keys, places = [], []
    for change in changes:
        entry, proof = Entry(change["entry"].encode()), Proof(change["proof"])
        body = parse_json(entry.body)
        old, new = Key(body["previous"], (1,)), Key(body["key"], (1,))
        signers = proof.note.signers([old, new])
        require(entry.type == "key" and entry.n == proof.index and old.name == new.name and new not in (keys or [old])
                and old in signers and new in signers and proof.note.size == entry.n + 1, "broken")
        require(included(entry.leaf, entry.n, proof.note.size, proof.hashes, proof.note.root), "broken")
        require(not keys or keys[-1] == old and places[-1][0] < entry.n, "broken")
        keys, places = [*(keys or [old]), new], [*places, (entry.n, body.get("revoked") is True)]
    return keys, places

def allowed(given, keys, places, size):
    """The keys that may sign a tree of this size, for who trusts those given."""
    if not keys:
        return given
    first = next((i for i, key in enumerate(keys) if key in given), None)
    require(first is not None, "key_changes_foreign")
    while first and not places[first - 1][1]:
        first -= 1
    found = [key for i, key in enumerate(keys) if i >= first and (i == 0 or places[i - 1][0] < size) and (
        i == len(places) or places[i][0] + 1 >= size and (not places[i][1] or key in given))]
    require(found, "signer_not_trusted")
    return found

def coded(code, action, *values):
    """Does something, after whose failure the code says what is at fault."""
    try:
        return action(*values)
    except Fault as fault:
        raise fault if fault.args[0] in ("signature_wrong", "signature_absent") and code != "key_change_broken" else Fault(code)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Fault(code) from None

def read_proof(data):
    value = parse_json(data)
    spelled = {"citations": [{each: part[each] + "" for each in ("digest", "ref", "text")} for part in value["citations"]],
               "disclosures": [each + "" for each in value["disclosures"]], "entry": value["entry"] + "", "format": value["format"],
               "keys": [{"entry": part["entry"] + "", "proof": part["proof"] + ""} for part in value["keys"]],
               "proof": value["proof"] + ""}
    text = json.dumps(spelled, ensure_ascii=False, separators=(",", ":"))
    return spelled, HIDDEN.sub(lambda match: json.dumps(match[0])[1:-1], text).encode() + b"\n"

def check_proof(data, given, policy):
    require(len(data) <= 16 << 20, "too_large")
    require(data[:1] == b"{", "unknown_form")
    require(text_in(coded("malformed", parse_json, data), "format") == "because-proof/1", "unknown_format")
    file, exact = coded("malformed", read_proof, data)
    proof = coded("proof_malformed", Proof, file["proof"])
    [coded("proof_malformed", Proof, each["proof"]) for each in file["keys"]]
    coded("malformed", lambda: [unb64(each["digest"], 32, url=True) for each in file["citations"]])
    require(data == exact, "not_exact")
    note, given = proof.note, [key for key in given if key.name == proof.note.origin]
    require(given, "other_log")
    keys, places = coded("key_change_broken", key_changes, file["keys"])
    signers = note.signers(allowed(given, keys, places, note.size), policy.witnesses.values() if policy else ())
    data, digests, citations = file["entry"].encode(), [], []
    require(included(leaf_hash(data), proof.index, note.size, proof.hashes, note.root), "not_included")
    entry = coded("entry_malformed", Entry, data)
    require(entry.n == proof.index, "wrong_number")
    walk(coded("entry_malformed", parse_json, entry.body), digests, citations)
    place, seen = 0, set()
    for text in file["disclosures"]:
        require(any(digest == sha(text.encode()) for digest, _ in digests), "disclosure_foreign")
        coded("disclosure_foreign", parse_disclosure, text)
    for text in file["disclosures"]:
        (name, _), digest = parse_disclosure(text), sha(text.encode())
        place = next((i + 1 for i in range(place, len(digests)) if digests[i][0] == digest), None)
        require(place, "disclosure_misplaced")
        require(name not in digests[place - 1][1] and (id(digests[place - 1][1]), name) not in seen, "disclosure_second_value")
        seen.add((id(digests[place - 1][1]), name))
    firsts = {}
    for ref, _, section, _ in citations:
        firsts.setdefault(section, ref)
    place, firsts = 0, list(firsts.items())
    for each in file["citations"]:
        cited = (unb64(each["digest"], url=True), each["ref"])
        require(cited in firsts[place:] and sha(each["text"].encode()) == cited[0], "citation_broken")
        place = firsts.index(cited) + 1
    require(not policy or policy.agrees(signers, policy.quorum), "not_witnessed")
    return {"size": note.size, "root": b64u(note.root), "key": signers[0].text}

def verify_proof(data, given, policy):
    report = Report()
    try:
        report.facts = check_proof(data, given, policy)
        report.hold("integrity", "citations", "sealed_fields", *(["signatures"] if ed25519 else []))
    except Fault as fault:
        code = fault.args[0]
        report.require(code in ("too_large", "unknown_form", "unknown_format", "other_log"), code)
        if not report.counts:
            report.findings.append({"aspect": "signatures", "severity": "notice", "code": code, "message": code.replace("_", " ")})
    return report

class Published(Log):
    """A published folder: bundles of entries, and the tiles over them."""
    def __init__(self, folder):
        super().__init__()
        self.folder, self.wide = folder, {}
    def files(self, kind, number, width):
        """What is there of a full or partial file: (path, its width, bytes), the widest first."""
        path = f"{number % 1000:03}"
        while number >= 1000:
            number //= 1000
            path = f"x{number % 1000:03}/{path}"
        path, found = f"tile/{kind}/{path}", []
        partial = os.path.join(self.folder, path + ".p")
        widths = [each for each in map(int, filter(str.isdigit, os.listdir(partial) if os.path.isdir(partial) else []))]
        for each, name in [(WIDTH, path), *((each, f"{path}.p/{each}") for each in sorted(widths, reverse=True))]:
            if os.path.isfile(os.path.join(self.folder, name)):
                with open(os.path.join(self.folder, name), "rb") as file:
                    found.append((name, each, file.read()))
        return found
    def full(self, level, number, root, hashes):
        self.tile(level, number, hashes)
    def tile(self, level, number, hashes):
        width, there = len(hashes) // 32, False
        for name, each, data in self.files(level, number, width):
            later, there = each > width, there or each >= width
            self.require(data[:len(hashes)] == hashes[:32 * each] and len(data) == 32 * each, "tile_changed", None, name)
            self.require(not later, "files_later")
        self.require(there, "tile_missing", None, f"tile {number} of level {level}")
    def bundle(self, number, width):
        files = self.files("entries", number, width)
        name, each, data = next(((file) for file in files if file[1] == width), (files or [("", 0, b"")])[0])
        entries, place = [], 0
        while place + 2 <= len(data):
            end = place + 2 + struct.unpack_from(">H", data, place)[0]
            entries, place = [*entries, data[place + 2:end]], end
        holds = each >= width and len(entries) == each and place == len(data)
        self.require(files, "bundle_missing", number * WIDTH)
        self.require(holds or not files, "bundle_malformed", number * WIDTH, name)
        for other, narrow, begin in files if holds else ():
            packed = b"".join(struct.pack(">H", len(entry)) + entry for entry in entries[:narrow])
            self.require(narrow > width or begin == packed, "earlier_bundle_differs", number * WIDTH, other)
        return entries[:width] if holds else None
    def run(self, keys, policy):
        with open(os.path.join(self.folder, "checkpoint"), "rb") as file:
            note = file.read()
        try:
            note = Note(note)
            signers = note.signers(keys, policy.witnesses.values() if policy else ()) if keys else []
            require(not policy or policy.agrees(signers, policy.quorum), "not_witnessed")
        except ValueError as error:
            return self.require(False, "checkpoint_broken", None, str(error))
        for number in range(-(-note.size // WIDTH)):
            entries = self.bundle(number, min(WIDTH, note.size - number * WIDTH))
            if entries is None:
                return self.require(False, "rest_unchecked", number * WIDTH)
            for n, data in enumerate(entries, number * WIDTH):
                entry = self.place(n, data)
                if entry and entry.n == n:
                    self.content(entry)
                self.tree.append(leaf_hash(data))
                self.append(n, leaf_hash(data))
        for level, tile in enumerate(self.levels):
            if tile:
                self.tile(level, note.size >> 8 * (level + 1), b"".join(tile))
        self.require(self.tree.root() == note.root, "root_differs")
        for folder, _, names in os.walk(os.path.join(self.folder, "tile")):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self.folder)
                self.require(TILE.fullmatch(path), "file_unknown", None, path)
        self.complete()
        if keys and ed25519:
            self.hold("signatures")
        self.facts = {"size": note.size, "root": b64u(note.root), **({"key": signers[0].text} if keys else {})}

def choose(path, key, policy, head):
    """The report on what lies at the path."""
    trusted, log = [*([key] if key else []), *(policy.logs if policy else [])], os.path.join(path, "log.sqlite")
    if os.path.isfile(os.path.join(path, "checkpoint")) and not os.path.exists(log):
        published = Published(path)
        published.run(trusted, policy)
        return published
    if os.path.isdir(path):
        return verify_ledger(log, key, policy, head)
    with open(path, "rb") as file:
        data = file.read(16)
        if data.startswith(b"SQLite format 3"):
            return verify_ledger(path, key, policy, head)
        return verify_proof(data + file.read((16 << 20) + 1), trusted, policy)

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", help="a ledger's folder, its log.sqlite, a published folder or a proof file")
    for name, text in (("key", "the verifier key of the log that you know"), ("policy", "a trust policy (C2SP tlog-policy)"),
                       ("head", "the head file, where it lies elsewhere than in the ledger's folder")):
        parser.add_argument(f"--{name}", help=text)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.error = lambda message: (print(f"verify.py: {message}", file=sys.stderr), sys.exit(64))
    options = parser.parse_args()
    try:
        policy = Policy(open(options.policy).read()) if options.policy else None
        report = choose(options.path, Key(options.key, (1,)) if options.key else None, policy, options.head)
    except (OSError, ValueError, IndexError, sqlite3.Error) as error:
        raise SystemExit(f"verify.py: {error}")
    if options.json:
        verdicts = {aspect: {"verdict": verdict} for aspect, verdict in report.verdicts.items()}
        print(json.dumps({"format": "because-verification/1", "verdicts": verdicts, "findings": report.findings,
                          "counts": report.counts, "exit_status": report.status(), **report.facts}))
    else:
        for aspect, verdict in report.verdicts.items():
            print(f"{aspect.replace('_', ' '):15}{verdict.replace('_', ' ')}")
        for finding in report.findings:
            print(f"    {'note: ' * (finding['severity'] == 'notice')}{json.dumps(finding['message'])[1:-1]}")
    if ed25519 is None:
        print("verify.py: signatures went UNCHECKED: there is neither the package cryptography nor the program openssl", file=sys.stderr)
    sys.exit(report.status())

if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Runs tools/verify.py over vectors or ledgers, and prints what it says of each as one JSON object.

    schema/vectors/check.py                every vector of index.json; exit status 1 where one is not as the index says
    schema/vectors/check.py --json         the same, and what was said
    schema/vectors/check.py --ledgers      the folders named on the lines of standard input
"""
import json, os, sqlite3, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools"))
sys.dont_write_bytecode = True
import verify


def read(name):
    with open(os.path.join(HERE, name), "rb") as file:
        return file.read()


def build(vector, folder, vectors):
    """Makes the folder of a ledger out of its text; the lie is told behind the back of the triggers."""
    os.makedirs(folder)
    database = sqlite3.connect(os.path.join(folder, "log.sqlite"), isolation_level=None)
    database.executescript(read("../ledger.sql").decode())
    database.executescript(f"BEGIN; {read(vector.get('base', vector['file'])).decode()} COMMIT;")
    triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    if "base" in vector:
        database.executescript(read(vector["file"]).decode())
    for _, sql in triggers:
        database.execute(sql)
    database.close()
    if "head" in vector:
        with open(os.path.join(folder, "head"), "wb") as file:
            file.write(vector["head"].encode())
    if "previous" in vector:
        earlier = next(each for each in vectors if each.get("file") == vector["previous"])
        build(earlier, os.path.join(folder, "previous"), vectors)


def said(report):
    broken = sorted(aspect for aspect, verdict in report.verdicts.items() if verdict == "broken")
    return {"exit_status": report.status(), "verdicts": report.verdicts, "broken": broken}


def accepted(action, *values):
    try:
        return {"accepted": action(*values) is not False}
    except ValueError:
        return {"accepted": False}


def bytes_of(vector):
    if "text" in vector:
        return vector["text"].encode()
    rule = vector["rule"]
    return (rule["begin"] + rule["repeat"] * rule["times"] + rule["end"]).encode()


def result(vector, vectors):
    kind, key = vector["kind"], verify.read_key(vector["key"]) if "key" in vector else None
    if kind == "ledger":
        with tempfile.TemporaryDirectory() as scratch:
            folder = os.path.join(scratch, "ledger")
            build(vector, folder, vectors)
            return said(verify.verify(folder, key))
    if kind in ("proof", "published"):
        policy = verify.Policy(vector["policy"]) if "policy" in vector else None
        return said(verify.verify(os.path.join(HERE, vector["file"]), key, policy))
    if kind == "entry":
        return accepted(lambda data: verify.parse_json(verify.Entry(data).body), bytes_of(vector))
    if kind == "disclosure":
        return accepted(verify.parse_disclosure, vector["text"])
    if kind == "note":
        return accepted(lambda data: verify.Note(data.decode()).signers([key]), bytes_of(vector))
    if kind == "root":
        tree = verify.Tree([verify.sha(b"\0", str(each).encode()) for each in range(vector["size"])])
        return {"accepted": verify.b64u(tree.root(vector["size"])) == vector["root"]}
    hashes = [verify.unb64(each, 32, url=True) for each in vector["hashes"]]
    roots = {name: verify.unb64(vector[name], 32, url=True) for name in ("root", "old_root", "leaf") if name in vector}
    if kind == "inclusion":
        return accepted(lambda *path: verify.root_of_path(*path) == roots["root"],
                        roots["leaf"], vector["index"], vector["size"], hashes)
    if kind == "consistency":
        return accepted(consistent, vector["old"], roots["old_root"], vector["size"], roots["root"], hashes)
    raise ValueError(f"unknown kind {kind}")


def consistent(old, old_root, size, root, hashes):
    """Whether a consistency proof holds: RFC 9162 section 2.1.4.2. No verifier of a whole ledger needs it."""
    if old == size or old == 0:
        return not hashes and (old == 0 or old_root == root)
    hashes = list(hashes) if old & (old - 1) else [old_root, *hashes]
    if old > size or not hashes:
        return False
    first, last = old - 1, size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    before = after = hashes[0]
    for each in hashes[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            before, after = verify.sha(b"\1" + each + before), verify.sha(b"\1" + each + after)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            after = verify.sha(b"\1" + after + each)
        first, last = first >> 1, last >> 1
    return last == 0 and (before, after) == (old_root, root)


def main():
    if sys.argv[1:] == ["--ledgers"]:
        print(json.dumps([said(verify.verify(folder)) for folder in sys.stdin.read().splitlines()]))
        return 0
    vectors = json.loads(read("index.json"))["vectors"]
    results = {vector["name"]: result(vector, vectors) for vector in vectors}
    wrong = [vector["name"] for vector in vectors for name, value in results[vector["name"]].items()
             if name in vector and vector[name] != value]
    if sys.argv[1:] == ["--json"]:
        print(json.dumps(results))
    for name in wrong:
        print(f"{name}: not as the index says: {results[name]}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

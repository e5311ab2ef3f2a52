#!/usr/bin/env python3
"""The ledger's files against another implementation: Go's sumdb/note and sumdb/tlog.

tests/ledger/go_data.c writes a ledger; tests/ledger/go/check.go verifies all of it with the package
golang.org/x/mod of Debian, and signs notes that ours must take. Then single bytes are changed, and
both must refuse. Then Go is the witness of a running server, on SQLite and PostgreSQL, over HTTP on
this machine alone.

What must hold: a change that nobody sees is a failure, and so is a check that did not run.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS), str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

from http_server import LOG_LINE  # noqa: E402
from office_client import PUBLIC_HOST, Office, school_of  # noqa: E402
from run_office_slow import cluster, database_new  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test")).resolve()
DATA = BUILD / "tests" / "ledger" / "ledger_go_data"
GO_PATH = "/usr/share/gocode"
CHECKS = {"checkpoint", "checkpoint with the next key", "entries", "tiles", "growth",
          "proofs from tiles", "proofs", "older checkpoint", "witness", "proof file", "receipt"}

# A file of the ledger, and the byte of it that is changed (from the end when negative).
CHANGES = (
    ("checkpoint", 25),              # the size or the root
    ("checkpoint", 40),
    ("checkpoint.older", 30),
    ("tile/0/000", 5),               # a leaf's hash
    ("tile/1/000.p/3", 40),          # the root of a full tile
    ("tile/entries/000", 20),        # an entry
    ("tile/entries/003.p/232", -1),
    ("entry.tlog-proof", 40),        # the entry in the proof
    ("entry.tlog-proof", 100),       # a hash in the proof
    ("entry.salt", 0),
    ("entry.content", 0),
    ("receipt", 70),
    ("proofs", 30),
)

results = []


def check(name, holds, detail=""):
    results.append(bool(holds))
    if not holds:
        print(f"failed: {name} {detail}")


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True,
                          check=False)


def build_go(folder):
    """The Go program, built without a module and without a network."""
    program = folder / "check"
    surroundings = {**os.environ, "GO111MODULE": "off", "GOPATH": GO_PATH, "GOFLAGS": "",
                    "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOCACHE": str(folder / "cache")}
    done = subprocess.run(["go", "build", "-o", str(program), "tests/ledger/go/check.go"],
                          cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    check("the Go program builds", done.returncode == 0, done.stderr)
    return program if done.returncode == 0 else None


def accepted(go, folder, size):
    """Everything that was written is what Go expects."""
    wrote = run(DATA, "write", folder, size)
    check(f"{size}: written", wrote.returncode == 0, wrote.stderr)
    done = run(go, "verify", folder)
    said = set(line[3:] for line in done.stdout.splitlines() if line.startswith("ok "))
    for name in sorted(CHECKS):
        check(f"{size}: {name}", name in said, done.stdout)
    check(f"{size}: our own proof", run(DATA, "prove", folder).returncode == 0)


def signed_by_go(go, folder):
    """Ours takes what Go signed, with a key of either, and nothing that was changed."""
    run(go, "checkpoint", folder)
    check("a checkpoint signed by Go", run(DATA, "open", folder).returncode == 0)
    first_line = (folder / "checkpoint").read_bytes().split(b"\n\n", 1)[1].split(b"\n", 1)[0]
    theirs = (folder / "go.note").read_bytes().split(b"\n\n", 1)[1].strip()
    check("Go signs as we do, byte for byte", first_line == theirs)
    for _ in range(5):
        run(go, "sign", folder)
        check("a note signed by Go", run(DATA, "open", folder).returncode == 0)
    whole = (folder / "go.note").read_bytes()
    for at in range(0, len(whole), 7):
        (folder / "go.note").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
        check(f"a changed note, byte {at}", run(DATA, "open", folder).returncode == 1)


def refused(go, folder, scratch):
    for name, at in CHANGES:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(folder, scratch)
        content = bytearray((scratch / name).read_bytes())
        content[at] = ord("1") if content[at] != ord("1") else ord("2")
        (scratch / name).write_bytes(content)
        check(f"changed: {name} at {at}", run(go, "verify", scratch).returncode == 1)
        if name == "entry.tlog-proof":
            check(f"changed, ours: {name} at {at}", run(DATA, "prove", scratch).returncode == 1)


# Acts of the ledger that a witness sees: less than a tile, a tile and one more, three tiles.
SIZES = (40, 257, 700)
WITNESSED = {"checkpoint", "continues", "entries", "tiles", "proofs from tiles"}
SIGNED_SECONDS_MAX = 40


def act_until(program, school, size):
    """Does things until the ledger has so many entries."""
    position = -1
    while position + 1 < size:
        done = program.call("person.add", school=school, kind="teacher", name="Somebody Invented")
        assert done.status == 200, done
        position = done.json["act"]


def checkpoint_wait(office, size):
    end = time.monotonic() + SIGNED_SECONDS_MAX
    while time.monotonic() < end:
        answer = office.get("/checkpoint")
        if answer.status == 200 and int(answer.body.split(b"\n")[1]) >= size:
            return
        time.sleep(0.2)
    raise AssertionError(f"not signed: {size}")


def key_change(office, why):
    """Changes the key beside the running server; answers the new one and the act that says so."""
    done = run(BUILD / "handrail", "audit", "key", "--change", "--why", why, *office.where())
    check(f"another key: {why}", done.returncode == 0, done.stderr)
    key = run(BUILD / "handrail", "audit", "key", "--data", office.folder / "data").stdout
    return key, int(re.search(r"From act (\d+) on", done.stdout).group(1))


def keys_changed(go, folder, engine, office, act):
    """The witness has the keys that it has; the server takes the new file without a restart."""
    def sees(name, keys, holds, says=""):
        (folder / "ledger.key").write_text(keys, encoding="utf-8")
        done = run(go, "witness", folder)
        check(f"{engine}: {name}", (done.returncode == 0) == holds and says in done.stdout,
              done.stdout)

    first = (folder / "ledger.key").read_text(encoding="utf-8")
    second, at = key_change(office, "routine")
    sees("the change, by the old key", first, True, f"by entry {at}\n")
    sees("and by the new one", second, True, f"by entry {at}\n")
    act(SIZES[-1] + 10)
    sees("what the new key signs", second, True, f"entries {SIZES[-1] + 10}")
    sees("which the old one does not", first, False)
    (office.folder / "data" / "keys" / "ledger.key").unlink()
    third, later = key_change(office, "lost")
    act(SIZES[-1] + 20)
    sees("after a loss the new key alone knows nothing of before", third, False)
    sees("nor do those of before of it", first + second, False)
    keys = run(BUILD / "handrail", "audit", "key", "--all", *office.where())
    check(f"{engine}: all keys", keys.stdout == first + second + third, keys.stdout)
    sees("all keys do", keys.stdout, True, f"by entry {at}\nthe key was changed by entry {later}")
    done = run(BUILD / "handrail", "audit", "verify", *office.where())
    check(f"{engine}: it is whole", done.returncode == 0 and f"Act {later} (" in done.stdout,
          done.stdout)


def witnessed(go, folder, engine):
    """A ledger that grows, watched from outside; then one of another past, and one that is shut."""
    folder.mkdir()
    with Office() as office:
        anna = office.set_up()
        program, school = office.program(anna.token()), school_of(anna.get("/do/school.list"))
        anna.do("ledger.publish", to="everybody")
        checkpoint_wait(office, 1)  # the key is made for the first one
        key = run(BUILD / "handrail", "audit", "key", "--data", office.folder / "data")
        (folder / "ledger.key").write_text(key.stdout, encoding="utf-8")
        (folder / "url").write_text(office.url, encoding="utf-8")
        (folder / "origin").write_text(PUBLIC_HOST, encoding="utf-8")
        # Between the loss of the key and its change the server may find none.
        office.log_line = re.compile(LOG_LINE.pattern + r"|^\S+Z (error|info): the history is ")
        for size in SIZES:
            act_until(program, school, size)
            checkpoint_wait(office, size)
            done = run(go, "witness", folder)
            said = set(line[3:] for line in done.stdout.splitlines() if line.startswith("ok "))
            for name in sorted(WITNESSED):
                check(f"{engine}, {size}: {name}", name in said, done.stdout)
            check(f"{engine}, {size}: all of it", f"entries {size}" in done.stdout, done.stdout)

        def act(size):
            act_until(program, school, size)
            checkpoint_wait(office, size)

        keys_changed(go, folder, engine, office, act)
        seen = (folder / "seen").read_bytes()
        for at in (len(PUBLIC_HOST) + 2, len(PUBLIC_HOST) + 8):
            (folder / "seen").write_bytes(seen[:at] + bytes([seen[at] ^ 1]) + seen[at + 1:])
            check(f"{engine}: another past, byte {at}", run(go, "witness", folder).returncode == 1)
        (folder / "seen").write_bytes(seen)
        check(f"{engine}: the past as it was", run(go, "witness", folder).returncode == 0)
        anna.do("ledger.publish", to="nobody")
        check(f"{engine}: not public any more", run(go, "witness", folder).returncode == 1)


def served(go, folder):
    witnessed(go, folder / "sqlite", "SQLite")
    with cluster() as address:
        Office.store_new = staticmethod(lambda: database_new(address))
        witnessed(go, folder / "postgresql", "PostgreSQL")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        go = build_go(folder)
        if go:
            for size in (3, 255, 256, 257, 70000):
                accepted(go, folder / str(size), size)
            accepted(go, folder / "data", 1000)
            signed_by_go(go, folder / "data")
            refused(go, folder / "data", folder / "scratch")
            served(go, folder)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

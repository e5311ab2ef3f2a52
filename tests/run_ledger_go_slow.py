#!/usr/bin/env python3
"""The ledger's files against another implementation: Go's sumdb/note and sumdb/tlog.

tests/ledger/go_data.c writes a ledger; tests/ledger/go/check.go verifies all of it with the package
golang.org/x/mod of Debian, and signs notes that ours must take. Then single bytes are changed, and
both must refuse. Needs no network.

What must hold: a change that nobody sees is a failure, and so is a check that did not run.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

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
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

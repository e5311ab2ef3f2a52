#!/usr/bin/env python3
"""Kills a program that records acts, again and again, and makes its disk fail at every call; and
the same, at every call, to the command that changes the key of the history.

Read first: tests/actions/play.c, src/store/sqlite.c, src/actions/key_change.h. HANDRAIL_SEED
repeats the instants of a run.

What must hold, each time: every act that was acknowledged is there, once; the history is whole; and
a disk that fails is named, and done without again when it does not fail any more. The key was not
changed, or was, or saying it once more changes it: once, and without losing the old one.
"""

import concurrent.futures
import contextlib
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test")).resolve()
PLAY = BUILD / "tests" / "actions" / "actions_play"

KILLS = int(os.environ.get("HANDRAIL_KILLS", "40"))  # 200 took five minutes, most of them verifying
ACTS_OF_A_FAILURE = 4
SECONDS_MAX = 100

CALLS = ["pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink"]
ERRORS = ["EIO", "ENOSPC"]
CALLED = re.compile(r"^\d+ +(\w+)\(", re.MULTILINE)

# What may be said while the disk fails, and what then says that it is over.
MESSAGES = ("the disk failed while this was being saved", "the disk fails: see to it",
            "the disk did not take what was written", "the disk is full",
            "the database file cannot be opened", "the database file cannot be made",
            "the folder could not be written to disk")


class Sum:
    """What holds and what does not."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, what):
        self.passed += bool(holds)
        self.failed += not holds
        if not holds:
            print(f"failed: {what}")


def acknowledged(said):
    """{name: number of the act} of what was said in whole lines."""
    lines = said.decode().split("\n")[:-1]
    return {name: int(position) for name, position in (line.split() for line in lines)}


def faults(where, acts):
    """Of these acts, which are not there once, as they were acknowledged; and the history."""
    with contextlib.closing(sqlite3.connect(where)) as database:
        stored = dict(database.execute(
            "SELECT p.name, a.position FROM person p JOIN act a ON a.person = p.id"))
        people, = database.execute("SELECT count(*) FROM person").fetchone()
        recorded, = database.execute("SELECT count(*) FROM act WHERE person IS NOT NULL").fetchone()
    wrong = [f"{name}: act {position}, stored {stored.get(name)}"
             for name, position in acts.items() if stored.get(name) != position]
    if people != recorded:
        wrong.append(f"{people} people and {recorded} acts")
    ran = subprocess.run([BUILD / "handrail", "audit", "verify", "--data", where.parent],
                         capture_output=True, text=True, check=False)
    return wrong + ([] if ran.returncode == 0 else [ran.stdout + ran.stderr])


def set_up(folder):
    folder.mkdir(exist_ok=True)
    where = folder / "handrail.db"
    subprocess.run([PLAY, "set-up", where], check=True, stdout=subprocess.DEVNULL)
    return where


def kill_again_and_again(total, folder, dice):
    where = set_up(folder / "killed")
    acts = {}
    for kill in range(KILLS):
        with subprocess.Popen([PLAY, "acts", where, "N", str(len(acts) + 1), "100000"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
            os.set_blocking(program.stdout.fileno(), False)
            said = b""
            until = time.monotonic() + dice.uniform(0.02, 0.4)
            while time.monotonic() < until:
                said += program.stdout.read() or b""
                time.sleep(0.002)
            program.kill()
            program.wait()
            said += program.stdout.read() or b""
        acts.update(acknowledged(said))
        wrong = faults(where, acts)
        total.check(not wrong, f"after kill {kill + 1}: {wrong[:5]}")
    total.check(len(acts) > KILLS, f"only {len(acts)} acts in {KILLS} lives")
    print(f"{KILLS} kills, {len(acts)} acts acknowledged")


def strace(where, log, inject):
    """Two acts with such calls; only those that are about the database count."""
    paths = [f"-P{where}{end}" for end in ("", "-wal", "-shm", "-journal")]
    command = ["strace", "-f", "-qq", "-o", log, *paths, f"-P{where.parent}",
               "-etrace=" + ",".join(CALLS), *inject,
               PLAY, "acts", where, "N", "1", str(ACTS_OF_A_FAILURE)]
    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
    return subprocess.run(command, capture_output=True, check=False, timeout=SECONDS_MAX,
                          env=environment)


def fail(folder, number, call, error, when):
    """What is wrong when this call fails, and whether anything was said."""
    place = folder / f"failing-{number}"
    shutil.copytree(folder / "fresh", place)
    where = place / "handrail.db"
    try:
        ran = strace(where, place / "log", [f"-einject={call}:error={error}:when={when}"])
    except subprocess.TimeoutExpired:
        return [f"{call} {error} {when}: it did not end"], False
    acts = acknowledged(ran.stdout)
    said = ran.stderr.decode(errors="replace")
    wrong = faults(where, acts)
    if ran.returncode != 0 or len(acts) != ACTS_OF_A_FAILURE:
        wrong.append(f"exit {ran.returncode}, {len(acts)} acts")
    wrong += [line for line in said.splitlines() if not any(one in line for one in MESSAGES)]
    has_failed = "(INJECTED)" in (place / "log").read_text(errors="replace")
    shutil.rmtree(place)
    wrong = [f"{call} {error} {when}: {one}\n{said[-600:]}" for one in wrong]
    return wrong, bool(said) and has_failed


def fail_everywhere(total, folder):
    place = folder / "fresh"
    set_up(place)
    counted = folder / "counted"
    shutil.copytree(place, counted)
    ran = strace(counted / "handrail.db", counted / "log", [])
    total.check(ran.returncode == 0, f"without failures: {ran.stderr.decode()[-500:]}")
    called = CALLED.findall((counted / "log").read_text())
    cases = [(call, error, str(number)) for call in CALLS for error in ERRORS
             for number in range(1, called.count(call) + 1)]
    # And a disk that stays full, or broken, for a while.
    cases += [("pwrite64", error, f"{first}..{first + 12}") for error in ERRORS
              for first in range(1, called.count("pwrite64") + 1, 8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        runs = [pool.submit(fail, folder, number, *case) for number, case in enumerate(cases)]
        told = 0
        for run in runs:
            wrong, was_told = run.result()
            total.check(not wrong, "\n    ".join(wrong))
            told += was_told
    counts = ", ".join(f"{called.count(call)} {call}" for call in CALLS)
    print(f"{counts}; {len(cases)} failures, of which {told} were noticed and said")
    total.check(told > len(cases) / 4, "hardly any failure was said")


# ---- The key of the history

KEY_CALLS = [*CALLS, "link"]
KEY_FAILURES = {"routine": ["signal=KILL"], "lost": ["error=EIO"]}


def audit(place, *words, before=()):
    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
    return subprocess.run([*before, BUILD / "handrail", "audit", *words, "--data", place],
                          capture_output=True, text=True, check=False, timeout=SECONDS_MAX,
                          env=environment)


def key_change(place, why, *inject):
    return audit(place, "key", "--change", "--why", why, before=[
        "strace", "-f", "-qq", "-o", place / "log", "-etrace=" + ",".join(KEY_CALLS), *inject])


def is_changed(place):
    """To one new key, which is in its place."""
    declared = audit(place, "key", "--all").stdout.split()
    return (len(declared) == 2 and not (place / "keys" / "ledger.key.new").exists()
            and audit(place, "key").stdout.split() == declared[1:])


def fail_key_change(folder, number, why, call, failure, when):
    """What is wrong when this call fails, or is the last one; and whether it was broken off."""
    place = folder / f"key-{number}"
    shutil.copytree(folder / f"key-{why}", place)
    wrong = []
    key_change(place, why, f"-einject={call}:{failure}:when={when}")
    first = audit(place, "verify")
    if first.returncode != 0:
        wrong.append(f"not whole: {first.stdout}{first.stderr}")
    is_broken_off = not is_changed(place)
    if is_broken_off:
        again = audit(place, "key", "--change", "--why", why)
        if again.returncode != 0:
            wrong.append(f"not finished: {again.stderr}")
    then = audit(place, "verify")
    if not is_changed(place) or then.returncode != 0 or then.stdout.count(" changed the key") != 1:
        wrong.append(f"not changed once: {then.stdout}{then.stderr}")
    if why == "routine" and len(list((place / "keys").glob("ledger.key.????????"))) != 1:
        wrong.append("the old key is lost")
    shutil.rmtree(place)
    return [f"{why}: {call} {failure} {when}: {one}" for one in wrong], is_broken_off


def change_key(total, folder):
    cases = []
    for why, failures in KEY_FAILURES.items():
        place = folder / f"key-{why}"
        (place / "keys").mkdir(parents=True)
        subprocess.run([PLAY, "make", place, "12"], check=True)
        if why == "lost":
            (place / "keys" / "ledger.key").unlink()
        counted = folder / "key-counted"
        shutil.copytree(place, counted)
        ran = key_change(counted, why)
        total.check(ran.returncode == 0, f"without failures: {ran.stderr}")
        called = CALLED.findall((counted / "log").read_text(errors="replace"))
        cases += [(why, call, failure, number) for failure in failures for call in KEY_CALLS
                  for number in range(1, called.count(call) + 1)]
        shutil.rmtree(counted)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(fail_key_change, folder, number, *case)
                for number, case in enumerate(cases)]
        broken_off = 0
        for run in runs:
            wrong, is_broken_off = run.result()
            total.check(not wrong, "\n    ".join(wrong))
            broken_off += is_broken_off
    print(f"the key was changed with {len(cases)} failures, which broke it off {broken_off} times")
    total.check(broken_off > len(cases) / 2, "hardly any failure broke it off")


def main():
    seed = int(os.environ.get("HANDRAIL_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}")
    total = Sum()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="handrail-crash-"))
    try:
        change_key(total, folder)
        fail_everywhere(total, folder)
        kill_again_and_again(total, folder, random.Random(seed))
    finally:
        shutil.rmtree(folder)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""The whole site in Chromium: `handrail serve` with five policies, and the suites of tests/site.

    tests/site/run.py [NAME...]      all suites, or those of these names: office

Not part of ./test yet: it takes four minutes of two processors, and the browser may time out when
there are fewer. Read first: tests/site/support.mjs. The programs are in $HANDRAIL_BUILD, or
build-test: handrail, and tests/wasm/wasm_record, which writes down the examples of the packs with
their native answers. HANDRAIL_SEED picks other interviews. The last line is "N passed, N failed".

What must hold: a suite that is missing, says nothing or counts no test is a failure; the server
logs nothing but its access log.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test")).resolve()
SUITES = ROOT / "tests" / "site"
RECORD = BUILD / "tests" / "wasm" / "wasm_record"
SUITES_AT_ONCE = 2
SECONDS_MAX = 840
LOG_LINE = re.compile(r"\S+Z (GET|POST|HEAD|-) [a-z-]+ \d{3} \d+ \d+")


def record(folder):
    done = subprocess.run([RECORD], env={**os.environ, "HANDRAIL_RECORD": str(folder)},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        print(f"the native answers could not be recorded\n{done.stdout}")
    return done.returncode == 0


def site_open(log, *options):
    """The server and its address."""
    server = subprocess.Popen(
        [BUILD / "handrail", "serve", "--listen", "127.0.0.1:0", *options, ROOT / "policies"],
        stdout=subprocess.PIPE, stderr=log, text=True)
    said = server.stdout.readline()
    return server, said.strip().split(" ")[-1]


def suites_named(names):
    return [file for file in sorted(SUITES.glob("*.test.mjs"))
            if not names or file.name.removesuffix(".test.mjs") in names]


def suites_run(address, set_up, folder, files):
    """(passed, failed) of what Node.js counts, from its TAP lines."""
    surroundings = {**os.environ, "HANDRAIL_SITE": address, "HANDRAIL_RECORD": str(folder),
                    "HANDRAIL_SET_UP": set_up, "HANDRAIL_PROGRAM": str(BUILD / "handrail"),
                    "TZ": "UTC"}
    try:
        done = subprocess.run(
            ["node", "--test", "--test-reporter=tap", f"--test-concurrency={SUITES_AT_ONCE}",
             *files], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            timeout=SECONDS_MAX, check=False)
        said, status = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        said, status = (late.stdout or b"").decode(errors="replace"), 1
    counts = {name: int(number) for name, number in
              re.findall(r"^# (pass|fail|cancelled) (\d+)$", said, re.MULTILINE)}
    passed = counts.get("pass", 0)
    failed = counts.get("fail", 0) + counts.get("cancelled", 0)
    if failed == 0 and (status != 0 or passed == 0):
        failed = 1
    if failed or "--verbose" in sys.argv:
        print(said)
    return passed, failed


def log_faults(log):
    """Lines of the server's error channel that are no line of the access log."""
    log.seek(0)
    lines = log.read().splitlines()
    faults = [line for line in lines if not LOG_LINE.fullmatch(line)]
    return faults if lines else ["there is no access log"]


def run(folder, log, files):
    """(passed, failed) of the suites and of the two servers: one keeps nothing, one keeps."""
    server, address = site_open(log)
    office, _ = site_open(log, "--data", pathlib.Path(folder) / "data")
    set_up = office.stdout.readline().strip().split(" ")[-1]
    statuses = []
    try:
        passed, failed = suites_run(address, set_up, folder, files)
    finally:
        for one in (server, office):
            one.terminate()
            statuses.append(one.wait(timeout=30))
    for is_fine, words in ((statuses == [0, 0], f"the servers ended with {statuses}"),
                           (not log_faults(log), "\n".join(log_faults(log)[:20]))):
        passed, failed = passed + is_fine, failed + (not is_fine)
        if not is_fine:
            print(f"not ok: {words}")
    return passed, failed


def main():
    names = [name for name in sys.argv[1:] if name != "--verbose"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as log:
        if names != ["office"] and not record(folder):
            print("0 passed, 1 failed")
            return 1
        passed, failed = run(folder, log, suites_named(names))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

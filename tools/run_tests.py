#!/usr/bin/env python3
"""Runs every test and sums them. Called by ./test with the folder of the build.

A suite is one of
- a unit test program that Meson names, whose cmocka tests are counted one by one;
- a script tests/run_*.sh or tests/run_*.py, which runs in the project's folder and whose last line
  is "N passed, N failed". It finds the folder of the build in HANDRAIL_BUILD.

--quick is for the minute before a commit: it leaves out the scripts with "slow" in their name, and
those of LONG, which start programs and browsers many times.

Tests of what is stored find a PostgreSQL cluster of their own in HANDRAIL_TEST_POSTGRESQL.

As many suites run at once as there are processors, the long ones first so that none is waited for
at the end. Each is reported in its turn: what is printed does not depend on which ends first, save
the seconds that each took.

What must hold: a suite that crashes, is silent or says something else counts as a failure; no suite
needs another one, or writes where another reads; the very last line is the sum; exit 1 when any
test failed or none ran.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time

import postgresql

ROOT = pathlib.Path(__file__).resolve().parent.parent
SUITE_SECONDS_MAX = 1800
LONG = {"run_cli.py", "run_demo.py", "run_http.py", "run_import.py", "run_office.py",
        "run_retention.py"}
BY_HAND = {"run_wasm.py"}  # run_wasm_slow.py does all of it, and more
SUM = re.compile(r"^(\d+) passed, (\d+) failed$")

ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "CMOCKA_MESSAGE_OUTPUT": "TAP",
    "LC_ALL": "C.UTF-8",
}


def run(command, build):
    """The exit status and what was said, both channels as one text."""
    # Git sets GIT_DIR and the like for its hooks; a test that uses git means a folder of its own.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment = dict(kept, HANDRAIL_BUILD=str(build), **ENVIRONMENT)
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=SUITE_SECONDS_MAX, check=False)
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode(errors="replace")
        return 1, f"{said}\nstopped after {SUITE_SECONDS_MAX} seconds\n"
    except OSError as error:
        return 1, f"cannot be started: {error}\n"
    return done.returncode, done.stdout.decode(errors="replace")


def count_unit(status, said):
    """(passed, failed) of a cmocka program, from its TAP lines."""
    passed = len(re.findall(r"^ok \d+", said, re.MULTILINE))
    failed = len(re.findall(r"^not ok \d+", said, re.MULTILINE))
    planned = re.search(r"^1\.\.(\d+)$", said, re.MULTILINE)
    missing = max(int(planned.group(1)) - passed - failed, 0) if planned else 0
    failed += missing
    if failed == 0 and (status != 0 or passed == 0):
        failed = 1
    return passed, failed


def count_script(status, said):
    """(passed, failed) of a script, from its last line."""
    lines = said.strip().splitlines()
    last = SUM.match(lines[-1].strip()) if lines else None
    if not last:
        return 0, 1
    passed, failed = int(last.group(1)), int(last.group(2))
    if failed == 0 and (status != 0 or passed == 0):
        failed = 1
    return passed, failed


def unit_suites(build):
    listed = subprocess.run(["meson", "introspect", "--tests", str(build)], check=True, cwd=ROOT,
                            stdout=subprocess.PIPE).stdout
    for test in sorted(json.loads(listed), key=lambda test: test["name"]):
        yield "unit " + test["name"], test["cmd"], count_unit


def script_suites(is_quick):
    def is_long(script):
        return "slow" in script.name or script.name in LONG

    scripts = [*ROOT.glob("tests/run_*.sh"), *ROOT.glob("tests/run_*.py")]
    for script in sorted(scripts, key=lambda script: (not is_long(script), script)):
        if is_quick and is_long(script) or script.name in BY_HAND:
            continue
        starter = ["bash"] if script.suffix == ".sh" else [sys.executable]
        yield script.name, starter + [str(script)], count_script


def run_suite(name, command, count, build):
    """(passed, failed, what to print)."""
    started = time.monotonic()
    status, said = run(command, build)
    passed, failed = count(status, said)
    seconds = time.monotonic() - started
    line = f"{name:<32} {passed:>6} passed {failed:>4} failed {seconds:>7.1f} s"
    return passed, failed, f"{said.rstrip()}\n{line}" if failed else line


def run_suites(suites, build):
    """(passed, failed) of them all. When this is interrupted no further suite begins."""
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        runs = [pool.submit(run_suite, *suite, build) for suite in suites]
        try:
            for one in runs:
                more_passed, more_failed, said = one.result()
                passed += more_passed
                failed += more_failed
                print(said, flush=True)
        finally:
            for one in runs:
                one.cancel()
    return passed, failed


def main(arguments):
    if not arguments or arguments[1:] not in ([], ["--quick"]):
        print("usage: tools/run_tests.py BUILD_FOLDER [--quick]", file=sys.stderr)
        return 2
    build = pathlib.Path(arguments[0]).resolve()
    started = time.monotonic()
    suites = [*script_suites("--quick" in arguments), *unit_suites(build)]
    with postgresql.cluster() as address:
        os.environ["HANDRAIL_TEST_POSTGRESQL"] = address
        passed, failed = run_suites(suites, build)
    print(f"in {time.monotonic() - started:.1f} s")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

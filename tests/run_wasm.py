#!/usr/bin/env python3
"""handrail.wasm and the script of the pages, with Node.js: what they answer, refuse and survive.

Read first: src/wasm/wasm.h; tests/wasm/support.mjs. The suites are tests/wasm/*.test.mjs; with
"slow" (tests/run_wasm_slow.py) they are longer, and *.slow.mjs run too.

What must hold: a suite that is missing, says nothing or counts no test is a failure.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test")).resolve()
SUITES = ROOT / "tests" / "wasm"
PROGRAMS = BUILD / "tests" / "wasm"
LEDGER_DATA = BUILD / "tests" / "ledger" / "ledger_go_data"  # writes a receipt, among others
TYPE_CHECKER = ROOT / "web" / "node_modules" / "typescript" / "bin" / "tsc"
PAGES_EACH_SLOW = "250"


def run(*words, **variables):
    done = subprocess.run([str(word) for word in words], env={**os.environ, **variables},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def run_suites(files, surroundings):
    """(passed, failed) of what Node.js counts, from its TAP lines."""
    status, said = run("node", "--test", "--test-reporter=tap", *files, **surroundings)
    counts = {name: int(number) for name, number in
              re.findall(r"^# (pass|fail|cancelled) (\d+)$", said, re.MULTILINE)}
    passed = counts.get("pass", 0)
    failed = counts.get("fail", 0) + counts.get("cancelled", 0)
    if failed == 0 and (status != 0 or passed == 0):
        failed = 1
    if failed:
        print(said)
    return passed, failed


def check_types():
    """(passed, failed): the page's script and the worker's, each against its own surroundings."""
    if not TYPE_CHECKER.exists():
        print(f"{TYPE_CHECKER} is missing: web/package.json must name typescript")
        return 0, 1
    passed = failed = 0
    for project in ("page", "worker", "check", "verify"):
        status, said = run("node", TYPE_CHECKER, "-p", SUITES / f"tsconfig.{project}.json")
        passed += status == 0
        failed += status != 0
        print(said, end="")
    return passed, failed


def run_all(is_slow):
    files = sorted(SUITES.glob("*.test.mjs")) + (sorted(SUITES.glob("*.slow.mjs")) * is_slow)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        script = folder / "handrail.mjs"
        shutil.copy(ROOT / "web" / "assets" / "handrail.js", script)
        check = (ROOT / "web" / "assets" / "check.js").read_text(encoding="utf-8")
        (folder / "check.mjs").write_text(
            check.replace("@asset(handrail.js)", "./handrail.mjs"), encoding="utf-8")
        shutil.copy(ROOT / "web" / "assets" / "verify.js", folder / "verify.mjs")
        surroundings = {
            "HANDRAIL_SCRIPT": str(script), "HANDRAIL_RECORD": temporary,
            "HANDRAIL_WASM": str(BUILD / "src" / "wasm" / "handrail.wasm"),
            "HANDRAIL_CHECK_SCRIPT": str(folder / "check.mjs"),
            "HANDRAIL_CHECK_WASM": str(BUILD / "src" / "wasm" / "handrail-check.wasm"),
            "HANDRAIL_VERIFY_SCRIPT": str(folder / "verify.mjs"),
            "HANDRAIL_LEDGER": str(folder / "ledger"),
            "HANDRAIL_MODEL": str(ROOT / "src" / "screen" / "model.bin"),
            "HANDRAIL_PAGES": str(PROGRAMS / "wasm_pages"),
        }
        if is_slow:
            surroundings["HANDRAIL_PAGES_EACH"] = PAGES_EACH_SLOW
            surroundings["HANDRAIL_DRAFTS_OFTEN"] = "yes"
        status, said = run(PROGRAMS / "wasm_record", **surroundings)
        if status != 0:
            print(f"the native answers could not be recorded\n{said}")
            return 0, 1
        status, said = run(LEDGER_DATA, "write", folder / "ledger", "3")
        if status != 0:
            print(f"there is no ledger to look at\n{said}")
            return 0, 1
        passed, failed = run_suites(files, surroundings)
    typed, untyped = check_types()
    return passed + typed, failed + untyped


def main(is_slow=False):
    passed, failed = run_all(is_slow)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""What the tests of the commands share: running the program, and counting what holds.

Start at: Suite. A test is a function named test_* that takes a Suite and calls suite.check().
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build")).resolve() / "handrail"
SMALL = ROOT / "tests" / "cli" / "policies"  # a small vocabulary, a law and two schools
REAL = ROOT / "policies"
SECONDS_MAX = 120

CRASHES = ("AddressSanitizer", "runtime error:", "Assertion")


class Ran:
    """What a call came to."""

    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")
        self.said = self.out + self.err

    def json(self):
        return json.loads(self.out)

    def crashed(self):
        return self.status < 0 or self.status > 2 or any(word in self.err for word in CRASHES)

    def __str__(self):
        return f"exit {self.status}\n--- out\n{self.out[:2000]}\n--- err\n{self.err[:2000]}"


def surroundings(**more):
    """The environment of the program: the same whoever runs the tests, and whenever."""
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return {**kept, "TERM": "xterm", "HANDRAIL_TODAY": "2026-11-20", **more}


def handrail(*words, given=b"", folder=ROOT):
    """Runs the program; `given` is its input."""
    if isinstance(given, str):
        given = given.encode()
    return Ran(subprocess.run([str(PROGRAM), *map(str, words)], input=given, cwd=folder,
                              env=surroundings(), capture_output=True, timeout=SECONDS_MAX,
                              check=False))


def copy_of_small():
    """A copy of the small policies that a test may change; remove it after use."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="handrail-cli-"))
    shutil.copytree(SMALL, folder / "policies")
    return folder


class Suite:
    """Counts checks and says which do not hold."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
            return
        self.failed += 1
        print(f"failed: {name}")
        if str(detail):
            print("    " + str(detail).replace("\n", "\n    "))

    def exits(self, name, ran, status, *words):
        """The call ends with this status, does not crash, and says all these words."""
        flat = " ".join(ran.said.split())  # lines are wrapped anywhere
        missing = [word for word in words if word not in ran.said and word not in flat]
        holds = ran.status == status and not ran.crashed() and not missing
        self.check(name, holds, f"missing: {missing}\n{ran}" if missing else ran)

    def run(self, module):
        for name in sorted(dir(module)):
            if not name.startswith("test_"):
                continue
            try:
                getattr(module, name)(self)
            except Exception:  # a test that breaks is a test that fails
                self.check(f"{module.__name__}.{name}", False, traceback.format_exc())

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)

#!/usr/bin/env python3
"""The project keeps its own rules: the checkers in tools/ find no fault."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECKERS = ("check_includes", "check_style")

passed = 0
for checker in CHECKERS:
    done = subprocess.run([sys.executable, ROOT / "tools" / (checker + ".py")], check=False)
    passed += done.returncode == 0
print(f"{passed} passed, {len(CHECKERS) - passed} failed")
sys.exit(passed != len(CHECKERS))

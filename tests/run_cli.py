#!/usr/bin/env python3
"""End-to-end tests of the commands, as a newcomer would call them.

Read first: tests/cli/harness.py.
The program is $HANDRAIL_BUILD/handrail, or build/handrail. The last line is "N passed, N failed".
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "cli"))
sys.dont_write_bytecode = True

import ask_test  # noqa: E402
import audit_test  # noqa: E402
import check_test  # noqa: E402
import commands_test  # noqa: E402
import decide_test  # noqa: E402
import harness  # noqa: E402
import schemas_test  # noqa: E402


def main():
    suite = harness.Suite()
    for module in (commands_test, decide_test, schemas_test, ask_test, check_test,
                   audit_test):
        suite.run(module)
    suite.finish()


if __name__ == "__main__":
    main()

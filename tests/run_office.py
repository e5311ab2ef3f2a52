#!/usr/bin/env python3
"""The office over sockets: people sign in and act, programs call, and others try to get in.

Read first: tests/web/office_client.py. On SQLite; run_office_slow.py runs the same on PostgreSQL
and what takes longer. The programs are in $HANDRAIL_BUILD, or build. The last line is "N passed, N
failed".
"""

import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

import harness  # noqa: E402
import office_agree_test  # noqa: E402
import office_factor_test  # noqa: E402
import office_hostile_test  # noqa: E402
import office_walk_test  # noqa: E402


def main():
    suite = harness.Suite()
    for module in (office_walk_test, office_hostile_test, office_agree_test, office_factor_test):
        suite.run(module)
    suite.finish()


if __name__ == "__main__":
    main()

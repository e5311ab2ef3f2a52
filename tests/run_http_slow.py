#!/usr/bin/env python3
"""Tests of the web server that take minutes: deadlines, 10,000 connections, memory.

Read first: tests/web/limits_slow_test.py; run_http.py has the rest.
The programs are in $HANDRAIL_BUILD, or build. The last line is "N passed, N failed".
"""

import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

import harness  # noqa: E402
import limits_slow_test  # noqa: E402


def main():
    suite = harness.Suite()
    suite.run(limits_slow_test)
    suite.finish()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Tests of the pages that show how policies are put into operation, and two of them side by side.

Read first: tests/web/policy_pages.py. The program is in $HANDRAIL_BUILD, or build. The last line is
"N passed, N failed".
"""

import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

import compare_http_test  # noqa: E402
import coverage_http_test  # noqa: E402
import harness  # noqa: E402


def main():
    suite = harness.Suite()
    for module in (coverage_http_test, compare_http_test):
        suite.run(module)
    suite.finish()


if __name__ == "__main__":
    main()

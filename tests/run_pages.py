#!/usr/bin/env python3
"""Tests of the pages of the site: each of them, its links, its markup, and hostile input.

Read first: tests/web/site_pages_test.py; check_http_test.py for the forms that take a draft. What
needs a browser is in run_pages_slow.py.
The program is in $HANDRAIL_BUILD, or build. The last line is "N passed, N failed".
"""

import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

import check_http_test  # noqa: E402
import harness  # noqa: E402
import site_pages_test  # noqa: E402


def main():
    suite = harness.Suite()
    with site_pages_test.site() as server:
        suite.site = server
        suite.run(site_pages_test)
        suite.run(check_http_test)
    suite.finish()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Tests of the web server over sockets: hostile and ordinary requests, limits, aborts, signals.

Read first: tests/web/http_server.py. What takes long is in run_http_slow.py.
The programs are in $HANDRAIL_BUILD, or build. The last line is "N passed, N failed".
"""

import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

import abuse_http_test  # noqa: E402
import gate_http_test  # noqa: E402
import harness  # noqa: E402
import pages_http_test  # noqa: E402
import serve_http_test  # noqa: E402
import watch_http_test  # noqa: E402


def main():
    suite = harness.Suite()
    for module in (gate_http_test, pages_http_test, abuse_http_test, serve_http_test,
                   watch_http_test):
        suite.run(module)
    suite.finish()


if __name__ == "__main__":
    main()

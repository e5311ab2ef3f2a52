#!/usr/bin/env python3
"""The pages of the site in Chromium, and the markup of every one of them.

Read first: tests/web/site_browser.mjs, which makes the checks; this finds and serves the pages.
The program is in $HANDRAIL_BUILD, or build. The last line is "N passed, N failed".
"""

import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

import harness  # noqa: E402
import site_pages_test  # noqa: E402

SECONDS_MAX = 840


def main():
    suite = harness.Suite()
    with site_pages_test.site() as server:
        found = site_pages_test.crawl(server, suite)
        if suite.failed:
            suite.finish()
        lines = [f"!{path}" for path in site_pages_test.KINDS]
        lines += sorted(path for path in found if path not in site_pages_test.KINDS)
        done = subprocess.run(["node", str(TESTS / "web" / "site_browser.mjs"), server.url],
                              input="\n".join(lines), text=True, cwd=TESTS.parent,
                              timeout=SECONDS_MAX, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

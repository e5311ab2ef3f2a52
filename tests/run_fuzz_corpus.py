#!/usr/bin/env python3
"""Feeds every fuzz target the files of its corpus: what was found once stays mended.

The programs tests/<target>_replay are built with the tests; the files stand in
fuzz/corpus/<target>/.
"""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def replay(program, files):
    """True when the program reads all these files without complaint."""
    done = subprocess.run([program, *files], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False)
    if done.returncode != 0:
        print(done.stdout.decode(errors="replace"))
    return done.returncode == 0


def main():
    build = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test"))
    passed = failed = 0
    for target in sorted((ROOT / "fuzz").glob("*_fuzz.c")):
        name = target.name.removesuffix("_fuzz.c")
        program = build / "tests" / f"{name}_replay"
        files = sorted((ROOT / "fuzz" / "corpus" / name).glob("*"))
        if not program.exists() or not files:
            print(f"fuzz target {name}: no replay program (see tests/meson.build) or no corpus")
            failed += 1
        elif replay(program, files):
            passed += len(files)
        else:
            failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

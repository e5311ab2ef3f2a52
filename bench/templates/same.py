"""Exits 1 unless all these files of HTML hold the same. See bench/templates.sh."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "page"))

from canonical import canonical, difference  # noqa: E402

first, *others = sys.argv[1:]
wanted = canonical(pathlib.Path(first).read_bytes())
for name in others:
    found = canonical(pathlib.Path(name).read_bytes())
    if found != wanted:
        sys.exit(f"{name} differs from {first}: {difference(found, wanted)}")
print(f"the same page of {len(pathlib.Path(first).read_bytes())} bytes by all")

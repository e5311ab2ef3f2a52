#!/usr/bin/env python3
"""How well composition is read: whether a draft, as a whole, runs somebody down.

    composition.py PROGRAM ROLL MODEL FILE... [--wrong]

PROGRAM is screen_lines (tests/screen/lines.c). A draft is right when a finding of KINDS is there
exactly where a label of KINDS is. Prints for each file the share that is right, with the Wilson
interval of 95 %, and how many are missed and how many found that are none; --wrong names them.
"""

import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from quality import drafts_read, findings_read  # noqa: E402

KINDS = {"insult", "disparagement", "hatred"}
NORMAL_95 = 1.959963984540054


def wilson(right, count):
    """The interval of a share (Wilson 1927): (low, high)."""
    if count == 0:
        return 0.0, 1.0
    share, square = right / count, NORMAL_95 * NORMAL_95
    middle = (share + square / (2 * count)) / (1 + square / count)
    spread = NORMAL_95 / (1 + square / count) * math.sqrt(
        share * (1 - share) / count + square / (4 * count * count))
    return max(0.0, middle - spread), min(1.0, middle + spread)


def judge(program, roll, model, path):
    """(right, missed, false), the last two as lists of (where, text)."""
    drafts = list(drafts_read([path]))
    right, missed, false = 0, [], []
    for draft, found in zip(drafts, findings_read(program, roll, model, drafts)):
        where, channel, plain, _, spans = draft
        is_labelled = any(kind in KINDS for kind, *_ in spans)
        is_found = any(one[0] in KINDS for one in found)
        if is_labelled == is_found:
            right += 1
        else:
            (missed if is_labelled else false).append((where, f"{channel}: {plain}"))
    return right, missed, false


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    if len(words) < 4:
        print(__doc__, file=sys.stderr)
        return 2
    program, roll, model, *paths = words
    for path in paths:
        right, missed, false = judge(program, roll, model, path)
        count = right + len(missed) + len(false)
        low, high = wilson(right, count)
        share = right / max(count, 1)
        print(f"{pathlib.Path(path).stem:36} {right:3} of {count:3} right: {share:.3f} "
              f"({low:.3f} to {high:.3f}), missed {len(missed)}, false {len(false)}")
        if "--wrong" in sys.argv:
            for mark, list_ in (("missed", missed), ("false", false)):
                for where, text in list_:
                    print(f"  {mark} {where}: {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

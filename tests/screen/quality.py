#!/usr/bin/env python3
"""How well the detectors do on labelled drafts.

    quality.py PROGRAM ROLL MODEL FILE... [--wrong KIND] [--alarms] [--json]

PROGRAM is screen_lines (tests/screen/lines.c). Prints false alarms per 100 benign drafts, then for
each
kind labels, precision, recall and F1. A finding is right when a label of its kind overlaps it by
half of the
longer of the two (for kinds that are a clause, by any character); a kind of the whole draft when
the draft has it.
--wrong KIND prints the missed and the false ones of a kind ("all": of every kind), --alarms the
false alarms.
"""

import collections
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "corpus"))
from lint import line_faults  # noqa: E402

CLAUSES = set("""disparagement insult harassment threat hatred extremism-support grievance
allegation specific-matter reference reported-views speaking-for-school
personal-gain solicitation sexual-content confidential-matter sensitive-context
pupil-described staff-described parent-described affiliation disclaimer
long-quotation uncredited-image security-answer credential door-code
meeting-link""".split())
# Nothing is written of these in the corpus; and these are no concern by themselves.
UNLABELLED = {"affiliation-without-disclaimer", "picture"}


def drafts_read(paths):
    for path in paths:
        for number, line in enumerate(pathlib.Path(path).read_text("utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                faults, draft = line_faults(line)
                if faults:
                    raise SystemExit(f"{path}:{number}: {faults[0]}")
                plain, kinds, spans = draft
                yield f"{path}:{number}", line.split("\t")[0], plain, kinds, spans


def findings_read(program, roll, model, drafts):
    said = "".join(f"{channel}\t{plain}\n" for _, channel, plain, _, _ in drafts)
    done = subprocess.run([program, roll, model], input=said.encode(), stdout=subprocess.PIPE,
                          check=True)
    lines = done.stdout.decode().split("\n")[:-1]
    assert len(lines) == len(drafts), (len(lines), len(drafts))
    for line in lines:
        found = []
        for part in filter(None, line.split("\t")):
            kind, detail, start, end, confidence, _ = part.split(" ")
            found.append((kind, detail, int(start), int(end), int(confidence)))
        yield found


def label_spans(plain, spans):
    """Spans in bytes of what the program has read, where a new line is one byte."""
    def place(character):
        return len(plain[:character].replace("\\n", "\n").encode())
    return [(kind, detail or "-", place(start), place(end)) for kind, detail, start, end in spans]


def is_match(kind, label, found):
    overlap = min(label[1], found[1]) - max(label[0], found[0])
    if kind in CLAUSES:
        return overlap > 0
    return overlap * 2 >= max(label[1] - label[0], found[1] - found[0])


def draft_score(draft, found, tally):
    """Adds to the tally; answers (missed, false) as (kind, words)."""
    _, _, plain, kinds, spans = draft
    raw = plain.replace("\\n", "\n").encode()
    labels = label_spans(plain, spans) + [(kind, "-", 0, 0) for kind in kinds]
    used, missed, false = set(), [], []
    for kind, detail, start, end in labels:
        tally[kind]["labels"] += 1
        hits = [i for i, one in enumerate(found) if one[0] == kind and
                (start == end or is_match(kind, (start, end), one[2:4]))]
        used.update(hits)
        if hits:
            tally[kind]["hit"] += 1
            tally[kind]["detail"] += any(found[i][1] == detail for i in hits)
        else:
            missed.append((kind, raw[start:end].decode()))
    for i, (kind, _, start, end, _) in enumerate(found):
        if kind in UNLABELLED:
            continue
        tally[kind]["found"] += 1
        if i in used:
            tally[kind]["right"] += 1
        else:
            false.append((kind, raw[start:end].decode(errors="replace")))
    return missed, false


def rates(counts):
    precision = counts["right"] / counts["found"] if counts["found"] else float("nan")
    recall = counts["hit"] / counts["labels"] if counts["labels"] else float("nan")
    both = 2 * precision * recall / (precision + recall) if precision + recall > 0 else float("nan")
    return precision, recall, both


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    wrong = None
    if "--wrong" in sys.argv:
        wrong = sys.argv[sys.argv.index("--wrong") + 1]
        words.remove(wrong)
    program, roll, model, *paths = words
    drafts = list(drafts_read(paths))
    tally = collections.defaultdict(collections.Counter)
    benign = alarms = 0
    for draft, found in zip(drafts, findings_read(program, roll, model, drafts)):
        missed, false = draft_score(draft, found, tally)
        where, channel, plain, kinds, spans = draft
        if not kinds and not spans:
            benign += 1
            alarms += bool(false)
            if false and "--alarms" in sys.argv:
                print(f"{where}: {channel}: {plain}\n    {false}")
        for mark, list_ in (("missed", missed), ("false", false)):
            for kind, text in list_:
                if wrong in (kind, "all"):
                    print(f"{mark} {kind} {text!r}\n    {where}: {channel}: {plain}")
    print(f"{len(drafts)} drafts, {benign} benign; false alarms per 100 benign: "
          f"{100 * alarms / benign if benign else 0:.2f} ({alarms})")
    print(f"{'kind':32} labels  found  precision  recall     F1  detail")
    for kind in sorted(tally):
        counts = tally[kind]
        precision, recall, both = rates(counts)
        detail = counts["detail"] / counts["hit"] if counts["hit"] else float("nan")
        print(f"{kind:32} {counts['labels']:6} {counts['found']:6}  {precision:9.3f} {recall:7.3f} "
              f"{both:6.3f} {detail:7.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

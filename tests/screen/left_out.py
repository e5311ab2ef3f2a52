#!/usr/bin/env python3
"""How drafts of a writer are judged by a model that has learnt nothing from that writer.

    left_out.py TRAINER PROGRAM MODEL

TRAINER is train_drafts and MODEL a model without scores of whole drafts (both are in build-train
after tools/train_screen.sh), PROGRAM is screen_lines (lines.c). The files of each writer are left
out in turn, the scores learnt from all others, and the files judged by these. Prints for each file
the share of drafts that is judged right as composition.py counts it, and for harmless drafts the
false alarms of a hundred, those of speech alone in brackets. The rules themselves were made with
most of these files in view, so what is new to the scores is not new to them. Heights in
speech_irony.c and speech_meant.c are chosen by these figures.
"""

import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from composition import KINDS, judge  # noqa: E402
from quality import UNLABELLED, drafts_read, findings_read  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = "corpus/"
WRITERS = [
    ["tone_irony", "tone_denied", "tone_quoted"],
    ["meant_irony", "meant_denied", "meant_quoted", "meant_plain"],
    ["tone_more"],
    ["voices_irony", "voices_denied", "voices_quoted", "voices_plain"],
    [f"composition_dev_{name}" for name in ("sarcasm", "negated_insult", "opposed_quotation",
                                            "identity_positive", "insult_of_thing")],
    [f"composition_dev2_{name}" for name in ("sarcasm", "negated_insult", "opposed_quotation")],
    ["train1", "train2"],
    ["train3"],
    ["train4"],
    ["train5", "train6", "train7"],
    ["train8", "train9"],
    ["train10", "train11"],
    ["train12"],
    ["train13"],
    ["train14"],
    ["turns"],
    ["pairs"],
    ["turns2"],
    ["shapes"],
]


def alarms_count(program, roll, model, paths):
    """(harmless drafts, those with a finding, those with one of speech)."""
    drafts = list(drafts_read(paths))
    count = alarms = of_speech = 0
    for draft, found in zip(drafts, findings_read(program, roll, model, drafts)):
        _, _, _, kinds, spans = draft
        if not kinds and not spans:
            said = {one[0] for one in found} - UNLABELLED
            count += 1
            alarms += bool(said)
            of_speech += bool(said & KINDS)
    return count, alarms, of_speech


def main():
    if len(sys.argv) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    trainer, program, model = sys.argv[1:]
    roll = ROOT / "tests/screen/corpus/roll.csv"
    sums = [0, 0, 0]
    with tempfile.TemporaryDirectory() as folder:
        left = pathlib.Path(folder) / "model.bin"
        for names in WRITERS:
            without = [f"{CORPUS}{name}.tsv" for name in names]
            subprocess.run([trainer, ROOT, model, left, *without], check=True,
                           stdout=subprocess.DEVNULL)
            paths = [ROOT / "tests/screen" / path for path in without]
            if names[0].startswith("train"):
                counts = alarms_count(program, roll, left, paths)
                sums = [a + b for a, b in zip(sums, counts)]
                continue
            for path in paths:
                right, missed, false = judge(program, roll, left, path)
                share = right / (right + len(missed) + len(false))
                print(f"{path.stem:36} {share:.3f}, missed {len(missed)}, false {len(false)}",
                      flush=True)
    count, alarms, of_speech = sums
    print(f"{count} harmless drafts of train*.tsv: false alarms {100 * alarms / count:.2f} "
          f"({100 * of_speech / count:.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())

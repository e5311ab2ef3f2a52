#!/usr/bin/env python3
"""Makes what bench/screen.sh measures with: screen_data.py FOLDER

FOLDER/roll.csv: 10,000 invented people, among them those of the corpus. FOLDER/drafts.txt: posts of
about
280 characters, cut together from the drafts of the corpus, one a line as tests/screen/lines.c reads
them.
FOLDER/plain.json: the same posts as a list, for the other programs.
"""

import json
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "screen" / "corpus"
sys.path.insert(0, str(CORPUS))
from lint import draft_read  # noqa: E402

PEOPLE = 10000
POSTS = 2000
CHARACTERS = 280
STARTS = """Al Bra Ca Da El Fa Gre Ha Is Jo Ka Le Ma Ni Ol Pe Ro Sa Ta Val Wil Za Ai Be Cor Dun Ev
Fen Gil Hol Ing Jar Kir Lan Mor Nor Os Pri Quen Ros Stan Thor Ul Ver Wes Yor""".split()
MIDDLES = "ra li de mo na ther ber wi sto ma ri ga len do va n".split()
ENDS = "n na ra lyn ton ley son man wood field worth by well ham ric a ia us ah ette".split()


def name(draw):
    return draw.choice(STARTS) + draw.choice(MIDDLES) + draw.choice(ENDS)


def roll_write(path, draw):
    lines = (CORPUS / "roll.csv").read_text("utf-8").splitlines()
    seen = set(lines)
    while len(lines) <= PEOPLE:
        kind = draw.choice(["pupil"] * 8 + ["staff", "parent"])
        year = draw.randrange(7, 14) if kind == "pupil" else ""
        surname = name(draw) + draw.choice(["", "", "", "-" + name(draw)])
        row = f"{kind},{name(draw)} {surname},,Ashdown Vale Academy,{year},,,yes"
        if row not in seen:
            seen.add(row)
            lines.append(row)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def drafts_of_corpus():
    for path in sorted(CORPUS.glob("t*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield draft_read(line.split("\t")[2])[0].replace("\\n", " ")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(20261128)
    roll_write(folder / "roll.csv", draw)
    drafts, posts = list(drafts_of_corpus()), []
    while len(posts) < POSTS:
        post = ""
        while len(post) < CHARACTERS:
            post += draw.choice(drafts) + " "
        posts.append(post[:CHARACTERS])
    (folder / "drafts.txt").write_text("".join(f"personal\t{post}\n" for post in posts), "utf-8")
    (folder / "plain.json").write_text(json.dumps(posts), "utf-8")


if __name__ == "__main__":
    main()

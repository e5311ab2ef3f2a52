#!/usr/bin/env python3
"""`handrail retention` on the demonstration: dry run, holds, killed and called again, proof.

Read first: docs/retention.md. The programs are in $HANDRAIL_BUILD, or build. The last line is
"N passed, N failed". What must hold: nothing of who was erased stands in the files afterwards, and
nobody else is erased.
"""
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "cli"))

from harness import PROGRAM, Suite, handrail  # noqa: E402

FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="handrail-retention-"))
DATA = FOLDER / "data"
PACKS = ("policies", "demonstration/ashdown-vale")
OPTIONS = ("--data", DATA, "--packs", PACKS[0], "--packs", PACKS[1])
DPO = ("--as", "dpo@ashdownvale.example")
DUE, HELD = 6, 1  # the demonstration's own
MORE = 2500
LEFT_ON = 15000  # 2011-01-26


def retention(*words):
    return handrail("retention", *words, *OPTIONS)


def rows(question, *values):
    connection = sqlite3.connect(DATA / "handrail.db")
    try:
        return connection.execute(question, values).fetchall()
    finally:
        connection.close()


def number(question, *values):
    return rows(question, *values)[0][0]


def said(ran, label):
    found = re.search(rf"^{label} +(\S+)", ran.out, re.MULTILINE)
    return found[1] if found else None


def add_leavers():
    """People who left Ashdown Vale Academy long ago, more than one step erases."""
    connection = sqlite3.connect(DATA / "handrail.db")
    school = connection.execute("SELECT id FROM school WHERE code = 'AVA'").fetchone()[0]
    for i in range(1, MORE + 1):
        connection.execute(
            "INSERT INTO person (id, name, sort_name, email, left_on, revision) "
            "VALUES (?, ?, ?, ?, ?, 1)",
            (i, f"Zyxwv Leaver{i}", f"leaver{i} zyxwv", f"zyxwv{i}@ashdownvale.example", LEFT_ON))
        connection.execute("INSERT INTO engagement (id, person, school, kind) "
                           "VALUES (?, ?, ?, 'teacher')", (i, i, school))
    connection.commit()
    connection.close()


def check_policy(suite):
    suite.exits("the policy of the demonstration is sound", handrail("lint", PACKS[1]), 0)
    suite.exits("and laid out", handrail("fmt", "--check", PACKS[1]), 0)


def check_calls(suite):
    suite.exits("no verb", handrail("retention"), 2, "see, due, run or proof")
    suite.exits("a verb that is none", retention("prof"), 2, 'did you mean "proof"?')
    suite.exits("no folder", handrail("retention", "see"), 2, "--data")
    suite.exits("no number of an execution", retention("proof"), 2)
    suite.exits("an execution that is none", retention("proof", "0000000000001"), 2, "not there")
    suite.exits("a day that is none", retention("due", "--as-of", "soon"), 2, "On this day")
    suite.exits("nobody who acts", retention("run", "--count", "6"), 2, "--as")
    suite.exits("somebody who may not", retention("run", "--count", "6", "--as",
                                                  "teacher@ashdownvale.example"), 2, "may")
    suite.exits("another number", retention("run", "--count", "99", *DPO), 2, f"counts {DUE};")
    suite.exits("nothing was begun", retention("run", *DPO), 2, "nothing was ever begun")


def check_schedule(suite):
    see = retention("see")
    suite.exits("the schedule", see, 0, "AV-1", "6 years", "by hand: Handrail does not keep this",
                "Policies that say nothing of it")
    due = retention("due")
    suite.exits("the dry run", due, 0, "AV-1", "A claim about a pension")
    suite.check("as many as the demonstration has",
                (said(due, "Due, and not held"), said(due, "Held")) == (str(DUE), str(HELD)), due)
    before = retention("due", "--as-of", "2020-01-01")
    suite.check("nobody before that", said(before, "Due, and not held") == "0", before)
    items = retention("due", "--kept", "leavers")
    suite.check("each of them", items.out.count("AV-1 (ashdown-vale)") == DUE + HELD, items)
    silent = handrail("retention", "due", "--data", DATA, "--packs", "policies")
    suite.check("without their policy nothing is due",
                said(silent, "Due, and not held") == "0", silent)


def check_killed(suite):
    due = str(DUE + MORE)
    process = subprocess.Popen([PROGRAM, "retention", "run", "--count", due, *DPO, *OPTIONS],
                               cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    process.stderr.readline()  # "Erasing goes on"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    erased = number("SELECT count(*) FROM person WHERE id <= ? AND erased_at IS NOT NULL", MORE)
    suite.check("killed in the middle of it", 0 < erased < MORE, erased)
    suite.check("the execution is open",
                number("SELECT count(*) FROM retention_run WHERE outcome IS NULL") == 1)
    suite.exits("the history is whole", handrail("audit", "verify", "--data", DATA), 0)
    suite.exits("a second one is not begun", retention("run", "--count", "1", *DPO), 2)
    words = FOLDER / "words"
    words.write_text("Zyxwv\n", encoding="utf-8")
    ran = retention("run", "--words", words, *DPO)
    suite.exits("called again it comes to its end", ran, 0, "Came to", "Done",
                "Nothing: no row, salt or content", "none of it stands anywhere")
    suite.check("all of them, once", (said(ran, "Erased"), said(ran, "Held, and passed over"))
                == (due, str(HELD)), ran)


def check_gone(suite):
    suite.check("nobody of them has a name", number(
        "SELECT count(*) FROM person WHERE id <= ? AND name <> 'erased'", MORE) == 0)
    suite.check("who is held has one", number(
        "SELECT count(*) FROM person p JOIN retention_hold h ON h.person = p.id "
        "WHERE p.left_on < 20000 AND p.erased_at IS NULL") == HELD)
    suite.check("nobody else was erased", number(
        "SELECT count(*) FROM person WHERE erased_at IS NOT NULL") == MORE + DUE + 1)
    suite.check("no trace in the files", all(
        b"zyxwv" not in file.read_bytes().lower() for file in DATA.glob("handrail.db*")))
    suite.exits("the history is whole", handrail("audit", "verify", "--data", DATA), 0)
    run = rows("SELECT class, hold, count(*), count(DISTINCT position) FROM retention_item "
               "GROUP BY 1, 2 ORDER BY 2")
    suite.check("what became of each is there by number",
                run[0][:3] == ("leavers", None, MORE + DUE)
                and run[0][3] >= MORE // 100, run)
    acts = number("SELECT count(*) FROM act WHERE kind = 125 AND content LIKE '%AV-1%'")
    suite.check("acts name class, number and clause", acts >= MORE // 100, acts)
    suite.check("and nobody's name", number(
        "SELECT count(*) FROM act WHERE content LIKE '%Zyxwv%'") == 0)


def check_proof(suite):
    run = re.search(r"Execution +([0-9A-Z]{13})", retention("see").out)[1]
    proof = retention("proof", run)
    suite.exits("the proof", proof, 0, "The history is whole", "The newest signed checkpoint")
    suite.check("all its acts, on all pages",
                len(re.findall(r"^  Act +\d+$", proof.out, re.MULTILINE)) >= MORE // 100, proof)
    size = int(re.search(r"^demonstration\S+\n(\d+)$", proof.out, re.MULTILINE)[1])
    act = int(re.findall(r"^  Act +(\d+)$", proof.out, re.MULTILINE)[-1])
    suite.check("the checkpoint reaches as far as the acts", size > act, (size, act))
    file = FOLDER / "act"
    file.write_text(handrail("audit", "prove", str(act), "--data", DATA).out, encoding="utf-8")
    suite.exits("an act of it is proven", handrail("audit", "check", file, "--data", DATA), 0)
    words = FOLDER / "known"
    words.write_text("Dilys Derwengraig\n", encoding="utf-8")
    suite.exits("what is still there is found", retention("proof", run, "--words", words), 1,
                "person", "Places")
    # Somebody brings one of the erased back behind the program's back.
    connection = sqlite3.connect(DATA / "handrail.db")
    connection.execute("UPDATE person SET name = 'Zyxwv Again' WHERE id = 1")
    connection.commit()
    connection.close()
    suite.exits("what has come back is found", retention("proof", run), 1, "1 rows")


def main():
    suite = Suite()
    suite.exits("a demonstration", handrail("demo", *PACKS, "--data", DATA), 0)
    check_policy(suite)
    check_calls(suite)
    check_schedule(suite)
    add_leavers()
    check_killed(suite)
    check_gone(suite)
    check_proof(suite)
    shutil.rmtree(FOLDER)
    suite.finish()


if __name__ == "__main__":
    main()

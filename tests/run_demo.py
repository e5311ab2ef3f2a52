#!/usr/bin/env python3
"""`handrail demo`: a trust that does not exist is whole, the same again, for this machine alone.

Read first: src/cli/demo_int.h. The programs are in $HANDRAIL_BUILD, or build. The last line is
"N passed, N failed".
"""

import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

import harness  # noqa: E402
from http_server import PROGRAM, Server  # noqa: E402
from office_client import SET_UP, Browser, Office  # noqa: E402

FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="handrail-demo-"))
DATA = FOLDER / "data"
PASSWORD = "lantern otter nine hedges"

# Of the policies' roles, those whom a school does not appoint.
OUTSIDE = {"anyone", "copyright-owner", "person-concerned", "parent-of-child", "police",
           "designated-officer", "legal-adviser"}

# What is said of people, without numbers that differ from one making to the next.
PEOPLE = """SELECT p.name, p.email, p.known_as, p.joined_on, p.left_on, s.code, e.kind, e.job_title
FROM person p LEFT JOIN engagement e ON e.person = p.id LEFT JOIN school s ON s.id = e.school
ORDER BY 1, 2, 6, 7"""
ACTS = "SELECT kind, done_at FROM act ORDER BY position"


def rows(data, sql, *values):
    store = sqlite3.connect(f"file:{data}/handrail.db?mode=ro", uri=True)
    try:
        return store.execute(sql, values).fetchall()
    finally:
        store.close()


def acts_kept(data):
    """How many acts are kept by now, with whoever writes them still at work."""
    try:
        return rows(data, "SELECT count(*) FROM act")[0][0]
    except sqlite3.Error:
        return 0


def number(sql):
    return rows(DATA, sql)[0][0]


def roles_named():
    found = set()
    for line in (harness.ROOT / "src/actions/permissions.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            found.update(line.split("\t")[2].split())
    for policy in (harness.ROOT / "policies").glob("*/policy.md"):
        found.update(re.findall(r"approv(?:al|ed) by ([a-z]+(?:-[a-z]+)*)$",
                                policy.read_text(encoding="utf-8"), re.MULTILINE))
    vocabulary = (harness.ROOT / "policies/vocabulary/vocabulary.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^role ([a-z-]+) ", vocabulary, re.MULTILINE))
    return (found & known) - OUTSIDE


def test_it_is_made(suite):
    made = harness.handrail("demo", "--data", DATA)
    suite.exits("made", made, 0, PASSWORD, "head@ashdownvale.example", "governor@")
    again = harness.handrail("demo", "--data", DATA)
    suite.check("asked again, it is only described", again.out == made.out and not again.err, again)
    suite.check("four schools in two nations", rows(
        DATA, "SELECT nation, count(*) FROM school GROUP BY 1 ORDER BY 1")
        == [("england", 3), ("wales", 1)])
    suite.check("with policies of their own",
                number("SELECT count(DISTINCT policy) FROM school") == 4)
    suite.check("400 of staff, all told", number(
        "SELECT count(DISTINCT p.id) FROM person p JOIN engagement e ON e.person = p.id WHERE "
        "e.kind IN ('teacher', 'support-staff', 'senior-leader', 'headteacher', 'central-staff') "
        "AND coalesce(p.joined_on, 0) < (SELECT min(done_at) / 86400000 FROM act)") == 400)
    for kind in ("governor", "director", "volunteer", "contractor", "trainee", "new-starter",
                 "parent"):
        suite.check(f"there is a {kind}", rows(
            DATA, "SELECT 1 FROM engagement WHERE kind = ? LIMIT 1", kind))
    suite.check("who have left, and who will", number(
        "SELECT count(DISTINCT left_on > 20777) FROM person WHERE left_on IS NOT NULL") == 2)
    suite.check("addresses are invented", number(
        "SELECT count(*) FROM person WHERE email NOT LIKE '%@ashdownvale.example'") == 0)


def test_roles_and_days(suite):
    held = dict(rows(DATA, "SELECT role, count(deputy_of) FROM role_held GROUP BY 1"))
    for role in sorted(roles_named()):
        if role != "governing-body":
            suite.check(f"{role} is held, and somebody stands in", held.get(role), held)
    suite.check("terms of office end", number(
        "SELECT count(*) FROM role_held WHERE role = 'governing-body' AND ends_on IS NULL") == 0)
    suite.check("everybody at work answers to somebody", number(
        "SELECT count(*) FROM engagement e WHERE kind IN ('teacher', 'support-staff') "
        "AND person NOT IN (SELECT person FROM line_manager)") == 0)
    for kind in ("term", "half-term", "inset", "closure"):
        suite.check(f"every school has a {kind}", rows(
            DATA, "SELECT count(DISTINCT school) FROM school_period WHERE kind = ?", kind)
            == [(4,)])
    suite.check("and a day", number("SELECT count(DISTINCT school) FROM timetable_slot") == 4)


def test_the_past_is_in_order(suite):
    moments = [at for _, at in rows(DATA, ACTS)]
    suite.check("acts follow each other", moments == sorted(moments) and len(moments) > 1000)
    suite.check("over some months", moments[-1] - moments[0] > 120 * 86400000)
    suite.check("none after yesterday", moments[-1] < 20777 * 86400000)  # 2026-11-20
    suite.check("it is signed", number("SELECT count(*) FROM ledger_checkpoint") > 0)


def test_the_same_again(suite):
    other, third = FOLDER / "other", FOLDER / "third"
    suite.exits("made again", harness.handrail("demo", "--data", other), 0)
    suite.check("the same people", rows(DATA, PEOPLE) == rows(other, PEOPLE))
    suite.check("and acts", rows(DATA, ACTS) == rows(other, ACTS))
    suite.exits("another", harness.handrail("demo", "--data", third, "--seed", "2"), 0)
    suite.check("of other people", rows(DATA, PEOPLE) != rows(third, PEOPLE))


def test_it_is_left_alone(suite):
    cut = FOLDER / "cut"
    process = subprocess.Popen([str(PROGRAM), "demo", "--data", str(cut)], cwd=harness.ROOT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=harness.surroundings())
    while process.poll() is None and not acts_kept(cut):
        time.sleep(0.01)
    suite.check("it was still at work", process.poll() is None, process.returncode)
    process.kill()
    process.wait()
    suite.exits("one that was cut short", harness.handrail("demo", "--data", cut), 2,
                "cut short", "delete the folder")
    with Office() as office:
        office.set_up()
        own = office.folder / "data"
        suite.exits("a school's own records", harness.handrail("demo", "--data", own), 2,
                    "own records")
        page = Browser(office).get("/desk")
        suite.check("it runs on", page.status == 200)
    suite.exits("no folder", harness.handrail("demo"), 2, "--data")
    suite.exits("no number", harness.handrail("demo", "--data", cut, "--seed", "x"), 2, "number")


def test_only_this_machine(suite):
    for words in (["--public", "handrail.example"], ["--listen", "0.0.0.0:0", "--public", "a.b"]):
        ran = harness.handrail("serve", "--data", DATA, "--listen", "127.0.0.1:0", *words)
        suite.exits(f"serve {words}", ran, 2, "demonstration", "this machine alone")
    with Office() as office:
        browser = Browser(office)
        page = browser.get(f"/set-up?code={office.code}")
        answer = browser.send(page, **{**SET_UP, "kind": page.options("kind")[1],
                                       "password": PASSWORD})
        suite.check("its password is no good for a real one", answer.status == 422
                    and b"password of demonstrations" in answer.body, answer)


def test_people_sign_in(suite):
    command = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", DATA]
    with Server(command) as server:
        server.public = ""
        for name in ("technician", "dpo", "head", "hr", "teacher", "governor"):
            browser = Browser(server)
            answer = browser.sign_in(f"{name}@ashdownvale.example", PASSWORD)
            suite.check(f"{name} signs in", answer.get("location") == "/desk", answer)
            suite.check(f"{name} has a desk", browser.get("/desk").status == 200)
            page = browser.get("/do/me.see")
            suite.check(f"{name} sees oneself", page.status == 200
                        and f"{name}@ashdownvale.example" in page.text, page.text[:300])


def main():
    suite = harness.Suite()
    try:
        suite.run(sys.modules[__name__])
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    suite.finish()


if __name__ == "__main__":
    main()

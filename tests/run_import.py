#!/usr/bin/env python3
"""End-to-end tests of `handrail import`, on SQLite and on PostgreSQL.

Read first: docs/import.md, tests/cli/harness.py. tests/end_to_end/import_place.c makes the store,
tools/make_people.py the people. The last line is "N passed, N failed".
"""

import csv
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "cli"))
sys.dont_write_bytecode = True

from harness import PROGRAM, Suite, handrail  # noqa: E402
from schemas_test import validate  # noqa: E402

PLACE = PROGRAM.parent / "tests" / "end_to_end" / "import_place"
HEAD = "Employee ID,Forename,Surname,Work Email,URN,Staff Type,Job Title\n"
COLUMNS_MAX = 80
PACKS = ("--packs", ROOT / "policies" / "chiltern")  # one is read faster than all


class Trust:
    """A store with two schools in a folder of its own."""

    def __init__(self, where=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="handrail-import-"))
        subprocess.run([sys.executable, ROOT / "tools" / "make_people.py", self.folder,
                        "--schools", "2", "--people", "60"], check=True)
        data = self.folder / "data"
        data.mkdir()
        self.data = where or str(data)
        subprocess.run([PLACE, where or data / "handrail.db", self.folder / "schools.csv"],
                       check=True)

    def people(self, file, *words):
        """Imports the text, or the file of that path."""
        path = file
        if isinstance(file, str):
            path = self.folder / "list.csv"
            path.write_text(file, encoding="utf-8")
        return handrail("import", "people", path, "--data", self.data, *PACKS, *words)

    def remove(self):
        shutil.rmtree(self.folder)


def number_of(ran):
    return re.search(r"^Import +(\S+)$", ran.out, re.MULTILINE)[1]


def check_import(suite, trust, where):
    """Shown, carried out, the same again, changed, undone."""
    staff = trust.folder / "staff.csv"
    shown = trust.people(staff)
    suite.exits(f"{where}: shows", shown, 0, "60 added", "nobody is changed yet", "Mobile",
                "... and 40 more; --all shows them")
    suite.check(f"{where}: nothing is wider than 80 columns",
                all(len(line) <= COLUMNS_MAX or " " not in line.strip()
                    for line in shown.out.splitlines()), shown.out)
    suite.exits(f"{where}: shows again, nothing was changed", trust.people(staff), 0, "60 added")
    suite.exits(f"{where}: carries out", trust.people(staff, "--apply"), 0, "carried out",
                "60 added")
    suite.exits(f"{where}: the same list changes nothing", trust.people(staff, "--apply"), 0,
                "0 added, 0 changed, 0 left, 60 the same")
    changed = trust.people(HEAD + "100000,Adafi,Newname,new@trust.example,900001,Teacher,Art\n",
                           "--apply")
    suite.exits(f"{where}: changes", changed, 0, "1 changed", "Newname")
    undone = handrail("import", "undo", number_of(changed), "--data", trust.data, *PACKS)
    suite.exits(f"{where}: undoes", undone, 0, "undone", "1 changed")
    suite.exits(f"{where}: undone once",
                handrail("import", "undo", number_of(changed), "--data", trust.data, *PACKS), 2,
                "already")
    suite.exits(f"{where}: the first list is right again", trust.people(staff), 0, "60 the same")


def check_refused(suite, trust):
    ran = trust.people(HEAD + "1,Ada,Byron,ada@trust.example,900001,Teacher,\n"
                       "2,=1+1,Bo,,900001,Teacher,\n3,Cy,Lee,,999999,Teacher,\n", "--apply")
    suite.exits("refused lines end in 1", ran, 1, "1 added", "2 lines refused", "formula",
                "No school here")
    suite.exits("no columns", trust.people("a,b\n1,2\n"), 2, 'no column is called "Name"')
    suite.exits("a column that is not there", trust.people(HEAD + "1,A,B,,900001,Teacher,\n",
                                                           "--map", "Ref=reference"),
                2, 'no column "Ref"', "Employee ID")
    suite.exits("columns and words can be said",
                trust.people("Ref;Who;Base;Sort\n7;Di Rolf;900001;TCH9\n", "--map",
                             "Ref=reference", "--map", "Who=name", "--map", "Base=school",
                             "--map", "Sort=kind", "--map", "TCH9=kind:teacher"), 0, "1 added")
    suite.exits("a school and a kind for all",
                trust.people("Staff ID,Name\n7,Di Rolf\n", "--school", "900002", "--kind",
                             "teacher"), 0, "1 added")
    suite.exits("no such school",
                trust.people("Staff ID,Name\n7,Di\n", "--school", "X", "--kind", "teacher"), 2,
                "no school here has this code")
    suite.exits("as nobody", trust.people(HEAD + "1,A,B,,900001,Teacher,\n", "--as", "x@y.example"),
                2, "nobody here has this e-mail")
    suite.exits("as the technician",
                trust.people(HEAD + "9,Al,Bee,,900001,Teacher,\n", "--as",
                             "IT@AshdownVale.example"), 0, "1 added")
    suite.exits("as somebody who may not",
                trust.people(HEAD + "9,Al,Bee,,900001,Teacher,\n", "--as", "ada@trust.example"),
                2, "not for the person of --as")


def check_leavers(suite, trust):
    rows = [f"L{i},Person,Num{i},l{i}@trust.example,900002,Support Staff,\n"
            for i in range(100)]
    trust.people(HEAD + "".join(rows), "--apply")
    some = HEAD + "".join(rows[40:])
    suite.exits("who is missing is left alone", trust.people(some), 0,
                "not in the list any more and left alone")
    suite.exits("more than one in five", trust.people(some, "--leavers"), 2, "one in five")
    suite.exits("when it is sure", trust.people(some, "--leavers", "--sure"), 0, "left")


def check_forms(suite, trust):
    one = HEAD + "70,Zo\u00eb,\"O'Neil, the 2nd\",z@trust.example,900001,Teacher,Art\n"
    ran = trust.people(one + "71,Bo,,,900001,Wizard,\n", "--json")
    suite.exits("JSON", ran, 1)
    validate(suite, "import", {"import people --json": ran.json()})
    suite.check("JSON names fields", any(line["field"] == "E-mail" for line in ran.json()["lines"]),
                ran.out)
    ran = trust.people(one, "--csv")
    rows = list(csv.reader(io.StringIO(ran.out)))
    suite.check("CSV", rows[0] == ["Line", "Change", "Who", "What", "Before", "Afterwards"]
                and rows[1][2] == "Zo\u00eb O'Neil, the 2nd", ran.out)


def check_export(suite, trust, address):
    """Everything out, into another engine, and out again: the same bytes."""
    trust.people(trust.folder / "staff.csv", "--apply")
    first, second = trust.folder / "out", trust.folder / "again"
    suite.exits("export", handrail("export", first, "--data", trust.data), 0, "personal data",
                "tables as CSV")
    suite.exits("a folder that is not empty", handrail("export", first, "--data", trust.data), 2,
                "empty or not there yet")
    other = ["--data", trust.folder / "other"] + (["--store", address] if address else [])
    suite.exits("import records", handrail("import", "records", first / "records.jsonl", *other),
                0, "All records")
    suite.exits("into a place that is not empty",
                handrail("import", "records", first / "records.jsonl", *other), 2, "empty place")
    suite.exits("export again", handrail("export", second, *other), 0)
    suite.check("the same bytes", (first / "records.jsonl").read_bytes()
                == (second / "records.jsonl").read_bytes(), "records.jsonl differs")
    names = sorted(path.name for path in first.glob("*.csv"))
    suite.check("a table is a file", "person.csv" in names and "act.csv" in names, str(names))


def check_calls(suite, trust):
    suite.exits("no folder", handrail("import", "people", trust.folder / "staff.csv"), 2,
                "--data is missing")
    suite.exits("nothing kept there", handrail("import", "people", trust.folder / "staff.csv",
                                               "--data", trust.folder), 2, "nothing is kept")
    suite.exits("no file", trust.people(trust.folder / "none.csv"), 2)
    suite.exits("neither people nor undo", handrail("import", "pupils", "x", "--data", "y"), 2,
                "handrail import people FILE")
    suite.exits("no such import",
                handrail("import", "undo", "0000000000001", "--data", trust.data, *PACKS), 2,
                "not there")


def database_new(what):
    """A new database in the cluster of the tests, or None without one."""
    cluster = os.environ.get("HANDRAIL_TEST_POSTGRESQL")
    if not cluster:
        return None
    name = f"{what}_{os.getpid()}"
    subprocess.run(["psql", "-q", cluster, "-c", f"CREATE DATABASE {name}"], check=True)
    return cluster.replace("/postgres?", f"/{name}?")


def main():
    suite = Suite()
    trust = Trust()
    for check in (check_refused, check_leavers, check_forms, check_calls):
        check(suite, trust)
    trust.remove()
    trust = Trust()
    check_import(suite, trust, "SQLite")
    trust.remove()
    trust = Trust()
    check_export(suite, trust, database_new("export"))
    trust.remove()
    address = database_new("import")
    suite.check("there is a PostgreSQL cluster", address, "HANDRAIL_TEST_POSTGRESQL names none")
    if address:
        trust = Trust(address)
        check_import(suite, trust, "PostgreSQL")
        trust.remove()
    suite.finish()


if __name__ == "__main__":
    main()

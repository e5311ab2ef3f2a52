#!/usr/bin/env python3
"""Invents the staff of a trust, as a staff system would export it: for tests and benchmarks.

    make_people.py FOLDER [--schools 120] [--people 15000] [--seed 1] [--changed 0] [--gone 0]

writes FOLDER/schools.csv (code and name) and FOLDER/staff.csv. With --changed so many have another
job, with --gone so many are missing: a second list beside the first.

What must hold: nobody is meant. Names are put together from syllables and from forms that programs
stumble over, addresses end in .example; the same arguments give the same files.
"""

import argparse
import csv
import pathlib
import random

FIRST = ("Bre", "Tal", "Mor", "Zo", "Kel", "Ada", "Ru", "Fen", "Il", "Os", "Pia", "Jun", "Wil",
         "Eda", "Sor", "Nim", "Qua", "Vel", "Hes", "Lio")
SECOND = ("wyn", "mar", "dine", "ric", "la", "ton", "ska", "bel", "fi", "rah", "go", "lene")
THIRD = ("Quill", "Thorn", "Ash", "Dun", "Mere", "Brack", "Fal", "Hol", "Wren", "Sted", "Cor",
         "Lang", "Pell", "Rook", "Tarn")
FOURTH = ("worth", "ley", "combe", "field", "wick", "by", "more", "stow", "gate", "den", "ridge")

AWKWARD = (
    ("Siobh\u00e1n", "O'Quillen"), ("Zo\u00eb", "de la Thorne"), ("Mary-Lou", "Ash-Fallow"),
    ("Ludw\u00edk", "Stra\u00dfenthal"), ("\u0141ucja", "Brz\u0119czy\u0144"),
    ("Nguy\u1ec5n", "V\u0103n Tarn"), ("\u674e", "\u6a21\u8303"), ("\u05d3\u05d5\u05d2\u05de\u05d4",
     "\u05d1\u05d3\u05d5\u05d9"), ("Jo", "Null"), ("True", "Nan"), ("D'Arcy", "van der Mere III"),
    ("Bo \"Bobs\"", "Holcombe"), ("X", "Y"), ("Anne  Marie", "St. John"),
    ("\u00c6thel", "\u00deorn"),
    ("Wolfeschlegelstein" * 4, "Hausenbergerdorff" * 4), ("Ren\u00e9e", "N\u0303u\u0303mer"),
    ("Ada", "Smith, the younger"), ("Robert'); --", "Tables"), ("Im", "\u00d6zt\u00fcrk-\u00c5s"),
)

JOBS = (
    ("Teacher", "Teacher of Mathematics"), ("Teacher", "Teacher of Music"),
    ("Teaching Staff", "Class Teacher"), ("Support Staff", "Teaching Assistant"),
    ("Support Staff", "Midday Supervisor"), ("Support Staff", "Site Manager"),
    ("Support Staff", "Receptionist"), ("Senior Leadership Team", "Assistant Headteacher"),
)

HEAD = ("Employee ID", "Legal Surname", "Forename", "Preferred Forename", "Work Email",
        "Job Title", "Staff Type", "URN", "Date of Arrival", "Leaving Date", "Mobile")


def name_of(number, dice):
    if number % 50 == 7:
        return AWKWARD[number // 50 % len(AWKWARD)]
    family = dice.choice(THIRD) + dice.choice(FOURTH)
    if dice.random() < 0.05:
        family += "-" + dice.choice(THIRD) + dice.choice(FOURTH)
    return dice.choice(FIRST) + dice.choice(SECOND), family


def school_rows(count):
    places = [f"{third}{fourth}" for fourth in FOURTH for third in THIRD]
    kinds = ("Primary School", "Academy", "High School", "Infant School")
    return [(str(900001 + i), f"{places[i % len(places)]} {kinds[i // len(places) % 4]}"
             if i < 4 * len(places) else f"School {i}") for i in range(count)]


def person_rows(number, schools, dice):
    """One row, or two for somebody who is at two schools."""
    forename, surname = name_of(number, dice)
    kind, job = dice.choice(JOBS)
    day = f"{dice.randint(1, 28):02}/{dice.choice((1, 4, 9)):02}/{dice.randint(1995, 2025)}"
    known_as = forename[:3] if dice.random() < 0.2 else forename
    mail = f"person.{number}@trust.example" if dice.random() < 0.97 else ""
    first = [f"{100000 + number}", surname, forename, known_as, mail, job, kind,
             schools[number % len(schools)][0], day, "", "+447700900123"]
    if number % 12 != 5 or len(schools) == 1:
        return [first]
    second = list(first)
    second[7] = schools[(number + 1) % len(schools)][0]
    return [first, second]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--schools", type=int, default=120)
    parser.add_argument("--people", type=int, default=15000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changed", type=int, default=0)
    parser.add_argument("--gone", type=int, default=0)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    schools = school_rows(given.schools)
    with open(given.folder / "schools.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("code", "name"), *schools])
    with open(given.folder / "staff.csv", "w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        for number in range(given.people):
            rows = person_rows(number, schools, random.Random(given.seed * 1000003 + number))
            if number < given.changed:
                rows[0][5] += " (acting)"
            if given.changed <= number < given.changed + given.gone:
                continue
            out.writerows(rows)


if __name__ == "__main__":
    main()

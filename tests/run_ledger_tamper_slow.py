#!/usr/bin/env python3
"""Changes a ledger behind the program's back, a thousand times, and looks whether it is found;
erases a person, and looks for their words in every byte of the files.

Read first: docs/ledger.md, tests/actions/play.c. HANDRAIL_SEED repeats a run; the seed is printed.

A change through SQL, or to a byte that is known to be of a leaf, an act, a salt, a content, a tile,
the head or a checkpoint, must be found: `handrail audit verify` says 1 (found) or 2 (cannot be
read). A byte anywhere in the file may have no meaning: then what the tables say must be the same.
Not looked at: when a checkpoint was stored and its number, on which nothing rests. The key of this
ledger was changed, so that an act, the head and the last checkpoints say so.
"""

import contextlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test")).resolve()
PLAY = BUILD / "tests" / "actions" / "actions_play"
ACTS = 1200
PAGE = 4096

COUNT_SQL = 500       # changes through SQL
COUNT_KNOWN = 300     # bytes of which it is known what they are
COUNT_ANYWHERE = 200  # bytes, blocks and pages anywhere

CHECKED = {
    "ledger_head": "origin, epoch, size, frontier, checkpoints, first_key",
    "ledger_leaf": "position, leaf",
    "ledger_tile": "level, number, hashes",
    "ledger_checkpoint": "epoch, size, note",
    "act": "position, kind, done_at, actor, person, school, salt, content, erased_by",
}

# Table, column, and whether its bytes can be looked for in the file.
BYTES = [("ledger_leaf", "leaf"), ("act", "salt"), ("act", "content"), ("ledger_tile", "hashes"),
         ("ledger_head", "frontier"), ("ledger_checkpoint", "note"), ("ledger_head", "origin"),
         ("ledger_head", "first_key")]
NUMBERS = [("act", "kind"), ("act", "done_at"), ("act", "actor"), ("act", "person"),
           ("act", "school"), ("act", "erased_by"), ("act", "position"),
           ("ledger_leaf", "position"), ("ledger_tile", "level"), ("ledger_tile", "number"),
           ("ledger_head", "epoch"), ("ledger_head", "size"), ("ledger_head", "checkpoints"),
           ("ledger_checkpoint", "epoch"), ("ledger_checkpoint", "size")]
TEXTS = {"content", "note", "origin", "first_key"}


def verify(data, *words):
    ran = subprocess.run([BUILD / "handrail", "audit", "verify", "--data", data, *words],
                         capture_output=True, text=True, check=False, errors="replace")
    if ran.returncode not in (0, 1, 2) or "Sanitizer" in ran.stderr:
        print(f"crashed: {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return -1
    return ran.returncode


def dump(file):
    """What the tables say, or why that cannot be told."""
    try:
        with contextlib.closing(sqlite3.connect(file)) as database:
            return [sorted(map(repr, database.execute(f"SELECT {columns} FROM {table}")))
                    for table, columns in CHECKED.items()]
    except sqlite3.Error as error:
        return str(error)


class Tamper:
    """A whole ledger, and copies of it that are changed."""

    def __init__(self, folder, dice):
        self.dice = dice
        self.whole = folder / "whole"
        (self.whole / "keys").mkdir(parents=True)
        subprocess.run([PLAY, "make", self.whole, str(ACTS)], check=True)
        subprocess.run([BUILD / "handrail", "audit", "key", "--change", "--why", "routine",
                        "--data", self.whole], check=True, stdout=subprocess.DEVNULL)
        self.copy = folder / "copy"
        shutil.copytree(self.whole, self.copy)
        self.bytes = (self.whole / "handrail.db").read_bytes()
        self.dump = dump(self.whole / "handrail.db")
        self.passed = self.failed = 0

    def count(self, holds, what):
        self.passed += bool(holds)
        self.failed += not holds
        if not holds:
            print(f"failed: {what}")

    def restore(self):
        for file in self.copy.glob("handrail.db*"):
            file.unlink()
        (self.copy / "handrail.db").write_bytes(self.bytes)
        return self.copy / "handrail.db"

    def must_be_found(self, what):
        self.count(verify(self.copy) in (1, 2), f"not found: {what}")

    def sql(self, what, *statements):
        """Statements with their values; a change that the tables refuse is none."""
        file = self.restore()
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA ignore_check_constraints = ON")
            try:
                for statement, *values in statements:
                    database.execute(statement, values)
                database.commit()
            except sqlite3.Error:
                return False
        if dump(file) == self.dump:
            return False
        self.must_be_found(what)
        return True

    def rows(self, sql):
        with contextlib.closing(sqlite3.connect(self.whole / "handrail.db")) as database:
            return database.execute(sql).fetchall()

    # ---- through SQL

    def change_bytes(self):
        table, column = self.dice.choice(BYTES)
        key, value = self.dice.choice(self.rows(
            f"SELECT {'rowid' if table != 'ledger_tile' else 'number * 100 + level'},"
            f" CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL"))
        place = self.dice.randrange(len(value))
        changed = bytearray(value)
        changed[place] ^= 1 << self.dice.randrange(8)
        where = "rowid" if table != "ledger_tile" else "number * 100 + level"
        kind = "TEXT" if column in TEXTS else "BLOB"
        return self.sql(f"{table}.{column} of {key}, byte {place}",
                        (f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE {where} = ?",
                         bytes(changed), key))

    def change_number(self):
        table, column = self.dice.choice(NUMBERS)
        key = "rowid" if table != "ledger_tile" else "number * 100 + level"
        row, value = self.dice.choice(self.rows(f"SELECT {key}, {column} FROM {table}"))
        others = [None, 0, 1, 2, 3, (value or 0) + 1, (value or 0) - 1, 2**40, -1]
        other = self.dice.choice([one for one in others if one != value])
        return self.sql(f"{table}.{column} of {row}: {value} becomes {other}",
                        (f"UPDATE {table} SET {column} = ? WHERE {key} = ?", other, row))

    def remove(self):
        table = self.dice.choice(list(CHECKED))
        key = "rowid" if table != "ledger_tile" else "number * 100 + level"
        row, = self.dice.choice(self.rows(f"SELECT {key} FROM {table}"))
        return self.sql(f"{table} without {row}", (f"DELETE FROM {table} WHERE {key} = ?", row))

    def remove_entry(self):
        row = self.dice.randrange(ACTS)
        return self.sql(f"without entry and act {row}",
                        ("DELETE FROM act WHERE position = ?", row),
                        ("DELETE FROM ledger_leaf WHERE position = ?", row))

    def truncate(self):
        row = self.dice.randrange(1, ACTS + 9)
        return self.sql(f"cut off at {row}", ("DELETE FROM act WHERE position >= ?", row),
                        ("DELETE FROM ledger_leaf WHERE position >= ?", row),
                        ("UPDATE ledger_head SET size = ?", row))

    def swap(self):
        table, column, key = self.dice.choice([
            ("ledger_leaf", "leaf", "position"), ("act", "content", "position"),
            ("act", "salt", "position"), ("ledger_tile", "hashes", "number"),
            ("ledger_checkpoint", "note", "size")])
        (one, left), (two, right) = self.dice.sample(self.rows(
            f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL"), 2)
        change = f"UPDATE {table} SET {column} = ? WHERE {key} = ?"
        return self.sql(f"{table}: {one} and {two} swapped", (change, right, one),
                        (change, left, two))

    def swap_entries(self):
        one, two = self.dice.sample(range(ACTS), 2)
        steps = [(one, -1), (two, one), (-1, two)]
        return self.sql(f"entries {one} and {two} swapped whole",
                        *[(f"UPDATE {table} SET position = ? WHERE position = ?", to, old)
                          for table in ("act", "ledger_leaf") for old, to in steps])

    def add(self):
        size = self.rows("SELECT size FROM ledger_head")[0][0]
        return self.sql("one more", *self.dice.choice([
            [("INSERT INTO ledger_leaf SELECT ?, leaf FROM ledger_leaf WHERE position = 9", size)],
            [("INSERT INTO ledger_tile SELECT ?, 7, hashes FROM ledger_tile LIMIT 1",
              self.dice.randrange(-2, 12))],
            [("INSERT INTO ledger_checkpoint SELECT 1, epoch, size - 1, made_at, note"
              " FROM ledger_checkpoint LIMIT 1",)],
            [("INSERT INTO act (position, kind, done_at, salt, content)"
              " SELECT ?, kind, done_at, salt, content FROM act WHERE position = 9", size)],
        ]))

    def erase(self):
        """In secret, or as if another erasure had taken it; or what was erased is put back."""
        by, = self.dice.choice(self.rows("SELECT position FROM act WHERE kind = 3"))
        row, is_erased = self.dice.choice(self.rows("SELECT position, erased_by > 0 FROM act"))
        if is_erased:
            return self.sql(f"act {row} is put back",
                            ("UPDATE act SET erased_by = NULL, salt = zeroblob(32), content = '{}'"
                             " WHERE position = ?", row))
        return self.sql(f"act {row} is erased by {by}",
                        ("UPDATE act SET salt = NULL, content = NULL, actor = NULL, person = NULL,"
                         " school = NULL, erased_by = ? WHERE position = ?", by, row))

    def change_key(self):
        """What says that the key was changed; or a change that nobody declared."""
        row, content = self.rows("SELECT position, content FROM act WHERE kind = 4")[0]
        last, note = self.rows("SELECT size, note FROM ledger_checkpoint ORDER BY size DESC")[0]
        said = json.loads(content)
        text, signatures = note.split("\n\n")
        new, old = signatures.splitlines()
        content_is = "UPDATE act SET content = ? WHERE position = ?"
        note_is = "UPDATE ledger_checkpoint SET note = ? WHERE size = ?"
        what, statement, value, place = self.dice.choice([
            ("reason", content_is, json.dumps({**said, "why": "lost"}), row),
            ("new key", content_is, json.dumps({**said, "key": said["old"]}), row),
            ("old key", content_is, json.dumps({**said, "old": said["key"]}), row),
            ("first key", "UPDATE ledger_head SET first_key = ? WHERE id = ?", said["key"], 1),
            ("agreement", note_is, f"{text}\n\n{new}\n", last),
            ("new signature", note_is, f"{text}\n\n{old}\n", last),
            ("next key", note_is, note.replace(f"next key {said['key']}\n", ""), last)])
        return self.sql(f"the {what} of a changed key", (statement, value, place))

    def through_sql(self):
        ways = [self.change_bytes, self.change_bytes, self.change_number, self.change_number,
                self.remove, self.remove_entry, self.truncate, self.swap, self.swap_entries,
                self.add, self.erase, self.change_key]
        done = 0
        while done < COUNT_SQL:
            done += self.dice.choice(ways)()

    # ---- bytes of the file

    def known_bytes(self):
        done = 0
        while done < COUNT_KNOWN:
            table, column = self.dice.choice(BYTES)
            value, = self.dice.choice(self.rows(
                f"SELECT CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL"))
            # What is long stands in several pages; 32 bytes in a row are found in one of them.
            part = self.dice.randrange(max(1, len(value) - 31))
            piece = value[part:part + 32]
            at = self.bytes.find(piece)
            if at < 0 or self.bytes.find(piece, at + 1) >= 0:
                continue
            at += self.dice.randrange(len(piece))
            file = self.restore()
            changed = bytearray(self.bytes)
            changed[at] ^= 1 << self.dice.randrange(8)
            file.write_bytes(changed)
            self.must_be_found(f"{table}.{column}: byte {at} of the file")
            done += 1

    def anywhere(self):
        """True when it was found, or says the same as before."""
        changed = bytearray(self.bytes)
        at = self.dice.randrange(len(changed))
        page = at // PAGE * PAGE
        other = self.dice.randrange(len(changed) // PAGE) * PAGE
        way = self.dice.choice(["byte", "byte", "byte", "byte", "zeros", "swap", "cut"])
        if way == "byte":
            changed[at] ^= 1 << self.dice.randrange(8)
        elif way == "zeros":
            changed[page:page + PAGE] = bytes(PAGE)
        elif way == "swap":
            first, second = changed[page:page + PAGE], changed[other:other + PAGE]
            changed[page:page + PAGE], changed[other:other + PAGE] = second, first
        else:
            del changed[at:]
        file = self.restore()
        file.write_bytes(changed)
        found = verify(self.copy)
        self.count(found in (1, 2) or (found == 0 and dump(file) == self.dump),
                   f"not found: {way} at byte {at} (and {other})")

    def older_copy(self, folder):
        """All of it as it was earlier cannot be told from within; a checkpoint kept tells it."""
        longer = folder / "longer"
        shutil.copytree(self.whole / "keys", longer / "keys")
        subprocess.run([PLAY, "make", longer, str(ACTS * 2)], check=True)
        note = folder / "note"
        with contextlib.closing(sqlite3.connect(longer / "handrail.db")) as database:
            note.write_text(database.execute(
                "SELECT note FROM ledger_checkpoint ORDER BY size DESC").fetchone()[0])
        self.restore()
        self.count(verify(self.copy) == 0, "the whole ledger is whole")
        self.count(verify(longer, "--since", note) == 0, "since its own checkpoint")
        self.count(verify(self.copy, "--since", note) == 1, "since a later one")


WORDS = [b"quillabelle", b"featherstonehaugh", b"marmadukeson"]


def places_of_words(folder):
    return [f"{word.decode()} in {file.name} at {file.read_bytes().lower().find(word)}"
            for file in sorted(folder.glob("handrail.db*")) for word in WORDS
            if word in file.read_bytes().lower()]


def erasure(tamper, folder, before, behind):
    """The words are there, then erased though the program ends at once, then tidied."""
    data = folder / f"erasure-{before}-{behind}"
    data.mkdir()
    where = data / "handrail.db"

    def play(*words):
        done = subprocess.run([PLAY, *map(str, words)], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    play("set-up", where)
    # Neighbours in every index, so that pages are split beside the person.
    for name, count in (("Quil", before), ("Feath", before)):
        play("acts", where, name, 1, count)
    person = play("person", where)
    for name, count in (("Quim", behind), ("Feati", behind), ("Quil", behind)):
        play("acts", where, name, before + 1, count)
    tamper.count(places_of_words(data), "the words are there at first")
    play("erase", where, person)
    play("tidy", where)
    left = places_of_words(data)
    tamper.count(not left, f"{before} people before, {behind} behind: {left}")
    tamper.count(verify(data) == 0, "the history is whole afterwards")


def main():
    seed = int(os.environ.get("HANDRAIL_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="handrail-tamper-"))
    try:
        tamper = Tamper(folder, random.Random(seed))
        for before, behind in ((0, 0), (3, 40), (60, 1), (90, 120)):
            erasure(tamper, folder, before, behind)
        tamper.older_copy(folder)
        tamper.through_sql()
        tamper.known_bytes()
        for _ in range(COUNT_ANYWHERE):
            tamper.anywhere()
    finally:
        shutil.rmtree(folder)
    print(f"{tamper.passed} passed, {tamper.failed} failed")
    return 1 if tamper.failed else 0


if __name__ == "__main__":
    sys.exit(main())

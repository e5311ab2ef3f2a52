"""audit, backup and restore, as somebody would who is to show that nothing was changed.

Read first: harness.py, tests/actions/play.c.
"""

import contextlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

from harness import PROGRAM, handrail
from schemas_test import validate

PLAY = PROGRAM.parent / "tests" / "actions" / "actions_play"
ACTS = 1200


@contextlib.contextmanager
def folder_new():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="handrail-audit-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def made(folder):
    """A store with ACTS acts and some that the ledger adds."""
    (folder / "keys").mkdir(parents=True)
    subprocess.run([PLAY, "make", folder, str(ACTS)], check=True)
    return folder


def change(file, sql):
    """Behind the program's back."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute(sql)
        database.commit()


def test_verify(suite):
    with folder_new() as folder:
        data = made(folder / "data")
        documents = {}
        ran = handrail("audit", "verify", "--data", data)
        suite.exits("a whole history", ran, 0, "1209 acts, 40 of them erased, 6 checkpoints")
        suite.check("and nothing else is said", not ran.err, ran)
        ran = handrail("audit", "verify", "--data", data, "--json")
        documents["whole"] = ran.json()
        suite.check("with signatures", ran.json()["signatures"], ran)
        change(data / "handrail.db", "UPDATE act SET actor = 12 WHERE position = 17")
        ran = handrail("audit", "verify", "--data", data)
        suite.exits("another actor", ran, 1, "not whole", "act 17", "commits to")
        documents["not whole"] = handrail("audit", "verify", "--data", data, "--json").json()
        validate(suite, "audit", documents)
        shutil.rmtree(data / "keys")
        ran = handrail("audit", "verify", "--data", data)
        suite.exits("without keys the acts are read", ran, 1, "act 17")
        (data / "handrail.db").write_bytes(b"no database at all, " * 500)
        suite.exits("what cannot be read", handrail("audit", "verify", "--data", data), 2)


def test_wrong_calls(suite):
    with folder_new() as folder:
        ran = handrail("audit", "verify", "--data", folder)
        suite.exits("nothing is kept there", ran, 2, "nothing is kept there")
        suite.check("and nothing is made", not list(folder.iterdir()), ran)
        suite.exits("no data", handrail("audit", "verify"), 2, "--data is missing")
        suite.exits("no verb", handrail("audit"), 2, "verify, prove, key or check")
        suite.exits("a slip", handrail("audit", "verfy"), 2, 'did you mean "verify"?')
        suite.exits("no act", handrail("audit", "prove"), 2, "the number of an act")
        suite.exits("no number", handrail("audit", "prove", "x", "--data", folder), 2, "no number")
        suite.exits("no key", handrail("audit", "key", "--data", folder), 2, "there is no key")
        suite.exits("no key to check with", handrail("audit", "check", "x"), 2, "--key is missing")
        suite.exits("a key that is none", handrail("audit", "check", "x", "--key", "x"), 2)
        suite.exits("backup of nothing", handrail("backup", folder / "b", "--data", folder), 2)
        suite.exits("backup without a file", handrail("backup", "--data", folder), 2, "hint:")
        suite.exits("restore of nothing", handrail("restore", folder / "b", "--data", folder), 2)


def test_proofs(suite):
    with folder_new() as folder:
        data = made(folder / "data")
        key = handrail("audit", "key", "--data", data).out.strip()
        proof = handrail("audit", "prove", 300, "--data", data)
        suite.exits("a proof", proof, 0, "c2sp.org/tlog-proof@v1", "index 300")
        file = folder / "proof"
        file.write_text(proof.out)
        ran = handrail("audit", "check", file, "--key", key)
        suite.exits("is right for who has the key alone", ran, 0, "The proof is right: act 300")
        file.write_text(proof.out.replace("index 300", "index 301"))
        ran = handrail("audit", "check", file, "--key", key)
        suite.exits("of another act it is not", ran, 1, "not right")
        checkpoint = proof.out.split("\n\n", 1)[1]
        file.write_text(checkpoint)
        ran = handrail("audit", "check", file, "--key", key)
        suite.exits("a checkpoint", ran, 0, "The checkpoint is right", "1204 acts")
        ran = handrail("audit", "verify", "--data", data, "--since", file)
        suite.exits("what was signed then is there", ran, 0)
        file.write_text(checkpoint.replace("1204", "1203"))
        suite.exits("a changed one", handrail("audit", "check", file, "--key", key), 1)
        suite.exits("is not taken", handrail("audit", "verify", "--data", data, "--since", file), 2)
        suite.exits("no such act", handrail("audit", "prove", 5000, "--data", data), 2, "no act")
        ran = handrail("audit", "prove", 1208, "--data", data)
        suite.exits("not signed yet", ran, 2, "not been signed yet")


def key_files(data):
    return sorted(path.name for path in (data / "keys").iterdir())


def changed(suite, data, why, *words):
    """The key is changed; answers the new one."""
    ran = handrail("audit", "key", "--change", "--why", why, "--data", data, *words)
    suite.exits(f"another key: {why}", ran, 0, "on this key signs the history")
    key = handrail("audit", "key", "--data", data).out.strip()
    suite.check("is the one in the folder", key in ran.out, ran)
    return key


def id_of(key):
    return key.split("+")[1]


def test_a_key_is_changed(suite):
    with folder_new() as folder:
        data = made(folder / "data")
        first = handrail("audit", "key", "--data", data).out.strip()
        since = folder / "since"
        since.write_text(handrail("audit", "prove", 3, "--data", data).out.split("\n\n", 1)[1])
        second = changed(suite, data, "routine")
        suite.check("the old file is kept", key_files(data)
                    == ["ledger.key", f"ledger.key.{id_of(first)}"], key_files(data))
        ran = handrail("audit", "verify", "--data", data)
        suite.exits("the history is whole", ran, 0, "1210 acts", "7 checkpoints", "Act 1209 (",
                    f"from there on it is {id_of(second)}, before it was {id_of(first)}, which agr")
        suite.check("and nobody else signs", "not looked at" not in ran.said, ran)
        for name, key in (("the first key", first), ("the second", second),
                          ("both", f"{first} {second}")):
            ran = handrail("audit", "verify", "--data", data, "--key", key)
            suite.exits(f"for who has {name}", ran, 0, "1210 acts")
        (data / "keys" / "ledger.key").unlink()
        ran = handrail("audit", "key", "--change", "--why", "routine", "--data", data)
        suite.exits("nobody agrees", ran, 2, "not there, so it cannot agree")
        third = changed(suite, data, "lost")
        fourth = changed(suite, data, "leaked")
        ran = handrail("audit", "verify", "--data", data)
        suite.exits("three changes", ran, 0, "1212 acts", "which is lost", "which had leaked")
        ran = handrail("audit", "verify", "--data", data, "--since", since)
        suite.exits("what the first key signed is still there", ran, 0, "1212 acts")
        for key in (first, second, third):
            ran = handrail("audit", "verify", "--data", data, "--key", key)
            suite.exits("a key that introduced no other", ran, 1, "none of the keys at hand")
        ran = handrail("audit", "key", "--all", "--data", data)
        suite.check("all keys", ran.out.split() == [first, second, third, fourth], ran)
        suite.check("and which has leaked", f"{id_of(third)} has leaked" in ran.err, ran)
        ran = handrail("audit", "verify", "--data", data, "--json")
        validate(suite, "audit", {"changed keys": ran.json()})
        keys = [(one["key"], one["since"], one["why"]) for one in ran.json()["keys"]]
        suite.check("as JSON", keys == [(first, 0, "first"), (second, 1209, "routine"),
                                        (third, 1210, "lost"), (fourth, 1211, "leaked")], ran)


def test_who_has_the_old_key_alone(suite):
    """What is printed shows the new key; it, and what it signs, can be checked anywhere."""
    with folder_new() as folder:
        data = made(folder / "data")
        first = handrail("audit", "key", "--data", data).out.strip()
        ran = handrail("audit", "key", "--change", "--why", "routine", "--data", data)
        second = handrail("audit", "key", "--data", data).out.strip()
        note = folder / "note"
        note.write_text(ran.out[ran.out.index("ashdownvale.example/handrail/epoch-2\n"):
                                ran.out.index("\nThe key file of before")])
        suite.check("it names the new one", f"\nnext key {second}\n\n" in note.read_text(), ran)
        for key in (first, second):
            ran = handrail("audit", "check", note, "--key", key)
            suite.exits("both have signed it", ran, 0, "The checkpoint is right", "1210 acts")
        note.write_text(note.read_text().replace(f"next key {second}", f"next key {first}"))
        suite.exits("not another", handrail("audit", "check", note, "--key", first), 1)
        note.write_text(handrail("audit", "prove", 300, "--data", data).out)
        suite.exits("a proof of now", handrail("audit", "check", note, "--key", second), 0)


def test_keys_that_do_not_sign(suite):
    with folder_new() as folder:
        data = made(folder / "data")
        own = data / "keys" / "ledger.key"
        foreign = made(folder / "other") / "keys" / "ledger.key"
        before = own.read_bytes()
        for words, says in (((), "it is not said why"), (("--why", "stolen"), "it is not said why"),
                            (("--why", "lost"), "say --why routine")):
            ran = handrail("audit", "key", "--change", *words, "--data", data)
            suite.exits("a wrong call", ran, 2, says)
        ran = handrail("audit", "key", "--change", "--why", "lost", "--data", folder / "nowhere")
        suite.exits("nothing is kept there", ran, 2, "nothing is kept there")
        suite.check("and nothing is made", not (folder / "nowhere").exists())
        suite.exits("no folder", handrail("audit", "key", "--change", "--why", "lost"), 2, "--data")
        shutil.copy(foreign, own)
        ran = handrail("audit", "verify", "--data", data)
        suite.exits("a change that nobody declared", ran, 1, "none of the keys at hand")
        ran = handrail("audit", "key", "--change", "--why", "routine", "--data", data)
        suite.exits("cannot be declared by a stranger", ran, 2, "cannot agree")
        own.write_bytes(before)
        ran = handrail("audit", "verify", "--data", data)
        suite.exits("and nothing was changed", ran, 0, "1209 acts", "6 checkpoints")
        suite.check("nor left over", key_files(data) == ["ledger.key"], key_files(data))


def test_a_key_that_an_earlier_version_used(suite):
    """Then the history does not know it; when it is lost somebody may."""
    with folder_new() as folder:
        data = made(folder / "data")
        first = handrail("audit", "key", "--data", data).out.strip()
        change(data / "handrail.db", "UPDATE ledger_head SET first_key = NULL")
        (data / "keys" / "ledger.key").unlink()
        shutil.copytree(data, folder / "copy")
        stranger = handrail("audit", "key", "--data", made(folder / "other")).out.strip()
        ran = handrail("audit", "key", "--change", "--why", "lost", "--data", data,
                       "--key", stranger)
        suite.exits("not anybody's", ran, 2, "not the key that signed before")
        changed(suite, data, "lost", "--key", first)
        ran = handrail("audit", "verify", "--data", data)
        suite.exits("then all is verified", ran, 0, "1210 acts")
        suite.check("each signature", "Nobody knows" not in ran.out, ran)
        changed(suite, folder / "copy", "lost")
        ran = handrail("audit", "verify", "--data", folder / "copy")
        suite.exits("else it is said", ran, 0, f"Nobody knows the key {id_of(first)}",
                    "6 checkpoints) is whole, but its signatures were not looked at")
        ran = handrail("audit", "key", "--all", "--data", folder / "copy")
        suite.exits("and again", ran, 0, f"{id_of(first)}, is not known here")


def test_copies_from_before_a_change(suite):
    with folder_new() as folder:
        data = made(folder / "data")
        first = handrail("audit", "key", "--data", data).out.strip()
        copy = folder / "copy.db"
        handrail("backup", copy, "--data", data)
        second = changed(suite, data, "routine")
        later = folder / "later.db"
        suite.exits("a backup of now", handrail("backup", later, "--data", data), 0, "1210 acts")
        suite.check("names its key", json.loads((folder / "later.db.json").read_text())["key"]
                    == second)
        ran = handrail("restore", later, "--data", folder / "new", "--key", second)
        suite.exits("goes into a new folder", ran, 0, "1210 acts")
        ran = handrail("restore", copy, "--data", data, "--replace")
        suite.exits("one of before wants its key", ran, 2, "not whole", "none of the keys")
        ran = handrail("restore", copy, "--data", data, "--replace", "--key", f"{first} {second}")
        suite.exits("then it is restored", ran, 0, "1 act that had been signed are lost")
        ran = handrail("audit", "key", "--change", "--why", "routine", "--data", data)
        suite.exits("the key of later is none of its own", ran, 2, "cannot agree")
        shutil.copy(data / "keys" / f"ledger.key.{id_of(first)}", data / "keys" / "ledger.key")
        changed(suite, data, "routine")
        suite.exits("that of then is", handrail("audit", "verify", "--data", data), 0, "1211 acts")


def test_all_that_is_read_in_again(suite):
    """The history goes along: also what the tables got later than they were made."""
    with folder_new() as folder:
        data = made(folder / "data")
        handrail("audit", "key", "--change", "--why", "routine", "--data", data)
        handrail("export", folder / "out", "--data", data)
        ran = handrail("import", "records", folder / "out" / "records.jsonl", "--data",
                       folder / "other")
        suite.exits("read in", ran, 0)
        shutil.copytree(data / "keys", folder / "other" / "keys", dirs_exist_ok=True)
        ran = handrail("audit", "verify", "--data", folder / "other")
        suite.exits("is whole", ran, 0, "1210 acts", "7 checkpoints", "Act 1209 (")
        suite.check("and says the same", ran.out
                    == handrail("audit", "verify", "--data", data).out, ran)


def test_backup_and_restore(suite):
    with folder_new() as folder:
        data = made(folder / "data")
        copy = folder / "copy.db"
        ran = handrail("backup", copy, "--data", data)
        suite.exits("a backup", ran, 0, "1209 acts", "SHA-256")
        manifest = json.loads((folder / "copy.db.json").read_text())
        suite.check("its manifest", manifest["whole"] and manifest["acts"] == 1209
                    and manifest["bytes"] == copy.stat().st_size, manifest)
        suite.check("nothing else", len(list(folder.iterdir())) == 3, list(folder.iterdir()))
        suite.exits("never over another", handrail("backup", copy, "--data", data), 2, "already")
        ran = handrail("restore", copy, "--data", data)
        suite.exits("nor over what is kept", ran, 2, "--replace")
        other = folder / "other"
        ran = handrail("restore", copy, "--data", other)
        suite.exits("into a new folder", ran, 0, "1209 acts", "new epoch", "ledger.key")
        ran = handrail("audit", "verify", "--data", other, "--key", manifest["key"])
        suite.exits("where it goes on", ran, 0, "1210 acts")
        damaged = bytearray(copy.read_bytes())
        damaged[len(damaged) // 2] ^= 1
        copy.write_bytes(damaged)
        ran = handrail("restore", copy, "--data", folder / "third")
        suite.exits("a damaged copy", ran, 2, "SHA-256 is another")
        suite.check("nothing is made of it", not list((folder / "third").glob("handrail*")))


def test_what_a_restore_loses(suite):
    with folder_new() as folder:
        data = made(folder / "data")
        copy = folder / "copy.db"
        handrail("backup", copy, "--data", data)
        # As if 300 acts more had been signed: the ledger of a second folder under the same key.
        longer = folder / "longer"
        (longer / "keys").mkdir(parents=True)
        shutil.copy(data / "keys" / "ledger.key", longer / "keys")
        subprocess.run([PLAY, "make", longer, str(ACTS + 300)], check=True)
        ran = handrail("restore", copy, "--data", longer, "--replace")
        suite.exits("acts are lost", ran, 0, "295 acts that had been signed are lost", "is kept as")
        ran = handrail("audit", "verify", "--data", longer)
        suite.exits("and the history is whole", ran, 0, "1210 acts")
        aside = list(longer.glob("handrail.db.replaced-*"))
        suite.check("the old one is there, in one file", len(aside) == 1, aside)
        with contextlib.closing(sqlite3.connect(longer / "handrail.db")) as database:
            said = json.loads(database.execute(
                "SELECT content FROM act ORDER BY position DESC").fetchone()[0])
            epoch = database.execute("SELECT epoch FROM ledger_head").fetchone()[0]
        suite.check("the act says so", said["lostEntries"] == 1504 and said["epoch"] == 3, said)
        ran = handrail("restore", copy, "--data", longer, "--replace")
        suite.exits("a second time", ran, 0)
        with contextlib.closing(sqlite3.connect(longer / "handrail.db")) as database:
            later = database.execute("SELECT epoch FROM ledger_head").fetchone()[0]
        suite.check("no epoch begins twice", (epoch, later) == (3, 4), (epoch, later))


def test_a_copy_of_what_is_not_whole(suite):
    with folder_new() as folder:
        data = made(folder / "data")
        change(data / "handrail.db", "DELETE FROM act WHERE position = 400")
        copy = folder / "copy.db"
        suite.exits("is made", handrail("backup", copy, "--data", data), 1, "act 400")
        ran = handrail("restore", copy, "--data", folder / "other")
        suite.exits("and not restored", ran, 2, "not whole", "act 400")

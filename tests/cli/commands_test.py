"""Each command as a newcomer would call it. Read first: harness.py."""

import os
import shutil
import stat
import subprocess
import tempfile

from harness import PROGRAM, SMALL, copy_of_small, handrail

LARCH = SMALL / "larch-lane"
COMMANDS = ("ask", "check", "decide", "explain", "lint", "fmt", "test", "coverage", "vocabulary",
            "compile", "help", "audit", "backup", "restore")


def test_help(suite):
    suite.exits("no command at all shows the commands", handrail(), 2, *COMMANDS)
    suite.exits("help shows the commands", handrail("help"), 0, *COMMANDS)
    suite.exits("--help does too", handrail("--help"), 0, *COMMANDS)
    suite.exits("--version", handrail("--version"), 0, "handrail ")
    for command in COMMANDS:
        suite.exits(f"help {command}", handrail("help", command), 0, f"usage: handrail {command}")
        suite.exits(f"{command} --help", handrail(command, "--help"), 0, "usage:")
    wide = [line for line in handrail("help").out.splitlines() if len(line) > 80]
    suite.check("help fits 80 columns", not wide, wide)


def test_wrong_calls(suite):
    suite.exits("a misspelt command", handrail("lnit"), 2, 'did you mean "lint"?')
    suite.exits("a strange command", handrail("zzzzzz"), 2, "handrail help")
    suite.exits("a misspelt option", handrail("test", LARCH, "--jsn"), 2, '"--json"')
    suite.exits("an option without its value", handrail("compile", LARCH, "-o"), 2, "needs a value")
    suite.exits("a value for a flag", handrail("test", LARCH, "--json=1"), 2, "takes no value")
    for command in ("ask", "decide", "explain", "lint", "fmt", "test", "coverage", "compile"):
        suite.exits(f"{command} without a pack", handrail(command), 2, "pack is missing", "hint:")
    suite.exits("one name too many", handrail("decide", LARCH, LARCH), 2, "one name too many")
    suite.exits("too many names", handrail("lint", *[LARCH] * 70), 2, "more than 64 names")
    suite.exits("help for no command", handrail("help", "tset"), 2, '"test"')


def test_paths(suite):
    suite.exits("no such folder", handrail("lint", SMALL / "larch-lan"), 2, "did you mean",
                "larch-lane")
    suite.exits("no such folder at all", handrail("lint", "/nowhere/at/all"), 2,
                "there is no such folder")
    suite.exits("a folder without policies", handrail("lint", SMALL.parent / "policies/vocabulary"),
                2, "no policy.md")
    suite.exits("a file policy.md names its folder", handrail("lint", LARCH / "policy.md"), 0,
                "larch-lane: 5 clauses")
    suite.exits("from inside the folder", handrail("lint", ".", folder=LARCH), 0, "larch-lane")
    suite.exits("from above", handrail("lint", "policies", folder=SMALL.parent), 0, "birch",
                "larch-lane", "law")
    suite.exits("several at once", handrail("lint", LARCH, SMALL / "birch"), 0, "birch", "larch")


def test_lint(suite):
    folder = copy_of_small()
    file = folder / "policies" / "larch-lane" / "policy.md"
    text = file.read_text()
    file.write_text(text.replace("other is relative", "other is relatve"))
    ran = handrail("lint", folder / "policies" / "larch-lane")
    suite.exits("a misspelt value", ran, 1, "policy.md:31:19: error", "relatve", "relative",
                "1 error")
    suite.exits("other commands say so too", handrail("test", folder / "policies/larch-lane"), 1,
                "relatve")
    suite.exits("and decide does not answer from it",
                handrail("decide", folder / "policies/larch-lane", given='{"act":"post"}'), 2,
                "relatve", "has errors")
    suite.exits("but from a sound one beside it",
                handrail("decide", folder / "policies", given='{"pack":"law","act":"post"}'), 0)
    ran = handrail("lint", folder / "policies")
    suite.check("what is wrong with a shared file is said once", ran.err.count("relatve") == 1, ran)
    file.write_bytes(b"# x\n" + b"a" * (2 * 1024 * 1024))
    suite.exits("a policy of more than 2 MiB", handrail("lint", file.parent), 1, "2 MiB")
    os.remove(folder / "policies" / "vocabulary" / "vocabulary.md")
    suite.exits("no vocabulary", handrail("lint", folder / "policies" / "law"), 1,
                "no vocabulary", "../vocabulary/vocabulary.md")
    shutil.rmtree(folder)


def test_extends(suite):
    folder = copy_of_small()
    file = folder / "policies" / "birch" / "policy.md"
    text = file.read_text()
    file.write_text(text.replace("../larch-lane", "../elm"))
    suite.exits("a parent that is not there", handrail("lint", file.parent), 1, "../elm", "extends")
    file.write_text(text.replace("../larch-lane", "../birch"))
    suite.exits("a policy that extends itself", handrail("lint", file.parent), 1, "deep")
    shutil.rmtree(folder)


def test_fmt(suite):
    folder = copy_of_small()
    file = folder / "policies" / "larch-lane" / "policy.md"
    handrail("fmt", folder / "policies")
    text = file.read_text()
    suite.exits("what is laid out stays", handrail("fmt", folder / "policies", "--check"), 0)
    os.chmod(file, 0o640)
    file.write_text(text.replace("covers anything\n", "covers   anything\n"))
    suite.exits("--check names the file", handrail("fmt", folder / "policies", "--check"), 1,
                "larch-lane/policy.md")
    suite.check("--check changes nothing", "covers   anything" in file.read_text())
    suite.exits("fmt lays it out", handrail("fmt", folder / "policies"), 0, "laid out")
    suite.check("and the text is as before", file.read_text() == text)
    suite.check("permissions are kept", stat.S_IMODE(file.stat().st_mode) == 0o640)
    suite.check("nothing is left behind", not list(file.parent.glob(".*")))
    vocabulary = folder / "policies" / "vocabulary" / "vocabulary.md"
    words = vocabulary.read_text()
    vocabulary.write_text(words.replace("  group connect", "     group connect", 1))
    suite.exits("the vocabulary too", handrail("fmt", folder / "policies"), 0, "vocabulary.md")
    file.write_text(text.replace("should not connect", "shuold not connect"))
    suite.exits("a file with errors is left alone", handrail("fmt", file.parent), 1,
                "left as it is")
    suite.check("and was", "shuold not connect" in file.read_text())
    shutil.rmtree(folder)


def test_examples(suite):
    ran = handrail("test", LARCH)
    suite.exits("examples pass", ran, 0)
    suite.check("the last line is the sum", ran.out.splitlines()[-1] == "14 passed, 0 failed", ran)
    both = handrail("test", SMALL / "birch", SMALL / "law")
    suite.check("sums of several packs", both.out.splitlines()[-1] == "3 passed, 0 failed", both)
    folder = copy_of_small()
    file = folder / "policies" / "larch-lane" / "policy.md"
    file.write_text(file.read_text().replace("-> forbidden by 2\n", "-> allowed by 2\n", 1))
    ran = handrail("test", file.parent)
    suite.exits("an example that fails", ran, 1, "policy.md:36: A teacher accepts a pupil.",
                "expected: allowed by 2", "actual:   forbidden by 2", "the verdict is forbidden",
                "13 passed, 1 failed")
    shutil.rmtree(folder)


def test_mutants(suite):
    ran = handrail("test", LARCH, "--mutate")
    suite.exits("too many mutants survive", ran, 1, '"and": account', "mutants caught")
    suite.check("survivors are named with file and line", "policy.md:57: 3: not noticed" in
                ran.out.replace("\n    ", " "), ran)
    ran = handrail("test", SMALL / "birch", "--mutate")
    suite.exits("all are caught", ran, 0, "3/3 100 %")
    ran = handrail("test", LARCH, "--coverage")
    suite.exits("coverage of examples", ran, 0, "100 %")


def test_coverage(suite):
    ran = handrail("coverage", LARCH)
    suite.exits("without a ledger each clause is a row", ran, 0, "enforced", "clock (calendar)")
    folder = copy_of_small()
    ledger = folder / "ledger.tsv"
    head = ("id\twhere\tthe policy says\tstrength\tput into operation by\t"
            "what must be seen to work\n")
    ledger.write_text(head + "2\t\tno pupils\tshould\trule\t\n"
                      "4\t\tviews\tshould\trule, clock, screening\t\n"
                      "5\t\twhy\tstates\ttext\t\n")
    suite.exits("a ledger that is covered", handrail("coverage", LARCH, "--ledger", ledger), 0,
                "nothing for: screening", "2 clauses stand in no row")
    totals = handrail("coverage", LARCH, "--ledger", ledger, "--json").json()["totals"]
    suite.check("totals of it", totals == {"rows": 3, "enforced": 2, "declared": 0, "text": 1,
                                           "missing": 0, "lacking_rule": 0, "with_unmet": 1},
                totals)
    ledger.write_text(head + "5\t\twhy\tstates\trule\t\n")
    suite.exits("a row that should have a rule", handrail("coverage", LARCH, "--ledger", ledger), 1,
                "5: should have a rule")
    ledger.write_text(head + "".join(f"{row}\t\t\tmust\trule\t\n" for row in ("B-1", "B-2", "X-1")))
    suite.exits("a row without a clause", handrail("coverage", SMALL / "birch", "--ledger", ledger),
                1, "missing", "1 rows of the ledger belong to none")
    ledger.write_text("name\tvalue\n")
    suite.exits("a ledger of another kind", handrail("coverage", LARCH, "--ledger", ledger), 2,
                "ledger.tsv:1", 'no column "id"')
    suite.exits("no such ledger", handrail("coverage", LARCH, "--ledger", folder / "no.tsv"), 2,
                "no such file")
    shutil.rmtree(folder)


def test_vocabulary(suite):
    suite.exits("of a pack", handrail("vocabulary", LARCH), 0, "accept-contact",
                "accept a friend or follow request", "Is it an emergency?")
    ran = handrail("vocabulary", SMALL, "--json")
    suite.exits("of a folder, as JSON", ran, 0)
    facts = {fact["name"]: fact for fact in ran.json()["facts"]}
    suite.check("values of a fact",
                [value["name"] for value in facts["account"]["values"]] == ["personal", "official"])
    suite.check("a default", facts["emergency"]["default"] == "no")
    suite.check("about a person", facts["other.age"]["about"] == "person")
    suite.exits("without a pack, here", handrail("vocabulary", folder=SMALL.parent), 0, "Acts:")
    with tempfile.TemporaryDirectory() as nothing:
        suite.exits("without a pack, elsewhere", handrail("vocabulary", folder=nothing), 2,
                    "there is no vocabulary")


def test_explain(suite):
    ran = handrail("explain", LARCH, "3")
    suite.exits("a clause", ran, 0, "3 (2.2)  Former pupils", "You must not", "under 18",
                "the headteacher or the chair of governors", "with a reason", "prevails")
    wide = [line for line in ran.out.splitlines() if len(line) > 80]
    suite.check("fits 80 columns", not wide, wide)
    suite.exits("by its place in the document", handrail("explain", LARCH, "2.1"), 0, "relative")
    suite.exits("small letters", handrail("explain", SMALL, "b-1"), 0, "Ask the line manager")
    suite.exits("a clause of the law", handrail("explain", LARCH, "L-1"), 0, "Emergencies")
    suite.exits("what is declared", handrail("explain", LARCH, "4"), 0, "clock answer-posts",
                "within", "1 day")
    suite.exits("no such clause", handrail("explain", SMALL, "B-7"), 2, '"B-1"')
    suite.exits("no clause named", handrail("explain", LARCH), 2, "something is missing")


def test_compile(suite):
    folder = copy_of_small()
    file = folder / "larch.pack"
    suite.exits("compile", handrail("compile", LARCH, "-o", file), 0, "larch-lane", "bytes")
    suite.check("the file is there", file.stat().st_size > 1000)
    suite.exits("without a file", handrail("compile", LARCH), 2, "-o")
    suite.exits("of a folder of packs", handrail("compile", SMALL, "-o", file), 2,
                "several policies")
    suite.exits("into no folder", handrail("compile", LARCH, "-o", folder / "no" / "x"), 2,
                "no such file or folder")
    shutil.rmtree(folder)


def test_output_that_cannot_be_written(suite):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([str(PROGRAM), "vocabulary", str(LARCH)], stdout=full,
                              stderr=subprocess.PIPE, check=False)
    suite.check("a full disk is noticed",
                done.returncode == 2 and b"could not be written" in done.stderr, done)

"""`handrail check`: drafts, rolls, policies, and calls that must be refused. Read first:
harness.py."""

import pathlib
import tempfile

from harness import REAL, handrail

SCHOOL = ("--school", "Ashdown Vale Academy; Ashdown Vale", "--short", "AVA",
          "--mail", "ashdownvale.example")
PEOPLE = REAL / "vocabulary" / "people.csv"
DRAFT = "Zofia Nowak had a meltdown in class again. Ring me on 01632 960123, AVA parents."


def check(*words, given=DRAFT):
    return handrail("check", *SCHOOL, *words, given=given)


def kinds(ran):
    return [finding["kind"] for finding in ran.json()["findings"]]


def test_findings(suite):
    ran = check("--roll", PEOPLE, "--json")
    suite.exits("findings without a policy", ran, 0)
    wanted = {"pupil-named", "phone-number", "school-abbreviation"}
    suite.check("the pupil, the number and the school", wanted <= set(kinds(ran)), ran)
    for finding in ran.json()["findings"]:
        words = DRAFT.encode()[finding["start"]:finding["end"]].decode()
        if finding["kind"] == "phone-number":
            suite.check("offsets are those of the draft", words == "01632 960123", words)
    suite.exits("in words", check("--roll", PEOPLE), 0, "A pupil is named", "01632 960123",
                "--policy")
    suite.exits("nothing found gives no false comfort", check(given="A lovely walk by the sea."), 0,
                "Nothing was found", "read it once more")
    suite.exits("an empty draft", check(given=""), 0, "Nothing was found")
    suite.check("without a roll nobody is known", "pupil-named" not in kinds(check("--json")))


def test_offsets_with_other_letters(suite):
    draft = "Ünïcödé 🙂 école: ring +44 7700 900123 please"
    found = check("--json", given=draft).json()["findings"]
    words = [draft.encode()[one["start"]:one["end"]].decode() for one in found]
    suite.check("offsets are bytes", "+44 7700 900123" in words, words)


def test_policies(suite):
    forbidden = check("--roll", PEOPLE, "--policy", REAL / "athelstan", "--json")
    suite.exits("a policy", forbidden, 0)
    cited = {clause["clause"] for finding in forbidden.json()["findings"]
             for clause in finding["clauses"]}
    suite.check("clauses of the policy are cited", "AT-25" in cited or "AT-30" in cited, cited)
    other = check("--roll", PEOPLE, "--policy", REAL / "chiltern", "--json").json()
    theirs = {clause["clause"] for finding in other["findings"] for clause in finding["clauses"]}
    suite.check("another policy cites its own", theirs and not theirs & cited, theirs)
    suite.exits("in words", check("--policy", REAL / "athelstan"), 0, "As a whole", "prevails")
    mild = "Rainy again, the ducks love it. Views my own."
    aside = check("--policy", REAL / "athelstan", "--json", given=mild).json()["findings"]
    suite.check("a disclaimer is found", [one["kind"] for one in aside] == ["disclaimer"], aside)
    suite.exits("what is no concern and has no consequence is not counted, as on the page",
                check("--policy", REAL / "athelstan", given=mild), 0, "Nothing was found")
    suite.exits("--fail-on does not count it either",
                check("--policy", REAL / "athelstan", "--fail-on", "finding", given=mild), 0)
    suite.exits("--fail-on a finding", check("--fail-on", "finding"), 1)
    suite.exits("--fail-on with nothing found", check("--fail-on", "finding", given="Fine."), 0)
    fine = check("--policy", REAL / "athelstan", "--fail-on", "forbidden", given="Lovely weather.")
    suite.exits("--fail-on forbidden", fine, 0)
    suite.exits("facts that are said", check("--policy", REAL / "athelstan", "--said",
                                             "person=governor audience=everyone"), 0)


def test_wrong_calls(suite):
    suite.exits("no such channel", check("--as", "letter"), 2, "personal, official")
    suite.exits("no such level", check("--fail-on", "bad"), 2, "needs-approval")
    suite.exits("no such roll", check("--roll", "/nowhere.csv"), 2)
    suite.exits("no such draft", handrail("check", "/nowhere.txt"), 2)
    suite.exits("no such policy", check("--policy", REAL / "nowhere"), 2)
    suite.exits("a folder of policies", check("--policy", REAL), 2)
    strange = check("--policy", REAL / "athelstan", "--said", "x=y")
    suite.exits("facts that nobody knows", strange, 2, "handrail vocabulary")
    suite.exits("a draft that is too long", check(given="word " * 20000), 2)


def test_rolls(suite):
    with tempfile.TemporaryDirectory() as name:
        roll = pathlib.Path(name) / "roll.csv"
        for said, text, words in (
                ("a formula", "kind,name\npupil,=cmd()\n", ("roll.csv:2",)),
                ("wrong columns", "a,b\n1,2\n", ("roll.csv:1",)),
                ("bytes that are no text", b"kind,name\npupil,\xff\xfe\n", ("roll.csv:2",)),
                ("an empty file", "", ("roll.csv",))):
            roll.write_bytes(text if isinstance(text, bytes) else text.encode())
            suite.exits(said, check("--roll", roll), 2, *words)


def test_terminal_is_safe(suite):
    ran = check(given="ring 01632 960123 \x1b[2Jnow\x07")
    suite.check("control characters of a draft are left out", "\x1b[2J" not in ran.out and
                "\x07" not in ran.out, ran)

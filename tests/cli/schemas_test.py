"""What the program writes, and what the tests ask, against docs/schemas/. Read first: harness.py.

The validation itself is done by Debian's python3-jsonschema (tools/packages.txt) or by the one of
the running Python.
"""

import importlib.util
import json
import subprocess
import sys

from harness import REAL, ROOT, SMALL, handrail

SCHEMAS = ROOT / "docs" / "schemas"

# Reads {"schema", "documents"}; writes for each document a list of what is wrong with it.
VALIDATE = """
import json, sys
from jsonschema import Draft202012Validator as Validator
given = json.load(sys.stdin)
Validator.check_schema(given["schema"])
validator = Validator(given["schema"])
json.dump([[error.json_path + ": " + error.message[:300] for error in validator.iter_errors(one)]
           for one in given["documents"]], sys.stdout)
"""


def python_with_jsonschema():
    if importlib.util.find_spec("jsonschema"):
        return sys.executable
    return "/usr/bin/python3"


def faults(schema, documents):
    """For each document what is wrong with it."""
    given = json.dumps({"schema": json.loads((SCHEMAS / f"{schema}.json").read_text()),
                        "documents": documents})
    done = subprocess.run([python_with_jsonschema(), "-c", VALIDATE], input=given,
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError("the validator does not run; is python3-jsonschema installed?\n"
                           + done.stderr[-1000:])
    return json.loads(done.stdout)


def validate(suite, schema, documents):
    """documents: name -> document."""
    for name, wrong in zip(documents, faults(schema, list(documents.values()))):
        suite.check(f"{name} is as {schema}.json says", not wrong, "\n".join(wrong[:10]))


FULL = {
    "pack": "larch-lane", "act": "accept-contact",
    "facts": {"person": {"is": ["teacher"], "unknown": ["parent"]}, "account": "personal",
              "emergency": False, "names-school": "no", "posted-on": None},
    "others": [{"label": "my niece", "is": ["pupil", "relative"], "age": 15},
               {"is": ["former-pupil"], "age": 17, "consent": "granted"}],
    "approvals": [{"by": "headteacher", "clause": "3", "state": "granted", "reason": "x",
                   "written": True, "from": "2026-09-01", "until": "2027-07-31", "person": 2}],
    "as_of": "2026-11-20", "otherwise": "none", "brief": False,
}


def test_questions(suite):
    questions = (FULL, {"act": "post"}, {"act": "post", "facts": {"account": "unknown"}},
                 {"act": "accept-contact", "others": []})
    validate(suite, "question", {f"question {i}": one for i, one in enumerate(questions)})
    answers = {}
    for number, question in enumerate(questions):
        ran = handrail("decide", SMALL / "larch-lane", given=json.dumps(question))
        suite.exits(f"question {number} is answered", ran, 0)
        answers[f"answer {number}"] = ran.json()
    validate(suite, "answer", answers)


def test_schema_refuses(suite):
    wrong = faults("question", [{"facts": {}}, {"act": "post", "x": 1},
                                {"act": "post", "as_of": "today"}])
    suite.check("a question without an act", wrong[0])
    suite.check("a strange member", wrong[1])
    suite.check("a wrong date", wrong[2])


def test_answers_of_the_real_policies(suite):
    answers = {}
    for pack in sorted(file.parent for file in REAL.glob("*/policy.md")):
        for act in ("post", "accept-contact"):
            for more in ({}, {"facts": {"account": "personal", "person": ["teacher"]}},
                         {"otherwise": "none", "others": [{"is": ["pupil"]}, {"age": 17}]}):
                given = json.dumps({"act": act, **more})
                ran = handrail("decide", pack, given=given)
                suite.exits(f"{pack.name}: {given}", ran, 0)
                answers[f"{pack.name}: {given}"] = ran.json()
    validate(suite, "answer", answers)


def test_the_rest(suite):
    vocabularies = {"vocabulary": handrail("vocabulary", SMALL, "--json").json(),
                    "of a pack": handrail("vocabulary", SMALL / "birch", "--json").json()}
    coverages = {"coverage": handrail("coverage", SMALL, "--json").json()}
    tests = {"test": handrail("test", SMALL, "--json").json(),
             "test --mutate": handrail("test", SMALL / "larch-lane", "--mutate", "--json").json()}
    if REAL.exists():
        vocabularies["the real one"] = handrail("vocabulary", REAL, "--json").json()
        coverages["the real one"] = handrail("coverage", REAL, "--json").json()
    validate(suite, "vocabulary", vocabularies)
    validate(suite, "coverage", coverages)
    validate(suite, "test", tests)


def test_checked_drafts(suite):
    drafts = ("", "Fine.", "Our head is useless. Ring 01632 960123 or write to me@home.example!",
              "NHS number 943 476 5870, born 3 March 2011")
    checked = {}
    for draft in drafts:
        for words in ((), ("--policy", REAL / "mandeville"), ("--policy", REAL / "reach2",
                                                              "--as", "incoming")):
            ran = handrail("check", "--short", "AVA", "--json", *words, given=draft)
            suite.exits(f"checked: {draft} {words}", ran, 0)
            checked[f"{draft} {words}"] = ran.json()
    validate(suite, "check", checked)

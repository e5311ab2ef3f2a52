"""What the program writes, and what the tests ask, against docs/schemas/. Read first: harness.py.

The validation itself is done by Debian's python3-jsonschema (tools/packages.txt) or by the one of
the running Python.
"""

import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

from harness import REAL, ROOT, SMALL, handrail

VALIDATE = """
import json, sys
from jsonschema import Draft202012Validator as Validator
failed = 0
for schema_file, document_file in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(schema_file) as file:
        schema = json.load(file)
    with open(document_file) as file:
        document = json.load(file)
    Validator.check_schema(schema)
    for error in Validator(schema).iter_errors(document):
        failed += 1
        print(document_file, error.json_path, error.message[:300])
sys.exit(1 if failed else 0)
"""


def python_with_jsonschema():
    if importlib.util.find_spec("jsonschema"):
        return sys.executable
    return "/usr/bin/python3"


def validate(suite, name, schema, document):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "document.json"
        file.write_text(json.dumps(document))
        done = subprocess.run([python_with_jsonschema(), "-c", VALIDATE,
                               str(ROOT / "docs" / "schemas" / f"{schema}.json"), str(file)],
                              capture_output=True, text=True, check=False)
    suite.check(f"{name} is as {schema}.json says", done.returncode == 0,
                done.stdout[:2000] + done.stderr[-1000:])


def is_valid(schema, document):
    counting = type("Counting", (), {"held": True})()
    counting.check = lambda name, holds, detail="": setattr(counting, "held", holds)
    validate(counting, "", schema, document)
    return counting.held


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
    for number, question in enumerate(questions):
        validate(suite, f"question {number}", "question", question)
        ran = handrail("decide", SMALL / "larch-lane", given=json.dumps(question))
        suite.exits(f"question {number} is answered", ran, 0)
        validate(suite, f"answer {number}", "answer", ran.json())


def test_schema_refuses(suite):
    suite.check("a question without an act", not is_valid("question", {"facts": {}}))
    suite.check("a strange member", not is_valid("question", {"act": "post", "x": 1}))
    suite.check("a wrong date", not is_valid("question", {"act": "post", "as_of": "today"}))


def test_answers_of_the_real_policies(suite):
    if not REAL.exists():
        return
    for pack in sorted(file.parent for file in REAL.glob("*/policy.md")):
        for act in ("post", "accept-contact", "take-photo", "open-official-account"):
            for more in ({}, {"facts": {"account": "personal", "person": ["teacher"]}},
                         {"otherwise": "none", "others": [{"is": ["pupil"]}, {"age": 17}]}):
                given = json.dumps({"act": act, **more})
                ran = handrail("decide", pack, given=given)
                suite.exits(f"{pack.name}: {given}", ran, 0)
                validate(suite, f"{pack.name}: {given}", "answer", ran.json())


def test_the_rest(suite):
    validate(suite, "vocabulary", "vocabulary", handrail("vocabulary", SMALL, "--json").json())
    validate(suite, "vocabulary of a pack", "vocabulary",
             handrail("vocabulary", SMALL / "birch", "--json").json())
    validate(suite, "coverage", "coverage", handrail("coverage", SMALL, "--json").json())
    validate(suite, "test", "test", handrail("test", SMALL, "--json").json())
    validate(suite, "test --mutate", "test",
             handrail("test", SMALL / "larch-lane", "--mutate", "--json").json())
    if REAL.exists():
        validate(suite, "the real vocabulary", "vocabulary",
                 handrail("vocabulary", REAL, "--json").json())
        validate(suite, "the real coverage", "coverage",
                 handrail("coverage", REAL, "--json").json())

"""`handrail decide`: answers, and input that must be refused. Read first: harness.py."""

import json

from harness import SMALL, handrail

LARCH = SMALL / "larch-lane"
FILE = "facts.json:"


def question(**members):
    return json.dumps({"act": "accept-contact", **members})


def decide(given, pack=LARCH):
    return handrail("decide", pack, given=given)


def test_answers(suite):
    facts = {"person": ["teacher"], "account": "personal"}
    ran = decide(question(facts=facts, others=[{"is": ["pupil"]}]))
    suite.exits("forbidden", ran, 0)
    answer = ran.json()
    suite.check("by clause 2", answer["verdict"] == "forbidden" and
                answer["clauses"][0]["clause"] == "2", ran)
    suite.check("the reader's note is shown", answer["notes"][0]["clause"] == "2", ran)
    suite.check("what was presumed", answer["presumed"][0]["fact"] == "emergency", ran)
    answer = decide(question(facts=facts, others=[{"is": ["former-pupil"], "age": 17}])).json()
    suite.check("needs approval", answer["verdict"] == "needs-approval" and
                answer["approvals"][0]["roles"] == ["headteacher", "chair"], answer)
    suite.check("what would change it", answer["changes"], answer)
    answer = decide('{"act": "post"}').json()
    suite.check("undetermined, with a next question", answer["verdict"] == "undetermined" and
                answer["next"]["fact"], answer)
    answer = decide('{"act": "post", "brief": true}').json()
    suite.check("brief: without it", answer["next"] is None, answer)


def test_today(suite):
    facts = {"person": ["teacher"], "account": "personal"}
    others = [{"is": ["former-pupil"], "age": 17}]

    def verdict(until, **more):
        approval = {"by": "chair", "state": "granted", "reason": "a brother", "written": True,
                    "until": until}
        given = question(facts=facts, others=others, approvals=[approval], **more)
        return decide(given).json()["verdict"]

    suite.check("valid today", verdict("2026-11-20") == "allowed")
    suite.check("expired yesterday", verdict("2026-11-19") == "needs-approval")
    suite.check("as_of goes before today", verdict("2026-11-19", as_of="2026-11-01") == "allowed")
    suite.check("an empty question has a place for the date", decide("{}").status == 2)


def test_packs(suite):
    given = question(pack="birch", facts={"person": ["teacher"]})
    suite.exits("a folder of packs", decide(given, SMALL), 0, '"name": "birch"')
    suite.exits("no pack named", decide(question(), SMALL), 2, "names none", "pack")
    suite.exits("unknown pack", decide(question(pack="birhc"), SMALL), 2, '"birhc"', '"birch"')
    suite.exits("a pack that is no name", decide('{"pack": 5, "act": "post"}', SMALL), 2,
                FILE + "1:10", "number")
    suite.exits("another pack than the folder", decide(question(pack="birch"), LARCH), 2,
                "birch", "larch-lane")
    suite.exits("the pack's own name", decide(question(pack="larch-lane"), LARCH), 0)


def test_wrong_questions(suite):
    cases = (
        ("unknown fact", question(facts={"acount": "personal"}), "1:", "account"),
        ("unknown value", question(facts={"account": "own"}), "1:", "own"),
        ("unknown act", '{\n  "act": "acept-contact"}', "2:10", "accept-contact"),
        ("no act", '{"facts": {}}', "1:1", "act"),
        ("wrong type of a yes or no", question(facts={"emergency": "maybe"}), "1:", "true"),
        ("wrong type of a number", question(others=[{"is": [], "age": "17"}]), "1:", "number"),
        ("a number out of range", question(others=[{"age": 999}]), "1:", "120"),
        ("a fraction", question(others=[{"age": 17.5}]), "1:", "number"),
        ("wrong type of a list", question(facts={"person": "teacher"}), "1:", "list"),
        ("a fact of a person among those of the act", question(facts={"other": ["pupil"]}), "1:",
         "others"),
        ("facts that are no object", question(facts=[]), "1:", "object"),
        ("an unknown member", question(fatcs={}), "1:", "fatcs"),
        ("an unknown role", question(approvals=[{"by": "head", "state": "granted"}]), "1:", "head"),
        ("a date that is none", question(as_of="2026-02-30"), "1:", "date"),
        ("33 people", question(others=[{}] * 33), "1:", "32"),
        ("contradicting facts", question(others=[{"is": ["pupil", "former-pupil"]}]), "", "pupil"),
        ("a list", "[1, 2]", "1:1", "object"),
        ("a number alone", "17", "1:1", "object"),
    )
    for name, given, place, word in cases:
        suite.exits(name, decide(given), 2, FILE + place if place else "", word)


def test_broken_json(suite):
    cases = (
        ("empty input", b"", "1:1"),
        ("only white space", b"  \n ", ""),
        ("cut off", b'{"act": "post"', "1:"),
        ("a trailing comma", b'{"act": "post",}', "1:"),
        ("a comment", b'{"act": "post"} // no', "1:"),
        ("two documents", b'{"act": "post"}{}', "1:16"),
        ("single quotes", b"{'act': 'post'}", "1:2"),
        ("NaN", b'{"act": "post", "facts": {"other.age": NaN}}', "1:"),
        ("duplicate keys", b'{"act": "post",\n "act": "post"}', "2:2"),
        ("duplicate facts", b'{"act": "post", "facts": {"a": 1, "a": 2}}', "1:"),
        ("invalid UTF-8", b'{"act": "po\xffst"}', "1:"),
        ("overlong UTF-8", b'{"act": "\xc0\xaf"}', "1:"),
        ("a lone surrogate", b'{"act": "\\ud800"}', "1:"),
        ("UTF-16", '{"act": "post"}'.encode("utf-16"), "1:1"),
        ("a NUL byte", b'{"act": "po\x00st"}', "1:"),
        ("NUL bytes only", b"\x00" * 1000, "1:1"),
        ("a raw line feed in a text", b'{"act": "po\nst"}', "1:"),
        ("nesting of 1000", b"[" * 1000 + b"]" * 1000, "1:"),
        ("nesting of 1000 in facts",
         b'{"act":"post","facts":{"x":' + b"[" * 1000 + b"]" * 1000 + b"}}", "1:"),
        ("nesting of 100000", b'{"a":' * 100000, "1:"),
        ("a number of 1000 digits", b'{"act": "post", "x": ' + b"9" * 1000 + b"}", "1:"),
        ("many values", b'{"act": "post", "x": [' + b"1," * 250000 + b"1]}", "1:"),
    )
    for name, given, place in cases:
        ran = decide(given)
        suite.exits(name, ran, 2, FILE + place)
        suite.check(name + ": nothing is answered", ran.out == "", ran)


def test_sizes(suite):
    small = b'{"act": "post", "facts": {}}'
    suite.exits("10 MB", decide(small + b" " * 10_000_000), 2, "4 MiB", "not read")
    limit = 4 * 1024 * 1024
    suite.exits("exactly 4 MiB", decide(small + b" " * (limit - len(small))), 0)
    suite.exits("one more", decide(small + b" " * (limit - len(small) + 1)), 2, "4 MiB")
    suite.exits("a NUL in a text that is escaped", decide(b'{"act": "po\\u0000st"}'), 2, "1:9")
    suite.exits("a byte order mark", decide(b"\xef\xbb\xbf" + small), 0)
    label = "\u202e\U0001f469\u200d\U0001f3eb" * 100
    suite.exits("any letters in a label", decide(question(others=[{"label": label}])), 0)


def test_unknown_and_withheld(suite):
    facts = {"person": ["teacher"], "account": "unknown", "emergency": "withheld"}
    answer = decide(question(facts=facts, others=[{"is": "unknown", "age": None}])).json()
    suite.check("unknown is listed", {"fact": "account", "person": 0} in answer["unknown"], answer)
    facts = {"person": {"is": ["teacher"], "unknown": ["parent"]}, "account": "personal"}
    answer = decide(question(facts=facts, others=[{"is": ["pupil"]}])).json()
    suite.check("one value unknown", answer["verdict"] == "undetermined" or
                answer["verdict"] == "forbidden", answer)

#!/usr/bin/env python3
"""Calls every operation of /api/v1/openapi.json with valid, borderline and hostile values.

The description is all that this knows of the API, save what makes a value likely to fit. People of
several roles ask, a program whose token is narrow, and nobody. On SQLite, then on PostgreSQL.
HANDRAIL_SEED repeats a run; the seed is printed. The last line is "N passed, N failed".

What must hold: no answer is a failure of the server or tells of its insides; each agrees with its
schema; and what the schema allows is not refused as badly formed.
"""

import collections
import contextlib
import json
import os
import pathlib
import random
import re
import sys
import time

import jsonschema

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS), str(TESTS / "web"), str(TESTS / "cli"), str(TESTS.parent / "tools")]
sys.dont_write_bytecode = True

import harness  # noqa: E402
import run_office_slow  # noqa: E402
from office_client import PASSWORD, Browser, Office, school_of  # noqa: E402
from office_walk_test import add_person  # noqa: E402

CALLS = 2500  # for each engine
INSIDES = re.compile(r"(?i)sqlite|postgres|\bselect\b.*\bfrom\b|\binsert into\b|\bupdate \w+ set\b|"
                     r"\bconstraint\b|src/|\.c:\d+|0x[0-9a-f]{6}|assert|backtrace|\bnull pointer\b")
HOSTILE = ("", " ", "\0", "a\0b", "'", "' OR '1'='1", "\";--", "<script>alert(1)</script>",
           "%s%n%x", "../../etc/passwd", "${jndi:ldap://x}", "\u202e", "\ufeff", "\ud83d\ude00",
           "A" * 199, "A" * 200, "A" * 201, "A" * 60000,
           "Ä" * 100, "e\u0301" * 60, "0", "-1", "null", "true",
           "{}", "[]", "\r\nX: y", "=1+1", "zzzzzzzzzzzzz", "0000000000000", "1" * 13)
NUMBERS = (0, 1, -1, 2**31 - 1, 2**31, 2**53, 2**63 - 1, -2**63, 2**63, 10**30, 1.5, 1e308, -0.0)
ODD = (None, True, False, 0, -1, 1.5, [], {}, [1], {"a": 1}, "", "x")
DATES = ("2026-09-01", "2024-02-29", "2026-02-29", "0001-01-01", "9999-12-31", "10000-01-01", "",
         "2026-13-01", "01/09/2026", "2026-9-1", "-2026-01-01")


class World:
    """Who asks, and numbers of what there is."""

    def __init__(self, office, chance):
        self.office = office
        self.chance = chance
        anna = office.set_up()
        school = school_of(anna.get("/do/school.list"))
        self.schools = [school]
        self.people = [add_person(anna, school, f"Person {i}", f"p{i}@ashdownvale.example")
                       for i in range(4)]
        self.programs = {"nobody": office.program(), "it-manager": office.program(anna.token())}
        self.programs["narrow"] = office.program(anna.token("school.list person.see"))
        for number, role in enumerate(("headteacher", "hr", "dpo", "")):
            person = self.people[number]
            trust = {} if role == "dpo" else {"school": school}
            if role:
                anna.do("role.give", f"person={person}", role=role, **trust)
            page = anna.do("account.invite", f"person={person}")
            browser = Browser(office)
            link = re.search(r"/link/[\w-]{43}", page.text).group(0)
            browser.send(browser.get(link), password=f"seven slow yellow trams {number}")
            self.programs[role or "plain"] = office.program(browser.token())

    def id_of(self, name):
        known = self.schools if name == "school" else self.people + self.schools
        return self.chance.choice(known + ["1" * 13])


def fitting(world, name, schema):
    """A value that the schema allows, and that may be one."""
    chance = world.chance
    if "enum" in schema:
        return chance.choice(schema["enum"])
    if schema["type"] == "integer":
        return chance.choice((1, 2, 7, 0))
    if schema["type"] == "boolean":
        return chance.choice((True, False))
    if schema.get("format") == "date":
        return chance.choice(DATES[:2])
    if schema.get("format") == "email":
        return f"n{chance.randrange(10**9)}@ashdownvale.example"
    if schema.get("format") == "password":
        return PASSWORD + str(chance.randrange(10**6))
    if name in ("person", "school", "manager", "deputy", "whose", "row", "role", "after"):
        return world.id_of(name)
    return chance.choice(("Some words", "09:00", "10:30", "headteacher", "teacher", "*", "0", "k1"))


def value_for(world, name, schema):
    chance = world.chance
    kind = chance.random()
    if kind < 0.6:
        return fitting(world, name, schema)
    if kind < 0.8:
        return chance.choice(HOSTILE)
    if kind < 0.9:
        return chance.choice(NUMBERS)
    return chance.choice(ODD) if kind < 0.95 else chance.choice(DATES)


def fields_of(operation):
    """{name: (schema, is it required)}"""
    found = {item["name"]: (item["schema"], item["required"]) for item in operation["parameters"]
             if item["in"] == "query"}
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        found |= {name: (part, name in schema["required"])
                  for name, part in schema["properties"].items()}
    return found


def given_for(world, operation, is_all_fine):
    given = {}
    for name, (schema, is_required) in fields_of(operation).items():
        if world.chance.random() < (1 if is_required and is_all_fine else 0.9):
            given[name] = (fitting if is_all_fine else value_for)(world, name, schema)
    if not is_all_fine and world.chance.random() < 0.1:
        given[world.chance.choice(("extra", "__proto__", "", "person.id"))] = "x"
    return given


def call(world, who, method, action, given):
    program = world.programs[who]
    if method == "get":
        texts = {name: str(value).encode("utf-8", "surrogatepass")
                 for name, value in given.items()}
        return program.see(action, **texts) if sum(map(len, texts.values())) < 1000 else None
    headers = ()
    if world.chance.random() < 0.3:
        headers = (f"Idempotency-Key: k{world.chance.randrange(50)}",)
    body = json.dumps(given, ensure_ascii=world.chance.random() < 0.5)
    return program.ask("POST", f"/api/v1/{action}",
                       body.encode("utf-8", "surrogatepass"), headers)


def schema_of(document, operation, answer):
    """The schema that the description gives for such an answer, or None when it names no such."""
    responses = operation["responses"]
    response = responses.get(str(answer.status), responses.get("default"))
    if response is None:
        return None
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    kind = answer.get("content-type")
    return response["content"].get(kind, {}).get("schema")


def fault_of(document, operation, who, answer, is_all_fine):
    """What is wrong with an answer, or nothing."""
    if answer.status >= 500:
        return f"a failure: {answer.status}"
    if INSIDES.search(re.sub(r'"(word|name|setting|words|title|whom|why|value|jobTitle|knownAs'
                             r'|code|ofWhom|reference)":"(\\.|[^"\\])*"', "",
                             answer.body.decode())):
        return "it tells of its insides"
    schema = schema_of(document, operation, answer)
    if schema is None:
        return f"the description has no {answer.status} as {answer.get('content-type')}"
    try:
        jsonschema.validate(answer.json, schema)
    except jsonschema.ValidationError as error:
        return f"not by its schema: {error.message}"
    if who == "nobody" and answer.status not in (400, 401):
        return "nobody was let in"
    if is_all_fine and answer.status in (400, 404, 405, 413, 415):
        return f"a value that fits was answered {answer.status}"
    return None


def fuzz(suite, chance):
    counts = collections.Counter()
    with Office() as office:
        world = World(office, chance)
        document = json.loads(office.get("/api/v1/openapi.json").body)
        operations = [(path.rpartition("/")[2], method, operation)
                      for path, methods in document["paths"].items()
                      for method, operation in methods.items()]
        for number in range(CALLS):
            action, method, operation = operations[number % len(operations)]
            who = chance.choice([*world.programs, "it-manager", "it-manager"])
            is_all_fine = chance.random() < 0.3
            given = given_for(world, operation, is_all_fine)
            if action == "token.revoke" and chance.random() < 0.9:
                continue  # else soon nobody could ask
            if chance.random() < 0.95:
                given.pop("left", None)  # the same
            answer = call(world, who, method, action, given)
            if answer is None:
                continue
            counts[answer.status] += 1
            fault = fault_of(document, operation, who, answer, is_all_fine)
            suite.check(f"{action} by {who}", fault is None,
                        f"{fault}\n{str(given)[:300]}\n{answer}")
        suite.check("it is still there", office.is_alive())
        suite.check("many were done", counts[200] > CALLS / 20, counts)
    return counts


def counts_show(counts):
    print(" ".join(f"{status}: {count}" for status, count in sorted(counts.items())))


def main():
    seed = int(os.environ.get("HANDRAIL_SEED") or time.time_ns() % 10**9)
    print(f"HANDRAIL_SEED={seed}")
    suite = harness.Suite()
    with contextlib.ExitStack() as stack:
        first = fuzz(suite, random.Random(seed))
        counts_show(first)
        address = stack.enter_context(run_office_slow.cluster())
        Office.store_new = staticmethod(lambda: run_office_slow.database_new(address))
        second = fuzz(suite, random.Random(seed))
    suite.check("both engines answer alike", first == second, second)
    suite.finish()


if __name__ == "__main__":
    main()

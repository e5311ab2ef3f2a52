#!/usr/bin/env python3
"""The policies of the repository: lint, every example, coverage of clauses, conditions and ledger.

Read first: docs/policy-language.md, sections 7 and 8. Each example counts as one test; so does each
figure that must hold. What must hold: with no policies, or no examples, this suite fails.
"""
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HANDRAIL = os.path.join(os.path.abspath(os.environ.get("HANDRAIL_BUILD", "build")), "handrail")
EXAMPLES_MIN = 500
CONDITIONS_MIN = 95
LEDGER_ROWS = 264

results = []


def check(name, holds, detail=""):
    results.append(holds)
    if not holds:
        print(f"failed: {name} {detail}")


def handrail(*words):
    run = subprocess.run([HANDRAIL, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout, run.stderr


def lint():
    status, out, err = handrail("lint", "policies")
    check("every policy passes lint", status == 0, out[-2000:] + err[-2000:])


def examples():
    status, out, err = handrail("test", "policies", "--coverage", "--json")
    check("every example holds", status == 0, out[:3000] + err[-2000:])
    totals = json.loads(out)
    results.extend([True] * totals["passed"] + [False] * totals["failed"])
    check("there are examples enough", totals["passed"] >= EXAMPLES_MIN,
          str(totals["passed"]))
    for pack in totals["packs"]:
        clauses = pack["coverage"]["clauses"]
        conditions = pack["coverage"]["conditions"]
        check(f"{pack['pack']}: every clause with a rule fires in some example",
              clauses["reached"] == clauses["total"] > 0, str(clauses))
        check(f"{pack['pack']}: conditions are seen true and false",
              conditions["total"] > 0
              and 100 * conditions["reached"] >= CONDITIONS_MIN * conditions["total"],
              str(conditions))


def ledger():
    status, out, err = handrail("coverage", "policies", "--ledger", "policies/ledger.tsv", "--json")
    check("the ledger is covered", status == 0, err[-2000:])
    totals = json.loads(out)["totals"]
    check("every row of the ledger is there", totals["rows"] == LEDGER_ROWS, str(totals))
    check("no row is missing", totals["missing"] == 0, str(totals))
    check("no row that needs a rule lacks one", totals["lacking_rule"] == 0, str(totals))


lint()
examples()
ledger()
passed = sum(results)
print(f"{passed} passed, {len(results) - passed} failed")
sys.exit(0 if results and passed == len(results) else 1)

#!/usr/bin/env python3
"""Mutation of the policies: each condition and exception dropped, negated or swapped in turn.

A mutant that no example notices is a sentence of the policy that nothing watches. At least 95 of
100 must be caught in every pack. Read first: src/cli/mutants.h, which lists the kinds of mutants.
"""
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HANDRAIL = os.path.join(os.path.abspath(os.environ.get("HANDRAIL_BUILD", "build")), "handrail")
CAUGHT_MIN = 95

run = subprocess.run([HANDRAIL, "test", "policies", "--mutate", "--json"], cwd=ROOT,
                     capture_output=True, text=True, check=False)
packs = json.loads(run.stdout)["packs"] if run.stdout else []
failed = 0
for pack in packs:
    mutants = pack["mutants"]
    enough = mutants["total"] > 0 and 100 * mutants["caught"] >= CAUGHT_MIN * mutants["total"]
    failed += not enough
    print(f"{pack['pack']}: {mutants['caught']} of {mutants['total']} mutants caught")
if not packs:
    failed = 1
    print(run.stderr[-2000:])
print(f"{len(packs) - failed if packs else 0} passed, {failed} failed")
sys.exit(1 if failed else 0)

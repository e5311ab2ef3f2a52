#!/usr/bin/env python3
"""Policies that Handrail was not written for, in Markdown alone: tests/policies/.

Read first: docs/policy-language.md. Three invented schools: elder-brook only advises; wherry-lane
tries one page, with one person who posts and nobody who answers; wherry-quay extends it. The links
`vocabulary` and `law` beside them lead to the shared ones. Each example counts as one test; so does
each lint, layout, figure of coverage and of mutation, and each claim about what the packs hold.
What must hold: with no packs, or no examples in one of them, this suite fails.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HANDRAIL = os.path.join(os.path.abspath(os.environ.get("HANDRAIL_BUILD", "build")), "handrail")
PACKS = ROOT / "tests" / "policies"
EXAMPLES_MIN = {"elder-brook": 25, "wherry-lane": 25, "wherry-quay": 5}
CONDITIONS_MIN = 95
MUTANTS_MIN = 95
# What the operation of the page's policy has to show.
OPERATION_KINDS = ("process", "clock", "route", "review", "role", "register", "retention",
                   "self-check", "duty", "inbox", "notice", "report")

results = []


def check(name, holds, detail=""):
    results.append(bool(holds))
    if not holds:
        print(f"failed: {name} {detail}")


def handrail(*words, folder=PACKS):
    run = subprocess.run([HANDRAIL, *words], cwd=folder, capture_output=True, text=True,
                         check=False)
    return run.returncode, run.stdout, run.stderr


def blocks(name, kind):
    """The lines of all blocks of one kind."""
    text = (PACKS / name / "policy.md").read_text(encoding="utf-8")
    return "\n".join(re.findall(rf"^```{kind}\n(.*?)^```$", text, re.M | re.S))


def lint(name):
    status, out, err = handrail("lint", name)
    check(f"{name}: lint finds nothing", status == 0 and "0 errors, 0 warnings" in out, out + err)
    status, out, err = handrail("fmt", "--check", name)
    check(f"{name}: the blocks are laid out", status == 0, out + err)


def share(what, reached, percent_min, figures):
    check(what, figures["total"] > 0
          and 100 * figures[reached] >= percent_min * figures["total"], str(figures))


def examples(name):
    status, out, err = handrail("test", name, "--coverage", "--mutate", "--json")
    check(f"{name}: every example holds", status == 0, out[:3000] + err[-2000:])
    try:
        totals = json.loads(out)
    except ValueError:
        check(f"{name}: the figures are JSON", False)
        return
    results.extend([True] * totals["passed"] + [False] * totals["failed"])
    check(f"{name}: there are examples enough", totals["passed"] >= EXAMPLES_MIN[name])
    pack = totals["packs"][0]
    share(f"{name}: every clause fires", "reached", 100, pack["coverage"]["clauses"])
    share(f"{name}: conditions are seen both ways", "reached", CONDITIONS_MIN,
          pack["coverage"]["conditions"])
    share(f"{name}: examples notice changes", "caught", MUTANTS_MIN, pack["mutants"])


def advice():
    rules = blocks("elder-brook", "rule")
    check("elder-brook has rules", len(re.findall(r"^(advised|take care|ask first)", rules, re.M)))
    check("elder-brook only advises",
          not re.search(r"^(nevertheless )?(must|should)\b|^  words (must|should)", rules, re.M))


def operation():
    statements = blocks("wherry-lane", "operation")
    for kind in OPERATION_KINDS:
        check(f"wherry-lane has operation: {kind}", re.search(rf"^{kind} ", statements, re.M))
    check("wherry-lane has a trial", "\n  trial 6 months\n" in statements)


def changed(what, name, old, new, failing):
    """In a copy of the packs one line is another, and the examples of `failing` notice."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "packs"
        shutil.copytree(PACKS, copy)
        file = copy / name / "policy.md"
        text = file.read_text(encoding="utf-8")
        check(f"{what}: the line is there once", text.count(old) == 1, old)
        file.write_text(text.replace(old, new), encoding="utf-8")
        status, out, _ = handrail("test", failing, folder=copy)
        last = out.splitlines()[-1:]
        check(what, status == 1 and last and " 0 failed" not in last[0], out[-2000:])


def inheritance():
    changed("a school's number is heeded", "wherry-quay", "set trial-months 4",
            "set trial-months 5", "wherry-quay")
    changed("a school's role is heeded", "wherry-quay", "set deputy leadership-member",
            "set deputy head-of-department", "wherry-quay")
    changed("a change of the parent reaches the school", "wherry-lane",
            "must not answer-comment\n", "advised not answer-comment\n", "wherry-quay")


for pack_name in EXAMPLES_MIN:
    lint(pack_name)
    examples(pack_name)
advice()
operation()
inheritance()
passed = sum(results)
print(f"{passed} passed, {len(results) - passed} failed")
sys.exit(0 if results and passed == len(results) else 1)

#!/usr/bin/env python3
"""Writes one synthetic policy as Handrail, Cedar and OPA read it, with worlds and their answers.

Read first: docs/benchmarks.md, "The synthetic policy". Start at main().

    generate.py CLAUSES FOLDER [--worlds N] [--seed N]

Every clause forbids the one act; an answer is the set of all clauses that match. That is what the
three engines can all say: Cedar names each forbid policy that fired, OPA the members of a set. The
expected sets come from a fourth evaluator, clause_holds() below: no engine is its own judge.

What must hold: the same arguments give the same bytes.
"""

import argparse
import json
import pathlib
import random

YES_NO = ("affiliated", "mentions", "logo", "worktime", "lesson", "supervised", "consented",
          "credited", "public", "paid", "emergency", "recorded", "anonymous", "reviewed")
ONE_OF = {
    "account": ("personal", "official", "shared", "fake"),
    "platform": ("facebook", "instagram", "linkedin", "tiktok", "youtube", "forum"),
    "device": ("own", "school", "pupil", "loaned"),
    "audience": ("everyone", "friends", "class", "parents", "staff"),
    "purpose": ("news", "lesson", "chat", "advert", "campaign"),
    "place": ("classroom", "office", "home", "trip", "street"),
    "person": ("teacher", "assistant", "governor", "volunteer", "contractor", "trainee"),
}
NUMBER = "age"
CUTS = (11, 13, 16, 18)
NUMBER_MAX = 30
SOME_OF = {
    "content": ("opinion", "picture", "video", "name", "grade", "complaint"),
    "subject": ("pupil", "parent", "colleague", "relative", "stranger", "leaver"),
}
FACTS = YES_NO + tuple(ONE_OF) + (NUMBER,) + tuple(SOME_OF)
CONDITIONS_MIN, CONDITIONS_MAX = 2, 4
CHANCE_UNLESS = 0.30         # of a clause to have an exception
CHANCE_UNLESS_PAIR = 0.20    # of an exception to need two things at once
CHANCE_YES = 0.15            # of a yes-or-no fact, in a world
CHANCE_MEMBER = 0.10         # of each value of a some-of fact, in a world


# ---- Clauses -------------------------------------------------------------------------------------
#
# An atom is (kind, fact, argument): ("yes", f, True), ("is", f, (values)), ("is-not", f, value),
# ("has", f, (values)), ("under", f, cut), ("at-least", f, cut).

def atom_new(draw, fact):
    if fact in YES_NO:
        return ("yes", fact, draw.random() < 0.9)
    if fact in ONE_OF:
        kind = draw.random()
        if kind < 0.6:
            return ("is", fact, (draw.choice(ONE_OF[fact]),))
        if kind < 0.9:
            return ("is", fact, tuple(sorted(draw.sample(ONE_OF[fact], 2))))
        return ("is-not", fact, draw.choice(ONE_OF[fact]))
    if fact == NUMBER:
        return (draw.choice(("under", "at-least")), fact, draw.choice(CUTS))
    count = 1 if draw.random() < 0.8 else 2
    return ("has", fact, tuple(sorted(draw.sample(SOME_OF[fact], count))))


def clause_new(draw, number):
    """One clause: key, the atoms that must all hold, the atoms that together except it."""
    unless = 0
    if draw.random() < CHANCE_UNLESS:
        unless = 2 if draw.random() < CHANCE_UNLESS_PAIR else 1
    when = draw.randint(CONDITIONS_MIN, CONDITIONS_MAX)
    atoms = [atom_new(draw, fact) for fact in draw.sample(FACTS, when + unless)]
    return (f"C{number:04}", atoms[:when], atoms[when:])


def atom_holds(atom, world):
    kind, fact, argument = atom
    value = world[fact]
    if kind == "yes":
        return value == argument
    if kind == "is":
        return value in argument
    if kind == "is-not":
        return value != argument
    if kind == "has":
        return any(item in value for item in argument)
    return value < argument if kind == "under" else value >= argument


def clause_holds(clause, world):
    _, when, unless = clause
    if not all(atom_holds(atom, world) for atom in when):
        return False
    return not unless or not all(atom_holds(atom, world) for atom in unless)


def world_new(draw):
    world = {fact: draw.random() < CHANCE_YES for fact in YES_NO}
    world.update({fact: draw.choice(values) for fact, values in ONE_OF.items()})
    world[NUMBER] = draw.randint(0, NUMBER_MAX)
    for fact, values in SOME_OF.items():
        world[fact] = [value for value in values if draw.random() < CHANCE_MEMBER]
    return world


# ---- Handrail ------------------------------------------------------------------------------------

def handrail_vocabulary():
    lines = ["# The vocabulary of a synthetic policy", "", "```vocabulary",
             'topic made "What was made for measuring"', 'act publish "publish something"']
    for fact in YES_NO:
        lines.append(f'fact {fact}: yes or no "Is it so that {fact}?"')
    for fact, values in ONE_OF.items():
        lines.append(f'fact {fact}: one of "Which {fact}?"')
        lines += [f'  {value} "{value}"' for value in values]
    lines.append(f'fact {NUMBER}: number of years "How old?"')
    lines.append(f"  from 0 to {NUMBER_MAX}")
    for fact, values in SOME_OF.items():
        lines.append(f'fact {fact}: some of "Which {fact}?"')
        lines += [f'  {value} "{value}"' for value in values]
    return "\n".join(lines + ["```", ""])


def handrail_atom(atom):
    kind, fact, argument = atom
    if kind == "yes":
        return fact if argument else f"not {fact}"
    if kind in ("is", "has"):
        any_of = "any of " if len(argument) > 1 else ""
        return f"{fact} is {any_of}" + ", ".join(argument)
    if kind == "is-not":
        return f"{fact} is not {argument}"
    return f"{fact} is {'under' if kind == 'under' else 'at least'} {argument}"


def handrail_policy(clauses):
    lines = ["# A synthetic policy", "", "```pack", "name synthetic",
             'title "A synthetic policy for measuring"', "kind policy", "```", ""]
    for key, when, unless in clauses:
        lines += [f"## Clause {key} {{#{key} topic=\"made\"}}", "A clause made for measuring.",
                  "```rule",
                  "must not publish", "  when " + " and ".join(map(handrail_atom, when))]
        if unless:
            lines.append("  unless " + " and ".join(map(handrail_atom, unless)))
        lines += ["```", ""]
    return "\n".join(lines)


# ---- Cedar ---------------------------------------------------------------------------------------

def cedar_atom(atom):
    kind, fact, argument = atom
    value = f"context.{fact}"
    if kind == "yes":
        return value if argument else f"!{value}"
    if kind == "is":
        if len(argument) == 1:
            return f'{value} == "{argument[0]}"'
        return "(" + " || ".join(f'{value} == "{item}"' for item in argument) + ")"
    if kind == "is-not":
        return f'{value} != "{argument}"'
    if kind == "has":
        return "(" + " || ".join(f'{value}.contains("{item}")' for item in argument) + ")"
    return f"{value} {'<' if kind == 'under' else '>='} {argument}"


def cedar_policies(clauses):
    """One policy a line, with its id before a tab. The permit makes Cedar's decision two-sided."""
    lines = ["P\tpermit(principal, action, resource);"]
    for key, when, unless in clauses:
        text = ('forbid(principal, action == Action::"publish", resource) when { '
                + " && ".join(map(cedar_atom, when)) + " }")
        if unless:
            text += " unless { " + " && ".join(map(cedar_atom, unless)) + " }"
        lines.append(f"{key}\t{text};")
    return "\n".join(lines) + "\n"


# ---- OPA -----------------------------------------------------------------------------------------

def rego_atom(atom, wanted=True):
    """An expression. Comparisons with ==, which OPA's rule index knows, where there is a choice."""
    kind, fact, argument = atom
    value = f"input.{fact}"
    if kind == "yes":
        return f"{value} == {'true' if argument == wanted else 'false'}"
    if kind == "is" and len(argument) == 1:
        return f'{value} {"==" if wanted else "!="} "{argument[0]}"'
    if kind == "is":
        items = ", ".join(f'"{item}"' for item in argument)
        return f"{'' if wanted else 'not '}{value} in {{{items}}}"
    if kind == "is-not":
        return f'{value} {"!=" if wanted else "=="} "{argument}"'
    if kind == "has" and len(argument) == 1:
        return f'{"" if wanted else "not "}"{argument[0]}" in {value}'
    if kind == "has":
        items = ", ".join(f'"{item}"' for item in argument)
        # A set of what is both asked for and there, not empty.
        return (f"{'' if wanted else 'not '}count({{x | some x in {value}; "
                f"x in {{{items}}}}}) > 0")
    return f"{value} {'<' if (kind == 'under') == wanted else '>='} {argument}"


def rego_policy(clauses):
    """A partial set: one rule a clause, and one for each part of an exception of two."""
    lines = ["package handrail", ""]
    for key, when, unless in clauses:
        body = [rego_atom(atom) for atom in when]
        for except_one in unless or [None]:
            extra = [rego_atom(except_one, wanted=False)] if except_one else []
            lines.append(f'deny contains "{key}" if {{ {"; ".join(body + extra)} }}')
    return "\n".join(lines) + "\n"


# ---- All of it -----------------------------------------------------------------------------------

def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clauses", type=int)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--worlds", type=int, default=512)
    parser.add_argument("--seed", type=int, default=20261120)
    options = parser.parse_args()
    draw = random.Random(f"{options.seed} {options.clauses}")
    clauses = [clause_new(draw, number) for number in range(1, options.clauses + 1)]
    worlds = [world_new(draw) for _ in range(options.worlds)]
    matches = [[clause[0] for clause in clauses if clause_holds(clause, world)]
               for world in worlds]
    folder = options.folder
    write(folder / "vocabulary" / "vocabulary.md", handrail_vocabulary())
    write(folder / "synthetic" / "policy.md", handrail_policy(clauses))
    write(folder / "policy.cedar.tsv", cedar_policies(clauses))
    write(folder / "policy.rego", rego_policy(clauses))
    compact = {"separators": (",", ":")}
    facts = [json.dumps(world, **compact) for world in worlds]
    write(folder / "facts.ndjson", "\n".join(facts) + "\n")
    write(folder / "questions.ndjson", "\n".join(
        f'{{"act":"publish","brief":true,"facts":{text}}}' for text in facts) + "\n")
    write(folder / "expected.txt", "\n".join(" ".join(match) for match in matches) + "\n")
    mean = sum(map(len, matches)) / len(matches)
    write(folder / "about.json", json.dumps({
        "clauses": options.clauses, "facts": len(FACTS), "worlds": options.worlds,
        "seed": options.seed, "matches_mean": round(mean, 2),
        "matches_max": max(map(len, matches))}, indent=1) + "\n")


if __name__ == "__main__":
    main()

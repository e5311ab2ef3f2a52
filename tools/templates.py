#!/usr/bin/env python3
"""Compiles templates of HTML to C. Called by src/page/meson.build.

    tools/templates.py --header templates.h --source templates.c web/templates/*.html

docs/templates.md is the language.
Start at: compile_files. Read first: templates/__init__.py, which lists the parts.

What must hold: nothing is written when anything is refused; every refusal says where, what and what
to do; exit 1 then.
"""

import argparse
import pathlib
import sys

from templates.check import check_all
from templates.context import Made, analyse
from templates.read import read_file
from templates.source import Refusal, Source
from templates.write import write_header, write_source


def read_all(sources):
    structs, templates, refusals = [], [], []
    for source in sources:
        more_structs, more_templates, more_refusals = read_file(source)
        structs += more_structs
        templates += more_templates
        refusals += more_refusals
    return structs, templates, refusals


def analyse_all(order):
    """((template, steps) of each, refusals)."""
    analysed, refusals, made = [], [], {}
    for template in order:
        try:
            analysed.append((template, analyse(template, made)))
        except Refusal as refusal:
            made[template.name] = Made(set(), set(), False, False)
            refusals.append(refusal)
    return analysed, refusals


def compile_files(sources):
    """(names, analysed templates, refusals) of these sources."""
    structs, templates, refusals = read_all(sources)
    if refusals:
        return None, [], refusals
    names, order, refusals = check_all(structs, templates)
    if refusals:
        return names, [], refusals
    analysed, refusals = analyse_all(order)
    return names, analysed, refusals


def main():
    parser = argparse.ArgumentParser(description="Compile templates of HTML to C.")
    parser.add_argument("--header", type=pathlib.Path, required=True)
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--include", default="page/templates.h", help="how the header is included")
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()
    try:
        sources = [Source(str(path), path.read_text(encoding="utf-8"))
                   for path in arguments.files]
    except (OSError, UnicodeDecodeError) as error:
        print(f"a template cannot be read: {error}", file=sys.stderr)
        return 2
    names, analysed, refusals = compile_files(sources)
    if refusals:
        print("\n".join(str(refusal) for refusal in refusals), file=sys.stderr)
        return 1
    inputs = [path.name for path in arguments.files]
    arguments.header.write_text(write_header(names, inputs), encoding="utf-8")
    arguments.source.write_text(write_source(analysed, arguments.include, inputs),
                                encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

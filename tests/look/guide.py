#!/usr/bin/env python3
"""Writes the style guide: tests/look/guide.py FOLDER STYLESHEET. Pages to look at and to test.

One page for each tests/look/*.html, in the frame of web/templates/frame.html with the signs of
web/templates/signs.html ({forbidden:hr-sign__mark}), and one with every component of GOV.UK
Frontend that the style sheet takes in, from the fixtures that GOV.UK Frontend ships.
"""

import html
import json
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TEMPLATES = ROOT / "web" / "templates"
COMPONENTS = ROOT / "web" / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

VERDICTS = (
    ("allowed", "Allowed"), ("allowed-with-duties", "Allowed, with duties"),
    ("caution", "Take care: advised against"), ("ask-first", "Ask first"),
    ("needs-approval", "Needs approval"), ("required", "Required"), ("forbidden", "Not allowed"),
    ("undetermined", "It depends: not settled"), ("not-covered", "Not covered by this policy"),
)

# Fixtures that show a component as it is never used here, or that cannot stand twice in a page.
SKIPPED = re.compile(r"extreme|classes on|attributes|inverse|custom|with id prefix|form-group|"
                     r"translated")

LINKS = (("May I?", True), ("Policies", False), ("Compare", False), ("Search", False))
FOOT_LINKS = (("About", False), ("Accessibility", False))


def read_templates(name):
    """Template name: its text without what is in double braces of comments."""
    text = re.sub(r"\{\{#.*?#\}\}", "", (TEMPLATES / name).read_text(encoding="utf-8"), flags=re.S)
    found = re.finditer(r"\{\{template (\w+)\([^)]*\)\}\}\n(.*?)\n\{\{end\}\}"
                        r"(?=\s*(\Z|\{\{template))", text, flags=re.S)
    return {match.group(1): match.group(2) for match in found}


SIGNS = read_templates("signs.html")
FRAME = read_templates("frame.html")


def sign(name, size):
    return SIGNS["sign_" + name.replace("-", "_")].replace("{{size}}", size)


def links(pairs, loop):
    """A loop of the frame written out for these."""
    out = []
    for text, is_current in pairs:
        item = re.sub(r"\{\{if link\.is_current\}\}(.*?)\{\{end\}\}",
                      r"\1" if is_current else "", loop)
        out.append(item.replace("{{link.href}}", "#").replace("{{link.text}}", html.escape(text)))
    return "".join(out)


def framed(title, main):
    page = FRAME["frame"]
    for name, pairs in (("links", LINKS), ("foot_links", FOOT_LINKS)):
        page = re.sub(r"\{\{for link in " + name + r"\}\}(.*?</li>)\s*\{\{end\}\}",
                      lambda found, pairs=pairs: links(pairs, found.group(1)), page, flags=re.S)
    page = re.sub(r"\{\{if script\}\}.*?\{\{end\}\}", "", page)
    page = re.sub(r'\s*<link rel="(icon|manifest)"[^>]*>', "", page)
    values = {"title": title, "stylesheet": "handrail.css", "before": "", "main": main,
              "note": "Handrail stores nothing about you and sets no cookies."}
    page = page.replace("{{use mark()}}", FRAME["mark"]).replace("/assets/", "")
    for name, value in values.items():
        page = page.replace("{{" + name + "}}", value)
    assert "{{" not in page, page
    return page.strip() + "\n"


def verdicts():
    out = []
    for slug, words in VERDICTS:
        out.append(f'<div class="hr-verdict hr-verdict--{slug}">{sign(slug, "hr-verdict__sign")}'
                   f'<div class="hr-verdict__body"><p class="hr-verdict__words">{words}</p>'
                   '<p class="hr-verdict__says">What the policy says in a sentence or two, and '
                   '<a class="govuk-link" href="#">a link</a> '
                   '<a class="hr-cite" href="#">RE-16 (3.5)</a></p></div></div>')
    small = [f'<li><span class="hr-sign hr-sign--{slug}">{sign(slug, "hr-sign__mark")}{words}'
             "</span></li>" for slug, words in VERDICTS]
    return "".join(out) + '<ul class="govuk-list">' + "".join(small) + "</ul>"


def page_of(text):
    text = text.replace("{verdicts}", verdicts()).replace("{hero_rail}", FRAME["hero_rail"])
    return re.sub(r"\{(\w+):([\w-]+)\}", lambda found: sign(found.group(1), found.group(2)), text)


def component_names():
    style = (ROOT / "web" / "assets" / "handrail.scss").read_text(encoding="utf-8")
    return re.findall(r"govuk/components/([\w-]+)\"", style)


def components():
    """Every fixture of the components that we take in; ids made one for each."""
    out = ['<h1 class="govuk-heading-xl">Components</h1>']
    for name in component_names():
        out.append(f'<h2 class="govuk-heading-l">{name}</h2>')
        fixtures = json.loads((COMPONENTS / name / "fixtures.json").read_text(encoding="utf-8"))
        for number, fixture in enumerate(fixtures["fixtures"]):
            if fixture["hidden"] or SKIPPED.search(fixture["name"]) or not fixture["html"].strip():
                continue
            start = f"{name}-{number}-"
            text = re.sub(r'\b(id|for|name|aria-(?:describedby|labelledby|controls))="([^"]+)"',
                          lambda found, start=start: f'{found.group(1)}="' + " ".join(
                              start + word for word in found.group(2).split()) + '"',
                          fixture["html"])
            out.append(f'<p class="govuk-body-s">{html.escape(fixture["name"])}</p>{text}')
    return "\n".join(out)


def write(folder, stylesheet):
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(stylesheet, folder / "handrail.css")
    pages = {path.stem: page_of(path.read_text(encoding="utf-8"))
             for path in sorted(HERE.glob("*.html"))}
    pages["components"] = components()
    for name, main in pages.items():
        (folder / f"{name}.html").write_text(framed(name.capitalize(), main), encoding="utf-8")
    return sorted(pages)


if __name__ == "__main__":
    print("\n".join(write(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))))

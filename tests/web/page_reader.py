"""Reads a page of the site as strictly as its templates promise it to be.

Start at: Page. It knows its links, ids, forms and words, and in `faults` what is wrong with it:
elements that are not closed or closed in the wrong order, an id or an attribute twice, a reference
to an id that is not there, and what the content security policy forbids.
"""

import html.parser
import re
import urllib.parse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
HEADING = re.compile(r"^h[1-6]$")


class Page(html.parser.HTMLParser):
    """What a browser would find in the bytes of a page."""

    def __init__(self, body):
        super().__init__(convert_charrefs=True)
        self.faults = []
        self.open = []
        self.ids = set()
        self.links = []
        self.references = []
        self.headings = []
        self.elements = []
        self.forms = []
        self.words = []
        text = body.decode("utf-8")
        if not text.lower().startswith("<!doctype html>"):
            self.faults.append("it does not begin with <!DOCTYPE html>")
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"not closed: {self.open}")
        self.check_references()

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        values = dict(attrs)
        self.elements.append((tag, values))
        if len(set(names)) != len(names):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        if "style" in values or any(name.startswith("on") for name in names):
            self.faults.append(f"<{tag}> carries code or style: {names}")
        if tag in ("style", "base", "iframe", "object") or (tag == "script" and not values["src"]):
            self.faults.append(f"<{tag}> has no place here")
        self.note(tag, values)
        if tag not in VOID:
            self.open.append(tag)

    def note(self, tag, values):
        if "id" in values:
            if values["id"] in self.ids:
                self.faults.append(f"the id {values['id']!r} is there twice")
            self.ids.add(values["id"])
        for name in REFERENCES:
            self.references += [(name, part) for part in (values.get(name) or "").split()]
        for name in ("href", "src", "action"):
            if name in values:
                self.links.append(values[name])
        if HEADING.match(tag):
            self.headings.append(int(tag[1]))
        if tag == "form":
            self.forms.append([])
        if tag in ("input", "button", "select", "textarea") and self.forms:
            self.forms[-1].append((tag, values))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.faults.append(f"a comment: {data[:40]!r}")

    def check_references(self):
        for name, target in self.references:
            if target not in self.ids:
                self.faults.append(f"{name} names {target!r}, which is not there")
        if self.headings.count(1) != 1:
            self.faults.append(f"{self.headings.count(1)} first headings")
        for above, below in zip(self.headings, self.headings[1:]):
            if below > above + 1:
                self.faults.append(f"a heading {below} below a heading {above}")

    @property
    def text(self):
        return " ".join("".join(self.words).split())

    def hidden(self):
        """Names and values of the hidden fields of the interview."""
        form = max(self.forms, key=len)
        return [(values["name"], values["value"]) for tag, values in form
                if tag == "input" and values.get("type") == "hidden"]

    def field_names(self):
        return {values.get("name") for form in self.forms for _, values in form}


def own_address(link, base):
    """(path with query, fragment) of a link within the site; None for one that leaves it."""
    parts = urllib.parse.urlsplit(urllib.parse.urljoin("http://site" + base, link))
    if parts.scheme not in ("http", "https") or parts.netloc != "site":
        return None
    path = parts.path + ("?" + parts.query if parts.query else "")
    return path, urllib.parse.unquote(parts.fragment)

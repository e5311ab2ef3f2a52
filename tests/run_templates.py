#!/usr/bin/env python3
"""Templates: what is refused, what the language does, and that no value leaves its place in a page.

- tests/page/bad/NAME.html is refused with the words of NAME.expect;
- LANGUAGE: templates of tests/page/language.html (and the components of MOJ Frontend, which ships
  no fixtures) with values, and the exact HTML;
- random values: each template of the project is rendered with harmless words and with hostile ones
  in the same shape. Both are parsed by html5lib. The trees must have the same elements and
  attributes, and where the harmless words stood, the hostile ones must be, as text.

HANDRAIL_SEED repeats a random run.
"""

import importlib.util
import os
import pathlib
import random
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BAD = ROOT / "tests" / "page" / "bad"
ROUNDS = 40

if not importlib.util.find_spec("html5lib") and sys.executable != "/usr/bin/python3":
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])  # where Debian puts it

sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests" / "page"))

from canonical import parse, walk  # noqa: E402
from driver import Driver          # noqa: E402
from templates.source import Source  # noqa: E402


def load_compiler():
    spec = importlib.util.spec_from_file_location("compiler", ROOT / "tools" / "templates.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


compiler = load_compiler()


def bad_tests():
    """(name, is it well, what is wrong) for each template that must be refused."""
    for path in sorted(BAD.glob("*.html")):
        expected = path.with_suffix(".expect").read_text(encoding="utf-8")
        text = path.read_text(encoding="utf-8")
        _, _, refusals = compiler.compile_files([Source(path.name, text)])
        said = "".join(f"{refusal}\n" for refusal in refusals)
        yield f"bad/{path.stem}", bool(said) and said == expected, f"said:\n{said}not:\n{expected}"


PLACES = ('<div id="{0}" class="a {0} b" data-number="7" title="{1}"><p>{0} 7 {1}</p><b>m</b> '
          '<img src="{2}" alt=""> <textarea>\n{0}</textarea><pre>\n{0}</pre></div>')
CONDITIONS = "<p>{}</p><p>{}</p><p>{}</p><p>{}</p>"
HOSTILE = "</p><script>\"'&"
HOSTILE_ESCAPED = "&lt;/p&gt;&lt;script&gt;&#34;&#39;&amp;"

# template, values, the HTML
LANGUAGE = (
    ("test_places", {"words": "one", "where": "/a?b=c", "number": 7, "made": "<b>m</b>"},
     PLACES.format("one", "/a?b=c", "/a?b=c").replace('"a one b"', "'a one b'")),
    ("test_places", {"words": HOSTILE, "where": "javascript:go()", "number": 7,
                     "made": "<b>m</b>"},
     PLACES.format(HOSTILE_ESCAPED, "javascript:go()", "#").replace('class="', "class='")
     .replace(' b" data', " b' data")),
    ("test_addresses", {"words": "ä b/c", "where": "/x", "number": -3},
     '<ul><li><a href="/x#%C3%A4%20b%2Fc">whole and fragment</a></li>'
     '<li><a href="/x?q=%C3%A4%20b%2Fc&amp;n=-3">whole and query</a></li>'
     '<li><a href="/policy/%C3%A4%20b%2Fc/clause/-3">parts</a></li>'
     '<li><a href="#%C3%A4%20b%2Fc">fragment</a></li>'
     '<li><a href="https://example.org/%C3%A4%20b%2Fc">another site</a></li>'
     '<li><a href="mailto:%C3%A4%20b%2Fc@example.org">mail</a></li>'
     '<li><a href="/a?x=%C3%A4%20b%2Fc#b">either</a></li></ul>'),
    ("test_conditions", {}, CONDITIONS.format("", "wunthl", "not both, neither, ", "")),
    ("test_conditions", {"words": "a", "where": "/", "number": 1, "truth": True, "made": "<i>b</i>",
                         "many": ["c", "d"]},
     CONDITIONS.format("wunthl", "", "both, either, ", "<i>b</i>cd")),
    ("test_conditions", {"truth": True},
     CONDITIONS.format("t", "wunhl", "not both, either, only", "")),
    ("test_loops", {"ids": ["p", "q"], "rows": [
        {"name": "A", "inside": {"words": "w", "where": "/w"}, "more": [{"words": "1"}, {}]},
        {"name": "B", "inside": {"words": "v"}}]},
     '<ol aria-labelledby="p q"><li id="row-1" class="first">A: w <b>1.1 1</b> <b>1.2 </b> '
     '<a href="/w">w</a></li><li id="row-2">B: v <i>v</i></li></ol>'),
    ("test_loops", {}, '<ol aria-labelledby=""></ol>'),
    ("test_made", {"words": "<a>", "number": 2},
     '<p id="&lt;a&gt;-&#34;2&#34;"><a href="/policy/%3Ca%3E?n=2"><b>&lt;a&gt;</b></a></p>'
     "<p>a \\ &lt;b&gt; ‘c’|https://example.org/?a=1&amp;b=2|-5|yes</p><p>||0|no</p>"),
    ("test_space", {"words": "x", "truth": True},
     "<section><p>One x <b>two</b> <i>three</i><br>four</p><div>five</div><button>seven</button> "
     "<button>eight</button><p>x||0|no</p><p>x||0|no</p><pre>\nnine\n  ten</pre></section>"),
    ("test_space", {"words": "x"},
     "<section><p>One x <b>two</b> <br>four</p><div>six</div><button>seven</button> "
     "<button>eight</button><p>x||0|no</p><p>x||0|no</p><pre>\nnine\n  ten</pre></section>"),
    ("test_tag", {"truth": True, "words": "n"},
     '<input type="text" checked name="n" value="yes" disabled>'),
    ("test_tag", {}, '<input type="text" name="none" value="" disabled>'),
    ("test_page", {"title": "</title>", "name": "a b.css", "content": "<p>c</p>"},
     '<!doctype html><html lang="en"><head><meta charset="utf-8">'
     "<title>&lt;/title&gt; &ndash; Test</title>"
     '<link rel="stylesheet" href="/assets/a%20b.css">'
     '<script src="/assets/a%20b.css" type="module"></script></head><body><p>c</p></body></html>'),
    ("test_table", {"rows": [{"name": "A", "more": [{"words": "b"}]}, {"name": "C"}]},
     "<table><tbody><tr><th>A</th><td>b</td></tr><tr><th>C</th></tr></tbody></table>"),
    ("badge", {"text": "New", "classes": "moj-badge--green"},
     '<span class="moj-badge moj-badge--green">New</span>'),
    ("side_navigation", {"label": "Contents", "sections": [
        {"title": "One", "items": [{"text": "A", "href": "#a", "is_active": True},
                                   {"text": "B", "href": "#b"}]}]},
     '<nav class="moj-side-navigation" aria-label="Contents">'
     '<h4 class="moj-side-navigation__title">One</h4><ul class="moj-side-navigation__list">'
     '<li class="moj-side-navigation__item moj-side-navigation__item--active">'
     '<a href="#a" aria-current="location">A</a></li>'
     '<li class="moj-side-navigation__item"><a href="#b">B</a></li></ul></nav>'),
    ("search", {"action": "/search", "id": "q", "name": "q", "label": "Search", "button": "Go",
                "value": "x"},
     '<search class="moj-search"><form action="/search" method="get"><div class="govuk-form-group">'
     '<label class="govuk-label moj-search__label" for="q">Search</label>'
     '<div class="govuk-input__wrapper moj-search__input-wrapper">'
     '<input class="govuk-input moj-search__input" id="q" name="q" type="search" value="x"> '
     '<button type="submit" class="govuk-button moj-search__button" data-module="govuk-button">'
     "Go</button></div></div></form></search>"),
)


def language_tests(driver):
    for number, (template, values, expected) in enumerate(LANGUAGE, 1):
        made = driver.render(template, values).decode()
        yield f"language/{template} {number}", made == expected, f"made:\n{made}\nnot:\n{expected}"


# Random values. A harmless text is h1h, h2h, ...; a harmless address /u1u, /u2u, ...

MARK = re.compile(r"/u(\d+)u|h(\d+)h")
TEXTS = (
    b"<", b">", b'"', b"'", b"&", b"<script>alert(1)</script>", b"</script>", b"-->", b"<!--",
    b"</textarea>", b"</title>", b"</pre>", b"<svg onload=a>", b"javascript:alert(1)", b"&lt;",
    b"&#60;", b"&amp", b"\x00", b"\x01", b"\x0b", b"\x1f", b"\x7f", b"\t", b"\n", b"\r\n", b"\xff",
    b"\xc3", b"\xe2\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xc2\x85", b"\xc2\xa0",
    b"\xc3\xa9", b"\xe2\x80\xa8", b"{{x}}", b"%s", b"\\", b"`", b"=", b" ", b"a", b"on", b"]]>",
    b"<![CDATA[",
    b"' onclick='a", b'" onclick="a', b"\xef\xbf\xbe", b"\xf4\x90\x80\x80", b"x" * 1100,
)
ADDRESSES = (
    b"/", b"/a?b=c&d=e#f", b"#x", b"?q=1", b"page", b"a/b:c", b"https://example.org/a b",
    b"HTTP://EXAMPLE.org", b"mailto:a@example.org", b"tel:+441234", b"/\xc3\xa9",
    b"javascript:alert(1)", b"JaVaScRiPt:alert(1)", b"java\nscript:alert(1)",
    b"java&#115;cript:alert(1)", b" javascript:alert(1)", b"\x01javascript:a",
    b"data:text/html,<b>",
    b"//evil.example", b"/\\evil.example", b"\\\\evil.example", b"/\t/evil.example",
    b"vbscript:a", b"https:evil", b"https:///evil", b"https://", b"a\xff", b"/\xc2\x85",
    b"blob:x", b"javascript&colon;a", b"/a\"><script>", b"/a' onclick='b", b" //evil.example",
)
SAFE = re.compile(r"(https?://[A-Za-z0-9[\x80-\U0010ffff]|mailto:|tel:|(?!//| )[^:/?#]*([/?#]|\Z))",
                  re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def shown(raw):
    """The text that a reader should see: U+FFFD for each byte that is not UTF-8, no controls."""
    out = []
    at = 0
    while at < len(raw):
        for size in (1, 2, 3, 4):
            try:
                out.append(raw[at:at + size].decode("utf-8"))
                at += size
                break
            except UnicodeDecodeError:
                continue
        else:
            out.append("\ufffd")
            at += 1
    return UNSEEN.sub("", "".join(out))


def followed(raw):
    """The address that a browser should see."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return "#"
    if UNSEEN.search(text) or re.search(r"[\t\n\\]", text) or not SAFE.match(text):
        return "#"
    return text.replace(" ", "%20")


def part(raw):
    """A text as a part of an address."""
    out = []
    at = 0
    while at < len(raw):
        for size in (1, 2, 3, 4):
            try:
                raw[at:at + size].decode("utf-8")
                break
            except UnicodeDecodeError:
                continue
        else:
            size = 0
        for byte in raw[at:at + size] or b"\xef\xbf\xbd":
            is_plain = chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "-._~@")
            out.append(chr(byte) if is_plain else f"%{byte:02X}")
        at += size or 1
    return "".join(out)


class Shape:
    """Two sets of values of the same shape, and the hostile one by the number of the harmless."""

    def __init__(self, names, chance):
        self.names = names
        self.chance = chance
        self.texts = []

    def fields(self, fields, depth=0):
        harmless, hostile = {}, {}
        for field in fields:
            if field.is_optional and self.chance.random() < 0.4:
                continue
            harmless[field.name], hostile[field.name] = self.value(field.type, depth)
        return harmless, hostile

    def value(self, field_type, depth):
        kind = field_type.kind
        if kind == "struct":
            return self.fields(self.names.structs[field_type.name].fields, depth + 1)
        if kind == "list":
            count = self.chance.randrange(4 if depth < 2 else 2)
            pairs = [self.value(field_type.of, depth + 1) for _ in range(count)]
            return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        if kind in ("bool", "int"):
            value = self.chance.randrange(2) if kind == "bool" else self.chance.randrange(-9, 99)
            return value, value
        if kind == "html":
            return ("<b>made</b>",) * 2
        if kind == "url":
            raw = self.chance.choice(ADDRESSES)
            self.texts.append(raw)
            return f"/u{len(self.texts) - 1}u", raw
        raw = b"".join(self.chance.choice(TEXTS) for _ in range(self.chance.randrange(1, 5)))
        if self.chance.random() < 0.2:
            raw = bytes(self.chance.randrange(256) for _ in range(self.chance.randrange(1, 30)))
        self.texts.append(raw)
        return f"h{len(self.texts) - 1}h", raw

    def expected(self, text, is_address):
        """What should be there in the hostile page, where this is in the harmless one."""
        def replace(found):
            raw = self.texts[int(found.group(1) or found.group(2))]
            if not is_address:
                return shown(raw)
            return followed(raw) if found.group(1) else part(raw)
        return MARK.sub(replace, text)


ADDRESS_ATTRIBUTES = ("href", "src", "action", "formaction", "cite", "poster")


def joined(steps):
    """The steps of a tree, texts that stand side by side joined, those without text left out."""
    out = []
    for step in steps:
        if step[0] in ("text", "exact"):
            if out and out[-1][0] == "text":
                out[-1] = ("text", out[-1][1] + step[1])
            elif step[1]:
                out.append(("text", step[1]))
        else:
            out.append(step)
    return out


def expected_steps(shape, harmless):
    for step in joined(walk(parse(harmless))):
        if step[0] == "text":
            yield "text", shape.expected(step[1], False)
        elif step[0] == "start":
            yield "start", step[1], tuple(
                (name, shape.expected(value, name in ADDRESS_ATTRIBUTES))
                for name, value in step[2])
        else:
            yield step


def hostile_fault(driver, template, shape):
    """What is wrong with the page of hostile values, or None."""
    harmless_values, hostile_values = shape.fields(template.fields)
    harmless = driver.render(template.name, harmless_values)
    hostile = driver.render(template.name, hostile_values)
    try:
        text = hostile.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"not UTF-8: {error}", hostile
    if UNSEEN.search(text):
        return "a control character", hostile
    for mark in "<>\"'":
        if text.count(mark) != harmless.decode().count(mark):
            return f"another number of {mark}", hostile
    wanted = joined(expected_steps(shape, harmless))
    found = joined(walk(parse(hostile)))
    for one, other in zip(wanted, found):
        if one != other:
            return f"{other}\n  not {one}", hostile
    if len(wanted) != len(found):
        return f"{len(found)} steps, not {len(wanted)}", hostile
    return None, hostile


def random_tests(driver):
    """One test for each template."""
    seed = int(os.environ.get("HANDRAIL_SEED", "0")) or time.time_ns() % 2 ** 32
    print(f"HANDRAIL_SEED={seed}")
    for template in driver.names.templates.values():
        wrong = None
        for round_number in range(ROUNDS):
            chance = random.Random(f"{seed} {template.name} {round_number}")
            wrong, page = hostile_fault(driver, template, Shape(driver.names, chance))
            if wrong:
                wrong = f"round {round_number}: {wrong}\n  {page!r}"
                break
        yield f"hostile/{template.name}", wrong is None, wrong


def main():
    driver = Driver()
    passed = failed = 0
    for name, is_well, wrong in (*bad_tests(), *language_tests(driver), *random_tests(driver)):
        passed += is_well
        failed += not is_well
        if not is_well:
            print(f"FAILED {name}: {wrong}")
    if not driver.close():
        print("FAILED the program that renders did not end well")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

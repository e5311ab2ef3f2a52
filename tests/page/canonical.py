"""HTML as a list of what counts: two pieces that a browser shows alike give the same list.

Read with html5lib, a parser that is not ours. Left out: the order of attributes, white space that
is not shown (beside blocks, twice in a row), and on which side of an inline tag a space stands.
"""

import re

import html5lib

BLOCK = frozenset(
    "html head body title meta link div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead "
    "tbody tfoot tr th td form fieldset legend details summary nav section header footer main "
    "aside article search figure select option optgroup hr br svg path circle rect".split())
BLOCK_INSIDE = BLOCK | {"button"}
EXACT = frozenset(("textarea", "pre"))

# Their values are sets or lists of words: white space between these does not count.
WORD_LISTS = frozenset(("class", "aria-describedby"))
SPACE = re.compile(r"[ \t\n\f\r]+")


def parse(text):
    """The tree of a fragment, or of a document when it begins with a doctype."""
    if isinstance(text, bytes):
        text = text.decode("utf-8")
    if text[:9].lower() == "<!doctype":
        return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return html5lib.parseFragment(text, treebuilder="etree", namespaceHTMLElements=False)


def name_of(element):
    """Without the namespace of SVG. A comment has a function for its name."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "#comment"


def walk(element):
    """("start", name, attributes), ("text", text), ("exact", text) and ("end", name) inside it."""
    kind = "exact" if name_of(element) in EXACT else "text"
    if element.text:
        yield kind, element.text
    for child in element:
        name = name_of(child)
        yield "start", name, tuple(sorted(child.attrib.items()))
        yield from walk(child)
        yield "end", name
        if child.tail:
            yield kind, child.tail


def canonical(text):
    """What counts, as a list."""
    out = []
    tags = []  # the tags since the last text
    has_space, is_hidden = False, True

    def flush(hides):
        nonlocal has_space, is_hidden, tags
        if has_space and not is_hidden and not hides:
            out.append(("space",))
        out.extend(tags)
        has_space, is_hidden, tags = False, False, []

    for step in walk(parse(text)):
        if step[0] == "text":
            words = SPACE.sub(" ", step[1])
            has_space = has_space or words.startswith(" ")
            if words.strip(" "):
                flush(False)
                out.append(("text", words.strip(" ")))
                has_space = words.endswith(" ")
        elif step[0] == "exact":
            flush(False)
            out.append(step)
        else:
            hides = step[1] in (BLOCK if step[0] == "start" else BLOCK_INSIDE)
            is_hidden = is_hidden or hides or (step[0] == "start" and step[1] in BLOCK_INSIDE)
            tags.append(step if step[0] == "end" else ("start", step[1], tuple(
                (name, " ".join(value.split()) if name in WORD_LISTS else value)
                for name, value in step[2])))
    flush(True)
    return out


def difference(one, other):
    """Where two lists first differ, for a person."""
    for position, (left, right) in enumerate(zip(one, other)):
        if left != right:
            return f"at {position}: {left}\n    but {right}"
    return f"one goes on: {(one[len(other):] or other[len(one):])[:3]}"

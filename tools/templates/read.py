"""Reads a file of templates into a tree. Read first: docs/templates.md. Start at: read_file.

What must hold: every node knows its place; a literal is the text of the file, untouched.
"""

import dataclasses
import difflib
import re
import typing

from .source import Place, Refusal, a

SIMPLE_TYPES = ("str", "url", "int", "bool", "html")
WORDS = frozenset(
    "template struct if not and or else end for use let true false".split())

# What generated C cannot use as a name of its own.
C_WORDS = frozenset(
    "args out auto break case char const continue default do double enum extern float goto inline "
    "int long register restrict return short signed sizeof static switch typedef union unsigned "
    "void volatile while bool alignas alignof constexpr nullptr static_assert thread_local typeof "
    "asm".split())

TOKEN = re.compile(r'\s*(?:(?P<name>[A-Za-z_]\w*)|(?P<int>-?\d+)|"(?P<str>[^"\n]*)"'
                   r"|(?P<mark>[(),:.?]))")
OPENING = re.compile(r"\{\{")


@dataclasses.dataclass(frozen=True)
class Type:
    """kind: one of SIMPLE_TYPES, "struct" or "list"; name: of a struct; of: what a list holds."""

    kind: str
    name: str = ""
    of: typing.Optional["Type"] = None

    def __str__(self):
        if self.kind == "list":
            return f"list of {self.of}"
        return self.name or self.kind


@dataclasses.dataclass
class Field:
    """A parameter of a template or a field of a struct."""

    name: str
    type: Type
    is_optional: bool
    place: Place


@dataclasses.dataclass
class Struct:
    name: str
    fields: list
    place: Place


@dataclasses.dataclass
class Template:
    name: str
    fields: list
    body: list
    place: Place


@dataclasses.dataclass
class Literal:
    text: str
    place: Place


@dataclasses.dataclass
class Path:
    """A name, or a name and fields. check.py adds its type and its C expression."""

    names: list
    place: Place
    type: Type = None
    c: str = ""

    def __str__(self):
        return ".".join(self.names)


@dataclasses.dataclass
class Constant:
    """A text, number or truth that stands in the template as an argument."""

    value: object
    place: Place
    type: Type = None


@dataclasses.dataclass
class Show:
    path: Path
    place: Place


@dataclasses.dataclass
class If:
    """Terms are (is_negated, path), all joined by the same word: "and" or "or"."""

    terms: list
    joiner: str
    yes: list
    no: list
    place: Place


@dataclasses.dataclass
class For:
    name: str
    path: Path
    body: list
    place: Place


@dataclasses.dataclass
class Let:
    name: str
    type: Type
    body: list
    place: Place


@dataclasses.dataclass
class Argument:
    name: str
    value: object  # Path or Constant
    place: Place


@dataclasses.dataclass
class Use:
    name: str
    arguments: list
    place: Place
    template: Template = None


class Tokens:
    """The inside of one {{...}}, taken word by word."""

    def __init__(self, text, place):
        self.items = []
        at = 0
        while text[at:].strip():
            found = TOKEN.match(text, at)
            if not found:
                raise Refusal(place.plus(at), f"{text[at:].strip()[:20]!r} has no meaning here",
                              "see docs/templates.md for what may stand in {{...}}")
            kind = found.lastgroup
            self.items.append((kind, found.group(kind), place.plus(found.start(kind))))
            at = found.end()
        self.end = place.plus(at)
        self.at = 0

    def peek(self):
        return self.items[self.at] if self.at < len(self.items) else ("end", "", self.end)

    def take(self, kind, what):
        """The next item, which must be of this kind."""
        found, value, place = self.peek()
        if found != kind:
            shown = f"{value!r}" if value else "nothing"
            raise Refusal(place, f"{what} should stand here, not {shown}",
                          "see docs/templates.md for what may stand in {{...}}")
        self.at += 1
        return value, place

    def take_mark(self, mark):
        """True, and it is taken, when this mark comes next."""
        if self.peek()[:2] == ("mark", mark):
            self.at += 1
            return True
        return False

    def need_mark(self, mark):
        if not self.take_mark(mark):
            _, value, place = self.peek()
            raise Refusal(place, f"{mark!r} should stand here, not {value!r}" if value else
                          f"{mark!r} is missing", "see docs/templates.md for what may stand here")

    def take_word(self, word):
        if self.peek()[:2] == ("name", word):
            self.at += 1
            return True
        return False

    def finish(self):
        kind, value, place = self.peek()
        if kind != "end":
            raise Refusal(place, f"{value!r} is too much here", "close with }} before it")


def new_name(tokens, what):
    """A name that the file gives to something."""
    name, place = tokens.take("name", what)
    if name in WORDS:
        raise Refusal(place, f"{name!r} is a word of the language", "take another name")
    if name in C_WORDS or name.endswith(("_args", "_count")) or "__" in name:
        raise Refusal(place, f"{name!r} is kept for the generated C", "take another name")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise Refusal(place, f"{name!r} is no name", "write lower-case letters, digits and _")
    return name, place


def read_type(tokens):
    name, place = tokens.take("name", "a type")
    if name == "list":
        if not tokens.take_word("of"):
            raise Refusal(place, "a list is a list of something", 'write "list of NAME"')
        of, of_place = tokens.take("name", "the type of what is in the list")
        if of == "list":
            raise Refusal(of_place, "there are no lists of lists",
                          "declare a {{struct}} that has a list, and a list of these")
        return Type("list", of=Type(of) if of in SIMPLE_TYPES else Type("struct", of))
    return Type(name) if name in SIMPLE_TYPES else Type("struct", name)


def read_fields(tokens):
    """( name: type, name: type? ) and nothing after it."""
    tokens.need_mark("(")
    fields = []
    while not tokens.take_mark(")"):
        if fields:
            tokens.need_mark(",")
            if tokens.take_mark(")"):
                break
        name, place = new_name(tokens, "the name of a parameter")
        if any(field.name == name for field in fields):
            raise Refusal(place, f"{name!r} stands here twice", "take one of them away")
        tokens.need_mark(":")
        field_type = read_type(tokens)
        fields.append(Field(name, field_type, tokens.take_mark("?"), place))
    tokens.finish()
    return fields


def read_path(tokens):
    name, place = tokens.take("name", "a name")
    names = [name]
    while tokens.take_mark("."):
        names.append(tokens.take("name", "the name of a field")[0])
    return Path(names, place)


def read_condition(tokens):
    """x, not x, x and not y, x or y: the terms, and the word between them."""
    terms = [(tokens.take_word("not"), read_path(tokens))]
    joiner = "and"
    while tokens.peek()[1] in ("and", "or"):
        word, place = tokens.take("name", "and, or")
        if len(terms) > 1 and word != joiner:
            raise Refusal(place, "and stands beside or, and it is not said which comes first",
                          "put one {{if}} into another")
        joiner = word
        terms.append((tokens.take_word("not"), read_path(tokens)))
    tokens.finish()
    return terms, joiner


def read_value(tokens):
    """An argument: a path, a text, a number, true or false."""
    kind, value, place = tokens.peek()
    if kind == "str":
        return Constant(tokens.take("str", "a text")[0], place, Type("str"))
    if kind == "int":
        return Constant(int(tokens.take("int", "a number")[0]), place, Type("int"))
    if kind == "name" and value in ("true", "false"):
        tokens.take("name", "a value")
        return Constant(value == "true", place, Type("bool"))
    return read_path(tokens)


def read_use(tokens, place):
    name, name_place = tokens.take("name", "the name of a template")
    tokens.need_mark("(")
    arguments = []
    while not tokens.take_mark(")"):
        if arguments:
            tokens.need_mark(",")
            if tokens.take_mark(")"):
                break
        argument, argument_place = tokens.take("name", "the name of a parameter")
        if any(other.name == argument for other in arguments):
            raise Refusal(argument_place, f"{argument!r} stands here twice",
                          "take one of them away")
        tokens.need_mark(":")
        arguments.append(Argument(argument, read_value(tokens), argument_place))
    tokens.finish()
    return Use(name, arguments, name_place or place)


def split(source):
    """The literals and directives of a file: (is_directive, text, place). Comments are left out."""
    at = 0
    text = source.text
    while at < len(text):
        found = OPENING.search(text, at)
        start = found.start() if found else len(text)
        if start > at:
            stray = text.find("}}", at, start)
            if stray >= 0:
                raise Refusal(Place(source, stray), "}} closes nothing",
                              "take it away, or write &#125;&#125;")
            yield False, text[at:start], Place(source, at)
        if not found:
            return
        end = directive_end(source, start)
        inside = text[start + 2:end]
        if not inside.startswith("#"):
            yield True, inside, Place(source, start + 2)
        at = end + 2


def directive_end(source, start):
    """Where the }} of a directive stands; one inside a text does not count."""
    text = source.text
    if text.startswith("{{#", start):
        end = text.find("#}}", start + 3)
        if end < 0:
            raise Refusal(Place(source, start), "this comment has no end", "close it with #}}")
        return end + 1
    in_text = False
    for at in range(start + 2, len(text)):
        if text[at] == '"':
            in_text = not in_text
        elif not in_text and text.startswith("}}", at):
            return at
        elif not in_text and text.startswith("{{", at):
            break
    raise Refusal(Place(source, start), "{{ has no end", "close it with }}")


class Reader:
    """Makes the tree of one file. Blocks that are open stand in a list, the innermost last."""

    def __init__(self, source):
        self.pieces = list(split(source))
        self.at = 0
        self.end = Place(source, len(source.text))

    def read(self):
        """The structs and templates of the file, and what was refused of them."""
        structs, templates, refusals = [], [], []
        while self.at < len(self.pieces):
            try:
                found = self.read_one()
            except Refusal as refusal:
                refusals.append(refusal)
                self.skip_to_next()
                continue
            if isinstance(found, Struct):
                structs.append(found)
            elif found:
                templates.append(found)
        return structs, templates, refusals

    def skip_to_next(self):
        """After a refusal: go on at the next template or struct."""
        while self.at < len(self.pieces):
            is_directive, text, _ = self.pieces[self.at]
            if is_directive and text.split("(")[0].split()[:1] in (["template"], ["struct"]):
                return
            self.at += 1

    def read_one(self):
        is_directive, text, place = self.pieces[self.at]
        self.at += 1
        if not is_directive:
            if text.strip():
                skipped = len(text) - len(text.lstrip())
                raise Refusal(place.plus(skipped), "this text is in no template",
                              "put it between {{template ...}} and {{end}}")
            return None
        tokens = Tokens(text, place)
        word, word_place = tokens.take("name", "template or struct")
        if word == "struct":
            name, name_place = new_name(tokens, "the name of a struct")
            if name in SIMPLE_TYPES:
                raise Refusal(name_place, f"{name!r} is a type already", "take another name")
            return Struct(name, read_fields(tokens), name_place)
        if word == "template":
            name, name_place = new_name(tokens, "the name of a template")
            fields = read_fields(tokens)
            body, _ = self.read_body(("end",), "template", place)
            return Template(name, fields, body, name_place)
        raise Refusal(word_place, f"{word!r} stands outside of all templates",
                      "a file holds {{struct}}, {{template}} and comments")

    def read_body(self, ends, what, opened):
        """The nodes up to one of these words, and the word."""
        nodes = []
        while self.at < len(self.pieces):
            is_directive, text, place = self.pieces[self.at]
            if is_directive and text.split()[:1] in (["template"], ["struct"]):
                break
            self.at += 1
            if not is_directive:
                nodes.append(Literal(text, place))
                continue
            tokens = Tokens(text, place)
            for end in ends:
                if tokens.take_word(end):
                    tokens.finish()
                    return nodes, end
            nodes.append(self.read_directive(tokens, place))
        raise Refusal(opened, f"this {{{{{what}}}}} has no end", "close it with {{end}}")

    def read_directive(self, tokens, place):
        start = tokens.peek()[2]
        if tokens.take_word("if"):
            terms, joiner = read_condition(tokens)
            yes, end = self.read_body(("else", "end"), "if", place)
            no = self.read_body(("end",), "if", place)[0] if end == "else" else []
            return If(terms, joiner, yes, no, start)
        if tokens.take_word("for"):
            name, _ = new_name(tokens, "the name of one item")
            if not tokens.take_word("in"):
                raise Refusal(tokens.peek()[2], "the list is missing",
                              "write {{for item in items}}")
            path = read_path(tokens)
            tokens.finish()
            return For(name, path, self.read_body(("end",), "for", place)[0], start)
        if tokens.take_word("let"):
            name, name_place = new_name(tokens, "a name")
            tokens.need_mark(":")
            let_type = read_type(tokens)
            tokens.finish()
            if let_type.kind not in ("str", "url", "html"):
                raise Refusal(name_place, f"{a(let_type)} cannot be made here",
                              "{{let}} makes a str, a url or html")
            return Let(name, let_type, self.read_body(("end",), "let", place)[0], name_place)
        if tokens.take_word("use"):
            return read_use(tokens, start)
        word = tokens.peek()[1]
        if word in WORDS:
            raise Refusal(start, f"{{{{{word}}}}} has no place here",
                          "it belongs to no block that is open" if word in ("else", "end") else
                          "see docs/templates.md for what may stand in {{...}}")
        path = read_path(tokens)
        tokens.finish()
        return Show(path, start)


def nearest(name, known):
    """The end of a hint: the name that was probably meant."""
    close = difflib.get_close_matches(name, list(known), 1)
    return f'did you mean "{close[0]}"?' if close else ""


def read_file(source):
    """(structs, templates, refusals) of one file."""
    try:
        return Reader(source).read()
    except Refusal as refusal:
        return [], [], [refusal]

"""Where in HTML every value stands, and so how it is escaped; what cannot be made safe is refused.

The HTML of a template is read once, at compile time, with a small machine of six states. Where the
ways of an {{if}} or {{for}} meet again they must agree on where they are. What comes out is a list
of steps (steps.py) that write.py turns into C.

Start at: analyse. Read first: elements.py, url.py, docs/templates.md.

What must hold
- A step Value says how it is escaped; write.py has no say in it.
- The elements that a template opens it closes, in every branch.
- Only white space that HTML does not show is dropped.
"""

import dataclasses
import enum
import html.entities
import re

from . import elements
from .read import For, If, Let, Literal, Show, Use
from .source import Place, Refusal, a
from .steps import Branch, Call, Loop, Make, Text, Value, hides_at, squeeze
from .url import Address


class State(enum.Enum):
    TEXT = "text"
    TAG = "a tag"
    BEFORE_VALUE = "an attribute without quotes"
    VALUE = "an attribute"
    STRING = "a {{let}} of a str"
    ADDRESS = "a {{let}} of a url"


@dataclasses.dataclass(frozen=True)
class Context:
    """Where we are. In a tag: its name, its attributes so far, whether a space must come next."""

    state: State
    open: tuple = ()
    places: tuple = dataclasses.field(default=(), compare=False)  # of what is open
    tag: str = ""
    attributes: frozenset = frozenset()
    needs_space: bool = False
    attribute: str = ""
    quote: str = ""
    address: Address = None
    is_first_line: bool = False  # right behind <pre> or <textarea>
    tag_place: Place = dataclasses.field(default=None, compare=False)

    def but(self, **changes):
        return dataclasses.replace(self, **changes)


REFERENCE = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|([A-Za-z][A-Za-z0-9]*));")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>\"'<={]*)")
IN_TAG = re.compile(r"(?P<space>[ \t\n]+)|(?P<close>/?>)|(?P<name>[^\s\"'<>/={}]+)(?P<equals>=?)")
SPACES = re.compile(r"[ \t\n]+")
ENTITIES = {name[:-1] for name in html.entities.html5 if name.endswith(";")}


def check_text(text, place):
    """What is written out: no control bytes, and character references that exist."""
    found = CONTROL.search(text)
    if found:
        raise Refusal(place.plus(found.start()), f"a control byte, {found.group()!r}",
                      "take it away; lines end in a line feed alone")
    at = text.find("&")
    while at >= 0:
        found = REFERENCE.match(text, at)
        if not found or (found.group(1) and found.group(1) not in ENTITIES):
            raise Refusal(place.plus(at), "this & begins no character reference that is known",
                          "write &amp;")
        at = text.find("&", at + 1)


def refuse_name(place):
    raise Refusal(place, "a value cannot be part of the name of a tag or attribute",
                  "write the name out; choose with {{if}}")


def refuse_script(place):
    raise Refusal(place, "a script stands in a file of its own",
                  'write <script src="/assets/..."></script>')


def join(one, other, place):
    """The context after a branch. The two may differ in what harms nobody."""
    if one.open != other.open:
        left, right = (" ".join(c.open) or "nothing" for c in (one, other))
        raise Refusal(place, f"the branches end in different places: one leaves {left} open, "
                      f"the other {right}", "open and close each element in the same branch")
    if one.quote != other.quote:
        raise Refusal(place, "the branches end in different quotes", "close them in each branch")
    if (one.state, one.tag, one.attribute) != (other.state, other.tag, other.attribute):
        raise Refusal(place, f"the branches end in different places: one in {one.state.value}, "
                      f"the other in {other.state.value}",
                      "put the whole tag or attribute into each branch")
    address = one.address.join(other.address, place) if one.address else None
    return one.but(attributes=one.attributes | other.attributes, address=address,
                   needs_space=one.needs_space or other.needs_space)


class Machine:
    """Reads one template. `seen` collects its elements and where white space is dropped."""

    def __init__(self, made):
        self.made = made  # of each template that this one uses
        self.value_is_next = False  # behind the literal that is read
        self.seen = set()
        self.roots = set()  # elements that stand in no other of this template

    # Nodes.

    def nodes(self, nodes, context):
        """(steps, context) after these nodes."""
        steps = []
        for position, node in enumerate(nodes):
            self.value_is_next = position + 1 < len(nodes) and isinstance(nodes[position + 1], Show)
            if context.state is State.BEFORE_VALUE and not isinstance(node, Literal):
                raise Refusal(node.place, f"the value of {context.attribute} has no quotes",
                              f'write {context.attribute}="..."')
            if isinstance(node, Literal):
                more, context = self.literal(node, context)
                steps += more
                continue
            if context.is_first_line:  # the parser drops a line end here: write one to be dropped
                steps.append(Text("\n"))
                context = context.but(is_first_line=False)
            if context.open[-1:] == ("script",) and context.state is State.TEXT:
                refuse_script(node.place)
            step, context = self.directive(node, context)
            steps.append(step)
        return steps, context

    def directive(self, node, context):
        if isinstance(node, Show):
            return self.show(node, context)
        if isinstance(node, If):
            yes, after_yes = self.nodes(node.yes, context)
            no, after_no = self.nodes(node.no, context)
            return Branch(node, yes, no), join(after_yes, after_no, node.place)
        if isinstance(node, For):
            return self.loop(node, context)
        if isinstance(node, Let):
            return self.let(node, context), context
        return self.use(node, context), context

    def loop(self, node, context):
        steps, after = self.nodes(node.body, context)
        if after.attributes != context.attributes:
            raise Refusal(node.place, "a loop cannot write attributes: they would be there twice",
                          "put the loop into the value of one attribute")
        joined = join(context, after, node.place)
        if joined != context:  # once more from where the first turn ended
            steps, after = self.nodes(node.body, joined)
            joined = join(joined, after, node.place)
        return Loop(node, steps), joined

    def let(self, node, context):
        if context.state is not State.TEXT:
            raise Refusal(node.place, f"{{{{let}}}} has no place in {context.state.value}",
                          "put it before the tag")
        start = {"html": Context(State.TEXT), "str": Context(State.STRING),
                 "url": Context(State.ADDRESS, address=Address())}[node.type.kind]
        steps, after = self.nodes(node.body, start)
        self.check_end(after, node.place)
        if node.type.kind == "html":
            steps, _ = squeeze(steps, True, True)
        return Make(node, steps)

    def use(self, node, context):
        if context.state is not State.TEXT:
            raise Refusal(node.place, f"a template cannot be used in {context.state.value}",
                          "use it where text may stand")
        inner = context.open[-1] if context.open else ""
        if inner in elements.TEXT_ONLY:
            raise Refusal(node.place, f"<{inner}> holds text only, and a template makes HTML",
                          "give it a str")
        used = self.made[node.name]
        for name in sorted(used.elements):
            self.check_nesting(name, context.open, node.place, f"{node.name!r} has <{name}>: ")
        for name in sorted(used.roots):
            self.check_parent(name, inner, node.place)
        self.seen |= used.elements
        if not context.open:
            self.roots |= used.roots
        return Call(node, used.hides_before, used.hides_after)

    def show(self, node, context):
        kind = node.path.type.kind
        state = context.state
        if state is State.TAG:
            refuse_name(node.place)
        if context.tag in elements.RESOURCE_ELEMENTS and context.address is None:
            raise Refusal(node.place, f"this attribute of <{context.tag}> is only written out",
                          "no value may change what the browser runs")
        if kind == "html":
            return self.show_html(node, context), context
        if context.address is not None:
            return self.show_address(node, context)
        if state is State.VALUE and context.attribute in elements.LITERAL_ATTRIBUTES:
            raise Refusal(node.place, f"the attribute {context.attribute} is only written out",
                          "choose between texts with {{if}}")
        if state is State.TEXT:
            self.check_text_here(context.open, node.place)
        if kind == "int":
            return Value(node.path, "int"), context
        how = {State.TEXT: "text", State.VALUE: "attribute", State.STRING: "plain"}[state]
        return Value(node.path, how), context

    def show_html(self, node, context):
        inner = context.open[-1] if context.open else ""
        if context.state is not State.TEXT or inner in elements.TEXT_ONLY:
            where = f"<{inner}>" if context.state is State.TEXT else context.state.value
            raise Refusal(node.place, f"html cannot stand in {where}", "give it a str")
        return Value(node.path, "raw")

    def show_address(self, node, context):
        kind = node.path.type.kind
        if kind == "url":
            if context.tag in elements.RESOURCE_ELEMENTS:
                raise Refusal(node.place, f"<{context.tag}> may not load from any address",
                              "write the beginning out, and give the rest as str: /assets/{{name}}")
            how = "url" if context.state is State.VALUE else "plain"
            return Value(node.path, how), context.but(address=context.address.url(node.place))
        address = context.address.part(node.place)
        return Value(node.path, "int" if kind == "int" else "url_part"), context.but(
            address=address)

    # Literals.

    def literal(self, node, context):
        """(steps, context) after what is written out."""
        if context.state is State.STRING:
            return [Text(node.text)], context
        if context.state is State.ADDRESS:
            text = node.text.strip(" \t\n")
            lost = len(node.text) - len(node.text.lstrip(" \t\n"))
            address = context.address.literal(text, node.place.plus(lost))
            return [Text(text)], context.but(address=address)
        readers = {State.TEXT: self.read_text, State.TAG: self.read_tag,
                   State.BEFORE_VALUE: self.read_quote, State.VALUE: self.read_value}
        steps = []
        at = 0
        while at < len(node.text):
            reader = readers[context.state]
            step, at, context = reader(node.text, at, node.place.plus(at), context)
            steps += step
        return steps, context

    def read_text(self, text, at, place, context):
        inner = context.open[-1] if context.open else ""
        if inner == "script" and not text.startswith("</script>", at):
            refuse_script(place)
        context = context.but(is_first_line=False)
        if text[at] == "<":
            return self.read_angle(text, at, place, context)
        spaces = SPACES.match(text, at)
        if spaces:
            is_kept = inner in elements.SPACED
            return [Text(spaces.group(), is_space=not is_kept)], spaces.end(), context
        end = re.compile(r"[< \t\n]|\Z").search(text, at).start()
        check_text(text[at:end], place)
        self.check_text_here(context.open, place)
        return [Text(text[at:end])], end, context

    def read_angle(self, text, at, place, context):
        """What < begins."""
        inner = context.open[-1] if context.open else ""
        if text.startswith("<!--", at):
            raise Refusal(place, "a comment would be sent to every reader", "write {{# ... #}}")
        if text[at:at + 15].lower() == "<!doctype html>":
            return [Text("<!doctype html>", hides_after=True)], at + 15, context
        found = TAG_NAME.match(text, at)
        if not found:
            raise Refusal(place, "< begins no tag here", "write &lt;")
        name, is_end = found.group(1), text[at + 1] == "/"
        if name != name.lower():
            raise Refusal(place, f"<{name}> has capital letters", f"write <{name.lower()}>")
        if is_end:
            return self.read_end_tag(text, at, place, context, name)
        if inner in elements.TEXT_ONLY:
            raise Refusal(place, f"<{inner}> holds text only, no <{name}>",
                          f"write &lt;, or close <{inner}> first")
        if self.value_is_next and found.end() == len(text):
            refuse_name(place)
        self.check_element(name, context, place)
        inside = Context(State.TAG, context.open, context.places, tag=name, needs_space=True,
                         tag_place=place)
        return [Text(f"<{name}", hides_before=name in elements.BLOCK)], found.end(), inside

    def read_end_tag(self, text, at, place, context, name):
        end = at + 2 + len(name)
        if not text.startswith(">", end):
            raise Refusal(place, f"the end tag of <{name}> has more than its name",
                          f"write </{name}>")
        if name in elements.VOID:
            raise Refusal(place, f"<{name}> has no end tag", "take it away")
        if not context.open or context.open[-1] != name:
            is_open = f"<{context.open[-1]}> is open" if context.open else "no element is open"
            raise Refusal(place, f"</{name}> closes nothing: {is_open}",
                          "close elements in the order in which they stand in each other")
        step = Text(f"</{name}>", hides_before=name in elements.BLOCK_INSIDE,
                    hides_after=name in elements.BLOCK)
        return [step], end + 1, context.but(open=context.open[:-1], places=context.places[:-1])

    def read_tag(self, text, at, place, context):
        found = IN_TAG.match(text, at)
        if not found:
            raise Refusal(place, f"{text[at]!r} has no place in a tag",
                          'a tag is <name attribute="value">')
        if found.group("space"):
            return [], found.end(), context.but(needs_space=False)
        if found.group("close"):
            return self.close_tag(found.group("close"), found.end(), place, context)
        name = found.group("name")
        if self.value_is_next and found.end("name") == len(text):
            refuse_name(place)
        if context.needs_space:
            raise Refusal(place, f"a space is missing before {name!r}",
                          "put one between attributes; no name can be made of parts")
        self.check_attribute(name, place, context)
        inside = context.but(attributes=context.attributes | {name}, needs_space=True)
        if not found.group("equals"):
            return [Text(" " + name)], found.end(), inside
        inside = inside.but(state=State.BEFORE_VALUE, attribute=name, needs_space=False)
        return [Text(f" {name}=")], found.end(), inside

    def close_tag(self, mark, end, place, context):
        name = context.tag
        is_svg = name in elements.SVG
        if mark == "/>" and not is_svg and name not in elements.VOID:
            raise Refusal(place, f"<{name}/> does not close <{name}> in HTML",
                          f"write <{name}></{name}>")
        is_open = name not in elements.VOID and not (is_svg and mark == "/>")
        opened = ((name,), (context.tag_place,)) if is_open else ((), ())
        hides = name in (elements.BLOCK_INSIDE if is_open else elements.BLOCK)
        step = Text("/>" if is_svg and mark == "/>" else ">", hides_after=hides)
        is_spaced = is_open and name in elements.SPACED
        return [step], end, Context(State.TEXT, context.open + opened[0],
                                    context.places + opened[1], is_first_line=is_spaced)

    def read_quote(self, text, at, place, context):
        quote = text[at]
        if quote not in "\"'":
            raise Refusal(place, f"the value of {context.attribute} has no quotes",
                          f'write {context.attribute}="..."')
        is_address = context.attribute in elements.URLS
        return [Text(quote)], at + 1, context.but(state=State.VALUE, quote=quote,
                                                  address=Address() if is_address else None)

    def read_value(self, text, at, place, context):
        end = text.find(context.quote, at)
        is_closed = end >= 0
        end = end if is_closed else len(text)
        inside = text[at:end]
        check_text(inside, place)
        if "<" in inside:
            raise Refusal(place.plus(inside.index("<")), "< in the value of an attribute",
                          "close the quotes before it, or write &lt;")
        steps = [Text(inside)] if inside else []
        if context.address is not None:
            if re.search("&(?!amp;)", inside):
                raise Refusal(place, "only &amp; may be written so in an address",
                              "percent-encode it")
            bare = inside.replace("&amp;", "&")
            context = context.but(address=context.address.literal(bare, place))
        if not is_closed:
            return steps, end, context
        if context.address is not None:
            context.address.close(place)
        steps.append(Text(context.quote))
        return steps, end + 1, context.but(state=State.TAG, needs_space=True, attribute="",
                                           quote="", address=None)

    # What is refused.

    def check_element(self, name, context, place):
        if name in elements.REFUSED_ELEMENTS:
            why, remedy = elements.REFUSED_ELEMENTS[name]
            raise Refusal(place, f"<{name}> is refused: {why}", remedy)
        if name not in elements.ELEMENTS and name != "script":
            raise Refusal(place, f"<{name}> is no element that a template may use",
                          "see tools/templates/elements.py for those that it may")
        inner = context.open[-1] if context.open else ""
        self.check_nesting(name, context.open, place, "")
        self.check_parent(name, inner, place)
        self.seen.add(name)
        if not context.open:
            self.roots.add(name)

    def check_nesting(self, name, is_open, place, about):
        if name in elements.ENDS_PARAGRAPH and "p" in is_open:
            raise Refusal(place, f"{about}<{name}> would end the <p> that is open",
                          "close the <p> before it, or make it a <div>")
        if name in elements.NOT_IN_ITSELF and name in is_open:
            raise Refusal(place, f"{about}{a(f'<{name}>')} cannot stand in itself",
                          "close the other one first")

    def check_parent(self, name, inner, place):
        """name: an element, or "text"."""
        shown = name if name == "text" else f"<{name}>"
        if name in elements.SVG_INSIDE and inner not in elements.SVG:
            raise Refusal(place, f"{shown} stands outside of <svg>", "put it into an <svg>")
        if not inner:
            return
        if name in elements.PARENTS and inner not in elements.PARENTS[name]:
            parents = " or ".join(f"<{parent}>" for parent in elements.PARENTS[name])
            raise Refusal(place, f"{shown} stands in <{inner}>", f"it belongs into {parents}")
        if name in elements.HEADINGS and inner in elements.HEADINGS:
            raise Refusal(place, f"{shown} would end the <{inner}> that is open", "close it first")
        allowed = elements.SVG_INSIDE if inner in elements.SVG else elements.CHILDREN.get(inner)
        if allowed is not None and name not in allowed:
            children = " ".join(f"<{child}>" for child in sorted(allowed - {"text"}))
            raise Refusal(place, f"{shown} cannot stand in <{inner}>",
                          f"there may stand {children or 'text only'}")

    def check_text_here(self, is_open, place):
        if not is_open:
            self.roots.add("text")
        self.check_parent("text", is_open[-1] if is_open else "", place)

    def check_attribute(self, name, place, context):
        if name.startswith("on"):
            raise Refusal(place, f"{name}= holds a script: the content security policy forbids it",
                          "listen for the event in a script file")
        if name in elements.REFUSED_ATTRIBUTES:
            why, remedy = elements.REFUSED_ATTRIBUTES[name]
            raise Refusal(place, f"{name}= is refused: {why}", remedy)
        if name in ("http-equiv",) and context.tag == "meta":
            raise Refusal(place, "a <meta> that stands for a header", "send the header")
        if not elements.attribute_is_known(name):
            raise Refusal(place, f"{name!r} is no attribute that a template may use",
                          "see tools/templates/elements.py, or name it data-...")
        if name in context.attributes:
            raise Refusal(place, f"{name!r} may stand here twice; the second would not count",
                          "write it once, with {{if}} inside its value")

    def check_end(self, context, place):
        """At the end of a template or {{let}} nothing is open."""
        if context.state in (State.TAG, State.BEFORE_VALUE, State.VALUE):
            raise Refusal(context.tag_place, f"<{context.tag}> is not complete",
                          "close its tag with >")
        if context.open:
            raise Refusal(context.places[-1], f"<{context.open[-1]}> is not closed",
                          f"write </{context.open[-1]}>")
        if context.state is State.ADDRESS:
            context.address.close(place)


@dataclasses.dataclass
class Made:
    """What is known of a template that was read: for those that use it."""

    elements: set
    roots: set  # those in no other element; "text" is text
    hides_before: bool
    hides_after: bool


def analyse(template, made):
    """The steps of a template. `made` holds all that it uses, and gains it."""
    machine = Machine(made)
    steps, context = machine.nodes(template.body, Context(State.TEXT))
    machine.check_end(context, template.place)
    starts_hidden = hides_at(steps, 0, False)
    steps, ends_hidden = squeeze(steps, True, True)
    made[template.name] = Made(machine.seen, machine.roots, starts_hidden, ends_hidden)
    return steps

"""Names and types: every name is known, used, and of the right type. Read first: read.py.

Start at: check_all. It gives each Path its type and C expression, and each Use its template.
What must hold: after it no refusal comes from the C compiler.
"""

import dataclasses

from .read import Constant, For, If, Let, Path, Show, Type, Use, WORDS, nearest
from .source import Place, Refusal, a
from .url import check_whole

BOOL = Type("bool")
INT = Type("int")


@dataclasses.dataclass
class Variable:
    """Something that a name stands for; c is its C expression, a pointer or not."""

    type: Type
    c: str
    is_pointer: bool
    place: Place
    is_used: bool = False

    def value(self):
        return f"(*{self.c})" if self.is_pointer else self.c

    def field(self, name):
        return f"{self.c}->{name}" if self.is_pointer else f"{self.c}.{name}"


class Names:
    """All structs and templates of all files."""

    def __init__(self, structs, templates):
        self.structs = {}
        self.templates = {}
        self.refusals = []
        for known, new, what in ((self.structs, structs, "struct"),
                                 (self.templates, templates, "template")):
            for one in new:
                if one.name in known:
                    self.refuse(one.place, f"there are two {what}s named {one.name!r}",
                                f"the other is at {known[one.name].place}; rename one")
                known[one.name] = one

    def refuse(self, place, reason, remedy):
        self.refusals.append(Refusal(place, reason, remedy))

    def check_fields(self):
        """The types of all parameters and fields exist, and no struct holds itself."""
        for one in [*self.structs.values(), *self.templates.values()]:
            for field in one.fields:
                name = (field.type.of or field.type).name
                if name and name not in self.structs:
                    self.refuse(field.place, f"there is no type {name!r}",
                                nearest(name, [*self.structs, "str", "url", "int", "bool", "html"])
                                or "declare it with {{struct}}")
        for struct in self.structs.values():
            if self.holds(struct.name, struct.name, set()):
                self.refuse(struct.place, f"the struct {struct.name!r} holds itself",
                            "hold a list of it instead")

    def holds(self, outer, inner, seen):
        if outer in seen or outer not in self.structs:
            return False
        seen.add(outer)
        held = [field.type.name for field in self.structs[outer].fields if field.type.name]
        return inner in held or any(self.holds(name, inner, seen) for name in held)


class Checker:
    """Checks one template."""

    def __init__(self, names, template):
        self.names = names
        self.scope = {}
        self.template = template

    def check(self):
        for field in self.template.fields:
            self.scope[field.name] = Variable(field.type, f"args->{field.name}", False,
                                              field.place)
        self.body(self.template.body)
        for field in self.template.fields:
            if not self.scope[field.name].is_used:
                raise Refusal(field.place, f"the parameter {field.name!r} is used nowhere",
                              "use it, or take it away")

    def body(self, nodes):
        """Checks the nodes; what is declared among them ends with them."""
        declared = []
        for node in nodes:
            self.node(node, declared)
        for name in declared:
            variable = self.scope.pop(name)
            if not variable.is_used:
                raise Refusal(variable.place, f"{name!r} is used nowhere",
                              "use it, or take it away")

    def node(self, node, declared):
        if isinstance(node, Show):
            self.show(node)
        elif isinstance(node, If):
            self.condition(node)
            self.body(node.yes)
            self.body(node.no)
        elif isinstance(node, For):
            self.loop(node)
        elif isinstance(node, Let):
            self.body(node.body)
            self.declare(node.name, Variable(node.type, node.name, False, node.place))
            declared.append(node.name)
        elif isinstance(node, Use):
            self.use(node)

    def declare(self, name, variable):
        if name in self.scope:
            raise Refusal(variable.place, f"{name!r} is the name of something else here",
                          "take another name")
        self.scope[name] = variable

    def resolve(self, path):
        """Gives the path its type and C expression."""
        first = path.names[0]
        if first not in self.scope:
            raise Refusal(path.place, f"there is no {first!r} here",
                          nearest(first, self.scope) or "declare it as a parameter")
        variable = self.scope[first]
        variable.is_used = True
        path.type, path.c = variable.type, variable.value()
        for position, name in enumerate(path.names[1:], 1):
            whole = ".".join(path.names[:position])
            if path.type.kind != "struct":
                raise Refusal(path.place, f"{whole!r} is {a(path.type)} and has no fields",
                              "take the field away")
            fields = {field.name: field for field in self.names.structs[path.type.name].fields}
            if name not in fields:
                raise Refusal(path.place, f"the struct {path.type.name!r} has no field {name!r}",
                              nearest(name, fields) or "its fields are " + ", ".join(fields))
            path.c = variable.field(name) if position == 1 else f"{path.c}.{name}"
            path.type = fields[name].type
        return path.type

    def show(self, node):
        kind = self.resolve(node.path).kind
        remedies = {"bool": "say what is shown: {{if %s}}...{{end}}",
                    "list": "say how each is shown: {{for item in %s}}...{{end}}",
                    "struct": "show a field of it: {{%s.field}}"}
        if kind in remedies:
            raise Refusal(node.place, f"{node.path} is {a(node.path.type)} and cannot be shown",
                          remedies[kind] % node.path)

    def condition(self, node):
        for _, path in node.terms:
            if self.resolve(path).kind == "struct":
                raise Refusal(path.place, f"{path} is a record and always there",
                              "ask for a field of it")

    def loop(self, node):
        listed = self.resolve(node.path)
        if listed.kind != "list":
            raise Refusal(node.path.place, f"{node.path} is {a(listed)} and no list",
                          "declare it as a list of something")
        if node.name in WORDS:
            raise Refusal(node.place, f"{node.name!r} is a word of the language", "rename it")
        at = f"{node.name}__at"
        index = Variable(INT, f"(int64_t){at} + 1", False, node.place)
        first = Variable(BOOL, f"{at} == 0", False, node.place)
        item = Variable(listed.of, node.name, True, node.place)
        self.declare(node.name, item)
        self.declare(f"{node.name}_index", index)
        self.declare(f"{node.name}_is_first", first)
        self.body(node.body)
        if not item.is_used:
            raise Refusal(node.place, f"{node.name!r} is used nowhere", "show it in the loop")
        for name in (node.name, f"{node.name}_index", f"{node.name}_is_first"):
            del self.scope[name]

    def use(self, node):
        if node.name not in self.names.templates:
            raise Refusal(node.place, f"there is no template {node.name!r}",
                          nearest(node.name, self.names.templates) or "declare it")
        node.template = self.names.templates[node.name]
        fields = {field.name: field for field in node.template.fields}
        for argument in node.arguments:
            if argument.name not in fields:
                raise Refusal(argument.place, f"{node.name!r} has no parameter {argument.name!r}",
                              nearest(argument.name, fields) or
                              "its parameters are " + (", ".join(fields) or "none"))
            self.argument(argument, fields[argument.name])
        given = {argument.name for argument in node.arguments}
        for field in node.template.fields:
            if field.name not in given and not field.is_optional:
                raise Refusal(node.place, f"{node.name!r} needs {field.name!r}, {a(field.type)}",
                              f'add "{field.name}: ..."')

    def argument(self, argument, field):
        value = argument.value
        if isinstance(value, Constant):
            given = value.type
            if given.kind == "str" and field.type.kind == "url":
                check_whole(value.value, value.place)
                return
        else:
            given = self.resolve(value)
        if given == field.type or (given.kind, field.type.kind) == ("url", "str"):
            return
        raise Refusal(value.place, f"{field.name!r} is {a(field.type)}, and this is {a(given)}",
                      conversion(given, field.type))


def conversion(given, wanted):
    """What to do when a value of one type should be of another."""
    if wanted.kind == "html":
        return "make html of it: {{let name: html}}...{{end}}"
    if wanted.kind == "url" and given.kind == "str":
        return "declare it as url, or make one: {{let name: url}}/path/{{part}}{{end}}"
    if wanted.kind == "str" and given.kind == "int":
        return "make a text of it: {{let name: str}}{{number}}{{end}}"
    return f"give it {a(wanted)}"


def uses(nodes):
    """All Use nodes below these."""
    for node in nodes:
        if isinstance(node, Use):
            yield node
        elif isinstance(node, If):
            yield from uses(node.yes)
            yield from uses(node.no)
        elif isinstance(node, (For, Let)):
            yield from uses(node.body)


def in_order(names):
    """The templates, each after those that it uses; a circle is refused."""
    done, open_names, order = set(), [], []

    def visit(template):
        if template.name in done:
            return
        open_names.append(template.name)
        for use in uses(template.body):
            if use.name in open_names:
                circle = open_names[open_names.index(use.name):] + [use.name]
                raise Refusal(use.place, "templates use each other in a circle: "
                              + ", ".join(circle), "end it: a template cannot use itself")
            if use.template:
                visit(use.template)
        open_names.pop()
        done.add(template.name)
        order.append(template)

    for template in names.templates.values():
        visit(template)
    return order


def check_all(structs, templates):
    """(names, templates in order of use, refusals)."""
    names = Names(structs, templates)
    names.check_fields()
    refusals = list(names.refusals)
    if refusals:
        return names, [], refusals
    for template in names.templates.values():
        try:
            Checker(names, template).check()
        except Refusal as refusal:
            refusals.append(refusal)
    if refusals:
        return names, [], refusals
    try:
        return names, in_order(names), []
    except Refusal as refusal:
        return names, [], [refusal]


__all__ = ["check_all", "Names", "Path"]

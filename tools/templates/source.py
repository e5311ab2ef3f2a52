"""Places in a file of templates, and what is said when a template is refused."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Source:
    """A file of templates as text."""

    name: str
    text: str

    def line_and_column(self, offset):
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


@dataclasses.dataclass(frozen=True)
class Place:
    """An offset in a source, counted in characters."""

    source: Source
    offset: int

    def plus(self, characters):
        return Place(self.source, self.offset + characters)

    def __str__(self):
        line, column = self.source.line_and_column(self.offset)
        return f"{self.source.name}:{line}:{column}"


class Refusal(Exception):
    """Something that cannot be made safe, or is a mistake: where, what, and what to do."""

    def __init__(self, place, reason, remedy):
        super().__init__(reason)
        self.place = place
        self.reason = reason
        self.remedy = remedy

    def __str__(self):
        return f"{self.place}: error: {self.reason}\n    hint: {self.remedy}"


def a(thing):
    """The thing with its article."""
    name = str(thing)
    if name == "html":
        return name
    return f"{'an' if name.strip('<')[0] in 'aeio' else 'a'} {name}"

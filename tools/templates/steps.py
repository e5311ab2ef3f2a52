"""What a template does, step by step, and the white space that is left out of it.

White space is left out where HTML never shows it: beside the tags of blocks, and beside other white
space. It is decided at compile time for all ways that a page can take. Start at: squeeze.
"""

import dataclasses

from .read import For, If, Let, Use


@dataclasses.dataclass
class Text:
    """What is written as it is. hides_before: white space before it is not shown; so after it."""

    text: str
    is_space: bool = False
    hides_before: bool = False
    hides_after: bool = False


@dataclasses.dataclass
class Value:
    path: object
    how: str  # the function of page/html.h, without "html_"; "plain": as it is


@dataclasses.dataclass
class Branch:
    node: If
    yes: list
    no: list


@dataclasses.dataclass
class Loop:
    node: For
    steps: list


@dataclasses.dataclass
class Make:
    node: Let
    steps: list


@dataclasses.dataclass
class Call:
    """hides_before, hides_after: as of Text, for what the template begins and ends with."""

    node: Use
    hides_before: bool
    hides_after: bool


def hides_at(steps, position, beyond):
    """White space here would not be shown, for what follows; beyond: what follows these steps."""
    for at in range(position, len(steps)):
        step = steps[at]
        if isinstance(step, Make) or (isinstance(step, Text) and step.is_space):
            continue
        if isinstance(step, (Text, Call)):
            return step.hides_before
        if isinstance(step, Branch):
            after = hides_at(steps, at + 1, beyond)
            return hides_at(step.yes, 0, after) and hides_at(step.no, 0, after)
        if isinstance(step, Loop):
            after = hides_at(steps, at + 1, beyond)
            return after and hides_at(step.steps, 0, after)
        return False
    return beyond


def squeeze(steps, hidden, beyond):
    """(steps without white space that is not shown, whether it would be shown at their end).

    hidden: white space before the first of them would not be shown; beyond: as in hides_at.
    """
    result = []
    for at, step in enumerate(steps):
        if isinstance(step, Text) and step.is_space:
            if hidden or hides_at(steps, at + 1, beyond):
                continue
            result.append(Text(" "))
            hidden = True
            continue
        if isinstance(step, Branch):
            after = hides_at(steps, at + 1, beyond)
            yes, hidden_yes = squeeze(step.yes, hidden, after)
            no, hidden_no = squeeze(step.no, hidden, after)
            step, hidden = Branch(step.node, yes, no), hidden_yes and hidden_no
        elif isinstance(step, Loop):
            # What follows a turn is the next one, or what follows the loop.
            after = hides_at(steps, at + 1, beyond)
            again = after and hides_at(step.steps, 0, after)
            _, at_end = squeeze(step.steps, False, again)
            turn, at_end = squeeze(step.steps, hidden and at_end, again)
            step, hidden = Loop(step.node, turn), hidden and at_end
        elif not isinstance(step, Make):
            hidden = isinstance(step, (Text, Call)) and step.hides_after
        result.append(step)
    return result, hidden

"""What may stand in an address (href, src, action ...). Read first: docs/templates.md, "Addresses".

An address in a template is written out from its beginning as far as it takes to know where it leads
(settled); only then parts may follow, each percent-encoded. Or it begins with a value of type url,
which html_url checks when the page is made; only ? or # may follow that.

Start at: Address.
"""

import dataclasses
import re

from .source import Refusal

# Literal beginnings after which any part may follow: nothing that follows can change the site.
SETTLED = re.compile(r"[#?]|/[^/\\{]|\.\.?/|https?://[A-Za-z0-9.-]+(:\d+)?[/?#]|mailto:")

# Whole addresses that are no beginning for a part.
WHOLE = re.compile(r"/?|tel:[0-9+-]+|https?://[A-Za-z0-9.-]+(:\d+)?")

# What the characters of a literal may be (RFC 3986, without the quotes).
PLAIN = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%-]*")

ALLOWED = 'an address begins with /, #, ?, ./, ../, https://, http://, mailto: or tel:'


@dataclasses.dataclass(frozen=True)
class Address:
    """How far an address is: start, undecided (with its text), settled, or after_url."""

    state: str = "start"
    text: str = ""

    def literal(self, text, place):
        found = PLAIN.match(text)
        if found.end() < len(text):
            raise Refusal(place.plus(found.end()), f"{text[found.end()]!r} is not of an address",
                          "percent-encode it")
        if not text or self.state == "settled":
            return self
        if self.state == "after_url":
            if text[0] not in "?#":
                raise Refusal(place, "after a url only ? or # can follow",
                              "give the whole address as a url")
            return Address("settled")
        whole = self.text + text
        return Address("settled") if SETTLED.match(whole) else Address("undecided", whole)

    def part(self, place):
        """A str or int stands here."""
        if self.state != "settled":
            raise Refusal(place, "a str cannot say where an address leads",
                          "declare it as url, or write the beginning of the address before it, "
                          "such as /policy/")
        return self

    def url(self, place):
        """A url stands here."""
        if self.state != "start":
            raise Refusal(place, "a url is a whole address and stands at its beginning",
                          "take away what is before it, or declare it as str")
        return Address("after_url")

    def close(self, place):
        """The address ends."""
        if self.state == "undecided" and not WHOLE.fullmatch(self.text):
            raise Refusal(place, f"{self.text!r} is no address that a template may hold", ALLOWED)

    def join(self, other, place):
        """What is known when it may be either."""
        if self == other:
            return self
        self.close(place)
        other.close(place)
        return Address("after_url")


def check_whole(text, place):
    """An address that stands in the template as an argument."""
    Address().literal(text, place).close(place)

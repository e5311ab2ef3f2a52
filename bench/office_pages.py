#!/usr/bin/env python3
"""The pages that bench/office.sh asks for, and a session to ask with.

    office_pages.py PORT PAGES_FILE <IDS

IDS are lines "person NUMBER", "school NUMBER" and "acts COUNT". Writes "KIND PATH" lines, in an
order that is the same each time, and prints the cookie of somebody of the trust who is signed in.
"""

import pathlib
import random
import re
import sys
import urllib.parse
import urllib.request

EMAIL, PASSWORD = "it@ashdownvale.example", "quiet lamp under nine hedges"
PAGES = 5000
# How often each kind of page is asked for, of a hundred.
SHARES = {"desk": 10, "may-i": 10, "check": 5, "me": 10, "person": 20, "people": 10, "named": 5,
          "school-people": 5, "school": 10, "schools": 5, "history": 5, "act": 5}
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def shown(number):
    """A number as addresses have it: src/store/id.c."""
    text = ""
    for _ in range(13):
        number, digit = divmod(number, 32)
        text = DIGITS[digit] + text
    return text


def sign_in(site):
    opener = urllib.request.build_opener(Stay)
    body = urllib.parse.urlencode({"email": EMAIL, "password": PASSWORD, "back": "/desk"}).encode()
    request = urllib.request.Request(f"{site}/sign-in", body, {
        "Sec-Fetch-Site": "same-origin", "Origin": site})
    try:
        answer = opener.open(request)
    except urllib.error.HTTPError as other:
        answer = other
    cookie = answer.headers.get("Set-Cookie")
    assert answer.status == 303 and cookie, (answer.status, answer.read()[:500])
    return cookie.split(";")[0]


def path_of(kind, people, schools, acts, chance):
    person, school = chance.choice(people), chance.choice(schools)
    return {
        "desk": "/desk", "may-i": "/desk/may-i", "check": "/desk/check", "me": "/do/me.facts",
        "person": f"/do/person.see?person={shown(person)}", "people": "/do/person.list",
        "named": f"/do/person.list?named={chance.choice(['smith', 'jones', 'ann', 'ali', 'wil'])}",
        "school-people": f"/do/person.list?school={shown(school)}",
        "school": f"/do/school.see?school={shown(school)}", "schools": "/do/school.list",
        "history": "/do/ledger.list", "act": f"/do/ledger.see?act={chance.randrange(acts)}",
    }[kind]


def main():
    site, ids = f"http://127.0.0.1:{sys.argv[1]}", {"person": [], "school": [], "acts": []}
    for line in sys.stdin:
        kind, number = line.split()
        ids[kind].append(int(number))
    chance = random.Random(1)
    kinds = chance.choices(list(SHARES), list(SHARES.values()), k=PAGES)
    pathlib.Path(sys.argv[2]).write_text("".join(
        f"{kind} {path_of(kind, ids['person'], ids['school'], ids['acts'][0], chance)}\n"
        for kind in kinds))
    print(sign_in(site))


if __name__ == "__main__":
    main()

"""The second factor in the browser: set up, used, lost, required by a role; links to sign in with;
and the page for who cannot sign in.

Read first: office_client.py. The codes are computed here by another hand (RFC 6238).
"""

import base64
import hashlib
import hmac
import re
import struct
import time

from office_client import PASSWORD, SET_UP, Browser, Office, Page, school_of
from office_walk_test import add_person


def code_at(secret, step):
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at:at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1000000:06d}"


class App:
    """An authenticator: gives each code once, and waits for the next when there is none."""

    def __init__(self, secret):
        self.secret = secret
        self.last = int(time.time()) // 30 - 2

    def code(self):
        now = int(time.time()) // 30
        self.last = max(self.last + 1, now - 1)
        while self.last > int(time.time()) // 30 + 1:
            time.sleep(0.5)
        return code_at(self.secret, self.last)


def codes_of(page):
    return re.findall(r">((?:[0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4})<", page.html)


def set_up_factor(browser):
    """(App, recovery codes) of the person of this browser."""
    page = browser.do("account.factor-begin")
    app = App(re.search(r"[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}", page.text).group(0))
    shown = Page(browser.send(page, "/do/account.factor-confirm", code=app.code()), "confirmed")
    codes = codes_of(shown)
    assert len(codes) == 10, shown.text[:500]
    return app, codes


def sign_in(office, email, code=None):
    """A browser that has given password and code, and the answer."""
    browser = Browser(office)
    answer = browser.sign_in(email)
    if code and answer.status == 422:
        answer = browser.send(Page(answer, "/sign-in"), "/sign-in", email=email, password=PASSWORD,
                              code=code)
    return browser, answer


def check_set_up(suite, office, anna):
    page = anna.do("account.factor-begin")
    suite.check("the picture is drawn on our own page", "hr-office__picture" in page.html
                and 'd="M' in page.html and "style=" not in page.html)
    suite.check("the secret is there as letters",
                re.search(r"[A-Z2-7]{4}( [A-Z2-7]{4}){7}", page.text))
    wrong = Page(anna.send(page, "/do/account.factor-confirm", code="000000"), "wrong")
    suite.check("a wrong code is told, and the picture stays", wrong.status == 422
                and "hr-office__picture" in wrong.html and "not the code" in wrong.text)
    _, answer = sign_in(office, SET_UP["email"])
    suite.check("before the first code it does not count", answer.status == 303)
    app, codes = set_up_factor(anna)
    page = anna.get("/do/account.factor-confirm")
    suite.check("the secret is not shown again", "hr-office__picture" not in page.html
                and app.secret not in page.text)
    account = anna.get("/do/account.see")
    suite.check("the account says so", "An app that shows codes" in account.text
                and "10" in account.text, account.text[:400])
    _, answer = sign_in(office, SET_UP["email"])
    suite.check("the password alone is not enough", answer.status == 422
                and b'name="code"' in answer.body)
    browser, answer = sign_in(office, SET_UP["email"], app.code())
    suite.check("with the code it is", answer.status == 303)
    suite.check("the list of sessions says how", "Password and code"
                in browser.get("/do/account.see").text)
    _, answer = sign_in(office, SET_UP["email"], codes[0])
    suite.check("a recovery code is good", answer.status == 303)
    _, answer = sign_in(office, SET_UP["email"], codes[0])
    suite.check("once", answer.status == 422)
    return app, codes


def check_codes(suite, office, anna, codes):
    page = anna.do("account.factor-codes")
    fresh = codes_of(page)
    suite.check("ten new codes", len(fresh) == 10 and not set(fresh) & set(codes))
    _, answer = sign_in(office, SET_UP["email"], codes[1])
    suite.check("the old ones are not good any more", answer.status == 422)
    return fresh


def check_token(suite, office, anna):
    answer = office.program(anna.token()).call("account.factor-remove")
    suite.check("no program takes it away", answer.status == 403, answer)


def check_link(suite, office, anna, person):
    page = anna.do("account.link-send", f"person={person}")
    link = re.search(r"/link/[\w-]{43}", page.text).group(0)
    gita = Browser(office)
    suite.check("opening it does nothing", gita.get(link).status == 200 and not gita.cookies)
    suite.check("the button signs in", gita.send(gita.get(link)).get("location") == "/desk")
    suite.check("it is Gita", "Gita Governor" in gita.get("/do/me.see").text)
    suite.check("a link is good once", Browser(office).ask("GET", link).status == 404)
    page = gita.get("/prove")
    suite.check("who has no password is told what to do", "new link" in page.text, page.text[:300])
    app, _ = set_up_factor(gita)
    page = anna.do("account.link-send", f"person={person}")
    link = re.search(r"/link/[\w-]{43}", page.text).group(0)
    thief = Browser(office)
    thief.send(thief.get(link))
    page = thief.get("/desk")
    suite.check("with a second factor the link asks for it", page.path.startswith("/sign-in/code"))
    for place in ("/do/me.see", "/do/account.see", "/permissions", "/prove"):
        where = thief.ask("GET", place).get("location") or ""
        suite.check(f"nothing else is open: {place}", where.startswith("/sign-in/code"), where)
    wrong = thief.send(page, code="123123")
    suite.check("a wrong code", wrong.status == 422 and b"not the code" in wrong.body)
    right = thief.send(thief.get("/sign-in/code?back=/do/me.see"), code=app.code())
    suite.check("the right one leads on", right.get("location") == "/do/me.see", right)
    suite.check("signed in", "Gita Governor" in thief.get("/do/me.see").text)
    return app


def check_reset(suite, office, anna, person):
    gita = Browser(office)
    link = re.search(r"/link/[\w-]{43}",
                     anna.do("account.link-send", f"person={person}").text).group(0)
    page = anna.do("account.factor-reset", f"person={person}")
    suite.check("it was reset", "Done" in page.text, page.text[:300])
    suite.check("links that were sent are void", gita.ask("GET", link).status == 404)
    link = re.search(r"/link/[\w-]{43}",
                     anna.do("account.link-send", f"person={person}").text).group(0)
    gita.send(gita.get(link))
    page = gita.get("/desk")
    suite.check("another has to be set up first", page.path == "/do/account.factor-begin")
    suite.check("nothing else is done", gita.get("/do/me.see").path == "/do/account.factor-begin")
    set_up_factor(gita)
    suite.check("then everything is open", "Gita Governor" in gita.get("/do/me.see").text)
    again = anna.do("account.factor-reset", f"person={person}")
    suite.check("it can be reset again", "Done" in again.text)


def check_role(suite, office, anna, school):
    person = add_person(anna, school, "Hazel Head", "hazel@ashdownvale.example")
    anna.do("role.give", f"person={person}", role="headteacher", school=school)
    link = re.search(r"/link/[\w-]{43}",
                     anna.do("account.invite", f"person={person}").text).group(0)
    hazel = Browser(office)
    hazel.send(hazel.get(link), password=PASSWORD)
    token = hazel.token()
    suite.check("before it is required all is open", hazel.get("/do/school.list").path
                == "/do/school.list")
    page = anna.do("trust.factor-require", role="headteacher")
    suite.check("the trust's page says so", "headteacher" in page.text, page.text[:500])
    suite.check("the session that is there is held to it", hazel.get("/do/school.list").path
                == "/do/account.factor-begin")
    answer = hazel.post("/do/school.add", {"name": "x", "csrf": "x"})
    suite.check("no form is taken", answer.status in (303, 403), answer)
    answer = office.program(token).see("school.list")
    suite.check("nor is a program's word", answer.status == 403, answer)
    out = hazel.get("/desk")
    suite.check("signing out is open", 'action="/sign-out"' in out.html)
    set_up_factor(hazel)
    suite.check("with it all is open", hazel.get("/do/school.list").path == "/do/school.list")
    suite.check("for the program too", office.program(token).see("school.list").status == 200)
    page = hazel.do("account.factor-remove")
    suite.check("it cannot be taken away", page.status == 422 and "role" in page.text,
                page.text[:300])
    page = anna.do("trust.factor-waive", "role=headteacher", role="headteacher")
    page = hazel.do("account.factor-remove")
    suite.check("until it is not required any more", page.status == 200, page.text[:300])


def check_forgotten(suite, office):
    stranger = Browser(office)
    page = stranger.get("/sign-in/forgotten")
    suite.check("who cannot sign in is told whom to ask", page.status == 200
                and "headteacher" in page.text and "Anna" not in page.html, page.text[:400])
    suite.check("the page is found", stranger.get("/sign-in").link("/sign-in/forgotten"))
    suite.check("a code without a session", stranger.ask("GET", "/sign-in/code").get("location")
                == "/sign-in")


def test_second_factor(suite):
    with Office() as office:
        anna = office.set_up()
        school = school_of(anna.get("/do/school.list"))
        app, codes = check_set_up(suite, office, anna)
        check_token(suite, office, anna)
        fresh = check_codes(suite, office, anna, codes)
        person = add_person(anna, school, "Gita Governor", "gita@ashdownvale.example")
        check_link(suite, office, anna, person)
        check_reset(suite, office, anna, person)
        check_role(suite, office, anna, school)
        check_forgotten(suite, office)
        kept = b"".join(path.read_bytes() for path in (office.folder / "data").glob("handrail.db*"))
        secret = base64.b32decode(app.secret.replace(" ", ""))
        suite.check("the secret is sealed where it is kept", kept and secret not in kept)
        suite.check("codes are not kept", fresh[0].encode() not in kept)

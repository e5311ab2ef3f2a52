#!/usr/bin/env python3
"""People sign in to `handrail serve` with a real OpenID Connect provider, from the settings in the
browser to signing out; and everybody who must not come in is refused.

Read first: tests/web/office_client.py; run_oidc_slow.py, which says how the provider is installed.
The programs are in $HANDRAIL_BUILD, or build. The last line is "N passed, N failed".
"""

import json
import pathlib
import re
import sqlite3
import sys
import time
import urllib.parse

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS), str(TESTS / "web"), str(TESTS / "cli")]
sys.dont_write_bytecode = True

import harness  # noqa: E402
import run_oidc_slow as real  # noqa: E402
from office_client import PASSWORD, SET_UP, Browser, Office, Page, school_of, unescape  # noqa: E402
from office_factor_test import set_up_factor  # noqa: E402
from office_walk_test import add_person  # noqa: E402

DAY = 24 * 3600 * 1000


def path_of(address):
    parts = urllib.parse.urlsplit(address)
    return parts.path + ("?" + parts.query if parts.query else "")


class Person:
    """Somebody with one browser, whose cookies here and at the provider are kept apart."""

    def __init__(self, office, provider, login):
        self.here = Browser(office)
        self.there = real.Browser(provider.port)
        self.login = login

    def way_back(self, start="/sign-in/provider"):
        """The address with which the provider sends the browser back."""
        answer = self.here.ask("GET", start)
        assert answer.status == 303, answer
        return path_of(self.there.visit(answer.get("location"),
                                        {"login": self.login, "password": "any"}))

    def sign_in(self, start="/sign-in/provider"):
        return self.here.ask("GET", self.way_back(start))

    def is_in(self):
        return self.here.ask("GET", "/do/me.see").status == 200


def text(answer):
    return Page(answer, "").text


def check_refused(suite, name, answer, words, status=403):
    suite.check(name, answer.status == status and words in text(answer)
                and not any(key == "set-cookie" for key, _ in answer.headers), answer)


def provider_form(provider, **more):
    return {"kind": "other", "client": "handrail-RS256", "secret": real.SECRET,
            "issuer": provider.issuer, "links": "yes", **more}


def check_settings(suite, anna, provider):
    page = anna.get("/do/trust.provider")
    suite.check("the page says which address to enter",
                f"http://127.0.0.1:{anna.office.port}/sign-in/back" in page.text)
    suite.check("and what to do there", "App registrations" in page.text
                and "Authorised redirect URIs" in page.text)
    suite.check("before that nobody is sent to a provider",
                anna.ask("GET", "/sign-in/provider").status == 404)
    faults = (
        ("nobody listens", {"issuer": "http://127.0.0.1:9"}, "cannot be reached"),
        ("a wrong secret", {"secret": "another"}, "does not accept our client id and secret"),
        ("no secret", {"secret": ""}, "this is needed"),
        ("not https", {"issuer": "http://sign-in.ashdownvale.example"}, "https"),
        ("no issuer", {"issuer": ""}, "needed for another provider"),
        ("Google without domains", {"kind": "google"}, "anybody with a Google account"),
        ("Microsoft without a directory", {"kind": "microsoft"}, "36 small letters"),
        ("a directory that is none", {"kind": "microsoft", "tenants": "common"}, "36 small"),
    )
    for name, given, words in faults:
        page = anna.do("trust.provider", **provider_form(provider, **given))
        suite.check(f"{name}: it is said", page.status == 422 and words in page.text,
                    page.text[:900])
        suite.check(f"{name}: the steps are still there", "App registrations" in page.text)
        suite.check(f"{name}: no secret is sent back", real.SECRET not in unescape(page.html)
                    and 'value="another"' not in page.html)
    suite.check("nothing was saved", anna.ask("GET", "/sign-in/provider").status == 404)
    page = anna.do("trust.provider", **provider_form(provider))
    suite.check("saved", "Done" in page.text and provider.issuer in page.text, page.text[:600])
    page = anna.get("/do/trust.provider")
    suite.check("the secret is not shown", real.SECRET not in unescape(page.html)
                and provider.issuer in page.html)
    page = Browser(anna.office).get("/sign-in")
    suite.check("the running server offers it", page.link("/sign-in/provider"), page.text[:500])
    page = anna.do("trust.provider", **provider_form(provider, secret=""))
    suite.check("the secret may be kept", "Done" in page.text, page.text[:600])


def check_first_time(suite, office, provider):
    tam = Person(office, provider, "tam")
    answer = tam.sign_in("/sign-in/provider?back=/do/account.see")
    suite.check("the first time by the address", answer.get("location") == "/do/account.see")
    page = tam.here.get("/do/account.see")
    suite.check("it is Tam, and the list says how", "Tam Teacher" in page.text
                and "The school's provider" in page.text, page.text[:600])
    again = Person(office, provider, "tam")
    suite.check("then by the account", again.sign_in().get("location") == "/desk" and again.is_in())
    for login, name in (("unverified-uma", "an address that is not vouched for"),
                        ("stranger", "somebody whom nobody here knows"),
                        ("olu@elsewhere.example", "a domain that is not the school's")):
        who = Person(office, provider, login)
        check_refused(suite, name, who.sign_in(), "Nobody here is known")
        suite.check(f"{name}: not in", not who.is_in())
    return tam


def check_wrong_ways(suite, office, provider):
    tam = Person(office, provider, "tam")
    back = tam.way_back()
    other = Browser(office)
    check_refused(suite, "in another browser", other.ask("GET", back), "not begun in this browser")
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))
    wrong = "/sign-in/back?" + urllib.parse.urlencode({**query, "state": "x" * 43})
    check_refused(suite, "another state", tam.here.ask("GET", wrong), "not begun in this browser")
    suite.check("the right way", tam.here.ask("GET", back).status == 303 and tam.is_in())
    check_refused(suite, "the same again", tam.here.ask("GET", back), "used already")
    check_refused(suite, "nothing at all", tam.here.ask("GET", "/sign-in/back"), "not begun")
    first = Person(office, provider, "tam")
    address = first.here.ask("GET", "/sign-in/provider").get("location")
    state = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))["state"]
    denied = first.here.ask("GET", "/sign-in/back?" + urllib.parse.urlencode(
        {"error": "access_denied", "state": state, "iss": provider.issuer}))
    check_refused(suite, "who changes their mind", denied, "not finished")
    for fault in ("nonce", "audience", "unsigned", "swapped"):
        provider.fault(fault)
        who = Person(office, provider, "tam")
        answer = who.sign_in()
        suite.check(f"a token with another {fault}", answer.status == 403 and not who.is_in())
    provider.fault("none")


def store_do(office, statement):
    with sqlite3.connect(office.folder / "data" / "handrail.db", timeout=20) as store:
        store.execute(statement)


def make_old(office):
    store_do(office, f"UPDATE signed_in SET proven_at = proven_at - {DAY}")


def check_proof(suite, office, provider, tam):
    make_old(office)
    place = "/do/account.factor-begin"
    page = tam.here.get(place)
    way = page.link("/prove/provider")
    suite.check("a sensitive act wants a fresh proof", page.path.startswith("/prove?") and way,
                page.text[:400])
    suite.check("who has no password is asked for none", 'name="password"' not in page.html)
    for fault, name in (("old", "a sign-in of an hour ago"), ("silent", "one without a time")):
        provider.fault(fault)
        check_refused(suite, name, tam.sign_in(way), "no fresh proof")
        suite.check(f"{name} proves nothing", tam.here.get(place).path.startswith("/prove"))
    provider.fault("none")
    before = dict(tam.here.cookies)
    mallory = Person(office, provider, "ben")
    tam.there, mallory.there = mallory.there, tam.there
    tam.login = "ben"
    check_refused(suite, "somebody else's account", tam.sign_in(way), "another account")
    tam.there, tam.login = mallory.there, "tam"
    answer = tam.sign_in(way)
    suite.check("the proof leads back", answer.get("location") == place, answer)
    suite.check("the session has another token", before != tam.here.cookies)
    suite.check("and the form is open", tam.here.get(place).path == place)


def check_factor(suite, office, provider, anna, tam):
    app, _ = set_up_factor(tam.here)
    again = Person(office, provider, "tam")
    suite.check("a factor here is asked for", again.sign_in().status == 303 and not again.is_in())
    page = again.here.get("/desk")
    suite.check("with its own page", page.path.startswith("/sign-in/code"))
    again.here.send(page, code=app.code())
    suite.check("and the code lets in", again.is_in())
    provider.fault("mfa")
    again = Person(office, provider, "tam")
    suite.check("unless the token says that there was one", again.sign_in().status == 303
                and again.is_in())
    provider.fault("none")
    anna.do("trust.provider", **provider_form(provider, factor="yes"))
    again = Person(office, provider, "tam")
    suite.check("or the settings do", again.sign_in().status == 303 and again.is_in())
    return again


def sign_out(browser):
    page = browser.get("/desk")
    return browser.post("/sign-out",
                        dict(re.findall(r'name="(csrf)" value="([^"]*)"', page.html)))


def waits_until(holds):
    for _ in range(50):
        if holds():
            return True
        time.sleep(0.1)
    return False


def check_sign_out(suite, office, provider):
    one = Person(office, provider, "ben")
    one.sign_in()
    other = Browser(office)  # another device of ours with the same session there
    answer = other.ask("GET", "/sign-in/provider")
    back = one.there.visit(answer.get("location"), {"login": "ben", "password": "any"})
    other.ask("GET", path_of(back))
    suite.check("signed in twice", one.is_in() and other.ask("GET", "/do/me.see").status == 200)
    answer = sign_out(one.here)
    refresh = answer.get("refresh") or ""
    address = refresh.partition("url=")[2]
    suite.check("signing out leads to the provider", answer.status == 200
                and address.startswith(provider.issuer) and "id_token_hint" in address, answer)
    suite.check("and a link is there too", address in unescape(answer.body.decode()))
    suite.check("out here", not one.is_in())
    suite.check("the other is still in", other.ask("GET", "/do/me.see").status == 200)
    one.there.visit(address, {"logout": "yes"})
    suite.check("the provider tells us, and that ends too",
                waits_until(lambda: other.ask("GET", "/do/me.see").status == 303))
    bad = other.post("/sign-out/provider", {"logout_token": "a.b.c"}, site="")
    suite.check("nobody else can tell us", bad.status == 400, bad)


def check_shut(suite, office, provider, anna, people):
    tam = Person(office, provider, "tam")
    tam.sign_in()
    suite.check("in", tam.is_in())
    anna.do("account.disable", f"person={people['tam']}")
    suite.check("who is shut out is out at once", not tam.is_in())
    check_refused(suite, "and refused", Person(office, provider, "tam").sign_in(), "has been shut")
    ben = Person(office, provider, "ben")
    ben.sign_in()
    store_do(office, "UPDATE person SET left_on = 20000 WHERE email = 'ben@ashdownvale.example'")
    suite.check("who has left is out at once", not ben.is_in())
    check_refused(suite, "and refused too", Person(office, provider, "ben").sign_in(),
                  "has been shut")
    # Somebody who has left before the first sign-in is not linked.
    store_do(office, "UPDATE person SET left_on = 20000 WHERE email = 'cat@ashdownvale.example'")
    check_refused(suite, "who left before the first time",
                  Person(office, provider, "cat").sign_in(), "Nobody here is known")


def check_down(suite, office, provider):
    tam = Person(office, provider, "dan")
    back = tam.way_back()
    provider.stop()
    answer = tam.here.ask("GET", back)
    suite.check("it is down: a clear page", answer.status == 503
                and "does not answer" in text(answer) and not tam.is_in(), answer)
    suite.check("who has a password comes in", Browser(office).sign_in(SET_UP["email"]).status
                == 303)


def check_end(suite, office, provider, anna):
    anna.do("trust.provider-remove")
    suite.check("ended", anna.ask("GET", "/sign-in/provider").status == 404
                and not Browser(office).get("/sign-in").link("/sign-in/provider"))


def check_file(suite, provider):
    """The settings of a file win, and cannot be changed in the browser."""
    port = real.free_port()
    with Office(listen=f"127.0.0.1:{port}") as office:
        anna = office.set_up()
        office.stop()
        (office.folder / "data" / "provider.json").write_text(json.dumps(
            {"name": "Ashdown", "issuer": provider.issuer, "clientId": "x", "clientSecret": "y"}))
        office.said.clear()
        office.__class__.__bases__[0].__enter__(office)
        anna = Browser(office)
        anna.sign_in(SET_UP["email"], PASSWORD)
        page = anna.get("/sign-in")
        suite.check("the file's name is on the button", "Sign in with Ashdown" in page.text)
        page = anna.get("/do/trust.provider")
        suite.check("and the page says that it wins", "provider.json" in page.text, page.text[:300])


def main():
    suite = harness.Suite()
    if not real.install():
        suite.finish()
    port = real.free_port()
    site = f"http://127.0.0.1:{port}"
    provider = real.Provider(f"{site}/sign-out/provider", f"{site}/sign-in/back")
    provider.start()
    try:
        with Office(listen=f"127.0.0.1:{port}") as office:
            anna = office.set_up()
            school = school_of(anna.get("/do/school.list"))
            people = {name: add_person(anna, school, f"{name.capitalize()} Teacher",
                                       f"{name}@ashdownvale.example")
                      for name in ("tam", "ben", "cat", "dan", "unverified-uma")}
            add_person(anna, school, "Olu Other", "olu@elsewhere.example")
            anna.do("school.word-add", f"school={school}", kind="domain",
                    word="ashdownvale.example")
            check_settings(suite, anna, provider)
            tam = check_first_time(suite, office, provider)
            check_wrong_ways(suite, office, provider)
            check_proof(suite, office, provider, tam)
            anna.prove()
            check_factor(suite, office, provider, anna, tam)
            check_sign_out(suite, office, provider)
            check_shut(suite, office, provider, anna, people)
            check_down(suite, office, provider)
            check_end(suite, office, provider, anna)
        check_file(suite, provider)
    finally:
        provider.stop()
    suite.finish()


if __name__ == "__main__":
    main()

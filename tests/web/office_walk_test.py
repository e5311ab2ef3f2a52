"""Ordinary days of the office, by browsers and programs: from the set-up to erasing a person."""

import re

from office_client import PASSWORD, SET_UP, Browser, Office, person_of, school_of


def add_person(browser, school, name, email=""):
    page = browser.do("person.add", f"school={school}", school=school, kind="teacher", name=name,
                      email=email)
    assert "Done" in page.text, page.text[:400]
    return person_of(page)


def check_set_up(suite, office):
    stranger = Browser(office)
    for code in ("", "?code=", "?code=" + "A" * 43):
        suite.check(f"no set-up with {code!r}", stranger.ask("GET", f"/set-up{code}").status == 403)
    page = stranger.get(f"/set-up?code={office.code}")
    kind = page.options("kind")[1]
    wrong = stranger.send(page, **{**SET_UP, "kind": kind, "password": "short", "email": "nobody"})
    suite.check("a set-up with faults is told by field", b'href="#email"' in wrong.body
                and wrong.status == 422 and b'value="nobody"' in wrong.body)
    suite.check("a password is not sent back", b"short" not in wrong.body)
    wrong = stranger.send(page, **{**SET_UP, "kind": kind, "password": "short"})
    suite.check("a poor password is told too", b'href="#password"' in wrong.body)
    anna = office.set_up()
    again = anna.post("/set-up", {**SET_UP, "code": office.code, "kind": "teacher"})
    suite.check("it is set up once", again.status == 422 and b"already" in again.body)
    return anna


def check_sign_in(suite, office):
    other = Browser(office)
    wrong = other.sign_in(SET_UP["email"], "not the password")
    nobody = other.sign_in("nobody@ashdownvale.example", "not the password")
    suite.check("wrong password and no account look the same", wrong.status == nobody.status == 422
                and re.sub(r'value="[^"]*"', "", wrong.body.decode())
                == re.sub(r'value="[^"]*"', "", nobody.body.decode()))
    right = other.sign_in(SET_UP["email"], back="/do/school.list")
    suite.check("signing in leads back", right.get("location") == "/do/school.list")
    suite.check("who is signed in sees it", "Ashdown Primary" in other.get("/do/school.list").text)
    page = other.get("/desk")
    out = other.post("/sign-out", dict(re.findall(r'name="(csrf)" value="([^"]*)"', page.html)))
    suite.check("signed out", out.status == 303 and not other.cookies)
    suite.check("and asked to sign in", other.ask("GET", "/desk").status == 303)


def check_invitation(suite, office, anna, person):
    page = anna.do("account.invite", f"person={person}")
    link = re.search(r"/link/[\w-]{43}", page.text).group(0)
    ben = Browser(office)
    form = ben.get(link)
    suite.check("the invitation is opened", form.status == 200 and "password" in form.html)
    short = ben.send(form, password="12345")
    suite.check("a poor password is refused", short.status == 422 and not ben.cookies)
    done = ben.send(ben.get(link), password="seven slow yellow trams")
    suite.check("accepted and signed in", done.status == 303 and len(ben.cookies) == 1)
    suite.check("it is Ben", "Ben Bergström" in ben.get("/do/me.see").text)
    suite.check("a link is good once", Browser(office).ask("GET", link).status == 404)
    suite.check("Ben sees not what is not for Ben",
                ben.ask("GET", "/do/ledger.list").status == 403)
    return ben


def check_roles(suite, anna, ben, school, person):
    page = anna.do("role.give", f"person={person}", role="headteacher", school=school)
    suite.check("a role is given", "headteacher" in page.text and "Done" in page.text)
    suite.check("and holds at once", ben.ask("GET", f"/do/person.list?school={school}").status
                == 200)
    end = page.link("/do/role.end?")
    suite.check("its end is offered, to heads of the school too",
                end is not None and ben.get(end).status == 200)


def check_api(suite, office, anna, school):
    token = anna.token()
    program = office.program(token)
    listed = program.see("school.list")
    suite.check("a program lists schools", listed.status == 200
                and [row["name"] for row in listed.json["shown"]["schools"]][:1]
                == ["Ashdown Primary"], listed)
    suite.check("no token, no answer", office.program().see("school.list").status == 401)
    narrow = office.program(anna.token("school.list"))
    suite.check("a scope is a bound", narrow.see("school.list").status == 200
                and narrow.see("trust.see").status == 403)
    key = ("Idempotency-Key: 7f3a-1",)
    fields = {"name": "Keyed School", "code": "K1", "nation": "wales"}
    first = program.call("school.add", fields, key)
    second = program.call("school.add", fields, key)
    suite.check("with a key it is done once", first.status == second.status == 200
                and first.json["act"] == second.json["act"], second)
    other = program.call("school.add", {**fields, "code": "K2"}, key)
    suite.check("a key is for one request", other.status == 409)
    suite.check("a sensitive act is not for programs",
                program.call("account.disable", person="0" * 13).status in (403, 422)
                and program.call("account.password", password=PASSWORD).status == 403)
    page = anna.get("/do/account.see")
    anna.do("token.revoke", page.link("/do/token.revoke?").partition("?")[2])
    dead = [office.program(one).see("school.list").status for one in (token, narrow.token)]
    suite.check("a revoked token is dead, another is not", sorted(dead) == [200, 401], dead)


def check_conflict(suite, anna, school):
    first = anna.get(f"/do/school.change?school={school}")
    second = anna.get(f"/do/school.change?school={school}")
    done = anna.send(first, "/do/school.change", name="Ashdown Primary School")
    late = anna.send(second, "/do/school.change", name="Another name")
    suite.check("who saw an older state changes nothing", done.status == 303 and late.status == 409)
    again = anna.send(first, "/do/school.change", name="Ashdown Primary School")
    suite.check("a form sent twice is done once", again.status == 303
                and again.get("location") == done.get("location"))
    suite.check("the first one holds",
                "Ashdown Primary School" in anna.get(f"/do/school.see?school={school}").text)


def declare_and_ask(suite, ben):
    """What was declared answers the question who the other person is, when one says it is they."""
    me = re.search(r"relationship\.declare\?person=(\w{13})", ben.get("/do/me.facts").html).group(1)
    ben.do("relationship.declare", f"person={me}", kind="parent-of-pupil",
           whom="my daughter in Year 8")
    page = ben.get("/desk/may-i")
    about = page.link("/desk/may-i?about=")
    suite.check("a declared person is offered", about and "my daughter in Year 8" in page.text,
                page.text[:800])
    suite.check("and not presumed", "f.1.other" not in page.html)
    page = ben.get(about)
    suite.check("one says that it is about her", all(
        re.search(rf'name="f.1.other" value="{value}"', page.html)
        for value in ("own-child", "pupil")), page.html[-3000:])
    suite.check("nobody else's is taken", "f.1.other" not in ben.get(
        "/desk/may-i?about=0000000000000").html)
    ben.do("relationship.end", ben.get("/do/me.see").link("/do/relationship.end?").partition("?")[2])
    suite.check("what was declared can be ended",
                ben.get("/desk/may-i").link("/desk/may-i?about=") is None)


def check_what_is_known(suite, office, anna, ben, school):
    """ "May I?" and "Check" begin with what the records say, and with nothing before that."""
    none = ben.ask("GET", "/desk/check")
    suite.check("no policy of the school's own: all are there", none.status == 303
                and none.get("location") == "/check", none)
    page = anna.get(f"/do/school.change?school={school}")
    anna.send(page, "/do/school.change", policy="athelstan")
    anna.do("school.word-add", f"school={school}", kind="abbreviation", word="APS")
    anna.do("school.word-add", f"school={school}", kind="domain", word="aps.example")
    check = ben.get("/desk/check")
    names = {name: re.search(rf'name="{name}"[^>]*>([^<]*)<', check.html).group(1).strip()
             for name in ("school", "short", "mail")}
    suite.check("a check knows the school's names", names == {
        "school": "Ashdown Primary School", "short": "APS", "mail": "aps.example"}, names)
    suite.check("and who writes, with where it is known from",
                re.search(r'<option value="teacher"[^>]* selected', check.html)
                and "your school&#39;s list of people" in check.html, check.html[-3000:])
    suite.check("and its policy", re.search(r'<option value="athelstan"[^>]* selected', check.html))
    suite.check("no time is known without a timetable", 'name="f.time"' not in check.html)
    for day in "1234567":
        anna.do("school.slot-add", f"school={school}", **{
            "weekday": day, "kind": "lesson", "from": "00:00", "to": "23:59"})
    for path in ("/desk/check", "/desk/may-i"):
        page = ben.get(path)
        suite.check(f"the timetable is known: {path}",
                    re.search(r'name="f.time"[^>]*value="lesson"|value="lesson"[^>]*checked',
                              page.html), page.html[-3000:])
        suite.check(f"it is nobody else's page: {path}",
                    "no-store" in ben.ask("GET", path).get("cache-control")
                    and "Ben Bergström" in page.text)
        suite.check(f"and asks who one is: {path}", Browser(office).ask("GET", path).status == 303)
    declare_and_ask(suite, ben)
    for word, action in (("APS", "school.word-remove"), ("23:59", "school.slot-remove")):
        page = anna.get(f"/do/school.see?school={school}")
        count = page.text.count(word)
        page = anna.do(action, page.link(f"/do/{action}?").partition("?")[2])
        suite.check(f"{action} is offered, and done", page.text.count(word) == count - 1, page.text)
    everybody = ben.get("/check?policy=athelstan")
    suite.check("everybody's page knows nobody", "APS" not in everybody.html
                and "f.time" not in everybody.html and "Ben" not in everybody.text)


def check_proof(suite, office, anna, person):
    before = dict(anna.cookies)
    suite.check("a wrong proof changes nothing", anna.prove("wrong").status == 422
                and anna.cookies == before)
    suite.check("a proof makes a new token", anna.prove().status == 303 and anna.cookies != before)
    page = anna.do("account.password", password="Ashdown Vale Trust")
    suite.check("no password of the trust's own words", page.status == 422, page.text[:300])
    old = Browser(office)
    old.cookies = before
    suite.check("and the old one is dead", old.ask("GET", "/desk").status == 303)


def check_erase(suite, anna, ben, person):
    refused = anna.do("role.give", f"person={person}", role="dpo")
    suite.check("a data protection officer is named", "Done" in refused.text)
    page = ben.get(f"/do/person.erase?person={person}")
    unsure = ben.send(page, "/do/person.erase")
    suite.check("nobody erases without being sure", unsure.status == 422)


def test_a_trust_from_the_set_up_to_erasure(suite):
    with Office() as office:
        anna = check_set_up(suite, office)
        check_sign_in(suite, office)
        school = school_of(anna.get("/do/school.list"))
        vale = anna.do("school.add", name="Vale Secondary", code="V1", nation="wales")
        suite.check("a school is added", "Vale Secondary" in vale.text and "Done" in vale.text)
        person = add_person(anna, school, "Ben Bergström", "ben@ashdownvale.example")
        gone = add_person(anna, school_of(vale), "Gwen Gone", "gwen@ashdownvale.example")
        ben = check_invitation(suite, office, anna, person)
        check_roles(suite, anna, ben, school, person)
        check_api(suite, office, anna, school)
        check_conflict(suite, anna, school)
        check_what_is_known(suite, office, anna, ben, school)
        check_erase(suite, anna, ben, person)
        erased = ben.do("person.erase", f"person={gone}", sure="yes")
        suite.check("a person is erased", "Erased" in erased.text, erased.text)
        suite.check("and gone", ben.ask("GET", f"/do/person.see?person={gone}").status == 403)
        check_proof(suite, office, anna, person)
        anna.do("account.disable", f"person={person}")
        suite.check("who is shut out is out at once", ben.ask("GET", "/desk").status == 303)
        suite.check("the history has it all", "Erased" in anna.get("/do/ledger.list").text)
        suite.check("everybody's pages can be read", all(
            anna.get(path).status == 200 for path in ("/desk", "/permissions", "/do/me.see",
                                                      "/do/account.see", "/do/trust.see",
                                                      "/do/ledger.see?act=0")))

"""Many at once: one form by many hands, guessers, and a crowd that signs in from one address."""

import concurrent.futures
import json
import re

from office_client import PASSWORD, SET_UP, Browser, Office, Page, school_of
from office_walk_test import add_person

AT_ONCE = 12


def at_once(call, of):
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(call, of))


def test_one_key_by_many_hands_is_one_act(suite):
    with Office() as office:
        anna = office.set_up()
        program = office.program(anna.token())
        fields = {"name": "Raced School", "code": "R1", "nation": "wales"}
        answers = at_once(lambda _: program.call("school.add", fields, ("Idempotency-Key: race",)),
                          range(AT_ONCE))
        acts = {answer.json.get("act") for answer in answers}
        suite.check("all are told of one act", {answer.status for answer in answers} == {200}
                    and len(acts) == 1, answers)
        revision = json.dumps({"name": "Renamed Trust", "revision": 1}).encode()
        answers = at_once(lambda _: program.ask("POST", "/api/v1/trust.rename", revision),
                          range(AT_ONCE))
        statuses = sorted(answer.status for answer in answers)
        suite.check("one changes it, the others see that", statuses
                    == [200] + [409] * (AT_ONCE - 1), statuses)


def test_an_invitation_is_accepted_once(suite):
    with Office() as office:
        anna = office.set_up()
        school = school_of(anna.get("/do/school.list"))
        person = add_person(anna, school, "Ben Bergström", "ben@ashdownvale.example")
        link = re.search(r"/link/[\w-]{43}",
                         anna.do("account.invite", f"person={person}").text).group(0)

        def accept(number):
            browser = Browser(office)
            fields = {"csrf": "-", "key": f"k{number}", "link": link.rpartition("/")[2],
                      "password": f"seven slow yellow trams {number}"}
            return browser.post(link, fields).status, bool(browser.cookies)

        answers = at_once(accept, range(6))
        suite.check("one of them is let in", sum(let_in for _, let_in in answers) == 1, answers)
        suite.check("nobody sees a failure", all(status < 500 or status == 503
                                                 for status, _ in answers), answers)


def test_guessers_at_once_are_no_more_than_one_after_the_other(suite):
    with Office() as office:
        anna = office.set_up()
        fields = {"email": SET_UP["email"], "password": "not the password"}
        answers = at_once(lambda _: Browser(office).post("/sign-in", fields), range(AT_ONCE))
        statuses = [answer.status for answer in answers]
        suite.check("five are looked at", statuses.count(422) <= 5
                    and statuses.count(429) >= AT_ONCE - 5 - statuses.count(503), statuses)
        late = Browser(office).post("/sign-in", {**fields, "password": PASSWORD})
        suite.check("then the right one waits too", late.status == 429
                    and "too often" in Page(late, "/sign-in").text)
        suite.check("who is signed in stays so", anna.get("/desk").status == 200)


def test_a_crowd_signs_in_from_one_address(suite):
    with Office() as office:
        office.set_up()
        fields = {"email": SET_UP["email"], "password": PASSWORD}
        for _ in range(6):
            answers = at_once(lambda _: Browser(office).post("/sign-in", fields).status,
                              range(AT_ONCE // 3))
            suite.check("they are let in, or asked to come again",
                        set(answers) <= {303, 503}, answers)
        suite.check("and nobody waits in the end",
                    Browser(office).post("/sign-in", fields).status == 303)


def test_a_long_list_comes_by_the_page_and_nothing_else_does(suite):
    lines = "\r\n".join(f"{100000 + i},Ada Byron {i},ada.{i}@ashdownvale.example,Teacher of Maths"
                        for i in range(15000))
    with Office() as office:
        anna = office.set_up()
        school = school_of(anna.get("/do/school.list"))
        page = anna.do("import.preview", file=f"Employee ID,Name,Email,Job Title\r\n{lines}\r\n",
                       school=school, kind="teacher", source="staff.csv")
        suite.check("15,000 people are shown", "15,000" in page.text or "15000" in page.text,
                    page.text[:1500])
        for path in ("/do/person.add", "/sign-in", "/may-i"):
            answer = anna.post(path, {"name": "x" * 300000})
            suite.check(f"{path} takes no such form", answer.status == 413, answer.status)
        answer = anna.post("/do/import.preview", {"file": "x" * 9000000})
        suite.check("nor is any file taken", answer.status == 413, answer.status)
        program = office.program(anna.token())
        listed = program.ask("POST", "/api/v1/import.preview", json.dumps({
            "file": f"Employee ID,Name\r\n{lines[:1000000]}", "school": school, "kind": "teacher",
            "source": "by a program"}).encode())
        suite.check("a program sends one too", listed.status in (200, 422)
                    and b"413" not in listed.body, listed)

"""Page, API and the table of permissions say the same of every action.

Read first: office_client.py; src/actions/permissions.tsv, which is read here as text. What the
table says of every role is in tests/actions/permit_test.c; here three people ask in both ways.
"""

import json
import re

from http_server import ROOT
from office_client import Browser, Office, school_of
from office_walk_test import add_person

TABLE = ROOT / "src" / "actions" / "permissions.tsv"
SENSITIVE = "This is sensitive"


def rows():
    """(action, scope, roles) of each line."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            action, scope, roles = line.split("\t")
            yield action, scope, roles.split()


def is_said(action, role, is_trust, is_about_self):
    for name, scope, roles in rows():
        if name == action and ((role in roles and (scope == "school" or is_trust))
                               or ("anyone" in roles and (scope != "self" or is_about_self))):
            return True
    return False


def about_of(operation, given):
    """What of the person, school and row the operation takes."""
    names = {item["name"] for item in operation["parameters"]}
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]["application/json"]
        names |= set(content["schema"]["properties"])
    return {name: value for name, value in given.items() if name in names}


def page_may(browser, action, about):
    query = "&".join(f"{name}={value}" for name, value in about.items())
    answer = browser.ask("GET", f"/do/{action}?{query}")
    if answer.status == 303:
        assert answer.get("location").startswith("/prove?"), answer
    return answer.status in (200, 303, 422), answer  # 422: it may, but something is missing


def program_may(program, method, action, about):
    answer = (program.see(action, **about) if method == "get" else program.call(action, about))
    is_fresh = answer.status == 403 and answer.json["title"].startswith(SENSITIVE)
    assert answer.status in (200, 403, 409, 422), answer
    return answer.status != 403 or is_fresh, answer


def check_shown(suite, name, page, answer):
    """Every text that a program is shown stands on the page, days and words in other forms."""
    words = page.body.decode()
    for key, value in answer.json["shown"].items():
        for row in value if isinstance(value, list) else []:
            text = row.get("name")
            if isinstance(text, str) and "<" not in text:
                suite.check(f"{name}: {key} is on the page", text in words, text)


def people(office):
    """(name, role, is it for the trust, browser, token, the target's and the school's numbers)"""
    anna = office.set_up()
    school = school_of(anna.get("/do/school.list"))
    target = add_person(anna, school, "Tam Target", "tam@ashdownvale.example")
    given = {"person": target, "school": school, "act": "0"}
    page = anna.do("role.give", f"person={target}", role="pupil-voice"
                   if "pupil-voice" in anna.get(f"/do/role.give?person={target}").options("role")
                   else "headteacher", school=school)
    given["role"] = re.search(r"role\.end\?role=(\w{13})", page.html).group(1)
    page = anna.do("import.preview", "", file="Employee ID,Name\r\n77,Ada Byron\r\n",
                   kind="teacher", school=school)
    given["run"] = re.search(r"import\.see\?run=(\w{13})", page.html).group(1)
    asking = [("Anna", "it-manager", True, anna)]
    for name, role in (("Hazel", "headteacher"), ("Cara", "")):
        person = add_person(anna, school, name + " Person", name.lower() + "@ashdownvale.example")
        if role:
            anna.do("role.give", f"person={person}", role=role, school=school)
        link = re.search(r"/link/[\w-]{43}",
                         anna.do("account.invite", f"person={person}").text).group(0)
        browser = Browser(office)
        browser.send(browser.get(link), password="seven slow yellow trams")
        asking.append((name, role, False, browser))
    return [(name, role, is_trust, browser, office.program(browser.token()), given)
            for name, role, is_trust, browser in asking]


def test_page_api_and_table_agree(suite):
    with Office() as office:
        described = json.loads(office.get("/api/v1/openapi.json").body)["paths"]
        named = {action for action, _, _ in rows()}
        suite.check("the API has all that anybody may do",
                    {path.removeprefix("/api/v1/") for path in described} == named,
                    named ^ {path.removeprefix("/api/v1/") for path in described})
        tries = list(tries_of(described, people(office)))
        # First by pages: a program may end all sessions.
        pages = [page_may(one["browser"], one["action"], one["about"]) for one in tries]
        for one, (by_page, page) in zip(tries, pages):
            by_program, answer = program_may(one["program"], one["method"], one["action"],
                                             one["about"])
            suite.check(f"{one['action']} by {one['name']}", by_page == by_program == one["said"],
                        f"page {by_page}, program {by_program}, table {one['said']}\n{answer}")
            if one["method"] == "get" and page.status == 200 and "shown" in answer.json:
                check_shown(suite, f"{one['action']} by {one['name']}", page, answer)


def tries_of(described, asking):
    for path, methods in sorted(described.items()):
        action = path.removeprefix("/api/v1/")
        (method, operation), = methods.items()
        for name, role, is_trust, browser, program, given in asking:
            about = about_of(operation, given)
            if action != "role.end":
                about.pop("role", None)
            yield {"action": action, "name": name, "browser": browser, "program": program,
                   "method": method, "about": about,
                   "said": is_said(action, role, is_trust, "person" not in about)}

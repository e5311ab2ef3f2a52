"""The page of an act: what was recorded, and the proof that it stands in the history; for whom.

Read first: src/actions/do_ledger_see.c. An outsider checks what is saved with `audit check`.
"""

import re
import time

import harness
from office_client import Browser, Office, Page, person_of, school_of
from office_walk_test import add_person

SECONDS_MAX = 30  # the history is signed every ten seconds
PASSWORD = "seven slow yellow trams"


def act_of(page):
    """The act that a page says was done."""
    return int(re.search(r"ledger\.see\?act=(\d+)", page.html).group(1))


def see(browser, act):
    return browser.ask("GET", f"/do/ledger.see?act={act}")


def save(browser, act):
    return browser.ask("GET", f"/file/ledger.see?act={act}")


def wait_for_proof(browser, act):
    end = time.monotonic() + SECONDS_MAX
    while time.monotonic() < end:
        answer = save(browser, act)
        if answer.status == 200:
            return answer
        time.sleep(0.3)
    raise AssertionError(f"act {act} is not signed: {answer}")


def invite(office, anna, person):
    page = anna.do("account.invite", f"person={person}")
    link = re.search(r"/link/[\w-]{43}", page.text).group(0)
    browser = Browser(office)
    browser.send(browser.get(link), password=PASSWORD)
    return browser


def check_page(suite, office, anna, act):
    page = anna.get(f"/do/ledger.see?act={act}")
    key = harness.handrail("audit", "key", "--data", office.folder / "data").out.strip()
    for name, words in (
            ("what was recorded", "Ben Bergström"),
            ("its place", f"Place in the history{act}"),
            ("that it is what was recorded", "It is what was recorded"),
            ("that it was checked", "has checked path and signature: the proof is right"),
            ("the path", "From this act to the signed root"), ("the root", "the signed root"),
            ("the checkpoint", "handrail.ashdownvale.example"),
            ("what it means", "It does not show"),
            ("the command", f"handrail audit check act-{act}.tlog-proof"), ("with the key", key),
            ("the file", "Save the proof as a file")):
        suite.check(f"the page says {name}", words in page.text, page.text)
    sides = re.findall(r"on the (left|right)", page.text)
    hashes = re.findall(r">([0-9a-f]{64})<", page.html)
    suite.check("as many hashes as steps", len(hashes) == len(sides) + 2, (sides, hashes))
    return key


def check_file(suite, office, answer, act, key):
    suite.check("it is a file", answer.get("content-disposition")
                == f'attachment; filename="act-{act}.tlog-proof"'
                and answer.get("content-type") == "text/plain; charset=utf-8"
                and answer.get("cache-control") == "no-store", answer)
    file = office.folder / "proof"
    file.write_bytes(answer.body)
    done = harness.handrail("audit", "check", file, "--key", key)
    suite.check("which is right", done.status == 0 and f"act {act}," in done.out, done)
    for at in range(0, len(answer.body) - 1, 37):
        changed = bytearray(answer.body)
        changed[at] ^= 1
        file.write_bytes(changed)
        done = harness.handrail("audit", "check", file, "--key", key)
        suite.check(f"and not with another byte {at}", done.status == 1, done)
    suite.check("nobody's name is in it", "Ben".encode() not in answer.body)
    stranger = Browser(office)
    shown = Page(stranger.post("/verify", {"text": answer.body.decode()}), "/verify")
    suite.check("anybody may show it", "This stands in the history" in shown.text
                and "Add a person" in shown.text, shown.text)
    changed = answer.body.decode().replace(f"index {act}", f"index {act - 1}")
    shown = Page(stranger.post("/verify", {"text": changed}), "/verify")
    suite.check("of another place it is not genuine", "Not genuine" in shown.text, shown.text)


def check_who(suite, office, anna, ben, act):
    """Who did it and who may see the history; to all others it looks as if there were none."""
    own = act_of(ben.do("account.password", password="nine quick purple ferries"))
    suite.check("who did it sees it", see(ben, own).status == 200)
    suite.check("and saves its proof", wait_for_proof(ben, own).status == 200)
    for name, number in (("of others", act), ("that is not there", 99999)):
        for what, ask in (("page", see), ("file", save)):
            answer = ask(ben, number)
            suite.check(f"no {what} of an act {name}", answer.status == 403, answer)
    suite.check("a stranger signs in first", save(Browser(office), own).status == 303)
    suite.check("the IT manager sees it", see(anna, own).status == 200)
    program = office.program(anna.token("ledger.list"))
    suite.check("a token for something else does not", program.see("ledger.see", act=own).status
                == 403)


def check_program(suite, office, anna, act):
    program = office.program(anna.token())
    answer = program.see("ledger.see", act=act)
    shown = answer.json["shown"]
    suite.check("a program gets the proof", answer.status == 200
                and shown["proof"].startswith("c2sp.org/tlog-proof@v1\n")
                and shown["proof"].endswith(shown["checkpoint"])
                and shown["act"] == act, answer.json)
    suite.check("and the path", [row["step"] for row in shown["path"]]
                == list(range(len(shown["path"]))), shown["path"])
    suite.check("in words that it was checked", "the proof is right" in shown["verified"], shown)


def check_files(suite, anna):
    for path, status in (("/file/ledger.list", 404), ("/file/person.add", 404),
                         ("/file/nothing", 404), ("/file/ledger.see", 404),
                         ("/file/ledger.see?act=x", 404), ("/file/ledger.see?act=-1", 404)):
        answer = anna.ask("GET", path)
        suite.check(f"no file: {path}", answer.status == status, answer)
    suite.check("by POST", anna.ask("POST", "/file/ledger.see", b"act=1").status == 405)


def check_erased(suite, anna, person, act):
    before = anna.get(f"/do/ledger.list?person={person}")
    suite.check("the history of a person", f"act={act}" in before.html
                and "Ben Bergström" in before.text, before.text)
    link = anna.get(f"/do/person.see?person={person}").link("/do/ledger.list?")
    suite.check("from the page of the person", link == f"/do/ledger.list?person={person}", link)
    page = anna.get(f"/do/person.erase?person={person}")
    suite.check("who may not erase may not", page.status == 403)


def check_after_erasing(suite, office, anna, dana, person, act, key):
    proof = save(anna, act).body
    dana.do("person.erase", f"person={person}", sure="yes")
    page = anna.get(f"/do/ledger.see?act={act}")
    by = re.search(r"was erased by act (\d+)", page.text)
    suite.check("it says that it was erased, and by which act", by
                and page.link(f"/do/ledger.see?act={by.group(1)}"), page.text)
    suite.check("what it said is gone", "Ben" not in page.text and "Bergström" not in page.text)
    suite.check("that it was done is still proven", "the proof is right" in page.text, page.text)
    erasing = anna.get(f"/do/ledger.see?act={by.group(1)}")
    suite.check("the act that erased", "Erased" in erasing.text, erasing.text)
    listed = anna.get("/do/ledger.list")
    suite.check("the list says so too", "what it said was erased" in listed.text, listed.text)
    file = office.folder / "proof"
    file.write_bytes(proof)
    done = harness.handrail("audit", "check", file, "--key", key)
    suite.check("an old proof stays right", done.status == 0, done)


def test_an_act_shows_its_proof(suite):
    with Office() as office:
        anna = office.set_up()
        school = school_of(anna.get("/do/school.list"))
        page = anna.do("person.add", f"school={school}", school=school, kind="teacher",
                       name="Ben Bergström", email="ben@ashdownvale.example")
        act, person = act_of(page), person_of(page)
        young = anna.get(f"/do/ledger.see?act={act}")
        suite.check("what is not signed yet says so", "has not been signed yet" in young.text
                    or "the proof is right" in young.text, young.text)
        answer = wait_for_proof(anna, act)
        key = check_page(suite, office, anna, act)
        check_file(suite, office, answer, act, key)
        ben = invite(office, anna, person)
        check_who(suite, office, anna, ben, act)
        check_program(suite, office, anna, act)
        check_files(suite, anna)
        check_erased(suite, anna, person, act)
        dana = add_person(anna, school, "Dana Protector", "dana@ashdownvale.example")
        anna.do("role.give", f"person={dana}", role="dpo", school="")
        protector = invite(office, anna, dana)
        check_after_erasing(suite, office, anna, protector, person, act, key)
        done = harness.handrail("audit", "verify", *office.where())
        suite.check("the history is whole", done.out.startswith("The history is whole"), done)

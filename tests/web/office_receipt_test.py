"""Receipts of "May I?": signed here, kept nowhere, and believed only as they were signed.

Read first: src/web/page_receipt.c, page_verify.c, src/told/receipt_of.h.
"""

import hashlib
import json
import pathlib
import re
import shutil
import time
import urllib.parse

import harness
from office_client import PACK, PUBLIC_HOST, Browser, Office, Page

SECONDS_MAX = 30
RECEIPTS_PER_ADDRESS_MAX = 120  # of src/web/limits_int.h

# What is said, and a name that stands nowhere else on the disk.
SAID = {"policy": "athelstan", "act": "accept-contact", "people": "1"}
NAME = "Quetzalcoatlus Fuchsia Wombat"


class Keeper:
    """Asks for receipts as a browser does."""

    def __init__(self, office):
        self.office = office
        self.browser = Browser(office)

    def ask(self, fields, **more):
        return self.browser.post("/may-i/receipt", fields, **more)

    def finish(self, fields):
        """What is said until the interview has an answer: the first offer, or "I do not know"."""
        said = list(fields.items())
        for _ in range(40):
            body = urllib.parse.urlencode(said).encode()
            page = Page(self.browser.ask("POST", "/may-i", body), "/may-i")
            asked = re.search(r'name="asked" value="(f\.[^"]+)"', page.html)
            if not asked:
                return said, page
            said.append((asked.group(1), "unknown"))
        raise AssertionError("the interview has no end")


def wait_until_signed(office):
    end = time.monotonic() + SECONDS_MAX
    while time.monotonic() < end:
        if (office.folder / "data" / "keys" / "ledger.key").exists():
            return
        time.sleep(0.1)
    raise AssertionError("no key")


def lines_of(receipt):
    return receipt.decode().split("\n\n")[0].split("\n")


def check_button(suite, page):
    form = re.search(r'<form method="post" action="/may-i".*?</form>', page.html, re.DOTALL)
    suite.check("an answer offers a receipt", 'formaction="/may-i/receipt"' in form.group(0))
    suite.check("and says that it is sent", "what you said is sent to it" in page.text, page.text)
    suite.check("it is seen where things are kept", 'class="hr-keeps"' in page.html)


def check_kept(suite, keeper, said, page):
    answer = keeper.ask({**dict(said), "receipt-name": "", "shown": slug_of(page)})
    suite.check("a receipt", answer.status == 200, answer)
    suite.check("as a file", re.fullmatch(
        r'attachment; filename="handrail-receipt-\d{4}-\d\d-\d\d\.txt"',
        answer.get("content-disposition") or ""), answer)
    suite.check("of text", answer.get("content-type") == "text/plain; charset=utf-8", answer)
    suite.check("kept by nobody on the way", answer.get("cache-control") == "no-store", answer)
    lines = lines_of(answer.body)
    suite.check("its first line", lines[0] == "Handrail receipt, version 1", lines)
    verdict = re.search(r'id="verdict">([^<]+)<', page.html).group(1)
    suite.check("the verdict that was seen",
                any(line.startswith(f"Verdict: {verdict}") for line in lines), lines)
    suite.check("who asks is not in it", not any("Name" in line for line in lines), lines)
    image = keeper.office.get("/pack/athelstan.pack").body
    digest = f"Policy digest: sha256:{hashlib.sha256(image).hexdigest()}"
    suite.check("the policy by its digest", digest in lines, lines)
    return answer.body


def slug_of(page):
    return re.search(r"hr-verdict hr-verdict--([a-z-]+)", page.html).group(1)


def check_refused(suite, keeper, said, page):
    fields = dict(said)
    wrong = {
        "another verdict": ({**fields, "shown": "allowed"}, 409),
        "no policy": ({**fields, "policy": "nowhere"}, 422),
        "no answer yet": (SAID, 422),
        "an unknown fact": ({**fields, "f.nothing": "yes"}, 422),
        "an unknown act": ({**fields, "act": "fly"}, 422),
        "a name of two lines": ({**fields, "receipt-name": "A\nVerdict: Allowed"}, 422),
        "a name that turns": ({**fields, "receipt-name": "A\u202eB"}, 422),
        "a name without end": ({**fields, "receipt-name": "A" * 1001}, 422),
        "nothing": ({}, 422),
    }
    if slug_of(page) == "allowed":
        wrong.pop("another verdict")
    for name, (form, status) in wrong.items():
        answer = keeper.ask(form)
        suite.check(f"refused: {name}", answer.status == status
                    and b"Handrail receipt" not in answer.body, answer)
    for site in ("cross-site", "same-site", "none"):
        suite.check(f"from elsewhere: {site}", keeper.ask(fields, site=site).status == 403)
    answer = keeper.ask(fields, site="", headers=("Origin: https://evil.example",))
    suite.check("from another origin", answer.status == 403, answer)
    suite.check("by GET", keeper.office.get("/may-i/receipt").status == 405)
    own = keeper.ask({**fields, "verdict": "Allowed", "Verdict": "Allowed", "Clause": "X-1"})
    suite.check("words of a client are not signed", own.status == 200 and b"X-1" not in own.body
                and own.body.count(b"Verdict:") == 1, own)


def check_program(suite, office, said):
    program = office.program()
    answers = {}
    for name, value in said:
        if name != "policy":
            answers.setdefault(name, []).append(value)
    done = program.call("receipt", policy="athelstan", answers=answers, name=NAME)
    suite.check("a program is given one too", done.status == 200
                and f"Name as typed: {NAME}" in done.json["receipt"], done)
    for name, body, status in (
            ("no JSON", b"{", 400), ("a list", b"[]", 400), ("no policy", b"{}", 422),
            ("no answers", b'{"policy":"athelstan"}', 422),
            ("no object", b'{"policy":"athelstan","answers":[]}', 422),
            ("nothing", b'{"policy":"athelstan","answers":{"act":null}}', 422),
            ("no act", b'{"policy":"athelstan","answers":{"act":"fly"}}', 422)):
        answer = program.ask("POST", "/api/v1/receipt", body)
        suite.check(f"a program is refused: {name}", answer.status == status
                    and answer.get("content-type") == "application/problem+json"
                    and answer.json["errors"], answer)
    other = program.call("receipt", policy="athelstan", answers=answers, verdict="not-covered")
    suite.check("another verdict by a program", other.status in (409, 200)
                and (other.status == 409 or "Not covered" in other.json["receipt"]), other)
    return done.json["receipt"].encode()


def key_of(office):
    return harness.handrail("audit", "key", "--data", office.folder / "data").out.strip()


def tampered(receipt):
    """(what was done, the receipt after it)."""
    text = receipt.decode()
    yield "a verdict", text.replace("Verdict: ", "Verdict: Not ", 1)
    yield "a time", re.sub(r"Time: (\d)", lambda found: f"Time: {9 - int(found.group(1))}", text)
    yield "a digest", re.sub(r"sha256:(.)", lambda found: "sha256:" + "10"[found.group(1) == "1"],
                             text)
    yield "a line more", text.replace("Verdict:", "Fact: A = B\nVerdict:", 1)
    yield "a line less", re.sub(r"Fact: [^\n]*\n", "", text, count=1)
    yield "no signature", text.split("\n\n")[0] + "\n"
    yield "half a signature", text.rstrip()[:-20]
    yield "another name", text.replace(f"— {PUBLIC_HOST}", "— evil.example")


def check_shown(suite, office, receipt):
    browser = Browser(office)

    def show(text):
        return Page(browser.post("/verify", {"text": text}), "/verify")

    text = receipt.decode()
    for name, form in (("as it is", text), ("without its end", text.strip()),
                       ("with line ends of Windows", text.replace("\n", "\r\n")),
                       ("with space around", f"\n {text}\n\n")):
        page = show(form)
        suite.check(f"genuine {name}", page.status == 200
                    and "This website signed this receipt" in page.text, page.text[:600])
    suite.check("the policy is the same", "still the one that gave this answer" in page.text)
    for name, form in tampered(receipt):
        page = show(form)
        suite.check(f"not genuine: {name}", form != text and page.status == 200
                    and "Not genuine" in page.text
                    and "This website signed" not in page.text, page.text[:600])
    for form in ("", "x", "<script>hrx</script>", "Handrail receipt, version 1\n", "\u2014 a b",
                 "c2sp.org/tlog-proof@v1\n", "A" * 65000):
        page = show(form)
        suite.check(f"not genuine: {form[:20]!r}", "Not genuine" in page.text and not
                    page.read.faults, page.text[:300])
    return show


def check_foreign(suite, show, said):
    """Another school's receipt of the same answer, and of the same name."""
    with Office() as other:
        other.set_up()
        wait_until_signed(other)
        theirs = Keeper(other).ask(dict(said))
        for _ in range(100):
            if theirs.status == 200:
                break
            time.sleep(0.2)
            theirs = Keeper(other).ask(dict(said))
        suite.check("another school signs too", theirs.status == 200, theirs)
        page = show(theirs.body.decode())
        suite.check("a foreign key", "Not genuine" in page.text, page.text[:600])


def check_command(suite, office, receipt, said):
    file = office.folder / "receipt.txt"
    file.write_bytes(receipt)
    done = harness.handrail("audit", "check", file, "--key", key_of(office))
    suite.check("`audit check` says so too", done.status == 0
                and "The receipt is right" in done.out, done)
    for name, text in tampered(receipt):
        file.write_text(text, encoding="utf-8")
        done = harness.handrail("audit", "check", file, "--key", key_of(office))
        suite.check(f"`audit check` finds {name}", done.status == 1, done)
    answers = {name: [value for key, value in said if key == name] for name, _ in said}
    made = harness.handrail("receipt", PACK, "--data", office.folder / "data",
                            given=json.dumps({**answers, "policy": []}))
    suite.check("`receipt` makes one", made.status == 0
                and made.out.startswith("Handrail receipt"), made)
    file.write_text(made.out, encoding="utf-8")
    done = harness.handrail("audit", "check", file, "--key", key_of(office))
    suite.check("which is right", done.status == 0, done)
    for given in ("", "[]", '{"act":"fly"}', '{"act":"accept-contact"}'):
        made = harness.handrail("receipt", PACK, "--data", office.folder / "data", given=given)
        suite.check(f"`receipt` refuses {given!r}", made.status == 2 and not made.out, made)


def check_other_versions(suite, office, show, said):
    """Signed by the right key, of a policy that was changed, and of one that is gone."""
    policies = office.folder / "policies"
    shutil.copytree(PACK, policies / "athelstan")
    for name in ("vocabulary", "law"):
        shutil.copytree(PACK.parent / name, policies / name)
    file = policies / "athelstan" / "policy.md"
    answers = {name: [value for key, value in said if key == name] for name, _ in said}
    text = file.read_text(encoding="utf-8")
    for name, old, new, words in (
            ("changed", "## Approval and review {", "## Approval, review {",
             "The policy was changed since"),
            ("gone", 'title "The Athelstan Trust', 'title "The Elder Brook Trust',
             "no policy of that name any more")):
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        made = harness.handrail("receipt", policies / "athelstan", "--data",
                                office.folder / "data", given=json.dumps(answers))
        page = show(made.out)
        suite.check(f"of a policy that is {name}", old in text and made.status == 0
                    and "This website signed this receipt" in page.text
                    and words in page.text, (made, page.text[:600]))


def everything(folder):
    return {path: path.read_bytes() for path in sorted(pathlib.Path(folder).rglob("*"))
            if path.is_file()}


def check_nothing_kept(suite, office, receipts):
    """No byte of a receipt, nor of what was said for it, is in the folder or in the log."""
    signatures = [receipt.decode().rstrip().rsplit(" ", 1)[1] for receipt in receipts]
    asked = [line.split(": ", 1)[1] for receipt in receipts for line in lines_of(receipt)
             if line.startswith("Asked: ")]
    times = [line.split(": ", 1)[1] for receipt in receipts for line in lines_of(receipt)
             if line.startswith("Time: ")]
    said = "\n".join(office.said)
    kept = everything(office.folder / "data")
    suite.check("there is a folder to look into", len(kept) >= 2, sorted(kept))
    wanted = [NAME, "Handrail receipt", "accept-contact", *signatures, *asked]
    if Office.store_new:
        harness.handrail("export", office.folder / "out", *office.where())
        kept["the database"] = b"".join(everything(office.folder / "out").values())
        suite.check("there is a database to look into", len(kept["the database"]) > 1000)
    for word in wanted + times:
        places = [str(path) for path, content in kept.items()
                  if word.encode() in content or word.encode("utf-16-le") in content]
        suite.check(f"not kept: {word[:30]}", not places, places)
        # A line of the log has a time of its own, which may be the same millisecond.
        suite.check(f"not logged: {word[:30]}", word in times or word not in said)
    names = {line.split()[2] for line in office.said}
    suite.check("the log has the names of pages alone", {"receipt", "verify"} <= names, names)


def acts(program):
    return len(program.see("ledger.list").json["shown"]["acts"])


def check_rate(suite, keeper, said):
    """So many a minute, and no more; asking again does not help."""
    fields = dict(said)
    status = 200
    for count in range(RECEIPTS_PER_ADDRESS_MAX * 2 + 2):
        answer = keeper.ask(fields)
        if (status := answer.status) != 200:
            break
    suite.check("there is an end to it", status == 429, (count, answer))
    suite.check("and a time to wait", answer.get("retry-after") == "60", answer)
    suite.check("not for policies", keeper.office.get("/policies").status == 200)


def test_receipts(suite):
    with Office() as office:
        anna = office.set_up()
        program = office.program(anna.token())
        wait_until_signed(office)
        keeper = Keeper(office)
        said, page = keeper.finish(SAID)
        check_button(suite, page)
        before = acts(program)
        receipts = [check_kept(suite, keeper, said, page)]
        check_refused(suite, keeper, said, page)
        receipts.append(check_program(suite, office, said))
        show = check_shown(suite, office, receipts[0])
        check_foreign(suite, show, said)
        check_other_versions(suite, office, show, said)
        if not Office.store_new:
            check_command(suite, office, receipts[0], said)
        check_rate(suite, keeper, said)
        suite.check("no act of the history", acts(program) == before)
        check_nothing_kept(suite, office, receipts)


def test_without_records_there_are_none(suite):
    with harness_server() as server:
        for path in ("/verify", "/checkpoint"):
            suite.check(f"not here: {path}", server.get(path).status == 404)
        suite.check("no receipts here", server.post(
            "/may-i/receipt", b"policy=athelstan", "Sec-Fetch-Site: same-origin").status == 404)
        suite.check("and no button is seen",
                    b'class="hr-keeps"' not in server.get("/may-i?policy=athelstan").body)


def harness_server():
    from http_server import PROGRAM, Server  # noqa: PLC0415
    return Server([PROGRAM, "serve", "--listen", "127.0.0.1:0", PACK])

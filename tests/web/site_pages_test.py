"""The pages of the site over sockets: every one of them, its links, and what people type.

`suite.site` is a server with the policies of this project; run_pages.py starts it.
"""

import gzip
import html
import json
import pathlib
import re
import subprocess
import tempfile
import urllib.parse

import harness
from http_server import PROGRAM, ROOT, SECONDS_MAX, Server
from page_reader import Page, own_address

REAL = ROOT / "policies"
POLICIES = ("athelstan", "chancery", "chiltern", "mandeville", "reach2")
KEY = re.compile(r"^#+ (.*?) \{#([A-Za-z0-9.-]+)", re.MULTILINE)
PAGES_MAX = 3000

# One page of each kind, for what takes long.
KINDS = ("/", "/policies", "/policy/chiltern", "/policy/law", "/policy/athelstan/clause/AT-23",
         "/policy/mandeville/clause/MA-12", "/policy/reach2/clause/LAW-1",
         "/search?q=photo&policy=reach2", "/search?q=staff", "/search?q=xyzzy", "/search", "/about",
         "/accessibility", "/may-i", "/may-i?policy=athelstan", "/check",
         "/check?policy=chiltern", "/check/official?policy=chiltern", "/check/incoming",
         "/compare", "/compare?a=chiltern&b=reach2", "/policy/chiltern/coverage", "/nowhere",
         "/policy/atelstan")

# Each tries to leave the place where it is shown: <hrx> would be an element, onhrx an attribute.
HOSTILE = (
    "<hrx>", "\"><hrx>", "'><hrx>", "\" onhrx=\"1", "' onhrx='1", "</title><hrx>", "</main><hrx>",
    "--><hrx>", "]]><hrx>", "&lt;hrx&gt;", "&#60;hrx>", "javascript:hrx", "{{hrx}}", "%3Chrx%3E",
    "<svg/onload=hrx>", "a\u2028<hrx>", "\ufeff<hrx>", "\U0001F600<hrx>", "<" * 60 + "hrx",
)


def site(*words):
    return Server([PROGRAM, "serve", *(words or (REAL,)), "--listen", "127.0.0.1:0"],
                  env=harness.surroundings())


def titles_and_keys(policy):
    text = (REAL / policy / "policy.md").read_text(encoding="utf-8")
    return [(title.strip(), key) for title, key in KEY.findall(text)]


def is_file(path):
    return path.startswith(("/assets/", "/pack/", "/worker.js", "/offline.json"))


def crawl(server, suite):
    """Follows every link from the first page. {path: Page} of what is HTML."""
    pages, waiting, wanted = {}, ["/"], []
    seen = set(waiting)
    while waiting and len(seen) < PAGES_MAX:
        path = waiting.pop()
        answer = server.get(path)
        if answer.status != 200:
            suite.check(f"{path} is there", False, answer)
            continue
        if is_file(path):
            continue
        pages[path] = Page(answer.body)
        for link in pages[path].links:
            address = own_address(link, path)
            if address is None:
                continue
            wanted.append((path, *address))
            if address[0] not in seen:
                seen.add(address[0])
                waiting.append(address[0])
    suite.check("the site has an end", not waiting, len(seen))
    for path, target, fragment in wanted:
        if fragment and target in pages and "=" not in fragment:
            suite.check(f"{path}: {target}#{fragment}", fragment in pages[target].ids)
    return pages


def test_every_page_and_every_link(suite):
    server = suite.site
    pages = crawl(server, suite)
    for path, page in pages.items():
        suite.check(f"{path} is well formed", not page.faults, page.faults[:5])
    for policy in POLICIES:
        whole = pages.get(f"/policy/{policy}")
        suite.check(f"{policy} is found from the first page", whole is not None)
        for title, key in titles_and_keys(policy):
            one = pages.get(f"/policy/{policy}/clause/{key}")
            suite.check(f"{policy} {key} has a place and a page",
                        whole and key in whole.ids and one and title in one.text, title)
    for title, key in titles_and_keys("law"):
        above = pages.get(f"/policy/reach2/clause/{key}")
        suite.check(f"{key} above a policy", above and title in above.text)


def test_what_a_policy_page_says(suite):
    server = suite.site
    page = Page(server.get("/policy/mandeville").body)
    clause = Page(server.get("/policy/mandeville/clause/MA-12").body)
    law = Page(server.get("/policy/law").body)
    for words in ("Speaking for the school", "Property and confidential information", "Review"):
        suite.check(f"the part {words!r} is in the contents", page.text.count(words) >= 2)
    for words in ("not endorsed by that school", "the approved wording prevails",
                  "The law above this policy", "In plain English", "How it is put into operation",
                  "Reader’s note", "Search this policy"):
        suite.check(f"the policy says {words!r}", words in page.text)
    suite.check("it can be asked", "/may-i?policy=mandeville" in page.links)
    for words in ("You should: Cooperate with the investigation.", "the headteacher",
                  "A teacher is told to hand over the login of his own account.", "3 examples",
                  "Allowed, with duties", "Topic:", "Previous clause", "Next clause"):
        suite.check(f"the clause says {words!r}", words in clause.text)
    suite.check("the law is no policy to ask", "/may-i?policy=law" not in law.links)
    suite.check("the law has no law above it", "above this policy" not in law.text)


def test_search(suite):
    server = suite.site
    found = Page(server.get("/search?q=Photographs+PUPIL").body)
    marked = [tag for tag, _ in found.elements if tag == "mark"]
    suite.check("words are marked", len(marked) >= 2 and "AT-25" in found.text, found.text)
    suite.check("nothing twice", len(re.findall("LAW-9", Page(server.get(
        "/search?q=female+genital").body).text)) == 1)
    one = Page(server.get("/search?q=at-23&policy=athelstan").body)
    suite.check("a key finds its clause", "/policy/athelstan/clause/AT-23" in one.links)
    other = Page(server.get("/search?q=at-23&policy=reach2").body)
    suite.check("in another policy it finds nothing", "No clause holds" in other.text)
    none = Page(server.get("/search?q=" + "zebra+" * 20).body)
    suite.check("nothing found", "No clause holds all" in none.text)
    again = [values.get("value") for tag, values in found.elements
             if values.get("id") == "q"]
    suite.check("what was typed stays", again == ["Photographs PUPIL"], again)


def test_pages_of_results(suite):
    server = suite.site
    first = Page(server.get("/search?q=staff").body)
    count = int(re.search(r"(\d+) clauses", first.text).group(1))
    last = (count + 9) // 10
    found = set()
    for number in range(1, last + 1):
        page = Page(server.get(f"/search?q=staff&page={number}").body)
        links = {link for link in page.links if "/clause/" in link}
        suite.check(f"page {number} has its own results", links and not links & found)
        found |= links
    suite.check("all results", len(found) == count and last > 3, f"{len(found)} of {count}")
    beyond = server.get("/search?q=staff&page=99999999999").body
    suite.check("beyond the last page", beyond == server.get(
        f"/search?q=staff&page={last}").body)
    for odd in ("0", "-1", "x", "", "99999999999999999999"):
        suite.check(f"page {odd!r}", server.get(f"/search?q=staff&page={odd}").status == 200)


def hostile_faults(answer):
    """What of a hostile text has become more than text."""
    body = answer.body.decode("utf-8").lower()
    faults = ["<hrx"] if "<hrx" in body else []
    page = Page(answer.body)
    for tag, values in page.elements:
        if "hrx" in tag or any("hrx" in name for name in values):
            faults.append(f"<{tag} {list(values)}>")
        for name in ("href", "src", "action"):
            if (values.get(name) or "").lower().lstrip().startswith("javascript:"):
                faults.append(values[name])
    return faults + page.faults


def test_what_is_looked_for_is_found(suite):
    """The reader of pages sees each fault that the other tests rely on it to see."""
    begin, end = b"<!doctype html><html><body><h1>a</h1>", b"</body></html>"
    for part, fault in ((b"<p><b></p></b>", "closes"), (b"<p>", "closes"),
                        (b"<p id=a><p id=a>", "twice"), (b"<a href=x href=y></a>", "twice"),
                        (b"<p style=a></p>", "code or style"),
                        (b"<p onclick=a></p>", "code or style"), (b"<!-- a -->", "comment"),
                        (b"<label for=q></label>", "not there"), (b"<h3></h3>", "below"),
                        (b"<h1></h1>", "first headings"), (b"<style></style>", "no place")):
        faults = Page(begin + part + end).faults
        suite.check(f"{part}: {fault}", any(fault in one for one in faults), faults)
    suite.check("and none where there is none", Page(begin + end).faults == [])


def test_what_is_typed_stays_text(suite):
    server = suite.site
    for text in HOSTILE:
        quoted = urllib.parse.quote(text, safe="")
        for path in (f"/search?q={quoted}", f"/search?q=staff&policy={quoted}",
                     f"/search?q=staff+{quoted}&page={quoted}", f"/may-i?policy={quoted}",
                     f"/check?policy={quoted}", f"/check/official?policy={quoted}",
                     f"/policy/{quoted}", f"/policy/athelstan/clause/{quoted}",
                     f"/policy/{quoted}/clause/AT-01", f"/pack/{quoted}.pack", f"/{quoted}"):
            answer = server.get(path)
            suite.check(f"{path}", answer.status in (200, 400, 404)
                        and not hostile_faults(answer), hostile_faults(answer))
        shown = Page(server.get(f"/search?q={quoted}").body)
        kept = [values.get("value") for tag, values in shown.elements
                if values.get("id") == "q"]
        suite.check(f"{text!r} is shown as it was typed",
                    kept == [text.strip()] or kept == [text.replace("\ufeff", "").strip()],
                    kept)
    suite.check("alive", server.is_alive())


def test_posted_text_stays_text(suite):
    state = {"policy": "athelstan", "act": "accept-contact", "people": "2"}
    server = suite.site
    for text in HOSTILE:
        for fields in ({**state, "named": "yes", "label.1": text, "label.2": "x"},
                       {**state, "label.1": text, "asked": "names", "go": "on"},
                       {"policy": "athelstan", "find": text, "asked": "act", "go": "find"},
                       {**state, "people": text, "asked": "people", "go": "on"},
                       {**state, "f.account": text}, {**state, text: "x"},
                       {**state, "go": text}, {**state, "asked": text, "go": "on"},
                       {**state, "was": text}, {"policy": text}):
            answer = server.post("/may-i", urllib.parse.urlencode(fields).encode())
            suite.check(f"posted {fields}", answer.status in (200, 404)
                        and not hostile_faults(answer), hostile_faults(answer))
    suite.check("alive", server.is_alive())


def asked_next(server, page, button):
    """Posts the interview's form as a browser would that has no script: (Page, fields)."""
    fields = page.hidden() + [("go", button)]
    answer = server.post("/may-i", urllib.parse.urlencode(fields).encode())
    return Page(answer.body) if answer.status == 200 else None


def test_an_interview_without_a_script(suite):
    server = suite.site
    for policy in POLICIES:
        body = f"policy={policy}&act=accept-contact".encode()
        page, turns = Page(server.post("/may-i", body).body), 0
        while page and "hr-verdict__words" not in str(page.elements) and turns < 40:
            suite.check(f"{policy}: turn {turns} is well formed", not page.faults, page.faults)
            page, turns = asked_next(server, page, "unknown"), turns + 1
        suite.check(f"{policy}: an answer", page and 0 < turns < 40 and not page.faults
                    and f"/policy/{policy}" in page.links, page and page.text[:500])
        before = asked_next(server, page, "back")
        suite.check(f"{policy}: back from it", before and "hr-verdict" not in
                    str(before.elements) and not before.faults)
        first = asked_next(server, page, "restart")
        suite.check(f"{policy}: again", first and "What do you want to do?" in first.text)


def test_addresses_that_lead_nowhere(suite):
    server = suite.site
    for path in ("/policy/nobody", "/policy/athelstan/clause/AT-99",
                 "/policy/athelstan/clause/RE-16", "/policy/law/clause/AT-01",
                 "/pack/nobody.pack", "/pack/athelstan", "/policy", "/policy/athelstan/",
                 "/may-i/", "/assets/x.css"):
        answer = server.get(path)
        page = Page(answer.body)
        suite.check(f"{path}: 404 with a way on", answer.status == 404 and not page.faults
                    and {"/", "/may-i", "/policies"} <= set(page.links), answer)
    near = Page(server.get("/policy/atelstan").body)
    suite.check("a slip of the keyboard", "/policy/athelstan" in near.links)
    far = Page(server.get("/policy/zzzzzzzzz").body)
    suite.check("nothing near", not any(link.startswith("/policy/") for link in far.links))
    refused = server.get("/%00")
    suite.check("a refused address has a page too", refused.status == 400
                and not Page(refused.body).faults, refused)


def test_documents_are_kept_and_compressed(suite):
    server = suite.site
    for path in ("/policy/reach2", "/pack/reach2.pack", "/offline.json"):
        plain = server.get(path)
        tag = plain.get("etag")
        suite.check(f"{path}: 304", tag and server.get(
            path, f"If-None-Match: {tag}").status == 304)
        suite.check(f"{path}: asked each time", plain.get("cache-control") == "no-cache")
        small = server.get(path, "Accept-Encoding: gzip")
        suite.check(f"{path}: gzip", small.get("content-encoding") == "gzip"
                    and gzip.decompress(small.body) == plain.body
                    and small.get("etag") != tag and small.get("vary") == "Accept-Encoding")
        least = server.get(path, "Accept-Encoding: gzip, br")
        done = subprocess.run(["brotli", "--decompress", "--stdout"], input=least.body,
                              capture_output=True, timeout=SECONDS_MAX, check=False)
        suite.check(f"{path}: brotli", least.get("content-encoding") == "br"
                    and done.stdout == plain.body)
    for path in ("/", "/policies", "/about", "/search?q=x", "/may-i?policy=athelstan"):
        answer = server.get(path)
        suite.check(f"{path}: 304", server.get(
            path, f"If-None-Match: {answer.get('etag')}").status == 304, answer)
    posted = server.post("/may-i", b"policy=athelstan&act=accept-contact")
    suite.check("nothing that was said is kept", posted.get("cache-control") == "no-store"
                and posted.get("etag") is None, posted.headers)


def test_the_pack_is_what_compile_writes(suite):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "chiltern.pack"
        ran = harness.handrail("compile", REAL / "chiltern", "-o", file)
        suite.exits("compile", ran, 0)
        served = suite.site.get("/pack/chiltern.pack").body
        suite.check("the same bytes", served == file.read_bytes())


def test_what_is_kept_without_a_network(suite):
    server = suite.site
    page = server.get("/may-i?policy=chiltern").body.decode()
    address = html.unescape(re.search(r'data-hr-offline="([^"]*)"', page).group(1))
    answer = server.get(address)
    suite.check("the list may be kept for ever", "immutable" in answer.get("cache-control"))
    listed = json.loads(answer.body)
    suite.check("its documents", listed["documents"] == [
        "/may-i", *(f"/may-i?policy={name}" for name in POLICIES)], listed)
    for path in listed["documents"] + listed["files"]:
        one = server.get(path)
        kept = "immutable" if path in listed["files"] else "no-cache"
        suite.check(f"{path}", one.status == 200 and kept in one.get("cache-control"), one)
    for name in ("data-hr-core", "data-hr-pack", "data-hr-worker"):
        found = html.unescape(re.search(rf'{name}="([^"]*)"', page).group(1))
        suite.check(f"{name}: {found}", server.get(found).status == 200
                    and (found in listed["files"] or name == "data-hr-worker"))
    worker = server.get("/worker.js")
    suite.check("the worker is asked for each time", worker.get("cache-control") == "no-cache"
                and worker.get("content-type") == "text/javascript; charset=utf-8", worker)
    other = Page(server.get("/policy/chiltern").body)
    suite.check("its style is that of other pages", any(
        link in listed["files"] for link in other.links if link.endswith(".css")))


def test_one_policy_alone(suite):
    with site(REAL / "chiltern") as server:
        page = Page(server.get("/may-i").body)
        suite.check("there is nothing to choose", ("policy", "chiltern") in page.hidden())
        pages = crawl(server, suite)
        suite.check("the law is part of it", "/policy/chiltern/clause/LAW-1" in pages)
        found = Page(server.get("/search?q=female+genital").body)
        suite.check("and is found", "/policy/chiltern/clause/LAW-9" in found.links, found.links)
    for path, page in pages.items():
        suite.check(f"alone: {path} is well formed", not page.faults, page.faults[:5])
    with site(REAL / "law") as server:
        law = Page(server.get("/policy/law").body)
        suite.check("the law alone can be asked", "/may-i?policy=law" in law.links)


def test_a_school_below_a_trust(suite):
    with site(harness.SMALL) as server:
        pages = crawl(server, suite)
        for path, page in pages.items():
            suite.check(f"small: {path} is well formed", not page.faults, page.faults[:5])
        school = pages["/policy/birch"]
        suite.check("the school's own, the trust's, the law's", {"B-1", "2", "L-1"} <= school.ids
                    and {"part-1", "part-2", "law"} <= school.ids and "part-3" not in school.ids)
        suite.check("whose the second part is", "This policy builds on it." in school.text
                    and school.text.count("The clauses") == 2, school.text[:600])


def test_markup_of_each_kind(suite):
    """html-validate over a page of each kind; run_pages_slow.py takes them all."""
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(KINDS):
            name = re.sub(r"[^a-z0-9]+", "-", path.lower())
            target = pathlib.Path(folder) / f"{number}{name}.html"
            target.write_bytes(suite.site.get(path).body)
        done = subprocess.run(
            ["node", str(ROOT / "web/node_modules/html-validate/bin/html-validate.mjs"),
             "--config", str(ROOT / "web/.htmlvalidate.json"), "--formatter", "text", folder],
            capture_output=True, text=True, timeout=SECONDS_MAX * 4, check=False)
        suite.check("html-validate", done.returncode == 0, (done.stdout + done.stderr)[-3000:])

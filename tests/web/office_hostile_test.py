"""The office under attack: other sites, stolen and planted cookies, odd bodies, code in names.

Read first: office_client.py. What a browser or proxy in between would do is done by hand here.
"""

import html
import json
import re
import urllib.parse

from office_client import PASSWORD, PUBLIC_HOST, SET_UP, Browser, Office, school_of
from office_walk_test import add_person


SAFE_HEADERS = {
    "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin", "cache-control": "no-store",
}
SCRIPTS = ('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onfocus='alert(1)",
           "</title><svg/onload=alert(1)>", "{{constructor}}", "javascript:alert(1)",
           '=HYPERLINK("http://evil.example","x")', "+1+1", "@SUM(A1)", "-2+3", "&lt;b&gt;")
WRITINGS = ("Zoë Ünïcödé", "李小龍", "مريم", "👩‍🏫 Emoji", "e\u0301 combining", "A" * 200)
UNSEEN = ("a\u202eb", "a\u2028b", "a\u0085b", "a\x7fb", "a\tb", "a\nb")


def marks(page):
    return dict(re.findall(r'name="(csrf|key)" value="([^"]*)"', page.html))


def schools(browser):
    return browser.get("/do/school.list").text


# ---- Forms of other sites ----------------------------------------------------------------------


def check_forgery(suite, anna, ben):
    page = anna.get("/do/school.add")
    where, fields = page.form("/do/school.add")
    good = {**fields, "name": "Forged School", "code": "F1", "nation": "wales"}
    without = {name: value for name, value in good.items() if name != "csrf"}
    foreign = {**good, "csrf": marks(ben.get("/do/me.see"))["csrf"]}
    tries = {
        "no field": (without, {}), "an empty field": ({**good, "csrf": ""}, {}),
        "another session's field": (foreign, {}), "a made-up field": ({**good, "csrf": "-"}, {}),
        "another site": (good, {"site": "cross-site"}),
        "a sister site": (good, {"site": "same-site"}), "from nowhere": (good, {"site": "none"}),
        "an old browser at another site": (good, {"site": "",
                                                  "headers": ("Origin: http://evil.example",)}),
        "an old browser without origin": (good, {"site": ""}),
        "origin null": (good, {"site": "", "headers": ("Origin: null",)}),
        "another port": (good, {"site": "", "headers": ("Origin: http://127.0.0.1:1",)}),
    }
    for name, (sent, more) in tries.items():
        suite.check(f"a form: {name}", anna.post(where, sent, **more).status == 403, name)
    suite.check("none of them was done", "Forged School" not in schools(anna))
    own = (f"Origin: http://{anna.host}",)
    done = anna.post(where, good, site="", headers=own)
    suite.check("an old browser at our own site", done.status == 303, done)


def check_sign_in_forgery(suite, office):
    for path, fields in (("/sign-in", {"email": SET_UP["email"], "password": PASSWORD}),
                         ("/set-up", {**SET_UP, "code": office.code})):
        answer = Browser(office).post(path, fields, site="cross-site")
        suite.check(f"{path} of another site", answer.status == 403
                    and answer.get("set-cookie") is None, answer)


def check_sessions(suite, office, anna):
    planted = Browser(office)
    planted.cookies = {"handrail": "A" * 43}
    answer = planted.post("/sign-in", {"email": SET_UP["email"], "password": PASSWORD})
    new = planted.cookies["handrail"]
    suite.check("a planted cookie is replaced", answer.status == 303 and new != "A" * 43)
    fixed = Browser(office)
    fixed.cookies = {"handrail": "A" * 43}
    suite.check("and never signed in", fixed.ask("GET", "/desk").status == 303)
    for cookie in (new[:-1], new + "A", new.swapcase(), "", "x" * 3000, "%00", "../../etc"):
        fixed.cookies = {"handrail": cookie}
        suite.check(f"no session by {cookie[:9]!r}", fixed.ask("GET", "/desk").status == 303)
    flags = answer.get("set-cookie").split("; ")[1:]
    suite.check("the cookie's flags", flags == ["Path=/", "HttpOnly", "SameSite=Lax"], flags)
    suite.check("a cookie is no token",
                office.program(new).see("school.list").status == 401
                and anna.ask("GET", "/api/v1/school.list").status == 401)


def check_headers(suite, office, anna):
    for path in ("/desk", "/do/school.add", "/sign-in", "/do/nothing", "/api/v1/nothing"):
        answer = anna.ask("GET", path)
        kept = {name: answer.get(name) for name in SAFE_HEADERS}
        suite.check(f"headers of {path}", kept == SAFE_HEADERS
                    and "frame-ancestors 'none'" in answer.get("content-security-policy")
                    and "script-src 'self'" in answer.get("content-security-policy")
                    and answer.get("strict-transport-security") is None, answer)
    suite.check("no page tells of its server", anna.ask("GET", "/desk").get("server") is None)


def check_ways_back(suite, office, anna):
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "\\/evil.example",
                 "/%0d%0aSet-Cookie:a=b", "javascript:alert(1)", "/sign-out", "/prove", " /desk",
                 "/a b", "/\x01", "//", "http:/desk", "/\tevil.example"):
        answer = Browser(office).post("/sign-in", {"email": SET_UP["email"], "password": "wrong",
                                                   "back": back})
        # The form that comes again holds where the next try would lead.
        found = re.search(r'name="back" value="([^"]*)"', answer.body.decode())
        kept = html.unescape(found.group(1)) if found else "/desk"
        suite.check(f"back to {back!r}", answer.status in (400, 422, 429)
                    and re.match(r"^/(?![/\\])[!-~]*$", kept) and "\\" not in kept, kept)


# ---- Paths and bodies --------------------------------------------------------------------------


def check_paths(suite, anna):
    paths = {
        "/link/" + "A" * 43: 404, "/link/..": 400, "/link/%2e%2e": 400, "/link/%2Fdesk": 400,
        "/link/a%00": 400, "/link/%0d%0aX-A:b": 400, "/link/": 404, "/link/a/b": 404,
        "/link/" + "A" * 3000: 404, "/link/%ff": 400, "/link/<script>": 400,
        "/do/": 404, "/do/..": 400, "/do/%2e%2e/desk": 400, "/do/school.list/": 404,
        "/do/SCHOOL.LIST": 404, "/do/school.list%20": 404, "/do/%00": 400, "/do/trust.set-up": 403,
        "/do/account.accept": 403, "/do/person.see?person=..": 403,
    }
    for path, status in paths.items():
        answer = anna.ask("GET", path)
        suite.check(f"path {path[:40]}", answer.status == status
                    or status == 403 and answer.status == 422, answer)
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"):
        answer = anna.ask(method, "/do/school.add")
        suite.check(f"method {method}", answer.status in (405, 501), answer)
    before = schools(anna)
    for header in ("X-HTTP-Method-Override: POST", "X-HTTP-Method: POST",
                   "X-Method-Override: POST"):
        answer = anna.ask("GET", "/do/school.add?name=Overridden&code=O1&nation=wales&_method=POST",
                          headers=(header,))
        suite.check(f"no method by {header}", answer.status == 200)
    suite.check("a GET changes nothing", schools(anna) == before)
    for name in ("school.list", "person.see"):
        answer = anna.post(f"/do/{name}", {})
        suite.check(f"POST to {name}", answer.status == 405
                    and answer.get("allow") == "GET, HEAD", answer)


def is_problem(answer, status):
    return (answer.status == status and answer.json["status"] == status
            and answer.get("content-type") == "application/problem+json"
            and isinstance(answer.json["title"], str))


def check_api_bodies(suite, office, token):
    program = office.program(token)
    path = "/api/v1/school.add"
    school = {"name": "Body School", "code": "B1", "nation": "wales"}
    good = json.dumps(school).encode()
    deep = b"[" * 100000 + b"]" * 100000
    bodies = {
        "nothing": (b"", 400), "no JSON": (b"hello", 400), "a list": (b"[]", 400),
        "a text": (b'"a"', 400), "deep": (deep, 400), "deep objects": (b'{"a":' * 40000, 400),
        "a member twice": (b'{"name":"A","name":"B","code":"C","nation":"wales"}', 400),
        "half": (good[:-1], 400), "two": (good + good, 400), "NaN": (b'{"name":NaN}', 400),
        "a comment": (b"/**/" + good, 400), "no UTF-8": (b'{"name":"\xff"}', 400),
        "a lone surrogate": (b'{"name":"\\ud800"}', 400),
        "UTF-16": ("{}".encode("utf-16"), 400),
        "a list in it": (json.dumps({**school, "name": ["A"]}).encode(), 422),
        "an object in it": (json.dumps({**school, "name": {"a": 1}}).encode(), 422),
        "half a number": (json.dumps({**school, "name": 1.5}).encode(), 422),
        "nothing of it": (b"{}", 422), "null": (json.dumps({**school, "name": None}).encode(), 422),
        "a zero byte": (json.dumps({**school, "name": "a\0b"}).encode(), 422),
        "too much": (b" " * (256 * 1024 + 1), 413),
        "many members": (json.dumps({f"m{i}": 1 for i in range(9000)}).encode(), 422),
    }
    for name, (body, status) in bodies.items():
        answer = program.ask("POST", path, body)
        suite.check(f"a body: {name}", is_problem(answer, status), answer)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "",
                 "application/jsonx", "application/xml", "text/json"):
        answer = program.ask("POST", path, good, kind=kind)
        suite.check(f"a body of {kind!r}", is_problem(answer, 415), answer)
    for coding in ("gzip", "br", "deflate", "identity, gzip"):
        answer = program.ask("POST", path, good, (f"Content-Encoding: {coding}",))
        suite.check(f"a body in {coding}", is_problem(answer, 415), answer)
    suite.check("none was done", "Body School" not in str(program.see("school.list").json))


def check_api_requests(suite, office, token):
    program = office.program(token)
    answers = {
        "no such action": (program.see("no.such"), 404), "no such path": (
            program.ask("GET", "/api/v2/school.list"), 404),
        "a path with tricks": (program.ask("GET", "/api/v1/%2e%2e"), 400),
        "a query that is none": (program.ask("GET", "/api/v1/school.list?a=%zz"), 400),
        "another method": (program.ask("PUT", "/api/v1/school.list"), 405),
        "POST to what is read": (program.ask("POST", "/api/v1/school.list", b"{}"), 404),
        "GET of what changes": (program.see("school.add"), 404),
        "deleting": (program.ask("DELETE", "/api/v1/school.add"), 405),
        "POST to the description": (program.ask("POST", "/api/v1/openapi.json", b"{}"), 404),
    }
    for name, (answer, status) in answers.items():
        suite.check(f"a request: {name}", answer.status in (status, 405 if status == 404 else 0)
                    and is_problem(answer, answer.status), answer)
    for shown in ("", "Bearer", "Bearer ", "bearer " + token, "Bearer  " + token, "Basic YTpi",
                  "Bearer hr_" + "A" * 49, "Bearer " + token + "A", "Token " + token):
        answer = office.program().ask("GET", "/api/v1/school.list",
                                      headers=(f"Authorization: {shown}",) if shown else ())
        suite.check(f"authorization {shown[:12]!r}", is_problem(answer, 401)
                    and answer.get("www-authenticate") == "Bearer", answer)
    for key in ("a" * 101, "a b", "\xe9"):
        answer = program.call("school.add", {"name": "Keyed", "code": "Q1", "nation": "wales"},
                              (f"Idempotency-Key: {key}",))
        suite.check(f"key {key[:9]!r}", answer.status in (400, 422), answer)


def check_sensitive(suite, office, token):
    program = office.program(token)
    for action in ("role.give", "role.end", "person.erase", "account.invite", "account.disable",
                   "account.password", "token.make"):
        fields = {"person": "0000000000001", "role": "dpo", "sure": True, "password": PASSWORD,
                  "name": "A", "scopes": "*", "days": 1}
        answer = program.call(action, fields)
        suite.check(f"{action} by a program", answer.status in (403, 422), answer)
    made = program.call("token.make", {"name": "A", "scopes": "*", "days": 1})
    suite.check("no token by a token", is_problem(made, 403) and "hr_" not in str(made.json))


# ---- What is written ---------------------------------------------------------------------------


def check_written(suite, anna, school):
    """Stored by every text field and shown again: as text, in pages whose code is ours alone."""
    for number, text in enumerate(SCRIPTS + WRITINGS):
        page = anna.do("person.add", f"school={school}", school=school, kind="teacher", name=text,
                       known_as=text, reference=f"{number}{text}"[:30], job=text)
        suite.check(f"written: {text[:20]!r}", "Done" in page.text and text in page.text, page.text)
        escaped = html.escape(text)
        suite.check(f"escaped: {text[:20]!r}", escaped == text
                    or text not in re.sub(r"<title>.*?</title>", "", page.html), text)
    listed = anna.get(f"/do/person.list?school={school}")
    suite.check("all in a list", all(text in listed.text for text in SCRIPTS), listed.text)
    for action, field in (("school.word-add", "word"), ("school.setting", "setting"),
                          ("school.period-add", "name")):
        page = anna.do(action, f"school={school}", **{
            "kind": "name" if action == "school.word-add" else "term", "name": SCRIPTS[1],
            "first": "2030-09-01", "last": "2030-12-20", field: SCRIPTS[0]})
        suite.check(f"{action} shows it as text", SCRIPTS[0] in page.text, page.text)
    page = anna.do("school.add", name=SCRIPTS[0], code=SCRIPTS[1][:40], nation="wales")
    suite.check("a school's name too", SCRIPTS[0] in page.text and SCRIPTS[0] in schools(anna))
    _, fields = anna.get(f"/do/school.change?school={school_of(page)}").form("/do/school.change")
    suite.check("and in a form", fields["code"] == SCRIPTS[1][:40], fields)


def check_refused_text(suite, anna, school):
    for text in UNSEEN + ("A" * 201, "Ä" * 101):
        page = anna.do("person.add", f"school={school}", school=school, kind="teacher", name=text)
        suite.check(f"refused: {text[:9]!r}", page.status in (400, 422), page.text[:200])
    for raw in ("%ff", "%c0%af", "%ed%a0%80", "%00", "%1b"):
        where, fields = anna.get(f"/do/person.add?school={school}").form("/do/person.add")
        body = urllib.parse.urlencode({**fields, "school": school, "kind": "teacher"})
        answer = anna.ask("POST", where, f"{body}&name={raw}".encode())
        suite.check(f"refused: {raw}", answer.status == 400, answer)
    for field, value in (("email", "a@b"), ("email", "<a@b.example>"),
                         ("email", "a@b.example,c@d.e"),
                         ("email", "a\r\nBcc: x@evil.example"), ("joined", "2026-02-30"),
                         ("joined", "0000-00-00"), ("joined", "99999-01-01"), ("kind", "admin"),
                         ("reference", "9" * 61), ("school", "1"), ("school", "-1")):
        page = anna.do("person.add", f"school={school}", **{
            "school": school, "kind": "teacher", "name": "A", field: value})
        suite.check(f"{field} {value[:12]!r}", page.status == 422, page.text[:200])


def check_numbers(suite, anna, school, person):
    """Numbers of another kind, of nothing, and what is no number."""
    for value in (school, "0000000000001", "zzzzzzzzzzzzz", "-1", "0", "1 OR 1=1", "'", "9" * 40,
                  person + "'", person.lower() + "x", "%", "../" + person):
        answer = anna.ask("GET", "/do/person.see?" + urllib.parse.urlencode({"person": value}))
        suite.check(f"person {value[:14]!r}", answer.status in (403, 422), answer)
        answer = anna.ask("GET", "/do/school.see?" + urllib.parse.urlencode({"school": value}))
        suite.check(f"school {value[:14]!r}", answer.status in (403, 422)
                    or value == school and answer.status == 200, answer)
    for value in ("-1", "-9223372036854775808", "9223372036854775808", "1e9", "0x1", "1.5", ""):
        answer = anna.ask("GET", "/do/ledger.see?" + urllib.parse.urlencode({"act": value}))
        suite.check(f"act {value!r}", answer.status in (403, 422), answer)
    answer = anna.ask("GET", "/do/ledger.see?act=9223372036854775807")
    suite.check("an act that is not there", answer.status == 403, answer)
    twice = anna.ask("GET", f"/do/person.see?person={person}&person={school}")
    suite.check("a name twice counts once", twice.status == 200)


def test_an_office_under_attack(suite):
    with Office() as office:
        anna = office.set_up()
        school = school_of(anna.get("/do/school.list"))
        person = add_person(anna, school, "Ben Bergström", "ben@ashdownvale.example")
        link = re.search(r"/link/[\w-]{43}",
                         anna.do("account.invite", f"person={person}").text).group(0)
        ben = Browser(office)
        ben.send(ben.get(link), password="seven slow yellow trams")
        token = anna.token()
        check_forgery(suite, anna, ben)
        check_sign_in_forgery(suite, office)
        check_sessions(suite, office, anna)
        check_headers(suite, office, anna)
        check_paths(suite, anna)
        check_api_bodies(suite, office, token)
        check_api_requests(suite, office, token)
        check_sensitive(suite, office, token)
        check_written(suite, anna, school)
        check_refused_text(suite, anna, school)
        check_numbers(suite, anna, school, person)
        check_ways_back(suite, office, anna)
        suite.check("it is still there", office.is_alive())


def host_status(office, host, path="/sign-in"):
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    return office.ask(head.encode("latin-1"))[0]


def test_a_public_site_answers_to_its_name_alone(suite):
    with Office(public=PUBLIC_HOST) as office:
        anna = Browser(office)
        page = anna.get(f"/set-up?code={office.code}")
        kind = page.options("kind")[1]
        anna.send(page, **{**SET_UP, "kind": kind})
        answer = anna.sign_in(SET_UP["email"])
        cookie = answer.get("set-cookie")
        suite.check("the cookie is for this host over TLS", cookie.startswith("__Host-handrail=")
                    and cookie.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure"), cookie)
        suite.check("TLS for two years", answer.get("strict-transport-security")
                    == "max-age=63072000; includeSubDomains")
        suite.check("signed in", anna.ask("GET", "/desk").status == 200)
        stolen = Browser(office)
        stolen.cookies = {"handrail": anna.cookies["__Host-handrail"]}
        suite.check("the name without the prefix is nothing",
                    stolen.ask("GET", "/desk").status == 303)
        for host, status in ((PUBLIC_HOST, 200), (PUBLIC_HOST.upper(), 200),
                             (PUBLIC_HOST + ":443", 200), ("127.0.0.1", 200),
                             (f"localhost:{office.port}", 200), ("[::1]", 200),
                             ("evil.example", 421), (PUBLIC_HOST + ".evil.example", 421),
                             ("evil." + PUBLIC_HOST, 421), ("127.0.0.1.evil.example", 421),
                             ("localhost.evil.example", 421), (PUBLIC_HOST + ":8080", 421),
                             (PUBLIC_HOST + ".", 421)):
            found = host_status(office, host)
            suite.check(f"host {host}", found.status == status, found)
        problem = host_status(office, "evil.example", "/api/v1/school.list")
        suite.check("programs too", problem.status == 421
                    and problem.get("content-type") == "application/problem+json", problem)
        suite.check("a probe needs no name", host_status(office, "10.0.0.1", "/health").status
                    == 200)
        origin = ("Origin: https://" + PUBLIC_HOST,)
        other = ("Origin: http://" + PUBLIC_HOST,)
        fields = {"email": SET_UP["email"], "password": PASSWORD}
        browser = Browser(office)
        suite.check("an origin without TLS is another site",
                    browser.post("/sign-in", fields, site="", headers=other).status == 403)
        suite.check("ours is ours",
                    browser.post("/sign-in", fields, site="", headers=origin).status == 303)


def test_a_local_site_is_no_other_site(suite):
    with Office() as office:
        suite.check("a name that was turned to our address",
                    host_status(office, "rebound.example").status == 421)
        suite.check("ours", host_status(office, f"127.0.0.1:{office.port}").status == 200)

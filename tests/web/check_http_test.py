"""Official posts and messages that have come in, as forms: what is posted, hostile text, limits.

`suite.site` is a server with the policies of this project; run_pages.py starts it. The private
check has no form: what it does in a browser is in tests/site/check.test.mjs.
"""

import urllib.parse

from page_reader import Page
from site_pages_test import HOSTILE, hostile_faults

OFFICIAL, INCOMING = "/check/official", "/check/incoming"
DRAFT_BYTES_MAX = 40000  # SCREEN_DRAFT_BYTES_MAX
SECRET = "Quagmire Zwetschgenkern"  # in no policy and no template


def form(**fields):
    return urllib.parse.urlencode(fields).encode()


def values_of(page, name):
    return [values for _, values in page.elements if values.get("name") == name]


def is_sent_safely(answer):
    return answer.get("cache-control") == "no-store" and answer.get("set-cookie") is None


def test_the_private_check_can_send_nothing(suite):
    answer = suite.site.get("/check?policy=reach2")
    page = Page(answer.body)
    suite.check("no form", not page.forms, page.forms)
    submits = [values for tag, values in page.elements
               if tag == "button" and values.get("type") != "button"]
    suite.check("no button that sends", not submits, submits)
    suite.check("no form is taken", suite.site.post("/check", form(text="x")).status == 405)
    suite.check("well formed", not page.faults, page.faults)
    for words in ("needs JavaScript", "check an official post", "ask without a draft"):
        suite.check(f"without a script it says {words!r}", words in page.text)
    writing = [values for tag, values in page.elements if tag == "textarea"]
    suite.check("no browser helps with spelling elsewhere", writing and all(
        values.get("spellcheck") == "false" and values.get("writingsuggestions") == "false"
        for values in writing), writing)
    suite.check("nothing is kept by the browser",
                all(values.get("autocomplete") == "off" for values in writing))


def test_choosing_a_policy(suite):
    page = Page(suite.site.get("/check").body)
    suite.check("each policy", {f"/check?policy={name}" for name in
                                ("athelstan", "chancery", "chiltern", "mandeville", "reach2")}
                <= set(page.links))
    unknown = suite.site.get("/check?policy=nobody")
    suite.check("an unknown one", unknown.status == 404 and b"no policy of that name"
                in unknown.body)
    suite.check("the law is none", suite.site.get("/check?policy=law").status == 404)
    chosen = Page(suite.site.get(f"{OFFICIAL}?policy=reach2").body)
    selected = [values for tag, values in chosen.elements
                if tag == "option" and "selected" in values and values["value"] == "reach2"]
    suite.check("an address chooses for a form", len(selected) == 1)
    shown = Page(suite.site.get(f"{OFFICIAL}?policy=reach2&text=hello&school=x").body)
    suite.check("but fills nothing in", "hello" not in shown.text)


def test_an_official_post(suite):
    answer = suite.site.post(OFFICIAL, form(
        policy="reach2", text="Call the office at Zork Academy, and mind: ring 01632 960123.",
        school="Zork Academy", short="ZA", mail="zork.example", **{"f.person": "governor"}))
    page = Page(answer.body)
    suite.check("it is answered", answer.status == 200 and is_sent_safely(answer), answer)
    suite.check("well formed", not page.faults, page.faults)
    suite.check("the verdict is there", any("hr-verdict" in (values.get("class") or "")
                                            for _, values in page.elements))
    suite.check("something is marked", any(tag == "mark" for tag, _ in page.elements))
    suite.check("what was typed stays", "mind: ring 01632 960123." in page.text
                and page.text.count("Zork Academy") >= 2)
    suite.check("the writer stays", any(tag == "option" and "selected" in values
                                        and values["value"] == "governor"
                                        for tag, values in page.elements))
    suite.check("no reports of errors", "This is wrong" not in page.text)
    suite.check("no address holds the post", not any("960123" in link for link in page.links))


def test_a_message_that_has_come_in(suite):
    answer = suite.site.post(INCOMING, form(
        policy="reach2", text="Please send me all the personal data that you hold about me under "
                              "the data protection law. This is a subject access request."))
    page = Page(answer.body)
    suite.check("it is answered", answer.status == 200 and is_sent_safely(answer), answer)
    suite.check("well formed", not page.faults, page.faults)
    suite.check("no verdict", not any("hr-verdict--" in (values.get("class") or "")
                                      for _, values in page.elements))
    suite.check("no question who writes", not values_of(page, "f.person"))
    suite.check("the wording prevails", "The approved wording prevails" in page.text)
    forced = suite.site.post(INCOMING, form(policy="reach2", text="Hello", **{"as": "personal"}))
    suite.check("a form cannot choose where it stands", b"hr-verdict--" not in forced.body)


def test_missing_and_wrong_fields(suite):
    for path in (OFFICIAL, INCOMING):
        for fields, wrong in (({}, ("text", "policy")), ({"text": " \n "}, ("text", "policy")),
                              ({"policy": "reach2"}, ("text",)),
                              ({"text": "Hello", "policy": "nobody"}, ("policy",)),
                              ({"text": "Hello", "policy": "law"}, ("policy",)),
                              ({"text": "Hello"}, ("policy",))):
            answer = suite.site.post(path, form(**fields))
            page = Page(answer.body)
            suite.check(f"{path} {fields}: refused", answer.status == 422
                        and is_sent_safely(answer))
            suite.check(f"{path} {fields}: beside the field", all(
                f"{name}-error" in page.ids and f"#{name}" in page.links for name in wrong))
            suite.check(f"{path} {fields}: nothing else", ("policy-error" in page.ids)
                        == ("policy" in wrong) and ("text-error" in page.ids) == ("text" in wrong))
            suite.check(f"{path} {fields}: well formed", not page.faults, page.faults)
            suite.check(f"{path} {fields}: the title", b"<title>Error: " in answer.body)


def test_lengths(suite):
    words = "ab " * (DRAFT_BYTES_MAX // 3 + 1)
    most, more = words[:DRAFT_BYTES_MAX - 1] + "c", words[:DRAFT_BYTES_MAX] + "c"
    answer = suite.site.post(OFFICIAL, form(policy="reach2", text=most))
    suite.check("as long as may be", answer.status == 200, answer)
    answer = suite.site.post(OFFICIAL, form(policy="reach2", text=more))
    page = Page(answer.body)
    suite.check("one more", answer.status == 422 and "in parts" in page.text, answer)
    suite.check("it is still there", more[-200:].strip() in page.text)
    accents = "é" * (DRAFT_BYTES_MAX // 2)
    answer = suite.site.post(OFFICIAL, form(policy="reach2", text=accents))
    suite.check("bytes that take most room in a form", answer.status == 200, answer.status)
    for size in (70_000, 300_000):
        answer = suite.site.post(OFFICIAL, form(policy="reach2", text="x" * size))
        suite.check(f"{size} bytes", answer.status in (400, 413, 422), answer.status)


def test_what_is_posted_stays_text(suite):
    for text in HOSTILE:
        for path in (OFFICIAL, INCOMING):
            whole = f"{text} ring 01632 960123 {text}"
            for fields in ({"text": whole, "policy": "reach2", "school": text, "short": text,
                            "mail": text, "f.person": text, "f.audience": text,
                            "offer.audience": text, "offer.platform": f"facebook,{text}"},
                           {"text": text, "policy": text}):
                answer = suite.site.post(path, form(**fields))
                suite.check(f"{path} {text!r}", answer.status in (200, 422)
                            and not hostile_faults(answer), hostile_faults(answer))


def test_bytes_that_are_no_form(suite):
    for body in (b"text=%", b"text=%FF&policy=reach2", b"text=%00&policy=reach2", b"\xff\x00",
                 b"text=a;b\x01", b"&&&=&=x", b"text=%C3%28&policy=reach2"):
        for path in (OFFICIAL, INCOMING):
            answer = suite.site.post(path, body)
            suite.check(f"{path} {body}", answer.status in (400, 422) and not
                        hostile_faults(answer), answer)


def test_nothing_is_logged(suite):
    before = len(suite.site.said)
    suite.site.post(OFFICIAL, form(policy="reach2", text=SECRET, school=SECRET))
    suite.site.post(INCOMING, form(policy="reach2", text=SECRET))
    suite.site.get(f"{OFFICIAL}?text={urllib.parse.quote(SECRET)}")
    said = suite.site.wait_log(before + 3)[before:]
    suite.check("three lines", len(said) >= 3, said)
    suite.check("with no word of it", not any(word in line for line in said
                                              for word in SECRET.split()), said)
    names = {line.split()[2] for line in said}
    suite.check("but the names of the routes", names <= {"check-official", "check-incoming"}, names)

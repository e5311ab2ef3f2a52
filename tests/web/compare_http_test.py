"""/compare: what stands side by side is what the policies' clauses and topics say, and no more."""

import itertools
import json
import re
import shutil

import harness
from policy_pages import check_hostile, check_valid, page, query, served

VOCABULARY = harness.REAL / "vocabulary" / "vocabulary.md"
POLICIES = ("athelstan", "chancery", "chiltern", "mandeville", "reach2")


def address(one, other):
    return "/compare?" + query(a=one, b=other)


def sides(main):
    """{topic: (keys on the left, keys on the right, text of the section)}."""
    found = {}
    for section in main.all("section"):
        columns = [[link.attributes["href"].rsplit("/", 1)[1] for link in column.all("a")]
                   for column in section.all(class_="hr-compare__side")]
        found[section.one("h2").text()] = (*columns, section.text())
    return found


def topics_of(name):
    """{topic's words: keys of the clauses under it}: a heading's topic holds until the next."""
    vocabulary = VOCABULARY.read_text(encoding="utf-8")
    words = dict(re.findall(r'^topic ([\w-]+) "(.*)"$', vocabulary, re.M))
    topics, topic = {}, ""
    text = (harness.REAL / name / "policy.md").read_text(encoding="utf-8")
    for key, more in re.findall(r"^#+ .*\{#([^ }]+)(.*)\}$", text, re.M):
        stated = re.search(r'topic="([^"]*)"', more)
        topic = stated.group(1) if stated else topic
        topics.setdefault(words[topic] if topic else "Clauses without a topic", []).append(key)
    return topics


def test_clauses_stand_under_their_topics(suite):
    known = {name: topics_of(name) for name in POLICIES}
    with served(harness.REAL) as server:
        for one, other in itertools.permutations(POLICIES, 2):
            shown = sides(page(server, address(one, other)))
            suite.check(f"{one}, {other}: the topics of both",
                        set(shown) == set(known[one]) | set(known[other]), sorted(shown))
            for topic, (left, right, text) in shown.items():
                expected = (known[one].get(topic, []), known[other].get(topic, []))
                suite.check(f"{one}, {other}: {topic}", (left, right) == expected,
                            f"{(left, right)} {expected}")
                alone = not left or not right
                suite.check(f"{one}, {other}: {topic}: marked when only one has it",
                            ("Only in " in text) == alone
                            and ("Nothing on this topic" in text) == alone, text[:200])


def test_a_clause_has_title_place_sentence_and_words(suite):
    with served(harness.REAL) as server:
        main = page(server, address("reach2", "athelstan"))
        items = {item.all("a")[0].attributes["href"]: item for item in main.all("li")
                 if "hr-compare__clause" in item.attributes.get("class", "")}
        item = items["/policy/reach2/clause/RE-16"]
        title = item.all("a")[0].text()
        suite.check("title", title == "Pupils and young former pupils as contacts", title)
        suite.check("place", "3.5" in item.text() and "RE-16" in item.text(), item.text())
        suite.check("sentence", item.one(class_="hr-compare__says").text().endswith("they ask."),
                    item.text())
        signs = [sign.text() for sign in item.all(class_="hr-sign")]
        suite.check("words", signs == ["Should not"], signs)
        signs = [sign.text() for sign in items["/policy/reach2/clause/RE-63"].all(class_="hr-sign")]
        suite.check("an approval lifts it", signs == ["Must not without approval"], signs)
        item = items["/policy/reach2/clause/RE-04"]
        suite.check("information", item.text().endswith("Information") and not item.all(
            class_="hr-sign"), item.text())
        for href in items:
            suite.check(f"{href} is there", server.get(href).status == 200)


def test_choosing(suite):
    with served(harness.REAL) as server:
        main = page(server, "/compare")
        suite.check("nothing is wrong yet", "There is a problem" not in main.text())
        for name in ("a", "b"):
            select = main.one("select", name=name)
            options = [one.attributes["value"] for one in select.all("option")]
            suite.check(f"{name}: each policy, not the law", options == ["", *POLICIES], options)
        main = page(server, address("reach2", "chiltern"))
        suite.check("swap", main.one("a", href=address("chiltern", "reach2")))
        chosen = [one.attributes["value"] for one in main.all("option")
                  if "selected" in one.attributes]
        suite.check("what is chosen stays chosen", chosen == ["reach2", "chiltern"], chosen)


def test_the_same_twice_is_no_error(suite):
    with served(harness.REAL) as server:
        main = page(server, address("reach2", "reach2"))
        said = main.text()
        suite.check("it says so", "twice" in said and "There is a problem" not in said, said)
        suite.check("and offers another", main.one("select", name="b"))


def test_what_is_missing_is_said(suite):
    with served(harness.REAL) as server:
        for one, other, missing in (("", "", "ab"), ("reach2", "", "b"), ("", "reach2", "a"),
                                    ("reach2", "nowhere", "b"), ("law", "reach2", "a")):
            main = page(server, address(one, other), 422)
            links = [link.attributes["href"] for link in
                     main.one(class_="govuk-error-summary__list").all("a")]
            suite.check(f"{one!r} {other!r}", links == [f"#{name}" for name in missing], links)
            for name in missing:
                select = main.one("select", id=name)
                suite.check(f"{one!r} {other!r}: beside {name}",
                            select.attributes.get("aria-describedby") == f"{name}-error")
        main = page(server, "/compare?a=reach2", 422)
        chosen = [one.attributes["value"] for one in main.all("option")
                  if "selected" in one.attributes]
        suite.check("what was right stays", chosen == ["reach2", ""], chosen)


def test_one_policy_and_inherited_clauses(suite):
    folder = harness.copy_of_small()
    names = sorted(path.parent.name for path in (folder / "policies").glob("*/policy.md"))
    with served(folder / "policies") as server:
        main = page(server, "/compare?a=larch-lane&b=birch")
        suite.check("two small ones", main.all("section"), names)
        check_valid(suite, server, ["/compare?a=larch-lane&b=birch"])
    with served(folder / "policies" / "larch-lane") as server:
        suite.check("one alone", page(server, "/compare").all("select"))
    shutil.rmtree(folder)


def test_hostile_addresses(suite):
    with served(harness.REAL) as server:
        check_hostile(suite, server, "/compare", ("a", "b", "c"))
        suite.check("fields that repeat: the first counts", sides(page(
            server, "/compare?a=reach2&a=law&b=chiltern&b=%3Cb%3E")))
        words = json.dumps(server.get("/compare?a=%00&b=%ff").body.decode("utf-8"))
        suite.check("bytes that are no text", "\\u0000" not in words)


def test_the_markup(suite):
    with served(harness.REAL) as server:
        check_valid(suite, server, ["/compare", "/compare?a=&b=x", address("reach2", "reach2"),
                                    address("reach2", "mandeville"),
                                    address("mandeville", "athelstan")])

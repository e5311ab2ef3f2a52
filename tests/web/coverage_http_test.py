"""/policy/{pack}/coverage: the numbers of `handrail coverage`, filters, ledgers, hostile input."""

import re
import shutil

import harness
from policy_pages import check_hostile, check_valid, page, query, served

STATUSES = {"enforced": "Enforced", "declared": "Declared", "text": "Information",
            "missing": "Missing"}
HEAD = "id\twhere\tthe policy says\tstrength\tput into operation by\twhat must be seen to work\n"


def choices(main):
    """{"Enforced": 38, ...}, as the filters say."""
    texts = [link.text() for link in main.all("a", class_="hr-card__link")]
    return {name: int(count) for name, count in (text.split(": ") for text in texts)}


def rows(main):
    """(key, title, place, status, the rest) of each row of the table."""
    found = []
    for row in main.all("tr"):
        heads = row.all("th", scope="row")
        if heads:
            links = heads[0].all("a")
            place = heads[0].one("span").text()
            key = links[0].attributes["href"].rsplit("/", 1)[1] if links else ""
            found.append((key, heads[0].text()[:-len(place)].strip(), place,
                          row.one("strong").text(), row.one("td").text()))
    return found


def check_policy(suite, server, pack):
    name, totals = pack["pack"], pack["totals"]
    main = page(server, f"/policy/{name}/coverage")
    expected = {"All": totals["rows"], **{STATUSES[status]: totals[status] for status in STATUSES
                                          if status != "missing" or totals["missing"]}}
    suite.check(f"{name}: the numbers of the filters", choices(main) == expected,
                f"{choices(main)} {expected}")
    sums = [int(number) for number in re.findall(r"\d+", main.one(class_="hr-meter__text").text())]
    suite.check(f"{name}: the numbers of the sentence", sums == [
        count for count in (totals["rows"], totals["enforced"], totals["declared"], totals["text"],
                            totals["missing"]) if count], sums)
    bars = {bar.attributes["class"]: int(bar.attributes["width"]) for bar in main.all("rect")}
    suite.check(f"{name}: the meter", bars == {"hr-meter__done": totals["enforced"],
                                               "hr-meter__part": totals["declared"]}, bars)
    shown = rows(main)
    suite.check(f"{name}: each row in its order", [(row[0], row[3]) for row in shown] == [
        (row["clause"]["key"], STATUSES[row["status"]]) for row in pack["rows"]], shown)
    for row, there in zip(pack["rows"], shown):
        said = re.search(r"(\d+) rules?,", there[4])
        suite.check(f"{name} {row['id']}: its rules", int(said.group(1) if said else 0)
                    == row["rules"], there)
        suite.check(f"{name} {row['id']}: what it waits for", ("aits for: " in there[4])
                    == any(one["waits_for"] for one in row["operations"]), there)
    for status, label in STATUSES.items():
        main = page(server, f"/policy/{name}/coverage?status={status}")
        shown = rows(main)
        suite.check(f"{name}: only {status}", len(shown) == totals[status]
                    and all(row[3] == label for row in shown), shown)


def test_the_numbers_are_those_of_the_command(suite):
    packs = harness.handrail("coverage", harness.REAL, "--json").json()["packs"]
    packs = [pack for pack in packs if pack["totals"]["rows"]]
    suite.check("five policies", len(packs) == 5)
    with served(harness.REAL) as server:
        for pack in packs:
            check_policy(suite, server, pack)


def test_filters_together(suite):
    with served(harness.REAL) as server:
        whole = page(server, "/policy/reach2/coverage")
        topics = [link for link in whole.all("a", class_="hr-contents__link")]
        suite.check("topics", topics[0].text() == "All topics (63)" and len(topics) > 10)
        for link in topics:
            count = int(re.search(r"\((\d+)\)$", link.text()).group(1))
            main = page(server, link.attributes["href"])
            suite.check(f"{link.text()}", len(rows(main)) == count == choices(main)["All"])
        suite.check("the topics make the whole", sum(
            int(re.search(r"\((\d+)\)$", link.text()).group(1)) for link in topics[1:]) == 63)
        main = page(server, "/policy/reach2/coverage?status=declared&topic=scope")
        suite.check("both filters", rows(main) and {row[3] for row in rows(main)} == {"Declared"})
        current = [link.text() for link in main.all("a", aria_current="true")]
        suite.check("what is chosen", len(current) == 2 and current[0].startswith("Declared: ")
                    and current[1].startswith("Who and what the policy covers"), current)
        suite.check("a way back", main.all("a", href="/policy/reach2/coverage"))
        none = page(server, "/policy/reach2/coverage?status=text&topic=contacts")
        suite.check("nothing to show", not none.all("table") and "0 clauses" in none.text()
                    and "Show all clauses" in none.text())


def test_unknown_filters_show_everything(suite):
    with served(harness.REAL) as server:
        for wrong in ("status=x", "topic=x", "topic=-", "status=x&topic=x", "status=ENFORCED"):
            main = page(server, f"/policy/reach2/coverage?{wrong}")
            suite.check(wrong, len(rows(main)) == 63 and "left out" in main.text())
        main = page(server, "/policy/reach2/coverage?status=&topic=")
        suite.check("empty ones are none", len(rows(main)) == 63 and "left out" not in main.text())


def test_without_a_ledger(suite):
    with served(harness.SMALL) as server:
        main = page(server, "/policy/larch-lane/coverage")
        shown = rows(main)
        clauses = harness.handrail("coverage", harness.SMALL, "--json").json()["packs"]
        of = [pack for pack in clauses if pack["pack"] == "larch-lane"][0]["rows"]
        suite.check("each clause is a row", len(shown) == len(of) > 3)
        suite.check("no word of a list", "list of the document" not in main.text())
        suite.check("the law has a page", rows(page(server, "/policy/law/coverage")))


def test_ledgers_of_all_kinds(suite):
    folder = harness.copy_of_small()
    ledger = folder / "policies" / "ledger.tsv"
    lines = ["2\t\tno pupils\tshould\trule, screening\t\n", "B-77\tpart 9\tnothing <b>here\tmust\t"
             "rule\t\n", "B-1\t\t\tmust\ttext\t\n"]
    ledger.write_text(HEAD + "".join(lines), encoding="utf-8")
    with served(folder / "policies") as server:
        main = page(server, "/policy/larch-lane/coverage")
        suite.check("its own rows only", [row[0] for row in rows(main)] == ["2"], rows(main))
        suite.check("what nothing answers", "nothing here answers it yet: screening" in main.text())
        suite.check("clauses in no row", "stand in no row" in main.text()
                    and main.all("a", href="/policy/larch-lane/clause/5"))
        main = page(server, "/policy/birch/coverage")
        missing = [row for row in rows(main) if row[3] == "Missing"]
        suite.check("what is missing", ("", "Nothing <b>here", "Part 9, B-77") in
                    [row[:3] for row in missing] and choices(main)["Missing"] == len(missing),
                    rows(main))
        suite.check("its words are only words", not main.all("b"))
        check_valid(suite, server, ["/policy/larch-lane/coverage", "/policy/birch/coverage"])
    ledger.write_text("name\tvalue\n", encoding="utf-8")
    with served(folder / "policies") as server:
        main = page(server, "/policy/larch-lane/coverage")
        suite.check("a ledger that is none", "could not be read" in main.text()
                    and len(rows(main)) > 3)
    shutil.rmtree(folder)


def test_hostile_addresses(suite):
    with served(harness.REAL) as server:
        check_hostile(suite, server, "/policy/reach2/coverage", ("status", "topic", "x"))
        for name in ("nowhere", "%3Cscript%3E", "..", "REACH2", "reach2%00", "%2e%2e%2freach2"):
            suite.check(f"no policy {name}",
                        server.get(f"/policy/{name}/coverage").status in (400, 404))
        many = "&".join(query(topic=f"t{i}") for i in range(60))
        suite.check("many fields", len(rows(page(server, f"/policy/reach2/coverage?{many}"))) == 63)


def test_the_markup(suite):
    with served(harness.REAL) as server:
        check_valid(suite, server, ["/policy/reach2/coverage", "/policy/mandeville/coverage",
                                    "/policy/law/coverage",
                                    "/policy/reach2/coverage?status=declared&topic=scope",
                                    "/policy/reach2/coverage?status=text&topic=contacts"])

"""The key of the history is changed while it is served: one server, and two on one database.

Read first: src/actions/key_change.h, src/web/page_verify.c; docs/ledger.md, "Keys of the ledger".
"""

import re
import shutil
import time

import harness
from http_server import LOG_LINE, PROGRAM, Server
from office_client import PACK, Browser, Office, Page, school_of
from office_proof_test import act_of, save, wait_for_proof
from office_receipt_test import SAID, Keeper, wait_until_signed

SECONDS_MAX = 30  # the history is signed every ten seconds
LOG_OF_KEYS = re.compile(LOG_LINE.pattern + r"|^\S+Z (error|info): the history is ")


def wait_for(holds):
    end = time.monotonic() + SECONDS_MAX
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
    return holds()


def key_change(suite, office, why):
    """Answers the new key, and the act that says so."""
    ran = harness.handrail("audit", "key", "--change", "--why", why, *office.where())
    suite.exits(f"the key is changed: {why}", ran, 0, "on this key signs the history")
    key = harness.handrail("audit", "key", "--data", office.folder / "data").out.strip()
    return key, int(re.search(r"From act (\d+) on", ran.out).group(1))


def receipt_of(office, said):
    answer = Keeper(office).ask(dict(said))
    assert answer.status == 200, answer
    return answer.body.decode()


def show(office, text):
    return Page(Browser(office).post("/verify", {"text": text}), "/verify")


def is_right(office, text, key):
    file = office.folder / "shown"
    file.write_text(text, encoding="utf-8")
    return harness.handrail("audit", "check", file, "--key", key).status == 0


def check_verify_page(suite, office, keys, leaked):
    page = Browser(office).get("/verify")
    for key in keys:
        suite.check("the page has each key", page.text.count(key) == 1, page.text)
    suite.check("the newest for the command", f"audit check FILE --key {keys[-1]}" in page.text)
    suite.check("which has leaked is said", page.text.count("It has leaked") == len(leaked)
                and f'data-hr-leaked="{" ".join(leaked)}"' in page.html, page.html)
    suite.check("the others are for the script", 'data-hr-keys="'
                + " ".join(key for key in keys if key not in leaked) + '"' in page.html, page.html)


def check_history(suite, anna, act, why):
    listed = anna.get("/do/ledger.list")
    suite.check("the history lists it", "The key was changed" in listed.text
                and "Keys that signed" in listed.text and why in listed.text, listed.text)
    page = anna.get(f"/do/ledger.see?act={act}")
    suite.check("its act is proven", "the proof is right" in page.text
                and "It is what was recorded" in page.text, page.text)


def test_under_a_running_server(suite):
    with Office() as office:
        anna = office.set_up()
        school = school_of(anna.get("/do/school.list"))
        wait_until_signed(office)
        suite.check("no other keys are spoken of", "Earlier keys" not in
                    Browser(office).get("/verify").text
                    and "Keys that signed" not in anna.get("/do/ledger.list").text)
        said, _ = Keeper(office).finish(SAID)
        wait_for(lambda: Keeper(office).ask(dict(said)).status == 200)
        first = harness.handrail("audit", "key", "--data", office.folder / "data").out.strip()
        receipts = [receipt_of(office, said)]
        act = act_of(anna.do("person.add", f"school={school}", name="Ben Bergström",
                             kind="teacher"))
        proofs = [wait_for_proof(anna, act).body.decode()]
        second, at = key_change(suite, office, "routine")
        check_history(suite, anna, at, "Changed in the ordinary course")
        receipts.append(receipt_of(office, said))
        suite.check("a receipt has the new key at once", is_right(office, receipts[1], second)
                    and not is_right(office, receipts[1], first))
        act = act_of(anna.do("person.add", f"school={school}", name="Cai Carver", kind="teacher"))
        proofs.append(wait_for_proof(anna, act).body.decode())
        suite.check("and so has a proof", is_right(office, proofs[1], second)
                    and not is_right(office, proofs[1], first))
        check_verify_page(suite, office, [first, second], [])
        for text in (*receipts, *proofs):
            page = show(office, text)
            suite.check("of either key it is genuine", "Not genuine" not in page.text
                        and "Genuine" in page.text, page.text)
        third, at = key_change(suite, office, "leaked")
        check_history(suite, anna, at, "The one before had leaked")
        check_verify_page(suite, office, [first, second, third], [second])
        for text, words in ((receipts[0], "Genuine"), (proofs[0], "Genuine"),
                            (receipts[1], "In doubt"), (proofs[1], "In doubt"),
                            (save(anna, act).body.decode(), "Genuine")):
            page = show(office, text)
            title = re.search(r'id="verify-title">([^<]*)<', page.html).group(1)
            suite.check(f"after the leak: {words}", title == words, page.text)
        page = show(office, receipts[1].replace("Verdict: ", "Verdict: Not ", 1))
        suite.check("what was changed is not even in doubt", "Not genuine" in page.text, page.text)
        ran = harness.handrail("audit", "verify", *office.where())
        suite.exits("the history is whole", ran, 0, "which agreed", "which had leaked")


class Node(Server):
    """Another server on the same records, with a folder of its own."""

    public = ""

    def __init__(self, office):
        self.folder = office.folder / "node"
        shutil.copytree(office.folder / "data" / "keys", self.folder / "data" / "keys")
        store = office.where()[3] if Office.store_new else office.folder / "data" / "handrail.db"
        super().__init__([PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data",
                          self.folder / "data", "--store", store, PACK])
        self.log_line = LOG_OF_KEYS


def is_ready(server):
    return server.get("/ready").status == 200


def test_two_nodes(suite):
    with Office() as office:
        office.set_up()
        wait_until_signed(office)
        said, _ = Keeper(office).finish(SAID)
        with Node(office) as node:
            suite.check("both are ready", wait_for(lambda: is_ready(node)) and is_ready(office))
            receipt = receipt_of(node, said)
            key_change(suite, office, "leaked")
            page = show(node, receipt)
            suite.check("the other cannot tell at once", "It cannot be told" in page.text
                        and "Not genuine" not in page.text, page.text)
            suite.check("and says soon what to do", wait_for(lambda: not is_ready(node)))
            answer = node.get("/ready")
            suite.check("in words", b"copy the key file of the node" in answer.body, answer)
            suite.check("nothing is signed there", Keeper(node).ask(dict(said)).status == 503)
            suite.check("the log says it", any("the history is not signed: the key here is not"
                                               in line for line in node.said), node.said)
            suite.check("the first is ready", is_ready(office))
            shutil.copy(office.folder / "data" / "keys" / "ledger.key",
                        node.folder / "data" / "keys" / "ledger.key")
            suite.check("the file heals it", wait_for(lambda: is_ready(node)))
            page = show(office, receipt_of(node, said))
            suite.check("what it signs is genuine", "This website signed this receipt"
                        in page.text, page.text)

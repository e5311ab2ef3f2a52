"""The ledger for outside witnesses: nothing unless the trust wants it, then what is signed alone.

Read first: src/web/page_tiles.c. tests/run_ledger_go_slow.py lets another implementation read all
of it; here are paths, methods and headers.
"""

import hashlib
import re
import time

from office_client import PUBLIC_HOST, Office

SECONDS_MAX = 30  # the history is signed every ten seconds
FOREVER = "public, max-age=31536000, immutable"

# None of them is the one form of a path of a tile that there is.
NO_TILES = (
    "/tile/0/000", "/tile/0/001.p/1", "/tile/1/000.p/1", "/tile/1/000", "/tile/0/000.p/0",
    "/tile/0/000.p/256", "/tile/0/000.p/257", "/tile/0/000.p/01", "/tile/0/000.p/-1",
    "/tile/0/000.p/", "/tile/0/000.p", "/tile/0/000.p/1/", "/tile/0/000.p/1/1", "/tile/00/000.p/1",
    "/tile/8/000.p/1", "/tile/64/000.p/1", "/tile/-1/000.p/1", "/tile/0/0.p/1", "/tile/0/00.p/1",
    "/tile/0/0000.p/1", "/tile/0/x000/000.p/1", "/tile/0/%30%30%30.p/1", "/tile/%30/000.p/1",
    "/%74ile/0/000.p/1", "/tile/0/000%2ep/1", "/tile/entries/000", "/tile/entries/001.p/1",
    "/tile/entries/000.p/0", "/tile/entries/000.p/256", "/tile/data/000.p/1", "/tile/0",
    "/tile/entries", "/tile/0/x999/x999/x999/999", "/tile/0/x999/x999/999.p/255",
    "/tile/0/999999999999999999999", "/tile/7/x999/x999/x999/999", "/tile", "/tile/",
    "/epoch-1/checkpoint", "/epoch-1/tile/0/000.p/1", "/epoch-2/checkpoint",
    "/epoch-2/tile/0/000.p/1", "/epoch-/checkpoint", "/other/checkpoint", "/policy/tile/0/000",
    "/checkpoint/", "/Checkpoint", "/tile/0/000.P/1",
)


def wait_for_checkpoint(office, entries):
    """The newest checkpoint, when it covers at least so many entries."""
    end = time.monotonic() + SECONDS_MAX
    while time.monotonic() < end:
        answer = office.get("/checkpoint")
        if answer.status == 200 and int(answer.body.split(b"\n")[1]) >= entries:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"no checkpoint of {entries} entries: {answer}")


def check_hidden(suite, office):
    time.sleep(0.5)
    for path in ("/checkpoint", "/tile/0/000.p/1", "/tile/entries/000.p/1", "/epoch-1/checkpoint"):
        answer = office.get(path)
        suite.check(f"not public: {path}", answer.status == 404
                    and answer.get("cache-control") == "no-store", answer)


def check_decision(suite, anna, program):
    page = anna.get("/do/ledger.publish")
    suite.check("it begins with nobody", page.form("/do/ledger.publish")[1]["to"] == "nobody")
    suite.check("a program may not decide it",
                program.call("ledger.publish", to="everybody").status == 403)
    shown = anna.do("ledger.publish", to="everybody")
    suite.check("decided, and in the history", "Done" in shown.text
                and "Outside witnesses of the history" in shown.text, shown.text)
    suite.check("the history says so", "May fetch it, from /checkpoint on" in shown.text)


def check_checkpoint(suite, office, newest):
    lines = newest.body.decode().split("\n")
    suite.check("the origin is the site", lines[0] == PUBLIC_HOST, lines)
    suite.check("its type", newest.get("content-type") == "text/plain; charset=utf-8", newest)
    suite.check("it is not kept", newest.get("cache-control") == "no-cache", newest)
    tag = newest.get("etag")
    again = office.get("/checkpoint", f"If-None-Match: {tag}")
    suite.check("and not sent twice", again.status == 304 and again.body == b"", again)
    return int(lines[1])


def check_tile(suite, office, size):
    hashes = office.get(f"/tile/0/000.p/{size}")
    bundle = office.get(f"/tile/entries/000.p/{size}")
    for name, answer, width in (("hashes", hashes, 32), ("entries", bundle, 45)):
        suite.check(f"{name}: all of them", answer.status == 200 and len(answer.body)
                    == size * width, answer)
        suite.check(f"{name}: their type", answer.get("content-type")
                    == "application/octet-stream", answer)
        suite.check(f"{name}: kept for good", answer.get("cache-control") == FOREVER, answer)
    leaves = [hashlib.sha256(b"\0" + bundle.body[at + 2:at + 45]).digest()
              for at in range(0, len(bundle.body), 45)]
    suite.check("the entries make the hashes", b"".join(leaves) == hashes.body)
    less = office.get("/tile/0/000.p/1")
    suite.check("a narrower one is its beginning", less.body == hashes.body[:32])
    more = office.get(f"/tile/0/000.p/{size + 1}")
    suite.check("what is not signed is not there", more.status == 404
                and more.get("cache-control") == "no-store", more)
    texts = bundle.body + hashes.body
    suite.check("nobody's name is in it", b"Anna" not in texts and b"ashdown" not in texts)


def check_methods(suite, office, size):
    for path in ("/checkpoint", f"/tile/0/000.p/{size}", f"/tile/entries/000.p/{size}"):
        whole, head = office.get(path), office.get(path, method="HEAD")
        suite.check(f"HEAD {path}", head.status == 200 and head.body == b""
                    and head.headers == whole.headers, (head, whole.headers))
        for method in ("PUT", "DELETE", "OPTIONS"):
            answer = office.get(path, method=method)
            suite.check(f"{method} {path}", answer.status == 405
                        and answer.get("allow") == "GET, HEAD", answer)
        answer = office.post(path, b"a=b")
        suite.check(f"POST {path}", answer.status == 405, answer)


def check_paths(suite, office):
    for path in NO_TILES:
        answer = office.get(path)
        suite.check(f"no such page: {path}", answer.status == 404, answer)
    for path in ("/tile/0/..%2f000", "/tile/../checkpoint", "/tile/0/%00"):
        suite.check(f"a trick: {path}", office.get(path).status == 400)


def test_witnesses_see_what_the_trust_lets_them(suite):
    with Office() as office:
        anna = office.set_up()
        program = office.program(anna.token())
        check_hidden(suite, office)
        check_decision(suite, anna, program)
        acts = max(int(act) for act in re.findall(r"act=(\d+)", anna.get("/do/ledger.list").html))
        size = check_checkpoint(suite, office, wait_for_checkpoint(office, acts + 1))
        check_tile(suite, office, size)
        check_methods(suite, office, size)
        check_paths(suite, office)
        anna.do("ledger.publish", to="nobody")
        check_hidden(suite, office)

"""What whoever watches the server asks: /health, /ready, /metrics, and the log as JSON."""

import json
import re
import time

import harness
from http_server import LOG_LINE, PROGRAM, Server
from office_client import PUBLIC_HOST, Browser, Office

SMALL = harness.SMALL
SAMPLE = re.compile(r'^[a-z_]+(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? [0-9.]+$')


def serve(*words):
    return Server([PROGRAM, "serve", SMALL, "--listen", "127.0.0.1:0", *words],
                  env=harness.surroundings())


def metrics(server, host=None, *headers):
    lines = ["GET /metrics HTTP/1.1", f"Host: {host or f'127.0.0.1:{server.port}'}",
             "Connection: close", *headers]
    answer, _ = server.ask("\r\n".join(lines).encode() + b"\r\n\r\n")
    return answer


def values(answer):
    lines = answer.body.decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def wait_for(test):
    ends = time.monotonic() + 20
    while not test() and time.monotonic() < ends:
        time.sleep(0.1)
    return test()


def test_it_lives_and_is_ready(suite):
    with serve() as server:
        suite.check("health", server.get("/health").body == b"ok\n")
        ready = server.get("/ready")
        suite.check("ready, with its version", ready.status == 200
                    and re.match(rb"^ready\nHandrail \d+\.\d+\.\d+\n$", ready.body), ready)
        suite.check("never kept", ready.get("cache-control") == "no-store")


def test_metrics(suite):
    with serve() as server:
        for path in ("/health", "/health", "/nowhere", "/may-i", "/"):
            server.get(path)
        answer = metrics(server)
        suite.check("Prometheus reads it", answer.get("content-type")
                    == "text/plain; version=0.0.4; charset=utf-8", answer)
        lines = answer.body.decode().splitlines()
        wrong = [line for line in lines if not line.startswith("# ") and not SAMPLE.match(line)]
        suite.check("every line is a sample", not wrong and len(lines) > 20, wrong)
        found = values(answer)
        suite.check("pages are counted", found.get(
            'handrail_requests_total{page="health",class="2xx"}') == "2", found)
        suite.check("and what is none", found.get(
            'handrail_requests_total{page="none",class="4xx"}') == "1", found)
        counts = [int(value) for name, value in found.items() if "seconds_bucket" in name]
        suite.check("buckets grow", counts == sorted(counts) and str(counts[-1])
                    == found["handrail_request_seconds_count"] and counts[-1] >= 5, counts)
        suite.check("memory", int(found["process_resident_memory_bytes"]) > 1000000)


def test_metrics_are_for_this_machine(suite):
    with serve() as server:
        for host in ("localhost", f"localhost:{server.port}", "127.0.0.1", "[::1]:8420"):
            suite.check(f"asked as {host}", metrics(server, host).status == 200)
        for host in (PUBLIC_HOST, "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1"):
            suite.check(f"not as {host}", metrics(server, host).status == 404)
        for forwarded in ("203.0.113.9", "127.0.0.1", "203.0.113.9, 127.0.0.1", "x"):
            answer = metrics(server, None, f"X-Forwarded-For: {forwarded}")
            suite.check(f"not through a proxy for {forwarded}", answer.status == 404)
    with serve("--metrics-from", "203.0.113.0/24") as server:
        suite.check("this machine still", metrics(server).status == 200)
        for address, status in (("203.0.113.9", 200), ("198.51.100.1, 203.0.113.9", 200),
                                ("203.0.113.9, 198.51.100.1", 404), ("198.51.100.1", 404)):
            answer = metrics(server, PUBLIC_HOST, f"X-Forwarded-For: {address}")
            suite.check(f"a range, from {address}", answer.status == status, answer)
    for wrong in ("10.0.0.0/0", "nobody", "10.0.0.0/33"):
        ran = harness.handrail("serve", SMALL, "--metrics-from", wrong)
        suite.exits(f"--metrics-from {wrong}", ran, 2, "10.20.0.0/16")


def test_the_office_is_measured(suite):
    with Office() as office:
        office.set_up()
        nobody = Browser(office)
        nobody.sign_in("nobody@ashdownvale.example", "not the password")
        found = values(metrics(office))
        suite.check("who signed in", found['handrail_sign_ins_total{outcome="done"}'] == "1")
        suite.check("who could not", found['handrail_sign_ins_total{outcome="failed"}'] == "1")
        for name in ("handrail_store_writable", "handrail_ledger_signing"):
            suite.check(name, found[name] == "1")
        suite.check("nobody waits", found["handrail_store_writes_waiting"] == "0")
        suite.check("no person, no address", not re.search(
            rb"nobody|anna|ashdown", metrics(office).body))
        suite.check("the ledger grows and is signed", wait_for(lambda: int(values(
            metrics(office)).get("handrail_ledger_entries", 0)) >= 1))


def test_a_history_that_cannot_be_signed(suite):
    with Office() as office:
        key = office.folder / "data" / "keys" / "ledger.key"
        office.log_line = re.compile(LOG_LINE.pattern + r"|^\S+Z (error|info): the history is ")
        key.write_text("not a key\n", encoding="ascii")
        office.set_up()
        suite.check("it is told", wait_for(lambda: office.get("/ready").status == 503))
        answer = office.get("/ready")
        suite.check("in plain words, without names of files", answer.body.startswith(
            b"not ready\nThe history cannot be signed: ") and b"/" not in answer.body, answer)
        suite.check("it lives", office.get("/health").status == 200)
        suite.check("and is counted", values(metrics(office))["handrail_ledger_signing"] == "0")
        key.unlink()
        suite.check("it heals", wait_for(lambda: office.get("/ready").status == 200))


def test_tls_alone_once_it_is_public(suite):
    with Office(public=PUBLIC_HOST) as office:
        for path in ("/", "/health", "/nowhere", "/sign-in"):
            suite.check(f"{path} by https alone", office.get(path).get(
                "strict-transport-security") is not None)
    with Office() as office:
        suite.check("not on this machine",
                    office.get("/").get("strict-transport-security") is None)


def test_the_log_as_json(suite):
    with serve("--log", "json") as server:
        server.log_line = re.compile(r"^\{.*\}$")
        server.get("/health")
        server.get("/may-i?name=Anna%20Installer")
        suite.check("two lines", wait_for(lambda: len(server.said) >= 2))
        lines = [json.loads(line) for line in list(server.said)]
        suite.check("with what is logged", all(set(line) == {
            "time", "level", "method", "page", "status", "bytes", "microseconds", "aborted"}
            for line in lines), lines)
        suite.check("pages by name", [line["page"] for line in lines] == ["health", "may-i"])
        suite.check("nothing personal", "Anna" not in "".join(server.said))
    suite.exits("no such form", harness.handrail("serve", SMALL, "--log", "xml"), 2, "--log json")

"""Hostile requests over sockets: refused, never handled, the connection closed, the server alive.

tests/web/gate_test.c tests the same rules without a server, and their exact bounds.
"""

from http_server import Reader, Server

HOST = b"Host: a\r\n"
GET = b"GET /echo HTTP/1.1\r\n" + HOST
POST = b"POST /echo HTTP/1.1\r\n" + HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
END = b"\r\n"

# What it is, the bytes, the status.
HOSTILE = (
    ("two lengths", POST + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\na=1b=", 400),
    ("two equal lengths", POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\na=1", 400),
    ("a list of lengths", POST + b"Content-Length: 3, 3\r\n\r\na=1", 400),
    ("a signed length", POST + b"Content-Length: +3\r\n\r\na=1", 400),
    ("length with chunks", POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
     b"3\r\na=1\r\n0\r\n\r\n", 400),
    ("chunks", POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n", 411),
    ("unknown coding", POST + b"Transfer-Encoding: xchunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n", 501),
    ("several codings", POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    ("coding of a GET", GET + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
    ("no length", POST + END, 411),
    ("body of a GET", GET + b"Content-Length: 3\r\n\r\na=1", 400),
    ("two hosts", GET + HOST + END, 400),
    ("no host", b"GET /echo HTTP/1.1\r\n\r\n", 400),
    ("empty host", b"GET /echo HTTP/1.1\r\nHost: \r\n\r\n", 400),
    ("bad host", b"GET /echo HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    ("host with user", b"GET /echo HTTP/1.1\r\nHost: a@b\r\n\r\n", 400),
    ("space before colon", GET + b"X : y\r\n\r\n", 400),
    ("tab before colon", GET + b"X\t: y\r\n\r\n", 400),
    ("space before name", b"GET /echo HTTP/1.1\r\n Host: a\r\n\r\n", 400),
    ("no colon", GET + b"Xy\r\n\r\n", 400),
    ("folded line", GET + b"X: a\r\n b\r\n\r\n", 400),
    ("control byte in value", GET + b"X: a\x01b\r\n\r\n", 400),
    ("NUL in value", GET + b"X: a\x00b\r\n\r\n", 400),
    ("NUL in name", GET + b"X\x00Y: a\r\n\r\n", 400),
    ("NUL in target", b"GET /echo\x00 HTTP/1.1\r\n" + HOST + END, 400),
    ("bare LF everywhere", b"GET /echo HTTP/1.1\nHost: a\n\n", 400),
    ("bare LF in a field", GET + b"X: y\n\r\n", 400),
    ("bare LF at the end", GET + b"\n", 400),
    ("bare CR in a field", GET + b"X: a\rY: b\r\n\r\n", 400),
    ("empty line first", b"\r\n" + GET + END, 400),
    ("two spaces", b"GET  /echo HTTP/1.1\r\n" + HOST + END, 400),
    ("no version", b"GET /echo\r\n", 400),
    ("version 0.9", b"GET /echo HTTP/0.9\r\n" + HOST + END, 505),
    ("version 1.2", b"GET /echo HTTP/1.2\r\n" + HOST + END, 505),
    ("version 2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    ("asterisk", b"OPTIONS * HTTP/1.1\r\n" + HOST + END, 405),
    ("authority", b"CONNECT a:443 HTTP/1.1\r\n" + HOST + END, 405),
    ("our own sign of refusal", b"GET !200 HTTP/1.1\r\n" + HOST + END, 400),
    ("another scheme", b"GET ftp://a/b HTTP/1.1\r\n" + HOST + END, 400),
    ("backslash", b"GET /echo\\..\\x HTTP/1.1\r\n" + HOST + END, 400),
    ("raw UTF-8", b"GET /caf\xc3\xa9 HTTP/1.1\r\n" + HOST + END, 400),
    ("raw script", b"GET /<script> HTTP/1.1\r\n" + HOST + END, 400),
    ("long request line", b"GET /" + b"x" * 4096 + b" HTTP/1.1\r\n" + HOST + END, 414),
    ("endless request line", b"GET /" + b"x" * 100000, 414),
    ("a megabyte in one header", GET + b"X: " + b"y" * 1048576 + b"\r\n\r\n", 431),
    ("a megabyte of headers", GET + b"X: yyyyyyyyyyyyyyyyyyyyyyyy\r\n" * 36000 + END, 431),
    ("65 headers", GET + b"X: y\r\n" * 64 + END, 431),
    ("many cookies", GET + b"Cookie: " + b"a;" * 2000 + b"\r\n\r\n", 431),
    ("65 fields in the query", b"GET /echo?" + b"a&" * 64 + b"a HTTP/1.1\r\n" + HOST + END, 400),
    ("too large a body", POST + b"Content-Length: 8388609\r\n\r\n" + b"a" * 262145, 413),
    ("a huge length", POST + b"Content-Length: 99999999999999999999\r\n\r\n", 413),
    ("another expectation", POST + b"Content-Length: 3\r\nExpect: magic\r\n\r\na=1", 417),
    ("two types", POST + b"Content-Type: text/plain\r\nContent-Length: 3\r\n\r\na=1", 400),
)

PATHS = (
    ("/..", 400), ("/policy/../echo", 400), ("/policy/%2e%2e/clause/a", 400),
    ("/policy/.%2E/clause/a", 400), ("/policy/%00/clause/a", 400),
    ("/policy/a%2fb/clause/a", 400), ("/policy/a%5cb/clause/a", 400),
    ("/policy/%c0%ae%c0%ae/clause/a", 400), ("/policy/%c0%af/clause/a", 400),
    ("/policy/%ff/clause/a", 400), ("/policy/%0d%0aX:y/clause/a", 400),
    ("/policy/%zz/clause/a", 400), ("/policy/%/clause/a", 400),
    ("//", 404), ("//echo", 404), ("/echo/", 404), ("/policy//clause/a", 404),
    ("/assets/../../etc/passwd", 400), ("/assets/..%2f..%2fetc%2fpasswd", 400),
    ("/assets/etc", 404), ("/echo?a=%zz", 400), ("/echo?a=%00", 400), ("/echo?a=%ff", 400),
)


def test_a_route_takes_no_more_than_it_says(suite):
    with Server() as server:
        answer, ended = server.ask(POST + b"Content-Length: 262145\r\n\r\n" + b"a" * 262145)
        suite.check("a larger body is 413", answer.status == 413 and ended
                    and answer.get("connection") == "close", answer)
        suite.check("alive after it", server.is_alive())


def test_hostile_requests_are_refused(suite):
    with Server() as server:
        for name, request, status in HOSTILE:
            answer, ended = server.ask(request)
            suite.check(f"{name}: {status}", answer.status == status, answer)
            suite.check(f"{name}: closed", ended and answer.get("connection") == "close", answer)
            suite.check(f"{name}: safe headers", answer.get("content-security-policy"), answer)
        suite.check("alive after hostile requests", server.is_alive())
        lines = server.wait_log(len(HOSTILE) + 1)
        handled = [line for line in lines[:-1] if " refused " not in line]
        suite.check("no handler ran", len(lines) == len(HOSTILE) + 1 and not handled, handled)


def test_hostile_requests_in_pieces(suite):
    """The same, cut at three places, in packets of their own."""
    with Server() as server:
        for name, request, status in HOSTILE[:50]:
            if len(request) > 5000:
                continue
            third = max(len(request) // 3, 1)
            parts = [part for part in (request[:third], request[third:2 * third],
                                       request[2 * third:]) if part]
            answer, ended = server.ask(*parts, pause=0.002)
            suite.check(f"{name} in pieces", answer.status == status and ended, answer)
        suite.check("alive after pieces", server.is_alive())


def test_a_refusal_waits_its_turn(suite):
    """A good request is answered before the bad one that follows it in the same packet."""
    with Server() as server:
        for name, request, status in HOSTILE[:40]:
            with server.connect() as opened:
                opened.sendall(GET + END + GET.replace(b"/echo", b"/page") + END + request)
                reader = Reader(opened)
                statuses = [reader.answer().status for _ in range(3)]
                suite.check(f"{name} after good ones", statuses == [200, 200, status], statuses)
                suite.check(f"{name} after good ones: closed", reader.ended())
        suite.check("alive", server.is_alive())


def test_what_follows_a_refusal_is_dropped(suite):
    """The request that was smuggled behind a refused one is not answered."""
    smuggled = GET.replace(b"/echo", b"/health") + END
    with Server() as server:
        before = len(server.said)
        for name, request, status in HOSTILE[:10]:
            with server.connect() as opened:
                opened.sendall(request + smuggled)
                reader = Reader(opened)
                first = reader.answer()
                suite.check(f"{name}: one answer", first.status == status and reader.ended(), first)
        lines = server.wait_log(before + 10)
        suite.check("nothing smuggled", len(lines) == before + 10
                    and not any(" health " in line for line in lines), lines)


def test_path_tricks(suite):
    with Server() as server:
        for path, status in PATHS:
            answer = server.get(path)
            suite.check(f"{path}: {status}", answer.status == status, answer)
        suite.check("alive after path tricks", server.is_alive())

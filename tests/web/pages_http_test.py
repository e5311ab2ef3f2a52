"""Ordinary requests over sockets, and with curl as a client of another make."""

import subprocess

from http_server import Reader, Server, SECONDS_MAX

SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
POLICY = ("default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'",
          "img-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
          "frame-ancestors 'none'", "manifest-src 'self'", "worker-src 'self'")
FORM = "application/x-www-form-urlencoded"


def curl(*words, given=b""):
    done = subprocess.run(["curl", "--silent", "--show-error", "--max-time", str(SECONDS_MAX),
                           "--noproxy", "*", *words], input=given, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")


def test_safe_headers_on_every_answer(suite):
    with Server() as server:
        for path in ("/", "/health", "/nowhere", "/..", "/redirect", "/assets/app-0001.css",
                     "/silent", "/document"):
            answer = server.get(path)
            for name, value in SAFE.items():
                suite.check(f"{path}: {name}", answer.get(name) == value, answer)
            said = (answer.get("content-security-policy") or "").split("; ")
            suite.check(f"{path}: content policy", sorted(said) == sorted(POLICY), said)
            suite.check(f"{path}: permissions", "camera=()" in answer.get("permissions-policy"))
            suite.check(f"{path}: no cookie", answer.get("set-cookie") is None)
            suite.check(f"{path}: date", answer.get("date").endswith(" GMT"), answer)
            suite.check(f"{path}: length", answer.get("content-length") is not None, answer)
            suite.check(f"{path}: no name", answer.get("server") is None, answer)


def test_head_is_get_without_body(suite):
    with Server() as server:
        for path in ("/page", "/document", "/assets/app-0001.css", "/nowhere", "/redirect"):
            get, head = server.get(path), server.get(path, method="HEAD")
            kept = [header for header in get.headers if header[0] != "date"]
            suite.check(f"HEAD {path}: same headers", head.status == get.status
                        and [header for header in head.headers if header[0] != "date"] == kept,
                        f"{get}\n{head}")
            suite.check(f"HEAD {path}: no body", head.body == b"" and len(get.body)
                        == int(head.get("content-length")))
        refused = server.ask(b"HEAD / HTTP/1.1\r\n\r\n", is_head=True)
        suite.check("HEAD refused: no body", refused[0].status == 400 and refused[1])


def test_connections_are_kept(suite):
    with Server() as server:
        with server.connect() as opened:
            reader = Reader(opened)
            for i in range(50):
                path = ("/echo", "/page", "/health", "/assets/app-0001.css", "/nowhere")[i % 5]
                opened.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                answer = reader.answer()
                suite.check(f"kept {i} {path}",
                            answer.status == (404 if path == "/nowhere" else 200)
                            and answer.get("connection") is None, answer)
        said = curl("--write-out", "%{num_connects}", "--output", "/dev/null", server.url,
                    "--next", "--noproxy", "*", "--write-out", "%{num_connects}", "--silent",
                    "--output", "/dev/null", server.url + "page")
        suite.check("curl keeps its connection", said == "10", said)


def test_many_requests_at_once(suite):
    """Pipelined: answered in order, whether a worker answers or the assets' quick way."""
    paths = ["/assets/app-0001.css", "/assets/plain-0002.txt", "/health", "/slow?ms=30", "/health",
             "/assets/nothing", "/assets/app-0001.css", "/page"] * 8
    with Server() as server:
        with server.connect() as opened:
            text = "".join(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n" for path in paths)
            opened.sendall(text.encode())
            reader = Reader(opened)
            for i, path in enumerate(paths):
                answer = reader.answer()
                length = {"/h": 3, "/s": 5, "/p": 20001}.get(path[:2], len(answer.body))
                suite.check(f"pipelined {i} {path}", len(answer.body) == length
                            and answer.status == (404 if path.endswith("nothing") else 200), answer)
        with server.connect() as opened:
            form = (f"POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: {FORM}\r\n"
                    "Content-Length: 3\r\n\r\na=1").encode()
            reader = Reader(opened)
            opened.sendall((form + b"GET /assets/app-0001.css HTTP/1.1\r\nHost: a\r\n\r\n") * 20)
            for i in range(20):
                posted, asset = reader.answer(), reader.answer()
                suite.check(f"pipelined form {i}", b"field a=1" in posted.body
                            and asset.body == b"identity", posted)


def test_old_clients(suite):
    with Server() as server:
        answer, ended = server.ask(b"GET /echo HTTP/1.0\r\n\r\n")
        suite.check("HTTP/1.0", answer.status == 200 and ended, answer)
        answer = server.ask(b"GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", stay=True)[0]
        suite.check("HTTP/1.0 kept", answer.get("connection").lower() == "keep-alive", answer)


def test_targets(suite):
    with Server() as server:
        answer = server.ask(b"GET http://school.example:81/echo?x=1 HTTP/1.1\r\nHost: other\r\n"
                            b"Connection: close\r\n\r\n")[0]
        suite.check("absolute form", b"path /echo\nhost school.example:81\nargument x=1\n"
                    in answer.body, answer)
        answer = server.ask(b"GET HTTP://a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")[0]
        suite.check("absolute form without path", len(answer.body) == 20001, answer)
        answer = server.get("/policy/caf%C3%A9/clause/3.5%20b?q=a+b&q=%26&e")
        suite.check("parameters and arguments",
                    b"parameter caf\xc3\xa9\nparameter 3.5 b\nargument q=a b\nargument q=&\n"
                    b"argument e=\n" in answer.body, answer)


def test_methods(suite):
    with Server() as server:
        for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "get", "GETS"):
            answer = server.get("/echo", method=method)
            suite.check(f"{method}: 405", answer.status == 405
                        and answer.get("allow") == "GET, HEAD, POST", answer)
        answer = server.get("/page", method="DELETE")
        suite.check("what is allowed here", answer.get("allow") == "GET, HEAD", answer)
        answer = server.get("/form")
        suite.check("only POST", answer.status == 405 and answer.get("allow") == "POST", answer)
        answer = server.post("/page", b"a=1")
        suite.check("no POST", answer.status == 405 and answer.get("allow") == "GET, HEAD", answer)
        answer = server.get("/nowhere", method="DELETE")
        suite.check("DELETE nowhere", answer.status == 404, answer)


def test_forms(suite):
    with Server() as server:
        answer = server.post("/form?x=y", b"b=1&a=2+3&b=%C3%A9&t=one%0D%0Atwo")
        suite.check("a form", b"argument x=y\nfield b=1\nfield a=2 3\nfield b=\xc3\xa9\n"
                    b"field t=one\ntwo\nbody 33\n" in answer.body, answer)
        answer = server.post("/form", b"")
        suite.check("an empty form", answer.body.endswith(b"body 0\n"), answer)
        answer = server.post("/form", b"a=1", kind=FORM.upper() + "; charset=UTF-8")
        suite.check("a type with a parameter", b"field a=1" in answer.body, answer)
        for kind in ("text/plain", "multipart/form-data; boundary=x", "application/json", "x"):
            answer = server.post("/form", b"a=1", kind=kind)
            suite.check(f"{kind}: 415", answer.status == 415, answer)
        for body in (b"a=%", b"a=%zz", b"a=%00", b"a=%ff", b"a=b c", b"a=\xc3\xa9", b"a=\x00"):
            answer = server.post("/form", body)
            suite.check(f"{body}: 400", answer.status == 400, answer)
        answer = server.post("/form", b"&".join(b"a=1" for _ in range(1024)))
        suite.check("1024 fields", answer.body.count(b"field a=1") == 1024, answer)
        answer = server.post("/form", b"&".join(b"a=1" for _ in range(1025)))
        suite.check("1025 fields", answer.status == 400, answer)
        value = b"x" * 65531 + b"&"
        body = (b"a=" + value + b"b=" + value + b"c=" + value + b"d=" + value)
        answer = server.post("/form", body.ljust(262144, b"&"))
        suite.check("the largest body", answer.body.endswith(b"body 262144\n"), answer)
        answer = server.post("/form", b"a=" + b"x" * 65537)
        suite.check("too long a value", answer.status == 400, answer)


def test_expect(suite):
    head = (f"POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: {FORM}\r\nExpect: 100-continue\r\n"
            "Content-Length: 3\r\n\r\n").encode()
    with Server() as server:
        with server.connect() as opened:
            opened.sendall(head)
            reader = Reader(opened)
            status, _ = reader.head()
            suite.check("100 before the body", status == 100, status)
            opened.sendall(b"a=1")
            answer = reader.answer()
            suite.check("then the answer", b"field a=1" in answer.body, answer)
        said = curl("--header", "Expect: 100-continue", "--data", "a=" + "b" * 3000,
                    server.url + "form")
        suite.check("curl expects", said.endswith("body 3002\n"), said[-200:])


def test_redirect_and_silence(suite):
    with Server() as server:
        answer = server.get("/redirect")
        suite.check("303", answer.status == 303 and answer.get("location") == "/health"
                    and answer.get("content-length") == "0", answer)
        said = curl("--location", server.url + "redirect")
        suite.check("curl follows", said == "ok\n", said)
        answer = server.get("/silent")
        suite.check("no answer is 500", answer.status == 500 and b"<h1" in answer.body, answer)


def test_documents_are_not_sent_again(suite):
    with Server() as server:
        first = server.get("/document")
        tag = first.get("etag")
        suite.check("a document has a tag", first.get("cache-control") == "no-cache"
                    and tag.startswith('"') and len(tag) == 18, first)
        for sent in (tag, "W/" + tag, f'"x", {tag}', "*"):
            again = server.get("/document", f"If-None-Match: {sent}")
            suite.check(f"not modified: {sent}", again.status == 304 and again.body == b""
                        and again.get("etag") == tag and again.get("content-type") is None
                        and again.get("cache-control") == "no-cache", again)
        again = server.get("/document", 'If-None-Match: "x"')
        suite.check("another tag", again.status == 200 and again.body == first.body)
        again = server.get("/document", f"If-None-Match: {tag}", method="HEAD")
        suite.check("not modified: HEAD", again.status == 304, again)
        with server.connect() as opened:  # 304 has no body: the next answer follows at once
            opened.sendall((f"GET /document HTTP/1.1\r\nHost: a\r\nIf-None-Match: {tag}\r\n\r\n"
                            "GET /health HTTP/1.1\r\nHost: a\r\n\r\n").encode())
            reader = Reader(opened)
            suite.check("304, then another", reader.answer().status == 304
                        and reader.answer().body == b"ok\n")
        suite.check("what depends on a person is not kept",
                    server.get("/page").get("cache-control") == "no-store")


def test_assets(suite):
    cases = (("", b"identity", None, '"0001"'), ("br, gzip", b"as br", "br", '"0001-br"'),
             ("gzip", b"as gzip", "gzip", '"0001-gzip"'),
             ("br;q=0.1, gzip;q=0.9", b"as gzip", "gzip", '"0001-gzip"'),
             ("br;q=0, gzip;q=0", b"identity", None, '"0001"'))
    with Server() as server:
        for accept, body, coding, tag in cases:
            headers = [f"Accept-Encoding: {accept}"] if accept else []
            answer = server.get("/assets/app-0001.css", *headers)
            suite.check(f"asset for {accept!r}", answer.body == body
                        and answer.get("content-encoding") == coding
                        and answer.get("etag") == tag and answer.get("vary") == "Accept-Encoding"
                        and answer.get("content-type") == "text/css; charset=utf-8"
                        and answer.get("cache-control") == "public, max-age=31536000, immutable",
                        answer)
            again = server.get("/assets/app-0001.css", f"If-None-Match: {tag}", *headers)
            suite.check(f"asset for {accept!r}, again", again.status == 304
                        and again.get("vary") == "Accept-Encoding" and again.get("etag") == tag,
                        again)
        again = server.get("/assets/app-0001.css", 'If-None-Match: "0001"', "Accept-Encoding: br")
        suite.check("another form is not the same", again.status == 200 and again.body == b"as br")
        plain = server.get("/assets/plain-0002.txt", "Accept-Encoding: br, gzip")
        suite.check("an asset of one form", plain.body == b"only so" and plain.get("vary") is None
                    and plain.get("content-encoding") is None, plain)
        suite.check("no such asset", server.get("/assets/app-0002.css").status == 404)
        said = curl("--compressed", "--header", "Accept-Encoding: identity",
                    server.url + "assets/app-0001.css")
        suite.check("curl", said == "identity", said)


def test_log_tells_nothing_personal(suite):
    with Server() as server:
        server.get("/echo?name=Ann+Smith")
        server.get("/policy/secret/clause/thing", "Cookie: who=ann", "User-Agent: phone")
        server.post("/form", b"name=Ann", "Referer: http://a/ann")
        server.get("/ann-smith-was-here")
        server.get("/page", method="HEAD")
        lines = server.wait_log(5)
        text = "\n".join(lines).lower()
        suite.check("five lines", len(lines) == 5, text)
        suite.check("nothing personal", not any(
            word in text for word in ("ann", "secret", "thing", "phone", "127.0.0.1")), text)
        fields = [line.split(" ")[1:5] for line in lines]
        expected = [["GET", "echo", "200"], ["GET", "clause", "200"], ["POST", "form", "200"],
                    ["GET", "none", "404"], ["HEAD", "page", "200"]]
        suite.check("what the lines say", [field[:3] for field in fields] == expected
                    and fields[4][3] == "0", lines)


def test_slow_handlers_hold_nobody_up(suite):
    """Two workers sleep; assets are answered meanwhile, and pages when a worker is free."""
    with Server() as server:
        sleepers = [server.connect() for _ in range(2)]
        for opened in sleepers:
            opened.sendall(b"GET /slow?ms=1500 HTTP/1.1\r\nHost: a\r\n\r\n")
        answer = server.ask(b"GET /assets/app-0001.css HTTP/1.1\r\nHost: a\r\n\r\n", stay=True)[0]
        suite.check("an asset meanwhile", answer.body == b"identity", answer)
        sleepers[0].setblocking(False)
        try:
            early = sleepers[0].recv(1)
        except BlockingIOError:
            early = None
        suite.check("the sleepers still sleep", early is None, early)
        suite.check("a page in its turn", server.get("/health").body == b"ok\n")
        for opened in sleepers:
            opened.setblocking(True)
            suite.check("the sleepers are answered", Reader(opened).answer().body == b"slow\n")
            opened.close()

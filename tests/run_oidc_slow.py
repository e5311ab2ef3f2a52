#!/usr/bin/env python3
"""Signs in at a real OpenID Connect provider on loopback, in every way that can go well or wrong.

The provider is npm's oidc-provider, as tests/identity/provider/package-lock.json names it; npm ci
installs it when it is missing or another one, which needs the network. tests/identity/oidc_drive.c
is the client; it is told the time, so a test can let a day pass. This file is the browser, and the
address that the provider tells of a sign-out.

The programs are in $HANDRAIL_BUILD, or build-test. The last line is "N passed, N failed".
"""

import html
import http.client
import http.server
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

TESTS = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", TESTS.parent / "build-test")).resolve()
PROVIDER = TESTS / "identity" / "provider"
sys.path.insert(0, str(TESTS / "cli"))
sys.dont_write_bytecode = True

import harness  # noqa: E402

SECRET = "a secret: of 30 & some signs %+"
REDIRECT = "http://127.0.0.1:9/sign-in/back"  # nobody listens there: the browser stops before it
HOUR = 3600 * 1000
SECONDS_MAX = 60
REDIRECTS_MAX = 12


def install():
    """True when the provider's packages are there and are those of the lock file."""
    lock, stamp = PROVIDER / "package-lock.json", PROVIDER / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return True
    done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                          cwd=PROVIDER, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode != 0:
        print(f"npm could not install the provider. Is there a network?\n{done.stdout[-2000:]}")
        return False
    shutil.copyfile(lock, stamp)
    return True


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Provider:
    """The provider as a process; start() again makes new keys at the same address."""

    def __init__(self, logout_address, redirect=REDIRECT):
        self.redirect = redirect
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.logout_address = logout_address
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["node", "provider.mjs", str(self.port), self.redirect, self.logout_address],
            cwd=PROVIDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if line.strip() == "ready":
                return
        raise RuntimeError("the provider did not start")

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def fault(self, name):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_MAX)
        connection.request("POST", f"/fault/{name}")
        status = connection.getresponse().status
        connection.close()
        assert status == 204, f"the provider knows no fault {name}"


class Browser:
    """Follows redirects, keeps cookies and fills in the provider's forms."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, method, target, form=None):
        """(status, address that it sends to, body)"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_MAX)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, target, body, headers)
        answer = connection.getresponse()
        said = answer.read().decode("utf-8", "replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies.pop(name, None)
            if value:
                self.cookies[name] = value
        connection.close()
        return answer.status, answer.headers.get("Location"), said

    def visit(self, address, fields):
        """From this address to the first one that is not the provider's, through its forms."""
        method, form = "GET", None
        for _ in range(REDIRECTS_MAX):
            parts = urllib.parse.urlsplit(address)
            target = parts.path + ("?" + parts.query if parts.query else "")
            status, location, said = self.ask(method, target, form)
            method, form = "GET", None
            if location:
                address = urllib.parse.urljoin(address, location)
                if not address.startswith(f"http://127.0.0.1:{self.port}/"):
                    return address
                continue
            action = re.search(r'<form[^>]* action="([^"]+)"', said)
            if not action:
                return f"status {status}: {said[:500]}"
            hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', said)
            method, form = "POST", {**{name: html.unescape(value) for name, value in hidden},
                                    **fields}
            address = urllib.parse.urljoin(address, html.unescape(action.group(1)))
        return "too many redirects"

    def sign_in(self, address, login="okafor"):
        """What stands in the query that the provider sends back."""
        landed = self.visit(address, {"login": login, "password": "any"})
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(landed).query)
        if not landed.startswith(REDIRECT) or "code" not in query:
            raise RuntimeError(f"the provider sent no code: {landed}")
        return {name: values[0] for name, values in query.items()}


class Client:
    """oidc_drive, which is told what to do by lines."""

    def __init__(self, issuer, algorithm="RS256", secret=SECRET):
        program = BUILD / "tests" / "identity" / "oidc_drive"
        self.process = subprocess.Popen(
            [program, issuer, f"handrail-{algorithm}", secret, REDIRECT, algorithm],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tell(self, *words):
        self.process.stdin.write("\t".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n").split("\t")

    def begin(self, now):
        answer = self.tell("begin", now)
        if answer[0] != "ok":
            raise RuntimeError(f"not begun: {answer}")
        return answer[1]

    def finish(self, now, answer, nonce="-"):
        return self.tell("finish", now, answer.get("state", ""), answer.get("code", ""),
                         answer.get("iss", ""), nonce)

    def close(self):
        """Its exit status: a sanitizer's complaint is not 0."""
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(timeout=SECONDS_MAX)


class LogoutListener:
    """The address of ours that the provider tells of a sign-out; keeps the tokens."""

    def __init__(self):
        self.tokens = []
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                size = int(self.headers.get("Content-Length", "0"))
                form = urllib.parse.parse_qs(self.rfile.read(size).decode())
                listener.tokens += form.get("logout_token", [])
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/logout"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self):
        """The first token, or an empty text."""
        for _ in range(100):
            if self.tokens:
                return self.tokens.pop(0)
            time.sleep(0.1)
        return ""


def now():
    return int(time.time() * 1000)


def check_refused(suite, name, answer, code, words):
    suite.check(name, answer[0] == code and words in "\t".join(answer[1:]), answer)


def check_algorithms(suite, provider):
    """Each algorithm, the secret in the header and in the form."""
    for algorithm in ("RS256", "PS256", "ES256", "EdDSA"):
        client = Client(provider.issuer, algorithm)
        back = Browser(provider.port).sign_in(client.begin(now()))
        answer = client.finish(now(), back)
        suite.check(f"{algorithm} comes in", answer[:4] == [
            "ok", "okafor", "Adaeze Okafor", "okafor@ashdownvale.example"], answer)
        suite.check(f"{algorithm} ends well", client.close() == 0)


def check_refusals(suite, provider):
    """A good answer is used wrongly."""
    client = Client(provider.issuer)
    url = client.begin(now())
    for part in ("code_challenge_method=S256", "response_type=code", "scope=openid"):
        suite.check(f"the address has {part}", part in url, url)
    back = Browser(provider.port).sign_in(url)
    check_refused(suite, "wrong state", client.finish(now(), {**back, "state": "x"}), "refused",
                  "not begun in this browser")
    other = {**back, "iss": "https://x.example"}
    check_refused(suite, "wrong provider", client.finish(now(), other), "refused",
                  "another provider")
    check_refused(suite, "no provider", client.finish(now(), {**back, "iss": ""}), "refused",
                  "another provider")
    check_refused(suite, "too late", client.finish(now() + HOUR, back), "refused", "too long")
    suite.check("after all that it is still good", client.finish(now(), back)[0] == "ok")
    check_refused(suite, "a code used again", client.finish(now(), back), "refused", "used already")
    back = Browser(provider.port).sign_in(client.begin(now()))
    check_refused(suite, "wrong nonce", client.finish(now(), back, nonce="another"), "refused",
                  "does not belong to this sign-in")
    # The verifier of one sign-in with the code of another.
    first = Browser(provider.port).sign_in(client.begin(now()))
    second = Browser(provider.port).sign_in(client.begin(now()))
    mixed = {**second, "code": first["code"]}
    check_refused(suite, "a code of another sign-in", client.finish(now(), mixed), "refused",
                  "used already")
    # A day later by our clock the provider's token is old.
    later = now() + 24 * HOUR
    back = Browser(provider.port).sign_in(client.begin(later))
    check_refused(suite, "expired by our clock", client.finish(later, back), "refused",
                  "has expired")
    earlier = now() - 24 * HOUR
    back = Browser(provider.port).sign_in(client.begin(earlier))
    check_refused(suite, "not yet by our clock", client.finish(earlier, back), "refused",
                  "from the future")
    suite.check("the client ends well", client.close() == 0)
    client = Client(provider.issuer, secret="another")
    back = Browser(provider.port).sign_in(client.begin(now()))
    check_refused(suite, "wrong secret", client.finish(now(), back), "invalid", "secret")
    suite.check("the client ends well", client.close() == 0)


FAULTS = (
    ("audience", "for another program"),
    ("party", "issued to another program"),
    ("issuer", "another issuer"),
    ("nonce", "does not belong to this sign-in"),
    ("expired", "has expired"),
    ("future", "from the future"),
    ("hash", "does not fit the access token"),
    ("unsigned", "signed in a way that is not accepted"),
    ("hmac", "signed in a way that is not accepted"),
    ("swapped", "signature of the token does not hold"),
)


def check_faults(suite, provider):
    """The provider itself says something wrong."""
    client = Client(provider.issuer)
    for name, words in FAULTS:
        provider.fault(name)
        back = Browser(provider.port).sign_in(client.begin(now()))
        check_refused(suite, f"fault {name}", client.finish(now(), back), "refused", words)
    provider.fault("none")
    back = Browser(provider.port).sign_in(client.begin(now()))
    suite.check("without a fault", client.finish(now(), back)[0] == "ok")
    suite.check("the client ends well", client.close() == 0)


def check_rotation(suite, provider):
    """The provider has new keys, and the client knows the old ones."""
    client = Client(provider.issuer)
    begun = now()
    back = Browser(provider.port).sign_in(client.begin(begun))
    suite.check("the first keys", client.finish(begun, back)[0] == "ok")
    provider.stop()
    # What is known of the provider is enough to begin, not to finish.
    suite.check("begun while it is down", client.begin(now()).startswith(provider.issuer))
    check_refused(suite, "it is down", client.finish(now(), {"state": "x"}), "refused",
                  "not begun in this browser")
    provider.start()
    back = Browser(provider.port).sign_in(client.begin(begun + 60000))
    check_refused(suite, "new keys, a minute later", client.finish(begun + 60000, back), "refused",
                  "a key that the provider does not name")
    # Our clock is then ahead of the provider's, whose tokens last an hour.
    later = begun + 6 * 60000
    back = Browser(provider.port).sign_in(client.begin(later))
    answer = client.finish(later, back)
    suite.check("new keys, six minutes later", answer[0] == "ok", answer)
    suite.check("the client ends well", client.close() == 0)


def check_sign_out(suite, provider, listener):
    client = Client(provider.issuer)
    browser = Browser(provider.port)
    answer = client.finish(now(), browser.sign_in(client.begin(now())))
    suite.check("signed in", answer[0] == "ok" and answer[4] != "", answer)
    session = answer[4]
    answer = client.tell("out", now(), f"{REDIRECT}/out")
    suite.check("there is an address to sign out at", answer[0] == "ok", answer)
    landed = browser.visit(answer[1], {"logout": "yes"})
    suite.check("it comes back", landed == f"{REDIRECT}/out?state=a-state", landed)
    token = listener.wait()
    answer = client.tell("logout", now(), token)
    suite.check("the provider tells of it", answer[:3] == ["ok", "okafor", session], answer)
    suite.check("with a name of its own", len(answer) == 4 and answer[3] != "", answer)
    check_refused(suite, "an old word", client.tell("logout", now() + HOUR, token), "refused",
                  "has expired")
    check_refused(suite, "no word", client.tell("logout", now(), "a.b.c"), "refused", "read")
    suite.check("the client ends well", client.close() == 0)


def main():
    suite = harness.Suite()
    if not install():
        suite.finish()
    listener = LogoutListener()
    provider = Provider(listener.address)
    provider.start()
    try:
        check_algorithms(suite, provider)
        check_refusals(suite, provider)
        check_faults(suite, provider)
        check_sign_out(suite, provider, listener)
        check_rotation(suite, provider)
    finally:
        provider.stop()
    suite.finish()


if __name__ == "__main__":
    main()

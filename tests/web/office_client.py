"""What the tests of the office share: a server that keeps things, browsers with cookie jars of
their own, and programs with tokens.

    with Office() as office:
        anna = office.set_up()                      the person who installs, signed in
        page = anna.do("school.add", name=..., ...)   fills the form of an action and sends it
        office.program(token).call("school.list")     the same by a program

Start at: Browser.ask(), which every request of a browser goes through. Every page that a browser
reads is looked at by page_reader: what is stored must never become code.
"""

import json
import pathlib
import re
import shutil
import tempfile
import urllib.parse

import page_reader
from http_server import PROGRAM, ROOT, Server

PACK = ROOT / "policies" / "athelstan"
PASSWORD = "quiet lamp under nine hedges"
FORM_TYPE = "application/x-www-form-urlencoded"
PUBLIC_HOST = "handrail.ashdownvale.example"
SET_UP = {
    "trust": "Ashdown Vale Learning Trust", "origin": PUBLIC_HOST,
    "school-name": "Ashdown Primary", "school-code": "A1", "nation": "england", "policy": "",
    "name": "Anna Installer", "email": "anna@ashdownvale.example", "kind": "staff",
    "role": "it-manager", "password": PASSWORD,
}


class Office(Server):
    """`handrail serve --data`, in a folder of its own or in a PostgreSQL database."""

    store_new = None  # run_office_slow.py: makes a database and gives its address

    def __init__(self, public="", listen="127.0.0.1:0"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="handrail-office-"))
        command = [PROGRAM, "serve", "--listen", listen, "--data", self.folder / "data"]
        command += ["--store", Office.store_new()] if Office.store_new else []
        command += ["--public", public] if public else []
        super().__init__([*command, PACK])
        self.public = public

    def __enter__(self):
        super().__enter__()
        self.code = re.search(r"code=([\w-]+)", self.process.stdout.readline()).group(1)
        return self

    def __exit__(self, *error):
        try:
            super().__exit__(*error)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def set_up(self, **more):
        """Sets it up, and answers the browser of who did, signed in."""
        browser = Browser(self)
        page = browser.get(f"/set-up?code={self.code}")
        kinds = page.options("kind")
        fields = {**SET_UP, "kind": "teacher" if "teacher" in kinds else kinds[1], **more}
        answer = browser.send(page, **fields)
        assert answer.status == 303 and answer.get("location") == "/sign-in", answer
        answer = browser.sign_in(fields["email"], fields["password"])
        assert answer.status == 303 and answer.get("location") == "/desk", answer
        return browser

    def program(self, token=None):
        return Program(self, token)


class Page:
    """An answer that a browser shows, with its forms."""

    def __init__(self, answer, path):
        self.answer = answer
        self.path = path
        self.status = answer.status
        self.html = answer.body.decode("utf-8")
        self.read = page_reader.Page(answer.body)
        self.text = self.read.text

    def form(self, action=None):
        """(where it is sent, its fields with their values) of the form with that address."""
        for found in re.finditer(r"<form\b[^>]*>.*?</form>", self.html, re.DOTALL):
            where = re.search(r'action="([^"]*)"', found.group(0))
            where = unescape(where.group(1)) if where else self.path
            if where != "/sign-out" and (action is None or where.startswith(action)):
                return where, dict(fields_of(found.group(0)))
        raise AssertionError(f"no form {action} at {self.path}: {self.text[:300]}")

    def options(self, name):
        found = re.search(rf'<select[^>]*name="{name}".*?</select>', self.html, re.DOTALL)
        return re.findall(r'<option value="([^"]*)"', found.group(0)) if found else []

    def link(self, start):
        found = re.search(rf'href="({re.escape(start)}[^"]*)"', self.html)
        return unescape(found.group(1)) if found else None


def unescape(text):
    return page_reader.html.unescape(text)


def fields_of(form):
    for tag in re.findall(r"<input\b[^>]*>", form):
        values = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if "name" in values and values.get("type") not in ("checkbox", "radio"):
            yield values["name"], unescape(values.get("value", ""))
    for name, inside in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form,
                                   re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        yield name, unescape(chosen.group(1)) if chosen else ""
    for name, inside in re.findall(r'<textarea\b[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form,
                                   re.DOTALL):
        yield name, unescape(inside)


class Browser:
    """A cookie jar; its requests say where they come from, as browsers do."""

    def __init__(self, office):
        self.office = office
        self.cookies = {}
        self.host = office.public or f"127.0.0.1:{office.port}"

    def ask(self, method, path, body=b"", headers=(), site="same-origin", kind=FORM_TYPE):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", "Connection: close", *headers]
        if site:
            lines.append(f"Sec-Fetch-Site: {site}")
        if self.cookies:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            lines.append(f"Cookie: {cookie}")
        if method == "POST":
            lines += [f"Content-Length: {len(body)}", f"Content-Type: {kind}"]
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        answer, _ = self.office.ask(head + body, is_head=method == "HEAD")
        for name, value in answer.headers:
            if name == "set-cookie":
                word, _, rest = value.partition("=")
                self.cookies[word] = rest.split(";")[0]
                if "Max-Age=0" in value:
                    del self.cookies[word]
        return answer

    def get(self, path, **more):
        """The page, after being sent elsewhere at most five times."""
        for _ in range(5):
            answer = self.ask("GET", path, **more)
            if answer.status != 303:
                break
            path = answer.get("location")
        page = Page(answer, path)
        assert not page.read.faults, f"{path}: {page.read.faults[:3]}"
        return page

    def post(self, path, fields, **more):
        body = urllib.parse.urlencode(list(fields.items())).encode()
        return self.ask("POST", path, body, **more)

    def send(self, page, action=None, **values):
        """The form of a page, with these values in it."""
        where, fields = page.form(action)
        return self.post(where, {**fields, **{key.replace("_", "-"): value
                                              for key, value in values.items()}})

    def sign_in(self, email, password=PASSWORD, back=""):
        page = self.get("/sign-in" + (f"?back={back}" if back else ""))
        return self.send(page, email=email, password=password)

    def prove(self, password=PASSWORD, email=None):
        return self.send(self.get("/prove"), email=email or SET_UP["email"], password=password)

    def do(self, action, about="", **values):
        """Fills and sends the form of an action; the page that follows, or the form with errors."""
        page = self.get(f"/do/{action}" + (f"?{about}" if about else ""))
        assert page.status == 200, f"{action}: {page.status} {page.text[:200]}"
        answer = self.send(page, f"/do/{action}", **values)
        if answer.status == 303:
            return self.get(answer.get("location"))
        shown = Page(answer, f"/do/{action}")
        assert not shown.read.faults, f"{action}: {shown.read.faults[:3]}"
        return shown

    def token(self, scopes="*", name="A program", days="7"):
        page = self.do("token.make", name=name, scopes=scopes, days=days)
        return re.search(r"hr_[0-9A-Za-z]{49}", page.text).group(0)


class Program:
    """Calls of the API; every answer is JSON."""

    def __init__(self, office, token):
        self.office = office
        self.token = token

    def ask(self, method, path, body=None, headers=(), kind="application/json"):
        lines = [f"{method} {path} HTTP/1.1",
                 f"Host: {self.office.public or '127.0.0.1'}", "Connection: close", *headers]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        if body is not None:
            lines += [f"Content-Length: {len(body)}", f"Content-Type: {kind}"]
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        answer, _ = self.office.ask(head + (body or b""), is_head=method == "HEAD")
        answer.json = json.loads(answer.body) if answer.body else None
        return answer

    def see(self, action, **values):
        query = urllib.parse.urlencode(values)
        return self.ask("GET", f"/api/v1/{action}" + (f"?{query}" if query else ""))

    def call(self, action, values=None, headers=(), **more):
        body = {**(values or {}), **{key.replace("_", "-"): value for key, value in more.items()}}
        return self.ask("POST", f"/api/v1/{action}", json.dumps(body).encode(), headers)


def person_of(page):
    """The number of the person whose page it is."""
    return re.search(r"person=(\w{13})", page.path + page.html).group(1)


def school_of(page):
    return re.search(r"school=(\w{13})", page.path + page.html).group(1)

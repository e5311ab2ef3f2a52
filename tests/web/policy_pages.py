"""What the tests of pages share: a server of policies, a page as a tree, and html-validate.

Start at: served(), page(), check_valid().
"""

import html.parser
import pathlib
import subprocess
import tempfile
import urllib.parse

import harness
from http_server import PROGRAM, ROOT, Server

WEB = ROOT / "web"
VOID = frozenset("area br col hr img input link meta source wbr rect path circle".split())
HOSTILE = ("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x",
           "../../etc", "javascript:alert(1)", "%s%n", "{{title}}",
           "ä€😀", "x" * 2000, " ", "\t", "-", "reach2 ")


def served(*folders):
    return Server([PROGRAM, "serve", "--listen", "127.0.0.1:0", *folders],
                  env=harness.surroundings())


class Node:
    """An element: its name, attributes, children (nodes and texts)."""

    def __init__(self, name, attributes):
        self.name = name
        self.attributes = dict(attributes)
        self.children = []

    def text(self):
        parts = [child if isinstance(child, str) else child.text() for child in self.children]
        return " ".join(" ".join(parts).split())

    def all(self, name=None, /, **attributes):
        """Elements below; class_="x" asks for one of the classes."""
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            if (name is None or child.name == name) and child.has(attributes):
                found.append(child)
            found += child.all(name, **attributes)
        return found

    def has(self, attributes):
        for key, value in attributes.items():
            key = key.rstrip("_").replace("_", "-")
            there = self.attributes.get(key)
            if key == "class":
                if value not in (there or "").split():
                    return False
            elif there != value:
                return False
        return True

    def one(self, name=None, /, **attributes):
        found = self.all(name, **attributes)
        if len(found) != 1:
            raise ValueError(f"{len(found)} of {name} {attributes}")
        return found[0]


class Builder(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Node(tag, attrs))

    def handle_endtag(self, tag):
        if tag not in VOID:
            closed = self.open.pop()
            if closed.name != tag:
                raise ValueError(f"</{tag}> ends <{closed.name}>")

    def handle_data(self, data):
        self.open[-1].children.append(data)


def tree(body):
    builder = Builder()
    builder.feed(body.decode("utf-8"))
    builder.close()
    if len(builder.open) != 1:
        raise ValueError(f"<{builder.open[-1].name}> is not closed")
    return builder.open[0]


def page(server, path, status=200):
    """What stands in <main>."""
    answer = server.get(path)
    if answer.status != status:
        raise ValueError(f"{path}: {answer.status}, not {status}")
    return tree(answer.body).one("main")


def query(**fields):
    return urllib.parse.urlencode(fields)


def check_valid(suite, server, paths):
    """html-validate finds nothing in these pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for number, path in enumerate(paths):
            (folder / f"page-{number}.html").write_bytes(server.get(path).body)
        done = subprocess.run(
            ["node", WEB / "node_modules" / "html-validate" / "bin" / "html-validate.mjs",
             "--config", WEB / ".htmlvalidate.json", *sorted(folder.glob("*.html"))],
            cwd=WEB, capture_output=True, text=True, check=False, timeout=120)
    suite.check("html-validate: " + " ".join(paths), done.returncode == 0,
                done.stdout[-3000:] + done.stderr[-1000:])


def check_hostile(suite, server, path, fields):
    """Each field in turn holds each hostile text: none of it reaches the page as HTML."""
    plain = server.get(path)
    elements = len(tree(plain.body).all("script"))
    for field in fields:
        for text in HOSTILE:
            answer = server.get(f"{path}?{query(**{field: text})}")
            name = f"{path} {field}={text[:30]!r}"
            suite.check(f"{name}: an answer", answer.status in (200, 404, 422), answer)
            page_tree = tree(answer.body)
            suite.check(f"{name}: no script",
                        len(page_tree.all("script")) == elements and not page_tree.all("img"))
            suite.check(f"{name}: not shown", "alert(1)" not in answer.body.decode("utf-8"))
    suite.check(f"{path}: alive", server.is_alive())

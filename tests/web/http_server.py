"""What the tests of the web server share: starting it, speaking to it byte by byte, reading.

Start at: Server, and Server.ask(), which sends bytes as they are and reads one answer strictly.
Only this machine is spoken to.
"""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build")).resolve()
PROGRAM = BUILD / "handrail"
TEST_SERVER = BUILD / "tests" / "web" / "http_test_server"
SECONDS_MAX = 30
CRASHES = ("AddressSanitizer", "runtime error:", "Assertion", "LeakSanitizer", "ThreadSanitizer")
LOG_LINE = re.compile(
    r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (GET|HEAD|POST|other) [a-z][a-z-]* \d{3} \d+ \d+"
    r"( aborted)?$")


class Broken(Exception):
    """The server's answer is not what HTTP says."""


class Answer:
    """One answer: status, headers (names in small letters, in order), body."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def get(self, name):
        """The value of a header that occurs once; None when it is missing."""
        values = [value for key, value in self.headers if key == name]
        if len(values) > 1:
            raise Broken(f"{name} is there {len(values)} times")
        return values[0] if values else None

    def __str__(self):
        return f"{self.status} {self.headers} {self.body[:300]!r}"


class Reader:
    """Reads answers from a socket, one after another."""

    def __init__(self, opened):
        self.socket = opened
        self.kept = b""

    def more(self):
        part = self.socket.recv(65536)
        self.kept += part
        return bool(part)

    def head(self):
        while b"\r\n\r\n" not in self.kept:
            if not self.more():
                raise Broken(f"the connection ended in a head: {self.kept!r}")
        head, self.kept = self.kept.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        found = re.match(r"^HTTP/1\.[01] (\d{3}) [ -~]+$", lines[0])
        if not found:
            raise Broken(f"no status line: {lines[0]!r}")
        headers = []
        for line in lines[1:]:
            name, colon, value = line.partition(": ")
            if not colon:
                raise Broken(f"no header: {line!r}")
            headers.append((name.lower(), value))
        return int(found.group(1)), headers

    def answer(self, is_head=False):
        status, headers = self.head()
        while status == 100:
            status, headers = self.head()
        answer = Answer(status, headers, b"")
        length = 0 if is_head or status == 304 else int(answer.get("content-length"))
        while len(self.kept) < length:
            if not self.more():
                raise Broken("the connection ended in a body")
        answer.body, self.kept = self.kept[:length], self.kept[length:]
        return answer

    def ended(self):
        """True when nothing more comes and the connection is closed."""
        try:
            return not self.kept and not self.more()
        except ConnectionResetError:
            return True


class Server:
    """A running server; use it in a with statement. Its log is read all the time."""

    def __init__(self, command=None, check_end=True, **options):
        self.command = [str(word) for word in command or [TEST_SERVER, "127.0.0.1:0"]]
        self.options = options
        self.check_end = check_end
        self.log_line = LOG_LINE  # what each of its lines is
        self.said = []

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, cwd=ROOT,
                                        stderr=subprocess.PIPE, text=True, errors="replace",
                                        **self.options)
        self.line = self.process.stdout.readline()
        found = re.search(r"http://(\[[^\]]+\]|[0-9.]+):(\d+)/", self.line)
        if not found:
            self.process.kill()
            raise Broken(f"it did not start: {self.line!r} {self.process.stderr.read()}")
        self.host = found.group(1).strip("[]")
        self.port = int(found.group(2))
        self.url = found.group(0)
        self.listening = threading.Thread(target=self.listen, daemon=True)
        self.listening.start()
        return self

    def listen(self):
        for line in self.process.stderr:
            self.said.append(line.rstrip("\n"))

    def __exit__(self, kind, error, trace):
        status = self.stop()
        said = "\n".join(self.said)
        if kind is None and self.check_end:
            if status != 0 or any(word in said for word in CRASHES):
                raise Broken(f"it ended with {status}\n{said[-6000:]}")
            odd = [line for line in self.said if not self.log_line.match(line)]
            if odd:
                raise Broken(f"the log says {odd[:3]}")
        elif kind is not None and any(word in said for word in CRASHES):
            print(said[-6000:], file=sys.stderr)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.listening.join(5)
        self.process.stdout.close()
        return self.process.returncode

    def connect(self):
        opened = socket.create_connection((self.host, self.port), SECONDS_MAX)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def ask(self, *parts, is_head=False, pause=0.0, stay=False):
        """Sends the parts, `pause` seconds apart. (Answer, whether the connection was closed)."""
        with self.connect() as opened:
            try:
                for i, part in enumerate(parts):
                    if i and pause:
                        time.sleep(pause)
                    opened.sendall(part)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before it was all sent: the answer is there
            reader = Reader(opened)
            answer = reader.answer(is_head)
            return answer, (not stay and reader.ended())

    def get(self, path, *headers, method="GET"):
        """An ordinary request."""
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
        request = "\r\n".join(lines) + "\r\n\r\n"
        return self.ask(request.encode("latin-1"), is_head=method == "HEAD")[0]

    def post(self, path, body, *headers, kind="application/x-www-form-urlencoded"):
        lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close",
                 f"Content-Length: {len(body)}", f"Content-Type: {kind}", *headers]
        return self.ask("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)[0]

    def is_alive(self):
        return self.process.poll() is None and self.get("/health").body == b"ok\n"

    def resident_kilobytes(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1))

    def wait_log(self, count, seconds=10):
        """The log, once it has `count` lines."""
        end = time.monotonic() + seconds
        while len(self.said) < count and time.monotonic() < end:
            time.sleep(0.01)
        return list(self.said)

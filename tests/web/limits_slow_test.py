"""What takes long: deadlines, thousands of connections, memory that many clients may hold together.

Read first: src/web/limits_int.h. The bounds of one request are tested in gate_test.c, form_test.c
and pages_http_test.py; those of one address in connection_test.c.
"""

import resource
import signal
import time

from gate_http_test import END, GET, HOST, POST
from http_server import Broken, Reader, Server

IDLE_SECONDS, HEAD_SECONDS, BODY_SECONDS = 30, 10, 20
CONNECTIONS_MAX = 1024
MANY = 10000
QUEUE_MAX = 512
LIBRARY_EVENTS_MAX = 128  # of libmicrohttpd at once
BODY_MAX = 262144


def allow_files(count):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE,
                       (count if hard == resource.RLIM_INFINITY else min(count, hard), hard))


def has_ended(opened):
    """True when the server has closed it."""
    opened.setblocking(False)
    try:
        return opened.recv(1000) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def test_slow_clients_are_cut_off(suite):
    """Each sends one byte a second; a clock runs from the phase's beginning, not from the byte."""
    cases = {
        "idle": (b"", b"", IDLE_SECONDS),
        "idle after an answer": (GET + END, b"", IDLE_SECONDS),
        "slow request line": (b"GET /", b"a", HEAD_SECONDS),
        "slow head": (GET + b"X: ", b"y", HEAD_SECONDS),
        "slow body": (POST + b"Content-Length: 1000\r\n\r\n", b"z", BODY_SECONDS),
        "no body": (POST + b"Content-Length: 1000\r\n\r\n", b"", BODY_SECONDS),
    }
    with Server() as server:
        clients = {name: server.connect() for name in cases}
        started = time.monotonic()
        seconds = {}
        for name, opened in clients.items():
            opened.sendall(cases[name][0])
        Reader(clients["idle after an answer"]).answer()
        while len(seconds) < len(cases) and time.monotonic() - started < IDLE_SECONDS + 5:
            for name, opened in clients.items():
                if name in seconds:
                    continue
                if has_ended(opened):
                    seconds[name] = time.monotonic() - started
                elif cases[name][1]:
                    try:
                        opened.send(cases[name][1])
                    except (BrokenPipeError, ConnectionResetError):
                        pass
            suite.check("alive meanwhile", server.is_alive())
            time.sleep(1)
        for name, (_, _, most) in cases.items():
            taken = seconds.get(name, -1)
            suite.check(f"{name}: {most} seconds", most - 1 <= taken <= most + 3, f"{taken:.1f}")
        handled = [line for line in server.said if " echo 200 " in line]
        suite.check("none was handled", len(handled) == 1, handled)


def open_many(server, count, first=b""):
    opened = []
    for _ in range(count):
        one = server.connect()
        if first:
            try:
                one.sendall(first)
            except (BrokenPipeError, ConnectionResetError):
                pass
        opened.append(one)
    return opened


def close_all(opened):
    for one in opened:
        one.close()


def check_service(suite, server, name):
    slowest = 0.0
    for _ in range(20):
        started = time.monotonic()
        suite.check(f"{name}: served", server.is_alive())
        slowest = max(slowest, time.monotonic() - started)
    suite.check(f"{name}: without delay", slowest < 1.0, f"{slowest:.3f} s")


def test_ten_thousand_idle_connections(suite):
    allow_files(MANY + 500)
    with Server() as server:
        sizes = []
        for name, first in (("idle", b""), ("parts of heads", GET + b"X: y"),
                            ("idle after an answer", GET + END)):
            opened = open_many(server, MANY, first)
            check_service(suite, server, f"{MANY} {name}")
            time.sleep(0.5)
            ended = [has_ended(one) for one in opened] if first != GET + END else None
            if ended:
                suite.check(f"{name}: the oldest have gone", all(ended[:MANY - CONNECTIONS_MAX]),
                            ended[:MANY - CONNECTIONS_MAX].count(False))
                suite.check(f"{name}: the newest are kept", not any(ended[-1000:]),
                            ended[-1000:].count(True))
            sizes.append(server.resident_kilobytes())
            close_all(opened)
        print(f"resident kilobytes with {MANY} connections: {sizes}")
        opened = open_many(server, MANY, GET + END)
        again = server.resident_kilobytes()
        close_all(opened)
        suite.check("memory does not grow", again < max(sizes) * 1.25, f"{sizes}, then {again}")
        check_service(suite, server, "afterwards")


def test_as_many_requests_at_once_as_the_library_takes(suite):
    """See epoll_wait() in connection.c. The server is held while they are sent, so that it finds
    them all together, and nothing else happens afterwards."""
    health = b"GET /health HTTP/1.1\r\n" + HOST + END
    with Server() as server:
        for count in (LIBRARY_EVENTS_MAX - 1, LIBRARY_EVENTS_MAX, LIBRARY_EVENTS_MAX + 1):
            opened = open_many(server, count, health)
            readers = [Reader(one) for one in opened]
            for reader in readers:
                reader.answer()
            server.process.send_signal(signal.SIGSTOP)
            for one in opened:
                one.sendall(health)
            started = time.monotonic()
            server.process.send_signal(signal.SIGCONT)
            for reader in readers:
                reader.answer()
            taken = time.monotonic() - started
            suite.check(f"{count} requests at once: without delay", taken < 2.0, f"{taken:.1f} s")
            close_all(opened)


def test_more_requests_than_the_queue_takes(suite):
    allow_files(QUEUE_MAX + 500)
    health = b"GET /health HTTP/1.1\r\n" + HOST + END
    with Server() as server:
        sleepers = open_many(server, 2, b"GET /slow?ms=4000 HTTP/1.1\r\n" + HOST + END)
        time.sleep(0.5)
        waiting = open_many(server, QUEUE_MAX, health)
        time.sleep(0.5)
        late = server.ask(health)
        suite.check("one too many is told to come again", late[0].status == 503
                    and late[0].get("retry-after") == "1" and late[1], late[0])
        statuses = [Reader(one).answer().status for one in waiting]
        suite.check("those who wait are answered", statuses == [200] * QUEUE_MAX,
                    statuses.count(503))
        close_all(sleepers + waiting)
        suite.check("alive after the queue", server.is_alive())


def test_bodies_have_a_bound_together(suite):
    """200 clients leave 200 kilobytes each of an unfinished form: more than may be kept."""
    part = POST + f"Content-Length: {BODY_MAX}\r\n\r\n".encode() + b"a" * 200000
    with Server() as server:
        before = server.resident_kilobytes()
        opened = open_many(server, 200, part)
        time.sleep(1)
        grown = server.resident_kilobytes() - before
        print(f"200 bodies of 200 kilobytes: grown by {grown} kilobytes")
        check_service(suite, server, "with many bodies")
        rest = b"a" * (BODY_MAX - 200000)
        statuses = []
        for one in opened:
            try:
                one.sendall(rest)
                statuses.append(Reader(one).answer().status)
            except (Broken, BrokenPipeError, ConnectionResetError):
                statuses.append(0)
        suite.check("some are told to come again", statuses.count(503) > 20
                    and statuses.count(503) + statuses.count(400) == 200, statuses)
        close_all(opened)
        form = server.post("/form", b"a=1")
        suite.check("afterwards there is room", form.status == 200, form)


def test_answers_have_a_bound_together(suite):
    """60 clients ask for 8 megabytes each and read nothing: more than may wait."""
    with Server() as server:
        opened = open_many(server, 60, b"GET /large?bytes=8000000 HTTP/1.1\r\n" + HOST + END)
        time.sleep(6)
        kilobytes = server.resident_kilobytes()
        print(f"resident kilobytes with 60 answers of 8 MB: {kilobytes}")
        check_service(suite, server, "with slow readers")
        lines = [line for line in server.said if " large " in line and line.endswith("aborted")]
        suite.check("the slowest are cut off", len(lines) > 30, len(lines))
        close_all(opened)


def test_it_stops_though_a_reader_is_slow(suite):
    with Server() as server:
        opened = open_many(server, 3, b"GET /large?bytes=8000000 HTTP/1.1\r\n" + HOST + END)
        time.sleep(0.5)
        started = time.monotonic()
        status = server.stop()
        seconds = time.monotonic() - started
        suite.check("it stops in ten seconds", status == 0 and 9 < seconds < 12,
                    f"{status} {seconds:.1f} s")
        close_all(opened)


def test_many_requests_leave_nothing(suite):
    """Half a minute of requests of every kind on kept connections: memory stays where it is."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode() for path in (
        "/page", "/document", "/assets/app-0001.css", "/nowhere", "/echo?a=1",
        "/large?bytes=99999")]
    requests.append(POST + b"Content-Length: 3\r\n\r\na=1")
    with Server() as server:
        clients = [server.connect() for _ in range(8)]
        readers = [Reader(one) for one in clients]
        sizes = []
        for _ in range(6):
            end = time.monotonic() + 5
            while time.monotonic() < end:
                for one in clients:
                    one.sendall(b"".join(requests))
                for reader in readers:
                    for _ in requests:
                        reader.answer()
            sizes.append(server.resident_kilobytes())
        close_all(clients)
        count = len(server.said)
        print(f"{count} requests, resident kilobytes: {sizes}")
        suite.check("many requests", count > 5000, count)
        suite.check("memory stays", sizes[-1] < sizes[1] * 1.1, sizes)

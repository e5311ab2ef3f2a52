"""`handrail serve` as a school's technician would call it: addresses, errors, signals."""

import os
import re
import signal
import socket
import subprocess
import time

import harness
from http_server import PROGRAM, Server

SMALL = harness.SMALL


def serve(*words):
    return Server([PROGRAM, "serve", *words], env=harness.surroundings())


def test_it_says_where_it_listens(suite):
    with serve(SMALL, "--listen", "127.0.0.1:0") as server:
        suite.check("one line with the address",
                    re.match(r"^Handrail listens on http://127\.0\.0\.1:\d+/\n$", server.line),
                    server.line)
        suite.check("it lives", server.is_alive())
        suite.check("an unknown page", server.get("/nowhere").status == 404)
    with serve(SMALL, "--listen", "localhost:0") as server:
        suite.check("localhost", server.host == "127.0.0.1" and server.is_alive())
    if socket.has_ipv6:
        with serve(SMALL, "--listen", "[::1]:0") as server:
            suite.check("IPv6", server.line.startswith("Handrail listens on http://[::1]:")
                        and server.is_alive(), server.line)


def test_errors_say_what_to_do(suite):
    for address in ("", "8420", ":8420", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:-1",
                    "127.0.0.1:65536", "300.0.0.1:80", "::1:8420", "[::1]", "[::1]x:1", "[]:1",
                    "school.example:80", "127.0.0.1:80:80"):
        ran = harness.handrail("serve", SMALL, "--listen", address)
        suite.exits(f"address {address!r}", ran, 2, "write an address and a port")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = harness.handrail("serve", SMALL, "--listen", address)
        suite.exits("port taken", ran, 2, address, "another program listens there already")
    ran = harness.handrail("serve", SMALL, "--listen", "192.0.2.1:0")
    suite.exits("another machine's address", ran, 2, "this machine does not have that address")
    ran = harness.handrail("serve", SMALL / "nowhere", "--listen", "127.0.0.1:0")
    suite.exits("no packs", ran, 2, "nowhere")
    ran = harness.handrail("serve", "--dat", ".", SMALL)
    suite.exits("an option that there is not", ran, 2, "--dat", "--data")
    ran = harness.handrail("help", "serve")
    suite.exits("help", ran, 0, "--listen", "8420")


def unprivileged():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def test_low_ports_need_permission(suite):
    start = "/proc/sys/net/ipv4/ip_unprivileged_port_start"
    with open(start, encoding="ascii") as opened:
        is_free = int(opened.read()) <= 1
    if is_free:
        return  # this machine lets anybody listen anywhere
    done = subprocess.run([str(PROGRAM), "serve", str(SMALL), "--listen", "127.0.0.1:1"],
                          capture_output=True, text=True, check=False, timeout=30,
                          preexec_fn=unprivileged if os.getuid() == 0 else None)
    suite.check("a low port", done.returncode == 2 and "need root" in done.stderr, done)


def test_broken_policies_are_not_served(suite):
    folder = harness.copy_of_small()
    policy = folder / "policies" / "birch" / "policy.md"
    policy.write_text(policy.read_text(encoding="utf-8") + "\n```rule\nforbid nonsense\n```\n",
                      encoding="utf-8")
    ran = harness.handrail("serve", folder / "policies", "--listen", "127.0.0.1:0")
    suite.exits("a broken policy", ran, 2, "policy.md:", "error:")


def test_signals(suite):
    for number in (signal.SIGTERM, signal.SIGINT):
        with serve(SMALL, "--listen", "127.0.0.1:0") as server:
            idle = [server.connect() for _ in range(5)]
            started = time.monotonic()
            server.process.send_signal(number)
            status = server.process.wait(10)
            suite.check(f"{number.name} ends it", status == 0
                        and time.monotonic() - started < 3, status)
            for one in idle:
                one.close()


def test_what_runs_is_finished(suite):
    with Server() as server:
        with server.connect() as opened, server.connect() as waiting:
            opened.sendall(b"GET /slow?ms=600 HTTP/1.1\r\nHost: a\r\n\r\n")
            waiting.sendall(b"GET /slow?ms=600 HTTP/1.1\r\nHost: a\r\n\r\n")
            time.sleep(0.2)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.1)
            try:
                server.connect().close()
                refused = False
            except ConnectionRefusedError:
                refused = True
            suite.check("no new connection", refused)
            for one in (opened, waiting):
                suite.check("the answer comes", one.recv(65536).startswith(b"HTTP/1.1 200"))
            suite.check("exit 0", server.process.wait(10) == 0)


def test_a_second_signal_ends_it_at_once(suite):
    with Server(check_end=False) as server:
        with server.connect() as opened:
            opened.sendall(b"GET /slow?ms=5000 HTTP/1.1\r\nHost: a\r\n\r\n")
            time.sleep(0.2)
            server.process.send_signal(signal.SIGINT)
            time.sleep(0.2)
            suite.check("it waits for the handler", server.process.poll() is None)
            started = time.monotonic()
            server.process.send_signal(signal.SIGINT)
            status = server.process.wait(10)
            suite.check("at once", time.monotonic() - started < 1 and status == -signal.SIGINT,
                        status)


def test_a_full_log_delays_nobody(suite):
    """Nobody reads the access log: requests are answered all the same."""
    read_end, write_end = os.pipe()
    with Server(check_end=False) as server:
        pass  # only to know that the test server starts
    process = subprocess.Popen(server.command, stdout=subprocess.PIPE, stderr=write_end, text=True)
    os.close(write_end)
    try:
        server.port = int(re.search(r":(\d+)/", process.stdout.readline()).group(1))
        server.process = process
        with server.connect() as opened:
            request = b"GET /assets/plain-0002.txt HTTP/1.1\r\nHost: a\r\n\r\n"
            for _ in range(160):
                opened.sendall(request * 64)
                wanted = 64 * b"only so".count(b"only so")
                kept = b""
                while kept.count(b"only so") < wanted:
                    kept += opened.recv(65536)
        suite.check("10,240 requests without a reader", server.is_alive())
        process.send_signal(signal.SIGTERM)
        text = b""
        while part := os.read(read_end, 65536):
            text += part
        suite.check("it says what was lost", b" lines of the log were lost\n" in text, text[-300:])
        suite.check("and ends", process.wait(10) == 0)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        os.close(read_end)

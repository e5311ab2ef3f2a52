"""Clients that go away, and bytes that are no request: the server outlives them all.

The seed of random tests is printed, and can be given again as HANDRAIL_SEED.
"""

import os
import random
import socket
import struct
import time

from gate_http_test import END, GET, HOST, HOSTILE, POST
from http_server import Reader, Server

RANDOM_SECONDS = 4
FORM = POST + b"Content-Length: 3\r\n\r\na=1"
LARGE = b"GET /large?bytes=8000000 HTTP/1.1\r\n" + HOST + END
SLOW = b"GET /slow?ms=100 HTTP/1.1\r\n" + HOST + END


def seed():
    chosen = int(os.environ.get("HANDRAIL_SEED") or time.time_ns() % 10**9)
    print(f"HANDRAIL_SEED={chosen}")
    return random.Random(chosen)


def reset(opened):
    """Closes with a reset instead of an orderly end."""
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    opened.close()


def test_clients_go_away_at_every_byte(suite):
    """A form is cut off after each of its bytes, by an end and by a reset."""
    with Server() as server:
        for end in (socket.socket.close, reset):
            for cut in range(len(FORM)):
                opened = server.connect()
                opened.sendall(FORM[:cut])
                end(opened)
            suite.check(f"alive after cuts by {end.__name__}", server.is_alive())
        with server.connect() as opened:
            opened.sendall(GET)
            opened.shutdown(socket.SHUT_WR)
            suite.check("a head without its end is no request", Reader(opened).ended())
        with server.connect() as opened:
            opened.sendall(GET + END)
            opened.shutdown(socket.SHUT_WR)
            suite.check("who only stops sending is answered", Reader(opened).answer().status == 200)
        with server.connect() as opened:
            opened.sendall(SLOW)
            opened.shutdown(socket.SHUT_WR)
            reader = Reader(opened)
            suite.check("also when it takes time", reader.answer().body == b"slow\n"
                        and reader.ended())
        server.stop()
        handled = [line for line in server.said if " echo " in line and "aborted" not in line]
        suite.check("no part of a form was handled", len(handled) == 1, handled)


def test_clients_go_away_while_they_are_served(suite):
    with Server() as server:
        for end in (socket.socket.close, reset):
            opened = [server.connect() for _ in range(20)]
            for i, one in enumerate(opened):
                one.sendall((SLOW, LARGE, GET + END, LARGE + SLOW + GET + END)[i % 4])
            time.sleep(0.05)
            for one in opened:
                end(one)
        for _ in range(20):
            with server.connect() as one:
                one.sendall(LARGE)
                one.recv(1000)
                reset(one)
        suite.check("alive after aborts", server.is_alive())
        suite.check("and stops in time", server.stop() == 0)


def test_who_is_refused_can_read_why(suite):
    """A client that goes on sending for a while is not reset before it has read the answer."""
    with Server() as server:
        with server.connect() as opened:
            opened.sendall(POST + b"Content-Length: 1000000\r\n\r\n")
            for _ in range(20):
                time.sleep(0.01)
                opened.sendall(b"a" * 50000)
            reader = Reader(opened)
            suite.check("413 after all was sent", reader.answer().status == 413 and reader.ended())


def test_a_slow_reader_gets_it_all(suite):
    with Server() as server:
        with server.connect() as opened:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            opened.sendall(LARGE)
            time.sleep(0.3)
            answer = Reader(opened).answer()
            suite.check("all of a large answer", len(answer.body) == 8000000
                        and answer.body == b"0123456789abcdef" * 500000)


def test_byte_by_byte(suite):
    """A head whose every byte is a packet of its own is the same head."""
    with Server() as server:
        parts = [bytes([byte]) for byte in FORM]
        answer = server.ask(*parts, pause=0.0005, stay=True)[0]
        suite.check("byte by byte", b"field a=1\nbody 3" in answer.body, answer)
        both = FORM + GET + END
        with server.connect() as opened:
            for at in range(0, len(both), 7):
                opened.sendall(both[at:at + 7])
                time.sleep(0.0005)
            reader = Reader(opened)
            suite.check("two in pieces", [reader.answer().status for _ in range(2)] == [200, 200])


def mutated(chance, text):
    """A request with some bytes changed, left out, doubled or put in."""
    bytes_now = bytearray(text)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(bytes_now) or 1)
        kind = chance.randrange(4)
        if kind == 0 and bytes_now:
            bytes_now[at] = chance.choice(b"\r\n\t \0:/%;,aZ09\x7f\x80\xff")
        elif kind == 1 and bytes_now:
            del bytes_now[at:at + chance.randrange(1, 8)]
        elif kind == 2:
            bytes_now[at:at] = bytes_now[at:at + chance.randrange(1, 30)]
        else:
            bytes_now[at:at] = chance.randbytes(chance.randrange(1, 20))
    return bytes(bytes_now)


def test_random_bytes(suite):
    """Changed requests, several at once and cut anywhere: each answer that comes is well formed."""
    chance = seed()
    good = [request for _, request, _ in HOSTILE if len(request) < 3000]
    good += [FORM, GET + END, SLOW.replace(b"100", b"1"), GET + b"Accept-Encoding: br\r\n" + END]
    answers = rounds = 0
    with Server() as server:
        end = time.monotonic() + RANDOM_SECONDS
        while time.monotonic() < end:
            rounds += 1
            text = b"".join(mutated(chance, chance.choice(good))
                            for _ in range(chance.randrange(1, 4)))
            if chance.randrange(10) == 0:
                text = chance.randbytes(chance.randrange(1, 5000))
            with server.connect() as opened:
                opened.sendall(text)
                opened.shutdown(socket.SHUT_WR)
                reader = Reader(opened)
                try:
                    while reader.kept or reader.more():
                        reader.answer(is_head=text.startswith(b"HEAD"))
                        answers += 1
                except ConnectionResetError:
                    pass
                except TimeoutError:
                    suite.check("an answer or an end", False, text)
        print(f"{rounds} rounds, {answers} answers")
        suite.check("answers came", answers > rounds // 2, answers)
        suite.check("alive after random bytes", server.is_alive())

#!/usr/bin/env python3
"""Kills a PostgreSQL primary under load: its standby takes over, and nothing is lost or done twice.

Read first: tools/postgresql.py (pair), tests/actions/play.c; docs/operating.md says how to set this
up. Two programs, as two nodes of Handrail would be, write through one address of two hosts.

What must hold: every act that was acknowledged is there, once, with the number that was told; the
history is whole; both programs go on by themselves.
"""

import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
sys.dont_write_bytecode = True

import postgresql  # noqa: E402

BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test")).resolve()
PLAY = BUILD / "tests" / "actions" / "actions_play"

NODES = ("North", "South")
ACTS_BEFORE = 300  # of each node, before the primary is killed
ACTS_BEHIND = 300  # and afterwards
SECONDS_MAX = 120
PROMOTE_AFTER_SECONDS = 1.0


class Node:
    """A program that writes; its lines are read as they come."""

    def __init__(self, address, name):
        self.name = name
        self.acts = {}          # name: number of the act
        self.times = []         # of acknowledgements
        self.messages = collections.Counter()
        self.program = subprocess.Popen([PLAY, "acts", address, name, "1", "1000000"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.readers = [threading.Thread(target=self.read_acts),
                        threading.Thread(target=self.read_messages)]
        for reader in self.readers:
            reader.start()

    def read_acts(self):
        for line in self.program.stdout:
            if line.endswith("\n"):
                name, position = line.split()
                self.acts[name] = int(position)
                self.times.append(time.monotonic())

    def read_messages(self):
        for line in self.program.stderr:
            if " (" in line and not line.startswith(("\t", "connection ")):  # not a detail's
                self.messages[line.split(" (")[0]] += 1

    def wait_for(self, count):
        until = time.monotonic() + SECONDS_MAX
        while len(self.acts) < count and time.monotonic() < until:
            if self.program.poll() is not None:
                return False
            time.sleep(0.02)
        return len(self.acts) >= count

    def end(self):
        self.program.kill()
        self.program.wait()
        for reader in self.readers:
            reader.join()


class Sum:
    """What holds and what does not."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, what):
        self.passed += bool(holds)
        self.failed += not holds
        if not holds:
            print(f"failed: {what}")


def fail_over(total, servers, nodes):
    """Answers when the primary was killed and how many acts each node had by then."""
    for node in nodes:
        total.check(node.wait_for(ACTS_BEFORE), f"{node.name} does not begin: {node.messages}")
    servers.kill_primary()
    killed = time.monotonic()
    time.sleep(PROMOTE_AFTER_SECONDS)
    servers.promote_standby()
    counts = [sum(moment < killed for moment in node.times) for node in nodes]
    for node, count in zip(nodes, counts):
        total.check(node.wait_for(count + ACTS_BEHIND), f"{node.name} stays: {node.messages}")
    return killed, counts


def compare(total, servers, nodes):
    stored = {}
    for name, position in servers.ask("SELECT p.name, a.position FROM person p JOIN act a"
                                      " ON a.person = p.id"):
        total.check(name not in stored, f"{name} twice")
        stored[name] = int(position)
    for node in nodes:
        lost = [name for name, position in node.acts.items() if stored.get(name) != position]
        total.check(not lost, f"{node.name}: acknowledged and not there: {lost[:5]}")
    numbers = sorted(position for node in nodes for position in node.acts.values())
    total.check(len(numbers) == len(set(numbers)), "a number was given twice")
    people, = servers.ask("SELECT count(*) FROM person")[0]
    total.check(int(people) == len(stored), f"{people} people and {len(stored)} acts")
    with tempfile.TemporaryDirectory() as data:
        ran = subprocess.run([BUILD / "handrail", "audit", "verify", "--store", servers.address,
                              "--data", data], capture_output=True, text=True, check=False)
    total.check(ran.returncode == 0, ran.stdout + ran.stderr)
    return ran.stdout.splitlines()[0] if ran.stdout else ""


def main():
    total = Sum()
    with postgresql.pair() as servers:
        subprocess.run([PLAY, "set-up", servers.address], check=True, stdout=subprocess.DEVNULL)
        nodes = [Node(servers.address, name) for name in NODES]
        try:
            killed, counts = fail_over(total, servers, nodes)
        finally:
            for node in nodes:
                node.end()
        said = compare(total, servers, nodes)
    for node, count in zip(nodes, counts):
        first = next((moment for moment in node.times if moment > killed + 0.1), killed)
        print(f"{node.name}: {count} acts acknowledged before the primary was killed, "
              f"{len(node.acts) - count} afterwards, the first after {first - killed:.1f} s")
        for message, times in node.messages.most_common():
            print(f"    {times} times: {message}")
    print(said)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""A PostgreSQL cluster that lives as long as the tests: in a folder of its own, on a socket alone.

    with postgresql.cluster() as address: ...      postgresql://handrail@/postgres?host=/tmp/...
    with postgresql.pair() as servers: ...         a primary and a standby that it waits for

Read by tools/run_tests.py, and by scripts that need several clusters.
What must hold: nothing of the machine's own PostgreSQL is touched, and nothing stays behind.
"""

import contextlib
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "on",
    "full_page_writes": "off",
    "max_connections": "200",
    "log_min_messages": "fatal",
}


def programs():
    """The folder of initdb, or None: the newest version that Debian has installed."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return pathlib.Path(elsewhere).parent if elsewhere else None


def as_owner(command):
    """PostgreSQL refuses to run as root: then as the user whom its package has made."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", *command]


def run(command):
    subprocess.run(as_owner([str(part) for part in command]), check=True, cwd="/",
                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def start(folder, settings):
    words = " ".join(f"-c {name}={value}" for name, value in settings.items())
    run([programs() / "pg_ctl", "-D", folder / "data", "-w", "-t", "60", "-o",
         f"{words} -k {folder}", "-l", folder / "log", "start"])


def stop(folder, mode="immediate"):
    run([programs() / "pg_ctl", "-D", folder / "data", "-m", mode, "-w", "stop"])


def folder_new():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="handrail-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder


@contextlib.contextmanager
def cluster(**more):
    """Yields the address of the database `postgres`."""
    folder = folder_new()
    try:
        run([programs() / "initdb", "-D", folder / "data", "-U", "handrail", "-A", "trust",
             "-E", "UTF8", "--locale=C", "--no-sync"])
        start(folder, {**SETTINGS, **more})
        try:
            yield f"postgresql://handrail@/postgres?host={folder}"
        finally:
            stop(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Pair:
    """A primary that waits for its standby with every commit."""

    def __init__(self, first, second):
        self.first = first
        self.second = second
        self.address = f"postgresql://handrail@/postgres?host={first},{second}"

    def kill_primary(self):
        """At once: nobody is told, nothing is written any more."""
        stop(self.first, "immediate")

    def promote_standby(self):
        run([programs() / "pg_ctl", "-D", self.second / "data", "-w", "promote"])

    def wait_for_standby(self):
        """Until commits wait for it."""
        until = time.monotonic() + 60
        while self.ask("SELECT sync_state FROM pg_stat_replication", self.first) != [["sync"]]:
            if time.monotonic() > until:
                raise RuntimeError("the standby does not follow")
            time.sleep(0.1)

    def ask(self, sql, server=None):
        """Rows of texts, from the standby when no other server is named."""
        done = subprocess.run(
            [programs() / "psql", "-h", server or self.second, "-U", "handrail", "-d", "postgres",
             "-AtXc", sql], check=True, capture_output=True, text=True)
        return [line.split("|") for line in done.stdout.splitlines()]


@contextlib.contextmanager
def pair():
    """Yields a Pair; whichever of its servers still run are stopped in the end."""
    first, second = folder_new(), folder_new()
    try:
        run([programs() / "initdb", "-D", first / "data", "-U", "handrail", "-A", "trust", "-E",
             "UTF8", "--locale=C", "--no-sync"])
        start(first, {**SETTINGS, "full_page_writes": "on"})
        run([programs() / "pg_basebackup", "-h", first, "-U", "handrail", "-D", second / "data",
             "-R", "-X", "stream", "-c", "fast", "--no-sync"])
        start(second, {**SETTINGS, "full_page_writes": "on", "hot_standby": "on"})
        (first / "data" / "postgresql.auto.conf").open("a").write(
            "synchronous_standby_names = '*'\n")
        run([programs() / "pg_ctl", "-D", first / "data", "reload"])
        servers = Pair(first, second)
        servers.wait_for_standby()
        yield servers
    finally:
        for folder in (first, second):
            with contextlib.suppress(subprocess.CalledProcessError):
                stop(folder)
            shutil.rmtree(folder, ignore_errors=True)

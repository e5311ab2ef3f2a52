#!/usr/bin/env python3
"""A PostgreSQL cluster that lives as long as the tests: in a folder of its own, on a socket alone.

    with postgresql.cluster() as address: ...      postgresql://handrail@/postgres?host=/tmp/...

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

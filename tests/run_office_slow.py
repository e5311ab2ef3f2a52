#!/usr/bin/env python3
"""The office over sockets, on SQLite and on PostgreSQL, and many people at once.

Read first: tests/run_office.py, whose tests these are. The cluster is that of
$HANDRAIL_TEST_POSTGRESQL, or one of its own. The last line is "N passed, N failed".
"""

import contextlib
import itertools
import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "web"), str(TESTS / "cli"), str(TESTS.parent / "tools")]
sys.dont_write_bytecode = True

import harness  # noqa: E402
import office_agree_test  # noqa: E402
import office_hostile_test  # noqa: E402
import office_key_test  # noqa: E402
import office_many_test  # noqa: E402
import office_proof_test  # noqa: E402
import office_receipt_test  # noqa: E402
import office_tiles_test  # noqa: E402
import office_walk_test  # noqa: E402
import postgresql  # noqa: E402
from office_client import Office  # noqa: E402

MODULES = (office_walk_test, office_hostile_test, office_agree_test, office_many_test,
           office_tiles_test, office_receipt_test, office_proof_test, office_key_test)
NUMBERS = itertools.count(1)


@contextlib.contextmanager
def cluster():
    address = os.environ.get("HANDRAIL_TEST_POSTGRESQL")
    if address:
        yield address
    else:
        with postgresql.cluster() as address:
            yield address


def database_new(address):
    """A new database in the cluster, by its address."""
    name = f"office_{os.getpid()}_{next(NUMBERS)}"
    psql = postgresql.programs() / "psql"
    subprocess.run([psql, "-qX", address, "-c", f"CREATE DATABASE {name}"], check=True,
                   stdout=subprocess.DEVNULL)
    return address.replace("/postgres?", f"/{name}?")


def main():
    suite = harness.Suite()
    for module in MODULES:
        suite.run(module)
    with cluster() as address:
        Office.store_new = staticmethod(lambda: database_new(address))
        for module in MODULES:
            suite.run(module)
    suite.finish()


if __name__ == "__main__":
    main()

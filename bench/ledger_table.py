#!/usr/bin/env python3
"""Runs the two programs of bench/ledger.sh in turn and prints a table of medians.

    bench/ledger_table.py ENTRIES ROUNDS OURS OURS_PLAIN GO
"""

import statistics
import subprocess
import sys


def measures(program, entries):
    """{name: nanoseconds}, and the root."""
    said = subprocess.run([program, entries], check=True, capture_output=True, text=True).stdout
    lines = [line.split() for line in said.splitlines()]
    found = {name: float(value) for name, value in lines if name != "root"}
    return found, dict(lines)["root"]


def main():
    entries, rounds, *programs = sys.argv[1:]
    rows = [{} for _ in programs]
    roots = set()
    for _ in range(int(rounds)):
        for row, program in zip(rows, programs):
            found, root = measures(program, entries)
            roots.add(root)
            for name, value in found.items():
                row.setdefault(name, []).append(value)
    if len(roots) != 1:
        sys.exit(f"the programs have different roots: {roots}")
    print("| nanoseconds each | Handrail | without SHA instructions | Go |\n|---|---|---|---|")
    names = dict.fromkeys(name for row in rows for name in row)
    for name in names:
        cells = [f"{statistics.median(row[name]):,.0f}" if name in row else "" for row in rows]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()

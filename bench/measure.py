#!/usr/bin/env python3
"""Measures Handrail, Cedar and OPA side by side, and prints the table of docs/benchmarks.md.

    measure.py BUILD [--rounds N] [--seconds S] [--clauses 50,500,5000]

Read first: docs/benchmarks.md; bench/run.sh, which builds the three programs and starts this. Each
program reads one command a line (verify, core SECONDS, json SECONDS, memory) and answers one line
of JSON. In every round the three take turns, so that what else the machine does meets all of them;
a figure is the median of the rounds.

What must hold: an engine that does not find the expected clauses in every world is not timed.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

ENGINES = {
    "Handrail": "handrail_bench",
    "Cedar": "cedar/release/cedar-bench",
    "OPA": "opa-bench",
}


class Engine:
    def __init__(self, program, folder):
        self.process = subprocess.Popen([program, folder], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.said = json.loads(self.process.stdout.readline())

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"measure: {self.process.args[0]} ended at '{command}'")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def time_words(nanoseconds):
    if nanoseconds < 1e4:
        return f"{nanoseconds:,.0f} ns"
    return f"{nanoseconds / 1e3:,.1f} µs" if nanoseconds < 1e6 else f"{nanoseconds / 1e6:,.2f} ms"


def measure(build, clauses, rounds, seconds):
    """{(engine, kind): median nanoseconds}, and what each says of itself and of its memory."""
    folder = str(build / "synthetic" / str(clauses))
    engines = {name: Engine(str(build / program), folder) for name, program in ENGINES.items()}
    for name, engine in engines.items():
        found = engine.ask("verify")
        if found["wrong"] != 0:
            sys.exit(f"measure: {name} finds other clauses in {found['wrong']} of "
                     f"{found['worlds']} worlds with {clauses} clauses")
    times = {(name, kind): [] for name in engines for kind in ("core", "json")}
    for _ in range(rounds):
        for kind in ("core", "json"):
            for name, engine in engines.items():
                times[name, kind].append(engine.ask(f"{kind} {seconds}")["ns"])
    memory = {name: engine.ask("memory")["peak_kib"] for name, engine in engines.items()}
    for engine in engines.values():
        engine.close()
    return {key: statistics.median(values) for key, values in times.items()}, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--clauses", default="50,500,5000")
    options = parser.parse_args()
    print("| clauses | | Handrail | Cedar | OPA | Cedar / Handrail | OPA / Handrail |")
    print("|---|---|---|---|---|---|---|")
    memories = []
    for clauses in map(int, options.clauses.split(",")):
        medians, memory = measure(options.build, clauses, options.rounds, options.seconds)
        memories.append((clauses, memory))
        for kind in ("core", "json"):
            row = [medians[name, kind] for name in ENGINES]
            print(f"| {clauses:,} | {kind} | " + " | ".join(map(time_words, row)) +
                  f" | {row[1] / row[0]:,.0f} | {row[2] / row[0]:,.0f} |", flush=True)
    for clauses, memory in memories:
        print(f"peak memory at {clauses:,} clauses: " +
              ", ".join(f"{name} {kib / 1024:,.1f} MiB" for name, kib in memory.items()))


if __name__ == "__main__":
    main()

#!/usr/bin/env bash
# Measures `handrail audit verify` on a history of many acts in SQLite, and what an act costs.
#
#     bench/audit.sh [ACTS] [ROUNDS]
#
# Needs a release build: that of ./run, or the folder that HANDRAIL_BUILD names. The history is kept
# in bench/build/audit/ACTS for the next time.
set -eu
cd "$(dirname "$0")/.."
acts=${1:-1000000}
rounds=${2:-5}
product=${HANDRAIL_BUILD:-build}
folder=bench/build/audit
data=$folder/$acts
mkdir -p "$folder"

gcc -std=c17 -D_POSIX_C_SOURCE=200809L -O2 -Isrc -Ibench -o "$folder/make" bench/audit_make.c \
    "$product"/src/libhandrail-{ledger,store,base}.a -lsodium -lsqlite3 -lpq -lpthread
if [ ! -f "$data/made.json" ]; then
    rm -rf "$data"
    mkdir -p "$data"
    "$folder/make" "$data" "$acts" >"$folder/made.json"
    mv "$folder/made.json" "$data/made.json"
fi
python3 - "$data" "$rounds" "$product/handrail" <<'END'
import json
import os
import resource
import statistics
import subprocess
import sys
import time

data, rounds, program = sys.argv[1], int(sys.argv[2]), sys.argv[3]
made = json.load(open(f"{data}/made.json"))
walls, works = [], []
for _ in range(rounds):
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "audit", "verify", "--data", data, "--key", made["key"]], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    walls.append(time.monotonic() - begun)
    works.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
size = os.path.getsize(f"{data}/handrail.db")
print(f"{made['acts']:,} acts, {size / 2**20:,.0f} MiB")
print(f"verify: {statistics.median(works):.1f} s of a processor (median of {rounds}; lowest"
      f" {min(works):.1f}), {min(walls):.1f} to {max(walls):.1f} s until it was done")
print(f"most memory: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
print(f"an act, of a processor: {made['together_us']:.0f} us when 1,000 are saved at once,"
      f" {made['alone_us']:.0f} us when each is")
END

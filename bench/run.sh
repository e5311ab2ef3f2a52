#!/usr/bin/env bash
# Measures Handrail beside Cedar and OPA on the same synthetic policies:
#
#     bench/run.sh [SECONDS_OF_A_ROUND]
#
# Read first: docs/benchmarks.md. Needs cargo, go and python3, and their registries once. Everything
# is built in bench/build; each engine first proves on every world that it finds the same clauses.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-0.5}
build=bench/build
./run --build >/dev/null
mkdir -p "$build"

sources="src/coverage/examples.c src/shelf/*.c"
core="src/base/*.c src/pack/*.c src/policy/*.c src/decide/*.c src/analyse/*.c"
# As the product is built, hardening included: see meson.build.
flags="-std=c17 -D_POSIX_C_SOURCE=200809L -O2 -fPIE -pie -D_FORTIFY_SOURCE=3
    -fstack-protector-strong -fstack-clash-protection -fcf-protection -Isrc -Iinclude -Ibench"
# shellcheck disable=SC2086
gcc $flags -o "$build/handrail_bench" bench/handrail_bench.c $core
# shellcheck disable=SC2086
gcc $flags -o "$build/questions" bench/questions.c bench/interview.c $sources $core -lm
# shellcheck disable=SC2086
gcc $flags -o "$build/optimum" bench/optimum.c bench/interview.c $sources $core -lm
cargo build --quiet --release --manifest-path bench/cedar/Cargo.toml --target-dir "$build/cedar"
(cd bench/opa && go build -o "../build/opa-bench" .)
# shellcheck disable=SC2086
gcc $flags -o "$build/policies_bench" bench/policies_bench.c $sources $core

for clauses in 50 500 5000; do
    folder="$build/synthetic/$clauses"
    python3 bench/generate.py "$clauses" "$folder"
    build/handrail compile "$folder/synthetic" -o "$folder/synthetic.pack" >/dev/null
done
python3 bench/measure.py "$build" --seconds "$seconds"
"$build/policies_bench" "$seconds" policies

#!/usr/bin/env bash
# The engine against the naive evaluator of tests/oracle/, on random policies and questions.
#
# Read first: tests/oracle/random_test.c. The seed is printed; HANDRAIL_SEED chooses another one.
# No time is set, so that a slow machine tries as many cases as a fast one.
# The same program runs a million cases: random_test --cases 1000000 --seconds 3600.
set -eu
cd "$(dirname "$0")/.."
exec "${HANDRAIL_BUILD:-build-test}/tests/oracle/random_test" \
    --seed "${HANDRAIL_SEED:-1}" --cases 20000 --show 2

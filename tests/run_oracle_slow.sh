#!/usr/bin/env bash
# The product against the oracle on random policies, for about a minute; a new seed each time, which
# is printed. All of it: build/tests/oracle/random_test --cases 1000000
set -u
program=${HANDRAIL_BUILD:?the folder of the build}/tests/oracle/random_test
if [ ! -x "$program" ]; then
    printf 'there is no %s\n0 passed, 1 failed\n' "$program"
    exit 1
fi
exec "$program" --seconds "${HANDRAIL_ORACLE_SECONDS:-60}"

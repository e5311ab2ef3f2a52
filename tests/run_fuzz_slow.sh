#!/usr/bin/env bash
# Each fuzz target for four seconds: a finding, or a target that does not build, is a failure.
set -u
cd "$(dirname "$0")/.."

# All runs build in build-fuzz/: the second waits.
exec 9<fuzz
if command -v flock >/dev/null 2>&1; then
    flock 9
fi

passed=0
failed=0
for source in fuzz/*_fuzz.c; do
    target=$(basename "$source" _fuzz.c)
    if tools/fuzz.sh "$target" 4; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

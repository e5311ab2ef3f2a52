#!/usr/bin/env bash
# tools/fuzz.sh TARGET SECONDS - builds fuzz/TARGET_fuzz.c with clang and runs it for so long.
#
# Quiet when it finds nothing. A finding ends it with exit 1 and the name of the file to copy into
# fuzz/corpus/TARGET/, which the tests replay from then on. The inputs that it invents stay in
# build-fuzz/ for the next time.
#
# A target's opening comment has a line " * Modules: base pack", the modules whose code it needs in
# the order of src/modules.txt, and may have one " * Libraries: NAME", as pkg-config knows them, or
# -lNAME for one that it does not know.
# tools/fuzz_ninja.py reads them. Words that the fuzzer may use stand in fuzz/TARGET.dict, if there
# is one.
set -eu
cd "$(dirname "$0")/.."

if [ $# -ne 2 ] || [ ! -f "fuzz/$1_fuzz.c" ]; then
    echo "usage: tools/fuzz.sh TARGET SECONDS, where fuzz/TARGET_fuzz.c is one of" >&2
    ls fuzz/*_fuzz.c >&2
    exit 2
fi
target=$1
seconds=$2
folder=build-fuzz/$target
mkdir -p "$folder/corpus" "$folder/findings"

words=()
if [ -f "fuzz/$target.dict" ]; then
    words+=("-dict=fuzz/$target.dict")
fi

log=$folder/log
python3 tools/fuzz_ninja.py build-fuzz
ninja -f build-fuzz/build.ninja "$folder/fuzz" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }

if ! "$folder/fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1500 -print_final_stats=1 \
    -artifact_prefix="$folder/findings/" "${words[@]}" "$folder/corpus" "fuzz/corpus/$target" \
    >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    echo "$target: a finding; see $folder/findings/ and copy its file to fuzz/corpus/$target/" >&2
    exit 1
fi
runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
echo "$target: nothing found in $seconds s, ${runs:-?} inputs"

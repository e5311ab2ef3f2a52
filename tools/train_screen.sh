#!/usr/bin/env bash
# tools/train_screen.sh DATA OUT - makes the screening model anew, and measures it.
#
# DATA is a folder with the public files that docs/model-card.md names and tools/screen_data.sha256
# lists; a file that is not the one that was learnt from ends it. OUT becomes the model: scores of
# sentences and words from DATA, then the scores of whole drafts (tone, what is meant) from the
# corpus, which are added to it. It is trained twice, and both must be the same bytes. Figures come
# from bench/screen_model.c, those for drafts of a school from a second model that has not learnt
# from such drafts and has no scores of whole drafts (OUT.without-corpus, for tuning rules on
# tests/screen/corpus/train*.tsv). Takes about two minutes. To take it over: OUT as
# src/screen/model.bin.
#
# Needs gcc or clang, python3, and Debian's unicode-data. What must hold: no flag here lets the
# compiler change what floating point gives.
set -eu

if [ $# -ne 2 ]; then
    sed -n '2,14s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
data=$(cd "$1" && pwd)
out=$(realpath -m "$2")
cd "$(dirname "$0")/.."
(cd "$data" && sha256sum --check --quiet --strict -) <tools/screen_data.sha256

folder=build-train
made=$folder/made/screen
mkdir -p "$made"
python3 tools/screen_unicode.py "$made/unicode_tables.h" src/screen/look_alikes.txt
python3 tools/screen_words.py "$made/word_classes.h" "$made/word_tables.c" src/screen/words/*.txt

# The parts of the module that read a draft and score it.
parts=(features model fold draft reader word address plain quote)
sources=(src/base/*.c tools/train_bags.c tools/train_learn.c tools/train_names.c tools/train_read.c)
for part in "${parts[@]}"; do
    sources+=("src/screen/$part.c")
done
flags=(-std=c17 -O2 -ffp-contract=off -fno-fast-math -fexcess-precision=standard
    -D_POSIX_C_SOURCE=200809L -Isrc -Itools -Ibench "-I$folder/made")
compiler=${CC:-gcc}
"$compiler" "${flags[@]}" tools/train_screen.c tools/train_write.c "${sources[@]}" -lm \
    -o "$folder/train_screen"
"$compiler" "${flags[@]}" bench/screen_model.c "${sources[@]}" -lm -o "$folder/screen_model"

"$compiler" "${flags[@]}" tools/train_drafts.c tools/train_score.c tools/train_bags.c \
    tools/train_learn.c tools/train_read.c src/screen/*.c "$made/word_tables.c" src/base/*.c -lm \
    -o "$folder/train_drafts"

"$folder/train_screen" "$data" . "$folder/draftless.bin"
"$folder/train_drafts" . "$folder/draftless.bin" "$out"
"$folder/train_screen" "$data" . "$folder/again.draftless.bin" >"$folder/again.log"
"$folder/train_drafts" . "$folder/again.draftless.bin" "$folder/again.bin" >>"$folder/again.log"
cmp "$out" "$folder/again.bin"
"$folder/train_screen" "$data" . "$out.without-corpus" without-corpus >"$folder/without.log"
if cmp -s "$out" src/screen/model.bin; then
    echo "the same as src/screen/model.bin"
else
    echo "not the same as src/screen/model.bin"
fi
if command -v brotli >/dev/null 2>&1; then
    echo "with brotli: $(brotli -q 11 -c "$out" | wc -c) bytes"
fi
"$folder/screen_model" "$data" . "$out" "$out.without-corpus"

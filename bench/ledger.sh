#!/usr/bin/env bash
# Measures a ledger of many entries, beside Go's sumdb/tlog and sumdb/note.
#
#     bench/ledger.sh [ENTRIES] [ROUNDS]
#
# Needs Debian's golang-go and golang-golang-x-mod-dev, and no network. Everything is built in
# bench/build; the programs must come to the same root.
set -eu
cd "$(dirname "$0")/.."
entries=${1:-1000000}
rounds=${2:-5}
build=bench/build/ledger
mkdir -p "$build"

# As the product is built, hardening included: see meson.build.
flags="-std=c17 -D_POSIX_C_SOURCE=200809L -O2 -fPIE -pie -D_FORTIFY_SOURCE=3 -fcf-protection
    -fstack-protector-strong -fstack-clash-protection -Isrc -Ibench"
ledger=(src/ledger/{checkpoint,commitment,lines,note,note_key,tile,tree}.c)
# shellcheck disable=SC2086
gcc $flags -o "$build/ours" bench/ledger_bench.c "${ledger[@]}" src/base/*.c -lsodium
# The same as if the processor had no instructions for SHA-256.
sed 's/^#if defined(__x86_64__).*/#if 0/' src/base/sha256_x86.c >"$build/sha256_x86.c"
shopt -s extglob
# shellcheck disable=SC2086
gcc $flags -o "$build/plain" bench/ledger_bench.c "${ledger[@]}" src/base/!(sha256_x86).c \
    "$build/sha256_x86.c" -lsodium
GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS='' GOTOOLCHAIN=local GOPROXY=off \
    go build -o "$build/go" bench/ledger/bench.go

python3 bench/ledger_table.py "$entries" "$rounds" "$build/ours" "$build/plain" "$build/go"

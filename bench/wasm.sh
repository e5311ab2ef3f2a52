#!/usr/bin/env bash
# Measures handrail.wasm beside the native program: bench/wasm.sh [ROUNDS]
#
# Read first: docs/benchmarks.md. Everything is built in bench/build; needs node and libcmocka-dev.
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-5}
build=bench/build
./run --build >/dev/null
mkdir -p "$build/recorded"

core="src/base/*.c src/pack/*.c src/decide/*.c"
tests="tests/wasm/record.c tests/end_to_end/abi_examples_test.c tests/support/check.c"
# As the product is built, hardening included: see meson.build.
flags="-std=c17 -D_GNU_SOURCE -O2 -fPIE -pie -D_FORTIFY_SOURCE=3 -fstack-protector-strong
    -fstack-clash-protection -fcf-protection -Isrc -Iinclude -Ibench"
# shellcheck disable=SC2086
gcc $flags -Itests -DHANDRAIL_POLICIES='"policies"' -o "$build/wasm_record" \
    -Wl,--wrap=handrail_decide,--wrap=handrail_pack_open $tests src/coverage/examples.c \
    src/policy/*.c $core -lcmocka
# shellcheck disable=SC2086
gcc $flags -o "$build/wasm_native" bench/wasm_native.c $core
HANDRAIL_RECORD="$build/recorded" "$build/wasm_record" >/dev/null 2>&1

cp web/assets/handrail.js "$build/handrail.mjs" # a name that every Node.js takes for a module
HANDRAIL_SCRIPT="$build/handrail.mjs" HANDRAIL_RECORD="$build/recorded" \
    HANDRAIL_WASM=${HANDRAIL_WASM:-build/src/wasm/handrail.wasm} \
    node bench/wasm.mjs "$build/wasm_native" "$rounds"

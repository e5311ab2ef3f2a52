#!/usr/bin/env bash
# Measures a page of fifty rows by our templates, Jinja2 and Handlebars.
#
#     bench/templates.sh [SECONDS]
#
# Needs python3 with venv and html5lib, node, npm and their registries once. Everything is built in
# bench/build; all three must make the same page.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-2}
build=bench/build/templates
mkdir -p "$build"

python3 tools/templates.py --header "$build/page.h" --source "$build/page.c" --include page.h \
    bench/templates/page.html
# As the product is built, hardening included: see meson.build.
flags="-std=c17 -D_POSIX_C_SOURCE=200809L -O2 -fPIE -pie -D_FORTIFY_SOURCE=3 -fcf-protection
    -fstack-protector-strong -fstack-clash-protection -Isrc -Ibench -I$build"
# shellcheck disable=SC2086
gcc $flags -o "$build/templates_bench" bench/templates_bench.c "$build/page.c" src/page/html.c \
    src/base/*.c
[ -x "$build/venv/bin/python" ] || python3 -m venv "$build/venv"
"$build/venv/bin/pip" install --quiet jinja2==3.1.6 html5lib==1.1
npm install --silent --no-save --prefix "$build" handlebars@4.7.8 >/dev/null 2>&1

"$build/templates_bench" "$seconds" "$build/ours.html" "$build/values.json"
"$build/venv/bin/python" bench/templates/jinja.py "$build/values.json" "$seconds" \
    "$build/jinja.html"
node bench/templates/handlebars.mjs "$PWD/$build" "$build/values.json" "$seconds" \
    "$build/handlebars.html"
"$build/venv/bin/python" bench/templates/same.py "$build"/{ours,jinja,handlebars}.html

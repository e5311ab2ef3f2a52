#!/usr/bin/env bash
# The style guide in Chromium: contrast as computed by axe-core, reflow, targets, focus, print,
# forced colours, and its HTML. tests/look/browser.mjs makes the checks.
set -eu
cd "$(dirname "$0")/.."
build=${HANDRAIL_BUILD:-build-test}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 tests/look/guide.py "$folder" "$build/web/handrail.css" >/dev/null
node tests/look/browser.mjs "$folder"

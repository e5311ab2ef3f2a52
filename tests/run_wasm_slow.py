#!/usr/bin/env python3
"""The long form of tests/run_wasm.py: more random interviews, the size of what is fetched, and the
script and the worker in Chromium."""

import sys

import run_wasm

sys.exit(run_wasm.main(is_slow=True))

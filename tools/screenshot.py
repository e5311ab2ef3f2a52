#!/usr/bin/env python3
"""Draws terminal output as a picture: tools/screenshot.py OUT.png < text with ANSI colours.

Needs pango-view (Debian: pango1.0-tools, fonts-dejavu-core). Only the colours and weights that
Handrail uses are known; anything else is left out. For the pictures in docs/images/.
"""
import html
import re
import subprocess
import sys
import tempfile

COLOURS = {"31": "#ff6b6b", "32": "#69db7c", "33": "#ffd43b", "34": "#74c0fc", "35": "#e599f7",
           "36": "#66d9e8", "90": "#adb5bd"}
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


def markup(text):
    out, is_open = [], False
    for position, part in enumerate(ESCAPE.split(text)):
        if position % 2 == 0:
            out.append(html.escape(part))
            continue
        if is_open:
            out.append("</span>")
        codes = part.split(";")
        colour = next((COLOURS[code] for code in codes if code in COLOURS), None)
        styles = [f'foreground="{colour}"'] if colour else []
        if "1" in codes:
            styles.append('weight="bold"')
        if "4" in codes:
            styles.append('underline="single"')
        is_open = bool(styles)
        if is_open:
            out.append(f"<span {' '.join(styles)}>")
    return "".join(out) + ("</span>" if is_open else "")


def main():
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(markup(sys.stdin.read().rstrip("\n")))
        file.flush()
        subprocess.run(["pango-view", "--no-display", "--markup", "--font=DejaVu Sans Mono 11",
                        "--background=#1b1f24", "--foreground=#e9ecef", "--margin=24", "--dpi=110",
                        f"--output={sys.argv[1]}", file.name], check=True)


if len(sys.argv) != 2:
    sys.exit(__doc__)
main()

#!/usr/bin/env python3
"""Puts the files that a browser fetches into a C table: tools/assets.py --out FOLDER FILE...

Called by Meson (src/web/meson.build). Each FILE is known by its last name, say handrail.css, and is
served as one that holds a hash of its content, handrail-1a2b3c4d5e.css. Where a text file says
@asset(handrail.css), the address of that file is put in its place.

Writes to FOLDER
    assets.c        the table web_assets (src/web/assets.h)
    assets.bin      the bytes, which assets.c takes in with .incbin: a megabyte of numbers in C
                    would take the compiler seconds
    asset_names.h   #define WEB_ASSET_HANDRAIL_CSS "handrail-1a2b3c4d5e.css"

What must hold: the same files give the same bytes; a form that is not smaller is left out; the
table is in byte order of names; two FILEs of one name, an unknown @asset or a circle of them is an
error.
"""

import argparse
import gzip
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys

FOLDER_OF_ADDRESSES = "/assets/"
HASH_DIGITS = 10
TAG_DIGITS = 24
ALIGNMENT = 16

# Ending: type, whether it is text that may name other assets, whether it is worth compressing.
TYPES = {
    ".css": ("text/css; charset=utf-8", True, True),
    ".js": ("text/javascript; charset=utf-8", True, True),
    ".svg": ("image/svg+xml", True, True),
    ".webmanifest": ("application/manifest+json", True, True),
    ".wasm": ("application/wasm", False, True),
    ".pack": ("application/octet-stream", False, True),
    ".png": ("image/png", False, False),
    ".txt": ("text/plain; charset=utf-8", True, True),
    ".csv": ("text/csv; charset=utf-8", True, True),
    ".bin": ("application/octet-stream", False, True),
}

NAME = re.compile(r"^[a-z0-9][a-z0-9_.-]*$")
REFERENCE = re.compile(rb"@asset\(([^)]*)\)")


class Refused(Exception):
    """What is wrong with the files, in a sentence for who builds."""


class Asset:
    """A file: its name here, its content with addresses put in, and its forms."""

    def __init__(self, name, content):
        self.name = name
        self.content = content
        digest = hashlib.sha256(content).hexdigest()
        stem, ending = name.rsplit(".", 1)
        self.hashed_name = f"{stem}-{digest[:HASH_DIGITS]}.{ending}"
        self.tag = digest[:TAG_DIGITS]
        self.type, _, is_compressed = TYPES["." + ending]
        forms = [content]
        for compress in (compress_gzip, compress_brotli):
            form = compress(content) if is_compressed else b""
            forms.append(form if len(form) < len(content) else b"")
        self.forms = forms

    @property
    def address(self):
        return FOLDER_OF_ADDRESSES + self.hashed_name

    @property
    def constant(self):
        return "WEB_ASSET_" + re.sub(r"[^A-Z0-9]", "_", self.name.upper())


def compress_gzip(content):
    return gzip.compress(content, compresslevel=9, mtime=0)


def compress_brotli(content):
    command = shutil.which("brotli")
    if command is None:
        raise Refused("The program brotli is missing. On Debian: apt-get install brotli")
    done = subprocess.run([command, "--quality=11", "--stdout"], input=content,
                          stdout=subprocess.PIPE, check=True)
    return done.stdout


def read_files(paths):
    """Name and bytes of each file."""
    contents = {}
    for path in paths:
        if not NAME.match(path.name):
            raise Refused(f"{path}: a name is of small letters, digits, '.', '_' and '-'")
        if path.suffix not in TYPES:
            raise Refused(f"{path}: no type is known for '{path.suffix}': give it one in TYPES")
        if path.name in contents:
            raise Refused(f"{path}: there is another file of the name {path.name}")
        contents[path.name] = path.read_bytes()
    return contents


def make_assets(contents):
    """The assets, each made after those that it names."""
    assets = {}
    under_way = []

    def make(name):
        if name in assets:
            return assets[name]
        if name in under_way:
            raise Refused("These name each other in a circle: " + ", ".join(under_way + [name]))
        under_way.append(name)
        content = contents[name]
        if TYPES[pathlib.PurePath(name).suffix][1]:
            content = REFERENCE.sub(lambda found: address(name, found.group(1)), content)
        under_way.pop()
        assets[name] = Asset(name, content)
        return assets[name]

    def address(whose, reference):
        wanted = reference.decode("utf-8", "replace")
        if wanted not in contents:
            raise Refused(f"{whose}: @asset({wanted}): there is no such file among "
                          + ", ".join(sorted(contents)))
        return make(wanted).address.encode()

    for name in sorted(contents):
        make(name)
    return sorted(assets.values(), key=lambda asset: asset.hashed_name)


def pack_forms(assets):
    """All forms one after another, and for each asset the place and size of its three."""
    packed = bytearray()
    places = []
    for asset in assets:
        rows = []
        for form in asset.forms:
            packed += bytes(-len(packed) % ALIGNMENT)
            rows.append((len(packed), len(form)))
            packed += form
        places.append(rows)
    return bytes(packed), places


def in_c_text(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def write_table(assets, places, bytes_path):
    """The text of assets.c."""
    path = in_c_text(in_c_text(str(bytes_path)))  # once for the assembler, once for C
    lines = [
        "/* Generated by tools/assets.py from the files of web/. */",
        '#include "web/assets.h"',
        "",
        r'__asm__(".pushsection .rodata, \"a\", %progbits\n"',
        rf'        ".balign {ALIGNMENT}\n"',
        r'        "web_asset_bytes:\n"',
        f'        ".incbin \\"{path}\\"\\n"',
        r'        ".byte 0\n"',
        r'        ".popsection\n");',
        "",
        "extern const unsigned char web_asset_bytes[];",
        "",
        "const struct web_asset web_assets[] = {",
    ]
    for asset, rows in zip(assets, places):
        lines.append(f'    {{"{asset.hashed_name}", "{asset.type}", "{asset.tag}",')
        forms = [f"{{web_asset_bytes + {at}, {size}}}" if size else "{0, 0}" for at, size in rows]
        lines.append("     " + ", ".join(forms) + "},")
    lines += ["};", "", f"const size_t web_asset_count = {len(assets)};", ""]
    return "\n".join(lines)


def write_names(assets):
    """The text of asset_names.h."""
    lines = [
        "/* Generated by tools/assets.py from the files of web/. */",
        "#ifndef HANDRAIL_WEB_ASSET_NAMES_H",
        "#define HANDRAIL_WEB_ASSET_NAMES_H",
        "",
    ]
    lines += [f'#define {asset.constant} "{asset.hashed_name}"'
              for asset in sorted(assets, key=lambda asset: asset.constant)]
    return "\n".join(lines + ["", "#endif", ""])


def main():
    parser = argparse.ArgumentParser(description="Put the files of the web pages into a C table.")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    options = parser.parse_args()
    try:
        assets = make_assets(read_files(options.files))
    except (Refused, OSError, subprocess.CalledProcessError) as refused:
        print(f"assets: {refused}", file=sys.stderr)
        return 2
    packed, places = pack_forms(assets)
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    bytes_path = out / "assets.bin"
    bytes_path.write_bytes(packed)
    (out / "asset_names.h").write_text(write_names(assets), encoding="utf-8")
    (out / "assets.c").write_text(write_table(assets, places, bytes_path), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Tests of the look without a browser: contrast, the style sheet, the lock file, tools/assets.py.

What a browser must show is in tests/run_look_slow.py. HANDRAIL_BUILD names the folder of the build.
"""

import gzip
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
STYLE = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test")) / "web" / "handrail.css"

STYLE_BROTLI_BYTES_MAX = 15 * 1024

# By which GOV.UK is known: typeface, crown, and the colours of its focus and its header.
NOT_OURS = ("GDS Transport", "crown", "crest", "gov.uk", "#ffdd00", "#1d70b8")

# A name that a class is made of in C or in a script, not written out where it is used.
MADE_CLASSES = re.compile(r"hr-(verdict|sign)--")

sys.dont_write_bytecode = True


def load(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / (name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


assets = load("assets")
results = []


def check(name, is_fine, detail=""):
    results.append(bool(is_fine))
    if not is_fine:
        print(f"not ok: {name}\n{detail}")


# Contrast.

def luminance(colour):
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
                        for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def palettes(style):
    """Name: colour, on light and on dark, from the custom properties of the style sheet."""
    light = re.search(r":root\{color-scheme:light dark;([^}]*)\}", style).group(1)
    dark = re.search(r"prefers-color-scheme: ?dark\)\{:root\{([^}]*)\}", style).group(1)
    colours = [dict(re.findall(r"--hr-([\w-]+): ?(#[0-9a-f]{3,6})\b", block))
               for block in (light, dark)]
    return {"light": colours[0], "dark": colours[1]}


def contrast_tests(style):
    schemes = palettes(style)
    check("contrast: the same names on light and dark",
          set(schemes["light"]) == set(schemes["dark"]) and len(schemes["light"]) > 30,
          f"{set(schemes['light']) ^ set(schemes['dark'])}")
    check("contrast: the formula", round(contrast("#767676", "#fff"), 2) == 4.54)
    named = set()
    for line in (ROOT / "tests" / "look" / "contrast.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        colour, ground, least, what = line.split("\t")
        named |= {colour, ground}
        for scheme, colours in schemes.items():
            ratio = contrast(colours[colour], colours[ground])
            check(f"contrast: {colour} on {ground}, {scheme}", ratio >= float(least),
                  f"{what}: {ratio:.2f}, and {least} is asked for")
    # Lines that part and do not tell, and the drawing of the home page, need no contrast.
    rest = set(schemes["light"]) - named - {"border", "bar-step"}
    check("contrast: every colour is in contrast.tsv", not rest, f"not there: {sorted(rest)}")


# The style sheet.

def classes_of(texts):
    found = set()
    for text in texts:
        found |= set(re.findall(r"(?<![\w-])hr-[a-z][a-z_]*(?:-{1,2}[a-z_]+)*", text))
    return found


def class_tests(style):
    """What is used is styled; what is styled is used, on a page or in the style guide."""
    styled = {name for name in re.findall(r"\.(hr-[\w-]+)", style)}
    templates = [path.read_text(encoding="utf-8") for path in (WEB / "templates").glob("*.html")]
    in_classes = [value for text in templates for value in re.findall(r'class="([^"]*)"', text)]
    in_calls = [value for text in templates
                for value in re.findall(r'(?:size|classes): "([^"]*)"', text)]
    used = classes_of(in_classes + in_calls)
    used -= {name for name in used if name.endswith("-")}
    missing = {name for name in used if name not in styled and not MADE_CLASSES.search(name + "--")}
    check("classes: used and styled", not missing and used, f"without a style: {sorted(missing)}")
    guide = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "look").glob("*.html")]
    sources = [path.read_text(encoding="utf-8") for folder in ("page", "web")
               for path in (ROOT / "src" / folder).glob("*.c")]
    unused = {name for name in styled if not MADE_CLASSES.search(name)} - classes_of(
        guide + sources + templates)
    check("classes: styled and used", not unused, f"used nowhere: {sorted(unused)}")


def style_tests(style):
    check("style: nothing is fetched", not re.search(r"url\(|@import|@font-face|src:", style))
    # The colours of badges are given again in _modes.scss, after these.
    lower = re.sub(r"\.moj-badge--[\w-]+\{[^}]*#[^}]*\}", "", style.lower())
    for word in NOT_OURS:
        check(f"style: no {word}", word.lower() not in lower)
    size = len(assets.compress_brotli(style.encode()))
    check("style: size", size <= STYLE_BROTLI_BYTES_MAX, f"{size} bytes after brotli")
    verdicts = set(re.findall(r"\.hr-verdict--([\w-]+)", style))
    words = (ROOT / "src" / "pack" / "pack.c").read_text(encoding="utf-8")
    names = re.search(r"level_names\[PACK_LEVEL_COUNT\] = \{(.*?)\};", words, re.S).group(1)
    levels = set(re.findall(r'"([\w-]+)"', names)) | {"undetermined"}
    check("style: every verdict", verdicts == levels, f"{sorted(verdicts ^ levels)}")
    signs = (WEB / "templates" / "signs.html").read_text(encoding="utf-8")
    drawn = set(re.findall(r"\{\{template sign_(\w+)\(", signs))
    lacking = {level.replace("-", "_") for level in levels} - drawn
    check("signs: every verdict", not lacking, f"not drawn: {lacking}")
    shapes = re.findall(r"<svg[^>]*>(.*?)</svg>", signs, re.S)
    check("signs: each of its own shape", len(set(shapes)) == len(shapes) == len(drawn))


# The packages.

def package_tests():
    package = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    wanted = package["dependencies"] | package["devDependencies"]
    check("packages: exact versions", all(re.fullmatch(r"\d+\.\d+\.\d+", version)
                                          for version in wanted.values()), wanted)
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: row for name, row in lock["packages"].items() if name}
    check("packages: no address of a registry",
          not any("resolved" in row for row in packages.values()))
    check("packages: a hash of each", all("integrity" in row for row in packages.values()))
    scripts = [name for name, row in packages.items()
               if row.get("hasInstallScript") and not row.get("optional")]
    check("packages: no install scripts", not scripts, scripts)
    for name, version in wanted.items():
        check(f"packages: {name}", packages["node_modules/" + name]["version"] == version)


# tools/assets.py.

def refusal(contents):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, content in contents:
            path = pathlib.Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            paths.append(path)
        try:
            assets.make_assets(assets.read_files(paths))
        except assets.Refused as refused:
            return str(refused)
    return "(nothing)"


def asset_refusal_tests():
    cases = (
        ("unknown", [("a.css", b"@asset(b.js)")], "a.css: @asset(b.js): there is no such file"),
        ("circle", [("a.js", b"@asset(b.js)"), ("b.js", b"@asset(a.js)")],
         "in a circle: a.js, b.js, a.js"),
        ("itself", [("a.js", b"@asset(a.js)")], "in a circle: a.js, a.js"),
        ("type", [("a.exe", b"")], "no type is known for '.exe'"),
        ("name", [('a b.js', b"")], "a name is of small letters"),
        ("twice", [("x/a.js", b"1"), ("y/a.js", b"2")], "another file of the name a.js"),
    )
    for name, contents, words in cases:
        said = refusal(contents)
        check(f"assets: refuses {name}", words in said, said)


FILES = {"one.css": b"p{}" * 500, "one.js": b'fetch("@asset(one.wasm)")',
         "one.wasm": b"\0asm @asset(one.css)" + bytes(range(256)) * 20, "one.png": b"\x89PNG" * 100,
         "list.txt": b"@asset(one.js) @asset(one.css)"}


def asset_table_tests():
    made = {asset.name: asset for asset in assets.make_assets(FILES)}
    again = {asset.name: asset for asset in assets.make_assets(dict(reversed(FILES.items())))}
    check("assets: the same each time", {name: (asset.hashed_name, asset.forms)
                                         for name, asset in made.items()}
          == {name: (asset.hashed_name, asset.forms) for name, asset in again.items()})
    check("assets: a name in the place of another", made["one.js"].content
          == f'fetch("{made["one.wasm"].address}")'.encode())
    check("assets: not in what is no text", made["one.wasm"].content == FILES["one.wasm"])
    check("assets: a form that is not smaller is left out", made["one.png"].forms[1:] == [b"", b""]
          and made["one.js"].forms[1:] == [b"", b""])
    check("assets: gzip", gzip.decompress(made["one.css"].forms[1]) == FILES["one.css"])
    done = subprocess.run(["brotli", "--decompress", "--stdout"], input=made["one.css"].forms[2],
                          stdout=subprocess.PIPE, check=True)
    check("assets: brotli", done.stdout == FILES["one.css"])
    changed = assets.make_assets(FILES | {"one.css": b"p{}" * 501})
    names = {asset.name: asset.hashed_name for asset in changed}
    check("assets: another content, another name, and of who names it",
          names["one.css"] != made["one.css"].hashed_name
          and names["list.txt"] != made["list.txt"].hashed_name
          and names["one.js"] == made["one.js"].hashed_name)


READER = r"""
#include <stdio.h>
#include "web/assets.h"
#include "asset_names.h"
static void show(struct web_bytes bytes)
{
    printf(" %zu:", bytes.size);
    for (size_t at = 0; at < bytes.size; at++)
        printf("%02x", bytes.at[at]);
}
int main(void)
{
    for (size_t i = 0; i < web_asset_count; i++) {
        printf("%s %s", web_assets[i].name, web_assets[i].etag);
        show(web_assets[i].identity);
        show(web_assets[i].gzip);
        show(web_assets[i].br);
        printf("\n");
    }
    printf("%s\n", WEB_ASSET_ONE_CSS);
    return 0;
}
"""


def asset_compile_tests():
    """What a compiled program holds is what was put in, with each compiler that is there."""
    made = assets.make_assets(FILES)
    expected = "".join(
        f"{asset.hashed_name} {asset.tag}"
        + "".join(f" {len(form)}:{form.hex()}" for form in asset.forms) + "\n" for asset in made)
    expected += next(asset.hashed_name for asset in made if asset.name == "one.css") + "\n"
    check("assets: in byte order", [asset.hashed_name for asset in made]
          == sorted(asset.hashed_name for asset in made))
    for compiler in ("gcc", "clang"):
        if shutil.which(compiler) is None:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name) / 'a "folder"'
            folder.mkdir()
            for file, content in FILES.items():
                (folder / file).write_bytes(content)
            tool = [sys.executable, ROOT / "tools" / "assets.py", "--out", folder]
            subprocess.run(tool + sorted(folder / file for file in FILES), check=True)
            (folder / "reader.c").write_text(READER, encoding="utf-8")
            flags = ["-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-pie", "-fPIE",
                     "-fcf-protection", "-I", ROOT / "src", "-I", folder]
            subprocess.run([compiler, *flags, "-o", folder / "reader", folder / "reader.c",
                            folder / "assets.c"], check=True)
            said = subprocess.run([folder / "reader"], stdout=subprocess.PIPE, check=True).stdout
            check(f"assets: compiled by {compiler}", said.decode() == expected)


def main():
    style = STYLE.read_text(encoding="utf-8")
    contrast_tests(style)
    style_tests(style)
    class_tests(style)
    package_tests()
    asset_refusal_tests()
    asset_table_tests()
    asset_compile_tests()
    passed = sum(results)
    print(f"{passed} passed, {len(results) - passed} failed")
    return 0 if passed == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())

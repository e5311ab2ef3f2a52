#!/usr/bin/env python3
"""Writes the build of all fuzz targets: tools/fuzz_ninja.py FOLDER, where build.ninja will stand.

tools/fuzz.sh calls it. Each source is compiled once for all targets that need it. A target is
fuzz/NAME_fuzz.c; its opening comment names the modules and libraries that it needs (fuzz.sh).
"""

import pathlib
import re
import subprocess
import sys

RULES = """\
builddir = {folder}
flags = -std=c17 -O1 -g -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude -I{made} {sanitize}
rule cc
  command = clang $flags $more -MMD -MF $out.d -c $in -o $out
  depfile = $out.d
  deps = gcc
  description = $out
rule link
  command = clang {sanitize} $in $libraries -lm -o $out
rule words
  command = python3 tools/screen_words.py $out $in
rule bytes
  command = python3 tools/bytes.py $name $in $out
rule unicode
  command = python3 tools/screen_unicode.py $out src/screen/look_alikes.txt
"""
SCORES = ["tone", "meant"]  # learnt, of src/screen
SANITIZE = "-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined"


def header(source, name):
    """The words behind " * NAME: " in the opening comment."""
    found = re.search(rf"^ \* {name}: *(.*)$", source.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1).split() if found else []


def library_flags(libraries, what):
    if not libraries:
        return ""
    return subprocess.run(["pkg-config", what, *libraries], check=True, capture_output=True,
                          text=True).stdout.strip()


class Build:
    """The lines of build.ninja; an object is named once, whoever needs it."""

    def __init__(self, folder):
        self.folder = folder
        self.made = f"{folder}/made"
        self.objects = set()
        self.lines = []
        words = " ".join(sorted(map(str, pathlib.Path("src/screen/words").glob("*.txt"))))
        tables = f"{self.made}/screen/word_classes.h {self.made}/screen/word_tables.c"
        alikes = "src/screen/look_alikes.txt"
        self.lines += [f"build {tables}: words {words} | tools/screen_words.py",
                       f"build {self.made}/screen/unicode_tables.h: unicode {alikes}"
                       " | tools/screen_unicode.py"]
        for name in SCORES:
            made = f"{self.made}/screen/{name}_bytes"
            self.lines += [f"build {made}.h {made}.c: bytes src/screen/{name}.bin | tools/bytes.py",
                           f"  name = {name}_bytes"]

    def object(self, source, libraries, flags):
        apart = "_".join(["objects", *libraries])
        name = f"{self.folder}/{apart}/{source.replace('/', '_')}.o"
        if name not in self.objects:
            self.objects.add(name)
            first = f"{self.made}/screen/word_classes.h {self.made}/screen/unicode_tables.h"
            first += "".join(f" {self.made}/screen/{one}_bytes.h" for one in SCORES)
            self.lines += [f"build {name}: cc {source} || {first}", f"  more = {flags}"]
        return name

    def target(self, source):
        libraries = header(source, "Libraries")
        flags = library_flags(libraries, "--cflags")
        sources = [str(source)]
        for module in header(source, "Modules"):
            sources += sorted(str(path) for path in pathlib.Path("src", module).glob("*.c"))
            if module == "screen":
                sources.append(f"{self.made}/screen/word_tables.c")
                sources += [f"{self.made}/screen/{one}_bytes.c" for one in SCORES]
        name = source.stem.removesuffix("_fuzz")
        objects = " ".join(self.object(one, libraries, flags) for one in sources)
        self.lines += [f"build {self.folder}/{name}/fuzz: link {objects}",
                       f"  libraries = {library_flags(libraries, '--libs')}"]


def main():
    folder = sys.argv[1]
    build = Build(folder)
    for source in sorted(pathlib.Path("fuzz").glob("*_fuzz.c")):
        build.target(source)
    rules = RULES.format(folder=folder, made=build.made, sanitize=SANITIZE)
    text = rules + "\n".join(build.lines) + "\n"
    out = pathlib.Path(folder, "build.ninja")
    out.parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(build.made, "screen").mkdir(parents=True, exist_ok=True)
    if not out.exists() or out.read_text(encoding="utf-8") != text:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

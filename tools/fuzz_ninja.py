#!/usr/bin/env python3
"""Writes the build of all fuzz targets: tools/fuzz_ninja.py FOLDER, where build.ninja will stand.

tools/fuzz.sh calls it. Each source is compiled once for all targets that need it. A target is
fuzz/NAME_fuzz.c; its opening comment names the modules and libraries that it needs (fuzz.sh).

Of a module those files are left out that speak to the store: they include what tools/sql.py makes,
or a header of the store, be it through one of their module. A fuzz target has no store.
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
rule unicode
  command = python3 tools/screen_unicode.py $out src/screen/look_alikes.txt
"""
SANITIZE = "-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined"


def header(source, name):
    """The words behind " * NAME: " in the opening comment."""
    found = re.search(rf"^ \* {name}: *(.*)$", source.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1).split() if found else []


def needs_store(source):
    text = source.read_text(encoding="utf-8")
    if re.search(r'^#include "(\w+/\w+_sql|store/\w+)\.h"', text, re.MULTILINE):
        return True
    of_module = re.findall(rf'^#include "({source.parent.name}/\w+\.h)"', text, re.MULTILINE)
    headers = (pathlib.Path("src", header) for header in of_module)
    return any(needs_store(header) for header in headers if header.exists())  # else a made one


def sources_of(module):
    """The files of a module that need no store."""
    for source in sorted(pathlib.Path("src", module).glob("*.c")):
        if not needs_store(source):
            yield str(source)


def library_flags(libraries, what):
    """What the compiler or the linker is told; "-lNAME" is for those pkg-config does not know."""
    known = [name for name in libraries if not name.startswith("-l")]
    others = [name for name in libraries if name.startswith("-l")] if what == "--libs" else []
    if not known:
        return " ".join(others)
    found = subprocess.run(["pkg-config", what, *known], check=True, capture_output=True,
                           text=True).stdout.strip()
    return " ".join([found, *others])


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

    def object(self, source, libraries, flags):
        apart = "_".join(["objects", *libraries])
        name = f"{self.folder}/{apart}/{source.replace('/', '_')}.o"
        if name not in self.objects:
            self.objects.add(name)
            first = f"{self.made}/screen/word_classes.h {self.made}/screen/unicode_tables.h"
            self.lines += [f"build {name}: cc {source} || {first}", f"  more = {flags}"]
        return name

    def target(self, source):
        libraries = header(source, "Libraries")
        flags = library_flags(libraries, "--cflags")
        sources = [str(source)]
        for module in header(source, "Modules"):
            sources += sources_of(module)
            if module == "screen":
                sources.append(f"{self.made}/screen/word_tables.c")
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

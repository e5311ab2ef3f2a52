#!/usr/bin/env python3
"""include/handrail.h as other programs meet it: its own example, other languages, what is exported.

Read first: include/handrail.h. The example is taken from the header's opening comment word for
word, compiled, linked with libhandrail.so and run; it must answer as `handrail decide` does.
What must hold: when the example is not found in the header, this suite fails.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test")).resolve()
HEADER = ROOT / "include" / "handrail.h"
LIBRARY = BUILD / "src" / "libhandrail.so"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]

# A program around the example: the image is the file that is named.
AROUND = """
#include <stdint.h>
#include <stdlib.h>

int main(int count, char **words)
{
    static uint64_t image[1 << 18];
    FILE *file = count == 2 ? fopen(words[1], "rb") : NULL;
    if (!file)
        return 3;
    size_t size = fread(image, 1, sizeof image, file);
    fclose(file);
    return answer(image, size);
}
"""

results = []


def check(name, holds, detail=""):
    results.append(bool(holds))
    if not holds:
        print(f"failed: {name} {detail}")


def run(*words, given=None):
    surroundings = {**os.environ, "HANDRAIL_TODAY": "2026-11-20"}
    return subprocess.run([str(word) for word in words], input=given, capture_output=True,
                          text=True, env=surroundings, check=False)


def example():
    """The lines of the opening comment that stand further in than its words."""
    comment = HEADER.read_text(encoding="utf-8").split("*/", 1)[0]
    lines = re.findall(r"^ \*     (.*)$|^ \*$()", comment, re.M)
    code = "\n".join(line for line, _ in lines).strip() + "\n"
    check("the header has an example", "int answer(" in code and code.count("{") > 1, code)
    return code


def sanitizers():
    """The flags with which a program of this library is linked."""
    return ["-fsanitize=address,undefined"] if b"__asan_init" in LIBRARY.read_bytes() else []


def compiled(folder, code):
    source = folder / "example.c"
    source.write_text(code + AROUND, encoding="utf-8")
    program = folder / "example"
    done = run("gcc", "-std=c17", *WARNINGS, *sanitizers(), f"-I{ROOT / 'include'}", source,
               LIBRARY, f"-Wl,-rpath,{LIBRARY.parent}", "-o", program)
    check("the example compiles as it stands", done.returncode == 0, done.stderr)
    return program


def question_of(code):
    """The question that the example asks: its text literals, as one."""
    start = code.index("question[]")
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', code[start:code.index(";", start)])
    return "".join(parts).replace('\\"', '"')


def answers(folder, code):
    program = compiled(folder, code)
    image = folder / "reach2.pack"
    done = run(BUILD / "handrail", "compile", ROOT / "policies" / "reach2", "-o", image)
    check("the pack is compiled", done.returncode == 0, done.stderr)
    asked = run(program, image)
    told = run(BUILD / "handrail", "decide", ROOT / "policies" / "reach2",
               given=question_of(code))
    check("the example ends well", asked.returncode == 0, asked.stderr)
    check("the program answers the same question", told.returncode == 0, told.stderr)
    check("the answer is the same to the byte", asked.stdout == told.stdout and asked.stdout,
          asked.stdout[:500] + told.stdout[:500])
    check("it has a verdict", '"verdict": ' in asked.stdout)
    image.write_bytes(image.read_bytes()[:-8])
    check("a damaged pack is refused", run(program, image).returncode == 2)


def languages(folder, code):
    """The header alone, twice, in each language and version; the example in C++ as well."""
    source = folder / "header"
    source.write_text('#include "handrail.h"\n#include "handrail.h"\nint nothing;\n',
                      encoding="utf-8")
    for compiler, language, version in [("gcc", "c", "c99"), ("gcc", "c", "c17"),
                                        ("g++", "c++", "c++11"), ("g++", "c++", "c++20")]:
        done = run(compiler, "-x", language, f"-std={version}", "-fsyntax-only", *WARNINGS,
                   f"-I{ROOT / 'include'}", source)
        check(f"the header is good {version}", done.returncode == 0, done.stderr)
    source.write_text(code, encoding="utf-8")
    done = run("g++", "-x", "c++", "-std=c++11", "-fsyntax-only", *WARNINGS,
               f"-I{ROOT / 'include'}", source)
    check("the example is good C++ too", done.returncode == 0, done.stderr)


def exports():
    declared = set(re.findall(r"\b(handrail_\w+)\(", re.sub(
        r"/\*.*?\*/", "", HEADER.read_text(encoding="utf-8"), flags=re.S)))
    shown = {line.split()[-1] for line in run("nm", "-D", "--defined-only", LIBRARY)
             .stdout.splitlines() if " T " in line}
    check("the header declares functions", len(declared) >= 8, str(declared))
    check("the library shows what the header declares and nothing else", shown == declared,
          str(shown ^ declared))


with tempfile.TemporaryDirectory() as temporary:
    text = example()
    answers(pathlib.Path(temporary), text)
    languages(pathlib.Path(temporary), text)
exports()
passed = sum(results)
print(f"{passed} passed, {len(results) - passed} failed")
sys.exit(0 if results and passed == len(results) else 1)

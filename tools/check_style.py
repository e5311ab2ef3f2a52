#!/usr/bin/env python3
"""Checks what can be checked of how the code reads.

Start at RULES, a table of the rules that look at one file. Generated files in git are looked for in
the whole project at once.

Prints one line for each fault, FILE:LINE: message, and exits 1 when there is any.
"""

import argparse
import pathlib
import re
import subprocess
import sys

FUNCTION_LINES_MAX = 70
LINE_COLUMNS_MAX = 100
FILE_LINES_MAX = 1000

FOLDERS = ("src", "include", "tests", "fuzz", "bench", "tools")
SUFFIXES = (".c", ".h", ".py", ".sh")

# Bad examples, which must stay bad, and the file that holds these words as data.
SKIPPED_FOLDERS = ("tests/tools/", "bench/build/")
LOCK_FILES = ("Cargo.lock", "package-lock.json", "go.sum")
SKIPPED_FOR_WORDS = ("tools/check_style.py",)

BANNED_CALLS = re.compile(
    r"\b(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|atoi|atol|atoll|atof|gets|strtok|alloca)"
    r"\s*\(")
MEMORY_CALLS = re.compile(r"\b(malloc|calloc|realloc|free|aligned_alloc|strdup|strndup)\s*\(")
IMPURE_CALLS = re.compile(r"\b(getenv|system|popen|time|clock|rand|srand|exit|fopen|printf)\s*\(")
RESULT_IN_HEADER = re.compile(r"^(?:static\s+)?(?:inline\s+)?struct\s+result\s+\w+\(")
RESULT_IN_SOURCE = re.compile(r"^static\s+(?:inline\s+)?struct\s+result\s+\w+\(")
WORK_LEFT = re.compile(r"\b(TODO|FIXME|XXX)\b")
FUNCTION_NAME = re.compile(r"(\w+)\s*\(")
GENERATED = re.compile(r"\bgenerated (by|from)\b", re.IGNORECASE)


class File:
    """A source file: path in the project, lines, and its C without comments and texts."""

    def __init__(self, path, content, pure_modules):
        self.path = path
        self.lines = content.splitlines()
        self.content = content
        self.is_c = path.endswith((".c", ".h"))
        self.code = strip_c(content).splitlines() if self.is_c else []
        parts = path.split("/")
        self.module = parts[1] if parts[0] == "src" and len(parts) > 2 else None
        self.is_pure = self.module in pure_modules


def strip_c(content):
    """C with comments and the insides of texts made blank; lines stay where they are."""
    pattern = re.compile(
        r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)

    def blank(found):
        token = found.group(0)
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        return token[0] + " " * (len(token) - 2) + token[-1]

    return pattern.sub(blank, content)


def in_code(file, pattern, message):
    for number, line in enumerate(file.code, 1):
        for found in pattern.finditer(line):
            yield number, message.format(found.group(1))


def rule_banned_calls(file):
    yield from in_code(file, BANNED_CALLS, "{}() is banned: it knows no length (see base/str.h)")


def rule_memory(file):
    if file.path.startswith("src/") and file.module != "base":
        yield from in_code(file, MEMORY_CALLS, "{}() outside base: memory comes from an arena")


def rule_pure(file):
    if file.is_pure:
        yield from in_code(file, IMPURE_CALLS, "{}() in a pure module")


def rule_result_must_be_used(file):
    """A public function is declared so in its header, a static one where it stands."""
    pattern = RESULT_IN_HEADER if file.path.endswith(".h") else RESULT_IN_SOURCE
    for number, line in enumerate(file.code, 1):
        if pattern.match(line):
            yield number, "a function that returns struct result is declared MUST_USE"


def rule_function_length(file):
    """A function's body begins with { and ends with } in the first column."""
    opened = None
    name = "?"
    for number, line in enumerate(file.code, 1):
        if line.startswith("{"):
            opened = number
        elif line.startswith("}"):
            if opened and number - opened + 1 > FUNCTION_LINES_MAX:
                yield opened, (f"{name}() has {number - opened + 1} lines, "
                               f"more than {FUNCTION_LINES_MAX}")
            opened = None
        elif opened is None and line[:1].isalpha():
            found = FUNCTION_NAME.search(re.sub(r"__attribute__\s*\(\(.*?\)\)", "", line))
            name = found.group(1) if found else name


def rule_line_length(file):
    for number, line in enumerate(file.lines, 1):
        if len(line) > LINE_COLUMNS_MAX:
            yield number, f"{len(line)} columns, more than {LINE_COLUMNS_MAX}"


def rule_file_length(file):
    if len(file.lines) > FILE_LINES_MAX:
        yield FILE_LINES_MAX + 1, f"{len(file.lines)} lines, more than {FILE_LINES_MAX}"


def rule_opening_comment(file):
    if file.is_c and not file.content.startswith("/*"):
        yield 1, "a file opens with a comment: what it is, what to read first, what must hold"


def rule_default(file):
    for number, line in enumerate(file.code, 1):
        if re.search(r"\bdefault\s*:", line) and "/* not an enum */" not in file.lines[number - 1]:
            yield number, "default: hides a new value of an enum (or say /* not an enum */)"


def rule_typedef(file):
    for number, line in enumerate(file.code, 1):
        if re.search(r"\btypedef\s+(struct|union|enum)\b", line):
            yield number, "no typedef of a struct, union or enum"


def rule_work_left(file):
    if file.path in SKIPPED_FOR_WORDS:
        return
    for number, line in enumerate(file.lines, 1):
        found = WORK_LEFT.search(line)
        if found:
            yield number, f"{found.group(1)}: do it, or open an issue"


def rule_assertions_stay(file):
    for number, line in enumerate(file.code, 1):
        if re.search(r"\bNDEBUG\b", line):
            yield number, "assertions stay on in every build"


def rule_white_space(file):
    for number, line in enumerate(file.lines, 1):
        if line != line.rstrip():
            yield number, "white space at the end of the line"
        elif file.is_c and "\t" in line:
            yield number, "a tab: four spaces are used here"
    if file.content and not file.content.endswith("\n"):
        yield len(file.lines), "the last line has no end"


RULES = (
    rule_banned_calls,
    rule_memory,
    rule_pure,
    rule_result_must_be_used,
    rule_function_length,
    rule_line_length,
    rule_file_length,
    rule_opening_comment,
    rule_default,
    rule_typedef,
    rule_work_left,
    rule_assertions_stay,
    rule_white_space,
)


def read_pure_modules(root):
    """The names of the modules that src/modules.txt calls core or pure."""
    table = root / "src" / "modules.txt"
    lines = table.read_text(encoding="utf-8").splitlines() if table.exists() else []
    rows = [line.split(":") for line in lines if line.count(":") >= 2 and not line.startswith("#")]
    return {row[0].strip() for row in rows if row[1].strip() in ("core", "pure")}


def sources(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and path.suffix in SUFFIXES and not name.startswith(SKIPPED_FOLDERS):
                yield name, path
    for name in ("run", "test", ".ci/run"):
        if (root / name).is_file():
            yield name, root / name


def generated_in_git(root):
    """Tracked files whose first line says that a program made them."""
    if not (root / ".git").exists():
        return
    listed = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=root,
                            check=True, stdout=subprocess.PIPE)
    for name in listed.stdout.decode(errors="replace").split("\0"):
        path = root / name
        if (not name or not path.is_file() or name.startswith(SKIPPED_FOLDERS)
                or name.endswith(LOCK_FILES)):
            continue
        with path.open("rb") as opened:
            first = opened.readline(400).decode(errors="replace")
        if GENERATED.search(first) or name.startswith("build"):
            yield f"{name}:1: generated files go to the build folder, not into git"


def check(root):
    """All faults of the project in this folder, as lines."""
    faults = []
    pure_modules = read_pure_modules(root)
    for name, path in sources(root):
        try:
            file = File(name, path.read_text(encoding="utf-8"), pure_modules)
        except UnicodeDecodeError:
            faults.append(f"{name}:1: not UTF-8")
            continue
        found = sorted(fault for rule in RULES for fault in rule(file))
        faults += [f"{name}:{number}: {message}" for number, message in found]
    return faults + list(generated_in_git(root))


def main():
    parser = argparse.ArgumentParser(description="Check how the code reads.")
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent)
    faults = check(parser.parse_args().root)
    print("\n".join(faults) if faults else "style: no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Checks who includes whom in src/ against src/modules.txt.

- "x/y.h" may be included by module x and by the modules whose line names x;
- a private header, x/y_int.h, stays inside its module;
- a pure module takes of the system only the headers of ISO C that do no input, output or clock,
  and the headers of libraries that its line names; a core module takes no library at all.

Prints one line for each fault, FILE:LINE: message, and exits 1 when there is any.
"""

import argparse
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')

PURE_HEADERS = {
    "assert.h", "float.h", "inttypes.h", "iso646.h", "limits.h", "math.h", "stdalign.h", "stdarg.h",
    "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "stdnoreturn.h", "string.h",
}

# What single files may take beyond that.
EXCEPTIONS = {
    ("base/str.c", "stdio.h"),                      # vsnprintf
    ("base/arena.c", "sanitizer/asan_interface.h"), # poisoning, in test builds only
    ("base/sha256_x86.c", "cpuid.h"),               # what the processor can do
    ("base/sha256_x86.c", "immintrin.h"),           # its instructions
}

# The C interface of the core, which stands in include/.
PUBLIC_HEADERS = {"handrail.h"}


class Module:
    def __init__(self, kind, uses, libraries):
        self.kind = kind
        self.uses = uses
        self.libraries = libraries


def read_modules(path, faults):
    """{name: Module}; a fault for each line that is wrong."""
    modules = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split(":")]
        if len(fields) != 4 or fields[1] not in ("core", "pure", "open"):
            faults.append(f"{path.name}:{number}: a line is "
                          f"'module : core, pure or open : modules : headers'")
            continue
        name, kind, uses, libraries = fields[0], fields[1], fields[2].split(), fields[3].split()
        for used in uses:
            if used not in modules:
                faults.append(f"{path.name}:{number}: {name} may include {used}, "
                              f"which does not stand above it")
        if kind == "core" and libraries:
            faults.append(f"{path.name}:{number}: {name} is a core module and takes no library")
        if kind != "open":
            for used in uses:
                if used in modules and modules[used].kind == "open":
                    faults.append(f"{path.name}:{number}: {name} is {kind} but may include {used}")
        modules[name] = Module(kind, set(uses), set(libraries))
    return modules


def own_fault(header, name, modules):
    """What is wrong with #include "header" in the module, or None."""
    if header in PUBLIC_HEADERS:
        return None
    parts = header.split("/")
    if len(parts) != 2 or ".." in parts:
        return f'"{header}" is not of the form "module/header.h"'
    owner = parts[0]
    if owner not in modules:
        return f'"{header}": src/modules.txt has no module {owner}'
    if owner != name and header.endswith("_int.h"):
        return f'"{header}" is private to {owner}'
    if owner != name and owner not in modules[name].uses:
        return f"{name} may not include {owner}: see src/modules.txt"
    return None


def system_fault(header, file, name, modules):
    """What is wrong with #include <header> in this file of the module, or None."""
    module = modules[name]
    if module.kind == "open" or header in PURE_HEADERS or (file, header) in EXCEPTIONS:
        return None
    if header in module.libraries:
        return None
    return f"<{header}> does not belong into {name}, a {module.kind} module"


def check_file(path, source, modules, faults):
    file = path.relative_to(source).as_posix()
    name = file.split("/")[0]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        own, system = found.groups()
        fault = own_fault(own, name, modules) if own else system_fault(system, file, name, modules)
        if fault:
            faults.append(f"src/{file}:{number}: {fault}")


def check(root):
    """All faults of the project in this folder, as lines."""
    faults = []
    source = root / "src"
    modules = read_modules(source / "modules.txt", faults)
    files = [path for path in sorted(source.rglob("*")) if path.suffix in (".c", ".h")]
    for path in files:
        name = path.relative_to(source).parts[0]
        if path.parent == source:
            faults.append(f"src/{path.name}:1: a source file stands in the folder of a module")
        elif name not in modules:
            faults.append(f"src/{path.relative_to(source).as_posix()}:1: "
                          f"src/modules.txt has no module {name}")
        else:
            check_file(path, source, modules, faults)
    return faults


def main():
    parser = argparse.ArgumentParser(description="Check who includes whom.")
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent)
    faults = check(parser.parse_args().root)
    print("\n".join(faults) if faults else "includes: no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Makes a C array of a file: bytes.py NAME FILE OUT_HEADER OUT_SOURCE. It is aligned to 8 bytes."""

import pathlib
import sys


def main():
    name, path, header, source = sys.argv[1:]
    data = pathlib.Path(path).read_bytes()
    guard = f"HANDRAIL_{name.upper()}_H"
    pathlib.Path(header).write_text(f"""/* Made by tools/bytes.py. */
#ifndef {guard}
#define {guard}

#include <stddef.h>

extern const unsigned char {name}[];
extern const size_t {name}_count;

#endif
""", "utf-8")
    rows = (",".join(map(str, data[at:at + 24])) for at in range(0, len(data), 24))
    pathlib.Path(source).write_text(
        f'/* Made by tools/bytes.py. */\n#include "{pathlib.Path(header).name}"\n\n'
        f"_Alignas(8) const unsigned char {name}[] = {{\n" + ",\n".join(rows) + "};\n"
        f"const size_t {name}_count = sizeof {name};\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Makes the tables of characters that src/screen/fold.c reads. Called by src/screen/meson.build.

    tools/screen_unicode.py OUT_HEADER LOOK_ALIKES [UNICODE_FOLDER]

The folder is that of Debian's package unicode-data, /usr/share/unicode. LOOK_ALIKES is
src/screen/look_alikes.txt: what stands for which letter cannot be taken from that package.

What is made, all of it looked up in two stages (block of a code point, then place in the block)
- kinds: what a code point is (letter, digit, mark, space, nothing, sign), and whether a capital;
- folds: where in a pool of UTF-8 its folding stands: NFKC_Casefold, canonically decomposed;
- look-alikes: a sorted list of code points with the letter or digit that each stands for.

Start at: main. What must hold: the same input gives the same bytes; exit 1 with a message when a
file is missing or a table does not fit its type.
"""

import pathlib
import re
import sys

# The kinds of fold.h, in its order.
SIGN, SPACE, LETTER, DIGIT, MARK, NOTHING = range(6)
CAPITAL_BIT = 8

# Beyond this every code point is a sign, but for the tags and selectors that fold.c knows.
CODE_POINTS_END = 0x32400
HANGUL_FIRST, HANGUL_LAST = 0xAC00, 0xD7A3

LATIN_NAME = re.compile(
    r"LATIN (?:SMALL|CAPITAL) LETTER (?:DOTLESS |SCRIPT |TURNED |REVERSED |SIDEWAYS |BARRED |LONG "
    r"|STRETCHED |BLACKLETTER )?([A-Z])(?: WITH .*)?")
SMALL_CAPITAL_NAME = re.compile(
    r"LATIN LETTER SMALL CAPITAL (?:TURNED |REVERSED |BARRED )?([A-Z])(?: WITH .*)?")
BOXED_NAME = re.compile(
    r"(?:CROSSED )?NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])")


class Refusal(Exception):
    pass


class Unicode:
    """The parts of the database that are used."""

    def __init__(self, folder):
        self.names, self.categories, self.classes = {}, {}, {}
        self.canonical, self.digits, self.folds = {}, {}, {}
        self.version = None
        self.read_characters(folder / "UnicodeData.txt")
        self.read_folds(folder / "DerivedNormalizationProps.txt")

    def read_characters(self, path):
        first = None
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split(";")
            code, name = int(fields[0], 16), fields[1]
            if name.endswith(", First>"):
                first = code
                continue
            for each in range(code if first is None else first, code + 1):
                self.names[each] = name
                self.categories[each] = fields[2]
                self.classes[each] = int(fields[3])
            first = None
            if fields[5] and not fields[5].startswith("<"):
                self.canonical[code] = [int(part, 16) for part in fields[5].split()]
            if fields[2] == "Nd":
                self.digits[code] = int(fields[6])

    def read_folds(self, path):
        lines = path.read_text(encoding="utf-8").splitlines()
        named = re.fullmatch(r"# DerivedNormalizationProps-(\d+\.\d+\.\d+)\.txt", lines[0])
        if not named:
            raise Refusal(f"{path}:1: the version of Unicode does not stand here")
        self.version = named.group(1)
        for line in lines:
            fields = [field.strip() for field in line.split("#")[0].split(";")]
            if len(fields) != 3 or fields[1] != "NFKC_CF":
                continue
            ends = [int(part, 16) for part in fields[0].split("..")]
            to = [int(part, 16) for part in fields[2].split()]
            for code in range(ends[0], ends[-1] + 1):
                self.folds[code] = to

    def decompose(self, code):
        if HANGUL_FIRST <= code <= HANGUL_LAST:
            index = code - HANGUL_FIRST
            parts = [0x1100 + index // 588, 0x1161 + index % 588 // 28]
            return parts + ([0x11A7 + index % 28] if index % 28 else [])
        if code not in self.canonical:
            return [code]
        return [part for each in self.canonical[code] for part in self.decompose(each)]

    def folding(self, code):
        """NFKC_Casefold of one code point, decomposed."""
        return [part for each in self.folds.get(code, [code]) for part in self.decompose(each)]

    def is_mark(self, code):
        """What is left out of folded text: accents, and what encloses. Vowel signs stay."""
        return self.classes.get(code, 0) != 0 or self.categories.get(code) == "Me"

    def kind(self, code, look_alikes):
        category = self.categories.get(code, "Cn")
        folding = self.folding(code)
        if not folding:
            return NOTHING
        if category in ("Zs", "Zl", "Zp", "Cc"):
            return SPACE
        letters = [each for each in folding if not self.is_mark(each)]
        if not letters:
            return MARK
        if all(self.categories.get(each) == "Zs" for each in letters): # an accent that stands alone
            return SIGN
        first = self.categories.get(letters[0], "Cn")
        if first == "Nd" and self.is_number(letters):
            return DIGIT
        is_one_letter = len(letters) == 1 and first[0] == "L"
        if category[0] in "LM" or category == "Nl" or is_one_letter or code in look_alikes:
            return LETTER
        return SIGN

    def is_number(self, codes):
        return all(self.categories.get(each) == "Nd" for each in codes)


def read_look_alikes(path, data):
    """{code point: letter or digit}: by the names of characters, then as the file says."""
    found = {code: str(value) for code, value in data.digits.items() if code > 0x7F}
    for code, name in data.names.items():
        if code > 0x7F:
            for pattern in (LATIN_NAME, SMALL_CAPITAL_NAME, BOXED_NAME):
                named = pattern.fullmatch(name)
                if named:
                    found[code] = named.group(1).lower()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("#")[0].split()
        if not parts:
            continue
        if not re.fullmatch("[a-z0-9]", parts[0]):
            raise Refusal(f"{path}:{number}: a line begins with a letter a-z or a digit")
        for part in parts[1:]:
            if len(part) != 1 or data.categories.get(ord(part), "Cn")[0] not in "LN":
                raise Refusal(f"{path}:{number}: {part} is not one letter or number")
            if ord(part) < 0x80:
                raise Refusal(f"{path}:{number}: {part} stands for itself")
            found[ord(part)] = parts[0]
    return found


def useful_look_alikes(found, data):
    """Without those that come out of the folding by themselves."""
    kept = {}
    for code, letter in found.items():
        folding = [each for each in data.folding(code) if not data.is_mark(each)]
        by_itself = "".join(found.get(each, chr(each)) for each in folding)
        if by_itself != letter or folding == [code]:
            kept[code] = letter
    return kept


def two_stages(values, shift):
    """(blocks' numbers, blocks joined): equal blocks stand there once."""
    size = 1 << shift
    numbers, blocks, known = [], [], {}
    for at in range(0, len(values), size):
        block = tuple(values[at:at + size])
        block += (0,) * (size - len(block))
        if block not in known:
            known[block] = len(known)
            blocks += block
        numbers.append(known[block])
    return numbers, blocks


def best_stages(values, width):
    """The shift with the fewest bytes, and its two stages."""
    def total(shift):
        numbers, blocks = two_stages(values, shift)
        return len(numbers) * (1 if max(numbers) < 256 else 2) + len(blocks) * width
    shift = min(range(4, 9), key=total)
    return (shift, *two_stages(values, shift))


class Pool:
    """UTF-8 texts with their length in front, each once. Place 0 means: itself."""

    def __init__(self):
        self.bytes = bytearray(b"\0")
        self.places = {}

    def place(self, codes):
        content = "".join(map(chr, codes)).encode("utf-8")
        if content not in self.places:
            if len(content) > 255:
                raise Refusal("a folding is longer than 255 bytes")
            self.places[content] = len(self.bytes)
            self.bytes += bytes([len(content)]) + content
        return self.places[content]


def array(name, values):
    """C: an array of the smallest type that holds the values."""
    top = max(values)
    kind = "uint8_t" if top < 1 << 8 else "uint16_t" if top < 1 << 16 else "uint32_t"
    lines, line = [], "   "
    for value in values:
        piece = f" {value},"
        if len(line) + len(piece) > 100:
            lines.append(line)
            line = "   "
        line += piece
    lines.append(line)
    body = "\n".join(lines)
    return f"static const {kind} {name}[{len(values)}] = {{\n{body}\n}};\n"


def make(data, found):
    pool = Pool()
    kinds, folds, longest = [], [], 1
    for code in range(CODE_POINTS_END):
        folding = data.folding(code)
        longest = max(longest, len(folding))
        capital = data.categories.get(code) in ("Lu", "Lt")
        kinds.append(data.kind(code, found) | (CAPITAL_BIT if capital else 0))
        is_apart = folding == [code] or HANGUL_FIRST <= code <= HANGUL_LAST or not folding
        folds.append(0 if is_apart else pool.place(folding))
    if len(pool.bytes) >= 1 << 16:
        raise Refusal(f"the foldings take {len(pool.bytes)} bytes, more than 65535")

    kind_shift, kind_blocks, kind_values = best_stages(kinds, 1)
    fold_shift, fold_blocks, fold_values = best_stages(folds, 2)
    kept = useful_look_alikes(found, data)
    alikes = [code << 8 | ord(kept[code]) for code in sorted(kept)]
    return "\n".join([
        "/* Generated by tools/screen_unicode.py from unicode-data and look_alikes.txt. */",
        "#include <stdint.h>\n",
        f'#define UNICODE_VERSION "{data.version}"',
        f"#define UNICODE_END 0x{CODE_POINTS_END:X}u",
        f"#define UNICODE_FOLDING_MAX {longest}",
        f"#define UNICODE_CAPITAL {CAPITAL_BIT}u",
        f"#define UNICODE_KIND_SHIFT {kind_shift}",
        f"#define UNICODE_FOLD_SHIFT {fold_shift}",
        f"#define UNICODE_LOOK_ALIKES {len(alikes)}\n",
        array("unicode_kind_blocks", kind_blocks),
        array("unicode_kinds", kind_values),
        array("unicode_fold_blocks", fold_blocks),
        array("unicode_folds", fold_values),
        array("unicode_pool", list(pool.bytes)),
        "/* code point << 8 | letter */",
        array("unicode_look_alikes", alikes),
    ])


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    folder = pathlib.Path(arguments[2] if len(arguments) == 3 else "/usr/share/unicode")
    try:
        data = Unicode(folder)
        header = make(data, read_look_alikes(pathlib.Path(arguments[1]), data))
    except (OSError, Refusal) as problem:
        print(f"screen_unicode.py: {problem}", file=sys.stderr)
        print("The package unicode-data has the tables of characters: apt-get install unicode-data",
              file=sys.stderr)
        return 1
    pathlib.Path(arguments[0]).write_text(header, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Makes tables of the word files of the module screen.

    screen_words.py OUT_HEADER OUT_SOURCE FILE...

src/screen/words_int.h says what a word file holds. The header has the classes, the source the
tables: words by their hash, words by their beginning, phrases by the hashes of their first two
words. Bad lines are reported with file and line, and nothing is written.
"""

import pathlib
import re
import sys

WORDS_OF_PHRASE_MAX = 8
PREFIX_LETTERS_MIN = 4
CLASSES_MAX = 1024
HEAD = re.compile(r"\[([a-z][a-z0-9-]*)\]$")
# An apostrophe within a word stays; a hyphen divides words, as it does in a draft.
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*\*?$")


def word_hash(word):
    """screen_hash() of draft.c."""
    state = 2166136261
    for byte in word.encode():
        state = (state ^ byte) * 16777619 & 0xFFFFFFFF
    state = (state ^ state >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    state = (state ^ state >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return state ^ state >> 16


def pair_hash(first, second):
    """screen_pair_hash() of words.c."""
    return (first * 31 ^ second * 0x9E3779B1) & 0xFFFFFFFF


def slots(keys):
    """A table to look keys up in: 1 + the place of each, from (key & mask) on; 0 is empty."""
    size = 16
    while size < 2 * len(keys):
        size *= 2
    table = [0] * size
    for place, key in enumerate(keys):
        at = key & size - 1
        while table[at]:
            at = at + 1 & size - 1
        table[at] = place + 1
    return table


def entry_fault(entry, words):
    if entry != entry.lower():
        return "write it in lower case"
    if not words or len(words) > WORDS_OF_PHRASE_MAX:
        return f"a phrase has 1 to {WORDS_OF_PHRASE_MAX} words"
    for word in words:
        if not WORD.match(word):
            return f"{word!r} is no word of letters, digits and apostrophes"
        if word.endswith("*") and (len(words) > 1 or len(word) <= PREFIX_LETTERS_MIN):
            return f"a * ends a single word of at least {PREFIX_LETTERS_MIN} letters"
    return None


def files_read(paths):
    """(classes in their order, {words: set of classes}, faults)."""
    classes, entries, faults = [], {}, []
    for path in paths:
        current = None
        for number, line in enumerate(pathlib.Path(path).read_text("utf-8").splitlines(), 1):
            line = line.split("#")[0].strip()
            head = HEAD.match(line)
            if head:
                current = head.group(1)
                if current not in classes:
                    classes.append(current)
                continue
            for entry in filter(None, (part.strip() for part in line.split(","))):
                words = tuple(entry.replace("-", " ").split())
                fault = entry_fault(entry, words) if current else "a word before the first [class]"
                if fault:
                    faults.append(f"{path}:{number}: {entry!r}: {fault}")
                entries.setdefault(words, set()).add(current)
    if len(classes) > CLASSES_MAX:
        faults.append(f"{len(classes)} classes, at most {CLASSES_MAX}")
    return classes, entries, faults


def header_text(classes):
    names = "".join(f"    SCREEN_WORD_{name.upper().replace('-', '_')},\n" for name in classes)
    return f"""/* Made by tools/screen_words.py from src/screen/words/. */
#ifndef HANDRAIL_SCREEN_WORD_CLASSES_H
#define HANDRAIL_SCREEN_WORD_CLASSES_H

#include <stdint.h>

enum screen_word {{
{names}    SCREEN_WORD_COUNT
}};

struct screen_classes {{
    uint64_t bits[{(len(classes) + 63) // 64 or 1}];
}};

#endif
"""


class Sets:
    """The different sets of classes, numbered."""

    def __init__(self, classes):
        self.place = {name: number for number, name in enumerate(classes)}
        self.length = (len(classes) + 63) // 64 or 1
        self.numbers = {}

    def number(self, names):
        bits = sum(1 << self.place[name] for name in names)
        return self.numbers.setdefault(bits, len(self.numbers))

    def rows(self):
        for bits in self.numbers:
            parts = (f"0x{bits >> 64 * i & (1 << 64) - 1:x}u" for i in range(self.length))
            yield "{{" + ", ".join(parts) + "}}"


def table(kind, name, rows):
    rows = list(rows)
    body = "".join(f"    {row},\n" for row in rows or ["0" if kind == "uint32_t" else "{0}"])
    count = f"const uint32_t {name}_count = {len(rows)};\n"
    return f"const {kind} {name}[] = {{\n{body}}};\n{count}"


def phrases_text(phrases):
    """Phrases of the same first two words stand together; a slot leads to the first of them."""
    rows, rest, keys = [], [], []
    for first, others, number in sorted(phrases):
        key = pair_hash(first, others[0])
        keys.append((key, first, others, number))
    keys.sort()
    firsts = []
    for place, (key, first, others, number) in enumerate(keys):
        is_last = place + 1 == len(keys) or keys[place + 1][0] != key
        if place == 0 or keys[place - 1][0] != key:
            firsts.append((key, place))
        rows.append(f"{{0x{first:08x}u, {len(rest)}, {len(others)}, {number}, {int(is_last)}}}")
        rest += others
    found = [firsts[slot - 1][1] + 1 if slot else 0 for slot in slots([key for key, _ in firsts])]
    return "\n".join([
        table("struct screen_phrase_row", "screen_phrase_rows", rows),
        table("uint32_t", "screen_phrase_rest", (f"0x{hash_:08x}u" for hash_ in rest)),
        table("uint32_t", "screen_phrase_slots", map(str, found)),
    ])


def source_text(classes, entries):
    sets = Sets(classes)
    words, prefixes, phrases = [], [], []
    for entry, names in sorted(entries.items()):
        number = sets.number(names)
        if len(entry) == 1 and entry[0].endswith("*"):
            prefixes.append((word_hash(entry[0][:-1]), len(entry[0][:-1].encode()), number))
        elif len(entry) == 1:
            words.append((word_hash(entry[0]), number))
        else:
            phrases.append((word_hash(entry[0]), [word_hash(word) for word in entry[1:]], number))
    hashes = [hash_ for hash_, _ in words]
    if len(set(hashes)) != len(hashes):
        raise SystemExit("two words have the same hash: change screen_hash()")
    lengths = sorted({length for _, length, _ in prefixes})
    return "\n".join([
        '/* Made by tools/screen_words.py from src/screen/words/. */\n'
        '#include "screen/word_tables_int.h"\n',
        table("struct screen_word_row", "screen_word_rows",
              (f"{{0x{hash_:08x}u, {number}}}" for hash_, number in words)),
        table("uint32_t", "screen_word_slots", map(str, slots(hashes))),
        table("struct screen_prefix_row", "screen_prefix_rows",
              (f"{{0x{hash_:08x}u, {length}, {number}}}" for hash_, length, number in prefixes)),
        table("uint32_t", "screen_prefix_slots",
              map(str, slots([hash_ for hash_, _, _ in prefixes]))),
        table("uint32_t", "screen_prefix_lengths", map(str, lengths)),
        phrases_text(phrases),
        table("struct screen_classes", "screen_class_sets", sets.rows()),
    ])


def main():
    if len(sys.argv) < 4:
        print(__doc__, file=sys.stderr)
        return 2
    header, source, *paths = sys.argv[1:]
    classes, entries, faults = files_read(paths)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    pathlib.Path(header).write_text(header_text(classes), "utf-8")
    pathlib.Path(source).write_text(source_text(classes, entries), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

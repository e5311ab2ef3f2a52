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
SETS_MAX = 65535
BUCKET_SLOTS = 8
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


def buckets(keys):
    """A table to look keys up in, as word_tables_int.h says: (tags of each bucket, places)."""
    count = 1
    while count * BUCKET_SLOTS < 2 * len(keys):
        count *= 2
    tags, places = [0] * count, [None] * (count * BUCKET_SLOTS)
    for place, key in enumerate(keys):
        bucket = key & count - 1
        while places[bucket * BUCKET_SLOTS + BUCKET_SLOTS - 1] is not None:
            bucket = bucket + 1 & count - 1
        slot = next(i for i in range(BUCKET_SLOTS) if not tags[bucket] >> 8 * i & 255)
        tags[bucket] |= (key >> 24 or 1) << 8 * slot
        places[bucket * BUCKET_SLOTS + slot] = place
    return tags, places


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
    """The different sets of classes, numbered; the first is the empty one."""

    def __init__(self, classes):
        self.place = {name: number for number, name in enumerate(classes)}
        self.length = (len(classes) + 63) // 64 or 1
        self.numbers = {0: 0}

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


def words_text(words):
    """A word stands where its slot is, so that there is nothing between."""
    tags, places = buckets([hash_ for hash_, _ in words])
    rows = ("{0}" if place is None else f"{{0x{words[place][0]:08x}u, {words[place][1]}}}"
            for place in places)
    return "\n".join([
        table("uint64_t", "screen_word_tags", (f"0x{tag:016x}u" for tag in tags)),
        table("struct screen_word_row", "screen_word_rows", rows),
    ])


def prefixes_text(prefixes):
    """Prefixes, and of each first letter the letters that may come second."""
    seconds = [0] * 32
    for prefix, _ in prefixes:
        seconds[prefix[0] & 31] |= 1 << (prefix[1] & 31)
    rows = (f"{{0x{word_hash(prefix.decode()):08x}u, {len(prefix)}, {number}}}"
            for prefix, number in prefixes)
    return "\n".join([
        table("struct screen_prefix_row", "screen_prefix_rows", rows),
        table("uint32_t", "screen_prefix_seconds", (f"0x{bits:08x}u" for bits in seconds)),
    ])


def phrases_text(phrases):
    """Phrases of the same first two words stand together; a slot leads to the first of them."""
    rows, rest, firsts = [], [], []
    keys = sorted((pair_hash(first, others[0]), first, others, number)
                  for first, others, number in phrases)
    for place, (key, first, others, number) in enumerate(keys):
        is_last = place + 1 == len(keys) or keys[place + 1][0] != key
        if place == 0 or keys[place - 1][0] != key:
            firsts.append((key, place))
        rows.append(f"{{0x{first:08x}u, 0x{others[0]:08x}u, {len(rest)}, {number}, "
                    f"{len(others)}, {int(is_last)}}}")
        rest += others[1:]
    tags, places = buckets([key for key, _ in firsts])
    return "\n".join([
        table("uint64_t", "screen_phrase_tags", (f"0x{tag:016x}u" for tag in tags)),
        table("uint32_t", "screen_phrase_places",
              ("0" if place is None else str(firsts[place][1]) for place in places)),
        table("struct screen_phrase_row", "screen_phrase_rows", rows),
        table("uint32_t", "screen_phrase_rest", (f"0x{hash_:08x}u" for hash_ in rest)),
    ])


def source_text(classes, entries):
    sets = Sets(classes)
    words, prefixes, phrases = [], [], []
    for entry, names in sorted(entries.items()):
        number = sets.number(names)
        if len(entry) == 1 and entry[0].endswith("*"):
            prefixes.append((entry[0][:-1].encode(), number))
        elif len(entry) == 1:
            words.append((word_hash(entry[0]), number))
        else:
            phrases.append((word_hash(entry[0]), [word_hash(word) for word in entry[1:]], number))
    hashes = [hash_ for hash_, _ in words]
    if len(set(hashes)) != len(hashes):
        raise SystemExit("two words have the same hash: change screen_hash()")
    if len(sets.numbers) > SETS_MAX:
        raise SystemExit("too many sets of classes: widen screen_phrase_row.set")
    return "\n".join([
        '/* Made by tools/screen_words.py from src/screen/words/. */\n'
        '#include "screen/word_tables_int.h"\n',
        words_text(words),
        prefixes_text(prefixes),
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

#!/usr/bin/env python3
"""Checks the files of the corpus: fields, kinds, braces, duplicates. README.md beside it says what
they mean.

    python3 lint.py FILE...

Prints what is wrong with its line, then a count of drafts, benign ones and spans by kind. Exit 1
when something is wrong.
"""

import collections
import re
import sys

SPAN_KINDS = set("""pupil-named staff-named parent-named person-named pupil-described
staff-described parent-described school-name school-abbreviation
school-look-alike affiliation disclaimer email-address school-email phone-number
postal-address postcode date-of-birth pupil-number health-number
insurance-number teacher-number bank-details credential meeting-link door-code
security-answer confidentiality-mark sensitive-context confidential-matter
disparagement insult obscenity sexual-content harassment threat hatred
extremism-support grievance allegation specific-matter reference reported-views
speaking-for-school personal-gain solicitation long-quotation uncredited-image
risky-link""".split())
POST_KINDS = set("""query complaint praise subject-access-request press-enquiry disclosure-of-harm
abuse spam""".split())
CHANNELS = {"personal", "official", "message", "profile", "incoming"}
TARGETS = set("school management colleague pupil parent governor supplier organisation".split())
DETAILS = {
    "sensitive-context": set("health needs safeguarding family discipline pay".split()),
    "confidential-matter": set("corporate commercial political in-confidence".split()),
    "disparagement": TARGETS,
    "insult": TARGETS | {"person"},
    "harassment": TARGETS | {"person"},
    "hatred": set("""age disability gender-reassignment marriage pregnancy race religion sex
sexual-orientation""".split()),
}
TOKEN = re.compile(r"\{([a-z-]+)(?::([a-z-]+))?\||\}|\{|\|")


def draft_read(text):
    """(plain, spans, fault): spans are (kind, detail, start, end) in characters of `plain`."""
    plain, spans, open_spans, at = [], [], [], 0
    length = 0
    for token in TOKEN.finditer(text):
        piece = text[at:token.start()]
        plain.append(piece)
        length += len(piece)
        at = token.end()
        if token.group(1):
            open_spans.append((token.group(1), token.group(2), length))
        elif token.group() == "}" and open_spans:
            kind, detail, start = open_spans.pop()
            spans.append((kind, detail, start, length))
        else:
            return "", [], f"a stray {token.group()!r} at character {token.start()}"
    plain.append(text[at:])
    if open_spans:
        return "", [], f"{{{open_spans[-1][0]}| is not closed"
    return "".join(plain), spans, None


def line_faults(line):
    fields = line.split("\t")
    if len(fields) != 3:
        return [f"{len(fields)} fields in place of 3"], None
    channel, posts, text = fields
    faults = [] if channel in CHANNELS else [f"no such channel: {channel}"]
    kinds = [] if posts == "-" else posts.split(",")
    faults += [f"no such post kind: {kind}" for kind in kinds if kind not in POST_KINDS]
    if kinds and channel != "incoming":
        faults.append("post kinds belong to incoming drafts only")
    plain, spans, fault = draft_read(text)
    if fault:
        faults.append(fault)
    for kind, detail, start, end in spans:
        if kind not in SPAN_KINDS:
            faults.append(f"no such kind: {kind}")
        elif detail not in DETAILS.get(kind, {None}):
            faults.append(f"{kind} cannot have the detail {detail}")
        if not plain[start:end].strip():
            faults.append(f"{kind} has no words")
        elif plain[start:end] != plain[start:end].strip():
            faults.append(f"{kind} begins or ends with a space")
    return faults, (plain, kinds, spans)


def main():
    count, wrong, benign, spans_of, seen = 0, 0, 0, collections.Counter(), {}
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                line = line.rstrip("\n")
                if not line or line.startswith("#"):
                    continue
                faults, draft = line_faults(line)
                count += 1
                if draft:
                    plain, kinds, spans = draft
                    benign += not kinds and not spans
                    spans_of.update(kind for kind, *_ in spans)
                    spans_of.update(kinds)
                    if plain in seen:
                        faults.append(f"the same draft stands in {seen[plain]}")
                    seen[plain] = f"{path}:{number}"
                for fault in faults:
                    wrong += 1
                    print(f"{path}:{number}: {fault}")
    print(f"{count} drafts, {benign} benign, {wrong} faults")
    print(", ".join(f"{kind} {number}" for kind, number in sorted(spans_of.items())))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

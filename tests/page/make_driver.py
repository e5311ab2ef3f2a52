#!/usr/bin/env python3
"""Writes a C program that renders any template with values read from its standard input.

    make_driver.py OUT.c HEADER web/templates/*.html

The program is what the tests of templates speak to (driver.py is the other side). HEADER declares
the templates. It reads requests until the end: a line with the name of a template, then its
parameters in the order of their declaration. A text, an address or html is a line with its length
and then so many bytes; a number, or a truth as 0 or 1, is a line; a list is a line with its count
and then its items; a record is its fields. It answers each with a line that holds the length of the
HTML, and then the HTML.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))

from templates.check import check_all          # noqa: E402
from templates.read import read_file           # noqa: E402
from templates.source import Source            # noqa: E402
from templates.write import c_type, first_line, structs_in_order  # noqa: E402

SUPPORT = r"""/* Read first: tests/page/make_driver.py. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "HEADER"

#define LINE_BYTES_MAX 200

/* A line of the input, without its end. False at the end of the input. */
static bool read_line(char line[LINE_BYTES_MAX])
{
    if (!fgets(line, LINE_BYTES_MAX, stdin)) {
        return false;
    }
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static int64_t read_int(void)
{
    char line[LINE_BYTES_MAX];
    bool is_there = read_line(line);
    assert(is_there);
    return strtoll(line, NULL, 10);
}

static struct str read_str(struct arena *arena)
{
    size_t len = (size_t)read_int();
    char *at = arena_alloc(arena, len);
    size_t got = fread(at, 1, len, stdin);
    assert(got == len);
    return (struct str){at, len};
}
"""

MAIN = r"""
int main(void)
{
    char name[LINE_BYTES_MAX];
    while (read_line(name)) {
        struct arena *arena = arena_open();
        struct html out = html_new(arena);
        size_t i = 0;
        while (i < sizeof(templates) / sizeof(templates[0]) &&
               strcmp(templates[i].name, name) != 0) {
            i++;
        }
        assert(i < sizeof(templates) / sizeof(templates[0]) && "no such template");
        templates[i].render(arena, &out);
        struct html_raw made = html_take(&out);
        printf("%zu\n", made.markup.len);
        fwrite(made.markup.at ? made.markup.at : "", 1, made.markup.len, stdout);
        fflush(stdout);
        arena_close(arena);
    }
    return 0;
}
"""


def read_expression(field_type):
    if field_type.kind in ("str", "url"):
        return "read_str(arena)"
    if field_type.kind == "html":
        return "(struct html_raw){read_str(arena)}"
    if field_type.kind == "int":
        return "read_int()"
    if field_type.kind == "bool":
        return "read_int() != 0"
    return f"read_{field_type.name}(arena)"


def read_fields(fields):
    """Statements that fill `value`."""
    for field in fields:
        if field.type.kind != "list":
            yield f"    value.{field.name} = {read_expression(field.type)};"
            continue
        item = c_type(field.type.of)
        yield f"    value.{field.name}_count = (size_t)read_int();"
        yield (f"    {item} *{field.name} = "
               f"ARENA_ARRAY(arena, {item}, value.{field.name}_count + 1);")
        yield f"    for (size_t i = 0; i < value.{field.name}_count; i++) {{"
        yield f"        {field.name}[i] = {read_expression(field.type.of)};"
        yield "    }"
        yield f"    value.{field.name} = {field.name};"


def write_struct(struct):
    yield f"static struct page_{struct.name} read_{struct.name}(struct arena *arena)"
    yield "{"
    yield f"    struct page_{struct.name} value = {{0}};"
    yield "    (void)arena;"
    yield from read_fields(struct.fields)
    yield "    return value;"
    yield "}"


def write_template(template):
    yield f"static void render_{template.name}(struct arena *arena, struct html *out)"
    yield "{"
    yield "    (void)arena;"
    if template.fields:
        yield f"    struct page_{template.name}_args value = {{0}};"
        yield from read_fields(template.fields)
    yield f"    page_{template.name}(out{', &value' if template.fields else ''});"
    yield "}"


def declarations(files):
    """The names of all structs and templates of these files."""
    structs, templates = [], []
    for path in files:
        more_structs, more_templates, refusals = read_file(
            Source(path.name, path.read_text(encoding="utf-8")))
        if refusals:
            sys.exit("\n".join(map(str, refusals)))
        structs += more_structs
        templates += more_templates
    names, _, refusals = check_all(structs, templates)
    if refusals:
        sys.exit("\n".join(map(str, refusals)))
    return names


def structs_after_their_items(names):
    """Each struct after all that it holds, in lists too."""
    done = []

    def add(struct):
        if struct in done:
            return
        for field in struct.fields:
            name = (field.type.of or field.type).name
            if name and name != struct.name:
                add(names.structs[name])
        done.append(struct)

    for struct in structs_in_order(names):
        add(struct)
    return done


def main():
    out, header, *files = sys.argv[1:]
    files = [pathlib.Path(file) for file in files]
    names = declarations(files)
    lines = [first_line([path.name for path in files]) + SUPPORT.replace("HEADER", header)]
    for struct in structs_after_their_items(names):
        lines += write_struct(struct)
    for template in names.templates.values():
        lines += write_template(template)
    lines += ["static const struct {", "    const char *name;",
              "    void (*render)(struct arena *arena, struct html *out);", "} templates[] = {"]
    lines += [f'    {{"{name}", render_{name}}},' for name in names.templates]
    lines += ["};", MAIN]
    pathlib.Path(out).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

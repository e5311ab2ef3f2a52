#!/usr/bin/env python3
"""Turns .sql files into C, so that SQL stands in SQL files and is called like any function.

    sql.py statements OUT_C OUT_H NAME FILE.sql     statements -> functions with typed arguments
    sql.py migrations OUT_C FILE.sql ...            migrations -> a table, in the order of names
    sql.py tables OUT_C FILE.sql ...                the tables that they make, with statements that
                                                    read and write whole rows (store/table_int.h)

A file of statements:

    -- include "records/ids.h"

    -- person_of_school: people of a school by name, from the one after `after`.
    -- takes school school_id, after text, most int
    -- gives many id person_id, name text, left date?
    SELECT id, name, left_on FROM person WHERE school = :school AND name > :after
    ORDER BY name LIMIT :most;

becomes, for each statement,

    struct person_of_school_row { struct person_id id; struct str name; struct civil_date left; };
    struct person_of_school_rows { const struct person_of_school_row *at; size_t count; };
    struct result person_of_school(struct store_transaction *, struct person_of_school_in in,
                                   struct person_of_school_rows *out);

`gives` is one of: nothing; changed (how many rows: size_t *); one (bool *is_there and the row);
many. Types: int, text, bytes, bool, date, instant, and NAME_id for the struct of that name in an
included header. A "?" behind a type lets SQL's NULL stand for what is empty: 0, the empty text, no
date (see store/value.h).

SQL is written as SQLite and PostgreSQL both read it. Parameters, `:name`, become ?1 or $1. In
migrations the words of SQLite's STRICT tables are put into PostgreSQL's by the table DDL below; a
part for one engine alone stands between `-- only sqlite` (or postgresql) and `-- for both`.
"""

import hashlib
import pathlib
import re
import sys

SCALARS = {  # type: (C type, kind, read, bind)
    "int": ("int64_t", "INT"),
    "text": ("struct str", "TEXT"),
    "bytes": ("struct str", "BYTES"),
    "bool": ("bool", "INT"),
    "date": ("struct civil_date", "INT"),
    "instant": ("struct instant", "INT"),
}

DDL = [  # SQLite's words, PostgreSQL's
    (r"\bid INTEGER PRIMARY KEY\b", "id bigint PRIMARY KEY"),
    (r"\bINTEGER\b", "bigint"),
    (r"\bTEXT\b", 'text COLLATE "C"'),
    (r"\bBLOB\b", "bytea"),
    (r"\)\s*STRICT, WITHOUT ROWID\s*;", ");"),
    (r"\)\s*STRICT\s*;", ");"),
]

HEAD = re.compile(r"^-- ([a-z]\w*): (.*)$")


def fail(path, number, message):
    sys.exit(f"{path}:{number}: {message}")


class Field:
    def __init__(self, path, number, text):
        match = re.fullmatch(r"(\w+) (\w+)(\??)", text.strip())
        if not match:
            fail(path, number, f'"{text.strip()}" is not "name type" or "name type?"')
        self.name, self.type, self.may_be_null = match[1], match[2], bool(match[3])
        if self.type not in SCALARS and not self.type.endswith("_id"):
            fail(path, number, f'there is no type "{self.type}"')

    @property
    def c_type(self):
        return SCALARS[self.type][0] if self.type in SCALARS else f"struct {self.type}"

    @property
    def kind(self):
        return SCALARS[self.type][1] if self.type in SCALARS else "INT"

    def bind(self):
        """The C expression of the value that is bound."""
        value = f"in.{self.name}"
        null = "_OR_NULL" if self.may_be_null else ""
        if self.kind in ("TEXT", "BYTES"):
            return f"STORE_{self.kind}{null}({value})"
        if self.type == "date":
            return f"store_date{null.lower()}({value})"
        if self.type == "instant":
            value += ".milliseconds"
        elif self.type.endswith("_id"):
            value += ".value"
        return f"STORE_INT{null}({value})"

    def read(self, column):
        value = f"values[{column}]"
        if self.kind in ("TEXT", "BYTES"):
            return f"{value}.text"
        if self.type == "bool":
            return f"{value}.number != 0"
        if self.type == "date":
            return f"store_date_of({value})"
        if self.type == "instant":
            return f"(struct instant){{{value}.number}}"
        if self.type.endswith("_id"):
            return f"(struct {self.type}){{{value}.number}}"
        return f"{value}.number"


class Statement:
    def __init__(self, path, number, name, comment):
        self.path, self.number, self.name, self.comment = path, number, name, [comment]
        self.takes, self.gives, self.columns, self.sql = [], None, [], []

    def finish(self):
        sql = "\n".join(self.sql).strip().rstrip(";")
        if self.gives is None or not sql:
            fail(self.path, self.number, f"{self.name} has no `gives`, or no SQL")
        names = [field.name for field in self.takes]
        used = set(re.findall(r"(?<!:):(\w+)", sql))
        for name in used - set(names):
            fail(self.path, self.number, f"{self.name} does not take :{name}")
        for name in set(names) - used:
            fail(self.path, self.number, f"{self.name} does not use :{name}")
        self.sqlite = re.sub(r"(?<!:):(\w+)", lambda m: f"?{names.index(m[1]) + 1}", sql)
        self.postgres = re.sub(r"(?<!:):(\w+)", lambda m: f"${names.index(m[1]) + 1}", sql)


def statements_read(path):
    includes, statements, current = [], [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        head = HEAD.match(line)
        if line.startswith("-- include "):
            includes.append(line.removeprefix("-- include ").strip())
        elif head and (current is None or current.sql):
            current = Statement(path, number, head[1], head[2])
            statements.append(current)
        elif current is not None and line.startswith("-- takes "):
            current.takes = [Field(path, number, part)
                             for part in line.removeprefix("-- takes ").split(",")]
        elif current is not None and line.startswith("-- gives "):
            kind, _, columns = line.removeprefix("-- gives ").partition(" ")
            if kind not in ("nothing", "changed", "one", "many"):
                fail(path, number, f'gives nothing, changed, one or many; not "{kind}"')
            current.gives = kind
            current.columns = [Field(path, number, part) for part in columns.split(",") if part]
            if (kind in ("one", "many")) != bool(current.columns):
                fail(path, number, "columns belong to `gives one` and `gives many`")
        elif line.startswith("--"):
            if current is not None and not current.sql and current.gives is None:
                current.comment.append(line.removeprefix("--").strip())
        elif line.strip():
            if current is None:
                fail(path, number, "a statement begins with a line `-- name: what it does`")
            current.sql.append(line)
    for statement in statements:
        statement.finish()
    return includes, statements


def c_string(text):
    lines = []
    for line in text.splitlines():
        if line.strip():
            escaped = line.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'"{escaped}\\n"')
    return "\n    ".join(lines) if lines else '""'


def prototype(statement):
    parameters = ["struct store_transaction *transaction"]
    if statement.takes:
        parameters.append(f"struct {statement.name}_in in")
    if statement.gives == "changed":
        parameters.append("size_t *changed")
    elif statement.gives == "one":
        parameters += ["bool *is_there", f"struct {statement.name}_row *out"]
    elif statement.gives == "many":
        parameters.append(f"struct {statement.name}_rows *out")
    return f"struct result {statement.name}({', '.join(parameters)})"


def header_write(source, name, includes, statements):
    guard = "HANDRAIL_" + re.sub(r"\W", "_", name).upper()
    out = [f"/* Made by tools/sql.py from {source}. */", f"#ifndef {guard}", f"#define {guard}", "",
           '#include "store/statement.h"']
    out += [f"#include {include}" for include in includes] + [""]
    for statement in statements:
        out.append("/* " + "\n * ".join(statement.comment) + " */")
        if statement.takes:
            out.append(f"struct {statement.name}_in {{")
            out += [f"    {field.c_type} {field.name};" for field in statement.takes]
            out.append("};")
        if statement.columns:
            out.append(f"struct {statement.name}_row {{")
            out += [f"    {field.c_type} {field.name};" for field in statement.columns]
            out.append("};")
        if statement.gives == "many":
            out += [f"struct {statement.name}_rows {{",
                    f"    const struct {statement.name}_row *at;", "    size_t count;", "};"]
        out += [f"MUST_USE {prototype(statement)};", ""]
    return "\n".join(out + ["#endif", ""])


def function_write(statement):
    name, takes = statement.name, statement.takes
    kinds = ", ".join(f"STORE_KIND_{field.kind}" for field in statement.columns) or "0"
    types = ", ".join(f"STORE_KIND_{field.kind}" for field in takes) or "0"
    out = [f"static const enum store_kind {name}_takes[] = {{{types}}};",
           f"static const enum store_kind {name}_gives[] = {{{kinds}}};",
           f"static const struct store_statement {name}_statement = {{",
           f'    .name = "{name}",',
           f"    .sqlite =\n    {c_string(statement.sqlite)},",
           f"    .postgres =\n    {c_string(statement.postgres)},",
           f"    .takes = {name}_takes, .take_count = {len(takes)},",
           f"    .gives = {name}_gives, .give_count = {len(statement.columns)},",
           "};", "", prototype(statement), "{"]
    values = "NULL"
    if takes:
        out.append(f"    const struct store_value values[] = {{")
        out += [f"        {field.bind()}," for field in takes]
        out.append("    };")
        values = "values"
    call = f"transaction, &{name}_statement, {values}"
    if statement.gives == "nothing":
        out.append(f"    return store_do({call}, NULL);")
    elif statement.gives == "changed":
        out.append(f"    return store_do({call}, changed);")
    elif statement.gives == "one":
        out += ["    const struct store_value *row = NULL;",
                f"    TRY(store_one({call}, &row));",
                "    *is_there = row != NULL;",
                f"    *out = row ? {name}_row_of(row) : (struct {name}_row){{0}};",
                "    return RESULT_OK;"]
    else:
        out += ["    struct store_rows rows = {0};",
                f"    TRY(store_many({call}, &rows));",
                f"    struct {name}_row *list =",
                f"        ARENA_ARRAY(store_arena(transaction), struct {name}_row, rows.count);",
                "    for (size_t i = 0; i < rows.count; i++) {",
                f"        list[i] = {name}_row_of(rows.at + i * {len(statement.columns)});",
                "    }",
                f"    *out = (struct {name}_rows){{list, rows.count}};",
                "    return RESULT_OK;"]
    out += ["}", ""]
    if statement.columns:
        row = [f"static struct {name}_row {name}_row_of(const struct store_value *values)", "{",
               f"    return (struct {name}_row){{"]
        row += [f"        .{field.name} = {field.read(i)},"
                for i, field in enumerate(statement.columns)]
        out = row + ["    };", "}", ""] + out
    return out


def statements_main(out_c, out_h, name, path):
    includes, statements = statements_read(path)
    source = "/".join(path.parts[-3:])
    pathlib.Path(out_h).write_text(header_write(source, name, includes, statements),
                                   encoding="utf-8")
    lines = [f"/* Made by tools/sql.py from {source}. */", f'#include "{name}"', "",
             '#include "base/arena.h"', ""]
    for statement in statements:
        lines += function_write(statement)
    pathlib.Path(out_c).write_text("\n".join(lines), encoding="utf-8")


def migration_for(text, engine):
    lines, only = [], None
    for line in text.splitlines():
        if line.startswith("-- only "):
            only = line.removeprefix("-- only ").strip()
        elif line.strip() == "-- for both":
            only = None
        elif not line.lstrip().startswith("--") and only in (None, engine):
            lines.append(re.sub(r"\s+-- .*$", "", line))
    sql = "\n".join(lines)
    if engine == "postgresql":
        for ours, theirs in DDL:
            sql = re.sub(ours, theirs, sql)
    return sql


def migrations_main(out_c, paths):
    lines = ["/* Made by tools/sql.py from the migrations. */",
             '#include "store/migration_int.h"', "",
             "const struct store_migration store_migrations[] = {"]
    for want, path in enumerate(sorted(paths), 1):
        match = re.fullmatch(r"(\d{4})_(\w+)\.sql", path.name)
        if not match or int(match[1]) != want:
            sys.exit(f"{path}: migrations are named {want:04}_words.sql, without a gap")
        text = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        lines += [f'    {{.number = {want}, .name = "{match[2]}", .checksum = "{digest}",',
                  f'     .sqlite =\n    {c_string(migration_for(text, "sqlite"))},',
                  f'     .postgres =\n    {c_string(migration_for(text, "postgresql"))}}},']
    lines += ["};", "", "const size_t store_migration_count =",
              "    sizeof store_migrations / sizeof store_migrations[0];", ""]
    pathlib.Path(out_c).write_text("\n".join(lines), encoding="utf-8")


TABLE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\) STRICT", re.DOTALL)
COLUMN = re.compile(r"^    (\w+) (INTEGER|TEXT|BLOB)\b(.*)$")
ADDED = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (\w+) (INTEGER|TEXT|BLOB)\b")
COLUMN_KINDS = {"INTEGER": "INT", "TEXT": "TEXT", "BLOB": "BYTES"}


def tables_read(path, tables):
    """Adds name: ([(column, kind)], [key column]) of each CREATE TABLE; ALTER TABLE adds to it."""
    text = re.sub(r"\s*--.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for match in TABLE.finditer(text):
        columns, key = [], []
        for line in match[2].splitlines():
            column = COLUMN.match(line)
            if column:
                columns.append((column[1], COLUMN_KINDS[column[2]]))
                if "PRIMARY KEY" in column[3]:
                    key = [column[1]]
            whole = re.match(r"^    PRIMARY KEY \(([\w, ]+)\)", line)
            if whole:
                key = whole[1].split(", ")
        if not key:
            sys.exit(f"{path}: the table {match[1]} has no primary key")
        tables[match[1]] = (columns, key)
    for name, column, kind in ADDED.findall(text):
        tables[name][0].append((column, COLUMN_KINDS[kind]))


def table_write(name, columns, key):
    """A table's columns, and its three statements: the first rows, those after a key, one more."""
    names = [column for column, _ in columns]
    kinds = dict(columns)
    listed, ordered = ", ".join(names), ", ".join(key)

    def statement(suffix, sql, takes, gives):
        def placed(mark):
            return re.sub(r"\?(\d+)", lambda m: mark + m[1], sql)
        return [f"static const struct store_statement {name}_{suffix} = {{",
                f'    .name = "{name}, {suffix}",', f'    .sqlite = "{placed("?")}",',
                f'    .postgres = "{placed("$")}",',
                f"    .takes = {takes}, .take_count = sizeof {takes} / sizeof {takes}[0],",
                f"    .gives = {gives}, .give_count = sizeof {gives} / sizeof {gives}[0],"
                if gives else "    .gives = NULL, .give_count = 0,", "};"]

    def array(suffix, kind_list):
        inside = ", ".join(f"STORE_KIND_{kind}" for kind in kind_list)
        return f"static const enum store_kind {name}_{suffix}[] = {{{inside}}};"

    places = ", ".join(f"?{i + 1}" for i in range(len(key)))
    most = len(key) + 1
    values = ", ".join(f"?{i + 1}" for i in range(len(names)))
    lines = [array("all", [kind for _, kind in columns]), array("most", ["INT"]),
             array("after", [kinds[column] for column in key] + ["INT"])]
    lines += statement("first", f"SELECT {listed} FROM {name} ORDER BY {ordered} LIMIT ?1",
                       f"{name}_most", f"{name}_all")
    lines += statement("next", f"SELECT {listed} FROM {name} WHERE ({ordered}) > ({places}) "
                               f"ORDER BY {ordered} LIMIT ?{most}", f"{name}_after",
                       f"{name}_all")
    lines += statement("add", f"INSERT INTO {name} ({listed}) VALUES ({values})", f"{name}_all",
                       None)
    lines += [f"static const struct store_column {name}_columns[] = {{"]
    lines += [f'    {{"{column}", STORE_KIND_{kind}}},' for column, kind in columns]
    lines += ["};", f"static const size_t {name}_key[] = {{"
              + ", ".join(str(names.index(column)) for column in key) + "};", ""]
    return lines


def tables_main(out_c, paths):
    lines = ["/* Made by tools/sql.py from the migrations. */", '#include "store/table_int.h"', ""]
    rows, tables = [], {}
    for path in sorted(paths):
        tables_read(path, tables)
    for name, (columns, key) in tables.items():
        lines += table_write(name, columns, key)
        rows.append(f'    {{"{name}", {name}_columns, {len(columns)}, {name}_key, {len(key)}, '
                    f"&{name}_first, &{name}_next, &{name}_add}},")
    lines += ["const struct store_table store_tables[] = {"] + rows + ["};", "",
              "const size_t store_table_count = sizeof store_tables / sizeof store_tables[0];", ""]
    pathlib.Path(out_c).write_text("\n".join(lines), encoding="utf-8")


def main():
    arguments = sys.argv[1:]
    if len(arguments) == 5 and arguments[0] == "statements":
        statements_main(arguments[1], arguments[2], arguments[3], pathlib.Path(arguments[4]))
    elif len(arguments) >= 3 and arguments[0] == "migrations":
        migrations_main(arguments[1], [pathlib.Path(path) for path in arguments[2:]])
    elif len(arguments) >= 3 and arguments[0] == "tables":
        tables_main(arguments[1], [pathlib.Path(path) for path in arguments[2:]])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()

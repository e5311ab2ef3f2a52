"""Renders templates with given values: speaks to the program that make_driver.py writes.

Values are as in the templates: a text is bytes or str, a list is a list, a record is a dict. What
is left out is empty, false or 0; a name that the template does not know is an error.
"""

import os
import pathlib
import subprocess

from make_driver import declarations

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = [*sorted((ROOT / "web" / "templates").glob("*.html")), ROOT / "tests/page/language.html"]


class Driver:
    """The running program, and what it can render."""

    def __init__(self, program=None):
        build = pathlib.Path(os.environ.get("HANDRAIL_BUILD", ROOT / "build-test"))
        program = program or build / "tests" / "page" / "templates_driver"
        self.names = declarations(FILES)
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def render(self, template, values):
        """The HTML as bytes."""
        request = [f"{template}\n".encode()]
        self.write_fields(self.names.templates[template].fields, values, request)
        self.process.stdin.write(b"".join(request))
        self.process.stdin.flush()
        length = int(self.process.stdout.readline())
        return self.process.stdout.read(length)

    def write_fields(self, fields, values, out):
        unknown = set(values) - {field.name for field in fields}
        if unknown:
            raise KeyError(f"no parameter {sorted(unknown)}")
        for field in fields:
            self.write_value(field.type, values.get(field.name), out)

    def write_value(self, field_type, value, out):
        if field_type.kind == "list":
            out.append(f"{len(value or [])}\n".encode())
            for item in value or []:
                self.write_value(field_type.of, item, out)
        elif field_type.kind == "struct":
            self.write_fields(self.names.structs[field_type.name].fields, value or {}, out)
        elif field_type.kind in ("int", "bool"):
            out.append(f"{int(value or 0)}\n".encode())
        else:
            text = b"" if value is None else value if isinstance(value, bytes) else value.encode()
            out.append(f"{len(text)}\n".encode() + text)

    def close(self):
        """True when the program ended well."""
        self.process.stdin.close()
        return self.process.wait() == 0

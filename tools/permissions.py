#!/usr/bin/env python3
"""Turns permissions.tsv into C.

    permissions.py OUT_C PERMISSIONS.tsv

A line is action, scope (self, school, trust) and the roles, with spaces between; "#" begins a
comment. What must hold: no row twice.
"""

import pathlib
import sys

SCOPES = ("self", "school", "trust")


def main():
    out, path = sys.argv[1], pathlib.Path(sys.argv[2])
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or cells[1] not in SCOPES or not cells[2].split():
            sys.exit(f"{path}:{number}: action, scope (self, school, trust) and roles, with tabs")
        for role in cells[2].split():
            row = (cells[0], role, cells[1])
            if row in rows:
                sys.exit(f"{path}:{number}: {' '.join(row)} stands here twice")
            rows.append(row)
    lines = [f"/* Made by tools/permissions.py from {path.name}. */",
             '#include "actions/actions.h"', "",
             "const struct action_permission action_permissions[] = {"]
    lines += [f'    {{STR_INIT("{action}"), STR_INIT("{role}"), ACTION_SCOPE_{scope.upper()}}},'
              for action, role, scope in rows]
    lines += ["};", "", "const size_t action_permission_count =",
              "    sizeof action_permissions / sizeof action_permissions[0];", ""]
    pathlib.Path(out).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

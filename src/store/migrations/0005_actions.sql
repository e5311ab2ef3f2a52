-- What actions need besides what they are about.

-- A request that is sent twice is done once: the answer of the first is given again.
CREATE TABLE act_key (
    person INTEGER NOT NULL,
    word TEXT NOT NULL CHECK (word <> ''), -- chosen by the sender
    action TEXT NOT NULL,
    digest BLOB NOT NULL,     -- of what was asked
    answer TEXT NOT NULL,     -- JSON
    done_at INTEGER NOT NULL,
    PRIMARY KEY (person, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_key_by_time ON act_key (done_at);

-- Imports of people: previewed, carried out, undone.
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    made_by INTEGER NOT NULL REFERENCES person (id),
    made_at INTEGER NOT NULL,
    source TEXT NOT NULL,     -- the file's name
    digest BLOB NOT NULL,     -- of the file
    state TEXT NOT NULL CHECK (state IN ('preview', 'done', 'undone')),
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    departed INTEGER NOT NULL,
    same INTEGER NOT NULL,
    refused INTEGER NOT NULL
) STRICT;

CREATE TABLE import_line (
    run INTEGER NOT NULL REFERENCES import_run (id),
    line INTEGER NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'left', 'refused')),
    person INTEGER REFERENCES person (id),
    earlier TEXT,             -- JSON: what stood there, for the undoing
    later TEXT,               -- JSON: what stands there afterwards
    remark TEXT,              -- why a line was refused
    PRIMARY KEY (run, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_line_by_person ON import_line (person);

-- Nothing of a person who is held is erased.
CREATE TABLE retention_hold (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    why TEXT NOT NULL,
    placed_by INTEGER NOT NULL REFERENCES person (id),
    placed_at INTEGER NOT NULL,
    lifted_by INTEGER REFERENCES person (id),
    lifted_at INTEGER,
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
) STRICT;
CREATE INDEX retention_hold_by_person ON retention_hold (person);

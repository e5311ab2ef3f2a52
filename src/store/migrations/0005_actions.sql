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

-- Imports of people: previewed, carried out, undone. docs/import.md.
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    made_by INTEGER REFERENCES person (id), -- NULL: the program itself
    made_at INTEGER NOT NULL,
    done_at INTEGER,
    undone_at INTEGER,
    source TEXT NOT NULL,     -- the file's name
    digest BLOB NOT NULL,     -- of the file
    state TEXT NOT NULL CHECK (state IN ('preview', 'done', 'undone')),
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    departed INTEGER NOT NULL,
    absent INTEGER NOT NULL,  -- not in the file any more, and nothing is done about it
    same INTEGER NOT NULL,
    passed INTEGER NOT NULL,  -- had left before they were ever known here
    refused INTEGER NOT NULL  -- lines
) STRICT;

-- The schools that a file speaks of: who may see and do it must be allowed to for all of them.
CREATE TABLE import_school (
    run INTEGER NOT NULL REFERENCES import_run (id),
    school INTEGER NOT NULL REFERENCES school (id),
    PRIMARY KEY (run, school)
) STRICT, WITHOUT ROWID;

-- A line for each person, and for each line of the file that was refused.
CREATE TABLE import_line (
    run INTEGER NOT NULL REFERENCES import_run (id),
    number INTEGER NOT NULL CHECK (number > 0),
    line INTEGER,             -- of the file; NULL: who has left stands on none
    change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'left', 'refused')),
    person INTEGER,           -- of somebody added the number that they get when it is carried out
    earlier TEXT,             -- JSON: what stood there, for the undoing
    later TEXT,               -- JSON: what stands there afterwards
    remark TEXT,              -- why a line was refused, or not undone
    outcome TEXT CHECK (outcome IN ('undone', 'kept')),
    PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_line_by_person ON import_line (person);
CREATE INDEX import_line_by_change ON import_line (run, change, number);

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

-- The log of what was done, whose past nobody can change: docs/ledger.md.

CREATE TABLE ledger_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    origin TEXT NOT NULL,     -- the log's name, also in its checkpoints
    epoch INTEGER NOT NULL,   -- 1; one more after each restore
    size INTEGER NOT NULL CHECK (size >= 0),
    frontier BLOB NOT NULL    -- the right edge of the tree: what the next leaf is joined to
) STRICT;

CREATE TABLE ledger_leaf (
    position INTEGER PRIMARY KEY CHECK (position >= 0),
    leaf BLOB NOT NULL        -- says what kind of act and when; of people only a salted commitment
) STRICT;

-- Complete tiles of 256 hashes; those at the right edge are made from the leaves when asked for.
CREATE TABLE ledger_tile (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_checkpoint (
    id INTEGER PRIMARY KEY,
    epoch INTEGER NOT NULL,
    size INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    note TEXT NOT NULL,       -- signed
    UNIQUE (epoch, size)
) STRICT;

-- What a leaf commits to. It can be erased: then only kind and time stay, and which act did it.
CREATE TABLE act (
    position INTEGER PRIMARY KEY REFERENCES ledger_leaf (position),
    kind INTEGER NOT NULL,    -- number of the action
    done_at INTEGER NOT NULL,
    actor INTEGER,            -- a person; NULL: the program itself
    person INTEGER,           -- whom it is about
    school INTEGER,           -- which school it is about
    salt BLOB,
    content TEXT,             -- JSON, without names: people stand in it by number
    erased_by INTEGER REFERENCES ledger_leaf (position),
    CHECK ((content IS NULL) = (erased_by IS NOT NULL)),
    CHECK ((salt IS NULL) = (erased_by IS NOT NULL)),
    CHECK (erased_by IS NULL OR (actor IS NULL AND person IS NULL AND school IS NULL))
) STRICT;
CREATE INDEX act_by_person ON act (person, position);
CREATE INDEX act_by_actor ON act (actor, position);
CREATE INDEX act_by_school ON act (school, position);

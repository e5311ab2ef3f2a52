-- Retention by schedule: docs/retention.md. What is due is worked out from the policies and from
-- what is kept; here stands what people have decided, and what was carried out.

-- Which schedule a person has looked at and confirmed, and whether it is carried out by night.
CREATE TABLE retention_setting (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    schedule TEXT NOT NULL CHECK (schedule <> ''), -- its digest: another is not confirmed by this
    confirmed_by INTEGER NOT NULL REFERENCES person (id),
    confirmed_at INTEGER NOT NULL,
    nightly INTEGER NOT NULL CHECK (nightly IN (0, 1))
) STRICT;

-- An execution. It goes on from where it is until it has ended, whoever was interrupted meanwhile.
CREATE TABLE retention_run (
    id INTEGER PRIMARY KEY,
    begun_by INTEGER REFERENCES person (id), -- NULL: the program, by night
    begun_at INTEGER NOT NULL,
    as_of INTEGER NOT NULL,   -- what is due on that day is erased
    schedule TEXT NOT NULL,   -- digest of the schedule that it carries out
    class TEXT NOT NULL,      -- how far it is: in this class of what is kept ...
    mark INTEGER NOT NULL,    -- ... and behind which item of it
    item INTEGER NOT NULL,
    part INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    held INTEGER NOT NULL,    -- passed over
    ended_at INTEGER,
    outcome TEXT CHECK (outcome IN ('done', 'stopped', 'changed')),
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
-- One at a time.
CREATE UNIQUE INDEX retention_run_open ON retention_run ((outcome IS NULL)) WHERE outcome IS NULL;

-- What an execution came to, by numbers alone: the content is gone.
CREATE TABLE retention_item (
    run INTEGER NOT NULL REFERENCES retention_run (id),
    class TEXT NOT NULL,      -- as the vocabulary calls it
    item INTEGER NOT NULL,
    part INTEGER NOT NULL,
    person INTEGER,           -- whose it was
    since INTEGER NOT NULL,   -- the day from which the period counts
    policy TEXT NOT NULL,
    clause TEXT NOT NULL,
    hold INTEGER REFERENCES retention_hold (id), -- passed over for this; NULL: erased
    position INTEGER NOT NULL, -- in the history: the act of the step
    PRIMARY KEY (run, class, item, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX retention_item_by_position ON retention_item (run, position);

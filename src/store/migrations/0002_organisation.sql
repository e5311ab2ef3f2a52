-- The trust, its schools, and what each of them sets for its policy.

CREATE TABLE trust (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL CHECK (name <> ''),
    made_at INTEGER NOT NULL,
    revision INTEGER NOT NULL
) STRICT;

CREATE TABLE school (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK (code <> ''), -- what imports and addresses call it
    name TEXT NOT NULL CHECK (name <> ''),
    nation TEXT NOT NULL CHECK (nation IN ('england', 'wales', 'scotland', 'northern-ireland')),
    policy TEXT,              -- the pack that it has adopted; NULL: none yet
    adopted_on INTEGER,
    closed_on INTEGER,
    revision INTEGER NOT NULL
) STRICT;

-- Other names, abbreviations, accounts and mail domains: what speaks of the school in a draft.
CREATE TABLE school_word (
    id INTEGER PRIMARY KEY,
    school INTEGER NOT NULL REFERENCES school (id),
    kind TEXT NOT NULL CHECK (kind IN ('name', 'abbreviation', 'account', 'domain')),
    word TEXT NOT NULL CHECK (word <> ''),
    UNIQUE (school, kind, word)
) STRICT;

-- Parameters of the adopted policy, by the names that it gives them.
CREATE TABLE school_setting (
    school INTEGER NOT NULL REFERENCES school (id),
    name TEXT NOT NULL,
    setting TEXT NOT NULL,
    PRIMARY KEY (school, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE school_period (
    id INTEGER PRIMARY KEY,
    school INTEGER NOT NULL REFERENCES school (id),
    kind TEXT NOT NULL CHECK (kind IN ('term', 'half-term', 'inset', 'closure')),
    name TEXT NOT NULL,
    first_on INTEGER NOT NULL,
    last_on INTEGER NOT NULL,
    CHECK (last_on >= first_on)
) STRICT;
CREATE INDEX school_period_by_day ON school_period (school, first_on);

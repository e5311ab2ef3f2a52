-- People, what they do in the trust, and what they have declared.

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    sort_name TEXT NOT NULL,  -- family name first, folded: how lists are ordered and searched
    known_as TEXT,
    email TEXT UNIQUE,        -- folded to small letters
    reference TEXT UNIQUE,    -- the number in the system that people are imported from
    joined_on INTEGER,
    left_on INTEGER,
    left_run INTEGER,         -- the import that said so; NULL: somebody did, and imports leave it
    erased_at INTEGER,
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_sort_name ON person (sort_name, id);

-- What a person is at a school: staff, governor, volunteer ... the policy's own words.
CREATE TABLE engagement (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    school INTEGER NOT NULL REFERENCES school (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    job_title TEXT,
    starts_on INTEGER,
    ends_on INTEGER,
    imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)), -- an import has it in its list
    UNIQUE (person, school, kind),
    CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on)
) STRICT;
CREATE INDEX engagement_by_school ON engagement (school, person);

-- Roles of the policy's vocabulary, for a school or (NULL) for the whole trust, with terms.
CREATE TABLE role_held (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role <> ''),
    school INTEGER REFERENCES school (id),
    starts_on INTEGER NOT NULL,
    ends_on INTEGER,
    deputy_of INTEGER REFERENCES person (id), -- stands in for this person
    given_by INTEGER REFERENCES person (id),  -- NULL: at the set-up
    CHECK (ends_on IS NULL OR ends_on >= starts_on),
    CHECK (deputy_of IS NULL OR deputy_of <> person)
) STRICT;
CREATE INDEX role_held_by_person ON role_held (person);
CREATE INDEX role_held_by_role ON role_held (role, school);

CREATE TABLE line_manager (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    manager INTEGER NOT NULL REFERENCES person (id),
    since_on INTEGER NOT NULL,
    CHECK (manager <> person)
) STRICT;
CREATE INDEX line_manager_by_manager ON line_manager (manager);

-- Relative of a pupil, parent of a pupil ...: said by the person, so that nobody need ask again.
CREATE TABLE relationship (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    of_whom TEXT,             -- in the person's words; erased with the person
    school INTEGER REFERENCES school (id),
    declared_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX relationship_by_person ON relationship (person);

-- A change of how something applies to one person, agreed by another.
CREATE TABLE adjustment (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    words TEXT NOT NULL,
    agreed_by INTEGER NOT NULL REFERENCES person (id),
    agreed_on INTEGER NOT NULL,
    review_on INTEGER,
    ended_on INTEGER,
    CHECK (agreed_by <> person)
) STRICT;
CREATE INDEX adjustment_by_person ON adjustment (person);

-- The day of a school, or of one person in it: when is a lesson, a break, planning time.
CREATE TABLE timetable_slot (
    id INTEGER PRIMARY KEY,
    school INTEGER NOT NULL REFERENCES school (id),
    person INTEGER REFERENCES person (id), -- NULL: everybody
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6), -- 0 is Monday
    starts_at INTEGER NOT NULL CHECK (starts_at BETWEEN 0 AND 1439), -- minutes of the day
    ends_at INTEGER NOT NULL CHECK (ends_at BETWEEN 1 AND 1440),
    kind TEXT NOT NULL CHECK (kind <> ''), -- what the policy's vocabulary calls such a time
    CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX timetable_slot_by_day ON timetable_slot (school, weekday);

-- How people sign in: docs/identity.md. Secrets stand here as digests or salted hashes; those that
-- must be read again are sealed with a key that is not in the database (identity/sealed.h).

CREATE TABLE account (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    password TEXT,            -- Argon2id, encoded; NULL: signs in by the school's provider or a link
    password_set_at INTEGER,
    totp_secret BLOB,         -- of the second factor; sealed
    totp_step INTEGER,        -- the last step that was used: no code works twice
    factor_next BLOB,         -- a secret that counts once a code of it was given; sealed
    factor_next_at INTEGER,
    factor_due INTEGER NOT NULL DEFAULT 0, -- 1: was reset, and has to be chosen anew
    disabled_at INTEGER,
    made_at INTEGER NOT NULL
) STRICT;

-- The school's provider knows the person under this name.
CREATE TABLE account_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_identity_by_person ON account_identity (person);

CREATE TABLE recovery_code (
    digest BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recovery_code_by_person ON recovery_code (person);

CREATE TABLE signed_in (
    digest BLOB PRIMARY KEY,  -- of the cookie's token
    id INTEGER NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (id),
    way TEXT NOT NULL CHECK (way IN ('password', 'provider', 'link', 'recovery')),
    factor TEXT NOT NULL CHECK (factor IN ('none', 'wanted', 'code', 'provider')),
    provider_sid TEXT,        -- the provider's name of this session, for its sign-out
    provider_token TEXT,      -- what the provider wants to see when somebody signs out
    device TEXT,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    proven_at INTEGER NOT NULL -- when the person last proved who they are: sensitive acts look here
) STRICT, WITHOUT ROWID;
CREATE INDEX signed_in_by_person ON signed_in (person);

-- A link by mail: to sign in once, to accept an invitation, to set a new password.
CREATE TABLE mail_link (
    digest BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('sign-in', 'invitation', 'password')),
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_link_by_person ON mail_link (person);

CREATE TABLE api_token (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (id),
    name TEXT NOT NULL CHECK (name <> ''),
    scopes TEXT NOT NULL,     -- names of actions, with spaces between; "*" for all of the person's
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX api_token_by_person ON api_token (person);

-- Attempts, by account and by address: who tries too often must wait.
CREATE TABLE throttle (
    name TEXT PRIMARY KEY,
    attempts INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- On the way to the provider and back.
CREATE TABLE provider_visit (
    state BLOB PRIMARY KEY,   -- digest
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    back_to TEXT NOT NULL,
    proves INTEGER,           -- the session whose person is to prove again who it is
    age_max INTEGER NOT NULL, -- seconds since the person gave a password there; 0: any
    begun_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the provider said of somebody who signed out there: each word is good once.
CREATE TABLE provider_word (
    id TEXT PRIMARY KEY,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How people sign in with the school's provider, unless a file of the server says it.
CREATE TABLE provider_setting (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    kind TEXT NOT NULL CHECK (kind IN ('microsoft', 'google', 'other')),
    issuer TEXT NOT NULL,
    client TEXT NOT NULL,     -- our id there
    secret BLOB NOT NULL,     -- ours there; sealed
    tenants TEXT NOT NULL,    -- with spaces between
    domains TEXT NOT NULL,    -- the same
    links_by_address INTEGER NOT NULL,
    vouches_factor INTEGER NOT NULL, -- everybody there gives a second factor
    revision INTEGER NOT NULL
) STRICT;

-- Whoever holds one of these roles needs a second factor.
CREATE TABLE factor_role (
    role TEXT PRIMARY KEY CHECK (role <> ''),
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

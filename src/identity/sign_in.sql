-- Accounts, sessions, links, tokens and what slows a guesser down: migrations/0004_sign_in.sql.
-- include "store/ids.h"

-- account_by_email: who signs in under this address, and how.
-- takes email text
-- gives one person person_id, name text, password text?, totp_secret bytes?, totp_step int?, is_shut bool
SELECT p.id AS person, p.name, a.password, a.totp_secret, a.totp_step,
    CASE WHEN a.disabled_at IS NOT NULL OR p.erased_at IS NOT NULL OR a.person IS NULL
        THEN 1 ELSE 0 END AS is_shut
FROM person p LEFT JOIN account a ON a.person = p.id WHERE p.email = :email;

-- account_of: the same by the person's number, and whether and when the person has left.
-- takes person person_id
-- gives one name text, email text?, password text?, totp_secret bytes?, totp_step int?, disabled_at instant?, left_on date?
SELECT p.name, p.email, a.password, a.totp_secret, a.totp_step, a.disabled_at, p.left_on
FROM person p JOIN account a ON a.person = p.id WHERE p.id = :person AND p.erased_at IS NULL;

-- account_open: a person may sign in.
-- takes person person_id, made_at instant
-- gives nothing
INSERT INTO account (person, made_at) VALUES (:person, :made_at)
ON CONFLICT (person) DO UPDATE SET disabled_at = NULL;

-- account_make: the same, but one that was shut stays so.
-- takes person person_id, made_at instant
-- gives nothing
INSERT INTO account (person, made_at) VALUES (:person, :made_at) ON CONFLICT (person) DO NOTHING;

-- account_password_set: the encoded hash.
-- takes person person_id, password text, password_set_at instant
-- gives changed
UPDATE account SET password = :password, password_set_at = :password_set_at
WHERE person = :person;

-- account_totp_used: a code is good once: only if no later one was used meanwhile.
-- takes person person_id, totp_step int
-- gives changed
UPDATE account SET totp_step = :totp_step
WHERE person = :person AND (totp_step IS NULL OR totp_step < :totp_step);

-- account_disable: the person cannot sign in.
-- takes person person_id, disabled_at instant
-- gives changed
UPDATE account SET disabled_at = :disabled_at WHERE person = :person AND disabled_at IS NULL;

-- account_remove: with the person, when everything is erased.
-- takes person person_id
-- gives nothing
DELETE FROM account WHERE person = :person;

-- account_identities_clear: whom the provider knew under which name, with the person.
-- takes person person_id
-- gives nothing
DELETE FROM account_identity WHERE person = :person;

-- recovery_code_add: the digest of one.
-- takes digest bytes, person person_id
-- gives nothing
INSERT INTO recovery_code (digest, person) VALUES (:digest, :person);

-- recovery_code_use: it was good, and is not any more.
-- takes digest bytes, person person_id
-- gives changed
DELETE FROM recovery_code WHERE digest = :digest AND person = :person;

-- recovery_codes_clear: before new ones are made.
-- takes person person_id
-- gives nothing
DELETE FROM recovery_code WHERE person = :person;

-- recovery_codes_left: how many are still good.
-- takes person person_id
-- gives one codes int
SELECT count(*) AS codes FROM recovery_code WHERE person = :person;

-- signed_in_add: somebody has signed in.
-- takes digest bytes, id row_id, person person_id, way text, factor text, provider_sid text?, provider_token text?, device text?, started_at instant, ends_at instant
-- gives nothing
INSERT INTO signed_in (digest, id, person, way, factor, provider_sid, provider_token, device,
    started_at, seen_at, ends_at, proven_at)
VALUES (:digest, :id, :person, :way, :factor, :provider_sid, :provider_token, :device, :started_at,
    :started_at, :ends_at, :started_at);

-- signed_in_of: who brings this token, when it is still good. Who has left or is shut out is not
-- among them.
-- takes digest bytes, now instant, today date, seen_after instant
-- gives one id row_id, person person_id, name text, seen_at instant, proven_at instant, way text, factor text, provider_token text?, has_password bool
SELECT s.id, s.person, p.name, s.seen_at, s.proven_at, s.way, s.factor, s.provider_token,
    CASE WHEN a.password IS NULL THEN 0 ELSE 1 END AS has_password
FROM signed_in s JOIN person p ON p.id = s.person JOIN account a ON a.person = s.person
WHERE s.digest = :digest AND s.ends_at > :now AND s.seen_at > :seen_after
    AND a.disabled_at IS NULL AND p.erased_at IS NULL
    AND (p.left_on IS NULL OR p.left_on >= :today);

-- signed_in_seen: still there.
-- takes id row_id, seen_at instant
-- gives nothing
UPDATE signed_in SET seen_at = :seen_at WHERE id = :id AND seen_at < :seen_at;

-- signed_in_proven: the person has proved again who it is, and gets another token.
-- takes id row_id, digest bytes, proven_at instant
-- gives changed
UPDATE signed_in SET digest = :digest, proven_at = :proven_at WHERE id = :id AND factor <> 'wanted';

-- signed_in_coded: the second factor has come; from now on the session is good.
-- takes id row_id, digest bytes, proven_at instant, ends_at instant
-- gives changed
UPDATE signed_in SET digest = :digest, factor = 'code', proven_at = :proven_at,
    seen_at = :proven_at, ends_at = :ends_at
WHERE id = :id AND factor = 'wanted';

-- signed_in_factor: the second factor was set up here.
-- takes id row_id, person person_id
-- gives changed
UPDATE signed_in SET factor = 'code' WHERE id = :id AND person = :person AND factor <> 'wanted';

-- signed_in_remove: signed out.
-- takes id row_id, person person_id
-- gives changed
DELETE FROM signed_in WHERE id = :id AND person = :person;

-- signed_in_remove_all: signed out everywhere but here (0: everywhere).
-- takes person person_id, but row_id
-- gives changed
DELETE FROM signed_in WHERE person = :person AND id <> :but;

-- signed_in_remove_provider: the provider says that it is over.
-- takes provider_sid text
-- gives changed
DELETE FROM signed_in WHERE provider_sid = :provider_sid;

-- signed_in_list: where a person is signed in.
-- takes person person_id, now instant
-- gives many id row_id, way text, factor text, device text?, started_at instant, seen_at instant
SELECT id, way, factor, device, started_at, seen_at FROM signed_in
WHERE person = :person AND ends_at > :now AND factor <> 'wanted' ORDER BY seen_at DESC, id LIMIT 100;

-- signed_in_forget: those that are over.
-- takes now instant
-- gives changed
DELETE FROM signed_in WHERE ends_at <= :now;

-- mail_link_add: a link that was sent.
-- takes digest bytes, person person_id, purpose text, made_at instant, ends_at instant
-- gives nothing
INSERT INTO mail_link (digest, person, purpose, made_at, ends_at)
VALUES (:digest, :person, :purpose, :made_at, :ends_at);

-- mail_link_of: what it is for, when it is good.
-- takes digest bytes, now instant
-- gives one person person_id, purpose text
SELECT person, purpose FROM mail_link
WHERE digest = :digest AND used_at IS NULL AND ends_at > :now;

-- mail_link_use: it is good once.
-- takes digest bytes, used_at instant
-- gives changed
UPDATE mail_link SET used_at = :used_at
WHERE digest = :digest AND used_at IS NULL AND ends_at > :used_at;

-- mail_links_end: all that were sent to a person are of no use any more.
-- takes person person_id
-- gives nothing
DELETE FROM mail_link WHERE person = :person;

-- api_token_add: a program may act for a person.
-- takes id row_id, digest bytes, person person_id, name text, scopes text, made_at instant, ends_at instant
-- gives nothing
INSERT INTO api_token (id, digest, person, name, scopes, made_at, ends_at)
VALUES (:id, :digest, :person, :name, :scopes, :made_at, :ends_at);

-- api_token_of: for whom a program acts, when its token is good.
-- takes digest bytes, now instant, today date
-- gives one id row_id, person person_id, name text, scopes text, used_at instant?
SELECT t.id, t.person, p.name, t.scopes, t.used_at
FROM api_token t JOIN person p ON p.id = t.person JOIN account a ON a.person = t.person
WHERE t.digest = :digest AND t.revoked_at IS NULL AND t.ends_at > :now AND a.disabled_at IS NULL
    AND p.erased_at IS NULL AND (p.left_on IS NULL OR p.left_on >= :today);

-- api_token_used: when it was last of use, to the hour.
-- takes id row_id, used_at instant
-- gives nothing
UPDATE api_token SET used_at = :used_at WHERE id = :id;

-- api_token_list: the tokens of a person.
-- takes person person_id
-- gives many id row_id, name text, scopes text, made_at instant, ends_at instant, used_at instant?, revoked_at instant?
SELECT id, name, scopes, made_at, ends_at, used_at, revoked_at FROM api_token
WHERE person = :person ORDER BY made_at DESC, id LIMIT 100;

-- api_token_revoke: of no use any more.
-- takes id row_id, person person_id, revoked_at instant
-- gives changed
UPDATE api_token SET revoked_at = :revoked_at
WHERE id = :id AND person = :person AND revoked_at IS NULL;

-- api_tokens_end: all of a person.
-- takes person person_id
-- gives nothing
DELETE FROM api_token WHERE person = :person;

-- throttle_of: how often it was tried, and until when nobody need try.
-- takes name text
-- gives one attempts int, since instant, until instant
SELECT attempts, since, until FROM throttle WHERE name = :name;

-- throttle_put: one attempt more.
-- takes name text, attempts int, since instant, until instant
-- gives nothing
INSERT INTO throttle (name, attempts, since, until) VALUES (:name, :attempts, :since, :until)
ON CONFLICT (name) DO UPDATE SET attempts = excluded.attempts, since = excluded.since,
    until = excluded.until;

-- throttle_take_back: the last attempt was none of a guesser.
-- takes name text, allowed int
-- gives nothing
UPDATE throttle SET attempts = attempts - 1,
    until = CASE WHEN attempts <= :allowed THEN since ELSE until END
WHERE name = :name AND attempts > 0;

-- throttle_clear: it was the right one.
-- takes name text
-- gives nothing
DELETE FROM throttle WHERE name = :name;

-- throttle_forget: old ones.
-- takes before instant
-- gives changed
DELETE FROM throttle WHERE since < :before AND until < :before;

-- provider_visit_add: on the way to the provider.
-- takes state bytes, nonce text, verifier text, back_to text, proves row_id?, age_max int, begun_at instant, ends_at instant
-- gives nothing
INSERT INTO provider_visit (state, nonce, verifier, back_to, proves, age_max, begun_at, ends_at)
VALUES (:state, :nonce, :verifier, :back_to, :proves, :age_max, :begun_at, :ends_at);

-- provider_visit_of: back again.
-- takes state bytes, now instant
-- gives one nonce text, verifier text, back_to text, proves row_id?, age_max int, begun_at instant
SELECT nonce, verifier, back_to, proves, age_max, begun_at FROM provider_visit
WHERE state = :state AND ends_at > :now;

-- provider_visit_remove: once.
-- takes state bytes
-- gives changed
DELETE FROM provider_visit WHERE state = :state;

-- provider_visits_forget: who never came back.
-- takes now instant
-- gives changed
DELETE FROM provider_visit WHERE ends_at <= :now;

-- account_identity_of: whom the provider knows under this name.
-- takes issuer text, subject text
-- gives one person person_id
SELECT person FROM account_identity WHERE issuer = :issuer AND subject = :subject;

-- account_link_find: of which address the provider's word may be taken: somebody who may sign in
-- and whose school has this mail domain.
-- takes email text, domain text
-- gives one person person_id
SELECT p.id AS person FROM person p
WHERE p.email = :email AND p.erased_at IS NULL AND p.left_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM account a WHERE a.person = p.id AND a.disabled_at IS NOT NULL) AND EXISTS (
    SELECT 1 FROM engagement e JOIN school_word w ON w.school = e.school
    WHERE e.person = p.id AND w.kind = 'domain' AND w.word = :domain);

-- signed_in_remove_subject: the provider says that somebody has signed out everywhere.
-- takes issuer text, subject text
-- gives changed
DELETE FROM signed_in WHERE way = 'provider' AND person IN (
    SELECT person FROM account_identity WHERE issuer = :issuer AND subject = :subject);

-- account_identity_add: from now on.
-- takes issuer text, subject text, person person_id
-- gives nothing
INSERT INTO account_identity (issuer, subject, person) VALUES (:issuer, :subject, :person);

-- account_stands: may this person sign in at all?
-- takes person person_id, today date
-- gives one name text
SELECT p.name FROM person p JOIN account a ON a.person = p.id
WHERE p.id = :person AND a.disabled_at IS NULL AND p.erased_at IS NULL
    AND (p.left_on IS NULL OR p.left_on >= :today);

-- provider_word_add: it is good once.
-- takes id text, ends_at instant
-- gives changed
INSERT INTO provider_word (id, ends_at) VALUES (:id, :ends_at) ON CONFLICT (id) DO NOTHING;

-- provider_words_forget: those that would be refused anyway.
-- takes now instant
-- gives changed
DELETE FROM provider_word WHERE ends_at <= :now;

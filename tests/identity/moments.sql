-- Statements for the tests of signing in: time goes by for what is kept, and what stands there.
-- include "store/ids.h"

-- pass_throttle: as if what was counted had been counted earlier.
-- takes by int
-- gives nothing
UPDATE throttle SET since = since - :by, until = until - :by;

-- pass_signed_in: the same of sessions.
-- takes by int
-- gives nothing
UPDATE signed_in SET started_at = started_at - :by, seen_at = seen_at - :by,
    ends_at = ends_at - :by, proven_at = proven_at - :by;

-- pass_links: the same of links.
-- takes by int
-- gives nothing
UPDATE mail_link SET made_at = made_at - :by, ends_at = ends_at - :by;

-- pass_tokens: the same of tokens.
-- takes by int
-- gives nothing
UPDATE api_token SET made_at = made_at - :by, ends_at = ends_at - :by;

-- person_leaves: on this day.
-- takes person person_id, left_on date
-- gives nothing
UPDATE person SET left_on = :left_on WHERE id = :person;

-- throttles: what is counted under which names.
-- gives many name text, attempts int
SELECT name, attempts FROM throttle ORDER BY name;

-- sessions_kept: rows that hold this digest.
-- takes digest bytes
-- gives one sessions int
SELECT count(*) AS sessions FROM signed_in WHERE digest = :digest;

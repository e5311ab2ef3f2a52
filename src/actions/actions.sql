-- What action_run() itself keeps.
-- include "store/ids.h"

-- act_key_of: whether this was done before.
-- takes person person_id, word text
-- gives one action text, digest bytes, answer text
SELECT action, digest, answer FROM act_key WHERE person = :person AND word = :word;

-- act_key_add: it was done, and this was the answer.
-- takes person person_id, word text, action text, digest bytes, answer text, done_at instant
-- gives nothing
INSERT INTO act_key (person, word, action, digest, answer, done_at)
VALUES (:person, :word, :action, :digest, :answer, :done_at);

-- act_keys_forget: keys are of use for some days only.
-- takes before instant
-- gives changed
DELETE FROM act_key WHERE done_at < :before;

-- schools_of_person: where a person is.
-- takes person person_id, most int
-- gives many school school_id
SELECT DISTINCT school FROM engagement WHERE person = :person LIMIT :most;

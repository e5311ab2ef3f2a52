-- Retention by schedule: docs/retention.md. Each class of what is kept has three statements of the
-- same form: what may be due, in an order that is paged through; how it is erased; and what is left
-- of all that an execution has erased.
-- Read first: src/actions/retention_int.h.
-- include "store/ids.h"

-- retention_schools: which school has which policy.
-- takes most int
-- gives many id school_id, name text, policy text?
SELECT id, name, policy FROM school ORDER BY name, id LIMIT :most;

-- retention_hold_of: the first hold that keeps everything of a person.
-- takes person person_id
-- gives one id row_id, why text, placed_at instant
SELECT id, why, placed_at FROM retention_hold WHERE person = :person AND lifted_at IS NULL
ORDER BY placed_at, id LIMIT 1;

-- ---- People who have left ------------------------------------------------------------------------

-- leavers_due: a page, by the day of leaving.
-- takes latest int, mark int, id int, most int
-- gives many mark int, id int, part int, person person_id?, school school_id?
SELECT left_on AS mark, id, 0 AS part, id AS person, CAST(NULL AS BIGINT) AS school FROM person
WHERE erased_at IS NULL AND left_on IS NOT NULL AND left_on <= :latest
    AND (left_on, id) > (:mark, :id)
ORDER BY left_on, id LIMIT :most;

-- leavers_left: rows in which something of the erased still stands.
-- takes run row_id
-- gives one rows int
SELECT count(*) AS rows FROM retention_item i WHERE i.run = :run AND i.class = 'leavers'
    AND i.hold IS NULL AND (
    EXISTS (SELECT 1 FROM person t WHERE t.id = i.item AND (t.erased_at IS NULL
        OR t.name <> 'erased' OR t.sort_name <> 'erased' OR t.known_as IS NOT NULL
        OR t.email IS NOT NULL OR t.reference IS NOT NULL))
    OR EXISTS (SELECT 1 FROM relationship t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM adjustment t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM engagement t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM import_line t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM timetable_slot t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM line_manager t WHERE t.person = i.item OR t.manager = i.item)
    OR EXISTS (SELECT 1 FROM retention_hold t WHERE t.person = i.item AND t.why <> 'erased')
    OR EXISTS (SELECT 1 FROM account t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM account_identity t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM signed_in t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM mail_link t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM recovery_code t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM api_token t WHERE t.person = i.item)
    OR EXISTS (SELECT 1 FROM act t WHERE t.person = i.item));

-- ---- Declarations that are over ------------------------------------------------------------------

-- declarations_due: a page, by the moment at which they ended.
-- takes latest int, mark int, id int, most int
-- gives many mark int, id int, part int, person person_id?, school school_id?
SELECT ended_at AS mark, id, 0 AS part, person, school FROM relationship
WHERE ended_at IS NOT NULL AND ended_at < :latest AND (ended_at, id) > (:mark, :id)
ORDER BY ended_at, id LIMIT :most;

-- declaration_erase: one of them.
-- takes id int
-- gives nothing
DELETE FROM relationship WHERE id = :id AND ended_at IS NOT NULL;

-- declarations_left: rows of those that an execution has erased.
-- takes run row_id
-- gives one rows int
SELECT count(*) AS rows FROM retention_item i JOIN relationship t ON t.id = i.item
WHERE i.run = :run AND i.class = 'declarations' AND i.hold IS NULL;

-- ---- Adjustments that are over -------------------------------------------------------------------

-- adjustments_due: a page, by the day on which they ended.
-- takes latest int, mark int, id int, most int
-- gives many mark int, id int, part int, person person_id?, school school_id?
SELECT ended_on AS mark, id, 0 AS part, person, CAST(NULL AS BIGINT) AS school FROM adjustment
WHERE ended_on IS NOT NULL AND ended_on <= :latest AND (ended_on, id) > (:mark, :id)
ORDER BY ended_on, id LIMIT :most;

-- adjustment_erase: one of them.
-- takes id int
-- gives nothing
DELETE FROM adjustment WHERE id = :id AND ended_on IS NOT NULL;

-- adjustments_left: rows of those that an execution has erased.
-- takes run row_id
-- gives one rows int
SELECT count(*) AS rows FROM retention_item i JOIN adjustment t ON t.id = i.item
WHERE i.run = :run AND i.class = 'adjustments' AND i.hold IS NULL;

-- ---- What imports wrote down ---------------------------------------------------------------------

-- imports_due: a page, by the moment of the import. Previews are forgotten by the keeper.
-- takes latest int, mark int, id int, part int, most int
-- gives many mark int, id int, part int, person person_id?, school school_id?
SELECT r.done_at AS mark, l.run AS id, l.number AS part, l.person, CAST(NULL AS BIGINT) AS school
FROM import_line l JOIN import_run r ON r.id = l.run
WHERE r.done_at IS NOT NULL AND r.done_at < :latest
    AND (r.done_at, l.run, l.number) > (:mark, :id, :part)
    AND (l.earlier IS NOT NULL OR l.later IS NOT NULL OR l.remark IS NOT NULL)
ORDER BY r.done_at, l.run, l.number LIMIT :most;

-- import_line_erase: that there was a line stays, and how the import counted it.
-- takes id int, part int
-- gives nothing
UPDATE import_line SET earlier = NULL, later = NULL, remark = NULL
WHERE run = :id AND number = :part;

-- imports_left: lines of those that an execution has erased in which something stands.
-- takes run row_id
-- gives one rows int
SELECT count(*) AS rows FROM retention_item i
JOIN import_line t ON t.run = i.item AND t.number = i.part
WHERE i.run = :run AND i.class = 'imports' AND i.hold IS NULL
    AND (t.earlier IS NOT NULL OR t.later IS NOT NULL OR t.remark IS NOT NULL);

-- ---- Keys of programs ----------------------------------------------------------------------------

-- tokens_due: a page, by the moment at which they ended.
-- takes latest int, mark int, id int, most int
-- gives many mark int, id int, part int, person person_id?, school school_id?
SELECT t.mark, t.id, 0 AS part, t.person, CAST(NULL AS BIGINT) AS school FROM (
    SELECT id, person, CASE WHEN revoked_at IS NOT NULL AND revoked_at < ends_at THEN revoked_at
        ELSE ends_at END AS mark FROM api_token) t
WHERE t.mark < :latest AND (t.mark, t.id) > (:mark, :id)
ORDER BY t.mark, t.id LIMIT :most;

-- token_erase: one of them.
-- takes id int
-- gives nothing
DELETE FROM api_token WHERE id = :id;

-- tokens_left: rows of those that an execution has erased.
-- takes run row_id
-- gives one rows int
SELECT count(*) AS rows FROM retention_item i JOIN api_token t ON t.id = i.item
WHERE i.run = :run AND i.class = 'tokens' AND i.hold IS NULL;

-- ---- What the history says of people -------------------------------------------------------------

-- history_due: a page, in the order of the history. Acts of the ledger itself are not among them.
-- takes latest int, id int, first_kind int, most int
-- gives many mark int, id int, part int, person person_id?, school school_id?
SELECT done_at AS mark, position AS id, 0 AS part, person, school FROM act
WHERE position > :id AND done_at < :latest AND person IS NOT NULL AND content IS NOT NULL
    AND kind >= :first_kind
ORDER BY position LIMIT :most;

-- history_left: acts of those that an execution has erased whose salt or content stands.
-- takes run row_id
-- gives one rows int
SELECT count(*) AS rows FROM retention_item i JOIN act t ON t.position = i.item
WHERE i.run = :run AND i.class = 'history' AND i.hold IS NULL
    AND (t.salt IS NOT NULL OR t.content IS NOT NULL OR t.person IS NOT NULL
        OR t.actor IS NOT NULL OR t.school IS NOT NULL);

-- ---- What was decided ----------------------------------------------------------------------------

-- retention_setting_of: which schedule is confirmed, and whether it is carried out by night.
-- gives one schedule text, confirmed_by person_id, name text, confirmed_at instant, nightly bool
SELECT s.schedule, s.confirmed_by, p.name, s.confirmed_at, s.nightly
FROM retention_setting s JOIN person p ON p.id = s.confirmed_by WHERE s.id = 1;

-- retention_confirm: a person has looked at a dry run. Whether it is done by night stays.
-- takes schedule text, confirmed_by person_id, confirmed_at instant
-- gives nothing
INSERT INTO retention_setting (id, schedule, confirmed_by, confirmed_at, nightly)
VALUES (1, :schedule, :confirmed_by, :confirmed_at, 0)
ON CONFLICT (id) DO UPDATE SET schedule = excluded.schedule,
    confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at;

-- retention_nightly: by night from now on, or not any more.
-- takes nightly bool
-- gives changed
UPDATE retention_setting SET nightly = :nightly WHERE id = 1;

-- ---- Executions ----------------------------------------------------------------------------------

-- retention_run_add: begun, and nothing done yet.
-- takes id row_id, begun_by person_id?, begun_at instant, as_of date, schedule text, class text, mark int, item int, part int
-- gives changed
INSERT INTO retention_run (id, begun_by, begun_at, as_of, schedule, class, mark, item, part,
    erased, held)
VALUES (:id, :begun_by, :begun_at, :as_of, :schedule, :class, :mark, :item, :part, 0, 0);

-- retention_run_open_of: the one that has not ended.
-- gives one id row_id, as_of date, schedule text, class text, mark int, item int, part int
SELECT id, as_of, schedule, class, mark, item, part FROM retention_run WHERE outcome IS NULL;

-- retention_run_of: one execution.
-- takes id row_id
-- gives one begun_by person_id?, begun_by_name text?, begun_at instant, as_of date, schedule text, erased int, held int, ended_at instant?, outcome text?
SELECT r.begun_by, p.name AS begun_by_name, r.begun_at, r.as_of, r.schedule, r.erased, r.held,
    r.ended_at, r.outcome
FROM retention_run r LEFT JOIN person p ON p.id = r.begun_by WHERE r.id = :id;

-- retention_runs: executions, the newest first.
-- takes most int
-- gives many id row_id, begun_by_name text?, begun_at instant, as_of date, erased int, held int, outcome text?
SELECT r.id, p.name AS begun_by_name, r.begun_at, r.as_of, r.erased, r.held, r.outcome
FROM retention_run r LEFT JOIN person p ON p.id = r.begun_by ORDER BY r.id DESC LIMIT :most;

-- retention_run_last: when the last one was begun by the program.
-- gives one begun_at instant
SELECT begun_at FROM retention_run WHERE begun_by IS NULL ORDER BY id DESC LIMIT 1;

-- retention_run_step: how far it is now.
-- takes id row_id, class text, mark int, item int, part int, erased int, held int
-- gives changed
UPDATE retention_run SET class = :class, mark = :mark, item = :item, part = :part,
    erased = erased + :erased, held = held + :held
WHERE id = :id AND outcome IS NULL;

-- retention_run_end: done, or stopped.
-- takes id row_id, ended_at instant, outcome text
-- gives changed
UPDATE retention_run SET ended_at = :ended_at, outcome = :outcome
WHERE id = :id AND outcome IS NULL;

-- retention_item_add: erased, or passed over for a hold.
-- takes run row_id, class text, item int, part int, person person_id?, since date, policy text, clause text, hold row_id?, position int
-- gives nothing
INSERT INTO retention_item (run, class, item, part, person, since, policy, clause, hold, position)
VALUES (:run, :class, :item, :part, :person, :since, :policy, :clause, :hold, :position);

-- retention_steps_of: the acts of an execution: what each came to, a page.
-- takes run row_id, position int, most int
-- gives many position int, class text, policy text, clause text, erased int, held int
SELECT position, class, policy, clause,
    sum(CASE WHEN hold IS NULL THEN 1 ELSE 0 END) AS erased,
    sum(CASE WHEN hold IS NULL THEN 0 ELSE 1 END) AS held
FROM retention_item WHERE run = :run AND position > :position
GROUP BY position, class, policy, clause ORDER BY position, class, policy, clause LIMIT :most;

-- retention_held_of: what an execution passed over.
-- takes run row_id, most int
-- gives many class text, person person_id?, name text?, hold row_id, why text, lifted_at instant?
SELECT i.class, i.person, p.name, i.hold, h.why, h.lifted_at
FROM retention_item i JOIN retention_hold h ON h.id = i.hold LEFT JOIN person p ON p.id = i.person
WHERE i.run = :run ORDER BY i.class, i.item, i.part LIMIT :most;

-- retention_sums_of: what an execution came to, by class.
-- takes run row_id
-- gives many class text, erased int, held int
SELECT class, sum(CASE WHEN hold IS NULL THEN 1 ELSE 0 END) AS erased,
    sum(CASE WHEN hold IS NULL THEN 0 ELSE 1 END) AS held
FROM retention_item WHERE run = :run GROUP BY class ORDER BY class;

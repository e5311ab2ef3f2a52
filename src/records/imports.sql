-- Imports of people: everything that there is, read in pages, and what an import writes.
-- Read first: docs/import.md. Statements that run once a person give nothing, so that PostgreSQL
-- is not waited for.
-- include "store/ids.h"

-- import_people_after: everybody, in the order of numbers, a page.
-- takes id person_id, most int
-- gives many id person_id, name text, sort_name text, known_as text?, email text?, reference text?, joined_on date?, left_on date?, left_run row_id?
SELECT id, name, sort_name, known_as, email, reference, joined_on, left_on, left_run
FROM person WHERE erased_at IS NULL AND id > :id ORDER BY id LIMIT :most;

-- import_posts_after: where everybody is as what, in the order of numbers, a page.
-- takes person person_id, school school_id, kind text, most int
-- gives many person person_id, school school_id, kind text, job_title text?, starts_on date?, ends_on date?, imported bool
SELECT person, school, kind, job_title, starts_on, ends_on, imported FROM engagement
WHERE (person, school, kind) > (:person, :school, :kind)
ORDER BY person, school, kind LIMIT :most;

-- import_roles_after: for which schools roles are held that are not over, a page.
-- takes id row_id, day date, most int
-- gives many id row_id, person person_id, school school_id?
SELECT id, person, school FROM role_held
WHERE id > :id AND (ends_on IS NULL OR ends_on >= :day) ORDER BY id LIMIT :most;

-- import_schools_all: the schools, for finding them by what files call them.
-- takes most int
-- gives many id school_id, code text, name text, closed_on date?
SELECT id, code, name, closed_on FROM school ORDER BY id LIMIT :most;

-- import_school_names: their other names and abbreviations.
-- takes most int
-- gives many school school_id, word text
SELECT school, word FROM school_word WHERE kind IN ('name', 'abbreviation')
ORDER BY school, word LIMIT :most;

-- import_person_add: somebody new.
-- takes id person_id, name text, sort_name text, known_as text?, email text?, reference text?, joined_on date?, left_on date?, left_run row_id?
-- gives nothing
INSERT INTO person (id, name, sort_name, known_as, email, reference, joined_on, left_on, left_run,
    revision)
VALUES (:id, :name, :sort_name, :known_as, :email, :reference, :joined_on, :left_on, :left_run, 1);

-- import_person_put: what stands there from now on.
-- takes id person_id, name text, sort_name text, known_as text?, email text?, reference text?, joined_on date?, left_on date?, left_run row_id?
-- gives nothing
UPDATE person SET name = :name, sort_name = :sort_name, known_as = :known_as, email = :email,
    reference = :reference, joined_on = :joined_on, left_on = :left_on, left_run = :left_run,
    revision = revision + 1
WHERE id = :id AND erased_at IS NULL;

-- import_post_put: where the person is as what.
-- takes id row_id, person person_id, school school_id, kind text, job_title text?, starts_on date?, ends_on date?, imported bool
-- gives nothing
INSERT INTO engagement (id, person, school, kind, job_title, starts_on, ends_on, imported)
VALUES (:id, :person, :school, :kind, :job_title, :starts_on, :ends_on, :imported)
ON CONFLICT (person, school, kind) DO UPDATE SET job_title = excluded.job_title,
    starts_on = excluded.starts_on, ends_on = excluded.ends_on, imported = excluded.imported;

-- import_post_remove: it was not there before.
-- takes person person_id, school school_id, kind text
-- gives nothing
DELETE FROM engagement WHERE person = :person AND school = :school AND kind = :kind;

-- import_person_remove: only the number stays, so that what refers to it does.
-- takes id person_id, erased_at instant
-- gives nothing
UPDATE person SET name = 'erased', sort_name = 'erased', known_as = NULL, email = NULL,
    reference = NULL, joined_on = NULL, left_on = NULL, left_run = NULL, erased_at = :erased_at,
    revision = revision + 1
WHERE id = :id AND erased_at IS NULL;

-- import_run_add: a preview.
-- takes id row_id, made_by person_id?, made_at instant, source text, digest bytes, added int, changed int, departed int, absent int, same int, passed int, refused int
-- gives nothing
INSERT INTO import_run (id, made_by, made_at, source, digest, state, added, changed, departed,
    absent, same, passed, refused)
VALUES (:id, :made_by, :made_at, :source, :digest, 'preview', :added, :changed, :departed,
    :absent, :same, :passed, :refused);

-- import_run_of: one import.
-- takes id row_id
-- gives one made_by person_id?, made_by_name text?, made_at instant, done_at instant?, undone_at instant?, source text, digest bytes, state text, added int, changed int, departed int, absent int, same int, passed int, refused int
SELECT r.made_by, p.name AS made_by_name, r.made_at, r.done_at, r.undone_at, r.source, r.digest,
    r.state, r.added, r.changed, r.departed, r.absent, r.same, r.passed, r.refused
FROM import_run r LEFT JOIN person p ON p.id = r.made_by WHERE r.id = :id;

-- import_runs_before: imports, the newest first, a page.
-- takes id row_id, most int
-- gives many id row_id, made_at instant, source text, state text, added int, changed int, departed int, refused int
SELECT id, made_at, source, state, added, changed, departed, refused FROM import_run
WHERE id < :id ORDER BY id DESC LIMIT :most;

-- import_run_done: it was carried out.
-- takes id row_id, done_at instant
-- gives changed
UPDATE import_run SET state = 'done', done_at = :done_at WHERE id = :id AND state = 'preview';

-- import_run_undone: what stood there before stands there again.
-- takes id row_id, undone_at instant
-- gives changed
UPDATE import_run SET state = 'undone', undone_at = :undone_at WHERE id = :id AND state = 'done';

-- import_school_add: a school that the file speaks of.
-- takes run row_id, school school_id
-- gives nothing
INSERT INTO import_school (run, school) VALUES (:run, :school);

-- import_schools_of: the schools that a file speaks of.
-- takes run row_id, most int
-- gives many school school_id, name text
SELECT i.school, s.name FROM import_school i JOIN school s ON s.id = i.school
WHERE i.run = :run ORDER BY s.name, i.school LIMIT :most;

-- import_line_add: a person, or a line that was refused.
-- takes run row_id, number int, line int?, change text, person person_id?, earlier text?, later text?, remark text?
-- gives nothing
INSERT INTO import_line (run, number, line, change, person, earlier, later, remark)
VALUES (:run, :number, :line, :change, :person, :earlier, :later, :remark);

-- import_lines_after: all lines in their order, a page.
-- takes run row_id, number int, most int
-- gives many number int, line int?, change text, person person_id?, earlier text?, later text?, remark text?, outcome text?
SELECT number, line, change, person, earlier, later, remark, outcome FROM import_line
WHERE run = :run AND number > :number ORDER BY number LIMIT :most;

-- import_lines_of_change: the same, of one kind of change.
-- takes run row_id, change text, number int, most int
-- gives many number int, line int?, change text, person person_id?, earlier text?, later text?, remark text?, outcome text?
SELECT number, line, change, person, earlier, later, remark, outcome FROM import_line
WHERE run = :run AND change = :change AND number > :number ORDER BY number LIMIT :most;

-- import_lines_kept: those that were not undone.
-- takes run row_id, most int
-- gives many number int, line int?, person person_id?, name text?, remark text?
SELECT l.number, l.line, l.person, p.name, l.remark
FROM import_line l LEFT JOIN person p ON p.id = l.person
WHERE l.run = :run AND l.outcome = 'kept' ORDER BY l.number LIMIT :most;

-- import_line_undo: what came of undoing it.
-- takes run row_id, number int, outcome text, remark text?
-- gives nothing
UPDATE import_line SET outcome = :outcome, remark = :remark WHERE run = :run AND number = :number;

-- import_lines_empty: nothing of this person stays in any import.
-- takes person person_id
-- gives nothing
UPDATE import_line SET earlier = NULL, later = NULL WHERE person = :person;

-- import_lines_of_person: what imports did to a person, the newest first.
-- takes person person_id, most int
-- gives many run row_id, done_at instant?, change text, earlier text?, later text?, outcome text?
SELECT l.run, r.done_at, l.change, l.earlier, l.later, l.outcome
FROM import_line l JOIN import_run r ON r.id = l.run
WHERE l.person = :person AND r.state <> 'preview' ORDER BY l.run DESC, l.number LIMIT :most;

-- import_added_used: who was added and has been given something since, a page.
-- takes run row_id, number int, most int
-- gives many number int
SELECT l.number FROM import_line l
WHERE l.run = :run AND l.number > :number AND l.change = 'added' AND (
    EXISTS (SELECT 1 FROM account t WHERE t.person = l.person)
    OR EXISTS (SELECT 1 FROM role_held t WHERE t.person = l.person)
    OR EXISTS (SELECT 1 FROM line_manager t WHERE t.person = l.person OR t.manager = l.person)
    OR EXISTS (SELECT 1 FROM relationship t WHERE t.person = l.person)
    OR EXISTS (SELECT 1 FROM adjustment t WHERE t.person = l.person)
    OR EXISTS (SELECT 1 FROM retention_hold t WHERE t.person = l.person))
ORDER BY l.number LIMIT :most;

-- import_previews_forget_lines: previews that nobody has carried out hold names for some days only.
-- takes before instant
-- gives nothing
DELETE FROM import_line WHERE run IN
    (SELECT id FROM import_run WHERE state = 'preview' AND made_at < :before);

-- import_previews_forget_schools: the same.
-- takes before instant
-- gives nothing
DELETE FROM import_school WHERE run IN
    (SELECT id FROM import_run WHERE state = 'preview' AND made_at < :before);

-- import_previews_forget: the same.
-- takes before instant
-- gives nothing
DELETE FROM import_run WHERE state = 'preview' AND made_at < :before;

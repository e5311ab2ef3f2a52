-- People: who they are, where and in which roles, and what they have declared.
-- include "store/ids.h"

-- person_add: somebody new.
-- takes id person_id, name text, sort_name text, known_as text?, email text?, reference text?, joined_on date?
-- gives changed
INSERT INTO person (id, name, sort_name, known_as, email, reference, joined_on, revision)
VALUES (:id, :name, :sort_name, :known_as, :email, :reference, :joined_on, 1);

-- person_change: when nobody else changed it meanwhile.
-- takes id person_id, name text, sort_name text, known_as text?, email text?, reference text?, joined_on date?, left_on date?, revision int
-- gives changed
UPDATE person SET name = :name, sort_name = :sort_name, known_as = :known_as, email = :email,
    reference = :reference, joined_on = :joined_on, left_on = :left_on,
    left_run = CASE WHEN left_on = :left_on THEN left_run END, revision = revision + 1
WHERE id = :id AND revision = :revision AND erased_at IS NULL;

-- person_of: one person.
-- takes id person_id
-- gives one id person_id, name text, sort_name text, known_as text?, email text?, reference text?, joined_on date?, left_on date?, erased_at instant?, revision int
SELECT id, name, sort_name, known_as, email, reference, joined_on, left_on, erased_at, revision
FROM person WHERE id = :id;

-- person_by_email: who signs in under this address.
-- takes email text
-- gives one id person_id, name text, left_on date?
SELECT id, name, left_on FROM person WHERE email = :email;

-- person_by_reference: who has this number in the system that people come from.
-- takes reference text
-- gives one id person_id
SELECT id FROM person WHERE reference = :reference;

-- people_after: people by family name, a page.
-- takes sort_name text, id person_id, most int
-- gives many id person_id, name text, sort_name text, email text?, left_on date?
SELECT id, name, sort_name, email, left_on FROM person
WHERE erased_at IS NULL AND (sort_name, id) > (:sort_name, :id)
ORDER BY sort_name, id LIMIT :most;

-- people_named: the same, of those whose family name begins so.
-- takes begins text, ends text, sort_name text, id person_id, most int
-- gives many id person_id, name text, sort_name text, email text?, left_on date?
SELECT id, name, sort_name, email, left_on FROM person
WHERE erased_at IS NULL AND sort_name >= :begins AND sort_name < :ends
    AND (sort_name, id) > (:sort_name, :id)
ORDER BY sort_name, id LIMIT :most;

-- people_of_school: the same, of one school. From the school to its people, who are few: so these
-- are found first, whatever an engine would guess of their number.
-- takes school school_id, sort_name text, id person_id, most int
-- gives many id person_id, name text, sort_name text, email text?, left_on date?
WITH there AS MATERIALIZED (SELECT DISTINCT person FROM engagement WHERE school = :school)
SELECT p.id, p.name, p.sort_name, p.email, p.left_on
FROM there JOIN person p ON p.id = there.person
WHERE p.erased_at IS NULL AND (p.sort_name, p.id) > (:sort_name, :id)
ORDER BY p.sort_name, p.id LIMIT :most;

-- people_of_school_named: the same, whose family name begins so.
-- takes school school_id, begins text, ends text, sort_name text, id person_id, most int
-- gives many id person_id, name text, sort_name text, email text?, left_on date?
WITH there AS MATERIALIZED (SELECT DISTINCT person FROM engagement WHERE school = :school)
SELECT p.id, p.name, p.sort_name, p.email, p.left_on
FROM there JOIN person p ON p.id = there.person
WHERE p.erased_at IS NULL AND p.sort_name >= :begins AND p.sort_name < :ends
    AND (p.sort_name, p.id) > (:sort_name, :id)
ORDER BY p.sort_name, p.id LIMIT :most;

-- people_count: how many there are.
-- gives one people int
SELECT count(*) AS people FROM person WHERE erased_at IS NULL;

-- engagement_put: what a person is at a school.
-- takes id row_id, person person_id, school school_id, kind text, job_title text?, starts_on date?, ends_on date?
-- gives nothing
INSERT INTO engagement (id, person, school, kind, job_title, starts_on, ends_on)
VALUES (:id, :person, :school, :kind, :job_title, :starts_on, :ends_on)
ON CONFLICT (person, school, kind) DO UPDATE SET job_title = excluded.job_title,
    starts_on = excluded.starts_on, ends_on = excluded.ends_on;

-- engagement_remove: it was a mistake.
-- takes person person_id, school school_id, kind text
-- gives changed
DELETE FROM engagement WHERE person = :person AND school = :school AND kind = :kind;

-- engagements: where a person is what.
-- takes person person_id
-- gives many id row_id, school school_id, school_name text, kind text, job_title text?, starts_on date?, ends_on date?
SELECT e.id, e.school, s.name AS school_name, e.kind, e.job_title, e.starts_on, e.ends_on
FROM engagement e JOIN school s ON s.id = e.school
WHERE e.person = :person ORDER BY s.name, e.kind;

-- role_add: a person has a role, for a school or for the whole trust.
-- takes id row_id, person person_id, role text, school school_id?, starts_on date, ends_on date?, deputy_of person_id?, given_by person_id?
-- gives changed
INSERT INTO role_held (id, person, role, school, starts_on, ends_on, deputy_of, given_by)
VALUES (:id, :person, :role, :school, :starts_on, :ends_on, :deputy_of, :given_by);

-- role_end: it ends on a day.
-- takes id row_id, person person_id, ends_on date
-- gives changed
UPDATE role_held SET ends_on = :ends_on
WHERE id = :id AND person = :person AND (ends_on IS NULL OR ends_on > :ends_on);

-- role_of: one role that somebody holds.
-- takes id row_id
-- gives one person person_id, role text, school school_id?, starts_on date, ends_on date?
SELECT person, role, school, starts_on, ends_on FROM role_held WHERE id = :id;

-- roles_on: the roles of a person on a day, for permissions.
-- takes person person_id, day date
-- gives many id row_id, role text, school school_id?
SELECT id, role, school FROM role_held
WHERE person = :person AND starts_on <= :day AND (ends_on IS NULL OR ends_on >= :day);

-- roles_of_person: all of them, past and present.
-- takes person person_id
-- gives many id row_id, role text, school school_id?, school_name text?, starts_on date, ends_on date?, deputy_of person_id?, deputy_of_name text?
SELECT r.id, r.role, r.school, s.name AS school_name, r.starts_on, r.ends_on, r.deputy_of,
    d.name AS deputy_of_name
FROM role_held r LEFT JOIN school s ON s.id = r.school LEFT JOIN person d ON d.id = r.deputy_of
WHERE r.person = :person ORDER BY r.starts_on, r.id;

-- holders_on: who holds a role on a day, for a school or for the trust.
-- takes role text, school school_id, day date
-- gives many person person_id, name text, school school_id?
SELECT r.person, p.name, r.school FROM role_held r JOIN person p ON p.id = r.person
WHERE r.role = :role AND (r.school = :school OR r.school IS NULL) AND r.starts_on <= :day
    AND (r.ends_on IS NULL OR r.ends_on >= :day) AND p.left_on IS NULL
ORDER BY p.sort_name, p.id;

-- roles_of_school: who holds which role there on a day.
-- takes school school_id, day date
-- gives many id row_id, role text, person person_id, name text
SELECT r.id, r.role, r.person, p.name FROM role_held r JOIN person p ON p.id = r.person
WHERE r.school = :school AND r.starts_on <= :day AND (r.ends_on IS NULL OR r.ends_on >= :day)
ORDER BY r.role, p.sort_name, p.id LIMIT 500;

-- manager_put: whom a person answers to.
-- takes person person_id, manager person_id, since_on date
-- gives changed
INSERT INTO line_manager (person, manager, since_on) VALUES (:person, :manager, :since_on)
ON CONFLICT (person) DO UPDATE SET manager = excluded.manager, since_on = excluded.since_on;

-- manager_of: whom a person answers to.
-- takes person person_id
-- gives one manager person_id, name text, since_on date
SELECT l.manager, p.name, l.since_on FROM line_manager l JOIN person p ON p.id = l.manager
WHERE l.person = :person;

-- relationship_add: declared by the person.
-- takes id row_id, person person_id, kind text, of_whom text?, school school_id?, declared_at instant
-- gives changed
INSERT INTO relationship (id, person, kind, of_whom, school, declared_at)
VALUES (:id, :person, :kind, :of_whom, :school, :declared_at);

-- relationship_end: it is not so any more.
-- takes id row_id, person person_id, ended_at instant
-- gives changed
UPDATE relationship SET ended_at = :ended_at
WHERE id = :id AND person = :person AND ended_at IS NULL;

-- relationships: what a person has declared and still holds.
-- takes person person_id
-- gives many id row_id, kind text, of_whom text?, school school_id?, declared_at instant
SELECT id, kind, of_whom, school, declared_at FROM relationship
WHERE person = :person AND ended_at IS NULL ORDER BY declared_at, id;

-- adjustment_add: agreed by somebody else.
-- takes id row_id, person person_id, words text, agreed_by person_id, agreed_on date, review_on date?
-- gives changed
INSERT INTO adjustment (id, person, words, agreed_by, agreed_on, review_on)
VALUES (:id, :person, :words, :agreed_by, :agreed_on, :review_on);

-- adjustment_end: it is not needed any more.
-- takes id row_id, person person_id, ended_on date
-- gives changed
UPDATE adjustment SET ended_on = :ended_on
WHERE id = :id AND person = :person AND ended_on IS NULL;

-- adjustments: those of a person that hold.
-- takes person person_id
-- gives many id row_id, words text, agreed_by_name text, agreed_on date, review_on date?
SELECT a.id, a.words, p.name AS agreed_by_name, a.agreed_on, a.review_on
FROM adjustment a JOIN person p ON p.id = a.agreed_by
WHERE a.person = :person AND a.ended_on IS NULL ORDER BY a.agreed_on, a.id;

-- hold_add: nothing of this person is erased.
-- takes id row_id, person person_id, why text, placed_by person_id, placed_at instant
-- gives changed
INSERT INTO retention_hold (id, person, why, placed_by, placed_at)
VALUES (:id, :person, :why, :placed_by, :placed_at);

-- hold_lift: it may be again.
-- takes id row_id, person person_id, lifted_by person_id, lifted_at instant
-- gives changed
UPDATE retention_hold SET lifted_by = :lifted_by, lifted_at = :lifted_at
WHERE id = :id AND person = :person AND lifted_at IS NULL;

-- holds: those that hold.
-- takes person person_id
-- gives many id row_id, why text, placed_at instant
SELECT id, why, placed_at FROM retention_hold
WHERE person = :person AND lifted_at IS NULL ORDER BY placed_at, id;

-- person_erase: only the number stays, so that what refers to it does.
-- takes id person_id, erased_at instant
-- gives changed
UPDATE person SET name = 'erased', sort_name = 'erased', known_as = NULL, email = NULL,
    reference = NULL, joined_on = NULL, erased_at = :erased_at, revision = revision + 1
WHERE id = :id AND erased_at IS NULL;

-- person_erase_relationships: with the person.
-- takes person person_id
-- gives nothing
DELETE FROM relationship WHERE person = :person;

-- person_erase_adjustments: with the person.
-- takes person person_id
-- gives nothing
DELETE FROM adjustment WHERE person = :person;

-- person_erase_engagements: with the person.
-- takes person person_id
-- gives nothing
DELETE FROM engagement WHERE person = :person;

-- person_erase_imports: with the person.
-- takes person person_id
-- gives nothing
DELETE FROM import_line WHERE person = :person;

-- person_erase_slots: with the person.
-- takes person person_id
-- gives nothing
DELETE FROM timetable_slot WHERE person = :person;

-- person_erase_managing: with the person: whom they answered to, and who answered to them.
-- takes person person_id
-- gives nothing
DELETE FROM line_manager WHERE person = :person OR manager = :person;

-- person_erase_holds: holds that were lifted say why in words about the person.
-- takes person person_id
-- gives nothing
UPDATE retention_hold SET why = 'erased' WHERE person = :person;

-- The trust and its schools.
-- include "store/ids.h"

-- trust_add: the trust; there is one.
-- takes name text, made_at instant
-- gives nothing
INSERT INTO trust (id, name, made_at, revision) VALUES (1, :name, :made_at, 1);

-- trust_of: the trust, when it has been set up.
-- gives one name text, made_at instant, revision int
SELECT name, made_at, revision FROM trust WHERE id = 1;

-- trust_change: its name, when nobody changed it meanwhile.
-- takes name text, revision int
-- gives changed
UPDATE trust SET name = :name, revision = revision + 1 WHERE id = 1 AND revision = :revision;

-- school_add: a school.
-- takes id school_id, code text, name text, nation text, policy text?, adopted_on date?
-- gives changed
INSERT INTO school (id, code, name, nation, policy, adopted_on, revision)
VALUES (:id, :code, :name, :nation, :policy, :adopted_on, 1);

-- school_change: what a school is called and which policy it has adopted.
-- takes id school_id, code text, name text, nation text, policy text?, adopted_on date?, closed_on date?, revision int
-- gives changed
UPDATE school SET code = :code, name = :name, nation = :nation, policy = :policy,
    adopted_on = :adopted_on, closed_on = :closed_on, revision = revision + 1
WHERE id = :id AND revision = :revision;

-- school_of: one school.
-- takes id school_id
-- gives one id school_id, code text, name text, nation text, policy text?, adopted_on date?, closed_on date?, revision int
SELECT id, code, name, nation, policy, adopted_on, closed_on, revision FROM school WHERE id = :id;

-- school_by_code: by the name that imports use.
-- takes code text
-- gives one id school_id, name text
SELECT id, name FROM school WHERE code = :code;

-- schools_after: schools by name, with how many people are there, a page.
-- takes name text, id school_id, most int
-- gives many id school_id, code text, name text, nation text, policy text?, closed_on date?, people int
SELECT s.id, s.code, s.name, s.nation, s.policy, s.closed_on,
    (SELECT count(*) FROM engagement e WHERE e.school = s.id) AS people
FROM school s WHERE (s.name, s.id) > (:name, :id) ORDER BY s.name, s.id LIMIT :most;

-- school_choices: all schools that are open, for a list to choose from.
-- takes most int
-- gives many id school_id, name text
SELECT id, name FROM school WHERE closed_on IS NULL ORDER BY name, id LIMIT :most;

-- school_word_add: another name, abbreviation, account or mail domain.
-- takes id row_id, school school_id, kind text, word text
-- gives changed
INSERT INTO school_word (id, school, kind, word) VALUES (:id, :school, :kind, :word);

-- school_word_remove: it is not used any more.
-- takes id row_id, school school_id
-- gives changed
DELETE FROM school_word WHERE id = :id AND school = :school;

-- school_words: what speaks of a school.
-- takes school school_id
-- gives many id row_id, kind text, word text
SELECT id, kind, word FROM school_word WHERE school = :school ORDER BY kind, word;

-- school_setting_put: a parameter of the policy.
-- takes school school_id, name text, setting text
-- gives nothing
INSERT INTO school_setting (school, name, setting) VALUES (:school, :name, :setting)
ON CONFLICT (school, name) DO UPDATE SET setting = excluded.setting;

-- school_setting_remove: the policy's own value holds again.
-- takes school school_id, name text
-- gives changed
DELETE FROM school_setting WHERE school = :school AND name = :name;

-- school_settings: the parameters of a school.
-- takes school school_id
-- gives many name text, setting text
SELECT name, setting FROM school_setting WHERE school = :school ORDER BY name;

-- school_period_add: a term, a half-term, training days, a closure.
-- takes id row_id, school school_id, kind text, name text, first_on date, last_on date
-- gives changed
INSERT INTO school_period (id, school, kind, name, first_on, last_on)
VALUES (:id, :school, :kind, :name, :first_on, :last_on);

-- school_period_remove: it was a mistake.
-- takes id row_id, school school_id
-- gives changed
DELETE FROM school_period WHERE id = :id AND school = :school;

-- school_periods: those that end on or after a day.
-- takes school school_id, from_on date, most int
-- gives many id row_id, kind text, name text, first_on date, last_on date
SELECT id, kind, name, first_on, last_on FROM school_period
WHERE school = :school AND last_on >= :from_on ORDER BY first_on, id LIMIT :most;

-- slot_add: a part of the day.
-- takes id row_id, school school_id, person person_id?, weekday int, starts_at int, ends_at int, kind text
-- gives changed
INSERT INTO timetable_slot (id, school, person, weekday, starts_at, ends_at, kind)
VALUES (:id, :school, :person, :weekday, :starts_at, :ends_at, :kind);

-- slot_remove: it was a mistake.
-- takes id row_id, school school_id
-- gives changed
DELETE FROM timetable_slot WHERE id = :id AND school = :school;

-- slots: the day of a school.
-- takes school school_id
-- gives many id row_id, person person_id?, weekday int, starts_at int, ends_at int, kind text
SELECT id, person, weekday, starts_at, ends_at, kind FROM timetable_slot
WHERE school = :school ORDER BY weekday, starts_at, id LIMIT 2000;

-- slots_of_everybody: the day of a school, as it is for all.
-- takes school school_id
-- gives many id row_id, weekday int, starts_at int, ends_at int, kind text
SELECT id, weekday, starts_at, ends_at, kind FROM timetable_slot
WHERE school = :school AND person IS NULL ORDER BY weekday, starts_at, id LIMIT 500;

-- slots_of_moment: what a moment is for a person: of everybody, and of this one alone.
-- takes school school_id, person person_id, weekday int, minute int
-- gives many kind text
SELECT DISTINCT kind FROM timetable_slot
WHERE school = :school AND (person IS NULL OR person = :person) AND weekday = :weekday
    AND starts_at <= :minute AND ends_at > :minute;

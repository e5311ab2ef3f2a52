-- A list of people or of schools is read from one place on disk, however many there are.

DROP INDEX person_by_sort_name;
CREATE INDEX person_by_sort_name ON person (sort_name, id, name, email, left_on, erased_at);
CREATE INDEX school_by_name ON school (name, id, closed_on);

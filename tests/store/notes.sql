-- Statements over a table that every store has, for the tests of the store itself.

-- note_add: a checkpoint is as good as any other row.
-- takes id int, size int, note text
-- gives nothing
INSERT INTO ledger_checkpoint (id, epoch, size, made_at, note) VALUES (:id, 1, :size, 0, :note);

-- note_change: writes over a note.
-- takes id int, note text
-- gives changed
UPDATE ledger_checkpoint SET note = :note WHERE id = :id;

-- note_of: one note.
-- takes id int
-- gives one note text, size int
SELECT note, size FROM ledger_checkpoint WHERE id = :id;

-- notes_after: notes by number.
-- takes after int, most int
-- gives many id int, note text
SELECT id, note FROM ledger_checkpoint WHERE id > :after ORDER BY id LIMIT :most;

-- notes_by_text: in the order of their text.
-- gives many note text
SELECT note FROM ledger_checkpoint ORDER BY note;

-- tile_add: a row that holds bytes.
-- takes number int, hashes bytes
-- gives nothing
INSERT INTO ledger_tile (level, number, hashes) VALUES (0, :number, :hashes);

-- tile_of: its bytes.
-- takes number int
-- gives one hashes bytes
SELECT hashes FROM ledger_tile WHERE level = 0 AND number = :number;

-- manager_add: refers to two people, who must be there and must not be one.
-- takes person int, manager int
-- gives changed
INSERT INTO line_manager (person, manager, since_on) VALUES (:person, :manager, 0);

-- someone_add: a person; most of one is left out.
-- takes id int, name text, email text?, left_on date?
-- gives changed
INSERT INTO person (id, name, sort_name, email, left_on, revision)
VALUES (:id, :name, :name, :email, :left_on, 1);

-- someone_of: reads what may be missing.
-- takes id int
-- gives one email text?, left_on date?
SELECT email, left_on FROM person WHERE id = :id;

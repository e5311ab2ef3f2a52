-- The tables of the ledger: docs/ledger.md.
-- include "store/ids.h"

-- ledger_head_add: the head of a new ledger, without entries.
-- takes origin text, frontier bytes
-- gives nothing
INSERT INTO ledger_head (id, origin, epoch, size, frontier)
VALUES (1, :origin, 1, 0, :frontier);

-- ledger_head_of: how long it is, its right edge, and how many checkpoints there are.
-- gives one origin text, epoch int, size int, frontier bytes, checkpoints int, first_key text?
SELECT origin, epoch, size, frontier, checkpoints, first_key FROM ledger_head WHERE id = 1;

-- ledger_head_change: one entry more.
-- takes size int, frontier bytes
-- gives nothing
UPDATE ledger_head SET size = :size, frontier = :frontier WHERE id = 1;

-- ledger_epoch_change: after a restore.
-- takes epoch int
-- gives changed
UPDATE ledger_head SET epoch = :epoch WHERE id = 1;

-- ledger_first_key_change: which key signed first.
-- takes first_key text
-- gives nothing
UPDATE ledger_head SET first_key = :first_key WHERE id = 1;

-- ledger_key_acts: those that declare a key (LEDGER_KIND_KEY), oldest first.
-- takes most int
-- gives many position int, done_at instant, salt bytes?, content text?, leaf bytes
SELECT a.position, a.done_at, a.salt, a.content, l.leaf
FROM act a JOIN ledger_leaf l ON l.position = a.position
WHERE a.kind = 4 ORDER BY a.position LIMIT :most;

-- ledger_untidy_add: something was erased, and still stands in free places of the disk.
-- gives nothing
UPDATE ledger_head SET untidy = untidy + 1 WHERE id = 1;

-- ledger_untidy_of: how often, since it was last tidied.
-- gives one untidy int
SELECT untidy FROM ledger_head WHERE id = 1;

-- ledger_tidied: no more, unless something was erased meanwhile.
-- takes untidy int
-- gives changed
UPDATE ledger_head SET untidy = 0 WHERE id = 1 AND untidy = :untidy;

-- ledger_public_of: whether anybody may fetch checkpoint, tiles and entries.
-- gives one is_public int
SELECT is_public FROM ledger_head WHERE id = 1;

-- ledger_public_change: the trust's decision.
-- takes is_public int
-- gives nothing
UPDATE ledger_head SET is_public = :is_public WHERE id = 1;

-- ledger_leaf_add: the entry itself.
-- takes position int, leaf bytes
-- gives nothing
INSERT INTO ledger_leaf (position, leaf) VALUES (:position, :leaf);

-- ledger_leaves: entries from a position on.
-- takes from_position int, most int
-- gives many position int, leaf bytes
SELECT position, leaf FROM ledger_leaf WHERE position >= :from_position
ORDER BY position LIMIT :most;

-- ledger_tile_of: the hashes of a tile that is stored.
-- takes level int, number int
-- gives one hashes bytes
SELECT hashes FROM ledger_tile WHERE level = :level AND number = :number;

-- ledger_tiles: all of them, in order.
-- takes level int, after int, most int
-- gives many number int, hashes bytes
SELECT number, hashes FROM ledger_tile WHERE level = :level AND number > :after
ORDER BY number LIMIT :most;

-- ledger_tile_add: a new tile.
-- takes level int, number int, hashes bytes
-- gives nothing
INSERT INTO ledger_tile (level, number, hashes) VALUES (:level, :number, :hashes);

-- ledger_tile_change: a tile has become longer.
-- takes level int, number int, hashes bytes
-- gives nothing
UPDATE ledger_tile SET hashes = :hashes WHERE level = :level AND number = :number;

-- ledger_act_add: what an entry commits to.
-- takes position int, kind int, done_at instant, actor person_id?, person person_id?, school school_id?, salt bytes, content text
-- gives nothing
INSERT INTO act (position, kind, done_at, actor, person, school, salt, content)
VALUES (:position, :kind, :done_at, :actor, :person, :school, :salt, :content);

-- ledger_entries: entries with their acts, from a position on: for verification.
-- takes from_position int, most int
-- gives many position int, leaf bytes, act int?, kind int?, done_at instant?, actor int?, person int?, school int?, salt bytes?, content text?, erased_by int?
SELECT l.position, l.leaf, a.position + 1 AS act, a.kind, a.done_at, a.actor, a.person, a.school,
    a.salt, a.content, a.erased_by + 1 AS erased_by
FROM ledger_leaf l LEFT JOIN act a ON a.position = l.position
WHERE l.position >= :from_position ORDER BY l.position LIMIT :most;

-- ledger_act_of: one act.
-- takes position int
-- gives one leaf bytes, kind int, done_at instant, actor person_id?, person person_id?, school school_id?, salt bytes?, content text?, erased_by int?
SELECT l.leaf, a.kind, a.done_at, a.actor, a.person, a.school, a.salt, a.content,
    a.erased_by + 1 AS erased_by
FROM act a JOIN ledger_leaf l ON l.position = a.position WHERE a.position = :position;

-- ledger_acts_before: the newest acts below a position.
-- takes before int, most int
-- gives many position int, kind int, done_at instant, actor person_id?, person person_id?, school school_id?, content text?
SELECT position, kind, done_at, actor, person, school, content FROM act
WHERE position < :before ORDER BY position DESC LIMIT :most;

-- ledger_acts_of_school: the same of one school.
-- takes school school_id, before int, most int
-- gives many position int, kind int, done_at instant, actor person_id?, person person_id?, school school_id?, content text?
SELECT position, kind, done_at, actor, person, school, content FROM act
WHERE school = :school AND position < :before ORDER BY position DESC LIMIT :most;

-- ledger_acts_of_person: the same about one person.
-- takes person person_id, before int, most int
-- gives many position int, kind int, done_at instant, actor person_id?, person person_id?, school school_id?, content text?
SELECT position, kind, done_at, actor, person, school, content FROM act
WHERE person = :person AND position < :before ORDER BY position DESC LIMIT :most;

-- ledger_positions_of_person: where there is something to erase.
-- takes person person_id, after int, most int
-- gives many position int
SELECT position FROM act WHERE person = :person AND position > :after ORDER BY position LIMIT :most;

-- ledger_acts_erase: what was written of a person is gone; that something happened stays.
-- takes person person_id, below int, erased_by int
-- gives changed
UPDATE act SET salt = NULL, content = NULL, actor = NULL, person = NULL, school = NULL,
    erased_by = :erased_by
WHERE person = :person AND position < :below;

-- ledger_act_erase: the same of one act.
-- takes position int, erased_by int
-- gives changed
UPDATE act SET salt = NULL, content = NULL, actor = NULL, person = NULL, school = NULL,
    erased_by = :erased_by
WHERE position = :position AND person IS NOT NULL AND content IS NOT NULL;

-- ledger_counts: all that is kept, so that nothing is missing or there besides.
-- gives one acts int, leaves int, tiles int
SELECT (SELECT count(*) FROM act) AS acts, (SELECT count(*) FROM ledger_leaf) AS leaves,
    (SELECT count(*) FROM ledger_tile) AS tiles;

-- ledger_checkpoint_add: signed, to be found again.
-- takes id int, epoch int, size int, made_at instant, note text
-- gives nothing
INSERT INTO ledger_checkpoint (id, epoch, size, made_at, note)
VALUES (:id, :epoch, :size, :made_at, :note);

-- ledger_checkpoint_count: one more.
-- gives nothing
UPDATE ledger_head SET checkpoints = checkpoints + 1 WHERE id = 1;

-- ledger_checkpoint_last: the newest.
-- gives one epoch int, size int, made_at instant, note text
SELECT epoch, size, made_at, note FROM ledger_checkpoint ORDER BY epoch DESC, size DESC LIMIT 1;

-- ledger_checkpoints: all, oldest first.
-- takes after_epoch int, after_size int, most int
-- gives many epoch int, size int, note text
SELECT epoch, size, note FROM ledger_checkpoint
WHERE epoch > :after_epoch OR (epoch = :after_epoch AND size > :after_size)
ORDER BY epoch, size LIMIT :most;

-- What the ledger's head knows besides: docs/ledger.md, docs/operating.md.

ALTER TABLE ledger_head ADD COLUMN checkpoints INTEGER NOT NULL DEFAULT 0; -- so that a missing one is noticed
ALTER TABLE ledger_head ADD COLUMN untidy INTEGER NOT NULL DEFAULT 0; -- erased, and not yet overwritten on the disk: how often
UPDATE ledger_head SET checkpoints = (SELECT count(*) FROM ledger_checkpoint);

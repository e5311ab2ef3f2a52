-- Whether outsiders may fetch the ledger's tiles: docs/ledger.md, "Outside witnesses".

ALTER TABLE ledger_head ADD COLUMN is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1));

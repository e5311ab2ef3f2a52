-- Which keys sign the ledger: docs/ledger.md, "Keys of the ledger".

ALTER TABLE ledger_head ADD COLUMN first_key TEXT; -- public; NULL: not known (yet). Acts declare all others
CREATE INDEX act_of_key ON act (position) WHERE kind = 4;

-- Changes of a ledger behind the program's back: for tests alone.

-- behind_first_key_forget: as of a database that an earlier Handrail has signed.
-- gives nothing
UPDATE ledger_head SET first_key = NULL;

-- behind_first_key_set: another first key.
-- takes first_key text
-- gives nothing
UPDATE ledger_head SET first_key = :first_key;

-- behind_act_content: what an act says.
-- takes kind int, content text
-- gives nothing
UPDATE act SET content = :content WHERE kind = :kind;

-- behind_act_kind: what kind of act it is.
-- takes position int, kind int
-- gives nothing
UPDATE act SET kind = :kind WHERE position = :position;

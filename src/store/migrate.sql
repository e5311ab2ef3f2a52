-- migrations_applied: what has been carried out, in order.
-- gives many number int, name text, checksum text
SELECT number, name, checksum FROM store_migration ORDER BY number;

-- migration_add: one more has been carried out.
-- takes number int, name text, checksum text, applied_at instant
-- gives nothing
INSERT INTO store_migration (number, name, checksum, applied_at)
VALUES (:number, :name, :checksum, :applied_at);

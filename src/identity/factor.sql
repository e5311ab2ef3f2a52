-- The second factor, who needs one, and the settings of the provider.
-- include "store/ids.h"

-- factor_of: what a person has of it.
-- takes person person_id
-- gives one name text, email text?, totp_secret bytes?, totp_step int?, factor_next bytes?, factor_next_at instant?, factor_due bool
SELECT p.name, p.email, a.totp_secret, a.totp_step, a.factor_next, a.factor_next_at, a.factor_due
FROM account a JOIN person p ON p.id = a.person WHERE a.person = :person;

-- factor_next_set: one that counts once a code of it was given.
-- takes person person_id, factor_next bytes, factor_next_at instant
-- gives changed
UPDATE account SET factor_next = :factor_next, factor_next_at = :factor_next_at
WHERE person = :person;

-- factor_set: from now on; this step's code has been used.
-- takes person person_id, totp_secret bytes, totp_step int
-- gives changed
UPDATE account SET totp_secret = :totp_secret, totp_step = :totp_step, factor_next = NULL,
    factor_next_at = NULL, factor_due = 0
WHERE person = :person;

-- factor_clear: there is none; whether one has to be chosen anew.
-- takes person person_id, factor_due bool
-- gives changed
UPDATE account SET totp_secret = NULL, totp_step = NULL, factor_next = NULL, factor_next_at = NULL,
    factor_due = :factor_due
WHERE person = :person;

-- factor_missing: a person who needs a second factor and has none.
-- takes person person_id, day date
-- gives one factor_due bool
SELECT a.factor_due FROM account a WHERE a.person = :person AND a.totp_secret IS NULL
    AND (a.factor_due = 1 OR EXISTS (
        SELECT 1 FROM role_held r JOIN factor_role f ON f.role = r.role
        WHERE r.person = :person AND r.starts_on <= :day
            AND (r.ends_on IS NULL OR r.ends_on >= :day)));

-- factor_role_add: whoever holds this role needs one.
-- takes role text, since instant
-- gives changed
INSERT INTO factor_role (role, since) VALUES (:role, :since) ON CONFLICT (role) DO NOTHING;

-- factor_role_remove: not any more.
-- takes role text
-- gives changed
DELETE FROM factor_role WHERE role = :role;

-- factor_roles: the roles that need one.
-- gives many role text, since instant
SELECT role, since FROM factor_role ORDER BY role;

-- factor_role_of: is it one of them?
-- takes role text
-- gives one since instant
SELECT since FROM factor_role WHERE role = :role;

-- provider_setting_of: how people sign in with the provider.
-- gives one kind text, issuer text, client text, secret bytes, tenants text, domains text, links_by_address bool, vouches_factor bool, revision int
SELECT kind, issuer, client, secret, tenants, domains, links_by_address, vouches_factor, revision
FROM provider_setting WHERE id = 1;

-- provider_setting_revision: whether they have changed.
-- gives one revision int
SELECT revision FROM provider_setting WHERE id = 1;

-- provider_setting_put: from now on. A revision is never used again.
-- takes kind text, issuer text, client text, secret bytes, tenants text, domains text, links_by_address bool, vouches_factor bool, revision int
-- gives nothing
INSERT INTO provider_setting (id, kind, issuer, client, secret, tenants, domains, links_by_address,
    vouches_factor, revision)
VALUES (1, :kind, :issuer, :client, :secret, :tenants, :domains, :links_by_address,
    :vouches_factor, :revision)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, issuer = excluded.issuer,
    client = excluded.client, secret = excluded.secret, tenants = excluded.tenants,
    domains = excluded.domains, links_by_address = excluded.links_by_address,
    vouches_factor = excluded.vouches_factor, revision = excluded.revision;

-- provider_setting_remove: nobody signs in with one any more.
-- gives changed
DELETE FROM provider_setting WHERE id = 1;

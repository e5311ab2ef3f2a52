/*
 * identity/factor.c - see factor.h.
 */
#include "identity/factor.h"

#include "base/arena.h"
#include "identity/factor_sql.h" /* made of factor.sql */
#include "identity/sign_in_sql.h"
#include "store/statement.h"

static struct str purpose_of(struct arena *arena, struct person_id person)
{
    return str_format(arena, "totp %lld", (long long)person.value);
}

static struct str hash_bytes(const struct token_hash *hash)
{
    return (struct str){(const char *)hash->bytes, TOKEN_HASH_BYTES};
}

MUST_USE static struct result key_is_there(const struct sealed_key *key)
{
    return key ? RESULT_OK
               : result_fail(RESULT_CODE_UNSUPPORTED,
                             "second factors cannot be used in this way: there is no key",
                             (struct str){0});
}

MUST_USE static struct result secret_read(struct arena *arena, const struct sealed_key *key,
                                          struct person_id person, struct str sealed,
                                          struct totp_secret *out)
{
    struct str bytes;
    TRY(key_is_there(key));
    TRY(sealed_read(arena, key, purpose_of(arena, person), sealed, &bytes));
    if (bytes.len != TOTP_SECRET_BYTES) {
        return result_fail(RESULT_CODE_CORRUPT, "a second factor is not as it was written",
                           (struct str){0});
    }
    memcpy(out->bytes, bytes.at, TOTP_SECRET_BYTES);
    return RESULT_OK;
}

/* Nothing, where there is no account. */
MUST_USE static struct result read(struct store_transaction *transaction, struct person_id person,
                                   struct factor_of_row *row)
{
    bool is_there = false;
    *row = (struct factor_of_row){0};
    return factor_of(transaction, (struct factor_of_in){person}, &is_there, row);
}

static bool is_begun(const struct factor_of_row *row, struct instant now)
{
    return row->factor_next.len > 0 &&
           now.milliseconds - row->factor_next_at.milliseconds <= FACTOR_WAITS_MILLISECONDS;
}

struct result factor_state(struct store_transaction *transaction, const struct sealed_key *key,
                           struct person_id person, struct factor_state *out)
{
    struct factor_of_row row;
    TRY(read(transaction, person, &row));
    *out = (struct factor_state){.is_there = row.totp_secret.len > 0,
                                 .is_begun = key && is_begun(&row, store_now(transaction)),
                                 .name = row.name,
                                 .account = str_is_empty(row.email) ? row.name : row.email};
    return out->is_begun
               ? secret_read(store_arena(transaction), key, person, row.factor_next, &out->next)
               : RESULT_OK;
}

struct result factor_begin(struct store_transaction *transaction, const struct sealed_key *key,
                           struct person_id person)
{
    struct arena *arena = store_arena(transaction);
    struct totp_secret secret = totp_secret_new();
    size_t changed = 0;
    TRY(key_is_there(key));
    TRY(factor_next_set(transaction,
                        (struct factor_next_set_in){
                            .person = person,
                            .factor_next = sealed_write(
                                arena, key, purpose_of(arena, person),
                                (struct str){(const char *)secret.bytes, sizeof(secret.bytes)}),
                            .factor_next_at = store_now(transaction)},
                        &changed));
    return changed == 1
               ? RESULT_OK
               : result_fail(RESULT_CODE_MISSING, "this person has no account", (struct str){0});
}

struct result factor_codes_new(struct store_transaction *transaction, struct person_id person,
                               struct token codes[RECOVERY_CODES])
{
    recovery_codes_new(store_arena(transaction), codes);
    TRY(recovery_codes_clear(transaction, (struct recovery_codes_clear_in){person}));
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        TRY(recovery_code_add(transaction,
                              (struct recovery_code_add_in){hash_bytes(&codes[i].hash), person}));
    }
    return RESULT_OK;
}

struct result factor_confirm(struct store_transaction *transaction, const struct sealed_key *key,
                             struct person_id person, struct str typed, bool *is_right,
                             struct token codes[RECOVERY_CODES])
{
    struct arena *arena = store_arena(transaction);
    struct factor_of_row row;
    struct totp_secret secret;
    size_t changed = 0;
    *is_right = false;
    TRY(read(transaction, person, &row));
    if (!is_begun(&row, store_now(transaction))) {
        return RESULT_OK;
    }
    TRY(secret_read(arena, key, person, row.factor_next, &secret));
    int64_t step = totp_check(&secret, typed, store_now(transaction), TOTP_STEP_NONE);
    if (step == TOTP_STEP_NONE) {
        return RESULT_OK;
    }
    *is_right = true;
    TRY(factor_set(
        transaction,
        (struct factor_set_in){.person = person, .totp_secret = row.factor_next, .totp_step = step},
        &changed));
    return factor_codes_new(transaction, person, codes);
}

struct result factor_remove(struct store_transaction *transaction, struct person_id person,
                            bool is_due)
{
    size_t changed = 0;
    TRY(recovery_codes_clear(transaction, (struct recovery_codes_clear_in){person}));
    return factor_clear(transaction, (struct factor_clear_in){person, is_due}, &changed);
}

MUST_USE static struct result recovery_use(struct store_transaction *transaction,
                                           struct person_id person, struct str typed,
                                           enum factor_match *out)
{
    struct token_hash hash;
    size_t changed = 0;
    if (recovery_code_read(typed, &hash)) {
        TRY(recovery_code_use(transaction, (struct recovery_code_use_in){hash_bytes(&hash), person},
                              &changed));
    }
    *out = changed == 1 ? FACTOR_RECOVERY : FACTOR_NO;
    return RESULT_OK;
}

struct result factor_use(struct store_transaction *transaction, const struct sealed_key *key,
                         struct person_id person, struct str typed, enum factor_match *out)
{
    struct factor_of_row row;
    struct totp_secret secret;
    size_t changed = 0;
    TRY(recovery_use(transaction, person, typed, out));
    if (*out != FACTOR_NO) {
        return RESULT_OK;
    }
    TRY(read(transaction, person, &row));
    if (row.totp_secret.len == 0) {
        return RESULT_OK;
    }
    TRY(secret_read(store_arena(transaction), key, person, row.totp_secret, &secret));
    int64_t last = row.totp_step ? row.totp_step : TOTP_STEP_NONE;
    int64_t step = totp_check(&secret, typed, store_now(transaction), last);
    if (step != TOTP_STEP_NONE) {
        TRY(account_totp_used(transaction, (struct account_totp_used_in){person, step}, &changed));
        *out = changed == 1 ? FACTOR_CODE : FACTOR_NO;
    }
    return RESULT_OK;
}

struct result factor_is_missing(struct store_transaction *transaction, struct person_id person,
                                struct civil_date today, bool *out)
{
    struct factor_missing_row row;
    return factor_missing(transaction, (struct factor_missing_in){person, today}, out, &row);
}

/*
 * ledger/verify_keys.c - whether the right keys have signed the checkpoints of a ledger.
 *
 * Read first: succession.h, ledger_verify() in ledger.h; struct ledger_signing in ledger_int.h.
 */
#include "ledger/ledger_int.h"

static bool is_trusted(const struct ledger_signing *signing, const struct ledger_key *key,
                       const struct note_key **out)
{
    for (size_t i = 0; i < signing->trusted_count; i++) {
        if (ledger_key_is(key, &signing->trusted[i])) {
            *out = &signing->trusted[i];
            return true;
        }
    }
    return false;
}

/* As whole as anybody here knows it; NULL when nobody knows more than its id. */
static const struct note_key *whole_key(const struct ledger_signing *signing, size_t at)
{
    const struct ledger_key *key = &signing->keys->at[at];
    const struct note_key *trusted = NULL;
    return key->is_known ? &key->key : is_trusted(signing, key, &trusted) ? trusted : NULL;
}

/* The first checkpoint of a key. In the ordinary course the one before it agrees. */
MUST_USE static struct result follow(struct ledger_signing *signing, size_t at, int64_t size,
                                     const struct note *note, const struct note_key *before)
{
    signing->of[at].size = size;
    signing->of[at].is_followed = before && note_is_signed_by(note, before);
    return signing->of[at].is_followed || !before
               ? RESULT_OK
               : result_fail(RESULT_CODE_REFUSED,
                             "the key before it did not agree, though an act says so",
                             (struct str){0});
}

struct result ledger_signing_take(struct ledger_signing *signing, struct arena *arena,
                                  struct str message, int64_t size, struct note *out)
{
    TRY(note_read(arena, message, out));
    if (signing->trusted_count == 0 || signing->keys->count == 0) {
        return RESULT_OK;
    }
    size_t at = ledger_key_of_size(signing->keys, size), count = 0;
    const struct note_key *own = whole_key(signing, at), *before = NULL;
    struct note_key keys[2];
    if (!own) {
        signing->of[at].size = signing->unknown == 0 ? size : signing->of[at].size;
        signing->unknown++;
        return RESULT_OK;
    }
    keys[count++] = *own;
    if (signing->keys->at[at].why == LEDGER_KEY_ROUTINE && signing->of[at].size == 0 &&
        (before = whole_key(signing, at - 1)) != NULL) {
        keys[count++] = *before;
        before = &keys[1];
    }
    TRY(note_verify(out, keys, count));
    if (!note_is_signed_by(out, &keys[0])) {
        return result_fail(RESULT_CODE_REFUSED, "it is not signed by the key that holds there",
                           (struct str){0});
    }
    return signing->of[at].size == 0 ? follow(signing, at, size, out, before) : RESULT_OK;
}

struct result ledger_signing_end(const struct ledger_signing *signing, int64_t *size)
{
    bool is_good[LEDGER_KEYS_MAX] = {0};
    size_t count = signing->trusted_count > 0 ? signing->keys->count : 0;
    const struct note_key *trusted = NULL;
    for (size_t i = 0; i < count; i++) {
        is_good[i] = is_trusted(signing, &signing->keys->at[i], &trusted) ||
                     (i > 0 && is_good[i - 1] && signing->of[i].is_followed);
    }
    /* A key vouches for those before it when it has signed what names them, and not earlier. */
    bool is_vouched = false;
    for (size_t i = count; i-- > 0;) {
        bool has_signed = signing->of[i].size > 0;
        is_vouched = is_vouched || (is_good[i] && has_signed);
        if (has_signed && !is_vouched) {
            *size = signing->of[i].size;
            return result_fail(RESULT_CODE_REFUSED,
                               "none of the keys at hand has signed it, nor introduced the one "
                               "that has",
                               (struct str){0});
        }
    }
    return RESULT_OK;
}

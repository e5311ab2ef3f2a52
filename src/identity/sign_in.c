/*
 * identity/sign_in.c - signing in, and whose session it is.
 *
 * Read first: sign_in.h.
 */
#include "identity/sign_in.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/sha256.h"
#include "identity/factor.h"
#include "identity/sign_in_sql.h" /* made of sign_in.sql */
#include "store/statement.h"

static struct str hash_bytes(const struct token_hash *hash)
{
    return (struct str){(const char *)hash->bytes, TOKEN_HASH_BYTES};
}

/* ---- Attempts -------------------------------------------------------------------------------- */

/* "account:..." or "address:...", by a digest: what was typed may be somebody's password. */
static struct str counter_name(struct arena *arena, const char *kind, struct str of)
{
    uint8_t digest[SHA256_BYTES];
    sha256(of.at, of.len, digest);
    struct text name = {.arena = arena};
    text_addf(&name, "%s:", kind);
    hex_add(&name, digest, sizeof digest / 2);
    return text_str(&name);
}

static int64_t wait_after(int64_t attempts, int64_t allowed)
{
    int64_t wait = SIGN_IN_WAIT_MILLISECONDS_FIRST;
    for (int64_t i = allowed; i < attempts && wait < SIGN_IN_WAIT_MILLISECONDS_MAX; i++) {
        wait *= 2;
    }
    return wait < SIGN_IN_WAIT_MILLISECONDS_MAX ? wait : SIGN_IN_WAIT_MILLISECONDS_MAX;
}

/* One attempt more; *until is later than now when there have been too many. */
MUST_USE static struct result count_attempt(struct store_transaction *transaction, struct str name,
                                            int64_t allowed, struct instant *until)
{
    struct instant now = store_now(transaction);
    struct throttle_of_row row = {0};
    bool is_there = false;
    TRY(throttle_of(transaction, (struct throttle_of_in){name}, &is_there, &row));
    if (is_there && instant_is_before(now, row.until)) {
        *until = instant_is_before(*until, row.until) ? row.until : *until;
        return RESULT_OK;
    }
    bool is_old = !is_there || now.milliseconds - row.since.milliseconds >
                                   SIGN_IN_COUNT_MILLISECONDS + SIGN_IN_WAIT_MILLISECONDS_MAX;
    struct throttle_put_in put = {.name = name,
                                  .attempts = is_old ? 1 : row.attempts + 1,
                                  .since = is_old ? now : row.since,
                                  .until = now};
    if (put.attempts >= allowed) {
        put.until = instant_add(now, wait_after(put.attempts, allowed));
    }
    return throttle_put(transaction, put);
}

/* Counts on account and address before anything is compared. */
MUST_USE static struct result may_try(struct store *store, struct arena *arena,
                                      const struct sign_in_attempt *attempt, struct instant *until)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    *until = (struct instant){0};
    TRY(count_attempt(transaction, counter_name(arena, "account", attempt->email),
                      SIGN_IN_ACCOUNT_ATTEMPTS, until));
    TRY(count_attempt(transaction, counter_name(arena, "address", attempt->address),
                      SIGN_IN_ADDRESS_ATTEMPTS, until));
    return store_commit(transaction);
}

/* A whole school may share an address: who is no guesser does not count there. */
MUST_USE static struct result take_back(struct store_transaction *transaction,
                                        const struct sign_in_attempt *attempt)
{
    return throttle_take_back(
        transaction, (struct throttle_take_back_in){
                         counter_name(store_arena(transaction), "address", attempt->address),
                         SIGN_IN_ADDRESS_ATTEMPTS});
}

MUST_USE static struct result start_anew(struct store_transaction *transaction,
                                         const struct sign_in_attempt *attempt)
{
    TRY(take_back(transaction, attempt));
    return throttle_clear(transaction, (struct throttle_clear_in){counter_name(
                                           store_arena(transaction), "account", attempt->email)});
}

/* ---- Password and code ----------------------------------------------------------------------- */

MUST_USE static struct result account_read(struct store *store, struct arena *arena,
                                           struct str email, struct account_by_email_row *row,
                                           bool *is_open)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    bool is_there = false;
    TRY(account_by_email(transaction, (struct account_by_email_in){email}, &is_there, row));
    if (!is_there || row->is_shut) {
        *row = (struct account_by_email_row){0};
        return RESULT_OK;
    }
    struct account_of_row whole;
    TRY(account_of(transaction, (struct account_of_in){row->person}, &is_there, &whole));
    struct civil_date today = instant_date(store_now(transaction));
    *is_open = is_there && (!store_date_is_given(whole.left_on) ||
                            civil_date_compare(whole.left_on, today) >= 0);
    return RESULT_OK;
}

MUST_USE static struct result rehash(struct store_transaction *transaction, struct person_id person,
                                     struct str encoded)
{
    size_t changed = 0;
    if (str_is_empty(encoded)) {
        return RESULT_OK;
    }
    return account_password_set(
        transaction,
        (struct account_password_set_in){
            .person = person, .password = encoded, .password_set_at = store_now(transaction)},
        &changed);
}

/* What both ways share: the attempt counted, the password compared, a better hash made. */
struct proof {
    struct account_by_email_row account;
    bool is_right;
    struct str rehashed;
};

MUST_USE static struct result prove_password(struct store *store, struct password_gate *gate,
                                             struct arena *arena,
                                             const struct sign_in_attempt *attempt,
                                             struct sign_in_outcome *out, struct proof *proof)
{
    *out = (struct sign_in_outcome){.status = SIGN_IN_WRONG};
    *proof = (struct proof){0};
    TRY(may_try(store, arena, attempt, &out->until));
    if (instant_is_given(out->until)) {
        out->status = SIGN_IN_WAIT;
        return RESULT_OK;
    }
    bool is_open = false;
    TRY(account_read(store, arena, attempt->email, &proof->account, &is_open));
    struct password_check check = {0};
    TRY(password_verify(gate, attempt->password,
                        is_open ? proof->account.password : (struct str){0}, &check));
    proof->is_right = is_open && check.matches;
    if (proof->is_right && check.needs_rehash) {
        TRY(password_hash(gate, arena, attempt->password, &proof->rehashed));
    }
    return RESULT_OK;
}

/*
 * The second factor, where the account has one. Sets out->status. The account is read again: while
 * the password was hashed somebody may have changed it, or shut the account.
 */
MUST_USE static struct result prove_code(struct store_transaction *transaction,
                                         const struct sign_in_attempt *attempt,
                                         const struct proof *proof, struct sign_in_start *start,
                                         struct sign_in_outcome *out)
{
    struct account_by_email_row account = {0};
    bool is_there = false;
    TRY(account_by_email(transaction, (struct account_by_email_in){attempt->email}, &is_there,
                         &account));
    if (!is_there || account.is_shut || account.person.value != proof->account.person.value ||
        !str_equal(account.password, proof->account.password)) {
        return RESULT_OK;
    }
    if (account.totp_secret.len == 0) {
        out->status = SIGN_IN_DONE;
        return RESULT_OK;
    }
    if (str_is_empty(attempt->code)) {
        out->status = SIGN_IN_CODE; /* counts on the account: codes must not be guessed */
        return take_back(transaction, attempt);
    }
    enum factor_match match;
    TRY(factor_use(transaction, attempt->key, account.person, attempt->code, &match));
    start->has_factor = match != FACTOR_NO;
    start->way = match == FACTOR_RECOVERY ? STR("recovery") : start->way;
    out->status = start->has_factor ? SIGN_IN_DONE : SIGN_IN_WRONG;
    return RESULT_OK;
}

struct result sign_in_password(struct store *store, struct password_gate *gate, struct arena *arena,
                               const struct sign_in_attempt *attempt, struct sign_in_outcome *out)
{
    struct proof proof;
    TRY(prove_password(store, gate, arena, attempt, out, &proof));
    if (out->status == SIGN_IN_WAIT || !proof.is_right) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    struct sign_in_start start = {
        .person = proof.account.person, .way = STR("password"), .device = attempt->device};
    TRY(prove_code(transaction, attempt, &proof, &start, out));
    if (out->status == SIGN_IN_DONE) {
        out->person = start.person;
        TRY(start_anew(transaction, attempt));
        TRY(rehash(transaction, out->person, proof.rehashed));
        TRY(sign_in_begin(transaction, &start, &out->token));
    }
    return store_commit(transaction);
}

struct result sign_in_prove(struct store *store, struct password_gate *gate, struct arena *arena,
                            const struct sign_in_session *session,
                            const struct sign_in_attempt *attempt, struct sign_in_outcome *out)
{
    struct proof proof;
    TRY(prove_password(store, gate, arena, attempt, out, &proof));
    if (out->status == SIGN_IN_WAIT || !proof.is_right ||
        proof.account.person.value != session->person.value) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    struct sign_in_start none = {0};
    TRY(prove_code(transaction, attempt, &proof, &none, out));
    if (out->status == SIGN_IN_DONE) {
        TRY(start_anew(transaction, attempt));
        out->person = session->person;
        struct result proven =
            sign_in_proven(transaction, session->id, store_now(transaction), &out->token);
        if (proven.code == RESULT_CODE_REFUSED) {
            out->status = SIGN_IN_WRONG; /* signed out meanwhile */
            return RESULT_OK;
        }
        TRY(proven);
    }
    return store_commit(transaction);
}

struct result sign_in_code(struct store *store, struct arena *arena,
                           const struct sign_in_session *session,
                           const struct sign_in_attempt *attempt, struct sign_in_outcome *out)
{
    struct person_id person = session->waiting_person;
    struct sign_in_attempt counted = *attempt;
    enum factor_match match = FACTOR_NO;
    counted.email = str_format(arena, "code %lld", (long long)person.value);
    *out = (struct sign_in_outcome){.status = SIGN_IN_WRONG, .person = person};
    TRY(may_try(store, arena, &counted, &out->until));
    if (instant_is_given(out->until)) {
        out->status = SIGN_IN_WAIT;
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    TRY(factor_use(transaction, attempt->key, person, attempt->code, &match));
    if (match != FACTOR_NO) {
        struct token token = token_new(arena);
        struct instant now = store_now(transaction);
        size_t changed = 0;
        TRY(start_anew(transaction, &counted));
        TRY(signed_in_coded(
            transaction,
            (struct signed_in_coded_in){.id = session->waiting,
                                        .digest = hash_bytes(&token.hash),
                                        .proven_at = now,
                                        .ends_at = instant_add(now, SIGN_IN_LASTS_MILLISECONDS)},
            &changed));
        out->status = changed == 1 ? SIGN_IN_DONE : SIGN_IN_WRONG;
        out->token = token.text;
    }
    return store_commit(transaction);
}

/* ---- Sessions -------------------------------------------------------------------------------- */

/* Browsers write ASCII there; whatever else comes is not kept. */
static struct str device_kept(struct arena *arena, struct str device)
{
    struct text kept = {.arena = arena};
    for (size_t i = 0; i < device.len && kept.len < SIGN_IN_DEVICE_BYTES_MAX; i++) {
        bool is_plain = device.at[i] >= 0x20 && device.at[i] < 0x7F;
        text_add(&kept, is_plain ? str_slice(device, i, i + 1) : STR("?"));
    }
    return text_str(&kept);
}

/* What is known of the second factor when a session begins. */
MUST_USE static struct result factor_word(struct store_transaction *transaction,
                                          const struct sign_in_start *start, struct str *out)
{
    struct account_of_row account = {0};
    bool is_there = false;
    *out = start->is_factor_vouched ? STR("provider") : STR("code");
    if (start->is_factor_vouched || start->has_factor) {
        return RESULT_OK;
    }
    TRY(account_of(transaction, (struct account_of_in){start->person}, &is_there, &account));
    *out = account.totp_secret.len > 0 ? STR("wanted") : STR("none");
    return RESULT_OK;
}

struct result sign_in_begin(struct store_transaction *transaction,
                            const struct sign_in_start *start, struct str *token)
{
    struct arena *arena = store_arena(transaction);
    struct token made = token_new(arena);
    struct instant now = store_now(transaction);
    struct str factor;
    size_t changed = 0;
    TRY(signed_in_forget(transaction, (struct signed_in_forget_in){now}, &changed));
    TRY(factor_word(transaction, start, &factor));
    bool waits = str_equal(factor, STR("wanted"));
    *token = made.text;
    return signed_in_add(
        transaction,
        (struct signed_in_add_in){.digest = hash_bytes(&made.hash),
                                  .id = {store_id(transaction)},
                                  .person = start->person,
                                  .way = start->way,
                                  .factor = factor,
                                  .provider_sid = start->provider_sid,
                                  .provider_token = start->provider_token,
                                  .device = device_kept(arena, start->device),
                                  .started_at = now,
                                  .ends_at = instant_add(now, waits ? SIGN_IN_CODE_MILLISECONDS
                                                                    : SIGN_IN_LASTS_MILLISECONDS)});
}

/* Now and then: that it is still in use. It does not matter when that cannot be written. */
static void touch(struct store *store, struct arena *arena, struct row_id id, struct instant now)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    struct result touched = store_begin(store, arena, STORE_WRITE, &transaction);
    if (result_is_ok(touched)) {
        touched = signed_in_seen(transaction, (struct signed_in_seen_in){id, now});
    }
    if (result_is_ok(touched)) {
        touched = store_commit(transaction);
    }
}

MUST_USE static struct result session_read(struct store *store, struct arena *arena,
                                           const struct token_hash *hash,
                                           struct signed_in_of_row *row, bool *is_there,
                                           struct instant *now)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    *now = store_now(transaction);
    return signed_in_of(
        transaction,
        (struct signed_in_of_in){.digest = hash_bytes(hash),
                                 .now = *now,
                                 .today = instant_date(*now),
                                 .seen_after = instant_add(*now, -SIGN_IN_IDLE_MILLISECONDS)},
        is_there, row);
}

struct result sign_in_session_of(struct store *store, struct arena *arena, struct str token,
                                 struct sign_in_session *out)
{
    struct token_hash hash;
    struct signed_in_of_row row;
    struct instant now;
    bool is_there = false;
    *out = (struct sign_in_session){0};
    if (!token_read(token, &hash)) {
        return RESULT_OK;
    }
    TRY(session_read(store, arena, &hash, &row, &is_there, &now));
    if (!is_there) {
        return RESULT_OK;
    }
    if (str_equal(row.factor, STR("wanted"))) {
        *out = (struct sign_in_session){.waiting = row.id, .waiting_person = row.person};
        return RESULT_OK;
    }
    *out = (struct sign_in_session){.is_good = true,
                                    .id = row.id,
                                    .person = row.person,
                                    .name = row.name,
                                    .proven_at = row.proven_at,
                                    .now = now,
                                    .way = row.way,
                                    .has_password = row.has_password,
                                    .is_factor_vouched = str_equal(row.factor, STR("provider")),
                                    .provider_token = row.provider_token};
    if (now.milliseconds - row.seen_at.milliseconds > SIGN_IN_SEEN_MILLISECONDS) {
        touch(store, arena, row.id, now);
    }
    return RESULT_OK;
}

struct result sign_in_token_of(struct store *store, struct arena *arena, struct str token,
                               struct sign_in_session *out)
{
    struct token_hash hash;
    *out = (struct sign_in_session){0};
    if (token_api_read(token, &hash) != TOKEN_API_FINE) {
        return RESULT_OK;
    }
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_READ, &transaction));
    struct api_token_of_row row;
    bool is_there = false;
    struct instant now = store_now(transaction);
    TRY(api_token_of(transaction,
                     (struct api_token_of_in){hash_bytes(&hash), now, instant_date(now)}, &is_there,
                     &row));
    if (is_there) {
        *out = (struct sign_in_session){.is_good = true,
                                        .id = row.id,
                                        .person = row.person,
                                        .name = row.name,
                                        .scopes = row.scopes};
    }
    return RESULT_OK;
}

struct result sign_in_out(struct store *store, struct arena *arena,
                          const struct sign_in_session *session)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, arena, STORE_WRITE, &transaction));
    size_t changed = 0;
    TRY(signed_in_remove(transaction, (struct signed_in_remove_in){session->id, session->person},
                         &changed));
    return store_commit(transaction);
}

/* ---- Within a transaction of somebody else --------------------------------------------------- */

struct result sign_in_link(struct store_transaction *transaction, struct person_id person,
                           struct str purpose, struct str *token)
{
    struct token made = token_new(store_arena(transaction));
    struct instant now = store_now(transaction);
    int64_t lasts = str_equal(purpose, STR("invitation")) ? SIGN_IN_INVITATION_MILLISECONDS
                                                          : SIGN_IN_LINK_MILLISECONDS;
    *token = made.text;
    return mail_link_add(transaction,
                         (struct mail_link_add_in){.digest = hash_bytes(&made.hash),
                                                   .person = person,
                                                   .purpose = purpose,
                                                   .made_at = now,
                                                   .ends_at = instant_add(now, lasts)});
}

struct result sign_in_link_read(struct store_transaction *transaction, struct str token,
                                struct person_id *person, struct str *purpose)
{
    struct token_hash hash;
    struct mail_link_of_row row = {0};
    bool is_there = false;
    if (token_read(token, &hash)) {
        TRY(mail_link_of(transaction,
                         (struct mail_link_of_in){hash_bytes(&hash), store_now(transaction)},
                         &is_there, &row));
    }
    *person = is_there ? row.person : (struct person_id){0};
    *purpose = is_there ? row.purpose : (struct str){0};
    return RESULT_OK;
}

struct result sign_in_link_use(struct store_transaction *transaction, struct str token)
{
    struct token_hash hash;
    size_t changed = 0;
    if (token_read(token, &hash)) {
        TRY(mail_link_use(transaction,
                          (struct mail_link_use_in){hash_bytes(&hash), store_now(transaction)},
                          &changed));
    }
    return changed == 1
               ? RESULT_OK
               : result_fail(RESULT_CODE_CONFLICT,
                             "this link is not good any more: ask for a new one", (struct str){0});
}

struct result sign_in_password_set(struct store_transaction *transaction, struct person_id person,
                                   struct str encoded, struct row_id but)
{
    size_t changed = 0;
    TRY(account_make(transaction, (struct account_make_in){person, store_now(transaction)}));
    TRY(rehash(transaction, person, encoded));
    TRY(mail_links_end(transaction, (struct mail_links_end_in){person}));
    return signed_in_remove_all(transaction, (struct signed_in_remove_all_in){person, but},
                                &changed);
}

struct result sign_in_proven(struct store_transaction *transaction, struct row_id session,
                             struct instant at, struct str *token)
{
    struct token made = token_new(store_arena(transaction));
    size_t changed = 0;
    *token = made.text;
    TRY(signed_in_proven(
        transaction, (struct signed_in_proven_in){session, hash_bytes(&made.hash), at}, &changed));
    return changed == 1
               ? RESULT_OK
               : result_fail(RESULT_CODE_REFUSED,
                             "you are not signed in here any more: sign in again", (struct str){0});
}

struct result sign_in_stands(struct store_transaction *transaction, struct person_id person,
                             bool *out)
{
    struct account_stands_row row;
    return account_stands(transaction,
                          (struct account_stands_in){person, instant_date(store_now(transaction))},
                          out, &row);
}

struct result sign_in_disable(struct store_transaction *transaction, struct person_id person)
{
    size_t changed = 0;
    TRY(account_disable(transaction, (struct account_disable_in){person, store_now(transaction)},
                        &changed));
    TRY(mail_links_end(transaction, (struct mail_links_end_in){person}));
    TRY(api_tokens_end(transaction, (struct api_tokens_end_in){person}));
    return signed_in_remove_all(
        transaction, (struct signed_in_remove_all_in){.person = person, .but = {0}}, &changed);
}

struct result sign_in_erase(struct store_transaction *transaction, struct person_id person)
{
    TRY(sign_in_disable(transaction, person));
    TRY(recovery_codes_clear(transaction, (struct recovery_codes_clear_in){person}));
    TRY(account_identities_clear(transaction, (struct account_identities_clear_in){person}));
    return account_remove(transaction, (struct account_remove_in){person});
}

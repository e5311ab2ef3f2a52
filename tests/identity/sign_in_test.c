/*
 * tests/identity/sign_in_test.c - signing in, sessions, links and tokens, on both engines.
 *
 * Read first: src/identity/sign_in.h. The clock is not turned: what is kept is made older, by the
 * statements of moments.sql.
 */
#include "support/check.h"

#include "identity/factor.h"
#include "identity/factor_sql.h"
#include "identity/moments.h"
#include "identity/sign_in.h"
#include "identity/sign_in_sql.h"
#include "records/people.h"
#include "store/statement.h"
#include "support/cheap_gate.h"
#include "support/store_case.h"

#define EMAIL "sam@ashdownvale.example"
#define PASSWORD "quiet lamp under nine hedges"
#define ADDRESS "192.0.2.7"

/* Seals second factors. */
static const struct sealed_key seal = {{7}};

/* ---- Who there is ---------------------------------------------------------------------------- */

static struct store_transaction *begin(struct store_case *test)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    return transaction;
}

static void commit(struct store_transaction *transaction)
{
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static struct person_id person_new(struct store_case *test, const char *name, const char *email,
                                   const char *password)
{
    struct str encoded;
    size_t changed = 0;
    check_ok(password_hash(cheap_gate, test->arena, str_from(password), &encoded));
    struct store_transaction *transaction = begin(test);
    struct person_id person = {store_id(transaction)};
    check_ok(person_add(transaction,
                        (struct person_add_in){.id = person,
                                               .name = str_from(name),
                                               .sort_name = str_from(name),
                                               .email = str_from(email),
                                               .joined_on = STORE_NO_DATE},
                        &changed));
    check_ok(sign_in_password_set(transaction, person, encoded, (struct row_id){0}));
    commit(transaction);
    return person;
}

static struct person_id sam(struct store_case *test)
{
    return person_new(test, "Sam Sample", EMAIL, PASSWORD);
}

static struct sign_in_attempt attempt_of(const char *email, const char *password)
{
    return (struct sign_in_attempt){.key = &seal,
                                    .email = str_from(email),
                                    .password = str_from(password),
                                    .address = STR(ADDRESS),
                                    .device = STR("A browser")};
}

static struct sign_in_outcome try_with(struct store_case *test, struct sign_in_attempt attempt)
{
    struct sign_in_outcome outcome;
    check_ok(sign_in_password(test->store, cheap_gate, test->arena, &attempt, &outcome));
    return outcome;
}

static struct sign_in_outcome try_to(struct store_case *test, const char *email,
                                     const char *password)
{
    return try_with(test, attempt_of(email, password));
}

static struct str signed_in(struct store_case *test)
{
    struct sign_in_outcome outcome = try_to(test, EMAIL, PASSWORD);
    assert_int_equal(outcome.status, SIGN_IN_DONE);
    return outcome.token;
}

static struct sign_in_session session_of(struct store_case *test, struct str token)
{
    struct sign_in_session session;
    check_ok(sign_in_session_of(test->store, test->arena, token, &session));
    return session;
}

enum passes { OF_COUNTS, OF_SESSIONS, OF_LINKS, OF_TOKENS };

static void time_passes(struct store_case *test, enum passes what, int64_t by)
{
    struct store_transaction *transaction = begin(test);
    switch (what) {
    case OF_COUNTS:
        check_ok(pass_throttle(transaction, (struct pass_throttle_in){by}));
        break;
    case OF_SESSIONS:
        check_ok(pass_signed_in(transaction, (struct pass_signed_in_in){by}));
        break;
    case OF_LINKS:
        check_ok(pass_links(transaction, (struct pass_links_in){by}));
        break;
    case OF_TOKENS:
        check_ok(pass_tokens(transaction, (struct pass_tokens_in){by}));
        break;
    }
    commit(transaction);
}

/* ---- Passwords ------------------------------------------------------------------------------- */

static void the_right_password_lets_in(void **state)
{
    struct store_case *test = *state;
    struct person_id person = sam(test);
    struct sign_in_outcome outcome = try_to(test, EMAIL, PASSWORD);
    assert_int_equal(outcome.status, SIGN_IN_DONE);
    assert_true(outcome.person.value == person.value);
    struct sign_in_session session = session_of(test, outcome.token);
    assert_true(session.is_good && session.person.value == person.value);
    assert_true(instant_is_given(session.proven_at));
    check_str(session.name, "Sam Sample");
    assert_true(str_is_empty(session.scopes));
}

/* Everything of the outcome but the moment of the wait is the same. */
static void check_wrong(struct sign_in_outcome outcome)
{
    assert_int_equal(outcome.status, SIGN_IN_WRONG);
    assert_false(instant_is_given(outcome.until));
    assert_true(outcome.person.value == 0);
    assert_true(str_is_empty(outcome.token));
}

static void whether_there_is_an_account_cannot_be_told(void **state)
{
    struct store_case *test = *state;
    sam(test);
    struct person_id shut = person_new(test, "Shut Out", "shut@ashdownvale.example", PASSWORD);
    struct person_id gone = person_new(test, "Gone Away", "gone@ashdownvale.example", PASSWORD);
    struct store_transaction *transaction = begin(test);
    check_ok(sign_in_disable(transaction, shut));
    check_ok(person_leaves(
        transaction, (struct person_leaves_in){
                         gone, civil_date_add_days(instant_date(store_now(transaction)), -1)}));
    commit(transaction);
    check_wrong(try_to(test, EMAIL, "not the password at all"));
    check_wrong(try_to(test, EMAIL, ""));
    check_wrong(try_to(test, "nobody@ashdownvale.example", PASSWORD));
    check_wrong(try_to(test, "", PASSWORD));
    check_wrong(try_to(test, "shut@ashdownvale.example", PASSWORD));
    check_wrong(try_to(test, "gone@ashdownvale.example", PASSWORD));
    for (int i = 1; i < SIGN_IN_ACCOUNT_ATTEMPTS; i++) {
        check_wrong(try_to(test, "nobody@ashdownvale.example", PASSWORD));
        check_wrong(try_to(test, "shut@ashdownvale.example", PASSWORD));
    }
    assert_int_equal(try_to(test, "nobody@ashdownvale.example", PASSWORD).status, SIGN_IN_WAIT);
    assert_int_equal(try_to(test, "shut@ashdownvale.example", PASSWORD).status, SIGN_IN_WAIT);
}

static void who_works_their_last_day_is_let_in(void **state)
{
    struct store_case *test = *state;
    struct person_id person = sam(test);
    struct store_transaction *transaction = begin(test);
    check_ok(person_leaves(
        transaction, (struct person_leaves_in){person, instant_date(store_now(transaction))}));
    commit(transaction);
    assert_true(session_of(test, signed_in(test)).is_good);
}

/* ---- Too many attempts ----------------------------------------------------------------------- */

/* Milliseconds from the moment of the last attempt to that of the next. */
static int64_t wait_of(struct store_case *test, const char *email)
{
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    int64_t now = store_now(transaction).milliseconds;
    store_end(transaction);
    transaction = NULL;
    struct sign_in_outcome outcome = try_to(test, email, "wrong");
    assert_int_equal(outcome.status, SIGN_IN_WAIT);
    return outcome.until.milliseconds - now;
}

static void who_tries_an_account_too_often_waits_longer_and_longer(void **state)
{
    struct store_case *test = *state;
    sam(test);
    for (int i = 0; i < SIGN_IN_ACCOUNT_ATTEMPTS; i++) {
        check_wrong(try_to(test, EMAIL, "wrong"));
    }
    assert_int_equal(try_to(test, EMAIL, PASSWORD).status, SIGN_IN_WAIT);
    int64_t wait = SIGN_IN_WAIT_MILLISECONDS_FIRST;
    for (int i = 0; i < 7; i++) {
        int64_t shown = wait_of(test, EMAIL);
        assert_in_range(shown, wait - 30 * INSTANT_SECOND_MILLISECONDS, wait);
        time_passes(test, OF_COUNTS, wait + 1);
        check_wrong(try_to(test, EMAIL, "wrong"));
        wait = 2 * wait < SIGN_IN_WAIT_MILLISECONDS_MAX ? 2 * wait : SIGN_IN_WAIT_MILLISECONDS_MAX;
    }
    assert_int_equal(wait, SIGN_IN_WAIT_MILLISECONDS_MAX);
    assert_int_equal(try_to(test, EMAIL, PASSWORD).status, SIGN_IN_WAIT);
    time_passes(test, OF_COUNTS, wait + 1);
    assert_int_equal(try_to(test, EMAIL, PASSWORD).status, SIGN_IN_DONE);
}

static void who_signs_in_starts_anew(void **state)
{
    struct store_case *test = *state;
    sam(test);
    for (int round = 0; round < 3; round++) {
        for (int i = 1; i < SIGN_IN_ACCOUNT_ATTEMPTS; i++) {
            check_wrong(try_to(test, EMAIL, "wrong"));
        }
        assert_int_equal(try_to(test, EMAIL, PASSWORD).status, SIGN_IN_DONE);
    }
}

static void old_attempts_are_forgotten(void **state)
{
    struct store_case *test = *state;
    sam(test);
    for (int i = 1; i < SIGN_IN_ACCOUNT_ATTEMPTS; i++) {
        check_wrong(try_to(test, EMAIL, "wrong"));
    }
    time_passes(test, OF_COUNTS, SIGN_IN_COUNT_MILLISECONDS + SIGN_IN_WAIT_MILLISECONDS_MAX + 1000);
    check_wrong(try_to(test, EMAIL, "wrong"));
    check_wrong(try_to(test, EMAIL, "wrong"));
}

static void an_address_that_guesses_waits_whichever_account_it_tries(void **state)
{
    struct store_case *test = *state;
    sam(test);
    for (int i = 0; i < SIGN_IN_ADDRESS_ATTEMPTS; i++) {
        struct str email = str_format(test->arena, "p%d@ashdownvale.example", i);
        check_wrong(try_to(test, str_cstr(test->arena, email), PASSWORD));
    }
    assert_int_equal(try_to(test, EMAIL, PASSWORD).status, SIGN_IN_WAIT);
    struct sign_in_attempt elsewhere = attempt_of(EMAIL, PASSWORD);
    elsewhere.address = STR("192.0.2.8");
    assert_int_equal(try_with(test, elsewhere).status, SIGN_IN_DONE);
    time_passes(test, OF_COUNTS, SIGN_IN_WAIT_MILLISECONDS_FIRST + 1);
    assert_int_equal(try_to(test, EMAIL, PASSWORD).status, SIGN_IN_DONE);
}

static void a_school_that_shares_an_address_is_not_shut_out(void **state)
{
    struct store_case *test = *state;
    sam(test);
    for (int i = 0; i < SIGN_IN_ADDRESS_ATTEMPTS + 5; i++) {
        assert_int_equal(try_to(test, EMAIL, PASSWORD).status, SIGN_IN_DONE);
    }
}

static void what_was_typed_is_not_kept(void **state)
{
    struct store_case *test = *state;
    check_wrong(try_to(test, "my secret typed here", "wrong"));
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    struct throttles_rows rows;
    check_ok(throttles(transaction, &rows));
    assert_int_equal(rows.count, 2);
    for (size_t i = 0; i < rows.count; i++) {
        assert_true(str_find(rows.at[i].name, STR("secret")) == STR_NONE);
        assert_true(str_find(rows.at[i].name, STR(ADDRESS)) == STR_NONE);
    }
}

/* ---- The second factor ----------------------------------------------------------------------- */

static struct totp_secret second_factor(struct store_case *test, struct person_id person,
                                        struct token codes[RECOVERY_CODES])
{
    struct totp_secret secret = totp_secret_new();
    size_t changed = 0;
    struct str sealed = sealed_write(test->arena, &seal,
                                     str_format(test->arena, "totp %lld", (long long)person.value),
                                     (struct str){(const char *)secret.bytes, TOTP_SECRET_BYTES});
    struct store_transaction *transaction = begin(test);
    check_ok(factor_set(transaction,
                        (struct factor_set_in){.person = person, .totp_secret = sealed}, &changed));
    check_ok(factor_codes_new(transaction, person, codes));
    commit(transaction);
    return secret;
}

static struct sign_in_outcome try_code(struct store_case *test, const char *password,
                                       struct str code)
{
    struct sign_in_attempt attempt = attempt_of(EMAIL, password);
    attempt.code = code;
    return try_with(test, attempt);
}

static struct str code_of(struct store_case *test, const struct totp_secret *secret, int steps)
{
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    int64_t step = totp_step(store_now(transaction)) + steps;
    return str_format(test->arena, "%06u", (unsigned)totp_code(secret, step));
}

static void a_second_factor_is_needed_and_good_once(void **state)
{
    struct store_case *test = *state;
    struct token codes[RECOVERY_CODES];
    struct person_id person = sam(test);
    struct totp_secret secret = second_factor(test, person, codes);
    struct sign_in_outcome outcome = try_to(test, EMAIL, PASSWORD);
    assert_int_equal(outcome.status, SIGN_IN_CODE);
    assert_true(str_is_empty(outcome.token) && outcome.person.value == 0);
    struct str far = code_of(test, &secret, 40);
    check_wrong(try_code(test, PASSWORD, far));
    struct str code = code_of(test, &secret, 0);
    check_wrong(try_code(test, "wrong password", code));
    assert_int_equal(try_code(test, PASSWORD, code).status, SIGN_IN_DONE);
    check_wrong(try_code(test, PASSWORD, code));
    check_wrong(try_code(test, PASSWORD, code_of(test, &secret, -1)));
    check_wrong(try_code(test, PASSWORD, STR("123")));
}

static void codes_cannot_be_guessed_without_end(void **state)
{
    struct store_case *test = *state;
    struct token codes[RECOVERY_CODES];
    struct totp_secret secret = second_factor(test, sam(test), codes);
    for (int i = 0; i < SIGN_IN_ACCOUNT_ATTEMPTS; i++) {
        check_wrong(try_code(test, PASSWORD, code_of(test, &secret, 40 + i)));
    }
    assert_int_equal(try_code(test, PASSWORD, code_of(test, &secret, 0)).status, SIGN_IN_WAIT);
}

static void a_recovery_code_is_good_once_and_for_its_owner(void **state)
{
    struct store_case *test = *state;
    struct token codes[RECOVERY_CODES], others[RECOVERY_CODES];
    second_factor(test, sam(test), codes);
    second_factor(test, person_new(test, "Olu", "olu@ashdownvale.example", PASSWORD), others);
    check_wrong(try_code(test, PASSWORD, others[0].text));
    assert_int_equal(try_code(test, PASSWORD, codes[3].text).status, SIGN_IN_DONE);
    check_wrong(try_code(test, PASSWORD, codes[3].text));
    assert_int_equal(try_code(test, PASSWORD, codes[4].text).status, SIGN_IN_DONE);
}

/* ---- Sessions -------------------------------------------------------------------------------- */

static void a_session_ends_when_it_is_not_used(void **state)
{
    struct store_case *test = *state;
    sam(test);
    struct str token = signed_in(test);
    time_passes(test, OF_SESSIONS, SIGN_IN_IDLE_MILLISECONDS - INSTANT_MINUTE_MILLISECONDS);
    assert_true(session_of(test, token).is_good); /* and is used by this */
    time_passes(test, OF_SESSIONS, SIGN_IN_IDLE_MILLISECONDS - INSTANT_MINUTE_MILLISECONDS);
    assert_true(session_of(test, token).is_good);
    time_passes(test, OF_SESSIONS, SIGN_IN_IDLE_MILLISECONDS);
    assert_false(session_of(test, token).is_good);
}

static void a_session_ends_after_a_working_day(void **state)
{
    struct store_case *test = *state;
    sam(test);
    struct str token = signed_in(test);
    int64_t step = INSTANT_HOUR_MILLISECONDS;
    int64_t hours = SIGN_IN_LASTS_MILLISECONDS / step;
    for (int64_t i = 1; i < hours; i++) {
        time_passes(test, OF_SESSIONS, step);
        assert_true(session_of(test, token).is_good);
    }
    time_passes(test, OF_SESSIONS, step);
    assert_false(session_of(test, token).is_good);
}

static void what_is_no_token_is_nobody(void **state)
{
    struct store_case *test = *state;
    sam(test);
    struct str token = signed_in(test);
    assert_false(session_of(test, STR("")).is_good);
    assert_false(session_of(test, STR("hello")).is_good);
    assert_false(session_of(test, token_new(test->arena).text).is_good);
    assert_false(session_of(test, str_format(test->arena, STR_FMT "A", STR_ARG(token))).is_good);
    assert_false(session_of(test, str_slice(token, 0, token.len - 1)).is_good);
    struct token_hash hash;
    assert_true(token_read(token, &hash));
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    struct sessions_kept_row row;
    bool is_there;
    check_ok(sessions_kept(transaction, (struct sessions_kept_in){token}, &is_there, &row));
    assert_int_equal(row.sessions, 0);
    check_ok(sessions_kept(transaction,
                           (struct sessions_kept_in){{(const char *)hash.bytes, TOKEN_HASH_BYTES}},
                           &is_there, &row));
    assert_int_equal(row.sessions, 1);
}

static void signing_out_ends_this_session_alone(void **state)
{
    struct store_case *test = *state;
    sam(test);
    struct str here = signed_in(test), there = signed_in(test);
    struct sign_in_session session = session_of(test, here);
    check_ok(sign_in_out(test->store, test->arena, &session));
    assert_false(session_of(test, here).is_good);
    assert_true(session_of(test, there).is_good);
}

static void a_fresh_proof_has_a_new_token_and_the_old_one_is_dead(void **state)
{
    struct store_case *test = *state;
    sam(test);
    person_new(test, "Olu Other", "olu@ashdownvale.example", PASSWORD);
    struct str before = signed_in(test);
    time_passes(test, OF_SESSIONS, INSTANT_HOUR_MILLISECONDS);
    struct sign_in_session session = session_of(test, before);
    struct sign_in_outcome outcome;
    struct sign_in_attempt wrong = attempt_of(EMAIL, "wrong");
    check_ok(sign_in_prove(test->store, cheap_gate, test->arena, &session, &wrong, &outcome));
    check_wrong(outcome);
    struct sign_in_attempt other = attempt_of("olu@ashdownvale.example", PASSWORD);
    check_ok(sign_in_prove(test->store, cheap_gate, test->arena, &session, &other, &outcome));
    check_wrong(outcome);
    assert_true(session_of(test, before).is_good);
    struct sign_in_attempt right = attempt_of(EMAIL, PASSWORD);
    check_ok(sign_in_prove(test->store, cheap_gate, test->arena, &session, &right, &outcome));
    assert_int_equal(outcome.status, SIGN_IN_DONE);
    assert_false(session_of(test, before).is_good);
    struct sign_in_session proven = session_of(test, outcome.token);
    assert_true(proven.is_good && proven.id.value == session.id.value);
    assert_true(instant_is_before(session.proven_at, proven.proven_at));
    time_passes(test, OF_SESSIONS, SIGN_IN_LASTS_MILLISECONDS - INSTANT_HOUR_MILLISECONDS);
    assert_false(session_of(test, outcome.token).is_good); /* it lasts no longer for that */
}

static void a_session_that_has_ended_is_not_proven(void **state)
{
    struct store_case *test = *state;
    sam(test);
    struct sign_in_session session = session_of(test, signed_in(test));
    check_ok(sign_in_out(test->store, test->arena, &session));
    struct sign_in_outcome outcome;
    struct sign_in_attempt right = attempt_of(EMAIL, PASSWORD);
    check_ok(sign_in_prove(test->store, cheap_gate, test->arena, &session, &right, &outcome));
    assert_int_equal(outcome.status, SIGN_IN_WRONG);
    assert_false(session_of(test, outcome.token).is_good);
}

/* ---- Tokens of programs ---------------------------------------------------------------------- */

static struct str token_for(struct store_case *test, struct person_id person, int64_t days,
                            struct row_id *id)
{
    struct token token = token_api_new(test->arena);
    struct store_transaction *transaction = begin(test);
    struct instant now = store_now(transaction);
    id->value = store_id(transaction);
    check_ok(api_token_add(
        transaction,
        (struct api_token_add_in){.id = *id,
                                  .digest = {(const char *)token.hash.bytes, TOKEN_HASH_BYTES},
                                  .person = person,
                                  .name = STR("Import"),
                                  .scopes = STR("person.list person.see"),
                                  .made_at = now,
                                  .ends_at = instant_add(now, days * INSTANT_DAY_MILLISECONDS)}));
    commit(transaction);
    return token.text;
}

static struct sign_in_session program_of(struct store_case *test, struct str token)
{
    struct sign_in_session session;
    check_ok(sign_in_token_of(test->store, test->arena, token, &session));
    return session;
}

static void a_token_has_scopes_and_an_end(void **state)
{
    struct store_case *test = *state;
    struct person_id person = sam(test);
    struct row_id id;
    struct str token = token_for(test, person, 7, &id);
    struct sign_in_session session = program_of(test, token);
    assert_true(session.is_good && session.person.value == person.value);
    check_str(session.scopes, "person.list person.see");
    assert_false(instant_is_given(session.proven_at)); /* a program never proves who it is */
    assert_false(session_of(test, token).is_good);     /* and is no session */
    assert_false(program_of(test, signed_in(test)).is_good);
    assert_false(program_of(test, token_api_new(test->arena).text).is_good);
    assert_false(program_of(test, STR("hr_")).is_good);
    time_passes(test, OF_TOKENS, 7 * INSTANT_DAY_MILLISECONDS - INSTANT_MINUTE_MILLISECONDS);
    assert_true(program_of(test, token).is_good);
    time_passes(test, OF_TOKENS, INSTANT_MINUTE_MILLISECONDS);
    assert_false(program_of(test, token).is_good);
}

static void a_revoked_token_is_dead_and_only_its_owner_revokes_it(void **state)
{
    struct store_case *test = *state;
    struct person_id person = sam(test);
    struct person_id other = person_new(test, "Olu", "olu@ashdownvale.example", PASSWORD);
    struct row_id id;
    struct str token = token_for(test, person, 7, &id);
    size_t changed = 0;
    struct store_transaction *transaction = begin(test);
    struct instant now = store_now(transaction);
    check_ok(api_token_revoke(transaction, (struct api_token_revoke_in){id, other, now}, &changed));
    assert_int_equal(changed, 0);
    commit(transaction);
    assert_true(program_of(test, token).is_good);
    transaction = begin(test);
    check_ok(
        api_token_revoke(transaction, (struct api_token_revoke_in){id, person, now}, &changed));
    assert_int_equal(changed, 1);
    commit(transaction);
    assert_false(program_of(test, token).is_good);
}

/* ---- The end of an account ------------------------------------------------------------------- */

enum ending { SHUT, LEFT, ERASED, ENDINGS };

static void end_account(struct store_case *test, struct person_id person, enum ending how)
{
    size_t changed = 0;
    struct store_transaction *transaction = begin(test);
    struct instant now = store_now(transaction);
    switch (how) {
    case SHUT:
        check_ok(sign_in_disable(transaction, person));
        break;
    case LEFT:
        check_ok(person_leaves(
            transaction,
            (struct person_leaves_in){person, civil_date_add_days(instant_date(now), -1)}));
        break;
    case ERASED:
        check_ok(person_erase(transaction, (struct person_erase_in){person, now}, &changed));
        check_ok(sign_in_erase(transaction, person));
        break;
    case ENDINGS:
        break;
    }
    commit(transaction);
}

static void who_is_shut_out_left_or_erased_is_out_at_once(void **state)
{
    struct store_case *test = *state;
    for (int how = SHUT; how < ENDINGS; how++) {
        struct str email = str_format(test->arena, "p%d@ashdownvale.example", how);
        const char *name = str_cstr(test->arena, email);
        struct person_id person = person_new(test, "Somebody", name, PASSWORD);
        struct row_id id;
        struct str cookie = try_to(test, name, PASSWORD).token;
        struct str token = token_for(test, person, 7, &id);
        assert_true(session_of(test, cookie).is_good && program_of(test, token).is_good);
        end_account(test, person, (enum ending)how);
        assert_false(session_of(test, cookie).is_good);
        assert_false(program_of(test, token).is_good);
        check_wrong(try_to(test, name, PASSWORD));
    }
}

static void a_new_password_opens_no_account_that_was_shut(void **state)
{
    struct store_case *test = *state;
    struct person_id person = sam(test);
    struct str encoded;
    check_ok(password_hash(cheap_gate, test->arena, STR("another fine long secret"), &encoded));
    struct store_transaction *transaction = begin(test);
    check_ok(sign_in_disable(transaction, person));
    check_ok(sign_in_password_set(transaction, person, encoded, (struct row_id){0}));
    commit(transaction);
    check_wrong(try_to(test, EMAIL, "another fine long secret"));
}

static void a_new_password_ends_all_other_sessions_and_links(void **state)
{
    struct store_case *test = *state;
    struct person_id person = sam(test);
    struct str here = signed_in(test), there = signed_in(test), link, encoded, purpose;
    check_ok(password_hash(cheap_gate, test->arena, STR("another fine long secret"), &encoded));
    struct store_transaction *transaction = begin(test);
    check_ok(sign_in_link(transaction, person, STR("password"), &link));
    commit(transaction);
    struct row_id kept = session_of(test, here).id;
    transaction = begin(test);
    check_ok(sign_in_password_set(transaction, person, encoded, kept));
    check_ok(sign_in_link_read(transaction, link, &person, &purpose));
    assert_true(person.value == 0);
    commit(transaction);
    assert_true(session_of(test, here).is_good);
    assert_false(session_of(test, there).is_good);
    check_wrong(try_to(test, EMAIL, PASSWORD));
    assert_int_equal(try_to(test, EMAIL, "another fine long secret").status, SIGN_IN_DONE);
}

/* ---- Links ----------------------------------------------------------------------------------- */

static struct str link_for(struct store_case *test, struct person_id person, const char *purpose)
{
    struct str link;
    struct store_transaction *transaction = begin(test);
    check_ok(sign_in_link(transaction, person, str_from(purpose), &link));
    commit(transaction);
    return link;
}

static int64_t person_of_link(struct store_case *test, struct str link, const char *purpose)
{
    struct person_id person;
    struct str found;
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    check_ok(sign_in_link_read(transaction, link, &person, &found));
    check_str(found, person.value ? purpose : "");
    return person.value;
}

static void a_link_is_good_once(void **state)
{
    struct store_case *test = *state;
    struct person_id person = sam(test);
    struct str link = link_for(test, person, "invitation");
    assert_true(person_of_link(test, link, "invitation") == person.value);
    assert_true(person_of_link(test, link, "invitation") == person.value); /* looking is no use */
    assert_true(person_of_link(test, token_new(test->arena).text, "") == 0);
    assert_true(person_of_link(test, STR("../desk"), "") == 0);
    struct store_transaction *transaction = begin(test);
    check_ok(sign_in_link_use(transaction, link));
    commit(transaction);
    assert_true(person_of_link(test, link, "") == 0);
    transaction = begin(test);
    check_fails(sign_in_link_use(transaction, link), RESULT_CODE_CONFLICT);
    check_fails(sign_in_link_use(transaction, STR("hello")), RESULT_CODE_CONFLICT);
    store_end(transaction);
}

static void a_link_is_good_for_its_time(void **state)
{
    static const struct {
        const char *purpose;
        int64_t lasts;
    } links[] = {{"sign-in", SIGN_IN_LINK_MILLISECONDS},
                 {"password", SIGN_IN_LINK_MILLISECONDS},
                 {"invitation", SIGN_IN_INVITATION_MILLISECONDS}};
    struct store_case *test = *state;
    struct person_id person = sam(test);
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        struct str link = link_for(test, person, links[i].purpose);
        time_passes(test, OF_LINKS, links[i].lasts - INSTANT_MINUTE_MILLISECONDS);
        assert_true(person_of_link(test, link, links[i].purpose) == person.value);
        time_passes(test, OF_LINKS, INSTANT_MINUTE_MILLISECONDS);
        assert_true(person_of_link(test, link, "") == 0);
        struct store_transaction *transaction = begin(test);
        check_fails(sign_in_link_use(transaction, link), RESULT_CODE_CONFLICT);
        store_end(transaction);
    }
}

static void links_end_with_the_account(void **state)
{
    struct store_case *test = *state;
    struct person_id person = sam(test);
    struct str link = link_for(test, person, "invitation");
    end_account(test, person, SHUT);
    assert_true(person_of_link(test, link, "") == 0);
}

static void a_link_alone_is_no_second_factor(void **state)
{
    struct store_case *test = *state;
    struct token codes[RECOVERY_CODES];
    struct str token;
    struct sign_in_start start = {.person = sam(test), .way = STR("link")};
    second_factor(test, start.person, codes);
    struct store_transaction *transaction = begin(test);
    check_ok(sign_in_begin(transaction, &start, &token));
    commit(transaction);
    struct sign_in_session session;
    check_ok(sign_in_session_of(test->store, test->arena, token, &session));
    assert_false(session.is_good);
    assert_int_equal(session.waiting_person.value, start.person.value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(the_right_password_lets_in),
        STORE_CASE(whether_there_is_an_account_cannot_be_told),
        STORE_CASE(who_works_their_last_day_is_let_in),
        STORE_CASE(who_tries_an_account_too_often_waits_longer_and_longer),
        STORE_CASE(who_signs_in_starts_anew),
        STORE_CASE(old_attempts_are_forgotten),
        STORE_CASE(an_address_that_guesses_waits_whichever_account_it_tries),
        STORE_CASE(a_school_that_shares_an_address_is_not_shut_out),
        STORE_CASE(what_was_typed_is_not_kept),
        STORE_CASE(a_second_factor_is_needed_and_good_once),
        STORE_CASE(codes_cannot_be_guessed_without_end),
        STORE_CASE(a_recovery_code_is_good_once_and_for_its_owner),
        STORE_CASE(a_session_ends_when_it_is_not_used),
        STORE_CASE(a_session_ends_after_a_working_day),
        STORE_CASE(what_is_no_token_is_nobody),
        STORE_CASE(signing_out_ends_this_session_alone),
        STORE_CASE(a_fresh_proof_has_a_new_token_and_the_old_one_is_dead),
        STORE_CASE(a_session_that_has_ended_is_not_proven),
        STORE_CASE(a_token_has_scopes_and_an_end),
        STORE_CASE(a_revoked_token_is_dead_and_only_its_owner_revokes_it),
        STORE_CASE(who_is_shut_out_left_or_erased_is_out_at_once),
        STORE_CASE(a_new_password_opens_no_account_that_was_shut),
        STORE_CASE(a_new_password_ends_all_other_sessions_and_links),
        STORE_CASE(a_link_is_good_once),
        STORE_CASE(a_link_is_good_for_its_time),
        STORE_CASE(links_end_with_the_account),
        STORE_CASE(a_link_alone_is_no_second_factor),
    };
    return cmocka_run_group_tests(tests, cheap_gate_open, cheap_gate_close);
}

/*
 * tests/identity/factor_test.c - the second factor of an account, on both engines; and sessions
 * that wait for its code.
 *
 * Read first: src/identity/factor.h, sign_in.h.
 */
#include "support/check.h"

#include "identity/factor.h"
#include "identity/factor_sql.h"
#include "identity/sign_in.h"
#include "identity/sign_in_sql.h"
#include "records/people.h"
#include "store/statement.h"
#include "support/store_case.h"

static const struct sealed_key seal = {{7}}, other_seal = {{8}};

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

static struct person_id person_new(struct store_case *test, const char *email)
{
    size_t changed = 0;
    struct store_transaction *transaction = begin(test);
    struct person_id person = {store_id(transaction)};
    check_ok(person_add(transaction,
                        (struct person_add_in){.id = person,
                                               .name = STR("Sam Sample"),
                                               .sort_name = STR("Sample"),
                                               .email = str_from(email),
                                               .joined_on = STORE_NO_DATE},
                        &changed));
    check_ok(account_make(transaction, (struct account_make_in){person, store_now(transaction)}));
    commit(transaction);
    return person;
}

static struct factor_state state_of(struct store_case *test, struct person_id person)
{
    struct factor_state state;
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    check_ok(factor_state(transaction, &seal, person, &state));
    return state;
}

/* The code of a step that lies so many steps from now. */
static struct str code_of(struct store_case *test, const struct totp_secret *secret, int steps)
{
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    int64_t step = totp_step(store_now(transaction)) + steps;
    return str_format(test->arena, "%06u", (unsigned)totp_code(secret, step));
}

static bool confirm(struct store_case *test, struct person_id person, struct str code,
                    struct token codes[RECOVERY_CODES])
{
    bool is_right = false;
    struct store_transaction *transaction = begin(test);
    check_ok(factor_confirm(transaction, &seal, person, code, &is_right, codes));
    commit(transaction);
    return is_right;
}

static struct totp_secret set_up(struct store_case *test, struct person_id person,
                                 struct token codes[RECOVERY_CODES])
{
    struct store_transaction *transaction = begin(test);
    check_ok(factor_begin(transaction, &seal, person));
    commit(transaction);
    struct factor_state state = state_of(test, person);
    assert_true(state.is_begun);
    assert_true(confirm(test, person, code_of(test, &state.next, -1), codes));
    return state.next;
}

static enum factor_match use(struct store_case *test, struct person_id person, struct str code)
{
    enum factor_match match;
    struct store_transaction *transaction = begin(test);
    check_ok(factor_use(transaction, &seal, person, code, &match));
    commit(transaction);
    return match;
}

static void it_counts_once_a_code_was_given(void **state)
{
    struct store_case *test = *state;
    struct person_id person = person_new(test, "sam@ashdownvale.example");
    struct token codes[RECOVERY_CODES];
    assert_false(confirm(test, person, STR("123456"), codes));
    struct store_transaction *transaction = begin(test);
    check_ok(factor_begin(transaction, &seal, person));
    commit(transaction);
    struct factor_state waiting = state_of(test, person);
    assert_false(waiting.is_there);
    assert_true(waiting.is_begun);
    check_str(waiting.account, "sam@ashdownvale.example");
    struct str wrong =
        str_equal(code_of(test, &waiting.next, 0), STR("000000")) ? STR("000001") : STR("000000");
    assert_false(confirm(test, person, wrong, codes));
    assert_int_equal(use(test, person, code_of(test, &waiting.next, 0)), FACTOR_NO);
    assert_true(confirm(test, person, code_of(test, &waiting.next, -1), codes));
    struct factor_state set = state_of(test, person);
    assert_true(set.is_there);
    assert_false(set.is_begun);
}

static void a_code_is_good_once(void **state)
{
    struct store_case *test = *state;
    struct person_id person = person_new(test, "sam@ashdownvale.example");
    struct token codes[RECOVERY_CODES];
    struct totp_secret secret = set_up(test, person, codes);
    assert_int_equal(use(test, person, code_of(test, &secret, -1)), FACTOR_NO);
    assert_int_equal(use(test, person, code_of(test, &secret, 0)), FACTOR_CODE);
    assert_int_equal(use(test, person, code_of(test, &secret, 0)), FACTOR_NO);
    assert_int_equal(use(test, person, codes[3].text), FACTOR_RECOVERY);
    assert_int_equal(use(test, person, codes[3].text), FACTOR_NO);
    struct person_id other = person_new(test, "olu@ashdownvale.example");
    assert_int_equal(use(test, other, codes[4].text), FACTOR_NO);
    struct token fresh[RECOVERY_CODES];
    struct store_transaction *transaction = begin(test);
    check_ok(factor_codes_new(transaction, person, fresh));
    commit(transaction);
    assert_int_equal(use(test, person, codes[5].text), FACTOR_NO);
    assert_int_equal(use(test, person, fresh[5].text), FACTOR_RECOVERY);
}

static void the_secret_is_sealed(void **state)
{
    struct store_case *test = *state;
    struct person_id person = person_new(test, "sam@ashdownvale.example");
    struct person_id other = person_new(test, "olu@ashdownvale.example");
    struct token codes[RECOVERY_CODES];
    struct totp_secret secret = set_up(test, person, codes);
    struct factor_of_row row;
    bool is_there = false;
    enum factor_match match;
    size_t changed = 0;
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    check_ok(factor_of(transaction, (struct factor_of_in){person}, &is_there, &row));
    assert_true(row.totp_secret.len > TOTP_SECRET_BYTES);
    assert_true(str_find(row.totp_secret, (struct str){(const char *)secret.bytes, 8}) == STR_NONE);
    check_fails(factor_use(transaction, &other_seal, person, STR("123456"), &match),
                RESULT_CODE_CORRUPT);
    check_fails(factor_use(transaction, NULL, person, STR("123456"), &match),
                RESULT_CODE_UNSUPPORTED);
    /* Moved to somebody else it is of no use. */
    check_ok(factor_set(transaction,
                        (struct factor_set_in){.person = other, .totp_secret = row.totp_secret},
                        &changed));
    check_fails(factor_use(transaction, &seal, other, STR("123456"), &match), RESULT_CODE_CORRUPT);
}

static bool is_missing(struct store_case *test, struct person_id person)
{
    bool out = false;
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    check_ok(factor_is_missing(transaction, person, instant_date(store_now(transaction)), &out));
    return out;
}

static void a_role_or_a_reset_wants_one(void **state)
{
    struct store_case *test = *state;
    struct person_id person = person_new(test, "sam@ashdownvale.example");
    struct token codes[RECOVERY_CODES];
    size_t changed = 0;
    assert_false(is_missing(test, person));
    struct store_transaction *transaction = begin(test);
    struct civil_date today = instant_date(store_now(transaction));
    check_ok(role_add(transaction,
                      (struct role_add_in){.id = {store_id(transaction)},
                                           .person = person,
                                           .role = STR("dpo"),
                                           .starts_on = civil_date_add_days(today, -9),
                                           .ends_on = today},
                      &changed));
    check_ok(role_add(transaction,
                      (struct role_add_in){.id = {store_id(transaction)},
                                           .person = person,
                                           .role = STR("hr"),
                                           .starts_on = civil_date_add_days(today, -9),
                                           .ends_on = civil_date_add_days(today, -1)},
                      &changed));
    struct instant now = store_now(transaction);
    check_ok(factor_role_add(transaction, (struct factor_role_add_in){STR("hr"), now}, &changed));
    commit(transaction);
    assert_false(is_missing(test, person)); /* that role is over */
    transaction = begin(test);
    check_ok(factor_role_add(transaction, (struct factor_role_add_in){STR("dpo"), now}, &changed));
    commit(transaction);
    assert_true(is_missing(test, person));
    (void)set_up(test, person, codes);
    assert_false(is_missing(test, person));
    transaction = begin(test);
    check_ok(factor_role_remove(transaction, (struct factor_role_remove_in){STR("dpo")}, &changed));
    check_ok(factor_remove(transaction, person, false));
    commit(transaction);
    assert_false(is_missing(test, person));
    (void)set_up(test, person, codes);
    transaction = begin(test);
    check_ok(factor_remove(transaction, person, true));
    commit(transaction);
    assert_true(is_missing(test, person));
    assert_int_equal(use(test, person, codes[0].text), FACTOR_NO);
    (void)set_up(test, person, codes);
    assert_false(is_missing(test, person));
}

/* ---- Sessions -------------------------------------------------------------------------------- */

static struct sign_in_session session_of(struct store_case *test, struct str token)
{
    struct sign_in_session session;
    check_ok(sign_in_session_of(test->store, test->arena, token, &session));
    return session;
}

static struct str begin_session(struct store_case *test, struct sign_in_start start)
{
    struct str token;
    struct store_transaction *transaction = begin(test);
    check_ok(sign_in_begin(transaction, &start, &token));
    commit(transaction);
    return token;
}

static struct sign_in_outcome give_code(struct store_case *test, struct str token, struct str code)
{
    struct sign_in_session session = session_of(test, token);
    struct sign_in_attempt attempt = {.code = code, .address = STR("192.0.2.7"), .key = &seal};
    struct sign_in_outcome outcome;
    check_ok(sign_in_code(test->store, test->arena, &session, &attempt, &outcome));
    return outcome;
}

static void a_link_waits_for_the_code(void **state)
{
    struct store_case *test = *state;
    struct person_id person = person_new(test, "sam@ashdownvale.example");
    struct sign_in_start start = {.person = person, .way = STR("link")};
    assert_true(session_of(test, begin_session(test, start)).is_good);
    struct token codes[RECOVERY_CODES];
    struct totp_secret secret = set_up(test, person, codes);
    struct str token = begin_session(test, start);
    struct sign_in_session waiting = session_of(test, token);
    assert_false(waiting.is_good);
    assert_int_equal(waiting.person.value, 0);
    assert_int_equal(waiting.id.value, 0);
    assert_int_equal(waiting.waiting_person.value, person.value);
    assert_int_equal(give_code(test, token, STR("nonsense")).status, SIGN_IN_WRONG);
    struct sign_in_outcome outcome = give_code(test, token, code_of(test, &secret, 0));
    assert_int_equal(outcome.status, SIGN_IN_DONE);
    assert_false(session_of(test, token).is_good); /* its token is another one now */
    struct sign_in_session session = session_of(test, outcome.token);
    assert_true(session.is_good);
    assert_false(session.is_factor_vouched);
    assert_int_equal(session.person.value, person.value);
    /* A code that was used, and a session that does not wait. */
    token = begin_session(test, start);
    assert_int_equal(give_code(test, token, code_of(test, &secret, 0)).status, SIGN_IN_WRONG);
    assert_int_equal(give_code(test, outcome.token, codes[0].text).status, SIGN_IN_WRONG);
}

static void codes_are_not_guessed(void **state)
{
    struct store_case *test = *state;
    struct person_id person = person_new(test, "sam@ashdownvale.example");
    struct token codes[RECOVERY_CODES];
    (void)set_up(test, person, codes);
    struct sign_in_start start = {.person = person, .way = STR("link")};
    for (int i = 0; i < SIGN_IN_ACCOUNT_ATTEMPTS; i++) {
        struct str token = begin_session(test, start); /* another session does not help */
        assert_int_equal(give_code(test, token, STR("nonsense")).status, SIGN_IN_WRONG);
    }
    struct str token = begin_session(test, start);
    assert_int_equal(give_code(test, token, codes[0].text).status, SIGN_IN_WAIT);
}

static void a_provider_may_vouch(void **state)
{
    struct store_case *test = *state;
    struct person_id person = person_new(test, "sam@ashdownvale.example");
    struct token codes[RECOVERY_CODES];
    (void)set_up(test, person, codes);
    struct sign_in_start start = {.person = person, .way = STR("provider")};
    assert_false(session_of(test, begin_session(test, start)).is_good);
    start.is_factor_vouched = true;
    struct sign_in_session session = session_of(test, begin_session(test, start));
    assert_true(session.is_good);
    assert_true(session.is_factor_vouched);
    check_str(session.way, "provider");
    assert_false(session.has_password);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(it_counts_once_a_code_was_given),
        STORE_CASE(a_code_is_good_once),
        STORE_CASE(the_secret_is_sealed),
        STORE_CASE(a_role_or_a_reset_wants_one),
        STORE_CASE(a_link_waits_for_the_code),
        STORE_CASE(codes_are_not_guessed),
        STORE_CASE(a_provider_may_vouch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

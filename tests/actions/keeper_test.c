/*
 * tests/actions/keeper_test.c - the history is signed with one key, kept in a file.
 *
 * Read first: src/actions/keeper.h.
 */
#include "support/check.h"

#include "actions/keeper.h"
#include "base/arena.h"
#include "ledger/ledger.h"
#include "support/store_case.h"

static struct str key_path(struct store_case *test, const char *name)
{
    return str_format(test->arena, STR_FMT "/%s", STR_ARG(test->folder), name);
}

static void start(struct store_case *test)
{
    check_ok(note_start());
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    check_ok(ledger_start(transaction, STR("handrail.ashdownvale.example")));
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static void append(struct store_case *test)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    struct ledger_act act = {.kind = 1, .actor = {7}, .content = STR("{}")};
    check_ok(ledger_append(transaction, &act, NULL));
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static void the_key_is_made_once_and_used_again(void **state)
{
    struct store_case *test = *state;
    struct str path = key_path(test, "ledger.key");
    check_ok(
        keeper_sign(test->store, test->arena, path)); /* nothing has begun: nothing is signed */
    start(test);
    struct note_signer first, second;
    check_ok(keeper_key(test->store, test->arena, path, &first));
    for (int i = 0; i < 3; i++) {
        append(test);
        check_ok(keeper_sign(test->store, test->arena, path));
    }
    check_ok(keeper_key(test->store, test->arena, path, &second));
    assert_true(str_equal(note_key_write(test->arena, &first.key),
                          note_key_write(test->arena, &second.key)));
}

static void another_key_signs_nothing(void **state)
{
    struct store_case *test = *state;
    start(test);
    append(test);
    check_ok(keeper_sign(test->store, test->arena, key_path(test, "ledger.key")));
    append(test);
    struct result other = keeper_sign(test->store, test->arena, key_path(test, "other.key"));
    assert_false(result_is_ok(other));
    check_ok(keeper_sign(test->store, test->arena, key_path(test, "ledger.key")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(the_key_is_made_once_and_used_again),
        STORE_CASE(another_key_signs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * tests/actions/keeper_test.c - the history is signed with one key, kept in a file.
 *
 * Read first: src/actions/keeper.h.
 */
#include "support/check.h"

#include <time.h>

#include "actions/actions.h"
#include "actions/keeper.h"
#include "base/arena.h"
#include "ledger/ledger.h"
#include "store/secret_file.h"
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

/* As another node has it, that was set up by itself. */
static void write_other_key(struct store_case *test, struct str path)
{
    struct note_signer other;
    check_ok(note_signer_new(STR("handrail.ashdownvale.example"), NOTE_KEY_PLAIN, &other));
    check_ok(secret_file_write(test->arena, path, note_signer_write(test->arena, &other)));
}

static void another_key_signs_nothing(void **state)
{
    struct store_case *test = *state;
    struct str path = key_path(test, "ledger.key"), other = key_path(test, "other.key");
    start(test);
    append(test);
    check_ok(keeper_sign(test->store, test->arena, path));
    append(test);
    write_other_key(test, other);
    check_fails(keeper_sign(test->store, test->arena, other), RESULT_CODE_REFUSED);
    check_ok(keeper_sign(test->store, test->arena, path));
    check_fails(keeper_sign(test->store, test->arena, other), RESULT_CODE_REFUSED);
}

/* Where the history has been signed the key must be put there: a new one could sign nothing. */
static void no_key_is_made_in_the_place_of_another(void **state)
{
    struct store_case *test = *state;
    struct str path = key_path(test, "ledger.key"), other = key_path(test, "other.key");
    struct note_signer signer;
    bool is_there = true;
    start(test);
    check_ok(keeper_sign(test->store, test->arena, path));
    check_fails(keeper_sign(test->store, test->arena, other), RESULT_CODE_REFUSED);
    check_ok(keeper_key_read(test->arena, other, &is_there, &signer));
    assert_false(is_there);
}

/* Waits until a keeper has tried to sign: it tells when that fails, and knows when it did not. */
static void wait_for(struct keeper *keeper, struct arena *arena)
{
    struct timespec moment = {.tv_nsec = 10000000};
    for (int i = 0; i < 3000 && result_is_ok(keeper_health(keeper, arena)) &&
                    keeper_state(keeper).signed_at.milliseconds == 0;
         i++) {
        nanosleep(&moment, NULL);
    }
}

MUST_USE static struct result public_keys(struct store_case *test, struct keeper *keeper,
                                          struct ledger_keys *out)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(test->store, test->arena, STORE_READ, &transaction));
    return keeper_public_keys(keeper, transaction, out);
}

/* Receipts are signed with the key of the ledger, once it has signed, and with no other. */
static void who_signs_the_ledger_signs_receipts(void **state)
{
    struct store_case *test = *state;
    const struct actions_place place = {.store = test->store};
    struct str path = key_path(test, "ledger.key"), other = key_path(test, "other.key");
    struct note_signer signer;
    struct ledger_keys keys;
    start(test);
    append(test);
    {
        DEFER(keeper_close)
        struct keeper *keeper = keeper_open(test->arena, &place, path, (struct keeper_tell){0});
        wait_for(keeper, test->arena);
        check_ok(keeper_signer(keeper, test->arena, &signer));
        check_ok(public_keys(test, keeper, &keys));
        assert_int_equal(keys.count, 1);
        assert_true(ledger_key_is(&keys.at[0], &signer.key));
        check_str(signer.key.name, "handrail.ashdownvale.example");
    }
    write_other_key(test, other);
    append(test);
    DEFER(keeper_close)
    struct keeper *stranger = keeper_open(test->arena, &place, other, (struct keeper_tell){0});
    wait_for(stranger, test->arena);
    assert_false(result_is_ok(keeper_signer(stranger, test->arena, &signer)));
    check_fails(public_keys(test, stranger, &keys), RESULT_CODE_REFUSED);
}

static void before_the_ledger_nobody_signs(void **state)
{
    struct store_case *test = *state;
    const struct actions_place place = {.store = test->store};
    struct note_signer signer;
    struct ledger_keys keys;
    DEFER(keeper_close)
    struct keeper *keeper =
        keeper_open(test->arena, &place, key_path(test, "ledger.key"), (struct keeper_tell){0});
    check_fails(keeper_signer(keeper, test->arena, &signer), RESULT_CODE_MISSING);
    check_fails(public_keys(test, keeper, &keys), RESULT_CODE_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(the_key_is_made_once_and_used_again),
        STORE_CASE(another_key_signs_nothing),
        STORE_CASE(no_key_is_made_in_the_place_of_another),
        STORE_CASE(who_signs_the_ledger_signs_receipts),
        STORE_CASE(before_the_ledger_nobody_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

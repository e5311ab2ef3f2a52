/*
 * tests/actions/key_change_test.c - the key of the history is changed, or a change that was broken
 * off is finished; and what does not go with what is said is refused.
 *
 * Read first: src/actions/key_change.h. tests/run_crash_slow.py kills the command at every step.
 */
#include "support/check.h"

#include <stdio.h>
#include <unistd.h>

#include "actions/keeper.h"
#include "actions/key_change.h"
#include "base/arena.h"
#include "ledger/ledger.h"
#include "store/secret_file.h"
#include "support/store_case.h"

#define ORIGIN "handrail.ashdownvale.example"

static struct str path_of(struct store_case *test, const char *name)
{
    return str_format(test->arena, STR_FMT "/%s", STR_ARG(test->folder), name);
}

static struct str own_path(struct store_case *test)
{
    return path_of(test, "ledger.key");
}

static void append(struct store_case *test)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    struct ledger_act act = {.kind = 100, .actor = {7}, .content = STR("{}")};
    check_ok(ledger_append(transaction, &act, NULL));
    check_ok(store_commit(transaction));
    store_end(transaction);
}

MUST_USE static struct result sign(struct store_case *test)
{
    return keeper_sign(test->store, test->arena, own_path(test));
}

static void start(struct store_case *test)
{
    check_ok(note_start());
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    check_ok(ledger_start(transaction, STR(ORIGIN)));
    check_ok(store_commit(transaction));
    store_end(transaction);
    append(test);
}

static bool has_file(struct store_case *test, struct str path)
{
    return access(str_cstr(test->arena, path), F_OK) == 0;
}

/* The key of a file; there must be one. */
static struct note_signer signer_in(struct store_case *test, struct str path)
{
    struct note_signer signer;
    bool is_there = false;
    check_ok(keeper_key_read(test->arena, path, &is_there, &signer));
    assert_true(is_there);
    return signer;
}

static void move(struct store_case *test, struct str from, struct str to)
{
    assert_int_equal(rename(str_cstr(test->arena, from), str_cstr(test->arena, to)), 0);
}

MUST_USE static struct result change(struct store_case *test, enum ledger_key_why why,
                                     struct key_changed *out)
{
    return key_change(
        &(struct key_change){.store = test->store, .key_path = own_path(test), .why = why},
        test->arena, out);
}

static struct ledger_keys keys_of(struct store_case *test)
{
    struct ledger_keys keys;
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_READ, &transaction));
    check_ok(ledger_keys_read(transaction, &keys));
    store_end(transaction);
    return keys;
}

/* For who has this key alone. */
static bool is_whole_to(struct store_case *test, const struct note_key *key)
{
    struct ledger_report report;
    check_ok(ledger_verify(test->store, test->arena, key, 1, (struct ledger_progress){0}, &report));
    return report.fault == LEDGER_FAULT_NONE;
}

/* The file has the last of so many keys, it signs, and no other file is left over. */
static void check_changed(struct store_case *test, size_t count)
{
    struct ledger_keys keys = keys_of(test);
    struct note_signer signer = signer_in(test, own_path(test));
    assert_int_equal(keys.count, count);
    assert_true(ledger_key_is(&keys.at[count - 1], &signer.key));
    assert_false(has_file(test, path_of(test, "ledger.key.new")));
    append(test);
    check_ok(sign(test));
    assert_true(is_whole_to(test, &signer.key));
}

static void in_the_ordinary_course_both_sign(void **state)
{
    struct store_case *test = *state;
    struct key_changed changed;
    start(test);
    check_fails(change(test, LEDGER_KEY_ROUTINE, &changed), RESULT_CODE_MISSING);
    check_ok(sign(test));
    struct note_signer first = signer_in(test, own_path(test));
    append(test);
    check_ok(change(test, LEDGER_KEY_ROUTINE, &changed));
    assert_false(changed.was_begun);
    assert_true(ledger_key_is(&changed.before, &first.key));
    struct note note;
    struct note_key both[] = {changed.now.key, first.key};
    check_ok(note_open(test->arena, changed.note, both, 2, &note));
    assert_true(note_is_signed_by(&note, &both[0]) && note_is_signed_by(&note, &both[1]));
    check_changed(test, 2);
    assert_true(is_whole_to(test, &first.key));
    struct note_signer aside = signer_in(test, changed.aside);
    assert_int_equal(aside.key.id, first.key.id);
    assert_true(str_ends(changed.aside, note_key_id_write(test->arena, first.key.id)));
}

static void of_a_key_that_leaked_nothing_is_signed_any_more(void **state)
{
    struct store_case *test = *state;
    struct key_changed changed;
    start(test);
    check_ok(sign(test));
    struct note_signer first = signer_in(test, own_path(test));
    check_ok(change(test, LEDGER_KEY_LEAKED, &changed));
    struct note note;
    check_fails(note_open(test->arena, changed.note, &first.key, 1, &note), RESULT_CODE_REFUSED);
    check_changed(test, 2);
    assert_false(is_whole_to(test, &first.key));
}

static void a_key_that_is_lost_is_followed(void **state)
{
    struct store_case *test = *state;
    struct key_changed changed;
    start(test);
    check_ok(sign(test));
    check_fails(change(test, LEDGER_KEY_LOST, &changed), RESULT_CODE_REFUSED); /* it is there */
    assert_int_equal(keys_of(test).count, 1);
    assert_false(has_file(test, path_of(test, "ledger.key.new")));
    assert_int_equal(unlink(str_cstr(test->arena, own_path(test))), 0);
    append(test);
    check_fails(sign(test), RESULT_CODE_REFUSED);
    check_fails(change(test, LEDGER_KEY_ROUTINE, &changed), RESULT_CODE_REFUSED);
    check_ok(change(test, LEDGER_KEY_LOST, &changed));
    assert_true(str_is_empty(changed.aside));
    check_changed(test, 2);
    check_fails(change(test, LEDGER_KEY_LOST, &changed), RESULT_CODE_REFUSED); /* once */
    assert_int_equal(keys_of(test).count, 2);
}

/* Each node has the old file: the key is changed on one of them alone. */
static void on_another_node_it_is_not_changed_again(void **state)
{
    struct store_case *test = *state;
    struct str own = own_path(test), other = path_of(test, "of-the-first-node.key");
    struct key_changed changed;
    start(test);
    check_ok(sign(test));
    check_ok(change(test, LEDGER_KEY_LEAKED, &changed));
    move(test, own, other);
    move(test, changed.aside, own); /* here is the second node */
    append(test);
    check_fails(sign(test), RESULT_CODE_REFUSED);
    for (unsigned why = LEDGER_KEY_ROUTINE; why < LEDGER_KEY_WHY_COUNT; why++) {
        check_fails(change(test, (enum ledger_key_why)why, &changed), RESULT_CODE_REFUSED);
    }
    assert_int_equal(keys_of(test).count, 2);
    assert_int_equal(unlink(str_cstr(test->arena, own)), 0);
    move(test, other, own);
    check_changed(test, 2);
}

/* ---- Broken off ------------------------------------------------------------------------------ */

/* Before the act: what is left over is not used. */
static void a_new_key_that_was_never_declared_is_thrown_away(void **state)
{
    struct store_case *test = *state;
    struct str fresh = path_of(test, "ledger.key.new");
    struct key_changed changed;
    struct note_signer left_over;
    start(test);
    check_ok(sign(test));
    check_ok(note_signer_new(STR(ORIGIN), NOTE_KEY_PLAIN, &left_over));
    check_ok(secret_file_write(test->arena, fresh, note_signer_write(test->arena, &left_over)));
    append(test);
    check_ok(sign(test)); /* all is as before */
    check_ok(change(test, LEDGER_KEY_ROUTINE, &changed));
    assert_false(changed.was_begun);
    assert_int_not_equal(changed.now.key.id, left_over.key.id);
    check_changed(test, 2);
}

/* Behind the act: as key_change() leaves it there. */
static void declare(struct store_case *test, enum ledger_key_why why)
{
    struct note_signer own = signer_in(test, own_path(test)), fresh;
    struct store_transaction *transaction = NULL;
    int64_t position = 0;
    check_ok(note_signer_new(STR(ORIGIN), NOTE_KEY_PLAIN, &fresh));
    check_ok(secret_file_write(test->arena, path_of(test, "ledger.key.new"),
                               note_signer_write(test->arena, &fresh)));
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    check_ok(ledger_key_change(
        transaction, &(struct ledger_key_change){.why = why, .fresh = &fresh.key, .old = &own.key},
        &position));
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static void what_was_begun_is_finished(void **state)
{
    struct store_case *test = *state;
    struct key_changed changed;
    start(test);
    check_ok(sign(test));
    struct note_signer first = signer_in(test, own_path(test));
    declare(test, LEDGER_KEY_ROUTINE);
    check_fails(sign(test), RESULT_CODE_REFUSED); /* until then nobody signs */
    append(test);
    check_ok(change(test, LEDGER_KEY_LEAKED, &changed));
    assert_true(changed.was_begun);
    assert_int_equal(changed.now.why, LEDGER_KEY_ROUTINE); /* as it was said then */
    check_changed(test, 2);
    assert_true(is_whole_to(test, &first.key));
}

/* The old key has to agree, and is gone: there are two ways out. */
static void an_agreement_is_not_done_without(void **state)
{
    struct store_case *test = *state;
    struct str own = own_path(test), away = path_of(test, "away.key");
    struct key_changed changed;
    start(test);
    check_ok(sign(test));
    declare(test, LEDGER_KEY_ROUTINE);
    move(test, own, away);
    check_fails(change(test, LEDGER_KEY_ROUTINE, &changed), RESULT_CODE_REFUSED);
    move(test, away, own);
    check_ok(change(test, LEDGER_KEY_ROUTINE, &changed));
    check_changed(test, 2);
    declare(test, LEDGER_KEY_ROUTINE);
    assert_int_equal(unlink(str_cstr(test->arena, own)), 0);
    check_fails(change(test, LEDGER_KEY_ROUTINE, &changed), RESULT_CODE_REFUSED);
    check_ok(secret_file_remove(test->arena, path_of(test, "ledger.key.new")));
    check_ok(change(test, LEDGER_KEY_LOST, &changed));
    check_changed(test, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(in_the_ordinary_course_both_sign),
        STORE_CASE(of_a_key_that_leaked_nothing_is_signed_any_more),
        STORE_CASE(a_key_that_is_lost_is_followed),
        STORE_CASE(on_another_node_it_is_not_changed_again),
        STORE_CASE(a_new_key_that_was_never_declared_is_thrown_away),
        STORE_CASE(what_was_begun_is_finished),
        STORE_CASE(an_agreement_is_not_done_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

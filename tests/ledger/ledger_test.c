/*
 * tests/ledger/ledger_test.c - the ledger in the store, on both engines.
 *
 * Read first: src/ledger/ledger.h.
 */
#include "support/check.h"

#include "ledger/ledger.h"
#include "support/store_case.h"

#define ORIGIN "ashdownvale.example/handrail"
#define KIND 100

static struct store_transaction *begin(struct store_case *test, enum store_mode mode)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, mode, &transaction));
    return transaction;
}

static void start(struct store_case *test)
{
    check_ok(note_start());
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(ledger_start(transaction, STR(ORIGIN)));
    check_ok(store_commit(transaction));
    store_end(transaction);
}

/* So many acts, each about one of ten people. */
static void append(struct store_case *test, size_t count)
{
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    for (size_t i = 0; i < count; i++) {
        struct ledger_act act = {.kind = KIND,
                                 .actor = {7},
                                 .person = {100 + (int64_t)(i % 10)},
                                 .school = {3},
                                 .content = STR("{\"what\":\"thing\"}")};
        check_ok(ledger_append(transaction, &act, NULL));
    }
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static struct note_signer signer_of(void)
{
    static const unsigned char seed[NOTE_SEED_BYTES] = {1, 2, 3};
    struct note_signer signer;
    check_ok(note_signer_from_seed(STR(ORIGIN), NOTE_KEY_PLAIN, seed, &signer));
    return signer;
}

static struct str sign(struct store_case *test)
{
    struct note_signer signer = signer_of();
    struct str note;
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(ledger_checkpoint(transaction, &signer, 1, &note));
    check_ok(store_commit(transaction));
    store_end(transaction);
    return note;
}

static struct ledger_report verify(struct store_case *test)
{
    struct note_signer signer = signer_of();
    struct ledger_report report;
    check_ok(ledger_verify(test->store, test->arena, &signer.key, 1, (struct ledger_progress){0},
                           &report));
    return report;
}

static void check_whole(struct store_case *test, int64_t entries)
{
    struct ledger_report report = verify(test);
    check_str(ledger_fault_words(report.fault), "the ledger is whole");
    check_str(report.fault_detail, "");
    assert_int_equal(report.entries, entries);
}

static void a_ledger_is_whole_at_every_size(void **state)
{
    struct store_case *test = *state;
    start(test);
    check_whole(test, 1);
    static const size_t more[] = {1, 253, 1, 1, 256, 300};
    int64_t entries = 1;
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        append(test, more[i]);
        entries += (int64_t)more[i];
        sign(test);
        check_whole(test, entries);
    }
    assert_int_equal(verify(test).checkpoints, 6);
}

static void a_second_ledger_is_refused(void **state)
{
    struct store_case *test = *state;
    start(test);
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    struct result again = ledger_start(transaction, STR(ORIGIN));
    check_fails(result_is_ok(again) ? store_commit(transaction) : again, RESULT_CODE_EXISTS);
    store_end(transaction);
}

static void the_same_length_is_signed_once(void **state)
{
    struct store_case *test = *state;
    start(test);
    append(test, 10);
    struct str first = sign(test), second = sign(test);
    assert_true(str_equal(first, second));
    append(test, 1);
    assert_false(str_equal(first, sign(test)));
}

static void every_act_is_proven_to_who_has_the_key_alone(void **state)
{
    struct store_case *test = *state;
    start(test);
    append(test, 599);
    sign(test);
    struct note_signer signer = signer_of();
    struct checkpoint_trust trust = {.origin = STR(ORIGIN), .keys = &signer.key, .key_count = 1};
    for (int64_t position = 0; position < 600; position += 7) {
        struct store_transaction *reader = begin(test, STORE_READ);
        struct str text;
        check_ok(ledger_prove(reader, position, &text));
        store_end(reader);
        struct proof proof;
        struct checkpoint checkpoint;
        check_ok(proof_open(test->arena, text, &trust, &proof, &checkpoint));
        assert_int_equal(proof.index, position);
        assert_int_equal(checkpoint.size, 600);
    }
    append(test, 1);
    struct store_transaction *reader = begin(test, STORE_READ);
    struct str text;
    check_fails(ledger_prove(reader, 600, &text), RESULT_CODE_INVALID);
    check_fails(ledger_prove(reader, 601, &text), RESULT_CODE_MISSING);
    check_fails(ledger_prove(reader, -1, &text), RESULT_CODE_MISSING);
    store_end(reader);
}

static void what_is_erased_is_gone_and_the_ledger_whole(void **state)
{
    struct store_case *test = *state;
    start(test);
    append(test, 1000);
    sign(test);
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    size_t count = 0;
    check_ok(ledger_erase(transaction, (struct person_id){103}, (struct person_id){7},
                          STR("\"retention\""), &count));
    assert_int_equal(count, 100);
    check_ok(store_commit(transaction));
    store_end(transaction);
    check_whole(test, 1002);
    assert_int_equal(verify(test).erased, 100);
    sign(test);
    append(test, 20);
    check_whole(test, 1022);
}

static void a_restore_begins_an_epoch_that_says_what_is_lost(void **state)
{
    struct store_case *test = *state;
    start(test);
    append(test, 300);
    sign(test);
    struct note_signer signer = signer_of();
    struct checkpoint lost = {.origin = STR(ORIGIN), .size = 400};
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(ledger_epoch_begin(transaction, (struct person_id){7}, &lost, 0));
    check_ok(store_commit(transaction));
    store_end(transaction);
    struct str note = sign(test);
    struct checkpoint_trust trust = {
        .origin = STR(ORIGIN "/epoch-2"), .keys = &signer.key, .key_count = 1};
    struct checkpoint checkpoint;
    check_ok(checkpoint_open(test->arena, note, &trust, &checkpoint));
    assert_int_equal(checkpoint.size, 302);
    check_whole(test, 302);
}

static void an_epoch_is_above_all_that_was_signed_under(void **state)
{
    struct store_case *test = *state;
    start(test);
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(ledger_epoch_begin(transaction, (struct person_id){7}, NULL, 5));
    check_ok(ledger_epoch_begin(transaction, (struct person_id){7}, NULL, 2));
    struct ledger_head head;
    check_ok(ledger_head_read(transaction, &head));
    assert_int_equal(head.epoch, 7);
    check_ok(store_commit(transaction));
    store_end(transaction);
    check_whole(test, 3);
    assert_int_equal(ledger_epoch_of(STR(ORIGIN)), 1);
    assert_int_equal(ledger_epoch_of(STR(ORIGIN "/epoch-7")), 7);
    assert_int_equal(ledger_epoch_of(STR(ORIGIN "/epoch-x")), 1);
}

static void what_was_erased_is_tidied_once(void **state)
{
    struct store_case *test = *state;
    check_ok(ledger_tidy(test->store, test->arena)); /* there is no ledger yet */
    start(test);
    append(test, 20);
    check_ok(ledger_tidy(test->store, test->arena));
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    size_t count = 0;
    check_ok(ledger_erase(transaction, (struct person_id){103}, (struct person_id){7},
                          STR("\"retention\""), &count));
    check_ok(store_commit(transaction));
    store_end(transaction);
    check_ok(ledger_tidy(test->store, test->arena));
    check_ok(ledger_tidy(test->store, test->arena));
    check_whole(test, 22);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(a_ledger_is_whole_at_every_size),
        STORE_CASE(a_second_ledger_is_refused),
        STORE_CASE(the_same_length_is_signed_once),
        STORE_CASE(every_act_is_proven_to_who_has_the_key_alone),
        STORE_CASE(what_is_erased_is_gone_and_the_ledger_whole),
        STORE_CASE(a_restore_begins_an_epoch_that_says_what_is_lost),
        STORE_CASE(an_epoch_is_above_all_that_was_signed_under),
        STORE_CASE(what_was_erased_is_tidied_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

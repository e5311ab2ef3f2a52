/*
 * tests/ledger/succession_test.c - which keys sign a ledger, on both engines: declared, changed,
 * and believed by whom.
 *
 * Read first: src/ledger/succession.h, ledger_verify() in src/ledger/ledger.h.
 */
#include "support/check.h"

#include "ledger/behind.h" /* made of behind.sql */
#include "ledger/keys.h"
#include "ledger/ledger.h"
#include "support/store_case.h"

#define ORIGIN "ashdownvale.example/handrail"
#define KIND 100

/* Keys by number: the first, those that follow, and a stranger's. */
enum { FIRST = 1, SECOND, THIRD, STRANGER };

static struct note_signer signer_of(unsigned char number)
{
    return keys_signer(STR(ORIGIN), NOTE_KEY_PLAIN, number);
}

static struct store_transaction *begin(struct store_case *test, enum store_mode mode)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, mode, &transaction));
    return transaction;
}

static void commit(struct store_transaction *transaction)
{
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static void append(struct store_case *test, size_t count)
{
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    struct ledger_act act = {.kind = KIND, .actor = {7}, .content = STR("{}")};
    for (size_t i = 0; i < count; i++) {
        check_ok(ledger_append(transaction, &act, NULL));
    }
    commit(transaction);
}

static void start(struct store_case *test, size_t acts)
{
    check_ok(note_start());
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(ledger_start(transaction, STR(ORIGIN)));
    commit(transaction);
    append(test, acts);
}

/* With one key, or with the one before it too (0: without). */
MUST_USE static struct result sign_with(struct store_case *test, unsigned char number,
                                        unsigned char before, struct str *note)
{
    struct note_signer signers[] = {signer_of(number), signer_of(before ? before : number)};
    DEFER(store_end) struct store_transaction *transaction = begin(test, STORE_WRITE);
    TRY(ledger_checkpoint(transaction, signers, before ? 2 : 1, note));
    return store_commit(transaction);
}

static struct str sign(struct store_case *test, unsigned char number)
{
    struct str note;
    check_ok(sign_with(test, number, 0, &note));
    return note;
}

/* `old` is who is said to have signed before; 0: nobody says. */
MUST_USE static struct result change_to(struct store_case *test, enum ledger_key_why why,
                                        unsigned char number, unsigned char old)
{
    struct note_signer fresh = signer_of(number), before = signer_of(old ? old : number);
    int64_t position = 0;
    DEFER(store_end) struct store_transaction *transaction = begin(test, STORE_WRITE);
    TRY(ledger_key_change(transaction,
                          &(struct ledger_key_change){
                              .why = why, .fresh = &fresh.key, .old = old ? &before.key : NULL},
                          &position));
    return store_commit(transaction);
}

static struct ledger_keys keys_of(struct store_case *test)
{
    struct ledger_keys keys;
    DEFER(store_end) struct store_transaction *transaction = begin(test, STORE_READ);
    check_ok(ledger_keys_read(transaction, &keys));
    return keys;
}

/* What somebody finds who trusts these keys; 0 ends them. */
static struct ledger_report verify(struct store_case *test, const unsigned char *numbers)
{
    struct note_key keys[LEDGER_KEYS_MAX];
    struct ledger_report report;
    size_t count = 0;
    for (; numbers[count]; count++) {
        keys[count] = signer_of(numbers[count]).key;
    }
    check_ok(
        ledger_verify(test->store, test->arena, keys, count, (struct ledger_progress){0}, &report));
    return report;
}

#define TRUSTING(...) ((const unsigned char[]){__VA_ARGS__, 0})

static void check_whole(struct store_case *test, const unsigned char *numbers)
{
    struct ledger_report report = verify(test, numbers);
    check_str(report.fault_detail, "");
    check_str(ledger_fault_words(report.fault), "the ledger is whole");
}

static void check_refused(struct store_case *test, const unsigned char *numbers, int64_t size)
{
    struct ledger_report report = verify(test, numbers);
    assert_int_equal(report.fault, LEDGER_FAULT_CHECKPOINT);
    assert_int_equal(report.fault_at, size);
}

/* ---- The first key --------------------------------------------------------------------------- */

static void the_first_who_signs_is_remembered(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    assert_int_equal(keys_of(test).count, 0);
    sign(test, FIRST);
    struct ledger_keys keys = keys_of(test);
    struct note_signer first = signer_of(FIRST), stranger = signer_of(STRANGER);
    assert_int_equal(keys.count, 1);
    assert_true(keys.at[0].is_known && ledger_key_is(&keys.at[0], &first.key));
    assert_false(ledger_key_is(&keys.at[0], &stranger.key));
    struct str note;
    check_fails(sign_with(test, STRANGER, 0, &note), RESULT_CODE_REFUSED);
    append(test, 1);
    check_fails(sign_with(test, STRANGER, 0, &note), RESULT_CODE_REFUSED);
    check_whole(test, TRUSTING(FIRST));
    check_refused(test, TRUSTING(STRANGER), 4);
}

static void forget_first_key(struct store_case *test)
{
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(behind_first_key_forget(transaction));
    commit(transaction);
}

/* As of a database that was signed by an earlier Handrail. */
static void a_first_key_that_is_not_known_is_learnt_from_who_signs(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    forget_first_key(test);
    struct ledger_keys keys = keys_of(test);
    assert_int_equal(keys.count, 1);
    assert_false(keys.at[0].is_known);
    assert_int_equal(keys.at[0].key.id, signer_of(FIRST).key.id);
    check_whole(test, TRUSTING(FIRST));
    check_refused(test, TRUSTING(STRANGER), 4);
    struct str note;
    check_fails(sign_with(test, STRANGER, 0, &note), RESULT_CODE_REFUSED);
    sign(test, FIRST);
    assert_true(keys_of(test).at[0].is_known);
}

/* ---- Changes --------------------------------------------------------------------------------- */

static void a_key_that_is_lost_is_followed_by_another(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    check_fails(change_to(test, LEDGER_KEY_LOST, SECOND, 0), RESULT_CODE_MISSING);
    sign(test, FIRST);
    append(test, 2);
    check_fails(change_to(test, LEDGER_KEY_LOST, SECOND, STRANGER), RESULT_CODE_REFUSED);
    check_ok(change_to(test, LEDGER_KEY_LOST, SECOND, 0));
    struct str note;
    check_fails(sign_with(test, FIRST, 0, &note), RESULT_CODE_REFUSED); /* at once */
    sign(test, SECOND);
    append(test, 300);
    sign(test, SECOND);
    struct ledger_keys keys = keys_of(test);
    assert_int_equal(keys.count, 2);
    assert_int_equal(keys.at[1].since, 6);
    assert_int_equal(keys.at[1].why, LEDGER_KEY_LOST);
    assert_int_equal(ledger_key_of_size(&keys, 6), 0);
    assert_int_equal(ledger_key_of_size(&keys, 7), 1);
    check_whole(test, TRUSTING(SECOND));
    check_whole(test, TRUSTING(FIRST, SECOND));
    check_refused(test, TRUSTING(FIRST), 7); /* which did not introduce the second */
    check_refused(test, TRUSTING(STRANGER), 7);
    assert_int_equal(verify(test, TRUSTING(SECOND)).keys.count, 2);
}

static void in_the_ordinary_course_the_key_before_agrees(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    check_ok(change_to(test, LEDGER_KEY_ROUTINE, SECOND, FIRST));
    struct str note;
    check_ok(sign_with(test, SECOND, FIRST, &note));
    struct note_signer first = signer_of(FIRST), second = signer_of(SECOND);
    struct checkpoint_trust trust = {.origin = STR(ORIGIN), .keys = &first.key, .key_count = 1};
    struct checkpoint checkpoint;
    check_ok(checkpoint_open(test->arena, note, &trust, &checkpoint));
    assert_int_equal(checkpoint.extension_count, 1);
    assert_true(str_equal(checkpoint.extensions[0],
                          str_format(test->arena, "next key " STR_FMT,
                                     STR_ARG(note_key_write(test->arena, &second.key)))));
    append(test, 2);
    sign(test, SECOND);
    check_whole(test, TRUSTING(FIRST));
    check_whole(test, TRUSTING(SECOND));
    check_refused(test, TRUSTING(STRANGER), 5);
}

static void an_agreement_that_was_not_given_is_found(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    check_ok(change_to(test, LEDGER_KEY_ROUTINE, SECOND, FIRST));
    sign(test, SECOND); /* alone */
    check_refused(test, TRUSTING(FIRST), 5);
    check_refused(test, TRUSTING(SECOND), 5);
}

/* Declared, and lost before it could sign; then another, which vouches for all of them. */
static void a_key_that_never_signed_is_no_fault(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    check_ok(change_to(test, LEDGER_KEY_ROUTINE, SECOND, FIRST));
    check_ok(change_to(test, LEDGER_KEY_LOST, THIRD, 0));
    sign(test, THIRD);
    check_whole(test, TRUSTING(THIRD));
    check_refused(test, TRUSTING(FIRST), 6);
    check_refused(test, TRUSTING(SECOND), 6);
}

/*
 * Who can write into the database and has a key of their own makes a history of it, and lets an act
 * that nobody has signed name the school's public key as the next one: that vouches for nothing.
 */
static void a_key_vouches_for_nothing_that_it_has_not_signed(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, STRANGER);
    check_ok(change_to(test, LEDGER_KEY_LOST, FIRST, 0));
    check_refused(test, TRUSTING(FIRST), 4);
    sign(test, FIRST);
    check_whole(test, TRUSTING(FIRST));
}

static void of_a_first_key_that_nobody_knows_the_signatures_are_not_looked_at(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    forget_first_key(test);
    check_ok(change_to(test, LEDGER_KEY_LOST, SECOND, 0));
    sign(test, SECOND);
    check_whole(test, TRUSTING(SECOND));
    assert_int_equal(verify(test, TRUSTING(SECOND)).unknown, 1);
    assert_int_equal(verify(test, TRUSTING(FIRST, SECOND)).unknown, 0);
    check_refused(test, TRUSTING(FIRST), 5);
    check_refused(test, TRUSTING(STRANGER), 5);
}

static void who_knows_a_lost_key_says_it(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    forget_first_key(test);
    check_ok(change_to(test, LEDGER_KEY_LOST, SECOND, FIRST));
    sign(test, SECOND);
    struct note_signer first = signer_of(FIRST);
    struct ledger_keys keys = keys_of(test);
    assert_true(keys.at[0].is_known && ledger_key_is(&keys.at[0], &first.key));
    assert_int_equal(verify(test, TRUSTING(SECOND)).unknown, 0);
}

static void keys_that_have_leaked_are_known_apart(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    check_ok(change_to(test, LEDGER_KEY_LEAKED, SECOND, 0));
    sign(test, SECOND);
    check_ok(change_to(test, LEDGER_KEY_LOST, THIRD, 0));
    struct ledger_keys keys = keys_of(test);
    struct note_key out[LEDGER_KEYS_MAX];
    assert_int_equal(ledger_keys_public(&keys, true, out), 1);
    assert_int_equal(out[0].id, signer_of(FIRST).key.id);
    assert_int_equal(ledger_keys_public(&keys, false, out), 2);
    assert_int_equal(out[0].id, signer_of(SECOND).key.id);
}

static void the_key_can_be_changed_so_often_and_no_more(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    for (unsigned char number = SECOND; number <= LEDGER_KEYS_MAX; number++) {
        check_ok(change_to(test, LEDGER_KEY_LOST, number, 0));
    }
    sign(test, LEDGER_KEYS_MAX);
    assert_int_equal(keys_of(test).count, LEDGER_KEYS_MAX);
    check_whole(test, TRUSTING(LEDGER_KEYS_MAX));
    check_fails(change_to(test, LEDGER_KEY_LOST, LEDGER_KEYS_MAX + 1, 0), RESULT_CODE_LIMIT);
}

/* ---- Changed behind the program's back ------------------------------------------------------- */

enum change {
    OTHER_REASON,
    OTHER_NEXT,
    NO_CONTENT,
    NO_KEY,
    ANOTHER_KEY,
    FIRST_NONE,
    FIRST_OTHER,
    CHANGES
};

/* What an act of key change says. */
static struct str content_of(struct arena *arena, const char *why, unsigned char next)
{
    struct note_signer first = signer_of(FIRST), fresh = signer_of(next);
    return str_format(arena, "{\"why\":\"%s\",\"old\":\"" STR_FMT "\",\"key\":\"" STR_FMT "\"}",
                      why, STR_ARG(note_key_write(arena, &first.key)),
                      STR_ARG(note_key_write(arena, &fresh.key)));
}

MUST_USE static struct result change_behind(struct store_transaction *transaction,
                                            enum change change)
{
    struct arena *arena = store_arena(transaction);
    struct note_signer other = signer_of(STRANGER);
    struct str reason = content_of(arena, "leaked", SECOND);
    struct str next = content_of(arena, "lost", STRANGER);
    switch (change) {
    case OTHER_REASON:
        return behind_act_content(transaction, (struct behind_act_content_in){4, reason});
    case OTHER_NEXT:
        return behind_act_content(transaction, (struct behind_act_content_in){4, next});
    case NO_CONTENT:
        return behind_act_content(transaction, (struct behind_act_content_in){4, STR("{}")});
    case NO_KEY:
        return behind_act_kind(transaction, (struct behind_act_kind_in){4, KIND});
    case ANOTHER_KEY:
        return behind_act_kind(transaction, (struct behind_act_kind_in){2, 4});
    case FIRST_NONE:
        return behind_first_key_set(transaction, (struct behind_first_key_set_in){STR("nothing")});
    case FIRST_OTHER:
        return behind_first_key_set(
            transaction, (struct behind_first_key_set_in){note_key_write(arena, &other.key)});
    case CHANGES:
        break;
    }
    return RESULT_OK;
}

static void what_was_changed_behind_declares_nothing(void **state)
{
    struct store_case *test = *state;
    start(test, 3);
    sign(test, FIRST);
    check_ok(change_to(test, LEDGER_KEY_LOST, SECOND, 0));
    sign(test, SECOND);
    for (unsigned change = 0; change < CHANGES; change++) {
        struct store_transaction *transaction = begin(test, STORE_WRITE);
        check_ok(change_behind(transaction, (enum change)change));
        struct note_signer second = signer_of(SECOND);
        struct str note;
        assert_false(result_is_ok(ledger_checkpoint(transaction, &second, 1, &note)));
        store_end(transaction); /* as it was */
        check_whole(test, TRUSTING(SECOND));
    }
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(change_behind(transaction, FIRST_OTHER));
    commit(transaction);
    assert_int_equal(verify(test, TRUSTING(SECOND)).fault, LEDGER_FAULT_HEAD);
    transaction = begin(test, STORE_WRITE);
    check_ok(change_behind(transaction, OTHER_REASON));
    commit(transaction);
    struct ledger_report report = verify(test, TRUSTING(SECOND));
    assert_int_equal(report.fault, LEDGER_FAULT_ACT);
    assert_int_equal(report.fault_at, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(the_first_who_signs_is_remembered),
        STORE_CASE(a_first_key_that_is_not_known_is_learnt_from_who_signs),
        STORE_CASE(a_key_that_is_lost_is_followed_by_another),
        STORE_CASE(in_the_ordinary_course_the_key_before_agrees),
        STORE_CASE(an_agreement_that_was_not_given_is_found),
        STORE_CASE(a_key_that_never_signed_is_no_fault),
        STORE_CASE(a_key_vouches_for_nothing_that_it_has_not_signed),
        STORE_CASE(of_a_first_key_that_nobody_knows_the_signatures_are_not_looked_at),
        STORE_CASE(who_knows_a_lost_key_says_it),
        STORE_CASE(keys_that_have_leaked_are_known_apart),
        STORE_CASE(the_key_can_be_changed_so_often_and_no_more),
        STORE_CASE(what_was_changed_behind_declares_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * tests/ledger/receipt_test.c - receipts: one form only, and nothing in them that misleads.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/checkpoint.h"
#include "ledger/keys.h"
#include "ledger/receipt.h"

#define HEAD                                                                                       \
    "Handrail receipt, version 1\n"                                                                \
    "Policy: Elder Brook social media policy, 2026-1\n"                                            \
    "Policy digest: sha256:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
#define TIME "Time: 2026-03-04T10:22:31.123Z\n"
#define WHOLE                                                                                      \
    HEAD "Asked: may I post to the school's account?\n"                                            \
         "Fact: account = school\n"                                                                \
         "Fact: consent of the pupils = given = in writing\n"                                      \
         "Verdict: allowed\n"                                                                      \
         "Clause: 4.2\n"                                                                           \
         "Clause: 7\n" TIME

static const struct receipt_fact facts[] = {
    {STR_INIT("account"), STR_INIT("school")},
    {STR_INIT("consent of the pupils"), STR_INIT("given = in writing")},
};
static const struct str clauses[] = {STR_INIT("4.2"), STR_INIT("7")};

static struct receipt example(void)
{
    struct receipt receipt = {
        .policy = STR("Elder Brook social media policy, 2026-1"),
        .asked = STR("may I post to the school's account?"),
        .facts = facts,
        .fact_count = 2,
        .verdict = STR("allowed"),
        .clauses = clauses,
        .clause_count = 2,
        .time_ms = INT64_C(1772619751123),
    };
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        receipt.policy_digest[i] = (unsigned char)i;
    }
    return receipt;
}

static void written_and_read(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct receipt receipt = example(), back;
    struct str text, again;
    assert_true(result_is_ok(receipt_write(arena, &receipt, &text)));
    check_str(text, WHOLE);
    assert_true(result_is_ok(receipt_read(arena, text, &back)));
    check_str(back.policy, "Elder Brook social media policy, 2026-1");
    assert_memory_equal(back.policy_digest, receipt.policy_digest, SHA256_BYTES);
    assert_int_equal(back.fact_count, 2);
    check_str(back.facts[1].name, "consent of the pupils");
    check_str(back.facts[1].value, "given = in writing");
    assert_int_equal(back.clause_count, 2);
    check_str(back.verdict, "allowed");
    assert_int_equal(back.time_ms, INT64_C(1772619751123));
    assert_true(result_is_ok(receipt_write(arena, &back, &again)));
    assert_true(str_equal(text, again));
    static const char least[] = HEAD "Verdict: allowed\n" TIME;
    assert_true(result_is_ok(receipt_read(arena, str_from(least), &back)));
    assert_true(result_is_ok(receipt_write(arena, &back, &again)));
    check_str(again, least);
}

/* The holder's own word for who it was: behind the digest, where it is. */
static void a_name_may_stand_in_it(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct receipt receipt = example(), back;
    struct str text;
    receipt.name = STR("Priya Example");
    assert_true(result_is_ok(receipt_write(arena, &receipt, &text)));
    assert_true(str_find(text, STR("\nName as typed: Priya Example\nAsked: ")) != STR_NONE);
    assert_true(result_is_ok(receipt_read(arena, text, &back)));
    check_str(back.name, "Priya Example");
    static const char *const bad[] = {
        HEAD "Name as typed: \nVerdict: allowed\n" TIME,
        HEAD "Asked: x\nName as typed: y\nVerdict: allowed\n" TIME,
        HEAD "Name as typed: a\nName as typed: b\nVerdict: allowed\n" TIME,
        HEAD "Name as typed:  a\nVerdict: allowed\n" TIME,
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(result_is_ok(receipt_read(arena, str_from(bad[i]), &back)));
    }
}

static void times(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const struct {
        int64_t time_ms;
        const char *line;
    } cases[] = {
        {0, "Time: 1970-01-01T00:00:00.000Z\n"},
        {INT64_C(951827696789), "Time: 2000-02-29T12:34:56.789Z\n"},
        {RECEIPT_TIME_MS_MAX, "Time: 9999-12-31T23:59:59.999Z\n"},
    };
    struct receipt receipt = example(), back;
    struct str text;
    for (size_t i = 0; i < 3; i++) {
        receipt.time_ms = cases[i].time_ms;
        assert_true(result_is_ok(receipt_write(arena, &receipt, &text)));
        assert_true(str_ends(text, str_from(cases[i].line)));
        assert_true(result_is_ok(receipt_read(arena, text, &back)));
        assert_int_equal(back.time_ms, cases[i].time_ms);
    }
    receipt.time_ms = -1;
    assert_int_equal(receipt_write(arena, &receipt, &text).code, RESULT_CODE_INVALID);
    receipt.time_ms = RECEIPT_TIME_MS_MAX + 1;
    assert_int_equal(receipt_write(arena, &receipt, &text).code, RESULT_CODE_INVALID);
}

static void texts_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "Handrail receipt, version 2\n",
        "Handrail receipt, version 1",
        HEAD,
        HEAD TIME,
        HEAD "Verdict: allowed\n",
        HEAD "Verdict: allowed\n" TIME "\n",
        HEAD "Verdict: allowed\n" TIME TIME,
        HEAD "Verdict: allowed\nVerdict: forbidden\n" TIME,
        HEAD "Verdict: \n" TIME,
        HEAD "Verdict: allowed \n" TIME,
        HEAD "verdict: allowed\n" TIME,
        HEAD " Verdict: allowed\n" TIME,
        HEAD "\nVerdict: allowed\n" TIME,
        HEAD "Asked: \nVerdict: allowed\n" TIME,
        HEAD "Asked: a\nAsked: b\nVerdict: allowed\n" TIME,
        HEAD "Fact: a = b\nAsked: a\nVerdict: allowed\n" TIME,
        HEAD "Fact: a\nVerdict: allowed\n" TIME,
        HEAD "Fact: a=b\nVerdict: allowed\n" TIME,
        HEAD "Fact: a = \nVerdict: allowed\n" TIME,
        HEAD "Fact:  = b\nVerdict: allowed\n" TIME,
        HEAD "Fact: a= = b\nVerdict: allowed\n" TIME,
        HEAD "Verdict: allowed\nFact: a = b\n" TIME,
        HEAD "Clause: 1\nVerdict: allowed\n" TIME,
        HEAD "Verdict: allowed\nTime: 2026-03-04T10:22:31.123\n",
        HEAD "Verdict: allowed\nTime: 2026-03-04T10:22:31.12Z\n",
        HEAD "Verdict: allowed\nTime: 2026-03-04 10:22:31.123Z\n",
        HEAD "Verdict: allowed\nTime: 2026-02-30T10:22:31.123Z\n",
        HEAD "Verdict: allowed\nTime: 2026-03-04T24:00:00.000Z\n",
        HEAD "Verdict: allowed\nTime: 2026-03-04T10:60:00.000Z\n",
        HEAD "Verdict: allowed\nTime: 2026-03-04T10:22:60.000Z\n",
        HEAD "Verdict: allowed\nTime: 1969-12-31T23:59:59.999Z\n",
        "Handrail receipt, version 1\nPolicy: p\nPolicy digest: sha256:00\nVerdict: a\n" TIME,
        "Handrail receipt, version 1\nPolicy: p\nPolicy digest: sha256:"
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F\nVerdict: a\n" TIME,
        "Handrail receipt, version 1\nPolicy: p\nPolicy digest: sha512:"
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\nVerdict: a\n" TIME,
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct receipt receipt;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct result result = receipt_read(arena, str_from(bad[i]), &receipt);
        if (result_is_ok(result) || !result.message) {
            fail_msg("taken: %s", bad[i]);
        }
    }
}

static void values_that_mislead(void **state)
{
    (void)state;
    static const char *const bad[] = {
        " a",
        "a ",
        "a\nb",
        "a\rb",
        "a\tb",
        "a\x7F",
        "a\xC2\x85z",
        "a\xC2\xA0",
        "\xE2\x80\xAE",
        "a\xE2\x80\xAEz",
        "a\xE2\x80\xA8z",
        "a\xE2\x81\xA6z",
        "a\xE2\x80\x8Bz",
        "\xEF\xBB\xBFz",
        "a\xD8\x9Cz",
        "a\xE2\x80\x8D",
        "a\xFFz",
        "a\xF3\xA0\x80\xA0z",
        "a\xE3\x80\x80",
        "a\xC2\xADz",
    };
    static const char *const good[] = {"a", "a b", "\xC3\xA9t\xC3\xA9",
                                       "\xE2\x80\x9Cyes\xE2\x80\x9D",
                                       "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC"};
    DEFER(arena_close) struct arena *arena = arena_open();
    struct receipt receipt = example();
    struct str text;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct receipt_fact named = {str_from(bad[i]), STR("v")};
        struct receipt_fact valued = {STR("n"), str_from(bad[i])};
        struct str clause = str_from(bad[i]);
        struct receipt changed[] = {receipt, receipt, receipt, receipt, receipt, receipt};
        changed[0].policy = str_from(bad[i]);
        changed[1].verdict = str_from(bad[i]);
        changed[2].asked = str_from(bad[i]);
        changed[3].facts = &named;
        changed[4].facts = &valued;
        changed[3].fact_count = changed[4].fact_count = 1;
        changed[5].clauses = &clause;
        changed[5].clause_count = 1;
        for (size_t k = 0; k < 6; k++) {
            assert_int_equal(receipt_write(arena, &changed[k], &text).code, RESULT_CODE_INVALID);
        }
    }
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        receipt.verdict = str_from(good[i]);
        assert_true(result_is_ok(receipt_write(arena, &receipt, &text)));
    }
    struct receipt_fact equals = {STR("a=b"), STR("v")};
    receipt.facts = &equals;
    receipt.fact_count = 1;
    assert_int_equal(receipt_write(arena, &receipt, &text).code, RESULT_CODE_INVALID);
}

static void limits(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct receipt receipt = example(), back;
    struct str text;
    struct receipt_fact *many = ARENA_ARRAY(arena, struct receipt_fact, RECEIPT_FACTS_MAX + 1);
    struct str *cited = ARENA_ARRAY(arena, struct str, RECEIPT_CLAUSES_MAX + 1);
    char *longest = arena_alloc(arena, RECEIPT_VALUE_BYTES_MAX + 1);
    memset(longest, 'v', RECEIPT_VALUE_BYTES_MAX + 1);
    for (size_t i = 0; i <= RECEIPT_FACTS_MAX; i++) {
        many[i] = facts[0];
        cited[i] = clauses[0];
    }
    receipt.facts = many;
    receipt.fact_count = RECEIPT_FACTS_MAX;
    receipt.clauses = cited;
    receipt.clause_count = RECEIPT_CLAUSES_MAX;
    receipt.verdict = (struct str){longest, RECEIPT_VALUE_BYTES_MAX};
    assert_true(result_is_ok(receipt_write(arena, &receipt, &text)));
    assert_true(result_is_ok(receipt_read(arena, text, &back)));
    size_t fact_at = str_find(text, STR("Fact: ")), clause_at = str_find(text, STR("Clause: "));
    struct str start = str_slice(text, 0, fact_at), end = str_slice(text, fact_at, text.len);
    struct str over =
        str_format(arena, STR_FMT "Fact: a = b\n" STR_FMT, STR_ARG(start), STR_ARG(end));
    assert_int_equal(receipt_read(arena, over, &back).code, RESULT_CODE_LIMIT);
    start = str_slice(text, 0, clause_at);
    end = str_slice(text, clause_at, text.len);
    over = str_format(arena, STR_FMT "Clause: 1\n" STR_FMT, STR_ARG(start), STR_ARG(end));
    assert_int_equal(receipt_read(arena, over, &back).code, RESULT_CODE_LIMIT);
    receipt.fact_count++;
    assert_int_equal(receipt_write(arena, &receipt, &text).code, RESULT_CODE_LIMIT);
    receipt.fact_count--;
    receipt.clause_count++;
    assert_int_equal(receipt_write(arena, &receipt, &text).code, RESULT_CODE_LIMIT);
    receipt.clause_count--;
    receipt.verdict.len++;
    assert_int_equal(receipt_write(arena, &receipt, &text).code, RESULT_CODE_INVALID);
}

static void signed_and_opened(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer signer = keys_signer(STR("example.org/receipts"), NOTE_KEY_PLAIN, 1);
    struct note_signer stranger = keys_signer(STR("example.org/receipts"), NOTE_KEY_PLAIN, 2);
    struct note_signer witness = keys_signer(STR("w.example"), NOTE_KEY_WITNESS, 3);
    struct receipt receipt = example(), back;
    struct checkpoint checkpoint;
    struct str message, other;
    assert_true(result_is_ok(receipt_sign(arena, &receipt, &signer, &message)));
    assert_true(result_is_ok(receipt_open(arena, message, &signer.key, 1, &back)));
    check_str(back.verdict, "allowed");
    assert_int_equal(receipt_open(arena, message, &stranger.key, 1, &back).code,
                     RESULT_CODE_REFUSED);
    assert_int_equal(receipt_open(arena, message, &witness.key, 1, &back).code,
                     RESULT_CODE_INVALID);
    assert_true(result_is_ok(note_sign(arena, STR("Verdict: allowed\n"), &signer, 1, &other)));
    assert_int_equal(receipt_open(arena, other, &signer.key, 1, &back).code,
                     RESULT_CODE_UNSUPPORTED);
    assert_false(result_is_ok(checkpoint_read(arena, STR(WHOLE), &checkpoint)));
    char *changed = str_cstr(arena, message);
    for (size_t bit = 0; bit < 8 * message.len; bit++) {
        struct arena_mark mark = arena_mark(arena);
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        assert_false(result_is_ok(
            receipt_open(arena, (struct str){changed, message.len}, &signer.key, 1, &back)));
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        arena_rewind(arena, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_and_read),
        cmocka_unit_test(a_name_may_stand_in_it),
        cmocka_unit_test(times),
        cmocka_unit_test(texts_that_are_none),
        cmocka_unit_test(values_that_mislead),
        cmocka_unit_test(limits),
        cmocka_unit_test(signed_and_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

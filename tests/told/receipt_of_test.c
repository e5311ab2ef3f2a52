/*
 * tests/told/receipt_of_test.c - receipts of answers: what stands in them, and what gets none.
 */
#include "support/check.h"

#include <string.h>

#include "base/json.h"
#include "ledger/keys.h"
#include "support/small_policy.h"
#include "support/store_case.h"
#include "told/receipt_of.h"

#define TODAY ((struct civil_date){20000})
#define NOW INT64_C(1728000000123)

static const char the_clauses[] = CLAUSE(
    "A", "contacts",
    "must not post\n  when account is personal and tone is rude and readers is over 10\n"
    "  unless approved by headteacher in writing\n")
    CLAUSE("B", "contacts", "must not accept\n  when other is pupil\n  unless consent of other\n");

/* The same, but for one word of the law. */
static const char other_clauses[] = CLAUSE(
    "A", "contacts",
    "must not post\n  when account is personal and tone is rude and readers is over 20\n"
    "  unless approved by headteacher in writing\n")
    CLAUSE("B", "contacts", "must not accept\n  when other is pupil\n  unless consent of other\n");

struct made {
    struct result result;
    struct str note;
    struct receipt receipt; /* opened, when it was made */
};

static struct made make(struct small_policy *policy, const char *bytes, const char *name,
                        const char *shown)
{
    unsigned char digest[SHA256_BYTES];
    struct form form;
    struct made made = {0};
    struct note_signer signer = keys_signer(STR("ashdownvale.example"), NOTE_KEY_PLAIN, 7);
    assert_null(form_read(policy->arena, str_from(bytes), &form));
    told_digest((struct str){(const char *)policy->image.bytes, policy->image.size}, digest);
    made.result = told_receipt(policy->arena,
                               &(struct told_asked){.pack = &policy->pack,
                                                    .digest = digest,
                                                    .form = &form,
                                                    .name = str_from(name),
                                                    .shown = str_from(shown),
                                                    .as_of = TODAY,
                                                    .time_ms = NOW},
                               &signer, &made.note);
    if (result_is_ok(made.result)) {
        check_ok(receipt_open(policy->arena, made.note, &signer.key, 1, &made.receipt));
    }
    return made;
}

static bool has_fact(const struct receipt *receipt, const char *name, const char *value)
{
    for (size_t i = 0; i < receipt->fact_count; i++) {
        if (str_equal(receipt->facts[i].name, str_from(name)) &&
            str_equal(receipt->facts[i].value, str_from(value))) {
            return true;
        }
    }
    return false;
}

static void it_says_what_was_said_and_answered(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct made made = make(policy, "act=post&f.account=personal&f.tone=rude&f.readers=11", "", "");
    check_ok(made.result);
    check_str(made.receipt.verdict, "Needs approval (the policy says \"must not\")");
    assert_int_equal(made.receipt.clause_count, 1);
    check_str(made.receipt.clauses[0], "A");
    assert_true(has_fact(&made.receipt, "Readers", "11 people"));
    assert_int_equal(made.receipt.time_ms, NOW);
    check_str(made.receipt.name, "");
    assert_true(str_equal(made.receipt.policy, pack_title(&policy->pack)));
    made = make(policy, "act=post&f.account=personal&f.tone=rude&f.readers=10", "", "");
    check_ok(made.result);
    check_str(made.receipt.verdict, "Allowed");
    assert_int_equal(made.receipt.clause_count, 0);
}

static void what_is_unknown_stands_in_it_too(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    struct made made =
        make(policy, "act=post&f.account=personal&f.tone=unknown&f.readers=withheld", "", "");
    check_ok(made.result);
    assert_true(has_fact(&made.receipt, "Readers", "I would rather not say"));
    check_str(made.receipt.verdict, "Cannot be said yet");
}

/* "my niece Ana" is nobody's business but the holder's. */
static void nobody_is_named_unless_the_holder_wants_it(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    static const char form[] =
        "act=accept&people=2&named=yes&label.1=my+niece+Ana&label.2=Bo+Secret"
        "&f.1.other=pupil&f.2.other=relative&have=consent+1+granted+-";
    struct made made = make(policy, form, "", "");
    check_ok(made.result);
    assert_true(str_find(made.note, STR("Ana")) == STR_NONE);
    assert_true(str_find(made.note, STR("Secret")) == STR_NONE);
    assert_true(str_find(made.note, STR("(person 2)")) != STR_NONE);
    assert_true(has_fact(&made.receipt, "Other people concerned", "2"));
    assert_true(has_fact(&made.receipt, "Agreement of the person concerned (person 1)", "granted"));
    made = make(policy, form, "Priya Example", "");
    check_ok(made.result);
    check_str(made.receipt.name, "Priya Example");
    check_fails(make(policy, form, "Priya\nVerdict: Allowed", "").result, RESULT_CODE_INVALID);
    check_fails(make(policy, form, "Priya\xE2\x80\xAE", "").result, RESULT_CODE_INVALID);
}

/* Nobody signs an answer to less than was said, or to a question that is still open. */
static void what_is_not_understood_gets_none(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    static const char *const forms[] = {
        "",
        "act=fly",
        "act=post",
        "act=post&f.account=personal",
        "act=post&f.account=personal&f.tone=rude&f.readers=eleven",
        "act=post&f.account=personal&f.tone=rude&f.readers=11&f.nothing=yes",
        "act=post&f.account=nobody&f.tone=rude&f.readers=11",
        "act=post&f.account=personal&f.tone=rude&f.readers=11&f.9.other=pupil",
        "act=post&f.account=personal&f.tone=rude&f.readers=11&have=A+nobody+granted+-",
        "act=post&f.account=personal&f.tone=rude&f.readers=11&go=restart",
        "act=post&f.account=personal&f.tone=rude&f.readers=11&go=change+f.tone",
        "act=accept&people=99",
        "verdict=allowed&Verdict=Allowed",
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct made made = make(policy, forms[i], "", "");
        if (made.result.code != RESULT_CODE_INVALID) {
            print_message("%s\n", forms[i]);
        }
        check_fails(made.result, RESULT_CODE_INVALID);
    }
}

/* What somebody sends of a verdict is compared, and never signed. */
static void another_verdict_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, the_clauses);
    static const char form[] = "act=post&f.account=personal&f.tone=rude&f.readers=11"
                               "&verdict=allowed&Verdict=Allowed&shown=allowed";
    check_ok(make(policy, form, "", "needs-approval").result);
    check_fails(make(policy, form, "", "allowed").result, RESULT_CODE_CONFLICT);
    check_fails(make(policy, form, "", "forbidden").result, RESULT_CODE_CONFLICT);
    struct made made = make(policy, form, "", "");
    check_ok(made.result);
    assert_true(str_find(made.note, STR("Verdict: Allowed")) == STR_NONE);
}

static void another_version_has_another_digest(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char form[] = "act=post&f.account=personal&f.tone=rude&f.readers=15";
    struct made one = make(small_policy_open(arena, the_clauses), form, "", "");
    struct made other = make(small_policy_open(arena, other_clauses), form, "", "");
    check_ok(one.result);
    check_ok(other.result);
    assert_memory_not_equal(one.receipt.policy_digest, other.receipt.policy_digest, SHA256_BYTES);
    check_str(one.receipt.verdict, "Needs approval (the policy says \"must not\")");
    check_str(other.receipt.verdict, "Allowed");
}

/* ---- JSON ------------------------------------------------------------------------------------ */

MUST_USE static struct result form_of(struct arena *arena, const char *quoted, struct str *out)
{
    struct diag_list diags = diag_list_new(arena);
    struct form form = {0};
    const struct json_value *value =
        json_read(arena, STR("test"), small_json(arena, quoted), &diags);
    assert_non_null(value);
    struct result read = told_form_of_json(arena, value, &form);
    struct text text = {.arena = arena};
    for (size_t i = 0; i < form.count; i++) {
        form_write(&text, form.fields[i].name, form.fields[i].value);
    }
    *out = text_str(&text);
    return read;
}

static void json_becomes_a_form(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str text;
    check_ok(
        form_of(arena, "{'act':'post','people':2,'f.a':['x','y?'],'f.b':true,'f.c':false}", &text));
    check_str(text, "act=post&people=2&f.a=x&f.a=y%3F&f.b=yes&f.c=no");
    static const char *const bad[] = {"[]",       "7",          "{'a':1.5}",     "{'a':null}",
                                      "{'a':{}}", "{'a':[[]]}", "{'a':['b',{}]}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        check_fails(form_of(arena, bad[i], &text), RESULT_CODE_INVALID);
    }
    check_fails(told_form_of_json(arena, NULL, &(struct form){0}), RESULT_CODE_INVALID);
}

/* As many fields as a form has, and one more. */
static void json_has_a_bound(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t more = 0; more < 2; more++) {
        struct text json = {.arena = arena};
        text_add(&json, STR("{'f.a':['x'"));
        for (size_t i = 1; i < FORM_FIELDS_MAX + more; i++) {
            text_add(&json, STR(",'x'"));
        }
        text_add(&json, STR("]}"));
        struct str text;
        struct result read = form_of(arena, str_cstr(arena, text_str(&json)), &text);
        assert_int_equal(read.code, more ? RESULT_CODE_INVALID : RESULT_CODE_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_was_said_and_answered),
        cmocka_unit_test(what_is_unknown_stands_in_it_too),
        cmocka_unit_test(nobody_is_named_unless_the_holder_wants_it),
        cmocka_unit_test(what_is_not_understood_gets_none),
        cmocka_unit_test(another_verdict_is_refused),
        cmocka_unit_test(another_version_has_another_digest),
        cmocka_unit_test(json_becomes_a_form),
        cmocka_unit_test(json_has_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * What follows from findings under small policies: consequences are those of the policy's rules,
 * and nothing follows where no statement takes a finding up.
 */
#include "support/check.h"

#include "support/small_policy.h"

#include "base/json.h"
#include "check/check.h"
#include "screen/roll.h"

#define TODAY ((struct civil_date){20000})

/* A post's number is forbidden, its coarse words are advised against; official posts are free. */
static const char clauses[] =
    "## Scope {#S topic=\"scope\"}\nIts words.\n```rule\ncovers post\n```\n\n"
    "## Numbers {#N topic=\"contacts\"}\nIts words.\n```operation\n"
    "screen numbers \"numbers\"\n  finds phone-number, email-address\n  in personal\n"
    "  sets signed\n  mend \"Leave the number out of it.\"\n"
    "  fires \"Ring 01632 960123\"\n  passes \"Ring me\"\n```\n"
    "```rule\nmust not post\n  when signed and account is personal\n  say \"No numbers.\"\n```\n\n"
    "## Words {#W topic=\"reputation\"}\nIts words.\n```operation\n"
    "screen words \"coarse words\"\n  finds obscenity\n  sets tone is rude\n"
    "  fires \"bloody hell\"\n  passes \"dear me\"\n```\n"
    "```rule\nadvised not post\n  when tone is rude and readers is over 10\n```\n\n";

static const struct check_answer *answer_to(struct small_policy *policy, const char *text,
                                            enum screen_channel channel, const char *said)
{
    struct arena *arena = policy->arena;
    struct interview *interview = interview_new(arena, &policy->pack);
    struct form form;
    assert_null(form_read(arena, str_from(said), &form));
    assert_int_equal(interview_take(interview, &form), 0);
    const struct screen_setting setting = {0};
    const struct check_draft draft = {
        .text = str_from(text), .channel = channel, .said = interview, .as_of = TODAY};
    return check_run(arena, check_open(arena, &policy->pack), screen_open(arena, &setting), &draft);
}

/* "phone-number forbidden N; obscenity not-covered W?": each item, its level, its clauses. */
static struct str shown(struct small_policy *policy, const struct check_answer *answer)
{
    struct text out = {.arena = policy->arena};
    for (size_t i = 0; i < answer->count; i++) {
        const struct check_item *item = &answer->items[i];
        text_addf(&out, "%s" STR_FMT " " STR_FMT, i > 0 ? "; " : "",
                  STR_ARG(screen_kind_names[item->finding->kind]),
                  STR_ARG(pack_level_name((enum pack_level)item->level)));
        for (size_t c = 0; c < item->consequence_count; c++) {
            const struct pack_rule *rule = &policy->pack.rule[item->consequences[c].rule];
            text_addf(&out, " " STR_FMT "%s",
                      STR_ARG(pack_text(&policy->pack, policy->pack.clause[rule->clause].key)),
                      item->consequences[c].is_certain ? "" : "?");
        }
    }
    return text_str(&out);
}

#define check_answer_is(policy, text, channel, said, expected)                                     \
    check_str(shown((policy), answer_to((policy), (text), (channel), (said))), (expected))

static void a_finding_has_the_consequence_that_the_policy_says(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    check_answer_is(policy, "Ring me on 01632 960123 tonight", SCREEN_CHANNEL_PERSONAL, "",
                    "phone-number forbidden N");
    const struct check_answer *answer =
        answer_to(policy, "Ring me on 01632 960123", SCREEN_CHANNEL_PERSONAL, "");
    check_str(answer->items[0].mend, "Leave the number out of it.");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
}

/* A disclaimer answers what the name of the school calls for: neither is told of it any more. */
static const char disclaimed[] =
    "## Scope {#S topic=\"scope\"}\nIts words.\n```rule\ncovers post\n```\n\n"
    "## School {#D topic=\"reputation\"}\nIts words.\n```operation\n"
    "screen school \"a school\"\n  finds phone-number\n  sets tone is rude\n"
    "  fires \"Ring 01632 960123\"\n  passes \"Ring me\"\n"
    "screen disclaimer \"a disclaimer\"\n  finds obscenity\n  sets signed\n"
    "  fires \"bloody hell\"\n  passes \"dear me\"\n```\n"
    "```rule\nmust not post\n  when tone is rude\n  unless signed\n  say \"Sign it.\"\n```\n\n";

static void what_the_whole_draft_does_not_cite_is_not_said_of_a_finding(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, disclaimed);
    check_answer_is(policy, "Ring 01632 960123", SCREEN_CHANNEL_PERSONAL, "",
                    "phone-number forbidden D");
    check_answer_is(policy, "Ring 01632 960123, bloody hell", SCREEN_CHANNEL_PERSONAL, "",
                    "phone-number not-covered; obscenity not-covered");
}

static void nothing_found_is_not_forbidden(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    const struct check_answer *answer =
        answer_to(policy, "A lovely day at the seaside", SCREEN_CHANNEL_PERSONAL, "");
    assert_int_equal(answer->count, 0);
    assert_int_not_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    assert_int_equal(answer->asked_count, 0);
}

static void a_statement_speaks_of_its_channels_only(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    check_answer_is(policy, "Ring the office on 01632 960123", SCREEN_CHANNEL_OFFICIAL, "",
                    "phone-number not-covered");
}

static void what_depends_on_something_unsaid_is_uncertain_and_asked(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    check_answer_is(policy, "bloody hell", SCREEN_CHANNEL_PERSONAL, "", "obscenity not-covered W?");
    const struct check_answer *answer =
        answer_to(policy, "bloody hell", SCREEN_CHANNEL_PERSONAL, "");
    assert_true(answer->items[0].may_be_more);
    assert_int_equal(answer->asked_count, 1);
    assert_int_equal(answer->asked[0].fact, small_fact(policy, "readers"));
    check_answer_is(policy, "bloody hell", SCREEN_CHANNEL_PERSONAL, "f.readers=20",
                    "obscenity caution W");
    check_answer_is(policy, "bloody hell", SCREEN_CHANNEL_PERSONAL, "f.readers=2",
                    "obscenity not-covered");
}

/* What a rule reads that never decides is missing too, and not asked. */
static void only_what_can_change_the_verdict_is_asked(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char two_rules[] =
        "## Scope {#S topic=\"scope\"}\nIts words.\n```rule\ncovers post\n```\n\n"
        "## Strict {#A topic=\"reputation\"}\nIts words.\n"
        "```rule\nmust not post\n  when health\n```\n\n"
        "## Mild {#B topic=\"hours\"}\nIts words.\n"
        "```rule\ntake care post\n  when health and platform is facebook\n```\n\n";
    struct small_policy *policy = small_policy_open(arena, two_rules);
    const struct check_answer *answer =
        answer_to(policy, "A day at the seaside", SCREEN_CHANNEL_PERSONAL, "");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->overall->missing_count, 2);
    assert_int_equal(answer->asked_count, 1);
    assert_int_equal(answer->asked[0].fact, small_fact(policy, "health"));
    answer = answer_to(policy, "A day at the seaside", SCREEN_CHANNEL_PERSONAL, "f.health=yes");
    assert_int_equal(answer->asked_count, 0);
}

static void incoming_messages_have_findings_and_no_verdict(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    const struct check_answer *answer =
        answer_to(policy, "bloody hell, ring 01632 960123", SCREEN_CHANNEL_INCOMING, "");
    assert_true(answer->count >= 2);
    assert_null(answer->overall);
    for (size_t i = 0; i < answer->count; i++) {
        assert_int_equal(answer->items[i].consequence_count, 0);
    }
}

static void what_the_person_has_said_stays(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    /* Said on an associated account: the clause on numbers is about personal ones. */
    check_answer_is(policy, "Ring 01632 960123", SCREEN_CHANNEL_PERSONAL, "f.account=associated",
                    "phone-number not-covered");
}

/* What findings set, and what a person says of the same facts. */
static const char facts[] =
    "## Scope {#S topic=\"scope\"}\nIts words.\n```rule\ncovers post\n```\n\n"
    "## Sets {#F topic=\"contacts\"}\nIts words.\n```operation\n"
    "screen numbers \"a number\"\n  finds phone-number\n  sets signed and tone is rude\n"
    "  fires \"Ring 01632 960123\"\n  passes \"Ring me\"\n"
    "screen words \"coarse words\"\n  finds obscenity\n"
    "  sets purpose is any of school-business, teaching, own-life\n"
    "  fires \"bloody hell\"\n  passes \"dear me\"\n"
    "screen mail \"an address\"\n  finds email-address\n"
    "  sets tone is any of rude, kind\n"
    "  fires \"Write to a.b@c.example\"\n  passes \"Write to me\"\n```\n"
    "```rule\nmust not post\n  when signed\n```\n\n"
    "## Rude {#R topic=\"reputation\"}\nIts words.\n"
    "```rule\nadvised not post\n  when tone is rude\n```\n\n"
    "## Kind {#K topic=\"reputation\"}\nIts words.\n"
    "```rule\nmust not post\n  when tone is kind\n```\n\n"
    "## Lives {#L topic=\"hours\"}\nIts words.\n"
    "```rule\nmust not post\n  when purpose is own-life\n```\n\n";

static void what_the_person_says_comes_before_what_a_finding_sets(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, facts);
    static const char number[] = "Ring 01632 960123";
    check_answer_is(policy, number, SCREEN_CHANNEL_PERSONAL, "", "phone-number forbidden F R");
    check_answer_is(policy, number, SCREEN_CHANNEL_PERSONAL, "f.signed=no",
                    "phone-number caution R");
    check_answer_is(policy, number, SCREEN_CHANNEL_PERSONAL, "f.signed=unknown",
                    "phone-number forbidden F R");
}

/* Values that were found were not offered, so what was chosen beside them says nothing of them. */
static void what_is_found_holds_beside_what_was_said_unless_they_exclude_each_other(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, facts);
    static const char number[] = "Ring 01632 960123";
    check_answer_is(policy, number, SCREEN_CHANNEL_PERSONAL, "f.tone=insults",
                    "phone-number forbidden F");
    check_answer_is(policy, number, SCREEN_CHANNEL_PERSONAL, "f.tone=none",
                    "phone-number forbidden F R");
    check_answer_is(policy, number, SCREEN_CHANNEL_PERSONAL, "f.tone=kind",
                    "phone-number forbidden F");
}

static void what_the_person_says_settles_which_of_several_it_is(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, facts);
    static const char mail[] = "Write to a.b@c.example";
    check_answer_is(policy, mail, SCREEN_CHANNEL_PERSONAL, "", "email-address not-covered K? R?");
    check_answer_is(policy, mail, SCREEN_CHANNEL_PERSONAL, "f.tone=rude",
                    "email-address not-covered");
    const struct check_answer *answer =
        answer_to(policy, mail, SCREEN_CHANNEL_PERSONAL, "f.tone=rude");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_CAUTION);
}

static void a_fact_of_which_any_value_may_hold_is_asked(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, facts);
    const struct check_answer *answer =
        answer_to(policy, "bloody hell", SCREEN_CHANNEL_PERSONAL, "");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_UNDETERMINED);
    assert_int_equal(answer->asked_count, 1);
    assert_int_equal(answer->asked[0].fact, small_fact(policy, "purpose"));
    check_answer_is(policy, "bloody hell", SCREEN_CHANNEL_PERSONAL, "", "obscenity not-covered L?");
    answer = answer_to(policy, "bloody hell", SCREEN_CHANNEL_PERSONAL, "f.purpose=own-life");
    assert_int_equal(answer->verdict, DECIDE_VERDICT_FORBIDDEN);
    answer = answer_to(policy, "dear me", SCREEN_CHANNEL_PERSONAL, "");
    assert_int_equal(answer->asked_count, 0);
}

/* A number is forbidden, a signature lifts that, an address leads nowhere. */
static const char tried[] =
    "## Scope {#S topic=\"scope\"}\nIts words.\n```rule\ncovers post\n```\n\n"
    "## Numbers {#N topic=\"contacts\"}\nIts words.\n```operation\n"
    "screen numbers \"numbers\"\n  finds phone-number\n  sets tone is rude\n"
    "  fires \"x\"\n  passes \"y\"\n"
    "screen words \"coarse words\"\n  finds obscenity\n  sets signed\n"
    "  fires \"x\"\n  passes \"y\"\n"
    "screen mail \"an address\"\n  finds email-address\n  sets purpose is teaching\n"
    "  fires \"x\"\n  passes \"y\"\n```\n\n"
    "## Rude {#R topic=\"reputation\"}\nIts words.\n"
    "```rule\nmust not post\n  when tone is rude\n  unless signed\n```\n\n";

static void a_draft_shows_of_a_statement_what_follows_from_what_it_finds(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const struct {
        const char *text;
        enum screen_channel channel;
        uint32_t operation;
        enum check_shown shown;
    } cases[] = {
        {"Ring me", SCREEN_CHANNEL_PERSONAL, 0, CHECK_SHOWN_NOT},
        /* By a rule of another clause than its own. */
        {"Ring 01632 960123", SCREEN_CHANNEL_PERSONAL, 0, CHECK_SHOWN_CITED},
        {"bloody hell", SCREEN_CHANNEL_PERSONAL, 1, CHECK_SHOWN_IN_VAIN},
        {"Ring 01632 960123, bloody hell", SCREEN_CHANNEL_PERSONAL, 1, CHECK_SHOWN_CITED},
        {"Write to a.b@c.example", SCREEN_CHANNEL_PERSONAL, 2, CHECK_SHOWN_IN_VAIN},
        {"Write to a.b@c.example", SCREEN_CHANNEL_INCOMING, 2, CHECK_SHOWN_CITED},
    };
    struct small_policy *policy = small_policy_open(arena, tried);
    const struct check *check = check_open(arena, &policy->pack);
    const struct screen_setting setting = {0};
    const struct screen *screen = screen_open(arena, &setting);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct check_draft draft = {
            .text = str_from(cases[i].text), .channel = cases[i].channel, .as_of = TODAY};
        assert_int_equal(check_try(arena, check, screen, &draft, cases[i].operation),
                         cases[i].shown);
    }
}

static void a_statement_shows_nothing_outside_its_channels(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    const struct check *check = check_open(arena, &policy->pack);
    const struct screen_setting setting = {0};
    const struct screen *screen = screen_open(arena, &setting);
    struct check_draft draft = {
        .text = STR("Ring 01632 960123"), .channel = SCREEN_CHANNEL_PERSONAL, .as_of = TODAY};
    assert_int_equal(check_try(arena, check, screen, &draft, 0), CHECK_SHOWN_CITED);
    draft.channel = SCREEN_CHANNEL_OFFICIAL;
    assert_int_equal(check_try(arena, check, screen, &draft, 0), CHECK_SHOWN_NOT);
}

/* "none" of a list is compiled as a "no" of each of its values. */
static void a_finding_can_say_that_nothing_of_a_list_holds(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char none[] =
        "## Scope {#S topic=\"scope\"}\nIts words.\n```rule\ncovers post\n```\n\n"
        "## Tones {#T topic=\"contacts\"}\nIts words.\n```operation\n"
        "screen numbers \"numbers\"\n  finds phone-number\n  sets signed and tone is none\n"
        "  fires \"x\"\n  passes \"y\"\n```\n"
        "```rule\nmust not post\n  when signed and tone is not rude\n```\n\n";
    struct small_policy *policy = small_policy_open(arena, none);
    check_answer_is(policy, "Ring 01632 960123", SCREEN_CHANNEL_PERSONAL, "",
                    "phone-number forbidden T");
}

static void statements_speak_of_their_kinds_in_the_channels_that_they_name(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char speaking[] =
        "## All {#A topic=\"contacts\"}\nIts words.\n```operation\n"
        "screen everywhere \"a number\"\n  finds phone-number, complaint\n  sets signed\n"
        "  fires \"x\"\n  passes \"y\"\n"
        "screen own \"a number\"\n  finds phone-number\n  in personal, message\n  sets signed\n"
        "  fires \"x\"\n  passes \"y\"\n"
        "screen comes \"a number\"\n  finds phone-number\n  in incoming\n  sets signed\n"
        "  fires \"x\"\n  passes \"y\"\n```\n"
        "```rule\nmust not post\n  when signed\n```\n\n";
    static const struct {
        enum screen_kind kind;
        enum screen_channel channel;
        const char *statements;
    } cases[] = {
        {SCREEN_PHONE_NUMBER, SCREEN_CHANNEL_PERSONAL, "everywhere own "},
        {SCREEN_PHONE_NUMBER, SCREEN_CHANNEL_OFFICIAL, "everywhere "},
        /* Without "in" it is about what somebody is about to post. */
        {SCREEN_PHONE_NUMBER, SCREEN_CHANNEL_INCOMING, "comes "},
        /* But a complaint is a kind of message that comes in. */
        {SCREEN_COMPLAINT, SCREEN_CHANNEL_INCOMING, "everywhere "},
        {SCREEN_EMAIL_ADDRESS, SCREEN_CHANNEL_PERSONAL, ""},
    };
    struct small_policy *policy = small_policy_open(arena, speaking);
    const struct check *check = check_open(arena, &policy->pack);
    uint32_t operations[3];
    assert_int_equal(check_statement_count(check), 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t count = check_speaking(check, cases[i].kind, cases[i].channel, operations);
        struct text names = {.arena = arena};
        for (size_t k = 0; k < count; k++) {
            text_addf(
                &names, STR_FMT " ",
                STR_ARG(pack_text(&policy->pack, policy->pack.operation[operations[k]].name)));
        }
        check_str(text_str(&names), cases[i].statements);
    }
}

static void the_json_is_json(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct small_policy *policy = small_policy_open(arena, clauses);
    const struct check_answer *answer =
        answer_to(policy, "\"Bloody hell\", ring <b>01632 960123</b>", SCREEN_CHANNEL_PERSONAL, "");
    struct text out = {.arena = arena};
    check_answer_write(check_open(arena, &policy->pack), answer, &out);
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *read = json_read(arena, STR("x"), text_str(&out), &diags);
    assert_non_null(read);
    assert_int_equal(json_get(read, STR("findings"))->count, answer->count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_has_the_consequence_that_the_policy_says),
        cmocka_unit_test(what_the_whole_draft_does_not_cite_is_not_said_of_a_finding),
        cmocka_unit_test(nothing_found_is_not_forbidden),
        cmocka_unit_test(a_statement_speaks_of_its_channels_only),
        cmocka_unit_test(what_depends_on_something_unsaid_is_uncertain_and_asked),
        cmocka_unit_test(only_what_can_change_the_verdict_is_asked),
        cmocka_unit_test(incoming_messages_have_findings_and_no_verdict),
        cmocka_unit_test(what_the_person_has_said_stays),
        cmocka_unit_test(what_the_person_says_comes_before_what_a_finding_sets),
        cmocka_unit_test(what_is_found_holds_beside_what_was_said_unless_they_exclude_each_other),
        cmocka_unit_test(what_the_person_says_settles_which_of_several_it_is),
        cmocka_unit_test(a_fact_of_which_any_value_may_hold_is_asked),
        cmocka_unit_test(a_draft_shows_of_a_statement_what_follows_from_what_it_finds),
        cmocka_unit_test(a_statement_shows_nothing_outside_its_channels),
        cmocka_unit_test(a_finding_can_say_that_nothing_of_a_list_holds),
        cmocka_unit_test(statements_speak_of_their_kinds_in_the_channels_that_they_name),
        cmocka_unit_test(the_json_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

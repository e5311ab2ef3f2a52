/*
 * tests/screen/pattern_test.c - rows of words: steps, gaps, what must and must not stand beside.
 *
 * Read first: screen/pattern_int.h. The words are of words/talk.txt: "never" denies, "quid" is
 * money, "kid" is a child; "blue" is of no class.
 */
#include "support/check.h"

#include "base/arena.h"
#include "screen/pattern_int.h"

#define NINE_BLUE "blue blue blue blue blue blue blue blue blue "

static struct arena *arena;

/* A draft as a detector gets it, with one person found in its first word when `has_person`. */
static const struct screen_reading *read_of(const char *text, bool has_person)
{
    struct screen_work *work = ARENA_NEW(arena, struct screen_work);
    struct screen_draft *draft = screen_draft_read(arena, str_from(text));
    screen_words_mark(draft);
    work->draft = draft;
    work->arena = arena;
    if (has_person) {
        screen_found(work, SCREEN_STAFF_NAMED, SCREEN_DETAIL_NONE, 0, 0, 900, STR("a test"));
    }
    return screen_reading_of(work);
}

static bool stands(const struct screen_pattern *row, const char *text)
{
    const struct screen_reading *reading = read_of(text, false);
    uint32_t first, last;
    for (uint32_t i = 0; i < reading->sentence_count; i++) {
        if (screen_pattern_stands(reading, row, i, &first, &last)) {
            return true;
        }
    }
    return false;
}

static void a_gap_has_a_bound(void **state)
{
    (void)state;
    static const struct screen_pattern row = {
        .steps = {{WORD(TALK_NOT)}, {WORD(TALK_COIN), .gap = 2}}};
    assert_true(stands(&row, "never quid"));
    assert_true(stands(&row, "never blue blue quid"));
    assert_false(stands(&row, "never blue blue blue quid"));
    assert_false(stands(&row, "quid never"));
    assert_false(stands(&row, "never. quid")); /* two sentences */
}

/* What is found after the first reading is known to the next one. */
static void marks_are_those_of_all_findings_so_far(void **state)
{
    (void)state;
    const struct screen_reading *reading = read_of("Kofi ran. He fell", false);
    assert_false(screen_draft_has(reading, MARK(PERSON)));
    assert_false(screen_draft_has(reading, MARK(BACK)));
    screen_found(reading->work, SCREEN_PUPIL_NAMED, SCREEN_DETAIL_NONE, 0, 0, 900, STR("a test"));
    reading = screen_reading_of(reading->work);
    assert_true(screen_sentence_has(reading, 0, MARK(PUPIL)));
    assert_false(screen_sentence_has(reading, 1, MARK(PUPIL)));
    assert_true(screen_sentence_has(reading, 1, MARK(BACK)));
    for (unsigned i = 0; i < 2 * 32; i++) { /* more than there is room for at first */
        screen_found(reading->work, SCREEN_SCHOOL_NAME, SCREEN_DETAIL_NONE, 1, 1, 900,
                     STR("a test"));
    }
    assert_int_equal(reading->work->found_count, 65);
    assert_int_equal(reading->work->found[0].kind, SCREEN_PUPIL_NAMED);
    assert_true(screen_sentence_has(screen_reading_of(reading->work), 0, MARK(SCHOOL)));
}

static void a_phrase_is_one_step(void **state)
{
    (void)state;
    static const struct screen_pattern row = {
        .steps = {{WORD(TALK_CHILD)}, {WORD(TALK_COIN), .gap = 0}}};
    assert_true(stands(&row, "sixth former quid"));
    assert_false(stands(&row, "sixth former blue quid"));
}

static void what_must_not_stand_close(void **state)
{
    (void)state;
    static const struct screen_pattern row = {.steps = {{WORD(TALK_NOT)}},
                                              .without = {WORD(TALK_CHILD)}};
    assert_true(stands(&row, "never"));
    assert_false(stands(&row, "never kid"));
    assert_false(stands(&row, "never " NINE_BLUE "kid"));     /* ten words on */
    assert_true(stands(&row, "never blue " NINE_BLUE "kid")); /* eleven */
}

static void what_must_stand_with_it(void **state)
{
    (void)state;
    static const struct screen_pattern row = {.steps = {{WORD(TALK_NOT)}},
                                              .with = {{WORD(TALK_CHILD), WORD(TALK_COIN)}}};
    static const struct screen_pattern near = {
        .steps = {{WORD(TALK_NOT)}}, .with = {{WORD(TALK_CHILD)}}, .flags = SCREEN_PATTERN_NEAR};
    assert_true(stands(&row, "quid, never"));
    assert_false(stands(&row, "Never. A kid."));
    assert_true(stands(&near, "Never. A kid."));
    assert_false(stands(&near, "Never. Blue. A kid."));
}

static void what_must_not_stand_between(void **state)
{
    (void)state;
    static const struct screen_pattern row = {
        .steps = {{WORD(TALK_NOT)}, {WORD(TALK_COIN), .unless = WORD(TALK_CHILD), .gap = 3}}};
    assert_true(stands(&row, "never blue quid"));
    assert_false(stands(&row, "never kid quid"));
}

static void denials_quotations_and_openings(void **state)
{
    (void)state;
    static const struct screen_pattern plain = {.steps = {{WORD(TALK_COIN)}}};
    static const struct screen_pattern denied = {.steps = {{WORD(TALK_COIN)}},
                                                 .flags = SCREEN_PATTERN_DENIABLE};
    static const struct screen_pattern quoted = {.steps = {{WORD(TALK_COIN)}},
                                                 .flags = SCREEN_PATTERN_QUOTED};
    static const struct screen_pattern opening = {.steps = {{WORD(TALK_COIN)}},
                                                  .flags = SCREEN_PATTERN_OPENS};
    assert_false(stands(&denied, "never blue blue quid"));
    assert_true(stands(&denied, "never blue blue blue quid"));
    assert_false(stands(&plain, "blue \"quid blue\" blue"));
    assert_true(stands(&quoted, "blue \"quid blue\" blue"));
    assert_true(stands(&opening, "blue, quid"));
    assert_false(stands(&opening, "blue quid"));
}

static bool he_means_somebody(unsigned words_between)
{
    struct text text = {.arena = arena};
    text_add(&text, STR("Okafor"));
    for (unsigned i = 0; i < words_between; i++) {
        text_add(&text, STR(" blue"));
    }
    text_add(&text, STR(" he"));
    const struct screen_reading *reading = read_of(str_cstr(arena, text_str(&text)), true);
    return screen_draft_has(reading, MARK(BACK));
}

static void a_pronoun_means_somebody_named_not_far_before(void **state)
{
    (void)state;
    assert_true(he_means_somebody(0));
    assert_true(he_means_somebody(59));
    assert_false(he_means_somebody(60));
}

static void money_shares_and_ways(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned what;
    } cases[] = {
        {"\u00a335", MARK(MONEY)},
        {"35 quid", MARK(MONEY)},
        {"20%", MARK(SHARE)},
        {"blue 7", MARK(NUMBER)},
        {"blue?", MARK(QUESTION)},
        {"@blue", MARK(WAY)},
        {"https://blue.example", MARK(WAY)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct screen_reading *reading = read_of(cases[i].text, false);
        assert_true(screen_draft_has(reading, cases[i].what));
    }
    const struct screen_reading *none = read_of("%, \u00a3 and blue", false);
    assert_false(screen_draft_has(none, MARK(MONEY)));
    assert_false(screen_draft_has(none, MARK(SHARE)));
}

static void an_empty_draft_holds_nothing(void **state)
{
    (void)state;
    const struct screen_reading *reading = read_of("", false);
    assert_false(screen_draft_has(reading, WORD(TALK_NOT)));
}

static int begin(void **state)
{
    (void)state;
    arena = arena_open();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_has_a_bound),
        cmocka_unit_test(marks_are_those_of_all_findings_so_far),
        cmocka_unit_test(a_phrase_is_one_step),
        cmocka_unit_test(what_must_not_stand_close),
        cmocka_unit_test(what_must_stand_with_it),
        cmocka_unit_test(what_must_not_stand_between),
        cmocka_unit_test(denials_quotations_and_openings),
        cmocka_unit_test(a_pronoun_means_somebody_named_not_far_before),
        cmocka_unit_test(money_shares_and_ways),
        cmocka_unit_test(an_empty_draft_holds_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

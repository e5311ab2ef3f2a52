/*
 * tests/screen/detect_speech_test.c - how a draft speaks of people.
 *
 * Read first: found.h, and tests/screen/corpus/README.md for what each kind is. Most examples stand
 * in speech_cases.txt, where anybody can add one; here are those whose words matter, and limits.
 */
#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "found.h"

#define KINDS                                                                                      \
    "disparagement insult obscenity sexual-content harassment threat hatred extremism-support"
#define CASES_PATH "tests/screen/speech_cases.txt"
#define LINE_MAX 1024
#define KINDS_MAX 16

static int by_name(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* "insult:pupil[oaf] insult:pupil[lump]" as "insult:pupil": kinds and details, each once. */
static struct str kinds_of(struct arena *arena, struct str found)
{
    struct str kinds[KINDS_MAX];
    size_t count = 0;
    while (found.len > 0 && count < KINDS_MAX) {
        struct str kind, rest;
        (void)str_cut(found, '[', &kind, &rest);
        kinds[count++] = str_trim(kind);
        size_t end = str_find(rest, STR("] "));
        found = end == STR_NONE ? (struct str){0} : str_slice(rest, end + 2, rest.len);
    }
    qsort(kinds, count, sizeof *kinds, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !str_equal(kinds[kept - 1], kinds[i])) {
            kinds[kept++] = kinds[i];
        }
    }
    return kept == 0 ? STR("-") : str_join(arena, kinds, kept, STR(" "));
}

static void line_check(struct arena *arena, const char *line, unsigned number)
{
    struct str rest = str_trim(str_from(line));
    struct str channel, wanted;
    if (rest.len == 0 || rest.at[0] == '#') {
        return;
    }
    assert_true(str_cut(rest, '\t', &channel, &rest) && str_cut(rest, '\t', &wanted, &rest));
    enum screen_channel where = screen_channel_find(channel);
    assert_int_not_equal(where, SCREEN_CHANNEL_COUNT);
    struct str found = kinds_of(arena, found_of(KINDS, str_cstr(arena, rest), where));
    if (!str_equal(found, wanted)) {
        fail_msg("%s:%u: found " STR_FMT ", wanted " STR_FMT ": " STR_FMT, CASES_PATH, number,
                 STR_ARG(found), STR_ARG(wanted), STR_ARG(rest));
    }
}

static void the_examples(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    FILE *file = fopen(CASES_PATH, "rb");
    assert_non_null(file);
    char line[LINE_MAX];
    unsigned number = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        line_check(arena, line, ++number);
    }
    assert_true(number > 500);
    (void)fclose(file);
    arena_close(arena);
}

static void the_words_that_carry_it(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Our kitchen porter, the sulky brute, broke my mug",
         "disparagement:colleague[porter, the sulky brute] insult:colleague[sulky brute]"},
        {"Tell that gormless receptionist to buck up",
         "disparagement:colleague[gormless receptionist] insult:colleague[gormless]"},
        {"SLT couldn't organise a queue at a bus stop",
         "disparagement:management[SLT couldn't organise a queue at a bus stop]"},
        {"the useless lump at the top has done it again", "insult:management[useless lump]"},
        {"Whoever drives the silver van, you are a total plank", "insult:person[total plank]"},
        {"Women can't run a department", "hatred:sex[Women can't run a]"},
        {"I'll break both his legs", "threat[I'll break both his legs]"},
        {"Well that was a bloody long day", "obscenity[bloody]"},
        {"p*ss off", "obscenity[p*ss off]"},
    };
    found_check(KINDS, SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void things_that_are_called_names(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "This printer is an absolute idiot.",
        "Our dishwasher, the sulky brute, has decided that forks are beneath it",
        "I'm such an idiot, I've sent it to the dentist",
        "Great tits on the feeder this morning",
        "I could murder a curry",
    };
    found_none(KINDS, SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

/* A part of a body counts within six words of the blow: at the bound, and one past it. */
static void a_blow_far_off(void **state)
{
    (void)state;
    check_str(found_of("threat", "I'll break his big old ugly hairy leg", SCREEN_CHANNEL_MESSAGE),
              "threat[I'll break his big old ugly hairy leg]");
    check_str(
        found_of("threat", "I'll break his big old ugly hairy left leg", SCREEN_CHANNEL_MESSAGE),
        "");
}

/* Time and memory of a draft that is all one sentence of insults, as long as a draft may be. */
static void a_long_draft(void **state)
{
    (void)state;
    static char text[SCREEN_DRAFT_BYTES_MAX + 1];
    static const char part[] = "nobody said that our head is a lazy idiot, ";
    for (size_t i = 0; i < SCREEN_DRAFT_BYTES_MAX; i++) {
        text[i] = part[i % (sizeof part - 1)];
    }
    assert_true(found_of(KINDS, text, SCREEN_CHANNEL_INCOMING).len < SCREEN_DRAFT_BYTES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples),
        cmocka_unit_test(the_words_that_carry_it),
        cmocka_unit_test(things_that_are_called_names),
        cmocka_unit_test(a_blow_far_off),
        cmocka_unit_test(a_long_draft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

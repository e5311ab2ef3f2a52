/*
 * tests/screen/meant_test.c - the learnt score of what is meant: its keys, and what it decides.
 *
 * Read first: src/screen/meant_int.h, found.h.
 */
#include "support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "found.h"
#include "screen/meant_int.h"
#include "screen/model_int.h"
#include "screen/screen_int.h"

#define TRAINED "src/screen/model.bin"

static const struct screen_model *model_open(struct arena *arena)
{
    char *bytes = arena_alloc(arena, SCREEN_MODEL_BYTES_MAX);
    FILE *file = fopen(TRAINED, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, SCREEN_MODEL_BYTES_MAX, file);
    assert_int_equal(fclose(file), 0);
    struct str why;
    return screen_model_open(arena, (struct str){bytes, length}, &why);
}

/* The keys of a draft when `keys` is given, how many and how many at most; answers its score. */
static int32_t meant_of(struct arena *arena, const struct screen_model *model, struct str text,
                        uint32_t *keys, uint32_t *count, uint32_t *most)
{
    struct screen_setting setting = {.model = model};
    const struct screen *screen = screen_open(arena, &setting);
    struct screen_draft *draft = screen_draft_read(arena, text);
    screen_words_mark(draft);
    struct screen_work work = {
        .screen = screen, .setting = &setting, .draft = draft, .arena = arena};
    struct speech speech = speech_open(&work);
    if (keys != NULL) {
        *count = speech_meant_keys(&speech, keys);
        *most = speech_meant_keys_max(&speech);
    }
    return speech_meant(&speech);
}

static int32_t meant(struct arena *arena, const char *text)
{
    return meant_of(arena, model_open(arena), str_from(text), NULL, NULL, NULL);
}

static void a_denial_scores_lower_than_an_insult(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    assert_true(meant(arena, "Our caretaker is anything but lazy, he was out gritting at five") <
                meant(arena, "Our caretaker is anything but quick, the lazy lump, as usual"));
    arena_close(arena);
}

static void opposed_words_score_lower_than_words_taken_up(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    assert_true(meant(arena, "Someone wrote that our deputy is a \"clown\". Shame on them") <
                meant(arena, "Someone wrote that our deputy is a \"clown\". Well said, spot on"));
    arena_close(arena);
}

static void no_score_without_a_model(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    assert_true(meant_of(arena, NULL, STR("Bravo, our head."), NULL, NULL, NULL) ==
                SCREEN_WHOLE_NONE);
    arena_close(arena);
}

/* What is said of one group scores as the same said of another. */
static void what_is_said_of_one_group_scores_as_of_another(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    assert_int_equal(meant(arena, "Nobody here thinks that women are useless. Our head is"),
                     meant(arena, "Nobody here thinks that Muslims are useless. Our head is"));
    arena_close(arena);
}

static void keys_of_a_long_draft_have_room(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    struct text text = {.arena = arena};
    for (int i = 0; i < 2000; i++) {
        text_add(&text, STR("incomprehensibilities headteachers! "));
    }
    uint32_t count = 0, most = 0;
    uint32_t *keys = ARENA_ARRAY(arena, uint32_t, MEANT_KEYS_MAX);
    (void)meant_of(arena, model_open(arena), text_str(&text), keys, &count, &most);
    assert_true(count > MEANT_TOKENS_MAX && count <= most);
    assert_int_equal(most, MEANT_KEYS_MAX);
    arena_close(arena);
}

/* Words of one letter have most keys for their length, and many insults most for their number. */
static void keys_of_a_short_draft_have_room(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a",
        "!",
        "I I I I I I I I",
        "\"a\" \"b\" \"c\". d. e. f",
        "He is an idiot, she is an idiot, he is a fool, she is a fool, he is a clown. Clown, idiot",
    };
    struct arena *arena = arena_open();
    const struct screen_model *model = model_open(arena);
    uint32_t *keys = ARENA_ARRAY(arena, uint32_t, MEANT_KEYS_MAX);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint32_t count = 0, most = 0;
        (void)meant_of(arena, model, str_from(texts[i]), keys, &count, &most);
        assert_true(count > 0 && count <= most && most < MEANT_KEYS_MAX);
    }
    arena_close(arena);
}

static void denied_and_opposed_words_are_not_found(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Nobody could call our site manager lazy. He was gritting at half five this morning",
        "Someone wrote that she is useless: shame on them",
        "There isn't a bad bone in that boy's body",
        "I think the new homework policy asks too much, and I have told the head so",
    };
    found_none("disparagement insult", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_denial_scores_lower_than_an_insult),
        cmocka_unit_test(opposed_words_score_lower_than_words_taken_up),
        cmocka_unit_test(no_score_without_a_model),
        cmocka_unit_test(what_is_said_of_one_group_scores_as_of_another),
        cmocka_unit_test(keys_of_a_long_draft_have_room),
        cmocka_unit_test(keys_of_a_short_draft_have_room),
        cmocka_unit_test(denied_and_opposed_words_are_not_found),
    };
    return cmocka_run_group_tests_name("screen/meant", tests, NULL, NULL);
}

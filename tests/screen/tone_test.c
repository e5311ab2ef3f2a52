/*
 * tests/screen/tone_test.c - the keys of a draft, the learnt score, and what is found by it.
 *
 * Read first: src/screen/tone_int.h, found.h.
 */
#include "support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "found.h"
#include "screen/model_int.h"
#include "screen/screen_int.h"
#include "screen/tone_int.h"

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

/* The keys of a draft when `keys` is given; answers its score. */
static int32_t tone_of(struct arena *arena, const struct screen_model *model, struct str text,
                       uint32_t *keys, uint32_t *count)
{
    struct screen_setting setting = {.model = model};
    const struct screen *screen = screen_open(arena, &setting);
    struct screen_draft *draft = screen_draft_read(arena, text);
    screen_words_mark(draft);
    struct screen_work work = {
        .screen = screen, .setting = &setting, .draft = draft, .arena = arena};
    struct speech speech = speech_open(&work);
    if (keys != NULL) {
        *count = speech_tone_keys(&speech, keys);
    }
    return speech_tone(&speech);
}

static int32_t tone(struct arena *arena, const char *text)
{
    return tone_of(arena, model_open(arena), str_from(text), NULL, NULL);
}

static void mockery_scores_higher_than_thanks(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    int32_t mocking = tone(arena, "Our head has found a new way to help. It is a poster. Bravo");
    int32_t thanking = tone(arena, "Thank you to our head for all the help this year, we loved it");
    assert_true(mocking > thanking);
    arena_close(arena);
}

static void no_score_without_a_model(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    assert_true(tone_of(arena, NULL, STR("Bravo, our head."), NULL, NULL) == SCREEN_WHOLE_NONE);
    arena_close(arena);
}

/* What is said of one group scores as the same said of another. */
static void what_is_said_of_one_group_scores_as_of_another(void **state)
{
    (void)state;
    struct arena *arena = arena_open();
    assert_int_equal(tone(arena, "Our head says that women may come too. How kind"),
                     tone(arena, "Our head says that Muslims may come too. How kind"));
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
    uint32_t count = 0;
    uint32_t *keys = ARENA_ARRAY(arena, uint32_t, TONE_KEYS_MAX);
    (void)tone_of(arena, model_open(arena), text_str(&text), keys, &count);
    assert_true(count > TONE_TOKENS_MAX && count <= TONE_KEYS_MAX);
    arena_close(arena);
}

/* The score alone finds nothing: no one of a school, no finding. */
static void the_score_finds_nothing_of_nobody(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Oh brilliant, sleet in May. Just what my sandals wanted",
        "The satnav, in its wisdom, has brought us to a field. There's a cow",
        "This photocopier is a triumph. It has jammed on the word reliable",
    };
    found_none("disparagement insult", SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mockery_scores_higher_than_thanks),
        cmocka_unit_test(no_score_without_a_model),
        cmocka_unit_test(what_is_said_of_one_group_scores_as_of_another),
        cmocka_unit_test(keys_of_a_long_draft_have_room),
        cmocka_unit_test(the_score_finds_nothing_of_nobody),
    };
    return cmocka_run_group_tests_name("screen/tone", tests, NULL, NULL);
}

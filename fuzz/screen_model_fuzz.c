/*
 * fuzz/screen_model_fuzz.c - any bytes at all as a model, and a draft scored with what opens.
 *
 * Run it with tools/fuzz.sh screen_model SECONDS. Read first: src/screen/model.c.
 *
 * Modules: base screen
 *
 * The bytes are tried as they are, and once more with magic, version, size and checksum put right,
 * so that what lies behind these checks is reached. Then the rest is mended, as far as it can be:
 * sizes of the parts that fit, curves within bounds, lists in order. The end of the bytes is the
 * draft.
 *
 * What must hold, beyond that no sanitizer complains: a model that is refused says why; scores are
 * 0 to 1000, and the same when they are asked for twice.
 */
#include "screen/model_int.h"
#include "screen/screen_int.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

#define DRAFT_BYTES_MAX 600

/* A score of the whole draft stays far from the ends of its numbers, whatever the keys are. */
static void wholes_score(const struct screen_model *model, struct str text)
{
    uint32_t keys[DRAFT_BYTES_MAX] = {0};
    uint32_t count = (uint32_t)text.len;
    for (size_t i = 0; i < text.len; i++) {
        keys[i] = (unsigned char)text.at[i] * 0x01000193u;
    }
    for (uint32_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        enum screen_model_whole whole = (enum screen_model_whole)i;
        int32_t score = screen_model_whole(model, whole, keys, count);
        assert(score == SCREEN_WHOLE_NONE || (score > INT32_MIN / 2 && score < INT32_MAX / 2));
        assert(screen_model_whole(model, whole, keys, count) == score);
    }
}

static void draft_score(struct arena *arena, const struct screen_model *model, struct str text)
{
    const struct screen_draft *draft = screen_draft_read(arena, text);
    struct screen_scores *sentences =
        ARENA_ARRAY(arena, struct screen_scores, draft->sentence_count + 1);
    uint16_t *blame = ARENA_ARRAY(arena, uint16_t, draft->token_count + 1);
    screen_model_score(model, arena, draft, sentences, blame);
    struct screen_model_reading *reading = screen_model_read(model, arena, draft);
    for (uint32_t i = 0; i < draft->sentence_count; i++) {
        struct screen_scores alone = screen_model_sentence(reading, i);
        assert(memcmp(&alone, &sentences[i], sizeof alone) == 0);
        for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
            assert(alone.of[head] <= 1000);
        }
    }
    for (uint32_t i = 0; i < draft->token_count; i++) {
        assert(blame[i] <= 1000);
        assert(screen_model_blame(reading, i) == blame[i]);
        (void)screen_model_is_first_name(model, draft->tokens[i].hash);
    }
}

static void model_try(struct arena *arena, struct str bytes, struct str text)
{
    struct str why = {0};
    const struct screen_model *model = screen_model_open(arena, bytes, &why);
    assert((model == NULL) == (why.len > 0));
    if (model != NULL) {
        draft_score(arena, model, text);
        wholes_score(model, text);
    }
}

static int by_size(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Sizes that fit what there is, curves within bounds, lists in order. */
static struct str parts_mend(char *file, size_t len)
{
    struct screen_model_head *head = (struct screen_model_head *)(void *)file;
    head->slots = (uint32_t)SCREEN_MODEL_ROW << head->slots % 4;
    head->groups %= 8;
    head->people %= 8;
    head->names %= 8;
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        struct screen_model_sum *sum = &head->wholes[i];
        sum->rows = sum->rows % 4 == 0 ? 0 : 1u << sum->rows % 4;
        sum->bias %= 1 << 20;
        sum->scale &= (1 << 17) - 1;
    }
    for (size_t i = 0; i < SCREEN_MODEL_HEADS; i++) {
        head->curves[i].step_log2 %= 25;
        for (size_t knot = 0; knot < SCREEN_MODEL_KNOTS; knot++) {
            head->curves[i].knots[knot] %= 1001;
        }
    }
    struct screen_model_places places = screen_model_places(head);
    if (places.end > len) {
        return (struct str){0};
    }
    qsort(file + places.groups, head->groups, sizeof(uint32_t), by_size);
    qsort(file + places.people, head->people, sizeof(uint32_t), by_size);
    qsort(file + places.names, head->names, sizeof(uint32_t), by_size);
    return (struct str){file, places.end};
}

static void sums_mend(char *file, size_t len)
{
    struct screen_model_head *head = (struct screen_model_head *)(void *)file;
    memcpy(head->magic, SCREEN_MODEL_MAGIC, sizeof head->magic);
    head->version = SCREEN_MODEL_VERSION;
    head->bytes = (uint32_t)len;
    head->checksum = screen_model_checksum((struct str){file, len});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str given = {(const char *)data, bytes};
    size_t text_start = bytes > DRAFT_BYTES_MAX ? bytes - DRAFT_BYTES_MAX : 0;
    struct str text = str_slice(given, text_start, bytes);
    char *file = arena_alloc(arena, bytes + 8);
    memcpy(file, data, bytes);
    model_try(arena, (struct str){file, bytes}, text);
    if (bytes < sizeof(struct screen_model_head)) {
        return 0;
    }
    sums_mend(file, bytes);
    model_try(arena, (struct str){file, bytes}, text);
    struct str mended = parts_mend(file, bytes);
    if (mended.len > 0) {
        sums_mend(file, mended.len);
        model_try(arena, mended, text);
    }
    return 0;
}

/*
 * screen/speech_meant.c - whether a draft means what it says of somebody, by the weights of
 * meant.bin.
 *
 * Read first: meant_int.h. Start at: speech_is_unmeant.
 */
#include "screen/meant_int.h"

#include "screen/meant_bytes.h"

#include <assert.h>
#include <string.h>

_Static_assert(sizeof(struct meant_head) == 24, "the file is read in place");

/* Below this an insult that the rules take for said is left out; from this on one that they take
 * for denied or told by others is found. */
#define MEANT_LEAST (MEANT_ONE * -20 / 10)
#define MEANT_SURE (MEANT_ONE * 20 / 10)

/* The root of a number, rounded down. */
static uint32_t root_of(uint32_t number)
{
    uint32_t root = 0;
    for (uint32_t bit = 1u << 15; bit > 0; bit >>= 1) {
        if ((root | bit) * (root | bit) <= number) {
            root |= bit;
        }
    }
    return root;
}

int32_t speech_meant(struct speech *speech)
{
    if (speech->is_weighed) {
        return speech->meant;
    }
    speech->is_weighed = true;
    speech->meant = MEANT_NONE;
    bool is_learnt = speech->work->channel != SCREEN_CHANNEL_PROFILE &&
                     speech->work->channel != SCREEN_CHANNEL_INCOMING;
    if (speech->work->setting->model == NULL || !is_learnt) {
        return MEANT_NONE; /* which words name a group, only the model knows */
    }
    const struct meant_head *head = (const struct meant_head *)(const void *)meant_bytes;
    assert(memcmp(head->magic, MEANT_MAGIC, sizeof head->magic) == 0);
    assert(meant_bytes_count == sizeof *head + head->slots * (sizeof(int8_t) + sizeof(uint16_t)));
    const int8_t *weights = (const int8_t *)(head + 1);
    const uint16_t *tags = (const uint16_t *)(const void *)(weights + head->slots);
    uint32_t *keys = ARENA_ARRAY(speech->work->arena, uint32_t, MEANT_KEYS_MAX);
    uint32_t count = speech_meant_keys(speech, keys);
    int32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = meant_row(keys[i], head->slots);
        for (uint32_t slot = row; slot < row + MEANT_ROW; slot++) {
            sum += tags[slot] == meant_tag(keys[i]) ? weights[slot] : 0;
        }
    }
    int64_t share = (int64_t)sum * head->scale / (int64_t)root_of(count + 1) / 100;
    speech->meant = (int32_t)share + head->bias;
    return speech->meant;
}

/* Something besides the insult: a quotation, a denial, a saying, a book. Without it a plain insult
 * is what it looks like. */
static bool is_in_doubt(const struct speech *speech)
{
    static const enum screen_word classes[] = {
        SCREEN_WORD_TURN_NOT,   SCREEN_WORD_TURN_AWAY,    SCREEN_WORD_TURN_FALSE,
        SCREEN_WORD_TURN_MAYBE, SCREEN_WORD_TURN_HOPE,    SCREEN_WORD_SAY_VERB,
        SCREEN_WORD_FICTION,    SCREEN_WORD_STANCE_AGREE, SCREEN_WORD_STANCE_AGAINST};
    const struct screen_classes any = SCREEN_CLASSES_OF(classes);
    const struct screen_draft *draft = speech->work->draft;
    return draft->quote_count > 0 || screen_classes_meet(&draft->classes, &any);
}

bool speech_is_unmeant(struct speech *speech, bool is_unsaid)
{
    if (!is_unsaid && !is_in_doubt(speech)) {
        return false;
    }
    int32_t meant = speech_meant(speech);
    if (meant == MEANT_NONE) {
        return is_unsaid;
    }
    return meant < (is_unsaid ? MEANT_SURE : MEANT_LEAST);
}

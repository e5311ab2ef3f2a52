/*
 * screen/tone_score.c - the score of tone, from the weights of tone.bin. Read first: tone_int.h.
 */
#include "screen/tone_int.h"

#include "screen/tone_bytes.h"

#include <assert.h>
#include <string.h>

_Static_assert(sizeof(struct tone_head) == 24, "the file is read in place");

uint32_t tone_root(uint32_t number)
{
    uint32_t root = 0;
    for (uint32_t bit = 1u << 15; bit > 0; bit >>= 1) {
        if ((root | bit) * (root | bit) <= number) {
            root |= bit;
        }
    }
    return root;
}

int32_t speech_tone(const struct speech *speech)
{
    if (speech->work->setting->model == NULL) {
        return TONE_NONE; /* which words name a group, only the model knows */
    }
    const struct tone_head *head = (const struct tone_head *)(const void *)tone_bytes;
    assert(memcmp(head->magic, TONE_MAGIC, sizeof head->magic) == 0);
    assert(tone_bytes_count == sizeof *head + head->slots * (sizeof(int8_t) + sizeof(uint16_t)));
    const int8_t *weights = (const int8_t *)(head + 1);
    const uint16_t *tags = (const uint16_t *)(const void *)(weights + head->slots);
    uint32_t keys[TONE_KEYS_MAX];
    uint32_t count = speech_tone_keys(speech, keys);
    int32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = tone_row(keys[i], head->slots);
        for (uint32_t slot = row; slot < row + TONE_ROW; slot++) {
            sum += tags[slot] == tone_tag(keys[i]) ? weights[slot] : 0;
        }
    }
    int64_t share = (int64_t)sum * head->scale / (int64_t)tone_root(count + 1) / 100;
    return (int32_t)share + head->bias;
}

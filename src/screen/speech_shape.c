/*
 * screen/speech_shape.c - what sort of sentences a draft has, for its learnt scores.
 *
 * Read first: speech_int.h.
 */
#include "screen/speech_int.h"

/* Sentences of so few tokens are short. */
#define SHORT_TOKENS_MAX 3

struct speech_shape speech_shape(const struct speech *speech)
{
    const struct screen_draft *draft = speech->work->draft;
    uint32_t sentences = draft->sentence_count;
    uint32_t last = draft->sentences[sentences - 1];
    uint32_t shorts = 0;
    for (uint32_t i = 0; i < sentences; i++) {
        shorts += draft->sentences[i + 1] - draft->sentences[i] <= SHORT_TOKENS_MAX;
    }
    return (struct speech_shape){{
        speech_least(sentences, 5),
        speech_least(draft->sentences[1], 6),
        speech_least(draft->token_count - last, 6),
        speech_least(shorts, 4),
        speech_least(draft->token_count / 8, 8),
        (uint32_t)speech->work->channel,
    }};
}

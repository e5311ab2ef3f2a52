/*
 * screen/speech_meant.c - whether a draft means what it says of somebody.
 *
 * Read first: meant_int.h. Start at: speech_is_unmeant.
 */
#include "screen/meant_int.h"
#include "screen/model_int.h"

/* Below this an insult that the rules take for said is left out; from this on one that they take
 * for denied or told by others is found. */
#define MEANT_LEAST (SCREEN_WHOLE_ONE * -20 / 10)
#define MEANT_SURE (SCREEN_WHOLE_ONE * 20 / 10)

int32_t speech_meant(struct speech *speech)
{
    const struct screen_model *model = speech->work->setting->model;
    if (speech->is_weighed) {
        return speech->meant;
    }
    speech->is_weighed = true;
    speech->meant = SCREEN_WHOLE_NONE;
    bool is_learnt = speech->work->channel != SCREEN_CHANNEL_PROFILE &&
                     speech->work->channel != SCREEN_CHANNEL_INCOMING;
    if (model != NULL && is_learnt) { /* which words name a group, only the model knows */
        uint32_t *keys = ARENA_ARRAY(speech->work->arena, uint32_t, speech_meant_keys_max(speech));
        speech->meant =
            screen_model_whole(model, SCREEN_WHOLE_MEANT, keys, speech_meant_keys(speech, keys));
    }
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
    if (meant == SCREEN_WHOLE_NONE) {
        return is_unsaid;
    }
    return meant < (is_unsaid ? MEANT_SURE : MEANT_LEAST);
}

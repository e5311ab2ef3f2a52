/*
 * screen/detect_speech.c - how a draft speaks of people: insult, disparagement, hatred, threat and
 * their like.
 *
 * Read first: speech_int.h, which names the parts. Here they are made ready and run.
 *
 * What must hold: a draft without a word of any of the classes that can begin a finding costs one
 * look at each token.
 */
#include "screen/speech_int.h"

/* What the model says of a sentence raises or lowers a little how sure a rule is of it; a rule
 * finds what was composed, which the model cannot read, so it is never silenced by it. */
static const struct {
    uint16_t low, high;  /* of a thousand */
    uint16_t less, more; /* of confidence */
} support[SCREEN_SCORE_COUNT] = {
    [SCREEN_SCORE_OFFENCE] = {15, 600, 30, 50},
    [SCREEN_SCORE_HATE] = {25, 400, 30, 60},
};
#define CONFIDENCE_MOST 980

static unsigned supported(const struct speech *speech, uint32_t at, enum screen_score head,
                          unsigned confidence)
{
    unsigned score = screen_score(speech->work, speech->tokens[at].sentence, head);
    if (score == 0) {
        return confidence; /* no model */
    }
    if (score >= support[head].high) {
        confidence += support[head].more;
        return confidence < CONFIDENCE_MOST ? confidence : CONFIDENCE_MOST;
    }
    return score <= support[head].low ? speech_less(confidence, support[head].less) : confidence;
}

void speech_report(struct speech *speech, enum screen_kind kind, unsigned detail, uint32_t first,
                   uint32_t last, unsigned confidence, struct speech_target target,
                   struct str because)
{
    if (kind == SCREEN_INSULT) {
        confidence = supported(speech, first, SCREEN_SCORE_OFFENCE, confidence);
    } else if (kind == SCREEN_HATRED) {
        confidence = supported(speech, first, SCREEN_SCORE_HATE, confidence);
    }
    struct screen_finding *finding =
        screen_found(speech->work, kind, detail, first, last, confidence, because);
    if (finding != NULL) {
        finding->person = target.person;
    }
}

struct speech speech_open(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    struct speech speech = {.work = work,
                            .tokens = draft->tokens,
                            .count = draft->token_count,
                            .who = arena_alloc(work->arena, draft->token_count),
                            .person = ARENA_ARRAY(work->arena, uint32_t, draft->token_count),
                            .sentences = screen_reading_of(work)->sentences};
    speech_who_mark(&speech);
    speech_stance_read(&speech);
    return speech;
}

void screen_detect_speech(struct screen_work *work)
{
    if (work->draft->token_count == 0) {
        return;
    }
    struct speech speech = speech_open(work);
    speech_find_insults(&speech);
    speech_find_belittling(&speech);
    speech_find_irony(&speech);
    speech_find_hatred(&speech);
    speech_find_menace(&speech);
    speech_find_coarse(&speech);
}

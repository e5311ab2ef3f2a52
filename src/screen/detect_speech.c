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

/* What the model must say of a sentence to raise or lower how sure a rule is. */
#define SCORE_HIGH 600
#define SCORE_LOW 60

unsigned speech_confidence(const struct speech *speech, uint32_t at, unsigned confidence)
{
    const struct screen_scores *scores = &speech->work->sentences[speech->tokens[at].sentence];
    unsigned offence = scores->of[SCREEN_SCORE_OFFENCE];
    if (offence == 0) {
        return confidence; /* no model */
    }
    if (offence >= SCORE_HIGH) {
        return confidence + 50 < 980 ? confidence + 50 : 980;
    }
    return offence <= SCORE_LOW && confidence > 60 ? confidence - 60 : confidence;
}

void speech_report(struct speech *speech, enum screen_kind kind, unsigned detail, uint32_t first,
                   uint32_t last, unsigned confidence, struct speech_target target,
                   struct str because)
{
    struct screen_finding *finding =
        screen_found(speech->work, kind, detail, first, last,
                     speech_confidence(speech, first, confidence), because);
    if (finding != NULL) {
        finding->person = target.person;
    }
}

static void sentences_read(struct speech *speech)
{
    const struct screen_draft *draft = speech->work->draft;
    for (uint32_t at = 0; at < speech->count; at++) {
        struct screen_classes *all = &speech->sentence[speech->tokens[at].sentence];
        for (size_t i = 0; i < sizeof all->bits / sizeof *all->bits; i++) {
            all->bits[i] |= draft->tokens[at].classes.bits[i];
        }
    }
}

void screen_detect_speech(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (draft->token_count == 0) {
        return;
    }
    struct speech speech = {
        .work = work,
        .tokens = draft->tokens,
        .count = draft->token_count,
        .who = arena_alloc(work->arena, draft->token_count),
        .person = ARENA_ARRAY(work->arena, uint32_t, draft->token_count),
        .sentence = ARENA_ARRAY(work->arena, struct screen_classes, draft->sentence_count + 1)};
    sentences_read(&speech);
    speech_who_mark(&speech);
    speech_stance_read(&speech);
    speech_find_insults(&speech);
    speech_find_belittling(&speech);
    speech_find_irony(&speech);
    speech_find_hatred(&speech);
    speech_find_menace(&speech);
    speech_find_coarse(&speech);
}

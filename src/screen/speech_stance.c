/*
 * screen/speech_stance.c - whose words they are, and what the writer thinks of them.
 *
 * Read first: speech_int.h. Start at: speech_stance_read, then speech_voice.
 *
 * What stands in quotation marks, or behind "he said", "some think", is told of others: no finding,
 * whether the writer condemns it or only tells it. It is one where the writer takes it up ("wise
 * old bird", "couldn't have put it better"). So the draft is read once for words of agreement
 * outside of quotation marks; a denial before one ("I won't laugh along") is the contrary.
 *
 * What must hold: agreement never makes a finding of words that the writer says are wrong as well.
 */
#include "screen/speech_int.h"

/* A denial of an agreeing word stands at most so many tokens before it. */
#define DENIAL_TOKENS_MAX 4
/* A verb of saying counts for what follows within so many tokens. */
#define SAYING_TOKENS_MAX 24
/* A saying is denied by a word at most so many tokens before it. */
#define DENIED_SAYING_TOKENS_MAX 14

static bool is_denied_near(const struct speech *speech, uint32_t at)
{
    uint32_t first = speech_first(speech, at);
    for (uint32_t back = 1; back <= DENIAL_TOKENS_MAX && at >= first + back; back++) {
        uint32_t i = at - back;
        if (speech_is_break(speech, i) || speech_is_the_sign(speech, i, ',')) {
            return false;
        }
        if (IS(speech, i, TURN_NOT) && !IS(speech, i, STANCE_AGREE)) {
            bool is_unreal = (i > 0 && IS(speech, i - 1, TURN_MAYBE)) ||
                             (i > 1 && IS(speech, i - 2, TURN_MAYBE));
            return !is_unreal; /* "if it weren't so accurate" */
        }
    }
    return false;
}

void speech_stance_read(struct speech *speech)
{
    int stance = 0;
    bool is_agreeing = false;
    bool is_against = false;
    const struct screen_draft *draft = speech->work->draft;
    speech->is_banter = screen_draft_has_word(draft, SCREEN_WORD_BANTER);
    if (!screen_draft_has_word(draft, SCREEN_WORD_STANCE_AGREE) &&
        !screen_draft_has_word(draft, SCREEN_WORD_STANCE_AGAINST)) {
        return;
    }
    for (uint32_t at = 0; at < speech->count; at++) {
        bool is_agree = IS(speech, at, STANCE_AGREE);
        bool is_contrary = IS(speech, at, STANCE_AGAINST) && !is_agree;
        if (speech->tokens[at].quote != 0) {
            is_agreeing = is_against = false;
            continue;
        }
        if (is_agree && !is_agreeing) {
            stance += is_denied_near(speech, at) ? -2 : 2;
        }
        if (is_contrary && !is_against) {
            stance -= is_denied_near(speech, at) ? 0 : 1;
        }
        is_agreeing = is_agree;
        is_against = is_contrary;
    }
    speech->stance = stance;
}

/* The subject of a verb of saying is the writer. */
static bool is_own_saying(const struct speech *speech, uint32_t verb)
{
    if (IS(speech, verb, SAY_OWN)) {
        return true;
    }
    uint32_t first = speech_first(speech, verb);
    if (verb == first + 1 && IS(speech, first, TURN_NOT)) {
        return true; /* "Didn't think he could be this dense" */
    }
    for (uint32_t i = verb; i > first && verb - i < 5; i--) {
        enum speech_who who = (enum speech_who)speech->who[i - 1];
        if (who != SPEECH_NOBODY) {
            return who == SPEECH_SELF;
        }
        if (speech_is_the_sign(speech, i - 1, ',')) {
            break;
        }
        if (speech_is_break(speech, i - 1) || speech_is_open_word(speech, i - 1)) {
            return false;
        }
    }
    return IS(speech, verb, ORDER_VERB); /* "tell her ...", said to others */
}

/* "Nobody would call her anything but": what is denied with the saying is the writer's own view. */
static bool is_denied_saying(const struct speech *speech, uint32_t verb, uint32_t begin)
{
    if (IS(speech, verb, TURN_AWAY)) {
        return true;
    }
    for (uint32_t at = verb; at > begin && verb - at < DENIED_SAYING_TOKENS_MAX; at--) {
        if (speech_is_break(speech, at - 1) || speech_is_the_sign(speech, at - 1, ',') ||
            IS(speech, at - 1, TURN_STOP)) {
            return false;
        }
        if ((IS(speech, at - 1, TURN_NOT) && !IS(speech, at - 1, TURN_NONE)) ||
            IS(speech, at - 1, TURN_AWAY)) {
            return true;
        }
    }
    return false;
}

/* "he called me an idiot", "some think daydreamers are halfwits". */
static bool is_told_before(const struct speech *speech, uint32_t first)
{
    uint32_t begin = speech_first(speech, first);
    for (uint32_t at = first; at > begin && first - at < SAYING_TOKENS_MAX; at--) {
        uint32_t before = at - 1;
        if (speech_is_break(speech, before)) {
            return false;
        }
        bool is_new = speech_is_the_sign(speech, before, ',') &&
                      (IS(speech, at, FUNCTION_DETERMINER) || speech->who[at] != SPEECH_NOBODY);
        if (is_new && !(before > begin && IS(speech, before - 1, SAY_VERB))) {
            return false; /* "he thinks he runs the place, the fool" */
        }
        if (IS(speech, before, TURN_STOP) && !IS(speech, before, TURN_NONE)) {
            return false;
        }
        bool is_too_weak = IS(speech, before, CALLING) && /* "calling him ... doesn't cover it" */
                           HAS(speech, speech->tokens[before].sentence, TURN_MORE);
        if (IS(speech, before, SAY_VERB) && !IS(speech, before, TURN_NONE) && !is_too_weak) {
            return !is_own_saying(speech, before) && !is_denied_saying(speech, before, begin);
        }
    }
    return false;
}

/* "Women are useless at work, he says." */
static bool is_told_behind(const struct speech *speech, uint32_t last)
{
    uint32_t end = speech_end(speech, last);
    for (uint32_t at = last + 1; at + 1 < end && at < last + SAYING_TOKENS_MAX; at++) {
        if (!speech_is_the_sign(speech, at, ',')) {
            continue;
        }
        for (uint32_t i = at + 1; i < end && i <= at + 5 && !speech_is_sign(speech, i); i++) {
            bool is_last = i + 1 == end || speech_is_sign(speech, i + 1);
            if (IS(speech, i, SAY_VERB) && is_last && speech->who[at + 1] != SPEECH_SELF) {
                return true;
            }
        }
    }
    return false;
}

enum speech_voice speech_voice(const struct speech *speech, uint32_t first, uint32_t last)
{
    bool is_told = speech->tokens[first].quote != 0 || is_told_before(speech, first) ||
                   is_told_behind(speech, last);
    if (!is_told) {
        return SPEECH_OWN;
    }
    return speech->stance > 0 ? SPEECH_AGREED : SPEECH_REPORTED;
}

bool speech_is_fiction(const struct speech *speech, uint32_t at)
{
    uint32_t sentence = speech->tokens[at].sentence;
    return HAS(speech, sentence, FICTION) || (sentence > 0 && HAS(speech, sentence - 1, FICTION));
}

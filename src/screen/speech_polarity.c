/*
 * screen/speech_polarity.c - whether a clause says what its words say.
 *
 * Read first: speech_int.h. Start at: speech_said.
 *
 * "Not", "nobody", "anything but", "too kind to be" each turn the sense of what follows them in
 * their clause; two of them turn it back: "never, ever less than vicious" is vicious. A question
 * that begins with a verb turns once more ("would a spineless man have ...?"), and so does a
 * sentence that sets the one before aside ("I was wrong"). So denials are counted, and an even
 * number is none.
 *
 * What must hold: the search goes back over one sentence and at most SCOPE_TOKENS_MAX tokens.
 */
#include "screen/speech_int.h"

/* A denial counts for what follows within so many tokens. */
#define SCOPE_TOKENS_MAX 40
/* A sentence that sets aside the one before is short. */
#define ASIDE_TOKENS_MAX 14

bool speech_is_break(const struct speech *speech, uint32_t at)
{
    if (!speech_is_sign(speech, at)) {
        return false;
    }
    switch (speech->tokens[at].sign) {
    case ';':
    case ':':
    case '(':
    case ')':
    case '.':
    case '!':
    case '?':
    case '/':
    case '-':
    case 0x2013: /* dashes */
    case 0x2014:
    case 0x2026: /* ellipsis */
    case '"':
    case 0x201C:
    case 0x201D:
        return true;
    default:                                     /* not an enum */
        return speech->tokens[at].sign > 0x2100; /* arrows, emoji */
    }
}

bool speech_is_open_word(const struct speech *speech, uint32_t at)
{
    return at < speech->count && !speech_is_sign(speech, at) && !IS(speech, at, FUNCTION_SMALL) &&
           !IS(speech, at, FUNCTION_PREPOSITION) && !IS(speech, at, FUNCTION_CLAUSE) &&
           !IS(speech, at, FUNCTION_DETERMINER) && !IS(speech, at, FUNCTION_BE);
}

/* What the walk back over a sentence has met. */
struct walk {
    unsigned turns;
    bool is_plain;   /* the last one was a plain "not" */
    bool is_behind;  /* a comma or "and" stands between, and the clause has a subject of its own */
    bool is_parted;  /* and it was a comma */
    bool is_thought; /* "used to think": "I was wrong" says no more */
    bool is_hoped;
};

/* A run of words of one class is one phrase; answers its first token. */
static uint32_t phrase_first(const struct speech *speech, uint32_t at, uint32_t first,
                             enum screen_word class)
{
    while (at > first && speech_is(speech, at - 1, class)) {
        at--;
    }
    return at;
}

/* "I don't think that she", "nobody would say she": what is thought is denied with the thinking. */
static bool is_embedding(const struct speech *speech, uint32_t at, uint32_t end)
{
    for (uint32_t i = at + 1; i < end && i <= at + 4; i++) {
        if (IS(speech, i, SAY_VERB)) {
            return true;
        }
    }
    return false;
}

/* Whether the walk ends at a sign or a joining word. */
static bool walk_ends(const struct speech *speech, uint32_t at, uint32_t subject, struct walk *walk)
{
    if (speech_is_break(speech, at)) {
        return true;
    }
    bool is_comma = speech_is_the_sign(speech, at, ',');
    if (is_comma && walk->turns > 0 && walk->is_plain) {
        return true;
    }
    bool is_join = is_comma || IS(speech, at, TURN_BARRIER);
    walk->is_behind = walk->is_behind || (is_join && at < subject);
    walk->is_parted = walk->is_parted || (is_comma && at < subject);
    return IS(speech, at, TURN_STOP) && !IS(speech, at, TURN_AWAY) && !IS(speech, at, TURN_NONE);
}

/* "She isn't half lazy": very. */
static bool is_emphatic(const struct speech *speech, uint32_t at)
{
    return IS(speech, at + 1, TURN_HALF) && !IS(speech, at + 2, TURN_AS) &&
           !IS(speech, at + 2, FUNCTION_DETERMINER);
}

/* "Someone who's never met her would say": the denial belongs to the clause that "who" opens, when
 * another verb follows it before the predicate. */
static bool is_in_relative(const struct speech *speech, uint32_t at, uint32_t end)
{
    bool is_relative = (at > 0 && IS(speech, at - 1, WHO_RELATIVE)) ||
                       (at > 1 && IS(speech, at - 2, WHO_RELATIVE)) || IS(speech, at, WHO_RELATIVE);
    for (uint32_t i = at + 1; is_relative && i < end; i++) {
        if (IS(speech, i, WOULD) || IS(speech, i, SAY_VERB) || IS(speech, i, AS_WORD)) {
            return true;
        }
    }
    return false;
}

/* "Nobody told me that he was": what is said behind such a verb is so all the same. "Didn't think
 * that he could be this dense" is wonder. */
static bool is_factive(const struct speech *speech, uint32_t at, uint32_t end)
{
    for (uint32_t i = at + 1; i < end && i <= at + 4; i++) {
        if (IS(speech, i, TURN_FACTIVE) && !IS(speech, i + 1, OBJECT_PRONOUN)) {
            return true;
        }
        if (speech_is_sign(speech, i)) {
            return false;
        }
    }
    if (end == 0 || !IS(speech, end - 1, THIS_MUCH) || !is_embedding(speech, at, end)) {
        return false;
    }
    for (uint32_t i = at + 1; i < end; i++) {
        if (IS(speech, i, TURN_COULD)) {
            return true;
        }
    }
    return false;
}

/* Counts one token or phrase; answers its first token. */
static uint32_t walk_step(const struct speech *speech, uint32_t at, uint32_t first, uint32_t end,
                          struct walk *walk)
{
    if (IS(speech, at, TURN_NONE)) {
        return phrase_first(speech, at, first, SCREEN_WORD_TURN_NONE);
    }
    if (IS(speech, at, TURN_AWAY) && !walk->is_behind) {
        uint32_t begin = phrase_first(speech, at, first, SCREEN_WORD_TURN_AWAY);
        if (IS(speech, begin, TURN_NONE) && IS(speech, begin + 1, TURN_NONE)) {
            return begin; /* "never been anything but a" */
        }
        walk->turns++;
        walk->is_plain = false;
        walk->is_thought = walk->is_thought || IS(speech, at, TURN_THOUGHT);
        return begin;
    }
    bool is_in_scope = !walk->is_behind || (!walk->is_parted && is_embedding(speech, at, end));
    if (IS(speech, at, TURN_HOPE) && is_in_scope) {
        walk->is_hoped = true;
        return phrase_first(speech, at, first, SCREEN_WORD_TURN_HOPE);
    }
    if (IS(speech, at, TURN_MAYBE) && !walk->is_behind) {
        walk->turns++;
        walk->is_plain = false;
    } else if (IS(speech, at, TURN_NOT) && is_in_scope && !is_emphatic(speech, at) &&
               !is_in_relative(speech, at, end) && !is_factive(speech, at, end)) {
        walk->turns++;
        walk->is_plain = true;
    }
    return at;
}

/* "My TA stupid?": a noun and what is said of it, to be denied at once. */
static bool is_echoed(const struct speech *speech, uint32_t at, uint32_t last, uint32_t first)
{
    if (!speech_is_the_sign(speech, last + 1, '?') || at == first ||
        speech->who[at - 1] < SPEECH_FAMILY) {
        return false;
    }
    return at - first <= 3;
}

/* A question that asks whether it is so. */
static bool is_asked(const struct speech *speech, uint32_t at, uint32_t first, uint32_t end)
{
    bool is_question = false;
    for (uint32_t i = at + 1; i < end && !is_question; i++) {
        is_question = speech_is_the_sign(speech, i, '?');
    }
    if (!is_question) {
        return false;
    }
    uint32_t begin = first;
    for (uint32_t i = at; i > first; i--) {
        if (speech_is_break(speech, i - 1) || speech_is_the_sign(speech, i - 1, ',')) {
            begin = i;
            break;
        }
    }
    while (begin < at && IS(speech, begin, QUESTION_BEFORE)) {
        begin++;
    }
    return IS(speech, begin, TURN_QUESTION) && !IS(speech, begin, TURN_QUESTION_NONE);
}

/* "Nasty she's not", "a coward wasn't one of them". */
static bool is_denied_behind(const struct speech *speech, uint32_t last, uint32_t end)
{
    uint32_t at = last + 1;
    bool is_no = at + 1 < end && speech_is_sign(speech, at) && IS(speech, at + 1, TURN_NO);
    if (is_no && (at + 2 >= end || speech_is_sign(speech, at + 2))) {
        return true; /* "Sour, no." */
    }
    if (at < end && (IS(speech, at, WHO_HE) || IS(speech, at, WHO_THEY))) {
        bool is_not = IS(speech, at + 1, TURN_NOT) || IS(speech, at + 2, TURN_NOT);
        return is_not && at + 5 >= end; /* "spiteful she has never been" */
    }
    return at < end && IS(speech, at, FUNCTION_BE) && IS(speech, at, TURN_NOT) &&
           IS(speech, at + 1, SPEECH_ARTICLE) && !IS(speech, at, TURN_NONE);
}

/* "What he isn't: vain, idle." */
static bool is_listed(const struct speech *speech, uint32_t at)
{
    return speech_is_the_sign(speech, at, ':') && at > 0 && IS(speech, at - 1, TURN_NOT);
}

/* "Not an idiot all the time": of some of the time only, so he is one. */
static bool is_partly(const struct speech *speech, uint32_t last, uint32_t end)
{
    for (uint32_t i = last + 1; i < end && i <= last + 3; i++) {
        if (IS(speech, i, TURN_PARTLY)) {
            return true;
        }
    }
    return false;
}

/* "Had she been as heartless, would she have ...": at the beginning of a clause. */
static bool is_inverted(const struct speech *speech, uint32_t first, uint32_t begin, uint32_t end)
{
    uint32_t at = begin;
    while (at < first && IS(speech, at, QUESTION_BEFORE)) {
        at++;
    }
    if (at + 1 >= first || !IS(speech, at, TURN_INVERTED) || speech->who[at + 1] == SPEECH_NOBODY) {
        return false;
    }
    for (uint32_t i = first; i < end; i++) {
        if (IS(speech, i, WOULD)) {
            return true;
        }
    }
    return false;
}

/* "ur not." */
static bool is_short_denial(const struct speech *speech, uint32_t sentence)
{
    uint32_t first = speech->work->draft->sentences[sentence];
    uint32_t end = speech->work->draft->sentences[sentence + 1];
    while (end > first && speech_is_sign(speech, end - 1)) {
        end--;
    }
    bool is_pronoun = speech->who[first] >= SPEECH_YOU && speech->who[first] <= SPEECH_THEY;
    return end > first && end - first <= 3 && is_pronoun && IS(speech, end - 1, TURN_NOT);
}

/* Set aside behind it, or in the next sentence. */
static bool is_set_aside(const struct speech *speech, uint32_t last, uint32_t end)
{
    for (uint32_t i = last + 1; i < end; i++) {
        if (IS(speech, i, TURN_FALSE)) {
            return true;
        }
    }
    uint32_t sentence = speech->tokens[last].sentence + 1u;
    if (sentence >= speech->work->draft->sentence_count) {
        return false;
    }
    if (is_short_denial(speech, sentence)) {
        return true;
    }
    uint32_t next = speech->work->draft->sentences[sentence];
    for (uint32_t i = next; i < speech->count && i < next + ASIDE_TOKENS_MAX; i++) {
        if (IS(speech, i, TURN_FALSE) && speech->tokens[i].sentence == sentence) {
            return true;
        }
    }
    return false;
}

enum speech_said speech_said(const struct speech *speech, uint32_t first, uint32_t last,
                             uint32_t subject)
{
    uint32_t begin = speech_first(speech, first);
    uint32_t end = speech_end(speech, first);
    struct walk walk = {0};
    uint32_t least = first > begin + SCOPE_TOKENS_MAX ? first - SCOPE_TOKENS_MAX : begin;
    for (uint32_t at = first; at > least;) {
        at--;
        if (walk_ends(speech, at, subject, &walk)) {
            walk.turns += is_listed(speech, at);
            break;
        }
        bool is_nor = IS(speech, at, TURN_NOR);
        at = walk_step(speech, at, least, first, &walk);
        if (is_nor) {
            break;
        }
    }
    bool is_aside = is_set_aside(speech, last, end);
    bool is_unreal = is_inverted(speech, first, begin, end);
    walk.turns +=
        is_unreal || is_asked(speech, first, begin, end) || is_echoed(speech, first, last, begin);
    walk.turns += walk.turns == 1 && walk.is_plain && is_partly(speech, last, end);
    bool is_aside_too = (is_aside && !walk.is_thought) || is_denied_behind(speech, last, end);
    if (walk.turns % 2 == 1 || is_aside_too) {
        return SPEECH_DENIED;
    }
    bool is_wonder = first > begin &&
                     IS(speech, first - 1, THIS_MUCH) && /* "could be this dense" */
                     HAS(speech, speech->tokens[first].sentence, TURN_NOT);
    return walk.is_hoped && !is_wonder ? SPEECH_MAYBE : SPEECH_SAID;
}

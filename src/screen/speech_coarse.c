/*
 * screen/speech_coarse.c - coarse words and sexual wording.
 *
 * Read first: speech_int.h. Start at: speech_find_coarse.
 *
 * A coarse word is a finding whoever it is said of, in quotation marks too, since a reader reads
 * it. Words that are coarse only at times ("great tits", "sods of earth") have neighbours that say
 * so. A word with stars among its letters is one that somebody has hidden.
 *
 * Sexual wording is found by phrases, and by innuendo: two harmless words and a leering sign.
 */
#include "screen/near_int.h"
#include "screen/speech_int.h"

#include <string.h>

/* "He can warm my front any night": from the verb to the end. */
#define OFFER_TOKENS_MAX 8
/* A word with a star is looked up with each letter in its place, up to this length. */
#define HIDDEN_BYTES_MAX 24
/* A word that is not known, with one star, is taken for a coarse one up to this length. */
#define STARRED_BYTES_MAX 6

static const struct speech_target nobody = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};

/* "f**k", "p*ss", but not "M*A*S*H". */
static bool is_starred(const struct speech *speech, uint32_t at)
{
    const struct screen_token *token = &speech->tokens[at];
    if (token->kind != SCREEN_TOKEN_WORD || token->flags & SCREEN_TOKEN_ALL_CAPITAL) {
        return false;
    }
    struct str word = screen_token_plain(speech->work->draft, at);
    unsigned stars = 0;
    unsigned runs = 0;
    for (size_t i = 0; i < word.len; i++) {
        runs += word.at[i] == '*' && (i == 0 || word.at[i - 1] != '*');
        stars += word.at[i] == '*';
    }
    return runs == 1 && stars < word.len && word.len >= 3 && word.at[0] != '*';
}

/* Whether a letter in the place of the only star makes a coarse word. */
static bool is_hidden(struct str word, size_t star)
{
    char bytes[HIDDEN_BYTES_MAX];
    if (word.len > sizeof bytes) {
        return false;
    }
    memcpy(bytes, word.at, word.len);
    for (char letter = 'a'; letter <= 'z'; letter++) {
        bytes[star] = letter;
        struct str guess = {bytes, word.len};
        if (screen_word_has(guess, SCREEN_WORD_COARSE) ||
            screen_word_has(guess, SCREEN_WORD_COARSE_LOOSE)) {
            return true;
        }
    }
    return false;
}

/* One star in a long word, or where stars are spoken of, hides no coarse word that is not known:
 * "Wh*ever invented the asterisk". */
static bool is_coarse_starred(const struct speech *speech, uint32_t at)
{
    struct str word = screen_token_plain(speech->work->draft, at);
    if (!is_starred(speech, at)) {
        return false;
    }
    size_t star = str_find(word, STR("*"));
    bool is_one = star + 1 == word.len || word.at[star + 1] != '*';
    bool is_talk = screen_draft_has_word(speech->work->draft, SCREEN_WORD_STAR_TALK);
    return !is_one || is_hidden(word, star) || (word.len <= STARRED_BYTES_MAX && !is_talk);
}

/* How sure a word is coarse; 0 when it is not. */
static unsigned coarse_confidence(const struct speech *speech, uint32_t at)
{
    if (speech->has_stars && is_coarse_starred(speech, at)) {
        return 900;
    }
    if (IS(speech, at, COARSE_NONE)) {
        return 0;
    }
    if (IS(speech, at, COARSE)) {
        return 930;
    }
    bool is_small = !(speech->tokens[at].flags & SCREEN_TOKEN_CAPITAL);
    bool is_noun =
        at > 0 && IS(speech, at - 1, COARSE_BEFORE) && !speech_is_open_word(speech, at + 1);
    return IS(speech, at, COARSE_LOOSE) && is_small && is_noun ? 650 : 0;
}

static uint32_t coarse_report(struct speech *speech, uint32_t at, unsigned confidence)
{
    static const struct str because = STR_INIT("A coarse word.");
    uint32_t end = speech_end(speech, at);
    uint32_t last = at;
    while (last + 1 < end && coarse_confidence(speech, last + 1) > 0) {
        last++;
    }
    bool is_verb =
        IS(speech, last, COARSE_VERB) || (speech->has_stars && is_coarse_starred(speech, last));
    bool has_more =
        last + 1 < end && ((is_verb && IS(speech, last + 1, COARSE_TAIL)) ||
                           (IS(speech, last, COARSE_ADVERB) && IS(speech, last + 1, COARSE_WITH)));
    speech_report(speech, SCREEN_OBSCENITY, SCREEN_DETAIL_NONE, at, last + has_more, confidence,
                  nobody, because);
    return last + has_more;
}

/* ---- Sexual wording ---------------------------------------------------------------------------
 * */

static bool is_leer(uint32_t sign)
{
    switch (sign) {
    case 0x1F60F: /* smirk */
    case 0x1F609: /* wink */
    case 0x1F975: /* hot face */
    case 0x1F346: /* aubergine */
    case 0x1F351: /* peach */
    case 0x1F924: /* drooling */
    case 0x1F608: /* devil */
    case 0x1F48B: /* kiss mark */
    case 0x1F4A6: /* sweat */
    case 0x1F525: /* fire */
        return true;
    default: /* not an enum */
        return false;
    }
}

static void sexual_report(struct speech *speech, uint32_t first, uint32_t last, unsigned confidence)
{
    static const struct str because = STR_INIT("The wording is sexual, or an innuendo.");
    speech_report(speech, SCREEN_SEXUAL_CONTENT, SCREEN_DETAIL_NONE, first, last, confidence,
                  nobody, because);
}

/* "She can whip my custard any day", "I'd have that receptionist ... any day". */
static bool is_offer(const struct speech *speech, uint32_t at, uint32_t end, uint32_t *last)
{
    if (!IS(speech, at, SEXUAL_WISH)) {
        return false;
    }
    bool is_of_me = false;
    for (uint32_t i = at + 1; i < end && i <= at + OFFER_TOKENS_MAX; i++) {
        if (speech_is_break(speech, i)) {
            return false;
        }
        bool is_mine = IS(speech, i, WHO_MINE) && i > at + 1 && i + 1 < end;
        is_of_me = is_of_me || is_mine;
        if (IS(speech, i, SEXUAL_ANY) && is_of_me) {
            *last = i;
            return !HAS(speech, speech->tokens[at].sentence, SEXUAL_FAIR);
        }
    }
    return false;
}

static void sentence_read(struct speech *speech, uint32_t first, uint32_t end)
{
    unsigned hints = 0;
    bool has_leer = false;
    uint32_t hint = first;
    for (uint32_t at = first; at < end; at++) {
        uint32_t last = at;
        if (IS(speech, at, SEXUAL_PLAIN)) {
            sexual_report(speech, at, end - 1, 760);
            return;
        }
        if (is_offer(speech, at, end, &last)) {
            sexual_report(speech, at, last, 640);
        }
        bool is_new = IS(speech, at, SEXUAL) && !(at > first && IS(speech, at - 1, SEXUAL));
        hint = hints == 0 && is_new ? at : hint;
        hints += is_new;
        has_leer = has_leer || (speech_is_sign(speech, at) && is_leer(speech->tokens[at].sign));
    }
    bool has_handling = HAS(speech, speech->tokens[first].sentence, SEXUAL_HANDS) &&
                        HAS(speech, speech->tokens[first].sentence, SEXUAL_THING);
    bool is_leered = has_leer && (hints >= 2 || has_handling);
    if (is_leered && !HAS(speech, speech->tokens[first].sentence, SEXUAL_FAIR)) {
        sexual_report(speech, hints > 0 ? hint : first, end - 1, 620);
    }
}

static void coarse_find(struct speech *speech)
{
    const struct screen_draft *draft = speech->work->draft;
    speech->has_stars = str_find(draft->text, STR("*")) != STR_NONE;
    if (!speech->has_stars && !screen_draft_has_word(draft, SCREEN_WORD_COARSE) &&
        !screen_draft_has_word(draft, SCREEN_WORD_COARSE_LOOSE)) {
        return;
    }
    for (uint32_t at = 0; at < speech->count; at++) {
        unsigned confidence = speech_is_sign(speech, at) ? 0 : coarse_confidence(speech, at);
        if (confidence > 0) {
            at = coarse_report(speech, at, confidence);
        }
    }
}

void speech_find_coarse(struct speech *speech)
{
    const struct screen_draft *draft = speech->work->draft;
    coarse_find(speech);
    for (uint32_t sentence = 0; sentence < draft->sentence_count; sentence++) {
        bool has_any = HAS(speech, sentence, SEXUAL_PLAIN) || HAS(speech, sentence, SEXUAL) ||
                       HAS(speech, sentence, SEXUAL_WISH);
        if (has_any) {
            sentence_read(speech, draft->sentences[sentence], draft->sentences[sentence + 1]);
        }
    }
}

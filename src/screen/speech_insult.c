/*
 * screen/speech_insult.c - insulting words, and of whom they are said.
 *
 * Read first: speech_int.h. Start at: speech_find_insults.
 *
 *   phrase    "absolute idiot", "lazy, two-faced little", "waste of space": adjectives and a noun
 *   relation  how it is said of somebody: "she is", "that gormless receptionist", "Our porter, the
 * ...",
 *             "you ...", "That dad: ...", "..., the lot of them", or alone
 *   weight    how much of an insult the words are; a stranger's rudeness takes more than a
 * colleague's; a faint word counts where it says what somebody is like, or has company
 *   meant     a learnt score (meant_int.h) may overrule what the rules take for said or unsaid
 *
 * What must hold: without somebody whom it is said of there is no finding. An animal, a thing, the
 * writer's own self are nobody.
 */
#include "screen/speech_int.h"

/* How far a phrase reaches to either side of the word that was found first. */
#define PHRASE_TOKENS_MAX 12
/* From "is" to a faint word; from such a word to another. */
#define BE_TOKENS_MAX 3
#define COMPANY_TOKENS_MAX 10
/* How much the model must blame a word, of a thousand, to take it for an insult. */
#define BLAME_LEAST 900

/* ---- The phrase -------------------------------------------------------------------------------
 * */

/* "sour-faced", "pea-brained", but not "level-headed". */
static bool is_compound(const struct speech *speech, uint32_t at)
{
    return at > 0 && IS(speech, at, INSULT_TAIL) &&
           speech->tokens[at].flags & SCREEN_TOKEN_HYPHEN &&
           !IS(speech, at - 1, INSULT_TAIL_FAIR) && !speech_is_sign(speech, at - 1);
}

/* A word that no list holds, and that the model blames for the offence of its sentence. */
static bool is_blamed(const struct speech *speech, uint32_t at)
{
    return !speech_is_sign(speech, at) && screen_classes_are_none(&speech->tokens[at].classes) &&
           speech->who[at] == SPEECH_NOBODY && screen_blame(speech->work, at) >= BLAME_LEAST;
}

static bool is_noun(const struct speech *speech, uint32_t at)
{
    return IS(speech, at, INSULT_NOUN) || IS(speech, at, INSULT_NOUN_LOOSE) ||
           IS(speech, at, INSULT_PHRASE);
}

static unsigned weight_of(const struct speech *speech, uint32_t at)
{
    static const enum screen_word list[] = {
        SCREEN_WORD_INSULT_NOUN,      SCREEN_WORD_INSULT_PHRASE,
        SCREEN_WORD_INSULT_ADJECTIVE, SCREEN_WORD_INSULT_ADJECTIVE_MOST,
        SCREEN_WORD_INSULT_TAIL,      SCREEN_WORD_INSULT_NOUN_LOOSE,
        SCREEN_WORD_INSULT_FAINT,     SCREEN_WORD_INSULT_ADJECTIVE_LOOSE};
    const struct screen_classes any = SCREEN_CLASSES_OF(list);
    if (at >= speech->count) {
        return 0;
    }
    if (!screen_classes_meet(&speech->tokens[at].classes, &any)) {
        return is_blamed(speech, at) ? 2 : 0;
    }
    if (IS(speech, at, INSULT_NOUN) || IS(speech, at, INSULT_PHRASE)) {
        return 4;
    }
    if (IS(speech, at, INSULT_ADJECTIVE) || IS(speech, at, INSULT_ADJECTIVE_MOST) ||
        is_compound(speech, at)) {
        return 3;
    }
    if (IS(speech, at, INSULT_NOUN_LOOSE) || IS(speech, at, INSULT_ADJECTIVE_LOOSE)) {
        return 2;
    }
    if (IS(speech, at, INSULT_FAINT)) {
        return 1;
    }
    return 0; /* of some class, so the model is not asked */
}

static bool is_linking(const struct speech *speech, uint32_t at)
{
    return speech_is_the_sign(speech, at, ',') || speech_is_the_sign(speech, at, '&') ||
           IS(speech, at, LIST_AND);
}

/* The next word of the phrase behind `at`, or `at`. */
static uint32_t phrase_next(const struct speech *speech, uint32_t at)
{
    uint32_t next = at + 1;
    if (is_noun(speech, at) && !IS(speech, at, INSULT_ADJECTIVE) && weight_of(speech, next) < 4) {
        return IS(speech, at, INSULT_PHRASE) && IS(speech, next, INSULT_PHRASE) ? next : at;
    }
    bool is_listed = is_linking(speech, next);
    next += is_listed;
    for (unsigned i = 0; i < 3 && next < speech->count; i++, next++) {
        if (weight_of(speech, next) > 0 || is_compound(speech, next + 1)) {
            return next + is_compound(speech, next + 1);
        }
        bool is_small =
            is_listed && IS(speech, next, INTENSIFIER) && !IS(speech, next, FUNCTION_DETERMINER);
        if (!IS(speech, next, INSULT_MILD) && !is_small) {
            break;
        }
    }
    return at;
}

static struct speech_phrase phrase_read(const struct speech *speech, uint32_t at)
{
    struct speech_phrase phrase = {.first = at - is_compound(speech, at), .last = at};
    while (phrase.first > 0 && IS(speech, phrase.first - 1, INSULT_MILD) &&
           !speech_is_sign(speech, phrase.first - 1)) {
        phrase.first--;
        phrase.weight |= IS(speech, phrase.first, INSULT_BOOST);
    }
    phrase.weight += weight_of(speech, at);
    phrase.is_strong = IS(speech, at, INSULT_NOUN) || IS(speech, at, INSULT_PHRASE);
    while (phrase.last - at < PHRASE_TOKENS_MAX) {
        uint32_t next = phrase_next(speech, phrase.last);
        if (next == phrase.last) {
            break;
        }
        bool is_same = IS(speech, next, INSULT_PHRASE) && IS(speech, phrase.last, INSULT_PHRASE);
        phrase.last = next;
        phrase.weight += is_same ? 0 : weight_of(speech, next);
        phrase.is_strong = phrase.is_strong || IS(speech, next, INSULT_NOUN);
    }
    phrase.is_noun = is_noun(speech, phrase.last);
    uint32_t first = speech_first(speech, at);
    uint32_t end = speech_end(speech, at);
    while (end > phrase.last + 1 && speech_is_sign(speech, end - 1)) {
        end--;
    }
    while (first < phrase.first && !speech_is_open_word(speech, first) &&
           speech->who[first] == SPEECH_NOBODY) {
        first++;
    }
    phrase.is_whole = first >= phrase.first && end <= phrase.last + 1;
    return phrase;
}

/* "clown fish", "rat trap", "idiot board": the insult is only part of a word for a thing. */
static bool is_part_of_word(const struct speech *speech, const struct speech_phrase *phrase)
{
    uint32_t next = phrase->last + 1;
    if (!phrase->is_noun || !speech_is_open_word(speech, next)) {
        return false;
    }
    if (speech->who[next] != SPEECH_NOBODY) {
        return !phrase->is_strong && phrase->weight < 4; /* "dog mum" */
    }
    if (IS(speech, next, THING_TAIL) || speech->tokens[next].flags & SCREEN_TOKEN_HYPHEN) {
        return true;
    }
    struct str word = screen_token_plain(speech->work->draft, next);
    bool is_verb = str_ends(word, STR("ed")) || str_ends(word, STR("s")) ||
                   str_ends(word, STR("ing")) || str_ends(word, STR("ly")) ||
                   IS(speech, next, COMMON_VERB);
    return !phrase->is_strong && !is_verb;
}

/* ---- Findings ---------------------------------------------------------------------------------
 * */

/* "A numpty wouldn't have checked": nobody is one. "Only a numpty wouldn't, and he didn't" is. */
static bool is_of_nobody(const struct speech *speech, const struct speech_phrase *phrase,
                         struct speech_relation *said)
{
    uint32_t next = phrase->last + 1;
    bool is_any = phrase->first > 0 && IS(speech, phrase->first - 1, ANY_DETERMINER);
    if (!is_any || !IS(speech, next, WOULD)) {
        return false;
    }
    if (phrase->first < 2 || !IS(speech, phrase->first - 2, ONLY)) {
        return true;
    }
    uint32_t end = speech_end(speech, next);
    for (uint32_t at = next; at + 2 < end; at++) {
        if (speech_is_the_sign(speech, at, ',') && IS(speech, at + 1, LIST_AND)) {
            uint32_t behind = speech_noun(speech, at + 2, end, &said->target);
            said->subject = phrase->first;
            said->is_given = true;
            said->form = SPEECH_SAID_CLAUSE;
            return !speech_is_somebody(said->target) || !IS(speech, behind, DID);
        }
    }
    return true;
}

/* How much of an insult it takes. */
static unsigned weight_least(const struct speech *speech, enum speech_who who)
{
    if (who == SPEECH_FAMILY) {
        return speech->is_banter ? 9 : 4;
    }
    if (who == SPEECH_PERSON) {
        return speech->is_banter ? 5 : 3;
    }
    return 2;
}

static unsigned confidence_of(unsigned weight, const struct speech_relation *said)
{
    static const uint16_t by_weight[] = {0, 450, 620, 740, 800, 850, 880};
    unsigned confidence = by_weight[weight < 6 ? weight : 6];
    confidence = speech_less(confidence, said->target.who == SPEECH_FAMILY ? 200 : 0);
    confidence = speech_less(confidence, said->target.who == SPEECH_PERSON ? 60 : 0);
    return confidence;
}

static void insult_report(struct speech *speech, const struct speech_phrase *phrase,
                          const struct speech_relation *said, unsigned confidence)
{
    static const struct str because = STR_INIT("An insulting word is said of a person.");
    static const struct str clause = STR_INIT("The clause runs somebody of the school down.");
    enum speech_who who = said->target.who;
    unsigned detail = speech_detail(who);
    bool is_body = who == SPEECH_SCHOOL || who >= SPEECH_SUPPLIER;
    if (!is_body || phrase->is_noun) {
        unsigned of = detail == SCREEN_DETAIL_NONE ? SPEECH_WHO_COUNT - SPEECH_SCHOOL : detail;
        speech_report(speech, SCREEN_INSULT, of, phrase->first, phrase->last, confidence,
                      said->target, because);
    }
    if (detail != SCREEN_DETAIL_NONE && said->form == SPEECH_SAID_CLAUSE) {
        uint32_t first = phrase->first;
        uint32_t last = phrase->last;
        uint32_t token = said->target.token;
        if (token != SPEECH_NONE &&
            speech->tokens[token].sentence == speech->tokens[phrase->first].sentence) {
            first = token < first ? token : first;
            last = token > last ? token : last;
        }
        speech_report(speech, SCREEN_DISPARAGEMENT, detail, first, last, confidence, said->target,
                      clause);
    }
}

static bool is_revealed(const struct speech *speech, uint32_t at)
{
    uint32_t sentence = speech->tokens[at].sentence;
    return HAS(speech, sentence + 1, SELF_REVEAL) || HAS(speech, sentence + 2, SELF_REVEAL);
}

/* "To the man outside the chippy: swine." */
static bool is_behind_colon(const struct speech *speech, const struct speech_phrase *phrase)
{
    uint32_t next = phrase->last + 1;
    return phrase->first > 0 && speech_is_the_sign(speech, phrase->first - 1, ':') &&
           (next >= speech->count || speech_is_sign(speech, next));
}

/* Quoted, taken up and of nobody who is named: "whoever wrote 'poisonous old trout' is a poet". The
 * writer's own part ("on my report") makes it a thing of the past. */
static bool is_taken_up(const struct speech *speech, const struct speech_phrase *phrase)
{
    if (speech->stance < 2 || speech->tokens[phrase->first].quote == 0 || phrase->weight < 3) {
        return false;
    }
    uint16_t quote = speech->tokens[phrase->first].quote;
    uint32_t next = phrase->last + 1;
    bool is_last = next >= speech->count || speech_is_sign(speech, next) ||
                   speech->tokens[next].quote != quote;
    if (!phrase->is_noun && !is_last) {
        return false; /* "lazy angels" */
    }
    uint32_t end = speech_end(speech, phrase->first);
    for (uint32_t at = speech_first(speech, phrase->first); at < end; at++) {
        bool is_self = speech->who[at] == SPEECH_SELF || IS(speech, at, WHO_MINE);
        if (is_self && speech->tokens[at].quote == 0 && !IS(speech, at, STANCE_AGREE)) {
            return false;
        }
    }
    return true;
}

/* "The sprouts have been cancelled": a word that only the model blames, and of which a verb is. */
static bool is_thing_told(const struct speech *speech, const struct speech_phrase *phrase)
{
    uint32_t next = phrase->last + 1;
    return phrase->first == phrase->last && is_blamed(speech, phrase->first) && phrase->first > 0 &&
           IS(speech, phrase->first - 1, FUNCTION_DETERMINER) &&
           (IS(speech, next, FUNCTION_BE) || IS(speech, next, HAVING));
}

/* "Tall folk at the back, vain folk on the left": nobody in particular, in the plural, and not what
 * its sentence begins with. */
static bool is_of_some(const struct speech *speech, const struct speech_phrase *phrase,
                       const struct speech_relation *said)
{
    uint32_t at = said->target.token;
    return said->target.who == SPEECH_PERSON && !phrase->is_noun && !said->is_given &&
           at == phrase->last + 1 && (speech_is_plural(speech, at) || IS(speech, at, PLURAL_ODD)) &&
           phrase->weight <= 3 && phrase->first > speech_first(speech, phrase->first) &&
           !IS(speech, phrase->first - 1, FUNCTION_DETERMINER);
}

/* Whether "is", "'s" or "so" stands right before a word. */
static bool is_behind_be(const struct speech *speech, uint32_t at)
{
    for (uint32_t back = 1; back <= BE_TOKENS_MAX && back <= at; back++) {
        uint32_t before = at - back;
        if (IS(speech, before, FUNCTION_BE) ||
            (speech->tokens[before].flags & SCREEN_TOKEN_POSSESSIVE && back > 1)) {
            return true;
        }
        if (!IS(speech, before, INTENSIFIER)) {
            return false;
        }
    }
    return false;
}

/* "Is so bossy": what somebody is like, not how he feels today, nor what he is so "at" or "about";
 * "is a weak reader" says something else. */
static bool is_character(const struct speech *speech, const struct speech_phrase *phrase)
{
    uint32_t next = phrase->last + 1;
    bool is_of_something = next < speech->count &&
                           speech->tokens[next].sentence == speech->tokens[next - 1].sentence &&
                           (speech_is_open_word(speech, next) ||
                            (IS(speech, next, FUNCTION_PREPOSITION) && !IS(speech, next, TO_WORD)));
    return IS(speech, phrase->first, INSULT_CHARACTER) && is_behind_be(speech, phrase->first) &&
           !is_of_something && !HAS(speech, speech->tokens[phrase->first].sentence, CHARACTER_FAIR);
}

/* "She's cold, she's stubborn": a faint word of somebody, beside another that is said so too. */
static bool has_company(const struct speech *speech, const struct speech_phrase *phrase)
{
    if (!is_behind_be(speech, phrase->first)) {
        return false;
    }
    uint32_t first = speech_first(speech, phrase->first);
    first = phrase->first - first > COMPANY_TOKENS_MAX ? phrase->first - COMPANY_TOKENS_MAX : first;
    uint32_t end =
        speech_least(speech_end(speech, phrase->last), phrase->last + COMPANY_TOKENS_MAX);
    for (uint32_t at = first; at < end; at++) {
        bool is_other = at < phrase->first || at > phrase->last;
        if (is_other && (IS(speech, at, INSULT_FAINT) || IS(speech, at, INSULT_TRAIT)) &&
            is_behind_be(speech, at)) {
            return true;
        }
    }
    return false;
}

static bool is_many(const struct speech *speech, struct speech_target target)
{
    uint32_t at = target.token;
    return at != SPEECH_NONE && (speech_is_plural(speech, at) || IS(speech, at, PLURAL_ODD));
}

/* "My bosses are clueless": in a profile too, not the writer. */
static bool is_owned(const struct speech *speech, const struct speech_relation *said)
{
    uint32_t at = said->target.token;
    return said->form == SPEECH_SAID_CLAUSE && at != SPEECH_NONE && at > 0 &&
           (IS(speech, at - 1, WHO_MINE) || IS(speech, at - 1, WHO_OUR));
}

/* Whether a phrase is an insult of somebody, and how it is said. */
static bool phrase_judge(const struct speech *speech, const struct speech_phrase *phrase,
                         struct speech_insult *insult)
{
    struct speech_relation said = speech_relation_find(speech, phrase);
    if (!speech_is_somebody(said.target) && said.target.who != SPEECH_ANIMAL &&
        is_taken_up(speech, phrase)) {
        said.form = SPEECH_SAID_CALL;
        said.target = (struct speech_target){SPEECH_PERSON, phrase->last, SCREEN_NOBODY};
    }
    if (is_of_nobody(speech, phrase, &said) || said.form == SPEECH_SAID_NONE ||
        !speech_is_somebody(said.target) || is_thing_told(speech, phrase) ||
        is_of_some(speech, phrase, &said)) {
        return false;
    }
    bool is_pointed = phrase->is_whole || (said.form == SPEECH_SAID_NOUN && said.is_given) ||
                      is_behind_colon(speech, phrase);
    bool is_metaphor = said.form == SPEECH_SAID_CLAUSE && phrase->first > 0 &&
                       IS(speech, phrase->first - 1, SPEECH_ARTICLE) &&
                       IS(speech, phrase->last, INSULT_NOUN_LOOSE) && phrase->weight == 2 &&
                       !is_many(speech, said.target);
    unsigned weight = phrase->weight + (is_pointed || is_metaphor ? 1 : 0); /* "a fraud" */
    weight += weight == 1 && speech_is_of_school(said.target.who) &&
              (is_character(speech, phrase) || has_company(speech, phrase));
    bool is_own_page =
        speech->work->channel == SCREEN_CHANNEL_PROFILE &&
        (!speech_is_of_school(said.target.who) || (!said.is_given && !is_owned(speech, &said)));
    if (weight < weight_least(speech, said.target.who) || is_own_page ||
        (speech->is_banter && said.target.token == SPEECH_NONE && weight < 5)) {
        return false;
    }
    enum speech_said is = speech_said(speech, phrase->first, phrase->last, said.subject);
    bool is_compared = IS(speech, phrase->first, INSULT_ADJECTIVE_MOST); /* "never a ruder one" */
    is = said.is_given || (is_compared && is == SPEECH_DENIED) ? SPEECH_SAID : is;
    *insult = (struct speech_insult){.phrase = *phrase,
                                     .said = said,
                                     .weight = weight,
                                     .is = is,
                                     .voice = speech_voice(speech, phrase->first, phrase->last)};
    return true;
}

/* The next phrase at `*at` or behind it that is of somebody, and enough of an insult; whether it is
 * said at all is told with it. */
bool speech_insult_next(const struct speech *speech, uint32_t *at, struct speech_insult *insult)
{
    while (*at < speech->count) {
        if (weight_of(speech, *at) == 0) {
            (*at)++;
            continue;
        }
        struct speech_phrase phrase = phrase_read(speech, *at);
        *at = phrase.last + 1;
        if (!is_part_of_word(speech, &phrase) && phrase_judge(speech, &phrase, insult)) {
            return true;
        }
    }
    return false;
}

/* What the rules leave unsaid, and how sure the rest is. */
static void insult_find(struct speech *speech, const struct speech_insult *insult)
{
    const struct speech_phrase *phrase = &insult->phrase;
    if (insult->is == SPEECH_DENIED) {
        speech->denied = speech->tokens[phrase->last].hash;
    }
    bool is_again =
        insult->said.form != SPEECH_SAID_CLAUSE && /* "... were thugs. The thugs brought cake." */
        speech->denied == speech->tokens[phrase->last].hash;
    bool is_unsaid = insult->is == SPEECH_DENIED || insult->voice == SPEECH_REPORTED;
    if ((is_again && insult->is != SPEECH_DENIED) || is_revealed(speech, phrase->first)) {
        return;
    }
    speech->has_unsaid = speech->has_unsaid || is_unsaid;
    if (speech_is_unmeant(speech, is_unsaid)) {
        return;
    }
    unsigned confidence = confidence_of(insult->weight, &insult->said);
    confidence = speech_less(confidence, insult->is == SPEECH_MAYBE ? 330 : 0);
    confidence = speech_less(confidence, insult->voice == SPEECH_AGREED || is_unsaid ? 120 : 0);
    bool is_fiction = insult->voice == SPEECH_OWN && speech_is_fiction(speech, phrase->first);
    confidence = speech_less(confidence, is_fiction ? 300 : 0);
    insult_report(speech, phrase, &insult->said, confidence);
}

void speech_find_insults(struct speech *speech)
{
    struct speech_insult insult;
    for (uint32_t at = 0; speech_insult_next(speech, &at, &insult);) {
        insult_find(speech, &insult);
    }
}

/*
 * screen/speech_insult.c - insulting words, and of whom they are said.
 *
 * Read first: speech_int.h. Start at: speech_find_insults.
 *
 *   phrase    "absolute idiot", "lazy, two-faced little", "waste of space": adjectives and a noun
 *   relation  how it is said of somebody: "she is", "that gormless receptionist",
 *             "Our porter, the ...", "you ...", "That dad: ...", "..., the lot of them", or alone
 *   weight    how much of an insult the words are; a stranger's rudeness takes more than a
 *             colleague's
 *
 * What must hold: without somebody whom it is said of there is no finding. An animal, a thing, the
 * writer's own self are nobody.
 */
#include "screen/speech_int.h"

/* How far a phrase reaches to either side of the word that was found first. */
#define PHRASE_TOKENS_MAX 12
/* Small words between a verb and the phrase: "is such a complete and utter". */
#define SMALL_WORDS_MAX 8
/* A phrase alone looks back so many sentences for somebody. */
#define SENTENCES_BACK_MAX 2

enum relation {
    RELATION_NONE,
    /* a verb, an apposition, an adjective before a noun: it runs somebody down too */
    RELATION_CLAUSE,
    RELATION_CALL, /* "you halfwit", "Spineless worms." */
    RELATION_NOUN, /* "the useless lump at the top": the words stand for the person */
};

struct phrase {
    uint32_t first, last;
    unsigned weight;
    bool is_noun;   /* ends with a noun */
    bool is_strong; /* holds a noun or a turn of phrase that is said of people only */
    bool is_whole;  /* nothing else stands in its sentence */
};

struct said {
    enum relation relation;
    struct speech_target target;
    uint32_t subject; /* where its clause begins, for denials */
    bool is_given;    /* "our useless deputy": taken for granted, whatever is denied of him */
};

static const struct speech_target nobody = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};

/* ---- The phrase ------------------------------------------------------------------------------ */

/* "sour-faced", "pea-brained", but not "level-headed". */
static bool is_compound(const struct speech *speech, uint32_t at)
{
    return at > 0 && IS(speech, at, INSULT_TAIL) &&
           speech->tokens[at].flags & SCREEN_TOKEN_HYPHEN &&
           !IS(speech, at - 1, INSULT_TAIL_FAIR) && !speech_is_sign(speech, at - 1);
}

static bool is_noun(const struct speech *speech, uint32_t at)
{
    return IS(speech, at, INSULT_NOUN) || IS(speech, at, INSULT_NOUN_LOOSE) ||
           IS(speech, at, INSULT_PHRASE);
}

static unsigned weight_of(const struct speech *speech, uint32_t at)
{
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
    return IS(speech, at, INSULT_FAINT) ? 1 : 0;
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

static struct phrase phrase_read(const struct speech *speech, uint32_t at)
{
    struct phrase phrase = {.first = at - is_compound(speech, at), .last = at};
    while (phrase.first > 0 && IS(speech, phrase.first - 1, INSULT_MILD) &&
           !speech_is_sign(speech, phrase.first - 1)) {
        phrase.first--;
        phrase.weight = 1;
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
    uint32_t first = screen_sentence_first(speech->work->draft, at);
    uint32_t end = screen_sentence_end(speech->work->draft, at);
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
static bool is_part_of_word(const struct speech *speech, const struct phrase *phrase)
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

/* ---- Relations ------------------------------------------------------------------------------- */

static bool is_small_word(const struct speech *speech, uint32_t at)
{
    bool is_small =
        IS(speech, at, INTENSIFIER) || IS(speech, at, TURN_NOT) || IS(speech, at, TURN_AWAY);
    return is_small && !IS(speech, at, FUNCTION_BE) && !IS(speech, at, CALL_VERB) &&
           speech->who[at] == SPEECH_NOBODY &&
           !(speech->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE);
}

/* The first token before the phrase that is no small word between; of a noun one unknown adjective
 * may stand between too: "is a thieving thug". */
static uint32_t before_phrase(const struct speech *speech, const struct phrase *phrase,
                              uint32_t begin)
{
    uint32_t at = phrase->first;
    bool is_adjective_free = phrase->is_noun;
    for (unsigned i = 0; i < SMALL_WORDS_MAX && at > begin; i++) {
        uint32_t before = at - 1;
        bool is_adjective = is_adjective_free && at == phrase->first && before > begin &&
                            speech_is_open_word(speech, before) &&
                            speech->who[before] == SPEECH_NOBODY &&
                            IS(speech, before - 1, FUNCTION_DETERMINER);
        if (!is_adjective && !is_small_word(speech, before)) {
            return before;
        }
        is_adjective_free = is_adjective_free && !is_adjective;
        at = before;
    }
    return at > begin ? at - 1 : SPEECH_NONE;
}

/* "Referee, you're a ...": whom "you" is, where it is said. */
static struct speech_target you_resolve(const struct speech *speech, uint32_t at)
{
    struct speech_target target = {SPEECH_PERSON, at, SCREEN_NOBODY};
    uint32_t begin = screen_sentence_first(speech->work->draft, at);
    bool is_called = at > begin && (speech_is_the_sign(speech, at - 1, ',') ||
                                    speech_is_the_sign(speech, at - 1, ':'));
    if (is_called) {
        struct speech_target called = speech_target_before(speech, at - 1);
        if (called.who != SPEECH_NOBODY && called.who != SPEECH_SELF) {
            return called;
        }
        for (uint32_t i = at - 1; i > begin; i--) {
            bool is_call = IS(speech, i - 1, CALLING_WORD);
            if (speech_is_open_word(speech, i - 1) && !is_call) {
                target.who = SPEECH_NOBODY;
            }
        }
        return target;
    }
    if (speech->work->channel == SCREEN_CHANNEL_INCOMING) {
        target.who = SPEECH_MANAGEMENT;
        for (uint32_t i = at + 1; i < speech->count && i < at + 6; i++) {
            target.who = speech->who[i] == SPEECH_SCHOOL ? SPEECH_SCHOOL : target.who;
        }
    }
    return target;
}

static struct speech_target resolve(const struct speech *speech, struct speech_target target)
{
    return target.who == SPEECH_YOU ? you_resolve(speech, target.token) : target;
}

/* Somebody of the sentences before, for a phrase that stands alone. */
static struct speech_target resolve_back(const struct speech *speech, uint32_t at)
{
    uint32_t sentence = speech->tokens[at].sentence;
    const uint32_t *sentences = speech->work->draft->sentences;
    for (unsigned back = 1; back <= SENTENCES_BACK_MAX && sentence >= back; back++) {
        for (uint32_t i = sentences[sentence - back + 1]; i > sentences[sentence - back]; i--) {
            enum speech_who who = (enum speech_who)speech->who[i - 1];
            if (who >= SPEECH_ANIMAL || who == SPEECH_HE) {
                return speech_target_at(speech, i - 1);
            }
        }
    }
    bool is_incoming = speech->work->channel == SCREEN_CHANNEL_INCOMING;
    return (struct speech_target){is_incoming ? SPEECH_MANAGEMENT : SPEECH_NOBODY, SPEECH_NONE,
                                  SCREEN_NOBODY};
}

/* "That's my job share partner", behind a sentence without a subject. */
static struct speech_target resolve_next(const struct speech *speech, uint32_t at)
{
    uint32_t end = screen_sentence_end(speech->work->draft, at);
    struct speech_target target = nobody;
    if (end < speech->count && IS(speech, end, THING_BE)) {
        (void)speech_noun(speech, end + 1, screen_sentence_end(speech->work->draft, end), &target);
    }
    return target;
}

static bool is_somebody(struct speech_target target)
{
    return target.who != SPEECH_NOBODY && target.who != SPEECH_SELF && target.who != SPEECH_ANIMAL;
}

/* The next noun behind the phrase that a sign leads to, or "for". */
static struct speech_target later(const struct speech *speech, uint32_t last, bool is_for_too)
{
    uint32_t end = screen_sentence_end(speech->work->draft, last);
    for (uint32_t at = last + 1; at < end; at++) {
        bool is_led =
            speech_is_sign(speech, at) || (is_for_too && IS(speech, at, FUNCTION_PREPOSITION));
        struct speech_target target;
        if (!is_led || at + 1 >= end) {
            continue;
        }
        (void)speech_noun(speech, at + 1, end, &target);
        if (target.who > SPEECH_YOU) {
            return target;
        }
    }
    return nobody;
}

static bool has_self(const struct speech *speech, uint32_t at)
{
    uint32_t end = screen_sentence_end(speech->work->draft, at);
    for (uint32_t i = screen_sentence_first(speech->work->draft, at); i < end; i++) {
        if (speech->who[i] == SPEECH_SELF) {
            return true;
        }
    }
    return false;
}

/*
 * Somebody of the same sentence outside of quotation marks: "... is how they describe our trust".
 */
static struct speech_target outside_quote(const struct speech *speech, uint32_t at)
{
    uint32_t end = screen_sentence_end(speech->work->draft, at);
    for (uint32_t i = screen_sentence_first(speech->work->draft, at); i < end; i++) {
        if (speech->tokens[i].quote == 0 && speech->who[i] >= SPEECH_PERSON) {
            return speech_target_at(speech, i);
        }
    }
    return nobody;
}

/* A phrase at the beginning of its sentence, or alone in it. */
static struct said alone(const struct speech *speech, const struct phrase *phrase)
{
    struct said said = {.relation = RELATION_CLAUSE,
                        .target = speech_target_behind(speech, phrase->last),
                        .subject = phrase->first};
    uint32_t next = phrase->last + 1;
    if (said.target.who != SPEECH_NOBODY) {
        said.target = resolve(speech, said.target);
        bool is_comma = speech_is_sign(speech, next);
        said.relation = is_comma || !phrase->is_noun ? RELATION_CLAUSE : RELATION_CALL;
        return said;
    }
    if (IS(speech, next, FUNCTION_BE) || IS(speech, next, TURN_MORE)) {
        said.target = HAS(speech, speech->tokens[next].sentence, TURN_MORE)
                          ? later(speech, next, true)
                          : said.target;
        return said;
    }
    bool is_parted = next < speech->count && !speech_is_sign(speech, next) &&
                     speech_is_open_word(speech, next) && !phrase->is_noun;
    if (is_parted || has_self(speech, phrase->first) ||
        speech->work->channel == SCREEN_CHANNEL_PROFILE) {
        said.relation = RELATION_NONE;
        return said;
    }
    said.target = later(speech, phrase->last, false);
    if (!is_somebody(said.target) && !phrase->is_noun && phrase->weight < 3) {
        said.relation = RELATION_NONE;
        return said;
    }
    if (!is_somebody(said.target) && speech->tokens[phrase->first].quote != 0) {
        said.target = outside_quote(speech, phrase->first);
    }
    if (!is_somebody(said.target)) {
        said.target = resolve_next(speech, phrase->first);
    }
    if (!is_somebody(said.target)) {
        said.target = resolve_back(speech, phrase->first);
        said.relation = RELATION_CALL;
    }
    return said;
}

/* "The useless lump at the top has ...": the phrase is itself the word for somebody. */
static struct said as_noun(const struct speech *speech, const struct phrase *phrase)
{
    struct said said = {.relation = RELATION_NONE, .target = nobody, .subject = phrase->first};
    uint32_t next = phrase->last + 1;
    if (!phrase->is_noun || phrase->weight < 3) {
        return said;
    }
    if (IS(speech, next, LIST_OF)) { /* "that idiot of a head", "an ignoramus of me" */
        (void)speech_noun(speech, next + 1, screen_sentence_end(speech->work->draft, next),
                          &said.target);
        said.target = resolve(speech, said.target);
        said.relation = RELATION_CLAUSE;
        return said;
    }
    if (phrase->is_strong && phrase->first > 1 && IS(speech, phrase->first - 1, SPEECH_ARTICLE) &&
        IS(speech, phrase->first - 2, GOT)) { /* "They got a bully." */
        said.target = resolve_back(speech, phrase->first);
        said.relation = RELATION_CLAUSE;
        return said;
    }
    if (phrase->is_strong && HAS(speech, speech->tokens[next - 1].sentence, SEEK)) {
        said.target = outside_quote(speech, phrase->first);
        bool is_there = HAS(speech, speech->tokens[next - 1].sentence, SCHOOL_WORD);
        said.target.who =
            is_there && said.target.who <= SPEECH_PERSON ? SPEECH_COLLEAGUE : said.target.who;
        said.relation =
            RELATION_CLAUSE; /* "You'd not have to search long in that kitchen for ..." */
        return said;
    }
    bool is_definite = phrase->first > 0 && IS(speech, phrase->first - 1, DEFINITE);
    bool is_plain = phrase->weight < 5 && IS(speech, phrase->last, INSULT_LITERAL);
    if (!is_definite || (!phrase->is_strong && phrase->weight < 4)) {
        return said;
    }
    if (IS(speech, phrase->first - 1, LIST_BY)) { /* "run by clowns" */
        said.target = speech_target_before(speech, phrase->first);
        said.relation = RELATION_CLAUSE;
        return said;
    }
    said.relation = RELATION_NOUN;
    said.target.who = is_plain ? SPEECH_NOBODY : SPEECH_PERSON;
    said.target.token = phrase->last;
    for (uint32_t i = next; i < speech->count && i < next + 6 && !speech_is_sign(speech, i); i++) {
        bool is_place = IS(speech, i, SCHOOL_WORD) || IS(speech, i, TOP_WORD) ||
                        speech_is_of_school((enum speech_who)speech->who[i]);
        if (is_place && speech->who[i] != SPEECH_SELF) {
            said.target.who = IS(speech, i, TOP_WORD) ? SPEECH_MANAGEMENT : SPEECH_COLLEAGUE;
            break;
        }
    }
    return said;
}

/* An adjective before a noun: "that gormless receptionist" is somebody, "gormless idea" is not. */
static bool is_before_noun(const struct speech *speech, const struct phrase *phrase,
                           struct said *said)
{
    uint32_t next = phrase->last + 1;
    uint32_t end = screen_sentence_end(speech->work->draft, phrase->last);
    while (next < end && IS(speech, next, INSULT_MILD)) {
        next++;
    }
    bool is_word = next < end && (speech_is_open_word(speech, next) || speech->who[next]) &&
                   speech->who[next] != SPEECH_SELF && speech->who[next] != SPEECH_HE &&
                   speech->who[next] != SPEECH_YOU && speech->who[next] != SPEECH_THEY;
    if (!is_word) {
        return false;
    }
    (void)speech_noun(speech, next, end, &said->target);
    said->relation = RELATION_CLAUSE;
    said->subject = phrase->first;
    said->is_given = phrase->first > 0 && IS(speech, phrase->first - 1, DEFINITE);
    return true;
}

static struct said behind_sign(const struct speech *speech, const struct phrase *phrase,
                               uint32_t before)
{
    struct said said = {.relation = RELATION_CLAUSE,
                        .target = speech_target_behind(speech, phrase->last),
                        .subject = phrase->first};
    if (said.target.who == SPEECH_NOBODY || speech_is_the_sign(speech, before, ',')) {
        struct speech_target left = resolve(speech, speech_target_before(speech, before));
        if (left.who != SPEECH_NOBODY) {
            said.target = left;
            said.subject = left.token;
        }
    }
    if (said.target.who == SPEECH_NOBODY && speech->tokens[phrase->first].quote != 0) {
        said.target = outside_quote(speech, phrase->first);
    }
    return said;
}

/* "vague but never less than vicious": the verb stands farther off. */
static bool far_verb_find(const struct speech *speech, uint32_t before, uint32_t begin,
                          struct said *said)
{
    for (uint32_t at = before; at > begin && before - at < 8; at--) {
        if (speech_is_break(speech, at)) {
            return false;
        }
        if (IS(speech, at, FUNCTION_BE)) {
            said->target = resolve(speech, speech_subject(speech, at));
            said->subject = at;
            return true;
        }
    }
    return false;
}

static struct said relation_find(const struct speech *speech, const struct phrase *phrase)
{
    uint32_t begin = screen_sentence_first(speech->work->draft, phrase->first);
    uint32_t before = before_phrase(speech, phrase, begin);
    struct said said = {.relation = RELATION_CLAUSE, .target = nobody, .subject = phrase->first};
    bool is_verb =
        before != SPEECH_NONE && (IS(speech, before, FUNCTION_BE) ||
                                  (speech->tokens[before].flags & SCREEN_TOKEN_POSSESSIVE &&
                                   !speech_is_open_word(speech, before + 1)));
    bool is_direct = is_verb && !IS(speech, phrase->first - 1, FUNCTION_DETERMINER);
    if (!phrase->is_noun && !is_direct && is_before_noun(speech, phrase, &said)) {
        bool is_any = is_verb && said.target.who == SPEECH_PERSON; /* "she is a rude woman" */
        if ((is_somebody(said.target) && !is_any) || !is_verb) {
            return said;
        }
    }
    bool is_definite = phrase->first > begin && IS(speech, phrase->first - 1, DEFINITE);
    if (before == SPEECH_NONE && phrase->is_noun && is_definite && !phrase->is_whole) {
        return as_noun(speech, phrase);
    }
    if (phrase->is_strong && HAS(speech, speech->tokens[begin].sentence, WHAT_KIND) &&
        (before == SPEECH_NONE || IS(speech, before, WHAT_KIND))) {
        said.target = (struct speech_target){SPEECH_PERSON, phrase->last, SCREEN_NOBODY};
        said.relation = RELATION_NOUN;
        return said; /* "What kind of moron lets ...?" */
    }
    if (before == SPEECH_NONE) {
        return alone(speech, phrase);
    }
    if (is_verb && IS(speech, before, WHO_BE)) { /* "Who's the plank who locked ...?" */
        said.target = (struct speech_target){SPEECH_PERSON, before, SCREEN_NOBODY};
        said.relation = RELATION_NOUN;
        said.is_given = IS(speech, phrase->last + 1, WHO_TOLD);
        return said;
    }
    if (is_verb) {
        said.target = IS(speech, before, THING_BE)
                          ? said.target
                          : resolve(speech, speech_subject(speech, before));
        said.subject = said.target.token == SPEECH_NONE ? before : said.target.token;
        if (said.target.token == SPEECH_NONE && !IS(speech, before, THING_BE)) {
            said.target = resolve(speech, speech_target_before(speech, before));
        }
        return said;
    }
    if (speech->who[before] == SPEECH_YOU) {
        said.target = you_resolve(speech, before);
        said.relation = RELATION_CALL;
        return said;
    }
    if (speech->who[before] != SPEECH_NOBODY) {
        said.target = resolve(speech, speech_target_at(speech, before));
        return said;
    }
    if (speech_is_sign(speech, before)) {
        return behind_sign(speech, phrase, before);
    }
    if (phrase->is_noun) {
        return as_noun(speech, phrase);
    }
    if (far_verb_find(speech, before, begin, &said)) {
        return said;
    }
    said.relation = RELATION_NONE;
    return said;
}

/* ---- Findings -------------------------------------------------------------------------------- */

/* "A numpty wouldn't have checked": nobody is one. "Only a numpty wouldn't, and he didn't" is. */
static bool is_of_nobody(const struct speech *speech, const struct phrase *phrase,
                         struct said *said)
{
    uint32_t next = phrase->last + 1;
    bool is_any = phrase->first > 0 && IS(speech, phrase->first - 1, ANY_DETERMINER);
    if (!is_any || !IS(speech, next, WOULD)) {
        return false;
    }
    if (phrase->first < 2 || !IS(speech, phrase->first - 2, ONLY)) {
        return true;
    }
    uint32_t end = screen_sentence_end(speech->work->draft, next);
    for (uint32_t at = next; at + 2 < end; at++) {
        if (speech_is_the_sign(speech, at, ',') && IS(speech, at + 1, LIST_AND)) {
            uint32_t behind = speech_noun(speech, at + 2, end, &said->target);
            said->subject = phrase->first;
            said->is_given = true;
            said->relation = RELATION_CLAUSE;
            return !is_somebody(said->target) || !IS(speech, behind, DID);
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

static unsigned confidence_of(const struct phrase *phrase, const struct said *said)
{
    static const uint16_t by_weight[] = {0, 450, 620, 740, 800, 850, 880};
    unsigned weight = phrase->weight < 6 ? phrase->weight : 6;
    unsigned confidence = by_weight[weight];
    confidence -= said->target.who == SPEECH_FAMILY ? 200 : 0;
    confidence -= said->target.who == SPEECH_PERSON ? 60 : 0;
    return confidence;
}

static void insult_report(struct speech *speech, const struct phrase *phrase,
                          const struct said *said, unsigned confidence)
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
    if (detail != SCREEN_DETAIL_NONE && said->relation == RELATION_CLAUSE) {
        uint32_t first = said->target.token < phrase->first ? said->target.token : phrase->first;
        uint32_t last = said->target.token != SPEECH_NONE && said->target.token > phrase->last
                            ? said->target.token
                            : phrase->last;
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
static bool is_behind_colon(const struct speech *speech, const struct phrase *phrase)
{
    uint32_t next = phrase->last + 1;
    return phrase->first > 0 && speech_is_the_sign(speech, phrase->first - 1, ':') &&
           (next >= speech->count || speech_is_sign(speech, next));
}

static void phrase_judge(struct speech *speech, const struct phrase *phrase)
{
    struct said said = relation_find(speech, phrase);
    if (is_of_nobody(speech, phrase, &said) || said.relation == RELATION_NONE ||
        !is_somebody(said.target)) {
        return;
    }
    struct phrase whole = *phrase;
    bool is_pointed = phrase->is_whole || (said.relation == RELATION_NOUN && said.is_given) ||
                      is_behind_colon(speech, phrase);
    whole.weight += is_pointed ? 1 : 0;
    bool is_own_page = speech->work->channel == SCREEN_CHANNEL_PROFILE &&
                       (!speech_is_of_school(said.target.who) || !said.is_given);
    if (whole.weight < weight_least(speech, said.target.who) || is_own_page ||
        (speech->is_banter && said.target.token == SPEECH_NONE && whole.weight < 5)) {
        return;
    }
    enum speech_said is = speech_said(speech, phrase->first, phrase->last, said.subject);
    enum speech_voice voice = speech_voice(speech, phrase->first, phrase->last);
    bool is_compared = IS(speech, phrase->first, INSULT_ADJECTIVE_MOST); /* "never a ruder one" */
    is = said.is_given || (is_compared && is == SPEECH_DENIED) ? SPEECH_SAID : is;
    if (is == SPEECH_DENIED || voice == SPEECH_REPORTED || is_revealed(speech, phrase->first)) {
        return;
    }
    unsigned confidence = confidence_of(&whole, &said);
    confidence -= is == SPEECH_MAYBE ? 330 : 0;
    confidence -= voice == SPEECH_AGREED ? 120 : 0;
    confidence -= voice == SPEECH_OWN && speech_is_fiction(speech, phrase->first) ? 300 : 0;
    insult_report(speech, phrase, &said, confidence);
}

void speech_find_insults(struct speech *speech)
{
    for (uint32_t at = 0; at < speech->count; at++) {
        if (weight_of(speech, at) == 0) {
            continue;
        }
        struct phrase phrase = phrase_read(speech, at);
        if (!is_part_of_word(speech, &phrase)) {
            phrase_judge(speech, &phrase);
        }
        at = phrase.last;
    }
}

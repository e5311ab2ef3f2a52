/*
 * screen/speech_target.c - of whom a predicate is said.
 *
 * Read first: speech_int.h. Start at: speech_subject. Before: speech_who.c.
 *
 * English says first of whom it speaks: "Our deputy", "the man who does the wifi", "that mum". So
 * the subject of a verb is the first noun of its clause; what follows a preposition is none; and a
 * noun is what its last word is ("the school photocopier" is no school). A word that is not known
 * to stand for a person stands for a thing: a stapler may be called an idiot.
 *
 * What must hold: each search ends at the sentence, or after BACK_TOKENS_MAX tokens.
 */
#include "screen/speech_int.h"

/* A pronoun means what was spoken of at most so many tokens before it. */
#define BACK_TOKENS_MAX 60
/* Words of one noun: "that awful little man in". */
#define NOUN_TOKENS_MAX 8
/* Commas that a subject may stand behind: "our deputy, bless her, is". */
#define COMMAS_MAX 3

static const struct speech_target nobody = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};

bool speech_is_of_school(enum speech_who who)
{
    return who >= SPEECH_SCHOOL && who < SPEECH_WHO_COUNT;
}

unsigned speech_detail(enum speech_who who)
{
    return speech_is_of_school(who) ? (unsigned)(who - SPEECH_SCHOOL) : SCREEN_DETAIL_NONE;
}

bool speech_is_plural(const struct speech *speech, uint32_t at)
{
    struct str word = screen_token_plain(speech->work->draft, at);
    return word.len > 2 && word.at[word.len - 1] == 's' && word.at[word.len - 2] != '\'';
}

/* ---- Reading nouns ----------------------------------------------------------------------------
 * */

/* "the head's a clown" holds a verb; "the head's car" does not. */
static bool is_owner(const struct speech *speech, uint32_t at)
{
    return speech->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE &&
           !IS(speech, at + 1, FUNCTION_DETERMINER) && !IS(speech, at + 1, INTENSIFIER) &&
           !IS(speech, at + 1, TURN_NOT) && speech_is_open_word(speech, at + 1);
}

/* A word behind which a noun can end: a verb of most forms, a small word, a sign. */
static bool is_behind_noun(const struct speech *speech, uint32_t at)
{
    if (at >= speech->count || speech_is_sign(speech, at) || !speech_is_open_word(speech, at)) {
        return true;
    }
    if (speech->who[at] != SPEECH_NOBODY && speech->who[at] <= SPEECH_THEY) {
        return true;
    }
    struct str word = screen_token_plain(speech->work->draft, at);
    return str_ends(word, STR("ed")) || str_ends(word, STR("ing")) || str_ends(word, STR("ly")) ||
           str_ends(word, STR("s")) || IS(speech, at, COMMON_VERB) || IS(speech, at, SAY_VERB);
}

static bool is_resolved(enum speech_who who)
{
    return who != SPEECH_NOBODY && who != SPEECH_HE && who != SPEECH_THEY;
}

uint32_t speech_noun(const struct speech *speech, uint32_t from, uint32_t end,
                     struct speech_target *target)
{
    uint32_t at = from;
    *target = nobody;
    while (at < end && IS(speech, at, FUNCTION_DETERMINER) && speech->who[at] == SPEECH_NOBODY &&
           !(IS(speech, at, MANY_OF) && IS(speech, at + 1, LIST_OF))) { /* "some of the parents" */
        at++;
    }
    uint32_t begin = at;
    uint32_t limit = end - at > NOUN_TOKENS_MAX ? at + NOUN_TOKENS_MAX : end;
    struct speech_target owner = nobody;
    for (; at < limit && !speech_is_sign(speech, at); at++) {
        enum speech_who who = (enum speech_who)speech->who[at];
        if (who != SPEECH_NOBODY && is_owner(speech, at)) {
            owner = speech_target_at(speech, at);
            continue;
        }
        if (who != SPEECH_NOBODY && who <= SPEECH_THEY && at > begin) {
            break;
        }
        if (who != SPEECH_NOBODY) {
            if (who <= SPEECH_THEY || is_behind_noun(speech, at + 1)) {
                bool is_owned = who == SPEECH_PERSON && speech_is_of_school(owner.who);
                *target = is_owned ? owner : speech_target_at(speech, at);
                return at + 1;
            }
            continue;
        }
        if (IS(speech, at, MANY_OF) && IS(speech, at + 1, LIST_OF) && at + 2 < end) {
            return speech_noun(speech, at + 2, end, target); /* "the queue of mums" */
        }
        if (!speech_is_open_word(speech, at) && speech->who[at] == SPEECH_NOBODY) {
            break;
        }
    }
    return at > from ? at : from + 1;
}

struct speech_target speech_target_at(const struct speech *speech, uint32_t at)
{
    struct speech_target target = {(enum speech_who)speech->who[at], at, speech->person[at]};
    if (is_resolved(target.who) || target.who == SPEECH_NOBODY) {
        return target;
    }
    bool is_ours = IS(speech, at, WHO_OURS);
    bool is_they = target.who == SPEECH_THEY || is_ours;
    for (uint32_t i = at, left = BACK_TOKENS_MAX; i > 0 && left > 0; i--, left--) {
        enum speech_who who = (enum speech_who)speech->who[i - 1];
        if (!is_resolved(who) || who == SPEECH_SELF || who == SPEECH_YOU ||
            is_owner(speech, i - 1)) {
            continue;
        }
        bool is_many = (speech_is_plural(speech, i - 1) || IS(speech, i - 1, PLURAL_ODD)) &&
                       !IS(speech, i - 1, PEOPLE_FIRST);
        bool is_body = who == SPEECH_SCHOOL || who >= SPEECH_GOVERNOR;
        if (!is_they && (is_many || (is_body && who != SPEECH_GOVERNOR))) {
            continue;
        }
        return (struct speech_target){who, at, speech->person[i - 1]};
    }
    if (is_they) {
        return (struct speech_target){SPEECH_NOBODY, at, SCREEN_NOBODY};
    }
    bool is_among_staff = speech->work->channel == SCREEN_CHANNEL_MESSAGE ||
                          speech->work->channel == SCREEN_CHANNEL_INCOMING ||
                          HAS(speech, speech->tokens[at].sentence, SCHOOL_SURE) ||
                          (speech->tokens[at].sentence > 0 &&
                           HAS(speech, speech->tokens[at].sentence - 1u, SCHOOL_SURE));
    target.who = is_among_staff ? SPEECH_COLLEAGUE : SPEECH_PERSON;
    return target;
}

/* ---- Subjects ---------------------------------------------------------------------------------
 * */

/* Where the clause of the token before `end` begins. */
static uint32_t clause_begin(const struct speech *speech, uint32_t end, uint32_t first)
{
    uint32_t at = end;
    while (at > first) {
        uint32_t before = at - 1;
        if (speech_is_break(speech, before) || speech_is_the_sign(speech, before, ',')) {
            break;
        }
        bool is_begun = IS(speech, at, FUNCTION_DETERMINER) || speech->who[at] != SPEECH_NOBODY;
        bool is_join = IS(speech, before, FUNCTION_CLAUSE) && !IS(speech, before, WHO_TOLD) &&
                       !IS(speech, before, THAT_DETERMINER);
        is_join = is_join || (IS(speech, before, THAT_WORD) && is_begun && at < end);
        bool is_saying = IS(speech, before, SAY_VERB) && is_begun;
        bool is_told = before > first && speech->who[before] != SPEECH_NOBODY &&
                       speech->who[before] <= SPEECH_THEY && is_begun && at < end &&
                       IS(speech, before - 1, SAY_VERB); /* "told me the new deputy was" */
        is_saying = is_saying || is_told;
        if (is_join || is_saying) {
            break;
        }
        at--;
    }
    return at;
}

/* The first noun between two tokens that is no part of another: "in my class the head". */
static struct speech_target first_noun(const struct speech *speech, uint32_t from, uint32_t end,
                                       bool *is_there)
{
    *is_there = false;
    for (uint32_t at = from; at < end;) {
        struct speech_target target;
        if (IS(speech, at, FUNCTION_PREPOSITION) && !IS(speech, at, WHO_TOLD)) {
            at = at + 1 < end ? speech_noun(speech, at + 1, end, &target) : end;
            continue;
        }
        bool is_relative = IS(speech, at, WHO_RELATIVE);
        if (is_relative && at > 0) {
            *is_there = true;
            return speech_target_before(speech, at);
        }
        bool is_aside = IS(speech, at, TURN_NONE) && at == from; /* "not gonna lie the cook is" */
        while (is_aside && at + 1 < end && IS(speech, at + 1, TURN_NONE)) {
            at++;
        }
        if (is_aside || (speech->who[at] == SPEECH_NOBODY && !speech_is_open_word(speech, at) &&
                         !IS(speech, at, FUNCTION_DETERMINER))) {
            at++;
            continue;
        }
        *is_there = true;
        (void)speech_noun(speech, at, end, &target);
        target.token = target.token == SPEECH_NONE ? at : target.token; /* a thing */
        return target;
    }
    return nobody;
}

/* The word itself may hold its subject: "she's", "they're". */
static bool is_whole(const struct speech *speech, uint32_t verb)
{
    return speech->who[verb] != SPEECH_NOBODY && IS(speech, verb, FUNCTION_BE);
}

/* "The problem is a principal who has lost interest": the verb is of whom stands before "who". */
static bool is_behind_relative(const struct speech *speech, uint32_t verb, uint32_t first)
{
    return verb > first + 1 && IS(speech, verb - 1, WHO_RELATIVE) &&
           speech->who[verb - 1] == SPEECH_NOBODY && speech->who[verb - 2] >= SPEECH_PERSON;
}

struct speech_target speech_subject(const struct speech *speech, uint32_t verb)
{
    if (is_whole(speech, verb) || speech->tokens[verb].flags & SCREEN_TOKEN_POSSESSIVE) {
        return speech_target_at(speech, verb);
    }
    uint32_t first = speech_first(speech, verb);
    uint32_t end = verb;
    if (is_behind_relative(speech, verb, first)) {
        return speech_target_before(speech, verb - 1);
    }
    for (unsigned commas = 0; commas <= COMMAS_MAX; commas++) {
        bool is_there;
        uint32_t from = clause_begin(speech, end, first);
        struct speech_target found = first_noun(speech, from, verb, &is_there);
        if (is_there && !(from + 1 >= end && IS(speech, from, CALLING_WORD))) {
            return found;
        }
        if (from == first || !speech_is_the_sign(speech, from - 1, ',')) {
            break;
        }
        end = from - 1;
    }
    bool is_there;
    uint32_t last = speech_end(speech, verb);
    bool is_asked = IS(speech, verb, TURN_QUESTION) && verb + 1 < last;
    return is_asked ? first_noun(speech, verb + 1, last, &is_there) : nobody;
}

struct speech_target speech_target_before(const struct speech *speech, uint32_t at)
{
    uint32_t first = speech_first(speech, at);
    for (uint32_t i = at; i > first; i--) {
        enum speech_who who = (enum speech_who)speech->who[i - 1];
        if (who != SPEECH_NOBODY && !is_owner(speech, i - 1)) {
            return speech_target_at(speech, i - 1);
        }
    }
    return nobody;
}

struct speech_target speech_target_behind(const struct speech *speech, uint32_t last)
{
    uint32_t end = speech_end(speech, last);
    uint32_t at = last + 1;
    bool is_parted = at < end && speech_is_sign(speech, at) && !speech_is_the_sign(speech, at, '.');
    at += is_parted;
    if (at >= end || speech_is_sign(speech, at)) {
        return nobody;
    }
    if (is_parted && at + 2 < end && IS(speech, at, THING_BE) &&
        (IS(speech, at + 1, WHAT) || IS(speech, at + 1, ALL_WORD))) {
        at += 2; /* "..., that's what you are", "that's all he is" */
    }
    struct speech_target target;
    bool is_noun = IS(speech, at, FUNCTION_DETERMINER) || speech->who[at] != SPEECH_NOBODY;
    if (!is_noun) {
        return nobody;
    }
    uint32_t behind = speech_noun(speech, at, end, &target);
    if (target.who == SPEECH_NOBODY && behind < end && IS(speech, behind, FUNCTION_PREPOSITION)) {
        (void)speech_noun(speech, behind + 1, end, &target); /* "the lot of them" */
    }
    return target;
}

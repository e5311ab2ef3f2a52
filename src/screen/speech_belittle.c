/*
 * screen/speech_belittle.c - clauses that run down somebody of a school without an insulting word.
 *
 * Read first: speech_int.h. Start at: speech_find_belittling, a loop over the shapes of the table.
 *
 * What must hold: each shape names the verb or the phrase; of whom it is said is the subject of its
 * clause, or stands behind it ("couldn't plan a sandwich, that one"). Nobody, no finding.
 */
#include "screen/speech_int.h"

/* "Couldn't organise a queue at a bus stop": from the verb to the small thing. */
#define OBJECT_TOKENS_MAX 8
/* "Is a really bad line manager": from the verb to the adjective, from there to the post. */
#define BAD_VERB_TOKENS_MAX 4
#define BAD_POST_TOKENS_MAX 3
/* "Can't run a meeting": from the verb to what it is done to. */
#define SKILL_TOKENS_MAX 3
/* "Can't stand that new deputy": from the verb to the noun. */
#define SHUN_TOKENS_MAX 4
/* What is reported goes on to the end of its clause, for so many tokens. */
#define CLAUSE_TOKENS_MAX 10

struct clause {
    uint32_t first, last;
    uint32_t verb; /* whose subject it is said of */
    unsigned confidence;
};

static uint32_t run_last(const struct speech *speech, uint32_t at, enum screen_word class)
{
    while (speech_is(speech, at + 1, class)) {
        at++;
    }
    return at;
}

/* "Couldn't", "could not" */
static bool is_would(const struct speech *speech, uint32_t at)
{
    return IS(speech, at, WOULD) || (at > 0 && IS(speech, at - 1, WOULD));
}

/* "Is", or "the head's a ..." */
static bool is_be(const struct speech *speech, uint32_t at)
{
    return IS(speech, at, FUNCTION_BE) || (speech->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE &&
                                           IS(speech, at + 1, FUNCTION_DETERMINER));
}

/* Somebody is kept from it: "can't teach on Friday", "can't run a club this term". */
static bool is_kept_from(const struct speech *speech, uint32_t at)
{
    uint32_t sentence = speech->tokens[at].sentence;
    return HAS(speech, sentence, BELITTLE_KEPT) ||
           speech_is_the_sign(speech, speech_end(speech, at) - 1, '?');
}

/* "Couldn't run a bath." */
static bool is_inept(const struct speech *speech, uint32_t at, struct clause *clause)
{
    bool is_could = IS(speech, at, BELITTLE_CANNOT);
    if (!is_could || !IS(speech, at + 1, BELITTLE_VERB) ||
        (!is_would(speech, at) && is_kept_from(speech, at))) {
        return false;
    }
    uint32_t end = speech_end(speech, at);
    uint32_t with = SPEECH_NONE; /* "on a snowman": the preposition and the article */
    for (uint32_t i = at + 2; i < end && i <= at + OBJECT_TOKENS_MAX; i++) {
        if (speech_is_sign(speech, i)) {
            break;
        }
        if (IS(speech, i, BELITTLE_OBJECT)) {
            *clause =
                (struct clause){at, run_last(speech, i, SCREEN_WORD_BELITTLE_OBJECT), at, 760};
            return true;
        }
        bool is_any = IS(speech, i, SPEECH_ARTICLE) && IS(speech, i - 1, FUNCTION_PREPOSITION);
        with = is_any ? i : with;
    }
    if (with != SPEECH_NONE && with + 1 < end) {
        *clause = (struct clause){at, with + 1, at, 620};
        return true;
    }
    return false;
}

/* "Is a bad teacher and a worse colleague": a word that is no insult, before a post. */
static bool is_bad_post(const struct speech *speech, uint32_t at, struct clause *clause)
{
    if (!IS(speech, at, BELITTLE_BAD)) {
        return false;
    }
    uint32_t end = speech_end(speech, at);
    uint32_t post = at + 1;
    while (post < end && post <= at + BAD_POST_TOKENS_MAX && !IS(speech, post, BELITTLE_POST)) {
        if (!speech_is_open_word(speech, post)) {
            return false; /* "a bad day for a teacher" */
        }
        post++;
    }
    bool is_pity = IS(speech, at, BELITTLE_PITY) && IS(speech, post, WHO_PERSON);
    if (post >= end || !IS(speech, post, BELITTLE_POST) || IS(speech, post + 1, THING_TAIL) ||
        is_pity) {
        return false;
    }
    uint32_t begin = speech_first(speech, at);
    for (uint32_t i = at; i > begin && at - i < BAD_VERB_TOKENS_MAX; i--) {
        if (is_be(speech, i - 1)) {
            *clause =
                (struct clause){at, run_last(speech, post, SCREEN_WORD_BELITTLE_POST), i - 1, 720};
            return true;
        }
        if (speech_is_sign(speech, i - 1)) {
            break;
        }
    }
    return false;
}

/* "Can't run a meeting", "can't cook": a skill, and nothing that says when or why. */
static bool is_unskilled(const struct speech *speech, uint32_t at, struct clause *clause)
{
    bool is_could = IS(speech, at, BELITTLE_CANNOT) && !is_would(speech, at);
    uint32_t skill = at + 1;
    if (!is_could || !IS(speech, skill, BELITTLE_SKILL) || is_kept_from(speech, at)) {
        return false;
    }
    uint32_t end = speech_end(speech, at);
    uint32_t next = skill + 1;
    bool is_end = next >= end || speech_is_sign(speech, next) || IS(speech, next, LIST_AND);
    if (IS(speech, skill, BELITTLE_SKILL_ALONE) && is_end) {
        *clause = (struct clause){at, skill, at, 680};
        return true;
    }
    bool is_any = IS(speech, next, SPEECH_ARTICLE) || IS(speech, next, ANY_DETERMINER);
    for (uint32_t i = next; i < end && i <= next + SKILL_TOKENS_MAX; i++) {
        if (speech_is_sign(speech, i)) {
            break;
        }
        if (IS(speech, i, BELITTLE_SKILL_OF) && (is_any || i == next)) {
            *clause = (struct clause){at, i, at, 680};
            return true;
        }
    }
    return false;
}

/* "Zofia's lessons are a shambles", "Maeve's department is the weakest": what somebody does, run
 * down with whoever does it. */
static bool is_poor_work(const struct speech *speech, uint32_t at, struct clause *clause)
{
    static const enum screen_word list[] = {
        SCREEN_WORD_INSULT_ADJECTIVE, SCREEN_WORD_INSULT_ADJECTIVE_LOOSE,
        SCREEN_WORD_INSULT_FAINT,     SCREEN_WORD_INSULT_ADJECTIVE_MOST,
        SCREEN_WORD_BELITTLE_SHAME,   SCREEN_WORD_BELITTLE_BAD};
    const struct screen_classes poor = SCREEN_CLASSES_OF(list);
    if (at == 0 || !IS(speech, at, BELITTLE_WORK) || !IS(speech, at + 1, FUNCTION_BE) ||
        !(speech->tokens[at - 1].flags & SCREEN_TOKEN_POSSESSIVE)) {
        return false;
    }
    uint32_t end = speech_end(speech, at);
    for (uint32_t i = at + 2; i < end && i <= at + 2 + BAD_POST_TOKENS_MAX; i++) {
        if (screen_classes_meet(&speech->tokens[i].classes, &poor)) {
            *clause = (struct clause){i, i, at - 1, 680}; /* a denial stands before it */
            return true;
        }
        if (!IS(speech, i, INTENSIFIER)) {
            return false;
        }
    }
    return false;
}

static bool is_phrase(const struct speech *speech, uint32_t at, struct clause *clause)
{
    if (!IS(speech, at, BELITTLE_PHRASE)) {
        return false;
    }
    *clause = (struct clause){at, run_last(speech, at, SCREEN_WORD_BELITTLE_PHRASE), at, 700};
    return true;
}

/* "Has the warmth of a tax return." */
static bool is_trait(const struct speech *speech, uint32_t at, struct clause *clause)
{
    if (!IS(speech, at, BELITTLE_TRAIT)) {
        return false;
    }
    uint32_t of = run_last(speech, at, SCREEN_WORD_BELITTLE_TRAIT) + 1;
    if (!IS(speech, of, LIST_OF) || !IS(speech, of + 1, FUNCTION_DETERMINER) || at == 0 ||
        !IS(speech, at - 1, FUNCTION_DETERMINER)) {
        return false;
    }
    uint32_t end = speech_end(speech, at);
    uint32_t last = of + 1;
    for (uint32_t i = of + 2; i < end && i < of + 6 && !speech_is_sign(speech, i); i++) {
        if (IS(speech, i, BELITTLE_TRAIT_FAIR)) {
            return false;
        }
        last = i;
    }
    for (uint32_t back = 1; back <= 4 && back < at; back++) {
        if (IS(speech, at - back, HAVING)) {
            *clause = (struct clause){at - back, last, at - back, 740};
            return true;
        }
    }
    return false;
}

/* "Full of spite", "an ounce of anything but arrogance", "full of moaners". */
static bool is_vice(const struct speech *speech, uint32_t at, struct clause *clause)
{
    bool is_people = IS(speech, at, INSULT_NOUN) && speech_is_plural(speech, at) && at > 0 &&
                     IS(speech, at - 1, LIST_OF);
    if (!IS(speech, at, INSULT_VICE) && !is_people) {
        return false;
    }
    for (uint32_t back = 1; back <= 4 && back <= at; back++) {
        if (IS(speech, at - back, VICE_BEFORE)) {
            *clause =
                (struct clause){at, run_last(speech, at, SCREEN_WORD_INSULT_VICE), at - back, 680};
            return true;
        }
    }
    return false;
}

/* "This place is a joke." */
static bool is_shame(const struct speech *speech, uint32_t at, struct clause *clause)
{
    if (!IS(speech, at, BELITTLE_SHAME) || at < 2) {
        return false;
    }
    uint32_t last = run_last(speech, at, SCREEN_WORD_BELITTLE_SHAME);
    for (uint32_t i = at, left = 5; i > 0 && left > 0; i--, left--) {
        if (is_be(speech, i - 1)) {
            *clause = (struct clause){at, last, i - 1, 720}; /* "isn't" stands before it */
            return true;
        }
        if (!IS(speech, i - 1, INTENSIFIER) && !IS(speech, i - 1, INSULT_MILD) &&
            !IS(speech, i - 1, TURN_NOT)) {
            return false;
        }
    }
    return false;
}

/* The last token of the clause, not far behind. */
static uint32_t clause_last(const struct speech *speech, uint32_t last)
{
    uint32_t end = speech_end(speech, last);
    for (uint32_t i = 0; i < CLAUSE_TOKENS_MAX && last + 1 < end; i++) {
        if (speech_is_sign(speech, last + 1) || IS(speech, last + 1, FUNCTION_CLAUSE)) {
            break;
        }
        last++;
    }
    return last;
}

static const struct str because = STR_INIT("The clause runs somebody of the school down.");

static void report(struct speech *speech, const struct clause *clause, struct speech_target target)
{
    if (!speech_is_of_school(target.who)) {
        return;
    }
    bool is_before = target.token < clause->first;
    enum speech_said said =
        speech_said(speech, clause->first, clause->last, is_before ? target.token : clause->first);
    enum speech_voice voice = speech_voice(speech, clause->first, clause->last);
    if (said == SPEECH_DENIED || voice == SPEECH_REPORTED) {
        return;
    }
    unsigned confidence = clause->confidence;
    confidence = speech_less(confidence, said == SPEECH_MAYBE ? 220 : 0);
    confidence = speech_less(confidence, voice == SPEECH_AGREED ? 100 : 0);
    confidence = speech_less(confidence, speech_is_fiction(speech, clause->first) ? 150 : 0);
    uint32_t first = is_before ? target.token : clause->first;
    bool is_behind = target.token != SPEECH_NONE && target.token > clause->last;
    uint32_t last = is_behind ? target.token : clause_last(speech, clause->last);
    speech_report(speech, SCREEN_DISPARAGEMENT, speech_detail(target.who), first, last, confidence,
                  target, because);
}

/* Of whom a clause is said; "you" is the school where somebody writes to it. */
static struct speech_target target_of(const struct speech *speech, const struct clause *clause)
{
    struct speech_target target = speech->tokens[clause->verb].flags & SCREEN_TOKEN_POSSESSIVE
                                      ? speech_target_at(speech, clause->verb)
                                      : speech_subject(speech, clause->verb);
    if (target.who == SPEECH_NOBODY && target.token == SPEECH_NONE) {
        target = speech_target_behind(speech, clause->last);
    }
    uint32_t in = clause->last + 1; /* "no spite in that woman" */
    if (!speech_is_of_school(target.who) && IS(speech, in, FUNCTION_PREPOSITION)) {
        (void)speech_noun(speech, in + 1, speech_end(speech, in - 1), &target);
    }
    bool is_incoming = speech->work->channel == SCREEN_CHANNEL_INCOMING;
    bool is_alone =
        target.token == SPEECH_NONE && clause->first == speech_first(speech, clause->first);
    if (is_incoming && (target.who == SPEECH_YOU || is_alone)) {
        target.who = SPEECH_MANAGEMENT;
        target.token = clause->first;
    }
    return target;
}

/* "I wouldn't trust our bursar with a stapler": what the writer would not, and with whom. */
static void shun_report(struct speech *speech, uint32_t at)
{
    uint32_t last = run_last(speech, at, SCREEN_WORD_BELITTLE_SHUN);
    struct speech_target target;
    uint32_t behind = speech_noun(speech, last + 1, speech_end(speech, last), &target);
    bool is_self = at > 0 && speech->who[at - 1] == SPEECH_SELF;
    bool is_long = target.token == SPEECH_NONE || target.token > last + SHUN_TOKENS_MAX;
    if (is_self && !is_long && target.who != SPEECH_SCHOOL) {
        report(speech, &(struct clause){at, behind - 1, at, 660}, target);
    }
}

/* "If laziness were an Olympic event my tutor group would ..." */
static bool is_contest(const struct speech *speech, uint32_t at)
{
    uint32_t end = speech_end(speech, at);
    if (!IS(speech, at, BELITTLE_FAULT) || at == 0 || !IS(speech, at - 1, TURN_MAYBE)) {
        return false;
    }
    uint32_t i = at;
    while (i < end && i <= at + 7 && !IS(speech, i, BELITTLE_CONTEST)) {
        i++;
    }
    return i < end && i <= at + 7;
}

static void contest_report(struct speech *speech, uint32_t at)
{
    uint32_t end = speech_end(speech, at);
    for (uint32_t i = at + 2; i < end; i++) {
        struct speech_target target = speech_target_at(speech, i);
        if (target.who == SPEECH_SELF || target.who == SPEECH_ANIMAL) {
            return;
        }
        if (speech_is_of_school(target.who)) {
            if (speech_voice(speech, at, at) != SPEECH_REPORTED) {
                speech_report(speech, SCREEN_DISPARAGEMENT, speech_detail(target.who), at, end - 1,
                              760, target, because);
            }
            return;
        }
    }
}

/* "Worst school in the county." */
static void worst_report(struct speech *speech, uint32_t at)
{
    struct speech_target target;
    uint32_t end = speech_end(speech, at);
    uint32_t behind = speech_noun(speech, at + 1, end, &target);
    bool is_own = (at > 0 && IS(speech, at - 1, OWN_WORD)) || /* "my own worst secretary" */
                  IS(speech, behind, WOULD);                  /* "the worst teacher would see" */
    if (speech_is_of_school(target.who) && behind <= at + 4 && !is_own) {
        struct clause clause = {at, behind - 1, at, 700};
        report(speech, &clause, target);
    }
}

void speech_find_belittling(struct speech *speech)
{
    static bool (*const shapes[])(const struct speech *, uint32_t, struct clause *) = {
        is_inept, is_unskilled, is_bad_post, is_poor_work, is_phrase, is_trait, is_vice, is_shame};
    static const enum screen_word begins[] = {
        SCREEN_WORD_BELITTLE_CANNOT, SCREEN_WORD_BELITTLE_PHRASE, SCREEN_WORD_BELITTLE_TRAIT,
        SCREEN_WORD_INSULT_VICE,     SCREEN_WORD_BELITTLE_SHAME,  SCREEN_WORD_BELITTLE_WORST,
        SCREEN_WORD_BELITTLE_FAULT,  SCREEN_WORD_BELITTLE_BAD,    SCREEN_WORD_BELITTLE_WORK,
        SCREEN_WORD_BELITTLE_SHUN,   SCREEN_WORD_INSULT_NOUN};
    const struct screen_classes any = SCREEN_CLASSES_OF(begins);
    if (!screen_classes_meet(&speech->work->draft->classes, &any)) {
        return;
    }
    for (uint32_t at = 0; at < speech->count; at++) {
        struct clause clause = {0};
        if (!screen_classes_meet(&speech->tokens[at].classes, &any)) {
            continue;
        }
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
            if (shapes[i](speech, at, &clause)) {
                report(speech, &clause, target_of(speech, &clause));
                at = clause.last > at ? clause.last : at;
                break;
            }
        }
        if (IS(speech, at, BELITTLE_SHUN)) {
            shun_report(speech, at);
        } else if (IS(speech, at, BELITTLE_WORST)) {
            worst_report(speech, at);
        } else if (is_contest(speech, at)) {
            contest_report(speech, at);
        }
    }
}

/*
 * screen/speech_int.h - how a draft speaks of people, cut into questions that can be answered
 * alone.
 *
 * Read first: work_int.h. detect_speech.c asks them in this order:
 *
 *   speech_who.c       whom does each word stand for?
 *   speech_target.c    of whom is a predicate said?
 *   speech_polarity.c  is it said, or denied, asked, hoped?
 *   speech_stance.c    does the writer say it, or tell that others do?
 *   speech_insult.c    insulting words: insult, disparagement
 *   speech_relation.c  of whom such words are said
 *   speech_belittle.c  clauses that run down without such a word: disparagement
 *   speech_irony.c     praise that is none: disparagement; tone.c: its learnt score
 *   speech_meant.c     is it meant? a learnt score, asked where the rules leave a doubt; meant.c
 *   speech_hatred.c    groups, and what is wished or judged of them: hatred
 *   speech_menace.c    threat, harassment, support for extremism
 *   speech_coarse.c    obscenity, sexual wording
 *
 * What must hold
 * - A word is never a finding by itself, except a coarse one: it must be said of somebody, by the
 *   writer, and not be denied.
 * - Every search from a token stays within SPEECH_REACH of it, so the time grows with the draft.
 */
#ifndef HANDRAIL_SCREEN_SPEECH_INT_H
#define HANDRAIL_SCREEN_SPEECH_INT_H

#include "screen/pattern_int.h"
#include "screen/work_int.h"

/* Whom a word stands for. From SCHOOL on the order is that of the details of a disparagement. */
enum speech_who {
    SPEECH_NOBODY, /* a thing, the weather, nothing at all */
    SPEECH_SELF,
    SPEECH_YOU,
    SPEECH_HE,   /* "he", "she": to be resolved */
    SPEECH_THEY, /* "they", "them" */
    SPEECH_ANIMAL,
    SPEECH_FAMILY, /* relatives and friends of the writer */
    SPEECH_PERSON, /* somebody, but nobody of a school as far as is told */
    SPEECH_SCHOOL,
    SPEECH_MANAGEMENT,
    SPEECH_COLLEAGUE,
    SPEECH_PUPIL,
    SPEECH_PARENT,
    SPEECH_GOVERNOR,
    SPEECH_SUPPLIER,
    SPEECH_ORGANISATION,
    SPEECH_WHO_COUNT
};

/* No token. */
#define SPEECH_NONE UINT32_MAX
/* Nothing is looked for farther than so many tokens away. */
#define SPEECH_REACH 60

struct speech {
    struct screen_work *work;
    const struct screen_token *tokens;
    uint32_t count;
    uint8_t *who;                            /* enum speech_who of each token */
    uint32_t *person;                        /* row of the roll of each token, or SCREEN_NOBODY */
    const struct screen_sentence *sentences; /* of the draft: all classes of each */
    int stance;                              /* of the draft to what it quotes: above 0 it agrees */
    bool is_banter;                          /* laughs, kisses, thanks: a draft among friends */
    bool has_stars;                          /* a star stands somewhere: speech_coarse.c */
    uint32_t denied;                         /* hash of the last noun that was denied of somebody */
    bool has_unsaid;                         /* an insult is denied, or told of others */
    int32_t meant;                           /* what speech_meant() has found */
    bool is_weighed;                         /* it has been asked */
};

struct speech_target {
    enum speech_who who; /* never HE or THEY */
    uint32_t token;      /* the word that says so, or SPEECH_NONE */
    uint32_t person;     /* row of the roll, or SCREEN_NOBODY */
};

enum speech_said {
    SPEECH_SAID,
    SPEECH_MAYBE, /* "could be", "hope not" */
    SPEECH_DENIED,
};

enum speech_voice {
    SPEECH_OWN,      /* the writer's own words */
    SPEECH_REPORTED, /* told of others, in quotation marks or not */
    SPEECH_AGREED,   /* told of others and taken up */
};

/* How an insulting phrase is said of somebody. */
enum speech_form {
    SPEECH_SAID_NONE,
    SPEECH_SAID_CLAUSE, /* a verb, an apposition, an adjective: it runs down as well */
    SPEECH_SAID_CALL,   /* "you halfwit", "Spineless worms." */
    SPEECH_SAID_NOUN,   /* "the useless lump at the top": the words stand for the person */
};

struct speech_phrase { /* "absolute idiot", "lazy, two-faced little" */
    uint32_t first, last;
    unsigned weight; /* how much of an insult the words are */
    bool is_noun;    /* ends with a noun */
    bool is_strong;  /* holds a noun or a turn of phrase that is said of people only */
    bool is_whole;   /* nothing else stands in its sentence */
};

struct speech_relation {
    enum speech_form form;
    struct speech_target target;
    uint32_t subject; /* where its clause begins, for denials */
    bool is_given;    /* "our useless deputy": taken for granted, whatever is denied of him */
};

struct speech_insult { /* an insulting phrase that is said of somebody, or is denied, or told */
    struct speech_phrase phrase;
    struct speech_relation said;
    unsigned weight; /* of the phrase, with what its place adds */
    enum speech_said is;
    enum speech_voice voice;
};

/* ---- detect_speech.c ---- */

/* A draft of at least one token, made ready for all that follows. */
struct speech speech_open(struct screen_work *work);

/* ---- speech_who.c ---- */

/* Fills speech->who and speech->person. */
void speech_who_mark(struct speech *speech);

/* ---- speech_target.c ---- */

/* What a word stands for; a pronoun for what was last spoken of. */
struct speech_target speech_target_at(const struct speech *speech, uint32_t at);
/* The subject of the verb at `verb`: the first words of its clause that stand for something. */
struct speech_target speech_subject(const struct speech *speech, uint32_t verb);
/* What stands behind `last`: "halfwits, the lot of them", "brain of a gnat, our IT man". */
struct speech_target speech_target_behind(const struct speech *speech, uint32_t last);
/* The last one in the sentence before `at` that stands for a person, else nobody. */
struct speech_target speech_target_before(const struct speech *speech, uint32_t at);
/* Where the words of a noun that begins at `from` end (one past), and what they stand for. */
uint32_t speech_noun(const struct speech *speech, uint32_t from, uint32_t end,
                     struct speech_target *target);
/* The detail of a finding about somebody, or SCREEN_DETAIL_NONE where it is nobody of a school. */
unsigned speech_detail(enum speech_who who);
/* By its ending, an owner's apart. */
bool speech_is_plural(const struct speech *speech, uint32_t at);
bool speech_is_of_school(enum speech_who who);

/* ---- speech_polarity.c ---- */

/* Whether what stands at `first` to `last` is said; `subject` is where its clause begins. */
enum speech_said speech_said(const struct speech *speech, uint32_t first, uint32_t last,
                             uint32_t subject);

/* ---- speech_stance.c ---- */

void speech_stance_read(struct speech *speech);
enum speech_voice speech_voice(const struct speech *speech, uint32_t first, uint32_t last);
/* A book, a play, a lesson is spoken of in the sentence or the one before. */
bool speech_is_fiction(const struct speech *speech, uint32_t at);

/* ---- speech_relation.c ---- */

struct speech_relation speech_relation_find(const struct speech *speech,
                                            const struct speech_phrase *phrase);
/* Somebody whom an insult can be said of: not a thing, an animal, the writer. */
bool speech_is_somebody(struct speech_target target);

/* ---- speech_insult.c ---- */

/* The next insult at or behind `*at`, which goes behind it; false at the end. */
bool speech_insult_next(const struct speech *speech, uint32_t *at, struct speech_insult *insult);

/* ---- speech_shape.c ---- */

static inline uint32_t speech_least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* How many sentences, how long the first and the last, how many are short, how long the draft is,
 * the channel: each cut off where more makes no difference. The order is what was learnt. */
#define SPEECH_SHAPES 6
struct speech_shape {
    uint32_t at[SPEECH_SHAPES];
};
struct speech_shape speech_shape(const struct speech *speech);

/* ---- speech_meant.c ---- */

/* Whether an insult is left out: one that the rules take for said, unless the learnt score speaks
 * plainly against it; one that they take for denied or told by others, unless it speaks for it. */
bool speech_is_unmeant(struct speech *speech, bool is_unsaid);
/* How much a draft means what it says against somebody (meant_int.h); it is weighed once. */
int32_t speech_meant(struct speech *speech);

/* ---- Parts of detect_speech.c ---- */

void speech_find_insults(struct speech *speech);
void speech_find_belittling(struct speech *speech);
void speech_find_irony(struct speech *speech);
void speech_find_hatred(struct speech *speech);
void speech_find_menace(struct speech *speech);
void speech_find_coarse(struct speech *speech);

/* ---- For all ---- */

/* Classes are written without their common beginning: IS(speech, at, TURN_NOT). */
#define IS(speech, at, class) speech_is((speech), (at), SCREEN_WORD_##class)
#define HAS(speech, sentence, class) speech_has((speech), (sentence), SCREEN_WORD_##class)

static inline bool speech_is(const struct speech *speech, uint32_t at, enum screen_word class)
{
    return at < speech->count && screen_word_is(&speech->tokens[at], class);
}

/* Whether any word of a sentence belongs to a class. */
static inline bool speech_has(const struct speech *speech, uint32_t sentence,
                              enum screen_word class)
{
    return sentence < speech->work->draft->sentence_count &&
           screen_classes_have(&speech->sentences[sentence].classes, class);
}

/* The bounds of a sentence, or of the part of a long one that is looked at from a token. */
static inline uint32_t speech_first(const struct speech *speech, uint32_t at)
{
    uint32_t first = screen_sentence_first(speech->work->draft, at);
    return at - first > SPEECH_REACH ? at - SPEECH_REACH : first;
}

static inline uint32_t speech_end(const struct speech *speech, uint32_t at)
{
    uint32_t end = screen_sentence_end(speech->work->draft, at);
    return end - at > SPEECH_REACH ? at + SPEECH_REACH : end;
}

static inline bool speech_is_sign(const struct speech *speech, uint32_t at)
{
    return at < speech->count && speech->tokens[at].kind == SCREEN_TOKEN_SIGN;
}

static inline bool speech_is_the_sign(const struct speech *speech, uint32_t at, uint32_t sign)
{
    return speech_is_sign(speech, at) && speech->tokens[at].sign == sign;
}

/* A confidence made less, not below nothing. */
static inline unsigned speech_less(unsigned confidence, unsigned by)
{
    return confidence > by ? confidence - by : 0;
}

/* A sign that parts clauses for good: not a comma. */
bool speech_is_break(const struct speech *speech, uint32_t at);
/* A word of none of the small classes: a noun, an adjective, a verb. */
bool speech_is_open_word(const struct speech *speech, uint32_t at);
/* Reports the clause or phrase, with the person whom it is said of. */
void speech_report(struct speech *speech, enum screen_kind kind, unsigned detail, uint32_t first,
                   uint32_t last, unsigned confidence, struct speech_target target,
                   struct str because);

#endif

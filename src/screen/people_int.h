/*
 * screen/people_int.h - people whom a draft names, from the words to the finding.
 *
 * Read first: work_int.h, roll_match_int.h. detect_people.c goes through the draft:
 *
 *   people_find.c     mentions: which words are a name, in what form, and whose it can be; with
 *                     people_title.c and people_alone.c
 *   people_signs.c    what stands around a mention: greeting, "my niece", a class, a verb ... with
 *                     people_before.c, people_behind.c, people_row.c
 *   people_weigh.c    how sure it is that the words are a name, and that it is the roll's person
 *   people_other.c    people who are not on the roll: title and surname, first name and surname
 *
 * What must hold
 * - Two questions are kept apart: whether the words are a name at all ("Will", "May", "Grace"), and
 *   whether it is somebody of the roll ("my niece Grace"). A finding is as sure as both.
 * - Bearers of one name are looked at up to PEOPLE_BEARERS_MAX, mentions kept up to
 *   PEOPLE_MENTIONS_MAX: the time grows with the draft and not with the roll.
 */
#ifndef HANDRAIL_SCREEN_PEOPLE_INT_H
#define HANDRAIL_SCREEN_PEOPLE_INT_H

#include "screen/roll_match_int.h"
#include "screen/work_int.h"

#define PEOPLE_MENTIONS_MAX 400
#define PEOPLE_BEARERS_MAX 400
#define PEOPLE_CLASSES_MAX 8
#define PEOPLE_ROWS_MAX 32
#define PEOPLE_NOT_MEANT_MAX 16
/* People of a roll on which a name that is met by chance is likely to stand. */
#define PEOPLE_LONG_ROLL 1000

enum people_form {
    PEOPLE_FULL,      /* first name and surname, or the other way about */
    PEOPLE_FULL_NEAR, /* the same with a slip of the keyboard */
    PEOPLE_TITLE,     /* title and surname */
    PEOPLE_TITLE_NEAR,
    PEOPLE_TITLE_FIRST,     /* title and first name: "Miss Dawn" */
    PEOPLE_FIRST_INITIAL,   /* "Zofia N." */
    PEOPLE_INITIAL_SURNAME, /* "G. Penhaligon" */
    PEOPLE_INITIALS,        /* "Z.N." */
    PEOPLE_FIRST,
    PEOPLE_FIRST_NEAR,
    PEOPLE_SURNAME,
    PEOPLE_TOGETHER,       /* "@zofianowak" */
    PEOPLE_STRANGER_TITLE, /* title and a surname that nobody of the roll has */
    PEOPLE_STRANGER_FULL,  /* first name and such a surname */
    PEOPLE_FORM_COUNT
};

struct people_mention {
    enum people_form form;
    uint32_t first, last;  /* tokens */
    uint32_t hash;         /* of the name, to know it again */
    uint32_t row;          /* where the words say whose name it is; else SCREEN_NOBODY */
    struct name_hits hits; /* whose it can be otherwise */
    unsigned uses;         /* which forms of the hits count */
    bool is_possessive, is_of_adults;
    char initial; /* of what the hits must begin with; 0: anything */
};

enum people_case { PEOPLE_CASE_MIXED, PEOPLE_CASE_LOWER, PEOPLE_CASE_UPPER };

struct people {
    struct screen_work *work;
    const struct screen_draft *draft;
    const struct screen_roll_index *index; /* NULL: nobody is known */
    const struct screen_roll *roll;
    enum people_case letters;
    const uint8_t *school; /* words of school in each sentence */
    uint32_t classes[PEOPLE_CLASSES_MAX];
    uint32_t class_count;
    uint32_t years;                 /* bit for each year */
    uint32_t rows[PEOPLE_ROWS_MAX]; /* whose full name stands in the draft */
    uint32_t row_count;
    uint32_t not_meant[PEOPLE_NOT_MEANT_MAX]; /* names that belong to somebody else here */
    uint32_t not_meant_count;
    struct people_mention *mentions;
    uint32_t mention_count, mention_room;
};

/* ---- Tokens ---------------------------------------------------------------------------------- */

/* A token that may not be there: past either end it is NULL. */
static inline const struct screen_token *people_token(const struct people *people, int64_t at)
{
    return at >= 0 && at < (int64_t)people->draft->token_count ? &people->draft->tokens[at] : NULL;
}

static inline bool people_is(const struct screen_token *token, enum screen_word class)
{
    return token != NULL && screen_word_is(token, class);
}

static inline bool people_is_word(const struct screen_token *token)
{
    return token != NULL && token->kind == SCREEN_TOKEN_WORD;
}

static inline bool people_is_sign(const struct screen_token *token, uint32_t sign)
{
    return token != NULL && token->kind == SCREEN_TOKEN_SIGN && token->sign == sign;
}

static inline bool people_is_capital(const struct screen_token *token)
{
    return token != NULL && (token->flags & SCREEN_TOKEN_CAPITAL);
}

/* ---- people_find.c --------------------------------------------------------------------------- */

/* The mention that begins at a token, if there is one. */
bool people_find_at(const struct people *people, uint32_t at, struct people_mention *mention);

/* A word, or words that are one name, as the roll knows it. */
struct people_name {
    uint32_t hash, last;
    struct name_hits hits;
    bool is_possessive;
};

#define PEOPLE_NAMES_MAX 6
/* The names that begin at a token, longest first. */
uint32_t people_names_at(const struct people *people, uint32_t at,
                         struct people_name found[PEOPLE_NAMES_MAX]);

/* ---- people_signs.c -------------------------------------------------------------------------- */

struct people_signs {
    /* before: people_before.c */
    bool is_sentence_first;
    bool is_praised;     /* "proud of", "thanks to": the same, and no idiom begins there */
    bool is_after_verb;  /* any verb: "teaching May", "marked Rose" */
    bool is_greeted;     /* "Hi Zofia", "well done to" */
    bool is_acted_on;    /* "ask Zofia", "help Zofia" */
    bool is_acted_sure;  /* "told Will": no noun can be meant */
    bool is_after_small; /* "with", "for", "and" */
    bool is_about;       /* "about", "with" */
    bool is_after_time;  /* "in", "last" */
    bool is_placed;      /* "in", "near": a place is called so */
    bool is_of_work;     /* "the role of Annie" */
    bool is_determined;  /* "the", "a" */
    bool is_our;         /* "our", "my" */
    bool is_own_kin;     /* "my niece" */
    bool is_kin;         /* "brother", somebody's */
    bool is_animal;      /* "our dog", "the guinea pig" */
    bool is_near_animal; /* an animal in the same or the last sentence */
    bool is_naming;      /* "baby names" */
    bool is_called;
    bool is_inverted;   /* "is may still on the list" */
    bool is_introduced; /* "it's", "name is" */
    /* behind: people_behind.c */
    bool is_before_verb, is_before_linking;
    bool is_before_auxiliary; /* "should", "won't" */
    bool is_having;           /* "has", "had", "got" */
    bool is_state;          /* and then what only somebody can be or do: "is absent", "has been" */
    bool is_word_of_thing;  /* and then what a thing or a time is: "is my", "is here" */
    bool is_before_pronoun; /* "she", "his" within reach */
    bool is_before_second;  /* "you", "please" right behind */
    bool is_explained;      /* "means light" */
    bool is_shortened;      /* "Hope's on a course": is or has */
    bool is_owner_of_school, is_owner;
    bool is_before_class; /* "Faith in 10C" */
    bool is_scored;       /* "Will: 43%" */
    bool is_before_other; /* another surname follows */
    bool is_addressed;    /* "Mark, well played" */
    bool is_with_writer;  /* "Cliff and I" */
    bool is_elsewhere;    /* "from the garage", "'s nail bar" */
    bool is_from_school;  /* "from the school office" */
    bool is_in_school;    /* "in music", "in the office" */
    /* beside: people_row.c */
    bool is_beside_name;   /* "Kofi, Will and" */
    bool is_beside_word;   /* the same with a common word */
    bool is_after_other;   /* another first name or capital precedes */
    bool is_after_capital; /* "the Iron Dawn" */
    bool is_virtue_row;    /* "faith, hope and charity" */
    bool is_in_word;       /* "Koh-i-Noor", "Fair-weather" */
    /* the words themselves, and what is near */
    bool is_branded;   /* "Abernethy biscuits" */
    bool is_of_show;   /* cricket, a series, a song is spoken of */
    bool is_long_past; /* "1984", "takes me back" */
    bool is_idiom, is_known;
    unsigned school; /* words of school near by, 0 to 3 */
};

void people_signs_read(const struct people *people, const struct people_mention *mention,
                       struct people_signs *signs);
/* Whether a word may be a surname by its letters and by what it is not. */
bool people_may_be_surname(const struct people *people, uint32_t at);

/* ---- people_weigh.c -------------------------------------------------------------------------- */

struct people_verdict {
    enum screen_person_kind kind;
    uint32_t row;
    unsigned confidence;
};

/* How sure a mention of somebody on the roll is. */
struct people_verdict people_weigh(const struct people *people,
                                   const struct people_mention *mention,
                                   const struct people_signs *signs);

/* ---- people_other.c -------------------------------------------------------------------------- */

/* A mention of somebody who is not on the roll that begins at a token. */
bool people_stranger_at(const struct people *people, uint32_t at, struct people_mention *mention);
unsigned people_stranger_weigh(const struct people *people, const struct people_mention *mention,
                               const struct people_signs *signs);
/* Whether a word is known as a first name, by the words or by the model. */
bool people_is_first_name(const struct people *people, const struct screen_token *token);

#endif

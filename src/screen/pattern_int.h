/*
 * screen/pattern_int.h - turns of phrase as rows of a table: which words stand in one sentence, and
 * in which order.
 *
 * Read first: work_int.h, words_int.h. A detector writes a table and hands it over:
 *
 *     static const struct screen_pattern rows[] = {
 *         {.steps = {{MARK(PERSON)}, {WORD(CLAIM_WRONG), .gap = 3}}, .confidence = 800},
 *     };
 *
 * A row stands where its steps follow one another in a sentence, each at most `gap` tokens behind
 * the one before; all of `with` stand in the sentence, wherever, and none of `without` close by.
 * Of all rows that stand in a sentence the surest is reported, as the clause round its steps.
 *
 * What must hold
 * - A step is taken at its first place, never tried again: time grows with the draft and the rows.
 * - A step takes in the words of its class that follow at once, so that a phrase is one step.
 */
#ifndef HANDRAIL_SCREEN_PATTERN_INT_H
#define HANDRAIL_SCREEN_PATTERN_INT_H

#include "screen/work_int.h"

#define SCREEN_PATTERNS_MAX 512 /* rows of one table */
#define SCREEN_STEPS_MAX 4
#define SCREEN_WITH_MAX 3
#define SCREEN_WITHOUT_MAX 4
#define SCREEN_CLOSE_TOKENS 10

/* What a token is besides the classes of its word: by its form, or by what was found before. */
enum screen_mark {
    SCREEN_MARK_PUPIL,    /* named or described, surely enough to be shown */
    SCREEN_MARK_STAFF,    /* the same */
    SCREEN_MARK_PERSON,   /* anybody named or described */
    SCREEN_MARK_BACK,     /* "he", "her": a person stands not far before it */
    SCREEN_MARK_SCHOOL,   /* the school's name, long, short or disguised */
    SCREEN_MARK_MONEY,    /* "£35", "20p", "6k" */
    SCREEN_MARK_SHARE,    /* "20%" */
    SCREEN_MARK_NUMBER,   /* digits */
    SCREEN_MARK_QUESTION, /* ? */
    SCREEN_MARK_WAY,      /* a telephone number, an address, a link, a handle */
    SCREEN_MARK_RISKY,    /* a risky link */
    SCREEN_MARK_MARKED,   /* a confidentiality mark */
    SCREEN_MARK_COUNT
};

/* How steps name what they want; 0 is nothing. */
#define WORD(class) (SCREEN_WORD_##class + 1)
#define MARK(mark) (SCREEN_WORD_COUNT + 1 + SCREEN_MARK_##mark)
#define SCREEN_ALL_PARTS ((SCREEN_WORD_COUNT + SCREEN_MARK_COUNT) / 64 + 1)

struct screen_step {
    uint16_t is, or ; /* WORD() or MARK(): the one or the other */
    uint16_t unless;  /* none of these among the tokens before it; 0: whatever they are */
    uint8_t gap;      /* tokens that may stand before it, after the last step */
};

#define SCREEN_PATTERN_DENIABLE 1u /* not where a denial ("never") stands up to 3 before it */
#define SCREEN_PATTERN_NEAR 2u     /* `with` may stand in the sentence before or after */
#define SCREEN_PATTERN_QUOTED 4u   /* within quotation marks too */
#define SCREEN_PATTERN_OPENS 8u    /* only where the sentence or a clause of it begins */

struct screen_pattern {
    struct screen_step steps[SCREEN_STEPS_MAX]; /* at least one */
    struct screen_step with[SCREEN_WITH_MAX];   /* gap is not read */
    uint16_t without[SCREEN_WITHOUT_MAX];       /* within SCREEN_CLOSE_TOKENS of the steps */
    uint16_t confidence;
    uint8_t flags;
    uint8_t detail;  /* of the kind; read only where the table has details */
    uint8_t because; /* index into the table's reasons */
};

struct screen_patterns {
    const struct screen_pattern *rows;
    size_t count;
    const struct str *because;
    enum screen_kind kind;
    bool has_details;
};

/* What stands in a sentence. */
struct screen_sentence {
    uint32_t first, end; /* tokens; end is one past the last */
    struct screen_classes classes;
    uint32_t marks; /* bits by enum screen_mark */
};

/* A draft made ready for patterns. */
struct screen_reading {
    struct screen_work *work;
    const uint32_t *forms; /* of each token, by its form: bits by enum screen_mark */
    uint32_t *marks;       /* those, and by what was found */
    struct screen_sentence *sentences;
    uint32_t sentence_count;
    uint64_t all[SCREEN_ALL_PARTS]; /* of the whole draft: bits by WORD() and MARK() */
    size_t marked;      /* so many findings have been made marks of */
};

/* The reading of the draft of `work`, made when it is first asked for; its marks know all that has
 * been found when it is asked for. */
const struct screen_reading *screen_reading_of(struct screen_work *work);

/* Whether a token, a sentence, the whole draft has what a step names. */
bool screen_token_has(const struct screen_reading *reading, uint32_t token, unsigned what);
bool screen_sentence_has(const struct screen_reading *reading, uint32_t sentence, unsigned what);
bool screen_draft_has(const struct screen_reading *reading, unsigned what);

/* Whether a row stands in a sentence; the first and last token of its steps. */
bool screen_pattern_stands(const struct screen_reading *reading, const struct screen_pattern *row,
                           uint32_t sentence, uint32_t *first, uint32_t *last);

/* Reports the clauses in which rows stand. */
void screen_patterns_find(const struct screen_reading *reading,
                          const struct screen_patterns *patterns);

/* What a thing adds, wherever it stands in a sentence, or takes from it. */
struct screen_weight {
    uint16_t what; /* WORD() or MARK() */
    int16_t points;
    uint8_t detail; /* of the kind, where the table has details: that of the heaviest counts */
};

/*
 * Where no turn of phrase is known: things that each mean little and together mean a kind. The
 * points were found by a logistic regression on training drafts, in hundredths of its logarithm,
 * and rounded; `points_shown` are those from which nine of ten such sentences are of the kind.
 */
struct screen_tally {
    const struct screen_weight *weights;
    size_t count;
    const struct str *because; /* by detail, where the table has details */
    enum screen_kind kind;
    uint16_t needs, needs_or; /* one of them must stand in the sentence; 0: nothing must */
    int16_t points_shown;
    bool has_details;
};

/* Reports the clause of the heaviest thing of each sentence that has points enough, where nothing
 * of the kind has been reported. */
void screen_tally_find(const struct screen_reading *reading, const struct screen_tally *tally);

/* Makes a run of tokens as long as its clause: to the commas, colons, dashes, brackets round it. */
void screen_clause_widen(const struct screen_draft *draft, uint32_t *first, uint32_t *last);

#endif

/*
 * screen/model_int.h - the model in memory and in its file, for model.c and for
 * tools/train_screen.c.
 *
 * Read first: model.h, features_int.h; model.c for what the parts mean.
 */
#ifndef HANDRAIL_SCREEN_MODEL_INT_H
#define HANDRAIL_SCREEN_MODEL_INT_H

#include "screen/features_int.h"
#include "screen/model.h"
#include "screen/work_int.h"

#include <stdbool.h>
#include <stdint.h>

#define SCREEN_MODEL_MAGIC "HRscreen"
#define SCREEN_MODEL_VERSION 3u

/* Heads: those of sentences, then the blame of a word. */
#define SCREEN_MODEL_BLAME SCREEN_SCORE_COUNT
#define SCREEN_MODEL_HEADS (SCREEN_SCORE_COUNT + 1)

/* Slots stand in rows of so many, and a key in the row that its low bits name. */
#define SCREEN_MODEL_ROW 4
/* A sentence with fewer items is scored as if it had so many. */
#define SCREEN_MODEL_ITEMS_MIN 4
/* Most words are no first name, which these bits tell without a search. */
#define SCREEN_MODEL_NAME_BITS 32768
/* Values of a head are sums of weights times this. */
#define SCREEN_MODEL_ONE 256

/* What a value of a head is worth, of a thousand: a line between each two of the knots. */
#define SCREEN_MODEL_KNOTS 33
struct screen_model_curve {
    int32_t bias;                           /* is added to the value */
    int32_t low;                            /* the value of the first knot */
    uint32_t step_log2;                     /* a knot stands every 2^step_log2 */
    uint16_t knots[SCREEN_MODEL_KNOTS + 1]; /* the last is 0, and not used */
};

/* Scores of a draft as a whole, each with a table of its own. */
enum screen_model_whole {
    SCREEN_WHOLE_TONE,  /* tone_int.h */
    SCREEN_WHOLE_MEANT, /* meant_int.h */
    SCREEN_WHOLE_COUNT
};
/* What a sum of weights of such a score is worth. */
struct screen_model_sum {
    uint32_t rows; /* a power of two; 0: this model has no such score */
    int32_t bias;  /* in SCREEN_WHOLE_ONE parts */
    int32_t scale; /* of a weight, in hundredths of such parts */
    uint32_t zero;
};
/* Such a score is a logarithm of odds in so many parts. */
#define SCREEN_WHOLE_ONE 1024
/* There is no score. */
#define SCREEN_WHOLE_NONE INT32_MIN

/* Tags and weights side by side, so that a key costs one look at the memory. */
struct screen_model_row {
    uint16_t tags[SCREEN_MODEL_ROW]; /* 0: the slot is empty */
    int8_t weights[SCREEN_MODEL_ROW];
};

struct screen_model_head { /* the beginning of the file */
    char magic[8];
    uint32_t version;
    uint32_t bytes;    /* of the whole file */
    uint64_t checksum; /* hash_str() of all bytes behind it */
    uint32_t slots;    /* a power of two */
    uint32_t groups, people, names;
    struct screen_model_sum wholes[SCREEN_WHOLE_COUNT];
    struct screen_model_curve curves[SCREEN_MODEL_HEADS];
};

struct screen_model {
    const struct screen_model_head *head;
    uint32_t rows;
    const int8_t (*weights)[SCREEN_MODEL_HEADS]; /* of each slot */
    const uint16_t *tags;                        /* of each slot; 0: empty */
    struct screen_feature_sets sets;
    struct screen_hashes names;
    const struct screen_model_row *wholes[SCREEN_WHOLE_COUNT];
    uint64_t name_bits[SCREEN_MODEL_NAME_BITS / 64]; /* by the low bits of a name's hash */
};

/* Where the parts stand in a file with this head, in bytes. */
struct screen_model_places {
    uint64_t weights, tags, groups, people, names, wholes[SCREEN_WHOLE_COUNT], end;
};
struct screen_model_places screen_model_places(const struct screen_model_head *head);

/* The checksum of a file, at least as long as its head. */
uint64_t screen_model_checksum(struct str bytes);

/* The row of a key, of so many, and its tag there: a key is known by these alone. */
static inline uint32_t screen_model_row_of(uint32_t key, uint32_t rows)
{
    return key & (rows - 1);
}

static inline uint16_t screen_model_tag(uint32_t key)
{
    return (uint16_t)(key >> 16 == 0 ? 1 : key >> 16);
}

/* A value as the curve of its head has it: 0 to 1000. */
uint16_t screen_model_worth(const struct screen_model_curve *curve, int64_t value);

/* Values before they are put on their curves, for training: of each sentence SCREEN_SCORE_COUNT,
 * and one for each token (INT64_MIN: it takes no part). In the arena. */
struct screen_model_values {
    int64_t (*sentences)[SCREEN_SCORE_COUNT];
    int64_t *tokens;
};
struct screen_model_values screen_model_values(const struct screen_model *model,
                                               struct arena *arena,
                                               const struct screen_draft *draft);

/* The score of a draft that has these keys, or SCREEN_WHOLE_NONE, also when model is NULL. */
int32_t screen_model_whole(const struct screen_model *model, enum screen_model_whole whole,
                           const uint32_t *keys, uint32_t count);

/* Whether a word is known as a first name, by the screen_hash() of its plain text. Common words
 * that are seldom names are left out. False when model is NULL. */
bool screen_model_is_first_name(const struct screen_model *model, uint32_t hash);

#endif

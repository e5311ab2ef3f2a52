/*
 * tools/train_screen.h - the trainer of the screening model: what its parts give to each other.
 *
 * Read first: docs/model-card.md, src/screen/features_int.h. Start at main() of train_screen.c.
 *
 *   train_read.c    files of data       -> documents: texts with labels
 *   train_bags.c    documents           -> bags: sentences as keys, with labels
 *   train_learn.c   bags                -> weights
 *   train_names.c   names, tagged texts -> hashes of first names
 *   train_write.c   all of these        -> the file that model.c reads
 *   train_score.c   drafts as keys      -> a score of whole drafts, for train_drafts.c
 *
 * What must hold: the same files give the same bytes. Everything goes in a fixed order, random
 * numbers come from a fixed seed, and of floating point only + - * / and the square root are used,
 * which IEEE 754 defines to the last bit.
 */
#ifndef HANDRAIL_TOOLS_TRAIN_SCREEN_H
#define HANDRAIL_TOOLS_TRAIN_SCREEN_H

#include "base/arena.h"
#include "base/str.h"
#include "screen/features_int.h"
#include "screen/model_int.h"
#include "screen/work_int.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Documents: train_read.c ----------------------------------------------------------------- */

enum train_source {
    TRAIN_HATEMOJI,
    TRAIN_DAVIDSON,
    TRAIN_SPANS,
    TRAIN_CORPUS,   /* tests/screen/corpus/train*.tsv */
    TRAIN_SENTENCES, /* tools/train_screen.txt */
    TRAIN_TAGGED, /* tweets whose names are tagged; that they are benign is taken for granted */
    TRAIN_SOURCE_COUNT
};

enum train_label { TRAIN_NO, TRAIN_YES, TRAIN_UNKNOWN };

/* What is marked in a text, one bit each for every byte. */
#define TRAIN_MARK_TOXIC 1u     /* a toxic span, an insult, an obscenity: the words to blame */
#define TRAIN_MARK_OFFENCE 2u   /* makes its sentence offensive */
#define TRAIN_MARK_HATE 4u
#define TRAIN_MARK_OBSCENE 8u
#define TRAIN_MARK_NOT_ASKED 16u /* of whose blame nothing is known */

struct train_document {
    enum train_source source;
    uint32_t row; /* of its file, from 0; of a pair of texts that differ in a word, the same */
    struct str text;
    enum train_label whole[SCREEN_SCORE_COUNT]; /* of the text as a whole */
    const uint8_t *marks; /* one for each byte of the text, or NULL; then labels are of sentences */
    struct str target;    /* whom it speaks of, where the source says so */
};

struct train_documents {
    struct arena *arena;
    struct train_document *at;
    size_t count, room;
};

/* Adds a copy of a document. */
void train_add(struct train_documents *documents, const struct train_document *document);

/* Whether a row of toxic_spans_train.csv is in the fifth that is held out. */
static inline bool train_is_measured(const struct train_document *document)
{
    return document->source == TRAIN_SPANS && document->row % 5 == 4;
}

/* A whole file of a folder (NULL: `name` is a path); the program ends with a message when it cannot
 * be read. */
struct str train_file(struct arena *arena, const char *folder, const char *name);

/* Writes a whole file and says its size; false once the reason has been printed. */
bool train_file_write(const char *path, struct str bytes);

/* Each adds the documents of one file. */
void train_read_hatemoji(struct train_documents *documents, struct str csv);
void train_read_davidson(struct train_documents *documents, struct str csv);
void train_read_spans(struct train_documents *documents, struct str csv);
void train_read_tagged(struct train_documents *documents, struct str conll);
void train_read_corpus(struct train_documents *documents, struct str tsv);

/* A labelled draft of the corpus without its braces; *marks, one for each byte of it, what they
 * mark. Both in the arena. */
struct str train_draft(struct arena *arena, struct str labelled, uint8_t **marks);

/* A list of tools/train_screen.txt: choices for a place in a template, or words. */
#define TRAIN_CHOICES_MAX 512
struct train_list {
    struct str name;
    struct str at[TRAIN_CHOICES_MAX];
    size_t count;
};

struct train_lists {
    const struct train_list *groups; /* words that name people by what they are */
    const struct train_list *people; /* "people": what may stand behind one of these */
    const struct train_list *coarse; /* swear words; a * at the end: all words that begin so */
    const struct train_list *insult, *insulting; /* words that are blamed where they insult */
    const struct train_list *names;  /* words that are first names as well */
};

/* Adds the sentences that the templates of tools/train_screen.txt make. */
void train_read_sentences(struct train_documents *documents, struct train_lists *lists,
                          struct str text);

/* Adds those that are only measured; the target of a document is what its templates are called. */
void train_read_measured(struct train_documents *documents, struct str text);

/* A text and its tag (CoNLL: a word, a tab, a tag). False at the end; the text is empty between
 * sentences. */
bool train_tagged_next(struct str *rest, struct str *word, struct str *tag);

/* ---- Bags: train_bags.c ---------------------------------------------------------------------- */

enum train_part {
    TRAIN_PART_LEARN,
    TRAIN_PART_CALIBRATE, /* set aside to find what a score is worth */
};

/* The part of a row: decided by its number alone, one of ten is set aside. */
enum train_part train_part_of(uint32_t row);

struct train_item {
    uint32_t first;      /* of the bag list's keys */
    uint16_t own, count; /* as in struct screen_feature_item, of the keys that are learnt */
    uint32_t around;     /* the place of its SCREEN_PAIR_AROUND key, or TRAIN_NO_PLACE */
    uint8_t blamed;      /* enum train_label */
};
#define TRAIN_NO_PLACE UINT32_MAX

struct train_sentence {
    uint32_t first, end; /* items */
};

/* Sentences with one label: when it is yes, at least one of them is so; when it is no, none is. */
struct train_bag {
    enum train_source source;
    enum train_part part;
    uint32_t first, end; /* sentences */
    enum train_label label[SCREEN_SCORE_COUNT];
};

struct train_bags {
    struct train_bag *bags;
    struct train_sentence *sentences;
    struct train_item *items;
    uint32_t *keys;   /* places in the vocabulary */
    uint32_t bag_count, sentence_count, item_count, key_count;
    uint32_t *vocabulary; /* the key of each place */
    uint32_t *frequency;  /* in how many sentences it stands */
    bool *is_around;      /* whether it is a SCREEN_PAIR_AROUND key */
    uint32_t vocabulary_count;
};

/* Labels of the tokens from `first` up to `end` of a document. */
void train_labels(const struct train_document *document, const struct train_lists *lists,
                  const struct screen_draft *draft, uint32_t first, uint32_t end,
                  enum train_label labels[SCREEN_SCORE_COUNT]);
enum train_label train_blame(const struct train_document *document, const struct train_lists *lists,
                             const struct screen_draft *draft, uint32_t token);

struct train_bags *train_bags_make(struct arena *arena, const struct train_documents *documents,
                                   const struct train_lists *lists,
                                   const struct screen_feature_sets *sets);

/* ---- Weights: train_learn.c ------------------------------------------------------------------ */

/* The heads of the model: those of sentences, and the blame of a word. */
#define TRAIN_BLAME SCREEN_MODEL_BLAME
#define TRAIN_HEADS SCREEN_MODEL_HEADS

/* Four numbers for each place of the vocabulary. Of a SCREEN_PAIR_AROUND key they are what the word
 * adds to the blame of the items two before it, one before, one after and two after. */
struct train_weights {
    double (*at)[TRAIN_HEADS]; /* in the arena */
    double bias[TRAIN_HEADS];
};

/* `is_kept`: for each place, whether it may have weights; NULL: all may. */
struct train_weights train_learn(struct arena *arena, const struct train_bags *bags,
                                 const bool *is_kept);

/* Slots of the model; about half of them are taken. */
#define TRAIN_SLOTS 65536u

/* For each place, whether it is one of the `count` that matter most and have room in their rows. */
const bool *train_keep(struct arena *arena, const struct train_bags *bags,
                       const struct train_weights *weights, uint32_t count);

/* A key and what it is worth, the best first; of equals that of the lower place. */
struct train_worth {
    double worth;
    uint32_t place;
};
void train_worths_sort(struct train_worth *worths, size_t count);

/* ---- Scores of whole drafts: train_score.c --------------------------------------------------- */

struct train_score_form {
    uint64_t seed;
    uint32_t epochs;
    uint32_t rows; /* of its table: a power of two */
};
struct train_score; /* in the arena */

struct train_score *train_score_make(struct arena *arena, struct train_score_form form);

/* A draft with these keys, which are copied. */
void train_score_add(struct train_score *score, const uint32_t *keys, uint32_t count, bool is_yes);

void train_score_learn(struct train_score *score);

/* What stands of a learnt score in the head of the model. */
struct screen_model_sum train_score_sum(const struct train_score *score);

/* Fills empty rows with the weights that are worth most, as many as there is room for. */
void train_score_fill(const struct train_score *score, struct screen_model_row *rows);

/* ---- Names: train_names.c -------------------------------------------------------------------- */

/* Hashes of the first names, without those that texts use as common words. `tagged` are the files
 * whose names have tags, `cased` documents in ordinary spelling. */
struct screen_hashes train_names(struct arena *arena, struct str names, const struct str *tagged,
                                 size_t tagged_count, const struct train_documents *cased,
                                 const struct train_list *always);

/* ---- The file: train_write.c ----------------------------------------------------------------- */

struct train_model {
    const struct train_bags *bags;
    const struct train_weights *weights;
    struct screen_feature_sets sets;
    struct screen_hashes names;
    const struct train_documents *documents; /* for the curves: of those set aside */
    const struct train_lists *lists;
};

/* The bytes of the file, in the arena. */
struct str train_write(struct arena *arena, const struct train_model *model);

/* Hashes of the words of a list, in order and each once. */
struct screen_hashes train_hashes(struct arena *arena, const struct train_list *list);

/* ---- Random numbers, and a function that the C library would not give to the last bit -------- */

struct train_random {
    uint64_t state;
};
uint64_t train_random_below(struct train_random *random, uint64_t bound);
void train_shuffle(struct train_random *random, uint32_t *order, uint32_t count);

double train_sigmoid(double x);

/* The natural logarithm of a number above nought. */
double train_logarithm(double x);

/* The nearest whole number; of two as near, the larger. */
int64_t train_rounded(double x);

#endif

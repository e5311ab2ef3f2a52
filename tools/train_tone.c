/*
 * tools/train_tone.c - learns the score of tone, and adds it to a model that has none.
 *
 *     train_tone PROJECT MODEL OUT [PART]
 *
 * PROJECT is the folder of this project; the drafts stand in its tests/screen/corpus, those to
 * learn from and no others. MODEL is what train_screen wrote: it knows the words that name a
 * group. OUT is the same with the score. With PART, 0 to 4, one of five harmless drafts of
 * train*.tsv is not learnt from: for counting how many of these are taken for a yes. Started by
 * tools/train_screen.sh.
 *
 * Read first: src/screen/tone_int.h, train_screen.h. Logistic regression with steps by AdaGrad, as
 * in train_learn.c. Start at main().
 *
 * What must hold: a fixed order, fixed seeds, no mathematics of the C library but the square root.
 */
#include "train_screen.h"

#include "../tests/screen/corpus_school.h"
#include "base/diag.h"
#include "screen/roll.h"
#include "screen/screen_int.h"
#include "screen/tone_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED 1831
#define EPOCHS 30
#define STEP 0.05
#define SHRINK 0.01
/* What a sum of weights is multiplied by before it is divided by the root of the keys. */
#define SHARE 8.0
#define ROWS 16384u
#define WEIGHT_MAX 127
#define DRAFTS_MAX 8192
#define PARTS 5

/* How the drafts of a file are learnt. */
enum use {
    USE_ALL,  /* what runs somebody down is a yes, all else a no */
    USE_ODD,  /* the same, of the odd lines: the even ones are for counting */
    USE_NONE, /* what runs nobody down is a no; the others are too plain to learn from */
};

static const struct {
    const char *path;
    enum use use;
    bool is_ordinary; /* one of five is left out with PART */
} files[] = {
    {"tone_irony.tsv", USE_ALL, false},
    {"composition_dev_sarcasm.tsv", USE_ALL, false},
    {"composition_dev2_sarcasm.tsv", USE_ODD, false},
    {"tone_denied.tsv", USE_ALL, false},
    {"tone_quoted.tsv", USE_ALL, false},
    {"composition_dev_negated_insult.tsv", USE_ALL, false},
    {"composition_dev_opposed_quotation.tsv", USE_ALL, false},
    {"composition_dev2_negated_insult.tsv", USE_ODD, false},
    {"composition_dev2_opposed_quotation.tsv", USE_ODD, false},
    {"train1.tsv", USE_NONE, true},
    {"train2.tsv", USE_NONE, true},
    {"train3.tsv", USE_NONE, true},
    {"train4.tsv", USE_NONE, true},
    {"train5.tsv", USE_NONE, true},
    {"train6.tsv", USE_NONE, true},
    {"train7.tsv", USE_NONE, true},
    {"train8.tsv", USE_NONE, true},
    {"train9.tsv", USE_NONE, true},
};

struct draft {
    uint32_t first, count; /* keys; later their places */
    bool is_yes;
};

struct tone {
    struct arena *arena, *scratch;
    const struct screen *screen;
    struct str model; /* the file */
    struct draft drafts[DRAFTS_MAX];
    uint32_t draft_count;
    uint32_t *keys;
    uint32_t key_count, key_room;
    uint32_t *vocabulary, *frequency;
    uint32_t vocabulary_count;
    double *weights, *moved;
    double bias, bias_moved;
};

/* ---- Drafts ---------------------------------------------------------------------------------- */

static bool runs_down(struct str labelled)
{
    return str_find(labelled, STR("{disparagement")) != STR_NONE ||
           str_find(labelled, STR("{insult")) != STR_NONE ||
           str_find(labelled, STR("{hatred")) != STR_NONE;
}

static void keys_add(struct tone *tone, const uint32_t *keys, uint32_t count)
{
    if (tone->key_count + count > tone->key_room) {
        uint32_t room = 2 * (tone->key_room + count);
        uint32_t *grown = ARENA_ARRAY(tone->arena, uint32_t, room);
        if (tone->key_count > 0) {
            memcpy(grown, tone->keys, tone->key_count * sizeof *grown);
        }
        tone->keys = grown;
        tone->key_room = room;
    }
    memcpy(tone->keys + tone->key_count, keys, count * sizeof *keys);
    tone->key_count += count;
}

static void draft_add(struct tone *tone, enum screen_channel channel, struct str labelled)
{
    struct arena_mark mark = arena_mark(tone->scratch);
    uint8_t *marks;
    struct str plain = train_draft(tone->scratch, labelled, &marks);
    struct screen_draft *read = screen_draft_read(tone->scratch, plain);
    screen_words_mark(read);
    struct screen_work work = {.screen = tone->screen,
                               .setting = &tone->screen->setting,
                               .draft = read,
                               .channel = channel,
                               .arena = tone->scratch};
    screen_detect_people(&work);
    screen_detect_described(&work);
    screen_detect_school(&work);
    if (read->token_count > 0 && tone->draft_count < DRAFTS_MAX) {
        struct speech speech = speech_open(&work);
        uint32_t *keys = ARENA_ARRAY(tone->scratch, uint32_t, TONE_KEYS_MAX);
        uint32_t count = speech_tone_keys(&speech, keys);
        tone->drafts[tone->draft_count++] =
            (struct draft){tone->key_count, count, runs_down(labelled)};
        keys_add(tone, keys, count);
    }
    arena_rewind(tone->scratch, mark);
}

static void file_learn(struct tone *tone, struct str tsv, size_t file, uint32_t part)
{
    struct str line, channel, kinds, labelled;
    uint32_t left_out = 0;
    for (uint32_t row = 1; tsv.len > 0; row++) {
        (void)str_cut(tsv, '\n', &line, &tsv);
        if (line.len == 0 || line.at[0] == '#' || !str_cut(line, '\t', &channel, &line) ||
            !str_cut(line, '\t', &kinds, &labelled)) {
            continue;
        }
        enum screen_channel where = screen_channel_find(channel);
        bool is_read = where != SCREEN_CHANNEL_INCOMING && where != SCREEN_CHANNEL_PROFILE;
        bool is_out = (files[file].use == USE_ODD && row % 2 == 0) ||
                      (files[file].use == USE_NONE && runs_down(labelled)) ||
                      (files[file].is_ordinary && row % PARTS == part);
        left_out += is_out;
        if (is_read && !is_out) {
            draft_add(tone, where, labelled);
        }
    }
    printf("%s: %u drafts left out\n", files[file].path, left_out);
}

/* ---- Learning -------------------------------------------------------------------------------- */

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left;
    const uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Keys become places of the vocabulary; one that stands once only is left out. */
static void vocabulary_make(struct tone *tone)
{
    uint32_t *sorted = ARENA_ARRAY(tone->arena, uint32_t, tone->key_count);
    memcpy(sorted, tone->keys, tone->key_count * sizeof *sorted);
    qsort(sorted, tone->key_count, sizeof *sorted, by_number);
    tone->vocabulary = ARENA_ARRAY(tone->arena, uint32_t, tone->key_count);
    tone->frequency = ARENA_ARRAY(tone->arena, uint32_t, tone->key_count);
    for (uint32_t i = 0, next; i < tone->key_count; i = next) {
        for (next = i + 1; next < tone->key_count && sorted[next] == sorted[i];) {
            next++;
        }
        if (next - i > 1) {
            tone->frequency[tone->vocabulary_count] = next - i;
            tone->vocabulary[tone->vocabulary_count++] = sorted[i];
        }
    }
    for (uint32_t i = 0; i < tone->key_count; i++) {
        const uint32_t *found = bsearch(&tone->keys[i], tone->vocabulary, tone->vocabulary_count,
                                        sizeof *found, by_number);
        tone->keys[i] = found == NULL ? UINT32_MAX : (uint32_t)(found - tone->vocabulary);
    }
    tone->weights = ARENA_ARRAY(tone->arena, double, tone->vocabulary_count);
    tone->moved = ARENA_ARRAY(tone->arena, double, tone->vocabulary_count);
}

static void weight_move(double *weight, double *moved, double slope)
{
    *moved += slope * slope;
    *weight -= STEP * slope / sqrt(*moved + 1e-8);
}

static void draft_learn(struct tone *tone, const struct draft *draft)
{
    double sum = 0;
    for (uint32_t i = draft->first; i < draft->first + draft->count; i++) {
        sum += tone->keys[i] == UINT32_MAX ? 0 : tone->weights[tone->keys[i]];
    }
    double share = SHARE / sqrt(draft->count + 1.0);
    double slope = train_sigmoid(sum * share + tone->bias) - (draft->is_yes ? 1 : 0);
    for (uint32_t i = draft->first; i < draft->first + draft->count; i++) {
        uint32_t place = tone->keys[i];
        if (place != UINT32_MAX) {
            weight_move(&tone->weights[place], &tone->moved[place],
                        slope * share + SHRINK * tone->weights[place]);
        }
    }
    weight_move(&tone->bias, &tone->bias_moved, slope);
}

static void tone_learn(struct tone *tone)
{
    uint32_t *order = ARENA_ARRAY(tone->arena, uint32_t, tone->draft_count);
    for (uint32_t i = 0; i < tone->draft_count; i++) {
        order[i] = i;
    }
    struct train_random random = {SEED};
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        train_shuffle(&random, order, tone->draft_count);
        for (uint32_t i = 0; i < tone->draft_count; i++) {
            draft_learn(tone, &tone->drafts[order[i]]);
        }
    }
}

/* ---- The file -------------------------------------------------------------------------------- */

/* A slot for a key: one that the key cannot be told from, else a free one, else none. */
static int8_t *weight_find(struct screen_model_tone_row *rows, uint32_t key)
{
    struct screen_model_tone_row *row = &rows[screen_model_row(key, ROWS)];
    for (uint32_t slot = 0; slot < SCREEN_MODEL_ROW; slot++) {
        if (row->tags[slot] == 0 || row->tags[slot] == screen_model_tag(key)) {
            row->tags[slot] = screen_model_tag(key);
            return &row->weights[slot];
        }
    }
    return NULL;
}

/* The weights that are worth most, as many as there is room for; answers how many. */
static uint32_t rows_fill(struct tone *tone, double largest, struct screen_model_tone_row *rows)
{
    struct train_worth *worths =
        ARENA_ARRAY(tone->arena, struct train_worth, tone->vocabulary_count);
    for (uint32_t i = 0; i < tone->vocabulary_count; i++) {
        worths[i] =
            (struct train_worth){fabs(tone->weights[i]) * sqrt(sqrt(tone->frequency[i])), i};
    }
    train_worths_sort(worths, tone->vocabulary_count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < tone->vocabulary_count; i++) {
        uint32_t place = worths[i].place;
        int32_t weight = (int32_t)train_rounded(tone->weights[place] / largest * WEIGHT_MAX);
        int8_t *at = weight != 0 ? weight_find(rows, tone->vocabulary[place]) : NULL;
        if (at != NULL) {
            weight += *at;
            weight = weight > WEIGHT_MAX ? WEIGHT_MAX : weight;
            *at = (int8_t)(weight < -WEIGHT_MAX ? -WEIGHT_MAX : weight);
            kept++;
        }
    }
    return kept;
}

/* The model's file with the score behind its other parts. */
static struct str tone_write(struct tone *tone)
{
    double largest = 1e-9;
    for (uint32_t i = 0; i < tone->vocabulary_count; i++) {
        double size = fabs(tone->weights[i]);
        largest = size > largest ? size : largest;
    }
    struct screen_model_head head;
    memcpy(&head, tone->model.at, sizeof head);
    head.tone = (struct screen_model_tone){
        .rows = ROWS,
        .bias = (int32_t)train_rounded(tone->bias * SCREEN_TONE_ONE),
        .scale = (int32_t)train_rounded(largest / WEIGHT_MAX * SHARE * SCREEN_TONE_ONE * 100)};
    struct screen_model_places places = screen_model_places(&head);
    head.bytes = (uint32_t)places.end;
    char *out = arena_alloc(tone->arena, places.end);
    memcpy(out, tone->model.at, places.tone);
    uint32_t kept =
        rows_fill(tone, largest, (struct screen_model_tone_row *)(void *)(out + places.tone));
    memcpy(out, &head, sizeof head);
    struct str bytes = {out, places.end};
    ((struct screen_model_head *)(void *)out)->checksum = screen_model_sum(bytes);
    printf("%u drafts, %u keys, %u kept\n", tone->draft_count, tone->vocabulary_count, kept);
    return bytes;
}

static const struct screen *screen_make(struct arena *arena, const char *project, struct str model)
{
    struct diag_list diags = diag_list_new(arena);
    struct str why = {0}, roll = train_file(arena, project, "tests/screen/corpus/roll.csv");
    struct screen_setting setting = {.school = &corpus_school,
                                     .roll = screen_roll_read(arena, roll, STR("roll.csv"), &diags),
                                     .model = screen_model_open(arena, model, &why)};
    if (setting.model == NULL || setting.model->head->tone.rows != 0) {
        fprintf(stderr, "MODEL is no model without a score of tone. " STR_FMT "\n", STR_ARG(why));
        exit(1);
    }
    return screen_open(arena, &setting);
}

int main(int count, char **words)
{
    if (count != 4 && count != 5) {
        fprintf(stderr, "usage: train_tone PROJECT MODEL OUT [PART]\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct tone *tone = ARENA_NEW(arena, struct tone);
    tone->arena = arena;
    tone->scratch = arena_open();
    tone->model = train_file(arena, NULL, words[2]);
    tone->screen = screen_make(arena, words[1], tone->model);
    uint32_t part = count == 5 ? (uint32_t)(words[4][0] - '0') : PARTS;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct str path = str_format(arena, "tests/screen/corpus/%s", files[i].path);
        file_learn(tone, train_file(arena, words[1], str_cstr(arena, path)), i, part);
    }
    vocabulary_make(tone);
    tone_learn(tone);
    struct str bytes = tone_write(tone);
    if (!train_file_write(words[3], bytes)) {
        return 1;
    }
    arena_close(tone->scratch);
    arena_close(arena);
    return 0;
}

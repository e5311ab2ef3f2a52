/*
 * tools/train_score.c - learns a score of whole drafts from keys with a yes or a no.
 *
 * Read first: train_screen.h. Start at train_score_learn(). Logistic regression with steps by
 * AdaGrad, as in train_learn.c. What screen_model_whole() makes of the same weights is the sum of
 * those of a draft's keys, divided by the root of how many keys there are.
 *
 * Keys that stand on one side far oftener than on the other are listened to more: each counts by
 * half of one and half of the logarithm of that ratio (after Wang and Manning, Baselines and
 * Bigrams, ACL 2012), which at the end is part of its weight.
 */
#include "train_screen.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEP 0.05
#define SHRINK 0.01
/* What a sum of weights is multiplied by before it is divided by the root of the keys. */
#define SHARE 8.0
#define WEIGHT_MAX 127
/* What a key counts that leans to neither side, and more for each natural logarithm of odds. */
#define LEAN_LEAST 0.5
#define LEAN_MORE 0.5
#define DRAFTS_MAX 16384

struct draft {
    uint32_t first, count; /* keys; later their places */
    bool is_yes;
};

struct train_score {
    struct arena *arena;
    struct train_score_form form;
    struct draft *drafts;
    uint32_t draft_count;
    uint32_t *keys;
    uint32_t key_count, key_room;
    uint32_t *vocabulary, *frequency;
    uint32_t vocabulary_count;
    double *leans, *weights, *moved;
    double bias, bias_moved;
};

struct train_score *train_score_make(struct arena *arena, struct train_score_form form)
{
    struct train_score *score = ARENA_NEW(arena, struct train_score);
    *score = (struct train_score){
        .arena = arena, .form = form, .drafts = ARENA_ARRAY(arena, struct draft, DRAFTS_MAX)};
    return score;
}

void train_score_add(struct train_score *score, const uint32_t *keys, uint32_t count, bool is_yes)
{
    assert(score->draft_count < DRAFTS_MAX);
    if (score->key_count + count > score->key_room) {
        uint32_t room = 2 * (score->key_room + count);
        uint32_t *grown = ARENA_ARRAY(score->arena, uint32_t, room);
        if (score->key_count > 0) {
            memcpy(grown, score->keys, score->key_count * sizeof *grown);
        }
        score->keys = grown;
        score->key_room = room;
    }
    memcpy(score->keys + score->key_count, keys, count * sizeof *keys);
    score->drafts[score->draft_count++] = (struct draft){score->key_count, count, is_yes};
    score->key_count += count;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left;
    const uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Keys become places of the vocabulary; one that stands once only is left out. */
static void vocabulary_make(struct train_score *score)
{
    uint32_t *sorted = ARENA_ARRAY(score->arena, uint32_t, score->key_count);
    memcpy(sorted, score->keys, score->key_count * sizeof *sorted);
    qsort(sorted, score->key_count, sizeof *sorted, by_number);
    score->vocabulary = ARENA_ARRAY(score->arena, uint32_t, score->key_count);
    score->frequency = ARENA_ARRAY(score->arena, uint32_t, score->key_count);
    for (uint32_t i = 0, next; i < score->key_count; i = next) {
        for (next = i + 1; next < score->key_count && sorted[next] == sorted[i];) {
            next++;
        }
        if (next - i > 1) {
            score->frequency[score->vocabulary_count] = next - i;
            score->vocabulary[score->vocabulary_count++] = sorted[i];
        }
    }
    for (uint32_t i = 0; i < score->key_count; i++) {
        const uint32_t *found = bsearch(&score->keys[i], score->vocabulary, score->vocabulary_count,
                                        sizeof *found, by_number);
        score->keys[i] = found == NULL ? TRAIN_NO_PLACE : (uint32_t)(found - score->vocabulary);
    }
    score->leans = ARENA_ARRAY(score->arena, double, score->vocabulary_count);
    score->weights = ARENA_ARRAY(score->arena, double, score->vocabulary_count);
    score->moved = ARENA_ARRAY(score->arena, double, score->vocabulary_count);
}

/* How far each key leans to drafts of one side. */
static void leans_make(struct train_score *score)
{
    double *counts[2], drafts[2] = {1, 1}; /* of noes and of yeses, one more than there are */
    counts[0] = ARENA_ARRAY(score->arena, double, score->vocabulary_count);
    counts[1] = ARENA_ARRAY(score->arena, double, score->vocabulary_count);
    for (uint32_t d = 0; d < score->draft_count; d++) {
        const struct draft *draft = &score->drafts[d];
        drafts[draft->is_yes]++;
        for (uint32_t i = draft->first; i < draft->first + draft->count; i++) {
            if (score->keys[i] != TRAIN_NO_PLACE) {
                counts[draft->is_yes][score->keys[i]]++;
            }
        }
    }
    for (uint32_t i = 0; i < score->vocabulary_count; i++) {
        double yes = (counts[1][i] + 1) / drafts[1], no = (counts[0][i] + 1) / drafts[0];
        score->leans[i] = LEAN_LEAST + LEAN_MORE * fabs(train_logarithm(yes / no));
    }
}

static void weight_move(double *weight, double *moved, double slope)
{
    *moved += slope * slope;
    *weight -= STEP * slope / sqrt(*moved + 1e-8);
}

static void draft_learn(struct train_score *score, const struct draft *draft)
{
    double sum = 0;
    for (uint32_t i = draft->first; i < draft->first + draft->count; i++) {
        uint32_t place = score->keys[i];
        sum += place == TRAIN_NO_PLACE ? 0 : score->weights[place] * score->leans[place];
    }
    double share = SHARE / sqrt(draft->count + 1.0);
    double slope = train_sigmoid(sum * share + score->bias) - (draft->is_yes ? 1 : 0);
    for (uint32_t i = draft->first; i < draft->first + draft->count; i++) {
        uint32_t place = score->keys[i];
        if (place != TRAIN_NO_PLACE) {
            weight_move(&score->weights[place], &score->moved[place],
                        slope * share * score->leans[place] + SHRINK * score->weights[place]);
        }
    }
    weight_move(&score->bias, &score->bias_moved, slope);
}

void train_score_learn(struct train_score *score)
{
    vocabulary_make(score);
    leans_make(score);
    uint32_t *order = ARENA_ARRAY(score->arena, uint32_t, score->draft_count);
    for (uint32_t i = 0; i < score->draft_count; i++) {
        order[i] = i;
    }
    struct train_random random = {score->form.seed};
    for (uint32_t epoch = 0; epoch < score->form.epochs; epoch++) {
        train_shuffle(&random, order, score->draft_count);
        for (uint32_t i = 0; i < score->draft_count; i++) {
            draft_learn(score, &score->drafts[order[i]]);
        }
    }
    for (uint32_t i = 0; i < score->vocabulary_count; i++) {
        score->weights[i] *= score->leans[i];
    }
}

/* ---- The table ------------------------------------------------------------------------------- */

static double largest_of(const struct train_score *score)
{
    double largest = 1e-9;
    for (uint32_t i = 0; i < score->vocabulary_count; i++) {
        double size = fabs(score->weights[i]);
        largest = size > largest ? size : largest;
    }
    return largest;
}

struct screen_model_sum train_score_sum(const struct train_score *score)
{
    double scale = largest_of(score) / WEIGHT_MAX * SHARE * SCREEN_WHOLE_ONE * 100;
    return (struct screen_model_sum){.rows = score->form.rows,
                                     .bias = (int32_t)train_rounded(score->bias * SCREEN_WHOLE_ONE),
                                     .scale = (int32_t)train_rounded(scale)};
}

/* A slot for a key: one that the key cannot be told from, else a free one, else none. */
static int8_t *weight_find(struct screen_model_row *rows, uint32_t count, uint32_t key)
{
    struct screen_model_row *row = &rows[screen_model_row_of(key, count)];
    for (uint32_t slot = 0; slot < SCREEN_MODEL_ROW; slot++) {
        if (row->tags[slot] == 0 || row->tags[slot] == screen_model_tag(key)) {
            row->tags[slot] = screen_model_tag(key);
            return &row->weights[slot];
        }
    }
    return NULL;
}

void train_score_fill(const struct train_score *score, struct screen_model_row *rows)
{
    double largest = largest_of(score);
    struct train_worth *worths =
        ARENA_ARRAY(score->arena, struct train_worth, score->vocabulary_count);
    for (uint32_t i = 0; i < score->vocabulary_count; i++) {
        double worth = fabs(score->weights[i]) * sqrt(sqrt(score->frequency[i]));
        worths[i] = (struct train_worth){worth, i};
    }
    train_worths_sort(worths, score->vocabulary_count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < score->vocabulary_count; i++) {
        uint32_t place = worths[i].place;
        int32_t weight = (int32_t)train_rounded(score->weights[place] / largest * WEIGHT_MAX);
        int8_t *at =
            weight != 0 ? weight_find(rows, score->form.rows, score->vocabulary[place]) : NULL;
        if (at != NULL) {
            weight += *at;
            weight = weight > WEIGHT_MAX ? WEIGHT_MAX : weight;
            *at = (int8_t)(weight < -WEIGHT_MAX ? -WEIGHT_MAX : weight);
            kept++;
        }
    }
    printf("%u drafts, %u keys, %u kept\n", score->draft_count, score->vocabulary_count, kept);
}

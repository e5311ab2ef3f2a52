/*
 * tools/train_write.c - weights in eight bits, and curves, as the file that model.c reads.
 *
 * Read first: train_screen.h, src/screen/model.c. Start at train_write().
 */
#include "train_screen.h"

#include "base/hash.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEIGHT_MAX 127
/* A curve is worth something between these; what lies beyond is as good as sure. */
#define LOGIT_MAX 8

/* A draft of school staff is seldom offensive. Curves are made for a mix in which so many are. */
#define YES_SHARE 0.1
/* No source counts for more examples than this. */
#define EXAMPLES_MAX 500.0

static void fail(const char *what)
{
    fprintf(stderr, "train_screen: %s\n", what);
    exit(1);
}

/* ---- Weights --------------------------------------------------------------------------------- */

/* The head whose scale a number of a place has. */
static size_t head_of(const struct train_bags *bags, uint32_t place, size_t number)
{
    return bags->is_around[place] ? TRAIN_BLAME : number;
}

/* The weight that is one, for each head. */
static void scales_set(const struct train_model *model, double scales[TRAIN_HEADS])
{
    double largest[TRAIN_HEADS] = {0};
    for (uint32_t place = 0; place < model->bags->vocabulary_count; place++) {
        for (size_t number = 0; number < TRAIN_HEADS; number++) {
            size_t head = head_of(model->bags, place, number);
            double size = fabs(model->weights->at[place][number]);
            largest[head] = size > largest[head] ? size : largest[head];
        }
    }
    for (size_t head = 0; head < TRAIN_HEADS; head++) {
        if (largest[head] <= 0) {
            fail("a head has learnt nothing");
        }
        scales[head] = largest[head] / WEIGHT_MAX;
    }
}

/* The first free slot in the row of a key. */
static uint32_t slot_take(uint16_t *tags, uint32_t key)
{
    uint32_t first = screen_model_row_of(key, TRAIN_SLOTS / SCREEN_MODEL_ROW) * SCREEN_MODEL_ROW;
    for (uint32_t slot = first; slot < first + SCREEN_MODEL_ROW; slot++) {
        if (tags[slot] == 0) {
            tags[slot] = screen_model_tag(key);
            return slot;
        }
    }
    fail("a row has no room");
    return 0;
}

static void slots_fill(const struct train_model *model, const double scales[TRAIN_HEADS],
                       int8_t (*weights)[SCREEN_MODEL_HEADS], uint16_t *tags)
{
    for (uint32_t place = 0; place < model->bags->vocabulary_count; place++) {
        int8_t whole[TRAIN_HEADS];
        bool is_any = false;
        for (size_t number = 0; number < TRAIN_HEADS; number++) {
            double scale = scales[head_of(model->bags, place, number)];
            whole[number] = (int8_t)train_rounded(model->weights->at[place][number] / scale);
            is_any = is_any || whole[number] != 0;
        }
        if (is_any) {
            memcpy(weights[slot_take(tags, model->bags->vocabulary[place])], whole, sizeof whole);
        }
    }
}

/* ---- Curves (Platt 1999): a share of yes for each value -------------------------------------- */

struct example {
    double logit; /* value times scale */
    bool is_yes;
    enum train_source source;
    double count;
};

struct examples {
    struct arena *arena;
    struct example *at;
    size_t count, room;
};

static void example_add(struct examples *examples, double logit, enum train_label label,
                        enum train_source source)
{
    if (label == TRAIN_UNKNOWN) {
        return;
    }
    if (examples->count == examples->room) {
        size_t room = examples->room == 0 ? 4096 : examples->room * 2;
        examples->at = arena_grow(examples->arena, examples->at,
                                  examples->room * sizeof *examples->at,
                                  room * sizeof *examples->at);
        examples->room = room;
    }
    examples->at[examples->count++] =
        (struct example){.logit = logit, .is_yes = label == TRAIN_YES, .source = source};
}

/* Sources count as said above, and yes and no so that their shares are right. */
static void examples_weigh(struct examples *examples)
{
    double of_source[TRAIN_SOURCE_COUNT][2] = {{0}}, of_label[2] = {0};
    for (size_t i = 0; i < examples->count; i++) {
        of_source[examples->at[i].source][examples->at[i].is_yes] += 1;
    }
    for (size_t i = 0; i < examples->count; i++) {
        struct example *example = &examples->at[i];
        double many = of_source[example->source][example->is_yes];
        example->count = many > EXAMPLES_MAX ? EXAMPLES_MAX / many : 1;
        of_label[example->is_yes] += example->count;
    }
    if (of_label[0] <= 0 || of_label[1] <= 0) {
        fail("nothing to make a curve of");
    }
    for (size_t i = 0; i < examples->count; i++) {
        struct example *example = &examples->at[i];
        example->count *= (example->is_yes ? YES_SHARE : 1 - YES_SHARE) / of_label[example->is_yes];
    }
}

/* The share of yes is the sigmoid of slope * logit + offset. */
struct line {
    double slope, offset;
};

/* Newton's method; the counts sum to 1. */
static struct line line_fit(const struct examples *examples)
{
    enum { ROUNDS = 60 };
    struct line line = {.slope = 1};
    for (int round = 0; round < ROUNDS; round++) {
        double g[2] = {0}, h[3] = {1e-6, 0, 1e-6};
        for (size_t i = 0; i < examples->count; i++) {
            const struct example *example = &examples->at[i];
            double share = train_sigmoid(line.slope * example->logit + line.offset);
            double off = example->count * (share - (example->is_yes ? 1 : 0));
            double curved = example->count * share * (1 - share);
            g[0] += off * example->logit;
            g[1] += off;
            h[0] += curved * example->logit * example->logit;
            h[1] += curved * example->logit;
            h[2] += curved;
        }
        double determinant = h[0] * h[2] - h[1] * h[1];
        line.slope -= 0.5 * (h[2] * g[0] - h[1] * g[1]) / determinant;
        line.offset -= 0.5 * (h[0] * g[1] - h[1] * g[0]) / determinant;
    }
    if (!(line.slope > 0)) {
        fail("a head knows less than nothing");
    }
    return line;
}

/* `scale`: what a value of 1 adds to the logit. */
static void curve_set(struct screen_model_curve *curve, const struct line *line, double scale)
{
    double low = (-LOGIT_MAX - line->offset) / line->slope / scale;
    double high = (LOGIT_MAX - line->offset) / line->slope / scale;
    curve->low = (int32_t)train_rounded(low);
    curve->step_log2 = 0;
    while ((double)((uint64_t)1 << curve->step_log2) * (SCREEN_MODEL_KNOTS - 1) < high - low) {
        curve->step_log2++;
    }
    for (size_t i = 0; i < SCREEN_MODEL_KNOTS; i++) {
        double value = curve->low + (double)i * (double)((uint64_t)1 << curve->step_log2);
        double share = train_sigmoid(line->slope * scale * value + line->offset);
        curve->knots[i] = (uint16_t)train_rounded(1000 * share);
    }
}

/* ---- What the quantised model itself says of the documents set aside ------------------------- */

static void document_examples(struct arena *scratch, const struct screen_model *opened,
                              const struct train_model *model,
                              const struct train_document *document,
                              const double scales[TRAIN_HEADS],
                              struct examples examples[TRAIN_HEADS])
{
    const struct screen_draft *draft = screen_draft_read(scratch, document->text);
    struct screen_model_values values = screen_model_values(opened, scratch, draft);
    bool is_whole = document->marks == NULL;
    int64_t best[SCREEN_SCORE_COUNT];
    for (uint32_t i = 0; i < draft->sentence_count; i++) {
        enum train_label labels[SCREEN_SCORE_COUNT];
        train_labels(document, model->lists, draft, is_whole ? 0 : draft->sentences[i],
                     is_whole ? draft->token_count : draft->sentences[i + 1], labels);
        for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
            int64_t value = values.sentences[i][head];
            best[head] = !is_whole || i == 0 || value > best[head] ? value : best[head];
            if (!is_whole || i + 1 == draft->sentence_count) {
                example_add(&examples[head], (double)best[head] * scales[head], labels[head],
                            document->source);
            }
        }
    }
    for (uint32_t i = 0; i < draft->token_count; i++) {
        if (values.tokens[i] != INT64_MIN) {
            example_add(&examples[TRAIN_BLAME], (double)values.tokens[i] * scales[TRAIN_BLAME],
                        train_blame(document, model->lists, draft, i), document->source);
        }
    }
}

static void curves_set(struct arena *arena, const struct train_model *model,
                       const double scales[TRAIN_HEADS], struct str bytes,
                       struct screen_model_head *head)
{
    struct str why;
    head->checksum = screen_model_checksum(bytes);
    const struct screen_model *opened = screen_model_open(arena, bytes, &why);
    if (opened == NULL) {
        fail("the model cannot be opened");
    }
    struct examples examples[TRAIN_HEADS];
    for (size_t i = 0; i < TRAIN_HEADS; i++) {
        examples[i] = (struct examples){.arena = arena};
    }
    struct arena *scratch = arena_open();
    for (size_t i = 0; i < model->documents->count; i++) {
        if (train_part_of(model->documents->at[i].row) == TRAIN_PART_CALIBRATE) {
            struct arena_mark mark = arena_mark(scratch);
            document_examples(scratch, opened, model, &model->documents->at[i], scales, examples);
            arena_rewind(scratch, mark);
        }
    }
    arena_close(scratch);
    for (size_t i = 0; i < TRAIN_HEADS; i++) {
        examples_weigh(&examples[i]);
        struct line line = line_fit(&examples[i]);
        curve_set(&head->curves[i], &line, scales[i]);
        printf("head %zu: %zu set aside, share = sigmoid(%.3f * logit %+.3f)\n", i,
               examples[i].count, line.slope, line.offset);
    }
}

struct str train_write(struct arena *arena, const struct train_model *model)
{
    struct screen_model_head head = {.version = SCREEN_MODEL_VERSION, .slots = TRAIN_SLOTS,
                                     .groups = model->sets.groups.count,
                                     .people = model->sets.people.count,
                                     .names = model->names.count};
    struct screen_model_places places = screen_model_places(&head);
    char *out = arena_alloc(arena, places.end);
    double scales[TRAIN_HEADS];
    memcpy(head.magic, SCREEN_MODEL_MAGIC, sizeof head.magic);
    head.bytes = (uint32_t)places.end;
    scales_set(model, scales);
    slots_fill(model, scales, (int8_t(*)[SCREEN_MODEL_HEADS])(out + places.weights),
               (uint16_t *)(void *)(out + places.tags));
    memcpy(out + places.groups, model->sets.groups.at, head.groups * sizeof(uint32_t));
    memcpy(out + places.people, model->sets.people.at, head.people * sizeof(uint32_t));
    memcpy(out + places.names, model->names.at, head.names * sizeof(uint32_t));
    for (size_t i = 0; i < TRAIN_HEADS; i++) {
        scales[i] /= SCREEN_MODEL_ONE; /* from here on of a value, no longer of a weight */
        head.curves[i].bias = (int32_t)train_rounded(model->weights->bias[i] / scales[i]);
    }
    memcpy(out, &head, sizeof head);
    struct str bytes = {out, places.end};
    curves_set(arena, model, scales, bytes, (struct screen_model_head *)(void *)out);
    struct screen_model_head *written = (struct screen_model_head *)(void *)out;
    written->checksum = screen_model_checksum(bytes);
    return bytes;
}

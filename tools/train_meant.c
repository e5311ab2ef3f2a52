/*
 * tools/train_meant.c - learns the score of what is meant: src/screen/meant.bin.
 *
 *     train_meant PROJECT OUT [PART]
 *
 * PROJECT is the folder of this project; the drafts stand in its tests/screen, those to learn
 * from and no others. With PART, 0 to 4, one of five drafts is not learnt from, and the score
 * of each that is not is printed. Started by tools/train_screen.sh.
 *
 * Read first: src/screen/meant_int.h, train_screen.h. Logistic regression with steps by AdaGrad, as
 * in train_tone.c. Start at main().
 *
 * What must hold: a fixed order, fixed seeds, no mathematics of the C library but the square root.
 */
#include "train_screen.h"

#include "../tests/screen/corpus_school.h"
#include "base/diag.h"
#include "screen/meant_int.h"
#include "screen/roll.h"
#include "screen/screen_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED 1834
#define EPOCHS 8
#define STEP 0.05
#define SHRINK 0.01
/* What a sum of weights is multiplied by before it is divided by the root of the keys. */
#define SHARE 8.0
#define SLOTS 65536u
#define DRAFTS_MAX 16384
#define PARTS 5

/* How the drafts of a file are learnt. */
enum use {
    USE_ALL,   /* what runs somebody down is a yes, all else a no */
    USE_ODD,   /* the same, of the odd lines: the even ones are for counting */
    USE_NONE,  /* what runs nobody down is a no; the others are too plain to learn from */
    USE_CASES, /* examples of tests: what is to be found stands before the draft */
};

static const struct {
    const char *path;
    enum use use;
} files[] = {
    {"corpus/meant_irony.tsv", USE_ALL},
    {"corpus/meant_denied.tsv", USE_ALL},
    {"corpus/meant_quoted.tsv", USE_ALL},
    {"corpus/meant_plain.tsv", USE_ALL},
    {"corpus/tone_irony.tsv", USE_ALL},
    {"corpus/tone_denied.tsv", USE_ALL},
    {"corpus/tone_quoted.tsv", USE_ALL},
    {"corpus/composition_dev_sarcasm.tsv", USE_ALL},
    {"corpus/composition_dev_negated_insult.tsv", USE_ALL},
    {"corpus/composition_dev_opposed_quotation.tsv", USE_ALL},
    {"corpus/composition_dev_identity_positive.tsv", USE_ALL},
    {"corpus/composition_dev_insult_of_thing.tsv", USE_ALL},
    {"corpus/composition_dev2_sarcasm.tsv", USE_ODD},
    {"corpus/composition_dev2_negated_insult.tsv", USE_ODD},
    {"corpus/composition_dev2_opposed_quotation.tsv", USE_ODD},
    {"speech_cases.txt", USE_CASES},
    {"speech_missed.txt", USE_CASES},
    {"corpus/train1.tsv", USE_NONE},
    {"corpus/train2.tsv", USE_NONE},
    {"corpus/train3.tsv", USE_NONE},
    {"corpus/train4.tsv", USE_NONE},
    {"corpus/train5.tsv", USE_NONE},
    {"corpus/train6.tsv", USE_NONE},
    {"corpus/train7.tsv", USE_NONE},
    {"corpus/train8.tsv", USE_NONE},
    {"corpus/train9.tsv", USE_NONE},
    {"corpus/train10.tsv", USE_NONE},
    {"corpus/train11.tsv", USE_NONE},
};

/* The detectors ask for the score that is only now being learnt. */
int32_t speech_meant(struct speech *speech)
{
    (void)speech;
    return MEANT_NONE;
}

bool speech_is_unmeant(struct speech *speech, bool is_unsaid)
{
    (void)speech;
    return is_unsaid;
}

struct draft {
    uint32_t first, count; /* keys; later their places */
    bool is_yes;
    bool is_out; /* not learnt from */
    uint32_t file, row;
};

struct meant {
    struct arena *arena, *scratch;
    const struct screen *screen;
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

/* `label` names a kind that runs somebody down; each has `mark` before it. */
static bool runs_down(struct arena *arena, struct str label, const char *mark)
{
    static const char *const kinds[] = {"disparagement", "insult", "hatred"};
    bool is_found = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        is_found =
            is_found || str_find(label, str_format(arena, "%s%s", mark, kinds[i])) != STR_NONE;
    }
    return is_found;
}

static void keys_add(struct meant *meant, const uint32_t *keys, uint32_t count)
{
    if (meant->key_count + count > meant->key_room) {
        uint32_t room = 2 * (meant->key_room + count);
        uint32_t *grown = ARENA_ARRAY(meant->arena, uint32_t, room);
        if (meant->key_count > 0) {
            memcpy(grown, meant->keys, meant->key_count * sizeof *grown);
        }
        meant->keys = grown;
        meant->key_room = room;
    }
    memcpy(meant->keys + meant->key_count, keys, count * sizeof *keys);
    meant->key_count += count;
}

static void draft_add(struct meant *meant, enum screen_channel channel, struct str labelled,
                      struct draft draft)
{
    struct arena_mark mark = arena_mark(meant->scratch);
    uint8_t *marks;
    struct str plain = train_draft(meant->scratch, labelled, &marks);
    struct screen_draft *read = screen_draft_read(meant->scratch, plain);
    screen_words_mark(read);
    struct screen_work work = {.screen = meant->screen,
                               .setting = &meant->screen->setting,
                               .draft = read,
                               .channel = channel,
                               .arena = meant->scratch};
    screen_detect_people(&work);
    screen_detect_described(&work);
    screen_detect_school(&work);
    if (read->token_count > 0 && meant->draft_count < DRAFTS_MAX) {
        struct speech speech = speech_open(&work);
        uint32_t *keys = ARENA_ARRAY(meant->scratch, uint32_t, MEANT_KEYS_MAX);
        uint32_t count = speech_meant_keys(&speech, keys);
        draft.first = meant->key_count;
        draft.count = count;
        meant->drafts[meant->draft_count++] = draft;
        keys_add(meant, keys, count);
    }
    arena_rewind(meant->scratch, mark);
}

static void file_learn(struct meant *meant, struct str tsv, uint32_t file, uint32_t part)
{
    struct str line, channel, kinds, labelled;
    for (uint32_t row = 1; tsv.len > 0; row++) {
        (void)str_cut(tsv, '\n', &line, &tsv);
        if (line.len == 0 || line.at[0] == '#' || !str_cut(line, '\t', &channel, &line) ||
            !str_cut(line, '\t', &kinds, &labelled)) {
            continue;
        }
        enum screen_channel where = screen_channel_find(channel);
        bool is_read = where != SCREEN_CHANNEL_INCOMING && where != SCREEN_CHANNEL_PROFILE;
        bool is_case = files[file].use == USE_CASES;
        bool is_yes =
            is_case ? runs_down(meant->arena, kinds, "") : runs_down(meant->arena, labelled, "{");
        bool is_plain = files[file].use == USE_NONE && is_yes;
        bool is_out = (files[file].use == USE_ODD && row % 2 == 0) || row % PARTS == part;
        if (is_read && !is_plain) {
            draft_add(meant, where, labelled,
                      (struct draft){.is_yes = is_yes, .is_out = is_out, .file = file, .row = row});
        }
    }
}

/* ---- Learning -------------------------------------------------------------------------------- */

static int by_number(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left;
    const uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Keys become places of the vocabulary; one that stands once only is left out. */
static void vocabulary_make(struct meant *meant)
{
    uint32_t *sorted = ARENA_ARRAY(meant->arena, uint32_t, meant->key_count);
    uint32_t sorted_count = 0;
    for (uint32_t i = 0; i < meant->draft_count; i++) {
        const struct draft *draft = &meant->drafts[i];
        for (uint32_t at = 0; !draft->is_out && at < draft->count; at++) {
            sorted[sorted_count++] = meant->keys[draft->first + at];
        }
    }
    qsort(sorted, sorted_count, sizeof *sorted, by_number);
    meant->vocabulary = ARENA_ARRAY(meant->arena, uint32_t, meant->key_count);
    meant->frequency = ARENA_ARRAY(meant->arena, uint32_t, meant->key_count);
    for (uint32_t i = 0, next; i < sorted_count; i = next) {
        for (next = i + 1; next < sorted_count && sorted[next] == sorted[i];) {
            next++;
        }
        if (next - i > 1) {
            meant->frequency[meant->vocabulary_count] = next - i;
            meant->vocabulary[meant->vocabulary_count++] = sorted[i];
        }
    }
    for (uint32_t i = 0; i < meant->key_count; i++) {
        const uint32_t *found = bsearch(&meant->keys[i], meant->vocabulary, meant->vocabulary_count,
                                        sizeof *found, by_number);
        meant->keys[i] = found == NULL ? UINT32_MAX : (uint32_t)(found - meant->vocabulary);
    }
    meant->weights = ARENA_ARRAY(meant->arena, double, meant->vocabulary_count);
    meant->moved = ARENA_ARRAY(meant->arena, double, meant->vocabulary_count);
}

static void weight_move(double *weight, double *moved, double slope)
{
    *moved += slope * slope;
    *weight -= STEP * slope / sqrt(*moved + 1e-8);
}

static double draft_value(const struct meant *meant, const struct draft *draft)
{
    double sum = 0;
    for (uint32_t i = draft->first; i < draft->first + draft->count; i++) {
        sum += meant->keys[i] == UINT32_MAX ? 0 : meant->weights[meant->keys[i]];
    }
    return sum * (SHARE / sqrt(draft->count + 1.0)) + meant->bias;
}

static void draft_learn(struct meant *meant, const struct draft *draft)
{
    double share = SHARE / sqrt(draft->count + 1.0);
    double slope = train_sigmoid(draft_value(meant, draft)) - (draft->is_yes ? 1 : 0);
    for (uint32_t i = draft->first; i < draft->first + draft->count; i++) {
        uint32_t place = meant->keys[i];
        if (place != UINT32_MAX) {
            weight_move(&meant->weights[place], &meant->moved[place],
                        slope * share + SHRINK * meant->weights[place]);
        }
    }
    weight_move(&meant->bias, &meant->bias_moved, slope);
}

static void meant_learn(struct meant *meant)
{
    uint32_t *order = ARENA_ARRAY(meant->arena, uint32_t, meant->draft_count);
    for (uint32_t i = 0; i < meant->draft_count; i++) {
        order[i] = i;
    }
    struct train_random random = {SEED};
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        train_shuffle(&random, order, meant->draft_count);
        for (uint32_t i = 0; i < meant->draft_count; i++) {
            if (!meant->drafts[order[i]].is_out) {
                draft_learn(meant, &meant->drafts[order[i]]);
            }
        }
    }
}

/* ---- The file -------------------------------------------------------------------------------- */

static struct str meant_write(struct meant *meant)
{
    struct train_worth *worths =
        ARENA_ARRAY(meant->arena, struct train_worth, meant->vocabulary_count);
    double largest = 1e-9;
    for (uint32_t i = 0; i < meant->vocabulary_count; i++) {
        double size = fabs(meant->weights[i]);
        worths[i] = (struct train_worth){size * sqrt(sqrt(meant->frequency[i])), i};
        largest = size > largest ? size : largest;
    }
    train_worths_sort(worths, meant->vocabulary_count);
    size_t bytes = sizeof(struct meant_head) + SLOTS * (sizeof(int8_t) + sizeof(uint16_t));
    char *out = arena_alloc(meant->arena, bytes);
    double scale = largest / 127 * SHARE * MEANT_ONE * 100;
    struct meant_head head = {.magic = MEANT_MAGIC,
                              .slots = SLOTS,
                              .bias = (int32_t)train_rounded(meant->bias * MEANT_ONE),
                              .scale = (int32_t)train_rounded(scale)};
    memcpy(out, &head, sizeof head);
    int8_t *weights = (int8_t *)(out + sizeof head);
    uint16_t *tags = (uint16_t *)(void *)(weights + SLOTS);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < meant->vocabulary_count; i++) {
        uint32_t key = meant->vocabulary[worths[i].place];
        uint32_t row = meant_row(key, SLOTS);
        int32_t weight = (int32_t)train_rounded(meant->weights[worths[i].place] / largest * 127);
        for (uint32_t slot = row; weight != 0 && slot < row + MEANT_ROW; slot++) {
            if (tags[slot] == 0) {
                tags[slot] = meant_tag(key);
                weights[slot] = (int8_t)weight;
                kept++;
                break;
            }
        }
    }
    printf("%u drafts, %u keys, %u kept\n", meant->draft_count, meant->vocabulary_count, kept);
    return (struct str){out, bytes};
}

/* Of the drafts that were not learnt from. */
static void scores_print(const struct meant *meant)
{
    for (uint32_t i = 0; i < meant->draft_count; i++) {
        const struct draft *draft = &meant->drafts[i];
        if (draft->is_out) {
            printf("%s:%u %s %.2f\n", files[draft->file].path, draft->row,
                   draft->is_yes ? "yes" : "no", draft_value(meant, draft));
        }
    }
}

static const struct screen *screen_make(struct arena *arena, const char *project)
{
    struct diag_list diags = diag_list_new(arena);
    struct str why, roll = train_file(arena, project, "tests/screen/corpus/roll.csv");
    struct screen_setting setting = {
        .school = &corpus_school,
        .roll = screen_roll_read(arena, roll, STR("roll.csv"), &diags),
        .model =
            screen_model_open(arena, train_file(arena, project, "src/screen/model.bin"), &why)};
    if (setting.model == NULL) {
        fprintf(stderr, "src/screen/model.bin: " STR_FMT "\n", STR_ARG(why));
        exit(1);
    }
    return screen_open(arena, &setting);
}

int main(int count, char **words)
{
    if (count != 3 && count != 4) {
        fprintf(stderr, "usage: train_meant PROJECT OUT [PART]\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct meant *meant = ARENA_NEW(arena, struct meant);
    meant->arena = arena;
    meant->scratch = arena_open();
    meant->screen = screen_make(arena, words[1]);
    uint32_t part = count == 4 ? (uint32_t)(words[3][0] - '0') : PARTS;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct str path = str_format(arena, "tests/screen/%s", files[i].path);
        file_learn(meant, train_file(arena, words[1], str_cstr(arena, path)), (uint32_t)i, part);
    }
    vocabulary_make(meant);
    meant_learn(meant);
    struct str bytes = meant_write(meant);
    if (count == 4) {
        scores_print(meant);
    }
    if (!train_file_write(words[2], bytes)) {
        return 1;
    }
    arena_close(meant->scratch);
    arena_close(arena);
    return 0;
}

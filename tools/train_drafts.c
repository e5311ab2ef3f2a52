/*
 * tools/train_drafts.c - learns the scores of whole drafts, of tone and of what is meant, and adds
 * them to a model that has none.
 *
 *     train_drafts PROJECT MODEL OUT [WITHOUT...]
 *
 * PROJECT is the folder of this project; the drafts stand in its tests/screen, those to learn from
 * and no others. MODEL is what train_screen wrote: it knows the words that name a group. OUT is the
 * same with the scores. The files WITHOUT, named as in the table below, are not learnt from:
 * for counting how these are judged (tests/screen/left_out.py). Started by tools/train_screen.sh.
 *
 * Read first: src/screen/tone_int.h, meant_int.h, train_screen.h. Start at main().
 *
 * What must hold: a fixed order, fixed seeds, no mathematics of the C library but the square root.
 */
#include "train_screen.h"

#include "../tests/screen/corpus_school.h"
#include "base/diag.h"
#include "screen/meant_int.h"
#include "screen/roll.h"
#include "screen/screen_int.h"
#include "screen/tone_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct train_score_form forms[SCREEN_WHOLE_COUNT] = {
    [SCREEN_WHOLE_TONE] = {.seed = 1831, .epochs = 15, .rows = 16384},
    [SCREEN_WHOLE_MEANT] = {.seed = 1834, .epochs = 5, .rows = 16384},
};

/* How the drafts of a file are learnt. */
enum use {
    USE_ALL,   /* what runs somebody down is a yes, all else a no */
    USE_NONE,  /* what runs nobody down is a no; the others are too plain to learn from */
    USE_CASES, /* examples of tests: what is to be found stands before the draft */
};

/* Which scores learn from a file. */
#define TONE (1u << SCREEN_WHOLE_TONE)
#define MEANT (1u << SCREEN_WHOLE_MEANT)

static const struct {
    const char *path;
    enum use use;
    unsigned wholes;
} files[] = {
    {"corpus/meant_irony.tsv", USE_ALL, TONE | MEANT},
    {"corpus/meant_denied.tsv", USE_ALL, TONE | MEANT},
    {"corpus/meant_quoted.tsv", USE_ALL, TONE | MEANT},
    {"corpus/meant_plain.tsv", USE_ALL, TONE | MEANT},
    {"corpus/tone_irony.tsv", USE_ALL, TONE | MEANT},
    {"corpus/tone_more.tsv", USE_ALL, TONE | MEANT},
    {"corpus/tone_denied.tsv", USE_ALL, TONE | MEANT},
    {"corpus/tone_quoted.tsv", USE_ALL, TONE | MEANT},
    {"corpus/voices_irony.tsv", USE_ALL, TONE | MEANT},
    {"corpus/voices_denied.tsv", USE_ALL, TONE | MEANT},
    {"corpus/voices_quoted.tsv", USE_ALL, TONE | MEANT},
    {"corpus/voices_plain.tsv", USE_ALL, TONE | MEANT},
    {"corpus/turns.tsv", USE_ALL, TONE | MEANT},
    {"corpus/pairs.tsv", USE_ALL, TONE | MEANT},
    {"corpus/turns2.tsv", USE_ALL, TONE | MEANT},
    {"corpus/shapes.tsv", USE_ALL, TONE | MEANT},
    {"corpus/composition_dev_sarcasm.tsv", USE_ALL, TONE | MEANT},
    {"corpus/composition_dev_negated_insult.tsv", USE_ALL, TONE | MEANT},
    {"corpus/composition_dev_opposed_quotation.tsv", USE_ALL, TONE | MEANT},
    {"corpus/composition_dev_identity_positive.tsv", USE_ALL, MEANT},
    {"corpus/composition_dev_insult_of_thing.tsv", USE_ALL, MEANT},
    {"corpus/composition_dev2_sarcasm.tsv", USE_ALL, TONE | MEANT},
    {"corpus/composition_dev2_negated_insult.tsv", USE_ALL, TONE | MEANT},
    {"corpus/composition_dev2_opposed_quotation.tsv", USE_ALL, TONE | MEANT},
    {"speech_cases.txt", USE_CASES, MEANT},
    {"speech_missed.txt", USE_CASES, MEANT},
    {"corpus/train1.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train2.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train3.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train4.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train5.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train6.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train7.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train8.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train9.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train10.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train11.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train12.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train13.tsv", USE_NONE, TONE | MEANT},
    {"corpus/train14.tsv", USE_NONE, TONE | MEANT},
};

struct trainer {
    struct arena *scratch;
    const struct screen *screen;
    struct train_score *scores[SCREEN_WHOLE_COUNT];
    uint32_t *keys; /* room for those of a draft */
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

static void draft_add(struct trainer *trainer, enum screen_channel channel, struct str labelled,
                      bool is_yes, unsigned wholes)
{
    static uint32_t (*const keys_of[])(const struct speech *, uint32_t *) = {
        [SCREEN_WHOLE_TONE] = speech_tone_keys, [SCREEN_WHOLE_MEANT] = speech_meant_keys};
    uint8_t *marks;
    struct str plain = train_draft(trainer->scratch, labelled, &marks);
    struct screen_draft *read = screen_draft_read(trainer->scratch, plain);
    screen_words_mark(read);
    struct screen_work work = {.screen = trainer->screen,
                               .setting = &trainer->screen->setting,
                               .draft = read,
                               .channel = channel,
                               .arena = trainer->scratch};
    screen_detect_people(&work);
    screen_detect_described(&work);
    screen_detect_school(&work);
    if (read->token_count == 0) {
        return;
    }
    struct speech speech = speech_open(&work);
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        if ((wholes & 1u << i) != 0) {
            uint32_t count = keys_of[i](&speech, trainer->keys);
            train_score_add(trainer->scores[i], trainer->keys, count, is_yes);
        }
    }
}

static void file_learn(struct trainer *trainer, struct str tsv, size_t file)
{
    struct str line, channel, kinds, labelled;
    while (tsv.len > 0) {
        (void)str_cut(tsv, '\n', &line, &tsv);
        if (line.len == 0 || line.at[0] == '#' || !str_cut(line, '\t', &channel, &line) ||
            !str_cut(line, '\t', &kinds, &labelled)) {
            continue;
        }
        struct arena_mark mark = arena_mark(trainer->scratch);
        enum screen_channel where = screen_channel_find(channel);
        bool is_read = where != SCREEN_CHANNEL_INCOMING && where != SCREEN_CHANNEL_PROFILE;
        bool is_yes = files[file].use == USE_CASES ? runs_down(trainer->scratch, kinds, "")
                                                   : runs_down(trainer->scratch, labelled, "{");
        bool is_out = files[file].use == USE_NONE && is_yes;
        if (is_read && !is_out) {
            draft_add(trainer, where, labelled, is_yes, files[file].wholes);
        }
        arena_rewind(trainer->scratch, mark);
    }
}

/* ---- The file -------------------------------------------------------------------------------- */

/* The model's file with the scores behind its other parts. */
static struct str scores_write(struct arena *arena, struct train_score *const *scores,
                               struct str model)
{
    struct screen_model_head head;
    memcpy(&head, model.at, sizeof head);
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        head.wholes[i] = train_score_sum(scores[i]);
    }
    struct screen_model_places places = screen_model_places(&head);
    head.bytes = (uint32_t)places.end;
    char *out = arena_alloc(arena, places.end);
    memcpy(out, model.at, places.wholes[0]);
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        train_score_fill(scores[i], (struct screen_model_row *)(void *)(out + places.wholes[i]));
    }
    memcpy(out, &head, sizeof head);
    struct str bytes = {out, places.end};
    ((struct screen_model_head *)(void *)out)->checksum = screen_model_checksum(bytes);
    return bytes;
}

static const struct screen *screen_make(struct arena *arena, const char *project, struct str bytes)
{
    struct diag_list diags = diag_list_new(arena);
    struct str why = {0}, roll = train_file(arena, project, "tests/screen/corpus/roll.csv");
    const struct screen_model *model = screen_model_open(arena, bytes, &why);
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        if (model == NULL || model->head->wholes[i].rows != 0) {
            fprintf(stderr, "MODEL is no model without these scores. " STR_FMT "\n", STR_ARG(why));
            exit(1);
        }
    }
    struct screen_setting setting = {.school = &corpus_school,
                                     .roll = screen_roll_read(arena, roll, STR("roll.csv"), &diags),
                                     .model = model};
    return screen_open(arena, &setting);
}

/* `words` end with NULL. */
static bool is_among(const char *path, char **words)
{
    while (*words != NULL && strcmp(*words, path) != 0) {
        words++;
    }
    return *words != NULL;
}

int main(int count, char **words)
{
    if (count < 4) {
        fprintf(stderr, "usage: train_drafts PROJECT MODEL OUT [WITHOUT...]\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct str model = train_file(arena, NULL, words[2]);
    uint32_t room = TONE_KEYS_MAX > MEANT_KEYS_MAX ? TONE_KEYS_MAX : MEANT_KEYS_MAX;
    struct trainer trainer = {
        .scratch = arena_open(),
        .screen = screen_make(arena, words[1], model),
        .keys = ARENA_ARRAY(arena, uint32_t, room),
    };
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        trainer.scores[i] = train_score_make(arena, forms[i]);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct str path = str_format(arena, "tests/screen/%s", files[i].path);
        if (!is_among(files[i].path, words + 4)) {
            file_learn(&trainer, train_file(arena, words[1], str_cstr(arena, path)), i);
        }
    }
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        train_score_learn(trainer.scores[i]);
    }
    bool is_written = train_file_write(words[3], scores_write(arena, trainer.scores, model));
    arena_close(trainer.scratch);
    arena_close(arena);
    return is_written ? 0 : 1;
}

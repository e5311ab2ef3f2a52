/*
 * tools/train_screen.c - trains the screening model.
 *
 *     train_screen DATA PROJECT OUT [without-corpus]
 *
 * DATA is the folder of public data, PROJECT this one; OUT becomes the model. Started by
 * tools/train_screen.sh, which checks the data first. With "without-corpus" nothing is learnt from
 * tests/screen/corpus/train*.tsv: for tuning on these a rule that reads scores, and for measuring.
 *
 * Read first: train_screen.h. Start at main().
 *
 * What must hold: nothing is learnt from what is held out, from a text that stands there as well,
 * or from the other half of a pair of which one half is held out.
 */
#include "train_screen.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keys that get weights in the end. */
#define KEYS_KEPT 36000

static const char *const tagged_files[] = {"btc_e.conll", "btc_g.conll", "btc_h.conll",
                                           "wnut17_train.conll"};
#define TAGGED_COUNT (sizeof tagged_files / sizeof *tagged_files)

/* ---- What is held out ------------------------------------------------------------------------ */

/* A name for the words and signs of a text, whatever stands between them. */
static struct str text_name(struct arena *arena, struct arena *scratch, struct str text)
{
    struct arena_mark mark = arena_mark(scratch);
    const struct screen_draft *draft = screen_draft_read(scratch, text);
    struct str name = str_copy(arena, draft->plain);
    arena_rewind(scratch, mark);
    return name;
}

struct held_out {
    struct arena *arena, *scratch;
    struct hash_map texts, pairs;
};

static struct str pair_name(struct arena *arena, const struct train_document *document)
{
    return str_format(arena, "%u", document->row);
}

static void hold_out(struct held_out *held_out, const struct train_document *document)
{
    (void)hash_map_put(&held_out->texts,
                       text_name(held_out->arena, held_out->scratch, document->text), 0);
    if (document->source == TRAIN_HATEMOJI) {
        (void)hash_map_put(&held_out->pairs, pair_name(held_out->arena, document), 0);
    }
}

static bool is_held_out(struct held_out *held_out, const struct train_document *document)
{
    struct str text = text_name(held_out->arena, held_out->scratch, document->text);
    return hash_map_get(&held_out->texts, text, NULL) ||
           (document->source == TRAIN_HATEMOJI &&
            hash_map_get(&held_out->pairs, pair_name(held_out->arena, document), NULL));
}

/* Takes the held-out documents, and what is too like them, out of those to learn from. */
static void documents_part(struct train_documents *learnt, const char *data)
{
    struct arena *arena = learnt->arena;
    struct held_out held_out = {.arena = arena, .scratch = arena_open(),
                                .texts = hash_map_new(arena), .pairs = hash_map_new(arena)};
    struct train_documents measured = {.arena = arena};
    train_read_hatemoji(&measured, train_file(arena, data, "hatemoji_build_validation.csv"));
    train_read_spans(&measured, train_file(arena, data, "toxic_spans_trial.csv"));
    for (size_t i = 0; i < measured.count; i++) {
        hold_out(&held_out, &measured.at[i]);
    }
    for (size_t i = 0; i < learnt->count; i++) {
        if (train_is_measured(&learnt->at[i])) {
            hold_out(&held_out, &learnt->at[i]);
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < learnt->count; i++) {
        if (!is_held_out(&held_out, &learnt->at[i])) {
            learnt->at[kept++] = learnt->at[i];
        }
    }
    printf("%zu texts, %zu left out\n", learnt->count, learnt->count - kept);
    learnt->count = kept;
    arena_close(held_out.scratch);
}

/* ---- Training -------------------------------------------------------------------------------- */

static void public_read(struct train_documents *documents, const char *data)
{
    struct arena *arena = documents->arena;
    train_read_hatemoji(documents, train_file(arena, data, "hatemoji_build_train.csv"));
    train_read_davidson(documents, train_file(arena, data, "davidson_tweets.csv"));
    train_read_spans(documents, train_file(arena, data, "toxic_spans_train.csv"));
    for (size_t i = 0; i < TAGGED_COUNT; i++) {
        train_read_tagged(documents, train_file(arena, data, tagged_files[i]));
    }
    documents_part(documents, data);
}

static struct screen_hashes names_read(struct arena *arena, const char *data,
                                       const struct train_documents *documents,
                                       const struct train_lists *lists)
{
    struct train_documents cased = {.arena = arena};
    train_read_spans(&cased, train_file(arena, data, "toxic_spans_train.csv"));
    size_t kept = 0;
    for (size_t i = 0; i < cased.count; i++) {
        if (!train_is_measured(&cased.at[i])) {
            cased.at[kept++] = cased.at[i];
        }
    }
    cased.count = kept;
    for (size_t i = 0; i < documents->count; i++) {
        if (documents->at[i].source == TRAIN_TAGGED) {
            train_add(&cased, &documents->at[i]);
        }
    }
    struct str tagged[TAGGED_COUNT];
    for (size_t i = 0; i < TAGGED_COUNT; i++) {
        tagged[i] = train_file(arena, data, tagged_files[i]);
    }
    return train_names(arena, train_file(arena, data, "first_names_england_wales.txt"), tagged,
                       TAGGED_COUNT, &cased, lists->names);
}

static struct str model_train(struct arena *arena, const char *data, const char *project,
                              bool has_corpus)
{
    struct train_documents documents = {.arena = arena};
    struct train_lists lists;
    public_read(&documents, data);
    train_read_sentences(&documents, &lists, train_file(arena, project, "tools/train_screen.txt"));
    if (has_corpus) {
        train_read_corpus(&documents,
                          train_file(arena, project, "tests/screen/corpus/train1.tsv"));
        train_read_corpus(&documents,
                          train_file(arena, project, "tests/screen/corpus/train2.tsv"));
    }
    struct screen_feature_sets sets = screen_feature_sets(train_hashes(arena, lists.groups),
                                                          train_hashes(arena, lists.people));
    const struct train_bags *bags = train_bags_make(arena, &documents, &lists, &sets);
    struct train_weights first = train_learn(arena, bags, NULL);
    const bool *is_kept = train_keep(arena, bags, &first, KEYS_KEPT);
    struct train_weights weights = train_learn(arena, bags, is_kept);
    struct train_model model = {.bags = bags, .weights = &weights, .sets = sets,
                                .names = names_read(arena, data, &documents, &lists),
                                .documents = &documents, .lists = &lists};
    printf("%u bags, %u sentences, %u keys of which %d are kept, %u names\n", bags->bag_count,
           bags->sentence_count, bags->vocabulary_count, KEYS_KEPT, model.names.count);
    return train_write(arena, &model);
}

int main(int count, char **words)
{
    if (count < 4 || (count > 4 && strcmp(words[4], "without-corpus") != 0)) {
        fprintf(stderr, "usage: train_screen DATA PROJECT OUT [without-corpus]\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct str bytes = model_train(arena, words[1], words[2], count == 4);
    if (!train_file_write(words[3], bytes)) {
        return 1;
    }
    arena_close(arena);
    return 0;
}

/*
 * screen_model.c - how well the screening model does on public data that it has not learnt from,
 * how it treats what is said of groups of people, and how long it takes.
 *
 * Read first: docs/model-card.md, which has the figures; src/screen/model.h. Start at main().
 *
 *     tools/train_screen.sh DATA OUT        builds this, and runs it at the end; again alone:
 *     build-train/screen_model DATA . MODEL MODEL_WITHOUT_CORPUS
 *
 * Cuts are fixed before anything is measured: 500 is where a draft would be (SCREEN_SHOWN). Scores
 * are made for a mix in which one of ten is a yes, so that in a set of which half are, the odds are
 * even at about 100 (EVEN). Where a figure is to be set beside published ones, the cut is the best
 * one for rows that were set aside from learning, and which are not measured.
 */
#include "clock.h"
#include "train_screen.h"

#include "screen/screen_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVEN 100
#define TARGETS_MAX 64
#define TARGET_MIN 8 /* of fewer no share is printed */

struct bench {
    struct arena *arena, *scratch;
    const struct screen_model *model;
    const char *data, *project;
};

static struct train_documents documents_new(const struct bench *bench)
{
    return (struct train_documents){.arena = bench->arena};
}

/* ---- Scores ---------------------------------------------------------------------------------- */

struct scored {
    const struct screen_draft *draft;
    struct screen_scores *sentences;
    uint16_t *blame;
};

/* In the scratch arena. */
static struct scored text_score(const struct bench *bench, struct str text)
{
    struct arena *arena = bench->scratch;
    struct scored scored = {.draft = screen_draft_read(arena, text)};
    scored.sentences = ARENA_ARRAY(arena, struct screen_scores, scored.draft->sentence_count + 1);
    scored.blame = ARENA_ARRAY(arena, uint16_t, scored.draft->token_count + 1);
    screen_model_score(bench->model, arena, scored.draft, scored.sentences, scored.blame);
    return scored;
}

/* The highest of all sentences. */
static struct screen_scores text_best(const struct bench *bench, struct str text)
{
    struct arena_mark mark = arena_mark(bench->scratch);
    struct scored scored = text_score(bench, text);
    struct screen_scores best = {{0}};
    for (uint32_t i = 0; i < scored.draft->sentence_count; i++) {
        for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
            uint16_t score = scored.sentences[i].of[head];
            best.of[head] = score > best.of[head] ? score : best.of[head];
        }
    }
    arena_rewind(bench->scratch, mark);
    return best;
}

/* ---- Tables ---------------------------------------------------------------------------------- */

struct tally {
    double hit, missed, alarm, quiet;
};

static void tally_add(struct tally *tally, bool is_yes, bool is_found)
{
    tally->hit += is_yes && is_found;
    tally->missed += is_yes && !is_found;
    tally->alarm += !is_yes && is_found;
    tally->quiet += !is_yes && !is_found;
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

static double f1_of(double hit, double missed, double alarm)
{
    return share(2 * hit, 2 * hit + missed + alarm);
}

static double macro_f1_of(const struct tally *tally)
{
    return (f1_of(tally->hit, tally->missed, tally->alarm) +
            f1_of(tally->quiet, tally->alarm, tally->missed)) / 2;
}

static void tally_print(const char *name, const struct tally *tally)
{
    double all = tally->hit + tally->missed + tally->alarm + tally->quiet;
    printf("  %-34s n %5.0f  accuracy %.3f  precision %.3f  recall %.3f  F1 %.3f  macro F1 %.3f\n",
           name, all, share(tally->hit + tally->quiet, all),
           share(tally->hit, tally->hit + tally->alarm),
           share(tally->hit, tally->hit + tally->missed),
           f1_of(tally->hit, tally->missed, tally->alarm), macro_f1_of(tally));
}

/* ---- HatemojiBuild --------------------------------------------------------------------------- */

struct target {
    struct str name;
    double yes, found;
};

static void target_count(struct target *targets, struct str name, bool is_found)
{
    size_t i = 0;
    while (i < TARGETS_MAX - 1 && targets[i].name.len > 0 && !str_equal(targets[i].name, name)) {
        i++;
    }
    targets[i].name = name;
    targets[i].yes += 1;
    targets[i].found += is_found;
}

enum { CUTS = 40, CUT_STEP = 25 };

/* The cut with the best macro F1 on the pairs that were set aside. */
static unsigned hate_cut(const struct bench *bench)
{
    struct train_documents documents = documents_new(bench);
    struct tally tallies[CUTS] = {{0}};
    train_read_hatemoji(&documents, train_file(bench->arena, bench->data,
                                               "hatemoji_build_train.csv"));
    for (size_t i = 0; i < documents.count; i++) {
        const struct train_document *document = &documents.at[i];
        if (train_part_of(document->row) == TRAIN_PART_CALIBRATE) {
            uint16_t score = text_best(bench, document->text).of[SCREEN_SCORE_HATE];
            for (unsigned cut = 0; cut < CUTS; cut++) {
                tally_add(&tallies[cut], document->whole[SCREEN_SCORE_HATE] == TRAIN_YES,
                          score >= (cut + 1) * CUT_STEP);
            }
        }
    }
    unsigned best = 0;
    for (unsigned cut = 1; cut < CUTS; cut++) {
        best = macro_f1_of(&tallies[cut]) > macro_f1_of(&tallies[best]) ? cut : best;
    }
    return (best + 1) * CUT_STEP;
}

static void hatemoji_measure(const struct bench *bench)
{
    unsigned cut = hate_cut(bench);
    struct train_documents documents = documents_new(bench);
    struct tally best = {0}, shown = {0};
    struct target *targets = ARENA_ARRAY(bench->arena, struct target, TARGETS_MAX);
    train_read_hatemoji(&documents, train_file(bench->arena, bench->data,
                                               "hatemoji_build_validation.csv"));
    for (size_t i = 0; i < documents.count; i++) {
        const struct train_document *document = &documents.at[i];
        uint16_t score = text_best(bench, document->text).of[SCREEN_SCORE_HATE];
        bool is_hate = document->whole[SCREEN_SCORE_HATE] == TRAIN_YES;
        tally_add(&best, is_hate, score >= cut);
        tally_add(&shown, is_hate, score >= SCREEN_SHOWN);
        if (is_hate) {
            target_count(targets, document->target, score >= cut);
        }
    }
    printf("HatemojiBuild, validation: hate (written to mislead classifiers), cut at %u\n", cut);
    tally_print("best cut of rows set aside", &best);
    tally_print("cut at 500", &shown);
    printf("  found of each target:");
    for (size_t i = 0; i < TARGETS_MAX && targets[i].name.len > 0; i++) {
        if (targets[i].yes >= TARGET_MIN) {
            printf("  " STR_FMT " %.2f of %.0f", STR_ARG(targets[i].name),
                   share(targets[i].found, targets[i].yes), targets[i].yes);
        }
    }
    printf("\n");
}

/* ---- Davidson -------------------------------------------------------------------------------- */

static void davidson_measure(const struct bench *bench)
{
    enum { HATE, OFFENSIVE, NEITHER, CLASSES };
    double found[CLASSES][CLASSES] = {{0}};
    struct tally offence = {0};
    struct train_documents documents = documents_new(bench);
    train_read_davidson(&documents, train_file(bench->arena, bench->data, "davidson_tweets.csv"));
    for (size_t i = 0; i < documents.count; i++) {
        const struct train_document *document = &documents.at[i];
        if (train_part_of(document->row) != TRAIN_PART_CALIBRATE) {
            continue;
        }
        struct screen_scores best = text_best(bench, document->text);
        bool is_hate = document->whole[SCREEN_SCORE_HATE] == TRAIN_YES;
        bool is_offence = document->whole[SCREEN_SCORE_OFFENCE] == TRAIN_YES;
        bool finds_offence = best.of[SCREEN_SCORE_OFFENCE] >= EVEN;
        bool finds_hate = best.of[SCREEN_SCORE_HATE] >= SCREEN_SHOWN;
        tally_add(&offence, is_offence, finds_offence);
        found[is_hate ? HATE : is_offence ? OFFENSIVE : NEITHER]
             [finds_hate ? HATE : finds_offence ? OFFENSIVE : NEITHER] += 1;
    }
    double weighted = 0, all = 0;
    for (int class = 0; class < CLASSES; class++) {
        double of = 0, as = 0;
        for (int other = 0; other < CLASSES; other++) {
            of += found[class][other];
            as += found[other][class];
        }
        double hit = found[class][class];
        weighted += of * f1_of(hit, of - hit, as - hit);
        all += of;
    }
    printf("Davidson, the tenth set aside: hate, offensive, neither\n");
    tally_print("offensive or not, even odds", &offence);
    printf("  weighted F1 of the three classes %.3f (published, logistic regression: 0.90)\n",
           weighted / all);
}

/* ---- Toxic spans ----------------------------------------------------------------------------- */

/* Words at or above the cut, and what stands between two of them that follow each other. */
static double post_f1(const struct scored *scored, const struct train_document *document,
                      unsigned cut, uint8_t *found)
{
    memset(found, 0, document->text.len);
    uint32_t joined = UINT32_MAX; /* the end of the word before, when it is found */
    for (uint32_t i = 0; i < scored->draft->token_count; i++) {
        const struct screen_token *token = &scored->draft->tokens[i];
        if (scored->blame[i] < cut) {
            joined = UINT32_MAX;
            continue;
        }
        uint32_t start = joined != UINT32_MAX ? joined : token->start;
        memset(found + start, 1, token->end - start);
        joined = token->end;
    }
    /* In characters: the bytes that begin one. */
    double hit = 0, missed = 0, alarm = 0;
    for (size_t at = 0; at < document->text.len; at++) {
        bool begins = ((unsigned char)document->text.at[at] & 0xC0) != 0x80;
        bool is_toxic = (document->marks[at] & TRAIN_MARK_TOXIC) != 0;
        hit += begins && is_toxic && found[at];
        missed += begins && is_toxic && !found[at];
        alarm += begins && !is_toxic && found[at];
    }
    return hit + missed == 0 ? (alarm > 0 ? 0 : 1) : f1_of(hit, missed, alarm);
}

/* Mean F1 of the posts for each cut. */
static void spans_f1(const struct bench *bench, const struct train_documents *documents,
                     bool (*is_wanted)(const struct train_document *), double f1[CUTS])
{
    size_t posts = 0;
    memset(f1, 0, CUTS * sizeof *f1);
    for (size_t i = 0; i < documents->count; i++) {
        const struct train_document *document = &documents->at[i];
        if (!is_wanted(document)) {
            continue;
        }
        struct arena_mark mark = arena_mark(bench->scratch);
        struct scored scored = text_score(bench, document->text);
        uint8_t *found = arena_alloc(bench->scratch, document->text.len + 1);
        for (unsigned cut = 0; cut < CUTS; cut++) {
            f1[cut] += post_f1(&scored, document, (cut + 1) * CUT_STEP, found);
        }
        arena_rewind(bench->scratch, mark);
        posts++;
    }
    for (size_t cut = 0; cut < CUTS; cut++) {
        f1[cut] /= (double)posts;
    }
}

static bool is_set_aside(const struct train_document *document)
{
    return !train_is_measured(document) && train_part_of(document->row) == TRAIN_PART_CALIBRATE;
}

static bool is_any(const struct train_document *document)
{
    return document != NULL;
}

static void spans_measure(const struct bench *bench)
{
    struct train_documents train = documents_new(bench), trial = documents_new(bench);
    train_read_spans(&train, train_file(bench->arena, bench->data, "toxic_spans_train.csv"));
    train_read_spans(&trial, train_file(bench->arena, bench->data, "toxic_spans_trial.csv"));
    double aside[CUTS], fifth[CUTS], trials[CUTS];
    spans_f1(bench, &train, is_set_aside, aside);
    spans_f1(bench, &train, train_is_measured, fifth);
    spans_f1(bench, &trial, is_any, trials);
    size_t best = 0;
    for (size_t cut = 1; cut < CUTS; cut++) {
        best = aside[cut] > aside[best] ? cut : best;
    }
    size_t shown = SCREEN_SHOWN / CUT_STEP - 1;
    printf("Toxic spans: mean character F1 of a post (SemEval 2021 task 5)\n");
    printf("  cut at %zu: set aside %.4f, held-out fifth %.4f, trial %.4f\n"
           "  cut at 500:                   held-out fifth %.4f, trial %.4f\n",
           (best + 1) * CUT_STEP, aside[best], fifth[best], trials[best], fifth[shown],
           trials[shown]);
    printf("  (published, on its test set, which is not here: best of 91 teams 0.7083)\n");
}

/* ---- Whether a score is worth what it says --------------------------------------------------- */

struct bin {
    double said, yes, all;
};

/* A share in a mix of which `share_of_yes` are yes, from a score. */
static double share_in(double score, double share_of_yes)
{
    double odds = score / (1 - score) * share_of_yes / (1 - share_of_yes) * 0.9 / 0.1;
    return odds / (1 + odds);
}

static void bins_print(struct bin *bins, size_t count, const double *scores, const bool *is_yes,
                       size_t sentences, double share_of_yes)
{
    for (size_t i = 0; i < sentences; i++) {
        double said = share_in(scores[i], share_of_yes);
        struct bin *bin = &bins[(size_t)(said * (double)count * 0.999)];
        bin->said += said;
        bin->yes += is_yes[i];
        bin->all += 1;
    }
    printf("Offence, sentences of the held-out fifth of toxic spans: share said, found\n ");
    for (size_t i = 0; i < count; i++) {
        printf("  %.2f %.2f (%.0f)", share(bins[i].said, bins[i].all),
               share(bins[i].yes, bins[i].all), bins[i].all);
    }
    printf("\n");
}

static void curve_measure(const struct bench *bench)
{
    enum { BINS = 10, SENTENCES_MAX = 20000 };
    struct train_documents documents = documents_new(bench), unused = documents_new(bench);
    struct train_lists lists;
    train_read_spans(&documents, train_file(bench->arena, bench->data, "toxic_spans_train.csv"));
    train_read_sentences(&unused, &lists, train_file(bench->arena, bench->project,
                                                     "tools/train_screen.txt"));
    double *scores = ARENA_ARRAY(bench->arena, double, SENTENCES_MAX);
    bool *is_yes = ARENA_ARRAY(bench->arena, bool, SENTENCES_MAX);
    size_t count = 0;
    double yes = 0;
    for (size_t i = 0; i < documents.count; i++) {
        struct arena_mark mark = arena_mark(bench->scratch);
        struct scored scored = text_score(bench, documents.at[i].text);
        bool is_wanted = train_is_measured(&documents.at[i]);
        for (uint32_t s = 0; is_wanted && s < scored.draft->sentence_count; s++) {
            enum train_label labels[SCREEN_SCORE_COUNT];
            train_labels(&documents.at[i], &lists, scored.draft, scored.draft->sentences[s],
                         scored.draft->sentences[s + 1], labels);
            if (count < SENTENCES_MAX) {
                uint16_t score = scored.sentences[s].of[SCREEN_SCORE_OFFENCE];
                is_yes[count] = labels[SCREEN_SCORE_OFFENCE] == TRAIN_YES;
                yes += is_yes[count];
                scores[count++] = (score == 0 ? 0.5 : score == 1000 ? 999.5 : score) / 1000;
            }
        }
        arena_rewind(bench->scratch, mark);
    }
    struct bin bins[BINS] = {{0}};
    bins_print(bins, BINS, scores, is_yes, count, yes / (double)count);
}

/* ---- What is said of groups ------------------------------------------------------------------ */

static void groups_measure(const struct bench *bench)
{
    struct train_documents documents = documents_new(bench);
    train_read_measured(&documents, train_file(bench->arena, bench->project,
                                               "tools/train_screen.txt"));
    printf("Sentences of our own, never learnt: share found at 500 (at even odds)\n");
    for (size_t from = 0, to; from < documents.count; from = to) {
        double hate[2] = {0}, offence[2] = {0};
        struct str name = documents.at[from].target;
        for (to = from; to < documents.count && str_equal(documents.at[to].target, name); to++) {
            struct screen_scores best = text_best(bench, documents.at[to].text);
            hate[0] += best.of[SCREEN_SCORE_HATE] >= SCREEN_SHOWN;
            hate[1] += best.of[SCREEN_SCORE_HATE] >= EVEN;
            offence[0] += best.of[SCREEN_SCORE_OFFENCE] >= SCREEN_SHOWN;
            offence[1] += best.of[SCREEN_SCORE_OFFENCE] >= EVEN;
        }
        double all = (double)(to - from);
        printf("  %-20.*s n %4.0f  hate %.3f (%.3f)  offence %.3f (%.3f)\n",
               str_print_length(name), str_print_bytes(name), all, hate[0] / all, hate[1] / all,
               offence[0] / all, offence[1] / all);
    }
}

/* ---- Drafts of a school ---------------------------------------------------------------------- */

static void corpus_measure(const struct bench *bench)
{
    static const char *const heads[SCREEN_SCORE_COUNT] = {"offence", "hate", "obscene"};
    struct train_documents documents = documents_new(bench);
    struct train_lists lists;
    struct train_documents unused = documents_new(bench);
    struct tally tallies[SCREEN_SCORE_COUNT] = {{0}};
    train_read_corpus(&documents, train_file(bench->arena, bench->project,
                                             "tests/screen/corpus/train1.tsv"));
    train_read_corpus(&documents, train_file(bench->arena, bench->project,
                                             "tests/screen/corpus/train2.tsv"));
    train_read_sentences(&unused, &lists, train_file(bench->arena, bench->project,
                                                     "tools/train_screen.txt"));
    for (size_t i = 0; i < documents.count; i++) {
        struct arena_mark mark = arena_mark(bench->scratch);
        struct scored scored = text_score(bench, documents.at[i].text);
        for (uint32_t s = 0; s < scored.draft->sentence_count; s++) {
            enum train_label labels[SCREEN_SCORE_COUNT];
            train_labels(&documents.at[i], &lists, scored.draft, scored.draft->sentences[s],
                         scored.draft->sentences[s + 1], labels);
            for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
                if (labels[head] != TRAIN_UNKNOWN) {
                    tally_add(&tallies[head], labels[head] == TRAIN_YES,
                              scored.sentences[s].of[head] >= SCREEN_SHOWN);
                }
            }
        }
        arena_rewind(bench->scratch, mark);
    }
    printf("Drafts of a school, by sentence, cut at 500, by a model not made with them\n");
    for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
        tally_print(heads[head], &tallies[head]);
    }
}

/* ---- First names ----------------------------------------------------------------------------- */

static void names_measure(const struct bench *bench)
{
    struct str conll = train_file(bench->arena, bench->data, "wnut17_dev.conll"), word, tag;
    double persons = 0, known = 0, others = 0, taken = 0;
    while (train_tagged_next(&conll, &word, &tag)) {
        struct arena_mark mark = arena_mark(bench->scratch);
        const struct screen_draft *draft = screen_draft_read(bench->scratch, word);
        if (draft->token_count == 1 && draft->tokens[0].kind == SCREEN_TOKEN_WORD) {
            bool is_known = screen_model_is_first_name(bench->model, draft->tokens[0].hash);
            if (str_equal(tag, STR("B-person"))) {
                persons += 1;
                known += is_known;
            } else if (!str_ends(tag, STR("-person"))) {
                others += 1;
                taken += is_known;
            }
        }
        arena_rewind(bench->scratch, mark);
    }
    printf("First names, WNUT 2017 development set\n"
           "  of %.0f first words of persons %.3f are known, of %.0f other words %.4f\n",
           persons, known / persons, others, taken / others);
}

/* ---- Time ------------------------------------------------------------------------------------ */

static void time_measure(const struct bench *bench)
{
    enum { BYTES = 280, ROUNDS = 20000 };
    struct train_documents documents = documents_new(bench);
    train_read_corpus(&documents, train_file(bench->arena, bench->project,
                                             "tests/screen/corpus/train1.tsv"));
    struct text all = {.arena = bench->arena};
    for (size_t i = 0; i < documents.count; i++) {
        text_add(&all, documents.at[i].text);
        text_add_char(&all, ' ');
    }
    uint64_t spent = 0;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct arena_mark mark = arena_mark(bench->scratch);
        size_t from = round * 97 % (all.len - BYTES);
        struct screen_draft *draft =
            screen_draft_read(bench->scratch, str_slice(text_str(&all), from, from + BYTES));
        struct screen_scores *sentences =
            ARENA_ARRAY(bench->scratch, struct screen_scores, draft->sentence_count + 1);
        uint16_t *blame = ARENA_ARRAY(bench->scratch, uint16_t, draft->token_count + 1);
        uint64_t began = clock_nanoseconds();
        screen_model_score(bench->model, bench->scratch, draft, sentences, blame);
        spent += clock_nanoseconds() - began;
        arena_rewind(bench->scratch, mark);
    }
    printf("Time to score %d characters: %.0f ns in the mean of %d\n", BYTES,
           (double)spent / ROUNDS, ROUNDS);
}

static const struct screen_model *model_read(struct arena *arena, const char *path)
{
    struct str bytes = train_file(arena, NULL, path), why;
    char *aligned = arena_alloc(arena, bytes.len);
    memcpy(aligned, bytes.at, bytes.len);
    const struct screen_model *model =
        screen_model_open(arena, (struct str){aligned, bytes.len}, &why);
    if (model == NULL) {
        fprintf(stderr, "%s: " STR_FMT "\n", path, STR_ARG(why));
        exit(1);
    }
    return model;
}

int main(int count, char **words)
{
    if (count != 5) {
        fprintf(stderr, "usage: screen_model DATA PROJECT MODEL MODEL_WITHOUT_CORPUS\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct bench bench = {.arena = arena, .scratch = arena_open(), .data = words[1],
                          .project = words[2], .model = model_read(arena, words[3])};
    hatemoji_measure(&bench);
    spans_measure(&bench);
    davidson_measure(&bench);
    curve_measure(&bench);
    groups_measure(&bench);
    names_measure(&bench);
    time_measure(&bench);
    bench.model = model_read(arena, words[4]);
    corpus_measure(&bench);
    arena_close(bench.scratch);
    arena_close(arena);
    return 0;
}

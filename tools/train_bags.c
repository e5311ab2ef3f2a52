/*
 * tools/train_bags.c - documents as bags of sentences, and the vocabulary of their keys.
 *
 * Read first: train_screen.h, features_int.h.
 */
#include "train_screen.h"

#include <stdio.h>
#include <stdlib.h>

/* A key that stands in fewer sentences is not learnt. */
#define FREQUENCY_MIN 3
#define KEYS_LOG2 23 /* of the table that counts them */
#define CALIBRATE_OF 10
#define CALIBRATE_ROW 3

/* ---- Counting keys --------------------------------------------------------------------------- */

struct counter {
    uint32_t key, count, place;
    uint32_t last; /* the sentence that was counted last, and one */
    bool is_around;
};

static struct counter *counter_of(struct counter *table, uint32_t key)
{
    uint32_t mask = (1u << KEYS_LOG2) - 1;
    uint32_t at = (key * 2654435761u) >> (32 - KEYS_LOG2);
    while (table[at].count > 0 && table[at].key != key) {
        at = (at + 1) & mask;
    }
    return &table[at];
}

/* ---- Walking --------------------------------------------------------------------------------- */

struct bagging {
    struct arena *arena, *scratch;
    const struct train_lists *lists;
    const struct screen_feature_sets *sets;
    struct counter *counters;
    struct train_bags *out;
    uint32_t bag_room, sentence_room, item_room, key_room;
    bool is_counting;
    uint32_t sentence_number;
};

static void *room_for(struct bagging *bagging, void *old, uint32_t count, uint32_t *room,
                      size_t size)
{
    if (count < *room) {
        return old;
    }
    uint32_t more = *room == 0 ? 65536 : *room * 2;
    void *grown = arena_grow(bagging->arena, old, *room * size, more * size);
    *room = more;
    return grown;
}

static void key_count(struct bagging *bagging, uint32_t key, bool is_around)
{
    struct counter *counter = counter_of(bagging->counters, key);
    if (counter->last == bagging->sentence_number + 1) {
        return;
    }
    if (counter->count == 0 && ++bagging->out->vocabulary_count > (1u << KEYS_LOG2) / 2) {
        fprintf(stderr, "train_screen: too many keys\n");
        exit(1);
    }
    counter->key = key;
    counter->is_around = is_around;
    counter->count++;
    counter->last = bagging->sentence_number + 1;
}

static bool key_add(struct bagging *bagging, uint32_t key)
{
    struct counter *counter = counter_of(bagging->counters, key);
    if (counter->count < FREQUENCY_MIN) {
        return false;
    }
    struct train_bags *out = bagging->out;
    out->keys = room_for(bagging, out->keys, out->key_count, &bagging->key_room,
                         sizeof *out->keys);
    out->keys[out->key_count++] = counter->place;
    return true;
}

/* Whether a word is in a list, or begins as one of it that ends in a star. */
static bool is_listed(const struct train_list *list, struct str plain)
{
    for (size_t i = 0; i < list->count; i++) {
        struct str word = list->at[i];
        if (str_ends(word, STR("*")) ? str_starts(plain, str_slice(word, 0, word.len - 1))
                                     : str_equal(plain, word)) {
            return true;
        }
    }
    return false;
}

static enum train_label blame_of_marks(const struct train_document *document,
                                       const struct screen_token *token)
{
    uint32_t marked = 0;
    for (uint32_t at = token->start; at < token->end; at++) {
        if ((document->marks[at] & TRAIN_MARK_NOT_ASKED) != 0 &&
            (document->marks[at] & TRAIN_MARK_TOXIC) == 0) {
            return TRAIN_UNKNOWN;
        }
        marked += document->marks[at] & TRAIN_MARK_TOXIC;
    }
    return marked * 2 > token->end - token->start ? TRAIN_YES : TRAIN_NO;
}

enum train_label train_blame(const struct train_document *document, const struct train_lists *lists,
                             const struct screen_draft *draft, uint32_t token)
{
    if (document->marks != NULL) {
        return blame_of_marks(document, &draft->tokens[token]);
    }
    bool is_benign = document->whole[SCREEN_SCORE_OFFENCE] == TRAIN_NO &&
                     document->whole[SCREEN_SCORE_OBSCENE] != TRAIN_YES;
    if (is_benign || document->source != TRAIN_SENTENCES) {
        return is_benign ? TRAIN_NO : TRAIN_UNKNOWN;
    }
    struct str plain = screen_token_plain(draft, token);
    bool is_blamed = is_listed(lists->coarse, plain) || is_listed(lists->insult, plain) ||
                     is_listed(lists->insulting, plain);
    return is_blamed ? TRAIN_YES : TRAIN_NO;
}

static void item_add(struct bagging *bagging, const struct train_document *document,
                     const struct screen_draft *draft, const struct screen_feature_item *read)
{
    struct train_bags *out = bagging->out;
    out->items = room_for(bagging, out->items, out->item_count, &bagging->item_room,
                          sizeof *out->items);
    struct train_item *item = &out->items[out->item_count++];
    *item = (struct train_item){.first = out->key_count,
                                .blamed = (uint8_t)train_blame(document, bagging->lists, draft,
                                                               read->token)};
    for (uint32_t i = 0; i < read->count; i++) {
        bool is_kept = key_add(bagging, read->keys[i]);
        item->count = (uint16_t)(item->count + is_kept);
        item->own = (uint16_t)(item->own + (is_kept && i < read->own));
    }
    uint32_t around = screen_pair_key(SCREEN_PAIR_AROUND, 0, read->word);
    struct counter *counter = counter_of(bagging->counters, around);
    item->around = counter->count < FREQUENCY_MIN ? TRAIN_NO_PLACE : counter->place;
}

/* The items of one sentence are counted, or added. Answers whether there are any. */
static bool sentence_walk(struct bagging *bagging, const struct train_document *document,
                          const struct screen_draft *draft, const uint32_t *words, uint32_t first,
                          uint32_t end)
{
    struct screen_feature_walk walk = screen_feature_walk(draft, words, first, end);
    struct screen_feature_item item;
    uint32_t count = 0;
    for (; screen_feature_next(&walk, &item); count++) {
        if (!bagging->is_counting) {
            item_add(bagging, document, draft, &item);
            continue;
        }
        for (uint32_t i = 0; i < item.count; i++) {
            key_count(bagging, item.keys[i], false);
        }
        key_count(bagging, screen_pair_key(SCREEN_PAIR_AROUND, 0, item.word), true);
    }
    bagging->sentence_number++;
    return count > 0;
}

/* ---- Labels ---------------------------------------------------------------------------------- */

static bool has_coarse(const struct train_list *coarse, const struct screen_draft *draft,
                       uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        if (draft->tokens[i].kind != SCREEN_TOKEN_SIGN &&
            is_listed(coarse, screen_token_plain(draft, i))) {
            return true;
        }
    }
    return false;
}

/* What is said against somebody in other ways than these is no offence, and none is denied. */
static enum train_label label_of_marks(const struct train_document *document,
                                       const struct screen_draft *draft, uint32_t first,
                                       uint32_t end, uint8_t mark)
{
    uint8_t all = 0;
    for (uint32_t at = draft->tokens[first].start; at < draft->tokens[end - 1].end; at++) {
        all |= document->marks[at];
    }
    if ((all & mark) != 0) {
        return TRAIN_YES;
    }
    return mark == TRAIN_MARK_OFFENCE && (all & TRAIN_MARK_NOT_ASKED) != 0 ? TRAIN_UNKNOWN
                                                                           : TRAIN_NO;
}

void train_labels(const struct train_document *document, const struct train_lists *lists,
                  const struct screen_draft *draft, uint32_t first, uint32_t end,
                  enum train_label labels[SCREEN_SCORE_COUNT])
{
    static const uint8_t marks[SCREEN_SCORE_COUNT] = {[SCREEN_SCORE_OFFENCE] = TRAIN_MARK_OFFENCE,
                                                      [SCREEN_SCORE_HATE] = TRAIN_MARK_HATE,
                                                      [SCREEN_SCORE_OBSCENE] = TRAIN_MARK_OBSCENE};
    for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
        labels[head] = document->whole[head];
        if (document->marks != NULL &&
            (document->source != TRAIN_SPANS || head == SCREEN_SCORE_OFFENCE)) {
            labels[head] = label_of_marks(document, draft, first, end, marks[head]);
        }
    }
    if (has_coarse(lists->coarse, draft, first, end)) {
        labels[SCREEN_SCORE_OBSCENE] = TRAIN_YES;
    } else if (labels[SCREEN_SCORE_OBSCENE] == TRAIN_UNKNOWN) {
        labels[SCREEN_SCORE_OBSCENE] = TRAIN_NO;
    }
}

enum train_part train_part_of(uint32_t row)
{
    return (row * 2654435761u >> 16) % CALIBRATE_OF == CALIBRATE_ROW ? TRAIN_PART_CALIBRATE
                                                                     : TRAIN_PART_LEARN;
}

static struct train_bag *bag_begin(struct bagging *bagging, const struct train_document *document)
{
    struct train_bags *out = bagging->out;
    out->bags = room_for(bagging, out->bags, out->bag_count, &bagging->bag_room,
                         sizeof *out->bags);
    struct train_bag *bag = &out->bags[out->bag_count];
    *bag = (struct train_bag){.source = document->source, .first = out->sentence_count,
                              .part = train_part_of(document->row)};
    return bag;
}

/* A document whose label is of the whole is one bag; of the others each sentence is one. */
static void document_walk(struct bagging *bagging, const struct train_document *document)
{
    struct train_bags *out = bagging->out;
    struct arena_mark mark = arena_mark(bagging->scratch);
    const struct screen_draft *draft = screen_draft_read(bagging->scratch, document->text);
    const uint32_t *words = screen_feature_words(bagging->scratch, draft, bagging->sets);
    struct train_bag *bag = NULL;
    for (uint32_t i = 0; i < draft->sentence_count; i++) {
        uint32_t first = draft->sentences[i], end = draft->sentences[i + 1];
        bool is_whole = document->marks == NULL;
        if (!bagging->is_counting && (bag == NULL || !is_whole)) {
            bag = bag_begin(bagging, document);
            train_labels(document, bagging->lists, draft, is_whole ? 0 : first,
                         is_whole ? draft->token_count : end, bag->label);
        }
        uint32_t item_first = out->item_count;
        if (sentence_walk(bagging, document, draft, words, first, end) && !bagging->is_counting) {
            out->sentences = room_for(bagging, out->sentences, out->sentence_count,
                                      &bagging->sentence_room, sizeof *out->sentences);
            out->sentences[out->sentence_count++] =
                (struct train_sentence){.first = item_first, .end = out->item_count};
        }
        if (bag != NULL && (!is_whole || end >= draft->token_count)) {
            bag->end = out->sentence_count;
            out->bag_count += bag->end > bag->first;
        }
    }
    arena_rewind(bagging->scratch, mark);
}

static void vocabulary_make(struct bagging *bagging)
{
    struct train_bags *out = bagging->out;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < 1u << KEYS_LOG2; i++) {
        kept += bagging->counters[i].count >= FREQUENCY_MIN;
    }
    out->vocabulary = ARENA_ARRAY(bagging->arena, uint32_t, kept);
    out->frequency = ARENA_ARRAY(bagging->arena, uint32_t, kept);
    out->is_around = ARENA_ARRAY(bagging->arena, bool, kept);
    out->vocabulary_count = 0;
    for (uint32_t i = 0; i < 1u << KEYS_LOG2; i++) {
        struct counter *counter = &bagging->counters[i];
        if (counter->count >= FREQUENCY_MIN) {
            counter->place = out->vocabulary_count;
            out->frequency[out->vocabulary_count] = counter->count;
            out->is_around[out->vocabulary_count] = counter->is_around;
            out->vocabulary[out->vocabulary_count++] = counter->key;
        }
    }
}

struct train_bags *train_bags_make(struct arena *arena, const struct train_documents *documents,
                                   const struct train_lists *lists,
                                   const struct screen_feature_sets *sets)
{
    struct bagging bagging = {.arena = arena, .scratch = arena_open(), .lists = lists,
                                .sets = sets, .is_counting = true};
    bagging.counters = ARENA_ARRAY(arena, struct counter, (size_t)1 << KEYS_LOG2);
    bagging.out = ARENA_NEW(arena, struct train_bags);
    for (int pass = 0; pass < 2; pass++) {
        bagging.is_counting = pass == 0;
        for (size_t i = 0; i < documents->count; i++) {
            document_walk(&bagging, &documents->at[i]);
        }
        if (pass == 0) {
            vocabulary_make(&bagging);
        }
    }
    arena_close(bagging.scratch);
    return bagging.out;
}

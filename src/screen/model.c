/*
 * screen/model.c - scores of sentences and blame of words, from a file of weights.
 *
 * Read first: model.h, features_int.h, docs/model-card.md. Start at screen_model_score(),
 * which scores all; a detector asks for one sentence or one word at a time.
 *
 * The file, little-endian, all parts one after the other:
 *
 *     struct screen_model_head          magic, version, sizes, checksum, a curve for each head
 *     int8_t   weights[slots][4]        of offence, hate, obscene and blame
 *     uint16_t tags[slots]              0: the slot is empty
 *     uint32_t groups[groups]           hashes in rising order: words that are one (features_int.h)
 *     uint32_t people[people]           hashes in rising order
 *     uint32_t names[names]             hashes in rising order: first names
 *     struct screen_model_row[]         the score of tone: tags and weights, as many as its rows
 *     struct screen_model_row[]         the score of what is meant, the same
 *     zeros up to a multiple of 8
 *
 * Slots stand in rows of four. A key stands in the row of its low bits with its high bits as the
 * tag, so a key that was not learnt is nearly always known to be none. The weights of all its keys,
 * summed and divided by the root of the number of items, are the value of a sentence. The value of
 * a token is the sum over its own keys and, from the SCREEN_PAIR_AROUND keys of the two words on
 * either side, the one of four weights that is meant for it: of the word two behind it the first,
 * one behind it the second, one before it the third, two before it the fourth.
 *
 * A score of a draft as a whole is the sum of the weights of its keys, each in the row of its low
 * bits with its high bits as the tag as well, divided by the root of how many keys there are.
 *
 * A curve makes a value a share of a thousand. All of this is done in whole numbers, so that it
 * comes out the same on every machine.
 *
 * What must hold: once screen_model_open() has answered, no byte of the file can make reading go
 * wrong.
 */
#include "screen/model_int.h"

#include "base/hash.h"
#include "screen/screen_int.h"

#include <assert.h>
#include <string.h>

#define SLOTS_MAX (1u << 18)
#define HASHES_MAX (1u << 16) /* of each list */
#define STEP_LOG2_MAX 24
#define ROWS_MAX (1u << 16) /* of a score of the whole draft */
#define BIAS_MAX (1 << 20)
#define SCALE_MAX (1 << 17)

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the file is read in place");
_Static_assert(sizeof(struct screen_model_curve) == 80, "the file is read in place");
_Static_assert(sizeof(struct screen_model_head) == 392, "the file is read in place");
_Static_assert(sizeof(struct screen_model_row) == 12, "the file is read in place");
_Static_assert(SCREEN_MODEL_HEADS == 4, "four weights in a slot");

/* ---- Opening --------------------------------------------------------------------------------- */

struct screen_model_places screen_model_places(const struct screen_model_head *head)
{
    struct screen_model_places places = {.weights = sizeof *head};
    places.tags = places.weights + (uint64_t)head->slots * SCREEN_MODEL_HEADS;
    places.groups = places.tags + (uint64_t)head->slots * sizeof(uint16_t);
    places.people = places.groups + (uint64_t)head->groups * sizeof(uint32_t);
    places.names = places.people + (uint64_t)head->people * sizeof(uint32_t);
    uint64_t next = places.names + (uint64_t)head->names * sizeof(uint32_t);
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        places.wholes[i] = next;
        next += (uint64_t)head->wholes[i].rows * sizeof(struct screen_model_row);
    }
    places.end = (next + 7) / 8 * 8;
    return places;
}

uint64_t screen_model_checksum(struct str bytes)
{
    return hash_str(str_slice(bytes, offsetof(struct screen_model_head, slots), bytes.len));
}

static bool are_rising(const uint32_t *hashes, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (hashes[i - 1] >= hashes[i]) {
            return false;
        }
    }
    return true;
}

static bool is_curve(const struct screen_model_curve *curve)
{
    for (size_t i = 0; i < SCREEN_MODEL_KNOTS; i++) {
        if (curve->knots[i] > 1000) {
            return false;
        }
    }
    return curve->step_log2 <= STEP_LOG2_MAX;
}

static bool is_sum(const struct screen_model_sum *sum)
{
    return sum->rows <= ROWS_MAX && (sum->rows & (sum->rows - 1)) == 0 && sum->bias >= -BIAS_MAX &&
           sum->bias <= BIAS_MAX && sum->scale >= 0 && sum->scale <= SCALE_MAX;
}

/* What is wrong with the head, or the empty text. */
static struct str head_fault(const struct screen_model_head *head, struct str bytes)
{
    if (memcmp(head->magic, SCREEN_MODEL_MAGIC, sizeof head->magic) != 0) {
        return STR("This is no screening model.");
    }
    if (head->version != SCREEN_MODEL_VERSION) {
        return STR("This screening model was made for another version of Handrail.");
    }
    if (head->bytes != bytes.len) {
        return STR("This screening model is not complete.");
    }
    bool are_slots = head->slots >= SCREEN_MODEL_ROW && head->slots <= SLOTS_MAX &&
                     (head->slots & (head->slots - 1)) == 0;
    if (!are_slots || head->groups > HASHES_MAX || head->people > HASHES_MAX ||
        head->names > HASHES_MAX || screen_model_places(head).end != bytes.len) {
        return STR("The parts of this screening model do not fit its size.");
    }
    if (head->checksum != screen_model_checksum(bytes)) {
        return STR("This screening model is damaged.");
    }
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        if (!is_sum(&head->wholes[i])) {
            return STR("A score of this screening model has values that cannot be.");
        }
    }
    for (size_t i = 0; i < SCREEN_MODEL_HEADS; i++) {
        if (!is_curve(&head->curves[i])) {
            return STR("A curve of this screening model has values that cannot be.");
        }
    }
    return (struct str){0};
}

const struct screen_model *screen_model_open(struct arena *arena, struct str bytes, struct str *why)
{
    assert((uintptr_t)bytes.at % 8 == 0);
    const struct screen_model_head *head = (const void *)bytes.at;
    if (bytes.len < sizeof *head || bytes.len > SCREEN_MODEL_BYTES_MAX) {
        *why = STR("This screening model is too short or too long.");
        return NULL;
    }
    *why = head_fault(head, bytes);
    if (why->len > 0) {
        return NULL;
    }
    struct screen_model_places places = screen_model_places(head);
    struct screen_model *model = ARENA_NEW(arena, struct screen_model);
    *model = (struct screen_model){
        .head = head,
        .rows = head->slots / SCREEN_MODEL_ROW,
        .weights = (const int8_t(*)[SCREEN_MODEL_HEADS])(bytes.at + places.weights),
        .tags = (const void *)(bytes.at + places.tags),
        .sets = screen_feature_sets(
            (struct screen_hashes){(const void *)(bytes.at + places.groups), head->groups},
            (struct screen_hashes){(const void *)(bytes.at + places.people), head->people}),
        .names = {(const void *)(bytes.at + places.names), head->names},
    };
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        model->wholes[i] = (const void *)(bytes.at + places.wholes[i]);
    }
    if (!are_rising(model->sets.groups.at, head->groups) ||
        !are_rising(model->sets.people.at, head->people) ||
        !are_rising(model->names.at, head->names)) {
        *why = STR("A list of this screening model is not in order.");
        return NULL;
    }
    for (uint32_t i = 0; i < head->names; i++) {
        uint32_t bit = model->names.at[i] % SCREEN_MODEL_NAME_BITS;
        model->name_bits[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    return model;
}

void screen_model_fetch(const struct screen_model *model)
{
    if (model != NULL) {
        screen_bytes_fetch(model->head, model->head->bytes);
    }
}

/* ---- Values ---------------------------------------------------------------------------------- */

/* The lowest of four tags in one number that is the wanted one, as its highest bit; 0: none is. */
static inline uint64_t tag_find(uint64_t tags, uint16_t wanted)
{
    const uint64_t ones = 0x0001000100010001u;
    uint64_t off = tags ^ wanted * ones;
    return (off - ones) & ~off & ones << 15;
}

/* Where in a row the tag of a key stands, four tags in one number; all bits of *is_found when it
 * does, else none. There is no branch in it, since whether a key was learnt cannot be foretold. */
static inline uint64_t tag_place(const uint16_t *row, uint32_t key, uint64_t *is_found)
{
    uint64_t tags;
    memcpy(&tags, row, sizeof tags);
    uint64_t found = tag_find(tags, screen_model_tag(key));
    *is_found = (uint64_t)0 - (uint64_t)(found != 0);
    return (uint64_t)__builtin_ctzll(found | (uint64_t)1 << 63) / 16;
}

/* The four weights of a key in one number, the first lowest; 0 when it was not learnt: then slot 0
 * is read, which is always at hand. */
static inline uint32_t weights_of(const struct screen_model *model, uint32_t key)
{
    uint64_t first = (uint64_t)screen_model_row_of(key, model->rows) * SCREEN_MODEL_ROW;
    uint64_t is_found;
    uint64_t slot = first + tag_place(model->tags + first, key, &is_found);
    uint32_t weights;
    memcpy(&weights, model->weights[slot & is_found], sizeof weights);
    return weights & (uint32_t)is_found;
}

static inline int8_t weight_at(uint32_t weights, size_t number)
{
    return (int8_t)(weights >> 8 * number);
}

/* Four sums in one number, 16 bits each. Weights are added as 0 to 255, so no sum runs over into
 * the next one while there are no more of them than keys of an item. */
_Static_assert(SCREEN_KEYS_MAX * 255 < 1 << 16, "sums of 16 bits");

static inline uint64_t sums_of(const struct screen_model *model, const uint32_t *keys,
                               uint32_t count)
{
    uint64_t sums = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t weights = weights_of(model, keys[i]) ^ 0x80808080u;
        weights = (weights | weights << 16) & 0x0000FFFF0000FFFFu;
        weights = (weights | weights << 8) & 0x00FF00FF00FF00FFu;
        sums += weights;
    }
    return sums;
}

/* One of the sums of `count` keys. */
static inline int32_t sum_at(uint64_t sums, size_t number, uint32_t count)
{
    return (int32_t)(sums >> 16 * number & 0xFFFF) - 128 * (int32_t)count;
}

/* The root, rounded down. */
static uint32_t root_of(uint64_t square)
{
    uint32_t root = 0;
    for (uint32_t bit = 1u << 31; bit != 0; bit >>= 1) {
        uint64_t tried = root | bit;
        if (tried * tried <= square) {
            root |= bit;
        }
    }
    return root;
}

/* The two items before, and what their words give to the blame of those behind them. */
struct around {
    uint32_t token[2]; /* one before, two before; UINT32_MAX: none */
    uint32_t weights[2];
};

/* An item and those around it give each other their blame. */
static void around_add(struct around *around, const struct screen_model *model,
                       const struct screen_feature_item *item, int64_t *tokens)
{
    uint32_t weights = weights_of(model, screen_pair_key(SCREEN_PAIR_AROUND, 0, item->word));
    if (around->token[0] != UINT32_MAX) {
        tokens[around->token[0]] += weight_at(weights, 1);
        tokens[item->token] += weight_at(around->weights[0], 2);
    }
    if (around->token[1] != UINT32_MAX) {
        tokens[around->token[1]] += weight_at(weights, 0);
        tokens[item->token] += weight_at(around->weights[1], 3);
    }
    *around = (struct around){{item->token, around->token[0]}, {weights, around->weights[0]}};
}

static void sums_add(int32_t sums[SCREEN_SCORE_COUNT], uint64_t of_item, uint32_t keys)
{
    for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
        sums[head] += sum_at(of_item, head, keys);
    }
}

static void sums_value(const struct screen_model *model, const int32_t sums[SCREEN_SCORE_COUNT],
                       uint32_t items, int64_t values[SCREEN_SCORE_COUNT])
{
    items = items < SCREEN_MODEL_ITEMS_MIN ? SCREEN_MODEL_ITEMS_MIN : items;
    int64_t root = root_of((uint64_t)items * SCREEN_MODEL_ONE * SCREEN_MODEL_ONE);
    for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
        values[head] = (int64_t)sums[head] * SCREEN_MODEL_ONE * SCREEN_MODEL_ONE / root +
                       model->head->curves[head].bias;
    }
}

/* Values of one sentence, and sums of its tokens, which are no values yet. */
static void sentence_value(const struct screen_model *model, struct screen_feature_walk walk,
                           int64_t values[SCREEN_SCORE_COUNT], int64_t *tokens)
{
    struct screen_feature_item item;
    struct around around = {{UINT32_MAX, UINT32_MAX}, {0, 0}};
    int32_t sums[SCREEN_SCORE_COUNT] = {0};
    uint32_t items = 0;
    for (; screen_feature_next(&walk, &item); items++) {
        uint64_t own = sums_of(model, item.keys, item.own);
        uint64_t all = own + sums_of(model, item.keys + item.own, item.count - item.own);
        tokens[item.token] = sum_at(own, SCREEN_MODEL_BLAME, item.own);
        sums_add(sums, all, item.count);
        around_add(&around, model, &item, tokens);
    }
    sums_value(model, sums, items, values);
}

struct screen_model_values screen_model_values(const struct screen_model *model,
                                               struct arena *arena,
                                               const struct screen_draft *draft)
{
    const uint32_t *words = screen_feature_words(arena, draft, &model->sets);
    struct screen_model_values values = {
        .sentences = arena_alloc(arena, (draft->sentence_count + 1) * sizeof *values.sentences),
        .tokens = ARENA_ARRAY(arena, int64_t, draft->token_count + 1)};
    for (uint32_t i = 0; i < draft->sentence_count; i++) {
        sentence_value(
            model, screen_feature_walk(draft, words, draft->sentences[i], draft->sentences[i + 1]),
            values.sentences[i], values.tokens);
    }
    int32_t bias = model->head->curves[SCREEN_MODEL_BLAME].bias;
    for (uint32_t i = 0; i < draft->token_count; i++) {
        values.tokens[i] =
            words[i] == SCREEN_ITEM_NONE ? INT64_MIN : values.tokens[i] * SCREEN_MODEL_ONE + bias;
    }
    return values;
}

/* ---- Scores ---------------------------------------------------------------------------------- */

uint16_t screen_model_worth(const struct screen_model_curve *curve, int64_t value)
{
    int64_t above = value < curve->low ? 0 : value - curve->low;
    int64_t step = (int64_t)1 << curve->step_log2;
    int64_t knot = above >> curve->step_log2;
    if (knot >= SCREEN_MODEL_KNOTS - 1) {
        return curve->knots[SCREEN_MODEL_KNOTS - 1];
    }
    int64_t from = curve->knots[knot];
    int64_t to = curve->knots[knot + 1];
    return (uint16_t)(from + (to - from) * (above & (step - 1)) / step);
}

void screen_model_score(const struct screen_model *model, struct arena *arena,
                        const struct screen_draft *draft, struct screen_scores *sentences,
                        uint16_t *word_offence)
{
    memset(sentences, 0, draft->sentence_count * sizeof *sentences);
    memset(word_offence, 0, draft->token_count * sizeof *word_offence);
    if (model == NULL) {
        return;
    }
    const struct screen_model_curve *curves = model->head->curves;
    struct screen_model_values values = screen_model_values(model, arena, draft);
    for (uint32_t i = 0; i < draft->sentence_count; i++) {
        for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
            sentences[i].of[head] = screen_model_worth(&curves[head], values.sentences[i][head]);
        }
    }
    for (uint32_t i = 0; i < draft->token_count; i++) {
        if (values.tokens[i] != INT64_MIN) {
            word_offence[i] = screen_model_worth(&curves[SCREEN_MODEL_BLAME], values.tokens[i]);
        }
    }
}

/* ---- One at a time --------------------------------------------------------------------------- */

struct screen_model_reading {
    const struct screen_model *model;
    const struct screen_draft *draft;
    uint32_t *words; /* of the tokens of sentences that have been asked for: sentence_words() */
    struct screen_scores *scores;
    bool *has_words, *has_scores; /* of each sentence: they are known */
};

struct screen_model_reading *screen_model_read(const struct screen_model *model,
                                               struct arena *arena,
                                               const struct screen_draft *draft)
{
    struct screen_model_reading *reading = ARENA_NEW(arena, struct screen_model_reading);
    *reading = (struct screen_model_reading){
        .model = model,
        .draft = draft,
        .words = ARENA_ARRAY(arena, uint32_t, draft->token_count + 1),
        .has_words = ARENA_ARRAY(arena, bool, draft->sentence_count + 1),
        .scores = ARENA_ARRAY(arena, struct screen_scores, draft->sentence_count + 1),
        .has_scores = ARENA_ARRAY(arena, bool, draft->sentence_count + 1)};
    return reading;
}

static const uint32_t *sentence_words(struct screen_model_reading *reading, uint32_t sentence)
{
    if (!reading->has_words[sentence]) {
        screen_feature_sentence(reading->draft, &reading->model->sets, sentence, reading->words);
        reading->has_words[sentence] = true;
    }
    return reading->words;
}

const uint32_t *screen_model_words(struct screen_model_reading *reading)
{
    for (uint32_t i = 0; i < reading->draft->sentence_count; i++) {
        (void)sentence_words(reading, i);
    }
    return reading->words;
}

struct screen_scores screen_model_sentence(struct screen_model_reading *reading, uint32_t sentence)
{
    const struct screen_draft *draft = reading->draft;
    assert(sentence < draft->sentence_count);
    if (reading->has_scores[sentence]) {
        return reading->scores[sentence];
    }
    struct screen_feature_walk walk =
        screen_feature_walk(draft, sentence_words(reading, sentence), draft->sentences[sentence],
                            draft->sentences[sentence + 1]);
    struct screen_feature_item item;
    int32_t sums[SCREEN_SCORE_COUNT] = {0};
    uint32_t items = 0;
    for (; screen_feature_next(&walk, &item); items++) {
        sums_add(sums, sums_of(reading->model, item.keys, item.count), item.count);
    }
    int64_t values[SCREEN_SCORE_COUNT];
    sums_value(reading->model, sums, items, values);
    for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
        reading->scores[sentence].of[head] =
            screen_model_worth(&reading->model->head->curves[head], values[head]);
    }
    reading->has_scores[sentence] = true;
    return reading->scores[sentence];
}

/* What the word of an item gives to the blame of another one, by its place among four. */
static int32_t around_of(const struct screen_model_reading *reading, uint32_t token, size_t place)
{
    uint32_t key = screen_pair_key(SCREEN_PAIR_AROUND, 0, reading->words[token]);
    return weight_at(weights_of(reading->model, key), place);
}

unsigned screen_model_blame(struct screen_model_reading *reading, uint32_t token)
{
    const struct screen_draft *draft = reading->draft;
    const uint32_t *words = sentence_words(reading, draft->tokens[token].sentence);
    if (words[token] == SCREEN_ITEM_NONE) {
        return 0;
    }
    struct screen_feature_item item;
    screen_feature_own(draft, words, token, &item);
    int64_t value =
        sum_at(sums_of(reading->model, item.keys, item.own), SCREEN_MODEL_BLAME, item.own);
    uint32_t first = screen_sentence_first(draft, token), end = screen_sentence_end(draft, token);
    size_t met = 0;
    for (uint32_t at = token; at > first && met < 2; at--) {
        if (words[at - 1] != SCREEN_ITEM_NONE) {
            value += around_of(reading, at - 1, 2 + met++);
        }
    }
    met = 0;
    for (uint32_t at = token + 1; at < end && met < 2; at++) {
        if (words[at] != SCREEN_ITEM_NONE) {
            value += around_of(reading, at, 1 - met++);
        }
    }
    const struct screen_model_curve *curve = &reading->model->head->curves[SCREEN_MODEL_BLAME];
    return screen_model_worth(curve, value * SCREEN_MODEL_ONE + curve->bias);
}

int32_t screen_model_whole(const struct screen_model *model, enum screen_model_whole whole,
                           const uint32_t *keys, uint32_t count)
{
    if (model == NULL || model->head->wholes[whole].rows == 0) {
        return SCREEN_WHOLE_NONE;
    }
    const struct screen_model_sum *worth = &model->head->wholes[whole];
    const struct screen_model_row *rows = model->wholes[whole];
    int32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct screen_model_row *row = &rows[screen_model_row_of(keys[i], worth->rows)];
        uint64_t is_found;
        uint64_t place = tag_place(row->tags, keys[i], &is_found);
        sum += row->weights[place] & (int32_t)is_found;
    }
    int64_t share = (int64_t)sum * worth->scale / (int64_t)root_of((uint64_t)count + 1) / 100;
    return (int32_t)share + worth->bias;
}

bool screen_model_is_first_name(const struct screen_model *model, uint32_t hash)
{
    uint32_t bit = hash % SCREEN_MODEL_NAME_BITS;
    return model != NULL && (model->name_bits[bit / 64] >> bit % 64 & 1) != 0 &&
           screen_hashes_have(&model->names, hash);
}

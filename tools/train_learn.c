/*
 * tools/train_learn.c - weights of keys by logistic regression, one head beside the other.
 *
 * Read first: train_screen.h; Duchi, Hazan, Singer 2011 (AdaGrad): each weight has a step of its
 * own, which grows smaller the more the weight has been moved. Start at train_learn().
 */
#include "train_screen.h"

#include <math.h>
#include <stdlib.h>

#define SEED 1831
#define EPOCHS 4
#define STEP 0.1
#define SLOPE_MIN 0.001 /* what is learnt as well as this is passed over */

/* How strongly weights are drawn to 0. Coarse words are known one by one, even seldom ones. */
static const double shrink[TRAIN_HEADS] = {[SCREEN_SCORE_OFFENCE] = 0.03,
                                           [SCREEN_SCORE_HATE] = 0.03,
                                           [SCREEN_SCORE_OBSCENE] = 0.02,
                                           [TRAIN_BLAME] = 0.03};

/* How much a bag of a source counts for each head, when its label is yes and when it is no. Tweets
 * of Davidson et al. were chosen for their words, and five of six are labelled offensive: the
 * others count more. For blame: an item. */
static const struct {
    double yes[TRAIN_HEADS], no[TRAIN_HEADS];
} counts[TRAIN_SOURCE_COUNT] = {
    [TRAIN_HATEMOJI] = {{0.5, 2.0, 1.0, 0.3}, {0.5, 2.0, 1.0, 0.3}},
    [TRAIN_DAVIDSON] = {{0.5, 0.15, 0.5, 0.2}, {2.0, 0.15, 1.5, 0.2}},
    [TRAIN_SPANS] = {{1.0, 0.0, 2.0, 1.0}, {1.5, 0.0, 3.0, 1.0}},
    [TRAIN_CORPUS] = {{2.0, 2.0, 4.0, 2.0}, {2.0, 2.0, 2.0, 2.0}},
    [TRAIN_SENTENCES] = {{0.5, 1.0, 3.0, 0.5}, {1.5, 2.0, 3.0, 0.5}},
    [TRAIN_TAGGED] = {{0.0, 0.0, 2.0, 0.0}, {0.3, 0.3, 3.0, 0.1}},
};

/* ---- Arithmetic ------------------------------------------------------------------------------ */

uint64_t train_random_below(struct train_random *random, uint64_t bound)
{
    random->state += 0x9E3779B97F4A7C15u;
    uint64_t mixed = random->state;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return (mixed ^ mixed >> 31) % bound;
}

int64_t train_rounded(double x)
{
    return (int64_t)floor(x + 0.5);
}

static const double logarithm_of_2 = 0.69314718055994530942;

double train_sigmoid(double x)
{
    enum { SIZE_MAX_EXPONENT = 40, TERMS = 18 };
    double size = x < 0 ? -x : x;
    if (size > SIZE_MAX_EXPONENT) {
        return x < 0 ? 0 : 1;
    }
    /* e^-size is a half to the power of `halvings`, times e^-rest by its series. */
    int halvings = (int)(size / logarithm_of_2);
    double rest = size - halvings * logarithm_of_2;
    double power = 1, term = 1;
    for (int i = 1; i < TERMS; i++) {
        term = term * -rest / i;
        power += term;
    }
    for (; halvings > 0; halvings--) {
        power *= 0.5;
    }
    return x < 0 ? power / (1 + power) : 1 / (1 + power);
}

double train_logarithm(double x)
{
    enum { TERMS = 40 };
    int doublings = 0;
    for (; x >= 2; doublings++) {
        x *= 0.5;
    }
    for (; x < 1; doublings--) {
        x *= 2;
    }
    /* Of what is left, between one and two, by the series of the inverse hyperbolic tangent. */
    double ratio = (x - 1) / (x + 1);
    double power = ratio, sum = 0;
    for (int i = 1; i < TERMS; i += 2) {
        sum += power / i;
        power *= ratio * ratio;
    }
    return 2 * sum + doublings * logarithm_of_2;
}

/* ---- Scores ---------------------------------------------------------------------------------- */

/* What a weight counts in a sentence: the more items, the less each of them. */
static double share_of(const struct train_sentence *sentence)
{
    uint32_t items = sentence->end - sentence->first;
    return 1 / sqrt(items < SCREEN_MODEL_ITEMS_MIN ? SCREEN_MODEL_ITEMS_MIN : items);
}

static void sentence_score(const struct train_bags *bags, const struct train_weights *weights,
                           const struct train_sentence *sentence, double scores[SCREEN_SCORE_COUNT])
{
    double sums[SCREEN_SCORE_COUNT] = {0};
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct train_item *item = &bags->items[i];
        for (uint32_t key = item->first; key < item->first + item->count; key++) {
            const double *weight = weights->at[bags->keys[key]];
            for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
                sums[head] += weight[head];
            }
        }
    }
    for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
        scores[head] = sums[head] * share_of(sentence) + weights->bias[head];
    }
}

/* The number of a SCREEN_PAIR_AROUND key that an item `distance` behind its word is given. */
static size_t around_number(int distance)
{
    return distance == -2 ? 0 : distance == -1 ? 1 : distance == 1 ? 2 : 3;
}

/* The place of the word that stands so far from an item of the sentence, or TRAIN_NO_PLACE. */
static uint32_t around_place(const struct train_bags *bags, const struct train_sentence *sentence,
                             uint32_t item, int distance)
{
    int64_t other = (int64_t)item - distance;
    bool is_there = distance != 0 && other >= sentence->first && other < sentence->end;
    return is_there ? bags->items[other].around : TRAIN_NO_PLACE;
}

static double item_blame(const struct train_bags *bags, const struct train_weights *weights,
                         const struct train_sentence *sentence, uint32_t item)
{
    const struct train_item *read = &bags->items[item];
    double sum = weights->bias[TRAIN_BLAME];
    for (uint32_t key = read->first; key < read->first + read->own; key++) {
        sum += weights->at[bags->keys[key]][TRAIN_BLAME];
    }
    for (int distance = -2; distance <= 2; distance++) {
        uint32_t place = around_place(bags, sentence, item, distance);
        sum += place == TRAIN_NO_PLACE ? 0 : weights->at[place][around_number(distance)];
    }
    return sum;
}

/* ---- Steps ----------------------------------------------------------------------------------- */

struct learning {
    const struct train_bags *bags;
    const bool *is_kept; /* of each place; NULL: all are */
    struct train_weights weights;
    struct train_weights moved; /* sums of the squares of all slopes so far */
};

static void weight_move(double *weight, double *moved, double slope)
{
    *moved += slope * slope;
    *weight -= STEP * slope / sqrt(*moved + 1e-8);
}

static void place_move(struct learning *learning, uint32_t place, size_t number, double slope)
{
    if (learning->is_kept == NULL || learning->is_kept[place]) {
        size_t head = learning->bags->is_around[place] ? TRAIN_BLAME : number;
        double *weight = &learning->weights.at[place][number];
        weight_move(weight, &learning->moved.at[place][number], slope + shrink[head] * *weight);
    }
}

static void sentence_move(struct learning *learning, uint32_t sentence, size_t head, double slope)
{
    const struct train_bags *bags = learning->bags;
    const struct train_sentence *moved = &bags->sentences[sentence];
    double share = share_of(moved);
    for (uint32_t i = moved->first; i < moved->end; i++) {
        const struct train_item *item = &bags->items[i];
        for (uint32_t key = item->first; key < item->first + item->count; key++) {
            place_move(learning, bags->keys[key], head, slope * share);
        }
    }
    weight_move(&learning->weights.bias[head], &learning->moved.bias[head], slope);
}

static void item_move(struct learning *learning, const struct train_sentence *sentence,
                      uint32_t item, double slope)
{
    const struct train_bags *bags = learning->bags;
    const struct train_item *moved = &bags->items[item];
    for (uint32_t key = moved->first; key < moved->first + moved->own; key++) {
        place_move(learning, bags->keys[key], TRAIN_BLAME, slope);
    }
    for (int distance = -2; distance <= 2; distance++) {
        uint32_t place = around_place(bags, sentence, item, distance);
        if (place != TRAIN_NO_PLACE) {
            place_move(learning, place, around_number(distance), slope);
        }
    }
    weight_move(&learning->weights.bias[TRAIN_BLAME], &learning->moved.bias[TRAIN_BLAME], slope);
}

/* ---- Bags ------------------------------------------------------------------------------------ */

/* The surest sentence of a bag speaks for it: it makes a yes true, and must be denied by a no. */
static void heads_learn(struct learning *learning, const struct train_bag *bag)
{
    double best[SCREEN_SCORE_COUNT] = {0};
    uint32_t which[SCREEN_SCORE_COUNT] = {0};
    for (uint32_t sentence = bag->first; sentence < bag->end; sentence++) {
        double scores[SCREEN_SCORE_COUNT];
        sentence_score(learning->bags, &learning->weights, &learning->bags->sentences[sentence],
                       scores);
        for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
            if (sentence == bag->first || scores[head] > best[head]) {
                best[head] = scores[head];
                which[head] = sentence;
            }
        }
    }
    for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
        bool is_yes = bag->label[head] == TRAIN_YES;
        double count = is_yes ? counts[bag->source].yes[head] : counts[bag->source].no[head];
        double slope = count * (train_sigmoid(best[head]) - (is_yes ? 1 : 0));
        if (bag->label[head] != TRAIN_UNKNOWN && fabs(slope) > SLOPE_MIN) {
            sentence_move(learning, which[head], head, slope);
        }
    }
}

static void blame_learn(struct learning *learning, const struct train_bag *bag)
{
    const struct train_bags *bags = learning->bags;
    for (uint32_t s = bag->first; s < bag->end; s++) {
        const struct train_sentence *sentence = &bags->sentences[s];
        for (uint32_t item = sentence->first; item < sentence->end; item++) {
            bool is_yes = bags->items[item].blamed == TRAIN_YES;
            double count = is_yes ? counts[bag->source].yes[TRAIN_BLAME]
                                  : counts[bag->source].no[TRAIN_BLAME];
            double blame = item_blame(bags, &learning->weights, sentence, item);
            double slope = count * (train_sigmoid(blame) - (is_yes ? 1 : 0));
            if (bags->items[item].blamed != TRAIN_UNKNOWN && fabs(slope) > SLOPE_MIN) {
                item_move(learning, sentence, item, slope);
            }
        }
    }
}

void train_shuffle(struct train_random *random, uint32_t *order, uint32_t count)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t other = (uint32_t)train_random_below(random, i);
        uint32_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
}

struct train_weights train_learn(struct arena *arena, const struct train_bags *bags,
                                 const bool *is_kept)
{
    struct learning learning = {.bags = bags, .is_kept = is_kept};
    size_t bytes = arena_array_bytes(bags->vocabulary_count, sizeof *learning.weights.at);
    learning.weights.at = arena_alloc(arena, bytes);
    learning.moved.at = arena_alloc(arena, bytes);
    uint32_t *order = ARENA_ARRAY(arena, uint32_t, bags->bag_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < bags->bag_count; i++) {
        if (bags->bags[i].part == TRAIN_PART_LEARN) {
            order[count++] = i;
        }
    }
    struct train_random random = {SEED};
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        train_shuffle(&random, order, count);
        for (uint32_t i = 0; i < count; i++) {
            heads_learn(&learning, &bags->bags[order[i]]);
            blame_learn(&learning, &bags->bags[order[i]]);
        }
    }
    return learning.weights;
}

/* ---- What is worth keeping ------------------------------------------------------------------- */

static int by_worth(const void *left, const void *right)
{
    const struct train_worth *a = left;
    const struct train_worth *b = right;
    if (a->worth != b->worth) {
        return a->worth > b->worth ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

void train_worths_sort(struct train_worth *worths, size_t count)
{
    qsort(worths, count, sizeof *worths, by_worth);
}

const bool *train_keep(struct arena *arena, const struct train_bags *bags,
                       const struct train_weights *weights, uint32_t count)
{
    struct train_worth *worths =
        ARENA_ARRAY(arena, struct train_worth, bags->vocabulary_count);
    bool *is_kept = ARENA_ARRAY(arena, bool, bags->vocabulary_count);
    for (uint32_t place = 0; place < bags->vocabulary_count; place++) {
        double largest = 0;
        for (size_t number = 0; number < TRAIN_HEADS; number++) {
            double size = fabs(weights->at[place][number]);
            size = number == TRAIN_BLAME ? size / 2 : size;
            largest = size > largest ? size : largest;
        }
        worths[place] = (struct train_worth){largest * sqrt(sqrt(bags->frequency[place])), place};
    }
    train_worths_sort(worths, bags->vocabulary_count);
    const uint32_t rows = TRAIN_SLOTS / SCREEN_MODEL_ROW;
    uint8_t *taken = ARENA_ARRAY(arena, uint8_t, rows);
    for (uint32_t i = 0, kept = 0; kept < count && i < bags->vocabulary_count; i++) {
        uint32_t row = screen_model_row_of(bags->vocabulary[worths[i].place], rows);
        if (taken[row] < SCREEN_MODEL_ROW) {
            is_kept[worths[i].place] = true;
            taken[row]++;
            kept++;
        }
    }
    return is_kept;
}

/*
 * screen/features.c - the keys of words and of their letters. Read first: features_int.h.
 */
#include "screen/features_int.h"

/* Runs of this many letters, ends included. */
#define RUN_LETTERS_MIN 3
#define RUN_LETTERS_MAX 4

/* Arrows and what follows; before them stand letters, marks and general punctuation. */
#define EMOJI_FIRST 0x2190u

/* Where the halves part cannot be foretold, so there is no branch for it. */
bool screen_hashes_have(const struct screen_hashes *hashes, uint32_t hash)
{
    const uint32_t *from = hashes->at;
    if (hashes->count == 0) {
        return false;
    }
    for (uint32_t count = hashes->count; count > 1;) {
        uint32_t half = count / 2;
        from += half & ((uint32_t)0 - (uint32_t)(from[half - 1] < hash));
        count -= half;
    }
    return *from == hash;
}

static void sieve_fill(struct screen_sieve *sieve, struct screen_hashes hashes)
{
    for (uint32_t i = 0; i < hashes.count; i++) {
        sieve->bits[hashes.at[i] / 64 % 64] |= (uint64_t)1 << hashes.at[i] % 64;
    }
}

struct screen_feature_sets screen_feature_sets(struct screen_hashes groups,
                                               struct screen_hashes people)
{
    struct screen_feature_sets sets = {.groups = groups, .people = people};
    sieve_fill(&sets.sieve, groups);
    sieve_fill(&sets.sieve, people);
    return sets;
}

static bool is_in(const struct screen_feature_sets *sets, const struct screen_hashes *hashes,
                  uint32_t hash)
{
    return (sets->sieve.bits[hash / 64 % 64] >> hash % 64 & 1) != 0 &&
           screen_hashes_have(hashes, hash);
}

/* A hash as a word: none of the stand-ins. */
static uint32_t word_of(uint32_t hash, const struct screen_feature_sets *sets)
{
    if (is_in(sets, &sets->groups, hash)) {
        return SCREEN_ITEM_GROUP;
    }
    return hash < SCREEN_ITEM_COUNT ? hash + SCREEN_ITEM_COUNT : hash;
}

static uint32_t token_word(const struct screen_token *token, const struct screen_feature_sets *sets)
{
    switch ((enum screen_token_kind)token->kind) {
    case SCREEN_TOKEN_WORD:
    case SCREEN_TOKEN_MIXED:
    case SCREEN_TOKEN_HASHTAG:
        return word_of(token->stem_hash, sets);
    case SCREEN_TOKEN_NUMBER:
        return SCREEN_ITEM_NUMBER;
    case SCREEN_TOKEN_MAIL:
    case SCREEN_TOKEN_LINK:
        return SCREEN_ITEM_ADDRESS;
    case SCREEN_TOKEN_HANDLE:
        return SCREEN_ITEM_HANDLE;
    case SCREEN_TOKEN_SIGN:
        return token->sign < EMOJI_FIRST ? SCREEN_ITEM_NONE : word_of(token->hash, sets);
    case SCREEN_TOKEN_KIND_COUNT:
        break;
    }
    return SCREEN_ITEM_NONE;
}

/* "black women", "gay people": one group is enough. */
static bool adds_nothing(const struct screen_token *token, uint32_t word, uint32_t last,
                         const struct screen_feature_sets *sets)
{
    return last == SCREEN_ITEM_GROUP &&
           (word == SCREEN_ITEM_GROUP || is_in(sets, &sets->people, token->stem_hash));
}

void screen_feature_sentence(const struct screen_draft *draft,
                             const struct screen_feature_sets *sets, uint32_t sentence,
                             uint32_t *words)
{
    uint32_t last = SCREEN_ITEM_NONE;
    for (uint32_t i = draft->sentences[sentence]; i < draft->sentences[sentence + 1]; i++) {
        const struct screen_token *token = &draft->tokens[i];
        words[i] = token_word(token, sets);
        if (adds_nothing(token, words[i], last, sets)) {
            words[i] = SCREEN_ITEM_NONE;
        } else if (words[i] != SCREEN_ITEM_NONE) {
            last = words[i];
        }
    }
}

const uint32_t *screen_feature_words(struct arena *arena, const struct screen_draft *draft,
                                     const struct screen_feature_sets *sets)
{
    uint32_t *words = ARENA_ARRAY(arena, uint32_t, draft->token_count + 1);
    for (uint32_t i = 0; i < draft->sentence_count; i++) {
        screen_feature_sentence(draft, sets, i, words);
    }
    return words;
}

/* The key of a run, from its letters in one number. */
static uint32_t run_key(uint64_t letters)
{
    letters = (letters ^ letters >> 29) * 0xD6E8FEB86659FD93u;
    letters = (letters ^ letters >> 32) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(letters >> 32);
}

/* Adds the runs of a word; the letters read last stand in `window`, the newest lowest. */
static uint32_t runs_add(struct str plain, uint32_t *keys)
{
    uint32_t count = 0;
    uint64_t window = '^';
    size_t letters = plain.len < SCREEN_LETTERS_MAX ? plain.len : SCREEN_LETTERS_MAX;
    for (size_t i = 0; i <= letters; i++) {
        window = window << 8 | (i < letters ? (unsigned char)plain.at[i] : '$');
        for (size_t run = RUN_LETTERS_MIN; run <= RUN_LETTERS_MAX && run <= i + 2; run++) {
            uint64_t mask = ((uint64_t)1 << 8 * run) - 1;
            keys[count++] = run_key((window & mask) | (uint64_t)run << 56);
        }
    }
    return count;
}

struct screen_feature_walk screen_feature_walk(const struct screen_draft *draft,
                                               const uint32_t *words, uint32_t first, uint32_t end)
{
    struct screen_feature_walk walk = {.draft = draft, .words = words, .next = first, .end = end};
    for (uint32_t i = first; i < end && !walk.has_group; i++) {
        walk.has_group = words[i] == SCREEN_ITEM_GROUP;
    }
    return walk;
}

static void item_begin(const uint32_t *words, uint32_t token, struct screen_feature_item *item)
{
    item->token = token;
    item->word = item->keys[0] = words[token];
    item->own = item->count = 1;
}

void screen_feature_own(const struct screen_draft *draft, const uint32_t *words, uint32_t token,
                        struct screen_feature_item *item)
{
    const struct screen_token *one = &draft->tokens[token];
    item_begin(words, token, item);
    uint32_t count = item->count;
    if (item->word >= SCREEN_ITEM_COUNT && one->kind != SCREEN_TOKEN_SIGN) {
        count +=
            runs_add(str_slice(draft->plain, one->plain, (size_t)one->plain + one->plain_bytes),
                     item->keys + count);
    }
    item->own = item->count = count;
}

/* Goes on to the next token that takes part. */
static bool walk_seek(struct screen_feature_walk *walk)
{
    while (walk->next < walk->end && walk->words[walk->next] == SCREEN_ITEM_NONE) {
        walk->next++;
    }
    return walk->next < walk->end;
}

/* The keys of the pairs that a word ends; answers one past the last. */
static uint32_t *pairs_put(struct screen_feature_walk *walk, uint32_t word, uint32_t *keys)
{
    *keys++ = screen_pair_key(SCREEN_PAIR_NEXT, walk->last, word);
    *keys++ = screen_pair_key(SCREEN_PAIR_SKIP, walk->before_last, word);
    if (walk->has_group) {
        *keys++ = screen_pair_key(SCREEN_PAIR_GROUP, SCREEN_ITEM_GROUP, word);
    }
    walk->before_last = walk->last;
    walk->last = word;
    return keys;
}

bool screen_feature_next(struct screen_feature_walk *walk, struct screen_feature_item *item)
{
    if (!walk_seek(walk)) {
        return false;
    }
    screen_feature_own(walk->draft, walk->words, walk->next++, item);
    item->count = (uint32_t)(pairs_put(walk, item->word, item->keys + item->own) - item->keys);
    return true;
}

uint32_t screen_feature_words_keys(const struct screen_draft *draft, const uint32_t *words,
                                   uint32_t end, uint32_t *keys)
{
    struct screen_feature_walk walk = screen_feature_walk(draft, words, 0, end);
    uint32_t *next = keys;
    for (uint32_t i = 0; i < end; i++) {
        if (words[i] != SCREEN_ITEM_NONE) {
            *next++ = words[i];
            next = pairs_put(&walk, words[i], next);
        }
    }
    return (uint32_t)(next - keys);
}

/*
 * screen/words.c - marks the words and phrases of a draft with their classes.
 *
 * Read first: words_int.h, word_tables_int.h. A word is looked up by its hash, a phrase by those of
 * its first two words, so that the thousand phrases that begin with "the" cost nothing.
 *
 * What must hold: a word is known by its 32-bit hash alone. With ten thousand words one unknown
 * word in 400,000 is taken for a known one, which no detector decides by alone.
 */
#include "screen/words_int.h"

#include "screen/word_tables_int.h"

/* FNV-1a of the letters so far: prefixes of several lengths are hashed in one pass. */
#define FNV_START 2166136261u
#define FNV_PRIME 16777619u

static void word_mark(struct screen_token *token, uint32_t hash)
{
    uint32_t mask = screen_word_slots_count - 1;
    for (uint32_t at = hash & mask; screen_word_slots[at] != 0; at = (at + 1) & mask) {
        const struct screen_word_row *row = &screen_word_rows[screen_word_slots[at] - 1];
        if (row->hash == hash) {
            screen_classes_add(&token->classes, &screen_class_sets[row->set]);
            return;
        }
    }
}

static void prefix_mark(struct screen_token *token, uint32_t hash, uint32_t bytes)
{
    uint32_t mask = screen_prefix_slots_count - 1;
    for (uint32_t at = hash & mask; screen_prefix_slots[at] != 0; at = (at + 1) & mask) {
        const struct screen_prefix_row *row = &screen_prefix_rows[screen_prefix_slots[at] - 1];
        if (row->hash == hash && row->bytes == bytes) {
            screen_classes_add(&token->classes, &screen_class_sets[row->set]);
            return;
        }
    }
}

/* The end of screen_hash(). */
static uint32_t hash_end(uint32_t state)
{
    state = (state ^ state >> 16) * 0x85ebca6bu;
    state = (state ^ state >> 13) * 0xc2b2ae35u;
    return state ^ state >> 16;
}

static void prefixes_mark(const struct screen_draft *draft, struct screen_token *token)
{
    const unsigned char *plain = (const unsigned char *)draft->plain.at + token->plain;
    uint32_t state = FNV_START;
    uint32_t done = 0;
    for (uint32_t i = 0; i < screen_prefix_lengths_count; i++) {
        uint32_t bytes = screen_prefix_lengths[i];
        if (bytes > token->plain_bytes) {
            return;
        }
        for (; done < bytes; done++) {
            state = (state ^ plain[done]) * FNV_PRIME;
        }
        prefix_mark(token, hash_end(state), bytes);
    }
}

static bool is_worded(const struct screen_token *token)
{
    return token->kind != SCREEN_TOKEN_SIGN && token->kind != SCREEN_TOKEN_LINK &&
           token->kind != SCREEN_TOKEN_MAIL;
}

/* Whether the words at `at` are those of the phrase, with no sign between them. */
static bool phrase_stands(const struct screen_draft *draft, uint32_t at,
                          const struct screen_phrase_row *phrase)
{
    if (draft->tokens[at].hash != phrase->hash || draft->token_count - at <= phrase->more) {
        return false;
    }
    for (uint32_t i = 0; i < phrase->more; i++) {
        const struct screen_token *token = &draft->tokens[at + 1 + i];
        uint32_t wanted = screen_phrase_rest[phrase->first + i];
        if (!is_worded(token) || (token->hash != wanted && token->stem_hash != wanted)) {
            return false;
        }
    }
    return true;
}

/* Of the first two words of a phrase. */
static uint32_t screen_pair_hash(uint32_t first, uint32_t second)
{
    return (first * 31) ^ (second * 0x9e3779b1u);
}

static void phrases_mark(struct screen_draft *draft, uint32_t at, uint32_t second)
{
    uint32_t key = screen_pair_hash(draft->tokens[at].hash, second);
    uint32_t mask = screen_phrase_slots_count - 1;
    for (uint32_t slot = key & mask; screen_phrase_slots[slot] != 0; slot = (slot + 1) & mask) {
        const struct screen_phrase_row *phrase = &screen_phrase_rows[screen_phrase_slots[slot] - 1];
        if (phrase->hash != draft->tokens[at].hash || screen_phrase_rest[phrase->first] != second) {
            continue;
        }
        for (bool is_last = false; !is_last; is_last = phrase->is_last != 0, phrase++) {
            for (uint32_t i = 0; phrase_stands(draft, at, phrase) && i <= phrase->more; i++) {
                screen_classes_add(&draft->tokens[at + i].classes, &screen_class_sets[phrase->set]);
            }
        }
        return;
    }
}

static void draft_sum(struct screen_draft *draft)
{
    for (uint32_t i = 0; i < draft->token_count; i++) {
        draft->kinds |= (uint16_t)(1u << draft->tokens[i].kind);
        uint32_t sign = draft->tokens[i].sign;
        if (draft->tokens[i].kind == SCREEN_TOKEN_SIGN && sign < 128) {
            draft->signs[sign / 64] |= (uint64_t)1 << sign % 64;
        }
        screen_classes_add(&draft->classes, &draft->tokens[i].classes);
    }
}

/* The tables are larger than a processor's nearest memory: asks for what the word after the next
 * will need, so that it has come by then. */
static void tables_fetch(const struct screen_draft *draft, uint32_t at)
{
    if (at + 1 >= draft->token_count) {
        return;
    }
    const struct screen_token *token = &draft->tokens[at];
    __builtin_prefetch(&screen_word_slots[token->hash & (screen_word_slots_count - 1)]);
    __builtin_prefetch(&screen_phrase_slots[screen_pair_hash(token->hash, token[1].hash) &
                                            (screen_phrase_slots_count - 1)]);
}

void screen_words_mark(struct screen_draft *draft)
{
    for (uint32_t i = 0; i < draft->token_count; i++) {
        struct screen_token *token = &draft->tokens[i];
        tables_fetch(draft, i + 3);
        if (!is_worded(token)) {
            continue;
        }
        word_mark(token, token->hash);
        if (token->stem_hash != token->hash) {
            word_mark(token, token->stem_hash);
        }
        prefixes_mark(draft, token);
        if (i + 1 < draft->token_count && is_worded(token + 1)) {
            phrases_mark(draft, i, token[1].hash);
            if (token[1].stem_hash != token[1].hash) {
                phrases_mark(draft, i, token[1].stem_hash);
            }
        }
    }
    draft_sum(draft);
}

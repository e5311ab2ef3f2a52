/*
 * screen/words.c - marks the words and phrases of a draft with their classes.
 *
 * Read first: words_int.h, word_tables_int.h. A word is looked up by its hash, a phrase by those of
 * its first two words, so that the thousand phrases that begin with "the" cost nothing. The tables
 * are larger than a processor's nearest memory, so tokens are looked up a batch at a time.
 *
 * What must hold: a word is known by its 32-bit hash alone. With ten thousand words one unknown
 * word in 400,000 is taken for a known one, which no detector decides by alone.
 */
#include "screen/words_int.h"

#include "screen/screen_int.h"
#include "screen/word_tables_int.h"

/* Tokens that are looked up together: what each needs of the large tables is asked for before the
 * first is waited for. */
#define BATCH_TOKENS 64
#define BATCH_LEADS 64

struct phrase_lead {
    uint32_t at, second; /* a token, and the hash of the word behind it */
    uint32_t place;      /* in screen_phrase_places, then in screen_phrase_rows */
};

struct batch {
    struct screen_draft *draft;
    uint32_t first, end;
    uint32_t slots[BATCH_TOKENS]; /* of words */
    uint32_t sets[BATCH_TOKENS];
    struct phrase_lead leads[BATCH_LEADS];
    uint32_t lead_count;
};

static bool is_worded(const struct screen_token *token)
{
    const unsigned others =
        1u << SCREEN_TOKEN_SIGN | 1u << SCREEN_TOKEN_LINK | 1u << SCREEN_TOKEN_MAIL;
    return !(others >> token->kind & 1);
}

/* ---- Words ----------------------------------------------------------------------------------- */

uint32_t screen_word_set(uint32_t hash)
{
    const uint32_t mask = screen_word_tags_count - 1;
    const uint64_t tag = screen_word_tag(hash);
    for (uint32_t bucket = hash & mask;; bucket = (bucket + 1) & mask) {
        uint64_t tags = screen_word_tags[bucket];
        for (uint64_t found = screen_tags_find(tags, tag); found != 0; found &= found - 1) {
            const struct screen_word_row *row =
                &screen_word_rows[bucket * SCREEN_BUCKET_SLOTS +
                                  (uint32_t)__builtin_ctzll(found) / 8];
            if (row->hash == hash && row->set != 0) {
                return row->set;
            }
        }
        if (screen_tags_find(tags, 0) != 0) {
            return 0;
        }
    }
}

/* Looks words up without a branch for whether they are there, which cannot be foretold. What may
 * stand at another place than the first is marked. */
#define SLOT_UNSURE ((uint32_t)1 << 31)

static void batch_words_seek(struct batch *batch)
{
    const uint32_t mask = screen_word_tags_count - 1;
    for (uint32_t i = batch->first; i < batch->end; i++) {
        uint32_t hash = batch->draft->tokens[i].hash;
        uint32_t bucket = hash & mask;
        uint64_t tags = screen_word_tags[bucket];
        uint64_t found = screen_tags_find(tags, screen_word_tag(hash));
        bool is_unsure = (found != 0) | (screen_tags_find(tags, 0) == 0);
        uint32_t within = (uint32_t)__builtin_ctzll(found | (uint64_t)1 << 63) / 8;
        uint32_t slot = bucket * SCREEN_BUCKET_SLOTS + within;
        __builtin_prefetch(&screen_word_rows[slot]);
        batch->slots[i - batch->first] = slot | (uint32_t)is_unsure << 31;
    }
}

static void set_fetch(uint32_t set)
{
    const char *at = (const char *)&screen_class_sets[set];
    __builtin_prefetch(at);
    __builtin_prefetch(at + sizeof screen_class_sets[set] - 1);
}

static void batch_sets_find(struct batch *batch)
{
    for (uint32_t i = batch->first; i < batch->end; i++) {
        const struct screen_token *token = &batch->draft->tokens[i];
        uint32_t slot = batch->slots[i - batch->first];
        const struct screen_word_row *row = &screen_word_rows[slot & ~SLOT_UNSURE];
        uint32_t set = row->hash == token->hash ? row->set : 0;
        if ((set == 0) & (slot >> 31)) {
            set = screen_word_set(token->hash);
        }
        set = is_worded(token) ? set : 0;
        set_fetch(set);
        batch->sets[i - batch->first] = set;
    }
}

/* Of most words the first two letters say that no prefix is theirs. */
static void prefixes_mark(const struct screen_draft *draft, struct screen_token *token)
{
    const unsigned char *plain = (const unsigned char *)draft->plain.at + token->plain;
    if (token->plain_bytes < 2 || !(screen_prefix_seconds[plain[0] & 31] >> (plain[1] & 31) & 1)) {
        return;
    }
    for (uint32_t i = 0; i < screen_prefix_rows_count; i++) {
        const struct screen_prefix_row *row = &screen_prefix_rows[i];
        struct str begin = {(const char *)plain, row->bytes};
        if (row->bytes <= token->plain_bytes && screen_hash(begin) == row->hash) {
            screen_classes_add(&token->classes, &screen_class_sets[row->set]);
        }
    }
}

static void batch_words_mark(struct batch *batch)
{
    for (uint32_t i = batch->first; i < batch->end; i++) {
        struct screen_token *token = &batch->draft->tokens[i];
        screen_classes_add(&token->classes, &screen_class_sets[batch->sets[i - batch->first]]);
        if (!is_worded(token)) {
            continue;
        }
        if (token->stem_hash != token->hash) {
            uint32_t stem = screen_word_set(token->stem_hash);
            screen_classes_add(&token->classes, &screen_class_sets[stem]);
        }
        prefixes_mark(batch->draft, token);
    }
}

/* ---- Phrases --------------------------------------------------------------------------------- */

/* Whether the words at a lead are those of the phrase, with no sign between them. */
static bool phrase_stands(const struct screen_draft *draft, const struct phrase_lead *lead,
                          const struct screen_phrase_row *phrase)
{
    if (draft->tokens[lead->at].hash != phrase->hash || lead->second != phrase->second ||
        draft->token_count - lead->at <= phrase->more) {
        return false;
    }
    for (uint32_t i = 1; i < phrase->more; i++) {
        const struct screen_token *token = &draft->tokens[lead->at + 1 + i];
        uint32_t wanted = screen_phrase_rest[phrase->first + i - 1];
        if (!is_worded(token) || (token->hash != wanted && token->stem_hash != wanted)) {
            return false;
        }
    }
    return true;
}

static void phrases_mark(struct screen_draft *draft, const struct phrase_lead *lead)
{
    const struct screen_phrase_row *phrase = &screen_phrase_rows[lead->place];
    for (bool is_last = false; !is_last; is_last = phrase->is_last != 0, phrase++) {
        if (!phrase_stands(draft, lead, phrase)) {
            continue;
        }
        for (uint32_t i = 0; i <= phrase->more; i++) {
            screen_classes_add(&draft->tokens[lead->at + i].classes,
                               &screen_class_sets[phrase->set]);
        }
    }
}

static void batch_phrases_mark(struct batch *batch)
{
    for (uint32_t i = 0; i < batch->lead_count; i++) {
        struct phrase_lead *lead = &batch->leads[i];
        lead->place = screen_phrase_places[lead->place];
        __builtin_prefetch(&screen_phrase_rows[lead->place]);
    }
    for (uint32_t i = 0; i < batch->lead_count; i++) {
        phrases_mark(batch->draft, &batch->leads[i]);
    }
    batch->lead_count = 0;
}

/* Of the first two words of a phrase. */
static uint32_t screen_pair_hash(uint32_t first, uint32_t second)
{
    return (first * 31) ^ (second * 0x9e3779b1u);
}

/* Notes where phrases may stand that begin with a token and `second`; with most pairs none does. */
static void leads_note(struct batch *batch, uint32_t at, uint32_t second)
{
    const uint32_t mask = screen_phrase_tags_count - 1;
    const uint32_t key = screen_pair_hash(batch->draft->tokens[at].hash, second);
    for (uint32_t bucket = key & mask;; bucket = (bucket + 1) & mask) {
        uint64_t tags = screen_phrase_tags[bucket];
        uint64_t found = screen_tags_find(tags, screen_word_tag(key));
        for (; found != 0; found &= found - 1) {
            uint32_t within = (uint32_t)__builtin_ctzll(found) / 8;
            uint32_t slot = bucket * SCREEN_BUCKET_SLOTS + within;
            __builtin_prefetch(&screen_phrase_places[slot]);
            if (batch->lead_count == BATCH_LEADS) {
                batch_phrases_mark(batch);
            }
            batch->leads[batch->lead_count++] = (struct phrase_lead){at, second, slot};
        }
        if (screen_tags_find(tags, 0) != 0) {
            return;
        }
    }
}

static void batch_leads_note(struct batch *batch)
{
    for (uint32_t i = batch->first; i < batch->end && i + 1 < batch->draft->token_count; i++) {
        const struct screen_token *token = &batch->draft->tokens[i];
        if (!is_worded(token) || !is_worded(token + 1)) {
            continue;
        }
        leads_note(batch, i, token[1].hash);
        if (token[1].stem_hash != token[1].hash) {
            leads_note(batch, i, token[1].stem_hash);
        }
    }
}

/* ---- Fetching -------------------------------------------------------------------------------- */

void screen_words_fetch(void)
{
#define FETCH(table) screen_bytes_fetch(table, table##_count * sizeof *(table))
    FETCH(screen_word_tags);
    FETCH(screen_word_rows);
    FETCH(screen_phrase_tags);
    FETCH(screen_phrase_places);
    FETCH(screen_phrase_rows);
    FETCH(screen_phrase_rest);
    FETCH(screen_class_sets);
#undef FETCH
}

/* ---- The draft ------------------------------------------------------------------------------- */

/* What the tokens of each sentence, and of all, are together. */
static void sentences_sum(struct screen_draft *draft)
{
    for (uint32_t sentence = 0; sentence < draft->sentence_count; sentence++) {
        struct screen_classes *all = &draft->sentence_classes[sentence];
        for (uint32_t i = draft->sentences[sentence]; i < draft->sentences[sentence + 1]; i++) {
            screen_classes_add(all, &draft->tokens[i].classes);
        }
        screen_classes_add(&draft->classes, all);
    }
}

static void forms_sum(struct screen_draft *draft)
{
    for (uint32_t i = 0; i < draft->token_count; i++) {
        draft->kinds |= (uint16_t)(1u << draft->tokens[i].kind);
        uint32_t sign = draft->tokens[i].sign; /* of what is no sign it is 0 */
        draft->signs[sign / 64 & 1] |= (uint64_t)(sign - 1 < 127) << sign % 64;
    }
}

void screen_words_mark(struct screen_draft *draft)
{
    struct batch batch;
    batch.draft = draft;
    batch.lead_count = 0;
    for (batch.first = 0; batch.first < draft->token_count; batch.first = batch.end) {
        uint32_t left = draft->token_count - batch.first;
        batch.end = batch.first + (left < BATCH_TOKENS ? left : BATCH_TOKENS);
        batch_words_seek(&batch);
        batch_leads_note(&batch);
        batch_sets_find(&batch);
        batch_words_mark(&batch);
        batch_phrases_mark(&batch);
    }
    sentences_sum(draft);
    forms_sum(draft);
}

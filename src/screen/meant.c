/*
 * screen/meant.c - the keys of a draft for the score of what is meant. Read first: meant_int.h.
 * Start at: speech_meant_keys.
 */
#include "screen/meant_int.h"

#include <assert.h>
#include <string.h>

/* Keys of different sorts never meet. */
enum sort {
    SORT_NEXT = 40, /* symbols or words that follow one another */
    SORT_THREE,
    SORT_OVER, /* one stands between */
    SORT_NEAR, /* symbols alone, close by */
    SORT_OUTSIDE,
    SORT_OUTSIDE_NEXT,
    SORT_FIRST,
    SORT_LAST,
    SORT_VERDICT,
    SORT_BEFORE, /* a word and how far off the insult is */
    SORT_BEHIND,
    SORT_CLAUSE, /* in its sentence, at any distance */
    SORT_FOLLOWS,
    SORT_SHAPE,
};
/* Symbols that have so many others between them at most are near. */
#define NEAR_SYMBOLS 3
/* Words of an insult's sentence that are looked at to either side. */
#define AROUND_TOKENS 14

/* The first that a word belongs to is its symbol. The places in this table are what was learnt: a
 * change of it, of the words of its classes or of speech_who.c wants the model made anew. */
static const enum screen_word symbols[] = {
    SCREEN_WORD_IRONY_SHAPE,    SCREEN_WORD_IRONY_SHAPE_LOOSE, SCREEN_WORD_IRONY_SURE,
    SCREEN_WORD_STANCE_AGREE,   SCREEN_WORD_STANCE_AGAINST,    SCREEN_WORD_TURN_NOT,
    SCREEN_WORD_TURN_AWAY,      SCREEN_WORD_TURN_FALSE,        SCREEN_WORD_SAY_VERB,
    SCREEN_WORD_INSULT_NOUN,    SCREEN_WORD_INSULT_ADJECTIVE,  SCREEN_WORD_INSULT_PHRASE,
    SCREEN_WORD_INSULT_FAINT,   SCREEN_WORD_INSULT_NOUN_LOOSE, SCREEN_WORD_INSULT_ADJECTIVE_LOOSE,
    SCREEN_WORD_IRONY_OPENER,   SCREEN_WORD_IRONY_CHEER,       SCREEN_WORD_IRONY_PRAISE,
    SCREEN_WORD_IRONY_LITTLE,   SCREEN_WORD_IRONY_NONE,        SCREEN_WORD_IRONY_MISHAP,
    SCREEN_WORD_IRONY_TROUBLE,  SCREEN_WORD_IRONY_DARK,        SCREEN_WORD_IRONY_TURN,
    SCREEN_WORD_IRONY_JOKE,     SCREEN_WORD_IRONY_DEED,        SCREEN_WORD_SINCERE_SURE,
    SCREEN_WORD_SINCERE,        SCREEN_WORD_TURN_MAYBE,        SCREEN_WORD_IRONY_THING,
    SCREEN_WORD_PLAIN_BUSINESS, SCREEN_WORD_FICTION,
};
#define SYMBOL_COUNT (sizeof symbols / sizeof *symbols)

/* Symbols below this are whom a word stands for; then classes, then signs. */
enum {
    SYMBOL_NONE,
    SYMBOL_CLASS = SPEECH_WHO_COUNT,
    SYMBOL_NUMBER = SYMBOL_CLASS + SYMBOL_COUNT,
    SYMBOL_SIGN,
    SYMBOL_EDGE = SYMBOL_SIGN + 128, /* the ends of a draft */
};

struct keys {
    const struct speech *speech;
    uint32_t *at;
    uint32_t count, room;
    uint32_t tokens;                        /* that are looked at */
    uint32_t symbols[MEANT_TOKENS_MAX + 2]; /* with an edge on either side */
    uint32_t words[MEANT_TOKENS_MAX + 2];   /* where there is no symbol, the word */
    uint32_t bare[MEANT_TOKENS_MAX + 2]; /* the word, or what the model has for it, or the sign */
};

static void key_add(struct keys *keys, enum sort sort, uint32_t left, uint32_t right)
{
    assert(keys->count < keys->room);
    keys->at[keys->count++] = screen_pair_key((enum screen_pair)sort, left, right);
}

static uint32_t symbol_of(const struct speech *speech, const struct screen_classes *any,
                          uint32_t at)
{
    const struct screen_token *token = &speech->tokens[at];
    if (token->kind == SCREEN_TOKEN_SIGN) {
        return token->sign < 128 ? SYMBOL_SIGN + token->sign : SYMBOL_NONE;
    }
    if (token->kind == SCREEN_TOKEN_NUMBER) {
        return SYMBOL_NUMBER;
    }
    if (speech->who[at] != SPEECH_NOBODY) {
        return speech->who[at];
    }
    for (uint32_t i = 0; screen_classes_meet(&token->classes, any) && i < SYMBOL_COUNT; i++) {
        if (screen_word_is(token, symbols[i])) {
            return SYMBOL_CLASS + i;
        }
    }
    return SYMBOL_NONE;
}

static void add_items(struct keys *keys)
{
    const struct speech *speech = keys->speech;
    const struct screen_draft *draft = speech->work->draft;
    const uint32_t *words = screen_words_of(speech->work);
    struct screen_feature_walk walk = screen_feature_walk(draft, words, 0, keys->tokens);
    for (struct screen_feature_item item; screen_feature_next(&walk, &item);) {
        assert(keys->count + item.count <= keys->room);
        memcpy(keys->at + keys->count, item.keys, item.count * sizeof *item.keys);
        keys->count += item.count;
    }
    keys->symbols[0] = keys->words[0] = keys->bare[0] = SYMBOL_EDGE;
    uint32_t end = keys->tokens + 1;
    keys->symbols[end] = keys->words[end] = keys->bare[end] = SYMBOL_EDGE;
    const struct screen_classes any = SCREEN_CLASSES_OF(symbols);
    for (uint32_t i = 0; i < keys->tokens; i++) {
        bool is_group = words[i] == SCREEN_ITEM_GROUP; /* whom it names must not count */
        uint32_t symbol = is_group ? SYMBOL_NONE : symbol_of(speech, &any, i);
        keys->symbols[i + 1] = symbol;
        keys->words[i + 1] = symbol != SYMBOL_NONE ? symbol : words[i];
        keys->bare[i + 1] = words[i] != SCREEN_ITEM_NONE ? words[i] : speech->tokens[i].sign;
    }
}

static bool is_small(uint32_t symbol)
{
    return symbol == SYMBOL_NONE || symbol == SYMBOL_EDGE || symbol == SYMBOL_SIGN + ',' ||
           symbol == SYMBOL_SIGN + '.';
}

/* Symbols, with words where there is none, in twos and threes; and symbols close by. */
static void add_turns(struct keys *keys)
{
    uint32_t last[NEAR_SYMBOLS] = {0};
    uint32_t seen = 0;
    const uint32_t *words = keys->words;
    for (uint32_t i = 1; i < keys->tokens + 2; i++) {
        key_add(keys, SORT_NEXT, words[i - 1], words[i]);
        if (i > 1) {
            uint32_t both =
                screen_pair_key((enum screen_pair)SORT_NEXT, words[i - 2], words[i - 1]);
            key_add(keys, SORT_THREE, both, words[i]);
            key_add(keys, SORT_OVER, words[i - 2], words[i]);
        }
        uint32_t symbol = keys->symbols[i];
        if (is_small(symbol)) {
            continue;
        }
        for (uint32_t back = 0; back < NEAR_SYMBOLS && back < seen; back++) {
            key_add(keys, SORT_NEAR, last[(seen - 1 - back) % NEAR_SYMBOLS], symbol);
        }
        last[seen++ % NEAR_SYMBOLS] = symbol;
    }
}

/* What stands outside of quotation marks is the writer's own; and what begins and ends a draft. */
static void add_places(struct keys *keys)
{
    const struct screen_draft *draft = keys->speech->work->draft;
    uint32_t sentences = draft->sentence_count;
    uint32_t last = draft->sentences[sentences - 1];
    for (uint32_t i = 0; i < keys->tokens; i++) {
        uint32_t word = keys->bare[i + 1];
        uint32_t symbol = keys->symbols[i + 1];
        if (draft->quote_count > 0 && keys->speech->tokens[i].quote == 0) {
            key_add(keys, SORT_OUTSIDE, word, 0);
            key_add(keys, SORT_OUTSIDE, symbol, 1);
            key_add(keys, SORT_OUTSIDE_NEXT, keys->words[i], keys->words[i + 1]);
        }
        if (sentences > 1 && i < draft->sentences[1]) {
            key_add(keys, SORT_FIRST, word, 0);
            key_add(keys, SORT_FIRST, symbol, 1);
        } else if (sentences > 1 && i >= last) {
            key_add(keys, SORT_LAST, word, 0);
            key_add(keys, SORT_LAST, symbol, 1);
        }
    }
}

static uint32_t far_of(uint32_t distance)
{
    return distance <= 2 ? distance : distance <= 4 ? 3 : distance <= 7 ? 4 : 5;
}

static void add_around(struct keys *keys, const struct speech_phrase *phrase)
{
    const struct speech *speech = keys->speech;
    uint32_t begin = speech_first(speech, phrase->first);
    uint32_t end = speech_least(speech_end(speech, phrase->first), keys->tokens);
    for (uint32_t off = 1; off <= AROUND_TOKENS && phrase->first >= begin + off; off++) {
        uint32_t place = phrase->first - off + 1;
        key_add(keys, SORT_BEFORE, keys->bare[place], far_of(off));
        key_add(keys, SORT_BEFORE, keys->words[place], far_of(off));
        key_add(keys, SORT_CLAUSE, keys->words[place], 0);
    }
    for (uint32_t off = 1; off <= AROUND_TOKENS && phrase->last + off < end; off++) {
        uint32_t place = phrase->last + off + 1;
        key_add(keys, SORT_BEHIND, keys->bare[place], far_of(off));
        key_add(keys, SORT_BEHIND, keys->words[place], far_of(off));
        key_add(keys, SORT_CLAUSE, keys->words[place], 1);
    }
    uint32_t follows = speech_least(end + AROUND_TOKENS, keys->tokens);
    for (uint32_t i = end; i < follows; i++) {
        key_add(keys, SORT_FOLLOWS, keys->bare[i + 1], 0);
        key_add(keys, SORT_FOLLOWS, keys->words[i + 1], 1);
    }
}

/* What the rules say of each insult, alone and together, and what stands around it. */
static void add_insults(struct keys *keys)
{
    enum {
        VERDICT_SAID,
        VERDICT_VOICE,
        VERDICT_FORM,
        VERDICT_WHO,
        VERDICT_ALL,
        VERDICT_STANCE,
        VERDICT_COUNT
    };
    const struct speech *speech = keys->speech;
    struct speech_insult insult;
    uint32_t count = 0;
    for (uint32_t at = 0; count < MEANT_INSULTS_MAX && speech_insult_next(speech, &at, &insult);) {
        if (insult.phrase.last >= keys->tokens) {
            break;
        }
        bool is_quoted = speech->tokens[insult.phrase.first].quote != 0;
        uint32_t form = insult.said.form * 2u + insult.said.is_given;
        uint32_t said = (insult.is * 4u + insult.voice) * 2 + is_quoted;
        key_add(keys, SORT_VERDICT, VERDICT_SAID, insult.is);
        key_add(keys, SORT_VERDICT, VERDICT_VOICE, insult.voice * 2u + is_quoted);
        key_add(keys, SORT_VERDICT, VERDICT_FORM, form);
        key_add(keys, SORT_VERDICT, VERDICT_WHO, insult.said.target.who);
        key_add(keys, SORT_VERDICT, VERDICT_ALL, said * 64 + form);
        add_around(keys, &insult.phrase);
        count++;
    }
    int stance = speech->stance < -2 ? -2 : speech->stance > 2 ? 2 : speech->stance;
    key_add(keys, SORT_VERDICT, VERDICT_STANCE, (uint32_t)(stance + 2) * 2 + (count > 0));
    key_add(keys, SORT_VERDICT, VERDICT_COUNT, count);
}

static void add_shape(struct keys *keys)
{
    struct speech_shape shape = speech_shape(keys->speech);
    for (uint32_t i = 0; i < SPEECH_SHAPES; i++) {
        key_add(keys, SORT_SHAPE, i, shape.at[i]);
    }
    uint32_t quotes = speech_least(keys->speech->work->draft->quote_count, 3);
    key_add(keys, SORT_SHAPE, SPEECH_SHAPES, quotes);
}

uint32_t speech_meant_keys_max(const struct speech *speech)
{
    /* Of an item its word and pairs, and two runs of letters for each letter and the end. */
    const uint64_t fixed = SCREEN_KEYS_MAX - 2 * SCREEN_LETTERS_MAX + MEANT_TOKEN_KEYS;
    uint64_t tokens = speech_least(speech->count, MEANT_TOKENS_MAX);
    uint64_t most =
        tokens * fixed + 2 * speech->work->draft->plain.len + (uint64_t)MEANT_OTHER_KEYS;
    return most < MEANT_KEYS_MAX ? (uint32_t)most : MEANT_KEYS_MAX;
}

uint32_t speech_meant_keys(const struct speech *speech, uint32_t *keys)
{
    struct keys all = {.speech = speech, .at = keys, .room = speech_meant_keys_max(speech)};
    all.tokens = speech_least(speech->count, MEANT_TOKENS_MAX);
    if (all.tokens > 0) {
        add_shape(&all);
        add_items(&all); /* the others need its words */
        add_insults(&all);
        add_turns(&all);
        add_places(&all);
    }
    return all.count;
}

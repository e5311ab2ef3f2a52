/*
 * screen/tone.c - the score of tone of a draft, and the keys that it is made of. Read first:
 * tone_int.h. Start at: speech_tone_keys.
 */
#include "screen/tone_int.h"

#include <assert.h>

/* Keys of different sorts never meet. */
enum sort {
    SORT_NEXT = 16, /* symbols or words that follow one another */
    SORT_THREE,
    SORT_OVER, /* one stands between */
    SORT_NEAR, /* symbols alone, close by */
    SORT_WORDS,
    SORT_CLASS,
    SORT_SHAPE,
    SORT_FIRST, /* a symbol of the first sentence of several, and of the last */
    SORT_LAST,
};
/* Symbols that have so many others between them at most are near. */
#define NEAR_SYMBOLS 4

/* The first that a word belongs to is its symbol. */
static const enum screen_word symbols[] = {
    SCREEN_WORD_IRONY_SHAPE,   SCREEN_WORD_IRONY_SHAPE_LOOSE, SCREEN_WORD_IRONY_SURE,
    SCREEN_WORD_IRONY_OPENER,  SCREEN_WORD_IRONY_CHEER,       SCREEN_WORD_IRONY_PRAISE,
    SCREEN_WORD_IRONY_LITTLE,  SCREEN_WORD_IRONY_NONE,        SCREEN_WORD_IRONY_MISHAP,
    SCREEN_WORD_IRONY_TROUBLE, SCREEN_WORD_IRONY_DARK,        SCREEN_WORD_IRONY_TURN,
    SCREEN_WORD_IRONY_JOKE,    SCREEN_WORD_IRONY_DEED,        SCREEN_WORD_SINCERE_SURE,
    SCREEN_WORD_SINCERE,       SCREEN_WORD_INSULT_NOUN,       SCREEN_WORD_INSULT_ADJECTIVE,
    SCREEN_WORD_INSULT_PHRASE, SCREEN_WORD_INSULT_FAINT,      SCREEN_WORD_TURN_NOT,
    SCREEN_WORD_TURN_AWAY,     SCREEN_WORD_SAY_VERB,          SCREEN_WORD_STANCE_AGREE,
    SCREEN_WORD_STANCE_AGAINST, SCREEN_WORD_IRONY_THING,      SCREEN_WORD_PLAIN_BUSINESS,
};
#define SYMBOL_COUNT (sizeof symbols / sizeof *symbols)
_Static_assert(SYMBOL_COUNT <= 32, "a bit for each");

/* Classes that count for a draft as a whole, beside the symbols. A class has no number of its own
 * in the file: the places in these two tables are what was learnt, and a change of them, of the
 * words of their classes or of speech_who.c wants the model made anew. */
static const enum screen_word others[] = {
    SCREEN_WORD_IRONY_END,   SCREEN_WORD_IRONY_LIKE,    SCREEN_WORD_IRONY_EVEN,
    SCREEN_WORD_IRONY_HAS,   SCREEN_WORD_IRONY_FROM,    SCREEN_WORD_IRONY_BACK,
    SCREEN_WORD_SO_WORD,     SCREEN_WORD_TURN_MAYBE,    SCREEN_WORD_TURN_FALSE,
    SCREEN_WORD_TURN_STOP,   SCREEN_WORD_TURN_QUESTION, SCREEN_WORD_BANTER,
    SCREEN_WORD_FICTION,     SCREEN_WORD_WHO_OUR,       SCREEN_WORD_WHO_MINE,
    SCREEN_WORD_WHO_US,      SCREEN_WORD_SCHOOL_SURE,   SCREEN_WORD_SCHOOL_WORD,
    SCREEN_WORD_INTENSIFIER, SCREEN_WORD_WHOEVER,       SCREEN_WORD_WHEN,
    SCREEN_WORD_HAVING,      SCREEN_WORD_ONLY,          SCREEN_WORD_WOULD,
    SCREEN_WORD_TURN_NONE,   SCREEN_WORD_INSULT_MILD,   SCREEN_WORD_ANY_DETERMINER,
    SCREEN_WORD_SELF_REVEAL, SCREEN_WORD_INSULT_BOOST,  SCREEN_WORD_BELITTLE_CANNOT,
    SCREEN_WORD_AS_WORD,     SCREEN_WORD_THIS_MUCH,     SCREEN_WORD_MORE_WORD,
};
#define OTHER_COUNT (sizeof others / sizeof *others)

/* Symbols below this are whom a word stands for; then classes, then signs. */
enum {
    SYMBOL_NONE,
    SYMBOL_CLASS = SPEECH_WHO_COUNT,
    SYMBOL_NUMBER = SYMBOL_CLASS + SYMBOL_COUNT,
    SYMBOL_EMOJI,
    SYMBOL_SIGN,
    SYMBOL_EDGE = SYMBOL_SIGN + 128, /* the ends of a draft */
};
#define EMOJI_FIRST 0x2190u

static uint32_t key_of(enum sort sort, uint32_t left, uint32_t right)
{
    return screen_pair_key((enum screen_pair)sort, left, right);
}

static uint32_t symbol_of(const struct speech *speech, const struct screen_classes *any,
                          uint32_t at)
{
    const struct screen_token *token = &speech->tokens[at];
    if (token->kind == SCREEN_TOKEN_SIGN) {
        return token->sign >= EMOJI_FIRST ? SYMBOL_EMOJI : SYMBOL_SIGN + (token->sign & 127);
    }
    if (token->kind == SCREEN_TOKEN_NUMBER) {
        return SYMBOL_NUMBER;
    }
    if (speech->who[at] != SPEECH_NOBODY) {
        return speech->who[at];
    }
    if (!screen_classes_meet(&token->classes, any)) {
        return SYMBOL_NONE;
    }
    uint32_t theirs = 0; /* which of them is the first cannot be foretold, so all are looked at */
#pragma GCC unroll 32
    for (uint32_t i = 0; i < SYMBOL_COUNT; i++) {
        theirs |= (uint32_t)screen_word_is(token, symbols[i]) << i;
    }
    return SYMBOL_CLASS + (uint32_t)__builtin_ctz(theirs);
}

/* ---- Keys ------------------------------------------------------------------------------------ */

/* Of one token: of its word, of what follows one another, of what is near, of its sentence. */
#define TOKEN_KEYS_MAX (SCREEN_WORD_KEYS_MAX + 3 + NEAR_SYMBOLS + 1)
_Static_assert((TONE_TOKENS_MAX + 2) * TOKEN_KEYS_MAX + 128 <= TONE_KEYS_MAX,
               "room for all keys, with those of the draft");

struct keys {
    const struct speech *speech;
    uint32_t *at;
    uint32_t count;
    uint32_t tokens; /* that are looked at */
    uint32_t symbols[TONE_TOKENS_MAX + 2]; /* with an edge on either side */
    uint32_t words[TONE_TOKENS_MAX + 2];   /* where there is no symbol, the word */
};

static inline void key_add(struct keys *keys, enum sort sort, uint32_t left, uint32_t right)
{
    keys->at[keys->count++] = key_of(sort, left, right);
}

/* Adds the key if it counts. Whether it does cannot be foretold, so there is no branch for it. */
static inline void key_add_if(struct keys *keys, bool counts, enum sort sort, uint32_t what)
{
    keys->at[keys->count] = key_of(sort, what, 0);
    keys->count += counts;
}

/* Words and pairs as the model sees them, without letters, for the sake of speed. */
static void add_words(struct keys *keys)
{
    const struct screen_draft *draft = keys->speech->work->draft;
    const uint32_t *words = screen_words_of(keys->speech->work);
    keys->count += screen_feature_words_keys(draft, words, keys->tokens, keys->at + keys->count);
    keys->symbols[0] = keys->words[0] = SYMBOL_EDGE;
    keys->symbols[keys->tokens + 1] = keys->words[keys->tokens + 1] = SYMBOL_EDGE;
    const struct screen_classes any = SCREEN_CLASSES_OF(symbols);
    for (uint32_t i = 0; i < keys->tokens; i++) {
        bool is_group = words[i] == SCREEN_ITEM_GROUP; /* whom it names must not count */
        uint32_t symbol = is_group ? SYMBOL_NONE : symbol_of(keys->speech, &any, i);
        keys->symbols[i + 1] = symbol;
        keys->words[i + 1] = symbol != SYMBOL_NONE ? symbol : words[i];
    }
}

/* Symbols, with words where there is none, in twos and threes. */
static void add_turns(struct keys *keys)
{
    const uint32_t *words = keys->words;
    uint32_t *at = keys->at + keys->count;
    uint32_t two = key_of(SORT_NEXT, words[0], words[1]);
    *at++ = two;
    for (uint32_t i = 2; i < keys->tokens + 2; i++) {
        uint32_t next = key_of(SORT_NEXT, words[i - 1], words[i]);
        *at++ = next;
        *at++ = key_of(SORT_THREE, two, words[i]);
        *at++ = key_of(SORT_OVER, words[i - 2], words[i]);
        two = next;
    }
    keys->count = (uint32_t)(at - keys->at);
}

/* Symbols close by, but for the signs that stand everywhere. */
static void add_near(struct keys *keys)
{
    uint32_t near[TONE_TOKENS_MAX + 1];
    uint32_t end = 0;
    for (uint32_t i = 1; i <= keys->tokens; i++) {
        uint32_t symbol = keys->symbols[i];
        near[end] = symbol; /* it stays if it counts */
        end +=
            (symbol != SYMBOL_NONE) & (symbol != SYMBOL_SIGN + ',') & (symbol != SYMBOL_SIGN + '.');
    }
    for (uint32_t i = 1; i < end; i++) {
        for (uint32_t back = 1; back <= speech_least(i, NEAR_SYMBOLS); back++) {
            key_add(keys, SORT_NEAR, near[i - back], near[i]);
        }
    }
}

static void add_shape(struct keys *keys)
{
    struct speech_shape shape = speech_shape(keys->speech);
    for (uint32_t i = 0; i < SPEECH_SHAPES; i++) {
        key_add(keys, SORT_SHAPE, i, shape.at[i]);
    }
}

/* The symbols of the first of several sentences, and of the last. */
static void add_ends(struct keys *keys)
{
    const struct screen_draft *draft = keys->speech->work->draft;
    uint32_t first_end = speech_least(draft->sentences[1], keys->tokens);
    uint32_t last = draft->sentences[draft->sentence_count - 1];
    if (draft->sentence_count < 2) {
        return;
    }
    for (uint32_t i = 0; i < first_end; i++) {
        uint32_t symbol = keys->symbols[i + 1];
        key_add_if(keys, symbol != SYMBOL_NONE, SORT_FIRST, symbol);
    }
    for (uint32_t i = last; i < keys->tokens; i++) {
        uint32_t symbol = keys->symbols[i + 1];
        key_add_if(keys, symbol != SYMBOL_NONE, SORT_LAST, symbol);
    }
}

static void add_classes(struct keys *keys)
{
    const struct screen_classes *classes = &keys->speech->work->draft->classes;
#pragma GCC unroll 32
    for (uint32_t i = 0; i < SYMBOL_COUNT; i++) {
        key_add_if(keys, screen_classes_have(classes, symbols[i]), SORT_CLASS, i);
    }
#pragma GCC unroll 64
    for (uint32_t i = 0; i < OTHER_COUNT; i++) {
        key_add_if(keys, screen_classes_have(classes, others[i]), SORT_CLASS, SYMBOL_COUNT + i);
    }
}

uint32_t speech_tone_keys(const struct speech *speech, uint32_t *keys)
{
    struct keys all = {.speech = speech, .at = keys};
    all.tokens = speech_least(speech->count, TONE_TOKENS_MAX);
    if (all.tokens > 0) {
        add_words(&all);
        add_turns(&all);
        add_near(&all);
        add_shape(&all);
        add_ends(&all);
        add_classes(&all);
    }
    return all.count;
}

int32_t speech_tone(const struct speech *speech)
{
    const struct screen_model *model = speech->work->setting->model;
    if (model == NULL) {
        return SCREEN_WHOLE_NONE; /* which words name a group, only the model knows */
    }
    uint32_t keys[TONE_KEYS_MAX];
    return screen_model_whole(model, SCREEN_WHOLE_TONE, keys, speech_tone_keys(speech, keys));
}

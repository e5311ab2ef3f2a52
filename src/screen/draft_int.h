/*
 * screen/draft_int.h - a draft as detectors read it: folded text, words, their places and kinds.
 *
 * Read first: fold.h. Start at screen_draft_read().
 *
 * Three views of the same characters:
 *   the draft    bytes as given; all places that leave the module are offsets into it
 *   folded       NFKC_Casefold without combining marks and ignorable characters, decomposed:
 *                "Siobha\u0301n" and "SIOBHÁN" are both "siobhan"; straight apostrophes
 *   plain        look-alikes, digits and signs that stand for letters put back: "id1ot" and
 *                "іdiot" (Cyrillic) are "idiot"; a star stays, "f**k". For matching only: equal to
 *                folded where nothing is disguised
 *
 * What must hold
 * - Tokens are in order, do not overlap, and begin and end between whole characters of the draft.
 * - token.hash is screen_hash() of the plain bytes, so that words are looked up without comparing
 *   text twice; stem_hash is that without a possessive ending ("kofi's", "parents'"), and of a
 *   hashtag that of the word behind the "#".
 * - A hyphen between two words or numbers is no token: the second has SCREEN_TOKEN_HYPHEN.
 * - A sentence ends at . ! ? or an ellipsis with space behind it, and at the end of a line.
 */
#ifndef HANDRAIL_SCREEN_DRAFT_INT_H
#define HANDRAIL_SCREEN_DRAFT_INT_H

#include "base/arena.h"
#include "base/str.h"
#include "screen/word_classes.h" /* made by tools/screen_words.py from words/ */

#include <assert.h>
#include <stdint.h>

/* Words and signs of one draft; what lies beyond is not read. */
#define SCREEN_TOKENS_MAX 16000
#define SCREEN_SENTENCES_MAX 4000
/* So many bytes behind the plain text may be read, whatever stands there, so that a word can be
 * copied without asking how long it is. An even word has fewer letters. */
#define SCREEN_PLAIN_SLACK 32

enum screen_token_kind {
    SCREEN_TOKEN_WORD,    /* letters, an apostrophe within them; a hyphen divides words */
    SCREEN_TOKEN_NUMBER,  /* digits alone */
    SCREEN_TOKEN_MIXED,   /* letters and digits: "9B", "id1ot" */
    SCREEN_TOKEN_MAIL,    /* somebody@somewhere.example */
    SCREEN_TOKEN_LINK,    /* an address with a scheme, or a domain with a known ending */
    SCREEN_TOKEN_HANDLE,  /* @name */
    SCREEN_TOKEN_HASHTAG, /* #name */
    SCREEN_TOKEN_SIGN,    /* one character that is none of these: . , ! ? " ( emoji ... */
    SCREEN_TOKEN_KIND_COUNT
};

#define SCREEN_TOKEN_CAPITAL 1u    /* begins with a capital */
#define SCREEN_TOKEN_ALL_CAPITAL 2u /* two letters or more, all capitals */
#define SCREEN_TOKEN_FIRST 4u      /* first word of a sentence or line */
#define SCREEN_TOKEN_DISGUISED 8u  /* plain differs from folded */
#define SCREEN_TOKEN_SPACE 16u     /* white space, or nothing, stands before it */
#define SCREEN_TOKEN_HYPHEN 32u    /* a hyphen and no space stands before it */
#define SCREEN_TOKEN_QUOTED 64u    /* within quotation marks */
#define SCREEN_TOKEN_POSSESSIVE 128u
#define SCREEN_TOKEN_LINE 256u     /* first of a line */
#define SCREEN_TOKEN_SPELT 512u    /* letters with spaces or dots between: "i d i o t", one token */
#define SCREEN_TOKEN_EVEN 1024u /* ASCII letters alone, none but the first a capital, and none three
                                   times in a row: plain is the draft in small letters */

struct screen_token {
    uint32_t start, end;          /* bytes of the draft */
    uint32_t folded, folded_bytes; /* place in draft->folded */
    uint32_t plain, plain_bytes;   /* place in draft->plain */
    uint32_t hash, stem_hash;
    uint16_t kind, flags;
    uint16_t sentence; /* 0-based */
    uint16_t quote;    /* 0: outside quotation marks; else the number of the quotation, from 1 */
    uint32_t sign;     /* code point of a SIGN */
    struct screen_classes classes; /* of the word, and of all phrases that it is part of */
};

struct screen_draft {
    struct str text;   /* as given, cut at SCREEN_DRAFT_BYTES_MAX */
    struct str folded; /* of all tokens, one space between them */
    struct str plain;
    struct screen_token *tokens;
    const uint32_t *sentences; /* the first token of each sentence, then token_count */
    uint32_t token_count;
    uint32_t sentence_count;
    uint32_t quote_count;
    bool is_cut;
    /* Of all tokens together; screen_words_mark() sets them. */
    uint16_t kinds;    /* bits by enum screen_token_kind */
    uint64_t signs[2]; /* bits by code point, of signs below 128 */
    struct screen_classes classes;
    struct screen_classes *sentence_classes; /* of all tokens of each sentence */
};

/* Reads a text into the arena. Never fails. */
struct screen_draft *screen_draft_read(struct arena *arena, struct str text);

static inline struct str screen_token_folded(const struct screen_draft *draft, uint32_t token)
{
    assert(token < draft->token_count);
    const struct screen_token *found = &draft->tokens[token];
    return (struct str){draft->folded.at + found->folded, found->folded_bytes};
}

static inline struct str screen_token_plain(const struct screen_draft *draft, uint32_t token)
{
    assert(token < draft->token_count);
    const struct screen_token *found = &draft->tokens[token];
    return (struct str){draft->plain.at + found->plain, found->plain_bytes};
}

/* Whether any token is of a kind. */
static inline bool screen_draft_has_kind(const struct screen_draft *draft,
                                         enum screen_token_kind kind)
{
    return draft->kinds >> kind & 1;
}

/* Whether any token is this sign, below 128. */
static inline bool screen_draft_has_sign(const struct screen_draft *draft, char sign)
{
    return draft->signs[(unsigned char)sign / 64] >> ((unsigned char)sign % 64) & 1;
}

/* The first token that ends behind a byte of the draft; token_count where there is none. */
uint32_t screen_token_at(const struct screen_draft *draft, uint32_t byte);

/* The first and the one-past-last token of the sentence of a token. */
uint32_t screen_sentence_first(const struct screen_draft *draft, uint32_t token);
uint32_t screen_sentence_end(const struct screen_draft *draft, uint32_t token);

/* 32-bit hash of bytes (FNV-1a, then mixed): the same in tools/screen_words.py and in the model. */
uint32_t screen_hash(struct str bytes);

#endif

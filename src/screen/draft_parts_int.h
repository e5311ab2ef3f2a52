/*
 * screen/draft_parts_int.h - the parts that draft.c is made of, each of which can be read alone.
 *
 * Read first: draft_int.h. reader.c keeps tokens and folded text, word.c reads words, address.c
 * finds where addresses end, plain.c undoes disguises, quote.c pairs quotation marks.
 */
#ifndef HANDRAIL_SCREEN_DRAFT_PARTS_INT_H
#define HANDRAIL_SCREEN_DRAFT_PARTS_INT_H

#include "screen/draft_int.h"
#include "screen/fold.h"

/* Bounds of what is looked at ahead, in bytes unless said otherwise. */
#define MAIL_LOCAL_MAX 64    /* before the @: RFC 5321, 4.5.3.1.1 */
#define DOMAIN_MAX 253       /* RFC 1035, 2.3.4 */
#define LINK_BYTES_MAX 2048
#define NAME_MAX_BYTES 120   /* of a handle or hashtag */
#define SPELT_LETTERS_MIN 4  /* "i d i o t": letters */
#define SPELT_LETTERS_MAX 40 /* letters */
#define STARS_MAX 12         /* "f****": stars */
#define DISGUISE_MAX 40      /* a longer word is not looked through for digits and signs */
#define QUOTE_TOKENS_MAX 400 /* tokens within quotation marks */

/* ---- reader.c: what has been read so far ----------------------------------------------------- */

struct reader {
    struct arena *arena;
    struct screen_draft *draft;
    struct str text;
    char *folded, *plain;
    size_t folded_bytes, folded_room, plain_bytes, plain_room;
    uint32_t token_room;
    uint32_t *sentences; /* first tokens, as draft->sentences */
    size_t mail_sign;    /* the next @ at or after the place that is read, or the text's length */
    size_t link_tried;   /* no domain begins before this place */
    uint32_t single_quote; /* an opening single quotation mark: its token and one; 0: none */
    /* What stands before the next token. */
    bool is_after_space, is_after_line, is_after_hyphen, is_after_sentence, is_before_word;
    bool has_quotes;
};

/* Room for `bytes` more of folded text. */
void reader_folded_grow(struct reader *reader, size_t bytes);
static inline void reader_room(struct reader *reader, size_t bytes)
{
    if (reader->folded_room - reader->folded_bytes < bytes) {
        reader_folded_grow(reader, bytes);
    }
}
/* The folding of bytes from..to of the text: ASCII to lower case, the rest by screen_fold(). */
void reader_fold(struct reader *reader, size_t from, size_t to);
void reader_fold_character(struct reader *reader, uint32_t code_point);
/* Begins folded text of a token, and ends it: the new token, or NULL when there are too many. */
static inline size_t reader_begin(struct reader *reader)
{
    reader_room(reader, 2);
    if (reader->draft->token_count > 0) {
        reader->folded[reader->folded_bytes++] = ' ';
    }
    return reader->folded_bytes;
}
void reader_withdraw(struct reader *reader, size_t folded); /* begun, but it is no token */
struct screen_token *reader_token(struct reader *reader, enum screen_token_kind kind, size_t start,
                                  size_t end, size_t folded);
/* Plain text and hashes of the token that was added last. */
void reader_plain_same(struct reader *reader, struct screen_token *token);
void reader_plain(struct reader *reader, struct screen_token *token, struct str plain,
                  uint32_t hash);

/* What stands at a place: kind and, unless NULL, code point; *bytes is 0 where it is no UTF-8. */
enum screen_char reader_look(struct str text, size_t at, uint32_t *code_point, size_t *bytes);
/* Whether a letter or digit stands there, once marks and ignorable characters are passed over. */
bool reader_is_word_at(struct str text, size_t at);
bool reader_is_letter_at(struct str text, size_t at);

/* ---- word.c ---------------------------------------------------------------------------------- */

/* Reads the word, number, mail address or link that begins at `at`; answers where it ends. */
size_t word_read(struct reader *reader, size_t at);
/* Whether a sign begins a word that it disguises: "$tupid", "@ss". */
bool word_begins_with_sign(struct str text, size_t at);
/* The bytes of an apostrophe, straight or curly, that stands at `at`; else 0. */
size_t apostrophe_bytes(struct str text, size_t at);

/* ---- address.c: where an address that begins at `at` ends; `at` when none does --------------- */

size_t address_mail_end(struct str text, size_t at);
size_t address_link_end(struct str text, size_t at, size_t *tried);
size_t address_handle_end(struct str text, size_t at);
size_t address_hashtag_end(struct str text, size_t at);

/* ---- plain.c --------------------------------------------------------------------------------- */

/* The plain form of a word; `folded` itself where nothing is disguised. */
struct str plain_word(struct str raw, struct str folded, char out[DISGUISE_MAX]);

/* ---- quote.c --------------------------------------------------------------------------------- */

void quote_mark(struct screen_draft *draft);
/* Whether an apostrophe right before `at` stands for letters left out: 'tis, '90s. */
bool quote_is_elision(struct str text, size_t at);

/* screen_hash() in steps. */
#define SCREEN_HASH_BEGIN 2166136261u
#define SCREEN_HASH_PRIME 16777619u

static inline uint32_t screen_hash_end(uint32_t state)
{
    state = (state ^ state >> 16) * 0x85EBCA6Bu;
    state = (state ^ state >> 13) * 0xC2B2AE35u;
    return state ^ state >> 16;
}

static inline bool ascii_is_letter(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool ascii_is_digit(unsigned char c)
{
    return (unsigned char)(c - '0') < 10;
}

static inline bool ascii_is_word(unsigned char c)
{
    return ascii_is_letter(c) || ascii_is_digit(c);
}

static inline unsigned char byte_at(struct str text, size_t at)
{
    return at < text.len ? (unsigned char)text.at[at] : 0;
}

#endif

/*
 * screen/draft.c - reads a draft into tokens, sentences and quotations.
 *
 * Read first: draft_int.h, draft_parts_int.h. Start at: screen_draft_read.
 *
 * What must hold
 * - Each turn of the loop goes forward by at least one byte, and each part looks ahead by a bounded
 *   number of bytes: the time grows with the draft, whatever it holds.
 * - Bytes that are not UTF-8 and controls divide words like a space; they are in no token.
 */
#include "screen/draft_parts_int.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/screen.h"

/* English text has a token in about four bytes; more room is made when needed. */
#define BYTES_OF_TOKEN 4
#define TOKENS_AT_FIRST 16

/* Emoji modifiers: the colour of the skin of the emoji before them. */
#define SKIN_FIRST 0x1F3FBu
#define SKIN_LAST 0x1F3FFu

uint32_t screen_hash(struct str bytes)
{
    uint32_t state = SCREEN_HASH_BEGIN;
    for (size_t i = 0; i < bytes.len; i++) {
        state = (state ^ (unsigned char)bytes.at[i]) * SCREEN_HASH_PRIME;
    }
    return screen_hash_end(state);
}

/* ---- Sentences ------------------------------------------------------------------------------- */

static bool is_abbreviation(struct str folded)
{
    static const struct str list[] = {
        STR_INIT("mr"),   STR_INIT("mrs"),  STR_INIT("ms"),   STR_INIT("mx"),   STR_INIT("dr"),
        STR_INIT("prof"), STR_INIT("rev"),  STR_INIT("revd"), STR_INIT("st"),   STR_INIT("sr"),
        STR_INIT("jr"),   STR_INIT("hon"),  STR_INIT("messrs"), STR_INIT("vs"), STR_INIT("eg"),
        STR_INIT("ie"),   STR_INIT("cf"),   STR_INIT("dept"), STR_INIT("govt"), STR_INIT("approx"),
        STR_INIT("sgt"),  STR_INIT("capt"), STR_INIT("lt"),   STR_INIT("col"),  STR_INIT("viz"),
        STR_INIT("tel"),  STR_INIT("ext"),  STR_INIT("incl"), STR_INIT("asst"), STR_INIT("hons"),
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (str_equal(folded, list[i])) {
            return true;
        }
    }
    return false;
}

/* A full stop at `at` does not end a sentence after "Mr", an initial ("J."), or the g of "e.g.". */
static bool is_stop_of_word(const struct screen_draft *draft, const struct reader *reader,
                            size_t at)
{
    if (draft->token_count == 0) {
        return false;
    }
    const struct screen_token *token = &draft->tokens[draft->token_count - 1];
    if (token->kind != SCREEN_TOKEN_WORD || token->end != at) {
        return false;
    }
    if (token->flags & SCREEN_TOKEN_SPELT) {
        return false;
    }
    struct str folded = {reader->folded + token->folded, token->folded_bytes};
    if (folded.len == 1) {
        bool is_after_stop = draft->token_count > 1 && token[-1].kind == SCREEN_TOKEN_SIGN &&
                             token[-1].sign == '.' && token[-1].end == token->start;
        bool is_initial = token->flags & SCREEN_TOKEN_CAPITAL && folded.at[0] != 'i';
        return is_after_stop || is_initial;
    }
    return is_abbreviation(folded);
}

enum sign_role {
    ROLE_STOP, /* may end a sentence */
    ROLE_END,
    ROLE_GO_ON, /* after it the sentence goes on, whatever stood before */
    ROLE_OTHER, /* belongs to the sentence that ended right before it */
};

static enum sign_role sign_role(uint32_t sign)
{
    switch (sign) {
    case '.':
        return ROLE_STOP;
    case '!':
    case '?':
    case 0x2026: /* ellipsis */
    case 0x203C: /* double exclamation mark */
    case 0x203D: /* interrobang */
    case 0x2047: /* double question mark */
    case 0x2048:
    case 0x2049:
    case 0x3002: /* ideographic full stop */
    case 0xFF01:
    case 0xFF1F:
    case 0x61F: /* Arabic question mark */
    case 0x964: /* danda */
        return ROLE_END;
    case ',':
    case ';':
    case ':':
    case '/':
    case '&':
        return ROLE_GO_ON;
    default: /* not an enum */
        return ROLE_OTHER;
    }
}

/* ---- Signs ----------------------------------------------------------------------------------- */

/* Whether a word or the like ends at `at`. */
static bool is_after_word(const struct reader *reader, size_t at)
{
    const struct screen_draft *draft = reader->draft;
    const struct screen_token *token = draft->tokens + draft->token_count - 1;
    return draft->token_count > 0 && token->end == at && token->kind != SCREEN_TOKEN_SIGN;
}

static bool is_hyphen(uint32_t sign)
{
    return sign == '-' || sign == 0x2010 || sign == 0x2011;
}

/* A hyphen between two words makes no token; the second word has the flag. */
static bool hyphen_read(struct reader *reader, size_t at, size_t bytes)
{
    reader->is_after_hyphen =
        is_after_word(reader, at) && reader_is_word_at(reader->text, at + bytes);
    return reader->is_after_hyphen;
}

/* Remembers a single quotation mark that opens, so that an apostrophe can be told from its end. */
static void single_quote_watch(struct reader *reader, uint32_t sign, size_t at, size_t bytes,
                               bool is_free)
{
    reader->has_quotes = reader->has_quotes || sign == '"' || sign == '\'' || sign == '`' ||
                         sign >= 0x80;
    if (sign != '\'' && sign != 0x2018 && sign != 0x2019) {
        return;
    }
    if (reader->single_quote == 0 && is_free && reader_is_word_at(reader->text, at + bytes) &&
        !quote_is_elision(reader->text, at + bytes)) {
        reader->single_quote = reader->draft->token_count;
    } else {
        reader->single_quote = 0;
    }
}

static size_t sign_read(struct reader *reader, size_t at, uint32_t sign, size_t bytes)
{
    if (is_hyphen(sign) && hyphen_read(reader, at, bytes)) {
        return at + bytes;
    }
    enum sign_role role = sign_role(sign);
    bool is_free = reader->is_after_space || !is_after_word(reader, at);
    bool is_after_space = reader->is_after_space;
    bool is_after_sentence = reader->is_after_sentence;
    if (role == ROLE_STOP) {
        role = is_stop_of_word(reader->draft, reader, at) ? ROLE_GO_ON : ROLE_END;
    }
    size_t folded = reader_begin(reader);
    if (sign < 0x80) {
        reader->folded[reader->folded_bytes++] = (char)sign;
    } else {
        reader_fold_character(reader, sign);
    }
    size_t end = at + bytes;
    while (byte_at(reader->text, end) >= 0x80) { /* marks, selectors and skin of an emoji */
        uint32_t code_point;
        enum screen_char kind = reader_look(reader->text, end, &code_point, &bytes);
        bool is_skin = code_point >= SKIN_FIRST && code_point <= SKIN_LAST;
        if (kind != SCREEN_CHAR_MARK && kind != SCREEN_CHAR_NOTHING && !is_skin) {
            break;
        }
        end += bytes;
    }
    struct screen_token *token = reader_token(reader, SCREEN_TOKEN_SIGN, at, end, folded);
    if (token) {
        token->sign = sign;
        if (sign < 0x80) {
            char one = (char)sign;
            uint32_t hash = screen_hash_end((SCREEN_HASH_BEGIN ^ sign) * SCREEN_HASH_PRIME);
            reader_plain(reader, token, (struct str){&one, 1}, hash);
        } else {
            reader_plain_same(reader, token);
        }
    }
    single_quote_watch(reader, sign, at, end - at, is_free);
    bool is_still = role == ROLE_OTHER && is_after_sentence && !is_after_space;
    reader->is_after_sentence = role == ROLE_END || is_still;
    return end;
}

/* A handle or a hashtag; the tag is a word too, known by its stem. */
static size_t name_read(struct reader *reader, size_t at, size_t end, enum screen_token_kind kind)
{
    size_t folded = reader_begin(reader);
    reader_fold(reader, at, end);
    struct screen_token *token = reader_token(reader, kind, at, end, folded);
    if (token) {
        reader_plain_same(reader, token);
        if (kind == SCREEN_TOKEN_HASHTAG) {
            struct str name = {reader->folded + token->folded + 1, token->folded_bytes - 1u};
            token->stem_hash = screen_hash(name);
        }
    }
    return end;
}

/* ---- The loop -------------------------------------------------------------------------------- */

static void line_end(struct reader *reader)
{
    reader->is_after_space = true;
    reader->is_after_line = true;
    reader->is_after_sentence = true;
    reader->single_quote = 0;
}

static size_t other_character_read(struct reader *reader, size_t at)
{
    uint32_t code_point;
    size_t bytes;
    switch (reader_look(reader->text, at, &code_point, &bytes)) {
    case SCREEN_CHAR_SPACE:
        if (bytes > 0 && (code_point == 0x85 || code_point == 0x2028 || code_point == 0x2029)) {
            line_end(reader);
        }
        reader->is_after_space = true;
        break;
    case SCREEN_CHAR_LETTER:
    case SCREEN_CHAR_DIGIT:
        if (apostrophe_bytes(reader->text, at) > 0) { /* one that Unicode has for a letter */
            return sign_read(reader, at, code_point, bytes);
        }
        reader->is_after_sentence = reader->is_after_sentence && reader->is_after_space;
        return word_read(reader, at);
    case SCREEN_CHAR_SIGN:
        return sign_read(reader, at, code_point, bytes);
    case SCREEN_CHAR_MARK:
    case SCREEN_CHAR_NOTHING:
    case SCREEN_CHAR_COUNT:
        break;
    }
    return at + (bytes ? bytes : 1);
}

/* A character of ASCII that is neither letter nor digit nor space. */
static size_t ascii_sign_read(struct reader *reader, size_t at, unsigned char c)
{
    size_t end = at;
    if (c == '@' || c == '#' || c == '$') {
        if (!is_after_word(reader, at)) {
            if (word_begins_with_sign(reader->text, at)) {
                return word_read(reader, at);
            }
            end = c == '@'   ? address_handle_end(reader->text, at)
                  : c == '#' ? address_hashtag_end(reader->text, at)
                             : at;
        }
        if (end > at) {
            return name_read(reader, at, end,
                             c == '@' ? SCREEN_TOKEN_HANDLE : SCREEN_TOKEN_HASHTAG);
        }
    }
    return sign_read(reader, at, c, 1);
}

/* The next @: words before it may be the beginning of a mail address. */
static void mail_sign_find(struct reader *reader, size_t from)
{
    const char *found = from < reader->text.len
                            ? memchr(reader->text.at + from, '@', reader->text.len - from)
                            : NULL;
    size_t never = reader->text.len + MAIL_LOCAL_MAX;
    reader->mail_sign = found ? (size_t)(found - reader->text.at) : never;
}

static void tokens_read(struct reader *reader)
{
    struct str text = reader->text;
    mail_sign_find(reader, 0);
    for (size_t at = 0; at < text.len && !reader->draft->is_cut;) {
        unsigned char c = (unsigned char)text.at[at];
        if (at > reader->mail_sign) {
            mail_sign_find(reader, at);
        }
        if (ascii_is_word(c)) {
            reader->is_after_sentence = reader->is_after_sentence && reader->is_after_space;
            at = word_read(reader, at);
        } else if (c == ' ') {
            reader->is_after_space = true;
            at++;
        } else if (c >= 0x80) {
            at = other_character_read(reader, at);
        } else if (c < ' ' || c == 0x7F) {
            if (c >= '\n' && c <= '\r') {
                line_end(reader);
            }
            reader->is_after_space = true;
            at++;
        } else {
            at = ascii_sign_read(reader, at, c);
        }
    }
}

/* The text without a character that the limit would cut through. */
static struct str text_cut(struct str text)
{
    size_t end = SCREEN_DRAFT_BYTES_MAX;
    while (end > SCREEN_DRAFT_BYTES_MAX - (UTF8_BYTES_MAX - 1) &&
           ((unsigned char)text.at[end] & 0xC0) == 0x80) {
        end--;
    }
    return str_slice(text, 0, end);
}

struct screen_draft *screen_draft_read(struct arena *arena, struct str text)
{
    struct screen_draft *draft = ARENA_NEW(arena, struct screen_draft);
    bool is_long = text.len > SCREEN_DRAFT_BYTES_MAX;
    draft->text = is_long ? text_cut(text) : text;
    size_t bytes = draft->text.len;
    struct reader reader = {
        .arena = arena,
        .draft = draft,
        .text = draft->text,
        .folded_room = bytes + bytes / 2 + 64,
        .plain_room = bytes + bytes / 2 + 64,
        .token_room = (uint32_t)(bytes / BYTES_OF_TOKEN + TOKENS_AT_FIRST),
        .is_after_line = true,
        .is_before_word = true,
    };
    size_t sentences = bytes / 2 + 2 < SCREEN_SENTENCES_MAX ? bytes / 2 + 2 : SCREEN_SENTENCES_MAX;
    reader.sentences = ARENA_ARRAY(arena, uint32_t, sentences + 1);
    reader.folded = arena_alloc(arena, reader.folded_room);
    reader.plain = arena_alloc(arena, reader.plain_room);
    draft->tokens = ARENA_ARRAY(arena, struct screen_token, reader.token_room);
    tokens_read(&reader);
    reader.sentences[draft->sentence_count] = draft->token_count;
    draft->sentences = reader.sentences;
    draft->sentence_classes =
        ARENA_ARRAY(arena, struct screen_classes, (size_t)draft->sentence_count + 1);
    draft->folded = (struct str){reader.folded, reader.folded_bytes};
    draft->plain = (struct str){reader.plain, reader.plain_bytes};
    draft->is_cut = draft->is_cut || is_long;
    if (reader.has_quotes) {
        quote_mark(draft);
    }
    return draft;
}

/* ---- What others read ------------------------------------------------------------------------ */

uint32_t screen_token_at(const struct screen_draft *draft, uint32_t byte)
{
    uint32_t low = 0;
    uint32_t high = draft->token_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (draft->tokens[middle].end <= byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t screen_sentence_first(const struct screen_draft *draft, uint32_t token)
{
    assert(token < draft->token_count);
    return draft->sentences[draft->tokens[token].sentence];
}

uint32_t screen_sentence_end(const struct screen_draft *draft, uint32_t token)
{
    assert(token < draft->token_count);
    return draft->sentences[draft->tokens[token].sentence + 1u];
}

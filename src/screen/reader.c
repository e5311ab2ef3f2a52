/*
 * screen/reader.c - tokens and folded text as they grow while a draft is read.
 *
 * Read first: draft_parts_int.h. Start at: reader_token.
 *
 * What must hold: folded and plain text have one space between tokens; a token's flags say what
 * stood before it, so they are cleared when it has been added.
 */
#include "screen/draft_parts_int.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

void reader_folded_grow(struct reader *reader, size_t bytes)
{
    size_t room = reader->folded_room * 2 + bytes;
    reader->folded = arena_grow(reader->arena, reader->folded, reader->folded_room, room);
    reader->folded_room = room;
}

void reader_fold_character(struct reader *reader, uint32_t code_point)
{
    struct screen_folded folded;
    screen_fold(code_point, &folded);
    reader_room(reader, (size_t)SCREEN_FOLDED_MAX * UTF8_BYTES_MAX);
    for (uint32_t i = 0; i < folded.count; i++) {
        if (screen_char_kind(folded.at[i]) != SCREEN_CHAR_SPACE) {
            reader->folded_bytes +=
                utf8_encode(folded.at[i], reader->folded + reader->folded_bytes);
        }
    }
}

void reader_fold(struct reader *reader, size_t from, size_t to)
{
    reader_room(reader, to - from);
    while (from < to) {
        unsigned char c = (unsigned char)reader->text.at[from];
        uint32_t code_point;
        if (c < 0x80) {
            reader_room(reader, 1);
            bool is_capital = c >= 'A' && c <= 'Z';
            reader->folded[reader->folded_bytes++] = (char)(is_capital ? c | 0x20 : c);
            from++;
            continue;
        }
        size_t bytes = utf8_decode(reader->text, from, &code_point);
        if (bytes > 0) {
            reader_fold_character(reader, code_point);
        }
        from += bytes ? bytes : 1;
    }
}

void reader_withdraw(struct reader *reader, size_t folded)
{
    reader->folded_bytes = reader->draft->token_count > 0 ? folded - 1 : folded;
}

static void sentence_add(struct reader *reader)
{
    struct screen_draft *draft = reader->draft;
    if (draft->sentence_count < SCREEN_SENTENCES_MAX) {
        reader->sentences[draft->sentence_count++] = draft->token_count;
        reader->is_before_word = true;
    }
    reader->is_after_sentence = false;
}

/* Sentences are numbered as tokens come; the room for them grows with that for tokens. */
static void token_room(struct reader *reader)
{
    struct screen_draft *draft = reader->draft;
    if (draft->token_count < reader->token_room) {
        return;
    }
    size_t room = (size_t)reader->token_room * 2;
    draft->tokens = arena_grow(reader->arena, draft->tokens,
                               sizeof(struct screen_token) * reader->token_room,
                               sizeof(struct screen_token) * room);
    reader->token_room = (uint32_t)room;
}

static unsigned flags_take(struct reader *reader, enum screen_token_kind kind, size_t start)
{
    unsigned flags = 0;
    flags |= reader->is_after_space || start == 0 ? SCREEN_TOKEN_SPACE : 0;
    flags |= reader->is_after_line ? SCREEN_TOKEN_LINE : 0;
    flags |= reader->is_after_hyphen ? SCREEN_TOKEN_HYPHEN : 0;
    if (kind != SCREEN_TOKEN_SIGN) {
        flags |= reader->is_before_word ? SCREEN_TOKEN_FIRST : 0;
        reader->is_before_word = false;
    }
    reader->is_after_space = reader->is_after_line = reader->is_after_hyphen = false;
    return flags;
}

struct screen_token *reader_token(struct reader *reader, enum screen_token_kind kind, size_t start,
                                  size_t end, size_t folded)
{
    struct screen_draft *draft = reader->draft;
    assert(start < end && end <= reader->text.len && folded <= reader->folded_bytes);
    if (draft->token_count == SCREEN_TOKENS_MAX) {
        draft->is_cut = true;
        reader_withdraw(reader, folded);
        return NULL;
    }
    if (draft->token_count == 0 || (reader->is_after_sentence && reader->is_after_space)) {
        sentence_add(reader);
    }
    token_room(reader);
    struct screen_token *token = &draft->tokens[draft->token_count++];
    token->start = (uint32_t)start;
    token->end = (uint32_t)end;
    token->folded = (uint32_t)folded;
    token->folded_bytes = (uint32_t)(reader->folded_bytes - folded);
    token->kind = (uint16_t)kind;
    token->flags = (uint16_t)flags_take(reader, kind, start);
    token->sentence = (uint16_t)(draft->sentence_count - 1);
    return token;
}

static void plain_grow(struct reader *reader, size_t bytes)
{
    size_t room = reader->plain_room * 2 + bytes;
    reader->plain = arena_grow(reader->arena, reader->plain, reader->plain_room, room);
    reader->plain_room = room;
}

void reader_plain(struct reader *reader, struct screen_token *token, struct str plain,
                  uint32_t hash)
{
    size_t bytes = plain.len + 1 + SCREEN_PLAIN_SLACK;
    if (reader->plain_room - reader->plain_bytes < bytes) {
        plain_grow(reader, bytes);
    }
    if (reader->draft->token_count > 1) {
        reader->plain[reader->plain_bytes++] = ' ';
    }
    token->plain = (uint32_t)reader->plain_bytes;
    token->plain_bytes = (uint32_t)plain.len;
    if (plain.len > 0) {
        memcpy(reader->plain + reader->plain_bytes, plain.at, plain.len);
    }
    reader->plain_bytes += plain.len;
    token->hash = token->stem_hash = hash;
}

void reader_plain_same(struct reader *reader, struct screen_token *token)
{
    struct str folded = {reader->folded + token->folded, token->folded_bytes};
    reader_plain(reader, token, folded, screen_hash(folded));
}

enum screen_char reader_look(struct str text, size_t at, uint32_t *code_point, size_t *bytes)
{
    uint32_t found;
    *bytes = utf8_decode(text, at, &found);
    if (code_point) {
        *code_point = found;
    }
    return *bytes ? screen_char_kind(found) : SCREEN_CHAR_SPACE;
}

static enum screen_char kind_beyond_marks(struct str text, size_t at)
{
    for (;;) {
        size_t bytes;
        enum screen_char kind = reader_look(text, at, NULL, &bytes);
        if (kind != SCREEN_CHAR_MARK && kind != SCREEN_CHAR_NOTHING) {
            return kind;
        }
        at += bytes;
    }
}

bool reader_is_word_at(struct str text, size_t at)
{
    if (byte_at(text, at) < 0x80) {
        return ascii_is_word(byte_at(text, at));
    }
    enum screen_char kind = kind_beyond_marks(text, at);
    return kind == SCREEN_CHAR_LETTER || kind == SCREEN_CHAR_DIGIT;
}

bool reader_is_letter_at(struct str text, size_t at)
{
    if (byte_at(text, at) < 0x80) {
        return ascii_is_letter(byte_at(text, at));
    }
    return kind_beyond_marks(text, at) == SCREEN_CHAR_LETTER;
}

/*
 * screen/school_stream.c - the letters of a draft without what stands between them.
 *
 * Read first: school_int.h. Start at: screen_stream_of_draft.
 *
 * What must hold: signs that end a thought (commas, colons, brackets, the end of a line) end names
 * too; dots, underscores, hyphens and stars without spaces around them do not.
 */
#include "screen/fold.h"
#include "screen/near_int.h"
#include "screen/school_int.h"

#include <string.h>

#include "base/utf8.h"

/* A token has at most this many letters more here: "CE" is "cofe", "&" is "and", and an end. */
#define TOKEN_GROWTH 3
#define ROOM_MORE (16 + SCREEN_PLAIN_SLACK)

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct screen_stream stream_new(struct arena *arena, size_t room)
{
    return (struct screen_stream){.written = arena_alloc(arena, room),
                                  .edges = arena_alloc(arena, room)};
}

uint32_t screen_stream_token(const struct screen_stream *stream, uint32_t letter)
{
    uint32_t low = 0;
    uint32_t high = stream->token_count;
    while (low + 1 < high) { /* the last that begins at or before the letter */
        uint32_t middle = low + (high - low) / 2;
        if (stream->token_starts[middle] <= letter) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Adds a letter; one that stands three times or more is written twice: "Vaaale". */
static inline void add(struct screen_stream *stream, char written, unsigned edges)
{
    uint32_t count = stream->count;
    if (written != 0 && edges == 0 && count > 1 && stream->written[count - 1] == written &&
        stream->written[count - 2] == written && stream->edges[count - 1] == 0) {
        return;
    }
    stream->written[stream->count] = written;
    stream->edges[stream->count++] = (uint8_t)edges;
}

/* Names end here. */
static void barrier(struct screen_stream *stream)
{
    if (stream->count > 0 && stream->written[stream->count - 1] != 0) {
        add(stream, 0, 0);
    }
}

static void end_mark(struct screen_stream *stream)
{
    if (stream->count > 0 && stream->written[stream->count - 1] != 0) {
        stream->edges[stream->count - 1] |= SCREEN_EDGE_END;
    }
}

static void usual_letters_add(struct screen_stream *stream, const char *text, unsigned edges)
{
    for (; *text; text++) {
        add(stream, *text, edges);
        edges = 0;
    }
    end_mark(stream);
}

/* Whether a part of a handle begins at byte `at` of its raw text: "AshdownVale", "year9news". */
static bool is_turn(struct str raw, size_t at)
{
    if (at == 0 || at >= raw.len) {
        return false;
    }
    char before = raw.at[at - 1];
    char here = raw.at[at];
    bool is_capital = here >= 'A' && here <= 'Z';
    return is_capital && !(before >= 'A' && before <= 'Z');
}

/* The letters of an even word, as they stand: of most words. They are copied with what may stand
 * behind them, since a fixed number of bytes is copied at once. */
static void even_add(struct screen_stream *stream, const struct screen_draft *draft,
                     const struct screen_token *token, unsigned edges)
{
    char *out = stream->written + stream->count;
    memcpy(out, draft->plain.at + token->plain, SCREEN_PLAIN_SLACK);
    stream->edges[stream->count] = (uint8_t)(SCREEN_EDGE_START | edges);
    stream->count += token->plain_bytes;
    stream->edges[stream->count - 1] |= SCREEN_EDGE_END;
}

/* The letters of one token; what is no letter or digit divides it into parts. */
static void token_add(struct screen_stream *stream, const struct screen_draft *draft,
                      uint32_t token, unsigned edges)
{
    struct str plain = screen_token_plain(draft, token);
    struct str raw = screen_token_raw(draft, token);
    bool is_same = raw.len == plain.len; /* then places in both are the same */
    unsigned next = SCREEN_EDGE_START | edges;
    for (size_t at = 0; at < plain.len;) {
        size_t bytes = 1;
        char c = plain.at[at];
        if ((unsigned char)c >= 0x80) {
            uint32_t code_point;
            bytes = utf8_decode(plain, at, &code_point);
            c = screen_look_alike(code_point);
        }
        bool is_apostrophe = c == '\'';
        if (is_apostrophe) {
            end_mark(stream); /* "Vale's" */
        } else if (!is_letter(c) && !is_digit(c)) {
            end_mark(stream);
            next |= SCREEN_EDGE_START | (at > 0 ? SCREEN_EDGE_GLUE : 0u);
        } else {
            if (is_same && raw.at[at] != c && is_turn(raw, at)) {
                end_mark(stream);
                next |= SCREEN_EDGE_START;
            }
            add(stream, c, next);
            next = 0;
        }
        at += bytes ? bytes : 1;
    }
    end_mark(stream);
}

/* "Saint" is "st"; "CE", "C of E" and "Church of England" are the one word "cofe": answers the
 * tokens that were read. */
static uint32_t usual_add(struct screen_stream *stream, const struct screen_draft *draft,
                          uint32_t token, unsigned edges)
{
    edges |= SCREEN_EDGE_START;
    if (screen_is_word(draft, token, STR("saint"))) {
        usual_letters_add(stream, "st", edges);
        return 1;
    }
    if (screen_is_word(draft, token, STR("ce")) &&
        draft->tokens[token].flags & SCREEN_TOKEN_ALL_CAPITAL) {
        usual_letters_add(stream, "cofe", edges);
        return 1;
    }
    if (screen_is_word(draft, token + 1, STR("of")) &&
        screen_is_word(draft, token + 2,
                       draft->tokens[token].folded_bytes > 1 ? STR("england") : STR("e"))) {
        usual_letters_add(stream, "cofe", edges);
        return 3;
    }
    return 0;
}

/* A sign between letters: passed over, a word of its own ("&"), or the end of a name. */
static unsigned sign_add(struct screen_stream *stream, const struct screen_draft *draft,
                         uint32_t token)
{
    uint32_t sign = draft->tokens[token].sign;
    bool is_tight = screen_is_glued(draft, token) && screen_is_glued(draft, token + 1);
    if (sign == '&') {
        usual_letters_add(stream, "and", SCREEN_EDGE_START | SCREEN_EDGE_WORD);
        return 0;
    }
    bool is_joint = sign == '.' || sign == '_' || sign == '*' || sign == '~' || sign == 0xB7 ||
                    sign == '-' || sign == '|';
    if (is_joint && is_tight) {
        return SCREEN_EDGE_GLUE;
    }
    bool is_of_word = sign == '.' && token > 0 && screen_is_glued(draft, token) &&
                      draft->tokens[token - 1].folded_bytes <= 2;
    if (!is_of_word && sign != '*' && sign != '_') {
        barrier(stream);
    }
    return 0;
}

struct screen_stream screen_stream_of_draft(struct arena *arena, const struct screen_draft *draft)
{
    struct screen_stream stream =
        stream_new(arena, draft->plain.len + (size_t)draft->token_count * TOKEN_GROWTH + ROOM_MORE);
    stream.token_count = draft->token_count;
    stream.token_starts = ARENA_ARRAY(arena, uint32_t, draft->token_count + 1);
    unsigned glue = 0;
    for (uint32_t i = 0; i < draft->token_count;) {
        const struct screen_token *token = &draft->tokens[i];
        stream.token_starts[i] = stream.count;
        if (token->flags & SCREEN_TOKEN_LINE) {
            barrier(&stream);
        }
        if (token->kind == SCREEN_TOKEN_SIGN) {
            glue = sign_add(&stream, draft, i++);
            continue;
        }
        if (token->kind == SCREEN_TOKEN_LINK || token->kind == SCREEN_TOKEN_MAIL) {
            barrier(&stream);
            i++;
            continue;
        }
        bool is_apart = token->flags & (SCREEN_TOKEN_SPACE | SCREEN_TOKEN_HYPHEN);
        unsigned edges = glue | (is_apart ? SCREEN_EDGE_WORD : 0u);
        glue = 0;
        bool is_usual = screen_word_is(token, SCREEN_WORD_SCHOOL_USUAL);
        if (token->flags & SCREEN_TOKEN_EVEN && !is_usual) {
            even_add(&stream, draft, token, edges);
            i++;
            continue;
        }
        uint32_t read = is_usual ? usual_add(&stream, draft, i, edges) : 0;
        if (read == 0) {
            token_add(&stream, draft, i, edges);
            read = 1;
        }
        for (uint32_t more = 1; more < read; more++) {
            stream.token_starts[i + more] = stream.token_starts[i];
        }
        i += read;
    }
    barrier(&stream);
    return stream;
}

struct screen_stream screen_stream_of_host(struct arena *arena, struct str host)
{
    struct screen_stream stream = stream_new(arena, host.len + ROOM_MORE);
    unsigned edges = SCREEN_EDGE_START;
    for (size_t at = 0; at < host.len;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(host, at, &code_point);
        char c = code_point < 0x80 ? (char)code_point : screen_look_alike(code_point);
        if (is_letter(c) || is_digit(c)) {
            add(&stream, c, edges);
            edges = 0;
        } else {
            end_mark(&stream);
            edges = SCREEN_EDGE_START;
        }
        at += bytes ? bytes : 1;
    }
    end_mark(&stream);
    barrier(&stream);
    return stream;
}

/*
 * page/html.c - escaping, fast: eight plain bytes at a time, room made once for a stretch of text.
 *
 * Read first: page/html.h. Start at: html_text.
 *
 * What must hold: no write goes beyond what html_room made room for. A byte takes at most
 * REFERENCE_BYTES_MAX in text and PART_BYTES_MAX in a part of an address.
 */
#include "page/html.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"

#define REFERENCE_BYTES_MAX 5 /* &#34; */
#define PART_BYTES_MAX 9      /* %EF%BF%BD, for a byte that is not UTF-8 */
#define STRETCH_BYTES ((size_t)1024)
#define ROOM_BYTES_FIRST ((size_t)4096)
#define WORD_BYTES sizeof(uint64_t)

/* In each of the eight bytes of a word. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

struct html html_new(struct arena *arena)
{
    return (struct html){.out = {.arena = arena}};
}

struct html_raw html_take(const struct html *html)
{
    return (struct html_raw){text_str(&html->out)};
}

/* Room for `more` bytes behind what is there; where they go. */
static char *html_room(struct html *html, size_t more)
{
    struct text *out = &html->out;
    if (!out->at || out->capacity - out->len < more) {
        assert(more <= LIMIT_ARENA_ALLOC_BYTES_MAX / 2 - out->len && "a page is too large");
        size_t capacity = out->capacity ? out->capacity * 2 : ROOM_BYTES_FIRST;
        while (capacity < out->len + more) {
            capacity *= 2;
        }
        out->at = arena_grow(out->arena, out->at, out->capacity, capacity);
        out->capacity = capacity;
    }
    return out->at + out->len;
}

/*
 * Questions about the eight bytes of a word at once. An answer has the high bit of each byte that
 * holds; with a byte from 0x80 in the word some of the others may be wrong, so that is asked too.
 */
#define HIGH EACH(0x80)

static uint64_t is_ascii(uint64_t word)
{
    return ~word & HIGH;
}

static uint64_t is_no_control(uint64_t word)
{
    return (word + EACH(0x60)) & ~(word + EACH(0x01));
}

static uint64_t is_not(uint64_t word, uint8_t byte)
{
    return (word ^ EACH(byte)) + EACH(0x7F);
}

static bool is_plain_word(uint64_t word)
{
    uint64_t no_ampersand = is_not(word | EACH(0x01), '\''); /* and no apostrophe: 0x26, 0x27 */
    uint64_t no_angle = is_not(word | EACH(0x02), '>');      /* 0x3C, 0x3E */
    return (is_ascii(word) & is_no_control(word) & is_not(word, '"') & no_ampersand & no_angle) ==
           HIGH;
}

static bool is_clean_word(uint64_t word)
{
    return (is_ascii(word) & is_no_control(word) & is_not(word, '\\')) == HIGH;
}

/* The references, by their byte: all of these bytes are below '@'. */
struct reference {
    unsigned char len; /* 0: the byte is written as it is, if it is written */
    char at[REFERENCE_BYTES_MAX + 1];
};
static const struct reference references['@'] = {
    ['&'] = {5, "&amp;"}, ['<'] = {4, "&lt;"},   ['>'] = {4, "&gt;"},
    ['"'] = {5, "&#34;"}, ['\''] = {5, "&#39;"},
};

/* What begins at `at` and is not ASCII: its bytes in the text. *to moves behind what is written. */
static size_t copy_code_point(struct str text, size_t at, char **to)
{
    uint32_t code_point;
    size_t bytes = utf8_decode(text, at, &code_point);
    if (bytes == 0) {
        *to += utf8_encode(UTF8_REPLACEMENT, *to);
        return 1;
    }
    if (code_point >= 0xA0) { /* below are the controls C1 */
        memcpy(*to, text.at + at, bytes);
        *to += bytes;
    }
    return bytes;
}

/* One byte, or one code point; its bytes in the text. */
static size_t copy_escaped(struct str text, size_t at, char **to)
{
    unsigned char byte = (unsigned char)text.at[at];
    if (byte >= 0x80) {
        return copy_code_point(text, at, to);
    }
    if (byte < '@' && references[byte].len > 0) {
        memcpy(*to, references[byte].at, REFERENCE_BYTES_MAX);
        *to += references[byte].len;
    } else if ((byte >= ' ' && byte != 0x7F) || byte == '\t' || byte == '\n') {
        *(*to)++ = (char)byte;
    }
    return 1;
}

/* Writes what stands from `at` to at least `end`, for which there is room; how far it came. */
static size_t copy_stretch(struct str text, size_t at, size_t end, char **to)
{
    while (at < end) {
        uint64_t word;
        while (end - at >= WORD_BYTES) {
            memcpy(&word, text.at + at, WORD_BYTES);
            if (!is_plain_word(word)) {
                break;
            }
            memcpy(*to, &word, WORD_BYTES);
            *to += WORD_BYTES;
            at += WORD_BYTES;
        }
        /* The word that is not plain, or what is left: byte by byte. */
        size_t stop = end - at > WORD_BYTES ? at + WORD_BYTES : end;
        while (at < stop) {
            at += copy_escaped(text, at, to);
        }
    }
    return at;
}

void html_text(struct html *html, struct str text)
{
    size_t at = 0;
    while (at < text.len) {
        size_t end = text.len - at > STRETCH_BYTES ? at + STRETCH_BYTES : text.len;
        /* The last code point may reach beyond the end of the stretch. */
        char *to = html_room(html, (end - at + UTF8_BYTES_MAX) * REFERENCE_BYTES_MAX);
        char *start = to;
        at = copy_stretch(text, at, end, &to);
        html->out.len += (size_t)(to - start);
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `start` is in lower case; the case of the address does not matter. */
static bool starts_in_any_case(struct str url, struct str start)
{
    if (url.len < start.len) {
        return false;
    }
    for (size_t i = 0; i < start.len; i++) {
        char c = url.at[i];
        char lower = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (lower != start.at[i]) {
            return false;
        }
    }
    return true;
}

/* UTF-8 without controls (which browsers leave out of an address) and backslashes (read as /). */
static bool url_is_clean(struct str url)
{
    size_t at = 0;
    while (at < url.len) {
        uint64_t word;
        if (url.len - at >= WORD_BYTES) {
            memcpy(&word, url.at + at, WORD_BYTES);
            if (is_clean_word(word)) {
                at += WORD_BYTES;
                continue;
            }
        }
        unsigned char byte = (unsigned char)url.at[at];
        if (byte < ' ' || byte == 0x7F || byte == '\\') {
            return false;
        }
        size_t bytes = 1;
        if (byte >= 0x80) {
            uint32_t code_point;
            bytes = utf8_decode(url, at, &code_point);
            if (bytes == 0 || code_point < 0xA0) {
                return false;
            }
        }
        at += bytes;
    }
    return true;
}

/* Whether a colon comes before any of / ? #, which makes a scheme of what stands before it. */
static bool url_has_scheme(struct str url)
{
    for (size_t i = 0; i < url.len; i++) {
        char c = url.at[i];
        if (c == ':') {
            return true;
        }
        if (c == '/' || c == '?' || c == '#') {
            return false;
        }
    }
    return false;
}

bool html_url_is_safe(struct str url)
{
    static const struct {
        struct str start;
        bool names_host;
    } schemes[] = {
        {STR_INIT("https://"), true},
        {STR_INIT("http://"), true},
        {STR_INIT("mailto:"), false},
        {STR_INIT("tel:"), false},
    };
    if (!url_is_clean(url)) {
        return false;
    }
    if (!url_has_scheme(url)) {
        /* Browsers leave out spaces at the beginning, and // begins the name of another site. */
        return !str_starts(url, STR("//")) && !str_starts(url, STR(" "));
    }
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        struct str start = schemes[i].start;
        if (starts_in_any_case(url, start)) {
            char next = url.len > start.len ? url.at[start.len] : '\0';
            return !schemes[i].names_host || is_letter(next) || is_digit(next) || next == '[' ||
                   (unsigned char)next >= 0x80;
        }
    }
    return false;
}

void html_url(struct html *html, struct str url)
{
    if (!html_url_is_safe(url)) {
        html_literal(html, "#", 1);
        return;
    }
    struct str head, tail = url;
    while (str_cut(tail, ' ', &head, &tail)) {
        html_text(html, head);
        html_literal(html, "%20", 3);
    }
    html_text(html, head);
}

static bool is_unreserved(char c)
{
    return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~' || c == '@';
}

void html_url_part(struct html *html, struct str part)
{
    static const char digits[] = "0123456789ABCDEF";
    assert(part.len <= LIMIT_ARENA_ALLOC_BYTES_MAX / 16 && "a part of an address is too large");
    char *start = html_room(html, part.len * PART_BYTES_MAX);
    char *to = start;
    size_t at = 0;
    while (at < part.len) {
        if (is_unreserved(part.at[at])) {
            *to++ = part.at[at++];
            continue;
        }
        uint32_t code_point;
        char encoded[UTF8_BYTES_MAX];
        size_t read = utf8_decode(part, at, &code_point);
        size_t bytes = utf8_encode(code_point, encoded);
        for (size_t i = 0; i < bytes; i++) {
            unsigned char byte = (unsigned char)encoded[i];
            *to++ = '%';
            *to++ = digits[byte >> 4];
            *to++ = digits[byte & 15];
        }
        at += read ? read : 1;
    }
    html->out.len += (size_t)(to - start);
}

void html_int(struct html *html, int64_t number)
{
    char digits[20]; /* of 2^64 */
    size_t at = sizeof(digits);
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (number < 0) {
        html_literal(html, "-", 1);
    }
    html_literal(html, digits + at, sizeof(digits) - at);
}

void html_raw(struct html *html, struct html_raw raw)
{
    text_add(&html->out, raw.markup);
}

/*
 * base/str.h - text as pointer and length, and a builder that makes it longer.
 *
 * Read first: base/arena.h, which owns the memory of everything that is made here.
 * Start at: struct str for text that is read, struct text for text that is written.
 *
 * What must hold
 * - A struct str borrows: it never owns its bytes and is never freed. It lives as long as the arena
 *   or the buffer that it looks into.
 * - It is not terminated by a zero byte and may contain one. Print it with STR_FMT and STR_ARG.
 * - The empty text is length 0; `at` may then be NULL. So `(struct str){0}` is a good empty text.
 * - Bytes are UTF-8 by agreement, but nothing here checks that: see base/utf8.h.
 */
#ifndef HANDRAIL_BASE_STR_H
#define HANDRAIL_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
    const char *at; /* borrowed, `len` bytes; may be NULL when len is 0 */
    size_t len;     /* bytes */
};

/* A text from a literal: STR("pupil"). For an expression inside a function. */
#define STR(literal) ((struct str){"" literal "", sizeof(literal) - 1})

/* The same as an initialiser: `static const struct str words[] = {STR_INIT("a")};`. */
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal "", sizeof(literal) - 1                                                         \
    }

/* printf("name: " STR_FMT "\n", STR_ARG(name)). The argument is evaluated twice. */
#define STR_FMT "%.*s"
#define STR_ARG(s) str_print_length(s), str_print_bytes(s)

/* What str_find answers when the needle does not occur. */
#define STR_NONE SIZE_MAX

/* For STR_ARG only: the length as printf wants it (cut at INT_MAX); bytes that are never NULL. */
int str_print_length(struct str s);
const char *str_print_bytes(struct str s);

/* The text of a zero-terminated string; NULL gives the empty text. Borrows the bytes. */
struct str str_from(const char *terminated);

bool str_is_empty(struct str s);

/* Here and not in str.c, since most pairs that are asked about differ in length: that is told
 * without a call. */
/* The first bytes tell most texts of one length apart, so the rest is seldom compared. */
static inline bool str_equal(struct str a, struct str b)
{
    return a.len == b.len &&
           (a.len == 0 || (a.at[0] == b.at[0] && memcmp(a.at, b.at, a.len) == 0));
}

/* Whether a text is one of those in a list, none of which is empty. */
bool str_is_any(struct str text, const struct str *list, size_t count);

/* Byte order; a shorter text comes before a longer one that it starts. Below, equal to, above 0. */
int str_compare(struct str a, struct str b);

/* Bytes from `from` up to, not including, `to`. Both are brought into range, so it never fails. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
    to = to > s.len ? s.len : to;
    if (from >= to) {
        return (struct str){0};
    }
    return (struct str){s.at + from, to - from};
}

static inline bool str_starts(struct str whole, struct str start)
{
    return whole.len >= start.len && str_equal(str_slice(whole, 0, start.len), start);
}

static inline bool str_ends(struct str whole, struct str end)
{
    return whole.len >= end.len && str_equal(str_slice(whole, whole.len - end.len, whole.len), end);
}

/* Offset in bytes of the first occurrence, or STR_NONE. An empty needle is found at 0. */
size_t str_find(struct str haystack, struct str needle);

/* Without the ASCII white space at both ends: space, tab, line feed, carriage return and kin. */
struct str str_trim(struct str s);

/*
 * Cut at the first `at`: head is what stands before it, tail what follows it. True when it occurs;
 * otherwise head is the whole and tail is empty. head and tail may each be NULL.
 */
bool str_cut(struct str whole, char at, struct str *head, struct str *tail);

/* A copy in the arena. */
struct str str_copy(struct arena *arena, struct str s);

/* A copy that ends in a zero byte, for a C interface. A zero byte inside ends it early. */
char *str_cstr(struct arena *arena, struct str s);

/* printf into the arena. */
struct str str_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for a function that takes `...` itself. */
struct str str_format_list(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/*
 * A whole number: digits, perhaps after one minus sign, and nothing else (no plus sign, no spaces;
 * leading zeros are fine). False, and *out untouched, when it is not one or does not fit 64 bits.
 */
bool str_to_int(struct str s, int64_t *out) __attribute__((warn_unused_result));

/* The parts with the separator between them, in the arena. */
struct str str_join(struct arena *arena, const struct str *parts, size_t count,
                    struct str separator);

/*
 * How many slips of the keyboard lie between two words: insert, delete, replace one byte, or swap
 * two neighbours (Damerau-Levenshtein, optimal string alignment). Answers limit + 1 when there are
 * more than `limit`, or when a word is longer than LIMIT_STR_DISTANCE_BYTES_MAX. For spelling
 * suggestions.
 */
size_t str_distance(struct str a, struct str b, size_t limit);

/*
 * A text that grows in an arena. Begin with `struct text out = {.arena = arena};`.
 * A str taken by text_str is good until the next text_add, and must not be added to its own text.
 */
struct text {
    struct arena *arena;
    char *at;
    size_t len, capacity; /* bytes */
};

void text_add(struct text *text, struct str s);
void text_add_char(struct text *text, char c);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What has been written so far; borrowed. */
struct str text_str(const struct text *text);

#endif

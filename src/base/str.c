/*
 * base/str.c - text: comparing, cutting, formatting, building.
 *
 * Read first: base/str.h. This is the one file of the core that includes stdio.h, for vsnprintf.
 *
 * What must hold: memcpy and memcmp are never given NULL, not even for 0 bytes.
 */
#include "base/str.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"

#define TEXT_CAPACITY_FIRST ((size_t)64)

static void bytes_copy(char *to, struct str s)
{
    if (s.len > 0) {
        memcpy(to, s.at, s.len);
    }
}

int str_print_length(struct str s)
{
    return s.len > INT_MAX ? INT_MAX : (int)s.len;
}

const char *str_print_bytes(struct str s)
{
    return s.at ? s.at : "";
}

struct str str_from(const char *terminated)
{
    if (!terminated) {
        return (struct str){0};
    }
    return (struct str){terminated, strlen(terminated)};
}

bool str_is_empty(struct str s)
{
    return s.len == 0;
}

int str_compare(struct str a, struct str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared > 0 ? memcmp(a.at, b.at, shared) : 0;
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

/* Length and first byte are compared without a branch: where a text differs from each of a list
 * cannot be foretold, but that it does is likely. */
bool str_is_any(struct str text, const struct str *list, size_t count)
{
    bool may_be = false;
    for (size_t i = 0; text.len > 0 && i < count; i++) {
        may_be |= (text.len == list[i].len) & (text.at[0] == list[i].at[0]);
    }
    for (size_t i = 0; may_be && i < count; i++) {
        if (str_equal(text, list[i])) {
            return true;
        }
    }
    return false;
}

size_t str_find(struct str haystack, struct str needle)
{
    if (needle.len == 0) {
        return 0;
    }
    size_t from = 0;
    while (haystack.len - from >= needle.len) {
        size_t starts = haystack.len - from - needle.len + 1;
        const char *hit = memchr(haystack.at + from, needle.at[0], starts);
        if (!hit) {
            return STR_NONE;
        }
        if (memcmp(hit, needle.at, needle.len) == 0) {
            return (size_t)(hit - haystack.at);
        }
        from = (size_t)(hit - haystack.at) + 1;
    }
    return STR_NONE;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_space(s.at[0])) {
        s = str_slice(s, 1, s.len);
    }
    while (s.len > 0 && is_space(s.at[s.len - 1])) {
        s.len--;
    }
    return s;
}

bool str_cut(struct str whole, char at, struct str *head, struct str *tail)
{
    const char *hit = whole.len > 0 ? memchr(whole.at, at, whole.len) : NULL;
    size_t cut = hit ? (size_t)(hit - whole.at) : whole.len;
    if (head) {
        *head = str_slice(whole, 0, cut);
    }
    if (tail) {
        *tail = str_slice(whole, cut + 1, whole.len);
    }
    return hit != NULL;
}

struct str str_copy(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len);
    bytes_copy(copy, s);
    return (struct str){copy, s.len};
}

char *str_cstr(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len + 1);
    bytes_copy(copy, s);
    return copy;
}

struct str str_format_list(struct arena *arena, const char *format, va_list arguments)
{
    assert(format != NULL);
    va_list counted;
    va_copy(counted, arguments);
    int len = vsnprintf(NULL, 0, format, counted);
    va_end(counted);
    assert(len >= 0 && "a format must be correct");
    char *at = arena_alloc(arena, (size_t)len + 1);
    (void)vsnprintf(at, (size_t)len + 1, format, arguments);
    return (struct str){at, (size_t)len};
}

struct str str_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str formatted = str_format_list(arena, format, arguments);
    va_end(arguments);
    return formatted;
}

bool str_to_int(struct str s, int64_t *out)
{
    bool negative = s.len > 0 && s.at[0] == '-';
    size_t i = negative ? 1 : 0;
    if (i == s.len) {
        return false;
    }
    int64_t value = 0; /* kept at or below zero, where the range is the larger by one */
    for (; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') {
            return false;
        }
        int digit = s.at[i] - '0';
        if (value < (INT64_MIN + digit) / 10) {
            return false;
        }
        value = value * 10 - digit;
    }
    if (!negative && value == INT64_MIN) {
        return false;
    }
    *out = negative ? value : -value;
    return true;
}

struct str str_join(struct arena *arena, const struct str *parts, size_t count,
                    struct str separator)
{
    struct text joined = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            text_add(&joined, separator);
        }
        text_add(&joined, parts[i]);
    }
    return text_str(&joined);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * The distance of two texts of which the first has 1 to 64 bytes, by the method of Hyyro (2003): a
 * column of the table of distances between their beginnings is kept as its steps, a bit a byte of
 * `a`: up in `up`, down in `down`. `same` has the bits of `a` that are the byte of `b`.
 */
static size_t distance_by_bits(struct str a, struct str b)
{
    uint64_t places[256]; /* of each byte in `a`; what stands in neither text is never read */
    for (size_t j = 0; j < b.len; j++) {
        places[(unsigned char)b.at[j]] = 0;
    }
    for (size_t i = 0; i < a.len; i++) {
        places[(unsigned char)a.at[i]] = 0;
    }
    for (size_t i = 0; i < a.len; i++) {
        places[(unsigned char)a.at[i]] |= (uint64_t)1 << i;
    }
    uint64_t up = ~(uint64_t)0, down = 0, diagonal = 0, same_before = 0;
    size_t distance = a.len;
    for (size_t j = 0; j < b.len; j++) {
        uint64_t same = places[(unsigned char)b.at[j]];
        uint64_t swapped = (~diagonal & same) << 1 & same_before;
        diagonal = (((same & up) + up) ^ up) | same | down | swapped;
        uint64_t right_up = down | ~(diagonal | up);
        uint64_t right_down = diagonal & up;
        distance += right_up >> (a.len - 1) & 1;
        distance -= right_down >> (a.len - 1) & 1;
        right_up = right_up << 1 | 1;
        up = right_down << 1 | ~(diagonal | right_up);
        down = right_up & diagonal;
        same_before = same;
    }
    return distance;
}

size_t str_distance(struct str a, struct str b, size_t limit)
{
    size_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (a.len > LIMIT_STR_DISTANCE_BYTES_MAX || b.len > LIMIT_STR_DISTANCE_BYTES_MAX ||
        apart > limit) {
        return limit + 1;
    }
    return smaller(a.len == 0 ? b.len : distance_by_bits(a, b), limit + 1);
}

/* Room for `more` bytes behind what is there. */
static void text_reserve(struct text *text, size_t more)
{
    assert(text->arena && "a text begins with {.arena = arena}");
    assert(more <= LIMIT_ARENA_ALLOC_BYTES_MAX - text->len && "a text is larger than the limit");
    size_t wanted = text->len + more;
    if (wanted <= text->capacity) {
        return;
    }
    size_t capacity = text->capacity ? text->capacity : TEXT_CAPACITY_FIRST;
    while (capacity < wanted) {
        capacity *= 2;
    }
    capacity = smaller(capacity, LIMIT_ARENA_ALLOC_BYTES_MAX);
    text->at = arena_grow(text->arena, text->at, text->capacity, capacity);
    text->capacity = capacity;
}

void text_add(struct text *text, struct str s)
{
    text_reserve(text, s.len);
    if (s.len > 0) {
        memcpy(text->at + text->len, s.at, s.len);
        text->len += s.len;
    }
}

void text_add_char(struct text *text, char c)
{
    text_reserve(text, 1);
    text->at[text->len++] = c;
}

void text_addf(struct text *text, const char *format, ...)
{
    assert(format != NULL);
    va_list counted, written;
    va_start(counted, format);
    va_copy(written, counted);
    int len = vsnprintf(NULL, 0, format, counted);
    va_end(counted);
    assert(len >= 0 && "a format must be correct");
    text_reserve(text,
                 (size_t)len + 1); /* vsnprintf ends with a zero byte, which the next overwrites */
    (void)vsnprintf(text->at + text->len, (size_t)len + 1, format, written);
    va_end(written);
    text->len += (size_t)len;
}

struct str text_str(const struct text *text)
{
    return (struct str){text->at, text->len};
}

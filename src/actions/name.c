/*
 * actions/name.c - names folded for order and search.
 *
 * Read first: name.h, screen/fold.h.
 */
#include "actions/name.h"

#include "base/utf8.h"
#include "screen/fold.h"

/* A name has few letters; what is longer was refused before. */
#define FOLDED_BYTES_MAX (4 * NAME_BYTES_MAX)

struct str name_fold(struct arena *arena, struct str words)
{
    struct text out = {.arena = arena};
    bool is_gap = false;
    for (size_t at = 0; at < words.len && out.len < FOLDED_BYTES_MAX;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(words, at, &code_point);
        at += bytes ? bytes : 1;
        struct screen_folded folded;
        screen_fold(code_point, &folded);
        enum screen_char kind = screen_char_kind(code_point);
        if (kind == SCREEN_CHAR_SPACE || kind == SCREEN_CHAR_SIGN) {
            is_gap |= kind == SCREEN_CHAR_SPACE || code_point == '-';
            continue;
        }
        if (is_gap && out.len > 0) {
            text_add_char(&out, ' ');
        }
        is_gap = false;
        for (uint32_t i = 0; i < folded.count; i++) {
            char encoded[UTF8_BYTES_MAX];
            size_t length = utf8_encode(folded.at[i], encoded);
            text_add(&out, (struct str){encoded, length});
        }
    }
    return text_str(&out);
}

struct str name_sort(struct arena *arena, struct str name)
{
    struct str family, given;
    if (!str_cut(name, ',', &family, &given)) {
        name = str_trim(name);
        size_t at = name.len;
        while (at > 0 && name.at[at - 1] != ' ') {
            at--;
        }
        family = str_slice(name, at, name.len);
        given = str_slice(name, 0, at);
    }
    struct str parts[] = {name_fold(arena, family), name_fold(arena, given)};
    return str_trim(str_join(arena, parts, 2, STR(" ")));
}

struct str name_end(struct arena *arena, struct str begins)
{
    /* No folded name holds the highest character, so it comes behind all that follow. */
    return str_format(arena, STR_FMT "\xf4\x8f\xbf\xbf", STR_ARG(begins));
}

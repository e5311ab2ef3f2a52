/*
 * web/search_int.h - finds clauses by words.
 *
 * Start at web_search_prepare(), once, and web_search().
 *
 * Words are looked for at the beginning of words ("photo" finds "photographs"), in the title, the
 * prose, the readers' notes, the key and the place of a clause; all of them must be there. Case
 * does not matter.
 *
 * What must hold: a search reads each clause once for each word, and its words are bounded.
 */
#ifndef HANDRAIL_WEB_SEARCH_INT_H
#define HANDRAIL_WEB_SEARCH_INT_H

#include "web/document_int.h"

#define WEB_SEARCH_WORDS_MAX 8u

/* A clause made ready: its words, and the same in small letters. */
struct web_searched {
    const struct shelf_pack *pack;
    struct web_clause clause;
    bool is_elsewhere; /* it is a clause of another policy of the shelf as well: not found twice */
    struct str text, small_text, small_title, small_key, small_place;
};

struct web_search_index {
    struct web_searched *at;
    size_t count;
};

struct web_search_index web_search_prepare(struct arena *arena, const struct shelf *shelf);

struct web_search_words {
    struct str at[WEB_SEARCH_WORDS_MAX]; /* in small letters */
    size_t count;
};

struct web_search_words web_search_words(struct arena *arena, struct str query);

struct web_found {
    const struct web_searched *clause;
    unsigned score;
};

struct web_founds {
    struct web_found *at; /* best first; of equal ones in the order of the policies */
    size_t count;
};

/* In one policy and the law above it; in all of them when `pack` is NULL. */
struct web_founds web_search(struct arena *arena, const struct web_search_index *index,
                             const struct web_search_words *words, const struct shelf_pack *pack);

/* The next place of a word at or after `from`, and how long it is; STR_NONE when there is none. */
size_t web_search_next(struct str small_text, const struct web_search_words *words, size_t from,
                       size_t *bytes);

/* A copy in small letters: ASCII only, so that every byte stays in its place. */
struct str web_small(struct arena *arena, struct str text);

#endif

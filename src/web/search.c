/*
 * web/search.c - see search_int.h. Start at web_search().
 */
#include "web/search_int.h"

#include <stdlib.h>

#include "base/arena.h"
#include "web/prose_int.h"

/* What a word is worth, by where it stands. */
#define WORTH_KEY 40u /* the key or the place, whole */
#define WORTH_TITLE 10u
#define WORTH_TEXT 1u
#define WORTH_TEXT_MAX 5u /* of one word */

#define PLURAL_LETTERS_MIN 4u /* a longer word is looked for without its last "s" */

/* ---- Words ----------------------------------------------------------------------------------- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

struct str web_small(struct arena *arena, struct str text)
{
    char *bytes = ARENA_ARRAY(arena, char, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bytes[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct str){bytes, text.len};
}

/* "7.2" and "AT-03" are one word each. */
static bool is_inside(struct str text, size_t at)
{
    char c = text.at[at];
    bool is_joint = (c == '.' || c == '-') && at + 1 < text.len && is_word(text.at[at + 1]);
    return is_word(c) || is_joint;
}

struct web_search_words web_search_words(struct arena *arena, struct str query)
{
    struct web_search_words words = {.count = 0};
    struct str small = web_small(arena, query);
    size_t at = 0;
    while (at < small.len && words.count < WEB_SEARCH_WORDS_MAX) {
        size_t from = at;
        while (at < small.len && (at > from ? is_inside(small, at) : is_word(small.at[at]))) {
            at++;
        }
        struct str word = str_slice(small, from, at);
        if (word.len >= PLURAL_LETTERS_MIN && str_ends(word, STR("s"))) {
            word.len--;
        }
        if (word.len > 1 || (word.len == 1 && word.at[0] >= '0' && word.at[0] <= '9')) {
            words.at[words.count++] = word;
        }
        at += at == from;
    }
    return words;
}

/* The next place at which the word begins a word. */
static size_t word_next(struct str text, struct str word, size_t from)
{
    while (from < text.len) {
        size_t found = str_find(str_slice(text, from, text.len), word);
        if (found == STR_NONE) {
            return STR_NONE;
        }
        from += found;
        if (from == 0 || !is_word(text.at[from - 1])) {
            return from;
        }
        from++;
    }
    return STR_NONE;
}

size_t web_search_next(struct str small_text, const struct web_search_words *words, size_t from,
                       size_t *bytes)
{
    size_t best = STR_NONE;
    for (size_t i = 0; i < words->count; i++) {
        size_t at = word_next(small_text, words->at[i], from);
        if (at != STR_NONE && (at < best || (at == best && words->at[i].len > *bytes))) {
            best = at;
            *bytes = words->at[i].len;
        }
    }
    return best;
}

/* ---- Making ready ---------------------------------------------------------------------------- */

/* Prose and notes, in one line. */
static struct str text_of(struct arena *arena, const struct policy_clause *clause)
{
    struct text out = {.arena = arena};
    text_add(&out, web_prose_read(arena, clause->prose).plain);
    for (size_t i = 0; i < clause->note_count; i++) {
        text_addf(&out, " Reader\xE2\x80\x99s note: " STR_FMT, STR_ARG(clause->notes[i]));
    }
    return text_str(&out);
}

static bool is_elsewhere(const struct shelf *shelf, const struct shelf_pack *pack,
                         const struct policy_document *document)
{
    bool is_found = false;
    for (size_t i = 0; i < shelf->count; i++) {
        is_found = is_found || (&shelf->at[i] != pack && shelf->at[i].document == document);
    }
    return is_found;
}

static struct web_searched searched_of(struct arena *arena, const struct shelf *shelf,
                                       const struct shelf_pack *pack,
                                       const struct web_clause *clause)
{
    struct str text = text_of(arena, clause->clause);
    return (struct web_searched){.pack = pack,
                                 .clause = *clause,
                                 .is_elsewhere = is_elsewhere(shelf, pack, clause->document),
                                 .text = text,
                                 .small_text = web_small(arena, text),
                                 .small_title = web_small(arena, clause->clause->title),
                                 .small_key = web_small(arena, clause->clause->key.text),
                                 .small_place = web_small(arena, clause->clause->at)};
}

struct web_search_index web_search_prepare(struct arena *arena, const struct shelf *shelf)
{
    struct web_clauses *clauses = ARENA_ARRAY(arena, struct web_clauses, shelf->count + 1);
    size_t room = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        clauses[i] = web_clauses_of(arena, &shelf->at[i]);
        room += clauses[i].count;
    }
    struct web_search_index index = {.at = ARENA_ARRAY(arena, struct web_searched, room + 1)};
    for (size_t i = 0; i < shelf->count; i++) {
        for (size_t c = 0; c < clauses[i].count; c++) {
            index.at[index.count++] = searched_of(arena, shelf, &shelf->at[i], &clauses[i].at[c]);
        }
    }
    return index;
}

/* ---- Searching ------------------------------------------------------------------------------- */

/* What a clause is worth for one word; 0 when it is not there. */
static unsigned score_of(const struct web_searched *clause, struct str word)
{
    unsigned score = 0, in_text = 0;
    if (str_equal(clause->small_key, word) || str_equal(clause->small_place, word)) {
        score += WORTH_KEY;
    }
    if (word_next(clause->small_title, word, 0) != STR_NONE) {
        score += WORTH_TITLE;
    }
    size_t at = word_next(clause->small_text, word, 0);
    while (at != STR_NONE && in_text < WORTH_TEXT_MAX) {
        in_text += WORTH_TEXT;
        at = word_next(clause->small_text, word, at + word.len);
    }
    return score + in_text;
}

static int compare(const void *left, const void *right)
{
    const struct web_found *a = left, *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->clause < b->clause ? -1 : a->clause > b->clause;
}

struct web_founds web_search(struct arena *arena, const struct web_search_index *index,
                             const struct web_search_words *words, const struct shelf_pack *pack)
{
    struct web_founds founds = {.at = ARENA_ARRAY(arena, struct web_found, index->count + 1)};
    for (size_t i = 0; i < index->count && words->count > 0; i++) {
        const struct web_searched *clause = &index->at[i];
        if (pack ? clause->pack != pack : clause->is_elsewhere) {
            continue;
        }
        unsigned score = 0;
        bool has_all = true;
        for (size_t w = 0; w < words->count && has_all; w++) {
            unsigned worth = score_of(clause, words->at[w]);
            has_all = worth > 0;
            score += worth;
        }
        if (has_all) {
            founds.at[founds.count++] = (struct web_found){clause, score};
        }
    }
    qsort(founds.at, founds.count, sizeof founds.at[0], compare);
    return founds;
}

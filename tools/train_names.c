/*
 * tools/train_names.c - which first names the model knows. Read first: train_screen.h.
 *
 * The list of all names given in two years holds "an", "so" and "london". A name is left out when
 * texts write it as a common word more often than as a name, or when tagged texts mean a place or a
 * company by it more often than a person.
 */
#include "train_screen.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* Seen in small letters so often, and more than twice as often as with a capital: a common word. */
#define SMALL_MIN 2
#define SMALL_OF_CAPITAL 2
#define LETTERS_MIN 2

struct sight {
    uint32_t small, capital; /* within sentences */
    uint32_t person, other;  /* tagged as a person, as something else with a name */
};

struct sights {
    struct arena *arena, *scratch;
    struct hash_map map;
    struct sight *at;
    size_t count, room;
};

static struct sight *sight_of(struct sights *sights, struct str word)
{
    uint32_t place;
    if (hash_map_get(&sights->map, word, &place)) {
        return &sights->at[place];
    }
    if (sights->count == sights->room) {
        size_t room = sights->room == 0 ? 4096 : sights->room * 2;
        sights->at = arena_grow(sights->arena, sights->at, sights->room * sizeof *sights->at,
                                room * sizeof *sights->at);
        sights->room = room;
    }
    (void)hash_map_put(&sights->map, str_copy(sights->arena, word), (uint32_t)sights->count);
    return &sights->at[sights->count++];
}

static void text_see(struct sights *sights, struct str text)
{
    struct arena_mark mark = arena_mark(sights->scratch);
    const struct screen_draft *draft = screen_draft_read(sights->scratch, text);
    const uint16_t unclear = SCREEN_TOKEN_FIRST | SCREEN_TOKEN_ALL_CAPITAL;
    for (uint32_t i = 0; i < draft->token_count; i++) {
        const struct screen_token *token = &draft->tokens[i];
        if (token->kind == SCREEN_TOKEN_WORD && (token->flags & unclear) == 0) {
            struct sight *sight = sight_of(sights, screen_token_plain(draft, i));
            bool is_capital = (token->flags & SCREEN_TOKEN_CAPITAL) != 0;
            sight->capital += is_capital;
            sight->small += !is_capital;
        }
    }
    arena_rewind(sights->scratch, mark);
}

static void tags_see(struct sights *sights, struct str conll)
{
    struct str word, tag;
    while (train_tagged_next(&conll, &word, &tag)) {
        struct arena_mark mark = arena_mark(sights->scratch);
        const struct screen_draft *draft = screen_draft_read(sights->scratch, word);
        if (tag.len > 2 && draft->token_count == 1) {
            bool is_person = str_ends(tag, STR("-PER")) || str_ends(tag, STR("-person"));
            struct sight *sight = sight_of(sights, screen_token_plain(draft, 0));
            sight->person += is_person;
            sight->other += !is_person;
        }
        arena_rewind(sights->scratch, mark);
    }
}

static bool is_always(const struct train_list *always, struct str name)
{
    for (size_t i = 0; i < always->count; i++) {
        if (str_equal(always->at[i], name)) {
            return true;
        }
    }
    return false;
}

static bool is_name(struct sights *sights, struct str name, const struct train_list *always)
{
    if (name.len < LETTERS_MIN) {
        return false;
    }
    uint32_t place;
    if (is_always(always, name) || !hash_map_get(&sights->map, name, &place)) {
        return true;
    }
    const struct sight *sight = &sights->at[place];
    bool is_word = sight->small >= SMALL_MIN && sight->small > SMALL_OF_CAPITAL * sight->capital &&
                   sight->small > SMALL_OF_CAPITAL * sight->person;
    return !is_word && sight->other <= sight->person;
}

static int by_hash(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static struct screen_hashes hashes_sort(uint32_t *hashes, uint32_t count)
{
    qsort(hashes, count, sizeof *hashes, by_hash);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || hashes[kept - 1] != hashes[i]) {
            hashes[kept++] = hashes[i];
        }
    }
    return (struct screen_hashes){hashes, kept};
}

struct screen_hashes train_hashes(struct arena *arena, const struct train_list *list)
{
    uint32_t *hashes = ARENA_ARRAY(arena, uint32_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        hashes[i] = screen_hash(list->at[i]);
    }
    return hashes_sort(hashes, (uint32_t)list->count);
}

struct screen_hashes train_names(struct arena *arena, struct str names, const struct str *tagged,
                                 size_t tagged_count, const struct train_documents *cased,
                                 const struct train_list *always)
{
    struct sights sights = {.arena = arena, .scratch = arena_open(), .map = hash_map_new(arena)};
    for (size_t i = 0; i < cased->count; i++) {
        text_see(&sights, cased->at[i].text);
    }
    for (size_t i = 0; i < tagged_count; i++) {
        tags_see(&sights, tagged[i]);
    }
    uint32_t *hashes = ARENA_ARRAY(arena, uint32_t, names.len / 2 + always->count + 1);
    uint32_t count = 0;
    for (size_t i = 0; i < always->count; i++) {
        hashes[count++] = screen_hash(always->at[i]);
    }
    struct str line;
    while (names.len > 0) {
        (void)str_cut(names, '\n', &line, &names);
        struct arena_mark mark = arena_mark(sights.scratch);
        const struct screen_draft *draft = screen_draft_read(sights.scratch, str_trim(line));
        if (draft->token_count == 1 && draft->tokens[0].kind == SCREEN_TOKEN_WORD &&
            is_name(&sights, screen_token_plain(draft, 0), always)) {
            hashes[count++] = draft->tokens[0].hash;
        }
        arena_rewind(sights.scratch, mark);
    }
    arena_close(sights.scratch);
    return hashes_sort(hashes, count);
}

/*
 * ledger/tile.c - tiles: which there are, their paths, bundles of entries, and proofs from them.
 *
 * Read first: ledger/tile.h; RFC 6962, sections 2.1.1 and 2.1.2, for the proofs.
 * Start at: tile_inclusion_prove; subtree, which finds one node of the tree.
 */
#include "ledger/tile.h"

#include <assert.h>

#include "ledger/lines_int.h"

unsigned tile_width(uint64_t tree_size, unsigned level, uint64_t index)
{
    assert(level < TILE_LEVELS_MAX);
    uint64_t hashes = tree_size >> (TILE_HEIGHT * level);
    if (index > hashes >> TILE_HEIGHT) {
        return 0;
    }
    uint64_t left = hashes - index * TILE_WIDTH;
    return left < TILE_WIDTH ? (unsigned)left : TILE_WIDTH;
}

bool tile_growth_next(struct tile_growth *growth, struct tile *tile)
{
    assert(growth->from <= growth->to && growth->to <= TREE_SIZE_MAX);
    for (; growth->level < TILE_LEVELS_MAX; growth->level++) {
        uint64_t before = growth->from >> (TILE_HEIGHT * growth->level);
        uint64_t after = growth->to >> (TILE_HEIGHT * growth->level);
        if (before == after) {
            break; /* nor do the levels above it change */
        }
        if (!growth->has_begun) {
            growth->index = before >> TILE_HEIGHT;
            growth->has_begun = true;
        }
        unsigned width = tile_width(growth->to, growth->level, growth->index);
        if (width > 0) {
            *tile = (struct tile){growth->level, growth->index, width};
            growth->index++;
            return true;
        }
        growth->has_begun = false;
    }
    return false;
}

/* Groups of three digits, all but the last behind an x, and the width of a partial tile. */
static void add_index_and_width(struct text *out, struct tile tile)
{
    uint64_t unit = 1;
    while (tile.index / unit >= 1000) {
        unit *= 1000;
    }
    for (; unit >= 1000; unit /= 1000) {
        text_addf(out, "x%03u/", (unsigned)(tile.index / unit % 1000));
    }
    text_addf(out, "%03u", (unsigned)(tile.index % 1000));
    if (tile.width < TILE_WIDTH) {
        text_addf(out, ".p/%u", tile.width);
    }
}

struct str tile_path(struct arena *arena, struct tile tile)
{
    assert(tile.level < TILE_LEVELS_MAX && tile.width >= 1 && tile.width <= TILE_WIDTH);
    struct text out = {.arena = arena};
    text_addf(&out, "tile/%u/", tile.level);
    add_index_and_width(&out, tile);
    return text_str(&out);
}

struct str tile_entries_path(struct arena *arena, struct tile tile)
{
    assert(tile.level == 0 && tile.width >= 1 && tile.width <= TILE_WIDTH);
    struct text out = {.arena = arena};
    text_add(&out, STR("tile/entries/"));
    add_index_and_width(&out, tile);
    return text_str(&out);
}

/* Takes `start` off the front of the text, if it stands there. */
static bool take(struct str *rest, struct str start)
{
    if (!str_starts(*rest, start)) {
        return false;
    }
    *rest = str_slice(*rest, start.len, rest->len);
    return true;
}

static bool take_three_digits(struct str *rest, uint64_t *number)
{
    if (rest->len < 3) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        if (rest->at[i] < '0' || rest->at[i] > '9') {
            return false;
        }
        *number = *number * 10 + (uint64_t)(rest->at[i] - '0');
    }
    *rest = str_slice(*rest, 3, rest->len);
    return true;
}

/* x001/x234/067: never more digits than fit, since a path is short; no group x000 in front. */
static bool take_index(struct str *rest, uint64_t *index)
{
    *index = 0;
    while (take(rest, STR("x"))) {
        if (!take_three_digits(rest, index) || *index == 0 || !take(rest, STR("/")) ||
            *index > TREE_SIZE_MAX / 1000) {
            return false;
        }
    }
    return take_three_digits(rest, index) && *index <= TREE_SIZE_MAX >> TILE_HEIGHT;
}

bool tile_path_read(struct str path, struct tile *tile, bool *is_entries)
{
    struct str rest = path;
    uint64_t level = 0, index, width = TILE_WIDTH;
    if (path.len > TILE_PATH_BYTES_MAX || !take(&rest, STR("tile/"))) {
        return false;
    }
    bool entries = take(&rest, STR("entries/"));
    if (!entries) {
        struct str number, tail;
        if (!str_cut(rest, '/', &number, &tail) ||
            !lines_number_read(number, TILE_LEVELS_MAX - 1, &level)) {
            return false;
        }
        rest = tail;
    }
    if (!take_index(&rest, &index)) {
        return false;
    }
    if (take(&rest, STR(".p/")) &&
        (!lines_number_read(rest, TILE_WIDTH - 1, &width) || width == 0)) {
        return false;
    }
    if (width == TILE_WIDTH && rest.len > 0) {
        return false;
    }
    *tile = (struct tile){(unsigned)level, index, (unsigned)width};
    *is_entries = entries;
    return true;
}

void tile_entries_add(struct text *bundle, struct str entry)
{
    assert(entry.len <= TILE_ENTRY_BYTES_MAX);
    text_add_char(bundle, (char)(unsigned char)(entry.len >> 8));
    text_add_char(bundle, (char)(unsigned char)(entry.len & 0xff));
    text_add(bundle, entry);
}

struct result tile_entries_read(struct str bundle, unsigned width, struct str out[TILE_WIDTH])
{
    assert(width >= 1 && width <= TILE_WIDTH);
    struct str rest = bundle;
    for (unsigned i = 0; i < width; i++) {
        if (rest.len < 2) {
            return result_fail(RESULT_CODE_CORRUPT, "A bundle holds too few entries", STR(""));
        }
        size_t bytes = (size_t)(unsigned char)rest.at[0] << 8 | (unsigned char)rest.at[1];
        if (rest.len - 2 < bytes) {
            return result_fail(RESULT_CODE_CORRUPT, "A bundle ends within an entry", STR(""));
        }
        out[i] = str_slice(rest, 2, 2 + bytes);
        rest = str_slice(rest, 2 + bytes, rest.len);
    }
    if (rest.len > 0) {
        return result_fail(RESULT_CODE_CORRUPT, "A bundle holds too many entries", STR(""));
    }
    return RESULT_OK;
}

/* A tree of that size behind a reader; the tile that was read last is kept. */
struct source {
    const struct tree_reader *reader;
    uint64_t size;
    bool has_tile;
    struct tile tile;
    struct tree_hash hashes[TILE_WIDTH];
};

MUST_USE static struct result load_tile(struct source *source, unsigned level, uint64_t index)
{
    if (source->has_tile && source->tile.level == level && source->tile.index == index) {
        return RESULT_OK;
    }
    struct tile tile = {level, index, tile_width(source->size, level, index)};
    assert(tile.width > 0);
    source->has_tile = false;
    TRY(source->reader->read(source->reader->context, tile, source->hashes));
    source->tile = tile;
    source->has_tile = true;
    return RESULT_OK;
}

/* The complete subtree of 2^level leaves that is number `index` of its level. */
MUST_USE static struct result subtree(struct source *source, unsigned level, uint64_t index,
                                      struct tree_hash *out)
{
    unsigned inside = level % TILE_HEIGHT;
    uint64_t first = index << inside;
    TRY(load_tile(source, level / TILE_HEIGHT, first >> TILE_HEIGHT));
    size_t count = (size_t)1 << inside, from = (size_t)(first % TILE_WIDTH);
    assert(from + count <= source->tile.width);
    struct tree_hash row[TILE_WIDTH / 2];
    const struct tree_hash *below = source->hashes + from;
    for (; count > 1; count /= 2) {
        for (size_t i = 0; i < count / 2; i++) {
            row[i] = tree_hash_node(&below[2 * i], &below[2 * i + 1]);
        }
        below = row;
    }
    *out = below[0];
    return RESULT_OK;
}

/* MTH(D[begin:end]). `begin` is a multiple of a power of two that is not less than the length. */
MUST_USE static struct result range_hash(struct source *source, uint64_t begin, uint64_t end,
                                         struct tree_hash *out)
{
    bool has_begun = false;
    uint64_t at = end;
    for (unsigned level = 0; at > begin; level++) {
        uint64_t leaves = UINT64_C(1) << level;
        if (((end - begin) & leaves) == 0) {
            continue;
        }
        struct tree_hash left;
        at -= leaves;
        TRY(subtree(source, level, at >> level, &left));
        *out = has_begun ? tree_hash_node(&left, out) : left;
        has_begun = true;
    }
    return RESULT_OK;
}

struct result tile_frontier(const struct tree_reader *reader, uint64_t size,
                            struct tree_frontier *out)
{
    if (size > TREE_SIZE_MAX) {
        return result_fail(RESULT_CODE_INVALID, "No ledger has so many entries", STR(""));
    }
    struct source source = {.reader = reader, .size = size};
    struct tree_frontier frontier = {.size = size};
    uint64_t end = size;
    for (unsigned level = 0; end > 0; level++) {
        if ((end & UINT64_C(1) << level) != 0) {
            end -= UINT64_C(1) << level;
            TRY(subtree(&source, level, end >> level, &frontier.hashes[level]));
        }
    }
    *out = frontier;
    return RESULT_OK;
}

struct result tile_root(const struct tree_reader *reader, uint64_t size, struct tree_hash *out)
{
    struct tree_frontier frontier;
    TRY(tile_frontier(reader, size, &frontier));
    *out = tree_frontier_root(&frontier);
    return RESULT_OK;
}

/* RFC 6962, 2.1: the largest power of two below n, which is 2 or more. */
static uint64_t split(uint64_t n)
{
    uint64_t k = 1;
    while (k < n - k) {
        k *= 2;
    }
    return k;
}

/* Found from the root down; a proof goes up. */
static void turn_round(struct tree_proof *proof)
{
    for (size_t i = 0; i < proof->count / 2; i++) {
        struct tree_hash kept = proof->hashes[i];
        proof->hashes[i] = proof->hashes[proof->count - 1 - i];
        proof->hashes[proof->count - 1 - i] = kept;
    }
}

struct result tile_inclusion_prove(const struct tree_reader *reader, uint64_t index, uint64_t size,
                                   struct tree_proof *out)
{
    if (size > TREE_SIZE_MAX || index >= size) {
        return result_fail(RESULT_CODE_INVALID, "The ledger had no such entry then", STR(""));
    }
    struct source source = {.reader = reader, .size = size};
    uint64_t begin = 0, end = size;
    out->count = 0;
    while (end - begin > 1) {
        uint64_t middle = begin + split(end - begin);
        struct tree_hash *sibling = &out->hashes[out->count++];
        if (index < middle) {
            TRY(range_hash(&source, middle, end, sibling));
            end = middle;
        } else {
            TRY(range_hash(&source, begin, middle, sibling));
            begin = middle;
        }
    }
    turn_round(out);
    return RESULT_OK;
}

struct result tile_consistency_prove(const struct tree_reader *reader, uint64_t old_size,
                                     uint64_t new_size, struct tree_proof *out)
{
    if (new_size > TREE_SIZE_MAX || old_size > new_size) {
        return result_fail(RESULT_CODE_INVALID, "The newer ledger is shorter than the older one",
                           STR(""));
    }
    struct source source = {.reader = reader, .size = new_size};
    uint64_t begin = 0, end = new_size;
    out->count = 0;
    while (old_size > 0 && old_size < end) {
        uint64_t middle = begin + split(end - begin);
        struct tree_hash *sibling = &out->hashes[out->count++];
        if (old_size <= middle) {
            TRY(range_hash(&source, middle, end, sibling));
            end = middle;
        } else {
            TRY(range_hash(&source, begin, middle, sibling));
            begin = middle;
        }
    }
    /* Where it ends at the left edge, what is left is the old root, which the reader knows. */
    if (begin > 0) {
        TRY(range_hash(&source, begin, end, &out->hashes[out->count++]));
    }
    turn_round(out);
    return RESULT_OK;
}

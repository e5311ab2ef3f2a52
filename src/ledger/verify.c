/*
 * ledger/verify.c - reads the whole ledger and believes nothing of it.
 *
 * Read first: ledger_verify() in ledger.h.
 *
 * One pass over the entries with their acts makes the tree anew. Beside it go the stored tiles and
 * the checkpoints, which were read before in order: at each size that a checkpoint speaks of the
 * root must be its own. What was erased is gathered by the act that erased it, and compared with
 * what that act says when the pass comes to it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "ledger/ledger_int.h"
#include "ledger/ledger_sql.h"

/* Times that progress is told. */
#define VERIFY_TELLINGS 100

/* Erasures whose acts have not been reached yet, and checkpoints. */
#define VERIFY_ERASURES_MAX 100000
#define VERIFY_CHECKPOINTS_MAX 1000000

struct erasure {
    int64_t position; /* of the act that erased */
    struct ledger_positions positions;
    struct erasure *next;
};

#define ERASURE_BUCKETS 4096

struct signed_size {
    int64_t epoch, size;
    struct tree_hash root;
};

struct verifier {
    struct store_transaction *transaction;
    struct arena *arena; /* what stays until the end */
    struct ledger_report *report;
    struct ledger_progress progress;
    struct ledger_head head;
    struct tree_frontier frontier;             /* made anew */
    struct tree_hash *levels[TILE_LEVELS_MAX]; /* the tile at the right edge of each level */
    struct erasure *erasures[ERASURE_BUCKETS];
    size_t erasure_count;
    struct signed_size *signed_sizes;
    size_t signed_count, signed_capacity, signed_next;
    int64_t epoch; /* that the acts speak of */
    struct ledger_signing signing;
    struct result keys; /* of reading them; where they are not as recorded an act is neither */
};

struct str ledger_fault_words(enum ledger_fault_kind kind)
{
    static const struct str words[LEDGER_FAULT_COUNT] = {
        [LEDGER_FAULT_NONE] = STR_INIT("the ledger is whole"),
        [LEDGER_FAULT_ENTRY] = STR_INIT("an entry is missing, or is none"),
        [LEDGER_FAULT_ACT] = STR_INIT("an act is not what was recorded"),
        [LEDGER_FAULT_ERASURE] = STR_INIT("something is gone that no erasure names"),
        [LEDGER_FAULT_TILE] = STR_INIT("a stored tile is not what the entries make"),
        [LEDGER_FAULT_HEAD] = STR_INIT("the head is not what the entries make"),
        [LEDGER_FAULT_CHECKPOINT] = STR_INIT("a signed checkpoint says otherwise"),
    };
    return words[kind];
}

static void fault(struct verifier *verifier, enum ledger_fault_kind kind, int64_t at,
                  struct str detail)
{
    if (verifier->report->fault == LEDGER_FAULT_NONE) {
        verifier->report->fault = kind;
        verifier->report->fault_at = at;
        verifier->report->fault_detail = str_copy(verifier->arena, detail);
    }
}

static bool is_good(const struct verifier *verifier)
{
    return verifier->report->fault == LEDGER_FAULT_NONE;
}

/* ---- Checkpoints ----------------------------------------------------------------------------- */

MUST_USE static struct result checkpoint_take(struct verifier *verifier,
                                              const struct ledger_checkpoints_row *row)
{
    struct arena *arena = store_arena(verifier->transaction);
    struct str origin = ledger_checkpoint_origin(arena, verifier->head.origin, row->epoch);
    struct checkpoint checkpoint = {0};
    struct note note = {0};
    struct result opened =
        ledger_signing_take(&verifier->signing, arena, row->note, row->size, &note);
    opened = result_is_ok(opened) ? checkpoint_read(arena, note.text, &checkpoint) : opened;
    if (!result_is_ok(opened) || checkpoint.size != (uint64_t)row->size ||
        !str_equal(checkpoint.origin, origin)) {
        fault(verifier, LEDGER_FAULT_CHECKPOINT, row->size,
              result_is_ok(opened) ? STR("its size or origin is another")
                                   : str_from(opened.message));
        return RESULT_OK;
    }
    if (verifier->signed_count == VERIFY_CHECKPOINTS_MAX) {
        return result_fail(RESULT_CODE_LIMIT,
                           "the ledger has too many checkpoints to verify at once",
                           (struct str){0});
    }
    if (verifier->signed_count == verifier->signed_capacity) {
        size_t bytes = verifier->signed_capacity * sizeof *verifier->signed_sizes;
        verifier->signed_capacity = 2 * verifier->signed_capacity + LEDGER_PAGE_ROWS;
        verifier->signed_sizes =
            arena_grow(verifier->arena, verifier->signed_sizes, bytes,
                       verifier->signed_capacity * sizeof *verifier->signed_sizes);
    }
    verifier->signed_sizes[verifier->signed_count++] =
        (struct signed_size){row->epoch, row->size, checkpoint.root};
    return RESULT_OK;
}

static int by_size(const void *a, const void *b)
{
    const struct signed_size *left = a, *right = b;
    return (left->size > right->size) - (left->size < right->size);
}

MUST_USE static struct result checkpoints_read(struct verifier *verifier)
{
    struct ledger_checkpoints_in in = {.after_epoch = 0, .after_size = -1, LEDGER_PAGE_ROWS};
    struct ledger_checkpoints_rows rows;
    do {
        TRY(ledger_checkpoints(verifier->transaction, in, &rows));
        for (size_t i = 0; i < rows.count && is_good(verifier); i++) {
            struct arena_mark mark = arena_mark(store_arena(verifier->transaction));
            TRY(checkpoint_take(verifier, &rows.at[i]));
            arena_rewind(store_arena(verifier->transaction), mark);
            in.after_epoch = rows.at[i].epoch;
            in.after_size = rows.at[i].size;
        }
    } while (rows.count == LEDGER_PAGE_ROWS && is_good(verifier));
    int64_t size = 0;
    struct result vouched = ledger_signing_end(&verifier->signing, &size);
    if (!result_is_ok(vouched)) {
        fault(verifier, LEDGER_FAULT_CHECKPOINT, size, str_from(vouched.message));
    }
    verifier->report->unknown = verifier->signing.unknown;
    if (verifier->signed_count > 0) {
        qsort(verifier->signed_sizes, verifier->signed_count, sizeof *verifier->signed_sizes,
              by_size);
    }
    return RESULT_OK;
}

/* Those of every epoch that speak of the size that the tree has now; they are in order of size. */
static void checkpoints_compare(struct verifier *verifier)
{
    int64_t size = (int64_t)verifier->frontier.size;
    struct tree_hash root = {{0}};
    bool has_root = false;
    while (verifier->signed_next < verifier->signed_count &&
           verifier->signed_sizes[verifier->signed_next].size == size) {
        root = has_root ? root : tree_frontier_root(&verifier->frontier);
        has_root = true;
        if (!tree_hash_equal(&root, &verifier->signed_sizes[verifier->signed_next].root)) {
            fault(verifier, LEDGER_FAULT_CHECKPOINT, size, STR("its root is another"));
        }
        verifier->report->checkpoints++;
        verifier->signed_next++;
    }
}

/* ---- Erasures -------------------------------------------------------------------------------- */

static struct erasure **erasure_place(struct verifier *verifier, int64_t position)
{
    struct erasure **at = &verifier->erasures[(uint64_t)position % ERASURE_BUCKETS];
    while (*at && (*at)->position != position) {
        at = &(*at)->next;
    }
    return at;
}

MUST_USE static struct result erasure_note(struct verifier *verifier, int64_t position,
                                           int64_t erased_by)
{
    struct erasure **place = erasure_place(verifier, erased_by);
    if (!*place) {
        if (verifier->erasure_count++ == VERIFY_ERASURES_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "the ledger has too many erasures",
                               (struct str){0});
        }
        *place = ARENA_NEW(verifier->arena, struct erasure);
        **place = (struct erasure){erased_by, ledger_positions_begin(), NULL};
    }
    ledger_positions_add(&(*place)->positions, position);
    verifier->report->erased++;
    if (erased_by <= position) {
        fault(verifier, LEDGER_FAULT_ERASURE, position, STR("it says it was erased before it was"));
    }
    return RESULT_OK;
}

/* An act that erased: what it says must be what was gathered. */
static void erasure_compare(struct verifier *verifier, int64_t position,
                            const struct json_value *said)
{
    struct erasure **place = erasure_place(verifier, position);
    struct ledger_positions none = ledger_positions_begin();
    struct ledger_positions *found = *place ? &(*place)->positions : &none;
    struct arena *arena = store_arena(verifier->transaction);
    const struct json_value *acts = json_get(said, STR("acts"));
    const struct json_value *digest = json_get(said, STR("positions"));
    int64_t count = found->count;
    if (!acts || !digest || acts->integer != count ||
        !str_equal(digest->text, ledger_positions_end(arena, found))) {
        fault(verifier, LEDGER_FAULT_ERASURE, position, STR("it names other acts than are gone"));
    }
    if (*place) {
        *place = (*place)->next;
        verifier->erasure_count--;
    }
}

/* ---- Tiles ----------------------------------------------------------------------------------- */

/* A tile that is complete by now, or at the end the part of it that there is. */
MUST_USE static struct result tile_compare(struct verifier *verifier, unsigned level,
                                           uint64_t index, unsigned width)
{
    struct tile tile = {level, index, width};
    struct ledger_tile_of_row row;
    bool is_there = false;
    TRY(ledger_tile_of(verifier->transaction, (struct ledger_tile_of_in){level, (int64_t)index},
                       &is_there, &row));
    size_t bytes = width * TREE_HASH_BYTES;
    if (!is_there || row.hashes.len != bytes ||
        memcmp(row.hashes.at, verifier->levels[level], bytes) != 0) {
        fault(verifier, LEDGER_FAULT_TILE, (int64_t)index, tile_path(verifier->arena, tile));
    }
    return RESULT_OK;
}

MUST_USE static struct result tops_take(struct verifier *verifier, const struct tree_tops *tops)
{
    for (unsigned level = 0; level < tops->count; level++) {
        uint64_t number = (verifier->frontier.size >> (TILE_HEIGHT * level)) - 1;
        verifier->levels[level][number % TILE_WIDTH] = tops->at[level];
        if (number % TILE_WIDTH == TILE_WIDTH - 1) {
            TRY(tile_compare(verifier, level, number / TILE_WIDTH, TILE_WIDTH));
        }
    }
    return RESULT_OK;
}

/* At the end: what stands at the right edge, and that there are `tiles` tiles and no others. */
MUST_USE static struct result edge_compare(struct verifier *verifier, int64_t tiles)
{
    uint64_t size = verifier->frontier.size;
    int64_t expected = 0;
    for (unsigned level = 0; level < TILE_LEVELS_MAX && is_good(verifier); level++) {
        uint64_t count = level * TILE_HEIGHT >= 64 ? 0 : size >> (TILE_HEIGHT * level);
        unsigned width = (unsigned)(count % TILE_WIDTH);
        if (level > 0 && width > 0) {
            TRY(tile_compare(verifier, level, count / TILE_WIDTH, width));
        }
        expected += (int64_t)(count / TILE_WIDTH) + (level > 0 && width > 0);
    }
    if (tiles != expected && is_good(verifier)) {
        fault(verifier, LEDGER_FAULT_TILE, tiles, STR("there are too many tiles"));
    }
    return RESULT_OK;
}

/* ---- What acts say of the ledger itself ----------------------------------------------------- */

/* The first act names the ledger; an act of a restore says which epoch begins. */
static void own_act_check(struct verifier *verifier, struct arena *arena, uint16_t kind,
                          const struct ledger_entries_row *row)
{
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *said = json_read(arena, STR("ledger"), row->content, &diags);
    if (kind == LEDGER_KIND_START) {
        const struct json_value *origin = json_get(said, STR("origin"));
        if (row->position != 0 || !origin || !str_equal(origin->text, verifier->head.origin)) {
            fault(verifier, LEDGER_FAULT_HEAD, row->position, STR("it began under another name"));
        }
        verifier->epoch = 1;
    } else if (kind == LEDGER_KIND_EPOCH) {
        const struct json_value *epoch = json_get(said, STR("epoch"));
        if (!epoch || epoch->integer <= verifier->epoch) {
            fault(verifier, LEDGER_FAULT_HEAD, row->position, STR("an epoch begins again"));
        }
        verifier->epoch = epoch ? epoch->integer : 0;
    } else if (kind == LEDGER_KIND_ERASURE) {
        erasure_compare(verifier, row->position, said);
    }
}

/* ---- Entries and acts ------------------------------------------------------------------------ */

static bool act_matches(struct arena *arena, const struct entry *entry,
                        const struct ledger_entries_row *row)
{
    struct ledger_act act = {.kind = entry->kind,
                             .actor = {row->actor},
                             .person = {row->person},
                             .school = {row->school},
                             .content = row->content};
    return ledger_act_is_of(arena, &act, row->salt, entry);
}

MUST_USE static struct result act_check(struct verifier *verifier, struct arena *arena,
                                        const struct entry *entry,
                                        const struct ledger_entries_row *row)
{
    bool is_erased = row->erased_by != 0;
    if (row->act != row->position + 1 || row->kind != entry->kind ||
        row->done_at.milliseconds != entry->time_ms) {
        fault(verifier, LEDGER_FAULT_ACT, row->position,
              STR("missing, or of another kind or time"));
    } else if (is_erased && (row->actor || row->person || row->school || row->content.len > 0)) {
        fault(verifier, LEDGER_FAULT_ACT, row->position, STR("erased in part"));
    } else if (!is_erased && !act_matches(arena, entry, row)) {
        fault(verifier, LEDGER_FAULT_ACT, row->position, STR("not what its entry commits to"));
    } else if (is_erased) {
        TRY(erasure_note(verifier, row->position, row->erased_by - 1));
    }
    if (is_good(verifier) && entry->kind < LEDGER_KIND_FIRST) {
        own_act_check(verifier, arena, entry->kind, row);
    }
    return RESULT_OK;
}

MUST_USE static struct result row_check(struct verifier *verifier, struct arena *arena,
                                        const struct ledger_entries_row *row)
{
    struct entry entry;
    if (row->position != (int64_t)verifier->frontier.size) {
        fault(verifier, LEDGER_FAULT_ENTRY, (int64_t)verifier->frontier.size, STR("missing"));
        return RESULT_OK;
    }
    struct result read = entry_read(row->leaf, &entry);
    if (!result_is_ok(read)) {
        fault(verifier, LEDGER_FAULT_ENTRY, row->position, str_from(read.message));
        return RESULT_OK;
    }
    TRY(act_check(verifier, arena, &entry, row));
    struct tree_hash leaf = tree_hash_leaf(row->leaf);
    struct tree_tops tops;
    tree_frontier_append(&verifier->frontier, &leaf, &tops);
    TRY(tops_take(verifier, &tops));
    checkpoints_compare(verifier);
    return RESULT_OK;
}

MUST_USE static struct result entries_check(struct verifier *verifier)
{
    struct arena *arena = store_arena(verifier->transaction);
    int64_t told = 0;
    size_t count;
    do {
        struct arena_mark mark = arena_mark(arena);
        struct ledger_entries_rows rows;
        TRY(ledger_entries(
            verifier->transaction,
            (struct ledger_entries_in){(int64_t)verifier->frontier.size, LEDGER_PAGE_ROWS}, &rows));
        count = rows.count;
        for (size_t i = 0; i < count && is_good(verifier); i++) {
            TRY(row_check(verifier, arena, &rows.at[i]));
        }
        arena_rewind(arena, mark);
        int64_t done = (int64_t)verifier->frontier.size,
                all = (int64_t)verifier->head.frontier.size;
        if (verifier->progress.tell && done - told >= all / VERIFY_TELLINGS) {
            verifier->progress.tell(verifier->progress.context, done, all);
            told = done;
        }
    } while (count == LEDGER_PAGE_ROWS && is_good(verifier));
    return RESULT_OK;
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* What can only be said when all entries have been seen. */
MUST_USE static struct result end_check(struct verifier *verifier)
{
    struct ledger_report *report = verifier->report;
    report->entries = (int64_t)verifier->frontier.size;
    report->root = tree_frontier_root(&verifier->frontier);
    struct tree_hash stored = tree_frontier_root(&verifier->head.frontier);
    if (verifier->frontier.size != verifier->head.frontier.size ||
        !tree_hash_equal(&report->root, &stored)) {
        fault(verifier, LEDGER_FAULT_HEAD, report->entries, STR("another size or root"));
    }
    if (verifier->erasure_count > 0) {
        fault(verifier, LEDGER_FAULT_ERASURE, report->entries, STR("no act erased it"));
    }
    if (report->checkpoints != (int64_t)verifier->signed_count) {
        fault(verifier, LEDGER_FAULT_CHECKPOINT, report->entries,
              STR("it speaks of entries that are gone"));
    }
    if (verifier->head.checkpoints != (int64_t)verifier->signed_count) {
        fault(verifier, LEDGER_FAULT_CHECKPOINT, (int64_t)verifier->signed_count,
              STR("there are not as many as the head says"));
    }
    if (!result_is_ok(verifier->keys)) {
        fault(verifier, LEDGER_FAULT_HEAD, report->entries, str_from(verifier->keys.message));
    }
    if (verifier->head.epoch != verifier->epoch) {
        fault(verifier, LEDGER_FAULT_HEAD, report->entries, STR("no act began its epoch"));
    }
    struct ledger_counts_row counts = {0};
    bool is_there;
    TRY(ledger_counts(verifier->transaction, &is_there, &counts));
    if (counts.acts != report->entries || counts.leaves != report->entries) {
        fault(verifier, LEDGER_FAULT_ENTRY, report->entries, STR("more than the head knows"));
    }
    return is_good(verifier) ? edge_compare(verifier, counts.tiles) : RESULT_OK;
}

/* The keys as the ledger declares them. Their names outlive the rows. */
MUST_USE static struct result keys_read(struct verifier *verifier, const struct note_key *trusted,
                                        size_t trusted_count)
{
    struct ledger_keys *keys = &verifier->report->keys;
    verifier->signing =
        (struct ledger_signing){.keys = keys, .trusted = trusted, .trusted_count = trusted_count};
    verifier->keys = ledger_keys_read(verifier->transaction, keys);
    bool is_corrupt = verifier->keys.code == RESULT_CODE_CORRUPT;
    keys->count = is_corrupt ? 0 : keys->count;
    for (size_t i = 0; i < keys->count; i++) {
        keys->at[i].key.name = str_copy(verifier->arena, keys->at[i].key.name);
    }
    return is_corrupt ? RESULT_OK : verifier->keys;
}

MUST_USE static struct result verify_all(struct verifier *verifier, const struct note_key *keys,
                                         size_t key_count)
{
    struct result head = ledger_head_read(verifier->transaction, &verifier->head);
    if (head.code == RESULT_CODE_CORRUPT) {
        fault(verifier, LEDGER_FAULT_HEAD, 0, str_from(head.message));
        return RESULT_OK;
    }
    TRY(head);
    TRY(keys_read(verifier, keys, key_count));
    TRY(checkpoints_read(verifier));
    checkpoints_compare(verifier);
    TRY(entries_check(verifier));
    return is_good(verifier) ? end_check(verifier) : RESULT_OK;
}

struct result ledger_verify(struct store *store, struct arena *arena, const struct note_key *keys,
                            size_t key_count, struct ledger_progress progress,
                            struct ledger_report *out)
{
    *out = (struct ledger_report){0};
    DEFER(arena_close) struct arena *rows = arena_open();
    DEFER(store_end) struct store_transaction *transaction = NULL;
    struct result verified = store_begin(store, rows, STORE_READ, &transaction);
    if (result_is_ok(verified)) {
        struct verifier *verifier = ARENA_NEW(arena, struct verifier);
        verifier->transaction = transaction;
        verifier->arena = arena;
        verifier->report = out;
        verifier->progress = progress;
        for (size_t level = 0; level < TILE_LEVELS_MAX; level++) {
            verifier->levels[level] = ARENA_ARRAY(arena, struct tree_hash, TILE_WIDTH);
        }
        verified = verify_all(verifier, keys, key_count);
    }
    verified.detail = str_copy(arena, verified.detail); /* the rows' arena goes */
    return verified;
}

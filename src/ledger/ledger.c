/*
 * ledger/ledger.c - entries appended, signed and proven.
 *
 * Read first: ledger.h, tile.h; ledger.sql for the tables.
 */
#include "ledger/ledger.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/hex.h"
#include "base/json.h"
#include "ledger/ledger_int.h"
#include "ledger/ledger_sql.h" /* made of ledger.sql */

/* ---- The head -------------------------------------------------------------------------------- */

static struct str frontier_bytes(struct arena *arena, const struct tree_frontier *frontier)
{
    unsigned char *bytes = arena_alloc(arena, TREE_FRONTIER_BYTES_MAX);
    return (struct str){(const char *)bytes, tree_frontier_write(frontier, bytes)};
}

struct result ledger_head_read(struct store_transaction *transaction, struct ledger_head *out)
{
    struct ledger_head_of_row row;
    bool is_there = false;
    TRY(ledger_head_of(transaction, &is_there, &row));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "Handrail has not been set up here yet",
                           (struct str){0});
    }
    *out = (struct ledger_head){.origin = row.origin,
                                .epoch = row.epoch,
                                .checkpoints = row.checkpoints,
                                .first_key = row.first_key};
    TRY(tree_frontier_read(row.frontier, &out->frontier));
    return (uint64_t)row.size == out->frontier.size
               ? RESULT_OK
               : result_fail(RESULT_CODE_CORRUPT, "the head of the ledger contradicts itself",
                             (struct str){0});
}

struct result ledger_start(struct store_transaction *transaction, struct str origin)
{
    struct arena *arena = store_arena(transaction);
    struct tree_frontier empty = {0};
    if (!note_name_is_good(origin)) {
        return result_fail(RESULT_CODE_INVALID,
                           "the ledger's name must be like an address, without spaces", origin);
    }
    TRY(ledger_head_add(
        transaction,
        (struct ledger_head_add_in){.origin = origin, .frontier = frontier_bytes(arena, &empty)}));
    struct text content = {.arena = arena};
    struct json_writer writer = json_writer_new(&content, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_str(&writer, STR("origin"), origin);
    json_end_object(&writer);
    struct ledger_act act = {.kind = LEDGER_KIND_START, .content = text_str(&content)};
    return ledger_append(transaction, &act, NULL);
}

/* ---- Tiles ----------------------------------------------------------------------------------- */

/* Hashes of entries that stand in no stored tile yet. */
MUST_USE static struct result leaves_read(struct store_transaction *transaction, uint64_t first,
                                          unsigned count, struct tree_hash *out)
{
    struct ledger_leaves_rows rows;
    TRY(ledger_leaves(transaction, (struct ledger_leaves_in){(int64_t)first, count}, &rows));
    bool is_whole = rows.count == count;
    for (size_t i = 0; i < rows.count && is_whole; i++) {
        is_whole = (uint64_t)rows.at[i].position == first + i;
        out[i] = tree_hash_leaf(rows.at[i].leaf);
    }
    return is_whole ? RESULT_OK
                    : result_fail(RESULT_CODE_CORRUPT, "entries of the ledger are missing",
                                  (struct str){0});
}

MUST_USE static struct result tile_stored(struct store_transaction *transaction, unsigned level,
                                          uint64_t number, struct str *hashes)
{
    struct ledger_tile_of_row row;
    bool is_there = false;
    TRY(ledger_tile_of(transaction, (struct ledger_tile_of_in){level, (int64_t)number}, &is_there,
                       &row));
    *hashes = is_there ? row.hashes : (struct str){0};
    return RESULT_OK;
}

MUST_USE static struct result tile_read(void *context, struct tile tile,
                                        struct tree_hash out[TILE_WIDTH])
{
    struct store_transaction *transaction = context;
    if (tile.level == 0 && tile.width < TILE_WIDTH) {
        return leaves_read(transaction, tile.index * TILE_WIDTH, tile.width, out);
    }
    struct str hashes;
    TRY(tile_stored(transaction, tile.level, tile.index, &hashes));
    if (hashes.len < tile.width * TREE_HASH_BYTES || hashes.len > TILE_BYTES_MAX) {
        return result_fail(RESULT_CODE_CORRUPT, "a tile of the ledger is missing or damaged",
                           tile_path(store_arena(transaction), tile));
    }
    memcpy(out, hashes.at, tile.width * TREE_HASH_BYTES);
    return RESULT_OK;
}

struct tree_reader ledger_reader(struct store_transaction *transaction)
{
    return (struct tree_reader){.context = transaction, .read = tile_read};
}

/* Level 0 is stored when a tile is complete. */
MUST_USE static struct result leaf_tile_add(struct store_transaction *transaction, uint64_t size)
{
    struct tree_hash *hashes = ARENA_ARRAY(store_arena(transaction), struct tree_hash, TILE_WIDTH);
    TRY(leaves_read(transaction, size - TILE_WIDTH, TILE_WIDTH, hashes));
    return ledger_tile_add(transaction,
                           (struct ledger_tile_add_in){.level = 0,
                                                       .number = (int64_t)(size / TILE_WIDTH - 1),
                                                       .hashes = {(char *)hashes, TILE_BYTES_MAX}});
}

/* A higher level is stored hash by hash: one for each 256 entries. */
MUST_USE static struct result tile_lengthen(struct store_transaction *transaction, unsigned level,
                                            uint64_t number, const struct tree_hash *hash)
{
    struct str added = {(const char *)hash->bytes, TREE_HASH_BYTES};
    uint64_t tile = number / TILE_WIDTH, offset = number % TILE_WIDTH;
    if (offset == 0) {
        return ledger_tile_add(transaction,
                               (struct ledger_tile_add_in){level, (int64_t)tile, added});
    }
    struct str stored;
    TRY(tile_stored(transaction, level, tile, &stored));
    if (stored.len != offset * TREE_HASH_BYTES) {
        return result_fail(RESULT_CODE_CORRUPT, "a tile of the ledger is missing or damaged",
                           (struct str){0});
    }
    struct text longer = {.arena = store_arena(transaction)};
    text_add(&longer, stored);
    text_add(&longer, added);
    return ledger_tile_change(
        transaction, (struct ledger_tile_change_in){level, (int64_t)tile, text_str(&longer)});
}

MUST_USE static struct result tops_add(struct store_transaction *transaction, uint64_t size,
                                       const struct tree_tops *tops)
{
    if (size % TILE_WIDTH == 0) {
        TRY(leaf_tile_add(transaction, size));
    }
    for (unsigned level = 1; level < tops->count; level++) {
        TRY(tile_lengthen(transaction, level, (size >> (TILE_HEIGHT * level)) - 1,
                          &tops->at[level]));
    }
    return RESULT_OK;
}

/* ---- Append ---------------------------------------------------------------------------------- */

/* Three numbers of at most 19 digits, each perhaps with a minus sign, and its end of line. */
#define COMMITTED_NUMBERS_BYTES ((size_t)3 * 21)

/* In decimal; how many bytes there are. A million acts are verified with this: no printf(). */
static size_t number_write(int64_t number, char *out)
{
    char digits[20];
    size_t count = 0, bytes = 0;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        out[bytes++] = '-';
    }
    while (count > 0) {
        out[bytes++] = digits[--count];
    }
    return bytes;
}

struct str ledger_committed(struct arena *arena, int64_t actor, int64_t person, int64_t school,
                            struct str content)
{
    const int64_t numbers[] = {actor, person, school};
    char *all = arena_alloc(arena, COMMITTED_NUMBERS_BYTES + content.len);
    size_t at = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        at += number_write(numbers[i], all + at);
        all[at++] = '\n';
    }
    if (content.len > 0) {
        memcpy(all + at, content.at, content.len);
    }
    return (struct str){all, at + content.len};
}

bool ledger_act_is_of(struct arena *arena, const struct ledger_act *act, struct str salt,
                      const struct entry *entry)
{
    struct commitment_salt own;
    if (salt.len != COMMITMENT_SALT_BYTES || act->kind != entry->kind) {
        return false;
    }
    memcpy(own.bytes, salt.at, COMMITMENT_SALT_BYTES);
    struct str committed = ledger_committed(arena, act->actor.value, act->person.value,
                                            act->school.value, act->content);
    return commitment_matches(&entry->commitment, &own, committed);
}

/* The entry and its act; *leaf is the hash of the entry. */
MUST_USE static struct result act_add(struct store_transaction *transaction,
                                      const struct ledger_act *act, int64_t position,
                                      struct tree_hash *leaf)
{
    struct arena *arena = store_arena(transaction);
    struct commitment_salt salt = commitment_salt_new();
    struct str committed = ledger_committed(arena, act->actor.value, act->person.value,
                                            act->school.value, act->content);
    struct entry entry = {.kind = act->kind,
                          .time_ms = store_now(transaction).milliseconds,
                          .commitment = commitment_make(&salt, committed)};
    unsigned char bytes[ENTRY_BYTES];
    entry_write(&entry, bytes);
    *leaf = tree_hash_leaf((struct str){(const char *)bytes, ENTRY_BYTES});
    TRY(ledger_leaf_add(transaction,
                        (struct ledger_leaf_add_in){position, {(const char *)bytes, ENTRY_BYTES}}));
    return ledger_act_add(transaction, (struct ledger_act_add_in){.position = position,
                                                                  .kind = act->kind,
                                                                  .done_at = store_now(transaction),
                                                                  .actor = act->actor,
                                                                  .person = act->person,
                                                                  .school = act->school,
                                                                  .salt = {(const char *)salt.bytes,
                                                                           COMMITMENT_SALT_BYTES},
                                                                  .content = act->content});
}

struct result ledger_append(struct store_transaction *transaction, const struct ledger_act *act,
                            int64_t *position)
{
    assert(act->kind != 0 && !str_is_empty(act->content));
    struct ledger_head head;
    TRY(ledger_head_read(transaction, &head));
    int64_t at = (int64_t)head.frontier.size;
    struct tree_hash leaf;
    TRY(act_add(transaction, act, at, &leaf));
    struct tree_tops tops;
    tree_frontier_append(&head.frontier, &leaf, &tops);
    TRY(tops_add(transaction, head.frontier.size, &tops));
    if (position) {
        *position = at;
    }
    return ledger_head_change(
        transaction, (struct ledger_head_change_in){
                         .size = (int64_t)head.frontier.size,
                         .frontier = frontier_bytes(store_arena(transaction), &head.frontier)});
}

/* ---- Checkpoints and proofs ------------------------------------------------------------------ */

struct str ledger_checkpoint_origin(struct arena *arena, struct str origin, int64_t epoch)
{
    return epoch == 1 ? origin
                      : str_format(arena, STR_FMT "/epoch-%lld", STR_ARG(origin), (long long)epoch);
}

struct result ledger_checkpoint_read(struct store_transaction *transaction, struct str *note)
{
    struct ledger_checkpoint_last_row row;
    bool is_there = false;
    TRY(ledger_checkpoint_last(transaction, &is_there, &row));
    *note = is_there ? row.note : (struct str){0};
    return is_there ? RESULT_OK
                    : result_fail(RESULT_CODE_MISSING, "the ledger has not been signed yet",
                                  (struct str){0});
}

/*
 * The last checkpoint, signed by the key that held then. Of a first key that is lost and was never
 * known, what it says must do.
 */
MUST_USE static struct result last_open(struct arena *arena, const struct ledger_head *head,
                                        const struct ledger_keys *keys,
                                        const struct ledger_checkpoint_last_row *last,
                                        struct checkpoint *out)
{
    const struct ledger_key *key = &keys->at[ledger_key_of_size(keys, last->size)];
    struct checkpoint_trust trust = {.origin =
                                         ledger_checkpoint_origin(arena, head->origin, last->epoch),
                                     .keys = &key->key,
                                     .key_count = 1};
    struct note note = {0};
    if (key->is_known) {
        return checkpoint_open(arena, last->note, &trust, out);
    }
    TRY(note_read(arena, last->note, &note));
    return checkpoint_read(arena, note.text, out);
}

/* What is stored must still begin with all that the last checkpoint of this epoch says. */
MUST_USE static struct result continues(struct store_transaction *transaction,
                                        const struct ledger_head *head,
                                        const struct ledger_keys *keys,
                                        const struct ledger_checkpoint_last_row *last)
{
    struct arena *arena = store_arena(transaction);
    struct checkpoint signed_then;
    TRY(last_open(arena, head, keys, last, &signed_then));
    struct tree_reader reader = ledger_reader(transaction);
    struct tree_hash root;
    bool is_shorter = head->frontier.size < signed_then.size;
    TRY(is_shorter ? RESULT_OK : tile_root(&reader, signed_then.size, &root));
    return !is_shorter && tree_hash_equal(&root, &signed_then.root)
               ? RESULT_OK
               : result_fail(
                     RESULT_CODE_REFUSED,
                     "the ledger does not continue what was signed before: somebody has "
                     "changed the database. Nothing is signed; see docs/operating.md",
                     str_format(arena, "at %llu entries", (unsigned long long)signed_then.size));
}

/* The key that is to sign now is the last one that the ledger declares; the first one is noted. */
MUST_USE static struct result signer_check(struct store_transaction *transaction,
                                           const struct note_key *key, struct ledger_keys *keys)
{
    struct arena *arena = store_arena(transaction);
    bool was_known = keys->count > 0 && keys->at[keys->count - 1].is_known;
    if (!ledger_keys_end_with(keys, key)) {
        return result_fail(
            RESULT_CODE_REFUSED,
            "the key here is not the one that signs this history: copy the key file of the node on "
            "which it was made or changed last; if it is lost, see docs/operating.md",
            str_format(arena, "here " STR_FMT ", there " STR_FMT,
                       STR_ARG(note_key_id_write(arena, key->id)),
                       STR_ARG(note_key_id_write(arena, keys->at[keys->count - 1].key.id))));
    }
    if (was_known) {
        return RESULT_OK;
    }
    return ledger_first_key_change(transaction,
                                   (struct ledger_first_key_change_in){note_key_write(arena, key)});
}

MUST_USE static struct result checkpoint_store(struct store_transaction *transaction,
                                               const struct ledger_head *head,
                                               const struct note_signer *signers,
                                               size_t signer_count, struct str *note)
{
    struct arena *arena = store_arena(transaction);
    struct str next =
        str_format(arena, "next key " STR_FMT, STR_ARG(note_key_write(arena, &signers[0].key)));
    struct checkpoint checkpoint = {.origin =
                                        ledger_checkpoint_origin(arena, head->origin, head->epoch),
                                    .size = head->frontier.size,
                                    .root = tree_frontier_root(&head->frontier),
                                    .extensions = &next,
                                    .extension_count = signer_count - 1};
    TRY(checkpoint_sign(arena, &checkpoint, signers, signer_count, note));
    TRY(ledger_checkpoint_count(transaction));
    return ledger_checkpoint_add(
        transaction, (struct ledger_checkpoint_add_in){.id = store_id(transaction),
                                                       .epoch = head->epoch,
                                                       .size = (int64_t)head->frontier.size,
                                                       .made_at = store_now(transaction),
                                                       .note = *note});
}

struct result ledger_checkpoint(struct store_transaction *transaction,
                                const struct note_signer *signers, size_t signer_count,
                                struct str *note)
{
    assert(signer_count == 1 || signer_count == 2);
    struct ledger_head head;
    struct ledger_keys keys;
    TRY(ledger_head_read(transaction, &head));
    TRY(ledger_keys_read(transaction, &keys));
    TRY(signer_check(transaction, &signers[0].key, &keys));
    struct ledger_checkpoint_last_row last;
    bool is_there = false;
    TRY(ledger_checkpoint_last(transaction, &is_there, &last));
    bool is_of_now = is_there && last.epoch == head.epoch;
    if (is_of_now) {
        TRY(continues(transaction, &head, &keys, &last));
    }
    if (is_of_now && (uint64_t)last.size == head.frontier.size) {
        *note = last.note;
        return RESULT_OK;
    }
    return checkpoint_store(transaction, &head, signers, signer_count, note);
}

/* What is handed out is right: the tiles that it was made of may not be. */
MUST_USE static struct result proof_check(struct arena *arena, const struct proof *made)
{
    struct note note = {0};
    struct checkpoint checkpoint;
    struct tree_hash leaf = tree_hash_leaf(made->entry);
    TRY(note_read(arena, made->checkpoint, &note));
    TRY(checkpoint_read(arena, note.text, &checkpoint));
    return tree_inclusion_verify(&made->inclusion, made->index, checkpoint.size, &leaf,
                                 &checkpoint.root)
               ? RESULT_OK
               : result_fail(RESULT_CODE_CORRUPT,
                             "the ledger is not what was signed, so nothing can be proven: "
                             "`handrail audit verify` says where",
                             (struct str){0});
}

struct result ledger_prove(struct store_transaction *transaction, int64_t position,
                           struct str *proof)
{
    struct arena *arena = store_arena(transaction);
    struct ledger_checkpoint_last_row last;
    bool is_there = false;
    TRY(ledger_checkpoint_last(transaction, &is_there, &last));
    struct ledger_leaves_rows rows;
    TRY(ledger_leaves(transaction, (struct ledger_leaves_in){position, 1}, &rows));
    if (position < 0 || rows.count == 0 || rows.at[0].position != position) {
        return result_fail(RESULT_CODE_MISSING, "there is no act of this number",
                           str_format(arena, "%lld", (long long)position));
    }
    if (!is_there || position >= last.size) {
        return result_fail(RESULT_CODE_INVALID,
                           "this act has not been signed yet: that happens within a minute",
                           str_format(arena, "%lld", (long long)position));
    }
    struct tree_reader reader = ledger_reader(transaction);
    struct proof made = {
        .entry = rows.at[0].leaf, .index = (uint64_t)position, .checkpoint = last.note};
    TRY(tile_inclusion_prove(&reader, made.index, (uint64_t)last.size, &made.inclusion));
    TRY(proof_check(arena, &made));
    *proof = proof_write(arena, &made);
    return RESULT_OK;
}

int64_t ledger_epoch_of(struct str origin)
{
    struct str mark = STR("/epoch-");
    size_t at = str_find(origin, mark);
    int64_t epoch = 0;
    bool is_named =
        at != STR_NONE && str_to_int(str_slice(origin, at + mark.len, origin.len), &epoch);
    return is_named && epoch > 1 ? epoch : 1;
}

struct result ledger_epoch_begin(struct store_transaction *transaction, struct person_id actor,
                                 const struct checkpoint *lost, int64_t above)
{
    struct arena *arena = store_arena(transaction);
    struct ledger_head head;
    TRY(ledger_head_read(transaction, &head));
    size_t changed = 0;
    int64_t epoch = (above > head.epoch ? above : head.epoch) + 1;
    TRY(ledger_epoch_change(transaction, (struct ledger_epoch_change_in){epoch}, &changed));
    struct text content = {.arena = arena};
    struct json_writer writer = json_writer_new(&content, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_int(&writer, STR("epoch"), epoch);
    json_key_int(&writer, STR("restoredEntries"), (int64_t)head.frontier.size);
    if (lost) {
        json_key_int(&writer, STR("lostEntries"), (int64_t)lost->size);
        json_key_str(&writer, STR("lostRoot"), hex_of(arena, lost->root.bytes, TREE_HASH_BYTES));
    }
    json_end_object(&writer);
    struct ledger_act act = {
        .kind = LEDGER_KIND_EPOCH, .actor = actor, .content = text_str(&content)};
    return ledger_append(transaction, &act, NULL);
}

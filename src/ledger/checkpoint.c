/*
 * ledger/checkpoint.c - checkpoints written, read, opened and compared.
 *
 * Read first: ledger/checkpoint.h; C2SP tlog-checkpoint. Start at: checkpoint_open.
 */
#include "ledger/checkpoint.h"

#include <assert.h>
#include <inttypes.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "ledger/lines_int.h"

struct str checkpoint_write(struct arena *arena, const struct checkpoint *checkpoint)
{
    struct text out = {.arena = arena};
    text_add(&out, checkpoint->origin);
    text_addf(&out, "\n%" PRIu64 "\n", checkpoint->size);
    text_add(&out, lines_base64_write(arena, checkpoint->root.bytes, TREE_HASH_BYTES));
    text_add_char(&out, '\n');
    for (size_t i = 0; i < checkpoint->extension_count; i++) {
        text_add(&out, checkpoint->extensions[i]);
        text_add_char(&out, '\n');
    }
    return text_str(&out);
}

MUST_USE static struct result read_extensions(struct arena *arena, struct str rest,
                                              struct checkpoint *out)
{
    struct str line;
    struct str *lines = ARENA_ARRAY(arena, struct str, CHECKPOINT_EXTENSIONS_MAX);
    while (lines_next(&rest, &line)) {
        if (out->extension_count == CHECKPOINT_EXTENSIONS_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "A checkpoint has at most 16 extension lines",
                               line);
        }
        if (line.len == 0 || line.len > CHECKPOINT_EXTENSION_BYTES_MAX) {
            return result_fail(RESULT_CODE_INVALID,
                               "A checkpoint's extension line has 1 to 1,000 bytes", line);
        }
        lines[out->extension_count++] = line;
    }
    out->extensions = lines;
    return RESULT_OK;
}

struct result checkpoint_read(struct arena *arena, struct str text, struct checkpoint *out)
{
    struct str rest = text, size, root;
    struct checkpoint checkpoint = {0};
    if (!str_ends(text, STR("\n")) || !lines_next(&rest, &checkpoint.origin) ||
        !lines_next(&rest, &size) || !lines_next(&rest, &root)) {
        return result_fail(RESULT_CODE_INVALID,
                           "A checkpoint has three lines at least: origin, size and root", STR(""));
    }
    if (checkpoint.origin.len == 0 || checkpoint.origin.len > CHECKPOINT_ORIGIN_BYTES_MAX) {
        return result_fail(RESULT_CODE_INVALID, "A checkpoint's origin has 1 to 255 bytes",
                           checkpoint.origin);
    }
    if (!lines_number_read(size, TREE_SIZE_MAX, &checkpoint.size)) {
        return result_fail(RESULT_CODE_INVALID,
                           "A checkpoint's second line is a number: how many entries there are",
                           size);
    }
    if (!lines_base64_read_exactly(root, checkpoint.root.bytes, TREE_HASH_BYTES)) {
        return result_fail(RESULT_CODE_INVALID,
                           "A checkpoint's third line is a root: 32 bytes in base64", root);
    }
    struct tree_hash empty = tree_hash_empty();
    if (checkpoint.size == 0 && !tree_hash_equal(&checkpoint.root, &empty)) {
        return result_fail(RESULT_CODE_INVALID, "A ledger without entries has another root", root);
    }
    TRY(read_extensions(arena, rest, &checkpoint));
    *out = checkpoint;
    return RESULT_OK;
}

struct result checkpoint_sign(struct arena *arena, const struct checkpoint *checkpoint,
                              const struct note_signer *signers, size_t signer_count,
                              struct str *out)
{
    struct str text = checkpoint_write(arena, checkpoint);
    struct checkpoint again;
    /* A line feed within a line would make lines that nobody meant. */
    TRY(checkpoint_read(arena, text, &again));
    if (!str_equal(again.origin, checkpoint->origin) ||
        again.extension_count != checkpoint->extension_count) {
        return result_fail(RESULT_CODE_INVALID, "A checkpoint's lines hold no line feeds",
                           checkpoint->origin);
    }
    return note_sign(arena, text, signers, signer_count, out);
}

/* The ledger's keys and, behind them, the witnesses'. */
MUST_USE static struct result all_keys(struct arena *arena, const struct checkpoint_trust *trust,
                                       struct note_key **out)
{
    if (trust->key_count > NOTE_KEYS_MAX || trust->witness_count > NOTE_KEYS_MAX ||
        trust->key_count + trust->witness_count > NOTE_KEYS_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "At most 64 keys can be known at once", STR(""));
    }
    struct note_key *keys = ARENA_ARRAY(arena, struct note_key, NOTE_KEYS_MAX);
    for (size_t i = 0; i < trust->key_count; i++) {
        if (trust->keys[i].kind != NOTE_KEY_PLAIN) {
            return result_fail(RESULT_CODE_INVALID, "This is the key of a witness, not a ledger's",
                               trust->keys[i].name);
        }
        keys[i] = trust->keys[i];
    }
    for (size_t i = 0; i < trust->witness_count; i++) {
        if (trust->witnesses[i].kind != NOTE_KEY_WITNESS) {
            return result_fail(RESULT_CODE_INVALID, "This is not the key of a witness",
                               trust->witnesses[i].name);
        }
        keys[trust->key_count + i] = trust->witnesses[i];
    }
    *out = keys;
    return RESULT_OK;
}

static bool is_signed_by_any(const struct note *note, const struct note_key *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (note_is_signed_by(note, &keys[i])) {
            return true;
        }
    }
    return false;
}

/* A key counts once, under however many names: the name is not part of what a witness signs. */
static size_t witnesses_that_signed(const struct note *note, const struct note_key *keys,
                                    size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_new = note_is_signed_by(note, &keys[i]);
        for (size_t k = 0; k < i && is_new; k++) {
            is_new = !note_is_signed_by(note, &keys[k]) ||
                     memcmp(keys[k].public_key, keys[i].public_key, NOTE_PUBLIC_KEY_BYTES) != 0;
        }
        found += is_new ? 1 : 0;
    }
    return found;
}

struct result checkpoint_open(struct arena *arena, struct str message,
                              const struct checkpoint_trust *trust, struct checkpoint *out)
{
    struct note_key *keys = NULL;
    struct note note;
    struct checkpoint checkpoint;
    TRY(all_keys(arena, trust, &keys));
    TRY(note_open(arena, message, keys, trust->key_count + trust->witness_count, &note));
    if (!is_signed_by_any(&note, keys, trust->key_count)) {
        return result_fail(RESULT_CODE_REFUSED, "No key of the ledger has signed this checkpoint",
                           trust->origin);
    }
    if (witnesses_that_signed(&note, keys + trust->key_count, trust->witness_count) <
        trust->witnesses_min) {
        return result_fail(RESULT_CODE_REFUSED, "Too few witnesses have signed this checkpoint",
                           trust->origin);
    }
    TRY(checkpoint_read(arena, note.text, &checkpoint));
    if (!str_equal(checkpoint.origin, trust->origin)) {
        return result_fail(RESULT_CODE_REFUSED, "This is a checkpoint of another ledger",
                           checkpoint.origin);
    }
    *out = checkpoint;
    return RESULT_OK;
}

/* NAME, or NAME/epoch-N after a restore. */
static bool is_origin_of(struct str origin, struct str name)
{
    struct str epoch = STR("/epoch-");
    int64_t number = 0;
    if (!str_starts(origin, name)) {
        return false;
    }
    struct str rest = str_slice(origin, name.len, origin.len);
    return str_is_empty(rest) ||
           (str_starts(rest, epoch) && str_to_int(str_slice(rest, epoch.len, rest.len), &number) &&
            number > 1);
}

struct result checkpoint_open_of(struct arena *arena, struct str message,
                                 const struct note_key *keys, size_t key_count,
                                 struct checkpoint_trust *trust, struct checkpoint *out)
{
    struct note note = {0};
    TRY(note_read(arena, message, &note));
    TRY(checkpoint_read(arena, note.text, out));
    *trust = (struct checkpoint_trust){.keys = keys, .key_count = key_count};
    for (size_t i = 0; i < key_count; i++) {
        trust->origin = is_origin_of(out->origin, keys[i].name) ? out->origin : trust->origin;
    }
    return checkpoint_open(arena, message, trust, out);
}

struct result checkpoint_follows(const struct checkpoint *older, const struct checkpoint *newer,
                                 const struct tree_proof *proof)
{
    if (!str_equal(older->origin, newer->origin)) {
        return result_fail(RESULT_CODE_CONFLICT, "These are checkpoints of two ledgers",
                           newer->origin);
    }
    if (newer->size < older->size) {
        return result_fail(RESULT_CODE_CONFLICT,
                           "Entries are gone: the ledger was longer when it was last seen",
                           newer->origin);
    }
    if (newer->size == older->size && !tree_hash_equal(&older->root, &newer->root)) {
        return result_fail(RESULT_CODE_CONFLICT,
                           "There are two ledgers of this length: entries were changed",
                           newer->origin);
    }
    if (!tree_consistency_verify(proof, older->size, newer->size, &older->root, &newer->root)) {
        return result_fail(RESULT_CODE_CONFLICT,
                           "It is not shown that the ledger still begins as it did", newer->origin);
    }
    return RESULT_OK;
}

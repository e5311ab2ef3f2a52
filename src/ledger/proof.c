/*
 * ledger/proof.c - proofs as files.
 *
 * Read first: ledger/proof.h; C2SP tlog-proof. Start at: proof_open.
 */
#include "ledger/proof.h"

#include <inttypes.h>

#include "base/arena.h"
#include "ledger/lines_int.h"
#include "ledger/tile.h"

#define FIRST_LINE "c2sp.org/tlog-proof@v1"
#define EXTRA "extra "
#define INDEX "index "

struct str proof_write(struct arena *arena, const struct proof *proof)
{
    struct text out = {.arena = arena};
    text_add(&out, STR(FIRST_LINE "\n"));
    if (proof->entry.len > 0) {
        text_add(&out, STR(EXTRA));
        text_add(&out, lines_base64_write(arena, proof->entry.at, proof->entry.len));
        text_add_char(&out, '\n');
    }
    text_addf(&out, INDEX "%" PRIu64 "\n", proof->index);
    for (size_t i = 0; i < proof->inclusion.count; i++) {
        text_add(&out,
                 lines_base64_write(arena, proof->inclusion.hashes[i].bytes, TREE_HASH_BYTES));
        text_add_char(&out, '\n');
    }
    text_add_char(&out, '\n');
    text_add(&out, proof->checkpoint);
    return text_str(&out);
}

/* Lines up to the empty one. */
MUST_USE static struct result read_hashes(struct str *rest, struct tree_proof *out)
{
    struct str line;
    out->count = 0;
    while (lines_next(rest, &line)) {
        if (line.len == 0) {
            return RESULT_OK;
        }
        if (out->count == TREE_PROOF_HASHES_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "A proof has at most 64 hashes", line);
        }
        if (!lines_base64_read_exactly(line, out->hashes[out->count].bytes, TREE_HASH_BYTES)) {
            return result_fail(RESULT_CODE_INVALID,
                               "A line of the proof is not a hash: 32 bytes in base64", line);
        }
        out->count++;
    }
    return result_fail(RESULT_CODE_INVALID, "A proof ends in an empty line and a checkpoint",
                       *rest);
}

struct result proof_read(struct arena *arena, struct str text, struct proof *out)
{
    struct str rest = text, line;
    struct proof proof = {0};
    if (text.len > PROOF_BYTES_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "A proof has at most 1,100,000 bytes", STR(""));
    }
    if (!lines_next(&rest, &line) || !str_equal(line, STR(FIRST_LINE))) {
        return result_fail(RESULT_CODE_INVALID, "A proof begins with the line " FIRST_LINE,
                           STR(""));
    }
    if (!lines_next(&rest, &line)) {
        line = STR("");
    }
    if (str_starts(line, STR(EXTRA))) {
        struct str code = str_slice(line, sizeof(EXTRA) - 1, line.len);
        if (code.len == 0 || !lines_base64_read(arena, code, TILE_ENTRY_BYTES_MAX, &proof.entry)) {
            return result_fail(RESULT_CODE_INVALID, "The entry in the proof is not whole", line);
        }
        if (!lines_next(&rest, &line)) {
            line = STR("");
        }
    }
    if (!str_starts(line, STR(INDEX)) ||
        !lines_number_read(str_slice(line, sizeof(INDEX) - 1, line.len), TREE_SIZE_MAX,
                           &proof.index)) {
        return result_fail(RESULT_CODE_INVALID, "A proof names the number of its entry", line);
    }
    TRY(read_hashes(&rest, &proof.inclusion));
    proof.checkpoint = rest;
    *out = proof;
    return RESULT_OK;
}

struct result proof_open(struct arena *arena, struct str text, const struct checkpoint_trust *trust,
                         struct proof *out, struct checkpoint *checkpoint)
{
    struct proof proof;
    struct checkpoint opened;
    TRY(proof_read(arena, text, &proof));
    TRY(checkpoint_open(arena, proof.checkpoint, trust, &opened));
    if (proof.entry.len == 0) {
        return result_fail(RESULT_CODE_INVALID, "This proof does not hold its entry", STR(""));
    }
    struct tree_hash leaf = tree_hash_leaf(proof.entry);
    if (!tree_inclusion_verify(&proof.inclusion, proof.index, opened.size, &leaf, &opened.root)) {
        return result_fail(RESULT_CODE_REFUSED,
                           "The proof is not right: this entry does not stand in the ledger there",
                           opened.origin);
    }
    *out = proof;
    *checkpoint = opened;
    return RESULT_OK;
}

/*
 * ledger/commitment.c - entries of the ledger and what they commit to.
 *
 * Read first: ledger/commitment.h, which has the bytes.
 */
#include "ledger/commitment.h"

#include <assert.h>
#include <sodium.h>

#include "base/sha256.h"
#include "ledger/lines_int.h"

#define KIND_AT 1
#define KIND_BYTES 2
#define TIME_AT 3
#define TIME_BYTES 8
#define COMMITMENT_AT 11

_Static_assert(sizeof(COMMITMENT_LABEL) - 1 == COMMITMENT_LABEL_BYTES, "a fixed length");
_Static_assert(COMMITMENT_AT + COMMITMENT_BYTES == ENTRY_BYTES, "nothing else in an entry");

struct commitment_salt commitment_salt_new(void)
{
    struct commitment_salt salt;
    randombytes_buf(salt.bytes, sizeof(salt.bytes));
    return salt;
}

struct commitment commitment_make(const struct commitment_salt *salt, struct str content)
{
    struct commitment commitment;
    struct sha256 state = sha256_begin();
    sha256_add(&state, COMMITMENT_LABEL, COMMITMENT_LABEL_BYTES);
    sha256_add(&state, salt->bytes, COMMITMENT_SALT_BYTES);
    sha256_add(&state, content.at, content.len);
    sha256_end(&state, commitment.bytes);
    return commitment;
}

bool commitment_matches(const struct commitment *commitment, const struct commitment_salt *salt,
                        struct str content)
{
    struct commitment made = commitment_make(salt, content);
    return memcmp(made.bytes, commitment->bytes, COMMITMENT_BYTES) == 0;
}

void entry_write(const struct entry *entry, unsigned char out[ENTRY_BYTES])
{
    assert(entry->kind > 0);
    assert(entry->time_ms >= 0 && entry->time_ms <= ENTRY_TIME_MS_MAX);
    out[0] = ENTRY_VERSION;
    lines_big_endian_write(entry->kind, out + KIND_AT, KIND_BYTES);
    lines_big_endian_write((uint64_t)entry->time_ms, out + TIME_AT, TIME_BYTES);
    memcpy(out + COMMITMENT_AT, entry->commitment.bytes, COMMITMENT_BYTES);
}

struct result entry_read(struct str bytes, struct entry *out)
{
    if (bytes.len > 0 && bytes.at[0] != ENTRY_VERSION) {
        return result_fail(RESULT_CODE_UNSUPPORTED,
                           "An entry of the ledger is of a version that this program cannot read",
                           STR(""));
    }
    if (bytes.len != ENTRY_BYTES) {
        return result_fail(RESULT_CODE_CORRUPT, "An entry of the ledger has not 43 bytes", STR(""));
    }
    uint64_t kind = lines_big_endian_read(bytes.at + KIND_AT, KIND_BYTES);
    uint64_t time_ms = lines_big_endian_read(bytes.at + TIME_AT, TIME_BYTES);
    if (kind == 0 || time_ms > ENTRY_TIME_MS_MAX) {
        return result_fail(RESULT_CODE_CORRUPT,
                           "An entry of the ledger has no kind, or a time that cannot be", STR(""));
    }
    out->kind = (uint16_t)kind;
    out->time_ms = (int64_t)time_ms;
    memcpy(out->commitment.bytes, bytes.at + COMMITMENT_AT, COMMITMENT_BYTES);
    return RESULT_OK;
}

struct tree_hash entry_leaf(const struct entry *entry)
{
    unsigned char bytes[ENTRY_BYTES];
    entry_write(entry, bytes);
    return tree_hash_leaf((struct str){(const char *)bytes, sizeof(bytes)});
}

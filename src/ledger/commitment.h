/*
 * ledger/commitment.h - what an entry of the ledger says: that something was recorded, not what.
 *
 * An entry is 43 bytes:
 *
 *     offset  bytes
 *     0       1      version, 1
 *     1       2      kind of act, the higher byte first
 *     3       8      time in ms since 1970 (UTC), the highest byte first
 *     11      32     commitment = SHA-256(label || salt || content)
 *
 * The label is COMMITMENT_LABEL, 32 bytes; the salt is 32 random bytes, another for each entry;
 * the content is the rest, any bytes. Label and salt have a fixed length, so no two pairs of salt
 * and content are the same input.
 *
 * What must hold
 * - Salt and content stand beside the ledger, never in it. Who has both can show that they are what
 *   was recorded (commitment_matches). Once the salt is erased nobody can find out by trying which
 *   content belongs to an entry, and the ledger still verifies, since it holds entries alone.
 * - A salt is used once and is random: with commitment_salt_new.
 * - The kind is of a small public list of acts (a decision, an approval, an erasure); it must not
 *   tell people apart. Time and kind are all that an entry gives away.
 */
#ifndef HANDRAIL_LEDGER_COMMITMENT_H
#define HANDRAIL_LEDGER_COMMITMENT_H

#include "base/result.h"
#include "ledger/tree.h"

#define COMMITMENT_LABEL "handrail/ledger-commitment/v0001"
#define COMMITMENT_LABEL_BYTES 32
#define COMMITMENT_SALT_BYTES 32
#define COMMITMENT_BYTES SHA256_BYTES

#define ENTRY_VERSION 1
#define ENTRY_BYTES 43

/* Milliseconds since 1970; 0 to the last one of the year 9999. */
#define ENTRY_TIME_MS_MAX INT64_C(253402300799999)

struct commitment_salt {
    unsigned char bytes[COMMITMENT_SALT_BYTES];
};

struct commitment {
    unsigned char bytes[COMMITMENT_BYTES];
};

/* Random bytes of the operating system. note_start must have been called. */
struct commitment_salt commitment_salt_new(void);

struct commitment commitment_make(const struct commitment_salt *salt, struct str content);

bool commitment_matches(const struct commitment *commitment, const struct commitment_salt *salt,
                        struct str content);

struct entry {
    uint16_t kind;   /* meaning: the module that records; 0 is not used */
    int64_t time_ms; /* 0 to ENTRY_TIME_MS_MAX */
    struct commitment commitment;
};

void entry_write(const struct entry *entry, unsigned char out[ENTRY_BYTES]);

/* UNSUPPORTED for another version, CORRUPT for another length, a kind of 0, or such a time. */
MUST_USE struct result entry_read(struct str bytes, struct entry *out);

/* The leaf of the tree that an entry makes. */
struct tree_hash entry_leaf(const struct entry *entry);

#endif

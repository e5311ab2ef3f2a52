/*
 * base/sha256.h - SHA-256 (FIPS 180-4), of one text or of several parts one after the other.
 *
 * Start at: sha256; for parts sha256_begin, sha256_add, sha256_end.
 *
 * What must hold: the same answer on every machine. Where the processor has instructions for it
 * they are used, which is found out when the program runs.
 */
#ifndef HANDRAIL_BASE_SHA256_H
#define HANDRAIL_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32
#define SHA256_BLOCK_BYTES 64

/* Of `bytes` bytes; data may be NULL when there are none. */
void sha256(const void *data, size_t bytes, uint8_t out[SHA256_BYTES]);

/* What has been added so far. Only the functions below look inside. */
struct sha256 {
    uint32_t H[SHA256_BYTES / 4];
    uint8_t rest[SHA256_BLOCK_BYTES]; /* the message's bytes behind its last whole block */
    uint64_t total_bytes;
};

struct sha256 sha256_begin(void);
void sha256_add(struct sha256 *state, const void *data, size_t bytes);

/* The hash of all that was added. The state is of no use afterwards. */
void sha256_end(struct sha256 *state, uint8_t out[SHA256_BYTES]);

#endif

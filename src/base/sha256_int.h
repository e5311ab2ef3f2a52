/*
 * base/sha256_int.h - whole blocks, in plain C or by the processor's own instructions.
 */
#ifndef HANDRAIL_BASE_SHA256_INT_H
#define HANDRAIL_BASE_SHA256_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* FIPS 180-4, 6.2.2, for `blocks` blocks of 64 bytes, on any machine. */
void sha256_portable_add_blocks(uint32_t H[8], const uint8_t *at, size_t blocks);

/* Whether this processor has them. Always the same answer in one run. */
bool sha256_native_is_there(void);

/* The same. Only where they are there. */
void sha256_native_add_blocks(uint32_t H[8], const uint8_t *at, size_t blocks);

/* The constants of FIPS 180-4, 4.2.2, aligned for whole registers. */
extern const uint32_t sha256_constants[64];

#endif

/*
 * ledger/lines_int.h - the parts that notes, checkpoints, proofs and receipts are read from.
 *
 * What must hold: each takes one form only, so that what is read and written again is the same.
 */
#ifndef HANDRAIL_LEDGER_LINES_INT_H
#define HANDRAIL_LEDGER_LINES_INT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Takes the first line off, without its line feed. False when no whole line is left. */
bool lines_next(struct str *rest, struct str *line);

/* Decimal digits without a needless 0 in front, of `max` at most. */
bool lines_number_read(struct str digits, uint64_t max, uint64_t *out);

/* Base64 (RFC 4648, section 4) with padding and without a stray bit; `bytes_max` when decoded. */
struct str lines_base64_write(struct arena *arena, const void *bytes, size_t count);
bool lines_base64_read(struct arena *arena, struct str text, size_t bytes_max, struct str *out);

/* The same for exactly `bytes` bytes, of 64 at most, into memory of the caller. */
bool lines_base64_read_exactly(struct str text, unsigned char *out, size_t bytes);

/* White space as Unicode counts it (property White_Space). */
bool lines_is_space(uint32_t code_point);

/* A whole number as bytes, the highest first; 8 at most. */
uint64_t lines_big_endian_read(const char *at, size_t bytes);
void lines_big_endian_write(uint64_t number, unsigned char *out, size_t bytes);

#endif

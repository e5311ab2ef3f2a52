/*
 * base/hex.h - bytes as hexadecimal digits, in small letters, and back.
 *
 * What must hold: there is one way to write them; capital letters are not read.
 */
#ifndef HANDRAIL_BASE_HEX_H
#define HANDRAIL_BASE_HEX_H

#include "base/str.h"

/* Two digits for each byte. `bytes` may be NULL when there are none. */
void hex_add(struct text *out, const void *bytes, size_t count);
struct str hex_of(struct arena *arena, const void *bytes, size_t count);

/* Exactly 2 * count digits. False, and `out` of no use, for anything else. */
bool hex_read(struct str digits, void *out, size_t count) __attribute__((warn_unused_result));

#endif

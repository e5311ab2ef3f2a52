/*
 * base/utf8.h - UTF-8, strictly (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
 *
 * Read first: base/str.h.
 * What must hold: nothing here reads past the text, whatever its bytes are.
 */
#ifndef HANDRAIL_BASE_UTF8_H
#define HANDRAIL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define UTF8_BYTES_MAX 4         /* of one code point */
#define UTF8_REPLACEMENT 0xFFFDu /* shown for bytes that are not UTF-8 */

/*
 * The code point that begins at byte offset `at`: sets *code_point and answers its bytes (1 to 4).
 * Answers 0, with *code_point set to UTF8_REPLACEMENT, at the end and where the bytes are not
 * UTF-8; a caller that goes on then skips one byte.
 */
size_t utf8_decode(struct str s, size_t at, uint32_t *code_point);

/* Writes one code point and answers its bytes, or 0 when it is no Unicode scalar value. */
size_t utf8_encode(uint32_t code_point, char out[UTF8_BYTES_MAX]);

bool utf8_valid(struct str s);

/* Code points; a byte that is not UTF-8 counts as one. */
size_t utf8_count(struct str s);

/*
 * Columns in a terminal, about: combining and zero-width marks take none, East Asian wide letters
 * and emoji two, control characters none, everything else one. From a small table; not for layout
 * of documents.
 */
size_t utf8_columns(struct str s);

#endif

/*
 * identity/encode.h - bytes as text: base64, base64url and base32 (RFC 4648), percent (RFC 3986).
 *
 * Read first: base/str.h. Bytes are a struct str whose contents need not be text.
 *
 * What must hold: reading is strict, so that one value has one spelling. Padding where there should
 * be none, a letter outside the alphabet, bits left over that are not zero: refused.
 */
#ifndef HANDRAIL_IDENTITY_ENCODE_H
#define HANDRAIL_IDENTITY_ENCODE_H

#include <stdbool.h>

#include "base/str.h"

/* With padding, as HTTP Basic authentication wants it. */
struct str encode_base64(struct arena *arena, struct str bytes);

/* Without padding, as JOSE (RFC 7515, section 2) and our tokens are written. */
struct str encode_base64url(struct arena *arena, struct str bytes);
bool encode_base64url_read(struct arena *arena, struct str text, struct str *bytes)
    __attribute__((warn_unused_result));

/* Capitals without padding, as authenticator apps want a secret. */
struct str encode_base32(struct arena *arena, struct str bytes);
bool encode_base32_read(struct arena *arena, struct str text, struct str *bytes)
    __attribute__((warn_unused_result));

/* Everything but letters, digits and - . _ ~ as %XX: for one value in a query or a form. */
void encode_percent(struct text *out, struct str value);

/* Adds "name=value", percent-encoded, behind `separator`, which 0 leaves out. */
void encode_field(struct text *out, char separator, struct str name, struct str value);

#endif

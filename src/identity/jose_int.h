/*
 * identity/jose_int.h - what the files of JOSE share.
 *
 * Read first: identity/jose.h.
 */
#ifndef HANDRAIL_IDENTITY_JOSE_INT_H
#define HANDRAIL_IDENTITY_JOSE_INT_H

#include "identity/jose.h"

/* The algorithms that a kind of key can be used with. */
uint32_t jose_kind_algorithms(enum jose_key_kind kind);

/* Whether the signature holds. The key's kind must fit the algorithm. (jose_signature.c) */
bool jose_signature_holds(const struct jose_key *key, enum jose_algorithm algorithm,
                          struct str signed_text, struct str signature);

/* Reads JSON that must be an object; NULL when it is none. */
const struct json_value *jose_object_read(struct arena *arena, struct str json);

/*
 * A member that is text. False when it is there and something else; then *text is untouched.
 * Missing: true, and the empty text.
 */
bool jose_text_get(const struct json_value *object, struct str key, struct str *text);

#endif

/*
 * identity/sealed.h - secrets that have to be read again, encrypted where they are kept.
 *
 * A password is kept as a hash. The secret of a second factor and ours at the provider cannot be:
 * they stand in the store encrypted, and the key stands in a file beside it, so that a copy of the
 * database alone tells nothing.
 *
 * XChaCha20-Poly1305 by libsodium: a byte for the version, 24 random ones, then what was encrypted
 * and 16 that prove it. What it is for is proved too: a row that is moved to another person cannot
 * be read there.
 *
 * Read first: base/result.h. Start at: sealed_key_open(), sealed_write().
 * What must hold: the key is never in the store, and never shown.
 */
#ifndef HANDRAIL_IDENTITY_SEALED_H
#define HANDRAIL_IDENTITY_SEALED_H

#include <stdint.h>

#include "base/result.h"

struct arena;

#define SEALED_KEY_BYTES 32
#define SEALED_BYTES_MAX ((size_t)8 * 1024)

struct sealed_key {
    uint8_t bytes[SEALED_KEY_BYTES];
};

/*
 * The key of the file `path`, for its owner alone; made when there is none. Errors: IO, CORRUPT (it
 * is no key).
 */
MUST_USE struct result sealed_key_open(struct arena *arena, struct str path,
                                       struct sealed_key *out);

/* `purpose` says what for and whose. At most SEALED_BYTES_MAX bytes. */
struct str sealed_write(struct arena *arena, const struct sealed_key *key, struct str purpose,
                        struct str bytes);

/* CORRUPT when it was sealed with another key, for another purpose, or was changed. */
MUST_USE struct result sealed_read(struct arena *arena, const struct sealed_key *key,
                                   struct str purpose, struct str sealed, struct str *bytes);

#endif

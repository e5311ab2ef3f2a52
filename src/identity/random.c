/*
 * identity/random.c - see random.h.
 */
#include "identity/random.h"

#include <assert.h>
#include <sodium.h>

void identity_random(void *out, size_t bytes)
{
    int started = sodium_init(); /* may be called often, from every thread */
    assert(started >= 0 && "libsodium cannot be started");
    randombytes_buf(out, bytes);
}

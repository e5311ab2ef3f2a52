/*
 * identity/random.h - the one source of randomness of this module.
 *
 * What must hold: whatever nobody may guess (salts, tokens, secrets, recovery codes, nonces) takes
 * its bytes from here, and from nowhere else; tests/identity/random_test.c looks for others.
 */
#ifndef HANDRAIL_IDENTITY_RANDOM_H
#define HANDRAIL_IDENTITY_RANDOM_H

#include <stddef.h>

/*
 * Fills `out` with bytes that cannot be guessed, from the operating system by libsodium. Never
 * fails: where the system has no randomness the program stops. Safe in every thread.
 */
void identity_random(void *out, size_t bytes);

#endif

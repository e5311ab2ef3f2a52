/*
 * base/sha256.c - SHA-256 as FIPS 180-4 states it, for the core, which takes no library.
 *
 * Read first: FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1 and 6.2; the names below are the standard's.
 * Start at: sha256. Processors with instructions for it take sha256_x86.c.
 *
 * What must hold: the same answer on every machine, whatever its byte order.
 */
#include "base/sha256.h"

#include <stdalign.h>
#include <string.h>

#include "base/sha256_int.h"

#define BLOCK_BYTES SHA256_BLOCK_BYTES
#define LENGTH_BYTES 8 /* the message's bits, at the end of the last block */

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
alignas(16) const uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate_right(uint32_t x, unsigned bits)
{
    return (x >> bits) | (x << (32 - bits));
}

static uint32_t load_big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

/* 6.2.2 step 1: the message schedule. */
static void prepare_schedule(uint32_t W[64], const uint8_t *block)
{
    for (size_t t = 0; t < 16; t++) {
        W[t] = load_big_endian(block + 4 * t);
    }
    for (size_t t = 16; t < 64; t++) {
        uint32_t x = W[t - 15], y = W[t - 2];
        uint32_t sigma0 = rotate_right(x, 7) ^ rotate_right(x, 18) ^ (x >> 3);
        uint32_t sigma1 = rotate_right(y, 17) ^ rotate_right(y, 19) ^ (y >> 10);
        W[t] = sigma1 + W[t - 7] + sigma0 + W[t - 16];
    }
}

/* 6.2.2 step 3. Each letter keeps its place: the caller turns them round instead. */
static inline void one_round(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e,
                             uint32_t f, uint32_t g, uint32_t *h, uint32_t constant_and_word)
{
    uint32_t sum1 = rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25);
    uint32_t choice = (e & f) ^ (~e & g);
    uint32_t T1 = *h + sum1 + choice + constant_and_word;
    uint32_t sum0 = rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22);
    uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    *d += T1;
    *h = T1 + sum0 + majority;
}

/* 6.2.2 steps 2 to 4: after eight rounds each letter is back in its place. */
static void add_block(uint32_t H[8], const uint8_t *block)
{
    uint32_t W[64];
    uint32_t a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];
    prepare_schedule(W, block);
    for (size_t t = 0; t < 64; t += 8) {
        const uint32_t *K = sha256_constants + t, *w = W + t;
        one_round(a, b, c, &d, e, f, g, &h, K[0] + w[0]);
        one_round(h, a, b, &c, d, e, f, &g, K[1] + w[1]);
        one_round(g, h, a, &b, c, d, e, &f, K[2] + w[2]);
        one_round(f, g, h, &a, b, c, d, &e, K[3] + w[3]);
        one_round(e, f, g, &h, a, b, c, &d, K[4] + w[4]);
        one_round(d, e, f, &g, h, a, b, &c, K[5] + w[5]);
        one_round(c, d, e, &f, g, h, a, &b, K[6] + w[6]);
        one_round(b, c, d, &e, f, g, h, &a, K[7] + w[7]);
    }
    const uint32_t after[8] = {a, b, c, d, e, f, g, h};
    for (size_t i = 0; i < 8; i++) {
        H[i] += after[i];
    }
}

void sha256_portable_add_blocks(uint32_t H[8], const uint8_t *at, size_t blocks)
{
    for (size_t i = 0; i < blocks; i++) {
        add_block(H, at + i * BLOCK_BYTES);
    }
}

static void add_blocks(uint32_t H[8], const uint8_t *at, size_t blocks)
{
    if (sha256_native_is_there()) {
        sha256_native_add_blocks(H, at, blocks);
    } else {
        sha256_portable_add_blocks(H, at, blocks);
    }
}

struct sha256 sha256_begin(void)
{
    return (struct sha256){.H = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void sha256_add(struct sha256 *state, const void *data, size_t bytes)
{
    const uint8_t *at = data;
    size_t left = bytes;
    size_t filled = state->total_bytes % BLOCK_BYTES;
    state->total_bytes += bytes;
    if (filled > 0 && filled + left >= BLOCK_BYTES) {
        memcpy(state->rest + filled, at, BLOCK_BYTES - filled);
        add_blocks(state->H, state->rest, 1);
        at += BLOCK_BYTES - filled;
        left -= BLOCK_BYTES - filled;
        filled = 0;
    }
    if (filled == 0 && left >= BLOCK_BYTES) {
        add_blocks(state->H, at, left / BLOCK_BYTES);
        at += left / BLOCK_BYTES * BLOCK_BYTES;
        left %= BLOCK_BYTES;
    }
    if (left > 0) {
        memcpy(state->rest + filled, at, left);
    }
}

/* 5.1.1: what is left of the message, a one bit, zeros, and the length in bits. */
void sha256_end(struct sha256 *state, uint8_t out[SHA256_BYTES])
{
    uint8_t last[2 * BLOCK_BYTES] = {0};
    size_t rest_bytes = state->total_bytes % BLOCK_BYTES;
    memcpy(last, state->rest, rest_bytes);
    last[rest_bytes] = 0x80;
    size_t blocks = rest_bytes + 1 + LENGTH_BYTES <= BLOCK_BYTES ? 1 : 2;
    for (size_t i = 0; i < LENGTH_BYTES; i++) {
        last[blocks * BLOCK_BYTES - 1 - i] = (uint8_t)((state->total_bytes * 8) >> (8 * i));
    }
    add_blocks(state->H, last, blocks);
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        out[i] = (uint8_t)(state->H[i / 4] >> (24 - 8 * (i % 4)));
    }
}

void sha256(const void *data, size_t bytes, uint8_t out[SHA256_BYTES])
{
    struct sha256 state = sha256_begin();
    sha256_add(&state, data, bytes);
    sha256_end(&state, out);
}

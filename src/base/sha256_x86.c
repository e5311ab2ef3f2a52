/*
 * base/sha256_x86.c - SHA-256 by the SHA extensions of x86-64 processors.
 *
 * Read first: base/sha256.c, which says the same in plain C; Intel's "SHA Extensions" (Gulley,
 * Gopal, Yap, Feghali, Guilford, Wolrich, 2013), which explains the order of the words below.
 * Start at: sha256_native_add_blocks.
 *
 * The instructions hold the eight working variables in two registers, written from the highest
 * word down: A B E F and C D G H. One instruction does two rounds; two more make four words of the
 * message schedule.
 *
 * What must hold: on other processors, and in WebAssembly, this says that it is not there.
 */
#include <assert.h>

#include "base/sha256_int.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>

#define NATIVE __attribute__((target("sha,sse4.1")))

/* CPUID leaf 7, subleaf 0, EBX: the SHA extensions. */
#define CPUID_SHA (1u << 29)

static bool is_there;

/* Before main, since CPUID takes long on virtual machines, and so that threads need not agree. */
__attribute__((constructor)) static void look_at_processor(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    bool has_sse41 = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1) && (c & bit_SSSE3);
    is_there = has_sse41 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & CPUID_SHA);
}

bool sha256_native_is_there(void)
{
    return is_there;
}

/* Rounds 4 * group to 4 * group + 3 with their words of the schedule. */
NATIVE static inline void four_rounds(__m128i *abef, __m128i *cdgh, __m128i words, int group)
{
    const __m128i *constants = (const __m128i *)(const void *)sha256_constants;
    __m128i sum = _mm_add_epi32(words, constants[group]);
    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

/* The next four words, from the sixteen before them, four in each of w. They replace w[0]. */
NATIVE static inline void next_words(__m128i w[4])
{
    __m128i sum = _mm_sha256msg1_epu32(w[0], w[1]);
    sum = _mm_add_epi32(sum, _mm_alignr_epi8(w[3], w[2], 4));
    __m128i next = _mm_sha256msg2_epu32(sum, w[3]);
    w[0] = w[1];
    w[1] = w[2];
    w[2] = w[3];
    w[3] = next;
}

NATIVE static inline void add_block(__m128i *abef, __m128i *cdgh, const uint8_t *at)
{
    const __m128i turn = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
    const __m128i *from = (const __m128i *)(const void *)at;
    __m128i before_abef = *abef, before_cdgh = *cdgh;
    __m128i w[4];
    for (int i = 0; i < 4; i++) {
        w[i] = _mm_shuffle_epi8(_mm_loadu_si128(from + i), turn);
        four_rounds(abef, cdgh, w[i], i);
    }
#pragma GCC unroll 12
    for (int group = 4; group < 16; group++) {
        next_words(w);
        four_rounds(abef, cdgh, w[3], group);
    }
    *abef = _mm_add_epi32(*abef, before_abef);
    *cdgh = _mm_add_epi32(*cdgh, before_cdgh);
}

NATIVE void sha256_native_add_blocks(uint32_t H[8], const uint8_t *at, size_t blocks)
{
    __m128i *state = (__m128i *)(void *)H;
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(state), 0xB1);
    __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(state + 1), 0x1B);
    __m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
    __m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);
    for (size_t i = 0; i < blocks; i++) {
        add_block(&abef, &cdgh, at + 64 * i);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
    __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128(state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128(state + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool sha256_native_is_there(void)
{
    return false;
}

void sha256_native_add_blocks(uint32_t H[8], const uint8_t *at, size_t blocks)
{
    (void)H;
    (void)at;
    (void)blocks;
    assert(false && "asked only where it is there");
}

#endif

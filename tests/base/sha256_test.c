/*
 * tests/base/sha256_test.c - SHA-256 against the examples of FIPS 180-4 and of the NIST test suite.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "base/sha256_int.h"

static struct str hex_of(struct arena *arena, const void *data, size_t bytes)
{
    uint8_t hash[SHA256_BYTES];
    struct text out = {.arena = arena};
    sha256(data, bytes, hash);
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        text_addf(&out, "%02x", (unsigned)hash[i]);
    }
    return text_str(&out);
}

static void published_examples(void **state)
{
    (void)state;
    static const struct {
        const char *message, *hash;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
         "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        check_str(hex_of(arena, cases[i].message, strlen(cases[i].message)), cases[i].hash);
    }
}

static void a_million_letters(void **state)
{
    (void)state;
    enum { BYTES = 1000000 };
    DEFER(arena_close) struct arena *arena = arena_open();
    char *message = arena_alloc(arena, BYTES);
    memset(message, 'a', BYTES);
    check_str(hex_of(arena, message, BYTES),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Lengths at which the padding changes its shape, computed with another implementation. */
static void lengths_around_a_block(void **state)
{
    (void)state;
    static const struct {
        size_t bytes;
        const char *hash;
    } cases[] = {
        {1, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"},
        {54, "45f316e10b2c99abf374b22bda893cf3300d77263f1e272349ed414680522952"},
        {55, "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072"},
        {56, "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e"},
        {57, "ae14a2563ccf969d99aca69ce6bb74981f734bbf9f655f73b8f06db68cab5217"},
        {63, "75220b47218278e656f2013bb8f0c455a25eaf01e86c64924e9d48d89776d6f2"},
        {64, "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c"},
        {65, "9537c5fdf120482f7d58d25e9ed583f52c02b4e304ea814db1633ad565aed7e9"},
        {119, "000b48d4edf0fa7bee3c6236ecd2785baa5db4eeb8bb54341b029e0d9fa5fb0c"},
        {120, "13f05a0b594787f5ecd315edc96141bd3243203d1b7d4f0836f37308b276ba98"},
        {127, "70156a14adbabf98cff3a71c7084b417abf057a8efd27329ca36b7202c87d81f"},
        {128, "24da1b81d0b16df6428eee73c69fcb2a93c76bc6df706f0c6670fe6bfe800464"},
        {129, "0ec9eb33e74510bcdd1f2ea55206e82f21649c5c2becbf2b433eb475b34c01bd"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    char message[129];
    memset(message, 'x', sizeof(message));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        check_str(hex_of(arena, message, cases[i].bytes), cases[i].hash);
    }
}

static void nothing_may_be_null(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(hex_of(arena, NULL, 0),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* Cut anywhere, the parts have the hash of the whole. */
static void parts_are_the_whole(void **state)
{
    (void)state;
    struct check_random random = check_random_new("parts_are_the_whole");
    uint8_t message[300], whole[SHA256_BYTES], parts[SHA256_BYTES];
    for (size_t i = 0; i < sizeof(message); i++) {
        message[i] = (uint8_t)check_random_next(&random);
    }
    for (size_t round = 0; round < 2000; round++) {
        size_t bytes = (size_t)check_random_below(&random, sizeof(message) + 1);
        sha256(message, bytes, whole);
        struct sha256 hash = sha256_begin();
        for (size_t at = 0; at < bytes;) {
            size_t part = (size_t)check_random_below(&random, bytes - at + 1);
            sha256_add(&hash, message + at, part);
            at += part;
        }
        sha256_end(&hash, parts);
        assert_memory_equal(whole, parts, SHA256_BYTES);
    }
}

/* The processor's instructions and plain C agree on any state and block. */
static void native_is_portable(void **state)
{
    (void)state;
    if (!sha256_native_is_there()) {
        skip();
    }
    struct check_random random = check_random_new("native_is_portable");
    for (size_t round = 0; round < 2000; round++) {
        uint32_t a[8], b[8];
        uint8_t blocks[3 * SHA256_BLOCK_BYTES];
        for (size_t i = 0; i < sizeof(blocks); i++) {
            blocks[i] = (uint8_t)check_random_next(&random);
        }
        for (size_t i = 0; i < 8; i++) {
            a[i] = b[i] = (uint32_t)check_random_next(&random);
        }
        sha256_native_add_blocks(a, blocks, 3);
        sha256_portable_add_blocks(b, blocks, 3);
        assert_memory_equal(a, b, sizeof(a));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples),     cmocka_unit_test(a_million_letters),
        cmocka_unit_test(lengths_around_a_block), cmocka_unit_test(nothing_may_be_null),
        cmocka_unit_test(parts_are_the_whole),    cmocka_unit_test(native_is_portable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * tests/identity/password_test.c - hashing and checking passwords, and the gate in front.
 */
#include "support/check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/arena.h"
#include "identity/password.h"

/* As little work as there is: the tests are not about Argon2. */
static const struct password_limits light = {{8, 1}, 1, 0};

static struct password_check checked(struct password_gate *gate, const char *password,
                                     struct str encoded)
{
    struct password_check check;
    assert_true(result_is_ok(password_verify(gate, str_from(password), encoded, &check)));
    return check;
}

static void a_hash_is_checked(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(password_gate_close) struct password_gate *gate = password_gate_open(arena, light);
    struct str one, two;
    assert_true(result_is_ok(password_hash(gate, arena, STR("otter lamp trousers"), &one)));
    assert_true(result_is_ok(password_hash(gate, arena, STR("otter lamp trousers"), &two)));
    assert_true(str_starts(one, STR("$argon2id$v=19$m=8,t=1,p=1$")));
    assert_true(one.len < PASSWORD_ENCODED_BYTES_MAX);
    assert_false(str_equal(one, two));
    assert_true(checked(gate, "otter lamp trousers", one).matches);
    assert_true(checked(gate, "otter lamp trousers", two).matches);
    assert_false(checked(gate, "otter lamp trousers", one).needs_rehash);
    assert_false(checked(gate, "otter lamp trouser", one).matches);
    assert_false(checked(gate, "Otter lamp trousers", one).matches);
    assert_false(checked(gate, "", one).matches);
}

/* From the tests of the reference implementation (phc-winner-argon2, src/test.c). */
static void hashes_of_others_are_read(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(password_gate_close) struct password_gate *gate = password_gate_open(arena, light);
    static const char *const encoded[] = {
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    };
    for (size_t i = 0; i < sizeof(encoded) / sizeof(encoded[0]); i++) {
        struct password_check check = checked(gate, "password", str_from(encoded[i]));
        assert_true(check.matches);
        assert_true(check.needs_rehash); /* of another cost than the gate's */
        check = checked(gate, "passwore", str_from(encoded[i]));
        assert_false(check.matches);
        assert_false(check.needs_rehash);
    }
}

static void nobody_never_matches(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(password_gate_close) struct password_gate *gate = password_gate_open(arena, light);
    assert_false(checked(gate, "", (struct str){0}).matches);
    assert_false(checked(gate, "otter lamp trousers", (struct str){0}).matches);
}

static void what_is_no_hash_is_said(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(password_gate_close) struct password_gate *gate = password_gate_open(arena, light);
    static const char *const bad[] = {
        "x",
        "$argon2id$",
        "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$2b$12$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct password_check check;
        struct result result = password_verify(gate, STR("x"), str_from(bad[i]), &check);
        assert_int_equal(result.code, RESULT_CODE_CORRUPT);
        assert_false(check.matches);
    }
}

static void lengths_are_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(password_gate_close) struct password_gate *gate = password_gate_open(arena, light);
    static char many[PASSWORD_BYTES_MAX + 1];
    memset(many, 'a', sizeof(many));
    struct str longest = {many, PASSWORD_BYTES_MAX}, longer = {many, sizeof(many)}, encoded;
    struct password_check check;
    assert_int_equal(password_hash(gate, arena, longer, &encoded).code, RESULT_CODE_LIMIT);
    assert_true(result_is_ok(password_hash(gate, arena, longest, &encoded)));
    assert_true(result_is_ok(password_verify(gate, longest, encoded, &check)));
    assert_true(check.matches);
    assert_true(result_is_ok(password_verify(gate, longer, encoded, &check)));
    assert_false(check.matches);
    /* A password that is too long is not the empty one either. */
    assert_true(result_is_ok(password_hash(gate, arena, (struct str){0}, &encoded)));
    assert_true(result_is_ok(password_verify(gate, longer, encoded, &check)));
    assert_false(check.matches);
}

struct crowd {
    struct password_gate *gate;
    bool hashes; /* and does not verify */
    atomic_int fine, busy, other;
};

static void *crowd_run(void *context)
{
    struct crowd *crowd = context;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct password_check check;
    struct str encoded;
    struct result result = crowd->hashes
                               ? password_hash(crowd->gate, arena, STR("x"), &encoded)
                               : password_verify(crowd->gate, STR("x"), (struct str){0}, &check);
    atomic_fetch_add(result_is_ok(result)              ? &crowd->fine
                     : result.code == RESULT_CODE_BUSY ? &crowd->busy
                                                       : &crowd->other,
                     1);
    return NULL;
}

#define CROWD 24

/* How many of a crowd get in at a gate with so much room. */
static struct crowd crowd_at(struct password_limits limits, bool hashes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct crowd crowd = {.hashes = hashes};
    pthread_t threads[CROWD];
    crowd.gate = password_gate_open(arena, limits);
    for (size_t i = 0; i < CROWD; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, crowd_run, &crowd), 0);
    }
    for (size_t i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
    }
    password_gate_close(crowd.gate);
    return crowd;
}

static void a_crowd_waits_or_is_told(void **state)
{
    (void)state;
    /* Work that takes a while, so that they meet. */
    struct password_cost cost = {8192, 3};
    struct crowd crowd = crowd_at((struct password_limits){cost, 2, CROWD}, false);
    assert_int_equal(atomic_load(&crowd.fine), CROWD);
    for (int hashes = 0; hashes < 2; hashes++) {
        crowd = crowd_at((struct password_limits){cost, 1, 1}, hashes == 1);
        assert_int_equal(atomic_load(&crowd.other), 0);
        assert_int_equal(atomic_load(&crowd.fine) + atomic_load(&crowd.busy), CROWD);
        assert_true(atomic_load(&crowd.fine) >= 2);
        assert_true(atomic_load(&crowd.busy) >= 1);
    }
}

static double seconds_of(struct password_gate *gate, struct str encoded)
{
    struct timespec from, to;
    struct password_check check;
    double least = 1e9;
    for (int i = 0; i < 5; i++) {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
        assert_true(result_is_ok(password_verify(gate, STR("otter lamp"), encoded, &check)));
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
        double took = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        least = took < least ? took : least;
    }
    return least;
}

/* By processor time, the least of five, with room for a busy machine. */
static void nobody_takes_as_long_as_somebody(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct password_limits limits = {{16384, 2}, 1, 0};
    DEFER(password_gate_close) struct password_gate *gate = password_gate_open(arena, limits);
    struct str encoded;
    assert_true(result_is_ok(password_hash(gate, arena, STR("trousers"), &encoded)));
    double somebody = seconds_of(gate, encoded), nobody = seconds_of(gate, (struct str){0});
    assert_true(nobody > somebody / 1.5 && nobody < somebody * 1.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hash_is_checked),
        cmocka_unit_test(hashes_of_others_are_read),
        cmocka_unit_test(nobody_never_matches),
        cmocka_unit_test(what_is_no_hash_is_said),
        cmocka_unit_test(lengths_are_bounded),
        cmocka_unit_test(a_crowd_waits_or_is_told),
        cmocka_unit_test(nobody_takes_as_long_as_somebody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

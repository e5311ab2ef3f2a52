/*
 * tests/identity/totp_test.c - codes of an authenticator, with the examples of RFC 4226 and 6238.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/totp.h"

static const struct totp_secret example = {"12345678901234567890"};

static void examples_of_the_standards(void **state)
{
    (void)state;
    /* RFC 4226, appendix D. */
    static const uint32_t counted[] = {755224, 287082, 359152, 969429, 338314,
                                       254676, 287922, 162583, 399871, 520489};
    /* RFC 6238, appendix B, without the first two of its eight digits. */
    static const struct {
        int64_t seconds;
        uint32_t code;
    } timed[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
                 {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};
    for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++) {
        assert_int_equal(totp_code(&example, (int64_t)i), counted[i]);
    }
    for (size_t i = 0; i < sizeof(timed) / sizeof(timed[0]); i++) {
        struct instant time = {timed[i].seconds * 1000};
        assert_int_equal(totp_code(&example, totp_step(time)), timed[i].code);
    }
}

static struct str code_of(struct arena *arena, int64_t step)
{
    return str_format(arena, "%06u", (unsigned)totp_code(&example, step));
}

static void one_step_either_way(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct instant now = {1800000000000};
    int64_t middle = totp_step(now);
    for (int64_t step = middle - 5; step <= middle + 5; step++) {
        int64_t expected = step >= middle - 1 && step <= middle + 1 ? step : TOTP_STEP_NONE;
        assert_int_equal(totp_check(&example, code_of(arena, step), now, TOTP_STEP_NONE), expected);
    }
}

static void a_code_is_good_once(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct instant now = {1800000000000};
    int64_t middle = totp_step(now);
    int64_t step = totp_check(&example, code_of(arena, middle), now, TOTP_STEP_NONE);
    assert_int_equal(step, middle);
    assert_int_equal(totp_check(&example, code_of(arena, middle), now, step), TOTP_STEP_NONE);
    assert_int_equal(totp_check(&example, code_of(arena, middle - 1), now, step), TOTP_STEP_NONE);
    assert_int_equal(totp_check(&example, code_of(arena, middle + 1), now, step), middle + 1);
}

static void what_is_typed(void **state)
{
    (void)state;
    static const char *const good[] = {"755224", "755 224", " 7 5 5 2 2 4\t", "755224\r\n"};
    static const char *const bad[] = {
        "",        "75522",   "7552244",        "755-224",
        "75522a",  "-55224",  "0755224",        "755225",
        "+755224", "755.224", "755224\xC2\xA0", "                            755224"};
    struct instant start = {0};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_int_equal(totp_check(&example, str_from(good[i]), start, TOTP_STEP_NONE), 0);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(totp_check(&example, str_from(bad[i]), start, TOTP_STEP_NONE),
                         TOTP_STEP_NONE);
    }
}

static void no_step_lies_before_the_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    assert_int_equal(totp_check(&example, code_of(arena, -1), (struct instant){0}, TOTP_STEP_NONE),
                     TOTP_STEP_NONE);
}

static void the_address_for_an_app(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(totp_uri(arena, &example, STR("Ashdown Vale: Learning Trust"),
                       STR("a.okafor@ashdownvale.example")),
              "otpauth://totp/Ashdown%20Vale%3A%20Learning%20Trust:a.okafor%40ashdownvale.example"
              "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ashdown%20Vale%3A%20Learning%20Trust"
              "&algorithm=SHA1&digits=6&period=30");
    check_str(totp_secret_text(arena, &example), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_the_standards),     cmocka_unit_test(one_step_either_way),
        cmocka_unit_test(a_code_is_good_once),           cmocka_unit_test(what_is_typed),
        cmocka_unit_test(no_step_lies_before_the_first), cmocka_unit_test(the_address_for_an_app),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

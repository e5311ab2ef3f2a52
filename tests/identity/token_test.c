/*
 * tests/identity/token_test.c - tokens of sessions and programs, and of forms.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/sha256.h"
#include "identity/token.h"

static void a_token_is_read_as_its_hash(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct token token = token_new(arena), other = token_new(arena);
    struct token_hash hash;
    uint8_t plain[SHA256_BYTES];
    assert_int_equal(token.text.len, TOKEN_TEXT_BYTES);
    assert_true(token_read(token.text, &hash));
    assert_true(token_hash_equal(&hash, &token.hash));
    assert_false(token_hash_equal(&hash, &other.hash));
    sha256(token.text.at, token.text.len, plain);
    assert_memory_equal(hash.bytes, plain, sizeof(plain));
}

static void other_forms_are_no_tokens(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str good = token_new(arena).text;
    struct token_hash hash;
    assert_false(token_read((struct str){0}, &hash));
    assert_false(token_read(str_slice(good, 1, good.len), &hash));
    assert_false(token_read(str_format(arena, STR_FMT "A", STR_ARG(good)), &hash));
    for (const char *bad = " =+/.\n%\xC3"; *bad; bad++) {
        char copy[TOKEN_TEXT_BYTES];
        memcpy(copy, good.at, sizeof(copy));
        copy[20] = *bad;
        assert_false(token_read((struct str){copy, sizeof(copy)}, &hash));
    }
    assert_false(token_read(token_api_new(arena).text, &hash));
}

static void an_api_token_has_its_form(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct token token = token_api_new(arena);
        struct token_hash hash;
        assert_int_equal(token.text.len, TOKEN_API_TEXT_BYTES);
        assert_true(str_starts(token.text, STR("hr_")));
        assert_int_equal(token_api_read(token.text, &hash), TOKEN_API_FINE);
        assert_true(token_hash_equal(&hash, &token.hash));
    }
}

static void slips_in_an_api_token_are_seen(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str good = token_api_new(arena).text;
    struct token_hash hash;
    char copy[TOKEN_API_TEXT_BYTES + 1];
    /* Each character replaced by its neighbour, and each pair of neighbours swapped. */
    for (size_t i = 3; i < good.len; i++) {
        memcpy(copy, good.at, good.len);
        copy[i] = copy[i] == 'a' ? 'b' : 'a';
        assert_int_equal(token_api_read((struct str){copy, good.len}, &hash), TOKEN_API_MISTYPED);
        memcpy(copy, good.at, good.len);
        if (i + 1 < good.len && copy[i] != copy[i + 1]) {
            copy[i] = good.at[i + 1];
            copy[i + 1] = good.at[i];
            assert_int_equal(token_api_read((struct str){copy, good.len}, &hash),
                             TOKEN_API_MISTYPED);
        }
    }
    memcpy(copy, good.at, good.len);
    copy[good.len] = '0';
    assert_int_equal(token_api_read((struct str){copy, good.len + 1}, &hash), TOKEN_API_MISTYPED);
    assert_int_equal(token_api_read(str_slice(good, 0, good.len - 1), &hash), TOKEN_API_MISTYPED);
    assert_int_equal(token_api_read(STR("hr_"), &hash), TOKEN_API_MISTYPED);
    assert_int_equal(token_api_read(STR("HR_"), &hash), TOKEN_API_OTHER);
    assert_int_equal(token_api_read((struct str){0}, &hash), TOKEN_API_OTHER);
    assert_int_equal(token_api_read(str_slice(good, 3, good.len), &hash), TOKEN_API_OTHER);
    copy[10] = '-';
    assert_int_equal(token_api_read((struct str){copy, good.len}, &hash), TOKEN_API_MISTYPED);
}

static void texts_are_compared_whole(void **state)
{
    (void)state;
    assert_true(token_text_equal(STR("abc"), STR("abc")));
    assert_false(token_text_equal(STR("abc"), STR("abd")));
    assert_false(token_text_equal(STR("abc"), STR("ab")));
    assert_true(token_text_equal(STR(""), (struct str){0}));
}

static void a_form_belongs_to_its_session(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str mine = token_new(arena).text, yours = token_new(arena).text;
    struct str one = token_csrf_new(arena, mine), two = token_csrf_new(arena, mine);
    assert_false(str_equal(one, two));
    assert_true(token_csrf_check(mine, one));
    assert_true(token_csrf_check(mine, two));
    assert_false(token_csrf_check(yours, one));
    assert_false(token_csrf_check((struct str){0}, one));
}

static void a_changed_form_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str session = token_new(arena).text, good = token_csrf_new(arena, session);
    assert_false(token_csrf_check(session, (struct str){0}));
    assert_false(token_csrf_check(session, session));
    assert_false(token_csrf_check(session, str_slice(good, 0, good.len - 1)));
    assert_false(token_csrf_check(session, str_format(arena, STR_FMT "AAAA", STR_ARG(good))));
    for (size_t i = 0; i < good.len; i++) {
        char copy[100];
        assert_true(good.len < sizeof(copy));
        memcpy(copy, good.at, good.len);
        copy[i] = copy[i] == 'A' ? 'E' : 'A'; /* these differ in a bit that counts at the end too */
        assert_false(token_csrf_check(session, (struct str){copy, good.len}));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_is_read_as_its_hash),
        cmocka_unit_test(other_forms_are_no_tokens),
        cmocka_unit_test(an_api_token_has_its_form),
        cmocka_unit_test(slips_in_an_api_token_are_seen),
        cmocka_unit_test(texts_are_compared_whole),
        cmocka_unit_test(a_form_belongs_to_its_session),
        cmocka_unit_test(a_changed_form_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

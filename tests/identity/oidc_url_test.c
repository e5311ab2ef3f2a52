/*
 * tests/identity/oidc_url_test.c - which URLs are used.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/oidc_http.h"

static void urls_that_are_used(void **state)
{
    (void)state;
    static const char *const good[] = {
        "https://ashdownvale.example",
        "https://ashdownvale.example/",
        "https://ashdownvale.example:8443/token?x=1&y=%20",
        "https://ashdownvale.example?x",
        "https://127.0.0.1/",
        "https://[::1]:8443/",
        "https://[2001:db8::1]/",
        "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(oidc_url_is_fit(str_from(good[i]), false));
        assert_true(oidc_url_is_fit(str_from(good[i]), true));
    }
}

static void urls_that_are_not(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "https",
        "https://",
        "https:///path",
        "https://:443/",
        "https:/ashdownvale.example/",
        "HTTPS://ashdownvale.example/",
        "ftp://ashdownvale.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//ashdownvale.example/",
        "http://ashdownvale.example/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.10/",
        "http://localhost/",
        "http://[::2]/",
        "https://user@ashdownvale.example/",
        "https://user:secret@ashdownvale.example/",
        "https://ashdownvale.example\\@evil.example/",
        "https://ashdownvale.example/#part",
        "https://ashdownvale.example/a b",
        "https://ashdownvale.example/\n",
        "https://ashdownvale.example/\x7F",
        "https://ashdownvale.example/\xC3\xA9",
        "https://\xC3\xA9.example/",
        "https://ashdownvale.example:/",
        "https://ashdownvale.example:123456/",
        "https://ashdownvale.example:80a/",
        "https://ashdown_vale.example/",
        "https://[::1/",
        "https://[]/",
        "https://[::g]/",
        "https://[::1]x/",
        "https://login.microsoftonline.com/{tenantid}/v2.0",
        " https://ashdownvale.example/",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (oidc_url_is_fit(str_from(bad[i]), true)) {
            fail_msg("%s", bad[i]);
        }
    }
    assert_false(oidc_url_is_fit(STR("https://ashdownvale.example/\0x"), true));
}

static void loopback_where_it_is_allowed(void **state)
{
    (void)state;
    static const char *const urls[] = {"http://127.0.0.1/", "http://127.0.0.1:8080/x",
                                       "http://[::1]:8080/x"};
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        assert_true(oidc_url_is_fit(str_from(urls[i]), true));
        assert_false(oidc_url_is_fit(str_from(urls[i]), false));
    }
}

static void lengths_are_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text url = {.arena = arena};
    text_add(&url, STR("https://ashdownvale.example/"));
    while (url.len < OIDC_URL_BYTES_MAX) {
        text_add_char(&url, 'x');
    }
    assert_true(oidc_url_is_fit(text_str(&url), false));
    text_add_char(&url, 'x');
    assert_false(oidc_url_is_fit(text_str(&url), false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urls_that_are_used),
        cmocka_unit_test(urls_that_are_not),
        cmocka_unit_test(loopback_where_it_is_allowed),
        cmocka_unit_test(lengths_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

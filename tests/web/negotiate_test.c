/*
 * tests/web/negotiate_test.c - Accept-Encoding by weights, If-None-Match by tags.
 */
#include "support/check.h"

#include "web/negotiate_int.h"

static void codings_are_chosen_by_weight(void **state)
{
    (void)state;
    static const struct {
        const char *accept;
        enum web_coding all, without_br, identity_only;
    } cases[] = {
        {"", WEB_CODING_IDENTITY, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
        {"gzip, deflate, br", WEB_CODING_BR, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"gzip", WEB_CODING_GZIP, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"x-gzip", WEB_CODING_GZIP, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"GZIP;Q=1.0 , BR ; q=0.5", WEB_CODING_GZIP, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"br;q=0.3,gzip;q=0.301", WEB_CODING_GZIP, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"br;q=0, gzip;q=0.001", WEB_CODING_GZIP, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"br;q=0,gzip;q=0", WEB_CODING_IDENTITY, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
        {"*", WEB_CODING_BR, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"*;q=0", WEB_CODING_IDENTITY, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
        {"br;q=0, *", WEB_CODING_GZIP, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"identity;q=0, gzip;q=0.1", WEB_CODING_GZIP, WEB_CODING_GZIP, WEB_CODING_IDENTITY},
        {"identity, br;q=0.9", WEB_CODING_IDENTITY, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
        {"zstd, compress", WEB_CODING_IDENTITY, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
        {"br;q=2, gzip;q=x, br2", WEB_CODING_IDENTITY, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
        {",;q=1,,br;", WEB_CODING_BR, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
        {"br;q=1.001", WEB_CODING_IDENTITY, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
        {"br;q=0.1234", WEB_CODING_IDENTITY, WEB_CODING_IDENTITY, WEB_CODING_IDENTITY},
    };
    const bool all[] = {true, true, true};
    const bool without_br[] = {true, true, false};
    const bool identity_only[] = {true, false, false};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str accept = str_from(cases[i].accept);
        print_message("%s\n", cases[i].accept);
        assert_int_equal(web_coding_choose(accept, all), cases[i].all);
        assert_int_equal(web_coding_choose(accept, without_br), cases[i].without_br);
        assert_int_equal(web_coding_choose(accept, identity_only), cases[i].identity_only);
    }
}

static void codings_have_names(void **state)
{
    (void)state;
    check_str(web_coding_name(WEB_CODING_IDENTITY), "");
    check_str(web_coding_name(WEB_CODING_GZIP), "gzip");
    check_str(web_coding_name(WEB_CODING_BR), "br");
}

static void tags_are_compared(void **state)
{
    (void)state;
    struct str tag = STR("abc");
    assert_true(web_tag_matches(STR("\"abc\""), tag));
    assert_true(web_tag_matches(STR("W/\"abc\""), tag));
    assert_true(web_tag_matches(STR("\"x\", \"abc\" , \"y\""), tag));
    assert_true(web_tag_matches(STR("*"), tag));
    assert_false(web_tag_matches(STR(""), tag));
    assert_false(web_tag_matches(STR("abc"), tag));
    assert_false(web_tag_matches(STR("\"abc-br\""), tag));
    assert_false(web_tag_matches(STR("\"ab\""), tag));
    assert_false(web_tag_matches(STR("\"abc"), tag));
    assert_false(web_tag_matches(STR(",,\"\""), tag));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codings_are_chosen_by_weight),
        cmocka_unit_test(codings_have_names),
        cmocka_unit_test(tags_are_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

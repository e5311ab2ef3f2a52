/*
 * tests/web/network_test.c - ranges of addresses.
 */
#include "support/check.h"

#include "web/network.h"

static const struct {
    const char *network, *inside, *outside;
} cases[] = {
    {"10.0.0.0/8", "10.255.1.2", "11.0.0.1"},
    {"10.20.0.0/15", "10.21.9.9", "10.22.0.1"},
    {"192.0.2.7", "192.0.2.7", "192.0.2.6"},
    {"192.0.2.7/32", "192.0.2.7", "192.0.2.6"},
    {"128.0.0.0/1", "255.0.0.1", "127.0.0.1"},
    {"10.0.0.0/8", "::ffff:10.1.1.1", "::ffff:11.1.1.1"},
    {"fd00::/8", "fdff::1", "fe00::1"},
    {"::1", "::1", "::2"},
    {"2001:db8::/127", "2001:db8::1", "2001:db8::2"},
    {"10.9.9.9/8", "10.0.0.1", "11.0.0.1"}, /* bits behind the range do not matter */
    {"fd00::/8", "fd00::1", "10.0.0.1"},
    {"10.0.0.0/8", "10.0.0.1", "nobody"},
    {"10.0.0.0/8", "10.0.0.1", ""},
};

static void addresses_lie_in_their_range(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct web_network network;
        assert_true(web_network_parse(str_from(cases[i].network), &network));
        assert_true(web_network_holds(&network, str_from(cases[i].inside)));
        assert_false(web_network_holds(&network, str_from(cases[i].outside)));
    }
}

static void what_is_no_range_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "10.0.0.0/x",
        "::/0",
        "::1/129",
        "10.0.0.0/8/8",
        "localhost",
        "10.0.0.0 /8",
        "10.0.0.0/99999999999999999999",
        "2001:db8::1::/64",
        "1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct web_network network = {.bits = 7};
        assert_false(web_network_parse(str_from(wrong[i]), &network));
        assert_int_equal(network.bits, 7);
    }
}

static void nobody_is_in_no_range(void **state)
{
    (void)state;
    struct web_network network = {0};
    assert_false(web_network_holds(&network, STR("::")));
    assert_false(web_network_holds(&network, STR("127.0.0.1")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_lie_in_their_range),
        cmocka_unit_test(what_is_no_range_is_refused),
        cmocka_unit_test(nobody_is_in_no_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

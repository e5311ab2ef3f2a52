/*
 * tests/identity/provider_seat_test.c - the provider of a running server follows the settings of
 * the store, on both engines.
 *
 * Read first: src/identity/provider_seat.h.
 */
#include "support/check.h"

#include "identity/factor_sql.h"
#include "identity/provider_seat.h"
#include "store/statement.h"
#include "support/store_case.h"

static const struct sealed_key seal = {{3}}, other_seal = {{4}};

static void put(struct store_case *test, const char *kind, struct str issuer)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    struct str secret = sealed_write(test->arena, &seal, STR(PROVIDER_PURPOSE), STR("s3cret"));
    check_ok(provider_setting_put(
        transaction, (struct provider_setting_put_in){.kind = str_from(kind),
                                                      .issuer = issuer,
                                                      .client = STR("handrail"),
                                                      .secret = secret,
                                                      .tenants = STR(""),
                                                      .domains = STR("ashdownvale.example"),
                                                      .links_by_address = true,
                                                      .revision = store_id(transaction)}));
    check_ok(store_commit(transaction));
}

static struct provider_seat *seat_of(struct store_case *test, const struct sealed_key *key,
                                     const char *file)
{
    struct provider_seat *seat = NULL;
    struct provider_seat_place place = {
        .store = test->store,
        .key = key,
        .redirect_uri = STR("https://handrail.ashdownvale.example/sign-in/back"),
        .file = str_from(file)};
    check_ok(provider_seat_open(test->arena, &place, &seat));
    return seat;
}

static struct provider *take(struct store_case *test, struct provider_seat *seat)
{
    struct provider *provider = NULL;
    check_ok(provider_seat_take(seat, test->arena, &provider));
    return provider;
}

static void it_follows_the_store(void **state)
{
    struct store_case *test = *state;
    DEFER(provider_seat_close) struct provider_seat *seat = seat_of(test, &seal, NULL);
    assert_false(provider_seat_is_filed(seat));
    assert_null(take(test, seat));
    put(test, "google", STR("https://accounts.google.com"));
    struct provider *first = take(test, seat);
    check_str(first->name, "Google");
    assert_true(first->links_by_address);
    assert_false(first->vouches_factor);
    assert_ptr_equal(take(test, seat), first);
    put(test, "other", STR("https://id.ashdownvale.example"));
    struct provider *second = take(test, seat);
    assert_ptr_not_equal(second, first);
    check_str(second->name, "your school account");
    size_t changed = 0;
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    check_ok(provider_setting_remove(transaction, &changed));
    check_ok(store_commit(transaction));
    store_end(transaction);
    assert_null(take(test, seat));
    put(test, "google", STR("https://accounts.google.com"));
    check_str(take(test, seat)->name, "Google");
}

static void the_file_wins(void **state)
{
    struct store_case *test = *state;
    put(test, "google", STR("https://accounts.google.com"));
    DEFER(provider_seat_close)
    struct provider_seat *seat =
        seat_of(test, &seal,
                "{\"name\":\"Ours\",\"issuer\":\"https://id.ashdownvale.example\","
                "\"clientId\":\"a\",\"clientSecret\":\"b\",\"vouchesFactor\":true}");
    assert_true(provider_seat_is_filed(seat));
    check_str(take(test, seat)->name, "Ours");
    assert_true(take(test, seat)->vouches_factor);
}

static void another_key_reads_nothing(void **state)
{
    struct store_case *test = *state;
    struct provider *provider = NULL;
    put(test, "google", STR("https://accounts.google.com"));
    DEFER(provider_seat_close) struct provider_seat *seat = seat_of(test, &other_seal, NULL);
    check_fails(provider_seat_take(seat, test->arena, &provider), RESULT_CODE_CORRUPT);
    assert_null(provider);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(it_follows_the_store),
        STORE_CASE(the_file_wins),
        STORE_CASE(another_key_reads_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

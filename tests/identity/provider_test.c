/*
 * tests/identity/provider_test.c - to the provider and back, against both engines: who is found,
 * what is good once.
 *
 * Read first: src/identity/provider.h, fake_provider.h.
 */
#include "support/check.h"

#include "identity/fake_provider.h"
#include "identity/provider.h"
#include "identity/sign_in_sql.h"
#include "records/organisation.h"
#include "records/people.h"
#include "store/statement.h"
#include "support/store_case.h"

struct scene {
    struct store_case *test;
    struct fake_provider *fake;
    struct provider provider;
    struct person_id sam;
    struct school_id school;
};

static struct store_transaction *begin(struct store_case *test)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, STORE_WRITE, &transaction));
    return transaction;
}

static void commit(struct store_transaction *transaction)
{
    check_ok(store_commit(transaction));
    store_end(transaction);
}

/* Sam, at a school whose mail domain it is. */
static void people_make(struct scene *scene)
{
    size_t changed = 0;
    struct store_transaction *transaction = begin(scene->test);
    scene->sam.value = store_id(transaction);
    scene->school.value = store_id(transaction);
    check_ok(school_add(transaction,
                        (struct school_add_in){.id = scene->school,
                                               .code = STR("A1"),
                                               .name = STR("Ashdown Primary"),
                                               .nation = STR("england"),
                                               .adopted_on = STORE_NO_DATE},
                        &changed));
    check_ok(school_word_add(transaction,
                             (struct school_word_add_in){.id = {store_id(transaction)},
                                                         .school = scene->school,
                                                         .kind = STR("domain"),
                                                         .word = STR("ashdownvale.example")},
                             &changed));
    check_ok(person_add(transaction,
                        (struct person_add_in){.id = scene->sam,
                                               .name = STR("Sam Sample"),
                                               .sort_name = STR("Sample"),
                                               .email = STR("sam@ashdownvale.example"),
                                               .joined_on = STORE_NO_DATE},
                        &changed));
    check_ok(engagement_put(transaction, (struct engagement_put_in){.id = {store_id(transaction)},
                                                                    .person = scene->sam,
                                                                    .school = scene->school,
                                                                    .kind = STR("teacher"),
                                                                    .starts_on = STORE_NO_DATE,
                                                                    .ends_on = STORE_NO_DATE}));
    commit(transaction);
}

static struct scene scene_open(struct store_case *test)
{
    struct scene scene = {.test = test, .fake = fake_provider_open(test->arena)};
    struct oidc_settings *settings = ARENA_NEW(test->arena, struct oidc_settings);
    *settings = fake_provider_settings();
    scene.provider = (struct provider){
        .name = STR("Fake"),
        .links_by_address = true,
        .client = oidc_client_open(test->arena, settings, fake_provider_http(scene.fake))};
    people_make(&scene);
    return scene;
}

static void scene_close(struct scene *scene)
{
    provider_close(&scene->provider);
    fake_provider_close(scene->fake);
}

static int64_t seconds_now(struct store_case *test)
{
    DEFER(store_end) struct store_transaction *transaction = begin(test);
    return store_now(transaction).milliseconds / 1000;
}

static struct str parameter_of(struct str url, const char *name)
{
    struct str start = str_from(name), value;
    size_t at = str_find(url, start);
    assert_true(at != STR_NONE);
    (void)str_cut(str_slice(url, at + start.len, url.len), '&', &value, NULL);
    return value;
}

/* Leaves, lets the provider say these claims, and comes back. */
MUST_USE static struct result visit_with(struct scene *scene, struct provider_wish wish,
                                         const char *claims, struct provider_arrival *out,
                                         struct str *state)
{
    struct arena *arena = scene->test->arena;
    struct str url;
    check_ok(provider_leave(&scene->provider, scene->test->store, arena, &wish, &url, state));
    int64_t now = seconds_now(scene->test);
    fake_provider_says(scene->fake, str_format(arena,
                                               "{\"iss\":\"" FAKE_ISSUER
                                               "\",\"aud\":\"handrail\",\"exp\":%lld,\"iat\":%lld,"
                                               "\"nonce\":\"" STR_FMT "\",%s}",
                                               (long long)now + 300, (long long)now,
                                               STR_ARG(parameter_of(url, "&nonce=")), claims));
    struct oidc_answer answer = {.code = STR("a code"), .state = *state};
    return provider_return(&scene->provider, scene->test->store, arena, *state, &answer, out);
}

static struct provider_arrival visit(struct scene *scene, const char *claims)
{
    struct provider_arrival arrival;
    struct str state;
    check_ok(
        visit_with(scene, (struct provider_wish){.back = STR("/desk")}, claims, &arrival, &state));
    return arrival;
}

#define SAM "\"sub\":\"s-1\",\"email\":\"Sam@Ashdownvale.example\""

static void the_first_time_is_by_a_vouched_address(void **state)
{
    struct scene scene = scene_open(*state);
    struct provider_arrival arrival = visit(&scene, SAM ",\"email_verified\":true");
    assert_int_equal(arrival.person.value, scene.sam.value);
    assert_true(arrival.is_first);
    check_str(arrival.back, "/desk");
    assert_int_equal(visit(&scene, SAM).person.value, 0);
    assert_int_equal(visit(&scene, SAM ",\"email_verified\":false").person.value, 0);
    assert_int_equal(visit(&scene, "\"sub\":\"s-1\",\"email_verified\":true").person.value, 0);
    assert_int_equal(visit(&scene, "\"sub\":\"x\",\"email\":\"sam@elsewhere.example\","
                                   "\"email_verified\":true")
                         .person.value,
                     0);
    scene.provider.links_by_address = false;
    assert_int_equal(visit(&scene, SAM ",\"email_verified\":true").person.value, 0);
    struct store_transaction *transaction = begin(scene.test);
    check_ok(provider_link(transaction, scene.sam, STR(FAKE_ISSUER), STR("s-1")));
    commit(transaction);
    arrival = visit(&scene, "\"sub\":\"s-1\",\"amr\":[\"mfa\"]");
    assert_int_equal(arrival.person.value, scene.sam.value);
    assert_false(arrival.is_first);
    assert_true(arrival.who.used_second_factor);
    assert_int_equal(visit(&scene, "\"sub\":\"s-2\"").person.value, 0);
    scene_close(&scene);
}

static void who_is_shut_out_or_gone_is_not_let_in(void **state)
{
    struct scene scene = scene_open(*state);
    struct store_transaction *transaction = begin(scene.test);
    check_ok(provider_link(transaction, scene.sam, STR(FAKE_ISSUER), STR("s-1")));
    commit(transaction);
    assert_false(visit(&scene, SAM).is_shut);
    transaction = begin(scene.test);
    check_ok(sign_in_disable(transaction, scene.sam));
    commit(transaction);
    assert_true(visit(&scene, SAM).is_shut);
    /* Nor by the address under another name there. */
    assert_int_equal(visit(&scene, "\"sub\":\"s-9\",\"email\":\"sam@ashdownvale.example\","
                                   "\"email_verified\":true")
                         .person.value,
                     0);
    scene_close(&scene);
}

static void a_visit_is_good_once_in_its_browser(void **state)
{
    struct scene scene = scene_open(*state);
    struct arena *arena = scene.test->arena;
    struct provider_arrival arrival;
    struct provider_wish wish = {.back = STR("/desk")};
    struct str began, url, other;
    check_ok(visit_with(&scene, wish, SAM, &arrival, &began));
    struct oidc_answer answer = {.code = STR("a code"), .state = began};
    check_fails(
        provider_return(&scene.provider, scene.test->store, arena, began, &answer, &arrival),
        RESULT_CODE_REFUSED);
    check_ok(provider_leave(&scene.provider, scene.test->store, arena, &wish, &url, &began));
    check_ok(provider_leave(&scene.provider, scene.test->store, arena, &wish, &url, &other));
    answer.state = began;
    unsigned exchanges = scene.fake->exchanges;
    check_fails(
        provider_return(&scene.provider, scene.test->store, arena, other, &answer, &arrival),
        RESULT_CODE_REFUSED);
    check_fails(
        provider_return(&scene.provider, scene.test->store, arena, STR(""), &answer, &arrival),
        RESULT_CODE_REFUSED);
    answer.state = STR("");
    check_fails(
        provider_return(&scene.provider, scene.test->store, arena, STR(""), &answer, &arrival),
        RESULT_CODE_REFUSED);
    assert_int_equal(scene.fake->exchanges, exchanges);
    scene_close(&scene);
}

static void a_proof_must_be_fresh(void **state)
{
    struct scene scene = scene_open(*state);
    struct arena *arena = scene.test->arena;
    struct provider_arrival arrival;
    struct provider_wish wish = {.proves = {77}};
    struct str began;
    int64_t now = seconds_now(scene.test);
    check_fails(visit_with(&scene, wish, SAM, &arrival, &began), RESULT_CODE_REFUSED);
    assert_int_equal(arrival.proves.value, 77);
    struct str old = str_format(arena, SAM ",\"auth_time\":%lld", (long long)now - 3600);
    check_fails(visit_with(&scene, wish, str_cstr(arena, old), &arrival, &began),
                RESULT_CODE_REFUSED);
    struct str fresh = str_format(arena, SAM ",\"auth_time\":%lld", (long long)now - 5);
    check_ok(visit_with(&scene, wish, str_cstr(arena, fresh), &arrival, &began));
    assert_int_equal(arrival.proves.value, 77);
    assert_int_equal(arrival.who.signed_in.milliseconds, (now - 5) * 1000);
    scene_close(&scene);
}

#define LOGOUT_HEAD "{\"alg\":\"ES256\",\"kid\":\"first\",\"typ\":\"logout+jwt\"}"

static struct str logout_token(struct scene *scene, const char *id, const char *about)
{
    struct arena *arena = scene->test->arena;
    int64_t now = seconds_now(scene->test);
    return signer_sign(arena, scene->fake->signer, JOSE_ES256, STR(LOGOUT_HEAD),
                       str_format(arena,
                                  "{\"iss\":\"" FAKE_ISSUER
                                  "\",\"aud\":\"handrail\",\"iat\":%lld,\"exp\":%lld,"
                                  "\"jti\":\"%s\",%s,\"events\":{\"http://schemas.openid.net/event/"
                                  "backchannel-logout\":{}}}",
                                  (long long)now, (long long)now + 100, id, about));
}

static struct str session_begin(struct scene *scene, const char *sid)
{
    struct str token;
    struct store_transaction *transaction = begin(scene->test);
    check_ok(sign_in_begin(transaction,
                           &(struct sign_in_start){.person = scene->sam,
                                                   .way = STR("provider"),
                                                   .provider_sid = str_from(sid)},
                           &token));
    commit(transaction);
    return token;
}

static bool is_good(struct scene *scene, struct str token)
{
    struct sign_in_session session;
    check_ok(sign_in_session_of(scene->test->store, scene->test->arena, token, &session));
    return session.is_good;
}

static void its_word_ends_sessions_once(void **state)
{
    struct scene scene = scene_open(*state);
    struct store *store = scene.test->store;
    struct arena *arena = scene.test->arena;
    struct store_transaction *transaction = begin(scene.test);
    check_ok(provider_link(transaction, scene.sam, STR(FAKE_ISSUER), STR("s-1")));
    commit(transaction);
    struct str first = session_begin(&scene, "sid-1"), second = session_begin(&scene, "sid-2");
    struct str word = logout_token(&scene, "j1", "\"sid\":\"sid-1\"");
    check_ok(provider_signed_out(&scene.provider, store, arena, word));
    assert_false(is_good(&scene, first));
    assert_true(is_good(&scene, second));
    word = logout_token(&scene, "j2", "\"sub\":\"s-1\"");
    check_ok(provider_signed_out(&scene.provider, store, arena, word));
    assert_false(is_good(&scene, second));
    struct str third = session_begin(&scene, "sid-3");
    check_fails(provider_signed_out(&scene.provider, store, arena, word), RESULT_CODE_REFUSED);
    assert_true(is_good(&scene, third));
    check_fails(provider_signed_out(&scene.provider, store, arena, STR("a.b.c")),
                RESULT_CODE_REFUSED);
    scene_close(&scene);
}

static void it_is_tried_before_it_is_kept(void **state)
{
    struct scene scene = scene_open(*state);
    struct arena *arena = scene.test->arena;
    struct instant now = {seconds_now(scene.test) * 1000};
    scene.fake->token_status = 400;
    scene.fake->token = STR("{\"error\":\"invalid_grant\"}");
    check_ok(provider_try(&scene.provider, arena, now));
    scene.fake->token = STR("{\"error\":\"invalid_client\"}");
    check_fails(provider_try(&scene.provider, arena, now), RESULT_CODE_INVALID);
    scene.fake->is_down = true;
    check_fails(provider_try(&scene.provider, arena, now), RESULT_CODE_IO);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(the_first_time_is_by_a_vouched_address),
        STORE_CASE(who_is_shut_out_or_gone_is_not_let_in),
        STORE_CASE(a_visit_is_good_once_in_its_browser),
        STORE_CASE(a_proof_must_be_fresh),
        STORE_CASE(its_word_ends_sessions_once),
        STORE_CASE(it_is_tried_before_it_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

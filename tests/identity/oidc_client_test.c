/*
 * tests/identity/oidc_client_test.c - when a client asks its provider, and what it keeps.
 */
#include "support/check.h"

#include <pthread.h>
#include <unistd.h>

#include "base/arena.h"
#include "identity/fake_provider.h"
#include "identity/oidc.h"

struct scene {
    struct arena *arena;
    struct fake_provider *fake;
    struct oidc_settings settings;
    struct oidc_client *client;
};

static int scene_open(void **state)
{
    struct arena *arena = arena_open();
    struct scene *scene = ARENA_NEW(arena, struct scene);
    scene->arena = arena;
    scene->fake = fake_provider_open(arena);
    scene->settings = fake_provider_settings();
    scene->client = oidc_client_open(arena, &scene->settings, fake_provider_http(scene->fake));
    *state = scene;
    return 0;
}

static int scene_close(void **state)
{
    struct scene *scene = *state;
    oidc_client_close(scene->client);
    fake_provider_close(scene->fake);
    arena_close(scene->arena);
    return 0;
}

/* A whole sign-in at that time. */
MUST_USE static struct result sign_in(struct scene *scene, struct instant now)
{
    struct oidc_wish wish = {0};
    struct oidc_flow flow;
    struct oidc_person person;
    struct str url;
    TRY(oidc_begin(scene->client, scene->arena, now, &wish, &flow, &url));
    struct oidc_answer answer = {.code = STR("the-code"), .state = flow.state};
    long long seconds = (long long)(now.milliseconds / 1000);
    fake_provider_says(scene->fake, str_format(scene->arena,
                                               "{\"iss\":\"" FAKE_ISSUER
                                               "\",\"aud\":\"handrail\",\"sub\":\"1\",\"exp\":%lld,"
                                               "\"iat\":%lld,\"nonce\":\"" STR_FMT "\"}",
                                               seconds + 300, seconds, STR_ARG(flow.nonce)));
    return oidc_finish(scene->client, scene->arena, now, &flow, &answer, &person);
}

static struct instant after(int64_t milliseconds)
{
    return instant_add(FAKE_NOW, milliseconds);
}

static void documents_are_fetched_once_a_day(void **state)
{
    struct scene *scene = *state;
    struct fake_provider *fake = scene->fake;
    assert_int_equal(fake->discoveries, 0);
    for (int hour = 0; hour < 24; hour++) {
        assert_true(result_is_ok(sign_in(scene, after(hour * INSTANT_HOUR_MILLISECONDS))));
    }
    assert_int_equal(fake->discoveries, 1);
    assert_int_equal(fake->key_lists, 1);
    assert_true(result_is_ok(sign_in(scene, after(24 * INSTANT_HOUR_MILLISECONDS))));
    assert_int_equal(fake->discoveries, 2);
    assert_int_equal(fake->key_lists, 2);
}

static void new_keys_are_fetched(void **state)
{
    struct scene *scene = *state;
    struct fake_provider *fake = scene->fake;
    assert_true(result_is_ok(sign_in(scene, FAKE_NOW)));
    fake_provider_new_key(fake, "second");
    fake_provider_list_key(fake);
    /* Too soon after the last time. */
    struct result result = sign_in(scene, after(JOSE_KEYS_ROTATE_MILLISECONDS - 1));
    assert_int_equal(oidc_refusal(result), JOSE_KEY_UNKNOWN);
    assert_int_equal(fake->key_lists, 1);
    assert_true(result_is_ok(sign_in(scene, after(JOSE_KEYS_ROTATE_MILLISECONDS))));
    assert_int_equal(fake->key_lists, 2);
    assert_int_equal(fake->discoveries, 1);
}

/* Whoever signs with keys that nobody lists makes us ask once in five minutes. */
static void strangers_cannot_make_us_ask(void **state)
{
    struct scene *scene = *state;
    struct fake_provider *fake = scene->fake;
    assert_true(result_is_ok(sign_in(scene, FAKE_NOW)));
    fake_provider_new_key(fake, "stranger");
    for (int second = 0; second < 3600; second += 10) {
        struct result result = sign_in(scene, after(second * INSTANT_SECOND_MILLISECONDS));
        assert_int_equal(oidc_refusal(result), JOSE_KEY_UNKNOWN);
    }
    assert_true(fake->key_lists <= 13);
}

/* The same name, another key: the signature does not hold, and nothing is fetched for that. */
static void a_forged_key_is_no_new_key(void **state)
{
    struct scene *scene = *state;
    assert_true(result_is_ok(sign_in(scene, FAKE_NOW)));
    fake_provider_new_key(scene->fake, "first");
    struct result result = sign_in(scene, after(INSTANT_HOUR_MILLISECONDS));
    assert_int_equal(oidc_refusal(result), JOSE_SIGNATURE);
    assert_int_equal(scene->fake->key_lists, 1);
}

static void a_provider_that_is_down(void **state)
{
    struct scene *scene = *state;
    struct fake_provider *fake = scene->fake;
    fake->is_down = true;
    assert_int_equal(sign_in(scene, FAKE_NOW).code, RESULT_CODE_IO);
    assert_int_equal(sign_in(scene, after(1000)).code, RESULT_CODE_IO);
    assert_int_equal(fake->discoveries, 1); /* not again within a minute */
    fake->is_down = false;
    assert_int_equal(sign_in(scene, after(59999)).code, RESULT_CODE_IO);
    assert_true(result_is_ok(sign_in(scene, after(60000))));
    /* Later a day is over and it is down again: what is there will do. */
    fake->status = 503;
    assert_true(result_is_ok(sign_in(scene, after(25 * INSTANT_HOUR_MILLISECONDS))));
    fake->status = 200;
    fake->discovery = STR("nonsense");
    fake->keys = STR("{}");
    assert_true(result_is_ok(sign_in(scene, after(26 * INSTANT_HOUR_MILLISECONDS))));
}

static void documents_that_make_no_sense(void **state)
{
    struct scene *scene = *state;
    struct fake_provider *fake = scene->fake;
    struct str good = fake->discovery, keys = fake->keys, url;
    struct oidc_wish wish = {0};
    struct oidc_flow flow;
    fake->content_type = "text/html";
    struct instant earlier = after(-INSTANT_HOUR_MILLISECONDS);
    assert_int_equal(oidc_begin(scene->client, scene->arena, earlier, &wish, &flow, &url).code,
                     RESULT_CODE_IO);
    fake->content_type = "application/json";
    fake->discovery = STR("{\"issuer\":\"https://other.example\"}");
    assert_int_equal(sign_in(scene, FAKE_NOW).code, RESULT_CODE_INVALID);
    fake->discovery = good;
    fake->keys = STR("[]");
    assert_int_equal(sign_in(scene, after(60000)).code, RESULT_CODE_INVALID);
    fake->keys = keys;
    fake->content_type = "text/html";
    assert_int_equal(sign_in(scene, after(120000)).code, RESULT_CODE_IO);
    fake->content_type = "application/json";
    assert_true(result_is_ok(sign_in(scene, after(240000))));
}

static void *begin_often(void *context)
{
    struct scene *scene = context;
    for (int i = 0; i < 20; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct oidc_wish wish = {0};
        struct oidc_flow flow;
        struct str url;
        /* Every two hours, so that the document is replaced while others read it. */
        struct instant now = after(i * 2 * INSTANT_HOUR_MILLISECONDS);
        if (!result_is_ok(oidc_begin(scene->client, arena, now, &wish, &flow, &url))) {
            return context;
        }
    }
    return NULL;
}

static void a_crowd_asks_once(void **state)
{
    struct scene *scene = *state;
    pthread_t threads[8];
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, begin_often, scene), 0);
    }
    for (size_t i = 0; i < 8; i++) {
        void *fault;
        pthread_join(threads[i], &fault);
        assert_null(fault);
    }
    assert_true(scene->fake->discoveries < 8 * 20);
}

/* A provider during whose answer somebody else signs in. */
MUST_USE static struct result fetch_meanwhile(void *context, struct arena *arena,
                                              const struct oidc_request *request,
                                              struct oidc_response *response)
{
    struct scene *scene = context;
    struct oidc_http http = fake_provider_http(scene->fake);
    if (str_equal(request->url, STR(FAKE_ISSUER "/keys"))) {
        struct oidc_wish wish = {0};
        struct oidc_flow flow;
        struct str url;
        assert_true(result_is_ok(oidc_begin(scene->client, arena, FAKE_NOW, &wish, &flow, &url)));
    }
    return http.fetch(http.context, arena, request, response);
}

static void who_has_the_document_waits_for_nobody(void **state)
{
    struct scene *scene = *state;
    oidc_client_close(scene->client);
    struct oidc_http http = {.fetch = fetch_meanwhile, .context = scene};
    scene->client = oidc_client_open(scene->arena, &scene->settings, http);
    alarm(60); /* otherwise it would wait for itself */
    assert_true(result_is_ok(sign_in(scene, FAKE_NOW)));
    alarm(0);
    assert_int_equal(scene->fake->discoveries, 1);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE(documents_are_fetched_once_a_day),
        SCENE(new_keys_are_fetched),
        SCENE(strangers_cannot_make_us_ask),
        SCENE(a_forged_key_is_no_new_key),
        SCENE(a_provider_that_is_down),
        SCENE(documents_that_make_no_sense),
        SCENE(a_crowd_asks_once),
        SCENE(who_has_the_document_waits_for_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

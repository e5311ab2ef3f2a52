/*
 * tests/identity/oidc_drive.c - a client of OpenID Connect that is told on its input what to do,
 * for tests/run_oidc_slow.py.
 *
 *     oidc_drive ISSUER CLIENT SECRET REDIRECT ALGORITHM
 *
 * A line is a command and its words with tabs between them; each is answered by one line, whose
 * first word is the result's code ("ok", "refused", "invalid" and so on). NOW is in milliseconds.
 *
 *     begin NOW                          ok URL
 *     finish NOW STATE CODE ISS NONCE    ok SUBJECT NAME EMAIL SESSION-ID; NONCE may be "-"
 *     out NOW RETURN                     ok URL; of the last person who signed in
 *     logout NOW TOKEN                   ok SUBJECT SESSION-ID JTI
 */
#include <stdio.h>

#include "base/arena.h"
#include "identity/oidc.h"

#define LINE_BYTES_MAX 20000
#define WORDS_MAX 8

struct drive {
    struct arena *arena;
    struct oidc_client *client;
    struct oidc_flow flow;
    struct oidc_person person;
    struct str words[WORDS_MAX];
    struct instant now;
};

static const char *const code_names[RESULT_CODE_COUNT] = {
    [RESULT_CODE_OK] = "ok",
    [RESULT_CODE_MISSING] = "missing",
    [RESULT_CODE_EXISTS] = "exists",
    [RESULT_CODE_REFUSED] = "refused",
    [RESULT_CODE_INVALID] = "invalid",
    [RESULT_CODE_LIMIT] = "limit",
    [RESULT_CODE_CONFLICT] = "conflict",
    [RESULT_CODE_BUSY] = "busy",
    [RESULT_CODE_CORRUPT] = "corrupt",
    [RESULT_CODE_UNSUPPORTED] = "unsupported",
    [RESULT_CODE_IO] = "io",
};

static void answer(struct result result, const struct str *words, size_t count)
{
    printf("%s", code_names[result.code]);
    if (!result_is_ok(result)) {
        printf("\t%s\t" STR_FMT, result.message, STR_ARG(result.detail));
    }
    for (size_t i = 0; result_is_ok(result) && i < count; i++) {
        printf("\t" STR_FMT, STR_ARG(words[i]));
    }
    printf("\n");
    fflush(stdout);
}

static void drive_begin(struct drive *drive)
{
    struct oidc_wish wish = {0};
    struct str url = {0};
    struct result result =
        oidc_begin(drive->client, drive->arena, drive->now, &wish, &drive->flow, &url);
    answer(result, &url, 1);
}

static void drive_finish(struct drive *drive)
{
    struct oidc_answer given = {
        .state = drive->words[2], .code = drive->words[3], .issuer = drive->words[4]};
    struct oidc_flow flow = drive->flow;
    struct oidc_person person = {0};
    if (!str_equal(drive->words[5], STR("-"))) {
        flow.nonce = drive->words[5];
    }
    struct result result =
        oidc_finish(drive->client, drive->arena, drive->now, &flow, &given, &person);
    struct str said[] = {person.subject, person.name, person.email, person.session_id};
    answer(result, said, 4);
    if (result_is_ok(result)) {
        drive->person = person;
    }
}

static void drive_out(struct drive *drive)
{
    struct str url = {0};
    struct result result =
        oidc_sign_out_url(drive->client, drive->arena, drive->now, drive->person.id_token,
                          drive->words[2], STR("a-state"), &url);
    answer(result, &url, 1);
}

static void drive_logout(struct drive *drive)
{
    struct oidc_logout logout = {0};
    struct result result =
        oidc_logout_check(drive->client, drive->arena, drive->now, drive->words[2], &logout);
    struct str said[] = {logout.subject, logout.session_id, logout.id};
    answer(result, said, 3);
}

static const struct {
    struct str name;
    void (*run)(struct drive *drive);
} commands[] = {
    {STR_INIT("begin"), drive_begin},
    {STR_INIT("finish"), drive_finish},
    {STR_INIT("out"), drive_out},
    {STR_INIT("logout"), drive_logout},
};

static bool drive_line(struct drive *drive, struct str line)
{
    struct str rest = str_copy(drive->arena, str_trim(line));
    for (size_t i = 0; i < WORDS_MAX; i++) {
        (void)str_cut(rest, '\t', &drive->words[i], &rest);
    }
    if (!str_to_int(drive->words[1], &drive->now.milliseconds)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (str_equal(drive->words[0], commands[i].name)) {
            commands[i].run(drive);
            return true;
        }
    }
    return false;
}

int main(int count, char **words)
{
    static char line[LINE_BYTES_MAX];
    enum jose_algorithm algorithm;
    if (count != 6 || !jose_algorithm_read(str_from(words[5]), &algorithm)) {
        fprintf(stderr, "usage: oidc_drive ISSUER CLIENT SECRET REDIRECT ALGORITHM\n");
        return 2;
    }
    DEFER(arena_close) struct arena *arena = arena_open();
    struct oidc_settings settings = {
        .issuer = str_from(words[1]),
        .client_id = str_from(words[2]),
        .client_secret = str_from(words[3]),
        .redirect_uri = str_from(words[4]),
        .algorithms = JOSE_SET(algorithm),
        .allows_loopback_http = true,
    };
    struct oidc_http_settings http = {.allows_loopback_http = true};
    struct result checked = oidc_settings_check(&settings);
    if (!result_is_ok(checked)) {
        fprintf(stderr, "%s\n", checked.message);
        return 2;
    }
    DEFER(oidc_client_close)
    struct oidc_client *client = oidc_client_open(arena, &settings, oidc_http_curl(arena, &http));
    struct drive drive = {.arena = arena, .client = client};
    while (fgets(line, sizeof(line), stdin)) {
        if (!drive_line(&drive, str_from(line))) {
            fprintf(stderr, "not understood: %s", line);
            return 2;
        }
    }
    return 0;
}

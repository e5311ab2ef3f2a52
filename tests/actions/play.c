/*
 * tests/actions/play.c - does what a school does, for scripts that then kill it, change its
 * database or take the database away: tests/run_*_slow.py, tests/cli/audit_test.py.
 *
 *     actions_play make DATA ACTS          a ledger of so many acts and more: some erased, several
 *                                          checkpoints, two epochs
 *     actions_play set-up WHERE            a trust with a school
 *     actions_play acts WHERE NODE FIRST COUNT     adds people NODE-FIRST ..., each with a key of
 *                                          its own. An act that was acknowledged is a line
 *                                          "NODE-7 12": whose, and its number. What fails is said
 *                                          on the error channel, and tried again for a minute.
 *     actions_play person WHERE            a person with an address who declares something
 *     actions_play erase WHERE PERSON      that person is erased, and the program ends there
 *     actions_play tidy WHERE              what the keeper does afterwards
 *
 * WHERE is the address of a store. Read first: src/actions/actions.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "actions/actions.h"
#include "actions/keeper.h"
#include "base/arena.h"
#include "identity/password.h"
#include "ledger/ledger.h"

#define ORIGIN "ashdownvale.example/handrail"
#define KIND 100

/* Tries of one act, and the rest between two. */
#define TRIES_MAX 600
#define REST_NANOSECONDS 100000000L

static const struct action_choice roles[] = {{STR_INIT("it-manager"), STR_INIT("the IT manager")}};
static const struct action_choice kinds[] = {{STR_INIT("teacher"), STR_INIT("a teacher")}};
static const struct action_choice declared_words[] = {
    {STR_INIT("parent-of-pupil"), STR_INIT("a parent of a pupil"), STR_INIT("other pupil")}};
static const struct action_choice policies[] = {{STR_INIT("ashdown"), STR_INIT("Ashdown")}};

struct play {
    struct arena *arena;
    struct actions_place place;
    char **words; /* after the verb */
    size_t word_count;
};

static void say(struct result result)
{
    fprintf(stderr, "%s (" STR_FMT ")\n", result.message ? result.message : "done",
            STR_ARG(result.detail));
}

MUST_USE static struct result open_place(struct play *play, const char *where)
{
    TRY(note_start());
    play->place.gate = password_gate_open(
        play->arena, (struct password_limits){.cost = {.memory_kib = 64, .passes = 1},
                                              .at_once_max = 2,
                                              .waiting_max = 8});
    play->place.words[ACTION_WORDS_ROLES] = (struct action_word_list){roles, 1};
    play->place.words[ACTION_WORDS_KINDS] = (struct action_word_list){kinds, 1};
    play->place.words[ACTION_WORDS_RELATIONSHIPS] = (struct action_word_list){declared_words, 1};
    play->place.words[ACTION_WORDS_POLICIES] = (struct action_word_list){policies, 1};
    return store_open(play->arena, str_from(where), &play->place.store);
}

/* An action of the program itself with "name=value" words. Bad input is a failure here. */
MUST_USE static struct result run(struct play *play, struct arena *arena, const char *name,
                                  struct str key, const char *const *words,
                                  struct action_outcome *out)
{
    struct action_given given[ACTION_FIELDS_MAX];
    struct action_request request = {
        .action = action_named(str_from(name)), .key = key, .given = given};
    for (; words[request.given_count]; request.given_count++) {
        struct action_given *one = &given[request.given_count];
        if (!str_cut(str_from(words[request.given_count]), '=', &one->name, &one->value)) {
            return result_fail(RESULT_CODE_INVALID, "a word has no \"=\"", one->name);
        }
    }
    TRY(action_run(&play->place, &request, arena, out));
    return out->status == ACTION_DONE
               ? RESULT_OK
               : result_fail(RESULT_CODE_INVALID, "the action was not done",
                             out->error_count > 0 ? out->errors[0].message : (struct str){0});
}

/* ---- make ------------------------------------------------------------------------------------ */

MUST_USE static struct result append(struct play *play, size_t first, size_t count)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(play->place.store, arena, STORE_WRITE, &transaction));
    for (size_t i = first; i < first + count; i++) {
        struct ledger_act act = {.kind = KIND,
                                 .actor = {7 + (int64_t)(i % 3)},
                                 .person = {100 + (int64_t)(i % 40)},
                                 .school = {3},
                                 .content =
                                     str_format(arena, "{\"what\":\"a thing of number %zu\"}", i)};
        TRY(ledger_append(transaction, &act, NULL));
    }
    return store_commit(transaction);
}

MUST_USE static struct result change(struct play *play, bool is_epoch, int64_t person)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(play->place.store, play->arena, STORE_WRITE, &transaction));
    size_t count = 0;
    if (is_epoch) {
        struct checkpoint lost = {.origin = STR(ORIGIN), .size = 5000};
        TRY(ledger_epoch_begin(transaction, (struct person_id){7}, &lost, 0));
    } else {
        TRY(ledger_erase(transaction, (struct person_id){person}, (struct person_id){7},
                         STR("\"retention\""), &count));
    }
    return store_commit(transaction);
}

MUST_USE static struct result start(struct play *play)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(play->place.store, play->arena, STORE_WRITE, &transaction));
    TRY(ledger_start(transaction, STR(ORIGIN)));
    return store_commit(transaction);
}

MUST_USE static struct result make(struct play *play)
{
    const char *data = play->words[0];
    size_t acts = strtoul(play->words[1], NULL, 10), parts = 6;
    struct str key = str_format(play->arena, "%s/keys/ledger.key", data);
    TRY(open_place(play, str_cstr(play->arena, str_format(play->arena, "%s/handrail.db", data))));
    TRY(start(play));
    for (size_t part = 0; part < parts; part++) {
        TRY(append(play, acts / parts * part,
                   part + 1 < parts ? acts / parts : acts - acts / parts * part));
        TRY(part % 2 == 1 ? change(play, part == 3, 100 + (int64_t)part) : RESULT_OK);
        TRY(keeper_sign(play->place.store, play->arena, key));
    }
    TRY(append(play, acts, 5)); /* and some that are not signed yet */
    return ledger_tidy(play->place.store, play->arena);
}

/* ---- acts ------------------------------------------------------------------------------------ */

MUST_USE static struct result set_up(struct play *play)
{
    static const char *const words[] = {"trust=Ashdown Vale Learning Trust",
                                        "origin=" ORIGIN,
                                        "school-name=Ashdown Primary",
                                        "school-code=A1",
                                        "nation=england",
                                        "policy=ashdown",
                                        "name=Terry Technician",
                                        "email=it@ashdownvale.example",
                                        "kind=teacher",
                                        "role=it-manager",
                                        "password=quiet lamp under nine hedges",
                                        NULL};
    struct action_outcome outcome;
    TRY(open_place(play, play->words[0]));
    TRY(run(play, play->arena, "trust.set-up", (struct str){0}, words, &outcome));
    printf("%s\n", str_cstr(play->arena, store_id_format(play->arena, outcome.school.value)));
    return RESULT_OK;
}

MUST_USE static struct result add_person(struct play *play, struct arena *arena, struct str school,
                                         struct str name, struct str email, struct str key,
                                         struct action_outcome *out)
{
    const char *const words[] = {
        str_cstr(arena, str_format(arena, "school=" STR_FMT, STR_ARG(school))), "kind=teacher",
        str_cstr(arena, str_format(arena, "name=" STR_FMT, STR_ARG(name))),
        str_cstr(arena, str_format(arena, "email=" STR_FMT, STR_ARG(email))), NULL};
    return run(play, arena, "person.add", key, words, out);
}

/* The first school. */
MUST_USE static struct result school_of(struct play *play, struct str *out)
{
    static const struct action_field field = {.kind = ACTION_SCHOOL};
    struct action_word_list schools;
    TRY(action_choices(&play->place, play->arena, &field, STORE_ROWS_MAX, &schools));
    *out = schools.count > 0 ? schools.at[0].value : (struct str){0};
    return schools.count > 0 ? RESULT_OK
                             : result_fail(RESULT_CODE_MISSING, "there is no school", *out);
}

static void rest(void)
{
    nanosleep(&(struct timespec){.tv_nsec = REST_NANOSECONDS}, NULL);
}

/* One act, until it is acknowledged. */
MUST_USE static struct result act(struct play *play, struct str school, const char *node,
                                  size_t number)
{
    struct result last = RESULT_OK;
    for (size_t tries = 0; tries < TRIES_MAX; tries++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct action_outcome outcome;
        struct str name = str_format(arena, "%s-%zu", node, number);
        struct str email = str_format(arena, STR_FMT "@ashdownvale.example", STR_ARG(name));
        last = add_person(play, arena, school, name, email, name, &outcome);
        if (result_is_ok(last)) {
            printf("%s-%zu %lld\n", node, number, (long long)outcome.position);
            return fflush(stdout) == 0 ? RESULT_OK
                                       : result_fail(RESULT_CODE_IO, "nobody listens", school);
        }
        say(last);
        struct result health = store_health(play->place.store, arena);
        if (!result_is_ok(health)) {
            fprintf(stderr, "health: ");
            say(health);
        }
        rest();
    }
    return result_fail(RESULT_CODE_BUSY, "given up", (struct str){0});
}

MUST_USE static struct result acts(struct play *play)
{
    const char *node = play->words[1];
    size_t first = strtoul(play->words[2], NULL, 10), count = strtoul(play->words[3], NULL, 10);
    struct result opened = open_place(play, play->words[0]);
    for (size_t tries = 0; !result_is_ok(opened) && tries < TRIES_MAX; tries++) {
        say(opened);
        rest();
        opened = store_open(play->arena, str_from(play->words[0]), &play->place.store);
    }
    TRY(opened);
    struct str school;
    struct result found = school_of(play, &school);
    for (size_t tries = 0; !result_is_ok(found) && tries < TRIES_MAX; tries++) {
        say(found);
        rest();
        found = school_of(play, &school);
    }
    TRY(found);
    for (size_t i = first; i < first + count; i++) {
        TRY(act(play, school, node, i));
    }
    return store_health(play->place.store, play->arena);
}

/* ---- person, erase --------------------------------------------------------------------------- */

/* Others come before and behind, so that pages are split and joined. */
MUST_USE static struct result person(struct play *play)
{
    struct action_outcome outcome;
    struct str school;
    TRY(open_place(play, play->words[0]));
    TRY(school_of(play, &school));
    TRY(add_person(play, play->arena, school, STR("Quillabelle Featherstonehaugh"),
                   STR("quillabelle@ashdownvale.example"), STR("key-of-person"), &outcome));
    struct str id = store_id_format(play->arena, outcome.person.value);
    const char *const words[] = {
        str_cstr(play->arena, str_format(play->arena, "person=" STR_FMT, STR_ARG(id))),
        "kind=parent-of-pupil", "whom=my nephew Marmadukeson", NULL};
    TRY(run(play, play->arena, "relationship.declare", STR("key-of-declaration"), words, &outcome));
    printf("%s\n", str_cstr(play->arena, id));
    return RESULT_OK;
}

MUST_USE static struct result erase(struct play *play)
{
    struct action_outcome outcome;
    TRY(open_place(play, play->words[0]));
    const char *const words[] = {
        str_cstr(play->arena, str_format(play->arena, "person=%s", play->words[1])), "sure=yes",
        NULL};
    TRY(run(play, play->arena, "person.erase", STR("key-of-erasure"), words, &outcome));
    _exit(0); /* as if it had been killed: nothing is closed, nothing tidied */
}

MUST_USE static struct result tidy(struct play *play)
{
    TRY(open_place(play, play->words[0]));
    return ledger_tidy(play->place.store, play->arena);
}

/* ---- The table ------------------------------------------------------------------------------- */

static const struct verb {
    const char *name;
    size_t words;
    struct result (*run)(struct play *play);
} verbs[] = {{"make", 2, make},     {"set-up", 1, set_up}, {"acts", 4, acts},
             {"person", 1, person}, {"erase", 2, erase},   {"tidy", 1, tidy}};

int main(int argc, char **argv)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct play play = {
        .arena = arena, .words = argv + 2, .word_count = argc > 2 ? (size_t)argc - 2 : 0};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0] && argc > 1; i++) {
        if (strcmp(verbs[i].name, argv[1]) != 0 || verbs[i].words != play.word_count) {
            continue;
        }
        struct result done = verbs[i].run(&play);
        if (play.place.store) {
            store_close(play.place.store);
        }
        if (play.place.gate) {
            password_gate_close(play.place.gate);
        }
        if (!result_is_ok(done)) {
            say(done);
            return 1;
        }
        return 0;
    }
    fprintf(stderr, "usage: see tests/actions/play.c\n");
    return 2;
}

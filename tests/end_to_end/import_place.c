/*
 * tests/end_to_end/import_place.c - a store with a trust and schools, for scripts to import into.
 *
 *     import_place WHERE SCHOOLS.csv
 *
 * The schools have a head line, "code,name". Read first: tests/run_import.py, tools/make_people.py.
 */
#include <stdio.h>

#include "actions/actions.h"
#include "base/csv.h"
#include "identity/password.h"
#include "ledger/ledger.h"
#include "shelf/files.h"

#define BYTES_MAX ((size_t)1024 * 1024)

MUST_USE static struct result act(const struct actions_place *place, struct arena *arena,
                                  const char *action, const struct action_given *given,
                                  size_t count)
{
    struct action_request request = {
        .action = action_named(str_from(action)), .given = given, .given_count = count};
    struct action_outcome outcome;
    TRY(action_run(place, &request, arena, &outcome));
    return outcome.status == ACTION_DONE
               ? RESULT_OK
               : result_fail(RESULT_CODE_INVALID, "an action was not done",
                             outcome.error_count ? outcome.errors[0].message : STR("forbidden"));
}

MUST_USE static struct result fill(const struct actions_place *place, struct arena *arena,
                                   struct str schools)
{
    const struct action_given set_up[] = {
        {STR("trust"), STR("Ashdown Vale Learning Trust")},
        {STR("origin"), STR("handrail.ashdownvale.example")},
        {STR("school-name"), STR("The Trust's Office")},
        {STR("school-code"), STR("office")},
        {STR("nation"), STR("england")},
        {STR("name"), STR("Terry Technician")},
        {STR("email"), STR("it@ashdownvale.example")},
        {STR("password"), STR("quiet lamp under nine hedges")},
        {STR("kind"), STR("support-staff")},
        {STR("role"), STR("it-manager")},
    };
    TRY(act(place, arena, "trust.set-up", set_up, sizeof set_up / sizeof set_up[0]));
    struct csv *csv = ARENA_NEW(arena, struct csv);
    csv_open(csv, schools);
    while (csv_next(csv) == CSV_CELLS) {
        const struct action_given given[] = {{STR("code"), csv->cells[0].text},
                                             {STR("name"), csv->cells[1].text},
                                             {STR("nation"), STR("england")}};
        if (csv->line > 1 && csv->count == 2) {
            TRY(act(place, arena, "school.add", given, 3));
        }
    }
    return RESULT_OK;
}

MUST_USE static struct result make(struct arena *arena, const char *where, const char *path)
{
    static const struct action_choice kinds[] = {{STR_INIT("support-staff"), STR_INIT("support")}};
    static const struct action_choice roles[] = {{STR_INIT("it-manager"), STR_INIT("IT")}};
    struct str schools;
    TRY(note_start());
    TRY(shelf_file_read(arena, str_from(path), BYTES_MAX, &schools));
    struct actions_place place = {
        .words = {[ACTION_WORDS_KINDS] = {kinds, 1}, [ACTION_WORDS_ROLES] = {roles, 1}}};
    TRY(store_open(arena, str_from(where), &place.store));
    place.gate = password_gate_open(
        arena, (struct password_limits){
                   .cost = {.memory_kib = 64, .passes = 1}, .at_once_max = 1, .waiting_max = 1});
    struct result filled = fill(&place, arena, schools);
    password_gate_close(place.gate);
    store_close(place.store);
    return filled;
}

int main(int argc, char **argv)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    if (argc != 3) {
        fprintf(stderr, "usage: import_place WHERE SCHOOLS.csv\n");
        return 2;
    }
    struct result made = make(arena, argv[1], argv[2]);
    if (!result_is_ok(made)) {
        fprintf(stderr, "%s: " STR_FMT "\n", made.message, STR_ARG(made.detail));
    }
    return result_is_ok(made) ? 0 : 1;
}

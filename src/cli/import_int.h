/*
 * cli/import_int.h - what the parts of `handrail import` share.
 *
 * Read first: command_import.c. import_show.c shows what action_run() answered.
 */
#ifndef HANDRAIL_CLI_IMPORT_INT_H
#define HANDRAIL_CLI_IMPORT_INT_H

#include "cli/place.h"
#include "cli/progress.h"

struct people_run {
    struct cli *cli;
    struct place *place;
    struct person_id actor;
    struct str number; /* of the import, as it is shown */
    bool is_done;      /* carried out */
    bool is_undone;
    bool shows_all;
    struct action_outcome preview; /* what columns were read */
};

/* Does an action; false when it could not, which has then been said. */
bool people_act(struct people_run *run, const char *action, const struct action_given *given,
                size_t given_count, struct action_outcome *out) __attribute__((warn_unused_result));

/* The text of an entry, or empty. */
struct str people_entry(const struct action_outcome *outcome, const char *name);
int64_t people_entry_number(const struct action_outcome *outcome, const char *name);

/* Each writes to cli->out, and answers false when it could not, which has then been said. */
bool people_show(struct people_run *run) __attribute__((warn_unused_result));
bool people_write_json(struct people_run *run) __attribute__((warn_unused_result));
bool people_write_csv(struct people_run *run) __attribute__((warn_unused_result));

#endif

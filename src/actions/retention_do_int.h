/*
 * actions/retention_do_int.h - what the do_retention*.c files share.
 *
 * Read first: retention_int.h.
 */
#ifndef HANDRAIL_ACTIONS_RETENTION_DO_INT_H
#define HANDRAIL_ACTIONS_RETENTION_DO_INT_H

#include "actions/retention_int.h"

/* The schedule as it is in the call's transaction. */
MUST_USE struct result retention_schedule_of(struct action_call *call,
                                             struct retention_schedule *out);

/* "Done", "Stopped" ...; empty: "Under way". */
struct str retention_outcome_words(struct str outcome);

/* Who began an execution; empty: the program. */
struct str retention_by_words(struct str name);

#endif

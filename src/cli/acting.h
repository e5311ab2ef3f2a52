/*
 * cli/acting.h - commands that do what a page does: the records opened, somebody who acts, an
 * action run and its answer shown.
 *
 * Read first: place.h, actions/actions.h.
 * What must hold: everything goes through action_run(), as it does for a page.
 */
#ifndef HANDRAIL_CLI_ACTING_H
#define HANDRAIL_CLI_ACTING_H

#include "cli/place.h"

/* Where the policies are when no option says it. */
#define ACTING_PACKS "policies"

/* What the options of such a command say. */
struct acting_options {
    struct str data, store;  /* --data, --store */
    struct cli_values packs; /* --packs, several times if need be; none: ACTING_PACKS */
    struct str as;           /* --as: an e-mail address; empty: the program itself */
};

struct acting {
    struct cli *cli;
    struct place *place;
    struct person_id actor; /* 0: the program itself */
};

/* Whether records are named and there; an address given as --data is taken for --store. Says what
 * is wrong. */
bool acting_is_usable(struct cli *cli, struct acting_options *options)
    __attribute__((warn_unused_result));

/*
 * Opens policies and records, which must be set up, and finds who acts. Close acting->place with
 * place_close(). False when something is wrong, which has then been said.
 */
bool acting_open(struct cli *cli, const struct acting_options *options, struct acting *acting)
    __attribute__((warn_unused_result));

/* Does an action; false when it could not, which has then been said. */
bool acting_do(struct acting *acting, const char *action, const struct action_given *given,
               size_t given_count, struct action_outcome *out) __attribute__((warn_unused_result));

/* The same without a word about what is wrong; false for an operating failure, which is said. */
bool acting_try(struct acting *acting, const char *action, const struct action_given *given,
                size_t given_count, struct action_outcome *out) __attribute__((warn_unused_result));

/* Says what is wrong with an outcome that is not done. Answers false. */
bool acting_failed(struct acting *acting, const struct action_outcome *outcome);

/* The answer of an action as text: its title, entries and lists. */
void acting_show(struct acting *acting, const struct action *action,
                 const struct action_outcome *outcome);

/*
 * Does an action that shows something and shows all its pages: of those behind the first the list
 * `paged` alone. *first is the first page. False when it could not, which has then been said.
 */
bool acting_show_pages(struct acting *acting, const char *action, const struct action_given *given,
                       size_t given_count, const char *paged, struct action_outcome *first)
    __attribute__((warn_unused_result));

#endif

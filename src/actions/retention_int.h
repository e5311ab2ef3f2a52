/*
 * actions/retention_int.h - the classes of what is kept, and the walk through what is due.
 *
 * Read first: retention.h.
 *
 * A module that keeps something personal adds one row to the table of retention_classes.c: the name
 * that the vocabulary gives it with "kept", the event from which it counts, and three functions:
 * a page of what may be due, how it is erased, and what is left of all that an execution erased.
 * Their statements have one form, in records/retention.sql.
 *
 * The walk asks a class for what may be due, page by page, and keeps what is: of each item it finds
 * the schools, their policies' statements, the longest period, and who holds it.
 *
 * What must hold: an item stands behind `after` of its page and is not erased yet, or the walk
 * would never end; erasing an item takes it out of what may be due.
 */
#ifndef HANDRAIL_ACTIONS_RETENTION_INT_H
#define HANDRAIL_ACTIONS_RETENTION_INT_H

#include "actions/action_int.h"
#include "actions/retention.h"

/* Items asked for at a time, and looked at in one walk. */
#define RETENTION_PAGE_ROWS 500
#define RETENTION_SCAN_MAX 20000

/* Items that one act erases. */
#define RETENTION_STEP_ITEMS 100

/* Schools of a trust. */
#define RETENTION_SCHOOLS_MAX 2000

/* ---- Classes --------------------------------------------------------------------------------- */

/* Where an item stands in the order of its class. What the numbers mean the class alone knows. */
struct retention_spot {
    int64_t mark, id, part;
};

/* Before everything. */
#define RETENTION_SPOT_FIRST ((struct retention_spot){INT64_MIN, INT64_MIN, INT64_MIN})

struct retention_item {
    struct retention_spot spot; /* its mark is the day of the event, or the moment */
    struct person_id person;    /* whose it is; 0: nobody's */
    struct school_id school;    /* 0: those of the person, or all */
};

/* One page: what happened no later than a day, behind a spot. */
struct retention_page {
    struct civil_date latest;
    struct retention_spot after;
};

struct retention_items {
    struct retention_item *at;
    size_t count;
};

struct retention_erasing {
    struct store_transaction *transaction;
    struct person_id actor;
    struct str why; /* JSON, for the history: which execution, class, policy and clause */
};

struct retention_class {
    struct str kept, event; /* words of the vocabulary */
    struct str item_words;  /* "act" */
    bool is_by_moment;      /* marks are milliseconds in UTC; else days */
    struct result (*due)(struct store_transaction *transaction, const struct retention_page *page,
                         struct retention_items *out);
    /* All under one clause, in the order of their spots. */
    struct result (*erase)(const struct retention_erasing *erasing,
                           const struct retention_item *items, size_t count);
    /* Rows in which something of what the execution erased still stands. */
    struct result (*left)(struct store_transaction *transaction, struct row_id run, int64_t *rows);
};

extern const struct retention_class retention_classes[];
extern const size_t retention_class_count;

/* NULL: there is none of this name. */
const struct retention_class *retention_class_named(struct str kept);

/* The day from which an item's period counts. */
struct civil_date retention_item_day(const struct retention_class *class,
                                     const struct retention_item *item);

/* ---- The schedule: which statement counts at which school ------------------------------------ */

struct retention_school {
    struct school_id id;
    struct str name, policy;
};

struct retention_schedule {
    const struct retention_rules *rules;
    struct retention_school *schools;
    size_t school_count;
    struct str digest; /* of schools, their policies and what these state */
};

MUST_USE struct result retention_schedule_read(struct store_transaction *transaction,
                                               const struct retention_rules *rules,
                                               struct retention_schedule *out);

/* What a policy says of a class, from a day on: the longest. NULL: it is silent, or states no
 * period. */
const struct retention_rule *retention_rule_of(const struct retention_rules *rules,
                                               struct str policy,
                                               const struct retention_class *class,
                                               struct civil_date since);

/* ---- The walk -------------------------------------------------------------------------------- */

/* What is known of a person, for the items that follow. */
struct retention_known;

struct retention_found {
    struct retention_item item;
    struct civil_date since, due_on;
    const struct retention_rule *rule; /* the one that keeps longest */
    struct str school;                 /* its name; empty: several, or none */
    size_t school_count;
    const struct retention_known *known; /* of the person, until the walk goes on; may be NULL */
    struct row_id hold;                  /* 0: nobody holds it */
    struct str hold_why;
};

struct retention_walk {
    struct store_transaction *transaction;
    const struct retention_schedule *schedule;
    const struct retention_class *class;
    struct civil_date as_of;
    struct retention_page page;
    struct retention_items items;
    size_t at;
    size_t scanned;
    struct retention_spot spot; /* of what was looked at last */
    bool is_cut;                /* RETENTION_SCAN_MAX was reached: there may be more */
    struct retention_known *known;
};

struct retention_walk retention_walk_new(struct store_transaction *transaction,
                                         const struct retention_schedule *schedule,
                                         const struct retention_class *class,
                                         struct civil_date as_of, struct retention_spot after);

/* The next item that is due, held or not; false at the end. */
MUST_USE struct result retention_walk_next(struct retention_walk *walk, bool *is_there,
                                           struct retention_found *out);

/* Whether an item is that of a school, or its person is there among others. */
bool retention_is_at(const struct retention_schedule *schedule, const struct retention_found *found,
                     struct school_id school);

/* How many are due on a day and not held, of all classes. *is_cut: there may be more. */
MUST_USE struct result retention_count(struct store_transaction *transaction,
                                       const struct retention_schedule *schedule,
                                       struct civil_date as_of, int64_t *due, bool *is_cut);

/* ---- One person ------------------------------------------------------------------------------ */

/* Everything of a person goes; only the number stays. *acts: whose content is gone. CONFLICT when
 * they are erased already. Whoever calls has asked for holds. */
MUST_USE struct result person_erase_all(struct store_transaction *transaction,
                                        struct person_id person, struct person_id actor,
                                        struct str why, size_t *acts);

#endif

/*
 * store/statement.h - what the C functions made of .sql files (tools/sql.py) are made with.
 *
 * Read first: store.h. Nobody else includes this: write a statement in a .sql file instead.
 *
 * What must hold
 * - A statement is a constant; its address is its name in a connection's cache.
 * - Text that is bound is UTF-8 without a zero byte, on both engines; bytes may be anything.
 * - NULL stands for the empty text, 0, or no date, and only where a column says "?".
 */
#ifndef HANDRAIL_STORE_STATEMENT_H
#define HANDRAIL_STORE_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/instant.h"
#include "base/result.h"
#include "base/str.h"
#include "store/store.h"

enum store_kind { STORE_KIND_INT, STORE_KIND_TEXT, STORE_KIND_BYTES, STORE_KIND_COUNT };

struct store_value {
    enum store_kind kind;
    bool is_null;
    int64_t number;
    struct str text; /* of texts and bytes */
};

struct store_statement {
    const char *name;     /* for messages of failures */
    const char *sqlite;   /* with ?1 ?2 */
    const char *postgres; /* with $1 $2 */
    const enum store_kind *takes;
    size_t take_count;
    const enum store_kind *gives; /* the columns */
    size_t give_count;
};

/* `count` rows of give_count values each, one after the other. */
struct store_rows {
    const struct store_value *at;
    size_t count;
};

#define STORE_INT(value) ((struct store_value){.kind = STORE_KIND_INT, .number = (value)})
#define STORE_INT_OR_NULL(value) store_int_or_null(value)
#define STORE_TEXT(value) ((struct store_value){.kind = STORE_KIND_TEXT, .text = (value)})
#define STORE_TEXT_OR_NULL(value) store_text_or_null(STORE_KIND_TEXT, (value))
#define STORE_BYTES(value) ((struct store_value){.kind = STORE_KIND_BYTES, .text = (value)})
#define STORE_BYTES_OR_NULL(value) store_text_or_null(STORE_KIND_BYTES, (value))

/* No date, where there may be none. */
#define STORE_NO_DATE CIVIL_NO_DATE

static inline bool store_date_is_given(struct civil_date date)
{
    return civil_date_is_given(date);
}

static inline struct store_value store_int_or_null(int64_t number)
{
    return (struct store_value){.kind = STORE_KIND_INT, .is_null = number == 0, .number = number};
}

static inline struct store_value store_text_or_null(enum store_kind kind, struct str text)
{
    return (struct store_value){.kind = kind, .is_null = text.len == 0, .text = text};
}

static inline struct store_value store_date(struct civil_date date)
{
    return (struct store_value){.kind = STORE_KIND_INT, .number = date.days};
}

static inline struct store_value store_date_or_null(struct civil_date date)
{
    return (struct store_value){
        .kind = STORE_KIND_INT, .is_null = !store_date_is_given(date), .number = date.days};
}

static inline struct civil_date store_date_of(struct store_value value)
{
    return value.is_null ? STORE_NO_DATE : (struct civil_date){(int32_t)value.number};
}

/*
 * Carries out a statement that gives no rows. `changed` may be NULL: then PostgreSQL is not waited
 * for, and a failure comes to light at a later statement or at the commit, which says whose it is.
 * Errors: EXISTS (another row has this), MISSING (what it refers to is not there), INVALID (a
 * constraint of the tables forbids it), CONFLICT, LIMIT, IO.
 */
MUST_USE struct result store_do(struct store_transaction *transaction,
                                const struct store_statement *statement,
                                const struct store_value *values, size_t *changed);

/* The first row, or NULL in *row when there is none. */
MUST_USE struct result store_one(struct store_transaction *transaction,
                                 const struct store_statement *statement,
                                 const struct store_value *values, const struct store_value **row);

/* All rows. Errors as above, and LIMIT for more than STORE_ROWS_MAX. */
MUST_USE struct result store_many(struct store_transaction *transaction,
                                  const struct store_statement *statement,
                                  const struct store_value *values, struct store_rows *out);

#endif

/*
 * actions/retention_classes.c - the table of all classes of what is kept that the program can erase
 * by schedule.
 *
 * Read first: retention_int.h. A class is a row here, three statements in records/retention.sql,
 * its line in policies/vocabulary/vocabulary.md, and in docs/retention.md.
 */
#include "actions/retention_int.h"
#include "calendar/london.h"
#include "ledger/ledger.h"
#include "records/people.h"
#include "records/retention.h"

/* The first moment that is certainly behind a day, wherever the day ends. */
static int64_t moment_behind(struct civil_date day)
{
    return ((int64_t)day.days + 2) * INSTANT_DAY_MILLISECONDS;
}

/* A page of a class, from its statement NAME_due: all have rows of the same form. */
#define DUE_DEFINE(name, ...)                                                                      \
    MUST_USE static struct result name##_page(struct store_transaction *transaction,               \
                                              const struct retention_page *page,                   \
                                              struct retention_items *out)                         \
    {                                                                                              \
        struct name##_due_rows rows;                                                               \
        TRY(name##_due(transaction,                                                                \
                       (struct name##_due_in){__VA_ARGS__, .id = page->after.id,                   \
                                              .most = RETENTION_PAGE_ROWS},                        \
                       &rows));                                                                    \
        out->at = ARENA_ARRAY(store_arena(transaction), struct retention_item, rows.count + 1);    \
        out->count = rows.count;                                                                   \
        for (size_t i = 0; i < rows.count; i++) {                                                  \
            out->at[i] =                                                                           \
                (struct retention_item){{rows.at[i].mark, rows.at[i].id, rows.at[i].part},         \
                                        rows.at[i].person,                                         \
                                        rows.at[i].school};                                        \
        }                                                                                          \
        return RESULT_OK;                                                                          \
    }

/* What is left of an execution, from its statement NAME_left. */
#define LEFT_DEFINE(name)                                                                          \
    MUST_USE static struct result name##_rest(struct store_transaction *transaction,               \
                                              struct row_id run, int64_t *rows)                    \
    {                                                                                              \
        struct name##_left_row row = {0};                                                          \
        bool is_there = false;                                                                     \
        TRY(name##_left(transaction, (struct name##_left_in){run}, &is_there, &row));              \
        *rows = row.rows;                                                                          \
        return RESULT_OK;                                                                          \
    }

/* Items that are erased one by one, by a statement that takes their number. */
#define ERASE_DEFINE(name, statement, ...)                                                         \
    MUST_USE static struct result name##_erase(const struct retention_erasing *erasing,            \
                                               const struct retention_item *items, size_t count)   \
    {                                                                                              \
        for (size_t i = 0; i < count; i++) {                                                       \
            const struct retention_spot *spot = &items[i].spot;                                    \
            TRY(statement(erasing->transaction, (struct statement##_in){__VA_ARGS__}));            \
        }                                                                                          \
        return RESULT_OK;                                                                          \
    }

DUE_DEFINE(leavers, .latest = page->latest.days, .mark = page->after.mark)
DUE_DEFINE(declarations, .latest = moment_behind(page->latest), .mark = page->after.mark)
DUE_DEFINE(adjustments, .latest = page->latest.days, .mark = page->after.mark)
DUE_DEFINE(imports, .latest = moment_behind(page->latest), .mark = page->after.mark,
           .part = page->after.part)
DUE_DEFINE(tokens, .latest = moment_behind(page->latest), .mark = page->after.mark)
DUE_DEFINE(history, .latest = moment_behind(page->latest), .first_kind = LEDGER_KIND_FIRST)

LEFT_DEFINE(leavers)
LEFT_DEFINE(declarations)
LEFT_DEFINE(adjustments)
LEFT_DEFINE(imports)
LEFT_DEFINE(tokens)
LEFT_DEFINE(history)

ERASE_DEFINE(declarations, declaration_erase, .id = spot->id)
ERASE_DEFINE(adjustments, adjustment_erase, .id = spot->id)
ERASE_DEFINE(imports, import_line_erase, .id = spot->id, .part = spot->part)
ERASE_DEFINE(tokens, token_erase, .id = spot->id)

/* An act of the history for each person. */
MUST_USE static struct result leavers_erase(const struct retention_erasing *erasing,
                                            const struct retention_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t acts = 0;
        TRY(person_erase_all(erasing->transaction, items[i].person, erasing->actor, erasing->why,
                             &acts));
    }
    return RESULT_OK;
}

/* One act of the history for all of them: it names them by a digest. */
MUST_USE static struct result history_erase(const struct retention_erasing *erasing,
                                            const struct retention_item *items, size_t count)
{
    int64_t positions[RETENTION_STEP_ITEMS];
    for (size_t i = 0; i < count; i++) {
        positions[i] = items[i].spot.id;
    }
    return ledger_erase_acts(erasing->transaction, positions, count, erasing->actor, erasing->why);
}

#define CLASS(name, event_name, words, is_moment)                                                  \
    {                                                                                              \
        .kept = STR_INIT(#name), .event = STR_INIT(event_name), .item_words = STR_INIT(words),     \
        .is_by_moment = is_moment, .due = name##_page, .erase = name##_erase, .left = name##_rest  \
    }

/* What belongs to people stands before the people themselves: a step may be the last one. */
const struct retention_class retention_classes[] = {
    CLASS(declarations, "ending", "Declaration", true),
    CLASS(adjustments, "ending", "Adjustment", false),
    CLASS(imports, "making", "Line of an import", true),
    CLASS(tokens, "ending", "Key of a program", true),
    CLASS(history, "making", "Act", true),
    CLASS(leavers, "leaving", "Person", false),
};
const size_t retention_class_count = sizeof retention_classes / sizeof retention_classes[0];

const struct retention_class *retention_class_named(struct str kept)
{
    for (size_t i = 0; i < retention_class_count; i++) {
        if (str_equal(retention_classes[i].kept, kept)) {
            return &retention_classes[i];
        }
    }
    return NULL;
}

struct civil_date retention_item_day(const struct retention_class *class,
                                     const struct retention_item *item)
{
    return class->is_by_moment ? london_time_of((struct instant){item->spot.mark}).date
                               : (struct civil_date){(int32_t)item->spot.mark};
}

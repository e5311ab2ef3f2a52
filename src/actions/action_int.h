/*
 * actions/action_int.h - how a row of the table is written.
 *
 *     static const struct action_field add_fields[] = {
 *         {.name = STR_INIT("name"), .label = STR_INIT("Full name"), .is_required = true},
 *     };
 *     MUST_USE static struct result add(struct action_call *call)
 *     {
 *         struct str name = action_text(call, "name");
 *         ... statements of records/ with call->transaction ...
 *         return RESULT_OK;
 *     }
 *     const struct action action_person_add = {.number = 40, .name = STR_INIT("person.add"), ...};
 *
 * and a line in table.c, and one for each role in permissions.tsv.
 *
 * What must hold
 * - What takes long (the hash of a password) is done by `prepare`, before the transaction begins.
 *   Permission was asked before it, and is asked again behind it: it changes nothing.
 * - `locate` sets whom it is about, and the schools, where no field says it: a row that is named by
 *   its own number. It runs before permission is asked; when there is no such row it sets nothing.
 * - A function of a READ does not write. One of a CHANGE writes through call->transaction alone.
 * - When something that was given cannot be used, action_error() says so and the function goes on
 *   or answers OK: what it wrote is undone.
 */
#ifndef HANDRAIL_ACTIONS_ACTION_INT_H
#define HANDRAIL_ACTIONS_ACTION_INT_H

#include "actions/actions.h"

struct action_value {
    bool is_given;
    struct str text; /* as it was given, trimmed; an address folded */
    int64_t number;  /* numbers, minutes, ids, revisions */
    struct civil_date date;
};

/* Schools of one person. */
#define ACTION_SCHOOLS_MAX 64

/* What a function adds to the act in the ledger. */
#define ACTION_NOTES_MAX 12

struct action_note {
    struct str name, text;
};

struct action_call {
    const struct actions_place *place;
    const struct action_request *request;
    const struct action *action;
    struct arena *arena;
    struct store_transaction *transaction;
    struct action_outcome *outcome;
    struct action_value values[ACTION_FIELDS_MAX];
    struct civil_date today;
    struct person_id actor;
    struct person_id person; /* about whom; a function that makes somebody sets it */
    struct school_id school;
    struct action_role roles[ACTION_ROLES_MAX]; /* of the actor */
    size_t role_count;
    struct school_id schools[ACTION_SCHOOLS_MAX]; /* that it is about */
    size_t school_count;
    struct str prepared; /* what `prepare` made, such as the hash of a password */
    struct action_note notes[ACTION_NOTES_MAX];
    size_t note_count;
    struct str *filled; /* for `fill`: the values that a form begins with */
};

/* ---- Reading what was given: the field must be one of the action's --------------------------- */

const struct action_value *action_value(const struct action_call *call, const char *name);
struct str action_text(const struct action_call *call, const char *name);
int64_t action_number(const struct action_call *call, const char *name);
struct civil_date action_date(const struct action_call *call, const char *name); /* or none */
struct person_id action_person(const struct action_call *call, const char *name);
struct school_id action_school(const struct action_call *call, const char *name);

/* Reads all fields into call->values; what is wrong becomes errors. */
void action_read_fields(struct action_call *call);

/* Sets what a form begins with. */
void action_begin_with(struct action_call *call, const char *name, struct str value);

/* "2026-11-29", or empty for no date. */
struct str action_date_text(struct arena *arena, struct civil_date date);

/*
 * For `prepare`: judges the field "password", says beside it what is wrong, or hashes it into
 * call->prepared. `own`: what a stranger would try for this person.
 */
MUST_USE struct result action_password_prepare(struct action_call *call, const struct str *own,
                                               size_t own_count);

/*
 * Who invites sees the link, and who has the link can choose the password; who changes an address
 * says who is let in by it. So nobody opens, shuts or moves the account of a person whose roles
 * reach further than the own right to do so: an error is said beside `field`.
 */
MUST_USE struct result action_check_reach(struct action_call *call, const char *field);

/* ---- Answering ------------------------------------------------------------------------------- */

void action_error(struct action_call *call, const char *field, struct str message);
bool action_has_errors(const struct action_call *call);

/* CONFLICT unless exactly one row was changed. */
MUST_USE struct result action_changed(struct action_call *call, size_t changed);

/* One entry: a name for programs, a label for people. Empty texts are left out. */
void action_say(struct action_call *call, const char *name, const char *label, struct str text);
void action_say_number(struct action_call *call, const char *name, const char *label,
                       int64_t number);
void action_say_link(struct action_call *call, const char *name, const char *label, struct str text,
                     const char *action, const char *field, int64_t id);

/* A list, and a row of as many cells as columns, to be written by the caller. */
struct action_list *action_list(struct action_call *call, const char *name, const char *title,
                                const struct action_column *columns, size_t column_count,
                                const char *nothing);
struct action_cell *action_row(struct action_call *call, struct action_list *list);
struct action_cell action_cell_link(struct action_call *call, struct str text, const char *action,
                                    const char *field, int64_t id);
struct action_cell action_cell_linked(struct action_call *call, struct action_cell cell,
                                      const char *action, const char *field, int64_t id);

/* A link to change one of several: "row" is its number. Nothing for who may not. */
struct action_cell action_cell_row(struct action_call *call, const char *words,
                                   const struct action *action, const char *field, int64_t id,
                                   struct row_id row);

struct action_cell action_cell_number(struct action_call *call, int64_t number);

/* The number of an act of the history, with a link to its page. */
struct action_cell action_cell_act(struct action_call *call, int64_t position);

/* A moment by the clock on the wall; programs get it in UTC. */
struct action_cell action_cell_instant(struct action_call *call, struct instant instant);

/* A day in words; and a value as the choices call it. */
struct action_cell action_cell_date(struct action_call *call, struct civil_date date);
struct action_cell action_cell_word(struct action_call *call, enum action_words words,
                                    struct str value);
/* What the word means as "FACT VALUE VALUE"; empty when it says nothing of that. */
struct str action_word_means(struct action_call *call, enum action_words words, struct str value);
struct action_cell action_cell_choice(const struct action_choice *choices, size_t count,
                                      struct str value);
void action_say_date(struct action_call *call, const char *name, const char *label,
                     struct civil_date date);
void action_say_cell(struct action_call *call, const char *name, const char *label,
                     struct action_cell cell);

/* Who it is, with a link to the person's page; left empty for nobody. */
MUST_USE struct result action_person_cell(struct action_call *call, struct person_id id,
                                          struct action_cell *cell);

/* Offers another action, if the actor may do it about these. 0: not said. */
void action_offer(struct action_call *call, const struct action *action, const char *first,
                  int64_t first_id, const char *second, int64_t second_id);

/* May the actor do this about what this call is about? */
bool action_may(const struct action_call *call, const struct action *action);

/* The same at one school alone; 0: for the whole trust. */
bool action_may_at(const struct action_call *call, const struct action *action,
                   struct school_id school);

/* One more thing that stands in the ledger with the act: a number of something, a count, a digest;
 * never a name. */
void action_note(struct action_call *call, const char *name, struct str text);
void action_note_number(struct action_call *call, const char *name, int64_t number);

/* SHA-256 in hexadecimal digits. */
struct str action_digest_text(struct arena *arena, struct str digest);

/* Tells whoever waits how far this is. */
void action_tell(const struct action_call *call, size_t done, size_t all);

#define ACTION_COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Fields that come from the link and say what it is about: a person, a school, a row of a list. */
#define ACTION_LINKED_FIELD(field_name, words, of_kind, needed)                                    \
    {                                                                                              \
        .name = STR_INIT(field_name), .label = STR_INIT(words), .kind = (of_kind),                 \
        .is_required = (needed), .is_hidden = true                                                 \
    }
#define ACTION_PERSON_FIELD ACTION_LINKED_FIELD("person", "Person", ACTION_PERSON, true)
#define ACTION_SCHOOL_FIELD(needed) ACTION_LINKED_FIELD("school", "School", ACTION_SCHOOL, needed)
#define ACTION_ROW_FIELD ACTION_LINKED_FIELD("row", "Row", ACTION_ROW, true)

#endif

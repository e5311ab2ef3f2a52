/*
 * actions/actions.h - everything that a person can do with what is kept: one table, one way to run
 * its rows. A page, a call of the API and a command all go through action_run().
 *
 *     struct action_request request = {.action = action_named(STR("person.add")),
 *                                      .actor = me, .given = fields, .given_count = count};
 *     struct action_outcome outcome;
 *     TRY(action_run(place, &request, arena, &outcome));
 *
 * action_run() reads the fields, asks permissions.tsv, begins a transaction, lets the row's
 * function read and write, appends to the ledger, remembers the answer under the request's key, and
 * commits.
 *
 * Read next: action_int.h (how a row is written), permissions.tsv (who may do what), table.c.
 *
 * What must hold
 * - Nothing that is kept is changed but by a row of this table.
 * - Who may is asked before anything about the person or school in question is told.
 * - An act of a CHANGE stands in the ledger, in the same transaction. Reading leaves no trace.
 * - With a key, a request that comes again is answered as before and not done again.
 */
#ifndef HANDRAIL_ACTIONS_ACTIONS_H
#define HANDRAIL_ACTIONS_ACTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "actions/retention.h"
#include "base/arena.h"
#include "base/civil.h"
#include "base/result.h"
#include "base/str.h"
#include "store/ids.h"
#include "store/store.h"

/* Fields of one form, and of one request. */
#define ACTION_FIELDS_MAX 24

/* Roles that one person may hold at a time. */
#define ACTION_ROLES_MAX 64

/* Rows of a list on one page. */
#define ACTION_PAGE_ROWS 50

/* The key that a sender chooses so that nothing is done twice. */
#define ACTION_KEY_BYTES_MAX 100

/* Sensitive acts want to know who it is, not longer ago than this. */
#define ACTION_PROOF_MILLISECONDS (15 * INSTANT_MINUTE_MILLISECONDS)

/* ---- The table ------------------------------------------------------------------------------- */

enum action_kind {
    ACTION_READ,   /* shows something */
    ACTION_CHANGE, /* does something: a leaf of the ledger */
    ACTION_KIND_COUNT
};

enum action_about {
    ACTION_ABOUT_TRUST,
    ACTION_ABOUT_SCHOOL,  /* that of the field "school"; the whole trust when it is left out */
    ACTION_ABOUT_SCHOOLS, /* which ones is known only when it has been read: whoever may do it at
                             some school begins, and the function asks action_may_at() for each */
    ACTION_ABOUT_PERSON,  /* that of the field "person" and the schools where this person is */
    ACTION_ABOUT_SELF,    /* who does it */
    ACTION_ABOUT_COUNT
};

enum action_field_kind {
    ACTION_TEXT,
    ACTION_LONG_TEXT,
    ACTION_FILE, /* its bytes, not trimmed; in the ledger stand their number and digest */
    ACTION_EMAIL,
    ACTION_PASSWORD, /* as it was typed, not trimmed; always secret */
    ACTION_DATE,
    ACTION_TIME, /* "08:45": minutes of the day */
    ACTION_NUMBER,
    ACTION_YES,      /* "yes", or left out */
    ACTION_CHOICE,   /* one of `choices`, or of the words of the place that are named */
    ACTION_PERSON,   /* a number, as store_id_format() writes it */
    ACTION_SCHOOL,   /* the same */
    ACTION_ROW,      /* the same, of something else */
    ACTION_REVISION, /* the state of a record that was changed: hidden in forms */
    ACTION_FIELD_KIND_COUNT
};

/* Where the choices come from. */
enum action_words {
    ACTION_WORDS_OWN, /* the field's `choices` */
    ACTION_WORDS_ROLES,
    ACTION_WORDS_KINDS, /* of people */
    ACTION_WORDS_TIMES, /* what a moment of the day can be */
    ACTION_WORDS_POLICIES,
    ACTION_WORDS_RELATIONSHIPS, /* what can be declared */
    ACTION_WORDS_KEPT,          /* kinds of what is kept */
    ACTION_WORDS_COUNT
};

struct action_choice {
    struct str value, label;
    struct str means; /* of ACTION_WORDS_RELATIONSHIPS: "FACT VALUE VALUE", else empty */
};

struct action_field {
    struct str name; /* in forms, JSON and commands */
    struct str label, hint;
    enum action_field_kind kind;
    enum action_words words;
    const struct action_choice *choices;
    size_t choice_count;
    size_t bytes_max;        /* of texts; 0: 200 */
    struct str name_field;   /* of ACTION_FILE: the field that the file's name goes into, if any */
    struct str autocomplete; /* of HTML: what of who fills the form it is, such as "email" */
    bool is_required;
    bool is_hidden; /* in pages: comes from the link */
    bool is_secret; /* never stands in the ledger, in answers or in logs */
};

struct action_call;

struct action {
    uint16_t number; /* of its kind of act in the ledger: never used for another */
    struct str name; /* "person.add" */
    struct str title, help;
    struct str button; /* of its form; empty: the title */
    enum action_kind kind;
    enum action_about about;
    bool is_sensitive;  /* wants a fresh proof of who it is */
    bool is_first_step; /* may be done by who has to set up a second factor before anything else */
    const struct action_field *fields;
    size_t field_count;
    struct result (*prepare)(struct action_call *); /* before the act's transaction; may be NULL */
    struct result (*locate)(struct action_call *);  /* see action_int.h; may be NULL */
    struct result (*run)(struct action_call *);
    struct result (*fill)(struct action_call *); /* what the form begins with; may be NULL */
    struct str
        after; /* the action whose page shows what was done, with the same person or school */
};

extern const struct action *const action_table[];
extern const size_t action_count;

/* NULL when there is none. */
const struct action *action_named(struct str name);
const struct action *action_numbered(uint16_t number);

/* What kind of act a number in the ledger is, for people: "Give a role". */
struct str action_kind_words(int64_t kind);

/* ---- Who may: permissions.tsv ---------------------------------------------------------------- */

enum action_scope {
    ACTION_SCOPE_SELF,   /* about oneself */
    ACTION_SCOPE_SCHOOL, /* with the role for that school, or for the whole trust */
    ACTION_SCOPE_TRUST,  /* with the role for the whole trust */
    ACTION_SCOPE_COUNT
};

struct action_permission {
    struct str action, role; /* role "anyone": whoever is signed in */
    enum action_scope scope;
};

/* Made of permissions.tsv by tools/permissions.py. */
extern const struct action_permission action_permissions[];
extern const size_t action_permission_count;

struct action_role {
    struct str role;
    struct school_id school; /* 0: the whole trust */
};

/*
 * May who holds these roles do this about that person (0: nobody) at any of those schools? Pure, so
 * that the tests and the page of permissions ask the same as action_run().
 */
bool action_is_permitted(const struct action *action, const struct action_role *roles,
                         size_t role_count, bool is_self, const struct school_id *schools,
                         size_t school_count);

/* ---- Run ------------------------------------------------------------------------------------- */

/* A list of words of the policies that choices are taken from. */
struct action_word_list {
    const struct action_choice *at;
    size_t count;
};

/* The choice whose value that is, or NULL. */
const struct action_choice *action_choice_find(struct action_word_list list, struct str value);

struct keeper;
struct password_gate;
struct provider_seat;
struct sealed_key;

/* What all actions of a program share. Read-only but for the store. */
struct actions_place {
    struct store *store;
    struct password_gate *gate;   /* through which passwords are hashed; NULL: none are */
    const struct sealed_key *key; /* that secrets are sealed with; NULL: none can be kept */
    struct provider_seat *seat;   /* the school's provider; NULL: nobody signs in with one */
    struct keeper *keeper;        /* whose key verifies the history; NULL: none is known */
    struct action_word_list words[ACTION_WORDS_COUNT];
    struct retention_rules retention; /* what the policies say of how long anything is kept */
    struct str version;               /* of the program */
    bool is_demonstration; /* PASSWORD_DEMONSTRATION may be chosen: cli/command_demo.c alone */
};

struct action_given {
    struct str name, value;
};

/* Called now and then by what takes long, in the thread of the caller. */
struct action_progress {
    void *context;
    void (*tell)(void *context, int64_t done, int64_t all);
};

struct action_request {
    const struct action *action;
    struct person_id actor;   /* 0: the program itself, which may do everything */
    struct row_id session;    /* through which the actor is signed in; 0: another way */
    struct instant proven_at; /* when the actor last proved who it is; 0: never */
    bool is_factor_vouched;   /* the provider says that there was a second factor */
    struct str scopes;        /* of a token: names of actions, or "*"; empty: no token */
    struct str key;           /* may be empty */
    struct instant now;       /* when it was done; 0: now. For demonstrations and imports alone */
    const struct action_given *given;
    size_t given_count;
    struct action_progress progress; /* may be {0} */
};

enum action_status {
    ACTION_DONE,      /* or shown */
    ACTION_INVALID,   /* see errors */
    ACTION_FORBIDDEN, /* not by this person, or there is no such thing: they look the same */
    ACTION_UNPROVEN,  /* a fresh proof is wanted first */
    ACTION_FACTOR,    /* the actor has to set up a second factor first */
    ACTION_CONFLICT,  /* somebody else changed it meanwhile, or the key was used for another act */
    ACTION_STATUS_COUNT
};

struct action_error {
    struct str field; /* may be empty: the whole */
    struct str message;
};

enum action_cell_kind { ACTION_CELL_TEXT, ACTION_CELL_NUMBER, ACTION_CELL_COUNT };

/* One thing that is shown, which may lead to another action. */
struct action_cell {
    struct str text;
    struct str raw;    /* for programs, where it is another: a value, a day as 2026-11-29 */
    struct str action; /* name of an action, or empty */
    struct str field;  /* and the field that says about whom: "person" */
    struct str value;
    struct str row; /* of its field "row", when the action is about one of several; or empty */
};

struct action_column {
    struct str name; /* in JSON */
    struct str label;
    enum action_cell_kind kind;
};

struct action_entry {
    struct action_column column;
    struct action_cell cell;
};

struct action_list {
    struct str name; /* in JSON */
    struct str title;
    struct str nothing; /* what to say when it is empty */
    const struct action_column *columns;
    size_t column_count;
    struct action_cell *cells; /* row by row */
    size_t row_count;
    size_t capacity; /* rows */
};

/* What can be done next about what is shown. */
struct action_link {
    const struct action *action;
    struct action_given given[2];
    size_t given_count;
    struct str label; /* empty: the action's title */
};

/* Something to keep, beside what is shown. The name is the program's own: letters, digits, -._ */
struct action_file {
    struct str name, label, text;
};

#define ACTION_LISTS_MAX 8
#define ACTION_ENTRIES_MAX 32
#define ACTION_LINKS_MAX 24

struct action_answer {
    struct str title;   /* empty: the action's */
    struct str note;    /* a sentence below it; may be empty */
    struct str picture; /* what a QR code says, which is shown with it; may be empty */
    struct action_entry entries[ACTION_ENTRIES_MAX];
    size_t entry_count;
    struct action_list lists[ACTION_LISTS_MAX];
    size_t list_count;
    struct action_link links[ACTION_LINKS_MAX];
    size_t link_count;
    struct action_file file; /* for reading actions; its name is empty when there is none */
    struct str next; /* value of the field "after" for the next page; empty: this was the last */
};

struct action_outcome {
    enum action_status status;
    struct action_error *errors;
    size_t error_count;
    struct action_answer answer;
    int64_t position;        /* in the ledger; -1: none */
    bool is_repeated;        /* this was done before, under the same key */
    struct person_id person; /* about whom */
    struct school_id school;
};

/* Operating failures alone are results that fail; all else stands in *out. */
MUST_USE struct result action_run(const struct actions_place *place,
                                  const struct action_request *request, struct arena *arena,
                                  struct action_outcome *out);

/* What a form begins with: as many values as the action has fields, in their order. */
MUST_USE struct result action_fill(const struct actions_place *place,
                                   const struct action_request *request, struct arena *arena,
                                   struct str values[ACTION_FIELDS_MAX],
                                   struct action_outcome *out);

/* The choices of a field of kind CHOICE or SCHOOL; of schools, by name, at most so many. */
MUST_USE struct result action_choices(const struct actions_place *place, struct arena *arena,
                                      const struct action_field *field, int64_t most,
                                      struct action_word_list *out);

/* What the school of this number is called; empty for none. */
MUST_USE struct result action_school_name(const struct actions_place *place, struct arena *arena,
                                          struct str school, struct str *out);

/* The list, and what an entry says, of that name in JSON. Never NULL: empty when there is none. */
const struct action_list *action_list_named(const struct action_answer *answer, const char *name);
const struct action_cell *action_entry_named(const struct action_answer *answer, const char *name);

/* The same as JSON: entries, lists, next; and "position" of an act. */
struct str action_answer_json(struct arena *arena, const struct action *action,
                              const struct action_outcome *outcome);

#endif

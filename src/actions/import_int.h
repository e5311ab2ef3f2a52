/*
 * actions/import_int.h - how an import of people becomes changes of what is kept.
 *
 *     file ─ import_people_read ─ rows ─┐
 *     store ─ import_world_read ────────┴─ import_match ─ import_plan ─ lines ─ import_write
 *
 * Read first: docs/import.md, import/people.h, records/imports.sql.
 *
 *     import_world.c   all people and schools that there are, found by number, address and name
 *     import_match.c   which rows are one person, and who that is here
 *     import_plan.c    what stands there now, and what would: a line for each person
 *     import_state.c   the two as JSON, compared, and told apart field by field
 *     import_write.c   from the one to the other
 *     do_import.c, do_import_see.c   the rows of the table of actions
 *
 * What must hold
 * - A state is all of a person that an import touches. A line is written only where what stands
 *   there is what its `earlier` says, and undone only where it is what its `later` says.
 * - What somebody said by hand of leaving is never changed by an import.
 * - Address and last day decide who can sign in: they are not changed of somebody whose roles reach
 *   further than the right of who imports (action_check_reach() asks the same of one person).
 * - Nobody is drawn into a school by its list: who is elsewhere alone is imported by the trust.
 */
#ifndef HANDRAIL_ACTIONS_IMPORT_INT_H
#define HANDRAIL_ACTIONS_IMPORT_INT_H

#include "actions/action_int.h"
#include "import/people.h"

/* A preview that nobody has carried out is forgotten after this. */
#define IMPORT_PREVIEW_MILLISECONDS (7 * INSTANT_DAY_MILLISECONDS)

/* More leavers than this need a second look: a list of some schools' staff was cut short. */
#define IMPORT_LEAVERS_PERCENT_MAX 20

/* Schools of one import, and rows of the store read at a time. */
#define IMPORT_SCHOOLS_MAX 4096
#define IMPORT_PAGE_ROWS 10000

/* Posts of one person. */
#define IMPORT_POSTS_MAX 64

/* ---- States: import_state.c ------------------------------------------------------------------ */

struct import_post {
    struct school_id school;
    struct str kind, job;
    struct civil_date starts, ends;
    bool is_imported;
};

struct import_state {
    struct str name, sort_name, known_as, email, reference;
    struct civil_date joined, left;
    struct row_id left_run;          /* the import that said so; 0: somebody */
    const struct import_post *posts; /* by school and kind */
    size_t post_count;
};

/* One text for one state, so that texts can be compared instead. */
struct str import_state_json(struct arena *arena, const struct import_state *state);

/* Reads it. False when it is none; the texts borrow from the arena. */
bool import_state_read(struct arena *arena, struct str json, struct import_state *out)
    __attribute__((warn_unused_result));

bool import_post_equal(const struct import_post *a, const struct import_post *b);

/* Where the state says the same school and kind as `wanted`; NULL, as for no state. */
const struct import_post *import_post_find(const struct import_state *state,
                                           const struct import_post *wanted);
bool import_person_equal(const struct import_state *a, const struct import_state *b);

/* Whether it is over on a day. */
bool import_post_is_over(const struct import_post *post, struct civil_date day);

/* One field that is another afterwards. */
struct import_difference {
    struct str label;
    struct action_cell before, after;
};

/* The differences, in the arena; `earlier` may be NULL: all of `later`. */
size_t import_state_compare(struct action_call *call, const struct import_state *earlier,
                            const struct import_state *later, const struct import_difference **out);

/* ---- The world: import_world.c --------------------------------------------------------------- */

/* A sorted list of texts and where they lead, since a hash of strangers' words could be slow. */
struct import_key {
    struct str text;
    uint32_t at;
};
struct import_keys {
    struct import_key *at;
    size_t count;
};

void import_keys_sort(struct import_keys keys);

/* The first of these, or SIZE_MAX; those that are equal stand together, in the order of `at`. */
size_t import_keys_find(struct import_keys keys, struct str text);

struct import_known {
    struct person_id id;
    struct import_state state;
    bool is_in_file; /* on a refused line too */
    bool is_matched;
    bool is_beyond; /* has a role where the actor may not import */
};

struct import_school {
    struct school_id id;
    struct str name;
    bool is_closed;
    bool is_in_file;
};

struct import_world {
    struct import_known *people; /* by number */
    size_t count;
    struct import_keys by_reference, by_email;
    struct import_school *schools; /* by number */
    size_t school_count;
    struct import_keys by_code, by_name;
};

MUST_USE struct result import_world_read(struct action_call *call, struct import_world *out);

struct import_known *import_world_person(const struct import_world *world, struct person_id id);
struct import_school *import_world_school(const struct import_world *world, struct school_id id);

/* Whether what would stand there decides anew who signs in, beyond what the actor may. */
bool import_is_beyond(const struct import_known *known, const struct import_state *to);

/* By its code, or by one of its names; NULL when there is none, or when two are called so. */
struct import_school *import_world_school_called(struct arena *arena,
                                                 const struct import_world *world, struct str text);

/* Who has this number or address, or NULL; an empty text is nobody's. */
struct import_known *import_world_by_reference(const struct import_world *world,
                                               struct str reference);
struct import_known *import_world_by_email(const struct import_world *world, struct str email);

/* ---- Matching: import_match.c ---------------------------------------------------------------- */

struct import_entry {
    const struct import_people_row *row;
    struct import_school *school; /* NULL when refused before it was found */
    struct str remark;            /* why it is refused; empty: it is not */
};

/* Rows of one person: places in the entries, in the order of the file. */
struct import_group {
    uint32_t *entries;
    size_t count;
    struct str reference, email; /* of all its rows */
    struct import_known *known;  /* NULL: nobody yet */
};

struct import_match {
    const struct import_people *people;
    struct import_entry *entries; /* one for each row */
    struct import_group *groups;  /* by their first rows */
    size_t group_count;
};

/* Schools that the actor may not import into become errors of the call. */
void import_match(struct action_call *call, struct import_world *world,
                  const struct import_people *people, struct school_id school_of_all,
                  struct import_match *out);

/* ---- The plan: import_plan.c ----------------------------------------------------------------- */

enum import_change {
    IMPORT_ADDED,
    IMPORT_CHANGED,
    IMPORT_LEFT,
    IMPORT_REFUSED,
    IMPORT_CHANGE_COUNT
};

struct str import_change_word(enum import_change change); /* "added" */

struct import_plan_line {
    uint32_t line; /* of the file; 0: none */
    enum import_change change;
    struct person_id person;   /* 0: nobody yet */
    struct str earlier, later; /* JSON */
    struct str remark;
};

struct import_plan {
    struct import_plan_line *lines;
    size_t count;
    int64_t totals[IMPORT_CHANGE_COUNT];
    int64_t absent; /* not in the file any more */
    int64_t base;   /* people of the file's schools who came from imports */
    int64_t same, passed;
};

/* `run` is the number that the import will have. Without leavers nobody is said to have left. */
void import_plan_make(struct action_call *call, const struct import_world *world,
                      const struct import_match *match, struct row_id run, bool with_leavers,
                      struct import_plan *out);

/* ---- Writing: import_write.c ----------------------------------------------------------------- */

/* `from` NULL: somebody new. What is the same in both is not written. */
MUST_USE struct result import_state_write(struct action_call *call, struct person_id person,
                                          const struct import_state *from,
                                          const struct import_state *to);

/* An addition taken back: only the number stays. */
MUST_USE struct result import_person_take_back(struct action_call *call, struct person_id person,
                                               const struct import_state *from);

/* ---- Kept: do_import.c ----------------------------------------------------------------------- */

/* Previews that nobody has carried out for IMPORT_PREVIEW_MILLISECONDS go. */
MUST_USE struct result import_forget(struct store_transaction *transaction);

/* ---- Shown: do_import_see.c ------------------------------------------------------------------ */

/* The counts of a run, its first lines, and what can be done next. MISSING when there is none. */
MUST_USE struct result import_show(struct action_call *call, struct row_id run, struct str change,
                                   int64_t after);

/* MISSING unless the actor may do this for all schools of the run. */
MUST_USE struct result import_admit(struct action_call *call, struct row_id run);

/* What imports did to a person, for the person's page. */
MUST_USE struct result import_show_of_person(struct action_call *call);

#endif

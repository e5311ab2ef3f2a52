/*
 * import/people.h - people out of the list that a school's staff system exports: rows, and what is
 * wrong with the others, by line and column. Pure: what becomes of the rows is decided elsewhere.
 *
 *     struct diag_list diags = diag_list_new(arena);
 *     const struct import_people *people = import_people_read(arena, text, &options, &diags);
 *     if (diag_error_count(&diags) > 0) ... nothing can be read: no people, no such columns ...
 *     for (size_t i = 0; i < people->row_count; i++) ... people->rows[i] ...
 *
 * Read first: base/csv.h. Read next: people_columns.c, which knows how SIMS, Arbor, Bromcom and
 * others name their columns; docs/import.md says the same for offices.
 *
 * What must hold
 * - A bad line costs itself alone, and is said with its place and what to do; what stands in its
 *   cells is not, since messages are passed around more freely than the list.
 * - A row is kept of a refused line too, with whatever number and address could be read: who stands
 *   there has not left.
 * - Nothing is guessed: a date that can be read two ways, a cell that a spreadsheet would run, a
 *   kind of staff that nobody has named are refused.
 * - Text is UTF-8, without controls, line breaks and marks that cannot be seen, blanks single.
 */
#ifndef HANDRAIL_IMPORT_PEOPLE_H
#define HANDRAIL_IMPORT_PEOPLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/diag.h"
#include "base/str.h"

/* All people of a large trust with a line for each of their posts, and room. */
#define IMPORT_PEOPLE_ROWS_MAX 100000
#define IMPORT_PEOPLE_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* One text of a person, and the number in the staff system. */
#define IMPORT_TEXT_BYTES_MAX 200
#define IMPORT_REFERENCE_BYTES_MAX 60

/* What the person who imports says of columns and words. */
#define IMPORT_MAPPINGS_MAX 64

enum import_people_field {
    IMPORT_PEOPLE_REFERENCE, /* the number in the staff system */
    IMPORT_PEOPLE_NAME,      /* whole: "Ada Byron", or "Byron, Ada" */
    IMPORT_PEOPLE_FORENAME,
    IMPORT_PEOPLE_SURNAME,
    IMPORT_PEOPLE_KNOWN_AS,
    IMPORT_PEOPLE_EMAIL,
    IMPORT_PEOPLE_SCHOOL, /* code, number or name */
    IMPORT_PEOPLE_SCHOOL_NAME,
    IMPORT_PEOPLE_KIND, /* teacher, support staff ... */
    IMPORT_PEOPLE_JOB,
    IMPORT_PEOPLE_STARTS,
    IMPORT_PEOPLE_ENDS,
    IMPORT_PEOPLE_FIELD_COUNT
};

/* "reference", "known-as": as mappings say it. */
struct str import_people_field_name(enum import_people_field field);

/*
 * "Payroll Ref=reference": the column of that head is this field. "Notes=-": it is not read.
 * "TCH=kind:teacher": where the file says so in its column of kinds, or as a job, that is meant.
 */
struct import_mapping {
    struct str word, meaning;
};

struct import_people_options {
    struct str file; /* for messages */
    const struct import_mapping *mappings;
    size_t mapping_count;
    const struct str *kinds; /* that there are, in the policy's words */
    size_t kind_count;
    struct str kind; /* of those whose line does not say it; may be empty */
    bool has_school; /* a school is known for lines that name none */
};

struct import_people_row {
    uint32_t line; /* of the file, from 1 */
    bool is_refused;
    struct str reference, email; /* one of them at least, unless refused */
    struct str name;             /* "Ada Byron" */
    struct str sorted;           /* "Byron, Ada", where the file says which is which; or empty */
    struct str known_as;
    struct str school, school_name; /* as they stand there */
    struct str kind;                /* one of options.kinds */
    struct str job;
    struct civil_date starts, ends; /* or CIVIL_NO_DATE */
};

struct import_people_fault {
    uint32_t line, column; /* column 0: the whole line */
    struct str message, hint;
};

struct import_people_column {
    struct str head;
    enum import_people_field field; /* COUNT: not read */
};

struct import_people {
    const struct import_people_column *columns;
    size_t column_count;
    bool has[IMPORT_PEOPLE_FIELD_COUNT]; /* some column says it */
    const struct import_people_row *rows;
    size_t row_count;
    const struct import_people_fault *faults; /* by line; of refused rows */
    size_t fault_count;
    bool was_windows; /* not UTF-8 but Windows-1252, and converted */
    bool is_whole;    /* whoever stands on a refused line has a number or an address there */
};

/*
 * Never NULL. What is wrong with the file as a whole is added to `diags`; then there are no rows.
 * Nothing borrows from `text`.
 */
const struct import_people *import_people_read(struct arena *arena, struct str text,
                                               const struct import_people_options *options,
                                               struct diag_list *diags);

/*
 * Reads "word=meaning" texts, parted by line breaks or semicolons. False when one is none of these,
 * or there are more than IMPORT_MAPPINGS_MAX.
 */
bool import_mappings_read(struct arena *arena, struct str text, struct import_mapping **out,
                          size_t *count) __attribute__((warn_unused_result));

#endif

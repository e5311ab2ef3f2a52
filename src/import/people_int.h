/*
 * import/people_int.h - how people.c reads a list. Read first: people.h.
 *
 * people_columns.c knows heads, people_words.c what cells say, windows.c the other encoding.
 */
#ifndef HANDRAIL_IMPORT_PEOPLE_INT_H
#define HANDRAIL_IMPORT_PEOPLE_INT_H

#include "base/csv.h"
#include "import/people.h"

/* A head or a word as it is compared: small letters and digits alone. Longer ones are cut. */
#define IMPORT_PLAIN_BYTES_MAX 64

#define IMPORT_NO_CELL UINT32_MAX

struct import_head {
    struct import_people_column columns[LIMIT_CSV_CELLS_MAX];
    uint32_t cells;                           /* of the head line */
    uint32_t cell[IMPORT_PEOPLE_FIELD_COUNT]; /* which cell says it, or IMPORT_NO_CELL */
};

/* "Middle Name(s)" is "middlenames". Letters beyond ASCII stay as they are. */
struct str import_plain(struct str text, char room[IMPORT_PLAIN_BYTES_MAX]);

/* The columns of the head line that was read last; what is missing is an error. */
bool import_head_read(struct arena *arena, const struct csv *csv,
                      const struct import_people_options *options, struct diag_list *diags,
                      struct import_head *head);

enum import_date_outcome {
    IMPORT_DATE_FINE,
    IMPORT_DATE_LOOSE,       /* day first, but it could be read month first too */
    IMPORT_DATE_MONTH_FIRST, /* month first alone: other dates of the file may be so too */
    IMPORT_DATE_SHORT_YEAR,
    IMPORT_DATE_IMPOSSIBLE,
    IMPORT_DATE_NONE, /* no date at all */
    IMPORT_DATE_COUNT
};

/* dd/mm/yyyy (or with "-" or "."), yyyy-mm-dd, d Mon yyyy; midnight behind it is passed over. */
enum import_date_outcome import_date_read(struct str text, struct civil_date *out);

/*
 * The kind that a cell means: a word of the options' own, one of their mappings, or a word that
 * offices use. The empty text when it is none.
 */
struct str import_kind_of(struct str cell, const struct import_people_options *options);

/* Whether the bytes are no UTF-8 and can be Windows-1252. */
bool import_is_windows(struct str text);

/* In UTF-8; the five bytes that mean nothing there become controls, which are refused. */
struct str import_windows_decode(struct arena *arena, struct str text);

#endif

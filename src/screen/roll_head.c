/*
 * screen/roll_head.c - how files name their columns, and what stands in them.
 *
 * Read first: roll_int.h. Start at: roll_head_read. Heads are those of roll.h and those that school
 * management systems and offices write; a row is one more of them.
 *
 * What must hold: messages name columns and lines, and nothing that stands in a cell.
 */
#include "screen/roll_int.h"

#include <string.h>

/* A head is compared in lower case, with one space where it has "_", "-", "." or several. */
#define HEAD_BYTES_MAX 64

struct head_word {
    struct str word;
    enum roll_column column;
};

/* Of two that mean the same column the one that stands further up here is taken. */
static const struct head_word SCREEN_ROLL_HEADS[] = {
    {STR_INIT("kind"), ROLL_KIND},
    {STR_INIT("type"), ROLL_KIND},
    {STR_INIT("person type"), ROLL_KIND},
    {STR_INIT("category"), ROLL_KIND},
    {STR_INIT("group type"), ROLL_KIND},

    {STR_INIT("name"), ROLL_NAME},
    {STR_INIT("full name"), ROLL_NAME},
    {STR_INIT("fullname"), ROLL_NAME},
    {STR_INIT("pupil name"), ROLL_NAME},
    {STR_INIT("student name"), ROLL_NAME},
    {STR_INIT("staff name"), ROLL_NAME},
    {STR_INIT("parent name"), ROLL_NAME},
    {STR_INIT("pupil"), ROLL_NAME},
    {STR_INIT("student"), ROLL_NAME},
    {STR_INIT("surname forename"), ROLL_NAME},
    {STR_INIT("legal name"), ROLL_NAME},

    {STR_INIT("forename"), ROLL_FORENAME},
    {STR_INIT("forenames"), ROLL_FORENAME},
    {STR_INIT("first name"), ROLL_FORENAME},
    {STR_INIT("firstname"), ROLL_FORENAME},
    {STR_INIT("given name"), ROLL_FORENAME},
    {STR_INIT("legal forename"), ROLL_FORENAME},
    {STR_INIT("legal first name"), ROLL_FORENAME},
    {STR_INIT("pupil forename"), ROLL_FORENAME},
    {STR_INIT("student forename"), ROLL_FORENAME},
    {STR_INIT("first"), ROLL_FORENAME},

    {STR_INIT("middle name"), ROLL_MIDDLE},
    {STR_INIT("middle names"), ROLL_MIDDLE},
    {STR_INIT("middle name(s)"), ROLL_MIDDLE},

    {STR_INIT("surname"), ROLL_SURNAME},
    {STR_INIT("last name"), ROLL_SURNAME},
    {STR_INIT("lastname"), ROLL_SURNAME},
    {STR_INIT("family name"), ROLL_SURNAME},
    {STR_INIT("legal surname"), ROLL_SURNAME},
    {STR_INIT("legal last name"), ROLL_SURNAME},
    {STR_INIT("pupil surname"), ROLL_SURNAME},
    {STR_INIT("student surname"), ROLL_SURNAME},
    {STR_INIT("preferred surname"), ROLL_SURNAME},
    {STR_INIT("preferred last name"), ROLL_SURNAME},
    {STR_INIT("last"), ROLL_SURNAME},

    {STR_INIT("known as"), ROLL_KNOWN_AS},
    {STR_INIT("preferred forename"), ROLL_KNOWN_AS},
    {STR_INIT("preferred first name"), ROLL_KNOWN_AS},
    {STR_INIT("preferred name"), ROLL_KNOWN_AS},
    {STR_INIT("chosen name"), ROLL_KNOWN_AS},
    {STR_INIT("chosen forename"), ROLL_KNOWN_AS},
    {STR_INIT("nickname"), ROLL_KNOWN_AS},

    {STR_INIT("school"), ROLL_SCHOOL},
    {STR_INIT("school name"), ROLL_SCHOOL},
    {STR_INIT("establishment"), ROLL_SCHOOL},
    {STR_INIT("academy"), ROLL_SCHOOL},
    {STR_INIT("site"), ROLL_SCHOOL},

    {STR_INIT("year"), ROLL_YEAR},
    {STR_INIT("year group"), ROLL_YEAR},
    {STR_INIT("yeargroup"), ROLL_YEAR},
    {STR_INIT("nc year"), ROLL_YEAR},
    {STR_INIT("nc year actual"), ROLL_YEAR},
    {STR_INIT("national curriculum year"), ROLL_YEAR},
    {STR_INIT("curriculum year"), ROLL_YEAR},

    {STR_INIT("class"), ROLL_CLASS},
    {STR_INIT("class name"), ROLL_CLASS},
    {STR_INIT("reg"), ROLL_CLASS},
    {STR_INIT("reg group"), ROLL_CLASS},
    {STR_INIT("reg form"), ROLL_CLASS},
    {STR_INIT("registration group"), ROLL_CLASS},
    {STR_INIT("registration form"), ROLL_CLASS},
    {STR_INIT("registration"), ROLL_CLASS},
    {STR_INIT("form"), ROLL_CLASS},
    {STR_INIT("form group"), ROLL_CLASS},
    {STR_INIT("tutor group"), ROLL_CLASS},
    {STR_INIT("tutor"), ROLL_CLASS},

    {STR_INIT("role"), ROLL_ROLE},
    {STR_INIT("job title"), ROLL_ROLE},
    {STR_INIT("job"), ROLL_ROLE},
    {STR_INIT("post"), ROLL_ROLE},
    {STR_INIT("post title"), ROLL_ROLE},
    {STR_INIT("position"), ROLL_ROLE},
    {STR_INIT("relationship"), ROLL_ROLE},

    {STR_INIT("photo consent"), ROLL_PHOTO},
    {STR_INIT("photo permission"), ROLL_PHOTO},
    {STR_INIT("photograph consent"), ROLL_PHOTO},
    {STR_INIT("image consent"), ROLL_PHOTO},
    {STR_INIT("photos"), ROLL_PHOTO},
    {STR_INIT("photo"), ROLL_PHOTO},
    {STR_INIT("photographs"), ROLL_PHOTO},
};

#define HEAD_WORDS (sizeof SCREEN_ROLL_HEADS / sizeof *SCREEN_ROLL_HEADS)

/* Columns that only one sort of person has: a file without a column for the kind is then of those.
 * */
struct head_kind {
    struct str word;
    enum screen_person_kind kind;
};

static const struct head_kind head_kinds[] = {
    {STR_INIT("upn"), SCREEN_PERSON_PUPIL},
    {STR_INIT("adno"), SCREEN_PERSON_PUPIL},
    {STR_INIT("admission number"), SCREEN_PERSON_PUPIL},
    {STR_INIT("pupil name"), SCREEN_PERSON_PUPIL},
    {STR_INIT("student name"), SCREEN_PERSON_PUPIL},
    {STR_INIT("pupil forename"), SCREEN_PERSON_PUPIL},
    {STR_INIT("student forename"), SCREEN_PERSON_PUPIL},
    {STR_INIT("pupil"), SCREEN_PERSON_PUPIL},
    {STR_INIT("student"), SCREEN_PERSON_PUPIL},
    {STR_INIT("staff name"), SCREEN_PERSON_STAFF},
    {STR_INIT("staff code"), SCREEN_PERSON_STAFF},
    {STR_INIT("job title"), SCREEN_PERSON_STAFF},
    {STR_INIT("post title"), SCREEN_PERSON_STAFF},
    {STR_INIT("parent name"), SCREEN_PERSON_PARENT},
    {STR_INIT("relationship"), SCREEN_PERSON_PARENT},
};

/* ---- Words of cells -------------------------------------------------------------------------- */

/* Lower case of ASCII, one space for each run of blanks and divisions. */
static struct str word_plain(struct str cell, char out[HEAD_BYTES_MAX])
{
    size_t length = 0;
    bool is_after_blank = true;
    for (size_t i = 0; i < cell.len && length < HEAD_BYTES_MAX; i++) {
        char c = cell.at[i];
        bool is_blank = c == ' ' || c == '_' || c == '-' || c == '.' || c == '/' || c == ',' ||
                        c == '\t' || c == '\n' || c == '\r' || c == ':' || c == '?';
        if (!is_blank) {
            out[length++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        } else if (!is_after_blank) {
            out[length++] = ' ';
        }
        is_after_blank = is_blank;
    }
    return str_trim((struct str){out, length});
}

struct cell_word {
    struct str word;
    unsigned value;
};

static unsigned cell_value(struct str cell, const struct cell_word *words, size_t count,
                           unsigned none)
{
    char room[HEAD_BYTES_MAX];
    struct str plain = word_plain(cell, room);
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i].word, plain)) {
            return words[i].value;
        }
    }
    return none;
}

enum screen_person_kind roll_kind_of(struct str cell)
{
    static const struct cell_word words[] = {
        {STR_INIT("pupil"), SCREEN_PERSON_PUPIL},
        {STR_INIT("pupils"), SCREEN_PERSON_PUPIL},
        {STR_INIT("student"), SCREEN_PERSON_PUPIL},
        {STR_INIT("students"), SCREEN_PERSON_PUPIL},
        {STR_INIT("learner"), SCREEN_PERSON_PUPIL},
        {STR_INIT("child"), SCREEN_PERSON_PUPIL},
        {STR_INIT("staff"), SCREEN_PERSON_STAFF},
        {STR_INIT("teacher"), SCREEN_PERSON_STAFF},
        {STR_INIT("teaching"), SCREEN_PERSON_STAFF},
        {STR_INIT("support"), SCREEN_PERSON_STAFF},
        {STR_INIT("employee"), SCREEN_PERSON_STAFF},
        {STR_INIT("governor"), SCREEN_PERSON_STAFF},
        {STR_INIT("teaching staff"), SCREEN_PERSON_STAFF},
        {STR_INIT("support staff"), SCREEN_PERSON_STAFF},
        {STR_INIT("member of staff"), SCREEN_PERSON_STAFF},
        {STR_INIT("parent"), SCREEN_PERSON_PARENT},
        {STR_INIT("parents"), SCREEN_PERSON_PARENT},
        {STR_INIT("carer"), SCREEN_PERSON_PARENT},
        {STR_INIT("guardian"), SCREEN_PERSON_PARENT},
        {STR_INIT("mother"), SCREEN_PERSON_PARENT},
        {STR_INIT("father"), SCREEN_PERSON_PARENT},
        {STR_INIT("contact"), SCREEN_PERSON_PARENT},
        {STR_INIT("parent carer"), SCREEN_PERSON_PARENT},
    };
    return (enum screen_person_kind)cell_value(cell, words, sizeof words / sizeof *words,
                                               SCREEN_PERSON_KIND_COUNT);
}

enum screen_photo_consent roll_photo_of(struct str cell)
{
    static const struct cell_word words[] = {
        {STR_INIT(""), SCREEN_PHOTO_NOT_TOLD},
        {STR_INIT("not told"), SCREEN_PHOTO_NOT_TOLD},
        {STR_INIT("unknown"), SCREEN_PHOTO_NOT_TOLD},
        {STR_INIT("not known"), SCREEN_PHOTO_NOT_TOLD},
        {STR_INIT("n a"), SCREEN_PHOTO_NOT_TOLD},
        {STR_INIT("none"), SCREEN_PHOTO_NOT_TOLD},
        {STR_INIT("yes"), SCREEN_PHOTO_YES},
        {STR_INIT("y"), SCREEN_PHOTO_YES},
        {STR_INIT("true"), SCREEN_PHOTO_YES},
        {STR_INIT("1"), SCREEN_PHOTO_YES},
        {STR_INIT("given"), SCREEN_PHOTO_YES},
        {STR_INIT("granted"), SCREEN_PHOTO_YES},
        {STR_INIT("no"), SCREEN_PHOTO_NO},
        {STR_INIT("n"), SCREEN_PHOTO_NO},
        {STR_INIT("false"), SCREEN_PHOTO_NO},
        {STR_INIT("0"), SCREEN_PHOTO_NO},
        {STR_INIT("refused"), SCREEN_PHOTO_NO},
        {STR_INIT("denied"), SCREEN_PHOTO_NO},
        {STR_INIT("withdrawn"), SCREEN_PHOTO_WITHDRAWN},
        {STR_INIT("revoked"), SCREEN_PHOTO_WITHDRAWN},
    };
    return (enum screen_photo_consent)cell_value(cell, words, sizeof words / sizeof *words,
                                                 SCREEN_PHOTO_COUNT);
}

/* ---- The head line --------------------------------------------------------------------------- */

static void cells_place(const struct csv *csv, struct roll_head *head)
{
    size_t rank[ROLL_COLUMN_COUNT];
    for (unsigned column = 0; column < ROLL_COLUMN_COUNT; column++) {
        head->cell[column] = ROLL_NO_CELL;
        rank[column] = HEAD_WORDS;
    }
    for (size_t cell = 0; cell < csv->count; cell++) {
        char room[HEAD_BYTES_MAX];
        struct str plain = word_plain(csv->cells[cell].text, room);
        for (size_t i = 0; i < HEAD_WORDS; i++) {
            enum roll_column column = SCREEN_ROLL_HEADS[i].column;
            if (str_equal(SCREEN_ROLL_HEADS[i].word, plain) && i < rank[column]) {
                rank[column] = i;
                head->cell[column] = (uint32_t)cell;
            }
        }
    }
}

/* Two columns of the same name: which one is meant cannot be known. */
static void heads_compare(const struct csv *csv, struct str file, struct diag_list *diags)
{
    for (size_t a = 0; a < csv->count; a++) {
        for (size_t b = 0; b < a && csv->cells[a].text.len > 0; b++) {
            if (str_equal(csv->cells[a].text, csv->cells[b].text)) {
                diag_addf(diags, DIAG_WARNING, STR("two-columns"), file, csv->line,
                          csv_column(csv, csv->cells[a].start),
                          STR("Take one of them out, or give it another name."),
                          "columns %zu and %zu have the same head; the first is read", b + 1,
                          a + 1);
                break;
            }
        }
    }
}

static enum screen_person_kind kind_of_all(const struct csv *csv, const struct roll_head *head)
{
    for (size_t cell = 0; cell < csv->count; cell++) {
        char room[HEAD_BYTES_MAX];
        struct str plain = word_plain(csv->cells[cell].text, room);
        for (size_t i = 0; i < sizeof head_kinds / sizeof *head_kinds; i++) {
            if (str_equal(head_kinds[i].word, plain)) {
                return head_kinds[i].kind;
            }
        }
    }
    bool has_class = head->cell[ROLL_CLASS] != ROLL_NO_CELL;
    return has_class || head->cell[ROLL_YEAR] != ROLL_NO_CELL ? SCREEN_PERSON_PUPIL
                                                              : SCREEN_PERSON_KIND_COUNT;
}

bool roll_head_read(const struct csv *csv, struct str file, struct diag_list *diags,
                    struct roll_head *head)
{
    cells_place(csv, head);
    heads_compare(csv, file, diags);
    head->cells = (uint32_t)csv->count;
    head->kind = SCREEN_PERSON_KIND_COUNT;
    bool has_name =
        head->cell[ROLL_NAME] != ROLL_NO_CELL ||
        (head->cell[ROLL_FORENAME] != ROLL_NO_CELL && head->cell[ROLL_SURNAME] != ROLL_NO_CELL);
    if (!has_name) {
        diag_add(diags, DIAG_ERROR, STR("no-name-column"), file, csv->line, 0,
                 STR("no column of this file is called \"name\", or \"forename\" and \"surname\""),
                 STR("The first line must name the columns, such as: kind,name,known_as,school,"
                     "year,class,role,photo_consent."));
        return false;
    }
    if (head->cell[ROLL_KIND] == ROLL_NO_CELL) {
        head->kind = kind_of_all(csv, head);
        if (head->kind == SCREEN_PERSON_KIND_COUNT) {
            diag_add(diags, DIAG_ERROR, STR("no-kind-column"), file, csv->line, 0,
                     STR("no column of this file says who is pupil, staff or parent"),
                     STR("Add a column with the head \"kind\" that has pupil, staff or parent in"
                         " each line."));
            return false;
        }
    }
    return true;
}

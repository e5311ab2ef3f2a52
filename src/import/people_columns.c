/*
 * import/people_columns.c - how staff systems name their columns, and which of them are read.
 *
 * Read first: people_int.h. Start at: import_head_read. A head that is missing is one more row of
 * `head_words`.
 */
#include "import/people_int.h"

#include <string.h>

static const struct str field_names[IMPORT_PEOPLE_FIELD_COUNT] = {
    [IMPORT_PEOPLE_REFERENCE] = STR_INIT("reference"),
    [IMPORT_PEOPLE_NAME] = STR_INIT("name"),
    [IMPORT_PEOPLE_FORENAME] = STR_INIT("forename"),
    [IMPORT_PEOPLE_SURNAME] = STR_INIT("surname"),
    [IMPORT_PEOPLE_KNOWN_AS] = STR_INIT("known-as"),
    [IMPORT_PEOPLE_EMAIL] = STR_INIT("email"),
    [IMPORT_PEOPLE_SCHOOL] = STR_INIT("school"),
    [IMPORT_PEOPLE_SCHOOL_NAME] = STR_INIT("school-name"),
    [IMPORT_PEOPLE_KIND] = STR_INIT("kind"),
    [IMPORT_PEOPLE_JOB] = STR_INIT("job"),
    [IMPORT_PEOPLE_STARTS] = STR_INIT("starts"),
    [IMPORT_PEOPLE_ENDS] = STR_INIT("ends"),
};

struct head_word {
    struct str word; /* plain */
    enum import_people_field field;
};

/* Of two columns that mean the same field the one that stands further up here is read. */
static const struct head_word head_words[] = {
    {STR_INIT("reference"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("employeeid"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("employeenumber"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("employeeno"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("employeecode"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("employeereference"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("staffid"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("arborstaffid"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("staffnumber"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("staffreference"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("personid"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("personnumber"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("misid"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("externalid"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("sourcedid"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("identifier"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("payrollnumber"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("payrollno"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("payrollid"), IMPORT_PEOPLE_REFERENCE},
    {STR_INIT("staffcode"), IMPORT_PEOPLE_REFERENCE},

    {STR_INIT("name"), IMPORT_PEOPLE_NAME},
    {STR_INIT("fullname"), IMPORT_PEOPLE_NAME},
    {STR_INIT("staffname"), IMPORT_PEOPLE_NAME},
    {STR_INIT("employeename"), IMPORT_PEOPLE_NAME},
    {STR_INIT("staffmember"), IMPORT_PEOPLE_NAME},
    {STR_INIT("displayname"), IMPORT_PEOPLE_NAME},
    {STR_INIT("legalname"), IMPORT_PEOPLE_NAME},

    {STR_INIT("forename"), IMPORT_PEOPLE_FORENAME},
    {STR_INIT("forenames"), IMPORT_PEOPLE_FORENAME},
    {STR_INIT("firstname"), IMPORT_PEOPLE_FORENAME},
    {STR_INIT("givenname"), IMPORT_PEOPLE_FORENAME},
    {STR_INIT("legalforename"), IMPORT_PEOPLE_FORENAME},
    {STR_INIT("legalfirstname"), IMPORT_PEOPLE_FORENAME},

    {STR_INIT("surname"), IMPORT_PEOPLE_SURNAME},
    {STR_INIT("lastname"), IMPORT_PEOPLE_SURNAME},
    {STR_INIT("familyname"), IMPORT_PEOPLE_SURNAME},
    {STR_INIT("legalsurname"), IMPORT_PEOPLE_SURNAME},
    {STR_INIT("legallastname"), IMPORT_PEOPLE_SURNAME},
    {STR_INIT("preferredsurname"), IMPORT_PEOPLE_SURNAME},
    {STR_INIT("preferredlastname"), IMPORT_PEOPLE_SURNAME},

    {STR_INIT("knownas"), IMPORT_PEOPLE_KNOWN_AS},
    {STR_INIT("preferredforename"), IMPORT_PEOPLE_KNOWN_AS},
    {STR_INIT("preferredfirstname"), IMPORT_PEOPLE_KNOWN_AS},
    {STR_INIT("preferredname"), IMPORT_PEOPLE_KNOWN_AS},
    {STR_INIT("chosenforename"), IMPORT_PEOPLE_KNOWN_AS},
    {STR_INIT("chosenname"), IMPORT_PEOPLE_KNOWN_AS},

    {STR_INIT("workemail"), IMPORT_PEOPLE_EMAIL},
    {STR_INIT("workemailaddress"), IMPORT_PEOPLE_EMAIL},
    {STR_INIT("emailwork"), IMPORT_PEOPLE_EMAIL},
    {STR_INIT("schoolemail"), IMPORT_PEOPLE_EMAIL},
    {STR_INIT("primaryemail"), IMPORT_PEOPLE_EMAIL},
    {STR_INIT("mainemail"), IMPORT_PEOPLE_EMAIL},
    {STR_INIT("email"), IMPORT_PEOPLE_EMAIL},
    {STR_INIT("emailaddress"), IMPORT_PEOPLE_EMAIL},
    {STR_INIT("userprincipalname"), IMPORT_PEOPLE_EMAIL},

    {STR_INIT("schoolcode"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("urn"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("schoolurn"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("schoolid"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("dfenumber"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("establishmentnumber"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("laestab"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("orgsourcedids"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("school"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("establishment"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("academy"), IMPORT_PEOPLE_SCHOOL},
    {STR_INIT("site"), IMPORT_PEOPLE_SCHOOL},

    {STR_INIT("schoolname"), IMPORT_PEOPLE_SCHOOL_NAME},
    {STR_INIT("establishmentname"), IMPORT_PEOPLE_SCHOOL_NAME},
    {STR_INIT("academyname"), IMPORT_PEOPLE_SCHOOL_NAME},
    {STR_INIT("school"), IMPORT_PEOPLE_SCHOOL_NAME},
    {STR_INIT("establishment"), IMPORT_PEOPLE_SCHOOL_NAME},

    {STR_INIT("kind"), IMPORT_PEOPLE_KIND},
    {STR_INIT("stafftype"), IMPORT_PEOPLE_KIND},
    {STR_INIT("staffcategory"), IMPORT_PEOPLE_KIND},
    {STR_INIT("staffgroup"), IMPORT_PEOPLE_KIND},
    {STR_INIT("employeetype"), IMPORT_PEOPLE_KIND},
    {STR_INIT("persontype"), IMPORT_PEOPLE_KIND},
    {STR_INIT("category"), IMPORT_PEOPLE_KIND},
    {STR_INIT("type"), IMPORT_PEOPLE_KIND},

    {STR_INIT("jobtitle"), IMPORT_PEOPLE_JOB},
    {STR_INIT("job"), IMPORT_PEOPLE_JOB},
    {STR_INIT("posttitle"), IMPORT_PEOPLE_JOB},
    {STR_INIT("post"), IMPORT_PEOPLE_JOB},
    {STR_INIT("position"), IMPORT_PEOPLE_JOB},
    {STR_INIT("roletitle"), IMPORT_PEOPLE_JOB},
    {STR_INIT("mainrole"), IMPORT_PEOPLE_JOB},
    {STR_INIT("jobrole"), IMPORT_PEOPLE_JOB},
    {STR_INIT("role"), IMPORT_PEOPLE_JOB},

    {STR_INIT("startdate"), IMPORT_PEOPLE_STARTS},
    {STR_INIT("dateofarrival"), IMPORT_PEOPLE_STARTS},
    {STR_INIT("employmentstartdate"), IMPORT_PEOPLE_STARTS},
    {STR_INIT("employmentstart"), IMPORT_PEOPLE_STARTS},
    {STR_INIT("datestarted"), IMPORT_PEOPLE_STARTS},
    {STR_INIT("datejoined"), IMPORT_PEOPLE_STARTS},
    {STR_INIT("joiningdate"), IMPORT_PEOPLE_STARTS},
    {STR_INIT("contractstartdate"), IMPORT_PEOPLE_STARTS},
    {STR_INIT("starts"), IMPORT_PEOPLE_STARTS},

    {STR_INIT("leavingdate"), IMPORT_PEOPLE_ENDS},
    {STR_INIT("dateofleaving"), IMPORT_PEOPLE_ENDS},
    {STR_INIT("leavedate"), IMPORT_PEOPLE_ENDS},
    {STR_INIT("dateleft"), IMPORT_PEOPLE_ENDS},
    {STR_INIT("enddate"), IMPORT_PEOPLE_ENDS},
    {STR_INIT("employmentenddate"), IMPORT_PEOPLE_ENDS},
    {STR_INIT("employmentend"), IMPORT_PEOPLE_ENDS},
    {STR_INIT("contractenddate"), IMPORT_PEOPLE_ENDS},
    {STR_INIT("ends"), IMPORT_PEOPLE_ENDS},
};

#define HEAD_WORDS (sizeof head_words / sizeof head_words[0])

struct str import_people_field_name(enum import_people_field field)
{
    return field_names[field];
}

struct str import_plain(struct str text, char room[IMPORT_PLAIN_BYTES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < text.len && count < IMPORT_PLAIN_BYTES_MAX; i++) {
        char c = text.at[i];
        bool is_large = c >= 'A' && c <= 'Z';
        bool is_kept = is_large || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       (unsigned char)c >= 0x80;
        if (is_kept) {
            room[count++] = (char)(is_large ? c - 'A' + 'a' : c);
        }
    }
    return (struct str){room, count};
}

/* ---- What was said of columns ---------------------------------------------------------------- */

static bool is_of_column(const struct import_mapping *mapping)
{
    return !str_starts(mapping->meaning, STR("kind:"));
}

static enum import_people_field field_named(struct str name)
{
    size_t field = 0;
    while (field < IMPORT_PEOPLE_FIELD_COUNT && !str_equal(field_names[field], name)) {
        field++;
    }
    return (enum import_people_field)field;
}

/* The cell of this head, or IMPORT_NO_CELL. */
static uint32_t cell_headed(const struct csv *csv, struct str head)
{
    char room[IMPORT_PLAIN_BYTES_MAX], other[IMPORT_PLAIN_BYTES_MAX];
    struct str plain = import_plain(head, room);
    for (size_t i = 0; i < csv->count; i++) {
        if (str_equal(import_plain(csv->cells[i].text, other), plain)) {
            return (uint32_t)i;
        }
    }
    return IMPORT_NO_CELL;
}

static struct str heads_text(struct arena *arena, const struct csv *csv)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < csv->count && out.len < IMPORT_TEXT_BYTES_MAX * 4; i++) {
        text_addf(&out, "%s" STR_FMT, i ? ", " : "", STR_ARG(csv->cells[i].text));
    }
    return text_str(&out);
}

/* A mapping that names what is not there is an error: it was meant, and would be missed. */
static void mapping_place(struct arena *arena, const struct csv *csv,
                          const struct import_people_options *options,
                          const struct import_mapping *mapping, struct diag_list *diags,
                          struct import_head *head, bool is_told[LIMIT_CSV_CELLS_MAX])
{
    uint32_t cell = cell_headed(csv, mapping->word);
    enum import_people_field field = field_named(mapping->meaning);
    bool is_ignored = str_equal(mapping->meaning, STR("-"));
    if (cell == IMPORT_NO_CELL) {
        diag_addf(diags, DIAG_ERROR, STR("no-such-column"), options->file, csv->line, 0,
                  str_format(arena, "the columns are: " STR_FMT, STR_ARG(heads_text(arena, csv))),
                  "the file has no column \"" STR_FMT "\"", STR_ARG(mapping->word));
    } else if (field == IMPORT_PEOPLE_FIELD_COUNT && !is_ignored) {
        diag_addf(diags, DIAG_ERROR, STR("no-such-field"), options->file, 0, 0,
                  STR("say one of: reference, name, forename, surname, known-as, email, school, "
                      "school-name, kind, job, starts, ends; or - for a column that is not read"),
                  "a column cannot be \"" STR_FMT "\"", STR_ARG(mapping->meaning));
    } else {
        is_told[cell] = true;
        head->columns[cell].field = field;
        if (!is_ignored) {
            head->cell[field] = cell;
        }
    }
}

/* ---- The head line --------------------------------------------------------------------------- */

/* The columns that nobody has spoken of, by their heads; the best head of each field. */
static void heads_place(const struct csv *csv, struct import_head *head,
                        const bool is_told[LIMIT_CSV_CELLS_MAX])
{
    size_t rank[IMPORT_PEOPLE_FIELD_COUNT];
    for (size_t field = 0; field < IMPORT_PEOPLE_FIELD_COUNT; field++) {
        rank[field] = head->cell[field] == IMPORT_NO_CELL ? HEAD_WORDS : 0;
    }
    for (uint32_t cell = 0; cell < csv->count; cell++) {
        char room[IMPORT_PLAIN_BYTES_MAX];
        struct str plain = import_plain(csv->cells[cell].text, room);
        for (size_t i = 0; i < HEAD_WORDS && !is_told[cell]; i++) {
            enum import_people_field field = head_words[i].field;
            if (i < rank[field] && str_equal(head_words[i].word, plain)) {
                rank[field] = i;
                head->cell[field] = cell;
            }
        }
    }
    if (head->cell[IMPORT_PEOPLE_SCHOOL_NAME] == head->cell[IMPORT_PEOPLE_SCHOOL]) {
        head->cell[IMPORT_PEOPLE_SCHOOL_NAME] = IMPORT_NO_CELL;
    }
    bool has_names = head->cell[IMPORT_PEOPLE_FORENAME] != IMPORT_NO_CELL &&
                     head->cell[IMPORT_PEOPLE_SURNAME] != IMPORT_NO_CELL;
    if (has_names) {
        head->cell[IMPORT_PEOPLE_NAME] = IMPORT_NO_CELL;
    }
    for (size_t field = 0; field < IMPORT_PEOPLE_FIELD_COUNT; field++) {
        if (head->cell[field] != IMPORT_NO_CELL) {
            head->columns[head->cell[field]].field = (enum import_people_field)field;
        }
    }
}

struct missing_column {
    bool is_missing;
    const char *code, *message, *hint;
};

static void missing_add(const struct csv *csv, const struct import_people_options *options,
                        const struct import_head *head, struct diag_list *diags)
{
#define HAS(field) (head->cell[IMPORT_PEOPLE_##field] != IMPORT_NO_CELL)
    const struct missing_column missing[] = {
        {!HAS(NAME) && !(HAS(FORENAME) && HAS(SURNAME)), "no-name-column",
         "no column is called \"Name\", or \"Forename\" and \"Surname\"",
         "The first line must name the columns. Say which column it is, such as "
         "\"Staff Member=name\"."},
        {!HAS(REFERENCE) && !HAS(EMAIL), "no-reference-column",
         "no column has the number of the person (\"Employee ID\") or the e-mail (\"Work Email\")",
         "One of the two is needed, so that the same person is found again next time. Say which "
         "column it is, such as \"Payroll Ref=reference\"."},
        {!HAS(SCHOOL) && !HAS(SCHOOL_NAME) && !options->has_school, "no-school-column",
         "no column says at which school people are (\"School\", \"URN\")",
         "Say which column it is, such as \"Base=school\", or choose the school of all lines."},
        {!HAS(KIND) && !HAS(JOB) && str_is_empty(options->kind), "no-kind-column",
         "no column says what people are (\"Staff Type\", \"Job Title\")",
         "Say which column it is, such as \"Category=kind\", or choose what all of them are."},
    };
#undef HAS
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        if (missing[i].is_missing) {
            diag_add(diags, DIAG_ERROR, str_from(missing[i].code), options->file, csv->line, 0,
                     str_from(missing[i].message), str_from(missing[i].hint));
        }
    }
}

bool import_head_read(struct arena *arena, const struct csv *csv,
                      const struct import_people_options *options, struct diag_list *diags,
                      struct import_head *head)
{
    bool is_told[LIMIT_CSV_CELLS_MAX] = {false};
    head->cells = (uint32_t)csv->count;
    for (size_t field = 0; field < IMPORT_PEOPLE_FIELD_COUNT; field++) {
        head->cell[field] = IMPORT_NO_CELL;
    }
    for (size_t i = 0; i < csv->count; i++) {
        head->columns[i].head = str_copy(arena, csv->cells[i].text);
        head->columns[i].field = IMPORT_PEOPLE_FIELD_COUNT;
    }
    for (size_t i = 0; i < options->mapping_count; i++) {
        if (is_of_column(&options->mappings[i])) {
            mapping_place(arena, csv, options, &options->mappings[i], diags, head, is_told);
        }
    }
    heads_place(csv, head, is_told);
    missing_add(csv, options, head, diags);
    return diag_error_count(diags) == 0;
}

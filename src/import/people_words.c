/*
 * import/people_words.c - what cells say: dates, and kinds of staff in the words of offices.
 *
 * Read first: people_int.h. A word that is missing in `kind_words` is one more row.
 */
#include <string.h>

#include "import/people_int.h"

/* ---- Dates ----------------------------------------------------------------------------------- */

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};
static const char *const month_names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};

/* "01/09/2024 00:00:00" and "2024-09-01T00:00:00": staff systems write a time that nobody set. */
static struct str without_midnight(struct str text)
{
    static const struct str ends[] = {STR_INIT(" 00:00:00"), STR_INIT("T00:00:00Z"),
                                      STR_INIT("T00:00:00"), STR_INIT(" 00:00"),
                                      STR_INIT(" 00:00:00.000")};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (str_ends(text, ends[i])) {
            return str_trim(str_slice(text, 0, text.len - ends[i].len));
        }
    }
    return text;
}

/* 1 to 12, or 0. "Sept" is written too. */
static int32_t month_of(struct str word)
{
    char room[IMPORT_PLAIN_BYTES_MAX];
    struct str plain = import_plain(word, room);
    for (int32_t i = 0; i < 12; i++) {
        if (str_equal(plain, str_from(months[i])) || str_equal(plain, str_from(month_names[i]))) {
            return i + 1;
        }
    }
    return str_equal(plain, STR("sept")) ? 9 : 0;
}

/* Three parts with one sign between them. */
static bool parts_of(struct str text, struct str parts[3])
{
    size_t at = 0;
    while (at < text.len && text.at[at] != 0 && !strchr("/-. ", text.at[at])) {
        at++;
    }
    struct str rest;
    return at < text.len && str_cut(text, text.at[at], &parts[0], &rest) &&
           str_cut(rest, text.at[at], &parts[1], &parts[2]);
}

static bool digits_of(struct str text, size_t digits_max, int32_t *out)
{
    int64_t number = 0;
    bool is_number =
        text.len > 0 && text.len <= digits_max && text.at[0] != '-' && str_to_int(text, &number);
    *out = (int32_t)number;
    return is_number;
}

static enum import_date_outcome made(int32_t year, int32_t month, int32_t day,
                                     enum import_date_outcome fine, struct civil_date *out)
{
    struct civil_ymd ymd = {.year = year, .month = month, .day = day};
    return civil_date_from_ymd(ymd, out) ? fine : IMPORT_DATE_IMPOSSIBLE;
}

enum import_date_outcome import_date_read(struct str text, struct civil_date *out)
{
    struct str parts[3];
    int32_t day, month, year;
    text = without_midnight(text);
    if (!parts_of(text, parts)) {
        return IMPORT_DATE_NONE;
    }
    if (parts[0].len == 4 && digits_of(parts[0], 4, &year) && digits_of(parts[1], 2, &month) &&
        digits_of(parts[2], 2, &day)) {
        return made(year, month, day, IMPORT_DATE_FINE, out);
    }
    if (!digits_of(parts[0], 2, &day) || !digits_of(parts[2], 4, &year)) {
        return IMPORT_DATE_NONE;
    }
    if (parts[2].len != 4) {
        return IMPORT_DATE_SHORT_YEAR;
    }
    if (month_of(parts[1]) > 0) {
        return made(year, month_of(parts[1]), day, IMPORT_DATE_FINE, out);
    }
    if (!digits_of(parts[1], 2, &month)) {
        return IMPORT_DATE_NONE;
    }
    if (month > 12 && day >= 1 && day <= 12 && month <= 31) {
        return IMPORT_DATE_MONTH_FIRST;
    }
    bool is_loose = day <= 12 && day != month;
    return made(year, month, day, is_loose ? IMPORT_DATE_LOOSE : IMPORT_DATE_FINE, out);
}

/* ---- Kinds of staff -------------------------------------------------------------------------- */

struct kind_word {
    struct str word; /* plain; of a row that ends in "*", what it begins with */
    struct str kind;
};

static const struct kind_word kind_words[] = {
    {STR_INIT("teaching"), STR_INIT("teacher")},
    {STR_INIT("teachingstaff"), STR_INIT("teacher")},
    {STR_INIT("teachers"), STR_INIT("teacher")},
    {STR_INIT("tch"), STR_INIT("teacher")},
    {STR_INIT("classteacher"), STR_INIT("teacher")},
    {STR_INIT("classroomteacher"), STR_INIT("teacher")},
    {STR_INIT("subjectteacher"), STR_INIT("teacher")},
    {STR_INIT("supplyteacher"), STR_INIT("teacher")},
    {STR_INIT("earlycareerteacher"), STR_INIT("teacher")},
    {STR_INIT("teacherof*"), STR_INIT("teacher")},
    {STR_INIT("support"), STR_INIT("support-staff")},
    {STR_INIT("nonteaching"), STR_INIT("support-staff")},
    {STR_INIT("nonteachingstaff"), STR_INIT("support-staff")},
    {STR_INIT("associatestaff"), STR_INIT("support-staff")},
    {STR_INIT("administrativestaff"), STR_INIT("support-staff")},
    {STR_INIT("officestaff"), STR_INIT("support-staff")},
    {STR_INIT("sitestaff"), STR_INIT("support-staff")},
    {STR_INIT("teachingassistant"), STR_INIT("support-staff")},
    {STR_INIT("higherlevelteachingassistant"), STR_INIT("support-staff")},
    {STR_INIT("learningsupportassistant"), STR_INIT("support-staff")},
    {STR_INIT("coversupervisor"), STR_INIT("support-staff")},
    {STR_INIT("caretaker"), STR_INIT("support-staff")},
    {STR_INIT("middaysupervisor"), STR_INIT("support-staff")},
    {STR_INIT("head"), STR_INIT("headteacher")},
    {STR_INIT("principal"), STR_INIT("headteacher")},
    {STR_INIT("executiveheadteacher"), STR_INIT("headteacher")},
    {STR_INIT("executiveprincipal"), STR_INIT("headteacher")},
    {STR_INIT("leadership"), STR_INIT("senior-leader")},
    {STR_INIT("seniorleadership"), STR_INIT("senior-leader")},
    {STR_INIT("seniorleadershipteam"), STR_INIT("senior-leader")},
    {STR_INIT("slt"), STR_INIT("senior-leader")},
    {STR_INIT("deputyheadteacher"), STR_INIT("senior-leader")},
    {STR_INIT("deputyhead"), STR_INIT("senior-leader")},
    {STR_INIT("assistantheadteacher"), STR_INIT("senior-leader")},
    {STR_INIT("assistanthead"), STR_INIT("senior-leader")},
    {STR_INIT("deputyprincipal"), STR_INIT("senior-leader")},
    {STR_INIT("viceprincipal"), STR_INIT("senior-leader")},
    {STR_INIT("assistantprincipal"), STR_INIT("senior-leader")},
    {STR_INIT("centralteam"), STR_INIT("central-staff")},
    {STR_INIT("truststaff"), STR_INIT("central-staff")},
    {STR_INIT("governors"), STR_INIT("governor")},
    {STR_INIT("localgovernor"), STR_INIT("governor")},
    {STR_INIT("parentgovernor"), STR_INIT("governor")},
    {STR_INIT("staffgovernor"), STR_INIT("governor")},
    {STR_INIT("chairofgovernors"), STR_INIT("governor")},
    {STR_INIT("trustee"), STR_INIT("director")},
    {STR_INIT("volunteers"), STR_INIT("volunteer")},
    {STR_INIT("traineeteacher"), STR_INIT("trainee")},
    {STR_INIT("studentteacher"), STR_INIT("trainee")},
    {STR_INIT("contractors"), STR_INIT("contractor")},
};

static bool word_fits(struct str word, struct str plain)
{
    return str_ends(word, STR("*")) ? str_starts(plain, str_slice(word, 0, word.len - 1))
                                    : str_equal(word, plain);
}

/* The options' own kind of this plain word, so that a kind that the policy lacks is none. */
static struct str own_kind(struct str plain, const struct import_people_options *options)
{
    char room[IMPORT_PLAIN_BYTES_MAX];
    for (size_t i = 0; i < options->kind_count; i++) {
        if (str_equal(import_plain(options->kinds[i], room), plain)) {
            return options->kinds[i];
        }
    }
    return (struct str){0};
}

struct str import_kind_of(struct str cell, const struct import_people_options *options)
{
    char room[IMPORT_PLAIN_BYTES_MAX], other[IMPORT_PLAIN_BYTES_MAX];
    struct str plain = import_plain(cell, room);
    static const struct str mark = STR_INIT("kind:");
    for (size_t i = 0; i < options->mapping_count; i++) {
        const struct import_mapping *mapping = &options->mappings[i];
        if (str_starts(mapping->meaning, mark) &&
            str_equal(import_plain(mapping->word, other), plain)) {
            struct str meant = str_slice(mapping->meaning, mark.len, mapping->meaning.len);
            return own_kind(import_plain(meant, other), options);
        }
    }
    struct str kind = own_kind(plain, options);
    for (size_t i = 0; str_is_empty(kind) && i < sizeof kind_words / sizeof kind_words[0]; i++) {
        if (word_fits(kind_words[i].word, plain)) {
            kind = own_kind(import_plain(kind_words[i].kind, other), options);
        }
    }
    return kind;
}

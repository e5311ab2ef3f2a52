/*
 * tests/import/people_words_test.c - dates and kinds of staff as offices write them.
 *
 * Read first: src/import/people_int.h.
 */
#include "support/check.h"

#include "import/people_int.h"

static void check_date(const char *text, enum import_date_outcome outcome, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct civil_date date = CIVIL_NO_DATE;
    assert_int_equal(import_date_read(str_from(text), &date), outcome);
    if (expected) {
        check_str(civil_date_format(arena, date), expected);
    }
}

static void dates(void **state)
{
    (void)state;
    check_date("31/08/2024", IMPORT_DATE_FINE, "2024-08-31");
    check_date("1/9/2024", IMPORT_DATE_LOOSE, "2024-09-01");
    check_date("09/09/2024", IMPORT_DATE_FINE, "2024-09-09");
    check_date("13.12.2024", IMPORT_DATE_FINE, "2024-12-13");
    check_date("2024-02-29", IMPORT_DATE_FINE, "2024-02-29");
    check_date("2024-9-1", IMPORT_DATE_FINE, "2024-09-01");
    check_date("1 Sep 2024", IMPORT_DATE_FINE, "2024-09-01");
    check_date("01-SEPT-2024", IMPORT_DATE_FINE, "2024-09-01");
    check_date("1 September 2024", IMPORT_DATE_FINE, "2024-09-01");
    check_date("31/08/2024 00:00:00", IMPORT_DATE_FINE, "2024-08-31");
    check_date("2024-08-31T00:00:00", IMPORT_DATE_FINE, "2024-08-31");
}

static void what_is_no_date(void **state)
{
    (void)state;
    check_date("29/02/2023", IMPORT_DATE_IMPOSSIBLE, NULL);
    check_date("31/04/2024", IMPORT_DATE_IMPOSSIBLE, NULL);
    check_date("00/04/2024", IMPORT_DATE_IMPOSSIBLE, NULL);
    check_date("45/13/2024", IMPORT_DATE_IMPOSSIBLE, NULL);
    check_date("04/31/2024", IMPORT_DATE_MONTH_FIRST, NULL);
    check_date("31/08/24", IMPORT_DATE_SHORT_YEAR, NULL);
    check_date("1 Sep 24", IMPORT_DATE_SHORT_YEAR, NULL);
    const char *const none[] = {"",
                                "now",
                                "2024",
                                "31/08",
                                "31//2024",
                                "1 Foo 2024",
                                "31/08/2024 09:15",
                                "31/08-2024",
                                "-1/08/2024",
                                "45567",
                                "31/08/20245",
                                "1/2/3/2024",
                                "2024-08-31-1",
                                "a/b/c"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct civil_date date;
        assert_int_equal(import_date_read(str_from(none[i]), &date), IMPORT_DATE_NONE);
    }
}

static void kinds_of_staff(void **state)
{
    (void)state;
    static const struct str kinds[] = {STR_INIT("teacher"), STR_INIT("support-staff"),
                                       STR_INIT("site-worker")};
    static const struct import_mapping mappings[] = {
        {STR_INIT("Site Team"), STR_INIT("kind:site-worker")},
        {STR_INIT("Teaching"), STR_INIT("kind:support-staff")},
        {STR_INIT("Odd"), STR_INIT("kind:wizard")}};
    const struct import_people_options options = {
        .kinds = kinds, .kind_count = 3, .mappings = mappings, .mapping_count = 3};
    check_str(import_kind_of(STR("TEACHER"), &options), "teacher");
    check_str(import_kind_of(STR("Support Staff"), &options), "support-staff");
    check_str(import_kind_of(STR("Teacher of Latin"), &options), "teacher");
    check_str(import_kind_of(STR("site team"), &options), "site-worker");
    check_str(import_kind_of(STR("Teaching"), &options), "support-staff");
    check_str(import_kind_of(STR("Odd"), &options), "");
    check_str(import_kind_of(STR("Governor"), &options), ""); /* this policy has none */
    check_str(import_kind_of(STR("Head of Music"), &options), "");
    check_str(import_kind_of(STR(""), &options), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(what_is_no_date),
        cmocka_unit_test(kinds_of_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * tests/screen/detect_school_test.c - a school's names, short names, and names in disguise.
 *
 * Read first: found.h; src/screen/school_int.h. Other schools than the corpus's have a screen of
 * their own here.
 */
#include "support/check.h"

#include "found.h"

#include "base/arena.h"
#include "screen/school_int.h"

#define SCHOOL "school-name school-abbreviation school-look-alike"

static void names_as_they_are(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"a long day at Ashdown Vale again", "school-name[Ashdown Vale]"},
        {"ashdown vale netball 14-9", "school-name[ashdown vale]"},
        {"ASHDOWN VALE 3 VISITORS 0", "school-name[ASHDOWN VALE]"},
        {"moved to Ashdown Vale Academy", "school-name[Ashdown Vale Academy]"},
        {"the Ashdown Vale Learning Trust's logo", "school-name[Ashdown Vale Learning Trust's]"},
        {"Ashdown-Vale in the snow", "school-name[Ashdown-Vale]"},
        {"#AshdownVale forever", "school-name[#AshdownVale]"},
        {"thanks @AshdownVale!", "school-name[@AshdownVale]"},
        {"Fernhill Primary, then home", "school-name[Fernhill Primary]"},
        {"Ashdown Vale's coach", "school-name[Ashdown Vale's]"},
    };
    found_check(SCHOOL, SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void names_in_disguise(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Ashd0wn V@le strikes again", "school-look-alike[Ashd0wn V@le]"},
        {"ashdownvale_official", "school-look-alike[ashdownvale_official]"},
        {"@ash.d0wn.va1e spotted", "school-look-alike[@ash.d0wn.va1e]"},
        {"Ashdown_Veil memes", "school-look-alike[Ashdown_Veil]"},
        {"Ashdown Veil", "school-look-alike[Ashdown Veil]"},
        {"AshdownVa1eAcademy parody", "school-look-alike[AshdownVa1eAcademy]"},
        {"Ash.down.Vale lol", "school-look-alike[Ash.down.Vale]"},
        {"Ashdwon Vale had a fire drill", "school-look-alike[Ashdwon Vale]"},
        {"realashdownvale", "school-look-alike[realashdownvale]"},
        {"a s h d o w n  v a l e", "school-look-alike[a s h d o w n  v a l e]"},
        {"\u0410shdown Vale with a dodgy A", "school-look-alike[\u0410shdown Vale]"},
        {"Fernhi11 Primary", "school-look-alike[Fernhi11 Primary]"},
        {"@ashdown_vale.yr11 and more", "school-look-alike[@ashdown_vale.yr11]"},
    };
    found_check(SCHOOL, SCREEN_CHANNEL_PROFILE, cases, FOUND_COUNT(cases));
}

static void short_names(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"AVA beat everyone at chess", "school-abbreviation[AVA]"},
        {"AVA's minibus has a flat", "school-abbreviation[AVA's]"},
        {"#TeamAVA assemble", "school-abbreviation[#TeamAVA]"},
        {"A.V.A. for life", "school-abbreviation[A.V.A.]"},
        {"the AVLT heads' meeting", "school-abbreviation[AVLT]"},
        {"year 11 at the Vale did us proud", "school-abbreviation[the Vale]"},
        {"The Vale says no to the league table", "school-abbreviation[The Vale]"},
        {"AVA-wide, we say no", "school-abbreviation[AVA]"},
    };
    found_check(SCHOOL, SCREEN_CHANNEL_PERSONAL, cases, FOUND_COUNT(cases));
}

static void other_places_and_words(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Ashdown Forest in the rain",
        "the Vale of Evesham for plums",
        "Ashdown House is a lovely walk",
        "Ashton Vale has a good bakery",
        "Ashdown Dale, Ashdown Hall, Ashdown Gate",
        "Ashdown Valley cycling club",
        "Upper Ashdown Vale Road is shut",
        "Ashdown Vale Cricket Club lost",
        "ash, down vale way, is turning yellow",
        "ash down, valeting the car after",
        "Bashdown valet parking",
        "Fern Hill is a poem",
        "Fernhill Road is closed",
        "Port Vale 2 Crewe 2",
        "Ava has learned to wave",
        "HAPPY BIRTHDAY AVA YOU STAR",
        "Java, guava and lava",
        "a walk in the Vale, larks up",
        "the vale was misty",
        "The Vale Hotel does a decent scone",
        "d.fielding at ashdownvale dot example",
        "AVA-lanche of laundry here",
        "The Auditory Verbal Learning Test, AVLT for short, is hard",
    };
    found_none(SCHOOL, SCREEN_CHANNEL_PERSONAL, texts, FOUND_COUNT(texts));
}

/* What a school of one name finds in a text: the kinds, as one text. */
static void check_school(const char *name, const char *text, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str own = str_from(name);
    const struct screen_school school = {.names = {&own, 1}};
    const struct screen_setting setting = {.school = &school};
    struct screen_findings found = screen_run(screen_open(arena, &setting), arena, str_from(text),
                                              SCREEN_CHANNEL_PERSONAL);
    struct text out = {.arena = arena};
    for (size_t i = 0; i < found.count; i++) {
        if (found.items[i].kind == SCREEN_SCHOOL_NAME ||
            found.items[i].kind == SCREEN_SCHOOL_LOOK_ALIKE) {
            text_addf(&out, STR_FMT "[" STR_FMT "]",
                      STR_ARG(screen_kind_names[found.items[i].kind]),
                      STR_ARG(str_slice(str_from(text), found.items[i].start,
                                        found.items[i].end)));
        }
    }
    if (!str_equal(text_str(&out), str_from(expected))) {
        fail_msg("%s in \"%s\" gives \"" STR_FMT "\", not \"%s\"", name, text,
                 STR_ARG(text_str(&out)), expected);
    }
}

static void any_school(void **state)
{
    (void)state;
    static const char mary[] = "St Mary's C of E Primary";
    check_school(mary, "at St. Mary's CofE Primary today",
                 "school-name[St. Mary's CofE Primary]");
    check_school(mary, "Saint Marys Church of England Primary",
                 "school-name[Saint Marys Church of England Primary]");
    check_school(mary, "St Mary's CE Primary", "school-name[St Mary's CE Primary]");
    check_school(mary, "@stmaryscofeprimary_mums", "school-look-alike[@stmaryscofeprimary_mums]");
    check_school(mary, "St Mark's C of E Primary", "");
    check_school(mary, "St Mary's Church fete", "");
    check_school("Sir John Lawes School", "proud of Sir John Lawes tonight",
                 "school-name[Sir John Lawes]");
    check_school("Sir John Lawes School", "Sir John Lawes School",
                 "school-name[Sir John Lawes School]");
    check_school("Sir John Lawes", "S1r J0hn Lawes", "school-look-alike[S1r J0hn Lawes]");
    check_school("The Oaks", "the Oaks are turning", "school-name[Oaks]");
    check_school("Oakley", "broakleys", "");
    check_school("Oakley", "Oakley won", "school-name[Oakley]");
    check_school("Ysgol Bryn D\u0175r", "Ysgol Bryn Dwr", "school-name[Ysgol Bryn Dwr]");
    check_school("School 21 & Friends", "at School 21 and Friends",
                 "school-name[School 21 and Friends]");
    check_school("", "Ashdown Vale", "");
    check_school("!!", "!! and more", "");
}

/* As many names as are used, each as long as is looked for, and one more of both. */
static void limits_of_names(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    enum { COUNT = SCREEN_SCHOOL_NAMES_MAX + 1 };
    static struct str names[COUNT];
    for (unsigned i = 0; i < COUNT; i++) {
        char letters[SCREEN_NAME_LETTERS_MAX];
        for (unsigned k = 0; k < sizeof letters; k++) {
            letters[k] = (char)('a' + (i * 7 + k * (i + 1)) % 26);
        }
        letters[0] = 'X';
        letters[1] = (char)('a' + i % 26);
        letters[2] = (char)('a' + i / 26);
        names[i] = str_copy(arena, (struct str){letters, sizeof letters});
    }
    names[1] = str_format(arena, STR_FMT "q", STR_ARG(names[1])); /* a letter too long */
    const struct screen_school school = {.names = {names, COUNT}};
    const struct screen_setting setting = {.school = &school};
    const struct screen *screen = screen_open(arena, &setting);
    for (unsigned i = 0; i < COUNT; i++) {
        struct screen_findings found =
            screen_run(screen, arena, names[i], SCREEN_CHANNEL_PERSONAL);
        bool is_found = false;
        for (size_t k = 0; k < found.count; k++) {
            is_found = is_found || found.items[k].kind == SCREEN_SCHOOL_NAME;
        }
        assert_int_equal(is_found, i != 1 && i < SCREEN_SCHOOL_NAMES_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_as_they_are),
        cmocka_unit_test(names_in_disguise),
        cmocka_unit_test(short_names),
        cmocka_unit_test(other_places_and_words),
        cmocka_unit_test(any_school),
        cmocka_unit_test(limits_of_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

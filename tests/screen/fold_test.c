/*
 * tests/screen/fold_test.c - folding of characters: by example, and compared with ICU.
 *
 * Read first: src/screen/fold.h. The oracle is ICU's NFKC_Casefold. Where ICU knows another version
 * of Unicode than Debian's unicode-data, only what both know must be the same; the rest is counted.
 */
#include "support/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "screen/fold.h"

#define CODE_POINTS 0x110000u
#define STRING_CODE_POINTS_MAX 12u
#define STRINGS 20000u
#define UNITS_MAX 2048 /* UTF-16 units of one compared text */

static bool is_surrogate(uint32_t code_point)
{
    return code_point >= 0xD800 && code_point <= 0xDFFF;
}

/* ---- By example ------------------------------------------------------------------------------ */

static struct str folded_text(struct arena *arena, const char *text)
{
    struct str s = str_from(text);
    struct text out = {.arena = arena};
    for (size_t at = 0; at < s.len;) {
        uint32_t code_point;
        struct screen_folded folded;
        at += utf8_decode(s, at, &code_point);
        screen_fold(code_point, &folded);
        for (uint32_t i = 0; i < folded.count; i++) {
            char bytes[UTF8_BYTES_MAX];
            text_add(&out, (struct str){bytes, utf8_encode(folded.at[i], bytes)});
        }
    }
    return text_str(&out);
}

static void what_folds_to_what(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"Siobhan 9B!", "siobhan 9b!"},
        {"SIOBH\u00C1N", "siobhan"},
        {"Siobha\u0301n", "siobhan"},
        {"Z\u0351\u0301alg\u0321\u0489o", "zalgo"},
        {"Stra\u00DFe", "strasse"},
        {"\uFB01ve", "five"},
        {"\uFF26\uFF35\uFF2C\uFF2C", "full"},
        {"\U0001D4B6\U0001D7D9", "a1"},
        {"\u24D8\u24D3", "id"},
        {"id\u00ADi\u200Bo\u2060t\uFE0F", "idiot"},
        {"\u0130", "i"},
        {"\u03A3\u03C2", "\u03C3\u03C3"},
        {"\uAC01", "\u1100\u1161\u11A8"},
        {"\u1100\u1161\u11A8", "\u1100\u1161\u11A8"},
        {"\u0915\u093F\u0930\u0923", "\u0915\u093F\u0930\u0923"}, /* vowel signs stay */
        {"\u00BD", "1\u20442"},
        {"\U0001F600", "\U0001F600"},
        {"Bj\u00F8rn", "bj\u00F8rn"}, /* a letter of its own: see look-alikes */
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_str(folded_text(arena, cases[i].text), cases[i].folded);
    }
}

static void the_longest_folding_has_room(void **state)
{
    (void)state;
    struct screen_folded folded;
    screen_fold_whole(0xFDFA, &folded);
    assert_int_equal(folded.count, SCREEN_FOLDED_MAX);
}

static void what_is_no_character_folds_to_itself(void **state)
{
    (void)state;
    static const uint32_t cases[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX, 0x10FFFF, 0xFFFE};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct screen_folded folded;
        screen_fold(cases[i], &folded);
        assert_int_equal(folded.count, 1);
        assert_int_equal(folded.at[0], cases[i]);
        assert_int_equal(screen_char_kind(cases[i]), SCREEN_CHAR_SIGN);
    }
}

static void kinds_of_characters(void **state)
{
    (void)state;
    static const struct {
        uint32_t code_point;
        enum screen_char kind;
    } cases[] = {
        {'a', SCREEN_CHAR_LETTER},     {'7', SCREEN_CHAR_DIGIT},       {' ', SCREEN_CHAR_SPACE},
        {'\n', SCREEN_CHAR_SPACE},     {0, SCREEN_CHAR_SPACE},         {'.', SCREEN_CHAR_SIGN},
        {'_', SCREEN_CHAR_SIGN},       {0xE9, SCREEN_CHAR_LETTER},     {0x301, SCREEN_CHAR_MARK},
        {0x20DD, SCREEN_CHAR_MARK},    {0x200B, SCREEN_CHAR_NOTHING},  {0xAD, SCREEN_CHAR_NOTHING},
        {0xFE0F, SCREEN_CHAR_NOTHING}, {0xE0041, SCREEN_CHAR_NOTHING}, {0xA0, SCREEN_CHAR_SPACE},
        {0x3000, SCREEN_CHAR_SPACE},   {0x4E2D, SCREEN_CHAR_LETTER},   {0xAC00, SCREEN_CHAR_LETTER},
        {0x661, SCREEN_CHAR_DIGIT},    {0x2460, SCREEN_CHAR_DIGIT},    {0xB2, SCREEN_CHAR_DIGIT},
        {0xBD, SCREEN_CHAR_SIGN},      {0x2122, SCREEN_CHAR_SIGN},     {0x20AC, SCREEN_CHAR_SIGN},
        {0x24D8, SCREEN_CHAR_LETTER},  {0x1F170, SCREEN_CHAR_LETTER},  {0x1F600, SCREEN_CHAR_SIGN},
        {0x93F, SCREEN_CHAR_LETTER},   {0x2163, SCREEN_CHAR_LETTER},   {0xE000, SCREEN_CHAR_SIGN},
        {0xFE7A, SCREEN_CHAR_SIGN},    {0xB4, SCREEN_CHAR_SIGN},       {0x37A, SCREEN_CHAR_LETTER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (screen_char_kind(cases[i].code_point) != cases[i].kind) {
            fail_msg("U+%04" PRIX32 " is of kind %d", cases[i].code_point,
                     (int)screen_char_kind(cases[i].code_point));
        }
    }
}

static void capitals(void **state)
{
    (void)state;
    assert_true(screen_char_is_capital('A') && screen_char_is_capital(0xC9));
    assert_true(screen_char_is_capital(0x410) && screen_char_is_capital(0x1C5));
    assert_false(screen_char_is_capital('a') || screen_char_is_capital('1'));
    assert_false(screen_char_is_capital(0x4E2D) || screen_char_is_capital(0xE9));
}

static void look_alikes(void **state)
{
    (void)state;
    static const struct {
        uint32_t code_point;
        char letter;
    } cases[] = {
        {0x430, 'a'},  {0x456, 'i'}, {0x412, 'b'},  {0x397, 'h'},  {0x3BF, 'o'},    {0xF8, 'o'},
        {0xC9, 'e'},   {0xFF37, 'w'},
        {0x131, 'i'},  {0x142, 'l'}, {0x251, 'a'},  {0x669, '9'},  {0x1F170, 'a'},  {0x1D04, 'c'},
        {0x561, 'w'},  {'a', 0},     {'0', 0},      {0x4E2D, 0},   {0x416, 0},      {0x20AC, 0},
        {0x1F600, 0},  {0, 0},       {UINT32_MAX, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char letter = screen_look_alike(cases[i].code_point);
        if (letter != cases[i].letter) {
            fail_msg("U+%04" PRIX32 " looks like '%c'", cases[i].code_point, letter);
        }
    }
}

/* ---- Compared with ICU ----------------------------------------------------------------------- */

struct units {
    UChar at[UNITS_MAX];
    int32_t count;
};

static void units_add(struct units *units, uint32_t code_point)
{
    UBool failed = false;
    U16_APPEND(units->at, units->count, UNITS_MAX, (UChar32)code_point, failed);
    assert_false(failed);
}

static void normalise(const UNormalizer2 *by, const struct units *from, struct units *to)
{
    UErrorCode error = U_ZERO_ERROR;
    to->count = unorm2_normalize(by, from->at, from->count, to->at, UNITS_MAX, &error);
    assert_true(U_SUCCESS(error));
}

static const UNormalizer2 *icu(const UNormalizer2 *(*instance)(UErrorCode *))
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *found = instance(&error);
    assert_true(U_SUCCESS(error));
    return found;
}

static bool units_equal(const struct units *a, const struct units *b)
{
    return a->count == b->count && memcmp(a->at, b->at, sizeof(UChar) * (size_t)a->count) == 0;
}

/* ICU's decomposition without what fold.h says is left out. */
static void strip(const struct units *from, struct units *to)
{
    static UChar32 code_points[UNITS_MAX];
    UErrorCode error = U_ZERO_ERROR;
    int32_t count;
    u_strToUTF32(code_points, UNITS_MAX, &count, from->at, from->count, &error);
    assert_true(U_SUCCESS(error));
    to->count = 0;
    for (int32_t i = 0; i < count; i++) {
        if (u_getCombiningClass(code_points[i]) == 0 &&
            u_charType(code_points[i]) != U_ENCLOSING_MARK) {
            units_add(to, (uint32_t)code_points[i]);
        }
    }
}

/* Whether ICU folds a text as we do, with marks and without. */
static bool is_same(const uint32_t *text, size_t count)
{
    static struct units given, whole, composed, expected, decomposed, stripped, bare;
    given.count = whole.count = bare.count = 0;
    for (size_t i = 0; i < count; i++) {
        struct screen_folded folded;
        units_add(&given, text[i]);
        screen_fold_whole(text[i], &folded);
        for (uint32_t part = 0; part < folded.count; part++) {
            units_add(&whole, folded.at[part]);
        }
        screen_fold(text[i], &folded);
        for (uint32_t part = 0; part < folded.count; part++) {
            units_add(&bare, folded.at[part]);
        }
    }
    normalise(icu(unorm2_getNFKCCasefoldInstance), &given, &expected);
    normalise(icu(unorm2_getNFCInstance), &whole, &composed);
    normalise(icu(unorm2_getNFDInstance), &expected, &decomposed);
    strip(&decomposed, &stripped);
    return units_equal(&composed, &expected) && units_equal(&bare, &stripped);
}

static int version_compare(const UVersionInfo version, const char *other)
{
    UVersionInfo read;
    u_versionFromString(read, other);
    return memcmp(version, read, sizeof read);
}

/* Whether both know a code point: it is assigned in the older of the two versions. */
static bool is_known(uint32_t code_point, const char *ours)
{
    UVersionInfo age;
    u_charAge((UChar32)code_point, age);
    return u_charType((UChar32)code_point) != U_UNASSIGNED && version_compare(age, ours) <= 0;
}

static void every_code_point_folds_as_icu_says(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const char *ours = str_cstr(arena, screen_unicode_version());
    UVersionInfo theirs;
    u_getUnicodeVersion(theirs);
    unsigned known = 0;
    unsigned differ = 0;
    unsigned differ_unknown = 0;
    for (uint32_t code_point = 0; code_point < CODE_POINTS; code_point++) {
        if (is_surrogate(code_point)) {
            continue;
        }
        bool is_of_both = is_known(code_point, ours);
        known += is_of_both;
        if (!is_same(&code_point, 1)) {
            differ += is_of_both;
            differ_unknown += !is_of_both;
            print_message("U+%04" PRIX32 " folds otherwise in ICU%s\n", code_point,
                          is_of_both ? "" : " (not known to both)");
        }
    }
    print_message("Unicode %s here, %s in ICU: %u code points known to both, %u differ; "
                  "%u others differ\n",
                  ours, U_UNICODE_VERSION, known, differ, differ_unknown);
    assert_true(known > 100000);
    assert_int_equal(differ, 0);
    if (version_compare(theirs, ours) == 0) {
        assert_int_equal(differ_unknown, 0);
    }
}

/* Mostly what composes, decomposes, is put in order or vanishes: Latin, marks, Hangul, scripts of
 * India. */
static uint32_t code_point_random(struct check_random *random)
{
    static const struct {
        uint32_t first, count;
    } ranges[] = {
        {0x20, 0x60},    {0xA0, 0x1B0},   {0x300, 0x70},   {0x370, 0x190}, {0x591, 0x60},
        {0x900, 0x480},  {0x1100, 0x100}, {0x1AB0, 0x50},  {0x1E00, 0x200}, {0x2000, 0x70},
        {0x20D0, 0x21},  {0xAC00, 0x2BA4}, {0xF900, 0x700}, {0x1D100, 0x700}, {0, 0x30000},
    };
    for (;;) {
        size_t range = check_random_below(random, sizeof ranges / sizeof *ranges);
        uint32_t code_point =
            ranges[range].first + (uint32_t)check_random_below(random, ranges[range].count);
        if (!is_surrogate(code_point)) {
            return code_point;
        }
    }
}

static void random_strings_fold_as_icu_says(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    DEFER(arena_close) struct arena *arena = arena_open();
    const char *ours = str_cstr(arena, screen_unicode_version());
    for (unsigned round = 0; round < STRINGS; round++) {
        uint32_t text[STRING_CODE_POINTS_MAX];
        size_t count = 1 + check_random_below(&random, STRING_CODE_POINTS_MAX);
        for (size_t i = 0; i < count; i++) {
            do {
                text[i] = code_point_random(&random);
            } while (!is_known(text[i], ours));
        }
        if (!is_same(text, count)) {
            for (size_t i = 0; i < count; i++) {
                print_error("U+%04" PRIX32 " ", text[i]);
            }
            fail_msg("folds otherwise in ICU");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_folds_to_what),
        cmocka_unit_test(the_longest_folding_has_room),
        cmocka_unit_test(what_is_no_character_folds_to_itself),
        cmocka_unit_test(kinds_of_characters),
        cmocka_unit_test(capitals),
        cmocka_unit_test(look_alikes),
        cmocka_unit_test(every_code_point_folds_as_icu_says),
        cmocka_unit_test(random_strings_fold_as_icu_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

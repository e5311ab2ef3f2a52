/*
 * tests/identity/password_judge_test.c - what may become a password, and what is said when not.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/password.h"

static const struct str own_words[] = {
    STR_INIT("Adaeze Okafor"),
    STR_INIT("a.okafor@ashdownvale.example"),
    STR_INIT("Ashdown Vale Learning Trust"),
    STR_INIT("jo"), /* too short to be held against anybody */
    STR_INIT(""),
};

static const struct {
    const char *password;
    enum password_fault fault;
} cases[] = {
    {"otter lamp trousers", PASSWORD_FAULT_NONE},
    {"correct horse battery staple", PASSWORD_FAULT_NONE},
    {"three random words", PASSWORD_FAULT_NONE},
    {"x7!kq2Lm9#pz", PASSWORD_FAULT_NONE},
    {"h\xC3\xA4uptling gr\xC3\xBC\xC3\x9F", PASSWORD_FAULT_NONE},
    {"\xF0\x9F\xA6\xA6 lamp trousers otter", PASSWORD_FAULT_NONE},
    {"", PASSWORD_FAULT_SHORT},
    {"x7!kq2Lm9#p", PASSWORD_FAULT_SHORT},
    {"\xC3\xA4\xC3\xB6\xC3\xBCxkqzvjw9", PASSWORD_FAULT_SHORT}, /* 14 bytes, 11 characters */
    {"x7!kq2Lm9#pz\n", PASSWORD_FAULT_NOT_TEXT},
    {"x7!kq2Lm9#pz\x7F", PASSWORD_FAULT_NOT_TEXT},
    {"x7!kq2Lm9#pz\xC2\x85", PASSWORD_FAULT_NOT_TEXT},
    {"x7!kq2Lm9#pz\xFF", PASSWORD_FAULT_NOT_TEXT},
    {"x7!kq2Lm9#pze\xCC\x81", PASSWORD_FAULT_MARKS},
    {PASSWORD_DEMONSTRATION, PASSWORD_FAULT_PUBLISHED},
    {PASSWORD_DEMONSTRATION " two", PASSWORD_FAULT_NONE},
    {"okaforokafor12", PASSWORD_FAULT_OWN_WORDS},
    {"ashdownvale2026", PASSWORD_FAULT_OWN_WORDS},
    {"AshdownVale!!", PASSWORD_FAULT_OWN_WORDS},
    {"a.okafor@ashdownvale.example", PASSWORD_FAULT_OWN_WORDS},
    {"0k4f0r4shd0wn", PASSWORD_FAULT_OWN_WORDS},
    {"password1234", PASSWORD_FAULT_COMMON},
    {"P@ssw0rdP@ssw0rd", PASSWORD_FAULT_COMMON},
    {"ilovemyschool", PASSWORD_FAULT_COMMON},
    {"headteacher12", PASSWORD_FAULT_COMMON},
    {"letmeinletmein", PASSWORD_FAULT_COMMON},
    {"aaaaaaaaaaaa", PASSWORD_FAULT_COMMON},
    {"zzyyzzyyzzyy", PASSWORD_FAULT_GUESSABLE},
    {"123456789012", PASSWORD_FAULT_PATTERN},
    {"abcdefghijkl", PASSWORD_FAULT_PATTERN},
    {"19900101 1990", PASSWORD_FAULT_PATTERN},
};

static void cases_are_judged(void **state)
{
    (void)state;
    size_t own_count = sizeof(own_words) / sizeof(own_words[0]);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct password_judgement judgement =
            password_judge(arena, str_from(cases[i].password), own_words, own_count);
        if (judgement.fault != cases[i].fault) {
            fail_msg("%s: fault %d, %.1f bits", cases[i].password, (int)judgement.fault,
                     judgement.bits);
        }
        bool is_fine = judgement.fault == PASSWORD_FAULT_NONE;
        assert_int_equal(str_is_empty(judgement.reason), is_fine);
        assert_int_equal(str_is_empty(judgement.advice), is_fine);
        assert_int_equal(judgement.bits >= PASSWORD_BITS_MIN, is_fine);
    }
}

static void own_words_count_for_their_owner_alone(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str password = STR("adaezeokafor");
    assert_int_equal(password_judge(arena, password, own_words, 1).fault, PASSWORD_FAULT_OWN_WORDS);
    assert_int_equal(password_judge(arena, password, NULL, 0).fault, PASSWORD_FAULT_NONE);
}

static void lengths_are_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static char many[PASSWORD_BYTES_MAX + 2];
    for (size_t i = 0; i + 1 < sizeof(many); i++) {
        many[i] = "bdfhjlnprtvxz2468"[(i * i + 7 * i) % 17];
    }
    struct str most = {many, PASSWORD_CHARACTERS_MAX}, more = {many, PASSWORD_CHARACTERS_MAX + 1};
    assert_int_equal(password_judge(arena, most, NULL, 0).fault, PASSWORD_FAULT_NONE);
    assert_int_equal(password_judge(arena, more, NULL, 0).fault, PASSWORD_FAULT_LONG);
    struct str longest = {many, PASSWORD_BYTES_MAX + 1};
    assert_int_equal(password_judge(arena, longest, NULL, 0).fault, PASSWORD_FAULT_LONG);
    assert_int_equal(password_judge(arena, STR("x7!kq2Lm9#pz\0y"), NULL, 0).fault,
                     PASSWORD_FAULT_NOT_TEXT);
}

/* More words than are looked at, and words without end, do no harm. */
static void many_own_words(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static struct str words[PASSWORD_OWN_WORDS_MAX * 2];
    static char long_word[5000];
    memset(long_word, 'y', sizeof(long_word));
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        words[i] = i % 2 ? STR("ab.cde.fgh.ijk.lmn.opq.rst") : (struct str){long_word, 5000};
    }
    words[PASSWORD_OWN_WORDS_MAX] = STR("trousersotter");
    struct password_judgement judgement =
        password_judge(arena, STR("trousersotter"), words, sizeof(words) / sizeof(words[0]));
    assert_int_equal(judgement.fault == PASSWORD_FAULT_OWN_WORDS, false);
    words[0] = STR("trousersotter");
    judgement = password_judge(arena, STR("trousersotter"), words, 1);
    assert_int_equal(judgement.fault, PASSWORD_FAULT_OWN_WORDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_judged),
        cmocka_unit_test(own_words_count_for_their_owner_alone),
        cmocka_unit_test(lengths_are_bounded),
        cmocka_unit_test(many_own_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

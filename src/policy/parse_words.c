/*
 * policy/parse_words.c - statements of a block, and the cursor over the words of a line.
 *
 * Read first: policy/parse_int.h.
 */
#include "policy/parse_int.h"

#include <string.h>

/* ---- Statements ------------------------------------------------------------------------------ */

bool parse_statement_next(struct parse *parse, const struct lex_block *block, size_t *at,
                          struct parse_statement *out)
{
    for (; *at < block->count; (*at)++) {
        const struct lex_line *line = &block->lines[*at];
        if (line->kind != LEX_LINE_WORDS) {
            continue;
        }
        if (line->depth == 0) {
            break;
        }
        if (!line->is_broken) {
            problem_add(
                parse->diags, PROBLEM_LINE_WITHOUT_HEAD, line->place,
                STR("begin a statement at the left margin, and indent only the lines under it"),
                "this indented line belongs to no statement");
        }
    }
    if (*at >= block->count) {
        return false;
    }
    out->head = &block->lines[(*at)++];
    out->lines = &block->lines[*at];
    out->count = 0;
    while (*at < block->count &&
           (block->lines[*at].kind != LEX_LINE_WORDS || block->lines[*at].depth > 0)) {
        (*at)++;
        out->count++;
    }
    return true;
}

const struct lex_line *parse_line_next(const struct parse_statement *statement, size_t *at)
{
    while (*at < statement->count) {
        const struct lex_line *line = &statement->lines[(*at)++];
        if (line->kind == LEX_LINE_WORDS && !line->is_broken) {
            return line;
        }
    }
    return NULL;
}

/* ---- Looking --------------------------------------------------------------------------------- */

struct words words_begin(struct parse *parse, const struct lex_line *line)
{
    return (struct words){
        .parse = parse, .line = line, .end = line->count, .failed = line->is_broken};
}

const struct lex_word *words_peek(const struct words *words)
{
    return words->at < words->end ? &words->line->words[words->at] : NULL;
}

struct policy_place words_place(const struct words *words)
{
    if (words->at < words->end) {
        return words->line->words[words->at].place;
    }
    if (words->at == 0) {
        return words->line->place;
    }
    const struct lex_word *last = &words->line->words[words->at - 1];
    struct policy_place place = last->place;
    if (last->kind != LEX_TEXT) {
        place.column += (uint32_t)last->text.len;
    }
    return place;
}

bool words_at_end(const struct words *words)
{
    return words->failed || words->at >= words->end;
}

bool words_is_kind(const struct words *words, enum lex_kind kind)
{
    const struct lex_word *word = words_peek(words);
    return word && word->kind == kind;
}

/* How many words match the phrase; 0: it does not stand here. */
static size_t match_phrase(const struct words *words, const char *phrase)
{
    struct str rest = str_from(phrase), part;
    size_t count = 0;
    while (rest.len > 0) {
        (void)str_cut(rest, ' ', &part, &rest);
        size_t at = words->at + count;
        if (at >= words->end || words->line->words[at].kind != LEX_WORD ||
            !str_equal(words->line->words[at].text, part)) {
            return 0;
        }
        count++;
    }
    return count;
}

bool words_is(const struct words *words, const char *phrase)
{
    return match_phrase(words, phrase) > 0;
}

bool words_take(struct words *words, const char *phrase)
{
    size_t count = words->failed ? 0 : match_phrase(words, phrase);
    words->at += count;
    return count > 0;
}

bool words_take_kind(struct words *words, enum lex_kind kind)
{
    bool is_here = !words->failed && words_is_kind(words, kind);
    words->at += is_here;
    return is_here;
}

/* ---- Failing --------------------------------------------------------------------------------- */

void words_fail(struct words *words, enum problem problem, struct str hint, const char *format, ...)
{
    if (words->failed) {
        return;
    }
    words->failed = true;
    va_list arguments;
    va_start(arguments, format);
    struct str message = str_format_list(words->parse->arena, format, arguments);
    va_end(arguments);
    problem_add(words->parse->diags, problem, words_place(words), hint, STR_FMT, STR_ARG(message));
}

/* "but this is ...": what stands there instead. */
static struct str found(const struct words *words)
{
    const struct lex_word *word = words_peek(words);
    if (!word) {
        return STR("the line ends here");
    }
    if (word->kind == LEX_TEXT) {
        return STR("a text in quotes stands here");
    }
    return str_format(words->parse->arena, "\"" STR_FMT "\" stands here", STR_ARG(word->text));
}

static void fail_expected(struct words *words, enum problem problem, const char *what,
                          struct str hint)
{
    struct str instead = found(words);
    words_fail(words, problem, hint, "expected %s, but " STR_FMT, what, STR_ARG(instead));
}

bool words_end(struct words *words)
{
    if (!words->failed && words->at < words->end) {
        struct str instead = found(words);
        words_fail(words, PROBLEM_UNEXPECTED_WORDS,
                   STR("the line was complete before it; write what follows on a line of its own"),
                   STR_FMT " and cannot be read", STR_ARG(instead));
    }
    return !words->failed;
}

bool words_is_second(struct words *words, bool was_given, const char *line)
{
    if (was_given) {
        words->at = 0;
        words_fail(words, PROBLEM_SECOND_LINE, STR("keep one of the two, or join them"),
                   "\"%s\" is stated a second time here", line);
    }
    return was_given;
}

/* ---- Names and texts ------------------------------------------------------------------------- */

/* The name that was probably meant: lower case, hyphens. */
static struct str tidy_name(struct arena *arena, struct str name)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        c = (c >= 'A' && c <= 'Z') ? (char)(c - 'A' + 'a') : c;
        text_add_char(&out, c == '_' ? '-' : c);
    }
    return text_str(&out);
}

static void fail_name_form(struct words *words, struct str text)
{
    struct arena *arena = words->parse->arena;
    struct str tidy = tidy_name(arena, text);
    struct str hint =
        STR("a name begins with a letter and is lower case, with hyphens between words");
    if (lex_is_name(tidy)) {
        hint =
            str_format(arena, "names are lower case with hyphens: write " STR_FMT, STR_ARG(tidy));
    }
    words_fail(words, PROBLEM_NAME_FORM, hint, "\"" STR_FMT "\" cannot be a name", STR_ARG(text));
}

/* Words that join the parts of a line can never be names: a name is missing before them. */
static bool is_joint(struct str word)
{
    static const struct str joints[] = {
        STR_INIT("and"),    STR_INIT("or"), STR_INIT("not"), STR_INIT("is"), STR_INIT("when"),
        STR_INIT("unless"), STR_INIT("by"), STR_INIT("of"),  STR_INIT("if"), STR_INIT("with"),
    };
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        if (str_equal(word, joints[i])) {
            return true;
        }
    }
    return false;
}

static struct policy_name take_name(struct words *words, const char *what, bool is_key)
{
    const struct lex_word *word = words->failed ? NULL : words_peek(words);
    if (!word || word->kind != LEX_WORD || is_joint(word->text)) {
        fail_expected(words, PROBLEM_EXPECTED_NAME, what,
                      STR("a list goes on after a comma, and a name follows the word before it"));
        return (struct policy_name){0};
    }
    if (is_key ? !lex_is_key(word->text) : !lex_is_name(word->text)) {
        fail_name_form(words, word->text);
        return (struct policy_name){0};
    }
    words->at++;
    return (struct policy_name){word->text, word->place};
}

struct policy_name words_name(struct words *words, const char *what)
{
    return take_name(words, what, false);
}

struct policy_name words_key(struct words *words, const char *what)
{
    return take_name(words, what, true);
}

static struct policy_names take_names(struct words *words, const char *what, bool is_key)
{
    struct policy_names names = {0};
    do {
        struct policy_name name = take_name(words, what, is_key);
        if (!words->failed) {
            *LIST_ADD(words->parse->arena, names.at, names.count) = name;
        }
    } while (words_take_kind(words, LEX_COMMA));
    return names;
}

struct policy_names words_names(struct words *words, const char *what)
{
    return take_names(words, what, false);
}

struct policy_names words_keys(struct words *words, const char *what)
{
    return take_names(words, what, true);
}

struct str words_text(struct words *words, const char *what)
{
    const struct lex_word *word = words->failed ? NULL : words_peek(words);
    if (!word || word->kind != LEX_TEXT) {
        fail_expected(words, PROBLEM_EXPECTED_TEXT, what,
                      STR("write it in straight quotes: \"...\""));
        return (struct str){0};
    }
    if (str_trim(word->text).len == 0) {
        words_fail(words, PROBLEM_EXPECTED_TEXT, STR("write something between the quotes"),
                   "expected %s, but the text is empty", what);
    }
    words->at++;
    return word->text;
}

/* ---- Numbers, dates, durations --------------------------------------------------------------- */

/* Numbers of a policy are small; what is larger is a slip. */
#define NUMBER_MAX INT64_C(1000000000)

bool words_is_number(const struct words *words, int64_t *number)
{
    return words_is_kind(words, LEX_WORD) && str_to_int(words_peek(words)->text, number) &&
           *number >= -NUMBER_MAX && *number <= NUMBER_MAX;
}

bool words_is_date(const struct words *words, struct civil_date *date)
{
    return words_is_kind(words, LEX_WORD) && civil_date_parse(words_peek(words)->text, date);
}

int64_t words_number(struct words *words, const char *what)
{
    int64_t number = 0;
    if (words->failed || !words_is_number(words, &number)) {
        fail_expected(words, PROBLEM_EXPECTED_NUMBER, what, STR("write a whole number in digits"));
        return 0;
    }
    words->at++;
    return number;
}

struct civil_date words_date(struct words *words, const char *what)
{
    struct civil_date date = {0};
    if (words->failed || !words_is_date(words, &date)) {
        fail_expected(words, PROBLEM_EXPECTED_DATE, what,
                      STR("write a date as year-month-day: 2026-09-01"));
        return date;
    }
    words->at++;
    return date;
}

static const struct {
    const char *word, *single;
    enum policy_duration_unit unit;
} units[] = {
    {"minutes", "minute", POLICY_DURATION_MINUTES},
    {"hours", "hour", POLICY_DURATION_HOURS},
    {"days", "day", POLICY_DURATION_DAYS},
    {"working-days", "working-day", POLICY_DURATION_WORKING_DAYS},
    {"weeks", "week", POLICY_DURATION_WEEKS},
    {"months", "month", POLICY_DURATION_MONTHS},
    {"years", "year", POLICY_DURATION_YEARS},
    {"lessons", "lesson", POLICY_DURATION_LESSONS},
};

struct policy_duration words_duration(struct words *words)
{
    static const char hint[] = "write immediately, or a number and minutes, hours, days, "
                               "working-days, weeks, months, years or lessons";
    if (words_take(words, "immediately")) {
        return (struct policy_duration){.unit = POLICY_DURATION_IMMEDIATELY};
    }
    int64_t amount = 0;
    if (words->failed || !words_is_number(words, &amount) || amount < 1) {
        fail_expected(words, PROBLEM_EXPECTED_DURATION, "a length of time", str_from(hint));
        return (struct policy_duration){0};
    }
    words->at++;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (words_take(words, units[i].word) ||
            (amount == 1 && words_take(words, units[i].single))) {
            return (struct policy_duration){.unit = units[i].unit, .amount = amount};
        }
    }
    fail_expected(words, PROBLEM_EXPECTED_DURATION, "a unit of time", str_from(hint));
    return (struct policy_duration){0};
}

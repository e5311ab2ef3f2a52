/*
 * policy/parse_statement.c - what a rule block has besides rules: definitions, known conflicts and
 * settings.
 *
 * Read first: docs/policy-language.md, section 4. Start at: parse_other_statement.
 */
#include "policy/parse_int.h"

/* A line that a statement of this file does not have. */
static void fail_line(struct words *words, const char *owner, struct str hint)
{
    words_fail(words, PROBLEM_UNKNOWN_LINE, hint, "%s has no line \"" STR_FMT "\"", owner,
               STR_ARG(words_peek(words)->text));
}

static void missing_line(struct parse *parse, const struct parse_statement *statement,
                         const char *owner, const char *line)
{
    problem_add(parse->diags, PROBLEM_MISSING_LINE, statement->head->place,
                str_format(parse->arena, "add an indented line that begins with \"%s\"", line),
                "%s needs a line \"%s\"", owner, line);
}

/* ---- Definitions ----------------------------------------------------------------------------- */

static void read_definition(struct words *head, const struct parse_statement *statement)
{
    struct parse *parse = head->parse;
    struct policy_definition definition = {.name = words_name(head, "the name to define")};
    definition.text = words_text(head, "the meaning in plain words");
    if (!words_end(head)) {
        return;
    }
    bool has_when = false;
    const struct lex_line *line;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        if (!words_is(&words, "when")) {
            fail_line(&words, "a definition", STR("a definition has one line: when CONDITION"));
        } else if (!words_is_second(&words, has_when, "when")) {
            (void)words_take(&words, "when");
            has_when = true;
            definition.when = parse_condition(&words);
        }
    }
    if (!has_when) {
        missing_line(parse, statement, "a definition", "when");
    }
    struct policy_clause *clause = parse->clause;
    *LIST_ADD(parse->arena, clause->definitions, clause->definition_count) = definition;
}

/* ---- Known conflicts ------------------------------------------------------------------------- */

static void read_take(struct words *words, struct policy_known_conflict *conflict)
{
    if (words_take(words, "permit")) {
        conflict->take = POLICY_TAKE_PERMIT;
    } else if (words_take(words, "prohibition")) {
        conflict->take = POLICY_TAKE_PROHIBITION;
    } else if (words_take(words, "ask")) {
        conflict->take = POLICY_TAKE_ASK;
        conflict->roles = words_names(words, "a role");
    } else {
        words_fail(words, PROBLEM_UNEXPECTED_WORDS,
                   STR("write take permit, take prohibition, or take ask ROLE"),
                   "this does not say what prevails");
    }
    (void)words_end(words);
}

enum conflict_line { CONFLICT_LINE_WHEN = 1, CONFLICT_LINE_TAKE = 2, CONFLICT_LINE_SAY = 4 };

static void read_conflict_line(struct words *words, struct policy_known_conflict *conflict,
                               uint32_t *given)
{
    static const struct {
        const char *phrase;
        enum conflict_line line;
    } known[] = {
        {"when", CONFLICT_LINE_WHEN}, {"take", CONFLICT_LINE_TAKE}, {"say", CONFLICT_LINE_SAY}};
    enum conflict_line line = 0;
    for (size_t i = 0; i < sizeof known / sizeof known[0] && line == 0; i++) {
        if (words_is(words, known[i].phrase)) {
            line = known[i].line;
            if (words_is_second(words, (*given & line) != 0, known[i].phrase)) {
                return;
            }
        }
    }
    if (line == 0) {
        fail_line(words, "a known conflict", STR("a known conflict has when, take and say"));
        return;
    }
    *given |= line;
    words->at++;
    if (line == CONFLICT_LINE_WHEN) {
        conflict->when = parse_condition(words);
    } else if (line == CONFLICT_LINE_TAKE) {
        read_take(words, conflict);
    } else {
        conflict->say = words_text(words, "the reason in plain words");
        (void)words_end(words);
    }
}

static void read_known_conflict(struct words *head, const struct parse_statement *statement)
{
    struct parse *parse = head->parse;
    struct policy_known_conflict conflict = {.place = statement->head->place};
    conflict.first = words_key(head, "the key of a clause");
    if (!head->failed && !words_take_kind(head, LEX_COMMA)) {
        words_fail(head, PROBLEM_UNEXPECTED_WORDS, STR("write known conflict KEY, KEY"),
                   "a known conflict names two clauses with a comma between them");
    }
    conflict.second = words_key(head, "the key of the other clause");
    if (!words_end(head)) {
        return;
    }
    uint32_t given = 0;
    const struct lex_line *line;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        read_conflict_line(&words, &conflict, &given);
    }
    if ((given & CONFLICT_LINE_TAKE) == 0) {
        missing_line(parse, statement, "a known conflict", "take");
    }
    struct policy_clause *clause = parse->clause;
    *LIST_ADD(parse->arena, clause->known_conflicts, clause->known_conflict_count) = conflict;
}

/* ---- Settings -------------------------------------------------------------------------------- */

/* A name, a number, or a text in quotes. */
static struct policy_name read_setting_value(struct words *words)
{
    const struct lex_word *word = words_peek(words);
    if (words->failed || !word || (word->kind != LEX_WORD && word->kind != LEX_TEXT)) {
        (void)words_name(words, "a value");
        return (struct policy_name){0};
    }
    words->at++;
    return (struct policy_name){word->text, word->place};
}

static void read_setting_kind(struct words *words, struct policy_setting *setting)
{
    if (words_take(words, "role")) {
        setting->kind = POLICY_SETTING_ROLE;
    } else if (words_take(words, "number")) {
        setting->kind = POLICY_SETTING_NUMBER;
    } else if (words_take(words, "text")) {
        setting->kind = POLICY_SETTING_TEXT;
    } else {
        words_fail(words, PROBLEM_SETTING_KIND,
                   STR("write setting NAME role \"question\", or number or text in place of role"),
                   "this is no kind of setting");
    }
}

static void read_setting(struct words *head, const struct parse_statement *statement)
{
    struct parse *parse = head->parse;
    struct policy_setting setting = {.name = words_name(head, "a setting's name")};
    read_setting_kind(head, &setting);
    setting.question = words_text(head, "the question to the school");
    if (words_take(head, "default")) {
        setting.preset = read_setting_value(head);
    }
    if (!words_end(head)) {
        return;
    }
    const struct lex_line *line;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        if (!words_is(&words, "default")) {
            fail_line(&words, "a setting", STR("a setting has one line: default VALUE"));
        } else if (!words_is_second(&words, setting.preset.text.len > 0, "default")) {
            (void)words_take(&words, "default");
            setting.preset = read_setting_value(&words);
            (void)words_end(&words);
        }
    }
    struct policy_clause *clause = parse->clause;
    *LIST_ADD(parse->arena, clause->settings, clause->setting_count) = setting;
}

static void read_assignment(struct words *head, const struct parse_statement *statement)
{
    struct parse *parse = head->parse;
    struct policy_assignment assignment = {.name = words_name(head, "a setting's name")};
    assignment.value = read_setting_value(head);
    size_t at = 0;
    const struct lex_line *line = parse_line_next(statement, &at);
    if (line) {
        struct words words = words_begin(parse, line);
        fail_line(&words, "\"set\"", STR("write set NAME VALUE on one line"));
    }
    if (words_end(head)) {
        struct policy_clause *clause = parse->clause;
        *LIST_ADD(parse->arena, clause->assignments, clause->assignment_count) = assignment;
    }
}

/* ---- All of them ----------------------------------------------------------------------------- */

bool parse_other_statement(struct parse *parse, const struct parse_statement *statement)
{
    static const struct {
        const char *phrase;
        void (*read)(struct words *head, const struct parse_statement *statement);
    } known[] = {
        {"define", read_definition},
        {"known conflict", read_known_conflict},
        {"setting", read_setting},
        {"set", read_assignment},
    };
    struct words head = words_begin(parse, statement->head);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (words_take(&head, known[i].phrase)) {
            known[i].read(&head, statement);
            return true;
        }
    }
    return false;
}

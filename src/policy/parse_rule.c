/*
 * policy/parse_rule.c - rules: a head from a table, then lines from a table.
 *
 * Read first: docs/policy-language.md, section 4. Start at: parse_rules. The other statements of a
 * rule block (definitions, known conflicts, settings) are in parse_statement.c.
 */
#include "policy/parse_int.h"

/* ---- Heads ----------------------------------------------------------------------------------- */

/* Longer phrases stand before those that they begin with. */
static const struct rule_head {
    const char *phrase;
    enum policy_effect effect;
    enum policy_strength strength;
    bool is_duty_head; /* a duty, or (must, should) perhaps an act */
    bool is_nevertheless;
} heads[] = {
    {"must not", POLICY_EFFECT_FORBIDS, POLICY_STRENGTH_MUST, false, false},
    {"should not", POLICY_EFFECT_FORBIDS, POLICY_STRENGTH_SHOULD, false, false},
    {"advised not", POLICY_EFFECT_CAUTIONS, POLICY_STRENGTH_ADVISED, false, false},
    {"take care", POLICY_EFFECT_CAUTIONS, POLICY_STRENGTH_SHOULD, false, false},
    {"ask first", POLICY_EFFECT_ASKS_FIRST, POLICY_STRENGTH_SHOULD, false, false},
    {"nevertheless must", POLICY_EFFECT_ADDS_DUTY, POLICY_STRENGTH_MUST, true, true},
    {"nevertheless should", POLICY_EFFECT_ADDS_DUTY, POLICY_STRENGTH_SHOULD, true, true},
    {"nevertheless advised", POLICY_EFFECT_ADDS_DUTY, POLICY_STRENGTH_ADVISED, true, true},
    {"must", POLICY_EFFECT_REQUIRES, POLICY_STRENGTH_MUST, true, false},
    {"should", POLICY_EFFECT_REQUIRES, POLICY_STRENGTH_SHOULD, true, false},
    {"advised", POLICY_EFFECT_ADDS_DUTY, POLICY_STRENGTH_ADVISED, true, false},
    {"may", POLICY_EFFECT_PERMITS, POLICY_STRENGTH_MAY, false, false},
    {"covers", POLICY_EFFECT_COVERS, POLICY_STRENGTH_STATES, false, false},
    {"leaves out", POLICY_EFFECT_LEAVES_OUT, POLICY_STRENGTH_STATES, false, false},
    {"protects", POLICY_EFFECT_PROTECTS, POLICY_STRENGTH_MUST, false, false},
    {"if unsure", POLICY_EFFECT_IF_UNSURE, POLICY_STRENGTH_SHOULD, false, false},
};
#define HEAD_COUNT (sizeof heads / sizeof heads[0])

static const struct str strengths[POLICY_STRENGTH_COUNT] = {
    [POLICY_STRENGTH_MUST] = STR_INIT("must"),       [POLICY_STRENGTH_SHOULD] = STR_INIT("should"),
    [POLICY_STRENGTH_ADVISED] = STR_INIT("advised"), [POLICY_STRENGTH_MAY] = STR_INIT("may"),
    [POLICY_STRENGTH_STATES] = STR_INIT("states"),
};

/* ---- Lines ----------------------------------------------------------------------------------- */

enum rule_line {
    RULE_LINE_WHEN,
    RULE_LINE_UNLESS,
    RULE_LINE_ONLY_IF,
    RULE_LINE_REGARDLESS,
    RULE_LINE_OVERRIDES,
    RULE_LINE_OF,
    RULE_LINE_AGAINST,
    RULE_LINE_ON,
    RULE_LINE_WORDS,
    RULE_LINE_SAY,
    RULE_LINE_INSTEAD,
    RULE_LINE_COUNT
};

#define EFFECT(name) (1u << POLICY_EFFECT_##name)
#define EVERY_EFFECT ((1u << POLICY_EFFECT_COUNT) - 1)
#define WEIGHS (EFFECT(FORBIDS) | EFFECT(CAUTIONS) | EFFECT(ASKS_FIRST))

static const struct {
    const char *phrase;
    uint32_t effects;       /* the heads that it belongs to */
    bool is_for_duty_heads; /* or instead: heads of duties */
    bool is_repeatable;
    const char *owners; /* for a message */
} lines[RULE_LINE_COUNT] = {
    [RULE_LINE_WHEN] = {"when", EVERY_EFFECT, false, false, ""},
    [RULE_LINE_UNLESS] = {"unless", EVERY_EFFECT, false, true, ""},
    [RULE_LINE_ONLY_IF] = {"only if", EFFECT(PERMITS), false, false, "may"},
    [RULE_LINE_REGARDLESS] = {"regardless", WEIGHS | EFFECT(PERMITS), false, false,
                              "must not, should not, advised not, take care, ask first, and may "
                              "with only if"},
    [RULE_LINE_OVERRIDES] = {"overrides", WEIGHS | EFFECT(PERMITS), false, false,
                             "must not, should not, advised not, take care, ask first and may"},
    [RULE_LINE_OF] = {"of", EFFECT(ASKS_FIRST) | EFFECT(IF_UNSURE) | EFFECT(PROTECTS), false, false,
                      "ask first, if unsure and protects"},
    [RULE_LINE_AGAINST] = {"against", EFFECT(PROTECTS), false, false, "protects"},
    [RULE_LINE_ON] = {"on", 0, true, false, "duties (must, should or advised DUTY)"},
    [RULE_LINE_WORDS] = {"words", EVERY_EFFECT, false, false, ""},
    [RULE_LINE_SAY] = {"say", EVERY_EFFECT, false, false, ""},
    [RULE_LINE_INSTEAD] = {"instead", WEIGHS | EFFECT(PERMITS), false, false,
                           "must not, should not, advised not, take care, ask first, and may with "
                           "only if"},
};

static enum rule_line line_of(const struct words *words)
{
    for (size_t i = 0; i < RULE_LINE_COUNT; i++) {
        if (words_is(words, lines[i].phrase)) {
            return (enum rule_line)i;
        }
    }
    return RULE_LINE_COUNT;
}

static void fail_unknown_line(struct words *words)
{
    const struct lex_word *word = words_peek(words);
    struct problem_guess guess = problem_guess_new(word->text);
    for (size_t i = 0; i < RULE_LINE_COUNT; i++) {
        problem_guess_offer(&guess, str_from(lines[i].phrase));
    }
    struct str hint =
        STR("a rule has when, unless, only if, regardless, overrides, of, against, on, "
            "words, say and instead; a line that continues another is indented deeper");
    words_fail(words, PROBLEM_UNKNOWN_LINE, problem_guess_hint(words->parse->arena, &guess, hint),
               "a rule has no line \"" STR_FMT "\"", STR_ARG(word->text));
}

static void read_strength(struct words *words, struct policy_rule *rule)
{
    for (size_t i = 0; i < POLICY_STRENGTH_COUNT; i++) {
        if (words_is_kind(words, LEX_WORD) && str_equal(words_peek(words)->text, strengths[i])) {
            rule->strength = (enum policy_strength)i;
            rule->has_words = true;
            words->at++;
            return;
        }
    }
    words_fail(words, PROBLEM_UNEXPECTED_WORDS, STR("write must, should, advised, may or states"),
               "this is no strength of words");
}

static void read_unless(struct words *words, struct policy_rule *rule)
{
    struct policy_condition *condition = parse_condition(words);
    if (condition) {
        *LIST_ADD(words->parse->arena, rule->unless, rule->unless_count) = condition;
    }
}

static void read_line(struct words *words, enum rule_line line, struct policy_rule *rule)
{
    switch (line) {
    case RULE_LINE_WHEN:
        rule->when = parse_condition(words);
        break;
    case RULE_LINE_UNLESS:
        read_unless(words, rule);
        break;
    case RULE_LINE_ONLY_IF:
        rule->only_if = parse_condition(words);
        break;
    case RULE_LINE_REGARDLESS:
        rule->is_regardless = true;
        break;
    case RULE_LINE_OVERRIDES:
        rule->overrides = words_keys(words, "the key of a clause");
        break;
    case RULE_LINE_OF:
        rule->roles = words_names(words, "a role");
        break;
    case RULE_LINE_AGAINST:
        rule->against = words_names(words, "a topic");
        break;
    case RULE_LINE_ON:
        rule->acts = words_names(words, "an act");
        rule->effect = POLICY_EFFECT_ADDS_DUTY;
        break;
    case RULE_LINE_WORDS:
        read_strength(words, rule);
        break;
    case RULE_LINE_SAY:
        rule->say = words_text(words, "the reason in plain words");
        break;
    case RULE_LINE_INSTEAD:
        rule->instead = words_text(words, "a text that says what can be done instead");
        break;
    case RULE_LINE_COUNT:
        break;
    }
}

/* True, with a message, when a line does not belong to this head. */
static bool is_misplaced(struct words *words, enum rule_line line, const struct rule_head *head)
{
    bool is_good = (lines[line].effects & (1u << head->effect)) != 0 ||
                   (lines[line].is_for_duty_heads && head->is_duty_head);
    if (!is_good) {
        words_fail(words, PROBLEM_LINE_NOT_FOR_HEAD,
                   str_format(words->parse->arena, "\"%s\" is for %s", lines[line].phrase,
                              lines[line].owners),
                   "\"%s\" does not belong under \"%s\"", lines[line].phrase, head->phrase);
    }
    return !is_good;
}

static void read_lines(struct parse *parse, const struct parse_statement *statement,
                       const struct rule_head *head, struct policy_rule *rule)
{
    const struct lex_line *line;
    uint32_t given = 0;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        enum rule_line kind = line_of(&words);
        if (kind == RULE_LINE_COUNT) {
            fail_unknown_line(&words);
            continue;
        }
        bool was_given = !lines[kind].is_repeatable && (given & (1u << kind)) != 0;
        if (is_misplaced(&words, kind, head) ||
            words_is_second(&words, was_given, lines[kind].phrase)) {
            continue;
        }
        given |= 1u << kind;
        (void)words_take(&words, lines[kind].phrase);
        read_line(&words, kind, rule);
        (void)words_end(&words);
    }
    bool is_gate_line = (given & (1u << RULE_LINE_REGARDLESS | 1u << RULE_LINE_INSTEAD)) != 0;
    if (rule->effect == POLICY_EFFECT_PERMITS && is_gate_line &&
        (given & (1u << RULE_LINE_ONLY_IF)) == 0) {
        problem_add(parse->diags, PROBLEM_LINE_NOT_FOR_HEAD, rule->place,
                    STR("take the line out, or add an \"only if\" line"),
                    "a permit without \"only if\" forbids nothing, so \"regardless\" and "
                    "\"instead\" have no meaning");
    }
}

/* ---- Rules ----------------------------------------------------------------------------------- */

static struct policy_names anything(struct parse *parse, struct policy_place place)
{
    struct policy_names names = {0};
    *LIST_ADD(parse->arena, names.at, names.count) = (struct policy_name){STR("anything"), place};
    return names;
}

static void read_rule(struct words *words, const struct parse_statement *statement,
                      const struct rule_head *head)
{
    struct parse *parse = words->parse;
    struct policy_rule rule = {.place = statement->head->place,
                               .effect = head->effect,
                               .head = str_from(head->phrase),
                               .strength = head->strength,
                               .is_nevertheless = head->is_nevertheless};
    rule.acts = words_names(words, head->is_duty_head ? "a duty or an act" : "an act, or anything");
    if (!words_end(words)) {
        return;
    }
    if (head->is_duty_head && rule.acts.count == 1) {
        rule.duty = rule.acts.at[0];
    }
    if (rule.effect == POLICY_EFFECT_ADDS_DUTY) {
        if (rule.acts.count > 1) {
            words->at = 0;
            words_fail(words, PROBLEM_ACTS_AND_DUTIES, STR("write a rule for each duty"),
                       "one rule adds one duty");
            return;
        }
        rule.acts = anything(parse, rule.duty.place);
    }
    read_lines(parse, statement, head, &rule);
    if (rule.effect == POLICY_EFFECT_ADDS_DUTY && rule.duty.text.len == 0) {
        words->at = 0;
        words_fail(words, PROBLEM_ACTS_AND_DUTIES, STR("write a rule for each duty"),
                   "one rule adds one duty, and \"on\" is a line of duties");
        return;
    }
    struct policy_clause *clause = parse->clause;
    *LIST_ADD(parse->arena, clause->rules, clause->rule_count) = rule;
}

static void fail_unknown_head(struct words *words)
{
    static const char *const others[] = {"define", "known conflict", "setting", "set"};
    const struct lex_word *word = words_peek(words);
    struct problem_guess guess = problem_guess_new(word->text);
    for (size_t i = 0; i < HEAD_COUNT; i++) {
        struct str first;
        (void)str_cut(str_from(heads[i].phrase), ' ', &first, NULL);
        problem_guess_offer(&guess, first);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        problem_guess_offer(&guess, str_from(others[i]));
    }
    struct str hint =
        STR("a rule begins with must not, should not, advised not, take care, ask first, "
            "must, should, advised, nevertheless must, may, covers, leaves out, "
            "protects or if unsure");
    words_fail(words, PROBLEM_UNKNOWN_STATEMENT,
               problem_guess_hint(words->parse->arena, &guess, hint),
               "\"" STR_FMT "\" begins no rule", STR_ARG(word->text));
}

static void read_statement(struct parse *parse, const struct parse_statement *statement)
{
    struct words words = words_begin(parse, statement->head);
    if (words.failed || parse_other_statement(parse, statement)) {
        return;
    }
    for (size_t i = 0; i < HEAD_COUNT; i++) {
        if (words_take(&words, heads[i].phrase)) {
            read_rule(&words, statement, &heads[i]);
            return;
        }
    }
    fail_unknown_head(&words);
}

void parse_rules(struct parse *parse, const struct lex_block *block)
{
    struct parse_statement statement;
    for (size_t at = 0; parse_statement_next(parse, block, &at, &statement);) {
        read_statement(parse, &statement);
    }
}

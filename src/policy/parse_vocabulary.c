/*
 * policy/parse_vocabulary.c - vocabulary blocks: topics, roles, acts, facts and what they imply.
 *
 * Read first: docs/policy-language.md, section 3. Start at: parse_vocabulary.
 */
#include "policy/parse_int.h"

#define NUMBER_FROM INT64_C(0) /* where a number states no bounds */
#define NUMBER_TO INT64_C(150)

/* A line under a head that this statement does not have. */
static void fail_line(struct words *words, const char *const *known, size_t count,
                      const char *owner)
{
    const struct lex_word *word = words_peek(words);
    struct problem_guess guess = problem_guess_new(word->text);
    struct text list = {.arena = words->parse->arena};
    for (size_t i = 0; i < count; i++) {
        problem_guess_offer(&guess, str_from(known[i]));
        text_addf(&list, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    struct str hint = str_format(words->parse->arena, "%s may have these lines: " STR_FMT, owner,
                                 STR_ARG(text_str(&list)));
    words_fail(words, PROBLEM_UNKNOWN_LINE, problem_guess_hint(words->parse->arena, &guess, hint),
               "%s has no line \"" STR_FMT "\"", owner, STR_ARG(word->text));
}

/* Several "group" lines add up. */
static void add_names(struct parse *parse, struct policy_names *to, struct policy_names names)
{
    for (size_t i = 0; i < names.count; i++) {
        *LIST_ADD(parse->arena, to->at, to->count) = names.at[i];
    }
}

/* ---- Topics, roles, acts --------------------------------------------------------------------- */

static void no_lines(struct parse *parse, const struct parse_statement *statement,
                     const char *owner)
{
    size_t at = 0;
    const struct lex_line *line = parse_line_next(statement, &at);
    if (line) {
        struct words words = words_begin(parse, line);
        words_fail(&words, PROBLEM_UNKNOWN_LINE,
                   STR("take the line out, or begin it at the left margin"),
                   "%s has no lines under it", owner);
    }
}

static void read_topic(struct words *words, const struct parse_statement *statement)
{
    struct policy_topic topic = {.name = words_name(words, "a topic's name")};
    topic.text = words_text(words, "the topic in plain words");
    no_lines(words->parse, statement, "a topic");
    if (words_end(words)) {
        struct policy_document *document = words->parse->document;
        *LIST_ADD(words->parse->arena, document->topics, document->topic_count) = topic;
    }
}

static void read_role(struct words *head, const struct parse_statement *statement)
{
    static const char *const known[] = {"group"};
    struct parse *parse = head->parse;
    struct policy_role role = {.name = words_name(head, "a role's name")};
    role.text = words_text(head, "the role in plain words");
    const struct lex_line *line;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        if (words_take(&words, "group")) {
            add_names(parse, &role.groups, words_names(&words, "a group's name"));
            (void)words_end(&words);
        } else {
            fail_line(&words, known, 1, "a role");
        }
    }
    if (words_end(head)) {
        *LIST_ADD(parse->arena, parse->document->roles, parse->document->role_count) = role;
    }
}

static void read_act(struct words *head, const struct parse_statement *statement)
{
    static const char *const known[] = {"group", "example"};
    struct parse *parse = head->parse;
    struct policy_act act = {.name = words_name(head, "an act's name")};
    act.text = words_text(head, "the act in plain words");
    const struct lex_line *line;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        if (words_take(&words, "group")) {
            add_names(parse, &act.groups, words_names(&words, "a group's name"));
        } else if (words_take(&words, "example")) {
            struct str *example = LIST_ADD(parse->arena, act.examples, act.example_count);
            *example = words_text(&words, "an example");
        } else {
            fail_line(&words, known, 2, "an act");
        }
        (void)words_end(&words);
    }
    act.example = act.example_count > 0 ? act.examples[0] : (struct str){0};
    if (words_end(head)) {
        *LIST_ADD(parse->arena, parse->document->acts, parse->document->act_count) = act;
    }
}

/* ---- Facts ----------------------------------------------------------------------------------- */

static const struct {
    const char *phrase;
    enum policy_fact_kind kind;
} fact_kinds[] = {
    {"one of", POLICY_FACT_ONE_OF},    {"some of", POLICY_FACT_SOME_OF},
    {"yes or no", POLICY_FACT_YES_NO}, {"number of", POLICY_FACT_NUMBER},
    {"date", POLICY_FACT_DATE},
};

static void read_fact_kind(struct words *words, struct policy_fact *fact)
{
    for (size_t i = 0; i < sizeof fact_kinds / sizeof fact_kinds[0]; i++) {
        if (words_take(words, fact_kinds[i].phrase)) {
            fact->kind = fact_kinds[i].kind;
            if (fact->kind == POLICY_FACT_NUMBER) {
                fact->unit = words_name(words, "a unit, such as years").text;
            }
            return;
        }
    }
    words_fail(words, PROBLEM_UNKNOWN_FACT_KIND,
               STR("write one of, some of, yes or no, number of UNIT, or date"),
               "this is no kind of fact");
}

/* The lines of a fact that state something once; bits of `given`. */
enum fact_line {
    FACT_LINE_LABEL,
    FACT_LINE_HELP,
    FACT_LINE_WHY,
    FACT_LINE_SENSITIVITY,
    FACT_LINE_DEFAULT,
    FACT_LINE_FROM,
    FACT_LINE_RELEVANT,
    FACT_LINE_COUNT
};

static const char *const fact_lines[FACT_LINE_COUNT] = {
    [FACT_LINE_LABEL] = "label",
    [FACT_LINE_HELP] = "help",
    [FACT_LINE_WHY] = "why",
    [FACT_LINE_SENSITIVITY] = "sensitivity",
    [FACT_LINE_DEFAULT] = "default",
    [FACT_LINE_FROM] = "from",
    [FACT_LINE_RELEVANT] = "relevant-to",
};

static enum fact_line fact_line_of(const struct words *words)
{
    for (size_t i = 0; i < FACT_LINE_COUNT; i++) {
        if (words_is(words, fact_lines[i])) {
            return (enum fact_line)i;
        }
    }
    return FACT_LINE_COUNT;
}

static void read_sensitivity(struct words *words, struct policy_fact *fact)
{
    static const char *const names[POLICY_SENSITIVITY_COUNT] = {
        [POLICY_SENSITIVITY_LOW] = "low",
        [POLICY_SENSITIVITY_PERSONAL] = "personal",
        [POLICY_SENSITIVITY_SENSITIVE] = "sensitive",
    };
    for (size_t i = 0; i < POLICY_SENSITIVITY_COUNT; i++) {
        if (words_take(words, names[i])) {
            fact->sensitivity = (enum policy_sensitivity)i;
            return;
        }
    }
    words_fail(words, PROBLEM_UNEXPECTED_WORDS, STR("write low, personal or sensitive"),
               "this is no degree of sensitivity");
}

static void read_bounds(struct words *words, struct policy_fact *fact)
{
    struct policy_place place = words->line->place;
    fact->from = words_number(words, "the least number");
    if (!words->failed && !words_take(words, "to")) {
        words_fail(words, PROBLEM_BOUNDS, STR("write from 0 to 120"), "expected \"to\" here");
    }
    fact->to = words_number(words, "the greatest number");
    if (words->failed) {
        return;
    }
    fact->has_bounds = true;
    if (fact->from > fact->to) {
        problem_add(words->parse->diags, PROBLEM_BOUNDS, place,
                    STR("state the smaller number first"), "no number is from %lld to %lld",
                    (long long)fact->from, (long long)fact->to);
    }
}

static void read_default(struct words *words, struct policy_fact *fact)
{
    const struct lex_word *word = words_peek(words);
    if (!word || word->kind != LEX_WORD) {
        (void)words_name(words, "a value");
        return;
    }
    fact->preset = (struct policy_name){word->text, word->place};
    words->at++;
}

static void read_fact_line(struct words *words, enum fact_line line, struct policy_fact *fact)
{
    words->at++;
    switch (line) {
    case FACT_LINE_LABEL:
        fact->label = words_text(words, "a label");
        break;
    case FACT_LINE_HELP:
        fact->help = words_text(words, "a help text");
        break;
    case FACT_LINE_WHY:
        fact->why = words_text(words, "the reason why it is asked");
        break;
    case FACT_LINE_SENSITIVITY:
        read_sensitivity(words, fact);
        break;
    case FACT_LINE_DEFAULT:
        read_default(words, fact);
        break;
    case FACT_LINE_FROM:
        read_bounds(words, fact);
        break;
    case FACT_LINE_RELEVANT:
        fact->relevant = words_names(words, "an act or a group of acts");
        break;
    case FACT_LINE_COUNT:
        break;
    }
}

/* "labl" with a text would be a value that nobody meant. */
static void warn_near_line(struct words *words, struct policy_name name)
{
    static const struct str near[] = {STR_INIT("label"), STR_INIT("help")};
    for (size_t i = 0; i < sizeof near / sizeof near[0]; i++) {
        if (str_distance(name.text, near[i], 1) == 1) {
            problem_add(
                words->parse->diags, PROBLEM_VALUE_SPELLING, name.place,
                str_format(words->parse->arena, "did you mean \"" STR_FMT "\"?", STR_ARG(near[i])),
                "\"" STR_FMT "\" is read as a value of the fact", STR_ARG(name.text));
        }
    }
}

static void read_value(struct words *words, struct policy_fact *fact)
{
    const struct lex_word *next =
        words->at + 1 < words->end ? &words->line->words[words->at + 1] : NULL;
    if (!next || next->kind != LEX_TEXT) {
        fail_line(words, fact_lines, FACT_LINE_COUNT, "a fact");
        return;
    }
    struct policy_value value = {.name = words_name(words, "a value")};
    value.text = words_text(words, "the value in plain words");
    bool has_values = fact->kind == POLICY_FACT_ONE_OF || fact->kind == POLICY_FACT_SOME_OF;
    if (!words->failed && !has_values) {
        words->at = 0;
        words_fail(words, PROBLEM_VALUE_PLACE,
                   STR("only facts of the kinds \"one of\" and \"some of\" have values"),
                   "the fact \"" STR_FMT "\" cannot have values", STR_ARG(fact->name.text));
    }
    if (words_end(words)) {
        warn_near_line(words, value.name);
        *LIST_ADD(words->parse->arena, fact->values, fact->value_count) = value;
    }
}

/* A "group" or "includes" line, which belongs to the value above it. */
static void read_under_value(struct words *words, struct policy_fact *fact, bool is_after_value)
{
    if (!is_after_value) {
        words_fail(words, PROBLEM_VALUE_PLACE,
                   STR("write it under a value, indented two spaces deeper than the value"),
                   "this line belongs to no value");
        return;
    }
    struct policy_value *value = &fact->values[fact->value_count - 1];
    bool is_group = words_take(words, "group");
    if (!is_group) {
        words->at++;
    }
    struct policy_names names = words_names(words, is_group ? "a group's name" : "a value");
    if (words_end(words)) {
        add_names(words->parse, is_group ? &value->groups : &value->includes, names);
    }
}

/* The lines under a fact. */
static void read_fact_lines(struct parse *parse, const struct parse_statement *statement,
                            struct policy_fact *fact)
{
    const struct lex_line *line;
    uint32_t given = 0;
    bool is_after_value = false;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        enum fact_line kind = fact_line_of(&words);
        if (line->depth == 2 || words_is(&words, "group") || words_is(&words, "includes")) {
            read_under_value(&words, fact, is_after_value && line->depth == 2);
            continue;
        }
        is_after_value = false;
        if (kind == FACT_LINE_COUNT) {
            size_t before = fact->value_count;
            read_value(&words, fact);
            is_after_value = fact->value_count > before;
        } else if (fact->is_extension) {
            words_fail(&words, PROBLEM_UNKNOWN_LINE, STR("extend fact only adds values"),
                       "an extension of a fact cannot state \"%s\"", fact_lines[kind]);
        } else if (!words_is_second(&words, (given & (1u << kind)) != 0, fact_lines[kind])) {
            given |= 1u << kind;
            read_fact_line(&words, kind, fact);
            (void)words_end(&words);
        }
    }
}

static void read_fact(struct words *head, const struct parse_statement *statement)
{
    struct parse *parse = head->parse;
    struct policy_fact fact = {.from = NUMBER_FROM, .to = NUMBER_TO};
    fact.name = words_name(head, "a fact's name");
    if (!head->failed && !words_take_kind(head, LEX_COLON)) {
        words_fail(head, PROBLEM_UNKNOWN_FACT_KIND, STR("write fact NAME: one of \"question\""),
                   "expected \":\" and the kind of fact");
    }
    if (!head->failed) {
        read_fact_kind(head, &fact);
    }
    fact.question = words_text(head, "the question to ask");
    if (!words_end(head)) {
        return;
    }
    read_fact_lines(parse, statement, &fact);
    *LIST_ADD(parse->arena, parse->document->facts, parse->document->fact_count) = fact;
}

static void read_extension(struct words *head, const struct parse_statement *statement)
{
    struct parse *parse = head->parse;
    struct policy_fact fact = {.kind = POLICY_FACT_SOME_OF, .is_extension = true};
    fact.name = words_name(head, "a fact's name");
    if (words_end(head)) {
        read_fact_lines(parse, statement, &fact);
        *LIST_ADD(parse->arena, parse->document->facts, parse->document->fact_count) = fact;
    }
}

/* ---- Relations ------------------------------------------------------------------------------- */

/* "FACT: A, B" */
static void read_values(struct words *words, struct policy_name *fact, struct policy_names *values)
{
    *fact = words_name(words, "a fact's name");
    if (!words->failed && !words_take_kind(words, LEX_COLON)) {
        words_fail(words, PROBLEM_UNEXPECTED_WORDS, STR("write the fact, a colon, and its values"),
                   "expected \":\" after the fact");
    }
    *values = words_names(words, "a value");
}

static void read_relation(struct words *words, const struct parse_statement *statement,
                          enum policy_relation_kind kind)
{
    struct parse *parse = words->parse;
    struct policy_relation relation = {.kind = kind, .place = words->line->place};
    read_values(words, &relation.fact, &relation.left);
    if (kind == POLICY_RELATION_IMPLIES && !words->failed) {
        if (!words_take_kind(words, LEX_ARROW)) {
            words_fail(words, PROBLEM_UNEXPECTED_WORDS, STR("write implies FACT: A, B -> C"),
                       "expected \"->\" and what the values imply");
        }
        relation.right = words_name(words, "a value");
    } else if (!words->failed && relation.left.count < 2) {
        words_fail(words, PROBLEM_EXPECTED_NAME, STR("name two values or more, with commas"),
                   "one value alone cannot be together with another");
    }
    no_lines(parse, statement, "this statement");
    if (words_end(words)) {
        *LIST_ADD(parse->arena, parse->document->relations, parse->document->relation_count) =
            relation;
    }
}

static void read_relationship(struct words *head, const struct parse_statement *statement)
{
    static const char *const known[] = {"means"};
    struct parse *parse = head->parse;
    struct policy_relationship relationship = {.name = words_name(head, "a relationship's name")};
    relationship.text = words_text(head, "the relationship in the words of who declares it");
    const struct lex_line *line;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        if (words_take(&words, "means")) {
            read_values(&words, &relationship.fact, &relationship.values);
            (void)words_end(&words);
        } else {
            fail_line(&words, known, 1, "a relationship");
        }
    }
    if (!head->failed && relationship.values.count == 0) {
        words_fail(head, PROBLEM_EXPECTED_NAME, STR("add a line such as: means other: pupil"),
                   "a relationship says what it means of the person concerned");
    }
    if (words_end(head)) {
        *LIST_ADD(parse->arena, parse->document->relationships,
                  parse->document->relationship_count) = relationship;
    }
}

static void read_never(struct words *words, const struct parse_statement *statement)
{
    read_relation(words, statement, POLICY_RELATION_NEVER);
}

static void read_implies(struct words *words, const struct parse_statement *statement)
{
    read_relation(words, statement, POLICY_RELATION_IMPLIES);
}

/* ---- The block ------------------------------------------------------------------------------- */

static const struct {
    const char *phrase;
    void (*read)(struct words *head, const struct parse_statement *statement);
} statements[] = {
    {"topic", read_topic},
    {"role", read_role},
    {"act", read_act},
    {"fact", read_fact},
    {"extend fact", read_extension},
    {"never together", read_never},
    {"implies", read_implies},
    {"relationship", read_relationship},
};
#define STATEMENT_COUNT (sizeof statements / sizeof statements[0])

static void read_statement(struct parse *parse, const struct parse_statement *statement)
{
    struct words head = words_begin(parse, statement->head);
    if (head.failed) {
        return;
    }
    struct problem_guess guess = problem_guess_new(words_peek(&head)->text);
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        if (words_take(&head, statements[i].phrase)) {
            statements[i].read(&head, statement);
            return;
        }
        problem_guess_offer(&guess, str_from(statements[i].phrase));
    }
    words_fail(&head, PROBLEM_UNKNOWN_STATEMENT,
               problem_guess_hint(parse->arena, &guess,
                                  STR("a vocabulary has topic, role, act, fact, extend fact, "
                                      "never together, implies and relationship")),
               "\"" STR_FMT "\" begins nothing that a vocabulary has",
               STR_ARG(words_peek(&head)->text));
}

void parse_vocabulary(struct parse *parse, const struct lex_block *block)
{
    struct parse_statement statement;
    for (size_t at = 0; parse_statement_next(parse, block, &at, &statement);) {
        read_statement(parse, &statement);
    }
}

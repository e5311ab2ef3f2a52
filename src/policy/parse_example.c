/*
 * policy/parse_example.c - example blocks: stories, facts, people, approvals and expectations.
 *
 * Read first: docs/policy-language.md, section 7. Start at: parse_examples.
 *
 * What must hold: an example runs from its story to the blank line or the story after its last
 * expectation. What a value is, only the vocabulary knows: a bare name is read as "yes".
 */
#include "policy/limits_int.h"
#include "policy/parse_int.h"
#include "policy/words_int.h"

/* ---- Fixed words ----------------------------------------------------------------------------- */

static bool is_among(struct str text, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(text, words[i])) {
            return true;
        }
    }
    return false;
}

/* One of a few words, or a message with the nearest of them. */
static struct policy_name take_fixed(struct words *words, const struct str *known, size_t count,
                                     enum problem problem, const char *what)
{
    struct policy_name name = words_name(words, what);
    if (words->failed || is_among(name.text, known, count)) {
        return name;
    }
    struct arena *arena = words->parse->arena;
    struct problem_guess guess = problem_guess_new(name.text);
    for (size_t i = 0; i < count; i++) {
        problem_guess_offer(&guess, known[i]);
    }
    struct str list = str_join(arena, known, count, STR(", "));
    struct str hint = str_format(arena, "write one of " STR_FMT, STR_ARG(list));
    words->at--;
    words_fail(words, problem, problem_guess_hint(arena, &guess, hint), "\"" STR_FMT "\" is not %s",
               STR_ARG(name.text), what);
    return name;
}

static struct policy_name take_state(struct words *words)
{
    return take_fixed(words, state_words, STATE_WORD_COUNT, PROBLEM_UNKNOWN_STATE,
                      "the state of an approval");
}

/* ---- Facts ----------------------------------------------------------------------------------- */

static void read_values(struct words *words, struct policy_example_fact *fact)
{
    struct arena *arena = words->parse->arena;
    do {
        bool is_unknown = words_take(words, "unknown");
        bool is_either = !is_unknown && words_take(words, "either");
        struct policy_name name = words_name(words, "a value");
        struct policy_names *to = is_unknown ? &fact->unknown : &fact->values;
        to = is_either ? &fact->either : to;
        *LIST_ADD(arena, to->at, to->count) = name;
    } while (words_take_kind(words, LEX_COMMA));
    fact->given = POLICY_GIVEN_VALUES;
}

/* One word that says all, at the end of its item. */
static bool take_whole(struct words *words, struct policy_example_fact *fact)
{
    static const struct {
        const char *word;
        enum policy_given given;
    } known[] = {
        {"yes", POLICY_GIVEN_YES},         {"no", POLICY_GIVEN_NO},
        {"unknown", POLICY_GIVEN_UNKNOWN}, {"withheld", POLICY_GIVEN_WITHHELD},
        {"missing", POLICY_GIVEN_MISSING}, {"none", POLICY_GIVEN_NONE},
    };
    for (size_t i = 0; words->at + 1 == words->end && i < sizeof known / sizeof known[0]; i++) {
        if (words_take(words, known[i].word)) {
            fact->given = known[i].given;
            return true;
        }
    }
    return false;
}

/* What follows the name of a fact. */
static void read_given(struct words *words, struct policy_example_fact *fact)
{
    struct civil_date date;
    if (words->failed || take_whole(words, fact)) {
        return;
    }
    if (words_at_end(words)) {
        fact->given = POLICY_GIVEN_YES;
    } else if (words_is_number(words, &fact->number)) {
        fact->given = POLICY_GIVEN_NUMBER;
        words->at++;
    } else if (words_is_date(words, &date)) {
        fact->given = POLICY_GIVEN_NUMBER;
        fact->number = date.days;
        fact->is_date = true;
        words->at++;
    } else if (words_is(words, "is")) {
        words_fail(words, PROBLEM_UNEXPECTED_WORDS, STR("leave \"is\" out: account personal"),
                   "an example states facts without \"is\"");
    } else {
        read_values(words, fact);
    }
}

static struct policy_example_fact read_fact(struct words *words, bool is_of_person)
{
    struct policy_example_fact fact = {.fact = words_name(words, "a fact")};
    read_given(words, &fact);
    bool is_full = str_starts(fact.fact.text, STR("other."));
    if (is_of_person && !is_full) {
        fact.fact.text = str_format(words->parse->arena, "other." STR_FMT, STR_ARG(fact.fact.text));
    }
    return fact;
}

/* ---- Lines of facts -------------------------------------------------------------------------- */

/* Where the item ends that begins at the current word. */
static size_t item_end(const struct words *words)
{
    size_t end = words->at;
    while (end < words->line->count && words->line->words[end].kind != LEX_SEMICOLON) {
        end++;
    }
    return end;
}

/* The next item between semicolons. False at the end of the line, or when the line has failed. */
static bool next_item(struct words *words)
{
    if (words->failed) {
        return false;
    }
    if (words->at > 0 && words->at == words->line->count) {
        return false;
    }
    if (words->at > 0 && words->line->words[words->at].kind == LEX_SEMICOLON) {
        words->at++;
    }
    words->end = item_end(words);
    return true;
}

static void read_act_item(struct words *words, struct policy_example *example)
{
    struct policy_place place = words_place(words);
    (void)words_take(words, "act");
    struct policy_name act = words_name(words, "an act");
    if (!words->failed && words_is_kind(words, LEX_COMMA)) {
        words_fail(words, PROBLEM_EXAMPLE_ACT, STR("write an example for each act"),
                   "an example has one act");
    } else if (!words->failed && example->act.text.len > 0) {
        problem_add(words->parse->diags, PROBLEM_EXAMPLE_TWICE, place, STR("keep one of the two"),
                    "the act is stated twice in this example");
    }
    example->act = act;
}

static void read_facts(struct words *words, struct policy_example *example)
{
    struct arena *arena = words->parse->arena;
    while (next_item(words)) {
        if (words_take(words, "everything else missing")) {
            example->everything_else_missing = true;
        } else if (words_is(words, "act")) {
            read_act_item(words, example);
        } else {
            struct policy_example_fact fact = read_fact(words, false);
            if (!words->failed) {
                *LIST_ADD(arena, example->facts, example->fact_count) = fact;
            }
        }
        (void)words_end(words);
    }
}

/* Whether the item is a list of values ("pupil, unknown relative"), not a fact and its value. */
static bool is_value_list(const struct words *words)
{
    struct words ahead = *words;
    do {
        bool is_unknown = words_take(&ahead, "unknown") || words_take(&ahead, "either");
        if (words_is_kind(&ahead, LEX_WORD)) {
            ahead.at++;
        } else if (!is_unknown) {
            return false;
        }
    } while (words_take_kind(&ahead, LEX_COMMA));
    return words_at_end(&ahead);
}

static void read_kinds(struct words *words, struct policy_example_person *person)
{
    struct policy_example_fact fact = {.fact = {STR("other"), words_place(words)}};
    if (!take_whole(words, &fact)) {
        read_values(words, &fact);
    }
    if (!words->failed) {
        *LIST_ADD(words->parse->arena, person->facts, person->fact_count) = fact;
    }
}

static void read_person_item(struct words *words, struct policy_example_person *person,
                             bool is_first)
{
    struct policy_place place = words_place(words);
    if (words_is(words, "consent") && words->end > words->at + 1) {
        (void)words_take(words, "consent");
        if (person->consent.len > 0) {
            problem_add(words->parse->diags, PROBLEM_EXAMPLE_TWICE, place,
                        STR("keep one of the two"), "the consent of this person is stated twice");
        }
        person->consent = take_state(words).text;
    } else if (is_first && is_value_list(words)) {
        read_kinds(words, person);
    } else {
        struct policy_example_fact fact = read_fact(words, true);
        if (!words->failed) {
            *LIST_ADD(words->parse->arena, person->facts, person->fact_count) = fact;
        }
    }
}

static void read_with(struct words *words, struct policy_example *example)
{
    if (words_is(words, "with nobody")) {
        (void)words_take(words, "with nobody");
        example->has_nobody = true;
        if (words_end(words) && example->person_count > 0) {
            words_fail(words, PROBLEM_UNKNOWN_PERSON, STR("take one of the lines out"),
                       "this example has people already");
        }
        return;
    }
    struct policy_example_person person = {.place = words_place(words)};
    (void)words_take(words, "with");
    if (words_at_end(words)) {
        words_fail(words, PROBLEM_EXPECTED_NAME, STR("write with VALUE, or with nobody"),
                   "this line does not say who is concerned");
    }
    bool is_first = true;
    while (next_item(words)) {
        read_person_item(words, &person, is_first);
        (void)words_end(words);
        is_first = false;
    }
    if (words->failed) {
        return;
    }
    if (example->has_nobody) {
        words->at = 0;
        words_fail(words, PROBLEM_UNKNOWN_PERSON, STR("take one of the lines out"),
                   "this example says \"with nobody\" already");
    } else if (example->person_count == LIMIT_POLICY_PEOPLE_MAX) {
        words->at = 0;
        words_fail(words, PROBLEM_TOO_MANY_PEOPLE, STR("a question has so many people at most"),
                   "more than %zu people are concerned", LIMIT_POLICY_PEOPLE_MAX);
    } else {
        *LIST_ADD(words->parse->arena, example->people, example->person_count) = person;
    }
}

/* ---- Approvals ------------------------------------------------------------------------------- */

static struct str take_date_text(struct words *words)
{
    const struct lex_word *word = words_peek(words);
    (void)words_date(words, "a date");
    return words->failed ? (struct str){0} : word->text;
}

static bool read_approval_part(struct words *words, struct policy_example_approval *approval)
{
    if (words_take(words, "with reason")) {
        approval->with_reason = true;
    } else if (words_take(words, "in writing")) {
        approval->in_writing = true;
    } else if (words_take(words, "for")) {
        approval->clause = words_key(words, "the key of a clause");
    } else if (words_take(words, "from")) {
        approval->from = take_date_text(words);
    } else if (words_take(words, "until")) {
        approval->until = take_date_text(words);
    } else if (words_take(words, "on")) {
        approval->platform = words_name(words, "a platform");
    } else {
        return false;
    }
    return !words->failed;
}

static void read_approval(struct words *words, struct policy_example *example)
{
    struct policy_example_approval approval = {.place = words_place(words)};
    (void)words_take(words, "approval");
    if (words_take(words, "by")) {
        approval.by = words_name(words, "a role");
    }
    approval.state = take_state(words);
    while (!words_at_end(words) && read_approval_part(words, &approval)) {
    }
    if (words_end(words)) {
        *LIST_ADD(words->parse->arena, example->approvals, example->approval_count) = approval;
    }
}

static void read_as_of(struct words *words, struct policy_example *example)
{
    bool was_given = example->as_of.len > 0;
    if (words_is_second(words, was_given, "as of")) {
        return;
    }
    (void)words_take(words, "as of");
    example->as_of = take_date_text(words);
    (void)words_end(words);
}

/* ---- Expectations ---------------------------------------------------------------------------- */

static void take_list(struct words *words, struct policy_names *to, bool is_key, const char *what)
{
    struct policy_names names = is_key ? words_keys(words, what) : words_names(words, what);
    for (size_t i = 0; i < names.count; i++) {
        *LIST_ADD(words->parse->arena, to->at, to->count) = names.at[i];
    }
}

static bool read_expected_list(struct words *words, struct policy_expectation *expectation)
{
    const struct {
        const char *phrase;
        struct policy_names *to;
        bool is_key;
        const char *what;
    } lists[] = {
        {"by", &expectation->by, true, "the key of a clause"},
        {"not by", &expectation->not_by, true, "the key of a clause"},
        {"of", &expectation->roles, false, "a role"},
        {"owing", &expectation->owing, false, "a duty"},
        {"not owing", &expectation->not_owing, false, "a duty"},
        {"asking", &expectation->asking, false, "a fact"},
        {"presuming", &expectation->presuming, false, "a fact"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (words_take(words, lists[i].phrase)) {
            take_list(words, lists[i].to, lists[i].is_key, lists[i].what);
            return true;
        }
    }
    return false;
}

static bool read_expected_part(struct words *words, struct policy_expectation *expectation)
{
    if (read_expected_list(words, expectation)) {
        return !words->failed;
    }
    if (words_take(words, "for person")) {
        int64_t number = words_number(words, "the number of a person");
        if (!words->failed && (number < 1 || number > (int64_t)LIMIT_POLICY_PEOPLE_MAX)) {
            words->at--;
            words_fail(words, PROBLEM_UNKNOWN_PERSON, STR("people are counted from 1"),
                       "there is no person %lld", (long long)number);
        }
        expectation->person = words->failed ? 0 : (uint32_t)number;
    } else if (words_take(words, "protected")) {
        expectation->is_protected = true;
    } else if (words_take(words, "unsure")) {
        expectation->is_unsure = true;
    } else if (words_take(words, "noting")) {
        expectation->is_noting = true;
    } else {
        return false;
    }
    return !words->failed;
}

static void read_expectation(struct words *words, struct policy_example *example)
{
    struct policy_expectation expectation = {.place = words_place(words)};
    (void)words_take_kind(words, LEX_ARROW);
    expectation.verdict =
        take_fixed(words, verdict_words, VERDICT_WORD_COUNT, PROBLEM_UNKNOWN_VERDICT, "a verdict")
            .text;
    while (!words_at_end(words) && read_expected_part(words, &expectation)) {
    }
    if (!words_at_end(words)) {
        words_fail(words, PROBLEM_UNEXPECTED_WORDS,
                   STR("after the verdict may follow by, not by, of, owing, not owing, for person, "
                       "asking, presuming, protected, unsure and noting"),
                   "\"" STR_FMT "\" cannot be read here", STR_ARG(words_peek(words)->text));
    }
    if (words_end(words)) {
        *LIST_ADD(words->parse->arena, example->expectations, example->expectation_count) =
            expectation;
    }
}

/* ---- Examples -------------------------------------------------------------------------------- */

/* The example that is being read. */
struct draft {
    struct policy_example example;
    bool is_open, has_facts, has_expectation;
    bool is_damaged; /* a line could not be read, and perhaps said what is missing */
    struct text story;
};

static bool ends_sentence(struct str story)
{
    return str_ends(story, STR(".")) || str_ends(story, STR("?")) || str_ends(story, STR("!")) ||
           str_ends(story, STR(".\"")) || str_ends(story, STR(".)"));
}

static void finish(struct parse *parse, struct draft *draft)
{
    if (!draft->is_open) {
        return;
    }
    struct policy_example *example = &draft->example;
    example->story = text_str(&draft->story);
    if (example->story.len > 0 && !ends_sentence(example->story)) {
        problem_add(parse->diags, PROBLEM_EXAMPLE_STORY, example->place,
                    STR("end the last sentence with a full stop; indent the lines of facts"),
                    "the story of this example does not end in a full stop");
    }
    if (!draft->has_expectation) {
        problem_add(parse->diags, PROBLEM_EXAMPLE_EXPECTATION, example->place,
                    STR("add a line such as: -> forbidden by KEY"),
                    "this example does not say what is expected");
    }
    if (example->act.text.len == 0 && draft->has_facts && !draft->is_damaged) {
        problem_add(parse->diags, PROBLEM_EXAMPLE_ACT, example->place,
                    STR("begin the first line of facts with: act NAME"),
                    "this example does not say what is done");
    }
    struct policy_clause *clause = parse->clause;
    *LIST_ADD(parse->arena, clause->examples, clause->example_count) = *example;
    *draft = (struct draft){0};
}

static void begin(struct parse *parse, struct draft *draft, struct policy_place place)
{
    *draft = (struct draft){.is_open = true, .story = {.arena = parse->arena}};
    draft->example.place = place;
}

static void take_story(struct parse *parse, struct draft *draft, const struct lex_line *line)
{
    if (draft->has_facts || draft->has_expectation) {
        finish(parse, draft);
    }
    if (!draft->is_open) {
        begin(parse, draft, line->place);
    }
    if (draft->story.len > 0) {
        text_add_char(&draft->story, ' ');
    }
    text_add(&draft->story, line->text);
}

static void read_line(struct parse *parse, struct draft *draft, const struct lex_line *line)
{
    struct words words = words_begin(parse, line);
    bool is_expectation = words_is_kind(&words, LEX_ARROW);
    draft->has_facts = true; /* or an attempt at them: one message is enough */
    draft->has_expectation |= is_expectation;
    draft->is_damaged |= words.failed;
    if (words.failed) {
        return;
    }
    if (line->depth == 0) {
        words_fail(&words, PROBLEM_INDENT, STR("indent it by two spaces"),
                   "an expectation is not indented");
    } else if (is_expectation) {
        read_expectation(&words, &draft->example);
    } else if (words_is(&words, "with")) {
        read_with(&words, &draft->example);
    } else if (words_is(&words, "approval")) {
        read_approval(&words, &draft->example);
    } else if (words_is(&words, "as of")) {
        read_as_of(&words, &draft->example);
    } else {
        read_facts(&words, &draft->example);
    }
    draft->is_damaged |= words.failed;
}

static void take_words(struct parse *parse, struct draft *draft, const struct lex_line *line)
{
    bool is_expectation = line->count > 0 && line->words[0].kind == LEX_ARROW;
    if (draft->has_expectation && !is_expectation) {
        finish(parse, draft);
    }
    if (!draft->is_open) {
        begin(parse, draft, line->place);
        problem_add(parse->diags, PROBLEM_EXAMPLE_STORY, line->place,
                    STR("begin each example with a sentence at the left margin"),
                    "this example has no story");
    }
    read_line(parse, draft, line);
}

void parse_examples(struct parse *parse, const struct lex_block *block)
{
    struct draft draft = {0};
    for (size_t i = 0; i < block->count; i++) {
        const struct lex_line *line = &block->lines[i];
        switch (line->kind) {
        case LEX_LINE_BLANK:
            if (draft.has_expectation) {
                finish(parse, &draft);
            }
            break;
        case LEX_LINE_COMMENT:
            break;
        case LEX_LINE_STORY:
            take_story(parse, &draft, line);
            break;
        case LEX_LINE_WORDS:
            take_words(parse, &draft, line);
            break;
        }
    }
    finish(parse, &draft);
}

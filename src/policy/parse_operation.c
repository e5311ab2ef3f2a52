/*
 * policy/parse_operation.c - operation blocks, read by the table of operation.c.
 *
 * Read first: policy/operation.h. Start at: parse_operations.
 */
#include "policy/operation.h"
#include "policy/parse_int.h"

static void read_names(struct words *words, const struct operation_field *field,
                       struct policy_field *out)
{
    out->names = words_names(words, "a name");
    if (words->failed || !field->words) {
        return;
    }
    struct arena *arena = words->parse->arena;
    for (size_t i = 0; i < out->names.count; i++) {
        struct problem_guess guess = problem_guess_new(out->names.at[i].text);
        for (size_t j = 0; j < field->word_count; j++) {
            problem_guess_offer(&guess, field->words[j]);
        }
        if (guess.distance > 0 || guess.best.len == 0) {
            struct str list = str_join(arena, field->words, field->word_count, STR(", "));
            struct str hint = str_format(arena, "write any of " STR_FMT, STR_ARG(list));
            problem_add(words->parse->diags, PROBLEM_UNKNOWN_NAME, out->names.at[i].place,
                        problem_guess_hint(arena, &guess, hint),
                        "\"" STR_FMT "\" cannot stand after \"" STR_FMT "\"",
                        STR_ARG(out->names.at[i].text), STR_ARG(field->name));
        }
    }
}

static void read_value(struct words *words, const struct operation_field *field,
                       struct policy_field *out)
{
    switch (field->type) {
    case OPERATION_TEXT:
        out->text = words_text(words, "a text");
        break;
    case OPERATION_NAMES:
        read_names(words, field, out);
        break;
    case OPERATION_ROLES:
        out->names = words_names(words, "a role");
        break;
    case OPERATION_ACTS:
        out->names = words_names(words, "an act");
        break;
    case OPERATION_KEPT:
        out->names = words_names(words, "a kind of what is kept");
        break;
    case OPERATION_KEYS:
        out->names = words_keys(words, "the key of a clause");
        break;
    case OPERATION_DURATION:
        out->duration = words_duration(words);
        break;
    case OPERATION_DATE:
        out->number = words_date(words, "a date").days;
        break;
    case OPERATION_NUMBER:
        out->number = words_number(words, "a number");
        break;
    case OPERATION_NUMBER_TEXT:
        out->number = words_number(words, "a number");
        out->text = words_text(words, "a text that says what is counted");
        break;
    case OPERATION_CONDITION:
        out->condition = parse_condition(words);
        break;
    case OPERATION_FLAG:
    case OPERATION_TYPE_COUNT:
        break;
    }
}

static void fail_unknown_field(struct words *words, const struct operation_kind *kind)
{
    struct arena *arena = words->parse->arena;
    struct str word = words_peek(words)->text;
    struct problem_guess guess = problem_guess_new(word);
    struct text list = {.arena = arena};
    for (size_t i = 0; i < kind->field_count; i++) {
        problem_guess_offer(&guess, kind->fields[i].name);
        text_addf(&list, "%s" STR_FMT, i == 0 ? "" : ", ", STR_ARG(kind->fields[i].name));
    }
    struct str hint = str_format(arena, "a " STR_FMT " may state " STR_FMT, STR_ARG(kind->name),
                                 STR_ARG(text_str(&list)));
    words_fail(words, PROBLEM_UNKNOWN_FIELD, problem_guess_hint(arena, &guess, hint),
               "a " STR_FMT " has no field \"" STR_FMT "\"", STR_ARG(kind->name), STR_ARG(word));
}

static void read_field(struct words *words, const struct operation_kind *kind,
                       struct policy_operation *operation, uint32_t *given)
{
    const struct lex_word *word = words_peek(words);
    const struct operation_field *field = operation_field_find(kind, word->text);
    if (!field || word->kind != LEX_WORD) {
        fail_unknown_field(words, kind);
        return;
    }
    uint32_t bit = 1u << (field - kind->fields);
    bool is_second = (*given & bit) != 0 && !field->is_repeatable;
    if (words_is_second(words, is_second, str_cstr(words->parse->arena, field->name))) {
        return;
    }
    *given |= bit;
    struct policy_field out = {.name = {word->text, word->place}};
    words->at++;
    read_value(words, field, &out);
    if (words_end(words)) {
        *LIST_ADD(words->parse->arena, operation->fields, operation->field_count) = out;
    }
}

static void check_required(struct parse *parse, const struct operation_kind *kind,
                           const struct policy_operation *operation, uint32_t given)
{
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct operation_field *field = &kind->fields[i];
        if (field->is_required && (given & (1u << i)) == 0) {
            problem_add(parse->diags, PROBLEM_MISSING_FIELD, operation->place,
                        str_format(parse->arena, "add an indented line that begins with " STR_FMT,
                                   STR_ARG(field->name)),
                        "the " STR_FMT " \"" STR_FMT "\" does not state \"" STR_FMT "\"",
                        STR_ARG(kind->name), STR_ARG(operation->name.text), STR_ARG(field->name));
        }
    }
}

static const struct operation_kind *find_kind(struct words *head)
{
    struct str word = words_peek(head)->text;
    const struct operation_kind *kind = operation_kind_find(word);
    if (kind && words_is_kind(head, LEX_WORD)) {
        return kind;
    }
    struct problem_guess guess = problem_guess_new(word);
    struct text list = {.arena = head->parse->arena};
    size_t count;
    const struct operation_kind *kinds = operation_kinds(&count);
    for (size_t i = 0; i < count; i++) {
        problem_guess_offer(&guess, kinds[i].name);
        text_addf(&list, "%s" STR_FMT, i == 0 ? "" : ", ", STR_ARG(kinds[i].name));
    }
    struct str hint = str_format(head->parse->arena, "the kinds are " STR_FMT,
                                 STR_ARG(text_str(&list)));
    words_fail(head, PROBLEM_UNKNOWN_KIND, problem_guess_hint(head->parse->arena, &guess, hint),
               "there is no operation statement \"" STR_FMT "\"", STR_ARG(word));
    return NULL;
}

static void read_operation(struct parse *parse, const struct parse_statement *statement)
{
    struct words head = words_begin(parse, statement->head);
    const struct operation_kind *kind = head.failed ? NULL : find_kind(&head);
    if (!kind) {
        return;
    }
    struct policy_operation operation = {.place = statement->head->place,
                                         .kind = words_name(&head, "a kind")};
    operation.name = words_name(&head, "a name for it");
    operation.text = words_text(&head, "a text that says what it is");
    if (!words_end(&head)) {
        return;
    }
    uint32_t given = 0;
    const struct lex_line *line;
    for (size_t at = 0; (line = parse_line_next(statement, &at));) {
        struct words words = words_begin(parse, line);
        read_field(&words, kind, &operation, &given);
    }
    check_required(parse, kind, &operation, given);
    struct policy_clause *clause = parse->clause;
    *LIST_ADD(parse->arena, clause->operations, clause->operation_count) = operation;
}

void parse_operations(struct parse *parse, const struct lex_block *block)
{
    struct parse_statement statement;
    for (size_t at = 0; parse_statement_next(parse, block, &at, &statement);) {
        read_operation(parse, &statement);
    }
}

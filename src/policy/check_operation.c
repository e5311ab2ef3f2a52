/*
 * policy/check_operation.c - names and conditions in operation statements.
 *
 * Read first: docs/policy-language.md, section 8; policy/operation.h. Kinds, fields and their types
 * are checked where they are read (parse_operation.c).
 */
#include "policy/check_int.h"
#include "screen/kinds.h"

static void check_field(struct check *check, const struct policy_field *field,
                        enum operation_type type)
{
    switch (type) {
    case OPERATION_ROLES:
        check_roles(check, &field->names);
        break;
    case OPERATION_ACTS:
        check_acts(check, &field->names);
        break;
    case OPERATION_KEYS:
        check_keys(check, &field->names);
        break;
    case OPERATION_KEPT:
        check_kept(check, &field->names);
        break;
    case OPERATION_CONDITION:
        check_condition(check, field->condition, CHECK_WHERE_SCREEN);
        break;
    case OPERATION_TEXT:
    case OPERATION_NAMES:
    case OPERATION_DURATION:
    case OPERATION_DATE:
    case OPERATION_NUMBER:
    case OPERATION_NUMBER_TEXT:
    case OPERATION_FLAG:
    case OPERATION_TYPE_COUNT:
        break;
    }
}

/* ---- Screen statements ----------------------------------------------------------------------- */

static bool is_definition(const struct check *check, struct str name)
{
    return check_find(check, CHECK_DEFINITIONS, name) != NULL;
}

/* An approval, which stands in its wrong place as that was looked at with all conditions. */
static bool is_approval(const struct policy_condition *condition)
{
    return condition->kind == POLICY_CONDITION_APPROVED ||
           (condition->kind == POLICY_CONDITION_NOT && is_approval(condition->children[0]));
}

/* A finding sets plain facts: no choice between facts, no defined name, no number. */
static void check_sets(struct check *check, const struct policy_condition *condition)
{
    bool is_plain =
        condition->kind == POLICY_CONDITION_IS ||
        (condition->kind == POLICY_CONDITION_BARE && !is_definition(check, condition->fact.text));
    if (condition->kind == POLICY_CONDITION_AND) {
        for (size_t i = 0; i < condition->child_count; i++) {
            check_sets(check, condition->children[i]);
        }
        return;
    }
    if (condition->kind == POLICY_CONDITION_NOT) {
        const struct policy_condition *inner = condition->children[0];
        is_plain = inner->kind == POLICY_CONDITION_BARE && !is_definition(check, inner->fact.text);
    }
    if (!is_plain && !is_approval(condition)) {
        problem_add(check->diags, PROBLEM_SCREEN_SETS, condition->place,
                    STR("write facts and their values joined by \"and\"; for another fact, a "
                        "screen statement of its own"),
                    "\"sets\" says which facts a finding means, and this leaves it open");
    }
}

/* Each name after "of" is a detail of one of the kinds that are found. */
static void check_details(struct check *check, const struct policy_field *finds,
                          const struct policy_field *of)
{
    for (size_t i = 0; i < of->names.count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < finds->names.count && !is_known; k++) {
            enum screen_kind kind = screen_kind_find(finds->names.at[k].text);
            is_known = kind == SCREEN_KIND_COUNT ||
                       screen_detail_find(kind, of->names.at[i].text) != SCREEN_DETAIL_NONE;
        }
        if (!is_known) {
            problem_add(check->diags, PROBLEM_SCREEN_DETAIL, of->names.at[i].place,
                        STR("section 8 of docs/policy-language.md lists the details of each kind"),
                        "nothing that is found here has the detail \"" STR_FMT "\"",
                        STR_ARG(of->names.at[i].text));
        }
    }
}

/* What no detector finds, because the person says it: no draft can show it. */
static bool is_picture_alone(const struct policy_field *finds)
{
    return finds != NULL && finds->names.count == 1 &&
           screen_kind_find(finds->names.at[0].text) == SCREEN_PICTURE;
}

static void check_drafts(struct check *check, const struct policy_operation *operation)
{
    bool has_both = operation_said_find(operation, STR("fires")) != NULL &&
                    operation_said_find(operation, STR("passes")) != NULL;
    if (!has_both && !is_picture_alone(operation_said_find(operation, STR("finds")))) {
        problem_add(check->diags, PROBLEM_NO_DRAFT, operation->place,
                    STR("add fires \"a draft that is found\" and passes \"one that is nearly so\""),
                    "nothing shows what the screen statement \"" STR_FMT "\" finds",
                    STR_ARG(operation->name.text));
    }
}

static void check_screen(struct check *check, const struct policy_operation *operation)
{
    const struct policy_field *finds = operation_said_find(operation, STR("finds"));
    const struct policy_field *of = operation_said_find(operation, STR("of"));
    const struct policy_field *sets = operation_said_find(operation, STR("sets"));
    if (finds != NULL && of != NULL) {
        check_details(check, finds, of);
    }
    if (sets != NULL && sets->condition != NULL) {
        check_sets(check, sets->condition);
    }
    check_drafts(check, operation);
}

/* ---- Retention statements -------------------------------------------------------------------- */

static bool has_event(const struct policy_kept *kept, struct str name)
{
    for (size_t i = 0; i < kept->event_count; i++) {
        if (str_equal(kept->events[i].name.text, name)) {
            return true;
        }
    }
    return false;
}

static struct str events_hint(struct arena *arena, const struct policy_kept *kept)
{
    if (kept->event_count == 0) {
        return STR("add the line: from EVENT \"text\", where it is declared with \"kept\"");
    }
    struct str *names = ARENA_ARRAY(arena, struct str, kept->event_count);
    for (size_t i = 0; i < kept->event_count; i++) {
        names[i] = kept->events[i].name.text;
    }
    return str_format(arena, "it counts from " STR_FMT,
                      STR_ARG(str_join(arena, names, kept->event_count, STR(" or "))));
}

static void check_event(struct check *check, const struct policy_field *covers,
                        const struct policy_field *from)
{
    for (size_t i = 0; i < covers->names.count; i++) {
        const struct policy_kept *kept = check_find(check, CHECK_KEPT, covers->names.at[i].text);
        if (kept && !has_event(kept, from->names.at[0].text)) {
            problem_add(check->diags, PROBLEM_RETENTION_EVENT, from->names.at[0].place,
                        events_hint(check->arena, kept),
                        "\"" STR_FMT "\" is nothing from which \"" STR_FMT "\" counts",
                        STR_ARG(from->names.at[0].text), STR_ARG(kept->name.text));
        }
    }
}

static bool is_of_the_calendar(enum policy_duration_unit unit)
{
    return unit == POLICY_DURATION_NONE || unit == POLICY_DURATION_IMMEDIATELY ||
           unit == POLICY_DURATION_DAYS || unit == POLICY_DURATION_WEEKS ||
           unit == POLICY_DURATION_MONTHS || unit == POLICY_DURATION_YEARS;
}

/* Without "covers" it is read by people alone, and any words will do. */
static void check_retention(struct check *check, const struct policy_operation *operation)
{
    const struct policy_field *covers = operation_said_find(operation, STR("covers"));
    const struct policy_field *from = operation_said_find(operation, STR("from"));
    const struct policy_field *keep = operation_said_find(operation, STR("keep"));
    if (from && (!covers || from->names.count != 1)) {
        problem_add(check->diags, PROBLEM_RETENTION_EVENT, from->name.place,
                    covers ? STR("write a statement for each event")
                           : STR("say with \"covers\" of which kind of what is kept it is"),
                    covers ? "a period counts from one event" : "nothing is covered here");
    } else if (covers && from) {
        check_event(check, covers, from);
    } else if (covers && keep) {
        problem_add(check->diags, PROBLEM_RETENTION_EVENT, keep->name.place,
                    STR("add a line such as: from leaving"),
                    "it is not said from when the period counts");
    }
    if (covers && keep && !is_of_the_calendar(keep->duration.unit)) {
        problem_add(check->diags, PROBLEM_RETENTION_PERIOD, keep->name.place,
                    STR("state it in days, weeks, months or years, or as immediately"),
                    "what is kept is looked at by whole days of the calendar");
    }
}

void check_operations(struct check *check, const struct check_clause *entry)
{
    const struct policy_clause *clause = entry->clause;
    for (size_t i = 0; i < clause->operation_count; i++) {
        const struct policy_operation *operation = &clause->operations[i];
        const struct operation_kind *kind = operation_kind_find(operation->kind.text);
        for (size_t j = 0; kind && j < operation->field_count; j++) {
            const struct policy_field *field = &operation->fields[j];
            const struct operation_field *known = operation_field_find(kind, field->name.text);
            if (known) {
                check_field(check, field, known->type);
            }
        }
        if (str_equal(operation->kind.text, STR("screen"))) {
            check_screen(check, operation);
        } else if (str_equal(operation->kind.text, STR("retention"))) {
            check_retention(check, operation);
        }
    }
}

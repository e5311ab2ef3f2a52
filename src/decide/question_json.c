/*
 * Reading a question in JSON.
 *
 * Read first: docs/policy-language.md, section 9; docs/schemas/question.json. Everything that is
 * not understood is
 * an error with its line and column, never passed over: an answer must not rest on a fact that was
 * misspelt.
 */
#include "decide/decide_int.h"

#include "base/json.h"

struct reading {
    struct arena *arena;
    const struct pack *pack;
    struct str file;
    struct diag_list *diags;
    struct decide_question *question;
    bool has_dates;
};

static void fault(struct reading *reading, const struct json_value *at, const char *code,
                  struct str message, struct str hint)
{
    diag_add(reading->diags, DIAG_ERROR, str_from(code), reading->file, at->line, at->column,
             message, hint);
}

/* The nearest name to a misspelt one among `count` names; empty: none is near. */
static struct str nearest(struct str wanted,
                          struct str (*name_at)(const struct reading *, uint32_t, uint32_t),
                          const struct reading *reading, uint32_t of, uint32_t count)
{
    struct str best = {0};
    size_t best_distance = 4;
    for (uint32_t i = 0; i < count; i++) {
        struct str name = name_at(reading, of, i);
        size_t distance = str_distance(wanted, name, best_distance - 1);
        if (distance < best_distance) {
            best_distance = distance;
            best = name;
        }
        if (best_distance == 0)
            break;
    }
    return best;
}

static struct str act_name(const struct reading *reading, uint32_t of, uint32_t i)
{
    (void)of;
    return pack_text(reading->pack, reading->pack->act[i].name);
}

static struct str fact_name(const struct reading *reading, uint32_t of, uint32_t i)
{
    (void)of;
    return pack_text(reading->pack, reading->pack->fact[i].name);
}

static struct str value_name(const struct reading *reading, uint32_t of, uint32_t i)
{
    const struct pack_fact *fact = &reading->pack->fact[of];
    return pack_text(reading->pack, reading->pack->value[fact->first_value + i].name);
}

static struct str role_name(const struct reading *reading, uint32_t of, uint32_t i)
{
    (void)of;
    return pack_text(reading->pack, reading->pack->role[i].name);
}

static struct str clause_name(const struct reading *reading, uint32_t of, uint32_t i)
{
    (void)of;
    return pack_text(reading->pack, reading->pack->clause[i].key);
}

static void fault_unknown(struct reading *reading, const struct json_value *at, const char *code,
                          const char *what, struct str name, struct str near)
{
    struct str hint = near.len != 0
                          ? str_format(reading->arena, "Did you mean '" STR_FMT "'?", STR_ARG(near))
                          : STR("'handrail vocabulary' lists the names.");
    struct str message =
        str_format(reading->arena, "There is no %s '" STR_FMT "'.", what, STR_ARG(name));
    fault(reading, at, code, message, hint);
}

/* ---- Facts ----------------------------------------------------------------------------------- */

static uint32_t value_read(struct reading *reading, uint32_t fact, const struct json_value *value)
{
    if (value->kind != JSON_STRING) {
        fault(reading, value, "wrong-type", STR("A value of this fact is a text."),
              STR("Write the value's name in double quotes."));
        return PACK_NONE;
    }
    uint32_t index = pack_value_find(reading->pack, fact, value->text);
    if (index == PACK_NONE)
        fault_unknown(
            reading, value, "unknown-value", "value", value->text,
            nearest(value->text, value_name, reading, fact, reading->pack->fact[fact].value_count));
    return index;
}

struct value_list {
    uint32_t at[PACK_VALUES_MAX];
    size_t count;
};

static bool values_read(struct reading *reading, uint32_t fact, const struct json_value *list,
                        struct value_list *out)
{
    if (list == NULL)
        return true;
    if (list->kind != JSON_ARRAY) {
        fault(reading, list, "wrong-type", STR("The values of this fact are a list."),
              STR("Write them in square brackets, as in [\"pupil\", \"relative\"]."));
        return false;
    }
    for (size_t i = 0; i < list->count; i++) {
        uint32_t index = value_read(reading, fact, &list->elements[i]);
        if (index == PACK_NONE)
            return false;
        if (out->count < PACK_VALUES_MAX)
            out->at[out->count++] = index;
    }
    return true;
}

static bool members_known(struct reading *reading, const struct json_value *object,
                          const char *const *names, size_t count)
{
    bool all = true;
    for (size_t i = 0; i < object->count; i++) {
        bool is_known = false;
        for (size_t n = 0; n < count; n++)
            is_known = is_known || str_equal(object->members[i].key, str_from(names[n]));
        if (!is_known) {
            struct json_value at = object->members[i].value;
            at.line = object->members[i].line;
            at.column = object->members[i].column;
            struct text list = {.arena = reading->arena};
            for (size_t n = 0; n < count; n++)
                text_addf(&list, "%s%s", n == 0 ? "Known here: " : ", ", names[n]);
            fault(reading, &at, "unknown-member",
                  str_format(reading->arena, "There is no '" STR_FMT "' here.",
                             STR_ARG(object->members[i].key)),
                  text_str(&list));
            all = false;
        }
    }
    return all;
}

static void either_give(struct reading *reading, uint32_t person, uint32_t fact,
                        const struct json_value *value, const struct value_list *either)
{
    if (either->count != 0 &&
        !decide_give_either(reading->question, person, fact, either->at, either->count))
        fault(reading, value, "too-many-alternatives",
              STR("The question has too many lists of alternatives."),
              STR("Answer some of them, or say \"unknown\"."));
}

static void set_read(struct reading *reading, uint32_t person, uint32_t fact,
                     const struct json_value *value)
{
    static const char *const names[] = {"is", "unknown", "either"};
    struct value_list is = {.count = 0}, unknown = {.count = 0}, either = {.count = 0};
    if (value->kind == JSON_OBJECT) {
        if (!members_known(reading, value, names, 3) ||
            !values_read(reading, fact, json_get(value, STR("is")), &is) ||
            !values_read(reading, fact, json_get(value, STR("unknown")), &unknown) ||
            !values_read(reading, fact, json_get(value, STR("either")), &either))
            return;
    } else if (!values_read(reading, fact, value, &is)) {
        return;
    }
    decide_give_values(reading->question, person, fact, is.at, is.count, unknown.at, unknown.count);
    either_give(reading, person, fact, value, &either);
}

static void number_read(struct reading *reading, uint32_t person, uint32_t fact,
                        const struct json_value *value)
{
    const struct pack_fact *record = &reading->pack->fact[fact];
    if (value->kind == JSON_NULL) {
        decide_give_none(reading->question, person, fact);
    } else if (value->kind != JSON_NUMBER || !value->is_integer) {
        fault(reading, value, "wrong-type", STR("This fact is a whole number."),
              STR("Write it without quotes, or null where it does not apply."));
    } else if (value->integer < record->from || value->integer > record->to) {
        fault(reading, value, "out-of-range",
              str_format(reading->arena, "This number lies outside %lld to %lld.",
                         (long long)record->from, (long long)record->to),
              STR("Check the number."));
    } else {
        decide_give_number(reading->question, person, fact, value->integer);
    }
}

static void date_read(struct reading *reading, uint32_t person, uint32_t fact,
                      const struct json_value *value)
{
    struct civil_date date;
    if (value->kind == JSON_NULL)
        decide_give_none(reading->question, person, fact);
    else if (value->kind != JSON_STRING || !civil_date_parse(value->text, &date))
        fault(reading, value, "wrong-type", STR("This fact is a date."),
              STR("Write it as \"2026-09-01\", or null where it does not apply."));
    else
        decide_give_number(reading->question, person, fact, date.days);
}

static void yes_no_read(struct reading *reading, uint32_t person, uint32_t fact,
                        const struct json_value *value)
{
    bool is_yes = value->kind == JSON_STRING && str_equal(value->text, STR("yes"));
    bool is_no = value->kind == JSON_STRING && str_equal(value->text, STR("no"));
    if (value->kind == JSON_BOOL)
        decide_give_yes_no(reading->question, person, fact, value->boolean);
    else if (is_yes || is_no)
        decide_give_yes_no(reading->question, person, fact, is_yes);
    else
        fault(reading, value, "wrong-type", STR("This fact is true or false."),
              STR("Write true, false, \"unknown\" or \"withheld\"."));
}

static void one_of_read(struct reading *reading, uint32_t person, uint32_t fact,
                        const struct json_value *value)
{
    static const char *const names[] = {"either"};
    struct value_list either = {.count = 0};
    if (value->kind == JSON_OBJECT) {
        if (members_known(reading, value, names, 1) &&
            values_read(reading, fact, json_get(value, STR("either")), &either))
            either_give(reading, person, fact, value, &either);
        return;
    }
    uint32_t index = value_read(reading, fact, value);
    if (index != PACK_NONE)
        decide_give_values(reading->question, person, fact, &index, 1, NULL, 0);
}

static void fact_read(struct reading *reading, uint32_t person, uint32_t fact,
                      const struct json_value *value)
{
    if (value->kind == JSON_STRING && str_equal(value->text, STR("unknown"))) {
        decide_give_state(reading->question, person, fact, DECIDE_STATE_UNKNOWN);
        return;
    }
    if (value->kind == JSON_STRING && str_equal(value->text, STR("withheld"))) {
        decide_give_state(reading->question, person, fact, DECIDE_STATE_WITHHELD);
        return;
    }
    switch ((enum pack_fact_kind)reading->pack->fact[fact].kind) {
    case PACK_FACT_ONE_OF:
        one_of_read(reading, person, fact, value);
        break;
    case PACK_FACT_SOME_OF:
        set_read(reading, person, fact, value);
        break;
    case PACK_FACT_YES_NO:
        yes_no_read(reading, person, fact, value);
        break;
    case PACK_FACT_NUMBER:
        number_read(reading, person, fact, value);
        break;
    case PACK_FACT_DATE:
        date_read(reading, person, fact, value);
        break;
    case PACK_FACT_KIND_COUNT:
        break;
    }
}

static struct json_value key_place(const struct json_member *member)
{
    struct json_value at = {.line = member->line, .column = member->column};
    return at;
}

static void facts_read(struct reading *reading, const struct json_value *facts)
{
    if (facts == NULL)
        return;
    if (facts->kind != JSON_OBJECT) {
        fault(reading, facts, "wrong-type", STR("'facts' is not an object."),
              STR("Write it as {\"account\": \"personal\"}."));
        return;
    }
    for (size_t i = 0; i < facts->count; i++) {
        struct json_value at = key_place(&facts->members[i]);
        uint32_t fact = pack_fact_find(reading->pack, facts->members[i].key);
        if (fact == PACK_NONE)
            fault_unknown(
                reading, &at, "unknown-fact", "fact", facts->members[i].key,
                nearest(facts->members[i].key, fact_name, reading, 0, reading->pack->fact_count));
        else if (reading->pack->fact[fact].is_other != 0)
            fault(reading, &at, "misplaced-fact",
                  STR("This fact is about a person concerned, not about the act."),
                  STR("Put it into an item of 'others', without 'other.' in front."));
        else
            fact_read(reading, 0, fact, &facts->members[i].value);
    }
}

/* ---- People ---------------------------------------------------------------------------------- */

static bool approval_state_read(struct reading *reading, const struct json_value *value,
                                enum pack_approval_state *state)
{
    for (uint32_t i = 0; value->kind == JSON_STRING && i < PACK_APPROVAL_STATE_COUNT; i++)
        if (str_equal(value->text, pack_approval_state_name((enum pack_approval_state)i))) {
            *state = (enum pack_approval_state)i;
            return true;
        }
    fault(reading, value, "unknown-state", STR("This is not a state of an approval."),
          STR("Write none, asked, refused, granted, withdrawn or expired."));
    return false;
}

static void person_fact_read(struct reading *reading, uint32_t person,
                             const struct json_member *member)
{
    struct str name = str_equal(member->key, STR("is"))
                          ? STR("other")
                          : str_format(reading->arena, "other." STR_FMT, STR_ARG(member->key));
    uint32_t fact = pack_fact_find(reading->pack, name);
    struct json_value at = key_place(member);
    if (fact == PACK_NONE)
        fault_unknown(reading, &at, "unknown-fact", "fact of a person", member->key,
                      nearest(name, fact_name, reading, 0, reading->pack->fact_count));
    else
        fact_read(reading, person, fact, &member->value);
}

static void person_read(struct reading *reading, const struct json_value *item)
{
    if (item->kind != JSON_OBJECT) {
        fault(reading, item, "wrong-type", STR("A person concerned is an object."),
              STR("Write them as {\"is\": [\"pupil\"], \"age\": 15}."));
        return;
    }
    const struct json_value *label = json_get(item, STR("label"));
    uint32_t person = decide_question_add_person(
        reading->question, label != NULL && label->kind == JSON_STRING ? label->text : STR(""));
    for (size_t i = 0; i < item->count; i++) {
        const struct json_member *member = &item->members[i];
        if (str_equal(member->key, STR("consent")))
            approval_state_read(reading, &member->value,
                                &reading->question->people[person - 1].consent);
        else if (!str_equal(member->key, STR("label")))
            person_fact_read(reading, person, member);
        else if (member->value.kind != JSON_STRING)
            fault(reading, &member->value, "wrong-type", STR("A label is a text."),
                  STR("Write it in double quotes."));
    }
}

static void people_read(struct reading *reading, const struct json_value *others)
{
    if (others == NULL)
        return;
    if (others->kind != JSON_ARRAY) {
        fault(reading, others, "wrong-type", STR("'others' is not a list."),
              STR("Write the people concerned in square brackets."));
        return;
    }
    reading->question->has_people = true;
    if (others->count > DECIDE_PEOPLE_MAX) {
        fault(reading, others, "too-many-people",
              str_format(reading->arena, "These are more than %u people.", DECIDE_PEOPLE_MAX),
              STR("Ask about fewer people at a time."));
        return;
    }
    for (size_t i = 0; i < others->count; i++)
        person_read(reading, &others->elements[i]);
}

/* ---- Approvals ------------------------------------------------------------------------------- */

static struct str member_text(struct reading *reading, const struct json_value *object,
                              const char *name)
{
    const struct json_value *value = json_get(object, str_from(name));
    if (value == NULL)
        return (struct str){0};
    if (value->kind != JSON_STRING) {
        fault(reading, value, "wrong-type", str_format(reading->arena, "'%s' is not a text.", name),
              STR("Write it in double quotes."));
        return (struct str){0};
    }
    return value->text;
}

static bool member_date(struct reading *reading, const struct json_value *object, const char *name,
                        struct civil_date *date)
{
    const struct json_value *value = json_get(object, str_from(name));
    if (value == NULL)
        return false;
    if (value->kind == JSON_STRING && civil_date_parse(value->text, date))
        return true;
    fault(reading, value, "wrong-type", str_format(reading->arena, "'%s' is not a date.", name),
          STR("Write it as \"2026-09-01\"."));
    return false;
}

static bool member_bool(struct reading *reading, const struct json_value *object, const char *name)
{
    const struct json_value *value = json_get(object, str_from(name));
    if (value != NULL && value->kind != JSON_BOOL)
        fault(reading, value, "wrong-type",
              str_format(reading->arena, "'%s' is neither true nor false.", name),
              STR("Write true or false."));
    return value != NULL && value->kind == JSON_BOOL && value->boolean;
}

static void approval_names_read(struct reading *reading, const struct json_value *item,
                                struct decide_approval *record)
{
    struct str by = member_text(reading, item, "by"), clause = member_text(reading, item, "clause");
    record->role = record->clause = PACK_NONE;
    if (by.len != 0) {
        record->role = pack_role_find(reading->pack, by);
        if (record->role == PACK_NONE)
            fault_unknown(reading, json_get(item, STR("by")), "unknown-role", "role", by,
                          nearest(by, role_name, reading, 0, reading->pack->role_count));
    }
    if (clause.len != 0) {
        record->clause = pack_clause_find(reading->pack, clause);
        if (record->clause == PACK_NONE)
            fault_unknown(reading, json_get(item, STR("clause")), "unknown-clause", "clause",
                          clause,
                          nearest(clause, clause_name, reading, 0, reading->pack->clause_count));
    }
}

static void approval_read(struct reading *reading, const struct json_value *item)
{
    static const char *const names[] = {"by",      "clause", "state",   "reason",
                                        "written", "from",   "until",   "platform",
                                        "purpose", "device", "account", "person"};
    struct decide_approval record = {.state = PACK_APPROVAL_GRANTED};
    if (item->kind != JSON_OBJECT) {
        fault(reading, item, "wrong-type", STR("An approval is an object."),
              STR("Write it as {\"by\": \"headteacher\", \"state\": \"granted\"}."));
        return;
    }
    members_known(reading, item, names, sizeof names / sizeof *names);
    approval_names_read(reading, item, &record);
    const struct json_value *state = json_get(item, STR("state"));
    if (state == NULL)
        fault(reading, item, "missing-state", STR("This approval has no 'state'."),
              STR("Write none, asked, refused, granted, withdrawn or expired."));
    else
        approval_state_read(reading, state, &record.state);
    record.has_reason = member_text(reading, item, "reason").len != 0;
    record.in_writing = member_bool(reading, item, "written");
    record.has_from = member_date(reading, item, "from", &record.from);
    record.has_until = member_date(reading, item, "until", &record.until);
    reading->has_dates = reading->has_dates || record.has_from || record.has_until;
    record.platform = member_text(reading, item, "platform");
    record.purpose = member_text(reading, item, "purpose");
    record.device = member_text(reading, item, "device");
    record.account = member_text(reading, item, "account");
    const struct json_value *person = json_get(item, STR("person"));
    if (person != NULL) {
        bool fits = person->kind == JSON_NUMBER && person->is_integer && person->integer >= 1 &&
                    person->integer <= (int64_t)reading->question->person_count;
        record.person = fits ? (uint32_t)person->integer : 0;
        if (!fits)
            fault(reading, person, "unknown-person", STR("There is no person of this number."),
                  STR("Count the people in 'others' from 1."));
    }
    decide_add_approval(reading->question, &record);
}

static void approvals_read(struct reading *reading, const struct json_value *approvals)
{
    if (approvals == NULL)
        return;
    if (approvals->kind != JSON_ARRAY || approvals->count > DECIDE_APPROVALS_MAX) {
        fault(reading, approvals, "wrong-type",
              STR("'approvals' is not a list, or is far too long."),
              STR("Write the approvals on record in square brackets, 256 at most."));
        return;
    }
    for (size_t i = 0; i < approvals->count; i++)
        approval_read(reading, &approvals->elements[i]);
}

/* ---- The whole ------------------------------------------------------------------------------- */

static uint32_t act_read(struct reading *reading, const struct json_value *root)
{
    const struct json_value *act = json_get(root, STR("act"));
    if (act == NULL || act->kind != JSON_STRING) {
        fault(reading, act == NULL ? root : act, "missing-act",
              STR("The question does not say what is to be done."),
              STR("Add \"act\", for example \"act\": \"accept-contact\"."));
        return PACK_NONE;
    }
    uint32_t index = pack_act_find(reading->pack, act->text);
    if (index == PACK_NONE)
        fault_unknown(reading, act, "unknown-act", "act", act->text,
                      nearest(act->text, act_name, reading, 0, reading->pack->act_count));
    return index;
}

static void options_read(struct reading *reading, const struct json_value *root)
{
    struct str otherwise = member_text(reading, root, "otherwise");
    if (otherwise.len != 0 && !str_equal(otherwise, STR("none")) &&
        !str_equal(otherwise, STR("missing")))
        fault(reading, json_get(root, STR("otherwise")), "wrong-value",
              STR("'otherwise' is neither \"missing\" nor \"none\"."),
              STR("Leave it out, or write \"none\" for: what is not mentioned is not so."));
    reading->question->is_otherwise_none = str_equal(otherwise, STR("none"));
    reading->question->is_brief = member_bool(reading, root, "brief");
    reading->question->has_as_of = member_date(reading, root, "as_of", &reading->question->as_of);
    if (reading->has_dates && !reading->question->has_as_of)
        fault(reading, root, "missing-as-of",
              STR("An approval has dates, but the question does not say what day it is."),
              STR("Add \"as_of\", for example \"as_of\": \"2026-11-20\"."));
}

struct decide_question *decide_question_read(struct arena *arena, const struct pack *pack,
                                             struct str file, struct str json,
                                             struct diag_list *diags)
{
    static const char *const names[] = {"pack",      "act",   "facts",     "others",
                                        "approvals", "as_of", "otherwise", "brief"};
    struct reading reading = {.arena = arena, .pack = pack, .file = file, .diags = diags};
    size_t errors_before = diag_error_count(diags);
    const struct json_value *root = json_read(arena, file, json, diags);
    if (root == NULL)
        return NULL;
    if (root->kind != JSON_OBJECT) {
        fault(&reading, root, "wrong-type", STR("A question is an object."),
              STR("Write it as {\"act\": \"post\", \"facts\": {}}."));
        return NULL;
    }
    uint32_t act = act_read(&reading, root);
    if (act == PACK_NONE)
        return NULL;
    reading.question = decide_question_new(arena, pack, act);
    members_known(&reading, root, names, sizeof names / sizeof *names);
    facts_read(&reading, json_get(root, STR("facts")));
    people_read(&reading, json_get(root, STR("others")));
    approvals_read(&reading, json_get(root, STR("approvals")));
    options_read(&reading, root);
    return diag_error_count(diags) == errors_before ? reading.question : NULL;
}

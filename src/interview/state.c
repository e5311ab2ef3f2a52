/*
 * interview/state.c - an interview as a form, and back.
 *
 * Read first: interview.h, which says what the fields are. Start at interview_take() and
 * interview_form(). What is not understood (a fact that a newer version of the policy no longer
 * has, an old link) is left out and counted: the person is asked again.
 */
#include "interview/interview.h"

#define FIELD_BYTES_MAX 200u

/* ---- Names of fields ------------------------------------------------------------------------- */

struct str interview_field(struct arena *arena, const struct pack *pack, uint32_t fact,
                           uint32_t person)
{
    struct str name = pack_text(pack, pack->fact[fact].name);
    return person == 0 ? str_format(arena, "f." STR_FMT, STR_ARG(name))
                       : str_format(arena, "f.%u." STR_FMT, person, STR_ARG(name));
}

bool interview_field_find(const struct pack *pack, struct str name, uint32_t *fact,
                          uint32_t *person)
{
    if (!str_starts(name, STR("f.")) || name.len > FIELD_BYTES_MAX)
        return false;
    struct str rest = str_slice(name, 2, name.len), head, tail;
    int64_t number = 0;
    *person = 0;
    if (str_cut(rest, '.', &head, &tail) && str_to_int(head, &number)) {
        if (number < 1 || number > (int64_t)DECIDE_PEOPLE_MAX)
            return false;
        *person = (uint32_t)number;
        rest = tail;
    }
    *fact = pack_fact_find(pack, rest);
    return *fact != PACK_NONE && (pack->fact[*fact].is_other != 0) == (*person != 0);
}

/* ---- Values ---------------------------------------------------------------------------------- */

static const char *list_take(const struct pack *pack, struct str value, struct interview_said *said)
{
    const struct pack_fact *fact = &pack->fact[said->fact];
    bool is_some = fact->kind == PACK_FACT_SOME_OF;
    if (is_some && str_equal(value, STR("none")))
        return NULL;
    bool is_open = is_some && str_ends(value, STR("?"));
    struct str name = is_open ? str_slice(value, 0, value.len - 1) : value;
    uint32_t index = pack_value_find(pack, said->fact, name);
    if (index == PACK_NONE)
        return "Choose one of the answers in the list";
    if (!is_some)
        said->value_count = 0;
    for (size_t i = 0; i < said->value_count; i++)
        if (said->values[i] == index)
            return NULL;
    for (size_t i = 0; i < said->open_count; i++)
        if (said->open[i] == index)
            return NULL;
    if (is_open)
        said->open[said->open_count++] = index;
    else
        said->values[said->value_count++] = index;
    return NULL;
}

static const char *number_take(struct arena *arena, const struct pack *pack, struct str value,
                               struct interview_said *said)
{
    const struct pack_fact *fact = &pack->fact[said->fact];
    if (!str_to_int(value, &said->number) || said->number < fact->from || said->number > fact->to) {
        struct str text = str_format(arena, "Enter a whole number from %lld to %lld",
                                     (long long)fact->from, (long long)fact->to);
        return str_cstr(arena, text);
    }
    return NULL;
}

static const char *date_take(struct str value, struct interview_said *said)
{
    struct civil_date date;
    if (!civil_date_parse(value, &date))
        return "Enter a real date, such as 1 9 2026";
    said->number = date.days;
    return NULL;
}

const char *interview_value_take(struct arena *arena, const struct pack *pack, struct str value,
                                 struct interview_said *said)
{
    enum pack_fact_kind kind = (enum pack_fact_kind)pack->fact[said->fact].kind;
    if (str_equal(value, STR("unknown")) || str_equal(value, STR("withheld"))) {
        enum decide_state state =
            str_equal(value, STR("unknown")) ? DECIDE_STATE_UNKNOWN : DECIDE_STATE_WITHHELD;
        *said = (struct interview_said){.fact = said->fact, .person = said->person, .state = state};
        return NULL;
    }
    said->state = DECIDE_STATE_GIVEN;
    said->is_none = false;
    bool is_measure = kind == PACK_FACT_NUMBER || kind == PACK_FACT_DATE;
    if (is_measure && str_equal(value, STR("none"))) {
        said->is_none = true;
        return NULL;
    }
    switch (kind) {
    case PACK_FACT_ONE_OF:
    case PACK_FACT_SOME_OF:
        return list_take(pack, value, said);
    case PACK_FACT_YES_NO:
        said->yes = str_equal(value, STR("yes"));
        return said->yes || str_equal(value, STR("no")) ? NULL : "Choose yes or no";
    case PACK_FACT_NUMBER:
        return number_take(arena, pack, value, said);
    case PACK_FACT_DATE:
        return date_take(value, said);
    case PACK_FACT_KIND_COUNT:
        break;
    }
    return "This cannot be answered";
}

/* ---- Approvals ------------------------------------------------------------------------------- */

/* "CLAUSE ROLE STATE -reasonwriting", or "consent PERSON STATE -"; "-" where there is nothing. */
static struct str have_text(const struct interview *interview, const struct interview_have *have)
{
    const struct pack *pack = interview->pack;
    const struct decide_approval *record = &have->record;
    struct str state = pack_approval_state_name(record->state);
    if (have->is_consent)
        return str_format(interview->arena, "consent %u " STR_FMT " -", have->person,
                          STR_ARG(state));
    struct str role =
        record->role == PACK_NONE ? STR("-") : pack_text(pack, pack->role[record->role].name);
    return str_format(interview->arena, STR_FMT " " STR_FMT " " STR_FMT " -%s%s",
                      STR_ARG(pack_text(pack, pack->clause[record->clause].key)), STR_ARG(role),
                      STR_ARG(state), record->has_reason ? "reason" : "",
                      record->in_writing ? "writing" : "");
}

static bool state_find(struct str name, enum pack_approval_state *out)
{
    for (int i = 0; i < PACK_APPROVAL_STATE_COUNT; i++)
        if (str_equal(pack_approval_state_name((enum pack_approval_state)i), name)) {
            *out = (enum pack_approval_state)i;
            return true;
        }
    return false;
}

bool interview_have_read(struct interview *interview, struct str value)
{
    struct interview_have have = {.record = {.role = PACK_NONE, .clause = PACK_NONE}};
    struct str where, who, state, flags, rest;
    int64_t person = 0;
    if (!str_cut(value, ' ', &where, &rest) || !str_cut(rest, ' ', &who, &rest) ||
        !str_cut(rest, ' ', &state, &flags) || !state_find(state, &have.record.state))
        return false;
    if (str_equal(where, STR("consent")) && str_to_int(who, &person)) {
        if (person < 1 || person > (int64_t)interview->person_count)
            return false;
        have.is_consent = true;
        have.person = (uint32_t)person;
        return interview_have_add(interview, &have);
    }
    have.record.clause = pack_clause_find(interview->pack, where);
    bool has_role = !str_equal(who, STR("-"));
    have.record.role = has_role ? pack_role_find(interview->pack, who) : PACK_NONE;
    have.record.has_reason = str_find(flags, STR("reason")) != STR_NONE;
    have.record.in_writing = str_find(flags, STR("writing")) != STR_NONE;
    if (have.record.clause == PACK_NONE || (has_role && have.record.role == PACK_NONE))
        return false;
    return interview_have_add(interview, &have);
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* The first number stays: what was said of a person must be of one who is there. */
static bool people_take(struct interview *interview, struct str value)
{
    int64_t number = 0;
    if (!str_to_int(value, &number) || number < 0 || number > (int64_t)DECIDE_PEOPLE_MAX)
        return false;
    if (interview->has_people)
        return number == (int64_t)interview->person_count;
    interview->has_people = true;
    interview->person_count = (uint32_t)number;
    return true;
}

static bool label_take(struct interview *interview, struct str name, struct str value)
{
    int64_t person = 0;
    struct str number = str_slice(name, STR("label.").len, name.len);
    if (!str_to_int(number, &person) || person < 1 || person > (int64_t)DECIDE_PEOPLE_MAX ||
        value.len > INTERVIEW_LABEL_BYTES_MAX)
        return false;
    interview->labels[person - 1] = str_trim(value);
    return true;
}

static bool fact_take(struct interview *interview, const struct form_field *field)
{
    struct interview_said fresh = {.state = DECIDE_STATE_GIVEN};
    if (!interview_field_find(interview->pack, field->name, &fresh.fact, &fresh.person) ||
        fresh.person > interview->person_count)
        return false;
    struct interview_said *before = interview_said_find(interview, fresh.fact, fresh.person);
    struct interview_said said = before != NULL ? *before : fresh;
    return interview_value_take(interview->arena, interview->pack, field->value, &said) == NULL &&
           interview_say(interview, &said);
}

static bool field_take(struct interview *interview, const struct form_field *field)
{
    if (str_equal(field->name, STR("act"))) {
        interview->act = pack_act_find(interview->pack, field->value);
        return interview->act != PACK_NONE;
    }
    if (str_equal(field->name, STR("people")))
        return people_take(interview, field->value);
    if (str_equal(field->name, STR("named"))) {
        interview->is_named = true;
        return true;
    }
    if (str_starts(field->name, STR("label.")))
        return label_take(interview, field->name, field->value);
    if (str_equal(field->name, STR("have")))
        return interview_have_read(interview, field->value);
    return !str_starts(field->name, STR("f.")) || fact_take(interview, field);
}

size_t interview_take(struct interview *interview, const struct form *form)
{
    size_t lost = 0;
    for (size_t i = 0; i < form->count; i++)
        lost += !field_take(interview, &form->fields[i]);
    return lost;
}

/* ---- Writing --------------------------------------------------------------------------------- */

static void add(struct form *form, struct str name, struct str value)
{
    if (form->count < FORM_FIELDS_MAX)
        form->fields[form->count++] = (struct form_field){name, value};
}

static struct str value_name(const struct pack *pack, const struct pack_fact *fact, uint32_t value)
{
    return value < fact->value_count ? pack_text(pack, pack->value[fact->first_value + value].name)
                                     : STR("none");
}

static void said_add(const struct interview *interview, const struct interview_said *said,
                     struct form *form)
{
    const struct pack *pack = interview->pack;
    const struct pack_fact *fact = &pack->fact[said->fact];
    struct arena *arena = interview->arena;
    struct str name = interview_field(arena, pack, said->fact, said->person);
    bool is_list = fact->kind == PACK_FACT_ONE_OF || fact->kind == PACK_FACT_SOME_OF;
    if (said->state != DECIDE_STATE_GIVEN) {
        add(form, name, said->state == DECIDE_STATE_UNKNOWN ? STR("unknown") : STR("withheld"));
    } else if (said->is_none || (is_list && said->value_count + said->open_count == 0)) {
        add(form, name, STR("none"));
    } else if (fact->kind == PACK_FACT_YES_NO) {
        add(form, name, said->yes ? STR("yes") : STR("no"));
    } else if (fact->kind == PACK_FACT_NUMBER) {
        add(form, name, str_format(arena, "%lld", (long long)said->number));
    } else if (fact->kind == PACK_FACT_DATE) {
        add(form, name, civil_date_format(arena, (struct civil_date){(int32_t)said->number}));
    }
    for (size_t i = 0; is_list && i < said->value_count; i++)
        add(form, name, value_name(pack, fact, said->values[i]));
    for (size_t i = 0; is_list && i < said->open_count; i++)
        add(form, name,
            str_format(arena, STR_FMT "?", STR_ARG(value_name(pack, fact, said->open[i]))));
}

struct form interview_form(const struct interview *interview)
{
    struct arena *arena = interview->arena;
    struct form form = {.fields = ARENA_ARRAY(arena, struct form_field, FORM_FIELDS_MAX)};
    if (interview->act != PACK_NONE)
        add(&form, STR("act"),
            pack_text(interview->pack, interview->pack->act[interview->act].name));
    if (interview->has_people)
        add(&form, STR("people"), str_format(arena, "%u", interview->person_count));
    if (interview->is_named)
        add(&form, STR("named"), STR("yes"));
    for (uint32_t i = 0; i < interview->person_count; i++)
        if (!str_is_empty(interview->labels[i]))
            add(&form, str_format(arena, "label.%u", i + 1), interview->labels[i]);
    for (size_t i = 0; i < interview->said_count; i++)
        said_add(interview, &interview->said[i], &form);
    for (size_t i = 0; i < interview->have_count; i++)
        add(&form, STR("have"), have_text(interview, &interview->have[i]));
    return form;
}

struct str interview_form_text(const struct interview *interview)
{
    struct form form = interview_form(interview);
    struct text out = {.arena = interview->arena};
    for (size_t i = 0; i < form.count; i++)
        form_write(&out, form.fields[i].name, form.fields[i].value);
    return text_str(&out);
}

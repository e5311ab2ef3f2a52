/*
 * render_question.c - writes a question as JSON (docs/policy-language.md, section 9).
 *
 * Read first: render.h. Start at: render_question, at the end.
 */
#include "render.h"

#include <assert.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/json.h"

static void values(struct json_writer *json, const struct oracle_fact *fact, uint32_t bits)
{
    json_begin_array(json);
    for (int v = 0; v < fact->value_count; v++) {
        if (bits >> v & 1) {
            json_str(json, str_from(fact->values[v]));
        }
    }
    json_end_array(json);
}

static void some_of(struct json_writer *json, const struct oracle_fact *fact,
                    const struct oracle_given *given)
{
    if (!given->unknown && !given->either && !given->is_long) {
        values(json, fact, (uint32_t)given->value);
        return;
    }
    json_begin_object(json);
    json_key(json, STR("is"));
    values(json, fact, (uint32_t)given->value);
    json_key(json, STR("unknown"));
    values(json, fact, given->unknown);
    if (given->either) {
        json_key(json, STR("either"));
        values(json, fact, given->either);
    }
    json_end_object(json);
}

static struct str date(struct json_writer *json, int64_t days)
{
    return civil_date_format(json->out->arena, (struct civil_date){(int32_t)days});
}

static void value(struct json_writer *json, const struct oracle_fact *fact,
                  const struct oracle_given *given)
{
    bool is_number = fact->kind == ORACLE_FACT_NUMBER || fact->kind == ORACLE_FACT_DATE;
    if (is_number && given->value == ORACLE_NOT_APPLICABLE) {
        json_null(json);
        return;
    }
    if (fact->kind == ORACLE_FACT_ONE_OF && given->either) {
        json_begin_object(json);
        json_key(json, STR("either"));
        values(json, fact, given->either);
        json_end_object(json);
        return;
    }
    switch (fact->kind) {
    case ORACLE_FACT_ONE_OF:
        json_str(json, given->value == fact->value_count ? STR("none")
                                                         : str_from(fact->values[given->value]));
        return;
    case ORACLE_FACT_SOME_OF:
        some_of(json, fact, given);
        return;
    case ORACLE_FACT_YES_NO:
        if (given->is_long) {
            json_str(json, given->value ? STR("yes") : STR("no"));
        } else {
            json_bool(json, given->value != 0);
        }
        return;
    case ORACLE_FACT_NUMBER:
        json_int(json, given->value);
        return;
    case ORACLE_FACT_DATE:
        json_str(json, date(json, given->value));
        return;
    case ORACLE_FACT_KIND_COUNT:
        break;
    }
    assert(false && "no kind of fact");
}

/* "other" is written "is", "other.age" "age". */
static struct str key_of(const struct oracle_fact *fact)
{
    struct str name = str_from(fact->name);
    if (!fact->is_other) {
        return name;
    }
    return str_equal(name, STR("other")) ? STR("is") : str_slice(name, 6, name.len);
}

static void facts(struct json_writer *json, const struct oracle_pack *pack,
                  const struct oracle_given *given, bool of_other)
{
    for (int f = 0; f < pack->fact_count; f++) {
        const struct oracle_fact *fact = &pack->facts[f];
        if (fact->is_other != of_other || fact->is_hidden ||
            given[f].state == ORACLE_GIVEN_LEFT_OUT) {
            continue;
        }
        json_key(json, key_of(fact));
        if (given[f].state == ORACLE_GIVEN_VALUE) {
            value(json, fact, &given[f]);
        } else {
            json_str(json,
                     given[f].state == ORACLE_GIVEN_UNKNOWN ? STR("unknown") : STR("withheld"));
        }
    }
}

static void people(struct json_writer *json, const struct oracle_pack *pack,
                   const struct oracle_question *question)
{
    json_key(json, STR("others"));
    json_begin_array(json);
    for (int p = 0; p < question->person_count; p++) {
        const struct oracle_person *person = &question->persons[p];
        json_begin_object(json);
        if (p == 1) {
            json_key_str(json, STR("label"), STR("the second"));
        }
        facts(json, pack, person->given, true);
        if (person->has_consent) {
            json_key_str(json, STR("consent"),
                         str_from(oracle_approval_state_name(person->consent)));
        }
        json_end_object(json);
    }
    json_end_array(json);
}

static void record_of(struct json_writer *json, const struct oracle_pack *pack,
                      const struct oracle_record *record)
{
    json_begin_object(json);
    if (record->by != ORACLE_NONE) {
        json_key_str(json, STR("by"), str_from(pack->roles[record->by]));
    }
    if (record->clause != ORACLE_NONE) {
        json_key_str(json, STR("clause"), str_from(pack->clauses[record->clause].key));
    }
    json_key_str(json, STR("state"), str_from(oracle_approval_state_name(record->state)));
    if (record->has_reason) {
        json_key_str(json, STR("reason"), STR("It serves the pupils."));
    }
    if (record->is_written) {
        json_key_bool(json, STR("written"), true);
    }
    if (record->has_from) {
        json_key_str(json, STR("from"), date(json, record->from));
    }
    if (record->has_until) {
        json_key_str(json, STR("until"), date(json, record->until));
    }
    if (record->fact != ORACLE_NONE) {
        const struct oracle_fact *fact = &pack->facts[record->fact];
        json_key_str(json, str_from(fact->name), str_from(fact->values[record->fact_value]));
    }
    if (record->person != 0) {
        json_key_int(json, STR("person"), record->person);
    }
    json_end_object(json);
}

struct str render_question(struct arena *arena, const struct oracle_pack *pack,
                           const struct oracle_question *question)
{
    struct text out = {.arena = arena};
    struct json_writer json = json_writer_new(&out, JSON_COMPACT);
    json_begin_object(&json);
    json_key_str(&json, STR("act"), str_from(pack->acts[question->act]));
    json_key(&json, STR("facts"));
    json_begin_object(&json);
    facts(&json, pack, question->given, false);
    json_end_object(&json);
    if (question->states_others) {
        people(&json, pack, question);
    }
    if (question->record_count > 0) {
        json_key(&json, STR("approvals"));
        json_begin_array(&json);
        for (int r = 0; r < question->record_count; r++) {
            record_of(&json, pack, &question->records[r]);
        }
        json_end_array(&json);
    }
    if (question->has_as_of) {
        json_key_str(&json, STR("as_of"), date(&json, question->as_of));
    }
    if (question->is_otherwise_none || question->states_otherwise) {
        json_key_str(&json, STR("otherwise"),
                     question->is_otherwise_none ? STR("none") : STR("missing"));
    }
    json_key_bool(&json, STR("brief"), question->is_brief);
    json_end_object(&json);
    return text_str(&out);
}

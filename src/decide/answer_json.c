/*
 * Writing an answer as JSON.
 * Read first: docs/policy-language.md, section 9; docs/schemas/answer.json says the same as a
 * schema.
 */
#include "decide/decide_int.h"

#include "base/json.h"

struct writing {
    const struct decide_answer *answer;
    const struct pack *pack;
    struct json_writer json;
};

static void key_pack_text(struct writing *writing, const char *key, struct pack_text text)
{
    json_key_str(&writing->json, str_from(key), pack_text(writing->pack, text));
}

static void key_clause(struct writing *writing, uint32_t clause)
{
    key_pack_text(writing, "clause", writing->pack->clause[clause].key);
    key_pack_text(writing, "at", writing->pack->clause[clause].at);
}

/* "for": the numbers of the people, empty where nobody is concerned. */
static void key_people(struct writing *writing, uint32_t people)
{
    json_key(&writing->json, STR("for"));
    json_begin_array(&writing->json);
    for (uint32_t i = 0; i < writing->answer->question->person_count; i++)
        if ((people >> i & 1) != 0)
            json_int(&writing->json, i + 1);
    json_end_array(&writing->json);
}

static void key_roles(struct writing *writing, struct pack_list roles)
{
    json_key(&writing->json, STR("roles"));
    json_begin_array(&writing->json);
    for (uint32_t i = 0; i < roles.count; i++) {
        const struct pack_role *role =
            &writing->pack->role[writing->pack->list[roles.first + i]];
        json_str(&writing->json, pack_text(writing->pack, role->name));
    }
    json_end_array(&writing->json);
}

static void reasons_write(struct writing *writing, const struct decide_cited *cited)
{
    static const char *const truths[] = {
        [DECIDE_NO] = "no", [DECIDE_YES] = "yes", [DECIDE_OPEN] = "unknown"};
    struct json_writer *json = &writing->json;
    json_key(json, STR("because"));
    json_begin_array(json);
    for (size_t i = 0; i < cited->because_count; i++)
        json_str(json, cited->because[i].text);
    json_end_array(json);
    json_key(json, STR("unless"));
    json_begin_array(json);
    for (size_t i = 0; i < cited->unless_count; i++) {
        json_begin_object(json);
        json_key_str(json, STR("text"), cited->unless[i].text);
        json_key_str(json, STR("state"), str_from(truths[cited->unless[i].truth]));
        json_end_object(json);
    }
    json_end_array(json);
}

static void cited_write(struct writing *writing, const struct decide_cited *cited)
{
    const struct pack *pack = writing->pack;
    const struct pack_rule *rule = &pack->rule[cited->rule];
    const struct pack_clause *clause = &pack->clause[rule->clause];
    struct json_writer *json = &writing->json;
    json_begin_object(json);
    key_clause(writing, rule->clause);
    key_pack_text(writing, "title", clause->title);
    if (clause->topic != PACK_NONE)
        key_pack_text(writing, "topic", pack->topic[clause->topic].name);
    json_key_str(json, STR("effect"), pack_effect_name((enum pack_effect)rule->effect));
    json_key_str(json, STR("level"), pack_level_name((enum pack_level)cited->level));
    if (cited->is_certain || cited->decides) {
        json_key_str(json, STR("strength"), pack_strength_name((enum pack_strength)rule->strength));
        json_key_bool(json, STR("decides"), cited->decides);
        json_key_bool(json, STR("law"), (rule->flags & PACK_RULE_LAW) != 0);
        key_pack_text(writing, "say", rule->say);
        key_pack_text(writing, "instead", rule->instead);
        reasons_write(writing, cited);
    }
    key_people(writing, cited->for_people);
    json_end_object(json);
}

static void clauses_write(struct writing *writing, const char *key, bool is_certain)
{
    json_key(&writing->json, str_from(key));
    json_begin_array(&writing->json);
    for (size_t i = 0; i < writing->answer->cited_count; i++)
        if (writing->answer->cited[i].is_certain == is_certain)
            cited_write(writing, &writing->answer->cited[i]);
    json_end_array(&writing->json);
}

static void set_aside_write(struct writing *writing)
{
    static const char *const whys[] = {[DECIDE_ASIDE_PERMIT] = "permit",
                                       [DECIDE_ASIDE_OVERRIDE] = "override",
                                       [DECIDE_ASIDE_KNOWN] = "known-conflict",
                                       [DECIDE_ASIDE_LAW] = "law"};
    const struct pack *pack = writing->pack;
    json_key(&writing->json, STR("set_aside"));
    json_begin_array(&writing->json);
    for (size_t i = 0; i < writing->answer->set_aside_count; i++) {
        const struct decide_set_aside *aside = &writing->answer->set_aside[i];
        json_begin_object(&writing->json);
        key_clause(writing, pack->rule[aside->rule].clause);
        key_pack_text(writing, "by", pack->clause[aside->by_clause].key);
        json_key_str(&writing->json, STR("why"), str_from(whys[aside->why]));
        json_key_str(&writing->json, STR("say"), aside->say);
        json_end_object(&writing->json);
    }
    json_end_array(&writing->json);
}

static void duties_write(struct writing *writing)
{
    const struct pack *pack = writing->pack;
    struct json_writer *json = &writing->json;
    json_key(json, STR("duties"));
    json_begin_array(json);
    for (size_t i = 0; i < writing->answer->cited_count; i++) {
        const struct decide_cited *cited = &writing->answer->cited[i];
        const struct pack_rule *rule = &pack->rule[cited->rule];
        if (!cited->is_certain || rule->duty == PACK_NONE)
            continue;
        const struct pack_duty *duty = &pack->duty[rule->duty];
        json_begin_object(json);
        key_pack_text(writing, "duty", duty->name);
        key_pack_text(writing, "text", duty->text);
        key_pack_text(writing, "who", duty->who);
        key_pack_text(writing, "by", duty->by);
        key_pack_text(writing, "evidence", duty->evidence);
        key_pack_text(writing, "otherwise", duty->otherwise);
        key_clause(writing, rule->clause);
        json_key_str(json, STR("strength"), pack_strength_name((enum pack_strength)rule->strength));
        json_key_bool(json, STR("nevertheless"), (rule->flags & PACK_RULE_NEVERTHELESS) != 0);
        key_people(writing, cited->for_people);
        json_end_object(json);
    }
    json_end_array(json);
}

static void approvals_write(struct writing *writing)
{
    static const struct {
        uint32_t flag;
        const char *words;
    } hows[] = {{PACK_APPROVAL_IN_WRITING, "in-writing"},
                {PACK_APPROVAL_IN_ADVANCE, "in-advance"},
                {PACK_APPROVAL_AFTERWARDS, "afterwards"},
                {PACK_APPROVAL_WITH_REASON, "with-reason"},
                {PACK_APPROVAL_CONSENT, "consent-of-the-person"},
                {PACK_APPROVAL_UNNAMED, "approver-not-named"}};
    const struct pack *pack = writing->pack;
    struct json_writer *json = &writing->json;
    json_key(json, STR("approvals"));
    json_begin_array(json);
    for (size_t i = 0; i < writing->answer->needed_count; i++) {
        const struct decide_needed *needed = &writing->answer->needed[i];
        const struct pack_approval *approval = &pack->approval[needed->approval];
        json_begin_object(json);
        key_clause(writing, approval->clause);
        key_roles(writing, approval->roles);
        json_key(json, STR("how"));
        json_begin_array(json);
        for (size_t h = 0; h < sizeof hows / sizeof *hows; h++)
            if ((approval->flags & hows[h].flag) != 0)
                json_str(json, str_from(hows[h].words));
        json_end_array(json);
        json_key_str(json, STR("state"), pack_approval_state_name(needed->state));
        key_people(writing, needed->for_people);
        json_end_object(json);
    }
    json_end_array(json);
}

static void ask_write(struct writing *writing)
{
    struct json_writer *json = &writing->json;
    json_key(json, STR("ask"));
    json_begin_array(json);
    for (size_t i = 0; i < writing->answer->ask_count; i++) {
        json_begin_object(json);
        key_clause(writing, writing->answer->ask[i].clause);
        key_roles(writing, writing->answer->ask[i].roles);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, STR("conflicts"));
    json_begin_array(json);
    for (size_t i = 0; i < writing->answer->conflict_count; i++) {
        const struct decide_conflict *conflict = &writing->answer->conflicts[i];
        json_begin_object(json);
        json_key(json, STR("clauses"));
        json_begin_array(json);
        json_str(json, pack_text(writing->pack, writing->pack->clause[conflict->first].key));
        json_str(json, pack_text(writing->pack, writing->pack->clause[conflict->second].key));
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
}

static void fact_begin(struct writing *writing, uint32_t fact, uint32_t person)
{
    json_begin_object(&writing->json);
    key_pack_text(writing, "fact", writing->pack->fact[fact].name);
    json_key_int(&writing->json, STR("person"), person);
}

static void open_write(struct writing *writing, const char *key, const struct decide_open *list,
                       size_t count)
{
    json_key(&writing->json, str_from(key));
    json_begin_array(&writing->json);
    for (size_t i = 0; i < count; i++) {
        fact_begin(writing, list[i].fact, list[i].person);
        json_end_object(&writing->json);
    }
    json_end_array(&writing->json);
}

static void facts_write(struct writing *writing)
{
    const struct decide_answer *answer = writing->answer;
    json_key(&writing->json, STR("presumed"));
    json_begin_array(&writing->json);
    for (size_t i = 0; i < answer->presumed_count; i++) {
        fact_begin(writing, answer->presumed[i].fact, answer->presumed[i].person);
        json_key_str(&writing->json, STR("value"), answer->presumed[i].text);
        json_end_object(&writing->json);
    }
    json_end_array(&writing->json);
    open_write(writing, "missing", answer->missing, answer->missing_count);
    open_write(writing, "unknown", answer->unknown, answer->unknown_count);
    open_write(writing, "withheld", answer->withheld, answer->withheld_count);
}

static void choice_write(struct writing *writing, const struct pack_fact *fact, uint32_t choice)
{
    bool is_none = choice >= fact->value_count;
    const struct pack_value *value =
        is_none ? NULL : &writing->pack->value[fact->first_value + choice];
    json_begin_object(&writing->json);
    json_key_str(&writing->json, STR("value"),
                 is_none ? STR("none") : pack_text(writing->pack, value->name));
    json_key_str(&writing->json, STR("text"),
                 is_none ? STR("something else, or does not apply")
                         : pack_text(writing->pack, value->text));
    json_end_object(&writing->json);
}

static void next_write(struct writing *writing)
{
    static const char *const kinds[PACK_FACT_KIND_COUNT] = {"one-of", "some-of", "yes-no", "number",
                                                            "date"};
    const struct decide_next *next = &writing->answer->next;
    json_key(&writing->json, STR("next"));
    if (next->fact == PACK_NONE) {
        json_null(&writing->json);
        return;
    }
    const struct pack_fact *fact = &writing->pack->fact[next->fact];
    fact_begin(writing, next->fact, next->person);
    key_pack_text(writing, "question", fact->question);
    key_pack_text(writing, "help", fact->help);
    key_pack_text(writing, "why", fact->why);
    json_key_str(&writing->json, STR("kind"), str_from(kinds[fact->kind]));
    json_key(&writing->json, STR("choices"));
    json_begin_array(&writing->json);
    for (size_t i = 0; i < next->choice_count; i++)
        choice_write(writing, fact, next->choices[i]);
    json_end_array(&writing->json);
    json_end_object(&writing->json);
}

static void changes_write(struct writing *writing)
{
    struct json_writer *json = &writing->json;
    json_key(json, STR("changes"));
    json_begin_array(json);
    for (size_t i = 0; i < writing->answer->change_count; i++) {
        const struct decide_change *change = &writing->answer->changes[i];
        json_begin_object(json);
        json_key_str(json, STR("verdict"), decide_verdict_name(change->verdict));
        json_key(json, STR("steps"));
        json_begin_array(json);
        for (uint32_t s = 0; s < change->step_count; s++) {
            const struct decide_step *step = &change->steps[s];
            json_begin_object(json);
            if (step->fact != PACK_NONE)
                key_pack_text(writing, "fact", writing->pack->fact[step->fact].name);
            json_key_int(json, STR("person"), step->person);
            json_key_str(json, STR("text"), step->text);
            json_end_object(json);
        }
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
}

static void notes_write(struct writing *writing)
{
    struct json_writer *json = &writing->json;
    json_key(json, STR("notes"));
    json_begin_array(json);
    for (size_t i = 0; i < writing->answer->note_count; i++) {
        const struct pack_clause *clause = &writing->pack->clause[writing->answer->notes[i]];
        for (uint32_t n = 0; n < clause->note_count; n++) {
            json_begin_object(json);
            key_clause(writing, writing->answer->notes[i]);
            key_pack_text(writing, "text", writing->pack->note[clause->first_note + n].text);
            json_end_object(json);
        }
    }
    json_end_array(json);
}

static void head_write(struct writing *writing)
{
    static const char *const scopes[] = {[DECIDE_SCOPE_IN] = "in",
                                         [DECIDE_SCOPE_OUT] = "out",
                                         [DECIDE_SCOPE_UNKNOWN] = "unknown"};
    const struct decide_answer *answer = writing->answer;
    struct json_writer *json = &writing->json;
    json_key(json, STR("pack"));
    json_begin_object(json);
    json_key_str(json, STR("name"), pack_name(writing->pack));
    json_key_str(json, STR("title"), pack_title(writing->pack));
    json_end_object(json);
    key_pack_text(writing, "act", writing->pack->act[answer->question->act].name);
    json_key_str(json, STR("verdict"), decide_verdict_name(answer->verdict));
    json_key(json, STR("strength"));
    if (answer->strength == PACK_STRENGTH_COUNT)
        json_null(json);
    else
        json_str(json, pack_strength_name(answer->strength));
    json_key_str(json, STR("headline"), answer->headline);
    json_key_bool(json, STR("protected"), answer->is_protected);
    json_key_bool(json, STR("unsure"), answer->is_unsure);
    json_key_bool(json, STR("silent"), answer->is_silent);
    json_key_bool(json, STR("cut_short"), answer->is_cut_short);
    json_key_str(json, STR("scope"), str_from(scopes[answer->scope]));
    json_key_str(json, STR("scope_text"), answer->scope_text);
    json_key(json, STR("persons"));
    json_begin_array(json);
    for (uint32_t i = 0; i < answer->question->person_count; i++) {
        json_begin_object(json);
        json_key_str(json, STR("label"), answer->question->people[i].label);
        json_key_str(json, STR("verdict"), decide_verdict_name(answer->person_verdicts[i]));
        json_end_object(json);
    }
    json_end_array(json);
}

void decide_answer_write(const struct decide_answer *answer, struct text *out)
{
    struct writing writing = {.answer = answer,
                              .pack = answer->question->pack,
                              .json = json_writer_new(out, JSON_PRETTY)};
    json_begin_object(&writing.json);
    head_write(&writing);
    clauses_write(&writing, "clauses", true);
    clauses_write(&writing, "possible", false);
    set_aside_write(&writing);
    duties_write(&writing);
    approvals_write(&writing);
    ask_write(&writing);
    facts_write(&writing);
    next_write(&writing);
    changes_write(&writing);
    notes_write(&writing);
    json_key_str(&writing.json, STR("wording"),
                 pack_text(writing.pack, writing.pack->header->prevails));
    json_end_object(&writing.json);
}

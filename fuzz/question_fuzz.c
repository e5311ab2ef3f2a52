/*
 * fuzz/question_fuzz.c - any bytes at all given as a question in JSON to a pack.
 *
 * Run it with tools/fuzz.sh question SECONDS. Read first: src/decide/decide.h, fuzz/small_pack.h.
 *
 * Modules: base pack screen policy decide
 *
 * Input that begins with "PICK" is no JSON: each byte behind it is a choice, and the choices make a
 * question of the pack's own words, since chance alone seldom finds one that can be answered.
 *
 * What must hold, beyond that no sanitizer complains
 * - A refusal comes with an error, whose place is in the text or nowhere.
 * - An answer is JSON; the brief one says the same as the full one.
 * - What would change the verdict is milder than the verdict; a question that comes next is asked
 *   only where the verdict is open.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "decide/decide.h"
#include "small_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const struct pack *the_pack(void)
{
    static struct pack pack;
    static struct arena *arena;
    if (!arena) {
        arena = arena_open();
        struct policy_image image = small_pack_make(arena);
        const char *problem = pack_open(&pack, image.bytes, image.size);
        assert(!problem);
        (void)problem;
    }
    return &pack;
}

static void refusal_check(const struct diag_list *diags, size_t bytes)
{
    assert(diag_error_count(diags) >= 1);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        assert(diag->line <= bytes + 1 && diag->column <= bytes + 1);
        assert(!str_is_empty(diag->message) && !str_is_empty(diag->code));
    }
}

static void answer_check(const struct decide_answer *answer)
{
    bool is_open = answer->verdict == DECIDE_VERDICT_UNDETERMINED;
    assert(answer->verdict < DECIDE_VERDICT_COUNT);
    assert(is_open || answer->next.fact == PACK_NONE);
    assert(!answer->is_cut_short || is_open || answer->verdict == DECIDE_VERDICT_FORBIDDEN);
    for (size_t i = 0; i < answer->change_count; i++) {
        const struct decide_change *change = &answer->changes[i];
        assert(change->verdict >= DECIDE_VERDICT_ALLOWED);
        assert(change->verdict <= DECIDE_VERDICT_CAUTION && change->verdict < answer->verdict);
        assert(change->step_count >= 1 && change->step_count <= DECIDE_CHANGE_STEPS_MAX);
    }
    for (uint32_t i = 0; i < answer->person_count; i++) {
        assert(answer->person_verdicts[i] < DECIDE_VERDICT_COUNT);
    }
}

/* The answer's JSON, which must be readable. */
static const struct json_value *answer_read(struct arena *arena, const struct decide_answer *answer)
{
    struct text out = {.arena = arena};
    struct diag_list diags = diag_list_new(arena);
    decide_answer_write(answer, &out);
    const struct json_value *json = json_read(arena, STR("answer"), text_str(&out), &diags);
    assert(json && json->kind == JSON_OBJECT);
    return json;
}

/* ---- Questions made of choices --------------------------------------------------------------- */

struct making {
    struct json_writer json;
    const struct pack *pack;
    const uint8_t *data;
    size_t left;
};

/* The next choice of `count`; 0 when there are no more. */
static uint32_t pick(struct making *making, uint32_t count)
{
    if (making->left == 0 || count == 0) {
        return 0;
    }
    making->left--;
    return *making->data++ % count;
}

static void value_make(struct making *making, const struct pack_fact *fact)
{
    uint32_t value = pick(making, fact->value_count + (fact->kind == PACK_FACT_ONE_OF));
    json_str(&making->json,
             value == fact->value_count
                 ? STR("none")
                 : pack_text(making->pack, making->pack->value[fact->first_value + value].name));
}

static void values_make(struct making *making, const struct pack_fact *fact, struct str key)
{
    json_key(&making->json, key);
    json_begin_array(&making->json);
    for (uint32_t count = pick(making, 4); count != 0; count--) {
        value_make(making, fact);
    }
    json_end_array(&making->json);
}

static void choices_make(struct making *making, const struct pack_fact *fact)
{
    bool is_set = fact->kind == PACK_FACT_SOME_OF;
    if (!is_set && pick(making, 2) == 0) {
        value_make(making, fact);
        return;
    }
    json_begin_object(&making->json);
    if (is_set) {
        values_make(making, fact, STR("is"));
        values_make(making, fact, STR("unknown"));
    }
    values_make(making, fact, STR("either"));
    json_end_object(&making->json);
}

static void given_make(struct making *making, const struct pack_fact *fact)
{
    static const char *const dates[] = {"2019-12-31", "2020-01-01", "2029-12-31", "2030-01-01"};
    switch ((enum pack_fact_kind)fact->kind) {
    case PACK_FACT_ONE_OF:
    case PACK_FACT_SOME_OF:
        choices_make(making, fact);
        break;
    case PACK_FACT_YES_NO:
        json_bool(&making->json, pick(making, 2) == 1);
        break;
    case PACK_FACT_NUMBER:
        json_int(&making->json, pick(making, 100));
        break;
    case PACK_FACT_DATE:
        json_str(&making->json, str_from(dates[pick(making, 4)]));
        break;
    case PACK_FACT_KIND_COUNT:
        break;
    }
}

/* The facts of the act, or those of a person under the names that they have there. */
static void facts_make(struct making *making, bool is_other)
{
    for (uint32_t i = 0; i < making->pack->fact_count; i++) {
        const struct pack_fact *fact = &making->pack->fact[i];
        struct str name = pack_text(making->pack, fact->name);
        uint32_t way = (fact->is_other != 0) == is_other ? pick(making, 5) : 0;
        if (way == 0) {
            continue;
        }
        if (is_other) {
            name = str_equal(name, STR("other")) ? STR("is") : str_slice(name, 6, name.len);
        }
        json_key(&making->json, name);
        if (way == 1) {
            json_str(&making->json, pick(making, 2) == 0 ? STR("unknown") : STR("withheld"));
        } else {
            given_make(making, fact);
        }
    }
}

static void people_make(struct making *making)
{
    json_key(&making->json, STR("others"));
    json_begin_array(&making->json);
    for (uint32_t count = pick(making, 4); count != 0; count--) {
        json_begin_object(&making->json);
        facts_make(making, true);
        uint32_t state = pick(making, PACK_APPROVAL_STATE_COUNT);
        json_key_str(&making->json, STR("consent"),
                     pack_approval_state_name((enum pack_approval_state)state));
        json_end_object(&making->json);
    }
    json_end_array(&making->json);
}

static void approvals_make(struct making *making)
{
    const struct pack *pack = making->pack;
    json_key(&making->json, STR("approvals"));
    json_begin_array(&making->json);
    for (uint32_t count = pick(making, 4); count != 0; count--) {
        uint32_t choices = pick(making, 16);
        uint32_t state = pick(making, PACK_APPROVAL_STATE_COUNT);
        json_begin_object(&making->json);
        json_key_str(&making->json, STR("by"),
                     pack_text(pack, pack->role[pick(making, pack->role_count)].name));
        json_key_str(&making->json, STR("state"),
                     pack_approval_state_name((enum pack_approval_state)state));
        json_key_bool(&making->json, STR("written"), (choices & 1) != 0);
        json_key_str(&making->json, STR("reason"), (choices & 2) != 0 ? STR("r") : STR(""));
        json_key_str(&making->json, STR("platform"),
                     (choices & 4) != 0 ? STR("linkedin") : STR(""));
        if ((choices & 8) != 0) {
            json_key_str(&making->json, STR("until"), STR("2026-11-20"));
        }
        json_end_object(&making->json);
    }
    json_end_array(&making->json);
}

static struct str question_make(struct arena *arena, const uint8_t *data, size_t bytes)
{
    static const char *const days[] = {"2026-11-19", "2026-11-20", "2026-11-21"};
    const struct pack *pack = the_pack();
    struct text out = {.arena = arena};
    struct making making = {json_writer_new(&out, JSON_COMPACT), pack, data, bytes};
    json_begin_object(&making.json);
    json_key_str(&making.json, STR("act"),
                 pack_text(pack, pack->act[pick(&making, pack->act_count)].name));
    json_key_str(&making.json, STR("as_of"), str_from(days[pick(&making, 3)]));
    json_key_str(&making.json, STR("otherwise"),
                 pick(&making, 2) == 0 ? STR("missing") : STR("none"));
    json_key(&making.json, STR("facts"));
    json_begin_object(&making.json);
    facts_make(&making, false);
    json_end_object(&making.json);
    if (pick(&making, 4) != 0) {
        people_make(&making);
    }
    approvals_make(&making);
    json_end_object(&making.json);
    return text_str(&out);
}

/* ---- The target ------------------------------------------------------------------------------ */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct str input = {(const char *)data, bytes};
    if (str_starts(input, STR("PICK"))) {
        input = question_make(arena, data + 4, bytes - 4);
    }
    struct decide_question *question =
        decide_question_read(arena, the_pack(), STR("input"), input, &diags);
    if (!question) {
        refusal_check(&diags, input.len);
        return 0;
    }
    assert(diag_error_count(&diags) == 0);
    question->is_brief = true;
    struct decide_answer *brief = decide_answer(arena, question, &diags);
    if (!brief) {
        refusal_check(&diags, input.len);
        return 0;
    }
    question->is_brief = false;
    struct decide_answer *full = decide_answer(arena, question, &diags);
    assert(full && full->verdict == brief->verdict && full->cited_count == brief->cited_count);
    assert(brief->next.fact == PACK_NONE && brief->change_count == 0);
    answer_check(brief);
    answer_check(full);
    const struct json_value *one = answer_read(arena, brief), *two = answer_read(arena, full);
    assert(str_equal(json_get(one, STR("headline"))->text, json_get(two, STR("headline"))->text));
    return 0;
}

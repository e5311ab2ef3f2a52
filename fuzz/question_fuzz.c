/*
 * fuzz/question_fuzz.c - any bytes at all given as a question in JSON to a pack.
 *
 * Run it with tools/fuzz.sh question SECONDS. Read first: src/decide/decide.h, fuzz/small_pack.h.
 *
 * Modules: base pack policy decide
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct str input = {(const char *)data, bytes};
    struct decide_question *question =
        decide_question_read(arena, the_pack(), STR("input"), input, &diags);
    if (!question) {
        refusal_check(&diags, bytes);
        return 0;
    }
    assert(diag_error_count(&diags) == 0);
    question->is_brief = true;
    struct decide_answer *brief = decide_answer(arena, question, &diags);
    if (!brief) {
        refusal_check(&diags, bytes);
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

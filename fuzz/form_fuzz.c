/*
 * fuzz/form_fuzz.c - any bytes at all posted as the form of an interview.
 *
 * Run it with tools/fuzz.sh form SECONDS. Read first: src/interview/interview.h, fuzz/small_pack.h.
 *
 * Modules: base pack screen policy decide interview
 *
 * What must hold, beyond that no sanitizer complains
 * - A form that is read and written again reads as it was.
 * - Every form leads to a page that asks something, or to an answer.
 * - The interview after it, as a form, reads as the same interview, loses nothing and, posted
 *   without a button, leads to the same page.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "interview/interview.h"
#include "small_pack.h"

#define TODAY ((struct civil_date){20000})

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

static void form_check(struct arena *arena, const struct form *form)
{
    struct text out = {.arena = arena};
    struct form again;
    for (size_t i = 0; i < form->count; i++) {
        form_write(&out, form->fields[i].name, form->fields[i].value);
    }
    if (out.len > FORM_BYTES_MAX) { /* what need not have been escaped now is */
        return;
    }
    const char *wrong = form_read(arena, text_str(&out), &again);
    assert(!wrong && again.count == form->count);
    (void)wrong;
    for (size_t i = 0; i < form->count; i++) {
        assert(str_equal(form->fields[i].name, again.fields[i].name));
        assert(str_equal(form->fields[i].value, again.fields[i].value));
    }
}

static void turn_check(const struct interview_turn *turn)
{
    const struct interview *interview = turn->interview;
    bool is_late = turn->stage == INTERVIEW_STAGE_FACT || turn->stage == INTERVIEW_STAGE_ANSWER;
    assert(turn->stage < INTERVIEW_STAGE_COUNT);
    assert((turn->stage == INTERVIEW_STAGE_ACT) == (interview->act == PACK_NONE));
    assert(is_late == (turn->answer != NULL));
    assert((turn->stage == INTERVIEW_STAGE_FACT) == (turn->next.fact != PACK_NONE) || !is_late);
    assert(interview->person_count <= DECIDE_PEOPLE_MAX);
    for (size_t i = 0; i < interview->said_count; i++) {
        assert(interview->said[i].person <= interview->person_count);
        (void)interview_said_words(interview, &interview->said[i]);
    }
    if (turn->stage == INTERVIEW_STAGE_FACT) {
        assert(!interview_said_find(interview, turn->next.fact, turn->next.person));
    }
}

/* The same page for the same interview, but for what a button or a slip adds to it. */
static void again_check(struct arena *arena, const struct interview_turn *turn)
{
    struct form form;
    struct str state = interview_form_text(turn->interview);
    const char *wrong = form_read(arena, state, &form);
    assert(!wrong);
    (void)wrong;
    const struct interview_turn *again = interview_turn(arena, the_pack(), &form, TODAY);
    assert(again->lost == 0 && str_equal(interview_form_text(again->interview), state));
    assert(str_equal(interview_words(again->interview), interview_words(turn->interview)));
    if (!turn->is_change && str_is_empty(turn->problem.message)) {
        assert(again->stage == turn->stage && again->next.fact == turn->next.fact);
        assert(!turn->answer || again->answer->verdict == turn->answer->verdict);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct form form;
    if (form_read(arena, (struct str){(const char *)data, bytes}, &form) != NULL) {
        return 0;
    }
    form_check(arena, &form);
    const struct interview_turn *turn = interview_turn(arena, the_pack(), &form, TODAY);
    turn_check(turn);
    again_check(arena, turn);
    return 0;
}

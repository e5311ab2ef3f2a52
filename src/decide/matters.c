/*
 * Whether one fact can change the verdict.
 *
 * Read first: decide.h, complete.c. A world is split at everything but the fact until the verdict
 * is settled, which says that the fact changes nothing there, or until the fact alone is open:
 * then the verdict differs, or all values of the fact come to the same. What must hold: halves are
 * disjoint and together are the whole, so YES and NO are exact.
 */
#include "decide/decide_int.h"

struct mattering {
    struct decide_search search;
    uint32_t steps_left;
};

/* Nothing is split any more but the fact itself. */
static enum decide_truth fact_alone_matters(struct mattering *mattering)
{
    struct decide_search *search = &mattering->search;
    const struct pack_fact *fact = search->apart;
    search->apart = NULL;
    search->weigh->steps = 0;
    int common = decide_search_common(search);
    search->apart = fact;
    return search->is_cut_short ? DECIDE_OPEN : common < 0 ? DECIDE_YES : DECIDE_NO;
}

/* Bounded by the steps left, and by the number of values in depth: each split removes one. */
static enum decide_truth world_matters(struct mattering *mattering)
{
    struct decide_search *search = &mattering->search;
    if (mattering->steps_left == 0)
        return DECIDE_OPEN;
    mattering->steps_left -= 1;
    decide_weigh_world(search->weigh, search->domain);
    if (decide_weigh_verdict(search->weigh) != DECIDE_VERDICT_COUNT)
        return DECIDE_NO;
    uint32_t variable = 0;
    uint64_t allowed = 0;
    if (!decide_split_find(search, &variable, &allowed))
        return fact_alone_matters(mattering);
    enum decide_truth matters = DECIDE_NO;
    uint64_t halves[2] = {allowed, ~allowed};
    for (uint32_t i = 0; i < 2 && matters == DECIDE_NO; i++) {
        uint32_t mark = search->trail.count;
        if (decide_narrow(search->weigh->pack, search->domain, variable, halves[i], &search->trail))
            matters = world_matters(mattering);
        decide_undo(search->domain, &search->trail, mark);
    }
    return matters;
}

enum decide_truth decide_fact_matters(struct arena *arena, const struct decide_question *question,
                                      uint32_t fact, uint32_t steps_max)
{
    const struct pack *pack = question->pack;
    const struct decide_question *settled = decide_question_settle(arena, question);
    struct decide_weigh *weigh = decide_weigh_new(arena, pack, question->act);
    struct diag_list diags = diag_list_new(arena);
    enum decide_truth matters = DECIDE_NO;
    uint32_t count = settled->person_count;
    for (uint32_t person = count == 0 ? 0 : 1; person <= count && matters != DECIDE_YES; person++) {
        const struct decide_world *world = decide_world_new(arena, settled, person, &diags);
        if (world == NULL)
            return DECIDE_NO;
        struct mattering mattering = {.search = {.weigh = weigh,
                                                 .domain = world->domain,
                                                 .trail = decide_trail_of(arena, world),
                                                 .judge = decide_judge_verdict,
                                                 .rule = PACK_NONE,
                                                 .apart = &pack->fact[fact]},
                                      .steps_left = steps_max};
        enum decide_truth here = world_matters(&mattering);
        matters = here == DECIDE_NO ? matters : here;
    }
    return matters;
}

/*
 * interview/offer.c - what is offered as answers to a question.
 *
 * Read first: interview.h; decide/decide.h, struct decide_next.
 */
#include "interview/interview.h"

static bool is_choice(const struct decide_next *next, uint32_t value)
{
    for (size_t i = 0; i < next->choice_count; i++)
        if (next->choices[i] == value)
            return true;
    return next->choice_count == 0;
}

void interview_offer(const struct pack *pack, const struct decide_next *next,
                     struct interview_offer *out)
{
    const struct pack_fact *fact = &pack->fact[next->fact];
    *out = (struct interview_offer){0};
    for (uint32_t i = 0; i < fact->value_count && out->count < INTERVIEW_VALUES_MAX; i++)
        if (is_choice(next, i))
            out->values[out->count++] = i;
}

bool interview_is_single(const struct pack *pack, const struct decide_next *next)
{
    struct interview_offer offer;
    interview_offer(pack, next, &offer);
    return pack->fact[next->fact].kind == PACK_FACT_SOME_OF && offer.count == 1;
}

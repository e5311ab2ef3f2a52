/*
 * A question: what was asked, and what is said of each fact.
 * Read first: decide.h. Nothing is judged here; world.c makes worlds out of questions.
 */
#include "decide/decide_int.h"

#include <assert.h>

struct decide_question *decide_question_new(struct arena *arena, const struct pack *pack,
                                            uint32_t act)
{
    struct decide_question *question = ARENA_NEW(arena, struct decide_question);
    question->pack = pack;
    question->arena = arena;
    question->act = act;
    question->given = ARENA_ARRAY(arena, struct decide_given, pack->variable_count + 1);
    question->people = ARENA_ARRAY(arena, struct decide_person, DECIDE_PEOPLE_MAX);
    question->eithers = ARENA_ARRAY(arena, struct decide_either, DECIDE_EITHERS_MAX);
    return question;
}

uint32_t decide_question_add_person(struct decide_question *question, struct str label)
{
    if (question->person_count == DECIDE_PEOPLE_MAX)
        return 0;
    struct decide_person *person = &question->people[question->person_count++];
    person->label = label;
    person->given = ARENA_ARRAY(question->arena, struct decide_given,
                                question->pack->variable_count + 1);
    question->has_people = true;
    return question->person_count;
}

/* Where what is said of a fact is kept. */
static struct decide_given *given_of(struct decide_question *question, uint32_t person,
                                     uint32_t fact)
{
    const struct pack_fact *record = &question->pack->fact[fact];
    assert((record->is_other != 0) == (person != 0) && person <= question->person_count);
    struct decide_given *given =
        person == 0 ? question->given : question->people[person - 1].given;
    return given + record->first_variable;
}

static void give(struct decide_given *given, uint64_t domain)
{
    *given = (struct decide_given){domain, DECIDE_STATE_GIVEN};
}

void decide_give_values(struct decide_question *question, uint32_t person, uint32_t fact,
                        const uint32_t *values, size_t count, const uint32_t *unknown,
                        size_t unknown_count)
{
    const struct pack_fact *record = &question->pack->fact[fact];
    struct decide_given *given = given_of(question, person, fact);
    if (record->kind == PACK_FACT_ONE_OF) {
        uint64_t domain = 0;
        for (size_t i = 0; i < count; i++)
            domain |= UINT64_C(1) << values[i];
        for (size_t i = 0; i < unknown_count; i++)
            domain |= UINT64_C(1) << unknown[i];
        give(given, domain != 0 ? domain : UINT64_C(1) << record->value_count);
        if (unknown_count != 0)
            given->state = DECIDE_STATE_GIVEN;
        return;
    }
    for (uint32_t i = 0; i < record->variable_count; i++)
        give(&given[i], 1);
    for (size_t i = 0; i < unknown_count; i++)
        given[unknown[i]] = (struct decide_given){3, DECIDE_STATE_UNKNOWN};
    for (size_t i = 0; i < count; i++)
        give(&given[values[i]], 2);
}

bool decide_give_either(struct decide_question *question, uint32_t person, uint32_t fact,
                        const uint32_t *values, size_t count)
{
    const struct pack_fact *record = &question->pack->fact[fact];
    struct decide_given *given = given_of(question, person, fact);
    struct decide_either either = {person, fact, 0};
    for (size_t i = 0; i < count; i++)
        either.values |= UINT64_C(1) << values[i];
    if (record->kind == PACK_FACT_ONE_OF) {
        *given = (struct decide_given){either.values, DECIDE_STATE_UNKNOWN};
        return true;
    }
    if (question->either_count == DECIDE_EITHERS_MAX)
        return false;
    bool is_settled = false; /* one of them is given: the others may hold all the same */
    for (size_t i = 0; i < count; i++) {
        struct decide_given *value = &given[values[i]];
        if (value->state == DECIDE_STATE_GIVEN && value->domain == 2)
            is_settled = true;
        else
            *value = (struct decide_given){3, DECIDE_STATE_UNKNOWN};
    }
    if (!is_settled)
        question->eithers[question->either_count++] = either;
    return true;
}

void decide_give_yes_no(struct decide_question *question, uint32_t person, uint32_t fact, bool yes)
{
    give(given_of(question, person, fact), yes ? 2 : 1);
}

void decide_give_number(struct decide_question *question, uint32_t person, uint32_t fact,
                        int64_t number)
{
    const struct pack_fact *record = &question->pack->fact[fact];
    give(given_of(question, person, fact),
         UINT64_C(1) << pack_cut_find(question->pack, record, number));
}

void decide_give_none(struct decide_question *question, uint32_t person, uint32_t fact)
{
    const struct pack_fact *record = &question->pack->fact[fact];
    struct decide_given *given = given_of(question, person, fact);
    bool is_set = record->kind == PACK_FACT_SOME_OF || record->kind == PACK_FACT_YES_NO;
    for (uint32_t i = 0; i < record->variable_count; i++) {
        uint32_t domain = question->pack->variable[record->first_variable + i].domain;
        give(&given[i], is_set ? 1 : UINT64_C(1) << (domain - 1));
    }
}

void decide_give_state(struct decide_question *question, uint32_t person, uint32_t fact,
                       enum decide_state state)
{
    struct decide_given *given = given_of(question, person, fact);
    for (uint32_t i = 0; i < question->pack->fact[fact].variable_count; i++)
        given[i] = (struct decide_given){0, state}; /* domain 0: any value */
}

void decide_add_approval(struct decide_question *question, const struct decide_approval *approval)
{
    if (question->approvals == NULL)
        question->approvals =
            ARENA_ARRAY(question->arena, struct decide_approval, DECIDE_APPROVALS_MAX);
    if (question->approval_count < DECIDE_APPROVALS_MAX)
        question->approvals[question->approval_count++] = *approval;
}

/*
 * generate_question.c - random questions about a pack: total, partly known, several people,
 * approvals on record.
 *
 * Read first: generate.h. Start at: generate_question, at the end.
 */
#include "generate.h"

#include <assert.h>
#include <string.h>

#include "build.h"

#define AS_OF 20777 /* 2026-11-20 */
#define COMPLETIONS_WANTED_MAX 1200

struct asker {
    const struct oracle_engine *engine;
    const struct oracle_pack *pack;
    struct oracle_question *question;
    struct generate_random *random;
};

static int below(struct asker *a, int bound)
{
    return generate_below(a->random, bound);
}

static bool chance(struct asker *a, int percent)
{
    return generate_chance(a->random, percent);
}

/* Values that obey, or now and then any values at all, which may be an error. */
static uint32_t pick_values(struct asker *a, const struct oracle_fact *fact)
{
    for (;;) {
        uint32_t values =
            (uint32_t)generate_next(a->random) & ((UINT32_C(1) << fact->value_count) - 1);
        if (fact->value_count > 2 && chance(a, 50)) {
            values &= (uint32_t)generate_next(a->random);
        }
        if (chance(a, 2) || oracle_obeys(fact, oracle_closed(fact, values))) {
            return values;
        }
    }
}

static int64_t pick_value(struct asker *a, const struct oracle_fact *fact)
{
    static const int numbers[] = {0, 12, 13, 14, 15, 16, 17, 18, 19, 30, 120};
    switch (fact->kind) {
    case ORACLE_FACT_ONE_OF:
        return below(a, fact->value_count + 1);
    case ORACLE_FACT_SOME_OF:
        return pick_values(a, fact);
    case ORACLE_FACT_YES_NO:
        return below(a, 2);
    case ORACLE_FACT_NUMBER:
        return chance(a, 10)   ? ORACLE_NOT_APPLICABLE
               : chance(a, 80) ? numbers[below(a, 11)]
                               : below(a, (int)fact->to + 1);
    case ORACLE_FACT_DATE:
        return chance(a, 10) ? ORACLE_NOT_APPLICABLE : 20600 + 30 * below(a, 3) - 1 + below(a, 3);
    case ORACLE_FACT_KIND_COUNT:
        break;
    }
    assert(false && "no kind of fact");
    return 0;
}

static void give(struct asker *a, struct oracle_given *given, int f)
{
    const struct oracle_fact *fact = &a->pack->facts[f];
    build_give(given, f, pick_value(a, fact));
    given[f].is_long = chance(a, 25);
}

/* "One of these, I do not know which." */
static void leave_either(struct asker *a, struct oracle_given *given, int f)
{
    const struct oracle_fact *fact = &a->pack->facts[f];
    given[f] = (struct oracle_given){.state = ORACLE_GIVEN_VALUE};
    do {
        given[f].either =
            (uint32_t)generate_next(a->random) & ((UINT32_C(1) << fact->value_count) - 1);
    } while (given[f].either == 0);
    if (fact->kind == ORACLE_FACT_SOME_OF && chance(a, 30)) {
        given[f].value = pick_values(a, fact);
    }
}

/* Leaves a fact open, in one of the ways there are. */
static void leave_open(struct asker *a, struct oracle_given *given, int f)
{
    const struct oracle_fact *fact = &a->pack->facts[f];
    int way = below(a, 100);
    bool has_values = fact->kind == ORACLE_FACT_SOME_OF || fact->kind == ORACLE_FACT_ONE_OF;
    if (has_values && way < 12) {
        leave_either(a, given, f);
        return;
    }
    if (fact->kind == ORACLE_FACT_SOME_OF && way < 45) {
        give(a, given, f);
        given[f].unknown = (uint32_t)generate_next(a->random) &
                           ((UINT32_C(1) << fact->value_count) - 1) & ~(uint32_t)given[f].value;
        return;
    }
    given[f] = (struct oracle_given){0};
    given[f].state = way < 70   ? ORACLE_GIVEN_LEFT_OUT
                     : way < 90 ? ORACLE_GIVEN_UNKNOWN
                                : ORACLE_GIVEN_WITHHELD;
}

/* `open` of 100 facts are left open, or only unknown and withheld when nothing may be missing. */
static void fill(struct asker *a, struct oracle_given *given, bool of_other, int open,
                 bool without_missing)
{
    for (int f = 0; f < a->pack->fact_count; f++) {
        if (a->pack->facts[f].is_other != of_other) {
            continue;
        }
        if (!chance(a, open)) {
            give(a, given, f);
            continue;
        }
        leave_open(a, given, f);
        if (without_missing && given[f].state == ORACLE_GIVEN_LEFT_OUT) {
            given[f].state = ORACLE_GIVEN_UNKNOWN;
        }
    }
}

static enum oracle_approval_state pick_state(struct asker *a)
{
    int way = below(a, 100);
    return way < 50   ? ORACLE_APPROVAL_GRANTED
           : way < 65 ? ORACLE_APPROVAL_REFUSED
           : way < 77 ? ORACLE_APPROVAL_ASKED
           : way < 86 ? ORACLE_APPROVAL_WITHDRAWN
           : way < 95 ? ORACLE_APPROVAL_EXPIRED
                      : ORACLE_APPROVAL_NONE;
}

static int pick_role(struct asker *a, uint32_t roles)
{
    for (int tries = 0; roles != 0 && tries < 40; tries++) {
        int role = below(a, 4);
        if (roles >> role & 1) {
            return role;
        }
    }
    return below(a, 4);
}

static void name_a_fact(struct asker *a, struct oracle_record *record)
{
    for (int f = 0; f < a->pack->fact_count; f++) {
        const struct oracle_fact *fact = &a->pack->facts[f];
        bool is_named = strcmp(fact->name, "platform") == 0 || strcmp(fact->name, "device") == 0 ||
                        strcmp(fact->name, "account") == 0;
        if (is_named && chance(a, 15)) {
            record->fact = f;
            record->fact_value = below(a, fact->value_count);
            return;
        }
    }
}

static void make_record(struct asker *a, int people)
{
    /* Days before the day of asking: now, and when periods of 1 to 3 units are just over. */
    static const int ago[] = {0, 0, 0, 1, 2, 3, 7, 14, 21, 31, 61, 92, 365, 730, 1096};
    struct oracle_question *question = a->question;
    const struct oracle_asked *asked = &a->engine->approvals[below(a, a->engine->approval_count)];
    struct oracle_record *record = &question->records[question->record_count++];
    *record = (struct oracle_record){.fact = ORACLE_NONE, .state = pick_state(a)};
    record->by = chance(a, 75) ? pick_role(a, asked->roles) : below(a, 4);
    record->by = chance(a, 5) ? ORACLE_NONE : record->by;
    record->clause = chance(a, 60) ? asked->clause : ORACLE_NONE;
    record->clause = chance(a, 8) ? below(a, a->pack->clause_count) : record->clause;
    record->has_reason = chance(a, 60);
    record->is_written = chance(a, 60);
    record->has_from = chance(a, 20);
    record->from = AS_OF - ago[below(a, (int)(sizeof(ago) / sizeof(ago[0])))] - 1 + below(a, 3);
    record->has_until = chance(a, 20);
    record->until = AS_OF - 1 + below(a, 3);
    if (record->has_until && record->from > record->until) {
        record->has_from = false;
    }
    if (people > 0 && chance(a, 20)) {
        record->person = 1 + below(a, people);
    }
    name_a_fact(a, record);
    if ((record->has_from || record->has_until) && !chance(a, 2)) {
        question->has_as_of = true;
    }
}

static void make_records(struct asker *a)
{
    struct oracle_question *question = a->question;
    int wanted = a->engine->approval_count == 0 || chance(a, 35) ? 0 : 1 + below(a, 3);
    for (int i = 0; i < wanted; i++) {
        make_record(a, question->person_count);
    }
    question->has_as_of = question->has_as_of || chance(a, 20);
    question->as_of = AS_OF;
    for (int p = 0; p < question->person_count; p++) {
        question->persons[p].has_consent = chance(a, 40);
        question->persons[p].consent = pick_state(a);
    }
}

static bool is_open(const struct oracle_given *given)
{
    return given->state != ORACLE_GIVEN_VALUE || given->unknown != 0 || given->either != 0;
}

/* Settles open facts one by one until the oracle can walk through what is left. */
static void settle(struct asker *a)
{
    struct oracle_question *question = a->question;
    int limit = chance(a, 5) ? ORACLE_COMPLETIONS_MAX / 2 : COMPLETIONS_WANTED_MAX;
    while (oracle_completions(a->engine, question) > limit) {
        int p = below(a, question->person_count + 1);
        int f = below(a, a->pack->fact_count);
        bool is_other = a->pack->facts[f].is_other;
        if (is_other && question->person_count == 0) {
            question->states_others = true; /* nobody */
            question->is_otherwise_none = question->is_otherwise_none || chance(a, 10);
        }
        struct oracle_given *given =
            is_other && p > 0 ? question->persons[p - 1].given : question->given;
        if (is_other == (p > 0) && is_open(&given[f])) {
            give(a, given, f);
        }
    }
}

void generate_question(const struct oracle_engine *engine, struct oracle_question *question,
                       uint64_t seed)
{
    struct generate_random random = {seed};
    struct asker a = {engine, engine->pack, question, &random};
    build_question(question);
    question->act = chance(&a, 60) ? 0 : below(&a, engine->pack->act_count);
    question->is_brief = !chance(&a, 4);
    question->states_others = chance(&a, 85);
    if (question->states_others) {
        int way = below(&a, 100);
        question->person_count = way < 10 ? 0 : way < 65 ? 1 : way < 90 ? 2 : 3;
    }
    int profile = below(&a, 100);
    int open = profile < 32 ? 0 : 15 + below(&a, 60);
    question->is_otherwise_none = profile >= 32 && profile < 50;
    question->states_otherwise = chance(&a, 30);
    bool without_missing = profile >= 80;
    fill(&a, question->given, false, open, without_missing);
    for (int p = 0; p < question->person_count; p++) {
        fill(&a, question->persons[p].given, true, open, without_missing);
    }
    make_records(&a);
    settle(&a);
}

/*
 * completion.c - what is not known, and several people: sections 5.8 and 5.9, and approvals on
 * record (section 9).
 *
 * Read first: oracle.h and oracle.c. Start at: oracle_answer, at the end.
 *
 * What must hold: every completion is visited, one after another, like the wheels of a mileometer;
 * nothing is skipped because it "cannot matter". The one saving is that a fact which no condition
 * of the pack mentions keeps a single value.
 */
#include "oracle.h"

#include "base/civil.h"

#include <assert.h>
#include <string.h>

/* The values that one fact can still have. */
struct candidates {
    int count;
    int64_t values[ORACLE_CANDIDATES_MAX];
};

/* One person's part of a question: the facts of the act, and those of the person. */
struct judged {
    const struct oracle_engine *engine;
    const struct oracle_question *question;
    const struct oracle_person *person; /* NULL: nobody */
    int number;                         /* from 1; 0: nobody */
};

static uint32_t bit32(int i)
{
    return UINT32_C(1) << i;
}

/* ---- Worlds of one fact (5.1) ---------------------------------------------------------------- */

uint32_t oracle_closed(const struct oracle_fact *fact, uint32_t values)
{
    for (uint32_t before = ~values; before != values;) {
        before = values;
        for (int i = 0; i < fact->implies_count; i++) {
            if (values & fact->implies_left[i]) {
                values |= bit32(fact->implies_right[i]);
            }
        }
        for (int v = 0; v < fact->value_count; v++) {
            if (values & fact->includes[v]) {
                values |= bit32(v);
            }
        }
    }
    return values;
}

bool oracle_obeys(const struct oracle_fact *fact, uint32_t values)
{
    for (int i = 0; i < fact->never_count; i++) {
        uint32_t both = values & fact->never[i];
        if (both & (both - 1)) { /* two of them or more */
            return false;
        }
    }
    return oracle_closed(fact, values) == values;
}

static void add_candidate(struct candidates *list, int64_t value)
{
    for (int i = 0; i < list->count; i++) {
        if (list->values[i] == value) {
            return;
        }
    }
    assert(list->count < ORACLE_CANDIDATES_MAX && "a fact has too many values for the oracle");
    list->values[list->count++] = value;
}

/*
 * One value from each interval that rules and settings tell apart (5.8). Each limit n parts the
 * numbers at n and at n + 1, whatever the comparison.
 */
static void add_numbers(const struct oracle_pack *pack, int f, struct candidates *list)
{
    const struct oracle_fact *fact = &pack->facts[f];
    bool is_date = fact->kind == ORACLE_FACT_DATE;
    int64_t first = is_date ? 0 : fact->from;
    for (int n = 0; n < pack->node_count; n++) {
        const struct oracle_condition *node = &pack->nodes[n];
        if (node->kind != ORACLE_CONDITION_COMPARE || node->fact != f) {
            continue;
        }
        int64_t limit = node->by_setting ? pack->number_setting : node->number;
        for (int64_t value = limit; value <= limit + 1; value++) {
            if (is_date || (value > fact->from && value <= fact->to)) {
                add_candidate(list, value);
            }
        }
        first = is_date && limit - 1 < first ? limit - 1 : first;
    }
    add_candidate(list, first);
}

/* Every value that the fact can have in a world. */
static void add_all(const struct oracle_pack *pack, int f, struct candidates *list)
{
    const struct oracle_fact *fact = &pack->facts[f];
    switch (fact->kind) {
    case ORACLE_FACT_ONE_OF: /* the last is "none" */
        for (int v = 0; v <= fact->value_count; v++) {
            add_candidate(list, v);
        }
        break;
    case ORACLE_FACT_SOME_OF:
        for (uint32_t values = 0; values >> fact->value_count == 0; values++) {
            if (oracle_obeys(fact, values)) {
                add_candidate(list, values);
            }
        }
        break;
    case ORACLE_FACT_YES_NO:
        add_candidate(list, 0);
        add_candidate(list, 1);
        break;
    case ORACLE_FACT_NUMBER:
    case ORACLE_FACT_DATE: /* always a number, never "not applicable" */
        add_numbers(pack, f, list);
        break;
    case ORACLE_FACT_KIND_COUNT:
        assert(false && "no kind of fact");
    }
}

/* What the fact is when it is not so, or when nobody is concerned. */
static int64_t none_of(const struct oracle_fact *fact)
{
    switch (fact->kind) {
    case ORACLE_FACT_ONE_OF:
        return fact->value_count;
    case ORACLE_FACT_SOME_OF:
    case ORACLE_FACT_YES_NO:
        return 0;
    case ORACLE_FACT_NUMBER:
    case ORACLE_FACT_DATE:
        return ORACLE_NOT_APPLICABLE;
    case ORACLE_FACT_KIND_COUNT:
        break;
    }
    assert(false && "no kind of fact");
    return 0;
}

/* ---- 5.8 What is given, presumed, missing ---------------------------------------------------- */

/*
 * Listed values hold, closed; those under "unknown" and "either" may; the rest does not; of those
 * under "either" at least one holds.
 */
static void add_given(const struct oracle_fact *fact, const struct oracle_given *given,
                      struct candidates *list)
{
    if (fact->kind == ORACLE_FACT_ONE_OF && given->either != 0) {
        for (int v = 0; v <= fact->value_count; v++) {
            if (given->either >> v & 1) {
                add_candidate(list, v);
            }
        }
        return;
    }
    if (fact->kind != ORACLE_FACT_SOME_OF) {
        add_candidate(list, given->value);
        return;
    }
    uint32_t holds = oracle_closed(fact, (uint32_t)given->value);
    uint32_t may_hold = holds | given->unknown | given->either;
    may_hold = oracle_closed(fact, may_hold); /* what an unknown value would imply is unknown too */
    for (uint32_t values = 0; values >> fact->value_count == 0; values++) {
        bool is_between = (values & holds) == holds && (values & ~may_hold) == 0;
        bool has_either = given->either == 0 || (values & given->either) != 0;
        if (is_between && has_either && oracle_obeys(fact, values)) {
            add_candidate(list, values);
        }
    }
}

static const struct oracle_given *given_of(const struct judged *judged, int f)
{
    return judged->engine->pack->facts[f].is_other ? &judged->person->given[f]
                                                   : &judged->question->given[f];
}

static void candidates_of(const struct judged *judged, int f, struct oracle_person_answer *out,
                          struct candidates *list)
{
    const struct oracle_pack *pack = judged->engine->pack;
    const struct oracle_fact *fact = &pack->facts[f];
    *list = (struct candidates){0};
    if (fact->is_other && !judged->person) {
        add_candidate(list, none_of(fact));
        return;
    }
    const struct oracle_given *given = given_of(judged, f);
    switch (given->state) {
    case ORACLE_GIVEN_VALUE:
        out->unknown |= given->unknown | given->either ? bit32(f) : 0;
        add_given(fact, given, list);
        return;
    case ORACLE_GIVEN_LEFT_OUT:
        if (fact->relevant != 0 && !oracle_acts_have(pack, fact->relevant, judged->question->act)) {
            add_candidate(list, none_of(fact));
            return;
        }
        if (fact->has_default) {
            out->presumed |= bit32(f);
            add_candidate(list, fact->preset);
            return;
        }
        if (judged->question->is_otherwise_none) {
            add_candidate(list, none_of(fact));
            return;
        }
        out->missing |= bit32(f);
        break;
    case ORACLE_GIVEN_UNKNOWN:
        out->unknown |= bit32(f);
        break;
    case ORACLE_GIVEN_WITHHELD:
        out->withheld |= bit32(f);
        break;
    }
    add_all(pack, f, list);
}

/* ---- Approvals on record (section 9) --------------------------------------------------------- */

static bool names_given_value(const struct judged *judged, const struct oracle_record *record)
{
    if (record->fact == ORACLE_NONE) {
        return true;
    }
    const struct oracle_fact *fact = &judged->engine->pack->facts[record->fact];
    const struct oracle_given *given = &judged->question->given[record->fact];
    if (given->state != ORACLE_GIVEN_VALUE ||
        (fact->kind == ORACLE_FACT_ONE_OF && given->either != 0)) {
        return false;
    }
    if (fact->kind == ORACLE_FACT_SOME_OF) {
        return oracle_closed(fact, (uint32_t)given->value) >> record->fact_value & 1;
    }
    return given->value == record->fact_value;
}

static bool fits(const struct judged *judged, const struct oracle_record *record,
                 const struct oracle_asked *asked)
{
    if (record->clause != ORACLE_NONE && record->clause != asked->clause) {
        return false;
    }
    if (asked->roles != 0 && (record->by == ORACLE_NONE || !(asked->roles >> record->by & 1))) {
        return false;
    }
    if (record->person != 0 && record->person != judged->number) {
        return false;
    }
    return names_given_value(judged, record);
}

/* The first day on which an approval given on this day has run its period. */
static int64_t period_ends(int64_t from, const struct oracle_approval *what)
{
    struct civil_date start = {(int32_t)from};
    switch (what->lasts_unit) {
    case ORACLE_UNIT_DAYS:
        return from + what->lasts;
    case ORACLE_UNIT_WEEKS:
        return from + 7 * (int64_t)what->lasts;
    case ORACLE_UNIT_MONTHS:
        return civil_date_add_months(start, what->lasts).days;
    case ORACLE_UNIT_YEARS:
        return civil_date_add_months(start, 12 * what->lasts).days;
    }
    assert(false && "no unit");
    return from;
}

static enum oracle_approval_state state_of_record(const struct oracle_question *question,
                                                  const struct oracle_record *record,
                                                  const struct oracle_approval *what)
{
    if (record->state != ORACLE_APPROVAL_GRANTED) {
        return record->state;
    }
    if (record->has_until && record->until < question->as_of) {
        return ORACLE_APPROVAL_EXPIRED;
    }
    if (record->has_from && what->lasts > 0 && period_ends(record->from, what) <= question->as_of) {
        return ORACLE_APPROVAL_EXPIRED;
    }
    bool lacks =
        (what->with_reason && !record->has_reason) || (what->in_writing && !record->is_written);
    bool is_early = record->has_from && record->from > question->as_of;
    return lacks || is_early ? ORACLE_APPROVAL_ASKED : ORACLE_APPROVAL_GRANTED;
}

/* The last fitting record counts. */
static enum oracle_approval_state state_of(const struct judged *judged, int approval)
{
    const struct oracle_question *question = judged->question;
    const struct oracle_asked *asked = &judged->engine->approvals[approval];
    if (asked->what.is_consent) {
        bool is_stated = judged->person && judged->person->has_consent;
        return is_stated ? judged->person->consent : ORACLE_APPROVAL_NONE;
    }
    enum oracle_approval_state state = ORACLE_APPROVAL_NONE;
    for (int r = 0; r < question->record_count; r++) {
        if (fits(judged, &question->records[r], asked)) {
            state = state_of_record(question, &question->records[r], &asked->what);
        }
    }
    return state;
}

/* ---- Every completion of one person ---------------------------------------------------------- */

struct wheels {
    struct candidates facts[ORACLE_FACTS_MAX];
    int at[ORACLE_FACTS_MAX];
    uint64_t unsure_in_scope; /* rules that fired in every completion in scope so far */
    bool any_in_scope, any_out;
    uint8_t verdicts[ORACLE_COMPLETIONS_MAX];
};

static void set_wheels(const struct judged *judged, struct oracle_person_answer *out,
                       struct wheels *wheels)
{
    const struct oracle_pack *pack = judged->engine->pack;
    uint32_t mentioned = oracle_facts_mentioned(pack);
    for (int f = 0; f < pack->fact_count; f++) {
        candidates_of(judged, f, out, &wheels->facts[f]);
        assert(wheels->facts[f].count > 0 && "every question has a completion");
        if (!(mentioned >> f & 1)) {
            wheels->facts[f].count = 1;
        }
        wheels->at[f] = 0;
    }
}

/* The next completion; false after the last. */
static bool turn(struct wheels *wheels, int fact_count)
{
    for (int f = 0; f < fact_count; f++) {
        if (++wheels->at[f] < wheels->facts[f].count) {
            return true;
        }
        wheels->at[f] = 0;
    }
    return false;
}

static void gather(const struct oracle_engine *engine, struct oracle_person_answer *out,
                   struct wheels *wheels)
{
    const struct oracle_judgement *j = &out->last;
    bool is_first = out->completions == 0;
    assert(out->completions < ORACLE_COMPLETIONS_MAX && "too many completions for the oracle");
    wheels->verdicts[out->completions++] = (uint8_t)j->verdict;
    out->verdicts |= bit32((int)j->verdict);
    out->fires_all = is_first ? j->fires : out->fires_all & j->fires;
    out->fires_some |= j->fires;
    out->needs_all = is_first ? j->needs : out->needs_all & j->needs;
    out->needs_some |= j->needs;
    out->stands_all = is_first ? j->stands : out->stands_all & j->stands;
    out->stands_some |= j->stands;
    out->needed_all = is_first ? j->needed : out->needed_all & j->needed;
    out->needed_some |= j->needed;
    out->needed_least_all = is_first ? j->needed_least : out->needed_least_all & j->needed_least;
    out->suspended_all = is_first ? j->suspended : out->suspended_all & j->suspended;
    out->suspended_some |= j->suspended;
    out->protecting_all = is_first ? j->protecting : out->protecting_all & j->protecting;
    out->protecting_some |= j->protecting;
    out->set_aside_some |= j->set_aside;
    out->defeated_some |= j->defeated;
    out->known_asks_all = is_first ? j->known_asks : out->known_asks_all & j->known_asks;
    out->known_asks_some |= j->known_asks;
    out->is_protected_all = (is_first || out->is_protected_all) && j->suspended;
    out->is_protected_some = out->is_protected_some || j->suspended;
    out->is_silent_all = (is_first || out->is_silent_all) && j->is_silent;
    out->is_silent_some = out->is_silent_some || j->is_silent;
    for (int c = 0; c < engine->pack->clause_count; c++) {
        out->conflicts_all[c] =
            is_first ? j->conflicts[c] : out->conflicts_all[c] & j->conflicts[c];
        out->conflicts_some[c] |= j->conflicts[c];
    }
    if (j->is_in_scope) {
        wheels->unsure_in_scope =
            wheels->any_in_scope ? wheels->unsure_in_scope & j->fires : j->fires;
        wheels->any_in_scope = true;
    } else {
        wheels->any_out = true;
    }
}

/* Facts for which two completions that differ in nothing else have different verdicts. */
static uint32_t find_depends(const struct oracle_pack *pack, const struct wheels *wheels,
                             int completions)
{
    uint32_t depends = 0;
    int stride = 1;
    for (int f = 0; f < pack->fact_count; f++) {
        int count = wheels->facts[f].count;
        for (int i = 0; count > 1 && i < completions; i++) {
            bool is_last_value = i / stride % count == count - 1;
            if (!is_last_value && wheels->verdicts[i] != wheels->verdicts[i + stride]) {
                depends |= bit32(f);
                break;
            }
        }
        stride *= count;
    }
    return depends;
}

/*
 * "A missing fact is open when some rule of the act whose conditions read it fires in some
 * completions and not in others, or comes to different levels in them."
 */
static void find_open(const struct oracle_engine *engine, struct oracle_person_answer *out)
{
    out->wavers = (out->fires_some & ~out->fires_all) | (out->needs_some & ~out->needs_all);
    for (int i = 0; i < engine->instance_count; i++) {
        const struct oracle_rule *rule = &engine->pack->rules[engine->instances[i].rule];
        if (out->wavers >> i & 1) {
            out->open |= oracle_facts_of_rule(engine->pack, rule) & out->missing;
        }
    }
}

/* 5.8, "If unsure". */
static void settle_unsure(const struct oracle_engine *engine, const struct wheels *wheels,
                          struct oracle_person_answer *out)
{
    if (out->verdict != ORACLE_VERDICT_UNDETERMINED ||
        out->verdicts == bit32(ORACLE_VERDICT_UNDETERMINED) || !wheels->any_in_scope) {
        return; /* settled, or undetermined by conflict alone, or out of scope */
    }
    for (int i = 0; i < engine->instance_count; i++) {
        if (engine->instances[i].effect == ORACLE_EFFECT_IF_UNSURE &&
            (wheels->unsure_in_scope >> i & 1)) {
            out->would_be_unsure |= UINT64_C(1) << i;
        }
    }
    if (out->open == 0 && out->would_be_unsure != 0) {
        out->unsure_rules = out->would_be_unsure;
        out->is_unsure = true;
        out->verdict = ORACLE_VERDICT_ASK_FIRST;
    }
}

static void answer_person(const struct judged *judged, struct oracle_person_answer *out)
{
    static _Thread_local struct wheels wheels;
    const struct oracle_engine *engine = judged->engine;
    int fact_count = engine->pack->fact_count;
    struct oracle_world world = {.act = judged->question->act};
    *out = (struct oracle_person_answer){0};
    wheels.any_in_scope = false;
    wheels.any_out = false;
    set_wheels(judged, out, &wheels);
    for (int a = 0; a < engine->approval_count; a++) {
        out->states[a] = state_of(judged, a);
        world.approvals[a] = out->states[a];
    }
    do {
        for (int f = 0; f < fact_count; f++) {
            world.values[f] = wheels.facts[f].values[wheels.at[f]];
        }
        oracle_judge(engine, &world, &out->last);
        gather(engine, out, &wheels);
    } while (turn(&wheels, fact_count));
    bool is_common = (out->verdicts & (out->verdicts - 1)) == 0;
    out->verdict = is_common ? out->last.verdict : ORACLE_VERDICT_UNDETERMINED;
    out->scope = !wheels.any_out        ? ORACLE_SCOPE_IN
                 : !wheels.any_in_scope ? ORACLE_SCOPE_OUT
                                        : ORACLE_SCOPE_UNKNOWN;
    out->depends = find_depends(engine->pack, &wheels, out->completions);
    find_open(engine, out);
    settle_unsure(engine, &wheels, out);
}

/* ---- 5.9 Several people ---------------------------------------------------------------------- */

/* Given values that contradict "never together"; dates on a record, and no day to judge. */
static bool is_error(const struct oracle_pack *pack, const struct oracle_question *question)
{
    for (int f = 0; f < pack->fact_count; f++) {
        const struct oracle_fact *fact = &pack->facts[f];
        for (int p = 0; fact->kind == ORACLE_FACT_SOME_OF && p <= question->person_count; p++) {
            const struct oracle_given *given =
                p == 0 ? &question->given[f] : &question->persons[p - 1].given[f];
            struct candidates list = {0};
            if (given->state == ORACLE_GIVEN_VALUE && fact->is_other == (p > 0)) {
                add_given(fact, given, &list);
                if (list.count == 0) {
                    return true;
                }
            }
        }
    }
    for (int r = 0; r < question->record_count; r++) {
        const struct oracle_record *record = &question->records[r];
        if ((record->has_from || record->has_until) && !question->has_as_of) {
            return true;
        }
    }
    return false;
}

enum oracle_verdict oracle_joint(const enum oracle_verdict *verdicts, int count)
{
    enum oracle_verdict strictest = ORACLE_VERDICT_NOT_COVERED;
    bool is_undetermined = false;
    for (int p = 0; p < count; p++) {
        if (verdicts[p] == ORACLE_VERDICT_UNDETERMINED) {
            is_undetermined = true;
        } else if (verdicts[p] > strictest) {
            strictest = verdicts[p];
        }
    }
    if (strictest == ORACLE_VERDICT_FORBIDDEN || !is_undetermined) {
        return strictest;
    }
    return ORACLE_VERDICT_UNDETERMINED;
}

/* Whom the n-th judgement (from 0) is about: one of `others`, one unknown person, or nobody. */
static struct judged whom(const struct oracle_engine *engine,
                          const struct oracle_question *question, int n)
{
    static const struct oracle_person nothing_known; /* all facts left out */
    struct judged judged = {.engine = engine, .question = question};
    bool asks = !question->states_others && oracle_asks_other(engine->pack, question->act);
    if (question->person_count > 0 || asks) {
        judged.person = question->person_count > 0 ? &question->persons[n] : &nothing_known;
        judged.number = n + 1;
    }
    return judged;
}

void oracle_answer(const struct oracle_engine *engine, const struct oracle_question *question,
                   struct oracle_answer *answer)
{
    enum oracle_verdict verdicts[ORACLE_PERSONS_MAX];
    answer->is_error = is_error(engine->pack, question);
    if (answer->is_error) {
        return;
    }
    answer->person_count = question->person_count > 0 ? question->person_count : 1;
    answer->is_unsure = false;
    for (int p = 0; p < answer->person_count; p++) {
        struct judged judged = whom(engine, question, p);
        answer->has_nobody = !judged.person;
        answer_person(&judged, &answer->persons[p]);
        verdicts[p] = answer->persons[p].verdict;
        answer->is_unsure = answer->is_unsure || answer->persons[p].is_unsure;
    }
    answer->verdict = oracle_joint(verdicts, answer->person_count);
}

int64_t oracle_completions(const struct oracle_engine *engine,
                           const struct oracle_question *question)
{
    const struct oracle_pack *pack = engine->pack;
    struct oracle_person_answer ignored = {0};
    struct candidates list;
    uint32_t mentioned = oracle_facts_mentioned(pack);
    int64_t most = 0;
    for (int p = 0; p == 0 || p < question->person_count; p++) {
        struct judged judged = whom(engine, question, p);
        int64_t product = 1;
        for (int f = 0; f < pack->fact_count; f++) {
            candidates_of(&judged, f, &ignored, &list);
            product *= (mentioned >> f & 1) && list.count > 1 ? list.count : 1;
        }
        most = product > most ? product : most;
    }
    return most;
}

/* ---- Does a fact matter? ------------------------------------------------------------------ */

#define WORLDS_SAMPLED 3000

static int pick(uint64_t *state, int bound)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((*state >> 33) % (uint64_t)bound);
}

bool oracle_matters(const struct oracle_engine *engine, int act, int fact, uint64_t instances)
{
    static _Thread_local struct candidates all[ORACLE_FACTS_MAX];
    const struct oracle_pack *pack = engine->pack;
    uint64_t state = 1;
    for (int f = 0; f < pack->fact_count; f++) {
        all[f] = (struct candidates){0};
        add_all(pack, f, &all[f]);
    }
    for (int w = 0; w < WORLDS_SAMPLED; w++) {
        struct oracle_world world = {.act = act};
        struct oracle_judgement one, other;
        for (int f = 0; f < pack->fact_count; f++) {
            world.values[f] = all[f].values[pick(&state, all[f].count)];
        }
        for (int a = 0; a < engine->approval_count; a++) {
            world.approvals[a] = pick(&state, 2) ? ORACLE_APPROVAL_GRANTED : ORACLE_APPROVAL_NONE;
        }
        oracle_judge(engine, &world, &one);
        world.values[fact] = all[fact].values[pick(&state, all[fact].count)];
        oracle_judge(engine, &world, &other);
        if (((one.fires ^ other.fires) | (one.needs ^ other.needs)) & instances) {
            return true;
        }
    }
    return false;
}

/*
 * check/facts.c - facts out of findings. Read first: check_int.h.
 *
 * A condition of `sets` is a conjunction (lint sees to it). Each part is one fact with a value,
 * with several of which one at least holds, or a plain yes or no. Where one of several has the name
 * of the finding's detail ("management", "race"), it is that one. Of a part that allows every value
 * nothing is known, so it is left to be asked. What the person has said of a fact comes first.
 */
#include "check/check_int.h"

struct fact_set {       /* what was added of one fact */
    uint64_t values;    /* these hold */
    uint64_t either;    /* one at least of these holds */
    bool is_set, is_no; /* is_no: "not FACT" of a yes or no */
    bool is_asked;      /* any value may hold: only the person can tell */
};

struct check_facts {
    const struct pack *pack;
    struct fact_set *sets; /* by fact */
};

struct check_facts *check_facts_new(struct arena *arena, const struct pack *pack)
{
    struct check_facts *facts = ARENA_NEW(arena, struct check_facts);
    facts->pack = pack;
    facts->sets = ARENA_ARRAY(arena, struct fact_set, pack->fact_count + 1);
    return facts;
}

/* Details and values that mean the same and are not called the same. */
static const struct {
    struct str detail, value;
} also_called[] = {
    {STR_INIT("religion"), STR_INIT("religion-or-belief")},
    {STR_INIT("marriage"), STR_INIT("marriage-or-civil-partnership")},
    {STR_INIT("pregnancy"), STR_INIT("pregnancy-or-maternity")},
    {STR_INIT("person"), STR_INIT("other-person")},
    {STR_INIT("corporate"), STR_INIT("corporate-records")},
    {STR_INIT("commercial"), STR_INIT("commercially-sensitive")},
    {STR_INIT("political"), STR_INIT("politically-sensitive")},
    {STR_INIT("in-confidence"), STR_INIT("given-in-confidence")},
};

/* The value of a fact that a detail names: its bit, or 0. */
static uint64_t detail_value(const struct pack *pack, uint32_t fact,
                             const struct screen_finding *finding)
{
    if (finding->detail == SCREEN_DETAIL_NONE) {
        return 0;
    }
    struct str detail = screen_kind_info(finding->kind)->details[finding->detail];
    uint32_t value = pack_value_find(pack, fact, detail);
    for (size_t i = 0; value == PACK_NONE && i < sizeof also_called / sizeof *also_called; i++) {
        if (str_equal(also_called[i].detail, detail)) {
            value = pack_value_find(pack, fact, also_called[i].value);
        }
    }
    return value == PACK_NONE || value >= pack->fact[fact].value_count ? 0 : UINT64_C(1) << value;
}

static bool fact_is_choice(const struct pack *pack, uint32_t fact)
{
    return pack->fact[fact].kind == PACK_FACT_SOME_OF || pack->fact[fact].kind == PACK_FACT_ONE_OF;
}

/* The values that a node without "and" allows, all of one fact; *fact is set. */
static uint64_t values_of(const struct pack *pack, uint32_t node, uint32_t *fact)
{
    const struct pack_node *record = &pack->node[node];
    if (record->kind == PACK_NODE_ATOM) {
        const struct pack_variable *variable = &pack->variable[record->variable];
        *fact = variable->fact;
        return variable->value == PACK_NONE ? record->mask : UINT64_C(1) << variable->value;
    }
    uint64_t values = 0;
    for (uint32_t i = 0; i < record->children.count; i++) {
        values |= values_of(pack, pack->list[record->children.first + i], fact);
    }
    return values;
}

static uint64_t values_all(const struct pack *pack, uint32_t fact)
{
    uint32_t count = pack->fact[fact].value_count;
    return count >= PACK_VALUES_MAX ? UINT64_MAX : (UINT64_C(1) << count) - 1;
}

/* "credit is none" is compiled as "no" of each of its values. */
static bool says_no(const struct pack *pack, uint32_t node)
{
    const struct pack_node *record = &pack->node[node];
    return record->kind == PACK_NODE_ATOM && pack->variable[record->variable].domain == 2 &&
           record->mask == 1;
}

static bool is_single(uint64_t bits)
{
    return (bits & (bits - 1)) == 0;
}

static void part_add(struct check_facts *facts, uint32_t node, bool is_negated,
                     const struct screen_finding *finding)
{
    uint32_t fact = PACK_NONE;
    uint64_t values = values_of(facts->pack, node, &fact);
    if (fact == PACK_NONE) {
        return;
    }
    is_negated = is_negated != says_no(facts->pack, node);
    struct fact_set *set = &facts->sets[fact];
    set->is_set = true;
    if (!fact_is_choice(facts->pack, fact)) {
        set->is_no = is_negated;
        return;
    }
    if (is_negated) {
        return; /* it is not so, which is what a fact that nothing sets comes to */
    }
    uint64_t named = detail_value(facts->pack, fact, finding) & values;
    if (named != 0 || is_single(values)) {
        set->values |= named != 0 ? named : values;
    } else if (values == values_all(facts->pack, fact)) {
        set->is_asked = true;
    } else {
        set->either |= values;
    }
}

static void condition_add(struct check_facts *facts, uint32_t node, bool is_negated,
                          const struct screen_finding *finding)
{
    const struct pack_node *record = &facts->pack->node[node];
    if (record->kind == PACK_NODE_AND || record->kind == PACK_NODE_NOT) {
        for (uint32_t i = 0; i < record->children.count; i++) {
            condition_add(facts, facts->pack->list[record->children.first + i],
                          is_negated != (record->kind == PACK_NODE_NOT), finding);
        }
        return;
    }
    part_add(facts, node, is_negated, finding);
}

void check_facts_add(struct check_facts *facts, const struct check_statement *statement,
                     const struct screen_finding *finding)
{
    if (statement->sets != PACK_NONE) {
        condition_add(facts, statement->sets, false, finding);
    }
}

bool check_facts_equal(const struct check_facts *a, const struct check_facts *b)
{
    for (uint32_t fact = 0; fact < a->pack->fact_count; fact++) {
        const struct fact_set *of_a = &a->sets[fact];
        const struct fact_set *of_b = &b->sets[fact];
        if (of_a->values != of_b->values || of_a->either != of_b->either ||
            of_a->is_set != of_b->is_set || of_a->is_no != of_b->is_no ||
            of_a->is_asked != of_b->is_asked) {
            return false;
        }
    }
    return true;
}

static size_t values_list(uint64_t bits, uint32_t *values)
{
    size_t count = 0;
    for (uint32_t i = 0; i < PACK_VALUES_MAX; i++) {
        if ((bits >> i & 1) != 0) {
            values[count++] = i;
        }
    }
    return count;
}

/* ---- Given to a question --------------------------------------------------------------------- */

/* Whether something was said of a fact: anything, or what it is. */
struct said {
    bool is_any, is_given;
};

static struct said said_find(const struct decide_question *question, uint32_t fact)
{
    const struct pack_fact *record = &question->pack->fact[fact];
    struct said said = {0};
    for (uint32_t i = 0; i < record->variable_count; i++) {
        enum decide_state state = question->given[record->first_variable + i].state;
        said.is_any |= state != DECIDE_STATE_LEFT_OUT;
        said.is_given |= state == DECIDE_STATE_GIVEN;
    }
    return said;
}

/* Whether a value excludes another that was said to hold. */
static bool is_excluded(const struct decide_question *question, uint32_t variable)
{
    const struct pack *pack = question->pack;
    for (uint32_t i = 0; i < pack->relation_count; i++) {
        const struct pack_relation *relation = &pack->relation[i];
        bool is_first = relation->first == variable;
        if (relation->kind != PACK_RELATION_NEVER || (!is_first && relation->second != variable)) {
            continue;
        }
        uint32_t other = is_first ? relation->second : relation->first;
        const struct decide_given *given = &question->given[other];
        if (pack->variable[other].is_other == 0 && given->state == DECIDE_STATE_GIVEN &&
            given->domain == 2) {
            return true;
        }
    }
    return false;
}

/* Values that hold beside those that were said: nobody was offered what was found already. */
static void values_join(struct decide_question *question, uint32_t fact, uint64_t values)
{
    uint32_t first = question->pack->fact[fact].first_variable;
    uint64_t held = 0;
    for (uint32_t i = 0; i < PACK_VALUES_MAX; i++) {
        bool is_held = (values >> i & 1) != 0 && !is_excluded(question, first + i);
        held |= is_held ? UINT64_C(1) << i : 0;
    }
    for (uint32_t i = 0; i < PACK_VALUES_MAX; i++) {
        if ((held >> i & 1) != 0) {
            question->given[first + i] = (struct decide_given){2, DECIDE_STATE_GIVEN};
        }
    }
}

static void choice_give(struct decide_question *question, uint32_t fact, const struct fact_set *set)
{
    uint32_t values[PACK_VALUES_MAX];
    struct said said = said_find(question, fact);
    bool is_list = question->pack->fact[fact].kind == PACK_FACT_SOME_OF;
    if (said.is_any && is_list) {
        values_join(question, fact, set->values);
    } else if (!said.is_given) {
        size_t count = values_list(set->values, values);
        decide_give_values(question, 0, fact, values, count, NULL, 0);
    }
    if (set->either != 0 && (set->either & set->values) == 0 && !said.is_given) {
        size_t count = values_list(set->either, values);
        if (!decide_give_either(question, 0, fact, values, count)) {
            decide_give_state(question, 0, fact, DECIDE_STATE_UNKNOWN);
        }
    }
}

static void fact_give(struct decide_question *question, uint32_t fact, const struct fact_set *set)
{
    const struct said said = said_find(question, fact);
    if (set->is_set && !fact_is_choice(question->pack, fact)) {
        if (!said.is_given) {
            decide_give_yes_no(question, 0, fact, !set->is_no);
        }
    } else if (set->is_set && (set->values | set->either) != 0) {
        choice_give(question, fact, set);
    } else if (!said.is_any && !set->is_asked) {
        decide_give_none(question, 0, fact);
    }
}

void check_facts_give(const struct check_facts *facts, const struct check *check,
                      struct decide_question *question)
{
    for (uint32_t fact = 0; fact < facts->pack->fact_count; fact++) {
        bool is_other = facts->pack->fact[fact].is_other != 0;
        if (!is_other && (facts->sets[fact].is_set || check->is_settable[fact])) {
            fact_give(question, fact, &facts->sets[fact]);
        }
    }
}

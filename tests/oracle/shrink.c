/*
 * shrink.c - cuts a case down while the product and the oracle still differ in the same way.
 *
 * Read first: trial.h. Start at: shrink_case, at the end. Each table row is one way to make a case
 * smaller at place `n`; it answers false when there is nothing at that place.
 *
 * What must hold: a cut is kept only when the first word of the difference stays what it was.
 */
#include "shrink.h"

#include <string.h>

#include "base/arena.h"

#define ROUNDS_MAX 12

/* ---- The policy ------------------------------------------------------------------------------ */

static bool drop_rule(struct trial_case *x, int n)
{
    if (n >= x->pack.rule_count) {
        return false;
    }
    x->pack.rule_count--;
    memmove(&x->pack.rules[n], &x->pack.rules[n + 1],
            sizeof(x->pack.rules[0]) * (size_t)(x->pack.rule_count - n));
    return true;
}

static bool drop_known(struct trial_case *x, int n)
{
    if (n >= x->pack.known_count) {
        return false;
    }
    x->pack.known_count--;
    memmove(&x->pack.knowns[n], &x->pack.knowns[n + 1],
            sizeof(x->pack.knowns[0]) * (size_t)(x->pack.known_count - n));
    return true;
}

/* The n-th line of a rule, of those there are: 12 places a rule. */
#define LINES_OF_RULE 12

static bool drop_line(struct trial_case *x, int n)
{
    if (n / LINES_OF_RULE >= x->pack.rule_count) {
        return false;
    }
    struct oracle_rule *rule = &x->pack.rules[n / LINES_OF_RULE];
    struct oracle_rule before = *rule;
    switch (n % LINES_OF_RULE) {
    case 0:
        rule->when = ORACLE_NONE;
        break;
    case 1:
    case 2:
        if (n % LINES_OF_RULE <= rule->unless_count) {
            rule->unless[n % LINES_OF_RULE - 1] = rule->unless[--rule->unless_count];
        }
        break;
    case 3:
        rule->only_if = ORACLE_NONE;
        rule->is_regardless = rule->head == ORACLE_HEAD_MAY ? false : rule->is_regardless;
        break;
    case 4:
        rule->is_regardless = false;
        break;
    case 5:
        rule->overrides &= rule->overrides - 1;
        break;
    case 6:
        rule->roles &= rule->roles - 1;
        break;
    case 7:
        rule->against = 0;
        break;
    case 8:
        rule->has_words = false;
        break;
    case 9:
        rule->is_nevertheless = false;
        break;
    case 10:
        if (rule->head != ORACLE_HEAD_MUST && rule->head != ORACLE_HEAD_SHOULD) {
            rule->acts = rule->duty == ORACLE_NONE ? ORACLE_ACTS_ANYTHING : 0;
        }
        break;
    case 11:
        rule->overrides = 0;
        break;
    }
    return memcmp(&before, rule, sizeof(before)) != 0;
}

/* Every place that points to a node: rules, known conflicts, definitions, other nodes. */
static int *slot_at(struct oracle_pack *pack, int n)
{
    int in_rule = ORACLE_UNLESS_MAX + 2;
    if (n < pack->rule_count * in_rule) {
        struct oracle_rule *rule = &pack->rules[n / in_rule];
        int line = n % in_rule;
        return line == 0 ? &rule->when : line == 1 ? &rule->only_if : &rule->unless[line - 2];
    }
    n -= pack->rule_count * in_rule;
    if (n < pack->known_count) {
        return &pack->knowns[n].when;
    }
    n -= pack->known_count;
    if (n < pack->definition_count) {
        return &pack->definition_when[n];
    }
    n -= pack->definition_count;
    if (n < pack->node_count * ORACLE_CHILDREN_MAX) {
        return &pack->nodes[n / ORACLE_CHILDREN_MAX].children[n % ORACLE_CHILDREN_MAX];
    }
    return NULL;
}

static bool is_slot_used(const struct oracle_pack *pack, int n)
{
    int in_rule = ORACLE_UNLESS_MAX + 2;
    if (n < pack->rule_count * in_rule) {
        const struct oracle_rule *rule = &pack->rules[n / in_rule];
        int line = n % in_rule;
        return line < 2 || line - 2 < rule->unless_count;
    }
    n -= pack->rule_count * in_rule + pack->known_count + pack->definition_count;
    return n < 0 || n % ORACLE_CHILDREN_MAX < pack->nodes[n / ORACLE_CHILDREN_MAX].child_count;
}

/* Puts a part of a condition in the place of the whole, or what a name means in its place. */
static bool lift_part(struct trial_case *x, int n)
{
    int place = n / ORACLE_CHILDREN_MAX, part = n % ORACLE_CHILDREN_MAX;
    int *slot = slot_at(&x->pack, place);
    if (!slot || !is_slot_used(&x->pack, place) || *slot == ORACLE_NONE) {
        return false;
    }
    const struct oracle_condition *node = &x->pack.nodes[*slot];
    if (node->kind == ORACLE_CONDITION_DEFINED && part == 0) {
        *slot = x->pack.definition_when[node->definition];
        return true;
    }
    if (part >= node->child_count) {
        return false;
    }
    *slot = node->children[part];
    return true;
}

/* Makes one condition plainer: fewer values, no "not", no qualifiers. 6 places a node. */
#define WAYS_OF_NODE 6

static bool plain_node(struct trial_case *x, int n)
{
    if (n / WAYS_OF_NODE >= x->pack.node_count) {
        return false;
    }
    struct oracle_condition *node = &x->pack.nodes[n / WAYS_OF_NODE];
    struct oracle_condition before = *node;
    bool is_approved = node->kind == ORACLE_CONDITION_APPROVED;
    switch (n % WAYS_OF_NODE) {
    case 0:
        if (node->values & (node->values - 1)) {
            node->values &= node->values - 1;
        }
        break;
    case 1:
        if (node->kind == ORACLE_CONDITION_IS && node->values != 0) {
            node->group = ORACLE_NONE;
        }
        break;
    case 2:
        node->is_negated = false;
        break;
    case 3:
        if (is_approved) {
            node->approval = (struct oracle_approval){.is_consent = node->approval.is_consent,
                                                      .roles = node->approval.roles};
        }
        break;
    case 4:
        if (is_approved && (node->approval.roles & (node->approval.roles - 1))) {
            node->approval.roles &= node->approval.roles - 1;
        }
        break;
    case 5:
        node->is_all_of = node->is_all_of && (node->values & (node->values - 1));
        node->child_count = node->child_count == 3 ? 2 : node->child_count;
        break;
    }
    return memcmp(&before, node, sizeof(before)) != 0;
}

/* ---- The vocabulary -------------------------------------------------------------------------- */

#define WAYS_OF_FACT 7

static bool plain_fact(struct trial_case *x, int n)
{
    if (n / WAYS_OF_FACT >= x->pack.fact_count) {
        return false;
    }
    int f = n / WAYS_OF_FACT;
    struct oracle_fact *fact = &x->pack.facts[f];
    struct oracle_fact before = *fact;
    bool is_mentioned = oracle_facts_mentioned(&x->pack) >> f & 1;
    switch (n % WAYS_OF_FACT) {
    case 0: /* a record may name a fact that nobody mentions */
        for (int r = 0; r < x->question.record_count; r++) {
            is_mentioned = is_mentioned || x->question.records[r].fact == f;
        }
        fact->is_hidden = !is_mentioned;
        break;
    case 1:
        fact->has_default = false;
        break;
    case 2:
        fact->never_count = 0;
        break;
    case 3:
        fact->implies_count = 0;
        break;
    case 4:
        memset(fact->includes, 0, sizeof(fact->includes));
        break;
    case 5:
        fact->extended_from = fact->value_count;
        break;
    case 6:
        fact->relevant = 0;
        break;
    }
    return memcmp(&before, fact, sizeof(before)) != 0;
}

static bool mentions_definition(const struct oracle_pack *pack)
{
    for (int n = 0; n < pack->node_count; n++) {
        if (pack->nodes[n].kind == ORACLE_CONDITION_DEFINED) {
            return true;
        }
    }
    return false;
}

/* Forgets nodes that nothing points to any more, so that they mention nothing. */
static void forget_nodes(struct oracle_pack *pack)
{
    bool used[ORACLE_NODES_MAX] = {false};
    for (bool is_new = true; is_new;) {
        is_new = false;
        for (int n = 0; slot_at(pack, n); n++) {
            int first_child = n - pack->rule_count * (ORACLE_UNLESS_MAX + 2) - pack->known_count -
                              pack->definition_count;
            bool is_live = first_child < 0 || used[first_child / ORACLE_CHILDREN_MAX];
            int node = *slot_at(pack, n);
            if (is_live && is_slot_used(pack, n) && node != ORACLE_NONE && !used[node]) {
                used[node] = true;
                is_new = true;
            }
        }
    }
    for (int n = 0; n < pack->node_count; n++) {
        if (!used[n]) {
            pack->nodes[n] = (struct oracle_condition){.kind = ORACLE_CONDITION_AND};
        }
    }
}

static bool is_clause_used(const struct oracle_pack *pack, int clause)
{
    bool is_used = false;
    for (int r = 0; r < pack->rule_count; r++) {
        is_used =
            is_used || pack->rules[r].clause == clause || (pack->rules[r].overrides >> clause & 1);
    }
    for (int k = 0; k < pack->known_count; k++) {
        const struct oracle_known *known = &pack->knowns[k];
        is_used =
            is_used || known->clause == clause || known->first == clause || known->second == clause;
    }
    for (int d = 0; d < pack->definition_count; d++) {
        is_used = is_used || pack->definition_clause[d] == clause;
    }
    for (int d = 0; d < pack->duty_count; d++) {
        is_used = is_used || (pack->duties[d] && pack->duty_clause[d] == clause);
    }
    return is_used;
}

/* Drops what nothing uses: definitions, duties, clauses, settings, files. */
static bool drop_unused(struct trial_case *x, int n)
{
    struct oracle_pack *pack = &x->pack;
    if (n > 0) {
        return false;
    }
    forget_nodes(pack);
    if (!mentions_definition(pack)) {
        pack->definition_count = 0;
        forget_nodes(pack);
    }
    for (int d = 0; d < pack->duty_count; d++) {
        bool is_used = false;
        for (int r = 0; r < pack->rule_count; r++) {
            is_used = is_used || pack->rules[r].duty == d;
        }
        pack->duties[d] = is_used ? pack->duties[d] : NULL;
    }
    bool files[3] = {false};
    int shown = 0;
    for (int c = 0; c < pack->clause_count; c++) {
        bool is_first_of_policy = pack->clauses[c].file == 1 && !files[1];
        pack->clauses[c].is_hidden = !is_clause_used(pack, c) && !is_first_of_policy;
        pack->clauses[c].states_topic = true;
        files[pack->clauses[c].file] |= !pack->clauses[c].is_hidden;
        shown += !pack->clauses[c].is_hidden;
    }
    pack->has_law = pack->has_law && files[0];
    pack->has_school = pack->has_school && (files[2] || pack->is_set_by_school);
    return shown > 0;
}

static bool drop_settings(struct trial_case *x, int n)
{
    struct oracle_pack *pack = &x->pack;
    switch (n) {
    case 0:
        if (!pack->has_approver) {
            return false;
        }
        pack->has_approver = false;
        return true;
    case 1:
        if (!pack->has_number_setting) {
            return false;
        }
        pack->has_number_setting = false;
        for (int i = 0; i < pack->node_count; i++) {
            if (pack->nodes[i].by_setting) {
                pack->nodes[i].by_setting = false;
                pack->nodes[i].number = pack->number_setting;
            }
        }
        return true;
    case 2:
        if (!pack->is_set_by_school) {
            return false;
        }
        pack->is_set_by_school = false;
        return true;
    }
    return false;
}

/* ---- The question ---------------------------------------------------------------------------- */

static bool drop_record(struct trial_case *x, int n)
{
    if (n >= x->question.record_count) {
        return false;
    }
    x->question.record_count--;
    memmove(&x->question.records[n], &x->question.records[n + 1],
            sizeof(x->question.records[0]) * (size_t)(x->question.record_count - n));
    return true;
}

static bool drop_person(struct trial_case *x, int n)
{
    if (n >= x->question.person_count) {
        return false;
    }
    x->question.person_count--;
    memmove(&x->question.persons[n], &x->question.persons[n + 1],
            sizeof(x->question.persons[0]) * (size_t)(x->question.person_count - n));
    for (int r = 0; r < x->question.record_count; r++) {
        int person = x->question.records[r].person;
        x->question.records[r].person = person > n + 1 ? person - 1 : person == n + 1 ? 0 : person;
    }
    return true;
}

#define WAYS_OF_GIVEN 5

static bool plain_given(struct trial_case *x, int n)
{
    int way = n % WAYS_OF_GIVEN, f = n / WAYS_OF_GIVEN % ORACLE_FACTS_MAX;
    int p = n / WAYS_OF_GIVEN / ORACLE_FACTS_MAX;
    if (p > x->question.person_count || f >= x->pack.fact_count) {
        return false;
    }
    struct oracle_given *given =
        p == 0 ? &x->question.given[f] : &x->question.persons[p - 1].given[f];
    struct oracle_given before = *given;
    switch (way) {
    case 0:
        *given = (struct oracle_given){0};
        break;
    case 1:
        given->unknown = 0;
        given->either = 0;
        break;
    case 2:
        given->is_long = false;
        break;
    case 3:
        if (x->pack.facts[f].kind == ORACLE_FACT_SOME_OF) {
            given->value &= given->value - 1;
        }
        break;
    case 4:
        if (given->state == ORACLE_GIVEN_UNKNOWN || given->state == ORACLE_GIVEN_WITHHELD) {
            *given = (struct oracle_given){.state = ORACLE_GIVEN_VALUE};
        }
        break;
    }
    return memcmp(&before, given, sizeof(before)) != 0;
}

#define WAYS_OF_QUESTION 7

static bool plain_question(struct trial_case *x, int n)
{
    struct oracle_question *question = &x->question;
    struct oracle_question before = *question;
    switch (n) {
    case 0:
        question->has_as_of = false;
        break;
    case 1:
        question->is_brief = true;
        break;
    case 2:
        question->states_otherwise = false;
        break;
    case 3:
        question->is_otherwise_none = true;
        break;
    case 4:
        question->act = 0;
        break;
    case 5:
        question->states_others = question->person_count > 0;
        break;
    case 6:
        question->states_others = true;
        break;
    }
    return n < WAYS_OF_QUESTION && memcmp(&before, question, sizeof(before)) != 0;
}

#define WAYS_OF_RECORD 6

static bool plain_record(struct trial_case *x, int n)
{
    if (n >= x->question.record_count * WAYS_OF_RECORD) {
        if (n - x->question.record_count * WAYS_OF_RECORD >= x->question.person_count) {
            return false;
        }
        struct oracle_person *person =
            &x->question.persons[n - x->question.record_count * WAYS_OF_RECORD];
        bool had = person->has_consent;
        person->has_consent = false;
        return had;
    }
    struct oracle_record *record = &x->question.records[n / WAYS_OF_RECORD];
    struct oracle_record before = *record;
    switch (n % WAYS_OF_RECORD) {
    case 0:
        record->has_from = false;
        break;
    case 1:
        record->has_until = false;
        break;
    case 2:
        record->has_reason = false;
        break;
    case 3:
        record->is_written = false;
        break;
    case 4:
        record->fact = ORACLE_NONE;
        break;
    case 5:
        record->person = 0;
        break;
    }
    return memcmp(&before, record, sizeof(before)) != 0;
}

/* ---- Trying ---------------------------------------------------------------------------------- */

/* Places after which a way has nothing more to cut, whatever the case. */
#define PLACES_MAX (ORACLE_NODES_MAX * ORACLE_CHILDREN_MAX * ORACLE_CHILDREN_MAX)

static const struct {
    bool (*cut)(struct trial_case *, int);
    int places;
} ways[] = {
    {drop_rule, ORACLE_RULES_MAX},
    {drop_known, ORACLE_KNOWN_MAX},
    {drop_person, ORACLE_PERSONS_MAX},
    {drop_record, ORACLE_RECORDS_MAX},
    {drop_line, ORACLE_RULES_MAX *LINES_OF_RULE},
    {drop_unused, 1},
    {lift_part, PLACES_MAX},
    {plain_node, ORACLE_NODES_MAX *WAYS_OF_NODE},
    {drop_settings, 3},
    {plain_fact, ORACLE_FACTS_MAX *WAYS_OF_FACT},
    {plain_question, WAYS_OF_QUESTION},
    {plain_given, (ORACLE_PERSONS_MAX + 1) * ORACLE_FACTS_MAX *WAYS_OF_GIVEN},
    {plain_record, ORACLE_RECORDS_MAX *WAYS_OF_RECORD + ORACLE_PERSONS_MAX},
    {drop_unused, 1},
};

static struct str first_word(struct str difference)
{
    struct str word = {0};
    (void)str_cut(difference, ':', &word, NULL);
    return word;
}

static bool still_differs(const struct trial_case *test, struct str word)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    return str_equal(first_word(trial_difference(arena, test)), word);
}

void shrink_case(struct trial_case *test, struct str difference)
{
    static _Thread_local struct trial_case tried;
    struct str word = first_word(difference);
    bool is_smaller = true;
    for (int round = 0; is_smaller && round < ROUNDS_MAX; round++) {
        is_smaller = false;
        for (size_t w = 0; w < sizeof(ways) / sizeof(ways[0]); w++) {
            for (int n = 0; n < ways[w].places; n++) {
                tried = *test;
                if (!ways[w].cut(&tried, n) || memcmp(&tried, test, sizeof(tried)) == 0 ||
                    !still_differs(&tried, word)) {
                    continue;
                }
                *test = tried;
                is_smaller = true;
                n -= ways[w].places > 1 &&
                     ways[w].places <= ORACLE_RULES_MAX; /* the next moved up */
            }
        }
    }
}

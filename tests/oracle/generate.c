/*
 * generate.c - random packs: a vocabulary, clauses of up to three files, rules of every head.
 *
 * Read first: generate.h. Start at: generate_pack, at the end.
 *
 * What must hold
 * - Attacks never run in a circle: rules of policies override only clauses before their own, rules
 *   of the law only clauses of the law before their own and clauses of policies.
 * - The law uses nothing that a pack adds: no settings, definitions or extended values.
 */
#include "generate.h"

#include <assert.h>

#include "build.h"

#define DEPTH_MAX 2
#define NODES_SPARE 24 /* conditions stop growing this many nodes before the end */

/* What is being made, handed down. */
struct maker {
    struct oracle_pack *pack;
    struct generate_random *random;
    int file; /* whose rule is being written */
};

uint64_t generate_next(struct generate_random *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int generate_below(struct generate_random *random, int bound)
{
    assert(bound > 0);
    return (int)(generate_next(random) % (uint64_t)bound);
}

bool generate_chance(struct generate_random *random, int percent)
{
    return generate_below(random, 100) < percent;
}

uint64_t generate_seed(uint64_t seed, uint64_t n)
{
    struct generate_random random = {seed * UINT64_C(0x9E3779B97F4A7C15) + n};
    return generate_next(&random);
}

static int below(struct maker *m, int bound)
{
    return generate_below(m->random, bound);
}

static bool chance(struct maker *m, int percent)
{
    return generate_chance(m->random, percent);
}

/* Some bits of the first `count`, at least one. */
static uint32_t some_bits(struct maker *m, int count)
{
    uint32_t bits = 0;
    do {
        bits = (uint32_t)generate_next(m->random) & ((UINT32_C(1) << count) - 1);
    } while (bits == 0);
    return bits;
}

/* One bit, or sometimes two, of the first `count`. */
static uint32_t few_bits(struct maker *m, int count)
{
    uint32_t bits = UINT32_C(1) << below(m, count);
    return chance(m, 35) ? bits | UINT32_C(1) << below(m, count) : bits;
}

/* ---- The vocabulary -------------------------------------------------------------------------- */

static const struct {
    enum oracle_fact_kind kind;
    const char *name;
    const char *values[ORACLE_VALUES_MAX];
} fact_pool[] = {
    {ORACLE_FACT_ONE_OF, "account", {"personal", "official", "shared"}},
    {ORACLE_FACT_ONE_OF, "platform", {"facebook", "linkedin", "chat"}},
    {ORACLE_FACT_SOME_OF, "device", {"own-phone", "own-laptop", "own-device", "school-laptop"}},
    {ORACLE_FACT_SOME_OF, "content", {"opinion", "photo", "praise", "names-pupil"}},
    {ORACLE_FACT_YES_NO, "emergency", {0}},
    {ORACLE_FACT_YES_NO, "announced", {0}},
    {ORACLE_FACT_NUMBER, "followers", {0}},
    {ORACLE_FACT_DATE, "posted-on", {0}},
    {ORACLE_FACT_SOME_OF, "other", {"pupil", "own-child", "relative", "former-pupil", "parent"}},
    {ORACLE_FACT_NUMBER, "other.age", {0}},
    {ORACLE_FACT_YES_NO, "other.close", {0}},
    {ORACLE_FACT_ONE_OF, "other.reach", {"letter", "telephone"}},
};
#define FACT_POOL_COUNT ((int)(sizeof(fact_pool) / sizeof(fact_pool[0])))

/* Relations go from lower values to higher ones, so that they have no circle. */
static void make_relations(struct maker *m, struct oracle_fact *fact)
{
    int last = fact->extended_from;
    if (last >= 2 && chance(m, 45)) {
        uint32_t values = some_bits(m, last);
        if (values & (values - 1)) {
            fact->never[fact->never_count++] = values;
        }
    }
    if (last >= 2 && chance(m, 40)) {
        int right = 1 + below(m, last - 1);
        fact->implies_left[fact->implies_count] = few_bits(m, right);
        fact->implies_right[fact->implies_count++] = right;
    }
    if (last >= 3 && chance(m, 35)) {
        int wide = 1 + below(m, last - 1);
        fact->includes[wide] = few_bits(m, wide);
    }
    for (int v = 0; v < fact->value_count; v++) {
        if (!oracle_obeys(fact, oracle_closed(fact, UINT32_C(1) << v))) {
            fact->never_count = 0; /* a value that can never hold helps nobody */
        }
    }
}

static void make_fact(struct maker *m, int from_pool)
{
    int f = build_fact(m->pack, fact_pool[from_pool].kind, fact_pool[from_pool].name,
                       fact_pool[from_pool].values);
    struct oracle_fact *fact = &m->pack->facts[f];
    if (fact->value_count > 2) {
        fact->value_count = 2 + below(m, fact->value_count - 1);
    }
    fact->extended_from = fact->value_count;
    if (fact->value_count > 2 && chance(m, 20)) {
        fact->extended_from = fact->value_count - 1;
    }
    if (fact->kind == ORACLE_FACT_SOME_OF) {
        make_relations(m, fact);
    }
    if (fact->extended_from >= 2 && chance(m, 30)) {
        fact->groups[0] = fact->is_other ? "near" : "ours";
        fact->group_members[0] = some_bits(m, fact->extended_from);
        fact->group_count = 1;
    }
    if (chance(m, 12)) {
        fact->relevant = chance(m, 40) ? ORACLE_ACTS_GROUP : few_bits(m, m->pack->act_count);
    }
    if (fact->kind == ORACLE_FACT_SOME_OF) {
        fact->has_default = chance(m, 12); /* none */
    }
    if (fact->kind == ORACLE_FACT_ONE_OF || fact->kind == ORACLE_FACT_YES_NO) {
        fact->has_default = chance(m, fact->is_other ? 10 : 22);
        fact->preset =
            fact->kind == ORACLE_FACT_YES_NO ? below(m, 2) : below(m, fact->extended_from + 1);
        if (fact->kind == ORACLE_FACT_ONE_OF && fact->preset == fact->extended_from) {
            fact->preset = fact->value_count; /* none */
        }
    }
    fact->to = fact->kind == ORACLE_FACT_NUMBER && !fact->is_other ? 1000 : 120;
}

static void make_facts(struct maker *m)
{
    int wanted = 2 + below(m, 5);
    uint32_t taken = 0;
    while (m->pack->fact_count < wanted) {
        int choice = below(m, FACT_POOL_COUNT);
        if (!(taken >> choice & 1)) {
            taken |= UINT32_C(1) << choice;
            make_fact(m, choice);
        }
    }
}

static void make_names(struct maker *m)
{
    static const char *const roles[] = {"headteacher", "principal", "line-manager", "it-manager"};
    static const char *const topics[] = {"contacts", "reputation", "images"};
    static const char *const acts[] = {"post", "comment", "connect"};
    struct oracle_pack *pack = m->pack;
    pack->topic_count = 1 + below(m, 3);
    for (int i = 0; i < pack->topic_count; i++) {
        pack->topics[i] = topics[i];
    }
    pack->act_count = 2 + below(m, 2);
    for (int i = 0; i < pack->act_count; i++) {
        pack->acts[i] = acts[i];
    }
    pack->act_group_name = "publish";
    pack->act_group = some_bits(m, pack->act_count);
    for (int i = 0; i < 4; i++) {
        pack->roles[pack->role_count++] = roles[i];
    }
    if (chance(m, 50)) {
        pack->role_group = pack->role_count;
        pack->roles[pack->role_count++] = "senior";
        pack->role_group_members = some_bits(m, 4);
    }
}

static void make_settings(struct maker *m)
{
    struct oracle_pack *pack = m->pack;
    if (chance(m, 30)) {
        pack->role_setting = pack->role_count;
        pack->roles[pack->role_count++] = "safe-adult";
        pack->role_setting_value = below(m, 4);
    }
    pack->has_approver = chance(m, 25);
    pack->approver = below(m, 4);
    pack->has_number_setting = chance(m, 30);
    pack->number_setting = 2 + below(m, 30);
    pack->is_set_by_school = pack->has_school && chance(m, 60);
}

/* ---- Conditions ------------------------------------------------------------------------------ */

static int make_is(struct maker *m, int f)
{
    const struct oracle_fact *fact = &m->pack->facts[f];
    int usable = m->file == 0 ? fact->extended_from : fact->value_count;
    uint32_t none = UINT32_C(1) << fact->value_count;
    uint32_t values = few_bits(m, usable);
    bool is_one_of = fact->kind == ORACLE_FACT_ONE_OF;
    if (chance(m, 12)) {
        values = none; /* "is none"; of a one-of fact sometimes beside values */
        values |= is_one_of && chance(m, 30) ? UINT32_C(1) << below(m, usable) : 0;
    }
    int node = build_is(m->pack, f, values);
    if (fact->group_count > 0 && values != none && chance(m, 30)) {
        m->pack->nodes[node].group = 0;
        m->pack->nodes[node].values = chance(m, 60) ? 0 : values;
    } else if (!is_one_of && values != none && (values & (values - 1)) && chance(m, 40)) {
        m->pack->nodes[node].is_all_of = true;
    }
    m->pack->nodes[node].is_negated = chance(m, 20);
    return node;
}

static int make_compare(struct maker *m, int f)
{
    const struct oracle_fact *fact = &m->pack->facts[f];
    if (fact->kind == ORACLE_FACT_DATE) {
        enum oracle_compare compare = chance(m, 50) ? ORACLE_COMPARE_BEFORE : ORACLE_COMPARE_FROM;
        int node = build_compare(m->pack, f, compare, 20600 + 30 * below(m, 3));
        m->pack->nodes[node].is_negated = chance(m, 15);
        return node;
    }
    static const int limits[] = {13, 16, 18};
    enum oracle_compare compare = (enum oracle_compare)below(m, ORACLE_COMPARE_EXACTLY + 1);
    int node = build_compare(m->pack, f, compare, limits[below(m, 3)]);
    m->pack->nodes[node].is_negated = chance(m, 15);
    m->pack->nodes[node].by_setting = m->file != 0 && m->pack->has_number_setting && chance(m, 40);
    return node;
}

static int make_atom(struct maker *m)
{
    if (m->file != 0 && m->pack->definition_count > 0 && chance(m, 15)) {
        return build_defined(m->pack, below(m, m->pack->definition_count));
    }
    int f = below(m, m->pack->fact_count);
    switch (m->pack->facts[f].kind) {
    case ORACLE_FACT_ONE_OF:
    case ORACLE_FACT_SOME_OF:
        return make_is(m, f);
    case ORACLE_FACT_YES_NO:
        return build_yes(m->pack, f);
    case ORACLE_FACT_NUMBER:
    case ORACLE_FACT_DATE:
        return make_compare(m, f);
    case ORACLE_FACT_KIND_COUNT:
        break;
    }
    assert(false && "no kind of fact");
    return 0;
}

static int make_condition(struct maker *m, int depth)
{
    bool is_full = m->pack->node_count + NODES_SPARE > ORACLE_NODES_MAX;
    if (depth == 0 || is_full || chance(m, 50)) {
        return make_atom(m);
    }
    if (chance(m, 20)) {
        return build_not(m->pack, make_condition(m, depth - 1));
    }
    int a = make_condition(m, depth - 1);
    int b = make_condition(m, depth - 1);
    int node = chance(m, 50) ? build_and(m->pack, a, b) : build_or(m->pack, a, b);
    if (chance(m, 15)) {
        int third = make_atom(m);
        m->pack->nodes[node].children[2] = third;
        m->pack->nodes[node].child_count = 3;
    }
    return node;
}

static uint32_t make_roles(struct maker *m)
{
    int count = m->file == 0 && m->pack->role_setting != ORACLE_NONE ? m->pack->role_count - 1
                                                                     : m->pack->role_count;
    return few_bits(m, count);
}

static int make_approved(struct maker *m)
{
    struct oracle_approval approval = {0};
    if (chance(m, 20)) {
        approval.is_consent = true;
    } else if (!chance(m, 12)) {
        approval.roles = make_roles(m);
    }
    approval.in_writing = chance(m, 20);
    approval.with_reason = chance(m, 20);
    approval.in_advance = chance(m, 10);
    approval.afterwards = !approval.in_advance && chance(m, 5);
    if (chance(m, 12)) {
        approval.lasts = 1 + below(m, 3);
        approval.lasts_unit = (enum oracle_unit)below(m, 4);
    }
    return build_approved(m->pack, approval);
}

/* A condition with approvals: never under "not". */
static int make_exception(struct maker *m, int depth)
{
    bool is_full = m->pack->node_count + NODES_SPARE > ORACLE_NODES_MAX;
    if (depth == 0 || is_full || chance(m, 35)) {
        return chance(m, 65) ? make_approved(m) : make_atom(m);
    }
    int a = make_exception(m, depth - 1);
    int b = chance(m, 50) ? make_exception(m, depth - 1) : make_condition(m, 1);
    return chance(m, 60) ? build_and(m->pack, a, b) : build_or(m->pack, a, b);
}

/* ---- Clauses and rules ----------------------------------------------------------------------- */

static void make_clauses(struct maker *m)
{
    static const char *const keys[3][5] = {
        {"L-1", "L-2"},
        {"P-1", "P-2", "P-3", "P-4", "P-5"},
        {"S-1", "S-2"},
    };
    int counts[3] = {m->pack->has_law ? 1 + below(m, 2) : 0, 2 + below(m, 4),
                     m->pack->has_school ? 1 + below(m, 2) : 0};
    for (int file = 0; file < 3; file++) {
        for (int i = 0; i < counts[file]; i++) {
            int topic = below(m, m->pack->topic_count);
            int clause = build_clause(m->pack, keys[file][i], file, topic);
            bool is_same = i > 0 && m->pack->clauses[clause - 1].topic == topic;
            m->pack->clauses[clause].states_topic = !is_same || chance(m, 50);
        }
    }
}

/* A random clause of the law, or of the policies. */
static int pick_clause(struct maker *m, bool of_law)
{
    int clause = 0;
    do {
        clause = below(m, m->pack->clause_count);
    } while ((m->pack->clauses[clause].file == 0) != of_law);
    return clause;
}

static void make_definitions(struct maker *m)
{
    static const char *const names[] = {"at-work", "in-public"};
    m->file = 1;
    int wanted = below(m, 3);
    for (int i = 0; i < wanted; i++) {
        int when = make_condition(m, 1);
        int clause = pick_clause(m, false);
        while (m->pack->clauses[clause].file != 1) {
            clause = pick_clause(m, false);
        }
        m->pack->definitions[i] = names[i];
        m->pack->definition_when[i] = when;
        m->pack->definition_clause[i] = clause;
        m->pack->definition_count++; /* so the second may use the first */
    }
}

static void make_duties(struct maker *m)
{
    static const char *const names[] = {"add-statement", "tell-office", "keep-copy"};
    for (int i = 0; i < 3; i++) {
        bool of_law = i == 2;
        if (of_law && !m->pack->has_law) {
            continue;
        }
        int clause = pick_clause(m, of_law);
        while (m->pack->clauses[clause].file == 2) {
            clause = pick_clause(m, of_law);
        }
        m->pack->duties[i] = names[i];
        m->pack->duty_clause[i] = clause;
        m->pack->duty_count = i + 1;
    }
}

static const struct {
    enum oracle_head head;
    int weight;
} weights[] = {
    {ORACLE_HEAD_MUST_NOT, 17},    {ORACLE_HEAD_SHOULD_NOT, 9}, {ORACLE_HEAD_ADVISED_NOT, 4},
    {ORACLE_HEAD_TAKE_CARE, 6},    {ORACLE_HEAD_ASK_FIRST, 9},  {ORACLE_HEAD_MUST, 4},
    {ORACLE_HEAD_SHOULD, 3},       {ORACLE_HEAD_DUTY_MUST, 4},  {ORACLE_HEAD_DUTY_SHOULD, 3},
    {ORACLE_HEAD_DUTY_ADVISED, 2}, {ORACLE_HEAD_MAY, 19},       {ORACLE_HEAD_COVERS, 6},
    {ORACLE_HEAD_LEAVES_OUT, 3},   {ORACLE_HEAD_PROTECTS, 7},   {ORACLE_HEAD_IF_UNSURE, 6},
};

static enum oracle_head pick_head(struct maker *m)
{
    int total = 0;
    for (size_t i = 0; i < sizeof(weights) / sizeof(weights[0]); i++) {
        total += weights[i].weight;
    }
    for (;;) {
        int at = below(m, total);
        size_t i = 0;
        while (at >= weights[i].weight) {
            at -= weights[i++].weight;
        }
        if (weights[i].head != ORACLE_HEAD_PROTECTS || m->pack->has_law) {
            return weights[i].head;
        }
    }
}

static bool is_requirement(enum oracle_head head)
{
    return head == ORACLE_HEAD_MUST || head == ORACLE_HEAD_SHOULD;
}

/* A rule cannot require "anything". */
static uint32_t make_acts(struct maker *m, enum oracle_head head)
{
    if (!is_requirement(head) && chance(m, 45)) {
        return ORACLE_ACTS_ANYTHING;
    }
    if (chance(m, 30)) {
        return ORACLE_ACTS_GROUP;
    }
    return chance(m, 60) ? 1 | few_bits(m, m->pack->act_count) : few_bits(m, m->pack->act_count);
}

/* Clauses that a rule of this clause may override without a circle. */
static uint32_t make_overrides(struct maker *m, int clause)
{
    bool is_law = m->pack->clauses[clause].file == 0;
    uint32_t allowed = 0;
    for (int c = 0; c < m->pack->clause_count; c++) {
        bool to_law = m->pack->clauses[c].file == 0;
        if ((c < clause && to_law == is_law) || (is_law && m->pack->clauses[c].file == 1)) {
            allowed |= UINT32_C(1) << c;
        }
    }
    uint32_t chosen = allowed & (uint32_t)generate_next(m->random);
    return chosen ? chosen : allowed;
}

static bool is_duty(enum oracle_head head)
{
    return head == ORACLE_HEAD_DUTY_MUST || head == ORACLE_HEAD_DUTY_SHOULD ||
           head == ORACLE_HEAD_DUTY_ADVISED;
}

static bool forbids_cautions_or_asks(enum oracle_head head)
{
    return head <= ORACLE_HEAD_ASK_FIRST;
}

static void make_lines(struct maker *m, struct oracle_rule *rule)
{
    bool is_may = rule->head == ORACLE_HEAD_MAY;
    rule->when = chance(m, 72) ? make_condition(m, DEPTH_MAX) : ORACLE_NONE;
    rule->unless_count = chance(m, 45) ? 1 + (chance(m, 20) ? 1 : 0) : 0;
    for (int u = 0; u < rule->unless_count; u++) {
        rule->unless[u] = chance(m, 60) ? make_exception(m, DEPTH_MAX) : make_condition(m, 1);
    }
    if (is_may && chance(m, 40)) {
        rule->only_if = chance(m, 55) ? make_exception(m, DEPTH_MAX) : make_condition(m, 1);
    }
    if (forbids_cautions_or_asks(rule->head) || rule->only_if != ORACLE_NONE) {
        rule->is_regardless = chance(m, 15);
    }
    if ((forbids_cautions_or_asks(rule->head) || is_may) && chance(m, 18)) {
        rule->overrides = make_overrides(m, rule->clause);
    }
    if ((rule->head == ORACLE_HEAD_ASK_FIRST || rule->head == ORACLE_HEAD_IF_UNSURE ||
         rule->head == ORACLE_HEAD_PROTECTS) &&
        chance(m, 75)) {
        rule->roles = make_roles(m);
    }
    if (rule->head == ORACLE_HEAD_PROTECTS && chance(m, 50)) {
        rule->against = few_bits(m, m->pack->topic_count);
    }
    if (rule->only_if == ORACLE_NONE && chance(m, 8)) {
        rule->has_words = true;
        rule->words = (enum oracle_strength)below(m, ORACLE_STRENGTH_COUNT);
    }
}

static void make_rule(struct maker *m)
{
    enum oracle_head head = pick_head(m);
    bool is_about_policies = head == ORACLE_HEAD_COVERS || head == ORACLE_HEAD_LEAVES_OUT ||
                             head == ORACLE_HEAD_IF_UNSURE;
    bool of_law =
        head == ORACLE_HEAD_PROTECTS || (m->pack->has_law && !is_about_policies && chance(m, 15));
    int clause = pick_clause(m, of_law);
    struct oracle_rule *rule = build_rule(m->pack, clause, head);
    m->file = m->pack->clauses[clause].file;
    rule->acts = make_acts(m, head);
    if (is_duty(head)) {
        rule->duty = of_law ? 2 : below(m, 2);
        rule->is_nevertheless = chance(m, 30);
        rule->acts = chance(m, 50) ? 0 : rule->acts;
    }
    make_lines(m, rule);
}

/* A clause that has a rule of one of these heads, or a random one of the policies. */
static int clause_with(struct maker *m, bool wants_milder)
{
    for (int tries = 0; tries < 20; tries++) {
        const struct oracle_rule *rule = &m->pack->rules[below(m, m->pack->rule_count)];
        bool is_milder = rule->head == ORACLE_HEAD_MAY || rule->head == ORACLE_HEAD_MUST ||
                         rule->head == ORACLE_HEAD_SHOULD;
        bool is_strict = rule->head <= ORACLE_HEAD_SHOULD_NOT;
        if ((wants_milder ? is_milder : is_strict) && m->pack->clauses[rule->clause].file != 0) {
            return rule->clause;
        }
    }
    return pick_clause(m, false);
}

static void make_knowns(struct maker *m)
{
    int wanted = chance(m, 50) ? 1 + below(m, 2) : 0;
    for (int i = 0; i < wanted; i++) {
        int first = clause_with(m, true), second = clause_with(m, false);
        if (first == second) {
            continue;
        }
        int later = first > second ? first : second;
        m->file = m->pack->clauses[later].file;
        struct oracle_known *known = &m->pack->knowns[m->pack->known_count++];
        *known = (struct oracle_known){
            .clause = later,
            .first = first,
            .second = second,
            .when = chance(m, 40) ? make_condition(m, 1) : ORACLE_NONE,
            .take = (enum oracle_take)below(m, ORACLE_TAKE_COUNT),
        };
        known->roles = known->take == ORACLE_TAKE_ASK ? make_roles(m) : 0;
    }
}

void generate_pack(struct oracle_pack *pack, uint64_t seed)
{
    struct generate_random random = {seed};
    struct maker m = {.pack = pack, .random = &random};
    build_pack(pack);
    pack->has_law = chance(&m, 30);
    pack->has_school = chance(&m, 22);
    make_names(&m);
    make_facts(&m);
    make_settings(&m);
    make_clauses(&m);
    make_duties(&m);
    make_definitions(&m);
    int wanted = 2 + below(&m, 13);
    for (int i = 0; i < wanted && pack->node_count + 2 * NODES_SPARE < ORACLE_NODES_MAX; i++) {
        make_rule(&m);
    }
    make_knowns(&m);
}

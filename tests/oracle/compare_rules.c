/*
 * compare_rules.c - rules that apply or are possible, duties, approvals, whom to ask, conflicts and
 * what was set aside.
 *
 * Read first: compare.h. Start at: comparison_rules, at the end.
 *
 * What must hold: rules are told apart by clause, effect and strength only, because that is all
 * that the answer says of them; so they are counted, not named.
 */
#include "compare_int.h"
#include "readings.h"

static bool has(uint64_t bits, int i)
{
    return bits >> i & 1;
}

static const struct oracle_rule *rule_of(const struct comparison *c, int instance)
{
    return &c->engine->pack->rules[c->engine->instances[instance].rule];
}

static const char *key_of(const struct comparison *c, int clause)
{
    return clause == ORACLE_NONE ? "?" : c->engine->pack->clauses[clause].key;
}

/* ---- Rules that apply, rules that are possible ----------------------------------------------- */

/* What an entry of `clauses` or `possible` tells of a rule. */
struct entry {
    int clause;
    enum oracle_effect effect;
    enum oracle_strength strength; /* COUNT: not told */
    struct str level;
    bool decides;
    uint32_t persons;
};

static enum oracle_effect effect_of(struct str name)
{
    for (int i = 0; i < ORACLE_EFFECT_COUNT; i++) {
        if (str_equal(name, str_from(oracle_effect_name((enum oracle_effect)i)))) {
            return (enum oracle_effect)i;
        }
    }
    return ORACLE_EFFECT_COUNT;
}

static enum oracle_strength strength_of(struct str name)
{
    for (int i = 0; i < ORACLE_STRENGTH_COUNT; i++) {
        if (str_equal(name, str_from(oracle_strength_name((enum oracle_strength)i)))) {
            return (enum oracle_strength)i;
        }
    }
    return ORACLE_STRENGTH_COUNT;
}

static struct entry read_entry(struct comparison *c, const struct json_value *value,
                               const char *list)
{
    struct str effect = comparison_text(value, "effect");
    const struct json_value *decides = json_get(value, STR("decides"));
    struct entry entry = {
        .clause = comparison_clause(c, comparison_text(value, "clause")),
        .effect = effect_of(effect),
        .strength = strength_of(comparison_text(value, "strength")),
        .level = comparison_text(value, "level"),
        .decides = decides && decides->boolean,
        .persons = comparison_for(c, value),
    };
    if (entry.effect == ORACLE_EFFECT_COUNT || entry.clause == ORACLE_NONE) {
        comparison_differs(c, "%s: an entry names clause " STR_FMT " and effect " STR_FMT, list,
                           STR_ARG(comparison_text(value, "clause")), STR_ARG(effect));
        entry.effect = ORACLE_EFFECT_FORBIDS;
    }
    return entry;
}

/* Entries of a list about this person, clause and effect; of this strength, unless it is COUNT. */
static int count_entries(struct comparison *c, const struct json_value *list, const char *name,
                         int p, const struct entry *wanted)
{
    int count = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct entry entry = read_entry(c, &list->elements[i], name);
        if (has(entry.persons, p) && entry.clause == wanted->clause &&
            entry.effect == wanted->effect &&
            (wanted->strength == ORACLE_STRENGTH_COUNT || entry.strength == wanted->strength)) {
            count++;
        }
    }
    return count;
}

static int count_instances(const struct comparison *c, uint64_t bits, const struct entry *wanted)
{
    int count = 0;
    for (int i = 0; i < c->engine->instance_count; i++) {
        const struct oracle_instance *instance = &c->engine->instances[i];
        if (has(bits, i) && instance->effect == wanted->effect &&
            rule_of(c, i)->clause == wanted->clause &&
            (wanted->strength == ORACLE_STRENGTH_COUNT || instance->strength == wanted->strength)) {
            count++;
        }
    }
    return count;
}

static bool is_compared(enum oracle_effect effect)
{
    return effect <= ORACLE_EFFECT_LEAVES_OUT;
}

/* One person, one clause, one effect. */
static void compare_group(struct comparison *c, int p, const struct entry *group)
{
    const struct oracle_person_answer *person = &c->answer->persons[p];
    const struct json_value *applies = comparison_list(c, "clauses");
    const struct json_value *possible = comparison_list(c, "possible");
    int all = 0;
    for (int s = 0; s < ORACLE_STRENGTH_COUNT; s++) {
        struct entry wanted = *group;
        wanted.strength = (enum oracle_strength)s;
        int is = count_entries(c, applies, "clauses", p, &wanted);
        int may = count_instances(c, person->stands_all, &wanted);
        if (is > may || (is < may && comparison_is_settled(c, p))) {
            comparison_differs(c, "clauses: %s %s (%s) for person %d stands %d times, not %d",
                               key_of(c, group->clause), oracle_effect_name(group->effect),
                               oracle_strength_name(wanted.strength), p + 1, may, is);
        }
        all += is;
    }
    all += count_entries(c, possible, "possible", p, group);
    int some = count_instances(c, person->stands_some, group);
    if (all < some) {
        comparison_differs(c, "possible: %s %s for person %d can stand %d times, not %d",
                           key_of(c, group->clause), oracle_effect_name(group->effect), p + 1, some,
                           all);
    }
    if (all > some && comparison_is_settled(c, p)) {
        comparison_differs(c, "possible: %s %s for person %d cannot stand",
                           key_of(c, group->clause), oracle_effect_name(group->effect), p + 1);
    }
}

static void compare_clauses(struct comparison *c)
{
    for (int p = 0; p < c->answer->person_count; p++) {
        for (int clause = 0; clause < c->engine->pack->clause_count; clause++) {
            for (int effect = 0; effect < ORACLE_EFFECT_COUNT; effect++) {
                if (is_compared((enum oracle_effect)effect)) {
                    struct entry group = {
                        clause, (enum oracle_effect)effect, ORACLE_STRENGTH_COUNT, {0}, false, 0};
                    compare_group(c, p, &group);
                }
            }
        }
    }
}

/* Where all is known of one person: each rule's level, and that those of the verdict's decide. */
static void compare_levels(struct comparison *c)
{
    const struct json_value *list = comparison_list(c, "clauses");
    const struct oracle_person_answer *person = &c->answer->persons[0];
    uint64_t left = person->stands_all;
    if (c->answer->person_count != 1 || !comparison_is_settled(c, 0)) {
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        struct entry entry = read_entry(c, &list->elements[i], "clauses");
        bool has_level = entry.effect <= ORACLE_EFFECT_PERMITS;
        bool is_so = !has_level;
        for (int n = 0; !is_so && n < c->engine->instance_count; n++) {
            const struct oracle_instance *instance = &c->engine->instances[n];
            enum oracle_verdict level = person->last.levels[n];
            if (has(left, n) && instance->effect == entry.effect &&
                instance->strength == entry.strength && rule_of(c, n)->clause == entry.clause &&
                str_equal(entry.level, str_from(oracle_verdict_name(level)))) {
                is_so = true;
                left &= ~(UINT64_C(1) << n);
            }
        }
        if (!is_so) {
            comparison_differs(c, "level: of %s %s is not " STR_FMT, key_of(c, entry.clause),
                               oracle_effect_name(entry.effect), STR_ARG(entry.level));
        }
        bool must_decide = str_equal(entry.level, str_from(oracle_verdict_name(person->verdict)));
        bool is_none =
            str_equal(entry.level, STR("not-covered")); /* a nevertheless duty has none */
        if (has_level && !is_none && person->verdict != ORACLE_VERDICT_UNDETERMINED &&
            entry.decides != must_decide) {
            comparison_differs(c, "decides: of %s %s is %d", key_of(c, entry.clause),
                               oracle_effect_name(entry.effect), entry.decides);
        }
    }
}

/* "protects" and "if unsure" rules are cited only where they have an effect (5.8). */
static void compare_effective(struct comparison *c)
{
    const struct json_value *applies = comparison_list(c, "clauses");
    const struct json_value *possible = comparison_list(c, "possible");
    for (int p = 0; p < c->answer->person_count; p++) {
        const struct oracle_person_answer *person = &c->answer->persons[p];
        for (int clause = 0; clause < c->engine->pack->clause_count; clause++) {
            struct entry protects = {
                clause, ORACLE_EFFECT_PROTECTS, ORACLE_STRENGTH_COUNT, {0}, false, 0};
            struct entry unsure = {
                clause, ORACLE_EFFECT_IF_UNSURE, ORACLE_STRENGTH_COUNT, {0}, false, 0};
            int is = count_entries(c, applies, "clauses", p, &protects);
            int all = count_instances(c, person->protecting_all, &protects);
            int some = count_instances(c, person->protecting_some, &protects);
            int may = is + count_entries(c, possible, "possible", p, &protects);
            if (is > all || may < some || (comparison_is_settled(c, p) && may > some)) {
                comparison_differs(c,
                                   "protects: of %s for person %d %d apply and %d may, not %d, %d",
                                   key_of(c, clause), p + 1, all, some, is, may);
            }
            is = count_entries(c, applies, "clauses", p, &unsure) +
                 count_entries(c, possible, "possible", p, &unsure);
            if (is != count_instances(c, person->unsure_rules, &unsure)) {
                comparison_differs(c, "if-unsure: of %s for person %d %d are cited, must be %d",
                                   key_of(c, clause), p + 1, is,
                                   count_instances(c, person->unsure_rules, &unsure));
            }
        }
    }
}

/* ---- Duties ---------------------------------------------------------------------------------- */

static bool is_duty_entry(const struct comparison *c, const struct json_value *entry, int instance)
{
    const struct oracle_rule *rule = rule_of(c, instance);
    const struct json_value *nevertheless = json_get(entry, STR("nevertheless"));
    return c->engine->instances[instance].effect == ORACLE_EFFECT_DUTY &&
           str_equal(comparison_text(entry, "duty"),
                     str_from(c->engine->pack->duties[rule->duty])) &&
           comparison_clause(c, comparison_text(entry, "clause")) == rule->clause &&
           strength_of(comparison_text(entry, "strength")) ==
               c->engine->instances[instance].strength &&
           (nevertheless && nevertheless->boolean) == rule->is_nevertheless;
}

static void compare_duties(struct comparison *c)
{
    const struct json_value *list = comparison_list(c, "duties");
    for (int p = 0; p < c->answer->person_count; p++) {
        const struct oracle_person_answer *person = &c->answer->persons[p];
        uint64_t found = 0;
        for (size_t i = 0; i < list->count; i++) {
            const struct json_value *entry = &list->elements[i];
            bool is_so = !has(comparison_for(c, entry), p);
            for (int n = 0; n < c->engine->instance_count; n++) {
                if (has(person->stands_all, n) && is_duty_entry(c, entry, n)) {
                    is_so = true;
                    found |= UINT64_C(1) << n;
                }
            }
            if (!is_so) {
                comparison_differs(c, "duties: " STR_FMT " of " STR_FMT " is not owed by person %d",
                                   STR_ARG(comparison_text(entry, "duty")),
                                   STR_ARG(comparison_text(entry, "clause")), p + 1);
            }
        }
        for (int n = 0; comparison_is_settled(c, p) && n < c->engine->instance_count; n++) {
            if (c->engine->instances[n].effect == ORACLE_EFFECT_DUTY &&
                has(person->stands_all & ~found, n)) {
                comparison_differs(c, "duties: lacks %s of %s for person %d",
                                   c->engine->pack->duties[rule_of(c, n)->duty],
                                   key_of(c, rule_of(c, n)->clause), p + 1);
            }
        }
    }
}

/* ---- Roles, approvals, whom to ask ----------------------------------------------------------- */

/* Role names of the answer as bits; a setting as its role. Unknown words as a bit of their own. */
static uint32_t roles_in(const struct comparison *c, const struct json_value *entry)
{
    const struct oracle_pack *pack = c->engine->pack;
    const struct json_value *list = json_get(entry, STR("roles"));
    uint32_t roles = 0;
    for (size_t i = 0; list && i < list->count; i++) {
        uint32_t role = UINT32_C(1) << 31;
        for (int r = 0; r < pack->role_count; r++) {
            if (str_equal(list->elements[i].text, str_from(pack->roles[r]))) {
                role = UINT32_C(1) << (r == pack->role_setting ? pack->role_setting_value : r);
            }
        }
        roles |= role;
    }
    return roles;
}

/* Roles as written in a rule, with settings replaced by their roles and groups kept. */
static uint32_t roles_said(const struct oracle_pack *pack, uint32_t written)
{
    uint32_t setting = pack->role_setting == ORACLE_NONE ? 0 : UINT32_C(1) << pack->role_setting;
    return written & setting ? (written & ~setting) | UINT32_C(1) << pack->role_setting_value
                             : written;
}

static bool is_approval_entry(const struct comparison *c, const struct json_value *entry, int a,
                              const struct oracle_person_answer *person)
{
    const struct oracle_asked *asked = &c->engine->approvals[a];
    uint32_t roles = asked->what.roles;
    return comparison_clause(c, comparison_text(entry, "clause")) == asked->clause &&
           (asked->what.is_consent || roles_in(c, entry) == roles) &&
           str_equal(comparison_text(entry, "state"),
                     str_from(oracle_approval_state_name(person->states[a])));
}

static void compare_approvals(struct comparison *c)
{
    const struct json_value *list = comparison_list(c, "approvals");
    for (int p = 0; p < c->answer->person_count; p++) {
        const struct oracle_person_answer *person = &c->answer->persons[p];
        uint64_t found = 0;
        for (size_t i = 0; i < list->count; i++) {
            const struct json_value *entry = &list->elements[i];
            bool is_so = !has(comparison_for(c, entry), p);
            for (int a = 0; a < c->engine->approval_count; a++) {
                if (has(person->needed_all, a) && is_approval_entry(c, entry, a, person)) {
                    is_so = true;
                    found |= UINT64_C(1) << a;
                }
            }
            if (!is_so) {
                comparison_differs(
                    c, "approvals: one of " STR_FMT " (" STR_FMT ") is not needed for person %d",
                    STR_ARG(comparison_text(entry, "clause")),
                    STR_ARG(comparison_text(entry, "state")), p + 1);
            }
        }
        for (int a = 0; comparison_is_settled(c, p) && a < c->engine->approval_count; a++) {
            if (has(person->needed_least_all & ~found, a)) {
                comparison_differs(c, "approvals: lacks one of %s (%s) for person %d",
                                   key_of(c, c->engine->approvals[a].clause),
                                   oracle_approval_state_name(person->states[a]), p + 1);
            }
        }
    }
}

/*
 * Whom to ask: the roles of standing ask-first rules that are not suspended, of "protects" rules
 * that suspend something, of "if unsure" rules that settle the verdict, of "take ask".
 */
static bool asks_someone(const struct comparison *c, const struct oracle_person_answer *person,
                         int instance, bool in_all)
{
    uint64_t standing = in_all ? person->stands_all & ~person->suspended_some
                               : person->stands_some & ~person->suspended_all;
    switch (c->engine->instances[instance].effect) {
    case ORACLE_EFFECT_ASKS_FIRST:
        return has(standing, instance);
    case ORACLE_EFFECT_PROTECTS:
        return has(in_all ? person->protecting_all : person->protecting_some, instance);
    case ORACLE_EFFECT_IF_UNSURE:
        return has(person->unsure_rules, instance);
    case ORACLE_EFFECT_FORBIDS:
    case ORACLE_EFFECT_GATE:
    case ORACLE_EFFECT_CAUTIONS:
    case ORACLE_EFFECT_REQUIRES:
    case ORACLE_EFFECT_DUTY:
    case ORACLE_EFFECT_PERMITS:
    case ORACLE_EFFECT_COVERS:
    case ORACLE_EFFECT_LEAVES_OUT:
    case ORACLE_EFFECT_COUNT:
        break;
    }
    return false;
}

static bool is_asked(const struct comparison *c, int clause, uint32_t roles)
{
    const struct oracle_pack *pack = c->engine->pack;
    for (int p = 0; p < c->answer->person_count; p++) {
        const struct oracle_person_answer *person = &c->answer->persons[p];
        for (int n = 0; n < c->engine->instance_count; n++) {
            if (rule_of(c, n)->clause == clause && asks_someone(c, person, n, false) &&
                roles_said(pack, rule_of(c, n)->roles) == roles) {
                return true;
            }
        }
        for (int k = 0; k < pack->known_count; k++) {
            if (has(person->known_asks_some, k) &&
                roles_said(pack, pack->knowns[k].roles) == roles) {
                return true;
            }
        }
    }
    return false;
}

static bool is_said(struct comparison *c, const struct json_value *list, int clause, uint32_t roles)
{
    for (size_t i = 0; i < list->count; i++) {
        int said = comparison_clause(c, comparison_text(&list->elements[i], "clause"));
        if (roles_in(c, &list->elements[i]) == roles && (clause == ORACLE_NONE || said == clause)) {
            return true;
        }
    }
    return false;
}

static void compare_ask(struct comparison *c)
{
    const struct oracle_pack *pack = c->engine->pack;
    const struct json_value *list = comparison_list(c, "ask");
    for (size_t i = 0; i < list->count; i++) {
        struct str key = comparison_text(&list->elements[i], "clause");
        uint32_t roles = roles_in(c, &list->elements[i]);
        if (roles != 0 && !is_asked(c, comparison_clause(c, key), roles)) {
            comparison_differs(c, "ask: nobody asks the roles said for " STR_FMT, STR_ARG(key));
        }
    }
    for (int p = 0; p < c->answer->person_count; p++) {
        const struct oracle_person_answer *person = &c->answer->persons[p];
        for (int n = 0; n < c->engine->instance_count; n++) {
            const struct oracle_rule *rule = rule_of(c, n);
            bool is_certain = comparison_is_total(c) || has(person->unsure_rules, n);
            if (rule->roles != 0 && is_certain && asks_someone(c, person, n, true) &&
                !is_said(c, list, rule->clause, roles_said(pack, rule->roles))) {
                comparison_differs(c, "ask: lacks the roles of a rule of %s",
                                   key_of(c, rule->clause));
            }
        }
        for (int k = 0; comparison_is_total(c) && k < pack->known_count; k++) {
            if (has(person->known_asks_all, k) &&
                !is_said(c, list, ORACLE_NONE, roles_said(pack, pack->knowns[k].roles))) {
                comparison_differs(c, "ask: lacks the roles of a known conflict of %s, %s",
                                   key_of(c, pack->knowns[k].first),
                                   key_of(c, pack->knowns[k].second));
            }
        }
    }
}

/* ---- Conflicts ------------------------------------------------------------------------------- */

static void compare_conflicts(struct comparison *c)
{
    bool is_wide = READING_CONFLICTS_MAY_BE_WIDE && !comparison_is_total(c);
    const struct json_value *list = comparison_list(c, "conflicts");
    uint32_t must[ORACLE_CLAUSES_MAX] = {0}, may[ORACLE_CLAUSES_MAX] = {0};
    for (int p = 0; p < c->answer->person_count; p++) {
        const struct oracle_person_answer *person = &c->answer->persons[p];
        for (int a = 0; a < c->engine->pack->clause_count; a++) {
            must[a] |= comparison_is_settled(c, p) ? person->conflicts_all[a] : 0;
            may[a] |= person->conflicts_some[a];
        }
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct json_value *keys = json_get(&list->elements[i], STR("clauses"));
        bool is_pair = keys && keys->count == 2;
        int a = is_pair ? comparison_clause(c, keys->elements[0].text) : ORACLE_NONE;
        int b = is_pair ? comparison_clause(c, keys->elements[1].text) : ORACLE_NONE;
        if (a == ORACLE_NONE || b == ORACLE_NONE || !(is_wide || has(may[a], b))) {
            comparison_differs(c, "conflicts: %s and %s are in none", key_of(c, a), key_of(c, b));
            continue;
        }
        must[a] &= ~(UINT32_C(1) << b);
        must[b] &= ~(UINT32_C(1) << a);
    }
    for (int a = 0; a < c->engine->pack->clause_count; a++) {
        for (int b = a; b < c->engine->pack->clause_count; b++) {
            if (has(must[a], b)) {
                comparison_differs(c, "conflicts: lacks %s and %s", key_of(c, a), key_of(c, b));
            }
        }
    }
}

/* ---- Strength -------------------------------------------------------------------------------- */

/* Only of one person whose facts are settled; elsewhere the page leaves it open. */
static void compare_strength(struct comparison *c)
{
    const struct oracle_person_answer *person = &c->answer->persons[0];
    if (c->answer->person_count != 1 || !comparison_is_settled(c, 0) ||
        person->verdict == ORACLE_VERDICT_UNDETERMINED ||
        person->verdict == ORACLE_VERDICT_NOT_COVERED) {
        return;
    }
    enum oracle_strength strongest = ORACLE_STRENGTH_COUNT;
    for (int n = 0; n < c->engine->instance_count; n++) {
        bool is_protecting = READING_PROTECTS_HAS_LEVEL && has(person->protecting_all, n) &&
                             person->verdict == ORACLE_VERDICT_ASK_FIRST;
        if (has(person->stands_all, n) &&
            (person->last.levels[n] == person->verdict || is_protecting) &&
            c->engine->instances[n].strength < strongest) {
            strongest = c->engine->instances[n].strength;
        }
    }
    struct str is = comparison_text(c->json, "strength");
    if (strongest != ORACLE_STRENGTH_COUNT &&
        !str_equal(is, str_from(oracle_strength_name(strongest)))) {
        comparison_differs(c, "strength: is " STR_FMT ", must be %s", STR_ARG(is),
                           oracle_strength_name(strongest));
    }
}

/* ---- What was set aside ---------------------------------------------------------------------- */

/* Rule n of this person's one world was defeated by a rule of clause `by`, for the reason said. */
static bool is_defeated_by(const struct comparison *c, const struct oracle_judgement *j, int n,
                           int by, struct str why)
{
    for (int q = 0; q < c->engine->instance_count; q++) {
        const struct oracle_instance *attacker = &c->engine->instances[q];
        bool is_attacking = has(c->engine->instances[n].attackers & j->counts & ~j->defeated, q);
        bool is_so = str_equal(why, STR("law")) ? attacker->is_law
                     : str_equal(why, STR("permit"))
                         ? attacker->effect == ORACLE_EFFECT_PERMITS
                         : str_equal(why, STR("override")) && rule_of(c, q)->overrides != 0;
        if (has(j->defeated, n) && is_attacking && is_so && rule_of(c, q)->clause == by) {
            return true;
        }
    }
    return false;
}

static bool is_settled_by(const struct comparison *c, const struct oracle_judgement *j, int n,
                          int by, struct str why)
{
    int clause = rule_of(c, n)->clause;
    for (int k = 0; k < c->engine->pack->known_count; k++) {
        const struct oracle_known *known = &c->engine->pack->knowns[k];
        bool is_pair = (known->first == clause && known->second == by) ||
                       (known->first == by && known->second == clause);
        if (is_pair && has(j->set_aside, n) && str_equal(why, STR("known-conflict"))) {
            return true;
        }
    }
    return false;
}

/* An entry tells of rule n, in the world of person p. */
static bool tells_of(const struct comparison *c, const struct json_value *entry, int p, int n)
{
    const struct oracle_judgement *j = &c->answer->persons[p].last;
    int clause = comparison_clause(c, comparison_text(entry, "clause"));
    int by = comparison_clause(c, comparison_text(entry, "by"));
    struct str why = comparison_text(entry, "why");
    if (rule_of(c, n)->clause != clause) {
        return false;
    }
    bool is_suspended = has(j->suspended, n) && str_equal(why, STR("law"));
    return is_suspended || is_defeated_by(c, j, n, by, why) || is_settled_by(c, j, n, by, why);
}

/* Only where everything is known: with facts open the list may tell of what is but possible. */
static void compare_set_aside(struct comparison *c)
{
    const struct json_value *list = comparison_list(c, "set_aside");
    uint64_t told[ORACLE_PERSONS_MAX] = {0};
    for (size_t i = 0; comparison_is_total(c) && i < list->count; i++) {
        const struct json_value *entry = &list->elements[i];
        bool is_so = false;
        for (int p = 0; p < c->answer->person_count; p++) {
            for (int n = 0; n < c->engine->instance_count; n++) {
                if (tells_of(c, entry, p, n)) {
                    is_so = true;
                    told[p] |= UINT64_C(1) << n;
                }
            }
        }
        if (!is_so) {
            comparison_differs(
                c, "set_aside: no rule of " STR_FMT " is by " STR_FMT ", by " STR_FMT,
                STR_ARG(comparison_text(entry, "clause")), STR_ARG(comparison_text(entry, "by")),
                STR_ARG(comparison_text(entry, "why")));
        }
    }
    /* Of several persons one reason is told for a clause that gives way to another. */
    bool is_one = c->answer->person_count == 1 && comparison_is_total(c);
    for (int p = 0; is_one && p < c->answer->person_count; p++) {
        const struct oracle_judgement *j = &c->answer->persons[p].last;
        for (int n = 0; n < c->engine->instance_count; n++) {
            if (has((j->defeated | j->set_aside) & ~told[p], n)) {
                comparison_differs(c, "set_aside: lacks a rule of %s",
                                   key_of(c, rule_of(c, n)->clause));
            }
        }
    }
}

void comparison_rules(struct comparison *c)
{
    compare_clauses(c);
    compare_levels(c);
    compare_effective(c);
    compare_duties(c);
    compare_approvals(c);
    compare_ask(c);
    compare_conflicts(c);
    compare_strength(c);
    compare_set_aside(c);
}

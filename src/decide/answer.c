/*
 * The answer: each person judged apart, then joined, and everything cited.
 *
 * Read first: decide.h; docs/policy-language.md, sections 5.8, 5.9 and 9. The parts:
 *   world_judge()   one person: the verdict of all completions, the unsure, the scope
 *   cite_*()        what stands in that person's world joins the lists of the answer
 *   answer_finish() order, headline, the next question, what would change it
 */
#include "decide/decide_int.h"

#define CITED_MAX 1024u
#define CITED_FIRST 32u /* a power of two */
#define LIST_MAX 256u

/* What judging one world found. */
struct judged {
    enum decide_verdict verdict;
    enum decide_scope scope;
    uint32_t *unsure_rules; /* the "if unsure" rules that decided */
    uint32_t unsure_count;
    bool is_conflict; /* every completion ends in a conflict */
};

static struct decide_search search_new(struct arena *arena, struct decide_weigh *weigh,
                                       const struct decide_world *world)
{
    return (struct decide_search){.weigh = weigh,
                                  .domain = world->domain,
                                  .trail = decide_trail_of(arena, world),
                                  .judge = decide_judge_verdict,
                                  .rule = PACK_NONE};
}

static bool rule_reads(const struct decide_world *world, uint32_t rule, uint32_t position,
                       const uint64_t *mask)
{
    const struct pack *pack = world->pack;
    const struct pack_table *table = world->table;
    uint32_t variable = pack->list[table->variables.first + position];
    for (uint32_t row = 0; row < table->row_count; row++) {
        uint32_t outcome =
            pack->list[table->outcomes.first + pack->list[table->row_outcomes.first + row]];
        if (pack->outcome[outcome].rule != rule)
            continue;
        for (uint32_t value = 0; value < pack->variable[variable].domain; value++)
            if ((mask[value * table->word_count + row / 64] >> row % 64 & 1) == 0)
                return true;
    }
    return false;
}

/* Whether a fact is missing that may still be several things and that a rule reads; without a rule
 * (PACK_NONE), that can be asked about (5.10). */
static bool missing_is_read(const struct decide_world *world, const struct decide_weigh *weigh,
                            uint32_t rule)
{
    const struct pack *pack = world->pack;
    const uint64_t *mask = pack->mask + world->table->first_mask;
    for (uint32_t i = 0; i < world->table->variables.count; i++) {
        uint32_t variable = pack->list[world->table->variables.first + i];
        uint64_t domain = world->domain[variable];
        if ((domain & (domain - 1)) != 0 && world->state[variable] == DECIDE_STATE_LEFT_OUT &&
            (rule != PACK_NONE ? rule_reads(world, rule, i, mask)
                               : decide_open_rows(world, weigh, variable, mask) != 0))
            return true;
        mask += (size_t)pack->variable[variable].domain * world->table->word_count;
    }
    return false;
}

/* Some rule that reads a missing fact comes to different things in different completions, and a
 * question about one is left that may tell which (5.8). */
static bool missing_is_open(struct arena *arena, const struct decide_world *world,
                            struct decide_weigh *weigh)
{
    decide_weigh_world(weigh, world->domain);
    if (!missing_is_read(world, weigh, PACK_NONE))
        return false;
    uint32_t count = weigh->rule_count;
    uint32_t *rules = ARENA_ARRAY(arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++)
        rules[i] = weigh->rules[i];
    for (uint32_t i = 0; i < count; i++) {
        if (!missing_is_read(world, weigh, rules[i]))
            continue;
        struct decide_search search = search_new(arena, weigh, world);
        search.judge = decide_judge_level;
        search.rule = rules[i];
        if (decide_search_common(&search) < 0)
            return true;
    }
    return false;
}

/* The "if unsure" rules that fire in every completion in scope. */
static uint32_t unsure_find(struct arena *arena, const struct decide_world *world,
                            struct decide_weigh *weigh, uint32_t *rules)
{
    const struct pack *pack = world->pack;
    uint32_t count = 0;
    for (uint32_t i = 0; i < world->table->outcomes.count; i++) {
        uint32_t rule = pack->outcome[pack->list[world->table->outcomes.first + i]].rule;
        if (rule == PACK_NONE || pack->rule[rule].effect != PACK_EFFECT_IF_UNSURE)
            continue;
        struct decide_search search = search_new(arena, weigh, world);
        search.judge = decide_judge_unsure;
        search.rule = rule;
        if (decide_search_common(&search) == 1)
            rules[count++] = rule;
    }
    return count;
}

static struct judged world_judge(struct arena *arena, const struct decide_world *world,
                                 struct decide_weigh *weigh, bool *is_cut_short)
{
    struct judged judged = {.verdict = DECIDE_VERDICT_UNDETERMINED, .scope = DECIDE_SCOPE_UNKNOWN};
    struct decide_search search = search_new(arena, weigh, world);
    int common = decide_search_common(&search);
    *is_cut_short = *is_cut_short || search.is_cut_short;
    if (common >= 0)
        judged.verdict = (enum decide_verdict)common;
    judged.is_conflict = common == (int)DECIDE_VERDICT_UNDETERMINED;
    search = search_new(arena, weigh, world);
    search.judge = decide_judge_scope;
    int scope = decide_search_common(&search);
    if (scope >= 0)
        judged.scope = scope == (int)DECIDE_YES ? DECIDE_SCOPE_IN : DECIDE_SCOPE_OUT;
    if (common >= 0 || *is_cut_short || judged.scope == DECIDE_SCOPE_OUT)
        return judged;
    judged.unsure_rules = ARENA_ARRAY(arena, uint32_t, world->table->outcomes.count + 1);
    uint32_t count = unsure_find(arena, world, weigh, judged.unsure_rules);
    if (count != 0 && !missing_is_open(arena, world, weigh)) {
        judged.unsure_count = count;
        judged.verdict = DECIDE_VERDICT_ASK_FIRST;
    }
    return judged;
}

/*
 * A verdict rests on a clause. Where matching calls no rule of its level certain, the search finds
 * those that stand at that level in every completion after all; they are marked in `weigh`.
 */
static void deciding_settle(struct arena *arena, const struct decide_world *world,
                            struct decide_weigh *weigh, enum decide_verdict verdict)
{
    uint32_t *open = ARENA_ARRAY(arena, uint32_t, weigh->rule_count + 1);
    uint32_t count = 0, settled = 0;
    for (uint32_t i = 0; i < weigh->rule_count; i++) {
        uint32_t rule = weigh->rules[i];
        const struct decide_ruling *ruling = &weigh->rulings[rule];
        if (ruling->stands == DECIDE_YES && ruling->level_low == (uint32_t)verdict)
            return;
        if (ruling->stands != DECIDE_NO && ruling->level_high >= (uint32_t)verdict)
            open[count++] = rule;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct decide_search search = search_new(arena, weigh, world);
        search.judge = decide_judge_stands;
        search.rule = open[i];
        if (decide_search_common(&search) == (int)verdict + 1)
            open[settled++] = open[i];
    }
    decide_weigh_world(weigh, world->domain);
    for (uint32_t i = 0; i < settled; i++) {
        weigh->rulings[open[i]].stands = DECIDE_YES;
        weigh->rulings[open[i]].level_low = weigh->rulings[open[i]].level_high = (uint8_t)verdict;
    }
}

/* ---- Citing ---------------------------------------------------------------------------------- */

struct citing {
    struct arena *arena;
    struct decide_answer *answer;
    const struct decide_world *world;
    const struct decide_weigh *weigh;
    const struct judged *judged;
    uint32_t person_bit;
};

/* The list doubles when it is full, from CITED_FIRST on: most answers cite a few clauses. */
static void cited_make_room(struct arena *arena, struct decide_answer *answer)
{
    size_t count = answer->cited_count;
    if (count >= CITED_FIRST && (count & (count - 1)) == 0)
        answer->cited = arena_grow(arena, answer->cited, count * sizeof *answer->cited,
                                   2 * count * sizeof *answer->cited);
}

static void cite(struct citing *citing, uint32_t rule, uint32_t level, bool is_certain)
{
    struct decide_answer *answer = citing->answer;
    for (size_t i = 0; i < answer->cited_count; i++)
        if (answer->cited[i].rule == rule && answer->cited[i].is_certain == is_certain &&
            answer->cited[i].level == level) {
            answer->cited[i].for_people |= citing->person_bit;
            return;
        }
    if (answer->cited_count == CITED_MAX)
        return;
    cited_make_room(citing->arena, answer);
    struct decide_cited *cited = &answer->cited[answer->cited_count++];
    *cited = (struct decide_cited){
        .rule = rule, .level = level, .is_certain = is_certain, .for_people = citing->person_bit};
    decide_explain(citing->arena, citing->world, cited);
}

/* An empty list begins where the next one does: lists are the same by where and how many. */
static void ask_add(struct decide_answer *answer, uint32_t clause, struct pack_list roles)
{
    for (size_t i = 0; i < answer->ask_count; i++)
        if (answer->ask[i].clause == clause && answer->ask[i].roles.first == roles.first &&
            answer->ask[i].roles.count == roles.count)
            return;
    if (answer->ask_count < LIST_MAX)
        answer->ask[answer->ask_count++] = (struct decide_ask){clause, roles};
}

static void needed_add(struct citing *citing, uint32_t approval)
{
    struct decide_answer *answer = citing->answer;
    const struct pack *pack = citing->weigh->pack;
    uint64_t domain = citing->world->domain[pack->approval[approval].variable];
    enum pack_approval_state state = (enum pack_approval_state)__builtin_ctzll(domain);
    if (state == PACK_APPROVAL_GRANTED)
        return;
    for (size_t i = 0; i < answer->needed_count; i++)
        if (answer->needed[i].approval == approval && answer->needed[i].state == state) {
            answer->needed[i].for_people |= citing->person_bit;
            return;
        }
    if (answer->needed_count < LIST_MAX)
        answer->needed[answer->needed_count++] =
            (struct decide_needed){approval, state, citing->person_bit};
}

static void cite_approvals(struct citing *citing)
{
    const struct decide_weigh *weigh = citing->weigh;
    const struct pack *pack = weigh->pack;
    for (uint32_t i = 0; i < weigh->outcome_count; i++) {
        const struct pack_outcome *outcome =
            &pack->outcome[pack->list[weigh->table->outcomes.first + weigh->outcomes[i]]];
        if (outcome->rule == PACK_NONE || outcome->approvals.count == 0 ||
            weigh->outcome_truth[weigh->outcomes[i]] != DECIDE_YES ||
            weigh->rulings[outcome->rule].stands != DECIDE_YES ||
            weigh->rulings[outcome->rule].suspended != DECIDE_NO)
            continue;
        for (uint32_t k = 0; k < outcome->approvals.count; k++)
            needed_add(citing, pack->list[outcome->approvals.first + k]);
    }
}

static void set_aside_add(struct citing *citing, uint32_t rule)
{
    struct decide_answer *answer = citing->answer;
    const struct decide_weigh *weigh = citing->weigh;
    const struct pack *pack = weigh->pack;
    const struct decide_ruling *ruling = &weigh->rulings[rule];
    struct decide_set_aside aside = {
        .rule = rule, .by_clause = PACK_NONE, .why = DECIDE_ASIDE_OVERRIDE};
    if (ruling->aside_by != PACK_NONE) {
        const struct pack_known *known = &pack->known[ruling->aside_by];
        aside.by_clause = known->first == pack->rule[rule].clause ? known->second : known->first;
        aside.why = DECIDE_ASIDE_KNOWN;
        aside.say = pack_text(pack, known->say);
    } else if (ruling->defeated_by != PACK_NONE) {
        const struct pack_rule *by = &pack->rule[ruling->defeated_by];
        aside.by_clause = by->clause;
        if ((by->flags & PACK_RULE_LAW) != 0)
            aside.why = DECIDE_ASIDE_LAW;
        else if (by->effect == PACK_EFFECT_PERMITS)
            aside.why = DECIDE_ASIDE_PERMIT;
    } else {
        return;
    }
    for (size_t i = 0; i < answer->set_aside_count; i++)
        if (answer->set_aside[i].rule == rule && answer->set_aside[i].by_clause == aside.by_clause)
            return;
    if (answer->set_aside_count < LIST_MAX)
        answer->set_aside[answer->set_aside_count++] = aside;
}

static void cite_rule(struct citing *citing, uint32_t rule)
{
    const struct decide_weigh *weigh = citing->weigh;
    const struct pack_rule *record = &weigh->pack->rule[rule];
    const struct decide_ruling *ruling = &weigh->rulings[rule];
    enum decide_truth stands = (enum decide_truth)ruling->stands;
    if (record->effect == PACK_EFFECT_PROTECTS) {
        stands = (enum decide_truth)ruling->suspended;
        if (stands == DECIDE_YES)
            ask_add(citing->answer, record->clause, record->roles);
    }
    if (record->effect == PACK_EFFECT_IF_UNSURE)
        return;
    if (stands == DECIDE_NO && ruling->fires == DECIDE_YES)
        set_aside_add(citing, rule);
    if (stands == DECIDE_NO)
        return;
    bool is_certain = stands == DECIDE_YES;
    cite(citing, rule, is_certain ? ruling->level_low : ruling->level_high, is_certain);
    if (is_certain && record->effect == PACK_EFFECT_ASKS_FIRST &&
        ruling->suspended == DECIDE_NO)
        ask_add(citing->answer, record->clause, record->roles);
}

static void cite_world(struct citing *citing)
{
    const struct decide_weigh *weigh = citing->weigh;
    struct decide_answer *answer = citing->answer;
    for (uint32_t i = 0; i < weigh->rule_count; i++)
        cite_rule(citing, weigh->rules[i]);
    cite_approvals(citing);
    for (uint32_t k = 0; k < weigh->pack->known_count; k++)
        if (weigh->known_took[k] != 0 && weigh->pack->known[k].take == PACK_TAKE_ASK)
            ask_add(answer, weigh->pack->known[k].first, weigh->pack->known[k].roles);
    for (uint32_t i = 0; i < citing->judged->unsure_count; i++) {
        const struct pack_rule *rule = &weigh->pack->rule[citing->judged->unsure_rules[i]];
        answer->is_unsure = true;
        cite(citing, citing->judged->unsure_rules[i], PACK_LEVEL_ASK_FIRST, true);
        ask_add(answer, rule->clause, rule->roles);
    }
    answer->is_protected = answer->is_protected || weigh->is_protected == DECIDE_YES;
    for (uint32_t i = 0; (weigh->conflict == DECIDE_YES || citing->judged->is_conflict) &&
                         i < weigh->conflict_count && answer->conflict_count < LIST_MAX;
         i++)
        answer->conflicts[answer->conflict_count++] = weigh->conflicts[i];
}

/* ---- Facts that are open --------------------------------------------------------------------- */

static void open_add(struct decide_open *list, size_t *count, uint32_t fact, uint32_t person)
{
    for (size_t i = 0; i < *count; i++)
        if (list[i].fact == fact && list[i].person == person)
            return;
    if (*count < LIST_MAX)
        list[(*count)++] = (struct decide_open){fact, person};
}

static void presumed_add(struct citing *citing, uint32_t variable, uint32_t person)
{
    struct decide_answer *answer = citing->answer;
    const struct pack *pack = citing->weigh->pack;
    uint32_t fact = pack->variable[variable].fact;
    for (size_t i = 0; i < answer->presumed_count; i++)
        if (answer->presumed[i].fact == fact && answer->presumed[i].person == person)
            return;
    uint32_t value = (uint32_t)__builtin_ctzll(citing->world->domain[variable]);
    struct str label = pack_text(pack, pack->fact[fact].label);
    struct str text =
        pack->fact[fact].kind == PACK_FACT_SOME_OF
            ? str_format(citing->arena, STR_FMT ": none of the choices", STR_ARG(label))
            : decide_variable_text(citing->arena, pack, variable, value);
    if (answer->presumed_count < LIST_MAX)
        answer->presumed[answer->presumed_count++] = (struct decide_presumed){fact, person, text};
}

static void cite_facts(struct citing *citing, uint32_t person)
{
    struct decide_answer *answer = citing->answer;
    const struct decide_world *world = citing->world;
    const struct pack *pack = world->pack;
    const uint64_t *mask = pack->mask + world->table->first_mask;
    bool is_open = citing->judged->verdict == DECIDE_VERDICT_UNDETERMINED ||
                   citing->judged->unsure_count != 0;
    for (uint32_t i = 0; i < world->table->variables.count; i++) {
        uint32_t variable = pack->list[world->table->variables.first + i];
        const struct pack_variable *record = &pack->variable[variable];
        const uint64_t *rows = mask;
        mask += (size_t)record->domain * world->table->word_count;
        if (record->fact == PACK_NONE)
            continue;
        uint32_t whose = record->is_other != 0 ? person : 0;
        bool is_single = (world->domain[variable] & (world->domain[variable] - 1)) == 0;
        if (world->is_presumed[variable])
            presumed_add(citing, variable, whose);
        if (world->state[variable] == DECIDE_STATE_UNKNOWN)
            open_add(answer->unknown, &answer->unknown_count, record->fact, whose);
        if (world->state[variable] == DECIDE_STATE_WITHHELD)
            open_add(answer->withheld, &answer->withheld_count, record->fact, whose);
        if (world->state[variable] == DECIDE_STATE_LEFT_OUT && !is_single && is_open &&
            decide_open_rows(world, citing->weigh, variable, rows) != 0)
            open_add(answer->missing, &answer->missing_count, record->fact, whose);
    }
}

/* ---- Joining and finishing ------------------------------------------------------------------- */

enum decide_verdict decide_join(enum decide_verdict a, enum decide_verdict b)
{
    if (a == DECIDE_VERDICT_FORBIDDEN || b == DECIDE_VERDICT_FORBIDDEN)
        return DECIDE_VERDICT_FORBIDDEN;
    return a > b ? a : b;
}

/* What a rule comes to here is what the verdict says; whether it applies for certain is not
 * asked. */
static bool cited_decides(const struct decide_answer *answer, const struct decide_cited *cited)
{
    const struct pack_rule *rule = &answer->question->pack->rule[cited->rule];
    if (answer->verdict == DECIDE_VERDICT_UNDETERMINED)
        return false;
    if (rule->effect == PACK_EFFECT_PROTECTS)
        return answer->verdict == DECIDE_VERDICT_ASK_FIRST;
    if (rule->effect == PACK_EFFECT_LEAVES_OUT)
        return answer->verdict == DECIDE_VERDICT_NOT_COVERED;
    return cited->level != PACK_LEVEL_NOT_COVERED && cited->level == (uint32_t)answer->verdict;
}

/*
 * An answer "allowed" that no permit gives rests on the clauses of scope. Where different rules
 * give the same verdict in different completions, none alone is certain, and together they decide.
 */
static void decides_set(struct decide_answer *answer)
{
    const struct pack *pack = answer->question->pack;
    bool has_any = false, is_covered = false;
    for (size_t i = 0; i < answer->cited_count; i++) {
        struct decide_cited *cited = &answer->cited[i];
        bool covers = pack->rule[cited->rule].effect == PACK_EFFECT_COVERS;
        cited->decides = cited->is_certain && cited_decides(answer, cited);
        has_any = has_any || cited->decides;
        is_covered = is_covered || (covers && cited->is_certain);
    }
    for (size_t i = 0; i < answer->cited_count && !has_any; i++) {
        struct decide_cited *cited = &answer->cited[i];
        bool covers = pack->rule[cited->rule].effect == PACK_EFFECT_COVERS;
        cited->decides = answer->verdict == DECIDE_VERDICT_ALLOWED
                             ? covers && (cited->is_certain || !is_covered)
                             : !cited->is_certain && cited_decides(answer, cited);
    }
    answer->strength = PACK_STRENGTH_COUNT;
    for (size_t i = 0; i < answer->cited_count; i++) {
        uint32_t strength = pack->rule[answer->cited[i].rule].strength;
        if (answer->cited[i].decides && strength < answer->strength)
            answer->strength = (enum pack_strength)strength;
    }
}

static uint32_t cited_order(const struct decide_cited *cited)
{
    return (cited->is_certain ? 0u : 1000u) + (cited->decides ? 0u : 100u) +
           (PACK_LEVEL_COUNT - cited->level);
}

/* Insertion sort: the lists are short, and equal ones keep the order of the policy. */
static void cited_sort(struct decide_answer *answer)
{
    for (size_t i = 1; i < answer->cited_count; i++) {
        struct decide_cited moved = answer->cited[i];
        size_t at = i;
        while (at > 0 && cited_order(&answer->cited[at - 1]) > cited_order(&moved)) {
            answer->cited[at] = answer->cited[at - 1];
            at--;
        }
        answer->cited[at] = moved;
    }
}

static void notes_collect(struct decide_answer *answer)
{
    const struct pack *pack = answer->question->pack;
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        uint32_t clause = pack->rule[cited->rule].clause;
        bool matters = cited->decides || (cited->is_certain && cited->level > PACK_LEVEL_ALLOWED);
        bool is_listed = pack->clause[clause].note_count == 0 || !matters;
        for (size_t n = 0; n < answer->note_count; n++)
            is_listed = is_listed || answer->notes[n] == clause;
        if (!is_listed && answer->note_count < LIST_MAX)
            answer->notes[answer->note_count++] = clause;
    }
}

static struct decide_answer *answer_new(struct arena *arena, const struct decide_question *question,
                                        uint32_t worlds)
{
    struct decide_answer *answer = ARENA_NEW(arena, struct decide_answer);
    answer->question = question;
    answer->person_count = worlds;
    answer->person_verdicts = ARENA_ARRAY(arena, enum decide_verdict, worlds);
    answer->cited = ARENA_ARRAY(arena, struct decide_cited, CITED_FIRST);
    answer->set_aside = ARENA_ARRAY(arena, struct decide_set_aside, LIST_MAX);
    answer->needed = ARENA_ARRAY(arena, struct decide_needed, LIST_MAX);
    answer->ask = ARENA_ARRAY(arena, struct decide_ask, LIST_MAX);
    answer->conflicts = ARENA_ARRAY(arena, struct decide_conflict, LIST_MAX);
    answer->presumed = ARENA_ARRAY(arena, struct decide_presumed, LIST_MAX);
    answer->missing = ARENA_ARRAY(arena, struct decide_open, LIST_MAX);
    answer->unknown = ARENA_ARRAY(arena, struct decide_open, LIST_MAX);
    answer->withheld = ARENA_ARRAY(arena, struct decide_open, LIST_MAX);
    answer->notes = ARENA_ARRAY(arena, uint32_t, LIST_MAX);
    answer->next.fact = PACK_NONE;
    return answer;
}

/* The parts of a condition that are not known, joined with "and". */
static struct str open_parts(struct arena *arena, const struct decide_cited *cited)
{
    struct text words = {.arena = arena};
    for (size_t i = 0; i < cited->because_count; i++)
        if (cited->because[i].truth == DECIDE_OPEN) {
            text_add(&words, words.len == 0 ? STR("") : STR(" and "));
            text_add(&words, cited->because[i].text);
        }
    return text_str(&words);
}

/* "Outside this policy, unless ..." from the scope rules that are open. */
static struct str scope_words(struct arena *arena, const struct decide_answer *answer)
{
    const struct pack *pack = answer->question->pack;
    struct text words = {.arena = arena};
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct pack_rule *rule = &pack->rule[answer->cited[i].rule];
        struct str parts = open_parts(arena, &answer->cited[i]);
        if (rule->effect != PACK_EFFECT_COVERS || answer->cited[i].is_certain || parts.len == 0 ||
            str_find(text_str(&words), parts) != STR_NONE)
            continue;
        text_add(&words, words.len == 0 ? STR("Outside this policy, unless ") : STR("; or "));
        text_add(&words, parts);
    }
    if (words.len == 0)
        text_add(&words, STR("It is not known whether this policy covers it"));
    text_add_char(&words, '.');
    return text_str(&words);
}

static void answer_finish(struct decide_answer_parts *parts)
{
    struct decide_answer *answer = parts->answer;
    decides_set(answer);
    cited_sort(answer);
    notes_collect(answer);
    answer->is_silent =
        answer->verdict == DECIDE_VERDICT_NOT_COVERED && answer->scope == DECIDE_SCOPE_IN;
    if (answer->scope == DECIDE_SCOPE_UNKNOWN)
        answer->scope_text = scope_words(parts->arena, answer);
    answer->headline = decide_headline(parts->arena, answer);
    if (parts->question->is_brief)
        return;
    if (answer->verdict == DECIDE_VERDICT_UNDETERMINED)
        decide_next_find(parts);
    else if (!parts->question->is_without_changes && answer->verdict > DECIDE_VERDICT_CAUTION)
        decide_changes_find(parts);
}

static void person_answer(struct decide_answer_parts *parts, struct decide_weigh *weigh,
                          uint32_t index)
{
    struct decide_answer *answer = parts->answer;
    const struct decide_world *world = parts->worlds[index];
    struct judged judged = world_judge(parts->arena, world, weigh, &answer->is_cut_short);
    decide_weigh_world(weigh, world->domain);
    if (judged.verdict > DECIDE_VERDICT_ALLOWED && judged.verdict != DECIDE_VERDICT_UNDETERMINED &&
        judged.unsure_count == 0)
        deciding_settle(parts->arena, world, weigh, judged.verdict);
    struct citing citing = {parts->arena, answer, world, weigh, &judged, UINT32_C(1) << index};
    cite_world(&citing);
    cite_facts(&citing, index + 1);
    answer->person_verdicts[index] = judged.verdict;
    answer->verdict = index == 0 ? judged.verdict : decide_join(answer->verdict, judged.verdict);
    if (index == 0)
        answer->scope = judged.scope;
    else if (answer->scope != judged.scope)
        answer->scope = DECIDE_SCOPE_UNKNOWN;
}

const struct decide_question *decide_question_settle(struct arena *arena,
                                                     const struct decide_question *question)
{
    const struct pack *pack = question->pack;
    bool asks_other = (pack->act[question->act].flags & PACK_ACT_ASKS_OTHER) != 0;
    struct decide_question *settled = ARENA_NEW(arena, struct decide_question);
    *settled = *question;
    if (!question->has_people && asks_other && question->person_count == 0) {
        struct decide_question *fresh = decide_question_new(arena, pack, question->act);
        decide_question_add_person(fresh, STR(""));
        settled->people = fresh->people;
        settled->person_count = 1;
    }
    return settled;
}

struct decide_answer *decide_answer(struct arena *arena, const struct decide_question *question,
                                    struct diag_list *diags)
{
    const struct decide_question *kept = decide_question_settle(arena, question);
    uint32_t count = kept->person_count == 0 ? 1 : kept->person_count;
    struct decide_answer_parts parts = {.arena = arena,
                                        .question = kept,
                                        .worlds = ARENA_ARRAY(arena, struct decide_world *, count),
                                        .world_count = count,
                                        .answer = answer_new(arena, kept, count)};
    for (uint32_t i = 0; i < count; i++) {
        parts.worlds[i] = decide_world_new(arena, kept, kept->person_count == 0 ? 0 : i + 1, diags);
        if (parts.worlds[i] == NULL)
            return NULL;
    }
    struct decide_weigh *weigh = decide_weigh_new(arena, question->pack, question->act);
    for (uint32_t i = 0; i < count; i++)
        person_answer(&parts, weigh, i);
    answer_finish(&parts);
    return parts.answer;
}

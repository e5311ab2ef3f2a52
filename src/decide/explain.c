/*
 * Why a rule applies: the parts of its conditions that hold, and the exceptions that were looked
 * at.
 *
 * Read first: pack/image.h on nodes. Parts of an "and" are told one by one; of an "or" only those
 * that hold. Sentences come from the vocabulary's own words, made when the pack was compiled.
 */
#include "decide/decide_int.h"

#define REASONS_MAX 24u
#define NODE_DEPTH_MAX 40u
#define NODES_LOOKED_AT_MAX 20000u /* for one truth: definitions may share their parts */
#define REASONS_LOOKED_AT_MAX 1000u

static enum decide_truth truth_not(enum decide_truth truth)
{
    if (truth == DECIDE_OPEN)
        return DECIDE_OPEN;
    return truth == DECIDE_YES ? DECIDE_NO : DECIDE_YES;
}

static enum decide_truth atom_truth(const struct pack_node *node, const uint64_t *domain)
{
    uint64_t values = domain[node->variable];
    if ((values & ~node->mask) == 0)
        return DECIDE_YES;
    return (values & node->mask) == 0 ? DECIDE_NO : DECIDE_OPEN;
}

/* `left` bounds the nodes looked at; past it, and past the depth, nothing is claimed. */
static enum decide_truth node_truth(const struct pack *pack, const uint64_t *domain, uint32_t index,
                                    uint32_t depth, uint32_t *left)
{
    const struct pack_node *node = &pack->node[index];
    if (node->kind == PACK_NODE_ATOM)
        return atom_truth(node, domain);
    if (depth > NODE_DEPTH_MAX || *left == 0)
        return DECIDE_OPEN;
    *left -= 1;
    const uint32_t *children = pack->list + node->children.first;
    if (node->kind == PACK_NODE_NOT)
        return truth_not(node_truth(pack, domain, children[0], depth + 1, left));
    enum decide_truth absorbing = node->kind == PACK_NODE_AND ? DECIDE_NO : DECIDE_YES;
    enum decide_truth truth = truth_not(absorbing);
    for (uint32_t i = 0; i < node->children.count; i++) {
        enum decide_truth child = node_truth(pack, domain, children[i], depth + 1, left);
        if (child == absorbing)
            return absorbing;
        if (child == DECIDE_OPEN)
            truth = DECIDE_OPEN;
    }
    return truth;
}

enum decide_truth decide_node_truth(const struct pack *pack, const uint64_t *domain, uint32_t node)
{
    uint32_t left = NODES_LOOKED_AT_MAX;
    return node_truth(pack, domain, node, 0, &left);
}

struct reasons {
    const struct decide_world *world;
    struct decide_reason *at;
    size_t count;
    uint32_t left; /* nodes that may still be looked at */
};

static void reason_add(struct reasons *reasons, uint32_t node)
{
    const struct pack *pack = reasons->world->pack;
    struct str text = pack_text(pack, pack->node[node].text);
    if (reasons->count == REASONS_MAX || str_is_empty(text))
        return;
    reasons->at[reasons->count++] = (struct decide_reason){
        text, decide_node_truth(pack, reasons->world->domain, node)};
}

/* The parts of a condition that carry it. */
static void reasons_collect(struct reasons *reasons, uint32_t index, uint32_t depth)
{
    const struct pack *pack = reasons->world->pack;
    const struct pack_node *node = &pack->node[index];
    if (reasons->left == 0)
        return;
    reasons->left--;
    if (depth > NODE_DEPTH_MAX || node->kind == PACK_NODE_ATOM || node->kind == PACK_NODE_NOT) {
        reason_add(reasons, index);
        return;
    }
    bool is_definition = node->kind == PACK_NODE_AND && node->children.count == 1;
    if (is_definition) {
        reason_add(reasons, index);
        return;
    }
    size_t before = reasons->count;
    enum decide_truth truth = node->kind == PACK_NODE_OR
                                  ? decide_node_truth(pack, reasons->world->domain, index)
                                  : DECIDE_YES;
    for (uint32_t i = 0; i < node->children.count; i++) {
        uint32_t child = pack->list[node->children.first + i];
        if (node->kind == PACK_NODE_AND ||
            decide_node_truth(pack, reasons->world->domain, child) == DECIDE_YES)
            reasons_collect(reasons, child, depth + 1);
    }
    if (reasons->count == before || truth == DECIDE_OPEN)
        reason_add(reasons, index);
}

static struct decide_reason *reasons_keep(struct arena *arena, const struct reasons *reasons)
{
    struct decide_reason *kept = ARENA_ARRAY(arena, struct decide_reason, reasons->count + 1);
    for (size_t i = 0; i < reasons->count; i++)
        kept[i] = reasons->at[i];
    return kept;
}

void decide_explain(struct arena *arena, const struct decide_world *world,
                    struct decide_cited *cited)
{
    const struct pack *pack = world->pack;
    const struct pack_rule *rule = &pack->rule[cited->rule];
    struct decide_reason found[2][REASONS_MAX];
    struct reasons because = {world, found[0], 0, REASONS_LOOKED_AT_MAX};
    if (rule->when != PACK_NONE)
        reasons_collect(&because, rule->when, 0);
    if (rule->only_if != PACK_NONE && rule->effect == PACK_EFFECT_PERMITS)
        reasons_collect(&because, rule->only_if, 0);
    struct reasons unless = {world, found[1], 0, REASONS_LOOKED_AT_MAX};
    for (uint32_t i = 0; i < rule->unless.count; i++)
        reason_add(&unless, pack->list[rule->unless.first + i]);
    if (rule->only_if != PACK_NONE && rule->effect == PACK_EFFECT_GATES)
        reason_add(&unless, rule->only_if);
    cited->because = reasons_keep(arena, &because);
    cited->because_count = because.count;
    cited->unless = reasons_keep(arena, &unless);
    cited->unless_count = unless.count;
}

static struct str number_text(struct arena *arena, const struct pack *pack,
                              const struct pack_fact *fact, uint32_t interval)
{
    struct str unit = pack_text(pack, fact->unit);
    const int64_t *cuts = pack->number + fact->first_cut;
    bool is_date = fact->kind == PACK_FACT_DATE;
    if (interval > fact->cut_count)
        return STR("does not apply");
    if (fact->cut_count == 0)
        return STR("any");
    const char *words = interval == 0 ? (is_date ? "before" : "under")
                                      : (is_date ? "from" : "at least");
    int64_t cut = cuts[interval == 0 ? 0 : interval - 1];
    if (is_date) {
        struct str date = civil_date_format(arena, (struct civil_date){(int32_t)cut});
        return str_format(arena, "%s " STR_FMT, words, STR_ARG(date));
    }
    return str_format(arena, "%s %lld " STR_FMT, words, (long long)cut, STR_ARG(unit));
}

struct str decide_variable_text(struct arena *arena, const struct pack *pack, uint32_t variable,
                                uint32_t value)
{
    const struct pack_variable *record = &pack->variable[variable];
    const struct pack_fact *fact = &pack->fact[record->fact];
    struct str label = pack_text(pack, fact->label);
    struct str text = STR("something else");
    switch ((enum pack_fact_kind)fact->kind) {
    case PACK_FACT_ONE_OF:
        if (value < fact->value_count)
            text = pack_text(pack, pack->value[fact->first_value + value].text);
        break;
    case PACK_FACT_SOME_OF:
        text = pack_text(pack, pack->value[fact->first_value + record->value].text);
        if (value == 0)
            return str_format(arena, STR_FMT ": not " STR_FMT, STR_ARG(label), STR_ARG(text));
        break;
    case PACK_FACT_YES_NO:
        text = value == 1 ? STR("yes") : STR("no");
        break;
    case PACK_FACT_NUMBER:
    case PACK_FACT_DATE:
        text = number_text(arena, pack, fact, value);
        break;
    case PACK_FACT_KIND_COUNT:
        break;
    }
    return str_format(arena, STR_FMT ": " STR_FMT, STR_ARG(label), STR_ARG(text));
}

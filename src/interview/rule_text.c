/*
 * interview/rule_text.c - see rule_text.h.
 */
#include "interview/rule_text.h"

#include "base/arena.h"
#include "interview/words.h"

/* More acts than this are named, not described. */
#define ACTS_MAX 4

/* Lines that are no conditions: one for each part at most. */
#define OTHER_LINES_MAX RULE_PART_COUNT

struct rule_maker {
    struct arena *arena;
    const struct pack *pack;
    const struct pack_rule *rule;
    const struct rule_source *source;
    struct rule_text out;
};

const char *rule_part_word(enum rule_part part)
{
    static const char *const words[RULE_PART_COUNT] = {
        [RULE_PART_WHEN] = "when",           [RULE_PART_UNLESS] = "unless",
        [RULE_PART_OR_UNLESS] = "or unless", [RULE_PART_ONLY_IF] = "only if",
        [RULE_PART_ALWAYS] = "always",       [RULE_PART_ASK] = "ask",
        [RULE_PART_OVERRIDES] = "overrides", [RULE_PART_AGAINST] = "against",
        [RULE_PART_SAYS] = "says",           [RULE_PART_INSTEAD] = "instead",
    };
    return words[part];
}

static void line_add(struct rule_maker *maker, enum rule_part part, bool is_more, struct str text)
{
    maker->out.lines[maker->out.count++] =
        (struct rule_line){.part = part, .is_more = is_more, .text = text};
}

/* ---- Conditions ------------------------------------------------------------------------------ */

/* Does each part of a condition have words of its own? */
static bool is_list(const struct pack *pack, const struct pack_node *node)
{
    return node->kind == PACK_NODE_AND && node->children.count > 1 &&
           !str_is_empty(pack_text(pack, pack->node[pack->list[node->children.first]].text));
}

static size_t condition_lines(const struct pack *pack, uint32_t node)
{
    return node == PACK_NONE                  ? 0
           : is_list(pack, &pack->node[node]) ? pack->node[node].children.count
                                              : 1;
}

/* A condition: one line, or one line for each part that must hold. */
static void condition_add(struct rule_maker *maker, enum rule_part part, uint32_t node)
{
    const struct pack *pack = maker->pack;
    const struct pack_node *top = &pack->node[node];
    if (!is_list(pack, top)) {
        line_add(maker, part, false, pack_text(pack, top->text));
        return;
    }
    for (uint32_t i = 0; i < top->children.count; i++) {
        const struct pack_node *child = &pack->node[pack->list[top->children.first + i]];
        line_add(maker, part, i > 0, pack_text(pack, child->text));
    }
}

static size_t lines_max(const struct pack *pack, const struct pack_rule *rule)
{
    size_t count =
        OTHER_LINES_MAX + condition_lines(pack, rule->when) + condition_lines(pack, rule->only_if);
    for (uint32_t i = 0; i < rule->unless.count; i++) {
        count += condition_lines(pack, pack->list[rule->unless.first + i]);
    }
    return count;
}

/* ---- The sentence ---------------------------------------------------------------------------- */

/* The acts of a rule: described when few, named when many. */
static struct str acts_words(const struct rule_maker *maker)
{
    struct arena *arena = maker->arena;
    const struct pack *pack = maker->pack;
    const struct pack_list *acts = &maker->rule->acts;
    if (acts->count == pack->act_count) {
        return STR("do anything that has to do with social media");
    }
    bool is_long = acts->count > ACTS_MAX;
    struct text out = {.arena = arena};
    if (is_long) {
        const struct rule_names *written = &maker->source->acts;
        struct str *names = ARENA_ARRAY(arena, struct str, written->count + 1);
        for (size_t i = 0; i < written->count; i++) {
            names[i] = words_of_name(arena, written->at[i]);
        }
        text_add(&out, words_join(arena, names, written->count, "or"));
        text_add(&out, STR(" (any of: "));
    }
    for (uint32_t i = 0; i < acts->count; i++) {
        uint32_t act = pack->list[acts->first + i];
        text_add(&out, i == 0 ? STR("") : is_long ? STR(", ") : STR("; or "));
        text_add(&out, is_long ? words_of_name(arena, pack_text(pack, pack->act[act].name))
                               : words_act(pack, act));
    }
    text_add(&out, is_long ? STR(")") : STR(""));
    return text_str(&out);
}

static struct str duty_sentence(const struct rule_maker *maker, struct str head)
{
    const struct pack_rule *rule = maker->rule;
    struct str duty = pack_text(maker->pack, maker->pack->duty[rule->duty].text);
    const char *also =
        rule->flags & PACK_RULE_NEVERTHELESS ? ", even if you should not have done it" : "";
    return words_sentence(maker->arena, str_format(maker->arena, STR_FMT ": " STR_FMT "%s",
                                                   STR_ARG(head), STR_ARG(duty), also));
}

static struct str sentence(const struct rule_maker *maker)
{
    struct arena *arena = maker->arena;
    const struct pack_rule *rule = maker->rule;
    struct str head = words_head(rule->effect, rule->strength);
    if (rule->effect == PACK_EFFECT_ADDS_DUTY) {
        return duty_sentence(maker, head);
    }
    struct str roles = words_roles(arena, maker->pack, rule->roles);
    if (rule->roles.count > 0 && rule->effect == PACK_EFFECT_ASKS_FIRST) {
        head = str_format(arena, "ask " STR_FMT " before you", STR_ARG(roles));
    } else if (rule->roles.count > 0 && rule->effect == PACK_EFFECT_IF_UNSURE) {
        head = str_format(arena, "if it stays unclear, ask " STR_FMT " before you", STR_ARG(roles));
    }
    struct str acts = acts_words(maker);
    return words_sentence(arena,
                          str_format(arena, STR_FMT " " STR_FMT, STR_ARG(head), STR_ARG(acts)));
}

/* ---- The whole ------------------------------------------------------------------------------- */

static void names_add(struct rule_maker *maker, enum rule_part part, const struct rule_names *names)
{
    if (names->count > 0) {
        line_add(maker, part, false, str_join(maker->arena, names->at, names->count, STR(", ")));
    }
}

static void text_line_add(struct rule_maker *maker, enum rule_part part, struct pack_text text)
{
    if (text.length > 0) {
        line_add(maker, part, false, pack_text(maker->pack, text));
    }
}

struct rule_text rule_text_make(struct arena *arena, const struct pack *pack,
                                const struct pack_rule *rule, const struct rule_source *source)
{
    struct rule_maker maker = {.arena = arena, .pack = pack, .rule = rule, .source = source};
    maker.out.lines = ARENA_ARRAY(arena, struct rule_line, lines_max(pack, rule));
    maker.out.says = sentence(&maker);
    if (rule->when != PACK_NONE) {
        condition_add(&maker, RULE_PART_WHEN, rule->when);
    }
    for (uint32_t i = 0; i < rule->unless.count; i++) {
        condition_add(&maker, i == 0 ? RULE_PART_UNLESS : RULE_PART_OR_UNLESS,
                      pack->list[rule->unless.first + i]);
    }
    if (rule->only_if != PACK_NONE) {
        condition_add(&maker, RULE_PART_ONLY_IF, rule->only_if);
    }
    if (rule->flags & PACK_RULE_REGARDLESS) {
        line_add(&maker, RULE_PART_ALWAYS, false, STR("no permission lifts this"));
    }
    if (rule->effect == PACK_EFFECT_PROTECTS && rule->roles.count > 0) {
        line_add(&maker, RULE_PART_ASK, false, words_roles(arena, pack, rule->roles));
    }
    names_add(&maker, RULE_PART_OVERRIDES, &source->overrides);
    names_add(&maker, RULE_PART_AGAINST, &source->against);
    text_line_add(&maker, RULE_PART_SAYS, rule->say);
    text_line_add(&maker, RULE_PART_INSTEAD, rule->instead);
    return maker.out;
}

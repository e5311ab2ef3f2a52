/*
 * web/clause_view.c - see clause_view_int.h.
 */
#include "web/clause_view_int.h"

#include <assert.h>

#include "interview/rule_text.h"
#include "interview/words.h"
#include "page/sign.h"
#include "web/prose_int.h"

struct viewer {
    struct arena *arena;
    const struct shelf_pack *one;
    const struct pack *pack;
    const struct policy_clause *clause;
    const struct pack_clause *compiled;
};

static const struct page_point *points_of(struct arena *arena, const struct str *texts,
                                          size_t count)
{
    struct page_point *points = ARENA_ARRAY(arena, struct page_point, count + 1);
    for (size_t i = 0; i < count; i++) {
        points[i].text = texts[i];
    }
    return points;
}

static struct html_raw sign_of(const struct viewer *viewer, enum decide_verdict verdict)
{
    return page_verdict_sign(viewer->arena, verdict, STR("hr-sign__mark"));
}

/* ---- Rules ----------------------------------------------------------------------------------- */

/* How a rule is marked: as the verdict that it mostly leads to, or only with words. */
static const struct {
    enum decide_verdict verdict;
    bool has_sign;
    struct str word; /* empty: the word that the policy uses */
} rule_marks[PACK_EFFECT_COUNT] = {
    [PACK_EFFECT_FORBIDS] = {DECIDE_VERDICT_FORBIDDEN, true, STR_INIT("")},
    [PACK_EFFECT_CAUTIONS] = {DECIDE_VERDICT_CAUTION, true, STR_INIT("take care")},
    [PACK_EFFECT_ASKS_FIRST] = {DECIDE_VERDICT_ASK_FIRST, true, STR_INIT("ask first")},
    [PACK_EFFECT_REQUIRES] = {DECIDE_VERDICT_REQUIRED, true, STR_INIT("")},
    [PACK_EFFECT_ADDS_DUTY] = {DECIDE_VERDICT_ALLOWED_WITH_DUTIES, true, STR_INIT("duty")},
    [PACK_EFFECT_PERMITS] = {DECIDE_VERDICT_ALLOWED, true, STR_INIT("")},
    [PACK_EFFECT_COVERS] = {DECIDE_VERDICT_REQUIRED, false, STR_INIT("covered")},
    [PACK_EFFECT_LEAVES_OUT] = {DECIDE_VERDICT_NOT_COVERED, true, STR_INIT("not covered")},
    [PACK_EFFECT_PROTECTS] = {DECIDE_VERDICT_CAUTION, false, STR_INIT("may be protected by law")},
    [PACK_EFFECT_IF_UNSURE] = {DECIDE_VERDICT_UNDETERMINED, true, STR_INIT("if it stays unclear")},
    [PACK_EFFECT_GATES] = {DECIDE_VERDICT_FORBIDDEN, true, STR_INIT("")},
};

static struct str part_word(enum rule_part part)
{
    static const struct str words[RULE_PART_COUNT] = {
        [RULE_PART_WHEN] = STR_INIT("When"),
        [RULE_PART_UNLESS] = STR_INIT("Unless"),
        [RULE_PART_OR_UNLESS] = STR_INIT("Or unless"),
        [RULE_PART_ONLY_IF] = STR_INIT("Only if"),
        [RULE_PART_ALWAYS] = STR_INIT("Always"),
        [RULE_PART_ASK] = STR_INIT("Ask"),
        [RULE_PART_OVERRIDES] = STR_INIT("Goes before"),
        [RULE_PART_AGAINST] = STR_INIT("Against rules on"),
        [RULE_PART_SAYS] = STR_INIT("The answer says"),
        [RULE_PART_INSTEAD] = STR_INIT("Instead"),
    };
    return words[part];
}

static struct rule_names names_of(struct arena *arena, const struct policy_names *names)
{
    struct rule_names out = {.at = ARENA_ARRAY(arena, struct str, names->count + 1),
                             .count = names->count};
    for (size_t i = 0; i < names->count; i++) {
        out.at[i] = names->at[i].text;
    }
    return out;
}

/* Topics in words, where the pack knows them. */
static struct rule_names topics_of(const struct viewer *viewer, const struct policy_names *names)
{
    struct rule_names out = names_of(viewer->arena, names);
    const struct pack *pack = viewer->pack;
    for (size_t i = 0; i < out.count; i++) {
        for (uint32_t t = 0; t < pack->topic_count; t++) {
            if (str_equal(pack_text(pack, pack->topic[t].name), out.at[i])) {
                out.at[i] = pack_text(pack, pack->topic[t].text);
            }
        }
    }
    return out;
}

static void parts_fill(const struct viewer *viewer, const struct rule_text *text,
                       struct page_rule_view *view)
{
    struct page_rule_part_view *parts =
        ARENA_ARRAY(viewer->arena, struct page_rule_part_view, text->count + 1);
    struct page_point *items = ARENA_ARRAY(viewer->arena, struct page_point, text->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < text->count; i++) {
        items[i].text = text->lines[i].text;
        if (!text->lines[i].is_more) {
            parts[count++] = (struct page_rule_part_view){.word = part_word(text->lines[i].part),
                                                          .items = &items[i]};
        }
        parts[count - 1].items_count++;
    }
    view->parts = parts;
    view->parts_count = count;
}

static struct page_rule_view rule_view(const struct viewer *viewer, const struct pack_rule *rule,
                                       const struct policy_rule *source)
{
    struct rule_source written = {.acts = names_of(viewer->arena, &source->acts),
                                  .overrides = names_of(viewer->arena, &source->overrides),
                                  .against = topics_of(viewer, &source->against)};
    struct rule_text text = rule_text_make(viewer->arena, viewer->pack, rule, &written);
    enum decide_verdict verdict = rule_marks[rule->effect].verdict;
    struct str word = rule_marks[rule->effect].word;
    bool is_plain = rule->strength <= PACK_STRENGTH_ADVISED || rule->effect == PACK_EFFECT_PERMITS;
    if (str_is_empty(word)) {
        word =
            is_plain ? words_strength(rule->effect, rule->strength) : decide_verdict_words(verdict);
    }
    struct page_rule_view view = {.slug = decide_verdict_name(verdict),
                                  .word = words_capital(viewer->arena, word),
                                  .says = text.says};
    if (rule_marks[rule->effect].has_sign) {
        view.sign = sign_of(viewer, verdict);
    }
    parts_fill(viewer, &text, &view);
    return view;
}

/* The compiled rule that was written on this line; a gate is shown with its permit. */
static const struct pack_rule *rule_find(const struct viewer *viewer,
                                         const struct policy_rule *source)
{
    for (uint32_t i = 0; i < viewer->compiled->rule_count; i++) {
        const struct pack_rule *rule = &viewer->pack->rule[viewer->compiled->first_rule + i];
        if (rule->line == source->place.line && rule->effect != PACK_EFFECT_GATES) {
            return rule;
        }
    }
    return NULL;
}

static void rules_fill(const struct viewer *viewer, struct page_clause_view *view)
{
    const struct policy_clause *clause = viewer->clause;
    struct page_rule_view *rules =
        ARENA_ARRAY(viewer->arena, struct page_rule_view, clause->rule_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < clause->rule_count; i++) {
        const struct pack_rule *rule = rule_find(viewer, &clause->rules[i]);
        if (rule) {
            rules[count++] = rule_view(viewer, rule, &clause->rules[i]);
        }
    }
    view->rules = rules;
    view->rules_count = count;
}

/* ---- Conflicts that the policy declares ------------------------------------------------------ */

static void conflicts_fill(const struct viewer *viewer, struct page_clause_view *view)
{
    static const char *const takes[] = {
        [POLICY_TAKE_PERMIT] = "what permits goes first",
        [POLICY_TAKE_PROHIBITION] = "what forbids goes first",
        [POLICY_TAKE_ASK] = "ask first",
    };
    const struct policy_clause *clause = viewer->clause;
    struct page_point *points =
        ARENA_ARRAY(viewer->arena, struct page_point, clause->known_conflict_count + 1);
    for (size_t i = 0; i < clause->known_conflict_count; i++) {
        const struct policy_known_conflict *known = &clause->known_conflicts[i];
        points[i].text =
            str_format(viewer->arena, "Where " STR_FMT " and " STR_FMT " disagree, %s. " STR_FMT,
                       STR_ARG(known->first.text), STR_ARG(known->second.text), takes[known->take],
                       STR_ARG(known->say));
    }
    view->conflicts = points;
    view->conflicts_count = clause->known_conflict_count;
}

/* ---- Examples -------------------------------------------------------------------------------- */

static enum decide_verdict verdict_named(struct str name)
{
    for (int i = 0; i < DECIDE_VERDICT_COUNT; i++) {
        if (str_equal(decide_verdict_name((enum decide_verdict)i), name)) {
            return (enum decide_verdict)i;
        }
    }
    assert(false && "the check has looked up every verdict");
    return DECIDE_VERDICT_UNDETERMINED;
}

static struct page_example_view example_view(const struct viewer *viewer,
                                             const struct policy_example *example)
{
    struct page_verdict_view *verdicts =
        ARENA_ARRAY(viewer->arena, struct page_verdict_view, example->expectation_count + 1);
    for (size_t i = 0; i < example->expectation_count; i++) {
        const struct policy_expectation *expectation = &example->expectations[i];
        enum decide_verdict verdict = verdict_named(expectation->verdict);
        verdicts[i] = (struct page_verdict_view){.slug = decide_verdict_name(verdict),
                                                 .sign = sign_of(viewer, verdict),
                                                 .word = decide_verdict_words(verdict)};
        if (expectation->person != 0) {
            verdicts[i].of = str_format(viewer->arena, "Person %u", expectation->person);
        }
    }
    return (struct page_example_view){.story = example->story,
                                      .verdicts = verdicts,
                                      .verdicts_count = example->expectation_count};
}

static void examples_fill(const struct viewer *viewer, struct page_clause_view *view)
{
    const struct policy_clause *clause = viewer->clause;
    struct page_example_view *examples =
        ARENA_ARRAY(viewer->arena, struct page_example_view, clause->example_count + 1);
    for (size_t i = 0; i < clause->example_count; i++) {
        examples[i] = example_view(viewer, &clause->examples[i]);
    }
    view->examples = examples;
    view->examples_count = clause->example_count;
    view->example_words = str_format(viewer->arena, "%zu example%s", clause->example_count,
                                     clause->example_count == 1 ? "" : "s");
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* The place in the source document as a number; nothing where it has none. */
static struct str number_of(struct str place)
{
    bool is_number = place.len > 0 && place.at[0] >= '0' && place.at[0] <= '9';
    return is_number ? place : (struct str){0};
}

static struct str other_than_key(const struct policy_clause *clause, struct str text)
{
    return str_equal(text, clause->key.text) ? (struct str){0} : text;
}

struct str web_clause_place(struct arena *arena, const struct policy_clause *clause)
{
    struct str place = other_than_key(clause, clause->at);
    return str_is_empty(number_of(place)) ? words_capital(arena, place)
                                          : str_format(arena, "Clause " STR_FMT, STR_ARG(place));
}

static struct str topic_words(const struct viewer *viewer)
{
    uint32_t topic = viewer->compiled->topic;
    return topic == PACK_NONE ? (struct str){0}
                              : pack_text(viewer->pack, viewer->pack->topic[topic].text);
}

struct page_clause_view web_clause_view(struct arena *arena, const struct shelf_pack *one,
                                        const struct policy_clause *clause)
{
    uint32_t index = pack_clause_find(&one->pack, clause->key.text);
    assert(index != PACK_NONE && "every clause of a bundle is in its pack");
    struct viewer viewer = {.arena = arena,
                            .one = one,
                            .pack = &one->pack,
                            .clause = clause,
                            .compiled = &one->pack.clause[index]};
    struct page_clause_view view = {
        .policy = one->document->name,
        .key = clause->key.text,
        .place = web_clause_place(arena, clause),
        .number = number_of(other_than_key(clause, clause->at)),
        .topic = topic_words(&viewer),
        .ledger = other_than_key(clause, clause->ledger),
        .title = clause->title,
        .prose = web_prose_read(arena, clause->prose).html,
        .notes = points_of(arena, clause->notes, clause->note_count),
        .notes_count = clause->note_count,
        .operations = web_operation_views(arena, &one->pack, clause, viewer.compiled),
        .operations_count = viewer.compiled->operation_count};
    rules_fill(&viewer, &view);
    conflicts_fill(&viewer, &view);
    examples_fill(&viewer, &view);
    return view;
}

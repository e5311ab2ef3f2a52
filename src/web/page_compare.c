/*
 * web/page_compare.c - GET /compare?a=PACK&b=PACK: two policies, topic by topic.
 *
 * Read first: compare_int.h; web/templates/compare.html. Start at page_compare().
 * What must hold: clauses are set side by side by their topics alone; nothing is said about whether
 * they mean the same.
 */
#include "web/compare_int.h"

#include <string.h>

#include "interview/words.h"
#include "web/clause_view_int.h"
#include "web/document_int.h"
#include "web/frame_int.h"
#include "web/kept_int.h"
#include "web/pages_int.h"
#include "web/prose_int.h"

/* ---- When the server starts: clauses --------------------------------------------------------- */

/* A sentence ends at . ! or ? before a space and a capital letter or a quotation mark. */
static bool is_sentence_end(struct str words, size_t at)
{
    char mark = words.at[at];
    if ((mark != '.' && mark != '!' && mark != '?') || at + 2 >= words.len) {
        return false;
    }
    char next = words.at[at + 2];
    return words.at[at + 1] == ' ' &&
           ((next >= 'A' && next <= 'Z') || next == '"' || (unsigned char)next >= 0x80);
}

struct str web_compare_sentence(struct arena *arena, struct str words, size_t bytes_max)
{
    words = str_trim(words);
    size_t space = 0;
    for (size_t i = 0; i < words.len; i++) {
        if (is_sentence_end(words, i)) {
            return str_slice(words, 0, i + 1);
        }
        if (words.at[i] == ' ') {
            space = strchr(",;:", words.at[i - 1]) ? i - 1 : i; /* no space stands first */
        }
        if (i + 1 >= bytes_max && i + 1 < words.len && space > 0) {
            return str_format(arena, STR_FMT "…", STR_ARG(str_slice(words, 0, space)));
        }
    }
    return words;
}

/* What the source rule adds to the word of its strength: an approval lifts it, or it closes the
 * topic. */
static struct str word_of(struct arena *arena, const struct pack *pack,
                          const struct pack_clause *compiled, const struct policy_rule *rule,
                          struct str word)
{
    bool has_approval = false;
    for (uint32_t i = 0; i < compiled->rule_count; i++) {
        const struct pack_rule *at = &pack->rule[compiled->first_rule + i];
        for (uint32_t o = 0; at->line == rule->place.line && o < at->outcome_count; o++) {
            has_approval = has_approval ||
                           pack->outcome[at->first_outcome + o].level == PACK_LEVEL_NEEDS_APPROVAL;
        }
    }
    const char *only = rule->only_if ? " only if a condition holds" : "";
    return str_format(arena, STR_FMT "%s", STR_ARG(word),
                      has_approval ? rule->only_if ? " only with approval" : " without approval"
                                   : only);
}

/* The words of the rules, each once. All is copied but the slug, which is no text of the view. */
static void words_fill(struct arena *arena, const struct shelf_pack *one,
                       const struct policy_clause *clause, const struct page_clause_view *view,
                       struct page_compare_clause *out)
{
    const struct pack *pack = &one->pack;
    const struct pack_clause *compiled = &pack->clause[pack_clause_find(pack, clause->key.text)];
    struct page_compare_word *words =
        ARENA_ARRAY(arena, struct page_compare_word, view->rules_count + 1);
    for (size_t i = 0; i < view->rules_count && i < clause->rule_count; i++) {
        const struct page_rule_view *rule = &view->rules[i];
        struct str text = word_of(arena, pack, compiled, &clause->rules[i], rule->word);
        bool is_new = true;
        for (size_t w = 0; w < out->words_count; w++) {
            is_new = is_new && !str_equal(words[w].text, text);
        }
        if (is_new) {
            struct html sign = html_new(arena);
            html_raw(&sign, rule->sign);
            words[out->words_count++] = (struct page_compare_word){
                .slug = rule->slug, .sign = html_take(&sign), .text = text};
        }
    }
    out->words = words;
}

/* Small first letter only. */
static struct str words_small(struct arena *arena, struct str phrase)
{
    struct text out = {.arena = arena};
    text_add(&out, phrase);
    if (out.len > 0 && out.at[0] >= 'A' && out.at[0] <= 'Z') {
        out.at[0] = (char)(out.at[0] - 'A' + 'a');
    }
    return text_str(&out);
}

/* Of a clause without rules: "No rule. Declared: record, review". */
static struct str otherwise_of(struct arena *arena, const struct page_clause_view *view)
{
    if (view->rules_count > 0) {
        return (struct str){0};
    }
    struct text out = {.arena = arena};
    text_add(&out, view->operations_count > 0 ? STR("No rule. Declared: ") : STR("Information"));
    for (size_t i = 0; i < view->operations_count; i++) {
        bool is_repeated = false;
        for (size_t j = 0; j < i; j++) {
            is_repeated =
                is_repeated || str_equal(view->operations[j].kind, view->operations[i].kind);
        }
        if (!is_repeated) {
            text_add(&out, i > 0 ? STR(", ") : STR(""));
            text_add(&out, words_small(arena, view->operations[i].kind));
        }
    }
    return text_str(&out);
}

/* The view of a clause holds much that is not shown here, so it is made aside and gone again. */
static struct page_compare_clause clause_of(struct arena *arena, const struct shelf_pack *one,
                                            const struct policy_clause *clause)
{
    DEFER(arena_close) struct arena *aside = arena_open();
    struct page_clause_view view = web_clause_view(aside, one, clause);
    struct str says = web_compare_sentence(aside, web_prose_read(aside, clause->prose).plain,
                                           WEB_COMPARE_SENTENCE_BYTES_MAX);
    struct page_compare_clause out = {
        .policy = one->document->name,
        .key = clause->key.text,
        .place = str_is_empty(view.place) ? clause->key.text
                                          : str_format(arena, STR_FMT ", " STR_FMT,
                                                       STR_ARG(view.place), STR_ARG(view.key)),
        .title = clause->title,
        .says = str_copy(arena, says),
        .otherwise = otherwise_of(arena, &view)};
    words_fill(arena, one, clause, &view, &out);
    return out;
}

/* ---- When the server starts: topics ---------------------------------------------------------- */

/* "REAch2 Academy Trust" of "REAch2 Academy Trust: staff and social media". */
static struct str name_of(const struct shelf *shelf, const struct shelf_pack *one)
{
    struct str name, other;
    (void)str_cut(one->document->title, ':', &name, NULL);
    for (size_t i = 0; i < shelf->count; i++) {
        (void)str_cut(shelf->at[i].document->title, ':', &other, NULL);
        if (&shelf->at[i] != one && str_equal(name, other)) {
            return one->document->title;
        }
    }
    return name;
}

/* Whether a clause stands under the topic (PACK_NONE: under none) and is no law. */
static bool is_under(const struct pack *pack, const struct web_clause *at, uint32_t topic)
{
    uint32_t index = pack_clause_find(pack, at->clause->key.text);
    return !at->is_law && index != PACK_NONE && pack->clause[index].topic == topic;
}

static struct web_compare_topic topic_of(struct arena *arena, const struct shelf_pack *one,
                                         const struct web_clauses *clauses, uint32_t topic)
{
    const struct pack *pack = &one->pack;
    size_t count = 0;
    for (size_t i = 0; i < clauses->count; i++) {
        count += is_under(pack, &clauses->at[i], topic) ? 1 : 0;
    }
    struct web_compare_topic out = {.clauses =
                                        ARENA_ARRAY(arena, struct page_compare_clause, count + 1)};
    if (topic != PACK_NONE) {
        out.name = pack_text(pack, pack->topic[topic].name);
        out.title = pack_text(pack, pack->topic[topic].text);
    }
    for (size_t i = 0; i < clauses->count; i++) {
        if (is_under(pack, &clauses->at[i], topic)) {
            out.clauses[out.count++] = clause_of(arena, one, clauses->at[i].clause);
        }
    }
    return out;
}

const struct web_compare_policy *web_compare_prepare(struct arena *arena, const struct shelf *shelf)
{
    struct web_compare_policy *policies =
        ARENA_ARRAY(arena, struct web_compare_policy, shelf->count + 1);
    for (size_t i = 0; i < shelf->count; i++) {
        struct web_compare_policy *policy = &policies[i];
        policy->one = &shelf->at[i];
        policy->name = name_of(shelf, policy->one);
        struct web_clauses clauses = web_clauses_of(arena, policy->one);
        uint32_t topic_count = policy->one->pack.topic_count;
        policy->topics = ARENA_ARRAY(arena, struct web_compare_topic, topic_count + 1);
        for (uint32_t t = 0; t <= topic_count; t++) {
            policy->topics[policy->count++] =
                topic_of(arena, policy->one, &clauses, t < topic_count ? t : PACK_NONE);
        }
    }
    return policies;
}

/* ---- Two sides ------------------------------------------------------------------------------- */

struct sides {
    struct page_compare_topic *topics;
    size_t count;
    struct page_compare_topic *alone; /* of these, those that one policy has */
    size_t alone_count;
};

static const struct web_compare_topic *topic_find(const struct web_compare_policy *policy,
                                                  struct str name)
{
    for (size_t i = 0; i < policy->count; i++) {
        if (str_equal(policy->topics[i].name, name)) {
            return &policy->topics[i];
        }
    }
    return NULL;
}

/* Adds a topic, unless neither has a clause under it. */
static void sides_add(struct arena *arena, struct sides *sides, const struct web_compare_policy *a,
                      const struct web_compare_policy *b, struct str name)
{
    const struct web_compare_topic *left = topic_find(a, name), *right = topic_find(b, name);
    size_t left_count = left ? left->count : 0, right_count = right ? right->count : 0;
    if (left_count + right_count == 0) {
        return;
    }
    struct str title = left ? left->title : right->title;
    struct page_compare_topic topic = {
        .id = str_format(arena, "topic-" STR_FMT, STR_ARG(str_is_empty(name) ? STR("none") : name)),
        .title = str_is_empty(title) ? STR("Clauses without a topic") : title,
        .left_count = left_count,
        .right_count = right_count};
    if (left) {
        topic.left = left->clauses;
    }
    if (right) {
        topic.right = right->clauses;
    }
    if (left_count == 0 || right_count == 0) {
        topic.only = left_count == 0 ? b->name : a->name;
        sides->alone[sides->alone_count++] = topic;
    }
    sides->topics[sides->count++] = topic;
}

/* Topics in the order of the first policy, then those that only the second knows, then none. */
static struct sides sides_make(struct arena *arena, const struct web_compare_policy *a,
                               const struct web_compare_policy *b)
{
    size_t most = a->count + b->count + 1;
    struct sides sides = {.topics = ARENA_ARRAY(arena, struct page_compare_topic, most),
                          .alone = ARENA_ARRAY(arena, struct page_compare_topic, most)};
    for (size_t i = 0; i < a->count; i++) {
        if (!str_is_empty(a->topics[i].name)) {
            sides_add(arena, &sides, a, b, a->topics[i].name);
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        if (!str_is_empty(b->topics[i].name) && !topic_find(a, b->topics[i].name)) {
            sides_add(arena, &sides, a, b, b->topics[i].name);
        }
    }
    sides_add(arena, &sides, a, b, (struct str){0});
    return sides;
}

/* "Both policies speak of 14 topics. 3 topics stand in one of them alone." */
static struct str sum_words(struct arena *arena, const struct sides *sides)
{
    size_t both = sides->count - sides->alone_count, alone = sides->alone_count;
    struct str first =
        str_format(arena, "Both policies speak of %zu topic%s.", both, both == 1 ? "" : "s");
    return alone == 0 ? first
                      : str_format(arena, STR_FMT " %zu topic%s in one of them alone.",
                                   STR_ARG(first), alone, alone == 1 ? " stands" : "s stand");
}

/* ---- The page -------------------------------------------------------------------------------- */

struct asked {
    struct web_exchange *exchange;
    const struct web_compare_policy *a, *b; /* NULL: not chosen */
    struct web_form_errors errors;
};

/* The policy that a field names. Law is no policy that somebody compares. */
static const struct web_compare_policy *asked_for(struct asked *asked, struct str field,
                                                  struct str missing)
{
    struct web_exchange *exchange = asked->exchange;
    struct str name = web_form_value(&exchange->arguments, field);
    const struct shelf_pack *one = web_pack_named(exchange, name);
    if (one && web_is_asked(exchange->site->shelf, one)) {
        return &exchange->site->kept->compare[one - exchange->site->shelf->at];
    }
    web_form_error(&asked->errors, field, missing);
    return NULL;
}

/* The policies that can be chosen, with an empty choice while there is none. */
static const struct page_option *options_of(const struct asked *asked,
                                            const struct web_compare_policy *chosen, size_t *count)
{
    const struct shelf *shelf = asked->exchange->site->shelf;
    struct page_option *options =
        ARENA_ARRAY(asked->exchange->arena, struct page_option, shelf->count + 1);
    if (!chosen) {
        options[(*count)++] =
            (struct page_option){.text = STR("Choose a policy"), .is_selected = true};
    }
    for (size_t i = 0; i < shelf->count; i++) {
        const struct shelf_pack *one = &shelf->at[i];
        if (web_is_asked(shelf, one)) {
            options[(*count)++] = (struct page_option){.text = one->document->title,
                                                       .value = one->document->name,
                                                       .is_selected = chosen && chosen->one == one};
        }
    }
    return options;
}

/* What is to be put right, above the form. */
static struct html_raw problem_of(const struct asked *asked)
{
    struct html out = html_new(asked->exchange->arena);
    if (asked->a && asked->a == asked->b) {
        page_compare_same(
            &out, &(struct page_compare_same_args){.title = asked->a->one->document->title});
    }
    size_t count = asked->errors.count;
    struct page_error_item *items =
        ARENA_ARRAY(asked->exchange->arena, struct page_error_item, count + 1);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct page_error_item){.text = asked->errors.at[i].message,
                                            .href = str_format(asked->exchange->arena, "#" STR_FMT,
                                                               STR_ARG(asked->errors.at[i].field))};
    }
    if (count > 0) {
        page_error_summary(
            &out, &(struct page_error_summary_args){
                      .title = STR("There is a problem"), .items = items, .items_count = count});
    }
    return html_take(&out);
}

static void answer(struct web_exchange *exchange, enum web_status status, struct str title,
                   const struct html *main)
{
    web_frame(
        exchange, status,
        &(struct web_frame){.title = title, .place = STR("/compare"), .main = html_take(main)});
    exchange->answer.cache = WEB_CACHE_CHECK;
}

static void choose(const struct asked *asked)
{
    struct page_compare_choose_args args = {.problem = problem_of(asked),
                                            .missing = web_form_error_of(&asked->errors, STR("a")),
                                            .missing_other =
                                                web_form_error_of(&asked->errors, STR("b"))};
    args.policies = options_of(asked, asked->a, &args.policies_count);
    bool is_same = asked->a && asked->a == asked->b;
    args.others = options_of(asked, is_same ? NULL : asked->b, &args.others_count);
    struct html main = html_new(asked->exchange->arena);
    page_compare_choose(&main, &args);
    answer(asked->exchange, asked->errors.count > 0 ? WEB_FORM_INVALID : WEB_OK,
           STR("Compare two policies"), &main);
}

static void compare(const struct asked *asked)
{
    struct arena *arena = asked->exchange->arena;
    const struct web_compare_policy *a = asked->a, *b = asked->b;
    struct sides sides = sides_make(arena, a, b);
    struct text swap = {.arena = arena};
    web_form_add(&swap, STR("a"), b->one->document->name);
    web_form_add(&swap, STR("b"), a->one->document->name);
    struct page_compare_page_args args = {
        .title = a->one->document->title,
        .other_title = b->one->document->title,
        .left = a->name,
        .right = b->name,
        .sum = sum_words(arena, &sides),
        .swap = str_format(arena, "/compare?" STR_FMT, STR_ARG(text_str(&swap))),
        .topics = sides.topics,
        .topics_count = sides.count,
        .alone = sides.alone,
        .alone_count = sides.alone_count};
    args.policies = options_of(asked, a, &args.policies_count);
    args.others = options_of(asked, b, &args.others_count);
    struct html main = html_new(arena);
    page_compare_page(&main, &args);
    answer(asked->exchange, WEB_OK,
           str_format(arena, STR_FMT " and " STR_FMT, STR_ARG(a->name), STR_ARG(b->name)), &main);
}

void page_compare(struct web_exchange *exchange)
{
    struct asked asked = {.exchange = exchange, .errors = {.arena = exchange->arena}};
    if (web_form_has(&exchange->arguments, STR("a")) ||
        web_form_has(&exchange->arguments, STR("b"))) {
        asked.a = asked_for(&asked, STR("a"), STR("Choose the first policy"));
        asked.b = asked_for(&asked, STR("b"), STR("Choose the second policy"));
    }
    if (asked.a && asked.b && asked.a != asked.b) {
        compare(&asked);
    } else {
        choose(&asked);
    }
}

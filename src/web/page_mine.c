/*
 * web/page_mine.c - GET /desk/may-i and /desk/check: "May I?" and "Check before you post" for who
 * is signed in: the school's policy, and what is known already is not asked again.
 *
 * Read first: page_interview.c, interview/interview.h (the form); check_int.h; actions/do_me.c.
 *
 * What must hold
 * - Only what the person would otherwise say of themselves goes onto the page; it is shown with
 *   where it is known from, and can be taken back like any answer.
 * - What is asked and checked afterwards stays in the browser, as for everybody.
 */
#include "base/json.h"
#include "pack/pack.h"
#include "web/check_int.h"
#include "web/interview_int.h"
#include "web/kept_int.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/signed_in_int.h"

/* The machine's word of a cell that has one, or what is shown. */
static struct str word_of(const struct action_cell *cell)
{
    return str_is_empty(cell->raw) ? cell->text : cell->raw;
}

static const struct action_cell *cell_at(const struct action_list *list, size_t row, size_t column)
{
    return &list->cells[row * list->column_count + column];
}

/* What the records say of who is signed in, as far as this policy knows the facts. */
static struct web_check_known *known_of(struct arena *arena, const struct pack *pack,
                                        const struct action_answer *answer, size_t *count)
{
    const struct action_list *facts = action_list_named(answer, "facts");
    struct web_check_known *known =
        ARENA_ARRAY(arena, struct web_check_known, facts->row_count + 1);
    *count = 0;
    for (size_t row = 0; row < facts->row_count; row++) {
        struct web_check_known one = {.fact = cell_at(facts, row, 0)->text,
                                      .value = word_of(cell_at(facts, row, 1)),
                                      .source = cell_at(facts, row, 2)->text};
        if (web_pack_knows(pack, one.fact, one.value)) {
            known[(*count)++] = one;
        }
    }
    return known;
}

/* "f.person=teacher&f.time=lesson" */
static struct text form_of(struct arena *arena, const struct web_check_known *known, size_t count)
{
    struct text form = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        web_form_add(&form, str_format(arena, "f." STR_FMT, STR_ARG(known[i].fact)),
                     known[i].value);
    }
    return form;
}

/* The declared relationship whose number is `about`: its row, or STR_NONE. */
static size_t declared_row(const struct action_list *declared, struct str about)
{
    for (size_t row = 0; row < declared->row_count; row++) {
        if (!str_is_empty(about) && str_equal(cell_at(declared, row, 1)->value, about)) {
            return row;
        }
    }
    return STR_NONE;
}

/*
 * "&people=1&f.1.other=own-child&f.1.other=pupil": the person concerned, of whom "FACT VALUE VALUE"
 * is known, as far as the policy knows the words.
 */
static void add_person(struct arena *arena, const struct pack *pack, struct str means,
                       struct text *form)
{
    struct str fact, value;
    (void)str_cut(means, ' ', &fact, &means);
    web_form_add(form, STR("people"), STR("1"));
    while (!str_is_empty(means)) {
        (void)str_cut(means, ' ', &value, &means);
        if (web_pack_knows(pack, fact, value)) {
            web_form_add(form, str_format(arena, "f.1." STR_FMT, STR_ARG(fact)), value);
        }
    }
}

/* Above the page: who is signed in, and whom it is about or could be about. */
static struct html_raw above(struct web_exchange *exchange, const struct action_list *declared,
                             size_t chosen)
{
    struct page_office_declared_args args = {.who = web_who_is_signed_in(exchange)};
    struct page_office_link *links =
        ARENA_ARRAY(exchange->arena, struct page_office_link, declared->row_count + 1);
    for (size_t row = 0; row < declared->row_count; row++) {
        const struct action_cell *whom = cell_at(declared, row, 1);
        struct str words = str_is_empty(whom->text) ? cell_at(declared, row, 0)->text : whom->text;
        if (row == chosen) {
            args.whom = words;
        } else if (!str_is_empty(cell_at(declared, row, 2)->text)) {
            links[args.links_count++] = (struct page_office_link){
                words,
                str_format(exchange->arena, "/desk/may-i?about=" STR_FMT, STR_ARG(whom->value))};
        }
    }
    args.links = links;
    struct html out = html_new(exchange->arena);
    page_office_declared(&out, &args);
    return html_take(&out);
}

/* The school's words of some kind, one a line. */
static struct str lines_of(struct arena *arena, const struct action_answer *answer,
                           const char *kind)
{
    const struct action_list *names = action_list_named(answer, "names");
    struct text lines = {.arena = arena};
    for (size_t row = 0; row < names->row_count; row++) {
        if (str_equal(word_of(cell_at(names, row, 0)), str_from(kind))) {
            text_add(&lines, cell_at(names, row, 1)->text);
            text_add_char(&lines, '\n');
        }
    }
    return text_str(&lines);
}

/*
 * What me.facts says of who is signed in, and the policy of their school; where there is none, all
 * policies are at `otherwise`. NULL: the answer is made already.
 */
static const struct web_kept_policy *mine_of(struct web_exchange *exchange, const char *otherwise,
                                             struct action_answer *answer)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office || !web_must_sign_in(exchange)) {
        return NULL;
    }
    struct action_given given = {STR("at"), web_form_value(&exchange->arguments, STR("at"))};
    struct action_request request = {.action = action_named(STR("me.facts")),
                                     .actor = web_session(exchange)->person,
                                     .is_factor_vouched = web_session(exchange)->is_factor_vouched,
                                     .given = &given,
                                     .given_count = 1};
    struct action_outcome outcome;
    struct result ran = action_run(&office->place, &request, exchange->arena, &outcome);
    if (!result_is_ok(ran)) {
        web_failed(exchange, ran);
        return NULL;
    }
    *answer = outcome.answer;
    const struct web_kept_policy *policy =
        web_kept_policy_named(exchange, word_of(action_entry_named(answer, "policy")));
    if (!policy) {
        web_redirect(exchange, str_from(otherwise));
    }
    return policy;
}

void page_mine(struct web_exchange *exchange)
{
    struct action_answer answer;
    size_t count = 0;
    const struct web_kept_policy *policy = mine_of(exchange, "/may-i", &answer);
    if (policy) {
        const struct pack *pack = &policy->pack->pack;
        const struct web_check_known *known = known_of(exchange->arena, pack, &answer, &count);
        const struct action_list *declared = action_list_named(&answer, "declared");
        size_t about = declared_row(declared, web_form_value(&exchange->arguments, STR("about")));
        struct text form = form_of(exchange->arena, known, count);
        if (about != STR_NONE) {
            add_person(exchange->arena, pack, cell_at(declared, about, 2)->text, &form);
        }
        web_interview_turn(exchange, policy, text_str(&form), above(exchange, declared, about));
    }
}

void page_mine_check(struct web_exchange *exchange)
{
    struct action_answer answer;
    const struct web_kept_policy *policy = mine_of(exchange, "/check", &answer);
    if (policy) {
        struct arena *arena = exchange->arena;
        struct web_check_mine mine = {.names = lines_of(arena, &answer, "name"),
                                      .brief = lines_of(arena, &answer, "abbreviation"),
                                      .mail = lines_of(arena, &answer, "domain"),
                                      .before = web_who_is_signed_in(exchange)};
        mine.known = known_of(arena, &policy->pack->pack, &answer, &mine.known_count);
        web_check_private(exchange, policy, &mine);
    }
}

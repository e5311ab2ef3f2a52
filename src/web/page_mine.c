/*
 * web/page_mine.c - GET /desk/may-i: "May I?" for who is signed in: the school's policy, and what
 * is known already is not asked again.
 *
 * Read first: page_interview.c, interview/interview.h (the form); actions/do_me.c.
 *
 * What must hold
 * - Only what the person would otherwise say of themselves goes into the form; it is shown among
 *   what was said, and can be taken back like any answer.
 * - What is asked afterwards stays in the browser, as for everybody.
 */
#include "base/json.h"
#include "pack/pack.h"
#include "web/interview_int.h"
#include "web/kept_int.h"
#include "web/office_int.h"
#include "web/pages_int.h"
#include "web/signed_in_int.h"

/* "f.person=teacher&f.time=lesson": the facts that this policy knows. */
static struct str form_of(struct web_exchange *exchange, const struct pack *pack,
                          const struct action_answer *answer)
{
    struct text form = {.arena = exchange->arena};
    for (size_t i = 0; i < answer->list_count; i++) {
        const struct action_list *list = &answer->lists[i];
        if (!str_equal(list->name, STR("facts"))) {
            continue;
        }
        for (size_t row = 0; row < list->row_count; row++) {
            struct str fact = list->cells[row * list->column_count].text;
            const struct action_cell *value = &list->cells[row * list->column_count + 1];
            struct str word = str_is_empty(value->raw) ? value->text : value->raw;
            if (web_pack_knows(pack, fact, word)) {
                web_form_add(&form, str_format(exchange->arena, "f." STR_FMT, STR_ARG(fact)), word);
            }
        }
    }
    return text_str(&form);
}

static struct str entry_of(const struct action_answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->entry_count; i++) {
        if (str_equal(answer->entries[i].column.name, str_from(name))) {
            const struct action_cell *cell = &answer->entries[i].cell;
            return str_is_empty(cell->raw) ? cell->text : cell->raw;
        }
    }
    return (struct str){0};
}

void page_mine(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    if (!office || !web_must_sign_in(exchange)) {
        return;
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
        return;
    }
    const struct web_kept_policy *policy =
        web_kept_policy_named(exchange, entry_of(&outcome.answer, "policy"));
    if (!policy) {
        web_redirect(exchange,
                     STR("/may-i")); /* no school, or it has adopted none: all are there */
        return;
    }
    web_interview_turn(exchange, policy, form_of(exchange, &policy->pack->pack, &outcome.answer));
}

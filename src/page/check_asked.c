/*
 * page/check_asked.c - what an answer can depend on, and the way on to "May I?".
 *
 * Read first: check_int.h; interview/interview.h for the names of fields. A question that has been
 * answered stays, so that the answer can be changed where it was given.
 */
#include "page/check_int.h"

#include "interview/words.h"

struct asking {
    const struct check_page *page;
    struct page_check_question *questions;
    size_t count;
    struct page_point *others; /* questions that have no field here */
    size_t other_count;
    bool has_open; /* one that is not answered yet is unfolded, where something was found */
};

/* ---- Questions ------------------------------------------------------------------------------- */

/* Numbers and days are asked by "May I?". */
static bool is_choice(const struct pack_fact *fact)
{
    return fact->kind == PACK_FACT_ONE_OF || fact->kind == PACK_FACT_SOME_OF ||
           fact->kind == PACK_FACT_YES_NO;
}

static bool is_name_in(struct str names, struct str name)
{
    while (!str_is_empty(names)) {
        struct str one;
        (void)str_cut(names, ',', &one, &names);
        if (str_equal(one, name)) {
            return true;
        }
    }
    return false;
}

/* The values that are offered, as names: those of before, else those that can still matter. */
static struct str offered_names(const struct asking *asking, uint32_t fact,
                                const struct interview_offer *offer)
{
    const struct check_page *page = asking->page;
    struct str name = pack_text(page->pack, page->pack->fact[fact].name);
    struct str field = str_format(page->arena, "offer." STR_FMT, STR_ARG(name));
    struct str before = form_value(&page->fields, field);
    if (!str_is_empty(before)) {
        return before;
    }
    struct text out = {.arena = page->arena};
    for (size_t i = 0; i < offer->count; i++) {
        const struct pack_value *value =
            &page->pack->value[page->pack->fact[fact].first_value + offer->values[i]];
        text_addf(&out, "%s" STR_FMT, i == 0 ? "" : ",",
                  STR_ARG(pack_text(page->pack, value->name)));
    }
    return text_str(&out);
}

static bool is_checked(const struct interview_said *said, const struct pack_fact *fact,
                       uint32_t value)
{
    if (said == NULL || said->state != DECIDE_STATE_GIVEN) {
        return false;
    }
    if (fact->kind == PACK_FACT_YES_NO) {
        return said->yes == (value == 1);
    }
    for (size_t i = 0; i < said->value_count; i++) {
        if (said->values[i] == value) {
            return true;
        }
    }
    return value == fact->value_count && said->value_count + said->open_count == 0;
}

static void choice_add(const struct asking *asking, struct page_check_question *question,
                       struct page_choice *choices, struct page_choice choice)
{
    size_t number = question->choices_count + 1;
    choice.id = number == 1 ? question->field
                            : str_format(asking->page->arena, STR_FMT "-%zu",
                                         STR_ARG(question->field), number);
    choice.text = words_capital(asking->page->arena, choice.text);
    choices[question->choices_count++] = choice;
}

static void choices_fill(const struct asking *asking, struct page_check_question *question,
                         uint32_t index, const struct interview_said *said)
{
    const struct pack *pack = asking->page->pack;
    const struct pack_fact *fact = &pack->fact[index];
    struct page_choice *choices =
        ARENA_ARRAY(asking->page->arena, struct page_choice, fact->value_count + 3);
    question->choices = choices;
    if (fact->kind == PACK_FACT_YES_NO) {
        choice_add(asking, question, choices,
                   (struct page_choice){.value = STR("yes"),
                                        .text = STR("yes"),
                                        .is_checked = is_checked(said, fact, 1)});
        choice_add(asking, question, choices,
                   (struct page_choice){.value = STR("no"),
                                        .text = STR("no"),
                                        .is_checked = is_checked(said, fact, 0)});
    }
    for (uint32_t i = 0; i < fact->value_count; i++) {
        const struct pack_value *value = &pack->value[fact->first_value + i];
        struct str name = pack_text(pack, value->name);
        bool is_now = is_checked(said, fact, i);
        if (is_now || is_name_in(question->offered, name)) {
            choice_add(asking, question, choices,
                       (struct page_choice){.value = name,
                                            .text = pack_text(pack, value->text),
                                            .is_checked = is_now});
        }
    }
    if (fact->kind != PACK_FACT_YES_NO) {
        choice_add(asking, question, choices,
                   (struct page_choice){.value = STR("none"),
                                        .text = question->is_some
                                                    ? STR("none of these")
                                                    : STR("something else, or does not apply"),
                                        .is_exclusive = question->is_some,
                                        .is_checked = is_checked(said, fact, fact->value_count)});
    }
    choice_add(
        asking, question, choices,
        (struct page_choice){.value = STR("unknown"),
                             .text = STR("I don’t know"),
                             .is_exclusive = question->is_some,
                             .is_checked = said != NULL && said->state == DECIDE_STATE_UNKNOWN});
}

static void question_add(struct asking *asking, const struct decide_next *next)
{
    const struct check_page *page = asking->page;
    const struct pack_fact *fact = &page->pack->fact[next->fact];
    if (!is_choice(fact)) {
        asking->others[asking->other_count++].text =
            words_question(pack_text(page->pack, fact->question));
        return;
    }
    struct interview_offer offer;
    interview_offer(page->pack, next, &offer);
    struct page_check_question question = {
        .field = interview_field(page->arena, page->pack, next->fact, 0),
        .fact = pack_text(page->pack, fact->name),
        .question = words_question(pack_text(page->pack, fact->question)),
        .hint = pack_text(page->pack, fact->help),
        .is_some = fact->kind == PACK_FACT_SOME_OF,
        .offered = offered_names(asking, next->fact, &offer)};
    const struct interview_said *said = interview_said_find(page->said, next->fact, 0);
    choices_fill(asking, &question, next->fact, said);
    question.is_open = said != NULL || !asking->has_open;
    asking->has_open |= said == NULL;
    asking->questions[asking->count++] = question;
}

/* Who writes and where it stands is asked beside the draft. */
static bool is_beside(const struct pack *pack, uint32_t fact)
{
    return fact == pack_fact_find(pack, STR("person")) ||
           fact == pack_fact_find(pack, STR("account"));
}

static void answered_add(struct asking *asking)
{
    const struct interview *said = asking->page->said;
    for (size_t i = 0; i < said->said_count; i++) {
        const struct interview_said *one = &said->said[i];
        const struct pack_fact *fact = &asking->page->pack->fact[one->fact];
        if (one->person == 0 && is_choice(fact) && !is_beside(asking->page->pack, one->fact)) {
            question_add(asking, &(struct decide_next){.fact = one->fact});
        }
    }
}

static void asked_add(struct asking *asking)
{
    const struct check_answer *answer = asking->page->answer;
    for (size_t i = 0; i < answer->asked_count; i++) {
        struct decide_next next = {.fact = answer->asked[i].fact};
        if (interview_said_find(asking->page->said, next.fact, 0) != NULL ||
            is_beside(asking->page->pack, next.fact)) {
            continue;
        }
        bool is_next = answer->overall->next.fact == next.fact;
        question_add(asking, is_next ? &answer->overall->next : &next);
    }
}

struct html_raw check_questions_render(const struct check_page *page)
{
    size_t room = page->said->said_count + page->answer->asked_count + 1;
    struct asking asking = {.page = page,
                            .has_open = page->shown_count == 0,
                            .questions = ARENA_ARRAY(page->arena, struct page_check_question, room),
                            .others = ARENA_ARRAY(page->arena, struct page_point, room)};
    answered_add(&asking);
    asked_add(&asking);
    struct html out = html_new(page->arena);
    if (asking.count + asking.other_count > 0) {
        page_check_questions(
            &out, &(struct page_check_questions_args){.questions = asking.questions,
                                                      .questions_count = asking.count,
                                                      .others = asking.others,
                                                      .others_count = asking.other_count,
                                                      .has_button = !check_is_private(page)});
    }
    return html_take(&out);
}

/* ---- On to "May I?" -------------------------------------------------------------------------- */

/* The values of a choice that hold, or of which one holds, in the question that was decided. */
static void values_carry(const struct decide_question *question, uint32_t fact,
                         struct interview_said *said)
{
    const struct pack_fact *record = &question->pack->fact[fact];
    for (uint32_t i = 0; i < record->value_count; i++) {
        const struct decide_given *given = &question->given[record->first_variable];
        bool is_some = record->kind == PACK_FACT_SOME_OF;
        uint64_t held = is_some ? 2 : UINT64_C(1) << i;
        given = is_some ? given + i : given;
        if (given->state == DECIDE_STATE_GIVEN && given->domain == held) {
            said->values[said->value_count++] = i;
        }
    }
    for (uint32_t e = 0; e < question->either_count; e++) {
        const struct decide_either *either = &question->eithers[e];
        for (uint32_t i = 0; i < record->value_count; i++) {
            if (either->person == 0 && either->fact == fact && (either->values >> i & 1) != 0 &&
                said->open_count < INTERVIEW_VALUES_MAX) {
                said->open[said->open_count++] = i;
            }
        }
    }
}

/* What is so is carried on; that nothing was found of a thing does not mean that it is not so. */
static void fact_carry(struct interview *on, const struct check_page *page, uint32_t fact)
{
    const struct decide_question *question = page->answer->question;
    const struct pack_fact *record = &page->pack->fact[fact];
    struct interview_said said = {.fact = fact, .state = DECIDE_STATE_GIVEN};
    const struct interview_said *before = interview_said_find(page->said, fact, 0);
    if (record->kind == PACK_FACT_ONE_OF || record->kind == PACK_FACT_SOME_OF) {
        values_carry(question, fact, &said);
    } else if (record->kind == PACK_FACT_YES_NO) {
        const struct decide_given *given = &question->given[record->first_variable];
        said.yes = given->state == DECIDE_STATE_GIVEN && given->domain == 2;
    }
    if (said.value_count + said.open_count > 0 || said.yes) {
        (void)interview_say(on, &said);
    } else if (before != NULL) {
        (void)interview_say(on, before);
    }
}

struct str check_further(const struct check_page *page)
{
    struct interview *on = interview_new(page->arena, page->pack);
    on->act = check_act(page->pack, page->channel);
    if (on->act == PACK_NONE) {
        return (struct str){0};
    }
    for (uint32_t fact = 0; page->answer->question != NULL && fact < page->pack->fact_count;
         fact++) {
        if (page->pack->fact[fact].is_other == 0) {
            fact_carry(on, page, fact);
        }
    }
    return str_format(page->arena, "/may-i?policy=" STR_FMT "#" STR_FMT,
                      STR_ARG(pack_name(page->pack)), STR_ARG(interview_form_text(on)));
}

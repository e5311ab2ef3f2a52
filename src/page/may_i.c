/*
 * page/may_i.c - see may_i.h.
 *
 * Read first: interview/interview.h, on turns; web/templates/may_i.html. Start at page_may_i().
 * Each stage fills the arguments of one template; the words stand in the template, in the pack and
 * in interview/.
 */
#include "page/may_i.h"

#include "interview/answer_text.h"
#include "interview/interview.h"
#include "interview/words.h"
#include "page/reasons.h"
#include "page/sign.h"
#include "page/templates.h"

struct turn_page {
    struct arena *arena;
    const struct pack *pack;
    const struct interview_turn *turn;
    struct html_raw problem, lost; /* above the heading; mostly empty */
    struct str go;                 /* what Enter does */
    struct str title;
    struct html main;
};

/* ---- What was said --------------------------------------------------------------------------- */

static struct str about(const struct turn_page *page, uint32_t person)
{
    const struct interview *interview = page->turn->interview;
    if (person == 0 || interview->person_count < 2)
        return (struct str){0};
    return str_format(page->arena, "About " STR_FMT,
                      STR_ARG(interview_person_words(interview, person)));
}

/* A question in the list of what was said: short, and of whom where there are several people. */
static struct str question_said(const struct turn_page *page, uint32_t fact, uint32_t person)
{
    struct str label =
        words_capital(page->arena, pack_text(page->pack, page->pack->fact[fact].label));
    struct str whom = about(page, person);
    return str_is_empty(whom) ? label
                              : str_format(page->arena, STR_FMT " (" STR_FMT ")", STR_ARG(label),
                                           STR_ARG(interview_person_words(page->turn->interview,
                                                                          person)));
}

static size_t said_steps(const struct turn_page *page, struct page_said_step *steps)
{
    const struct interview *interview = page->turn->interview;
    size_t count = 0;
    if (interview->act != PACK_NONE)
        steps[count++] = (struct page_said_step){
            .question = STR("What I want to do"),
            .answer = words_capital(page->arena, words_act(page->pack, interview->act))};
    for (size_t i = 0; i < interview->said_count; i++) {
        const struct interview_said *said = &interview->said[i];
        steps[count++] = (struct page_said_step){
            .question = question_said(page, said->fact, said->person),
            .answer = words_capital(page->arena, interview_said_words(interview, said)),
            .field = interview_field(page->arena, page->pack, said->fact, said->person)};
    }
    return count;
}

static size_t presumed_count(const struct turn_page *page)
{
    return page->turn->stage == INTERVIEW_STAGE_ANSWER ? page->turn->answer->presumed_count : 0;
}

/* What an answer takes for granted can be said otherwise, as what was said can. */
static size_t presumed_steps(const struct turn_page *page, struct page_said_step *steps)
{
    size_t count = presumed_count(page);
    for (size_t i = 0; i < count; i++) {
        const struct decide_presumed *presumed = &page->turn->answer->presumed[i];
        struct str label, value;
        if (!str_cut(presumed->text, ':', &label, &value)) {
            value = label;
        }
        steps[i] = (struct page_said_step){
            .question = question_said(page, presumed->fact, presumed->person),
            .answer = str_format(page->arena, STR_FMT " (taken for granted)",
                                 STR_ARG(words_capital(page->arena, str_trim(value)))),
            .field = interview_field(page->arena, page->pack, presumed->fact, presumed->person)};
    }
    return count;
}

static struct html_raw turn_render(const struct turn_page *page)
{
    const struct interview *interview = page->turn->interview;
    struct form form = interview_form(interview);
    struct page_hidden *state = ARENA_ARRAY(page->arena, struct page_hidden, form.count + 1);
    state[0] = (struct page_hidden){STR("policy"), pack_name(page->pack)};
    for (size_t i = 0; i < form.count; i++)
        state[i + 1] = (struct page_hidden){form.fields[i].name, form.fields[i].value};
    struct page_said_step *steps =
        ARENA_ARRAY(page->arena, struct page_said_step,
                    interview->said_count + presumed_count(page) + 2);
    size_t step_count = said_steps(page, steps);
    step_count += presumed_steps(page, steps + step_count);
    struct page_point *have =
        ARENA_ARRAY(page->arena, struct page_point, interview->have_count + 1);
    for (size_t i = 0; i < interview->have_count; i++)
        have[i].text = interview_have_words(interview, &interview->have[i]);
    struct html out = html_new(page->arena);
    page_turn(&out, &(struct page_turn_args){.state = state,
                                             .state_count = form.count + 1,
                                             .go = page->go,
                                             .main = html_take(&page->main),
                                             .said = steps,
                                             .said_count = step_count,
                                             .have = have,
                                             .have_count = interview->have_count,
                                             .can_restart = step_count != 0});
    return html_take(&out);
}

/* ---- Which act ------------------------------------------------------------------------------- */

static struct page_act_choice act_choice(const struct turn_page *page, uint32_t act)
{
    const struct pack_act *record = &page->pack->act[act];
    return (struct page_act_choice){
        .name = pack_text(page->pack, record->name),
        .text = words_capital(page->arena, pack_text(page->pack, record->text)),
        .example = pack_text(page->pack, record->example)};
}

static struct page_act_choice *act_choices(const struct turn_page *page,
                                           const struct interview_found *found)
{
    struct page_act_choice *choices =
        ARENA_ARRAY(page->arena, struct page_act_choice, found->count + 1);
    for (size_t i = 0; i < found->count; i++)
        choices[i] = act_choice(page, found->acts[i]);
    return choices;
}

/* "Post, comment, share": what a group holds, by name. */
static struct str group_title(const struct turn_page *page, const struct interview_found *found)
{
    struct text out = {.arena = page->arena};
    for (size_t i = 0; i < found->count; i++) {
        struct str name = pack_text(page->pack, page->pack->act[found->acts[i]].name);
        text_addf(&out, "%s" STR_FMT, i == 0 ? "" : ", ",
                  STR_ARG(words_of_name(page->arena, name)));
    }
    return words_capital(page->arena, text_str(&out));
}

static void act_stage(struct turn_page *page)
{
    struct interview_groups groups;
    interview_groups(page->pack, &groups);
    struct page_act_group *shown =
        ARENA_ARRAY(page->arena, struct page_act_group, groups.count + 1);
    for (size_t i = 0; i < groups.count; i++) {
        struct interview_found found;
        interview_group_acts(page->pack, groups.names[i], &found);
        shown[i] = (struct page_act_group){.title = group_title(page, &found),
                                           .acts = act_choices(page, &found),
                                           .acts_count = found.count};
    }
    const struct interview_turn *turn = page->turn;
    page->title = STR("What do you want to do?");
    page->go = STR("find");
    page_choose_act(&page->main,
                    &(struct page_choose_act_args){
                        .caption = pack_title(page->pack),
                        .problem = page->problem,
                        .lost = page->lost,
                        .find = turn->find,
                        .has_searched = turn->has_searched,
                        .found = act_choices(page, &turn->found),
                        .found_count = turn->found.count,
                        .groups = shown,
                        .groups_count = groups.count});
}

/* ---- People ---------------------------------------------------------------------------------- */

/* "May I accept a friend request?" */
static struct str may_i(const struct turn_page *page)
{
    return str_format(page->arena, "May I " STR_FMT "?",
                      STR_ARG(words_act(page->pack, page->turn->interview->act)));
}

static void people_stage(struct turn_page *page)
{
    bool is_wrong = !str_is_empty(page->turn->problem.message);
    page->title = STR("How many other people does it concern?");
    page_choose_people(
        &page->main,
        &(struct page_choose_people_args){
            .caption = may_i(page),
            .problem = page->problem,
            .message = page->turn->problem.message,
            .value = is_wrong ? form_value(page->turn->posted, STR("people")) : STR("1")});
}

static void names_stage(struct turn_page *page)
{
    const struct interview *interview = page->turn->interview;
    struct page_person_name *people =
        ARENA_ARRAY(page->arena, struct page_person_name, interview->person_count + 1);
    for (uint32_t i = 0; i < interview->person_count; i++)
        people[i] = (struct page_person_name){
            .field = str_format(page->arena, "label.%u", i + 1),
            .number = i + 1,
            .value = interview->labels[i]};
    page->title = STR("What shall they be called here?");
    page_choose_names(&page->main,
                      &(struct page_choose_names_args){.caption = may_i(page),
                                                       .problem = page->problem,
                                                       .people = people,
                                                       .people_count = interview->person_count});
}

/* ---- One question ---------------------------------------------------------------------------- */

/* What the control shows: what was typed beside a problem, else the answer that is changed. */
static bool is_chosen(const struct turn_page *page, struct str field, uint32_t value)
{
    const struct interview_turn *turn = page->turn;
    const struct pack_fact *fact = &page->pack->fact[turn->next.fact];
    (void)field;
    if (!turn->is_change || turn->before.state != DECIDE_STATE_GIVEN)
        return false;
    if (fact->kind == PACK_FACT_YES_NO)
        return turn->before.yes == (value == 1);
    for (size_t i = 0; i < turn->before.value_count; i++)
        if (turn->before.values[i] == value)
            return true;
    return false;
}

static bool is_offered(const struct decide_next *next, uint32_t value)
{
    bool is_among = next->choice_count == 0;
    for (size_t i = 0; i < next->choice_count; i++)
        is_among = is_among || next->choices[i] == value;
    return is_among;
}

static struct page_choice choice_of(const struct turn_page *page, struct str field, uint32_t value,
                                    struct str name, struct str text, size_t number)
{
    return (struct page_choice){
        .value = name,
        .text = words_capital(page->arena, text),
        .id = number == 1 ? field : str_format(page->arena, STR_FMT "-%zu", STR_ARG(field), number),
        .is_checked = is_chosen(page, field, value)};
}

static size_t choices_fill(const struct turn_page *page, struct str field,
                           struct page_choice *choices)
{
    const struct decide_next *next = &page->turn->next;
    const struct pack_fact *fact = &page->pack->fact[next->fact];
    size_t count = 0;
    if (fact->kind == PACK_FACT_YES_NO) {
        choices[count++] = choice_of(page, field, 1, STR("yes"), STR("yes"), 1);
        choices[count++] = choice_of(page, field, 0, STR("no"), STR("no"), 2);
        return count;
    }
    for (uint32_t i = 0; i < fact->value_count; i++) {
        const struct pack_value *value = &page->pack->value[fact->first_value + i];
        if (!is_offered(next, i))
            continue;
        choices[count] = choice_of(page, field, i, pack_text(page->pack, value->name),
                                   pack_text(page->pack, value->text), count + 1);
        count++;
    }
    if (fact->kind == PACK_FACT_ONE_OF) {
        choices[count] = choice_of(page, field, fact->value_count, STR("none"),
                                   STR("something else, or does not apply"), count + 1);
        count++;
    }
    return count;
}

static void list_control(struct turn_page *page, struct html *out, struct str field,
                         struct str question, struct str hint)
{
    const struct pack_fact *fact = &page->pack->fact[page->turn->next.fact];
    struct page_choice *choices =
        ARENA_ARRAY(page->arena, struct page_choice, fact->value_count + 2);
    size_t count = choices_fill(page, field, choices);
    page_ask_list(out, &(struct page_ask_list_args){.field = field,
                                                    .question = question,
                                                    .hint = hint,
                                                    .message = page->turn->problem.message,
                                                    .is_some = fact->kind == PACK_FACT_SOME_OF,
                                                    .choices = choices,
                                                    .choices_count = count});
}

static void number_control(struct turn_page *page, struct html *out, struct str field,
                           struct str question, struct str hint)
{
    const struct interview_turn *turn = page->turn;
    struct str value = form_value(turn->posted, field);
    if (turn->is_change && turn->before.state == DECIDE_STATE_GIVEN && !turn->before.is_none)
        value = str_format(page->arena, "%lld", (long long)turn->before.number);
    page_ask_number(out,
                    &(struct page_ask_number_args){
                        .field = field,
                        .question = question,
                        .hint = hint,
                        .message = turn->problem.message,
                        .unit = pack_text(page->pack, page->pack->fact[turn->next.fact].unit),
                        .value = value});
}

static struct str date_part(const struct turn_page *page, struct str field, const char *part)
{
    return form_value(page->turn->posted,
                      str_format(page->arena, STR_FMT ".%s", STR_ARG(field), part));
}

static void date_control(struct turn_page *page, struct html *out, struct str field,
                         struct str question, struct str hint)
{
    const struct interview_turn *turn = page->turn;
    struct page_ask_date_args args = {.field = field,
                                      .question = question,
                                      .hint = hint,
                                      .message = turn->problem.message,
                                      .day = date_part(page, field, "day"),
                                      .month = date_part(page, field, "month"),
                                      .year = date_part(page, field, "year")};
    if (turn->is_change && turn->before.state == DECIDE_STATE_GIVEN && !turn->before.is_none) {
        struct civil_ymd ymd = civil_date_to_ymd((struct civil_date){(int32_t)turn->before.number});
        args.day = str_format(page->arena, "%d", ymd.day);
        args.month = str_format(page->arena, "%d", ymd.month);
        args.year = str_format(page->arena, "%d", ymd.year);
    }
    page_ask_date(out, &args);
}

static struct html_raw fact_control(struct turn_page *page, struct str field)
{
    const struct pack_fact *fact = &page->pack->fact[page->turn->next.fact];
    struct str whole = pack_text(page->pack, fact->question), question = words_question(whole);
    struct str how = str_trim(str_slice(whole, question.len, whole.len));
    struct str help = pack_text(page->pack, fact->help);
    struct str hint = str_is_empty(how) || str_is_empty(help)
                          ? (str_is_empty(how) ? help : how)
                          : str_format(page->arena, STR_FMT " " STR_FMT, STR_ARG(help),
                                       STR_ARG(how));
    struct html out = html_new(page->arena);
    switch ((enum pack_fact_kind)fact->kind) {
    case PACK_FACT_ONE_OF:
    case PACK_FACT_SOME_OF:
    case PACK_FACT_YES_NO:
        list_control(page, &out, field, question, hint);
        break;
    case PACK_FACT_NUMBER:
        number_control(page, &out, field, question, hint);
        break;
    case PACK_FACT_DATE:
        date_control(page, &out, field, question, hint);
        break;
    case PACK_FACT_KIND_COUNT:
        break;
    }
    page->title = question;
    return html_take(&out);
}

static void fact_stage(struct turn_page *page)
{
    const struct decide_next *next = &page->turn->next;
    const struct pack_fact *fact = &page->pack->fact[next->fact];
    struct str field = interview_field(page->arena, page->pack, next->fact, next->person);
    struct html_raw control = fact_control(page, field);
    page_ask_fact(&page->main, &(struct page_ask_fact_args){
                                   .caption = may_i(page),
                                   .problem = page->problem,
                                   .lost = page->lost,
                                   .field = field,
                                   .was = page->turn->was,
                                   .about = about(page, next->person),
                                   .control = control,
                                   .why = pack_text(page->pack, fact->why)});
}

/* ---- The answer ------------------------------------------------------------------------------ */

static struct page_point *points_of(const struct turn_page *page, const struct answer_block *block)
{
    struct page_point *points = ARENA_ARRAY(page->arena, struct page_point, block->count + 1);
    for (size_t i = 0; i < block->count; i++)
        points[i].text = block->lines[i].text;
    return points;
}

static size_t roles_fill(const struct turn_page *page, const struct decide_needed *needed,
                         struct page_had_role *roles)
{
    const struct pack *pack = page->pack;
    const struct pack_approval *approval = &pack->approval[needed->approval];
    const struct interview *interview = page->turn->interview;
    size_t count = 0;
    if ((approval->flags & PACK_APPROVAL_CONSENT) != 0) {
        for (uint32_t person = 1; person <= interview->person_count; person++)
            if ((needed->for_people >> (person - 1) & 1) != 0)
                roles[count++] = (struct page_had_role){
                    .value = str_format(page->arena, "%u", person),
                    .text = interview_person_words(interview, person)};
        return count;
    }
    for (uint32_t i = 0; i < approval->roles.count; i++) {
        const struct pack_role *role = &pack->role[pack->list[approval->roles.first + i]];
        roles[count++] = (struct page_had_role){.value = pack_text(pack, role->name),
                                                .text = pack_text(pack, role->text)};
    }
    return count;
}

static struct page_had had_of(const struct turn_page *page, const struct decide_needed *needed,
                              size_t number)
{
    const struct pack *pack = page->pack;
    const struct pack_approval *approval = &pack->approval[needed->approval];
    bool is_consent = (approval->flags & PACK_APPROVAL_CONSENT) != 0;
    struct page_had_role *roles = ARENA_ARRAY(
        page->arena, struct page_had_role, approval->roles.count + DECIDE_PEOPLE_MAX);
    size_t count = roles_fill(page, needed, roles);
    return (struct page_had){
        .id = str_format(page->arena, "h%zu", number),
        .what = words_approval(page->arena, pack, approval),
        .clause = is_consent ? STR("consent") : pack_text(pack, pack->clause[approval->clause].key),
        .roles = roles,
        .roles_count = count,
        .asks_reason = !is_consent && (approval->flags & PACK_APPROVAL_WITH_REASON) != 0,
        .asks_writing = !is_consent && (approval->flags & PACK_APPROVAL_IN_WRITING) != 0};
}

/* A block that stands elsewhere on the page. */
static bool has_own_place(const struct answer_block *block)
{
    return block->part == ANSWER_PART_VERDICT || block->part == ANSWER_PART_ASKED ||
           block->part == ANSWER_PART_WORDING;
}

static void answer_stage(struct turn_page *page)
{
    const struct decide_answer *answer = page->turn->answer;
    struct answer_text *text = answer_text_make(page->arena, answer, STR("-"));
    struct page_reason_row *rows =
        ARENA_ARRAY(page->arena, struct page_reason_row, text->count + 1);
    struct page_had *had = ARENA_ARRAY(page->arena, struct page_had, answer->needed_count + 1);
    struct page_answer_args args = {
        .policy = pack_name(page->pack),
        .problem = page->problem,
        .lost = page->lost,
        .slug = decide_verdict_name(answer->verdict),
        .sign = page_verdict_sign(page->arena, answer->verdict, STR("hr-verdict__sign")),
        .asked = may_i(page),
        .words = decide_verdict_words(answer->verdict),
        .link = str_format(page->arena, "/may-i?policy=" STR_FMT "#" STR_FMT,
                           STR_ARG(pack_name(page->pack)),
                           STR_ARG(interview_form_text(page->turn->interview)))};
    size_t row_count = 0;
    for (size_t i = 0; i < text->count; i++) {
        const struct answer_block *block = &text->blocks[i];
        if (block->part == ANSWER_PART_VERDICT) {
            args.says = points_of(page, block);
            args.says_count = block->count;
        } else if (block->part == ANSWER_PART_WORDING) {
            args.prevails = points_of(page, block);
            args.prevails_count = block->count;
        }
        if (!has_own_place(block))
            rows[row_count++] = page_reason_row_of(page->arena, page->pack, block);
    }
    for (size_t i = 0; i < answer->needed_count; i++)
        had[i] = had_of(page, &answer->needed[i], i + 1);
    args.rows = rows;
    args.rows_count = row_count;
    args.approvals = had;
    args.approvals_count = answer->needed_count;
    page->title = args.words;
    page_answer(&page->main, &args);
}

/* ---- A turn ---------------------------------------------------------------------------------- */

static void notices_fill(struct turn_page *page)
{
    const struct interview_problem *problem = &page->turn->problem;
    if (!str_is_empty(problem->message)) {
        struct html out = html_new(page->arena);
        page_turn_problem(&out, &(struct page_turn_problem_args){.field = problem->field,
                                                                 .message = problem->message});
        page->problem = html_take(&out);
    }
    if (page->turn->lost != 0) {
        struct html out = html_new(page->arena);
        page_turn_lost(&out);
        page->lost = html_take(&out);
    }
}

static void stage_render(struct turn_page *page)
{
    page->go = STR("on");
    switch (page->turn->stage) {
    case INTERVIEW_STAGE_ACT:
        act_stage(page);
        break;
    case INTERVIEW_STAGE_PEOPLE:
        people_stage(page);
        break;
    case INTERVIEW_STAGE_NAMES:
        names_stage(page);
        break;
    case INTERVIEW_STAGE_FACT:
        fact_stage(page);
        break;
    case INTERVIEW_STAGE_ANSWER:
        answer_stage(page);
        break;
    case INTERVIEW_STAGE_COUNT:
        break;
    }
}

struct str page_may_i(struct html *out, const struct pack *pack, struct str form,
                      struct civil_date as_of)
{
    struct arena *arena = out->out.arena;
    struct form fields;
    bool is_broken = form_read(arena, form, &fields) != NULL;
    if (is_broken)
        fields = (struct form){0};
    struct interview_turn *turn = interview_turn(arena, pack, &fields, as_of);
    turn->lost += is_broken;
    struct turn_page page = {
        .arena = arena, .pack = pack, .turn = turn, .main = html_new(arena)};
    notices_fill(&page);
    stage_render(&page);
    html_raw(out, turn_render(&page));
    return page.title;
}

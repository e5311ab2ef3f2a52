/*
 * actions/import_plan.c - what stands there of each person, and what would.
 *
 * Read first: import_int.h; docs/import.md says the same for offices. Start at: import_plan_make.
 *
 * What must hold
 * - A column that the file does not have changes nothing. An empty cell takes away what is known
 *   as, job and last day, and never a number, an address or a first day.
 * - The same file on the next day gives no lines.
 */
#include <string.h>

#include "actions/import_int.h"
#include "actions/name.h"

struct planning {
    struct action_call *call;
    struct arena *arena;
    const struct import_world *world;
    const struct import_match *match;
    struct row_id run;
    bool with_leavers;
    struct import_plan *plan;
};

struct str import_change_word(enum import_change change)
{
    static const struct str words[IMPORT_CHANGE_COUNT] = {
        [IMPORT_ADDED] = STR_INIT("added"),
        [IMPORT_CHANGED] = STR_INIT("changed"),
        [IMPORT_LEFT] = STR_INIT("left"),
        [IMPORT_REFUSED] = STR_INIT("refused"),
    };
    return words[change];
}

static void line_add(struct planning *planning, struct import_plan_line line)
{
    planning->plan->lines[planning->plan->count++] = line;
    planning->plan->totals[line.change]++;
}

/* ---- Posts ----------------------------------------------------------------------------------- */

/* Posts of one person while they are changed. */
struct posts {
    struct import_post at[IMPORT_POSTS_MAX];
    size_t count;
};

static struct import_post *post_find(struct posts *posts, struct school_id school, struct str kind)
{
    for (size_t i = 0; i < posts->count; i++) {
        if (posts->at[i].school.value == school.value && str_equal(posts->at[i].kind, kind)) {
            return &posts->at[i];
        }
    }
    return NULL;
}

/* Yesterday is its last day, or its first when it began later. */
static void post_end(const struct planning *planning, struct import_post *post)
{
    struct civil_date yesterday = civil_date_add_days(planning->call->today, -1);
    bool is_later =
        civil_date_is_given(post->starts) && civil_date_compare(post->starts, yesterday) > 0;
    post->ends = is_later ? post->starts : yesterday;
}

/* What a row says of a post. */
static void post_take(const struct planning *planning, struct posts *posts,
                      const struct import_entry *entry)
{
    const struct import_people_row *row = entry->row;
    const bool *has = planning->match->people->has;
    struct import_post *post = post_find(posts, entry->school->id, row->kind);
    if (!post && posts->count == IMPORT_POSTS_MAX) {
        return;
    }
    if (!post) {
        post = &posts->at[posts->count++];
        *post = (struct import_post){
            .school = entry->school->id, .starts = CIVIL_NO_DATE, .ends = CIVIL_NO_DATE};
        post->kind = row->kind;
    }
    if (has[IMPORT_PEOPLE_JOB]) {
        post->job = row->job;
    }
    if (civil_date_is_given(row->starts)) {
        post->starts = row->starts;
    }
    if (has[IMPORT_PEOPLE_ENDS]) {
        post->ends = row->ends;
    } else if (post->is_imported && import_post_is_over(post, planning->call->today)) {
        post->ends = CIVIL_NO_DATE; /* an import ended it, and the person is on the list again */
    }
    bool are_turned = civil_date_is_given(post->starts) && civil_date_is_given(post->ends) &&
                      civil_date_compare(post->ends, post->starts) < 0;
    if (are_turned) {
        post->ends = CIVIL_NO_DATE;
    }
    post->is_imported = true;
}

static bool is_in_rows(const struct planning *planning, const struct import_group *group,
                       const struct import_post *post, bool with_kind)
{
    for (size_t i = 0; group && i < group->count; i++) {
        const struct import_entry *entry = &planning->match->entries[group->entries[i]];
        if (entry->school->id.value == post->school.value &&
            (!with_kind || str_equal(entry->row->kind, post->kind))) {
            return true;
        }
    }
    return false;
}

/* It came from an import, holds, and its school is in the file. */
static bool is_of_file(const struct planning *planning, const struct import_post *post)
{
    const struct import_school *school = import_world_school(planning->world, post->school);
    return post->is_imported && !import_post_is_over(post, planning->call->today) && school &&
           school->is_in_file;
}

/*
 * Ends what the file has no more: another kind stands for the school now, or the person is not
 * there any more. Answers whether the latter was found, done or not.
 */
static bool posts_end(const struct planning *planning, const struct import_group *group,
                      struct posts *posts)
{
    bool is_absent = false;
    for (size_t i = 0; i < posts->count; i++) {
        struct import_post *post = &posts->at[i];
        if (!is_of_file(planning, post) || is_in_rows(planning, group, post, true)) {
            continue;
        }
        bool is_replaced = is_in_rows(planning, group, post, false);
        is_absent |= !is_replaced;
        if (is_replaced || planning->with_leavers) {
            post_end(planning, post);
        }
    }
    return is_absent;
}

/* By school and kind, as the store gives them. */
static void posts_order(struct posts *posts)
{
    for (size_t i = 1; i < posts->count; i++) {
        struct import_post one = posts->at[i];
        size_t at = i;
        for (; at > 0; at--) {
            const struct import_post *before = &posts->at[at - 1];
            bool is_after = before->school.value != one.school.value
                                ? before->school.value > one.school.value
                                : str_compare(before->kind, one.kind) > 0;
            if (!is_after) {
                break;
            }
            posts->at[at] = *before;
        }
        posts->at[at] = one;
    }
}

static struct posts posts_of(const struct import_state *state)
{
    struct posts posts = {.count = state->post_count};
    if (posts.count) {
        memcpy(posts.at, state->posts, posts.count * sizeof *posts.at);
    }
    return posts;
}

static void posts_set(const struct planning *planning, struct posts *posts,
                      struct import_state *state)
{
    posts_order(posts);
    struct import_post *list = ARENA_ARRAY(planning->arena, struct import_post, posts->count);
    memcpy(list, posts->at, posts->count * sizeof *list);
    state->posts = list;
    state->post_count = posts->count;
}

/* ---- People ---------------------------------------------------------------------------------- */

/* Who has no post left has left; who has one again is back, unless somebody said otherwise. */
static void leaving_set(const struct planning *planning, struct import_state *state)
{
    struct civil_date last = CIVIL_NO_DATE;
    bool is_over = state->post_count > 0;
    for (size_t i = 0; i < state->post_count; i++) {
        const struct import_post *post = &state->posts[i];
        is_over &= import_post_is_over(post, planning->call->today);
        bool is_later = civil_date_is_given(post->ends) &&
                        (!civil_date_is_given(last) || civil_date_compare(post->ends, last) > 0);
        last = is_later ? post->ends : last;
    }
    bool is_ours = !civil_date_is_given(state->left) || state->left_run.value != 0;
    if (is_ours && is_over && state->left.days != last.days) {
        state->left = last;
        state->left_run = planning->run;
    } else if (is_ours && !is_over) {
        state->left = CIVIL_NO_DATE;
        state->left_run = (struct row_id){0};
    }
}

static void names_take(const struct planning *planning, const struct import_people_row *row,
                       struct import_state *state)
{
    const struct import_people *people = planning->match->people;
    if (!str_equal(state->name, row->name) || str_is_empty(state->sort_name) ||
        !str_is_empty(row->sorted)) {
        state->name = row->name;
        state->sort_name =
            name_sort(planning->arena, str_is_empty(row->sorted) ? row->name : row->sorted);
    }
    if (people->has[IMPORT_PEOPLE_KNOWN_AS]) {
        state->known_as = row->known_as;
    }
}

/* What would stand there of the people of a group. *is_absent: not in a school any more. */
static struct import_state later_of(const struct planning *planning,
                                    const struct import_group *group, bool *is_absent)
{
    struct import_state state = {.joined = CIVIL_NO_DATE, .left = CIVIL_NO_DATE};
    if (group->known) {
        state = group->known->state;
    }
    names_take(planning, planning->match->entries[group->entries[0]].row, &state);
    state.email = str_is_empty(group->email) ? state.email : group->email;
    state.reference = str_is_empty(group->reference) ? state.reference : group->reference;
    struct posts posts = posts_of(&state);
    struct civil_date first = CIVIL_NO_DATE;
    for (size_t i = 0; i < group->count; i++) {
        const struct import_entry *entry = &planning->match->entries[group->entries[i]];
        post_take(planning, &posts, entry);
        struct civil_date starts = entry->row->starts;
        bool is_earlier = civil_date_is_given(starts) &&
                          (!civil_date_is_given(first) || civil_date_compare(starts, first) < 0);
        first = is_earlier ? starts : first;
    }
    *is_absent = posts_end(planning, group, &posts);
    if (!civil_date_is_given(state.joined)) {
        state.joined = first;
    }
    posts_set(planning, &posts, &state);
    leaving_set(planning, &state);
    return state;
}

#define BEYOND                                                                                     \
    "The person has a role for the whole trust or for another school, and their e-mail or last "   \
    "day would change: ask the trust to import them."

static void group_plan(struct planning *planning, const struct import_group *group)
{
    bool is_absent = false;
    struct import_state later = later_of(planning, group, &is_absent);
    struct import_plan_line line = {.line = planning->match->entries[group->entries[0]].row->line,
                                    .change = group->known ? IMPORT_CHANGED : IMPORT_ADDED,
                                    .later = import_state_json(planning->arena, &later)};
    planning->plan->absent += is_absent;
    if (import_is_beyond(group->known, &later)) {
        line_add(planning, (struct import_plan_line){.line = line.line,
                                                     .change = IMPORT_REFUSED,
                                                     .person = group->known->id,
                                                     .remark = STR(BEYOND)});
        return;
    }
    if (!group->known && civil_date_is_given(later.left)) {
        planning->plan->passed++; /* had left before anybody here knew them */
        return;
    }
    if (group->known) {
        line.person = group->known->id;
        line.earlier = import_state_json(planning->arena, &group->known->state);
    }
    if (!group->known) {
        line.person.value = store_id(planning->call->transaction);
    }
    if (str_equal(line.earlier, line.later)) {
        planning->plan->same++;
    } else {
        line_add(planning, line);
    }
}

/* ---- Who is not in the file ------------------------------------------------------------------ */

static void absent_plan(struct planning *planning, const struct import_known *known)
{
    struct import_state later = known->state;
    struct posts posts = posts_of(&later);
    bool is_base = false;
    for (size_t i = 0; i < posts.count; i++) {
        is_base |= is_of_file(planning, &posts.at[i]);
    }
    planning->plan->base += is_base;
    if (known->is_matched || known->is_in_file || !is_base || !posts_end(planning, NULL, &posts)) {
        return;
    }
    planning->plan->absent++;
    if (planning->with_leavers) {
        posts_set(planning, &posts, &later);
        leaving_set(planning, &later);
        if (import_is_beyond(known, &later)) {
            line_add(planning, (struct import_plan_line){.change = IMPORT_REFUSED,
                                                         .person = known->id,
                                                         .remark = STR(BEYOND)});
            return;
        }
        line_add(planning, (struct import_plan_line){
                               .change = IMPORT_LEFT,
                               .person = known->id,
                               .earlier = import_state_json(planning->arena, &known->state),
                               .later = import_state_json(planning->arena, &later)});
    }
}

/* ---- All together ---------------------------------------------------------------------------- */

/* Refused lines between people, in the order of the file. */
static void lines_plan(struct planning *planning)
{
    const struct import_match *match = planning->match;
    size_t group = 0;
    for (uint32_t i = 0; i < match->people->row_count; i++) {
        const struct import_entry *entry = &match->entries[i];
        if (!str_is_empty(entry->remark)) {
            line_add(planning, (struct import_plan_line){.line = entry->row->line,
                                                         .change = IMPORT_REFUSED,
                                                         .remark = entry->remark});
        } else if (group < match->group_count && match->groups[group].entries[0] == i) {
            group_plan(planning, &match->groups[group++]);
        }
    }
}

void import_plan_make(struct action_call *call, const struct import_world *world,
                      const struct import_match *match, struct row_id run, bool with_leavers,
                      struct import_plan *out)
{
    struct planning planning = {call, call->arena, world, match, run, with_leavers, out};
    *out = (struct import_plan){.lines = ARENA_ARRAY(call->arena, struct import_plan_line,
                                                     match->people->row_count + world->count)};
    lines_plan(&planning);
    for (size_t i = 0; i < world->count; i++) {
        absent_plan(&planning, &world->people[i]);
    }
}

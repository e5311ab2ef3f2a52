/*
 * actions/do_retention.c - the schedule as it stands, and the dry run: what is due, why, and what
 * is held.
 *
 * Read first: retention_int.h. Carrying it out is in do_retention_run.c.
 */
#include <string.h>

#include "actions/retention_do_int.h"
#include "actions/table_int.h"
#include "records/retention.h"

/* Executions on the page of the schedule; holds on that of the dry run. */
#define RUNS_SHOWN 20
#define HELD_SHOWN 50

/* Different lines of the summary; what comes on top of them is counted in the last. */
#define GROUPS_MAX 400

struct result retention_schedule_of(struct action_call *call, struct retention_schedule *out)
{
    return retention_schedule_read(call->transaction, &call->place->retention, out);
}

/* ---- The schedule ---------------------------------------------------------------------------- */

static const struct action_column schedule_columns[] = {
    {STR_INIT("kept"), STR_INIT("What is kept"), ACTION_CELL_TEXT},
    {STR_INIT("policy"), STR_INIT("Policy"), ACTION_CELL_TEXT},
    {STR_INIT("period"), STR_INIT("Kept for"), ACTION_CELL_TEXT},
    {STR_INIT("clause"), STR_INIT("Clause"), ACTION_CELL_TEXT},
    {STR_INIT("then"), STR_INIT("Then"), ACTION_CELL_TEXT},
    {STR_INIT("by"), STR_INIT("Carried out"), ACTION_CELL_TEXT},
};

static struct action_cell policy_cell(struct action_call *call, struct str policy)
{
    return str_is_empty(policy) ? (struct action_cell){.text = STR("No policy adopted")}
                                : action_cell_word(call, ACTION_WORDS_POLICIES, policy);
}

/* "6 years from leaving". */
static struct str period_words(struct action_call *call, const struct retention_rule *rule)
{
    return rule->period.is_stated ? str_format(call->arena, STR_FMT " from " STR_FMT,
                                               STR_ARG(rule->period.words), STR_ARG(rule->event))
                                  : STR("No period: nothing is erased by itself");
}

static void show_rule(struct action_call *call, struct action_list *shown,
                      const struct retention_rule *rule)
{
    struct action_cell *cells = action_row(call, shown);
    const struct retention_class *class = retention_class_named(rule->kept);
    bool is_ours = class && str_equal(class->event, rule->event);
    cells[0] = action_cell_word(call, ACTION_WORDS_KEPT, rule->kept);
    cells[1] = policy_cell(call, rule->policy);
    cells[2].text = period_words(call, rule);
    cells[3].text = rule->clause;
    cells[4].text = rule->then;
    cells[5].text = is_ours ? STR("by Handrail") : STR("by hand: Handrail does not keep this");
}

static bool speaks_of(const struct retention_rules *rules, struct str policy, struct str kept)
{
    for (size_t i = 0; i < rules->count; i++) {
        if (str_equal(rules->at[i].policy, policy) && str_equal(rules->at[i].kept, kept)) {
            return true;
        }
    }
    return false;
}

/* Whether a school before this one has the same policy. */
static bool is_shown_before(const struct retention_schedule *schedule, size_t school)
{
    for (size_t i = 0; i < school; i++) {
        if (str_equal(schedule->schools[i].policy, schedule->schools[school].policy)) {
            return true;
        }
    }
    return false;
}

/* What one policy says of one kind. */
static void show_policy(struct action_call *call, struct action_list *shown, struct str policy,
                        struct str kept)
{
    const struct retention_rules *rules = &call->place->retention;
    for (size_t i = 0; i < rules->count; i++) {
        if (str_equal(rules->at[i].policy, policy) && str_equal(rules->at[i].kept, kept)) {
            show_rule(call, shown, &rules->at[i]);
        }
    }
}

static void show_schedule(struct action_call *call, const struct retention_schedule *schedule)
{
    struct action_word_list kept = call->place->words[ACTION_WORDS_KEPT];
    struct action_list *shown =
        action_list(call, "schedule", "What the policies say", schedule_columns,
                    ACTION_COUNT_OF(schedule_columns), "No policy of a school says anything.");
    for (size_t i = 0; i < kept.count; i++) {
        for (size_t school = 0; school < schedule->school_count; school++) {
            if (!is_shown_before(schedule, school)) {
                show_policy(call, shown, schedule->schools[school].policy, kept.at[i].value);
            }
        }
    }
}

static const struct action_column silence_columns[] = {
    {STR_INIT("kept"), STR_INIT("What is kept"), ACTION_CELL_TEXT},
    {STR_INIT("policies"), STR_INIT("Policies that say nothing of it"), ACTION_CELL_TEXT},
};

/* Of what the program keeps, where a policy is silent: nothing is erased there. */
static void show_silence(struct action_call *call, const struct retention_schedule *schedule)
{
    struct action_list *shown = action_list(
        call, "silence", "Where policies are silent nothing is erased by itself", silence_columns,
        ACTION_COUNT_OF(silence_columns), "Every policy of a school speaks of all that is kept.");
    struct str *names = ARENA_ARRAY(call->arena, struct str, schedule->school_count + 1);
    for (size_t i = 0; i < retention_class_count; i++) {
        struct str kept = retention_classes[i].kept;
        size_t count = 0;
        for (size_t school = 0; school < schedule->school_count; school++) {
            struct str policy = schedule->schools[school].policy;
            if (!is_shown_before(schedule, school) && !speaks_of(schedule->rules, policy, kept)) {
                names[count++] = policy_cell(call, policy).text;
            }
        }
        if (count > 0) {
            struct action_cell *cells = action_row(call, shown);
            cells[0] = action_cell_word(call, ACTION_WORDS_KEPT, kept);
            cells[1].text = str_join(call->arena, names, count, STR("; "));
        }
    }
}

static const struct action_column run_columns[] = {
    {STR_INIT("run"), STR_INIT("Execution"), ACTION_CELL_TEXT},
    {STR_INIT("begun"), STR_INIT("Begun"), ACTION_CELL_TEXT},
    {STR_INIT("by"), STR_INIT("By"), ACTION_CELL_TEXT},
    {STR_INIT("asOf"), STR_INIT("What was due on"), ACTION_CELL_TEXT},
    {STR_INIT("erased"), STR_INIT("Erased"), ACTION_CELL_NUMBER},
    {STR_INIT("held"), STR_INIT("Held"), ACTION_CELL_NUMBER},
    {STR_INIT("outcome"), STR_INIT("Came to"), ACTION_CELL_TEXT},
};

struct str retention_outcome_words(struct str outcome)
{
    return str_is_empty(outcome)                ? STR("Under way")
           : str_equal(outcome, STR("done"))    ? STR("Done")
           : str_equal(outcome, STR("stopped")) ? STR("Stopped")
                                                : STR("Ended: the policies have changed");
}

struct str retention_by_words(struct str name)
{
    return str_is_empty(name) ? STR("Handrail, by night") : name;
}

MUST_USE static struct result show_runs(struct action_call *call)
{
    struct retention_runs_rows rows;
    TRY(retention_runs(call->transaction, (struct retention_runs_in){RUNS_SHOWN}, &rows));
    struct action_list *shown =
        action_list(call, "executions", "Executions", run_columns, ACTION_COUNT_OF(run_columns),
                    "Nothing has been erased by schedule yet.");
    for (size_t i = 0; i < rows.count; i++) {
        const struct retention_runs_row *row = &rows.at[i];
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_link(call, store_id_format(call->arena, row->id.value),
                                    "retention.proof", "run", row->id.value);
        cells[1] = action_cell_instant(call, row->begun_at);
        cells[2].text = retention_by_words(row->begun_by_name);
        cells[3] = action_cell_date(call, row->as_of);
        cells[4] = action_cell_number(call, row->erased);
        cells[5] = action_cell_number(call, row->held);
        cells[6].text = retention_outcome_words(row->outcome);
    }
    return RESULT_OK;
}

MUST_USE static struct result show_setting(struct action_call *call,
                                           const struct retention_schedule *schedule)
{
    struct retention_setting_of_row setting;
    bool is_there = false;
    TRY(retention_setting_of(call->transaction, &is_there, &setting));
    bool is_current = is_there && str_equal(setting.schedule, schedule->digest);
    struct str day =
        is_there ? action_cell_instant(call, setting.confirmed_at).text : (struct str){0};
    action_say(call, "confirmed", "Confirmed",
               is_current ? str_format(call->arena, "By " STR_FMT " on " STR_FMT,
                                       STR_ARG(setting.name), STR_ARG(day))
               : is_there ? STR("No: the policies or the schools have changed since")
                          : STR("No: nobody has looked at a dry run and confirmed it"));
    action_say(call, "nightly", "Carried out by night",
               !is_there || !setting.nightly ? STR("No")
               : is_current                  ? STR("Yes")
                                             : STR("Not until somebody confirms it again"));
    action_say(call, "digest", "Digest of the schedule", schedule->digest);
    return RESULT_OK;
}

MUST_USE static struct result see(struct action_call *call)
{
    struct retention_schedule schedule;
    struct retention_run_open_of_row open;
    bool is_open = false;
    TRY(retention_schedule_of(call, &schedule));
    TRY(retention_run_open_of(call->transaction, &is_open, &open));
    call->outcome->answer.note =
        STR("How long anything is kept is what the policies of the schools say. Of several, the "
            "longest stands; who is at several schools is kept as long as the most patient of "
            "their policies says. Where one is silent, nothing is erased by itself. What somebody "
            "holds is never erased.");
    TRY(show_setting(call, &schedule));
    if (is_open) {
        action_say_link(call, "open", "Under way", STR("An execution"), "retention.proof", "run",
                        open.id.value);
        action_offer(call, &action_retention_stop, NULL, 0, NULL, 0);
    }
    show_schedule(call, &schedule);
    show_silence(call, &schedule);
    TRY(show_runs(call));
    action_offer(call, &action_retention_due, NULL, 0, NULL, 0);
    action_offer(call, &action_retention_confirm, NULL, 0, NULL, 0);
    action_offer(call, &action_retention_nightly, NULL, 0, NULL, 0);
    if (!is_open) {
        action_offer(call, &action_retention_run, NULL, 0, NULL, 0);
    }
    return RESULT_OK;
}

const struct action action_retention_see = {
    .number = 120,
    .name = STR_INIT("retention.see"),
    .title = STR_INIT("How long things are kept"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_TRUST,
    .run = see,
};

/* ---- The dry run: in sum --------------------------------------------------------------------- */

static const struct action_field due_fields[] = {
    {.name = STR_INIT("as-of"),
     .label = STR_INIT("On this day"),
     .hint = STR_INIT("Leave it out for today"),
     .kind = ACTION_DATE},
    {.name = STR_INIT("kept"),
     .label = STR_INIT("What is kept"),
     .hint = STR_INIT("Choose one to see each item"),
     .kind = ACTION_CHOICE,
     .words = ACTION_WORDS_KEPT},
    {.name = STR_INIT("school"), .label = STR_INIT("School"), .kind = ACTION_SCHOOL},
    {.name = STR_INIT("after"), .label = STR_INIT("After"), .is_hidden = true},
};

static const struct action_column sum_columns[] = {
    {STR_INIT("kept"), STR_INIT("What is kept"), ACTION_CELL_TEXT},
    {STR_INIT("school"), STR_INIT("School"), ACTION_CELL_TEXT},
    {STR_INIT("due"), STR_INIT("Due"), ACTION_CELL_NUMBER},
    {STR_INIT("held"), STR_INIT("Held"), ACTION_CELL_NUMBER},
    {STR_INIT("period"), STR_INIT("Kept for"), ACTION_CELL_TEXT},
    {STR_INIT("clause"), STR_INIT("Clause"), ACTION_CELL_TEXT},
    {STR_INIT("policy"), STR_INIT("Policy"), ACTION_CELL_TEXT},
};

/* Items of one class at one school under one statement. */
struct group {
    const struct retention_class *class;
    const struct retention_rule *rule;
    struct str school;
    int64_t due, held;
};

struct dry_run {
    struct action_call *call;
    struct retention_schedule schedule;
    struct civil_date as_of;
    struct group *groups;
    size_t group_count;
    int64_t due, held;
    struct action_list *held_list;
    bool is_cut;
};

static struct str school_words(const struct retention_found *found)
{
    return found->school_count == 0  ? STR("At no school")
           : found->school_count > 1 ? STR("Several schools")
                                     : found->school;
}

static struct group *group_of(struct dry_run *run, const struct retention_class *class,
                              const struct retention_found *found)
{
    struct str school = school_words(found);
    for (size_t i = 0; i < run->group_count; i++) {
        struct group *group = &run->groups[i];
        if (group->class == class && group->rule == found->rule &&
            str_equal(group->school, school)) {
            return group;
        }
    }
    if (run->group_count == GROUPS_MAX) {
        return &run->groups[GROUPS_MAX - 1];
    }
    run->groups[run->group_count] = (struct group){class, found->rule, school, 0, 0};
    return &run->groups[run->group_count++];
}

/* Whether an item is at the school that was asked for. */
static bool is_wanted(const struct dry_run *run, const struct retention_found *found)
{
    struct school_id school = action_school(run->call, "school");
    return !school.value || retention_is_at(&run->schedule, found, school);
}

static const struct action_column held_columns[] = {
    {STR_INIT("kept"), STR_INIT("What is kept"), ACTION_CELL_TEXT},
    {STR_INIT("person"), STR_INIT("Of"), ACTION_CELL_TEXT},
    {STR_INIT("dueOn"), STR_INIT("Due since"), ACTION_CELL_TEXT},
    {STR_INIT("hold"), STR_INIT("Held, because"), ACTION_CELL_TEXT},
};

MUST_USE static struct result show_held(struct dry_run *run, const struct retention_class *class,
                                        const struct retention_found *found)
{
    if (run->held_list->row_count == HELD_SHOWN) {
        return RESULT_OK;
    }
    struct action_cell *cells = action_row(run->call, run->held_list);
    cells[0] = action_cell_word(run->call, ACTION_WORDS_KEPT, class->kept);
    cells[2] = action_cell_date(run->call, found->due_on);
    cells[3].text = found->hold_why;
    return action_person_cell(run->call, found->item.person, &cells[1]);
}

MUST_USE static struct result sum_class(struct dry_run *run, const struct retention_class *class)
{
    struct retention_walk walk = retention_walk_new(run->call->transaction, &run->schedule, class,
                                                    run->as_of, RETENTION_SPOT_FIRST);
    struct retention_found found;
    bool is_there = true;
    while (is_there) {
        TRY(retention_walk_next(&walk, &is_there, &found));
        if (!is_there || !is_wanted(run, &found)) {
            continue;
        }
        struct group *group = group_of(run, class, &found);
        bool is_held = found.hold.value != 0;
        group->due += !is_held;
        group->held += is_held;
        run->due += !is_held;
        run->held += is_held;
        if (is_held) {
            TRY(show_held(run, class, &found));
        }
    }
    run->is_cut |= walk.is_cut;
    return RESULT_OK;
}

static void show_groups(struct dry_run *run)
{
    struct action_call *call = run->call;
    struct action_list *shown =
        action_list(call, "due", "What is due", sum_columns, ACTION_COUNT_OF(sum_columns),
                    "Nothing is due on that day.");
    for (size_t i = 0; i < run->group_count; i++) {
        const struct group *group = &run->groups[i];
        struct action_cell *cells = action_row(call, shown);
        cells[0] = action_cell_word(call, ACTION_WORDS_KEPT, group->class->kept);
        cells[0].action = action_retention_due.name;
        cells[0].field = STR("kept");
        cells[0].value = group->class->kept;
        cells[1].text = group->school;
        cells[2] = action_cell_number(call, group->due);
        cells[3] = action_cell_number(call, group->held);
        cells[4].text = period_words(call, group->rule);
        cells[5].text = group->rule->clause;
        cells[6] = policy_cell(call, group->rule->policy);
    }
}

static void say_sums(struct dry_run *run)
{
    struct action_call *call = run->call;
    action_say_date(call, "asOf", "On", run->as_of);
    action_say_number(call, "count", "Due, and not held", run->due);
    action_say_number(call, "held", "Held", run->held);
    if (run->is_cut) {
        action_say(call, "cut", "Not counted to the end",
                   str_format(call->arena,
                              "There may be more: of each kind %d are looked at at a time",
                              RETENTION_SCAN_MAX));
    }
    action_say(call, "digest", "Digest of the schedule", run->schedule.digest);
}

MUST_USE static struct result show_sums(struct dry_run *run)
{
    struct action_call *call = run->call;
    run->groups = ARENA_ARRAY(call->arena, struct group, GROUPS_MAX);
    run->held_list = action_list(call, "heldItems", "Held", held_columns,
                                 ACTION_COUNT_OF(held_columns), "Nothing that is due is held.");
    for (size_t i = 0; i < retention_class_count; i++) {
        TRY(sum_class(run, &retention_classes[i]));
    }
    say_sums(run);
    show_groups(run);
    /* What is due stands first. */
    struct action_list *lists = call->outcome->answer.lists;
    struct action_list held = lists[0];
    lists[0] = lists[1];
    lists[1] = held;
    return RESULT_OK;
}

/* ---- The dry run: item by item --------------------------------------------------------------- */

static const struct action_column item_columns[] = {
    {STR_INIT("item"), STR_INIT("What"), ACTION_CELL_TEXT},
    {STR_INIT("person"), STR_INIT("Of"), ACTION_CELL_TEXT},
    {STR_INIT("school"), STR_INIT("School"), ACTION_CELL_TEXT},
    {STR_INIT("since"), STR_INIT("Counted from"), ACTION_CELL_TEXT},
    {STR_INIT("period"), STR_INIT("Kept for"), ACTION_CELL_TEXT},
    {STR_INIT("dueOn"), STR_INIT("Due since"), ACTION_CELL_TEXT},
    {STR_INIT("clause"), STR_INIT("Clause"), ACTION_CELL_TEXT},
    {STR_INIT("hold"), STR_INIT("Held, because"), ACTION_CELL_TEXT},
};

/* "MARK ID PART", as the link to the next page has it. */
static bool spot_parse(struct str text, struct retention_spot *out)
{
    int64_t *parts[] = {&out->mark, &out->id, &out->part};
    struct str rest = text, word;
    for (size_t i = 0; i < ACTION_COUNT_OF(parts); i++) {
        bool has_more = str_cut(rest, ' ', &word, &rest);
        if (!str_to_int(word, parts[i]) || has_more != (i + 1 < ACTION_COUNT_OF(parts))) {
            return false;
        }
    }
    return true;
}

MUST_USE static struct result show_item(struct dry_run *run, const struct retention_class *class,
                                        struct action_list *shown,
                                        const struct retention_found *found)
{
    struct action_call *call = run->call;
    struct action_cell *cells = action_row(call, shown);
    cells[0].text = class->item_words;
    cells[2].text = school_words(found);
    cells[3] = action_cell_date(call, found->since);
    cells[4].text = found->rule->period.words;
    cells[5] = action_cell_date(call, found->due_on);
    cells[6].text = str_format(call->arena, STR_FMT " (" STR_FMT ")", STR_ARG(found->rule->clause),
                               STR_ARG(found->rule->policy));
    cells[7].text = found->hold_why;
    return action_person_cell(call, found->item.person, &cells[1]);
}

MUST_USE static struct result show_items(struct dry_run *run, const struct retention_class *class)
{
    struct action_call *call = run->call;
    struct retention_spot after = RETENTION_SPOT_FIRST;
    struct str given = action_text(call, "after");
    if (!str_is_empty(given) && !spot_parse(given, &after)) {
        action_error(call, "after", STR("After: begin at the first page again"));
        return RESULT_OK;
    }
    struct action_list *shown =
        action_list(call, "items", "What is due", item_columns, ACTION_COUNT_OF(item_columns),
                    "Nothing of this kind is due on that day.");
    struct retention_walk walk =
        retention_walk_new(call->transaction, &run->schedule, class, run->as_of, after);
    struct retention_found found;
    bool is_there = true;
    while (is_there && shown->row_count < ACTION_PAGE_ROWS) {
        TRY(retention_walk_next(&walk, &is_there, &found));
        if (is_there && is_wanted(run, &found)) {
            TRY(show_item(run, class, shown, &found));
        }
    }
    if (is_there || walk.is_cut) {
        call->outcome->answer.next =
            str_format(call->arena, "%lld %lld %lld", (long long)walk.spot.mark,
                       (long long)walk.spot.id, (long long)walk.spot.part);
    }
    action_say_date(call, "asOf", "On", run->as_of);
    return RESULT_OK;
}

MUST_USE static struct result due(struct action_call *call)
{
    struct str kept = action_text(call, "kept");
    struct civil_date day = action_date(call, "as-of");
    struct dry_run run = {.call = call, .as_of = store_date_is_given(day) ? day : call->today};
    TRY(retention_schedule_of(call, &run.schedule));
    call->outcome->answer.note = STR("Nothing is erased by looking.");
    action_offer(call, &action_retention_see, NULL, 0, NULL, 0);
    if (!str_is_empty(kept)) {
        const struct retention_class *class = retention_class_named(kept);
        if (!class) {
            action_error(call, "kept",
                         STR("What is kept: Handrail does not keep this, so it is done by hand"));
            return RESULT_OK;
        }
        return show_items(&run, class);
    }
    action_offer(call, &action_retention_confirm, NULL, 0, NULL, 0);
    action_offer(call, &action_retention_run, NULL, 0, NULL, 0);
    return show_sums(&run);
}

const struct action action_retention_due = {
    .number = 121,
    .name = STR_INIT("retention.due"),
    .title = STR_INIT("What is due to be erased"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_TRUST,
    .fields = due_fields,
    .field_count = ACTION_COUNT_OF(due_fields),
    .run = due,
};

/*
 * actions/do_retention_run.c - the schedule carried out: confirmed, begun, step by step, stopped.
 *
 * Read first: retention_int.h; docs/retention.md. Start at `step`, which alone erases.
 *
 * Who begins an execution says how many the dry run counted; so nothing is erased that nobody
 * looked at. The execution is then a row that says how far it is. Each step is one act: one
 * transaction, at most RETENTION_STEP_ITEMS items of one class. Who is interrupted goes on with the
 * next step; what was not committed has not happened.
 *
 * What must hold
 * - Holds are looked at in the transaction that erases.
 * - An execution carries out the schedule that it was begun with, or ends.
 */
#include "actions/retention_do_int.h"
#include "actions/table_int.h"
#include "base/json.h"
#include "calendar/london.h"
#include "ledger/ledger.h"
#include "records/retention.h"

/* ---- Confirm --------------------------------------------------------------------------------- */

#define COUNT_FIELD                                                                                \
    {                                                                                              \
        .name = STR_INIT("count"), .label = STR_INIT("How many are due today"),                    \
        .hint = STR_INIT("The number that the dry run shows as due, and not held"),                \
        .kind = ACTION_NUMBER, .is_required = true                                                 \
    }

/* The number that was given must be that of today's dry run: else somebody looked at another. */
MUST_USE static struct result count_check(struct action_call *call,
                                          const struct retention_schedule *schedule, int64_t *due)
{
    bool is_cut = false;
    TRY(retention_count(call->transaction, schedule, call->today, due, &is_cut));
    if (*due != action_number(call, "count")) {
        action_error(call, "count",
                     str_format(call->arena,
                                "How many are due today: the dry run of now counts %lld; look at "
                                "it again",
                                (long long)*due));
    }
    return RESULT_OK;
}

static const struct action_field confirm_fields[] = {COUNT_FIELD};

MUST_USE static struct result confirm(struct action_call *call)
{
    struct retention_schedule schedule;
    int64_t due = 0;
    TRY(retention_schedule_of(call, &schedule));
    TRY(count_check(call, &schedule, &due));
    if (action_has_errors(call)) {
        return RESULT_OK;
    }
    action_note(call, "schedule", schedule.digest);
    return retention_confirm(
        call->transaction,
        (struct retention_confirm_in){schedule.digest, call->actor, store_now(call->transaction)});
}

const struct action action_retention_confirm = {
    .number = 122,
    .name = STR_INIT("retention.confirm"),
    .title = STR_INIT("Confirm the schedule"),
    .help = STR_INIT("You have looked at the dry run of today, and it is right. Nothing is erased "
                     "yet. When a policy or a school changes, somebody has to look again."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .fields = confirm_fields,
    .field_count = ACTION_COUNT_OF(confirm_fields),
    .run = confirm,
    .after = STR_INIT("retention.see"),
};

/* ---- By night -------------------------------------------------------------------------------- */

static const struct action_field nightly_fields[] = {
    {.name = STR_INIT("on"),
     .label = STR_INIT("Carry the schedule out every night"),
     .kind = ACTION_YES},
};

MUST_USE static struct result nightly(struct action_call *call)
{
    struct retention_schedule schedule;
    struct retention_setting_of_row setting;
    bool is_there = false, is_on = action_number(call, "on") != 0;
    TRY(retention_schedule_of(call, &schedule));
    TRY(retention_setting_of(call->transaction, &is_there, &setting));
    if (!is_there || (is_on && !str_equal(setting.schedule, schedule.digest))) {
        action_error(call, "on",
                     STR("Carry the schedule out every night: look at the dry run and confirm the "
                         "schedule first"));
        return RESULT_OK;
    }
    size_t changed = 0;
    TRY(retention_nightly(call->transaction, (struct retention_nightly_in){is_on}, &changed));
    return action_changed(call, changed);
}

MUST_USE static struct result nightly_fill(struct action_call *call)
{
    struct retention_setting_of_row setting;
    bool is_there = false;
    TRY(retention_setting_of(call->transaction, &is_there, &setting));
    action_begin_with(call, "on", is_there && setting.nightly ? STR("yes") : STR(""));
    return RESULT_OK;
}

const struct action action_retention_nightly = {
    .number = 123,
    .name = STR_INIT("retention.nightly"),
    .title = STR_INIT("Carry it out by night, or not"),
    .button = STR_INIT("Save"),
    .help = STR_INIT("Between one and five in the morning Handrail then erases what is due, as the "
                     "confirmed schedule says."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .is_sensitive = true,
    .fields = nightly_fields,
    .field_count = ACTION_COUNT_OF(nightly_fields),
    .run = nightly,
    .fill = nightly_fill,
    .after = STR_INIT("retention.see"),
};

/* ---- Begin and stop -------------------------------------------------------------------------- */

static const struct action_field run_fields[] = {
    COUNT_FIELD,
    {.name = STR_INIT("sure"),
     .label = STR_INIT("I know that this cannot be undone"),
     .kind = ACTION_YES,
     .is_required = true},
};

MUST_USE static struct result begin_run(struct action_call *call,
                                        const struct retention_schedule *schedule)
{
    struct row_id id = {store_id(call->transaction)};
    struct retention_spot first = RETENTION_SPOT_FIRST;
    size_t changed = 0;
    action_note(call, "run", store_id_format(call->arena, id.value));
    action_note(call, "as-of", civil_date_format(call->arena, call->today));
    action_note(call, "schedule", schedule->digest);
    return retention_run_add(call->transaction,
                             (struct retention_run_add_in){.id = id,
                                                           .begun_by = call->actor,
                                                           .begun_at = store_now(call->transaction),
                                                           .as_of = call->today,
                                                           .schedule = schedule->digest,
                                                           .class = retention_classes[0].kept,
                                                           .mark = first.mark,
                                                           .item = first.id,
                                                           .part = first.part},
                             &changed);
}

MUST_USE static struct result run(struct action_call *call)
{
    struct retention_schedule schedule;
    struct retention_run_open_of_row open;
    bool is_open = false;
    int64_t due = 0;
    TRY(retention_run_open_of(call->transaction, &is_open, &open));
    TRY(retention_schedule_of(call, &schedule));
    TRY(count_check(call, &schedule, &due));
    if (is_open) {
        action_error(call, "", STR("An execution is under way: wait for its end, or stop it"));
    } else if (due == 0) {
        action_error(call, "count",
                     STR("How many are due today: nothing is, so there is nothing "
                         "to carry out"));
    }
    return action_has_errors(call) ? RESULT_OK : begin_run(call, &schedule);
}

const struct action action_retention_run = {
    .number = 124,
    .name = STR_INIT("retention.run"),
    .title = STR_INIT("Erase what is due"),
    .help = STR_INIT("Handrail begins within seconds, and goes on until all that is due today is "
                     "erased. What somebody holds is passed over."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .is_sensitive = true,
    .fields = run_fields,
    .field_count = ACTION_COUNT_OF(run_fields),
    .run = run,
    .after = STR_INIT("retention.see"),
};

MUST_USE static struct result run_end(struct action_call *call, struct row_id id,
                                      const char *outcome)
{
    size_t changed = 0;
    action_note(call, "outcome", str_from(outcome));
    TRY(retention_run_end(
        call->transaction,
        (struct retention_run_end_in){id, store_now(call->transaction), str_from(outcome)},
        &changed));
    return action_changed(call, changed);
}

MUST_USE static struct result stop(struct action_call *call)
{
    struct retention_run_open_of_row open;
    bool is_open = false;
    TRY(retention_run_open_of(call->transaction, &is_open, &open));
    if (!is_open) {
        action_error(call, "", STR("No execution is under way: there is nothing to stop"));
        return RESULT_OK;
    }
    action_note(call, "run", store_id_format(call->arena, open.id.value));
    return run_end(call, open.id, "stopped");
}

const struct action action_retention_stop = {
    .number = 126,
    .name = STR_INIT("retention.stop"),
    .title = STR_INIT("Stop the execution"),
    .help = STR_INIT("What is erased stays erased; nothing more is."),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .run = stop,
    .after = STR_INIT("retention.see"),
};

/* ---- A step ---------------------------------------------------------------------------------- */

struct step {
    struct action_call *call;
    struct retention_run_open_of_row run;
    struct retention_schedule schedule;
    const struct retention_class *class;
    struct retention_spot spot; /* how far it is after this step */
    struct retention_found found[RETENTION_STEP_ITEMS];
    size_t count;
    int64_t erased, held;
    bool is_over; /* nothing is left in any class */
};

/* What comes next in one class. *goes_on: there may be more of it. */
MUST_USE static struct result gather_class(struct step *step, bool *goes_on)
{
    struct retention_walk walk = retention_walk_new(step->call->transaction, &step->schedule,
                                                    step->class, step->run.as_of, step->spot);
    bool is_there = true;
    while (is_there && step->count < RETENTION_STEP_ITEMS) {
        TRY(retention_walk_next(&walk, &is_there, &step->found[step->count]));
        step->count += is_there;
    }
    step->spot = walk.spot;
    *goes_on = step->count > 0 || walk.is_cut;
    return RESULT_OK;
}

MUST_USE static struct result gather(struct step *step)
{
    const struct retention_class *class = retention_class_named(step->run.class);
    size_t at = class ? (size_t)(class - retention_classes) : 0;
    bool goes_on = false;
    step->spot = (struct retention_spot){step->run.mark, step->run.item, step->run.part};
    for (; at < retention_class_count && !goes_on; at++) {
        step->class = &retention_classes[at];
        TRY(gather_class(step, &goes_on));
        step->spot = goes_on ? step->spot : RETENTION_SPOT_FIRST;
    }
    step->is_over = !goes_on;
    return RESULT_OK;
}

/* Why, as it stands in the acts of the history: JSON. */
static struct str why_of(const struct step *step, const struct retention_rule *rule)
{
    struct arena *arena = step->call->arena;
    struct text why = {.arena = arena};
    struct json_writer writer = json_writer_new(&why, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_str(&writer, STR("retention"), store_id_format(arena, step->run.id.value));
    json_key_str(&writer, STR("kept"), step->class->kept);
    json_key_str(&writer, STR("policy"), rule->policy);
    json_key_str(&writer, STR("clause"), rule->clause);
    json_end_object(&writer);
    return text_str(&why);
}

/* All items under the statement of the one at `first`, unless one before it had the same. */
MUST_USE static struct result erase_under(struct step *step, size_t first, struct text *clauses)
{
    const struct retention_rule *rule = step->found[first].rule;
    struct retention_item items[RETENTION_STEP_ITEMS];
    size_t count = 0;
    for (size_t i = 0; i < step->count; i++) {
        if (step->found[i].rule != rule || step->found[i].hold.value) {
            continue;
        }
        if (i < first) {
            return RESULT_OK;
        }
        items[count++] = step->found[i].item;
    }
    struct retention_erasing erasing = {step->call->transaction, step->call->actor,
                                        why_of(step, rule)};
    TRY(step->class->erase(&erasing, items, count));
    step->erased += (int64_t)count;
    text_addf(clauses, "%s" STR_FMT " " STR_FMT ": %zu", clauses->len > 0 ? ", " : "",
              STR_ARG(rule->policy), STR_ARG(rule->clause), count);
    return RESULT_OK;
}

/* What became of each, under the number that the step's own act will have: the next. */
MUST_USE static struct result items_add(struct step *step)
{
    struct ledger_head head;
    TRY(ledger_head_read(step->call->transaction, &head));
    for (size_t i = 0; i < step->count; i++) {
        const struct retention_found *found = &step->found[i];
        TRY(retention_item_add(
            step->call->transaction,
            (struct retention_item_add_in){.run = step->run.id,
                                           .class = step->class->kept,
                                           .item = found->item.spot.id,
                                           .part = found->item.spot.part,
                                           .person = found->item.person,
                                           .since = found->since,
                                           .policy = found->rule->policy,
                                           .clause = found->rule->clause,
                                           .hold = found->hold,
                                           .position = (int64_t)head.frontier.size}));
    }
    return RESULT_OK;
}

MUST_USE static struct result carry_out(struct step *step)
{
    struct action_call *call = step->call;
    struct text clauses = {.arena = call->arena};
    size_t changed = 0;
    for (size_t i = 0; i < step->count; i++) {
        step->held += step->found[i].hold.value != 0;
        if (!step->found[i].hold.value) {
            TRY(erase_under(step, i, &clauses));
        }
    }
    TRY(items_add(step));
    action_note(call, "kept", step->class->kept);
    action_note_number(call, "erased", step->erased);
    action_note_number(call, "held", step->held);
    action_note(call, "clauses", text_str(&clauses));
    TRY(retention_run_step(call->transaction,
                           (struct retention_run_step_in){.id = step->run.id,
                                                          .class = step->class->kept,
                                                          .mark = step->spot.mark,
                                                          .item = step->spot.id,
                                                          .part = step->spot.part,
                                                          .erased = step->erased,
                                                          .held = step->held},
                           &changed));
    return action_changed(call, changed);
}

MUST_USE static struct result step(struct action_call *call)
{
    struct step *step = ARENA_NEW(call->arena, struct step);
    bool is_open = false;
    step->call = call;
    TRY(retention_run_open_of(call->transaction, &is_open, &step->run));
    if (!is_open) {
        action_error(call, "", STR("No execution is under way"));
        return RESULT_OK;
    }
    action_note(call, "run", store_id_format(call->arena, step->run.id.value));
    TRY(retention_schedule_of(call, &step->schedule));
    if (!str_equal(step->schedule.digest, step->run.schedule)) {
        return run_end(call, step->run.id, "changed");
    }
    TRY(gather(step));
    return step->is_over ? run_end(call, step->run.id, "done") : carry_out(step);
}

const struct action action_retention_step = {
    .number = 125,
    .name = STR_INIT("retention.step"),
    .title = STR_INIT("A step of erasing what is due"),
    .kind = ACTION_CHANGE,
    .about = ACTION_ABOUT_TRUST,
    .run = step,
};

/* ---- The keeper ------------------------------------------------------------------------------ */

MUST_USE static struct result is_run_open(const struct actions_place *place, struct arena *arena,
                                          bool *out)
{
    struct retention_run_open_of_row open;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(place->store, arena, STORE_READ, &transaction));
    return retention_run_open_of(transaction, out, &open);
}

/* How many an execution of this night would erase; 0 when none is wanted. */
MUST_USE static struct result nightly_count(const struct actions_place *place, struct arena *arena,
                                            int64_t *due)
{
    struct retention_setting_of_row setting;
    struct retention_run_last_row last;
    struct retention_schedule schedule;
    bool is_there = false, has_last = false, is_cut = false;
    *due = 0;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(place->store, arena, STORE_READ, &transaction));
    TRY(retention_setting_of(transaction, &is_there, &setting));
    if (!is_there || !setting.nightly) {
        return RESULT_OK;
    }
    struct civil_date today = london_time_of(store_now(transaction)).date;
    TRY(retention_run_last(transaction, &has_last, &last));
    TRY(retention_schedule_read(transaction, &place->retention, &schedule));
    bool is_done = has_last && civil_date_compare(london_time_of(last.begun_at).date, today) == 0;
    if (is_done || !str_equal(setting.schedule, schedule.digest)) {
        return RESULT_OK;
    }
    return retention_count(transaction, &schedule, today, due, &is_cut);
}

MUST_USE static struct result nightly_begin(const struct actions_place *place, struct arena *arena,
                                            bool *is_open)
{
    int64_t due = 0;
    TRY(nightly_count(place, arena, &due));
    if (due == 0) {
        return RESULT_OK;
    }
    struct action_given given[] = {
        {STR("count"), str_format(arena, "%lld", (long long)due)},
        {STR("sure"), STR("yes")},
    };
    struct action_request request = {
        .action = &action_retention_run, .given = given, .given_count = ACTION_COUNT_OF(given)};
    struct action_outcome outcome;
    TRY(action_run(place, &request, arena, &outcome));
    *is_open = outcome.status == ACTION_DONE;
    return RESULT_OK;
}

struct result retention_keep(const struct actions_place *place, struct arena *arena, bool may_begin,
                             size_t steps, bool *is_open)
{
    TRY(is_run_open(place, arena, is_open));
    if (!*is_open && may_begin) {
        TRY(nightly_begin(place, arena, is_open));
    }
    for (size_t i = 0; i < steps && *is_open; i++) {
        struct arena_mark mark = arena_mark(arena);
        struct action_request request = {.action = &action_retention_step};
        struct action_outcome outcome;
        struct result stepped = action_run(place, &request, arena, &outcome);
        TRY(stepped);
        arena_rewind(arena, mark);
        TRY(is_run_open(place, arena, is_open));
    }
    return RESULT_OK;
}

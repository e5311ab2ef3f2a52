/*
 * actions/import_state.c - what stands of a person, as a text that can be kept and compared.
 *
 * Read first: import_int.h.
 * What must hold: the same state gives the same text for ever, since it is stored.
 */
#include <string.h>

#include "actions/import_int.h"
#include "base/json.h"
#include "records/organisation.h"

#define DIFFERENCES_MAX (8 + 4 * IMPORT_POSTS_MAX)

/* ---- Written --------------------------------------------------------------------------------- */

static void add_text(struct json_writer *writer, struct str key, struct str text)
{
    if (!str_is_empty(text)) {
        json_key_str(writer, key, text);
    }
}

static void add_date(struct json_writer *writer, struct str key, struct civil_date date)
{
    if (civil_date_is_given(date)) {
        json_key_int(writer, key, date.days);
    }
}

static void add_post(struct json_writer *writer, const struct import_post *post)
{
    json_begin_object(writer);
    json_key_int(writer, STR("school"), post->school.value);
    json_key_str(writer, STR("kind"), post->kind);
    add_text(writer, STR("job"), post->job);
    add_date(writer, STR("from"), post->starts);
    add_date(writer, STR("to"), post->ends);
    if (post->is_imported) {
        json_key_bool(writer, STR("imported"), true);
    }
    json_end_object(writer);
}

struct str import_state_json(struct arena *arena, const struct import_state *state)
{
    struct text out = {.arena = arena};
    struct json_writer writer = json_writer_new(&out, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_str(&writer, STR("name"), state->name);
    json_key_str(&writer, STR("sorted"), state->sort_name);
    add_text(&writer, STR("knownAs"), state->known_as);
    add_text(&writer, STR("email"), state->email);
    add_text(&writer, STR("reference"), state->reference);
    add_date(&writer, STR("joined"), state->joined);
    add_date(&writer, STR("left"), state->left);
    if (state->left_run.value) {
        json_key_int(&writer, STR("leftRun"), state->left_run.value);
    }
    json_key(&writer, STR("posts"));
    json_begin_array(&writer);
    for (size_t i = 0; i < state->post_count; i++) {
        add_post(&writer, &state->posts[i]);
    }
    json_end_array(&writer);
    json_end_object(&writer);
    return text_str(&out);
}

/* ---- Read ------------------------------------------------------------------------------------ */

static struct str text_of(const struct json_value *object, struct str key)
{
    const struct json_value *value = json_get(object, key);
    return value ? value->text : (struct str){0};
}

static int64_t number_of(const struct json_value *object, struct str key)
{
    const struct json_value *value = json_get(object, key);
    return value ? value->integer : 0;
}

static struct civil_date date_of(const struct json_value *object, struct str key)
{
    const struct json_value *value = json_get(object, key);
    return value ? (struct civil_date){(int32_t)value->integer} : CIVIL_NO_DATE;
}

bool import_state_read(struct arena *arena, struct str json, struct import_state *out)
{
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *read = json_read(arena, STR("state"), json, &diags);
    const struct json_value *posts = json_get(read, STR("posts"));
    if (!posts || posts->kind != JSON_ARRAY) {
        return false;
    }
    struct import_post *list = ARENA_ARRAY(arena, struct import_post, posts->count);
    for (size_t i = 0; i < posts->count; i++) {
        const struct json_value *post = &posts->elements[i];
        list[i] = (struct import_post){.school = {number_of(post, STR("school"))},
                                       .kind = text_of(post, STR("kind")),
                                       .job = text_of(post, STR("job")),
                                       .starts = date_of(post, STR("from")),
                                       .ends = date_of(post, STR("to")),
                                       .is_imported = json_get(post, STR("imported")) != NULL};
    }
    *out = (struct import_state){.name = text_of(read, STR("name")),
                                 .sort_name = text_of(read, STR("sorted")),
                                 .known_as = text_of(read, STR("knownAs")),
                                 .email = text_of(read, STR("email")),
                                 .reference = text_of(read, STR("reference")),
                                 .joined = date_of(read, STR("joined")),
                                 .left = date_of(read, STR("left")),
                                 .left_run = {number_of(read, STR("leftRun"))},
                                 .posts = list,
                                 .post_count = posts->count};
    return true;
}

/* ---- Compared -------------------------------------------------------------------------------- */

bool import_post_equal(const struct import_post *a, const struct import_post *b)
{
    return a->school.value == b->school.value && str_equal(a->kind, b->kind) &&
           str_equal(a->job, b->job) && a->starts.days == b->starts.days &&
           a->ends.days == b->ends.days && a->is_imported == b->is_imported;
}

bool import_person_equal(const struct import_state *a, const struct import_state *b)
{
    return str_equal(a->name, b->name) && str_equal(a->sort_name, b->sort_name) &&
           str_equal(a->known_as, b->known_as) && str_equal(a->email, b->email) &&
           str_equal(a->reference, b->reference) && a->joined.days == b->joined.days &&
           a->left.days == b->left.days && a->left_run.value == b->left_run.value;
}

bool import_post_is_over(const struct import_post *post, struct civil_date day)
{
    return civil_date_is_given(post->ends) && civil_date_compare(post->ends, day) < 0;
}

struct comparing {
    struct action_call *call;
    struct import_difference *at;
    size_t count;
};

static void differ_cells(struct comparing *comparing, struct str label, struct action_cell before,
                         struct action_cell after)
{
    if (!str_equal(before.text, after.text) && comparing->count < DIFFERENCES_MAX) {
        comparing->at[comparing->count++] = (struct import_difference){label, before, after};
    }
}

static void differ(struct comparing *comparing, struct str label, struct str before,
                   struct str after)
{
    differ_cells(comparing, label, (struct action_cell){.text = before},
                 (struct action_cell){.text = after});
}

static void differ_date(struct comparing *comparing, struct str label, struct civil_date before,
                        struct civil_date after)
{
    differ_cells(comparing, label, action_cell_date(comparing->call, before),
                 action_cell_date(comparing->call, after));
}

const struct import_post *import_post_find(const struct import_state *state,
                                           const struct import_post *wanted)
{
    for (size_t i = 0; state && i < state->post_count; i++) {
        if (state->posts[i].school.value == wanted->school.value &&
            str_equal(state->posts[i].kind, wanted->kind)) {
            return &state->posts[i];
        }
    }
    return NULL;
}

static void add_day(struct text *out, const char *before, struct str day)
{
    if (!str_is_empty(day)) {
        text_addf(out, "%s" STR_FMT, before, STR_ARG(day));
    }
}

/* "a teacher (Head of Music), from 1 September 2019"; for programs as it is stored */
static struct action_cell post_cell(struct action_call *call, const struct import_post *post)
{
    struct action_cell kind = action_cell_word(call, ACTION_WORDS_KINDS, post->kind);
    struct action_cell starts = action_cell_date(call, post->starts);
    struct action_cell ends = action_cell_date(call, post->ends);
    struct text words = {.arena = call->arena}, raw = {.arena = call->arena};
    text_add(&words, kind.text);
    text_add(&raw, post->kind);
    if (!str_is_empty(post->job)) {
        text_addf(&words, " (" STR_FMT ")", STR_ARG(post->job));
        text_addf(&raw, " (" STR_FMT ")", STR_ARG(post->job));
    }
    add_day(&words, ", from ", starts.text);
    add_day(&words, ", to ", ends.text);
    add_day(&raw, ", from ", starts.raw);
    add_day(&raw, ", to ", ends.raw);
    return (struct action_cell){.text = text_str(&words), .raw = text_str(&raw)};
}

/* A post that both have, field by field. */
static void differ_post_fields(struct comparing *comparing, struct str school,
                               const struct import_post *before, const struct import_post *after)
{
    struct arena *arena = comparing->call->arena;
    size_t count = comparing->count;
    differ(comparing, str_format(arena, STR_FMT ", job", STR_ARG(school)), before->job, after->job);
    differ_date(comparing, str_format(arena, STR_FMT ", first day", STR_ARG(school)),
                before->starts, after->starts);
    differ_date(comparing, str_format(arena, STR_FMT ", last day", STR_ARG(school)), before->ends,
                after->ends);
    if (comparing->count == count && before->is_imported != after->is_imported) {
        differ(comparing, school,
               before->is_imported ? STR("kept by the staff system") : STR("entered by hand"),
               after->is_imported ? STR("kept by the staff system") : STR("entered by hand"));
    }
}

/* One school is read, not all of them: a line is of one or two. */
static struct str school_called(struct action_call *call, struct school_id school)
{
    bool is_there = false;
    struct school_of_row row;
    struct result found =
        school_of(call->transaction, (struct school_of_in){school}, &is_there, &row);
    return result_is_ok(found) && is_there ? row.name : STR("a school");
}

static void differ_post(struct comparing *comparing, const struct import_post *before,
                        const struct import_post *after)
{
    struct str school = school_called(comparing->call, before ? before->school : after->school);
    if (before && after) {
        differ_post_fields(comparing, school, before, after);
    } else if (before) {
        differ_cells(comparing, school, post_cell(comparing->call, before),
                     (struct action_cell){0});
    } else {
        differ_cells(comparing, school, (struct action_cell){0}, post_cell(comparing->call, after));
    }
}

size_t import_state_compare(struct action_call *call, const struct import_state *earlier,
                            const struct import_state *later, const struct import_difference **out)
{
    const struct import_state nobody = {.joined = CIVIL_NO_DATE, .left = CIVIL_NO_DATE};
    const struct import_state *from = earlier ? earlier : &nobody;
    struct comparing comparing = {
        call, ARENA_ARRAY(call->arena, struct import_difference, DIFFERENCES_MAX), 0};
    differ(&comparing, STR("Name"), from->name, later->name);
    if (comparing.count == 0) {
        differ(&comparing, STR("Sorted as"), from->sort_name, later->sort_name);
    }
    differ(&comparing, STR("Known as"), from->known_as, later->known_as);
    differ(&comparing, STR("E-mail"), from->email, later->email);
    differ(&comparing, STR("Number"), from->reference, later->reference);
    differ_date(&comparing, STR("Joined on"), from->joined, later->joined);
    differ_date(&comparing, STR("Left on"), from->left, later->left);
    for (size_t i = 0; i < from->post_count; i++) {
        differ_post(&comparing, &from->posts[i], import_post_find(later, &from->posts[i]));
    }
    for (size_t i = 0; i < later->post_count; i++) {
        if (!import_post_find(from, &later->posts[i])) {
            differ_post(&comparing, NULL, &later->posts[i]);
        }
    }
    *out = comparing.at;
    return comparing.count;
}

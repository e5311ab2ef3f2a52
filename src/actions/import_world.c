/*
 * actions/import_world.c - everybody and every school that there are, read at once.
 *
 * Read first: import_int.h. Fifteen thousand people are read faster than a thousand are looked up
 * one by one, and on PostgreSQL every look-up is a way there and back.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "actions/import_int.h"
#include "actions/name.h"
#include "records/imports.h"

#define PEOPLE_FIRST 1024

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* ---- Keys ------------------------------------------------------------------------------------ */

static int compare_keys(const void *left, const void *right)
{
    const struct import_key *a = left, *b = right;
    int order = str_compare(a->text, b->text);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

void import_keys_sort(struct import_keys keys)
{
    if (keys.count > 1) {
        qsort(keys.at, keys.count, sizeof *keys.at, compare_keys);
    }
}

size_t import_keys_find(struct import_keys keys, struct str text)
{
    size_t low = 0, high = keys.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(keys.at[middle].text, text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < keys.count && str_equal(keys.at[low].text, text) ? low : SIZE_MAX;
}

/* ---- Schools --------------------------------------------------------------------------------- */

/* Codes are compared in small letters, with all their signs. */
static struct str code_fold(struct arena *arena, struct str code)
{
    char *at = arena_alloc(arena, code.len);
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];
        at[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return (struct str){at, code.len};
}

MUST_USE static struct result schools_read(struct action_call *call, struct import_world *world)
{
    struct import_schools_all_rows rows;
    struct import_school_names_rows names;
    TRY(import_schools_all(call->transaction, (struct import_schools_all_in){IMPORT_SCHOOLS_MAX},
                           &rows));
    TRY(import_school_names(call->transaction, (struct import_school_names_in){STORE_ROWS_MAX},
                            &names));
    struct arena *arena = call->arena;
    world->school_count = rows.count;
    world->schools = ARENA_ARRAY(arena, struct import_school, rows.count);
    world->by_code.at = ARENA_ARRAY(arena, struct import_key, rows.count);
    world->by_name.at = ARENA_ARRAY(arena, struct import_key, rows.count + names.count);
    for (size_t i = 0; i < rows.count; i++) {
        world->schools[i] =
            (struct import_school){.id = rows.at[i].id,
                                   .name = rows.at[i].name,
                                   .is_closed = civil_date_is_given(rows.at[i].closed_on)};
        world->by_code.at[world->by_code.count++] =
            (struct import_key){code_fold(arena, rows.at[i].code), (uint32_t)i};
        world->by_name.at[world->by_name.count++] =
            (struct import_key){name_fold(arena, rows.at[i].name), (uint32_t)i};
    }
    for (size_t i = 0; i < names.count; i++) {
        const struct import_school *school = import_world_school(world, names.at[i].school);
        if (school) {
            world->by_name.at[world->by_name.count++] = (struct import_key){
                name_fold(arena, names.at[i].word), (uint32_t)(school - world->schools)};
        }
    }
    import_keys_sort(world->by_code);
    import_keys_sort(world->by_name);
    return RESULT_OK;
}

static int compare_school(const void *key, const void *one)
{
    return compare_numbers(*(const int64_t *)key, ((const struct import_school *)one)->id.value);
}

struct import_school *import_world_school(const struct import_world *world, struct school_id id)
{
    return world->school_count == 0 ? NULL
                                    : bsearch(&id.value, world->schools, world->school_count,
                                              sizeof *world->schools, compare_school);
}

struct import_school *import_world_school_called(struct arena *arena,
                                                 const struct import_world *world, struct str text)
{
    size_t found = import_keys_find(world->by_code, code_fold(arena, text));
    if (found != SIZE_MAX) {
        return &world->schools[world->by_code.at[found].at];
    }
    struct import_keys names = world->by_name;
    found = str_is_empty(text) ? SIZE_MAX : import_keys_find(names, name_fold(arena, text));
    if (found == SIZE_MAX) {
        return NULL;
    }
    for (size_t i = found; i < names.count && str_equal(names.at[i].text, names.at[found].text);
         i++) {
        if (names.at[i].at != names.at[found].at) {
            return NULL; /* two are called so */
        }
    }
    return &world->schools[names.at[found].at];
}

/* ---- People ---------------------------------------------------------------------------------- */

static struct import_known *people_room(struct arena *arena, struct import_world *world,
                                        size_t *capacity, size_t more)
{
    if (world->count + more > *capacity) {
        size_t wanted = 2 * *capacity + more + PEOPLE_FIRST;
        world->people = arena_grow(arena, world->people, *capacity * sizeof *world->people,
                                   wanted * sizeof *world->people);
        *capacity = wanted;
    }
    return world->people + world->count;
}

MUST_USE static struct result people_read(struct action_call *call, struct import_world *world)
{
    struct person_id last = {0};
    size_t capacity = 0;
    struct import_people_after_rows rows;
    do {
        TRY(import_people_after(call->transaction,
                                (struct import_people_after_in){last, IMPORT_PAGE_ROWS}, &rows));
        struct import_known *at = people_room(call->arena, world, &capacity, rows.count);
        for (size_t i = 0; i < rows.count; i++) {
            const struct import_people_after_row *row = &rows.at[i];
            at[i] = (struct import_known){.id = row->id,
                                          .state = {.name = row->name,
                                                    .sort_name = row->sort_name,
                                                    .known_as = row->known_as,
                                                    .email = row->email,
                                                    .reference = row->reference,
                                                    .joined = row->joined_on,
                                                    .left = row->left_on,
                                                    .left_run = row->left_run}};
        }
        world->count += rows.count;
        last = rows.count ? rows.at[rows.count - 1].id : last;
    } while (rows.count == IMPORT_PAGE_ROWS);
    return RESULT_OK;
}

/* One more post of a person, whose posts come one after the other. */
static void post_give(struct arena *arena, struct import_known *known, struct import_post post)
{
    struct import_state *state = &known->state;
    struct import_post *posts = ARENA_ARRAY(arena, struct import_post, state->post_count + 1);
    if (state->post_count) {
        memcpy(posts, state->posts, state->post_count * sizeof *posts);
    }
    posts[state->post_count++] = post;
    state->posts = posts;
}

MUST_USE static struct result posts_read(struct action_call *call, struct import_world *world)
{
    struct import_posts_after_in from = {.most = IMPORT_PAGE_ROWS};
    struct import_posts_after_rows rows;
    size_t person = 0;
    do {
        TRY(import_posts_after(call->transaction, from, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            const struct import_posts_after_row *row = &rows.at[i];
            while (person < world->count && world->people[person].id.value < row->person.value) {
                person++;
            }
            if (person < world->count && world->people[person].id.value == row->person.value &&
                world->people[person].state.post_count < IMPORT_POSTS_MAX) {
                post_give(call->arena, &world->people[person],
                          (struct import_post){.school = row->school,
                                               .kind = row->kind,
                                               .job = row->job_title,
                                               .starts = row->starts_on,
                                               .ends = row->ends_on,
                                               .is_imported = row->imported});
            }
        }
        if (rows.count) {
            const struct import_posts_after_row *last = &rows.at[rows.count - 1];
            from = (struct import_posts_after_in){last->person, last->school, last->kind,
                                                  IMPORT_PAGE_ROWS};
        }
    } while (rows.count == IMPORT_PAGE_ROWS);
    return RESULT_OK;
}

/* Who has a role where the actor may not do this. Whoever may do it everywhere need not ask. */
MUST_USE static struct result roles_read(struct action_call *call, struct import_world *world)
{
    struct import_roles_after_in from = {.day = call->today, .most = IMPORT_PAGE_ROWS};
    struct import_roles_after_rows rows = {0};
    if (action_may_at(call, call->action, (struct school_id){0})) {
        return RESULT_OK;
    }
    do {
        TRY(import_roles_after(call->transaction, from, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            struct import_known *known = import_world_person(world, rows.at[i].person);
            if (known && !action_may_at(call, call->action, rows.at[i].school)) {
                known->is_beyond = true;
            }
            from.id = rows.at[i].id;
        }
    } while (rows.count == IMPORT_PAGE_ROWS);
    return RESULT_OK;
}

bool import_is_beyond(const struct import_known *known, const struct import_state *to)
{
    return known && known->is_beyond &&
           (!str_equal(known->state.email, to->email) || known->state.left.days != to->left.days);
}

static void people_index(struct arena *arena, struct import_world *world)
{
    world->by_reference.at = ARENA_ARRAY(arena, struct import_key, world->count);
    world->by_email.at = ARENA_ARRAY(arena, struct import_key, world->count);
    for (size_t i = 0; i < world->count; i++) {
        const struct import_state *state = &world->people[i].state;
        if (!str_is_empty(state->reference)) {
            world->by_reference.at[world->by_reference.count++] =
                (struct import_key){state->reference, (uint32_t)i};
        }
        if (!str_is_empty(state->email)) {
            world->by_email.at[world->by_email.count++] =
                (struct import_key){state->email, (uint32_t)i};
        }
    }
    import_keys_sort(world->by_reference);
    import_keys_sort(world->by_email);
}

struct result import_world_read(struct action_call *call, struct import_world *out)
{
    *out = (struct import_world){0};
    TRY(schools_read(call, out));
    TRY(people_read(call, out));
    TRY(posts_read(call, out));
    TRY(roles_read(call, out));
    people_index(call->arena, out);
    return RESULT_OK;
}

static int compare_known(const void *key, const void *one)
{
    return compare_numbers(*(const int64_t *)key, ((const struct import_known *)one)->id.value);
}

struct import_known *import_world_person(const struct import_world *world, struct person_id id)
{
    return world->count == 0 ? NULL
                             : bsearch(&id.value, world->people, world->count,
                                       sizeof *world->people, compare_known);
}

static struct import_known *found_by(const struct import_world *world, struct import_keys keys,
                                     struct str text)
{
    size_t found = str_is_empty(text) ? SIZE_MAX : import_keys_find(keys, text);
    return found == SIZE_MAX ? NULL : &world->people[keys.at[found].at];
}

struct import_known *import_world_by_reference(const struct import_world *world,
                                               struct str reference)
{
    return found_by(world, world->by_reference, reference);
}

struct import_known *import_world_by_email(const struct import_world *world, struct str email)
{
    return found_by(world, world->by_email, email);
}

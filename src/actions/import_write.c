/*
 * actions/import_write.c - from one state of a person to another.
 *
 * Read first: import_int.h. None of these statements waits for an answer.
 */
#include "actions/import_int.h"
#include "records/imports.h"
#include "records/people.h"

MUST_USE static struct result person_write(struct action_call *call, struct person_id person,
                                           const struct import_state *from,
                                           const struct import_state *to)
{
    if (!from) {
        return import_person_add(call->transaction,
                                 (struct import_person_add_in){.id = person,
                                                               .name = to->name,
                                                               .sort_name = to->sort_name,
                                                               .known_as = to->known_as,
                                                               .email = to->email,
                                                               .reference = to->reference,
                                                               .joined_on = to->joined,
                                                               .left_on = to->left,
                                                               .left_run = to->left_run});
    }
    if (import_person_equal(from, to)) {
        return RESULT_OK;
    }
    return import_person_put(call->transaction,
                             (struct import_person_put_in){.id = person,
                                                           .name = to->name,
                                                           .sort_name = to->sort_name,
                                                           .known_as = to->known_as,
                                                           .email = to->email,
                                                           .reference = to->reference,
                                                           .joined_on = to->joined,
                                                           .left_on = to->left,
                                                           .left_run = to->left_run});
}

struct result import_state_write(struct action_call *call, struct person_id person,
                                 const struct import_state *from, const struct import_state *to)
{
    TRY(person_write(call, person, from, to));
    for (size_t i = 0; from && i < from->post_count; i++) {
        const struct import_post *post = &from->posts[i];
        if (!import_post_find(to, post)) {
            TRY(import_post_remove(call->transaction, (struct import_post_remove_in){
                                                          person, post->school, post->kind}));
        }
    }
    for (size_t i = 0; i < to->post_count; i++) {
        const struct import_post *post = &to->posts[i];
        const struct import_post *before = import_post_find(from, post);
        if (!before || !import_post_equal(before, post)) {
            TRY(import_post_put(call->transaction,
                                (struct import_post_put_in){.id = {store_id(call->transaction)},
                                                            .person = person,
                                                            .school = post->school,
                                                            .kind = post->kind,
                                                            .job_title = post->job,
                                                            .starts_on = post->starts,
                                                            .ends_on = post->ends,
                                                            .imported = post->is_imported}));
        }
    }
    return RESULT_OK;
}

struct result import_person_take_back(struct action_call *call, struct person_id person,
                                      const struct import_state *from)
{
    for (size_t i = 0; i < from->post_count; i++) {
        TRY(import_post_remove(
            call->transaction,
            (struct import_post_remove_in){person, from->posts[i].school, from->posts[i].kind}));
    }
    TRY(import_lines_empty(call->transaction, (struct import_lines_empty_in){person}));
    return import_person_remove(
        call->transaction, (struct import_person_remove_in){person, store_now(call->transaction)});
}

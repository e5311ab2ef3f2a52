/*
 * Every example of every pack, asked twice: in the program, and as JSON over the C interface.
 *
 * Read first: include/handrail.h; docs/policy-language.md, section 9. The two answers must be the
 * same to the byte. What must hold: with fewer examples than EXAMPLES_MIN this test fails, so that
 * it cannot pass by finding nothing.
 */
#include "support/check.h"

#include "base/json.h"
#include "coverage/examples.h"
#include "handrail.h"
#include "policy/policy.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define EXAMPLES_MIN 1500u
#define FILE_BYTES_MAX (2u * 1024u * 1024u)

/* ---- A question as JSON ---------------------------------------------------------------------- */

struct writing {
    const struct pack *pack;
    const struct decide_question *question;
    struct json_writer json;
};

static bool is_either(const struct writing *writing, uint32_t person, uint32_t fact, uint32_t value)
{
    for (uint32_t i = 0; i < writing->question->either_count; i++) {
        const struct decide_either *either = &writing->question->eithers[i];
        if (either->person == person && either->fact == fact && (either->values >> value & 1) != 0)
            return true;
    }
    return false;
}

/* 0 the values that hold, 1 those unknown, 2 those of which at least one holds. */
static void list_write(struct writing *writing, const char *key, uint32_t person, uint32_t fact,
                       uint32_t kind)
{
    const struct pack_fact *record = &writing->pack->fact[fact];
    const struct decide_given *given = person == 0 ? writing->question->given
                                                   : writing->question->people[person - 1].given;
    json_key(&writing->json, str_from(key));
    json_begin_array(&writing->json);
    for (uint32_t v = 0; v < record->value_count; v++) {
        const struct decide_given *of = &given[record->first_variable + v];
        bool either = is_either(writing, person, fact, v);
        uint32_t is = of->state == DECIDE_STATE_GIVEN ? (of->domain == 2 ? 0 : 3) : either ? 2 : 1;
        if (is == kind)
            json_str(&writing->json,
                     pack_text(writing->pack, writing->pack->value[record->first_value + v].name));
    }
    json_end_array(&writing->json);
}

static void set_write(struct writing *writing, uint32_t person, uint32_t fact)
{
    json_begin_object(&writing->json);
    list_write(writing, "is", person, fact, 0);
    list_write(writing, "unknown", person, fact, 1);
    list_write(writing, "either", person, fact, 2);
    json_end_object(&writing->json);
}

static void choice_write(struct writing *writing, const struct pack_fact *fact, uint32_t bit)
{
    json_str(&writing->json, bit >= fact->value_count
                                 ? STR("none")
                                 : pack_text(writing->pack,
                                             writing->pack->value[fact->first_value + bit].name));
}

static void number_write(struct writing *writing, const struct pack_fact *fact, uint32_t bit)
{
    const int64_t *cuts = writing->pack->number + fact->first_cut;
    if (bit > fact->cut_count) {
        json_null(&writing->json);
        return;
    }
    int64_t number = fact->cut_count == 0 ? fact->from : bit == 0 ? cuts[0] - 1 : cuts[bit - 1];
    if (fact->kind == PACK_FACT_NUMBER) {
        json_int(&writing->json, number);
        return;
    }
    struct civil_date date = {(int32_t)number};
    json_str(&writing->json, civil_date_format(writing->question->arena, date));
}

static void single_write(struct writing *writing, const struct pack_fact *fact,
                         const struct decide_given *given)
{
    uint32_t bit = given->domain != 0 ? (uint32_t)__builtin_ctzll(given->domain) : 0;
    if (given->state == DECIDE_STATE_UNKNOWN && given->domain != 0) {
        json_begin_object(&writing->json);
        json_key(&writing->json, STR("either"));
        json_begin_array(&writing->json);
        for (uint64_t rest = given->domain; rest != 0; rest &= rest - 1)
            choice_write(writing, fact, (uint32_t)__builtin_ctzll(rest));
        json_end_array(&writing->json);
        json_end_object(&writing->json);
    } else if (given->state != DECIDE_STATE_GIVEN) {
        json_str(&writing->json,
                 given->state == DECIDE_STATE_UNKNOWN ? STR("unknown") : STR("withheld"));
    } else if (fact->kind == PACK_FACT_YES_NO) {
        json_bool(&writing->json, given->domain == 2);
    } else if (fact->kind == PACK_FACT_ONE_OF) {
        choice_write(writing, fact, bit);
    } else {
        number_write(writing, fact, bit);
    }
}

/* True when all of a list is in one state that is not "given". */
static bool set_is_whole(const struct pack_fact *fact, const struct decide_given *given,
                         enum decide_state state)
{
    for (uint32_t v = 0; v < fact->variable_count; v++)
        if (given[v].state != state || given[v].domain != 0)
            return false;
    return true;
}

static void facts_write(struct writing *writing, uint32_t person)
{
    const struct decide_given *all = person == 0 ? writing->question->given
                                                 : writing->question->people[person - 1].given;
    for (uint32_t f = 0; f < writing->pack->fact_count; f++) {
        const struct pack_fact *fact = &writing->pack->fact[f];
        const struct decide_given *given = &all[fact->first_variable];
        struct str name = pack_text(writing->pack, fact->name);
        if ((fact->is_other != 0) != (person != 0) || fact->variable_count == 0 ||
            given->state == DECIDE_STATE_LEFT_OUT)
            continue;
        if (person != 0)
            name = str_equal(name, STR("other")) ? STR("is")
                                                 : str_slice(name, sizeof "other." - 1, name.len);
        json_key(&writing->json, name);
        if (fact->kind != PACK_FACT_SOME_OF)
            single_write(writing, fact, given);
        else if (set_is_whole(fact, given, DECIDE_STATE_UNKNOWN))
            json_str(&writing->json, STR("unknown"));
        else if (set_is_whole(fact, given, DECIDE_STATE_WITHHELD))
            json_str(&writing->json, STR("withheld"));
        else
            set_write(writing, person, f);
    }
}

static void date_write(struct writing *writing, const char *key, struct civil_date date)
{
    json_key_str(&writing->json, str_from(key),
                 civil_date_format(writing->question->arena, date));
}

static void approval_write(struct writing *writing, const struct decide_approval *record)
{
    struct json_writer *json = &writing->json;
    json_begin_object(json);
    if (record->role != PACK_NONE)
        json_key_str(json, STR("by"),
                     pack_text(writing->pack, writing->pack->role[record->role].name));
    if (record->clause != PACK_NONE)
        json_key_str(json, STR("clause"),
                     pack_text(writing->pack, writing->pack->clause[record->clause].key));
    json_key_str(json, STR("state"), pack_approval_state_name(record->state));
    if (record->has_reason)
        json_key_str(json, STR("reason"), STR("as recorded"));
    json_key_bool(json, STR("written"), record->in_writing);
    if (record->has_from)
        date_write(writing, "from", record->from);
    if (record->has_until)
        date_write(writing, "until", record->until);
    if (record->platform.len != 0)
        json_key_str(json, STR("platform"), record->platform);
    json_end_object(json);
}

static struct str question_write(const struct decide_question *question)
{
    struct text out = {.arena = question->arena};
    struct writing writing = {
        .pack = question->pack, .question = question, .json = json_writer_new(&out, JSON_COMPACT)};
    struct json_writer *json = &writing.json;
    json_begin_object(json);
    json_key_str(json, STR("act"),
                 pack_text(question->pack, question->pack->act[question->act].name));
    json_key_bool(json, STR("brief"), true);
    json_key(json, STR("facts"));
    json_begin_object(json);
    facts_write(&writing, 0);
    json_end_object(json);
    if (question->has_people) {
        json_key(json, STR("others"));
        json_begin_array(json);
        for (uint32_t i = 0; i < question->person_count; i++) {
            json_begin_object(json);
            json_key_str(json, STR("consent"),
                         pack_approval_state_name(question->people[i].consent));
            facts_write(&writing, i + 1);
            json_end_object(json);
        }
        json_end_array(json);
    }
    json_key(json, STR("approvals"));
    json_begin_array(json);
    for (uint32_t i = 0; i < question->approval_count; i++)
        approval_write(&writing, &question->approvals[i]);
    json_end_array(json);
    if (question->has_as_of)
        date_write(&writing, "as_of", question->as_of);
    json_end_object(json);
    return text_str(&out);
}

/* ---- The packs ------------------------------------------------------------------------------- */

static struct str file_read(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = arena_alloc(arena, FILE_BYTES_MAX);
    size_t length = fread(bytes, 1, FILE_BYTES_MAX, file);
    assert_int_equal(fclose(file), 0);
    return (struct str){bytes, length};
}

static struct policy_document *document_read(struct arena *arena, const char *folder,
                                             const char *name, struct diag_list *diags)
{
    struct str path = str_format(arena, "%s/%s/%s.md", HANDRAIL_POLICIES, folder, name);
    return policy_read(arena, path, file_read(arena, str_cstr(arena, path)), diags);
}

static bool example_same(struct arena *arena, const struct handrail_pack *handrail,
                         const struct pack *pack, const struct policy_example *example)
{
    struct diag_list diags = diag_list_new(arena);
    struct decide_question *question = example_question(arena, pack, example);
    struct decide_answer *answer = decide_answer(arena, question, &diags);
    assert_non_null(answer);
    struct text expected = {.arena = arena};
    decide_answer_write(answer, &expected);
    struct str json = question_write(question);
    struct handrail_answer *over = NULL;
    enum handrail_status status = handrail_decide(handrail, json.at, json.len, &over);
    struct str given = str_from(handrail_answer_json(over));
    bool is_same = status == HANDRAIL_OK && str_equal(text_str(&expected), given);
    if (!is_same)
        print_message("%.*s:%u\n%.*s\nprogram:\n%.*s\nC interface:\n%s\n",
                      STR_ARG(example->place.file), example->place.line, STR_ARG(json),
                      STR_ARG(text_str(&expected)), handrail_answer_json(over));
    handrail_answer_close(over);
    return is_same;
}

/* How many examples of one pack were asked; stops at the first that differs. */
static uint32_t pack_compare(const char *folder)
{
    struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    bool is_law = str_equal(str_from(folder), STR("law"));
    struct policy_bundle bundle = {.chain_count = 1};
    bundle.vocabulary = document_read(arena, "vocabulary", "vocabulary", &diags);
    bundle.law = is_law ? NULL : document_read(arena, "law", "policy", &diags);
    bundle.chain[0] = document_read(arena, folder, "policy", &diags);
    policy_check(arena, &bundle, &diags);
    assert_int_equal(diag_error_count(&diags), 0);
    struct policy_image image = policy_compile(arena, &bundle, &diags);
    struct pack pack;
    assert_null(pack_open(&pack, image.bytes, image.size));
    struct handrail_pack *handrail = NULL;
    assert_int_equal(handrail_pack_open(image.bytes, image.size, &handrail), HANDRAIL_OK);
    check_str(str_from(handrail_pack_name(handrail)), folder);
    uint32_t count = 0;
    for (size_t c = 0; c < bundle.chain[0]->clause_count; c++)
        for (size_t e = 0; e < bundle.chain[0]->clauses[c].example_count; e++) {
            struct arena *once = arena_open();
            assert_true(
                example_same(once, handrail, &pack, &bundle.chain[0]->clauses[c].examples[e]));
            arena_close(once);
            count++;
        }
    handrail_pack_close(handrail);
    arena_close(arena);
    return count;
}

static void every_example_gets_the_same_answer_over_the_c_interface(void **state)
{
    (void)state;
    uint32_t examples = 0, packs = 0;
    DIR *folder = opendir(HANDRAIL_POLICIES);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        struct str name = str_from(entry->d_name);
        if (str_find(name, STR(".")) != STR_NONE || str_equal(name, STR("vocabulary")))
            continue;
        examples += pack_compare(entry->d_name);
        packs++;
    }
    closedir(folder);
    print_message("%u examples of %u packs\n", examples, packs);
    assert_true(packs >= 6);
    assert_true(examples >= EXAMPLES_MIN);
}

static void an_image_that_is_none_is_refused(void **state)
{
    (void)state;
    static const uint64_t zeros[64];
    struct handrail_pack *pack = (struct handrail_pack *)(void *)&pack;
    assert_int_equal(handrail_pack_open(zeros, sizeof zeros, &pack), HANDRAIL_BAD_IMAGE);
    assert_null(pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_gets_the_same_answer_over_the_c_interface),
        cmocka_unit_test(an_image_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

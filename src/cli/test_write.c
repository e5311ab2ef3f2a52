/*
 * cli/test_write.c - the results of `handrail test` as JSON. Schema: docs/schemas/test.json.
 */
#include "base/json.h"
#include "cli/test_int.h"

static void test_write_share(struct json_writer *writer, const char *key, size_t part, size_t whole)
{
    json_key(writer, str_from(key));
    json_begin_object(writer);
    json_key_int(writer, STR("reached"), (int64_t)part);
    json_key_int(writer, STR("total"), (int64_t)whole);
    json_key_int(writer, STR("percent"), (int64_t)cli_percent(part, whole));
    json_end_object(writer);
}

static void test_write_place(struct json_writer *writer, const struct policy_place *place)
{
    json_key_str(writer, STR("file"), place->file);
    json_key_int(writer, STR("line"), (int64_t)place->line);
}

static void test_write_example(struct json_writer *writer, const struct test_example *result)
{
    json_begin_object(writer);
    test_write_place(writer, &result->example->place);
    json_key_str(writer, STR("clause"), result->clause);
    json_key_str(writer, STR("story"), result->example->story);
    json_key_str(writer, STR("act"), result->example->act.text);
    json_key_bool(writer, STR("passed"), result->has_passed);
    json_key(writer, STR("expected"));
    json_begin_array(writer);
    for (size_t i = 0; result->expected && i < result->example->expectation_count; i++) {
        json_str(writer, result->expected[i]);
    }
    json_end_array(writer);
    json_key_str(writer, STR("actual"), result->actual);
    if (!result->has_passed) {
        json_key_str(writer, STR("differences"), result->differences);
    }
    json_end_object(writer);
}

static void test_write_draft(struct json_writer *writer, const struct test_draft *draft)
{
    json_begin_object(writer);
    test_write_place(writer, &draft->place);
    json_key_str(writer, STR("clause"), draft->clause);
    json_key_str(writer, STR("statement"), draft->statement);
    json_key_str(writer, STR("draft"), draft->text);
    json_key_bool(writer, STR("fires"), draft->must_fire);
    json_key_bool(writer, STR("passed"), draft->has_passed);
    json_key_bool(writer, STR("in_vain"), draft->is_in_vain);
    json_end_object(writer);
}

static void test_write_cover(struct json_writer *writer, const struct test_run *run,
                             const struct test_pack *pack)
{
    json_key(writer, STR("coverage"));
    json_begin_object(writer);
    test_write_share(writer, "clauses", pack->cover.clauses_fired, pack->cover.clauses);
    test_write_share(writer, "rules", pack->cover.rules_fired, pack->cover.rules);
    test_write_share(writer, "conditions", pack->cover.conditions_both, pack->cover.conditions);
    json_key(writer, STR("unreached"));
    json_begin_array(writer);
    for (size_t i = 0; i < run->cover.count; i++) {
        const struct cover_point *point = &run->cover.points[i];
        struct str missing = cover_missing(point);
        if (point->document == pack->one->document && !str_is_empty(missing)) {
            json_begin_object(writer);
            test_write_place(writer, &point->place);
            json_key_str(writer, STR("clause"), point->clause);
            json_key_str(writer, STR("kind"),
                         point->kind == COVER_RULE ? STR("rule") : STR("condition"));
            json_key_str(writer, STR("missing"), missing);
            json_key_str(writer, STR("text"), point->text);
            json_end_object(writer);
        }
    }
    json_end_array(writer);
    json_end_object(writer);
}

static void test_write_mutation(struct json_writer *writer, const struct test_mutation *mutation)
{
    json_key(writer, STR("mutants"));
    json_begin_object(writer);
    json_key_int(writer, STR("caught"), (int64_t)mutation->caught);
    json_key_int(writer, STR("refused"), (int64_t)mutation->refused);
    json_key_int(writer, STR("total"), (int64_t)mutation->total);
    json_key_int(writer, STR("percent"), (int64_t)cli_percent(mutation->caught, mutation->total));
    json_key(writer, STR("survivors"));
    json_begin_array(writer);
    for (size_t i = 0; i < mutation->survivor_count; i++) {
        json_begin_object(writer);
        test_write_place(writer, &mutation->survivors[i].place);
        json_key_str(writer, STR("clause"), mutation->survivors[i].clause);
        json_key_str(writer, STR("change"), mutation->survivors[i].change);
        json_end_object(writer);
    }
    json_end_array(writer);
    json_end_object(writer);
}

void test_write_json(const struct test_run *run, struct text *out)
{
    struct json_writer writer = json_writer_new(out, JSON_PRETTY);
    json_begin_object(&writer);
    json_key_int(&writer, STR("passed"), (int64_t)run->passed);
    json_key_int(&writer, STR("failed"), (int64_t)run->failed);
    json_key(&writer, STR("packs"));
    json_begin_array(&writer);
    for (size_t i = 0; i < run->shelf.count; i++) {
        const struct test_pack *pack = &run->at[i];
        json_begin_object(&writer);
        json_key_str(&writer, STR("pack"), pack->one->document->name);
        json_key_str(&writer, STR("file"), pack->one->file);
        json_key_int(&writer, STR("passed"), (int64_t)pack->passed);
        json_key_int(&writer, STR("failed"), (int64_t)pack->failed);
        test_write_cover(&writer, run, pack);
        if (run->is_mutate) {
            test_write_mutation(&writer, &pack->mutation);
        }
        json_key(&writer, STR("examples"));
        json_begin_array(&writer);
        for (size_t e = 0; e < pack->example_count; e++) {
            test_write_example(&writer, &pack->examples[e]);
        }
        json_end_array(&writer);
        json_key(&writer, STR("drafts"));
        json_begin_array(&writer);
        for (size_t d = 0; d < pack->draft_count; d++) {
            test_write_draft(&writer, &pack->drafts[d]);
        }
        json_end_array(&writer);
        json_end_object(&writer);
    }
    json_end_array(&writer);
    json_end_object(&writer);
    text_add_char(out, '\n');
}

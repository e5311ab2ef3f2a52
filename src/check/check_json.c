/*
 * check/check_json.c - a checked draft as JSON. Read first: check.h; docs/schemas/check.json says
 * the same as a schema.
 */
#include "check/check_int.h"

#include "base/json.h"

struct writing {
    const struct pack *pack; /* NULL: no policy */
    struct json_writer json;
};

static void consequence_write(struct writing *writing, const struct check_consequence *one)
{
    const struct pack *pack = writing->pack;
    const struct pack_rule *rule = &pack->rule[one->rule];
    const struct pack_clause *clause = &pack->clause[rule->clause];
    struct json_writer *json = &writing->json;
    json_begin_object(json);
    json_key_str(json, STR("clause"), pack_text(pack, clause->key));
    json_key_str(json, STR("at"), pack_text(pack, clause->at));
    json_key_str(json, STR("title"), pack_text(pack, clause->title));
    json_key_str(json, STR("level"), pack_level_name((enum pack_level)one->level));
    json_key_str(json, STR("strength"), pack_strength_name((enum pack_strength)rule->strength));
    json_key_bool(json, STR("certain"), one->is_certain);
    json_key_str(json, STR("say"), pack_text(pack, rule->say));
    json_key_str(json, STR("instead"), pack_text(pack, rule->instead));
    json_end_object(json);
}

static void finding_write(struct json_writer *json, const struct screen_finding *finding)
{
    const struct screen_kind_info *info = screen_kind_info(finding->kind);
    json_key_str(json, STR("kind"), screen_kind_names[finding->kind]);
    if (finding->detail != SCREEN_DETAIL_NONE) {
        json_key_str(json, STR("detail"), info->details[finding->detail]);
    }
    json_key_int(json, STR("start"), finding->start);
    json_key_int(json, STR("end"), finding->end);
    json_key_int(json, STR("confidence"), finding->confidence);
    json_key_str(json, STR("title"), info->title);
    json_key_str(json, STR("because"), finding->because);
}

static void item_write(struct writing *writing, const struct check_item *item)
{
    struct json_writer *json = &writing->json;
    json_begin_object(json);
    finding_write(json, item->finding);
    json_key_str(json, STR("mend"), item->mend);
    json_key_str(json, STR("level"), pack_level_name((enum pack_level)item->level));
    json_key(json, STR("clauses"));
    json_begin_array(json);
    for (size_t i = 0; i < item->consequence_count; i++) {
        consequence_write(writing, &item->consequences[i]);
    }
    json_end_array(json);
    json_end_object(json);
}

static void asked_write(struct writing *writing, const struct check_answer *answer)
{
    const struct pack *pack = writing->pack;
    struct json_writer *json = &writing->json;
    json_key(json, STR("asked"));
    json_begin_array(json);
    for (size_t i = 0; i < answer->asked_count; i++) {
        const struct pack_fact *fact = &pack->fact[answer->asked[i].fact];
        json_begin_object(json);
        json_key_str(json, STR("fact"), pack_text(pack, fact->name));
        json_key_str(json, STR("question"), pack_text(pack, fact->question));
        json_key(json, STR("values"));
        json_begin_array(json);
        for (uint32_t v = 0; v < fact->value_count; v++) {
            json_str(json, pack_text(pack, pack->value[fact->first_value + v].name));
        }
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
}

void check_answer_write(const struct check *check, const struct check_answer *answer,
                        struct text *out)
{
    struct writing writing = {.pack = check->pack, .json = json_writer_new(out, JSON_PRETTY)};
    struct json_writer *json = &writing.json;
    json_begin_object(json);
    json_key_str(json, STR("pack"), pack_name(check->pack));
    json_key_str(json, STR("verdict"), decide_verdict_name(answer->verdict));
    if (answer->overall != NULL) {
        json_key_str(json, STR("headline"), answer->overall->headline);
    }
    json_key(json, STR("findings"));
    json_begin_array(json);
    for (size_t i = 0; i < answer->count; i++) {
        item_write(&writing, &answer->items[i]);
    }
    json_end_array(json);
    json_key_int(json, STR("not_shown"), (int64_t)answer->findings.dropped);
    json_key_bool(json, STR("cut"), answer->findings.is_cut);
    asked_write(&writing, answer);
    json_end_object(json);
    text_add(out, STR("\n"));
}

void check_findings_write(const struct screen_findings *findings, struct text *out)
{
    struct json_writer json = json_writer_new(out, JSON_PRETTY);
    json_begin_object(&json);
    json_key(&json, STR("findings"));
    json_begin_array(&json);
    for (size_t i = 0; i < findings->count; i++) {
        json_begin_object(&json);
        finding_write(&json, &findings->items[i]);
        json_key_str(&json, STR("mend"), screen_kind_info(findings->items[i].kind)->mend);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_key_int(&json, STR("not_shown"), (int64_t)findings->dropped);
    json_key_bool(&json, STR("cut"), findings->is_cut);
    json_end_object(&json);
    text_add(out, STR("\n"));
}

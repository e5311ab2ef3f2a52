/*
 * trial.c - one case put to both the product and the oracle.
 *
 * Read first: trial.h.
 */
#include "trial.h"

#include <handrail.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/json.h"
#include "compare.h"
#include "policy/policy.h"

static bool read_bundle(struct arena *arena, const struct render_files *files,
                        struct policy_bundle *bundle, struct diag_list *diags)
{
    *bundle = (struct policy_bundle){0};
    bundle->vocabulary = policy_read(arena, STR("vocabulary.md"), files->vocabulary, diags);
    if (!str_is_empty(files->law)) {
        bundle->law = policy_read(arena, STR("law/policy.md"), files->law, diags);
    }
    bundle->chain[bundle->chain_count++] =
        policy_read(arena, STR("case/policy.md"), files->policy, diags);
    if (!str_is_empty(files->school)) {
        bundle->chain[bundle->chain_count++] =
            policy_read(arena, STR("school/policy.md"), files->school, diags);
    }
    if (diag_error_count(diags) > 0) {
        return false;
    }
    policy_check(arena, bundle, diags);
    return diag_error_count(diags) == 0;
}

void trial_open(struct trial *trial, struct arena *arena, const struct oracle_pack *pack)
{
    struct diag_list diags = diag_list_new(arena);
    struct policy_bundle bundle;
    trial->arena = arena;
    trial->engine = (struct oracle_engine){0};
    trial->pack = NULL;
    trial->complaint = (struct str){0};
    oracle_prepare(&trial->engine, pack);
    trial->files = render_pack(arena, pack);
    if (read_bundle(arena, &trial->files, &bundle, &diags)) {
        struct policy_image image = policy_compile(arena, &bundle, &diags);
        if (!image.bytes) {
            trial->complaint = STR("it was not compiled\n");
        } else if (handrail_pack_open(image.bytes, image.size, &trial->pack) != HANDRAIL_OK) {
            trial->complaint = STR("its image was not opened\n");
        }
    }
    if (!trial->pack) {
        struct text out = {.arena = arena};
        text_add(&out, trial->complaint);
        for (size_t i = 0; i < diags.count; i++) {
            if (diags.items[i].severity == DIAG_ERROR) {
                text_addf(&out, STR_FMT ": " STR_FMT ":%u: " STR_FMT "\n",
                          STR_ARG(diags.items[i].code), STR_ARG(diags.items[i].file),
                          diags.items[i].line, STR_ARG(diags.items[i].message));
            }
        }
        trial->complaint = text_str(&out);
    }
}

void trial_close(struct trial *trial)
{
    if (trial->pack) {
        handrail_pack_close(trial->pack);
        trial->pack = NULL;
    }
}

static struct str differ(struct arena *arena, struct trial *trial, enum handrail_status status,
                         const struct oracle_question *question, const struct trial_answers *both)
{
    if (status != HANDRAIL_OK) {
        return both->oracle.is_error ? (struct str){0} : STR("refused: the question is refused");
    }
    if (both->oracle.is_error) {
        return STR("error: the question must be refused");
    }
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *json = json_read(arena, STR("answer"), both->product, &diags);
    if (!json) {
        return STR("json: the answer is no JSON");
    }
    return compare_answers(arena, &trial->engine, question, &both->oracle, json);
}

void trial_ask(struct trial *trial, struct arena *arena, const struct oracle_question *question,
               struct trial_answers *out)
{
    struct handrail_answer *answer = NULL;
    out->question = render_question(arena, trial->engine.pack, question);
    oracle_answer(&trial->engine, question, &out->oracle);
    enum handrail_status status =
        handrail_decide(trial->pack, out->question.at, out->question.len, &answer);
    out->product =
        str_copy(arena, (struct str){handrail_answer_json(answer), handrail_answer_bytes(answer)});
    handrail_answer_close(answer);
    out->difference = differ(arena, trial, status, question, out);
}

struct str trial_difference(struct arena *arena, const struct trial_case *test)
{
    static _Thread_local struct trial trial;
    static _Thread_local struct trial_answers answers;
    trial_open(&trial, arena, &test->pack);
    if (!trial.pack) {
        return str_format(arena, "pack: " STR_FMT, STR_ARG(trial.complaint));
    }
    if (oracle_completions(&trial.engine, &test->question) > ORACLE_COMPLETIONS_MAX) {
        trial_close(&trial);
        return (struct str){0};
    }
    trial_ask(&trial, arena, &test->question, &answers);
    trial_close(&trial);
    return answers.difference;
}

/* ---- The oracle's answer in words ------------------------------------------------------------ */

static void describe_rules(struct text *out, const struct oracle_engine *engine, const char *title,
                           uint64_t rules, const enum oracle_verdict *levels)
{
    text_addf(out, "    %s:", title);
    for (int i = 0; i < engine->instance_count; i++) {
        if (rules >> i & 1) {
            const struct oracle_instance *instance = &engine->instances[i];
            int clause = engine->pack->rules[instance->rule].clause;
            text_addf(out, " %s(%s%s%s)", engine->pack->clauses[clause].key,
                      oracle_effect_name(instance->effect), levels ? " " : "",
                      levels ? oracle_verdict_name(levels[i]) : "");
        }
    }
    text_addf(out, "\n");
}

static void describe_facts(struct text *out, const struct oracle_pack *pack, const char *title,
                           uint32_t facts)
{
    text_addf(out, "    %s:", title);
    for (int f = 0; f < pack->fact_count; f++) {
        if (facts >> f & 1) {
            text_addf(out, " %s", pack->facts[f].name);
        }
    }
    text_addf(out, "\n");
}

static void describe_person(struct text *out, const struct oracle_engine *engine,
                            const struct oracle_person_answer *person)
{
    static const char *const scopes[] = {"in", "out", "unknown"};
    bool is_one = person->completions == 1;
    text_addf(out, "%s%s, scope %s, %d completions:", oracle_verdict_name(person->verdict),
              person->is_unsure ? " (unsure)" : "", scopes[person->scope], person->completions);
    for (int v = 0; v < ORACLE_VERDICT_COUNT; v++) {
        if (person->verdicts >> v & 1) {
            text_addf(out, " %s", oracle_verdict_name((enum oracle_verdict)v));
        }
    }
    text_addf(out, "\n");
    describe_rules(out, engine, "stand in all", person->stands_all,
                   is_one ? person->last.levels : NULL);
    describe_rules(out, engine, "stand in some", person->stands_some & ~person->stands_all, NULL);
    describe_rules(out, engine, "defeated in some", person->defeated_some, NULL);
    describe_rules(out, engine, "suspended in some", person->suspended_some, NULL);
    describe_rules(out, engine, "set aside in some", person->set_aside_some, NULL);
    describe_facts(out, engine->pack, "missing", person->missing);
    describe_facts(out, engine->pack, "depends on", person->depends);
    text_addf(out, "    approvals (states; ! needed in all):");
    for (int a = 0; a < engine->approval_count; a++) {
        text_addf(out, " %s:%s%s", engine->pack->clauses[engine->approvals[a].clause].key,
                  oracle_approval_state_name(person->states[a]),
                  person->needed_all >> a & 1 ? "!" : "");
    }
    text_addf(out, "\n");
}

struct str trial_describe(struct arena *arena, const struct oracle_engine *engine,
                          const struct oracle_answer *answer)
{
    struct text out = {.arena = arena};
    if (answer->is_error) {
        return STR("an error\n");
    }
    text_addf(&out, "%s\n", oracle_verdict_name(answer->verdict));
    for (int p = 0; p < answer->person_count; p++) {
        text_addf(&out, "  %s %d: ", answer->has_nobody ? "nobody" : "person", p + 1);
        describe_person(&out, engine, &answer->persons[p]);
    }
    return text_str(&out);
}

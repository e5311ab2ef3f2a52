/*
 * tests/support/small_policy.c - see small_policy.h. The words of all small policies stand here.
 */
#include "support/check.h"

#include "support/small_policy.h"

#include <stdio.h>

#define FILE_BYTES_MAX ((size_t)4 * 1024 * 1024)

static const char small_policy_words[] =
    "```vocabulary\n"
    "topic scope \"Scope\"\n"
    "topic contacts \"Contacts\"\n"
    "topic reputation \"Reputation\"\n"
    "topic hours \"Hours\"\n"
    "role headteacher \"the headteacher\"\n  group senior-leader\n"
    "role principal \"the principal\"\n  group senior-leader\n"
    "role it-manager \"the IT manager\"\n"
    "role union \"the union\"\n"
    "act post \"post something\"\n  group publish\n"
    "act comment \"comment on something\"\n  group publish\n"
    "act accept \"accept a contact\"\n"
    "act report \"report something\"\n"
    "act wander \"walk about\"\n"
    "fact account: one of \"Which account?\"\n"
    "  personal \"my own account\"\n"
    "  official \"an official account\"\n"
    "  associated \"an associated account\"\n"
    "  label \"the account\"\n"
    "fact platform: one of \"On which platform?\"\n"
    "  facebook \"Facebook\"\n"
    "  linkedin \"LinkedIn\"\n"
    "fact purpose: some of \"What is it for?\"\n"
    "  school-business \"school business\"\n    includes teaching\n"
    "  teaching \"teaching\"\n"
    "  own-life \"my own life\"\n"
    "fact device: one of \"Which device?\"\n"
    "  own \"my own device\"\n"
    "  school \"a school device\"\n"
    "fact emergency: yes or no \"Is it an emergency?\"\n  default no\n"
    "fact rights: some of \"Which rights come in?\"\n"
    "  union-work \"union work\"\n"
    "  belief \"belief\"\n"
    "  default none\n"
    "fact signed: yes or no \"Is it signed?\"\n"
    "  help \"Look at its end.\"\n"
    "  why \"Signed posts are judged apart.\"\n"
    "fact health: yes or no \"Does it tell of somebody's health?\"\n  sensitivity sensitive\n"
    "fact in-lesson: yes or no \"Is it in a lesson?\"\n  relevant-to post\n"
    "fact tone: some of \"How does it speak?\"\n"
    "  rude \"it is rude\"\n"
    "  insults \"it insults\"\n"
    "  kind \"it is kind\"\n"
    "fact readers: number of people \"How many read it?\"\n  from 0 to 1000\n"
    "fact posted-on: date \"When was it posted?\"\n"
    "fact other: some of \"Who is the other person?\"\n"
    "  pupil \"a pupil\"\n"
    "  former-pupil \"a former pupil\"\n"
    "  relative \"my relative\"\n"
    "  own-child \"my own child\"\n"
    "fact other.age: number of years \"How old are they?\"\n"
    "  from 0 to 120\n  sensitivity sensitive\n"
    "fact other.started-it: yes or no \"Did they get in touch first?\"\n"
    "never together other: pupil, former-pupil\n"
    "never together tone: rude, kind\n"
    "implies other: own-child -> relative\n"
    "implies tone: insults -> rude\n"
    "```\n";

/* ---- Opening --------------------------------------------------------------------------------- */

static void diags_show(struct arena *arena, struct diag_list *diags)
{
    struct text out = {.arena = arena};
    diag_render(diags, &out);
    print_error(STR_FMT, STR_ARG(text_str(&out)));
}

static void diags_must_be_free_of_errors(struct arena *arena, struct diag_list *diags)
{
    if (diag_error_count(diags) != 0) {
        diags_show(arena, diags);
        fail_msg("the small policy has errors");
    }
}

struct small_policy *small_policy_open_files(struct arena *arena, struct str vocabulary,
                                             struct str law, struct str policy)
{
    struct diag_list diags = diag_list_new(arena);
    struct policy_bundle bundle = {0};
    bundle.vocabulary = policy_read(arena, STR("vocabulary.md"), vocabulary, &diags);
    if (!str_is_empty(law)) {
        bundle.law = policy_read(arena, STR("law.md"), law, &diags);
    }
    bundle.chain[bundle.chain_count++] = policy_read(arena, STR("policy.md"), policy, &diags);
    diags_must_be_free_of_errors(arena, &diags);
    policy_check(arena, &bundle, &diags);
    diags_must_be_free_of_errors(arena, &diags);
    struct small_policy *small = ARENA_NEW(arena, struct small_policy);
    small->arena = arena;
    small->image = policy_compile(arena, &bundle, &diags);
    diags_must_be_free_of_errors(arena, &diags);
    assert_non_null(small->image.bytes);
    const char *problem = pack_open(&small->pack, small->image.bytes, small->image.size);
    if (problem != NULL) {
        fail_msg("the image is refused: %s", problem);
    }
    return small;
}

static struct str pack_block(struct arena *arena, const char *name, const char *kind,
                             const char *clauses)
{
    return str_format(arena,
                      "# Small\n\n```pack\nname %s\ntitle \"A %s policy\"\nkind %s\n"
                      "prevails \"The wording prevails.\"\n```\n\n%s",
                      name, name, kind, clauses);
}

struct small_policy *small_policy_open_under(struct arena *arena, const char *law,
                                             const char *clauses)
{
    struct str law_text = {0};
    if (law != NULL) {
        law_text = pack_block(arena, "law", "law", law);
    }
    return small_policy_open_files(arena, str_from(small_policy_words), law_text,
                                   pack_block(arena, "small", "policy", clauses));
}

struct small_policy *small_policy_open(struct arena *arena, const char *clauses)
{
    return small_policy_open_under(arena, NULL, clauses);
}

struct small_policy *small_policy_pigeons(struct arena *arena, int holes, const char *line,
                                          const char *clauses)
{
    struct text words = {.arena = arena}, policy = {.arena = arena};
    text_add(&words, STR("```vocabulary\ntopic contacts \"C\"\nact post \"post\"\n"));
    text_add(&policy, STR("```pack\nname pigeons\ntitle \"P\"\nkind policy\n```\n"
                          "## A {#A topic=\"contacts\"}\nWords.\n```rule\n"));
    for (int p = 0; p <= holes; p++) {
        text_addf(&words, "fact pigeon-%d: some of \"Where is pigeon %d?\"\n", p, p);
        for (int h = 0; h < holes; h++) {
            text_addf(&words, "  hole-%d \"in hole %d\"\n", h, h);
        }
        text_addf(&policy, "must not post\n  when pigeon-%d is none\n%s", p, line);
        for (int q = 0; q < p; q++) {
            for (int h = 0; h < holes; h++) {
                text_addf(&policy,
                          "must not post\n"
                          "  when pigeon-%d is hole-%d and pigeon-%d is hole-%d\n%s",
                          p, h, q, h, line);
            }
        }
    }
    text_add(&words, STR("```\n"));
    text_addf(&policy, "```\n%s", clauses);
    return small_policy_open_files(arena, text_str(&words), (struct str){0}, text_str(&policy));
}

struct str small_policy_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("%s cannot be opened; tests run in the project's folder", path);
    }
    char *bytes = arena_alloc(arena, FILE_BYTES_MAX);
    size_t size = fread(bytes, 1, FILE_BYTES_MAX, file);
    (void)fclose(file);
    assert_true(size != 0 && size < FILE_BYTES_MAX);
    return (struct str){bytes, size};
}

/* ---- Asking ---------------------------------------------------------------------------------- */

struct str small_json(struct arena *arena, const char *quoted)
{
    struct str json = str_copy(arena, str_from(quoted));
    char *bytes = str_cstr(arena, json);
    for (size_t i = 0; i < json.len; i++) {
        if (bytes[i] == '\'') {
            bytes[i] = '"';
        }
    }
    return (struct str){bytes, json.len};
}

static struct decide_answer *question_put(struct small_policy *policy, const char *question,
                                          struct diag_list *diags)
{
    struct decide_question *read =
        decide_question_read(policy->arena, &policy->pack, STR("question"),
                             small_json(policy->arena, question), diags);
    return read == NULL ? NULL : decide_answer(policy->arena, read, diags);
}

struct decide_answer *small_ask(struct small_policy *policy, const char *question,
                                const char *file, int line)
{
    struct diag_list diags = diag_list_new(policy->arena);
    struct decide_answer *answer = question_put(policy, question, &diags);
    if (answer == NULL) {
        diags_show(policy->arena, &diags);
        _fail(file, line);
    }
    return answer;
}

struct diag_list small_refuse(struct small_policy *policy, const char *question, const char *file,
                              int line)
{
    struct diag_list diags = diag_list_new(policy->arena);
    struct decide_answer *answer = question_put(policy, question, &diags);
    if (answer != NULL || diag_error_count(&diags) == 0) {
        print_error("this must be refused, with errors: %s\n", question);
        _fail(file, line);
    }
    return diags;
}

/* ---- Looking --------------------------------------------------------------------------------- */

static bool is_cited(const struct decide_answer *answer, const char *clause, bool is_certain)
{
    const struct pack *pack = answer->question->pack;
    uint32_t index = pack_clause_find(pack, str_from(clause));
    if (index == PACK_NONE) {
        fail_msg("there is no clause %s", clause);
    }
    for (size_t i = 0; i < answer->cited_count; i++) {
        if (pack->rule[answer->cited[i].rule].clause == index &&
            answer->cited[i].is_certain == is_certain) {
            return true;
        }
    }
    return false;
}

bool small_applies(const struct decide_answer *answer, const char *clause)
{
    return is_cited(answer, clause, true);
}

bool small_is_possible(const struct decide_answer *answer, const char *clause)
{
    return is_cited(answer, clause, false);
}

static uint32_t there(uint32_t index, const char *name)
{
    if (index == PACK_NONE) {
        fail_msg("there is no %s in the small policy", name);
    }
    return index;
}

uint32_t small_act(const struct small_policy *policy, const char *name)
{
    return there(pack_act_find(&policy->pack, str_from(name)), name);
}

uint32_t small_fact(const struct small_policy *policy, const char *name)
{
    return there(pack_fact_find(&policy->pack, str_from(name)), name);
}

uint32_t small_value(const struct small_policy *policy, const char *fact, const char *name)
{
    return there(pack_value_find(&policy->pack, small_fact(policy, fact), str_from(name)), name);
}

uint32_t small_clause(const struct small_policy *policy, const char *key)
{
    return there(pack_clause_find(&policy->pack, str_from(key)), key);
}

uint32_t small_role(const struct small_policy *policy, const char *name)
{
    return there(pack_role_find(&policy->pack, str_from(name)), name);
}

uint32_t small_variable(const struct small_policy *policy, const char *fact, const char *value)
{
    uint32_t first = policy->pack.fact[small_fact(policy, fact)].first_variable;
    return value == NULL ? first : first + small_value(policy, fact, value);
}

uint32_t small_rule(const struct small_policy *policy, const char *clause, enum pack_effect effect)
{
    uint32_t index = small_clause(policy, clause), found = PACK_NONE;
    for (uint32_t i = 0; i < policy->pack.rule_count; i++) {
        if (policy->pack.rule[i].clause == index && policy->pack.rule[i].effect == effect) {
            assert_int_equal(found, PACK_NONE);
            found = i;
        }
    }
    return there(found, clause);
}

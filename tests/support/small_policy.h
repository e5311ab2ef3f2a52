/*
 * tests/support/small_policy.h - a policy of a few lines, written in the test, as an opened pack.
 *
 * Read first: docs/policy-language.md; support/check.h. Start at small_policy_open() and ask().
 *
 *     struct small_policy *policy = small_policy_open(arena,
 *         CLAUSE("A", "contacts", "must not accept\n  when other is pupil\n"));
 *     check_verdict(policy, "{'act':'accept','others':[{'is':['pupil']}]}", "forbidden");
 *
 * All small policies speak the same few words: small_policy_words in small_policy.c.
 *
 * What must hold: a text that is not a policy, or a question that cannot be read, fails the test
 * that gave it; nothing is passed over.
 */
#ifndef HANDRAIL_TESTS_SUPPORT_SMALL_POLICY_H
#define HANDRAIL_TESTS_SUPPORT_SMALL_POLICY_H

#include "base/arena.h"
#include "base/diag.h"
#include "decide/decide.h"
#include "pack/pack.h"
#include "policy/policy.h"

/* A clause with one rule block; `key` and `topic` are literals, each line of `rules` ends in \n. */
#define CLAUSE(key, topic, rules)                                                                  \
    "## Clause " key " {#" key " topic=\"" topic "\"}\nIts words.\n```rule\n" rules "```\n\n"

/* The same with a reader's note. */
#define CLAUSE_NOTED(key, topic, note, rules)                                                      \
    "## Clause " key " {#" key " topic=\"" topic "\"}\nIts words.\n\n> Reader's note: " note       \
    "\n\n```rule\n" rules "```\n\n"

struct small_policy {
    struct arena *arena;
    struct policy_image image;
    struct pack pack;
};

/* Compiles clauses under the small vocabulary; any diagnostic of severity error fails the test. */
struct small_policy *small_policy_open(struct arena *arena, const char *clauses);
struct small_policy *small_policy_open_under(struct arena *arena, const char *law,
                                             const char *clauses);

/* The same of whole files: vocabulary, law (NULL: none), policy. */
struct small_policy *small_policy_open_files(struct arena *arena, struct str vocabulary,
                                             struct str law, struct str policy);

/*
 * One pigeon more than there are holes: in every world a pigeon is nowhere or two share a hole, so
 * some rule of clause A, "must not post", always fires. To see that by splitting one fact after
 * another takes more than (holes)! steps (Haken 1985). `line` is added to each of these rules,
 * `clauses` stand behind them; both may be empty.
 */
struct small_policy *small_policy_pigeons(struct arena *arena, int holes, const char *line,
                                          const char *clauses);

/* The bytes of a file of the project; a file that is not there fails the test. */
struct str small_policy_file(struct arena *arena, const char *path);

/* JSON written with ' for ", which reads better in C. Columns stay what they are. */
struct str small_json(struct arena *arena, const char *quoted);

/* Asks in JSON (with ' for "); a question that is refused fails the test. */
#define ask(policy, question) small_ask((policy), (question), __FILE__, __LINE__)
struct decide_answer *small_ask(struct small_policy *policy, const char *question,
                                const char *file, int line);

/* The verdict in its own word. */
#define check_verdict(policy, question, expected)                                                  \
    check_str(decide_verdict_name(ask((policy), (question))->verdict), (expected))

/* What a question that must be refused is refused with; an answer fails the test. */
#define refuse(policy, question) small_refuse((policy), (question), __FILE__, __LINE__)
struct diag_list small_refuse(struct small_policy *policy, const char *question, const char *file,
                              int line);

/* A rule of the clause applies; one is only possible. */
bool small_applies(const struct decide_answer *answer, const char *clause);
bool small_is_possible(const struct decide_answer *answer, const char *clause);

/* Indices by name; a name that is not there fails the test. */
uint32_t small_act(const struct small_policy *policy, const char *name);
uint32_t small_fact(const struct small_policy *policy, const char *name);
uint32_t small_value(const struct small_policy *policy, const char *fact, const char *name);
uint32_t small_clause(const struct small_policy *policy, const char *key);
uint32_t small_role(const struct small_policy *policy, const char *name);

/* The variable of a value of a some-of fact, or (value NULL) of any other fact. */
uint32_t small_variable(const struct small_policy *policy, const char *fact, const char *value);

/* The only rule of the clause with this effect; none or several fail the test. */
uint32_t small_rule(const struct small_policy *policy, const char *clause,
                    enum pack_effect effect);

#endif

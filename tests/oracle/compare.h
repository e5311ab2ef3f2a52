/*
 * compare.h - holds the product's answer, as JSON, against the oracle's.
 *
 * Read first: oracle.h; docs/policy-language.md, sections 5.8 and 9.
 *
 * What must hold: where everything is known the two must say the same; where something is open the
 * product's verdict must be the same and what it says of rules must be sound: a rule that applies
 * stands in every completion, and a rule that stands in some completion is not left out.
 */
#ifndef HANDRAIL_TESTS_ORACLE_COMPARE_H
#define HANDRAIL_TESTS_ORACLE_COMPARE_H

#include "base/json.h"
#include "oracle.h"

/*
 * What differs first, as one line that begins with the name of the field ("verdict: ..."); empty
 * when nothing does. `json` is the product's answer to a question that the oracle could answer.
 */
struct str compare_answers(struct arena *arena, const struct oracle_engine *engine,
                           const struct oracle_question *question,
                           const struct oracle_answer *answer, const struct json_value *json);

#endif

/*
 * tests/policy/cases.h - policies as test cases, read with what stands above and below.
 *
 * A case is NAME.md. Beside it may stand NAME.law.md (compiled above it) and NAME.parent.md (which
 * it extends). The vocabulary is tests/policy/vocabulary.md. Programs run in the project's folder.
 */
#ifndef HANDRAIL_TESTS_POLICY_CASES_H
#define HANDRAIL_TESTS_POLICY_CASES_H

#include "policy/policy.h"

#define CASES_BAD "tests/policy/bad"
#define CASES_GOOD "tests/policy/good"

/* The bytes of a file; false when it cannot be read. */
bool cases_read_file(struct arena *arena, const char *path, struct str *out);

/* FOLDER/NAME + ending, with a zero byte. */
char *cases_path(struct arena *arena, const char *folder, const char *name, const char *ending);

/* The names of the cases of a folder in order: NAME for NAME.md, without laws and parents. */
const char **cases_list(struct arena *arena, const char *folder, size_t *count);

/*
 * Reads and checks a case as linting would. `file` names in diagnostics are without the folder. The
 * document of the case is put in *document when that is not NULL.
 */
struct diag_list cases_check(struct arena *arena, const char *folder, const char *name,
                             struct policy_document **document);

/* "LINE:COLUMN: severity: [code] hint" for each, sorted; files other than NAME.md are named. */
struct str cases_render(struct arena *arena, struct diag_list *diags, const char *name,
                        bool with_hints);

#endif

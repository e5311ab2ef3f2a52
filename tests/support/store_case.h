/*
 * tests/support/store_case.h - a test of what is stored, run on SQLite and on PostgreSQL.
 *
 *     static void a_row_stays(void **state)
 *     {
 *         struct store_case *test = *state;
 *         ... test->store, test->arena ...
 *     }
 *     const struct CMUnitTest tests[] = {STORE_CASE(a_row_stays)};
 *
 * Each begins with an empty store of its own. PostgreSQL's cluster is named by
 * HANDRAIL_TEST_POSTGRESQL (./test starts one); without it those tests fail.
 */
#ifndef HANDRAIL_TESTS_SUPPORT_STORE_CASE_H
#define HANDRAIL_TESTS_SUPPORT_STORE_CASE_H

#include "store/store.h"
#include "support/check.h"

struct store_case {
    enum store_engine_kind kind;
    struct arena *arena;
    struct str folder; /* of its own, removed afterwards */
    struct str where;
    struct store *store;
};

int store_case_open(void **state);
int store_case_close(void **state);

/* Closes the store and opens it again. */
void store_case_reopen(struct store_case *test);

extern enum store_engine_kind store_case_kinds[STORE_ENGINE_COUNT];

#define STORE_CASE_ON(test, engine)                                                                \
    {                                                                                              \
#test " (" #engine ")", test, store_case_open, store_case_close,                           \
            &store_case_kinds[STORE_##engine]                                                      \
    }
#define STORE_CASE(test) STORE_CASE_ON(test, SQLITE), STORE_CASE_ON(test, POSTGRESQL)

/* Answers OK; on failure what went wrong is printed. */
#define check_ok(result) check_ok_at((result), __FILE__, __LINE__)
void check_ok_at(struct result result, const char *file, int line);

/* Fails with this code. */
#define check_fails(result, code) check_fails_at((result), (code), __FILE__, __LINE__)
void check_fails_at(struct result result, enum result_code code, const char *file, int line);

#endif

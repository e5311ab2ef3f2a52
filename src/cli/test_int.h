/*
 * cli/test_int.h - shared by command_test.c, test_mutate.c and test_write.c: the results of a run.
 */
#ifndef HANDRAIL_CLI_TEST_INT_H
#define HANDRAIL_CLI_TEST_INT_H

#include "cli/cli.h"
#include "cli/packs.h"
#include "coverage/cover.h"

/* Survivors kept of one pack; more are counted. */
#define TEST_SURVIVORS_MAX 2000

/* Per cent of mutants that the examples of a pack must catch. */
#define TEST_CAUGHT_PERCENT_MIN 95

struct test_example {
    const struct policy_example *example;
    struct str clause; /* key of the clause it stands in */
    bool has_passed;
    struct str *expected; /* one for each expectation */
    struct str actual, differences;
};

struct test_draft { /* of a screen statement */
    struct policy_place place;
    struct str clause, statement, text;
    bool must_fire, has_passed;
    bool is_in_vain; /* it is found as it must be, and nothing follows */
};

struct test_survivor {
    struct policy_place place;
    struct str clause, change;
};

struct test_mutation {
    size_t caught, total;
    size_t refused; /* of those caught: by the checker or the compiler, without any example */
    struct test_survivor *survivors;
    size_t survivor_count; /* kept */
};

struct test_pack {
    const struct shelf_pack *one;
    struct test_example *examples;
    size_t example_count, passed, failed;
    struct test_draft *drafts;
    size_t draft_count;
    struct cover_totals cover;
    struct test_mutation mutation;
};

struct test_run {
    struct cli *cli;
    struct shelf shelf;
    struct test_pack *at; /* packs.count of them */
    struct cover cover;
    bool is_json, is_mutate, is_coverage;
    size_t passed, failed;
};

/* test_drafts.c: tries the drafts of a pack's screen statements. */
void test_drafts(struct test_run *run, struct test_pack *pack);

/* test_mutate.c: runs all mutants of a pack against its examples. Shows progress on `err`. */
void test_mutate(struct test_run *run, struct test_pack *pack);

/* test_write.c: the results as JSON (docs/schemas/test.json). */
void test_write_json(const struct test_run *run, struct text *out);

#endif

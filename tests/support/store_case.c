/*
 * tests/support/store_case.c - stores for tests.
 *
 * Read first: store_case.h.
 */
#define _XOPEN_SOURCE 700 /* nftw() */
#include "support/store_case.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum store_engine_kind store_case_kinds[STORE_ENGINE_COUNT] = {STORE_SQLITE, STORE_POSTGRESQL};

static int database_count;

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)info;
    (void)type;
    (void)place;
    return remove(path);
}

/* A new database in the cluster: "postgresql://.../postgres?host=..." with another name. */
static struct str database_new(struct arena *arena, struct str cluster)
{
    struct str name = str_format(arena, "t%d_%d", (int)getpid(), ++database_count);
    PGconn *server = PQconnectdb(str_cstr(arena, cluster));
    PGresult *answer = PQexec(
        server, str_cstr(arena, str_format(arena, "CREATE DATABASE " STR_FMT, STR_ARG(name))));
    if (PQresultStatus(answer) != PGRES_COMMAND_OK) {
        fail_msg("no database could be made: %s", PQerrorMessage(server));
    }
    PQclear(answer);
    PQfinish(server);
    struct str head, tail;
    struct str mark = STR("/postgres?");
    size_t at = str_find(cluster, mark);
    head = str_slice(cluster, 0, at + 1);
    tail = str_slice(cluster, at + mark.len - 1, cluster.len);
    return str_format(arena, STR_FMT STR_FMT STR_FMT, STR_ARG(head), STR_ARG(name), STR_ARG(tail));
}

int store_case_open(void **state)
{
    enum store_engine_kind kind = *(enum store_engine_kind *)*state;
    struct arena *arena = arena_open();
    struct store_case *test = ARENA_NEW(arena, struct store_case);
    test->kind = kind;
    test->arena = arena;
    char folder[] = "/tmp/handrail-test-XXXXXX";
    test->folder = str_copy(arena, str_from(mkdtemp(folder)));
    test->where = str_format(arena, STR_FMT "/handrail.db", STR_ARG(test->folder));
    *state = test;
    if (kind == STORE_POSTGRESQL) {
        const char *cluster = getenv("HANDRAIL_TEST_POSTGRESQL");
        if (!cluster) {
            print_error("HANDRAIL_TEST_POSTGRESQL names no cluster: ./test starts one\n");
            return -1;
        }
        test->where = database_new(arena, str_from(cluster));
    }
    check_ok(store_open(arena, test->where, &test->store));
    return 0;
}

int store_case_close(void **state)
{
    struct store_case *test = *state;
    if (test->store) {
        store_close(test->store);
    }
    nftw(str_cstr(test->arena, test->folder), remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_close(test->arena);
    return 0;
}

void store_case_reopen(struct store_case *test)
{
    store_close(test->store);
    test->store = NULL;
    check_ok(store_open(test->arena, test->where, &test->store));
}

void check_ok_at(struct result result, const char *file, int line)
{
    if (!result_is_ok(result)) {
        print_error("code %d: %s (" STR_FMT ")\n", (int)result.code, result.message,
                    STR_ARG(result.detail));
        _fail(file, line);
    }
}

void check_fails_at(struct result result, enum result_code code, const char *file, int line)
{
    if (result.code != code) {
        print_error("code %d, not %d: %s (" STR_FMT ")\n", (int)result.code, (int)code,
                    result.message ? result.message : "ok", STR_ARG(result.detail));
        _fail(file, line);
    }
}

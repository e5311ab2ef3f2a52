/*
 * tests/policy/cases.c - finding, reading and checking the policies of tests/policy/{good,bad}/.
 *
 * Read first: tests/policy/cases.h.
 */
#include "cases.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASES_MAX ((size_t)1000)

bool cases_read_file(struct arena *arena, const char *path, struct str *out)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return false;
    }
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    bool is_good = size >= 0 && fseek(file, 0, SEEK_SET) == 0;
    char *bytes = arena_alloc(arena, is_good ? (size_t)size : 0);
    *out = (struct str){bytes, is_good ? fread(bytes, 1, (size_t)size, file) : 0};
    (void)fclose(file);
    return is_good;
}

char *cases_path(struct arena *arena, const char *folder, const char *name, const char *ending)
{
    return str_cstr(arena, str_format(arena, "%s/%s%s", folder, name, ending));
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **cases_list(struct arena *arena, const char *folder, size_t *count)
{
    const char **names = ARENA_ARRAY(arena, const char *, CASES_MAX);
    *count = 0;
    DIR *opened = opendir(folder);
    struct dirent *entry;
    while (opened && (entry = readdir(opened)) && *count < CASES_MAX) {
        struct str name = str_from(entry->d_name), stem, rest;
        (void)str_cut(name, '.', &stem, &rest);
        if (str_equal(rest, STR("md"))) {
            names[(*count)++] = str_cstr(arena, stem);
        }
    }
    if (opened) {
        (void)closedir(opened);
    }
    qsort(names, *count, sizeof *names, compare_names);
    return names;
}

static struct policy_document *read_one(struct arena *arena, const char *folder, const char *name,
                                        const char *ending, struct diag_list *diags)
{
    struct str text;
    if (!cases_read_file(arena, cases_path(arena, folder, name, ending), &text)) {
        return NULL;
    }
    /* A copy of exactly its size, so that the sanitizer sees a read past its end. */
    return policy_read(arena, str_format(arena, "%s%s", name, ending), str_copy(arena, text),
                       diags);
}

struct diag_list cases_check(struct arena *arena, const char *folder, const char *name,
                             struct policy_document **document)
{
    struct diag_list diags = diag_list_new(arena);
    struct policy_bundle bundle = {0};
    struct policy_document *parent = read_one(arena, folder, name, ".parent.md", &diags);
    bundle.vocabulary = read_one(arena, "tests/policy", "vocabulary", ".md", &diags);
    bundle.law = read_one(arena, folder, name, ".law.md", &diags);
    if (parent) {
        bundle.chain[bundle.chain_count++] = parent;
    }
    struct policy_document *own = read_one(arena, folder, name, ".md", &diags);
    bundle.chain[bundle.chain_count++] = own;
    if (bundle.vocabulary && own) {
        policy_check(arena, &bundle, &diags);
    }
    if (document) {
        *document = own;
    }
    return diags;
}

struct str cases_render(struct arena *arena, struct diag_list *diags, const char *name,
                        bool with_hints)
{
    struct text out = {.arena = arena};
    struct str own = str_format(arena, "%s.md", name);
    diag_sort(diags);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        if (!str_equal(diag->file, own)) {
            text_addf(&out, STR_FMT ":", STR_ARG(diag->file));
        }
        text_addf(&out, "%u:%u: " STR_FMT ": [" STR_FMT "]", diag->line, diag->column,
                  STR_ARG(diag_severity_name(diag->severity)), STR_ARG(diag->code));
        if (with_hints) {
            text_addf(&out, " " STR_FMT " / " STR_FMT, STR_ARG(diag->message), STR_ARG(diag->hint));
        }
        text_add_char(&out, '\n');
    }
    return text_str(&out);
}

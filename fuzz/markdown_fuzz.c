/*
 * fuzz/markdown_fuzz.c - any bytes at all as a policy: read, checked and formatted.
 *
 * Run it with tools/fuzz.sh markdown SECONDS. Read first: src/policy/policy.h.
 *
 * Modules: base pack policy
 *
 * What must hold, beyond that no sanitizer complains
 * - Every diagnostic has a code, a message and a place in the file or just behind it.
 * - What can be formatted is formatted to what formatting leaves alone, and which reads the same.
 */
#include <assert.h>
#include <stdint.h>

#include "policy/policy.h"

#include "../tests/policy/dump.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* A little of everything, so that names of a policy can be right and wrong. */
static const char vocabulary_text[] =
    "```vocabulary\n"
    "topic t \"T\"\n"
    "role r \"R\"\n  group rs\n"
    "role q \"Q\"\n"
    "act a \"A\"\n  group as\n"
    "act b \"B\"\n  group as\n"
    "fact f: one of \"F?\"\n  x \"X\"\n    group xs\n  y \"Y\"\n  default x\n"
    "fact s: some of \"S?\"\n  x \"X\"\n  y \"Y\"\n    includes x\n  z \"Z\"\n"
    "fact e: yes or no \"E?\"\n  default no\n"
    "fact n: number of hours \"N?\"\n  from 0 to 24\n"
    "fact d: date \"D?\"\n"
    "fact other: some of \"O?\"\n  p \"P\"\n  c \"C\"\n"
    "fact other.age: number of years \"Y?\"\n"
    "never together s: x, z\n"
    "implies other: c -> p\n"
    "```\n";

static void check_diagnostics(const struct diag_list *diags, size_t lines)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        assert(diag->code.len > 0 && diag->message.len > 0);
        assert(diag->line <= lines);
    }
}

static void check_formatted(struct arena *arena, struct str text, struct diag_list *diags)
{
    struct text once = {.arena = arena}, twice = {.arena = arena};
    if (!policy_format(arena, STR("source"), text, &once, diags)) {
        return;
    }
    struct str tree = dump_document(arena, policy_read(arena, STR("source"), text, diags));
    bool is_again = policy_format(arena, STR("formatted"), text_str(&once), &twice, diags);
    assert(is_again);
    assert(str_equal(text_str(&once), text_str(&twice)));
    struct policy_document *again = policy_read(arena, STR("formatted"), text_str(&once), diags);
    assert(str_equal(tree, dump_document(arena, again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str text = {(const char *)data, bytes};
    struct diag_list diags = diag_list_new(arena);
    struct policy_bundle bundle = {.chain_count = 1};
    bundle.vocabulary = policy_read(arena, STR("policy"), str_from(vocabulary_text), &diags);
    assert(diags.count == 0);
    bundle.chain[0] = policy_read(arena, STR("policy"), text, &diags);
    policy_check(arena, &bundle, &diags);
    check_diagnostics(&diags, bytes + 32);
    check_formatted(arena, text, &diags);
    return 0;
}

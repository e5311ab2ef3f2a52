/*
 * fuzz/markdown_fuzz.c - any bytes at all as a policy: read, checked and formatted.
 *
 * Run it with tools/fuzz.sh markdown SECONDS. Read first: src/policy/policy.h.
 *
 * Modules: base pack screen policy
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

/* The words of tests/policy/vocabulary.md in short, so that the policies there make good seeds. */
static const char vocabulary_text[] =
    "```vocabulary\n"
    "topic scope \"S\"\ntopic contacts \"C\"\ntopic posts \"P\"\n"
    "role headteacher \"H\"\n  group leaders\n"
    "role deputy \"D\"\n  group leaders\n"
    "role line-manager \"L\"\n"
    "act post \"P\"\n  group publish\n"
    "act comment \"C\"\n  group publish\n"
    "act accept-contact \"A\"\n  group connect\n"
    "act use \"U\"\n"
    "fact person: some of \"P?\"\n"
    "  teacher \"T\"\n    group staff\n  cleaner \"C\"\n    group staff\n  parent \"P\"\n"
    "fact account: one of \"A?\"\n"
    "  personal \"P\"\n  official \"O\"\n  department \"D\"\n    group school-run\n"
    "  default personal\n  relevant-to publish, connect\n"
    "fact platform: one of \"P?\"\n  bookface \"B\"\n    group networks\n  linkup \"L\"\n"
    "fact content: some of \"C?\"\n"
    "  opinion \"O\"\n  names-pupil \"P\"\n  names-staff \"S\"\n"
    "  names-anybody \"A\"\n    includes names-pupil, names-staff\n"
    "fact emergency: yes or no \"E?\"\n  default no\n"
    "fact doubt: yes or no \"D?\"\n"
    "fact hours: number of hours \"H?\"\n  from 0 to 24\n"
    "fact posted-on: date \"D?\"\n"
    "fact other: some of \"O?\"\n"
    "  pupil \"P\"\n  former-pupil \"F\"\n  relative \"R\"\n"
    "  own-child \"O\"\n    group family\n"
    "fact other.age: number of years \"Y?\"\n"
    "never together other: pupil, former-pupil\n"
    "implies other: own-child -> relative\n"
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

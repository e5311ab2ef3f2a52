/*
 * fuzz/language_fuzz.c - any bytes at all as the contents of the blocks of one clause.
 *
 * Run it with tools/fuzz.sh language SECONDS. Read first: fuzz/markdown_fuzz.c.
 *
 * Modules: base pack screen policy
 *
 * The first byte says which block it is; the rest stands in it, in a policy that is otherwise good.
 * So the fuzzer needs not invent headings and fences first. What must hold is that of
 * markdown_fuzz.c.
 */
#define LLVMFuzzerTestOneInput fuzz_policy
#include "markdown_fuzz.c"
#undef LLVMFuzzerTestOneInput

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const char *const blocks[] = {"rule", "example", "operation", "vocabulary", "rule"};
    if (bytes == 0) {
        return 0;
    }
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text policy = {.arena = arena};
    text_addf(
        &policy,
        "```pack\nname a\ntitle \"A\"\n```\n## A {#1 topic=\"posts\"}\nProse.\n"
        "```rule\ndefine fine \"F\"\n  when emergency\nsetting limit number \"L?\" default 3\n"
        "setting approver role \"A?\" default deputy\nmay post\n  overrides 2\n```\n"
        "```operation\nduty tell \"T\"\n  who \"W\"\n  by \"B\"\n```\n"
        "## B {#2}\nProse.\n```%s\n",
        blocks[data[0] % (sizeof blocks / sizeof blocks[0])]);
    text_add(&policy, (struct str){(const char *)data + 1, bytes - 1});
    text_add(&policy, STR("\n```\n"));
    return fuzz_policy((const uint8_t *)policy.at, policy.len);
}

/*
 * tests/policy/markdown_test.c - parts of a Markdown file, and that they cover it.
 *
 * Read first: src/policy/markdown_int.h. Whole policies are in tests/policy/good/prose.md.
 */
#include "support/check.h"

#include "policy/markdown_int.h"

/* A letter for each part, and its text: H heading, C clause, X broken, B block, N note, P prose. */
static struct str parts_of(struct arena *arena, const char *text, struct diag_list *diags)
{
    struct text out = {.arena = arena}, sources = {.arena = arena};
    struct markdown markdown = markdown_read(arena, STR("file"), str_from(text), diags);
    text_add(&sources, markdown.mark);
    for (size_t i = 0; i < markdown.count; i++) {
        const struct markdown_part *part = &markdown.parts[i];
        text_add(&sources, part->source);
        switch (part->kind) {
        case MARKDOWN_HEADING:
            text_addf(&out, "%c%u[" STR_FMT "|" STR_FMT "]",
                      part->is_clause   ? 'C'
                      : part->is_broken ? 'X'
                                        : 'H',
                      part->level, STR_ARG(part->title), STR_ARG(part->key.text));
            break;
        case MARKDOWN_BLOCK:
            text_addf(&out, "B" STR_FMT "[" STR_FMT "]", STR_ARG(markdown_block_word(part->block)),
                      STR_ARG(part->text));
            break;
        case MARKDOWN_NOTE:
            text_addf(&out, "N[" STR_FMT "]", STR_ARG(part->text));
            break;
        case MARKDOWN_PROSE:
            text_addf(&out, "P[" STR_FMT "]", STR_ARG(part->text));
            break;
        case MARKDOWN_KIND_COUNT:
            fail();
            break;
        }
    }
    check_str(text_str(&sources), text);
    return text_str(&out);
}

static void check_parts(const char *text, const char *expected, const char *code)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    check_str(parts_of(arena, text, &diags), expected);
    assert_int_equal(diags.count, code ? 1 : 0);
    if (code) {
        check_str(diags.items[0].code, code);
    }
}

static void headings_are_found(void **state)
{
    (void)state;
    check_parts("# A\n## B\n", "H1[A|]H2[B|]", NULL);
    check_parts("##", "H2[|]", NULL);
    check_parts("## A {#k}", "C2[A|k]", NULL);
    check_parts("## A {#k}  \r\n", "C2[A|k]", NULL);
    check_parts("##{#k}\n", "P[##{#k}\n]", NULL);
    check_parts("## {#k}\n", "C2[|k]", NULL);
    check_parts("## A {b\n", "H2[A {b|]", NULL);
    check_parts("## A b}\n", "H2[A b}|]", NULL);
    check_parts("## A {#k at=\"x}\"}\n", "C2[A|k]", NULL);
    check_parts("## A {#k =\"x\"}\n", "X2[A|k]", "clause-attribute");
    check_parts("## A {#k at=\"\"}\n", "X2[A|k]", "clause-attribute");
    check_parts("## A {#k at=\"x\" at=\"y\"}\n", "X2[A|k]", "clause-attribute");
    check_parts("## A {#k at=\"x}\n", "X2[A|k]", "clause-braces");
    check_parts("    # A\n", "P[    # A\n]", NULL);
}

static void blocks_are_found(void **state)
{
    (void)state;
    check_parts("```rule\na\n```\n", "Brule[a\n]", NULL);
    check_parts("``` rule \na\n````\n", "Brule[a\n]", NULL);
    check_parts("```rule\n```", "Brule[]", NULL);
    check_parts("```rule\na\n``` b\n```\n", "Brule[a\n``` b\n]", NULL);
    check_parts("```rule\na\n    ```\n```\n", "Brule[a\n    ```\n]", NULL);
    check_parts("```rule\na\n~~~\n```\n", "Brule[a\n~~~\n]", NULL);
    check_parts("```c\na\n```\nb\n", "P[```c\na\n```\nb\n]", NULL);
    check_parts("~~~~\n```rule\n~~~\n~~~~\n", "P[~~~~\n```rule\n~~~\n~~~~\n]", NULL);
    check_parts("```rule `x`\n", "P[```rule `x`\n]", NULL);
    check_parts("```rule", "Brule[]", "unclosed-block");
    check_parts("```rule\na\n```example\nb\n```\n", "Brule[a\n]Bexample[b\n]", "unclosed-block");
    check_parts("```rule\na\n# B {#b}\n", "Brule[a\n]C1[B|b]", "unclosed-block");
    check_parts("```rule\n# B {b}\n```\n", "Brule[# B {b}\n]", NULL);
}

static void notes_are_found(void **state)
{
    (void)state;
    check_parts("> Reader's note: a\n> b\n>\n>c\n", "N[a b c]", NULL);
    check_parts("> Reader's note: a\n> Reader's note: b\n", "N[a]N[b]", NULL);
    check_parts("> Reader's note: a\n\n> b\n", "N[a]P[\n> b\n]", NULL);
    check_parts("> a\n> Reader's note: b\n", "P[> a\n]N[b]", NULL);
    check_parts("> Reader\xE2\x80\x99s note: a\n", "N[a]", NULL);
    check_parts("> Reader's note:\n> a\n", "N[a]", NULL);
    check_parts("> Readers' note: a\n", "P[> Readers' note: a\n]", "note-spelling");
    check_parts("> A note: a\n", "P[> A note: a\n]", NULL);
}

static void bytes_are_kept(void **state)
{
    (void)state;
    check_parts("", "", NULL);
    check_parts("\n\n", "P[\n\n]", NULL);
    check_parts("\xEF\xBB\xBF# A\n", "H1[A|]", NULL);
    check_parts("a\r\nb", "P[a\r\nb]", NULL);
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"a\nb\x01", "\xC3", "a\rb", "\x7F"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct diag_list diags = diag_list_new(arena);
        struct markdown markdown = markdown_read(arena, STR("file"), str_from(bad[i]), &diags);
        assert_true(markdown.is_unread);
        assert_int_equal(markdown.count, 0);
        assert_int_equal(diags.count, 1);
        check_str(diags.items[0].code, "not-text");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_found),
        cmocka_unit_test(blocks_are_found),
        cmocka_unit_test(notes_are_found),
        cmocka_unit_test(bytes_are_kept),
        cmocka_unit_test(what_is_no_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The public face of the policy module: read a Markdown policy, check it, format it, compile it.
 *
 * Start here. A pack is made in four steps, each of which appends diagnostics and goes on:
 *   policy_read()     text of one file      -> struct policy_document   (markdown.c, parse_*.c)
 *   policy_check()    a bundle of documents -> diagnostics              (check_*.c)
 *   policy_compile()  a checked bundle      -> the image of a pack      (compile_*.c)
 *   policy_format()   text of one file      -> the same, laid out       (format.c)
 * The module is pure: callers read files (see shelf/shelf.h for where they lie).
 */
#ifndef HANDRAIL_POLICY_POLICY_H
#define HANDRAIL_POLICY_POLICY_H

#include "policy/ast.h"

/*
 * Reads one policy or vocabulary file. Never returns NULL: what could not be read is left out and
 * said in `diags`. `file` is the path to show. The document and all its text live in `arena`, and
 * point into `text`, which must outlive it.
 */
struct policy_document *policy_read(struct arena *arena, struct str file, struct str text,
                                    struct diag_list *diags);

/*
 * Checks names, types and structure of a whole bundle: unknown acts, facts, values, roles, topics
 * (with a suggestion), wrong types, duplicate keys, rules that no world fires, circles of
 * definitions and attacks, approvals under "not", fields of operation statements, examples.
 * Errors make the bundle unfit for policy_compile(); warnings do not.
 */
void policy_check(struct arena *arena, const struct policy_bundle *bundle,
                  struct diag_list *diags);

/* The bytes of a compiled pack (pack/image.h), 8-aligned, in `arena`; NULL bytes when it failed. */
struct policy_image {
    const uint8_t *bytes;
    size_t size;
};

/*
 * Compiles a bundle that policy_check() passed without errors. Rules too wide for the limits are
 * diagnosed; then `bytes` is NULL.
 */
struct policy_image policy_compile(struct arena *arena, const struct policy_bundle *bundle,
                                   struct diag_list *diags);

/*
 * Lays out one file: blocks with two-space indents, one space between words, lists with ", ";
 * prose is left as it is. Formatting twice changes nothing more, and reading the result gives the
 * same document. Returns false, with diagnostics, where the file cannot be read without errors.
 */
bool policy_format(struct arena *arena, struct str file, struct str text, struct text *out,
                   struct diag_list *diags);

#endif

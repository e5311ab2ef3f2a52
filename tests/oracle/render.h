/*
 * render.h - writes a pack as Markdown and a question as JSON, for the product to read.
 *
 * Read first: oracle.h; docs/policy-language.md, sections 2 to 4 and 9.
 */
#ifndef HANDRAIL_TESTS_ORACLE_RENDER_H
#define HANDRAIL_TESTS_ORACLE_RENDER_H

#include "base/str.h"
#include "oracle.h"

struct render_files {
    struct str vocabulary, law, policy, school; /* law and school: empty where there is none */
};

struct render_files render_pack(struct arena *arena, const struct oracle_pack *pack);
struct str render_question(struct arena *arena, const struct oracle_pack *pack,
                           const struct oracle_question *question);

/* The Markdown of all files one after the other, for people. */
struct str render_all(struct arena *arena, const struct render_files *files);

#endif

/*
 * tests/policy/dump.h - the tree of a policy as text, for comparing what was read.
 *
 * Read first: src/policy/ast.h. What must hold: all that a policy says is in the text, and no place
 * of a file is, so that a policy and its formatted form give the same.
 */
#ifndef HANDRAIL_TESTS_POLICY_DUMP_H
#define HANDRAIL_TESTS_POLICY_DUMP_H

#include "policy/ast.h"

struct str dump_document(struct arena *arena, const struct policy_document *document);

#endif

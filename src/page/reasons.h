/*
 * page/reasons.h - a part of an answer as a row of a page: a word, and the sentences beside it.
 */
#ifndef HANDRAIL_PAGE_REASONS_H
#define HANDRAIL_PAGE_REASONS_H

#include "interview/answer_text.h"
#include "page/templates.h"

/* The sentences of a block, each with the points below it. */
struct page_reason_row page_reason_row_of(struct arena *arena, const struct pack *pack,
                                          const struct answer_block *block);

#endif

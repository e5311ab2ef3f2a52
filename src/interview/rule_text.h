/*
 * interview/rule_text.h - a rule in plain English: a sentence, and lines that say when it holds.
 *
 * Read first: words.h. Start at rule_text_make(). It knows of no columns and no HTML.
 */
#ifndef HANDRAIL_INTERVIEW_RULE_TEXT_H
#define HANDRAIL_INTERVIEW_RULE_TEXT_H

#include "base/str.h"
#include "pack/pack.h"

enum rule_part {
    RULE_PART_WHEN,
    RULE_PART_UNLESS,
    RULE_PART_OR_UNLESS,
    RULE_PART_ONLY_IF,
    RULE_PART_ALWAYS,
    RULE_PART_ASK,
    RULE_PART_OVERRIDES,
    RULE_PART_AGAINST,
    RULE_PART_SAYS,
    RULE_PART_INSTEAD,
    RULE_PART_COUNT
};

struct rule_line {
    enum rule_part part;
    bool is_more; /* a further condition of the same part: "and" */
    struct str text;
};

struct rule_text {
    struct str says; /* "You should not stay connected with somebody." */
    struct rule_line *lines;
    size_t count;
};

struct rule_names {
    struct str *at;
    size_t count;
};

/* What the rule's author wrote, where the pack keeps it only as numbers. */
struct rule_source {
    struct rule_names acts;      /* used when there are too many acts to describe each */
    struct rule_names overrides; /* keys of clauses */
    struct rule_names against;   /* topics */
};

struct rule_text rule_text_make(struct arena *arena, const struct pack *pack,
                                const struct pack_rule *rule, const struct rule_source *source);

/* "when", "only if" */
const char *rule_part_word(enum rule_part part);

#endif

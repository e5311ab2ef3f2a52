/*
 * tests/screen/corpus_school.h - the invented school of the corpus (corpus/README.md), as drafts of
 * it are screened: by found.c, lines.c and the trainer tools/train_drafts.c.
 */
#ifndef HANDRAIL_TESTS_SCREEN_CORPUS_SCHOOL_H
#define HANDRAIL_TESTS_SCREEN_CORPUS_SCHOOL_H

#include "screen/screen.h"

static const struct str corpus_names[] = {
    STR_INIT("Ashdown Vale"), STR_INIT("Ashdown Vale Academy"),
    STR_INIT("Ashdown Vale Learning Trust"), STR_INIT("Fernhill Primary")};
static const struct str corpus_abbreviations[] = {STR_INIT("AVA"), STR_INIT("AVLT")};
static const struct str corpus_nicknames[] = {STR_INIT("the Vale")};
static const struct str corpus_domains[] = {STR_INIT("ashdownvale.example")};

static const struct screen_school corpus_school = {.names = {corpus_names, 4},
                                                   .abbreviations = {corpus_abbreviations, 2},
                                                   .nicknames = {corpus_nicknames, 1},
                                                   .mail_domains = {corpus_domains, 1}};

#endif

/*
 * tests/screen/found.h - what the detectors find in a draft, as one line to compare.
 *
 * Read first: tests/screen/corpus/README.md, whose school and roll are used, without a model.
 *
 *     check_str(found_in("ring 07700 900123", SCREEN_CHANNEL_MESSAGE),
 *               "phone-number[07700 900123]");
 *
 * Findings stand in their order, "kind[words]" or "kind:detail[words]", with one space between; a
 * new line within the words is shown as "/". Tests run in the project's folder.
 */
#ifndef HANDRAIL_TESTS_SCREEN_FOUND_H
#define HANDRAIL_TESTS_SCREEN_FOUND_H

#include "base/str.h"
#include "screen/screen.h"

/* Everything that is found. Good until the program ends. */
struct str found_in(const char *text, enum screen_channel channel);

/* Only findings of the kinds that are named, with spaces between: "phone-number postcode". */
struct str found_of(const char *kinds, const char *text, enum screen_channel channel);

/* One draft of a table of examples. */
struct found_case {
    const char *text, *found;
};

/* Checks them all, of some kinds and in one channel; reports which text it was. */
void found_check(const char *kinds, enum screen_channel channel, const struct found_case *cases,
                 size_t count);

/* Checks that none of the kinds is found in any of the texts. */
void found_none(const char *kinds, enum screen_channel channel, const char *const *texts,
                size_t count);

/*
 * Checks a file of labelled drafts in the form of corpus/README.md: of some kinds, exactly what its
 * braces and post kinds say is found. Reports every draft of which that is not so; answers how many
 * there are.
 */
size_t found_file_check(const char *kinds, const char *path);

#define FOUND_COUNT(list) (sizeof(list) / sizeof *(list))

#endif

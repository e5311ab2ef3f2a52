/*
 * screen/screen_int.h - what is made ready once, before drafts are read.
 *
 * Read first: screen.h, work_int.h. Each part is made by the file that reads it.
 */
#ifndef HANDRAIL_SCREEN_SCREEN_INT_H
#define HANDRAIL_SCREEN_SCREEN_INT_H

#include "screen/work_int.h"

struct screen_school_index; /* detect_school.c */

struct screen {
    struct screen_setting setting;
    const struct screen_school_index *school; /* NULL: no school is known */
};

/* detect_school.c: the names of a school as words and as runs of letters. */
const struct screen_school_index *screen_school_open(struct arena *arena,
                                                     const struct screen_school *school);

/* model.c: the scores of each sentence, and the blame of each token; zeros when model is NULL. */
void screen_model_score(const struct screen_model *model, struct arena *arena,
                        const struct screen_draft *draft, struct screen_scores *sentences,
                        uint16_t *word_offence);

/* model.c: the same for one sentence and one token at a time: most are never asked for. */
struct screen_model_reading *screen_model_read(const struct screen_model *model,
                                               struct arena *arena,
                                               const struct screen_draft *draft);
struct screen_scores screen_model_sentence(struct screen_model_reading *reading, uint32_t sentence);
unsigned screen_model_blame(struct screen_model_reading *reading, uint32_t token);
/* What stands for each token: features_int.h. */
const uint32_t *screen_model_words(struct screen_model_reading *reading);

#define SCREEN_LINE_BYTES 64 /* of a processor's nearest memory */

/* Reads a little of every part of bytes and does nothing with it. */
static inline void screen_bytes_fetch(const void *bytes, size_t count)
{
    const volatile char *at = bytes;
    for (size_t i = 0; i < count; i += SCREEN_LINE_BYTES) {
        (void)at[i];
    }
}

/* model.c: screen_bytes_fetch() of all of it; nothing when model is NULL. */
void screen_model_fetch(const struct screen_model *model);

/* detectors.c: runs all of them in their order. */
void screen_detect(struct screen_work *work);

#endif

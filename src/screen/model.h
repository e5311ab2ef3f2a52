/*
 * screen/model.h - the trained part: scores of sentences, blame of words, first names, tone.
 *
 * The file is made by tools/train_screen.sh from public data and drafts of this project
 * (docs/model-card.md); words stand in it as hashed features only. Format first: see model.c.
 *
 * What must hold: screen_model_open() checks every size before anything is read; the bytes are
 * borrowed, 8-aligned, and the same on every machine (little-endian).
 */
#ifndef HANDRAIL_SCREEN_MODEL_H
#define HANDRAIL_SCREEN_MODEL_H

#include "base/arena.h"
#include "base/str.h"

#define SCREEN_MODEL_BYTES_MAX ((size_t)4 * 1024 * 1024)

struct screen_model;

/* Opens a model for reading in place. NULL when the bytes are no model of this version; *why then
 * says what is wrong in one sentence. */
const struct screen_model *screen_model_open(struct arena *arena, struct str bytes,
                                             struct str *why);

#endif

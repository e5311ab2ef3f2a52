/*
 * trained/trained.h - the trained model as a part of the program.
 *
 * Read first: screen/model.h. The browser fetches the same bytes as a file of their own, so this
 * module is not built to WebAssembly.
 */
#ifndef HANDRAIL_TRAINED_TRAINED_H
#define HANDRAIL_TRAINED_TRAINED_H

#include "screen/model.h"

/* The bytes of src/screen/model.bin, 8-aligned. */
struct str trained_bytes(void);

/* The model, opened in the arena. Never NULL. */
const struct screen_model *trained_model(struct arena *arena);

#endif

/*
 * trained/trained.c - opens the model. Read first: trained.h. tools/bytes.py makes the bytes.
 */
#include "trained/trained.h"

#include "trained/model_bytes.h"

#include <assert.h>

struct str trained_bytes(void)
{
    return (struct str){(const char *)model_bytes, model_bytes_count};
}

const struct screen_model *trained_model(struct arena *arena)
{
    struct str why;
    const struct screen_model *model = screen_model_open(arena, trained_bytes(), &why);
    assert(model != NULL && "the model of this build cannot be read");
    return model;
}

/*
 * The compiler's steps. Read first: compile_int.h.
 */
#include "policy/compile_int.h"

#include <string.h>

static void header_set(struct compile *compile)
{
    const struct policy_bundle *bundle = compile->bundle;
    const struct policy_document *pack = bundle->chain[bundle->chain_count - 1];
    struct pack_header *header = &compile->builder->header;
    header->name = pack_builder_text(compile->builder, pack->name);
    header->title = pack_builder_text(compile->builder, pack->title);
    header->source = pack_builder_text(compile->builder, pack->source);
    header->notice = pack_builder_text(compile->builder, pack->notice);
    header->prevails = pack_builder_text(compile->builder, pack->prevails);
}

/* Compiles in `scratch`, where the image stays. */
static struct policy_image image_make(struct arena *scratch, const struct policy_bundle *bundle,
                                      struct diag_list *diags)
{
    struct compile *compile = ARENA_NEW(scratch, struct compile);
    compile->arena = scratch;
    compile->bundle = bundle;
    compile->diags = diags;
    compile->builder = pack_builder_new(scratch);
    compile->documents[compile->document_count++] = bundle->vocabulary;
    if (bundle->law != NULL)
        compile->documents[compile->document_count++] = bundle->law;
    for (size_t i = 0; i < bundle->chain_count; i++)
        compile->documents[compile->document_count++] = bundle->chain[i];

    header_set(compile);
    size_t errors_before = diag_error_count(diags);
    compile_vocabulary(compile);
    compile_clauses(compile);
    compile_attacks(compile);
    compile_tables(compile);
    if (diag_error_count(diags) != errors_before)
        return (struct policy_image){NULL, 0};
    struct policy_image image;
    image.bytes = pack_builder_finish(compile->builder, &image.size);
    return image;
}

/* The parts of an image grow several times as it is built: what is left behind goes with the
 * scratch, and the image alone is kept. */
struct policy_image policy_compile(struct arena *arena, const struct policy_bundle *bundle,
                                   struct diag_list *diags)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    struct policy_image image = image_make(scratch, bundle, diags);
    if (image.bytes == NULL)
        return image;
    void *kept = arena_alloc(arena, image.size);
    memcpy(kept, image.bytes, image.size);
    return (struct policy_image){kept, image.size};
}

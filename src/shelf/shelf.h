/*
 * shelf/shelf.h - the packs on disk: found, read, checked, compiled and opened.
 *
 * Read first: docs/policy-language.md, section 2, and policy/policy.h. Start at shelf_load().
 *
 * Where things lie. A pack is a folder with `policy.md`; a folder of packs holds such folders. The
 * vocabulary is `vocabulary/vocabulary.md` beside the pack, or beside the nearest folder above it;
 * the law is `law/policy.md`, found the same way. A pack's parents are named by `extends`,
 * relative to it. The folder `vocabulary` is no pack; `law` is one, with no law above it.
 *
 * What must hold: a file is read once for all packs of a shelf; what is wrong with it is said once.
 * Everything lives as long as the arena; what is ready is only read, so threads may share it.
 */
#ifndef HANDRAIL_SHELF_SHELF_H
#define HANDRAIL_SHELF_SHELF_H

#include "base/diag.h"
#include "pack/pack.h"
#include "policy/policy.h"
#include "shelf/files.h"

/* Packs of one shelf. */
#define SHELF_PACKS_MAX 256

/* Folders looked at above a pack for the vocabulary and the law. */
#define SHELF_ABOVE_MAX 16

struct shelf_pack {
    struct str folder, file;          /* as they are shown */
    struct policy_document *document; /* NULL: could not be read */
    struct policy_bundle bundle;
    struct diag_list diags; /* of all its files and of the check */
    struct policy_image image;
    struct pack pack; /* opened when is_ready */
    bool is_ready;    /* read, checked and compiled without errors */
};

struct shelf_sources; /* the files that have been read */

struct shelf {
    struct arena *arena;
    struct shelf_sources *sources;
    struct shelf_pack *at; /* where it stands stays the same when more are loaded */
    size_t count;
    bool is_folder; /* a folder of packs was named, or several packs */
};

/* No packs yet. */
struct shelf shelf_new(struct arena *arena);

/*
 * Adds the pack, or all packs of the folder, at `path`. What is wrong in the files is in `diags`
 * of each; the result fails only when there is nothing to read.
 */
MUST_USE struct result shelf_load(struct shelf *shelf, struct str path);

/* What is wrong with the packs, by place, the same thing once even where several share a file;
 * notes and warnings too `with_warnings`. */
struct diag_list shelf_problems(const struct shelf *shelf, bool with_warnings);

/* The pack of that name, or NULL. */
struct shelf_pack *shelf_pack_find(const struct shelf *shelf, struct str name);

/* The names of packs that could be read; as a list, and as "athelstan, chancery". */
struct shelf_names shelf_pack_names(const struct shelf *shelf);
struct str shelf_pack_names_text(const struct shelf *shelf);

/* ---- For those who need less than whole packs ------------------------------------------------ */

/* Folders of packs at `path`, as they are shown: itself, or those inside it. */
MUST_USE struct result shelf_packs_find(struct arena *arena, struct str path,
                                        struct shelf_names *out, bool *is_folder);

/* The file `name` beside the folder or beside the nearest folder above it; else the empty text. */
struct str shelf_file_find_above(struct arena *arena, struct str folder, struct str name);

/* The vocabulary for a folder, or the empty text. */
struct str shelf_vocabulary_find(struct arena *arena, struct str folder);

/* Reads a vocabulary or policy file once; NULL when it cannot be read, which is then in `diags`. */
struct policy_document *shelf_document_read(struct shelf *shelf, struct str file,
                                            struct diag_list *diags);

#endif

/*
 * cli/packs.h - finding the packs that a call means, and making them ready to use.
 *
 * Read first: docs/policy-language.md, section 2, and policy/policy.h.
 * Start at packs_open(), which most commands call; packs_load() is the work.
 *
 * Where things lie. A pack is a folder with `policy.md`; a folder of packs holds such folders. The
 * vocabulary is `vocabulary/vocabulary.md` beside the pack, or beside the nearest folder above it;
 * the law is `law/policy.md`, found the same way. A pack's parents are named by `extends`,
 * relative to it. The folder `vocabulary` is no pack; `law` is one, with no law above it.
 *
 * What must hold: a file is read once for all packs; what is wrong with it is said once.
 */
#ifndef HANDRAIL_CLI_PACKS_H
#define HANDRAIL_CLI_PACKS_H

#include "cli/cli.h"
#include "cli/files.h"
#include "pack/pack.h"
#include "policy/policy.h"

/* Packs in one call. */
#define PACKS_MAX 256

/* Folders looked at above a pack for the vocabulary and the law. */
#define PACKS_ABOVE_MAX 16

struct packs_one {
    struct str folder, file; /* as they are shown */
    struct policy_document *document;
    struct policy_bundle bundle;
    struct diag_list diags; /* of all its files and of the check */
    struct policy_image image;
    struct pack pack; /* opened when is_ready */
    bool is_ready;    /* read, checked and compiled without errors */
};

struct packs_shelf; /* the files that have been read */

struct packs {
    struct arena *arena;
    struct packs_shelf *shelf;
    struct packs_one *at;
    size_t count;
    bool is_folder; /* a folder of packs was named, or several packs */
};

/* No packs yet. */
struct packs packs_new(struct arena *arena);

/* Adds the pack, or all packs of the folder, at `path`. What is wrong in the files is in `diags`
 * of each; the result fails only when there is nothing to read. */
MUST_USE struct result packs_load(struct packs *packs, struct str path);

/* Folders of packs at `path`, as they are shown: itself, or those inside it. */
MUST_USE struct result packs_find(struct arena *arena, struct str path, struct files_names *out,
                                  bool *is_folder);

/* The file `name` beside the folder or beside the nearest folder above it; else the empty text. */
struct str packs_above(struct arena *arena, struct str folder, struct str name);

/* The vocabulary for a folder, or the empty text. */
struct str packs_vocabulary_file(struct arena *arena, struct str folder);

/* Reads a vocabulary or policy file once; NULL when it cannot be read, which is then in `diags`. */
struct policy_document *packs_read(struct packs *packs, struct str file, struct diag_list *diags);

/*
 * Loads all operands of a call from `first` on and shows what is wrong with them; notes and
 * warnings too `with_warnings`. False when a pack is not ready (then *status is what the command
 * answers: `broken` for errors in a policy, CLI_EXIT_WRONG for a path that leads nowhere).
 */
bool packs_open(struct cli *cli, struct packs *packs, size_t operand_count, bool with_warnings,
                int broken, int *status) __attribute__((warn_unused_result));

/* The same for a command that works on one pack: says so when a folder of several was named. */
bool packs_open_one(struct cli *cli, struct packs *packs, int *status)
    __attribute__((warn_unused_result));

/* The pack of that name, or NULL. */
struct packs_one *packs_by_name(const struct packs *packs, struct str name);

/* The names of packs that could be read; as a list, and as "athelstan, chancery". */
struct files_names packs_name_list(const struct packs *packs);
struct str packs_names(const struct packs *packs);

#endif

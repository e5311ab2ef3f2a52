/*
 * cli/packs.c - from a path to packs that are read, checked, compiled and opened.
 *
 * Read first: packs.h. Start at packs_load().
 */
#include "cli/packs.h"

#define PACKS_FILE "policy.md"

/* Files kept by one command: packs, their parents, the law, the vocabulary. */
#define PACKS_FILES_MAX (PACKS_MAX * 2)

struct packs_file {
    struct str path;
    struct policy_document *document; /* NULL: not readable */
    struct diag_list diags;
};

struct packs_shelf {
    struct packs_file files[PACKS_FILES_MAX];
    size_t count;
};

struct packs packs_new(struct arena *arena)
{
    return (struct packs){.arena = arena,
                          .shelf = ARENA_NEW(arena, struct packs_shelf),
                          .at = ARENA_ARRAY(arena, struct packs_one, PACKS_MAX)};
}

/* ---- Where things lie ------------------------------------------------------------------------ */

static bool packs_is_pack(struct arena *arena, struct str folder)
{
    return files_is_file(arena, files_join(arena, folder, STR(PACKS_FILE)));
}

/* A folder of a similar name beside the one that is not there. */
static struct str packs_similar(struct arena *arena, struct str path)
{
    struct files_names names;
    struct str folder = files_folder(path);
    if (!result_is_ok(files_list(arena, folder, &names)) || names.count == 0) {
        return (struct str){0};
    }
    struct str nearest = cli_nearest(files_last(path), names.at, names.count, sizeof names.at[0]);
    return str_is_empty(nearest) ? nearest : files_join(arena, folder, nearest);
}

MUST_USE static struct result packs_nothing(struct arena *arena, struct str path)
{
    struct str similar = packs_similar(arena, path);
    struct str message = STR("there is no such folder; name the folder that holds a policy.md, "
                             "or a folder of such folders");
    if (!str_is_empty(similar)) {
        message = str_format(arena, "there is no such folder; did you mean \"" STR_FMT "\"?",
                             STR_ARG(similar));
    }
    return result_fail(RESULT_CODE_MISSING, str_cstr(arena, message), path);
}

struct result packs_find(struct arena *arena, struct str path, struct files_names *out,
                         bool *is_folder)
{
    *is_folder = false;
    if (files_is_file(arena, path) && str_equal(files_last(path), STR(PACKS_FILE))) {
        path = files_folder(path);
    }
    if (!files_is_folder(arena, path)) {
        return packs_nothing(arena, path);
    }
    path = files_plain(arena, path);
    if (packs_is_pack(arena, path)) {
        *out = (struct files_names){.at = ARENA_NEW(arena, struct str), .count = 1};
        out->at[0] = path;
        return RESULT_OK;
    }
    struct files_names names;
    TRY(files_list(arena, path, &names));
    *out = (struct files_names){.at = ARENA_ARRAY(arena, struct str, names.count)};
    for (size_t i = 0; i < names.count; i++) {
        struct str folder = files_join(arena, path, names.at[i]);
        if (packs_is_pack(arena, folder)) {
            out->at[out->count++] = folder;
        }
    }
    if (out->count == 0) {
        return result_fail(RESULT_CODE_MISSING,
                           "there is no policy.md here, nor in any folder inside it", path);
    }
    *is_folder = true;
    return RESULT_OK;
}

struct str packs_above(struct arena *arena, struct str folder, struct str name)
{
    struct str at = files_absolute(arena, folder);
    for (size_t i = 0; i < PACKS_ABOVE_MAX; i++) {
        struct str file = files_join(arena, at, name);
        if (i > 0 && files_is_file(arena, file)) {
            return files_plain(arena, file);
        }
        if (str_equal(at, STR("/"))) {
            break;
        }
        at = files_folder(at);
    }
    return (struct str){0};
}

struct str packs_vocabulary_file(struct arena *arena, struct str folder)
{
    struct str inside[] = {STR("vocabulary.md"), STR("vocabulary/vocabulary.md")};
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        struct str file = files_join(arena, folder, inside[i]);
        if (files_is_file(arena, file)) {
            return files_plain(arena, file);
        }
    }
    return packs_above(arena, folder, STR("vocabulary/vocabulary.md"));
}

/* ---- Reading --------------------------------------------------------------------------------- */

static void packs_add_diags(struct diag_list *to, const struct diag_list *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct diag *diag = &from->items[i];
        diag_add(to, diag->severity, diag->code, diag->file, diag->line, diag->column,
                 diag->message, diag->hint);
    }
}

static void packs_read_file(struct packs *packs, struct packs_file *file)
{
    file->diags = diag_list_new(packs->arena);
    struct str text;
    struct result result = files_read(packs->arena, file->path, FILES_POLICY_BYTES_MAX, &text);
    if (!result_is_ok(result)) {
        diag_add(&file->diags, DIAG_ERROR, STR("file"), file->path, 0, 0, str_from(result.message),
                 (struct str){0});
        return;
    }
    file->document = policy_read(packs->arena, file->path, text, &file->diags);
}

struct policy_document *packs_read(struct packs *packs, struct str path, struct diag_list *diags)
{
    struct packs_shelf *shelf = packs->shelf;
    for (size_t i = 0; i < shelf->count; i++) {
        if (str_equal(shelf->files[i].path, path)) {
            packs_add_diags(diags, &shelf->files[i].diags);
            return shelf->files[i].document;
        }
    }
    if (shelf->count >= PACKS_FILES_MAX) {
        diag_addf(diags, DIAG_ERROR, STR("file"), path, 0, 0, STR("name fewer packs in one call"),
                  "more than %d files in one call", PACKS_FILES_MAX);
        return NULL;
    }
    struct packs_file *file = &shelf->files[shelf->count++];
    file->path = path;
    packs_read_file(packs, file);
    packs_add_diags(diags, &file->diags);
    return file->document;
}

/* Fills the chain from the pack upwards, then turns it round: the furthest parent comes first. */
static void packs_read_chain(struct packs *packs, struct packs_one *one)
{
    struct policy_document *up[POLICY_CHAIN_MAX] = {one->document};
    size_t count = 1;
    struct str folder = one->folder;
    while (!str_is_empty(up[count - 1]->extends)) {
        const struct policy_document *child = up[count - 1];
        if (count >= POLICY_CHAIN_MAX) {
            diag_addf(&one->diags, DIAG_ERROR, STR("extends-depth"), child->file,
                      child->pack_place.line, 0,
                      STR("look for a policy that extends itself, or join two of them"),
                      "policies extend one another more than %d deep", POLICY_CHAIN_MAX);
            break;
        }
        folder = files_plain(packs->arena, files_join(packs->arena, folder, child->extends));
        struct str file = files_join(packs->arena, folder, STR(PACKS_FILE));
        if (!files_is_file(packs->arena, file)) {
            diag_addf(&one->diags, DIAG_ERROR, STR("extends"), child->file, child->pack_place.line,
                      0, STR("\"extends\" names a folder, seen from the folder of this policy"),
                      "there is no policy.md in \"" STR_FMT "\", which this policy extends",
                      STR_ARG(child->extends));
            break;
        }
        struct policy_document *parent = packs_read(packs, file, &one->diags);
        if (!parent) {
            break;
        }
        up[count++] = parent;
    }
    for (size_t i = 0; i < count; i++) {
        one->bundle.chain[i] = up[count - 1 - i];
    }
    one->bundle.chain_count = count;
}

static void packs_read_bundle(struct packs *packs, struct packs_one *one)
{
    struct str vocabulary = packs_above(packs->arena, one->folder, STR("vocabulary/vocabulary.md"));
    if (str_is_empty(vocabulary)) {
        diag_add(&one->diags, DIAG_ERROR, STR("no-vocabulary"), one->file, 0, 0,
                 STR("there is no vocabulary for this policy"),
                 STR("put the vocabulary beside the policy's folder, as "
                     "../vocabulary/vocabulary.md"));
    } else {
        one->bundle.vocabulary = packs_read(packs, vocabulary, &one->diags);
    }
    struct str law = packs_above(packs->arena, one->folder, STR("law/policy.md"));
    if (one->document->kind != POLICY_KIND_LAW && !str_is_empty(law)) {
        one->bundle.law = packs_read(packs, law, &one->diags);
    }
    packs_read_chain(packs, one);
}

/* Reads, checks, compiles and opens one pack; stops quietly where there are errors. */
static void packs_prepare(struct packs *packs, struct packs_one *one)
{
    one->diags = diag_list_new(packs->arena);
    one->document = packs_read(packs, one->file, &one->diags);
    if (!one->document) {
        return;
    }
    packs_read_bundle(packs, one);
    if (!one->bundle.vocabulary) {
        return;
    }
    policy_check(packs->arena, &one->bundle, &one->diags);
    if (diag_error_count(&one->diags) > 0) {
        return;
    }
    one->image = policy_compile(packs->arena, &one->bundle, &one->diags);
    if (!one->image.bytes || diag_error_count(&one->diags) > 0) {
        return;
    }
    const char *trouble = pack_open(&one->pack, one->image.bytes, one->image.size);
    if (trouble) {
        diag_addf(&one->diags, DIAG_ERROR, STR("image"), one->file, 0, 0,
                  STR("this is a fault of Handrail, not of the policy: please report it"),
                  "the compiled policy cannot be opened: %s", trouble);
        return;
    }
    one->is_ready = true;
}

struct result packs_load(struct packs *packs, struct str path)
{
    struct files_names folders;
    bool is_folder;
    TRY(packs_find(packs->arena, path, &folders, &is_folder));
    for (size_t i = 0; i < folders.count; i++) {
        if (packs->count >= PACKS_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "more packs than one call can take", path);
        }
        struct packs_one *one = &packs->at[packs->count++];
        one->folder = folders.at[i];
        one->file = files_join(packs->arena, one->folder, STR(PACKS_FILE));
        packs_prepare(packs, one);
    }
    packs->is_folder = packs->is_folder || is_folder || packs->count > 1;
    return RESULT_OK;
}

/* ---- For commands ---------------------------------------------------------------------------- */

/* Whether a sorted list ends with the same thing said of the same place. */
static bool packs_is_said(const struct diag_list *said, const struct diag *diag)
{
    for (size_t i = said->count; i > 0; i--) {
        const struct diag *other = &said->items[i - 1];
        if (other->line != diag->line || other->column != diag->column ||
            !str_equal(other->file, diag->file)) {
            return false;
        }
        if (str_equal(other->code, diag->code) && str_equal(other->message, diag->message)) {
            return true;
        }
    }
    return false;
}

/* Shows what is wrong, the same thing once even where several packs share a file. */
static void packs_report(struct cli *cli, const struct packs *packs, bool with_warnings)
{
    struct diag_list all = diag_list_new(cli->arena);
    for (size_t i = 0; i < packs->count; i++) {
        packs_add_diags(&all, &packs->at[i].diags);
    }
    diag_sort(&all);
    struct diag_list shown = diag_list_new(cli->arena);
    for (size_t i = 0; i < all.count; i++) {
        const struct diag *diag = &all.items[i];
        if ((diag->severity != DIAG_ERROR && !with_warnings) || packs_is_said(&shown, diag)) {
            continue;
        }
        diag_add(&shown, diag->severity, diag->code, diag->file, diag->line, diag->column,
                 diag->message, diag->hint);
    }
    cli_diagnose(cli, &shown);
}

bool packs_open(struct cli *cli, struct packs *packs, size_t operand_count, bool with_warnings,
                int broken, int *status)
{
    *packs = packs_new(cli->arena);
    for (size_t i = 0; i < operand_count; i++) {
        struct result result = packs_load(packs, cli->operands[i]);
        if (!result_is_ok(result)) {
            *status = cli_failed(cli, result);
            return false;
        }
    }
    packs_report(cli, packs, with_warnings);
    for (size_t i = 0; i < packs->count; i++) {
        if (!packs->at[i].is_ready) {
            *status = broken;
            return false;
        }
    }
    *status = CLI_EXIT_FINE;
    return true;
}

bool packs_open_one(struct cli *cli, struct packs *packs, int *status)
{
    if (!packs_open(cli, packs, 1, false, CLI_EXIT_WRONG, status)) {
        return false;
    }
    if (packs->count != 1) {
        *status = cli_wrong(cli,
                            str_format(cli->arena, "name one of them, such as " STR_FMT,
                                       STR_ARG(packs->at[0].folder)),
                            "\"" STR_FMT "\" holds several policies: " STR_FMT,
                            STR_ARG(cli->operands[0]), STR_ARG(packs_names(packs)));
        return false;
    }
    return true;
}

struct packs_one *packs_by_name(const struct packs *packs, struct str name)
{
    for (size_t i = 0; i < packs->count; i++) {
        const struct packs_one *one = &packs->at[i];
        if (one->document && (str_equal(one->document->name, name))) {
            return &packs->at[i];
        }
    }
    return NULL;
}

struct files_names packs_name_list(const struct packs *packs)
{
    struct files_names names = {.at = ARENA_ARRAY(packs->arena, struct str, packs->count)};
    for (size_t i = 0; i < packs->count; i++) {
        if (packs->at[i].document) {
            names.at[names.count++] = packs->at[i].document->name;
        }
    }
    return names;
}

struct str packs_names(const struct packs *packs)
{
    struct files_names names = packs_name_list(packs);
    return str_join(packs->arena, names.at, names.count, STR(", "));
}

/*
 * shelf/shelf.c - from a path to packs that are read, checked, compiled and opened.
 *
 * Read first: shelf.h. Start at shelf_load().
 */
#include "shelf/shelf.h"

#define POLICY_FILE "policy.md"

/* Files kept by one shelf: packs, their parents, the law, the vocabulary. */
#define SOURCES_MAX (SHELF_PACKS_MAX * 2)

struct shelf_source {
    struct str path;
    struct policy_document *document; /* NULL: not readable */
    struct diag_list diags;
};

struct shelf_sources {
    struct shelf_source at[SOURCES_MAX];
    size_t count;
};

struct shelf shelf_new(struct arena *arena)
{
    return (struct shelf){.arena = arena,
                          .sources = ARENA_NEW(arena, struct shelf_sources),
                          .at = ARENA_ARRAY(arena, struct shelf_pack, SHELF_PACKS_MAX)};
}

/* ---- Where things lie ------------------------------------------------------------------------ */

static bool is_pack(struct arena *arena, struct str folder)
{
    return shelf_file_exists(arena, shelf_path_join(arena, folder, STR(POLICY_FILE)));
}

struct result shelf_packs_find(struct arena *arena, struct str path, struct shelf_names *out,
                               bool *is_folder)
{
    *is_folder = false;
    if (shelf_file_exists(arena, path) && str_equal(shelf_path_last(path), STR(POLICY_FILE))) {
        path = shelf_path_folder(path);
    }
    if (!shelf_folder_exists(arena, path)) {
        return result_fail(RESULT_CODE_MISSING,
                           "there is no such folder; name the folder that holds a policy.md, or a "
                           "folder of such folders",
                           path);
    }
    path = shelf_path_plain(arena, path);
    if (is_pack(arena, path)) {
        *out = (struct shelf_names){.at = ARENA_NEW(arena, struct str), .count = 1};
        out->at[0] = path;
        return RESULT_OK;
    }
    struct shelf_names names;
    TRY(shelf_folder_list(arena, path, &names));
    *out = (struct shelf_names){.at = ARENA_ARRAY(arena, struct str, names.count)};
    for (size_t i = 0; i < names.count; i++) {
        struct str folder = shelf_path_join(arena, path, names.at[i]);
        if (is_pack(arena, folder)) {
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

struct str shelf_file_find_above(struct arena *arena, struct str folder, struct str name)
{
    struct str at = shelf_path_absolute(arena, folder);
    for (size_t i = 0; i < SHELF_ABOVE_MAX; i++) {
        struct str file = shelf_path_join(arena, at, name);
        if (i > 0 && shelf_file_exists(arena, file)) {
            return shelf_path_plain(arena, file);
        }
        if (str_equal(at, STR("/"))) {
            break;
        }
        at = shelf_path_folder(at);
    }
    return (struct str){0};
}

struct str shelf_vocabulary_find(struct arena *arena, struct str folder)
{
    struct str inside[] = {STR("vocabulary.md"), STR("vocabulary/vocabulary.md")};
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        struct str file = shelf_path_join(arena, folder, inside[i]);
        if (shelf_file_exists(arena, file)) {
            return shelf_path_plain(arena, file);
        }
    }
    return shelf_file_find_above(arena, folder, STR("vocabulary/vocabulary.md"));
}

/* ---- Reading --------------------------------------------------------------------------------- */

static void diags_add(struct diag_list *to, const struct diag_list *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct diag *diag = &from->items[i];
        diag_add(to, diag->severity, diag->code, diag->file, diag->line, diag->column,
                 diag->message, diag->hint);
    }
}

static void source_read(struct shelf *shelf, struct shelf_source *source)
{
    source->diags = diag_list_new(shelf->arena);
    struct str text;
    struct result result =
        shelf_file_read(shelf->arena, source->path, SHELF_POLICY_BYTES_MAX, &text);
    if (!result_is_ok(result)) {
        diag_add(&source->diags, DIAG_ERROR, STR("file"), source->path, 0, 0,
                 str_from(result.message), (struct str){0});
        return;
    }
    source->document = policy_read(shelf->arena, source->path, text, &source->diags);
}

struct policy_document *shelf_document_read(struct shelf *shelf, struct str path,
                                            struct diag_list *diags)
{
    struct shelf_sources *sources = shelf->sources;
    for (size_t i = 0; i < sources->count; i++) {
        if (str_equal(sources->at[i].path, path)) {
            diags_add(diags, &sources->at[i].diags);
            return sources->at[i].document;
        }
    }
    if (sources->count >= SOURCES_MAX) {
        diag_addf(diags, DIAG_ERROR, STR("file"), path, 0, 0, STR("name fewer packs in one call"),
                  "more than %d files in one call", SOURCES_MAX);
        return NULL;
    }
    struct shelf_source *source = &sources->at[sources->count++];
    source->path = path;
    source_read(shelf, source);
    diags_add(diags, &source->diags);
    return source->document;
}

/* Fills the chain from the pack upwards, then turns it round: the furthest parent comes first. */
static void chain_read(struct shelf *shelf, struct shelf_pack *one)
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
        folder =
            shelf_path_plain(shelf->arena, shelf_path_join(shelf->arena, folder, child->extends));
        struct str file = shelf_path_join(shelf->arena, folder, STR(POLICY_FILE));
        if (!shelf_file_exists(shelf->arena, file)) {
            diag_addf(&one->diags, DIAG_ERROR, STR("extends"), child->file, child->pack_place.line,
                      0, STR("\"extends\" names a folder, seen from the folder of this policy"),
                      "there is no policy.md in \"" STR_FMT "\", which this policy extends",
                      STR_ARG(child->extends));
            break;
        }
        struct policy_document *parent = shelf_document_read(shelf, file, &one->diags);
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

static void bundle_read(struct shelf *shelf, struct shelf_pack *one)
{
    struct str vocabulary =
        shelf_file_find_above(shelf->arena, one->folder, STR("vocabulary/vocabulary.md"));
    if (str_is_empty(vocabulary)) {
        diag_add(&one->diags, DIAG_ERROR, STR("no-vocabulary"), one->file, 0, 0,
                 STR("there is no vocabulary for this policy"),
                 STR("put the vocabulary beside the policy's folder, as "
                     "../vocabulary/vocabulary.md"));
    } else {
        one->bundle.vocabulary = shelf_document_read(shelf, vocabulary, &one->diags);
    }
    struct str law = shelf_file_find_above(shelf->arena, one->folder, STR("law/policy.md"));
    if (one->document->kind != POLICY_KIND_LAW && !str_is_empty(law)) {
        one->bundle.law = shelf_document_read(shelf, law, &one->diags);
    }
    chain_read(shelf, one);
}

/* Reads, checks, compiles and opens one pack; stops quietly where there are errors. */
static void prepare(struct shelf *shelf, struct shelf_pack *one)
{
    one->diags = diag_list_new(shelf->arena);
    one->document = shelf_document_read(shelf, one->file, &one->diags);
    if (!one->document) {
        return;
    }
    bundle_read(shelf, one);
    if (!one->bundle.vocabulary) {
        return;
    }
    policy_check(shelf->arena, &one->bundle, &one->diags);
    if (diag_error_count(&one->diags) > 0) {
        return;
    }
    one->image = policy_compile(shelf->arena, &one->bundle, &one->diags);
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

struct result shelf_load(struct shelf *shelf, struct str path)
{
    struct shelf_names folders;
    bool is_folder;
    TRY(shelf_packs_find(shelf->arena, path, &folders, &is_folder));
    for (size_t i = 0; i < folders.count; i++) {
        if (shelf->count >= SHELF_PACKS_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "more packs than one call can take", path);
        }
        struct shelf_pack *one = &shelf->at[shelf->count++];
        one->folder = folders.at[i];
        one->file = shelf_path_join(shelf->arena, one->folder, STR(POLICY_FILE));
        prepare(shelf, one);
    }
    shelf->is_folder = shelf->is_folder || is_folder || shelf->count > 1;
    return RESULT_OK;
}

/* ---- What was found -------------------------------------------------------------------------- */

/* Whether a sorted list ends with the same thing said of the same place. */
static bool is_said(const struct diag_list *said, const struct diag *diag)
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

struct diag_list shelf_problems(const struct shelf *shelf, bool with_warnings)
{
    struct diag_list all = diag_list_new(shelf->arena);
    for (size_t i = 0; i < shelf->count; i++) {
        diags_add(&all, &shelf->at[i].diags);
    }
    diag_sort(&all);
    struct diag_list problems = diag_list_new(shelf->arena);
    for (size_t i = 0; i < all.count; i++) {
        const struct diag *diag = &all.items[i];
        if ((diag->severity != DIAG_ERROR && !with_warnings) || is_said(&problems, diag)) {
            continue;
        }
        diag_add(&problems, diag->severity, diag->code, diag->file, diag->line, diag->column,
                 diag->message, diag->hint);
    }
    return problems;
}

struct shelf_pack *shelf_pack_find(const struct shelf *shelf, struct str name)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const struct shelf_pack *one = &shelf->at[i];
        if (one->document && (str_equal(one->document->name, name))) {
            return &shelf->at[i];
        }
    }
    return NULL;
}

struct shelf_names shelf_pack_names(const struct shelf *shelf)
{
    struct shelf_names names = {.at = ARENA_ARRAY(shelf->arena, struct str, shelf->count)};
    for (size_t i = 0; i < shelf->count; i++) {
        if (shelf->at[i].document) {
            names.at[names.count++] = shelf->at[i].document->name;
        }
    }
    return names;
}

struct str shelf_pack_names_text(const struct shelf *shelf)
{
    struct shelf_names names = shelf_pack_names(shelf);
    return str_join(shelf->arena, names.at, names.count, STR(", "));
}

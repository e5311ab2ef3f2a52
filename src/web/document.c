/*
 * web/document.c - see document_int.h. Start at web_document_render().
 */
#include "web/document_int.h"

#include "web/asset_names.h"
#include "web/clause_view_int.h"
#include "web/frame_int.h"
#include "web/kept_int.h"

/* ---- Clauses --------------------------------------------------------------------------------- */

static void clauses_add(struct web_clauses *clauses, const struct policy_document *document,
                        bool is_law)
{
    for (size_t i = 0; i < document->clause_count; i++) {
        clauses->at[clauses->count++] =
            (struct web_clause){document, &document->clauses[i], is_law};
    }
}

struct web_clauses web_clauses_of(struct arena *arena, const struct shelf_pack *pack)
{
    const struct policy_bundle *bundle = &pack->bundle;
    size_t room = bundle->law ? bundle->law->clause_count : 0;
    for (size_t i = 0; i < bundle->chain_count; i++) {
        room += bundle->chain[i]->clause_count;
    }
    struct web_clauses clauses = {.at = ARENA_ARRAY(arena, struct web_clause, room + 1)};
    for (size_t i = bundle->chain_count; i > 0; i--) {
        clauses_add(&clauses, bundle->chain[i - 1], false);
    }
    if (bundle->law) {
        clauses_add(&clauses, bundle->law, true);
    }
    return clauses;
}

size_t web_clause_find(const struct web_clauses *clauses, struct str key)
{
    for (size_t i = 0; i < clauses->count; i++) {
        if (str_equal(clauses->at[i].clause->key.text, key)) {
            return i;
        }
    }
    return STR_NONE;
}

/* ---- Parts ----------------------------------------------------------------------------------- */

/* Clauses follow one another in one part: of one document and, in the policy's own, one heading. */
static bool is_same_part(const struct web_clause *a, const struct web_clause *b)
{
    bool has_headings = !a->is_law;
    return a->document == b->document &&
           (!has_headings || str_equal(a->clause->part, b->clause->part));
}

/* A document with one heading above everything has no parts worth naming. */
static bool has_parts(const struct web_clause *clause)
{
    const struct policy_document *document = clause->document;
    bool has_several = false;
    for (size_t i = 1; i < document->clause_count; i++) {
        has_several =
            has_several || !str_equal(document->clauses[0].part, document->clauses[i].part);
    }
    return has_several && !str_is_empty(clause->clause->part);
}

static struct page_clause_part part_begin(struct arena *arena, const struct shelf_pack *pack,
                                          const struct web_clause *first, size_t number)
{
    struct page_clause_part part = {.id = str_format(arena, "part-%zu", number),
                                    .is_law = first->is_law};
    bool is_own = first->document == pack->document;
    if (first->is_law) {
        part.id = STR("law");
        part.title = STR("The law above this policy");
        part.says = STR("This is general information, not legal advice. It stands over the "
                        "clauses above: where a policy says no, the law may still protect you.");
    } else if (has_parts(first)) {
        part.title = first->clause->part;
    } else {
        part.title = is_own ? STR("The clauses") : first->document->title;
    }
    if (!first->is_law && !is_own) {
        part.says = str_format(arena, "From: " STR_FMT ". This policy builds on it.",
                               STR_ARG(first->document->title));
    }
    return part;
}

static struct page_clause_part *parts_make(struct arena *arena, const struct shelf_pack *pack,
                                           size_t *count)
{
    struct web_clauses clauses = web_clauses_of(arena, pack);
    struct page_clause_part *parts = ARENA_ARRAY(arena, struct page_clause_part, clauses.count + 1);
    struct page_clause_view *views = ARENA_ARRAY(arena, struct page_clause_view, clauses.count + 1);
    *count = 0;
    for (size_t i = 0; i < clauses.count; i++) {
        views[i] = web_clause_view(arena, pack, clauses.at[i].clause);
        if (i == 0 || !is_same_part(&clauses.at[i - 1], &clauses.at[i])) {
            parts[*count] = part_begin(arena, pack, &clauses.at[i], *count + 1);
            parts[(*count)++].clauses = &views[i];
        }
        parts[*count - 1].clauses_count++;
    }
    return parts;
}

/* ---- The page -------------------------------------------------------------------------------- */

struct str web_document_render(struct arena *arena, const struct shelf *shelf,
                               const struct shelf_pack *pack, bool has_desk)
{
    const struct policy_document *document = pack->document;
    size_t count;
    struct page_clause_part *parts = parts_make(arena, pack, &count);
    struct html main = html_new(arena);
    /* On a phone the contents are its headings, where there are enough of them. */
    page_policy_main(&main, &(struct page_policy_main_args){.name = document->name,
                                                            .title = document->title,
                                                            .source = document->source,
                                                            .notice = document->notice,
                                                            .prevails = document->prevails,
                                                            .is_asked = web_is_asked(shelf, pack),
                                                            .is_folded = count > 2,
                                                            .parts = parts,
                                                            .parts_count = count});
    return web_frame_render(arena, &(struct web_frame){.title = document->title,
                                                       .place = STR("/policies"),
                                                       .has_desk = has_desk,
                                                       .main = html_take(&main),
                                                       .script = STR(WEB_ASSET_POLICY_JS)});
}

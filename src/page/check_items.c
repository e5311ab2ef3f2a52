/*
 * page/check_items.c - each finding, and the clauses that it touches. Read first: check_int.h.
 */
#include "page/check_int.h"

#include "interview/words.h"
#include "page/sign.h"

/* Bytes of a finding's words that are shown; and on each side of it for "This is wrong". */
#define WORDS_BYTES_MAX 160
#define AROUND_BYTES_MAX 80

uint32_t check_shown_level(const struct check_item *item)
{
    uint32_t level = item->level;
    for (size_t i = 0; level == PACK_LEVEL_NOT_COVERED && i < item->consequence_count; i++) {
        level = item->consequences[i].level; /* strictest first */
    }
    return level;
}

/* ---- Words ----------------------------------------------------------------------------------- */

static bool is_inside_character(struct str text, size_t at)
{
    return at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80;
}

struct str check_words(struct arena *arena, struct str text, const struct screen_finding *finding)
{
    struct str words = str_slice(text, finding->start, finding->end);
    size_t cut = WORDS_BYTES_MAX;
    if (words.len <= cut) {
        return words;
    }
    while (cut > 0 && is_inside_character(words, cut)) {
        cut--;
    }
    return str_format(arena, STR_FMT " …", STR_ARG(str_slice(words, 0, cut)));
}

/* The finding with the words on both sides of it, in its own line. */
static struct str around(struct str text, const struct screen_finding *finding)
{
    size_t from = finding->start;
    size_t to = finding->end;
    size_t least = from > AROUND_BYTES_MAX ? from - AROUND_BYTES_MAX : 0;
    size_t most = text.len - to > AROUND_BYTES_MAX ? to + AROUND_BYTES_MAX : text.len;
    size_t first = from;
    size_t last = to;
    while (from > least && text.at[from - 1] != '\n') {
        from--;
        first = from == 0 || text.at[from - 1] == ' ' || text.at[from - 1] == '\n' ? from : first;
    }
    while (to < most && text.at[to] != '\n') {
        to++;
        last = to == text.len || text.at[to] == ' ' || text.at[to] == '\n' ? to : last;
    }
    return str_trim(str_slice(text, first, last));
}

struct str check_citation(struct arena *arena, const struct pack *pack, uint32_t clause)
{
    return str_format(arena, "%s" STR_FMT, pack->clause[clause].is_law != 0 ? "law, " : "",
                      STR_ARG(words_clause(arena, pack, clause)));
}

/* ---- Clauses --------------------------------------------------------------------------------- */

static struct page_check_clause clause_make(const struct check_page *page,
                                            const struct check_consequence *one)
{
    const struct pack *pack = page->pack;
    const struct pack_rule *rule = &pack->rule[one->rule];
    const struct pack_clause *clause = &pack->clause[rule->clause];
    struct str says = pack_text(pack, rule->say);
    if (str_is_empty(says)) {
        says = pack_text(pack, clause->title);
    }
    return (struct page_check_clause){
        .slug = pack_level_name((enum pack_level)one->level),
        .sign =
            page_verdict_sign(page->arena, (enum decide_verdict)one->level, STR("hr-sign__mark")),
        .level = decide_verdict_words((enum decide_verdict)one->level),
        .is_certain = one->is_certain,
        .says = words_sentence(page->arena, says),
        .key = pack_text(pack, clause->key),
        .citation = check_citation(page->arena, pack, rule->clause)};
}

/* Two rules of a clause may say the same at the same level. */
static bool is_said(const struct page_check_clause *clauses, size_t count,
                    const struct page_check_clause *clause)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(clauses[i].key, clause->key) && str_equal(clauses[i].says, clause->says) &&
            str_equal(clauses[i].slug, clause->slug)) {
            return true;
        }
    }
    return false;
}

static const struct page_check_clause *clauses_make(const struct check_page *page,
                                                    const struct check_item *item, bool is_certain,
                                                    size_t *count)
{
    struct page_check_clause *clauses =
        ARENA_ARRAY(page->arena, struct page_check_clause, item->consequence_count + 1);
    *count = 0;
    for (size_t i = 0; i < item->consequence_count; i++) {
        const struct check_consequence *one = &item->consequences[i];
        struct page_check_clause clause = clause_make(page, one);
        if (one->is_certain == is_certain && !is_said(clauses, *count, &clause)) {
            clauses[(*count)++] = clause;
        }
    }
    return clauses;
}

/* ---- Findings -------------------------------------------------------------------------------- */

static struct page_check_finding finding_make(const struct check_page *page,
                                              const struct check_item *item, size_t number)
{
    const struct screen_finding *finding = item->finding;
    const struct screen_kind_info *info = screen_kind_info(finding->kind);
    uint32_t level = check_shown_level(item);
    struct page_check_finding shown = {
        .number = (int64_t)number,
        .kind = screen_kind_names[finding->kind],
        .title = info->title,
        .words = check_words(page->arena, page->text, finding),
        .because = finding->because,
        .why = info->why,
        .slug = pack_level_name((enum pack_level)level),
        .sign = page_verdict_sign(page->arena, (enum decide_verdict)level, STR("hr-sign__mark")),
        .level = item->consequence_count == 0 ? STR("The policy says nothing of it")
                                              : decide_verdict_words((enum decide_verdict)level),
        .may_be = level != item->level,
        .may_be_more = level == item->level && item->may_be_more,
        .mend = item->mend};
    if (finding->detail != SCREEN_DETAIL_NONE) {
        shown.detail = words_of_name(page->arena, info->details[finding->detail]);
    }
    if (check_is_private(page)) {
        shown.around = around(page->text, finding);
    }
    shown.certain = clauses_make(page, item, true, &shown.certain_count);
    shown.possible = clauses_make(page, item, false, &shown.possible_count);
    return shown;
}

struct html_raw check_findings_render(const struct check_page *page)
{
    size_t room = page->shown_count + 1;
    struct page_check_finding *findings = ARENA_ARRAY(page->arena, struct page_check_finding, room);
    struct page_check_finding *silent = ARENA_ARRAY(page->arena, struct page_check_finding, room);
    struct page_check_findings_args args = {
        .policy = pack_name(page->pack), .findings = findings, .silent = silent};
    for (size_t i = 0; i < page->shown_count; i++) {
        struct page_check_finding finding = finding_make(page, page->shown[i], i + 1);
        if (page->shown[i]->consequence_count > 0) {
            findings[args.findings_count++] = finding;
        } else {
            silent[args.silent_count++] = finding;
        }
    }
    args.sum =
        args.silent_count == 1
            ? STR("1 more thing, of which this policy says nothing here")
            : str_format(page->arena, "%zu more things, of which this policy says nothing here",
                         args.silent_count);
    struct html out = html_new(page->arena);
    page_check_findings(&out, &args);
    return html_take(&out);
}

/*
 * page/check_incoming.c - what a message is that has come in, and which clauses speak of that.
 *
 * Read first: check_int.h. Nothing is judged here: what others write breaks no rule of the policy.
 * A clause speaks of a kind when one of its screen statements does (check_speaking()).
 */
#include "page/check_int.h"

#include "interview/words.h"

/* The most urgent first: somebody may come to harm; a term of law runs; somebody waits. */
static const enum screen_kind urgency[] = {
    SCREEN_DISCLOSURE_OF_HARM,
    SCREEN_ABUSE,
    SCREEN_SUBJECT_ACCESS_REQUEST,
    SCREEN_PRESS_ENQUIRY,
    SCREEN_COMPLAINT,
    SCREEN_QUERY,
    SCREEN_PRAISE,
    SCREEN_SPAM,
};
#define KINDS_COUNT (sizeof urgency / sizeof urgency[0])

/* The clauses whose statements speak of a kind in what comes in. */
static const struct page_check_spoken *clauses_of(const struct check_page *page,
                                                  enum screen_kind kind, size_t *count)
{
    const struct pack *pack = page->pack;
    const struct check *check = page->with->check;
    size_t room = check_statement_count(check) + 1;
    uint32_t *operations = ARENA_ARRAY(page->arena, uint32_t, room);
    struct page_check_spoken *clauses = ARENA_ARRAY(page->arena, struct page_check_spoken, room);
    *count = check_speaking(check, kind, SCREEN_CHANNEL_INCOMING, operations);
    for (size_t i = 0; i < *count; i++) {
        const struct pack_operation *operation = &pack->operation[operations[i]];
        clauses[i] = (struct page_check_spoken){
            .text = words_sentence(page->arena, pack_text(pack, operation->text)),
            .key = pack_text(pack, pack->clause[operation->clause].key),
            .citation = check_citation(page->arena, pack, operation->clause)};
    }
    return clauses;
}

/* ---- Kinds ----------------------------------------------------------------------------------- */

static const struct screen_finding *finding_of(const struct check_page *page, enum screen_kind kind)
{
    const struct screen_findings *found = &page->answer->findings;
    for (size_t i = 0; i < found->count; i++) {
        if (found->items[i].kind == kind) {
            return &found->items[i];
        }
    }
    return NULL;
}

static size_t kinds_fill(const struct check_page *page, struct page_check_message_kind *kinds)
{
    size_t count = 0;
    for (size_t i = 0; i < KINDS_COUNT; i++) {
        const struct screen_finding *finding = finding_of(page, urgency[i]);
        if (finding == NULL) {
            continue;
        }
        const struct screen_kind_info *info = screen_kind_info(urgency[i]);
        kinds[count] = (struct page_check_message_kind){
            .title = info->title, .why = info->why, .mend = info->mend};
        kinds[count].clauses = clauses_of(page, urgency[i], &kinds[count].clauses_count);
        count++;
    }
    return count;
}

static size_t inside_fill(const struct check_page *page, struct page_check_inside *inside)
{
    for (size_t i = 0; i < page->shown_count; i++) {
        const struct screen_finding *finding = page->shown[i]->finding;
        inside[i] =
            (struct page_check_inside){.number = (int64_t)i + 1,
                                       .title = screen_kind_info(finding->kind)->title,
                                       .words = check_words(page->arena, page->text, finding)};
        inside[i].clauses = clauses_of(page, finding->kind, &inside[i].clauses_count);
    }
    return page->shown_count;
}

struct str check_incoming_render(const struct check_page *page, struct html *out)
{
    struct page_check_message_kind kinds[KINDS_COUNT];
    struct page_check_inside *inside =
        ARENA_ARRAY(page->arena, struct page_check_inside, page->shown_count + 1);
    struct page_check_incoming_args args = {.policy = pack_name(page->pack),
                                            .policy_title = pack_title(page->pack),
                                            .kinds = kinds,
                                            .kinds_count = kinds_fill(page, kinds),
                                            .inside = inside,
                                            .inside_count = inside_fill(page, inside)};
    if (page->shown_count > 0) {
        args.draft = check_draft_render(page, STR("The message, with what was found"));
    }
    page_check_incoming(out, &args);
    if (args.kinds_count == 0) {
        return STR("It is not clear what this is.");
    }
    struct text summary = {.arena = page->arena};
    for (size_t i = 0; i < args.kinds_count; i++) {
        text_addf(&summary, "%s" STR_FMT ".", i == 0 ? "" : " ", STR_ARG(kinds[i].title));
    }
    return text_str(&summary);
}

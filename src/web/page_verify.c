/*
 * web/page_verify.c - GET and POST /verify: whether a receipt or a proof that somebody shows is
 * genuine.
 *
 * Read first: told/shown.h; web/templates/receipt.html. A receipt holds what somebody said, so
 * web/assets/verify.js checks it on the device where the browser can; this is for all others.
 *
 * What must hold: nothing of what is shown is kept or logged, and nothing of it is repeated as true
 * unless it was signed here.
 */
#include <string.h>

#include "actions/keeper.h"
#include "base/hex.h"
#include "base/instant.h"
#include "page/templates.h"
#include "told/shown.h"
#include "web/asset_names.h"
#include "web/frame_int.h"
#include "web/kept_int.h"
#include "web/office_int.h"
#include "web/pages_int.h"

/* Lines of a receipt besides facts. */
#define ROWS_MAX (RECEIPT_FACTS_MAX + 8)

struct result_page {
    struct arena *arena;
    struct page_verify_row rows[ROWS_MAX];
    size_t row_count;
    struct str title, words, more;
    bool is_good;
};

static void add(struct result_page *page, const char *name, struct str value)
{
    if (!str_is_empty(value) && page->row_count < ROWS_MAX) {
        page->rows[page->row_count++] = (struct page_verify_row){str_from(name), value};
    }
}

static struct str time_words(struct arena *arena, int64_t time_ms)
{
    return str_format(arena, STR_FMT " (UTC)",
                      STR_ARG(instant_format(arena, (struct instant){time_ms})));
}

/* ---- A receipt ------------------------------------------------------------------------------- */

/* How the policy of a receipt stands to those of today. */
static struct str policy_words(const struct web_exchange *exchange, const struct receipt *receipt)
{
    const struct web_kept *kept = exchange->site->kept;
    bool is_named = false;
    for (size_t i = 0; i < kept->policy_count; i++) {
        const struct web_kept_policy *policy = &kept->policies[i];
        if (memcmp(policy->digest, receipt->policy_digest, SHA256_BYTES) == 0) {
            return STR("The policy on this website is still the one that gave this answer.");
        }
        is_named |= str_equal(pack_title(&policy->pack->pack), receipt->policy);
    }
    return is_named ? STR("The policy was changed since: this is the answer of an earlier version. "
                          "Today’s may be another.")
                    : STR("This website has no policy of that name any more.");
}

static void show_receipt(const struct web_exchange *exchange, const struct receipt *receipt,
                         struct result_page *page)
{
    page->title = STR("This website signed this receipt");
    page->words = STR("It gave this answer, at this time, to somebody who said this. Whether what "
                      "was said was true nobody has checked, nor who it was.");
    page->more = policy_words(exchange, receipt);
    add(page, "Policy", receipt->policy);
    add(page, "Name, as it was typed", receipt->name);
    add(page, "Asked", receipt->asked);
    for (size_t i = 0; i < receipt->fact_count; i++) {
        add(page, str_cstr(page->arena, receipt->facts[i].name), receipt->facts[i].value);
    }
    add(page, "Answer", receipt->verdict);
    add(page, "Clauses", str_join(page->arena, receipt->clauses, receipt->clause_count, STR(", ")));
    add(page, "When", time_words(page->arena, receipt->time_ms));
}

/* ---- A proof, a checkpoint ------------------------------------------------------------------- */

static void show_checkpoint(const struct checkpoint *checkpoint, struct result_page *page)
{
    add(page, "The history of", checkpoint->origin);
    add(page, "Acts that it has",
        str_format(page->arena, "%llu", (unsigned long long)checkpoint->size));
}

static void show_proof(const struct told_shown *shown, struct result_page *page)
{
    page->title = STR("This stands in the history");
    page->words = STR("An act of this kind was recorded at this place and time, and could not have "
                      "been put there, taken away or changed afterwards without being noticed. "
                      "What it said is not in the proof.");
    add(page, "What", action_kind_words(shown->entry.kind));
    add(page, "When", time_words(page->arena, shown->entry.time_ms));
    add(page, "Act", str_format(page->arena, "%llu", (unsigned long long)shown->proof.index));
    show_checkpoint(&shown->checkpoint, page);
}

/* ---- The page -------------------------------------------------------------------------------- */

static void refuse(struct result_page *page, struct result why)
{
    page->title = STR("This was not signed by this website, or was changed since");
    page->words = str_format(page->arena, "Do not rely on what it says. %s.", why.message);
}

static void open_shown(struct web_exchange *exchange, struct str text, const struct note_key *key,
                       struct result_page *page)
{
    /* Whoever copies a text loses the end of its last line. */
    struct str whole = str_format(page->arena, STR_FMT "\n", STR_ARG(str_trim(text)));
    struct told_shown shown;
    struct result opened = told_shown_open(page->arena, whole, key, 1, &shown);
    page->is_good = result_is_ok(opened);
    if (!page->is_good) {
        refuse(page, opened);
        return;
    }
    switch (shown.kind) {
    case TOLD_SHOWN_RECEIPT:
        show_receipt(exchange, &shown.receipt, page);
        return;
    case TOLD_SHOWN_PROOF:
        show_proof(&shown, page);
        return;
    case TOLD_SHOWN_CHECKPOINT:
    case TOLD_SHOWN_KIND_COUNT:
        break;
    }
    page->title = STR("This website signed this checkpoint");
    page->words = STR("The history had this many acts when it was signed.");
    show_checkpoint(&shown.checkpoint, page);
}

/* The versions of the policies here, for the script: digests with spaces between. */
static struct str policies_of(const struct web_exchange *exchange)
{
    const struct web_kept *kept = exchange->site->kept;
    struct text out = {.arena = exchange->arena};
    for (size_t i = 0; i < kept->policy_count; i++) {
        text_add(&out, i == 0 ? (struct str){0} : STR(" "));
        hex_add(&out, kept->policies[i].digest, SHA256_BYTES);
    }
    return text_str(&out);
}

static struct html_raw result_write(const struct result_page *page)
{
    struct html out = html_new(page->arena);
    page_verify_result(&out, &(struct page_verify_result_args){.is_good = page->is_good,
                                                               .title = page->title,
                                                               .words = page->words,
                                                               .rows = page->rows,
                                                               .rows_count = page->row_count,
                                                               .more = page->more});
    return html_take(&out);
}

void page_verify(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    struct arena *arena = exchange->arena;
    struct note_key key = {0};
    if (!office) {
        return;
    }
    struct result known = keeper_public_key(office->keeper, arena, &key);
    bool is_known = result_is_ok(known), is_post = exchange->method == WEB_POST;
    struct str text = web_form_value(&exchange->form, STR("text"));
    struct result_page *page = ARENA_NEW(arena, struct result_page);
    page->arena = arena;
    if (is_post && is_known) {
        open_shown(exchange, text, &key, page);
    } else if (is_post) {
        refuse(page, known);
    }
    struct html main = html_new(arena);
    page_verify_main(&main, &(struct page_verify_main_args){
                                .result = is_post ? result_write(page) : (struct html_raw){0},
                                .key = is_known ? note_key_write(arena, &key) : (struct str){0},
                                .policies = policies_of(exchange),
                                .origin = key.name,
                                .text = text});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = is_post ? page->title : STR("Is it genuine?"),
                                  .place = STR("/verify"),
                                  .main = html_take(&main),
                                  .script = STR(WEB_ASSET_VERIFY_JS)});
}

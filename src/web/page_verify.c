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
#include "calendar/london.h"
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
    struct str label, title, words, more;
    bool is_good;
};

static void add(struct result_page *page, const char *name, struct str value)
{
    if (!str_is_empty(value) && page->row_count < ROWS_MAX) {
        page->rows[page->row_count++] = (struct page_verify_row){str_from(name), value};
    }
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
    add(page, "When", london_words(page->arena, (struct instant){receipt->time_ms}));
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
    add(page, "When", london_words(page->arena, (struct instant){shown->entry.time_ms}));
    add(page, "Act", str_format(page->arena, "%llu", (unsigned long long)shown->proof.index));
    show_checkpoint(&shown->checkpoint, page);
}

/* ---- The page -------------------------------------------------------------------------------- */

static void refuse(struct result_page *page, struct result why)
{
    page->title = STR("This was not signed by this website, or was changed since");
    page->words = str_format(page->arena, "Do not rely on what it says. %s.", why.message);
}

/* The keys of this history are not known here, or not at the moment. */
static void know_nothing(struct result_page *page, struct result why)
{
    page->label = STR("Not known");
    page->title = STR("It cannot be told at the moment");
    page->words = str_format(page->arena, "Try again in a minute: %s.", why.message);
}

/* Signed with a key that somebody else may have. */
static void doubt(struct result_page *page)
{
    page->label = STR("In doubt");
    page->title = STR("This was signed with a key that has leaked");
    page->words = STR("This website signed with that key once. But whoever has it can write what "
                      "they like, with any date: do not rely on this. What stands in the history "
                      "can be proved anew, with the key of today.");
}

/* Whether one of the keys that have leaked, or have not, signed it. */
MUST_USE static struct result open_with(struct result_page *page, struct str text,
                                        const struct ledger_keys *known, bool has_leaked,
                                        struct told_shown *out)
{
    struct note_key *keys = ARENA_ARRAY(page->arena, struct note_key, LEDGER_KEYS_MAX);
    size_t count = ledger_keys_public(known, has_leaked, keys);
    return told_shown_open(page->arena, text, keys, count, out);
}

static void open_shown(struct web_exchange *exchange, struct str text,
                       const struct ledger_keys *keys, struct result_page *page)
{
    /* Whoever copies a text loses the end of its last line. */
    struct str whole = str_format(page->arena, STR_FMT "\n", STR_ARG(str_trim(text)));
    struct told_shown shown;
    struct result opened = open_with(page, whole, keys, false, &shown);
    page->is_good = result_is_ok(opened);
    if (!page->is_good && result_is_ok(open_with(page, whole, keys, true, &shown))) {
        doubt(page);
        return;
    }
    if (!page->is_good) {
        refuse(page, opened);
        return;
    }
    page->label = STR("Genuine");
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
                                                               .label = page->label,
                                                               .title = page->title,
                                                               .words = page->words,
                                                               .rows = page->rows,
                                                               .rows_count = page->row_count,
                                                               .more = page->more});
    return html_take(&out);
}

/* The keys of this history; their names are in the arena of the exchange. */
MUST_USE static struct result keys_read(const struct web_exchange *exchange,
                                        const struct web_office *office, struct ledger_keys *out)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(office->place.store, exchange->arena, STORE_READ, &transaction));
    return keeper_public_keys(office->keeper, transaction, out);
}

/* Those that have leaked, or have not, for the script: with spaces between. */
static struct str keys_of(struct arena *arena, const struct ledger_keys *keys, bool has_leaked)
{
    struct text out = {.arena = arena};
    struct note_key *public = ARENA_ARRAY(arena, struct note_key, LEDGER_KEYS_MAX);
    size_t count = ledger_keys_public(keys, has_leaked, public);
    for (size_t i = 0; i < count; i++) {
        text_add(&out, i == 0 ? (struct str){0} : STR(" "));
        text_add(&out, note_key_write(arena, &public[i]));
    }
    return text_str(&out);
}

/* The keys of before, the last one first; the one of now has a place of its own. */
static size_t earlier_keys(struct arena *arena, const struct ledger_keys *keys,
                           struct page_verify_key *out)
{
    size_t count = 0;
    for (size_t i = keys->count; i-- > 1;) {
        out[count++] = (struct page_verify_key){.key = ledger_key_text(arena, &keys->at[i - 1]),
                                                .until = london_words(arena, keys->at[i].since_at),
                                                .has_leaked = ledger_key_has_leaked(keys, i - 1)};
    }
    return count;
}

void page_verify(struct web_exchange *exchange)
{
    const struct web_office *office = web_office_of(exchange);
    struct arena *arena = exchange->arena;
    struct ledger_keys *keys = ARENA_NEW(arena, struct ledger_keys);
    if (!office) {
        return;
    }
    struct result known = keys_read(exchange, office, keys);
    bool is_known = result_is_ok(known), is_post = exchange->method == WEB_POST;
    struct str text = web_form_value(&exchange->form, STR("text"));
    struct result_page *page = ARENA_NEW(arena, struct result_page);
    page->arena = arena;
    page->label = STR("Not genuine");
    keys->count = is_known ? keys->count : 0;
    if (is_post && is_known) {
        open_shown(exchange, text, keys, page);
    } else if (is_post) {
        know_nothing(page, known);
    }
    const struct note_key *now = is_known ? &keys->at[keys->count - 1].key : NULL;
    struct page_verify_key *earlier = ARENA_ARRAY(arena, struct page_verify_key, LEDGER_KEYS_MAX);
    struct html main = html_new(arena);
    page_verify_main(&main, &(struct page_verify_main_args){
                                .result = is_post ? result_write(page) : (struct html_raw){0},
                                .key = now ? note_key_write(arena, now) : (struct str){0},
                                .keys = keys_of(arena, keys, false),
                                .leaked = keys_of(arena, keys, true),
                                .earlier = earlier,
                                .earlier_count = earlier_keys(arena, keys, earlier),
                                .policies = policies_of(exchange),
                                .origin = now ? now->name : (struct str){0},
                                .text = text});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = is_post ? page->title : STR("Is it genuine?"),
                                  .place = STR("/verify"),
                                  .main = html_take(&main),
                                  .script = STR(WEB_ASSET_VERIFY_JS)});
}

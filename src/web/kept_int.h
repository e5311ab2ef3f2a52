/*
 * web/kept_int.h - what is worked out once, when the server starts, and then only read: compiled
 * policies as they are sent, the pages of policies, the words that are searched.
 *
 * Read first: web_int.h. Start at web_kept_make() in kept.c.
 * What must hold: nothing here changes while the server runs.
 */
#ifndef HANDRAIL_WEB_KEPT_INT_H
#define HANDRAIL_WEB_KEPT_INT_H

#include "base/sha256.h"
#include "check/check.h"
#include "web/compare_int.h"
#include "web/coverage_int.h"
#include "web/negotiate_int.h"
#include "web/search_int.h"
#include "web/web_int.h"

/* Hexadecimal digits of a tag: enough that two versions of a document never share one. */
#define WEB_TAG_DIGITS 16

/* Bytes that are the same for everybody, in the codings in which they are sent. */
struct web_document {
    struct str type, tag;
    struct str forms[WEB_CODING_COUNT]; /* empty: there is none, but for identity */
};

/* The bytes are borrowed, and live as long as the arena; the forms are made in it. */
struct web_document web_document_make(struct arena *arena, struct str type, struct str bytes);

/* Answers with it, in the smallest form that the client takes. */
void web_document_send(struct web_exchange *exchange, const struct web_document *document,
                       enum web_cache cache);

/* A policy, and what is made of it. */
struct web_kept_policy {
    const struct shelf_pack *pack;
    const struct check *check; /* its screen statements */
    struct web_document image; /* for the core in the browser */
    unsigned char digest[SHA256_BYTES]; /* of the image: its version in receipts */
    struct web_document page;  /* the whole policy */
};

struct web_kept {
    struct web_kept_policy *policies; /* in the order of the shelf */
    size_t policy_count;
    const struct web_coverage *coverage;
    const struct web_compare_policy *compare; /* in the order of the shelf */
    struct web_search_index search;
    const struct screen_model *model;
    struct web_document offline; /* what is kept for use without a network: web/assets/worker.js */
    struct web_document offline_check; /* the same of "Check before you post" */
};

/* NULL when there is none: the exchange has no site, or no policy is of that name. */
const struct web_kept_policy *web_kept_policy_named(const struct web_exchange *exchange,
                                                    struct str name);

/* "/pack/NAME.pack?TAG": changes when the policy does. */
struct str web_pack_address(struct arena *arena, const struct web_kept_policy *policy);

/* "/offline.json?TAG" */
struct str web_offline_address(struct arena *arena, const struct web_kept *kept);

/* "/offline-check.json?TAG" */
struct str web_offline_check_address(struct arena *arena, const struct web_kept *kept);

/* True for a policy that somebody can ask: not the law, which stands over each of them. */
bool web_is_asked(const struct shelf *shelf, const struct shelf_pack *pack);

#endif

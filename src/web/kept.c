/*
 * web/kept.c - see kept_int.h and site.h. Start at web_site_make().
 */
#include "web/kept_int.h"

#include "base/hex.h"
#include "base/sha256.h"
#include "base/json.h"
#include "trained/trained.h"
#include "web/asset_names.h"
#include "web/compress_int.h"
#include "web/document_int.h"
#include "web/frame_int.h"

#define ASSET(name) "/assets/" name

#define OFFLINE_ASSETS_MAX 8

/* A part of the site that works without a network: its page, and what it needs beside policies. */
struct offline_part {
    const char *page;
    const char *assets[OFFLINE_ASSETS_MAX]; /* NULL ends them */
};

static const struct offline_part offline_interview = {
    "/may-i",
    {ASSET(WEB_ASSET_HANDRAIL_CSS), ASSET(WEB_ASSET_HANDRAIL_JS), ASSET(WEB_ASSET_HANDRAIL_WASM),
     ASSET(WEB_ASSET_MARK_SVG), ASSET(WEB_ASSET_MANIFEST_WEBMANIFEST)}};

static const struct offline_part offline_check = {
    "/check",
    {ASSET(WEB_ASSET_HANDRAIL_CSS), ASSET(WEB_ASSET_HANDRAIL_JS), ASSET(WEB_ASSET_CHECK_JS),
     ASSET(WEB_ASSET_HANDRAIL_CHECK_WASM), ASSET(WEB_ASSET_MODEL_BIN),
     ASSET(WEB_ASSET_ROLL_EXAMPLE_CSV), ASSET(WEB_ASSET_MARK_SVG),
     ASSET(WEB_ASSET_MANIFEST_WEBMANIFEST)}};

/* ---- Documents ------------------------------------------------------------------------------- */

static struct str tag_of(struct arena *arena, struct str bytes)
{
    uint8_t digest[SHA256_BYTES];
    sha256(bytes.at, bytes.len, digest);
    return hex_of(arena, digest, WEB_TAG_DIGITS / 2);
}

struct web_document web_document_make(struct arena *arena, struct str type, struct str bytes)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    return (struct web_document){
        .type = type,
        .tag = tag_of(arena, bytes),
        .forms = {[WEB_CODING_IDENTITY] = bytes,
                  [WEB_CODING_GZIP] = str_copy(arena, web_compress_gzip(scratch, bytes)),
                  [WEB_CODING_BR] = str_copy(arena, web_compress_brotli(scratch, bytes))}};
}

void web_document_send(struct web_exchange *exchange, const struct web_document *document,
                       enum web_cache cache)
{
    bool available[WEB_CODING_COUNT] = {[WEB_CODING_IDENTITY] = true};
    for (size_t i = WEB_CODING_IDENTITY + 1; i < WEB_CODING_COUNT; i++) {
        available[i] = !str_is_empty(document->forms[i]);
    }
    enum web_coding coding = web_coding_choose(exchange->accept_encoding, available);
    web_data(exchange, WEB_OK, document->type, document->forms[coding]);
    struct web_answer *answer = &exchange->answer;
    answer->cache = cache;
    answer->varies = true;
    answer->encoding = web_coding_name(coding);
    answer->etag = coding == WEB_CODING_IDENTITY
                       ? document->tag
                       : str_format(exchange->arena, STR_FMT "-" STR_FMT, STR_ARG(document->tag),
                                    STR_ARG(answer->encoding));
}

/* ---- Policies -------------------------------------------------------------------------------- */

bool web_is_asked(const struct shelf *shelf, const struct shelf_pack *pack)
{
    return pack->document->kind != POLICY_KIND_LAW || shelf->count == 1;
}

const struct web_kept_policy *web_kept_policy_named(const struct web_exchange *exchange,
                                                    struct str name)
{
    const struct shelf_pack *pack = web_pack_named(exchange, name);
    return pack ? &exchange->site->kept->policies[pack - exchange->site->shelf->at] : NULL;
}

struct str web_pack_address(struct arena *arena, const struct web_kept_policy *policy)
{
    return str_format(arena, "/pack/" STR_FMT ".pack?" STR_FMT,
                      STR_ARG(policy->pack->document->name), STR_ARG(policy->image.tag));
}

static struct web_kept_policy policy_make(struct arena *arena, const struct shelf *shelf,
                                          const struct shelf_pack *pack, bool has_desk)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    struct str image = {(const char *)pack->image.bytes, pack->image.size};
    struct str page = str_copy(arena, web_document_render(scratch, shelf, pack, has_desk));
    return (struct web_kept_policy){
        .pack = pack,
        .check = check_open(arena, &pack->pack),
        .image = web_document_make(arena, STR("application/octet-stream"), image),
        .page = web_document_make(arena, STR(WEB_PAGE_TYPE), page)};
}

/* ---- Use without a network ------------------------------------------------------------------- */

struct str web_offline_address(struct arena *arena, const struct web_kept *kept)
{
    return str_format(arena, "/offline.json?" STR_FMT, STR_ARG(kept->offline.tag));
}

struct str web_offline_check_address(struct arena *arena, const struct web_kept *kept)
{
    return str_format(arena, "/offline-check.json?" STR_FMT, STR_ARG(kept->offline_check.tag));
}

static void add_strings(struct json_writer *json, struct str key, const struct str *strings,
                        size_t count)
{
    json_key(json, key);
    json_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        json_str(json, strings[i]);
    }
    json_end_array(json);
}

/* What worker.js reads, and the tag of an empty page: a new frame makes a new list. */
static struct web_document offline_make(struct arena *arena, const struct shelf *shelf,
                                        const struct web_kept *kept,
                                        const struct offline_part *part)
{
    struct str *documents = ARENA_ARRAY(arena, struct str, kept->policy_count + 1);
    struct str *files = ARENA_ARRAY(arena, struct str, kept->policy_count + OFFLINE_ASSETS_MAX);
    size_t document_count = 0, file_count = 0;
    documents[document_count++] = str_from(part->page);
    while (file_count < OFFLINE_ASSETS_MAX && part->assets[file_count] != NULL) {
        files[file_count] = str_from(part->assets[file_count]);
        file_count++;
    }
    for (size_t i = 0; i < kept->policy_count; i++) {
        const struct web_kept_policy *policy = &kept->policies[i];
        if (web_is_asked(shelf, policy->pack)) {
            struct str name = policy->pack->document->name;
            documents[document_count++] =
                str_format(arena, "%s?policy=" STR_FMT, part->page, STR_ARG(name));
            files[file_count++] = web_pack_address(arena, policy);
        }
    }
    struct text out = {.arena = arena};
    struct json_writer json = json_writer_new(&out, JSON_COMPACT);
    json_begin_object(&json);
    json_key_str(&json, STR("frame"),
                 tag_of(arena, web_frame_render(arena, &(struct web_frame){0})));
    add_strings(&json, STR("documents"), documents, document_count);
    add_strings(&json, STR("files"), files, file_count);
    json_end_object(&json);
    return web_document_make(arena, STR("application/json"), text_str(&out));
}

/* ---- The site -------------------------------------------------------------------------------- */

struct web_site web_site_make(struct arena *arena, struct str version, const struct shelf *shelf,
                              const struct web_office *office)
{
    struct web_kept *kept = ARENA_NEW(arena, struct web_kept);
    kept->policies = ARENA_ARRAY(arena, struct web_kept_policy, shelf->count + 1);
    kept->policy_count = shelf->count;
    for (size_t i = 0; i < shelf->count; i++) {
        kept->policies[i] = policy_make(arena, shelf, &shelf->at[i], office != NULL);
    }
    kept->coverage = web_coverage_make(arena, shelf);
    kept->compare = web_compare_prepare(arena, shelf);
    kept->search = web_search_prepare(arena, shelf);
    kept->model = trained_model(arena);
    kept->offline = offline_make(arena, shelf, kept, &offline_interview);
    kept->offline_check = offline_make(arena, shelf, kept, &offline_check);
    return (struct web_site){.version = version, .shelf = shelf, .kept = kept, .office = office};
}

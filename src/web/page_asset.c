/*
 * web/page_asset.c - GET /assets/{name}: a file that the program carries, in the smallest form that
 * the client takes.
 *
 * Read first: assets.h, negotiate_int.h.
 * What must hold: quick and without waiting, because the server runs it in the thread that serves
 * the sockets (server.c, server_is_quick).
 */
#include "web/assets.h"
#include "web/negotiate_int.h"
#include "web/pages_int.h"

static const struct web_asset *asset_named(struct str name)
{
    size_t from = 0, to = web_asset_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = str_compare(str_from(web_assets[middle].name), name);
        if (order == 0) {
            return &web_assets[middle];
        }
        if (order < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return NULL;
}

void page_asset(struct web_exchange *exchange)
{
    const struct web_asset *asset = asset_named(web_parameter(exchange, 0));
    if (!asset) {
        web_not_found(exchange);
        return;
    }
    const struct web_bytes *forms[WEB_CODING_COUNT] = {[WEB_CODING_IDENTITY] = &asset->identity,
                                                       [WEB_CODING_GZIP] = &asset->gzip,
                                                       [WEB_CODING_BR] = &asset->br};
    const bool available[WEB_CODING_COUNT] = {[WEB_CODING_IDENTITY] = true,
                                              [WEB_CODING_GZIP] = asset->gzip.size > 0,
                                              [WEB_CODING_BR] = asset->br.size > 0};
    enum web_coding coding = web_coding_choose(exchange->accept_encoding, available);
    const struct web_bytes *bytes = forms[coding];
    web_data(exchange, WEB_OK, str_from(asset->type),
             (struct str){(const char *)bytes->at, bytes->size});

    struct web_answer *answer = &exchange->answer;
    answer->cache = WEB_CACHE_FOREVER;
    answer->varies = available[WEB_CODING_GZIP] || available[WEB_CODING_BR];
    answer->encoding = web_coding_name(coding);
    answer->etag =
        coding == WEB_CODING_IDENTITY
            ? str_from(asset->etag)
            : str_format(exchange->arena, "%s-" STR_FMT, asset->etag, STR_ARG(answer->encoding));
}

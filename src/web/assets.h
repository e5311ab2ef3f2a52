/*
 * web/assets.h - the files that the program carries: style sheet, script, core, icons.
 *
 * The build generates the table. A name holds a hash of the content ("app-4f1c2a90.css"), so that
 * a browser may keep the file for ever: /assets/NAME.
 *
 * What must hold: the table is in byte order of names (it is searched by halves); names, types and
 * tags hold neither quotes nor control bytes.
 */
#ifndef HANDRAIL_WEB_ASSETS_H
#define HANDRAIL_WEB_ASSETS_H

#include <stddef.h>

struct web_bytes {
    const unsigned char *at;
    size_t size; /* 0: there is no such form */
};

struct web_asset {
    const char *name; /* "app-4f1c2a90.css" */
    const char *type; /* "text/css; charset=utf-8" */
    const char *etag; /* without quotes; the server tells the three forms apart by a suffix */
    struct web_bytes identity, gzip, br;
};

extern const struct web_asset web_assets[];
extern const size_t web_asset_count;

#endif

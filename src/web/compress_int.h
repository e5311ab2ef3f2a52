/*
 * web/compress_int.h - bytes in the codings that browsers take, for what is sent often and made
 * once.
 *
 * What must hold: a form is given only where it is smaller than the bytes themselves.
 */
#ifndef HANDRAIL_WEB_COMPRESS_INT_H
#define HANDRAIL_WEB_COMPRESS_INT_H

#include "base/arena.h"
#include "base/str.h"

/* The bytes as gzip (RFC 1952) and as brotli (RFC 7932); the empty text when that gains nothing. */
struct str web_compress_gzip(struct arena *arena, struct str bytes);
struct str web_compress_brotli(struct arena *arena, struct str bytes);

#endif

/*
 * web/compress.c - see compress_int.h.
 */
#include "web/compress_int.h"

#include <brotli/encode.h>
#include <zlib.h>

/* Compressing happens while the server starts: the level after which much time gains little. */
#define BROTLI_QUALITY 7
#define BROTLI_WINDOW 22
#define GZIP_LEVEL 7
#define GZIP_WINDOW (15 + 16) /* the largest window, with the head and tail of gzip */
#define GZIP_MEMORY 9
#define GZIP_WRAP_BYTES 64 /* more than head and tail take */

static struct str smaller(struct str form, struct str bytes)
{
    return form.len < bytes.len ? form : (struct str){0};
}

struct str web_compress_gzip(struct arena *arena, struct str bytes)
{
    z_stream stream = {0};
    if (bytes.len == 0 || bytes.len > UINT32_MAX / 2 ||
        deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return (struct str){0};
    }
    uLong room = deflateBound(&stream, (uLong)bytes.len) + GZIP_WRAP_BYTES;
    unsigned char *out = ARENA_ARRAY(arena, unsigned char, room);
    stream.next_in = (z_const Bytef *)(uintptr_t)bytes.at;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    int ended = deflate(&stream, Z_FINISH);
    struct str form = {(const char *)out, stream.total_out};
    (void)deflateEnd(&stream);
    return ended == Z_STREAM_END ? smaller(form, bytes) : (struct str){0};
}

struct str web_compress_brotli(struct arena *arena, struct str bytes)
{
    size_t size = BrotliEncoderMaxCompressedSize(bytes.len);
    if (bytes.len == 0 || size == 0) {
        return (struct str){0};
    }
    uint8_t *out = ARENA_ARRAY(arena, uint8_t, size);
    BROTLI_BOOL fits = BrotliEncoderCompress(BROTLI_QUALITY, BROTLI_WINDOW, BROTLI_MODE_GENERIC,
                                             bytes.len, (const uint8_t *)bytes.at, &size, out);
    return fits ? smaller((struct str){(const char *)out, size}, bytes) : (struct str){0};
}

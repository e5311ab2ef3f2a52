/*
 * identity/totp_qr.c - a QR code as SVG, by libqrencode.
 *
 * Read first: identity/totp.h. Each row of the code is a few dark runs; all of them are one path.
 */
#include <qrencode.h>

#include "base/arena.h"
#include "identity/totp.h"

#define QUIET_MODULES 4 /* ISO/IEC 18004: the light margin on each side */

static void qr_close(QRcode *code)
{
    QRcode_free(code);
}
DEFER_DEFINE(qr_close, QRcode *);

static void add_escaped(struct text *out, struct str words)
{
    static const struct {
        char character;
        const char *escaped;
    } table[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t i = 0; i < words.len; i++) {
        const char *escaped = NULL;
        for (size_t row = 0; row < sizeof(table) / sizeof(table[0]); row++) {
            escaped = words.at[i] == table[row].character ? table[row].escaped : escaped;
        }
        if (escaped) {
            text_add(out, str_from(escaped));
        } else {
            text_add_char(out, words.at[i]);
        }
    }
}

static bool is_dark(const QRcode *code, int x, int y)
{
    return (code->data[y * code->width + x] & 1) != 0;
}

static void add_row(struct text *out, const QRcode *code, int y)
{
    for (int x = 0; x < code->width;) {
        int from = x;
        while (x < code->width && is_dark(code, x, y)) {
            x++;
        }
        if (x > from) {
            text_addf(out, "M%d %dh%dv1h-%dz", from + QUIET_MODULES, y + QUIET_MODULES, x - from,
                      x - from);
        } else {
            x++;
        }
    }
}

struct result totp_qr(struct arena *arena, struct str text, struct totp_qr *out)
{
    if (text.len == 0 || text.len > TOTP_QR_BYTES_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "The names are too long for a QR code",
                           (struct str){0});
    }
    DEFER(qr_close)
    QRcode *code =
        QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
    if (!code) {
        return result_fail(RESULT_CODE_LIMIT, "The names are too long for a QR code",
                           (struct str){0});
    }
    struct text dark = {.arena = arena};
    for (int y = 0; y < code->width; y++) {
        add_row(&dark, code, y);
    }
    *out = (struct totp_qr){.side = code->width + 2 * QUIET_MODULES, .dark = text_str(&dark)};
    return RESULT_OK;
}

struct result totp_qr_svg(struct arena *arena, struct str text, struct str title, struct str *svg)
{
    struct totp_qr code;
    TRY(totp_qr(arena, text, &code));
    struct text out = {.arena = arena};
    text_addf(&out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
              "shape-rendering=\"crispEdges\"><title>",
              (int)code.side, (int)code.side);
    add_escaped(&out, title);
    text_addf(&out, "</title><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"",
              (int)code.side, (int)code.side);
    text_add(&out, code.dark);
    text_add(&out, STR("\"/></svg>"));
    *svg = text_str(&out);
    return RESULT_OK;
}

/*
 * tests/identity/totp_qr_test.c - the QR code as SVG is the code that libqrencode made.
 */
#include "support/check.h"

#include <qrencode.h>
#include <stdio.h>

#include "base/arena.h"
#include "identity/totp.h"

#define SIDE_MAX 200

/* Draws the runs "Mx yhNv1h-Nz" of the path behind the last d=" and answers how many there are. */
static size_t draw(const char *svg, char modules[SIDE_MAX][SIDE_MAX])
{
    const char *at = strstr(svg, "fill=\"#000\" d=\"");
    assert_non_null(at);
    at += strlen("fill=\"#000\" d=\"");
    size_t runs = 0;
    int x, y, length, back, taken;
    while (sscanf(at, "M%d %dh%dv1h-%dz%n", &x, &y, &length, &back, &taken) == 4) {
        assert_int_equal(length, back);
        for (int i = 0; i < length; i++) {
            modules[y][x + i] = 1;
        }
        at += taken;
        runs++;
    }
    assert_string_equal(at, "\"/></svg>");
    return runs;
}

static void it_is_the_code(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static char modules[SIDE_MAX][SIDE_MAX];
    const char *words = "otpauth://totp/Ashdown:okafor?secret=GEZDGNBVGY3TQOJQ&issuer=Ashdown";
    struct str svg;
    assert_true(result_is_ok(totp_qr_svg(arena, str_from(words), STR("A code"), &svg)));
    assert_true(draw(str_cstr(arena, svg), modules) > 100);
    QRcode *code =
        QRcode_encodeData((int)strlen(words), (const unsigned char *)words, 0, QR_ECLEVEL_M);
    assert_non_null(code);
    for (int y = 0; y < code->width + 8; y++) {
        for (int x = 0; x < code->width + 8; x++) {
            bool is_inside = x >= 4 && y >= 4 && x < code->width + 4 && y < code->width + 4;
            int expected = is_inside ? code->data[(y - 4) * code->width + x - 4] & 1 : 0;
            assert_int_equal(modules[y][x], expected);
        }
    }
    QRcode_free(code);
}

static void its_title_is_escaped(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str svg;
    assert_true(result_is_ok(totp_qr_svg(arena, STR("x"), STR("</title><script>&\"'"), &svg)));
    assert_true(str_find(svg, STR("role=\"img\"")) != STR_NONE);
    assert_true(str_find(svg, STR("<title>&lt;/title&gt;&lt;script&gt;&amp;&quot;&#39;</title>")) !=
                STR_NONE);
    static const char *const never[] = {"<script", "<style", "style=", " on", "href"};
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
        assert_int_equal(str_find(svg, str_from(never[i])), STR_NONE);
    }
}

static void its_length_is_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static char words[TOTP_QR_BYTES_MAX + 1];
    memset(words, 'a', sizeof(words));
    struct str svg;
    struct str longest = {words, TOTP_QR_BYTES_MAX}, longer = {words, TOTP_QR_BYTES_MAX + 1};
    assert_true(result_is_ok(totp_qr_svg(arena, longest, STR("A code"), &svg)));
    assert_int_equal(totp_qr_svg(arena, longer, STR("A code"), &svg).code, RESULT_CODE_LIMIT);
    assert_int_equal(totp_qr_svg(arena, (struct str){0}, STR("A code"), &svg).code,
                     RESULT_CODE_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_code),
        cmocka_unit_test(its_title_is_escaped),
        cmocka_unit_test(its_length_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

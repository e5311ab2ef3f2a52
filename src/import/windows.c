/*
 * import/windows.c - Windows-1252, which older exports and "Save as CSV" still write.
 *
 * Read first: people_int.h.
 * What must hold: text that is partly UTF-8 is not touched: its bad lines are refused one by one.
 */
#include "base/utf8.h"
#include "import/people_int.h"

/* Bytes 0x80 to 0x9F; the others are the code points of their number. 0: none. */
static const uint16_t high_points[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

bool import_is_windows(struct str text)
{
    bool has_bad = false;
    if (str_starts(text, STR("\xEF\xBB\xBF"))) {
        return false;
    }
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(text, at, &code_point);
        if (bytes > 1) {
            return false; /* two such bytes by chance are rare; a file that mixes both is not */
        }
        has_bad |= bytes == 0;
        at += bytes ? bytes : 1;
    }
    return has_bad;
}

struct str import_windows_decode(struct arena *arena, struct str text)
{
    struct text out = {.arena = arena};
    size_t begun = 0;
    for (size_t at = 0; at < text.len; at++) {
        unsigned char byte = (unsigned char)text.at[at];
        if (byte < 0x80) {
            continue;
        }
        uint32_t code_point = byte < 0xA0 ? high_points[byte - 0x80] : byte;
        char encoded[UTF8_BYTES_MAX];
        size_t bytes = utf8_encode(code_point ? code_point : byte, encoded);
        text_add(&out, str_slice(text, begun, at));
        text_add(&out, (struct str){encoded, bytes});
        begun = at + 1;
    }
    text_add(&out, str_slice(text, begun, text.len));
    return text_str(&out);
}

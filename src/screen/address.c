/*
 * screen/address.c - where mail addresses, links, handles and hashtags end.
 *
 * Read first: draft_parts_int.h. Start at: address_link_end.
 *
 * What must hold: each function looks at a bounded number of bytes and answers `at` when there is
 * no such address. A word and a full stop without a space after it ("home.It was") is no link:
 * endings that are words, and those of two letters, count only where a path follows.
 */
#include "screen/draft_parts_int.h"

#include <string.h>

/* Of domains that are links even without a scheme, www or a path. */
static const struct str endings[] = {
    STR_INIT("com"),   STR_INIT("org"),  STR_INIT("net"),    STR_INIT("edu"),  STR_INIT("gov"),
    STR_INIT("uk"),    STR_INIT("info"), STR_INIT("biz"),    STR_INIT("eu"),   STR_INIT("io"),
    STR_INIT("co"),    STR_INIT("tv"),   STR_INIT("ru"),     STR_INIT("xyz"),  STR_INIT("example"),
    STR_INIT("invalid"), STR_INIT("sch"), STR_INIT("academy"), STR_INIT("school"), STR_INIT("app"),
    STR_INIT("dev"),   STR_INIT("wales"), STR_INIT("scot"),  STR_INIT("cymru"), STR_INIT("london"),
    STR_INIT("online"), STR_INIT("site"), STR_INIT("ie"),    STR_INIT("de"),   STR_INIT("fr"),
    STR_INIT("icu"),   STR_INIT("zip"),  STR_INIT("uk.com"), STR_INIT("gg"),   STR_INIT("cn"),
};

/* And those that need a path: "bit.ly/x" is a link, "simp.ly" and "next.page" may be slips. */
static const struct str endings_with_path[] = {
    STR_INIT("top"),  STR_INIT("club"), STR_INIT("link"), STR_INIT("click"), STR_INIT("live"),
    STR_INIT("page"), STR_INIT("shop"), STR_INIT("store"), STR_INIT("blog"), STR_INIT("news"),
    STR_INIT("work"), STR_INIT("world"), STR_INIT("test"), STR_INIT("web"),  STR_INIT("tech"),
};

static bool equal_folded(struct str text, size_t from, struct str lower)
{
    for (size_t i = 0; i < lower.len; i++) {
        unsigned char c = byte_at(text, from + i);
        if ((ascii_is_letter(c) ? c | 0x20 : c) != (unsigned char)lower.at[i]) {
            return false;
        }
    }
    return true;
}

/* "School" after a full stop begins a sentence; "school" and "SCHOOL" may end a domain. */
static bool is_ending(struct str label, const struct str *list, size_t count)
{
    bool is_name = byte_at(label, 0) < 'a' && byte_at(label, 1) >= 'a';
    for (size_t i = 0; i < count && !is_name; i++) {
        if (list[i].len == label.len && equal_folded(label, 0, list[i])) {
            return true;
        }
    }
    return false;
}

static bool is_local(unsigned char c)
{
    return ascii_is_word(c) || (c != 0 && strchr("._%+-'", c) != NULL);
}

/* The end of labels with dots between them, of ASCII; *dots counts them. */
static size_t mail_domain_end(struct str text, size_t at, unsigned *dots)
{
    size_t from = at;
    *dots = 0;
    for (;;) {
        size_t label = at;
        while (at - from < DOMAIN_MAX && (ascii_is_word(byte_at(text, at)) ||
                                          (at > label && byte_at(text, at) == '-'))) {
            at++;
        }
        if (byte_at(text, at) != '.' || !ascii_is_word(byte_at(text, at + 1)) || at == label) {
            return at;
        }
        (*dots)++;
        at++;
    }
}

size_t address_mail_end(struct str text, size_t at)
{
    size_t sign = at;
    while (sign - at <= MAIL_LOCAL_MAX && is_local(byte_at(text, sign))) {
        sign++;
    }
    if (sign == at || byte_at(text, sign) != '@' || byte_at(text, sign - 1) == '.') {
        return at;
    }
    unsigned dots;
    size_t end = mail_domain_end(text, sign + 1, &dots);
    while (end > sign && byte_at(text, end - 1) == '-') {
        end--;
    }
    bool is_good = dots > 0 && ascii_is_letter(byte_at(text, end - 1));
    return is_good && !reader_is_word_at(text, end) ? end : at;
}

/* ---- Links ----------------------------------------------------------------------------------- */

/* The end of what a link holds after its domain or scheme, without the punctuation behind it. */
static size_t link_tail_end(struct str text, size_t from, size_t at)
{
    bool has_bracket = false;
    while (at - from < LINK_BYTES_MAX && at < text.len) {
        unsigned char c = byte_at(text, at);
        size_t bytes = 1;
        if (c <= ' ' || c == 0x7F || strchr("<>\"`{}|\\^", c)) {
            break;
        }
        if (c >= 0x80) {
            uint32_t code_point;
            enum screen_char kind = reader_look(text, at, &code_point, &bytes);
            bool is_quote = code_point >= 0x2018 && code_point <= 0x201F;
            if (kind == SCREEN_CHAR_SPACE || is_quote) {
                break;
            }
        }
        has_bracket = has_bracket || c == '(';
        at += bytes;
    }
    while (at > from) {
        unsigned char c = byte_at(text, at - 1);
        bool is_left = c != 0 && (strchr(".,!?;:'*_]", c) || (c == ')' && !has_bracket));
        if (!is_left) {
            break;
        }
        at--;
    }
    return at;
}

static size_t port_end(struct str text, size_t at)
{
    size_t end = at;
    if (byte_at(text, at) == ':') {
        end++;
        while (end - at <= 5 && ascii_is_digit(byte_at(text, end))) {
            end++;
        }
    }
    return end - at > 1 ? end : at;
}

static bool is_path_at(struct str text, size_t at)
{
    unsigned char c = byte_at(text, at);
    return c == '/' || ((c == '?' || c == '#') && ascii_is_word(byte_at(text, at + 1)));
}

/* Four numbers up to 255 with dots between them, then a path: a link that hides its name. */
static size_t number_link_end(struct str text, size_t at)
{
    size_t place = at;
    for (int part = 0; part < 4; part++) {
        unsigned value = 0;
        size_t first = place;
        while (place - first < 3 && ascii_is_digit(byte_at(text, place))) {
            value = value * 10 + (byte_at(text, place) - (unsigned)'0');
            place++;
        }
        if (place == first || value > 255 || (part < 3 && byte_at(text, place) != '.')) {
            return at;
        }
        place += part < 3;
    }
    place = port_end(text, place);
    return byte_at(text, place) == '/' ? link_tail_end(text, at, place) : at;
}

/* The end of labels with dots between them, of letters of any script; *last is the last label. */
static size_t domain_end(struct str text, size_t at, size_t *last, unsigned *dots)
{
    size_t from = at;
    *last = at;
    *dots = 0;
    while (at - from < DOMAIN_MAX) {
        size_t bytes = 1;
        unsigned char c = byte_at(text, at);
        if (c == '.' && at > *last && reader_is_word_at(text, at + 1)) {
            *last = at + 1;
            (*dots)++;
        } else if (c >= 0x80) {
            enum screen_char kind = reader_look(text, at, NULL, &bytes);
            if (kind == SCREEN_CHAR_SIGN || kind == SCREEN_CHAR_SPACE) {
                break;
            }
        } else if (!ascii_is_word(c) && !(c == '-' && at > *last)) {
            break;
        }
        at += bytes;
    }
    return at;
}

/* Where a scheme that is a link's ends, or `at`. */
static size_t scheme_end(struct str text, size_t at)
{
    static const struct str schemes[] = {STR_INIT("http://"), STR_INIT("https://"),
                                         STR_INIT("ftp://")};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (equal_folded(text, at, schemes[i])) {
            return at + schemes[i].len;
        }
    }
    return at;
}

size_t address_link_end(struct str text, size_t at, size_t *tried)
{
    size_t scheme = scheme_end(text, at);
    if (scheme > at) {
        size_t end = link_tail_end(text, at, scheme);
        return end > scheme ? end : at;
    }
    size_t end = number_link_end(text, at);
    if (end > at || at < *tried) {
        return end;
    }
    size_t last;
    unsigned dots;
    end = domain_end(text, at, &last, &dots);
    while (end > last && byte_at(text, end - 1) == '-') {
        end--;
    }
    struct str label = str_slice(text, last, end);
    size_t path = port_end(text, end);
    bool has_path = is_path_at(text, path);
    bool is_www = dots > 0 && equal_folded(text, at, STR("www."));
    bool is_two = label.len == 2 && ascii_is_letter(byte_at(text, last)) &&
                  ascii_is_letter(byte_at(text, last + 1));
    bool is_link = is_www || is_ending(label, endings, sizeof endings / sizeof *endings) ||
                   (has_path && (is_two || is_ending(label, endings_with_path,
                                                     sizeof endings_with_path /
                                                         sizeof *endings_with_path)));
    if (dots == 0 || !is_link || byte_at(text, end) == '@') {
        *tried = end;
        return at;
    }
    return has_path ? link_tail_end(text, at, path) : end;
}

/* ---- Names ----------------------------------------------------------------------------------- */

/* The end of letters, digits and underscores; *letters counts the first. */
static size_t name_end(struct str text, size_t at, bool may_have_dots, unsigned *letters)
{
    size_t from = at;
    *letters = 0;
    while (at - from < NAME_MAX_BYTES) {
        size_t bytes = 1;
        unsigned char c = byte_at(text, at);
        if (c >= 0x80) {
            enum screen_char kind = reader_look(text, at, NULL, &bytes);
            if (kind == SCREEN_CHAR_SIGN || kind == SCREEN_CHAR_SPACE) {
                break;
            }
            *letters += kind == SCREEN_CHAR_LETTER;
        } else if (c == '.') {
            if (!may_have_dots || at == from || !reader_is_word_at(text, at + 1)) {
                break;
            }
        } else if (!ascii_is_word(c) && c != '_') {
            break;
        } else {
            *letters += ascii_is_letter(c);
        }
        at += bytes;
    }
    return at;
}

/* "@name", and "@name@server.example" of networks that have many servers. */
size_t address_handle_end(struct str text, size_t at)
{
    unsigned letters;
    size_t whole = address_mail_end(text, at + 1);
    if (whole > at + 1) {
        return whole;
    }
    size_t end = name_end(text, at + 1, true, &letters);
    return letters > 0 ? end : at;
}

size_t address_hashtag_end(struct str text, size_t at)
{
    unsigned letters;
    size_t end = name_end(text, at + 1, false, &letters);
    return letters > 0 ? end : at;
}

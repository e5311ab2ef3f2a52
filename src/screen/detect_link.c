/*
 * screen/detect_link.c - links that hide where they lead or look like others.
 *
 * Read first: links_int.h. Start at: reasons, a table of what makes a link risky.
 *
 * What must hold: an ordinary link is never found, nor one of the school's own domains; the name of
 * a well-known firm in a host is risky only with a second sign (letters changed, a bait word, an
 * ending that is none).
 */
#include "screen/fold.h"
#include "screen/links_int.h"
#include "screen/near_int.h"
#include "screen/school_int.h"

#include <string.h>

#include "base/utf8.h"

#define LABEL_BYTES_MAX 64
#define LABELS_DEEP 5

/* A link that is being judged. */
struct judged {
    const struct screen_work *work;
    struct screen_link link;
};

static bool has_user(const struct judged *one)
{
    return one->link.user.len > 0;
}

static bool is_number(const struct judged *one)
{
    return one->link.is_number;
}

/* ---- Hosts ----------------------------------------------------------------------------------- */

static bool is_short_link(const struct judged *one)
{
    char host[LABEL_BYTES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < one->link.host.len && count < sizeof host; i++) {
        if (one->link.host.at[i] != '.' && one->link.host.at[i] != '-') {
            host[count++] = one->link.host.at[i];
        }
    }
    return one->link.path.len > 0 && one->link.label_count == 2 &&
           screen_word_has((struct str){host, count}, SCREEN_WORD_SHORT_LINK_HOST);
}

static bool has_punycode(const struct judged *one)
{
    for (size_t i = 0; i < one->link.label_count; i++) {
        if (str_starts(one->link.labels[i], STR("xn--"))) {
            return true;
        }
    }
    return false;
}

/* Letters of another script that look like Latin ones, within a host. */
static bool has_mixed_script(const struct judged *one)
{
    bool has_latin = false;
    bool has_alike = false;
    for (size_t at = 0; at < one->link.host.len;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(one->link.host, at, &code_point);
        has_latin = has_latin || (code_point >= 'a' && code_point <= 'z');
        has_alike =
            has_alike || (code_point >= 0x370 && bytes > 0 && screen_look_alike(code_point) != 0);
        at += bytes ? bytes : 1;
    }
    return has_alike && (has_latin || one->link.label_count > 0);
}

/* ---- Labels that look like others ------------------------------------------------------------ */

/* A label with what stands for letters put back; `one` is the letter for 1. */
static struct str label_plain(struct str label, char one, char out[LABEL_BYTES_MAX])
{
    static const char signs[] = "034578";
    static const char letters[] = "oeastb";
    size_t count = 0;
    for (size_t i = 0; i < label.len && count < LABEL_BYTES_MAX; i++) {
        char c = label.at[i];
        char next = i + 1 < label.len ? label.at[i + 1] : 0;
        const char *sign = strchr(signs, c);
        if (c == 'r' && next == 'n') {
            c = 'm';
            i++;
        } else if (c == 'v' && next == 'v') {
            c = 'w';
            i++;
        } else if (c == '1') {
            c = one;
        } else if (sign) {
            c = letters[sign - signs];
        }
        out[count++] = c;
    }
    return (struct str){out, count};
}

static bool is_known(struct str label)
{
    return label.len >= 4 && screen_word_has(label, SCREEN_WORD_KNOWN_DOMAIN);
}

/* A letter that another is easily taken for: "netfIix" with a capital i, "gooqle". */
static char taken_for(char c)
{
    return c == 'i' ? 'l' : c == 'l' ? 'i' : c == 'q' ? 'g' : 0;
}

/* "gooogle", "facbeook", "gooqle": a letter twice, two the wrong way round, one for another. */
static bool is_slip_of_known(struct str label)
{
    char changed[LABEL_BYTES_MAX];
    if (label.len < 6 || label.len > LABEL_BYTES_MAX) {
        return false;
    }
    for (size_t i = 1; i < label.len; i++) {
        memcpy(changed, label.at, label.len);
        if (taken_for(label.at[i])) {
            changed[i] = taken_for(label.at[i]);
            if (is_known((struct str){changed, label.len})) {
                return true;
            }
            changed[i] = label.at[i];
        }
        if (label.at[i] == label.at[i - 1]) {
            memmove(changed + i, label.at + i + 1, label.len - i - 1);
            if (is_known((struct str){changed, label.len - 1})) {
                return true;
            }
        } else {
            changed[i] = label.at[i - 1];
            changed[i - 1] = label.at[i];
            if (is_known((struct str){changed, label.len})) {
                return true;
            }
        }
    }
    return false;
}

static bool is_like_known(struct str label)
{
    char plain[LABEL_BYTES_MAX];
    if (is_known(label)) {
        return false;
    }
    return is_known(label_plain(label, 'l', plain)) || is_known(label_plain(label, 'i', plain)) ||
           is_slip_of_known(label);
}

/* A label, or a part of it between hyphens, that looks like a well-known name and is not it. */
static bool is_look_alike(const struct judged *one)
{
    for (size_t i = 0; i + 1 < one->link.label_count; i++) {
        struct str rest = one->link.labels[i];
        if (is_like_known(rest)) {
            return true;
        }
        while (rest.len > 0) {
            struct str part;
            (void)str_cut(rest, '-', &part, &rest);
            if (is_like_known(part)) {
                return true;
            }
        }
    }
    return false;
}

static bool has_bait(struct str label)
{
    while (label.len > 0) {
        struct str part;
        (void)str_cut(label, '-', &part, &label);
        if (screen_word_has(part, SCREEN_WORD_BAIT_WORD)) {
            return true;
        }
    }
    return false;
}

/* "paypal-login.example", "secure-hmrc.refund.example": a known name and a bait word by hyphens. */
static bool is_baited(const struct judged *one)
{
    for (size_t i = 0; i + 1 < one->link.label_count; i++) {
        bool has_known = false;
        unsigned parts = 0;
        struct str rest = one->link.labels[i];
        while (rest.len > 0) {
            struct str part;
            (void)str_cut(rest, '-', &part, &rest);
            has_known = has_known || is_known(part) || str_equal(part, STR("nhs")) ||
                        str_equal(part, STR("gov")) || str_equal(part, STR("dpd"));
            parts++;
        }
        if (has_known && parts > 1 && has_bait(one->link.labels[i])) {
            return true;
        }
    }
    return false;
}

/* "google.account-check.example": a known name below somebody else's domain, and bait. */
static bool is_below_other(const struct judged *one)
{
    bool has_known = false;
    bool is_bait = has_bait(one->link.path);
    for (size_t i = 0; i + 1 < one->link.label_count; i++) {
        bool is_sub = i + 2 < one->link.label_count;
        has_known = has_known || (is_sub && is_known(one->link.labels[i]));
        is_bait = is_bait || has_bait(one->link.labels[i]);
    }
    return has_known && (is_bait || one->link.label_count >= LABELS_DEEP);
}

/* ---- Endings --------------------------------------------------------------------------------- */

static bool is_one_of(struct str label, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(label, str_from(list[i]))) {
            return true;
        }
    }
    return false;
}

/* Whether the label is the part, or has it before or behind a hyphen. */
static bool is_part_of(struct str label, struct str part)
{
    if (label.len <= part.len + 1) {
        return str_equal(label, part);
    }
    size_t more = label.len - part.len;
    return (str_ends(label, part) && label.at[more - 1] == '-') ||
           (str_starts(label, part) && label.at[part.len] == '-');
}

/* "sch.uk", "com" or "gov-uk" that are not the end of the host. */
static bool has_false_ending(const struct judged *one)
{
    static const char *const before_uk[] = {"co", "gov", "sch", "ac", "nhs", "org", "police"};
    static const char *const joined[] = {"gov-uk", "sch-uk",    "ac-uk",  "nhs-uk", "co-uk",
                                         "org-uk", "police-uk", "uk-gov", "uk-sch"};
    static const char *const alone[] = {"com", "org", "net"};
    const struct screen_link *link = &one->link;
    for (size_t i = 1; i + 1 < link->label_count; i++) {
        bool is_last_two = i + 2 >= link->label_count;
        struct str last = link->labels[link->label_count - 1];
        if (str_equal(link->labels[i], STR("uk")) && is_one_of(link->labels[i - 1], before_uk, 7)) {
            return true;
        }
        if (is_one_of(link->labels[i], alone, 3) && !(is_last_two && last.len == 2)) {
            return true;
        }
    }
    for (size_t i = 0; i + 1 < link->label_count; i++) {
        struct str label = link->labels[i];
        if (str_starts(label, STR("com-"))) {
            return true;
        }
        for (size_t k = 0; k < 9; k++) {
            struct str ending = str_from(joined[k]);
            if (is_part_of(label, ending)) {
                return true;
            }
        }
    }
    return false;
}

static bool has_risky_ending(const struct judged *one)
{
    size_t count = one->link.label_count;
    return count > 1 && screen_word_has(one->link.labels[count - 1], SCREEN_WORD_RISKY_ENDING);
}

/* "invoice.pdf.exe" */
static bool is_program(const struct judged *one)
{
    struct str path = one->link.path;
    size_t end = 0;
    while (end < path.len && path.at[end] != '?' && path.at[end] != '#') {
        end++;
    }
    size_t dot = end;
    while (dot > 0 && path.at[dot - 1] != '.' && path.at[dot - 1] != '/') {
        dot--;
    }
    return dot > 0 && path.at[dot - 1] == '.' &&
           screen_word_has(str_slice(path, dot, end), SCREEN_WORD_PROGRAM_ENDING);
}

/* ---- The school's own name ------------------------------------------------------------------- */

/* The school's name with letters changed, with bait, or as another domain of the same name. */
static bool is_like_school(const struct judged *one)
{
    enum screen_host_match match = screen_school_in_host(one->work, one->link.host);
    bool is_bait = has_bait(one->link.path);
    for (size_t i = 0; i + 1 < one->link.label_count; i++) {
        is_bait = is_bait || has_bait(one->link.labels[i]);
    }
    return match == SCREEN_HOST_DISGUISED || match == SCREEN_HOST_IMITATED ||
           (match == SCREEN_HOST_NAMED && is_bait);
}

/* ---- The table ------------------------------------------------------------------------------- */

static const struct {
    bool (*is_so)(const struct judged *one);
    uint16_t confidence;
    struct str because;
} reasons[] = {
    {has_user, 970, STR_INIT("A user name stands before the address, which hides where it leads.")},
    {is_number, 960, STR_INIT("It leads to numbers in the place of a name.")},
    {has_punycode, 940, STR_INIT("Its name is in a code that can hide foreign letters.")},
    {has_mixed_script, 950, STR_INIT("Its name mixes letters of several alphabets.")},
    {is_short_link, 950, STR_INIT("It is a shortened link, which hides where it leads.")},
    {is_like_school, 930, STR_INIT("It looks like the school's address and is another.")},
    {is_look_alike, 930, STR_INIT("It looks like a well-known address and is another.")},
    {has_false_ending, 900, STR_INIT("An ending stands in the middle of its name.")},
    {is_baited, 880, STR_INIT("A well-known name stands in it beside words that lure.")},
    {is_below_other, 850, STR_INIT("A well-known name stands in an address of somebody else.")},
    {is_program, 880, STR_INIT("It leads to a program.")},
    {has_risky_ending, 750, STR_INIT("It has an ending that is mostly used for tricks.")},
};

void screen_detect_link(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t i = 0; i < draft->token_count; i++) {
        if (draft->tokens[i].kind != SCREEN_TOKEN_LINK) {
            continue;
        }
        struct judged one = {.work = work, .link = screen_link_read(draft, i)};
        bool is_own = one.link.user.len == 0 && screen_is_school_domain(work, one.link.host);
        for (size_t k = 0; k < sizeof reasons / sizeof *reasons && !is_own; k++) {
            if (reasons[k].is_so(&one)) {
                screen_found(work, SCREEN_RISKY_LINK, SCREEN_DETAIL_NONE, i, i,
                             reasons[k].confidence, reasons[k].because);
                break;
            }
        }
    }
}

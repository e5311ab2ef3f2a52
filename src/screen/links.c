/*
 * screen/links.c - takes a link apart. Read first: links_int.h.
 */
#include "screen/links_int.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t first_of(struct str text, const char *ends)
{
    for (size_t i = 0; i < text.len; i++) {
        for (const char *end = ends; *end; end++) {
            if (text.at[i] == *end) {
                return i;
            }
        }
    }
    return text.len;
}

/* "192.0.2.1", "3221226219", "0xc0000201", "[2001:db8::1]" */
static bool is_number_host(struct str host)
{
    bool has_letter = false;
    bool has_digit = false;
    bool is_hex = str_starts(host, STR("0x"));
    for (size_t i = 0; i < host.len; i++) {
        has_digit = has_digit || is_digit(host.at[i]);
        has_letter = has_letter || (!is_digit(host.at[i]) && host.at[i] != '.');
    }
    return has_digit && (host.at[0] == '[' || is_hex || !has_letter);
}

static void labels_read(struct screen_link *link)
{
    struct str rest = link->host;
    while (rest.len > 0) {
        struct str label;
        (void)str_cut(rest, '.', &label, &rest);
        if (link->label_count == SCREEN_LINK_LABELS_MAX) {
            for (size_t i = 1; i < SCREEN_LINK_LABELS_MAX; i++) {
                link->labels[i - 1] = link->labels[i];
            }
            link->label_count--;
        }
        link->labels[link->label_count++] = label;
    }
}

struct screen_link screen_link_read(const struct screen_draft *draft, uint32_t token)
{
    struct screen_link link = {0};
    struct str text = screen_token_folded(draft, token);
    size_t scheme = str_find(text, STR("://"));
    if (scheme != STR_NONE && scheme <= 5) {
        text = str_slice(text, scheme + 3, text.len);
    }
    size_t end = first_of(text, "/?#");
    link.path = str_slice(text, end + 1, text.len);
    text = str_slice(text, 0, end);
    for (size_t i = text.len; i > 0; i--) {
        if (text.at[i - 1] == '@') {
            link.user = str_slice(text, 0, i - 1);
            text = str_slice(text, i, text.len);
            break;
        }
    }
    bool is_six = text.len > 0 && text.at[0] == '[';
    link.host = is_six ? text : str_slice(text, 0, first_of(text, ":"));
    link.is_number = is_number_host(link.host);
    if (str_starts(link.host, STR("www."))) {
        link.host = str_slice(link.host, 4, link.host.len);
    }
    if (!link.is_number) {
        labels_read(&link);
    }
    return link;
}

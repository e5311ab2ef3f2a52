/*
 * screen/detect_meeting.c - links and codes of online meetings.
 *
 * Read first: secret_int.h, links_int.h. Start at: screen_find_meetings.
 *
 *   a link whose host or path is of a meeting   https://meet.huddleroom.example/j/8842-519-3307
 *   a number of a meeting, with its name        "Zoom ID 881 2245 0192"
 *   three, four and three letters               "on Meet, code qvt-hbrx-wne"
 *
 * What must hold: a page about meetings is none; a link needs digits or letters that name one
 * meeting, and a host of that kind or talk of a meeting near it.
 */
#include "screen/secret_int.h"

#include "screen/figures_int.h"
#include "screen/links_int.h"
#include "screen/near_int.h"

#define WORD_BEFORE 16 /* tokens */
#define WORD_AFTER 8
#define ID_WORD_BEFORE 5

static const struct str because_link = STR_INIT("It looks like a link to an online meeting.");
static const struct str because_code = STR_INIT("It looks like the code of an online meeting.");

/* ---- Links ----------------------------------------------------------------------------------- */

/* Whether a label, or a part of it between hyphens, belongs to a class. */
static bool has_part(struct str label, enum screen_word class)
{
    if (screen_word_has(label, class)) {
        return true;
    }
    while (label.len > 0) {
        struct str part;
        (void)str_cut(label, '-', &part, &label);
        if (screen_word_has(part, class)) {
            return true;
        }
    }
    return false;
}

static bool host_has(const struct screen_link *link, enum screen_word class)
{
    for (size_t i = 0; i + 1 < link->label_count; i++) {
        if (has_part(link->labels[i], class)) {
            return true;
        }
    }
    return false;
}

struct path {
    bool has_word; /* "meet", "j", "join" */
    bool has_name; /* letters that look like the name of one meeting: "ashdown-staff" */
    bool has_code; /* digits, or three, four and three letters */
    bool has_pass; /* "?pwd=" */
    bool is_one;   /* one long part, which is no page of the tool's maker */
};

static void part_read(struct str part, struct path *path)
{
    size_t digits = 0;
    size_t hyphens = 0;
    for (size_t i = 0; i < part.len; i++) {
        digits += part.at[i] >= '0' && part.at[i] <= '9';
        hyphens += part.at[i] == '-';
    }
    bool is_word = screen_word_has(part, SCREEN_WORD_MEETING_PATH) ||
                   (hyphens == 1 && has_part(part, SCREEN_WORD_MEETING_PATH) && digits == 0);
    bool is_letters = part.len == 12 && hyphens == 2 && part.at[3] == '-' && part.at[8] == '-';
    path->has_word = path->has_word || is_word;
    path->has_code = path->has_code || (!is_word && digits >= 3) || is_letters;
    path->has_name = path->has_name || (!is_word && hyphens >= 1);
    path->is_one = part.len >= 6 && !is_word && !screen_word_has(part, SCREEN_WORD_TOOL_PAGE);
}

static struct path path_read(struct str text)
{
    struct path path = {0};
    path.has_pass =
        str_find(text, STR("pwd=")) != STR_NONE || str_find(text, STR("k=")) != STR_NONE ||
        str_find(text, STR("pass=")) != STR_NONE || str_find(text, STR("passcode=")) != STR_NONE;
    struct str rest = text;
    for (unsigned parts = 0; rest.len > 0 && parts < 8; parts++) {
        size_t end = 0;
        while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '?' &&
               rest.at[end] != '#') {
            end++;
        }
        part_read(str_slice(rest, 0, end), &path);
        rest = str_slice(rest, end + 1, rest.len);
    }
    return path;
}

static void link_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    struct screen_link link = screen_link_read(draft, token);
    struct path path = path_read(link.path);
    struct screen_classes near = screen_classes_near(draft, token, WORD_BEFORE, WORD_AFTER);
    bool is_host = host_has(&link, SCREEN_WORD_MEETING_HOST);
    bool is_tool = host_has(&link, SCREEN_WORD_MEETING_TOOL);
    bool is_told = screen_classes_have(&near, SCREEN_WORD_MEETING_TOOL);
    bool is_about = is_told || screen_classes_have(&near, SCREEN_WORD_MEETING_WORD);
    if (link.is_number || link.path.len == 0) {
        return;
    }
    bool has_code = path.has_code || path.has_pass;
    bool is_named = has_code || path.has_name;
    unsigned confidence = is_host && has_code                                      ? 950
                          : is_host && path.has_name && (path.has_word || is_told) ? 900
                          : is_tool && (path.has_name || path.is_one) && is_about  ? 750
                          : path.has_word && has_code && is_about                  ? 900
                          : path.has_word && is_named && is_told                   ? 800
                          : is_host && path.has_word && is_told                    ? 750
                          : path.has_pass && is_told                               ? 800
                                                                                   : 0;
    if (confidence > 0) {
        screen_found(work, SCREEN_MEETING_LINK, SCREEN_DETAIL_NONE, token, token, confidence,
                     because_link);
    }
}

/* ---- Numbers and codes ----------------------------------------------------------------------- */

static bool has_tool(const struct screen_draft *draft, uint32_t token)
{
    struct screen_classes near = screen_classes_near(draft, token, WORD_BEFORE, WORD_AFTER);
    return screen_classes_have(&near, SCREEN_WORD_MEETING_TOOL);
}

/* Nine to eleven digits, in threes and fours, behind "ID", "code" or the name of the tool. */
static uint32_t number_find(struct screen_work *work, uint32_t token)
{
    static const char *const shapes[] = {"344", "334", "333", "3333", "434", "9", "11"};
    const struct screen_draft *draft = work->draft;
    struct screen_figures run;
    screen_figures_read(draft, token, false, &run);
    uint32_t groups = 0;
    for (size_t i = 0; i < 5 && groups == 0; i++) {
        groups = !screen_figures_are(&run, 0, shapes[i]) ? 0 : shapes[i][3] ? 4 : 3;
    }
    if (groups == 0 && run.items[0].count >= 9 && run.items[0].count <= 12) {
        groups = 1;
    }
    bool is_named =
        screen_near_before(draft, token, SCREEN_WORD_MEETING_ID_WORD, ID_WORD_BEFORE) !=
            SCREEN_NO_TOKEN ||
        screen_near_before(draft, token, SCREEN_WORD_MEETING_TOOL, 2) != SCREEN_NO_TOKEN;
    bool is_phone =
        groups > 0 && screen_finding_at(work, SCREEN_PHONE_NUMBER, draft->tokens[token].start,
                                        draft->tokens[token].end) != NULL;
    if (groups > 0 && is_named && !is_phone && run.items[0].digits[0] != '0' &&
        has_tool(draft, token)) {
        screen_found(work, SCREEN_MEETING_LINK, SCREEN_DETAIL_NONE, token,
                     run.items[groups - 1].token, 920, because_code);
    }
    return screen_figures_next(&run);
}

static bool is_letters(const struct screen_draft *draft, uint32_t token, uint32_t bytes)
{
    return token < draft->token_count && draft->tokens[token].kind == SCREEN_TOKEN_WORD &&
           draft->tokens[token].folded_bytes == bytes;
}

/* "qvt-hbrx-wne" */
static void letters_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    bool is_form = is_letters(draft, token, 3) && is_letters(draft, token + 1, 4) &&
                   is_letters(draft, token + 2, 3) &&
                   draft->tokens[token + 1].flags & SCREEN_TOKEN_HYPHEN &&
                   draft->tokens[token + 2].flags & SCREEN_TOKEN_HYPHEN;
    if (!is_form || screen_near_before(draft, token, SCREEN_WORD_MEETING_ID_WORD, ID_WORD_BEFORE) ==
                        SCREEN_NO_TOKEN) {
        return;
    }
    if (has_tool(draft, token)) {
        screen_found(work, SCREEN_MEETING_LINK, SCREEN_DETAIL_NONE, token, token + 2, 920,
                     because_code);
    }
}

void screen_find_meetings(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_kind(draft, SCREEN_TOKEN_LINK) &&
        !screen_draft_has_word(draft, SCREEN_WORD_MEETING_TOOL)) {
        return;
    }
    for (uint32_t i = 0; i < draft->token_count;) {
        uint16_t kind = draft->tokens[i].kind;
        if (kind == SCREEN_TOKEN_LINK) {
            link_find(work, i);
        } else if (kind == SCREEN_TOKEN_WORD) {
            letters_find(work, i);
        }
        i = kind == SCREEN_TOKEN_NUMBER ? number_find(work, i) : i + 1;
    }
}

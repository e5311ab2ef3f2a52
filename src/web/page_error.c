/*
 * web/page_error.c - the page of an error: what happened, and a way on.
 *
 * Read first: web_int.h, web_error_page(). What must hold: it needs no site, because a refused
 * request may have none, and it is quick. Programs, which ask below /api/, get a problem instead.
 */
#include "page/templates.h"
#include "web/frame_int.h"
#include "web/office_int.h"

/* Letters in which the name of a policy may differ from what was typed. */
#define NEAR_DISTANCE_MAX 3
#define NEAR_MAX 3

static const struct {
    enum web_status status;
    struct str title, says;
} error_words[] = {
    {WEB_BAD_REQUEST, STR_INIT("This cannot be understood"),
     STR_INIT("What your browser sent is not as it should be, so nothing was done with it.")},
    {WEB_FORBIDDEN, STR_INIT("This is not allowed"), STR_INIT("You may not see this page.")},
    {WEB_NOT_FOUND, STR_INIT("Page not found"),
     STR_INIT("There is nothing at this address. If you typed it, check that it is right; if you "
              "followed a link, the page may have moved.")},
    {WEB_METHOD_NOT_ALLOWED, STR_INIT("This page cannot be used in this way"),
     STR_INIT("It can be read, or it takes a form, but not what your browser tried.")},
    {WEB_BODY_TOO_LARGE, STR_INIT("This is too much at once"),
     STR_INIT("What was sent is larger than anything that is needed here. Nothing was done with "
              "it.")},
    {WEB_TARGET_TOO_LONG, STR_INIT("This address is too long"),
     STR_INIT("No page here has an address of this length.")},
    {WEB_MISDIRECTED, STR_INIT("This is not the address of this site"),
     STR_INIT("Your browser asked for a site of another name. Open this one at its own address.")},
    {WEB_BUSY, STR_INIT("Many people are asking at once"),
     STR_INIT("Try again in a moment. Nothing of yours is lost that was not shown as answered.")},
    {WEB_FAILED, STR_INIT("Something went wrong here"),
     STR_INIT("It is not your fault. Try again later; if it happens again, tell the people who run "
              "this site.")},
};

static size_t words_of(enum web_status status)
{
    enum web_status kind = status >= WEB_FAILED && status != WEB_BUSY ? WEB_FAILED : status;
    for (size_t i = 0; i < sizeof error_words / sizeof error_words[0]; i++) {
        if (error_words[i].status == kind) {
            return i;
        }
    }
    return 0;
}

/* Policies whose names are much like a part of the path: "/policy/atelstan". */
static size_t near_fill(const struct web_exchange *exchange, struct page_error_near *near)
{
    if (!exchange->site) {
        return 0;
    }
    const struct shelf *shelf = exchange->site->shelf;
    size_t count = 0;
    struct str rest = exchange->path, part;
    bool has_more = true;
    while (has_more && count == 0) {
        has_more = str_cut(rest, '/', &part, &rest);
        for (size_t i = 0; i < shelf->count && count < NEAR_MAX; i++) {
            const struct policy_document *document = shelf->at[i].document;
            size_t limit = document->name.len / 2 < NEAR_DISTANCE_MAX ? document->name.len / 2
                                                                      : NEAR_DISTANCE_MAX;
            if (part.len > 0 && str_distance(part, document->name, limit) <= limit) {
                near[count++] = (struct page_error_near){document->name, document->title};
            }
        }
    }
    return count;
}

void web_error_page(struct web_exchange *exchange)
{
    enum web_status status = exchange->answer.status;
    if (str_starts(exchange->path, STR("/api/"))) {
        web_problem(exchange, status, web_status_words(status), NULL);
        return;
    }
    size_t words = words_of(status);
    struct page_error_near near[NEAR_MAX];
    size_t near_count = status == WEB_NOT_FOUND ? near_fill(exchange, near) : 0;
    struct html main = html_new(exchange->arena);
    page_error_main(&main, &(struct page_error_main_args){.title = error_words[words].title,
                                                          .says = error_words[words].says,
                                                          .near = near,
                                                          .near_count = near_count,
                                                          .has_ways = status == WEB_NOT_FOUND});
    web_frame(exchange, status,
              &(struct web_frame){.title = error_words[words].title, .main = html_take(&main)});
}

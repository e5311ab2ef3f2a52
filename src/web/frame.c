/*
 * web/frame.c - see frame_int.h. The markup is web/templates/frame.html.
 */
#include "web/frame_int.h"

#include "page/templates.h"
#include "web/asset_names.h"

static const struct {
    struct str text, href;
} main_places[] = {
    {STR_INIT("May I?"), STR_INIT("/may-i")},      {STR_INIT("Check"), STR_INIT("/check")},
    {STR_INIT("Policies"), STR_INIT("/policies")}, {STR_INIT("Compare"), STR_INIT("/compare")},
    {STR_INIT("My desk"), STR_INIT("/desk")}, /* the last: only where people sign in */
};

static const struct {
    struct str text, href;
} foot_places[] = {
    {STR_INIT("Accessibility"), STR_INIT("/accessibility")},
    {STR_INIT("About Handrail"), STR_INIT("/about")},
    {STR_INIT("Is it genuine?"), STR_INIT("/verify")}, /* the last: where things are signed */
};

#define NOTE_NOTHING "Handrail stores nothing about you and sets no cookies."
#define NOTE_DESK                                                                                  \
    "What you ask and check is not kept. When you sign in, one cookie keeps you signed in."

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct html frame_write(struct arena *arena, const struct web_frame *frame)
{
    struct page_frame_link links[COUNT(main_places)], foot_links[COUNT(foot_places)];
    for (size_t i = 0; i < COUNT(links); i++)
        links[i] =
            (struct page_frame_link){.text = main_places[i].text,
                                     .href = main_places[i].href,
                                     .is_current = str_equal(main_places[i].href, frame->place)};
    for (size_t i = 0; i < COUNT(foot_links); i++)
        foot_links[i] =
            (struct page_frame_link){.text = foot_places[i].text,
                                     .href = foot_places[i].href,
                                     .is_current = str_equal(foot_places[i].href, frame->place)};
    struct html out = html_new(arena);
    page_frame(&out, &(struct page_frame_args){.title = frame->title,
                                               .stylesheet = STR(WEB_ASSET_HANDRAIL_CSS),
                                               .script = frame->script,
                                               .icon = STR(WEB_ASSET_MARK_SVG),
                                               .manifest = STR(WEB_ASSET_MANIFEST_WEBMANIFEST),
                                               .links = links,
                                               .links_count = COUNT(links) - !frame->has_desk,
                                               .note = frame->has_desk ? STR(NOTE_DESK)
                                                                       : STR(NOTE_NOTHING),
                                               .before = frame->before,
                                               .main = frame->main,
                                               .foot_links = foot_links,
                                               .foot_links_count =
                                                   COUNT(foot_links) - !frame->has_desk});
    return out;
}

struct str web_frame_render(struct arena *arena, const struct web_frame *frame)
{
    struct html page = frame_write(arena, frame);
    return text_str(&page.out);
}

void web_frame(struct web_exchange *exchange, enum web_status status, const struct web_frame *frame)
{
    struct web_frame whole = *frame;
    whole.has_desk = exchange->site && exchange->site->office;
    struct html page = frame_write(exchange->arena, &whole);
    *web_html(exchange, status) = page.out;
}

/*
 * page/check.c - from a form to results. Read first: check.h, check_int.h.
 *
 *   the form - is there a draft that can be read - the answer (check/) - its parts, each a file:
 *   check_draft.c, check_items.c, check_asked.c, check_whole.c; check_incoming.c in their place
 */
#include "page/check_int.h"

#include "interview/words.h"
#include "page/sign.h"

/* How a draft is spoken of: "as a post on your own account". */
static const struct str channel_phrases[SCREEN_CHANNEL_COUNT] = {
    [SCREEN_CHANNEL_PERSONAL] = STR_INIT("as a post on your own account"),
    [SCREEN_CHANNEL_OFFICIAL] = STR_INIT("as a post on an account of the school"),
    [SCREEN_CHANNEL_MESSAGE] = STR_INIT("as a message"),
    [SCREEN_CHANNEL_PROFILE] = STR_INIT("as a profile or account name"),
    [SCREEN_CHANNEL_INCOMING] = STR_INIT("as a message that has come in"),
};

bool check_is_private(const struct check_page *page)
{
    return page->channel != SCREEN_CHANNEL_OFFICIAL && page->channel != SCREEN_CHANNEL_INCOMING;
}

/* ---- The form -------------------------------------------------------------------------------- */

/* Line ends as "\n", so that a draft reads the same however it came. */
static struct str lines_plain(struct arena *arena, struct str text)
{
    char *bytes = ARENA_ARRAY(arena, char, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_return = text.at[i] == '\r';
        if (is_return && i + 1 < text.len && text.at[i + 1] == '\n') {
            continue;
        }
        bytes[len++] = is_return ? '\n' : text.at[i];
    }
    return (struct str){bytes, len};
}

static void said_read(struct check_page *page)
{
    page->said = interview_new(page->arena, page->pack);
    (void)interview_take(page->said, &page->fields);
    uint32_t person = pack_fact_find(page->pack, STR("person"));
    if (person == PACK_NONE || interview_said_find(page->said, person, 0) != NULL) {
        return;
    }
    struct interview_said teacher = {.fact = person};
    if (interview_value_take(page->arena, page->pack, STR(PAGE_CHECK_PERSON), &teacher) == NULL) {
        (void)interview_say(page->said, &teacher);
    }
}

/* False when the form is none. */
static bool form_take(struct check_page *page, struct str form)
{
    if (form_read_long(page->arena, form, PAGE_CHECK_FORM_BYTES_MAX, &page->fields) != NULL) {
        return false;
    }
    page->channel = screen_channel_find(form_value(&page->fields, STR("as")));
    if (page->channel == SCREEN_CHANNEL_COUNT) {
        page->channel = SCREEN_CHANNEL_PERSONAL;
    }
    page->text = lines_plain(page->arena, form_value(&page->fields, STR("text")));
    said_read(page);
    return true;
}

static struct screen_names lines_read(struct arena *arena, struct str text)
{
    struct str *items = ARENA_ARRAY(arena, struct str, SCREEN_SCHOOL_NAMES_MAX);
    size_t count = 0;
    while (!str_is_empty(text) && count < SCREEN_SCHOOL_NAMES_MAX) {
        struct str line;
        (void)str_cut(text, '\n', &line, &text);
        line = str_trim(line);
        if (!str_is_empty(line)) {
            items[count++] = line;
        }
    }
    return (struct screen_names){items, count};
}

static bool is_abbreviation(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        bool is_capital = name.at[i] >= 'A' && name.at[i] <= 'Z';
        bool is_digit = name.at[i] >= '0' && name.at[i] <= '9';
        if (!is_capital && !is_digit) {
            return false;
        }
    }
    return true;
}

struct screen_school *page_check_school(struct arena *arena, const struct form *form)
{
    struct screen_school *school = ARENA_NEW(arena, struct screen_school);
    school->names = lines_read(arena, form_value(form, STR("school")));
    school->mail_domains = lines_read(arena, form_value(form, STR("mail")));
    struct screen_names brief = lines_read(arena, form_value(form, STR("short")));
    struct str *capitals = ARENA_ARRAY(arena, struct str, brief.count + 1);
    struct str *others = ARENA_ARRAY(arena, struct str, brief.count + 1);
    school->abbreviations.items = capitals;
    school->nicknames.items = others;
    for (size_t i = 0; i < brief.count; i++) {
        if (is_abbreviation(brief.items[i])) {
            capitals[school->abbreviations.count++] = brief.items[i];
        } else {
            others[school->nicknames.count++] = brief.items[i];
        }
    }
    return school;
}

/* ---- Results --------------------------------------------------------------------------------- */

/* What is no concern in itself, and has no consequence, is not shown. */
static void shown_find(struct check_page *page)
{
    const struct check_answer *answer = page->answer;
    page->shown = ARENA_ARRAY(page->arena, const struct check_item *, answer->count + 1);
    for (size_t i = 0; i < answer->count; i++) {
        const struct check_item *item = &answer->items[i];
        const struct screen_kind_info *info = screen_kind_info(item->finding->kind);
        if (!check_item_is_aside(item) && !info->is_of_incoming &&
            page->shown_count < CHECK_SHOWN_MAX) {
            page->shown[page->shown_count++] = item;
        }
    }
}

static struct str found_words(struct arena *arena, size_t count)
{
    return count == 1 ? STR("1 thing found.") : str_format(arena, "%zu things found.", count);
}

/* Of how many the policy speaks, where that is not all. */
static struct str spoken_words(const struct check_page *page)
{
    size_t spoken = 0;
    for (size_t i = 0; i < page->shown_count; i++) {
        spoken += page->shown[i]->consequence_count > 0;
    }
    return spoken == page->shown_count ? STR("")
           : spoken > 0 ? str_format(page->arena, " The policy speaks of %zu of them.", spoken)
           : page->shown_count == 1 ? STR(" The policy says nothing of it.")
                                    : STR(" The policy says nothing of them.");
}

static struct str verdict_why(const struct check_page *page)
{
    const struct check_answer *answer = page->answer;
    if (answer->overall == NULL && check_act(page->pack, page->channel) != PACK_NONE) {
        return STR(" What was found does not fit together, so each is judged by itself.");
    }
    if (answer->verdict != DECIDE_VERDICT_UNDETERMINED) {
        return STR("");
    }
    return answer->asked_count > 0
               ? STR(" Whether it is allowed depends on what is asked further down.")
               : STR(" Whether it is allowed depends on what is not known yet.");
}

static struct html_raw verdict_render(const struct check_page *page)
{
    const struct check_answer *answer = page->answer;
    struct html out = html_new(page->arena);
    page_check_verdict(
        &out, &(struct page_check_verdict_args){
                  .slug = decide_verdict_name(answer->verdict),
                  .sign = page_verdict_sign(page->arena, answer->verdict, STR("hr-verdict__sign")),
                  .asked = str_format(page->arena, "Your draft, " STR_FMT,
                                      STR_ARG(channel_phrases[page->channel])),
                  .words = decide_verdict_words(answer->verdict),
                  .says = str_format(page->arena, STR_FMT STR_FMT STR_FMT,
                                     STR_ARG(found_words(page->arena, page->shown_count)),
                                     STR_ARG(spoken_words(page)), STR_ARG(verdict_why(page))),
                  .is_cut = answer->findings.dropped > 0 || page->shown_count == CHECK_SHOWN_MAX});
    return html_take(&out);
}

static struct html_raw nothing_render(const struct check_page *page)
{
    const struct check_answer *answer = page->answer;
    struct page_check_nothing_args args = {.asked = channel_phrases[page->channel]};
    args.is_open = answer->overall != NULL && answer->verdict == DECIDE_VERDICT_UNDETERMINED;
    if (answer->overall != NULL && !args.is_open) {
        args.slug = decide_verdict_name(answer->verdict);
        args.sign = page_verdict_sign(page->arena, answer->verdict, STR("hr-sign__mark"));
        args.level = decide_verdict_words(answer->verdict);
    }
    struct html out = html_new(page->arena);
    page_check_nothing(&out, &args);
    return html_take(&out);
}

static struct str results_render(struct check_page *page, struct html *out)
{
    shown_find(page);
    bool has_found = page->shown_count > 0;
    struct page_check_result_parts_args args = {.policy = pack_name(page->pack),
                                                .policy_title = pack_title(page->pack),
                                                .verdict = has_found ? verdict_render(page)
                                                                     : nothing_render(page),
                                                .questions = check_questions_render(page),
                                                .whole = check_whole_render(page),
                                                .further = check_further(page)};
    if (has_found) {
        args.draft = check_draft_render(page, STR("Your draft, with what was found"));
        args.findings = check_findings_render(page);
    }
    page_check_result_parts(out, &args);
    if (!has_found) {
        return STR("Nothing found. Read it once more yourself.");
    }
    return str_format(page->arena, STR_FMT " " STR_FMT ".",
                      STR_ARG(found_words(page->arena, page->shown_count)),
                      STR_ARG(decide_verdict_words(page->answer->verdict)));
}

struct str page_check_results(struct html *out, const struct page_check *with, struct str form,
                              struct civil_date as_of)
{
    struct check_page page = {.arena = out->out.arena, .with = with, .pack = with->pack};
    bool is_long = form.len > PAGE_CHECK_FORM_BYTES_MAX;
    if (!is_long && !form_take(&page, form)) {
        page_check_unreadable(out);
        return STR("This draft cannot be read.");
    }
    if (is_long || page.text.len > SCREEN_DRAFT_BYTES_MAX) {
        page_check_too_long(
            out, &(struct page_check_too_long_args){.bytes_max = (int64_t)SCREEN_DRAFT_BYTES_MAX});
        return STR("This draft is too long.");
    }
    if (str_is_empty(str_trim(page.text))) {
        page_check_empty(out);
        return (struct str){0};
    }
    const struct check_draft draft = {
        .text = page.text, .channel = page.channel, .said = page.said, .as_of = as_of};
    page.answer = check_run(page.arena, with->check, with->screen, &draft);
    if (page.channel == SCREEN_CHANNEL_INCOMING) {
        shown_find(&page);
        return check_incoming_render(&page, out);
    }
    return results_render(&page, out);
}

/* ---- Who writes ------------------------------------------------------------------------------ */

void page_check_who(struct html *out, const struct pack *pack, struct str chosen)
{
    uint32_t person = pack_fact_find(pack, STR("person"));
    if (person == PACK_NONE) {
        return;
    }
    struct arena *arena = out->out.arena;
    const struct pack_fact *fact = &pack->fact[person];
    struct page_option *items = ARENA_ARRAY(arena, struct page_option, fact->value_count + 1);
    if (pack_value_find(pack, person, chosen) >= fact->value_count) {
        chosen = STR(PAGE_CHECK_PERSON);
    }
    for (uint32_t i = 0; i < fact->value_count; i++) {
        const struct pack_value *value = &pack->value[fact->first_value + i];
        struct str name = pack_text(pack, value->name);
        items[i] = (struct page_option){.text = words_capital(arena, pack_text(pack, value->text)),
                                        .value = name,
                                        .is_selected = str_equal(name, chosen)};
    }
    page_check_who_field(
        out, &(struct page_check_who_field_args){
                 .name = STR("f.person"), .items = items, .items_count = fact->value_count});
}

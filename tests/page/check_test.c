/*
 * tests/page/check_test.c - a checked draft as HTML: nothing gets out of its place, every finding
 * has its number where it ends, and every state of the page.
 *
 * Read first: src/page/check_int.h. What is found comes from findings made here where it matters
 * which; that a screen finds it is shown elsewhere.
 */
#include "support/check.h"

#include "support/small_policy.h"

#include <string.h>

#include "page/check_int.h"

#define TODAY ((struct civil_date){20000})
#define HOSTILE "<hrx>\"'&</textarea></details><hrx onhrx=1>"

/* Words of the school's name are coarse here; a post is judged by who reads it as well. */
static const char vocabulary[] =
    "```vocabulary\n"
    "topic scope \"Scope\"\n"
    "act post \"post something\"\n"
    "act send-message \"send a message\"\n"
    "act change-profile \"change a profile\"\n"
    "fact person: some of \"What are you?\"\n"
    "  teacher \"a teacher\"\n  governor \"a governor\"\n  parent \"a <hrx> parent\"\n"
    "fact account: one of \"Which account?\"\n"
    "  personal \"my own account\"\n  official \"an official account\"\n"
    "fact audience: one of \"Who <hrx> sees it?\"\n"
    "  everyone \"everybody <hrx>\"\n  friends \"my friends\"\n  myself \"only me\"\n"
    "  help \"Think <hrx> of it.\"\n"
    "fact picture: some of \"What does it show?\"\n"
    "  pupil \"a pupil\"\n  uniform \"a uniform\"\n"
    "fact signed: yes or no \"Is it signed?\"\n"
    "fact readers: number of people \"How many read it?\"\n  from 0 to 1000\n"
    "fact tone: some of \"How does it speak?\"\n"
    "  rude \"it is rude\"\n  kind \"it is kind\"\n"
    "```\n";

static const char clauses[] =
    "# Small\n\n```pack\nname small\ntitle \"A <hrx> policy\"\nkind policy\n"
    "prevails \"The wording prevails.\"\n```\n\n"
    "## Scope {#S topic=\"scope\"}\nIts words.\n```rule\ncovers post\n```\n\n"
    "## School {#A topic=\"scope\"}\nIts words.\n```operation\n"
    "screen school \"The school <hrx> is named\"\n  finds school-name\n  in personal, message\n"
    "  sets tone is rude\n  mend \"Leave it <hrx> out.\"\n"
    "  fires \"At Zork Academy\"\n  passes \"At home\"\n```\n"
    "```rule\nmust not post\n  when tone is rude and account is personal and person is teacher\n"
    "  say \"Not <hrx> rude.\"\n```\n\n"
    "## Friends {#B topic=\"scope\"}\nIts words.\n```rule\nadvised not post\n"
    "  when tone is rude and audience is everyone\n  say \"Not to everybody.\"\n```\n\n"
    "## Harm {#C topic=\"scope\"}\nIts words.\n```operation\n"
    "screen harm \"A message <hrx> tells of harm\"\n  finds disclosure-of-harm, complaint, insult\n"
    "  in incoming\n  sets signed\n  fires \"He hit me\"\n  passes \"Hello\"\n```\n";

/* A policy, and a screen that knows the school "Zork Academy". */
struct checking {
    struct arena *arena;
    struct small_policy *policy;
    struct page_check with;
};

static struct checking checking_open(struct arena *arena)
{
    struct checking checking = {.arena = arena};
    checking.policy =
        small_policy_open_files(arena, str_from(vocabulary), (struct str){0}, str_from(clauses));
    struct form form;
    assert_null(form_read(arena, STR("school=Zork+Academy"), &form));
    const struct screen_setting setting = {.school = page_check_school(arena, &form)};
    checking.with = (struct page_check){.pack = &checking.policy->pack,
                                        .check = check_open(arena, &checking.policy->pack),
                                        .screen = screen_open(arena, &setting)};
    return checking;
}

static struct str results_of(const struct checking *checking, struct str form, struct str *summary)
{
    struct html out = html_new(checking->arena);
    *summary = page_check_results(&out, &checking->with, form, TODAY);
    return html_take(&out).markup;
}

static struct str page_of(const struct checking *checking, const char *form)
{
    struct str summary;
    return results_of(checking, str_from(form), &summary);
}

static bool has(struct str page, const char *words)
{
    return str_find(page, str_from(words)) != STR_NONE;
}

static size_t times(struct str page, const char *words)
{
    size_t count = 0;
    for (size_t at = str_find(page, str_from(words)); at != STR_NONE;
         at = str_find(page, str_from(words))) {
        page = str_slice(page, at + 1, page.len);
        count++;
    }
    return count;
}

/* Every "<" of the words that were given has been escaped. */
static void check_nothing_escapes(struct str page)
{
    if (has(page, "<hrx") || has(page, " onhrx=1>")) {
        fail_msg("something got out of its place: " STR_FMT, STR_ARG(page));
    }
}

/* A form as a browser writes it. */
static struct str form_of(struct arena *arena, struct str as, struct str text)
{
    struct text out = {.arena = arena};
    form_write(&out, STR("as"), as);
    form_write(&out, STR("text"), text);
    return text_str(&out);
}

/* ---- States ---------------------------------------------------------------------------------- */

static void a_finding_its_clauses_and_the_verdict(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    struct str summary;
    struct str page = results_of(&checking, STR("text=At+Zork+Academy+today"), &summary);
    check_str(summary, "1 thing found. Not allowed.");
    assert_true(has(page, "hr-verdict--forbidden"));
    assert_true(
        has(page,
            ">Zork Academy<a class=\"hr-found__number hr-sign--forbidden\" href=\"#finding-1\">"));
    assert_true(has(page, "id=\"finding-1\""));
    assert_true(has(page, "href=\"/policy/small/clause/A\""));
    assert_int_equal(times(page, "<strong>What to change:</strong> Leave it &lt;hrx&gt; out."), 1);
    assert_true(has(page, "1 thing found.<"));
    assert_true(has(page, "data-hr-wrong=\"school-name\""));
    assert_true(has(page, "At Zork Academy today</textarea>"));
    check_nothing_escapes(page);
    page = page_of(&checking, "text=At+Zork+Academy+today&f.person=governor");
    assert_true(has(page, "It may be: Take care"));
    assert_true(has(page, "1 thing found. Whether it is allowed depends on what is asked "
                          "further down."));
    assert_true(has(page, "<details class=\"govuk-details\" open>"));
    assert_false(has(page, "Not answered"));
    assert_true(has(page, "href=\"/policy/small/clause/B\""));
}

static void states_without_a_finding(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    struct str summary;
    struct str page = results_of(&checking, STR("text=A+day+at+the+seaside"), &summary);
    check_str(summary, "Nothing found. Read it once more yourself.");
    assert_true(has(page, "That does not mean that it is allowed"));
    assert_false(has(page, "hr-verdict--allowed"));
    assert_false(has(page, "<details class=\"govuk-details\" open>"));
    page = results_of(&checking, STR("text=+%0A%09+"), &summary);
    check_str(summary, "");
    assert_true(has(page, "Nothing to check yet"));
    page = results_of(&checking, (struct str){0}, &summary);
    assert_true(has(page, "Nothing to check yet"));
    page = results_of(&checking, STR("text=%FF"), &summary);
    check_str(summary, "This draft cannot be read.");
    page = results_of(&checking, STR("text=a%00b"), &summary);
    check_str(summary, "This draft cannot be read.");
}

static void a_draft_has_a_largest_size(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    char *bytes = ARENA_ARRAY(arena, char, PAGE_CHECK_FORM_BYTES_MAX + 16);
    memset(bytes, 'a', PAGE_CHECK_FORM_BYTES_MAX + 16);
    for (size_t i = 9; i < SCREEN_DRAFT_BYTES_MAX; i += 10) {
        bytes[i] = ' ';
    }
    struct str summary;
    struct str most = form_of(arena, STR("personal"), (struct str){bytes, SCREEN_DRAFT_BYTES_MAX});
    (void)results_of(&checking, most, &summary);
    check_str(summary, "Nothing found. Read it once more yourself.");
    struct str more =
        form_of(arena, STR("personal"), (struct str){bytes, SCREEN_DRAFT_BYTES_MAX + 1});
    struct str page = results_of(&checking, more, &summary);
    check_str(summary, "This draft is too long.");
    assert_true(has(page, "It was not checked"));
    struct str whole = {bytes, PAGE_CHECK_FORM_BYTES_MAX + 1};
    (void)results_of(&checking, whole, &summary);
    check_str(summary, "This draft is too long.");
}

static void line_ends_of_every_system_are_one(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    struct str unix_lines = page_of(&checking, "text=Zork+Academy%0Aa%0Ab");
    assert_true(has(unix_lines, "\na\nb"));
    assert_true(str_equal(unix_lines, page_of(&checking, "text=Zork+Academy%0D%0Aa%0D%0Ab")));
    assert_true(str_equal(unix_lines, page_of(&checking, "text=Zork+Academy%0Da%0Db")));
}

static void the_channel_decides_and_the_writer_counts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    assert_true(has(page_of(&checking, "text=Zork+Academy"), "hr-verdict--forbidden"));
    assert_false(
        has(page_of(&checking, "text=Zork+Academy&f.person=governor"), "hr-verdict--forbidden"));
    assert_true(
        has(page_of(&checking, "text=Zork+Academy&f.person=nobody"), "hr-verdict--forbidden"));
    struct str official = page_of(&checking, "as=official&text=Zork+Academy");
    assert_false(has(official, "hr-verdict--forbidden"));
    assert_false(has(official, "data-hr-wrong"));
    assert_true(has(official, "The policy says nothing of it"));
    assert_false(has(official, "What the policy says</h3>"));
    assert_true(has(official, "<strong>Safer:</strong> "));
    assert_true(str_equal(page_of(&checking, "as=nowhere&text=Zork+Academy"),
                          page_of(&checking, "text=Zork+Academy")));
    assert_true(
        str_equal(page_of(&checking, "as=official&as=personal&text=Zork+Academy"), official));
}

/* ---- Escaping -------------------------------------------------------------------------------- */

static void hostile_words_stay_words(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    static const char *const channels[] = {"personal", "message", "profile", "official",
                                           "incoming"};
    for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++) {
        struct str form =
            form_of(arena, str_from(channels[i]), STR(HOSTILE " Zork Academy " HOSTILE));
        struct str summary;
        struct str page = results_of(&checking, form, &summary);
        check_nothing_escapes(page);
        struct str extra = str_format(
            arena,
            STR_FMT "&f.audience=%%3Chrx%%3E&offer.audience=%%3Chrx%%3E%%22&f.%%3Chrx%%3E=1"
                    "&offer.picture=%%22%%3E%%3Chrx%%3E&f.tone=unknown&act=%%3Chrx%%3E",
            STR_ARG(form));
        check_nothing_escapes(results_of(&checking, extra, &summary));
    }
    check_nothing_escapes(page_of(&checking, "text=Zork+Academy&f.audience=everyone"));
}

/* ---- Marks ----------------------------------------------------------------------------------- */

/* A page with findings that are made here, and no policy behind them. */
static struct check_page page_with(struct arena *arena, struct str text,
                                   struct screen_finding *findings, size_t count)
{
    struct check_page page = {.arena = arena, .text = text};
    page.shown = ARENA_ARRAY(arena, const struct check_item *, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct check_item *item = ARENA_NEW(arena, struct check_item);
        item->finding = &findings[i];
        item->level = i % 2 == 0 ? PACK_LEVEL_FORBIDDEN : PACK_LEVEL_CAUTION;
        page.shown[page.shown_count++] = item;
    }
    return page;
}

static struct str marked(const struct check_page *page)
{
    struct str markup = check_draft_render(page, STR("T")).markup;
    size_t from = str_find(markup, STR("translate=\"no\">")) + STR("translate=\"no\">").len;
    return str_slice(markup, from, str_find(markup, STR("</div>")));
}

#define MARK(kind, words) "<mark class=\"hr-found" kind "\">" words "</mark>"
#define NUMBER(n, level)                                                                           \
    "<a class=\"hr-found__number hr-sign--" level "\" href=\"#finding-" n                          \
    "\"><span class=\"govuk-visually-hidden\">Finding </span>" n "</a>"

static void findings_that_overlap_are_each_marked(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct screen_finding findings[] = {
        {.kind = SCREEN_INSULT, .start = 2, .end = 8},      /* cdefgh */
        {.kind = SCREEN_PUPIL_NAMED, .start = 4, .end = 6}, /* ef, inside it */
        {.kind = SCREEN_THREAT, .start = 6, .end = 10},     /* ghij, across its end */
        {.kind = SCREEN_HARASSMENT, .start = 5, .end = 5},  /* of the whole draft */
    };
    struct check_page page = page_with(arena, STR("abcdefghijk"), findings, 4);
    check_str(
        marked(&page),
        "ab" MARK(" hr-sign--forbidden", "cd") MARK(" hr-found--several hr-sign--forbidden", "e")
            MARK(" hr-found--several hr-sign--forbidden", "f" NUMBER("2", "caution"))
                MARK(" hr-found--several hr-sign--forbidden", "gh" NUMBER("1", "forbidden"))
                    MARK(" hr-sign--forbidden", "ij" NUMBER("3", "forbidden")) "k");
    page = page_with(arena, STR("abc"), findings, 0);
    check_str(marked(&page), "abc");
    struct screen_finding whole = {.kind = SCREEN_INSULT, .start = 0, .end = 3};
    page = page_with(arena, STR("<&>"), &whole, 1);
    check_str(marked(&page), MARK(" hr-sign--forbidden", "&lt;&amp;&gt;" NUMBER("1", "forbidden")));
}

/* The words of a marked draft, without marks and numbers. */
static struct str words_of(struct arena *arena, struct str markup)
{
    static const struct {
        const char *reference;
        char byte;
    } references[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&#34;", '"'}, {"&#39;", '\''}};
    struct text out = {.arena = arena};
    for (size_t at = 0; at < markup.len;) {
        struct str rest = str_slice(markup, at, markup.len);
        size_t skip = str_starts(rest, STR("<a ")) ? str_find(rest, STR("</a>")) + 4
                      : rest.at[0] == '<'          ? str_find(rest, STR(">")) + 1
                                                   : 0;
        char byte = rest.at[0];
        size_t bytes = 1;
        for (size_t i = 0; skip == 0 && i < sizeof references / sizeof references[0]; i++) {
            if (str_starts(rest, str_from(references[i].reference))) {
                byte = references[i].byte;
                bytes = str_from(references[i].reference).len;
            }
        }
        if (skip == 0) {
            text_add_char(&out, byte);
        }
        at += skip > 0 ? skip : bytes;
    }
    return text_str(&out);
}

static void random_findings_leave_the_draft_as_it_is(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct check_random random = check_random_new("random_findings_leave_the_draft_as_it_is");
    static const struct str letters[] = {
        STR_INIT("a"), STR_INIT("<"),  STR_INIT("&"), STR_INIT("\""), STR_INIT("'"),
        STR_INIT("é"), STR_INIT("\n"), STR_INIT("😀"), STR_INIT(" "),  STR_INIT("ł")};
    for (size_t round = 0; round < 300; round++) {
        struct arena_mark mark = arena_mark(arena);
        struct text text = {.arena = arena};
        uint32_t edges[64];
        size_t edge_count = 0;
        for (size_t i = 0; i < 60; i++) {
            edges[edge_count++] = (uint32_t)text.len;
            text_add(&text, letters[check_random_below(&random, 10)]);
        }
        struct screen_finding findings[20];
        size_t count = check_random_below(&random, 20);
        for (size_t i = 0; i < count; i++) {
            uint32_t a = edges[check_random_below(&random, edge_count)];
            uint32_t b = edges[check_random_below(&random, edge_count)];
            findings[i] = (struct screen_finding){
                .kind = SCREEN_INSULT, .start = a < b ? a : b, .end = a < b ? b : a};
        }
        struct check_page page = page_with(arena, text_str(&text), findings, count);
        struct str markup = marked(&page);
        assert_true(str_equal(words_of(arena, markup), page.text));
        for (size_t i = 0; i < count; i++) {
            struct str number = str_format(arena, "#finding-%zu\"", i + 1);
            assert_int_equal(times(markup, str_cstr(arena, number)),
                             findings[i].start < findings[i].end);
        }
        arena_rewind(arena, mark);
    }
}

static void long_words_are_cut_between_characters(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text text = {.arena = arena};
    for (size_t i = 0; i < 100; i++) {
        text_add(&text, i == 0 ? STR("a") : STR("é"));
    }
    struct screen_finding finding = {.start = 0, .end = (uint32_t)text.len};
    struct str cut = check_words(arena, text_str(&text), &finding);
    assert_int_equal(cut.len, 159 + STR(" …").len);
    finding.end = 160 - 1;
    assert_int_equal(check_words(arena, text_str(&text), &finding).len, 159);
    finding.start = finding.end;
    assert_true(str_is_empty(check_words(arena, text_str(&text), &finding)));
}

/* ---- Questions and the way on ---------------------------------------------------------------- */

static void questions_stay_when_they_are_answered(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    struct str asked = page_of(&checking, "as=message&text=Zork+Academy");
    struct str page = page_of(&checking, "text=Zork+Academy&f.person=governor");
    assert_true(has(page, "name=\"f.audience\""));
    assert_true(has(page, "name=\"offer.audience\""));
    assert_true(has(page, "Who &lt;hrx&gt; sees it?"));
    assert_true(has(page, "Think &lt;hrx&gt; of it."));
    assert_false(has(page, "type=\"submit\""));
    page = page_of(&checking, "text=Zork+Academy&f.person=governor&f.audience=everyone"
                              "&offer.audience=everyone");
    assert_true(has(page, "value=\"everyone\" checked"));
    assert_true(has(page, "hr-verdict--caution"));
    assert_false(has(page, "value=\"myself\"")); /* it was not offered */
    page = page_of(&checking, "text=Zork+Academy&f.person=governor&f.audience=unknown");
    assert_true(has(page, "value=\"unknown\" checked"));
    page = page_of(&checking, "text=Zork+Academy&f.picture=pupil&f.picture=uniform&f.signed=no"
                              "&f.readers=5");
    assert_true(has(page, "value=\"pupil\" checked") && has(page, "value=\"uniform\" checked"));
    assert_true(has(page, "value=\"no\" checked"));
    page = page_of(&checking, "text=Zork+Academy&f.picture=none&f.audience=none");
    assert_int_equal(times(page, "value=\"none\" checked"), 2);
    check_nothing_escapes(page);
    check_nothing_escapes(asked);
}

static void may_i_takes_facts_along_and_no_words(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    struct str page = page_of(&checking, "text=Secret+at+Zork+Academy&f.person=governor"
                                         "&f.audience=everyone&f.readers=7&f.signed=no");
    size_t from = str_find(page, STR("href=\"/may-i?"));
    assert_int_not_equal(from, STR_NONE);
    struct str link = str_slice(page, from, page.len);
    link = str_slice(link, 0, str_find(link, STR("\">")));
    check_str(link, "href=\"/may-i?policy=small#act=post&amp;f.person=governor&amp;"
                    "f.account=personal&amp;f.audience=everyone&amp;f.signed=no&amp;f.readers=7"
                    "&amp;f.tone=rude");
    assert_false(has(link, "ecret"));
}

/* ---- Beside the draft ------------------------------------------------------------------------ */

static void names_of_the_school_are_read_line_by_line(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct form form;
    assert_null(form_read(arena,
                          STR("school=Zork+Academy%0D%0A+Zork+%0D%0A%0D%0A&short=ZA%0Athe+Zork%0AA1"
                              "&mail=zork.example"),
                          &form));
    const struct screen_school *school = page_check_school(arena, &form);
    assert_int_equal(school->names.count, 2);
    check_str(school->names.items[1], "Zork");
    assert_int_equal(school->abbreviations.count, 2);
    check_str(school->abbreviations.items[1], "A1");
    assert_int_equal(school->nicknames.count, 1);
    check_str(school->nicknames.items[0], "the Zork");
    check_str(school->mail_domains.items[0], "zork.example");
    for (size_t lines = SCREEN_SCHOOL_NAMES_MAX; lines <= SCREEN_SCHOOL_NAMES_MAX + 1; lines++) {
        struct text many = {.arena = arena};
        for (size_t i = 0; i < lines; i++) {
            text_add(&many, STR("a\n"));
        }
        struct form_field field = {STR("school"), text_str(&many)};
        const struct screen_school *read = page_check_school(arena, &(struct form){&field, 1});
        assert_int_equal(read->names.count, SCREEN_SCHOOL_NAMES_MAX);
    }
}

static void who_writes_is_a_teacher_at_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    static const char *const rows[][2] = {
        {"", "value=\"teacher\" selected"},
        {"governor", "value=\"governor\" selected"},
        {HOSTILE, "value=\"teacher\" selected"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct html out = html_new(arena);
        page_check_who(&out, checking.with.pack, str_from(rows[i][0]));
        struct str page = html_take(&out).markup;
        assert_true(has(page, rows[i][1]));
        assert_int_equal(times(page, " selected"), 1);
        check_nothing_escapes(page);
    }
}

static struct str roll_page(struct arena *arena, const char *csv, size_t more)
{
    struct diag_list diags = diag_list_new(arena);
    const struct screen_roll *roll = screen_roll_read(arena, str_from(csv), STR("roll"), &diags);
    for (size_t i = 0; i < more; i++) {
        diag_add(&diags, DIAG_ERROR, STR("x"), STR("roll"), (uint32_t)i, 0, STR(HOSTILE),
                 STR(HOSTILE));
    }
    struct html out = html_new(arena);
    page_check_roll(&out, roll, &diags);
    return html_take(&out).markup;
}

static void a_roll_is_counted_and_its_lines_are_named(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str page = roll_page(arena, "kind,name\npupil,Ann Lee\npupil,Bo Ray\nstaff,Cy Poe\n", 0);
    assert_true(has(page, "3 people are known now: pupils 2, staff 1, parents and carers 0."));
    assert_false(has(page, "<li>"));
    page = roll_page(arena, "kind,name\npupil,Ann Lee\ndragon,Bo Ray\n", 0);
    assert_true(has(page, "1 person is known now") && has(page, "<li>Line 3: "));
    page = roll_page(arena, "kind,name\npupil," HOSTILE "\n" HOSTILE "," HOSTILE "\n", 30);
    check_nothing_escapes(page);
    assert_int_equal(times(page, "<li>"), 21);
    page = roll_page(arena, "no roll at all", 0);
    assert_true(has(page, "Nobody could be read from this file"));
}

/* ---- What comes in --------------------------------------------------------------------------- */

static struct str incoming_page(const struct checking *checking, struct screen_finding *findings,
                                size_t count, size_t shown, struct str *summary)
{
    struct check_answer answer = {.findings = {.items = findings, .count = count}};
    struct check_page page = page_with(checking->arena, STR("He hit <hrx> me"), findings, shown);
    page.pack = checking->with.pack;
    page.with = &checking->with;
    page.channel = SCREEN_CHANNEL_INCOMING;
    page.answer = &answer;
    struct html out = html_new(checking->arena);
    *summary = check_incoming_render(&page, &out);
    return html_take(&out).markup;
}

static void the_most_urgent_kind_stands_first(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    struct screen_finding findings[] = {
        {.kind = SCREEN_QUERY},
        {.kind = SCREEN_COMPLAINT},
        {.kind = SCREEN_DISCLOSURE_OF_HARM, .because = STR_INIT("Because <hrx>.")}};
    struct str summary;
    struct str page = incoming_page(&checking, findings, 3, 0, &summary);
    static const enum screen_kind order[] = {SCREEN_DISCLOSURE_OF_HARM, SCREEN_COMPLAINT,
                                             SCREEN_QUERY};
    size_t before = 0;
    for (size_t i = 0; i < 3; i++) {
        size_t at = str_find(page, screen_kind_info(order[i])->title);
        assert_true(at != STR_NONE && at > before);
        before = at;
    }
    assert_true(str_starts(summary, screen_kind_info(SCREEN_DISCLOSURE_OF_HARM)->title));
    assert_int_equal(times(page, "A message &lt;hrx&gt; tells of harm."), 2);
    assert_int_equal(times(page, "/policy/small/clause/C\""), 2);
    assert_int_equal(times(page, "This policy names no rule for such messages."), 1);
    assert_false(has(page, "hr-verdict--"));
    check_nothing_escapes(page);
    page = incoming_page(&checking, findings, 0, 0, &summary);
    check_str(summary, "It is not clear what this is.");
    assert_true(has(page, "That does not mean that nothing needs to be done"));
}

/* Of what else stands in a message only statements about messages speak. */
static void what_is_inside_a_message_is_named(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct checking checking = checking_open(arena);
    struct screen_finding findings[] = {{.kind = SCREEN_INSULT, .start = 0, .end = 12},
                                        {.kind = SCREEN_SCHOOL_NAME, .start = 13, .end = 15}};
    struct str summary;
    struct str page = incoming_page(&checking, findings, 2, 2, &summary);
    check_str(summary, "It is not clear what this is.");
    assert_int_equal(times(page, "id=\"finding-"), 2);
    assert_true(has(page, "“He hit &lt;hrx&gt;”"));
    assert_int_equal(times(page, "/policy/small/clause/C\""), 1);
    assert_int_equal(times(page, "/policy/small/clause/A\""), 0);
    check_nothing_escapes(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_its_clauses_and_the_verdict),
        cmocka_unit_test(states_without_a_finding),
        cmocka_unit_test(a_draft_has_a_largest_size),
        cmocka_unit_test(line_ends_of_every_system_are_one),
        cmocka_unit_test(the_channel_decides_and_the_writer_counts),
        cmocka_unit_test(hostile_words_stay_words),
        cmocka_unit_test(findings_that_overlap_are_each_marked),
        cmocka_unit_test(random_findings_leave_the_draft_as_it_is),
        cmocka_unit_test(long_words_are_cut_between_characters),
        cmocka_unit_test(questions_stay_when_they_are_answered),
        cmocka_unit_test(may_i_takes_facts_along_and_no_words),
        cmocka_unit_test(names_of_the_school_are_read_line_by_line),
        cmocka_unit_test(who_writes_is_a_teacher_at_first),
        cmocka_unit_test(a_roll_is_counted_and_its_lines_are_named),
        cmocka_unit_test(the_most_urgent_kind_stands_first),
        cmocka_unit_test(what_is_inside_a_message_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

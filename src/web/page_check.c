/*
 * web/page_check.c - "Check before you post": the private check, which works on the device alone;
 * an official post and a message that has come in, which are forms.
 *
 * Read first: page/check.h, which writes the results here and in the browser;
 * web/templates/check.html; web/assets/check.js.
 *
 * What must hold
 * - The private check has no form and no handler for one: there is no way to send a draft of one's
 *   own. What is posted here is neither kept nor logged, and stands in no address.
 */
#include "interview/words.h"
#include "page/check.h"
#include "page/templates.h"
#include "web/asset_names.h"
#include "web/check_int.h"
#include "web/frame_int.h"
#include "web/kept_int.h"
#include "web/pages_int.h"
#include "web/today_int.h"

/* ---- Policies -------------------------------------------------------------------------------- */

/* The policies that somebody can ask: not the law, which stands over each of them. */
static const struct web_kept_policy **policies_asked(const struct web_exchange *exchange,
                                                     size_t *count)
{
    const struct web_kept *kept = exchange->site->kept;
    const struct web_kept_policy **asked =
        ARENA_ARRAY(exchange->arena, const struct web_kept_policy *, kept->policy_count + 1);
    *count = 0;
    for (size_t i = 0; i < kept->policy_count; i++) {
        if (web_is_asked(exchange->site->shelf, kept->policies[i].pack)) {
            asked[(*count)++] = &kept->policies[i];
        }
    }
    return asked;
}

/* The policy of that name among those; NULL when it is none of them. */
static const struct web_kept_policy *policy_of(const struct web_kept_policy **asked, size_t count,
                                               struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (count == 1 || str_equal(asked[i]->pack->document->name, name)) {
            return asked[i];
        }
    }
    return NULL;
}

static struct page_check check_with(const struct web_kept_policy *policy,
                                    const struct screen *screen)
{
    return (struct page_check){
        .pack = &policy->pack->pack, .check = policy->check, .screen = screen};
}

/* ---- The private check ----------------------------------------------------------------------- */

static void choose(struct web_exchange *exchange, const struct web_kept_policy **asked,
                   size_t count, bool is_unknown)
{
    struct page_policy_choice *choices =
        ARENA_ARRAY(exchange->arena, struct page_policy_choice, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct policy_document *document = asked[i]->pack->document;
        choices[i] = (struct page_policy_choice){.name = document->name, .title = document->title};
    }
    struct html main = html_new(exchange->arena);
    page_check_choose(&main, &(struct page_check_choose_args){.choices = choices,
                                                              .choices_count = count,
                                                              .is_unknown = is_unknown});
    web_frame(exchange, is_unknown ? WEB_NOT_FOUND : WEB_OK,
              &(struct web_frame){.title = STR("Which policy is yours?"),
                                  .place = STR("/check"),
                                  .main = html_take(&main)});
}

/* What is known of who is signed in. The first of what they are stands in the field for that. */
static struct page_check_known *known_of(struct arena *arena, const struct pack *pack,
                                         const struct web_check_mine *mine, struct str *person)
{
    struct page_check_known *known =
        ARENA_ARRAY(arena, struct page_check_known, mine->known_count + 1);
    for (size_t i = 0; i < mine->known_count; i++) {
        const struct web_check_known *one = &mine->known[i];
        uint32_t fact = pack_fact_find(pack, one->fact);
        uint32_t value = pack_value_find(pack, fact, one->value);
        const struct pack_value *word = &pack->value[pack->fact[fact].first_value + value];
        bool is_first = str_is_empty(*person) && str_equal(one->fact, STR("person"));
        *person = is_first ? one->value : *person;
        known[i] = (struct page_check_known){
            .name = is_first ? STR("") : str_format(arena, "f." STR_FMT, STR_ARG(one->fact)),
            .value = one->value,
            .text = words_capital(arena, pack_text(pack, word->text)),
            .source = one->source,
        };
    }
    return known;
}

void web_check_private(struct web_exchange *exchange, const struct web_kept_policy *policy,
                       const struct web_check_mine *mine)
{
    static const struct web_check_mine nobody;
    struct arena *arena = exchange->arena;
    size_t count = 0;
    const struct web_kept_policy **asked = policies_asked(exchange, &count);
    struct page_check_policy *policies = ARENA_ARRAY(arena, struct page_check_policy, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct policy_document *document = asked[i]->pack->document;
        policies[i] = (struct page_check_policy){.name = document->name,
                                                 .title = document->title,
                                                 .pack = web_pack_address(arena, asked[i]),
                                                 .is_selected = asked[i] == policy};
    }
    mine = mine ? mine : &nobody;
    struct str person = {0};
    const struct page_check_known *known = known_of(arena, &policy->pack->pack, mine, &person);
    struct html who = html_new(arena), empty = html_new(arena), main = html_new(arena);
    page_check_who(&who, &policy->pack->pack, person);
    page_check_empty(&empty);
    page_check_private(&main, &(struct page_check_private_args){
                                  .core = STR(WEB_ASSET_HANDRAIL_CHECK_WASM),
                                  .model = STR(WEB_ASSET_MODEL_BIN),
                                  .worker = STR("/worker.js"),
                                  .offline = web_offline_check_address(arena, exchange->site->kept),
                                  .example = STR(WEB_ASSET_ROLL_EXAMPLE_CSV),
                                  .policy = policy->pack->document->name,
                                  .policies = policies,
                                  .policies_count = count,
                                  .who = html_take(&who),
                                  .known = known,
                                  .known_count = mine->known_count,
                                  .names = mine->names,
                                  .brief = mine->brief,
                                  .mail = mine->mail,
                                  .results = html_take(&empty)});
    web_frame(exchange, WEB_OK,
              &(struct web_frame){.title = STR("Check before you post"),
                                  .place = STR("/check"),
                                  .before = mine->before,
                                  .main = html_take(&main),
                                  .script = STR(WEB_ASSET_CHECK_JS)});
}

void page_check_draft(struct web_exchange *exchange)
{
    size_t count = 0;
    const struct web_kept_policy **asked = policies_asked(exchange, &count);
    struct str name = web_form_value(&exchange->arguments, STR("policy"));
    const struct web_kept_policy *policy = policy_of(asked, count, name);
    if (policy == NULL) {
        choose(exchange, asked, count, !str_is_empty(name));
    } else {
        web_check_private(exchange, policy, NULL);
    }
    exchange->answer.cache = WEB_CACHE_CHECK;
}

/* ---- Forms ----------------------------------------------------------------------------------- */

static const struct check_kind { /* what stands in a form */
    const char *as;              /* the first field of what is checked */
    struct str path, heading, lead, label, missing, button, other, other_text;
    bool has_writer; /* who writes matters */
} official =
    {
        .as = "as=official&",
        .path = STR_INIT("/check/official"),
        .heading = STR_INIT("Check an official post"),
        .lead = STR_INIT("What your policy says of a post on an account of the school or trust."),
        .label = STR_INIT("The post"),
        .missing = STR_INIT("Write or paste the post"),
        .button = STR_INIT("Check"),
        .other = STR_INIT("/check/incoming"),
        .other_text = STR_INIT("Has a message come in? Look at what it is"),
        .has_writer = true,
},
  incoming = {
      .as = "as=incoming&",
      .path = STR_INIT("/check/incoming"),
      .heading = STR_INIT("What is this message?"),
      .lead =
          STR_INIT("A comment or message that has come in on an account of the school: what kind "
                   "it is, what is urgent, and which clauses speak of it."),
      .label = STR_INIT("The message"),
      .missing = STR_INIT("Paste the message"),
      .button = STR_INIT("Look at it"),
      .other = STR_INIT("/check/official"),
      .other_text = STR_INIT("Do you want to answer it? Check an official post"),
};

static const struct web_form nothing_said;

struct check_form {
    struct web_exchange *exchange;
    const struct check_kind *kind;
    const struct web_form *fields; /* of the address at first, then of the form */
    const struct web_kept_policy *policy;
    struct web_form_errors errors;
};

static struct html_raw problem_of(const struct check_form *form)
{
    struct arena *arena = form->exchange->arena;
    size_t count = form->errors.count;
    struct page_error_item *items = ARENA_ARRAY(arena, struct page_error_item, count + 1);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct page_error_item){
            .text = form->errors.at[i].message,
            .href = str_format(arena, "#" STR_FMT, STR_ARG(form->errors.at[i].field))};
    }
    struct html out = html_new(arena);
    if (count > 0) {
        page_error_summary(
            &out, &(struct page_error_summary_args){
                      .title = STR("There is a problem"), .items = items, .items_count = count});
    }
    return html_take(&out);
}

static void form_check(struct check_form *form)
{
    struct str text = web_form_value(form->fields, STR("text"));
    if (str_is_empty(str_trim(text))) {
        web_form_error(&form->errors, STR("text"), form->kind->missing);
    } else if (text.len > SCREEN_DRAFT_BYTES_MAX) {
        web_form_error(&form->errors, STR("text"),
                       str_format(form->exchange->arena,
                                  "This is too long to be checked at once. Check it in parts of at "
                                  "most %zu characters",
                                  SCREEN_DRAFT_BYTES_MAX));
    }
    if (form->policy == NULL) {
        web_form_error(&form->errors, STR("policy"), STR("Choose a policy"));
    }
}

/* The results; their summary in a few words is the title of the page. */
static struct html_raw results_of(const struct check_form *form, struct str *title)
{
    struct web_exchange *exchange = form->exchange;
    struct form read;
    const char *wrong =
        form_read_long(exchange->arena, exchange->body, PAGE_CHECK_FORM_BYTES_MAX, &read);
    const struct screen_setting setting = {
        .school = page_check_school(exchange->arena, wrong == NULL ? &read : &(struct form){0}),
        .model = exchange->site->kept->model};
    struct page_check with = check_with(form->policy, screen_open(exchange->arena, &setting));
    /* The first field of a name counts, so a form cannot choose where its text would stand. */
    struct str whole =
        str_format(exchange->arena, "%s" STR_FMT, form->kind->as, STR_ARG(exchange->body));
    struct html out = html_new(exchange->arena);
    *title = page_check_results(&out, &with, whole, web_today());
    return html_take(&out);
}

static struct html_raw who_of(const struct check_form *form, const struct web_kept_policy *first)
{
    const struct web_kept_policy *policy = form->policy != NULL ? form->policy : first;
    struct html out = html_new(form->exchange->arena);
    if (form->kind->has_writer && policy != NULL) {
        page_check_who(&out, &policy->pack->pack, web_form_value(form->fields, STR("f.person")));
    }
    return html_take(&out);
}

static struct page_option *options_of(const struct check_form *form,
                                      const struct web_kept_policy **asked, size_t count)
{
    struct page_option *options = ARENA_ARRAY(form->exchange->arena, struct page_option, count + 2);
    options[0] = (struct page_option){.text = STR("Choose a policy")};
    for (size_t i = 0; i < count; i++) {
        const struct policy_document *document = asked[i]->pack->document;
        options[i + 1] = (struct page_option){.text = document->title,
                                              .value = document->name,
                                              .is_selected = asked[i] == form->policy};
    }
    return options;
}

static void form_page(struct check_form *form, const struct web_kept_policy **asked, size_t count)
{
    struct web_exchange *exchange = form->exchange;
    const struct check_kind *kind = form->kind;
    bool has_failed = form->errors.count > 0;
    struct str title = kind->heading;
    struct page_check_form_args args = {.action = kind->path,
                                        .heading = kind->heading,
                                        .lead = kind->lead,
                                        .label = kind->label,
                                        .text = web_form_value(form->fields, STR("text")),
                                        .problem = problem_of(form),
                                        .missing = web_form_error_of(&form->errors, STR("text")),
                                        .missing_policy =
                                            web_form_error_of(&form->errors, STR("policy")),
                                        .policies = options_of(form, asked, count),
                                        .policies_count = count + 1,
                                        .who = who_of(form, count > 0 ? asked[0] : NULL),
                                        .names = web_form_value(form->fields, STR("school")),
                                        .brief = web_form_value(form->fields, STR("short")),
                                        .mail = web_form_value(form->fields, STR("mail")),
                                        .button = kind->button,
                                        .other = kind->other,
                                        .other_text = kind->other_text};
    args.has_names =
        !str_is_empty(args.names) || !str_is_empty(args.brief) || !str_is_empty(args.mail);
    if (exchange->method == WEB_POST && !has_failed) {
        args.results = results_of(form, &title);
    }
    struct html main = html_new(exchange->arena);
    page_check_form(&main, &args);
    if (has_failed) {
        title = str_format(exchange->arena, "Error: " STR_FMT, STR_ARG(title));
    }
    web_frame(
        exchange, has_failed ? WEB_FORM_INVALID : WEB_OK,
        &(struct web_frame){.title = title, .place = STR("/check"), .main = html_take(&main)});
    exchange->answer.cache = exchange->method == WEB_POST ? WEB_CACHE_NONE : WEB_CACHE_CHECK;
}

static void form_answer(struct web_exchange *exchange, const struct check_kind *kind)
{
    bool is_post = exchange->method == WEB_POST;
    struct check_form form = {.exchange = exchange,
                              .kind = kind,
                              .fields = is_post ? &exchange->form : &exchange->arguments,
                              .errors = {.arena = exchange->arena}};
    size_t count = 0;
    const struct web_kept_policy **asked = policies_asked(exchange, &count);
    struct str name = web_form_value(form.fields, STR("policy"));
    form.policy = policy_of(asked, count, name);
    if (is_post) {
        form_check(&form);
    } else {
        form.fields = &nothing_said; /* but for the policy an address says nothing */
    }
    form_page(&form, asked, count);
}

void page_check_official(struct web_exchange *exchange)
{
    form_answer(exchange, &official);
}

void page_check_incoming_message(struct web_exchange *exchange)
{
    form_answer(exchange, &incoming);
}

/*
 * web/signed_in.c - sessions, cookies and forms of our own.
 *
 * Read first: signed_in_int.h.
 */
#include "web/signed_in_int.h"

#include <assert.h>

#include "identity/provider_seat.h"
#include "page/templates.h"

#define COOKIE_SECURE "__Host-handrail"
#define COOKIE_PLAIN "handrail"

/* Two cookies: of who is signed in, and of a visit to the provider. */
static struct str cookie_name(const struct web_exchange *exchange, bool is_visit)
{
    bool is_plain = str_is_empty(exchange->site->office->public_host);
    return is_visit ? (is_plain ? STR(COOKIE_PLAIN "-visit") : STR(COOKIE_SECURE "-visit"))
                    : (is_plain ? STR(COOKIE_PLAIN) : STR(COOKIE_SECURE));
}

/* The first cookie of that name: with the prefix __Host- there can be no other. */
static struct str cookie_named(const struct web_exchange *exchange, struct str wanted)
{
    struct str rest = exchange->cookies, part, name, value;
    bool has_more = !str_is_empty(rest);
    while (has_more) {
        has_more = str_cut(rest, ';', &part, &rest);
        if (str_cut(str_trim(part), '=', &name, &value) && str_equal(name, wanted)) {
            return value;
        }
    }
    return (struct str){0};
}

static struct str cookie_of(const struct web_exchange *exchange)
{
    return cookie_named(exchange, cookie_name(exchange, false));
}

struct str web_visit_cookie(const struct web_exchange *exchange)
{
    return cookie_named(exchange, cookie_name(exchange, true));
}

void web_failed(struct web_exchange *exchange, struct result result)
{
    bool is_busy = result.code == RESULT_CODE_BUSY || result.code == RESULT_CODE_IO;
    web_error(exchange, is_busy ? WEB_BUSY : WEB_FAILED);
    if (is_busy) {
        web_header_add(exchange, STR("Retry-After"), STR("2"));
    }
}

const struct sign_in_session *web_session(struct web_exchange *exchange)
{
    if (!exchange->session) {
        exchange->session = ARENA_NEW(exchange->arena, struct sign_in_session);
        struct result found =
            sign_in_session_of(exchange->site->office->place.store, exchange->arena,
                               cookie_of(exchange), exchange->session);
        if (!result_is_ok(found)) {
            *exchange->session = (struct sign_in_session){0};
        }
    }
    return exchange->session;
}

const struct sign_in_session *web_program(struct web_exchange *exchange)
{
    struct str bearer = STR("Bearer ");
    if (!exchange->session) {
        exchange->session = ARENA_NEW(exchange->arena, struct sign_in_session);
        if (str_starts(exchange->authorization, bearer)) {
            struct str token =
                str_slice(exchange->authorization, bearer.len, exchange->authorization.len);
            struct result found = sign_in_token_of(exchange->site->office->place.store,
                                                   exchange->arena, token, exchange->session);
            if (!result_is_ok(found)) {
                *exchange->session = (struct sign_in_session){0};
            }
        }
    }
    return exchange->session;
}

bool web_must_sign_in(struct web_exchange *exchange)
{
    if (web_session(exchange)->is_good) {
        return true;
    }
    struct str here = exchange->path;
    if (!str_is_empty(exchange->query)) {
        here = str_format(exchange->arena, STR_FMT "?" STR_FMT, STR_ARG(here),
                          STR_ARG(exchange->query));
    }
    struct text place = {.arena = exchange->arena};
    web_form_add(&place, STR("back"),
                 exchange->method == WEB_POST ? STR("/desk") : web_back(here, STR("/desk")));
    bool waits = web_session(exchange)->waiting.value != 0;
    web_redirect(exchange,
                 str_format(exchange->arena, "%s?" STR_FMT, waits ? "/sign-in/code" : "/sign-in",
                            STR_ARG(text_str(&place))));
    return false;
}

struct provider *web_provider(struct web_exchange *exchange)
{
    struct provider_seat *seat = exchange->site->office->place.seat;
    struct provider *provider = NULL;
    struct result taken = seat ? provider_seat_take(seat, exchange->arena, &provider) : RESULT_OK;
    return result_is_ok(taken) ? provider : NULL;
}

struct str web_form_mark(struct web_exchange *exchange)
{
    struct str token = cookie_of(exchange);
    return str_is_empty(token) ? STR("-") : token_csrf_new(exchange->arena, token);
}

bool web_is_from_here(const struct web_exchange *exchange)
{
    if (!str_is_empty(exchange->fetch_site)) {
        return str_equal(exchange->fetch_site, STR("same-origin"));
    }
    /* A proxy may put its own name into Host: behind one, the public name counts. */
    struct str public_host = exchange->site->office->public_host;
    bool is_plain = str_is_empty(public_host);
    struct str scheme = is_plain ? STR("http://") : STR("https://");
    return str_starts(exchange->origin, scheme) &&
           str_equal(str_slice(exchange->origin, scheme.len, exchange->origin.len),
                     is_plain ? exchange->host : public_host);
}

bool web_form_is_own(struct web_exchange *exchange)
{
    struct str mark = web_form_value(&exchange->form, STR("csrf"));
    struct str token = cookie_of(exchange);
    bool is_own =
        web_is_from_here(exchange) && !str_is_empty(token) && token_csrf_check(token, mark);
    if (!is_own) {
        web_error(exchange, WEB_FORBIDDEN);
    }
    return is_own;
}

struct html_raw web_who_is_signed_in(struct web_exchange *exchange)
{
    struct html out = html_new(exchange->arena);
    const struct sign_in_session *session = web_session(exchange);
    if (session->is_good) {
        struct page_office_hidden mark = {STR("csrf"), web_form_mark(exchange)};
        page_office_sign_out(&out, &(struct page_office_sign_out_args){.hidden = &mark,
                                                                       .hidden_count = 1,
                                                                       .name = session->name});
    }
    return html_take(&out);
}

static void cookie(struct web_exchange *exchange, struct str name, struct str value,
                   const char *more)
{
    bool is_plain = str_is_empty(exchange->site->office->public_host);
    web_header_add(exchange, STR("Set-Cookie"),
                   str_format(exchange->arena,
                              STR_FMT "=" STR_FMT "; Path=/; HttpOnly; SameSite=Lax%s%s",
                              STR_ARG(name), STR_ARG(value), is_plain ? "" : "; Secure", more));
}

void web_cookie_set(struct web_exchange *exchange, struct str token)
{
    cookie(exchange, cookie_name(exchange, false), token, "");
}

void web_cookie_end(struct web_exchange *exchange)
{
    cookie(exchange, cookie_name(exchange, false), (struct str){0}, "; Max-Age=0");
}

void web_visit_cookie_set(struct web_exchange *exchange, struct str state)
{
    cookie(exchange, cookie_name(exchange, true), state, "; Max-Age=600");
}

struct str web_back(struct str given, struct str otherwise)
{
    bool is_good = str_starts(given, STR("/")) && !str_starts(given, STR("//")) &&
                   !str_starts(given, STR("/sign-")) && !str_starts(given, STR("/prove"));
    for (size_t i = 0; i < given.len; i++) {
        unsigned char c = (unsigned char)given.at[i];
        is_good &= c > 0x20 && c < 0x7F && c != '\\';
    }
    return is_good ? given : otherwise;
}

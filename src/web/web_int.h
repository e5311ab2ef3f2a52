/*
 * web/web_int.h - what a page is written with: an exchange (one request and its answer), forms,
 * routes, and the few ways to answer.
 *
 *     void page_policy(struct web_exchange *exchange)
 *     {
 *         const struct shelf_pack *pack = web_pack_named(exchange, web_parameter(exchange, 0));
 *         if (!pack) {
 *             web_not_found(exchange);
 *             return;
 *         }
 *         struct text *out = web_html(exchange, WEB_OK);
 *         exchange->answer.cache = WEB_CACHE_CHECK;
 *         ... text_add(out, ...) or the templates ...
 *     }
 *
 * and a row {WEB_GET, "/policy/{pack}", page_policy, "policy"} in the table of routes.c.
 *
 * Read first: site.h; limits_int.h. Read next: exchange.c, form.c, route.c.
 *
 * What must hold
 * - A handler runs in a worker, never in the thread that serves the sockets. Others run beside it:
 *   it writes nothing but its exchange.
 * - Everything of an exchange lives in its arena, and is gone when the answer has been sent.
 * - HEAD is GET without the body; a handler need not know. A path of another method is answered 405
 *   with Allow, and an unknown path 404, before any handler.
 * - The body of an answer is complete when the handler returns: Content-Length is always sent.
 * - The headers that keep a page safe are on every answer and no handler can leave them out.
 */
#ifndef HANDRAIL_WEB_WEB_INT_H
#define HANDRAIL_WEB_WEB_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "web/limits_int.h"
#include "web/site.h"

/* ---- Methods and statuses -------------------------------------------------------------------- */

enum web_method { WEB_GET, WEB_HEAD, WEB_POST, WEB_METHOD_OTHER, WEB_METHOD_COUNT };

enum web_status {
    WEB_OK = 200,
    WEB_SEE_OTHER = 303,
    WEB_NOT_MODIFIED = 304,
    WEB_BAD_REQUEST = 400,
    WEB_UNAUTHORISED = 401,
    WEB_FORBIDDEN = 403,
    WEB_NOT_FOUND = 404,
    WEB_METHOD_NOT_ALLOWED = 405,
    WEB_CONFLICT = 409,
    WEB_LENGTH_REQUIRED = 411,
    WEB_BODY_TOO_LARGE = 413,
    WEB_TARGET_TOO_LONG = 414,
    WEB_TYPE_UNSUPPORTED = 415,
    WEB_EXPECTATION_FAILED = 417,
    WEB_MISDIRECTED = 421,  /* the name of another site */
    WEB_FORM_INVALID = 422, /* the form was read, but what it says cannot be used */
    WEB_TOO_MANY = 429,    /* attempts */
    WEB_HEAD_TOO_LARGE = 431,
    WEB_FAILED = 500,
    WEB_NOT_IMPLEMENTED = 501,
    WEB_BUSY = 503,
    WEB_VERSION_UNSUPPORTED = 505,
};

/* "Not Found"; "Error" for a status that is not in the list. */
struct str web_status_words(enum web_status status);

/* ---- Forms and queries ----------------------------------------------------------------------- */

struct web_field {
    struct str name, value; /* decoded, UTF-8, without control bytes save line ends and tabs */
};

/* application/x-www-form-urlencoded, in the order in which it was sent; names may repeat. */
struct web_form {
    struct web_field *fields;
    size_t count;
};

enum web_form_fault {
    WEB_FORM_FINE,
    WEB_FORM_BAD_ESCAPE,     /* "%" without two hexadecimal digits after it */
    WEB_FORM_BAD_BYTE,       /* a byte that must be escaped, or a control byte once decoded */
    WEB_FORM_NOT_UTF8,       /* once decoded */
    WEB_FORM_TOO_MANY,       /* fields */
    WEB_FORM_NAME_TOO_LONG,  /* WEB_FORM_NAME_BYTES_MAX */
    WEB_FORM_VALUE_TOO_LONG, /* `value_max` */
    WEB_FORM_FAULT_COUNT
};

/*
 * Reads a form, strictly: the first fault ends it, and *out is then empty. Line ends in values
 * become "\n". `fields_max` is WEB_FORM_FIELDS_MAX or WEB_QUERY_FIELDS_MAX, `value_max` for each of
 * them WEB_FORM_VALUE_BYTES_MAX, or WEB_FILE_BYTES_MAX where a file may come.
 */
enum web_form_fault web_form_parse(struct arena *arena, struct str encoded, size_t fields_max,
                                   size_t value_max, struct web_form *out);

/* One sentence for the person who sent it. */
struct str web_form_fault_words(enum web_form_fault fault);

/* The first value of that name; the empty text, or NULL for web_form_find, when there is none. */
struct str web_form_value(const struct web_form *form, struct str name);
const struct web_field *web_form_find(const struct web_form *form, struct str name);
bool web_form_has(const struct web_form *form, struct str name);
size_t web_form_count(const struct web_form *form, struct str name);

/* Adds name=value, escaped, with "&" before it unless `out` is empty: writes a query or form. */
void web_form_add(struct text *out, struct str name, struct str value);

/*
 * What is wrong with a form: one entry for each field at most, in the order of the page, for the
 * summary above the form and the message beside the field.
 */
struct web_form_error {
    struct str field;   /* its name, which is also the id of its input: the summary links to it */
    struct str message; /* what to do: "Choose a policy" */
};

struct web_form_errors {
    struct arena *arena;
    struct web_form_error *at;
    size_t count, capacity;
};

void web_form_error(struct web_form_errors *errors, struct str field, struct str message);

/* The message for a field, or the empty text. */
struct str web_form_error_of(const struct web_form_errors *errors, struct str field);

/*
 * Typed reads. Each gives the first value of `field`, and adds an error with the caller's message
 * when it is not what is asked for. web_form_text() trims; with an empty `missing` it may be left
 * out.
 */
struct str web_form_text(const struct web_form *form, struct str field, size_t bytes_max,
                         struct str missing, struct web_form_errors *errors);
size_t web_form_choice(const struct web_form *form, struct str field, const struct str *choices,
                       size_t choice_count, struct str wrong,
                       struct web_form_errors *errors); /* index, or STR_NONE after an error */
bool web_form_int(const struct web_form *form, struct str field, int64_t least, int64_t most,
                  struct str wrong, struct web_form_errors *errors, int64_t *out)
    __attribute__((warn_unused_result));
bool web_form_yes(const struct web_form *form, struct str field); /* a tick box: "yes" */

/* ---- One request and its answer -------------------------------------------------------------- */

enum web_cache {
    WEB_CACHE_NONE,    /* no-store: what depends on what a person said (the default) */
    WEB_CACHE_CHECK,   /* no-cache, with an ETag of the content: documents */
    WEB_CACHE_FOREVER, /* a year, immutable: names that hold a hash */
    WEB_CACHE_COUNT
};

struct web_header {
    struct str name, value; /* no control bytes */
};

struct web_answer {
    enum web_status status; /* 0 until the handler has chosen: then 500 is sent */
    struct str type;        /* "text/html; charset=utf-8" */
    struct text text;       /* the body, written by the handler */
    struct str bytes;       /* or the body as it stands; used when text is empty */
    struct str etag;        /* without quotes; empty: made of the body where cache is CHECK */
    enum web_cache cache;
    bool varies;         /* by Accept-Encoding */
    struct str encoding; /* "br", "gzip" or empty */
    struct web_header headers[WEB_ANSWER_FIELDS_MAX];
    size_t header_count;
};

struct web_route;
struct sign_in_session;

struct web_exchange {
    struct arena *arena;         /* for whatever the handler makes */
    const struct web_site *site; /* read-only */

    enum web_method method;
    struct str path;      /* as it was sent, checked, still escaped; begins with "/" */
    struct str query;     /* after "?", still escaped */
    struct str host;      /* as it was sent, checked */
    struct str body_type; /* Content-Type of a POST, as it was sent */
    struct str body;      /* of a POST, as it was sent */
    struct str accept_encoding, if_none_match; /* as they were sent; may be empty */
    struct str cookies, authorization, origin, fetch_site, user_agent, idempotency_key; /* too */
    struct str address; /* of the client, or of the proxy's client */
    bool is_forwarded;  /* a proxy says so, whether it is believed or not */

    const struct web_route *route;
    struct str
        parameters[WEB_ROUTE_PARAMETERS_MAX]; /* decoded {name} parts of the path, in order */
    size_t parameter_count;
    struct web_form arguments; /* the query, decoded */
    struct web_form form;      /* the body of a POST, decoded */

    struct web_answer answer;

    struct sign_in_session *session; /* NULL: not looked up yet; web_session() */
};

/* The index-th {name} of the route's pattern; the empty text when there is none. */
struct str web_parameter(const struct web_exchange *exchange, size_t index);

/* The policy of that name, or NULL. */
const struct shelf_pack *web_pack_named(const struct web_exchange *exchange, struct str name);

/* ---- Answering: each replaces what was answered before --------------------------------------- */

/* An HTML page; write it into what this answers. */
struct text *web_html(struct web_exchange *exchange, enum web_status status);

/* Plain text in UTF-8. */
struct text *web_text(struct web_exchange *exchange, enum web_status status);

/* Bytes that live at least as long as the exchange (the site's, an asset's, the arena's). */
void web_data(struct web_exchange *exchange, enum web_status status, struct str type,
              struct str bytes);

/* 303 to a place on this site: begins with one "/"; anything else is a programmer's mistake. */
void web_redirect(struct web_exchange *exchange, struct str place);

/* 303 to a whole address elsewhere, https or (in tests) loopback; else a programmer's mistake. */
void web_redirect_away(struct web_exchange *exchange, struct str url);

/* The error page (web_error_page) with that status. */
void web_error(struct web_exchange *exchange, enum web_status status);
void web_not_found(struct web_exchange *exchange);

/* One more header. Name and value are the program's own words; no control byte in the value. */
void web_header_add(struct web_exchange *exchange, struct str name, struct str value);

/* ---- Routes ---------------------------------------------------------------------------------- */

typedef void web_handler(struct web_exchange *exchange);

struct web_route {
    enum web_method method; /* WEB_GET (HEAD too) or WEB_POST */
    const char *pattern;    /* "/policy/{pack}/clause/{key}": a part is a word or a {name} */
    web_handler *handler;
    const char *name; /* for the access log: no personal data */
    bool takes_json;  /* the body of a POST is JSON; the handler reads it */
    /* Bytes that the body of a POST may have; NULL: WEB_BODY_BYTES_MAX. Quick: asks no store. */
    size_t (*body_max)(const struct web_exchange *exchange);
};

/* The table of all pages: routes.c. Rows of one pattern stand together. */
extern const struct web_route web_routes[];
extern const size_t web_route_count;

/*
 * Writes the page of an error: exchange->answer.status says which. Runs in a worker, or in the
 * thread that serves the sockets when the request was refused: it must be quick and cannot fail.
 */
void web_error_page(struct web_exchange *exchange);

#endif

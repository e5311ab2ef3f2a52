/*
 * web/signed_in_int.h - who is asking, and whether a form comes from a page of ours.
 *
 * Read first: office.h, identity/sign_in.h.
 *
 * What must hold
 * - A form that changes something is looked at only when web_form_is_own() says so: the browser
 *   says that it comes from this site, and it holds a field that only a page of this session has.
 * - The cookie is for this site's pages alone: no script reads it, no other site sends it with a
 *   form, and behind TLS it has the prefix __Host-.
 */
#ifndef HANDRAIL_WEB_SIGNED_IN_INT_H
#define HANDRAIL_WEB_SIGNED_IN_INT_H

#include "identity/sign_in.h"
#include "page/html.h"
#include "web/office.h"
#include "web/web_int.h"

/* Never NULL; nobody's when is_good is false. Asks the store once an exchange. */
const struct sign_in_session *web_session(struct web_exchange *exchange);

/* Whose program it is, by its token. */
const struct sign_in_session *web_program(struct web_exchange *exchange);

/*
 * True when somebody is signed in; else answers with the page to sign in, or that for the code of
 * the second factor, which leads back here.
 */
bool web_must_sign_in(struct web_exchange *exchange);

/* Who is signed in, and the way out, to stand above a page; nothing for somebody who is not. */
struct html_raw web_who_is_signed_in(struct web_exchange *exchange);

/* The hidden field "csrf" of a form. */
struct str web_form_mark(struct web_exchange *exchange);

/* Else it has been answered. */
bool web_form_is_own(struct web_exchange *exchange);

/* The browser says that the request comes from this site, or from nowhere. */
bool web_is_from_here(const struct web_exchange *exchange);

void web_cookie_set(struct web_exchange *exchange, struct str token);
void web_cookie_end(struct web_exchange *exchange);

/* The cookie of a visit to the provider. */
void web_visit_cookie_set(struct web_exchange *exchange, struct str state);
struct str web_visit_cookie(const struct web_exchange *exchange);

struct provider; /* identity/provider.h */

/* The school's provider at present, or NULL: there is none, or its settings cannot be read. */
struct provider *web_provider(struct web_exchange *exchange);

/* A place on this site to go back to, or `otherwise` when what was given is none. */
struct str web_back(struct str given, struct str otherwise);

/* What the store answered, as a page: busy, or failed. */
void web_failed(struct web_exchange *exchange, struct result result);

#endif

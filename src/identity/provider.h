/*
 * identity/provider.h - signing in with the school's provider, against the store.
 *
 * Read first: oidc.h, sign_in.h; docs/identity.md. Start at: provider_open, provider_leave,
 * provider_return.
 *
 * What must hold
 * - Who comes back is found by issuer and subject. The first time, and only where the settings
 *   allow it, by the address: when the provider vouches for it and its domain is one of the
 *   person's school. That is an act of its own, which the caller records.
 * - A visit is good once, in the browser that began it.
 */
#ifndef HANDRAIL_IDENTITY_PROVIDER_H
#define HANDRAIL_IDENTITY_PROVIDER_H

#include "identity/oidc.h"
#include "identity/sign_in.h"

#define PROVIDER_LIST_MAX 64

/* How long ago the person may have given a password there when it is to be a fresh proof. */
#define PROVIDER_PROOF_SECONDS 60

/* Texts are borrowed, and live as long as the provider. */
struct provider_settings {
    struct str name; /* "Microsoft", "Google": what the button says; empty: other words */
    struct str issuer, client_id, client_secret;
    struct str tenants[PROVIDER_LIST_MAX], domains[PROVIDER_LIST_MAX];
    size_t tenants_count, domains_count;
    struct str proxy;
    bool links_by_address; /* the first time */
    bool vouches_factor;   /* everybody there gives a second factor, even if it does not say so */
};

struct provider {
    struct str name;
    bool links_by_address, vouches_factor;
    struct oidc_client *client;
};

/* `redirect_uri` is our own address. Everything lives in the arena. INVALID with what is wrong. */
MUST_USE struct result provider_make(struct arena *arena, const struct provider_settings *settings,
                                     struct str redirect_uri, struct provider **out);

/* The same from the text of a settings file (JSON; docs/identity.md). */
MUST_USE struct result provider_open(struct arena *arena, struct str json, struct str redirect_uri,
                                     struct provider **out);
void provider_close(struct provider *provider);
DEFER_DEFINE(provider_close, struct provider *);

/*
 * Asks the provider for its description, and whether it accepts our id and secret. OK when it
 * seems so: it is certain only once somebody has signed in.
 */
MUST_USE struct result provider_try(struct provider *provider, struct arena *arena,
                                    struct instant now);

struct provider_wish {
    struct str back;      /* where on this site to go afterwards */
    struct row_id proves; /* the session whose person proves again who it is; 0: a sign-in */
};

/* Where to send the browser; *state is also for a cookie of this browser. */
MUST_USE struct result provider_leave(struct provider *provider, struct store *store,
                                      struct arena *arena, const struct provider_wish *wish,
                                      struct str *url, struct str *state);

struct provider_arrival {
    struct oidc_person who;
    struct person_id person; /* 0: nobody here is known under this name */
    bool is_first;           /* found by the address: to be linked */
    bool is_shut;            /* known, but the account is shut, or the person has left */
    struct row_id proves;    /* as it was wished; who.signed_in is recent then */
    struct str back;
};

/* Errors: REFUSED with a reason for the person, IO, BUSY. */
MUST_USE struct result provider_return(struct provider *provider, struct store *store,
                                       struct arena *arena, struct str cookie_state,
                                       const struct oidc_answer *answer,
                                       struct provider_arrival *out);

/* From now on this person is known under that name: within an action. */
MUST_USE struct result provider_link(struct store_transaction *transaction, struct person_id person,
                                     struct str issuer, struct str subject);

/* The provider says that somebody has signed out. */
MUST_USE struct result provider_signed_out(struct provider *provider, struct store *store,
                                           struct arena *arena, struct str logout_token);

#endif

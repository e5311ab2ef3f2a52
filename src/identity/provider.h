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

struct provider {
    struct str name;       /* "Microsoft", "Google": what the button says */
    bool links_by_address; /* the first time */
    struct oidc_client *client;
};

/*
 * From the text of a settings file (JSON; docs/identity.md). `redirect_uri` is our own address.
 * Everything lives in the arena. Errors: INVALID with what is wrong.
 */
MUST_USE struct result provider_open(struct arena *arena, struct str json, struct str redirect_uri,
                                     struct provider **out);
void provider_close(struct provider *provider);
DEFER_DEFINE(provider_close, struct provider *);

/* Where to send the browser; *state is also for a cookie of this browser. */
MUST_USE struct result provider_leave(struct provider *provider, struct store *store,
                                      struct arena *arena, struct str back, struct str *url,
                                      struct str *state);

struct provider_arrival {
    struct oidc_person who;
    struct person_id person; /* 0: nobody here is known under this name */
    bool is_first;           /* found by the address: to be linked */
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

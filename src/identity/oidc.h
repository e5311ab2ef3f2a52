/*
 * identity/oidc.h - signing in with the school's provider: OpenID Connect, authorisation code flow
 * with PKCE, for Microsoft Entra and Google Workspace.
 *
 *     browser            Handrail                              provider
 *        |  GET sign-in     |                                      |
 *        |----------------->|  oidc_begin(): state, nonce,         |
 *        |<-----------------|  verifier; the caller keeps them     |
 *        |  302 url         |                                      |
 *        |-------------------------------------------------------->|  who are you?
 *        |<--------------------------------------------------------|  302 back, code and state
 *        |----------------->|  oidc_finish(): code, verifier       |
 *        |                  |------------------------------------->|
 *        |                  |<-------------------------------------|  ID token
 *        |<-----------------|  a struct oidc_person                |
 *
 * Read first: docs/identity.md, identity/oidc_http.h, identity/jose.h.
 * Start at: oidc_client_open(), oidc_begin(), oidc_finish().
 *
 * What must hold
 * - Time is a parameter everywhere.
 * - A flow is kept on the server, found by the hash of its state, bound to the browser by a cookie,
 *   good once, and for ten minutes.
 * - An account is found by issuer and subject. An e-mail address is what somebody typed at the
 *   provider: it never finds an account on its own.
 * - A failure says in `message` what a school office can do, and in `detail` what the log needs. It
 *   is never half a person.
 */
#ifndef HANDRAIL_IDENTITY_OIDC_H
#define HANDRAIL_IDENTITY_OIDC_H

#include "base/instant.h"
#include "base/result.h"
#include "identity/jose.h"
#include "identity/oidc_http.h"

#define OIDC_FLOW_MILLISECONDS_MAX (10 * INSTANT_MINUTE_MILLISECONDS)
#define OIDC_LEEWAY_MILLISECONDS (2 * INSTANT_MINUTE_MILLISECONDS)
#define OIDC_LOGOUT_AGE_MILLISECONDS_MAX (10 * INSTANT_MINUTE_MILLISECONDS)
#define OIDC_CODE_BYTES_MAX ((size_t)4 * 1024)

/* What a school configures. Texts are borrowed, and live as long as the client. */
struct oidc_settings {
    /* As the provider writes it: "https://accounts.google.com",
     * "https://login.microsoftonline.com/TENANT/v2.0"; or, with `tenants`,
     * "https://login.microsoftonline.com/{tenantid}/v2.0". */
    struct str issuer;
    struct str client_id, client_secret;
    struct str redirect_uri;   /* our own address that the provider sends people back to */
    struct str scope;          /* empty: "openid profile email" */
    const struct str *tenants; /* Entra: the tenants whose people may come in */
    size_t tenants_count;
    const struct str *domains; /* Google Workspace: the domains (hd) whose people may come in */
    size_t domains_count;
    uint32_t algorithms;       /* a set; 0: RS256, which both providers use */
    bool allows_loopback_http; /* for tests */
};

/* RESULT_CODE_INVALID with what is wrong. Google without `domains` is refused: anybody has an
 * account there; so is "{tenantid}" without `tenants`. */
MUST_USE struct result oidc_settings_check(const struct oidc_settings *settings);

/* What a provider says of itself (OpenID Connect Discovery 1.0). */
struct oidc_provider {
    struct str issuer, authorization_endpoint, token_endpoint, jwks_uri;
    struct str end_session_endpoint; /* empty where there is none, as at Google */
    bool takes_secret_in_header;     /* client_secret_basic; else client_secret_post */
    bool names_itself;               /* RFC 9207: it sends its name along with the code */
};

/* The address of that document. */
struct str oidc_discovery_url(struct arena *arena, const struct oidc_settings *settings);

/* Reads it. RESULT_CODE_INVALID, RESULT_CODE_LIMIT or RESULT_CODE_UNSUPPORTED. */
MUST_USE struct result oidc_discovery_read(struct arena *arena,
                                           const struct oidc_settings *settings, struct str json,
                                           struct oidc_provider *provider);

/* A client: settings, and what was fetched of the provider. Shared by all threads. */
struct oidc_client;

/* Fetches nothing yet. Check the settings first. */
struct oidc_client *oidc_client_open(struct arena *arena, const struct oidc_settings *settings,
                                     struct oidc_http http);
void oidc_client_close(struct oidc_client *client);
DEFER_DEFINE(oidc_client_close, struct oidc_client *);

/* A sign-in that was begun: what the caller keeps until the browser comes back. */
struct oidc_flow {
    struct str state, nonce, verifier;
    struct instant begun;
    int64_t signed_in_age_max_seconds; /* as it was asked for */
};

/* How to ask. Zeros and empty texts: nothing special. */
struct oidc_wish {
    struct str login_hint;             /* an e-mail address that is already known */
    bool asks_for_account;             /* let the person choose (prompt=select_account) */
    int64_t signed_in_age_max_seconds; /* ask for the password if that was longer ago; 0: any */
};

/* Begins a sign-in: a flow to keep and the URL to send the browser to, both in the arena. */
MUST_USE struct result oidc_begin(struct oidc_client *client, struct arena *arena,
                                  struct instant now, const struct oidc_wish *wish,
                                  struct oidc_flow *flow, struct str *url);

/* What the browser brought back in the query; empty where it is not there. */
struct oidc_answer {
    struct str code, state, error, error_description, issuer; /* the last is "iss" */
};

/* Who signed in, by a token that holds. In the arena. */
struct oidc_person {
    struct str issuer, subject; /* together: the account. The issuer is without "{tenantid}" */
    struct str tenant;          /* `tid`, Entra */
    struct str object_id;       /* `oid`, Entra: the same person in all applications of a tenant */
    struct str domain;          /* `hd`, Google */
    struct str name, email, username; /* to be shown; `username` is preferred_username */
    bool is_email_verified;           /* the provider says so; Entra does not say */
    bool used_second_factor;          /* `amr` says so */
    struct str session_id;            /* `sid`, for sign-out by the provider */
    struct instant signed_in;         /* `auth_time`; 0 when not said */
    struct str id_token;              /* for oidc_sign_out_url(): keep with the session */
};

/*
 * Finishes a sign-in. RESULT_CODE_REFUSED when the person cannot come in (the provider said no, a
 * token does not hold, state or time are wrong); RESULT_CODE_IO when the provider is not to be
 * reached; RESULT_CODE_INVALID or _LIMIT when what it says makes no sense. The flow is used up
 * whatever comes out.
 */
MUST_USE struct result oidc_finish(struct oidc_client *client, struct arena *arena,
                                   struct instant now, const struct oidc_flow *flow,
                                   const struct oidc_answer *answer, struct oidc_person *person);

/*
 * Where to send a browser that signs out, so that the provider's session ends too (OpenID Connect
 * RP-Initiated Logout 1.0). RESULT_CODE_MISSING where the provider has no such address.
 */
MUST_USE struct result oidc_sign_out_url(struct oidc_client *client, struct arena *arena,
                                         struct instant now, struct str id_token,
                                         struct str return_url, struct str state, struct str *url);

/* A provider's word that somebody signed out there. At least one of subject and session_id. */
struct oidc_logout {
    struct str issuer, subject, session_id;
    struct str id;          /* `jti`: refuse it when it was seen before, until `expires` */
    struct instant expires; /* with leeway: after this it would be refused anyway */
};

/* Checks a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
MUST_USE struct result oidc_logout_check(struct oidc_client *client, struct arena *arena,
                                         struct instant now, struct str logout_token,
                                         struct oidc_logout *logout);

/* Why oidc_finish() or oidc_logout_check() refused a token; JOSE_FINE for any other result. */
enum jose_verdict oidc_refusal(struct result result);

#endif

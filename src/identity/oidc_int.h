/*
 * identity/oidc_int.h - what the files of OpenID Connect share.
 *
 * Read first: identity/oidc.h. oidc_client.c keeps what was fetched, oidc_discovery.c reads what a
 * provider says of itself, oidc.c signs in, oidc_logout.c signs out.
 */
#ifndef HANDRAIL_IDENTITY_OIDC_INT_H
#define HANDRAIL_IDENTITY_OIDC_INT_H

#include "identity/oidc.h"

/* A text of a token that is longer, or has control characters, counts as not there. */
#define OIDC_CLAIM_BYTES_MAX ((size_t)512)

const struct oidc_settings *oidc_client_settings(const struct oidc_client *client);
const struct oidc_http *oidc_client_http(const struct oidc_client *client);

/* The set of algorithms that the settings accept. */
uint32_t oidc_settings_algorithms(const struct oidc_settings *settings);

/* What the provider says of itself, fetched when it is due. */
MUST_USE struct result oidc_client_provider(struct oidc_client *client, struct arena *arena,
                                            struct instant now, struct oidc_provider *provider);

/*
 * Verifies a token with the provider's keys, which are fetched when they are due, and once more
 * when the token names one that is not among them. RESULT_CODE_REFUSED when it does not hold.
 */
MUST_USE struct result oidc_client_verify(struct oidc_client *client, struct arena *arena,
                                          struct instant now, struct str compact,
                                          struct jose_token *token);

/* The failure that a verdict is; never for JOSE_FINE. */
MUST_USE struct result oidc_refuse(enum jose_verdict verdict, struct str detail);

/* Text of a token to be shown or compared: empty when it is not there, not text, too long, or has
 * control characters in it. */
struct str oidc_claim_text(const struct json_value *claims, struct str key);

/* "200 application/json": a successful answer that is JSON. */
bool oidc_response_is_json(const struct oidc_response *response);

/* What to write into a log of a word from outside: visible ASCII, at most 64 bytes. */
struct str oidc_log_word(struct arena *arena, struct str word);

#endif

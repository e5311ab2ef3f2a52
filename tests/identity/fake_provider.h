/*
 * tests/identity/fake_provider.h - a provider without a network, for tests: what it says is set.
 *
 * Start at: fake_provider_open(), then change its fields; fake_provider_says() for its next token.
 */
#ifndef HANDRAIL_TESTS_IDENTITY_FAKE_PROVIDER_H
#define HANDRAIL_TESTS_IDENTITY_FAKE_PROVIDER_H

#include "identity/oidc.h"
#include "identity/signer.h"

#define FAKE_ISSUER "https://id.ashdownvale.example"
#define FAKE_NOW ((struct instant){1800000000000})

/* Claims that are good at FAKE_NOW, but for the nonce; no braces. */
#define FAKE_CLAIMS                                                                                \
    "\"iss\":\"" FAKE_ISSUER "\",\"aud\":\"handrail\",\"sub\":\"person-1\",\"exp\":1800000300,"    \
    "\"iat\":1800000000"

struct fake_provider {
    struct arena *arena;
    struct signer *signer;                      /* who signs */
    struct str discovery, keys, token;          /* bodies of the three addresses */
    int32_t status;                             /* of all of them: 200 */
    int32_t token_status;                       /* of the token address: 200 */
    const char *content_type;                   /* of all of them */
    bool is_down;                               /* nothing answers */
    unsigned discoveries, key_lists, exchanges; /* how often each was asked for */
    struct oidc_request asked;                  /* the last request, copied */
};

/* A provider with one key "first" of P-256, and one client "handrail" with the secret "s3cret&". */
struct fake_provider *fake_provider_open(struct arena *arena);
void fake_provider_close(struct fake_provider *fake);
DEFER_DEFINE(fake_provider_close, struct fake_provider *);

struct oidc_http fake_provider_http(struct fake_provider *fake);
struct oidc_settings fake_provider_settings(void);

/* A description with more members, such as ,"x":1. */
struct str fake_provider_discovery(struct arena *arena, const char *more);

/* From now on another key signs; the list of keys is not changed. */
void fake_provider_new_key(struct fake_provider *fake, const char *kid);
/* The list of keys becomes the one that signs. */
void fake_provider_list_key(struct fake_provider *fake);

/* The next exchange gives an ID token with this payload. */
void fake_provider_says(struct fake_provider *fake, struct str payload);

#endif

/*
 * tests/identity/signer.h - somebody who signs tokens, for tests: the other half of jose.h.
 */
#ifndef HANDRAIL_TESTS_IDENTITY_SIGNER_H
#define HANDRAIL_TESTS_IDENTITY_SIGNER_H

#include "base/result.h"
#include "identity/jose.h"

struct arena;
struct signer;

/* A new key; `bits` matters for RSA alone. */
struct signer *signer_open(struct arena *arena, enum jose_key_kind kind, unsigned bits,
                           const char *kid);
void signer_close(struct signer *signer);
DEFER_DEFINE(signer_close, struct signer *);

/* {"kty": ..., "kid": ...} with the public key, and more members, such as ,"use":"sig". */
struct str signer_jwk(struct arena *arena, const struct signer *signer, const char *more);

/* {"keys": [...]} of one or two signers. */
struct str signer_jwks(struct arena *arena, const struct signer *one, const struct signer *two);

/* HEAD.PAYLOAD.SIGNATURE, signed as `algorithm` whatever the head says. */
struct str signer_sign(struct arena *arena, const struct signer *signer,
                       enum jose_algorithm algorithm, struct str head, struct str payload);

/* TEXT.SIGNATURE, whatever the text is. */
struct str signer_sign_text(struct arena *arena, const struct signer *signer,
                            enum jose_algorithm algorithm, struct str text);

/* As signer_sign() with {"alg": ..., "kid": ...} as its head. */
struct str signer_token(struct arena *arena, const struct signer *signer,
                        enum jose_algorithm algorithm, struct str payload);

/* HEAD.PAYLOAD.SIGNATURE with HMAC-SHA-256, and with whatever secret. */
struct str signer_hmac(struct arena *arena, struct str secret, struct str head, struct str payload);

/* The public key as PEM, which careless programs take as the secret of an HMAC. */
struct str signer_pem(struct arena *arena, const struct signer *signer);

#endif

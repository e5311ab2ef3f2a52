/*
 * tests/identity/signer.c - see signer.h.
 */
#include "identity/signer.h"

#include <assert.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/arena.h"
#include "identity/encode.h"

struct signer {
    EVP_PKEY *key;
    enum jose_key_kind kind;
    struct str kid;
};

struct signer *signer_open(struct arena *arena, enum jose_key_kind kind, unsigned bits,
                           const char *kid)
{
    struct signer *signer = ARENA_NEW(arena, struct signer);
    *signer = (struct signer){.kind = kind, .kid = str_from(kid)};
    signer->key = kind == JOSE_KEY_RSA    ? EVP_RSA_gen(bits)
                  : kind == JOSE_KEY_P256 ? EVP_EC_gen("P-256")
                                          : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    assert(signer->key);
    return signer;
}

void signer_close(struct signer *signer)
{
    EVP_PKEY_free(signer->key);
}

static struct str number(struct arena *arena, const struct signer *signer, const char *name,
                         int bytes)
{
    BIGNUM *value = NULL;
    int worked = EVP_PKEY_get_bn_param(signer->key, name, &value);
    assert(worked == 1);
    int len = bytes > 0 ? bytes : BN_num_bytes(value);
    unsigned char *out = ARENA_ARRAY(arena, unsigned char, (size_t)len);
    BN_bn2binpad(value, out, len);
    BN_free(value);
    return encode_base64url(arena, (struct str){(const char *)out, (size_t)len});
}

struct str signer_jwk(struct arena *arena, const struct signer *signer, const char *more)
{
    struct text out = {.arena = arena};
    text_addf(&out, "{\"kid\":\"" STR_FMT "\"%s,", STR_ARG(signer->kid), more);
    unsigned char raw[32];
    size_t bytes = sizeof(raw);
    switch (signer->kind) {
    case JOSE_KEY_RSA:
        text_addf(&out, "\"kty\":\"RSA\",\"n\":\"" STR_FMT "\",\"e\":\"" STR_FMT "\"}",
                  STR_ARG(number(arena, signer, OSSL_PKEY_PARAM_RSA_N, 0)),
                  STR_ARG(number(arena, signer, OSSL_PKEY_PARAM_RSA_E, 0)));
        break;
    case JOSE_KEY_P256:
        text_addf(&out,
                  "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" STR_FMT "\",\"y\":\"" STR_FMT "\"}",
                  STR_ARG(number(arena, signer, OSSL_PKEY_PARAM_EC_PUB_X, 32)),
                  STR_ARG(number(arena, signer, OSSL_PKEY_PARAM_EC_PUB_Y, 32)));
        break;
    case JOSE_KEY_ED25519:
        EVP_PKEY_get_raw_public_key(signer->key, raw, &bytes);
        text_addf(&out, "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" STR_FMT "\"}",
                  STR_ARG(encode_base64url(arena, (struct str){(const char *)raw, bytes})));
        break;
    case JOSE_KEY_KIND_COUNT:
        assert(false && "no such kind of key");
    }
    return text_str(&out);
}

struct str signer_jwks(struct arena *arena, const struct signer *one, const struct signer *two)
{
    struct text out = {.arena = arena};
    text_add(&out, STR("{\"keys\":["));
    text_add(&out, signer_jwk(arena, one, ""));
    if (two) {
        text_add_char(&out, ',');
        text_add(&out, signer_jwk(arena, two, ""));
    }
    text_add(&out, STR("]}"));
    return text_str(&out);
}

static struct str join(struct arena *arena, struct str head, struct str payload)
{
    return str_format(arena, STR_FMT "." STR_FMT, STR_ARG(encode_base64url(arena, head)),
                      STR_ARG(encode_base64url(arena, payload)));
}

/* The two numbers of an ECDSA signature, 32 bytes each. */
static size_t raw_signature(unsigned char *signature, size_t bytes)
{
    const unsigned char *at = signature;
    ECDSA_SIG *numbers = d2i_ECDSA_SIG(NULL, &at, (long)bytes);
    assert(numbers);
    unsigned char raw[64];
    BN_bn2binpad(ECDSA_SIG_get0_r(numbers), raw, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(numbers), raw + 32, 32);
    ECDSA_SIG_free(numbers);
    memcpy(signature, raw, sizeof(raw));
    return sizeof(raw);
}

struct str signer_sign_text(struct arena *arena, const struct signer *signer,
                            enum jose_algorithm algorithm, struct str text)
{
    unsigned char signature[1024];
    size_t bytes = sizeof(signature);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *details;
    const EVP_MD *hash = algorithm == JOSE_EDDSA ? NULL : EVP_sha256();
    int worked = EVP_DigestSignInit(context, &details, hash, NULL, signer->key);
    if (algorithm == JOSE_PS256) {
        worked &= EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) == 1;
        worked &= EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) == 1;
    }
    worked &= EVP_DigestSign(context, signature, &bytes, (const unsigned char *)text.at, text.len);
    assert(worked == 1);
    EVP_MD_CTX_free(context);
    bytes = algorithm == JOSE_ES256 ? raw_signature(signature, bytes) : bytes;
    return str_format(
        arena, STR_FMT "." STR_FMT, STR_ARG(text),
        STR_ARG(encode_base64url(arena, (struct str){(const char *)signature, bytes})));
}

struct str signer_sign(struct arena *arena, const struct signer *signer,
                       enum jose_algorithm algorithm, struct str head, struct str payload)
{
    return signer_sign_text(arena, signer, algorithm, join(arena, head, payload));
}

struct str signer_token(struct arena *arena, const struct signer *signer,
                        enum jose_algorithm algorithm, struct str payload)
{
    struct str head = str_format(arena, "{\"alg\":\"" STR_FMT "\",\"kid\":\"" STR_FMT "\"}",
                                 STR_ARG(jose_algorithm_name(algorithm)), STR_ARG(signer->kid));
    return signer_sign(arena, signer, algorithm, head, payload);
}

struct str signer_hmac(struct arena *arena, struct str secret, struct str head, struct str payload)
{
    struct str text = join(arena, head, payload);
    unsigned char code[32];
    unsigned bytes = sizeof(code);
    HMAC(EVP_sha256(), secret.at, (int)secret.len, (const unsigned char *)text.at, text.len, code,
         &bytes);
    return str_format(arena, STR_FMT "." STR_FMT, STR_ARG(text),
                      STR_ARG(encode_base64url(arena, (struct str){(const char *)code, bytes})));
}

struct str signer_pem(struct arena *arena, const struct signer *signer)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *at;
    int worked = PEM_write_bio_PUBKEY(bio, signer->key);
    assert(worked == 1);
    long bytes = BIO_get_mem_data(bio, &at);
    struct str pem = str_copy(arena, (struct str){at, (size_t)bytes});
    BIO_free(bio);
    return pem;
}

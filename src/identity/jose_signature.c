/*
 * identity/jose_signature.c - whether a signature holds, by OpenSSL.
 *
 * Read first: identity/jose.h; RFC 7518, sections 3.3 to 3.5, and RFC 8037, section 3.1.
 * Start at: jose_signature_holds().
 *
 * What must hold: whatever OpenSSL cannot do with a key or a signature means that it does not hold.
 */
#include <assert.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "identity/jose_int.h"

#define P256_BYTES 32
#define DER_BYTES_MAX 80 /* of two numbers of 33 bytes with their heads */

DEFER_DEFINE(BN_free, BIGNUM *);
DEFER_DEFINE(ECDSA_SIG_free, ECDSA_SIG *);
DEFER_DEFINE(EVP_MD_CTX_free, EVP_MD_CTX *);
DEFER_DEFINE(EVP_PKEY_CTX_free, EVP_PKEY_CTX *);
DEFER_DEFINE(EVP_PKEY_free, EVP_PKEY *);
DEFER_DEFINE(OSSL_PARAM_BLD_free, OSSL_PARAM_BLD *);
DEFER_DEFINE(OSSL_PARAM_free, OSSL_PARAM *);

static const unsigned char *bytes_of(struct str s)
{
    return (const unsigned char *)str_print_bytes(s);
}

/* A public key of its parameters, or NULL. */
static EVP_PKEY *key_from(const char *type, OSSL_PARAM_BLD *builder)
{
    DEFER(OSSL_PARAM_free) OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    DEFER(EVP_PKEY_CTX_free) EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *key = NULL;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        return NULL;
    }
    return key;
}

static EVP_PKEY *rsa_key(const struct jose_key *key)
{
    DEFER(OSSL_PARAM_BLD_free) OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    DEFER(BN_free) BIGNUM *modulus = BN_bin2bn(bytes_of(key->a), (int)key->a.len, NULL);
    DEFER(BN_free) BIGNUM *exponent = BN_bin2bn(bytes_of(key->b), (int)key->b.len, NULL);
    if (!builder || !modulus || !exponent ||
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent) != 1) {
        return NULL;
    }
    return key_from("RSA", builder);
}

/* OpenSSL refuses a point that does not lie on the curve. */
static EVP_PKEY *p256_key(const struct jose_key *key)
{
    unsigned char point[1 + 2 * P256_BYTES] = {4}; /* uncompressed: SEC 1, section 2.3.3 */
    assert(key->a.len == P256_BYTES && key->b.len == P256_BYTES);
    memcpy(point + 1, key->a.at, P256_BYTES);
    memcpy(point + 1 + P256_BYTES, key->b.at, P256_BYTES);
    DEFER(OSSL_PARAM_BLD_free) OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
            1 ||
        OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point)) !=
            1) {
        return NULL;
    }
    return key_from("EC", builder);
}

static EVP_PKEY *key_new(const struct jose_key *key)
{
    switch (key->kind) {
    case JOSE_KEY_RSA:
        return rsa_key(key);
    case JOSE_KEY_P256:
        return p256_key(key);
    case JOSE_KEY_ED25519:
        return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes_of(key->a), key->a.len);
    case JOSE_KEY_KIND_COUNT:
        break;
    }
    assert(false && "no such kind of key");
    return NULL;
}

/* The two numbers of an ES256 signature as DER, which OpenSSL wants; 0 when they are not two. */
static size_t p256_signature(struct str signature, unsigned char der[DER_BYTES_MAX])
{
    if (signature.len != 2 * P256_BYTES) {
        return 0;
    }
    DEFER(ECDSA_SIG_free) ECDSA_SIG *numbers = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(bytes_of(signature), P256_BYTES, NULL);
    BIGNUM *s = BN_bin2bn(bytes_of(signature) + P256_BYTES, P256_BYTES, NULL);
    if (!numbers || !r || !s || ECDSA_SIG_set0(numbers, r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return 0;
    }
    unsigned char *out = der;
    int bytes = i2d_ECDSA_SIG(numbers, NULL);
    if (bytes <= 0 || bytes > DER_BYTES_MAX || i2d_ECDSA_SIG(numbers, &out) != bytes) {
        return 0;
    }
    return (size_t)bytes;
}

static bool verify(EVP_PKEY *key, enum jose_algorithm algorithm, struct str signed_text,
                   struct str signature)
{
    unsigned char der[DER_BYTES_MAX];
    const unsigned char *at = bytes_of(signature);
    size_t bytes = signature.len;
    DEFER(EVP_MD_CTX_free) EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *details = NULL; /* belongs to the context */
    const EVP_MD *hash = algorithm == JOSE_EDDSA ? NULL : EVP_sha256();
    if (!context || EVP_DigestVerifyInit(context, &details, hash, NULL, key) != 1) {
        return false;
    }
    if (algorithm == JOSE_PS256 &&
        (EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) != 1 ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(details, RSA_PSS_SALTLEN_DIGEST) != 1)) {
        return false;
    }
    if (algorithm == JOSE_ES256) {
        bytes = p256_signature(signature, der);
        at = der;
    }
    return bytes > 0 &&
           EVP_DigestVerify(context, at, bytes, bytes_of(signed_text), signed_text.len) == 1;
}

bool jose_signature_holds(const struct jose_key *key, enum jose_algorithm algorithm,
                          struct str signed_text, struct str signature)
{
    assert((jose_kind_algorithms(key->kind) & JOSE_SET(algorithm)) != 0);
    DEFER(EVP_PKEY_free) EVP_PKEY *made = key_new(key);
    bool holds = made && verify(made, algorithm, signed_text, signature);
    ERR_clear_error();
    return holds;
}

/*
 * identity/sealed.c - see sealed.h.
 */
#include "identity/sealed.h"

#include <assert.h>
#include <sodium.h>

#include "base/arena.h"
#include "identity/encode.h"
#include "identity/random.h"
#include "store/secret_file.h"

#define VERSION '\1'
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define PROOF_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEAD_BYTES (1 + NONCE_BYTES)

/* The line of a key's file. */
#define KEY_START "handrail-seal-1 "

_Static_assert(SEALED_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "of the cipher");

/* ---- The key --------------------------------------------------------------------------------- */

MUST_USE static struct result key_parse(struct arena *arena, struct str line, struct str path,
                                        struct sealed_key *out)
{
    struct str bytes = {0};
    size_t start = sizeof(KEY_START) - 1;
    if (!str_starts(line, STR(KEY_START)) ||
        !encode_base64url_read(arena, str_slice(line, start, line.len), &bytes) ||
        bytes.len != SEALED_KEY_BYTES) {
        return result_fail(RESULT_CODE_CORRUPT,
                           "the key of the secrets is not as it was written: put the file back "
                           "from a copy",
                           path);
    }
    memcpy(out->bytes, bytes.at, SEALED_KEY_BYTES);
    return RESULT_OK;
}

MUST_USE static struct result key_read(struct arena *arena, struct str path, bool *is_there,
                                       struct sealed_key *out)
{
    struct secret_line line;
    TRY(secret_file_read(arena, path, is_there, &line));
    struct result known = *is_there ? key_parse(arena, line.text, path, out) : RESULT_OK;
    sodium_memzero(&line, sizeof line);
    return known;
}

static struct str key_line(struct arena *arena, const struct sealed_key *key)
{
    struct str encoded =
        encode_base64url(arena, (struct str){(const char *)key->bytes, SEALED_KEY_BYTES});
    return str_format(arena, KEY_START STR_FMT, STR_ARG(encoded));
}

struct result sealed_key_open(struct arena *arena, struct str path, struct sealed_key *out)
{
    bool is_there = false;
    if (sodium_init() < 0) {
        return result_fail(RESULT_CODE_IO, "this machine has no source of random numbers",
                           (struct str){0});
    }
    TRY(key_read(arena, path, &is_there, out));
    if (is_there) {
        return RESULT_OK;
    }
    identity_random(out->bytes, sizeof(out->bytes));
    struct result written = secret_file_write(arena, path, key_line(arena, out));
    return written.code == RESULT_CODE_EXISTS ? key_read(arena, path, &is_there, out) : written;
}

/* ---- Secrets --------------------------------------------------------------------------------- */

struct str sealed_write(struct arena *arena, const struct sealed_key *key, struct str purpose,
                        struct str bytes)
{
    assert(bytes.len <= SEALED_BYTES_MAX);
    size_t length = HEAD_BYTES + bytes.len + PROOF_BYTES;
    unsigned char *out = arena_alloc(arena, length);
    out[0] = VERSION;
    identity_random(out + 1, NONCE_BYTES);
    int failed = crypto_aead_xchacha20poly1305_ietf_encrypt(
        out + HEAD_BYTES, NULL, (const unsigned char *)bytes.at, bytes.len,
        (const unsigned char *)purpose.at, purpose.len, NULL, out + 1, key->bytes);
    assert(failed == 0);
    return (struct str){(const char *)out, length};
}

struct result sealed_read(struct arena *arena, const struct sealed_key *key, struct str purpose,
                          struct str sealed, struct str *bytes)
{
    const unsigned char *in = (const unsigned char *)sealed.at;
    bool is_fit = sealed.len >= HEAD_BYTES + PROOF_BYTES && in[0] == VERSION &&
                  sealed.len <= HEAD_BYTES + SEALED_BYTES_MAX + PROOF_BYTES;
    size_t length = is_fit ? sealed.len - HEAD_BYTES - PROOF_BYTES : 0;
    unsigned char *out = arena_alloc(arena, length + 1);
    if (!is_fit || crypto_aead_xchacha20poly1305_ietf_decrypt(
                       out, NULL, NULL, in + HEAD_BYTES, sealed.len - HEAD_BYTES,
                       (const unsigned char *)purpose.at, purpose.len, in + 1, key->bytes) != 0) {
        return result_fail(RESULT_CODE_CORRUPT,
                           "a secret cannot be read: it was sealed with another key than that of "
                           "the folder keys",
                           purpose);
    }
    *bytes = (struct str){(const char *)out, length};
    return RESULT_OK;
}

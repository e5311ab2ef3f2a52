/*
 * identity/sealed.c - see sealed.h.
 */
#include "identity/sealed.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "base/arena.h"
#include "identity/encode.h"
#include "identity/random.h"

#define VERSION '\1'
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define PROOF_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEAD_BYTES (1 + NONCE_BYTES)

/* The line of a key's file. */
#define KEY_START "handrail-seal-1 "
#define KEY_LINE_BYTES_MAX 200

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
    int file = open(str_cstr(arena, path), O_RDONLY | O_CLOEXEC);
    *is_there = file >= 0;
    if (file < 0) {
        return errno == ENOENT ? RESULT_OK
                               : result_fail(RESULT_CODE_IO,
                                             "the key of the secrets cannot be read: see who owns "
                                             "the file",
                                             path);
    }
    char line[KEY_LINE_BYTES_MAX];
    ssize_t length = read(file, line, sizeof(line));
    close(file);
    return key_parse(arena, str_trim((struct str){line, length > 0 ? (size_t)length : 0}), path,
                     out);
}

/* Complete under another name first: a key is never there in part. EXISTS: somebody was faster. */
MUST_USE static struct result key_write(struct arena *arena, struct str path,
                                        const struct sealed_key *key)
{
    struct str encoded =
        encode_base64url(arena, (struct str){(const char *)key->bytes, SEALED_KEY_BYTES});
    struct str line = str_format(arena, KEY_START STR_FMT "\n", STR_ARG(encoded));
    const char *name = str_cstr(arena, path);
    const char *part =
        str_cstr(arena, str_format(arena, STR_FMT ".%ld", STR_ARG(path), (long)getpid()));
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool is_written =
        file >= 0 && write(file, line.at, line.len) == (ssize_t)line.len && fsync(file) == 0;
    if (file >= 0) {
        close(file);
    }
    bool is_linked = is_written && link(part, name) == 0;
    bool is_there = is_written && !is_linked && errno == EEXIST;
    (void)unlink(part);
    if (is_linked) {
        return RESULT_OK;
    }
    return is_there ? result_fail(RESULT_CODE_EXISTS, "the key of the secrets is there", path)
                    : result_fail(RESULT_CODE_IO,
                                  "the key of the secrets cannot be written: see that its folder "
                                  "is there, and who owns it",
                                  path);
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
    struct result written = key_write(arena, path, out);
    if (written.code == RESULT_CODE_EXISTS) {
        return key_read(arena, path, &is_there, out);
    }
    return written;
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

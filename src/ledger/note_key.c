/*
 * ledger/note_key.c - keys: made, named, numbered, written and read.
 *
 * Read first: ledger/note.h; C2SP signed-note, "Signatures" and "Verifier keys"; the package
 * golang.org/x/mod/sumdb/note for the form of private keys.
 */
#include <sodium.h>

#include "base/arena.h"
#include "base/hex.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "ledger/lines_int.h"
#include "ledger/note_int.h"

_Static_assert(NOTE_PUBLIC_KEY_BYTES == crypto_sign_PUBLICKEYBYTES, "of Ed25519");
_Static_assert(NOTE_SEED_BYTES == crypto_sign_SEEDBYTES, "of Ed25519");
_Static_assert(NOTE_SECRET_BYTES == crypto_sign_SECRETKEYBYTES, "of Ed25519: seed, public key");

#define PRIVATE_START "PRIVATE+KEY+"
#define ID_DIGITS 8

/* The specification's numbers of signature types. */
static const unsigned char type_bytes[NOTE_KEY_COUNT] = {
    [NOTE_KEY_PLAIN] = 0x01,
    [NOTE_KEY_WITNESS] = 0x04,
};

struct result note_start(void)
{
    if (sodium_init() < 0) {
        return result_fail(RESULT_CODE_IO, "This machine has no source of random numbers", STR(""));
    }
    return RESULT_OK;
}

bool note_name_form_is_good(struct str name)
{
    if (name.len == 0 || !utf8_valid(name)) {
        return false;
    }
    for (size_t at = 0; at < name.len;) {
        uint32_t c = 0;
        at += utf8_decode(name, at, &c);
        if (c == '+' || c < 0x20 || lines_is_space(c)) {
            return false;
        }
    }
    return true;
}

bool note_name_is_good(struct str name)
{
    return name.len <= NOTE_NAME_BYTES_MAX && note_name_form_is_good(name);
}

static uint32_t id_of(const struct note_key *key)
{
    unsigned char hash[SHA256_BYTES];
    struct sha256 state = sha256_begin();
    sha256_add(&state, key->name.at, key->name.len);
    sha256_add(&state, "\n", 1);
    sha256_add(&state, &type_bytes[key->kind], 1);
    sha256_add(&state, key->public_key, NOTE_PUBLIC_KEY_BYTES);
    sha256_end(&state, hash);
    return (uint32_t)lines_big_endian_read((const char *)hash, 4);
}

struct result note_signer_from_seed(struct str name, enum note_key_kind kind,
                                    const unsigned char seed[NOTE_SEED_BYTES],
                                    struct note_signer *out)
{
    if (!note_name_is_good(name)) {
        return result_fail(RESULT_CODE_INVALID,
                           "A key's name has 1 to 255 bytes, no space and no plus sign", name);
    }
    *out = (struct note_signer){.key = {.kind = kind, .name = name}};
    crypto_sign_seed_keypair(out->key.public_key, out->secret, seed);
    out->key.id = id_of(&out->key);
    return RESULT_OK;
}

struct result note_signer_new(struct str name, enum note_key_kind kind, struct note_signer *out)
{
    unsigned char seed[NOTE_SEED_BYTES];
    randombytes_buf(seed, sizeof(seed));
    struct result result = note_signer_from_seed(name, kind, seed, out);
    sodium_memzero(seed, sizeof(seed));
    return result;
}

void note_signer_forget(struct note_signer *signer)
{
    sodium_memzero(signer, sizeof(*signer));
}

struct str note_key_id_write(struct arena *arena, uint32_t id)
{
    return str_format(arena, "%08x", (unsigned)id);
}

/* NAME+HASH+BASE64 of the kind and 32 bytes. */
static void add_key(struct text *out, const struct note_key *key,
                    const unsigned char bytes[NOTE_PUBLIC_KEY_BYTES])
{
    unsigned char typed[1 + NOTE_PUBLIC_KEY_BYTES];
    typed[0] = type_bytes[key->kind];
    memcpy(typed + 1, bytes, NOTE_PUBLIC_KEY_BYTES);
    text_add(out, key->name);
    text_addf(out, "+" STR_FMT "+", STR_ARG(note_key_id_write(out->arena, key->id)));
    text_add(out, lines_base64_write(out->arena, typed, sizeof(typed)));
    sodium_memzero(typed, sizeof(typed));
}

struct str note_key_write(struct arena *arena, const struct note_key *key)
{
    struct text out = {.arena = arena};
    add_key(&out, key, key->public_key);
    return text_str(&out);
}

struct str note_signer_write(struct arena *arena, const struct note_signer *signer)
{
    struct text out = {.arena = arena};
    text_add(&out, STR(PRIVATE_START));
    add_key(&out, &signer->key, signer->secret); /* which begins with the seed */
    return text_str(&out);
}

bool note_key_id_read(struct str digits, uint32_t *out)
{
    unsigned char bytes[ID_DIGITS / 2];
    if (!hex_read(digits, bytes, sizeof bytes)) {
        return false;
    }
    *out = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    return true;
}

/* The three parts; whether the id is right is for the callers, who know the public key. */
MUST_USE static struct result key_parts(struct str line, struct note_key *out,
                                        unsigned char bytes[NOTE_PUBLIC_KEY_BYTES])
{
    struct str id, code, rest;
    unsigned char typed[1 + NOTE_PUBLIC_KEY_BYTES];
    *out = (struct note_key){.kind = NOTE_KEY_COUNT};
    if (!str_cut(line, '+', &out->name, &rest) || !str_cut(rest, '+', &id, &code) ||
        !note_key_id_read(id, &out->id)) {
        return result_fail(RESULT_CODE_INVALID,
                           "A key has the form NAME+HASH+KEY, with eight digits for the hash",
                           STR(""));
    }
    if (!note_name_is_good(out->name)) {
        return result_fail(RESULT_CODE_INVALID,
                           "A key's name has 1 to 255 bytes, no space and no plus sign", out->name);
    }
    if (!lines_base64_read_exactly(code, typed, sizeof(typed))) {
        return result_fail(RESULT_CODE_INVALID, "The last part of a key is not of an Ed25519 key",
                           out->name);
    }
    for (unsigned kind = 0; kind < NOTE_KEY_COUNT; kind++) {
        if (type_bytes[kind] == typed[0]) {
            out->kind = (enum note_key_kind)kind;
        }
    }
    memcpy(bytes, typed + 1, NOTE_PUBLIC_KEY_BYTES);
    sodium_memzero(typed, sizeof(typed));
    if (out->kind == NOTE_KEY_COUNT) {
        return result_fail(RESULT_CODE_UNSUPPORTED, "This program does not know this kind of key",
                           out->name);
    }
    return RESULT_OK;
}

struct result note_key_read(struct str line, struct note_key *out)
{
    struct note_key key;
    unsigned char bytes[NOTE_PUBLIC_KEY_BYTES];
    TRY(key_parts(line, &key, bytes));
    memcpy(key.public_key, bytes, NOTE_PUBLIC_KEY_BYTES);
    if (key.id != id_of(&key)) {
        return result_fail(RESULT_CODE_INVALID,
                           "The hash of the key is not right: was it copied whole?", key.name);
    }
    *out = key;
    return RESULT_OK;
}

MUST_USE static struct result signer_read(struct str line, struct note_signer *out,
                                          unsigned char seed[NOTE_SEED_BYTES])
{
    struct note_key key;
    TRY(key_parts(line, &key, seed));
    TRY(note_signer_from_seed(key.name, key.kind, seed, out));
    if (key.id != out->key.id) {
        note_signer_forget(out);
        return result_fail(RESULT_CODE_INVALID,
                           "The hash of the private key is not right: was it copied whole?",
                           key.name);
    }
    return RESULT_OK;
}

struct result note_signer_read(struct str line, struct note_signer *out)
{
    unsigned char seed[NOTE_SEED_BYTES];
    if (!str_starts(line, STR(PRIVATE_START))) {
        return result_fail(RESULT_CODE_INVALID, "A private key begins with " PRIVATE_START,
                           STR(""));
    }
    line = str_slice(line, sizeof(PRIVATE_START) - 1, line.len);
    struct result result = signer_read(line, out, seed);
    sodium_memzero(seed, sizeof(seed));
    return result;
}

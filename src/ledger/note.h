/*
 * ledger/note.h - a text that is signed with one or more keys, and the keys.
 *
 * C2SP signed-note (https://c2sp.org/signed-note) with Ed25519, and the witnesses' cosignatures of
 * C2SP tlog-cosignature (cosignature/v1). The keys are written as golang.org/x/mod/sumdb/note
 * writes them. A note:
 *
 *     any text, of one or more lines
 *
 *     — example.org/ledger NnugSzTjtVAewIS+Z/iJhUPeFDkO...
 *
 * Start at: note_sign, note_open. Checkpoints (ledger/checkpoint.h) and receipts
 * (ledger/receipt.h) are notes.
 *
 * What must hold
 * - The text of a note is not used before note_open has said that it is good.
 * - A signature of a key that is not known is ignored. One of a known key must be right: if it is
 *   not, the whole note is refused.
 * - There is one way to write a note and a key: base64 with padding and no stray bits, hexadecimal
 *   in small letters.
 * - note_start has been called, once, before anything else that makes or uses a key.
 */
#ifndef HANDRAIL_LEDGER_NOTE_H
#define HANDRAIL_LEDGER_NOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "base/str.h"

#define NOTE_BYTES_MAX ((size_t)1000000) /* of a whole note, as in Go */
#define NOTE_SIGNATURES_MAX 100          /* as in Go; the specification asks for 16 at least */
#define NOTE_NAME_BYTES_MAX 255          /* of a key's name */
#define NOTE_KEYS_MAX 64                 /* known to whoever opens a note */
#define NOTE_SIGNATURE_BYTES_MAX 8192    /* of one; those after quantum computers have 5,000 */

#define NOTE_PUBLIC_KEY_BYTES 32
#define NOTE_SEED_BYTES 32
#define NOTE_SECRET_BYTES 64

enum note_key_kind {
    NOTE_KEY_PLAIN,   /* Ed25519 over the text: of a ledger, and for receipts */
    NOTE_KEY_WITNESS, /* cosignature/v1: Ed25519 over a time and the text of a checkpoint */
    NOTE_KEY_COUNT
};

/* A key that verifies. The name tells keys apart and should be an address without a scheme. */
struct note_key {
    enum note_key_kind kind;
    struct str name; /* borrowed; no white space, no plus sign */
    uint32_t id;     /* the first four bytes of SHA-256 over name, line feed, kind and public key */
    unsigned char public_key[NOTE_PUBLIC_KEY_BYTES];
};

/* A key that signs. note_signer_forget wipes it from memory. */
struct note_signer {
    struct note_key key;
    unsigned char secret[NOTE_SECRET_BYTES];
};

/* Makes the library for signatures ready; safe to call more than once. */
MUST_USE struct result note_start(void);

/* A name that a key may have: UTF-8, not empty, not too long, no white space, no plus sign. */
bool note_name_is_good(struct str name);

/* A new pair of keys from random bytes, or always the same from a seed. */
MUST_USE struct result note_signer_new(struct str name, enum note_key_kind kind,
                                       struct note_signer *out);
MUST_USE struct result note_signer_from_seed(struct str name, enum note_key_kind kind,
                                             const unsigned char seed[NOTE_SEED_BYTES],
                                             struct note_signer *out);
void note_signer_forget(struct note_signer *signer);

/* The id of a key as eight hexadecimal digits, and back. False for anything else. */
struct str note_key_id_write(struct arena *arena, uint32_t id);
bool note_key_id_read(struct str digits, uint32_t *out) __attribute__((warn_unused_result));

/*
 * Keys as text of one line without its end. For those who verify: NAME+HASH+BASE64, with the id
 * in hexadecimal. For the one who signs: PRIVATE+KEY+NAME+HASH+BASE64. What is read borrows.
 */
struct str note_key_write(struct arena *arena, const struct note_key *key);
MUST_USE struct result note_key_read(struct str line, struct note_key *out);
struct str note_signer_write(struct arena *arena, const struct note_signer *signer);
MUST_USE struct result note_signer_read(struct str line, struct note_signer *out);

struct note_signature {
    struct str name;
    uint32_t id;
    struct str bytes;           /* what follows the id */
    const struct note_key *key; /* whose it is, when note_verify found it right; else NULL */
    uint64_t time_s;            /* of a witness's: when it was made, since 1970; else 0 */
};

struct note {
    struct arena *arena; /* of note_read */
    struct str text;     /* with its last line feed */
    struct note_signature *signatures;
    size_t signature_count; /* at least 1 */
};

/* The form alone; no signature is looked at. For what must not be trusted. */
MUST_USE struct result note_read(struct arena *arena, struct str message, struct note *out);

/*
 * The signatures of known keys: REFUSED when one is wrong, or when there is none. `keys` must live
 * as long as the note.
 */
MUST_USE struct result note_verify(struct note *note, const struct note_key *keys,
                                   size_t key_count);

/* note_read and note_verify. */
MUST_USE struct result note_open(struct arena *arena, struct str message,
                                 const struct note_key *keys, size_t key_count, struct note *out);

/* After note_verify: whether it bears a right signature of this one of the keys. */
bool note_is_signed_by(const struct note *note, const struct note_key *key);

/* The text, which must end in a line feed, signed by plain keys: one line for each. */
MUST_USE struct result note_sign(struct arena *arena, struct str text,
                                 const struct note_signer *signers, size_t signer_count,
                                 struct str *out);

/* The same note with one signature more: of a plain key, or of a witness at that time. */
MUST_USE struct result note_sign_more(struct arena *arena, struct str message,
                                      const struct note_signer *signer, uint64_t time_s,
                                      struct str *out);

#endif

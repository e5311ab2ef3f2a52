/*
 * ledger/note.c - notes: read, verified, signed.
 *
 * Read first: ledger/note.h; C2SP signed-note and tlog-cosignature.
 * Start at: note_read, note_verify, note_sign.
 */
#include "ledger/note.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "ledger/lines_int.h"
#include "ledger/note_int.h"

#define DASH "\xE2\x80\x94 " /* U+2014 and a space begin a line with a signature */
#define ID_BYTES 4
#define TIME_BYTES 8

/* UTF-8 without control characters other than the line feed. */
static bool characters_are_good(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < 0x20 && text.at[i] != '\n') {
            return false;
        }
    }
    return utf8_valid(text);
}

/* Splits behind the last empty line. */
static bool cut_at_last_empty_line(struct str message, struct str *text, struct str *signatures)
{
    for (size_t at = message.len; at >= 2; at--) {
        if (message.at[at - 1] == '\n' && message.at[at - 2] == '\n') {
            *text = str_slice(message, 0, at - 1);
            *signatures = str_slice(message, at, message.len);
            return true;
        }
    }
    return false;
}

MUST_USE static struct result read_signature(struct arena *arena, struct str line,
                                             struct note_signature *out)
{
    struct str name, code, bytes;
    if (!str_starts(line, STR(DASH)) ||
        !str_cut(str_slice(line, sizeof(DASH) - 1, line.len), ' ', &name, &code) ||
        !note_name_form_is_good(name)) {
        return result_fail(RESULT_CODE_INVALID,
                           "A signature has the form: long dash, name of the key, signature", line);
    }
    if (!lines_base64_read(arena, code, NOTE_SIGNATURE_BYTES_MAX, &bytes) ||
        bytes.len <= ID_BYTES) {
        return result_fail(RESULT_CODE_INVALID, "This signature is not whole", line);
    }
    *out = (struct note_signature){
        .name = name,
        .id = (uint32_t)lines_big_endian_read(bytes.at, ID_BYTES),
        .bytes = str_slice(bytes, ID_BYTES, bytes.len),
    };
    return RESULT_OK;
}

struct result note_read(struct arena *arena, struct str message, struct note *out)
{
    struct str text, rest, line;
    if (message.len > NOTE_BYTES_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "A signed text has at most 1,000,000 bytes", STR(""));
    }
    if (!characters_are_good(message)) {
        return result_fail(RESULT_CODE_INVALID, "A signed text is UTF-8 without control characters",
                           STR(""));
    }
    if (!cut_at_last_empty_line(message, &text, &rest) || rest.len == 0 ||
        !str_ends(rest, STR("\n"))) {
        return result_fail(RESULT_CODE_INVALID,
                           "A signed text ends in an empty line and lines with signatures",
                           STR(""));
    }
    struct note note = {.arena = arena, .text = text};
    note.signatures = ARENA_ARRAY(arena, struct note_signature, NOTE_SIGNATURES_MAX);
    while (lines_next(&rest, &line)) {
        if (note.signature_count == NOTE_SIGNATURES_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "A signed text has at most 100 signatures",
                               STR(""));
        }
        TRY(read_signature(arena, line, &note.signatures[note.signature_count]));
        note.signature_count++;
    }
    *out = note;
    return RESULT_OK;
}

/* What a witness signs: C2SP tlog-cosignature, "Ed25519 signed message". */
static struct str witness_message(struct arena *arena, struct str text, uint64_t time_s)
{
    struct text out = {.arena = arena};
    text_addf(&out, "cosignature/v1\ntime %" PRIu64 "\n", time_s);
    text_add(&out, text);
    return text_str(&out);
}

static bool ed25519_is_right(const struct note_key *key, struct str signature, struct str message)
{
    return signature.len == crypto_sign_BYTES &&
           crypto_sign_verify_detached((const unsigned char *)signature.at,
                                       (const unsigned char *)message.at, message.len,
                                       key->public_key) == 0;
}

static bool signature_is_right(const struct note *note, const struct note_key *key,
                               struct note_signature *signature)
{
    switch (key->kind) {
    case NOTE_KEY_PLAIN:
        return ed25519_is_right(key, signature->bytes, note->text);
    case NOTE_KEY_WITNESS: {
        if (signature->bytes.len < TIME_BYTES) {
            return false;
        }
        uint64_t time_s = lines_big_endian_read(signature->bytes.at, TIME_BYTES);
        struct str rest = str_slice(signature->bytes, TIME_BYTES, signature->bytes.len);
        signature->time_s = time_s;
        return time_s <= INT64_MAX &&
               ed25519_is_right(key, rest, witness_message(note->arena, note->text, time_s));
    }
    case NOTE_KEY_COUNT:
        break;
    }
    assert(false && "no such kind");
    return false;
}

static const struct note_key *find_key(const struct note_key *keys, size_t key_count,
                                       const struct note_signature *signature)
{
    for (size_t i = 0; i < key_count; i++) {
        if (keys[i].id == signature->id && str_equal(keys[i].name, signature->name)) {
            return &keys[i];
        }
    }
    return NULL;
}

struct result note_verify(struct note *note, const struct note_key *keys, size_t key_count)
{
    size_t right = 0;
    if (key_count > NOTE_KEYS_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "At most 64 keys can be known at once", STR(""));
    }
    for (size_t i = 0; i < note->signature_count; i++) {
        struct note_signature *signature = &note->signatures[i];
        const struct note_key *key = find_key(keys, key_count, signature);
        if (!key) {
            continue;
        }
        if (!signature_is_right(note, key, signature)) {
            return result_fail(RESULT_CODE_REFUSED,
                               "The text was changed, or was not signed by this key",
                               signature->name);
        }
        signature->key = key;
        right++;
    }
    if (right == 0) {
        return result_fail(RESULT_CODE_REFUSED, "None of the known keys has signed this text",
                           note->signatures[0].name);
    }
    return RESULT_OK;
}

struct result note_open(struct arena *arena, struct str message, const struct note_key *keys,
                        size_t key_count, struct note *out)
{
    struct note note;
    TRY(note_read(arena, message, &note));
    TRY(note_verify(&note, keys, key_count));
    *out = note;
    return RESULT_OK;
}

bool note_is_signed_by(const struct note *note, const struct note_key *key)
{
    for (size_t i = 0; i < note->signature_count; i++) {
        if (note->signatures[i].key == key) {
            return true;
        }
    }
    return false;
}

static void add_signature(struct text *out, struct str text, const struct note_signer *signer,
                          uint64_t time_s)
{
    unsigned char bytes[ID_BYTES + TIME_BYTES + crypto_sign_BYTES];
    struct str message = text;
    size_t at = ID_BYTES;
    lines_big_endian_write(signer->key.id, bytes, ID_BYTES);
    if (signer->key.kind == NOTE_KEY_WITNESS) {
        lines_big_endian_write(time_s, bytes + at, TIME_BYTES);
        at += TIME_BYTES;
        message = witness_message(out->arena, text, time_s);
    }
    crypto_sign_detached(bytes + at, NULL, (const unsigned char *)message.at, message.len,
                         signer->secret);
    at += crypto_sign_BYTES;
    text_add(out, STR(DASH));
    text_add(out, signer->key.name);
    text_add_char(out, ' ');
    text_add(out, lines_base64_write(out->arena, bytes, at));
    text_add_char(out, '\n');
}

MUST_USE static struct result within_limits(const struct text *message)
{
    if (message->len > NOTE_BYTES_MAX) {
        return result_fail(RESULT_CODE_LIMIT,
                           "This text is too long to be signed: 1,000,000 bytes at most", STR(""));
    }
    return RESULT_OK;
}

struct result note_sign(struct arena *arena, struct str text, const struct note_signer *signers,
                        size_t signer_count, struct str *out)
{
    struct text message = {.arena = arena};
    assert(signer_count >= 1 && signer_count <= NOTE_SIGNATURES_MAX);
    if (text.len > NOTE_BYTES_MAX || !str_ends(text, STR("\n")) || !characters_are_good(text)) {
        return result_fail(
            RESULT_CODE_INVALID,
            "Only whole lines of UTF-8 without control characters can be signed, 1,000,000 bytes",
            STR(""));
    }
    text_add(&message, text);
    text_add_char(&message, '\n');
    for (size_t i = 0; i < signer_count; i++) {
        if (signers[i].key.kind != NOTE_KEY_PLAIN) {
            return result_fail(RESULT_CODE_INVALID, "This is the key of a witness",
                               signers[i].key.name);
        }
        add_signature(&message, text, &signers[i], 0);
    }
    TRY(within_limits(&message));
    *out = text_str(&message);
    return RESULT_OK;
}

struct result note_sign_more(struct arena *arena, struct str message,
                             const struct note_signer *signer, uint64_t time_s, struct str *out)
{
    struct note note;
    struct text longer = {.arena = arena};
    assert(time_s <= INT64_MAX);
    TRY(note_read(arena, message, &note));
    if (note.signature_count == NOTE_SIGNATURES_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "A signed text has at most 100 signatures", STR(""));
    }
    text_add(&longer, message);
    add_signature(&longer, note.text, signer, time_s);
    TRY(within_limits(&longer));
    *out = text_str(&longer);
    return RESULT_OK;
}

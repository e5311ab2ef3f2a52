/*
 * fuzz/ledger_note_fuzz.c - any bytes at all as a note, a checkpoint, a key.
 *
 * Run it with tools/fuzz.sh ledger_note SECONDS. Read first: src/ledger/note.h, checkpoint.h.
 *
 * Modules: base ledger
 * Libraries: libsodium
 *
 * What must hold, beyond that no sanitizer complains
 * - What is read can be written again, and is then the same bytes.
 * - What can be signed is read back as it was; what is not of our key is not taken.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "ledger/checkpoint.h"
#include "ledger/lines_int.h"

#include "../tests/ledger/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static struct str written(struct arena *arena, const struct note *note)
{
    struct text out = {.arena = arena};
    text_add(&out, note->text);
    text_add_char(&out, '\n');
    for (size_t i = 0; i < note->signature_count; i++) {
        const struct note_signature *signature = &note->signatures[i];
        struct text code = {.arena = arena};
        for (int shift = 24; shift >= 0; shift -= 8) {
            text_add_char(&code, (char)(unsigned char)(signature->id >> shift));
        }
        text_add(&code, signature->bytes);
        text_add(&out, STR("\xE2\x80\x94 "));
        text_add(&out, signature->name);
        text_add_char(&out, ' ');
        text_add(&out, lines_base64_write(arena, code.at, code.len));
        text_add_char(&out, '\n');
    }
    return text_str(&out);
}

static void try_key(struct arena *arena, struct str input)
{
    struct note_key key;
    struct note_signer signer;
    if (result_is_ok(note_key_read(input, &key))) {
        assert(str_equal(note_key_write(arena, &key), input));
    }
    if (result_is_ok(note_signer_read(input, &signer))) {
        assert(str_equal(note_signer_write(arena, &signer), input));
    }
}

static void try_checkpoint(struct arena *arena, struct str text)
{
    struct checkpoint checkpoint;
    if (result_is_ok(checkpoint_read(arena, text, &checkpoint))) {
        assert(str_equal(checkpoint_write(arena, &checkpoint), text));
    }
}

static void try_signing(struct arena *arena, struct str text, const struct note_signer *signer)
{
    struct str message;
    struct note note;
    if (result_is_ok(note_sign(arena, text, signer, 1, &message))) {
        struct result opened = note_open(arena, message, &signer->key, 1, &note);
        assert(result_is_ok(opened));
        assert(str_equal(note.text, text));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str input = {(const char *)data, bytes};
    struct note_signer signers[] = {
        keys_signer(STR("example.org/ledger"), NOTE_KEY_PLAIN, 1),
        keys_signer(STR("witness.example/1"), NOTE_KEY_WITNESS, 3),
    };
    struct note_key keys[] = {signers[0].key, signers[1].key};
    struct note note;
    try_key(arena, input);
    try_checkpoint(arena, input);
    try_signing(arena, input, &signers[0]);
    if (!result_is_ok(note_read(arena, input, &note))) {
        return 0;
    }
    assert(note.signature_count >= 1 && note.signature_count <= NOTE_SIGNATURES_MAX);
    assert(str_equal(written(arena, &note), input));
    if (result_is_ok(note_verify(&note, keys, 2))) {
        assert(note_is_signed_by(&note, &keys[0]) || note_is_signed_by(&note, &keys[1]));
    }
    try_checkpoint(arena, note.text);
    try_signing(arena, note.text, &signers[0]);
    return 0;
}

/*
 * fuzz/ledger_receipt_fuzz.c - any bytes at all as the text of a receipt.
 *
 * Run it with tools/fuzz.sh ledger_receipt SECONDS. Read first: src/ledger/receipt.h.
 *
 * Modules: base ledger
 * Libraries: libsodium
 *
 * What must hold, beyond that no sanitizer complains
 * - What is read can be written again, and is then the same bytes.
 * - A receipt can be signed and opened, and is never a checkpoint.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "ledger/checkpoint.h"
#include "ledger/receipt.h"

#include "../tests/ledger/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str input = {(const char *)data, bytes}, again, message;
    struct receipt receipt, opened;
    struct checkpoint checkpoint;
    if (!result_is_ok(receipt_read(arena, input, &receipt))) {
        return 0;
    }
    struct result result = receipt_write(arena, &receipt, &again);
    assert(result_is_ok(result));
    assert(str_equal(again, input));
    assert(utf8_valid(input));
    assert(receipt.time_ms >= 0 && receipt.time_ms <= RECEIPT_TIME_MS_MAX);
    assert(!result_is_ok(checkpoint_read(arena, input, &checkpoint)));
    struct note_signer signer = keys_signer(STR("example.org/receipts"), NOTE_KEY_PLAIN, 1);
    result = receipt_sign(arena, &receipt, &signer, &message);
    assert(result_is_ok(result));
    result = receipt_open(arena, message, &signer.key, 1, &opened);
    assert(result_is_ok(result));
    return 0;
}

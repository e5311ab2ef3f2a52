/*
 * fuzz/told_fuzz.c - any bytes at all as what somebody said in "May I?", for a receipt.
 *
 * Run it with tools/fuzz.sh told SECONDS. Read first: src/told/receipt_of.h, fuzz/small_pack.h.
 *
 * Modules: base calendar pack screen policy decide interview ledger told
 * Libraries: libsodium
 *
 * Input that begins with "{" is JSON of a program, all else the form of a browser.
 *
 * What must hold, beyond that no sanitizer complains
 * - What is refused is refused as INVALID or LIMIT, and nothing is signed.
 * - What is signed opens with the key, says the verdict that was worked out, and is the same when
 *   it is asked for again.
 */
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "small_pack.h"
#include "told/receipt_of.h"

#include "../tests/ledger/keys.h"

#define TODAY ((struct civil_date){20000})

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const struct pack *the_pack(unsigned char digest[SHA256_BYTES])
{
    static struct pack pack;
    static struct arena *arena;
    static struct policy_image image;
    if (!arena) {
        arena = arena_open();
        image = small_pack_make(arena);
        const char *problem = pack_open(&pack, image.bytes, image.size);
        assert(!problem);
        (void)problem;
    }
    told_digest((struct str){(const char *)image.bytes, image.size}, digest);
    return &pack;
}

static bool form_of(struct arena *arena, struct str input, struct form *form)
{
    if (!str_starts(input, STR("{"))) {
        return form_read(arena, input, form) == NULL;
    }
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *answers = json_read(arena, STR("fuzz"), input, &diags);
    struct result read = told_form_of_json(arena, answers, form);
    assert(result_is_ok(read) || read.code == RESULT_CODE_INVALID);
    return result_is_ok(read);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer signer = keys_signer(STR("example.org/receipts"), NOTE_KEY_PLAIN, 1);
    unsigned char digest[SHA256_BYTES];
    struct form form;
    struct str note = {0}, again = {0};
    struct told_asked asked = {
        .pack = the_pack(digest), .digest = digest, .form = &form, .as_of = TODAY, .time_ms = 7};
    if (!form_of(arena, (struct str){(const char *)data, bytes}, &form)) {
        return 0;
    }
    asked.name = form_value(&form, STR("receipt-name"));
    struct result made = told_receipt(arena, &asked, &signer, &note);
    if (!result_is_ok(made)) {
        assert(made.code == RESULT_CODE_INVALID || made.code == RESULT_CODE_LIMIT);
        assert(str_is_empty(note));
        return 0;
    }
    struct receipt receipt;
    struct result opened = receipt_open(arena, note, &signer.key, 1, &receipt);
    assert(result_is_ok(opened));
    struct interview_turn *turn = interview_turn(arena, asked.pack, &form, TODAY);
    assert(str_equal(receipt.verdict, turn->answer->headline));
    made = told_receipt(arena, &asked, &signer, &again);
    assert(result_is_ok(made) && str_equal(note, again));
    return 0;
}

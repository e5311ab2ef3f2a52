/*
 * fuzz/pack_fuzz.c - any bytes at all given as the image of a pack, which is then asked.
 *
 * Run it with tools/fuzz.sh pack SECONDS. Read first: src/pack/image.h, fuzz/small_pack.h.
 *
 * Modules: base pack screen policy decide
 *
 * Input that begins with "EDIT" is a list of changes to a good image, eight bytes each: where, as
 * a number of four-byte words, and what to put there. Other input is an image as it is. In both
 * the size and the checksum are mended, since no chance would ever find them.
 *
 * What must hold, beyond that no sanitizer complains: an image that is opened can be asked, and
 * every answer is JSON.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "decide/decide.h"
#include "pack/build.h"
#include "small_pack.h"

#define MARK "EDIT"
#define ACTS_ASKED_MAX 3u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static struct policy_image good_image(void)
{
    static struct policy_image image;
    if (!image.bytes) {
        image = small_pack_make(arena_open());
    }
    return image;
}

static uint8_t *edited(struct arena *arena, const uint8_t *data, size_t bytes, size_t *size)
{
    struct policy_image good = good_image();
    uint8_t *image = arena_alloc(arena, good.size);
    memcpy(image, good.bytes, good.size);
    for (size_t at = 0; at + 8 <= bytes; at += 8) {
        uint32_t edit[2];
        memcpy(edit, data + at, sizeof edit);
        memcpy(image + edit[0] % (good.size / 4) * 4, &edit[1], sizeof edit[1]);
    }
    *size = good.size;
    return image;
}

static void image_mend(uint8_t *image, size_t size)
{
    struct pack_header header;
    if (size < sizeof header) {
        return;
    }
    memcpy(&header, image, sizeof header);
    header.size = (uint32_t)size;
    memcpy(image, &header, sizeof header);
    header.checksum = pack_checksum(image, size);
    memcpy(image, &header, sizeof header);
}

static void question_put(struct arena *arena, const struct decide_question *question)
{
    struct diag_list diags = diag_list_new(arena);
    struct text out = {.arena = arena};
    struct decide_answer *answer = decide_answer(arena, question, &diags);
    if (!answer) {
        assert(diag_error_count(&diags) >= 1);
        return;
    }
    decide_answer_write(answer, &out);
    assert(json_read(arena, STR("answer"), text_str(&out), &diags));
}

/* Asked three ways: nothing said, everything unknown, what is not said is not so. */
static void act_ask(const struct pack *pack, uint32_t act)
{
    for (int way = 0; way < 3; way++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct decide_question *question = decide_question_new(arena, pack, act);
        uint32_t person = way == 0 ? 0 : decide_question_add_person(question, STR("somebody"));
        question->is_otherwise_none = way == 2;
        for (uint32_t fact = 0; way == 1 && fact < pack->fact_count; fact++) {
            decide_give_state(question, pack->fact[fact].is_other != 0 ? person : 0, fact,
                              DECIDE_STATE_UNKNOWN);
        }
        struct decide_approval approval = {.role = 0,
                                           .clause = PACK_NONE,
                                           .state = PACK_APPROVAL_GRANTED,
                                           .platform = STR("linkedin")};
        if (pack->role_count != 0) {
            decide_add_approval(question, &approval);
        }
        question_put(arena, question);
    }
}

static void json_ask(const struct pack *pack, struct str json)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct decide_question *question =
        decide_question_read(arena, pack, STR("question"), json, &diags);
    if (question) {
        question_put(arena, question);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct pack pack;
    size_t size = bytes;
    uint8_t *image;
    if (bytes >= sizeof MARK - 1 && memcmp(data, MARK, sizeof MARK - 1) == 0) {
        image = edited(arena, data + sizeof MARK - 1, bytes - (sizeof MARK - 1), &size);
    } else {
        image = arena_alloc(arena, size);
        memcpy(image, data, size);
    }
    image_mend(image, size);
    if (pack_open(&pack, image, size)) {
        return 0;
    }
    for (uint32_t act = 0; act < pack.act_count && act < ACTS_ASKED_MAX; act++) {
        act_ask(&pack, act);
    }
    json_ask(&pack, STR("{\"act\":\"post\",\"facts\":{\"account\":\"own\",\"day\":\"2026-01-01\","
                        "\"purpose\":{\"is\":[\"lesson\"],\"unknown\":[\"work\"]},\"readers\":9,"
                        "\"rights\":[\"belief\"],\"doubt\":true,\"platform\":\"linkedin\"}}"));
    json_ask(&pack, STR("{\"act\":\"accept\",\"others\":[{\"is\":{\"either\":[\"pupil\","
                        "\"former\"]},\"age\":17},{\"is\":[\"child\"],\"consent\":\"granted\"}],"
                        "\"approvals\":[{\"by\":\"head\",\"clause\":\"A-1\",\"state\":\"granted\","
                        "\"written\":true,\"reason\":\"r\"}]}"));
    return 0;
}

/*
 * fuzz/screen_people_fuzz.c - any roll, and any draft compared with it.
 *
 * Run it with tools/fuzz.sh screen_people SECONDS. Read first: src/screen/people_int.h.
 * An input is a roll without its head line, a line "----", and a draft; its first byte chooses the
 * channel. What has no such line is a draft for a roll of two.
 *
 * Modules: base screen
 *
 * What must hold, beyond that no sanitizer complains
 * - Findings lie in the draft, between whole characters; their confidence is of a thousand.
 * - A finding's person is a row of the roll and of the kind that the finding says, or nobody.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "screen/roll.h"
#include "screen/screen_int.h"

#define HEAD "kind,name,known_as,school,year,class,role,photo_consent\n"
#define TWO "pupil,Zofia Nowak,,,9,9B,,\nstaff,Will Marsh,,,,,Teacher,\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* Where the draft is UTF-8: otherwise a byte that belongs to no character may follow anywhere. */
static bool is_between(struct str text, uint32_t at)
{
    return at == text.len || ((unsigned char)text.at[at] & 0xC0) != 0x80 || !utf8_valid(text);
}

static void findings_check(const struct screen_findings *found, const struct screen_roll *roll,
                           struct str draft)
{
    static const enum screen_person_kind kinds[] = {[SCREEN_PUPIL_NAMED] = SCREEN_PERSON_PUPIL,
                                                    [SCREEN_STAFF_NAMED] = SCREEN_PERSON_STAFF,
                                                    [SCREEN_PARENT_NAMED] = SCREEN_PERSON_PARENT};
    for (size_t i = 0; i < found->count; i++) {
        const struct screen_finding *one = &found->items[i];
        assert(one->kind < SCREEN_KIND_COUNT && one->confidence <= 1000);
        assert(one->start <= one->end && one->end <= draft.len && one->because.len > 0);
        assert(is_between(draft, one->start) && is_between(draft, one->end));
        assert(one->person == SCREEN_NOBODY || one->person < screen_roll_count(roll));
        if (one->person != SCREEN_NOBODY && one->kind <= SCREEN_PARENT_NAMED) {
            assert(screen_roll_person(roll, one->person)->kind == kinds[one->kind]);
        }
    }
}

/* The roll and the draft of an input. */
static struct str divided(struct arena *arena, struct str input, struct str *draft)
{
    size_t at = str_find(input, STR("\n----\n"));
    struct text csv = {.arena = arena};
    text_add(&csv, STR(HEAD));
    text_add(&csv, at == STR_NONE ? STR(TWO) : str_slice(input, 0, at));
    *draft = at == STR_NONE ? input : str_slice(input, at + 6, input.len);
    return text_str(&csv);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    unsigned first = bytes > 0 ? data[0] : 0;
    struct str input = {(const char *)data + (bytes > 0), bytes - (bytes > 0)};
    struct str draft;
    struct str csv = divided(arena, input, &draft);
    const struct screen_roll *roll = screen_roll_read(arena, csv, STR("roll.csv"), &diags);
    struct screen_setting setting = {.roll = roll};
    const struct screen *screen = screen_open(arena, &setting);
    enum screen_channel channel = (enum screen_channel)(first % SCREEN_CHANNEL_COUNT);
    struct screen_findings found = screen_run(screen, arena, draft, channel);
    findings_check(&found, roll, draft);

    struct text message = {.arena = arena};
    text_add(&message, STR("Please ring home. "));
    text_add(&message, screen_roll_count(roll) > 0 ? screen_roll_person(roll, 0)->name : STR(""));
    struct str text = text_str(&message);
    found = screen_run(screen, arena, text, SCREEN_CHANNEL_MESSAGE);
    findings_check(&found, roll, text);
    return 0;
}

/*
 * fuzz/screen_roll_fuzz.c - any bytes at all given to the reader of rolls.
 *
 * Run it with tools/fuzz.sh screen_roll SECONDS. Read first: src/screen/roll.h,
 * src/screen/roll_match_int.h.
 *
 * Modules: base screen
 *
 * What must hold, beyond that no sanitizer complains
 * - Messages have a hint, and places within the file; an empty roll comes with a message.
 * - People have a name of UTF-8 within its limit, a kind and a consent; no cell is a formula.
 * - The index is in order: names point at items, items and pairs at people, and everybody is found
 * by
 *   the first part of their name.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "screen/roll.h"
#include "screen/roll_match_int.h"
#include "screen/roll_name_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void messages_check(const struct diag_list *diags, size_t bytes)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *one = &diags->items[i];
        assert(one->message.len > 0 && one->hint.len > 0 && utf8_valid(one->message));
        assert(one->line <= bytes + 1 && one->column <= bytes + 1);
    }
}

static void cell_check(struct str cell)
{
    assert(utf8_valid(cell));
    assert(cell.len == 0 || cell.at[0] == 0 || strchr("=+@", cell.at[0]) == NULL);
}

static void people_check(const struct screen_roll *roll)
{
    for (uint32_t row = 0; row < screen_roll_count(roll); row++) {
        const struct screen_person *person = screen_roll_person(roll, row);
        assert(person->kind < SCREEN_PERSON_KIND_COUNT && person->photo < SCREEN_PHOTO_COUNT);
        assert(person->name.len > 0);
        cell_check(person->name);
        cell_check(person->known_as);
        cell_check(person->school);
        cell_check(person->year);
        cell_check(person->class_name);
        cell_check(person->role);
    }
}

static void index_check(const struct screen_roll *roll)
{
    const struct screen_roll_index *index = roll->index;
    for (uint32_t i = 0; i < index->names.count; i++) {
        const struct roll_row *name = &index->names.rows[i];
        assert(i == 0 || name[-1].hash < name->hash);
        struct name_hits hits = roll_name_find(index, name->hash);
        assert(hits.count > 0 && hits.uses != 0);
        for (uint32_t h = 0; h < hits.count; h++) {
            assert(name_row(hits.items[h]) < roll->count);
            assert(hits.uses & NAME_USE(name_form(hits.items[h])));
        }
    }
    for (uint32_t i = 0; i < index->pairs.count; i++) {
        assert(i == 0 || index->pairs.rows[i - 1].hash <= index->pairs.rows[i].hash);
        assert(index->pairs.rows[i].place < roll->count);
    }
    for (uint32_t i = 0; i < index->near.count; i++) {
        assert(i == 0 || index->near.rows[i - 1].hash <= index->near.rows[i].hash);
    }
}

static bool is_bearer(struct name_hits hits, uint32_t row)
{
    for (uint32_t i = 0; i < hits.count; i++) {
        if (name_row(hits.items[i]) == row) {
            return true;
        }
    }
    return false;
}

static void names_check(struct arena *arena, const struct screen_roll *roll)
{
    for (uint32_t row = 0; row < screen_roll_count(roll) && row < 50; row++) {
        struct plain_name name;
        roll_name_fold(arena, screen_roll_person(roll, row)->name, &name);
        if (name.count > 0) {
            struct str first = roll_part_text(&name, 0, roll_group_end(&name, 0) - 1);
            assert(first.len <= JOINED_MAX);
            assert(is_bearer(roll_name_find(roll->index, screen_hash(first)), row));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct diag_list diags = diag_list_new(arena);
    struct str csv = {(const char *)data, bytes};
    const struct screen_roll *roll = screen_roll_read(arena, csv, STR("roll.csv"), &diags);
    assert(roll != NULL);
    messages_check(&diags, bytes);
    people_check(roll);
    index_check(roll);
    names_check(arena, roll);
    return 0;
}

/*
 * screen/roll_name_int.h - a name of a roll in plain letters: "Anne-Marie O'Neill" is "anne",
 * "marie",
 * "oneill".
 *
 * Read first: roll.h, draft_int.h. What must hold: names are folded as drafts are.
 */
#ifndef HANDRAIL_SCREEN_ROLL_NAME_INT_H
#define HANDRAIL_SCREEN_ROLL_NAME_INT_H

#include "base/arena.h"
#include "base/str.h"
#include "screen/roll.h"

/* Letters of a name that count, run together. */
#define JOINED_MAX 64
#define NAME_PARTS_MAX 8
#define ROLL_SPELT_BYTES_MAX (2 * SCREEN_ROLL_NAME_BYTES_MAX)

struct plain_part {
    uint32_t start, end; /* in the bytes of the name */
    bool is_after_hyphen;
};

struct plain_name {
    char bytes[JOINED_MAX];
    struct plain_part parts[NAME_PARTS_MAX];
    uint32_t count;
};

/* The plain form of a name; memory of `scratch` is given back. */
void roll_name_fold(struct arena *scratch, struct str text, struct plain_name *name);
/* The letters of parts `first` to `last`, run together. */
struct str roll_part_text(const struct plain_name *name, uint32_t first, uint32_t last);
/* The part behind the word that begins at part `first`: "Anne-Marie" is one, "Anne Marie" two. */
uint32_t roll_group_end(const struct plain_name *name, uint32_t first);
/* "Müller" as "Mueller"; false when there is nothing of the sort in it. */
bool roll_letters_spell_out(struct str text, char out[ROLL_SPELT_BYTES_MAX], struct str *spelt);

#endif

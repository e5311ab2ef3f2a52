/*
 * actions/name.h - how names of people are ordered and looked for.
 *
 * What must hold: the same name gives the same text for ever, since it is stored.
 */
#ifndef HANDRAIL_ACTIONS_NAME_H
#define HANDRAIL_ACTIONS_NAME_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/email.h"
#include "base/str.h"

#define NAME_BYTES_MAX 200

/*
 * Family name first, in small letters without accents: "Zoë de la Cruz" is "cruz zoe de la". The
 * family name is the last word; ", " turns it round: "de la Cruz, Zoë" is "de la cruz zoe".
 */
struct str name_sort(struct arena *arena, struct str name);

/* What a person typed to look for somebody, in the same manner: small letters without accents. */
struct str name_fold(struct arena *arena, struct str words);

/* The first text behind all that begin with this: for `>= begins and < ends`. */
struct str name_end(struct arena *arena, struct str begins);

#endif

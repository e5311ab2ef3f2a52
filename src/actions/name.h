/*
 * actions/name.h - how names of people are ordered and looked for, and addresses compared.
 *
 * What must hold: the same name gives the same text for ever, since it is stored.
 */
#ifndef HANDRAIL_ACTIONS_NAME_H
#define HANDRAIL_ACTIONS_NAME_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

#define NAME_BYTES_MAX 200
#define EMAIL_BYTES_MAX 254 /* RFC 5321: a path of 256 with its brackets */

/*
 * Family name first, in small letters without accents: "Zoë de la Cruz" is "cruz zoe de la". The
 * family name is the last word; ", " turns it round: "de la Cruz, Zoë" is "de la cruz zoe".
 */
struct str name_sort(struct arena *arena, struct str name);

/* What a person typed to look for somebody, in the same manner: small letters without accents. */
struct str name_fold(struct arena *arena, struct str words);

/* The first text behind all that begin with this: for `>= begins and < ends`. */
struct str name_end(struct arena *arena, struct str begins);

/* In small letters; false when it is no address of mail: one @, a dot behind it, no spaces. */
bool email_fold(struct arena *arena, struct str email, struct str *out)
    __attribute__((warn_unused_result));

#endif

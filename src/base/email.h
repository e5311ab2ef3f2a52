/*
 * base/email.h - addresses of mail, in one form, so that they can be compared.
 *
 * What must hold: the same address gives the same text for ever, since it is stored.
 */
#ifndef HANDRAIL_BASE_EMAIL_H
#define HANDRAIL_BASE_EMAIL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

#define EMAIL_BYTES_MAX 254 /* RFC 5321: a path of 256 with its brackets */

/* In small letters; false when it is no address of mail: one @, a dot behind it, no spaces. */
bool email_fold(struct arena *arena, struct str email, struct str *out)
    __attribute__((warn_unused_result));

#endif

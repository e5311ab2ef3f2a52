/*
 * screen/credential_int.h - the parts of detect_credential.c, and what they share.
 *
 * Read first: secret_int.h.
 */
#ifndef HANDRAIL_SCREEN_CREDENTIAL_INT_H
#define HANDRAIL_SCREEN_CREDENTIAL_INT_H

#include "screen/secret_int.h"

void screen_find_logins(struct screen_work *work); /* detect_login.c: names with passwords */
void screen_find_keys(struct screen_work *work);   /* detect_key.c: keys, tokens, codes sent once */

/* Reports a run as a credential, or as a meeting's behind the number of one; not what is found
 * already as the code of a door or meeting. */
void screen_credential_found(struct screen_work *work, const struct screen_run *run,
                             unsigned confidence, struct str because);

/* ":", "=", "-", an arrow. */
bool screen_is_assignment(const struct screen_draft *draft, uint32_t token);
/* A sign that ends a sentence. */
bool screen_is_stop(const struct screen_draft *draft, uint32_t token);
/* Whether the sentence gives advice about passwords in general. */
bool screen_is_password_advice(const struct screen_draft *draft, uint32_t token);

#endif

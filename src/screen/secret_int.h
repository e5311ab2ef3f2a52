/*
 * screen/secret_int.h - the parts of detect_secret.c, and runs that look like secrets.
 *
 * Read first: work_int.h, near_int.h. A run is what stands between two spaces, as passwords do.
 */
#ifndef HANDRAIL_SCREEN_SECRET_INT_H
#define HANDRAIL_SCREEN_SECRET_INT_H

#include "screen/work_int.h"

void screen_find_credentials(struct screen_work *work); /* detect_credential.c: credential */
void screen_find_codes(struct screen_work *work);       /* detect_code.c: door-code, and others */
void screen_find_door_codes(struct screen_work *work);  /* detect_door.c: without such a word */
void screen_find_meetings(struct screen_work *work);    /* detect_meeting.c: meeting-link */
void screen_find_answers(struct screen_work *work);     /* detect_answer.c: security-answer */

/* Whether the digits are something else that has been found already: a telephone number, a date. */
bool screen_is_number_taken(const struct screen_work *work, uint32_t first, uint32_t last);

struct screen_run {
    uint32_t first, last; /* tokens, without the punctuation around */
    uint8_t lower, upper, digits, signs; /* characters of ASCII, up to 255 */
    bool is_turned; /* a capital behind a small letter: "HobnobTower" */
    bool is_address; /* a link, a mail address, a handle: shown to everybody */
};

/* The run that `token` is in or begins; *next is the token behind it, with its punctuation. */
struct screen_run screen_run_read(const struct screen_draft *draft, uint32_t token,
                                  uint32_t *next);

/* Whether people make up such a run for passwords only: letters and digits, signs within. */
bool screen_run_is_odd(const struct screen_draft *draft, const struct screen_run *run);

#endif

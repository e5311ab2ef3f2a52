/*
 * web/interview_int.h - one turn of "May I?" as a page. Read first: page_interview.c.
 */
#ifndef HANDRAIL_WEB_INTERVIEW_INT_H
#define HANDRAIL_WEB_INTERVIEW_INT_H

#include "web/kept_int.h"

/* `form`: what was said so far (interview/interview.h). `before` stands above the page. */
void web_interview_turn(struct web_exchange *exchange, const struct web_kept_policy *policy,
                        struct str form, struct html_raw before);

/* Whether a policy has this value of this fact. */
bool web_pack_knows(const struct pack *pack, struct str fact, struct str value);

#endif

/*
 * page/sign.h - the sign of a verdict: web/templates/signs.html.
 */
#ifndef HANDRAIL_PAGE_SIGN_H
#define HANDRAIL_PAGE_SIGN_H

#include "decide/decide.h"
#include "page/html.h"

/* `size` is a class: "hr-verdict__sign" for the large one, "hr-sign__mark" for one in a line. */
struct html_raw page_verdict_sign(struct arena *arena, enum decide_verdict verdict,
                                  struct str size);

#endif

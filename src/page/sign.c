/*
 * page/sign.c - see sign.h.
 */
#include "page/sign.h"

#include "page/templates.h"

struct html_raw page_verdict_sign(struct arena *arena, enum decide_verdict verdict, struct str size)
{
    struct html out = html_new(arena);
    switch (verdict) {
    case DECIDE_VERDICT_NOT_COVERED:
        page_sign_not_covered(&out, &(struct page_sign_not_covered_args){size});
        break;
    case DECIDE_VERDICT_ALLOWED:
        page_sign_allowed(&out, &(struct page_sign_allowed_args){size});
        break;
    case DECIDE_VERDICT_ALLOWED_WITH_DUTIES:
        page_sign_allowed_with_duties(&out, &(struct page_sign_allowed_with_duties_args){size});
        break;
    case DECIDE_VERDICT_CAUTION:
        page_sign_caution(&out, &(struct page_sign_caution_args){size});
        break;
    case DECIDE_VERDICT_REQUIRED:
        page_sign_required(&out, &(struct page_sign_required_args){size});
        break;
    case DECIDE_VERDICT_ASK_FIRST:
        page_sign_ask_first(&out, &(struct page_sign_ask_first_args){size});
        break;
    case DECIDE_VERDICT_NEEDS_APPROVAL:
        page_sign_needs_approval(&out, &(struct page_sign_needs_approval_args){size});
        break;
    case DECIDE_VERDICT_FORBIDDEN:
        page_sign_forbidden(&out, &(struct page_sign_forbidden_args){size});
        break;
    case DECIDE_VERDICT_UNDETERMINED:
    case DECIDE_VERDICT_COUNT:
        page_sign_undetermined(&out, &(struct page_sign_undetermined_args){size});
        break;
    }
    return html_take(&out);
}

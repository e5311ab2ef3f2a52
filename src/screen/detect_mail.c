/*
 * screen/detect_mail.c - mail addresses, also where they are spelt out.
 *
 * Read first: contact_int.h, near_int.h. Start at: screen_find_mails.
 *
 *   a token of kind MAIL              jo@postbox.example
 *   signs with spaces or brackets     jo @ postbox . example, jo(at)postbox.example
 *   words                             jo dot smith at postbox dot example
 *
 * What must hold: "at" in words is a mail address only if something else says so, since "look at
 * gov dot uk" is none: brackets, a host of private mail, a dot within the name, or talk of mail.
 */
#include "screen/contact_int.h"

#include <string.h>

#include "screen/near_int.h"
#include "screen/school_int.h"

#define LABELS_MAX 5 /* of a name or a domain that is spelt out */
#define DOMAIN_BYTES_MAX 128
#define MAIL_WORD_BEFORE 10
#define MAIL_WORD_AFTER 12

static const struct str because_mail = STR_INIT("It has the form of an e-mail address.");
static const struct str because_school = STR_INIT("It is an e-mail address of the school.");
static const struct str because_spelt = STR_INIT("It reads as an e-mail address in words.");

bool screen_is_school_domain(const struct screen_work *work, struct str domain)
{
    const struct screen_school *school = work->setting->school;
    for (size_t i = 0; school && i < school->mail_domains.count; i++) {
        struct str own = school->mail_domains.items[i];
        size_t more = domain.len - own.len;
        if (own.len == 0 || domain.len < own.len) {
            continue;
        }
        bool is_below = more == 0 || domain.at[more - 1] == '.';
        size_t same = 0;
        while (same < own.len) {
            char c = own.at[same];
            c = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
            if (c != domain.at[more + same]) {
                break;
            }
            same++;
        }
        if (is_below && same == own.len) {
            return true;
        }
    }
    return false;
}

static void mail_report(struct screen_work *work, uint32_t first, uint32_t last, struct str domain,
                        unsigned confidence, struct str because)
{
    bool is_school = screen_is_school_domain(work, domain);
    screen_found(work, is_school ? SCREEN_SCHOOL_EMAIL : SCREEN_EMAIL_ADDRESS, SCREEN_DETAIL_NONE,
                 first, last, confidence, is_school ? because_school : because);
}

/* ---- Spelt out ------------------------------------------------------------------------------- */

/* A mail address that is being read: the domain in its usual form, and what was seen. */
struct spelt {
    uint32_t first, last;
    char domain[DOMAIN_BYTES_MAX];
    size_t domain_bytes;
    unsigned dots, name_dots;
    bool has_brackets; /* around "at" or "dot" */
    bool has_sign;     /* "@" */
};

static bool is_open(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_sign(draft, token, '(') || screen_is_sign(draft, token, '[') ||
           screen_is_sign(draft, token, '<') || screen_is_sign(draft, token, '{');
}

static bool is_close(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_sign(draft, token, ')') || screen_is_sign(draft, token, ']') ||
           screen_is_sign(draft, token, '>') || screen_is_sign(draft, token, '}');
}

static bool is_label(const struct screen_draft *draft, uint32_t token)
{
    if (token >= draft->token_count) {
        return false;
    }
    uint16_t kind = draft->tokens[token].kind;
    return kind == SCREEN_TOKEN_WORD || kind == SCREEN_TOKEN_MIXED || kind == SCREEN_TOKEN_NUMBER;
}

static void domain_add(struct spelt *spelt, struct str part)
{
    if (part.len <= sizeof spelt->domain - spelt->domain_bytes && part.len > 0) {
        memcpy(spelt->domain + spelt->domain_bytes, part.at, part.len);
        spelt->domain_bytes += part.len;
    }
}

/* Passes over "dot", "(dot)" or " . " at *at; false when none of them stands there. */
static bool dot_read(const struct screen_draft *draft, uint32_t *at, struct spelt *spelt)
{
    uint32_t next = *at;
    bool is_bracketed = is_open(draft, next);
    next += is_bracketed;
    if (!screen_is_word(draft, next, STR("dot")) && !screen_is_sign(draft, next, '.')) {
        return false;
    }
    bool is_stop = draft->tokens[next].kind == SCREEN_TOKEN_SIGN;
    next++;
    if (is_bracketed) {
        if (!is_close(draft, next)) {
            return false;
        }
        next++;
        spelt->has_brackets = true;
    } else if (is_stop && !spelt->has_brackets && !spelt->has_sign) {
        return false; /* a sentence ends: "meet at Bob. Com" */
    }
    *at = next;
    return true;
}

/* Labels and dots from `at` on; true when they end as domains end. */
static bool domain_read(const struct screen_draft *draft, uint32_t at, struct spelt *spelt)
{
    bool is_domain = false;
    for (unsigned labels = 0; labels < LABELS_MAX; labels++) {
        if (at < draft->token_count && draft->tokens[at].kind == SCREEN_TOKEN_LINK) {
            struct str link = screen_token_folded(draft, at);
            bool is_plain = str_find(link, STR("/")) == STR_NONE;
            domain_add(spelt, link);
            spelt->last = at;
            spelt->dots++;
            return is_plain;
        }
        if (!is_label(draft, at)) {
            break;
        }
        domain_add(spelt, screen_token_folded(draft, at));
        while (is_label(draft, at + 1) && draft->tokens[at + 1].flags & SCREEN_TOKEN_HYPHEN) {
            at++;
            domain_add(spelt, STR("-"));
            domain_add(spelt, screen_token_folded(draft, at));
        }
        if (labels > 0 && screen_is_at(draft, at, SCREEN_WORD_DOMAIN_ENDING)) {
            spelt->last = at;
            is_domain = true;
        }
        at++;
        if (!dot_read(draft, &at, spelt)) {
            break;
        }
        spelt->dots++;
        domain_add(spelt, STR("."));
    }
    return is_domain;
}

/* Goes back over "dot smith", "_smith" and "-smith" to where the name begins. */
static uint32_t name_first(const struct screen_draft *draft, uint32_t at, struct spelt *spelt)
{
    for (unsigned labels = 1; labels < LABELS_MAX && at > 0; labels++) {
        bool is_joined = draft->tokens[at].flags & SCREEN_TOKEN_HYPHEN;
        bool is_glued = screen_is_glued(draft, at) && screen_is_glued(draft, at - 1) &&
                        (screen_is_sign(draft, at - 1, '.') || screen_is_sign(draft, at - 1, '_'));
        bool is_spelt = screen_is_word(draft, at - 1, STR("dot")) ||
                        screen_is_word(draft, at - 1, STR("underscore"));
        if (is_joined && is_label(draft, at - 1)) {
            at--;
        } else if ((is_glued || is_spelt) && at > 1 && is_label(draft, at - 2)) {
            at -= 2;
            spelt->name_dots++;
        } else {
            break;
        }
    }
    return at;
}

/* "at" or "@" at `at`, perhaps in brackets: the last token before and the first behind it. */
static bool sign_read(const struct screen_draft *draft, uint32_t at, struct spelt *spelt,
                      uint32_t *name, uint32_t *domain)
{
    bool is_sign = draft->tokens[at].kind == SCREEN_TOKEN_SIGN;
    bool is_bracketed = at > 0 && is_open(draft, at - 1) && is_close(draft, at + 1);
    if (at < 1u + is_bracketed) {
        return false;
    }
    spelt->has_brackets = is_bracketed;
    spelt->has_sign = is_sign;
    *name = at - 1 - is_bracketed;
    *domain = at + 1 + is_bracketed;
    return is_label(draft, *name);
}

static unsigned spelt_confidence(const struct screen_draft *draft, uint32_t at, uint32_t name,
                                 const struct spelt *spelt, uint32_t domain)
{
    struct screen_classes near = screen_classes_near(draft, at, MAIL_WORD_BEFORE, MAIL_WORD_AFTER);
    bool is_of_mail = screen_classes_have(&near, SCREEN_WORD_MAIL_WORD);
    bool is_host = screen_is_at(draft, domain, SCREEN_WORD_MAIL_HOST) ||
                   (draft->tokens[domain].kind == SCREEN_TOKEN_LINK && spelt->domain_bytes > 0 &&
                    str_starts((struct str){spelt->domain, spelt->domain_bytes}, STR("gmail.")));
    bool is_odd = spelt->name_dots > 0 || draft->tokens[name].kind == SCREEN_TOKEN_MIXED;
    bool is_common = screen_is_at(draft, name, SCREEN_WORD_AT_NO_MAIL);
    bool is_shouted = draft->tokens[at].flags & SCREEN_TOKEN_ALL_CAPITAL && /* "harriet AT ..." */
                      !(draft->tokens[name].flags & SCREEN_TOKEN_ALL_CAPITAL);
    bool is_tight = spelt->has_sign && screen_is_glued(draft, at) && screen_is_glued(draft, at + 1);
    if (spelt->has_brackets || is_shouted || is_tight) {
        return 930;
    }
    if (is_common && !is_odd) {
        return 0;
    }
    if (is_odd || is_host) {
        return 900;
    }
    return is_of_mail ? 800 : 0;
}

static void spelt_find(struct screen_work *work, uint32_t at)
{
    const struct screen_draft *draft = work->draft;
    struct spelt spelt = {0};
    uint32_t name, domain;
    if (!sign_read(draft, at, &spelt, &name, &domain) || !domain_read(draft, domain, &spelt)) {
        return;
    }
    spelt.first = name_first(draft, name, &spelt);
    unsigned confidence = spelt_confidence(draft, at, name, &spelt, domain);
    if (confidence > 0) {
        mail_report(work, spelt.first, spelt.last, (struct str){spelt.domain, spelt.domain_bytes},
                    confidence, because_spelt);
    }
}

/* ---- The loop -------------------------------------------------------------------------------- */

static struct str domain_of(struct str mail)
{
    struct str domain;
    (void)str_cut(mail, '@', NULL, &domain);
    return domain;
}

/* "josé@postbox.example": letters outside ASCII before a handle with a dot in it. */
static bool is_after_name(const struct screen_draft *draft, uint32_t handle)
{
    return handle > 0 && screen_is_glued(draft, handle) && is_label(draft, handle - 1) &&
           str_find(screen_token_folded(draft, handle), STR(".")) != STR_NONE;
}

/* "josé@postbox.example" as a word with a sign in it, then ".example": its last token, or none. */
static uint32_t word_mail_last(const struct screen_draft *draft, uint32_t token)
{
    struct str raw = screen_token_raw(draft, token);
    uint32_t at = token;
    if (!(draft->tokens[token].flags & SCREEN_TOKEN_DISGUISED) ||
        str_find(raw, STR("@")) == STR_NONE) {
        return SCREEN_NO_TOKEN;
    }
    while (screen_is_sign(draft, at + 1, '.') && screen_is_glued(draft, at + 1) &&
           screen_is_glued(draft, at + 2) && is_label(draft, at + 2)) {
        at += 2;
    }
    return at > token && screen_is_at(draft, at, SCREEN_WORD_DOMAIN_ENDING) ? at : SCREEN_NO_TOKEN;
}

void screen_find_mails(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_kind(draft, SCREEN_TOKEN_MAIL) &&
        !screen_draft_has_kind(draft, SCREEN_TOKEN_HANDLE) &&
        !screen_draft_has_kind(draft, SCREEN_TOKEN_LINK) &&
        !screen_draft_has_word(draft, SCREEN_WORD_DOMAIN_ENDING)) {
        return; /* what is spelt out ends as domains end */
    }
    for (uint32_t i = 0; i < draft->token_count; i++) {
        const struct screen_token *token = &draft->tokens[i];
        if (token->kind == SCREEN_TOKEN_MAIL) {
            mail_report(work, i, i, domain_of(screen_token_folded(draft, i)), 985, because_mail);
        } else if (token->kind == SCREEN_TOKEN_HANDLE && is_after_name(draft, i)) {
            mail_report(work, i - 1, i, domain_of(screen_token_folded(draft, i)), 900,
                        because_mail);
        } else if (token->flags & SCREEN_TOKEN_DISGUISED &&
                   word_mail_last(draft, i) != SCREEN_NO_TOKEN) {
            screen_found(work, SCREEN_EMAIL_ADDRESS, SCREEN_DETAIL_NONE, i,
                         word_mail_last(draft, i), 850, because_mail);
        } else if (screen_is_word(draft, i, STR("at")) || screen_is_sign(draft, i, '@') ||
                   screen_is_sign(draft, i, 0xFF20)) {
            spelt_find(work, i);
        }
    }
}

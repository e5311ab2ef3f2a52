/*
 * screen/detect_key.c - keys and tokens of services, and codes that are sent once.
 *
 * Read first: credential_int.h. Start at: screen_find_keys.
 *
 * What must hold: a "token gesture" and "key stage 3" have no long run of letters and digits behind
 * them.
 */
#include "screen/credential_int.h"

#include <string.h>

#include "screen/figures_int.h"
#include "screen/near_int.h"

#define KEY_WITHIN 12 /* tokens behind "api key"; behind a colon twice as many */
#define KEY_BYTES_MIN 16

static const struct str because_key = STR_INIT("It has the form of a key or token.");
static const struct str because_once = STR_INIT("It looks like a code that was sent to sign in.");

/* Beginnings that only keys of well-known services have. */
static bool is_key_form(struct str raw)
{
    static const struct str beginnings[] = {
        STR_INIT("sk_live_"), STR_INIT("sk_test_"), STR_INIT("pk_live_"), STR_INIT("rk_live_"),
        STR_INIT("ghp_"),     STR_INIT("gho_"),     STR_INIT("ghs_"),     STR_INIT("github_pat_"),
        STR_INIT("glpat-"),   STR_INIT("xoxb-"),    STR_INIT("xoxp-"),    STR_INIT("AKIA"),
        STR_INIT("ASIA"),     STR_INIT("AIza"),     STR_INIT("eyJ"),      STR_INIT("SG."),
        STR_INIT("ya29."),    STR_INIT("npm_"),     STR_INIT("hf_"),      STR_INIT("sk-"),
    };
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (raw.len >= KEY_BYTES_MIN && str_starts(raw, beginnings[i])) {
            return true;
        }
    }
    return false;
}

static void key_form_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    uint32_t next;
    struct screen_run run = screen_run_read(draft, token, &next);
    struct str raw =
        str_slice(draft->text, draft->tokens[run.first].start, draft->tokens[run.last].end);
    if (run.digits > 0 && is_key_form(raw)) {
        screen_credential_found(work, &run, 960, because_key);
    }
}

/* "482913", "550 812": digits of a code that is sent once. */
static bool once_find(struct screen_work *work, uint32_t token)
{
    struct screen_figures digits;
    screen_figures_read(work->draft, token, false, &digits);
    bool is_parted = screen_figures_are(&digits, 0, "33") || screen_figures_are(&digits, 0, "44") ||
                     screen_figures_are(&digits, 0, "222");
    bool is_whole = digits.items[0].count >= 5 && digits.items[0].count <= 8;
    if (!is_parted && !is_whole) {
        return false;
    }
    struct screen_run run = {.first = token, .last = token};
    if (is_parted) {
        run.last = digits.items[digits.items[0].count == 2 ? 2 : 1].token;
    }
    screen_credential_found(work, &run, 850, because_once);
    return true;
}

/* "api key: 9f8e7d...", "verification code is 482913". */
static void key_word_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    bool has_sign = false;
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= 2 * KEY_WITHIN;) {
        uint32_t next = at + 1;
        if (screen_is_stop(draft, at)) {
            return;
        }
        if (at - word > KEY_WITHIN && !has_sign) {
            return;
        }
        has_sign = has_sign || screen_is_sign(draft, at, ':') || screen_is_sign(draft, at + 1, ':');
        if (draft->tokens[at].kind != SCREEN_TOKEN_SIGN) {
            struct screen_run run = screen_run_read(draft, at, &next);
            bool is_long = screen_run_is_odd(draft, &run) && run.digits > 0 &&
                           run.lower + run.upper + run.digits >= 8;
            if (is_long) {
                screen_credential_found(work, &run, 850, because_key);
                return;
            }
            if (draft->tokens[at].kind == SCREEN_TOKEN_NUMBER &&
                screen_is_at(draft, word, SCREEN_WORD_CODE_WORD) && once_find(work, at)) {
                return;
            }
        }
        at = next;
    }
}

/* A long token, or one with a sign of keys behind it, that begins as those of is_key_form() do. */
static bool may_begin_key(const struct screen_draft *draft, uint32_t token)
{
    const struct screen_token *one = &draft->tokens[token];
    bool is_word = one->kind == SCREEN_TOKEN_WORD || one->kind == SCREEN_TOKEN_MIXED;
    return is_word && one->flags & SCREEN_TOKEN_SPACE &&
           (one->end - one->start >= KEY_BYTES_MIN || screen_is_sign(draft, token + 1, '_') ||
            (token + 1 < draft->token_count &&
             draft->tokens[token + 1].flags & SCREEN_TOKEN_HYPHEN)) &&
           strchr("sprgxAeSynh", draft->text.at[one->start]) != NULL;
}

static bool is_private_key(const struct screen_draft *draft, uint32_t token)
{
    return token > 0 && screen_is_sign(draft, token - 1, '-') &&
           screen_is_word(draft, token, STR("begin")) &&
           (screen_is_word(draft, token + 1, STR("private")) ||
            screen_is_word(draft, token + 2, STR("private")));
}

void screen_find_keys(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    const uint16_t digitless = 1u << SCREEN_TOKEN_WORD | 1u << SCREEN_TOKEN_SIGN;
    if (!(draft->kinds & ~digitless) && !screen_draft_has_word(draft, SCREEN_WORD_KEY_WORD) &&
        !screen_draft_has_sign(draft, '-')) {
        return; /* a key has digits, or a word or dashes before it */
    }
    for (uint32_t i = 0; i < draft->token_count; i++) {
        if (screen_is_at(draft, i, SCREEN_WORD_KEY_WORD) &&
            !screen_is_at(draft, i + 1, SCREEN_WORD_KEY_WORD)) {
            key_word_find(work, i);
        } else if (is_private_key(draft, i)) {
            screen_found(work, SCREEN_CREDENTIAL, SCREEN_DETAIL_NONE, i, i + 1, 980, because_key);
        } else if (may_begin_key(draft, i)) {
            key_form_find(work, i);
        }
    }
}

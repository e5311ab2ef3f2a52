/*
 * screen/detect_login.c - user names with passwords, and passwords without the word for one.
 *
 * Read first: credential_int.h. Start at: screen_find_logins.
 *
 *   a pair            "to reset the till: till_admin / Satsuma-1066"
 *   signing in        "log on as exams2 with Invigilate!7", "Reset to Welcome123"
 *   what it is for    "hall wifi is Marmalade_42", "canteen till is ChipsFriday3"
 *   how it is made    "the dog's name and the year, so Biscuit2016"
 *   a common one      "it's qwerty123 on every one of them"
 *
 * What must hold: a secret here has letters and digits or signs; names of products have both too.
 */
#include "screen/credential_int.h"

#include "screen/near_int.h"

#define LOGIN_WITHIN 14 /* tokens */
#define LOGIN_BEHIND 4
#define RESET_WITHIN 3
#define TOLD_WITHIN 4
#define HINT_WITHIN 14

static const struct str because_value = STR_INIT("It looks like a password, and words about "
                                                 "signing in stand near it.");
static const struct str because_pair = STR_INIT("It looks like a user name with its password.");
static const struct str because_common = STR_INIT("It is a password that many people use.");

/* "Windows11", "iPhone15", "Year9Set2" */
static bool is_product(const struct screen_draft *draft, const struct screen_run *run)
{
    struct str folded = screen_token_folded(draft, run->first);
    size_t letters = 0;
    while (letters < folded.len && (folded.at[letters] < '0' || folded.at[letters] > '9')) {
        letters++;
    }
    return screen_word_has(str_slice(folded, 0, letters), SCREEN_WORD_PRODUCT_NAME);
}

/* The first token of the run without spaces that ends before `token`. */
static uint32_t run_first(const struct screen_draft *draft, uint32_t token)
{
    uint32_t first = token;
    while (first > 0 && token - first < LOGIN_WITHIN &&
           (first == token || !(draft->tokens[first].flags & SCREEN_TOKEN_SPACE))) {
        first--;
    }
    return first;
}

/* "till_admin / Satsuma-1066", "team7 and Badger99": a name, a joint at `joint`, a secret. */
static void pair_find(struct screen_work *work, uint32_t joint)
{
    const struct screen_draft *draft = work->draft;
    uint32_t next;
    if (joint == 0 || joint + 1 >= draft->token_count) {
        return;
    }
    bool is_sign = draft->tokens[joint].kind == SCREEN_TOKEN_SIGN;
    struct screen_run user = screen_run_read(draft, run_first(draft, joint), &next);
    if (next != joint) {
        return;
    }
    struct screen_run secret = screen_run_read(draft, joint + 1, &next);
    uint32_t from = joint > LOGIN_WITHIN ? joint - LOGIN_WITHIN : 0;
    bool is_next = screen_finding_at(work, SCREEN_CREDENTIAL, draft->tokens[from].start,
                                     draft->tokens[joint].start) != NULL;
    struct screen_classes near = screen_classes_near(draft, joint, LOGIN_WITHIN, LOGIN_BEHIND);
    bool is_of_login = is_next || screen_classes_have(&near, SCREEN_WORD_LOGIN_WORD);
    bool is_mail = draft->tokens[user.first].kind == SCREEN_TOKEN_MAIL;
    bool is_odd_user = user.digits > 0 || user.signs > 0;
    bool is_user = (!user.is_address || is_mail) && user.lower + user.upper >= 3 &&
                   (is_sign || user.digits > 0);
    bool is_odd = screen_run_is_odd(draft, &secret) && !is_product(draft, &secret);
    bool is_mixed =
        is_odd && secret.digits > 0 && (secret.upper > 0 || secret.signs > 0 || is_odd_user);
    bool is_turned = user.digits > 0 && secret.signs > 0 && secret.upper > 0 && is_sign &&
                     !secret.is_address; /* "fox12 / Hill-Top" */
    if (is_user && (is_mixed || is_turned) && (is_of_login || (!is_sign && is_mixed))) {
        secret.first = user.first;
        screen_credential_found(work, &secret, is_of_login ? 800 : 650, because_pair);
    }
}

/* "log on as exams2 with Invigilate!7", "Reset to Welcome123": a secret with letters and digits. */
static void login_find(struct screen_work *work, uint32_t word, uint32_t within)
{
    const struct screen_draft *draft = work->draft;
    bool has_with = within < LOGIN_WITHIN; /* of "reset to" nothing more is asked */
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= within;) {
        uint32_t next = at + 1;
        if (screen_is_stop(draft, at) || draft->tokens[at].flags & SCREEN_TOKEN_LINE) {
            return;
        }
        if (draft->tokens[at].kind != SCREEN_TOKEN_SIGN) {
            struct screen_run run = screen_run_read(draft, at, &next);
            bool is_secret = screen_run_is_odd(draft, &run) && run.digits > 0 &&
                             run.lower + run.upper >= 3 && (run.upper > 0 || run.signs > 0);
            if (is_secret && has_with) {
                screen_credential_found(work, &run, 750, because_value);
                return;
            }
            has_with = has_with || screen_is_at(draft, at, SCREEN_WORD_LOGIN_WITH);
        }
        at = next;
    }
}

/* "hall wifi is Marmalade_42", "canteen till is ChipsFriday3": what looks like a secret, told. */
static void told_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    bool is_told = draft->tokens[word].flags & SCREEN_TOKEN_POSSESSIVE;
    bool is_typed = false;
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= TOLD_WITHIN; at++) {
        if (screen_is_at(draft, at, SCREEN_WORD_SECRET_VERB) || screen_is_assignment(draft, at)) {
            is_told = true;
            continue;
        }
        if (screen_is_at(draft, at, SCREEN_WORD_SECRET_BETWEEN)) {
            continue;
        }
        if (screen_is_at(draft, at, SCREEN_WORD_CODE_TYPE) ||
            screen_is_word(draft, at, STR("use"))) { /* "on the wifi type fern-primary-guest" */
            is_told = is_typed = true;
            continue;
        }
        uint32_t next;
        struct screen_run run = screen_run_read(draft, at, &next);
        bool is_parted = is_typed && run.signs >= 2 && run.lower >= 6 && !run.is_address;
        bool is_secret =
            is_parted || (screen_run_is_odd(draft, &run) && (run.digits > 0 || run.signs > 0));
        if (is_told && is_secret && !is_product(draft, &run)) {
            screen_credential_found(work, &run, 750, because_value);
        }
        return;
    }
}

/* "it's the dog's name and the year we got him, so Biscuit2016": words about how one is made. */
static void hinted_find(struct screen_work *work, uint32_t hint)
{
    const struct screen_draft *draft = work->draft;
    uint32_t first = hint > HINT_WITHIN ? hint - HINT_WITHIN : 0;
    for (uint32_t at = first; at < draft->token_count && at <= hint + HINT_WITHIN;) {
        uint32_t next = at + 1;
        bool is_begun = draft->tokens[at].flags & SCREEN_TOKEN_SPACE &&
                        draft->tokens[at].kind != SCREEN_TOKEN_SIGN;
        if (is_begun) {
            struct screen_run run = screen_run_read(draft, at, &next);
            bool is_secret = screen_run_is_odd(draft, &run) && run.digits > 0 &&
                             run.lower + run.upper >= 4 && (run.upper > 0 || run.signs > 0);
            if (is_secret && !is_product(draft, &run)) {
                screen_credential_found(work, &run, 700, because_value);
                return;
            }
        }
        at = next;
    }
}

/* "username exams, password exams": a word between the two. */
static bool user_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_is_at(draft, word, SCREEN_WORD_LOGIN_NAME)) {
        return false;
    }
    uint32_t next = word + 2;
    next += next < draft->token_count && draft->tokens[next].kind == SCREEN_TOKEN_SIGN;
    next += screen_is_word(draft, next, STR("and"));
    bool is_pair = !screen_is_at(draft, word + 1, SCREEN_WORD_LOGIN_NAME) &&
                   screen_is_at(draft, next, SCREEN_WORD_PASSWORD_WORD) &&
                   draft->tokens[word + 1].kind != SCREEN_TOKEN_SIGN &&
                   !screen_is_at(draft, word + 1, SCREEN_WORD_SECRET_COMMENT);
    if (is_pair) {
        screen_found(work, SCREEN_CREDENTIAL, SCREEN_DETAIL_NONE, word, word + 1, 800,
                     because_pair);
    }
    return is_pair;
}

/* "Google account: wizardofoz.tech, password Yellow8rick": the name before a password's word. */
static void name_before_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    uint32_t at = word;
    at -= at > 0 && (screen_is_sign(draft, at - 1, ',') || screen_is_sign(draft, at - 1, '/') ||
                     screen_is_word(draft, at - 1, STR("and")));
    if (at == 0 || at == word) {
        return;
    }
    uint32_t next;
    uint32_t first = run_first(draft, at);
    struct screen_run run = screen_run_read(draft, first, &next);
    bool is_told = first > 0 && (screen_is_assignment(draft, first - 1) ||
                                 screen_is_at(draft, first - 1, SCREEN_WORD_LOGIN_NAME));
    bool is_name = !run.is_address && run.lower + run.upper >= 3 &&
                   draft->tokens[run.first].kind != SCREEN_TOKEN_SIGN;
    uint32_t behind = word + 1 < draft->token_count ? word + 1 : word;
    bool has_password = screen_finding_at(work, SCREEN_CREDENTIAL, draft->tokens[behind].start,
                                          draft->tokens[behind].end) != NULL;
    if (is_told && is_name && has_password) {
        screen_credential_found(work, &run, 750, because_pair);
    }
}

/* "qwerty123", "letmein": where it is said to be in use. */
static void common_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    bool is_told = token > 0 && (screen_is_at(draft, token - 1, SCREEN_WORD_SECRET_VERB) ||
                                 screen_is_assignment(draft, token - 1));
    if (is_told && !screen_is_password_advice(draft, token)) {
        struct screen_run run = {.first = token, .last = token};
        screen_credential_found(work, &run, 750, because_common);
    }
}

/* ---- The loop -------------------------------------------------------------------------------- */

/* Whether a token is the last of the words of a class that stand together. */
static bool is_last_of(const struct screen_draft *draft, uint32_t token, enum screen_word class)
{
    return screen_is_at(draft, token, class) && !screen_is_at(draft, token + 1, class);
}

static bool is_joint(const struct screen_draft *draft, uint32_t token)
{
    if (draft->tokens[token].kind == SCREEN_TOKEN_SIGN) {
        return draft->tokens[token].sign == '/' || draft->tokens[token].sign == ':';
    }
    bool is_behind_name = token > 0 && draft->tokens[token - 1].kind == SCREEN_TOKEN_MIXED;
    return is_behind_name &&
           (screen_is_word(draft, token, STR("and")) || screen_is_word(draft, token, STR("with")));
}

static const enum screen_word begins[] = {
    SCREEN_WORD_LOGIN_NAME,    SCREEN_WORD_LOGIN_VERB,      SCREEN_WORD_RESET_TO,
    SCREEN_WORD_PASSWORD_WORD, SCREEN_WORD_COMMON_PASSWORD, SCREEN_WORD_LOGIN_TOLD,
    SCREEN_WORD_PASSWORD_HINT};

/* Whether there is anything to begin with. */
static bool may_have_login(const struct screen_draft *draft)
{
    const struct screen_classes any = SCREEN_CLASSES_OF(begins);
    return screen_classes_meet(&draft->classes, &any) || screen_draft_has_sign(draft, '/') ||
           screen_draft_has_sign(draft, ':') || screen_draft_has_kind(draft, SCREEN_TOKEN_MIXED);
}

void screen_find_logins(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!may_have_login(draft)) {
        return;
    }
    const struct screen_classes any = SCREEN_CLASSES_OF(begins);
    for (uint32_t i = 0; i < draft->token_count; i++) {
        if (!screen_classes_meet(&draft->tokens[i].classes, &any)) {
            if (is_joint(draft, i)) {
                pair_find(work, i);
            }
            continue;
        }
        if (user_find(work, i)) {
            continue;
        }
        if (is_last_of(draft, i, SCREEN_WORD_LOGIN_VERB)) {
            login_find(work, i, LOGIN_WITHIN);
        } else if (is_last_of(draft, i, SCREEN_WORD_RESET_TO)) {
            login_find(work, i, RESET_WITHIN);
        } else if (is_joint(draft, i)) {
            pair_find(work, i);
        } else if (screen_is_at(draft, i, SCREEN_WORD_PASSWORD_WORD)) {
            name_before_find(work, i);
        } else if (screen_is_at(draft, i, SCREEN_WORD_COMMON_PASSWORD)) {
            common_find(work, i);
        }
        if (is_last_of(draft, i, SCREEN_WORD_LOGIN_TOLD)) {
            told_find(work, i);
        }
        if (is_last_of(draft, i, SCREEN_WORD_PASSWORD_HINT)) {
            hinted_find(work, i);
        }
    }
}

/*
 * screen/detect_credential.c - passwords, user names with them, keys and tokens.
 *
 * Read first: secret_int.h. Start at: screen_find_credentials.
 *
 *   a word, then what looks like one    "inbox password as you asked: Marzipan!Otter7"
 *   a word, a sign, any word            "wifi password: sunflower", "pw is sunflower"
 *   what looks like one, then the word  "Satsuma-1066 is the password"
 *   a pair                              "to reset the till: till_admin / Satsuma-1066"
 *   the form of a key                   "sk_live_...", "-----BEGIN PRIVATE KEY-----"
 *
 * What must hold: talk about passwords ("forgotten my password again", "never use Fluffy2015")
 * holds none.
 */
#include "screen/secret_int.h"

#include "screen/near_int.h"

#define VALUE_WITHIN 11 /* tokens behind "password" */
#define VALUE_BEFORE 7
#define KEY_WITHIN 12
#define KEY_BYTES_MIN 16
#define LOGIN_WITHIN 14
#define RESET_WITHIN 3
#define ADVICE_WITHIN 20
#define TOLD_WITHIN 4
#define HINT_WITHIN 14
#define PLAIN_WORDS_MAX 4
#define MEETING_BEFORE 8

static const struct str because_value =
    STR_INIT("What looks like a password stands behind the word for one.");
static const struct str because_word = STR_INIT("It says what a password is.");
static const struct str because_pair = STR_INIT("It looks like a user name with its password.");
static const struct str because_key = STR_INIT("It has the form of a key or token.");

/* Behind the number of a meeting a password is that meeting's. */
static bool is_behind_meeting(const struct screen_work *work, uint32_t token)
{
    const struct screen_token *tokens = work->draft->tokens;
    uint32_t from = token > MEETING_BEFORE ? token - MEETING_BEFORE : 0;
    return token > 0 && screen_finding_at(work, SCREEN_MEETING_LINK, tokens[from].start,
                                          tokens[token - 1].end) != NULL;
}

static void run_report(struct screen_work *work, const struct screen_run *run, unsigned confidence,
                       struct str because)
{
    const struct screen_token *tokens = work->draft->tokens;
    if (screen_finding_at(work, SCREEN_DOOR_CODE, tokens[run->first].start,
                          tokens[run->last].end) == NULL &&
        screen_finding_at(work, SCREEN_MEETING_LINK, tokens[run->first].start,
                          tokens[run->last].end) == NULL) {
        bool is_of_meeting = is_behind_meeting(work, run->first);
        screen_found(work, is_of_meeting ? SCREEN_MEETING_LINK : SCREEN_CREDENTIAL,
                     SCREEN_DETAIL_NONE, run->first, run->last, confidence, because);
    }
}

static bool is_assignment(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_sign(draft, token, ':') || screen_is_sign(draft, token, '=') ||
           screen_is_sign(draft, token, '-') || screen_is_sign(draft, token, 0x2013) ||
           screen_is_sign(draft, token, '>') || screen_is_sign(draft, token, 0x2192);
}

/* Whether the sentence, or a quotation mark, ends here. */
static bool is_stop(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_sign(draft, token, '.') || screen_is_sign(draft, token, '?') ||
           screen_is_sign(draft, token, '!');
}

static bool is_advice(const struct screen_draft *draft, uint32_t token)
{
    uint32_t before = screen_near_before(draft, token, SCREEN_WORD_PASSWORD_ADVICE, ADVICE_WITHIN);
    uint32_t after = screen_near_after(draft, token, SCREEN_WORD_PASSWORD_ADVICE, ADVICE_WITHIN);
    uint16_t sentence = draft->tokens[token].sentence;
    return (before != SCREEN_NO_TOKEN && draft->tokens[before].sentence == sentence) ||
           (after != SCREEN_NO_TOKEN && draft->tokens[after].sentence == sentence);
}

/* ---- Behind the word ------------------------------------------------------------------------- */

/* Whether all letters and digits of a run are a word that says something about passwords. */
static bool is_comment(const struct screen_draft *draft, const struct screen_run *run)
{
    return screen_is_at(draft, run->first, SCREEN_WORD_SECRET_COMMENT);
}

/* Behind the last word of a password of plain words the clause ends, or goes on with a small word.
 * */
static bool is_clause_end(const struct screen_draft *draft, uint32_t token)
{
    return token >= draft->token_count || draft->tokens[token].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[token].flags & SCREEN_TOKEN_LINE ||
           screen_is_at(draft, token, SCREEN_WORD_SECRET_AFTER);
}

/* "password: sunflower", "password is sunflower": `at` is the first token behind the sign. */
static bool plain_find(struct screen_work *work, uint32_t at, bool has_sign, bool is_quoted)
{
    const struct screen_draft *draft = work->draft;
    uint32_t next;
    if (at >= draft->token_count) {
        return false;
    }
    struct screen_run run = screen_run_read(draft, at, &next);
    bool is_word = draft->tokens[run.first].kind == SCREEN_TOKEN_WORD ||
                   draft->tokens[run.first].kind == SCREEN_TOKEN_NUMBER ||
                   draft->tokens[run.first].kind == SCREEN_TOKEN_MIXED;
    bool is_long = run.lower + run.upper + run.digits >= 4;
    if (!is_word || run.is_address || !is_long || is_comment(draft, &run)) {
        return false;
    }
    if (is_quoted || has_sign || run.digits > 0) {
        run_report(work, &run, has_sign ? 850 : 750, because_word);
        return true;
    }
    uint32_t end = run.last + 1;
    for (uint32_t words = 1; words < PLAIN_WORDS_MAX && !is_clause_end(draft, end); words++) {
        if (screen_is_at(draft, end, SCREEN_WORD_SECRET_COMMENT)) {
            return false;
        }
        end++;
    }
    if (!is_clause_end(draft, end)) {
        return false;
    }
    run.last = end - 1;
    run_report(work, &run, 650, because_word);
    return true;
}

/* What stands behind a word for passwords; answers whether something was found. */
static bool value_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    bool has_sign = false;
    bool has_verb = false;
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= VALUE_WITHIN;) {
        uint32_t next = at + 1;
        bool is_sign = draft->tokens[at].kind == SCREEN_TOKEN_SIGN;
        bool is_quote = is_sign && draft->tokens[at].flags & SCREEN_TOKEN_SPACE &&
                        screen_is_glued(draft, at + 1) &&
                        (draft->tokens[at].sign == '"' || draft->tokens[at].sign == '\'' ||
                         draft->tokens[at].sign == 0x201C || draft->tokens[at].sign == 0x2018);
        if (is_assignment(draft, at)) {
            has_sign = true;
        } else if (is_stop(draft, at)) {
            return false;
        } else if (is_quote && (has_verb || has_sign || at == word + 1)) {
            return plain_find(work, at + 1, has_sign, true);
        } else if (!is_sign) {
            struct screen_run run = screen_run_read(draft, at, &next);
            if (screen_is_word(draft, at, STR("like"))) {
                return false; /* an example */
            }
            if (screen_run_is_odd(draft, &run)) {
                run_report(work, &run, has_sign || has_verb || at == word + 1 ? 930 : 800,
                           because_value);
                return true;
            }
            bool is_phrase =
                screen_is_word(draft, word, STR("passphrase")) ||
                screen_near_before(draft, word, SCREEN_WORD_LOGIN_NAME, 5) != SCREEN_NO_TOKEN;
            bool is_right_behind =
                at == word + 1 && !run.is_address && (run.digits >= 4 || is_phrase);
            bool is_verb = screen_is_at(draft, at, SCREEN_WORD_SECRET_VERB);
            bool is_behind_sign = has_sign && is_assignment(draft, at - 1);
            bool is_between = screen_is_at(draft, at, SCREEN_WORD_SECRET_BETWEEN);
            bool is_behind_verb =
                has_verb && (screen_is_at(draft, at - 1, SCREEN_WORD_SECRET_VERB) ||
                             screen_is_at(draft, at - 1, SCREEN_WORD_SECRET_BETWEEN));
            if ((is_right_behind || is_behind_sign || is_behind_verb) && !is_verb && !is_between &&
                plain_find(work, at, is_behind_sign, false)) {
                return true;
            }
            has_verb = has_verb || is_verb;
        }
        at = next;
    }
    return false;
}

/* "Satsuma-1066 is the password": a run before the word, with "is" between. */
static void value_before_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    bool has_verb = false;
    for (uint32_t i = 1; i <= VALUE_BEFORE && i <= word; i++) {
        uint32_t at = word - i;
        if (is_stop(draft, at) && screen_is_at(draft, at + 1, SCREEN_WORD_SECRET_VERB)) {
            return;
        }
        if (has_verb && draft->tokens[at].flags & SCREEN_TOKEN_SPACE) {
            uint32_t next;
            struct screen_run run = screen_run_read(draft, at, &next);
            if (screen_run_is_odd(draft, &run) && next <= word) {
                run_report(work, &run, 850, because_value);
            }
            return;
        }
        has_verb = has_verb || screen_is_word(draft, at, STR("is")) ||
                   screen_is_word(draft, at, STR("was"));
    }
}

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

/* ---- Pairs and keys -------------------------------------------------------------------------- */

/* "till_admin / Satsuma-1066", with talk of a login near it. */
static void pair_find(struct screen_work *work, uint32_t slash)
{
    const struct screen_draft *draft = work->draft;
    uint32_t first = slash;
    uint32_t next;
    while (first > 0 && slash - first < LOGIN_WITHIN &&
           !(draft->tokens[first].flags & SCREEN_TOKEN_SPACE && first < slash)) {
        first--;
    }
    if (slash + 1 >= draft->token_count || first == slash) {
        return;
    }
    struct screen_classes near = screen_classes_near(draft, slash, LOGIN_WITHIN, 4);
    struct screen_run user = screen_run_read(draft, first, &next);
    if (next != slash || !screen_classes_have(&near, SCREEN_WORD_LOGIN_WORD)) {
        return;
    }
    struct screen_run secret = screen_run_read(draft, slash + 1, &next);
    bool is_mail = draft->tokens[user.first].kind == SCREEN_TOKEN_MAIL;
    bool is_user = (!user.is_address || is_mail) && user.lower + user.upper >= 3;
    bool is_secret = screen_run_is_odd(draft, &secret) && secret.digits > 0 &&
                     (secret.upper > 0 || secret.signs > 0 || user.signs + user.digits > 0);
    if (is_user && is_secret) {
        secret.first = user.first;
        run_report(work, &secret, 800, because_pair);
    }
}

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
        run_report(work, &run, 960, because_key);
    }
}

/* "api key: 9f8e7d...", "verification code is 482913". */
static void key_word_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    bool has_sign = false;
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= 2 * KEY_WITHIN;) {
        uint32_t next = at + 1;
        if (is_stop(draft, at)) {
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
            bool is_digits = run.lower + run.upper == 0 && run.digits >= 5 && run.digits <= 8 &&
                             screen_is_at(draft, word, SCREEN_WORD_CODE_WORD);
            if (is_long || is_digits) {
                run_report(work, &run, 850, because_key);
                return;
            }
        }
        at = next;
    }
}

/* A long token, or one with a sign of keys behind it. */
static bool may_begin_key(const struct screen_draft *draft, uint32_t token)
{
    const struct screen_token *one = &draft->tokens[token];
    bool is_word = one->kind == SCREEN_TOKEN_WORD || one->kind == SCREEN_TOKEN_MIXED;
    return is_word && one->flags & SCREEN_TOKEN_SPACE &&
           (one->end - one->start >= KEY_BYTES_MIN || screen_is_sign(draft, token + 1, '_') ||
            (token + 1 < draft->token_count &&
             draft->tokens[token + 1].flags & SCREEN_TOKEN_HYPHEN));
}

static bool is_private_key(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_word(draft, token, STR("begin")) && token > 0 &&
           screen_is_sign(draft, token - 1, '-') &&
           (screen_is_word(draft, token + 1, STR("private")) ||
            screen_is_word(draft, token + 2, STR("private")));
}

/* "log on as exams2 with Invigilate!7", "Reset to Welcome123": a secret with letters and digits. */
static void login_find(struct screen_work *work, uint32_t word, uint32_t within)
{
    const struct screen_draft *draft = work->draft;
    bool has_with = within < LOGIN_WITHIN; /* of "reset to" nothing more is asked */
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= within;) {
        uint32_t next = at + 1;
        if (is_stop(draft, at) || draft->tokens[at].flags & SCREEN_TOKEN_LINE) {
            return;
        }
        if (draft->tokens[at].kind != SCREEN_TOKEN_SIGN) {
            struct screen_run run = screen_run_read(draft, at, &next);
            bool is_secret = screen_run_is_odd(draft, &run) && run.digits > 0 &&
                             run.lower + run.upper >= 3 && (run.upper > 0 || run.signs > 0);
            if (is_secret && has_with) {
                run_report(work, &run, 750, because_value);
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
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= TOLD_WITHIN; at++) {
        if (screen_is_at(draft, at, SCREEN_WORD_SECRET_VERB) || is_assignment(draft, at)) {
            is_told = true;
            continue;
        }
        if (screen_is_at(draft, at, SCREEN_WORD_SECRET_BETWEEN)) {
            continue;
        }
        uint32_t next;
        struct screen_run run = screen_run_read(draft, at, &next);
        bool is_secret = screen_run_is_odd(draft, &run) && (run.digits > 0 || run.signs > 0);
        if (is_told && is_secret && !is_product(draft, &run)) {
            run_report(work, &run, 750, because_value);
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
                run_report(work, &run, 700, because_value);
                return;
            }
        }
        at = next;
    }
}

/* ---- The loop -------------------------------------------------------------------------------- */

/* "pass" is a password where a sign or a user name says so, not on a bus. */
static bool is_pass(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_word(draft, token, STR("pass")) &&
           (screen_is_sign(draft, token + 1, ':') || screen_is_sign(draft, token + 1, '=') ||
            screen_near_before(draft, token, SCREEN_WORD_LOGIN_WORD, 6) != SCREEN_NO_TOKEN);
}

/* "username exams, password exams": a word between the two. */
static bool user_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    uint32_t next = word + 2;
    next += next < draft->token_count && draft->tokens[next].kind == SCREEN_TOKEN_SIGN;
    next += screen_is_word(draft, next, STR("and"));
    bool is_pair = screen_is_at(draft, word, SCREEN_WORD_LOGIN_NAME) &&
                   !screen_is_at(draft, word + 1, SCREEN_WORD_LOGIN_NAME) &&
                   screen_is_at(draft, next, SCREEN_WORD_PASSWORD_WORD) &&
                   draft->tokens[word + 1].kind != SCREEN_TOKEN_SIGN &&
                   !screen_is_at(draft, word + 1, SCREEN_WORD_SECRET_COMMENT);
    if (is_pair) {
        screen_found(work, SCREEN_CREDENTIAL, SCREEN_DETAIL_NONE, word, word + 1, 800,
                     because_pair);
    }
    return is_pair;
}

static bool is_login_sign(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_at(draft, token, SCREEN_WORD_LOGIN_NAME) && is_assignment(draft, token + 1);
}

void screen_find_credentials(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t i = 0; i < draft->token_count; i++) {
        const struct screen_token *token = &draft->tokens[i];
        bool is_password = screen_word_is(token, SCREEN_WORD_PASSWORD_WORD) || is_pass(draft, i);
        if (user_find(work, i)) {
            continue;
        }
        if (is_password || is_login_sign(draft, i)) {
            bool is_real = !is_advice(draft, i);
            if (is_real && !value_find(work, i) && is_password) {
                value_before_find(work, i);
            }
        } else if (screen_word_is(token, SCREEN_WORD_LOGIN_VERB) &&
                   !screen_is_at(draft, i + 1, SCREEN_WORD_LOGIN_VERB)) {
            login_find(work, i, LOGIN_WITHIN);
        } else if (screen_word_is(token, SCREEN_WORD_RESET_TO) &&
                   !screen_is_at(draft, i + 1, SCREEN_WORD_RESET_TO)) {
            login_find(work, i, RESET_WITHIN);
        } else if (screen_word_is(token, SCREEN_WORD_KEY_WORD) &&
                   !screen_is_at(draft, i + 1, SCREEN_WORD_KEY_WORD)) {
            key_word_find(work, i);
        } else if (is_private_key(draft, i)) {
            screen_found(work, SCREEN_CREDENTIAL, SCREEN_DETAIL_NONE, i, i + 1, 980, because_key);
        } else if (token->sign == '/' || token->sign == ':') {
            pair_find(work, i);
        }
        bool is_last = !screen_is_at(draft, i + 1, SCREEN_WORD_LOGIN_TOLD);
        if (screen_word_is(token, SCREEN_WORD_LOGIN_TOLD) && is_last) {
            told_find(work, i);
        }
        if (screen_word_is(token, SCREEN_WORD_PASSWORD_HINT) &&
            !screen_is_at(draft, i + 1, SCREEN_WORD_PASSWORD_HINT)) {
            hinted_find(work, i);
        }
        if (may_begin_key(draft, i)) {
            key_form_find(work, i);
        }
    }
}

/*
 * screen/detect_credential.c - passwords, user names with them, keys and tokens.
 *
 * Read first: secret_int.h, credential_int.h. Start at: screen_find_credentials.
 *
 *   a word, then what looks like one    "inbox password as you asked: Marzipan!Otter7"
 *   a word, a sign, any word            "wifi password: sunflower", "pw is sunflower"
 *   what looks like one, then the word  "Satsuma-1066 is the password"
 *
 * Pairs of names and passwords are detect_login.c's, keys detect_key.c's.
 *
 * What must hold: talk about passwords ("forgotten my password again", "never use Fluffy2015")
 * holds none.
 */
#include "screen/credential_int.h"

#include "screen/near_int.h"

#define VALUE_WITHIN 11 /* tokens behind "password" */
#define VALUE_BEFORE 7
#define ADVICE_WITHIN 20
#define PLAIN_WORDS_MAX 4
#define MEETING_BEFORE 8

static const struct str because_value =
    STR_INIT("What looks like a password stands behind the word for one.");
static const struct str because_word = STR_INIT("It says what a password is.");

/* Behind the number of a meeting a password is that meeting's. */
static bool is_behind_meeting(const struct screen_work *work, uint32_t token)
{
    const struct screen_token *tokens = work->draft->tokens;
    uint32_t from = token > MEETING_BEFORE ? token - MEETING_BEFORE : 0;
    return token > 0 && screen_finding_at(work, SCREEN_MEETING_LINK, tokens[from].start,
                                          tokens[token - 1].end) != NULL;
}

void screen_credential_found(struct screen_work *work, const struct screen_run *run,
                             unsigned confidence, struct str because)
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

bool screen_is_assignment(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_sign(draft, token, ':') || screen_is_sign(draft, token, '=') ||
           screen_is_sign(draft, token, '-') || screen_is_sign(draft, token, 0x2013) ||
           screen_is_sign(draft, token, '>') || screen_is_sign(draft, token, 0x2192);
}

/* Whether the sentence, or a quotation mark, ends here. */
bool screen_is_stop(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_sign(draft, token, '.') || screen_is_sign(draft, token, '?') ||
           screen_is_sign(draft, token, '!');
}

bool screen_is_password_advice(const struct screen_draft *draft, uint32_t token)
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
        screen_credential_found(work, &run, has_sign ? 850 : 750, because_word);
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
    screen_credential_found(work, &run, 650, because_word);
    return true;
}

/* What stands behind a word for passwords; answers whether something was found. */
static bool value_find(struct screen_work *work, uint32_t word)
{
    const struct screen_draft *draft = work->draft;
    bool has_sign = false;
    bool has_verb =
        draft->tokens[word].flags & SCREEN_TOKEN_POSSESSIVE; /* "password's kingfisher" */
    for (uint32_t at = word + 1; at < draft->token_count && at - word <= VALUE_WITHIN;) {
        uint32_t next = at + 1;
        bool is_sign = draft->tokens[at].kind == SCREEN_TOKEN_SIGN;
        bool is_quote = is_sign && draft->tokens[at].flags & SCREEN_TOKEN_SPACE &&
                        screen_is_glued(draft, at + 1) &&
                        (draft->tokens[at].sign == '"' || draft->tokens[at].sign == '\'' ||
                         draft->tokens[at].sign == 0x201C || draft->tokens[at].sign == 0x2018);
        if (screen_is_assignment(draft, at)) {
            has_sign = true;
        } else if (screen_is_stop(draft, at)) {
            return false;
        } else if (is_quote && (has_verb || has_sign || at == word + 1)) {
            return plain_find(work, at + 1, has_sign, true);
        } else if (!is_sign) {
            struct screen_run run = screen_run_read(draft, at, &next);
            if (screen_is_word(draft, at, STR("like"))) {
                return false; /* an example */
            }
            if (screen_run_is_odd(draft, &run)) {
                screen_credential_found(
                    work, &run, has_sign || has_verb || at == word + 1 ? 930 : 800, because_value);
                return true;
            }
            bool is_phrase =
                screen_is_word(draft, word, STR("passphrase")) ||
                screen_near_before(draft, word, SCREEN_WORD_LOGIN_NAME, 5) != SCREEN_NO_TOKEN;
            bool is_right_behind =
                at == word + 1 && !run.is_address && (run.digits >= 4 || is_phrase);
            bool is_verb = screen_is_at(draft, at, SCREEN_WORD_SECRET_VERB);
            bool is_behind_sign = has_sign && screen_is_assignment(draft, at - 1);
            bool is_between = screen_is_at(draft, at, SCREEN_WORD_SECRET_BETWEEN);
            bool is_behind_verb =
                has_verb &&
                (at == word + 1 || screen_is_at(draft, at - 1, SCREEN_WORD_SECRET_VERB) ||
                 screen_is_at(draft, at - 1, SCREEN_WORD_SECRET_BETWEEN));
            if ((is_right_behind || is_behind_sign || is_behind_verb) && !is_verb && !is_between &&
                plain_find(work, at, is_behind_sign, false)) {
                return true;
            }
            has_verb = is_verb || (has_verb && is_between);
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
        if (screen_is_stop(draft, at) && screen_is_at(draft, at + 1, SCREEN_WORD_SECRET_VERB)) {
            return;
        }
        if (has_verb && draft->tokens[at].flags & SCREEN_TOKEN_SPACE) {
            uint32_t next;
            struct screen_run run = screen_run_read(draft, at, &next);
            if (screen_run_is_odd(draft, &run) && next <= word) {
                screen_credential_found(work, &run, 850, because_value);
            }
            return;
        }
        has_verb = has_verb || screen_is_word(draft, at, STR("is")) ||
                   screen_is_word(draft, at, STR("was"));
    }
}

/* ---- The loop -------------------------------------------------------------------------------- */

/* "pass" is a password where a sign or a user name says so, not on a bus. */
static bool is_pass(const struct screen_draft *draft, uint32_t token)
{
    return screen_is_at(draft, token, SCREEN_WORD_PASS_WORD) &&
           (screen_is_sign(draft, token + 1, ':') || screen_is_sign(draft, token + 1, '=') ||
            screen_near_before(draft, token, SCREEN_WORD_LOGIN_WORD, 6) != SCREEN_NO_TOKEN);
}

static void named_find(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_word(draft, SCREEN_WORD_PASSWORD_WORD) &&
        !screen_draft_has_word(draft, SCREEN_WORD_PASS_WORD) &&
        !screen_draft_has_word(draft, SCREEN_WORD_LOGIN_NAME)) {
        return;
    }
    bool has_password = work->channel != SCREEN_CHANNEL_PROFILE ||
                        screen_draft_has_word(draft, SCREEN_WORD_PASSWORD_WORD) ||
                        screen_draft_has_word(draft, SCREEN_WORD_PASS_WORD);
    for (uint32_t i = 0; i < draft->token_count; i++) {
        bool is_password = screen_is_at(draft, i, SCREEN_WORD_PASSWORD_WORD) || is_pass(draft, i);
        bool is_named = is_password || (screen_is_at(draft, i, SCREEN_WORD_LOGIN_NAME) &&
                                        screen_is_assignment(draft, i + 1));
        bool is_own_name = !is_password && !has_password; /* "Username: wobblybunsen" */
        bool is_real = is_named && !is_own_name && !screen_is_password_advice(draft, i);
        if (is_real && !value_find(work, i) && is_password) {
            value_before_find(work, i);
        }
    }
}

void screen_find_credentials(struct screen_work *work)
{
    named_find(work);
    screen_find_logins(work);
    screen_find_keys(work);
}

/*
 * screen/detect_bank.c - account numbers with sort codes, cards, international account numbers.
 *
 * Read first: identifier_int.h, figures_int.h, check_digits_int.h. Start at:
 * screen_find_bank_details.
 *
 *   sort code and account number   20-00-00 87654321, in either order; one alone with its name
 *   card                           4111 1111 1111 1111 exp 09/27, by its check digit
 *   international                  GB29 NWBK 6016 1331 9268 19, by its check digits
 *
 * What must hold: "12-10-15" alone is a date or a score, and eight digits alone are anything.
 */
#include "screen/check_digits_int.h"
#include "screen/codes_int.h"
#include "screen/figures_int.h"
#include "screen/identifier_int.h"
#include "screen/near_int.h"

#define PAIR_WITHIN 9 /* tokens between a sort code and its account number */
#define WORD_BEFORE 6 /* tokens */
#define BANK_BEFORE 16
#define BANK_AFTER 10
#define NAME_NEAR 3 /* tokens: "sort code: 12 34 56" */
#define LABEL_TOKENS_MAX 5
#define DETAIL_TOKENS_MAX 14
#define CARD_DIGITS_MAX 19
#define IBAN_BRITISH 22

static const struct str because_pair = STR_INIT("A sort code and an account number stand here.");
static const struct str because_one = STR_INIT("It is said to be a number of a bank account.");
static const struct str because_card = STR_INIT("It has the check digit of a card number.");
static const struct str because_card_word = STR_INIT("It is said to be a card number.");
static const struct str because_iban =
    STR_INIT("It has the check digits of an international account number.");

/* "a/c" and "s/c", whose letters are tokens: the first of them before `token`, or no token. */
static uint32_t slashed_before(const struct screen_draft *draft, uint32_t token, struct str letter)
{
    for (uint32_t i = 3; i <= WORD_BEFORE && i <= token; i++) {
        uint32_t at = token - i;
        if (screen_is_word(draft, at, letter) && screen_is_sign(draft, at + 1, '/') &&
            screen_is_word(draft, at + 2, STR("c"))) {
            return at;
        }
    }
    return SCREEN_NO_TOKEN;
}

static bool has_label(const struct screen_draft *draft, uint32_t token, enum screen_word class,
                      struct str letter)
{
    return screen_near_before(draft, token, class, WORD_BEFORE) != SCREEN_NO_TOKEN ||
           slashed_before(draft, token, letter) != SCREEN_NO_TOKEN;
}

/* The words right before a number that name it belong to it: "sort code 00-11-22". */
static uint32_t label_first(const struct screen_draft *draft, uint32_t token)
{
    uint32_t first = token;
    for (uint32_t i = 1; i <= LABEL_TOKENS_MAX && i <= token; i++) {
        uint32_t at = token - i;
        if (screen_is_at(draft, at, SCREEN_WORD_SORT_CODE_WORD) ||
            screen_is_at(draft, at, SCREEN_WORD_ACCOUNT_WORD)) {
            first = at;
        } else if (draft->tokens[at].folded_bytes > 2) {
            break;
        }
    }
    uint32_t slashed = slashed_before(draft, token, STR("s"));
    slashed = slashed == SCREEN_NO_TOKEN ? slashed_before(draft, token, STR("a")) : slashed;
    return slashed != SCREEN_NO_TOKEN && slashed < first ? slashed : first;
}

static bool is_banking(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    return screen_near_before(draft, first, SCREEN_WORD_BANK_WORD, BANK_BEFORE) !=
               SCREEN_NO_TOKEN ||
           screen_near_after(draft, last, SCREEN_WORD_BANK_WORD, BANK_AFTER) != SCREEN_NO_TOKEN;
}

/* ---- Sort codes and account numbers ---------------------------------------------------------- */

struct group {
    uint32_t first, last; /* tokens; first is SCREEN_NO_TOKEN where there is none yet */
    bool is_hyphened;
};

/* Three groups of two digits; six together need the name before them. */
static bool sort_code_at(const struct screen_draft *draft, const struct screen_figures *run,
                         uint32_t from, struct group *group, uint32_t *next)
{
    uint32_t token = run->items[from].token;
    if (screen_figures_are(run, from, "222")) {
        bool is_joined = from == 0 || run->items[from].joint == SCREEN_JOINT_SPACE;
        bool is_same = run->items[from + 1].joint == run->items[from + 2].joint &&
                       run->items[from + 1].joint != SCREEN_JOINT_SLASH;
        bool is_hyphened = run->items[from + 1].joint != SCREEN_JOINT_SPACE;
        *group = (struct group){token, run->items[from + 2].token, is_hyphened};
        *next = from + 3;
        return is_joined && is_same;
    }
    *group = (struct group){token, token, false};
    *next = from + 1;
    return run->items[from].count == 6 &&
           has_label(draft, token, SCREEN_WORD_SORT_CODE_WORD, STR("s"));
}

/* Eight digits, or four and four. */
static bool account_at(const struct screen_figures *run, uint32_t from, struct group *group,
                       uint32_t *next)
{
    bool is_whole = run->items[from].count == 8;
    bool is_joined = from == 0 || run->items[from].joint == SCREEN_JOINT_SPACE ||
                     run->items[from].joint == SCREEN_JOINT_SLASH;
    bool is_divided = screen_figures_are(run, from, "44") && from + 2 == run->count;
    *next = from + (is_whole ? 1 : 2);
    if (!is_joined || (!is_whole && !is_divided)) {
        return false;
    }
    *group = (struct group){run->items[from].token, run->items[*next - 1].token, false};
    return true;
}

static bool is_pair(const struct group *left, const struct group *right)
{
    return left->first != SCREEN_NO_TOKEN && right->first > left->last &&
           right->first - left->last <= PAIR_WITHIN;
}

/* One of the two without the other: a sort code right behind its name, or an account number in talk
 * of banks and of no other accounts. */
static void alone_report(struct screen_work *work, const struct group *group, bool is_sort_code)
{
    const struct screen_draft *draft = work->draft;
    bool is_said = false;
    if (is_sort_code) {
        bool is_near = screen_near_before(draft, group->first, SCREEN_WORD_SORT_CODE_WORD,
                                          NAME_NEAR) != SCREEN_NO_TOKEN;
        is_said = has_label(draft, group->first, SCREEN_WORD_SORT_CODE_WORD, STR("s")) &&
                  (group->is_hyphened || group->first == group->last || is_near);
    } else {
        bool is_other = screen_near_before(draft, group->first, SCREEN_WORD_UTILITY_WORD,
                                           BANK_BEFORE) != SCREEN_NO_TOKEN ||
                        screen_near_after(draft, group->last, SCREEN_WORD_UTILITY_WORD,
                                          BANK_AFTER) != SCREEN_NO_TOKEN;
        is_said = has_label(draft, group->first, SCREEN_WORD_ACCOUNT_WORD, STR("a")) &&
                  is_banking(draft, group->first, group->last) && !is_other;
    }
    if (is_said) {
        screen_found(work, SCREEN_BANK_DETAILS, SCREEN_DETAIL_NONE,
                     label_first(draft, group->first), group->last, 830, because_one);
    }
}

static void pair_report(struct screen_work *work, const struct group *left,
                        const struct group *right, bool is_hyphened)
{
    const struct screen_draft *draft = work->draft;
    bool is_named = has_label(draft, left->first, SCREEN_WORD_SORT_CODE_WORD, STR("s")) ||
                    has_label(draft, right->first, SCREEN_WORD_SORT_CODE_WORD, STR("s")) ||
                    has_label(draft, left->first, SCREEN_WORD_ACCOUNT_WORD, STR("a")) ||
                    has_label(draft, right->first, SCREEN_WORD_ACCOUNT_WORD, STR("a"));
    bool is_about = is_banking(draft, left->first, right->last);
    bool is_alone = is_hyphened; /* nothing else says so: then no word may stand between */
    for (uint32_t i = left->last + 1; i < right->first; i++) {
        is_alone = is_alone && draft->tokens[i].kind == SCREEN_TOKEN_SIGN;
    }
    if (is_named || is_about || is_alone) {
        screen_found(work, SCREEN_BANK_DETAILS, SCREEN_DETAIL_NONE, label_first(draft, left->first),
                     right->last, is_named || is_about ? 980 : 880, because_pair);
    }
}

/* ---- Cards ----------------------------------------------------------------------------------- */

/* "exp 09/27 cvv 123" behind a card number belongs to it. */
static uint32_t details_last(const struct screen_draft *draft, uint32_t last)
{
    uint32_t end = last;
    for (uint32_t i = 1; i <= DETAIL_TOKENS_MAX && last + i < draft->token_count; i++) {
        uint32_t at = last + i;
        if (draft->tokens[at].kind == SCREEN_TOKEN_NUMBER) {
            end = at;
        } else if (draft->tokens[at].kind != SCREEN_TOKEN_SIGN &&
                   !screen_is_at(draft, at, SCREEN_WORD_CARD_DETAIL)) {
            break;
        }
    }
    return end;
}

static bool card_find(struct screen_work *work, const struct screen_figures *run, uint32_t from,
                      uint32_t *next)
{
    static const char *const shapes[] = {"4444", "465", "44443", "445"};
    const struct screen_draft *draft = work->draft;
    uint32_t groups = run->items[from].count >= 13 ? 1 : 0;
    bool is_grouped = false;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes && groups == 0; i++) {
        is_grouped = screen_figures_are(run, from, shapes[i]);
        groups = !is_grouped ? 0 : i == 0 ? 4 : i == 2 ? 5 : 3;
    }
    char digits[CARD_DIGITS_MAX];
    if (groups == 0) {
        return false;
    }
    size_t count = screen_figures_join(run, from, from + groups - 1, digits, sizeof digits);
    uint32_t first = run->items[from].token;
    uint32_t last = run->items[from + groups - 1].token;
    bool is_checked = screen_is_card_checked((struct str){digits, count});
    bool is_named =
        screen_is_near(draft, first, last, SCREEN_WORD_CARD_WORD, BANK_BEFORE, BANK_AFTER);
    bool is_thing =
        screen_near_before(draft, first, SCREEN_WORD_UTILITY_WORD, WORD_BEFORE) != SCREEN_NO_TOKEN;
    bool is_likely = is_checked
                         ? is_named || ((is_grouped || is_banking(draft, first, last)) && !is_thing)
                         : is_named && is_grouped && count == 16 && !is_thing && digits[0] >= '3' &&
                               digits[0] <= '6';
    if (!is_likely) {
        return false;
    }
    screen_found(work, SCREEN_BANK_DETAILS, SCREEN_DETAIL_NONE, first, details_last(draft, last),
                 !is_checked ? 750
                 : is_named  ? 980
                             : 900,
                 is_checked ? because_card : because_card_word);
    *next = from + groups;
    return true;
}

/* ---- International --------------------------------------------------------------------------- */

static void iban_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    struct str first = screen_token_folded(draft, token);
    bool may_begin = first.len >= 4 && first.at[0] >= 'a' && first.at[1] >= 'a' &&
                     first.at[2] <= '9' && first.at[3] <= '9';
    if (!may_begin || (first.len != 4 && first.len < 15)) {
        return;
    }
    struct screen_code code;
    size_t count = first.len > 4 ? first.len : IBAN_BRITISH;
    if (count <= SCREEN_CODE_BYTES_MAX && screen_code_read(draft, token, count, &code) &&
        screen_is_iban_checked(screen_code_str(&code))) {
        screen_found(work, SCREEN_BANK_DETAILS, SCREEN_DETAIL_NONE, token, code.last, 980,
                     because_iban);
    }
}

/* ---- The loop -------------------------------------------------------------------------------- */

/* What is waiting for its other half. */
struct waiting {
    struct group sort_code, account;
};

static void waiting_end(struct screen_work *work, struct waiting *waiting)
{
    if (waiting->sort_code.first != SCREEN_NO_TOKEN) {
        alone_report(work, &waiting->sort_code, true);
    }
    if (waiting->account.first != SCREEN_NO_TOKEN) {
        alone_report(work, &waiting->account, false);
    }
    waiting->sort_code.first = waiting->account.first = SCREEN_NO_TOKEN;
}

static uint32_t run_find(struct screen_work *work, uint32_t token, struct waiting *waiting)
{
    const struct screen_draft *draft = work->draft;
    struct screen_figures run;
    screen_figures_read(draft, token, false, &run);
    for (uint32_t from = 0; from < run.count;) {
        struct group group;
        uint32_t next = from + 1;
        uint32_t end = next;
        if (card_find(work, &run, from, &end)) {
            next = end;
        } else if (sort_code_at(draft, &run, from, &group, &end)) {
            next = end;
            if (is_pair(&waiting->account, &group)) {
                pair_report(work, &waiting->account, &group, group.is_hyphened);
                waiting->account.first = SCREEN_NO_TOKEN;
            } else {
                waiting_end(work, waiting);
                waiting->sort_code = group;
            }
        } else if (account_at(&run, from, &group, &end)) {
            next = end;
            if (is_pair(&waiting->sort_code, &group)) {
                pair_report(work, &waiting->sort_code, &group, waiting->sort_code.is_hyphened);
                waiting->sort_code.first = SCREEN_NO_TOKEN;
            } else {
                waiting_end(work, waiting);
                waiting->account = group;
            }
        }
        from = next;
    }
    return screen_figures_next(&run);
}

void screen_find_bank_details(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    struct waiting waiting = {.sort_code.first = SCREEN_NO_TOKEN, .account.first = SCREEN_NO_TOKEN};
    for (uint32_t i = 0; i < draft->token_count;) {
        if (draft->tokens[i].kind == SCREEN_TOKEN_MIXED) {
            iban_find(work, i);
        }
        i = screen_is_figure(draft, i, false) ? run_find(work, i, &waiting) : i + 1;
    }
    waiting_end(work, &waiting);
}

/*
 * screen/detect_identifier.c - numbers that the state gives to people: pupils, patients, the
 * insured, teachers; and those of banks (detect_bank.c).
 *
 * Read first: work_int.h, codes_int.h, check_digits_int.h. Start at: screen_detect_identifier.
 *
 *   pupil number      B801200005001: the check letter, or the word UPN near it
 *   health number     943 476 5870: the check digit and talk of health; or "NHS number" before it
 *   insurance number  AB 12 34 56 C: its form is enough in capitals
 *   teacher number    seven digits: only with TRN or the like near them
 *
 * What must hold: digits alone are never enough, since one order number in eleven has the check
 * digit of a health number.
 */
#include "screen/check_digits_int.h"
#include "screen/codes_int.h"
#include "screen/figures_int.h"
#include "screen/identifier_int.h"
#include "screen/named_int.h"
#include "screen/near_int.h"

#define PUPIL_BYTES 13
#define INSURANCE_BYTES 9
#define HEALTH_BYTES 10
#define TEACHER_BYTES 7
#define WORD_BEFORE 12 /* tokens: how far away a word says what a number is */
#define WORD_AFTER 6
#define LIST_BEFORE 40 /* and for lists of patients */
#define RIGHT_BEFORE 6
#define TEACHER_BEFORE 14
#define TEACHER_AFTER 9

static const struct str because_pupil =
    STR_INIT("It has the form and the check letter of a unique pupil number.");
static const struct str because_pupil_word = STR_INIT("It is said to be a pupil number.");
static const struct str because_health =
    STR_INIT("It has the check digit of an NHS number, and the words are about health.");
static const struct str because_health_word = STR_INIT("It is said to be an NHS number.");
static const struct str because_insurance =
    STR_INIT("It has the form of a National Insurance number.");
static const struct str because_teacher =
    STR_INIT("Seven digits that are said to be a teacher reference number.");

/* Whether a word that names another number stands nearer before the digits than `word`. */
static bool is_of_thing(const struct screen_draft *draft, uint32_t first, enum screen_word class)
{
    uint32_t thing = screen_near_before(draft, first, SCREEN_WORD_NUMBER_OF_THING, RIGHT_BEFORE);
    uint32_t word = screen_near_before(draft, first, class, WORD_BEFORE);
    return thing != SCREEN_NO_TOKEN && (word == SCREEN_NO_TOKEN || word < thing);
}

static void code_report(struct screen_work *work, enum screen_kind kind, uint32_t first,
                        uint32_t last, unsigned confidence, struct str because)
{
    screen_found(work, kind, SCREEN_DETAIL_NONE, first, last, confidence, because);
}

/* ---- Codes of letters and digits ------------------------------------------------------------- */

/* A letter, or a letter and digits: how codes begin whose first character is a letter. */
static bool pupil_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    struct screen_code code;
    if (!screen_code_read(draft, token, PUPIL_BYTES, &code) ||
        !screen_is_pupil_form(screen_code_str(&code))) {
        return false;
    }
    bool is_named = screen_dotted_before(draft, token, STR("upn"), RIGHT_BEFORE) ||
                    screen_is_near(draft, token, code.last, SCREEN_WORD_PUPIL_NUMBER_WORD,
                                   WORD_BEFORE, WORD_AFTER);
    bool is_checked = screen_is_pupil_checked(screen_code_str(&code));
    bool is_thing = is_of_thing(draft, token, SCREEN_WORD_PUPIL_NUMBER_WORD);
    if (is_checked && (is_named || (code.tokens <= 2 && !is_thing))) {
        code_report(work, SCREEN_PUPIL_NUMBER, token, code.last, is_named ? 990 : 930,
                    because_pupil);
    } else if (is_named && !is_thing) {
        code_report(work, SCREEN_PUPIL_NUMBER, token, code.last, 880, because_pupil_word);
    } else {
        return false;
    }
    return true;
}

static bool insurance_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    struct screen_code code;
    bool is_prefix;
    if (!screen_code_read(draft, token, INSURANCE_BYTES, &code) ||
        !screen_is_insurance_form(screen_code_str(&code), &is_prefix)) {
        return false;
    }
    bool is_named = screen_dotted_before(draft, token, STR("ni"), RIGHT_BEFORE) ||
                    screen_is_near(draft, token, code.last, SCREEN_WORD_INSURANCE_NUMBER_WORD,
                                   WORD_BEFORE, WORD_AFTER);
    bool is_thing = is_of_thing(draft, token, SCREEN_WORD_INSURANCE_NUMBER_WORD);
    bool is_example = code.bytes[0] == 'q' && code.bytes[1] == 'q';
    bool is_clear = is_prefix && (code.is_capital || code.tokens == 1) && !is_thing;
    if ((!is_clear && !is_named) || is_example) {
        return false;
    }
    code_report(work, SCREEN_INSURANCE_NUMBER, token, code.last,
                is_prefix && is_named          ? 985
                : is_prefix && code.is_capital ? 950
                                               : 800,
                because_insurance);
    return true;
}

/* "NI no AB 12 34 56": without the last letter, right behind the word. */
static bool short_insurance_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    struct screen_code code;
    if (screen_near_before(draft, token, SCREEN_WORD_INSURANCE_NUMBER_WORD, RIGHT_BEFORE) ==
            SCREEN_NO_TOKEN ||
        !screen_code_read(draft, token, INSURANCE_BYTES - 1, &code)) {
        return false;
    }
    bool is_prefix;
    char whole[INSURANCE_BYTES];
    for (size_t i = 0; i < INSURANCE_BYTES - 1; i++) {
        whole[i] = code.bytes[i];
    }
    whole[INSURANCE_BYTES - 1] = 'a';
    if (!screen_is_insurance_form((struct str){whole, INSURANCE_BYTES}, &is_prefix) || !is_prefix) {
        return false;
    }
    code_report(work, SCREEN_INSURANCE_NUMBER, token, code.last, 850, because_insurance);
    return true;
}

/* ---- Numbers of digits ----------------------------------------------------------------------- */

static bool is_after_pupil(const struct screen_work *work, uint32_t token)
{
    return token > 0 && screen_is_named(work, token > 3 ? token - 3 : 0, token - 1, token);
}

/* Three, three and four digits, or ten together. */
static bool health_find(struct screen_work *work, const struct screen_figures *run, uint32_t from,
                        uint32_t *next)
{
    const struct screen_draft *draft = work->draft;
    char digits[HEALTH_BYTES];
    bool is_grouped = screen_figures_are(run, from, "334");
    if (!is_grouped && run->items[from].count != HEALTH_BYTES) {
        return false;
    }
    uint32_t last_group = from + (is_grouped ? 2 : 0);
    size_t count = screen_figures_join(run, from, last_group, digits, sizeof digits);
    uint32_t first = run->items[from].token;
    uint32_t last = run->items[last_group].token;
    bool is_checked = screen_is_health_checked((struct str){digits, count});
    bool is_named =
        screen_is_near(draft, first, last, SCREEN_WORD_HEALTH_NUMBER_WORD, WORD_BEFORE, WORD_AFTER);
    bool is_health =
        screen_is_near(draft, first, last, SCREEN_WORD_HEALTH_NUMBER_WORD, LIST_BEFORE,
                       WORD_BEFORE) ||
        screen_is_near(draft, first, last, SCREEN_WORD_HEALTH_WORD, LIST_BEFORE, WORD_BEFORE);
    bool is_right_before = screen_dotted_before(draft, first, STR("nhs"), RIGHT_BEFORE) ||
                           screen_near_before(draft, first, SCREEN_WORD_HEALTH_NUMBER_WORD,
                                              RIGHT_BEFORE) != SCREEN_NO_TOKEN;
    bool is_thing = is_of_thing(draft, first, SCREEN_WORD_HEALTH_NUMBER_WORD);
    unsigned confidence = 0;
    if (is_checked && !is_thing) {
        bool is_listed = is_grouped && is_after_pupil(work, first);
        confidence = is_named ? 985 : is_health ? 880 : is_listed ? 750 : 0;
    }
    if (confidence == 0 && is_right_before && !is_thing && digits[0] != '0') {
        confidence = 850;
    }
    if (confidence == 0) {
        return false;
    }
    code_report(work, SCREEN_HEALTH_NUMBER, first, last, confidence,
                is_checked ? because_health : because_health_word);
    *next = last_group + 1;
    return true;
}

/* "TRN 3014472", "RP 12/34567", "teacher ref: 301 4472". */
static bool teacher_find(struct screen_work *work, const struct screen_figures *run, uint32_t from,
                         uint32_t *next)
{
    const struct screen_draft *draft = work->draft;
    static const char *const shapes[] = {"7", "25", "34", "43"};
    uint32_t groups = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes && groups == 0; i++) {
        bool is_shape = screen_figures_are(run, from, shapes[i]);
        groups = !is_shape ? 0 : shapes[i][1] ? 2 : 1;
    }
    if (groups == 0) {
        return false;
    }
    uint32_t first = run->items[from].token;
    uint32_t last = run->items[from + groups - 1].token;
    uint32_t word =
        screen_near_before(draft, first, SCREEN_WORD_TEACHER_NUMBER_WORD, TEACHER_BEFORE);
    uint32_t other = screen_near_before(draft, first, SCREEN_WORD_OTHER_NUMBER_WORD, RIGHT_BEFORE);
    uint32_t after = screen_near_after(draft, last, SCREEN_WORD_TEACHER_NUMBER_WORD, TEACHER_AFTER);
    bool is_other = other != SCREEN_NO_TOKEN && (word == SCREEN_NO_TOKEN || other > word);
    bool is_dotted = screen_dotted_before(draft, first, STR("trn"), RIGHT_BEFORE);
    if (is_other || (word == SCREEN_NO_TOKEN && after == SCREEN_NO_TOKEN && !is_dotted)) {
        return false;
    }
    code_report(work, SCREEN_TEACHER_NUMBER, first, last,
                word != SCREEN_NO_TOKEN || is_dotted ? 970 : 850, because_teacher);
    *next = from + groups;
    return true;
}

/* "ULN 1234567890" */
static bool learner_find(struct screen_work *work, const struct screen_figures *run, uint32_t from,
                         uint32_t *next)
{
    uint32_t token = run->items[from].token;
    if (run->items[from].count != HEALTH_BYTES ||
        screen_near_before(work->draft, token, SCREEN_WORD_LEARNER_NUMBER_WORD, RIGHT_BEFORE) ==
            SCREEN_NO_TOKEN) {
        return false;
    }
    code_report(work, SCREEN_PUPIL_NUMBER, token, token, 880, because_pupil_word);
    *next = from + 1;
    return true;
}

/* ---- The loop -------------------------------------------------------------------------------- */

static uint32_t run_find(struct screen_work *work, uint32_t token)
{
    struct screen_figures run;
    screen_figures_read(work->draft, token, false, &run);
    for (uint32_t from = 0; from < run.count;) {
        uint32_t next = from + 1;
        if (!learner_find(work, &run, from, &next) && !health_find(work, &run, from, &next)) {
            (void)teacher_find(work, &run, from, &next);
        }
        from = next;
    }
    return screen_figures_next(&run);
}

/* Whether a code of letters, then digits may begin here: "b8012...", "ab12...", "ab" before "12".
 * */
static bool may_begin_code(const struct screen_draft *draft, uint32_t token)
{
    const struct screen_token *one = &draft->tokens[token];
    if (one->kind == SCREEN_TOKEN_MIXED) {
        return true;
    }
    bool is_short = one->kind == SCREEN_TOKEN_WORD && one->folded_bytes <= 2;
    return is_short && token + 1 < draft->token_count &&
           (draft->tokens[token + 1].kind == SCREEN_TOKEN_NUMBER ||
            draft->tokens[token + 1].kind == SCREEN_TOKEN_MIXED);
}

void screen_detect_identifier(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_kind(draft, SCREEN_TOKEN_NUMBER) &&
        !screen_draft_has_kind(draft, SCREEN_TOKEN_MIXED)) {
        return;
    }
    for (uint32_t i = 0; i < draft->token_count;) {
        if (may_begin_code(draft, i) && !pupil_find(work, i) && !insurance_find(work, i)) {
            (void)short_insurance_find(work, i);
        }
        i = screen_is_figure(draft, i, false) ? run_find(work, i) : i + 1;
    }
    screen_find_bank_details(work);
}

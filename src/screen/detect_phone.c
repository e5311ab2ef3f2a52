/*
 * screen/detect_phone.c - telephone numbers.
 *
 * Read first: contact_int.h, figures_int.h. Start at: screen_find_phones.
 *
 * A number of the United Kingdom begins with 0 and has ten or, nearly always, eleven digits (Ofcom,
 * National Telephone Numbering Plan); from abroad +44 or 0044 stands in the place of the 0.
 *
 *   as it should be         01632 960 456, (01632) 960456 ext 3, +44 (0)7700 900123
 *   with letters for digits o7700 9OO123
 *   in words                oh double seven double oh nine ...
 *   a part of it            "ring us on 960456"
 *
 * What must hold: digits that are grouped in no usual way, or are too few or too many, need a word
 * near them that says what they are; after "order", "ISBN" and the like they are something else.
 */
#include "screen/contact_int.h"

#include <string.h>

#include "screen/figures_int.h"
#include "screen/near_int.h"
#include "screen/number_words_int.h"

#define NATIONAL_DIGITS 11
#define PHONE_DIGITS_MAX 18
#define GROUPS_MAX 6   /* of one number; more need a word near them */
#define WORD_BEFORE 10 /* tokens: how far away a word says what a number is */
#define WORD_AFTER 6
#define THING_BEFORE 4 /* "order no. 0163 ..." */
#define SPELT_DIGITS_MIN 10

static const struct str because_form = STR_INIT("It has the form of a telephone number.");
static const struct str because_near =
    STR_INIT("Digits, with words around them about a telephone.");
static const struct str because_spelt = STR_INIT("It reads as a telephone number in words.");

/* ---- Numbering plan -------------------------------------------------------------------------- */

/* Digits with the 0 in front: whether they are as many as their beginning asks for. */
static bool is_national(const char *digits, size_t count)
{
    if (count < 2 || digits[0] != '0') {
        return false;
    }
    switch (digits[1]) {
    case '1': /* a few areas have numbers of ten digits */
        return count == NATIONAL_DIGITS || count == NATIONAL_DIGITS - 1;
    case '2':
    case '3':
    case '7':
    case '9':
        return count == NATIONAL_DIGITS;
    case '5':
        return count == NATIONAL_DIGITS || (count == 10 && digits[2] == '0');
    case '8': /* 0800 1111 is a number of its own kind */
        return count == NATIONAL_DIGITS || ((count == 10 || count == 8) && digits[2] == '0');
    default: /* not an enum */
        return false;
    }
}

/* A number that is being put together from groups. */
struct phone {
    uint32_t first, last; /* groups of the run */
    char digits[PHONE_DIGITS_MAX];
    size_t count;
    bool is_abroad; /* behind a plus sign, of another country */
    bool is_plain;  /* grouped as people do; needs no word near it */
};

/* Brings "+44 (0)7700", "0044 7700" and "447700" to "07700"; false: of another country. Without a
 * sign for "from abroad" a first group like "4471" is no beginning of it. */
static bool national_make(struct phone *phone, bool is_plus, uint8_t first_group)
{
    const char *digits = phone->digits;
    size_t skip = 0;
    if (!is_plus && phone->count >= 4 && memcmp(digits, "00", 2) == 0) {
        skip = 2;
        is_plus = true;
    }
    bool is_home = phone->count >= skip + 3 && memcmp(digits + skip, "44", 2) == 0;
    bool is_led = is_plus || (phone->count >= 12 && (first_group == 2 || first_group >= 5));
    if (!is_home || !is_led) {
        return !is_plus;
    }
    skip += digits[skip + 2] == '0' ? 3 : 2;
    phone->count -= skip - 1;
    memmove(phone->digits + 1, phone->digits + skip, phone->count - 1);
    phone->digits[0] = '0';
    return true;
}

static bool is_joint_good(const struct screen_figures *run, uint32_t from, uint32_t group)
{
    uint8_t joint = run->items[group].joint;
    bool is_second = group == from + 1;
    return joint != SCREEN_JOINT_FIRST &&
           ((joint != SCREEN_JOINT_SLASH && joint != SCREEN_JOINT_DASH) || is_second);
}

/* Whether the digits go on without a space, so that the number is a longer one. */
static bool goes_on(const struct screen_figures *run, uint32_t group)
{
    if (group + 1 >= run->count) {
        return false;
    }
    uint8_t joint = run->items[group + 1].joint;
    return joint == SCREEN_JOINT_HYPHEN || joint == SCREEN_JOINT_STOP;
}

static bool is_grouped_well(const struct screen_figures *run, const struct phone *phone,
                            bool is_plus)
{
    uint32_t groups = phone->last - phone->first + 1;
    uint8_t first = run->items[phone->first].count;
    bool is_zero = first == 1 && groups > 1 && /* "(0)7700 900123" */
                   run->items[phone->first + 1].joint == SCREEN_JOINT_BRACKET;
    return groups <= GROUPS_MAX && (first >= 3 || is_zero || is_plus || first == phone->count);
}

/* The longest number of the plan that begins with group `from`. */
static bool phone_read(const struct screen_figures *run, uint32_t from, bool is_plus,
                       struct phone *phone)
{
    struct phone whole = {.first = from};
    bool is_found = false;
    for (uint32_t group = from; group < run->count; group++) {
        const struct screen_figure *figure = &run->items[group];
        if ((group > from && !is_joint_good(run, from, group)) ||
            figure->count > PHONE_DIGITS_MAX - whole.count) {
            break;
        }
        memcpy(whole.digits + whole.count, figure->digits, figure->count);
        whole.count += figure->count;
        whole.last = group;
        struct phone one = whole;
        bool is_home = national_make(&one, is_plus, run->items[from].count);
        bool is_good = is_home ? is_national(one.digits, one.count)
                               : is_plus && one.count >= 9 && one.count <= 15;
        if (is_good && !goes_on(run, group)) {
            one.is_abroad = !is_home;
            one.is_plain = is_grouped_well(run, &one, is_plus) &&
                           (!is_home || one.count == NATIONAL_DIGITS || one.digits[1] == '8');
            *phone = one;
            is_found = true;
        }
        if (is_home && one.count >= NATIONAL_DIGITS) {
            break;
        }
    }
    return is_found;
}

/* ---- What stands around ---------------------------------------------------------------------- */

struct around {
    bool has_word;     /* "ring", "tel", "mobile" */
    bool is_of_thing;  /* right behind "order", "ref" and no word for telephones between */
    bool is_passed_on; /* a helpline is named */
    bool is_price;
};

/* Whether a clause ends between a thing and a number: "about the voucher, 07700 900173". A plus
 * sign before a number says as much. */
static bool is_cut_off(const struct screen_draft *draft, uint32_t thing, uint32_t first)
{
    for (uint32_t i = thing + 1; i < first; i++) {
        uint32_t sign = draft->tokens[i].kind == SCREEN_TOKEN_SIGN ? draft->tokens[i].sign : 0;
        bool is_stop = sign == '.' && draft->tokens[i - 1].folded_bytes > 3; /* not "ref." */
        if (sign == ',' || sign == '+' || sign == '?' || sign == '!' || is_stop) {
            return true;
        }
    }
    return false;
}

static struct around around_read(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    struct around around = {0};
    struct screen_classes before = screen_classes_near(draft, first, WORD_BEFORE, 0);
    struct screen_classes after = screen_classes_near(draft, last, 0, WORD_AFTER);
    around.has_word = screen_classes_have(&before, SCREEN_WORD_PHONE_WORD) ||
                      screen_classes_have(&after, SCREEN_WORD_PHONE_WORD);
    around.is_passed_on = screen_classes_have(&before, SCREEN_WORD_HELPLINE) ||
                          screen_classes_have(&after, SCREEN_WORD_HELPLINE);
    uint32_t thing = screen_near_before(draft, first, SCREEN_WORD_NUMBER_OF_THING, THING_BEFORE);
    uint32_t word = screen_near_before(draft, first, SCREEN_WORD_PHONE_WORD, THING_BEFORE);
    around.is_of_thing = thing != SCREEN_NO_TOKEN && (word == SCREEN_NO_TOKEN || word < thing) &&
                         !is_cut_off(draft, thing, first);
    if (first > 0 && draft->tokens[first - 1].kind == SCREEN_TOKEN_SIGN) {
        uint32_t sign = draft->tokens[first - 1].sign;
        around.is_price = sign == 0xA3 || sign == '$' || sign == 0x20AC;
    }
    return around;
}

/* Of lines that are free to call or belong to offices; those of helplines are passed on. */
static bool is_public_line(const struct phone *phone)
{
    return phone->digits[0] == '0' && (phone->digits[1] == '8' || phone->digits[1] == '3');
}

static uint32_t extension_last(const struct screen_draft *draft, uint32_t last)
{
    uint32_t next = last + 1;
    next += screen_is_sign(draft, next, ',') || screen_is_sign(draft, next, '(');
    if (screen_is_at(draft, next, SCREEN_WORD_PHONE_EXTENSION)) {
        next++;
        next += screen_is_sign(draft, next, '.') || screen_is_sign(draft, next, ':');
        return screen_is_figure(draft, next, false) ? next : last;
    }
    struct str folded = next < draft->token_count ? screen_token_folded(draft, next) : STR("");
    bool is_short = folded.len >= 2 && folded.len <= 8;
    bool is_extension = is_short && draft->tokens[next].kind == SCREEN_TOKEN_MIXED &&
                        (str_starts(folded, STR("ext")) ||
                         (folded.at[0] == 'x' && folded.at[1] >= '0' && folded.at[1] <= '9'));
    return is_extension ? next : last;
}

static void phone_report(struct screen_work *work, uint32_t first, uint32_t last,
                         unsigned confidence, struct str because)
{
    const struct screen_draft *draft = work->draft;
    uint32_t before = first;
    while (before > 0 && screen_is_glued(draft, before) &&
           (screen_is_sign(draft, before - 1, '(') || screen_is_sign(draft, before - 1, '+'))) {
        before--;
    }
    screen_found(work, SCREEN_PHONE_NUMBER, SCREEN_DETAIL_NONE, before, extension_last(draft, last),
                 confidence, because);
}

/* ---- Numbers that are not whole -------------------------------------------------------------- */

/* "07700 90012" and "7700 900123": a slip, or a 0 left out. Needs a word near it. */
static bool is_nearly(const struct screen_figures *run, uint32_t from, struct phone *phone)
{
    *phone = (struct phone){.first = from};
    for (uint32_t group = from; group < run->count; group++) {
        const struct screen_figure *figure = &run->items[group];
        if ((group > from && !is_joint_good(run, from, group)) ||
            figure->count > PHONE_DIGITS_MAX - phone->count) {
            break;
        }
        memcpy(phone->digits + phone->count, figure->digits, figure->count);
        phone->count += figure->count;
        phone->last = group;
    }
    bool is_mobile = phone->count >= 10 && phone->count <= 12 && phone->digits[0] == '0' &&
                     phone->digits[1] == '7';
    bool is_without_zero = phone->count == 10 && phone->digits[0] == '7';
    return (is_mobile || is_without_zero) && run->items[from].count >= 4;
}

/* "ring 960456", "tel: 960 456": six to eight digits right behind such a word. */
static bool is_local(const struct screen_draft *draft, const struct screen_figures *run,
                     uint32_t from, struct phone *phone)
{
    uint32_t token = run->items[from].token;
    static const char *const shapes[] = {"33", "34", "44", "6", "7", "8", "222"};
    uint32_t word = screen_near_before(draft, token, SCREEN_WORD_PHONE_WORD, 4);
    uint32_t thing = screen_near_before(draft, token, SCREEN_WORD_NUMBER_OF_THING, 6);
    if (word == SCREEN_NO_TOKEN || thing != SCREEN_NO_TOKEN) {
        return false;
    }
    for (uint32_t i = word + 1; i < token; i++) {
        bool is_between = draft->tokens[i].kind == SCREEN_TOKEN_SIGN
                              ? draft->tokens[i].sign == ':' || draft->tokens[i].sign == '.'
                              : screen_is_at(draft, i, SCREEN_WORD_PHONE_BETWEEN);
        if (!is_between) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        uint32_t groups = (uint32_t)strlen(shapes[i]);
        if (screen_figures_are(run, from, shapes[i]) && from + groups == run->count &&
            run->items[from].digits[0] != '1') {
            *phone = (struct phone){.first = from, .last = from + groups - 1};
            return true;
        }
    }
    return false;
}

/* ---- In words -------------------------------------------------------------------------------- */

/* Answers the last token of a number in words that begins at `first`, or `first` for none. */
static uint32_t spelt_last(const struct screen_draft *draft, uint32_t first)
{
    struct screen_said said;
    bool is_good = screen_said_read(draft, first, &said) && said.words >= 2 &&
                   said.count >= SPELT_DIGITS_MIN && is_national(said.digits, said.count);
    return is_good ? said.last : first;
}

/* ---- The loop -------------------------------------------------------------------------------- */

/* Finds numbers of the run; answers the token after what was read. */
static uint32_t run_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    struct screen_figures run;
    screen_figures_read(draft, token, true, &run);
    for (uint32_t from = 0; from < run.count;) {
        uint32_t first = run.items[from].token;
        bool is_plus = first > 0 && screen_is_sign(draft, first - 1, '+');
        uint8_t joint = run.items[from].joint;
        bool is_start = joint == SCREEN_JOINT_FIRST || joint == SCREEN_JOINT_SPACE ||
                        joint == SCREEN_JOINT_BRACKET || joint == SCREEN_JOINT_DASH;
        struct phone phone;
        if (!is_start) {
            from++;
            continue;
        }
        bool is_whole = phone_read(&run, from, is_plus, &phone);
        if (!is_whole && !is_nearly(&run, from, &phone) && !is_local(draft, &run, from, &phone)) {
            from++;
            continue;
        }
        struct around around = around_read(draft, first, run.items[phone.last].token);
        bool is_shown = !around.is_price && !around.is_of_thing &&
                        !(is_whole && is_public_line(&phone) && around.is_passed_on) &&
                        ((is_whole && phone.is_plain) || around.has_word);
        if (is_shown) {
            bool is_sure = is_whole && phone.is_plain;
            phone_report(work, first, run.items[phone.last].token,
                         is_sure ? (phone.is_abroad ? 930 : 975) : 800,
                         is_sure ? because_form : because_near);
        }
        from = is_shown ? phone.last + 1 : from + 1;
    }
    return screen_figures_next(&run);
}

/* "wa.me/447700900123" */
static bool is_chat_link(struct str link)
{
    struct str number;
    size_t at = str_find(link, STR("wa.me/"));
    if (at != STR_NONE) {
        number = str_slice(link, at + 6, link.len);
    } else if ((at = str_find(link, STR("whatsapp.com/send?phone="))) != STR_NONE) {
        number = str_slice(link, at + 24, link.len);
    } else {
        return false;
    }
    size_t digits = 0;
    for (size_t i = 0; i < number.len && digits < 10; i++) {
        digits += number.at[i] >= '0' && number.at[i] <= '9';
    }
    return digits >= 10;
}

void screen_find_phones(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_kind(draft, SCREEN_TOKEN_NUMBER) &&
        !screen_draft_has_kind(draft, SCREEN_TOKEN_MIXED) &&
        !screen_draft_has_kind(draft, SCREEN_TOKEN_LINK) &&
        !screen_draft_has_word(draft, SCREEN_WORD_DIGIT_WORD)) {
        return;
    }
    const bool has_words = screen_draft_has_word(draft, SCREEN_WORD_DIGIT_WORD);
    for (uint32_t i = 0; i < draft->token_count;) {
        const struct screen_token *token = &draft->tokens[i];
        bool is_before_word =
            has_words && token->kind == SCREEN_TOKEN_NUMBER &&
            screen_near_after(draft, i, SCREEN_WORD_DIGIT_WORD, 3) != SCREEN_NO_TOKEN;
        if (screen_word_is(token, SCREEN_WORD_DIGIT_WORD) || is_before_word) {
            uint32_t last = spelt_last(draft, i);
            if (last > i) {
                phone_report(work, i, last, 880, because_spelt);
                i = last + 1;
                continue;
            }
        }
        if (token->kind == SCREEN_TOKEN_LINK && is_chat_link(screen_token_folded(draft, i))) {
            screen_found(work, SCREEN_PHONE_NUMBER, SCREEN_DETAIL_NONE, i, i, 950, because_form);
        }
        i = screen_is_figure(draft, i, true) ? run_find(work, i) : i + 1;
    }
}

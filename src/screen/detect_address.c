/*
 * screen/detect_address.c - postal addresses and postcodes.
 *
 * Read first: contact_int.h, near_int.h. Start at: screen_find_addresses.
 *
 *   number, name, kind of street    14 Tanner's Row, Lower Fenwick, AV3 5QL
 *   dwelling, then that             Flat 2, 91 Marlpit Lane, Ashdown
 *   number, words, postcode         12 Castlegate, Fenwick AV1 2TG
 *   a house's name, then a street   Rose Cottage, Mill Lane, Fenwick, AV3 5QL
 *
 * A postcode is one or two letters, a digit, perhaps a digit or letter; then a digit and two
 * letters (Royal Mail, Programmers' Guide to the Postcode Address File: which letters may stand
 * where).
 *
 * What must hold: kinds of street that are many other things ("Park", "Hill") need a town, a
 * postcode or talk of living behind or before them; so does all that is written in small letters. A
 * full postcode in capitals stands for itself.
 */
#include "screen/contact_int.h"

#include <string.h>

#include "screen/near_int.h"
#include "screen/number_words_int.h"

#define NAME_WORDS_MAX 4 /* of a street */
#define PART_WORDS_MAX 4 /* of a town */
#define PARTS_MAX 5      /* of an address behind the street */
#define CONTEXT_BEFORE 9 /* tokens */
#define CONTEXT_AFTER 4
#define POSTCODE_LETTERS_MAX 7
#define POSTCODE_WITHIN 12 /* tokens from the number to a postcode that makes it an address */

static const struct str because_code = STR_INIT("It has the form of a full postcode.");
static const struct str because_code_near =
    STR_INIT("It reads as a postcode, with words about an address near it.");
static const struct str because_street = STR_INIT("A house number and a street stand here.");
static const struct str because_house = STR_INIT("The name of a house and a street stand here.");

/* ---- Postcodes ------------------------------------------------------------------------------- */

struct postcode {
    uint32_t last;   /* token */
    bool is_capital; /* all letters of it */
    bool is_sure;    /* in capitals, in two parts, and like nothing else */
    bool is_odd;     /* like "ks3 5th" */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_among(char c, const char *letters)
{
    return c != 0 && strchr(letters, c) != NULL;
}

static bool is_small_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The first part, folded: a9, a99, aa9, aa99, a9a, aa9a. */
static bool is_outward(struct str part)
{
    if (part.len < 2 || part.len > 4 || !is_small_letter(part.at[0]) ||
        is_among(part.at[0], "qvx")) {
        return false;
    }
    size_t letters = is_digit(part.at[1]) ? 1 : 2;
    if (letters == 2 && (!is_small_letter(part.at[1]) || is_among(part.at[1], "ijz"))) {
        return false;
    }
    struct str rest = str_slice(part, letters, part.len);
    if (rest.len == 0 || rest.len > 2 || !is_digit(rest.at[0])) {
        return false;
    }
    const char *thirds = letters == 1 ? "abcdefghjkpstuw" : "abehmnprvwxy";
    return rest.len == 1 || is_digit(rest.at[1]) || is_among(rest.at[1], thirds);
}

static bool is_inward(struct str part)
{
    static const char letters[] = "abdefghjlnpqrstuwxyz";
    return part.len == 3 && is_digit(part.at[0]) && is_among(part.at[1], letters) &&
           is_among(part.at[2], letters);
}

static bool has_small(struct str raw)
{
    for (size_t i = 0; i < raw.len; i++) {
        if (is_small_letter(raw.at[i])) {
            return true;
        }
    }
    return false;
}

/* "ks3", "yr9", "5th", "4gb": letters that stand with digits for other reasons. */
static bool is_odd_pair(struct str outward, struct str inward)
{
    size_t letters = is_digit(outward.at[1]) ? 1 : 2;
    struct str unit = str_slice(inward, 1, 3);
    char digit = inward.at[0];
    bool is_ordinal = str_equal(unit, STR("st"))   ? digit == '1'
                      : str_equal(unit, STR("nd")) ? digit == '2'
                      : str_equal(unit, STR("rd")) ? digit == '3'
                      : str_equal(unit, STR("th")) ? digit == '0' || digit > '3'
                                                   : screen_word_has(unit, SCREEN_WORD_UNIT);
    return is_ordinal ||
           screen_word_has(str_slice(outward, 0, letters), SCREEN_WORD_COURSE_LETTERS);
}

static bool postcode_read(const struct screen_draft *draft, uint32_t at, struct postcode *code)
{
    const struct screen_token *token = &draft->tokens[at];
    if (token->kind != SCREEN_TOKEN_MIXED || token->folded_bytes < 2 || token->folded_bytes > 7 ||
        token->flags & SCREEN_TOKEN_HYPHEN ||
        (screen_is_glued(draft, at) && at > 0 && draft->tokens[at - 1].sign == '/')) {
        return false;
    }
    struct str folded = screen_token_folded(draft, at);
    if (folded.len >= 5) {
        struct str outward = str_slice(folded, 0, folded.len - 3);
        struct str inward = str_slice(folded, folded.len - 3, folded.len);
        *code = (struct postcode){
            .last = at, .is_capital = !has_small(screen_token_raw(draft, at)), .is_odd = true};
        return is_outward(outward) && is_inward(inward);
    }
    if (at + 1 >= draft->token_count || draft->tokens[at + 1].kind != SCREEN_TOKEN_MIXED ||
        draft->tokens[at + 1].flags & SCREEN_TOKEN_LINE) {
        return false;
    }
    struct str inward = screen_token_folded(draft, at + 1);
    if (!is_outward(folded) || !is_inward(inward)) {
        return false;
    }
    code->last = at + 1;
    code->is_capital =
        !has_small(screen_token_raw(draft, at)) && !has_small(screen_token_raw(draft, at + 1));
    code->is_odd = is_odd_pair(folded, inward);
    code->is_sure = code->is_capital && !code->is_odd;
    return true;
}

/* ---- What stands around ---------------------------------------------------------------------- */

static bool has_address_word(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    struct screen_classes before = screen_classes_near(draft, first, CONTEXT_BEFORE, 0);
    struct screen_classes after = screen_classes_near(draft, last, 0, CONTEXT_AFTER);
    return screen_classes_have(&before, SCREEN_WORD_ADDRESS_WORD) ||
           screen_classes_have(&before, SCREEN_WORD_POSTCODE_WORD) ||
           screen_classes_have(&after, SCREEN_WORD_POSTCODE_WORD);
}

static bool is_price(const struct screen_draft *draft, uint32_t number)
{
    if (!screen_is_glued(draft, number) || draft->tokens[number - 1].kind != SCREEN_TOKEN_SIGN) {
        return draft->tokens[number].flags & SCREEN_TOKEN_HYPHEN;
    }
    uint32_t sign = draft->tokens[number - 1].sign;
    bool is_quote = sign == '"' || sign == '\'' || sign == 0x201C || sign == 0x2018;
    return !is_quote && (sign >= 0x80 || strchr("(,:*#", (int)sign) == NULL);
}

/* ---- Streets --------------------------------------------------------------------------------- */

/* An address that is being read. */
struct place {
    uint32_t first, last;
    bool is_capital; /* the street's name has capitals */
    bool is_weak;    /* its kind is many other things */
    bool has_town;   /* a comma and another name follow */
    bool has_code;   /* a postcode ends it */
};

static bool is_name_word(const struct screen_draft *draft, uint32_t at)
{
    return at < draft->token_count && draft->tokens[at].kind == SCREEN_TOKEN_WORD &&
           !(draft->tokens[at].flags & SCREEN_TOKEN_LINE);
}

/* What is shouted tells no name. */
static bool is_capital(const struct screen_draft *draft, uint32_t at)
{
    bool is_shouted =
        draft->tokens[at].flags & SCREEN_TOKEN_ALL_CAPITAL && draft->tokens[at].folded_bytes > 3;
    return draft->tokens[at].flags & SCREEN_TOKEN_CAPITAL && !is_shouted;
}

static bool is_street_end(const struct screen_draft *draft, uint32_t at, bool *is_weak)
{
    bool is_strong =
        screen_is_at(draft, at, SCREEN_WORD_STREET_KIND) ||
        (screen_is_word(draft, at, STR("st")) &&
         (at + 1 >= draft->token_count || draft->tokens[at + 1].kind == SCREEN_TOKEN_SIGN));
    *is_weak = !is_strong;
    return is_strong || screen_is_at(draft, at, SCREEN_WORD_STREET_KIND_WEAK);
}

/* "14", "12a", "22-24", "3/2": the last token of a house number at `at`, or SCREEN_NO_TOKEN. */
static uint32_t number_last(const struct screen_draft *draft, uint32_t at)
{
    if (at >= draft->token_count) {
        return SCREEN_NO_TOKEN;
    }
    struct str folded = screen_token_folded(draft, at);
    size_t digits = 0;
    while (digits < folded.len && is_digit(folded.at[digits])) {
        digits++;
    }
    uint32_t words_last;
    if (draft->tokens[at].kind == SCREEN_TOKEN_WORD) { /* "forty-one Mill Rise" */
        return screen_number_read(draft, at, &words_last) > 0 ? words_last : SCREEN_NO_TOKEN;
    }
    bool is_number = draft->tokens[at].kind == SCREEN_TOKEN_NUMBER ||
                     (draft->tokens[at].kind == SCREEN_TOKEN_MIXED && folded.len == digits + 1);
    if (!is_number || digits == 0 || digits > 4 || folded.at[0] == '0') {
        return SCREEN_NO_TOKEN;
    }
    uint32_t next = at + 1;
    bool is_range = next < draft->token_count && draft->tokens[next].flags & SCREEN_TOKEN_HYPHEN &&
                    draft->tokens[next].kind == SCREEN_TOKEN_NUMBER;
    if (is_range) {
        return next;
    }
    if (screen_is_sign(draft, next, '/') && screen_is_glued(draft, next + 1) &&
        draft->tokens[next + 1].kind == SCREEN_TOKEN_NUMBER) {
        return next + 1;
    }
    return at;
}

/* The words of a street from `at` on; false when no kind of street ends them. */
static bool street_read(const struct screen_draft *draft, uint32_t at, struct place *place)
{
    place->is_capital = is_name_word(draft, at) && is_capital(draft, at);
    bool has_name = false;
    for (uint32_t i = at; i < at + NAME_WORDS_MAX + 1 && is_name_word(draft, i); i++) {
        bool is_weak;
        bool is_like = is_capital(draft, i) == place->is_capital;
        bool is_small_word = screen_is_at(draft, i, SCREEN_WORD_STREET_SMALL);
        if (has_name && is_like && is_street_end(draft, i, &is_weak)) {
            place->last = i;
            place->is_weak = is_weak;
            bool is_more = is_name_word(draft, i + 1) && is_like &&
                           is_capital(draft, i + 1) == place->is_capital &&
                           screen_is_at(draft, i + 1, SCREEN_WORD_STREET_KIND);
            if (!is_more) { /* "Park Road" ends with the second */
                return true;
            }
            continue;
        }
        if (!is_like && !is_small_word) {
            return false;
        }
        has_name = true;
    }
    return false;
}

/* Passes over a full stop behind "Rd." and a comma; false where a line or the draft ends. */
static bool part_begin(const struct screen_draft *draft, uint32_t *at, bool *has_comma)
{
    *has_comma = false;
    if (screen_is_sign(draft, *at, '.') && screen_is_glued(draft, *at) &&
        draft->tokens[*at - 1].folded_bytes <= 4) {
        (*at)++;
    }
    if (screen_is_sign(draft, *at, ',')) {
        (*at)++;
        *has_comma = true;
    }
    struct postcode code; /* "nr Hexby (NE77 3JT)" */
    bool is_bracketed = screen_is_sign(draft, *at, '(') && *at + 1 < draft->token_count &&
                        postcode_read(draft, *at + 1, &code);
    *at += is_bracketed || screen_is_word(draft, *at, STR("nr")) ||
           (*has_comma && screen_is_word(draft, *at, STR("near")));
    if (*at < draft->token_count && draft->tokens[*at].flags & SCREEN_TOKEN_LINE) {
        *has_comma = true;
    }
    return *at < draft->token_count;
}

/* Whether a name that ends before `at` is the last of an address or one more part of it. */
static bool is_part_end(const struct screen_draft *draft, uint32_t at)
{
    struct postcode code;
    return at >= draft->token_count || draft->tokens[at].flags & SCREEN_TOKEN_LINE ||
           draft->tokens[at].kind == SCREEN_TOKEN_SIGN || postcode_read(draft, at, &code) ||
           screen_is_at(draft, at, SCREEN_WORD_ADDRESS_AFTER);
}

/* Towns and a postcode behind a street, as far as they go. */
static void rest_read(const struct screen_draft *draft, struct place *place)
{
    uint32_t at = place->last + 1;
    for (unsigned parts = 0; parts < PARTS_MAX; parts++) {
        struct postcode code;
        bool has_comma;
        if (!part_begin(draft, &at, &has_comma)) {
            return;
        }
        if (postcode_read(draft, at, &code)) {
            place->last = code.last;
            place->has_code = true;
            return;
        }
        uint32_t words = 0;
        while (words < PART_WORDS_MAX && at + words < draft->token_count &&
               draft->tokens[at + words].kind == SCREEN_TOKEN_WORD &&
               (words == 0 || !(draft->tokens[at + words].flags & SCREEN_TOKEN_LINE)) &&
               is_capital(draft, at + words) == place->is_capital) {
            words++;
        }
        bool is_read = words > 0 && is_part_end(draft, at + words) &&
                       (has_comma || postcode_read(draft, at + words, &code));
        if (!is_read) {
            return;
        }
        place->has_town = true;
        place->last = at + words - 1;
        at += words;
    }
}

/* Goes back over "Flat 2," and "no." before a house number. */
static uint32_t dwelling_first(const struct screen_draft *draft, uint32_t number)
{
    uint32_t at = number;
    if (at > 0 && screen_is_sign(draft, at - 1, ',')) {
        at--;
    }
    if (number > 0 && screen_is_at(draft, number - 1, SCREEN_WORD_DWELLING)) {
        return number - 1;
    }
    bool has_part = at > 1 && draft->tokens[at - 1].folded_bytes <= 3 &&
                    draft->tokens[at - 1].kind != SCREEN_TOKEN_SIGN &&
                    screen_is_at(draft, at - 2, SCREEN_WORD_DWELLING);
    return has_part ? at - 2 : number;
}

/* "5 Park Road loops" counts loops; "14 Park Road if you can" is an address. */
static bool is_clause_end(const struct screen_draft *draft, uint32_t after)
{
    return after >= draft->token_count || draft->tokens[after].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[after].flags & SCREEN_TOKEN_LINE ||
           screen_is_at(draft, after, SCREEN_WORD_ADDRESS_AFTER);
}

/* "42a": hardly anything else than a house. */
static bool has_letter(const struct screen_draft *draft, uint32_t number)
{
    struct str folded = screen_token_folded(draft, number);
    char last = folded.at[folded.len - 1];
    return draft->tokens[number].kind == SCREEN_TOKEN_MIXED && last >= 'a' && last <= 'f';
}

static unsigned place_confidence(const struct screen_draft *draft, const struct place *place,
                                 uint32_t number)
{
    uint32_t after = place->last + 1;
    bool is_counted = number > 0 && screen_is_at(draft, number - 1, SCREEN_WORD_NUMBER_BEFORE) &&
                      place->first == number;
    if (place->has_code) {
        return 970;
    }
    if (is_counted || screen_is_at(draft, after, SCREEN_WORD_SCHOOL_THING) ||
        screen_is_at(draft, place->last, SCREEN_WORD_FAMOUS_STREET) ||
        screen_is_at(draft, number + 1, SCREEN_WORD_FAMOUS_STREET)) {
        return 0;
    }
    bool has_word = has_address_word(draft, place->first, place->last) || place->first < number ||
                    has_letter(draft, number) ||
                    (number > 0 && screen_is_at(draft, number - 1, SCREEN_WORD_PLACE_BEFORE));
    if (draft->tokens[number].kind == SCREEN_TOKEN_WORD && !place->is_capital) {
        return 0;
    }
    if (place->is_capital && !place->is_weak) {
        return has_word || place->has_town ? 930 : is_clause_end(draft, after) ? 800 : 0;
    }
    if (place->is_capital) {
        return has_word && place->has_town ? 880 : has_word || place->has_town ? 700 : 0;
    }
    return has_word && (!place->is_weak || place->has_town) ? 750 : 0;
}

/* "12 Castlegate, Fenwick AV1 2TG": no kind of street, but names up to a postcode. */
static bool named_to_code(const struct screen_draft *draft, uint32_t at, struct place *place)
{
    place->is_capital = is_name_word(draft, at) && is_capital(draft, at);
    for (uint32_t i = at; i < draft->token_count && i - at < POSTCODE_WITHIN; i++) {
        struct postcode code;
        if (i > at && postcode_read(draft, i, &code)) {
            place->last = code.last;
            place->has_code = true;
            return code.is_sure || place->is_capital;
        }
        bool is_name = draft->tokens[i].kind == SCREEN_TOKEN_WORD && is_capital(draft, i);
        bool is_joint = i > at && (screen_is_sign(draft, i, ',') || screen_is_sign(draft, i, '.') ||
                                   screen_is_at(draft, i, SCREEN_WORD_STREET_SMALL));
        if (!is_name && !is_joint) {
            return false;
        }
    }
    return false;
}

/* An address whose house number is at `at`: answers the token after what was read. */
static uint32_t street_find(struct screen_work *work, uint32_t at)
{
    const struct screen_draft *draft = work->draft;
    uint32_t last = number_last(draft, at);
    if (last == SCREEN_NO_TOKEN || is_price(draft, at)) {
        return at + 1;
    }
    struct place place = {.first = dwelling_first(draft, at)};
    uint32_t name = last + 1;
    name += screen_is_sign(draft, name, ',');
    if (street_read(draft, name, &place)) {
        rest_read(draft, &place);
    } else if (!named_to_code(draft, name, &place)) {
        return at + 1;
    }
    unsigned confidence = place_confidence(draft, &place, at);
    if (confidence == 0) {
        return at + 1;
    }
    screen_found(work, SCREEN_POSTAL_ADDRESS, SCREEN_DETAIL_NONE, place.first, place.last,
                 confidence, because_street);
    return last + 1;
}

/* "Rose Cottage, Mill Lane, ...", whose "Cottage" is at `at`; with a postcode or talk of living. */
static void house_find(struct screen_work *work, uint32_t at)
{
    const struct screen_draft *draft = work->draft;
    struct place place = {0};
    uint32_t first = at;
    while (first > 0 && at - first < 3 && is_name_word(draft, first - 1) &&
           is_capital(draft, first - 1) && is_name_word(draft, first)) {
        first--;
    }
    if (first == at || !is_capital(draft, at) || !screen_is_sign(draft, at + 1, ',') ||
        !street_read(draft, at + 2, &place) || !place.is_capital) {
        return;
    }
    place.first = first;
    rest_read(draft, &place);
    bool is_address = place.has_code ||
                      (!place.is_weak && place.has_town && has_address_word(draft, first, first));
    if (is_address) {
        screen_found(work, SCREEN_POSTAL_ADDRESS, SCREEN_DETAIL_NONE, place.first, place.last,
                     place.has_code ? 930 : 700, because_house);
    }
}

/* ---- The loops ------------------------------------------------------------------------------- */

/* "tango november nine eight two foxtrot zulu": a postcode that is spelt; answers its last token.
 * */
static uint32_t spelt_code_last(const struct screen_draft *draft, uint32_t first)
{
    char letters[POSTCODE_LETTERS_MAX];
    size_t count = 0;
    uint32_t at = first;
    for (; at < draft->token_count && count < POSTCODE_LETTERS_MAX; at++) {
        char one =
            draft->tokens[at].kind == SCREEN_TOKEN_WORD ? screen_said_character(draft, at) : 0;
        if (!one) {
            break;
        }
        letters[count++] = one;
    }
    struct str code = {letters, count};
    bool is_code = count >= 5 && is_outward(str_slice(code, 0, count - 3)) &&
                   is_inward(str_slice(code, count - 3, count));
    return is_code ? at - 1 : SCREEN_NO_TOKEN;
}

static uint32_t postcode_find(struct screen_work *work, uint32_t at)
{
    const struct screen_draft *draft = work->draft;
    struct postcode code = {0};
    if (!postcode_read(draft, at, &code)) {
        return at + 1;
    }
    const struct screen_token *tokens = draft->tokens;
    bool is_within = screen_finding_at(work, SCREEN_POSTAL_ADDRESS, tokens[at].start,
                                       tokens[code.last].end) != NULL;
    uint32_t from = at > CONTEXT_BEFORE ? at - CONTEXT_BEFORE : 0;
    bool has_other = at > 0 && screen_finding_at(work, SCREEN_POSTCODE, tokens[from].start,
                                                 tokens[at - 1].end) != NULL;
    bool has_word = is_within || has_other || has_address_word(draft, at, code.last);
    bool is_placed = at > 0 && screen_is_at(draft, at - 1, SCREEN_WORD_PLACE_BEFORE);
    bool has_two_letters = code.last > at && !is_digit(screen_token_folded(draft, at).at[1]);
    if (code.is_sure) {
        screen_found(work, SCREEN_POSTCODE, SCREEN_DETAIL_NONE, at, code.last, 970, because_code);
    } else if (has_word || (has_two_letters && !code.is_odd)) {
        unsigned confidence = is_within                       ? 950
                              : code.is_odd && code.last > at ? 600
                              : has_word || is_placed         ? 850
                                                              : 600;
        screen_found(work, SCREEN_POSTCODE, SCREEN_DETAIL_NONE, at, code.last, confidence,
                     because_code_near);
    }
    return code.last + 1;
}

void screen_find_addresses(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t i = 0; i < draft->token_count;) {
        uint16_t kind = draft->tokens[i].kind;
        if (kind == SCREEN_TOKEN_WORD && screen_is_at(draft, i, SCREEN_WORD_HOUSE_KIND)) {
            house_find(work, i);
        }
        bool is_number = kind == SCREEN_TOKEN_NUMBER || kind == SCREEN_TOKEN_MIXED ||
                         screen_is_at(draft, i, SCREEN_WORD_AGE_WORD);
        i = is_number ? street_find(work, i) : i + 1;
    }
    for (uint32_t i = 0; i < draft->token_count;) {
        uint32_t spelt = screen_is_at(draft, i, SCREEN_WORD_SPELLING_WORD)
                             ? spelt_code_last(draft, i)
                             : SCREEN_NO_TOKEN;
        if (spelt != SCREEN_NO_TOKEN) {
            screen_found(work, SCREEN_POSTCODE, SCREEN_DETAIL_NONE, i, spelt, 850, because_code);
            i = spelt + 1;
            continue;
        }
        i = draft->tokens[i].kind == SCREEN_TOKEN_MIXED ? postcode_find(work, i) : i + 1;
    }
}

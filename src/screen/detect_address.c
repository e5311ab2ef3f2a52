/*
 * screen/detect_address.c - postal addresses.
 *
 * Read first: contact_int.h, near_int.h, postcodes_int.h. Start at: screen_find_addresses.
 *
 *   number, name, kind of street    14 Tanner's Row, Lower Fenwick, AV3 5QL
 *   dwelling, then that             Flat 2, 91 Marlpit Lane, Ashdown
 *   number, words, postcode         12 Castlegate, Fenwick AV1 2TG
 *   a house's name, then a street   Rose Cottage, Mill Lane, Fenwick, AV3 5QL
 *   a house's name, town, postcode  Whinfell House, nr Ambleby, Cumbria, LA98 1GZ
 *   dwelling, house, street         Flat 14, Trafalgar House, Nelson Road
 *   a kind of street, its name      12 Heol y Felin, Abercoed
 *   a street, then its number       Quarry Road, number 14
 *
 * What must hold: kinds of street that are many other things ("Park", "Hill") need a town, a
 * postcode or talk of living behind or before them; so does all that is written in
 * small letters.
 */
#include "screen/contact_int.h"

#include <string.h>

#include "screen/near_int.h"
#include "screen/number_words_int.h"
#include "screen/postcodes_int.h"

#define NAME_WORDS_MAX 4 /* of a street */
#define PART_WORDS_MAX 5 /* of a town */
#define PARTS_MAX 5      /* of an address behind the street */
#define CONTEXT_BEFORE 9 /* tokens */
#define CONTEXT_AFTER 4
#define POSTCODE_WITHIN 12 /* tokens from the number to a postcode that makes it an address */
#define LEAD_BEFORE 3      /* tokens from "lives at" to what must be an address */
#define HOUSE_WORDS_MAX 3  /* of a house's name */
#define STREET_ALONE_MIN 7 /* letters of "Kingsway" */
#define CODE_AHEAD 8       /* tokens to a postcode behind a dash */
#define PLAIN_WORDS_MAX 3
#define DIRECTION_AFTER 7 /* tokens from an address to how to get in */
#define LIST_BEFORE 3     /* tokens to the address before it in a list */
#define FIRST_WORDS_MAX 4 /* of a street that begins with its kind */
#define YEAR_MIN 1000u
#define YEAR_MAX 2100u

static const struct str because_street = STR_INIT("A house number and a street stand here.");
static const struct str because_house = STR_INIT("The name of a house and a street stand here.");

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- What stands around ---------------------------------------------------------------------- */

bool screen_has_address_word(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    struct screen_classes before = screen_classes_near(draft, first, CONTEXT_BEFORE, 0);
    struct screen_classes after = screen_classes_near(draft, last, 0, CONTEXT_AFTER);
    return screen_classes_have(&before, SCREEN_WORD_ADDRESS_WORD) ||
           screen_classes_have(&before, SCREEN_WORD_ADDRESS_LEAD) ||
           screen_classes_have(&before, SCREEN_WORD_POSTCODE_WORD) ||
           screen_classes_have(&after, SCREEN_WORD_POSTCODE_WORD);
}

static bool is_price(const struct screen_draft *draft, uint32_t number)
{
    if (!screen_is_glued(draft, number) || draft->tokens[number - 1].kind != SCREEN_TOKEN_SIGN) {
        return draft->tokens[number].flags & SCREEN_TOKEN_HYPHEN;
    }
    uint32_t sign = draft->tokens[number - 1].sign;
    if (sign == '.' && number > 1 && screen_is_word(draft, number - 2, STR("no"))) {
        return false; /* "No.3" */
    }
    bool is_quote = sign == '"' || sign == '\'' || sign == 0x201C || sign == 0x2018;
    return !is_quote && (sign >= 0x80 || strchr("(,:*#@>=", (int)sign) == NULL);
}

/* ---- Streets --------------------------------------------------------------------------------- */

/* An address that is being read. */
struct place {
    uint32_t first, last;
    bool is_capital;   /* the street's name has capitals */
    bool is_shouted;   /* all of it is in capitals, which says no more than small letters */
    bool is_weak;      /* its kind is many other things */
    bool has_town;     /* a comma and another name follow */
    bool has_code;     /* a postcode ends it */
    bool has_dwelling; /* "Flat 2" begins it */
    bool is_listed;    /* another address stands before or behind it */
};

static bool is_name_word(const struct screen_draft *draft, uint32_t at)
{
    return at < draft->token_count && draft->tokens[at].kind == SCREEN_TOKEN_WORD &&
           !(draft->tokens[at].flags & SCREEN_TOKEN_LINE);
}

/* Whether "lives at", "my address is" stand right before it. */
static bool is_led(const struct screen_draft *draft, uint32_t first)
{
    return screen_near_before(draft, first, SCREEN_WORD_ADDRESS_LEAD, LEAD_BEFORE) !=
           SCREEN_NO_TOKEN;
}

/* "d'Or", "d\u2019Abbaye": the capital stands behind a small letter that is joined to it. */
static bool is_joined_capital(const struct screen_draft *draft, uint32_t at)
{
    if (draft->tokens[at].flags & SCREEN_TOKEN_EVEN) {
        return false; /* letters alone, as most */
    }
    struct str raw = screen_token_raw(draft, at);
    if (raw.len < 4 || (raw.at[0] != 'd' && raw.at[0] != 'l')) {
        return false;
    }
    struct str rest = str_slice(raw, 1, raw.len);
    size_t sign = str_starts(rest, STR("'")) ? 1 : str_starts(rest, STR("\u2019")) ? 3 : 0;
    return sign > 0 && sign < rest.len && rest.at[sign] >= 'A' && rest.at[sign] <= 'Z';
}

/* What is shouted tells no name. */
static bool is_capital(const struct screen_draft *draft, uint32_t at)
{
    if (draft->tokens[at].kind == SCREEN_TOKEN_WORD && is_joined_capital(draft, at)) {
        return true;
    }
    bool is_shouted =
        draft->tokens[at].flags & SCREEN_TOKEN_ALL_CAPITAL && draft->tokens[at].folded_bytes > 3;
    return draft->tokens[at].flags & SCREEN_TOKEN_CAPITAL && !is_shouted;
}

/* Whether a word is written as the street's name is: small, with a capital, or shouted. */
static bool is_like(const struct screen_draft *draft, uint32_t at, const struct place *place)
{
    return place->is_shouted ? draft->tokens[at].flags & SCREEN_TOKEN_ALL_CAPITAL
                             : is_capital(draft, at) == place->is_capital;
}

static bool is_shouted_at(const struct screen_draft *draft, uint32_t at)
{
    return at + 1 < draft->token_count &&
           draft->tokens[at].flags & draft->tokens[at + 1].flags & SCREEN_TOKEN_ALL_CAPITAL;
}

/* "Queensway", "Bishopsgate": a street whose kind is a part of its name. */
static bool is_street_alone(const struct screen_draft *draft, uint32_t at)
{
    struct str word = screen_token_folded(draft, at);
    bool has_end =
        word.len >= STREET_ALONE_MIN && (str_ends(word, STR("way")) || str_ends(word, STR("gate")));
    bool is_more = is_name_word(draft, at + 1) && is_capital(draft, at + 1);
    return is_capital(draft, at) && !is_more && !screen_is_at(draft, at, SCREEN_WORD_NO_STREET) &&
           (has_end || screen_is_at(draft, at, SCREEN_WORD_STREET_ALONE));
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

/* "23 Red Cars on Station Road" counts cars. */
static bool is_no_part(const struct screen_draft *draft, uint32_t at)
{
    return screen_is_word(draft, at, STR("on")) || screen_is_word(draft, at, STR("in"));
}

/* "Heol y Felin", "Ffordd Las", "Rhodfa'r Eglwys": streets whose kind comes first. */
static bool first_kind_read(const struct screen_draft *draft, uint32_t at, struct place *place)
{
    bool is_strong = screen_is_at(draft, at, SCREEN_WORD_STREET_FIRST);
    if (!is_strong && !screen_is_at(draft, at, SCREEN_WORD_STREET_FIRST_WEAK)) {
        return false;
    }
    uint32_t last = at;
    for (uint32_t i = at + 1; i < at + FIRST_WORDS_MAX && is_name_word(draft, i); i++) {
        if (is_like(draft, i, place) && !screen_is_at(draft, i, SCREEN_WORD_ADDRESS_AFTER)) {
            last = i;
            if (!place->is_capital) {
                break; /* in small letters nothing tells where it ends */
            }
        } else if (!screen_is_at(draft, i, SCREEN_WORD_STREET_SMALL)) {
            break;
        }
    }
    place->last = last;
    place->is_weak = !is_strong;
    return last > at;
}

/* Whether more of a street's name may follow a kind that is many other things: "Long Acre Caravan
 * Park", "Hill View Road". */
static bool is_more_street(const struct screen_draft *draft, uint32_t at, const struct place *place)
{
    for (uint32_t i = at + 1; i <= at + 2; i++) {
        bool is_weak;
        if (!is_name_word(draft, i) || !is_like(draft, i, place) ||
            screen_is_at(draft, i, SCREEN_WORD_STREET_SMALL) ||
            screen_is_at(draft, i, SCREEN_WORD_ADDRESS_AFTER)) {
            return false;
        }
        if (is_street_end(draft, i, &is_weak)) {
            return place->is_capital || !is_weak;
        }
    }
    return false;
}

/* The words of a street from `at` on, which may begin a line; false when no kind of street ends
 * them. */
static bool street_read(const struct screen_draft *draft, uint32_t at, struct place *place)
{
    bool is_word = at < draft->token_count && draft->tokens[at].kind == SCREEN_TOKEN_WORD;
    place->is_shouted = is_word && is_shouted_at(draft, at);
    place->is_capital = is_word && !place->is_shouted && is_capital(draft, at);
    bool has_name = false;
    if (is_word && first_kind_read(draft, at, place)) {
        return true;
    }
    for (uint32_t i = at; is_word && i < at + NAME_WORDS_MAX + 1;
         i++, is_word = is_name_word(draft, i)) {
        bool is_weak;
        bool is_alike = is_like(draft, i, place);
        bool is_small_word = screen_is_at(draft, i, SCREEN_WORD_STREET_SMALL);
        if (has_name && is_alike && is_street_end(draft, i, &is_weak)) {
            place->last = i;
            place->is_weak = is_weak;
            bool is_more = is_name_word(draft, i + 1) && is_like(draft, i + 1, place) &&
                           screen_is_at(draft, i + 1, SCREEN_WORD_STREET_KIND); /* "Park Road" */
            if (!is_more && !(is_weak && is_more_street(draft, i, place))) {
                place->last += is_name_word(draft, i + 1) && is_like(draft, i + 1, place) &&
                               screen_is_at(draft, i + 1, SCREEN_WORD_STREET_SIDE);
                return true;
            }
            continue;
        }
        if ((!is_alike && !is_small_word) || is_no_part(draft, i)) {
            return false;
        }
        has_name = true;
        bool is_short = place->is_capital && draft->tokens[i].folded_bytes <= 3 &&
                        screen_is_sign(draft, i + 1, '.');
        i += is_short; /* "St. Mary's Close", "Gt. Ousby Street" */
    }
    if (has_name && is_street_alone(draft, at)) {
        place->last = at;
        place->is_weak = true;
        return true;
    }
    return false;
}

/* " / ", " - " between the parts of an address that a postcode ends. */
static bool is_divider(const struct screen_draft *draft, uint32_t at)
{
    bool is_sign = screen_is_sign(draft, at, '/') || screen_is_sign(draft, at, '|') ||
                   screen_is_sign(draft, at, '-') || screen_is_sign(draft, at, 0x2013);
    struct screen_postcode code;
    for (uint32_t i = at + 1; is_sign && i < draft->token_count && i <= at + CODE_AHEAD; i++) {
        if (screen_postcode_read(draft, i, &code)) {
            return true;
        }
    }
    return false;
}

/* "Flat 2" behind the street: the tokens that it takes. */
static uint32_t dwelling_behind(const struct screen_draft *draft, uint32_t at)
{
    bool is_one = at + 1 < draft->token_count && screen_is_at(draft, at, SCREEN_WORD_DWELLING) &&
                  draft->tokens[at + 1].kind != SCREEN_TOKEN_SIGN &&
                  draft->tokens[at + 1].folded_bytes <= 3;
    return is_one ? 2 : 0;
}

static bool is_line(const struct screen_draft *draft, uint32_t at)
{
    return at < draft->token_count && draft->tokens[at].flags & SCREEN_TOKEN_LINE;
}

/* "Weir Court, 2-6 Millrace Lane": a number and a street behind the name of a building; the last
 * token of it or SCREEN_NO_TOKEN. */
static uint32_t street_behind(const struct screen_draft *draft, uint32_t at)
{
    uint32_t number =
        draft->tokens[at].kind == SCREEN_TOKEN_WORD ? SCREEN_NO_TOKEN : number_last(draft, at);
    struct place next = {.first = at};
    bool is_street = number != SCREEN_NO_TOKEN && is_name_word(draft, number + 1) &&
                     street_read(draft, number + 1, &next) && next.is_capital;
    return is_street ? next.last : SCREEN_NO_TOKEN;
}

/* Passes over a full stop behind "Rd." and a comma; false where a line or the draft ends. */
static bool part_begin(const struct screen_draft *draft, uint32_t *at, bool *has_comma)
{
    *has_comma = false;
    if (screen_is_sign(draft, *at, '.') && screen_is_glued(draft, *at) &&
        draft->tokens[*at - 1].folded_bytes <= 4) {
        (*at)++;
    }
    struct screen_postcode code; /* "nr Hexby (NE77 3JT)", "Ashdown. AV3 5QL" */
    bool is_stopped = screen_is_sign(draft, *at, '.') && *at + 1 < draft->token_count &&
                      screen_postcode_read(draft, *at + 1, &code);
    if (screen_is_sign(draft, *at, ',') || is_stopped || is_divider(draft, *at)) {
        (*at)++;
        *has_comma = true;
    }
    *has_comma = *has_comma || is_line(draft, *at);
    bool is_bracketed = screen_is_sign(draft, *at, '(') && *at + 1 < draft->token_count &&
                        screen_postcode_read(draft, *at + 1, &code);
    *at += is_bracketed || screen_is_word(draft, *at, STR("nr")) ||
           (*has_comma && screen_is_at(draft, *at, SCREEN_WORD_NEAR_WORD) &&
            is_name_word(draft, *at + 1) && is_capital(draft, *at + 1));
    *at += screen_is_sign(draft, *at, '.') && screen_is_word(draft, *at - 1, STR("nr"));
    *has_comma = *has_comma || is_line(draft, *at);
    return *at < draft->token_count;
}

/* Whether a name that ends before `at` is the last of an address or one more part of it. */
static bool is_part_end(const struct screen_draft *draft, uint32_t at)
{
    struct screen_postcode code;
    return at >= draft->token_count || draft->tokens[at].flags & SCREEN_TOKEN_LINE ||
           draft->tokens[at].kind == SCREEN_TOKEN_SIGN || screen_postcode_read(draft, at, &code) ||
           screen_is_at(draft, at, SCREEN_WORD_ADDRESS_AFTER);
}

/* "Isle of Wight", "Tyne and Wear": a small word within the name of a town or county. */
static bool is_town_link(const struct screen_draft *draft, uint32_t at)
{
    bool is_small = screen_is_word(draft, at, STR("of")) ||
                    screen_is_word(draft, at, STR("upon")) ||
                    screen_is_word(draft, at, STR("the")) || screen_is_word(draft, at, STR("le"));
    bool is_wear =
        screen_is_word(draft, at, STR("and")) && screen_is_word(draft, at + 1, STR("wear"));
    return (is_small || is_wear) && is_name_word(draft, at + 1) && is_capital(draft, at + 1);
}

/* Whether the word `words` behind `at` is one of a town: "Stoke-on-Trent", "E. Sussex". */
static bool is_town_word(const struct screen_draft *draft, uint32_t at, uint32_t words,
                         const struct place *place)
{
    uint32_t i = at + words;
    if (i >= draft->token_count || (words > 0 && draft->tokens[i].flags & SCREEN_TOKEN_LINE)) {
        return false;
    }
    bool is_short =
        words > 0 && screen_is_sign(draft, i, '.') && draft->tokens[i - 1].folded_bytes == 1;
    bool is_word = draft->tokens[i].kind == SCREEN_TOKEN_WORD &&
                   (place->is_capital || !screen_is_at(draft, i, SCREEN_WORD_ADDRESS_AFTER));
    bool is_linked = words > 0 && place->is_capital && is_town_link(draft, i);
    bool is_joined = words > 0 && draft->tokens[i].flags & SCREEN_TOKEN_HYPHEN;
    return is_short || is_linked || (is_word && (is_joined || is_like(draft, i, place)));
}

/* Towns and a postcode behind a street, as far as they go. */
static void rest_read(const struct screen_draft *draft, struct place *place)
{
    uint32_t at = place->last + 1;
    for (unsigned parts = 0; parts < PARTS_MAX; parts++) {
        struct screen_postcode code;
        bool has_comma;
        if (!part_begin(draft, &at, &has_comma)) {
            return;
        }
        if (screen_postcode_read(draft, at, &code)) {
            place->last = code.last;
            place->has_code = true;
            return;
        }
        bool is_building = screen_is_at(draft, place->last, SCREEN_WORD_STREET_BUILDING);
        bool may_go_on = place->has_dwelling || (has_comma && is_building);
        uint32_t street = may_go_on ? street_behind(draft, at) : SCREEN_NO_TOKEN;
        if (street != SCREEN_NO_TOKEN && place->is_capital) {
            place->last = street;
            at = street + 1;
            continue;
        }
        uint32_t words = has_comma ? dwelling_behind(draft, at) : 0;
        if (words > 0) {
            place->last = at + words - 1;
            at += words;
            continue;
        }
        while (words < PART_WORDS_MAX && is_town_word(draft, at, words, place)) {
            words++;
        }
        bool is_read = words > 0 && is_part_end(draft, at + words) &&
                       (has_comma || screen_postcode_read(draft, at + words, &code));
        if (!is_read) {
            return;
        }
        place->has_town = true;
        place->last = at + words - 1;
        at += words;
    }
}

/* The first word of a name in capitals that ends before `end`, at most HOUSE_WORDS_MAX long and on
 * one line; `end` where there is none. */
static uint32_t name_first(const struct screen_draft *draft, uint32_t end)
{
    uint32_t first = end;
    while (first > 0 && end - first < HOUSE_WORDS_MAX &&
           draft->tokens[first - 1].kind == SCREEN_TOKEN_WORD && is_capital(draft, first - 1) &&
           (first == end || !(draft->tokens[first].flags & SCREEN_TOKEN_LINE))) {
        first--;
    }
    return first;
}

/* Behind the words in capitals that begin at `at`, at most HOUSE_WORDS_MAX. */
static uint32_t name_end(const struct screen_draft *draft, uint32_t at)
{
    uint32_t end = at;
    while (end < at + HOUSE_WORDS_MAX && is_name_word(draft, end) && is_capital(draft, end)) {
        end++;
    }
    return end;
}

/* Whether tokens first..last name a house by their words: "Rose Cottage", "The Old Chapel". */
static bool is_house_name(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    if (screen_is_at(draft, last, SCREEN_WORD_NO_PERSON)) {
        return false; /* "Church", "Hall" */
    }
    bool is_kind = screen_is_at(draft, last, SCREEN_WORD_HOUSE_KIND) && first < last;
    return is_kind || (screen_is_at(draft, first, SCREEN_WORD_HOUSE_LEAD) && first < last);
}

/* Goes back over "Flat 2,", "Flat 2, Kestrel House," and "no." before a house number. */
static uint32_t dwelling_first(const struct screen_draft *draft, uint32_t number)
{
    uint32_t at = number;
    uint32_t first = number;
    if (at > 0 && screen_is_sign(draft, at - 1, ',')) {
        at--;
        uint32_t house = name_first(draft, at);
        if (house < at && screen_is_at(draft, at - 1, SCREEN_WORD_DWELLING)) {
            return house; /* "Top Floor Flat, 14 Elm Close" */
        }
        if (house < at && is_led(draft, house)) {
            return house; /* "lives at The Willows, 6 Bell Lane" */
        }
        bool is_house = house < at && is_house_name(draft, house, at - 1);
        first = is_house ? house : number;
        at = house < at && house > 0 && screen_is_sign(draft, house - 1, ',') ? house - 1 : at;
    }
    if (number > 0 && screen_is_at(draft, number - 1, SCREEN_WORD_DWELLING)) {
        bool is_two = number > 1 && screen_is_at(draft, number - 2, SCREEN_WORD_DWELLING);
        return number - 1 - is_two; /* "PO Box 12" */
    }
    bool has_part = at > 1 && draft->tokens[at - 1].folded_bytes <= 3 &&
                    draft->tokens[at - 1].kind != SCREEN_TOKEN_SIGN &&
                    screen_is_at(draft, at - 2, SCREEN_WORD_DWELLING);
    bool has_two = at > 3 && screen_is_sign(draft, at - 2, '/') && /* "Flat 0/2" */
                   screen_is_at(draft, at - 4, SCREEN_WORD_DWELLING);
    return has_part ? at - 2 : has_two ? at - 4 : first;
}

/* "5 Park Road loops" counts loops; "14 Park Road if you can" is an address. */
static bool is_clause_end(const struct screen_draft *draft, uint32_t after)
{
    return after >= draft->token_count || draft->tokens[after].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[after].flags & SCREEN_TOKEN_LINE ||
           screen_is_at(draft, after, SCREEN_WORD_ADDRESS_AFTER) ||
           screen_is_word(draft, after + 1, STR("floor"));
}

/* "In 2019 Park Road flooded" */
static bool is_year(const struct screen_draft *draft, uint32_t number)
{
    int64_t year;
    return number > 0 && screen_is_at(draft, number - 1, SCREEN_WORD_YEAR_BEFORE) &&
           str_to_int(screen_token_folded(draft, number), &year) && year >= YEAR_MIN &&
           year < YEAR_MAX;
}

/* "42a": hardly anything else than a house. */
static bool has_letter(const struct screen_draft *draft, uint32_t number)
{
    struct str folded = screen_token_folded(draft, number);
    char last = folded.at[folded.len - 1];
    return draft->tokens[number].kind == SCREEN_TOKEN_MIXED && last >= 'a' && last <= 'f';
}

/* "8 Tinker's Row", where the clause ends: what is somebody's and has a number is a street. */
static bool is_owned(const struct screen_draft *draft, const struct place *place)
{
    return draft->tokens[place->last - 1].flags & SCREEN_TOKEN_POSSESSIVE &&
           is_clause_end(draft, place->last + 1);
}

/* "number 3, Orchard View", where the clause ends. */
static bool is_called_number(const struct screen_draft *draft, const struct place *place,
                             uint32_t number)
{
    return number > 0 && screen_is_word(draft, number - 1, STR("number")) &&
           is_clause_end(draft, place->last + 1);
}

/* "..., up the steps", "..., top bell": how to get in there. */
static bool has_direction(const struct screen_draft *draft, uint32_t last)
{
    return is_clause_end(draft, last + 1) &&
           screen_near_after(draft, last, SCREEN_WORD_ADDRESS_DIRECTION, DIRECTION_AFTER) !=
               SCREEN_NO_TOKEN;
}

/* "19 Bevan Way, 22 Bevan Way and 3 Attlee Gardens": whether a number and a street follow. */
static bool is_list_behind(const struct screen_draft *draft, uint32_t last)
{
    uint32_t at = last + 1;
    at += screen_is_sign(draft, at, ',') || screen_is_sign(draft, at, ';');
    at += screen_is_word(draft, at, STR("and")) || screen_is_word(draft, at, STR("or")) ||
          screen_is_word(draft, at, STR("then"));
    return at < draft->token_count && (at > last + 1 || is_line(draft, at)) &&
           street_behind(draft, at) != SCREEN_NO_TOKEN;
}

static unsigned place_confidence(const struct screen_draft *draft, const struct place *place,
                                 uint32_t number)
{
    uint32_t after = place->last + 1;
    bool is_seen = place->is_capital && !place->is_weak && number > 0 &&
                   screen_is_word(draft, number - 1, STR("round")); /* "seen round 14 Elm Road" */
    bool is_counted =
        number > 0 && screen_is_at(draft, number - 1, SCREEN_WORD_NUMBER_BEFORE) && !is_seen;
    if (place->has_code) {
        return 970;
    }
    if (is_counted || is_year(draft, number) ||
        screen_is_at(draft, number + 1, SCREEN_WORD_COUNTED_BY_NUMBER) ||
        screen_is_at(draft, after, SCREEN_WORD_SCHOOL_THING) ||
        screen_is_at(draft, place->last, SCREEN_WORD_FAMOUS_STREET) ||
        screen_is_at(draft, number + 1, SCREEN_WORD_FAMOUS_STREET)) {
        return 0;
    }
    bool has_word = screen_has_address_word(draft, place->first, place->last) ||
                    place->first < number || has_letter(draft, number) || place->is_listed ||
                    has_direction(draft, place->last) ||
                    is_called_number(draft, place, number) ||
                    (number > 0 && screen_is_at(draft, number - 1, SCREEN_WORD_PLACE_BEFORE));
    if (draft->tokens[number].kind == SCREEN_TOKEN_WORD && !place->is_capital) {
        return 0;
    }
    if (place->is_capital && !place->is_weak) {
        return has_word || place->has_town ? 930 : is_clause_end(draft, after) ? 800 : 0;
    }
    if (place->is_capital) {
        return has_word && place->has_town                               ? 880
               : has_word || place->has_town || is_owned(draft, place) ? 700
                                                                        : 0;
    }
    bool is_plain = screen_is_at(draft, place->last, SCREEN_WORD_STREET_SURE) &&
                    place->last - number <= PLAIN_WORDS_MAX && is_clause_end(draft, after);
    if (!has_word && is_plain && draft->tokens[number].kind == SCREEN_TOKEN_NUMBER) {
        return 650; /* "14 kiln road needs a ramp" */
    }
    bool is_enough = !place->is_weak || place->has_town || is_led(draft, place->first);
    return has_word && is_enough ? 750 : 0;
}

/* "12 Castlegate, Fenwick AV1 2TG": no kind of street, but names up to a postcode. */
static bool named_to_code(const struct screen_draft *draft, uint32_t at, struct place *place)
{
    place->is_capital = is_name_word(draft, at) && is_capital(draft, at);
    for (uint32_t i = at; i < draft->token_count && i - at < POSTCODE_WITHIN; i++) {
        struct screen_postcode code;
        if (i > at && screen_postcode_read(draft, i, &code)) {
            place->last = code.last;
            place->has_code = true;
            return code.is_sure || place->is_capital;
        }
        bool is_name = draft->tokens[i].kind == SCREEN_TOKEN_WORD && is_capital(draft, i);
        bool is_joint = i > at && (screen_is_sign(draft, i, ',') || screen_is_sign(draft, i, '.') ||
                                   screen_is_at(draft, i, SCREEN_WORD_NEAR_WORD) ||
                                   screen_is_at(draft, i, SCREEN_WORD_STREET_SMALL));
        if (!is_name && !is_joint) {
            return false;
        }
    }
    return false;
}

/* Whether "lives at" itself, and not only "address", ends right before a number. */
static bool is_led_closely(const struct screen_draft *draft, uint32_t number)
{
    uint32_t at = number;
    at -= at > 1 && screen_is_sign(draft, at - 1, '.');
    at -= at > 1 && (screen_is_word(draft, at - 1, STR("no")) ||
                     screen_is_word(draft, at - 1, STR("number")));
    return at > 0 && screen_is_at(draft, at - 1, SCREEN_WORD_ADDRESS_LEAD) &&
           draft->tokens[at - 1].folded_bytes <= 4; /* "at", "in", "is" of two words */
}

/* "lives at 15 Pinfold, Great Harrowby", "lives at 6 Wharfedale": names alone, behind words that
 * want an address. */
static bool named_and_led(const struct screen_draft *draft, uint32_t number, uint32_t name,
                          struct place *place)
{
    uint32_t end = name_end(draft, name);
    if (end == name || !is_led(draft, number)) {
        return false;
    }
    *place =
        (struct place){.first = place->first, .last = end - 1, .is_capital = true, .is_weak = true};
    if (screen_is_sign(draft, end, ',')) {
        rest_read(draft, place);
    }
    bool is_close = is_led_closely(draft, number) && is_clause_end(draft, end) &&
                    !screen_is_at(draft, name, SCREEN_WORD_WEEKDAY) &&
                    !screen_is_at(draft, name, SCREEN_WORD_MONTH_NAME);
    return place->has_town || is_close;
}

/* "Quarry Road, number 14": the first token of the street, or SCREEN_NO_TOKEN. */
static uint32_t street_before(const struct screen_draft *draft, uint32_t number)
{
    bool is_number = number > 3 && screen_is_sign(draft, number - 2, ',') &&
                     (screen_is_word(draft, number - 1, STR("number")) ||
                      screen_is_word(draft, number - 1, STR("no")));
    if (!is_number || !screen_is_at(draft, number - 3, SCREEN_WORD_STREET_KIND)) {
        return SCREEN_NO_TOKEN;
    }
    uint32_t first = name_first(draft, number - 2);
    return first < number - 3 ? first : SCREEN_NO_TOKEN;
}

/* Whether the name of a house may end before `end`: a comma or a new line follows. */
static bool is_house_end(const struct screen_draft *draft, uint32_t end, uint32_t *street)
{
    *street = end + screen_is_sign(draft, end, ',');
    return *street < draft->token_count &&
           (*street > end || draft->tokens[end].flags & SCREEN_TOKEN_LINE);
}

/* "Flat 14, Trafalgar House, Nelson Road": no house has a number, but a dwelling in it has. */
static bool numbered_in_house(const struct screen_draft *draft, uint32_t number, uint32_t name,
                              struct place *place)
{
    uint32_t end = name_end(draft, name);
    uint32_t street;
    if (end == name || number == 0 || !screen_is_at(draft, number - 1, SCREEN_WORD_DWELLING) ||
        !is_house_end(draft, end, &street) || !street_read(draft, street, place)) {
        return false;
    }
    rest_read(draft, place);
    return place->is_capital;
}

/* "number 14 on Mill Lane", "lives at 14 in Mill Lane" */
static bool is_on_street(const struct screen_draft *draft, uint32_t number, uint32_t name)
{
    bool is_said =
        number > 0 && (screen_is_word(draft, number - 1, STR("number")) || is_led(draft, number));
    return is_said && is_no_part(draft, name) && is_name_word(draft, name + 1) &&
           is_capital(draft, name + 1);
}

/* "17a (rear) Sorrel Gardens": a word in brackets behind the number. */
static bool is_aside(const struct screen_draft *draft, uint32_t at)
{
    return screen_is_sign(draft, at, '(') && is_name_word(draft, at + 1) &&
           screen_is_sign(draft, at + 2, ')');
}

static bool is_counted_street(const struct screen_draft *draft, uint32_t name)
{
    return name + 1 < draft->token_count && draft->tokens[name].kind == SCREEN_TOKEN_MIXED &&
           is_name_word(draft, name + 1) && is_capital(draft, name + 1) &&
           screen_is_at(draft, name + 1, SCREEN_WORD_STREET_KIND);
}

/* An address whose house number is at `at`: answers the token after what was read. */
static uint32_t street_find(struct screen_work *work, uint32_t at)
{
    const struct screen_draft *draft = work->draft;
    uint32_t last = number_last(draft, at);
    if (last == SCREEN_NO_TOKEN || is_price(draft, at)) {
        return at + 1;
    }
    uint32_t street = street_before(draft, at);
    if (street != SCREEN_NO_TOKEN) {
        screen_found(work, SCREEN_POSTAL_ADDRESS, SCREEN_DETAIL_NONE, street, last, 800,
                     because_street);
        return last + 1;
    }
    struct place place = {.first = dwelling_first(draft, at)};
    place.has_dwelling = place.first < at;
    uint32_t name = last + 1;
    name += screen_is_sign(draft, name, ',');
    name += is_on_street(draft, at, name);
    name += is_aside(draft, name) ? 3 : 0;
    if (is_counted_street(draft, name)) { /* "12 2nd Avenue" */
        place.is_capital = true;
        place.last = name + 1;
        rest_read(draft, &place);
    } else if (!is_name_word(draft, name)) {
        return at + 1;
    } else if (street_read(draft, name, &place)) {
        rest_read(draft, &place);
    } else if (!numbered_in_house(draft, at, name, &place) && !named_to_code(draft, name, &place) &&
               !named_and_led(draft, at, name, &place)) {
        return at + 1;
    }
    uint32_t near = place.first > LIST_BEFORE ? place.first - LIST_BEFORE : 0;
    place.is_listed = is_list_behind(draft, place.last) ||
                      (place.first > 0 && screen_finding_at(work, SCREEN_POSTAL_ADDRESS,
                                                            draft->tokens[near].start,
                                                            draft->tokens[place.first - 1].end));
    unsigned confidence = place_confidence(draft, &place, at);
    if (confidence == 0) {
        return at + 1;
    }
    screen_found(work, SCREEN_POSTAL_ADDRESS, SCREEN_DETAIL_NONE, place.first, place.last,
                 confidence, because_street);
    return last + 1;
}

/* The same for a house without a street: "Whinfell House\nNr Ambleby\nCumbria\nLA98 1GZ". */
static unsigned lone_house_confidence(const struct screen_draft *draft, uint32_t end,
                                      struct place *place)
{
    if (!is_house_name(draft, place->first, end - 1)) {
        return 0;
    }
    place->last = end - 1;
    place->is_capital = true;
    rest_read(draft, place);
    return !place->has_town ? 0 : place->has_code ? 900 : is_led(draft, place->first) ? 700 : 0;
}

/* How sure it is that a house's name and a street are an address. A name that is no kind of house
 * needs "lives at" before it or a postcode behind it. */
static unsigned house_confidence(const struct screen_draft *draft, uint32_t end,
                                 const struct place *place)
{
    bool is_kind = screen_is_at(draft, end - 1, SCREEN_WORD_HOUSE_KIND);
    bool is_led_to = is_led(draft, place->first);
    bool is_begun =
        draft->tokens[place->first].flags & SCREEN_TOKEN_FIRST ||
        (place->first > 0 && screen_is_at(draft, place->first - 1, SCREEN_WORD_PLACE_BEFORE));
    if (is_kind || is_house_name(draft, place->first, end - 1)) {
        bool is_apart = place->first > 0 && is_house_name(draft, place->first, end - 1) &&
                        (screen_is_sign(draft, place->first - 1, ',') ||
                         screen_is_sign(draft, place->first - 1, ':'));
        bool is_home = is_led_to || (place->has_town && (is_begun || is_apart)) ||
                       screen_has_address_word(draft, place->first, place->first);
        return place->has_code ? 930 : !place->is_weak && is_home ? 700 : 0;
    }
    bool is_coded = place->has_code && (!place->is_weak || is_begun) &&
                    !screen_is_at(draft, end - 1, SCREEN_WORD_NO_PERSON) &&
                    !screen_is_at(draft, end - 1, SCREEN_WORD_SCHOOL_THING);
    return is_coded ? 850 : is_led_to && (place->has_code || place->has_town) ? 700 : 0;
}

/* "Rose Cottage, Mill Lane, ...", whose name ends before `end`; its street would be at `street`. */
static void house_find(struct screen_work *work, uint32_t end, uint32_t street)
{
    const struct screen_draft *draft = work->draft;
    struct place place = {.first = name_first(draft, end)};
    bool is_kind = screen_is_at(draft, end - 1, SCREEN_WORD_HOUSE_KIND);
    if (place.first == end || (is_kind && place.first + 1 == end)) {
        return;
    }
    unsigned confidence;
    if (street_read(draft, street, &place)) {
        if (!place.is_capital) {
            return;
        }
        rest_read(draft, &place);
        confidence = house_confidence(draft, end, &place);
    } else {
        confidence = lone_house_confidence(draft, end, &place);
    }
    if (confidence > 0) {
        screen_found(work, SCREEN_POSTAL_ADDRESS, SCREEN_DETAIL_NONE, place.first, place.last,
                     confidence, because_house);
    }
}

/* "ty gwyn,": the last word of a house whose name begins with its kind; `at` when it is none. */
static uint32_t led_house_last(const struct screen_draft *draft, uint32_t at)
{
    uint32_t last = at;
    while (last < at + HOUSE_WORDS_MAX && is_name_word(draft, last + 1)) {
        last++;
    }
    return screen_is_sign(draft, last + 1, ',') ? last : at;
}

/* "rose cottage, mill lane, upper wick, av4 2bb": in small letters, with a postcode or "lives at".
 * The kind of house stands at `kind`. */
static void small_house_find(struct screen_work *work, uint32_t kind)
{
    const struct screen_draft *draft = work->draft;
    struct place place = {.first = kind};
    if (!screen_is_at(draft, kind, SCREEN_WORD_HOUSE_KIND)) {
        kind = led_house_last(draft, kind);
    }
    while (place.first > 0 && kind - place.first < HOUSE_WORDS_MAX - 1 &&
           screen_is_at(draft, kind, SCREEN_WORD_HOUSE_KIND) &&
           draft->tokens[place.first - 1].kind == SCREEN_TOKEN_WORD &&
           !screen_is_at(draft, place.first - 1, SCREEN_WORD_PLACE_BEFORE) &&
           !screen_is_word(draft, place.first, STR("the"))) {
        place.first--;
    }
    uint32_t street;
    if (place.first == kind || !is_house_end(draft, kind + 1, &street) ||
        !street_read(draft, street, &place) || place.is_capital) {
        return;
    }
    rest_read(draft, &place);
    if (place.has_code || (!place.is_weak && is_led(draft, place.first))) {
        screen_found(work, SCREEN_POSTAL_ADDRESS, SCREEN_DETAIL_NONE, place.first, place.last, 750,
                     because_house);
    }
}

/* ---- The loops ------------------------------------------------------------------------------- */

void screen_find_addresses(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    bool may_be_small = screen_draft_has_kind(draft, SCREEN_TOKEN_MIXED) ||
                        screen_draft_has_word(draft, SCREEN_WORD_ADDRESS_LEAD);
    for (uint32_t i = 0; i < draft->token_count;) {
        uint16_t kind = draft->tokens[i].kind;
        uint32_t street;
        if (kind == SCREEN_TOKEN_WORD && is_capital(draft, i)) {
            if (is_house_end(draft, i + 1, &street)) {
                house_find(work, i + 1, street);
            }
        } else if (may_be_small && (screen_is_at(draft, i, SCREEN_WORD_HOUSE_KIND) ||
                                    screen_is_at(draft, i, SCREEN_WORD_HOUSE_LEAD))) {
            small_house_find(work, i);
        }
        bool is_number = kind == SCREEN_TOKEN_NUMBER || kind == SCREEN_TOKEN_MIXED ||
                         screen_is_at(draft, i, SCREEN_WORD_AGE_WORD);
        i = is_number ? street_find(work, i) : i + 1;
    }
}

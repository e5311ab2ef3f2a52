/*
 * screen/postcodes.c - reads full postcodes. Read first: postcodes_int.h.
 */
#include "screen/postcodes_int.h"

#include <string.h>

#include "screen/near_int.h"

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

/* The first part, folded: a9, a99, aa9, aa99, a9a, aa9a. Few letters are an area by themselves. */
bool screen_is_outward(struct str part)
{
    if (part.len < 2 || part.len > 4 || !is_small_letter(part.at[0]) ||
        is_among(part.at[0], "qvx")) {
        return false;
    }
    size_t letters = is_digit(part.at[1]) ? 1 : 2;
    if (letters == 1 ? !is_among(part.at[0], "beglmnsw")
                     : !is_small_letter(part.at[1]) || is_among(part.at[1], "ijz")) {
        return false;
    }
    struct str rest = str_slice(part, letters, part.len);
    if (rest.len == 2 && is_digit(rest.at[0]) && rest.at[1] == 'o') {
        return true; /* "SE1O" */
    }
    if (rest.len == 0 || rest.len > 2 || !is_digit(rest.at[0])) {
        return false;
    }
    const char *thirds = letters == 1 ? "abcdefghjkpstuw" : "abehmnprvwxy";
    return rest.len == 1 || is_digit(rest.at[1]) || is_among(rest.at[1], thirds);
}

bool screen_is_inward(struct str part)
{
    static const char letters[] = "abdefghjlnpqrstuwxyz";
    return part.len == 3 && (is_digit(part.at[0]) || part.at[0] == 'o') &&
           is_among(part.at[1], letters) && is_among(part.at[2], letters);
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

/* Whether the letters that begin a postcode are a postcode area of the Royal Mail. */
static bool is_of_area(struct str outward)
{
    size_t letters = is_digit(outward.at[1]) ? 1 : 2;
    return screen_word_has(str_slice(outward, 0, letters), SCREEN_WORD_POSTCODE_AREA);
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

/* "AV97 9KL": no second part has such letters, but people slip: meant where an address is. */
static bool is_slip(const struct screen_draft *draft, uint32_t at, struct str outward,
                    struct str inward)
{
    return outward.len > 2 && is_of_area(outward) && inward.len == 3 && is_digit(inward.at[0]) &&
           is_small_letter(inward.at[1]) && is_small_letter(inward.at[2]) &&
           !has_small(screen_token_raw(draft, at)) && !has_small(screen_token_raw(draft, at + 1));
}

/* "BN16AA": both parts as one. */
static bool glued_read(const struct screen_draft *draft, uint32_t at, struct screen_postcode *code)
{
    struct str folded = screen_token_folded(draft, at);
    struct str raw = screen_token_raw(draft, at);
    struct str outward = str_slice(folded, 0, folded.len - 3);
    struct str inward = str_slice(folded, folded.len - 3, folded.len);
    *code = (struct screen_postcode){.last = at,
                                     .is_capital = !has_small(raw),
                                     .is_known = is_of_area(outward),
                                     .is_odd = has_small(raw) || !is_of_area(outward) ||
                                               is_odd_pair(outward, inward)};
    return screen_is_outward(outward) && is_digit(inward.at[0]) && screen_is_inward(inward);
}

/* "AV3 5QL", also where a line ends within it. */
static bool pair_read(const struct screen_draft *draft, uint32_t at, struct screen_postcode *code)
{
    struct str folded = screen_token_folded(draft, at);
    struct str inward = screen_token_folded(draft, at + 1);
    if (!screen_is_outward(folded)) {
        return false;
    }
    bool is_slipped = !screen_is_inward(inward);
    bool is_small_first = has_small(screen_token_raw(draft, at));
    bool is_small_last = has_small(screen_token_raw(draft, at + 1));
    bool is_broken = draft->tokens[at + 1].flags & SCREEN_TOKEN_LINE;
    code->is_known = is_of_area(folded);
    code->last = at + 1;
    code->is_capital = !is_small_first && !is_small_last;
    bool is_long = folded.len > 2 && code->is_known;
    if ((is_slipped && !is_slip(draft, at, folded, inward)) ||
        (is_broken && !(is_long && code->is_capital))) {
        return false;
    }
    bool is_o = inward.at[0] == 'o' &&
                !(is_long && code->is_capital && !screen_is_at(draft, at + 1, SCREEN_WORD_O_WORD));
    code->is_odd = (!is_small_first && is_small_last) || is_o || is_slipped ||
                   (is_odd_pair(folded, inward) && !(is_long && code->is_capital));
    code->is_sure = code->is_capital && code->is_known && !code->is_odd && !is_broken &&
                    inward.at[0] != 'o';
    return true;
}

bool screen_postcode_read(const struct screen_draft *draft, uint32_t at,
                          struct screen_postcode *code)
{
    const struct screen_token *token = &draft->tokens[at];
    if (token->kind != SCREEN_TOKEN_MIXED || token->folded_bytes < 2 || token->folded_bytes > 7 ||
        token->flags & SCREEN_TOKEN_HYPHEN ||
        (screen_is_glued(draft, at) && at > 1 && draft->tokens[at - 1].sign == '/' &&
         !screen_is_inward(screen_token_folded(draft, at - 2)))) {
        return false;
    }
    struct str folded = screen_token_folded(draft, at);
    if (folded.len >= 5) {
        return glued_read(draft, at, code);
    }
    if (at + 1 >= draft->token_count || draft->tokens[at + 1].kind == SCREEN_TOKEN_SIGN) {
        return false;
    }
    return pair_read(draft, at, code);
}

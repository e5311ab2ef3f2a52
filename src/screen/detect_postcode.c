/*
 * screen/detect_postcode.c - postcodes by themselves or within an address.
 *
 * Read first: contact_int.h, near_int.h, postcodes_int.h. Start at: screen_find_postcodes. It runs
 * behind detect_address.c, whose findings make a postcode sure.
 *
 *   in capitals, of a postal area    AV3 5QL
 *   small, with words for a place    satnav av35ql
 *   in three parts                   postcode TN 22 5XY
 *   spelt                            tango november two two, five x-ray yankee
 *
 * What must hold: what numbers a thing ("part number EH12 4TS") is none.
 */
#include "screen/contact_int.h"

#include "screen/near_int.h"
#include "screen/number_words_int.h"
#include "screen/postcodes_int.h"

#define CONTEXT_BEFORE 9 /* tokens */
#define CONTEXT_AFTER 4
#define POSTCODE_LETTERS_MAX 7
#define THING_BEFORE 5 /* tokens from the word for another code to what it numbers */
#define THING_CLOSE 3  /* the same where a sentence ends between them: "no." */

static const struct str because_code = STR_INIT("It has the form of a full postcode.");
static const struct str because_code_near =
    STR_INIT("It reads as a postcode, with words about an address near it.");

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether "postcode", "satnav" stand close by. */
static bool has_postcode_word(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    return screen_near_before(draft, first, SCREEN_WORD_POSTCODE_WORD, CONTEXT_BEFORE) !=
               SCREEN_NO_TOKEN ||
           screen_near_after(draft, last, SCREEN_WORD_POSTCODE_WORD, CONTEXT_AFTER) !=
               SCREEN_NO_TOKEN;
}

/* "the LN12 6EX does not fit": what has an article is a thing, unless living is spoken of. */
static bool has_article(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    bool is_article = first > 0 && (screen_is_word(draft, first - 1, STR("the")) ||
                                    screen_is_word(draft, first - 1, STR("a")) ||
                                    screen_is_word(draft, first - 1, STR("an")));
    return is_article && !screen_has_address_word(draft, first, last) &&
           !screen_is_at(draft, last + 1, SCREEN_WORD_CODED_PLACE);
}

/* "part number EH12 4TS", "a Kestrel SM52 6XR", "B12 4AL brackets": something else has a number of
 * that form; not "order to AV3 5QL", "in the room, AV3 5QL", "code for the satnav: AV3 5QL". */
static bool is_other_code(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    bool is_apart = first > 0 && (screen_is_sign(draft, first - 1, ',') ||
                                  screen_is_word(draft, first - 1, STR("to")) ||
                                  screen_is_word(draft, first - 1, STR("in")) ||
                                  screen_is_word(draft, first - 1, STR("near")) ||
                                  screen_is_word(draft, first - 1, STR("from")) ||
                                  screen_is_word(draft, first - 1, STR("at")));
    if (has_postcode_word(draft, first, last)) {
        return false;
    }
    if (screen_is_at(draft, last + 1, SCREEN_WORD_CODED_AFTER) ||
        has_article(draft, first, last)) {
        return true;
    }
    uint32_t thing = screen_near_before(draft, first, SCREEN_WORD_CODED_THING, THING_BEFORE);
    return !is_apart && thing != SCREEN_NO_TOKEN &&
           (first - thing <= THING_CLOSE ||
            draft->tokens[thing].sentence == draft->tokens[first].sentence);
}

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
    bool is_code = count >= 5 && screen_is_outward(str_slice(code, 0, count - 3)) &&
                   screen_is_inward(str_slice(code, count - 3, count));
    return is_code ? at - 1 : SCREEN_NO_TOKEN;
}

/* "from n1 2ab to e8 3gh", "at tn225xy": small throughout, and like nothing else. */
static bool is_evenly_small(const struct screen_draft *draft, uint32_t at,
                            const struct screen_postcode *code)
{
    bool is_two = code->last > at;
    bool has_two_letters = !is_digit(screen_token_folded(draft, at).at[1]);
    return !code->is_capital && (is_two ? !code->is_odd : has_two_letters);
}

/* How sure it is that a code stands for a place, of a thousand; 0: not enough. */
static unsigned postcode_confidence(const struct screen_work *work, uint32_t at,
                                    const struct screen_postcode *code)
{
    const struct screen_draft *draft = work->draft;
    const struct screen_token *tokens = draft->tokens;
    uint32_t from = at > CONTEXT_BEFORE ? at - CONTEXT_BEFORE : 0;
    bool has_other = at > 0 && screen_finding_at(work, SCREEN_POSTCODE, tokens[from].start,
                                                 tokens[at - 1].end) != NULL;
    bool is_placed = at > 0 && screen_is_at(draft, at - 1, SCREEN_WORD_PLACE_BEFORE);
    bool is_two = code->last > at;
    if (screen_finding_at(work, SCREEN_POSTAL_ADDRESS, tokens[at].start, tokens[code->last].end)) {
        return 950;
    }
    if (is_other_code(draft, at, code->last)) {
        return 0;
    }
    if (code->is_sure) {
        return 970;
    }
    bool has_word = has_postcode_word(draft, at, code->last) ||
                    (code->is_known && screen_has_address_word(draft, at, code->last)) ||
                    (!code->is_odd && screen_draft_has_word(draft, SCREEN_WORD_POSTCODE_WORD));
    if (has_other || has_word) {
        return code->is_odd && is_two ? 600 : 850;
    }
    bool has_two_letters = !is_digit(screen_token_folded(draft, at).at[1]);
    bool is_alone = has_two_letters && code->is_known && !code->is_odd &&
                    (is_two || code->is_capital);
    bool is_small_placed = is_placed && code->is_known && is_evenly_small(draft, at, code);
    return is_alone && is_placed ? 850 : is_alone || is_small_placed ? 600 : 0;
}

/* "postcode TN 22 5XY": in three parts, with a word for it near. */
static bool is_code_in_three(const struct screen_draft *draft, uint32_t at)
{
    if (at + 2 >= draft->token_count || !screen_is_at(draft, at, SCREEN_WORD_POSTCODE_AREA) ||
        draft->tokens[at + 1].kind != SCREEN_TOKEN_NUMBER ||
        draft->tokens[at + 1].folded_bytes > 2 ||
        draft->tokens[at + 2].kind != SCREEN_TOKEN_MIXED) {
        return false;
    }
    return screen_is_inward(screen_token_folded(draft, at + 2)) &&
           screen_near_before(draft, at, SCREEN_WORD_POSTCODE_WORD, CONTEXT_AFTER) !=
               SCREEN_NO_TOKEN;
}

static uint32_t postcode_find(struct screen_work *work, uint32_t at)
{
    struct screen_postcode code = {0};
    if (!screen_postcode_read(work->draft, at, &code)) {
        return at + 1;
    }
    unsigned confidence = postcode_confidence(work, at, &code);
    if (confidence > 0) {
        screen_found(work, SCREEN_POSTCODE, SCREEN_DETAIL_NONE, at, code.last, confidence,
                     code.is_sure ? because_code : because_code_near);
    }
    return code.last + 1;
}

void screen_find_postcodes(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t i = 0; i < draft->token_count;) {
        uint32_t spelt = screen_is_at(draft, i, SCREEN_WORD_SPELLING_WORD)
                             ? spelt_code_last(draft, i)
                             : SCREEN_NO_TOKEN;
        if (spelt != SCREEN_NO_TOKEN) {
            screen_found(work, SCREEN_POSTCODE, SCREEN_DETAIL_NONE, i, spelt, 850, because_code);
            i = spelt + 1;
            continue;
        }
        if (is_code_in_three(draft, i)) {
            screen_found(work, SCREEN_POSTCODE, SCREEN_DETAIL_NONE, i, i + 2, 850,
                         because_code_near);
            i += 3;
            continue;
        }
        i = draft->tokens[i].kind == SCREEN_TOKEN_MIXED ? postcode_find(work, i) : i + 1;
    }
}

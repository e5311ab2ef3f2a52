/*
 * screen/people_before.c - what stands before a name.
 *
 * Read first: people_signs_int.h. Start at: people_before_read.
 */
#include "screen/people_signs_int.h"

static bool is_open_sign(const struct screen_token *token)
{
    return people_is_sign(token, '"') || people_is_sign(token, '(') || people_is_sign(token, '*') ||
           people_is_sign(token, '\'') || people_is_sign(token, 0x201C) ||
           people_is_sign(token, 0x2018) || people_is_sign(token, '_') ||
           people_is_sign(token, '[');
}

/* The first token before the mention that is a word or a sign that matters. */
static int64_t before_of(const struct people *people, const struct people_mention *mention)
{
    int64_t at = (int64_t)mention->first - 1;
    return is_open_sign(people_token(people, at)) ? at - 1 : at;
}

/* ---- Kin and animals ------------------------------------------------------------------------- */

/* "three hens called Faith, Hope and Nugget": what stands before the first name of a row. */
static int64_t row_begin(const struct people *people, int64_t before)
{
    int64_t at = before;
    for (int names = 0; names < PEOPLE_ROW_MAX; names++) {
        int64_t name = at;
        for (int joints = 0; joints < 2; joints++) {
            name -= people_is_joint(people, name);
        }
        const struct screen_token *token = people_token(people, name);
        if (name == at || !people_is_word(token) || !people_is_capital(token) ||
            (token->flags & SCREEN_TOKEN_FIRST)) {
            break;
        }
        at = name - 1;
    }
    return at;
}

/* "my niece Grace", "our lovely dog Hunter": the kin or the animal is near, "my" within reach. */
static void kin_read(const struct people *people, int64_t before, struct people_signs *signs)
{
    static const struct str between[] = {STR_INIT("called"), STR_INIT("named"), STR_INIT("is")};
    int64_t kin = row_begin(people, before);
    if (people_is_sign(people_token(people, kin), ',') || PEOPLE_IS_ANY(people, kin, between)) {
        kin--;
    }
    const struct screen_token *token = people_token(people, kin);
    bool is_child = people_is(token, SCREEN_WORD_PEOPLE_CHILD) && people_is_ours(people, kin - 1);
    signs->is_animal = people_is(token, SCREEN_WORD_PEOPLE_ANIMAL);
    bool is_of_circle = people_is(token, SCREEN_WORD_PEOPLE_CIRCLE);
    if (!people_is(token, SCREEN_WORD_PEOPLE_KIN) && !is_of_circle && !is_child) {
        return;
    }
    signs->is_kin = true;
    signs->is_own_kin = is_of_circle || people_is(token, SCREEN_WORD_PEOPLE_KIN_TITLE);
    for (int64_t at = kin - 1; at >= kin - 4; at--) {
        const struct screen_token *own = people_token(people, at);
        if (own == NULL || own->kind == SCREEN_TOKEN_SIGN) {
            break;
        }
        signs->is_own_kin = signs->is_own_kin || people_is_ours(people, at) ||
                            people_is_text(people, at, STR("me")); /* "me mam" */
    }
}

/* An animal or "names" earlier in the sentence or in the one before: "New puppy. Ivy or Rose?" */
static void naming_read(const struct people *people, const struct people_mention *mention,
                        struct people_signs *signs)
{
    uint32_t sentence = people->draft->tokens[mention->first].sentence;
    static const struct str words[] = {STR_INIT("names"), STR_INIT("naming"),
                                       STR_INIT("christened")};
    for (int64_t at = (int64_t)mention->first - 1; at >= (int64_t)mention->first - 12; at--) {
        const struct screen_token *token = people_token(people, at);
        if (token == NULL || (uint32_t)token->sentence + 1 < sentence) {
            return;
        }
        bool is_team = people_is_text(people, at, STR("name")) &&
                       (people_is_text(people, at - 1, STR("team")) ||
                        people_is_text(people, at - 1, STR("band")));
        signs->is_naming = signs->is_naming || is_team || PEOPLE_IS_ANY(people, at, words);
        signs->is_near_animal =
            signs->is_near_animal || people_is(token, SCREEN_WORD_PEOPLE_ANIMAL);
    }
}

/* ---- The word before ------------------------------------------------------------------------- */

static bool is_placed(const struct people *people, int64_t before)
{
    static const struct str places[] = {
        STR_INIT("in"),      STR_INIT("near"),    STR_INIT("via"),      STR_INIT("around"),
        STR_INIT("visit"),   STR_INIT("visited"), STR_INIT("visiting"), STR_INIT("off"),
        STR_INIT("outside"), STR_INIT("into"),    STR_INIT("beat"),     STR_INIT("v"),
        STR_INIT("vs"),      STR_INIT("of")};
    bool is_at = people_is_text(people, before, STR("at")) &&
                 !people_is(people_token(people, before - 1), SCREEN_WORD_PEOPLE_AIMED);
    return is_at || PEOPLE_IS_ANY(people, before, places);
}

/* "role of Annie", "a performance of Matilda" */
static bool is_of_work(const struct people *people, int64_t before)
{
    static const struct str joints[] = {STR_INIT("of"), STR_INIT("for")};
    return PEOPLE_IS_ANY(people, before, joints) &&
           people_is(people_token(people, before - 1), SCREEN_WORD_PEOPLE_WORK);
}

/* "teaching", "marked" */
static bool is_verb_ending(const struct people *people, int64_t at)
{
    struct str plain = screen_token_plain(people->draft, (uint32_t)at);
    return plain.len >= 6 && (str_ends(plain, STR("ing")) || str_ends(plain, STR("ed"))) &&
           !people_is_capital(people_token(people, at));
}

static void word_before_read(const struct people *people, int64_t before,
                             struct people_signs *signs)
{
    static const struct str telling[] = {STR_INIT("it's"), STR_INIT("its"),  STR_INIT("i'm"),
                                         STR_INIT("is"),   STR_INIT("name"), STR_INIT("from"),
                                         STR_INIT("im"),   STR_INIT("am"),   STR_INIT("was")};
    static const struct str about[] = {STR_INIT("about"), STR_INIT("with"), STR_INIT("told"),
                                       STR_INIT("between")};
    const struct screen_token *token = people_token(people, before);
    signs->is_acted_on = screen_word_is(token, SCREEN_WORD_PEOPLE_OBJECT_VERB);
    signs->is_acted_sure = screen_word_is(token, SCREEN_WORD_PEOPLE_OBJECT_SURE);
    signs->is_after_verb = is_verb_ending(people, before);
    signs->is_after_small = screen_word_is(token, SCREEN_WORD_PEOPLE_BEFORE);
    signs->is_after_time = screen_word_is(token, SCREEN_WORD_PEOPLE_TIME_BEFORE);
    signs->is_inverted = screen_word_is(token, SCREEN_WORD_PEOPLE_INVERTED);
    signs->is_about = PEOPLE_IS_ANY(people, before, about);
    signs->is_placed = is_placed(people, before);
    signs->is_of_work = is_of_work(people, before);
    signs->is_our = people_is_ours(people, before);
    signs->is_determined = screen_word_is(token, SCREEN_WORD_PEOPLE_DETERMINER) && !signs->is_our;
    signs->is_called = people_is_text(people, before, STR("called"));
    signs->is_introduced = PEOPLE_IS_ANY(people, before, telling);
}

void people_before_read(const struct people *people, const struct people_mention *mention,
                        struct people_signs *signs)
{
    int64_t before = before_of(people, mention);
    const struct screen_token *token = people_token(people, before);
    const struct screen_token *first = people_token(people, mention->first);
    bool is_open = is_open_sign(people_token(people, (int64_t)mention->first - 1));
    signs->is_sentence_first = (first->flags & SCREEN_TOKEN_FIRST) || is_open || before < 0 ||
                               people_is_sign(token, ':') || people_is_sign(token, 0x2022) ||
                               people_is_sign(token, '-') || people_is_sign(token, 0x2013);
    kin_read(people, before, signs);
    naming_read(people, mention, signs);
    if (first->flags & SCREEN_TOKEN_FIRST) {
        return;
    }
    int64_t greeting = people_is_sign(token, ',') ? before - 1 : before;
    signs->is_greeted = people_is(people_token(people, greeting), SCREEN_WORD_PEOPLE_GREETING);
    static const struct str joints[] = {STR_INIT("of"), STR_INIT("to")};
    signs->is_praised = signs->is_greeted && PEOPLE_IS_ANY(people, before, joints);
    if (people_is_word(token)) {
        word_before_read(people, before, signs);
    }
}

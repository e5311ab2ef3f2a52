/*
 * screen/detect_disclaimer.c - words that say that the writer speaks for nobody else.
 *
 * Read first: affiliation_int.h, near_int.h. Start at: screen_find_disclaimers.
 *
 *   a phrase that says it           "in a personal capacity", "so are the views"
 *   views, then whose               "Opinions are all mine and usually wrong"
 *   whose, then views               "my own views"
 *   speaking                        "speaking strictly for myself", "this is me talking, not ..."
 *   not the employer's              "tweets do not represent my school", "nothing to do with work"
 *
 * What must hold: "a room with views of its own" and "I have my own views on that" say no such
 * thing.
 */
#include "screen/affiliation_int.h"

#include "screen/near_int.h"

#define OWN_WITHIN 8 /* tokens behind "views" */
#define NOT_WITHIN 8 /* tokens behind "not" */
#define NOUN_NEAR 4  /* tokens before "not" */
#define NOUN_FAR 12  /* the same, where "employer" itself stands behind it */
#define APART_WITHIN 3

static const struct str because_own = STR_INIT("It says that the views are the writer's own.");
static const struct str because_not =
    STR_INIT("It says that the views are not those of an employer.");

static void report(struct screen_work *work, uint32_t first, uint32_t last, unsigned confidence,
                   struct str because)
{
    screen_found(work, SCREEN_DISCLAIMER, SCREEN_DETAIL_NONE, first, last, confidence, because);
}

static bool is_near_before(const struct screen_draft *draft, uint32_t token, enum screen_word class,
                           uint32_t window)
{
    return screen_near_before(draft, token, class, window) != SCREEN_NO_TOKEN;
}

/* Whether a clause ends before `token`, seen from a token of its sentence. */
static bool is_end(const struct screen_draft *draft, uint32_t token, uint32_t within)
{
    return token >= draft->token_count || draft->tokens[token].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[token].kind == SCREEN_TOKEN_HASHTAG ||
           draft->tokens[token].sentence != draft->tokens[within].sentence;
}

static uint32_t phrase_last(const struct screen_draft *draft, uint32_t first,
                            enum screen_word class)
{
    uint32_t last = first;
    while (screen_is_at(draft, last + 1, class)) {
        last++;
    }
    return last;
}

/* ---- Views and whose ------------------------------------------------------------------------- */

/* Whether the owner of "views ... mine" at `owner` ends what is said, and is the writer. */
static bool is_owner(const struct screen_draft *draft, uint32_t noun, uint32_t owner)
{
    bool is_ended =
        is_end(draft, owner + 1, owner) || screen_is_at(draft, owner + 1, SCREEN_WORD_VIEW_AFTER);
    bool is_mine = !screen_is_word(draft, owner, STR("own")) ||
                   screen_is_word(draft, owner - 1, STR("my")) || owner == noun + 1 ||
                   draft->tokens[owner - 1].kind == SCREEN_TOKEN_SIGN;
    return is_ended && is_mine;
}

/* "views are all mine", "Views = own": only small words between. */
static bool owner_behind(struct screen_work *work, uint32_t noun)
{
    const struct screen_draft *draft = work->draft;
    for (uint32_t at = noun + 1; at < draft->token_count && at - noun <= OWN_WITHIN; at++) {
        const struct screen_token *token = &draft->tokens[at];
        if (token->sentence != draft->tokens[noun].sentence) {
            return false;
        }
        if (screen_word_is(token, SCREEN_WORD_VIEW_OWN) &&
            !screen_is_word(draft, at, STR("personal"))) {
            bool is_found = is_owner(draft, noun, at);
            if (is_found) {
                report(work, noun, at, 920, because_own);
            }
            return is_found;
        }
        bool is_joint = token->sign == ',' || token->sign == '=' || token->sign == ':' ||
                        token->sign == '/' || token->sign == '&' || token->sign == '-';
        if (token->kind == SCREEN_TOKEN_SIGN ? !is_joint
                                             : !screen_word_is(token, SCREEN_WORD_VIEW_BETWEEN)) {
            return false;
        }
    }
    return false;
}

/* "my own views", "personal opinions only": of an account, or at the end of what is said. */
static bool owner_before(struct screen_work *work, uint32_t noun)
{
    const struct screen_draft *draft = work->draft;
    if (noun < 1 || !screen_is_at(draft, noun, SCREEN_WORD_VIEW_NOUN_SURE)) {
        return false;
    }
    uint32_t next = noun + 1;
    bool is_my_own = screen_is_word(draft, noun - 1, STR("own")) ||
                     screen_is_word(draft, noun - 1, STR("personal"));
    bool is_my = screen_is_word(draft, noun - 1, STR("my"));
    bool is_plural =
        !screen_is_word(draft, noun, STR("view")) && !screen_is_word(draft, noun, STR("opinion"));
    next += screen_is_sign(draft, next, ',') && screen_is_at(draft, next + 1, SCREEN_WORD_VIEW_NOT);
    bool is_limited = screen_is_word(draft, next, STR("only")) ||
                      screen_is_word(draft, next, STR("here")) ||
                      screen_is_at(draft, next, SCREEN_WORD_VIEW_NOT);
    bool is_begun = draft->tokens[noun - 1].flags & SCREEN_TOKEN_FIRST ||
                    (noun >= 2 && draft->tokens[noun - 2].flags & SCREEN_TOKEN_FIRST);
    bool is_profile = work->channel == SCREEN_CHANNEL_PROFILE;
    bool is_whole =
        is_end(draft, noun + 1, noun) && screen_is_at(draft, noun, SCREEN_WORD_VIEW_NOUN_WHOLE);
    bool is_one =
        !is_plural && is_my_own && is_end(draft, noun + 1, noun) && noun >= 3 &&
        screen_is_word(draft, noun - 2, STR("my")) && /* "is my own view" */
        (screen_is_word(draft, noun - 3, STR("is")) || screen_is_word(draft, noun - 3, STR("and")));
    bool is_second = is_my && is_whole && is_profile && noun >= 2 && /* "My gob, my opinions" */
                     screen_is_sign(draft, noun - 2, ',');
    bool is_of_own = is_my_own && (is_limited || (is_whole && (is_profile || is_begun)));
    bool is_said = is_one || is_second || (is_plural && (is_of_own || (is_my && is_limited)));
    if (is_said) {
        report(work, noun - 1, noun, 850, because_own);
    }
    return is_said;
}

/* ---- Speaking -------------------------------------------------------------------------------- */

/* "Speaking strictly for myself", "This is me talking, not the school". */
static bool speaking_find(struct screen_work *work, uint32_t verb)
{
    const struct screen_draft *draft = work->draft;
    uint32_t at = verb + 1;
    bool is_said = str_ends(screen_token_folded(draft, verb), STR("ing")) || /* not "money talks" */
                   (verb > 0 && screen_is_word(draft, verb - 1, STR("i")));
    bool is_how = screen_is_at(draft, at, SCREEN_WORD_VIEW_BETWEEN);
    at += is_how && !screen_is_word(draft, at, STR("for"));
    if (is_said && screen_is_word(draft, at, STR("for")) &&
        (screen_is_word(draft, at + 1, STR("me")) ||
         screen_is_word(draft, at + 1, STR("myself")))) {
        report(work, verb, at + 1, 900, because_own);
        return true;
    }
    uint32_t comma = verb + 1u + screen_is_word(draft, verb + 1, STR("here"));
    bool is_me = verb > 0 && screen_is_word(draft, verb - 1, STR("me")) &&
                 screen_is_sign(draft, comma, ',') && screen_is_word(draft, comma + 1, STR("not"));
    uint32_t other = is_me ? screen_near_after(draft, comma + 1, SCREEN_WORD_EMPLOYER, NOUN_NEAR)
                           : SCREEN_NO_TOKEN;
    if (other != SCREEN_NO_TOKEN) {
        report(work, verb - 1, other, 850, because_not);
    }
    return other != SCREEN_NO_TOKEN;
}

/* ---- Not the employer's ---------------------------------------------------------------------- */

/* "has nothing to do with the day job", "don't blame my employer". */
static void apart_find(struct screen_work *work, uint32_t phrase)
{
    const struct screen_draft *draft = work->draft;
    uint32_t other = screen_near_after(draft, phrase, SCREEN_WORD_EMPLOYER, APART_WITHIN);
    if (other == SCREEN_NO_TOKEN ||
        draft->tokens[other].sentence != draft->tokens[phrase].sentence) {
        return;
    }
    bool is_own = is_near_before(draft, other, SCREEN_WORD_FIRST_OWNER, 2) ||
                  screen_is_word(draft, other, STR("day")) ||
                  screen_is_word(draft, other, STR("employer")) ||
                  (other == phrase + 2 && screen_is_word(draft, other, STR("school"))) ||
                  (other == phrase + 1 && screen_is_word(draft, phrase, STR("is")));
    if (is_own) {
        report(work, phrase, other, 800, because_not);
    }
}

/* Whether an employer at `at` is one for whom the writer does not speak. */
static bool is_unspoken_for(const struct screen_draft *draft, uint32_t at)
{
    bool is_any =
        screen_is_word(draft, at, STR("anyone")) || screen_is_word(draft, at, STR("anybody"));
    return screen_is_word(draft, at + 1, STR("behalf")) ||
           is_near_before(draft, at, SCREEN_WORD_VIEW_BEHALF, NOUN_NEAR + 1) ||
           (!is_any && is_near_before(draft, at, SCREEN_WORD_VIEW_NOUN_SURE, NOUN_FAR + NOUN_NEAR));
}

/* "tweets don't represent my employer", "not speaking on behalf of the school". */
static bool employer_find(struct screen_work *work, uint32_t negation)
{
    const struct screen_draft *draft = work->draft;
    bool is_about = is_near_before(draft, negation, SCREEN_WORD_VIEW_NOUN_SURE, NOUN_NEAR);
    bool is_far = is_near_before(draft, negation, SCREEN_WORD_VIEW_NOUN_SURE, NOUN_FAR);
    for (uint32_t at = negation + 1; at < draft->token_count && at - negation <= NOT_WITHIN; at++) {
        if (draft->tokens[at].sentence != draft->tokens[negation].sentence) {
            return false;
        }
        is_about = is_about || screen_is_at(draft, at, SCREEN_WORD_VIEW_SPEAK) ||
                   screen_is_at(draft, at, SCREEN_WORD_VIEW_NOUN_SURE) ||
                   screen_is_word(draft, at + 1, STR("behalf"));
        bool is_sure = is_far && (screen_is_word(draft, at, STR("employer")) ||
                                  screen_is_word(draft, at, STR("employers")));
        if ((is_about || is_sure) && screen_is_at(draft, at, SCREEN_WORD_EMPLOYER)) {
            bool is_found = is_unspoken_for(draft, at);
            if (is_found) {
                report(work, negation, at, 850, because_not);
            }
            return is_found;
        }
    }
    return false;
}

/* "RT is no endorsement" */
static bool retweet_find(struct screen_work *work, uint32_t retweet)
{
    uint32_t last = screen_near_after(work->draft, retweet, SCREEN_WORD_ENDORSEMENT, NOUN_NEAR);
    if (last != SCREEN_NO_TOKEN) {
        report(work, retweet, last, 850, because_own);
    }
    return last != SCREEN_NO_TOKEN;
}

void screen_find_disclaimers(struct screen_work *work)
{
    static const enum screen_word begins[] = {SCREEN_WORD_VIEW_PHRASE, SCREEN_WORD_VIEW_APART,
                                              SCREEN_WORD_VIEW_TALK,   SCREEN_WORD_RETWEET,
                                              SCREEN_WORD_VIEW_NOUN,   SCREEN_WORD_VIEW_NOT};
    const struct screen_classes any = SCREEN_CLASSES_OF(begins);
    const struct screen_draft *draft = work->draft;
    if (!screen_classes_meet(&draft->classes, &any)) {
        return;
    }
    for (uint32_t i = 0; i < draft->token_count; i++) {
        const struct screen_token *token = &draft->tokens[i];
        if (!screen_classes_meet(&token->classes, &any)) {
            continue;
        }
        if (screen_word_is(token, SCREEN_WORD_VIEW_PHRASE)) {
            uint32_t last = phrase_last(draft, i, SCREEN_WORD_VIEW_PHRASE);
            report(work, i, last, 900, because_own);
            i = last;
            continue;
        }
        if (screen_word_is(token, SCREEN_WORD_VIEW_APART)) {
            i = phrase_last(draft, i, SCREEN_WORD_VIEW_APART);
            apart_find(work, i);
            continue;
        }
        bool is_found = (screen_word_is(token, SCREEN_WORD_VIEW_TALK) && speaking_find(work, i)) ||
                        (screen_word_is(token, SCREEN_WORD_RETWEET) && retweet_find(work, i)) ||
                        (screen_word_is(token, SCREEN_WORD_VIEW_NOUN) &&
                         (owner_behind(work, i) || owner_before(work, i)));
        if (!is_found && screen_word_is(token, SCREEN_WORD_VIEW_NOT)) {
            (void)employer_find(work, i);
        }
    }
}

/*
 * screen/people_behind.c - what stands behind a name.
 *
 * Read first: people_signs_int.h. Start at: people_behind_read.
 */
#include "screen/people_signs_int.h"

/* How far a pronoun may stand behind what it stands for. */
#define PRONOUN_WINDOW 9

/* "Grace, my niece", "Princess the guinea pig", "Teddy (lop-eared)". */
static void kin_read(const struct people *people, int64_t behind, struct people_signs *signs)
{
    const struct screen_token *sign = people_token(people, behind);
    bool is_bracket = people_is_sign(sign, '(');
    bool is_aside = people_is_sign(sign, ',') || is_bracket || people_is_sign(sign, 0x2013);
    bool is_the = people_is_text(people, behind, STR("the")) ||
                  (is_aside && (people_is_text(people, behind + 1, STR("the")) ||
                                people_is_text(people, behind + 1, STR("a"))));
    bool is_my = is_aside && people_is_ours(people, behind + 1);
    const struct screen_token *own = people_token(people, behind + 1); /* "Imran my dentist" */
    if (people_is_ours(people, behind) &&
        (people_is(own, SCREEN_WORD_PEOPLE_CIRCLE) || people_is(own, SCREEN_WORD_PEOPLE_KIN))) {
        signs->is_kin = signs->is_own_kin = true;
    }
    if (!is_the && !is_my && !is_bracket) {
        return;
    }
    for (int64_t at = behind + 1; at <= behind + PEOPLE_WINDOW; at++) {
        const struct screen_token *token = people_token(people, at);
        if (token == NULL || (token->kind == SCREEN_TOKEN_SIGN && at > behind + 1)) {
            break;
        }
        signs->is_animal = signs->is_animal || people_is(token, SCREEN_WORD_PEOPLE_ANIMAL);
        bool is_of_writer = (is_my || is_bracket) && people_is(token, SCREEN_WORD_PEOPLE_KIN);
        if (is_of_writer || people_is(token, SCREEN_WORD_PEOPLE_CIRCLE)) { /* "Tom the plumber" */
            signs->is_kin = signs->is_own_kin = true;
        }
    }
}

static bool is_class_behind(const struct people *people, int64_t behind)
{
    static const struct str joints[] = {STR_INIT("in"), STR_INIT("from"), STR_INIT("of")};
    if (people_is_class_at(people, behind)) {
        return true;
    }
    bool is_joint = PEOPLE_IS_ANY(people, behind, joints) ||
                    people_is_sign(people_token(people, behind), '(') ||
                    people_is_sign(people_token(people, behind), ',');
    return is_joint &&
           (people_is_class_at(people, behind + 1) ||
            (people_is(people_token(people, behind + 1), SCREEN_WORD_PEOPLE_DETERMINER) &&
             people_is_class_at(people, behind + 2)));
}

/* Somebody is spoken to: "you", "please" within reach. */
static bool is_speech_behind(const struct people *people, int64_t behind)
{
    for (int64_t at = behind; at < behind + PEOPLE_WINDOW; at++) {
        const struct screen_token *token = people_token(people, at);
        if (token == NULL || (at > behind && (token->flags & SCREEN_TOKEN_FIRST))) {
            return false;
        }
        if (people_is(token, SCREEN_WORD_PEOPLE_SECOND)) {
            return true;
        }
    }
    return false;
}

/* "May wrote in her book": the words go on about him or her. */
static bool is_pronoun_behind(const struct people *people, int64_t behind)
{
    static const struct str pronouns[] = {STR_INIT("he"),    STR_INIT("she"),     STR_INIT("his"),
                                          STR_INIT("her"),   STR_INIT("him"),     STR_INIT("he's"),
                                          STR_INIT("she's"), STR_INIT("himself"), STR_INIT("hes"),
                                          STR_INIT("shes"),  STR_INIT("herself"), STR_INIT("hers")};
    for (int64_t at = behind; at < behind + PRONOUN_WINDOW; at++) {
        const struct screen_token *token = people_token(people, at);
        if (token == NULL || people_is_capital(token)) {
            return false;
        }
        if (PEOPLE_IS_ANY(people, at, pronouns)) {
            return true;
        }
    }
    return false;
}

/* "Joy is a bacon roll", "Autumn is here", "May is my favourite month". */
static bool is_thing_behind(const struct people *people, int64_t at)
{
    return people_is(people_token(people, at), SCREEN_WORD_PEOPLE_DETERMINER) ||
           people_is_ours(people, at) ||
           people_is(people_token(people, at), SCREEN_WORD_PEOPLE_THING_AFTER);
}

/* "walked", "finally smiled": any verb of the past, where it is not known as one. */
static bool is_past_verb(const struct people *people, int64_t at)
{
    const struct screen_token *token = people_token(people, at);
    if (!people_is_word(token) || people_is_capital(token)) {
        return false;
    }
    struct str plain = screen_token_plain(people->draft, (uint32_t)at);
    return plain.len >= 5 && str_ends(plain, STR("ed")) && !str_ends(plain, STR("eed"));
}

/* "has the key", "is covering", "isn't in today", "just told me". */
static void verb_read(const struct people *people, int64_t behind, struct people_signs *signs)
{
    static const struct str fillers[] = {
        STR_INIT("just"),      STR_INIT("also"),    STR_INIT("now"),    STR_INIT("already"),
        STR_INIT("currently"), STR_INIT("finally"), STR_INIT("always"), STR_INIT("never"),
        STR_INIT("actually"),  STR_INIT("still"),   STR_INIT("even"),   STR_INIT("really"),
        STR_INIT("nearly"),    STR_INIT("almost"),  STR_INIT("then"),   STR_INIT("only")};
    bool has_filler = PEOPLE_IS_ANY(people, behind, fillers);
    int64_t verb = behind + has_filler;
    const struct screen_token *token = people_token(people, verb);
    if (!people_is_word(token)) {
        return;
    }
    signs->is_before_auxiliary = screen_word_is(token, SCREEN_WORD_PEOPLE_AUXILIARY);
    signs->is_before_linking = screen_word_is(token, SCREEN_WORD_PEOPLE_LINKING);
    signs->is_before_verb =
        !signs->is_before_linking &&
        (screen_word_is(token, SCREEN_WORD_PEOPLE_VERB) || is_past_verb(people, verb));
    if (!signs->is_before_linking) {
        return;
    }
    static const struct str havings[] = {STR_INIT("has"), STR_INIT("had"), STR_INIT("got")};
    int64_t next = verb + 1;
    next += PEOPLE_IS_ANY(people, next, fillers);
    signs->is_having = PEOPLE_IS_ANY(people, verb, havings);
    bool is_owner =
        signs->is_having && people_is(people_token(people, next), SCREEN_WORD_PEOPLE_DETERMINER);
    signs->is_state = is_owner || people_is(people_token(people, next), SCREEN_WORD_PEOPLE_STATE);
    signs->is_word_of_thing = !signs->is_state && is_thing_behind(people, next);
}

/* ---- Where somebody is from ------------------------------------------------------------------ */

/* Past the other names of a row, which share what follows: "Ruth and Maureen from choir". */
static int64_t row_end(const struct people *people, int64_t behind)
{
    int64_t at = behind;
    for (int names = 0; names < PEOPLE_ROW_MAX; names++) {
        int64_t name = at;
        for (int joints = 0; joints < 2; joints++) {
            name += people_is_joint(people, name);
        }
        const struct screen_token *token = people_token(people, name);
        if (name == at || !people_is_word(token) || !people_is_capital(token)) {
            break;
        }
        at = name + 1;
    }
    return at;
}

/* "from the garage", "at my spin class", "'s nail bar"; "from the school office", "in music". */
static void origin_read(const struct people *people, const struct people_mention *mention,
                        struct people_signs *signs)
{
    static const struct str joints[] = {STR_INIT("from"), STR_INIT("at"), STR_INIT("in"),
                                        STR_INIT("of"),   STR_INIT("on"), STR_INIT("off")};
    int64_t behind = row_end(people, (int64_t)mention->last + 1);
    bool is_at = people_is_text(people, behind, STR("at"));
    bool is_joined = PEOPLE_IS_ANY(people, behind, joints) &&
                     !(mention->is_possessive && is_at); /* "Bernard's at the dentist" */
    bool is_aside = people_is_sign(people_token(people, behind), ',') &&
                    (people_is_text(people, behind + 1, STR("the")) ||
                     people_is_text(people, behind + 1, STR("who")) ||
                     PEOPLE_IS_ANY(people, behind + 1, joints));
    if (!is_joined && !is_aside && !mention->is_possessive) {
        return;
    }
    bool is_from = people_is_text(people, behind, STR("from"));
    bool is_in = people_is_text(people, behind, STR("in"));
    for (int64_t at = behind; at < behind + PEOPLE_WINDOW; at++) {
        const struct screen_token *token = people_token(people, at);
        bool is_far = mention->is_possessive && !is_joined && at > behind + 1;
        if (token == NULL || is_far || (token->kind == SCREEN_TOKEN_SIGN && at > behind)) {
            return;
        }
        signs->is_elsewhere = signs->is_elsewhere || people_is(token, SCREEN_WORD_PEOPLE_ELSEWHERE);
        signs->is_from_school =
            signs->is_from_school || ((is_from || (is_in && at == behind + 1)) &&
                                      people_is(token, SCREEN_WORD_PEOPLE_SCHOOL));
    }
}

/* "Hope's on a course": is or has. */
static bool is_shortened_before(const struct people *people, int64_t behind)
{
    static const struct str words[] = {
        STR_INIT("on"),     STR_INIT("off"),     STR_INIT("in"),   STR_INIT("at"),
        STR_INIT("out"),    STR_INIT("not"),     STR_INIT("here"), STR_INIT("back"),
        STR_INIT("still"),  STR_INIT("already"), STR_INIT("just"), STR_INIT("going"),
        STR_INIT("coming"), STR_INIT("with"),    STR_INIT("only"), STR_INIT("never")};
    return PEOPLE_IS_ANY(people, behind, words) ||
           people_is(people_token(people, behind), SCREEN_WORD_PEOPLE_STATE);
}

static bool is_with_writer(const struct people *people, int64_t behind)
{
    static const struct str selves[] = {STR_INIT("i"), STR_INIT("me"), STR_INIT("myself")};
    bool is_and = people_is_text(people, behind, STR("and")) ||
                  people_is_sign(people_token(people, behind), '&');
    return is_and && PEOPLE_IS_ANY(people, behind + 1, selves);
}

/* ---- All of it ------------------------------------------------------------------------------- */

static void surname_read(const struct people *people, const struct people_mention *mention,
                         struct people_signs *signs)
{
    int64_t behind = (int64_t)mention->last + 1;
    if (people->letters != PEOPLE_CASE_MIXED || mention->is_possessive ||
        !people_may_be_surname(people, (uint32_t)behind)) {
        return;
    }
    struct people_name names[PEOPLE_NAMES_MAX];
    bool is_name = people->index != NULL && people_names_at(people, (uint32_t)behind, names) > 0 &&
                   (names[0].hits.uses & NAME_USE_FIRST);
    signs->is_before_other = !is_name;
}

void people_behind_read(const struct people *people, const struct people_mention *mention,
                        struct people_signs *signs)
{
    int64_t behind = (int64_t)mention->last + 1;
    const struct screen_token *token = people_token(people, behind);
    kin_read(people, behind, signs);
    origin_read(people, mention, signs);
    signs->is_with_writer = is_with_writer(people, behind);
    signs->is_before_class = !mention->is_possessive && is_class_behind(people, behind);
    signs->is_addressed = people_is_sign(token, ',') && signs->is_sentence_first &&
                          is_speech_behind(people, behind + 1);
    if (token == NULL || (token->flags & SCREEN_TOKEN_LINE)) {
        return;
    }
    const struct screen_token *score = people_token(people, behind + 1);
    signs->is_scored = people_is_sign(token, ':') && score != NULL &&
                       score->kind == SCREEN_TOKEN_NUMBER &&
                       (people_is_sign(people_token(people, behind + 2), '%') ||
                        people_is_sign(people_token(people, behind + 2), '/'));
    signs->is_before_pronoun = is_pronoun_behind(people, behind);
    if (!people_is_word(token)) {
        return;
    }
    surname_read(people, mention, signs);
    signs->is_before_second = people_is(token, SCREEN_WORD_PEOPLE_SECOND);
    signs->is_explained = people_is_text(people, behind, STR("means")) ||
                          people_is_text(people, behind, STR("meaning"));
    if (mention->is_possessive) {
        const struct screen_token *next = people_token(people, behind + 1);
        signs->is_owner = true;
        signs->is_owner_of_school = screen_word_is(token, SCREEN_WORD_PEOPLE_OWN) ||
                                    people_is(next, SCREEN_WORD_PEOPLE_OWN);
        signs->is_shortened = is_shortened_before(people, behind);
        return;
    }
    verb_read(people, behind, signs);
}

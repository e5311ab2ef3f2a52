/*
 * screen/detect_answer.c - answers to security questions.
 *
 * Read first: secret_int.h. Start at: screen_find_answers.
 *
 *   subject, then a name         "first pet: Pickles", "my first pet was a goose called Kevin"
 *   a name, then the subject     "Thistlewood is mum's maiden name"
 *   a place of birth             "Born in Whitby", "born in the back of a taxi in Ludlow"
 *   a mother's name              "my mother, née Abelard", "Mum was a Trelawney before she wed"
 *   a team                       "my team, since before I could walk, is Harrogate Town"
 *
 * Subjects that few talk of for other reasons stand in [security-fact]; the others, such as a first
 * car, count only in talk of questions, resets and passwords.
 *
 * What must hold: without a name there is no answer ("my first pet was a goldfish", "born in the
 * eighties"); what everybody knows of famous people is none.
 */
#include "screen/named_int.h"
#include "screen/near_int.h"
#include "screen/secret_int.h"

#define CONTEXT_BEFORE 30 /* tokens */
#define CONTEXT_AFTER 20
#define ABOUT 14          /* how far away somebody famous is looked for */
#define LINK_TOKENS_MAX 7 /* between the subject and the name */
#define NAME_TOKENS_MAX 4
#define BORN_WITHIN 10 /* from "born" to the place */
#define TEAM_WITHIN 11
#define MOTHER_WITHIN 6
#define GAME_WITHIN 14

static const struct str because_answer =
    STR_INIT("It answers a question by which people prove who they are.");
static const struct str because_born = STR_INIT("It says where somebody was born.");

static bool is_about_questions(const struct screen_draft *draft, uint32_t token)
{
    struct screen_classes near = screen_classes_near(draft, token, CONTEXT_BEFORE, CONTEXT_AFTER);
    return screen_classes_have(&near, SCREEN_WORD_SECURITY_CONTEXT);
}

static bool is_famous(const struct screen_draft *draft, uint32_t token)
{
    struct screen_classes near = screen_classes_near(draft, token, ABOUT, ABOUT);
    return screen_classes_have(&near, SCREEN_WORD_PUBLIC_BIRTH);
}

/* A word with a capital that is no month, and that a sentence does not begin with. */
static bool is_name(const struct screen_draft *draft, uint32_t token)
{
    if (token >= draft->token_count) {
        return false;
    }
    const struct screen_token *one = &draft->tokens[token];
    bool is_word = one->kind == SCREEN_TOKEN_WORD || one->kind == SCREEN_TOKEN_MIXED;
    return is_word && one->flags & SCREEN_TOKEN_CAPITAL && one->folded_bytes > 1 &&
           !screen_word_is(one, SCREEN_WORD_MONTH_NAME) &&
           !screen_word_is(one, SCREEN_WORD_FIRST_PERSON);
}

static uint32_t name_last(const struct screen_draft *draft, uint32_t first)
{
    uint32_t last = first;
    while (last - first < NAME_TOKENS_MAX && is_name(draft, last + 1) &&
           !(draft->tokens[last + 1].flags & SCREEN_TOKEN_LINE)) {
        last++;
    }
    return last;
}

static void report(struct screen_work *work, uint32_t first, uint32_t last, unsigned confidence,
                   struct str because)
{
    screen_found(work, SCREEN_SECURITY_ANSWER, SCREEN_DETAIL_NONE, first, last, confidence,
                 because);
}

/* ---- A subject and its answer ---------------------------------------------------------------- */

/* What stands behind a subject. */
struct answer {
    uint32_t at;      /* the first token of the name, or of what stands in its place */
    bool is_list;     /* a sign alone stands between: "first pet: Pickles" */
    bool is_beyond;   /* behind the end of the sentence: "maiden name? Abelard" */
    bool has_verb;    /* "is", "was", "called" */
    bool has_article; /* "a Fiesta" */
};

static struct answer answer_read(const struct screen_draft *draft, uint32_t subject, bool is_about)
{
    struct answer answer = {.at = subject + 1};
    answer.is_list = screen_is_sign(draft, subject + 1, ':') ||
                     screen_is_sign(draft, subject + 1, '=') ||
                     screen_is_sign(draft, subject + 1, '-');
    for (; answer.at < draft->token_count && answer.at - subject <= LINK_TOKENS_MAX; answer.at++) {
        uint32_t at = answer.at;
        const struct screen_token *one = &draft->tokens[at];
        bool is_stop = one->sign == '.' || one->sign == '?' || one->sign == '!';
        bool is_sign = one->kind == SCREEN_TOKEN_SIGN && (is_about || !is_stop);
        bool is_link = screen_is_at(draft, at, SCREEN_WORD_SECURITY_LINK);
        bool is_creature =
            answer.has_article && !is_name(draft, at) && one->kind == SCREEN_TOKEN_WORD &&
            screen_near_after(draft, at, SCREEN_WORD_NAMED_WORD, 3) != SCREEN_NO_TOKEN;
        if (!is_sign && !is_link && !is_creature) {
            break;
        }
        answer.is_beyond = answer.is_beyond || (one->kind == SCREEN_TOKEN_SIGN && is_stop);
        answer.has_verb = answer.has_verb || screen_is_at(draft, at, SCREEN_WORD_SECURITY_VERB);
        answer.has_article = answer.has_article || screen_is_word(draft, at, STR("a")) ||
                             screen_is_word(draft, at, STR("an"));
        if (screen_is_at(draft, at, SCREEN_WORD_NAMED_WORD)) {
            answer.has_article = false; /* "a goose called Kevin" */
        }
    }
    return answer;
}

/* "Thistlewood is mum's maiden name", "Geoffrey the hamster was my first pet": the name before the
 * subject, or SCREEN_NO_TOKEN. */
static uint32_t name_before(const struct screen_draft *draft, uint32_t subject)
{
    uint32_t at = subject;
    while (at > 0 && subject - at < 3 && screen_is_at(draft, at - 1, SCREEN_WORD_SECURITY_LINK)) {
        at--;
    }
    bool has_verb = at > 0 && at < subject &&
                    (screen_is_word(draft, at, STR("is")) || screen_is_word(draft, at, STR("was")));
    if (has_verb && at > 2 && screen_is_word(draft, at - 2, STR("the"))) {
        at -= 2; /* "the hamster" */
    }
    return has_verb && is_name(draft, at - 1) &&
                   !screen_is_at(draft, at - 1, SCREEN_WORD_SECURITY_TOPIC)
               ? at - 1
               : SCREEN_NO_TOKEN;
}

/* Behind a question a name alone answers it; "Scroll past it" is a sentence. */
static bool is_sentence_short(const struct screen_draft *draft, uint32_t name)
{
    uint32_t next = name_last(draft, name) + 1;
    next += screen_is_at(draft, next, SCREEN_WORD_SECURITY_LINK); /* "Abelard, obviously" */
    return next >= draft->token_count || draft->tokens[next].kind == SCREEN_TOKEN_SIGN ||
           draft->tokens[next].sentence != draft->tokens[name].sentence;
}

static void subject_find(struct screen_work *work, uint32_t first, uint32_t last)
{
    const struct screen_draft *draft = work->draft;
    bool is_sure = screen_is_at(draft, last, SCREEN_WORD_SECURITY_SURE);
    bool is_fact = is_sure || screen_is_at(draft, last, SCREEN_WORD_SECURITY_FACT);
    bool is_about = is_about_questions(draft, last);
    uint32_t before = name_before(draft, first);
    if (before != SCREEN_NO_TOKEN && (is_fact || is_about)) {
        report(work, before, last, is_sure || is_about ? 800 : 650, because_answer);
        return;
    }
    struct answer answer = answer_read(draft, last, is_about);
    if (answer.at >= draft->token_count) {
        return;
    }
    bool is_named =
        is_name(draft, answer.at) && (!answer.is_beyond || is_sentence_short(draft, answer.at));
    bool is_direct = is_named && (answer.is_list || answer.at == last + 1);
    bool is_said = is_named && answer.has_verb && is_fact && !answer.has_article;
    bool is_small = !is_named && answer.at > last + 1 && !answer.has_article &&
                    draft->tokens[answer.at].kind == SCREEN_TOKEN_WORD;
    unsigned confidence = is_about && is_named                                          ? 900
                          : is_sure && (is_named || answer.is_list)                     ? 850
                          : is_direct && !answer.has_article                            ? 750
                          : is_said                                                     ? 650
                          : is_about && is_small && (answer.has_verb || answer.is_list) ? 700
                                                                                        : 0;
    if (confidence > 0) {
        report(work, first, is_named ? name_last(draft, answer.at) : answer.at, confidence,
               because_answer);
    }
}

/* ---- Birth, mother, team --------------------------------------------------------------------- */

/* "born in Whitby", "born in the back of a taxi in Ludlow": the last "in" with a name behind it. */
static void born_find(struct screen_work *work, uint32_t born)
{
    const struct screen_draft *draft = work->draft;
    uint32_t place = SCREEN_NO_TOKEN;
    for (uint32_t at = born + 1; at < draft->token_count && at - born <= BORN_WITHIN; at++) {
        const struct screen_token *one = &draft->tokens[at];
        if (one->sentence != draft->tokens[born].sentence || one->kind == SCREEN_TOKEN_SIGN) {
            break;
        }
        bool is_in = screen_is_word(draft, at, STR("in")) || screen_is_word(draft, at, STR("at"));
        if (is_in && is_name(draft, at + 1)) {
            place = at + 1;
        }
    }
    bool is_thing =
        born > 0 && (screen_is_at(draft, born - 1, SCREEN_WORD_THING_BORN) ||
                     (born > 1 && screen_is_at(draft, born - 2, SCREEN_WORD_THING_BORN)));
    bool is_about = is_about_questions(draft, born);
    bool is_own = screen_near_before(draft, born, SCREEN_WORD_FIRST_PERSON, 3) != SCREEN_NO_TOKEN;
    uint32_t first =
        born > 0 && screen_is_at(draft, born - 1, SCREEN_WORD_BE_WORD) ? born - 1 : born;
    bool is_first = draft->tokens[first].flags & SCREEN_TOKEN_FIRST ||
                    (first > 0 && draft->tokens[first - 1].kind == SCREEN_TOKEN_SIGN);
    bool is_of_family =
        screen_near_before(draft, born, SCREEN_WORD_FAMILY_WORD, 5) != SCREEN_NO_TOKEN ||
        screen_is_named(work, screen_sentence_first(draft, born), born, born);
    bool is_private = is_about || is_own || is_first || is_of_family;
    bool is_known = !is_about && !is_own && is_famous(draft, born);
    if (place != SCREEN_NO_TOKEN && !is_thing && is_private && !is_known) {
        report(work, born, name_last(draft, place), is_about ? 880 : 650, because_born);
    }
}

/* "Whitby born and bred" in a profile. */
static void born_behind_find(struct screen_work *work, uint32_t born)
{
    const struct screen_draft *draft = work->draft;
    uint32_t next = born + 1;
    bool is_ended = next >= draft->token_count || draft->tokens[next].kind == SCREEN_TOKEN_SIGN ||
                    screen_is_word(draft, next, STR("and")) ||
                    draft->tokens[next].sentence != draft->tokens[born].sentence;
    if (work->channel == SCREEN_CHANNEL_PROFILE && born > 0 && is_name(draft, born - 1) &&
        !screen_is_at(draft, born - 1, SCREEN_WORD_BE_WORD) && is_ended &&
        !is_famous(draft, born)) {
        report(work, born - 1, born, 600, because_born);
    }
}

/* "my mother, née Abelard" */
static void nee_find(struct screen_work *work, uint32_t nee)
{
    const struct screen_draft *draft = work->draft;
    uint32_t mother = screen_near_before(draft, nee, SCREEN_WORD_MOTHER_WORD, MOTHER_WITHIN);
    if (mother != SCREEN_NO_TOKEN && is_name(draft, nee + 1)) {
        report(work, mother, nee + 1, 750, because_answer);
    }
}

/* "Mum was a Trelawney before she wed" */
static void before_wedding_find(struct screen_work *work, uint32_t before)
{
    const struct screen_draft *draft = work->draft;
    uint32_t mother = screen_near_before(draft, before, SCREEN_WORD_MOTHER_WORD, MOTHER_WITHIN);
    bool is_wedding =
        screen_near_after(draft, before, SCREEN_WORD_WEDDING_WORD, 3) != SCREEN_NO_TOKEN;
    if (mother != SCREEN_NO_TOKEN && is_wedding && is_name(draft, before - 1)) {
        report(work, mother, before - 1, 750, because_answer);
    }
}

/* "my team, since before I could walk, is Harrogate Town" */
static void team_find(struct screen_work *work, uint32_t team)
{
    const struct screen_draft *draft = work->draft;
    bool is_own = screen_is_word(draft, team - 1, STR("my")) ||
                  (team > 1 && screen_is_word(draft, team - 2, STR("my")));
    for (uint32_t at = team + 1; is_own && at < draft->token_count && at - team <= TEAM_WITHIN;
         at++) {
        if (draft->tokens[at].sentence != draft->tokens[team].sentence) {
            return;
        }
        bool is_verb = screen_is_word(draft, at, STR("is")) || screen_is_sign(draft, at, ':');
        if (is_verb && is_name(draft, at + 1) && draft->tokens[at + 1].kind == SCREEN_TOKEN_WORD) {
            report(work, team - 1, name_last(draft, at + 1), 600, because_answer);
            return;
        }
    }
}

/* "your pirate name is your first pet plus your street: I'm Captain Biscuit Elm" */
static bool game_find(struct screen_work *work, uint32_t first, uint32_t last)
{
    const struct screen_draft *draft = work->draft;
    bool is_game = screen_is_word(draft, last + 1, STR("plus")) ||
                   screen_is_sign(draft, last + 1, '+') || screen_is_sign(draft, last + 1, '&') ||
                   screen_is_word(draft, last + 1, STR("and"));
    for (uint32_t at = last + 2; is_game && at < draft->token_count && at - last <= GAME_WITHIN;
         at++) {
        bool is_told = screen_is_at(draft, at - 1, SCREEN_WORD_GAME_VERB) ||
                       screen_is_sign(draft, at - 1, ':');
        if (is_told && is_name(draft, at) && is_name(draft, at + 1)) {
            report(work, first, name_last(draft, at), 700, because_answer);
            return true;
        }
    }
    return false;
}

void screen_find_answers(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    if (!screen_draft_has_word(draft, SCREEN_WORD_SECURITY_TOPIC) &&
        !screen_draft_has_word(draft, SCREEN_WORD_SECURITY_OTHER)) {
        return;
    }
    for (uint32_t i = 0; i < draft->token_count; i++) {
        if (screen_is_at(draft, i, SCREEN_WORD_SECURITY_TOPIC)) {
            uint32_t last = i;
            while (screen_is_at(draft, last + 1, SCREEN_WORD_SECURITY_TOPIC)) {
                last++;
            }
            if (!game_find(work, i, last)) {
                subject_find(work, i, last);
            }
            i = last;
        } else if (screen_is_word(draft, i, STR("born"))) {
            born_find(work, i);
            born_behind_find(work, i);
        } else if (screen_is_word(draft, i, STR("nee"))) {
            nee_find(work, i);
        } else if (i > 0 && screen_is_word(draft, i, STR("before"))) {
            before_wedding_find(work, i);
        } else if (i > 0 && screen_is_word(draft, i, STR("team"))) {
            team_find(work, i);
        }
    }
}

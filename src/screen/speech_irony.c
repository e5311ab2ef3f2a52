/*
 * screen/speech_irony.c - praise that is none: "Only our school could ...", "well done ... for
 * once".
 *
 * Read first: speech_int.h. Start at: speech_find_irony.
 *
 * No word makes irony; the company does. So everything near somebody of a school is counted:
 * phrases that are hardly ever meant, praise, mishaps, words of little, likenesses; and on the
 * other side thanks, warmth, business. The sum of their weights decides, which were fitted to posts
 * of both sorts (docs/model-card.md).
 *
 * What must hold: without somebody of a school within the sentences that are looked at there is no
 * finding; each sentence is looked at from three others at most.
 */
#include "screen/speech_int.h"

/* At most so many tokens are counted around a target. */
#define WINDOW_TOKENS_MAX 90

enum cue {
    CUE_ONE,
    CUE_MANAGEMENT,
    CUE_BODY,
    CUE_SCHOOL,
    CUE_COLLEAGUE,
    CUE_PUPIL,
    CUE_PARENT,
    CUE_SURE,
    CUE_PRAISE,
    CUE_MISHAP,
    CUE_LITTLE,
    CUE_TURN,
    CUE_SINCERE,
    CUE_BUSINESS,
    CUE_SELF,
    CUE_OFFICIAL,
    CUE_MESSAGE,
    CUE_SHORT_END,
    CUE_QUOTED,
    CUE_FIRST,
    CUE_OUR,
    CUE_FAMILY,
    CUE_LENGTH,
    CUE_EXCLAMATION,
    CUE_QUESTION,
    CUE_SURE_MISHAP,
    CUE_PRAISE_MISHAP,
    CUE_PRAISE_LITTLE,
    CUE_HEART,
    CUE_NAMED,
    CUE_THING,
    CUE_PRONOUN,
    CUE_BACK,
    CUE_PERFECT,
    CUE_BUT,
    CUE_WHOEVER,
    CUE_SHORTS,
    CUE_COLON,
    CUE_OWNER,
    CUE_SO,
    CUE_PRESENT,
    CUE_PAST,
    CUE_NUMBER,
    CUE_GIVEN,
    CUE_THE,
    CUE_ANY,
    CUE_JOKE,
    CUE_TROUBLE,
    CUE_CHEER,
    CUE_NONE,
    CUE_CHEER_TROUBLE,
    CUE_SINCERE_SURE,
    CUE_SAYS,
    CUE_END,
    CUE_OURS,
    CUE_PLAN,
    CUE_COUNT
};

struct cues {
    int of[CUE_COUNT];
    uint32_t first, end; /* tokens */
};

#ifndef IRONY_WEIGHTS
#define IRONY_WEIGHTS                                                                              \
    {                                                                                              \
        0                                                                                          \
    }
#endif
static const int weights[CUE_COUNT] = IRONY_WEIGHTS;

static int least(int a, int b)
{
    return a < b ? a : b;
}

static bool is_heart(uint32_t sign)
{
    return sign == 0x2764 || (sign >= 0x1F493 && sign <= 0x1F49F) || sign == 0x1F970 ||
           sign == 0x1F60D || sign == 0x1F389 || sign == 0x1F44F || sign == 0x1F9E1 ||
           sign == 0x1F90D || sign == 0x1F60A || sign == 0x1F917;
}

/* Counts runs of a class, so that a phrase counts once. */
static void count_token(const struct speech *speech, uint32_t at, struct cues *cues)
{
    static const struct {
        enum screen_word class;
        enum cue cue;
    } classes[] = {
        {SCREEN_WORD_IRONY_SURE, CUE_SURE},         {SCREEN_WORD_IRONY_PRAISE, CUE_PRAISE},
        {SCREEN_WORD_IRONY_MISHAP, CUE_MISHAP},     {SCREEN_WORD_IRONY_LITTLE, CUE_LITTLE},
        {SCREEN_WORD_IRONY_TURN, CUE_TURN},         {SCREEN_WORD_SINCERE, CUE_SINCERE},
        {SCREEN_WORD_PLAIN_BUSINESS, CUE_BUSINESS}, {SCREEN_WORD_IRONY_JOKE, CUE_JOKE},
        {SCREEN_WORD_IRONY_TROUBLE, CUE_TROUBLE},   {SCREEN_WORD_IRONY_CHEER, CUE_CHEER},
        {SCREEN_WORD_IRONY_NONE, CUE_NONE},         {SCREEN_WORD_SINCERE_SURE, CUE_SINCERE_SURE},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        bool is_new = speech_is(speech, at, classes[i].class) &&
                      (at == cues->first || !speech_is(speech, at - 1, classes[i].class));
        cues->of[classes[i].cue] += is_new;
    }
    enum speech_who who = (enum speech_who)speech->who[at];
    cues->of[CUE_SELF] += who == SPEECH_SELF || IS(speech, at, WHO_MINE);
    cues->of[CUE_FAMILY] += who == SPEECH_FAMILY;
    if (speech_is_sign(speech, at)) {
        uint32_t sign = speech->tokens[at].sign;
        cues->of[CUE_EXCLAMATION] += sign == '!';
        cues->of[CUE_QUESTION] += sign == '?';
        cues->of[CUE_HEART] += is_heart(sign);
    }
    cues->of[CUE_QUOTED] = cues->of[CUE_QUOTED] || speech->tokens[at].quote != 0;
    cues->of[CUE_SO] += IS(speech, at, SO_WORD) && speech_is_open_word(speech, at + 1);
    cues->of[CUE_NUMBER] +=
        speech->tokens[at].kind == SCREEN_TOKEN_NUMBER || IS(speech, at, NUMBER_WORD);
    cues->of[CUE_GIVEN] += IS(speech, at, GIVEN_ME);
    cues->of[CUE_OURS] = cues->of[CUE_OURS] || IS(speech, at, WHO_OURS);
    cues->of[CUE_BUT] = cues->of[CUE_BUT] || IS(speech, at, CONTRAST);
    cues->of[CUE_WHOEVER] = cues->of[CUE_WHOEVER] || IS(speech, at, WHOEVER);
}

static void cues_limit(struct cues *cues)
{
    cues->of[CUE_SURE_MISHAP] = cues->of[CUE_SURE] > 0 && cues->of[CUE_MISHAP] > 0;
    cues->of[CUE_PRAISE_MISHAP] = cues->of[CUE_PRAISE] > 0 && cues->of[CUE_MISHAP] > 0;
    cues->of[CUE_PRAISE_LITTLE] = cues->of[CUE_PRAISE] > 0 && cues->of[CUE_LITTLE] > 0;
    bool is_bright = cues->of[CUE_CHEER] + cues->of[CUE_PRAISE] + cues->of[CUE_SURE] > 0;
    cues->of[CUE_CHEER_TROUBLE] = is_bright && cues->of[CUE_TROUBLE] + cues->of[CUE_MISHAP] > 0;
    cues->of[CUE_JOKE] = least(cues->of[CUE_JOKE], 3);
    cues->of[CUE_TROUBLE] = least(cues->of[CUE_TROUBLE], 4);
    cues->of[CUE_CHEER] = least(cues->of[CUE_CHEER], 3);
    cues->of[CUE_NONE] = least(cues->of[CUE_NONE], 3);
    cues->of[CUE_SINCERE_SURE] = least(cues->of[CUE_SINCERE_SURE], 2);
    cues->of[CUE_SURE] = least(cues->of[CUE_SURE], 3);
    cues->of[CUE_PRAISE] = least(cues->of[CUE_PRAISE], 3);
    cues->of[CUE_MISHAP] = least(cues->of[CUE_MISHAP], 4);
    cues->of[CUE_LITTLE] = least(cues->of[CUE_LITTLE], 4);
    cues->of[CUE_TURN] = least(cues->of[CUE_TURN], 3);
    cues->of[CUE_SINCERE] = least(cues->of[CUE_SINCERE], 4);
    cues->of[CUE_BUSINESS] = least(cues->of[CUE_BUSINESS], 3);
    cues->of[CUE_SELF] = least(cues->of[CUE_SELF], 4);
    cues->of[CUE_EXCLAMATION] = least(cues->of[CUE_EXCLAMATION], 2);
    cues->of[CUE_FAMILY] = least(cues->of[CUE_FAMILY], 1);
    cues->of[CUE_HEART] = least(cues->of[CUE_HEART], 1);
    cues->of[CUE_QUESTION] = least(cues->of[CUE_QUESTION], 1);
    int tokens = (int)(cues->end - cues->first);
    cues->of[CUE_LENGTH] = tokens > 32 ? least((tokens - 24) / 8, 5) : 0;
}

static bool is_past(const struct speech *speech, uint32_t at)
{
    return at < speech->count && !speech_is_sign(speech, at) &&
           str_ends(screen_token_plain(speech->work->draft, at), STR("ed"));
}

static void target_count(const struct speech *speech, struct speech_target target,
                         struct cues *cues)
{
    static const uint8_t cue_of[SPEECH_WHO_COUNT] = {
        [SPEECH_SCHOOL] = CUE_SCHOOL,       [SPEECH_MANAGEMENT] = CUE_MANAGEMENT,
        [SPEECH_COLLEAGUE] = CUE_COLLEAGUE, [SPEECH_PUPIL] = CUE_PUPIL,
        [SPEECH_PARENT] = CUE_PARENT,       [SPEECH_GOVERNOR] = CUE_BODY,
        [SPEECH_SUPPLIER] = CUE_BODY,       [SPEECH_ORGANISATION] = CUE_BODY,
    };
    uint32_t at = target.token;
    uint32_t begin = screen_sentence_first(speech->work->draft, at);
    cues->of[cue_of[target.who]] = 1;
    uint32_t end = screen_sentence_end(speech->work->draft, at);
    bool is_pronoun = speech->who[at] == SPEECH_HE || speech->who[at] == SPEECH_THEY;
    cues->of[CUE_THING] = speech->who[at] == SPEECH_NOBODY;
    cues->of[CUE_PRONOUN] = is_pronoun;
    cues->of[CUE_BACK] = end < speech->count && IS(speech, end, IRONY_BACK);
    cues->of[CUE_PERFECT] = IS(speech, at + 1, HAVE_VERB) || IS(speech, at + 2, HAVE_VERB);
    uint32_t verb = at + 1 + IS(speech, at + 1, FUNCTION_SMALL_ADVERB);
    /* "When our head says "quick word" I ..." */
    cues->of[CUE_SAYS] = begin < at &&
                         (IS(speech, begin, TURN_MAYBE) || IS(speech, begin, WHEN) ||
                          IS(speech, begin + 1, TURN_MAYBE)) &&
                         IS(speech, verb, SAY_VERB);
    cues->of[CUE_PLAN] = speech->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE &&
                         (IS(speech, at + 1, PLAN_WORD) || IS(speech, at + 2, PLAN_WORD) ||
                          IS(speech, at + 3, PLAN_WORD));
    cues->of[CUE_COLON] = speech_is_the_sign(speech, at + 1, ':');
    cues->of[CUE_OWNER] = (speech->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE) != 0;
    cues->of[CUE_PRESENT] = IS(speech, verb, PRESENT_VERB);
    cues->of[CUE_PAST] = IS(speech, verb, PAST_VERB) || is_past(speech, verb);
    cues->of[CUE_THE] = at > 0 && IS(speech, at - 1, THE);
    cues->of[CUE_ANY] = at > 0 && IS(speech, at - 1, ANY_DETERMINER);
    cues->of[CUE_FIRST] = at < begin + 4;
    cues->of[CUE_OUR] =
        (at > 0 && IS(speech, at - 1, WHO_OUR)) || (at > 1 && IS(speech, at - 2, WHO_OUR));
    cues->of[CUE_NAMED] = target.person != SCREEN_NOBODY;
}

/* Everything around one target: its sentence and those beside it. */
static struct cues cues_read(const struct speech *speech, struct speech_target target)
{
    const struct screen_draft *draft = speech->work->draft;
    uint32_t sentence = speech->tokens[target.token].sentence;
    struct cues cues = {.of = {[CUE_ONE] = 1}};
    cues.first = draft->sentences[sentence > 0 ? sentence - 1 : 0];
    uint32_t after = sentence + 2 < draft->sentence_count ? sentence + 2 : draft->sentence_count;
    cues.end = draft->sentences[after];
    if (cues.end - cues.first > WINDOW_TOKENS_MAX) {
        cues.first = draft->sentences[sentence];
        cues.end = draft->sentences[sentence + 1];
    }
    for (uint32_t at = cues.first; at < cues.end; at++) {
        count_token(speech, at, &cues);
    }
    target_count(speech, target, &cues);
    uint32_t last = draft->sentences[draft->sentence_count - 1];
    for (uint32_t i = 0; i < draft->sentence_count; i++) {
        cues.of[CUE_SHORTS] += draft->sentences[i + 1] - draft->sentences[i] <= 5;
    }
    cues.of[CUE_SHORTS] = least(cues.of[CUE_SHORTS], 3);
    cues.of[CUE_SO] = least(cues.of[CUE_SO], 2);
    cues.of[CUE_NUMBER] = least(cues.of[CUE_NUMBER], 3);
    cues.of[CUE_GIVEN] = least(cues.of[CUE_GIVEN], 2);
    cues.of[CUE_SHORT_END] = draft->sentence_count > 1 && speech->count - last <= 6;
    if (draft->sentence_count > 1 && speech->count - last <= 3) {
        cues.of[CUE_END] = IS(speech, last, IRONY_END);
    }
    cues.of[CUE_OFFICIAL] = speech->work->channel == SCREEN_CHANNEL_OFFICIAL;
    cues.of[CUE_MESSAGE] = speech->work->channel == SCREEN_CHANNEL_MESSAGE;
    cues_limit(&cues);
    return cues;
}

static int cues_weigh(const struct cues *cues)
{
    int sum = 0;
    for (size_t i = 0; i < CUE_COUNT; i++) {
        sum += weights[i] * cues->of[i];
    }
    return sum;
}

/* Of how much use somebody is as a target: those above one another are run down more often. */
static unsigned rank(enum speech_who who)
{
    static const uint8_t ranks[SPEECH_WHO_COUNT] = {
        [SPEECH_MANAGEMENT] = 8, [SPEECH_GOVERNOR] = 7,  [SPEECH_ORGANISATION] = 6,
        [SPEECH_SUPPLIER] = 5,   [SPEECH_COLLEAGUE] = 4, [SPEECH_PARENT] = 3,
        [SPEECH_PUPIL] = 2,      [SPEECH_SCHOOL] = 1,
    };
    return ranks[who];
}

/* The one of a sentence who counts. */
static struct speech_target target_of(const struct speech *speech, uint32_t sentence)
{
    const struct screen_draft *draft = speech->work->draft;
    struct speech_target best = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};
    for (uint32_t at = draft->sentences[sentence]; at < draft->sentences[sentence + 1]; at++) {
        enum speech_who who = (enum speech_who)speech->who[at];
        bool is_some = at > 0 && IS(speech, at - 1, ANY_DETERMINER);
        bool is_thing = who == SPEECH_NOBODY && IS(speech, at, IRONY_THING) &&
                        (at + 1 >= speech->count || !IS(speech, at + 1, THING_TAIL)) &&
                        (at + 1 >= speech->count || IS(speech, at + 1, IRONY_THING) ||
                         !(speech->tokens[at + 1].flags & SCREEN_TOKEN_CAPITAL));
        if ((who == SPEECH_NOBODY && !is_thing) || is_some || speech->tokens[at].quote != 0) {
            continue;
        }
        struct speech_target target = speech_target_at(speech, at);
        target.who = is_thing ? SPEECH_SCHOOL : target.who;
        bool is_somebody = who == SPEECH_HE || IS(speech, at, WHOEVER);
        bool is_here = HAS(speech, sentence, SCHOOL_SURE);
        if (is_somebody && target.who == SPEECH_PERSON && (who == SPEECH_HE || is_here)) {
            target.who = SPEECH_COLLEAGUE;
        }
        if (rank(target.who) > rank(best.who)) {
            best = target;
        }
    }
    return best;
}

void speech_find_irony(struct speech *speech)
{
    static const struct str because =
        STR_INIT("It sounds like praise or wonder, and is meant the other way.");
    const struct screen_draft *draft = speech->work->draft;
    if (speech->work->channel == SCREEN_CHANNEL_PROFILE ||
        speech->work->channel == SCREEN_CHANNEL_INCOMING) {
        return;
    }
    int best = 0;
    struct speech_target best_target = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};
    for (uint32_t sentence = 0; sentence < draft->sentence_count; sentence++) {
        struct speech_target target = target_of(speech, sentence);
        if (!speech_is_of_school(target.who)) {
            continue;
        }
        struct cues cues = cues_read(speech, target);
        int sum = cues_weigh(&cues);
#ifdef IRONY_DUMP
        IRONY_DUMP(&cues, target);
#endif
        if (sum > best) {
            best = sum;
            best_target = target;
        }
    }
    if (best > 0) {
        uint32_t sentence = speech->tokens[best_target.token].sentence;
        unsigned confidence = best > 400 ? 900 : 500 + (unsigned)best;
        speech_report(speech, SCREEN_DISPARAGEMENT, speech_detail(best_target.who),
                      draft->sentences[sentence], draft->sentences[sentence + 1] - 1, confidence,
                      best_target, because);
    }
}

/*
 * screen/speech_irony.c - praise that is none: "Only our school could ...", "well done ... for
 * once".
 *
 * Read first: speech_int.h. Start at: speech_find_irony.
 *
 * No word makes irony; the company does. So everything near somebody of a school is counted:
 * phrases that are hardly ever meant, praise, mishaps, words of little, jests; and on the other
 * side thanks, warmth, business, the writer's own part. The sum of the weights decides. They were
 * fitted to posts of both sorts, by logistic regression (tests/screen/speech_cases.txt has many of
 * them). Turns of mockery ([irony-shape]) weigh most: of somebody they are hardly ever meant.
 *
 * Then a learnt score of the whole draft (tone_int.h) is asked, and where that is in doubt a second
 * that sees more of it (meant_int.h): they may set aside what the rules found, and report what
 * these pass over, also an insult in a denial or a quotation that is none.
 *
 * What must hold: without somebody of a school in a sentence there is no finding in it; a sentence
 * is read with its two neighbours, or alone where these are long, so the time grows with the draft.
 */
#include "screen/speech_int.h"
#include "screen/tone_int.h"

/* At most so many tokens are counted around a target. */
#define WINDOW_TOKENS_MAX 90
/* From so many tokens on a text is long, and each LENGTH_STEP more counts against irony. */
#define LENGTH_LONG 32
#define LENGTH_STEP 8
/* The sum, in hundredths of a natural logarithm of odds, from which it is reported. */
#define SUM_LEAST 130
#define SUM_SURE 240
/* The learnt scores together, from which a draft is reported that the rules pass over: of harmless
 * drafts that were not learnt from, about one of two hundred has it. It takes more where pupils are
 * meant, of whom much is told in fun, and where an insult is denied or told of others. Below the
 * veto no rule here is believed. A tone below the doubt is not weighed further. */
#define LEARNT_LEAST 0
#define LEARNT_PUPIL (SCREEN_WHOLE_ONE * 5 / 10)
#define LEARNT_UNSAID SCREEN_WHOLE_ONE
#define LEARNT_VETO (SCREEN_WHOLE_ONE * -8 / 10)
#define TONE_DOUBT (SCREEN_WHOLE_ONE * -15 / 10)
_Static_assert(TONE_DOUBT < LEARNT_VETO, "a tone that is not weighed further finds nothing");
/* What each of the two is worth, of ten. */
#define TONE_PARTS 3
#define MEANT_PARTS 9
/* A cheer has so many words, and quotation marks that mock an expression; a saying has more. */
#define CHEER_WORDS_MAX 2
#define SCARE_WORDS_MAX 4
#define SAYING_WORDS_MAX 20

enum cue {
    CUE_SURE, /* these are counted by words: see counted[] */
    CUE_PRAISE,
    CUE_MISHAP,
    CUE_LITTLE,
    CUE_TURN,
    CUE_JOKE,
    CUE_TROUBLE,
    CUE_CHEER,
    CUE_NONE,
    CUE_SO,
    CUE_SINCERE,
    CUE_SINCERE_SURE,
    CUE_BUSINESS,
    CUE_SHAPE,
    CUE_LOOSELY,
    CUE_OPENER,
    CUE_DARK,
    CUE_DEED,
    CUE_LIKE,
    CUE_EVEN,
    CUE_COUNTED,
    CUE_SELF = CUE_COUNTED, /* these by what they stand for */
    CUE_FAMILY,
    CUE_QUESTION,
    CUE_HEART,
    CUE_NAMED, /* and these by the target and its place */
    CUE_PRONOUN,
    CUE_FIRST,
    CUE_OUR,
    CUE_THE,
    CUE_ANY,
    CUE_OWNER,
    CUE_BACK,
    CUE_SAYS,
    CUE_END,
    CUE_LENGTH,
    CUE_OFFICIAL,
    CUE_MESSAGE,
    CUE_PRAISE_LITTLE, /* and these by others together */
    CUE_TWO,
    CUE_BOTH,
    CUE_CLEAN,
    CUE_CHEERED, /* a sentence of one or two words of praise: "Genius." */
    CUE_SCARED,  /* praise in quotation marks: our "visionary" leader */
    CUE_ECHO,    /* his own words, and what he did with them: "we hear you", he said, leaving */
    CUE_HAS,     /* "the council has" */
    CUE_WHO,     /* "the mum who" */
    CUE_MOCKED,  /* an opener and something dark */
    CUE_LOOSE,   /* of somebody of a looser kind */
    CUE_EARNEST, /* an opener and a good deed, nothing dark */
    CUE_COUNT
};

static const struct {
    enum screen_word class;
    uint8_t most; /* more of them say no more */
    bool is_own;  /* not in quotation marks */
} counted[CUE_COUNTED] = {
    [CUE_SURE] = {SCREEN_WORD_IRONY_SURE, 3},
    [CUE_PRAISE] = {SCREEN_WORD_IRONY_PRAISE, 3},
    [CUE_MISHAP] = {SCREEN_WORD_IRONY_MISHAP, 4},
    [CUE_LITTLE] = {SCREEN_WORD_IRONY_LITTLE, 4},
    [CUE_TURN] = {SCREEN_WORD_IRONY_TURN, 3},
    [CUE_JOKE] = {SCREEN_WORD_IRONY_JOKE, 3},
    [CUE_TROUBLE] = {SCREEN_WORD_IRONY_TROUBLE, 4},
    [CUE_CHEER] = {SCREEN_WORD_IRONY_CHEER, 3},
    [CUE_NONE] = {SCREEN_WORD_IRONY_NONE, 3},
    [CUE_SO] = {SCREEN_WORD_SO_WORD, 2},
    [CUE_SINCERE] = {SCREEN_WORD_SINCERE, 4},
    [CUE_SINCERE_SURE] = {SCREEN_WORD_SINCERE_SURE, 2},
    [CUE_BUSINESS] = {SCREEN_WORD_PLAIN_BUSINESS, 3},
    [CUE_SHAPE] = {SCREEN_WORD_IRONY_SHAPE, 2, true},
    [CUE_LOOSELY] = {SCREEN_WORD_IRONY_SHAPE_LOOSE, 2, true},
    [CUE_OPENER] = {SCREEN_WORD_IRONY_OPENER, 2, true},
    [CUE_DARK] = {SCREEN_WORD_IRONY_DARK, 3},
    [CUE_DEED] = {SCREEN_WORD_IRONY_DEED, 3},
    [CUE_LIKE] = {SCREEN_WORD_IRONY_LIKE, 2},
    [CUE_EVEN] = {SCREEN_WORD_IRONY_EVEN, 2},
};

static const int16_t weights[CUE_COUNT] = {
    [CUE_SURE] = 289,    [CUE_PRAISE] = 67,        [CUE_MISHAP] = 27,
    [CUE_LITTLE] = 73,   [CUE_TURN] = 79,          [CUE_JOKE] = -1,
    [CUE_TROUBLE] = 51,  [CUE_CHEER] = 153,        [CUE_NONE] = -79,
    [CUE_SO] = 71,       [CUE_SINCERE] = -85,      [CUE_SINCERE_SURE] = -23,
    [CUE_BUSINESS] = 43, [CUE_SHAPE] = 451,        [CUE_LOOSELY] = 45,
    [CUE_OPENER] = 76,   [CUE_DARK] = 3,           [CUE_DEED] = -119,
    [CUE_LIKE] = 174,    [CUE_EVEN] = 183,         [CUE_SELF] = -35,
    [CUE_FAMILY] = -118, [CUE_QUESTION] = -88,     [CUE_HEART] = -2,
    [CUE_NAMED] = -102,  [CUE_PRONOUN] = 79,       [CUE_FIRST] = -6,
    [CUE_OUR] = 75,      [CUE_THE] = 72,           [CUE_ANY] = 38,
    [CUE_OWNER] = 46,    [CUE_BACK] = 27,          [CUE_SAYS] = 74,
    [CUE_END] = 51,      [CUE_LENGTH] = -99,       [CUE_OFFICIAL] = -159,
    [CUE_MESSAGE] = -30, [CUE_PRAISE_LITTLE] = -9, [CUE_TWO] = -16,
    [CUE_BOTH] = 39,     [CUE_CLEAN] = 121,        [CUE_CHEERED] = -4,
    [CUE_SCARED] = 76,   [CUE_ECHO] = 129,         [CUE_HAS] = 142,
    [CUE_WHO] = -86,     [CUE_MOCKED] = -7,        [CUE_LOOSE] = -140,
    [CUE_EARNEST] = -64,
};
#define WEIGHT_ONE (-344)

/* Of a target: by itself, and where it is one for certain and nothing near it is warm or business.
 * */
static const struct {
    int16_t plain, clean;
    uint8_t rank; /* who is above others is run down more often */
} of_target[SPEECH_WHO_COUNT] = {
    [SPEECH_MANAGEMENT] = {83, -39, 8},   [SPEECH_GOVERNOR] = {-4, 33, 7},
    [SPEECH_ORGANISATION] = {36, -94, 6}, [SPEECH_SUPPLIER] = {83, 11, 5},
    [SPEECH_COLLEAGUE] = {-131, 10, 4},   [SPEECH_PARENT] = {-36, 22, 3},
    [SPEECH_PUPIL] = {-136, 52, 2},       [SPEECH_SCHOOL] = {-68, 64, 1},
};

struct cues {
    int of[CUE_COUNT];
    uint32_t first, end; /* tokens */
};

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

/* Counts runs of a class in a sentence, so that a phrase counts once. */
static void count_words(const struct speech *speech, uint32_t sentence, uint32_t end,
                        struct cues *cues)
{
    uint32_t first = speech->work->draft->sentences[sentence];
    for (size_t i = 0; i < CUE_COUNTED; i++) {
        if (!speech_has(speech, sentence, counted[i].class)) {
            continue;
        }
        bool is_run = false;
        for (uint32_t at = first; at < end; at++) {
            bool is_in = speech_is(speech, at, counted[i].class) &&
                         (!counted[i].is_own || speech->tokens[at].quote == 0);
            cues->of[i] += is_in && !is_run;
            is_run = is_in;
        }
    }
}

static void count_token(const struct speech *speech, uint32_t at, struct cues *cues)
{
    enum speech_who who = (enum speech_who)speech->who[at];
    cues->of[CUE_SELF] += who == SPEECH_SELF || IS(speech, at, WHO_MINE);
    cues->of[CUE_FAMILY] |= who == SPEECH_FAMILY;
    if (speech_is_sign(speech, at)) {
        cues->of[CUE_QUESTION] |= speech->tokens[at].sign == '?';
        cues->of[CUE_HEART] |= is_heart(speech->tokens[at].sign);
    }
}

static void count_target(const struct speech *speech, struct speech_target target,
                         struct cues *cues)
{
    uint32_t at = target.token;
    uint32_t begin = speech_first(speech, at);
    uint32_t end = speech_end(speech, at);
    bool is_asked = IS(speech, begin, TURN_MAYBE) || IS(speech, begin, WHEN) ||
                    IS(speech, begin + 1, TURN_MAYBE);
    cues->of[CUE_NAMED] = target.person != SCREEN_NOBODY;
    cues->of[CUE_PRONOUN] = speech->who[at] == SPEECH_HE || speech->who[at] == SPEECH_THEY;
    cues->of[CUE_FIRST] = at < begin + 4;
    cues->of[CUE_OUR] =
        (at > 0 && IS(speech, at - 1, WHO_OUR)) || (at > 1 && IS(speech, at - 2, WHO_OUR));
    cues->of[CUE_THE] = at > 0 && IS(speech, at - 1, THE);
    cues->of[CUE_ANY] = at > 0 && IS(speech, at - 1, ANY_DETERMINER);
    cues->of[CUE_OWNER] = (speech->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE) != 0;
    cues->of[CUE_HAS] = IS(speech, at + 1, IRONY_HAS) || IS(speech, at + 2, IRONY_HAS);
    cues->of[CUE_WHO] = IS(speech, at + 1, WHO_RELATIVE) || IS(speech, at + 2, WHO_RELATIVE);
    cues->of[CUE_BACK] = end < speech->count && IS(speech, end, IRONY_BACK);
    /* "When our head says "quick word" I ..." */
    cues->of[CUE_SAYS] = begin < at && is_asked && IS(speech, at + 1, SAY_VERB);
}

/* "Genius.", "Lovely!": a sentence of praise and nothing else. */
static bool is_cheer(const struct speech *speech, uint32_t sentence)
{
    const struct screen_draft *draft = speech->work->draft;
    uint32_t first = draft->sentences[sentence];
    uint32_t end = draft->sentences[sentence + 1];
    uint32_t words = 0;
    for (uint32_t at = first; at < end && words <= CHEER_WORDS_MAX; at++) {
        words += !speech_is_sign(speech, at);
    }
    return words > 0 && words <= CHEER_WORDS_MAX && draft->sentence_count > 1 &&
           (HAS(speech, sentence, IRONY_OPENER) || HAS(speech, sentence, IRONY_PRAISE) ||
            HAS(speech, sentence, IRONY_END)) &&
           !HAS(speech, sentence, SINCERE_SURE);
}

/* Quotation marks: around a word or two of praise or of business, or around a saying whose speaker
 * does the contrary: "said the head, putting in his earphone", "he says from his villa". */
static void count_quote(const struct speech *speech, uint32_t at, struct cues *cues)
{
    uint16_t quote = speech->tokens[at].quote;
    bool is_begun =
        quote != 0 && !speech_is_sign(speech, at) &&
        (at == 0 || speech->tokens[at - 1].quote != quote || speech_is_sign(speech, at - 1));
    if (!is_begun) {
        return;
    }
    uint32_t end = at;
    uint32_t words = 0;
    bool is_praise = false;
    while (end < speech->count && speech->tokens[end].quote == quote && words <= SAYING_WORDS_MAX) {
        words += !speech_is_sign(speech, end);
        is_praise = is_praise || IS(speech, end, IRONY_PRAISE) || IS(speech, end, IRONY_CHEER) ||
                    IS(speech, end, IRONY_OPENER) || IS(speech, end, PLAIN_BUSINESS) ||
                    IS(speech, end, IRONY_THING);
        end++;
    }
    bool is_said = at > 1 && IS(speech, at - 2, SAY_VERB);
    bool is_near = false; /* our "visionary" leader */
    for (uint32_t i = at > SCARE_WORDS_MAX ? at - SCARE_WORDS_MAX : 0;
         i < speech->count && i < end + 2; i++) {
        is_near = is_near || speech_is_of_school((enum speech_who)speech->who[i]);
    }
    cues->of[CUE_SCARED] |= words <= SCARE_WORDS_MAX && is_praise && !is_said && is_near;
    bool is_saying = false;
    for (uint32_t i = end; words > 2 && i < speech->count && i < end + 8; i++) {
        is_saying = is_saying || IS(speech, i, SAY_VERB);
        bool is_doing = str_ends(screen_token_plain(speech->work->draft, i), STR("ing")) ||
                        IS(speech, i, IRONY_FROM);
        cues->of[CUE_ECHO] |= is_saying && is_doing;
    }
}

/* What several cues say together. */
static void count_together(const struct speech *speech, struct cues *cues)
{
    int *of = cues->of;
    for (size_t i = 0; i < CUE_COUNTED; i++) {
        of[i] = least(of[i], counted[i].most);
    }
    of[CUE_SELF] = least(of[CUE_SELF], 4);
    int tokens = (int)(cues->end - cues->first);
    of[CUE_LENGTH] =
        tokens > LENGTH_LONG ? least((tokens - LENGTH_LONG + LENGTH_STEP) / LENGTH_STEP, 5) : 0;
    of[CUE_OFFICIAL] = speech->work->channel == SCREEN_CHANNEL_OFFICIAL;
    of[CUE_MESSAGE] = speech->work->channel == SCREEN_CHANNEL_MESSAGE;
    int bright = 2 * of[CUE_SURE] + 2 * of[CUE_SAYS] + of[CUE_SO] + of[CUE_PRAISE] + of[CUE_CHEER] +
                 of[CUE_JOKE];
    int dark = of[CUE_LITTLE] + of[CUE_NONE] + of[CUE_MISHAP] + of[CUE_TROUBLE] + of[CUE_TURN];
    of[CUE_ECHO] = of[CUE_ECHO] && !of[CUE_FAMILY];
    of[CUE_MOCKED] = of[CUE_OPENER] > 0 && of[CUE_DARK] > 0;
    of[CUE_EARNEST] = of[CUE_OPENER] > 0 && of[CUE_DEED] > 0 && of[CUE_SHAPE] == 0;
    of[CUE_PRAISE_LITTLE] = of[CUE_PRAISE] > 0 && of[CUE_LITTLE] > 0;
    of[CUE_TWO] = bright + dark >= 2;
    of[CUE_BOTH] = bright > 0 && dark > 0;
    of[CUE_CLEAN] = of[CUE_SINCERE] + of[CUE_SINCERE_SURE] + of[CUE_BUSINESS] + of[CUE_QUESTION] +
                        of[CUE_HEART] + of[CUE_NAMED] + of[CUE_OFFICIAL] ==
                    0;
}

/* What the words of a sentence up to `end` count as, whoever the target is. */
static void sentence_count(const struct speech *speech, uint32_t sentence, uint32_t end,
                           struct cues *cues)
{
    cues->first = speech->work->draft->sentences[sentence];
    cues->end = end;
    for (uint32_t at = cues->first; at < end; at++) {
        count_token(speech, at, cues);
        count_quote(speech, at, cues);
    }
    count_words(speech, sentence, end, cues);
    cues->of[CUE_CHEERED] = is_cheer(speech, sentence);
}

static void sentence_add(struct cues *all, const struct cues *sentence)
{
    static const enum cue once[] = {CUE_FAMILY,  CUE_QUESTION, CUE_HEART,
                                    CUE_CHEERED, CUE_SCARED,   CUE_ECHO};
    for (size_t i = 0; i < CUE_COUNT; i++) {
        all->of[i] += sentence->of[i];
    }
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        all->of[once[i]] = all->of[once[i]] > 0;
    }
}

/* Everything around one target: its sentence and those beside it. `counted_before` keeps what has
 * been counted of each sentence, since that of one target stands beside that of another. */
static struct cues cues_read(const struct speech *speech, struct cues *counted_before,
                             struct speech_target target)
{
    const struct screen_draft *draft = speech->work->draft;
    uint32_t sentence = speech->tokens[target.token].sentence;
    uint32_t from = sentence > 0 ? sentence - 1 : 0;
    uint32_t after = sentence + 2 < draft->sentence_count ? sentence + 2 : draft->sentence_count;
    if (draft->sentences[after] - draft->sentences[from] > WINDOW_TOKENS_MAX) {
        from = sentence;
        after = sentence + 1;
    }
    struct cues cues = {.first = draft->sentences[from], .end = draft->sentences[after]};
    for (uint32_t i = from; i < after; i++) {
        struct cues *one = &counted_before[i];
        if (one->end == 0) {
            uint32_t end = draft->sentences[i + 1];
            uint32_t most = draft->sentences[i] + WINDOW_TOKENS_MAX;
            sentence_count(speech, i, end < most ? end : most, one);
        }
        sentence_add(&cues, one);
    }
    count_target(speech, target, &cues);
    uint32_t last = draft->sentences[draft->sentence_count - 1];
    cues.of[CUE_END] = last > 0 && speech->count - last <= 3 && IS(speech, last, IRONY_END);
    count_together(speech, &cues);
    return cues;
}

/* Praise or a turn of mockery, and something that it does not fit: one alone is no irony. */
static bool is_at_odds(const struct cues *cues)
{
    const int *of = cues->of;
    int turns = of[CUE_SURE] + 2 * of[CUE_SHAPE] + of[CUE_LOOSELY] + of[CUE_CHEERED] +
                of[CUE_SCARED] + 2 * of[CUE_ECHO] + 2 * of[CUE_SAYS];
    int bright = of[CUE_PRAISE] + of[CUE_CHEER] + of[CUE_OPENER] + of[CUE_SO];
    int odd = of[CUE_LITTLE] + of[CUE_NONE] + of[CUE_MISHAP] + of[CUE_TROUBLE] + of[CUE_TURN] +
              of[CUE_JOKE] + of[CUE_DARK] + of[CUE_LIKE] + of[CUE_EVEN];
    return turns + bright > 0 && turns + bright + odd > 1;
}

static int cues_weigh(const struct cues *cues, enum speech_who who)
{
    const int *of = cues->of;
    bool is_certain =
        of[CUE_OUR] || of[CUE_THE] || (of[CUE_FIRST] && !of[CUE_ANY] && !of[CUE_PRONOUN]);
    int sum = WEIGHT_ONE + of_target[who].plain;
    sum += of[CUE_CLEAN] && is_certain ? of_target[who].clean : 0;
    for (size_t i = 0; i < CUE_COUNT; i++) {
        sum += weights[i] * of[i];
    }
    return is_at_odds(cues) ? sum : 0;
}

static bool is_ours(const struct speech *speech, uint32_t at)
{
    for (uint32_t back = 1; back <= 2 && back <= at; back++) {
        if (IS(speech, at - back, WHO_OUR) || IS(speech, at - back, WHO_MINE) ||
            IS(speech, at - back, THAT_DETERMINER)) {
            return true;
        }
    }
    return false;
}

/* What a token of a sentence counts as: nobody, unless it is of a school. */
static struct speech_target candidate(const struct speech *speech, uint32_t at)
{
    struct speech_target target = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};
    enum speech_who who = (enum speech_who)speech->who[at];
    const struct screen_token *token = &speech->tokens[at];
    bool is_some = (at > 0 && IS(speech, at - 1, ANY_DETERMINER)) ||
                   (at > 1 && IS(speech, at - 2, SPEECH_ARTICLE) &&
                    IS(speech, at - 2, ANY_DETERMINER) && speech_is_open_word(speech, at - 1)) ||
                   (IS(speech, at, WHO_CHILD) && !is_ours(speech, at));
    if (token->quote != 0 || is_some) {
        return target;
    }
    if (who == SPEECH_NOBODY) {
        bool is_part = IS(speech, at + 1, THING_TAIL) ||
                       (at + 1 < speech->count && !IS(speech, at + 1, IRONY_THING) &&
                        token[1].flags & SCREEN_TOKEN_CAPITAL);
        bool is_thing = IS(speech, at, IRONY_THING) && !is_part;
        return is_thing ? (struct speech_target){SPEECH_SCHOOL, at, SCREEN_NOBODY} : target;
    }
    target = speech_target_at(speech, at);
    bool is_here =
        who == SPEECH_HE || (IS(speech, at, WHOEVER) && HAS(speech, token->sentence, SCHOOL_SURE));
    if (target.who == SPEECH_PERSON && is_here) {
        target.who = SPEECH_COLLEAGUE;
    }
    return target;
}

/* The one of a sentence who counts. */
static struct speech_target target_of(const struct speech *speech, uint32_t sentence)
{
    const struct screen_draft *draft = speech->work->draft;
    struct speech_target best = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};
    for (uint32_t at = draft->sentences[sentence]; at < draft->sentences[sentence + 1]; at++) {
        if (speech->who[at] == SPEECH_NOBODY && !IS(speech, at, IRONY_THING)) {
            continue;
        }
        struct speech_target target = candidate(speech, at);
        if (of_target[target.who].rank > of_target[best.who].rank) {
            best = target;
        }
    }
    return best;
}

/* Somebody of a looser kind, for a draft that holds a turn of mockery: "a governor", "they",
 * "deputy head seen in corridor", "love that for us". */
static struct speech_target target_loose(const struct speech *speech)
{
    struct speech_target best = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};
    uint32_t end = speech->count < WINDOW_TOKENS_MAX ? speech->count : WINDOW_TOKENS_MAX;
    for (uint32_t at = 0; at < end; at++) {
        enum speech_who who = (enum speech_who)speech->who[at];
        bool is_head = who == SPEECH_NOBODY && IS(speech, at, WHO_MANAGEMENT);
        bool is_us = IS(speech, at, WHO_US) || IS(speech, at, SCHOOL_SURE) ||
                     (IS(speech, at, SCHOOL_WORD) && !IS(speech, at, WHO_SELF));
        if (who == SPEECH_NOBODY && !is_head && !is_us) {
            continue;
        }
        struct speech_target target = speech_target_at(speech, at);
        bool is_they = target.who == SPEECH_NOBODY && who == SPEECH_THEY;
        bool is_he = target.who == SPEECH_PERSON && who == SPEECH_HE;
        target.who = is_head ? SPEECH_MANAGEMENT : target.who;
        target.who = is_they || is_he ? SPEECH_COLLEAGUE : target.who;
        target.who = is_us ? SPEECH_SCHOOL : target.who;
        target.token = at;
        if (of_target[target.who].rank > of_target[best.who].rank) {
            best = target;
        }
    }
    return best;
}

static bool is_mocking(const struct speech *speech, uint32_t sentence)
{
    return HAS(speech, sentence, IRONY_SHAPE) || HAS(speech, sentence, IRONY_SHAPE_LOOSE) ||
           (HAS(speech, sentence, IRONY_OPENER) && HAS(speech, sentence, IRONY_DARK));
}

/* Whether the draft has a word of a class without which nothing can be at odds with anything. */
static bool is_possible(const struct speech *speech)
{
    static const enum screen_word classes[] = {
        SCREEN_WORD_IRONY_SURE,   SCREEN_WORD_IRONY_SHAPE,    SCREEN_WORD_IRONY_SHAPE_LOOSE,
        SCREEN_WORD_IRONY_PRAISE, SCREEN_WORD_IRONY_CHEER,    SCREEN_WORD_IRONY_OPENER,
        SCREEN_WORD_IRONY_END,    SCREEN_WORD_PLAIN_BUSINESS, SCREEN_WORD_SO_WORD,
        SCREEN_WORD_SAY_VERB};
    const struct screen_classes any = SCREEN_CLASSES_OF(classes);
    return screen_classes_meet(&speech->work->draft->classes, &any);
}

/* The heaviest of a draft. */
struct best {
    int sum;
    struct speech_target target;
};

static void best_update(struct best *best, const struct cues *cues, struct speech_target target)
{
    int sum = cues_weigh(cues, target.who);
    if (sum > best->sum) {
        *best = (struct best){sum, target};
    }
}

/* `targets` are those of each sentence. */
static struct best best_find(const struct speech *speech, const struct speech_target *targets)
{
    struct best best = {SUM_LEAST - 1, {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY}};
    struct cues *counted_before = ARENA_ARRAY(speech->work->arena, struct cues,
                                              (size_t)speech->work->draft->sentence_count + 1);
    bool is_anybody = false;
    bool is_mocked = false;
    for (uint32_t sentence = 0; sentence < speech->work->draft->sentence_count; sentence++) {
        struct speech_target target = targets[sentence];
        is_mocked = is_mocked || is_mocking(speech, sentence);
        if (speech_is_of_school(target.who)) {
            struct cues cues = cues_read(speech, counted_before, target);
            best_update(&best, &cues, target);
            is_anybody = true;
        }
    }
    if (!is_anybody && is_mocked) {
        struct speech_target target = target_loose(speech);
        if (speech_is_of_school(target.who)) {
            struct cues cues = cues_read(speech, counted_before, target);
            cues.of[CUE_LOOSE] = 1;
            best_update(&best, &cues, target);
        }
    }
    return best;
}

/* Both learnt scores as one; only the tone where that leaves no doubt, and without a model. */
static int32_t learnt_of(struct speech *speech)
{
    int32_t tone = speech_tone(speech);
    int32_t meant = tone < TONE_DOUBT ? SCREEN_WHOLE_NONE : speech_meant(speech);
    if (meant == SCREEN_WHOLE_NONE) {
        return tone;
    }
    return (int32_t)(((int64_t)tone * TONE_PARTS + (int64_t)meant * MEANT_PARTS) / 10);
}

/* What the scores must come to. */
static int32_t learnt_least(const struct speech *speech, enum speech_who who)
{
    if (speech->has_unsaid) {
        return LEARNT_UNSAID;
    }
    return who == SPEECH_PUPIL ? LEARNT_PUPIL : LEARNT_LEAST;
}

/* What the rules do not find and the learnt scores do: of somebody of a school all the same, or the
 * scores, which cost more than all else here, are not asked. */
static struct best best_learnt(struct speech *speech, const struct speech_target *targets)
{
    struct best best = {SUM_LEAST - 1, {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY}};
    for (uint32_t sentence = 0; sentence < speech->work->draft->sentence_count; sentence++) {
        if (of_target[targets[sentence].who].rank > of_target[best.target.who].rank) {
            best.target = targets[sentence];
        }
    }
    best.target = speech_is_of_school(best.target.who) ? best.target : target_loose(speech);
    if (!speech_is_of_school(best.target.who)) {
        return best;
    }
    int32_t least_learnt = learnt_least(speech, best.target.who);
    int32_t learnt = learnt_of(speech);
    if (learnt >= least_learnt) {
        best.sum = SUM_LEAST + (int)((int64_t)(learnt - least_learnt) * 100 / SCREEN_WHOLE_ONE);
    }
    return best;
}

static bool is_vetoed(struct speech *speech)
{
    int32_t learnt = learnt_of(speech);
    return learnt != SCREEN_WHOLE_NONE && learnt < LEARNT_VETO;
}

void speech_find_irony(struct speech *speech)
{
    static const struct str because =
        STR_INIT("It sounds like praise or wonder, and is meant the other way.");
    static const struct str because_learnt =
        STR_INIT("Its words together are those of drafts that run somebody of a school down.");
    const struct screen_draft *draft = speech->work->draft;
    if (speech->work->channel == SCREEN_CHANNEL_PROFILE ||
        speech->work->channel == SCREEN_CHANNEL_INCOMING) {
        return;
    }
    struct speech_target *targets =
        ARENA_ARRAY(speech->work->arena, struct speech_target, draft->sentence_count);
    for (uint32_t sentence = 0; sentence < draft->sentence_count; sentence++) {
        targets[sentence] = target_of(speech, sentence);
    }
    struct best best = is_possible(speech) ? best_find(speech, targets) : (struct best){0};
    bool is_ruled = best.sum >= SUM_LEAST;
    if (is_ruled && is_vetoed(speech)) {
        return;
    }
    best = is_ruled ? best : best_learnt(speech, targets);
    if (best.sum >= SUM_LEAST) {
        uint32_t sentence = speech->tokens[best.target.token].sentence;
        unsigned confidence =
            best.sum > SUM_SURE ? 900 : 500 + 2 * (unsigned)(best.sum - SUM_LEAST);
        speech_report(speech, SCREEN_DISPARAGEMENT, speech_detail(best.target.who),
                      draft->sentences[sentence], draft->sentences[sentence + 1] - 1, confidence,
                      best.target, is_ruled ? because : because_learnt);
    }
}

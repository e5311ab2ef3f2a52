/*
 * screen/speech_hatred.c - groups of people, and what is wished or judged of them.
 *
 * Read first: speech_int.h. Start at: speech_find_hatred.
 *
 * A group is named ("people of that faith", "anybody of 68"), or meant by "that sort" once it has
 * been. Against it stands one of these, in the same sentence, said by the writer and not denied:
 *
 *   to shut out   "should be kept out", "keep ... out of our", "want sending back"
 *   to let in     denied: "shouldn't be let near", "no woman should captain", "not fit to"
 *   a verdict     "drag everyone down", "are all the same", "have no place in"
 *   an insult     "are useless"
 *
 * What must hold: a group alone, a wish alone, or a denied wish is no finding: "nobody should be
 * left out for using a wheelchair" is for people.
 */
#include "screen/speech_int.h"

/* The group stands at most so many tokens before what is said of it. */
#define GROUP_TOKENS_MAX 30
/* A verb and its "should" stand at most so far apart. */
#define OUGHT_TOKENS_MAX 7
#define PERMIT_TOKENS_MAX 4
/* "Keep ... out of": the verb and its particle. */
#define MOVE_TOKENS_MAX 16
/* "That sort", "they": so many tokens behind the group. */
#define BACK_TOKENS_MAX 40
/* What the model must say of a sentence, of a thousand, to be heard alone. */
#define SCORE_LEAST 500
#define NO_DETAIL SCREEN_DETAIL_NONE
#define DETAIL_AGE 0
#define DETAIL_RACE 5
#define DETAIL_SEX 7

/* In this order a finding takes its detail where a word belongs to several: "pregnant woman". */
static const struct {
    enum screen_word class;
    uint8_t detail; /* as kinds.c orders them */
} groups[] = {
    {SCREEN_WORD_GROUP_PREGNANCY, 4},   {SCREEN_WORD_GROUP_TRANS, 2},
    {SCREEN_WORD_GROUP_ORIENTATION, 8}, {SCREEN_WORD_GROUP_MARRIAGE, 3},
    {SCREEN_WORD_GROUP_DISABILITY, 1},  {SCREEN_WORD_GROUP_RELIGION, 6},
    {SCREEN_WORD_GROUP_RACE, 5},        {SCREEN_WORD_GROUP_AGE, 0},
    {SCREEN_WORD_GROUP_SEX, 7},
};
#define GROUPS (sizeof groups / sizeof *groups)

/* "of 68", "over 50" */
static bool is_old_age(const struct speech *speech, uint32_t at)
{
    if (at == 0 || !IS(speech, at - 1, AGE_BEFORE)) {
        return false;
    }
    if (speech->tokens[at].kind != SCREEN_TOKEN_NUMBER) {
        return IS(speech, at, GROUP_AGE_WORD);
    }
    struct str digits = screen_token_plain(speech->work->draft, at);
    return digits.len == 2 && digits.at[0] >= '5';
}

/* "Polish" in small letters is for floors, unless somebody stands behind it: "polish people". */
static bool is_thing(const struct speech *speech, uint32_t at)
{
    return IS(speech, at, GROUP_CAPITAL) && !(speech->tokens[at].flags & SCREEN_TOKEN_CAPITAL) &&
           !(at + 1 < speech->count && speech->who[at + 1] != SPEECH_NOBODY) &&
           !IS(speech, at + 1, GROUP_BACK) && !IS(speech, at + 1, WHO_THAT);
}

static bool is_group(const struct speech *speech, uint32_t at, size_t group)
{
    return speech_is(speech, at, groups[group].class) && !is_thing(speech, at);
}

static unsigned group_at(const struct speech *speech, uint32_t at)
{
    if (is_old_age(speech, at)) {
        return DETAIL_AGE;
    }
    for (size_t i = 0; i < GROUPS; i++) {
        if (is_group(speech, at, i)) {
            return groups[i].detail;
        }
    }
    return NO_DETAIL;
}

static bool has_group(const struct speech *speech, uint32_t sentence)
{
    for (size_t i = 0; i < GROUPS; i++) {
        if (speech_has(speech, sentence, groups[i].class)) {
            return true;
        }
    }
    return false;
}

static bool has_age(const struct speech *speech, uint32_t sentence)
{
    const uint32_t *sentences = speech->work->draft->sentences;
    for (uint32_t at = sentences[sentence] + 1; at < sentences[sentence + 1]; at++) {
        if (is_old_age(speech, at)) {
            return true;
        }
    }
    return false;
}

/* One man or woman is no group: "that woman"; "women", "a woman's", "no man" are. */
static bool is_one_person(const struct speech *speech, uint32_t at, unsigned detail)
{
    if (detail != DETAIL_SEX || at == 0) {
        return false;
    }
    bool is_that =
        IS(speech, at - 1, THAT_WORD) && IS(speech, at, SEX_PLURAL); /* "said that men" */
    return !is_that && (IS(speech, at - 1, DEFINITE) || IS(speech, at - 1, WHO_OWN) ||
                        IS(speech, at - 1, WHO_OUR) || IS(speech, at - 1, COUNTED));
}

struct group {
    uint32_t first, last; /* tokens */
    unsigned detail;
    bool is_back; /* only "that sort" */
};

/* The group that something at `at` is said of: before it in its sentence, else close behind. */
static bool group_find(const struct speech *speech, uint32_t at, uint32_t last, struct group *group)
{
    uint32_t begin = speech_first(speech, at);
    uint32_t end = speech_end(speech, at);
    uint32_t least = at > begin + GROUP_TOKENS_MAX ? at - GROUP_TOKENS_MAX : begin;
    *group = (struct group){.detail = NO_DETAIL};
    size_t best = GROUPS;
    bool is_far = HAS(speech, speech->tokens[at].sentence, GROUP_BACK);
    for (uint32_t i = least; i < end && i <= last + (is_far ? 20 : 6); i++) {
        for (size_t k = 0; k < best; k++) {
            bool is_it = is_group(speech, i, k) && !is_one_person(speech, i, groups[k].detail) &&
                         !(i >= at && i <= last && groups[k].detail == DETAIL_SEX);
            if (is_it) {
                best = k;
                *group = (struct group){i, i, groups[k].detail, false};
            }
        }
        if (best == GROUPS && group->detail == NO_DETAIL && is_old_age(speech, i)) {
            *group = (struct group){i, i, DETAIL_AGE, false};
        }
    }
    for (uint32_t i = least; group->first > last && i < at; i++) {
        if (IS(speech, i, GROUP_BACK)) { /* "that lot have no place here ... in headscarves" */
            group->first = group->last = i;
        }
    }
    if (group->detail != NO_DETAIL) {
        return true;
    }
    bool is_sort = false; /* "that sort"; else "they", who must be a group that was named */
    for (uint32_t i = least; i < end && i <= last + 8 && !is_sort; i++) {
        is_sort = IS(speech, i, GROUP_BACK);
        if (is_sort || (group->detail == NO_DETAIL && IS(speech, i, GROUP_PRONOUN))) {
            *group = (struct group){i, i, is_sort ? DETAIL_RACE : NO_DETAIL, true};
        }
    }
    if (!group->is_back) {
        return false;
    }
    for (uint32_t i = group->first, left = BACK_TOKENS_MAX; i > 0 && left > 0; i--, left--) {
        unsigned detail = group_at(speech, i - 1);
        if (detail != NO_DETAIL && !is_one_person(speech, i - 1, detail)) {
            group->detail = detail;
            break;
        }
        bool is_other = !is_sort && speech_is_of_school((enum speech_who)speech->who[i - 1]);
        if (is_other && group->detail == NO_DETAIL) {
            break;
        }
    }
    return group->detail != NO_DETAIL;
}

/* ---- What is said -----------------------------------------------------------------------------
 * */

static uint32_t run_last(const struct speech *speech, uint32_t at, enum screen_word class)
{
    while (speech_is(speech, at + 1, class) && !speech_is_sign(speech, at + 1)) {
        at++;
    }
    return at;
}

/* "should", "ought", "want": within the clause before, or the clause begins with the wish. */
static bool is_wished(const struct speech *speech, uint32_t at)
{
    uint32_t begin = speech_first(speech, at);
    for (uint32_t i = at, left = OUGHT_TOKENS_MAX; i > begin && left > 0; i--, left--) {
        if (speech_is_break(speech, i - 1) || (i == at && speech_is_the_sign(speech, i - 1, ','))) {
            return i == at; /* "...: keep them out" */
        }
        if (IS(speech, i - 1, HATE_OUGHT)) {
            return true;
        }
        if (i - 1 == begin && IS(speech, i - 1, QUESTION_BEFORE)) {
            return true;
        }
    }
    return at == begin;
}

static unsigned exclude_confidence(const struct speech *speech, uint32_t first, uint32_t last,
                                   uint32_t subject)
{
    bool is_so = is_wished(speech, first) || IS(speech, first, HATE_OUGHT);
    return is_so && speech_said(speech, first, last, subject) == SPEECH_SAID ? 800 : 0;
}

/* "shouldn't be let near", "no woman should captain": a denial and a "should" close before. */
static unsigned permit_confidence(const struct speech *speech, uint32_t first, uint32_t subject)
{
    uint32_t begin = speech_first(speech, first);
    uint32_t end = speech_end(speech, first);
    bool is_ought = false;
    unsigned denials = 0;
    for (uint32_t i = first; i > begin && first - i < GROUP_TOKENS_MAX; i--) {
        uint32_t before = i - 1;
        if (speech_is_break(speech, before) || IS(speech, before, TURN_STOP)) {
            break;
        }
        bool is_near = first - before <= PERMIT_TOKENS_MAX;
        bool is_too = is_near && IS(speech, before, TOO); /* "too gay to be let near" */
        is_ought = is_ought || is_too || (is_near && IS(speech, before, HATE_MODAL));
        denials += is_too;
        bool is_there = is_near || (before + 3 >= subject && before < subject);
        bool is_none_of = IS(speech, before, TURN_NOBODY) && !IS(speech, before + 1, TURN_NOBODY);
        denials += (IS(speech, before, TURN_NOT) && is_there && !IS(speech, before, TURN_NOBODY)) ||
                   is_none_of;
    }
    if (first > 1 && IS(speech, first - 1, HATE_BARE) && IS(speech, first - 2, HATE_MODAL)) {
        return 0; /* "should have to work" */
    }
    bool is_asked = speech_is_the_sign(speech, end - 1, '?');
    return is_ought && denials % 2 == 1 && !is_asked ? 780 : 0;
}

/* The nearest word before that stands for somebody. */
static uint32_t subject_of(const struct speech *speech, uint32_t at)
{
    uint32_t begin = speech_first(speech, at);
    for (uint32_t i = at; i > begin; i--) {
        if (speech->who[i - 1] != SPEECH_NOBODY || group_at(speech, i - 1) != NO_DETAIL) {
            return i - 1;
        }
    }
    return begin;
}

static unsigned verdict_confidence(const struct speech *speech, uint32_t first, uint32_t last,
                                   const struct group *group)
{
    bool is_before = group->first < first || IS(speech, first, HATE_OBJECT);
    bool is_so = speech_said(speech, first, last, subject_of(speech, first)) == SPEECH_SAID;
    return is_before && is_so ? 720 : 0;
}

/* "Keep that turban and everyone who wears one out of our Cubs." */
static uint32_t move_end(const struct speech *speech, uint32_t at)
{
    uint32_t end = speech_end(speech, at);
    for (uint32_t i = at + 1; i < end && i <= at + MOVE_TOKENS_MAX; i++) {
        if (speech_is_break(speech, i)) {
            break;
        }
        if (!IS(speech, i, HATE_AWAY) || group_at(speech, i) != NO_DETAIL) {
            continue;
        }
        bool is_last = i + 1 == end || speech_is_sign(speech, i + 1);
        for (uint32_t k = i + 1; k < end && k <= i + 4 && !speech_is_sign(speech, k); k++) {
            if (IS(speech, k, HATE_FROM)) {
                return k;
            }
        }
        if (is_last && IS(speech, at, HATE_MOVE_FAR)) {
            return i;
        }
    }
    return at;
}

/* ---- Findings ---------------------------------------------------------------------------------
 * */

static void report(struct speech *speech, uint32_t first, uint32_t last, const struct group *group,
                   unsigned confidence)
{
    static const struct str because =
        STR_INIT("It puts people down, or asks that they be treated worse, for what they are.");
    enum speech_voice voice = speech_voice(speech, first, last);
    bool is_across = speech->tokens[group->first].quote != 0 && speech->tokens[first].quote == 0;
    if (confidence == 0 || voice == SPEECH_REPORTED || is_across) {
        return;
    }
    confidence = speech_less(confidence, voice == SPEECH_AGREED ? 100 : 0);
    confidence = speech_less(confidence, group->is_back ? 130 : 0);
    confidence =
        speech_less(confidence, voice == SPEECH_OWN && speech_is_fiction(speech, first) ? 250 : 0);
    uint32_t from = group->first < first ? group->first : first;
    uint32_t to = group->last > last ? group->last : last;
    struct speech_target nobody = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};
    speech_report(speech, SCREEN_HATRED, group->detail, from, to, confidence, nobody, because);
}

/* "Women can't lift": of one sex as a whole. */
static void cannot_judge(struct speech *speech, uint32_t at)
{
    struct group group = {at - 1, at - 1, DETAIL_SEX, false};
    uint32_t end = speech_end(speech, at);
    bool is_all =
        IS(speech, at - 1, SEX_PLURAL) &&
        (at < 2 || !speech_is_open_word(speech, at - 2) || IS(speech, at - 2, SAY_VERB)) &&
        !is_one_person(speech, at - 1, DETAIL_SEX) &&
        (at < 2 || !IS(speech, at - 2, FUNCTION_DETERMINER));
    if (is_all && !IS(speech, at + 1, CANNOT_FAIR) && at + 1 < end &&
        speech_said(speech, at, at + 1, at - 1) == SPEECH_SAID) {
        report(speech, at, at + 1, &group, 680);
    }
}

/* "Jewish, vegan, useless at whistling" in a profile: a list of what the writer is. */
static bool is_own_list(const struct speech *speech, const struct group *group, uint32_t at)
{
    if (speech->work->channel != SCREEN_CHANNEL_PROFILE) {
        return false;
    }
    for (uint32_t i = group->last + 1; i < at; i++) {
        if (speech_is_the_sign(speech, i, ',')) {
            return true;
        }
    }
    return false;
}

/* Answers the last token that it has read. */
static uint32_t word_judge(struct speech *speech, uint32_t at)
{
    struct group group;
    if (at > 0 && IS(speech, at, CANNOT) && !IS(speech, at, HATE_VERDICT)) {
        cannot_judge(speech, at);
    }
    bool is_against = IS(speech, at, STANCE_AGAINST); /* "don't let anyone tell you that" */
    if (IS(speech, at, HATE_VERDICT) && !is_against) {
        uint32_t last = run_last(speech, at, SCREEN_WORD_HATE_VERDICT);
        if (group_find(speech, at, last, &group) && !is_own_list(speech, &group, at)) {
            report(speech, at, last, &group, verdict_confidence(speech, at, last, &group));
        }
    }
    if (IS(speech, at, HATE_EXCLUDE)) {
        uint32_t last = run_last(speech, at, SCREEN_WORD_HATE_EXCLUDE);
        bool is_of_group =
            group_find(speech, at, last, &group) && (group.first < at || group.first > last);
        if (is_of_group) {
            bool is_slogan = group.last + 1 == at; /* "foreigners go home" */
            unsigned confidence =
                exclude_confidence(speech, at, last, group.first < at ? group.first : at);
            report(speech, at, last, &group, is_slogan && confidence == 0 ? 600 : confidence);
        }
        return last;
    }
    if (IS(speech, at, HATE_PERMIT)) {
        uint32_t last = run_last(speech, at, SCREEN_WORD_HATE_PERMIT);
        if (group_find(speech, at, last, &group) && group.first < at) {
            report(speech, at, last, &group, permit_confidence(speech, at, group.first));
        }
    }
    if (IS(speech, at, HATE_MOVE)) {
        uint32_t last = move_end(speech, at);
        if (last > at && group_find(speech, at, last, &group) && group.first > at &&
            group.first < last && speech_said(speech, at, last, at) == SPEECH_SAID) {
            report(speech, at, last, &group, 780);
        }
    }
    return at;
}

/* "Romanians are lazy": what would be an insult of one is this, said of all. */
static void insult_judge(struct speech *speech, uint32_t at)
{
    struct group group;
    bool is_insult = IS(speech, at, INSULT_NOUN) || IS(speech, at, INSULT_PHRASE) ||
                     IS(speech, at, INSULT_ADJECTIVE) || IS(speech, at, INSULT_ADJECTIVE_LOOSE);
    if (!is_insult || at < 2) {
        return;
    }
    for (uint32_t i = at - 1, left = 4; i > 0 && left > 0; i--, left--) {
        if (!IS(speech, i, FUNCTION_BE)) {
            continue;
        }
        bool is_subject = group_at(speech, i - 1) != NO_DETAIL &&
                          !is_one_person(speech, i - 1, group_at(speech, i - 1)) &&
                          (!speech_is_of_school((enum speech_who)speech->who[i - 1]) ||
                           speech->who[i - 1] == SPEECH_PUPIL) &&
                          (i < 2 || !IS(speech, i - 2, DEFINITE));
        bool is_said = speech_said(speech, at, at, i - 1) == SPEECH_SAID;
        if (is_subject && is_said && group_find(speech, at, at, &group)) {
            report(speech, at, at, &group, 700);
        }
        return;
    }
}

/* What the model says of a sentence in which no rule has found anything: a group must be named in
 * it, by the writer, without a denial or a question. */
static void scored_judge(struct speech *speech, uint32_t sentence)
{
    uint32_t first = speech->work->draft->sentences[sentence];
    uint32_t end = speech->work->draft->sentences[sentence + 1];
    if (end - first > SPEECH_REACH ||
        screen_finding_at(speech->work, SCREEN_HATRED, speech->tokens[first].start,
                          speech->tokens[end - 1].end) != NULL) {
        return;
    }
    struct group group;
    bool is_asked = speech_is_the_sign(speech, end - 1, '?');
    bool is_own = speech_voice(speech, end - 1, end - 1) == SPEECH_OWN &&
                  speech_voice(speech, first, first) == SPEECH_OWN;
    bool is_denied = HAS(speech, sentence, TURN_NOT) || HAS(speech, sentence, TURN_AWAY) ||
                     HAS(speech, sentence, STANCE_AGAINST);
    if (is_asked || !is_own || is_denied || !group_find(speech, first, end - 1, &group) ||
        speech->tokens[group.first].quote != 0) {
        return;
    }
    unsigned score = screen_score(speech->work, sentence, SCREEN_SCORE_HATE);
    if (score >= SCORE_LEAST) {
        group.first = first;
        report(speech, first, end - 1, &group, score);
    }
}

void speech_find_hatred(struct speech *speech)
{
    const struct screen_draft *draft = speech->work->draft;
    bool is_any = false;
    for (uint32_t sentence = 0; sentence < draft->sentence_count; sentence++) {
        bool is_wish = HAS(speech, sentence, HATE_VERDICT) || HAS(speech, sentence, HATE_EXCLUDE) ||
                       HAS(speech, sentence, HATE_PERMIT) || HAS(speech, sentence, HATE_MOVE) ||
                       HAS(speech, sentence, CANNOT);
        bool is_insult = has_group(speech, sentence);
        is_any = is_any || is_insult || HAS(speech, sentence, GROUP_BACK) ||
                 (HAS(speech, sentence, AGE_BEFORE) && has_age(speech, sentence));
        if (speech->work->channel == SCREEN_CHANNEL_PROFILE && !is_wish &&
            !HAS(speech, sentence, FUNCTION_BE)) {
            continue; /* "Jewish, vegan, useless at whistling": it is the writer */
        }
        bool is_back = HAS(speech, sentence, GROUP_BACK);
        if (!is_any ||
            (!is_wish && !is_insult &&
             (!is_back || screen_score(speech->work, sentence, SCREEN_SCORE_HATE) < SCORE_LEAST))) {
            continue;
        }
        for (uint32_t at = draft->sentences[sentence]; at < draft->sentences[sentence + 1]; at++) {
            insult_judge(speech, at);
            at = word_judge(speech, at);
        }
        scored_judge(speech, sentence);
    }
}

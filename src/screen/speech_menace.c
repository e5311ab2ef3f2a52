/*
 * screen/speech_menace.c - threats, calls to go for somebody, support for violence.
 *
 * Read first: speech_int.h. Start at: speech_find_menace.
 *
 *   threat      a phrase that is one ("watch your back"), or "I'll" and a blow and whom it is for
 *   harassment  a call ("everybody"), an act ("ring up"), an end ("until she goes"): two of the
 *               three, and somebody whom it is aimed at; what is kept up until somebody breaks;
 *               what makes somebody small before all
 *   extremism   a movement or an act of violence, and praise of it
 *
 * What must hold: curry, games and marking are murdered every day: a sentence with words of jest
 * is no threat, and neither is what others are told to have said.
 */
#include "screen/speech_int.h"

/* "I'll" and the blow; the blow and whom it is for; he and the part of his body. */
#define BLOW_TOKENS_MAX 4
#define VICTIM_TOKENS_MAX 4
#define BODY_TOKENS_MAX 6
#define DENIAL_TOKENS_MAX 4

static uint32_t run_last(const struct speech *speech, uint32_t at, enum screen_word class)
{
    while (speech_is(speech, at + 1, class)) {
        at++;
    }
    return at;
}

static const struct speech_target nobody = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};

/* ---- Threats ----------------------------------------------------------------------------------
 * */

/* "I'd never": a threat has a condition more often than not, so an "if" denies nothing. */
static bool is_denied(const struct speech *speech, uint32_t at)
{
    uint32_t begin = speech_first(speech, at);
    for (uint32_t back = 1; back <= DENIAL_TOKENS_MAX && at >= begin + back; back++) {
        if (speech_is_sign(speech, at - back)) {
            return false;
        }
        if (IS(speech, at - back, TURN_NOT)) {
            return true;
        }
    }
    return false;
}

/* Words of jest in the sentence or the two before. */
static bool is_in_jest(const struct speech *speech, uint32_t at)
{
    uint32_t sentence = speech->tokens[at].sentence;
    return HAS(speech, sentence, THREAT_NONE) ||
           (sentence > 0 && HAS(speech, sentence - 1, THREAT_NONE)) ||
           (sentence > 1 && HAS(speech, sentence - 2, THREAT_NONE));
}

static void threat_report(struct speech *speech, uint32_t first, uint32_t last, unsigned confidence)
{
    static const struct str because = STR_INIT("It says that somebody shall come to harm.");
    if (is_denied(speech, first) || speech_voice(speech, first, last) != SPEECH_OWN) {
        return;
    }
    confidence = speech_less(confidence, speech_is_fiction(speech, first) ? 300 : 0);
    confidence = speech_less(confidence, speech->is_banter ? 160 : 0);
    speech_report(speech, SCREEN_THREAT, SCREEN_DETAIL_NONE, first, last, confidence, nobody,
                  because);
}

static bool is_victim(const struct speech *speech, uint32_t at)
{
    enum speech_who who = (enum speech_who)speech->who[at];
    return who == SPEECH_YOU || who == SPEECH_HE || who == SPEECH_THEY || who >= SPEECH_PERSON;
}

/* "I'll break both his legs": 0 when it is none. */
static unsigned blow_confidence(const struct speech *speech, uint32_t at, uint32_t end,
                                uint32_t *last)
{
    uint32_t blow = at + 1;
    while (blow < end && blow <= at + BLOW_TOKENS_MAX && !IS(speech, blow, THREAT_VERB)) {
        if (speech_is_sign(speech, blow) || IS(speech, blow, TURN_NOT)) {
            return 0;
        }
        blow++;
    }
    if (blow >= end || !IS(speech, blow, THREAT_VERB)) {
        return 0;
    }
    bool has_victim = false;
    for (uint32_t i = blow + 1; i < end && i <= blow + BODY_TOKENS_MAX; i++) {
        if (speech_is_sign(speech, i)) {
            break;
        }
        bool is_his = IS(speech, i, WHO_OWN) || IS(speech, i, WHO_YOUR);
        has_victim = has_victim || (i <= blow + VICTIM_TOKENS_MAX &&
                                    (is_victim(speech, i) || is_his) && !IS(speech, i, WHO_MINE));
        *last = i;
        if (has_victim && IS(speech, i, THREAT_BODY)) {
            return 800;
        }
    }
    bool is_plain = has_victim && IS(speech, blow, THREAT_VERB_SURE) &&
                    !IS(speech, blow + 2, AT_WORD); /* "I'll beat you at dominoes" */
    *last = is_plain && blow + 1 < end ? blow + 1 : blow;
    return is_plain && is_victim(speech, blow + 1) ? 600 : 0;
}

/* "I know where that teacher lives." */
static bool is_stalking(const struct speech *speech, uint32_t at, uint32_t end, uint32_t *last)
{
    if (!IS(speech, at, THREAT_KNOW) || IS(speech, at + 1, THREAT_KNOW)) {
        return false;
    }
    bool has_victim = false;
    for (uint32_t i = at + 1; i < end && i <= at + BODY_TOKENS_MAX; i++) {
        has_victim = has_victim || is_victim(speech, i);
        if (has_victim && IS(speech, i, THREAT_HOME)) {
            *last = i;
            return true;
        }
    }
    return false;
}

/* "She's getting battered after school", but not "we're getting battered, 4-0". */
static bool is_passive(const struct speech *speech, uint32_t at, uint32_t first)
{
    if (!IS(speech, at, THREAT_PASSIVE)) {
        return false;
    }
    for (uint32_t i = at; i > first && at - i < BODY_TOKENS_MAX; i--) {
        enum speech_who who = (enum speech_who)speech->who[i - 1];
        if (who != SPEECH_NOBODY) {
            return who != SPEECH_SELF && who != SPEECH_ANIMAL;
        }
    }
    return false;
}

/* "I'm dead meat", "we're toast": of the writer, by the writer. */
static bool is_of_self(const struct speech *speech, uint32_t at, uint32_t first)
{
    uint32_t i = at;
    while (i > first && speech->who[i - 1] == SPEECH_NOBODY && !speech_is_sign(speech, i - 1) &&
           (IS(speech, i - 1, FUNCTION_BE) || IS(speech, i - 1, INTENSIFIER))) {
        i--;
    }
    return i > first && speech->who[i - 1] == SPEECH_SELF &&
           (i < at || IS(speech, i - 1, FUNCTION_BE));
}

/* "Who'd set fire to my car": the writer is the one who would be harmed. */
static bool is_against_self(const struct speech *speech, uint32_t last)
{
    return IS(speech, last + 1, WHO_MINE) &&
           !(last + 2 < speech->count && speech->who[last + 2] == SPEECH_SCHOOL);
}

/* "You've been warned": hard words in the sentence or the one before, or somebody outside. */
static bool is_warning(const struct speech *speech, uint32_t at)
{
    static const enum screen_word list[] = {
        SCREEN_WORD_INSULT_NOUN, SCREEN_WORD_INSULT_PHRASE, SCREEN_WORD_INSULT_ADJECTIVE,
        SCREEN_WORD_COARSE,      SCREEN_WORD_THREAT_WILL,   SCREEN_WORD_THREAT_PHRASE};
    const struct screen_classes hard = SCREEN_CLASSES_OF(list);
    uint32_t sentence = speech->tokens[at].sentence;
    return speech->work->channel == SCREEN_CHANNEL_INCOMING ||
           screen_classes_meet(&speech->sentences[sentence].classes, &hard) ||
           (sentence > 0 && screen_classes_meet(&speech->sentences[sentence - 1].classes, &hard));
}

static void threats_find(struct speech *speech, uint32_t first, uint32_t end)
{
    bool is_jest = is_in_jest(speech, first);
    for (uint32_t at = first; at < end; at++) {
        uint32_t last = at;
        if (IS(speech, at, THREAT_PHRASE)) {
            last = run_last(speech, at, SCREEN_WORD_THREAT_PHRASE);
            bool is_own = is_of_self(speech, at, first) || is_against_self(speech, last);
            threat_report(speech, at, last, is_jest || is_own ? 450 : 800);
            at = last;
        } else if (IS(speech, at, THREAT_WARNING)) {
            last = run_last(speech, at, SCREEN_WORD_THREAT_WARNING);
            threat_report(speech, at, last, is_jest || !is_warning(speech, at) ? 450 : 800);
            at = last;
        } else if (is_passive(speech, at, first)) {
            last = run_last(speech, at, SCREEN_WORD_THREAT_PASSIVE);
            threat_report(speech, at, last, is_jest ? 450 : 700);
            at = last;
        } else if (is_stalking(speech, at, end, &last)) {
            threat_report(speech, at, last, is_jest ? 450 : 620);
            at = last;
        } else if (IS(speech, at, THREAT_WILL) && !IS(speech, at + 1, THREAT_WILL) && !is_jest) {
            unsigned confidence = blow_confidence(speech, at, end, &last);
            if (confidence > 0) {
                threat_report(speech, at, last, confidence);
                at = last;
            }
        }
    }
}

/* ---- Harassment -------------------------------------------------------------------------------
 * */

/* At whom a sentence is aimed: a name before a pronoun, a pronoun before nobody. */
static struct speech_target aimed_at(const struct speech *speech, uint32_t first, uint32_t end)
{
    struct speech_target best = nobody;
    for (uint32_t at = first; at < end; at++) {
        enum speech_who who = (enum speech_who)speech->who[at];
        if (who == SPEECH_YOU && speech->work->channel == SCREEN_CHANNEL_INCOMING) {
            best = best.who == SPEECH_NOBODY
                       ? (struct speech_target){SPEECH_PERSON, at, SCREEN_NOBODY}
                       : best;
        }
        if (who <= SPEECH_YOU || who == SPEECH_ANIMAL || who == SPEECH_FAMILY) {
            continue;
        }
        struct speech_target target = speech_target_at(speech, at);
        if (target.who > best.who) {
            best = target;
        }
    }
    return best;
}

/* "We all laughed" tells of what was: no call. */
static bool is_call(const struct speech *speech, uint32_t at)
{
    if (!IS(speech, at, PILE_ON_CALL)) {
        return false;
    }
    uint32_t next = run_last(speech, at, SCREEN_WORD_PILE_ON_CALL) + 1;
    return next >= speech->count || speech_is_sign(speech, next) ||
           !str_ends(screen_token_plain(speech->work->draft, next), STR("ed"));
}

/* Where a call begins. */
static bool is_begun(const struct speech *speech, uint32_t at)
{
    return is_call(speech, at) || IS(speech, at, PILE_ON_SURE) || IS(speech, at, PILE_ON_MOCK) ||
           IS(speech, at, PILE_ON_ALL) || IS(speech, at, PILE_ON_PERSIST) ||
           IS(speech, at, PILE_ON_HERE);
}

/* "Let's all laugh at my hair": the writer's own. */
static bool is_at_self(const struct speech *speech, uint32_t from, uint32_t end)
{
    uint32_t at = from;
    while (at + 1 < end && is_begun(speech, at + 1)) {
        at++;
    }
    return is_against_self(speech, at);
}

static unsigned harassment_confidence(const struct speech *speech, uint32_t sentence,
                                      bool has_target)
{
    bool has_call = HAS(speech, sentence, PILE_ON_CALL);
    bool has_act = HAS(speech, sentence, PILE_ON_ACT);
    bool has_end = HAS(speech, sentence, PILE_ON_END) || HAS(speech, sentence + 1, PILE_ON_END);
    bool is_kind = HAS(speech, sentence, PILE_ON_FAIR);
    if (is_kind || HAS(speech, sentence, PILE_ON_NEVER)) {
        return 0;
    }
    if (HAS(speech, sentence, PILE_ON_SURE)) {
        return 740;
    }
    if (has_call && has_act && has_end) {
        return 780;
    }
    bool is_to_all = HAS(speech, sentence, PILE_ON_ALL) || HAS(speech, sentence + 1, PILE_ON_ALL);
    bool has_until = HAS(speech, sentence, PILE_ON_UNTIL);
    bool is_kept_up = HAS(speech, sentence, PILE_ON_PERSIST) ||
                      (sentence > 0 && HAS(speech, sentence - 1, PILE_ON_PERSIST));
    if (has_target && HAS(speech, sentence, PILE_ON_MOCK) && (is_to_all || has_until)) {
        return 600; /* "everybody move seats when he sits down" */
    }
    if (has_target && has_until && HAS(speech, sentence, PILE_ON_BREAK) &&
        (is_kept_up || is_to_all)) {
        return 640; /* "forty times a day till you resign" */
    }
    if (has_target && is_to_all && HAS(speech, sentence, PILE_ON_HERE)) {
        return 660;
    }
    return has_target && has_call && has_end && HAS(speech, sentence, PILE_ON_UNTIL) ? 640 : 0;
}

static void harassment_find(struct speech *speech, uint32_t first, uint32_t end)
{
    static const struct str because =
        STR_INIT("It calls on others to go for a person, or says that the writer will not let up.");
    struct speech_target target = aimed_at(speech, first, end);
    uint32_t sentence = speech->tokens[first].sentence;
    unsigned confidence = harassment_confidence(speech, sentence, target.who != SPEECH_NOBODY);
    if (confidence == 0 || speech_voice(speech, first, end - 1) != SPEECH_OWN) {
        return;
    }
    uint32_t from = first;
    while (from + 1 < end && !is_begun(speech, from)) {
        from++;
    }
    if (!is_begun(speech, from) || is_denied(speech, from) || is_at_self(speech, from, end)) {
        return;
    }
    unsigned detail = speech_detail(target.who);
    detail = detail == SCREEN_DETAIL_NONE ? SPEECH_WHO_COUNT - SPEECH_SCHOOL : detail;
    speech_report(speech, SCREEN_HARASSMENT, detail, from, end - 1, confidence, target, because);
}

/* ---- Extremism --------------------------------------------------------------------------------
 * */

/* "the Iron Dawn", "Crimson Oath": two capitals, the second a word that movements call themselves.
 * */
static bool is_movement(const struct speech *speech, uint32_t at)
{
    if (IS(speech, at, VIOLENT_MOVEMENT) || IS(speech, at, VIOLENT_ACT)) {
        return true;
    }
    return at > 0 && IS(speech, at, MOVEMENT_TAIL) && !IS(speech, at - 1, MOVEMENT_FAIR) &&
           speech->tokens[at].flags & SCREEN_TOKEN_CAPITAL &&
           speech->tokens[at - 1].flags & SCREEN_TOKEN_CAPITAL &&
           speech_is_open_word(speech, at - 1) && speech->who[at - 1] == SPEECH_NOBODY;
}

static void extremism_find(struct speech *speech, uint32_t first, uint32_t end)
{
    static const struct str because = STR_INIT("It praises or supports violence.");
    uint32_t sentence = speech->tokens[first].sentence;
    bool is_praise = HAS(speech, sentence, VIOLENT_PRAISE);
    bool is_praise_next = !is_praise && HAS(speech, sentence + 1, VIOLENT_PRAISE) &&
                          !HAS(speech, sentence + 1, VIOLENT_AGAINST);
    if ((!is_praise && !is_praise_next) || HAS(speech, sentence, VIOLENT_AGAINST)) {
        return;
    }
    for (uint32_t at = first; at < end; at++) {
        if (!is_movement(speech, at)) {
            continue;
        }
        uint32_t praise = first;
        while (praise < end && !IS(speech, praise, VIOLENT_PRAISE)) {
            praise++;
        }
        praise = praise < end ? praise : at; /* in the next sentence */
        uint32_t from = praise < at ? praise : at;
        uint32_t to =
            run_last(speech, praise > at ? praise : at,
                     praise > at ? SCREEN_WORD_VIOLENT_PRAISE : SCREEN_WORD_VIOLENT_MOVEMENT);
        if (speech_voice(speech, from, to) != SPEECH_REPORTED &&
            speech_said(speech, from, to, from) != SPEECH_DENIED) {
            speech_report(speech, SCREEN_EXTREMISM_SUPPORT, SCREEN_DETAIL_NONE, from, to,
                          speech_is_fiction(speech, at) ? 480 : 740, nobody, because);
        }
        return;
    }
}

void speech_find_menace(struct speech *speech)
{
    const struct screen_draft *draft = speech->work->draft;
    for (uint32_t sentence = 0; sentence < draft->sentence_count; sentence++) {
        uint32_t first = draft->sentences[sentence];
        uint32_t end = draft->sentences[sentence + 1];
        if (HAS(speech, sentence, THREAT_PHRASE) || HAS(speech, sentence, THREAT_WILL) ||
            HAS(speech, sentence, THREAT_PASSIVE) || HAS(speech, sentence, THREAT_KNOW) ||
            HAS(speech, sentence, THREAT_WARNING)) {
            threats_find(speech, first, end);
        }
        if (HAS(speech, sentence, PILE_ON_CALL) || HAS(speech, sentence, PILE_ON_SURE) ||
            HAS(speech, sentence, PILE_ON_MOCK) || HAS(speech, sentence, PILE_ON_UNTIL) ||
            HAS(speech, sentence, PILE_ON_HERE)) {
            harassment_find(speech, first, end);
        }
        extremism_find(speech, first, end);
    }
}

/*
 * screen/speech_who.c - whom each word stands for by itself.
 *
 * Read first: speech_int.h. Start at: speech_who_mark. Next: speech_target.c.
 *
 * Names come from the detectors of people and of the school; other words from
 * words/speech_people.txt. Some mean a person only beside others: "the head", but not "in the
 * head"; "the bloke who does the wifi".
 *
 * What must hold: a word that is not known to stand for somebody stands for nobody. Each token is
 * looked at once, with a bounded number of neighbours.
 */
#include "screen/roll.h"
#include "screen/speech_int.h"

/* "The bloke who does the wifi": so many words behind him may tell that he is of the school. */
#define TOLD_TOKENS_MAX 7
/* How sure a name must be, of a thousand, that is a word as well and of which an insult is said. */
#define DOUBTFUL_LEAST 10

/* ---- Words that are judged by their neighbours ----------------------------------------------- */

/* "head torch", "school jumpers"; but "the head shows": a verb. */
static bool is_part_of_thing(const struct speech *speech, uint32_t at, bool is_school)
{
    if (!IS(speech, at + 1, THING_TAIL) || speech->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE) {
        return false;
    }
    bool is_many =
        speech_is_plural(speech, at) || IS(speech, at, WHO_TEAM) || IS(speech, at, PLURAL_ODD);
    if (!is_school && is_many && IS(speech, at + 1, COMMON_VERB)) {
        return false; /* "the office team work" */
    }
    return is_school || !speech_is_plural(speech, at + 1) || speech_is_plural(speech, at);
}

static bool is_own(const struct speech *speech, uint32_t at)
{
    return at > 0 && at <= speech->count && IS(speech, at - 1, WHO_OWN);
}

/* "the", "our", "that" stands up to two words before. */
static bool is_determined(const struct speech *speech, uint32_t at)
{
    for (uint32_t back = 1; back <= 3 && back <= at; back++) {
        if (IS(speech, at - back, FUNCTION_DETERMINER) || IS(speech, at - back, INSULT_ADJECTIVE) ||
            IS(speech, at - back, INSULT_ADJECTIVE_LOOSE)) {
            return true;
        }
        if (!speech_is_open_word(speech, at - back)) {
            return false;
        }
    }
    return false;
}

/* The head of a school, not of a body, a queue or a nail. */
static bool is_head_of_school(const struct speech *speech, uint32_t at)
{
    if (at == 0) {
        return !IS(speech, 1, FUNCTION_PREPOSITION) && !IS(speech, 1, FUNCTION_DETERMINER);
    }
    if (IS(speech, at - 1, INSULT_ADJECTIVE) || IS(speech, at - 1, INSULT_ADJECTIVE_LOOSE)) {
        return true;
    }
    bool is_determined_now = IS(speech, at - 1, FUNCTION_DETERMINER) ||
                             (speech_is_open_word(speech, at - 1) && is_determined(speech, at));
    if (is_own(speech, at) || !is_determined_now) {
        return speech->tokens[at].flags & SCREEN_TOKEN_CAPITAL &&
               !IS(speech, at + 1, FUNCTION_PREPOSITION) && !is_own(speech, at);
    }
    if (IS(speech, at - 1, WHO_YOUR)) {
        return speech->work->channel == SCREEN_CHANNEL_INCOMING;
    }
    if (IS(speech, at - 1, WHO_OUR) && IS(speech, at, WHO_HEADS)) {
        return false; /* "mind our heads" */
    }
    bool is_in_head = at > 1 && IS(speech, at - 2, FUNCTION_PREPOSITION) &&
                      !IS(speech, at - 1, WHO_OUR) && !IS(speech, at - 2, HEAD_BEFORE);
    return !is_in_head && !IS(speech, at + 1, HEAD_OF);
}

/* A word for anybody: somebody of the school when a word of its work stands with it. */
static enum speech_who anybody(const struct speech *speech, uint32_t at)
{
    if (at > 0 && (IS(speech, at - 1, WHO_OUR) || IS(speech, at - 1, SCHOOL_WORD))) {
        return SPEECH_COLLEAGUE;
    }
    if (at > 1 && IS(speech, at - 2, WHO_OUR)) {
        return SPEECH_COLLEAGUE;
    }
    bool is_that = at > 0 && !IS(speech, at + 1, WHO_TOLD) &&
                   (IS(speech, at - 1, THAT_DETERMINER) ||
                    (IS(speech, at - 1, THE) && IS(speech, at, WHO_BACK)));
    if (is_that && !speech_is_plural(speech, at) && speech->who[at - 1] == SPEECH_NOBODY) {
        return SPEECH_HE; /* "that woman": of whom was it last? */
    }
    bool is_told = IS(speech, at, WHOEVER);
    for (uint32_t i = at + 1; i < speech->count && i <= at + TOLD_TOKENS_MAX; i++) {
        if (speech_is_sign(speech, i)) {
            break;
        }
        is_told = is_told || IS(speech, i, WHO_TOLD);
        if (is_told && IS(speech, i, SCHOOL_WORD) && !IS(speech, i, WHO_SELF)) {
            return SPEECH_COLLEAGUE;
        }
        if (IS(speech, i, FUNCTION_BE) && !IS(speech, i - 1, WHO_TOLD)) {
            break;
        }
    }
    return SPEECH_PERSON;
}

/* "Year 9", "9B", "my Year 10s". */
static bool is_year_group(const struct speech *speech, uint32_t at)
{
    const struct screen_token *token = &speech->tokens[at];
    if (token->kind == SCREEN_TOKEN_MIXED && token->end - token->start <= 4) {
        struct str word = screen_token_folded(speech->work->draft, at);
        size_t digits = 0;
        while (digits < word.len && word.at[digits] >= '0' && word.at[digits] <= '9') {
            digits++;
        }
        bool is_form = digits + 1 == word.len && word.at[digits] >= 'a' && word.at[digits] <= 'h';
        bool is_s = str_equal(str_slice(word, digits, word.len), STR("s")) ||
                    str_equal(str_slice(word, digits, word.len), STR("'s"));
        bool is_years = is_s && at > 0 && IS(speech, at - 1, SCHOOL_YEAR);
        bool is_short = word.at[0] == 'y' && word.len > 1 && word.at[1] >= '1' && word.at[1] <= '9';
        return (digits > 0 && digits <= 2 && (is_form || is_years)) || is_short;
    }
    bool is_number = token->kind == SCREEN_TOKEN_NUMBER && token->end - token->start <= 2;
    return is_number && at > 0 && IS(speech, at - 1, SCHOOL_YEAR);
}

/* ---- Marking --------------------------------------------------------------------------------- */

static enum speech_who who_of_pronoun(const struct speech *speech, uint32_t at)
{
    if (IS(speech, at, WHO_SELF)) {
        return SPEECH_SELF;
    }
    if (IS(speech, at, WHO_YOU)) {
        return SPEECH_YOU;
    }
    if (IS(speech, at, WHO_HE)) {
        return SPEECH_HE;
    }
    return IS(speech, at, WHO_THEY) || IS(speech, at, WHO_OURS) ? SPEECH_THEY : SPEECH_NOBODY;
}

static enum speech_who who_of_manager(const struct speech *speech, uint32_t at)
{
    bool is_of_work = IS(speech, at, WHO_HEAD_WORD) && IS(speech, at + 1, LIST_OF) &&
                      IS(speech, at + 2, SCHOOL_WORD);
    if (is_of_work) {
        return SPEECH_COLLEAGUE; /* "head of humanities" */
    }
    if (IS(speech, at, WHO_HEAD_WORD) && !is_head_of_school(speech, at)) {
        return SPEECH_NOBODY;
    }
    if (IS(speech, at, NEEDS_DETERMINER) && !is_determined(speech, at)) {
        return SPEECH_NOBODY;
    }
    return at > 0 && IS(speech, at - 1, OF_NO_SCHOOL) ? SPEECH_PERSON : SPEECH_MANAGEMENT;
}

static enum speech_who who_of_parent(const struct speech *speech, uint32_t at)
{
    bool is_mine = at > 0 && (IS(speech, at - 1, WHO_OWN) ||
                              (IS(speech, at - 1, WHO_OUR) && !IS(speech, at, WHO_PARENTS)));
    bool is_mine_too = at > 1 && IS(speech, at - 2, WHO_OWN);
    return is_mine || is_mine_too ? SPEECH_FAMILY : SPEECH_PARENT;
}

static enum speech_who who_of_child(const struct speech *speech, uint32_t at)
{
    if (is_own(speech, at)) {
        return SPEECH_FAMILY;
    }
    bool is_bare = at == 0 || !IS(speech, at - 1, FUNCTION_DETERMINER);
    bool is_some = !is_bare && IS(speech, at - 1, ANY_DETERMINER);
    return is_some || (is_bare && !speech_is_plural(speech, at)) ? SPEECH_PERSON : SPEECH_PUPIL;
}

static enum speech_who who_of_noun(const struct speech *speech, uint32_t at)
{
    static const struct {
        enum screen_word class;
        enum speech_who who;
    } plain[] = {
        {SCREEN_WORD_WHO_COLLEAGUE, SPEECH_COLLEAGUE},
        {SCREEN_WORD_WHO_PUPIL, SPEECH_PUPIL},
        {SCREEN_WORD_WHO_GOVERNOR, SPEECH_GOVERNOR},
        {SCREEN_WORD_WHO_SUPPLIER, SPEECH_SUPPLIER},
        {SCREEN_WORD_WHO_ORGANISATION, SPEECH_ORGANISATION},
        {SCREEN_WORD_WHO_FAMILY, SPEECH_FAMILY},
        {SCREEN_WORD_WHO_OUTSIDER, SPEECH_PERSON},
        {SCREEN_WORD_WHO_ANIMAL, SPEECH_ANIMAL},
    };
    if (is_year_group(speech, at)) {
        return SPEECH_PUPIL;
    }
    for (size_t i = 0; i < 5; i++) {
        if (speech_is(speech, at, plain[i].class)) {
            bool is_loose = IS(speech, at, NEEDS_DETERMINER) && !is_determined(speech, at);
            return is_loose ? SPEECH_NOBODY : plain[i].who;
        }
    }
    if (IS(speech, at, WHO_MANAGEMENT)) {
        return who_of_manager(speech, at);
    }
    if (IS(speech, at, WHO_PARENT)) {
        return who_of_parent(speech, at);
    }
    if (IS(speech, at, WHO_CHILD)) {
        return who_of_child(speech, at);
    }
    if (IS(speech, at, WHO_SCHOOL)) {
        return SPEECH_SCHOOL;
    }
    for (size_t i = 5; i < sizeof plain / sizeof *plain; i++) {
        if (speech_is(speech, at, plain[i].class)) {
            return plain[i].who;
        }
    }
    if (IS(speech, at, WHO_PLACE) && at > 0 && IS(speech, at - 1, WHO_OUR)) {
        return SPEECH_COLLEAGUE; /* "our office" */
    }
    bool is_sir = IS(speech, at, WHO_SIR) && at + 1 < speech->count &&
                  !(speech->tokens[at + 1].flags & SCREEN_TOKEN_CAPITAL) &&
                  !speech_is_sign(speech, at + 1) && (at == 0 || !IS(speech, at - 1, SIR_BEFORE));
    if (is_sir || (IS(speech, at, WHO_TEAM) && at > 0 && IS(speech, at - 1, SCHOOL_WORD))) {
        return SPEECH_COLLEAGUE;
    }
    bool is_led = at > 0 && (is_determined(speech, at) || IS(speech, at - 1, SCHOOL_WORD));
    if (IS(speech, at, WHO_LEAD) && is_led && !IS(speech, at + 1, FUNCTION_PREPOSITION)) {
        return SPEECH_COLLEAGUE;
    }
    if (IS(speech, at, WHO_FIRM) && at > 0 &&
        (IS(speech, at - 1, THAT_DETERMINER) || IS(speech, at - 1, WHO_YOUR) ||
         IS(speech, at - 1, WHO_OUR))) {
        return SPEECH_SUPPLIER;
    }
    bool is_that = IS(speech, at, WHO_THAT) && at > 0 && IS(speech, at - 1, THAT_DETERMINER);
    return is_that || IS(speech, at, WHO_PERSON) || IS(speech, at, WHOEVER) ? anybody(speech, at)
                                                                            : SPEECH_NOBODY;
}

static enum speech_who who_of_role(struct str role)
{
    bool is_head_teacher = str_find(role, STR("eadteacher")) != STR_NONE ||
                           str_find(role, STR("rincipal")) != STR_NONE ||
                           str_find(role, STR("ead of school")) != STR_NONE ||
                           str_find(role, STR("eputy head")) != STR_NONE ||
                           str_find(role, STR("ssistant head")) != STR_NONE ||
                           str_find(role, STR("xecutive")) != STR_NONE;
    return is_head_teacher ? SPEECH_MANAGEMENT : SPEECH_COLLEAGUE;
}

static enum speech_who who_of_finding(const struct speech *speech,
                                      const struct screen_finding *finding)
{
    switch ((unsigned)finding->kind) {
    case SCREEN_PUPIL_NAMED:
    case SCREEN_PUPIL_DESCRIBED:
        return SPEECH_PUPIL;
    case SCREEN_PARENT_NAMED:
    case SCREEN_PARENT_DESCRIBED:
        return SPEECH_PARENT;
    case SCREEN_PERSON_NAMED:
        return SPEECH_PERSON;
    case SCREEN_STAFF_DESCRIBED:
        return SPEECH_COLLEAGUE;
    case SCREEN_STAFF_NAMED: {
        const struct screen_roll *roll = speech->work->setting->roll;
        bool is_known = roll != NULL && finding->person != SCREEN_NOBODY;
        return is_known ? who_of_role(screen_roll_person(roll, finding->person)->role)
                        : SPEECH_COLLEAGUE;
    }
    case SCREEN_SCHOOL_NAME:
    case SCREEN_SCHOOL_ABBREVIATION:
    case SCREEN_SCHOOL_LOOK_ALIKE:
        return SPEECH_SCHOOL;
    default: /* not an enum */
        return SPEECH_NOBODY;
    }
}

/* "Autumn is a liar": a season is none, so that a name which is a word is somebody after all. */
static bool is_run_down(const struct speech *speech, const struct screen_finding *finding)
{
    static const enum screen_word list[] = {SCREEN_WORD_INSULT_NOUN, SCREEN_WORD_INSULT_PHRASE,
                                            SCREEN_WORD_INSULT_ADJECTIVE};
    const struct screen_classes hard = SCREEN_CLASSES_OF(list);
    uint32_t at = screen_token_at(speech->work->draft, finding->start);
    return finding->confidence >= DOUBTFUL_LEAST && at + 1 < speech->count &&
           speech->tokens[at].flags & SCREEN_TOKEN_CAPITAL && IS(speech, at + 1, FUNCTION_BE) &&
           screen_classes_meet(&speech->sentences[speech->tokens[at].sentence].classes, &hard);
}

/* Names outdo words; words outdo descriptions, which are many words. */
static void findings_mark(struct speech *speech)
{
    const struct screen_work *work = speech->work;
    for (size_t i = 0; i < work->found_count; i++) {
        const struct screen_finding *finding = &work->found[i];
        enum speech_who who = who_of_finding(speech, finding);
        bool is_described = finding->kind == SCREEN_PUPIL_DESCRIBED ||
                            finding->kind == SCREEN_STAFF_DESCRIBED ||
                            finding->kind == SCREEN_PARENT_DESCRIBED;
        bool is_sure =
            finding->confidence >= SCREEN_SHOWN || (!is_described && is_run_down(speech, finding));
        if (who == SPEECH_NOBODY || !is_sure) {
            continue;
        }
        for (uint32_t at = screen_token_at(work->draft, finding->start);
             at < speech->count && speech->tokens[at].start < finding->end; at++) {
            if (is_described ? speech->who[at] == SPEECH_PERSON : !speech_is_sign(speech, at)) {
                speech->who[at] = (uint8_t)who;
                speech->person[at] = finding->person;
            }
        }
    }
}

/* Who is meant by words that are none of these is not known, but for years and classes. */
static const enum screen_word who_words[] = {
    SCREEN_WORD_WHO_SELF,         SCREEN_WORD_WHO_YOU,        SCREEN_WORD_WHO_HE,
    SCREEN_WORD_WHO_THEY,         SCREEN_WORD_WHO_OURS,       SCREEN_WORD_WHO_COLLEAGUE,
    SCREEN_WORD_WHO_PUPIL,        SCREEN_WORD_WHO_GOVERNOR,   SCREEN_WORD_WHO_SUPPLIER,
    SCREEN_WORD_WHO_ORGANISATION, SCREEN_WORD_WHO_FAMILY,     SCREEN_WORD_WHO_OUTSIDER,
    SCREEN_WORD_WHO_ANIMAL,       SCREEN_WORD_WHO_MANAGEMENT, SCREEN_WORD_WHO_PARENT,
    SCREEN_WORD_WHO_CHILD,        SCREEN_WORD_WHO_SCHOOL,     SCREEN_WORD_WHO_PLACE,
    SCREEN_WORD_WHO_SIR,          SCREEN_WORD_WHO_TEAM,       SCREEN_WORD_WHO_LEAD,
    SCREEN_WORD_WHO_FIRM,         SCREEN_WORD_WHO_THAT,       SCREEN_WORD_WHO_PERSON,
    SCREEN_WORD_WHOEVER,          SCREEN_WORD_PEOPLE_FIRST,   SCREEN_WORD_PEOPLE_FIRST_COMMON};

void speech_who_mark(struct speech *speech)
{
    const struct screen_classes any = SCREEN_CLASSES_OF(who_words);
    for (uint32_t at = 0; at < speech->count; at++) {
        const struct screen_token *token = &speech->tokens[at];
        speech->person[at] = SCREEN_NOBODY;
        bool is_numbered = token->kind == SCREEN_TOKEN_NUMBER || token->kind == SCREEN_TOKEN_MIXED;
        if (token->kind == SCREEN_TOKEN_SIGN ||
            (!is_numbered && !screen_classes_meet(&token->classes, &any))) {
            continue;
        }
        enum speech_who who = who_of_pronoun(speech, at);
        if (who == SPEECH_NOBODY) {
            who = who_of_noun(speech, at);
            if (who != SPEECH_NOBODY && is_part_of_thing(speech, at, who == SPEECH_SCHOOL)) {
                who = SPEECH_NOBODY;
            }
        }
        bool is_name = speech->tokens[at].flags & SCREEN_TOKEN_CAPITAL &&
                       (IS(speech, at, PEOPLE_FIRST) || IS(speech, at, PEOPLE_FIRST_COMMON)) &&
                       !(speech->tokens[at].flags & SCREEN_TOKEN_FIRST);
        speech->who[at] = (uint8_t)(who == SPEECH_NOBODY && is_name ? SPEECH_PERSON : who);
    }
    findings_mark(speech);
}

/*
 * screen/detect_affiliation.c - where the writer works, and whether they speak for themselves.
 *
 * Read first: work_int.h, near_int.h. Start at: screen_detect_affiliation. detect_disclaimer.c
 * finds the other half.
 *
 *   a role or work, then the school   "Head of Music at Ashdown Vale", "I teach geography at ..."
 *   the school, then a role           "Ashdown Vale TA", "AVA staff"
 *   some school                       "Head of Geography at a Sussex comp"
 *   in a profile, a role alone        "Head of PE by day"
 *
 * What must hold: only the writer's own work counts. "My sister teaches at Ashdown Vale", "the head
 * of Year 8" and a role behind somebody's name are none, except that a profile is its owner's.
 */
#include "screen/affiliation_int.h"

#include "screen/named_int.h"
#include "screen/near_int.h"

#define ROLE_WITHIN 9   /* tokens between a role and the school */
#define PERSON_WITHIN 6 /* tokens before a role or verb */
#define INTRO_WITHIN 9  /* tokens from the beginning of a message */
#define GENERIC_WITHIN 6

static const struct str because_named = STR_INIT("It says that the writer works at the school.");
static const struct str because_some = STR_INIT("It says that the writer works at a school.");
static const struct str because_role = STR_INIT("A profile names a role at a school.");
static const struct str because_without =
    STR_INIT("It says where the writer works, and not that the views are their own.");

/* ---- Roles ----------------------------------------------------------------------------------- */

struct role {
    uint32_t first, last;
    bool is_certain; /* is of a school, whatever stands around it */
};

/* "Head of Music", "second in Maths": the last token, or SCREEN_NO_TOKEN. */
static uint32_t head_last(const struct screen_draft *draft, uint32_t token)
{
    bool is_head = screen_is_word(draft, token, STR("head")) ||
                   screen_is_word(draft, token, STR("director")) ||
                   screen_is_word(draft, token, STR("leader")) ||
                   screen_is_word(draft, token, STR("lead"));
    bool is_of = screen_is_word(draft, token + 1, STR("of"));
    if (!is_head || !is_of || !screen_is_at(draft, token + 2, SCREEN_WORD_SCHOOL_SUBJECT)) {
        return SCREEN_NO_TOKEN;
    }
    uint32_t last = token + 2;
    while (screen_is_at(draft, last + 1, SCREEN_WORD_SCHOOL_SUBJECT) ||
           (last + 1 < draft->token_count && draft->tokens[last + 1].kind == SCREEN_TOKEN_NUMBER &&
            draft->tokens[last + 1].folded_bytes <= 2)) {
        last++;
    }
    return last;
}

/* The role that begins with a token. */
static bool role_read(const struct screen_draft *draft, uint32_t token, struct role *role)
{
    uint32_t last = head_last(draft, token);
    if (last != SCREEN_NO_TOKEN) {
        *role = (struct role){token, last, true};
        return true;
    }
    uint32_t at = token;
    while (screen_is_at(draft, at, SCREEN_WORD_SCHOOL_SUBJECT) ||
           (at > token && at - token < 4 && at < draft->token_count &&
            draft->tokens[at].kind == SCREEN_TOKEN_NUMBER)) {
        at++;
    }
    bool has_subject = at > token;
    uint32_t end = at;
    while (screen_is_at(draft, end, SCREEN_WORD_SCHOOL_ROLE)) {
        end++;
    }
    if (end == at || screen_is_at(draft, at, SCREEN_WORD_OTHER_TEACHER) ||
        (token > 0 && screen_is_at(draft, token - 1, SCREEN_WORD_OTHER_TEACHER))) {
        return false;
    }
    bool is_of_subject = screen_is_word(draft, end, STR("of")) &&
                         screen_is_at(draft, end + 1, SCREEN_WORD_SCHOOL_SUBJECT);
    uint32_t bytes = draft->tokens[at].folded_bytes;
    bool is_short = bytes <= 3 && end - at == 1; /* "ta" is thanks, "ect" et cetera */
    bool is_owner = draft->tokens[end - 1].flags & SCREEN_TOKEN_POSSESSIVE;
    bool is_capital = draft->tokens[at].flags & SCREEN_TOKEN_ALL_CAPITAL;
    bool is_sure = screen_is_at(draft, at, SCREEN_WORD_ROLE_SURE);
    *role = (struct role){.first = token,
                          .last = is_of_subject ? end + 1 : end - 1,
                          .is_certain = has_subject || is_of_subject || is_sure};
    return (!is_short || is_capital) && !is_owner;
}

static bool is_named_staff(const struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    uint32_t from = token > 4 ? token - 4 : 0;
    return token > 0 && (screen_is_named(work, from, token - 1, token) ||
                         screen_finding_at(work, SCREEN_PERSON_NAMED, draft->tokens[from].start,
                                           draft->tokens[token - 1].end) != NULL);
}

/* How likely what is said from a token on is said of the writer. */
enum own { OWN_NO, OWN_LIKELY, OWN_SURE };

/* "my job at", "my tutor group at": work that one calls one's own. */
static bool is_my_work(const struct screen_draft *draft, uint32_t my, uint32_t token)
{
    return screen_is_word(draft, my, STR("my")) && token - my <= 2 &&
           screen_is_at(draft, token, SCREEN_WORD_MY_WORK);
}

static enum own own_read(const struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    unsigned sentence = draft->tokens[token].sentence;
    bool is_profile = work->channel == SCREEN_CHANNEL_PROFILE;
    bool has_article = false;
    for (uint32_t i = 1; i <= PERSON_WITHIN && i <= token; i++) {
        uint32_t at = token - i;
        const struct screen_token *one = &draft->tokens[at];
        if (one->sentence != sentence || (is_profile && one->kind == SCREEN_TOKEN_SIGN)) {
            break; /* the parts of a profile stand side by side: "dad, caretaker at ..." */
        }
        if (screen_word_is(one, SCREEN_WORD_THIRD_PERSON)) {
            return OWN_NO;
        }
        if (screen_word_is(one, SCREEN_WORD_FIRST_PERSON)) {
            bool is_owner = screen_word_is(one, SCREEN_WORD_FIRST_OWNER);
            return !is_owner || is_my_work(draft, at, token) ? OWN_SURE : OWN_NO;
        }
        has_article = has_article || screen_word_is(one, SCREEN_WORD_ARTICLE);
        if (i <= 3 && screen_is_word(draft, at, STR("as"))) {
            return OWN_SURE;
        }
    }
    if (is_profile) {
        return OWN_SURE;
    }
    uint32_t lead = token; /* "Twenty years teaching at ..." */
    while (lead > 0 && token - lead < 4 &&
           (screen_is_at(draft, lead - 1, SCREEN_WORD_WORK_LEAD) ||
            draft->tokens[lead - 1].kind == SCREEN_TOKEN_NUMBER)) {
        lead--;
    }
    bool is_first = draft->tokens[lead].flags & SCREEN_TOKEN_FIRST ||
                    (lead > 0 && draft->tokens[lead - 1].kind == SCREEN_TOKEN_SIGN);
    return is_first && !has_article && !is_named_staff(work, token) ? OWN_LIKELY : OWN_NO;
}

/* ---- Reports --------------------------------------------------------------------------------- */

static void report(struct screen_work *work, uint32_t first, uint32_t last, unsigned confidence,
                   struct str because)
{
    screen_found(work, SCREEN_AFFILIATION, SCREEN_DETAIL_NONE, first, last, confidence, because);
}

/* The words between a role and the school: "at", "@", a comma, and what belongs to the role. */
static bool is_joined(const struct screen_draft *draft, uint32_t from, uint32_t school)
{
    bool has_joint = from == school;
    for (uint32_t at = from; at < school; at++) {
        const struct screen_token *token = &draft->tokens[at];
        if (token->kind == SCREEN_TOKEN_SIGN) {
            if (token->sign == '.' || token->sign == '!' || token->sign == '?') {
                return false;
            }
            has_joint = true;
        } else {
            has_joint = has_joint || screen_word_is(token, SCREEN_WORD_AT_WORD);
        }
    }
    return has_joint;
}

/* A role or a verb of work before the school that is named at first..last. */
static bool before_school(struct screen_work *work, uint32_t school, uint32_t last)
{
    const struct screen_draft *draft = work->draft;
    unsigned sentence = draft->tokens[school].sentence;
    bool is_profile = work->channel == SCREEN_CHANNEL_PROFILE;
    uint32_t best = SCREEN_NO_TOKEN;
    for (uint32_t i = 1; i <= ROLE_WITHIN && i <= school; i++) {
        uint32_t at = school - i;
        struct role role;
        if (draft->tokens[at].sentence != sentence) {
            break;
        }
        bool is_role = role_read(draft, at, &role) && role.last < school &&
                       is_joined(draft, role.last + 1, school);
        bool is_mine =
            (at > 0 && is_my_work(draft, at - 1, at)) || (at > 1 && is_my_work(draft, at - 2, at));
        bool is_verb = screen_is_at(draft, at, SCREEN_WORD_WORK_VERB) || is_mine ||
                       (is_profile && screen_is_at(draft, at, SCREEN_WORD_WORK_THIRD));
        bool is_subject = is_profile && (screen_is_at(draft, at, SCREEN_WORD_WORK_PLACE) ||
                                         screen_is_at(draft, at, SCREEN_WORD_SUBJECT_TAUGHT));
        bool is_work = (is_verb && is_joined(draft, at + 1, school)) ||
                       (is_subject && (is_joined(draft, at + 1, school) || at + 1 == school));
        if ((is_role || is_work) && own_read(work, at) != OWN_NO) {
            best = at;
        }
    }
    if (best == SCREEN_NO_TOKEN) {
        return false;
    }
    report(work, best, last, 900, because_named);
    return true;
}

/* "AVA staff", "Ashdown Vale teacher here". */
static bool behind_school(struct screen_work *work, uint32_t school, uint32_t last)
{
    const struct screen_draft *draft = work->draft;
    struct role role;
    uint32_t next = last + 1;
    if (screen_is_word(draft, next, STR("as"))) { /* "at Ashdown Vale as a TA" */
        next += 1u + screen_is_at(draft, next + 1, SCREEN_WORD_ARTICLE);
    }
    bool is_role = next < draft->token_count && role_read(draft, next, &role) &&
                   draft->tokens[next].sentence == draft->tokens[last].sentence;
    if (!is_role && work->channel == SCREEN_CHANNEL_PROFILE &&
        screen_is_at(draft, next, SCREEN_WORD_SUBJECT_TAUGHT)) { /* "Ashdown Vale maths dept" */
        report(work, school, next, 750, because_named);
        return true;
    }
    if (!is_role || own_read(work, school) == OWN_NO) {
        return false;
    }
    bool is_of_one =
        role.is_certain || work->channel == SCREEN_CHANNEL_PROFILE ||
        screen_near_before(draft, school, SCREEN_WORD_FIRST_PERSON, 4) != SCREEN_NO_TOKEN;
    if (is_of_one) {
        report(work, school, role.last, 800, because_named);
    }
    return is_of_one;
}

static void schools_look(struct screen_work *work)
{
    const struct screen_draft *draft = work->draft;
    size_t count = work->found_count;
    for (size_t i = 0; i < count; i++) {
        const struct screen_finding *found = &work->found[i];
        bool is_school = found->kind == SCREEN_SCHOOL_NAME ||
                         found->kind == SCREEN_SCHOOL_ABBREVIATION ||
                         found->kind == SCREEN_SCHOOL_LOOK_ALIKE;
        if (is_school && found->confidence >= SCREEN_SHOWN) {
            uint32_t first = screen_token_at(draft, found->start);
            uint32_t last = screen_token_at(draft, found->end - 1);
            if (!before_school(work, first, last)) {
                (void)behind_school(work, first, last);
            }
        }
    }
}

/* ---- Schools without a name ------------------------------------------------------------------ */

/* "at a Sussex comp" behind `from`: the last token, or SCREEN_NO_TOKEN. */
static uint32_t some_school_last(const struct screen_draft *draft, uint32_t from)
{
    bool is_at = screen_is_word(draft, from, STR("at")) || screen_is_word(draft, from, STR("in")) ||
                 screen_is_word(draft, from, STR("for")) || screen_is_sign(draft, from, '@');
    for (uint32_t at = from + 1; is_at && at < draft->token_count && at - from <= GENERIC_WITHIN;
         at++) {
        if (draft->tokens[at].kind == SCREEN_TOKEN_SIGN ||
            draft->tokens[at].sentence != draft->tokens[from].sentence) {
            break;
        }
        if (screen_is_at(draft, at, SCREEN_WORD_SCHOOL_GENERIC)) {
            while (screen_is_at(draft, at + 1, SCREEN_WORD_SCHOOL_GENERIC)) {
                at++;
            }
            return screen_is_word(draft, at + 1, STR("of")) ? SCREEN_NO_TOKEN : at;
        }
    }
    return SCREEN_NO_TOKEN;
}

/* "I teach maths at a comp", "I work in a school": only of oneself, with "I" right before it. */
static void some_work_find(struct screen_work *work, uint32_t verb)
{
    const struct screen_draft *draft = work->draft;
    bool is_verb = screen_is_at(draft, verb, SCREEN_WORD_SCHOOL_VERB);
    bool is_first =
        work->channel == SCREEN_CHANNEL_PROFILE && draft->tokens[verb].flags & SCREEN_TOKEN_FIRST;
    bool is_i = verb > 0 && (screen_is_word(draft, verb - 1, STR("i")) ||
                             screen_is_word(draft, verb - 1, STR("i'm")) ||
                             (verb > 1 && screen_is_word(draft, verb - 2, STR("i")) &&
                              draft->tokens[verb - 1].kind == SCREEN_TOKEN_WORD));
    for (uint32_t at = verb + 1; is_verb && (is_i || is_first) && at <= verb + 4; at++) {
        uint32_t last = some_school_last(draft, at);
        if (last != SCREEN_NO_TOKEN) {
            report(work, verb, last, 750, because_some);
            return;
        }
    }
}

/* Whether a role stands at the beginning of a part of a profile, and the part is about it. */
static bool is_part_of_profile(const struct screen_draft *draft, const struct role *role)
{
    uint32_t first = role->first;
    while (first > 0 && role->first - first < 4 &&
           screen_is_at(draft, first - 1, SCREEN_WORD_ROLE_LEAD)) {
        first--;
    }
    uint32_t next = role->last + 1;
    bool is_begun = first == 0 || draft->tokens[first].flags & SCREEN_TOKEN_FIRST ||
                    draft->tokens[first - 1].kind == SCREEN_TOKEN_SIGN;
    bool is_ended = next >= draft->token_count || draft->tokens[next].kind != SCREEN_TOKEN_WORD ||
                    draft->tokens[next].flags & SCREEN_TOKEN_LINE ||
                    screen_is_at(draft, next, SCREEN_WORD_ROLE_AFTER);
    return is_begun && is_ended;
}

/* Roles of a profile's owner, and of writers who name a school of no name behind the role. */
static uint32_t role_find(struct screen_work *work, uint32_t token)
{
    const struct screen_draft *draft = work->draft;
    struct role role;
    if (!role_read(draft, token, &role)) {
        return token + 1;
    }
    bool is_profile = work->channel == SCREEN_CHANNEL_PROFILE;
    uint32_t last = some_school_last(draft, role.last + 1);
    bool is_intro =
        work->channel == SCREEN_CHANNEL_MESSAGE && token < INTRO_WITHIN &&
        screen_near_before(draft, token, SCREEN_WORD_INTRO_WORD, 3) != SCREEN_NO_TOKEN &&
        (screen_near_before(draft, token, SCREEN_WORD_INTRO_SELF, 3) != SCREEN_NO_TOKEN);
    if (is_intro) {
        report(work, token, role.last, 750, because_role);
    } else if (last != SCREEN_NO_TOKEN && own_read(work, token) == OWN_SURE) {
        report(work, token, last, is_profile ? 900 : 750, because_some);
    } else if (is_profile && role.is_certain && is_part_of_profile(draft, &role) &&
               own_read(work, token) == OWN_SURE) {
        bool is_bare = screen_is_word(draft, token, STR("teacher"));
        report(work, token, role.last, is_bare ? 650 : 800, because_role);
    }
    return role.last + 1;
}

static void some_schools_look(struct screen_work *work)
{
    static const enum screen_word begins[] = {SCREEN_WORD_WORK_VERB, SCREEN_WORD_SCHOOL_ROLE,
                                              SCREEN_WORD_SCHOOL_SUBJECT, SCREEN_WORD_HEAD_WORD};
    const struct screen_classes any = SCREEN_CLASSES_OF(begins);
    const struct screen_draft *draft = work->draft;
    for (uint32_t i = 0; i < draft->token_count;) {
        if (!screen_classes_meet(&draft->tokens[i].classes, &any)) {
            i++;
            continue;
        }
        if (screen_is_at(draft, i, SCREEN_WORD_WORK_VERB)) {
            some_work_find(work, i);
        }
        bool may_begin = screen_is_at(draft, i, SCREEN_WORD_SCHOOL_ROLE) ||
                         screen_is_at(draft, i, SCREEN_WORD_SCHOOL_SUBJECT) ||
                         screen_is_at(draft, i, SCREEN_WORD_HEAD_WORD);
        i = may_begin ? role_find(work, i) : i + 1;
    }
}

/* ---- Both halves together -------------------------------------------------------------------- */

static void without_look(struct screen_work *work)
{
    bool is_public =
        work->channel == SCREEN_CHANNEL_PERSONAL || work->channel == SCREEN_CHANNEL_PROFILE;
    if (!is_public || screen_has(work, SCREEN_DISCLAIMER)) {
        return;
    }
    size_t count = work->found_count;
    for (size_t i = 0; i < count; i++) {
        const struct screen_finding *found = &work->found[i];
        if (found->kind == SCREEN_AFFILIATION && found->confidence >= SCREEN_SHOWN) {
            screen_found_bytes(work, SCREEN_AFFILIATION_WITHOUT_DISCLAIMER, SCREEN_DETAIL_NONE,
                               found->start, found->end, found->confidence, because_without);
            return;
        }
    }
}

void screen_detect_affiliation(struct screen_work *work)
{
    if (work->channel == SCREEN_CHANNEL_OFFICIAL || work->channel == SCREEN_CHANNEL_INCOMING) {
        return;
    }
    schools_look(work);
    some_schools_look(work);
    screen_find_disclaimers(work);
    without_look(work);
}

/*
 * screen/detect_described.c - people who can be recognised without a name: posts of staff.
 *
 * Read first: described_int.h. Start at: screen_detect_described. Pupils and parents are found by
 * described_family.c, staff known by what they do by described_work.c.
 *
 * What must hold: the writer's own post is no finding here ("I'm head of music"), nor is a post as
 * such ("the deputy head interviews", "every SENCO").
 */
#include "screen/described_int.h"
#include "screen/near_int.h"

/* A story is spoken of within so many tokens of a post. */
#define STORY_WITHIN 30

bool described_is_any(const struct screen_work *work, int64_t at, const struct str *words,
                      size_t count)
{
    const struct screen_token *token = described_token(work, at);
    return token != NULL && token->kind != SCREEN_TOKEN_SIGN &&
           str_is_any(screen_token_plain(work->draft, (uint32_t)at), words, count);
}

bool described_has_school(const struct screen_work *work, uint32_t first, uint32_t last)
{
    uint32_t from = screen_sentence_first(work->draft, first);
    uint32_t end = screen_sentence_end(work->draft, first);
    from = first - from > 60 ? first - 60 : from;
    end = end - last > 60 ? last + 60 : end;
    for (uint32_t at = from; at < end; at++) {
        if ((at < first || at > last) && described_is(work, at, SCREEN_WORD_PEOPLE_SCHOOL)) {
            return true;
        }
    }
    return false;
}

bool described_is_definite(const struct screen_work *work, int64_t at)
{
    static const struct str words[] = {STR_INIT("the"),   STR_INIT("that"), STR_INIT("this"),
                                       STR_INIT("my"),    STR_INIT("our"),  STR_INIT("your"),
                                       STR_INIT("their"), STR_INIT("his"),  STR_INIT("her"),
                                       STR_INIT("those"), STR_INIT("these")};
    return described_is_any(work, at, words, sizeof words / sizeof *words);
}

bool described_is_ours(const struct screen_work *work, int64_t at)
{
    static const struct str words[] = {STR_INIT("my"), STR_INIT("our"), STR_INIT("your")};
    return described_is_any(work, at, words, sizeof words / sizeof *words);
}

/* ---- Posts ----------------------------------------------------------------------------------- */

enum post_kind { POST_NONE, POST_SOLE, POST_ANYWHERE, POST_LOOSE };

struct post {
    enum post_kind kind;
    uint32_t first, last;
    bool is_head;    /* "head" and "deputy" alone, which mean much else */
    bool is_teacher; /* of a subject: there can be several */
};

/* "year 9", "art and design", "key stage 3": the end of what somebody is head of. */
static uint32_t department_end(const struct screen_work *work, uint32_t at)
{
    uint32_t last = at;
    for (int steps = 0; steps < 3; steps++) {
        const struct screen_token *next = described_token(work, (int64_t)last + 1);
        bool is_number =
            next != NULL && (next->kind == SCREEN_TOKEN_NUMBER || next->kind == SCREEN_TOKEN_MIXED);
        bool is_and = described_is_text(work, (int64_t)last + 1, STR("and")) &&
                      described_is(work, (int64_t)last + 2, SCREEN_WORD_DESCRIBED_DEPARTMENT);
        if (is_and) {
            last += 2;
        } else if (is_number ||
                   described_is(work, (int64_t)last + 1, SCREEN_WORD_DESCRIBED_DEPARTMENT)) {
            last++;
        }
    }
    return last;
}

/* "head of music", "assistant head of year 7", "director of sport" */
static bool head_of_read(const struct screen_work *work, uint32_t at, struct post *post)
{
    static const struct str heads[] = {STR_INIT("head"), STR_INIT("director"), STR_INIT("leader"),
                                       STR_INIT("hod"),  STR_INIT("lead"),     STR_INIT("teacher")};
    uint32_t head = at;
    if (!described_is(work, at, SCREEN_WORD_DESCRIBED_LEAD)) {
        return false;
    }
    if (described_is_any(
            work, at,
            (const struct str[]){STR_INIT("deputy"), STR_INIT("assistant"), STR_INIT("acting")},
            3)) {
        head++;
    }
    if (!described_is_any(work, head, heads, sizeof heads / sizeof *heads) ||
        !described_is_text(work, (int64_t)head + 1, STR("of")) ||
        !described_is(work, (int64_t)head + 2, SCREEN_WORD_DESCRIBED_DEPARTMENT)) {
        return false;
    }
    uint32_t last = department_end(work, head + 2);
    bool is_bare_year = last == head + 2 && described_is_text(work, last, STR("year"));
    bool is_teacher = described_is_text(work, head, STR("teacher"));
    *post = (struct post){.kind = is_bare_year || is_teacher ? POST_LOOSE : POST_SOLE,
                          .first = at,
                          .last = last,
                          .is_teacher = is_teacher};
    return true;
}

static bool class_run(const struct screen_work *work, uint32_t at, enum screen_word class,
                      enum post_kind kind, struct post *post)
{
    if (!described_is(work, at, class)) {
        return false;
    }
    uint32_t last = at;
    while (last - at < 4 && described_is(work, (int64_t)last + 1, class) &&
           !(described_token(work, (int64_t)last + 1)->flags & SCREEN_TOKEN_FIRST)) {
        last++;
    }
    *post = (struct post){.kind = kind, .first = at, .last = last};
    post->is_teacher = described_is_text(work, last, STR("teacher")) && kind == POST_LOOSE;
    post->is_head = last == at &&
                    described_is_any(work, at,
                                     (const struct str[]){STR_INIT("head"), STR_INIT("head's"),
                                                          STR_INIT("principal"), STR_INIT("deputy"),
                                                          STR_INIT("deputy's")},
                                     5);
    return true;
}

static bool post_read(const struct screen_work *work, uint32_t at, struct post *post)
{
    return head_of_read(work, at, post) ||
           class_run(work, at, SCREEN_WORD_DESCRIBED_SOLE, POST_SOLE, post) ||
           class_run(work, at, SCREEN_WORD_DESCRIBED_SOLE_ANYWHERE, POST_ANYWHERE, post) ||
           class_run(work, at, SCREEN_WORD_DESCRIBED_LOOSE, POST_LOOSE, post);
}

/* ---- What stands around a post --------------------------------------------------------------- */

struct post_signs {
    bool is_definite, is_ours, is_new, is_own; /* own: the writer's */
    bool is_working;                           /* says, wants ...: somebody */
    bool is_thing;                             /* "head torch", "SENCO training" */
    bool is_named;                             /* a name stands beside it */
    bool is_that;                              /* "that receptionist" */
    bool is_distant;                           /* a word that says nothing stands between */
    bool is_of_school;
    bool is_elsewhere; /* "on Waterloo Road", "at the vet's" */
    bool has_class;    /* "the Year 4 TA", "the TA in Year 5", "the ECT in the room opposite" */
    uint32_t last;     /* of the post, and of such a class behind it */
    int64_t before;    /* of the determiner, or of the post */
};

/* "Year 4" in front of a post that ends at `at`: the tokens that it takes. */
static uint32_t class_before(const struct screen_work *work, int64_t at)
{
    int points = 0;
    if (at >= 1 && described_class_read(work, at - 1, &points) == 2) {
        return 2;
    }
    return at >= 0 && described_class_read(work, at, &points) == 1 ? 1 : 0;
}

/* "in Year 5", "for 8B", "in the room opposite": its last token, or `last` where there is none. */
static uint32_t class_behind(const struct screen_work *work, uint32_t last)
{
    static const struct str joints[] = {STR_INIT("in"), STR_INIT("for"), STR_INIT("of")};
    int64_t at = (int64_t)last + 2;
    int points = 0;
    if (!described_is_any(work, at - 1, joints, sizeof joints / sizeof *joints)) {
        return last;
    }
    uint32_t taken = described_class_read(work, at, &points);
    if (taken > 0) {
        return (uint32_t)at + taken - 1;
    }
    bool is_room = described_is_definite(work, at) &&
                   described_is(work, at + 1, SCREEN_WORD_DESCRIBED_ROOM) &&
                   !described_is_clause_end(work, at + 2);
    return is_room ? (uint32_t)at + 1 : last;
}

static void post_before_read(const struct screen_work *work, const struct post *post,
                             struct post_signs *signs)
{
    int64_t at = (int64_t)post->first - 1;
    for (int steps = 0; steps < 2; steps++) {
        if (described_is(work, at, SCREEN_WORD_DESCRIBED_ADJECTIVE)) {
            signs->is_new = signs->is_new || described_is_text(work, at, STR("new"));
            signs->is_of_school = signs->is_of_school || described_is_text(work, at, STR("school"));
            at--;
        }
    }
    bool is_opening = described_token(work, at + 1)->flags & SCREEN_TOKEN_FIRST;
    uint32_t taken = is_opening ? 0 : class_before(work, at);
    signs->has_class = taken > 0;
    at -= taken;
    for (int steps = 0; steps < 2 && taken > 0; steps++) {
        at -= described_is(work, at, SCREEN_WORD_DESCRIBED_ADJECTIVE);
    }
    bool may_be_more = post->kind != POST_LOOSE || described_is_ours(work, at - 1);
    const struct screen_token *word = described_token(work, at);
    if (may_be_more && word != NULL && word->kind == SCREEN_TOKEN_WORD &&
        !described_is_definite(work, at) && described_is_definite(work, at - 1) &&
        !(described_token(work, at)->flags & SCREEN_TOKEN_FIRST)) {
        at--; /* "your precious head's car" */
        signs->is_distant = true;
    }
    const struct screen_token *first = described_token(work, at + 1);
    signs->before = at;
    if (first->flags & SCREEN_TOKEN_FIRST) {
        return;
    }
    signs->is_definite = described_is_definite(work, at);
    bool is_your = described_is_text(work, at, STR("your"));
    signs->is_ours =
        described_is_ours(work, at) && (!is_your || work->channel == SCREEN_CHANNEL_INCOMING);
    signs->is_that = described_is_text(work, at, STR("that"));
    int64_t self = signs->is_definite ? at - 1 : at;
    signs->is_own = described_is(work, self, SCREEN_WORD_DESCRIBED_SELF) &&
                    !(described_token(work, self + 1)->flags & SCREEN_TOKEN_FIRST);
}

static bool is_named_beside(const struct screen_work *work, const struct post *post, int64_t before)
{
    const struct screen_token *tokens = work->draft->tokens;
    for (size_t i = 0; i < work->found_count; i++) {
        const struct screen_finding *finding = &work->found[i];
        bool is_name = finding->kind <= SCREEN_PERSON_NAMED && finding->confidence >= SCREEN_SHOWN;
        bool is_behind = finding->start >= tokens[post->last].end &&
                         finding->start <= tokens[post->last].end + 5; /* ", ", " is " */
        bool is_in_front = before >= 0 && finding->end <= tokens[post->first].start &&
                           finding->end + 2 >= tokens[before].start && tokens[before].sign == ',';
        if (is_name && (is_behind || is_in_front)) {
            return true;
        }
    }
    return false;
}

/* "my Spanish teacher in 1993": of long ago. */
static bool is_year_behind(const struct screen_work *work, int64_t behind)
{
    const struct screen_token *token = described_token(work, behind + 1);
    return described_is_text(work, behind, STR("in")) && token != NULL &&
           token->kind == SCREEN_TOKEN_NUMBER && token->folded_bytes == 4;
}

/* "In the novel the headmaster did it": of a story. */
static bool is_in_story(const struct screen_work *work, const struct post *post,
                        const struct post_signs *signs)
{
    const struct screen_draft *draft = work->draft;
    enum screen_word story = SCREEN_WORD_DESCRIBED_STORY;
    bool is_chat =
        work->channel == SCREEN_CHANNEL_PERSONAL || work->channel == SCREEN_CHANNEL_MESSAGE;
    return !signs->is_ours && is_chat && screen_draft_has_word(draft, story) &&
           screen_is_near(draft, post->first, post->last, story, STORY_WITHIN, STORY_WITHIN);
}

static void post_signs_read(const struct screen_work *work, const struct post *post,
                            struct post_signs *signs)
{
    *signs = (struct post_signs){0};
    post_before_read(work, post, signs);
    int64_t behind = (int64_t)post->last + 1;
    const struct screen_token *next = described_token(work, behind);
    bool is_end = next == NULL || next->kind == SCREEN_TOKEN_SIGN ||
                  (next->flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_LINE));
    bool is_owner = described_token(work, post->last)->flags & SCREEN_TOKEN_POSSESSIVE;
    signs->is_working =
        is_owner || (!is_end && described_is(work, behind, SCREEN_WORD_DESCRIBED_WORK));
    signs->last = class_behind(work, post->last);
    signs->has_class = signs->has_class || signs->last > post->last;
    bool is_of = described_is_text(work, behind, STR("of")) && signs->last == post->last;
    bool is_asked = described_is_text(work, signs->before - 2, STR("who")) &&
                    described_is_text(work, signs->before - 1, STR("is"));
    signs->is_thing =
        is_asked || is_year_behind(work, behind) ||
        (!is_end &&
         (is_owner ? described_is(work, behind, SCREEN_WORD_DESCRIBED_NOT_PERSON_OWNER)
                   : described_is(work, behind, SCREEN_WORD_DESCRIBED_NOT_PERSON) || is_of));
    for (int64_t at = behind; at < behind + 5 && !is_end; at++) {
        const struct screen_token *token = described_token(work, at);
        if (token == NULL || token->kind == SCREEN_TOKEN_SIGN) {
            break;
        }
        signs->is_elsewhere =
            signs->is_elsewhere || described_is(work, at, SCREEN_WORD_PEOPLE_ELSEWHERE);
    }
    signs->is_elsewhere = signs->is_elsewhere || is_in_story(work, post, signs);
    signs->is_named = is_named_beside(work, post, signs->before);
    bool is_private = work->channel == SCREEN_CHANNEL_MESSAGE ||
                      work->channel == SCREEN_CHANNEL_INCOMING ||
                      work->channel == SCREEN_CHANNEL_OFFICIAL;
    signs->is_of_school =
        signs->is_of_school || is_private || described_has_school(work, post->first, post->last);
}

/* ---- How sure -------------------------------------------------------------------------------- */

static unsigned loose_confidence(const struct post *post, const struct post_signs *signs,
                                 bool is_my)
{
    if (post->is_head) {
        if ((is_my || signs->is_distant) && !signs->is_working) {
            return 0; /* "my head hurts" */
        }
        return signs->is_ours && !is_my                   ? 760
               : signs->is_new && signs->is_of_school     ? 700
               : signs->is_working && signs->is_of_school ? is_my ? 450 : 620
                                                          : 0;
    }
    if (signs->has_class && signs->is_of_school) {
        return 640;
    }
    if (signs->is_ours) {
        return signs->is_of_school ? post->is_teacher ? 600 : 700 : is_my ? 480 : 520;
    }
    if (signs->is_new) {
        return signs->is_of_school ? 680 : 450;
    }
    if (signs->is_that) {
        return signs->is_of_school && !post->is_teacher ? 620 : 0;
    }
    return signs->is_working && signs->is_of_school && post->is_teacher ? 520 : 400;
}

static unsigned post_confidence(const struct screen_work *work, const struct post *post,
                                const struct post_signs *signs)
{
    bool is_my = described_is_text(work, (int64_t)signs->before, STR("my"));
    bool is_past = is_my && described_is_text(work, signs->before + 1, STR("old"));
    if (is_past || signs->is_own || signs->is_thing || signs->is_named) {
        return 0;
    }
    if (!signs->is_definite) {
        /* "Head of Music says" at the beginning of a sentence. */
        bool is_first = work->draft->tokens[post->first].flags & SCREEN_TOKEN_FIRST;
        bool is_spoken_of = signs->is_working && is_first && signs->is_of_school;
        return is_spoken_of && post->kind == POST_SOLE ? 640 : 0;
    }
    switch (post->kind) {
    case POST_SOLE:
        return signs->is_ours || signs->is_of_school ? 850 : 720;
    case POST_ANYWHERE:
        return signs->is_ours || signs->is_of_school ? 780 : 450;
    case POST_LOOSE:
        return loose_confidence(post, signs, is_my);
    case POST_NONE:
        break;
    }
    return 0;
}

/* "the lady on reception", "that one on the front desk": in words to or about the school. */
static void somebody_at(struct screen_work *work, uint32_t at)
{
    static const struct str joints[] = {STR_INIT("on"), STR_INIT("at"), STR_INIT("in"),
                                        STR_INIT("behind")};
    bool is_private =
        work->channel == SCREEN_CHANNEL_MESSAGE || work->channel == SCREEN_CHANNEL_INCOMING;
    if (!described_is(work, at, SCREEN_WORD_DESCRIBED_SOMEBODY) ||
        !described_is_any(work, (int64_t)at + 1, joints, sizeof joints / sizeof *joints)) {
        return;
    }
    int64_t place = (int64_t)at + 2;
    place += described_is_any(
        work, place, (const struct str[]){STR_INIT("the"), STR_INIT("your"), STR_INIT("our")}, 3);
    bool is_top =
        described_is_text(work, place, STR("top")) || described_is_text(work, place, STR("helm"));
    if (!described_is(work, place, SCREEN_WORD_DESCRIBED_PLACE) || (!is_private && !is_top)) {
        return;
    }
    while (described_is(work, place + 1, SCREEN_WORD_DESCRIBED_PLACE)) {
        place++;
    }
    int64_t first = at;
    for (int steps = 0; steps < 4 && !described_is_definite(work, first); steps++) {
        first--;
    }
    static const struct str definite[] = {STR_INIT("the"), STR_INIT("that"), STR_INIT("your"),
                                          STR_INIT("our")};
    if (described_is_any(work, first, definite, sizeof definite / sizeof *definite)) {
        screen_found(work, SCREEN_STAFF_DESCRIBED, SCREEN_DETAIL_NONE, (uint32_t)first,
                     (uint32_t)place, is_top ? 560 : 640,
                     STR("Who works in this place is known at the school."));
    }
}

static uint32_t post_find(struct screen_work *work, uint32_t at)
{
    struct post post;
    if (!post_read(work, at, &post)) {
        return at + 1;
    }
    struct post_signs signs;
    post_signs_read(work, &post, &signs);
    unsigned confidence = post_confidence(work, &post, &signs);
    confidence = signs.is_elsewhere ? confidence / 2 : confidence;
    if (confidence > 0) {
        uint32_t first = signs.is_definite ? (uint32_t)signs.before : post.first;
        screen_found(work, SCREEN_STAFF_DESCRIBED, SCREEN_DETAIL_NONE, first, signs.last,
                     confidence,
                     STR("One person at a school holds this post, so no name is needed."));
    }
    return post.last + 1;
}

/* Nobody can be described where none of these begins; all parts look for one of them. */
static const enum screen_word begins[] = {
    SCREEN_WORD_DESCRIBED_LEAD,          SCREEN_WORD_DESCRIBED_SOLE,
    SCREEN_WORD_DESCRIBED_SOLE_ANYWHERE, SCREEN_WORD_DESCRIBED_LOOSE,
    SCREEN_WORD_DESCRIBED_PUPIL,         SCREEN_WORD_DESCRIBED_PUPIL_SOLE,
    SCREEN_WORD_DESCRIBED_PARENT,        SCREEN_WORD_DESCRIBED_SOMEBODY,
    SCREEN_WORD_DESCRIBED_OTHER};

void screen_detect_described(struct screen_work *work)
{
    const struct screen_classes any = SCREEN_CLASSES_OF(begins);
    const struct screen_token *tokens = work->draft->tokens;
    bool is_profile = work->channel == SCREEN_CHANNEL_PROFILE; /* there it is the writer's own */
    if (!screen_classes_meet(&work->draft->classes, &any)) {
        return;
    }
    for (uint32_t at = 0; at < work->draft->token_count;) {
        if (!screen_classes_meet(&tokens[at].classes, &any)) {
            at++;
            continue;
        }
        described_family_at(work, at);
        somebody_at(work, at);
        bool is_word = tokens[at].kind == SCREEN_TOKEN_WORD;
        at = is_word && !is_profile ? post_find(work, at) : at + 1;
    }
    for (uint32_t at = 0; at < work->draft->token_count; at++) {
        if (screen_classes_meet(&tokens[at].classes, &any)) {
            described_work_at(work, at);
        }
    }
}

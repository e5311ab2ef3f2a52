/*
 * screen/described_family.c - pupils and parents who can be recognised without a name.
 *
 * Read first: described_int.h. Start at: described_family_at.
 *
 * A child is known by traits that few share: looks, class, what they do, whose child they are. Each
 * trait counts by how few people of a school it fits; "a boy in my class" has one and is anybody.
 *
 * What must hold: without a word that ties the child to a school (a class, a year, "my form"), or a
 * parent to a pupil or the school, nothing is found: the rest are strangers in the street.
 */
#include "screen/described_int.h"

/* Points from which on somebody is likely one. */
#define PUPIL_POINTS_MIN 4
#define PARENT_POINTS_MIN 3

struct traits {
    uint32_t last; /* of what describes */
    int points;
    bool has_anchor; /* class, year, form */
    bool has_work;   /* "who runs the chippy" */
};

bool described_is_clause_end(const struct screen_work *work, int64_t at)
{
    const struct screen_token *token = described_token(work, at);
    if (token == NULL || (token->flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_LINE))) {
        return true;
    }
    return token->kind == SCREEN_TOKEN_SIGN && token->sign != '\'' && token->sign != '-' &&
           token->sign != 0x2019;
}

uint32_t described_class_read(const struct screen_work *work, int64_t at, int *points)
{
    const struct screen_token *token = described_token(work, at);
    const struct screen_token *next = described_token(work, at + 1);
    if (token == NULL || token->kind == SCREEN_TOKEN_SIGN) {
        return 0;
    }
    struct str plain = screen_token_plain(work->draft, (uint32_t)at);
    bool is_year = str_equal(plain, STR("year")) || str_equal(plain, STR("yr")) ||
                   str_equal(plain, STR("y")) || str_equal(plain, STR("set"));
    if (is_year && next != NULL &&
        (next->kind == SCREEN_TOKEN_NUMBER || next->kind == SCREEN_TOKEN_MIXED)) {
        *points += next->kind == SCREEN_TOKEN_MIXED ? 2 : 1;
        return 2;
    }
    bool is_digit = plain.len > 0 && plain.at[0] >= '0' && plain.at[0] <= '9';
    if (token->kind == SCREEN_TOKEN_MIXED && plain.len <= 3) { /* 8A, 10C, Y9 */
        bool is_stage = str_starts(plain, STR("ks"));
        *points += is_digit ? 2 : plain.at[0] == 'y' || is_stage ? 1 : 0;
        return is_digit || plain.at[0] == 'y' || is_stage ? 1 : 0;
    }
    bool is_early = str_equal(plain, STR("reception")) || str_equal(plain, STR("nursery"));
    *points += is_early ? 1 : 0;
    return is_early ? 1 : 0;
}

/* ---- Traits ---------------------------------------------------------------------------------- */

static void traits_before(const struct screen_work *work, uint32_t noun, struct traits *traits,
                          uint32_t *first)
{
    int looks = 0;
    int64_t at = (int64_t)noun - 1;
    for (int steps = 0; steps < DESCRIBED_BEFORE_MAX; steps++, at--) {
        const struct screen_token *token = described_token(work, at);
        if (token == NULL || (described_token(work, at + 1)->flags & SCREEN_TOKEN_FIRST) ||
            token->kind == SCREEN_TOKEN_SIGN) {
            break;
        }
        if (described_is_definite(work, at)) {
            traits->points += 1;
            *first = (uint32_t)at;
            return;
        }
        int points = 0;
        if (described_class_read(work, at, &points) > 0) {
            traits->points += points;
            traits->has_anchor = true;
        } else if (described_is(work, at, SCREEN_WORD_DESCRIBED_SOLE_LOOK)) {
            traits->points += 2;
        } else if (described_is(work, at, SCREEN_WORD_DESCRIBED_LOOK) && looks < 2) {
            traits->points++;
            looks++;
        }
        *first = (uint32_t)at;
    }
    if (described_is_any(work, *first,
                         (const struct str[]){STR_INIT("a"), STR_INIT("an"), STR_INIT("one")}, 3)) {
        return;
    }
    *first = noun;
}

/* "who plays tuba for the county", "whose dad runs the chip shop": length and kin. */
static int relative_points(const struct screen_work *work, int64_t at, int64_t end, bool *has_work)
{
    bool is_whose = described_is_text(work, at, STR("whose"));
    bool is_long = end - at >= 4;
    int points = is_long ? 2 : 1;
    bool is_of_parent = is_whose && described_is(work, at + 1, SCREEN_WORD_DESCRIBED_PARENT);
    int64_t verb = is_of_parent ? at + 2 : at + 1;
    *has_work = described_is(work, verb, SCREEN_WORD_DESCRIBED_DOING);
    bool is_being =
        described_is_text(work, verb, STR("is")) || described_is_text(work, verb, STR("was"));
    points += is_of_parent ? *has_work && !is_being ? 2 : 1 : 0;
    return points;
}

static int64_t clause_end(const struct screen_work *work, int64_t at)
{
    int64_t end = at;
    while (end - at < DESCRIBED_BEHIND_MAX && !described_is_clause_end(work, end)) {
        end++;
    }
    return end;
}

static bool is_with(const struct screen_work *work, int64_t at)
{
    static const struct str owners[] = {STR_INIT("the"),  STR_INIT("a"),    STR_INIT("his"),
                                        STR_INIT("her"),  STR_INIT("an"),   STR_INIT("their"),
                                        STR_INIT("that"), STR_INIT("those")};
    for (int64_t i = at + 2; i <= at + 4 && described_is_text(work, at, STR("in")); i++) {
        if (described_is(work, i, SCREEN_WORD_DESCRIBED_WEAR)) { /* "in the pink hijab" */
            return true;
        }
    }
    return described_is_text(work, at, STR("with")) &&
           (described_is_any(work, at + 1, owners, sizeof owners / sizeof *owners) ||
            described_is(work, at + 1, SCREEN_WORD_DESCRIBED_CONDITION) ||
            described_is(work, at + 1, SCREEN_WORD_DESCRIBED_LOOK));
}

/* "off the cereal advert", "doing Latin", "playing Bugsy" */
static bool is_doing(const struct screen_work *work, int64_t at)
{
    static const struct str doing[] = {STR_INIT("doing"), STR_INIT("playing"), STR_INIT("wearing")};
    return described_is_any(work, at, doing, sizeof doing / sizeof *doing) ||
           (described_is_text(work, at, STR("off")) && described_is_definite(work, at + 1));
}

/* "of the triplets" */
static bool is_of_pupil(const struct screen_work *work, int64_t at)
{
    return described_is_text(work, at, STR("of")) && described_is_definite(work, at + 1) &&
           described_is(work, at + 2, SCREEN_WORD_DESCRIBED_PUPIL);
}

static void traits_behind(const struct screen_work *work, uint32_t noun, struct traits *traits)
{
    static const struct str relatives[] = {STR_INIT("who"), STR_INIT("whose"), STR_INIT("who's"),
                                           STR_INIT("whos"), STR_INIT("that")};
    bool has_condition = false;
    for (int64_t at = (int64_t)noun + 1; at <= (int64_t)noun + DESCRIBED_BEHIND_MAX; at++) {
        bool is_comma = described_token(work, at) != NULL &&
                        described_token(work, at)->sign == ',' && at == (int64_t)noun + 1;
        if (described_is_clause_end(work, at) && !is_comma) {
            return;
        }
        int points = 0;
        uint32_t taken = described_class_read(work, at, &points);
        if (taken > 0) {
            traits->points += points;
            traits->has_anchor = true;
            at += taken - 1;
            traits->last = (uint32_t)at;
        } else if (described_is(work, at, SCREEN_WORD_PEOPLE_GROUP) &&
                   (described_is_ours(work, at - 1) || described_is_ours(work, at - 2))) {
            traits->points += traits->has_anchor ? 0 : 1;
            traits->has_anchor = true;
            traits->last = (uint32_t)at;
        } else if (is_of_pupil(work, at)) {
            traits->points++;
            traits->last = (uint32_t)at + 2;
        } else if (is_with(work, at) || is_doing(work, at)) {
            traits->points += 2;
            traits->last = (uint32_t)clause_end(work, at) - 1;
        }
        if (!has_condition && described_is(work, at, SCREEN_WORD_DESCRIBED_CONDITION)) {
            has_condition = true;
            traits->points++;
        }
        if (described_is_any(work, at, relatives, sizeof relatives / sizeof *relatives)) {
            int64_t end = clause_end(work, at);
            bool has_work = false;
            traits->points += relative_points(work, at, end, &has_work);
            traits->has_work = has_work;
            traits->last = (uint32_t)end - 1;
            return;
        }
    }
}

static bool has_class_between(const struct screen_work *work, uint32_t first, uint32_t last,
                              enum screen_word class)
{
    for (uint32_t at = first; at <= last; at++) {
        if (described_is(work, at, class)) {
            return true;
        }
    }
    return false;
}

/* "open day", "the school play": what ties somebody to a school. */
static void anchor_read(const struct screen_work *work, uint32_t first, struct traits *traits)
{
    if (!traits->has_anchor &&
        has_class_between(work, first, traits->last, SCREEN_WORD_DESCRIBED_ANCHOR)) {
        traits->has_anchor = true;
        traits->points++;
    }
}

static bool is_elsewhere(const struct screen_work *work, uint32_t first, uint32_t last)
{
    return has_class_between(work, first, last, SCREEN_WORD_PEOPLE_ELSEWHERE);
}

/* ---- Pupils ---------------------------------------------------------------------------------- */

static void pupil_at(struct screen_work *work, uint32_t at)
{
    if (described_is(work, (int64_t)at - 1, SCREEN_WORD_DESCRIBED_PUPIL) && at > 0 &&
        !(work->draft->tokens[at].flags & SCREEN_TOKEN_FIRST)) {
        return; /* "young lady": the first of them has been looked at */
    }
    uint32_t noun = at;
    while (described_is(work, (int64_t)noun + 1, SCREEN_WORD_DESCRIBED_PUPIL) && noun - at < 2) {
        noun++;
    }
    struct traits traits = {.last = noun};
    uint32_t first = at;
    traits_before(work, at, &traits, &first);
    bool is_definite = described_is_definite(work, first);
    traits_behind(work, noun, &traits);
    bool is_twin = described_is_any(
        work, noun, (const struct str[]){STR_INIT("twins"), STR_INIT("triplets"), STR_INIT("twin")},
        3);
    traits.points += is_twin ? 2 : 0;
    anchor_read(work, first, &traits);
    bool is_child = described_is(work, noun, SCREEN_WORD_DESCRIBED_PUPIL_CHILD);
    bool is_mine = work->channel == SCREEN_CHANNEL_MESSAGE && /* "my only left-handed cellist" */
                   ((described_is_ours(work, first) &&
                     described_is(work, (int64_t)first + 1, SCREEN_WORD_DESCRIBED_SOLE_LOOK)) ||
                    is_twin);
    bool is_of_parent = described_is(work, (int64_t)first - 2, SCREEN_WORD_DESCRIBED_PARENT) &&
                        described_is_any(work, (int64_t)first - 1,
                                         (const struct str[]){STR_INIT("of"), STR_INIT("with")}, 2);
    bool is_tied =
        is_mine || (traits.has_anchor && (is_child || traits.points >= PUPIL_POINTS_MIN + 1));
    int least = is_definite ? PUPIL_POINTS_MIN : PUPIL_POINTS_MIN + 1;
    if (is_of_parent || !is_tied || traits.points < least || first == at) {
        return;
    }
    static const uint16_t table[] = {620, 720, 800, 850};
    int over = traits.points - least;
    unsigned confidence = table[over < 3 ? over : 3];
    if (is_elsewhere(work, first, traits.last) && !is_definite) {
        confidence = confidence / 2;
    }
    screen_found(work, SCREEN_PUPIL_DESCRIBED, SCREEN_DETAIL_NONE, first, traits.last, confidence,
                 STR("Looks, class and what is told fit so few pupils together that readers at the"
                     " school will know who it is."));
}

/* "the Year 7 who beat the champion", "the one Year 11 doing Latin"; not "the Year 6 who finds
 * it". */
static void pupil_of_year_at(struct screen_work *work, uint32_t at)
{
    int points = 0;
    uint32_t taken = described_class_read(work, at, &points);
    const struct screen_token *number = described_token(work, (int64_t)at + 1);
    int64_t first = (int64_t)at - 1;
    bool is_one =
        described_is_text(work, first, STR("one")) || described_is_text(work, first, STR("only"));
    first -= is_one;
    if (taken != 2 || number->kind != SCREEN_TOKEN_NUMBER || !described_is_definite(work, first)) {
        return;
    }
    int64_t behind = (int64_t)at + 2;
    int64_t end = clause_end(work, behind);
    bool is_who = described_is_text(work, behind, STR("who")) && end - behind >= 3 &&
                  (described_is(work, behind + 1, SCREEN_WORD_DESCRIBED_DOING) ||
                   !str_ends(screen_token_plain(work->draft, (uint32_t)behind + 1), STR("s")));
    bool is_other = is_with(work, behind) || (is_one && is_doing(work, behind));
    if (is_who || is_other) {
        screen_found(work, SCREEN_PUPIL_DESCRIBED, SCREEN_DETAIL_NONE, (uint32_t)first,
                     (uint32_t)end - 1, 640,
                     STR("Year and what is told fit so few pupils together that readers at the"
                         " school will know who it is."));
    }
}

/* "our head girl" */
static void pupil_post_at(struct screen_work *work, uint32_t at)
{
    uint32_t last = at;
    while (described_is(work, (int64_t)last + 1, SCREEN_WORD_DESCRIBED_PUPIL_SOLE) &&
           last - at < 5) {
        last++;
    }
    int64_t before = (int64_t)at - 1;
    before -=
        described_is_any(work, before, (const struct str[]){STR_INIT("new"), STR_INIT("old")}, 2);
    bool is_second = described_is(work, (int64_t)at - 1, SCREEN_WORD_DESCRIBED_PUPIL_SOLE);
    bool is_own = described_is(work, before - 1, SCREEN_WORD_DESCRIBED_SELF);
    bool is_owner = described_is(work, (int64_t)last + 1, SCREEN_WORD_DESCRIBED_PARENT) &&
                    described_token(work, last)->flags & SCREEN_TOKEN_POSSESSIVE;
    if (is_second || is_own || is_owner || !described_is_definite(work, before) ||
        described_is(work, (int64_t)last + 1, SCREEN_WORD_DESCRIBED_NOT_PERSON)) {
        return;
    }
    screen_found(work, SCREEN_PUPIL_DESCRIBED, SCREEN_DETAIL_NONE, (uint32_t)before, last, 700,
                 STR("One pupil of a school holds this post, so no name is needed."));
}

/* ---- Parents --------------------------------------------------------------------------------- */

static const struct screen_finding *pupil_before(const struct screen_work *work, uint32_t at)
{
    const struct screen_token *before = described_token(work, (int64_t)at - 1);
    if (before == NULL) {
        return NULL;
    }
    const struct screen_finding *finding =
        screen_finding_at(work, SCREEN_PUPIL_NAMED, before->start, before->end);
    return finding != NULL && finding->confidence >= SCREEN_SHOWN ? finding : NULL;
}

/* "Kofi's mum", "mum of Kofi" */
static bool parent_of_pupil(struct screen_work *work, uint32_t at)
{
    const struct screen_token *tokens = work->draft->tokens;
    const struct screen_finding *pupil = pupil_before(work, at);
    const struct screen_token *before = described_token(work, (int64_t)at - 1);
    bool is_owner = pupil != NULL && !(tokens[at].flags & SCREEN_TOKEN_FIRST) &&
                    ((before->flags & SCREEN_TOKEN_POSSESSIVE) ||
                     str_ends(screen_token_plain(work->draft, at - 1), STR("s")));
    static const struct str reason =
        STR_INIT("With the pupil's name before it, readers know whose parent is meant.");
    if (is_owner) {
        screen_found_bytes(work, SCREEN_PARENT_DESCRIBED, SCREEN_DETAIL_NONE, pupil->start,
                           tokens[at].end, 880, reason);
        return true;
    }
    const struct screen_token *child = described_token(work, (int64_t)at + 2);
    bool is_of = described_is_any(work, (int64_t)at + 1,
                                  (const struct str[]){STR_INIT("of"), STR_INIT("to")}, 2);
    if (!is_of || child == NULL) {
        return false;
    }
    pupil = screen_finding_at(work, SCREEN_PUPIL_NAMED, child->start, child->end);
    if (pupil == NULL || pupil->confidence < SCREEN_SHOWN) {
        return false;
    }
    screen_found_bytes(work, SCREEN_PARENT_DESCRIBED, SCREEN_DETAIL_NONE, tokens[at].start,
                       pupil->end, 820, reason);
    return true;
}

/* "Her dad." under a letter that names a pupil. */
static bool parent_signs(struct screen_work *work, uint32_t at)
{
    const struct screen_token *tokens = work->draft->tokens;
    bool is_first =
        at > 0 && (tokens[at - 1].flags & SCREEN_TOKEN_FIRST) &&
        described_is_any(work, (int64_t)at - 1,
                         (const struct str[]){STR_INIT("her"), STR_INIT("his"), STR_INIT("their")},
                         3);
    const struct screen_token *next = described_token(work, (int64_t)at + 1);
    bool is_last = next == NULL || (next->kind == SCREEN_TOKEN_SIGN && next->sign == '.') ||
                   (next->flags & SCREEN_TOKEN_FIRST);
    bool is_letter = work->channel == SCREEN_CHANNEL_INCOMING && at > 4;
    if (!is_first || !is_last || !is_letter || !screen_has(work, SCREEN_PUPIL_NAMED)) {
        return false;
    }
    screen_found(work, SCREEN_PARENT_DESCRIBED, SCREEN_DETAIL_NONE, at - 1, at, 700,
                 STR("The pupil is named, so readers know whose parent writes."));
    return true;
}

/* "the twins' mum", "the goalie's dad", "our head girl's mother" */
static bool parent_of_known(struct screen_work *work, uint32_t at)
{
    static const struct str many[] = {STR_INIT("twins"), STR_INIT("twin's"), STR_INIT("triplets"),
                                      STR_INIT("twins'")};
    int64_t owner = (int64_t)at - 1;
    const struct screen_token *token = described_token(work, owner);
    bool is_school = work->channel == SCREEN_CHANNEL_MESSAGE || described_has_school(work, at, at);
    if (token == NULL || !(token->flags & SCREEN_TOKEN_POSSESSIVE) || !is_school) {
        return false;
    }
    bool is_post = described_is(work, owner, SCREEN_WORD_DESCRIBED_PUPIL_SOLE);
    bool is_player = described_is(work, owner, SCREEN_WORD_DESCRIBED_PUPIL) &&
                     !described_is(work, owner, SCREEN_WORD_DESCRIBED_KIN) &&
                     !described_is(work, owner, SCREEN_WORD_DESCRIBED_PUPIL_CHILD);
    bool is_twin = described_is_any(work, owner, many, sizeof many / sizeof *many);
    int64_t first = owner - 1;
    first -= is_post && described_is(work, first, SCREEN_WORD_DESCRIBED_PUPIL_SOLE);
    static const struct str definite[] = {STR_INIT("the"), STR_INIT("our"), STR_INIT("that")};
    if ((!is_post && !is_player && !is_twin) ||
        !described_is_any(work, first, definite, sizeof definite / sizeof *definite)) {
        return false;
    }
    screen_found(work, SCREEN_PARENT_DESCRIBED, SCREEN_DETAIL_NONE, (uint32_t)first, at, 640,
                 STR("The child is known at the school by this, so the parent is as well."));
    return true;
}

static void parent_at(struct screen_work *work, uint32_t at)
{
    if (parent_of_pupil(work, at) || parent_of_known(work, at) || parent_signs(work, at) ||
        described_is_text(work, (int64_t)at - 1, STR("whose")) ||
        !described_is(work, at, SCREEN_WORD_DESCRIBED_PARENT_ONE)) {
        return;
    }
    struct traits traits = {.last = at};
    uint32_t first = at;
    traits_before(work, at, &traits, &first);
    bool is_definite =
        first != at &&
        described_is_any(work, first,
                         (const struct str[]){STR_INIT("the"), STR_INIT("that"), STR_INIT("this")},
                         3);
    traits_behind(work, at, &traits);
    bool is_private =
        work->channel == SCREEN_CHANNEL_MESSAGE || work->channel == SCREEN_CHANNEL_OFFICIAL;
    bool is_tied = is_private || traits.has_anchor || described_has_school(work, first, first) ||
                   has_class_between(work, first, traits.last, SCREEN_WORD_DESCRIBED_ANCHOR);
    if (!is_definite || traits.points < PARENT_POINTS_MIN || !is_tied) {
        return;
    }
    unsigned confidence = traits.points > PARENT_POINTS_MIN ? 780 : traits.has_work ? 720 : 640;
    if (is_elsewhere(work, first, traits.last) && !is_private) {
        confidence = confidence / 2;
    }
    screen_found(work, SCREEN_PARENT_DESCRIBED, SCREEN_DETAIL_NONE, first, traits.last, confidence,
                 STR("What is told of this parent fits so few that readers at the school will know"
                     " who it is."));
}

/* "the chair of our PTA", "our PTA treasurer" */
static void parent_post_at(struct screen_work *work, uint32_t at)
{
    static const struct str posts[] = {STR_INIT("chair"),      STR_INIT("chairman"),
                                       STR_INIT("chairwoman"), STR_INIT("treasurer"),
                                       STR_INIT("secretary"),  STR_INIT("chairperson")};
    static const struct str reason =
        STR_INIT("One person holds this post among the parents, so no name is needed.");
    if (!described_is_any(work, at, posts, sizeof posts / sizeof *posts)) {
        return;
    }
    bool is_of = described_is_text(work, (int64_t)at + 1, STR("of")) &&
                 described_is_definite(work, (int64_t)at + 2) &&
                 described_is_text(work, (int64_t)at + 3, STR("pta"));
    bool is_behind = described_is_text(work, (int64_t)at - 1, STR("pta"));
    int64_t first = (int64_t)at - (is_behind ? 2 : 1);
    if ((is_of || is_behind) && described_is_definite(work, first)) {
        screen_found(work, SCREEN_PARENT_DESCRIBED, SCREEN_DETAIL_NONE, (uint32_t)first,
                     is_of ? at + 3 : at, 700, reason);
    }
}

void described_family_at(struct screen_work *work, uint32_t at)
{
    if (work->draft->tokens[at].kind != SCREEN_TOKEN_WORD) {
        return;
    }
    pupil_of_year_at(work, at);
    parent_post_at(work, at);
    if (described_is(work, at, SCREEN_WORD_DESCRIBED_PUPIL_SOLE)) {
        pupil_post_at(work, at);
    } else if (described_is(work, at, SCREEN_WORD_DESCRIBED_PUPIL)) {
        pupil_at(work, at);
    }
    if (described_is(work, at, SCREEN_WORD_DESCRIBED_PARENT)) {
        parent_at(work, at);
    }
}

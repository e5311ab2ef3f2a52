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

static bool is_clause_end(const struct screen_work *work, int64_t at)
{
    const struct screen_token *token = described_token(work, at);
    if (token == NULL || (token->flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_LINE))) {
        return true;
    }
    return token->kind == SCREEN_TOKEN_SIGN && token->sign != '\'' && token->sign != '-' &&
           token->sign != 0x2019;
}

/* "in 8A", "Year 9", "9B": the tokens that it takes, 0 for none; *points grows. */
static uint32_t class_read(const struct screen_work *work, int64_t at, int *points)
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
        *points += is_digit ? 2 : plain.at[0] == 'y' ? 1 : 0;
        return is_digit || plain.at[0] == 'y' ? 1 : 0;
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
        if (class_read(work, at, &points) > 0) {
            traits->points += points;
            traits->has_anchor = true;
        } else if (described_is(work, at, SCREEN_WORD_DESCRIBED_LOOK) && looks < 2) {
            traits->points += described_is_text(work, at, STR("only")) ? 2 : 1;
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
    while (end - at < DESCRIBED_BEHIND_MAX && !is_clause_end(work, end)) {
        end++;
    }
    return end;
}

static bool is_with(const struct screen_work *work, int64_t at)
{
    static const struct str owners[] = {STR_INIT("the"),  STR_INIT("a"),    STR_INIT("his"),
                                        STR_INIT("her"),  STR_INIT("an"),   STR_INIT("their"),
                                        STR_INIT("that"), STR_INIT("those")};
    return described_is_text(work, at, STR("with")) &&
           (described_is_any(work, at + 1, owners, sizeof owners / sizeof *owners) ||
            described_is(work, at + 1, SCREEN_WORD_DESCRIBED_CONDITION) ||
            described_is(work, at + 1, SCREEN_WORD_DESCRIBED_LOOK));
}

static void traits_behind(const struct screen_work *work, uint32_t noun, struct traits *traits)
{
    static const struct str relatives[] = {STR_INIT("who"), STR_INIT("whose"), STR_INIT("who's"),
                                           STR_INIT("whos"), STR_INIT("that")};
    bool has_condition = false;
    for (int64_t at = (int64_t)noun + 1; at <= (int64_t)noun + DESCRIBED_BEHIND_MAX; at++) {
        bool is_comma = described_token(work, at) != NULL &&
                        described_token(work, at)->sign == ',' && at == (int64_t)noun + 1;
        if (is_clause_end(work, at) && !is_comma) {
            return;
        }
        int points = 0;
        uint32_t taken = class_read(work, at, &points);
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
        } else if (is_with(work, at)) {
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
        work, noun, (const struct str[]){STR_INIT("twins"), STR_INIT("triplets")}, 2);
    traits.points += is_twin ? 1 : 0;
    bool is_child = described_is(work, noun, SCREEN_WORD_DESCRIBED_PUPIL_CHILD);
    bool is_tied = traits.has_anchor && (is_child || traits.points >= PUPIL_POINTS_MIN + 1);
    int least = is_definite ? PUPIL_POINTS_MIN : PUPIL_POINTS_MIN + 1;
    if (!is_tied || traits.points < least || first == at) {
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
    if (is_second || is_own || !described_is_definite(work, before) ||
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

static void parent_at(struct screen_work *work, uint32_t at)
{
    if (parent_of_pupil(work, at) || parent_signs(work, at) ||
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
    bool is_private = work->channel == SCREEN_CHANNEL_MESSAGE;
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

void described_family_at(struct screen_work *work, uint32_t at)
{
    if (work->draft->tokens[at].kind != SCREEN_TOKEN_WORD) {
        return;
    }
    if (described_is(work, at, SCREEN_WORD_DESCRIBED_PUPIL_SOLE)) {
        pupil_post_at(work, at);
    } else if (described_is(work, at, SCREEN_WORD_DESCRIBED_PUPIL)) {
        pupil_at(work, at);
    }
    if (described_is(work, at, SCREEN_WORD_DESCRIBED_PARENT)) {
        parent_at(work, at);
    }
}

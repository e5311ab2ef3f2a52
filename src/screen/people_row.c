/*
 * screen/people_row.c - other names beside a name.
 *
 * Read first: people_signs_int.h. Start at: people_row_read.
 */
#include "screen/people_signs_int.h"

bool people_is_joint(const struct people *people, int64_t at)
{
    static const struct str joints[] = {STR_INIT("and"), STR_INIT("nor"), STR_INIT("or"),
                                        STR_INIT("n"), STR_INIT("plus")};
    return people_is_sign(people_token(people, at), ',') ||
           people_is_sign(people_token(people, at), '&') ||
           people_is_sign(people_token(people, at), '/') || PEOPLE_IS_ANY(people, at, joints);
}

enum row_name { ROW_NONE, ROW_WORD, ROW_NAME };

/* Whether a first name of the roll stands at `at`: one that is surely a name, or a common word. */
static enum row_name row_name_at(const struct people *people, int64_t at)
{
    const struct screen_token *token = people_token(people, at);
    struct people_name names[PEOPLE_NAMES_MAX];
    if (!people_is_word(token) || people_names_at(people, (uint32_t)at, names) == 0 ||
        !(names[0].hits.uses & NAME_USE_FIRST)) {
        return ROW_NONE;
    }
    if (screen_word_is(token, SCREEN_WORD_PEOPLE_IDIOM)) {
        return ROW_WORD;
    }
    bool is_word = screen_word_is(token, SCREEN_WORD_PEOPLE_WORD);
    bool is_season = screen_word_is(token, SCREEN_WORD_PEOPLE_TIME);
    bool is_shown =
        !is_season && (people->letters == PEOPLE_CASE_MIXED
                           ? people_is_capital(token) && !(token->flags & SCREEN_TOKEN_FIRST)
                           : people->school[token->sentence] > 0);
    return !is_word || is_shown ? ROW_NAME : ROW_WORD;
}

/* The best of the names to one side: `step` is 1 or -1. */
static enum row_name row_look(const struct people *people, int64_t at, int step)
{
    enum row_name best = ROW_NONE;
    for (int names = 0; names < PEOPLE_ROW_MAX; names++) {
        int64_t name = at;
        for (int joints = 0; joints < 2; joints++) { /* ", and" */
            name += people_is_joint(people, name) ? step : 0;
        }
        if (name == at) {
            break;
        }
        enum row_name found = row_name_at(people, name);
        if (found == ROW_NONE && step < 0 && row_name_at(people, name - 1) != ROW_NONE) {
            found = row_name_at(people, --name); /* a surname stands between */
        }
        if (found == ROW_NONE) {
            break;
        }
        best = found > best ? found : best;
        at = name + step;
    }
    return best;
}

/* "Ada Lovelace", "Emily Rose": the name before belongs to it. */
static bool is_after_other_name(const struct people *people, const struct people_mention *mention)
{
    const struct screen_token *first = people_token(people, mention->first);
    const struct screen_token *before = people_token(people, (int64_t)mention->first - 1);
    if (!people_is_word(before) || !people_is_capital(before) ||
        people->letters != PEOPLE_CASE_MIXED ||
        (first->flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_LINE)) ||
        (before->flags & SCREEN_TOKEN_POSSESSIVE)) {
        return false;
    }
    bool is_of_name = mention->form == PEOPLE_SURNAME && !(before->flags & SCREEN_TOKEN_FIRST) &&
                      !screen_word_is(before, SCREEN_WORD_PEOPLE_GREETING);
    return is_of_name || people_is_first_name(people, before) ||
           screen_word_is(before, SCREEN_WORD_PEOPLE_HONOUR);
}

/* "the Iron Dawn": a word with a capital that begins no sentence makes one name with it. */
static bool is_after_capital(const struct people *people, const struct people_mention *mention)
{
    const struct screen_token *first = people_token(people, mention->first);
    const struct screen_token *before = people_token(people, (int64_t)mention->first - 1);
    return people->letters == PEOPLE_CASE_MIXED && people_is_word(before) &&
           people_is_capital(before) && people_is_capital(first) && before->plain_bytes > 1 &&
           !(first->flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_LINE)) &&
           !(before->flags & (SCREEN_TOKEN_FIRST | SCREEN_TOKEN_POSSESSIVE)) &&
           !screen_word_is(before, SCREEN_WORD_PEOPLE_GREETING) &&
           !screen_word_is(before, SCREEN_WORD_PEOPLE_NOT_SURNAME) &&
           row_name_at(people, (int64_t)mention->first - 1) == ROW_NONE;
}

/* "Faith, hope and charity" */
static bool is_virtue_row(const struct people *people, const struct people_mention *mention)
{
    if (!people_is(people_token(people, mention->first), SCREEN_WORD_PEOPLE_VIRTUE)) {
        return false;
    }
    for (int64_t at = (int64_t)mention->first - 4; at <= (int64_t)mention->last + 4; at++) {
        if (people_is_text(people, at, STR("charity"))) {
            return true;
        }
    }
    return false;
}

void people_row_read(const struct people *people, const struct people_mention *mention,
                     struct people_signs *signs)
{
    signs->is_after_other = is_after_other_name(people, mention);
    if (people->index == NULL) {
        return;
    }
    signs->is_after_capital = is_after_capital(people, mention);
    enum row_name left = row_look(people, (int64_t)mention->first - 1, -1);
    enum row_name right = row_look(people, (int64_t)mention->last + 1, 1);
    signs->is_beside_name = left == ROW_NAME || right == ROW_NAME;
    signs->is_beside_word = left == ROW_WORD || right == ROW_WORD;
    signs->is_virtue_row = is_virtue_row(people, mention);
}

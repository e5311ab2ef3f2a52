/*
 * interview/said.c - what was said: kept, made into a question, put into words.
 *
 * Read first: interview.h.
 */
#include "interview/interview.h"

#include "interview/words.h"

#define SAID_FIRST 16u /* room at first; it doubles from there */

struct interview *interview_new(struct arena *arena, const struct pack *pack)
{
    struct interview *interview = ARENA_NEW(arena, struct interview);
    interview->arena = arena;
    interview->pack = pack;
    interview->act = PACK_NONE;
    interview->have = ARENA_ARRAY(arena, struct interview_have, INTERVIEW_HAVE_MAX);
    return interview;
}

/* ---- Kept ------------------------------------------------------------------------------------ */

struct interview_said *interview_said_find(const struct interview *interview, uint32_t fact,
                                           uint32_t person)
{
    for (size_t i = 0; i < interview->said_count; i++)
        if (interview->said[i].fact == fact && interview->said[i].person == person)
            return &interview->said[i];
    return NULL;
}

static void said_grow(struct interview *interview)
{
    size_t room = interview->said_room == 0 ? SAID_FIRST : interview->said_room * 2;
    interview->said = arena_grow(interview->arena, interview->said,
                                 interview->said_room * sizeof interview->said[0],
                                 room * sizeof interview->said[0]);
    interview->said_room = room;
}

bool interview_say(struct interview *interview, const struct interview_said *said)
{
    struct interview_said *at = interview_said_find(interview, said->fact, said->person);
    if (at == NULL && interview->said_count == INTERVIEW_SAID_MAX)
        return false;
    if (at == NULL) {
        if (interview->said_count == interview->said_room)
            said_grow(interview);
        at = &interview->said[interview->said_count++];
    }
    *at = *said;
    return true;
}

void interview_unsay(struct interview *interview, uint32_t fact, uint32_t person)
{
    struct interview_said *at = interview_said_find(interview, fact, person);
    if (at == NULL)
        return;
    interview->said_count--;
    for (; at < interview->said + interview->said_count; at++)
        *at = at[1];
}

bool interview_unsay_last(struct interview *interview)
{
    if (interview->have_count > 0)
        interview->have_count--;
    else if (interview->said_count > 0)
        interview->said_count--;
    else
        return false;
    return true;
}

bool interview_have_add(struct interview *interview, const struct interview_have *have)
{
    if (interview->have_count == INTERVIEW_HAVE_MAX)
        return false;
    interview->have[interview->have_count++] = *have;
    return true;
}

/* ---- A question ------------------------------------------------------------------------------ */

static void give(struct decide_question *question, const struct interview_said *said)
{
    if (said->state != DECIDE_STATE_GIVEN) {
        decide_give_state(question, said->person, said->fact, said->state);
        return;
    }
    if (said->is_none) {
        decide_give_none(question, said->person, said->fact);
        return;
    }
    switch ((enum pack_fact_kind)question->pack->fact[said->fact].kind) {
    case PACK_FACT_ONE_OF:
    case PACK_FACT_SOME_OF:
        decide_give_values(question, said->person, said->fact, said->values, said->value_count,
                           said->open, said->open_count);
        return;
    case PACK_FACT_YES_NO:
        decide_give_yes_no(question, said->person, said->fact, said->yes);
        return;
    case PACK_FACT_NUMBER:
    case PACK_FACT_DATE:
        decide_give_number(question, said->person, said->fact, said->number);
        return;
    case PACK_FACT_KIND_COUNT:
        return;
    }
}

struct decide_question *interview_question(const struct interview *interview,
                                           struct civil_date as_of)
{
    struct decide_question *question =
        decide_question_new(interview->arena, interview->pack, interview->act);
    for (uint32_t i = 0; i < interview->person_count; i++)
        (void)decide_question_add_person(question, interview->labels[i]);
    question->has_people = interview->has_people;
    question->has_as_of = true;
    question->as_of = as_of;
    for (size_t i = 0; i < interview->said_count; i++)
        give(question, &interview->said[i]);
    for (size_t i = 0; i < interview->have_count; i++) {
        const struct interview_have *have = &interview->have[i];
        if (have->is_consent)
            question->people[have->person - 1].consent = have->record.state;
        else
            decide_add_approval(question, &have->record);
    }
    return question;
}

/* ---- Words ----------------------------------------------------------------------------------- */

static struct str value_words(const struct interview *interview, const struct pack_fact *fact,
                              uint32_t value)
{
    if (value >= fact->value_count)
        return STR("something else");
    return pack_text(interview->pack, interview->pack->value[fact->first_value + value].text);
}

static struct str values_words(const struct interview *interview, const struct pack_fact *fact,
                               const struct interview_said *said)
{
    struct text out = {.arena = interview->arena};
    for (size_t i = 0; i < said->value_count; i++)
        text_addf(&out, "%s" STR_FMT, out.len == 0 ? "" : "; ",
                  STR_ARG(value_words(interview, fact, said->values[i])));
    for (size_t i = 0; i < said->open_count; i++)
        text_addf(&out, "%s" STR_FMT " (perhaps)", out.len == 0 ? "" : "; ",
                  STR_ARG(value_words(interview, fact, said->open[i])));
    return out.len == 0 ? STR("none of these") : text_str(&out);
}

struct str interview_said_words(const struct interview *interview,
                                const struct interview_said *said)
{
    const struct pack_fact *fact = &interview->pack->fact[said->fact];
    if (said->state == DECIDE_STATE_UNKNOWN)
        return STR("I do not know");
    if (said->state == DECIDE_STATE_WITHHELD)
        return STR("I would rather not say");
    if (said->is_none)
        return STR("does not apply");
    switch ((enum pack_fact_kind)fact->kind) {
    case PACK_FACT_ONE_OF:
    case PACK_FACT_SOME_OF:
        return values_words(interview, fact, said);
    case PACK_FACT_YES_NO:
        return said->yes ? STR("yes") : STR("no");
    case PACK_FACT_NUMBER:
        return str_trim(str_format(interview->arena, "%lld " STR_FMT, (long long)said->number,
                                   STR_ARG(pack_text(interview->pack, fact->unit))));
    case PACK_FACT_DATE:
        return civil_date_format(interview->arena, (struct civil_date){(int32_t)said->number});
    case PACK_FACT_KIND_COUNT:
        break;
    }
    return (struct str){0};
}

struct str interview_person_words(const struct interview *interview, uint32_t person)
{
    bool is_named = person >= 1 && person <= interview->person_count &&
                    !str_is_empty(interview->labels[person - 1]);
    return is_named ? interview->labels[person - 1]
                    : str_format(interview->arena, "person %u", person);
}

struct str interview_have_words(const struct interview *interview,
                                const struct interview_have *have)
{
    struct arena *arena = interview->arena;
    const struct decide_approval *record = &have->record;
    struct str who = STR("approval");
    if (have->is_consent)
        who = STR("agreement of the person concerned");
    else if (record->role != PACK_NONE)
        who = str_format(
            arena, "approval by " STR_FMT,
            STR_ARG(pack_text(interview->pack, interview->pack->role[record->role].text)));
    return str_format(arena, STR_FMT ": " STR_FMT, STR_ARG(words_capital(arena, who)),
                      STR_ARG(pack_approval_state_name(record->state)));
}

/* "Something else" and "none of these" say nothing in a summary. */
static bool is_worth_saying(const struct interview *interview, const struct interview_said *said)
{
    const struct pack_fact *fact = &interview->pack->fact[said->fact];
    if (said->state != DECIDE_STATE_GIVEN)
        return true;
    if (fact->kind == PACK_FACT_ONE_OF)
        return said->value_count == 1 && said->values[0] < fact->value_count;
    if (fact->kind == PACK_FACT_SOME_OF)
        return said->value_count + said->open_count != 0;
    return !said->is_none;
}

/* "About my niece. " where there are several people. */
static struct str about(const struct interview *interview, uint32_t person)
{
    if (person == 0 || interview->person_count < 2)
        return (struct str){0};
    return str_format(interview->arena, "About " STR_FMT ". ",
                      STR_ARG(interview_person_words(interview, person)));
}

struct str interview_words(const struct interview *interview)
{
    struct text out = {.arena = interview->arena};
    for (uint32_t person = 0; person <= interview->person_count; person++) {
        struct str whom = about(interview, person);
        for (size_t i = 0; i < interview->said_count; i++) {
            const struct interview_said *said = &interview->said[i];
            if (said->person != person || !is_worth_saying(interview, said))
                continue;
            struct str label =
                words_capital(interview->arena,
                              pack_text(interview->pack, interview->pack->fact[said->fact].label));
            text_addf(&out, "%s" STR_FMT STR_FMT ": " STR_FMT ".", out.len == 0 ? "" : " ",
                      STR_ARG(whom), STR_ARG(label),
                      STR_ARG(interview_said_words(interview, said)));
            whom = (struct str){0};
        }
    }
    for (size_t i = 0; i < interview->have_count; i++)
        text_addf(&out, "%s" STR_FMT ".", out.len == 0 ? "" : " ",
                  STR_ARG(interview_have_words(interview, &interview->have[i])));
    return text_str(&out);
}

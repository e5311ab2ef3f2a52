/*
 * interview/turn.c - one turn of the interview on pages: a form comes in, what to show comes out.
 *
 * Read first: interview.h. Start at interview_turn(): the state is read without what the page
 * asked, the button says what to do, the answer to what was asked is taken or found wrong, and then
 * the first thing that is still open is what is shown.
 *
 * What must hold: no form leads nowhere. What contradicts itself is asked again; a link of an older
 * version loses what is not understood any more, and says how much.
 */
#include "interview/interview.h"

#include "interview/words.h"

#define YEAR_MIN 1900

struct taking {
    struct interview_turn *turn;
    struct interview *interview;
    const struct form *form;
    struct str asked, go;
    uint32_t fact, person; /* of asked; fact PACK_NONE: it was no fact */
    bool is_presumed;      /* what is to be changed was not said */
};

static void problem(struct taking *taking, struct str field, struct str message)
{
    taking->turn->problem = (struct interview_problem){field, message};
}

/* ---- The state, without what was asked ------------------------------------------------------- */

static bool is_asked(const struct taking *taking, struct str name)
{
    if (str_equal(taking->asked, STR("act")) || str_equal(taking->asked, STR("people")))
        return str_equal(name, taking->asked);
    if (str_equal(taking->asked, STR("names")))
        return str_starts(name, STR("label."));
    if (!str_starts(taking->asked, STR("f.")) || !str_starts(name, taking->asked))
        return false;
    struct str part = str_slice(name, taking->asked.len, name.len);
    return str_is_empty(part) || str_equal(part, STR(".day")) || str_equal(part, STR(".month")) ||
           str_equal(part, STR(".year"));
}

/* A form is left as it was said; only the answer to what was asked is looked at anew. */
static struct form state_fields(struct arena *arena, const struct taking *taking)
{
    struct form state = {.fields = ARENA_ARRAY(arena, struct form_field, taking->form->count + 1)};
    for (size_t i = 0; i < taking->form->count; i++)
        if (!is_asked(taking, taking->form->fields[i].name))
            state.fields[state.count++] = taking->form->fields[i];
    return state;
}

/* ---- What was asked -------------------------------------------------------------------------- */

static void act_take(struct taking *taking)
{
    struct str name = form_value(taking->form, STR("act"));
    taking->interview->act = pack_act_find(taking->interview->pack, name);
    if (taking->interview->act != PACK_NONE)
        return;
    if (!str_is_empty(str_trim(taking->turn->find)))
        taking->turn->has_searched = true;
    else
        problem(taking, STR("act"), STR("Choose what you want to do"));
}

static void people_take(struct taking *taking)
{
    struct str value = str_trim(form_value(taking->form, STR("people")));
    int64_t number = 1;
    bool is_number = str_is_empty(value) || str_to_int(value, &number);
    if (!is_number || number < 0 || number > (int64_t)DECIDE_PEOPLE_MAX) {
        problem(taking, STR("people"),
                str_format(taking->interview->arena, "Enter a whole number from 0 to %u",
                           DECIDE_PEOPLE_MAX));
        return;
    }
    taking->interview->has_people = true;
    taking->interview->person_count = (uint32_t)number;
}

static void names_take(struct taking *taking)
{
    struct interview *interview = taking->interview;
    for (uint32_t i = 0; i < interview->person_count; i++) {
        struct str field = str_format(interview->arena, "label.%u", i + 1);
        struct str label = str_trim(form_value(taking->form, field));
        if (label.len > INTERVIEW_LABEL_BYTES_MAX) {
            problem(taking, field, STR("Use a few words, such as: my niece"));
            return;
        }
        interview->labels[i] = label;
    }
    interview->is_named = true;
}

/* The day of three fields, as 2026-09-01, where it is none at all 0000-00-00. Without them what the
 * field itself says, as a link does. */
static struct str day_value(const struct taking *taking)
{
    static const char *const parts[] = {"year", "month", "day"};
    struct arena *arena = taking->interview->arena;
    int64_t numbers[3] = {0};
    bool is_empty = true;
    for (int i = 0; i < 3; i++) {
        struct str name = str_format(arena, STR_FMT ".%s", STR_ARG(taking->asked), parts[i]);
        struct str value = str_trim(form_value(taking->form, name));
        is_empty = is_empty && str_is_empty(value);
        if (!str_to_int(value, &numbers[i]) || numbers[i] < 0 || numbers[i] > 9999)
            numbers[i] = 0;
    }
    if (numbers[0] < YEAR_MIN) /* "26" is no year */
        numbers[0] = 0;
    if (is_empty)
        return form_value(taking->form, taking->asked);
    return str_format(arena, "%04d-%02d-%02d", (int)numbers[0], (int)numbers[1], (int)numbers[2]);
}

static struct str nothing_said(enum pack_fact_kind kind)
{
    switch (kind) {
    case PACK_FACT_ONE_OF:
        return STR("Choose one answer, or \"I don't know\"");
    case PACK_FACT_YES_NO:
        return STR("Choose yes or no, or \"I don't know\"");
    case PACK_FACT_NUMBER:
        return STR("Enter a number, or choose \"I don't know\"");
    case PACK_FACT_DATE:
        return STR("Enter a date, or choose \"I don't know\"");
    case PACK_FACT_SOME_OF:
    case PACK_FACT_KIND_COUNT:
        break;
    }
    return STR("Choose an answer");
}

/* The answer to a fact in the fields of the form; a message when there is none or it is wrong. */
static struct str values_take(struct taking *taking, struct interview_said *said)
{
    const struct pack *pack = taking->interview->pack;
    enum pack_fact_kind kind = (enum pack_fact_kind)pack->fact[taking->fact].kind;
    struct arena *arena = taking->interview->arena;
    size_t count = 0;
    if (kind == PACK_FACT_DATE || kind == PACK_FACT_NUMBER) {
        struct str value =
            kind == PACK_FACT_DATE ? day_value(taking) : form_value(taking->form, taking->asked);
        value = str_trim(value);
        if (str_is_empty(value))
            return nothing_said(kind);
        return str_from(interview_value_take(arena, pack, value, said));
    }
    for (size_t i = 0; i < taking->form->count; i++) {
        const struct form_field *field = &taking->form->fields[i];
        if (!str_equal(field->name, taking->asked))
            continue;
        const char *wrong = interview_value_take(arena, pack, field->value, said);
        if (wrong != NULL)
            return str_from(wrong);
        count++;
    }
    return count == 0 && kind != PACK_FACT_SOME_OF ? nothing_said(kind) : (struct str){0};
}

/*
 * An answer that is changed keeps its place among the others. `was` says the place, from 1, beside
 * the answer itself: "f.other=pupil&place=2".
 */
static void place_put(struct taking *taking)
{
    struct interview *interview = taking->interview;
    struct form was;
    int64_t place = 0;
    uint32_t fact = PACK_NONE, person = 0;
    if (form_read(interview->arena, form_value(taking->form, STR("was")), &was) != NULL ||
        was.count == 0 || !str_to_int(form_value(&was, STR("place")), &place) || place < 1 ||
        !interview_field_find(interview->pack, was.fields[0].name, &fact, &person))
        return;
    struct interview_said *at = interview_said_find(interview, fact, person);
    if (at == NULL)
        return;
    struct interview_said moved = *at;
    for (; at - interview->said >= place; at--)
        *at = at[-1];
    *at = moved;
}

static void fact_take(struct taking *taking)
{
    struct interview_said said = {
        .fact = taking->fact, .person = taking->person, .state = DECIDE_STATE_GIVEN};
    struct str wrong = {0};
    if (str_equal(taking->go, STR("unknown")))
        said.state = DECIDE_STATE_UNKNOWN;
    else if (str_equal(taking->go, STR("withheld")))
        said.state = DECIDE_STATE_WITHHELD;
    else
        wrong = values_take(taking, &said);
    if (!str_is_empty(wrong))
        problem(taking, taking->asked, wrong);
    else if (!interview_say(taking->interview, &said))
        problem(taking, taking->asked, STR("That is more than can be kept in mind: start again"));
    else
        place_put(taking);
}

/* A field of an approval that the person says they have: "h1.state". */
static struct str had(const struct taking *taking, struct str id, const char *part)
{
    struct arena *arena = taking->interview->arena;
    return form_value(taking->form, str_format(arena, STR_FMT ".%s", STR_ARG(id), part));
}

/* "have h1": I already have this approval. */
static void have_take(struct taking *taking)
{
    struct interview *interview = taking->interview;
    struct str id = str_slice(taking->go, STR("have ").len, taking->go.len);
    struct str who = had(taking, id, "who");
    struct str value = str_format(
        interview->arena, STR_FMT " " STR_FMT " " STR_FMT " -%s%s",
        STR_ARG(had(taking, id, "clause")), STR_ARG(str_is_empty(who) ? STR("-") : who),
        STR_ARG(had(taking, id, "state")), str_is_empty(had(taking, id, "reason")) ? "" : "reason",
        str_is_empty(had(taking, id, "writing")) ? "" : "writing");
    if (!interview_have_read(interview, value))
        problem(taking, STR("verdict"), STR("Choose who it was and what they said"));
}

static void asked_take(struct taking *taking)
{
    if (str_equal(taking->asked, STR("act")))
        act_take(taking);
    else if (str_equal(taking->asked, STR("people")))
        people_take(taking);
    else if (str_equal(taking->asked, STR("names")))
        names_take(taking);
    else if (taking->fact != PACK_NONE)
        fact_take(taking);
}

/* ---- Buttons --------------------------------------------------------------------------------- */

/* Takes back the last thing that was said. */
static void take_back(struct interview *interview)
{
    if (interview_unsay_last(interview))
        return;
    if (interview->is_named)
        interview->is_named = false;
    else if (interview->has_people)
        interview->has_people = false;
    else
        interview->act = PACK_NONE;
    if (!interview->has_people)
        interview->person_count = 0;
}

static void start_again(struct interview *interview)
{
    interview->act = PACK_NONE;
    interview->has_people = interview->is_named = false;
    interview->person_count = 0;
    interview->said_count = interview->have_count = 0;
}

/* One thing that was said and its place, as form text. */
static struct str said_text(const struct interview *interview, const struct interview_said *said)
{
    struct interview *one = interview_new(interview->arena, interview->pack);
    (void)interview_say(one, said);
    return str_format(interview->arena, STR_FMT "&place=%zu", STR_ARG(interview_form_text(one)),
                      (size_t)(said - interview->said) + 1);
}

/* Back from changing an answer: it stays as it was. */
static void keep(struct taking *taking)
{
    struct interview *interview = taking->interview;
    struct form was;
    if (form_read(interview->arena, form_value(taking->form, STR("was")), &was) == NULL)
        taking->turn->lost += interview_take(interview, &was);
    place_put(taking);
}

/* "change f.other": asks a fact anew that was answered, or one that was taken for granted. */
static void change(struct taking *taking)
{
    struct interview_turn *turn = taking->turn;
    struct str field = str_slice(taking->go, STR("change ").len, taking->go.len);
    uint32_t fact = PACK_NONE, person = 0;
    if (form_has(taking->form, STR("was")))
        keep(taking);
    if (!interview_field_find(taking->interview->pack, field, &fact, &person))
        return;
    const struct interview_said *said = interview_said_find(taking->interview, fact, person);
    if (taking->interview->act == PACK_NONE || person > taking->interview->person_count)
        return;
    turn->is_change = true;
    turn->next = (struct decide_next){.fact = fact, .person = person};
    turn->before = (struct interview_said){.fact = fact, .person = person};
    turn->was = STR("place=0"); /* for "back": nothing was said, and nothing is put back */
    taking->is_presumed = said == NULL;
    if (said == NULL)
        return;
    turn->before = *said;
    turn->was = said_text(taking->interview, said);
    interview_unsay(taking->interview, fact, person);
}

static void go(struct taking *taking)
{
    if (str_equal(taking->go, STR("back"))) {
        if (form_has(taking->form, STR("was")))
            keep(taking);
        else
            take_back(taking->interview);
    } else if (str_equal(taking->go, STR("restart"))) {
        start_again(taking->interview);
    } else if (str_equal(taking->go, STR("find"))) {
        start_again(taking->interview);
        taking->turn->has_searched = !str_is_empty(str_trim(taking->turn->find));
    } else if (str_starts(taking->go, STR("change "))) {
        change(taking);
    } else if (str_starts(taking->go, STR("have "))) {
        have_take(taking);
    } else {
        asked_take(taking);
    }
}

/* ---- What to show ---------------------------------------------------------------------------- */

/* The answer so far. What contradicts the rest is taken back, and asked again where it can be. */
static void decide(struct taking *taking, struct civil_date as_of)
{
    struct interview *interview = taking->interview;
    struct interview_turn *turn = taking->turn;
    while (turn->answer == NULL) {
        struct diag_list diags = diag_list_new(interview->arena);
        turn->answer =
            decide_answer(interview->arena, interview_question(interview, as_of), &diags);
        if (turn->answer != NULL)
            break;
        bool was_asked = taking->fact != PACK_NONE &&
                         interview_said_find(interview, taking->fact, taking->person) != NULL;
        if (was_asked) {
            interview_unsay(interview, taking->fact, taking->person);
            problem(taking, taking->asked,
                    diags.count == 0 ? STR("That does not fit your other answers")
                                     : words_sentence(interview->arena, diags.items[0].message));
        } else if (interview_unsay_last(interview)) {
            turn->lost++;
        } else {
            turn->lost++;
            start_again(interview);
            return;
        }
    }
}

static bool asks_other(const struct interview *interview)
{
    return (interview->pack->act[interview->act].flags & PACK_ACT_ASKS_OTHER) != 0;
}

/* Of what was not said only that can be changed which the answer takes for granted. */
static void presumed_check(struct taking *taking)
{
    struct interview_turn *turn = taking->turn;
    bool is_granted = false;
    for (size_t i = 0; i < turn->answer->presumed_count; i++) {
        const struct decide_presumed *presumed = &turn->answer->presumed[i];
        is_granted |= presumed->fact == turn->next.fact && presumed->person == turn->next.person;
    }
    if (taking->is_presumed && !is_granted) {
        turn->is_change = false;
        turn->was = (struct str){0};
    }
}

static void stage_find(struct taking *taking, struct civil_date as_of)
{
    struct interview *interview = taking->interview;
    struct interview_turn *turn = taking->turn;
    if (interview->act == PACK_NONE) {
        turn->stage = INTERVIEW_STAGE_ACT;
    } else if (asks_other(interview) && !interview->has_people) {
        turn->stage = INTERVIEW_STAGE_PEOPLE;
    } else if (interview->person_count > 1 && !interview->is_named) {
        turn->stage = INTERVIEW_STAGE_NAMES;
    } else {
        decide(taking, as_of);
        if (turn->answer == NULL) {
            turn->stage = INTERVIEW_STAGE_ACT;
            return;
        }
        presumed_check(taking);
        bool is_wrong = !str_is_empty(turn->problem.message) && taking->fact != PACK_NONE;
        if (is_wrong) {
            turn->next = (struct decide_next){.fact = taking->fact, .person = taking->person};
            turn->was = form_value(taking->form, STR("was"));
        } else if (!turn->is_change) {
            turn->next = turn->answer->next;
        }
        turn->stage = turn->next.fact == PACK_NONE ? INTERVIEW_STAGE_ANSWER : INTERVIEW_STAGE_FACT;
    }
}

/* The choices that can matter, of the fact that is asked, where it is the one that decide asks. */
static void choices_find(struct interview_turn *turn)
{
    if (turn->stage == INTERVIEW_STAGE_FACT && turn->answer->next.fact == turn->next.fact &&
        turn->answer->next.person == turn->next.person)
        turn->next = turn->answer->next;
}

struct interview_turn *interview_turn(struct arena *arena, const struct pack *pack,
                                      const struct form *form, struct civil_date as_of)
{
    struct interview_turn *turn = ARENA_NEW(arena, struct interview_turn);
    struct taking taking = {.turn = turn,
                            .form = form,
                            .asked = form_value(form, STR("asked")),
                            .go = form_value(form, STR("go")),
                            .fact = PACK_NONE};
    if (!interview_field_find(pack, taking.asked, &taking.fact, &taking.person))
        taking.fact = PACK_NONE;
    struct form state = state_fields(arena, &taking);
    turn->posted = form;
    turn->next.fact = PACK_NONE;
    turn->find = form_value(form, STR("find"));
    turn->interview = taking.interview = interview_new(arena, pack);
    turn->lost = interview_take(taking.interview, &state);
    if (taking.person > taking.interview->person_count) /* a link, or people were changed */
        taking.fact = PACK_NONE;
    go(&taking);
    if (turn->has_searched)
        interview_search(arena, pack, turn->find, &turn->found);
    stage_find(&taking, as_of);
    choices_find(turn);
    return turn;
}

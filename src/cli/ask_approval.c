/*
 * cli/ask_approval.c - "I already have this approval": which one, who gave it, and how.
 *
 * Read first: ask_int.h. What is said here is taken on trust, like every other answer; whoever
 * decides in earnest looks into the school's register.
 */
#include "cli/ask_int.h"

#include "interview/words.h"

/* A number from 1 to `count`. ASK_STEP_ON: *out is set, from 0. */
static enum ask_step ask_number(struct ask *ask, size_t count, size_t *out)
{
    for (;;) {
        struct str line;
        if (!ask_input_line(ask, "Number> ", &line)) {
            return ASK_STEP_ENDED;
        }
        int64_t number;
        if (str_to_int(line, &number) && number >= 1 && number <= (int64_t)count) {
            *out = (size_t)number - 1;
            return ASK_STEP_ON;
        }
        enum ask_step step = ask_input_command(line);
        if (step != ASK_STEP_STAY) {
            return step;
        }
        ask_show(ask, str_format(ask->arena, "Please type a number from 1 to %zu, or b to go back.",
                                 count));
    }
}

static enum ask_step ask_yes(struct ask *ask, bool *out)
{
    for (;;) {
        struct str line;
        if (!ask_input_line(ask, "y or n> ", &line)) {
            return ASK_STEP_ENDED;
        }
        line = ask_lower(ask->arena, line);
        *out = str_equal(line, STR("y")) || str_equal(line, STR("yes"));
        if (*out || str_equal(line, STR("n")) || str_equal(line, STR("no"))) {
            return ASK_STEP_ON;
        }
        enum ask_step step = ask_input_command(line);
        if (step != ASK_STEP_STAY) {
            return step;
        }
        ask_show(ask, STR("Please type y for yes or n for no."));
    }
}

static enum ask_step ask_state(struct ask *ask, enum pack_approval_state *out)
{
    static const struct {
        struct str words;
        enum pack_approval_state state;
    } states[] = {
        {STR_INIT("Yes, they agreed"), PACK_APPROVAL_GRANTED},
        {STR_INIT("I have asked and am waiting"), PACK_APPROVAL_ASKED},
        {STR_INIT("No, they said no"), PACK_APPROVAL_REFUSED},
        {STR_INIT("They agreed, and took it back later"), PACK_APPROVAL_WITHDRAWN},
    };
    size_t count = sizeof states / sizeof states[0];
    ask_line(ask);
    ask_show_strong(ask, STR("What did they say?"));
    for (size_t i = 0; i < count; i++) {
        ask_show_choice(ask, i + 1, states[i].words, (struct str){0});
    }
    size_t chosen = 0;
    enum ask_step step = ask_number(ask, count, &chosen);
    *out = states[chosen].state;
    return step;
}

static enum ask_step ask_role(struct ask *ask, const struct pack_approval *approval,
                              struct decide_approval *record)
{
    const struct pack *pack = ask->pack;
    record->role = PACK_NONE;
    if (approval->roles.count == 0) {
        return ASK_STEP_ON;
    }
    size_t chosen = 0;
    enum ask_step step = ASK_STEP_ON;
    if (approval->roles.count > 1) {
        ask_show_strong(ask, STR("Who was it?"));
        for (uint32_t i = 0; i < approval->roles.count; i++) {
            uint32_t role = pack->list[approval->roles.first + i];
            ask_show_choice(ask, i + 1, pack_text(pack, pack->role[role].text), (struct str){0});
        }
        step = ask_number(ask, approval->roles.count, &chosen);
    }
    record->role = pack->list[approval->roles.first + chosen];
    return step;
}

static enum ask_step ask_qualities(struct ask *ask, const struct pack_approval *approval,
                                   struct decide_approval *record)
{
    enum ask_step step = ASK_STEP_ON;
    if (approval->flags & PACK_APPROVAL_WITH_REASON) {
        ask_line(ask);
        ask_show_strong(ask, STR("Is the reason recorded?"));
        step = ask_yes(ask, &record->has_reason);
    }
    if (step == ASK_STEP_ON && (approval->flags & PACK_APPROVAL_IN_WRITING)) {
        ask_line(ask);
        ask_show_strong(ask, STR("Do you have it in writing?"));
        step = ask_yes(ask, &record->in_writing);
    }
    return step;
}

static enum ask_step ask_keep(struct ask *ask, const struct interview_have *have)
{
    if (!interview_have_add(ask->interview, have)) {
        ask_show(ask, STR("That is more than I can keep in mind. Please start again with r."));
        return ASK_STEP_STAY;
    }
    return ASK_STEP_ON;
}

static enum ask_step ask_consent(struct ask *ask, uint32_t for_people)
{
    const struct interview *interview = ask->interview;
    for (uint32_t person = 1; person <= interview->person_count; person++) {
        if (!(for_people >> (person - 1) & 1u)) {
            continue;
        }
        struct interview_have have = {.is_consent = true, .person = person};
        if (interview->person_count > 1) {
            struct str whom = interview_person_words(interview, person);
            ask_show_strong(ask, words_capital(ask->arena, whom));
        }
        enum ask_step step = ask_state(ask, &have.record.state);
        if (step == ASK_STEP_ON) {
            step = ask_keep(ask, &have);
        }
        if (step != ASK_STEP_ON) {
            return step;
        }
    }
    return ASK_STEP_ON;
}

static enum ask_step ask_record(struct ask *ask, const struct pack_approval *approval)
{
    struct interview_have have = {.record = {.clause = approval->clause}};
    enum ask_step step = ask_role(ask, approval, &have.record);
    if (step == ASK_STEP_ON) {
        step = ask_state(ask, &have.record.state);
    }
    if (step == ASK_STEP_ON && have.record.state == PACK_APPROVAL_GRANTED) {
        step = ask_qualities(ask, approval, &have.record);
    }
    return step == ASK_STEP_ON ? ask_keep(ask, &have) : step;
}

enum ask_step ask_approval(struct ask *ask, const struct decide_answer *answer)
{
    size_t chosen = 0;
    ask_line(ask);
    if (answer->needed_count > 1) {
        ask_show_strong(ask, STR("Which one?"));
        for (size_t i = 0; i < answer->needed_count; i++) {
            const struct pack_approval *one = &ask->pack->approval[answer->needed[i].approval];
            struct str words = words_approval(ask->arena, ask->pack, one);
            struct str where = words_clause(ask->arena, ask->pack, one->clause);
            ask_show_choice(ask, i + 1,
                            str_format(ask->arena, STR_FMT " [" STR_FMT "]",
                                       STR_ARG(words_capital(ask->arena, words)), STR_ARG(where)),
                            (struct str){0});
        }
        enum ask_step step = ask_number(ask, answer->needed_count, &chosen);
        if (step != ASK_STEP_ON) {
            return step;
        }
    }
    const struct decide_needed *needed = &answer->needed[chosen];
    const struct pack_approval *approval = &ask->pack->approval[needed->approval];
    if (approval->flags & PACK_APPROVAL_CONSENT) {
        return ask_consent(ask, needed->for_people);
    }
    return ask_record(ask, approval);
}

/*
 * cli/ask_choose.c - which policy, what the person wants to do, and how many people it concerns.
 *
 * Read first: ask_int.h. Acts are shown by their first group, and found by words.
 */
#include "cli/ask_int.h"

#include "interview/words.h"

/* ---- The policy ------------------------------------------------------------------------------ */

static void ask_take_pack(struct ask *ask, const struct shelf_pack *one)
{
    ask->one = one;
    ask->pack = &one->pack;
    ask->interview = interview_new(ask->arena, ask->pack);
}

enum ask_step ask_choose_pack(struct ask *ask)
{
    const struct shelf_pack *offered[SHELF_PACKS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < ask->shelf->count; i++) {
        if (ask->shelf->at[i].document->kind != POLICY_KIND_LAW || ask->shelf->count == 1) {
            offered[count++] = &ask->shelf->at[i];
        }
    }
    if (count == 1) {
        ask_take_pack(ask, offered[0]);
        return ASK_STEP_ON;
    }
    ask_show_strong(ask, STR("Which policy is yours?"));
    ask_show(ask, STR("Type its number. Then I ask what you want to do; q leaves at any time."));
    for (size_t i = 0; i < count; i++) {
        ask_show_choice(ask, i + 1, offered[i]->document->title, (struct str){0});
    }
    for (;;) {
        struct str line;
        if (!ask_input_line(ask, "Number> ", &line)) {
            return ASK_STEP_ENDED;
        }
        if (str_equal(line, STR("q"))) {
            return ASK_STEP_QUIT;
        }
        int64_t number = 0;
        bool is_number = str_to_int(line, &number) && number >= 1 && number <= (int64_t)count;
        for (size_t i = 0; i < count; i++) {
            if (str_equal(offered[i]->document->name, line)) {
                number = (int64_t)i + 1;
                is_number = true;
            }
        }
        if (is_number) {
            ask_take_pack(ask, offered[number - 1]);
            return ASK_STEP_ON;
        }
        ask_show(ask, str_format(ask->arena, "Please type a number from 1 to %zu, or q to leave.",
                                 count));
    }
}

/* ---- The act --------------------------------------------------------------------------------- */

/* "post, comment, share": what a group holds, by name. */
static struct str ask_group_acts(struct ask *ask, struct str group)
{
    struct interview_found found;
    struct text out = {.arena = ask->arena};
    interview_group_acts(ask->pack, group, &found);
    for (size_t i = 0; i < found.count; i++) {
        struct str name = pack_text(ask->pack, ask->pack->act[found.acts[i]].name);
        text_addf(&out, "%s" STR_FMT, out.len > 0 ? ", " : "",
                  STR_ARG(words_of_name(ask->arena, name)));
    }
    return text_str(&out);
}

static void ask_show_groups(struct ask *ask, const struct interview_groups *groups)
{
    ask_show_strong(ask, STR("What do you want to do?"));
    ask_show(ask, STR("Type a few words, such as: accept a friend request. Or type a number to see "
                      "more."));
    for (size_t g = 0; g < groups->count; g++) {
        struct str acts = ask_group_acts(ask, groups->names[g]);
        ask_show_choice(ask, g + 1, words_capital(ask->arena, acts), (struct str){0});
    }
}

static void ask_show_found(struct ask *ask, const struct interview_found *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct pack_act *act = &ask->pack->act[found->acts[i]];
        ask_show_choice(ask, i + 1, words_capital(ask->arena, pack_text(ask->pack, act->text)),
                        pack_text(ask->pack, act->example));
    }
}

/* A choice among a few acts; a line that is no number is a new search. */
static enum ask_step ask_choose_found(struct ask *ask, struct interview_found *found)
{
    for (;;) {
        if (found->count == 0) {
            ask_show(ask, STR("Nothing fits these words. Try others, such as: post, friend, phone, "
                              "photo; or b for the list."));
        } else {
            ask_show_strong(ask, STR("Which of these is it?"));
            ask_show_found(ask, found);
        }
        struct str line;
        if (!ask_input_line(ask, "Number or words> ", &line)) {
            return ASK_STEP_ENDED;
        }
        enum ask_step step = ask_input_command(line);
        if (step != ASK_STEP_STAY) {
            return step;
        }
        int64_t number;
        if (str_to_int(line, &number)) {
            if (number >= 1 && number <= (int64_t)found->count) {
                ask->interview->act = found->acts[number - 1];
                return ASK_STEP_ON;
            }
            ask_show(ask, STR("That number is not in the list."));
        } else if (!str_is_empty(line)) {
            interview_search(ask->arena, ask->pack, line, found);
        }
    }
}

enum ask_step ask_choose_act(struct ask *ask)
{
    struct interview_groups groups;
    interview_groups(ask->pack, &groups);
    for (;;) {
        ask_line(ask);
        ask_show_groups(ask, &groups);
        struct str line;
        if (!ask_input_line(ask, "Words or number> ", &line)) {
            return ASK_STEP_ENDED;
        }
        enum ask_step step = ask_input_command(line);
        if (step == ASK_STEP_BACK || step == ASK_STEP_RESTART || step == ASK_STEP_QUIT) {
            return step;
        }
        struct interview_found found = {0};
        int64_t number;
        if (str_to_int(line, &number)) {
            if (number < 1 || number > (int64_t)groups.count) {
                ask_show(ask, STR("That number is not in the list."));
                continue;
            }
            interview_group_acts(ask->pack, groups.names[number - 1], &found);
        } else if (str_is_empty(line)) {
            continue;
        } else {
            interview_search(ask->arena, ask->pack, line, &found);
        }
        step = ask_choose_found(ask, &found);
        if (step != ASK_STEP_BACK && step != ASK_STEP_CHANGE) {
            return step;
        }
    }
}

/* ---- People ---------------------------------------------------------------------------------- */

static enum ask_step ask_name_people(struct ask *ask)
{
    ask_show(ask,
             STR("Each of them is judged apart. What shall I call them? A word is enough, such "
                 "as: my niece. No full names are needed."));
    for (uint32_t i = 0; i < ask->interview->person_count; i++) {
        struct str prompt = str_format(ask->arena, "Person %u> ", i + 1);
        struct str line;
        if (!ask_input_line(ask, str_cstr(ask->arena, prompt), &line)) {
            return ASK_STEP_ENDED;
        }
        enum ask_step step = ask_input_command(line);
        if (step == ASK_STEP_BACK || step == ASK_STEP_RESTART || step == ASK_STEP_QUIT) {
            return step;
        }
        ask->interview->labels[i] = line;
    }
    ask->interview->is_named = true;
    return ASK_STEP_ON;
}

enum ask_step ask_choose_people(struct ask *ask)
{
    struct interview *interview = ask->interview;
    interview->has_people = interview->is_named = false;
    interview->person_count = 0;
    for (uint32_t i = 0; i < DECIDE_PEOPLE_MAX; i++) {
        interview->labels[i] = (struct str){0};
    }
    if (!(ask->pack->act[interview->act].flags & PACK_ACT_ASKS_OTHER)) {
        return ASK_STEP_ON;
    }
    ask_line(ask);
    ask_show_strong(ask, STR("How many other people does it concern?"));
    ask_show(ask, STR("Press Enter for one. Type 0 if it concerns nobody in particular."));
    for (;;) {
        struct str line;
        if (!ask_input_line(ask, "People> ", &line)) {
            return ASK_STEP_ENDED;
        }
        enum ask_step step = ask_input_command(line);
        if (step == ASK_STEP_BACK || step == ASK_STEP_RESTART || step == ASK_STEP_QUIT) {
            return step;
        }
        int64_t number = 1;
        bool is_number = str_is_empty(line) || str_to_int(line, &number);
        if (is_number && number >= 0 && number <= (int64_t)DECIDE_PEOPLE_MAX) {
            interview->has_people = true;
            interview->person_count = (uint32_t)number;
            return number > 1 ? ask_name_people(ask) : ASK_STEP_ON;
        }
        ask_show(ask, str_format(ask->arena, "Please type a number from 0 to %u, or press Enter.",
                                 DECIDE_PEOPLE_MAX));
    }
}

/*
 * cli/ask_choose.c - which policy, what the person wants to do, and how many people it concerns.
 *
 * Read first: ask_int.h. Acts are shown by their first group, and found by words of their
 * description, their examples, their name and their groups; start at ask_search().
 */
#include "cli/ask_int.h"

#include "interview/words.h"

#define ASK_GROUPS_MAX 64
#define ASK_FOUND_MAX 32 /* of one group */
#define ASK_SEARCH_MAX 9 /* of a search: more would not be read */
#define ASK_WORDS_MAX 16

/* Letters that two words must share at the beginning to count as forms of one word. */
#define ASK_STEM_LETTERS 5

/* What a word is worth for an act, by where it stands. */
#define ASK_WORTH_TEXT 4
#define ASK_WORTH_EXAMPLE 2
#define ASK_WORTH_GROUP 1

/* On top, when it is what the act begins with ("post", "like"): for the first word that was typed,
 * which mostly says what somebody wants to do, and for any other. */
#define ASK_WORTH_VERB_FIRST 16
#define ASK_WORTH_VERB 8

/* A word counts three times when so few acts have it, and twice when this many do. */
#define ASK_RARE_ACTS 3
#define ASK_SELDOM_ACTS 8

/* What has less than this part of the best score is left out. */
#define ASK_SCORE_PART 3

/* ---- The policy ------------------------------------------------------------------------------ */

enum ask_step ask_choose_pack(struct ask *ask)
{
    const struct packs_one *offered[PACKS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < ask->packs->count; i++) {
        if (ask->packs->at[i].document->kind != POLICY_KIND_LAW || ask->packs->count == 1) {
            offered[count++] = &ask->packs->at[i];
        }
    }
    if (count == 1) {
        ask->one = offered[0];
        ask->pack = &ask->one->pack;
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
            ask->one = offered[number - 1];
            ask->pack = &ask->one->pack;
            return ASK_STEP_ON;
        }
        ask_show(ask, str_format(ask->arena, "Please type a number from 1 to %zu, or q to leave.",
                                 count));
    }
}

/* ---- Searching acts -------------------------------------------------------------------------- */

static bool ask_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool ask_is_empty_word(struct arena *arena, struct str word)
{
    static const char empty[] =
        " a about after all also am an and any anybody anything are as at be because been before "
        "but by can could d did do does for from had has have he her him his how i if im in into "
        "is it its just ll m may me might my no not of off on one online only or other our "
        "out over own s she should so some somebody someone something than that the their them "
        "then there these they thing this those to too up us ve very want was we were what when "
        "where which while who whom whose will with would you your ";
    struct str padded = str_format(arena, " " STR_FMT " ", STR_ARG(word));
    return str_find(str_from(empty), padded) != STR_NONE;
}

/* The words of a text in small letters, those left out that say nothing. "Like" says something
 * ("like a post") but after "would" ("I'd like to"). */
static size_t ask_words(struct arena *arena, struct str text, struct str *out, size_t max)
{
    struct str lower = ask_lower(arena, text);
    size_t count = 0;
    size_t at = 0;
    bool is_wish = false;
    while (at < lower.len && count < max) {
        while (at < lower.len && !ask_is_letter(lower.at[at])) {
            at++;
        }
        size_t from = at;
        while (at < lower.len && ask_is_letter(lower.at[at])) {
            at++;
        }
        struct str word = str_slice(lower, from, at);
        bool is_empty = word.len == 0 || (is_wish && str_equal(word, STR("like"))) ||
                        ask_is_empty_word(arena, word);
        is_wish = str_equal(word, STR("would")) || str_equal(word, STR("d"));
        if (!is_empty) {
            out[count++] = word;
        }
    }
    return count;
}

/* "post" and "posting", "photo" and "photograph". */
static bool ask_is_alike(struct str a, struct str b)
{
    size_t same = 0;
    while (same < a.len && same < b.len && a.at[same] == b.at[same]) {
        same++;
    }
    size_t shorter = a.len < b.len ? a.len : b.len;
    size_t longer = a.len < b.len ? b.len : a.len;
    return same >= ASK_STEM_LETTERS || (same == shorter && shorter >= 3 && longer - shorter <= 4);
}

static bool ask_stands_in(struct ask *ask, struct str text, struct str word, bool at_start)
{
    struct str words[ASK_WORDS_MAX * 4];
    size_t count = ask_words(ask->arena, text, words, sizeof words / sizeof words[0]);
    for (size_t i = 0; i < count && (i == 0 || !at_start); i++) {
        if (ask_is_alike(words[i], word)) {
            return true;
        }
    }
    return false;
}

static struct str ask_act_group(const struct pack *pack, const struct pack_act *act, uint32_t index)
{
    uint32_t first = act->groups.first + 2 * index;
    return pack_text(pack, (struct pack_text){pack->list[first], pack->list[first + 1]});
}

/* All that a document says of how somebody would put an act; the pack keeps the first alone. */
static void ask_add_examples(const struct policy_document *document, struct str name,
                             struct text *out)
{
    for (size_t i = 0; i < document->act_count; i++) {
        const struct policy_act *act = &document->acts[i];
        for (size_t e = 0; e < act->example_count && str_equal(act->name.text, name); e++) {
            text_addf(out, STR_FMT " ", STR_ARG(act->examples[e]));
        }
    }
}

static struct str ask_examples(struct ask *ask, const struct pack_act *act)
{
    const struct policy_bundle *bundle = &ask->one->bundle;
    struct str name = pack_text(ask->pack, act->name);
    struct text out = {.arena = ask->arena};
    ask_add_examples(bundle->vocabulary, name, &out);
    for (size_t i = 0; i < bundle->chain_count; i++) {
        ask_add_examples(bundle->chain[i], name, &out);
    }
    return text_str(&out);
}

/* What a word is worth for an act, at the place where it says most. */
static unsigned ask_worth(struct ask *ask, const struct pack_act *act, struct str word)
{
    if (ask_stands_in(ask, pack_text(ask->pack, act->text), word, false) ||
        ask_stands_in(ask, pack_text(ask->pack, act->name), word, false)) {
        return ASK_WORTH_TEXT;
    }
    if (ask_stands_in(ask, ask_examples(ask, act), word, false)) {
        return ASK_WORTH_EXAMPLE;
    }
    for (uint32_t g = 0; g < act->groups.count / 2; g++) {
        if (ask_stands_in(ask, ask_act_group(ask->pack, act, g), word, false)) {
            return ASK_WORTH_GROUP;
        }
    }
    return 0;
}

/* Adds what a word is worth to the scores of all acts. */
static void ask_score(struct ask *ask, struct str word, bool is_first, unsigned *scores)
{
    const struct pack *pack = ask->pack;
    unsigned *worth = ARENA_ARRAY(ask->arena, unsigned, pack->act_count);
    uint32_t having = 0;
    for (uint32_t i = 0; i < pack->act_count; i++) {
        worth[i] = ask_worth(ask, &pack->act[i], word);
        having += worth[i] > 0 ? 1 : 0;
    }
    unsigned times = having <= ASK_RARE_ACTS ? 3 : having <= ASK_SELDOM_ACTS ? 2 : 1;
    for (uint32_t i = 0; i < pack->act_count; i++) {
        bool is_verb = ask_stands_in(ask, pack_text(pack, pack->act[i].text), word, true) ||
                       ask_stands_in(ask, pack_text(pack, pack->act[i].name), word, true);
        scores[i] += times * worth[i];
        if (is_verb) {
            scores[i] += is_first ? ASK_WORTH_VERB_FIRST : ASK_WORTH_VERB;
        }
    }
}

struct ask_found {
    uint32_t acts[ASK_FOUND_MAX];
    unsigned scores[ASK_FOUND_MAX];
    size_t count;
};

static void ask_found_add(struct ask_found *found, uint32_t act, unsigned score)
{
    size_t at = found->count;
    while (at > 0 && found->scores[at - 1] < score) {
        at--;
    }
    if (at >= ASK_FOUND_MAX) {
        return;
    }
    if (found->count < ASK_FOUND_MAX) {
        found->count++;
    }
    for (size_t i = found->count - 1; i > at; i--) {
        found->acts[i] = found->acts[i - 1];
        found->scores[i] = found->scores[i - 1];
    }
    found->acts[at] = act;
    found->scores[at] = score;
}

static void ask_search(struct ask *ask, struct str text, struct ask_found *found)
{
    struct str words[ASK_WORDS_MAX];
    size_t count = ask_words(ask->arena, text, words, ASK_WORDS_MAX);
    *found = (struct ask_found){0};
    uint32_t exact = pack_act_find(ask->pack, text);
    if (exact != PACK_NONE) {
        ask_found_add(found, exact, 1);
        return;
    }
    unsigned *scores = ARENA_ARRAY(ask->arena, unsigned, ask->pack->act_count);
    for (size_t i = 0; i < count; i++) {
        ask_score(ask, words[i], i == 0, scores);
    }
    for (uint32_t i = 0; i < ask->pack->act_count; i++) {
        if (scores[i] > 0) {
            ask_found_add(found, i, scores[i]);
        }
    }
    /* What fits far less than the best would only distract. */
    found->count = found->count < ASK_SEARCH_MAX ? found->count : ASK_SEARCH_MAX;
    while (found->count > 1 &&
           found->scores[found->count - 1] * ASK_SCORE_PART < found->scores[0]) {
        found->count--;
    }
}

/* ---- The act --------------------------------------------------------------------------------- */

struct ask_groups {
    struct str names[ASK_GROUPS_MAX]; /* empty: acts of no group */
    size_t count;
};

static struct str ask_first_group(const struct pack *pack, uint32_t index)
{
    const struct pack_act *act = &pack->act[index];
    return act->groups.count >= 2 ? ask_act_group(pack, act, 0) : (struct str){0};
}

static void ask_list_groups(const struct pack *pack, struct ask_groups *groups)
{
    groups->count = 0;
    for (uint32_t i = 0; i < pack->act_count; i++) {
        struct str name = ask_first_group(pack, i);
        bool is_known = false;
        for (size_t g = 0; g < groups->count; g++) {
            is_known = is_known || str_equal(groups->names[g], name);
        }
        if (!is_known && groups->count < ASK_GROUPS_MAX) {
            groups->names[groups->count++] = name;
        }
    }
}

/* "post, comment, share": what a group holds, by name. */
static struct str ask_group_acts(struct ask *ask, struct str group)
{
    struct text out = {.arena = ask->arena};
    for (uint32_t i = 0; i < ask->pack->act_count; i++) {
        if (str_equal(ask_first_group(ask->pack, i), group)) {
            struct str name = pack_text(ask->pack, ask->pack->act[i].name);
            text_addf(&out, "%s" STR_FMT, out.len > 0 ? ", " : "",
                      STR_ARG(words_of_name(ask->arena, name)));
        }
    }
    return text_str(&out);
}

static void ask_show_groups(struct ask *ask, const struct ask_groups *groups)
{
    ask_show_strong(ask, STR("What do you want to do?"));
    ask_show(ask, STR("Type a few words, such as: accept a friend request. Or type a number to see "
                      "more."));
    for (size_t g = 0; g < groups->count; g++) {
        struct str acts = ask_group_acts(ask, groups->names[g]);
        ask_show_choice(ask, g + 1, words_capital(ask->arena, acts), (struct str){0});
    }
}

static void ask_show_found(struct ask *ask, const struct ask_found *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct pack_act *act = &ask->pack->act[found->acts[i]];
        ask_show_choice(ask, i + 1, words_capital(ask->arena, pack_text(ask->pack, act->text)),
                        pack_text(ask->pack, act->example));
    }
}

static void ask_choose_group(struct ask *ask, struct str group, struct ask_found *found)
{
    *found = (struct ask_found){0};
    for (uint32_t i = 0; i < ask->pack->act_count && found->count < ASK_FOUND_MAX; i++) {
        if (str_equal(ask_first_group(ask->pack, i), group)) {
            found->acts[found->count++] = i;
        }
    }
}

/* A choice among a few acts; a line that is no number is a new search. */
static enum ask_step ask_choose_found(struct ask *ask, struct ask_found *found)
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
                ask->act = found->acts[number - 1];
                return ASK_STEP_ON;
            }
            ask_show(ask, STR("That number is not in the list."));
        } else if (!str_is_empty(line)) {
            ask_search(ask, line, found);
        }
    }
}

enum ask_step ask_choose_act(struct ask *ask)
{
    struct ask_groups groups;
    ask_list_groups(ask->pack, &groups);
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
        struct ask_found found = {0};
        int64_t number;
        if (str_to_int(line, &number)) {
            if (number < 1 || number > (int64_t)groups.count) {
                ask_show(ask, STR("That number is not in the list."));
                continue;
            }
            ask_choose_group(ask, groups.names[number - 1], &found);
        } else if (str_is_empty(line)) {
            continue;
        } else {
            ask_search(ask, line, &found);
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
    for (uint32_t i = 0; i < ask->person_count; i++) {
        struct str prompt = str_format(ask->arena, "Person %u> ", i + 1);
        struct str line;
        if (!ask_input_line(ask, str_cstr(ask->arena, prompt), &line)) {
            return ASK_STEP_ENDED;
        }
        enum ask_step step = ask_input_command(line);
        if (step == ASK_STEP_BACK || step == ASK_STEP_RESTART || step == ASK_STEP_QUIT) {
            return step;
        }
        ask->labels[i] = line;
    }
    return ASK_STEP_ON;
}

enum ask_step ask_choose_people(struct ask *ask)
{
    ask->has_people = false;
    ask->person_count = 0;
    if (!(ask->pack->act[ask->act].flags & PACK_ACT_ASKS_OTHER)) {
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
            ask->has_people = true;
            ask->person_count = (uint32_t)number;
            return number > 1 ? ask_name_people(ask) : ASK_STEP_ON;
        }
        ask_show(ask, str_format(ask->arena, "Please type a number from 0 to %u, or press Enter.",
                                 DECIDE_PEOPLE_MAX));
    }
}

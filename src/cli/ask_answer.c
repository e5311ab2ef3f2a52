/*
 * cli/ask_answer.c - one question: from what a person types to what is said of a fact.
 *
 * Read first: ask_int.h. Start at ask_fact(). Each kind of fact has a reader; what is
 * understood of any fact, ? d w b c r q, is looked for first.
 */
#include "cli/ask_int.h"

#include "cli/today.h"
#include "interview/words.h"

/* What is offered for a fact: the numbers that a person types are places in this list. */
struct ask_offer {
    const struct pack_fact *fact;
    uint32_t index;                  /* of the fact */
    uint32_t values[ASK_VALUES_MAX]; /* fact->value_count stands for "none" of a one-of fact */
    size_t count;
};

static struct str ask_value_words(struct ask *ask, const struct pack_fact *fact, uint32_t value)
{
    if (value >= fact->value_count) {
        return STR("something else");
    }
    return pack_text(ask->pack, ask->pack->value[fact->first_value + value].text);
}

static void ask_offer_fill(struct ask *ask, const struct decide_next *next, struct ask_offer *offer)
{
    *offer = (struct ask_offer){.fact = &ask->pack->fact[next->fact], .index = next->fact};
    for (size_t i = 0; i < next->choice_count && offer->count < ASK_VALUES_MAX; i++) {
        if (next->choices[i] < offer->fact->value_count) {
            offer->values[offer->count++] = next->choices[i];
        }
    }
    for (uint32_t i = 0;
         next->choice_count == 0 && i < offer->fact->value_count && offer->count < ASK_VALUES_MAX;
         i++) {
        offer->values[offer->count++] = i;
    }
}

bool ask_is_single(const struct pack_fact *fact, const struct decide_next *next)
{
    size_t count = next->choice_count > 0 ? next->choice_count : fact->value_count;
    return fact->kind == PACK_FACT_SOME_OF && count == 1;
}

/* The value that a word means: its place in the list, or its name. */
static bool ask_find_value(struct ask *ask, const struct ask_offer *offer, struct str word,
                           uint32_t *out)
{
    int64_t number;
    if (str_to_int(word, &number)) {
        if (number < 1 || number > (int64_t)offer->count) {
            return false;
        }
        *out = offer->values[number - 1];
        return true;
    }
    *out = pack_value_find(ask->pack, offer->index, word);
    return *out != PACK_NONE;
}

/* ---- Each kind of fact ----------------------------------------------------------------------- */

static enum ask_step ask_wrong(struct ask *ask, struct str text)
{
    ask_show(ask, text);
    return ASK_STEP_STAY;
}

static enum ask_step ask_read_one_of(struct ask *ask, const struct ask_offer *offer,
                                     struct str line, struct ask_said *said)
{
    uint32_t value = offer->fact->value_count;
    bool is_none = str_equal(line, STR("0")) || str_equal(line, STR("none"));
    if (!is_none && !ask_find_value(ask, offer, line, &value)) {
        return ask_wrong(ask, str_format(ask->arena,
                                         "Please type one number from 0 to %zu, or ? for help.",
                                         offer->count));
    }
    said->values[said->value_count++] = value;
    said->words = ask_value_words(ask, offer->fact, value);
    return ASK_STEP_ON;
}

/* The next word of a list that is parted by spaces or commas; empty at the end. */
static struct str ask_list_word(struct str line, size_t *at)
{
    while (*at < line.len && (line.at[*at] == ' ' || line.at[*at] == ',' || line.at[*at] == '\t')) {
        (*at)++;
    }
    size_t from = *at;
    while (*at < line.len && line.at[*at] != ' ' && line.at[*at] != ',' && line.at[*at] != '\t') {
        (*at)++;
    }
    return str_slice(line, from, *at);
}

static void ask_add_words(struct text *out, struct str words, const char *after)
{
    text_addf(out, "%s" STR_FMT "%s", out->len > 0 ? "; " : "", STR_ARG(words), after);
}

static bool ask_has_value(const uint32_t *values, size_t count, uint32_t value)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] == value) {
            return true;
        }
    }
    return false;
}

static bool ask_is_yes(struct str line)
{
    return str_equal(line, STR("y")) || str_equal(line, STR("yes"));
}

static bool ask_is_no(struct str line)
{
    return str_equal(line, STR("n")) || str_equal(line, STR("no"));
}

/* "1 3, 4?": the first and the third hold, the fourth perhaps. */
static enum ask_step ask_read_some_of(struct ask *ask, const struct ask_offer *offer,
                                      struct str line, struct ask_said *said)
{
    struct text words = {.arena = ask->arena};
    bool is_none = str_is_empty(line) || str_equal(line, STR("0")) || str_equal(line, STR("none"));
    if (offer->count == 1 && ask_is_yes(line)) {
        line = STR("1");
    }
    is_none = is_none || (offer->count == 1 && ask_is_no(line));
    size_t at = 0;
    for (struct str word = ask_list_word(line, &at); word.len > 0 && !is_none;
         word = ask_list_word(line, &at)) {
        bool is_open = word.len > 1 && word.at[word.len - 1] == '?';
        struct str name = is_open ? str_slice(word, 0, word.len - 1) : word;
        uint32_t value;
        if (!ask_find_value(ask, offer, name, &value)) {
            return ask_wrong(ask,
                             str_format(ask->arena,
                                        "\"" STR_FMT "\" is not in the list. Type numbers from "
                                        "1 to %zu with spaces between them, or press Enter for "
                                        "none of these.",
                                        STR_ARG(word), offer->count));
        }
        if (ask_has_value(said->values, said->value_count, value) ||
            ask_has_value(said->open, said->open_count, value)) {
            continue;
        }
        if (is_open) {
            said->open[said->open_count++] = value;
        } else {
            said->values[said->value_count++] = value;
        }
        ask_add_words(&words, ask_value_words(ask, offer->fact, value),
                      is_open ? " (perhaps)" : "");
    }
    said->words = words.len > 0 ? text_str(&words) : STR("none of these");
    return ASK_STEP_ON;
}

static enum ask_step ask_read_yes_no(struct ask *ask, const struct ask_offer *offer,
                                     struct str line, struct ask_said *said)
{
    (void)offer;
    bool is_yes = ask_is_yes(line) || str_equal(line, STR("1"));
    bool is_no = ask_is_no(line) || str_equal(line, STR("2"));
    if (!is_yes && !is_no) {
        return ask_wrong(ask, STR("Please type y for yes or n for no, or ? for help."));
    }
    said->yes = is_yes;
    said->words = is_yes ? STR("yes") : STR("no");
    return ASK_STEP_ON;
}

static bool ask_is_not_applicable(struct str line)
{
    return str_equal(line, STR("none")) || str_equal(line, STR("n/a")) || str_equal(line, STR("-"));
}

static enum ask_step ask_read_number(struct ask *ask, const struct ask_offer *offer,
                                     struct str line, struct ask_said *said)
{
    const struct pack_fact *fact = offer->fact;
    if (ask_is_not_applicable(line)) {
        said->is_none = true;
        said->words = STR("does not apply");
        return ASK_STEP_ON;
    }
    if (!str_to_int(line, &said->number) || said->number < fact->from || said->number > fact->to) {
        return ask_wrong(ask,
                         str_format(ask->arena,
                                    "Please type a whole number from %lld to %lld, d if you do "
                                    "not know, or n/a if it does not apply.",
                                    (long long)fact->from, (long long)fact->to));
    }
    said->words = str_format(ask->arena, "%lld " STR_FMT, (long long)said->number,
                             STR_ARG(pack_text(ask->pack, fact->unit)));
    return ASK_STEP_ON;
}

/* 2026-09-01, 1/9/2026, 1.9.2026 or "today". */
static bool ask_read_day(struct str line, struct civil_date *date)
{
    if (str_equal(line, STR("today"))) {
        *date = today_date();
        return true;
    }
    if (civil_date_parse(line, date)) {
        return true;
    }
    int64_t parts[3];
    struct str rest = line;
    for (size_t i = 0; i < 3; i++) {
        size_t end = 0;
        while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '.' &&
               rest.at[end] != '-') {
            end++;
        }
        if (!str_to_int(str_slice(rest, 0, end), &parts[i]) || parts[i] < 0 || parts[i] > 9999) {
            return false;
        }
        rest = str_slice(rest, end + 1, rest.len);
    }
    struct civil_ymd ymd = {
        .year = (int32_t)parts[2], .month = (int32_t)parts[1], .day = (int32_t)parts[0]};
    return str_is_empty(rest) && ymd.year >= 1900 && civil_date_from_ymd(ymd, date);
}

static enum ask_step ask_read_date(struct ask *ask, const struct ask_offer *offer, struct str line,
                                   struct ask_said *said)
{
    (void)offer;
    if (ask_is_not_applicable(line)) {
        said->is_none = true;
        said->words = STR("does not apply");
        return ASK_STEP_ON;
    }
    struct civil_date date;
    if (!ask_read_day(line, &date)) {
        return ask_wrong(ask, STR("Please type a date such as 1/9/2026, today, or n/a if it does "
                                  "not apply."));
    }
    said->number = date.days;
    said->words = civil_date_format(ask->arena, date);
    return ASK_STEP_ON;
}

static enum ask_step (*const ask_readers[PACK_FACT_KIND_COUNT])(struct ask *ask,
                                                                const struct ask_offer *offer,
                                                                struct str line,
                                                                struct ask_said *said) = {
    [PACK_FACT_ONE_OF] = ask_read_one_of, [PACK_FACT_SOME_OF] = ask_read_some_of,
    [PACK_FACT_YES_NO] = ask_read_yes_no, [PACK_FACT_NUMBER] = ask_read_number,
    [PACK_FACT_DATE] = ask_read_date,
};

static const char *const ask_prompts[PACK_FACT_KIND_COUNT] = {
    [PACK_FACT_ONE_OF] = "Number> ", [PACK_FACT_SOME_OF] = "Numbers, or Enter for none> ",
    [PACK_FACT_YES_NO] = "y or n> ", [PACK_FACT_NUMBER] = "Number> ",
    [PACK_FACT_DATE] = "Date> ",
};

/* d and w answer any question. */
static bool ask_read_state(struct str line, struct ask_said *said)
{
    if (str_equal(line, STR("d")) || str_equal(line, STR("don't know"))) {
        said->state = DECIDE_STATE_UNKNOWN;
        said->words = STR("I do not know");
        return true;
    }
    if (str_equal(line, STR("w"))) {
        said->state = DECIDE_STATE_WITHHELD;
        said->words = STR("I would rather not say");
        return true;
    }
    return false;
}

/* The place of a question in what was said, from 1: its own when it is answered anew. */
static size_t ask_place(const struct ask *ask, const struct decide_next *next)
{
    size_t place = 0;
    while (place < ask->said_count && (ask->said[place].fact != next->fact ||
                                       ask->said[place].person != next->person)) {
        place++;
    }
    return place + 1;
}

enum ask_step ask_fact(struct ask *ask, const struct decide_next *next, struct ask_said *said)
{
    struct ask_offer offer;
    ask_offer_fill(ask, next, &offer);
    ask_show_fact(ask, next, ask_place(ask, next));
    const char *prompt = ask_is_single(offer.fact, next) ? "y if this fits, n if not> "
                                                         : ask_prompts[offer.fact->kind];
    for (;;) {
        struct str line;
        if (!ask_input_line(ask, prompt, &line)) {
            return ASK_STEP_ENDED;
        }
        line = ask_lower(ask->arena, line);
        if (str_equal(line, STR("?")) || str_equal(line, STR("h")) ||
            str_equal(line, STR("help"))) {
            ask_show_help(ask, offer.fact);
            continue;
        }
        enum ask_step step = ask_input_command(line);
        if (step != ASK_STEP_STAY) {
            return step;
        }
        *said = (struct ask_said){
            .fact = next->fact, .person = next->person, .state = DECIDE_STATE_GIVEN};
        if (ask_read_state(line, said)) {
            return ASK_STEP_ON;
        }
        step = ask_readers[offer.fact->kind](ask, &offer, line, said);
        if (step != ASK_STEP_STAY) {
            return step;
        }
    }
}

void ask_give(struct decide_question *question, const struct ask_said *said)
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

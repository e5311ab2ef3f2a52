/*
 * cli/ask_answer.c - one question: from what a person types to what is said of a fact.
 *
 * Read first: ask_int.h. Start at ask_fact(). Each kind of fact has a reader; what is
 * understood of any fact, ? d w b c r q, is looked for first.
 */
#include "cli/ask_int.h"

#include "cli/today.h"

/* What a person answers: the numbers that they type are places in the list of what is offered. */
struct ask_reading {
    struct interview_offer offer;
    const struct pack_fact *fact;
    struct interview_said *said; /* of the fact: what is read */
};

/* The value that a word means: its place in the list, or its name. */
static bool ask_find_value(struct ask *ask, const struct ask_reading *reading, struct str word,
                           uint32_t *out)
{
    int64_t number;
    if (str_to_int(word, &number)) {
        if (number < 1 || number > (int64_t)reading->offer.count) {
            return false;
        }
        *out = reading->offer.values[number - 1];
        return true;
    }
    *out = pack_value_find(ask->pack, reading->said->fact, word);
    return *out != PACK_NONE;
}

/* ---- Each kind of fact ----------------------------------------------------------------------- */

static enum ask_step ask_wrong(struct ask *ask, struct str text)
{
    ask_show(ask, text);
    return ASK_STEP_STAY;
}

static enum ask_step ask_read_one_of(struct ask *ask, struct ask_reading *reading, struct str line)
{
    uint32_t value = reading->fact->value_count;
    bool is_none = str_equal(line, STR("0")) || str_equal(line, STR("none"));
    if (!is_none && !ask_find_value(ask, reading, line, &value)) {
        return ask_wrong(ask, str_format(ask->arena,
                                         "Please type one number from 0 to %zu, or ? for help.",
                                         reading->offer.count));
    }
    reading->said->values[reading->said->value_count++] = value;
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
static enum ask_step ask_read_some_of(struct ask *ask, struct ask_reading *reading, struct str line)
{
    struct interview_said *said = reading->said;
    bool is_single = reading->offer.count == 1;
    bool is_none = str_is_empty(line) || str_equal(line, STR("0")) || str_equal(line, STR("none"));
    if (is_single && ask_is_yes(line)) {
        line = STR("1");
    }
    is_none = is_none || (is_single && ask_is_no(line));
    size_t at = 0;
    for (struct str word = ask_list_word(line, &at); word.len > 0 && !is_none;
         word = ask_list_word(line, &at)) {
        bool is_open = word.len > 1 && word.at[word.len - 1] == '?';
        struct str name = is_open ? str_slice(word, 0, word.len - 1) : word;
        uint32_t value;
        if (!ask_find_value(ask, reading, name, &value)) {
            return ask_wrong(ask,
                             str_format(ask->arena,
                                        "\"" STR_FMT "\" is not in the list. Type numbers from "
                                        "1 to %zu with spaces between them, or press Enter for "
                                        "none of these.",
                                        STR_ARG(word), reading->offer.count));
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
    }
    return ASK_STEP_ON;
}

static enum ask_step ask_read_yes_no(struct ask *ask, struct ask_reading *reading, struct str line)
{
    bool is_yes = ask_is_yes(line) || str_equal(line, STR("1"));
    bool is_no = ask_is_no(line) || str_equal(line, STR("2"));
    if (!is_yes && !is_no) {
        return ask_wrong(ask, STR("Please type y for yes or n for no, or ? for help."));
    }
    reading->said->yes = is_yes;
    return ASK_STEP_ON;
}

static bool ask_is_not_applicable(struct str line)
{
    return str_equal(line, STR("none")) || str_equal(line, STR("n/a")) || str_equal(line, STR("-"));
}

static enum ask_step ask_read_number(struct ask *ask, struct ask_reading *reading, struct str line)
{
    const struct pack_fact *fact = reading->fact;
    struct interview_said *said = reading->said;
    if (ask_is_not_applicable(line)) {
        said->is_none = true;
        return ASK_STEP_ON;
    }
    if (!str_to_int(line, &said->number) || said->number < fact->from || said->number > fact->to) {
        return ask_wrong(ask,
                         str_format(ask->arena,
                                    "Please type a whole number from %lld to %lld, d if you do "
                                    "not know, or n/a if it does not apply.",
                                    (long long)fact->from, (long long)fact->to));
    }
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

static enum ask_step ask_read_date(struct ask *ask, struct ask_reading *reading, struct str line)
{
    if (ask_is_not_applicable(line)) {
        reading->said->is_none = true;
        return ASK_STEP_ON;
    }
    struct civil_date date;
    if (!ask_read_day(line, &date)) {
        return ask_wrong(ask, STR("Please type a date such as 1/9/2026, today, or n/a if it does "
                                  "not apply."));
    }
    reading->said->number = date.days;
    return ASK_STEP_ON;
}

static enum ask_step (*const ask_readers[PACK_FACT_KIND_COUNT])(struct ask *ask,
                                                                struct ask_reading *reading,
                                                                struct str line) = {
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
static bool ask_read_state(struct str line, struct interview_said *said)
{
    if (str_equal(line, STR("d")) || str_equal(line, STR("don't know"))) {
        said->state = DECIDE_STATE_UNKNOWN;
        return true;
    }
    if (str_equal(line, STR("w"))) {
        said->state = DECIDE_STATE_WITHHELD;
        return true;
    }
    return false;
}

/* The place of a question in what was said, from 1: its own when it is answered anew. */
static size_t ask_place(const struct ask *ask, const struct decide_next *next)
{
    const struct interview *interview = ask->interview;
    const struct interview_said *said = interview_said_find(interview, next->fact, next->person);
    return said ? (size_t)(said - interview->said) + 1 : interview->said_count + 1;
}

enum ask_step ask_fact(struct ask *ask, const struct decide_next *next, struct interview_said *said)
{
    struct ask_reading reading = {.fact = &ask->pack->fact[next->fact], .said = said};
    interview_offer(ask->pack, next, &reading.offer);
    ask_show_fact(ask, next, ask_place(ask, next));
    const char *prompt = interview_is_single(ask->pack, next) ? "y if this fits, n if not> "
                                                              : ask_prompts[reading.fact->kind];
    for (;;) {
        struct str line;
        if (!ask_input_line(ask, prompt, &line)) {
            return ASK_STEP_ENDED;
        }
        line = ask_lower(ask->arena, line);
        if (str_equal(line, STR("?")) || str_equal(line, STR("h")) ||
            str_equal(line, STR("help"))) {
            ask_show_help(ask, reading.fact);
            continue;
        }
        enum ask_step step = ask_input_command(line);
        if (step != ASK_STEP_STAY) {
            return step;
        }
        *said = (struct interview_said){
            .fact = next->fact, .person = next->person, .state = DECIDE_STATE_GIVEN};
        if (ask_read_state(line, said)) {
            return ASK_STEP_ON;
        }
        step = ask_readers[reading.fact->kind](ask, &reading, line);
        if (step != ASK_STEP_STAY) {
            return step;
        }
    }
}

/*
 * cli/command_check.c - `handrail check [--policy PACK] [--roll CSV] ... [FILE]`: screens one
 * draft.
 *
 * Read first: check/check.h, screen/roll.h; check_show.c for how it looks. Start at
 * command_check(). What must hold: the draft and the roll are read and never written, but for the
 * draft's own words on `out`; the exit status says only what --fail-on asks.
 */
#include <string.h>

#include "cli/check_int.h"
#include "cli/commands.h"
#include "cli/packs.h"
#include "cli/today.h"
#include "screen/roll.h"
#include "shelf/files.h"
#include "trained/trained.h"

/* Whom a draft is taken to be from when --said names nobody. */
#define CHECK_PERSON "teacher"

struct check_options {
    struct str policy, roll, school, abbreviations, mail, channel, said, fail_on;
    bool is_json, is_plain;
};

/* ---- What is read ---------------------------------------------------------------------------- */

/* "A; B" as a list of names. */
static struct screen_names names_read(struct arena *arena, struct str list)
{
    struct str *items = ARENA_ARRAY(arena, struct str, SCREEN_SCHOOL_NAMES_MAX);
    size_t count = 0;
    while (!str_is_empty(list) && count < SCREEN_SCHOOL_NAMES_MAX) {
        struct str name, rest;
        (void)str_cut(list, ';', &name, &rest);
        list = rest;
        name = str_trim(name);
        if (!str_is_empty(name)) {
            items[count++] = name;
        }
    }
    return (struct screen_names){items, count};
}

static struct screen_school *school_read(struct arena *arena, const struct check_options *options)
{
    struct screen_school *school = ARENA_NEW(arena, struct screen_school);
    school->names = names_read(arena, options->school);
    school->abbreviations = names_read(arena, options->abbreviations);
    school->mail_domains = names_read(arena, options->mail);
    return school;
}

/* The roll of --roll. False when it cannot be used; that has been said. */
static bool roll_read(struct cli *cli, struct str path, const struct screen_roll **out)
{
    struct str csv;
    struct result result = shelf_file_read(cli->arena, path, SCREEN_ROLL_BYTES_MAX, &csv);
    if (!result_is_ok(result)) {
        (void)cli_failed(cli, result);
        return false;
    }
    struct diag_list diags = diag_list_new(cli->arena);
    *out = screen_roll_read(cli->arena, csv, path, &diags);
    if (diags.count > 0) {
        cli_diagnose(cli, &diags);
    }
    return diag_error_count(&diags) == 0;
}

static bool draft_read(struct cli *cli, struct str *out)
{
    struct result result =
        cli->operand_count == 1
            ? shelf_file_read(cli->arena, cli->operands[0], SCREEN_DRAFT_BYTES_MAX, out)
            : shelf_stream_read(cli->arena, cli->in, STR("the draft"), SCREEN_DRAFT_BYTES_MAX, out);
    if (!result_is_ok(result)) {
        (void)cli_failed(cli, result);
        return false;
    }
    return true;
}

static bool channel_read(struct cli *cli, struct str name, enum screen_channel *out)
{
    *out = str_is_empty(name) ? SCREEN_CHANNEL_PERSONAL : screen_channel_find(name);
    if (*out == SCREEN_CHANNEL_COUNT) {
        (void)cli_wrong(cli, STR("write personal, official, message, profile or incoming"),
                        "--as does not know \"" STR_FMT "\"", STR_ARG(name));
        return false;
    }
    return true;
}

/* Facts as NAME=VALUE with spaces between them. False when one is not understood. */
static bool said_read(struct cli *cli, struct interview *interview, struct str said)
{
    struct text form_text = {.arena = cli->arena};
    struct str left = said;
    while (!str_is_empty(left)) {
        struct str one, rest, name, value;
        (void)str_cut(left, ' ', &one, &rest);
        left = str_trim(rest);
        (void)str_cut(one, '=', &name, &value);
        form_write(&form_text, str_format(cli->arena, "f." STR_FMT, STR_ARG(name)), value);
    }
    struct form form = {0};
    const char *wrong = form_read(cli->arena, text_str(&form_text), &form);
    if (wrong != NULL || interview_take(interview, &form) > 0) {
        (void)cli_wrong(cli,
                        STR("write facts and values of the vocabulary, such as --said "
                            "\"person=teacher audience=everyone\"; `handrail vocabulary` lists "
                            "them"),
                        "--said is not understood: " STR_FMT, STR_ARG(said));
        return false;
    }
    uint32_t person = pack_fact_find(interview->pack, STR("person"));
    if (person != PACK_NONE && interview_said_find(interview, person, 0) == NULL) {
        struct interview_said teacher = {.fact = person};
        if (interview_value_take(cli->arena, interview->pack, STR(CHECK_PERSON), &teacher) ==
            NULL) {
            (void)interview_say(interview, &teacher);
        }
    }
    return true;
}

/* The level at which the exit status is 1: 0 for any finding, PACK_LEVEL_COUNT for never. */
static bool fail_on_read(struct cli *cli, struct str name, unsigned *out)
{
    *out = PACK_LEVEL_COUNT;
    if (str_is_empty(name)) {
        return true;
    }
    if (str_equal(name, STR("finding"))) {
        *out = 0;
        return true;
    }
    for (unsigned level = PACK_LEVEL_CAUTION; level < PACK_LEVEL_COUNT; level++) {
        if (str_equal(name, pack_level_name((enum pack_level)level))) {
            *out = level;
            return true;
        }
    }
    (void)cli_wrong(cli, STR("write finding, caution, ask-first, needs-approval or forbidden"),
                    "--fail-on does not know \"" STR_FMT "\"", STR_ARG(name));
    return false;
}

/* ---- The two ways ---------------------------------------------------------------------------- */

/* Findings alone, where no policy was named. */
static int check_without(struct cli *cli, const struct check_options *options,
                         const struct screen *screen, struct str draft, enum screen_channel channel,
                         unsigned fail_on)
{
    struct screen_findings found = screen_run(screen, cli->arena, draft, channel);
    struct text out = {.arena = cli->arena};
    if (options->is_json) {
        check_findings_write(&found, &out);
    } else {
        struct terminal terminal = terminal_of(cli->out, options->is_plain);
        check_show_findings(&out, &terminal, draft, &found);
    }
    cli_print(cli->out, text_str(&out));
    return fail_on == 0 && found.count > 0 ? CLI_EXIT_NO : CLI_EXIT_FINE;
}

static int check_with(struct cli *cli, const struct check_options *options,
                      const struct screen *screen, struct str draft, enum screen_channel channel,
                      unsigned fail_on)
{
    struct shelf shelf;
    int status;
    cli->operands[0] = options->policy;
    cli->operand_count = 1;
    if (!packs_open_one(cli, &shelf, &status)) {
        return status;
    }
    const struct pack *pack = &shelf.at[0].pack;
    struct interview *said = interview_new(cli->arena, pack);
    if (!said_read(cli, said, options->said)) {
        return CLI_EXIT_WRONG;
    }
    const struct check *check = check_open(cli->arena, pack);
    const struct check_draft question = {
        .text = draft, .channel = channel, .said = said, .as_of = today_date()};
    const struct check_answer *answer = check_run(cli->arena, check, screen, &question);
    struct text out = {.arena = cli->arena};
    if (options->is_json) {
        check_answer_write(check, answer, &out);
    } else {
        struct terminal terminal = terminal_of(cli->out, options->is_plain);
        check_show_answer(&out, &terminal, pack, &question, answer);
    }
    cli_print(cli->out, text_str(&out));
    for (size_t i = 0; i < answer->count; i++) {
        if (!check_item_is_aside(&answer->items[i]) && answer->items[i].level >= fail_on) {
            return CLI_EXIT_NO;
        }
    }
    return CLI_EXIT_FINE;
}

int command_check(struct cli *cli)
{
    struct check_options options = {0};
    const struct cli_option known[] = {
        {.name = STR("--policy"), .value = &options.policy},
        {.name = STR("--roll"), .value = &options.roll},
        {.name = STR("--school"), .value = &options.school},
        {.name = STR("--short"), .value = &options.abbreviations},
        {.name = STR("--mail"), .value = &options.mail},
        {.name = STR("--as"), .value = &options.channel},
        {.name = STR("--said"), .value = &options.said},
        {.name = STR("--fail-on"), .value = &options.fail_on},
        {.name = STR("--json"), .flag = &options.is_json},
        {.name = STR("--plain"), .flag = &options.is_plain},
    };
    enum screen_channel channel;
    unsigned fail_on;
    struct str draft;
    const struct screen_roll *roll = NULL;
    if (!cli_options(cli, known, sizeof known / sizeof *known) || !cli_operands(cli, 0, 1) ||
        !channel_read(cli, options.channel, &channel) ||
        !fail_on_read(cli, options.fail_on, &fail_on) ||
        (!str_is_empty(options.roll) && !roll_read(cli, options.roll, &roll)) ||
        !draft_read(cli, &draft)) {
        return CLI_EXIT_WRONG;
    }
    const struct screen_setting setting = {.school = school_read(cli->arena, &options),
                                           .roll = roll,
                                           .model = trained_model(cli->arena)};
    const struct screen *screen = screen_open(cli->arena, &setting);
    return str_is_empty(options.policy)
               ? check_without(cli, &options, screen, draft, channel, fail_on)
               : check_with(cli, &options, screen, draft, channel, fail_on);
}

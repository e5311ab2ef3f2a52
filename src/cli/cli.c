/*
 * cli/cli.c - arguments, messages and small words that all commands share.
 *
 * Read first: cli.h. Start at cli_options().
 */
#include "cli/cli.h"

#include <stdarg.h>

/* Slips of the keyboard that a suggestion forgives. */
#define CLI_SLIPS_MAX 3

void cli_print(FILE *stream, struct str s)
{
    if (!str_is_empty(s)) {
        (void)fwrite(s.at, 1, s.len, stream);
    }
}

void cli_printf(FILE *stream, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vfprintf(stream, format, arguments);
    va_end(arguments);
}

static void cli_say_wrong(struct cli *cli, struct str message, struct str hint)
{
    cli_printf(cli->err, "handrail%s" STR_FMT ": " STR_FMT "\n",
               str_is_empty(cli->command) ? "" : " ", STR_ARG(cli->command), STR_ARG(message));
    if (!str_is_empty(hint)) {
        cli_printf(cli->err, "    hint: " STR_FMT "\n", STR_ARG(hint));
    }
}

int cli_wrong(struct cli *cli, struct str hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str message = str_format_list(cli->arena, format, arguments);
    va_end(arguments);
    cli_say_wrong(cli, message, hint);
    return CLI_EXIT_WRONG;
}

int cli_failed(struct cli *cli, struct result result)
{
    struct str message = str_from(result.message);
    if (!str_is_empty(result.detail)) {
        message =
            str_format(cli->arena, STR_FMT ": " STR_FMT, STR_ARG(result.detail), STR_ARG(message));
    }
    cli_say_wrong(cli, message, (struct str){0});
    return CLI_EXIT_WRONG;
}

void cli_diagnose(struct cli *cli, struct diag_list *diags)
{
    struct text out = {.arena = cli->arena};
    diag_render(diags, &out);
    cli_print(cli->err, text_str(&out));
}

struct str cli_nearest(struct str word, const struct str *names, size_t count, size_t stride)
{
    /* A short word is near to everything, so it gets fewer slips. */
    size_t limit = word.len / 3 + 1 < CLI_SLIPS_MAX ? word.len / 3 + 1 : CLI_SLIPS_MAX;
    struct str best = {0};
    size_t best_distance = limit + 1;
    for (size_t i = 0; i < count; i++) {
        const struct str *name =
            (const struct str *)(const void *)((const char *)names + i * stride);
        size_t distance = str_distance(word, *name, limit);
        if (distance < best_distance) {
            best_distance = distance;
            best = *name;
        }
    }
    return best;
}

struct str cli_suggest(struct arena *arena, struct str nearest, struct str otherwise)
{
    if (str_is_empty(nearest)) {
        return otherwise;
    }
    return str_format(arena, "did you mean \"" STR_FMT "\"?", STR_ARG(nearest));
}

/* ---- Options --------------------------------------------------------------------------------- */

static const struct cli_option *cli_option_find(const struct cli_option *options, size_t count,
                                                struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(options[i].name, name) ||
            (!str_is_empty(options[i].short_name) && str_equal(options[i].short_name, name))) {
            return &options[i];
        }
    }
    return NULL;
}

static struct str cli_usage_hint(struct cli *cli)
{
    return str_format(cli->arena, "the call is: handrail " STR_FMT " " STR_FMT,
                      STR_ARG(cli->command), STR_ARG(cli->usage));
}

static bool cli_option_unknown(struct cli *cli, const struct cli_option *options, size_t count,
                               struct str name)
{
    struct str nearest = {0};
    if (count > 0) {
        nearest = cli_nearest(name, &options[0].name, count, sizeof options[0]);
    }
    (void)cli_wrong(cli, cli_suggest(cli->arena, nearest, cli_usage_hint(cli)),
                    "there is no option \"" STR_FMT "\"", STR_ARG(name));
    return false;
}

/* Reads the option at `*index`; moves it to the value when that is the next argument. */
static bool cli_option_read(struct cli *cli, const struct cli_option *options, size_t count,
                            size_t *index)
{
    struct str name;
    struct str value;
    bool has_value = str_cut(cli->arguments[*index], '=', &name, &value);
    const struct cli_option *option = cli_option_find(options, count, name);
    if (!option) {
        return cli_option_unknown(cli, options, count, name);
    }
    if (option->flag) {
        if (has_value) {
            (void)cli_wrong(cli, cli_usage_hint(cli), "\"" STR_FMT "\" takes no value",
                            STR_ARG(name));
            return false;
        }
        *option->flag = true;
        return true;
    }
    if (!has_value) {
        if (*index + 1 >= cli->argument_count) {
            (void)cli_wrong(cli, cli_usage_hint(cli), "\"" STR_FMT "\" needs a value after it",
                            STR_ARG(name));
            return false;
        }
        (*index)++;
        value = cli->arguments[*index];
    }
    if (option->value) {
        *option->value = value;
        return true;
    }
    if (option->values->count == CLI_OPERANDS_MAX) {
        (void)cli_wrong(cli, (struct str){0}, "\"" STR_FMT "\" stands more than %d times",
                        STR_ARG(name), CLI_OPERANDS_MAX);
        return false;
    }
    option->values->at[option->values->count++] = value;
    return true;
}

bool cli_options(struct cli *cli, const struct cli_option *options, size_t option_count)
{
    bool has_ended = false;
    for (size_t i = 0; i < cli->argument_count; i++) {
        struct str argument = cli->arguments[i];
        if (!has_ended && str_equal(argument, STR("--"))) {
            has_ended = true;
            continue;
        }
        if (!has_ended && argument.len > 1 && argument.at[0] == '-') {
            if (!cli_option_read(cli, options, option_count, &i)) {
                return false;
            }
            continue;
        }
        if (cli->operand_count >= CLI_OPERANDS_MAX) {
            (void)cli_wrong(cli, STR("name a folder that holds them"),
                            "more than %d names in one call", CLI_OPERANDS_MAX);
            return false;
        }
        cli->operands[cli->operand_count++] = argument;
    }
    return true;
}

bool cli_operands(struct cli *cli, size_t least, size_t most)
{
    if (cli->operand_count < least) {
        (void)cli_wrong(cli, cli_usage_hint(cli), "%s",
                        cli->operand_count == 0 ? "the pack is missing: name the folder of a policy"
                                                : "something is missing after the pack");
        return false;
    }
    if (cli->operand_count > most) {
        (void)cli_wrong(cli, cli_usage_hint(cli), "\"" STR_FMT "\" is one name too many",
                        STR_ARG(cli->operands[most]));
        return false;
    }
    return true;
}

/* ---- Small words ----------------------------------------------------------------------------- */

struct str cli_count(struct arena *arena, size_t count, const char *one, const char *many)
{
    if (count == 1) {
        return str_format(arena, "1 %s", one);
    }
    return many ? str_format(arena, "%zu %s", count, many)
                : str_format(arena, "%zu %ss", count, one);
}

unsigned cli_percent(size_t part, size_t whole)
{
    return whole == 0 ? 100u : (unsigned)(part * 100 / whole);
}

/*
 * cli/command_export.c - `handrail export FOLDER --data DIR`, and what reads it in again:
 * `handrail import records FILE --data DIR`.
 *
 * Read first: store/transfer.h; docs/export.md.
 */
#include "cli/command_export.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/place.h"
#include "cli/progress.h"
#include "store/store.h"
#include "store/transfer.h"

#define RECORDS_FILE "records.jsonl"

static void tell(void *context, const char *table, int64_t rows)
{
    (void)table;
    progress_tell(context, rows, 0);
}

/* A new file for its owner alone, or a message. */
static FILE *file_new(struct cli *cli, struct str folder, struct str name)
{
    const char *path = str_cstr(
        cli->arena, str_format(cli->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name)));
    FILE *file = fopen(path, "wx");
    if (!file) {
        (void)cli_wrong(cli, STR("name a folder that is empty or not there yet"),
                        "the file %s cannot be made", path);
    }
    return file;
}

/* Written to the disk when this answers OK. */
MUST_USE static struct result file_end(FILE *file)
{
    bool is_written = fflush(file) == 0 && fsync(fileno(file)) == 0;
    bool is_closed = fclose(file) == 0;
    return is_written && is_closed
               ? RESULT_OK
               : result_fail(RESULT_CODE_IO, "the file cannot be written: is the disk full?",
                             (struct str){0});
}

static bool write_lines(struct cli *cli, struct store *store, struct str folder)
{
    FILE *file = file_new(cli, folder, STR(RECORDS_FILE));
    if (!file) {
        return false;
    }
    struct progress progress = progress_new(cli->err, "rows");
    struct result written =
        transfer_write(store, cli->arena, file, (struct transfer_progress){&progress, tell});
    progress_end(&progress);
    struct result ended = file_end(file);
    written = result_is_ok(written) ? ended : written;
    if (!result_is_ok(written)) {
        (void)cli_failed(cli, written);
    }
    return result_is_ok(written);
}

static bool write_tables(struct cli *cli, struct store *store, struct str folder)
{
    for (size_t i = 0; i < transfer_table_count(); i++) {
        struct str name = transfer_table_name(i);
        struct arena_mark mark = arena_mark(cli->arena);
        FILE *file = file_new(cli, folder, str_format(cli->arena, STR_FMT ".csv", STR_ARG(name)));
        if (!file) {
            return false;
        }
        struct result written = transfer_write_csv(store, cli->arena, name, file);
        struct result ended = file_end(file);
        written = result_is_ok(written) ? ended : written;
        if (!result_is_ok(written)) {
            (void)cli_failed(cli, written);
            return false;
        }
        arena_rewind(cli->arena, mark);
    }
    return true;
}

int command_export(struct cli *cli)
{
    struct str data = {0}, where = {0};
    const struct cli_option options[] = {{.name = STR("--data"), .value = &data},
                                         {.name = STR("--store"), .value = &where}};
    if (!cli_options(cli, options, 2) || !cli_operands(cli, 1, 1)) {
        return CLI_EXIT_WRONG;
    }
    if (str_is_empty(data) && str_is_empty(where)) {
        return cli_wrong(cli, STR("name the folder that `handrail serve --data` has"),
                         "--data is missing");
    }
    struct str folder = cli->operands[0];
    if (mkdir(str_cstr(cli->arena, folder), 0700) != 0 && errno != EEXIST) {
        return cli_wrong(cli, STR("see that the folder above it is there, and who owns it"),
                         "the folder " STR_FMT " cannot be made", STR_ARG(folder));
    }
    DEFER(store_close) struct store *store = NULL;
    struct result opened = store_look(cli->arena, place_store(cli->arena, data, where), &store);
    if (!result_is_ok(opened)) {
        return cli_failed(cli, opened);
    }
    if (!write_lines(cli, store, folder) || !write_tables(cli, store, folder)) {
        return CLI_EXIT_WRONG;
    }
    cli_printf(cli->out, "Written: " STR_FMT "/" RECORDS_FILE " and %zu tables as CSV.\n",
               STR_ARG(folder), transfer_table_count());
    cli_printf(cli->out, "These files hold personal data: keep them as safe as the records.\n");
    return CLI_EXIT_FINE;
}

int import_records(struct cli *cli, struct str data, struct str where)
{
    const char *path = str_cstr(cli->arena, cli->operands[1]);
    FILE *file = fopen(path, "r");
    if (!file) {
        return cli_wrong(cli, STR("name the file records.jsonl that `handrail export` wrote"),
                         "the file %s cannot be read", path);
    }
    DEFER(store_close) struct store *store = NULL;
    struct result read = str_is_empty(data) ? RESULT_OK : place_folders_make(cli->arena, data);
    if (result_is_ok(read)) {
        read = store_open(cli->arena, place_store(cli->arena, data, where), &store);
    }
    if (result_is_ok(read)) {
        struct progress progress = progress_new(cli->err, "rows");
        read = transfer_read(store, cli->arena, file, (struct transfer_progress){&progress, tell});
        progress_end(&progress);
    }
    fclose(file);
    if (!result_is_ok(read)) {
        return cli_failed(cli, read);
    }
    cli_printf(cli->out, "All records have been read in. The keys are not among them: copy the "
                         "folder keys as well, then run `handrail audit verify`.\n");
    return CLI_EXIT_FINE;
}

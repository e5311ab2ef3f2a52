/*
 * cli/command_receipt.c - `handrail receipt PACK --data DIR < answers.json`: an answer of "May I?",
 * signed with the key of the history, for the person who asked.
 *
 * Read first: told/receipt_of.h; docs/ledger.md, "A receipt".
 * What must hold: the answer is worked out here, and nothing is written into the folder.
 */
#include "actions/keeper.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/packs.h"
#include "cli/place.h"
#include "cli/today.h"
#include "shelf/files.h"
#include "told/receipt_of.h"

#define FILE_NAME "answers.json"

MUST_USE static struct result signer_read(struct cli *cli, struct str data, struct note_signer *out)
{
    struct str path = place_key_path(cli->arena, data);
    bool is_there = false;
    TRY(note_start());
    struct result known = keeper_key_read(cli->arena, path, &is_there, out);
    known.detail = path;
    return is_there ? known
                    : result_fail(RESULT_CODE_MISSING,
                                  "there is no key there: it is made when `handrail serve --data` "
                                  "signs the history for the first time",
                                  path);
}

/* The fields that were said. False when there are none, which has been said. */
static bool answers_read(struct cli *cli, struct form *out)
{
    struct str text;
    struct diag_list diags = diag_list_new(cli->arena);
    struct result read =
        shelf_stream_read(cli->arena, cli->in, STR(FILE_NAME), LIMIT_JSON_INPUT_BYTES_MAX, &text);
    const struct json_value *answers = NULL;
    if (result_is_ok(read)) {
        answers = json_read(cli->arena, STR(FILE_NAME), text, &diags);
        cli_diagnose(cli, &diags);
    }
    if (result_is_ok(read) && answers) {
        read = told_form_of_json(cli->arena, answers, out);
    }
    if (!result_is_ok(read)) {
        (void)cli_failed(cli, read);
    }
    return answers && result_is_ok(read);
}

int command_receipt(struct cli *cli)
{
    struct str data = {0}, name = {0};
    const struct cli_option options[] = {
        {.name = STR("--data"), .value = &data},
        {.name = STR("--name"), .value = &name},
    };
    if (!cli_options(cli, options, 2) || !cli_operands(cli, 1, 1)) {
        return CLI_EXIT_WRONG;
    }
    if (str_is_empty(data)) {
        return cli_wrong(cli, STR("name the folder that `handrail serve --data` has"),
                         "--data is missing");
    }
    struct shelf shelf;
    struct form form;
    int status = CLI_EXIT_WRONG;
    if (!packs_open_one(cli, &shelf, &status)) {
        return status;
    }
    if (!answers_read(cli, &form)) {
        return CLI_EXIT_WRONG;
    }
    const struct shelf_pack *one = &shelf.at[0];
    unsigned char digest[SHA256_BYTES];
    told_digest((struct str){(const char *)one->image.bytes, one->image.size}, digest);
    struct note_signer signer;
    struct str receipt = {0};
    struct result made = signer_read(cli, data, &signer);
    if (result_is_ok(made)) {
        made = told_receipt(cli->arena,
                            &(struct told_asked){.pack = &one->pack,
                                                 .digest = digest,
                                                 .form = &form,
                                                 .name = str_trim(name),
                                                 .as_of = today_date(),
                                                 .time_ms = told_now()},
                            &signer, &receipt);
        note_signer_forget(&signer);
    }
    if (!result_is_ok(made)) {
        return cli_failed(cli, made);
    }
    cli_print(cli->out, receipt);
    return CLI_EXIT_FINE;
}

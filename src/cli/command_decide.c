/*
 * cli/command_decide.c - `handrail decide PACK < facts.json`: a question in JSON, answered in JSON.
 *
 * Read first: docs/policy-language.md, section 9.
 * What must hold: an answer is written only when the whole question was understood; the clock is
 * read here and nowhere below.
 */
#include <time.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/packs.h"
#include "cli/today.h"
#include "decide/decide.h"

#define DECIDE_FILE_NAME "facts.json"

/* What the question says of itself before a pack is opened. */
struct decide_call {
    struct str json;
    struct str pack; /* empty: not stated */
};

/*
 * The question with today's date where it states none. The date is put at the very end, so that
 * lines and columns in messages stay those of the input.
 */
static struct str decide_with_date(struct arena *arena, struct str json, bool is_empty)
{
    struct str trimmed = str_trim(json);
    size_t end = (size_t)(trimmed.at - json.at) + trimmed.len - 1; /* of the closing brace */
    struct str today = civil_date_format(arena, today_date());
    return str_format(arena, STR_FMT "%s\"as_of\":\"" STR_FMT "\"}",
                      STR_ARG(str_slice(json, 0, end)), is_empty ? "" : ",", STR_ARG(today));
}

/* Reads the question's frame. False when it is no JSON object; that has been said. */
static bool decide_read_call(struct cli *cli, struct str json, struct decide_call *call)
{
    struct diag_list diags = diag_list_new(cli->arena);
    const struct json_value *root = json_read(cli->arena, STR(DECIDE_FILE_NAME), json, &diags);
    if (root && root->kind != JSON_OBJECT) {
        diag_addf(
            &diags, DIAG_ERROR, STR("question"), STR(DECIDE_FILE_NAME), root->line, root->column,
            STR("begin with {\"act\": \"...\"}; `handrail help decide` says more"),
            "a question is an object, and this is: " STR_FMT, STR_ARG(json_kind_name(root->kind)));
        root = NULL;
    }
    const struct json_value *pack = json_get(root, STR("pack"));
    if (pack && pack->kind != JSON_STRING) {
        diag_addf(&diags, DIAG_ERROR, STR("wrong-type"), STR(DECIDE_FILE_NAME), pack->line,
                  pack->column, STR("write the name of a policy in double quotes"),
                  "\"pack\" is the name of a policy, and this is: " STR_FMT,
                  STR_ARG(json_kind_name(pack->kind)));
        root = NULL;
    }
    if (!root) {
        cli_diagnose(cli, &diags);
        return false;
    }
    call->pack = pack ? pack->text : (struct str){0};
    call->json =
        json_get(root, STR("as_of")) ? json : decide_with_date(cli->arena, json, root->count == 0);
    return true;
}

/* Loads all folders, for a name that is not that of a folder. */
static struct shelf_pack *decide_search(struct cli *cli, struct shelf *shelf,
                                        const struct shelf_names *folders, struct str name)
{
    *shelf = shelf_new(cli->arena);
    for (size_t i = 0; i < folders->count; i++) {
        struct result result = shelf_load(shelf, folders->at[i]);
        if (!result_is_ok(result)) {
            (void)packs_failed(cli, result);
            return NULL;
        }
    }
    struct shelf_pack *found = shelf_pack_find(shelf, name);
    if (!found) {
        struct shelf_names names = shelf_pack_names(shelf);
        struct str nearest = cli_nearest(name, names.at, names.count, sizeof names.at[0]);
        struct str all =
            str_format(cli->arena, "there are: " STR_FMT, STR_ARG(shelf_pack_names_text(shelf)));
        (void)cli_wrong(cli, cli_suggest(cli->arena, nearest, all),
                        "there is no pack \"" STR_FMT "\" in \"" STR_FMT "\"", STR_ARG(name),
                        STR_ARG(cli->operands[0]));
    }
    return found;
}

/* The pack that the question is for. NULL when there is none; that has been said. */
static struct shelf_pack *decide_choose(struct cli *cli, struct shelf *shelf, struct str name)
{
    struct shelf_names folders;
    bool is_folder;
    struct result result = shelf_packs_find(cli->arena, cli->operands[0], &folders, &is_folder);
    if (!result_is_ok(result)) {
        (void)packs_failed(cli, result);
        return NULL;
    }
    if (str_is_empty(name) && folders.count > 1) {
        (void)cli_wrong(cli, STR("name one: {\"pack\": \"reach2\", ...}, or call with its folder"),
                        "\"" STR_FMT "\" holds several policies, and the question names none",
                        STR_ARG(cli->operands[0]));
        return NULL;
    }
    for (size_t i = 0; i < folders.count; i++) {
        if (folders.count > 1 && !str_equal(shelf_path_last(folders.at[i]), name)) {
            continue;
        }
        result = shelf_load(shelf, folders.at[i]);
        if (!result_is_ok(result)) {
            (void)packs_failed(cli, result);
            return NULL;
        }
        struct shelf_pack *one = &shelf->at[shelf->count - 1];
        if (str_is_empty(name) || !one->document || str_equal(one->document->name, name)) {
            return one;
        }
    }
    return decide_search(cli, shelf, &folders, name);
}

int command_decide(struct cli *cli)
{
    if (!cli_options(cli, NULL, 0) || !cli_operands(cli, 1, 1)) {
        return CLI_EXIT_WRONG;
    }
    if (isatty(fileno(cli->in))) {
        cli_printf(cli->err, "Type or paste a question in JSON, then press Ctrl-D. "
                             "(`handrail ask` asks you instead.)\n");
    }
    struct str json;
    struct result result = shelf_stream_read(cli->arena, cli->in, STR(DECIDE_FILE_NAME),
                                             LIMIT_JSON_INPUT_BYTES_MAX, &json);
    struct decide_call call = {0};
    if (!result_is_ok(result)) {
        return cli_failed(cli, result);
    }
    if (!decide_read_call(cli, json, &call)) {
        return CLI_EXIT_WRONG;
    }
    struct shelf shelf = shelf_new(cli->arena);
    struct shelf_pack *one = decide_choose(cli, &shelf, call.pack);
    if (!one) {
        return CLI_EXIT_WRONG;
    }
    if (!one->is_ready) {
        cli_diagnose(cli, &one->diags);
        return cli_wrong(cli, STR("mend the policy first; `handrail lint` shows what is wrong"),
                         "\"" STR_FMT "\" has errors", STR_ARG(one->file));
    }
    struct diag_list diags = diag_list_new(cli->arena);
    struct decide_question *question =
        decide_question_read(cli->arena, &one->pack, STR(DECIDE_FILE_NAME), call.json, &diags);
    struct decide_answer *answer = question ? decide_answer(cli->arena, question, &diags) : NULL;
    if (!answer) {
        cli_diagnose(cli, &diags);
        return CLI_EXIT_WRONG;
    }
    struct text out = {.arena = cli->arena};
    decide_answer_write(answer, &out);
    text_add_char(&out, '\n');
    cli_print(cli->out, text_str(&out));
    return CLI_EXIT_FINE;
}

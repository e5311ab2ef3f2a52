/*
 * cli/main.c - the program: a table of commands, and help.
 *
 * Read first: cli.h. To add a command, write `int command_x(struct cli *)` in a file of its own and
 * add a row to the table.
 */
#include <errno.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "cli/wrap.h"
#include "handrail.h"

/* Columns before the description in the list of commands. */
#define MAIN_NAME_COLUMNS 14

struct main_command {
    struct str name, usage;
    struct str summary; /* one line */
    struct str details; /* for `handrail help NAME`: paragraphs */
    int (*run)(struct cli *cli);
};

static int command_help(struct cli *cli);

static const struct main_command main_commands[] = {
    {STR_INIT("ask"), STR_INIT("PACK [--demo] [--plain]"),
     STR_INIT("answer \"may I?\" by asking you questions"),
     STR_INIT(
         "Asks what you want to do, and then only what can still change the answer. Nothing is "
         "stored or sent.\n\n"
         "--demo shows one worked answer without asking anything. --plain uses no colour."),
     command_ask},
    {STR_INIT("decide"), STR_INIT("PACK < facts.json"),
     STR_INIT("answer a question in JSON with JSON"),
     STR_INIT(
         "Reads one question in JSON and writes the answer in JSON: verdict, clauses, duties, "
         "approvals, presumptions, the next question, what would change it. If PACK is a "
         "folder of packs, the question names one of them as \"pack\".\n\n"
         "docs/policy-language.md, section 9, and docs/schemas/ describe both. The exit status "
         "is 0 whatever the verdict, and 2 if the question cannot be read."),
     command_decide},
    {STR_INIT("receipt"), STR_INIT("PACK --data DIR [--name NAME] < answers.json"),
     STR_INIT("sign an answer of \"may I?\" for the person who asked"),
     STR_INIT(
         "Reads what was said, as one JSON object with the fields of the interview, such as "
         "{\"act\": \"post\", \"f.account\": [\"school\"]}; works out the answer; and writes a "
         "receipt of it, signed with the key of the history in DIR. Nothing is kept. The button "
         "\"Keep a receipt\" in a browser does the same.\n\n"
         "--name puts a name into it, which nobody checks. Anybody verifies a receipt with "
         "handrail audit check FILE --key KEY."),
     command_receipt},
    {STR_INIT("check"), STR_INIT("[--policy PACK] [--roll CSV] [--as CHANNEL] [--json] [FILE]"),
     STR_INIT("check a draft before it is posted"),
     STR_INIT("Reads a draft from FILE, or from standard input, and says what stands in it: "
              "people, contact data, secrets, and how it speaks and of whom. With --policy each "
              "finding has the clauses that it touches. Nothing is stored or sent.\n\n"
              "--roll names a CSV file of the people of the school: kind (pupil, staff, parent), "
              "name, and if you like known_as, school, year, class, role, photo_consent.\n\n"
              "--school, --short and --mail say what the school is called, its abbreviations and "
              "its mail domains, each divided by a semicolon: --school \"Ashdown Vale Academy; "
              "Ashdown Vale\" --short AVA.\n\n"
              "--as says where the words would stand: personal (what is taken if you do not say), "
              "official, message, profile or incoming. --said states facts, such as "
              "\"person=teacher audience=everyone\"; a teacher is taken if it says nothing of "
              "you.\n\n"
              "The exit status is 0, or 1 with --fail-on LEVEL if a finding comes to LEVEL or "
              "more: finding (any), caution, ask-first, needs-approval, forbidden. "
              "docs/schemas/check.json describes --json."),
     command_check},
    {STR_INIT("serve"), STR_INIT("[PACK...] [--data DIR] [--listen ADDRESS]"),
     STR_INIT("the web application, for a browser"),
     STR_INIT("Reads the policies, or those of the folder \"policies\", and serves them to "
              "browsers until it is stopped (Ctrl-C). Nothing that anybody answers is stored.\n\n"
              "With --data people sign in, and what is kept stands in that folder, which is made "
              "when it is not there; the first start shows an address at which to set it up. "
              "--store postgresql://... keeps the records in that database instead; keys stay in "
              "the folder. --public names the site as others see it, behind a web server with TLS: "
              "without it nobody but this machine is served.\n\n"
              "--listen says where: 127.0.0.1:8420 unless you name another address and port, such "
              "as [::1]:8420; port 0 takes a free one. The default is for this machine alone; to "
              "serve others, put a web server with TLS in front.\n\n"
              "Each request is one line on the error channel, without personal data: time, method, "
              "page, status, bytes, microseconds; --log json writes each as an object. /health and "
              "/ready say whether the server lives and whether it can work. /metrics has what "
              "Prometheus reads, for this machine, and for --metrics-from RANGE such as "
              "10.20.0.0/16."),
     command_serve},
    {STR_INIT("import"), STR_INIT("people FILE --data DIR [--apply]"),
     STR_INIT("take people over from the list of a staff system"),
     STR_INIT(
         "Reads a CSV file as SIMS, Arbor, Bromcom and others export it and shows who would be "
         "added and changed. Nobody is changed unless --apply is given. docs/import.md says "
         "which columns are read and what becomes of them.\n\n"
         "--map says what is not recognised, and may stand several times: --map \"Payroll "
         "Ref=reference\", --map \"Notes=-\" for a column that is not to be read, --map "
         "\"TCH=kind:teacher\" for a word. --school gives the code of the school of lines that "
         "name none, --kind what people are whose line does not say it.\n\n"
         "--leavers: who came with an earlier list and is not in this one has left. --sure: "
         "even if that is more than one in five.\n\n"
         "--data names the folder of \"handrail serve\", or --store the address of its "
         "PostgreSQL database. --as says as whom, by e-mail; the program itself if it says "
         "nothing. --packs names the folder of the policies, and may stand several times.\n\n"
         "--all shows all lines and not the first ones; --json and --csv write them for "
         "programs and spreadsheets.\n\n"
         "handrail import undo NUMBER --data DIR puts back what stood there before, but for "
         "those whom somebody has changed since.\n\n"
         "The exit status is 1 if lines were refused, or people left as they are."),
     command_import},
    {STR_INIT("retention"), STR_INIT("see | due | run | proof RUN --data DIR"),
     STR_INIT("erase what the policies keep no longer, and show that it is gone"),
     STR_INIT(
         "retention see shows what the policies of the schools say, and what was carried out.\n\n"
         "retention due is a dry run: what is due today, or on --as-of DAY, how many, by which "
         "clause, and what is held. --kept NAME shows each item of one kind.\n\n"
         "retention run erases what is due today, in small steps. --count is the number that the "
         "dry run shows as due, and --as the e-mail address of somebody who may do it. Whoever "
         "interrupts it calls it again, without --count.\n\n"
         "retention proof RUN shows what an execution did: its acts, that the history is whole, "
         "and that nothing of what was erased is left. --words FILE names a file of names, "
         "addresses and numbers, one on a line, which are looked for in all that is kept. Keep "
         "what it prints: it ends with the newest signed checkpoint. The exit status is 1 if "
         "anything is left or found.\n\n"
         "--data, --store, --packs and --as are those of \"handrail import\"."),
     command_retention},
    {STR_INIT("export"), STR_INIT("FOLDER --data DIR"),
     STR_INIT("write out all that is kept, to look at or to take elsewhere"),
     STR_INIT("Writes records.jsonl, which holds everything, and each table as CSV for "
              "spreadsheets, into a folder that is empty or not there yet. docs/export.md says "
              "what the columns mean.\n\n"
              "handrail import records FILE --data DIR reads records.jsonl into an empty place: "
              "from SQLite to PostgreSQL (--store postgresql://...) and back. The folder keys is "
              "not in it: copy it as well."),
     command_export},
    {STR_INIT("audit"), STR_INIT("verify | prove ACT | key | check FILE [--data DIR] [--key KEY]"),
     STR_INIT("show that the history has not been changed"),
     STR_INIT(
         "Everything that is done with --data of `serve` stands in a history that cannot be "
         "changed without being found out; docs/ledger.md says how.\n\n"
         "audit verify --data DIR reads all of it and believes nothing. The exit status is 0 when "
         "it is whole, 1 when something is wrong, which is then said with its place, and 2 when it "
         "cannot be read. --json says it for programs (docs/schemas/audit.json). --since FILE "
         "takes a checkpoint that somebody has kept: all that was signed then must still be there. "
         "--store names a PostgreSQL database, as for `serve`.\n\n"
         "audit key --data DIR prints the key with which others verify: publish it. --all prints "
         "those that the history declares, the oldest first.\n\n"
         "audit key --change --why routine|lost|leaked --data DIR makes another key, and an act of "
         "the history that says so: routine when the old one is in DIR and nobody else has it "
         "(then both sign the change), lost when nobody has it, leaked when somebody else may. "
         "Handrail may go on meanwhile. If it is broken off, say it once more. Copy the new "
         "ledger.key to all nodes; docs/operating.md has more. --key KEY says a lost key that the "
         "history does not know.\n\n"
         "audit prove ACT --data DIR writes a file that shows to anybody who has the key that this "
         "act stands in the history.\n\n"
         "audit check FILE --key KEY verifies such a file, a receipt or a checkpoint. It needs "
         "nothing else. The exit status is 1 when it is not right.\n\n"
         "--key is what `audit key` printed. Several have spaces between: --key \"KEY KEY\". "
         "Without it the one in DIR is taken. `verify` needs the key of now alone, or an older one "
         "whose holder agreed to each that followed; `check` the one that signed what is checked."),
     command_audit},
    {STR_INIT("backup"), STR_INIT("FILE --data DIR"),
     STR_INIT("copy all that is kept into one file"),
     STR_INIT(
         "Copies the database into a new file while Handrail goes on, and reads the whole copy: "
         "every page, and the history. FILE.json beside it says what it holds and its SHA-256. "
         "The exit status is 1 when what is kept is not whole.\n\n"
         "The keys in DIR/keys are not in it: keep a copy of them in another safe place. "
         "PostgreSQL makes its own copies: see docs/operating.md."),
     command_backup},
    {STR_INIT("restore"), STR_INIT("FILE --data DIR [--replace] [--lost FILE]"),
     STR_INIT("put a copy in the place of what is kept"),
     STR_INIT(
         "Reads the whole copy first, and changes nothing when it is not whole. Stop Handrail "
         "before. With --replace what DIR holds is kept beside it under another name; without, "
         "DIR must hold nothing.\n\n"
         "The history goes on in a new epoch, which says what is lost: the newest checkpoint "
         "that DIR still had, or that of --lost FILE, which somebody else has kept.\n\n"
         "After PostgreSQL has restored its database by its own means, say --store "
         "postgresql://... and no FILE: "
         "it is read, and its new epoch begins."),
     command_restore},
    {STR_INIT("demo"), STR_INIT("--data DIR [PACK...]"),
     STR_INIT("a trust that does not exist, to look at"),
     STR_INIT(
         "Fills an empty folder with Ashdown Vale Learning Trust: four schools, 400 staff, and "
         "what happened there in five months. Then says whom to sign in as, once \"handrail "
         "serve --data DIR\" runs. Nobody and nothing in it exists, and its password is known "
         "to everybody, so it is shown to this machine alone.\n\n"
         "--seed NUMBER makes another one. --store postgresql://... fills that database."),
     command_demo},
    {STR_INIT("explain"), STR_INIT("PACK CLAUSE"),
     STR_INIT("show a clause: its words, and what Handrail makes of them"),
     STR_INIT("Prints the clause's text, its rules in plain English, reader's notes and what it "
              "declares for the rest of the program."),
     command_explain},
    {STR_INIT("lint"), STR_INIT("PACK..."), STR_INIT("find mistakes in a policy"),
     STR_INIT("Reads and checks policies: names, types, structure. The exit status is 1 if there "
              "are errors."),
     command_lint},
    {STR_INIT("fmt"), STR_INIT("PACK... [--check]"), STR_INIT("lay out a policy's blocks"),
     STR_INIT(
         "Lays out the blocks of policies, and of the vocabulary in a folder of packs, in place; "
         "prose stays as it is. --check changes nothing and names the files that would "
         "change; the exit status is then 1."),
     command_fmt},
    {STR_INIT("test"), STR_INIT("PACK... [--coverage] [--mutate] [--json]"),
     STR_INIT("run a policy's examples"),
     STR_INIT("Runs every example of the policies and compares the answers with what the examples "
              "expect; and every draft of its screen statements: one that fires must be cited "
              "for a rule because of what is found, or be rid of one, and one that passes must "
              "not be found.\n\n"
              "--coverage names the clauses and conditions that no example reaches.\n\n"
              "--mutate changes each rule a little, again and again, and looks whether an example "
              "notices. The exit status is 1 if fewer than 95 % of the changes are noticed."),
     command_test},
    {STR_INIT("coverage"), STR_INIT("PACK... [--ledger TSV] [--json]"),
     STR_INIT("how each clause of the source is put into operation"),
     STR_INIT(
         "Sets each clause beside the ledger of its source: enforced by a rule, declared for a "
         "part of the program to come, printed as text, or missing. The exit status is 1 if "
         "a clause is missing, or should have a rule and has none."),
     command_coverage},
    {STR_INIT("vocabulary"), STR_INIT("[PACK] [--json]"),
     STR_INIT("list acts, facts, values and questions"),
     STR_INIT("Lists the words that policies are written in. With a PACK, also the words that it "
              "adds. Without, the folder \"policies\" is looked at."),
     command_vocabulary},
    {STR_INIT("compile"), STR_INIT("PACK -o FILE"),
     STR_INIT("write a policy's image for other programs"),
     STR_INIT("Compiles one policy into the file that include/handrail.h opens."), command_compile},
    {STR_INIT("help"), STR_INIT("[COMMAND]"), STR_INIT("show this, or more about one command"),
     STR_INIT("Shows all commands, or one in detail."), command_help},
};

#define MAIN_COMMAND_COUNT (sizeof main_commands / sizeof main_commands[0])

static const struct main_command *main_find(struct str name)
{
    for (size_t i = 0; i < MAIN_COMMAND_COUNT; i++) {
        if (str_equal(main_commands[i].name, name)) {
            return &main_commands[i];
        }
    }
    return NULL;
}

static void main_help_all(struct text *out)
{
    text_add(out, STR("Handrail puts a school's social media policy into operation.\n\n"
                      "usage: handrail COMMAND ...\n\n"));
    for (size_t i = 0; i < MAIN_COMMAND_COUNT; i++) {
        text_add(out, STR("  "));
        wrap_pad(out, main_commands[i].name, MAIN_NAME_COLUMNS - 2);
        wrap_add(out, main_commands[i].summary,
                 (struct wrap){TERMINAL_COLUMNS_MAX, MAIN_NAME_COLUMNS, MAIN_NAME_COLUMNS});
    }
    text_add(out, STR("\nPACK is the folder of a policy, such as policies/reach2, or a folder of "
                      "such\nfolders.\n\n"
                      "Try:   handrail ask policies\n"
                      "More:  handrail help COMMAND\n\n"
                      "Exit status: 0 fine, 1 the answer is \"no\" (a failing test, an error in "
                      "a\npolicy), 2 the call or the input is wrong.\n"));
}

static void main_help_one(struct text *out, const struct main_command *command)
{
    text_addf(out, "usage: handrail " STR_FMT " " STR_FMT "\n\n", STR_ARG(command->name),
              STR_ARG(command->usage));
    wrap_prose(out, command->details, TERMINAL_COLUMNS_MAX, 0);
}

static int main_unknown(struct cli *cli, struct str name)
{
    struct str nearest =
        cli_nearest(name, &main_commands[0].name, MAIN_COMMAND_COUNT, sizeof main_commands[0]);
    cli->command = (struct str){0};
    return cli_wrong(cli,
                     cli_suggest(cli->arena, nearest, STR("`handrail help` lists the commands")),
                     "there is no command \"" STR_FMT "\"", STR_ARG(name));
}

static int command_help(struct cli *cli)
{
    if (!cli_options(cli, NULL, 0) || !cli_operands(cli, 0, 1)) {
        return CLI_EXIT_WRONG;
    }
    struct text out = {.arena = cli->arena};
    if (cli->operand_count == 0) {
        main_help_all(&out);
    } else {
        const struct main_command *command = main_find(cli->operands[0]);
        if (!command) {
            return main_unknown(cli, cli->operands[0]);
        }
        main_help_one(&out, command);
    }
    cli_print(cli->out, text_str(&out));
    return CLI_EXIT_FINE;
}

static bool main_wants_help(const struct cli *cli)
{
    for (size_t i = 0; i < cli->argument_count; i++) {
        if (str_equal(cli->arguments[i], STR("--help")) ||
            str_equal(cli->arguments[i], STR("-h"))) {
            return true;
        }
        if (str_equal(cli->arguments[i], STR("--"))) {
            return false;
        }
    }
    return false;
}

static int main_run(struct cli *cli, struct str name)
{
    if (str_equal(name, STR("--version"))) {
        cli_printf(cli->out, "handrail %s (interface %d)\n", HANDRAIL_VERSION,
                   HANDRAIL_ABI_VERSION);
        return CLI_EXIT_FINE;
    }
    if (str_equal(name, STR("--help")) || str_equal(name, STR("-h"))) {
        name = STR("help");
    }
    const struct main_command *command = main_find(name);
    if (!command) {
        return main_unknown(cli, name);
    }
    cli->command = command->name;
    cli->usage = command->usage;
    if (main_wants_help(cli)) {
        struct text out = {.arena = cli->arena};
        main_help_one(&out, command);
        cli_print(cli->out, text_str(&out));
        return CLI_EXIT_FINE;
    }
    return command->run(cli);
}

int main(int argc, char **argv)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    size_t count = argc > 2 ? (size_t)argc - 2 : 0;
    struct cli cli = {.arena = arena,
                      .arguments = ARENA_ARRAY(arena, struct str, count),
                      .argument_count = count,
                      .in = stdin,
                      .out = stdout,
                      .err = stderr};
    for (size_t i = 0; i < count; i++) {
        cli.arguments[i] = str_from(argv[i + 2]);
    }
    if (argc < 2) {
        struct text out = {.arena = arena};
        main_help_all(&out);
        cli_print(cli.err, text_str(&out));
        return CLI_EXIT_WRONG;
    }
    int status = main_run(&cli, str_from(argv[1]));
    if (fflush(stdout) != 0 || ferror(stdout)) {
        return cli_wrong(&cli, STR("look whether the disk is full"),
                         "the output could not be written: %s", strerror(errno));
    }
    return status;
}

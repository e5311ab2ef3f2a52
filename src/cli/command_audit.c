/*
 * cli/command_audit.c - `handrail audit verify | prove | key | check`: shows that the history has
 * not been changed, to the school and to others.
 *
 * Read first: audit.h, docs/ledger.md. Start at the table of verbs.
 */
#include "actions/key_change.h"
#include "base/instant.h"
#include "base/json.h"
#include "cli/audit.h"
#include "cli/commands.h"
#include "cli/place.h"
#include "shelf/files.h"
#include "told/shown.h"

struct audit_options {
    struct str data, store, key, since, why;
    bool is_json, is_all, is_change;
};

struct audit_verb {
    struct str name, operand; /* what follows it, or empty */
    int (*run)(struct cli *cli, const struct audit_options *options);
};

/* ---- What is needed -------------------------------------------------------------------------- */

/* What is kept, as it is. False when it cannot be read, which has been said. */
static bool look(struct cli *cli, const struct audit_options *options, struct store **out)
{
    if (str_is_empty(options->data) && str_is_empty(options->store)) {
        (void)cli_wrong(cli, STR("name the folder that `handrail serve --data` has"),
                        "--data is missing");
        return false;
    }
    struct str where = place_store(cli->arena, options->data, options->store);
    struct result looked = store_look(cli->arena, where, out);
    if (!result_is_ok(looked)) {
        (void)cli_failed(cli, looked);
    }
    return result_is_ok(looked);
}

static bool keys_read(struct cli *cli, const struct audit_options *options, struct audit_keys *keys)
{
    struct result read = audit_keys_read(cli->arena, options->key, options->data, keys);
    if (!result_is_ok(read)) {
        (void)cli_failed(cli, read);
    }
    return result_is_ok(read);
}

/* ---- verify ---------------------------------------------------------------------------------- */

/* All that was signed then must still be there: the tree of now begins with that one. */
MUST_USE static struct result since_check(struct cli *cli, const struct audit_options *options,
                                          struct store *store, const struct audit_keys *keys,
                                          struct audit_found *found)
{
    struct str note;
    struct checkpoint_trust trust;
    struct checkpoint then;
    if (str_is_empty(options->since) || !audit_is_whole(found)) {
        return RESULT_OK;
    }
    struct audit_keys all = *keys;
    audit_keys_add_declared(&all, &found->report.keys);
    TRY(shelf_file_read(cli->arena, options->since, NOTE_BYTES_MAX, &note));
    TRY(audit_checkpoint_open(cli->arena, note, &all, &trust, &then));
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, cli->arena, STORE_READ, &transaction));
    struct tree_reader reader = ledger_reader(transaction);
    struct tree_hash root = {{0}};
    bool is_shorter = (int64_t)then.size > found->report.entries;
    TRY(is_shorter ? RESULT_OK : tile_root(&reader, then.size, &root));
    if (is_shorter || !tree_hash_equal(&root, &then.root)) {
        found->report.fault = LEDGER_FAULT_CHECKPOINT;
        found->report.fault_at = (int64_t)then.size;
        found->report.fault_detail = is_shorter ? STR("acts that were signed then are gone")
                                                : STR("other acts were signed then");
    }
    return RESULT_OK;
}

static void keys_json(struct cli *cli, struct json_writer *writer, const struct ledger_keys *keys)
{
    json_key(writer, STR("keys"));
    json_begin_array(writer);
    for (size_t i = 0; i < keys->count; i++) {
        const struct ledger_key *key = &keys->at[i];
        json_begin_object(writer);
        json_key_str(writer, STR("id"), note_key_id_write(cli->arena, key->key.id));
        if (key->is_known) {
            json_key_str(writer, STR("key"), note_key_write(cli->arena, &key->key));
        }
        json_key_int(writer, STR("since"), key->since);
        json_key_str(writer, STR("why"), ledger_key_why_word(key->why));
        json_end_object(writer);
    }
    json_end_array(writer);
}

static void verify_json(struct cli *cli, const struct audit_keys *keys,
                        const struct audit_found *found)
{
    const struct ledger_report *report = &found->report;
    struct text out = {.arena = cli->arena};
    struct json_writer writer = json_writer_new(&out, JSON_PRETTY);
    bool is_whole = audit_is_whole(found);
    json_begin_object(&writer);
    json_key_bool(&writer, STR("whole"), is_whole);
    json_key_bool(&writer, STR("signatures"), keys->count > 0);
    if (is_whole) {
        json_key_int(&writer, STR("entries"), report->entries);
        json_key_int(&writer, STR("erased"), report->erased);
        json_key_int(&writer, STR("checkpoints"), report->checkpoints);
        json_key_str(&writer, STR("root"), audit_hash_words(cli->arena, &report->root));
        keys_json(cli, &writer, &report->keys);
    } else {
        json_key(&writer, STR("fault"));
        json_begin_object(&writer);
        json_key_str(&writer, STR("kind"), audit_fault_name(found));
        json_key_int(&writer, STR("at"), report->fault_at);
        json_key_str(&writer, STR("says"), audit_fault_words(cli->arena, found));
        json_end_object(&writer);
    }
    json_end_object(&writer);
    text_add_char(&out, '\n');
    cli_print(cli->out, text_str(&out));
}

/* What became of the key before this one. */
static const char *why_words(enum ledger_key_why why)
{
    switch (why) {
    case LEDGER_KEY_ROUTINE:
        return "which agreed";
    case LEDGER_KEY_LOST:
        return "which is lost";
    case LEDGER_KEY_LEAKED:
        return "which had leaked";
    case LEDGER_KEY_FIRST:
    case LEDGER_KEY_WHY_COUNT:
        break;
    }
    return "";
}

/* From which act on which key holds, and that this was declared. */
static void keys_words(struct cli *cli, const struct ledger_report *report)
{
    for (size_t i = 1; i < report->keys.count; i++) {
        const struct ledger_key *before = &report->keys.at[i - 1], *key = &report->keys.at[i];
        cli_printf(cli->out,
                   "Act %lld (" STR_FMT ") changed the key: from there on it is " STR_FMT
                   ", before it was " STR_FMT ", %s.\n",
                   (long long)key->since, STR_ARG(instant_format(cli->arena, key->since_at)),
                   STR_ARG(note_key_id_write(cli->arena, key->key.id)),
                   STR_ARG(note_key_id_write(cli->arena, before->key.id)), why_words(key->why));
    }
    if (report->unknown > 0) {
        cli_printf(cli->out,
                   "Nobody knows the key " STR_FMT " any more: what it signed (" STR_FMT
                   ") is whole, but its signatures were not looked at. If somebody has the key, "
                   "name it with --key beside the new one.\n",
                   STR_ARG(note_key_id_write(cli->arena, report->keys.at[0].key.id)),
                   STR_ARG(cli_count(cli->arena, (size_t)report->unknown, "checkpoint", NULL)));
    }
}

static void verify_words(struct cli *cli, const struct audit_keys *keys,
                         const struct audit_found *found)
{
    const struct ledger_report *report = &found->report;
    if (!audit_is_whole(found)) {
        cli_printf(cli->out, "The history is not whole: " STR_FMT ".\n",
                   STR_ARG(audit_fault_words(cli->arena, found)));
        return;
    }
    cli_printf(cli->out, "The history is whole: " STR_FMT ", %lld of them erased, " STR_FMT ".\n",
               STR_ARG(cli_count(cli->arena, (size_t)report->entries, "act", NULL)),
               (long long)report->erased,
               STR_ARG(cli_count(cli->arena, (size_t)report->checkpoints, "checkpoint", NULL)));
    cli_printf(cli->out, "Its root is " STR_FMT ".\n",
               STR_ARG(audit_hash_words(cli->arena, &report->root)));
    keys_words(cli, report);
    if (keys->count == 0) {
        cli_printf(cli->out, "Signatures were not looked at: name the key with --key.\n");
    }
}

static int verify(struct cli *cli, const struct audit_options *options)
{
    DEFER(store_close) struct store *store = NULL;
    struct audit_keys keys;
    struct audit_found found;
    if (!keys_read(cli, options, &keys) || !look(cli, options, &store)) {
        return CLI_EXIT_WRONG;
    }
    struct result read = audit_verify(cli, store, &keys, &found);
    if (result_is_ok(read)) {
        read = since_check(cli, options, store, &keys, &found);
    }
    if (!result_is_ok(read)) {
        return cli_failed(cli, read);
    }
    (options->is_json ? verify_json : verify_words)(cli, &keys, &found);
    return audit_is_whole(&found) ? CLI_EXIT_FINE : CLI_EXIT_NO;
}

/* ---- prove ----------------------------------------------------------------------------------- */

MUST_USE static struct result prove_text(struct cli *cli, struct store *store, int64_t act,
                                         struct str *out)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, cli->arena, STORE_READ, &transaction));
    return ledger_prove(transaction, act, out);
}

static int prove(struct cli *cli, const struct audit_options *options)
{
    DEFER(store_close) struct store *store = NULL;
    int64_t act = -1;
    struct str proof;
    if (!str_to_int(cli->operands[1], &act)) {
        return cli_wrong(cli, STR("the number of an act stands in the history: 0, 1, 2 ..."),
                         "\"" STR_FMT "\" is no number", STR_ARG(cli->operands[1]));
    }
    if (!look(cli, options, &store)) {
        return CLI_EXIT_WRONG;
    }
    struct result proven = prove_text(cli, store, act, &proof);
    if (!result_is_ok(proven)) {
        return cli_failed(cli, proven);
    }
    cli_print(cli->out, proof);
    return CLI_EXIT_FINE;
}

/* ---- key ------------------------------------------------------------------------------------- */

MUST_USE static struct result declared_read(struct cli *cli, struct store *store,
                                            struct ledger_keys *out)
{
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(store, cli->arena, STORE_READ, &transaction));
    return ledger_keys_read(transaction, out);
}

/* All that the history declares, the oldest first; what is to be known of one goes to `err`. */
static int key_all(struct cli *cli, const struct audit_options *options)
{
    DEFER(store_close) struct store *store = NULL;
    struct ledger_keys keys;
    if (!look(cli, options, &store)) {
        return CLI_EXIT_WRONG;
    }
    struct result read = declared_read(cli, store, &keys);
    if (!result_is_ok(read)) {
        return cli_failed(cli, read);
    }
    for (size_t i = 0; i < keys.count; i++) {
        struct str id = note_key_id_write(cli->arena, keys.at[i].key.id);
        if (keys.at[i].is_known) {
            cli_printf(cli->out, STR_FMT "\n",
                       STR_ARG(note_key_write(cli->arena, &keys.at[i].key)));
        } else {
            cli_printf(cli->err, "The first key, " STR_FMT ", is not known here.\n", STR_ARG(id));
        }
        if (ledger_key_has_leaked(&keys, i)) {
            cli_printf(cli->err, "The key " STR_FMT " has leaked: believe no receipt of it.\n",
                       STR_ARG(id));
        }
    }
    return CLI_EXIT_FINE;
}

static void say_changed(struct cli *cli, const struct key_changed *changed)
{
    struct str before = note_key_id_write(cli->arena, changed->before.key.id);
    if (changed->was_begun) {
        cli_printf(cli->out, "This finishes a change that was begun earlier (" STR_FMT ").\n",
                   STR_ARG(ledger_key_why_word(changed->now.why)));
    }
    cli_printf(cli->out,
               "From act %lld on this key signs the history. Publish it, and copy the file "
               "ledger.key to all nodes and to the safe:\n\n" STR_FMT "\n\n",
               (long long)changed->now.since,
               STR_ARG(note_key_write(cli->arena, &changed->now.key)));
    if (changed->now.why == LEDGER_KEY_ROUTINE) {
        cli_printf(cli->out,
                   "Whoever has the old key, " STR_FMT
                   ", can check the new one by this checkpoint, which both have signed:\n\n" STR_FMT
                   "\n",
                   STR_ARG(before), STR_ARG(changed->note));
    } else {
        cli_printf(cli->out,
                   "Whoever has the old key, " STR_FMT
                   ", must have the new one from you by another way, such as a letter.\n",
                   STR_ARG(before));
    }
    if (!str_is_empty(changed->aside)) {
        cli_printf(cli->out, "The key file of before is kept as " STR_FMT ".\n",
                   STR_ARG(changed->aside));
    }
}

/* Opened to be written to, if it is there and of this version. */
MUST_USE static struct result open_to_change(struct cli *cli, const struct audit_options *options,
                                             struct store **out)
{
    struct str where = place_store(cli->arena, options->data, options->store);
    struct store *looked = NULL;
    TRY(store_look(cli->arena, where, &looked));
    store_close(looked);
    TRY(place_folders_make(cli->arena, options->data));
    return store_open(cli->arena, where, out);
}

static int key_other(struct cli *cli, const struct audit_options *options)
{
    DEFER(store_close) struct store *store = NULL;
    struct audit_keys old = {0};
    struct key_change change = {.key_path = place_key_path(cli->arena, options->data)};
    struct key_changed changed;
    if (!ledger_key_why_read(options->why, &change.why)) {
        return cli_wrong(cli,
                         STR("--why routine: the key is here, and nobody else has it; --why lost: "
                             "nobody has it; --why leaked: somebody else may have it"),
                         "it is not said why the key is changed");
    }
    if (str_is_empty(options->data)) {
        return cli_wrong(cli, STR("name the folder that `handrail serve --data` has"),
                         "--data is missing");
    }
    struct result done = audit_keys_read(cli->arena, options->key, (struct str){0}, &old);
    if (result_is_ok(done)) {
        done = open_to_change(cli, options, &store);
    }
    change.store = store;
    change.old = old.count > 0 ? &old.at[0] : NULL;
    done = result_is_ok(done) ? key_change(&change, cli->arena, &changed) : done;
    if (!result_is_ok(done)) {
        return cli_failed(cli, done);
    }
    say_changed(cli, &changed);
    return CLI_EXIT_FINE;
}

static int key(struct cli *cli, const struct audit_options *options)
{
    struct audit_keys keys;
    if (options->is_all || options->is_change) {
        return (options->is_change ? key_other : key_all)(cli, options);
    }
    if (!keys_read(cli, options, &keys)) {
        return CLI_EXIT_WRONG;
    }
    if (keys.count == 0) {
        return cli_wrong(cli, STR("it is made when the history is signed for the first time"),
                         "there is no key in that folder");
    }
    cli_printf(cli->out, STR_FMT "\n", STR_ARG(note_key_write(cli->arena, &keys.at[0])));
    return CLI_EXIT_FINE;
}

/* ---- check ----------------------------------------------------------------------------------- */

static void say_proof(struct cli *cli, const struct told_shown *shown)
{
    struct str when = instant_format(cli->arena, (struct instant){shown->entry.time_ms});
    cli_printf(cli->out,
               "The proof is right: act %llu, of kind %u, was recorded at " STR_FMT
               " in the history of " STR_FMT ", which has %llu acts.\n",
               (unsigned long long)shown->proof.index, (unsigned)shown->entry.kind, STR_ARG(when),
               STR_ARG(shown->checkpoint.origin), (unsigned long long)shown->checkpoint.size);
}

static void say_receipt(struct cli *cli, const struct receipt *receipt)
{
    struct str when = instant_format(cli->arena, (struct instant){receipt->time_ms});
    cli_printf(cli->out,
               "The receipt is right: \"" STR_FMT "\" was the answer of the policy " STR_FMT
               " at " STR_FMT ".\n",
               STR_ARG(receipt->verdict), STR_ARG(receipt->policy), STR_ARG(when));
}

static void say_checkpoint(struct cli *cli, const struct checkpoint *checkpoint)
{
    cli_printf(cli->out,
               "The checkpoint is right: the history of " STR_FMT
               " had %llu acts, and its root was " STR_FMT ".\n",
               STR_ARG(checkpoint->origin), (unsigned long long)checkpoint->size,
               STR_ARG(audit_hash_words(cli->arena, &checkpoint->root)));
}

static void say_shown(struct cli *cli, const struct told_shown *shown)
{
    switch (shown->kind) {
    case TOLD_SHOWN_RECEIPT:
        say_receipt(cli, &shown->receipt);
        return;
    case TOLD_SHOWN_PROOF:
        say_proof(cli, shown);
        return;
    case TOLD_SHOWN_CHECKPOINT:
        say_checkpoint(cli, &shown->checkpoint);
        return;
    case TOLD_SHOWN_KIND_COUNT:
        return;
    }
}

static int check(struct cli *cli, const struct audit_options *options)
{
    struct audit_keys keys;
    struct str text;
    if (!keys_read(cli, options, &keys)) {
        return CLI_EXIT_WRONG;
    }
    if (keys.count == 0) {
        return cli_wrong(cli, STR("the school publishes it; `handrail audit key` prints it"),
                         "--key is missing");
    }
    struct result read = shelf_file_read(cli->arena, cli->operands[1], PROOF_BYTES_MAX, &text);
    if (!result_is_ok(read)) {
        return cli_failed(cli, read);
    }
    struct told_shown shown;
    struct result checked = told_shown_open(cli->arena, text, keys.at, keys.count, &shown);
    if (result_is_ok(checked)) {
        say_shown(cli, &shown);
        return CLI_EXIT_FINE;
    }
    cli_printf(cli->out, "This is not right: %s.\n", checked.message);
    return CLI_EXIT_NO;
}

/* ---- The command ----------------------------------------------------------------------------- */

static const struct audit_verb verbs[] = {
    {STR_INIT("verify"), {0}, verify},
    {STR_INIT("prove"), STR_INIT("the number of an act"), prove},
    {STR_INIT("key"), {0}, key},
    {STR_INIT("check"), STR_INIT("a file"), check},
};
#define VERB_COUNT (sizeof verbs / sizeof verbs[0])

int command_audit(struct cli *cli)
{
    struct audit_options options = {0};
    const struct cli_option table[] = {
        {.name = STR("--data"), .value = &options.data},
        {.name = STR("--store"), .value = &options.store},
        {.name = STR("--key"), .value = &options.key},
        {.name = STR("--since"), .value = &options.since},
        {.name = STR("--all"), .flag = &options.is_all},
        {.name = STR("--change"), .flag = &options.is_change},
        {.name = STR("--why"), .value = &options.why},
        {.name = STR("--json"), .flag = &options.is_json},
    };
    if (!cli_options(cli, table, sizeof table / sizeof table[0])) {
        return CLI_EXIT_WRONG;
    }
    struct str word = cli->operand_count > 0 ? cli->operands[0] : (struct str){0};
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (!str_equal(verbs[i].name, word)) {
            continue;
        }
        size_t wanted = str_is_empty(verbs[i].operand) ? 1 : 2;
        if (cli->operand_count < wanted) {
            return cli_wrong(cli, STR("`handrail help audit` explains it"),
                             "after \"" STR_FMT "\" comes " STR_FMT, STR_ARG(word),
                             STR_ARG(verbs[i].operand));
        }
        return cli_operands(cli, wanted, wanted) ? verbs[i].run(cli, &options) : CLI_EXIT_WRONG;
    }
    struct str nearest = cli_nearest(word, &verbs[0].name, VERB_COUNT, sizeof verbs[0]);
    return cli_wrong(cli, cli_suggest(cli->arena, nearest, STR("say verify, prove, key or check")),
                     "\"audit\" does not know what to do");
}

/*
 * actions/do_ledger_see.c - one act of the history, and the proof that it stands there.
 *
 * Read first: action_int.h, ledger/ledger.h, ledger/proof.h.
 *
 * What must hold
 * - An act is for whom the table of permissions says, and for who did it: nobody else is told even
 *   whether there is one.
 * - What is called verified has been verified in this request.
 */
#include "actions/keeper.h"
#include "actions/table_int.h"
#include "base/hex.h"
#include "base/json.h"
#include "ledger/ledger.h"
#include "ledger/ledger_sql.h"

static const struct action_field see_fields[] = {
    {.name = STR_INIT("act"), .label = STR_INIT("Act"), .kind = ACTION_NUMBER, .is_required = true},
};

MUST_USE static struct result act_read(struct action_call *call, struct ledger_act_of_row *row,
                                       bool *is_there)
{
    return ledger_act_of(call->transaction, (struct ledger_act_of_in){action_number(call, "act")},
                         is_there, row);
}

/* Who did it may see it. */
MUST_USE static struct result locate(struct action_call *call)
{
    struct ledger_act_of_row row;
    bool is_there = false;
    TRY(act_read(call, &row, &is_there));
    if (is_there && row.actor.value == call->actor.value) {
        call->person = call->actor;
    }
    return RESULT_OK;
}

/* ---- What was recorded ----------------------------------------------------------------------- */

static const struct action_column content_columns[] = {
    {STR_INIT("name"), STR_INIT("Field"), ACTION_CELL_TEXT},
    {STR_INIT("value"), STR_INIT("Value"), ACTION_CELL_TEXT},
};

static void show_content(struct action_call *call, struct str content)
{
    struct action_list *shown =
        action_list(call, "content", "What was recorded", content_columns,
                    ACTION_COUNT_OF(content_columns), "Nothing but that it was done.");
    struct diag_list diags = diag_list_new(call->arena);
    const struct json_value *said = json_read(call->arena, STR("act"), content, &diags);
    for (size_t i = 0; said && i < said->count; i++) {
        struct action_cell *cells = action_row(call, shown);
        const struct json_value *value = &said->members[i].value;
        struct str plain = value->text;
        cells[0].text = said->members[i].key;
        cells[1].text = json_plain(call->arena, value, &plain) ? plain : value->text;
    }
}

/* What it said, and that it is what was recorded; or by which act it was erased. */
MUST_USE static struct result show_recorded(struct action_call *call,
                                            const struct ledger_act_of_row *row)
{
    if (row->erased_by != 0) {
        struct action_cell by = action_cell_act(call, row->erased_by - 1);
        by.raw = by.text;
        by.text = str_format(call->arena,
                             "What it said was erased by act " STR_FMT
                             ". That it was done stays provable",
                             STR_ARG(by.raw));
        action_say_cell(call, "erasedBy", "Erased", by);
        return RESULT_OK;
    }
    struct entry entry;
    struct ledger_act act = {.kind = (uint16_t)row->kind,
                             .actor = row->actor,
                             .person = row->person,
                             .school = row->school,
                             .content = row->content};
    TRY(entry_read(row->leaf, &entry));
    bool is_same = ledger_act_is_of(call->arena, &act, row->salt, &entry) &&
                   entry.time_ms == row->done_at.milliseconds;
    action_say(call, "recorded", "What is shown here",
               is_same ? STR("It is what was recorded: the history holds its seal")
                       : STR("It is NOT what was recorded: somebody has changed the database"));
    show_content(call, row->content);
    return RESULT_OK;
}

/* ---- The proof ------------------------------------------------------------------------------- */

static const struct action_column path_columns[] = {
    {STR_INIT("step"), STR_INIT("Step"), ACTION_CELL_NUMBER},
    {STR_INIT("side"), STR_INIT("Joined"), ACTION_CELL_TEXT},
    {STR_INIT("hash"), STR_INIT("Hash"), ACTION_CELL_TEXT},
};

static void add_step(struct action_call *call, struct action_list *shown, size_t step,
                     struct str side, const struct tree_hash *hash)
{
    struct action_cell *cells = action_row(call, shown);
    cells[0].text = str_format(call->arena, "%zu", step);
    cells[1].text = side;
    cells[2].text = hex_of(call->arena, hash->bytes, TREE_HASH_BYTES);
}

/* From the entry up to the root that was signed. */
static void show_path(struct action_call *call, const struct proof *proof,
                      const struct checkpoint *checkpoint)
{
    struct action_list *shown =
        action_list(call, "path", "From this act to the signed root", path_columns,
                    ACTION_COUNT_OF(path_columns), "The act alone is the whole history.");
    struct tree_hash leaf = tree_hash_leaf(proof->entry);
    add_step(call, shown, 0, STR("this act"), &leaf);
    for (size_t i = 0; i < proof->inclusion.count; i++) {
        bool is_left = tree_inclusion_is_left(proof->index, checkpoint->size, i);
        add_step(call, shown, i + 1, is_left ? STR("on the left") : STR("on the right"),
                 &proof->inclusion.hashes[i]);
    }
    add_step(call, shown, proof->inclusion.count + 1, STR("the signed root"), &checkpoint->root);
}

/* With which the history is signed. Without a keeper nobody knows any. */
MUST_USE static struct result keys_read(struct action_call *call, struct ledger_keys *out)
{
    return call->place->keeper
               ? keeper_public_keys(call->place->keeper, call->transaction, out)
               : result_fail(RESULT_CODE_MISSING, "it knows no key", (struct str){0});
}

/* Is it signed with a key of this server? */
MUST_USE static struct result check_signature(struct action_call *call,
                                              const struct ledger_keys *known, struct str text)
{
    struct note_key keys[LEDGER_KEYS_MAX];
    size_t count = ledger_keys_public(known, false, keys);
    struct checkpoint_trust trust;
    struct checkpoint checkpoint;
    struct proof proof;
    TRY(proof_read(call->arena, text, &proof));
    TRY(checkpoint_open_of(call->arena, proof.checkpoint, keys, count, &trust, &checkpoint));
    return proof_open(call->arena, text, &trust, &proof, &checkpoint);
}

static void say_verified(struct action_call *call, struct result known,
                         const struct ledger_keys *keys, struct str text)
{
    struct result checked = result_is_ok(known) ? check_signature(call, keys, text) : RESULT_OK;
    action_say(
        call, "verified", "Checked just now",
        !result_is_ok(checked) ? str_format(call->arena, "It is not right: %s", checked.message)
        : result_is_ok(known)
            ? STR("This server has checked path and signature: the proof is right")
            : str_format(call->arena,
                         "This server has checked the path: it is right. The signature it cannot "
                         "check: %s",
                         known.message));
}

static const struct action_column meaning_columns[] = {
    {STR_INIT("shows"), STR_INIT("It shows"), ACTION_CELL_TEXT},
    {STR_INIT("showsNot"), STR_INIT("It does not show"), ACTION_CELL_TEXT},
};

static void show_meaning(struct action_call *call)
{
    static const struct str meaning[][2] = {
        {STR_INIT("An act of this kind stands at this place in the history, and stood there when "
                  "the checkpoint was signed."),
         STR_INIT("That the time is right: it is the clock of this server.")},
        {STR_INIT("Since then nobody can have added, taken away, moved or changed it without the "
                  "signed root being another."),
         STR_INIT("What the act said: of that the history holds a seal alone, and the file too.")},
        {STR_INIT("Anybody can check it with the school’s key, without this server and for good."),
         STR_INIT("That what was recorded is true, or that everything was recorded that should "
                  "have been.")},
    };
    struct action_list *shown = action_list(call, "meaning", "What the proof means",
                                            meaning_columns, ACTION_COUNT_OF(meaning_columns), "");
    for (size_t i = 0; i < sizeof meaning / sizeof meaning[0]; i++) {
        struct action_cell *cells = action_row(call, shown);
        cells[0].text = meaning[i][0];
        cells[1].text = meaning[i][1];
    }
}

/* `keys` has the key that signed a checkpoint of `size` acts, if it has any. */
static void say_commands(struct action_call *call, long long position,
                         const struct ledger_keys *keys, uint64_t size)
{
    struct str key = STR("KEY");
    if (keys->count > 0) {
        size_t at = ledger_key_of_size(keys, (int64_t)size);
        key = note_key_write(call->arena, &keys->at[at].key);
    }
    action_say(call, "check", "To check it anywhere",
               str_format(call->arena,
                          "handrail audit check act-%lld.tlog-proof \\\n    --key " STR_FMT,
                          position, STR_ARG(key)));
    action_say(call, "make", "To make it again",
               str_format(call->arena,
                          "handrail audit prove %lld --data DIR \\\n    > act-%lld.tlog-proof",
                          position, position));
}

MUST_USE static struct result show_proof(struct action_call *call, int64_t position)
{
    struct str text;
    struct result proven = ledger_prove(call->transaction, position, &text);
    if (!result_is_ok(proven)) {
        action_say(call, "proof", "Proof", str_from(proven.message));
        return proven.code == RESULT_CODE_INVALID || proven.code == RESULT_CODE_CORRUPT ? RESULT_OK
                                                                                        : proven;
    }
    struct proof proof;
    struct note note;
    struct checkpoint checkpoint;
    TRY(proof_read(call->arena, text, &proof));
    TRY(note_read(call->arena, proof.checkpoint, &note));
    TRY(checkpoint_read(call->arena, note.text, &checkpoint));
    struct ledger_keys keys = {0};
    struct result known = keys_read(call, &keys);
    keys.count = result_is_ok(known) ? keys.count : 0;
    say_verified(call, known, &keys, text);
    action_say(call, "checkpoint", "The signed checkpoint", proof.checkpoint);
    say_commands(call, (long long)position, &keys, checkpoint.size);
    show_meaning(call);
    show_path(call, &proof, &checkpoint);
    action_say(call, "proof", "The proof as a file", text);
    call->outcome->answer.file = (struct action_file){
        .name = str_format(call->arena, "act-%lld.tlog-proof", (long long)position),
        .label = STR("Save the proof as a file"),
        .text = text};
    return RESULT_OK;
}

MUST_USE static struct result see(struct action_call *call)
{
    int64_t position = action_number(call, "act");
    struct ledger_act_of_row row;
    bool is_there = false;
    TRY(act_read(call, &row, &is_there));
    if (!is_there) {
        return result_fail(RESULT_CODE_MISSING, "there is no such act", (struct str){0});
    }
    call->outcome->answer.title = str_format(call->arena, "Act %lld: " STR_FMT, (long long)position,
                                             STR_ARG(action_kind_words(row.kind)));
    struct action_cell by = {0}, about = {0};
    TRY(action_person_cell(call, row.actor, &by));
    TRY(action_person_cell(call, row.person, &about));
    action_say_cell(call, "when", "When", action_cell_instant(call, row.done_at));
    action_say_number(call, "act", "Place in the history", position);
    action_say_cell(call, "by", "By", by);
    action_say_cell(call, "about", "About", about);
    TRY(show_recorded(call, &row));
    return show_proof(call, position);
}

const struct action action_ledger_see = {
    .number = 81,
    .name = STR_INIT("ledger.see"),
    .title = STR_INIT("An act, and its proof"),
    .kind = ACTION_READ,
    .about = ACTION_ABOUT_TRUST,
    .fields = see_fields,
    .field_count = ACTION_COUNT_OF(see_fields),
    .locate = locate,
    .run = see,
};

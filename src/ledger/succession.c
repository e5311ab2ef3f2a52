/*
 * ledger/succession.c - which keys sign the ledger: read from its head and its acts, and changed.
 *
 * Read first: succession.h.
 */
#include "ledger/succession.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "ledger/ledger_int.h"
#include "ledger/ledger_sql.h"

static const struct str why_words[LEDGER_KEY_WHY_COUNT] = {
    [LEDGER_KEY_FIRST] = STR_INIT("first"),
    [LEDGER_KEY_ROUTINE] = STR_INIT("routine"),
    [LEDGER_KEY_LOST] = STR_INIT("lost"),
    [LEDGER_KEY_LEAKED] = STR_INIT("leaked"),
};

struct str ledger_key_why_word(enum ledger_key_why why)
{
    return why_words[why];
}

bool ledger_key_why_read(struct str word, enum ledger_key_why *out)
{
    for (unsigned why = LEDGER_KEY_ROUTINE; why < LEDGER_KEY_WHY_COUNT; why++) {
        if (str_equal(word, why_words[why])) {
            *out = (enum ledger_key_why)why;
            return true;
        }
    }
    return false;
}

/* ---- One key --------------------------------------------------------------------------------- */

bool ledger_key_is(const struct ledger_key *declared, const struct note_key *key)
{
    return declared->key.id == key->id && str_equal(declared->key.name, key->name) &&
           key->kind == NOTE_KEY_PLAIN &&
           (!declared->is_known ||
            memcmp(declared->key.public_key, key->public_key, NOTE_PUBLIC_KEY_BYTES) == 0);
}

bool ledger_keys_end_with(struct ledger_keys *keys, const struct note_key *key)
{
    struct ledger_key *last = &keys->at[keys->count > 0 ? keys->count - 1 : 0];
    if (keys->count > 0 && !ledger_key_is(last, key)) {
        return false;
    }
    keys->count = keys->count > 0 ? keys->count : 1;
    last->key = *key;
    last->is_known = true;
    return true;
}

struct str ledger_key_text(struct arena *arena, const struct ledger_key *declared)
{
    return declared->is_known ? note_key_write(arena, &declared->key)
                              : note_key_id_write(arena, declared->key.id);
}

size_t ledger_key_of_size(const struct ledger_keys *keys, int64_t size)
{
    size_t at = keys->count - 1;
    while (at > 0 && keys->at[at].since >= size) {
        at--;
    }
    return at;
}

bool ledger_key_has_leaked(const struct ledger_keys *keys, size_t at)
{
    return at + 1 < keys->count && keys->at[at + 1].why == LEDGER_KEY_LEAKED;
}

size_t ledger_keys_public(const struct ledger_keys *keys, bool has_leaked,
                          struct note_key out[LEDGER_KEYS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < keys->count; i++) {
        if (keys->at[i].is_known && ledger_key_has_leaked(keys, i) == has_leaked) {
            out[count++] = keys->at[i].key;
        }
    }
    return count;
}

/* ---- Read ------------------------------------------------------------------------------------ */

MUST_USE static struct result not_as_recorded(void)
{
    return result_fail(RESULT_CODE_CORRUPT,
                       "what the history says of its keys is not what was recorded: `handrail "
                       "audit verify` says where",
                       (struct str){0});
}

/* As ledger_key_text() writes it. Keys are named after the ledger. */
static bool text_read(struct str text, struct str name, struct ledger_key *out)
{
    out->is_known = result_is_ok(note_key_read(text, &out->key));
    if (out->is_known) {
        return out->key.kind == NOTE_KEY_PLAIN;
    }
    out->key = (struct note_key){.kind = NOTE_KEY_PLAIN, .name = name};
    return note_key_id_read(text, &out->key.id);
}

/* Of a ledger that has been signed and does not know with which key: whose line its note has. */
MUST_USE static struct result signer_of_note(struct arena *arena, struct str message,
                                             struct str name, struct ledger_keys *out)
{
    struct note note = {0};
    TRY(note_read(arena, message, &note));
    for (size_t i = 0; i < note.signature_count; i++) {
        if (str_equal(note.signatures[i].name, name)) {
            out->at[out->count++] = (struct ledger_key){
                .key = {.kind = NOTE_KEY_PLAIN, .name = name, .id = note.signatures[i].id}};
            return RESULT_OK;
        }
    }
    return not_as_recorded();
}

MUST_USE static struct result first_read(struct store_transaction *transaction,
                                         const struct ledger_head *head, struct str old,
                                         struct ledger_keys *out)
{
    struct str text = str_is_empty(head->first_key) ? old : head->first_key;
    if (!str_is_empty(text)) {
        out->count = 1;
        return text_read(text, head->origin, &out->at[0]) ? RESULT_OK : not_as_recorded();
    }
    struct str note;
    struct result newest = ledger_checkpoint_read(transaction, &note);
    if (newest.code == RESULT_CODE_MISSING) {
        return RESULT_OK;
    }
    TRY(newest);
    return signer_of_note(store_arena(transaction), note, head->origin, out);
}

struct declared {
    struct str why, old, key;
};

/* What an act says, if it is what was recorded. */
MUST_USE static struct result
declared_read(struct arena *arena, const struct ledger_key_acts_row *row, struct declared *out)
{
    struct entry entry;
    struct ledger_act act = {.kind = LEDGER_KIND_KEY, .content = row->content};
    struct diag_list diags = diag_list_new(arena);
    const struct json_value *said = json_read(arena, STR("ledger"), row->content, &diags);
    const struct json_value *why = json_get(said, STR("why"));
    const struct json_value *old = json_get(said, STR("old"));
    const struct json_value *key = json_get(said, STR("key"));
    if (!result_is_ok(entry_read(row->leaf, &entry)) ||
        !ledger_act_is_of(arena, &act, row->salt, &entry) || !why || !old || !key) {
        return not_as_recorded();
    }
    *out = (struct declared){why->text, old->text, key->text};
    return RESULT_OK;
}

/* Each names the one before it. */
static bool declared_take(struct arena *arena, const struct declared *declared, struct str name,
                          struct ledger_keys *keys)
{
    const struct ledger_key *before = &keys->at[keys->count - 1];
    struct ledger_key *next = &keys->at[keys->count];
    if (!str_equal(declared->old, ledger_key_text(arena, before)) ||
        !text_read(declared->key, name, next) || !next->is_known ||
        !ledger_key_why_read(declared->why, &next->why)) {
        return false;
    }
    keys->count++;
    return true;
}

struct result ledger_keys_read(struct store_transaction *transaction, struct ledger_keys *out)
{
    struct arena *arena = store_arena(transaction);
    struct ledger_head head;
    struct ledger_key_acts_rows rows;
    struct declared declared = {0};
    *out = (struct ledger_keys){0};
    TRY(ledger_head_read(transaction, &head));
    TRY(ledger_key_acts(transaction, (struct ledger_key_acts_in){LEDGER_KEYS_MAX}, &rows));
    if (rows.count == LEDGER_KEYS_MAX) {
        return not_as_recorded(); /* ledger_key_change() writes no more than that */
    }
    if (rows.count > 0) {
        TRY(declared_read(arena, &rows.at[0], &declared));
    }
    TRY(first_read(transaction, &head, declared.old, out));
    for (size_t i = 0; i < rows.count; i++) {
        TRY(declared_read(arena, &rows.at[i], &declared));
        if (!declared_take(arena, &declared, head.origin, out)) {
            return not_as_recorded();
        }
        out->at[i + 1].since = rows.at[i].position;
        out->at[i + 1].since_at = rows.at[i].done_at;
    }
    return RESULT_OK;
}

/* ---- Change ---------------------------------------------------------------------------------- */

/* Whether this key signed the newest checkpoint, of which only its id was known. */
MUST_USE static struct result first_learn(struct store_transaction *transaction,
                                          const struct note_key *old, struct ledger_key *first)
{
    struct arena *arena = store_arena(transaction);
    struct checkpoint_trust trust;
    struct checkpoint checkpoint;
    struct str note;
    TRY(ledger_checkpoint_read(transaction, &note));
    TRY(checkpoint_open_of(arena, note, old, 1, &trust, &checkpoint));
    first->key = *old;
    first->is_known = true;
    return ledger_first_key_change(transaction,
                                   (struct ledger_first_key_change_in){note_key_write(arena, old)});
}

struct result ledger_key_change(struct store_transaction *transaction,
                                const struct ledger_key_change *change, int64_t *position)
{
    struct arena *arena = store_arena(transaction);
    struct ledger_keys keys;
    TRY(ledger_keys_read(transaction, &keys));
    if (keys.count == 0) {
        return result_fail(RESULT_CODE_MISSING,
                           "nothing has been signed yet: the key is made when that happens",
                           (struct str){0});
    }
    if (keys.count == LEDGER_KEYS_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "the key of this history was changed too often",
                           (struct str){0});
    }
    struct ledger_key *before = &keys.at[keys.count - 1];
    if (change->old && !ledger_key_is(before, change->old)) {
        return result_fail(RESULT_CODE_REFUSED, "this is not the key that signed before",
                           note_key_id_write(arena, change->old->id));
    }
    if (change->old && !before->is_known) {
        TRY(first_learn(transaction, change->old, before));
    }
    struct text content = {.arena = arena};
    struct json_writer writer = json_writer_new(&content, JSON_COMPACT);
    json_begin_object(&writer);
    json_key_str(&writer, STR("why"), ledger_key_why_word(change->why));
    json_key_str(&writer, STR("old"), ledger_key_text(arena, before));
    json_key_str(&writer, STR("key"), note_key_write(arena, change->fresh));
    json_end_object(&writer);
    struct ledger_act act = {.kind = LEDGER_KIND_KEY, .content = text_str(&content)};
    return ledger_append(transaction, &act, position);
}

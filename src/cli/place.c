/*
 * cli/place.c - opens what is kept.
 *
 * Read first: place.h.
 */
#include "cli/place.h"

#include <errno.h>
#include <sys/stat.h>

#include "cli/commands.h"
#include "ledger/ledger.h"
#include "records/organisation.h"

/* The fact of the vocabulary whose values are what a person can be. */
#define KINDS_FACT "person"

/* And the one whose values are what a moment of the day can be. */
#define TIMES_FACT "time"

#define CHOICES_MAX 512

/* ---- Words of the policies ------------------------------------------------------------------- */

struct word_list {
    struct action_choice *at;
    size_t count;
};

static void add_choice(struct word_list *list, struct action_choice choice)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_equal(list->at[i].value, choice.value)) {
            return;
        }
    }
    if (list->count < CHOICES_MAX) {
        list->at[list->count++] = choice;
    }
}

static void add_word(struct word_list *list, struct str name, struct str label)
{
    add_choice(list,
               (struct action_choice){.value = name, .label = str_is_empty(label) ? name : label});
}

/* The values of one fact. */
static void add_values(const struct policy_document *document, struct str name,
                       struct word_list *out)
{
    for (size_t i = 0; i < document->fact_count; i++) {
        const struct policy_fact *fact = &document->facts[i];
        for (size_t value = 0; str_equal(fact->name.text, name) && value < fact->value_count;
             value++) {
            add_word(out, fact->values[value].name.text, fact->values[value].text);
        }
    }
}

/* What can be declared, and what it means: "FACT VALUE VALUE". */
static void add_relationships(struct arena *arena, const struct policy_document *document,
                              struct word_list *out)
{
    for (size_t i = 0; i < document->relationship_count; i++) {
        const struct policy_relationship *one = &document->relationships[i];
        struct text means = {.arena = arena};
        text_add(&means, one->fact.text);
        for (size_t value = 0; value < one->values.count; value++) {
            text_addf(&means, " " STR_FMT, STR_ARG(one->values.at[value].text));
        }
        add_choice(out, (struct action_choice){one->name.text, one->text, text_str(&means)});
    }
}

static void add_document(struct arena *arena, const struct policy_document *document,
                         struct word_list lists[ACTION_WORDS_COUNT])
{
    if (!document) {
        return;
    }
    for (size_t i = 0; i < document->role_count; i++) {
        add_word(&lists[ACTION_WORDS_ROLES], document->roles[i].name.text, document->roles[i].text);
    }
    add_values(document, STR(KINDS_FACT), &lists[ACTION_WORDS_KINDS]);
    add_values(document, STR(TIMES_FACT), &lists[ACTION_WORDS_TIMES]);
    add_relationships(arena, document, &lists[ACTION_WORDS_RELATIONSHIPS]);
}

static void words_fill(struct arena *arena, const struct shelf *shelf, struct actions_place *place)
{
    struct word_list lists[ACTION_WORDS_COUNT];
    for (size_t i = 0; i < ACTION_WORDS_COUNT; i++) {
        lists[i] = (struct word_list){ARENA_ARRAY(arena, struct action_choice, CHOICES_MAX), 0};
    }
    for (size_t i = 0; i < shelf->count; i++) {
        const struct policy_bundle *bundle = &shelf->at[i].bundle;
        add_document(arena, bundle->vocabulary, lists);
        add_document(arena, bundle->law, lists);
        for (size_t part = 0; part < bundle->chain_count; part++) {
            add_document(arena, bundle->chain[part], lists);
        }
        if (shelf->at[i].document && bundle->law) {
            add_word(&lists[ACTION_WORDS_POLICIES], shelf->at[i].document->name,
                     shelf->at[i].document->title);
        }
    }
    for (size_t i = 0; i < ACTION_WORDS_COUNT; i++) {
        place->words[i] = (struct action_word_list){lists[i].at, lists[i].count};
    }
}

/* ---- Open ------------------------------------------------------------------------------------ */

/* For the owner alone: it holds personal data and keys. */
MUST_USE static struct result folder_make(struct arena *arena, struct str path)
{
    if (mkdir(str_cstr(arena, path), 0700) != 0 && errno != EEXIST) {
        return result_fail(RESULT_CODE_IO,
                           "the folder cannot be made: see that the one above it is there, and who "
                           "owns it",
                           path);
    }
    return RESULT_OK;
}

struct str place_store(struct arena *arena, struct str data, struct str store)
{
    return str_is_empty(store) ? str_format(arena, STR_FMT "/handrail.db", STR_ARG(data)) : store;
}

struct str place_key_path(struct arena *arena, struct str data)
{
    return str_format(arena, STR_FMT "/keys/ledger.key", STR_ARG(data));
}

struct result place_folders_make(struct arena *arena, struct str data)
{
    TRY(folder_make(arena, data));
    return folder_make(arena, str_format(arena, STR_FMT "/keys", STR_ARG(data)));
}

struct result place_open(struct arena *arena, struct str data, struct str store,
                         const struct shelf *shelf, struct place **out)
{
    struct place *place = ARENA_NEW(arena, struct place);
    TRY(note_start());
    if (!str_is_empty(data)) {
        TRY(place_folders_make(arena, data));
        place->key_path = place_key_path(arena, data);
        TRY(sealed_key_open(arena, str_format(arena, STR_FMT "/keys/secrets.key", STR_ARG(data)),
                            &place->sealed_key));
        place->actions.key = &place->sealed_key;
        place->provider_path = str_format(arena, STR_FMT "/provider.json", STR_ARG(data));
    }
    TRY(store_open(arena, place_store(arena, data, store), &place->actions.store));
    place->actions.gate = password_gate_open(arena, PASSWORD_LIMITS_USUAL);
    place->actions.version = STR(HANDRAIL_VERSION);
    words_fill(arena, shelf, &place->actions);
    *out = place;
    return RESULT_OK;
}

void place_close(struct place *place)
{
    password_gate_close(place->actions.gate);
    store_close(place->actions.store);
}

struct result place_is_set_up(struct place *place, struct arena *arena, bool *out)
{
    struct trust_of_row trust;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(place->actions.store, arena, STORE_READ, &transaction));
    return trust_of(transaction, out, &trust);
}

struct result place_is_demonstration(struct place *place, struct arena *arena, bool *out)
{
    struct ledger_head head;
    *out = false;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(place->actions.store, arena, STORE_READ, &transaction));
    struct result found = ledger_head_read(transaction, &head);
    if (found.code == RESULT_CODE_MISSING) {
        return RESULT_OK;
    }
    TRY(found);
    *out = str_equal(head.origin, STR(PLACE_DEMONSTRATION));
    return RESULT_OK;
}

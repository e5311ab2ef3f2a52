/*
 * web/operation_view.c - what a clause declares, in words: web_operation_views().
 *
 * Read first: docs/policy-language.md, section 8; policy/operation.h, the table of kinds and
 * fields. A kind or field that has no words here is shown by its name.
 */
#include "interview/words.h"
#include "policy/operation.h"
#include "web/clause_view_int.h"

struct name_words {
    struct str name, words;
};

static const struct name_words kind_words[] = {
    {STR_INIT("process"), STR_INIT("How it is decided")},
    {STR_INIT("clock"), STR_INIT("Time limit")},
    {STR_INIT("case"), STR_INIT("Kind of case")},
    {STR_INIT("test"), STR_INIT("Test that a decision must pass")},
    {STR_INIT("screen"), STR_INIT("What a draft is checked for")},
    {STR_INIT("route"), STR_INIT("Whom to turn to")},
    {STR_INIT("retention"), STR_INIT("How long it is kept")},
    {STR_INIT("safeguard"), STR_INIT("Safeguard of monitoring")},
};

static const struct name_words field_words[] = {
    {STR_INIT("who"), STR_INIT("Who")},
    {STR_INIT("by"), STR_INIT("By")},
    {STR_INIT("evidence"), STR_INIT("Shown by")},
    {STR_INIT("otherwise"), STR_INIT("If it is not done")},
    {STR_INIT("of"), STR_INIT("Of")},
    {STR_INIT("deputy"), STR_INIT("Stands in")},
    {STR_INIT("about-them"), STR_INIT("If it is about them")},
    {STR_INIT("on"), STR_INIT("For whoever wants to")},
    {STR_INIT("ask"), STR_INIT("Asks")},
    {STR_INIT("need"), STR_INIT("Needs")},
    {STR_INIT("apart"), STR_INIT("Kept apart")},
    {STR_INIT("with-reasons"), STR_INIT("With reasons")},
    {STR_INIT("trial"), STR_INIT("On trial for")},
    {STR_INIT("step"), STR_INIT("Steps")},
    {STR_INIT("starts"), STR_INIT("Starts when")},
    {STR_INIT("stops"), STR_INIT("Stops when")},
    {STR_INIT("received-weekend"), STR_INIT("Received at a weekend")},
    {STR_INIT("choice"), STR_INIT("The school's choice")},
    {STR_INIT("escalates"), STR_INIT("If it is missed")},
    {STR_INIT("receipt"), STR_INIT("With a receipt")},
    {STR_INIT("remind"), STR_INIT("Reminder after")},
    {STR_INIT("chase"), STR_INIT("Chased up by")},
    {STR_INIT("gates"), STR_INIT("Needed before")},
    {STR_INIT("expires"), STR_INIT("Expires after")},
    {STR_INIT("keep"), STR_INIT("Kept for")},
    {STR_INIT("covers"), STR_INIT("Carried out for")},
    {STR_INIT("from"), STR_INIT("Counted from")},
    {STR_INIT("holds-respected"), STR_INIT("Kept longer where a case needs it")},
    {STR_INIT("item"), STR_INIT("Points")},
    {STR_INIT("private"), STR_INIT("Answers stay private")},
    {STR_INIT("ends"), STR_INIT("Ends after")},
    {STR_INIT("kind"), STR_INIT("Kinds")},
    {STR_INIT("outcome"), STR_INIT("Outcomes")},
    {STR_INIT("limb"), STR_INIT("Questions")},
    {STR_INIT("finds"), STR_INIT("Looks for")},
    {STR_INIT("sets"), STR_INIT("Then")},
    {STR_INIT("not"), STR_INIT("Not counted")},
    {STR_INIT("action"), STR_INIT("What can be done")},
    {STR_INIT("evidence-first"), STR_INIT("Evidence is kept first")},
    {STR_INIT("figure"), STR_INIT("Figures")},
    {STR_INIT("suppress-under"), STR_INIT("Not shown below")},
};

static struct str words_for(struct arena *arena, const struct name_words *table, size_t count,
                            struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(table[i].name, name)) {
            return table[i].words;
        }
    }
    return words_capital(arena, words_of_name(arena, name));
}

/* ---- Values ---------------------------------------------------------------------------------- */

static struct str name_text(struct arena *arena, const struct pack *pack, enum operation_type type,
                            struct str name)
{
    uint32_t role = type == OPERATION_ROLES ? pack_role_find(pack, name) : PACK_NONE;
    uint32_t act = type == OPERATION_ACTS ? pack_act_find(pack, name) : PACK_NONE;
    return role != PACK_NONE        ? pack_text(pack, pack->role[role].text)
           : act != PACK_NONE       ? words_act(pack, act)
           : type == OPERATION_KEYS ? name
                                    : words_of_name(arena, name);
}

static struct str names_text(struct arena *arena, const struct pack *pack, enum operation_type type,
                             const struct policy_names *names)
{
    struct str *parts = ARENA_ARRAY(arena, struct str, names->count + 1);
    for (size_t i = 0; i < names->count; i++) {
        parts[i] = name_text(arena, pack, type, names->at[i].text);
    }
    return words_join(arena, parts, names->count, type == OPERATION_ROLES ? "or" : "and");
}

static struct str value_text(struct arena *arena, const struct pack *pack, enum operation_type type,
                             const struct policy_field *field, const struct pack_field *compiled)
{
    switch (type) {
    case OPERATION_ROLES:
    case OPERATION_ACTS:
    case OPERATION_NAMES:
    case OPERATION_KEYS:
    case OPERATION_KEPT:
        return names_text(arena, pack, type, &field->names);
    case OPERATION_DATE:
        return civil_date_words(arena, (struct civil_date){(int32_t)field->number});
    case OPERATION_FLAG:
        return STR("yes");
    case OPERATION_TEXT:
    case OPERATION_DURATION:
    case OPERATION_NUMBER:
    case OPERATION_NUMBER_TEXT:
    case OPERATION_CONDITION:
    case OPERATION_TYPE_COUNT:
        break;
    }
    return pack_text(pack, compiled->text);
}

/* ---- Statements ------------------------------------------------------------------------------ */

/* Fields of one name that follow one another are one row. */
static struct page_operation_view operation_view(struct arena *arena, const struct pack *pack,
                                                 const struct policy_operation *operation,
                                                 const struct pack_operation *compiled)
{
    const struct operation_kind *kind = operation_kind_find(operation->kind.text);
    size_t count = compiled->field_count, row_count = 0;
    struct page_operation_row *rows = ARENA_ARRAY(arena, struct page_operation_row, count + 1);
    struct page_point *values = ARENA_ARRAY(arena, struct page_point, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct policy_field *field = &operation->fields[i];
        const struct operation_field *known = operation_field_find(kind, field->name.text);
        values[i].text =
            value_text(arena, pack, known->type, field, &pack->field[compiled->first_field + i]);
        if (i == 0 || !str_equal(field->name.text, operation->fields[i - 1].name.text)) {
            rows[row_count++] = (struct page_operation_row){
                .name = words_for(arena, field_words, sizeof field_words / sizeof field_words[0],
                                  field->name.text),
                .values = &values[i]};
        }
        rows[row_count - 1].values_count++;
    }
    return (struct page_operation_view){.kind = words_for(arena, kind_words,
                                                          sizeof kind_words / sizeof kind_words[0],
                                                          operation->kind.text),
                                        .text = operation->text,
                                        .rows = rows,
                                        .rows_count = row_count};
}

const struct page_operation_view *web_operation_views(struct arena *arena, const struct pack *pack,
                                                      const struct policy_clause *clause,
                                                      const struct pack_clause *compiled)
{
    struct page_operation_view *views =
        ARENA_ARRAY(arena, struct page_operation_view, compiled->operation_count + 1);
    for (uint32_t i = 0; i < compiled->operation_count; i++) {
        views[i] = operation_view(arena, pack, &clause->operations[i],
                                  &pack->operation[compiled->first_operation + i]);
    }
    return views;
}

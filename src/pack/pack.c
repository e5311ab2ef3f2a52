/*
 * Opening a pack and finding things in it by name. Read first: pack/pack.h; the checks are check.c.
 */
#include "pack/pack.h"

#include "pack/build.h"
#include "pack/check_int.h"

#include <string.h>

/* A view is set from its section; the macro keeps the pairs of pointer and count together. */
#define VIEW(field, section)                                                    \
    do {                                                                        \
        pack->field = (const void *)(bytes + header->sections[section].offset); \
        pack->field##_count = header->sections[section].count;                  \
    } while (0)

static void pack_set_views(struct pack *pack, const uint8_t *bytes)
{
    const struct pack_header *header = (const void *)bytes;
    pack->header = header;
    VIEW(text, PACK_SECTION_TEXT);
    VIEW(list, PACK_SECTION_LIST);
    VIEW(mask, PACK_SECTION_MASK);
    VIEW(number, PACK_SECTION_NUMBER);
    VIEW(topic, PACK_SECTION_TOPIC);
    VIEW(role, PACK_SECTION_ROLE);
    VIEW(act, PACK_SECTION_ACT);
    VIEW(fact, PACK_SECTION_FACT);
    VIEW(value, PACK_SECTION_VALUE);
    VIEW(variable, PACK_SECTION_VARIABLE);
    VIEW(relation, PACK_SECTION_RELATION);
    VIEW(clause, PACK_SECTION_CLAUSE);
    VIEW(note, PACK_SECTION_NOTE);
    VIEW(rule, PACK_SECTION_RULE);
    VIEW(outcome, PACK_SECTION_OUTCOME);
    VIEW(approval, PACK_SECTION_APPROVAL);
    VIEW(duty, PACK_SECTION_DUTY);
    VIEW(known, PACK_SECTION_KNOWN);
    VIEW(node, PACK_SECTION_NODE);
    VIEW(table, PACK_SECTION_TABLE);
    VIEW(operation, PACK_SECTION_OPERATION);
    VIEW(field, PACK_SECTION_FIELD);
}

/* The frame: size, magic, checksum, and every section inside the image. */
static const char *frame_check(const uint8_t *bytes, size_t size)
{
    const struct pack_header *header = (const void *)bytes;
    if (size < sizeof *header || ((uintptr_t)bytes & 7) != 0)
        return "This is not a compiled policy: it is too short or not aligned to 8 bytes.";
    if (header->magic != PACK_MAGIC)
        return "This is not a compiled policy. Compile one with 'handrail compile'.";
    if (header->version != PACK_VERSION)
        return "This policy was compiled by another version. Compile it again.";
    if (header->size != size || header->checksum != pack_checksum(bytes, size))
        return "This compiled policy is damaged. Compile it again.";
    for (size_t i = 0; i < PACK_SECTION_COUNT; i++) {
        uint64_t length =
            (uint64_t)header->sections[i].count * pack_record_bytes((enum pack_section)i);
        uint64_t offset = header->sections[i].offset;
        if ((offset & 7) != 0 || offset < sizeof *header || offset > size ||
            length > size - offset)
            return "This compiled policy is damaged: a part of it lies outside the file.";
    }
    return NULL;
}

const char *pack_open(struct pack *pack, const void *bytes, size_t size)
{
    memset(pack, 0, sizeof *pack);
    const char *problem = frame_check(bytes, size);
    if (problem != NULL)
        return problem;
    pack_set_views(pack, bytes);
    if (!pack_check(pack))
        return "This compiled policy is damaged: its parts do not fit together.";
    return NULL;
}

struct str pack_text(const struct pack *pack, struct pack_text text)
{
    return (struct str){pack->text + text.offset, text.length};
}

struct str pack_name(const struct pack *pack)
{
    return pack_text(pack, pack->header->name);
}

struct str pack_title(const struct pack *pack)
{
    return pack_text(pack, pack->header->title);
}

/* One finder for every record that begins with its name. */
#define FIND(records, field)                                                 \
    do {                                                                     \
        for (uint32_t i = 0; i < pack->records##_count; i++)                 \
            if (str_equal(pack_text(pack, pack->records[i].field), wanted))  \
                return i;                                                    \
        return PACK_NONE;                                                    \
    } while (0)

uint32_t pack_act_find(const struct pack *pack, struct str wanted)
{
    FIND(act, name);
}

uint32_t pack_fact_find(const struct pack *pack, struct str wanted)
{
    FIND(fact, name);
}

uint32_t pack_clause_find(const struct pack *pack, struct str wanted)
{
    FIND(clause, key);
}

uint32_t pack_role_find(const struct pack *pack, struct str wanted)
{
    FIND(role, name);
}

uint32_t pack_value_find(const struct pack *pack, uint32_t fact, struct str wanted)
{
    const struct pack_fact *record = &pack->fact[fact];
    for (uint32_t i = 0; i < record->value_count; i++)
        if (str_equal(pack_text(pack, pack->value[record->first_value + i].name), wanted))
            return i;
    if (record->kind == PACK_FACT_ONE_OF && str_equal(wanted, STR("none")))
        return record->value_count;
    return PACK_NONE;
}

bool pack_role_is_in(const struct pack *pack, uint32_t role, uint32_t group)
{
    if (role == group)
        return true;
    struct pack_list members = pack->role[group].members;
    for (uint32_t i = 0; i < members.count; i++)
        if (pack->list[members.first + i] == role)
            return true;
    return false;
}

uint32_t pack_cut_find(const struct pack *pack, const struct pack_fact *fact, int64_t number)
{
    uint32_t interval = 0;
    while (interval < fact->cut_count && number >= pack->number[fact->first_cut + interval])
        interval++;
    return interval;
}

/* Words for enumerations, in their order. */
static const char *const level_names[PACK_LEVEL_COUNT] = {
    "not-covered", "allowed",   "allowed-with-duties", "caution",
    "required",    "ask-first", "needs-approval",      "forbidden"};
static const char *const strength_names[PACK_STRENGTH_COUNT] = {"must", "should", "advised", "may",
                                                                "states"};
static const char *const effect_names[PACK_EFFECT_COUNT] = {
    "forbids", "cautions",   "asks-first", "requires",  "adds-duty", "permits",
    "covers",  "leaves-out", "protects",   "if-unsure", "gates"};
static const char *const approval_state_names[PACK_APPROVAL_STATE_COUNT] = {
    "none", "asked", "refused", "granted", "withdrawn", "expired"};

struct str pack_level_name(enum pack_level level)
{
    return str_from(level < PACK_LEVEL_COUNT ? level_names[level] : "");
}

struct str pack_strength_name(enum pack_strength strength)
{
    return str_from(strength < PACK_STRENGTH_COUNT ? strength_names[strength] : "");
}

struct str pack_effect_name(enum pack_effect effect)
{
    return str_from(effect < PACK_EFFECT_COUNT ? effect_names[effect] : "");
}

struct str pack_approval_state_name(enum pack_approval_state state)
{
    return str_from(state < PACK_APPROVAL_STATE_COUNT ? approval_state_names[state] : "");
}
